"""What takes long goes on behind the screen: keys are answered meanwhile, and an old answer is dropped."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest
from driving import Driver, driving
from world import World, titles

from triage.model import ItemKey
from triage.store.journal import Step
from triage.tui import behind
from triage.tui.screens import acts


class SlowSearch:
    """Holds up every search for `slow` words until it is let go."""

    def __init__(self, world: World) -> None:
        self.begun, self.let_go = threading.Event(), threading.Event()
        self._search = world.library.search

    def __call__(self, words: Sequence[str]) -> set[ItemKey]:
        if list(words) == ["apples"]:
            self.begun.set()
            assert self.let_go.wait(30)
        return self._search(words)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(behind, "_MOMENT", 0.01)


@pytest.fixture
def slow(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowSearch]:
    search = SlowSearch(world)
    monkeypatch.setattr(world.library, "search", search)
    yield search
    search.let_go.set()


async def until(drive: Driver, holds: object) -> None:
    assert callable(holds)
    for _ in range(1000):
        if holds():
            return
        await drive.pilot.pause(0.01)
    raise AssertionError(drive.screen)


async def test_keys_are_answered_while_a_search_goes_on(world: World, slow: SlowSearch) -> None:
    async with driving(world.session()) as drive:
        review = drive.app.get_default_screen()
        drive.app.call_later(review.apply_filter, "apples")
        await until(drive, slow.begun.is_set)
        await drive.press("j")
        assert drive.title == "Bread"
        slow.let_go.set()
        await until(drive, lambda: titles(drive.session) == ["Apples"])


async def test_escape_gives_a_search_up_and_the_list_stays(world: World, slow: SlowSearch) -> None:
    async with driving(world.session()) as drive:
        review = drive.app.get_default_screen()
        drive.app.call_later(review.apply_filter, "apples")
        await until(drive, slow.begun.is_set)
        await drive.press("escape")
        assert "Given up" in drive.status
        slow.let_go.set()
        await drive.pilot.pause(0.05)
        assert len(drive.session.rows) == 6
        assert not drive.session.query.text


async def test_the_answer_to_an_old_question_is_dropped(world: World, slow: SlowSearch) -> None:
    async with driving(world.session()) as drive:
        review = drive.app.get_default_screen()
        drive.app.call_later(review.apply_filter, "apples")
        await until(drive, slow.begun.is_set)
        drive.app.call_later(review.apply_filter, "title:cats")
        await until(drive, lambda: titles(drive.session) == ["Cats"])
        slow.let_go.set()
        await drive.pilot.pause(0.05)
        assert titles(drive.session) == ["Cats"]


@pytest.mark.parametrize(
    ("keys", "act"),
    [
        ("R", "look_up"),
        ("I", "look_up"),
        ("L", "look_up"),
        ("a", "plan_verdict"),
        ("t", "plan_tags"),
        ("*", "alike"),
    ],
)
async def test_what_looks_at_many_items_does_so_beside_the_screens_loop(
    world: World, monkeypatch: pytest.MonkeyPatch, keys: str, act: str
) -> None:
    monkeypatch.setattr(acts, "_MANY", 1)
    session = world.session()
    original, threads = getattr(session, act), []

    def watched(*values: object, **more: object) -> object:
        threads.append(threading.current_thread())
        return original(*values, **more)

    async with driving(session) as drive:
        await drive.press("s")
        monkeypatch.setattr(session, act, watched)
        await drive.press(*keys.replace("*", "asterisk").split())
        if act == "plan_tags":
            await drive.press("x", "enter")
        await until(drive, lambda: threads)
        assert threading.main_thread() not in threads


async def test_moving_goes_on_while_many_are_undone_and_what_decides_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = world.session()
    begun, let_go = threading.Event(), threading.Event()
    undo = session.commit_undo

    def slowly() -> Step | None:
        begun.set()
        assert let_go.wait(30)
        return undo()

    async with driving(session) as drive:
        await drive.press("a")
        monkeypatch.setattr(session, "commit_undo", slowly)
        await drive.press("u")
        assert begun.is_set()
        await drive.press("j")
        assert drive.title == "Not found"
        assert session.counts().kept == 1  # not shown as undone before it is
        let_go.set()
        await until(drive, lambda: session.counts().kept == 0)
        assert drive.title == "Apples"
