"""One item in one mode at one width: its lines, its flags and folds, and places that outlive mode and width."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from triage.clean_view import hidden
from triage.model import Block, Flag, Item, Scanned
from triage.tui import reading_lines
from triage.tui.layout import Layout
from triage.tui.parts import Part, Parts, SourceParts
from triage.tui.reading_lines import Found
from triage.tui.render import UNICODE, Signs

Mode = Literal["marked", "clean", "source"]


class Place(NamedTuple):
    """What stands at the top of the view, told by the text."""

    block: int | None
    """None: the head, `offset` lines down."""
    offset: int = 0
    """Characters into the block's text."""
    label: bool = False
    """The label above the block is meant."""


class Hit(NamedTuple):
    """A match: in which part, and where in its text."""

    part: int
    start: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is to be shown of an item, and how."""

    item: Item | None = None
    scanned: Scanned | None = None
    mode: Mode = "marked"
    source: str | None = None
    """The page's source; needed in source mode alone."""
    opened: Collection[int] = ()
    """First blocks of the folds that are open."""
    found: Sequence[Found] = ()
    """Words marked in the text, with their number."""
    left: Sequence[Item] = ()
    """Discarded copies whose tags and notes are told here."""
    copies: int = 0
    """Pages of its group, itself among them; 0 where it stands alone."""
    signs: Signs = UNICODE

    @property
    def blocks(self) -> Sequence[Block]:
        """The article's blocks; none of a page not scanned."""
        return self.scanned.article.blocks if self.scanned else ()

    def head(self) -> list[Part]:
        """What answers "keep or not"."""
        if self.item is None:
            return []
        flags = self._flags(self.item)
        more = [
            *reading_lines.first_of(self.copies, flags, self.signs),
            *reading_lines.left_behind(self.left, self.signs),
            *reading_lines.words_found(self.found, self.signs),
        ]
        if self.mode == "marked":
            more += reading_lines.lead(self.item, self.blocks, flags, self.signs)
        return reading_lines.head(self.item, self.scanned, flags, self.signs, more)

    def text(self) -> Parts:
        """The text, or why there is none."""
        item, blocks = self.item, self.blocks
        if item is None:
            return Parts()
        if self.mode == "source" and self.source is not None:
            return Parts([SourceParts(self.source)])
        if self.mode == "source" or not blocks:
            return Parts([[Part(self._nothing(item), "hint", gap=1)]])
        flags = self._flags(item)
        marks = reading_lines.marks(blocks, flags, item.decision.marks, self.signs)
        first = int(0 not in marks and reading_lines.begins_with_title(item.title, blocks))
        if self.mode == "marked":
            return reading_lines.marked(blocks, marks, self.signs, first)
        folds = hidden(blocks, flags, item.decision.marks)
        return reading_lines.folded(blocks, folds, self.opened, marks, self.signs, first)

    def _flags(self, item: Item) -> Sequence[Flag]:
        return item.flags or (self.scanned.flags if self.scanned else ())

    def _nothing(self, item: Item) -> str:
        if self.mode == "source":
            return "The source of this page is not at hand."
        if self.scanned is None:
            return "The text of this page is not at hand." if item.scanned else "This page is being read."
        return "There is no text on this page."


class PageView:
    """A sheet wrapped at `width` cells."""

    def __init__(self, sheet: Sheet, width: int = 80) -> None:
        self.sheet = sheet
        head, text = sheet.head(), sheet.text()
        self.parts = Parts([head]) + text
        self._has_text = any(part.block is not None for part in text[:1])
        self.head = len(head) if self._has_text else len(self.parts)
        """Number of parts before the text."""
        self.layout = Layout(self.parts, width)

    def wrap(self, width: int) -> None:
        """Wrap all at another width."""
        self.layout = Layout(self.parts, width)

    # Places.

    def place_at(self, y: int) -> Place:
        """What stands on line `y`."""
        if not self.parts:
            return Place(None)
        index, offset = self.layout.offset_at(y)
        if index < self.head:
            return Place(None, y)
        part = self.parts[index]
        if self.sheet.mode == "source":
            return Place(self._block_of_line(part.block or 0))
        return Place(part.block, offset, label=part.ours)

    def line_of(self, place: Place) -> int:
        """The line on which a place stands here, or the nearest that stands for it."""
        if place.block is None:
            return place.offset
        if not self._has_text:
            return 0
        index = self._find(self._number(place.block), label=place.label)
        if self.parts[index].ours or self.sheet.mode == "source" or not place.offset:
            return self.layout.top(index)
        return self.layout.line_of(index, place.offset)

    def part_of(self, block: int) -> int | None:
        """The first part that stands for a block of the article: its label, itself, the fold that hides it."""
        return self._find(self._number(block), label=True) if self._has_text else None

    def _find(self, number: int, *, label: bool) -> int:
        first = bisect_left(self.parts, number, self.head, key=_number)
        past = bisect_right(self.parts, number, self.head, key=_number)
        return max(self.head, first if label and first < past else past - 1)

    def _number(self, block: int) -> int:
        """The block, or in a source the number of the line where it begins."""
        if self.sheet.mode != "source":
            return block
        lines = self._source_lines
        return lines[min(block, len(lines) - 1)] if lines else 1

    def _block_of_line(self, line: int) -> int:
        """The first block that begins on a line of the source, or after it."""
        return bisect_left(self._source_lines, line)

    @cached_property
    def _source_lines(self) -> Sequence[int]:
        return reading_lines.lines_of_blocks(self.sheet.blocks, self.sheet.source or "")

    # Flags, folds and matches.

    @cached_property
    def stops(self) -> list[int]:
        """The parts that next and previous flag go to."""
        return [index for index, part in self.parts.made() if part.stop]

    def copy_near(self, parts: Sequence[int]) -> int | None:
        """The other copy that the first label among `parts` points at, as a block; else the first of the article."""
        for index in (*parts, *self.stops):
            jump = self.parts[index].jump if index < len(self.parts) else None
            if jump is not None:
                return jump
        return None

    def match_after(self, words: re.Pattern[str], place: Hit) -> Hit | None:
        """The first match behind `place`."""
        for index in self.parts.that_may_hold(words, place.part):
            after = place.start + 1 if index == place.part else 0
            for found in words.finditer(self.parts[index].text, after):
                return Hit(index, found.start())
        return None

    def match_before(self, words: re.Pattern[str], place: Hit) -> Hit | None:
        """The last match before `place`."""
        for index in self.parts.that_may_hold(words, place.part, backwards=True):
            starts = [found.start() for found in words.finditer(self.parts[index].text)]
            if index == place.part:
                starts = starts[: bisect_left(starts, place.start)]
            if starts:
                return Hit(index, starts[-1])
        return None


def _number(part: Part) -> int:
    return part.block or 0
