"""Whether prose of the article may stand in its page more than once: then flags need the page's whole text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat

import numpy as np

from triage.extraction.visible import VisibleBlock
from triage.model import Block
from triage.text import PART, parted_tokens, tokens

_SEED = 4
"""Equal words in a row that start a match."""
_LEAST = 6
"""Words of the shortest paragraph that counts."""
_OF_A_COPY = 0.25
"""Share of a copy's seeds that stand elsewhere too, however it was edited: a word changed breaks four of them."""
_WORDS = 15
"""Words of such copies below which nothing is made of them."""


def recurs(article: Sequence[Block], page: Sequence[Block | VisibleBlock]) -> bool:
    """Whether so much of the article's prose may stand in `page` more than once that it is worth comparing.

    A generous guess, asked of every page: seeds are counted, nothing is aligned. Flags make sure.
    """
    if not page:
        return False
    words = [word for block in article for word in tokens(block.text)]
    lengths, again = _seeds_again(words, [block.text for block in page])
    found = sum(
        length
        for block, length, seeds in zip(page, lengths, again, strict=True)
        if seeds and length >= _LEAST and seeds >= _OF_A_COPY * (length - _SEED) and round(block.links, 2) <= 0.6
        if block.kind not in {"heading", "code"}
    )
    return found >= _WORDS


def _seeds_again(words: Sequence[str], texts: Sequence[str]) -> tuple[list[int], list[int]]:
    """For each text its number of words, and how many of its seeds stand in `words` and further up in the texts."""
    ids = {word: number for number, word in enumerate(dict.fromkeys(words), 1)}
    ids[PART] = -1
    page = parted_tokens(texts)
    numbers = np.fromiter(map(ids.get, page, repeat(0)), np.int64, len(page))
    parts = numbers < 0
    lengths = np.diff(np.flatnonzero(parts), prepend=-1, append=len(page)) - 1
    found = np.zeros(len(texts), np.int64)
    if min(len(words), len(page)) >= _SEED:
        own = np.sort(_keys(np.fromiter(map(ids.__getitem__, words), np.int64, len(words)), len(ids)))
        known = numbers > 0
        at = np.flatnonzero(known[:-3] & known[1:-2] & known[2:-1] & known[3:])
        seeds = _keys(numbers, len(ids))[at]
        order = np.argsort(seeds, kind="stable")
        later = order[1:][seeds[order[1:]] == seeds[order[:-1]]]
        later = later[_among(seeds[later], own)]
        found += np.bincount(np.cumsum(parts)[at[later]], minlength=len(texts))
    return lengths.tolist(), found.tolist()


def _keys(numbers: np.ndarray, vocabulary: int) -> np.ndarray:
    """One number for each run of four numbers, joined as digits are; where they grow too large they may be alike."""
    base = np.int64(vocabulary + 1)
    return np.asarray(((numbers[:-3] * base + numbers[1:-2]) * base + numbers[2:-1]) * base + numbers[3:])


def _among(values: np.ndarray, pool: np.ndarray) -> np.ndarray:
    """Which of `values` are in the sorted `pool`."""
    if not len(pool):
        return np.zeros(len(values), np.bool_)
    places = np.searchsorted(pool, values)
    places[places == len(pool)] = 0
    return np.asarray(pool[places] == values)
