"""`triage restore` and `triage doctor` as their user meets them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from triage.cli import main
from triage.model import UNDECIDED, Decision
from triage.store.backups import back_up
from triage.store.journal import Change, Journal
from triage.store.library import Library
from triage.store.library_file import library_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    decide(folder, "a.html")
    return folder


def decide(folder: Path, name: str) -> None:
    journal = Journal.open(folder / "triage.sqlite", "ann")
    journal.decide([Change(name, None, "aa", UNDECIDED, Decision("keep"))], f"kept {name}")
    journal.close()


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_without_a_copy_the_list_says_when_there_will_be_one(folder: Path) -> None:
    done = run("restore", folder)
    assert done.exit_code == 1
    assert "the first is made at the next start" in done.stderr


def test_copies_are_listed_and_one_is_brought_back_with_what_it_replaced(folder: Path) -> None:
    back_up(folder / "triage.sqlite")
    decide(folder, "b.html")
    assert "1 decision (the last at" in run("restore", folder).stdout
    done = run("restore", folder, "--copy", "1", "--yes")
    assert done.exit_code == 0
    assert "holds 1 decision" in done.stderr
    assert "it replaced 2 decisions" in done.stderr
    assert len(run("restore", folder, "--json").stdout.splitlines()) == 2


def test_it_asks_before_it_replaces_and_a_number_too_high_is_told(folder: Path) -> None:
    back_up(folder / "triage.sqlite")
    before = (folder / "triage.sqlite").read_bytes()
    done = CliRunner().invoke(main, ["restore", str(folder), "--copy", "1"], input="n\n")
    assert "nothing was changed" in done.stderr
    assert (folder / "triage.sqlite").read_bytes() == before
    assert run("restore", folder, "--copy", "7").exit_code == 2


def checks(folder: Path, *more: str) -> tuple[int, dict[str, str]]:
    done = run("doctor", folder, "--json", *more)
    found: dict[str, str] = {}
    for line in done.stdout.splitlines():
        check = json.loads(line)
        if found.get(check["name"]) in (None, "good", "note"):
            found[check["name"]] = check["state"]
    return done.exit_code, found


def test_all_is_well_with_a_sound_folder_and_nothing_is_changed(folder: Path) -> None:
    before = (folder / "triage.sqlite").read_bytes()
    code, found = checks(folder)
    assert code == 0
    assert {found[name] for name in ("decisions", "cache", "settings", "parts")} == {"good"}
    assert (folder / "triage.sqlite").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["triage.sqlite"]


def test_damaged_decisions_are_told_and_mended_when_asked(folder: Path) -> None:
    path = folder / "triage.sqlite"
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    assert checks(folder) == (1, checks(folder)[1])
    assert checks(folder)[1]["decisions"] == "bad"
    code, found = checks(folder, "--mend")
    assert (code, found["decisions"]) == (0, "mended")
    assert checks(folder)[1]["decisions"] == "good"


def test_a_damaged_row_that_only_its_checksum_tells_of_is_found(folder: Path) -> None:
    path = folder / "triage.sqlite"
    content = bytearray(path.read_bytes())
    content[content.rindex(b"kept a.html")] ^= 1
    path.write_bytes(content)
    assert checks(folder)[1]["decisions"] == "bad"


def test_a_damaged_cache_is_deleted_when_asked(folder: Path) -> None:
    Library.open(folder).close()
    path = library_path(folder)
    path.write_bytes(b"noise" * 5000)
    assert checks(folder)[1]["cache"] == "bad"
    assert checks(folder, "--mend")[1]["cache"] == "mended"
    assert not path.exists()


def test_a_settings_file_with_a_fault_and_a_foreign_file_are_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("nonsense = 1\n", "utf-8")
    code, found = checks(folder, "--config", str(tmp_path / "config.toml"))
    assert (code, found["settings"]) == (1, "bad")
    shutil.copy(tmp_path / "config.toml", folder / "triage.sqlite")
    assert checks(folder, "--mend")[1]["decisions"] == "bad"
    assert (folder / "triage.sqlite").read_text("utf-8") == "nonsense = 1\n"


def test_a_start_of_a_command_backs_up_and_mends_a_damaged_file(folder: Path) -> None:
    assert run("history", folder).exit_code == 0
    assert "1 decision" in run("restore", folder).stdout
    path = folder / "triage.sqlite"
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    done = run("history", folder)
    assert "was damaged: 1 decisions were saved" in done.stderr
    assert "kept a.html" in done.stdout
