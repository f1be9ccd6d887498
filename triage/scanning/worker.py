"""What runs in a worker process: one file at a time, under limits of processor time and memory."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from triage.model import Scanned
from triage.scanning.record import given_up, scan_file
from triage.store.library import Library

if TYPE_CHECKING:
    from triage.corpus import CorpusFindings

MEMORY = 2 << 30
"""Bytes of address space a worker may take: the largest ordinary page took 0.4 GB, hostile ones over 2."""

_ACROSS_SECONDS = 3600.0


def prepare() -> None:
    """Settings of a fresh worker: give way to the screen, hold the memory limit, print nothing on the terminal."""
    if hasattr(os, "nice"):
        os.nice(10)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    gc.freeze()
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on every system

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        with suppress(ValueError, OSError):  # macOS knows the limit and refuses to set it
            resource.setrlimit(resource.RLIMIT_AS, (_within(MEMORY, hard), hard))


def _end_with_parent(parent: int) -> None:
    """A parent that was killed cannot end its workers; they look for it and go on their own."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


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
    """The kernel's own limit also ends a loop inside C code, which no signal handler of Python's would."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on every system

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (_within(soft, hard), hard))


def _within(limit: int, hard: int) -> int:
    """`limit`, or what the system allows at most where that is less; -1 is without end."""
    return limit if hard < 0 else min(limit, hard)
