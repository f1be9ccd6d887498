"""Open a file of a hostile folder without hanging, following a link, or reading more than asked."""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from triage.reading.formats import PACKED

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_FOLDER_FLAGS = _FLAGS | getattr(os, "O_DIRECTORY", 0)


class UnreadableError(Exception):
    """A file that gives no page; the message says why in plain words, without its name.

    `unopened`: its bytes were not seen, for want of a right or of the file itself.
    """

    def __init__(self, message: str, *, unopened: bool = False) -> None:
        super().__init__(message)
        self.unopened = unopened


def read_bytes(folder: Path, path: str, limit: int) -> bytes:
    """The bytes of the page at `path` (relative to `folder`), unpacked where it is compressed.

    Raises `UnreadableError` where `opened` does, and where the file cannot be read or unpacked, or holds more than
    `limit` bytes.
    """
    with opened(folder, path) as file:
        try:
            if path.lower().endswith(PACKED):
                with gzip.GzipFile(fileobj=file) as unpacked:
                    data = unpacked.read(limit + 1)
            else:
                data = file.read(limit + 1)
        except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
            raise UnreadableError(f"the file cannot be unpacked ({fault})") from fault
        except OSError as fault:
            raise UnreadableError(f"the file cannot be read ({fault.strerror})", unopened=True) from fault
    check_size(data, limit)
    return data


def check_size(data: bytes, limit: int) -> None:
    """Raise `UnreadableError` where `data` has more than `limit` bytes."""
    if len(data) > limit:
        raise UnreadableError(too_large(limit))


def too_large(limit: int) -> str:
    """What is said of a page of over `limit` bytes."""
    return f"larger than the limit of {limit / 1e6:g} MB"


@contextmanager
def opened(folder: Path, path: str) -> Iterator[BinaryIO]:
    """The file at `path` (relative to `folder`), open to be read as it is.

    Raises `UnreadableError` where it has gone, is no regular file, or cannot be opened.
    """
    try:
        descriptor = _open_below(folder, path)
    except FileNotFoundError:
        raise UnreadableError("the file has gone since the folder was listed", unopened=True) from None
    except OSError as fault:
        raise UnreadableError(f"the file cannot be opened ({fault.strerror})", unopened=True) from fault
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError("this is not a regular file", unopened=True)
    with os.fdopen(descriptor, "rb") as file:
        yield file


def _open_below(folder: Path, path: str) -> int:
    """Open `path` one folder after the other, none of them by a link: one may have been put there since the walk."""
    if os.open not in os.supports_dir_fd:
        return os.open(folder / path, _FLAGS)
    *parents, name = path.split("/")
    at = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        for parent in parents:
            inner = os.open(parent, _FOLDER_FLAGS, dir_fd=at)
            os.close(at)
            at = inner
        return os.open(name, _FLAGS, dir_fd=at)
    finally:
        os.close(at)
