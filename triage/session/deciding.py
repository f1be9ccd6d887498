"""What a key makes of decisions: plans to be carried out, each one step that can be undone. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from triage.model import Decision, Item, Verdict
from triage.session import words
from triage.store.journal import Change
from triage.text import clean_line
from triage.wording import kind_and_cause


@dataclass(frozen=True, slots=True)
class Plan:
    """Changes that are one step once carried out; nothing has happened yet."""

    items: tuple[Item, ...]
    """What was aimed at, in the order of the view."""
    changes: tuple[Change, ...]
    """What differs from now; empty where all is so already."""
    label: str
    """What will have been done, in words: `discarded 4 items`."""
    question: str
    """What is asked before it is carried out: `Discard 4 items?`."""
    decides: bool
    """A verdict is set, so that the cursor goes on."""
    spared: tuple[Item, ...] = ()
    """Aimed at too and left as they are: each is the last copy of its article."""

    @property
    def asks(self) -> bool:
        """Whether the number of items must be shown, and agreed to, before it is carried out."""
        return len(self.items) + len(self.spared) > 1

    @property
    def verdicts(self) -> int:
        """How many verdicts it gives; taking one away, a tag or a note is none."""
        return sum(
            change.after.verdict is not None and (self.decides or change.after.verdict != change.before.verdict)
            for change in self.changes
        )

    @property
    def overwrites(self) -> int:
        """How many items would lose an earlier verdict."""
        return sum(change.before.verdict not in (None, change.after.verdict) for change in self.changes)


def plan_verdict(items: Sequence[Item], verdict: Verdict | None, reason: str | None = None) -> Plan:
    """Sets, never toggles; deciding a page that changed since is a change even where the verdict stays."""
    because = f": {reason}" if reason else ""
    label = f"{words.done(verdict)} {words.these(items)}{because}"
    question = f"{words.to_do(verdict, items)}{because}?"
    changes = _changes(items, lambda decision: replace(decision, verdict=verdict, reason=reason), anew=True)
    return Plan(tuple(items), changes, label, question, decides=True)


def sparing(plan: Plan, spared: Sequence[Item]) -> Plan:
    """The plan with the last copies that it leaves as they are told in its label and its question."""
    if not spared:
        return plan
    left = words.last_copies(spared)
    question = f"{plan.question.removesuffix('?')}, and leave {left}?"
    return replace(plan, label=f"{plan.label}, left {left}", question=question, spared=tuple(spared))


def plan_tags(items: Sequence[Item], add: Iterable[str] = (), remove: Iterable[str] = ()) -> Plan:
    """Adds and removes tags; the order of the tags an item has stays."""
    added, removed = tidy_tags(add), tidy_tags(remove)

    def edit(decision: Decision) -> Decision:
        kept = [tag for tag in decision.tags if tag not in removed]
        return replace(decision, tags=(*kept, *(tag for tag in added if tag not in kept)))

    label = _tagging(words.these(items), words.listed(added), words.listed(removed))
    tags = [*(f"+{tag}" for tag in added), *(f"-{tag}" for tag in removed)]
    question = f"Tag {words.these(items)} {' '.join(tags)}?"
    return Plan(tuple(items), _changes(items, edit), label, question, decides=False)


def _tagging(these: str, added: str, removed: str) -> str:
    if added:
        return f"tagged {these} with {added}" + (f" and took {removed} off" if removed else "")
    return f"took {removed} off {these}" if removed else f"left the tags of {these}"


def plan_note(items: Sequence[Item], note: str) -> Plan:
    """Replaces the note; an empty one takes it away."""
    note = note.strip()
    label = f"{'wrote a note on' if note else 'took the note off'} {words.these(items)}"
    question = f"{'Write this note on' if note else 'Take the note off'} {words.these(items)}?"
    return Plan(tuple(items), _changes(items, lambda d: replace(d, note=note)), label, question, decides=False)


def plan_whole(
    items: Sequence[Item], verdict: Verdict | None, reason: str | None, tags: Iterable[str], note: str | None
) -> Plan:
    """Verdict, tags to add and a note (None: the one that is there stays) as one step."""
    plan, added = plan_verdict(items, verdict, reason), tidy_tags(tags)

    def edit(decision: Decision) -> Decision:
        all_tags = tuple(dict.fromkeys((*decision.tags, *added)))
        told = decision.note if note is None else note.strip()
        return replace(decision, verdict=verdict, reason=reason, tags=all_tags, note=told)

    more = [f"tagged {words.listed(added)}"] if added else []
    more += ["with a note"] if note else []
    return replace(plan, changes=_changes(items, edit, anew=True), label=", ".join((plan.label, *more)))


def plan_rename(items: Iterable[Item], old: str, new: str) -> Plan:
    """Puts another tag in the place of one, on all `items` that have it; where they have both, one is left."""
    having = [item for item in items if old in item.decision.tags]
    tags = tidy_tags([new])

    def edit(decision: Decision) -> Decision:
        renamed = [other for tag in decision.tags for other in (tags if tag == old else (tag,))]
        return replace(decision, tags=tuple(dict.fromkeys(renamed)))

    what = f"tag {old} to {tags[0]}" if tags else f"tag {old} to nothing"
    label, question = f"renamed {what} on {words.these(having)}", f"Rename {what} on {words.these(having)}?"
    return Plan(tuple(having), _changes(having, edit), label, question, decides=False)


def plan_marks(item: Item, keys: Sequence[str], *, noise: bool) -> Plan:
    """Marks blocks, named as `clean_view.block_keys` does, as noise or as no noise; an earlier mark gives way."""

    def edit(decision: Decision) -> Decision:
        kept = [mark for mark in decision.marks if mark[0] not in keys]
        return replace(decision, marks=(*kept, *((key, noise) for key in keys)))

    what = "1 paragraph" if len(keys) == 1 else f"{len(keys)} paragraphs"
    label = f"marked {what} of {words.these([item])} as {'noise' if noise else 'no noise'}"
    return Plan((item,), _changes([item], edit), label, label, decides=False)


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: one line, without `#` and commas, each once, in the order given."""
    tidied = (clean_line(tag.replace(",", " ")).lstrip("#").strip() for tag in tags)
    return tuple(dict.fromkeys(tag for tag in tidied if tag))


