"""Figures of the scan: a page, a folder, a folder again, rules again, memory of a worker, growth.

Processor time where other programs may be running, wall time only where the figure is one of wall time; peers take
turns with us in one run, and of several runs the median counts.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import active_children, forkserver
from pathlib import Path
from statistics import median

from tests.benchmarks.speed.bare import bare_milliseconds, pages_of, pool_rate
from tests.benchmarks.speed.figures import Figure
from tests.benchmarks.speed.folders import change, make
from tests.benchmarks.speed.usage import measured
from triage.corpus import fingerprint
from triage.extraction import extract
from triage.flagging import flag
from triage.model import Page, SourceFile
from triage.reading import walk
from triage.scanning import Event, Limits, Progress, Results, Scan
from triage.scanning.record import scan_page, subject_of
from triage.scanning.worker import load
from triage.store.library import Library

BIN = Path(sys.executable).parent
PEER = ("--fast", "--no-comments", "--with-metadata", "--json", "--parallel", "2")


def page_figures(folder: Path, most: int, runs: int) -> list[Figure]:
    """Processor time a page: the whole scan beside the bare extraction, flags beside our own extraction."""
    pages = pages_of(folder, most)
    load()  # as a worker does
    steps: dict[str, Callable[[Page], object]] = {"scan": scan_page, "extract": extract}
    for work in steps.values():
        for page in pages[:20]:
            work(page)
    taken: dict[str, list[float]] = {name: [] for name in (*steps, "bare", "flags")}
    for _ in range(runs):  # one pass after the other: what is kept of a page for the next step would be had for nothing
        for name, work in steps.items():
            taken[name].append(sum(_seconds(work, page) for page in pages) / len(pages) * 1000)
        subjects = [subject_of(page) for page in pages]
        seconds = sum(_seconds(lambda one: fingerprint(one.article, flag(one)), subject) for subject in subjects)
        taken["flags"].append(seconds / len(pages) * 1000)
        taken["bare"].append(bare_milliseconds(folder, most))
    ms = {name: median(values) for name, values in taken.items()}
    return [
        Figure(
            f"Scan of a page (median of {runs}, {len(pages)} pages)",
            ms["scan"],
            "ms",
            1.1 * ms["bare"],
            "bare extraction",
            ms["bare"],
        ),
        Figure(
            "Flags and fingerprint of a page", ms["flags"], "ms", 0.1 * ms["extract"], "its extraction", ms["extract"]
        ),
    ]


def _seconds(work: Callable[..., object], *values: object) -> float:
    start = time.process_time()
    work(*values)
    return time.process_time() - start


def folder_figures(folder: Path, runs: int) -> list[Figure]:
    """Pages a second of the commands on a cold folder, both cores: ours and trafilatura's own parallel run."""
    count = sum(isinstance(file, SourceFile) for file in walk(folder))
    rates: dict[str, list[float]] = {"triage": [], "trafilatura": []}
    work: dict[str, list[float]] = {"triage": [], "trafilatura": []}
    for _ in range(runs):
        for name, timed in (("triage", _our_command), ("trafilatura", _peer_command)):
            wall, cpu = timed(folder)
            rates[name].append(count / wall)
            work[name].append(cpu / count * 1000)
    rate, cost = ({name: median(values) for name, values in found.items()} for found in (rates, work))
    peer = "trafilatura --parallel"
    pool = median(pool_rate(folder) for _ in range(runs))
    memory = _memory_of_a_worker(folder)
    return [
        Figure(
            f"Pages a second (median of {runs}, {count} pages)",
            rate["triage"],
            "a second",
            rate["trafilatura"],
            peer,
            rate["trafilatura"],
            least=True,
        ),
        Figure(
            "Pages a second beside a pool",
            rate["triage"],
            "a second",
            None,
            "bare extraction in a pool of 2",
            pool,
        ),
        Figure("Work of all processes a page", cost["triage"], "ms", cost["trafilatura"], peer, cost["trafilatura"]),
        Figure("Memory of a worker at most, what it shares with others included", memory, "MB", 400),
    ]


