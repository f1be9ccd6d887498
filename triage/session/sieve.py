"""Which items a filter shows: its conditions, what the full-text index finds for its words, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from triage.model import Item, ItemKey
from triage.query import Query, parse
from triage.store.library import Library

Hits = Mapping[str, Collection[ItemKey]]
"""The items that hold each word of a filter."""

_SPEAKS_OF_FLAGS = re.compile(r"(?:^|[\s(-])(?:(?:flag|cause):|is:(?:fl|cl))")


class Sieve:
    """The filter in use. `groups`: members of each near-copy group, as they are at any time."""

    def __init__(self, library: Library, groups: Mapping[str, int]) -> None:
        self.query: Query = parse("")
        self.errors_left_out = False
        """Whether a search for words leaves out error pages, unless the filter itself speaks of flags."""
        self._library = library
        self._groups = groups
        self._hits: Hits = {}

    def use(self, query: Query, hits: Hits | None = None) -> None:
        """Another filter; `hits`: what `search` found for it, where that was done already."""
        self.query, self._hits = query, self.search(query) if hits is None else hits

    def of(
        self,
        items: Sequence[Item],
        numbers: Iterable[int],
        query: Query | None = None,
        hits: Hits | None = None,
        *,
        errors_left_out: bool | None = None,
    ) -> tuple[list[int], int]:
        """The numbers of the items that are shown, and how many error pages are left out.

        `query` and `hits`: those of another filter than the one in use. May run in another thread.
        """
        leave_out = self.errors_left_out if errors_left_out is None else errors_left_out
        query, hits, groups = query or self.query, self._hits if hits is None else hits, self._groups
        found = [number for number in numbers if query.matches(items[number], hits, groups)]
        if not leave_out or not _seeks_words_alone(query):
            return found, 0
        shown = [number for number in found if not _is_error_page(items[number])]
        return shown, len(found) - len(shown)

    def search_again(self) -> None:
        """The index holds more than it did."""
        self._hits = self.search(self.query)

    def count(self, query: Query, items: Iterable[Item]) -> tuple[int, int]:
        """How many of `items` another filter would show, and how many error pages it would leave out."""
        found = self.found(query, items)
        left = sum(map(_is_error_page, found)) if self.errors_left_out and _seeks_words_alone(query) else 0
        return len(found) - left, left

    def found(self, query: Query, items: Iterable[Item]) -> list[Item]:
        """Those of `items` that match another filter, error pages too."""
        hits = self.search(query)
        return [item for item in items if query.matches(item, hits, self._groups)]

    def search(self, query: Query) -> Hits:
        """What the index finds for the words of a filter; may run in another thread."""
        return {word: self._library.search([word]) for word in query.words}


def word_counts(library: Library, keep: Iterable[str], discard: Iterable[str]) -> dict[ItemKey, tuple[int, int]]:
    """How many words of each list stand in each item that holds any: those for keeping, those for discarding."""
    counts: dict[ItemKey, tuple[int, int]] = {}
    for words, (more_keep, more_discard) in ((keep, (1, 0)), (discard, (0, 1))):
        for word in words:
            for key in library.search([word]):
                for_it, against = counts.get(key, (0, 0))
                counts[key] = (for_it + more_keep, against + more_discard)
    return counts


def _seeks_words_alone(query: Query) -> bool:
    return bool(query.words) and not _SPEAKS_OF_FLAGS.search(str(query))


def _is_error_page(item: Item) -> bool:
    for flag in item.flags:  # noqa: SIM110 - of every item found: `any` takes three times as long
        if flag.kind == "error-page":
            return True
    return False
