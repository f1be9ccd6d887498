"""The fingerprints of all pages side by side, in arrays: rows in the order of sites, and of paths within a site."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from triage.corpus.fingerprints import ERROR, KEPT_ALL, SAMPLED, UInts, parse
from triage.model import ItemKey

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
_PAGES = 5_000
"""Pages worked on at a time where arrays of all of them would take too much memory."""


class Entries:
    """Each shingle with each row that holds it, in one number: the shingle above, the row in the `row_bits` lowest.

    They are most of what is held, so who takes them has them alone and can let go of them.
    """

    def __init__(self, held: UInts) -> None:
        self._held = held

    def take(self) -> UInts:
        """All of them, in no order; none where they were taken before."""
        held, self._held = self._held, np.zeros(0, np.uint64)
        return held


@dataclass(frozen=True, slots=True)
class Table:
    """One row a page; blocks of all rows stand one after the other, `blocks_at` says where a row's begin."""

    keys: Sequence[ItemKey]
    sites: Sequence[str | None]
    site_numbers: Ints
    """Equal where the site is; -1 where it is not known."""
    words: Ints
    content: UInts
    errors: Bools
    kept_all: Bools
    sizes: Ints
    """Shingles of each row."""
    sampled_sizes: Ints
    """... of those that are kept of every page."""
    entries: Entries
    row_bits: int
    block_keys: UInts
    block_marks: npt.NDArray[np.uint8]
    blocks_at: Ints

    def __len__(self) -> int:
        return len(self.keys)


def build_table(pages: Iterable[tuple[ItemKey, str | None, bytes]]) -> Table:
    """Pages as (key, site, fingerprint), in any order; pages without a readable fingerprint are left out."""
    keys: list[ItemKey] = []
    sites: list[str | None] = []
    heads = array("Q")
    shingles, block_keys, block_marks = bytearray(), bytearray(), bytearray()
    for key, site, data in pages:
        one = parse(data)
        if one is None:
            continue
        keys.append(key)
        sites.append(site)
        heads.extend((one.marks, one.words, one.content, len(one.shingles) // 8, len(one.block_marks)))
        shingles += one.shingles
        block_keys += one.block_keys
        block_marks += one.block_marks
    # All is gathered as it comes and put in the order of the rows afterwards: no page is held twice.
    names = [(site or "", path, record or "") for (path, record), site in zip(keys, sites, strict=True)]
    order = np.array(sorted(range(len(names)), key=names.__getitem__), np.int64)
    marks, words, content, sizes, blocks = np.array(heads, np.uint64).reshape(-1, 5)[order].T
    numbers = {site: number for number, site in enumerate(sorted({site for site in sites if site}))}
    arrived_sizes = _back(order, sizes.astype(np.int64))
    arrived_blocks = _back(order, blocks.astype(np.int64))
    kept_all = (marks & np.uint64(KEPT_ALL)) != 0
    every = np.frombuffer(shingles, "<u8")
    row_bits = max(1, len(keys).bit_length())
    places = _places(order, arrived_blocks)
    return Table(
        keys=[keys[at] for at in order],
        sites=[sites[at] for at in order],
        site_numbers=np.array([numbers.get(sites[at] or "", -1) for at in order], np.int64),
        words=words.astype(np.int64),
        content=content,
        errors=(marks & np.uint64(ERROR)) != 0,
        kept_all=kept_all,
        sizes=sizes.astype(np.int64),
        sampled_sizes=np.where(kept_all, _sampled(every, arrived_sizes)[order], sizes).astype(np.int64),
        entries=Entries(_entries(every, arrived_sizes, _back(order, np.arange(len(order))), row_bits)),
        row_bits=row_bits,
        block_keys=np.frombuffer(block_keys, "<u8")[places],
        block_marks=np.frombuffer(block_marks, np.uint8)[places],
        blocks_at=_starts(blocks.astype(np.int64)),
    )


def _back(order: Ints, values: Ints) -> Ints:
    """Values in the order of the rows, put back in the order in which the pages came."""
    back = np.empty_like(values)
    back[order] = values
    return back


def _starts(lengths: Ints) -> Ints:
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))


def _places(order: Ints, lengths: Ints) -> Ints:
    """Where each block of the ordered rows stands among the blocks as they came."""
    starts = _starts(lengths)[:-1][order]
    ordered = lengths[order]
    return np.arange(ordered.sum()) + np.repeat(starts - _starts(ordered)[:-1], ordered)


def _by_pages(shingles: UInts, lengths: Ints) -> Iterator[tuple[slice, UInts]]:
    """Some thousand pages at a time: which they are, and their shingles."""
    starts = _starts(lengths)
    for page in range(0, len(lengths), _PAGES):
        end = min(page + _PAGES, len(lengths))
        yield slice(page, end), shingles[starts[page] : starts[end]]


def _sampled(shingles: UInts, lengths: Ints) -> Ints:
    """How many shingles of each page are among those kept of every page."""
    counts = np.zeros(len(lengths), np.int64)
    for some, part in _by_pages(shingles, lengths):
        below = np.concatenate((np.zeros(1, np.int64), np.cumsum(part < np.uint64(SAMPLED))))
        counts[some] = np.diff(below[_starts(lengths[some])])
    return counts


def _entries(shingles: UInts, lengths: Ints, rows: Ints, row_bits: int) -> UInts:
    """The shingles with the number of their row in the lowest bits, in place: they are most of what is held."""
    mask = np.uint64((1 << row_bits) - 1)
    for some, part in _by_pages(shingles, lengths):
        numbers = np.repeat(rows[some].astype(np.uint64), lengths[some])
        np.bitwise_or(part & ~mask, numbers, out=part)
    return shingles
