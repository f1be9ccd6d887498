"""The near copies of a page side by side: keep one and discard the rest, or decide them one by one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from triage.actions import Where
from triage.comparing import percent, told
from triage.errors import TriageError
from triage.model import Verdict
from triage.session import Plan
from triage.session.groups import Copies
from triage.session.words import listed, name
from triage.text import clean_line
from triage.tui.best_copies import keep_clear
from triage.tui.keys import carry_out
from triage.tui.render import Line, clip, clip_start, state_sign
from triage.tui.screens.pick import ConfirmScreen
from triage.tui.widgets.bars import Bar, Hints
from triage.tui.widgets.difference import GONE, NEW, Difference
from triage.tui.widgets.menu import Menu, MenuLine
from triage.wording import KIND_WORDS, by_severity, cause, short

if TYPE_CHECKING:
    from triage.tui.screens.review import ReviewScreen

_WIDE = 130
"""From this many cells on, likeness is told in words in each row."""
_SENTENCE = 68
_DATE, _WORDS, _SHARE = 10, 7, 6
_PREVIEWS = 5
_HINTS = ("keep-one", "keep", "discard", "undo", "next-undecided", "best-copies", "later", "best", "read-on", "back")
_HERE = frozenset(
    [
        *("keep-one", "best", "keep", "discard", "later", "clear", "undo", "redo", "down", "up", "first", "last"),
        *("read-on", "page-down", "page-up", "next-undecided", "previous-undecided", "best-copies"),
        *("compare", "back", "quit"),
    ]
)


class CompareScreen(ModalScreen[None]):
    """A table of the copies, what is to say of the one under the cursor, and how it differs from the best."""

    where: ClassVar[Where] = "compare"
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    CompareScreen {
        align: left top;
        background: $background;
        & > Vertical { height: 100%; background: $background; }
        & Menu, & #copies-header { background: $background; }
        & #copies { max-height: 35%; }
        & #copy-facts { padding: 1 0; }
        & Difference { height: 1fr; }
        &.-low #copy-facts { display: none; }
    }
    """

    def __init__(self, review: ReviewScreen, copies: Copies, came_from: int) -> None:
        super().__init__()
        self._review = review
        self._copies = copies
        self._row = copies.best
        self._other = came_from
        """The member that the best one is compared with while the cursor is on the best one itself."""
        self._told: Line = ()

    def compose(self) -> ComposeResult:
        """A table, facts and differences between three lines."""
        signs = self._review.signs
        with Vertical():
            yield Bar(signs=signs, id="copies-title")
            yield Bar(signs=signs, id="copies-header")
            yield Menu(signs=signs, id="copies")
            yield Menu(signs=signs, id="copy-facts")
            yield Bar(signs=signs, id="copy-legend")
            yield Difference(signs=signs)
            yield Bar(signs=signs, id="copies-told")
            yield Hints(signs=signs, id="copies-hints")

    def on_mount(self) -> None:
        """Show the group."""
        self.paint()

    def on_resize(self) -> None:
        """Columns are cut to the width."""
        self.call_after_refresh(self.paint)

    # Painting.

    def paint(self) -> None:
        """Show the members as they are now, and what is to say of the one under the cursor."""
        copies, width = self._copies, self.app.size.width
        table = self.query_one("#copies", Menu)
        self.query_one("#copies-header", Bar).say(_header("site" if copies.named_by_site else "page", width))
        table.show([MenuLine(self._cells(row, width), row) for row in range(len(copies.members))])
        table.choose(self._row)
        self._paint_row()

    def _paint_row(self) -> None:
        copies, review, width = self._copies, self._review, self.app.size.width
        title = name(copies.members[self._row].item, 200)
        more = review.session.copies_left(other_than=copies.group)
        place: Line = ((f"{self._row + 1:,}", ""), (f" of {len(copies.members):,} copies", "dim"))
        if more:
            place = (*place, (f" · {more:,} more group{'s' if more > 1 else ''}", "dim"))
        self.query_one("#copies-title", Bar).say((("Copies of ", "strong"), (f"“{title}”", "")), place)
        self.query_one("#copy-facts", Menu).show([MenuLine(runs) for runs in self._facts(self._row)])
        other = self._compared()
        legend: Line = (
            (f"{GONE[0]}only in the best{GONE[1]}", "discard"),
            ("  ", ""),
            (f"{NEW[0]}only in {copies.name(other)}{NEW[1]}", "keep"),
        )
        self.query_one("#copy-legend", Bar).say(legend)
        self.query_one(Difference).show(copies.differences(other))
        self.query_one("#copies-told", Bar).say(self._told)
        labels = {"keep-one": f"keep this, discard {len(copies.members) - 1:,}", "next-undecided": "next group"}
        self.query_one("#copies-hints", Hints).offer(_HINTS, review.keys, width, labels)

    def _compared(self) -> int:
        if self._row != self._copies.best:
            self._other = self._row
        if self._other == self._copies.best:
            self._other = 1 if self._copies.best == 0 else 0
        return self._other

    def _cells(self, row: int, width: int) -> Line:
        """A member in one line: decision, site, date, words, likeness, flags, tags."""
        copies, signs = self._copies, self._review.signs
        copy = copies.members[row]
        verdict = copy.item.decision.verdict
        site = _site_cells(width)
        name_ = clip_start(copies.name(row), site, signs.cut)
        likeness = self._likeness(row, width)
        flags = [flag for flag in by_severity(copy.item.flags) if flag.kind != "near-duplicate"]
        marks = [*dict.fromkeys(short(flag) for flag in flags), *_tags(copy.item.decision.tags)]
        marks += [signs.note] if copy.item.decision.note else []
        return (
            (state_sign(verdict, signs), verdict or ""),
            (f" {clip(name_, site)} ", ""),
            (f"{clip(clean_line(copy.item.date or '')[:10], _DATE)} {copy.words:>{_WORDS},}  ", "dim"),
            (likeness, "count" if row == copies.best else ""),
            ("  ", ""),
            (" ".join(marks), "dim"),
        )

    def _likeness(self, row: int, width: int) -> str:
        best = row == self._copies.best
        if width >= _WIDE:
            return clip(self._why_best() if best else told(self._copies.likeness(row), "the best"), _SENTENCE)
        return ("best" if best else percent(self._copies.likeness(row).here)).rjust(_SHARE + 1)

    def _why_best(self) -> str:
        proposal = self._copies.proposal
        if proposal is None or proposal.index != self._copies.best:
            return "the best, as you chose" if proposal else "none is fit to be kept: all are error pages"
        return f"the best: {proposal.reason}"

    def _facts(self, row: int) -> list[Line]:
        """What is to say of one member in full."""
        copies, signs = self._copies, self._review.signs
        item = copies.members[row].item
        why = self._why_best() if row == copies.best else told(copies.likeness(row), "the best one")
        lines: list[Line] = [((clean_line(item.name), "dim"),), ((why[:1].upper() + why[1:], ""),)]
        causes: dict[str, dict[str, None]] = {}
        for flag in by_severity(item.flags):
            if flag.kind != "near-duplicate":
                causes.setdefault(KIND_WORDS[flag.kind], {})[cause(flag)] = None
        if causes:
            told_ = (f"{kind}: {listed([*why])}".removesuffix(": ") for kind, why in causes.items())
            lines.append((("Flags: ", "dim"), ("; ".join(told_), "")))
        decision = item.decision
        if decision.tags or decision.note:
            lines.append(_notes("Tags and note: ", decision.tags, decision.note, signs.note))
        for other, tags, note in copies.left_behind():
            if other != row:
                lines.append(_notes(f"Of the discarded {copies.name(other)}: ", tags, note, signs.note))
        return lines

    def tell(self, words: str, *, alarm: bool = False) -> None:
        """Say what was done, or why not."""
        self._told = ((clean_line(words), "alarm" if alarm else ""),)
        self.query_one("#copies-told", Bar).say(self._told)

    # Actions.

    def on_hints_clicked(self, event: Hints.Clicked) -> None:
        """A click on a hint is its key."""
        self.app.call_later(self.act, event.name, "")

    async def act(self, name: str, key: str) -> None:
        """Carry out an action of the table, as far as it makes sense among copies."""
        if name in _HERE:
            await carry_out(self, name, key)

    async def do_down(self) -> None:
        self._go(self._row + 1)

    async def do_up(self) -> None:
        self._go(self._row - 1)

    async def do_first(self) -> None:
        self._go(0)

    async def do_last(self) -> None:
        self._go(len(self._copies.members) - 1)

    async def do_read_on(self) -> None:
        if not self.query_one(Difference).page(1):
            self._go(self._row + 1)

    async def do_page_down(self) -> None:
        self.query_one(Difference).page(1)

    async def do_page_up(self) -> None:
        self.query_one(Difference).page(-1)

    async def do_best(self) -> None:
        await asyncio.to_thread(self._copies.call_best, self._row)
        self.paint()

    async def do_keep(self) -> None:
        await self._decide("keep")

    async def do_discard(self) -> None:
        await self._decide("discard")

    async def do_later(self) -> None:
        await self._decide("later")

    async def do_clear(self) -> None:
        await self._decide(None)

    async def do_undo(self) -> None:
        await self._review.do_undo()
        await self._go_to_current()

    async def do_redo(self) -> None:
        await self._review.do_redo()
        await self._go_to_current()

    async def do_next_undecided(self) -> None:
        await self._go_on()

    async def do_previous_undecided(self) -> None:
        await self._go_on(backwards=True)

    async def do_best_copies(self) -> None:
        await keep_clear(self._review, self._go_to_current)

    async def do_back(self) -> None:
        await self.dismiss(None)

    async def do_quit(self) -> None:
        await self.dismiss(None)

    async def do_compare(self) -> None:
        await self.dismiss(None)

    async def do_keep_one(self) -> None:
        """Asked with its number, as all that decides many at once."""
        try:
            plan = self._copies.plan_keep(self._row)
        except TriageError as fault:
            self.tell(str(fault), alarm=True)
            return
        if not plan.changes:
            self.tell("Already so: this one is kept, the others are discarded")
            return

        async def answered(yes: bool | None) -> None:
            if yes:
                await self._keep(plan)
            else:
                self.tell("Nothing was changed")

        lines = _preview(plan, self._copies, self._review)
        await self.app.push_screen(ConfirmScreen(plan.question, lines, signs=self._review.signs), answered)

    async def _keep(self, plan: Plan) -> None:
        kept = self._copies.row_of(plan.items[0].key)
        await self._review.write(plan)
        self._take_over()
        if self._copies.members[kept].item.decision.verdict == "keep":
            await self._leave_group()

    def on_menu_clicked(self, event: Menu.Clicked) -> None:
        """A click puts the cursor on the member."""
        self._go(event.value)

    # What several actions share.

    def _go(self, row: int) -> None:
        row = max(0, min(row, len(self._copies.members) - 1))
        if row != self._row:
            self._row = row
            self.query_one("#copies", Menu).choose(row)
            self._paint_row()

    async def _decide(self, verdict: Verdict | None) -> None:
        try:
            plan = self._copies.plan_verdict(self._row, verdict)
        except TriageError as fault:
            self.tell(str(fault), alarm=True)
            return
        await self._review.write(plan)
        self._take_over()
        if verdict is None or not self._review.session.advance:
            return
        if any(copy.item.decision.verdict is None for copy in self._copies.members):
            self._go(self._copies.next_undecided(self._row))
        elif plan.changes:
            await self._leave_group()

    async def _leave_group(self) -> None:
        """The group is resolved: to the next one, or back to the list where there is none."""
        if self._review.session.advance and not await self._go_on():
            await self.dismiss(None)

    async def _go_on(self, *, backwards: bool = False) -> bool:
        """To the next group that waits, staying among copies; whether there is one."""
        session = self._review.session
        if not session.next_copies(other_than=self._copies.group, backwards=backwards):
            self.tell("No other group of copies waits to be decided")
            return False
        self._review.paint(())
        await self._go_to_current()
        return True

    async def _go_to_current(self) -> None:
        """Show the group of the review's current item, where it has one; it may be another since an undo."""
        session, item = self._review.session, self._review.session.current
        if item is not None and item.group != self._copies.group and len(session.group(item)) > 1:
            self._copies = await asyncio.to_thread(Copies.read, session.group(item), session.scanned)
            self._row, self._other = self._copies.best, self._copies.row_of(item.key)
        self._take_over()

    def _take_over(self) -> None:
        """What was decided, and what the review said of it."""
        self._copies.refresh(self._review.session.item)
        self._told = self._review.last_told
        self.paint()


