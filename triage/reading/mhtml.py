"""A page saved as MHTML (RFC 2557): the HTML of it, taken out of the message that browsers wrap around it.

The message is cut at its boundaries and only the part that is the page is decoded: the pictures beside it, most of
such a file, are passed over as bytes.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import collapse_rfc2231_value, parsedate_to_datetime

from triage.model import Media
from triage.reading.opening import UnreadableError
from triage.reading.saved import Capture, web_address

MAX_FILE = 64_000_000
"""Bytes of a file with all its pictures; of those only the page's own count towards the limit of a page."""
_HEADERS = 262_144
"""Bytes that the headers of one part may take."""
_DEPTH = 8
"""Messages inside one another that are opened; browsers write one, mail programs two or three."""
_END = re.compile(rb"(?:\A|\r?\n)\r?\n")
_MEDIA: dict[str, Media] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The bytes of the page, what they are, the encoding that the message tells, and where and when it was saved."""

    data: bytes
    media: Media = "html"
    charset: str | None = None
    capture: Capture = field(default_factory=Capture)
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    head: Message
    body: bytes
    cut: bool = False
    """Whether the file ends before the part does."""

    @property
    def kind(self) -> str:
        return self.head.get_content_type()


def unwrapped(data: bytes) -> Unwrapped:
    """The page inside an MHTML file. Raises `UnreadableError` where there is none.

    It is the part that the message names as its start, else the first HTML, else the first plain text.
    """
    message = _parsed(data.lstrip(b"\r\n"))
    if "content-type" not in message.head:  # named so, but saved as it is
        return Unwrapped(data)
    root = _root(message)
    if root is None:
        raise UnreadableError("there is no HTML in this MHTML file")
    place = next(filter(None, map(web_address, _places(message, root))), None)
    return Unwrapped(
        _decoded(root),
        _MEDIA[root.kind],
        _charset(root.head),
        Capture(place, _moment(message.head)),
        "the file is cut off, and the page with it" if root.cut else None,
    )


def _parsed(data: bytes, *, cut: bool = False) -> _Part:
    end = _END.search(data, 0, _HEADERS)
    head, body = (data[: end.start()], data[end.end() :]) if end else (data[:_HEADERS], b"")
    return _Part(BytesHeaderParser().parsebytes(head), body, cut)


def _root(message: _Part) -> _Part | None:
    """The part that is the page, looked for in messages inside the message as well."""
    for _ in range(_DEPTH):
        if not message.kind.startswith("multipart/"):
            return message if message.kind in _MEDIA else None
        found = _chosen(message)
        if found is None:
            return None
        message = found
    return None


def _chosen(message: _Part) -> _Part | None:
    start = _word(_parameter(message.head, "start"))
    first: dict[str, _Part] = {}
    for part in _parts(message):
        if start and _word(part.head.get("content-id")) == start:
            return part
        first.setdefault("multipart" if part.kind.startswith("multipart/") else part.kind, part)
        if "text/html" in first and not start:
            break
    kinds = ("text/html", "application/xhtml+xml", "multipart", "text/plain")
    return next((first[kind] for kind in kinds if kind in first), None)


def _parts(message: _Part) -> Iterator[_Part]:
    """The parts of a message; the last one also where the file ends before its end."""
    boundary = _word(_parameter(message.head, "boundary"))
    if not boundary:
        return
    body = b"\n" + message.body
    line = re.compile(rb"\n--" + re.escape(boundary.encode("utf-8", "replace")) + rb"(--)?[ \t]*\r?(?=\n|\Z)")
    at = line.search(body)
    while at is not None and at[1] is None:
        following = line.search(body, at.end())
        data = body[at.end() + 1 : following.start() if following else len(body)]
        yield _parsed(data.removesuffix(b"\r"), cut=following is None)
        at = following


def _decoded(part: _Part) -> bytes:
    way = str(part.head.get("content-transfer-encoding", "")).strip().lower()
    if way == "quoted-printable":
        return quopri.decodestring(part.body)
    if way == "base64":
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", part.body)
        return binascii.a2b_base64(letters[: len(letters) // 4 * 4] + _rest(letters))
    return part.body


def _rest(letters: bytes) -> bytes:
    """The last letters of base64, filled up; one alone stands for nothing."""
    rest = letters[len(letters) // 4 * 4 :]
    return rest.ljust(4, b"=") if len(rest) > 1 else b""


def _places(message: _Part, root: _Part) -> list[str]:
    heads = (
        (message.head, "snapshot-content-location"),
        (root.head, "content-location"),
        (message.head, "content-location"),
    )
    return ["".join(str(head.get(name, "")).split()) for head, name in heads]


def _charset(head: Message) -> str | None:
    return _word(_parameter(head, "charset")).lower() or None


def _parameter(head: Message, name: str) -> object:
    """A parameter of the content type, also one that tells its own encoding (RFC 2231); None where that is none."""
    value = head.get_param(name)
    with suppress(ValueError):
        return value if value is None else collapse_rfc2231_value(value)
    return None


def _word(value: object) -> str:
    """A parameter or a header without its brackets; "" for one that is missing or written in parts."""
    return value.strip().strip("<>") if isinstance(value, str) else ""


def _moment(head: Message) -> str | None:
    """When the page was saved, in UTC; a time without a zone is taken as UTC."""
    try:
        moment = parsedate_to_datetime(str(head["date"]))
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError, IndexError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
