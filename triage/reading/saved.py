"""What a saved page tells of its own capture: the comment browsers and SingleFile put at its head."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)\s*(\S+?)\s*-->", re.IGNORECASE)
_SINGLEFILE = re.compile(r"<!--\s*Page saved with SingleFile(.{0,2000}?)-->", re.IGNORECASE | re.DOTALL)
_URL = re.compile(r"^\s*url:\s*(\S+)", re.MULTILINE)
_DATE = re.compile(r"^\s*saved date:\s*(.+?)\s*$", re.MULTILINE)
_HEAD = 16_384


@dataclass(frozen=True, slots=True)
class Capture:
    """Where a page was saved from, and when (ISO 8601, UTC); None where it does not tell."""

    url: str | None = None
    at: str | None = None


def capture_of(text: str) -> Capture:
    """What the comments at the head of a saved page say of its capture."""
    head = text[:_HEAD]
    if single := _SINGLEFILE.search(head):
        url, date = _URL.search(single[1]), _DATE.search(single[1])
        return Capture(web_address(url[1] if url else None), _moment(date[1]) if date else None)
    if saved := _SAVED_FROM.search(head):
        return Capture(web_address(saved[1]))
    return Capture()


def web_address(url: str | None) -> str | None:
    """`url`, if it is an address of the web."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _moment(words: str) -> str | None:
    """SingleFile writes JavaScript's `Fri Mar 01 2024 10:20:30 GMT+0100 (CET)`."""
    stated = re.sub(r"\s*\(.*\)$", "", words)
    try:
        moment = datetime.strptime(stated, "%a %b %d %Y %H:%M:%S GMT%z").astimezone(UTC)
    except (ValueError, OverflowError):  # the first and the last day of all years have no UTC
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
