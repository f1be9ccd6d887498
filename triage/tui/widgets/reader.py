"""The article: marked, clean, or as source, with the analyst's place in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from rich.cells import cell_len
from textual.events import Click, Resize
from textual.selection import Selection
from textual.strip import Strip

from triage.model import Flag, Item, ItemKey, Scanned
from triage.text import is_unspaced
from triage.tui.page_view import Hit, Mode, PageView, Place, Sheet
from triage.tui.reading_lines import Found, lines_of_blocks
from triage.tui.render import UNICODE, Signs, matcher, to_strip
from triage.tui.widgets.lineview import LineView

__all__ = ["Mode", "Reader"]


class Reader(LineView):
    """Shows one item."""

    ROLES_OF = "reader"
    ROLES: ClassVar[frozenset[str]] = frozenset((
        "title", "facts", "warning", "decision", "keep", "discard", "later", "undecided", "rule", "hint",
        "paragraph", "heading", "list-item", "quote", "table-row", "code", "source", "lead", "sign", "label",
        "fold", "found", "lead-text", "focus", "match", "keepword", "discardword", "current", "error-page",
        "noise", "repeat", "first-copy", "boilerplate", "kept-text", "duplicate", "thin", "unreadable",
    ))  # fmt: skip

    DEFAULT_CSS = """
    Reader {
        background: $background;
        color: $foreground;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
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
        & > .reader--keepword { color: $text-success; text-style: underline; }
        & > .reader--discardword { color: $text-error; text-style: bold italic; }
        & > .reader--match { background: $warning-muted; color: $text-warning; text-style: bold underline; }
        &:ansi > .reader--match { background: transparent; }
        & > .reader--current { text-style: bold reverse; }
    }
    """

    def __init__(
        self,
        *,
        opened: dict[ItemKey, set[int]] | None = None,
        fold_key: str = "enter",
        signs: Signs = UNICODE,
        id: str | None = None,  # noqa: A002 (Textual's name)
    ) -> None:
        """`opened` holds the folds that are open, by item: the first block of each. They are the session's.

        `fold_key` is hinted at beside a fold; empty for no hint.
        """
        super().__init__(signs=signs, id=id)
        self.found: Sequence[Found] = ()
        """Words that are marked in the text, and how often each stands there; for the head of what is shown next."""
        self.left: Sequence[Item] = ()
        """Discarded copies of the item whose tags and notes the head tells."""
        self.copies = 0
        """Pages of the item's group, itself among them; 0 where it stands alone."""
        self._fold_key = fold_key
        self._view = PageView(Sheet())
        self._opened = {} if opened is None else opened
        self._focus: int | None = None
        """The part gone to last."""
        self._matches: re.Pattern[str] | None = None
        self._match: Hit | None = None

    # What is shown.

    def show(self, item: Item | None, scanned: Scanned | None, mode: Mode, source: str | None) -> None:
        """Show an item from its top, or the same one anew with the place kept. `source` is needed in source mode."""
        before = self._view.sheet.item
        same = item is not None and before is not None and item.key == before.key
        opened = self._opened.get(item.key, ()) if item is not None else ()
        self._put(Sheet(item, scanned, mode, source, opened, self.found, self.left, self.copies, self.signs), stay=same)

    def set_mode(self, mode: Mode) -> None:
        """Change between marked, clean and source, at the same place of the text."""
        self._put(replace(self._view.sheet, mode=mode, found=self.found), stay=True)

    def set_matches(self, words: Sequence[str], keep: Sequence[str] = (), discard: Sequence[str] = ()) -> None:
        """Words to highlight and to go to."""
        self._matches, self._match = matcher(words, keep, discard), None
        self.refresh()

    # Moving.

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
        self.scroll_to_line(self._view.layout.height)

    def next_flag(self) -> bool:
        """To the next flag, or fold; False where there is none."""
        stops, here = self._view.stops, self._part_gone_to()
        index = bisect_left(stops, self._top_part()) if here is None else bisect_right(stops, here)
        return index < len(stops) and self._go_to_part(stops[index])

    def previous_flag(self) -> bool:
        """To the flag, or fold, before; False where there is none."""
        stops, here = self._view.stops, self._part_gone_to()
        index = bisect_left(stops, self._top_part() if here is None else here) - 1
        return index >= 0 and self._go_to_part(stops[index])

    def jump_to_block(self, block: int) -> bool:
        """To a block of the article, its label or the fold that hides it."""
        part = self._view.part_of(block)
        return part is not None and self._go_to_part(part)

    def jump_to_first_copy(self) -> bool:
        """From the repeat gone to last, or the first in view, to its first copy; from there back to the repeat."""
        copy = self._view.copy_near(self._within_reach())
        return copy is not None and self.jump_to_block(copy)

    @property
    def repeat(self) -> Flag | None:
        """The repeated section gone to last, the first in view, or the first of the article, with its first copy."""
        item, view = self._view.sheet.item, self._view
        flags = [flag for flag in item.flags if flag.same_as is not None] if item is not None else []
        for part in (view.parts[index] for index in self._within_reach() if index < len(view.parts)):
            for flag in flags:
                if part.jump is not None and flag.same_as and part.block in (flag.first, flag.same_as[0]):
                    return flag
        return flags[0] if flags else None

    def next_block(self) -> bool:
        """To the next paragraph; False at the end."""
        here = self._part_gone_to()
        return self._go_to_block(range(self._top_part() if here is None else here + 1, len(self._view.parts)))

    def previous_block(self) -> bool:
        """To the paragraph before; False at the beginning."""
        here = self._part_gone_to()
        return self._go_to_block(range((self._top_part() if here is None else here) - 1, self._view.head - 1, -1))

    @property
    def blocks(self) -> range:
        """The blocks of the article gone to last, while they are in view: one, or all of a flag or fold."""
        here, sheet = self._part_gone_to(), self._view.sheet
        if here is None or sheet.mode == "source" or sheet.item is None:
            return range(0)
        part = self._view.parts[here]
        block = 0 if part.block is None else part.block
        lasts = [flag.last or block for flag in sheet.item.flags if part.ours and flag.first == block]
        return range(block, max(lasts, default=block) + 1)

    def line_in(self, source: str) -> int:
        """The line of the page's source, from 1, on which what was gone to last stands, or what is first in view."""
        here, view = self._part_gone_to(), self._view
        part = view.parts[self._top_part() if here is None else here] if view.parts else None
        if part is None or part.block is None:
            return 1
        return part.block if view.sheet.mode == "source" else lines_of_blocks(view.sheet.blocks, source)[part.block]

    def toggle_fold(self) -> bool:
        """Open or close the fold gone to last, or the first in view; False where there is none."""
        sheet, index = self._view.sheet, self._fold_in_reach()
        fold = None if index is None else self._view.parts[index].fold
        if fold is None or sheet.item is None:
            return False
        opened = self._opened.setdefault(sheet.item.key, set())
        opened.symmetric_difference_update((fold,))
        self._put(replace(sheet, opened=opened), stay=True)
        self._focus = self._view.part_of(fold)
        return True

    def next_match(self) -> bool:
        """To the next highlighted word; False where there is none."""
        if self._matches is None:
            return False
        found = self._view.match_after(self._matches, self._match or Hit(self._top_part(), -1))
        return found is not None and self._go_to_match(found)

    def previous_match(self) -> bool:
        """To the highlighted word before; False where there is none."""
        if self._matches is None:
            return False
        found = self._view.match_before(self._matches, self._match or Hit(self._top_part(), 0))
        return found is not None and self._go_to_match(found)

    # Drawing.

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        width, base = self.view_width, self.base_style
        y += self.scroll_offset.y
        if y >= self._view.layout.height:
            return Strip.blank(width, base)
        index = self._view.layout.part_at(y)
        current = self._match.start if self._match and self._match.part == index else None
        line = self._view.layout.line(y, self._matches, focus=index == self._focus, current=current)
        part = self._view.parts[index]
        if line and self._fold_key and part.fold is not None and index == self._fold_in_reach():
            does = "closes" if part.sign == self.signs.opened else "opens"
            line = (*line, (f"  {self._fold_key} {does}", "hint"))
        strip = to_strip(line, width, base, self.style_of)
        return self._selectable(strip, y)

    @property
    def allow_select(self) -> bool:
        """The text can be selected with the mouse, and copied."""
        return True

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text selected, without margins; a wrapped paragraph as one line."""
        first = selection.start.y if selection.start else 0
        last = min(selection.end.y if selection.end else self._view.layout.height, self._view.layout.height - 1)
        paragraphs: dict[int, str] = {}
        for y in range(first, last + 1):
            text = self._view.layout.text_at(y)
            start, end = selection.get_span(y) or (0, 0)
            piece = text[start:] if end == -1 else text[start:end]
            index = self._view.layout.part_at(y)
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
        place = self._view.place_at(self.scroll_offset.y)
        if self.view_width and self._view.layout.width != self.view_width:
            self._view.wrap(self.view_width)
        self.set_height(self._view.layout.height)
        self.scroll_to_line(self._view.line_of(place))
        self.refresh()

    def on_click(self, event: Click) -> None:
        """A fold opens or closes, a repeat's label leads to the other copy."""
        y = self.line_clicked(event)
        if y >= self._view.layout.height:
            return
        index = self._view.layout.part_at(y)
        part = self._view.parts[index]
        if part.fold is not None:
            self._focus = index
            self.toggle_fold()
        elif part.jump is not None:
            self.jump_to_block(part.jump)

    def _selectable(self, strip: Strip, y: int) -> Strip:
        """The line with what is selected marked, its own text told apart from margin and indent."""
        column = self._view.layout.text_column(y)
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

    # Building, and what is in view.

    def _put(self, sheet: Sheet, *, stay: bool) -> None:
        """Lay a sheet out; with `stay` the text, and in the same mode what was gone to, stays where it is."""
        before, y = self._view, self.scroll_offset.y
        place = before.place_at(y) if stay else Place(None)
        self._view = PageView(sheet, self.view_width or before.layout.width)
        moved = self._view.head - before.head
        if not stay or sheet.mode != before.sheet.mode or len(self._view.parts) != len(before.parts) + moved:
            self._focus = self._match = None
        elif moved:
            self._focus = None if self._focus is None else max(0, self._focus + moved)
            self._match = None if self._match is None else self._match._replace(part=max(0, self._match.part + moved))
        self.set_height(self._view.layout.height)
        self.scroll_to_line(self._view.line_of(place))
        self.refresh()

    def _top_part(self) -> int:
        """The first part whose text begins in view, or goes on into it."""
        return self._view.layout.part_at(self.scroll_offset.y)

    def _within_reach(self) -> list[int]:
        """The part gone to last while it is in view, then all that are."""
        here = self._part_gone_to()
        last = self._view.layout.part_at(self.scroll_offset.y + self.view_height - 1)
        in_view = range(self._top_part(), last + 1)
        return [*in_view] if here is None else [here, *in_view]

    def _part_gone_to(self) -> int | None:
        return self._focus if self._focus is not None and self._in_view(self._focus) else None

    def _in_view(self, index: int) -> bool:
        return 0 <= self._view.layout.top(index) - self.scroll_offset.y < self.view_height

    def _fold_in_reach(self) -> int | None:
        for index in self._within_reach():
            if index < len(self._view.parts) and self._view.parts[index].fold is not None and self._in_view(index):
                return index
        return None

    def _go_to_block(self, parts: range) -> bool:
        for index in parts:
            part = self._view.parts[index]
            if part.block is not None and (part.fold is not None or not part.ours):
                return self._go_to_part(index)
        return False

    def _go_to_part(self, index: int) -> bool:
        self._focus = index
        top, bottom = self._view.layout.top(index), self._view.layout.bottom(index)
        view = self.scroll_offset.y
        if top < view + 1 or bottom > view + self.view_height - 3:
            self.scroll_to_line(top - min(3, self.view_height // 4))
        self.refresh()
        return True

    def _go_to_match(self, found: Hit) -> bool:
        self._match = found
        line = self._view.layout.line_of(*found)
        if not 1 <= line - self.scroll_offset.y < self.view_height - 1:
            self.scroll_to_line(line - self.view_height // 3)
        self.refresh()
        return True
