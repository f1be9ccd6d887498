"""The installed command as its user meets it, in a real pseudo-terminal."""

import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from terminal import running

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="this system has no pseudo-terminals")


@pytest.fixture
def folder(tmp_path: Path, samples: Path) -> Path:
    return Path(shutil.copytree(samples, tmp_path / "pages"))


def verdicts(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "triage.sqlite") as connection:
        return [verdict for (verdict,) in connection.execute("SELECT verdict FROM decisions ORDER BY decided_at")]


def test_three_decisions_on_the_screen_are_three_rows_of_the_database(folder: Path) -> None:
    with running(folder) as terminal:
        terminal.until(lambda text: "keep" in text and "discard" in text, "the line of keys")
        for key, count in (("a", "✓1"), ("d", "✗1"), ("s", "…1")):
            terminal.press(key)
            terminal.until(lambda text, count=count: count in text, f"{count} in the status line")
        terminal.press("q")
        assert terminal.wait() == 0
    assert verdicts(folder) == ["keep", "discard", "later"]


def test_what_was_decided_is_there_after_a_kill_and_can_be_undone(folder: Path) -> None:
    with running(folder) as terminal:
        terminal.until(lambda text: "keep" in text, "the line of keys")
        for number in range(1, 11):
            terminal.press("a")
            terminal.until(lambda text, number=number: f"✓{number}" in text, f"{number} kept")
        terminal.kill()
    assert verdicts(folder) == ["keep"] * 10
    with running(folder) as terminal:
        terminal.until(lambda text: "✓10" in text, "ten kept after the start")
        terminal.press("u")
        terminal.until(lambda text: "✓9" in text, "nine kept after an undo")
        terminal.press("q")
        assert terminal.wait() == 0
    assert verdicts(folder) == ["keep"] * 9


def test_a_folder_that_is_not_there_is_one_line_and_no_screen(tmp_path: Path) -> None:
    with running(tmp_path / "nowhere") as terminal:
        assert terminal.wait() == 2
        assert "no such folder" in terminal.text.replace("\n", "")
        assert b"\x1b[?1049h" not in terminal.sent
