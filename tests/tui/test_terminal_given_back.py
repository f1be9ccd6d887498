"""Whatever ends or stops the program, the terminal is given back as it was found, and no decision is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
import termios
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from terminal import Terminal, running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="this system has no pseudo-terminals")

BACK = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1003l", b"\x1b[?2004l")
"""The screen from before, the cursor, no mouse reports, no marks round a paste."""
TEXT = "raw \x1b]0;qz-title\x07 of a page"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("apples", "bread", "cats"):
        text = f"<title>{name}</title><article><h1>{name}</h1><p>{TEXT} {'More is said. ' * 30}</p></article>"
        (pages / f"{name}.html").write_text(text, "utf-8")
    return pages


def shows(terminal: Terminal, wanted: str) -> None:
    terminal.until(lambda text: wanted in text, wanted)


def kept(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "triage.sqlite")) as database:
        return database.execute("SELECT count(*) FROM decisions WHERE verdict = 'keep'").fetchone()[0]


def is_given_back(terminal: Terminal) -> None:
    """The last that was sent leaves the app's screen, and the line mode is the one of a fresh terminal."""
    end = bytes(terminal.sent).rsplit(b"\x1b[?1049h", 1)[-1]
    assert all(one in end for one in BACK)
    master, slave = os.openpty()
    assert termios.tcgetattr(terminal._master)[3] == termios.tcgetattr(slave)[3]
    os.close(master)
    os.close(slave)


def test_a_quit(folder: Path) -> None:
    with running(folder) as terminal:
        shows(terminal, "1 of 3")
        terminal.press("aq")
        assert terminal.wait() == 0
        is_given_back(terminal)
    assert kept(folder) == 1


def test_a_request_to_end(folder: Path) -> None:
    with running(folder) as terminal:
        shows(terminal, "1 of 3")
        terminal.press("a")
        shows(terminal, "Kept")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait() == 0
        is_given_back(terminal)
    assert kept(folder) == 1


def test_each_stop_gives_the_terminal_back_and_each_going_on_takes_it_again(folder: Path) -> None:
    with running(folder) as terminal:
        shows(terminal, "1 of 3")
        for decided in (1, 2, 3):
            for _ in range(3):
                stop_and_go_on(terminal)
            terminal.press("a")
            terminal.until(lambda text, decided=decided: f"✓{decided}" in text, f"{decided} decisions")
        terminal.press("q")
        assert terminal.wait() == 0
        is_given_back(terminal)
    assert kept(folder) == 3


def stop_and_go_on(terminal: Terminal) -> None:
    """The next stop comes as soon as the program begins to take the terminal again."""
    for sign, seen in ((signal.SIGTSTP, b"\x1b[?1049l"), (signal.SIGCONT, b"\x1b[?1049h")):
        before = len(terminal.sent)
        os.kill(terminal.pid, sign)
        wait_for(terminal, lambda before=before, seen=seen: seen in terminal.sent[before:])
        if sign == signal.SIGTSTP:
            os.waitpid(terminal.pid, os.WUNTRACED)  # it stands still


def wait_for(terminal: Terminal, holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        terminal.look(0.05)


def test_a_megabyte_that_is_pasted_is_no_keys(folder: Path) -> None:
    with running(folder) as terminal:
        shows(terminal, "1 of 3")
        paste(terminal, "adsu\x0b " * 170_000)
        terminal.press("m")
        shows(terminal, "Note on")
        paste(terminal, "a note " * 150_000)
        terminal.press("\x1b")
        terminal.until(lambda text: "Note on" not in text, "the list")
        terminal.press("a")
        terminal.until(lambda text: "✓1" in text, "one decision")
        terminal.press("q")
        assert terminal.wait() == 0
        is_given_back(terminal)
    assert kept(folder) == 1


def paste(terminal: Terminal, text: str) -> None:
    """As a terminal pastes, reading what the program sends meanwhile."""
    data = f"\x1b[200~{text}\x1b[201~".encode()
    os.set_blocking(terminal._master, False)
    try:
        while data:
            try:
                data = data[os.write(terminal._master, data[:4096]) :]
            except BlockingIOError:
                terminal.look(0.01)
    finally:
        os.set_blocking(terminal._master, True)


MAIN = "from triage.cli import main\nif __name__ == '__main__':\n    main()\n"
FAULTS = {
    "a widget that draws": """
from triage.tui.widgets.reader import Reader
def render_line(self, y): raise ValueError(repr(self._view) + {text!r})
Reader.render_line = render_line
""",
    "an action": """
from triage.tui.screens.review import ReviewScreen
async def act(self, name, key): raise ValueError({text!r})
ReviewScreen.act = act
""",
    "the thread that writes": """
from triage.session import Session
def commit(self, plan): raise ValueError({text!r})
Session.commit = commit
""",
    "a worker of the screen": """
from triage.tui.screens.review import ReviewScreen
async def fail(self, plan):
    async def broken(): raise ValueError({text!r})
    self.run_worker(broken())
ReviewScreen.carry_out = fail
""",
    "what the scan tells": """
from triage.session import Session
def apply(self, event): raise ValueError({text!r})
Session.apply = apply
""",
}


@pytest.mark.parametrize("where", FAULTS)
def test_a_fault_of_ours_is_one_line_that_names_the_log_and_nothing_of_the_page(
    folder: Path, tmp_path: Path, where: str
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    lines = FAULTS[where].format(text=TEXT)
    (broken / "main.py").write_text(f"{lines}\n{MAIN}", "utf-8")
    with running(broken / "main.py", folder, command=Path(sys.executable)) as terminal:
        if terminal.shows("a keep"):  # some faults come before
            terminal.press("a")
        assert terminal.wait() == 1
        is_given_back(terminal)
        end = bytes(terminal.sent).rsplit(b"\x1b[?1049l", 1)[-1]
    assert b"A fault of triage itself ended it (" in end
    assert b"fault.log" in end
    assert b"Traceback" not in terminal.sent
    assert b"qz-title" not in end
    assert b"\x1b]0;qz" not in terminal.sent
    (log,) = log_files()
    assert "ValueError" in log
    assert "\x1b" not in log


def log_files() -> list[str]:
    return [file.read_text("utf-8") for file in Path(os.environ["XDG_STATE_HOME"]).rglob("fault.log")]


def test_a_fault_in_a_command_is_one_line_that_names_the_log(folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "main.py"
    broken.write_text(
        f"import triage.cli.printing as p\ndef fail(*a): raise ValueError({TEXT!r})\np.print_items = fail\n" + MAIN
    )
    with running(broken, "scan", folder, command=Path(sys.executable)) as terminal:
        assert terminal.wait() == 2
    assert b"A fault of triage itself ended it (ValueError)" in terminal.sent
    assert b"Traceback" not in terminal.sent
    assert b"qz-title" not in terminal.sent
