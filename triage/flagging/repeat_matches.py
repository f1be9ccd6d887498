"""Where a page's words stand a second time: seeds of a few equal words, chained along diagonals.

The method is seed and extend, as in sequence alignment and plagiarism detection (Schleimer et al., Winnowing, 2003;
Sanchez-Perez et al., PAN 2014): runs of `SEED` equal words are found by sorting their hashes, runs on one diagonal
(same distance between copy and original) make a fragment, fragments near each other make a chain, and the few words
between two fragments of a chain are aligned one by one. Nothing here knows of blocks or of what a repeat means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq

Ints = npt.NDArray[np.int64]

SEED = 4
"""Equal words in a row that start a match; twice as many where one character is a token."""
_FIRST_OCCURRENCES = 3
"""Earlier places a seed is linked to: the first ones, and the one just before it."""
_GAP = 12
"""Words that may differ between two fragments of one chain."""
_DRIFT = 8
"""How much further apart copy and original may have moved over such a gap (words put in or left out)."""
_JOINED = 2**31
"""Two numbers below this make one of 63 bits."""
_MOST_FRAGMENTS = 40_000
"""The longest ones are kept where a page has more: only tables and word salad do."""


class Fragment(NamedTuple):
    """`length` words at `copy` that equal those at `origin` further up."""

    copy: int
    origin: int
    length: int


def chains(
    words: Sequence[str], unspaced: bool, matters: Callable[[Sequence[Fragment]], bool]
) -> list[tuple[Fragment, ...]]:
    """Chains of fragments in `words`, each in page order; empty at once where no seed stands twice.

    Of chains that do not matter, as told by their fragments before the words between them are aligned, none is given.
    """
    fragments = _fragments(words, SEED * 2 if unspaced else SEED)
    return [_filled(words, chain) for chain in _chained(fragments) if matters(chain)]


def runs_of_words(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The runs of `SEED` words."""
    return zip(*(words[offset:] for offset in range(SEED)), strict=False)


def _fragments(words: Sequence[str], seed: int) -> list[Fragment]:
    count = len(words) - seed + 1
    if count < 2:
        return []
    keys = _seed_keys(words, seed)
    order = np.argsort(keys, kind="stable")
    equal = keys[order[1:]] == keys[order[:-1]]
    if not equal.any():
        return []
    copies, origins = _pairs(order, equal)
    return _runs(copies, origins, seed)


def _seed_keys(words: Sequence[str], seed: int) -> Ints:
    """One number for each run of `seed` words, equal exactly where the words are: no hashing.

    The numbers of words are joined as digits are; where they grow too large to be joined on, by their ranks.
    """
    ids = {word: number for number, word in enumerate(dict.fromkeys(words))}
    return _joined(np.fromiter(map(ids.__getitem__, words), np.int64, len(words)), len(ids), seed)


def _joined(numbers: Ints, vocabulary: int, seed: int) -> Ints:
    """One number for each run of `seed` numbers below `vocabulary`."""
    keys, width = numbers, 1
    while width < seed:
        if vocabulary > _JOINED:
            _, keys = np.unique(keys, return_inverse=True)
            vocabulary = int(keys.max()) + 1
        step = min(width, seed - width)
        # Windows of `width` words at a distance of `step` overlap or touch: together `width + step` words.
        keys = keys[: len(numbers) - width - step + 1] * np.int64(vocabulary) + keys[step : len(numbers) - width + 1]
        width, vocabulary = width + step, vocabulary**2
    return keys


