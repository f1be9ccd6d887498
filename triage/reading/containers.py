"""Files of many pages, read in slices: each begins where the one before ended, and none is large."""

from __future__ import annotations

import hashlib
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple

from triage.model import Page
from triage.reading.decoding import decode
from triage.reading.formats import MAX_BYTES, Format, format_of
from triage.reading.jsonl import records as jsonl_records
from triage.reading.jsonl import refusal
from triage.reading.opening import UnreadableError, opened
from triage.reading.records import Passed, Record
from triage.reading.saved import Capture, capture_of
from triage.reading.streams import BrokenError, Spot, Stream
from triage.reading.warc import records as warc_records

SLICE = 50
"""Pages of a slice at most."""
_SLICE_BYTES = 64_000_000
"""Unpacked bytes after which a slice ends, pages or not: they take a second at most."""
_SLICE_TEXT = 4_000_000
"""Characters of its pages after which a slice ends."""

_READERS: dict[Format, Callable[[Stream, int], Iterator[Record | Passed]]] = {
    "warc": warc_records,
    "jsonl": jsonl_records,
}


class Place(NamedTuple):
    """Where in a container reading goes on: the spot, and how many records stand before it."""

    spot: Spot = Spot(0)
    number: int = 0


START = Place()


@dataclass(frozen=True, slots=True)
class Slice:
    """Some pages of a container, in their order."""

    pages: tuple[Page, ...]
    after: Place | None = None
    """Where the next slice begins; None at the end of the file."""
    passed: Mapping[str, int] = field(default_factory=dict)
    """How many records were no pages, by what they are."""
    refused: str | None = None
    """Why the file is none of pages, where its beginning tells so."""


def read_slice(folder: Path, path: str, start: Place = START, most: int = SLICE, limit: int = MAX_BYTES) -> Slice:
    """At most `most` pages of the container at `path`, relative to `folder`, from `start` on.

    A page of over `limit` bytes is not read; where the file cannot be read on, the last page says why.
    """
    try:
        with opened(folder, path) as file:
            if start == START and format_of(path) == "jsonl" and (reason := refusal(Stream(file), limit)):
                return Slice((), refused=reason)
            return _sliced(_stream_at(file, start.spot), path, start.number, most, limit)
    except UnreadableError as fault:
        return Slice((_unread(path, None, str(fault), unopened=fault.unopened),))
    except OSError as fault:
        reason = f"the file cannot be read ({fault.strerror})"
        return Slice((_unread(path, None, reason, unopened=True),))
    except BrokenError as fault:  # before its first record
        return Slice((_unread(path, record_name(start.number + 1), str(fault)),))


def all_pages(folder: Path, path: str, limit: int = MAX_BYTES) -> Iterator[Page]:
    """Every page of the container, one slice after the other."""
    place: Place | None = START
    while place is not None:
        found = read_slice(folder, path, place, limit=limit)
        yield from found.pages
        place = found.after


def record_name(number: int) -> str:
    """What the record of this number, from 1, is called; names stand in the order of their numbers."""
    return f"{number:06}"


_KEPT: deque[tuple[tuple[int, ...], Stream]] = deque(maxlen=1)
"""Where the slice before ended, and in which file: one gzip member may be all of a large file, and to begin it anew for
each slice would take longer and longer."""


def _stream_at(file: BinaryIO, spot: Spot) -> Stream:
    facts = os.fstat(file.fileno())
    identity = (facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns)
    with suppress(IndexError):
        known, stream = _KEPT.pop()
        if known == identity and stream.stands_before(spot):
            stream.go_on_with(file)
            stream.go_to(spot)
            _KEPT.append((identity, stream))
            return stream
    file.seek(0)
    stream = Stream(file, spot)
    _KEPT.append((identity, stream))
    return stream


def _sliced(stream: Stream, path: str, number: int, most: int, limit: int) -> Slice:
    pages: list[Page] = []
    passed: Counter[str] = Counter()
    size, before = 0, stream.total
    form = format_of(path)
    assert form is not None  # noqa: S101 - asked for containers alone
    reader = _READERS[form](stream, limit)
    try:
        while True:
            spot = stream.spot
            if not stream.broken and (len(pages) >= most or size > _SLICE_TEXT or stream.total - before > _SLICE_BYTES):
                return Slice(tuple(pages), Place(spot, number), passed)
            found = next(reader, None)
            if found is None:
                break
            number += 1
            if isinstance(found, Passed):
                passed.update([found.what] if found.what else [])
            else:
                pages.append(_page(found, path, record_name(number), spot))
                size += len(pages[-1].text)
    except BrokenError as fault:
        pages.append(_unread(path, record_name(number + 1), str(fault)))
    if number == 0 and not pages:
        pages.append(_unread(path, None, "it is empty"))
    return Slice(tuple(pages), None, passed)


def _page(found: Record, path: str, record: str, spot: Spot) -> Page:
    decoded = decode(found.data, found.charset)
    capture = capture_of(decoded.text) if found.media == "html" else Capture()
    return Page(
        path=path,
        record=record,
        sha256=hashlib.sha256(found.data).hexdigest(),
        media=found.media,
        text=decoded.text,
        encoding=decoded.encoding,
        url=found.url or capture.url,
        status=found.status,
        captured=found.captured or capture.at,
        title=found.title,
        trouble=found.trouble or decoded.trouble,
        spot=spot,
    )


def _unread(path: str, record: str | None, trouble: str, *, unopened: bool = False) -> Page:
    nothing = hashlib.sha256(b"").hexdigest()
    return Page(path, nothing, "html", "", record=record, trouble=trouble, unopened=unopened)
