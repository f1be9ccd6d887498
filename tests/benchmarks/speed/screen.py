"""How fast the screen is on a large folder that was scanned before: start, keys, filter, order, search, bulk, memory.

Starts and keys are those of the real program in a pseudo-terminal, 120 by 40; a hello-world app of Textual, and its
own table with as many rows, are started in turns with it. Filter, order, search and bulk steps are timed on the app
without its screen; what of them holds up the screen's loop is told apart.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.benchmarks.speed.figures import Figure
from tests.benchmarks.speed.kept import TRIAGE, Kept, touch
from tests.benchmarks.speed.program import Program, running
from triage.scanning import Results
from triage.session import Order, Session
from triage.store.journal import Journal

HELLO = """
from textual.app import App
from textual.widgets import Label
class Hello(App):
    def compose(self):
        yield Label("Hello, World!")
Hello().run()
"""
TABLE = """
import sys
from textual.app import App
from textual.widgets import DataTable
class Table(App):
    def compose(self):
        yield DataTable(cursor_type="row")
    def on_mount(self):
        table = self.query_one(DataTable)
        table.add_columns("title", "site", "date", "words", "flags")
        for row in range(int(sys.argv[1])):
            table.add_row(f"title {row}.", "site.example", "2020-01-01", "812", "")
Table().run()
"""
FILTERS = (
    "flag:error-page",
    "is:undecided words:>300",
    "-flag:error-page lang:en date:2016..2019",
    "site:site123.example",
    "group:>1",
    "title:the",
)
SEARCHES = ("reporter", '"the council"', "bar*")
ORDERS = ("title", "date", "words", "flags", "site")
_PACE = 0.1
_SELECTED = 50_000


@contextmanager
def reviewing(folder: Path, cache: Path, *more: str) -> Iterator[Program]:
    """The program on a folder, with decisions and a cache of its own."""
    with (
        tempfile.TemporaryDirectory() as place,
        running(
            TRIAGE, str(folder), "--db", f"{place}/triage.sqlite", *more,
            environment={"XDG_CACHE_HOME": str(cache), "XDG_STATE_HOME": place, "XDG_DATA_HOME": place},
        ) as program,
    ):  # fmt: skip
        yield program


def starts(folders: Mapping[str, tuple[Path, Path]], rounds: int) -> list[Figure]:
    """Seconds until the list stands, and until it has answered a first key, each beside the hello-world app.

    `folders`: pages and cache, by name.
    """
    hello: list[float] = []
    lists: dict[str, list[float]] = {name: [] for name in folders}
    keys: dict[str, list[float]] = {name: [] for name in folders}
    for _ in range(rounds):
        with running(sys.executable, "-c", HELLO) as program:
            hello.append(program.until(b"Hello, World!"))
        for name, (folder, cache) in folders.items():
            with reviewing(folder, cache) as program:
                lists[name].append(program.until(rb"1 of [0-9]"))
                program.press("j")
                keys[name].append(lists[name][-1] + program.until(rb"\b2 of [0-9]"))
    peer, note = statistics.median(hello), f"median of {rounds}"
    figures = []
    for name in folders:
        for what, found in (("list stands", lists[name]), ("first key answered", keys[name])):
            goal = 1.5 * peer if what == "list stands" else None
            value = statistics.median(found)
            figures.append(Figure(f"Start, {name}: {what} ({note})", value, "s", goal, "hello-world Textual app", peer))
    return figures


def table_beside(kept: Kept) -> list[Figure]:
    """Textual's own table filled with as many rows, one run, beside the list."""
    with running(sys.executable, "-c", TABLE, str(kept.pages)) as program:
        stands = program.until(rb"title 0\.")
        program.rest(2)
        taken = []
        for row in range(1, 21):
            program.press("\x1b[B")
            taken.append(program.until(rb"title %d\." % row))
            program.rest(_PACE)
    with reviewing(kept.folder, kept.cache) as program:
        ours = program.until(rb"1 of [0-9]")
        program.rest(8)
        moved = _paced(program, "j", _place, 20)
    name = f"Textual's DataTable, {kept.pages:,} rows"
    median = statistics.median
    return [
        Figure(f"List of {kept.pages:,} pages stands (1 run)", ours, "s", None, name, stands),
        Figure("Key to painted (median of 20)", median(moved) * 1000, "ms", None, name, median(taken) * 1000),
    ]


def keys_answered(kept: Kept, count: int, *, scanning: int = 0) -> list[Figure]:
    """Milliseconds from a key to the next item painted, ten keys a second; `scanning`: while so many workers scan.

    Beside it what the screen's process used of the processor, which the load of other programs hardly changes.
    """
    behind = ", while all processors scan" if scanning else ""
    figures = []
    if scanning:
        touch(kept, 5)
    workers = ("--workers", str(scanning)) if scanning else ()
    with reviewing(kept.folder, kept.cache, *workers) as program:
        program.until(rb"1 of [0-9]")
        program.rest(8)
        for what, key, counter in (("next item", "j", _place), ("keep and go on", "a", _kept)):
            before = program.processor()
            taken = _paced(program, key, counter, count)
            work = (program.processor() - before) / count * 1000
            figures += [
                Figure(f"Key to painted, {what}{behind}: p95 of {count}", _quantile(taken, 0.95) * 1000, "ms", 33),
                Figure(f"Key to painted, {what}{behind}: p99", _quantile(taken, 0.99) * 1000, "ms", 50),
                Figure(f"Work of the screen's process a key, {what}{behind}", work, "ms"),
            ]
        figures.append(Figure(f"Memory of the screen's process{behind}", program.memory(), "MB", 300))
    return figures


