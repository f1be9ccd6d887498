"""Grouping the list: runs by site, gravest flag or group of copies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from world import World, current, titles

from triage.model import Item
from triage.scanning import Finished, Results
from triage.session import GROUPINGS, Session
from triage.session.grouping import heads, rank
from triage.text import normal


def told(session_heads: object) -> list[tuple[int, str, int]]:
    return [(head.row, head.label, head.count) for head in session_heads]  # type: ignore[attr-defined]


def test_items_of_a_site_come_together_and_within_a_run_the_order_holds(world: World) -> None:
    session = world.session()
    session.sort("title", backwards=True)
    assert session.group_by("site").told == "Grouped by site: 2 groups"
    assert told(session.heads) == [(0, "a.example", 3), (3, "b.example", 3)]
    assert titles(session) == ["Not found", "Bread", "Apples", "Robot?", "Gone", "Cats"]


def test_the_gravest_flag_comes_first_and_what_has_none_last(world: World) -> None:
    session = world.session()
    session.group_by("flag")
    assert told(session.heads) == [
        (0, "error page: captcha", 1),
        (1, "error page: page not found (404)", 2),
        (3, "no flag", 3),
    ]


def test_what_has_no_copies_is_no_group(world: World) -> None:
    session = world.session()
    assert session.group_by("group").told == "Grouped by copies: 0 groups, 6 with no copies"
    assert session.group_by(None).told == "No longer grouped"


def test_copies_come_together_under_the_title_of_the_first() -> None:
    items = [Item("a", title="Alone"), Item("b", title="Two", group="b"), Item("c", title="Too", group="b")]
    order = sorted(range(3), key=lambda number: rank("group")(items[number]))
    assert told(heads("group", items, order)) == [(0, "copies of “Two”", 2), (2, "no copies", 1)]


def test_the_cursor_stays_on_its_item_and_a_restart_groups_again(world: World) -> None:
    session = world.session()
    session.go(4)
    before = current(session)
    session.group_by("flag")
    assert current(session) == before
    session.save_place()
    again = world.session()
    assert again.grouping == "flag"
    assert told(again.heads) == told(session.heads)
    again.group_by(None)
    assert again.heads == ()
    assert titles(again)[0] == "Apples"


def test_an_order_is_worked_out_once_and_anew_when_more_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counting(text: str) -> str:
        asked.append(text)
        return normal(text)

    monkeypatch.setattr("triage.session.arranging.normal", counting)
    session = world.session()
    session.sort("title", backwards=True)
    session.filter("-title:cats")
    session.filter("")
    session.carry_out(session.plan_verdict("keep"))
    session.sort("path")
    session.sort("title", backwards=True)
    assert len(asked) == len(session.items) == 6
    assert titles(session) == ["Robot?", "Not found", "Gone", "Cats", "Bread", "Apples"]
    first = next(item for item in session.items if item.title == "Apples")
    session.apply(Results((replace(first, title="Zebras"),)))
    session.refresh()
    assert titles(session)[0] == "Zebras"


def test_a_filter_keeps_the_groups_of_what_it_shows(world: World) -> None:
    session = world.session()
    session.group_by("site")
    session.filter("lang:en")
    assert told(session.heads) == [(0, "a.example", 3), (3, "b.example", 1)]


def listed_then_scanned(empty: World, *sites: str) -> tuple[Session, list[Item]]:
    """A list grouped by site before the sites of its items are known."""
    found = empty.add(*(empty.scanned(f"{at}.html", f"Page {at}") for at in range(len(sites))))
    session = empty.session()
    session.group_by("site")
    return session, [replace(item, site=site) for item, site in zip(found, sites, strict=True)]


def test_a_range_stays_a_range_where_the_end_of_a_scan_leaves_its_items_together(empty: World) -> None:
    session, scanned = listed_then_scanned(empty, "b.example", "a.example", "a.example", "a.example")
    session.go(1)
    session.toggle_range()
    session.move(1)
    session.apply(Results(tuple(scanned)))
    session.apply(Finished(4, 4, 0, cancelled=False))
    assert titles(session) == ["Page 1", "Page 2", "Page 3", "Page 0"]
    assert session.in_range
    assert [item.title for item in session.targets()] == ["Page 1", "Page 2"]


def test_a_range_becomes_a_selection_where_the_end_of_a_scan_takes_its_items_apart(empty: World) -> None:
    session, scanned = listed_then_scanned(empty, "b.example", "a.example", "b.example", "a.example")
    session.toggle_range()
    session.move(1)
    session.apply(Results(tuple(scanned)))
    session.apply(Finished(4, 4, 0, cancelled=False))
    assert titles(session) == ["Page 1", "Page 3", "Page 0", "Page 2"]
    assert not session.in_range
    assert {item.title for item in session.targets()} == {"Page 0", "Page 1"}


@pytest.mark.parametrize("by", GROUPINGS)
def test_an_empty_list_has_no_groups(empty: World, by: str) -> None:
    session = empty.session()
    session.group_by(by)
    assert session.heads == ()


def test_words_of_the_lists_are_counted_in_each_item_and_sort_the_list(world: World) -> None:
    session = world.session()
    session.keep_words, session.discard_words = ("ripe", "apple*"), ("nothing",)
    session.count_words()
    assert session.word_counts == {
        ("a/apples.html", None): (2, 0),
        ("a/lost.html", None): (0, 1),
        ("b/gone.html", None): (0, 1),
    }
    session.sort("word lists")
    assert titles(session)[:3] == ["Apples", "Not found", "Gone"]


def test_a_search_beside_a_state_leaves_error_pages_out_still(world: World) -> None:
    session = world.session()
    session.errors_left_out = True
    session.filter("here is:undecided")
    assert (titles(session), session.left_out) == ([], 2)
    session.filter("here is:flagged")
    assert (len(session.rows), session.left_out) == (2, 0)
    assert session.count(session.understand("here or ripe"), session.items) == (1, 2)
