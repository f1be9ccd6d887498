"""Turns at a library: one program at a time writes to it, another, of this version or not, to a copy of its own.

Two that wrote to one library would find each other's articles and flags in it, and print them as theirs.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path


def take(path: Path) -> int | None:
    """The right to write to the library at `path`, as a descriptor to close at the end; None where another has it.

    The system gives it back when a program dies. Where a system or a drive has no such locks, it is granted.
    """
    descriptor = os.open(path.with_name(f"{path.name}-lock"), os.O_RDWR | os.O_CREAT, 0o600)
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - not on every system

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except OSError:
            pass
    return descriptor


def copied(path: Path) -> Path:
    """A copy of the library at `path` as it is at this moment, in a directory of its own; empty where that fails."""
    copy = Path(tempfile.mkdtemp(prefix="triage-")) / path.name
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error:
        copy.unlink(missing_ok=True)
    return copy