def _place(number: int) -> bytes:
    return rb"\b%s of [0-9]" % f"{number + 1:,}".encode()


def _kept(number: int) -> bytes:
    return "✓".encode() + rb"%d\b" % number


def _paced(program: Program, key: str, painted: Callable[[int], bytes], count: int) -> list[float]:
    """Seconds each of `count` keys took, a tenth of a second apart or, where one took longer, at once."""
    taken = []
    for number in range(1, count + 1):
        program.press(key)
        taken.append(program.until(painted(number)))
        program.rest(max(0.0, _PACE - taken[-1]))
    return taken


def keys_lost(kept: Kept, seconds: int) -> Figure:
    """Ten keys a second, sent whether they are answered or not."""
    with reviewing(kept.folder, kept.cache) as program:
        program.until(rb"1 of [0-9]")
        program.rest(3)
        for _ in range(seconds * 10):
            program.send("j")
            program.rest(_PACE)
        program.press("j")  # one more, that is waited for
        try:
            program.until(_place(seconds * 10 + 1))
        except TimeoutError:
            return Figure(f"Keys lost of ten a second over {seconds} s", float("inf"), "keys", 0)
    return Figure(f"Keys lost of ten a second over {seconds} s", 0, "keys", 0)


@contextmanager
def session_of(kept: Kept) -> Iterator[Session]:
    """The app without its screen, all items of the folder in its list."""
    library = kept.library()
    with tempfile.TemporaryDirectory() as place:
        journal = Journal.open(Path(place) / "triage.sqlite", "bench")
        try:
            yield Session(kept.folder, journal, library)
        finally:
            journal.close()
            library.close()


def slowest_acts(session: Session, rounds: int) -> dict[str, tuple[str, float]]:
    """The slowest filter, search and order: what it was, and the median of its seconds."""
    filters = {text: partial(session.filter, text) for text in FILTERS}
    searches = {text: partial(session.filter, text) for text in SEARCHES}
    found = {"Filter": _slowest(filters, rounds), "Search": _slowest(searches, rounds)}
    session.filter("")
    found["Sort"] = _slowest({by: partial(_sort_anew, session, by) for by in ORDERS}, rounds)
    session.sort("title")
    found["Filter, sorted by title,"] = _slowest(filters, rounds)
    session.filter("")
    session.sort("path")
    return found


def _sort_anew(session: Session, by: str) -> None:
    """Sort as after a page was scanned: an order that was worked out before no longer holds."""
    session.apply(Results((session.items[0],)))
    session.sort(by)


def acts(kept: Kept, rounds: int) -> list[Figure]:
    """Milliseconds for filters, orders and searches, seconds for a bulk decision; the slowest of each kind."""
    goals = {"Filter": 150, "Search": 200, "Sort": 150, "Filter, sorted by title,": 150}
    with session_of(kept) as session:
        size, note = f"{len(session.rows):,} items", f"median of {rounds}"
        figures = [
            Figure(f"{what} {size} (slowest: {name}; {note})", seconds * 1000, "ms", goals[what])
            for what, (name, seconds) in slowest_acts(session, rounds).items()
        ]
        found = session.arrange(Order("title"))
        held = _seconds(lambda: session.take(found)) * 1000
        figures.append(Figure("of which the screen's loop is held, sort by title", held, "ms"))
        return [*figures, *_bulk(session)]


def _bulk(session: Session) -> list[Figure]:
    session.sort("path")
    session.go(0)
    session.toggle_range()
    session.go(min(_SELECTED, len(session.rows)) - 1)
    count = len(session.targets())
    began = time.perf_counter()
    plan = session.plan_verdict("later")
    step = session.commit(plan)
    ready = session.ready(step)
    settled = time.perf_counter()
    session.settle(plan, step, ready)
    ended = time.perf_counter()
    undone = _seconds(session.undo)
    return [
        Figure(f"Decide {count:,} items as one step (1 run)", ended - began, "s", 2),
        Figure("of which the screen's loop is held", (ended - settled) * 1000, "ms"),
        Figure(f"Undo {count:,} decisions (1 run)", undone, "s", 2),
    ]


def _slowest(acts_: dict[str, Callable[[], object]], rounds: int) -> tuple[str, float]:
    medians = {name: statistics.median(_seconds(act) for _ in range(rounds)) for name, act in acts_.items()}
    return max(medians.items(), key=lambda one: one[1])


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def figures_of(kept: Kept, small: tuple[Path, Path], rounds: int, count: int) -> list[Figure]:
    """All figures of the screen. `small`: pages and cache of a folder of ten pages or so."""
    found = starts({"ten pages": small, f"{kept.pages:,} pages": (kept.folder, kept.cache)}, rounds)
    found += table_beside(kept)
    found += keys_answered(kept, count)
    found.append(keys_lost(kept, 60))
    found += acts(kept, rounds)
    found += keys_answered(kept, count, scanning=2)
    return found
