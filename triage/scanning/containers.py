"""What is under way of files with many pages: read in slices, scanned by handfuls, put together again.

Slices are read one after the other, and their pages go to the workers as they come. Where a slice or a handful ends a
worker, its pages are taken one by one, so that the one that does it is known and costs itself alone.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from triage.model import ItemKey, Page, Scanned, SourceFile
from triage.reading.containers import SLICE, START, Place, Slice, record_name
from triage.scanning.record import given_up_page

_HANDFUL = 5
"""Pages that a worker scans before it tells; what is preferred waits for no more."""


@dataclass(eq=False, slots=True)
class Container:
    """A file of many pages that is being scanned."""

    file: SourceFile
    before: set[ItemKey]
    """Items that the list has of it from before; those that do not come again are gone."""
    place: Place | None = START
    """Where the next slice begins; None once the file is read to its end."""
    most: int = SLICE
    open: int = 0
    """Slices and handfuls that have not been told yet."""
    passed: Counter[str] = field(default_factory=Counter)
    refused: str | None = None
    begun: bool = False
    empty: bool = True
    """Whether no item has come of it."""

    @property
    def ended(self) -> bool:
        """Whether all of it has come."""
        return self.place is None and self.open == 0

    def take(self, found: Slice) -> list[Handful]:
        """The pages of the next slice, to be scanned."""
        self.place = found.after
        self.passed.update(found.passed)
        self.refused = found.refused
        pages = [found.pages[at : at + _HANDFUL] for at in range(0, len(found.pages), _HANDFUL)]
        self.open += len(pages)
        return [Handful(self, some) for some in pages]

    def failed(self, cause: str, reason: str) -> Scanned | None:
        """A slice could not be read: its pages are read one by one. The item for what cannot be read even so."""
        if self.most > 1 or self.place is None:
            self.most = 1
            return None
        nothing = hashlib.sha256(b"").hexdigest()
        page = Page(self.file.path, nothing, "html", "", record=record_name(self.place.number + 1))
        self.place = None
        return given_up_page(page, cause, f"{reason}; what stands behind it in the file was not read")

    def seen(self, results: Sequence[Scanned]) -> None:
        """Items that have come."""
        self.empty = self.empty and not results
        self.before.difference_update((scanned.path, scanned.record) for scanned in results)

    def note(self) -> str | None:
        """What of the file is no page, where an analyst may miss it."""
        if self.refused:
            return self.refused
        counted = sorted(self.passed.items(), key=lambda pair: (-pair[1], pair[0]))
        told = ", ".join(f"{what} ({count:,})" for what, count in counted)
        if self.empty:
            return f"no record of it is a page ({told})" if told else "no record of it is a page"
        return f"records that are no pages: {told}" if told else None


@dataclass(frozen=True, slots=True, eq=False)
class Handful:
    """Some pages of a container."""

    container: Container
    pages: tuple[Page, ...]

    def apart(self) -> Iterator[Handful]:
        """Each of the pages by itself."""
        self.container.open += len(self.pages) - 1
        return (Handful(self.container, (page,)) for page in self.pages)