def _header(first: str, width: int) -> Line:
    """What stands in the columns of the table."""
    share = "likeness" if width >= _WIDE else "in best".rjust(_SHARE + 1)
    return ((f"   {clip(first, _site_cells(width))} {clip('date', _DATE)} {'words':>{_WORDS}}  {share}", "dim"),)


def _site_cells(width: int) -> int:
    return max(10, min(30, width - 44))


def _tags(tags: tuple[str, ...]) -> list[str]:
    return [f"#{clean_line(tag)}" for tag in tags]


def _notes(whose: str, tags: tuple[str, ...], note: str, sign: str) -> Line:
    return ((whose, "dim"), (" ".join([*_tags(tags), *([f"{sign} {clean_line(note)}"] if note else [])]), ""))


def _preview(plan: Plan, copies: Copies, review: ReviewScreen) -> list[MenuLine]:
    """What is kept, and the first of what is discarded."""
    lines: list[MenuLine] = []
    for number, item in enumerate(plan.items[: _PREVIEWS + 1]):
        verdict: Verdict = "discard" if number else "keep"
        row = copies.row_of(item.key)
        lines.append(
            MenuLine(
                (
                    (f"{state_sign(verdict, review.signs)} {verdict:<8}", verdict),
                    (f"{copies.name(row)}  ", ""),
                    (
                        "  ".join(filter(None, [clean_line(item.date or ""), f"{copies.members[row].words:,} words"])),
                        "dim",
                    ),
                )
            )
        )
    if len(plan.items) > _PREVIEWS + 1:
        lines.append(MenuLine(((f"… and {len(plan.items) - _PREVIEWS - 1:,} more", "dim"),)))
    return lines
