"""JSON lines of data sets of pages: an object a line, with the page's HTML or text and what is known of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from triage.model import Media
from triage.reading.opening import too_large
from triage.reading.records import Passed, Record
from triage.reading.saved import web_address
from triage.reading.streams import Stream

_TEXTS = ("html", "text", "raw_content")
_TEXTS_OF_AN_ADDRESS = ("content", "body")
"""Fields that hold a page only where its address or title stands beside them: messages and logs have them too."""
_ADDRESSES = ("url", "source_url")
_TIMES = ("date", "timestamp")
_OURS = frozenset(("path", "sha256", "flags"))
"""Fields of what `triage scan` and `triage export` write."""
_LOOKED_AT = 20
"""Lines by which a file is told from one that holds no pages."""
_ROOM = 1_000_000
"""Bytes that a line may have beside its page."""
_MARKUP = re.compile(r"\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*[\s/>])", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:?00)?)?\Z")
_EPOCH = (10**8, 10**11)
"""Seconds since 1970 of a time, from 1973 to 5138; what is larger counts milliseconds."""


class _NotJsonError(Exception):
    """The line is no JSON."""


def records(stream: Stream, limit: int) -> Iterator[Record | Passed]:
    """Each line from where the stream stands, those without a page too; of a page no more than `limit` bytes."""
    while stream.peek(1):
        line = stream.line(2 * limit + _ROOM)
        if line.endswith(b"\n") or not stream.peek(1):
            yield _record(line, limit)
            continue
        while not stream.skip_to(b"\n") and stream.peek(1):
            pass
        stream.skip_some(1)
        yield Record(b"", trouble=too_large(limit))


def refusal(stream: Stream, limit: int) -> str | None:
    """Why the file holds no pages, as its first lines tell; None where it holds some."""
    for _ in range(_LOOKED_AT):
        line = stream.line(2 * limit + _ROOM)
        if not line:
            break
        with suppress(_NotJsonError):
            found = _object(line)
            if found.keys() >= _OURS:
                return "written by triage itself"
            if _text(found):
                return None
        if not line.endswith(b"\n") and stream.peek(1):  # too long to be looked at
            return None
    return "JSON lines without pages: no object with html, text or raw_content, or content or body beside a url"


def _record(line: bytes, limit: int) -> Record | Passed:
    if not line.strip():
        return Passed()
    try:
        found = _object(line)
    except _NotJsonError:
        return Record(b"", trouble="this line is no JSON")
    text = _text(found)
    if not text:
        return Passed("lines without a page")
    data = _SURROGATE.sub("\ufffd", text).encode()
    trouble = too_large(limit) if len(data) > limit else None
    return Record(
        b"" if trouble else data,
        _media(found, text),
        "utf-8",
        web_address(_word(found, _ADDRESSES)),
        _status(_value(found, "status")),
        _moment(next(filter(None, (_value(found, name) for name in _TIMES)), None)),
        _SURROGATE.sub("\ufffd", _word(found, ("title",))) or None,
        trouble,
    )


def _object(line: bytes) -> Mapping[str, Any]:
    """The object on a line; an empty one for other values. A number of many digits is none that matters here."""
    try:
        found = json.loads(line.decode("utf-8", "replace").lstrip("\ufeff"), parse_int=_whole, parse_float=_whole)
    except (ValueError, RecursionError):
        raise _NotJsonError from None
    return found if isinstance(found, dict) else {}


def _whole(digits: str) -> int | None:
    with suppress(ValueError, OverflowError):
        return int(float(digits)) if len(digits) < 25 else None
    return None


def _text(found: Mapping[str, Any]) -> str:
    """The page on a line; "" where there is none."""
    told = _word(found, _TEXTS)
    beside = _word(found, (*_ADDRESSES, "title"))
    return told or (_word(found, _TEXTS_OF_AN_ADDRESS) if beside else "")


def _word(found: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of these fields that holds a text."""
    values = (_value(found, name) for name in names)
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def _value(found: Mapping[str, Any], name: str) -> Any:
    """A field of the object, or of what it tells of itself apart."""
    if name in found:
        return found[name]
    inner = (found.get(apart) for apart in ("metadata", "meta"))
    return next((one[name] for one in inner if isinstance(one, dict) and name in one), None)


def _media(found: Mapping[str, Any], text: str) -> Media:
    return "html" if found.get("html") == text or _MARKUP.match(text) else "text"


def _status(value: Any) -> int | None:
    with suppress(TypeError, ValueError, OverflowError):  # JSON of Python's has Infinity
        return status if 100 <= (status := int(value)) < 600 else None
    return None


def _moment(value: Any) -> str | None:
    """A time as ISO 8601, from such a one or from the seconds or milliseconds since 1970; None for any other."""
    if isinstance(value, str):
        told = _MOMENT.match(value.strip())
        return None if told is None else told[1] + (f"T{told[2]}Z" if told[2] else "")
    if isinstance(value, bool) or not isinstance(value, int) or value < _EPOCH[0]:
        return None
    seconds = value if value < _EPOCH[1] else value / 1000
    with suppress(OverflowError, ValueError, OSError):
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return None
