"""What a text on the screen is made of: paragraphs as the screen knows them, those of a long text made when asked for.

A page may have hundreds of thousands of lines, of which a screen shows forty. So a text is held as it came, and its
parts are made one by one; what must be known of all of them, their heights and which hold a word, is found for a
thousand at a time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import overload

from triage.model import Block
from triage.text import clean
from triage.tui.render import UNICODE, Signs
from triage.tui.wrapping import height

_CHUNK = 1024
_LEAF = 16
"""So few parts are measured one by one."""
_KEPT = 256
"""Parts made last that are kept."""
_RUNS_ON = ("list-item", "table-row", "code")
"""Blocks of these kinds follow their like without an empty line."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph as the screen knows it: its text, safe to show, and what stands around it."""

    text: str
    role: str = ""
    sign: str = ""
    """In the margin beside each line."""
    sign_role: str = ""
    indent: str = ""
    """Before the first line: a bullet, a bar, a line's number; a cell each character."""
    hang: str = ""
    """Before the lines that follow, as wide as `indent`."""
    gap: int = 0
    """Empty lines above."""
    block: int | None = None
    """The article's block (or, in a source, its line) that this part shows or stands for."""
    fold: int | None = None
    """First block of the fold that this part opens or closes."""
    jump: int | None = None
    """Block this part points at: the other copy of a repeat."""
    stop: bool = False
    """One of those that next and previous flag go to: the label of a flag, a fold."""
    rule: bool = False
    """The text is drawn over the whole width."""

    @property
    def ours(self) -> bool:
        """Whether it tells of the page in our words: a label, a fold."""
        return self.role.endswith((" label", " fold"))

    @property
    def searched(self) -> bool:
        """Whether matches are marked in it: the page's own words."""
        return self.role == "title" or (self.block is not None and not self.ours)


@dataclass(frozen=True, slots=True)
class Mark:
    """How one block stands out, and the labels above it."""

    sign: str = ""
    role: str = ""
    labels: tuple[Part, ...] = ()


_PLAIN = Mark()


class TextParts(Sequence[Part]):
    """A run of parts that are made when they are asked for."""

    def make(self, index: int) -> Part:
        """The part at `index`."""
        raise NotImplementedError

    def texts(self, start: int, stop: int) -> list[str]:
        """The texts of some parts as they came, not cleaned."""
        raise NotImplementedError

    def shape(self, index: int) -> tuple[int, int]:
        """Empty lines above a part, and cells before its text."""
        raise NotImplementedError

    def common_shape(self, start: int, stop: int) -> tuple[int, int] | None:
        """The shape that some parts have in common; None where they differ."""
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> Part: ...
    @overload
    def __getitem__(self, index: slice) -> list[Part]: ...
    def __getitem__(self, index: int | slice) -> Part | list[Part]:
        if isinstance(index, slice):
            return [self.make(at) for at in range(*index.indices(len(self)))]
        return self.make(range(len(self))[index])

    def heights(self, room: int) -> list[int]:
        """Lines of each part, with the gap above it, where a text has `room` cells less what stands before it."""
        found: list[int] = []
        for start in range(0, len(self), _CHUNK):
            found += self._heights(start, min(start + _CHUNK, len(self)), room)
        return found

    def _heights(self, start: int, stop: int, room: int) -> list[int]:
        shape = self.common_shape(start, stop)
        texts = self.texts(start, stop)
        if shape is not None and _all_on_a_line(texts, room - shape[1]):
            return [shape[0] + 1] * (stop - start)
        if stop - start > _LEAF:
            middle = (start + stop) // 2
            return self._heights(start, middle, room) + self._heights(middle, stop, room)
        shapes = map(self.shape, range(start, stop))
        return [
            gap + height(clean(text).rstrip("\n"), room - indent)
            for text, (gap, indent) in zip(texts, shapes, strict=True)
        ]

    def chunks_holding(self, words: re.Pattern[str], first: int, *, backwards: bool = False) -> Iterator[range]:
        """Runs of parts from `first` on, or back to the beginning, that may hold a match; the others hold none."""
        starts = range(min(first, len(self) - 1), -1, -_CHUNK) if backwards else range(max(0, first), len(self), _CHUNK)
        for at in starts:
            start = max(0, at - _CHUNK + 1) if backwards else at
            stop = at + 1 if backwards else min(at + _CHUNK, len(self))
            if words.search(clean("\n".join(self.texts(start, stop)))):
                yield range(start, stop)


def _all_on_a_line(texts: Sequence[str], room: int) -> bool:
    """Whether each text surely takes one line; a character takes two cells at most."""
    longest = max(map(len, texts), default=0)
    if longest > room:
        return False
    joined = "".join(texts)
    if longest * 2 > room and not joined.isascii():
        return False
    return "\n" not in joined and clean(joined) is joined


