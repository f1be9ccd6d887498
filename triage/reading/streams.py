"""The bytes of a large file, unpacked where it is gzip: read forward in pieces, begun again at any place.

Of a packed file a place names the gzip member as well, so that a file packed record by record, as archives of web
pages are, is begun in its middle without unpacking what stands before.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from typing import BinaryIO, NamedTuple

_MAGIC = b"\x1f\x8b"
_PIECE = 65_536
"""Bytes read at once, and unpacked at once: a bomb grows no faster than it is looked at."""


class Spot(NamedTuple):
    """Where a byte stands: in a packed file its member's offset and how many unpacked bytes of it come before."""

    offset: int
    inside: int = 0


class BrokenError(Exception):
    """The file cannot be read any further; the message says why in plain words."""


class Stream:
    """Reads `file` from a spot of it on."""

    def __init__(self, file: BinaryIO, spot: Spot = Spot(0)) -> None:  # noqa: B008  # it cannot be changed
        self._file = file
        self._packed = file.read(2) == _MAGIC
        self._at = file.seek(spot.offset)
        self._raw = b""
        """Packed bytes that were read and not unpacked yet; the first stands at `_at`."""
        self._unpacker: zlib._Decompress | None = None
        """Of the gzip member that is being read."""
        self._begin, self._taken = spot.offset, 0
        self._buffer, self._next = b"", 0
        self.broken: BrokenError | None = None
        """Why nothing more can be read."""
        self.total = 0
        """Bytes that were read, unpacked, up to now."""
        self.go_to(spot)

    def go_to(self, spot: Spot) -> None:
        """Pass over what stands before a spot of this gzip member."""
        while spot.inside > self._taken and self.take(spot.inside - self._taken):
            pass

    def stands_before(self, spot: Spot) -> bool:
        """Whether one comes to `spot` from here without a step back, and sooner than from the member's beginning."""
        here = self.broken is None and self._packed and self._begin == spot.offset
        return here and 0 < self._taken <= spot.inside

    def go_on_with(self, file: BinaryIO) -> None:
        """Read on in `file`, which is the one that was read before and was closed meanwhile."""
        self._file = file
        file.seek(self._at)

    @property
    def spot(self) -> Spot:
        """Where the next byte stands."""
        with suppress(BrokenError):
            self._fill()
        return Spot(self._begin, self._taken) if self._packed else Spot(self._begin + self._taken)

    @property
    def fresh(self) -> bool:
        """Whether the next byte is the first of a gzip member."""
        self._fill()
        return self._packed and self._taken == 0

    def peek(self, size: int) -> bytes:
        """The next bytes, at most `size`, of this gzip member; they are not taken. b"" at the end of the file."""
        while self._fill() < size and self._more():
            pass
        return self._buffer[self._next : self._next + size]

    def take(self, size: int) -> bytes:
        """At most `size` bytes, at least one but at the end of the file; never across the end of a gzip member."""
        self._fill()
        return self._advance(size)

    def line(self, size: int) -> bytes:
        """The bytes up to the next line end, that included; the first `size` of a longer line."""
        parts: list[bytes] = []
        while size > 0 and self._fill():
            end = self._buffer.find(b"\n", self._next) + 1
            parts.append(self._advance(min(size, (end or len(self._buffer)) - self._next)))
            size -= len(parts[-1])
            if end and parts[-1].endswith(b"\n"):
                break
        return b"".join(parts)

    def skip_some(self, size: int) -> int:
        """Pass over at most `size` bytes, at least one but at the end of the file; how many those were.

        Never across the end of a gzip member; what is not packed is not read for it.
        """
        if self._packed or size <= self._fill():
            return len(self.take(size))
        here = self._begin + self._taken
        there = min(here + size, self._file.seek(0, os.SEEK_END))
        self._begin, self._taken = self._file.seek(there), 0
        self._buffer, self._next = b"", 0
        return there - here

    def skip_all(self, of: bytes) -> None:
        """Pass over bytes that are among `of`."""
        while self._fill():
            rest = len(self._buffer[self._next :].lstrip(of))
            self._advance(len(self._buffer) - self._next - rest)
            if rest:
                return

    def skip_to(self, mark: bytes) -> bool:
        """Pass over everything before the next `mark`, or to the end of this gzip member; whether it is there."""
        while self._fill():
            at = self._buffer.find(mark, self._next)
            if at >= 0:
                self._advance(at - self._next)
                return True
            kept = min(len(mark) - 1, len(self._buffer) - self._next)
            self._advance(len(self._buffer) - self._next - kept)
            if not self._more():
                self._advance(kept)
                return False
        return False

    def _advance(self, size: int) -> bytes:
        piece = self._buffer[self._next : self._next + size]
        self._next += len(piece)
        self._taken += len(piece)
        return piece

    def _fill(self) -> int:
        """How many bytes are at hand; none only at the end of the file."""
        while self._next == len(self._buffer):
            if not self._more() and not self._next_member():
                return 0
        return len(self._buffer) - self._next

    def _more(self) -> bool:
        """Read on in this gzip member; whether it has more. Raises `BrokenError` where it ends before its time."""
        if self.broken is not None:
            raise self.broken
        piece = self._unpacked() if self._packed else self._file.read(_PIECE)
        if piece:
            self._buffer, self._next = self._buffer[self._next :] + piece, 0
            self.total += len(piece)
        return bool(piece)

    def _unpacked(self) -> bytes:
        unpacker = self._unpacker
        while unpacker is not None and not unpacker.eof:
            raw = self._raw or self._file.read(_PIECE)
            if not raw:
                raise self._break("the file is cut off here")
            self._at += 0 if self._raw else len(raw)
            try:
                piece = unpacker.decompress(raw, _PIECE)
            except zlib.error as fault:
                raise self._break(f"the file cannot be unpacked from here on ({fault})") from fault
            self._raw = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            if piece:
                return piece
        return b""

    def _break(self, reason: str) -> BrokenError:
        self.broken = BrokenError(reason)
        return self.broken

    def _next_member(self) -> bool:
        """Begin the gzip member behind this one; whether there is one. Zeros behind the last one stand for nothing."""
        if not self._packed:
            return False
        raw = self._raw
        while not raw.strip(b"\0"):
            more = self._file.read(_PIECE)
            if not more:
                self._raw, self._begin, self._taken = b"", self._at, 0
                return False
            self._at += len(more)
            raw = more
        raw = raw.lstrip(b"\0")
        self._raw = raw
        self._begin, self._taken = self._at - len(raw), 0
        if not _MAGIC.startswith(raw[:2]):
            raise self._break("what follows is not packed as the rest of the file")
        self._unpacker = zlib.decompressobj(31)
        return True
