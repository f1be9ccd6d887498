"""How fast the screen is on a large folder: start, keys, filter, order, search, bulk steps, memory.

    python -m tests.benchmarks.speed.screen FOLDER --small SMALL

FOLDER holds many pages and SMALL ten or so; both were scanned before (`triage scan`), so that the figures are those of
a second start. Starts and keys are those of the real program in a pseudo-terminal, 120 by 40; a hello-world app of
Textual is started in turns with it. Filter, order, search and bulk steps are timed on the app without its screen.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.speed.figures import Figure, table
from tests.benchmarks.speed.folders import change
from tests.benchmarks.speed.program import Program, running
from triage.cli.working import opened
from triage.scanning import Limits
from triage.session import Session

TRIAGE = str(Path(sys.executable).with_name("triage"))
HELLO = """
from textual.app import App
from textual.widgets import Label
class Hello(App):
    def compose(self):
        yield Label("Hello, World!")
Hello().run()
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


def starts(folders: Sequence[tuple[str, Path]], rounds: int) -> list[Figure]:
    """Seconds until the list stands, and until it has answered a first key, each beside the hello-world app."""
    hello: list[float] = []
    lists: dict[str, list[float]] = {name: [] for name, _ in folders}
    keys: dict[str, list[float]] = {name: [] for name, _ in folders}
    for _ in range(rounds):
        with running(sys.executable, "-c", HELLO) as program:
            hello.append(program.until(b"Hello, World!"))
        for name, folder in folders:
            with tempfile.TemporaryDirectory() as place, running(*_review(folder, place)) as program:
                stood = program.until(rb"1 of [0-9]")
                lists[name].append(stood)
                program.press("j")
                keys[name].append(stood + program.until(rb"\b2 of [0-9]"))
    peer = statistics.median(hello)
    figures = []
    for name, _ in folders:
        for what, found in (("list stands", lists[name]), ("first key answered", keys[name])):
            value = statistics.median(found)
            goal = 1.5 * peer if what == "list stands" else None
            figures.append(Figure(f"Start, {name}: {what}", value, "s", goal, "hello-world Textual app", peer))
    return figures


def _review(folder: Path, place: str, *more: str) -> tuple[str, ...]:
    return (TRIAGE, str(folder), "--db", f"{place}/triage.sqlite", *more)


def keys_answered(folder: Path, count: int, *, scanning: int = 0) -> list[Figure]:
    """Milliseconds from a key to the next item painted, ten keys a second; `scanning`: while so many workers scan."""
    with_scan = ", while all processors scan" if scanning else ""
    figures = []
    with tempfile.TemporaryDirectory() as place:
        workers = ("--workers", str(scanning)) if scanning else ()
        with running(*_review(folder, place, *workers)) as program:
            program.until(rb"1 of [0-9]")
            program.rest(5)
            for what, key, counter in (("next item", "j", _place), ("keep and go on", "a", _kept)):
                taken = _paced(program, key, counter, count)
                figures += [
                    Figure(f"Key to painted, {what}{with_scan}: p95", _quantile(taken, 0.95) * 1000, "ms", 33),
                    Figure(f"Key to painted, {what}{with_scan}: p99", _quantile(taken, 0.99) * 1000, "ms", 50),
                ]
            figures.append(Figure(f"Memory of the screen's process{with_scan}", program.memory(), "MB", 300))
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


def keys_lost(folder: Path, seconds: int) -> Figure:
    """Ten keys a second, sent whether they are answered or not."""
    with tempfile.TemporaryDirectory() as place, running(*_review(folder, place)) as program:
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


def acts(folder: Path, rounds: int) -> list[Figure]:
    """Milliseconds for filters, orders and searches, seconds for a bulk decision; the slowest of each kind."""
    with (
        tempfile.TemporaryDirectory() as place,
        opened(folder, Path(place) / "triage.sqlite", "bench", Limits()) as (journal, library),
    ):
        session = Session(folder, journal, library)
        size = f"{len(session.rows):,} items"
        filters = {text: partial(session.filter, text) for text in FILTERS}
        searches = {text: partial(session.filter, text) for text in SEARCHES}
        slowest = {
            f"Filter {size}": (_slowest(filters, rounds), 150),
            f"Search the text of {size}": (_slowest(searches, rounds), 200),
        }
        session.filter("")
        slowest[f"Sort {size}"] = (_slowest({by: partial(session.sort, by) for by in ORDERS}, rounds), 150)
        figures = [
            Figure(f"{what} (slowest: {name})", seconds * 1000, "ms", goal)
            for what, ((name, seconds), goal) in slowest.items()
        ]
        return [*figures, *_bulk(session)]


def _bulk(session: Session) -> list[Figure]:
    session.sort("path")
    session.go(0)
    session.toggle_range()
    session.go(min(_SELECTED, len(session.rows)) - 1)
    count = len(session.targets())
    planned = _seconds(lambda: session.plan_verdict("later"))
    plan = session.plan_verdict("later")
    whole = planned + _seconds(lambda: session.carry_out(plan))
    undone = _seconds(session.undo)
    return [
        Figure(f"Decide {count:,} items as one step", whole, "s", 2),
        Figure(f"Undo {count:,} decisions", undone, "s", 2),
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


def figures_of(folder: Path, small: Path, *, rounds: int = 7, count: int = 300, pages: int = 0) -> list[Figure]:
    """All figures. `pages`: how many pages of `folder` the generator made, a tenth of which is then changed."""
    found = starts((("ten pages", small), ("the large folder", folder)), rounds)
    found += keys_answered(folder, count)
    found.append(keys_lost(folder, 60))
    found += acts(folder, rounds)
    if pages:
        for _ in change(folder, pages):
            pass
        found += keys_answered(folder, count, scanning=2)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the screen on a large folder that was scanned before.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--small", type=Path, default=Path("sample_articles"))
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--pages", type=int, default=0, help="how many the generator made; a tenth is then changed")
    chosen = parser.parse_args()
    found = figures_of(chosen.folder, chosen.small, rounds=chosen.rounds, count=chosen.keys, pages=chosen.pages)
    print(table(found))  # noqa: T201


if __name__ == "__main__":
    main()
