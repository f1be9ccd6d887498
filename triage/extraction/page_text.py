"""The letters of a page in one string, to find where, and how often, an extracted block stands in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from triage.extraction.visible import VisibleBlock

_NO_LETTERS = re.compile(r"[\W_]+")
_NO_LETTERS_OF_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())
LONG = 20
"""Letters from which on a text is known by itself; a shorter one may be a label that stands anywhere."""
_NEAR = 2000


def letters_of(text: str) -> str:
    """Letters and digits alone: how a text is known again whatever its spaces and marks."""
    if text.isascii():  # a sixteenth of the time
        return text.encode("ascii").translate(None, _NO_LETTERS_OF_ASCII).lower().decode("ascii")
    return _NO_LETTERS.sub("", text).lower()


class PageText:
    """The visible blocks of a page as one string of letters."""

    def __init__(self, page: Sequence[VisibleBlock]) -> None:
        self._starts: list[int] = []
        pieces: list[str] = []
        at = 0
        for block in page:
            pieces.append(letters_of(block.text))
            self._starts.append(at)
            at += len(pieces[-1])
        self._blocks = page
        self._text = "".join(pieces)

    def find(self, letters: str, start: int) -> int:
        """Where `letters` stand at or after `start`, -1 where they do not; short ones are looked for nearby alone."""
        return self._text.find(letters, start, len(self._text) if len(letters) >= LONG else start + _NEAR)

    def occurrence(self, letters: str, number: int) -> int:
        """Where `letters` stand for the `number`th time, from 1; -1 where they stand less often."""
        at = -1
        for _ in range(number):
            at = self._text.find(letters, at + 1)
            if at < 0:
                break
        return at

    def count(self, letters: str) -> int:
        """How often `letters` stand in the page."""
        return self._text.count(letters)

    def follows(self, letters: str, end: int) -> bool:
        """Whether `letters` stand right at `end`."""
        return self._text.startswith(letters, end)

    def start_of(self, block: int) -> int:
        """Where a block of the page begins; the number of all blocks asks for the end of the page."""
        return self._starts[block] if block < len(self._starts) else len(self._text)

    def block_at(self, offset: int) -> int:
        """The number of the page's block at `offset`; the page has one at least."""
        return bisect_right(self._starts, offset) - 1

    def letters_in(self, block: int) -> str:
        """The letters of a block of the page."""
        return self._text[self._starts[block] : self.start_of(block + 1)]

    def links_at(self, offset: int) -> float:
        """Share of links in the page's block at `offset`, 0..1."""
        return self._blocks[self.block_at(offset)].links if self._starts else 0.0

    def __len__(self) -> int:
        """How many letters the page has."""
        return len(self._text)
