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
from triage.tui.layout import Layout, Part
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


class Found(NamedTuple):
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
    signs: Signs = UNICODE

    @property
    def blocks(self) -> Sequence[Block]:
        """The article's blocks; none of a page not scanned."""
        return self.scanned.article.blocks if self.scanned else ()

    def parts(self) -> list[Part]:
        """The head of the item, and its text."""
        if self.item is None:
            return []
        flags = self.item.flags or (self.scanned.flags if self.scanned else ())
        return reading_lines.head(self.item, self.scanned, flags, self.signs) + self._text(self.item, flags)

    def _text(self, item: Item, flags: Sequence[Flag]) -> list[Part]:
        if self.mode == "source" and self.source is not None:
            return reading_lines.source_lines(self.source)
        if self.mode == "source" or not self.blocks:
            return [Part(self._nothing(item), "hint", gap=1)]
        marks = reading_lines.marks(self.blocks, flags, item.decision.marks, self.signs)
        if self.mode == "marked":
            return reading_lines.marked(self.blocks, marks, self.signs)
        folds = hidden(self.blocks, flags, item.decision.marks)
        return reading_lines.folded(self.blocks, folds, self.opened, marks, self.signs)

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
        self.parts = sheet.parts()
        self.head = next((index for index, part in enumerate(self.parts) if part.block is not None), len(self.parts))
        """Number of parts before the text."""
        self._numbers = [part.block or 0 for part in self.parts[self.head :]]
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
            return Place(bisect_left(self._source_lines, part.block or 0))
        return Place(part.block, offset, label=part.ours)

    def line_of(self, place: Place) -> int:
        """The line on which a place stands here, or the nearest that stands for it."""
        if place.block is None:
            return place.offset
        if not self._numbers:
            return 0
        index = self._find(self._number(place.block), label=place.label)
        if self.parts[index].ours or self.sheet.mode == "source" or not place.offset:
            return self.layout.top(index)
        return self.layout.line_of(index, place.offset)

    def part_of(self, block: int) -> int | None:
        """The first part that stands for a block of the article: its label, itself, the fold that hides it."""
        return self._find(self._number(block), label=True) if self._numbers else None

    def _find(self, number: int, *, label: bool) -> int:
        first, past = bisect_left(self._numbers, number), bisect_right(self._numbers, number)
        return self.head + max(0, first if label and first < past else past - 1)

    def _number(self, block: int) -> int:
        """The block, or in a source the number of the line where it begins."""
        if self.sheet.mode != "source":
            return block
        return self._source_lines[min(block, len(self._source_lines) - 1)] if self._source_lines else 1

    @cached_property
    def _source_lines(self) -> list[int]:
        return reading_lines.lines_of_blocks(self.sheet.blocks, self.sheet.source or "")

    # Flags, folds and matches.

    @cached_property
    def stops(self) -> list[int]:
        """The parts that next and previous flag go to."""
        return [index for index, part in enumerate(self.parts) if part.stop]

    def copy_near(self, parts: Sequence[int]) -> int | None:
        """The other copy that the first label among `parts` points at, as a block; else the first of the article."""
        for index in (*parts, *self.stops):
            jump = self.parts[index].jump if index < len(self.parts) else None
            if jump is not None:
                return jump
        return None

    def match_after(self, words: re.Pattern[str], place: Found) -> Found | None:
        """The first match behind `place`."""
        for index in range(place.part, len(self.parts)):
            if self.parts[index].searched:
                after = place.start + 1 if index == place.part else 0
                for found in words.finditer(self.parts[index].text, after):
                    return Found(index, found.start())
        return None

    def match_before(self, words: re.Pattern[str], place: Found) -> Found | None:
        """The last match before `place`."""
        for index in range(min(place.part, len(self.parts) - 1), -1, -1):
            if self.parts[index].searched:
                starts = [found.start() for found in words.finditer(self.parts[index].text)]
                if index == place.part:
                    starts = starts[: bisect_left(starts, place.start)]
                if starts:
                    return Found(index, starts[-1])
        return None
