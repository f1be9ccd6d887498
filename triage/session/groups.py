"""The near copies of one page: read side by side, told apart, one kept and the rest discarded as one step."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from triage.clean_view import clean_blocks
from triage.comparing import Copy, Likeness, Paragraph, Proposal, differences, likeness, propose
from triage.errors import TriageError
from triage.model import Item, ItemKey, Scanned, Verdict
from triage.session import words
from triage.session.deciding import Plan, plan_verdict
from triage.text import clean_line, word_count

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+")


class Copies:
    """A group of near copies under review. What is costly is made when it is asked for, and once."""

    def __init__(self, copies: Iterable[Copy]) -> None:
        self.members: list[Copy] = sorted(copies, key=lambda copy: (copy.item.path, copy.item.record or ""))
        self.proposal: Proposal | None = propose(self.members)
        self.best = self.proposal.index if self.proposal else 0
        """The member that the others are compared with."""
        self._likeness: dict[tuple[int, int], Likeness] = {}
        self._differences: dict[tuple[int, int], tuple[Paragraph, ...]] = {}

    @classmethod
    def read(cls, items: Iterable[Item], scanned: Callable[[Item], Scanned | None]) -> Copies:
        """The group of `items`; reads and measures all their texts, so not for the screen's own loop."""
        copies = cls(_copy(item, scanned(item)) for item in items)
        copies.call_best(copies.best)
        return copies

    def call_best(self, row: int) -> None:
        """Another member is the one to compare with; measures all of them, so not for the screen's own loop."""
        self.best = row
        for other in range(len(self.members)):
            self.likeness(other)

    @property
    def group(self) -> str | None:
        """The name of the group."""
        return self.members[0].item.group

    def row_of(self, key: ItemKey) -> int:
        """Which member the item with this key is; the best where it is none."""
        return next((row for row, copy in enumerate(self.members) if copy.item.key == key), self.best)

    def refresh(self, item: Callable[[ItemKey], Item | None]) -> None:
        """Takes over what was decided meanwhile."""
        self.members = [replace(copy, item=item(copy.item.key) or copy.item) for copy in self.members]

    def likeness(self, row: int) -> Likeness:
        """How much of a member stands in the best one, and of the best one in it."""
        pair = (row, self.best)
        if pair not in self._likeness:
            one, other = (self.members[index].paragraphs for index in pair)
            self._likeness[pair] = likeness(one, other)
        return self._likeness[pair]

    def differences(self, row: int) -> tuple[Paragraph, ...]:
        """What stands in the best one alone, and in this member alone."""
        pair = (self.best, row)
        if pair not in self._differences:
            one, other = (self.members[index].paragraphs for index in pair)
            self._differences[pair] = differences(one, other)
        return self._differences[pair]

    def name(self, row: int) -> str:
        """What a member is called among its copies: its site where that tells them apart, else its path."""
        item = self.members[row].item
        return clean_line(item.site if item.site and self._of_site[item.site] == 1 else item.name)

    @property
    def named_by_site(self) -> bool:
        """Whether the site tells each member apart from the others."""
        return all(copy.item.site and self._of_site[copy.item.site] == 1 for copy in self.members)

    @property
    def _of_site(self) -> Counter[str | None]:
        return Counter(copy.item.site for copy in self.members)

    def left_behind(self) -> list[tuple[int, tuple[str, ...], str]]:
        """Tags and notes of discarded members, so that they are found from the one that was kept."""
        return [
            (row, decision.tags, decision.note)
            for row, copy in enumerate(self.members)
            if (decision := copy.item.decision).verdict == "discard" and (decision.tags or decision.note)
        ]

    def next_undecided(self, row: int) -> int:
        """The next undecided member after `row`, going round; `row` itself where there is none."""
        size = len(self.members)
        rows = [(row + step) % size for step in range(1, size)]
        return next((at for at in rows if self.members[at].item.decision.verdict is None), row)

    def plan_keep(self, row: int) -> Plan:
        """Keep one member and discard the rest, as one step; members discarded before stay as they are.

        Raises TriageError for a member that may not stand for its copies.
        """
        chosen = self.members[row]
        if not chosen.fit:
            raise TriageError(f"{self.name(row)} is no page that could stand for its copies: it is flagged as an error")
        rest = [copy.item for copy in self.members if copy is not chosen and copy.item.decision.verdict != "discard"]
        keep = plan_verdict([chosen.item], "keep")
        discard = plan_verdict(rest, "discard", f"copy of {clean_line(chosen.item.name)}")
        title, name = words.name(chosen.item), self.name(row)
        other = "the other copy" if len(rest) == 1 else f"the other {len(rest):,} copies"
        return Plan(
            items=(chosen.item, *rest),
            changes=keep.changes + discard.changes,
            label=f"kept {name}" + (f", discarded {other}" if rest else "") + f" of “{title}”",
            question=f"Keep “{title}” of {name}" + (f" and discard {other}?" if rest else "?"),
            decides=True,
        )

    def plan_verdict(self, row: int, verdict: Verdict | None) -> Plan:
        """Decide one member, the review's cursor staying where it is.

        Raises TriageError where that would discard the last copy that is left.
        """
        item = self.members[row].item
        if verdict == "discard" and lost([item], [copy.item for copy in self.members]):
            raise TriageError("This is the last copy left; where none is wanted, discard it in the list")
        label = f"{words.done(verdict)} {self.name(row)}, a copy of “{words.name(item)}”"
        return replace(plan_verdict([item], verdict), label=label, decides=False)


def lost(items: Iterable[Item], everything: Iterable[Item]) -> list[str]:
    """The groups of which no copy would be left if `items` were discarded; `everything` holds all their members."""
    gone = {item.key: item.group for item in items if item.group is not None}
    groups = set(gone.values())
    groups -= {other.group for other in everything if other.key not in gone and other.decision.verdict != "discard"}
    return sorted(group for group in groups if group is not None)


def spare(items: Sequence[Item], everything: Iterable[Item]) -> tuple[list[Item], list[Item]]:
    """`items` to be discarded together, without the best copy of each article of which none would be left; and those.

    `everything` holds all members of their groups. The best is taken by what the list knows of a page, as reading all
    texts would take long.
    """
    members: dict[str, list[Item]] = {name: [] for name in lost(items, everything)}
    for item in items:
        if item.group in members and item.decision.verdict != "discard":
            members[item.group].append(item)
    spared = [_best(group) for group in members.values() if group]
    keys = {item.key for item in spared}
    return [item for item in items if item.key not in keys], spared


def _best(items: Sequence[Item]) -> Item:
    proposal = propose([Copy(item, words=item.words, home=_home(item.path)) for item in items])
    return items[proposal.index if proposal else 0]


def _copy(item: Item, scanned: Scanned | None) -> Copy:
    home = _home(item.path)
    if scanned is None:
        return Copy(item, home=home)
    blocks = clean_blocks(scanned.article.blocks, scanned.flags, item.decision.marks)
    paragraphs = tuple(block.text for block in blocks)
    named = scanned.evidence.canonical or scanned.evidence.og_url
    return Copy(item, paragraphs, sum(map(word_count, paragraphs)), home, _host(named) if named else None)


def _home(path: str) -> str | None:
    """The nearest folder of a page that is named like a host."""
    hosts = [folder for folder in path.split("/")[:-1] if _HOST.fullmatch(folder)]
    return _bare(hosts[-1]) if hosts else None


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return _bare(host) if host else None


def _bare(host: str) -> str:
    return host.casefold().removeprefix("www.")
