"""What recurs over the pages of one site: blocks of its template, and texts it answers instead of a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from triage.corpus.fingerprints import FLAGGED, HEADING, LONG, PROSE, UInts
from triage.corpus.table import Bools, Ints, Table
from triage.model import Flag, ItemKey

BLOCK_RULE, ERROR_RULE = "recurring-block", "recurring-error-text"

_LEAST_GROUPS = 3
"""Groups of near copies in which a block must stand: one group is syndicated text, several are a template."""
_MOST_STRUCK = 0.5
"""Where more of a page's paragraphs recur, its pages are versions of each other that no group holds."""
_ERROR_WORDS = 150
"""A longer text is no error message."""
_LEAST_ERRORS = 3
"""Pages of a site with one short text, of which one at least is known to be an error page."""
_LEAST_UNKNOWN = 5
"""... of which none is known to be one, as in a language without phrases."""
_UNKNOWN_WORDS = 60


@dataclass(frozen=True, slots=True)
class SharedError:
    """An error text that several pages of a site answer with."""

    site: str
    members: tuple[ItemKey, ...]
    """In path order."""
    blocks: tuple[int, ...]
    """Numbers of the blocks of the first member that all of them share."""


def blocks(table: Table, groups: Ints, errors: Bools) -> dict[int, list[Flag]]:
    """Flags on blocks that stand in at least three groups of their site. `groups` gives the group of each row."""
    row_of = np.repeat(np.arange(len(table)), np.diff(table.blocks_at))
    counts_here = (table.block_marks & (LONG | HEADING | FLAGGED)) == LONG
    considered = np.flatnonzero(counts_here & ~errors[row_of] & (table.site_numbers[row_of] >= 0))
    rows = row_of[considered]
    kinds = _by_site(table.block_keys[considered], table.site_numbers[rows])
    in_groups, on_pages = _distinct(kinds, groups[rows]), _distinct(kinds, rows)
    recurs = in_groups[kinds] >= _LEAST_GROUPS
    recurs &= ~_versions(table, row_of, considered[recurs])[rows]
    return _flags(table, rows[recurs], considered[recurs], on_pages[kinds[recurs]])


def _by_site(keys: UInts, sites: Ints) -> Ints:
    """A number for each key on each site."""
    mixed = keys ^ ((sites.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15))
    order = np.argsort(mixed, kind="stable")
    ordered = mixed[order]
    kinds = np.empty(len(keys), np.int64)
    kinds[order] = np.cumsum(np.concatenate((np.zeros(1, np.bool_), ordered[1:] != ordered[:-1]))[: len(keys)])
    return kinds


def _distinct(kinds: Ints, holders: Ints) -> Ints:
    """For each kind, how many different holders it has."""
    if not len(kinds):
        return np.zeros(0, np.int64)
    width = int(holders.max()) + 1
    both = np.sort(kinds * width + holders)
    new = np.concatenate((np.ones(1, np.bool_), both[1:] != both[:-1]))
    return np.bincount(both[new] // width, minlength=int(kinds.max()) + 1)


def _versions(table: Table, row_of: Ints, struck: Ints) -> Bools:
    """Rows most of whose paragraphs would be struck: they are versions of other pages, not pages in a template."""
    prose = (table.block_marks & PROSE) != 0
    all_prose = np.bincount(row_of[prose], minlength=len(table))
    struck_prose = np.bincount(row_of[struck[prose[struck]]], minlength=len(table))
    return (all_prose > 1) & (struck_prose > _MOST_STRUCK * all_prose)


def _flags(table: Table, rows: Ints, places: Ints, pages: Ints) -> dict[int, list[Flag]]:
    """One flag for each run of adjacent blocks; `places` are those of the blocks, in order, `pages` their counts."""
    flags: dict[int, list[Flag]] = defaultdict(list)
    if not len(rows):
        return flags
    begins = np.flatnonzero(np.concatenate(([True], (np.diff(places) != 1) | (np.diff(rows) != 0))))
    ends = np.append(begins[1:], len(rows)) - 1
    least, most = np.minimum.reduceat(pages, begins), np.maximum.reduceat(pages, begins)
    heads = rows[begins]
    first, last = places[begins] - table.blocks_at[heads], places[ends] - table.blocks_at[heads]
    # The same lines stand at the same places of a site's pages: one flag object serves many of them.
    made: dict[tuple[str, int, int, int, int], Flag] = {}
    for row, *run in zip(heads.tolist(), first.tolist(), last.tolist(), least.tolist(), most.tolist(), strict=True):
        what = (table.sites[row] or "", *run)
        if what not in made:
            made[what] = _block_flag(*what)
        flags[row].append(made[what])
    return flags


def _block_flag(site: str, first: int, last: int, least: int, most: int) -> Flag:
    count = str(most) if least == most else f"{least} to {most}"
    return Flag(
        kind="boilerplate",
        cause="recurring",
        reason=f"stands on {count} different pages of {site}",
        rule=BLOCK_RULE,
        confidence=0.95 if least >= 10 else 0.9,
        first=first,
        last=last,
    )


def shared_errors(table: Table) -> list[tuple[SharedError, list[int]]]:
    """Texts that short pages of a site share, each with the rows that were not known to be error pages.

    At least three pages, of which one at least is known to be one; or so many short ones that it must be one.
    """
    row_of = np.repeat(np.arange(len(table)), np.diff(table.blocks_at))
    short = (table.words > 0) & (table.words <= _ERROR_WORDS) & (table.site_numbers >= 0)
    considered = np.flatnonzero(short[row_of])
    rows = row_of[considered]
    kinds = _by_site(table.block_keys[considered], table.site_numbers[rows])
    recurs = _distinct(kinds, rows)[kinds] >= _LEAST_ERRORS
    common: dict[int, list[int]] = defaultdict(list)
    for at in np.flatnonzero(recurs).tolist():
        common[int(rows[at])].append(at)
    texts: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for row, places in common.items():
        if 2 * len(places) > table.blocks_at[row + 1] - table.blocks_at[row]:
            texts[tuple(sorted({int(kinds[at]) for at in places}))].append(row)
    found = []
    for _, sharing in sorted(texts.items(), key=lambda text: text[1]):
        if _is_error_text(table, sharing):
            first = sharing[0]
            numbers = tuple(int(considered[at] - table.blocks_at[first]) for at in common[first])
            shared = SharedError(table.sites[first] or "", tuple(table.keys[row] for row in sharing), numbers)
            found.append((shared, [row for row in sharing if not table.errors[row]]))
    return found


def _is_error_text(table: Table, rows: list[int]) -> bool:
    if table.errors[rows].any():
        return len(rows) >= _LEAST_ERRORS
    return len(rows) >= _LEAST_UNKNOWN and bool((table.words[rows] <= _UNKNOWN_WORDS).all())


def error_flag(shared: SharedError, known: int) -> Flag:
    """The flag of a page that shares an error text; `known` of its pages are error pages by their own words."""
    count = len(shared.members)
    why = f"{known} of them known error pages" if known else "too short and too many to be articles"
    return Flag(
        kind="error-page",
        cause="other",
        reason=f"{count} pages of {shared.site} have this same text, {why}",
        rule=ERROR_RULE,
        confidence=0.9 if known else 0.6,
    )
