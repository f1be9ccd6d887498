"""Where the page cuts its text: extractors run blocks into one paragraph, and part one at the code inside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from triage.extraction.page_text import LONG, PageText, letters_of
from triage.extraction.visible import VisibleBlock
from triage.model import Block

_SEVERAL = 3
"""Blocks of the page in one paragraph from which on it is none: a first letter set large is a block of its own too."""
_WORTH = 100
"""Letters from which on a text that the page does not have in one run is looked for block by block."""
_GAP = 200
"""Letters left out between two short blocks at most; a label of few letters stands anywhere."""
_MOST = 0.5
"""Share of a text that the blocks found in it are at the least, unless they are all of the page."""
_ALL = 0.5
"""Share of the page's letters from which on a single paragraph is the page, and no choice of an article."""
_PIECES = 0.6
"""Share of a block of the page that the pieces of it are at the least."""
_INLINE = 200
"""Characters of the longest code that stands inside a sentence."""
_GOES_ON = re.compile(r"[,.;:)\]’”»]|[^\W\d_]")
_ENDED = re.compile(r"[.!?…。！？।؟][\s\"'”’»)\]]*$")
_PROSE = {"paragraph", "list-item", "quote"}


def held_in(block: Block, letters: str, at: int, text: PageText, page: Sequence[VisibleBlock]) -> list[int]:
    """The numbers of the page's blocks that a paragraph of an extractor holds whole, from three of them on.

    `letters` are those of the paragraph, which stand `at` some place of the page, or at none (-1).
    """
    if block.kind != "paragraph" or len(letters) < 2 * _SEVERAL:
        return []
    if at < 0:
        return _scattered(letters, text, page) if len(letters) >= _WORTH else []
    first, last = text.block_at(at), text.block_at(at + len(letters) - 1)
    if last - first + 1 < _SEVERAL or text.start_of(first) != at or text.start_of(last + 1) != at + len(letters):
        return []
    own = [number for number in range(first, last + 1) if text.letters_in(number)]
    return own if len(own) >= _SEVERAL else []


def _scattered(letters: str, text: PageText, page: Sequence[VisibleBlock]) -> list[int]:
    """The same of a paragraph that also holds what nobody sees, such as the choices of a list to pick from."""
    own: list[int] = []
    end = covered = 0
    for number in range(len(page)):
        here = text.letters_in(number)
        if not here:
            continue
        at = letters.find(here, end, len(letters) if len(here) >= LONG else end + _GAP + len(here))
        if at >= 0:
            own.append(number)
            end = at + len(here)
            covered += len(here)
    enough = covered >= _MOST * len(letters) or covered >= _ALL * len(text)
    return own if len(own) >= _SEVERAL and enough else []


def is_all(own: Sequence[int], text: PageText) -> bool:
    """Whether these blocks are most of the page, or begin where it does: the extractor took all, and chose nothing."""
    if not own:
        return False
    first = next(number for number in range(own[0] + 1) if text.letters_in(number))
    return own[0] == first or sum(len(text.letters_in(number)) for number in own) >= _ALL * len(text)


def cut(own: Sequence[int], text: PageText, page: Sequence[VisibleBlock]) -> list[tuple[int, Block]]:
    """These blocks of the page, each with its place, but for what a browser hides."""
    return [(text.start_of(number), _shown(page[number])) for number in own if not page[number].hidden]


def joined(
    placed: Sequence[tuple[int, Block]], text: PageText, page: Sequence[VisibleBlock]
) -> Iterator[tuple[int, Block]]:
    """`placed` blocks in their order, with the whole block of the page for the pieces of it that follow each other."""
    if not page:
        yield from placed
        return
    for number, group in groupby(placed, key=lambda pair: text.block_at(pair[0])):
        pieces = list(group)
        if len(pieces) > 1 and _are_pieces([block for _, block in pieces], number, text, page):
            yield text.start_of(number), _shown(page[number])
        else:
            yield from pieces


def _are_pieces(blocks: Sequence[Block], number: int, text: PageText, page: Sequence[VisibleBlock]) -> bool:
    """Whether blocks were cut from one sentence after the other of a block of the page."""
    whole = text.letters_in(number)
    keys = [letters_of(block.text) for block in blocks]
    if page[number].kind not in _PROSE or page[number].hidden or not all(key in whole for key in keys):
        return False
    if whole in keys:
        return any(key != whole for key in keys)
    return sum(map(len, keys)) >= _PIECES * len(whole) and any(_goes_on(one, other) for one, other in pairwise(blocks))


def _goes_on(one: Block, other: Block) -> bool:
    """Whether a sentence goes on from one block to the other."""
    if "code" in {one.kind, other.kind}:
        return max(len(block.text) for block in (one, other) if block.kind == "code") <= _INLINE
    begins = other.text[:1]
    return not _ENDED.search(one.text) and _GOES_ON.match(begins) is not None and not begins.isupper()


def _shown(block: VisibleBlock) -> Block:
    return Block(block.kind, block.text, None, round(block.links, 2))
