"""What the commands share: open the folder with its decisions and its library, scan it, tell the progress."""

from __future__ import annotations

import getpass
import os
import queue
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from triage.config import Settings
from triage.errors import DamagedJournalError, TriageError, UnwritableJournalError
from triage.model import Item, ItemKey, Scanned, Verdict, name_of
from triage.reading.walking import OWN_FILE, check_folder
from triage.scanning.limits import Limits
from triage.session import Session
from triage.session.deciding import Plan, plan_whole, sparing
from triage.session.words import only_last_copies
from triage.store.journal import Journal
from triage.store.library import Library
from triage.store.mending import open_journal

if TYPE_CHECKING:
    from triage.scanning import SkippedThing

_VERDICTS: Mapping[str, Verdict | None] = {"keep": "keep", "discard": "discard", "later": "later", "none": None}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a scan without a screen gave."""

    items: tuple[Item, ...]
    """In path order."""
    skipped: tuple[SkippedThing, ...]
    over_limit: dict[ItemKey, Scanned]
    """Items whose scan a limit ended, or that could not be opened; the library does not keep them."""


def limits(settings: Settings, workers: int | None) -> Limits:
    """The scan's limits from the settings; `workers` of the command line goes first."""
    return Limits(
        cpu_seconds=settings.page_seconds,
        max_bytes=int(settings.page_megabytes * 1_000_000),
        workers=workers or settings.workers,
    )


@contextmanager
def opened_library(folder: Path, limits: Limits) -> Iterator[Library]:
    """The library of `folder`. Raises `FolderError` where there is no such folder.

    What was scanned under another limit of size is scanned again: pages may have been too large for it.
    """
    check_folder(folder)

    def detector() -> str:
        from triage.detector import detector_version

        return f"{detector_version()}-{limits.max_bytes}"

    def rules() -> str:
        from triage.detector import rules_version

        return rules_version()

    library = Library.open(folder.resolve(), detector=detector, rules=rules)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def opened(folder: Path, db: Path | None, reviewer: str | None, limits: Limits) -> Iterator[tuple[Journal, Library]]:
    """The decisions and the library of `folder`. Raises `TriageError` where one of them cannot be opened."""
    with opened_library(folder, limits) as library, opened_journal(folder, db, reviewer) as journal:
        yield journal, library


@contextmanager
def opened_journal(folder: Path, db: Path | None, reviewer: str | None) -> Iterator[Journal]:
    """The decisions of `folder` alone, backed up if they are new. Raises `TriageError` where they cannot be opened.

    Where they may be read and not written, what only tells works nevertheless, and the first write raises.
    """
    from triage.cli.printing import narrate

    check_folder(folder)
    path = decisions_of(folder, db)
    with _writable_or_readable(path, reviewer or own_name()) as journal:
        try:
            told = look_after(path) if journal.path == path else None
        except TriageError as fault:
            told = str(fault)
        if told:
            narrate(told)
        yield journal


def _writable_or_readable(path: Path, reviewer: str) -> AbstractContextManager[Journal]:
    from triage.cli.printing import narrate

    try:
        return closing(open_journal(path, reviewer, narrate))
    except UnwritableJournalError as refusal:
        from triage.store.journal import reading

        return reading(path, reviewer, refusal)


def look_after(path: Path) -> str | None:
    """Back up the file of decisions at `path` if it is new; what is to be known of where it lies, if anything.

    Raises JournalError where no backup can be made.
    """
    from triage.store.backups import back_up
    from triage.store.places import warning

    back_up(path)
    return warning(path)


def decisions_of(folder: Path, db: Path | None) -> Path:
    """The file of decisions: the one that is named, or the folder's own."""
    return db or folder / OWN_FILE


