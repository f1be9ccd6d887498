"""What the formats with many pages in a file give of each of their records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from triage.model import Media


@dataclass(frozen=True, slots=True)
class Record:
    """A record that is a page, or should have been one: then it has no data, and `trouble` says why."""

    data: bytes
    media: Media = "html"
    charset: str | None = None
    """The encoding that what delivered the page said."""
    url: str | None = None
    status: int | None = None
    captured: str | None = None
    title: str | None = None
    """What the record calls the page, beside the page's own word."""
    trouble: str | None = None


class Passed(NamedTuple):
    """A record that is no page."""

    what: str = ""
    """What such records are called together, where an analyst may miss them."""
