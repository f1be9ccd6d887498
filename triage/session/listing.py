"""What the list holds and shows: items, cursor, filter, order, and what the scan tells of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from triage.errors import QueryError
from triage.model import Item, ItemKey, Scanned
from triage.query import Query, completions, parse
from triage.reading import read_pages
from triage.scanning.events import Event, Finished, Gone, Listed, Progress, Regrouped, Results, SkippedThing
from triage.session import deciding
from triage.session.shelf import Shelf
from triage.session.view import SORTS, Order, Rows, View
from triage.session.views import views_in, views_out
from triage.store.journal import Journal, Step
from triage.store.library import Library

QUICK_TAGS = 9
_ASKS_FOR_LATER = re.compile(r"(?:^|[\s(])is:later(?:$|[\s)])")
_SPEAKS_OF_FLAGS = re.compile(r"(?:^|[\s(-])(?:flag|cause|is):")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act: a sentence to show, and the rows to paint again (None: the whole list)."""

    told: str
    rows: tuple[int, ...] | None = ()


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


class Listing:
    """One folder's items as one analyst sees them; `Session` adds what is decided."""

    def __init__(self, folder: Path, journal: Journal, library: Library) -> None:
        self.folder = folder
        self.advance = True
        """Whether a decision goes on to the next undecided item."""
        self.greeted = False
        """Whether the analyst has seen the keys that matter; once is enough."""
        self.keep_words: tuple[str, ...] = ()
        """Words that speak for keeping a page; `*` stands for any letters."""
        self.discard_words: tuple[str, ...] = ()
        """Words that speak against it."""
        self.views: dict[str, str] = {}
        """Filters that the analyst saved, by name."""
        self.errors_left_out = False
        """Whether a search for words leaves out error pages, unless the filter itself speaks of flags."""
        self.opened: dict[ItemKey, set[int]] = {}
        """Folds of the clean view that the analyst opened, by item: the first block of each."""
        self.left_out = 0
        """How many error pages the last search left out."""
        self.query: Query = parse("")
        self.keys = 0
        """Keys pressed on the screen, in all sessions."""
        self.verdicts = 0
        """Verdicts given there, in all sessions."""
        self.progress: Progress | None = None
        self.finished: Finished | None = None
        self.skipped: list[SkippedThing] = []
        self._journal = journal
        self._library = library
        self._shelf = Shelf(journal.current())
        self._view = View(self._shelf.items)
        self._hits: dict[str, Collection[ItemKey]] = {}
        self._moves: list[tuple[ItemKey, ItemKey]] = []
        self._quick_tags = journal.recent_tags()
        self._wanted: ItemKey | None = None
        self._put(library.items())
        self._resume(journal.place())

    # What the screen paints.

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
    def group_sizes(self) -> Mapping[str, int]:
        """Members of each near-copy group."""
        return self._shelf.groups

    @property
    def doubts(self) -> Sequence[str]:
        """Decisions of which it is not clear whose they are, each a sentence."""
        return self._shelf.doubts

    @property
    def quick_tags(self) -> Sequence[str]:
        """The tags on the digits 1 to 9: those pinned, the most recent of the start, then new ones; they stay put."""
        return self._quick_tags[:QUICK_TAGS]

    @property
    def tags(self) -> Sequence[str]:
        """All tags in use, for completion."""
        return self._quick_tags

    @property
    def selected(self) -> Collection[int]:
        """Rows that the next deciding key acts on, where it is not the cursor's row alone."""
        return self._view.selected()

    @property
    def items(self) -> list[Item]:
        """All items of the folder, whether shown or not."""
        return [self._shelf.items[number] for number in self._shelf.numbers()]

    def pin_tags(self, tags: Sequence[str]) -> None:
        """Puts these tags on the first digits."""
        self._quick_tags = list(dict.fromkeys([*deciding.tidy_tags(tags), *self._quick_tags]))

    def counts(self) -> Counts:
        """How many items there are by state."""
        by = self._shelf.states
        return Counts(by["undecided"], by["kept"], by["discarded"], by["later"], shown=len(self._view))

    def scanned(self, item: Item) -> Scanned | None:
        """Text and evidence of an item; None while it waits for its scan."""
        return self._library.scanned(item.key) if item.scanned else None

    def source(self, item: Item) -> str | None:
        """The page itself, decoded; None where its file cannot be read."""
        pages = read_pages(self.folder, item.path)
        page = next((page for page in pages if page.record == item.record), None)
        return None if page is None or (page.trouble and not page.text) else page.text

    def history(self, item: Item | None = None, limit: int = 1000) -> list[Step]:
        """Who decided what, newest first; of one item, or of all."""
        return self._journal.history(None if item is None else item.key, limit)

    def group(self, item: Item) -> list[Item]:
        """The members of an item's near-copy group, in path order; empty where it stands alone."""
        return sorted(
            (other for other in self.items if item.group is not None and other.group == item.group),
            key=lambda other: (other.path, other.record or ""),
        )

    def item(self, key: ItemKey) -> Item | None:
        """An item as it is now, shown or not; None where it is not there."""
        number = self._shelf.number(key)
        return None if number is None else self._shelf.items[number]

    def holding(self, text: str) -> Collection[ItemKey]:
        """The items whose title or text holds the words of `text` in a row."""
        return self._library.search([text])

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

    # Filter and order.

    def filter(self, text: str) -> Outcome:
        """Shows only what the filter matches. Raises QueryError; the list then stays as it was."""
        query = parse(text)
        self.query, self._hits = query, self._search(query)
        self.refresh()
        return Outcome(self.shown(), None)

    def shown(self) -> str:
        """How many items the filter shows, and how many error pages it left out, in words."""
        shown = len(self._view)
        if not self.query.text:
            return f"All {shown:,} items"
        more = f" · {self.left_out:,} error page{'s' if self.left_out > 1 else ''} left out" if self.left_out else ""
        return f"{shown:,} of {len(self._shelf):,} items{more}"

    def understand(self, text: str) -> Query:
        """A filter as it would be applied. Raises QueryError."""
        return parse(text)

    def count(self, query: Query, items: Iterable[Item]) -> int:
        """How many of `items` a filter would show; changes nothing, and may run in another thread."""
        hits = self._search(query)
        return sum(query.matches(item, hits, self._shelf.groups) for item in items)

    def complete(self, text: str, at: int) -> list[str]:
        """What the word of a filter at offset `at` could become."""
        return completions(text, at, self._values())

    def _values(self) -> dict[str, list[str]]:
        named = {"tag": self.tags, "site": (), "lang": (), "by": ()}
        found = {name: dict.fromkeys(values) for name, values in named.items()}
        for item in self.items:
            for name, value in (("site", item.site), ("lang", item.language), ("by", item.decision.reviewer)):
                if value:
                    found[name][value] = None
        return {name: list(values) for name, values in found.items()}

    def refresh(self) -> None:
        """Applies filter and order again: decided items that no longer match leave the list."""
        found = [number for number in self._shelf.numbers() if self._fits(number)]
        wanted = [number for number in found if not self._is_left_out(number)]
        self.left_out = len(found) - len(wanted)
        self._view.fill(wanted)

    def narrow(self, paths: Collection[str]) -> list[str]:
        """Shows only what is shown already and stands at one of `paths`; returns those where nothing of it does."""
        shown = {self._shelf.items[number].path for number in self._view.numbers}
        wanted = set(paths)
        self._view.fill([number for number in self._view.numbers if self._shelf.items[number].path in wanted])
        return [path for path in dict.fromkeys(paths) if path not in shown]

    def sort(self, by: str, *, backwards: bool = False) -> Outcome:
        """Another order of the list."""
        self._view.sort(Order(by, backwards))
        return Outcome(f"Sorted by {by}{', backwards' if backwards else ''}", None)

    def _fits(self, number: int) -> bool:
        return self.query.matches(self._shelf.items[number], self._hits, self._shelf.groups)

    def _is_left_out(self, number: int) -> bool:
        """Error pages repeat words of the site's frame, so a search for words would be full of them."""
        if not (self.errors_left_out and self.query.words) or _SPEAKS_OF_FLAGS.search(str(self.query)):
            return False
        return any(flag.kind == "error-page" for flag in self._shelf.items[number].flags)

    def _search(self, query: Query) -> dict[str, Collection[ItemKey]]:
        return {word: self._library.search([word]) for word in query.words}

    # What the scan tells.

    def apply(self, event: Event) -> bool:
        """Takes over what the scan tells; whether the list must be painted anew."""
        match event:
            case Listed(files):
                return self._put(Item(file.path) for file in files if not self._shelf.knows_path(file.path))
            case Results(items):
                return self._put(items)
            case Regrouped(items):
                return self._put(items)
            case Gone(paths):
                return self._remove(set(paths))
            case SkippedThing():
                self.skipped.append(event)
            case Progress():
                self.progress = event
            case Finished():
                self.finished = event
                return self._finish()
        return False

    def _put(self, items: Iterable[Item]) -> bool:
        """Adds or replaces items. A row that no longer matches leaves, unless the analyst decided it."""
        fits, leave = [], []
        for item in items:
            number = self._shelf.put(item)
            if self._fits(number) and not self._is_left_out(number):
                fits.append(number)
            elif number in self._view and _undecided(self._shelf.items[number]):
                leave.append(number)
        self._view.add(fits)
        self._view.remove(leave)
        self._go_where_wanted()
        return bool(fits or leave)

    def _remove(self, paths: Collection[str]) -> bool:
        gone = [number for number in self._shelf.numbers() if self._shelf.items[number].path in paths]
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
        self._hits = self._search(self.query)
        fits = (number for number in self._shelf.numbers() if self._fits(number))
        self._view.add([number for number in fits if not self._is_left_out(number)])
        return bool(altered) or bool(self.query.words)

    # Where the analyst was.

    def place(self) -> dict[str, str]:
        """Where the analyst is, to go on from there after a restart."""
        found = {"filter": self.query.text, "sort": self.order.by}
        if self.order.backwards:
            found["backwards"] = "yes"
        if not self.advance:
            found["stays"] = "yes"
        if self.greeted:
            found["greeted"] = "yes"
        found |= {"keys": str(self.keys), "verdicts": str(self.verdicts)}
        found |= {"keep-words": "\n".join(self.keep_words), "discard-words": "\n".join(self.discard_words)}
        found |= views_out(self.views)
        if self.current is not None:
            found["path"] = self.current.path
            if self.current.record is not None:
                found["record"] = self.current.record
        return found

    def commit_moves(self) -> None:
        """Writes which decisions went along with renamed files."""
        if self._moves:
            self._journal.follow(self._moves)
            self._moves = []

    def save_place(self) -> None:
        """Writes `place` and what else waits; raises JournalError. For the end of a session."""
        self.commit_moves()
        self._journal.set_place(self.place())

    def _resume(self, place: Mapping[str, str]) -> None:
        with suppress(QueryError):  # a filter of another version
            self.query = parse(place.get("filter", ""))
            self._hits = self._search(self.query)
        if place.get("sort") in SORTS:
            self._view.order = Order(place["sort"], "backwards" in place)
        self.advance = "stays" not in place
        self.greeted = "greeted" in place
        self.keys, self.verdicts = (_number(place.get(name)) for name in ("keys", "verdicts"))
        self.keep_words = tuple(place.get("keep-words", "").split("\n")) if place.get("keep-words") else ()
        self.discard_words = tuple(place.get("discard-words", "").split("\n")) if place.get("discard-words") else ()
        self.views = views_in(place)
        self.refresh()
        self._wanted = (place["path"], place.get("record")) if "path" in place else None
        self._go_where_wanted()

    def _go_where_wanted(self) -> None:
        """To the item of the last session, as soon as the scan has found it and unless the analyst went elsewhere."""
        number = None if self._wanted is None else self._shelf.number(self._wanted)
        if number is not None and number in self._view:
            self._view.go(self._view.row_of(number))
            self._wanted = None


def _undecided(item: Item) -> bool:
    return item.decision.verdict is None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
