"""The list of items: any number of rows, of which only those in view are drawn."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.events import Click, Resize
from textual.message import Message
from textual.strip import Strip

from triage.model import Item, ItemKey
from triage.session import Head
from triage.tui.render import UNICODE, Signs, matcher, to_strip
from triage.tui.rows import Columns, HeadedLines, RowContext, head_line, row, row_role
from triage.tui.widgets.lineview import LineView

Look = Head | tuple[Item, int, bool, bool]
"""A heading; or an item, the size of its group, whether the cursor is on it, and whether it is selected."""


class WorkList(LineView):
    """Draws `items` as they stand when a row comes into view; holds no decision and no filter of its own.

    When the cursor leaves the view the list turns by half a page, never by a line: a line's scroll repaints
    everything, which is slow over SSH.
    """

    ROLES_OF = "worklist"
    ROLES: ClassVar[frozenset[str]] = frozenset((
        "cursor", "selected", "todo", "decided", "unscanned", "cursor-mark", "selected-mark", "title", "path",
        "facts", "tags", "match", "keepword", "discardword", "keep", "discard", "later", "undecided",
        "error-page", "noise", "repeat", "boilerplate", "duplicate", "thin", "unreadable", "changed", "head",
        "count",
    ))  # fmt: skip

    DEFAULT_CSS = """
    WorkList {
        background: $surface;
        color: $foreground;
        scrollbar-background: $surface;
        scrollbar-background-hover: $surface;
        scrollbar-background-active: $surface;
        & > .worklist--cursor { background: $panel; text-style: bold; }
        &:focus > .worklist--cursor { background: $primary-muted; text-style: bold; }
        & > .worklist--selected { background: $secondary-muted; }
        &:ansi > .worklist--cursor, &:nocolor > .worklist--cursor {
            background: transparent;
            text-style: reverse bold;
        }
        & > .worklist--todo { color: $foreground; }
        & > .worklist--decided { text-style: dim; }
        & > .worklist--unscanned { text-style: dim; }
        & > .worklist--cursor-mark { color: $accent; text-style: bold; }
        & > .worklist--selected-mark { color: $secondary; text-style: bold; }
        & > .worklist--path { text-style: italic; }
        & > .worklist--facts { text-style: dim; }
        & > .worklist--tags { color: $accent; }
        & > .worklist--keepword { color: $text-success; text-style: underline; }
        & > .worklist--discardword { color: $text-error; text-style: bold italic; }
        & > .worklist--match { background: $warning-muted; color: $text-warning; text-style: bold underline; }
        &:ansi > .worklist--match, &:ansi > .worklist--selected { background: transparent; }
        & > .worklist--keep { color: $text-success; text-style: bold; }
        & > .worklist--discard { color: $text-error; text-style: bold; }
        & > .worklist--later { color: $text-warning; text-style: bold; }
        & > .worklist--error-page { color: $text-error; text-style: bold; }
        & > .worklist--noise { color: $text-error; }
        & > .worklist--repeat { color: $text-warning; }
        & > .worklist--boilerplate { text-style: dim; }
        & > .worklist--duplicate { color: $text-secondary; }
        & > .worklist--thin { color: $text-warning; }
        & > .worklist--unreadable { color: $text-error; text-style: bold; }
        & > .worklist--changed { color: $text-warning; }
        & > .worklist--head { text-style: bold; color: $primary; }
        & > .worklist--count { text-style: dim; }
    }
    """

    @dataclass
    class Clicked(Message):
        """A row was clicked with the mouse."""

        index: int

    def __init__(self, *, signs: Signs = UNICODE, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(signs=signs, id=id, classes=classes)
        self._items: Sequence[Item] = ()
        self._cursor = 0
        self._group_sizes: Mapping[str, int] = {}
        self._selected: Collection[int] = ()
        self._matches: re.Pattern[str] | None = None
        self._word_counts: Mapping[ItemKey, tuple[int, int]] | None = None
        self._heads: Sequence[Head] = ()
        self._lines = HeadedLines(())
        self._drawn: dict[int, Look | None] = {}
        """What each line of the view showed when it was drawn last."""

    def show(
        self, items: Sequence[Item], cursor: int, group_sizes: Mapping[str, int], heads: Sequence[Head] = ()
    ) -> None:
        """Draw another list, or the same with other rows; the cursor stays on the line of the screen where it was.

        `heads`: what stands over runs of rows. A view scrolled away from the cursor by hand stays where it is while
        the cursor does not move.
        """
        before, line = self._cursor, self._lines.line_of(self._cursor) - self.scroll_offset.y
        in_view = before in self.visible_rows
        self._items, self._group_sizes, self._cursor = items, group_sizes, cursor
        if heads is not self._heads:
            self._heads, self._lines = heads, HeadedLines([head.row for head in heads])
        self.set_height(len(items) + len(heads))
        if in_view and cursor != before:
            self.scroll_to_line(self._lines.line_of(cursor) - line)
        if in_view or cursor != before:
            self._bring_into_view(cursor)
            self._show_head_above(cursor)
        self._refresh_changed()

    def _show_head_above(self, index: int) -> None:
        """A heading right above the view comes into it, where the row does not leave it for that."""
        top = self.scroll_offset.y
        stays = self._lines.line_of(index) < top + self.view_height - 1
        if top and stays and self._lines.head_at(top - 1) is not None:
            self.scroll_to_line(top - 1)

    def _refresh_changed(self) -> None:
        """Draw the lines again that would show something else: most of what a scan tells of is not in view."""
        top = self.scroll_offset.y
        for y in range(self.view_height):
            if self._drawn.get(y) != self._look_of(top + y):
                self.refresh_line(top + y)

    def _look_of(self, line: int) -> Look | None:
        """What decides how a line of the list looks, beside words and width; None where it shows no item."""
        head = self._lines.head_at(line)
        if head is not None:
            return self._heads[head]
        index = self._lines.row_from(line)
        if index >= len(self._items):
            return None
        item = self._items[index]
        copies = self._group_sizes.get(item.group, 0) if item.group else 0
        return item, copies, index == self._cursor, index in self._selected

    def move(self, cursor: int) -> None:
        """Put the cursor on another row."""
        before, self._cursor = self._cursor, cursor
        if not self._bring_into_view(cursor):
            self.refresh_row(before)
            self.refresh_row(cursor)

    def refresh_row(self, index: int) -> None:
        """Draw one row again: its item has changed."""
        if index in self.visible_rows:
            self.refresh_line(self._lines.line_of(index))

    @property
    def cursor(self) -> int:
        """The row the cursor is on."""
        return self._cursor

    @property
    def visible_rows(self) -> range:
        """Which rows are in view."""
        top = self.scroll_offset.y
        first = self._lines.row_from(top)
        return range(first, min(self._lines.row_from(top + self.view_height), len(self._items)))

    @property
    def selected(self) -> Collection[int]:
        """Rows marked as chosen for a bulk action; set it to mark others."""
        return self._selected

    @selected.setter
    def selected(self, rows: Collection[int]) -> None:
        self._selected = rows
        self.refresh()

    def set_matches(
        self,
        words: Sequence[str],
        keep: Sequence[str] = (),
        discard: Sequence[str] = (),
        counts: Mapping[ItemKey, tuple[int, int]] | None = None,
    ) -> None:
        """Words to highlight in titles, and how many of the two lists each item holds."""
        self._matches, self._word_counts = matcher(words, keep, discard), counts
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        width = self.view_width
        line_number = self.scroll_offset.y + y
        self._drawn[y] = self._look_of(line_number)
        base = self.base_style
        head = self._lines.head_at(line_number)
        if head is not None:
            return to_strip(head_line(self._heads[head], width, self.signs), width, base, self.style_of)
        index = self._lines.row_from(line_number)
        if index >= len(self._items):
            return Strip.blank(width, base)
        item = self._items[index]
        cursor, selected = index == self._cursor, index in self._selected
        context = RowContext(Columns.for_width(width), self.signs, self._group_sizes, self._matches, self._word_counts)
        line = row(item, context, cursor=cursor, selected=selected)
        base += self.style_of(row_role(item))
        if selected:
            base += self.style_of("selected")
        if cursor:
            base += self.style_of("cursor")
        # On a reversed row colours would stand as patches behind the words; the signs tell the same.
        return to_strip(line, width, base, (lambda _: Style.null()) if base.reverse else self.style_of)

    def on_resize(self, event: Resize) -> None:
        """Keep the cursor in view."""
        del event
        self.set_height(len(self._items) + len(self._heads))
        self._bring_into_view(self._cursor)

    def on_click(self, event: Click) -> None:
        """Tell which row was meant."""
        line = self.line_clicked(event)
        index = self._lines.row_from(line)
        if line >= 0 and self._lines.head_at(line) is None and index < len(self._items):
            self.post_message(self.Clicked(index))

    def _bring_into_view(self, index: int) -> bool:
        """Scroll if the row is out of view; whether it was."""
        height = self.view_height
        if not height or index in self.visible_rows or not self._items:
            return False
        top, visible = self.scroll_offset.y, self.visible_rows
        if index == visible.stop:
            target = top + max(1, height // 2)
        elif index == visible.start - 1:
            target = top - max(1, height // 2)
        else:
            target = self._lines.line_of(index) - height // 2
        self.scroll_to_line(target)
        return True
