"""A folder from a stranger may bring a file of decisions, and what stands beside it, made to do harm."""

from __future__ import annotations

import os
import sqlite3
import struct
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from deciding import decided, verdicts

from triage.errors import DamagedJournalError, JournalError
from triage.store import backups
from triage.store.health import examine
from triage.store.journal import Journal
from triage.store.mending import open_journal, saved
from triage.store.rows import checksum

no_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    return decided(tmp_path / "pages" / "triage.sqlite", "a.html", "b.html")


def refused(path: Path) -> str:
    with pytest.raises(JournalError) as caught:
        Journal.open(path, "ann")
    return str(caught.value)


@no_links
@pytest.mark.parametrize("end", ["", "-journal", "-wal", "-shm"])
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_refused_and_where_it_leads_nothing_is_written(path: Path, end: str, there: bool) -> None:
    outside = path.parent.parent / "outside"
    if there:
        outside.write_bytes(path.read_bytes() if not end else b"")
    before = outside.read_bytes() if there else None
    link = path.with_name(path.name + end)
    link.unlink(missing_ok=True)
    link.symlink_to(outside)
    assert "is a link, which is not followed" in refused(path)
    assert "is a link, which is not followed" in (examine(path).fault or "")
    assert (outside.read_bytes() if outside.exists() else None) == before


@no_links
@pytest.mark.parametrize("end", ["-journal", "-wal"])
def test_a_fifo_beside_the_file_is_refused_at_once(path: Path, end: str) -> None:
    os.mkfifo(path.with_name(path.name + end))
    assert "is no regular file" in refused(path)
    assert backups.told_of(path) is None


def test_a_rollback_journal_that_names_another_file_deletes_none(path: Path, tmp_path: Path) -> None:
    """SQLite would delete the file that the end of such a journal names, once it has played it back."""
    precious = tmp_path / "precious.txt"
    precious.write_text("mine")
    name, magic = os.fsencode(precious), bytes.fromhex("d9d505f920a163d7")
    head = magic + struct.pack(">IIIII", 0, 1, path.stat().st_size // 4096, 512, 4096)
    end = struct.pack(">I", (1 << 30) // 4096 + 1) + name + struct.pack(">II", len(name), sum(name)) + magic
    path.with_name(path.name + "-journal").write_bytes(head.ljust(512, b"\0") + end)
    assert verdicts(path) == {"a.html": "keep", "b.html": "keep"}
    assert precious.read_text() == "mine"
    assert list(path.parent.glob("triage.sqlite.journal-*"))


def altered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            connection.execute(statement)


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TRIGGER t AFTER INSERT ON changes BEGIN DELETE FROM steps; END",),
        ("CREATE VIEW v AS SELECT 1 AS x", "CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN DELETE FROM steps; END"),
        ("CREATE INDEX i ON changes (length(note))",),
        ("DROP VIEW decisions", f"CREATE VIEW decisions AS {ENDLESS}"),
        ("DROP TABLE place", "CREATE TABLE place (name TEXT, value TEXT)"),
    ],
)
def test_a_file_whose_tables_are_not_ours_is_made_anew_from_its_rows_and_kept(
    path: Path, statements: tuple[str, ...]
) -> None:
    altered(path, *statements)
    assert "is damaged (it" in refused(path)
    assert backups.told_of(path) is None
    told: list[str] = []
    with closing(open_journal(path, "ann", told.append)) as journal:
        assert {one.path: one.decision.verdict for one in journal.current()} == {"a.html": "keep", "b.html": "keep"}
    assert "2 decisions were saved" in told[0]
    assert list(path.parent.glob("triage.sqlite.damaged-*"))


def test_tables_and_views_of_the_analysts_own_are_left_alone(path: Path) -> None:
    altered(path, "CREATE TABLE mine (x)", "CREATE VIEW kept AS SELECT path FROM decisions WHERE verdict = 'keep'")
    assert verdicts(path) == {"a.html": "keep", "b.html": "keep"}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (2,)


def rewritten(column: str, value: object, table: str = "changes", row: int = 1) -> Callable[[Path], None]:
    """Puts another value into a row, and the checksum that goes with it."""

    def write(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = {row}", (value,))  # noqa: S608  # names of ours
            (values,) = connection.execute(f"SELECT * FROM {table} WHERE id = {row}")  # noqa: S608
            connection.execute(f"UPDATE {table} SET checksum = ? WHERE id = {row}", (checksum(*values[:-1]),))  # noqa: S608

    return write


@pytest.mark.parametrize(
    "write",
    [
        rewritten("tags", "[" * 100_000),
        rewritten("tags", '{"a": 1}'),
        rewritten("tags", "[1]"),
        rewritten("marks", "[1]"),
        rewritten("marks", '[["k", "yes"]]'),
        rewritten("verdict", "[/]"),
        rewritten("decided_at", "soon"),
        rewritten("decided_at", "0001-01-01T00:00:00Z"),
        rewritten("at", "soon", "steps"),
        rewritten("at", "9999-12-31T23:59:59Z", "steps"),
        rewritten("kind", "rm", "steps"),
        rewritten("undo_next", 7, "steps"),
        rewritten("path", 7, "items"),
    ],
)
def test_a_row_that_triage_would_not_write_is_noticed_whatever_its_checksum_and_the_rest_is_kept(
    path: Path, write: Callable[[Path], None]
) -> None:
    write(path)
    with pytest.raises(DamagedJournalError), closing(Journal.open(path, "ann")) as journal:
        journal.check()
    assert examine(path).mendable
    told = str(saved(path))
    with closing(Journal.open(path, "ann")) as journal:
        journal.check()
        assert ("b.html", None) in {one.key for one in journal.current()}
        assert journal.undo_to(1)
    assert "saved" in told


def test_steps_that_lead_round_in_a_circle_are_not_followed_for_ever(path: Path) -> None:
    with closing(Journal.open(path, "ann")) as journal:
        journal.undo()
    rewritten("undo_next", 1, "steps", row=3)(path)
    rewritten("undo_next", 1, "steps")(path)
    altered(path, "UPDATE steps SET id = -1 WHERE id = 2")
    with closing(Journal.open(path, "ann")) as journal, pytest.raises(DamagedJournalError):
        journal.undo_to(0)


def test_numbers_that_leave_no_room_for_more_are_told(path: Path) -> None:
    altered(path, "UPDATE steps SET id = 9223372036854775807 WHERE id = 2")
    with closing(Journal.open(path, "ann")) as journal, pytest.raises(DamagedJournalError, match="no number left"):
        journal.undo()
