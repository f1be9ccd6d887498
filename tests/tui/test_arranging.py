"""How many panes, and where."""

from __future__ import annotations

import pytest

from triage.tui.arranging import Arrangement


@pytest.mark.parametrize(
    ("width", "shape"), [(20, "below"), (80, "below"), (100, "beside"), (169, "beside"), (200, "three")]
)
def test_the_width_says_how_panes_stand(width: int, shape: str) -> None:
    assert Arrangement().shape(width) == shape


def test_a_key_goes_through_the_other_ways_and_back_to_the_width() -> None:
    panes = Arrangement()
    told = [panes.turn(80) for _ in range(3)]
    assert told == ["One pane at a time", "The text beside the list", "Panes by the width of the screen"]
    assert panes.shape(80) == "below"
    assert [Arrangement("beside").shape(width) for width in (80, 200)] == ["beside", "three"]


def test_the_list_takes_more_or_less_within_bounds() -> None:
    panes = Arrangement()
    assert panes.widen(120, 1)
    assert panes.share == 52
    for _ in range(20):
        panes.widen(120, -1)
    assert panes.share == 16
    assert not Arrangement("one").widen(120, 1)
