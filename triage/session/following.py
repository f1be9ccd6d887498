"""What the list makes of what a scan tells while it runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from triage.model import Item, ItemKey
from triage.session.listing import Listing

if TYPE_CHECKING:
    from triage.scanning.events import Event


class Following(Listing):
    """A list that a scan feeds; `Session` adds what is decided."""

    def apply(self, event: Event) -> bool:  # noqa: PLR0911 (an answer an event)
        """Takes over what the scan tells; whether the list must be painted anew."""
        from triage.scanning.events import (  # noqa: PLC0415 - the list stands before anything is told
            Finished,
            Gone,
            Known,
            Listed,
            Progress,
            Regrouped,
            Results,
            SkippedThing,
        )

        match event:
            case Known(items, last):
                return self._take_known(items, last=last)
            case Listed(files):
                return self._put(Item(file.path) for file in files if not self._shelf.knows_path(file.path))
            case Results(items):
                return self._put(items)
            case Regrouped(items):
                return self._put(items)
            case Gone(paths, keys):
                return self._remove(set(paths), keys)
            case SkippedThing():
                self.skipped.append(event)
            case Progress():
                self.progress = event
            case Finished():
                self.finished = event
                return self._finish()
        return False

    def _take_known(self, items: Sequence[Item], *, last: bool) -> bool:
        """In the order of paths each portion finds its place at once; another order is made when all are there."""
        self._unsorted += [self._shelf.put(item) for item in items]
        if not (last or self._view.arrangement.by_path):
            return False
        numbers, self._unsorted = self._unsorted, []
        return self._show(numbers)

    def _remove(self, paths: Collection[str], keys: Iterable[ItemKey]) -> bool:
        gone = [number for key in keys if (number := self._shelf.number(key)) is not None]
        if paths:
            gone += [number for number in self._shelf.numbers() if self._shelf.items[number].path in paths]
        self._view.remove(gone)
        for number in gone:
            self._shelf.remove(number)
        return bool(gone)

    def match_decisions(self) -> None:
        """Finds which page each decision belongs to, where no scan will tell; writes nothing."""
        self._shelf.rematch()

    def _finish(self) -> bool:
        """The folder is known whole: renamed files find their decisions, the words of the filter all their pages."""
        altered, self._moves = self._shelf.rematch()
        self.count_words()
        shown = len(self._view)
        if self.query.text:  # words and sizes of groups are known whole now
            self._sieve.search_again()
            fits, _ = self._sieve.of(self._shelf.items, self._shelf.numbers())
            self._view.add(fits)
        if self.grouping:
            self._view.arrange_again()  # sites and flags came after the items
        return bool(altered or self.query.words or self.grouping) or len(self._view) > shown