def _pairs(order: Ints, equal: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Each seed position with its earlier places: the first few of the same words, and the nearest."""
    starts = np.flatnonzero(np.concatenate(([True], ~equal)))
    group = np.cumsum(np.concatenate(([0], (~equal).astype(np.int64))))
    rank = np.arange(len(order)) - starts[group]
    copies, origins = [], []
    for nth in range(_FIRST_OCCURRENCES):
        later = np.flatnonzero(rank > nth)
        copies.append(order[later])
        origins.append(order[starts[group[later]] + nth])
    later = np.flatnonzero(rank > _FIRST_OCCURRENCES)
    copies.append(order[later])
    origins.append(order[later - 1])
    return np.concatenate(copies), np.concatenate(origins)


def _runs(copies: Ints, origins: Ints, seed: int) -> list[Fragment]:
    """Seeds that follow each other on one diagonal, joined."""
    distance = copies - origins
    order = np.lexsort((copies, distance))
    copies, distance = copies[order], distance[order]
    broken = (np.diff(copies) != 1) | (np.diff(distance) != 0)
    first = np.concatenate(([0], np.flatnonzero(broken) + 1))
    last = np.concatenate((np.flatnonzero(broken), [len(copies) - 1]))
    starts, lengths, distances = copies[first], copies[last] - copies[first] + seed, distance[first]
    starts, lengths, distances = _cut_at_origin(starts, lengths, distances)
    if len(starts) > _MOST_FRAGMENTS:
        longest = np.sort(np.argsort(-lengths, kind="stable")[:_MOST_FRAGMENTS])
        starts, lengths, distances = starts[longest], lengths[longest], distances[longest]
    order = np.lexsort((distances, starts))
    rows = zip(starts[order].tolist(), lengths[order].tolist(), distances[order].tolist(), strict=True)
    return [Fragment(start, start - away, length) for start, length, away in rows]


def _cut_at_origin(starts: Ints, lengths: Ints, distances: Ints) -> tuple[Ints, Ints, Ints]:
    """Runs that reach into their own origin (three copies in a row) cut into pieces as long as their distance.

    At a distance of a few words ("la la la la") nothing was copied, a word was said again: those are dropped.
    """
    wide = (lengths <= distances) | (distances >= _GAP)
    starts, lengths, distances = starts[wide], lengths[wide], distances[wide]
    pieces = -(-lengths // distances)
    if not len(starts) or pieces.max() == 1:
        return starts, lengths, distances
    nth = np.arange(pieces.sum()) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    starts, lengths, distances = (np.repeat(column, pieces) for column in (starts, lengths, distances))
    return starts + nth * distances, np.minimum(distances, lengths - nth * distances), distances


def _chained(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments joined to chains: each goes on the chain whose end is nearest before it on both sides."""
    chained: list[list[Fragment]] = []
    ends: list[tuple[int, int]] = []
    open_at: dict[int, list[int]] = {}
    for fragment in fragments:
        copy, origin, length = fragment
        bucket = (copy - origin) // _DRIFT
        best, best_gap = -1, _GAP + 1
        for near in (bucket - 1, bucket, bucket + 1):
            for index in open_at.get(near, ()):
                end_copy, end_origin = ends[index]
                in_copy, in_origin = copy - end_copy, origin - end_origin
                # Fragments on neighbouring diagonals may overlap by a few words where one word was put in twice.
                gap = max(in_copy, in_origin, 0)
                if gap < best_gap and min(in_copy, in_origin) >= -SEED and abs(in_copy - in_origin) <= _DRIFT:
                    best, best_gap = index, gap
        if best < 0:
            best = len(chained)
            chained.append([])
            ends.append((0, 0))
        chained[best].append(fragment)
        ends[best] = copy + length, origin + length
        newest = open_at.setdefault(bucket, [])
        newest.append(best)
        if len(newest) > 4:  # only the newest chains of a diagonal can go on
            del newest[0]
    return chained


def _filled(words: Sequence[str], chain: Sequence[Fragment]) -> tuple[Fragment, ...]:
    """The chain with overlaps cut and the equal words between its fragments found."""
    filled = [chain[0]]
    for fragment in chain[1:]:
        end_copy, end_origin = filled[-1].copy + filled[-1].length, filled[-1].origin + filled[-1].length
        over = max(0, end_copy - fragment.copy, end_origin - fragment.origin)
        if over >= fragment.length:
            continue
        start = Fragment(fragment.copy + over, fragment.origin + over, fragment.length - over)
        filled += align(words, (end_copy, start.copy), (end_origin, start.origin))
        filled.append(start)
    return tuple(filled)


def align(words: Sequence[str], copy: tuple[int, int], origin: tuple[int, int]) -> list[Fragment]:
    """Equal words of two short spans (start, end) in the same order: their longest common subsequence."""
    if copy[0] >= copy[1] or origin[0] >= origin[1]:
        return []
    blocks = LCSseq.opcodes(words[origin[0] : origin[1]], words[copy[0] : copy[1]])
    return [
        Fragment(copy[0] + code.dest_start, origin[0] + code.src_start, code.src_end - code.src_start)
        for code in blocks
        if code.tag == "equal"
    ]
