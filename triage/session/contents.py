"""What a folder holds, whatever the list shows of it: items, their pages, their history, the tags in use."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from triage.model import Item, ItemKey, Scanned
from triage.session import deciding
from triage.session.shelf import Shelf
from triage.store.journal import Journal, Step
from triage.store.library import Library

QUICK_TAGS = 9


class Contents:
    """All items of one folder; `Listing` adds which of them are shown."""

    def __init__(self, folder: Path, journal: Journal, library: Library) -> None:
        self.folder = folder
        self._journal = journal
        self._library = library
        self._shelf = Shelf(journal.current())
        self._quick_tags = journal.recent_tags()

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
    def items(self) -> list[Item]:
        """All items of the folder, whether shown or not."""
        return list(map(self._shelf.items.__getitem__, list(self._shelf.numbers())))  # whole, in another thread too

    def pin_tags(self, tags: Sequence[str]) -> None:
        """Puts these tags on the first digits."""
        self._quick_tags = list(dict.fromkeys([*deciding.tidy_tags(tags), *self._quick_tags]))

    def scanned(self, item: Item) -> Scanned | None:
        """Text and evidence of an item; None while it waits for its scan."""
        return self._library.scanned(item.key) if item.scanned else None

    def source(self, item: Item) -> str | None:
        """The page itself, decoded; None where its file or its record cannot be read."""
        from triage.reading import read_page  # noqa: PLC0415 - the list stands before a source is asked for

        scanned = None if item.record is None else self.scanned(item)
        page = read_page(self.folder, item.path, item.record, scanned.spot if scanned else None)
        return None if page is None or (page.trouble and not page.text) else page.text

    def history(self, item: Item | None = None, limit: int = 1000) -> list[Step]:
        """Who decided what, newest first; of one item, or of all."""
        return self._journal.history(None if item is None else item.key, limit)

    def group(self, item: Item) -> list[Item]:
        """The members of an item's near-copy group, in path order; empty where it stands alone."""
        return [] if item.group is None else self._shelf.group(item.group)

    def members(self, group: str) -> list[Item]:
        """The members of a group by its name, in path order."""
        return self._shelf.group(group)

    def left_behind(self, item: Item) -> tuple[Item, ...]:
        """The discarded copies of an item that is not discarded itself, where they have tags or a note."""
        if item.decision.verdict == "discard":
            return ()
        copies = (other for other in self.group(item) if other.decision.verdict == "discard")
        return tuple(other for other in copies if other.decision.tags or other.decision.note)

    def item(self, key: ItemKey) -> Item | None:
        """An item as it is now, shown or not; None where it is not there."""
        number = self._shelf.number(key)
        return None if number is None else self._shelf.items[number]

    def give_up(self) -> None:
        """Ends what other threads are looking up in the texts; they find nothing then."""
        self._library.give_up_searching()

    def holding(self, text: str) -> Collection[ItemKey]:
        """The items whose title or text holds the words of `text` in a row."""
        return self._library.search([text])
