"""Prose that stands twice where no whole block does: inside one paragraph, or as a standfirst cut from a longer one.

Both are told of the page, without blocks: whoever hid the block would hide what stands there once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from triage.flagging.repeat_matches import Fragment
from triage.flagging.repeat_meant import SENTENCE_END, asks
from triage.flagging.repeat_sections import LEAST_WORDS, PageText

_LEAST_INSIDE = 30
"""Words that stand twice in one paragraph; a shorter run is a turn of phrase, a term of a contract, a long name."""
_AT_HEAD = 3
"""Paragraphs of prose among which a standfirst is; further down, what is said in short is said in full for a reason."""
_QUOTED_WORDS = 8
"""Words by which a passage is found again in the text of its block."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one block that stand further up."""

    block: int
    origin: int
    """The block that holds them first; the same one where a paragraph has them twice."""
    words: int
    start: str
    """The text from where the passage begins."""


def twice_in_one(text: PageText) -> Passage | None:
    """The longest passage that one paragraph of prose holds twice, word for word; None where there is none."""
    unit = 2 if text.unspaced else 1
    found = (
        part
        for chain in text.again
        for part in chain
        if part.length >= _LEAST_INSIDE * unit
        and text.owner[part.origin] == (block := text.owner[part.copy + part.length - 1])
        and text.prose(block)
        and block not in text.verse
    )
    longest = max(found, key=lambda part: part.length, default=None)
    if longest is None:
        return None
    block = text.owner[longest.copy]
    return Passage(block, block, longest.length // unit, _from(text, block, longest.copy))


def standfirst(text: PageText, told: Collection[int]) -> Passage | None:
    """The longest of the first paragraphs that a longer one further down holds whole; None where none is.

    `told` are the blocks of other repeats. One sentence out of the middle of a paragraph is a pull-quote, and what
    several paragraphs hold is a formula.
    """
    found = [passage for chain in text.again for passage in _held_whole(text, chain)]
    times = Counter(passage.origin for passage in found)
    held = (
        one
        for one in found
        if not {one.block, one.origin} & set(told) and times[one.origin] == 1 and _is_at_head(text, one.origin)
    )
    return max(held, key=lambda passage: passage.words, default=None)


def _is_at_head(text: PageText, block: int) -> bool:
    return sum(text.prose(before) > 0 for before in range(block)) < _AT_HEAD


def _held_whole(text: PageText, chain: Sequence[Fragment]) -> Iterator[Passage]:
    """The blocks that one chain holds whole, each with the block further down in which it stands."""
    if sum(part.length for part in chain) < LEAST_WORDS * (2 if text.unspaced else 1):
        return
    first, last = text.owner[chain[0].origin], text.owner[chain[-1].origin + chain[-1].length - 1]
    for origin in range(first, last + 1):
        held = _held(chain, text.starts[origin], text.starts[origin + 1])
        length = text.length(origin)
        if sum(part.length for part in held) < max(length, LEAST_WORDS * (2 if text.unspaced else 1)):
            continue
        begins, ends = held[0].copy, held[-1].copy + held[-1].length
        block = text.owner[begins]
        longer = text.starts[text.owner[ends - 1] + 1] - text.starts[block] > length
        at_head = begins <= text.starts[block] + 1
        if block > origin and longer and text.prose(block) and _is_cut(text, origin, at_head=at_head):
            yield Passage(block, origin, text.prose(origin), text.blocks[origin].text)


def _held(chain: Sequence[Fragment], start: int, end: int) -> list[Fragment]:
    """What of a chain has its original between two words."""
    parts = ((max(start, part.origin), min(end, part.origin + part.length), part) for part in chain)
    return [Fragment(part.copy + here - part.origin, here, to - here) for here, to, part in parts if here < to]


def _is_cut(text: PageText, block: int, *, at_head: bool) -> bool:
    """Whether a block is prose of sentences, more than one where it is cut from the middle of a paragraph."""
    words = text.blocks[block].text.strip()
    least = 1 if at_head else 2
    return (
        text.prose(block) >= LEAST_WORDS
        and block not in text.verse
        and not asks(words)
        and len(SENTENCE_END.findall(words)) >= least
    )


def _from(text: PageText, block: int, word: int) -> str:
    """The text of a block from one of the page's words on; all of it where that is not found."""
    whole = text.blocks[block].text
    words = text.words[word : min(word + _QUOTED_WORDS, text.starts[block + 1])]
    found = re.search(r"[\W_]*".join(map(re.escape, words)), whole, re.IGNORECASE)
    return whole[found.start() :] if found else whole
