"""Which format reads which file, by the end of its name. The table is all there is to add a format to."""

from __future__ import annotations

from triage.model import Media

MEDIA: dict[str, Media] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".md": "text",
}
PACKED = ".gz"
MAX_BYTES = 8_000_000
"""Over this a page is flagged and not read: with libxml2's limits lifted, 20 MB cost 2.8 GB of memory."""


def page_suffix(name: str) -> str | None:
    """The suffix by which `name` is read (without `.gz`), or None where no format reads it."""
    lower = name.lower().removesuffix(PACKED)
    dot = lower.rfind(".")
    suffix = lower[dot:] if dot > 0 else ""
    return suffix if suffix in MEDIA else None
