"""How the main screens look: as text for every size, as pictures where colour matters."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import gallery
import pytest
from copied import add_copies
from driving import FakeScan, driving
from textual.pilot import Pilot
from world import World

from triage.config import Settings
from triage.tui.app import TriageApp

MAIN = ("a", "d", "s")


@pytest.fixture
def shown(empty: World) -> World:
    """The gallery."""
    return gallery.fill(empty)


@pytest.mark.parametrize("size", [(80, 24), (140, 40), (40, 12)], ids=str)
async def test_the_main_screen(shown: World, size: tuple[int, int], snapshot: Any) -> None:
    async with driving(shown.session(), size=size) as drive:
        await drive.press(*MAIN)
        assert drive.screen == snapshot


@pytest.mark.parametrize(
    "keys", ["/ f l", "D", "t", "f", "S", "v j d", "X"], ids=lambda keys: keys.replace("/", "filter")
)
async def test_what_is_asked_at_80_columns(shown: World, keys: str, snapshot: Any) -> None:
    async with driving(shown.session(), size=(80, 24)) as drive:
        await drive.press("j", *keys.split())
        await drive.pilot.pause(0.2)
        assert drive.screen == snapshot


@pytest.mark.parametrize(
    ("size", "environment"),
    [((80, 24), {}), ((140, 40), {}), ((80, 24), {"NO_COLOR": "1"})],
    ids=["80x24", "140x40", "without-colour"],
)
@pytest.mark.parametrize("keys", ["X", "c", "f", "?", "ampersand", "r", "tab"])
async def test_the_other_main_screens(
    shown: World, keys: str, size: tuple[int, int], environment: dict[str, str], snapshot: Any
) -> None:
    add_copies(shown)
    async with driving(shown.session(), size, environment={"TERM": "xterm", **environment}) as drive:
        await drive.press("j", "j", "j", *keys.split())
        await drive.pilot.pause(0.1)
        assert drive.sent == snapshot


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every step of the journal twelve seconds after the one before, on the clock of Greenwich."""
    moments = (datetime(2026, 3, 8, 9, 30, tzinfo=UTC) + timedelta(seconds=12 * number) for number in count())
    monkeypatch.setattr("triage.store.journal._now", lambda: f"{next(moments):%Y-%m-%dT%H:%M:%S}.000Z")
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
@pytest.mark.parametrize("screen", ["H", "i", "h"], ids=["history", "summary", "history-of-a-page"])
async def test_what_was_done_and_how_far_it_is(shown: World, screen: str, size: tuple[int, int], snapshot: Any) -> None:
    other = shown.session("mara")
    other.carry_out(other.plan_verdict("keep", items=other.items[:4]))
    async with driving(shown.session(), size=size) as drive:
        await drive.press("a", "d", "u", *"sad")
        await drive.press("k", screen)
        await drive.pilot.pause(0.2)
        assert drive.screen == snapshot


@pytest.mark.parametrize(
    ("size", "theme", "environment"),
    [
        ((80, 24), None, {"TERM": "xterm"}),
        ((140, 40), None, {"TERM": "xterm"}),
        ((140, 40), "triage-light", {"TERM": "xterm"}),
        ((80, 24), None, {"TERM": "xterm", "NO_COLOR": "1"}),
    ],
    ids=["80x24", "140x40", "light", "without-colour"],
)
def test_the_main_screen_in_colour(
    shown: World,
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
    theme: str | None,
    environment: dict[str, str],
) -> None:
    session = shown.session()
    session.greeted = True
    app = TriageApp(session, FakeScan, Settings(theme=theme), environment)

    async def decide(pilot: Pilot[int]) -> None:
        await pilot.press(*MAIN)

    assert snap_compare(app, terminal_size=size, run_before=decide)
