"""Lines to choose from, or to read: help, reasons, sort orders, history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from triage.tui.render import UNICODE, Line, Signs, to_strip
from triage.tui.widgets.bars import clipped
from triage.tui.widgets.lineview import LineView


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One line; a `value` of None makes it a heading, which the cursor passes over."""

    runs: Line
    value: Any = None
    digit: str = ""
    """The key that chooses it, where it has one."""


class Menu(LineView):
    """Draws lines with a cursor on one of those that can be chosen."""

    ROLES_OF = "menu"
    ROLES: ClassVar[frozenset[str]] = frozenset((
        "cursor", "mark", "heading", "key", "dim", "count", "bar", "keep", "discard", "later",
    ))  # fmt: skip

    DEFAULT_CSS = """
    Menu {
        height: auto;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-background: $panel;
        scrollbar-background-hover: $panel;
        scrollbar-background-active: $panel;
        background: $panel;
        color: $foreground;
        & > .menu--cursor { background: $primary-muted; text-style: bold; }
        &:ansi > .menu--cursor, &:nocolor > .menu--cursor { background: ansi_default; text-style: reverse; }
        & > .menu--mark { color: $accent; }
        & > .menu--heading { text-style: bold; color: $primary; }
        & > .menu--key { text-style: bold; color: $accent; }
        & > .menu--dim { text-style: dim; }
        & > .menu--count { color: $secondary; }
        & > .menu--bar { color: $primary; }
        & > .menu--keep { color: $success; }
        & > .menu--discard { color: $error; }
        & > .menu--later { color: $warning; }
    }
    """

    @dataclass
    class Clicked(Message):
        """A line that can be chosen was clicked."""

        value: Any

    def __init__(self, lines: Sequence[MenuLine] = (), *, signs: Signs = UNICODE, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(signs=signs, id=id)
        self._lines: Sequence[MenuLine] = ()
        self._cursor: int | None = None
        self.show(lines)

    def show(self, lines: Sequence[MenuLine]) -> None:
        """Other lines, with the cursor on the first that can be chosen."""
        self._lines = lines
        self._cursor = next((index for index, line in enumerate(lines) if line.value is not None), None)
        self.virtual_size = Size(0, len(lines))
        self.scroll_to(y=0, animate=False)
        self.refresh(layout=True)

    @property
    def lines(self) -> Sequence[MenuLine]:
        """What is shown."""
        return self._lines

    @property
    def value(self) -> Any:
        """What the line under the cursor stands for; None where there is nothing to choose."""
        return None if self._cursor is None else self._lines[self._cursor].value

    def choose(self, value: Any) -> None:
        """The cursor to the line that stands for `value`, where there is one."""
        at = next((index for index, line in enumerate(self._lines) if line.value == value), None)
        if value is not None and at is not None:
            self._cursor = at
            self._bring_into_view()
            self.refresh()

    def move(self, step: int) -> None:
        """The cursor to the next line that can be chosen, down or up."""
        if self._cursor is None:
            self.scroll_to(y=self.scroll_offset.y + step, animate=False)
            return
        at = self._cursor + step
        while 0 <= at < len(self._lines) and self._lines[at].value is None:
            at += step
        if 0 <= at < len(self._lines):
            self._cursor = at
        self._bring_into_view()
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        del container, viewport, width
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        index, base = self.scroll_offset.y + y, self.base_style
        if index >= len(self._lines):
            return Strip.blank(self.view_width, base)
        here = index == self._cursor
        if here:
            base += self.style_of("cursor")
        mark = self.signs.cursor if here else " "
        runs = clipped(self._lines[index].runs, self.view_width - 2, self.signs.cut)
        return to_strip(((mark, "mark"), (" ", ""), *runs), self.view_width, base, self.style_of)

    def on_click(self, event: Click) -> None:
        """Choose the line."""
        at = self.line_clicked(event)
        if at < len(self._lines) and self._lines[at].value is not None:
            self._cursor = at
            self.refresh()
            self.post_message(self.Clicked(self._lines[at].value))

    def _bring_into_view(self) -> None:
        top, height, at = self.scroll_offset.y, self.view_height, self._cursor or 0
        if at < top:
            # With its heading, where one stands right above.
            self.scroll_to_line(at - 1 if at and self._lines[at - 1].value is None else at)
        elif at >= top + height:
            self.scroll_to_line(at - height + 1)
