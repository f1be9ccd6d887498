"""Parts of a text one below the other, wrapped at a width: which line stands where, each made when it is looked at."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from rich.cells import cell_len

from triage.text import from_the_right
from triage.tui.parts import Part, Parts
from triage.tui.render import MATCH_ROLES, Line, Run, split_matches
from triage.tui.wrapping import MIN_WIDTH, Span, wrap

MARGIN = 3
"""Cells left of the text, for a sign and the number of a copy."""
MEASURE = 100
"""No line of text is longer than this many cells, however wide the screen: the eye loses its way back."""


class Layout:
    """`parts` at `width` cells. Heights are measured at once, lines wrapped when asked for."""

    def __init__(self, parts: Sequence[Part], width: int) -> None:
        self.parts = parts if isinstance(parts, Parts) else Parts([parts])
        self.width = width
        self._wrapped: dict[int, list[Span]] = {}
        self._starts = list(accumulate(self.parts.heights(self._line, MIN_WIDTH), initial=0))

    @property
    def height(self) -> int:
        """Lines in all."""
        return self._starts[-1]

    def part_at(self, y: int) -> int:
        """Index of the part that line `y` belongs to, the gap above a part with it; the nearest if there is none."""
        return max(0, min(bisect_right(self._starts, y) - 1, len(self.parts) - 1))

    def top(self, index: int) -> int:
        """First line of a part's text."""
        return self._starts[index] + self.parts[index].gap if self.parts else 0

    def bottom(self, index: int) -> int:
        """The line past a part's last."""
        return self._starts[index + 1]

    def offset_at(self, y: int) -> tuple[int, int]:
        """Part, and offset in its text, of what stands first on line `y`."""
        index = self.part_at(y)
        row = y - self.top(index)
        return index, self._spans(index)[row][0] if self.parts and row > 0 else 0

    def line_of(self, index: int, offset: int) -> int:
        """The line on which a part's character stands."""
        starts = [start for start, _ in self._spans(index)]
        return self.top(index) + max(0, bisect_right(starts, offset) - 1)

    def text_at(self, y: int) -> str:
        """The part's own text on line `y`, without margin and indent."""
        part, span = self._at(y)
        return "" if part is None or span is None else part.text[span[0] : span[1]]

    def text_column(self, y: int) -> int:
        """Characters before the part's own text on line `y`."""
        part, span = self._at(y)
        return MARGIN if part is None or span is None else MARGIN + len(part.indent) + self._pad(part, span)

    def line(
        self, y: int, matches: re.Pattern[str] | None = None, *, focus: bool = False, current: int | None = None
    ) -> Line:
        """The runs of line `y`; past the end an empty line. `current`: where in the part the match gone to begins."""
        part, span = self._at(y)
        if part is None or span is None:
            return ()
        runs: list[Run] = [(part.sign.ljust(MARGIN), f"{part.sign_role} sign")]
        if part.rule:
            return (*runs, (part.text * (self.width - MARGIN - 1), part.role))
        role = f"{part.role} focus" if focus else part.role
        lead = part.indent if span[0] == 0 else part.hang or " " * len(part.indent)
        if lead:
            runs.append((lead, role if focus or part.ours else f"{role} lead"))
        if pad := self._pad(part, span):
            runs.append((" " * pad, ""))
        runs.extend(
            _part_of_line(part.text, span, role, matches if part.searched or part.role == "found" else None, current)
        )
        return tuple(runs)

    def _pad(self, part: Part, span: Span) -> int:
        """Cells that move a line of a script written from the right to the right; its letters the terminal orders."""
        if not part.searched or part.text.isascii() or not from_the_right(part.text):
            return 0
        return max(0, self._room(part) - cell_len(part.text[span[0] : span[1]]))

    @property
    def _line(self) -> int:
        """Cells of a line beside the margin."""
        return min(self.width - MARGIN - 1, MEASURE)

    def _room(self, part: Part) -> int:
        return max(MIN_WIDTH, self._line - len(part.indent))

    def _at(self, y: int) -> tuple[Part | None, Span | None]:
        if not 0 <= y < self.height:
            return None, None
        index = self.part_at(y)
        row = y - self.top(index)
        if row < 0:
            return None, None
        part = self.parts[index]
        return part, (0, len(part.text)) if part.rule else self._spans(index)[row]

    def _spans(self, index: int) -> list[Span]:
        spans = self._wrapped.get(index)
        if spans is None:
            if len(self._wrapped) > 500:
                self._wrapped.clear()
            part = self.parts[index]
            spans = self._wrapped[index] = wrap(part.text, self._room(part))
        return spans


def _part_of_line(text: str, span: Span, role: str, matches: re.Pattern[str] | None, current: int | None) -> list[Run]:
    """The line's text as runs, matches marked. A match that a line end cuts in two is found as well.

    Only the line's neighbourhood is searched, so that a text of one paragraph of megabytes costs no more.
    """
    start, end = span
    if matches is None or start == end:
        return [(text[start:end], role)] if start < end else []
    near = max(0, start - 100)
    runs: list[Run] = []
    at = near
    for piece, piece_role in split_matches(text[near : end + 100], role, matches):
        shown = piece[max(0, start - at) : max(0, end - at)]
        if shown:
            at_current = current is not None and at <= current < at + len(piece)
            runs.append((shown, f"{piece_role} current" if piece_role in MATCH_ROLES and at_current else piece_role))
        at += len(piece)
    return runs
