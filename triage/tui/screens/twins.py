"""A repeated section beside its first copy, what differs marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from triage.actions import Where
from triage.comparing import Paragraph, beside
from triage.model import Block, Flag
from triage.tui.keys import Keys, carry_out
from triage.tui.render import UNICODE, Line, Run, Signs
from triage.tui.widgets.bars import Bar, Hints
from triage.tui.widgets.difference import GONE, NEW, Difference, cut, runs_of
from triage.tui.wrapping import wrap
from triage.wording import cause, paragraphs

LEAST_WIDTH = 72
"""Cells from which two columns of text can be read."""


def beside_lines(rows: Sequence[tuple[Paragraph, Paragraph]], width: int, signs: Signs = UNICODE) -> list[Line]:
    """Each row in two columns with a bar between, an empty line between rows."""
    room = (width - 4) // 2
    lines: list[Line] = []
    for number, row in enumerate(rows):
        columns = [_wrapped(paragraph, room) for paragraph in row]
        if number:
            lines.append(_line((), (), room, signs))
        for y in range(max(map(len, columns))):
            left, right = (column[y] if y < len(column) else () for column in columns)
            lines.append(_line(left, right, room, signs))
    return lines


def _wrapped(paragraph: Paragraph, room: int) -> list[Line]:
    runs = runs_of(paragraph)
    return [tuple(cut(runs, span)) for span in wrap("".join(text for text, _ in runs), room)]


def _line(left: Sequence[Run], right: Sequence[Run], room: int, signs: Signs) -> Line:
    pad = " " * max(0, room - sum(cell_len(text) for text, _ in left))
    return (*left, (pad, ""), (f" {signs.bar} ", "fold"), *right)


class Twins(Difference):
    """Draws the two in columns."""

    def __init__(self, rows: Sequence[tuple[Paragraph, Paragraph]], *, signs: Signs = UNICODE) -> None:
        super().__init__(signs=signs)
        self._rows = rows

    def _wrap(self) -> None:
        self._lines = beside_lines(self._rows, self.view_width or 40, self.signs)
        self.set_height(len(self._lines))
        self.refresh()


class TwinsScreen(ModalScreen[bool]):
    """Answers whether the analyst wants to go to the first copy."""

    where: ClassVar[Where] = "list"
    AUTO_FOCUS = ""

    DEFAULT_CSS = """
    TwinsScreen {
        align: left top;
        background: $background;
        & > Vertical { height: 100%; background: $background; padding: 0 1; }
        & Twins { height: 1fr; margin: 1 0; }
    }
    """

    def __init__(self, flag: Flag, blocks: Sequence[Block], keys: Keys, *, signs: Signs = UNICODE) -> None:
        super().__init__()
        self._flag = flag
        self._keys = keys
        self._signs = signs
        first, last = flag.same_as or (0, 0)
        again = flag.first or 0, flag.first or 0 if flag.last is None else flag.last
        self._places = paragraphs(first, last), paragraphs(*again)
        texts = ([block.text for block in blocks[a : b + 1]] for a, b in ((first, last), again))
        self._rows = beside(*texts)

    def compose(self) -> ComposeResult:
        """What they are, the two columns, the keys."""
        with Vertical():
            yield Bar(signs=self._signs, id="twins-title")
            yield Twins(self._rows, signs=self._signs)
            yield Bar(signs=self._signs, id="twins-legend")
            yield Hints(signs=self._signs, id="twins-hints")

    def on_mount(self) -> None:
        """Tell which is which."""
        first, again = self._places
        title: Line = (("First copy ", "strong"), (first, ""), ("   and its repeat ", "strong"), (again, ""))
        self.query_one("#twins-title", Bar).say(title, ((cause(self._flag), "dim"),))
        self.query_one("#twins-legend", Bar).say(
            (
                (f"{GONE[0]}only in the first copy{GONE[1]}", "discard"),
                ("  ", ""),
                (f"{NEW[0]}only in the repeat{NEW[1]}", "keep"),
            )
        )
        self.on_resize()

    def on_resize(self) -> None:
        """The hints are cut to the width."""
        labels = {"pick": "go to the first copy"}
        hints = self.query_one("#twins-hints", Hints)
        hints.offer(("pick", "pick-down", "leave"), self._keys, self.app.size.width - 2, labels)

    def on_hints_clicked(self, event: Hints.Clicked) -> None:
        """A click on a hint is its key."""
        self.app.call_later(self.act, event.name, "")

    async def act(self, name: str, key: str) -> None:
        """Carry out an action of the table."""
        await carry_out(self, name, key)

    async def do_pick(self) -> None:
        """To the first copy in the text."""
        await self.dismiss(True)

    async def do_pick_number(self, key: str) -> None:
        """There is nothing to choose by digit."""

    async def do_pick_down(self) -> None:
        self._scroll(1)

    async def do_pick_up(self) -> None:
        self._scroll(-1)

    async def do_leave(self) -> None:
        await self.dismiss(False)

    def _scroll(self, lines: int) -> None:
        twins = self.query_one(Twins)
        twins.scroll_to_line(twins.scroll_offset.y + lines)
