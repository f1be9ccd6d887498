"""Near copies: which pages tell the same text, compared by weighted containment of their shingles.

A shingle of a page weighs 1 / (number of pages of its site that hold it), so that what a template prints on all of
them counts for little; the weight two pages share, over the smaller of their own weights, is their likeness
(containment, after Broder, 1997). Pages are only ever compared where a shingle is on both. Everything is a sort and a
sum over arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from triage.corpus.fingerprints import SAMPLED, UInts
from triage.corpus.table import Bools, Ints, Table

ACROSS_SITES, SAME_SITE, SITE_UNKNOWN = 0.45, 0.70, 0.55
"""Least likeness of near copies. Pages of one site share a template, so strangers look alike there."""
_ALL_BUT_EQUAL = 0.9
"""Share of the longer page, unweighted, that makes a copy in any case: one scraped again and again weighs little."""
_LEAST_SHARED = 3
"""Shingles two pages must share."""
_ALL_PAIRS = 8
"""A shingle on at most so many pages pairs all of them; on more, each with the first few and the one before it."""
_FIRST_FEW = 3
_TEMPLATE_WEIGHT, _TEMPLATE_SHARE = 0.1, 0.85
"""Shingles on many pages of a site that are less of a page's weight and number than this are the site's template."""
_SITE_PAGES, _SITE_SHARE = 3, 0.15
"""A page of no known site is compared as one of the site at least three pages of which hold so much of its text."""
_HEAVIEST = 255
_CHUNK = 1_000_000
_LEFT_OUT = np.uint64(2**64 - 1)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of rows that are near copies, the smaller row first, in order; with what they share."""

    first: Ints
    second: Ints
    likeness: Floats
    shared: Ints
    """Shingles that stand in both, of those kept of both."""


@dataclass(frozen=True, slots=True)
class _Held:
    """Shingles on more than one row: an entry for each row, entries of one shingle side by side."""

    rows: Ints
    counts: npt.NDArray[np.int32]
    """On how many rows of one site the shingle of an entry is."""
    spread: npt.NDArray[np.int32]
    """On how many rows of all."""
    shingles: npt.NDArray[np.int32]
    """A number for the shingle of each entry."""
    sampled: int
    """So many entries, the first ones, are of shingles that are kept of every page."""
    template: Bools
    """Entries of a template: on many rows, and little of what their row holds."""
    sites: Ints
    """The site of each row of the table, -1 where neither its address nor its frame tells."""

    def kept(self) -> _Held:
        """Without the entries of templates."""
        kept = ~self.template
        return _Held(
            self.rows[kept],
            self.counts[kept],
            self.spread[kept],
            self.shingles[kept],
            0,
            self.template[kept],
            self.sites,
        )


def pairs(table: Table, compared: Bools) -> Pairs:
    """Near copies among the rows that are `compared`. Takes the entries of the table."""
    held = _held(table, compared)
    own_all, own_sampled = _own_weights(table, held)
    first, second, weight, shared = _shared(held.kept(), len(table))
    enough = shared >= _LEAST_SHARED
    first, second, weight, shared = first[enough], second[enough], weight[enough], shared[enough]
    whole = table.kept_all[first] & table.kept_all[second]
    sizes = [np.where(whole, table.sizes[rows], table.sampled_sizes[rows]) for rows in (first, second)]
    own = [np.where(whole, own_all[rows], own_sampled[rows]) for rows in (first, second)]
    likeness = np.minimum(1.0, weight / np.maximum(np.minimum(*own), 1e-9))
    equal = shared / np.maximum(*sizes)
    near = (likeness >= _thresholds(held.sites, first, second)) | (equal >= _ALL_BUT_EQUAL)
    return Pairs(first[near], second[near], np.maximum(likeness, equal)[near], shared[near])


def _thresholds(sites: Ints, first: Ints, second: Ints) -> Floats:
    unknown = (sites[first] < 0) | (sites[second] < 0)
    known = np.where(sites[first] == sites[second], SAME_SITE, ACROSS_SITES)
    return np.where(unknown, SITE_UNKNOWN, known)


def _sorted(table: Table, compared: Bools) -> UInts:
    """The entries of the rows that are compared, sorted; in place, for they may take 100 MB."""
    entries = table.entries.take()
    mask = np.uint64((1 << table.row_bits) - 1)
    for part in _chunks(entries):
        part[~compared[(part & mask).astype(np.int64)]] = _LEFT_OUT
    entries.sort()
    return entries[: np.searchsorted(entries, _LEFT_OUT)]


def _chunks(entries: UInts) -> Iterator[UInts]:
    for start in range(0, len(entries), _CHUNK):
        yield entries[start : start + _CHUNK]


def _several(entries: UInts, row_bits: int) -> Bools:
    """Whether the shingle of an entry is on other rows too."""
    equal = np.zeros(len(entries) + 1, np.bool_)
    for start in range(0, len(entries) - 1, _CHUNK):
        part = entries[start : start + _CHUNK + 1] >> np.uint64(row_bits)
        equal[start + 1 : start + len(part)] = part[1:] == part[:-1]
    return equal[1:] | equal[:-1]


