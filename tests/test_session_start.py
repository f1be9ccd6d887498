"""A start on a large folder: the list stands with what is near the place, and the rest comes in portions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world import World, current, titles

from triage.model import Item, SourceFile
from triage.scanning import Known
from triage.session import Session
from triage.session.arranging import Order
from triage.session.view import View

NUMBER = 1000
PORTION = 300


@pytest.fixture
def many(empty: World) -> World:
    empty.library.put(
        [
            (file, [empty.scanned(file.path, title=f"{(number * 7) % NUMBER:04}")])
            for number, file in ((n, _file(n)) for n in range(NUMBER))
        ]
    )
    return empty


def _file(number: int) -> SourceFile:
    return SourceFile(f"{number:04}.html", 1, 1, number)


def tell_rest(world: World, session: Session) -> None:
    for portion in world.library.portions(PORTION):
        session.apply(Known(tuple(portion), last=False))
    session.apply(Known((), last=True))


def test_the_first_pages_stand_at_once_and_the_rest_follows_in_order(many: World) -> None:
    session = many.session(whole=False)
    assert 50 <= len(session.rows) < NUMBER
    assert session.current is not None
    assert session.current.path == "0000.html"
    tell_rest(many, session)
    assert [item.path for item in session.rows] == [f"{number:04}.html" for number in range(NUMBER)]


def test_the_cursor_stands_where_it_was_left_before_all_pages_are_there(many: World) -> None:
    before = many.session()
    before.go(900)
    before.save_place()
    session = many.session(whole=False)
    assert len(session.rows) < NUMBER
    assert session.current == before.current
    tell_rest(many, session)
    assert session.cursor == 900


def test_another_order_is_made_once_all_pages_are_there(many: World) -> None:
    before = many.session()
    before.sort("title", backwards=True)
    before.save_place()
    session = many.session(whole=False)
    tell_rest(many, session)
    assert titles(session) == [f"{number:04}" for number in reversed(range(NUMBER))]


def test_a_page_decided_before_the_rest_came_keeps_row_and_decision(many: World) -> None:
    session = many.session(whole=False)
    session.carry_out(session.plan_verdict("keep"))
    tell_rest(many, session)
    assert session.counts().kept == 1
    assert session.rows[0].decision.verdict == "keep"
    assert current(session) == session.rows[1].title


def test_a_filter_holds_for_pages_that_come_later(many: World) -> None:
    session = many.session(whole=False)
    session.filter("path:09*")
    tell_rest(many, session)
    assert [item.path for item in session.rows] == [f"{number:04}.html" for number in range(900, NUMBER)]


@given(
    st.lists(st.lists(st.integers(0, 40), max_size=8), max_size=6), st.sampled_from(["path", "words"]), st.booleans()
)
def test_what_is_added_stands_where_a_full_sort_puts_it(portions: list[list[int]], by: str, backwards: bool) -> None:
    items = [Item(f"{number:02}.html", sha256="x", words=number % 5) for number in range(41)]
    view, whole = View(items), View(items)
    view.order = whole.order = Order(by, backwards)
    for portion in portions:
        view.add(portion)
    whole.fill([number for portion in portions for number in portion])
    assert view.numbers == whole.numbers
