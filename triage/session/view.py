"""The list as the analyst sees it: which items in which order, where the cursor is, and what is selected."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, overload

from triage.model import Item, ItemKey
from triage.session.grouping import Head, heads, rank
from triage.session.words import STATES, gravity, state
from triage.text import normal


@dataclass(frozen=True, slots=True)
class Order:
    """What the list is sorted by. Items without the fact stand last, whichever way it runs."""

    by: str = "path"
    backwards: bool = False

    def __str__(self) -> str:
        return f"{self.by} {'↓' if self.backwards else '↑'}"


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

SORTS: tuple[str, ...] = (*_FACTS, _BY_WORDS)
"""What the list can be sorted by."""


class Rows(Sequence[Item]):
    """The items of the view as a sequence that follows every change without being built anew."""

    def __init__(self, items: Sequence[Item], order: Sequence[int]) -> None:
        self._items = items
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self._items[number] for number in self._order[index]]
        return self._items[self._order[index]]


class View:
    """Numbers of the shelf's items in their order; the cursor stays on its item whatever comes and goes."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.order = Order()
        self.grouping: str | None = None
        """What the list is grouped by; within a run the order holds."""
        self.numbers: list[int] = []
        self.cursor = 0
        """Row of the cursor; 0 in an empty list."""
        self.anchor: int | None = None
        """Row where a range began."""
        self.picked: frozenset[int] = frozenset()
        """Numbers of items selected by likeness."""
        self.word_counts: Mapping[ItemKey, tuple[int, int]] = {}
        """Words for keeping and for discarding in each item that holds any."""
        self._items = items
        self._shown: set[int] = set()
        self._heads: tuple[Head, ...] | None = None
        self.rows = Rows(items, self.numbers)

    def __contains__(self, number: int) -> bool:
        return number in self._shown

    def __len__(self) -> int:
        return len(self.numbers)

    @property
    def number(self) -> int | None:
        """Number of the item under the cursor; None in an empty list."""
        return self.numbers[self.cursor] if self.numbers else None

    @property
    def in_path_order(self) -> bool:
        """Whether the list runs by path, forwards, and is not grouped."""
        return self.order == Order() and self.grouping is None

    @property
    def heads(self) -> tuple[Head, ...]:
        """The runs of a grouped list; none where it is not grouped."""
        if self.grouping is None:
            return ()
        if self._heads is None:
            self._heads = heads(self.grouping, self._items, self.numbers)
        return self._heads

    def touch(self) -> None:
        """Items changed otherwise than by a decision: their runs may be others."""
        self._heads = None

    def fill(self, numbers: Iterable[int]) -> None:
        """Shows `numbers` in order. The cursor stays on its item, or goes to the next one that is still there."""
        self._heads = None
        before, row = list(self.numbers), self.cursor
        self._shown = set(numbers)
        self.numbers[:] = self._arranged(self._shown)
        self._drop_selection()
        left = next((number for number in [*before[row:], *reversed(before[:row])] if number in self._shown), None)
        self.cursor = 0 if left is None else self.row_of(left)

    def add(self, numbers: Collection[int]) -> None:
        """Shows more, each at its place; the cursor stays on its item."""
        new = set(numbers) - self._shown
        if not new:
            return
        self._heads = None
        under, began = self.number, self._anchor_number
        self._shown |= new
        self._insert(new)
        self._begin_at(began)
        self.cursor = 0 if under is None else self.row_of(under)

    def _insert(self, new: Collection[int]) -> None:
        """Items told of in the order of paths stand together in the list: two of its keys are looked at, not all."""
        if self.in_path_order:
            ordered = sorted(new, key=self._path)
            at = bisect_left(self.numbers, self._path(ordered[0]), key=self._path)
            if at == len(self.numbers) or self._path(ordered[-1]) < self._path(self.numbers[at]):
                self.numbers[at:at] = ordered
                return
        self.numbers[:] = self._arranged([*self.numbers, *new])

    def remove(self, numbers: Collection[int]) -> None:
        """Shows fewer; the cursor stays on its item, or goes to the next."""
        if not self._shown.isdisjoint(numbers):
            picked, began = self.picked, self._anchor_number
            self.fill(self._shown - set(numbers))
            self.picked = picked - set(numbers)
            self._begin_at(began)

    def sort(self, order: Order) -> None:
        """Another order; the cursor stays on its item."""
        self.order = order
        self.fill(self._shown)

    def group(self, by: str | None) -> None:
        """Brings items together that have `by` in common; the cursor stays on its item."""
        self.grouping = by
        self.fill(self._shown)

    def row_of(self, number: int) -> int:
        """The row of an item that is shown."""
        return self.numbers.index(number)

    def go(self, row: int) -> None:
        """Puts the cursor on a row, the nearest where there is none."""
        self.cursor = max(0, min(row, len(self.numbers) - 1))

    def find(self, wanted: Callable[[Item], bool], *, backwards: bool = False) -> tuple[int, bool] | None:
        """The next row after the cursor, going round, whose item is `wanted`, and whether the end was passed.

        The cursor's own row comes last and is never the answer.
        """
        size, step = len(self.numbers), -1 if backwards else 1
        for distance in range(1, size):
            row = self.cursor + step * distance
            if wanted(self.rows[row % size]):
                return row % size, not 0 <= row < size
        return None

    def selected(self) -> Collection[int]:
        """Rows that the next deciding key acts on, where it is not the cursor's row alone."""
        if self.anchor is not None:
            return range(min(self.anchor, self.cursor), max(self.anchor, self.cursor) + 1)
        if not self.picked:
            return ()
        return {row for row, number in enumerate(self.numbers) if number in self.picked}

    @property
    def _anchor_number(self) -> int | None:
        """The item at which a range began: rows that come and go leave it there, and what comes between is in it."""
        return None if self.anchor is None else self.numbers[self.anchor]

    def _begin_at(self, number: int | None) -> None:
        self.anchor = self.row_of(number) if number is not None and number in self._shown else None

    def _drop_selection(self) -> None:
        self.anchor, self.picked = None, frozenset()

    def _arranged(self, numbers: Iterable[int]) -> list[int]:
        """In the order of the list: by path, then by what it is sorted by, then by what it is grouped by.

        Each sort keeps what the one before did to equals; so every item is asked for its fact but once.
        """
        items = self._items
        arranged = sorted(numbers, key=self._path)
        if self.order != Order():
            fact = _FACTS.get(self.order.by, self._weight)
            facts = [(fact(items[number]), number) for number in arranged]
            having = [one for one in facts if one[0] is not None]
            having.sort(key=itemgetter(0), reverse=self.order.backwards)
            arranged = [number for _, number in having]
            arranged += [number for value, number in facts if value is None]
        if self.grouping is not None:
            of = rank(self.grouping)
            arranged.sort(key=lambda number: of(items[number]))
        return arranged

    def _path(self, number: int) -> tuple[str, str]:
        item = self._items[number]
        return item.path, item.record or ""

    def _weight(self, item: Item) -> int | None:
        """What the word lists say: most for keeping first."""
        found = self.word_counts.get(item.key)
        return None if found is None else found[1] - found[0]
