"""Runs of items that have something in common: what the list is grouped by, and where each run begins. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from triage.model import Item
from triage.session.words import name
from triage.text import clean_line
from triage.wording import SEVERITY, by_severity, counted, kind_and_cause

GROUPINGS: tuple[str, ...] = ("site", "flag", "group")
"""What the list can be grouped by."""


GROUPING_WORDS: Mapping[str, str] = {"site": "site", "flag": "flag", "group": "copies"}
"""What the analyst calls them."""

_WITHOUT: Mapping[str, str] = {"site": "no known site", "flag": "no flag", "group": "no copies"}
"""The last run: what has nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over a run of items."""

    row: int
    """The first of the run."""
    label: str
    count: int


def rank(by: str) -> Callable[[Item], Any]:
    """What orders the runs; items that have nothing of the kind come last."""
    return _RANKS[by]


def heads(by: str, items: Sequence[Item], order: Sequence[int]) -> tuple[Head, ...]:
    """The runs of `items` taken in `order`, which `rank` has brought together."""
    of = _RANKS[by]
    found: list[tuple[int, Any]] = []
    for row, number in enumerate(order):
        value = of(items[number])
        if not found or value != found[-1][1]:
            found.append((row, value))
    if not found:
        return ()
    ends = [row for row, _ in found[1:]] + [len(order)]
    return tuple(
        Head(row, _LABELS[by](items[order[row]]), end - row) for (row, _), end in zip(found, ends, strict=True)
    )


def told(by: str | None, runs: Sequence[Head]) -> str:
    """What the list is grouped by now, and in how many groups, in words."""
    if by is None:
        return "No longer grouped"
    without = runs[-1].count if runs and runs[-1].label == _WITHOUT[by] else 0
    number = len(runs) - bool(without)
    groups = counted(number, "group")
    return f"Grouped by {GROUPING_WORDS[by]}: {groups}" + (f", {without:,} with {_WITHOUT[by]}" if without else "")


def _site(item: Item) -> tuple[bool, str]:
    return item.site is None, item.site or ""


def _flag(item: Item) -> tuple[int, str]:
    """By the gravest flag, its causes apart."""
    if not item.flags:
        return len(SEVERITY), ""
    flag = item.flags[0] if len(item.flags) == 1 else by_severity(item.flags)[0]
    return SEVERITY.index(flag.kind), flag.cause or ""


def _group(item: Item) -> tuple[bool, str]:
    return item.group is None, item.group or ""


def _flag_label(item: Item) -> str:
    return kind_and_cause(by_severity(item.flags)[0]) if item.flags else _WITHOUT["flag"]


def _group_label(item: Item) -> str:
    return _WITHOUT["group"] if item.group is None else f"copies of “{name(item)}”"


_RANKS: Mapping[str, Callable[[Item], Any]] = {"site": _site, "flag": _flag, "group": _group}
_LABELS: Mapping[str, Callable[[Item], str]] = {
    "site": lambda item: clean_line(item.site or _WITHOUT["site"]),
    "flag": _flag_label,
    "group": _group_label,
}
