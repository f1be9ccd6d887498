"""The letters of a page in one string, to find where, and how often, an extracted block stands in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from triage.extraction.visible import VisibleBlock
from triage.model import Block
from triage.text import is_unspaced

_NO_LETTERS = re.compile(r"[\W_]+")
_NO_LETTERS_OF_ASCII = bytes(code for code in range(128) if not chr(code).isalnum())
_LONG = 20
"""Letters from which on a text is known by itself; a shorter one may be a label that stands anywhere."""
_NEAR = 2000
_CONTAINERS = {"body", "div", "center", "form", "section", "main", "article"}
"""Elements that hold others, in which a text stands loose."""
_PROSE, _LINKED = 80, 0.3
"""Characters of the shortest prose, and the share of links that it has not."""


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
        return self._text.find(letters, start, len(self._text) if len(letters) >= _LONG else start + _NEAR)

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
        """Where a block of the page begins."""
        return self._starts[block]

    def links_at(self, offset: int) -> float:
        """Share of links in the page's block at `offset`, 0..1."""
        return self._blocks[bisect_right(self._starts, offset) - 1].links if self._starts else 0.0


def true_to_page(blocks: Sequence[Block], page: Sequence[VisibleBlock]) -> list[Block]:
    """`blocks` of an extractor with the counts, the order and the links that they have in the page.

    What is printed more often than it stands in the page is dropped; of a text that stands several times in a
    row the extractor keeps one, and the others are put back, as is a text without an element of its own that stands
    behind a heading, a list or the like and before what was kept.
    """
    text = PageText(page)
    printed: Counter[str] = Counter()
    placed: list[tuple[int, Block]] = []
    keys = [letters_of(block.text) for block in blocks]
    end = 0
    for block, letters, next_letters in zip(blocks, keys, [*keys[1:], ""], strict=True):
        if not letters and block.kind != "code":
            continue
        printed[letters] += 1
        forward = at = text.find(letters, end)
        if at < 0 and len(letters) >= _LONG:  # the extractor's order is not the page's
            at = text.occurrence(letters, printed[letters])
            if at < 0 and printed[letters] > 1:
                continue
        if at < 0:  # put together by the extractor, from cells or across elements
            placed.append((end, block))
            continue
        behind = at + len(letters)
        linked = Block(block.kind, block.text, None, round(text.links_at(at), 2))
        placed.append((at, linked))
        while len(letters) >= _LONG and next_letters != letters and text.follows(letters, behind):
            placed.append((behind, linked))
            printed[letters] += 1
            behind += len(letters)
        if forward >= 0:
            end = behind
    placed += _loose(page, text, "".join(keys))
    placed.sort(key=lambda pair: pair[0])
    return [block for _, block in placed]


def _loose(page: Sequence[VisibleBlock], text: PageText, kept: str) -> Iterator[tuple[int, Block]]:
    """Texts behind a heading or a list that stand in no element of their own: the extractor takes them for its own."""
    for at, (before, block, after) in enumerate(zip(page, page[1:], page[2:], strict=False), 1):
        if (
            before.kind != "paragraph"
            and block.kind == "paragraph"
            and block.tag in _CONTAINERS
            and len(block.text) >= (_PROSE // 2 if is_unspaced(block.text) else _PROSE)
            and block.links < _LINKED
            and not block.hidden
            and (before.tag == "h1" or letters_of(before.text) in kept)
            and letters_of(after.text) in kept
            and letters_of(block.text) not in kept
        ):
            yield text.start_of(at), Block("paragraph", block.text, None, round(block.links, 2))
