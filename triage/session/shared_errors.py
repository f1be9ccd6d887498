"""Error pages of one site that answer with the same text: found in the index, discarded together as one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from triage.errors import TriageError
from triage.model import Flag, Item, ItemKey, Scanned
from triage.session.deciding import Plan, plan_verdict
from triage.session.groups import lost
from triage.text import clean_line, tokens, word_count
from triage.wording import by_severity, kind_and_cause

_LEAST_WORDS = 3
"""A line of fewer words, such as a menu entry, says nothing of the page."""
_LEAST_SHARED = 0.5
"""A page shares a text that makes up more than this of both pages."""
_MOST_LINES = 40
"""Lines of an error page that are looked up: an error text stands near its beginning."""


@dataclass(frozen=True, slots=True)
class SharedError:
    """An error text of one site and the pages that answer with it."""

    site: str
    flag: Flag
    lines: tuple[str, ...]
    """The text, as the page shows it."""
    items: tuple[Item, ...]
    """In path order; the page that was looked at is one of them."""

    @property
    def undecided(self) -> tuple[Item, ...]:
        """Those that are still to be decided."""
        return tuple(item for item in self.items if item.decision.verdict is None)


def shared_error(
    item: Item, scanned: Scanned | None, items: Iterable[Item], holding: Callable[[str], Collection[ItemKey]]
) -> SharedError:
    """The error pages of the item's site that have its error text, wherever in the folder they stand.

    `holding` finds the items that hold a text word for word. Looks each line of the page up, so not for the screen's
    own loop. Raises TriageError, which says why, where there is no such text.
    """
    flag = error_flag(item)
    if flag is None or scanned is None:
        raise TriageError("This page is not flagged as an error page")
    if item.site is None:
        raise TriageError("The site of this page is unknown, so no other is known to be of it")
    lines = [block.text for block in scanned.article.blocks if len(tokens(block.text)) >= _LEAST_WORDS][:_MOST_LINES]
    others = {other.key: other for other in items if other.site == item.site and error_flag(other) is not None}
    shared: Counter[ItemKey] = Counter()
    held: list[str] = []
    for line in dict.fromkeys(lines):
        found = [key for key in holding(line) if key in others]
        if len(found) > 1:
            held.append(line)
        for key in found:
            shared[key] += word_count(line)
    same = sorted(
        (other for key, other in others.items() if key == item.key or _shares(shared[key], item, other)),
        key=lambda other: (other.path, other.record or ""),
    )
    if len(same) < 2:
        raise TriageError(f"No other error page of {clean_line(item.site)} has this text")
    return SharedError(item.site, flag, tuple(held), tuple(same))


def error_flag(item: Item) -> Flag | None:
    """The flag that says that an item is an error page; None where none does."""
    return next((flag for flag in by_severity(item.flags) if flag.kind == "error-page"), None)


def plan_discard(shared: SharedError, everything: Iterable[Item]) -> Plan:
    """Discard the undecided pages with a shared error text, as one step.

    `everything`: all items of the folder. Raises TriageError where nothing is undecided, and where no copy of an
    article would be left.
    """
    items = shared.undecided
    site = clean_line(shared.site)
    if not items:
        raise TriageError(f"All {len(shared.items):,} pages of {site} with this error text are decided already")
    groups = lost(items, everything)
    if groups:
        raise TriageError(f"Not done: no copy of {clean_line(groups[0])} would be left; compare them, and keep one")
    what = "discard all?" if len(items) == len(shared.items) else f"discard the {len(items):,} undecided?"
    plan = plan_verdict(items, "discard", kind_and_cause(shared.flag))
    return replace(
        plan,
        question=f"{len(shared.items):,} pages share this error text on {site}: {what}",
        label=f"discarded {len(items):,} page{'s' if len(items) > 1 else ''} of {site} with one error text",
    )


def _shares(words: int, item: Item, other: Item) -> bool:
    return words > _LEAST_SHARED * max(item.words, other.words)
