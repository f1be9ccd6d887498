"""The main screen's actions: each is a call to the session, and a repaint of what came of it."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import ClassVar

from textual.widget import Widget

from triage.actions import BY_NAME, Where
from triage.model import Verdict
from triage.session import GROUPINGS
from triage.tui.keys import carry_out
from triage.tui.screens.acts import Acts
from triage.tui.widgets.bars import Hints
from triage.tui.widgets.evidence import EvidencePanel
from triage.tui.widgets.reader import Mode

_THAT_DECIDE = {"Decide", "Tag and note"}
"""Groups of actions that wait for one of theirs that is still going on."""
_OF_ITEMS = {"Move", "Decide", "Select", "Tag and note", "Read"}
"""Groups of actions that need an item: pressed before the first is found, they wait for it."""
ELSEWHERE = {
    "discard-because": "asking.reason",
    "alike": "asking.alike",
    "compare": "copies.compare",
    "best-copies": "best_copies.keep_clear",
    "shared-error": "copies.discard_shared_error",
    "tag": "asking.tags",
    "rename-tag": "asking.rename_tag",
    "long-note": "outside.long_note",
    "note": "asking.note",
    "beside": "copies.repeat_beside_first",
    "filter": "asking.filter_text",
    "facets": "asking.facet",
    "views": "views.choose",
    "word-lists": "asking.word_lists",
    "sort": "asking.order",
    "junk": "asking.junk",
    "history": "asking.history",
    "page-history": "asking.page_history",
    "summary": "asking.summary",
    "skipped": "asking.skipped",
    "open": "outside.browse",
    "edit": "outside.edit",
    "pager": "outside.page",
    "copy": "asking.copy",
    "copy-selection": "outside.copy_selection",
    "export": "outside.export_shown",
    "theme": "looks.choose",
    "help": "asking.help_with_keys",
}
"""Actions that ask something or reach beyond the screen: each a function, of a module that is loaded when it is first
needed, since the screen is to stand before."""

_MODES: tuple[Mode, ...] = ("marked", "clean", "source")


class ReviewScreen(Acts):
    """One item after another."""

    where: ClassVar[Where] = "review"

    # Actions. What needs more than the session and the panes is done elsewhere.

    async def act(self, name: str, key: str) -> None:
        """Carry out an action of the table."""
        self.greet(off=True)
        if BY_NAME[name].group in _THAT_DECIDE:
            await self.behind.decided()
        if not self.session.rows and BY_NAME[name].group in _OF_ITEMS:
            await self.first_listed()
        if name in ELSEWHERE:
            module, function = ELSEWHERE[name].split(".")
            await getattr(import_module(f"triage.tui.{module}"), function)(self)
        else:
            await carry_out(self, name, key)

    def on_hints_clicked(self, event: Hints.Clicked) -> None:
        """A click on a hint is its key, and waits its turn as keys do."""
        self.app.call_later(self.act, event.name, "")

    async def do_down(self) -> None:
        self._step(1)

    async def do_up(self) -> None:
        self._step(-1)

    async def do_half_page_down(self) -> None:
        self._move(max(1, len(self.list.visible_rows) // 2))

    async def do_half_page_up(self) -> None:
        self._move(-max(1, len(self.list.visible_rows) // 2))

    async def do_first(self) -> None:
        if self.focused is self.reader:
            self.reader.top()
        else:
            self._go(0)

    async def do_last(self) -> None:
        if self.focused is self.reader:
            self.reader.bottom()
        else:
            self._go(-1)

    async def do_next_undecided(self) -> None:
        self._seek(backwards=False)

    async def do_previous_undecided(self) -> None:
        self._seek(backwards=True)

    async def do_last_decided(self) -> None:
        self._unless(self.session.go_back(), "Nothing was decided since the start")
        self.paint()

    async def do_read_on(self) -> None:
        if not self.reader.page_down():
            self._seek(backwards=False)

    async def do_page_down(self) -> None:
        self.reader.page_down()

    async def do_page_up(self) -> None:
        self.reader.page_up()

    async def do_line_down(self) -> None:
        self.reader.scroll_lines(1)

    async def do_line_up(self) -> None:
        self.reader.scroll_lines(-1)

    async def do_other_pane(self) -> None:
        panes: list[Widget] = [pane for pane in (self.list, self.reader, self.evidence) if pane.display]
        if not self.has_class("-one"):
            panes = [pane for pane in panes if pane.region.area]
        at = panes.index(self.focused) if self.focused in panes else -1
        self.set_focus(panes[(at + 1) % len(panes)] if panes else None)

    async def do_keep(self) -> None:
        await self._give("keep")

    async def do_discard(self) -> None:
        await self._give("discard")

    async def do_later(self) -> None:
        await self._give("later")

    async def do_clear(self) -> None:
        await self._give(None)

    async def do_undo(self) -> None:
        await self.behind.decide(partial(self._step_back, redone=False), "Undoing…")

    async def do_redo(self) -> None:
        await self.behind.decide(partial(self._step_back, redone=True), "Making it again…")

    async def _step_back(self, *, redone: bool) -> None:
        async with self.told_if_not_saved():
            step, ready = await self.app.writer.write(lambda: self.session.commit_back_ready(redone=redone))
            outcome = self.session.settle_back(step, redone=redone, ready=[ready] if step else None)
            self.show_outcome(outcome, ("undo" if redone else "redo") if step else "")

    async def do_advance(self) -> None:
        self.session.advance = not self.session.advance
        on = "goes on to the next undecided item" if self.session.advance else "stays on its item"
        self.tell(f"A decision {on}", "advance")

    async def do_range(self) -> None:
        self.session.toggle_range()
        self.paint(())

    async def do_quick_tag(self, key: str) -> None:
        tags = self.session.quick_tags
        at = self.keys.place_of("quick-tag", key)
        if at < len(tags):
            await self.decide(lambda items: self.session.plan_tags(add=[tags[at]], items=items))
        else:
            self.tell(f"No tag is on {key} yet", "tag")

    async def do_next_flag(self) -> None:
        self._unless(self.reader.next_flag(), "No flag further down in the text")

    async def do_previous_flag(self) -> None:
        self._unless(self.reader.previous_flag(), "No flag further up in the text")

    async def do_first_copy(self) -> None:
        self._unless(self.reader.jump_to_first_copy(), "No repeat here")

    async def do_fold(self) -> None:
        if self.focused is self.evidence and self.evidence.selected is not None:
            self.on_evidence_panel_chosen(EvidencePanel.Chosen(self.evidence.selected))
        elif not self.reader.toggle_fold():
            self.tell("No fold here", "mode")

    async def do_next_block(self) -> None:
        self._unless(self.reader.next_block(), "This is the last paragraph")

    async def do_previous_block(self) -> None:
        self._unless(self.reader.previous_block(), "This is the first paragraph")

    async def do_noise(self) -> None:
        await self._mark(noise=True)

    async def do_no_noise(self) -> None:
        await self._mark(noise=False)

    async def do_mode(self) -> None:
        self._mode = _MODES[(_MODES.index(self._mode) + 1) % len(_MODES)]
        source = self.session.source(self._item) if self._item is not None and self._mode == "source" else None
        if self._mode == "source":
            self.reader.show(self._item, self._scanned, "source", source)
        else:
            self.reader.set_mode(self._mode)
        self.paint_bars()

    async def do_evidence(self) -> None:
        self.toggle_class("-evidence")

    async def do_zoom(self) -> None:
        self.toggle_class("-zoom")
        self.set_focus(self.reader if self.has_class("-zoom") else self.list)
        self.paint_bars()

    async def do_panes(self) -> None:
        told = self.arrangement.turn(self.size.width)
        self.place_panes()
        self.tell(told, "panes")

    async def do_list_wider(self) -> None:
        self._share(1)

    async def do_list_narrower(self) -> None:
        self._share(-1)

    def _share(self, steps: int) -> None:
        if self.arrangement.widen(self.size.width, steps):
            self.place_panes()
        else:
            self.tell("There is one pane at a time", "panes")

    async def do_quick_view(self, key: str) -> None:
        from triage.tui import views

        await views.show_quick(self, key)

    async def do_with_errors(self) -> None:
        await self.turn_errors()

    async def do_next_match(self) -> None:
        self._unless(self.reader.next_match(), "No match further down")

    async def do_previous_match(self) -> None:
        self._unless(self.reader.previous_match(), "No match further up")

    async def do_group_by(self) -> None:
        ways = (None, *GROUPINGS)
        await self.group_by(ways[(ways.index(self.session.grouping) + 1) % len(ways)])

    async def do_refresh(self) -> None:
        await self.read(self.session.commit_look)
        await self.refresh_list(self.session.settle_look())

    async def do_back(self) -> None:
        if self.behind.give_up():
            self.tell("Given up: the list stays as it was")
        elif self.session.unselect():
            self.paint(())
        elif self.has_class("-zoom"):
            await self.do_zoom()
        elif self.focused is not self.list:
            self.set_focus(self.list)
        elif self.session.query.text:
            await self.apply_filter("")

    async def do_later_queue(self) -> None:
        await self.turn_queue()

    async def do_palette(self) -> None:
        self.app.action_command_palette()

    async def do_quit(self) -> None:
        await self.app.leave()

    # What several actions share.

    async def _give(self, verdict: Verdict | None) -> None:
        await self.decide(lambda items: self.session.plan_verdict(verdict, items=items))

    def _step(self, rows: int) -> None:
        if self.focused is self.reader:
            self.reader.scroll_lines(rows)
        elif self.focused is self.evidence:
            (self.evidence.select_next if rows > 0 else self.evidence.select_previous)()
        else:
            self._move(rows)

    def _move(self, rows: int) -> None:
        self.session.move(rows)
        self.paint(())

    def _go(self, row: int) -> None:
        self.session.go(row)
        self.paint(())

    def _seek(self, *, backwards: bool) -> None:
        told = self.session.next_undecided(backwards=backwards)
        if told:
            self.tell(told)
        self.paint(())

    def _unless(self, done: bool, told: str) -> None:
        if not done:
            self.tell(told)

    async def _mark(self, *, noise: bool) -> None:
        plan = self.session.plan_marks(self.reader.blocks, noise=noise) if self.reader.blocks else None
        if plan is None:
            self.tell("First go to a paragraph or a flag of the text", "next-block")
        else:
            await self.carry_out(plan)