@dataclass(frozen=True, slots=True)
class BlockParts(TextParts):
    """The blocks `first..last` of an article."""

    blocks: Sequence[Block]
    first: int
    last: int
    marks: Mapping[int, Mark] = field(default_factory=dict)
    """Marks of blocks; a label's part stands elsewhere, before the block."""
    signs: Signs = UNICODE

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)

    def make(self, index: int) -> Part:
        """The block as a part."""
        number = self.first + index
        block, mark = self.blocks[number], self.marks.get(number, _PLAIN)
        indent = self._indent(block.kind)
        sign_role = "repeat" if mark.role == "first-copy" else mark.role
        return Part(
            clean(block.text).rstrip("\n"), mark.role or block.kind, sign=mark.sign, sign_role=sign_role,
            indent=indent, hang=indent if block.kind == "quote" else "", gap=self._gap(number), block=number,
        )  # fmt: skip

    def texts(self, start: int, stop: int) -> list[str]:
        """The blocks' texts."""
        return [block.text for block in self.blocks[self.first + start : self.first + stop]]

    def shape(self, index: int) -> tuple[int, int]:
        """Lists and tables stand close."""
        number = self.first + index
        return self._gap(number), len(self._indent(self.blocks[number].kind))

    def common_shape(self, start: int, stop: int) -> tuple[int, int] | None:
        """That of plain paragraphs, where all are such."""
        kinds = {block.kind for block in self.blocks[self.first + start : self.first + stop]}
        if kinds - {"paragraph", "heading"}:
            return self.shape(start) if stop - start == 1 else None
        numbers = range(self.first + start, self.first + stop)
        fewer, others = (self.marks, numbers) if len(self.marks) < len(numbers) else (numbers, self.marks)
        return None if any(number in others for number in fewer) else (1, 0)

    def _indent(self, kind: str) -> str:
        return {"list-item": f"{self.signs.bullet} ", "quote": f"{self.signs.bar} ", "code": "  "}.get(kind, "")

    def _gap(self, number: int) -> int:
        kind = self.blocks[number].kind
        runs_on = number > 0 and kind in _RUNS_ON and self.blocks[number - 1].kind == kind
        return 0 if runs_on or self.marks.get(number, _PLAIN).labels else 1


class SourceParts(TextParts):
    """The lines of a page's source, each with its number."""

    def __init__(self, source: str) -> None:
        self._lines = clean(source).split("\n")
        self._digits = max(4, len(str(len(self._lines))))

    def __len__(self) -> int:
        return len(self._lines)

    def make(self, index: int) -> Part:
        """The line as a part."""
        return Part(self._lines[index], "source", indent=f"{index + 1:>{self._digits}} ", block=index + 1)

    def texts(self, start: int, stop: int) -> list[str]:
        """The lines."""
        return self._lines[start:stop]

    def shape(self, index: int) -> tuple[int, int]:
        """A number before each."""
        del index
        return 0, self._digits + 1

    def common_shape(self, start: int, stop: int) -> tuple[int, int] | None:
        """All are alike."""
        del stop
        return self.shape(start)


class Parts(Sequence[Part]):
    """Parts one below the other: runs of a text, and between them what is made already."""

    def __init__(self, pieces: Iterable[Sequence[Part]] = ()) -> None:
        self._pieces = [piece for piece in pieces if piece]
        self._starts = list(accumulate(map(len, self._pieces), initial=0))
        self._kept: dict[int, Part] = {}
        """The parts asked for last: each line of a screen asks for its own several times."""

    def __len__(self) -> int:
        return self._starts[-1]

    @overload
    def __getitem__(self, index: int) -> Part: ...
    @overload
    def __getitem__(self, index: slice) -> list[Part]: ...
    def __getitem__(self, index: int | slice) -> Part | list[Part]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        part = self._kept.get(index)
        if part is None:
            at = range(len(self))[index]
            piece = bisect_right(self._starts, at) - 1
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            part = self._kept[index] = self._pieces[piece][at - self._starts[piece]]
        return part

    def __add__(self, other: Parts) -> Parts:
        return Parts([*self._pieces, *other._pieces])

    def made(self) -> Iterator[tuple[int, Part]]:
        """The parts that are no text of the page but for its head: labels and folds, each with its index."""
        for start, piece in zip(self._starts, self._pieces, strict=False):
            if not isinstance(piece, TextParts):
                yield from enumerate(piece, start)

    def heights(self, room: int, least: int) -> list[int]:
        """Lines of each part with the gap above it; a text has `room` cells, at least `least`, with its indent."""
        found: list[int] = []
        for piece in self._pieces:
            if isinstance(piece, TextParts):
                found += piece.heights(room)
            else:
                found += [
                    part.gap + (1 if part.rule else height(part.text, max(least, room - len(part.indent))))
                    for part in piece
                ]
        return found

    def that_may_hold(self, words: re.Pattern[str], start: int, *, backwards: bool = False) -> Iterator[int]:
        """Indexes of the searched parts from `start` on, or back; of long runs those without a match are left out."""
        order = range(len(self._pieces))
        for number in reversed(order) if backwards else order:
            piece, first = self._pieces[number], self._starts[number]
            if (first > start) if backwards else (first + len(piece) <= start):
                continue
            here = start - first
            chunks: Iterable[range] = [
                range(min(here + 1, len(piece))) if backwards else range(max(0, here), len(piece))
            ]
            if isinstance(piece, TextParts):
                chunks = piece.chunks_holding(words, here, backwards=backwards)
            for chunk in chunks:
                for index in reversed(chunk) if backwards else chunk:
                    if piece[index].searched:
                        yield first + index
