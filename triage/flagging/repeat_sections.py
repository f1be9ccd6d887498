"""Where blocks of a page stand a second time, and which of those copies follow each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain as joined
from itertools import pairwise, repeat
from operator import attrgetter

from triage.flagging.repeat_matches import SEED, Fragment, align, chains, runs_of_words
from triage.flagging.repeat_verse import verse
from triage.model import Block
from triage.text import is_unspaced, tokens, word_count

LEAST_WORDS = 20
"""Words of a single paragraph that make a repeat."""
COVERED = 0.6
"""Share of a block's words that must stand further up for the block to be a copy."""
_AS_GOOD = 0.85
"""Share of the words that the best place holds with which an earlier one is the original."""
_HOLDERS = 8
"""Blocks that a run of words is looked up in."""
_MUCH_MORE = 1.15
"""Times as many words that several earlier places must hold of a block to be its original instead of one."""
_TEXT_CELL, _LABEL_CELL = 200, 8
"""Characters of the shortest text that a row lays out beside a label, and how many times the label's they are."""
LINKED = 0.6
"""Share of links from which on a block is a list of them, no prose."""
_LEAST_PROSE = 6
"""Words of the shortest paragraph that counts as prose."""
_MOST_NUMBERS = 0.18
"""Share of numbers among the words of prose; ingredients, scores and prices have more."""
_REACH = 3
"""Lines that may be put in or left out between two parts of one copy."""
_GAP = 12
"""Words beside a match that are looked at for other numbers."""
_STRETCHED = 2 * _LEAST_PROSE
"""Equal words from which on a chain is looked at beyond its ends."""
_EDGE = 24
"""Words before the first and after the last equal run that are aligned one by one."""
_LONGEST_NEIGHBOUR = 200
"""Words of a block that is compared whole with its counterpart."""

_LENGTH = attrgetter("length")
_CODE_MARKS = re.compile(r"[{}<>=;|$\\_#*~^`]|\w[(\[]|\(\)|//|::|->")
_DIGIT = re.compile(r"\d")
_FOOTNOTE = re.compile(r"\[\d{1,3}\]")
_DRAWN = re.compile(r"([-.+=_*#])\1{4,}")
"""A line drawn with marks, or leaders of dots."""
_MOST_DRAWN = 2
"""Such lines in prose; what programs print, and tables of contents, have more."""


@dataclass(frozen=True, eq=False)
class PageText:
    """The blocks of a page as one run of words; what few pages are asked for is worked out when asked for."""

    blocks: tuple[Block, ...]
    words: list[str]
    starts: list[int]
    """Where each block begins in `words`; one more at the end."""
    unspaced: bool
    """Whether one character is a token on this page, so that two count as a word."""

    @cached_property
    def owner(self) -> list[int]:
        """The block each word belongs to."""
        lengths = (after - start for start, after in pairwise(self.starts))
        return list(joined.from_iterable(map(repeat, range(len(self.blocks)), lengths)))

    def length(self, block: int) -> int:
        """How many words a block has."""
        return self.starts[block + 1] - self.starts[block]

    def words_of(self, block: int) -> list[str]:
        """The words of a block."""
        return self.words[self.starts[block] : self.starts[block + 1]]

    def prose(self, block: int) -> int:
        """Words of a block that is prose, 0 of others."""
        if block not in self._prose:
            self._prose[block] = _prose_words(self.blocks[block], self.words_of(block))
        return self._prose[block]

    @cached_property
    def _prose(self) -> dict[int, int]:
        return {}

    @cached_property
    def holders(self) -> dict[tuple[str, ...], list[int]]:
        """For each run of words the first few blocks that hold it."""
        found: dict[tuple[str, ...], list[int]] = {}
        for block in range(len(self.blocks)):
            for run in runs_of_words(self.words_of(block)):
                blocks = found.setdefault(run, [])
                if len(blocks) < _HOLDERS and block not in blocks:
                    blocks.append(block)
        return found

    def times(self, block: int) -> int:
        """How often the block stands on the page word for word."""
        return self._times[tuple(self.words_of(block))]

    @cached_property
    def _times(self) -> Counter[tuple[str, ...]]:
        return Counter(tuple(self.words_of(block)) for block in range(len(self.blocks)))

    @cached_property
    def again(self) -> list[tuple[Fragment, ...]]:
        """The chains of words that stand further up and may be a copy of a block or of a passage."""
        return chains(self.words, self.unspaced, partial(_may_be_copy, self))

    @cached_property
    def verse(self) -> frozenset[int]:
        """The blocks that are verse, where the page is mostly such."""
        return verse(self.blocks)


