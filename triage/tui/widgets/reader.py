"""The article: marked, clean, or as source, with the analyst's place in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import ClassVar, Literal, NamedTuple

from rich.cells import cell_len
from textual.events import Click, Resize
from textual.geometry import Size
from textual.selection import Selection
from textual.strip import Strip

from triage.clean_view import hidden
from triage.model import Flag, Item, ItemKey, Scanned
from triage.text import is_unspaced
from triage.tui import reading_lines
from triage.tui.layout import Layout, Part
from triage.tui.render import UNICODE, Signs, matcher, to_strip
from triage.tui.widgets.lineview import LineView

Mode = Literal["marked", "clean", "source"]


class _Place(NamedTuple):
    """What stands at the top of the view, told by the text so that it outlives a width and a mode."""

    block: int | None
    """None: the head, `offset` lines down."""
    offset: int = 0
    label: bool = False


class Reader(LineView):
    """Shows one item. Folds stay as the analyst left them, item by item."""

    ROLES_OF = "reader"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"reader--{role}"
        for role in (
            "title", "facts", "warning", "decision", "keep", "discard", "later", "undecided", "rule", "hint",
            "paragraph", "heading", "list-item", "quote", "table-row", "code", "source", "lead",
            "sign", "label", "fold", "focus", "match", "current", "error-page",
            "noise", "repeat", "first-copy", "boilerplate", "kept-text", "duplicate", "thin", "unreadable",
        )
    }  # fmt: skip

    DEFAULT_CSS = """
    Reader {
        background: $background;
        color: $foreground;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .reader--title { text-style: bold; color: $text-primary; }
        & > .reader--facts { text-style: dim; }
        & > .reader--warning { color: $text-warning; text-style: italic; }
        & > .reader--keep { color: $text-success; text-style: bold; }
        & > .reader--discard { color: $text-error; text-style: bold; }
        & > .reader--later { color: $text-warning; text-style: bold; }
        & > .reader--rule { text-style: dim; }
        & > .reader--hint { text-style: dim italic; }
        & > .reader--heading { text-style: bold; }
        & > .reader--lead { text-style: dim; }
        & > .reader--error-page { color: $text-error; }
        & > .reader--noise { color: $text-error; }
        & > .reader--repeat { color: $text-warning; }
        & > .reader--boilerplate { text-style: dim; }
        & > .reader--kept-text { color: $text-success; }
        & > .reader--duplicate { color: $text-secondary; }
        & > .reader--thin { color: $text-warning; }
        & > .reader--unreadable { color: $text-error; }
        & > .reader--sign { text-style: bold; }
        & > .reader--label { text-style: italic; }
        & > .reader--fold { text-style: italic; }
        & > .reader--focus { text-style: reverse; }
        & > .reader--match { background: $warning-muted; color: $text-warning; text-style: bold underline; }
        &:ansi > .reader--match { background: transparent; }
        & > .reader--current { text-style: bold reverse; }
    }
    """

    def __init__(self, *, signs: Signs = UNICODE, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(signs=signs, id=id, classes=classes)
        self._item: Item | None = None
        self._scanned: Scanned | None = None
        self._source: str | None = None
        self._mode: Mode = "marked"
        self._opened: dict[ItemKey, set[int]] = {}
        self._layout = Layout((), 80)
        self._blocks: list[int] = []
        self._head = 0
        self._focus: int | None = None
        self._matches: re.Pattern[str] | None = None
        self._match: tuple[int, int] | None = None
        self._lines: list[int] | None = None

    # What is shown ---------------------------------------------------------------------------------------------

    def show(self, item: Item | None, scanned: Scanned | None, mode: Mode, source: str | None) -> None:
        """Show an item from its top, or the same one anew with the place kept. `source` is needed in source mode."""
        same = item is not None and self._item is not None and item.key == self._item.key
        place = self._place() if same else None
        if not same or source is not self._source or scanned is not self._scanned:
            self._lines = None
        self._item, self._scanned, self._source, self._mode = item, scanned, source, mode
        self._rebuild(place)

    def set_mode(self, mode: Mode) -> None:
        """Change between marked, clean and source, at the same place of the text."""
        place = self._place()
        self._mode = mode
        self._rebuild(place)

    @property
    def mode(self) -> Mode:
        """How the text is shown."""
        return self._mode

    def set_matches(self, words: Sequence[str]) -> None:
        """Words to highlight and to go to."""
        self._matches, self._match = matcher(words), None
        self.refresh()

    # Moving ----------------------------------------------------------------------------------------------------

    def page_down(self) -> bool:
        """A page on, two lines kept in view; False at the end."""
        if self.scroll_offset.y >= self.max_scroll_y:
            return False
        self.scroll_lines(max(1, self.view_height - 2))
        return True

    def page_up(self) -> bool:
        """A page back; False at the top."""
        if self.scroll_offset.y <= 0:
            return False
        self.scroll_lines(-max(1, self.view_height - 2))
        return True

    def scroll_lines(self, count: int) -> None:
        """Down, or up, by lines."""
        self.scroll_to_line(self.scroll_offset.y + count)

    def top(self) -> None:
        """To the first line."""
        self._focus = None
        self.scroll_to_line(0)

    def bottom(self) -> None:
        """To the last line."""
        self._focus = None
        self.scroll_to_line(self._layout.height)

    def next_flag(self) -> bool:
        """To the next label or fold; False where there is none."""
        stops = self._stops()
        index = bisect_right(stops, self._here())
        return self._go_to_part(stops[index]) if index < len(stops) else False

    def previous_flag(self) -> bool:
        """To the label or fold before; False where there is none."""
        stops = self._stops()
        index = bisect_left(stops, self._here(before=True)) - 1
        return self._go_to_part(stops[index]) if index >= 0 else False

    def jump_to_block(self, block: int) -> bool:
        """To a block of the article, its label or the fold that hides it."""
        if not self._blocks:
            return False
        return self._go_to_part(self._part_of(self._to_shown(block)))

    def jump_to_first_copy(self) -> bool:
        """From the repeat gone to last, or the first in view, to its first copy; from there back to the repeat."""
        seen = [self._focus] if self._focus is not None else []
        bottom = self._layout.part_at(self.scroll_offset.y + self.view_height - 1)
        seen += [*range(self._layout.part_at(self.scroll_offset.y), bottom + 1), *self._stops()]
        for index in seen:
            part = self._layout.parts[index] if index < len(self._layout.parts) else None
            if part is not None and part.jump is not None:
                return self.jump_to_block(part.jump)
        return False

    def toggle_fold(self) -> bool:
        """Open or close the fold gone to last, or the first in view; False where there is none."""
        index = self._fold_in_reach()
        if index is None or self._item is None:
            return False
        fold = self._layout.parts[index].fold
        assert fold is not None  # noqa: S101 (what a fold in reach is)
        self._opened.setdefault(self._item.key, set()).symmetric_difference_update((fold,))
        self._rebuild(self._place())
        self._focus = self._part_of(fold)
        return True

    def next_match(self) -> bool:
        """To the next highlighted word; False where there is none."""
        if self._matches is None:
            return False
        part, after = self._match or (self._layout.part_at(self.scroll_offset.y), -1)
        for index in range(part, len(self._layout.parts)):
            text = self._searched(index)
            for found in self._matches.finditer(text, after + 1 if index == part else 0):
                return self._go_to_match(index, found.start())
        return False

    def previous_match(self) -> bool:
        """To the highlighted word before; False where there is none."""
        if self._matches is None:
            return False
        part, before = self._match or (self._layout.part_at(self.scroll_offset.y), 0)
        for index in range(part, -1, -1):
            text = self._searched(index)
            starts = [found.start() for found in self._matches.finditer(text)]
            if index == part:
                starts = starts[: bisect_left(starts, before)]
            if starts:
                return self._go_to_match(index, starts[-1])
        return False

    # Drawing ---------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        width, base = self.view_width, self.rich_style
        y += self.scroll_offset.y
        if y >= self._layout.height:
            return Strip.blank(width, base)
        index = self._layout.part_at(y)
        current = self._match[1] if self._match and self._match[0] == index else None
        line = self._layout.line(y, self._matches, focus=index == self._focus, current=current)
        part = self._layout.parts[index]
        if line and part.fold is not None and index == self._fold_in_reach():
            line = (*line, ("  enter closes" if part.sign == self.signs.opened else "  enter opens", "hint"))
        strip = to_strip(line, width, base, self.style_of)
        return self._selectable(strip, y)

    @property
    def allow_select(self) -> bool:
        """The text can be selected with the mouse, and copied."""
        return True

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text selected, without margins; a wrapped paragraph as one line."""
        first = selection.start.y if selection.start else 0
        last = min(selection.end.y if selection.end else self._layout.height, self._layout.height - 1)
        paragraphs: dict[int, str] = {}
        for y in range(first, last + 1):
            text = self._layout.text_at(y)
            start, end = selection.get_span(y) or (0, 0)
            piece = text[start:] if end == -1 else text[start:end]
            index = self._layout.part_at(y)
            joint = " " if index in paragraphs and piece and not is_unspaced(piece) else ""
            paragraphs[index] = paragraphs.get(index, "") + joint + piece
        return "\n".join(paragraphs.values()), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw what is selected."""
        del selection
        self.refresh()

    def on_resize(self, event: Resize) -> None:
        """Wrap anew, the same text at the top."""
        del event
        if self._layout.width != self.view_width:
            place = self._place()
            self._rebuild(place)

    def on_click(self, event: Click) -> None:
        """A fold opens or closes, a repeat's label leads to the other copy."""
        y = self.line_clicked(event)
        if y >= self._layout.height:
            return
        index = self._layout.part_at(y)
        part = self._layout.parts[index]
        if part.fold is not None:
            self._focus = index
            self.toggle_fold()
        elif part.jump is not None:
            self.jump_to_block(part.jump)

    def _selectable(self, strip: Strip, y: int) -> Strip:
        """The line with what is selected marked, its own text told apart from margin and indent."""
        column = self._layout.text_column(y)
        selection = self.text_selection
        span = selection.get_span(y) if selection is not None else None
        cells = cell_len(strip.text[:column])
        margin, text = strip.crop(0, cells), strip.crop(cells)
        if span is not None:
            plain = text.text
            start, end = cell_len(plain[: span[0]]), cell_len(plain if span[1] == -1 else plain[: span[1]])
            chosen = self.screen.get_component_rich_style("screen--selection")
            text = Strip.join((text.crop(0, start), text.crop(start, end).apply_style(chosen), text.crop(end)))
        return Strip.join((margin, text.apply_offsets(0, y)))

    # Building and places ---------------------------------------------------------------------------------------

    def _rebuild(self, place: _Place | None) -> None:
        parts = self._parts()
        self._layout = Layout(parts, self.view_width or 80)
        self._head = next((index for index, part in enumerate(parts) if part.block is not None), len(parts))
        self._blocks = [part.block or 0 for part in parts[self._head :]]
        self._focus = self._match = None
        self.virtual_size = Size(0, self._layout.height)
        self.scroll_to_line(self._line_of(place) if place else 0)
        self.refresh()

    def _parts(self) -> list[Part]:
        if self._item is None:
            return []
        flags: tuple[Flag, ...] = self._item.flags or (self._scanned.flags if self._scanned else ())
        return reading_lines.head(self._item, self._scanned, flags, self.signs) + self._body(self._item, flags)

    def _body(self, item: Item, flags: Sequence[Flag]) -> list[Part]:
        blocks = self._scanned.article.blocks if self._scanned else ()
        if self._mode == "source" and self._source is not None:
            return reading_lines.source_lines(self._source)
        if self._scanned is None or self._mode == "source" or not blocks:
            return [Part(self._nothing(item), "hint", gap=1)]
        marks = reading_lines.marks(blocks, flags, item.decision.marks, self.signs)
        if self._mode == "marked":
            return reading_lines.marked(blocks, marks, self.signs)
        folds = hidden(blocks, flags, item.decision.marks)
        return reading_lines.folded(blocks, folds, self._opened.get(item.key, set()), marks, self.signs)

    def _nothing(self, item: Item) -> str:
        if self._mode == "source":
            return "The source of this page is not at hand."
        if self._scanned is None:
            return "The text of this page is not at hand." if item.scanned else "This page is being read."
        return "There is no text on this page."

    def _place(self) -> _Place:
        if not self._layout.parts:
            return _Place(None)
        index, offset = self._layout.offset_at(self.scroll_offset.y)
        if index < self._head:
            return _Place(None, self.scroll_offset.y)
        part = self._layout.parts[index]
        block = part.block or 0
        if part.role == "source" and self._source is not None:
            block, offset = bisect_left(self._source_map(), block), 0
        return _Place(block, offset, label=part.ours)

    def _line_of(self, place: _Place) -> int:
        if place.block is None or not self._blocks:
            return place.offset if place.block is None else 0
        index = self._part_of(self._to_shown(place.block), label=place.label)
        part = self._layout.parts[index]
        if place.label or part.ours or self._mode == "source" or not place.offset:
            return self._layout.top(index)
        return self._layout.line_of(index, place.offset)

    def _part_of(self, block: int, *, label: bool = True) -> int:
        """The first part that stands for a block (its label), or the last (its text); the fold that hides it."""
        if block not in self._blocks[bisect_left(self._blocks, block) :][:1]:
            return self._head + max(0, bisect_right(self._blocks, block) - 1)
        find = bisect_left(self._blocks, block) if label else bisect_right(self._blocks, block) - 1
        return self._head + find

    def _to_shown(self, block: int) -> int:
        """The block, or in source mode the number of the line where it begins."""
        if self._mode != "source":
            return block
        lines = self._source_map()
        return lines[min(block, len(lines) - 1)] if lines else 1

    def _source_map(self) -> list[int]:
        if self._lines is None:
            blocks = self._scanned.article.blocks if self._scanned else ()
            self._lines = reading_lines.lines_of_blocks(blocks, self._source or "")
        return self._lines

    def _stops(self) -> list[int]:
        return [index for index in range(self._head, len(self._layout.parts)) if self._layout.parts[index].stop]

    def _here(self, *, before: bool = False) -> int:
        """The part from which the next one is looked for: the one gone to while in view, else the top of the view."""
        if self._focus is not None and self._in_view(self._focus):
            return self._focus
        index = self._layout.part_at(self.scroll_offset.y)
        return index if before or index < self._head or self._layout.top(index) < self.scroll_offset.y else index - 1

    def _searched(self, index: int) -> str:
        part = self._layout.parts[index]
        return part.text if part.searched else ""

    def _in_view(self, index: int) -> bool:
        return 0 <= self._layout.top(index) - self.scroll_offset.y < self.view_height

    def _fold_in_reach(self) -> int | None:
        parts = self._layout.parts
        if self._focus is not None and parts[self._focus].fold is not None and self._in_view(self._focus):
            return self._focus
        for index in range(self._layout.part_at(self.scroll_offset.y), len(parts)):
            if self._layout.top(index) >= self.scroll_offset.y + self.view_height:
                return None
            if parts[index].fold is not None and self._in_view(index):
                return index
        return None

    def _go_to_part(self, index: int) -> bool:
        self._focus = index
        top, bottom = self._layout.top(index), self._layout.bottom(index)
        view = self.scroll_offset.y
        if top < view + 1 or bottom > view + self.view_height - 3:
            self.scroll_to_line(top - min(3, self.view_height // 4))
        self.refresh()
        return True

    def _go_to_match(self, index: int, start: int) -> bool:
        self._match = index, start
        line = self._layout.line_of(index, start)
        if not 1 <= line - self.scroll_offset.y < self.view_height - 1:
            self.scroll_to_line(line - self.view_height // 3)
        self.refresh()
        return True
