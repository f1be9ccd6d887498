"""Putting one whole file of decisions in the place of another, so that a crash leaves the one or the other.

Nothing is ever deleted: what stood there is kept beside it under a dated name.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path


def dated(path: Path, word: str) -> Path:
    """A name beside `path` that is free: what became of it, and when (UTC)."""
    return path.with_name(f"{path.name}.{word}-{datetime.now(UTC):%Y-%m-%dT%H%M%S.%f}")


def set_aside(path: Path, word: str) -> Path:
    """The file at `path` under a dated name too, on the disk when this returns. Raises OSError.

    A second name, where the system has such: to open and close the file would drop the locks that SQLite holds on it.
    """
    kept = dated(path, word)
    try:
        os.link(path, kept, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, kept)
        to_disk(kept)
    to_disk(path.parent)
    return kept


def put_in_place(new: Path, path: Path) -> None:
    """The file `new`, of the same folder, becomes the one at `path` in one move. Raises OSError.

    A rollback journal that was left beside the old file goes away first, to a dated name: SQLite would play it into
    the new one.
    """
    to_disk(new)
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        journal.rename(dated(path, "journal"))
    new.replace(path)
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    """What was written to a file, or which files a folder has, is on the disk when this returns."""
    if os.name == "nt" and path.is_dir():
        return  # Windows opens no folders, and needs none to be written down
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
