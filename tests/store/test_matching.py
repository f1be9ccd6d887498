from __future__ import annotations

from hashlib import sha256

from triage.model import Decision, ItemKey
from triage.store.journal import Stored
from triage.store.matching import match

KEEP = Decision("keep")


def stored(path: str, sha256: str | None = "aa", record: str | None = None) -> Stored:
    return Stored(path, record, sha256, KEEP)


def matched(
    held: list[Stored], found: list[tuple[str, str | None]]
) -> tuple[dict[ItemKey, tuple[str, bool]], list[str]]:
    matches, doubts = match(held, [(path, None, sha256) for path, sha256 in found])
    return {key: (one.stored.path, one.changed) for key, one in matches.items()}, doubts


def test_a_page_that_is_where_and_what_it_was_keeps_its_decision() -> None:
    assert matched([stored("a")], [("a", "aa"), ("b", "bb")]) == ({("a", None): ("a", False)}, [])


def test_a_page_whose_content_changed_keeps_its_decision_and_is_marked() -> None:
    assert matched([stored("a")], [("a", "bb")]) == ({("a", None): ("a", True)}, [])


def test_an_unscanned_page_keeps_its_decision_and_is_not_marked() -> None:
    assert matched([stored("a")], [("a", None)]) == ({("a", None): ("a", False)}, [])
    assert matched([stored("a", None)], [("a", "aa")]) == ({("a", None): ("a", False)}, [])


def test_a_renamed_page_takes_its_decision_along() -> None:
    assert matched([stored("a")], [("b", "aa")]) == ({("b", None): ("a", False)}, [])


def test_files_that_are_empty_or_could_not_be_read_are_not_taken_for_one_another() -> None:
    nothing = sha256(b"").hexdigest()
    assert matched([stored("a", nothing)], [("b", nothing)]) == ({}, [])
    assert matched([stored("a", nothing)], [("a", nothing)]) == ({("a", None): ("a", False)}, [])


def test_a_copy_beside_its_original_starts_undecided() -> None:
    assert matched([stored("a")], [("a", "aa"), ("b", "aa")]) == ({("a", None): ("a", False)}, [])


def test_a_copy_starts_undecided_also_where_the_original_changed() -> None:
    assert matched([stored("a")], [("a", "bb"), ("b", "aa")]) == ({("a", None): ("a", True)}, [])


def test_of_several_pages_that_could_be_meant_none_is_taken_and_it_is_said() -> None:
    matches, (doubt,) = matched([stored("gone")], [("b", "aa"), ("c", "aa")])
    assert matches == {}
    assert "gone" in doubt
    assert "b, c" in doubt
    assert "keep" in doubt


def test_of_several_decisions_that_could_be_meant_none_is_taken_and_each_is_said() -> None:
    matches, doubts = matched([stored("x"), stored("y")], [("b", "aa")])
    assert matches == {}
    assert len(doubts) == 2


def test_equal_pages_of_a_renamed_folder_are_told_apart_by_their_names() -> None:
    held = [stored("old/a.html"), stored("old/b.html")]
    assert matched(held, [("new/a.html", "aa"), ("new/b.html", "aa")]) == (
        {("new/a.html", None): ("old/a.html", False), ("new/b.html", None): ("old/b.html", False)},
        [],
    )


def test_a_name_that_stands_twice_tells_nothing() -> None:
    matches, doubts = matched([stored("old/a.html")], [("x/a.html", "aa"), ("y/a.html", "aa")])
    assert matches == {}
    assert len(doubts) == 1


def test_a_name_that_two_decisions_had_tells_nothing() -> None:
    matches, doubts = matched([stored("x/a.html"), stored("y/a.html")], [("z/a.html", "aa"), ("z/b.html", "aa")])
    assert matches == {}
    assert len(doubts) == 2


def test_a_page_of_other_content_takes_nothing_over() -> None:
    assert matched([stored("a")], [("b", "bb")]) == ({}, [])


def test_a_decision_made_before_the_page_was_scanned_goes_by_path_alone() -> None:
    assert matched([stored("a", None)], [("b", "aa")]) == ({}, [])


def test_while_a_page_that_could_be_meant_is_unscanned_nothing_goes_by_content() -> None:
    assert matched([stored("a")], [("b", "aa"), ("c", None)]) == ({}, [])


def test_an_unscanned_page_with_its_own_decision_holds_nothing_up() -> None:
    matches, _ = matched([stored("a"), stored("c", "cc")], [("b", "aa"), ("c", None)])
    assert set(matches) == {("b", None), ("c", None)}


def test_records_of_a_container_are_matched_apart() -> None:
    matches, _ = match([stored("a.warc", "aa", "1")], [("a.warc", "1", "aa"), ("a.warc", "2", "aa")])
    assert set(matches) == {("a.warc", "1")}


def test_names_in_a_doubt_are_safe_to_print() -> None:
    _, (doubt,) = matched([stored("\x1b[31m")], [("b", "aa"), ("c\n", "aa")])
    assert doubt.isprintable()
