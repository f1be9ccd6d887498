"""What tests of several rooms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from world import CAPTCHA, NOT_FOUND, THIN, World


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[World]:
    """A folder without a page."""
    world = World(tmp_path)
    yield world
    world.close()


@pytest.fixture
def world(empty: World) -> World:
    """Six pages of two sites: two articles each, and two error pages."""
    page = empty.scanned
    empty.add(
        page("a/apples.html", "Apples", ["The apples are ripe.", "They are red."], site="a.example", language="en"),
        page("a/bread.html", "Bread", ["Bread wants time."], site="a.example", date="2024-03-01", language="en"),
        page("a/lost.html", "Not found", ["Nothing is here."], [NOT_FOUND], site="a.example", language="en"),
        page("b/cats.html", "Cats", ["Les chats dorment."], site="b.example", date="2023-01-09", language="fr"),
        page("b/gone.html", "Gone", ["Nothing is here either."], [NOT_FOUND], site="b.example", language="fr"),
        page("b/robot.html", "Robot?", ["Are you one?"], [CAPTCHA, THIN], site="b.example", language="en"),
    )
    return empty