def _held(table: Table, compared: Bools) -> _Held:
    entries = _sorted(table, compared)
    multiple = entries[_several(entries, table.row_bits)]
    del entries
    rows = (multiple & np.uint64((1 << table.row_bits) - 1)).astype(np.int64)
    sampled = int(np.searchsorted(multiple, np.uint64(SAMPLED)))
    another = _changes(multiple >> np.uint64(table.row_bits))
    shingles, spread = _runs(another)
    del multiple
    # Rows are in the order of their sites, so that those of one site stand side by side under a shingle.
    _, counts = _runs(another | _changes(table.site_numbers.astype(np.int32)[rows]))
    sites, counts = _with_adopted(table, rows, shingles, counts)
    many = counts > _ALL_PAIRS
    of_many = np.bincount(rows[many], 1.0 / counts[many], len(table))
    of_all = table.sizes - np.bincount(rows, 1.0 - 1.0 / counts, len(table))
    in_template = of_many < _TEMPLATE_WEIGHT * of_all
    in_template &= np.bincount(rows[many], minlength=len(table)) < _TEMPLATE_SHARE * table.sizes
    return _Held(rows, counts, spread, shingles, sampled, many & in_template[rows], sites)


def _with_adopted(
    table: Table, rows: Ints, shingles: npt.NDArray[np.int32], counts: npt.NDArray[np.int32]
) -> tuple[Ints, npt.NDArray[np.int32]]:
    """Sites and counts with the pages of no known site put to the site whose frame they carry.

    Such a page is weighed like one of that site, so that the frame it shares with all of them counts for little.
    """
    sites = table.site_numbers
    strangers = np.flatnonzero((sites < 0)[rows])
    if not len(strangers):
        return sites, counts
    heads = _changes(shingles) | _changes(sites[rows])
    frames = np.flatnonzero(heads & (sites >= 0)[rows] & (counts >= _SITE_PAGES))
    if not len(frames):
        return sites, counts
    # Each entry of a stranger with each site that has its shingle in its frame.
    begins = np.searchsorted(shingles[frames], shingles[strangers], "left")
    ends = np.searchsorted(shingles[frames], shingles[strangers], "right")
    entry = np.repeat(strangers, ends - begins)
    frame = frames[np.repeat(begins, ends - begins) + _within(ends - begins)]
    width = int(sites.max()) + 1
    pairs, votes = np.unique(rows[entry] * width + sites[rows[frame]], return_counts=True)
    row, site = pairs // width, pairs % width
    # The site with most votes, of those with as many the first: the last to be written.
    order = np.lexsort((-site, votes))
    order = order[votes[order] >= np.maximum(_LEAST_SHARED, _SITE_SHARE * table.sizes[row[order]])]
    adopted, raised = sites.copy(), counts.copy()
    adopted[row[order]] = site[order]
    own = adopted[rows[entry]] == sites[rows[frame]]
    raised[entry[own]] = np.maximum(counts[entry[own]], counts[frame[own]] + 1)
    return adopted, raised


def _within(lengths: Ints) -> Ints:
    """0, 1, 2 ... for each of the lengths, one after the other."""
    return np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def _changes(values: npt.NDArray[np.generic]) -> Bools:
    """Whether a value differs from the one before it; the first does."""
    changes = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _runs(begins: Bools) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """For each place, the number of the run that it stands in, and how long that is; `begins` marks their first."""
    lengths = np.diff(np.flatnonzero(np.append(begins, True))).astype(np.int32)
    return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths), np.repeat(lengths, lengths)


def _own_weights(table: Table, held: _Held) -> tuple[Floats, Floats]:
    """The weight of each row: of all its shingles, and of those that are kept of every page; templates weigh none."""
    less = 1.0 - np.where(held.template, 0.0, 1.0 / held.counts)
    end = held.sampled
    whole = np.asarray(table.sizes - np.bincount(held.rows, less, len(table)), np.float64)
    sampled = np.asarray(table.sampled_sizes - np.bincount(held.rows[:end], less[:end], len(table)), np.float64)
    return whole, sampled


def _starts(values: npt.NDArray[np.generic]) -> Ints:
    """Where each run of equal values begins, and where the last one ends."""
    if not len(values):
        return np.zeros(1, np.int64)
    return np.concatenate(([0], np.flatnonzero(values[1:] != values[:-1]) + 1, [len(values)]))


def _shared(held: _Held, pages: int) -> tuple[Ints, Ints, Floats, Ints]:
    """Pairs of rows on one shingle: first, second, the weight they share and the number of shingles."""
    # One number a pair and shingle, so that one sort in place gathers them: the rows above, the count in the low byte.
    codes = np.concatenate(
        [
            ((held.rows[earlier] * pages + held.rows[later]).astype(np.uint64) << np.uint64(8))
            | np.minimum(np.maximum(held.counts[later], held.counts[earlier]), _HEAVIEST).astype(np.uint64)
            for later, earlier in _linked(held)
        ]
    )
    codes.sort()
    pair = codes >> np.uint64(8)
    begins = _starts(pair)
    weights = 1.0 / (codes & np.uint64(0xFF)).astype(np.float64)
    numbers = pair[begins[:-1]].astype(np.int64)
    weight = np.add.reduceat(weights, begins[:-1]) if len(numbers) else np.zeros(0)
    return numbers // pages, numbers % pages, weight, np.diff(begins)


def _linked(held: _Held) -> Iterator[tuple[Ints, Ints]]:
    """Places of entries on one shingle that are paired: the later ones, and for each an earlier one."""
    starts = _starts(held.shingles)
    start_of = np.repeat(starts[:-1], np.diff(starts))
    rank = np.arange(len(start_of)) - start_of
    few = held.spread <= _ALL_PAIRS
    for back in range(1, _ALL_PAIRS):
        later = np.flatnonzero(few & (rank >= back))
        yield later, later - back
    for nth in range(_FIRST_FEW):
        later = np.flatnonzero(~few & (rank > nth))
        yield later, start_of[later] + nth
    later = np.flatnonzero(~few & (rank > _FIRST_FEW))
    yield later, later - 1
