from __future__ import annotations

from triage.model import UNDECIDED, Decision
from triage.session.pace import pace
from triage.store.journal import Change, Step


def step(at: str, items: int = 1, *, undone: bool = False, verdict: bool = True) -> Step:
    after = Decision("keep") if verdict else Decision(tags=("a",))
    changes = tuple(Change(f"{number}.html", None, None, UNDECIDED, after) for number in range(items))
    return Step(1, f"2024-05-01T{at}+00:00", "anna", "kept", changes, undone)


def test_no_decision_has_no_pace() -> None:
    nothing = pace([])
    assert (nothing.items, nothing.a_minute, nothing.seconds_an_item, nothing.minutes_left(9)) == (0, None, None, None)


def test_one_decision_alone_cannot_be_measured() -> None:
    assert pace([step("10:00:00")]).a_minute is None


def test_the_pace_is_items_over_time_at_work_newest_first_or_not() -> None:
    steps = [step("10:00:00"), step("10:00:10"), step("10:00:30"), step("10:02:00")]
    found = pace(steps[::-1])
    assert found.minutes == 2.0
    assert found.a_minute == 2.0
    assert found.seconds_an_item == 20.0
    assert found.minutes_left(6) == 4.0
    assert found.by_minute == (3, 0, 1)


def test_a_bulk_step_does_not_make_the_rest_look_quick() -> None:
    found = pace([step("10:00:00"), step("10:00:30", items=400), step("10:01:00")])
    assert found.minutes_left(10) == 5.0
    assert pace([step("10:00:00"), step("10:01:00", items=400)]).minutes_left(802) == 2.0


def test_less_than_a_minute_at_work_tells_no_pace() -> None:
    found = pace([step("10:00:00"), step("10:00:30", items=400)])
    assert (found.a_minute, found.minutes_left(802)) == (None, None)


def test_a_break_is_no_work() -> None:
    found = pace([step("10:00:00"), step("10:01:00"), step("11:30:00"), step("11:31:00")])
    assert found.minutes == 2.0
    assert found.seconds_an_item == 60.0


def test_a_bulk_step_counts_all_its_items_but_is_no_single_decision() -> None:
    found = pace([step("10:00:00"), step("10:01:00", items=50)])
    assert found.items == 51
    assert found.seconds_an_item is None


def test_what_was_undone_or_gave_no_verdict_does_not_count() -> None:
    found = pace([step("10:00:00"), step("10:00:30", undone=True), step("10:01:00", verdict=False)])
    assert (found.items, found.steps) == (1, 1)
