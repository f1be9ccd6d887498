"""A repeated section beside its first copy."""

from __future__ import annotations

import pytest
from driving import driving
from world import World

from triage.comparing import beside
from triage.model import Flag
from triage.tui.screens.twins import beside_lines

FIRST = ["The ferry left the pier at six with nobody on board.", "It came back at nine."]
AGAIN = ["The ferry left the quay at six with nobody on board.", "It came back at nine."]


def shown(first: list[str], again: list[str], width: int = 64) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in beside_lines(beside(first, again), width)]


def test_what_differs_is_marked_on_either_side() -> None:
    assert shown(FIRST, AGAIN) == [
        "The ferry left the [-pier-] at │ The ferry left the {+quay+} at",
        "six with nobody on board.      │ six with nobody on board.",
        "                               │",
        "It came back at nine.          │ It came back at nine.",
    ]


def test_a_line_put_between_leaves_the_others_face_to_face() -> None:
    lines = shown(FIRST, [FIRST[0], "Advertisement", FIRST[1]])
    assert any(line.strip() == "│ {+Advertisement+}" for line in lines)
    assert lines[-1] == "It came back at nine.          │ It came back at nine."


@pytest.fixture
def twice(empty: World) -> World:
    """A page whose first two paragraphs stand again, one with another word."""
    flag = Flag("repeated-section", "edited", "stands above", "r", 0.9, 3, 4, (0, 1))
    lines = [*FIRST, "Between the two stands this.", *AGAIN]
    empty.add(empty.scanned("a.html", "Ferry", lines, [flag]), empty.scanned("b.html", "No repeat"))
    return empty


async def test_a_key_shows_both_and_enter_goes_to_the_first(twice: World) -> None:
    async with driving(twice.session(), size=(80, 24)) as drive:
        await drive.press("G", "=")
        assert "No section of this page stands twice" in drive.status
        await drive.press("g", "=")
        assert "First copy paragraphs 1-2   and its repeat paragraphs 4-5" in drive.screen
        assert "[-pier-]" in drive.screen
        await drive.press("enter")
        assert "First copy paragraphs" not in drive.screen
        assert "=1 The ferry left the pier" in drive.screen


async def test_a_narrow_screen_goes_to_the_first_copy_and_says_why(twice: World) -> None:
    async with driving(twice.session(), size=(60, 24)) as drive:
        await drive.press("=")
        assert "72 columns are needed" in drive.status
