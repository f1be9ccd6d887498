"""What runs in a worker process: one file at a time, under limits of processor time and memory."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from triage.model import Flag, ItemKey, Page, Scanned
from triage.scanning.processes import end_with_parent
from triage.scanning.record import flagged, given_up, given_up_page, scan_file, scan_page
from triage.store.library import Library

if TYPE_CHECKING:
    from triage.corpus import CorpusFindings
    from triage.reading.containers import Place, Slice

MEMORY = 2 << 30
"""Bytes of address space a worker may take: the largest ordinary page took 0.4 GB, hostile ones over 2."""

_TOO_BIG = f"took over {MEMORY >> 30} GB of memory to scan; open the page itself to judge it"
_TOO_DEEP = "elements are nested too deep to be read; open the page itself to judge it"
_OBJECTS = 20_000
"""New objects after which the youngest are looked through; Python's default of 700 does so thrice a page."""
_ACROSS_SECONDS = 3600.0

Flagged = dict[ItemKey, tuple[tuple[Flag, ...], bytes]]
"""Flags and fingerprint of pages."""


def prepare(behind: bool = True) -> None:
    """Settings of a fresh worker: give way to a screen it works `behind`, limit memory, print nothing, load code."""
    if behind and hasattr(os, "nice"):
        os.nice(10)
    silence()
    threading.Thread(target=end_with_parent, daemon=True).start()
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on every system

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        with suppress(ValueError, OSError):  # macOS knows the limit and refuses to set it
            resource.setrlimit(resource.RLIMIT_AS, (_within(MEMORY, hard), hard))
    load()


@cache
def load() -> None:
    """Load what the first page needs, code and tables, so that no page's limit of time pays for it.

    They stay, so the collector of garbage need not look through them, neither meanwhile, which takes a sixth of the
    time, nor later; pages leave little that only it frees.
    """
    gc.disable()
    prose = "Pages of a few words in plain English are soon read. " * 5
    scan_page(Page("", "", "html", f"<h1>Soon read</h1><p>{prose}</p>"))
    gc.freeze()
    gc.enable()
    gc.set_threshold(_OBJECTS, 20, 20)


def silence() -> None:
    """Print nothing from here on: it would stand on the screen."""
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)


def work(folder: str, path: str, max_bytes: int, cpu_seconds: float) -> tuple[Scanned, ...]:
    """Scan one file; the system kills this process when it takes over `cpu_seconds` of processor time."""
    _limit_time(cpu_seconds)
    try:
        return scan_file(Path(folder), path, max_bytes)
    except MemoryError:
        return given_up(Path(folder), path, max_bytes, "memory", _TOO_BIG)
    except RecursionError:
        return given_up(Path(folder), path, max_bytes, "nesting", _TOO_DEEP)
    finally:
        _limit_time(0)  # off while it waits for the next


def read(folder: str, path: str, start: Place, most: int, limits: tuple[int, float]) -> Slice:
    """At most `most` pages of a container; the system kills this process when reading them takes too long.

    `limits`: bytes of a page, and seconds of processor time.
    """
    from triage.reading.containers import read_slice  # noqa: PLC0415 - as in `load`

    max_bytes, cpu_seconds = limits
    _limit_time(cpu_seconds)
    try:
        return read_slice(Path(folder), path, start, most, max_bytes)
    finally:
        _limit_time(0)


def scan_pages(pages: Sequence[Page], cpu_seconds: float) -> tuple[Scanned, ...]:
    """Scan pages that were read from a container; the system kills this process when one takes over `cpu_seconds`."""
    try:
        return tuple(_scan_within(page, cpu_seconds) for page in pages)
    finally:
        _limit_time(0)


def _scan_within(page: Page, cpu_seconds: float) -> Scanned:
    _limit_time(cpu_seconds)
    try:
        return scan_page(page)
    except MemoryError:
        return given_up_page(page, "memory", _TOO_BIG)
    except RecursionError:
        return given_up_page(page, "nesting", _TOO_DEEP)


def flag_again(library: str, items: Sequence[int], cpu_seconds: float) -> Flagged:
    """The flags and fingerprints of items, found anew in what the library at that path holds of them."""
    found: Flagged = {}
    opened = _opened(library)
    for scanned in opened.pages(items):
        _limit_time(cpu_seconds)
        again = flagged(scanned)
        found[scanned.path, scanned.record] = (again.flags, again.fingerprint)
    _limit_time(0)
    return found


@cache
def _opened(library: str) -> Library:
    """The library, open as long as this process is."""
    return Library(Path(library), detector="")


def look_across(library: str) -> CorpusFindings:
    """What the pages of a folder tell together, from the fingerprints in the library at that path."""
    from triage.corpus import group, site_of  # noqa: PLC0415 - numpy is for workers

    _limit_time(_ACROSS_SECONDS)
    opened = Library(Path(library), detector="")
    try:
        return group((key, site_of(key[0], site), data) for key, site, data in opened.fingerprints())
    finally:
        opened.close()


def _limit_time(seconds: float) -> None:
    """Let the kernel end this process after so many seconds of processor time; 0 takes the limit away.

    The timer's signal also ends a loop inside C code, which no signal handler of Python's would, and it is exact
    where a resource limit knows whole seconds.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _within(limit: int, hard: int) -> int:
    """`limit`, or what the system allows at most where that is less; -1 is without end."""
    return limit if hard < 0 else min(limit, hard)
