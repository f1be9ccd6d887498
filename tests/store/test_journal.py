from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from triage.errors import JournalError
from triage.model import UNDECIDED, Decision, ItemKey
from triage.store.journal import Change, Journal, Step, Stored

KEEP = Decision("keep", reviewer="ann", decided_at="2026-01-01T00:00:00.000Z")
DISCARD = Decision("discard", "off topic", reviewer="ann", decided_at="2026-01-02T00:00:00.000Z")


Opening = Callable[[str], Journal]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "triage.sqlite"


@pytest.fixture
def opening(path: Path) -> Iterator[Opening]:
    """Opens the same file again, for a reviewer."""
    with ExitStack() as opened:

        def open_for(reviewer: str) -> Journal:
            journal = Journal.open(path, reviewer)
            opened.callback(journal.close)
            return journal

        yield open_for


@pytest.fixture
def journal(opening: Opening) -> Journal:
    return opening("ann")


def change(path: str, after: Decision, before: Decision = UNDECIDED, sha256: str | None = "aa") -> Change:
    return Change(path, None, sha256, before, after)


def held(journal: Journal) -> dict[ItemKey, Decision]:
    return {stored.key: stored.decision for stored in journal.current()}


def by_hand(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute(sql, values).fetchall()
    connection.close()
    return found


# Deciding.


def test_a_decision_is_in_the_file_when_decide_returns(journal: Journal, path: Path) -> None:
    journal.decide([change("a.html", KEEP)], "Kept a.html")
    assert by_hand(path, "SELECT path, verdict, sha256 FROM decisions") == [("a.html", "keep", "aa")]
    assert [found.name for found in path.parent.iterdir()] == ["triage.sqlite"]


def test_who_and_when_are_filled_in_where_they_are_left_open(journal: Journal) -> None:
    step = journal.decide([change("a.html", Decision("keep"))], "Kept")
    decision = step.changes[0].after
    assert decision.reviewer == "ann"
    assert decision.decided_at == step.at
    assert held(journal) == {("a.html", None): decision}


def test_who_and_when_stay_where_they_are_given_and_nothing_is_nobodys(journal: Journal) -> None:
    journal.decide([change("a.html", KEEP), change("b.html", UNDECIDED)], "Kept")
    assert held(journal) == {("a.html", None): KEEP}


def test_records_of_one_file_are_decided_apart(journal: Journal) -> None:
    journal.decide([Change("a.warc", "1", "aa", UNDECIDED, KEEP), Change("a.warc", "2", "bb", UNDECIDED, DISCARD)], "x")
    assert held(journal) == {("a.warc", "1"): KEEP, ("a.warc", "2"): DISCARD}


def test_everything_of_a_decision_comes_back(journal: Journal, opening: Opening) -> None:
    whole = Decision(
        "later",
        "too 'odd'",
        ("one, two", 'sa"y', "日本"),
        "a\nnote",
        "bob",
        "2026-01-01T00:00:00Z",
        (("k", True), ("l", False)),
    )
    journal.decide([change("a.html", whole)], "x")
    journal.close()
    assert held(opening("ann")) == {("a.html", None): whole}


def test_a_step_needs_a_change(journal: Journal) -> None:
    with pytest.raises(ValueError, match="at least one"):
        journal.decide([], "Nothing")


def test_a_page_decided_again_before_it_is_scanned_again_keeps_the_content_it_had(journal: Journal) -> None:
    journal.decide([change("a.html", KEEP, sha256="aa")], "x")
    journal.decide([change("a.html", DISCARD, KEEP, sha256=None)], "y")
    assert journal.current()[0].sha256 == "aa"


@pytest.mark.parametrize("name", [b"\xff\xfe.html", b"caf\xe9", "café".encode(), b"new\nline", b"x'; DROP TABLE items"])
def test_any_name_that_a_file_can_have_comes_back(journal: Journal, name: bytes, opening: Opening) -> None:
    file = os.fsdecode(name)
    journal.decide([change(file, KEEP)], f"Kept {file}")
    journal.set_place({"path": file})
    journal.close()
    again = opening("ann")
    assert again.place() == {"path": file}
    assert held(again) == {(file, None): KEEP}
    assert again.undo() is not None
    assert held(again) == {}


def test_half_a_character_in_a_note_is_replaced_and_nothing_is_lost(journal: Journal) -> None:
    step = journal.decide([change("a.html", Decision("keep", note="x\ud800y", tags=("\udc00",)))], "\ud800")
    assert (step.changes[0].after.note, step.changes[0].after.tags) == ("x?y", ("?",))
    assert journal.current()[0].decision == step.changes[0].after


# Undo and redo.


def test_undo_tells_what_it_took_back_and_brings_what_held_before(journal: Journal) -> None:
    journal.decide([change("a.html", KEEP)], "Kept a.html")
    journal.decide([change("a.html", DISCARD, KEEP)], "Discarded a.html")
    step = journal.undo()
    assert step is not None
    discarded = replace(change("a.html", DISCARD, KEEP), before_sha256="aa")
    assert (step.label, step.undone, step.changes) == ("Discarded a.html", True, (discarded,))
    assert held(journal) == {("a.html", None): KEEP}


def labels(act: Callable[[], Step | None]) -> list[str | None]:
    steps = [act() for _ in range(31)]
    return [step and step.label for step in steps]


def test_undo_and_redo_go_on_across_restarts_without_limit(opening: Opening) -> None:
    for number in range(30):
        journal = opening("ann")
        journal.decide([change(f"{number}.html", KEEP)], f"Kept {number}")
        journal.close()
    journal = opening("bob")
    assert labels(journal.undo) == [*(f"Kept {number}" for number in reversed(range(30))), None]
    assert journal.current() == []
    journal.close()
    journal = opening("ann")
    assert labels(journal.redo) == [*(f"Kept {number}" for number in range(30)), None]
    assert len(journal.current()) == 30


def test_a_bulk_step_is_undone_as_one(journal: Journal) -> None:
    journal.decide([change(f"{number}.html", DISCARD) for number in range(20)], "Discarded 20 pages")
    step = journal.undo()
    assert step is not None
    assert len(step.changes) == 20
    assert journal.current() == []


def test_after_a_new_decision_nothing_can_be_redone_but_the_history_keeps_it(journal: Journal) -> None:
    journal.decide([change("a.html", KEEP)], "first")
    journal.undo()
    journal.decide([change("b.html", KEEP)], "second")
    assert journal.redo() is None
    assert [(step.label, step.undone) for step in journal.history()] == [("second", False), ("first", True)]
    assert journal.undo() is not None
    assert journal.undo() is None


def test_with_nothing_to_undo_or_redo_there_is_none(journal: Journal) -> None:
    assert journal.undo() is None
    assert journal.redo() is None


def test_an_item_that_a_step_changes_twice_ends_as_it_began_when_undone(journal: Journal) -> None:
    journal.decide([change("a.html", KEEP), change("a.html", DISCARD, KEEP)], "both")
    assert held(journal) == {("a.html", None): DISCARD}
    journal.undo()
    assert held(journal) == {}
    journal.redo()
    assert held(journal) == {("a.html", None): DISCARD}


def test_undo_brings_back_the_content_that_was_decided_on(journal: Journal) -> None:
    journal.decide([change("a.html", KEEP, sha256="old")], "x")
    journal.decide([change("a.html", DISCARD, KEEP, sha256="new")], "y")
    journal.undo()
    assert journal.current() == [Stored("a.html", None, "old", KEEP)]


def test_nothing_is_ever_taken_out_of_the_file(journal: Journal, path: Path) -> None:
    def acts() -> list[tuple[object, ...]]:
        return by_hand(path, "SELECT * FROM steps") + by_hand(path, "SELECT * FROM changes")

    seen: list[tuple[object, ...]] = []
    for act in (
        lambda: journal.decide([change("a.html", KEEP)], "x"), journal.undo, journal.redo, journal.undo,
        lambda: journal.decide([change("a.html", DISCARD)], "y"), journal.undo,
    ):  # fmt: skip
        act()
        assert set(seen) < set(acts())
        seen = acts()


# Two at once.


def test_two_programs_on_one_file_see_each_others_decisions(opening: Opening) -> None:
    ann, bob = opening("ann"), opening("bob")
    ann.decide([change("a.html", KEEP)], "Kept a")
    bob.decide([change("b.html", KEEP)], "Kept b")
    assert held(ann) == held(bob) == {("a.html", None): KEEP, ("b.html", None): KEEP}
    undone = ann.undo()
    assert undone is not None
    assert (undone.label, undone.reviewer) == ("Kept b", "bob")


def test_a_decision_upon_anothers_is_undone_to_the_others(opening: Opening) -> None:
    ann, bob = opening("ann"), opening("bob")
    bob.decide([change("a.html", KEEP)], "Kept")
    step = ann.decide([change("a.html", DISCARD, before=UNDECIDED)], "Discarded, not knowing")
    assert step.changes[0].before == KEEP
    ann.undo()
    assert held(ann) == {("a.html", None): KEEP}


# History, tags, place, moves.


def test_the_history_is_newest_first_and_can_be_cut(journal: Journal) -> None:
    for number in range(5):
        journal.decide([change("a.html", KEEP if number % 2 else DISCARD)], str(number))
    assert [step.label for step in journal.history(limit=2)] == ["4", "3"]


def test_an_item_has_its_own_history_with_its_part_of_bulk_steps(journal: Journal) -> None:
    journal.decide([change("a.html", KEEP), change("b.html", KEEP)], "both")
    journal.decide([change("b.html", DISCARD, KEEP)], "one")
    assert [(step.label, len(step.changes)) for step in journal.history(("a.html", None))] == [("both", 1)]
    assert [step.label for step in journal.history(("b.html", None))] == ["one", "both"]
    assert journal.history(("c.html", None)) == []


def test_tags_in_use_come_with_the_one_given_last_first(journal: Journal) -> None:
    def tag(path: str, *tags: str) -> Step:
        return journal.decide([change(path, Decision(tags=tags))], "tagged")

    tag("a.html", "old", "gone")
    tag("b.html", "new")
    tag("a.html", "old")
    tag("a.html", "old", "newest")
    assert journal.recent_tags() == ["newest", "new", "old"]


def test_the_place_is_remembered_whole(journal: Journal, opening: Opening) -> None:
    journal.set_place({"filter": "is:kept", "path": "a.html"})
    journal.set_place({"path": "b.html"})
    journal.close()
    assert opening("ann").place() == {"path": "b.html"}


def test_a_moved_file_takes_decision_undo_and_history_along(journal: Journal, path: Path) -> None:
    journal.decide([change("old.html", KEEP)], "Kept")
    journal.decide([change("old.html", DISCARD, KEEP)], "Discarded")
    journal.follow([(("old.html", None), ("new.html", None))])
    assert held(journal) == {("new.html", None): DISCARD}
    assert [step.label for step in journal.history(("new.html", None))] == ["Discarded", "Kept"]
    assert journal.history(("old.html", None)) == []
    journal.undo()
    assert held(journal) == {("new.html", None): KEEP}
    assert by_hand(path, "SELECT old_path, new_path FROM moves") == [("old.html", "new.html")]


def test_a_file_may_move_to_where_an_undone_decision_stood(journal: Journal) -> None:
    journal.decide([change("old.html", KEEP)], "Kept")
    journal.decide([change("new.html", DISCARD)], "Discarded")
    journal.undo()
    journal.follow([(("old.html", None), ("new.html", None))])
    assert held(journal) == {("new.html", None): KEEP}
    journal.undo()
    assert held(journal) == {}


def test_what_was_decided_meanwhile_where_a_file_moved_to_is_not_lost(journal: Journal) -> None:
    journal.decide([change("old.html", KEEP)], "Kept")
    journal.decide([change("new.html", DISCARD)], "Discarded")
    journal.follow([(("old.html", None), ("new.html", None))])
    assert held(journal) == {("old.html", None): KEEP, ("new.html", None): DISCARD}


def test_an_unknown_item_that_moves_is_passed_over(journal: Journal) -> None:
    journal.follow([(("a", None), ("b", None))])
    journal.follow([])
    assert journal.current() == []


def test_moves_that_chase_each_other_are_refused(journal: Journal) -> None:
    with pytest.raises(ValueError, match="moved"):
        journal.follow([(("a", None), ("b", None)), (("b", None), ("c", None))])


# The view that other programs read.


def test_the_view_has_the_documented_columns(journal: Journal, path: Path) -> None:
    journal.decide([change("a.html", Decision("discard", "off topic", ("x", "é"), "n", "ann", "2026-01-01"))], "x")
    with sqlite3.connect(path) as connection:
        cursor = connection.execute("SELECT * FROM decisions")
        names, row = [column[0] for column in cursor.description], cursor.fetchone()
    connection.close()
    assert names == ["path", "record", "sha256", "verdict", "reason", "tags", "note", "reviewer", "decided_at"]
    assert row == ("a.html", None, "aa", "discard", "off topic", '["x", "é"]', "n", "ann", "2026-01-01")
    assert json.loads(row[5]) == ["x", "é"]


@pytest.mark.parametrize(
    ("decision", "is_row", "holds"),
    [
        (Decision("keep"), True, True),
        (Decision(tags=("x",)), True, True),
        (Decision(note="x"), True, True),
        (Decision(marks=(("k", True),)), False, True),
        (UNDECIDED, False, False),
    ],
)
def test_an_item_without_a_verdict_is_a_row_only_with_tags_or_a_note(
    journal: Journal, path: Path, decision: Decision, is_row: bool, holds: bool
) -> None:
    journal.decide([change("a.html", decision)], "x")
    assert bool(by_hand(path, "SELECT * FROM decisions")) == is_row
    assert bool(journal.current()) == holds


def test_a_bulk_step_of_fifty_thousand_is_one_transaction_and_asks_for_hundreds_at_once(path: Path) -> None:
    sent: list[str] = []

    class Watched:
        def __init__(self, file: Path) -> None:
            self._inner = sqlite3.connect(file, isolation_level=None)

        def execute(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
            sent.append(sql)
            return self._inner.execute(sql, parameters)

        def executemany(self, sql: str, parameters: object) -> sqlite3.Cursor:
            return self._inner.executemany(sql, parameters)  # type: ignore[call-overload]

        def close(self) -> None:
            self._inner.close()

    journal = Journal.open(path, "ann", connect=Watched)
    sent.clear()
    journal.decide([change(f"{number}.html", DISCARD) for number in range(50_000)], "Discarded 50,000 pages")
    assert sent.count("COMMIT") == 1
    assert len(sent) < 150
    sent.clear()
    undone = journal.undo()
    assert undone is not None
    assert len(undone.changes) == 50_000
    assert sent.count("COMMIT") == 1
    assert len(sent) < 20
    journal.redo()
    assert len(journal.current()) == 50_000
    journal.close()


def test_a_failing_transaction_changes_nothing_and_is_told(path: Path, journal: Journal) -> None:
    journal.decide([change("a.html", KEEP)], "Kept")
    by_hand(path, "CREATE TRIGGER full BEFORE INSERT ON changes BEGIN SELECT RAISE(ABORT, 'no room'); END")
    with pytest.raises(JournalError, match=r"Nothing was saved"):
        journal.decide([change("b.html", KEEP)], "Kept")
    assert held(journal) == {("a.html", None): KEEP}
    assert len(by_hand(path, "SELECT * FROM steps")) == 1
