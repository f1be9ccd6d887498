"""The real program in a pseudo-terminal: keys typed ahead, and a terminal that goes away."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import sqlite3
import struct
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

_PATIENCE = 60.0
"""Seconds after which a screen that does not come is a failure."""


class Terminal:
    """The program, 80 columns by 24 lines, with its keys and its screen."""

    def __init__(self, folder: Path) -> None:
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self.process, self._end = pty.fork()
        if self.process == 0:
            os.environ["TERM"] = "xterm-256color"
            code = "import sys; from triage.cli import main; sys.exit(main())"
            os.execv(sys.executable, [sys.executable, "-c", code, str(folder)])  # noqa: S606 (no shell is wanted)
        fcntl.ioctl(self._end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def press(self, keys: str) -> None:
        """Type all at once."""
        os.write(self._end, keys.encode())

    def wait_for(self, wanted: str) -> None:
        """Until the screen says it."""
        end = time.monotonic() + _PATIENCE
        while wanted not in (shown := "\n".join(self._screen.display)):
            assert time.monotonic() < end, f"{wanted!r} did not come:\n{shown}"
            if select.select([self._end], [], [], 0.1)[0]:
                self._stream.feed(os.read(self._end, 65536))

    def close(self) -> None:
        """Take the terminal away."""
        os.close(self._end)

    def ends_with(self) -> int:
        """The program's exit code, once it has ended by itself."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                return os.waitstatus_to_exitcode(status)
            with contextlib.suppress(OSError):
                if select.select([self._end], [], [], 0.1)[0]:
                    os.read(self._end, 65536)
        raise AssertionError("the program did not end")


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
def terminal(folder: Path) -> Iterator[Terminal]:
    """The program with its three pages on the screen."""
    started = Terminal(folder)
    yield started
    with contextlib.suppress(ProcessLookupError):
        os.kill(started.process, signal.SIGKILL)


def verdicts(folder: Path) -> list[tuple[str, str]]:
    with contextlib.closing(sqlite3.connect(folder / "triage.sqlite")) as database:
        return database.execute("SELECT path, verdict FROM decisions ORDER BY path").fetchall()


def test_keys_typed_ahead_of_the_screen_go_where_they_belong(folder: Path, terminal: Terminal) -> None:
    terminal.wait_for("1 of 3")
    terminal.press("/path:bread\rmadd this\ra\x7f" + "d")
    terminal.wait_for("1 of 1")
    terminal.wait_for("Discarded")
    terminal.press("q")
    assert terminal.ends_with() == 0
    assert verdicts(folder) == [("bread.html", "discard")]


def test_a_terminal_that_goes_away_loses_no_decision_and_the_program_ends(folder: Path, terminal: Terminal) -> None:
    terminal.wait_for("1 of 3")
    terminal.press("ad")
    terminal.wait_for("Discarded")
    terminal.close()
    assert terminal.ends_with() == 1
    assert verdicts(folder) == [("apples.html", "keep"), ("bread.html", "discard")]


def test_a_request_to_end_is_a_quit(folder: Path, terminal: Terminal) -> None:
    terminal.wait_for("1 of 3")
    terminal.press("s")
    terminal.wait_for("Set aside")
    os.kill(terminal.process, signal.SIGTERM)
    assert terminal.ends_with() == 0
    assert verdicts(folder) == [("apples.html", "later")]
