"""Open a file of a hostile folder without hanging, following a link, or reading more than asked."""

from __future__ import annotations

import gzip
import os
import stat
import zlib
from pathlib import Path

from triage.reading.formats import PACKED

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


class UnreadableError(Exception):
    """A file that gives no page; the message says why in plain words, without its name."""


def read_bytes(folder: Path, path: str, limit: int) -> bytes:
    """The bytes of the page at `path` (relative to `folder`), unpacked where it is compressed.

    Raises `UnreadableError` where the file has gone, is no regular file, cannot be read or unpacked, or holds more
    than `limit` bytes.
    """
    try:
        descriptor = os.open(folder / path, _FLAGS)
    except FileNotFoundError:
        raise UnreadableError("the file has gone since the folder was listed") from None
    except OSError as fault:
        raise UnreadableError(f"the file cannot be opened ({fault.strerror})") from fault
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise UnreadableError("this is not a regular file")
        try:
            if path.lower().endswith(PACKED):
                with gzip.GzipFile(fileobj=file) as unpacked:
                    data = unpacked.read(limit + 1)
            else:
                data = file.read(limit + 1)
        except (gzip.BadGzipFile, EOFError, zlib.error) as fault:
            raise UnreadableError(f"the file cannot be unpacked ({fault})") from fault
        except OSError as fault:
            raise UnreadableError(f"the file cannot be read ({fault.strerror})") from fault
    if len(data) > limit:
        raise UnreadableError(f"larger than the limit of {limit / 1e6:g} MB")
    return data
