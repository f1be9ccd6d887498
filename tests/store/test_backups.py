"""Copies of the decisions: when one is made, which are kept, and bringing one back whole."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from deciding import decided, verdicts

from triage.errors import JournalError
from triage.store.backups import back_up, folder_of, listed, paths, restore, thinned_out
from triage.store.journal import Journal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    return decided(tmp_path / "pages" / "triage.sqlite", "a.html")


def test_a_copy_is_made_when_something_was_decided_and_not_otherwise(path: Path) -> None:
    assert back_up(path) is not None
    assert back_up(path) is None
    with closing(Journal.open(path, "ann")) as journal:
        journal.set_place({"path": "a.html"})
    assert back_up(path) is None
    decided(path, "b.html")
    made = back_up(path)
    assert made is not None
    assert verdicts(made) == verdicts(path)
    assert len(listed(path)) == 2


def test_without_a_file_or_a_decision_there_is_nothing_to_copy(tmp_path: Path) -> None:
    assert back_up(tmp_path / "triage.sqlite") is None
    assert back_up(decided(tmp_path / "triage.sqlite")) is None


def test_copies_are_made_while_the_journal_is_open_in_the_same_process(path: Path) -> None:
    with closing(Journal.open(path, "ann")) as journal:
        made = back_up(path)
        assert made is not None
        journal.undo()
        assert (len(verdicts(made)), len(verdicts(path))) == (1, 0)


def test_copies_of_two_files_do_not_mix(path: Path, tmp_path: Path) -> None:
    other = decided(tmp_path / "triage.sqlite", "z.html")
    back_up(path)
    back_up(other)
    assert folder_of(path) != folder_of(other)
    assert len(listed(path)) == len(listed(other)) == 1


def test_a_damaged_file_is_not_copied_over_good_copies(path: Path) -> None:
    back_up(path)
    path.write_bytes(b"x" * 5000)
    assert back_up(path) is None


def test_a_full_or_forbidden_place_is_told(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(JournalError, match=r"No backup was made \(.*\): free or mend .*file"):
        back_up(path)


def test_ten_latest_are_kept_then_one_a_day_then_one_a_week() -> None:
    newest = datetime(2026, 6, 30, 12)  # noqa: DTZ001
    times = sorted(
        {newest - timedelta(minutes=minutes) for minutes in range(0, 60, 5)}
        | {newest - timedelta(hours=hours) for hours in range(0, 24 * 400, 7)},
        reverse=True,
    )
    copies = [Path(f"{time:%Y-%m-%dT%H%M%S.%fZ}.sqlite") for time in times]
    gone = set(thinned_out(copies))
    kept = [copy for copy in copies if copy not in gone]
    assert kept[:10] == copies[:10]
    assert len({copy.name[:10] for copy in kept[:24]}) >= 14
    assert 45 <= len(kept) <= 50
    weeks = {time.strftime("%G-%V") for time, copy in zip(times, copies, strict=True) if copy in kept}
    assert len(weeks) == 26
    assert thinned_out(kept) == []


def test_a_copy_is_brought_back_and_what_it_replaced_is_kept_and_told(path: Path) -> None:
    copy = back_up(path)
    assert copy is not None
    decided(path, "b.html", "c.html")
    done = restore(path, copy)
    assert set(verdicts(path)) == {"a.html"}
    assert done.before is not None
    assert (done.now.decisions, done.before.decisions, done.before.last_label) == (1, 3, "decided c.html")
    assert done.aside is not None
    assert set(verdicts(done.aside)) == {"a.html", "b.html", "c.html"}
    assert listed(path)[0].path == done.aside
    restore(path, done.aside)
    assert len(verdicts(path)) == 3


def test_a_copy_is_brought_back_where_the_file_is_gone_or_damaged(path: Path) -> None:
    copy = back_up(path)
    assert copy is not None
    path.unlink()
    assert restore(path, copy).aside is None
    path.write_bytes(b"noise" * 1000)
    done = restore(path, copy)
    assert (done.before, done.aside is not None) == (None, True)
    assert set(verdicts(path)) == {"a.html"}


@pytest.mark.parametrize("content", [b"", b"a text\n", b"SQLite format 3\0" + bytes(5000)])
def test_what_is_no_sound_copy_is_refused_and_nothing_is_changed(path: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy").write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(JournalError):
        restore(path, tmp_path / "copy")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_clock_that_was_set_back_costs_no_copy_that_was_just_made(path: Path) -> None:
    back_up(path)
    (first,) = paths(path)
    for day in range(40):
        first.with_name(f"2099-{day // 28 + 1:02}-{day % 28 + 1:02}T000000.000000Z.sqlite").write_bytes(b"")
    decided(path, "b.html")
    made = back_up(path)
    assert made is not None
    assert made.exists()


def test_a_copy_that_is_not_there_or_newer_is_named_and_nothing_is_changed(path: Path, tmp_path: Path) -> None:
    decided(path, "a.html")
    with pytest.raises(JournalError, match=r"There is no file .*nowhere\.sqlite"):
        restore(path, tmp_path / "nowhere.sqlite")
    newer = decided(tmp_path / "newer.sqlite", "b.html")
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalError, match=r"newer\.sqlite was written by a newer triage"):
        restore(path, newer)
    assert verdicts(path) == {"a.html": "keep"}


def test_while_another_program_decides_nothing_is_replaced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = back_up(path)
    assert copy is not None
    monkeypatch.setattr("triage.store.backups._WAIT", 0.01)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="Another program is writing"):
            restore(path, copy)
    assert list(path.parent.iterdir()) == [path]


def test_a_journal_left_beside_the_old_file_is_not_played_into_the_new_one(path: Path) -> None:
    copy = back_up(path)
    assert copy is not None
    left = path.with_name(path.name + "-journal")
    left.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(1000))
    restore(path, copy)
    assert not left.exists()
    assert set(verdicts(path)) == {"a.html"}


DYING = """
import os, shutil, sys
from pathlib import Path
from triage.store.backups import restore

whole, copy, place = map(Path, sys.argv[1:])
for count in range(1, 100):
    folder = place / str(count)
    folder.mkdir()
    path = Path(shutil.copy(whole, folder / "triage.sqlite"))
    child = os.fork()
    if child == 0:
        def hook(event, args):
            global count
            if event in ("os.rename", "os.link", "os.remove", "open", "sqlite3.connect"):
                count -= 1
                if count == 0:
                    os._exit(9)
        sys.addaudithook(hook)
        restore(path, copy)
        os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
        break
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_whenever_a_restore_dies_the_file_is_the_old_or_the_new_one(path: Path, tmp_path: Path) -> None:
    copy = back_up(path)
    assert copy is not None
    decided(path, "b.html")
    place = tmp_path / "deaths"
    place.mkdir()
    subprocess.run([sys.executable, "-c", DYING, str(path), str(copy), str(place)], check=True)
    found = [set(verdicts(place / str(count) / "triage.sqlite")) for count in range(1, 1 + len(list(place.iterdir())))]
    assert all(one in ({"a.html"}, {"a.html", "b.html"}) for one in found)
    assert found.count({"a.html", "b.html"}) > 5
    assert found[-1] == {"a.html"}


def test_half_a_copy_that_a_crash_left_is_cleared_away(path: Path) -> None:
    folder = folder_of(path)
    folder.mkdir(parents=True)
    half = folder / "2026-01-01T000000.000000Z.sqlite.part"
    half.touch()
    os.utime(half, (0, 0))
    back_up(path)
    assert not half.exists()
    assert paths(path)[0].exists()
