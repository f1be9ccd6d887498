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
from triage.scanning.record import flagged, given_up, scan_file, scan_page
from triage.store.library import Library

if TYPE_CHECKING:
    from triage.corpus import CorpusFindings

MEMORY = 2 << 30
"""Bytes of address space a worker may take: the largest ordinary page took 0.4 GB, hostile ones over 2."""

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
        reason = f"took over {MEMORY >> 30} GB of memory to scan; open the page itself to judge it"
        return given_up(Path(folder), path, max_bytes, "memory", reason)
    except RecursionError:
        reason = "elements are nested too deep to be read; open the page itself to judge it"
        return given_up(Path(folder), path, max_bytes, "nesting", reason)
    finally:
        _limit_time(0)  # off while it waits for the next


def flag_again(library: str, paths: Sequence[str], cpu_seconds: float) -> Flagged:
    """The flags and fingerprints of all pages of some files, found anew in what the library at that path holds."""
    found: Flagged = {}
    opened = _opened(library)
    for scanned in opened.pages(paths):
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
