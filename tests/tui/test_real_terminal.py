"""The real program in a pseudo-terminal: keys typed ahead, and a terminal that goes away."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from terminal import Terminal, running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three short pages."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("apples", "bread", "cats"):
        text = f"<title>{name}</title><article><h1>{name}</h1><p>{name} are told of here. {'More is said. ' * 30}</p>"
        (pages / f"{name}.html").write_text(text, "utf-8")
    return pages


@pytest.fixture
def started(folder: Path) -> Iterator[Terminal]:
    """The program with its three pages on the screen."""
    with running(folder) as terminal:
        shows(terminal, "1 of 3")
        yield terminal


def shows(terminal: Terminal, wanted: str) -> None:
    terminal.until(lambda text: wanted in text, wanted)


def verdicts(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "triage.sqlite")) as database:
        return database.execute("SELECT path, verdict FROM decisions ORDER BY path").fetchall()


def test_keys_typed_ahead_of_the_screen_go_where_they_belong(folder: Path, started: Terminal) -> None:
    started.press("/path:bread\rmadd this\ra\x7fW1zebra, apple*\rd")
    shows(started, "1 of 1")
    shows(started, "Discarded")
    started.press("q")
    assert started.wait() == 0
    assert verdicts(folder) == [("bread.html", "discard")]
    with closing(sqlite3.connect(folder / "triage.sqlite")) as database:
        assert database.execute("SELECT note FROM decisions").fetchall() == [("add this",)]
        assert database.execute("SELECT value FROM place WHERE name = 'keep-words'").fetchall() == [("zebra\napple*",)]


def test_a_terminal_that_goes_away_loses_no_decision_and_the_program_ends(folder: Path, started: Terminal) -> None:
    started.press("ad")
    shows(started, "Discarded")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, started._master)  # takes the terminal away
    os.close(nowhere)
    assert started.wait() == 1
    assert verdicts(folder) == [("apples.html", "keep"), ("bread.html", "discard")]


def test_a_request_to_end_is_a_quit(folder: Path, started: Terminal) -> None:
    started.press("s")
    shows(started, "Set aside")
    os.kill(started.pid, signal.SIGTERM)
    assert started.wait() == 0
    assert verdicts(folder) == [("apples.html", "later")]


@pytest.mark.skipif(sys.platform != "linux", reason="this system cannot take the room of a program that runs")
def test_on_a_full_disk_nothing_is_shown_as_saved_and_once_there_is_room_the_next_key_is(
    folder: Path, started: Terminal
) -> None:
    started.press("a")
    started.until(lambda text: "·2  ✓1  ✗0  …0" in text and "bread are told of here" in text, "a page kept, all read")
    with no_room(started):
        started.press("d")
        shows(started, "Not saved.")
        shows(started, "2 of 3")
        started.press("\x1b")
        started.until(lambda text: "NOT SAVED" in text and "Not saved." not in text, "the list again")
        assert "2 of 3" in started.text
        assert "·2  ✓1  ✗0  …0" in started.text
        assert verdicts(folder) == [("apples.html", "keep")]
    started.press("s")
    shows(started, "·1  ✓1  ✗0  …1")
    started.kill()
    assert verdicts(folder) == [("apples.html", "keep"), ("bread.html", "later")]


@contextmanager
def no_room(terminal: Terminal) -> Iterator[None]:
    """No file can be written to by the program, as on a full disk."""
    import resource

    before = resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, before)
