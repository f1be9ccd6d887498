"""What the list shows, and where the cursor is in it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from triage.model import Item, ItemKey
from triage.query import Query
from triage.session.arranging import Order
from triage.session.contents import Contents
from triage.session.grouping import Head
from triage.session.sieve import Sieve
from triage.session.view import Rows, View
from triage.store.journal import Journal
from triage.store.library import Library

_ASKS_FOR_LATER = re.compile(r"(?:^|[\s(])is:later(?:$|[\s)])")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items there are by state, and how many the list shows."""

    undecided: int
    kept: int
    discarded: int
    later: int
    shown: int

    @property
    def total(self) -> int:
        """All items of the folder."""
        return self.undecided + self.kept + self.discarded + self.later


class Moving(Contents):
    """A list of items and the cursor in it; `Listing` adds by what it is filtered and sorted."""

    def __init__(self, folder: Path, journal: Journal, library: Library) -> None:
        super().__init__(folder, journal, library)
        self._view = View(self._shelf.items, self._shelf.by_path, self._shelf.in_order)
        self._sieve = Sieve(library, self._shelf.groups)
        self._wanted: ItemKey | None = None
        """Where the cursor is to go as soon as it is listed, unless the analyst goes elsewhere."""

    # What the screen paints.

    @property
    def query(self) -> Query:
        """The filter in use."""
        return self._sieve.query

    @property
    def errors_left_out(self) -> bool:
        """Whether a search for words leaves out error pages, unless the filter itself speaks of flags."""
        return self._sieve.errors_left_out

    @errors_left_out.setter
    def errors_left_out(self, left_out: bool) -> None:
        self._sieve.errors_left_out = left_out

    @property
    def rows(self) -> Rows:
        """The items that the list shows, in its order."""
        return self._view.rows

    @property
    def cursor(self) -> int:
        """Row of the current item; 0 in an empty list."""
        return self._view.cursor

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        number = self._view.number
        return None if number is None else self._shelf.items[number]

    @property
    def order(self) -> Order:
        """How the list is sorted."""
        return self._view.order

    @property
    def grouping(self) -> str | None:
        """What the list is grouped by."""
        return self._view.grouping

    @property
    def heads(self) -> Sequence[Head]:
        """The runs of a grouped list, in its order."""
        return self._view.heads

    @property
    def selected(self) -> Collection[int]:
        """Rows that the next deciding key acts on, where it is not the cursor's row alone."""
        return self._view.selected()

    def counts(self) -> Counts:
        """How many items there are by state."""
        by = self._shelf.states
        return Counts(by["undecided"], by["kept"], by["discarded"], by["later"], shown=len(self._view))

    # Moving about.

    def move(self, rows: int) -> None:
        """The cursor `rows` down, or up where negative, as far as the list goes."""
        self._wanted = None
        self._view.go(self._view.cursor + rows)

    def go(self, row: int) -> None:
        """The cursor to a row; -1 is the last."""
        self._wanted = None
        self._view.go(len(self._view) - 1 if row < 0 else row)

    def go_to(self, key: ItemKey) -> bool:
        """The cursor to an item, which is shown even where the filter does not match it; False: no such item."""
        number = self._shelf.number(key)
        if number is None:
            return False
        self._view.add([number])
        self._view.go(self._view.row_of(number))
        return True

    def next_undecided(self, *, backwards: bool = False) -> str:
        """The cursor to the next undecided item; says so where it began anew at the other end, or none is left."""
        self._wanted = None
        found = self._view.find(self._waits, backwards=backwards)
        if found is None:
            current = self.current
            if current is not None and self._waits(current):
                return f"This is the last {'item set aside' if self.in_queue else 'undecided item'} shown"
            return self._nothing_left()
        row, wrapped = found
        self._view.go(row)
        if not wrapped:
            return ""
        return "None above: went on from the end" if backwards else "None below: went on from the top"

    def next_copies(self, *, other_than: str | None = None, backwards: bool = False) -> bool:
        """The cursor to the next page shown that has copies and waits to be decided, unless it is on one; False where
        there is none. `other_than`: a group that is passed over.
        """

        def wanted(item: Item) -> bool:
            return item.group != other_than and self._waits(item) and self.group_sizes.get(item.group or "", 0) > 1

        if self.current is not None and wanted(self.current):
            return True
        found = self._view.find(wanted, backwards=backwards)
        if found is not None:
            self.go(found[0])
        return found is not None

    def copies_left(self, *, other_than: str | None = None) -> int:
        """How many groups of copies, `other_than` aside, have a page that is shown and waits to be decided."""
        groups = {item.group for item in self.rows if item.group not in (None, other_than) and self._waits(item)}
        return sum(self.group_sizes.get(group or "", 0) > 1 for group in groups)

    @property
    def in_queue(self) -> bool:
        """Whether the filter asks for what was set aside for later: then that is what waits to be decided."""
        return bool(_ASKS_FOR_LATER.search(self.query.text))

    def _waits(self, item: Item) -> bool:
        return item.decision.verdict is None or (item.decision.verdict == "later" and self.in_queue)

    def _nothing_left(self) -> str:
        left = self._shelf.states["undecided"]
        if self.in_queue and self._view.numbers:
            return "Nothing is set aside any more"
        if not self._view.numbers:
            return "The list is empty"
        return f"All shown are decided; {left:,} undecided elsewhere" if left else "All items are decided"
