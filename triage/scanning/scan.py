"""A scan of one folder: a thread that walks, feeds worker processes, stores what they find and tells of it."""

from __future__ import annotations

import queue
import signal
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as Overdue
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triage.errors import TriageError
from triage.model import Scanned, SourceFile
from triage.reading.containers import Place, Slice
from triage.reading.formats import is_container
from triage.reading.walking import Skipped, walk
from triage.scanning.containers import Container, Handful
from triage.scanning.events import Event, Finished, Gone, Listed, Progress, Regrouped, Results, SkippedThing
from triage.scanning.items import item_of
from triage.scanning.limits import Limits
from triage.scanning.processes import shielded, workers_context
from triage.scanning.record import given_up, given_up_page, is_unopened, unopened
from triage.scanning.worker import Flagged, flag_again, look_across, prepare, read, scan_pages, work
from triage.store.library import Library, Portion
from triage.text import clean_line

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

    from triage.corpus import CorpusFindings

_BATCH_SECONDS = 0.1
_BATCH_FILES = 2000
_FIRST_FILES = 100
"""More than any screen shows: the list stands before the folder is walked."""
_BATCH_AGAIN = 50
"""Pages of which a worker finds the flags anew before it tells."""
_Ended = tuple[str, str]
"""Cause and reason of a job that gave nothing."""
_Job = SourceFile | Container | Handful
_WALL_FACTOR = 10
"""The wall-time backstop: a process that waits, rather than works, is ended too."""