@dataclass(frozen=True, slots=True)
class Copy:
    """One block that stands further up: which of its words, and where."""

    block: int
    matched: int
    first: int
    last: int
    """First and last word of the original."""
    longest: int
    """Equal words in a row."""
    parts: Sequence[Fragment]
    """The words that are equal."""


def page_text(blocks: tuple[Block, ...], taken: frozenset[int]) -> PageText:
    """The words of all blocks but those in `taken`, which are left empty."""
    words: list[str] = []
    starts: list[int] = []
    for index, block in enumerate(blocks):
        starts.append(len(words))
        if index not in taken:
            words += tokens(block.text)
    starts.append(len(words))
    return PageText(blocks, words, starts, unspaced=is_unspaced("".join(words[:4000])))


def _prose_words(block: Block, tokens_of_it: list[str]) -> int:
    """Words of a block that reads as prose; 0 for headings, tables, code, link lists, labels, rows of figures.

    A heading as long as a paragraph is a standfirst set as one.
    """
    text, least = block.text, LEAST_WORDS if block.kind == "heading" else _LEAST_PROSE
    if len(tokens_of_it) < least or block.kind == "code" or block.links > LINKED:
        return 0
    if text.count("|") > 2 or (block.kind == "table-row" and not _lays_out(text)):
        return 0
    if not any(map(str.isalpha, text)) or len(_DRAWN.findall(text)) > _MOST_DRAWN:
        return 0
    unnoted, notes = _FOOTNOTE.subn("", text) if "[" in text else (text, 0)
    marks = len(_CODE_MARKS.findall(unnoted))
    if marks and marks * 25 > sum(map(str.isalpha, text)):
        return 0
    numbers = sum(map(_has_digit, tokens_of_it)) - notes if _has_digit(" ".join(tokens_of_it)) else 0
    if numbers > _MOST_NUMBERS * (len(tokens_of_it) - notes):
        return 0
    words = word_count(text)
    return words if words >= least else 0


def _lays_out(row: str) -> bool:
    """Whether a row of a table holds one text, with a label at most: the table only lays out the page."""
    cells = sorted((len(cell) for cell in map(str.strip, row.split("|")) if cell), reverse=True)
    return len(cells) == 1 or (len(cells) == 2 and cells[0] >= max(_TEXT_CELL, _LABEL_CELL * cells[1]))


def _copies(text: PageText) -> dict[int, Copy]:
    """For each block that stands further up, the earliest place that holds nearly as much of it as any."""
    candidates: dict[int, list[list[Fragment]]] = {}
    for chain in text.again:
        for block, parts in _by_block(text, _stretched(text, chain)).items():
            candidates.setdefault(block, []).append(parts)
    copies = {}
    for block, all_of_it in sorted(candidates.items()):
        most = max(map(_matched, all_of_it))
        joined = _joined(text, all_of_it) if len(all_of_it) > 1 and most < text.length(block) else []
        if _matched(joined) >= max(COVERED * text.length(block), _MUCH_MORE * most):
            copies[block] = _copy(text, block, joined)
        elif most >= COVERED * text.length(block):
            near_most = [parts for parts in all_of_it if _matched(parts) >= _AS_GOOD * most]
            copies[block] = _copy(text, block, min(near_most, key=lambda parts: (parts[0].origin, -_matched(parts))))
    return copies