def reasons_for(items: Sequence[Item]) -> tuple[str, ...]:
    """Reasons for discarding `items`: those their whole-page flags speak for."""
    proposed = [
        kind_and_cause(flag)
        for item in items
        for flag in sorted(item.flags, key=lambda flag: -flag.confidence)
        if flag.first is None
    ]
    return tuple(dict.fromkeys(proposed))


def change(item: Item, after: Decision, *, anew: bool = True) -> Change | None:
    """What makes `after` of an item's decision, None where it is so already.

    `anew`: it is decided on the page as it is now, so that to decide as before what changed since is a change too.
    Otherwise, as for a tag or a note, what changed since stays marked so. Who decided and when is left open, for
    the journal to fill in.
    """
    if after == item.decision and not (anew and item.changed and after.verdict):
        return None
    return _change(item, _unsigned(after), anew=anew)


def _changes(items: Iterable[Item], edit: Callable[[Decision], Decision], *, anew: bool = False) -> tuple[Change, ...]:
    """Each decision is edited once, however many items share it."""
    edited: dict[int, tuple[Decision, bool, Decision]] = {}
    changes = []
    for item in items:
        if id(item.decision) not in edited:
            after = edit(item.decision)
            edited[id(item.decision)] = (item.decision, after == item.decision, _unsigned(after))
        _, so_already, after = edited[id(item.decision)]
        if not so_already or (anew and item.changed and after.verdict):
            changes.append(_change(item, after, anew=anew))
    return tuple(changes)


def _unsigned(after: Decision) -> Decision:
    if after.reviewer is None and after.decided_at is None:
        return after
    return replace(after, reviewer=None, decided_at=None)


def _change(item: Item, after: Decision, *, anew: bool) -> Change:
    sha256 = None if item.changed and not anew else item.sha256
    return Change(item.path, item.record, sha256, before=item.decision, after=after)
