"""Copies of the file of decisions in the user's data directory, made by SQLite while the file may be in use.

Which are kept: the ten latest, the latest of each of the last 14 days that have one, and of the last 26 weeks.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from glob import escape as glob_escape
from hashlib import blake2b
from pathlib import Path

from platformdirs import user_data_path

from triage.errors import DamagedJournalError, JournalError
from triage.store.journal import Journal
from triage.store.opening import fault, schema
from triage.store.strangers import check_beside, part_with_journal, strange
from triage.store.swapping import dated, put_in_place, set_aside, to_disk
from triage.text import clean_line

LATEST, DAYS, WEEKS = 10, 14, 26
_WAIT = 5.0
"""Seconds to wait for another program that is writing."""
_HOUR = 3600
_NEVER = datetime.min.replace(tzinfo=UTC)
_NAMES = "%Y-%m-%dT%H%M%S.%fZ.sqlite"


@dataclass(frozen=True, slots=True)
class Told:
    """What a file of decisions holds, in short."""

    decisions: int
    """Items with a verdict, tags or a note."""
    steps: int
    last_at: str | None
    """When the last step was made, UTC, ISO 8601; None where there is none."""
    last_label: str | None


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy."""

    path: Path
    at: datetime
    """When it was made, UTC."""
    told: Told | None
    """None where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, and what it replaced."""

    now: Told
    before: Told | None
    """None where there was no file, or a damaged one."""
    aside: Path | None
    """Where the file that was replaced is kept."""


def folder_of(path: Path, data: Path | None = None) -> Path:
    """Where the backups of the file of decisions at `path` are kept; `data`: another data directory than the user's."""
    name = blake2b(os.fsencode(path.resolve()), digest_size=12).hexdigest()
    return (data or user_data_path("article-triage")) / "backups" / name


def listed(path: Path, data: Path | None = None) -> list[Backup]:
    """What can be brought back, the newest first: backups, and what was replaced and is kept beside the file."""
    name = glob_escape(path.name)
    beside = [
        copy
        for word in ("replaced", "before")
        for copy in path.parent.glob(f"{name}.{word}-*")
        if copy.is_file() and not copy.is_symlink()
    ]
    found = [Backup(copy, _made_at(copy), told_of(copy)) for copy in _copies(folder_of(path, data))]
    found += [Backup(copy, datetime.fromtimestamp(copy.stat().st_mtime, UTC), told_of(copy)) for copy in beside]
    return sorted(found, key=lambda one: one.at, reverse=True)


def paths(path: Path, data: Path | None = None) -> list[Path]:
    """The files of the backups, the newest first; none of them is opened."""
    return _copies(folder_of(path, data))


def back_up(path: Path, data: Path | None = None) -> Path | None:
    """Copy the file at `path` if something was decided since the last copy, and thin the copies out.

    Returns the new copy; None where there is nothing new. May run beside a journal that is open, in another thread.
    Raises JournalError with the remedy where it cannot be made.
    """
    folder = folder_of(path, data)
    try:
        if not path.exists():
            return None
        copies = _copies(folder)
        if _state(path) in (None, *(_state(copy) for copy in copies[:1])):
            return None
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = copied(path, folder / datetime.now(UTC).strftime(_NAMES))
        for copy in (*thinned_out(_copies(folder)), *_left_over(folder)):
            if copy != made:  # by a clock that was set back it is the oldest
                copy.unlink(missing_ok=True)
    except sqlite3.Error as error:
        if _is_full(error):
            place = clean_line(str(folder))
            raise JournalError(f"No backup was made: the disk of {place} is full. Free some space there.") from error
        raise JournalError(f"No backup was made. {fault(error, path)}") from error
    except OSError as error:
        place = clean_line(str(folder))
        raise JournalError(f"No backup was made ({error.strerror}): free or mend {place}.") from error
    return made


def thinned_out(copies: Sequence[Path]) -> list[Path]:
    """Which of the copies, the newest first, are one too many."""
    times = {copy: _made_at(copy) for copy in copies}
    kept = set(copies[:LATEST])
    for limit, name in ((DAYS, "%Y-%j"), (WEEKS, "%G-%V")):
        newest: dict[str, Path] = {}
        for copy in copies:
            newest.setdefault(times[copy].strftime(name), copy)
        kept |= set(list(newest.values())[:limit])
    return [copy for copy in copies if copy not in kept]


