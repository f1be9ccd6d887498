"""One file to its pages: opened, decoded, and told apart from what a browser wrote around it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from triage.model import Media, Page
from triage.reading.decoding import decode
from triage.reading.formats import MAX_BYTES, Format, format_of
from triage.reading.mhtml import MAX_FILE, Unwrapped, unwrapped
from triage.reading.opening import UnreadableError, check_size, read_bytes
from triage.reading.saved import Capture, capture_of

_MEDIA: dict[Format, Media] = {"html": "html", "text": "text", "mhtml": "html"}


def read_pages(folder: Path, path: str, limit: int = MAX_BYTES) -> tuple[Page, ...]:
    """The pages of the file at `path`, relative to `folder`; a file that cannot be read is one page with trouble."""
    form = format_of(path) or "text"
    try:
        found = _unwrapped(folder, path, form, limit)
    except UnreadableError as fault:
        nothing = hashlib.sha256(b"").hexdigest()
        return (Page(path, nothing, _MEDIA[form], "", trouble=str(fault), unopened=fault.unopened),)
    decoded = decode(found.data, found.charset)
    capture = capture_of(decoded.text) if found.media == "html" else Capture()
    return (
        Page(
            path=path,
            sha256=hashlib.sha256(found.data).hexdigest(),
            media=found.media,
            text=decoded.text,
            encoding=decoded.encoding,
            url=found.capture.url or capture.url,
            captured=found.capture.at or capture.at,
            trouble=decoded.trouble,
        ),
    )


def _unwrapped(folder: Path, path: str, form: Format, limit: int) -> Unwrapped:
    """The bytes of the page in a file of this format. Raises `UnreadableError` for over `limit` bytes of it."""
    if form != "mhtml":
        return Unwrapped(read_bytes(folder, path, limit), _MEDIA[form])
    found = unwrapped(read_bytes(folder, path, max(MAX_FILE, limit)))
    check_size(found.data, limit)
    return found
