"""Walk the folder under review: which files are pages, which things were skipped and why."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from triage.errors import FolderError
from triage.model import SourceFile
from triage.reading.formats import format_of

OWN_FILE = "triage.sqlite"
"""The file of decisions, which stands in the folder and is no page."""
_PACKED = (
    ".zip",
    ".wacz",
    ".tar",
    ".tar.gz",
    ".tgz",
    ".tar.bz2",
    ".tar.xz",
    ".bz2",
    ".xz",
    ".zst",
    ".7z",
    ".rar",
    ".br",
)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something of the folder that is not read, and why, in plain words."""

    path: str
    reason: str


def check_folder(folder: Path) -> None:
    """Raise `FolderError`, in a sentence with the remedy, unless `folder` is a folder that can be listed."""
    if not folder.exists():
        raise FolderError(f"{folder}: no such folder; give the folder that holds the pages")
    if not folder.is_dir():
        raise FolderError(f"{folder}: this is a file, not a folder; give the folder that holds it")
    try:
        with os.scandir(folder):
            pass
    except OSError as fault:
        raise FolderError(f"{folder}: cannot be listed ({fault.strerror}); check its permissions") from fault


def walk(folder: Path) -> Iterator[SourceFile | Skipped]:
    """Pages of `folder` and its sub-folders in path order; hidden names and our own file are left out in silence.

    Links are never followed, so nothing outside the folder is reached and no circle is walked; what is no
    regular file, or of a format without a reader, comes back as `Skipped`. A folder that cannot be listed is
    skipped too, and the walk goes on.
    """
    pending = [""]
    while pending:
        inner = pending.pop()
        try:
            with os.scandir(folder / inner) as listing:
                entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
        except OSError as fault:
            yield Skipped(inner or ".", f"the folder cannot be listed ({fault.strerror})")
            continue
        below = []
        for entry in entries:
            if entry.name.startswith(".") or (not inner and _is_ours(entry.name)):
                continue
            path = f"{inner}/{entry.name}" if inner else entry.name
            found = _look(entry, path)
            if found is None:
                below.append(path)
            else:
                yield found
        pending += reversed(below)


def _is_ours(name: str) -> bool:
    """The file of decisions and what stands beside it: its journal, copies of it. No page, whatever its name."""
    return name.startswith(OWN_FILE) and format_of(name) is None


def _is_packed(name: str) -> bool:
    """Whether a file of this name may hold pages that can be read once it is unpacked; a WACZ file is a ZIP one."""
    return name.lower().endswith(_PACKED)


def _look(entry: os.DirEntry[str], path: str) -> SourceFile | Skipped | None:
    """What `entry` is to a scan; None for a folder to walk into."""
    try:
        facts = entry.stat(follow_symlinks=False)
    except OSError as fault:
        return Skipped(path, f"cannot be examined ({fault.strerror})")
    if stat.S_ISLNK(facts.st_mode):
        return Skipped(path, "a link; links are not followed")
    if stat.S_ISDIR(facts.st_mode):
        return None
    if not stat.S_ISREG(facts.st_mode):
        return Skipped(path, "not a regular file")
    if format_of(entry.name) is None:
        return Skipped(path, "packed; unpack it here" if _is_packed(entry.name) else "no reader for this kind of file")
    return SourceFile(path, facts.st_size, facts.st_mtime_ns, facts.st_ino)