def restore(path: Path, copy: Path) -> Restored:
    """Put a copy in the place of the file of decisions at `path`; what stands there is kept under a dated name.

    The file is whole at every moment, before or after. Raises JournalError where the copy is not sound, where another
    program is deciding at this moment, and where it cannot be written; nothing has changed then.
    """
    if not copy.is_file():
        raise JournalError(f"There is no file {clean_line(str(copy))}: nothing was changed.")
    new = dated(path, "new")
    try:
        copied(copy, new)
        with closing(Journal.open(new, "")) as journal:
            journal.check()
        now = told_of(new)
        before = told_of(path)
        with _held(path):
            aside = set_aside(path, "replaced") if path.exists() else None
            put_in_place(new, path)
    except sqlite3.OperationalError as error:
        if _is_full(error):
            name = clean_line(str(path))
            raise JournalError(f"{name} was not replaced: its disk is full. Free some space, and try again.") from error
        raise fault(error, path) from error
    except (sqlite3.DatabaseError, DamagedJournalError) as error:
        raise JournalError(f"{clean_line(str(copy))} is no sound copy: nothing was changed. Choose another.") from error
    except JournalError as error:
        raise JournalError(str(error).replace(clean_line(str(new)), clean_line(str(copy)))) from error
    except OSError as error:
        name = clean_line(str(path))
        raise JournalError(f"{name} could not be replaced ({error.strerror}); it stands as it was.") from error
    finally:
        new.unlink(missing_ok=True)
    if now is None:
        raise JournalError(f"{clean_line(str(path))} was restored, but cannot be read; see `triage doctor`.")
    return Restored(now, before, aside)


def told_of(path: Path) -> Told | None:
    """What the file at `path` holds; None where there is none, or where it cannot be read."""
    try:
        with _reading(path) as connection:
            if strange(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall(), schema()):
                return None
            (decisions,) = connection.execute("SELECT count(*) FROM decisions").fetchone()
            (steps,) = connection.execute("SELECT count(*) FROM steps").fetchone()
            last = connection.execute("SELECT at, label FROM steps ORDER BY id DESC LIMIT 1").fetchone()
    except (sqlite3.Error, UnicodeDecodeError, JournalError):
        return None
    return Told(decisions, steps, *(last or (None, None)))


def _state(path: Path) -> tuple[int, ...] | None:
    """What tells two copies apart where decisions were made in between; None for none, and for what is unreadable."""
    try:
        with _reading(path) as connection:
            last = connection.execute("SELECT id, checksum FROM steps ORDER BY id DESC LIMIT 1").fetchone()
            (moves,) = connection.execute("SELECT count(*) FROM moves").fetchone()
    except (sqlite3.Error, JournalError):
        return None
    return None if last is None else (*last, moves)


def copied(path: Path, target: Path) -> Path:
    """A copy of the file at `path`, whole and on the disk once it has its name."""
    part = target.with_name(target.name + ".part")
    try:
        with _reading(path) as source, closing(sqlite3.connect(part, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = OFF")  # it is brought to the disk as a whole below
            source.backup(copy)
        to_disk(part)
        part.replace(target)
        to_disk(target.parent)
    finally:
        part.unlink(missing_ok=True)
    return target


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that writes nothing. Raises JournalError where there is a link, or no regular file."""
    check_beside(path)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as connection:
        yield connection


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Nobody commits to the file meanwhile. Raises sqlite3.OperationalError where another program does."""
    if not path.exists():
        yield
        return
    check_beside(path)
    part_with_journal(path)
    with closing(sqlite3.connect(path, isolation_level=None, timeout=_WAIT)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            pass  # damaged: no other program can commit to it either
        if os.name == "nt":
            connection.close()  # Windows does not replace a file that is open
        yield


def _is_full(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL


def _left_over(folder: Path) -> list[Path]:
    """Halves of copies that a crash left."""
    return [part for part in folder.glob("*.part") if time.time() - part.stat().st_mtime > _HOUR]


def _copies(folder: Path) -> list[Path]:
    return sorted((copy for copy in folder.glob("*Z.sqlite") if _made_at(copy) > _NEVER), reverse=True)


def _made_at(copy: Path) -> datetime:
    try:
        return datetime.strptime(copy.name, _NAMES).replace(tzinfo=UTC)
    except ValueError:
        return _NEVER
