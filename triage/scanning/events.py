"""What a scan tells while it runs."""

from __future__ import annotations

from dataclasses import dataclass

from triage.model import Item, ItemKey, SourceFile


@dataclass(frozen=True, slots=True)
class Known:
    """Items that the library holds from before, in path order; told before the folder is walked."""

    items: tuple[Item, ...]
    last: bool
    """Whether these were all."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Files that the walk found, in path order within a batch."""

    files: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Items that were just scanned."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """Files of the library that are no longer in the folder, and items that are no longer in theirs."""

    paths: tuple[str, ...] = ()
    keys: tuple[ItemKey, ...] = ()


@dataclass(frozen=True, slots=True)
class SkippedThing:
    """Something of the folder that is not read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the scan is, in pages; `walking` while the folder is still being listed."""

    found: int
    done: int
    walking: bool


@dataclass(frozen=True, slots=True)
class Regrouped:
    """The step over all pages has run: these items have another group or other flags across pages than before."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """The scan is over. `fault` is a sentence where it could not go on."""

    found: int
    done: int
    skipped: int
    cancelled: bool
    fault: str | None = None


Event = Known | Listed | Results | Gone | SkippedThing | Progress | Regrouped | Finished
