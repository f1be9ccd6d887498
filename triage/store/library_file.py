"""The file of the library: where it lies, how it is opened, and what is damage to it."""

from __future__ import annotations

import os
import sqlite3
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_cache_path

from triage.store.opening import script, statements
from triage.store.packing import SHAPE

_SCHEMA = script("library.sql")
_VERSION = int.from_bytes(blake2b((_SCHEMA + SHAPE).encode(), digest_size=4).digest(), "big") >> 1
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def library_path(folder: Path, cache: Path | None = None) -> Path:
    """Where the library of `folder` is kept, in the directory `cache` (None: the user's own cache directory)."""
    name = blake2b(os.fsencode(folder.resolve()), digest_size=12).hexdigest() + ".sqlite"
    return (cache or user_cache_path("article-triage")) / name


def remove_library(path: Path) -> None:
    """Delete the library at `path`: it can be made again from the pages."""
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def connect(path: Path) -> sqlite3.Connection:
    """A connection to the library at `path`, made anew where it is empty or of another version."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        for pragma in ("busy_timeout = 5000", "journal_mode = WAL", "synchronous = NORMAL", "trusted_schema = OFF"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION and connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            connection.close()
            remove_library(path)
            return connect(path)
        if version != _VERSION:
            _create(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def damaged(error: sqlite3.DatabaseError) -> bool:
    """Whether an error is damage to the file, not a full disk or a lock."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE  # the low byte tells the kind


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:  # nobody else made it meanwhile
        for statement in statements(_SCHEMA):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.execute("COMMIT")
