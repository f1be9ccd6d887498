"""Across the pages of a folder: near copies, blocks that recur, error texts that recur. From fingerprints alone.

    data = fingerprint(article, flags)                    in the child process, once a page; flags are the page's own
    site = site_of(path, host)                            registrable domain, or None: then no rule about sites applies
    findings = group((key, site, data) for each page)     in the folder's second pass; any order gives the same result
    findings.groups[key]                                  name of the group a page stands in (its first member's path)
    findings.flags[key]                                   flags to add: near-duplicate, boilerplate, error-page
    findings.shared_errors                                "37 pages of example.com share this error text"
    compare(data, other)                                  shares of one page in the other, both ways

A fingerprint of another version counts as absent: `VERSION` belongs in what the library keys its rows by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from triage.corpus import groups, recurring
from triage.corpus.fingerprints import VERSION, compare, fingerprint
from triage.corpus.recurring import SharedError
from triage.corpus.sites import site_of
from triage.corpus.table import build_table
from triage.model import Flag, ItemKey

__all__ = ["VERSION", "CorpusFindings", "SharedError", "compare", "fingerprint", "group", "site_of"]


@dataclass(frozen=True, slots=True)
class CorpusFindings:
    """What the pages of a folder tell together."""

    groups: Mapping[ItemKey, str]
    """For each page that has near copies, its group's name: the path (`path#record`) of the first member."""
    flags: Mapping[ItemKey, tuple[Flag, ...]]
    shared_errors: tuple[SharedError, ...]


def group(pages: Iterable[tuple[ItemKey, str | None, bytes]]) -> CorpusFindings:
    """Findings over pages given as (key, site, fingerprint); keys are unique, their order does not matter.

    A page that is an error by its own flags, or by sharing its text with such pages, stands in no group.
    """
    rows = build_table(pages)
    flags: dict[int, list[Flag]] = defaultdict(list)
    errors = rows.errors.copy()
    shared = recurring.shared_errors(rows)
    for text, unknown in shared:
        for row in unknown:
            errors[row] = True
            flags[row].append(recurring.error_flag(text, len(text.members) - len(unknown)))
    members = groups.members(rows, errors)
    for row, flag in groups.flags(rows, members).items():
        flags[row].append(flag)
    for row, found in recurring.blocks(rows, groups.numbers(len(rows), members), errors).items():
        flags[row] += found
    return CorpusFindings(
        groups=groups.names(rows, members),
        flags={rows.keys[row]: tuple(flags[row]) for row in sorted(flags)},
        shared_errors=tuple(text for text, _ in shared),
    )
