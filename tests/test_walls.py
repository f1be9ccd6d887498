"""The walls between the rooms, seen from a fresh interpreter: what importing a room brings along."""

import subprocess
import sys

import pytest

HEAVY = ("trafilatura", "lxml", "textual", "rich", "sqlite3", "numpy")


def brought_along(statement: str) -> set[str]:
    code = f"import sys\n{statement}\nprint(*(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["model", "text", "errors", "actions", "reading"])
def test_the_core_stands_on_its_own(module: str) -> None:
    assert not brought_along(f"import triage.{module}")


@pytest.mark.parametrize("module", ["query", "session", "scanning", "export", "config", "flagging"])
def test_nothing_but_the_screen_draws_and_nothing_but_extraction_parses(module: str) -> None:
    assert not brought_along(f"import triage.{module}") & {"textual", "rich", "trafilatura", "lxml"}


def test_the_screens_process_parses_no_markup() -> None:
    assert not brought_along("import triage.tui.app, triage.scanning") & {"trafilatura", "lxml"}


def test_the_screen_waits_for_no_other_command_and_not_for_what_completes_them() -> None:
    code = "import sys, triage.cli, triage.cli.working, triage.tui.app\nprint(*(name for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    later = {"cli.acting", "cli.telling", "cli.completing", "query.completing", "session.stats", "store.salvage"}
    assert not {f"triage.{name}" for name in later} & loaded


def test_help_comes_without_the_heavy_parts() -> None:
    along = brought_along(
        "from click.testing import CliRunner\n"
        "from triage.cli import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0"
    )
    assert not along & {"trafilatura", "lxml", "textual", "sqlite3", "numpy"}
