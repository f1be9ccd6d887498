"""Groups of near copies: each around one member that every other was compared with, never chained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from triage.corpus.near import pairs
from triage.corpus.table import Bools, Ints, Table
from triage.model import Flag, ItemKey, name_of

RULE = "near-duplicate"
_LEAST_WORDS = 20
"""Shorter texts are copies only where they are equal, and those of fewer than the next say too little for that."""
_LEAST_EXACT_WORDS = 8
_MUCH_LESS = 0.75
"""A likeness below this share of another one says little beside that."""
_FAR_LONGER = 2.0
"""A text so many times longer than another may be a collection; it does not join strangers."""


@dataclass(frozen=True, slots=True)
class Member:
    """How a row belongs to its group: what it shares with the group's first row."""

    first: int
    likeness: float
    here: float
    """Share of this page that stands in the first."""
    there: float
    """Share of the first that stands here."""


def members(table: Table, errors: Bools) -> dict[int, Member]:
    """Rows that stand in a group, the first of each among them; rows of `errors` stand in none."""
    same = _same_texts(table, errors)
    compared = np.zeros(len(table), np.bool_)
    compared[[row for row in same if table.words[row] >= _LEAST_WORDS]] = True
    near = _stars(table, compared)
    found: dict[int, Member] = {}
    for row, others in sorted(same.items()):
        member = near.get(row)
        if member is None and len(others) == 1:
            continue
        member = member or Member(row, 1.0, 1.0, 1.0)
        for other in others:
            found[other] = member
    return found


def _same_texts(table: Table, errors: Bools) -> dict[int, list[int]]:
    """Rows with enough text to compare, those of one text under the first of them whose site is known."""
    first_of: dict[int, int] = {}
    same: dict[int, list[int]] = defaultdict(list)
    enough = np.flatnonzero(~errors & (table.words >= _LEAST_EXACT_WORDS))
    for row in enough[np.argsort(table.site_numbers[enough] < 0, kind="stable")].tolist():
        same[first_of.setdefault(int(table.content[row]), row)].append(row)
    return same


def _stars(table: Table, compared: Bools) -> dict[int, Member]:
    """Near copies gathered around the row that has most of them (of those the longest, then the first by path).

    A row whose nearest copy is no copy of that one waits for its own group: it may share a template with this one.
    """
    found = pairs(table, compared)
    near: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    for a, b, likeness, shared in zip(
        found.first.tolist(), found.second.tolist(), found.likeness.tolist(), found.shared.tolist(), strict=True
    ):
        near[a][b] = near[b][a] = (likeness, shared)
    taken: dict[int, Member] = {}
    for centre in sorted(near, key=lambda row: (-len(near[row]), -int(table.words[row]), row)):
        if centre in taken:
            continue
        inside: list[int] = []
        for row in sorted(near[centre], key=lambda row: (-near[centre][row][0], row)):
            if row in taken or _waits(near, row, centre) or _is_stranger_at_home(table, near, row, centre, taken):
                continue
            if table.words[centre] > _FAR_LONGER * table.words[row]:
                if inside and not any(row in near[other] for other in inside):
                    continue
                inside.append(row)
            likeness, shared = near[centre][row]
            sizes = table.sizes if table.kept_all[row] and table.kept_all[centre] else table.sampled_sizes
            taken[row] = Member(centre, likeness, min(1.0, shared / sizes[row]), min(1.0, shared / sizes[centre]))
            taken[centre] = Member(centre, 1.0, 1.0, 1.0)
    return taken


_Near = Mapping[int, Mapping[int, tuple[float, int]]]
"""For each row its near copies: how alike, and how many shingles they share."""


def _waits(near: _Near, row: int, centre: int) -> bool:
    """Whether a row is much more like another one, which is no copy of the centre."""
    most = max(likeness for likeness, _ in near[row].values())
    if near[row][centre][0] >= _MUCH_LESS * most:
        return False
    nearest = {other for other, (likeness, _) in near[row].items() if likeness == most}
    return not nearest & near[centre].keys()


def _is_stranger_at_home(table: Table, near: _Near, row: int, centre: int, taken: Mapping[int, Member]) -> bool:
    """Whether the row's own site has a good copy of the centre's text and that one is no copy of the row.

    What the row shares with the centre is then the template of its site, which the copy brought along.
    """
    site = table.site_numbers[row]
    if site < 0 or site == table.site_numbers[centre]:
        return False
    at_home = [
        other
        for other, (likeness, _) in near[centre].items()
        if table.site_numbers[other] == site
        and likeness * _MUCH_LESS > near[centre][row][0]
        and other in taken
        and taken[other].first == centre
    ]
    return bool(at_home) and not any(other in near[row] for other in at_home)


def flags(table: Table, found: Mapping[int, Member]) -> dict[int, Flag]:
    """A flag for each member that is not the first of its group."""
    return {row: _flag(table, row, member) for row, member in found.items() if row != member.first}


def _flag(table: Table, row: int, member: Member) -> Flag:
    first = name_of(table.keys[member.first])
    same = table.content[row] == table.content[member.first]
    here, there = (1.0, 1.0) if same else (member.here, member.there)
    return Flag(
        kind="near-duplicate",
        cause=_cause(here, there, same),
        reason=f"the same text, word for word, as {first}" if same else _reason(table, row, member, first),
        rule=RULE,
        confidence=0.99 if same else 0.95 if member.likeness >= 0.85 else 0.85,
    )


def _cause(here: float, there: float, same: bool) -> str:
    if same:
        return "exact"
    if min(here, there) >= 0.8:
        return "copy"
    if here >= 0.8:
        return "shortened"
    return "extended" if there >= 0.8 else "revised"


def _reason(table: Table, row: int, member: Member, first: str) -> str:
    here, there = f"{member.here:.0%}".replace("%", " %"), f"{member.there:.0%}".replace("%", " %")
    ratio = table.words[member.first] / max(1, table.words[row])
    if ratio >= 1.15:
        return f"{here} of this page stands in {first}, which is {ratio:.1f} times longer"
    if ratio <= 1 / 1.15:
        return f"{there} of {first} stands in this page, which is {1 / ratio:.1f} times longer"
    return f"{here} of this page stands in {first}, {there} of that one in this"


def names(table: Table, found: Mapping[int, Member]) -> dict[ItemKey, str]:
    """The group each page stands in, by the name of its first member."""
    return {table.keys[row]: name_of(table.keys[member.first]) for row, member in found.items()}


def numbers(rows: int, found: Mapping[int, Member]) -> Ints:
    """A group number for every row; a row that stands alone is a group of its own."""
    of = np.arange(rows)
    for row, member in found.items():
        of[row] = member.first
    return of
