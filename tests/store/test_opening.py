from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from triage import store
from triage.errors import JournalError, UnwritableJournalError
from triage.model import UNDECIDED, Decision
from triage.store.journal import Change, Journal, reading
from triage.store.opening import APPLICATION_ID, fault, file_connection, open_file, schema

KEEP = Decision("keep")


def change(path: str) -> Change:
    return Change(path, None, "aa", UNDECIDED, KEEP)


def decided(path: Path, *files: str) -> Path:
    with closing(Journal.open(path, "ann")) as journal:
        for file in files:
            journal.decide([change(file)], f"Kept {file}")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "triage.sqlite"


def refused(path: Path) -> str:
    with pytest.raises(JournalError) as caught:
        Journal.open(path, "ann")
    return str(caught.value)


def test_the_file_tells_what_it_is_and_is_set_for_safety(path: Path) -> None:
    with closing(open_file(path, file_connection, schema())) as connection:
        told = {
            name: connection.execute(f"PRAGMA {name}").fetchall()[0][0]
            for name in ("application_id", "user_version", "journal_mode", "synchronous", "trusted_schema", "fullfsync")
        }
    assert told == {
        "application_id": APPLICATION_ID, "user_version": 1, "journal_mode": "delete", "synchronous": 3,
        "trusted_schema": 0, "fullfsync": 1,
    }  # fmt: skip


def test_all_tables_are_strict(path: Path) -> None:
    decided(path)
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'").fetchall()
    assert {name for name, strict in tables if not strict} <= {"sqlite_schema", "sqlite_temp_schema"}


