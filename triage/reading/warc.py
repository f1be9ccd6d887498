"""WARC, the archives of crawlers (ISO 28500): the records that are pages, read one after the other.

No library: what is well kept for it (warcio) takes a file that is cut off for one that ends, prints faults on standard
error, and sets no limit to headers, chunks and lines, all of which a hostile archive uses. The format is a few lines
of headers and a length. WET files are WARC too; their records are plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from triage.reading.http import MAX_HEADERS, MEDIA, Headers, MalformedError, charset_of, content, headers_in, kind_of
from triage.reading.opening import too_large
from triage.reading.records import Passed, Record
from triage.reading.saved import web_address
from triage.reading.streams import BrokenError, Stream

_VERSION = re.compile(rb"WARC/\d\.\d+\s*\Z")
_BEGIN = b"WARC/"
_BLANK = b"\r\n"
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?Z")
_PLACE = re.compile(r"(?:https?|ftp|file):", re.IGNORECASE)
"""Where pages are from; crawlers keep their own logs as resources too, under names of their own."""
_ROBOTS = re.compile(r"https?://[^/?#]*/robots\.txt(?:[?#]|\Z)", re.IGNORECASE)
_LINE = 1000
_DIGITS = 16
_OTHERS = "files of other kinds than pages"
_LIES = "its length is told wrongly, so some of it is missing or is not its own"
_TRUNCATED = {
    "length": "the crawler cut it off because it was too long",
    "time": "the crawler cut it off because it took too long",
    "disconnect": "the crawler lost the connection before its end",
    "unspecified": "the crawler cut it off",
}


def records(stream: Stream, limit: int) -> Iterator[Record | Passed]:
    """Each record from where the stream stands, in its order; of a page at most one byte over `limit`.

    Bytes that belong to no record are one item, so that their loss is seen. Raises `BrokenError` where the file
    cannot be read on.
    """
    stream.skip_all(_BLANK)
    while stream.peek(1):
        found = _next(stream, limit)
        told = stream.broken
        with suppress(BrokenError):
            stream.skip_all(_BLANK)
        yield found
        if told:
            return


def _next(stream: Stream, limit: int) -> Record | Passed:
    if not _VERSION.match(stream.line(_LINE)):
        _to_next(stream)
        return Record(b"", trouble="what stands here is no record of a WARC file")
    try:
        return _record(stream, limit)
    except MalformedError as fault:
        _to_next(stream)
        return Record(b"", trouble=f"this record cannot be read: {fault}")


def _to_next(stream: Stream) -> None:
    """Pass over what stands before the next record."""
    if not stream.fresh:
        stream.skip_to(b"\n" + _BEGIN)


class _Block:
    """The block of a record: as many bytes as its headers say, or fewer where the file or its gzip member ends."""

    def __init__(self, stream: Stream, length: int) -> None:
        self._stream = stream
        self._left = length
        self.trouble: str | None = None
        """Why fewer bytes were there."""

    def __len__(self) -> int:
        return self._left

    def line(self, size: int) -> bytes:
        """The next line, or `size` bytes of it."""
        if self._ended():
            return b""
        found = self._stream.line(min(size, self._left))
        self._left -= len(found)
        return found

    def read(self, size: int) -> bytes:
        """The next bytes, at most `size`; where the file breaks off, those before."""
        parts: list[bytes] = []
        try:
            while size > 0 and not self._ended():
                parts.append(self._stream.take(min(size, self._left)))
                self._left -= len(parts[-1])
                size -= len(parts[-1])
        except BrokenError as fault:
            self.trouble = str(fault)
        return b"".join(parts)

    def close(self) -> bool:
        """Pass over the rest; whether the next record can be looked for."""
        try:
            while not self._ended():
                self._left -= self._stream.skip_some(self._left)
            if self.trouble is None and not self._stream.fresh and self._stream.peek(1) not in (b"", b"\r", b"\n"):
                self.trouble = _LIES
            if self.trouble == _LIES:
                _to_next(self._stream)
        except BrokenError as fault:
            self.trouble = str(fault)
        return self.trouble in (None, _LIES)

    def _ended(self) -> bool:
        if self._left > 0 and self.trouble is None:
            if not self._stream.peek(1):
                self.trouble = "the file is cut off here"
            elif self._stream.fresh and self._stream.peek(len(_BEGIN)) == _BEGIN:
                self.trouble = _LIES
        return self._left <= 0 or self.trouble is not None


def _record(stream: Stream, limit: int) -> Record | Passed:
    headers = headers_in(stream.line)
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit() and len(length) < _DIGITS):
        raise MalformedError("its length is not told")
    block = _Block(stream, int(length))
    found = _page(headers, block, limit)
    going_on = block.close()
    if isinstance(found, Record):
        return replace(found, trouble=found.trouble or block.trouble)
    return found if going_on else Record(b"", trouble=block.trouble)


def _page(headers: Headers, block: _Block, limit: int) -> Record | Passed:
    url = headers.get("warc-target-uri", "").removeprefix("<").removesuffix(">")
    answer = _answer(headers, url, block)
    if isinstance(answer, Passed):
        return answer
    told, status = answer
    media = MEDIA.get(kind_of(told) or "text/html")
    if media is None or _ROBOTS.match(url):
        return Passed("" if media else _OTHERS)
    data, trouble = _body(block, told, limit)
    if not data.strip() and not trouble and status is not None and 300 <= status < 400:
        return Passed("redirects")
    if not kind_of(told) and not data.lstrip().startswith(b"<"):
        return Passed(_OTHERS)
    when = _MOMENT.match(headers.get("warc-date", ""))
    return Record(
        data,
        media,
        charset_of(told),
        web_address(url),
        status,
        f"{when[1]}Z" if when else None,
        trouble=trouble or _TRUNCATED.get(headers.get("warc-truncated", "").lower()),
    )


def _answer(headers: Headers, url: str, block: _Block) -> tuple[Headers, int | None] | Passed:
    """The headers that tell what the block's body is, and the status; how the record is called where it is no page."""
    kind = headers.get("warc-type", "").lower()
    if kind in ("resource", "conversion"):
        return (headers, None) if _PLACE.match(url) else Passed()
    if kind != "response" or not url.lower().startswith(("http:", "https:")):
        return Passed("repeated captures" if kind == "revisit" else "")
    answered = _STATUS.match(block.line(_LINE))
    return (headers_in(block.line), int(answered[1])) if answered else Passed("answers that are not HTTP")


def _body(block: _Block, headers: Headers, limit: int) -> tuple[bytes, str | None]:
    most = limit + limit // 8 + MAX_HEADERS
    if len(block) > most:  # room for what is put between chunks
        return b"", too_large(limit)
    data, trouble = content(block.read(most), headers, limit)
    return (b"", too_large(limit)) if len(data) > limit else (data, trouble)
