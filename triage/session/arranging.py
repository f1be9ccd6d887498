"""The order of the list: by path, then by what it is sorted by, then by what it is grouped by. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from triage.model import Item, ItemKey
from triage.session.grouping import rank
from triage.session.words import STATES, gravity, state
from triage.text import normal

WordCounts = Mapping[ItemKey, tuple[int, int]]
"""Words for keeping and for discarding in each item that holds any."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the list is sorted by. Items without the fact stand last, whichever way it runs."""

    by: str = "path"
    backwards: bool = False

    def __str__(self) -> str:
        return f"{self.by} {'↓' if self.backwards else '↑'}"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All that the list is arranged by."""

    order: Order = Order()
    grouping: str | None = None
    """What brings items together; within a run the order holds."""
    word_counts: WordCounts | None = None

    @property
    def by_path(self) -> bool:
        """Whether the list runs by path, forwards, and is not grouped."""
        return self.order == Order() and self.grouping is None


_FACTS: Mapping[str, Callable[[Item], Any]] = {
    "path": lambda item: item.path,
    "flags": lambda item: gravity(item) if item.flags else None,
    "title": lambda item: normal(item.title) or None,
    "site": lambda item: item.site,
    "date": lambda item: item.date,
    "words": lambda item: item.words if item.scanned else None,
    "language": lambda item: item.language,
    "group": lambda item: item.group,
    "decision": lambda item: STATES.index(state(item.decision)),
    "decided at": lambda item: item.decision.decided_at,
}
_BY_WORDS = "word lists"

KEPT = frozenset({"title", "site", "date", "words", "language", "flags", "group"})
"""Facts that a scan finds and no decision alters: an order by them holds until more is found."""
SORTS: tuple[str, ...] = (*_FACTS, _BY_WORDS)
"""What the list can be sorted by."""


def path_of(item: Item) -> tuple[str, str]:
    """What items are sorted by before all else."""
    return item.path, item.record or ""


def arranged(
    items: Sequence[Item],
    numbers: Collection[int],
    by_path: Sequence[int] | None,
    how: Arrangement,
    whole: Callable[[Order], Sequence[int]] | None = None,
) -> list[int]:
    """`numbers` of `items` in order. `by_path`: numbers of all items in the order of paths, where that is known.

    `whole` gives all items in an order by one of `KEPT`, of which the most are then taken. Each sort keeps what the
    one before did to equals; so every item is asked for its fact but once.
    """
    many = by_path is not None and len(numbers) * 4 > len(by_path)
    if whole is not None and many and how.order.by in KEPT:
        found = _those(whole(how.order), numbers)
    else:
        by_name = _those(by_path, numbers) if by_path is not None and many else None
        found = by_name or sorted(numbers, key=lambda number: path_of(items[number]))
        if how.order != Order():
            found = _by_fact(items, found, how)
    if how.grouping is not None:
        of = rank(how.grouping)
        found.sort(key=lambda number: of(items[number]))
    return found


def _those(order: Sequence[int], numbers: Collection[int]) -> list[int]:
    """`numbers` in the order of `order`, which holds them all."""
    if len(numbers) == len(order):
        return list(order)
    wanted = numbers if isinstance(numbers, set) else set(numbers)
    return [number for number in order if number in wanted]


def _by_fact(items: Sequence[Item], found: Sequence[int], how: Arrangement) -> list[int]:
    fact = _FACTS.get(how.order.by) or _weight(how.word_counts or {})
    facts: list[Any] = [fact(items[number]) for number in found]
    having = [at for at, value in enumerate(facts) if value is not None]
    having.sort(key=facts.__getitem__, reverse=how.order.backwards)
    without = [number for number, value in zip(found, facts, strict=True) if value is None]
    return [found[at] for at in having] + without


def _weight(counts: WordCounts) -> Callable[[Item], int | None]:
    """What the word lists say: most for keeping first."""

    def weight(item: Item) -> int | None:
        found = counts.get(item.key)
        return None if found is None else found[1] - found[0]

    return weight
