"""Going on after a fault of the file of decisions: with what can be read of it, and never at the cost of what is there.

What was shown as saved stays saved: a file that was deleted under an open journal is written again, since the system
keeps what is open; one that was replaced is kept beside the new one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from triage.errors import DamagedJournalError, JournalError
from triage.store.journal import Journal
from triage.store.opening import fault as told_of
from triage.store.swapping import dated, put_in_place
from triage.text import clean_line

if TYPE_CHECKING:
    from triage.store.salvage import Salvaged


def open_journal(path: Path, reviewer: str, tell: Callable[[str], None]) -> Journal:
    """The journal at `path`, mended first where it is damaged; what was done is told. Raises JournalError."""
    try:
        return Journal.open(path, reviewer)
    except DamagedJournalError:
        tell(str(saved(path)))
        return Journal.open(path, reviewer)


def saved(path: Path) -> Salvaged:
    """Save what can be read of the damaged file at `path` and its backups. Raises JournalError where it cannot."""
    from triage.store.backups import paths  # noqa: PLC0415 - a file in order needs neither
    from triage.store.salvage import salvage  # noqa: PLC0415

    try:
        return salvage(path, paths(path))
    except OSError as error:
        raise JournalError(
            f"The file of decisions {clean_line(str(path))} is damaged and could not be mended ({error.strerror}): it "
            "was left as it is. Free space or give permission to write beside it, and start again."
        ) from error
    except sqlite3.Error as error:
        raise told_of(error, path) from error
    except MemoryError as error:
        raise JournalError(
            f"The file of decisions {clean_line(str(path))} is damaged and too large to mend: it was left as it is. "
            "Use `triage restore` for an earlier copy, or --db PATH to start another file."
        ) from error


def mend(journal: Journal, fault: JournalError) -> str | None:
    """Make a journal that failed with `fault` usable again; what was done, in a sentence or two.

    None where the file itself is as it was, so that there is nothing to mend: a full disk, another program's lock.
    What the journal holds afterwards may differ from before. Raises JournalError where it cannot be mended.
    """
    name = clean_line(str(journal.path))
    where = journal.whereabouts()
    if where == "gone":
        _write_again(journal)
        journal.reopen()
        return (
            f"The file of decisions {name} was deleted or renamed while it was open. It was written again with every "
            "decision that was shown as saved. Decide again what was not."
        )
    if where == "replaced":
        aside = dated(journal.path, "replaced")
        journal.save_as(aside)
        journal.reopen()
        return (
            f"Another file was put in the place of {name} while it was open. The list shows what the new file holds; "
            f"what was decided before is kept as {clean_line(aside.name)}, and `triage restore` brings it back."
        )
    if isinstance(fault, DamagedJournalError):
        journal.close()
        told = str(saved(journal.path))
        journal.reopen()
        return told
    return None


def _write_again(journal: Journal) -> None:
    new = dated(journal.path, "new")
    journal.save_as(new)
    try:
        if journal.path.exists():  # it came back meanwhile
            raise JournalError(f"{clean_line(str(journal.path))} is there again; decide again.")
        put_in_place(new, journal.path)
    except OSError as error:
        raise JournalError(f"Cannot write {clean_line(str(journal.path))}: {error.strerror}.") from error
    finally:
        if os.path.lexists(new):
            new.unlink()