def session_over(
    folder: Path, journal: Journal, library: Library, tell: Callable[[str], None], *, whole: bool = True
) -> Session:
    """A session; a journal that turns out to be damaged is mended first, which is told. `whole` as in `Session`."""
    try:
        return Session(folder, journal, library, whole=whole)
    except DamagedJournalError as fault:
        from triage.store.mending import mend

        tell(mend(journal, fault) or str(fault))
        return Session(folder, journal, library, whole=whole)


@contextmanager
def scanned_session(
    folder: Path, db: Path | None, reviewer: str | None, limits: Limits, query: str, with_errors: bool = False
) -> Iterator[tuple[Session, Finding]]:
    """A session over `folder` whose scan has run to its end and whose list shows what `query` matches.

    As on the screen, a search for words leaves error pages out unless `with_errors` asks for them. Raises
    `QueryError` before anything is opened.
    """
    from triage.cli.printing import narrate
    from triage.query import parse

    parse(query)
    with opened(folder, db, reviewer, limits) as (journal, library):
        session = session_over(folder, journal, library, narrate)
        session.errors_left_out = not with_errors
        found = scan_to_the_end(folder, library, limits, session)
        session.filter(query)
        yield session, found


def scan_to_the_end(folder: Path, library: Library, limits: Limits, session: Session | None = None) -> Finding:
    """Scan `folder` with a progress bar on standard error, feeding `session`. Raises `TriageError` on a fault."""
    from triage.cli.printing import narrate, progress_bar
    from triage.scanning import Event, Finished, Progress, Scan, SkippedThing, item_of

    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    limits = replace(limits, workers=limits.workers or os.cpu_count(), behind=False)  # no screen needs a processor
    scan = Scan(folder, library, events.put, limits)
    skipped: list[SkippedThing] = []
    scan.start()
    try:
        with progress_bar() as bar:
            task = bar.add_task("scanning", total=None)
            while not isinstance(event := events.get(), Finished):
                if session is not None:
                    session.apply(event)
                if isinstance(event, SkippedThing):
                    skipped.append(event)
                elif isinstance(event, Progress):
                    doing = "scanning" if event.walking or event.done < event.found else "looking for copies"
                    bar.update(task, description=doing, total=event.found, completed=event.done)
    finally:
        scan.cancel()
        scan.join()
    if session is not None:
        session.apply(event)
    if event.fault:
        raise TriageError(event.fault)
    over_limit = {(one.path, one.record): one for results in scan.over_limit.values() for one in results}
    for one in over_limit.values():
        narrate(f"{name_of((one.path, one.record))}: unreadable: {one.flags[0].reason}")
    items = [*library.items(), *map(item_of, over_limit.values())]
    return Finding(tuple(sorted(items, key=lambda item: (item.path, item.record or ""))), tuple(skipped), over_limit)


def own_name() -> str:
    """The user's name on this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reviewer"


def carry_out(session: Session, plan: Plan, ask: Callable[[str], bool] | None) -> None:
    """Carry a plan out as one step, once `ask` agrees to several items (None: unasked), and tell it."""
    from triage.cli.printing import narrate

    if not plan.changes:
        narrate(_nothing(plan))
    elif plan.asks and ask is not None and not ask(_question(plan)):
        narrate("nothing was changed")
    else:
        session.carry_out(plan)
        narrate(plan.label)


def plan_all(session: Session, verdict: str, reason: str | None, tags: tuple[str, ...], note: str | None) -> Plan:
    """Decide every item of the session's list; `verdict` as the command line names it."""
    items, spared = session.without_last_copies(list(session.rows), _VERDICTS[verdict])
    return sparing(plan_whole(items, _VERDICTS[verdict], reason, tags, note), spared)


def _nothing(plan: Plan) -> str:
    if plan.items:
        return "nothing to change: all is so already"
    return only_last_copies(plan.spared) if plan.spared else "no item matches"


def _question(plan: Plan) -> str:
    before = f" {plan.overwrites:,} of them were decided otherwise before." if plan.overwrites else ""
    return f"{plan.question}{before}"
