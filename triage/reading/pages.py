"""One file to its pages: opened, decoded, and told apart from what a browser wrote around it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from triage.model import Page
from triage.reading.decoding import decode
from triage.reading.formats import MAX_BYTES, MEDIA, page_suffix
from triage.reading.opening import UnreadableError, read_bytes
from triage.reading.saved import Capture, capture_of


def read_pages(folder: Path, path: str, limit: int = MAX_BYTES) -> tuple[Page, ...]:
    """The pages of the file at `path`, relative to `folder`; a file that cannot be read is one page with trouble."""
    media = MEDIA[page_suffix(path) or ".txt"]
    try:
        data = read_bytes(folder, path, limit)
    except UnreadableError as fault:
        nothing = hashlib.sha256(b"").hexdigest()
        return (Page(path, nothing, media, "", trouble=str(fault), unopened=fault.unopened),)
    decoded = decode(data)
    capture = capture_of(decoded.text) if media == "html" else Capture()
    return (
        Page(
            path=path,
            sha256=hashlib.sha256(data).hexdigest(),
            media=media,
            text=decoded.text,
            encoding=decoded.encoding,
            url=capture.url,
            captured=capture.at,
            trouble=decoded.trouble,
        ),
    )
