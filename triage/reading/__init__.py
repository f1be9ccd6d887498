"""Folder to pages: walk, open, decode. Nothing here knows what is in a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from triage.reading.formats import MAX_BYTES
from triage.reading.walking import OWN_FILE, Skipped, check_folder, walk

if TYPE_CHECKING:
    from triage.reading.pages import read_page, read_pages

__all__ = ["MAX_BYTES", "OWN_FILE", "Skipped", "check_folder", "read_page", "read_pages", "walk"]


def __getattr__(name: str) -> Any:
    """What opens and decodes is loaded when it is first asked for: the screen stands before it needs a page."""
    if name not in ("read_page", "read_pages"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from triage.reading import pages  # noqa: PLC0415 - as told

    return getattr(pages, name)