class Scan:
    """Scans `folder` behind the screen. `on_event` is called from the scan's own thread, about every 100 ms.

    Files that did not change since the library took them up are not opened and not told of: their items are in
    `library.items()` from the start. The rest is scanned in worker processes, the files named by `prefer` first.
    """

    def __init__(
        self,
        folder: Path,
        library: Library,
        on_event: Callable[[Event], None],
        limits: Limits | None = None,
    ) -> None:
        self._folder = folder
        self._library = library
        self._tell = on_event
        self._limits = limits or Limits()
        self._thread = threading.Thread(target=self.run, name="scan", daemon=True)
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._waiting: OrderedDict[str, SourceFile] = OrderedDict()
        self._preferred: set[str] = set()
        self._arrived: queue.SimpleQueue[tuple[_Job, ProcessFuture[Any]]] = queue.SimpleQueue()
        self._containers: dict[str, Container] = {}
        self._handfuls: deque[Handful] = deque()
        self._outdated: list[Portion] = []
        self._files: dict[str, SourceFile] = {}
        self._batch: list[tuple[SourceFile, tuple[Scanned, ...]]] = []
        self._parts: list[Scanned] = []
        """What came of containers and is not told yet."""
        self._known: set[str] = set()
        self._told = 0.0
        self._found = self._done = self._skipped = 0
        self.over_limit: dict[str, tuple[Scanned, ...]] = {}
        """Files whose scan was ended by a limit, or that could not be opened. The library does not keep them, so
        that they are tried again: a right that was given does not show in a file's size and time."""

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def prefer(self, paths: Sequence[str]) -> None:
        """Scan the files at `paths` next, in this order, as far as they still wait."""
        with self._lock:
            self._preferred = set(paths)
            for path in reversed(paths):
                if path in self._waiting:
                    self._waiting.move_to_end(path, last=False)

    def cancel(self) -> None:
        """End the scan soon; what is done is kept."""
        self._cancelled.set()

    def join(self, timeout: float | None = None) -> bool:
        """Wait for the end of the scan; whether it has ended."""
        if self._thread.ident is None:  # never begun
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def run(self) -> None:
        """Scan, in the thread of the caller; `start` does it in one of its own."""
        fault = None
        try:
            with shielded():
                self._list()
                if not self._cancelled.is_set() and (self._waiting or self._outdated or not self._library.grouped()):
                    self._scan()
        except (TriageError, OSError) as error:
            fault = str(error)
        except Exception as error:  # noqa: BLE001 - who waits for the end would wait for ever
            fault = f"The scan could not go on ({type(error).__name__}: {clean_line(str(error))})."
        self._tell(Finished(self._found, self._done, self._skipped, self._cancelled.is_set(), fault))

    def _list(self) -> None:
        """Walk the folder; tell what stands there and what the library already knows."""
        everything: list[SourceFile] = []
        batch: list[SourceFile] = []
        for found in walk(self._folder):
            if self._cancelled.is_set():
                return
            if isinstance(found, Skipped):
                self._skip(found.path, found.reason)
                continue
            batch.append(found)
            if len(batch) >= (_BATCH_FILES if everything else _FIRST_FILES):
                self._listed(batch, everything)
                batch = []
        self._listed(batch, everything)
        unchanged = self._library.unchanged(everything)
        self._known = self._library.paths()
        gone = self._known - {file.path for file in everything}
        if gone:
            self._library.forget(gone)
            self._tell(Gone(tuple(sorted(gone))))
        self._outdated = [one for one in self._library.outdated(_BATCH_AGAIN) if not unchanged.isdisjoint(one.paths)]
        outdated = {path for one in self._outdated for path in one.paths} & unchanged
        self._done += len(unchanged) - len(outdated)
        self._waiting.update((file.path, file) for file in everything if file.path not in unchanged)
        self._files = {file.path: file for file in everything if file.path in outdated}
        if nothing := [(path, None) for path in self._library.empty() if path in unchanged]:
            self._tell(Gone(keys=tuple(nothing)))
        for path, note in self._library.notes().items():
            if path in unchanged:
                self._skip(path, note)
        self._tell(Progress(self._found, self._done, walking=False))

    def _skip(self, path: str, reason: str) -> None:
        self._skipped += 1
        self._tell(SkippedThing(path, reason))

    def _listed(self, batch: list[SourceFile], everything: list[SourceFile]) -> None:
        everything += batch
        self._found += len(batch)
        if batch:
            self._tell(Listed(tuple(batch)))
            self._tell(Progress(self._found, self._done, walking=True))

    def _scan(self) -> None:
        from pebble import ProcessPool  # noqa: PLC0415 - the list stands before it is needed

        processes = self._limits.processes()
        with ProcessPool(
            processes,
            initializer=prepare,
            initargs=(self._limits.behind,),
            context=workers_context(),
        ) as pool:
            self._scan_waiting(pool)
            self._flag_again(pool)
            self._scan_waiting(pool)  # what could not be flagged from the library
            if not self._cancelled.is_set():
                self._look_across(pool)
            if self._cancelled.is_set():
                pool.stop()  # type: ignore[no-untyped-call]  # pebble annotates its other methods

    def _scan_waiting(self, pool: ProcessPool) -> None:
        """Scan what waits. One job a worker and one to spare are under way, so that what is preferred comes soon."""
        running: set[ProcessFuture[Any]] = set()
        while (self._waiting or self._handfuls or running) and not self._cancelled.is_set():
            while len(running) <= self._limits.processes() and (job := self._next()):
                running.add(self._submit(pool, job))
            self._collect(running)
            self._flush_when_due()
        self._flush()

    def _flag_again(self, pool: ProcessPool) -> None:
        """Find the flags of pages anew that other rules have flagged: in the library, without opening the pages."""
        limits, library = self._limits, str(self._library.path)
        waiting, running = deque(self._outdated), deque[tuple[Portion, "ProcessFuture[Flagged]"]]()
        while (waiting or running) and not self._cancelled.is_set():
            while waiting and len(running) <= limits.processes():
                portion = waiting.popleft()
                timeout = limits.cpu_seconds * _WALL_FACTOR
                future = pool.schedule(flag_again, args=(library, portion.items, limits.cpu_seconds), timeout=timeout)
                running.append((portion, future))
            self._flagged(*running.popleft())

    def _flagged(self, portion: Portion, future: ProcessFuture[Flagged]) -> None:
        """Keep the flags that were found anew; files of which one could not be flagged are scanned again."""
        try:
            found = future.result()
        except CancelledError:
            return
        except Exception:  # noqa: BLE001 - whatever ended it, a scan of each file by itself tells which page it was
            with self._lock:
                self._waiting.update((path, self._files[path]) for path in portion.paths if path in self._files)
            return
        ended = [path for path in portion.ended if path in self._files and path not in self._waiting]
        self._library.set_flags(ended, found)
        self._done += len(ended)
        self._tell(Results(tuple(self._library.items_at(portion.items))))
        self._tell(Progress(self._found, self._done, walking=False))

    def _look_across(self, pool: ProcessPool) -> None:
        """The second step, over all pages: groups of near copies, blocks and error texts that recur."""
        future: ProcessFuture[CorpusFindings] = pool.schedule(look_across, args=(str(self._library.path),))
        while not future.done():
            if self._cancelled.wait(_BATCH_SECONDS):
                return
        try:
            found = future.result()
        except Exception as error:
            raise TriageError(
                f"Looking for copies across the pages failed ({type(error).__name__}); scan again."
            ) from error
        altered = self._library.set_groups(found.groups, found.flags)
        items = self._library.items_of(sorted({path for path, _ in altered}))
        self._tell(Regrouped(tuple(item for item in items if item.key in altered)))

    def _next(self) -> _Job | None:
        """What to do next: what is preferred, then pages of containers that were read, then what else waits.

        A container is read on before the last of its pages are under way, so that no worker waits for more.
        """
        with self._lock:
            first = next(iter(self._waiting), None)
            urgent = first in self._preferred and first not in self._containers
            ahead = first in self._containers and len(self._handfuls) <= self._limits.processes()
            if self._handfuls and not urgent and not ahead:
                return self._handfuls.popleft()
            if first is None:
                return None
            file = self._waiting.pop(first)
        if not is_container(file.path):
            return file
        container = self._containers.get(file.path)
        if container is None:
            known = self._library.items_of([file.path])
            container = self._containers[file.path] = Container(file, {item.key for item in known})
        container.open += 1
        return container

    def _submit(self, pool: ProcessPool, job: _Job) -> ProcessFuture[Any]:
        limits = self._limits
        seconds, folder = limits.cpu_seconds, str(self._folder)
        future: ProcessFuture[Any]
        match job:
            case SourceFile(path):
                args = (folder, path, limits.max_bytes, seconds)
                future = pool.schedule(work, args=args, timeout=seconds * _WALL_FACTOR)
            case Container(place=Place() as place):
                reads = (folder, job.file.path, place, job.most, (limits.max_bytes, seconds))
                future = pool.schedule(read, args=reads, timeout=seconds * _WALL_FACTOR)
            case Handful(pages=pages):
                timeout = seconds * _WALL_FACTOR * len(pages)
                future = pool.schedule(scan_pages, args=(pages, seconds), timeout=timeout)
            case _:
                raise AssertionError("a container that was read to its end is not read on")
        future.add_done_callback(lambda _: self._arrived.put((job, future)))
        return future

    def _collect(self, running: set[ProcessFuture[Any]]) -> None:
        try:
            job, future = self._arrived.get(timeout=_BATCH_SECONDS)
        except queue.Empty:
            return
        running.discard(future)
        ended, result = None, None
        try:
            result = future.result()
        except CancelledError:
            return
        except Exception as error:  # noqa: BLE001 - whatever ended one page must not end the scan; it is told
            ended = _why_ended(error, self._limits)
        match job:
            case SourceFile():
                self._take_file(job, result, ended)
            case Container():
                self._take_slice(job, result, ended)
            case Handful():
                self._take_pages(job, result, ended)

    def _take_file(self, file: SourceFile, result: tuple[Scanned, ...] | None, ended: _Ended | None) -> None:
        if result is None or ended:
            result = given_up(self._folder, file.path, self._limits.max_bytes, *(ended or ("fault", "")))
            self.over_limit[file.path] = result
        if is_unopened(result):
            self.over_limit[file.path] = result
        self._batch.append((file, result))
        self._done += 1

    def _take_slice(self, container: Container, found: Slice | None, ended: _Ended | None) -> None:
        """Scan the pages of a slice, and read the next one before what else waits."""
        path = container.file.path
        container.open -= 1
        if found and any(page.unopened for page in found.pages):
            self.over_limit[path] = tuple(unopened(page) for page in found.pages)
            del self._containers[path]
            self._take_file(container.file, self.over_limit[path], None)
            return
        if not container.begun:
            container.begun = True
            self._flush()
            self._library.begin(path)
            container.before.add((path, None))
        if found:
            self._handfuls += container.take(found)
            self._found += len(found.pages)
        elif ended and (rest := container.failed(*ended)):
            self._found += 1
            self._take_results(container, (rest,))
        if container.place is not None:
            with self._lock:
                self._waiting[path] = container.file
                self._waiting.move_to_end(path, last=False)
        self._end(container)

    def _take_pages(self, handful: Handful, result: tuple[Scanned, ...] | None, ended: _Ended | None) -> None:
        container = handful.container
        if ended and len(handful.pages) > 1:
            self._handfuls.extendleft(handful.apart())
            return
        container.open -= 1
        self._take_results(
            container, result or tuple(given_up_page(page, *(ended or ("fault", ""))) for page in handful.pages)
        )
        self._end(container)

    def _take_results(self, container: Container, results: tuple[Scanned, ...]) -> None:
        self._parts += results
        self._done += len(results)
        container.seen(results)

    def _end(self, container: Container) -> None:
        """Close a container all of which has come."""
        if not container.ended:
            return
        self._flush()
        path, note = container.file.path, container.note()
        del self._containers[path]
        self._library.complete(container.file, note)
        self._done += 1
        self._tell(Gone(keys=tuple(sorted(container.before, key=str))))
        if note:
            self._skip(path, note)

    def _flush_when_due(self) -> None:
        if (self._batch or self._parts) and time.monotonic() - self._told >= _BATCH_SECONDS:
            self._flush()

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        ended = {file.path for file, _ in batch} & self.over_limit.keys()
        if outdated := ended & self._known:  # what was found before the file changed holds no longer
            self._library.forget(outdated)
        if kept := [(file, results) for file, results in batch if file.path not in ended]:
            self._library.put(kept)
        parts, self._parts = self._parts, []
        if parts:
            self._library.add(parts)
        scanned = [*(one for _, results in batch for one in results), *parts]
        self._tell(Results(tuple(map(item_of, scanned))))
        self._tell(Progress(self._found, self._done, walking=False))
        self._told = time.monotonic()


def _why_ended(error: Exception, limits: Limits) -> tuple[str, str]:
    """Cause and reason of a page whose scan gave no result, in words for the analyst."""
    from pebble import ProcessExpired  # noqa: PLC0415 - as above

    over_time = isinstance(error, ProcessExpired) and error.exitcode == -getattr(signal, "SIGPROF", 0)
    if over_time or isinstance(error, Overdue):
        return "time-out", f"took over {limits.cpu_seconds:g} s to scan; open the page itself to judge it"
    if isinstance(error, ProcessExpired):
        return "crash", "the parser crashed on it; open the page itself to judge it"
    return "fault", f"scanning it failed ({type(error).__name__}: {clean_line(str(error))}); please report this page"
