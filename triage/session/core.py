"""The app without a screen: the list as the analyst sees it, and every act on it.

Knows no widget, no thread and no clock. A scan feeds it by `apply`. What writes is in two halves, so that the
write can be made off the screen's loop: `commit*` touches the journal alone and may run in another thread, one
at a time; what it returns is then told to the session by `settle` or `settle_back`. `carry_out`, `undo` and
`redo` do both. What no first screen needs is loaded where it is used.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from triage.clean_view import block_keys
from triage.errors import JournalError
from triage.model import Item, ItemKey, Verdict
from triage.session import deciding
from triage.session.deciding import Plan
from triage.session.following import Following
from triage.session.listing import Outcome
from triage.store.journal import Step, Stored

if TYPE_CHECKING:
    from triage.session.likeness import Alike
    from triage.session.shelf import Ready
    from triage.session.stats import Stats

_ALL = 1_000_000
"""Steps of the journal that the figures are taken from."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done to a journal so that the work can go on, and what it holds now."""

    told: str
    stored: Sequence[Stored]


class Session(Following):
    """One analyst's work on one folder."""

    made = 0
    """Verdicts given since the program was started."""

    _decided_last: ItemKey | None = None
    """Where `go_back` goes."""

    _before_queue = ""
    """The filter to go back to from the queue."""

    def queue_filter(self) -> str | None:
        """The filter that shows what was set aside for later, or what was shown before it; None: nothing is set aside.

        Each is then decided by one key as always. Once it is shown, `begin_queue` tells how many there are.
        """
        if self.in_queue:
            return self._before_queue
        if not self._shelf.states["later"]:
            return None
        self._before_queue = self.query.text
        return "is:later"

    def begin_queue(self) -> str:
        """Goes to the first that was set aside, where that is what is shown; how many are shown, in words."""
        if not self.in_queue:
            return self.shown()
        self.go(0)
        return f"{len(self.rows):,} set aside for later, from the first"

    def go_back(self) -> bool:
        """The cursor to the item decided last; once more, to where it was. False where nothing was decided yet."""
        here, there = self.current, self._decided_last
        if there is None or not self.go_to(there):
            return False
        if here is not None and here.key != there:
            self._decided_last = here.key
        return True

    # Selecting.

    @property
    def in_range(self) -> bool:
        """Whether a range is being drawn."""
        return self._view.anchor is not None

    def toggle_range(self) -> None:
        """Begins a range at the cursor, or gives it up; in an empty list there is none to begin."""
        self._view.picked = frozenset()
        self._view.anchor = None if self.in_range or not self.rows else self._view.cursor

    def alike(self) -> list[Alike]:
        """Ways to select items like the current one, each with the undecided items of the list that it means."""
        from triage.session.likeness import alike  # noqa: PLC0415

        current = self.current
        return [] if current is None else alike(current, self._view.rows[:])

    def select(self, keys: Collection[ItemKey]) -> None:
        """Selects these items."""
        self._view.anchor = None
        numbers = (self._shelf.number(key) for key in keys)
        self._view.picked = frozenset(number for number in numbers if number is not None)

    def unselect(self) -> bool:
        """Gives range and selection up; whether there was one."""
        had = self.in_range or bool(self._view.picked)
        self._view.anchor, self._view.picked = None, frozenset()
        return had

    def targets(self) -> list[Item]:
        """What a deciding key acts on: range or selection, else the current item."""
        selected = self.selected
        if selected:
            if isinstance(selected, range):
                return list(self.rows[selected.start : selected.stop])
            return [self.rows[row] for row in sorted(selected)]
        return [] if self.current is None else [self.current]

    # Deciding: a plan, its commit, and what follows.

    def plan_verdict(
        self, verdict: Verdict | None, reason: str | None = None, items: Sequence[Item] | None = None
    ) -> Plan:
        """Give the targets a verdict, None takes it away; discarding several leaves a copy of each article.

        `items`, here and below: those a question was about, where the targets may be others by now.
        """
        items, spared = self.without_last_copies(self._meant(items), verdict)
        return deciding.sparing(deciding.plan_verdict(items, verdict, reason), spared)

    def without_last_copies(
        self, items: Sequence[Item], verdict: Verdict | None
    ) -> tuple[Sequence[Item], Sequence[Item]]:
        """Which of `items` a verdict on all of them is for, and which are the last copies of articles and stay."""
        from triage.session.groups import spare  # noqa: PLC0415

        return spare(items, self.items) if verdict == "discard" and len(items) > 1 else (items, ())

    def plan_tags(
        self, add: Sequence[str] = (), remove: Sequence[str] = (), items: Sequence[Item] | None = None
    ) -> Plan:
        """Add tags to the targets and take tags off them."""
        return deciding.plan_tags(self._meant(items), add, remove)

    def plan_note(self, note: str, items: Sequence[Item] | None = None) -> Plan:
        """Write a note on the targets."""
        return deciding.plan_note(self._meant(items), note)

    def plan_rename_tag(self, old: str, new: str) -> Plan:
        """Rename a tag on all items of the folder; an empty name takes it off."""
        return deciding.plan_rename(self.items, old, new)

    def plan_marks(self, blocks: Sequence[int], *, noise: bool) -> Plan | None:
        """Mark paragraphs of the current item, by their numbers, as noise or as no noise; None where it has none."""
        item = self.current
        scanned = None if item is None else self.scanned(item)
        if item is None or scanned is None:
            return None
        keys = block_keys(scanned.article.blocks)
        return deciding.plan_marks(item, [keys[block] for block in blocks if block < len(keys)], noise=noise)

    def commit(self, plan: Plan) -> Step | None:
        """Writes a plan to disk; None where it changes nothing. Raises JournalError: then nothing was written."""
        self.commit_moves()
        return self._journal.decide(plan.changes, plan.label) if plan.changes else None

    def commit_ready(self, plan: Plan) -> tuple[Step | None, Sequence[Ready]]:
        """Writes a plan, and makes ready what it makes of its items."""
        step = self.commit(plan)
        return step, self.ready(step)

    def commit_back_ready(self, *, redone: bool) -> tuple[Step | None, Sequence[Ready]]:
        """Takes the newest step back, or makes again what was undone last, and makes ready what that means."""
        step = self.commit_redo() if redone else self.commit_undo()
        return step, self.ready(step, back=not redone)

    def commit_undo(self) -> Step | None:
        """Takes the newest step back on disk; None where there is none."""
        self.commit_moves()
        return self._journal.undo()

    def commit_undo_to(self, step: int) -> list[Step]:
        """Takes steps back on disk, the newest first, until `step` itself is taken back; all of them or none."""
        self.commit_moves()
        return self._journal.undo_to(step)

    def commit_undo_to_ready(self, step: int) -> tuple[list[Step], list[Sequence[Ready]]]:
        """Takes steps back as `commit_undo_to` does, and makes ready what each means."""
        undone = self.commit_undo_to(step)
        return undone, [self.ready(one, back=True) for one in undone]

    def commit_redo(self) -> Step | None:
        """Makes again on disk what was undone last; None where there is none."""
        self.commit_moves()
        return self._journal.redo()

    def ready(self, step: Step | None, *, back: bool = False) -> Sequence[Ready]:
        """What a committed step (`back`: undone) makes of its items. Alters nothing, and may run in another thread.

        Of many items this takes long; `settle` and `settle_back`, given it, do not.
        """
        return self._shelf.ready(step.changes, back=back) if step else ()

    def settle(self, plan: Plan, step: Step | None, ready: Sequence[Ready] | None = None) -> Outcome:
        """Takes over what `commit(plan)` wrote, and goes on to the next undecided item where the plan decides."""
        heard = self._hear()
        numbers = self._shelf.settle(self.ready(step) if ready is None else ready)
        rows = None if heard else self._rows_of(numbers)
        self._remember_tags(step)
        made = plan.verdicts
        self.made += made
        self.verdicts += made
        told = _sentence(plan.label) if step else f"Already so: {plan.label}"
        if plan.asks or (plan.decides and self.selected):
            self.unselect()
            rows = None
        if plan.decides and self.current is not None:
            self._decided_last = self.current.key
        if plan.decides and self.advance:
            more = self.next_undecided()
            told = f"{told} · {more}" if more else told
        return Outcome(f"{told} · {heard}" if heard else told, rows)

    def settle_back(
        self, *steps: Step | None, redone: bool = False, ready: Sequence[Sequence[Ready]] | None = None
    ) -> Outcome:
        """Takes over what `commit_undo` or `commit_redo` did: the cursor goes to the item concerned.

        `ready`: what `ready` made of each step.
        """
        heard = self._hear()
        done = [step for step in steps if step is not None]
        if not done:
            return Outcome("Nothing to redo" if redone else "Nothing to undo", None if heard else ())
        numbers = [
            number
            for one in ready or [self.ready(step, back=not redone) for step in done]
            for number in self._shelf.settle(one, back=not redone)
        ]
        self.unselect()
        new = [number for number in numbers if number not in self._view]
        self._view.add(new)
        if numbers:
            self._view.go(self._view.row_of(numbers[-1] if len(done) > 1 else numbers[0]))
        self._wanted = None
        what = done[0].label if len(done) == 1 else f"{len(done):,} steps, back to before: {done[-1].label}"
        told = f"{'Redone' if redone else 'Undone'}: {what}"
        return Outcome(f"{told} · {heard}" if heard else told, None if new or heard else self._rows_of(numbers))

    def commit_look(self) -> None:
        """Finds out on disk what other programs decided in this file."""
        self._journal.look()

    def settle_look(self) -> str:
        """Takes over what others decided; tells how much, "" for nothing."""
        return self._hear()

    def commit_mend(self, fault: JournalError) -> Mended | None:
        """Makes the journal usable again after a fault; None where there is nothing to mend. Raises JournalError."""
        from triage.store.mending import mend  # noqa: PLC0415

        told = mend(self._journal, fault)
        return None if told is None else Mended(told, self._journal.current())

    def settle_mend(self, mended: Mended) -> None:
        """Shows what the journal holds now."""
        self._journal.take_news()
        self._replace_decisions(mended.stored)

    def stats(self, *, values: int = 12) -> Stats:
        """How far the work is and how fast it goes, over all sessions; `values`: at most so many of each facet.

        Reads the whole journal, so not for the screen's own loop.
        """
        from triage.session.stats import stats  # noqa: PLC0415

        steps = self._journal.history(limit=_ALL)
        return stats(self.items, steps, len(self.rows), (self.keys, self.verdicts), values)

    def carry_out(self, plan: Plan) -> Outcome:
        """Commits and settles a plan."""
        return self.settle(plan, self.commit(plan))

    def undo(self) -> Outcome:
        """Takes the newest step back, whole, also one of an earlier session."""
        return self.settle_back(self.commit_undo())

    def redo(self) -> Outcome:
        """Makes again what was undone last."""
        return self.settle_back(self.commit_redo(), redone=True)

    def _meant(self, items: Sequence[Item] | None) -> list[Item]:
        """The targets, or `items` as they are now, without those that are gone."""
        return self.targets() if items is None else [now for one in items if (now := self.item(one.key)) is not None]

    def _hear(self) -> str:
        news = self._journal.take_news()
        self._shelf.settle(self._shelf.ready(news))
        return f"{len(news):,} decision{'s' if len(news) > 1 else ''} of others came in" if news else ""

    def _rows_of(self, numbers: Collection[int]) -> tuple[int, ...] | None:
        if len(numbers) > 1:
            return None
        return tuple(self._view.row_of(number) for number in numbers if number in self._view)

    def _remember_tags(self, step: Step | None) -> None:
        for change in step.changes if step else ():
            for tag in change.after.tags:
                if tag not in self._quick_tags:
                    self._quick_tags.append(tag)


def _sentence(label: str) -> str:
    return label[:1].upper() + label[1:]