def test_a_file_of_a_newer_version_is_refused_and_left_untouched(path: Path) -> None:
    decided(path, "a.html")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    told = refused(path)
    assert "newer triage" in told
    assert "--db" in told
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE theirs (x)")
    before = path.read_bytes()
    told = refused(path)
    assert "another program" in told
    assert "--db" in told
    assert path.read_bytes() == before
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "content",
    [b"hello\n", b"SQLite format 3\0 but not more", random.Random(1).randbytes(5000)],
    ids=["a text", "a head alone", "noise"],
)
def test_what_is_no_database_is_refused_and_left_untouched(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    told = refused(path)
    assert "no database" in told
    assert "--db" in told
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_journal(path: Path) -> None:
    path.touch()
    assert decided(path, "a.html").stat().st_size > 0


def test_a_folder_of_that_name_and_a_missing_folder_are_told(path: Path) -> None:
    assert "--db" in refused(path.parent)
    assert "no folder" in refused(path / "deeper" / "triage.sqlite")


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder that one may write to, and a user whom permissions bind."""
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.setresuid(65534, 65534, 0)
    readable = os.access(store.__path__[0], os.R_OK | os.X_OK)
    if readable:
        yield folder
    if root:
        os.setresuid(0, 0, 0)
    folder.chmod(0o700)
    shutil.rmtree(folder)
    if not readable:
        pytest.skip("the program stands where no other user may read it, such as root's home")


def test_a_folder_without_permission_to_write_says_to_use_another_file(unprivileged: Path) -> None:
    unprivileged.chmod(0o500)
    told = refused(unprivileged / "triage.sqlite")
    assert "No permission to write" in told
    assert "--db PATH" in told


def test_a_file_without_permission_to_write_says_to_use_another_file(unprivileged: Path) -> None:
    path = decided(unprivileged / "triage.sqlite", "a.html")
    path.chmod(0o400)
    told = refused(path)
    assert "No permission to write" in told
    assert "--db PATH" in told


def test_who_may_not_write_reads_what_was_decided_and_each_write_is_refused(unprivileged: Path) -> None:
    path = decided(unprivileged / "triage.sqlite", "a.html")
    unprivileged.chmod(0o500)
    before = path.read_bytes()
    with pytest.raises(UnwritableJournalError) as refusal:
        Journal.open(path, "ann")
    with reading(path, "ann", refusal.value) as journal:
        assert [one.path for one in journal.current()] == ["a.html"]
        with pytest.raises(UnwritableJournalError, match="--db PATH"):
            journal.undo()
        with pytest.raises(UnwritableJournalError, match="--db PATH"):
            journal.set_place({"filter": "is:kept"})
    with reading(unprivileged / "none.sqlite", "ann", refusal.value) as journal:
        assert journal.current() == []
    assert path.read_bytes() == before
    assert [file.name for file in unprivileged.iterdir()] == ["triage.sqlite"]


def test_a_file_whose_last_write_was_cut_off_is_not_read_without_it(tmp_path: Path) -> None:
    path = decided(tmp_path / "triage.sqlite", "a.html")
    path.with_name("triage.sqlite-journal").write_bytes(b"x")
    refusal = UnwritableJournalError("No permission")
    with pytest.raises(UnwritableJournalError), reading(path, "ann", refusal):
        pass


def test_a_decided_folder_that_became_read_only_says_so_too(unprivileged: Path) -> None:
    path = decided(unprivileged / "triage.sqlite", "a.html")
    unprivileged.chmod(0o500)
    assert "--db PATH" in refused(path)


@pytest.mark.parametrize("fault", ["deleted", "replaced", "renamed"])
def test_a_file_that_goes_away_while_open_takes_no_decision(path: Path, fault: str) -> None:
    with closing(Journal.open(path, "ann")) as journal:
        journal.decide([change("a.html")], "Kept")
        if fault == "deleted":
            path.unlink()
        elif fault == "renamed":
            path.rename(path.with_name("other"))
        else:
            shutil.copy(path, path.with_name("other"))
            path.with_name("other").replace(path)
        with pytest.raises(JournalError, match="nothing was saved"):
            journal.decide([change("b.html")], "Kept")
        with pytest.raises(JournalError, match="nothing was saved"):
            journal.undo()


def test_a_file_that_goes_away_in_the_middle_of_a_transaction_takes_no_decision(path: Path) -> None:
    class Vanishing:
        def __init__(self, file: Path) -> None:
            self._inner = sqlite3.connect(file, isolation_level=None)
            self.execute = self._inner.execute
            self.close = self._inner.close

        def executemany(self, sql: str, parameters: object) -> sqlite3.Cursor:
            if path.exists():
                path.rename(path.with_name("moved"))
            return self._inner.executemany(sql, parameters)  # type: ignore[call-overload]

    with closing(Journal.open(path, "ann", connect=Vanishing)) as journal:
        with pytest.raises(JournalError, match="nothing was saved"):
            journal.decide([change("a.html")], "Kept")
        path.with_name("moved").rename(path)
        assert journal.current() == []


def test_a_lock_of_another_program_is_told_and_nothing_is_saved(path: Path) -> None:
    def impatient(file: Path) -> sqlite3.Connection:
        class Impatient(sqlite3.Connection):
            def execute(self, sql: str, parameters: object = (), /) -> sqlite3.Cursor:
                return super().execute("PRAGMA busy_timeout = 1" if "busy_timeout" in sql else sql, parameters)  # type: ignore[arg-type]

        return sqlite3.connect(file, isolation_level=None, factory=Impatient)

    decided(path, "a.html")
    with closing(Journal.open(path, "ann", connect=impatient)) as journal, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalError, match="Another program is writing"):
            journal.decide([change("b.html")], "Kept")
        other.execute("ROLLBACK")
        journal.decide([change("b.html")], "Kept")
        assert len(journal.current()) == 2


def test_a_full_disk_is_told_and_what_was_saved_stays(path: Path) -> None:
    with closing(Journal.open(path, "ann", connect=_small)) as journal:
        journal.decide([change("a.html")], "Kept")
        with pytest.raises(JournalError, match="disk is full"):
            journal.decide([change(f"{number}.html") for number in range(5000)], "Kept")
        assert [stored.path for stored in journal.current()] == ["a.html"]
        assert len(journal.history()) == 1


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("SQLITE_FULL", "The disk is full"),  # no room, as SQLite tells of ENOSPC
        ("SQLITE_IOERR_WRITE", "your share of it, full or failing"),  # a quota, a bad sector
        ("SQLITE_IOERR_FSYNC", "your share of it, full or failing"),
        ("SQLITE_IOERR_LOCK", "cannot lock files, as some over a network"),
        ("SQLITE_PROTOCOL", "cannot lock files, as some over a network"),
        ("SQLITE_BUSY", "Another program is writing"),
        ("SQLITE_LOCKED", "Another program is writing"),
        ("SQLITE_READONLY_DBMOVED", "Use --db PATH"),
        ("SQLITE_CORRUPT_INDEX", "triage restore"),
        ("SQLITE_NOMEM", "Nothing was saved"),
    ],
)
def test_each_fault_has_a_sentence_that_names_the_file_and_what_to_do(code: str, told: str) -> None:
    error = sqlite3.OperationalError("as SQLite says")
    error.sqlite_errorname = code
    sentence = str(fault(error, Path("pages/triage.sqlite")))
    assert told in sentence
    assert "pages/triage.sqlite" in sentence


def _small(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA max_page_count = 40")
    return connection


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE changes SET verdict = 'discard'",
        "UPDATE changes SET note = 'forged'",
        "UPDATE items SET path = 'c.html'",
        "UPDATE items SET change = 2",
    ],
)
def test_a_row_that_is_not_as_it_was_written_is_noticed(path: Path, damage: str) -> None:
    decided(path, "a.html", "b.html")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"{damage} WHERE id = 1")
    with (
        closing(Journal.open(path, "ann")) as journal,
        pytest.raises(JournalError, match=r"damaged .*triage doctor --mend"),
    ):
        journal.current()


def test_a_step_that_is_not_as_it_was_written_is_noticed(path: Path) -> None:
    decided(path, "a.html")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE steps SET undo_next = NULL")
    with closing(Journal.open(path, "ann")) as journal, pytest.raises(JournalError, match="damaged"):
        journal.undo()


def test_a_file_cut_short_is_told(path: Path) -> None:
    decided(path, *(f"{number}.html" for number in range(30)))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(JournalError, match="damaged"), closing(Journal.open(path, "ann")) as journal:
        journal.current()


def test_a_flipped_bit_is_noticed_or_changes_nothing(path: Path) -> None:
    decided(path, *(f"pages/{number}.html" for number in range(120)))
    with closing(Journal.open(path, "ann")) as journal:
        journal.undo()
        content, chance = path.read_bytes(), random.Random(7)
        right = shown(journal)
    noticed = 0
    for _ in range(150):
        flipped = bytearray(content)
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        path.write_bytes(flipped)
        try:
            with closing(Journal.open(path, "ann")) as journal:
                assert shown(journal) == right
        except JournalError:
            noticed += 1
    assert noticed > 50


def shown(journal: Journal) -> tuple[object, ...]:
    return journal.current(), journal.history(), journal.recent_tags(), journal.redo()


# Killed in mid-work.

CHILD = """
import sys
from pathlib import Path
from triage.model import UNDECIDED, Decision
from triage.store.journal import Change, Journal

journal = Journal.open(Path(sys.argv[1]), "ann")
number = int(sys.argv[2])
while True:
    pages = [Change(f"{number}-{page}.html", None, "aa", UNDECIDED, Decision("keep")) for page in range(3)]
    journal.decide(pages, f"Kept {number}")
    print(number, flush=True)
    number += 1
"""


@pytest.mark.parametrize("seen", [1, 7, 30])
def test_a_process_killed_while_it_decides_loses_nothing_it_told_of_and_tears_no_step(path: Path, seen: int) -> None:
    last = -1
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, str(path), str(last + 1)], stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            told = [int(next(child.stdout)) for _ in range(seen)]
            child.kill()
            told += [int(line) for line in child.stdout]  # what it told of before the kill arrived
        with closing(Journal.open(path, "ann")) as journal:
            labels = [step.label for step in reversed(journal.history())]
            assert {len(step.changes) for step in journal.history()} == {3}
            assert len(journal.current()) == 3 * len(labels)
        assert labels == [f"Kept {number}" for number in range(len(labels))]
        assert len(labels) > max(told)
        last = len(labels) - 1


# Migrations.

ADDED = "CREATE TABLE added (x INTEGER) STRICT; -- of the next version\n"


def test_an_older_file_is_brought_forward_and_a_copy_kept(path: Path) -> None:
    decided(path, "a.html")
    with closing(open_file(path, file_connection, (*schema(), ADDED))) as connection:
        assert connection.execute("SELECT count(*) FROM added").fetchall() == [(0,)]
        assert connection.execute("PRAGMA user_version").fetchall() == [(2,)]
        assert connection.execute("SELECT path FROM decisions").fetchall() == [("a.html",)]
    (copy,) = [found for found in path.parent.iterdir() if found != path]
    with closing(Journal.open(copy, "ann")) as journal:
        assert [stored.path for stored in journal.current()] == ["a.html"]


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    decided(path, "a.html")
    with pytest.raises(JournalError):
        open_file(path, file_connection, (*schema(), ADDED + "CREATE TABLE items (x);"))
    with closing(Journal.open(path, "ann")) as journal:
        assert [stored.path for stored in journal.current()] == ["a.html"]


def test_opening_a_file_of_this_version_makes_no_copy(path: Path) -> None:
    decided(path, "a.html")
    decided(path, "b.html")
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no FIFOs")
def test_a_fifo_is_refused_at_once(path: Path) -> None:
    os.mkfifo(path)
    assert "no regular file" in refused(path)


def test_a_name_that_the_system_refuses_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert "--db" in refused(tmp_path / ("a" * 300))