def _may_be_copy(text: PageText, chain: Sequence[Fragment]) -> bool:
    """Whether a chain can hold enough of a block, or a passage of it, however many words beside its fragments match.

    Most recurring words of a page are a turn of phrase amid a paragraph, which need not be looked at again.
    """
    start, end = chain[0].copy, chain[-1].copy + chain[-1].length
    block = text.owner[start]
    length = end - start
    if length >= LEAST_WORDS or text.starts[block + 1] < end:
        return True
    return length + (2 * _EDGE if length >= _STRETCHED else 0) >= _AS_GOOD * COVERED * text.length(block)


def _joined(text: PageText, passages: Sequence[Sequence[Fragment]]) -> list[Fragment]:
    """Long passages of one block that stand in several earlier places, of which it was put together."""
    least = LEAST_WORDS * (2 if text.unspaced else 1)
    joined: list[Fragment] = []
    for parts in sorted(passages, key=lambda parts: (-_matched(parts), parts[0].origin)):
        # Stray words that were aligned at the edges may lie in the next passage.
        long = [part for part in parts if part.length >= SEED]
        if not long or max(part.length for part in long) < least:
            continue
        start, end = long[0].copy, long[-1].copy + long[-1].length
        if all(end <= part.copy or start >= part.copy + part.length for part in joined):
            joined += long
    return sorted(joined)


def _matched(parts: Sequence[Fragment]) -> int:
    return sum(map(_LENGTH, parts))


def _stretched(text: PageText, chain: tuple[Fragment, ...]) -> tuple[Fragment, ...]:
    """The chain with the words aligned that lie between its ends and the edges of the blocks there."""
    if _matched(chain) < _STRETCHED:
        return chain
    head, tail = chain[0], chain[-1]
    before = max(text.starts[text.owner[head.copy]], head.copy - _EDGE)
    origin = max(0, head.origin - (head.copy - before) - 4)
    end_copy, end_origin = tail.copy + tail.length, tail.origin + tail.length
    after = min(text.starts[text.owner[end_copy - 1] + 1], end_copy + _EDGE)
    origin_after = min(end_origin + (after - end_copy) + 4, before)
    return (
        *align(text.words, (before, head.copy), (origin, head.origin)),
        *chain,
        *align(text.words, (end_copy, after), (end_origin, origin_after)),
    )


def _by_block(text: PageText, chain: Sequence[Fragment]) -> dict[int, list[Fragment]]:
    """What of a chain lies in each block of the copy."""
    pieces: dict[int, list[Fragment]] = {}
    for fragment in chain:
        copy, origin, left = fragment.copy, fragment.origin, fragment.length
        while left:
            block = text.owner[copy]
            length = min(left, text.starts[block + 1] - copy)
            if text.owner[origin + length - 1] < block:
                pieces.setdefault(block, []).append(Fragment(copy, origin, length))
            copy, origin, left = copy + length, origin + length, left - length
    return pieces


def _copy(text: PageText, block: int, parts: Sequence[Fragment]) -> Copy:
    told = _without_strays(text, parts)
    first, last = min(part.origin for part in told), max(part.origin + part.length - 1 for part in told)
    return Copy(
        block,
        matched=_matched(parts),
        first=first,
        last=last,
        longest=max(part.length for part in parts),
        parts=parts,
    )


def _without_strays(text: PageText, parts: Sequence[Fragment]) -> Sequence[Fragment]:
    """The parts without single words in blocks that hold no two of the copy's words in a row.

    Words at the edges are aligned one by one, and a word that the next block happens to hold too names no original.
    """
    held = {text.owner[part.origin] for part in parts if part.length > 1}
    return [part for part in parts if text.owner[part.origin] in held] or parts


def _differences(text: PageText, block: int, parts: Sequence[Fragment]) -> Iterator[tuple[slice, slice]]:
    """Where copy and original differ: spans of words before, between and after the equal parts."""
    head, tail = parts[0], parts[-1]
    end_copy, end_origin = tail.copy + tail.length, tail.origin + tail.length
    origin_end = text.starts[text.owner[end_origin - 1] + 1]
    yield (
        slice(text.starts[block], head.copy),
        slice(max(text.starts[text.owner[head.origin]], head.origin - _GAP), head.origin),
    )
    for before, after in pairwise(parts):
        end = before.origin + before.length
        yield slice(before.copy + before.length, after.copy), slice(end, min(after.origin, end + _GAP))
    yield slice(end_copy, text.starts[block + 1]), slice(end_origin, min(origin_end, end_origin + _GAP))


