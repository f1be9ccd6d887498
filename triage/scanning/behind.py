"""A scan behind a screen, in a process of its own: what it unpacks, stores and indexes never holds up a key.

The screen's process reads what the library knows from before, and what the other process tells; that one walks the
folder, feeds the workers and writes the library.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from triage.errors import TriageError
from triage.scanning.events import Event, Finished, Known, Listed, Regrouped, Results
from triage.scanning.limits import Limits
from triage.scanning.processes import end_with_parent, shielded
from triage.scanning.scan import Scan
from triage.scanning.worker import silence
from triage.store.library import Library
from triage.text import clean_line

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

_KNOWN = 1000
"""Known items told at once: the screen answers keys between two portions."""
_PORTION = 500
"""Items of other events told at once."""
_NICENESS = 5
"""Below the screen and above the workers, who wait for it."""


class ScanBehind:
    """Scans as `Scan` does, and tells what the library knows before all else, as `Known`.

    Of files that the library knows no `Listed` is told: their items are known already.
    """

    def __init__(
        self, folder: Path, library: Library, on_event: Callable[[Event], None], limits: Limits | None = None
    ) -> None:
        self._folder = folder
        self._library = library
        self._tell = on_event
        self._limits = limits or Limits()
        self._thread = threading.Thread(target=self._run, name="scan", daemon=True)
        self._cancelled = threading.Event()
        self._process: SpawnProcess | None = None
        self._here, self._there = multiprocessing.get_context("spawn").Pipe()

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def prefer(self, paths: Sequence[str]) -> None:
        """Scan the files at `paths` next, in this order, as far as they still wait."""
        self._ask(tuple(paths))

    def cancel(self) -> None:
        """End the scan soon; what is done is kept."""
        self._cancelled.set()
        self._ask(None)

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end of the scan; whether it has ended of its own. One that has not is ended."""
        if self._thread.ident is not None:
            self._thread.join(timeout)
        if self._process is None:
            return not self._thread.is_alive()
        self._process.join(timeout)
        if self._process.is_alive():
            self._process.terminate()
            return False
        return True

    def _ask(self, paths: tuple[str, ...] | None) -> None:
        with suppress(OSError):  # it has ended
            self._here.send(paths)

    def _run(self) -> None:
        fault = None
        try:
            self._tell_what_is_known()
            if not self._cancelled.is_set():
                self._hear_to_the_end()
                return
        except EOFError:
            fault = "The scan's process ended before its time; start triage again to go on with it."
        except (TriageError, OSError) as error:
            fault = str(error)
        except Exception as error:  # noqa: BLE001 - who waits for the end would wait for ever
            fault = f"The scan could not go on ({type(error).__name__}: {clean_line(str(error))})."
        self._tell(Finished(0, 0, 0, self._cancelled.is_set(), fault))

    def _tell_what_is_known(self) -> None:
        for portion in self._library.portions(_KNOWN):
            if self._cancelled.is_set():
                return
            self._tell(Known(tuple(portion), last=False))
        self._tell(Known((), last=True))

    def _hear_to_the_end(self) -> None:
        library = self._library
        self._process = multiprocessing.get_context("spawn").Process(
            target=_scan,
            args=(self._there, self._folder, (library.path, library.detector, library.rules), self._limits),
            name="scan",
        )
        with shielded():
            self._process.start()
        self._there.close()
        while True:
            event: Event = self._here.recv()
            self._tell(event)
            if isinstance(event, Finished):
                return


def _scan(there: Connection, folder: Path, library: tuple[Path, str, str], limits: Limits) -> None:
    """The process behind: scans, tells through `there`, and hears there of what to scan first, or (None) to end.

    `library`: its file, and the versions of detector and rules.
    """
    if limits.behind and hasattr(os, "nice"):
        os.nice(_NICENESS)
    silence()
    threading.Thread(target=end_with_parent, daemon=True).start()
    opened = Library(*library)
    try:
        known = opened.paths()

        def tell(event: Event) -> None:
            for portion in _in_portions(event, known):
                there.send(portion)

        scan = Scan(folder, opened, tell, limits)
        threading.Thread(target=_hear, args=(there, scan), daemon=True).start()
        scan.run()
    finally:
        opened.close()


def _hear(there: Connection, scan: Scan) -> None:
    with suppress(OSError, EOFError):
        while (paths := there.recv()) is not None:
            scan.prefer(paths)
    scan.cancel()


def _in_portions(event: Event, known: set[str]) -> Iterator[Event]:
    """A large event as several, without the files that are known."""
    match event:
        case Listed(files):
            new = tuple(file for file in files if file.path not in known)
            for start in range(0, len(new), _PORTION):
                yield Listed(new[start : start + _PORTION])
        case Results(items) | Regrouped(items) if len(items) > _PORTION:
            for start in range(0, len(items), _PORTION):
                yield type(event)(items[start : start + _PORTION])
        case _:
            yield event
