"""The blocks of an extractor with the counts, the order, the links and the cuts that they have in the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from triage.extraction import page_cuts
from triage.extraction.page_text import LONG, PageText, letters_of
from triage.extraction.visible import VisibleBlock
from triage.model import Block
from triage.text import is_unspaced

_CONTAINERS = {"body", "div", "center", "form", "section", "main", "article"}
"""Elements that hold others, in which a text stands loose."""
_FEW = 5
"""Blocks of an extractor that has run several of the page's into each of them, at the most."""
_PROSE, _LINKED = 80, 0.3
"""Characters of the shortest prose, and the share of links that it has not."""


def true_to_page(blocks: Sequence[Block], page: Sequence[VisibleBlock]) -> list[Block]:
    """`blocks` of an extractor as they stand in the page; none where it took the whole page for one paragraph.

    What is printed more often than it stands in the page is dropped; of a text that stands several times in a
    row the extractor keeps one, and the others are put back, as is a text without an element of its own that stands
    behind a heading, a list or the like and before what was kept. A paragraph that holds several of the
    page's blocks is cut as they are, and pieces of one are joined (`page_cuts`).
    """
    text = PageText(page)
    printed: Counter[str] = Counter()
    placed: list[tuple[int, Block]] = []
    keys = [letters_of(block.text) for block in blocks]
    end, before = 0, ""
    for block, letters, next_letters in zip(blocks, keys, [*keys[1:], ""], strict=True):
        if not letters and block.kind != "code":
            continue
        printed[letters] += 1
        forward = at = text.find(letters, end)
        if at < 0 and len(letters) >= LONG:  # the extractor's order is not the page's
            at = text.occurrence(letters, printed[letters])
            if at < 0 and printed[letters] > 1:
                continue
        if at < 0 and letters and letters in before:  # a piece of what was printed whole
            continue
        searched = at >= 0 or len(blocks) <= _FEW
        own = page_cuts.held_in(block, letters, at, text, page) if searched else []
        if len(blocks) == 1 and page_cuts.is_all(own, text):
            return []
        if at < 0:  # put together by the extractor, from cells or across elements
            placed += page_cuts.cut(own, text, page) or [(end, block)]
            continue
        behind = at + len(letters)
        linked = Block(block.kind, block.text, None, round(text.links_at(at), 2))
        placed += page_cuts.cut(own, text, page) or [(at, linked)]
        while len(letters) >= LONG and next_letters != letters and text.follows(letters, behind):
            placed.append((behind, linked))
            printed[letters] += 1
            behind += len(letters)
        if forward >= 0:
            end, before = behind, letters
    placed += _loose(page, text, "".join(keys))
    placed.sort(key=lambda pair: pair[0])
    return [block for _, block in page_cuts.joined(placed, text, page)]


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
