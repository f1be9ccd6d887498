"""Faults of the file of decisions, as the analyst meets them on the screen."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from driving import Driver, FakeScan, driving
from world import World

from triage.errors import JournalError
from triage.model import Decision
from triage.store.journal import Change, Journal
from triage.tui.app import Start, TriageApp

KEEP = Decision("keep")


async def test_a_write_that_fails_is_told_and_nothing_is_shown_as_saved(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(world.session()) as drive:

        def full(*_: object) -> None:
            raise JournalError("The disk is full: nothing was saved. Free some space and decide again.")

        with monkeypatch.context() as patched:
            patched.setattr(Journal, "decide", full)
            await drive.press("a")
            assert "Not saved." in drive.screen
            assert "Free some space" in drive.screen
            await drive.press("d", "escape")
            assert "NOT SAVED" in drive.status
            assert drive.title == "Apples"
            assert drive.session.rows[0].decision.verdict is None
        await drive.press("a")
        assert "Kept “Apples”" in drive.status


def _renamed(world: World) -> None:
    world.database.rename(world.database.with_suffix(".away"))


def _deleted(world: World) -> None:
    world.database.unlink()


@pytest.mark.parametrize("fault", [_renamed, _deleted])
async def test_a_file_that_is_gone_is_written_again_and_the_key_pressed_again_decides(
    world: World, fault: Callable[[World], None]
) -> None:
    async with driving(world.session()) as drive:
        await drive.press("a")
        fault(world)
        await drive.press("d")
        await shown(drive, "written again")
        assert drive.title == "Bread"
        assert drive.session.counts().discarded == 0
        await drive.press("escape", "d")
        assert "Discarded “Bread”" in drive.status
    assert held(world) == {"a/apples.html": "keep", "a/bread.html": "discard"}


async def test_where_another_file_was_put_in_its_place_the_list_shows_what_that_holds(world: World) -> None:
    other = world.database.with_suffix(".other")
    with closing(Journal.open(other, "bob")) as journal:
        (first,) = [item for item in world.session().rows if item.title == "Cats"]
        journal.decide([Change(*first.key, first.sha256, first.decision, KEEP)], "kept cats")
    async with driving(world.session()) as drive:
        await drive.press("a")
        other.replace(world.database)
        await drive.press("d")
        await shown(drive, "Another file was put")
        await drive.press("escape")
        assert {item.title: item.decision.verdict for item in drive.session.rows if item.decision.verdict} == {
            "Cats": "keep"
        }
        assert drive.session.counts().kept == 1


async def test_damage_noticed_by_reading_is_mended_and_told(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("a", "d")
        with closing(sqlite3.connect(world.database)) as connection, connection:
            connection.execute("UPDATE changes SET verdict = 'later' WHERE id = 1")
        await drive.press("H")
        await shown(drive, "was damaged")
        await drive.press("escape")
        assert [item.decision.verdict for item in drive.session.rows[:2]] == [None, "discard"]
    assert held(world) == {"a/bread.html": "discard"}


async def test_what_another_reviewer_decided_comes_in_with_ones_own_next_step(world: World) -> None:
    other = world.session("bob")
    async with driving(world.session()) as drive:
        other.go(3)
        other.carry_out(other.plan_verdict("discard"))
        await drive.press("a")
        assert "1 decision of others came in" in drive.status
        assert [item.decision.verdict for item in drive.session.rows[:4]] == ["keep", None, None, "discard"]
        other.go(4)
        other.carry_out(other.plan_verdict("later"))
        await drive.press("R")
        assert "1 decision of others came in" in drive.status
        assert drive.session.counts().later == 1


async def test_what_was_mended_before_the_start_is_read_first_and_a_backup_that_fails_is_told(world: World) -> None:
    def chore() -> str:
        raise JournalError("No backup could be made.")

    app = TriageApp(world.session(), FakeScan, environment={"TERM": "xterm"}, start=Start(["It was mended."], chore))
    async with app.run_test(size=(100, 34)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        screen = "\n".join("".join(segment.text for segment in strip) for strip in strips)
        assert "It was mended." in screen
        await pilot.press("escape")
        await pilot.pause()
        assert "No backup could be made." in "".join(text for text, _ in app._review.last_told)
    app.end()


async def shown(drive: Driver, words: str) -> None:
    """Waits for words on the screen: mending takes the disk's time."""
    for _ in range(500):
        if words in " ".join(drive.screen.replace("│", " ").split()):
            return
        await asyncio.sleep(0.02)  # pilot.pause does not wait for a thread
    raise AssertionError(f"{words!r} does not come:\n{drive.screen}")


def held(world: World) -> dict[str, str | None]:
    with closing(Journal.open(world.database, "ann")) as journal:
        journal.check()
        return {stored.path: stored.decision.verdict for stored in journal.current()}