def swapped_numbers(text: PageText, copy: Copy) -> int:
    """In how many places a number of the original gave way to another; "6 to 8" and "8 to 10" have the 8 alike."""
    if not _has_digit(" ".join(text.words_of(copy.block))):
        return 0
    ours = theirs = 0
    for here, there in _differences(text, copy.block, copy.parts):
        ours += any(map(_has_digit, text.words[here]))
        theirs += any(map(_has_digit, text.words[there]))
    return min(ours, theirs)


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


def sections(text: PageText) -> list[list[Copy]]:
    """Copies in page order whose originals follow each other too, with the short lines between and beside them."""
    copies = _copies(text)
    found: list[list[Copy]] = []
    for copy in copies.values():
        if found and _continues(text, found[-1], copy):
            found[-1].append(copy)
        else:
            found.append([copy])
    claimed = set(copies)
    return [_with_neighbours(text, section, claimed) for section in found]


def _continues(text: PageText, section: Sequence[Copy], copy: Copy) -> bool:
    """Whether a copy goes on with the section before it: word by word, or with lines put in or left out."""
    before = section[-1]
    away = copy.block - before.block
    skipped = text.owner[copy.first] - text.owner[before.last]
    put_in, left_out = away - 1, max(0, skipped - 1)
    if skipped < 0 or copy.first <= before.first or put_in + left_out > _REACH or (put_in and left_out):
        return False
    if away == 1 and copy.first - before.last <= SEED:
        return True
    if away == 1 and skipped <= 1 and _is_whole(text, before) and _is_whole(text, copy):
        # One may be all that is left of its paragraph where the other is a copy by itself.
        return _stands_alone(text, copy) or any(_stands_alone(text, one) for one in section)
    between = text.starts[copy.block] - text.starts[before.block + 1] - copy.matched
    if between > 0 and between > sum(one.matched for one in section):
        return False
    return _stands_alone(text, copy) and (len(section) > 1 or _stands_alone(text, before))


def _is_whole(text: PageText, copy: Copy) -> bool:
    """Whether all words of a copy are the original's."""
    return copy.matched == text.length(copy.block)


def _stands_alone(text: PageText, copy: Copy) -> bool:
    """Whether copy or original is more than a few words out of a longer paragraph."""
    first, last = text.owner[copy.first], text.owner[copy.last]
    whole = copy.matched >= COVERED * (text.starts[last + 1] - text.starts[first])
    return whole or text.prose(copy.block) >= LEAST_WORDS


def _with_neighbours(text: PageText, section: list[Copy], claimed: set[int]) -> list[Copy]:
    """The section with the blocks beside and inside it that are too short or too changed to be found by words."""
    known = {copy.block: copy for copy in section}
    for step in (-1, 1):
        for copy in section[::step]:
            here: Copy | None = copy
            while here is not None:
                here = _neighbour(text, here, step, section[0].block, claimed)
                if here is not None:
                    known[here.block] = here
                    claimed.add(here.block)
    return [known[block] for block in sorted(known)]


def _neighbour(text: PageText, copy: Copy, step: int, before: int, claimed: set[int]) -> Copy | None:
    """The block beside `copy` as a copy of the one beside its original, where that stands above `before`."""
    block = _next_with_words(text, copy.block, step)
    origin = _next_with_words(text, text.owner[copy.first if step < 0 else copy.last], step)
    if block is None or origin is None or origin >= before or block in claimed:
        return None
    longer = max(text.length(block), text.length(origin))
    if longer > _LONGEST_NEIGHBOUR:
        return None
    parts = align(
        text.words, (text.starts[block], text.starts[block + 1]), (text.starts[origin], text.starts[origin + 1])
    )
    return _copy(text, block, parts) if parts and _matched(parts) * 2 >= longer else None


def _next_with_words(text: PageText, block: int, step: int) -> int | None:
    block += step
    while 0 <= block < len(text.blocks):
        if text.length(block):
            return block
        block += step
    return None
