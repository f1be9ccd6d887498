"""One file to its pages: opened, decoded, and told apart from what a browser wrote around it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from triage.model import Media, Page
from triage.reading.containers import Place, all_pages, read_slice
from triage.reading.decoding import decode
from triage.reading.formats import MAX_BYTES, Format, format_of, is_container
from triage.reading.mhtml import MAX_FILE, Unwrapped, unwrapped
from triage.reading.opening import UnreadableError, check_size, read_bytes
from triage.reading.saved import Capture, capture_of
from triage.reading.streams import Spot

_MEDIA: dict[Format, Media] = {"html": "html", "text": "text", "mhtml": "html"}


def read_pages(folder: Path, path: str, limit: int = MAX_BYTES) -> tuple[Page, ...]:
    """The pages of the file at `path`, relative to `folder`; a file that cannot be read is one page with trouble."""
    return tuple(all_pages(folder, path, limit)) if is_container(path) else (_only_page(folder, path, limit),)


def read_page(
    folder: Path, path: str, record: str | None = None, spot: tuple[int, int] | None = None, limit: int = MAX_BYTES
) -> Page | None:
    """The page of a file, or the one of a record of it; None where there is no such record.

    `spot`: where it began when it was scanned; without one the file is read up to it.
    """
    if record is None or not is_container(path):
        return None if record is not None or is_container(path) else _only_page(folder, path, limit)
    found: Iterable[Page]
    if spot is not None and record.isdecimal():
        found = read_slice(folder, path, Place(Spot(*spot), int(record) - 1), most=1, limit=limit).pages
    else:
        found = all_pages(folder, path, limit)
    return next((page for page in found if page.record == record), None)


def _only_page(folder: Path, path: str, limit: int) -> Page:
    form = format_of(path) or "text"
    try:
        found = _unwrapped(folder, path, form, limit)
    except UnreadableError as fault:
        nothing = hashlib.sha256(b"").hexdigest()
        return Page(path, nothing, _MEDIA[form], "", trouble=str(fault), unopened=fault.unopened)
    decoded = decode(found.data, found.charset)
    capture = capture_of(decoded.text) if found.media == "html" else Capture()
    return Page(
        path=path,
        sha256=hashlib.sha256(found.data).hexdigest(),
        media=found.media,
        text=decoded.text,
        encoding=decoded.encoding,
        url=found.capture.url or capture.url,
        captured=found.capture.at or capture.at,
        trouble=found.trouble or decoded.trouble,
    )


def _unwrapped(folder: Path, path: str, form: Format, limit: int) -> Unwrapped:
    """The bytes of the page in a file of this format. Raises `UnreadableError` for over `limit` bytes of it."""
    if form != "mhtml":
        return Unwrapped(read_bytes(folder, path, limit), _MEDIA[form])
    found = unwrapped(read_bytes(folder, path, max(MAX_FILE, limit)))
    check_size(found.data, limit)
    return found
