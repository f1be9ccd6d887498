"""The list as the analyst sees it: which items in which order, where the cursor is, and what is selected."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain
from typing import overload

from triage.model import Item
from triage.session.arranging import Arrangement, Order, WordCounts, arranged, path_of
from triage.session.grouping import Head, heads


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

    def __init__(
        self,
        items: Sequence[Item],
        by_path: Callable[[], Sequence[int]] | None = None,
        whole: Callable[[Order], Sequence[int]] | None = None,
    ) -> None:
        """`by_path` gives the numbers of all items in the order of paths, `whole` in others, as `arranged` asks."""
        self.order = Order()
        self.grouping: str | None = None
        """What the list is grouped by; within a run the order holds."""
        self.numbers: list[int] = []
        self.version = 0
        """Another whenever other items are shown, or in another order."""
        self.cursor = 0
        """Row of the cursor; 0 in an empty list."""
        self.anchor: int | None = None
        """Row where a range began."""
        self.picked: frozenset[int] = frozenset()
        """Numbers of items selected by likeness."""
        self.word_counts: WordCounts = {}
        self._items = items
        self._by_path, self._whole = by_path, whole
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
    def arrangement(self) -> Arrangement:
        """What the list is arranged by."""
        return Arrangement(self.order, self.grouping, self.word_counts)

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
        self.show(self._arranged(set(numbers)))

    def show(self, arranged: Sequence[int]) -> None:
        """Shows these, which stand in order already; the cursor as in `fill`."""
        self._heads = None
        before, row = list(self.numbers), self.cursor
        self._shown = set(arranged)
        self.numbers[:] = arranged
        self.version += 1
        self._drop_selection()
        nearest = map(before.__getitem__, chain(range(row, len(before)), reversed(range(min(row, len(before))))))
        left = next((number for number in nearest if number in self._shown), None)
        self.cursor = 0 if left is None else self.row_of(left)

    def add(self, numbers: Collection[int]) -> None:
        """Shows more, each at its place; the cursor stays on its item."""
        new = set(numbers) - self._shown
        if not new:
            return
        self._heads = None
        self.version += 1
        under, began = self.number, self._anchor_number
        self._shown |= new
        self._insert(new)
        self._begin_at(began)
        self.cursor = 0 if under is None else self.row_of(under)

    def _insert(self, new: Collection[int]) -> None:
        """Items told of in the order of paths stand together in the list: two of its keys are looked at, not all."""
        if self.arrangement.by_path:
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

    def arrange_again(self) -> None:
        """Puts what is shown in order anew: facts of the items have changed. What was selected stays so.

        A range that would now hold other items than before becomes a selection of those it held.
        """
        selected, picked, began = {self.numbers[row] for row in self.selected()}, self.picked, self._anchor_number
        self.fill(self._shown)
        self.picked = picked
        self._begin_at(began)
        if began is not None and {self.numbers[row] for row in self.selected()} != selected:
            self.anchor, self.picked = None, frozenset(selected)

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

    def _arranged(self, numbers: Collection[int]) -> list[int]:
        by_path = self._by_path() if self._by_path else None
        return arranged(self._items, numbers, by_path, self.arrangement, self._whole)

    def _path(self, number: int) -> tuple[str, str]:
        return path_of(self._items[number])
