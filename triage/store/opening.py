"""Opening the file of decisions: is it ours, can it be written, is it of this version.

Nothing here writes to a file that turns out not to be ours, or to be newer.
"""

from __future__ import annotations

import contextlib
import os
import pkgutil
import re
import sqlite3
import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from triage.errors import DamagedJournalError, JournalError, UnwritableJournalError
from triage.store.strangers import check_beside, part_with_journal, strange
from triage.store.swapping import dated
from triage.text import clean_line

APPLICATION_ID = 0x54524941  # "TRIA": what `file` and PRAGMA application_id tell of the file
_MAGIC = b"SQLite format 3\x00"
_OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
_BUSY_MILLISECONDS = 5000

FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What a connection raises; the latter where a text in the file is no UTF-8."""


class Cursor(Protocol):
    """What the journal asks of an answer to a statement."""

    def fetchall(self) -> list[Any]:
        """The rows that are left."""


class Connection(Protocol):
    """What the journal asks of a connection: sqlite3's gives it, and so does apsw's, for power-cut tests."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, parameters: Any, /) -> Cursor:
        """Run one statement for each row of parameters."""

    def close(self) -> None:
        """Let go of the file."""


def file_connection(path: Path) -> Connection:
    """A connection without transactions of its own, that may pass from thread to thread."""
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def schema() -> tuple[str, ...]:
    """The script that leads from each version to the next, oldest first."""
    return (script("journal-1.sql"),)


def script(name: str) -> str:
    """A script that stands beside this module; by `pkgutil`, since `importlib.resources` takes long to load."""
    return (pkgutil.get_data(__package__, name) or b"").decode()


def open_file(path: Path, connect: Callable[[Path], Connection], versions: Sequence[str]) -> Connection:
    """The file at `path`, made where there is none, brought to the newest of `versions`, ready to write.

    Raises JournalError where it is not ours, newer, or cannot be written; it is then left as it was.
    """
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        raise JournalError(f"The SQLite of this Python is {sqlite3.sqlite_version}; triage needs 3.37 or newer.")
    try:
        _check_permissions(path)
        check_header(path, len(versions))
        part_with_journal(path)
    except OSError as error:  # a name too long, a folder that may not be looked into
        raise JournalError(f"Cannot use {clean_line(str(path))}: {error.strerror}. Use --db PATH.") from error
    connection: Connection | None = None
    try:
        connection = connect(path)
        _set_up(connection)
        _check_schema(connection, path, versions)
        _check_whole(connection, path)
        _migrate(connection, path, versions)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, FAULTS):
            raise fault(error, path) from error
        raise
    return connection


_SENTENCES = (
    (r"FULL", "The disk is full: nothing was saved to {name}. Free some space and decide again."),
    (
        r"IOERR_\w*LOCK|PROTOCOL",
        "The drive of {name} cannot lock files, as some over a network: nothing was saved. Use --db PATH elsewhere.",
    ),
    (r"BUSY|LOCKED", "Another program is writing to {name}: nothing was saved. Try again when it is done."),
    (
        r"READONLY|CANTOPEN|PERM",
        "Cannot write decisions to {name}. Use --db PATH to keep them in a folder that you may write to.",
    ),
    (
        r"IOERR",
        "The disk did not take it ({error}): nothing was saved to {name}. Is it, or your share of it, full or failing?",
    ),
    (r"", "The file of decisions {name} could not be used ({error}). Nothing was saved."),
)
"""What SQLite's codes mean to the analyst, and what to do; the first that fits."""


