"""Whether the file of decisions and the library are in order, found out without changing them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from triage.errors import DamagedJournalError, JournalError
from triage.store.backups import Told, copied, told_of
from triage.store.journal import Journal
from triage.store.opening import check_header, fault, schema
from triage.store.strangers import check_beside
from triage.text import clean_line

_WAL = 2
"""What the head of a file says that some program switched to a write-ahead log."""
_LEAST_FREE = 50_000_000
"""Bytes that a disk should have left."""


@dataclass(frozen=True, slots=True)
class Health:
    """What was found of a file of decisions."""

    told: Told | None
    """What it holds; None where there is none, or where it cannot be read."""
    fault: str | None = None
    """What is wrong, in a sentence."""
    mendable: bool = False
    """What can be read of it can be saved."""
    notes: tuple[str, ...] = ()
    """What is no fault, but should be known."""


def examine(path: Path) -> Health:
    """The file of decisions at `path`, every page and every row of it; a copy is examined, so nothing is changed."""
    notes = tuple(_notes(path))
    try:
        check_beside(path)
    except JournalError as error:
        return Health(None, str(error), notes=notes)
    if not path.exists():
        return Health(None, notes=notes)
    if path.with_name(path.name + "-journal").exists():
        notes += ("a decision was cut off in the middle; the next start completes it or takes it back, whole",)
        return Health(told_of(path), notes=notes)
    try:
        with tempfile.TemporaryDirectory(prefix="triage-") as place:
            copy = Path(place) / path.name
            try:
                check_header(path, len(schema()))
                copied(path, copy)
                with closing(Journal.open(copy, "")) as journal:
                    journal.check()
                return Health(told_of(copy), notes=notes)
            except sqlite3.Error as error:
                found = fault(error, path)
            except JournalError as error:
                found = error
    except OSError as error:
        return Health(None, f"{clean_line(str(path))} cannot be read: {error.strerror}", notes=notes)
    told = str(found).replace(clean_line(place), clean_line(str(path.parent)))
    return Health(None, told, isinstance(found, DamagedJournalError), notes)


def sqlite_version() -> str:
    """Version of the SQLite that Python brings."""
    return sqlite3.sqlite_version


def library_fault(path: Path) -> str | None:
    """What is wrong with the library at `path`; None where nothing is, or where there is none."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.Error as error:
        return str(error)
    return None if found == [("ok",)] else str(found[0][0])


def _notes(path: Path) -> list[str]:
    folder, found = path.parent, []
    if not os.access(folder, os.W_OK | os.X_OK):
        found.append(f"{clean_line(str(folder))} cannot be written to: decide with --db PATH")
    elif path.exists() and not os.access(path, os.W_OK):
        found.append(f"{clean_line(str(path))} cannot be written to: decide with --db PATH")
    if (free := shutil.disk_usage(folder).free) < _LEAST_FREE:
        found.append(f"only {free // 1_000_000} MB are free on the disk of {clean_line(str(folder))}")
    if _says_wal(path):
        found.append("another program switched the file to a write-ahead log; the next start switches it back")
    return found


def _says_wal(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(19)[18:] == bytes([_WAL])
    except OSError:
        return False
