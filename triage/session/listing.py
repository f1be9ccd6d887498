"""By what the list is filtered and sorted, what comes and goes in it, and how a restart goes on with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from triage.errors import QueryError
from triage.model import Item, ItemKey
from triage.query import Query, parse
from triage.session.arranging import SORTS, Arrangement, Order, arranged
from triage.session.grouping import GROUPINGS, told
from triage.session.moving import Moving
from triage.session.place import Place
from triage.session.sieve import Hits, word_counts
from triage.store.journal import Journal, Stored
from triage.store.library import Library
from triage.wording import counted

if TYPE_CHECKING:
    from triage.scanning.events import Finished, Progress, SkippedThing

_NEAR = 200
"""Items on either side of the place with which a screen begins."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act: a sentence to show, and the rows to paint again (None: the whole list)."""

    told: str
    rows: tuple[int, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a filter shows, or an order, of the items as they were; `Listing.take` shows it."""

    items: Sequence[Item]
    numbers: Sequence[int]
    """In the order of the list."""
    arrangement: Arrangement
    versions: tuple[int, int]
    """Of all items and of those shown, as they were."""
    query: Query | None = None
    """None where the filter stays."""
    hits: Hits | None = None
    left_out: int = 0
    errors_left_out: bool | None = None
    """Whether error pages are left out from now on; None: as before."""


class Listing(Moving):
    """One folder's items as one analyst sees them; `Following` adds what a scan tells, `Session` what is decided."""

    def __init__(self, folder: Path, journal: Journal, library: Library, *, whole: bool = True) -> None:
        """`whole`: hold all that the library knows from the start; else what stands near the place, until a scan
        tells the rest as `Known`, so that a screen stands at once.
        """
        super().__init__(folder, journal, library)
        self.advance = True
        """Whether a decision goes on to the next undecided item."""
        self.greeted = False
        """Whether the analyst has seen the keys that matter; once is enough."""
        self.keep_words: tuple[str, ...] = ()
        """Words that speak for keeping a page; `*` stands for any letters."""
        self.discard_words: tuple[str, ...] = ()
        """Words that speak against it."""
        self.word_counts: Mapping[ItemKey, tuple[int, int]] = {}
        """How many words of the two lists stand in each item that holds any; as of `count_words`."""
        self.views: dict[str, str] = {}
        """Filters that the analyst saved, by name."""
        self.view_keys: dict[str, str] = {}
        """The keys given to them, by name."""
        self.opened: dict[ItemKey, set[int]] = {}
        """Folds of the clean view that the analyst opened, by item: the first block of each."""
        self.left_out = 0
        """How many error pages the last search left out."""
        self.keys = 0
        """Keys pressed on the screen, in all sessions."""
        self.verdicts = 0
        """Verdicts given there, in all sessions."""
        self.progress: Progress | None = None
        self.finished: Finished | None = None
        self.skipped: list[SkippedThing] = []
        self._moves: list[tuple[ItemKey, ItemKey]] = []
        self._unsorted: list[int] = []
        place = Place.read(journal.place())
        self._put(library.items() if whole else library.beside((place.path or "", place.record), _NEAR))
        self._resume(place)

    # Filter and order.

    # Of many items what these find takes a while: `look_up` and `arrange` alter nothing, and may run in another
    # thread; `take` shows what they found. `filter`, `sort` and `group_by` do both.

    def look_up(self, text: str, *, errors_left_out: bool | None = None) -> Found:
        """What a filter shows, with error pages or without (None: as before). Raises QueryError."""
        query = parse(text)
        hits = self._sieve.search(query)
        versions, items, how = self._versions, list(self._shelf.items), self._view.arrangement
        numbers = list(self._shelf.numbers())
        shown, left_out = self._sieve.of(items, numbers, query, hits, errors_left_out=errors_left_out)
        numbers = arranged(items, set(shown), self._shelf.by_path(), how, self._shelf.in_order)
        return Found(items, numbers, how, versions, query, hits, left_out, errors_left_out)

    def arrange(self, order: Order | None = None, grouping: str | None = "") -> Found:
        """The list in another order, or brought together by something else; what is left out stays as it is."""
        how = self._view.arrangement
        how = replace(how, order=order or how.order, grouping=how.grouping if grouping == "" else grouping)
        versions, items = self._versions, list(self._shelf.items)
        numbers = arranged(items, set(self._view.numbers), self._shelf.by_path(), how, self._shelf.in_order)
        return Found(items, numbers, how, versions)

    def take(self, found: Found) -> None:
        """Shows what was found; what came, went or changed since is looked at anew."""
        (all_as_then, shown_as_then), items = found.versions, self._shelf.items
        if found.query is not None:
            self._sieve.use(found.query, found.hits)
            self.left_out = found.left_out
            if found.errors_left_out is not None:
                self.errors_left_out = found.errors_left_out
            if self._shelf.version == all_as_then:
                self._view.show(found.numbers)
                self._go_where_wanted()
                return
            there = set(self._shelf.numbers())
            altered = [n for n in there if n >= len(found.items) or items[n] is not found.items[n]]
            self._view.show([n for n in found.numbers if n in there])
            self._show(altered)
            return
        self._view.order, self._view.grouping = found.arrangement.order, found.arrangement.grouping
        if self._view.version == shown_as_then:
            self._view.show(found.numbers)
            return
        shown, taken = set(self._view.numbers), set(found.numbers)
        self._view.show([n for n in found.numbers if n in shown])
        self._view.add(shown - taken)

    @property
    def _versions(self) -> tuple[int, int]:
        return self._shelf.version, self._view.version

    def filter(self, text: str) -> Outcome:
        """Shows only what the filter matches. Raises QueryError; the list then stays as it was."""
        self.take(self.look_up(text))
        return Outcome(self.shown(), None)

    def sort(self, by: str, *, backwards: bool = False) -> Outcome:
        """Another order of the list."""
        self.take(self.arrange(Order(by, backwards)))
        return Outcome(self.arranged(), None)

    def group_by(self, by: str | None) -> Outcome:
        """Brings items together that have the same site, gravest flag or group of copies; None: no longer."""
        self.take(self.arrange(grouping=by))
        return Outcome(self.grouped(), None)

    def arranged(self) -> str:
        """The order of the list, in words."""
        return f"Sorted by {self.order.by}{', backwards' if self.order.backwards else ''}"

    def grouped(self) -> str:
        """What the list is grouped by, in words."""
        return told(self.grouping, self.heads)

    def shown(self) -> str:
        """How many items the filter shows, and how many error pages it left out, in words."""
        shown = len(self._view)
        if not self.query.text:
            return f"All {shown:,} items" if shown != 1 else "The one item"
        more = f" · {counted(self.left_out, 'error page')} left out" if self.left_out else ""
        return f"{shown:,} of {counted(len(self._shelf), 'item')}{more}"

    def understand(self, text: str) -> Query:
        """A filter as it would be applied. Raises QueryError."""
        return parse(text)

    def count(self, query: Query, items: Iterable[Item]) -> tuple[int, int]:
        """How many of `items` a filter would show, and how many error pages it would leave out.

        Changes nothing, and may run in another thread.
        """
        return self._sieve.count(query, items)

    def complete(self, text: str, at: int, items: Sequence[Item]) -> list[str]:
        """What the word of a filter at offset `at` could become, the values that most of `items` have first: of those
        that the rest of the filter matches. Changes nothing, and may run in another thread.
        """
        from triage.session.proposing import proposals  # noqa: PLC0415 - the list stands before anything is typed

        return proposals(text, at, items, self.tags, self._sieve.found)

    def refresh(self) -> None:
        """Applies filter and order again: decided items that no longer match leave the list."""
        wanted, self.left_out = self._sieve.of(self._shelf.items, self._shelf.numbers())
        self._view.fill(wanted)

    def narrow(self, paths: Collection[str]) -> list[str]:
        """Shows only what is shown already and stands at one of `paths`; returns those where nothing of it does."""
        shown = {self._shelf.items[number].path for number in self._view.numbers}
        wanted = set(paths)
        self._view.fill([number for number in self._view.numbers if self._shelf.items[number].path in wanted])
        return [path for path in dict.fromkeys(paths) if path not in shown]

    def count_words(self) -> None:
        """Looks the word lists up in the index, for counts in the list and the order by them."""
        self.word_counts = word_counts(self._library, self.keep_words, self.discard_words)
        self._view.word_counts = self.word_counts

    def _put(self, items: Iterable[Item]) -> bool:
        """Adds or replaces items."""
        return self._show([self._shelf.put(item) for item in items])

    def _show(self, numbers: Sequence[int]) -> bool:
        """Shows those that match. A row that no longer matches leaves, unless the analyst decided it."""
        fits, _ = self._sieve.of(self._shelf.items, numbers)
        fitting, items = set(fits), self._shelf.items
        leave = [n for n in numbers if n not in fitting and n in self._view and _undecided(items[n])]
        self._view.touch()
        self._view.add(fits)
        self._view.remove(leave)
        self._go_where_wanted()
        return bool(fits or leave)

    def _replace_decisions(self, stored: Sequence[Stored]) -> None:
        """The journal holds other decisions than those shown: show them."""
        self._moves = []
        self._shelf.replace_stored(stored)
        if self.finished is not None:  # before that, a file that is not found yet would count as gone
            _, self._moves = self._shelf.rematch()
        self.refresh()

    # Where the analyst was.

    def place(self) -> dict[str, str]:
        """Where the analyst is, to go on from there after a restart."""
        path, record = (None, None) if self.current is None else self.current.key
        return Place(
            self.query.text,
            self.order.by,
            self.order.backwards,
            self.grouping,
            not self.advance,
            self.greeted,
            self.keys,
            self.verdicts,
            self.keep_words,
            self.discard_words,
            self.views,
            self.view_keys,
            path,
            record,
        ).write()

    def commit_moves(self) -> None:
        """Writes which decisions went along with renamed files."""
        if self._moves:
            self._journal.follow(self._moves)
            self._moves = []

    def save_place(self) -> None:
        """Writes `place` and what else waits; raises JournalError. For the end of a session."""
        self.commit_moves()
        self._journal.set_place(self.place())

    def _resume(self, place: Place) -> None:
        with suppress(QueryError):  # a filter of another version
            self._sieve.use(parse(place.filter))
        if place.sort in SORTS:
            self._view.order = Order(place.sort, place.backwards)
        self._view.grouping = place.grouped if place.grouped in GROUPINGS else None
        self.advance, self.greeted = not place.stays, place.greeted
        self.keys, self.verdicts = place.keys, place.verdicts
        self.keep_words, self.discard_words = place.keep_words, place.discard_words
        self.views, self.view_keys = dict(place.views), dict(place.view_keys)
        self.count_words()
        self.refresh()
        self._wanted = None if place.path is None else (place.path, place.record)
        self._go_where_wanted()

    def _go_where_wanted(self) -> None:
        """To the item of the last session, as soon as the scan has found it and unless the analyst went elsewhere."""
        number = None if self._wanted is None else self._shelf.number(self._wanted)
        if number is not None and number in self._view:
            self._view.go(self._view.row_of(number))
            self._wanted = None


def _undecided(item: Item) -> bool:
    return item.decision.verdict is None