def fault(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> JournalError:
    """What went wrong with the file at `path`, and what to do, in a sentence or two."""
    code = (getattr(error, "sqlite_errorname", None) or "").removeprefix("SQLITE_")
    if code.startswith(("CORRUPT", "NOTADB")) or "decode" in str(error):  # a text that is no UTF-8
        return damaged(path, str(error))
    sentence = next(sentence for pattern, sentence in _SENTENCES if re.match(pattern, code))
    return JournalError(sentence.format(name=clean_line(str(path)), error=error))


def damaged(path: Path, detail: str) -> DamagedJournalError:
    """For a file of decisions whose content cannot be trusted."""
    return DamagedJournalError(
        f"The file of decisions {clean_line(str(path))} is damaged ({clean_line(detail)}). `triage doctor --mend` "
        "saves what can be read of it and keeps the damaged file; `triage restore` brings back an earlier copy."
    )


def statements(script: str) -> list[str]:
    """The statements of a script, one by one, with their comments."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending) and pending.strip():
            found.append(pending.strip())
            pending = ""
    return found


def _check_permissions(path: Path) -> None:
    name = clean_line(str(path))
    remedy = "Use --db PATH to keep decisions in a folder that you may write to."
    if not path.parent.is_dir():
        raise JournalError(f"Cannot keep decisions in {name}: there is no folder {clean_line(str(path.parent))}.")
    check_beside(path)
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise UnwritableJournalError(f"No permission to write decisions to {name}. {remedy}")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise UnwritableJournalError(
            f"No permission to write into {clean_line(str(path.parent))}, where {name} is kept. {remedy}"
        )


def check_header(path: Path, newest: int) -> None:
    """Refuse a file that is not ours or newer from its first bytes alone, without SQLite touching it.

    A file with a rollback journal beside it was cut off in mid-write: its header may be half written, so SQLite
    mends it first, and `_migrate` looks again.
    """
    if path.with_name(path.name + "-journal").exists():
        return
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return
    if not header:
        return
    if (len(header) < 100 or not header.startswith(_MAGIC)) and _holds_ours(path):
        raise damaged(path, "its beginning is lost")
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise JournalError(
            f"{clean_line(str(path))} is no database. Use --db PATH to keep decisions elsewhere, "
            "or `triage restore` for an earlier copy."
        )
    _refuse_foreign(path, struct.unpack(">i", header[68:72])[0], struct.unpack(">i", header[60:64])[0], newest)


def _refuse_foreign(path: Path, application: int, version: int, newest: int) -> None:
    name = clean_line(str(path))
    if application != APPLICATION_ID and _holds_ours(path):
        raise damaged(path, "its beginning is lost")
    if application != APPLICATION_ID:
        raise JournalError(f"{name} belongs to another program. Use --db PATH to keep decisions elsewhere.")
    if version > newest:
        raise JournalError(
            f"{name} was written by a newer triage (version {version} of the file, this one knows {newest}). "
            "Install the newer triage, or use --db PATH to start another file."
        )


def _holds_ours(path: Path) -> bool:
    from triage.store.pages import holds_ours  # noqa: PLC0415 - a file in order is not looked into

    return holds_ours(path)


def _set_up(connection: Connection) -> None:
    for pragma in (
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "journal_mode = DELETE",
        "synchronous = EXTRA",
        "fullfsync = 1",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _check_schema(connection: Connection, path: Path, versions: Sequence[str]) -> None:
    """Refuse a file whose tables are not ours, or that brings triggers, before any of it is read or written."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    version = connection.execute("PRAGMA user_version").fetchall()[0][0]
    if 0 < version <= len(versions) and (found := strange(rows, versions[:version])):
        raise damaged(path, found)


def _check_whole(connection: Connection, path: Path) -> None:
    """Refuse a damaged file before anything is written to it; 0.3 s for 150,000 changes, a few ms for a thousand.

    Finds rows that an index lost, which the checksums of the rows cannot.
    """
    found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if found != [("ok",)]:
        raise damaged(path, str(found[0][0]) if found else "unreadable")


def _migrate(connection: Connection, path: Path, versions: Sequence[str]) -> None:
    """Bring the file to the newest version in one transaction; a copy of what was there is made first."""
    newest = len(versions)
    if 0 < _version(connection, path, newest) < newest:
        _copy(connection, path)
    connection.execute("BEGIN IMMEDIATE").fetchall()  # where it fails, closing the connection takes it back
    version = _version(connection, path, newest)
    for script in versions[version:]:
        for statement in statements(script):
            connection.execute(statement).fetchall()
    if version < newest:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}").fetchall()
        connection.execute(f"PRAGMA user_version = {newest}").fetchall()
    connection.execute("COMMIT").fetchall()


def roll_back(connection: Connection) -> None:
    """End a transaction that failed; where SQLite has ended it already, nothing is left to do."""
    with contextlib.suppress(sqlite3.Error):
        connection.execute("ROLLBACK").fetchall()


def _version(connection: Connection, path: Path, newest: int) -> int:
    """Version of the file, 0 for an empty one; JournalError where it is not ours or newer."""
    application = connection.execute("PRAGMA application_id").fetchall()[0][0]
    version = int(connection.execute("PRAGMA user_version").fetchall()[0][0])
    if application or connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()[0][0]:
        _refuse_foreign(path, application, version, newest)
    return version


def _copy(connection: Connection, path: Path) -> None:
    """A copy beside the file, by SQLite itself: closing a handle of our own on the file would drop its locks."""
    connection.execute("VACUUM INTO ?", (str(dated(path, "before")),)).fetchall()
