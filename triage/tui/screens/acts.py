"""What the main screen's actions share: what finds goes on behind it, what decides is on disk before it is shown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import TypeVar

from triage.errors import JournalError, TriageError
from triage.model import Item
from triage.session import Found, Order, Plan
from triage.session.words import only_last_copies, these
from triage.store.journal import Step
from triage.text import clean_line
from triage.tui.screens.panes import Panes

Answer = TypeVar("Answer")

_MANY = 500
"""Items of which a plan is made in another thread; of fewer it takes a millisecond or so."""


class Acts(Panes):
    """Finds, orders and writes."""

    async def apply_filter(self, text: str, *, whole: bool = False) -> None:
        """Show what a filter matches, its words marked in list and text. `whole`: keys wait until it is done."""

        def told() -> None:
            self.tell(self.session.shown(), "with-errors" if self.session.left_out else "back" if text else "")

        await self._look_up(text, told, whole=whole)

    async def refresh_list(self, more: str) -> None:
        """Apply filter and order again; `more` is told beside how many items there are."""

        def told() -> None:
            self.tell(f"{len(self.session.rows):,} items shown{' · ' if more else ''}{more}")

        await self._look_up(self.session.query.text, told)

    async def turn_errors(self) -> None:
        """Show the error pages that a search leaves out, or leave them out again."""
        left_out = not self.session.errors_left_out
        await self._look_up(
            self.session.query.text,
            lambda: self.tell(self.session.shown(), "with-errors"),
            errors_left_out=left_out,
        )

    async def turn_queue(self) -> None:
        """Show what was set aside for later, or what was shown before it."""
        text = self.session.queue_filter()
        if text is None:
            self.tell("Nothing is set aside for later")
            return

        def told() -> None:
            begun = self.session.begin_queue()
            self.paint(())
            self.tell(begun, "later-queue" if self.session.in_queue else "")

        await self._look_up(text, told)

    async def _look_up(
        self, text: str, told: Callable[[], None], *, whole: bool = False, errors_left_out: bool | None = None
    ) -> None:
        def find() -> Found | TriageError:
            try:
                return self.session.look_up(text, errors_left_out=errors_left_out)
            except TriageError as fault:  # a filter that was saved by another version, a cache that cannot be read
                return fault

        def show(found: Found | TriageError) -> None:
            if isinstance(found, TriageError):
                self.tell(str(found), alarm=True)
                return
            self.session.take(found)
            self.mark_words()
            self.paint()
            told()

        telling = f"Looking for {clean_line(text)}…" if text else "Looking for all items…"
        await self.behind.find(find, show, telling, self.session.give_up, whole=whole)

    async def sort(self, by: str, *, backwards: bool = False) -> None:
        """Put the list into another order."""
        await self._arrange(partial(self.session.arrange, Order(by, backwards)), self.session.arranged, "sort")

    async def group_by(self, by: str | None) -> None:
        """Bring items of the list together by what they share; None: no longer."""
        await self._arrange(partial(self.session.arrange, grouping=by), self.session.grouped, "group-by")

    async def _arrange(self, find: Callable[[], Found], told: Callable[[], str], again: str) -> None:
        def show(found: Found) -> None:
            self.session.take(found)
            self.paint()
            self.tell(told(), again)

        await self.behind.find(find, show, "Sorting…", self.session.give_up)

    async def decide(self, make: Callable[[Sequence[Item]], Plan], items: Sequence[Item] | None = None) -> None:
        """Carry out what `make` plans for `items`, or for the targets where they are not told."""
        meant = self.session.targets() if items is None else items
        if len(meant) < _MANY:
            await self.carry_out(make(meant))
        else:
            await self.carry_out(await self.behind.work_out(partial(make, meant), f"Looking at {these(meant)}…"))

    async def carry_out(self, plan: Plan) -> None:
        """Write a plan, after its number of items was agreed to where there are several."""
        from triage.tui import asking

        if not plan.items:
            self.tell(only_last_copies(plan.spared) if plan.spared else "There is no item here")
        elif plan.asks and plan.changes:
            await asking.agree(self, plan)
        else:
            await self.write(plan)

    async def write(self, plan: Plan) -> None:
        """Write a plan to disk; then, not before, show it as done and move on."""
        async with self.told_if_not_saved():
            step, ready = await self.app.writer.write(lambda: self.session.commit_ready(plan))
            self.show_outcome(self.session.settle(plan, step, ready), "undo" if step else "")

    async def keep_place(self, told: str) -> None:
        """Write what belongs to the place, such as saved filters, now rather than at the end."""
        async with self.told_if_not_saved():
            await self.app.writer.write(self.session.save_place)
            self.tell(told)

    async def write_back_to(self, step: Step) -> None:
        """Undo every step back to this one, it included."""
        async with self.told_if_not_saved():
            undone, ready = await self.app.writer.write(lambda: self.session.commit_undo_to_ready(step.id))
            self.show_outcome(self.session.settle_back(*undone, ready=ready), "redo" if undone else "")

    async def read(self, act: Callable[[], Answer]) -> Answer | None:
        """What `act` reads in the journal; None where it cannot, which is told."""
        async with self.told_if_not_saved("Not read."):
            return await self.app.writer.write(act)
        return None

    @asynccontextmanager
    async def told_if_not_saved(self, what: str = "Not saved.") -> AsyncIterator[None]:
        """A write that fails is told, and nothing is shown as saved; the journal is mended where it can be."""
        try:
            yield
        except JournalError as fault:
            self.tell(what.rstrip(".").upper(), alarm=True)
            told = await self._mended(fault)
            self.notice(f"{what} {told}")

    def notice(self, told: str) -> None:
        """Show what must be read before going on."""
        from triage.tui import asking

        self.app.push_screen(asking.notice(self, told))

    async def _mended(self, fault: JournalError) -> str:
        """What to say of a fault, once the journal is mended or cannot be."""
        try:
            mended = await self.app.writer.write(lambda: self.session.commit_mend(fault))
        except JournalError as worse:
            return str(fault) if str(worse) == str(fault) else f"{fault} {worse}"
        if mended is None:
            return str(fault)
        self.session.settle_mend(mended)
        self.paint()
        return mended.told
