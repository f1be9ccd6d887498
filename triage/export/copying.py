"""Copies of the pages themselves, as they are, in another folder: the kept ones as a folder of their own.

The folder under review is only read. Each copy is there whole or not at all, at the same path below the new folder.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from triage.errors import TriageError
from triage.model import Item
from triage.reading.opening import UnreadableError, opened


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that was not copied, and why, in plain words."""

    path: str
    reason: str


def check_target(folder: Path, target: Path) -> None:
    """Raise TriageError where `target` is a file, or lies in `folder`, of which the copies would become pages."""
    own, there = Path(os.path.realpath(folder)), Path(os.path.realpath(target))
    if there == own or own in there.parents:
        raise TriageError(f"{target} is in the folder under review, where copies would be pages; name another folder.")
    if there.exists() and not there.is_dir():
        raise TriageError(f"{target} is a file; name a folder.")


def plan_copies(items: Sequence[Item], target: Path, force: bool = False) -> tuple[str, ...]:
    """The files of `items`, each once, that `copy_files` is to copy below `target`, by their paths in the folder.

    Nothing is written. Raises TriageError where a copy would replace a file and `force` is not given.
    """
    paths = tuple(dict.fromkeys(item.path for item in items))
    taken = [path for path in paths if os.path.lexists(target / path)]
    if taken and not force:
        others = f" and {len(taken) - 1:,} more" if len(taken) > 1 else ""
        raise TriageError(f"{target / taken[0]}{others} is there already; --force replaces it.")
    return paths


def copy_files(folder: Path, paths: Sequence[str], target: Path) -> Iterator[Failed]:
    """Copy files of `folder` to the same paths below `target`, with their times; those that could not be copied."""
    own = Path(os.path.realpath(target))
    for path in paths:
        try:
            _copy(folder, path, own)
        except UnreadableError as fault:
            yield Failed(path, str(fault))
        except OSError as fault:
            yield Failed(path, f"it cannot be written ({fault.strerror})")


def _copy(folder: Path, path: str, target: Path) -> None:
    """Copy one file. Raises UnreadableError and OSError, as where a link leads out of `target`."""
    new = target / path
    real = Path(os.path.realpath(new.parent))
    if real != target and target not in real.parents:
        raise OSError(errno.ELOOP, "a link there leads out of the folder")
    new.parent.mkdir(parents=True, exist_ok=True)
    part = new.with_name(f".{os.getpid()}.part")  # short: the name itself may be as long as names can be
    with opened(folder, path) as file:
        try:
            with part.open("xb") as copy:
                shutil.copyfileobj(file, copy)
                copy.flush()
                os.fsync(copy.fileno())
            times = os.fstat(file.fileno())
            os.utime(part, ns=(times.st_atime_ns, times.st_mtime_ns))
            part.replace(new)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