def _memory_of_a_worker(folder: Path) -> float:
    """Megabytes of memory that any worker of a scan had at any time."""
    found = [0.0]

    def look(event: Event) -> None:
        if isinstance(event, Results):
            for worker in active_children():
                with suppress(OSError, IndexError):  # it has ended just now
                    told = Path(f"/proc/{worker.pid}/status").read_text("utf-8")
                    found.append(int(told.partition("VmHWM:")[2].split()[0]) / 1000)

    with tempfile.TemporaryDirectory() as cache, opened(folder, Path(cache)) as library:
        scanned(folder, library, look)
    return max(found)


def _our_command(folder: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as cache:
        command = [str(BIN / "triage"), "scan", str(folder), "--format", "jsonl", "--workers", "2"]
        return measured(command, {**os.environ, "XDG_CACHE_HOME": cache})


def _peer_command(folder: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as out:
        return measured([str(BIN / "trafilatura"), "--input-dir", str(folder), "--output-dir", out, *PEER])


def scanned(folder: Path, library: Library, on_event: Callable[[Event], None] = lambda _: None) -> tuple[float, float]:
    """Scan to the end; seconds of the clock, and of the processor here and in the workers."""
    before = sum(map(_used, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
    start = time.monotonic()
    scan = Scan(folder, library, on_event, Limits(workers=2))
    scan.start()
    scan.join()
    seconds = time.monotonic() - start
    forkserver._forkserver._stop()  # what its workers used is ours to count once it has ended
    used = sum(map(_used, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))) - before
    return seconds, used


def _used(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def opened(folder: Path, cache: Path, rules: str = "1") -> Iterator[Library]:
    """The library of the folder in a cache of our own."""
    library = Library.open(folder, cache, detector="1", rules=rules)
    try:
        yield library
    finally:
        library.close()


def again_figures(pages: int, kilobytes: float) -> list[Figure]:
    """A folder of so many pages scanned, scanned again unchanged, with a tenth changed, and under other rules."""
    place = Path(tempfile.mkdtemp(prefix="triage-speed-"))
    try:
        folder, cache = place / "pages", place / "cache"
        make(folder, pages, kilobytes)
        with opened(folder, cache) as library:
            _, cold = scanned(folder, library)
        told: list[str] = []

        def count(event: Event) -> None:
            if isinstance(event, Results):
                told.extend(item.path for item in event.items)

        start = time.monotonic()
        with opened(folder, cache) as library:
            items = library.items()
            listed = time.monotonic() - start
            unchanged, _ = scanned(folder, library, count)
        if told or len(items) != pages:
            raise SystemExit(f"a second start scanned {len(told)} pages of {len(items)}")
        changed = len(list(change(folder, pages)))
        with opened(folder, cache) as library:
            _, tenth = scanned(folder, library, count)
        with opened(folder, cache, rules="2") as library:
            _, rules = scanned(folder, library)
        fastest = _latency(folder, place / "other cache")
    finally:
        shutil.rmtree(place)
    name = f"{pages:,} pages of some {kilobytes:g} KB"
    return [
        Figure(f"List with all flags of {name}", listed, "s", 3),
        Figure(f"Folder of {name} walked and compared, none opened", unchanged, "s", 3),
        Figure(f"Work after {changed:,} of them changed", tenth, "s", 0.15 * cold, "cold scan", cold),
        Figure("Work after the rules changed, none opened", rules, "s", 0.5 * cold, "cold scan", cold),
        Figure("An item opened before its turn", fastest, "ms", 200),
    ]


def _latency(folder: Path, cache: Path) -> float:
    """Median milliseconds from asking for a page that waits to its result, while the scan runs."""
    paths = [file.path for file in walk(folder) if isinstance(file, SourceFile)]
    wanted = paths[len(paths) // 2 :: max(1, len(paths) // 40)][:15]
    asked: dict[str, float] = {}
    waits: list[float] = []

    def follow(event: Event) -> None:
        if isinstance(event, Results):
            arrived = [item.path for item in event.items if item.path in asked]
            waits.extend(time.monotonic() - asked.pop(path) for path in arrived)
        started = isinstance(event, Results) or (isinstance(event, Progress) and event.done)
        if started and not asked and wanted:
            path = wanted.pop()
            asked[path] = time.monotonic()
            scan.prefer([path])
        if not wanted and not asked:
            scan.cancel()

    with opened(folder, cache) as library:
        scan = Scan(folder, library, follow, Limits(workers=1))
        scan.start()
        scan.join()
    return median(waits) * 1000 if waits else 0.0
