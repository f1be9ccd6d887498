"""Which format reads which file, by the end of its name. The table is all there is to add a format to."""

from __future__ import annotations

from typing import Literal

Format = Literal["html", "text", "mhtml", "warc", "jsonl"]

FORMATS: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".md": "text",
    ".mhtml": "mhtml",
    ".mht": "mhtml",
    ".warc": "warc",
    ".wet": "warc",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
CONTAINERS: frozenset[Format] = frozenset({"warc", "jsonl"})
"""Formats of many pages a file, each a record of its own."""
PACKED = ".gz"
MAX_BYTES = 8_000_000
"""Over this a page is flagged and not read: with libxml2's limits lifted, 20 MB cost 2.8 GB of memory."""


def format_of(name: str) -> Format | None:
    """The format of the file called `name`, packed or not; None where no format reads it."""
    lower = name.lower().removesuffix(PACKED)
    dot = lower.rfind(".")
    return FORMATS.get(lower[dot:]) if dot > 0 else None


def is_container(name: str) -> bool:
    """Whether the file called `name` may hold many pages."""
    return format_of(name) in CONTAINERS


def as_it_stands(name: str) -> bool:
    """Whether the file called `name` is the page's own text, neither packed nor wrapped in anything."""
    return not name.lower().endswith(PACKED) and format_of(name) in ("html", "text")
