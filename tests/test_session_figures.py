"""Figures of the work: the flow of pages, and what the summary and `triage stats` tell."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.model import Decision, Flag, Item
from triage.plots import bars, binned, columns
from triage.session.flow import STAGES, flow
from triage.session.stats import WORDS, record, sentences, stats
from triage.session.summary import summary_lines
from triage.session.words import state
from triage.store.journal import Change, Step

ERROR = Flag("error-page", "captcha", "asks", "rule", 0.9)
UNREADABLE = Flag("unreadable", None, "cut", "rule", 1.0)
VERDICTS = st.sampled_from([None, "keep", "discard", "later"])


@st.composite
def some_items(draw: st.DrawFn) -> list[Item]:
    count = draw(st.integers(0, 12))
    return [
        Item(
            f"{number}.html",
            sha256="0",
            words=draw(st.integers(0, 5000)),
            flags=draw(st.sampled_from([(), (ERROR,), (UNREADABLE,), (UNREADABLE, ERROR)])),
            group=draw(st.sampled_from([None, "a", "b"])),
            decision=Decision(draw(VERDICTS)),
        )
        for number in range(count)
    ]


@given(some_items(), st.randoms())
def test_every_page_is_counted_in_one_line_of_the_flow_whatever_their_order(
    items: list[Item], shuffled: random.Random
) -> None:
    found = flow(items)
    assert found.total().total() == len(items)
    assert sum(found.total(stage).total() for stage in STAGES) == len(items)
    for word in ("undecided", "kept", "discarded", "later"):
        assert found.total()[word] == sum(state(item.decision) == word for item in items)
    other = list(items)
    shuffled.shuffle(other)
    assert flow(other) == found


@given(some_items())
def test_of_each_group_with_a_page_fit_to_be_kept_one_page_is_no_copy(items: list[Item]) -> None:
    fit = {item.group for item in items if item.group and not item.flags}
    alone = sum(item.group is None and not item.flags for item in items)
    assert flow(items).total("to judge").total() == alone + len(fit)


def test_the_copy_that_was_kept_is_the_one_that_is_no_copy() -> None:
    items = [
        Item("a", group="a", decision=Decision("discard")),
        Item("b", group="a", decision=Decision("keep")),
        Item("c", group="a"),
    ]
    found = flow(items)
    assert found.total("to judge") == {"kept": 1}
    assert found.total("copy") == {"discarded": 1, "undecided": 1}


@given(some_items())
def test_the_figures_add_up(items: list[Item]) -> None:
    found = stats(items, [], shown=len(items))
    assert sum(found.words) == len(items)
    told = record(found)
    assert sum(told["by_state"].values()) == told["pages"] == len(items)
    assert told["decisions_a_minute"] is None
    assert told["minutes_left"] is None


def _steps(*seconds: float) -> list[Step]:
    decide = Change("a", None, None, Decision(), Decision("keep"))
    return [
        Step(number, f"2024-01-01T10:{int(at // 60):02}:{at % 60:06.3f}+00:00", "anna", "kept", (decide,), undone=False)
        for number, at in enumerate(seconds)
    ]


def test_the_summary_draws_decisions_over_time_once_there_are_two_minutes() -> None:
    items = [Item("a", sha256="0", words=300, decision=Decision("keep")), Item("b", sha256="0", words=10)]
    short = summary_lines(stats(items, _steps(0, 10, 20), 2), 80)
    assert not any("Decisions a minute" in text for text, _ in short)
    longer = summary_lines(stats(items, _steps(0, 10, 70, 130, 140), 2), 80)
    assert any("Decisions a minute" in text for text, _ in longer)


@pytest.mark.parametrize("width", [24, 40, 72, 80, 140])
def test_no_line_of_the_summary_is_wider_than_it_may_be(width: int) -> None:
    items = [
        Item(str(number), sha256="0", words=number * 40, site=f"a-rather-long-name-of-a-site-{number}.example")
        for number in range(30)
    ]
    for ascii_only in (False, True):
        lines = summary_lines(stats(items, _steps(*range(0, 900, 7)), 30), width, ascii_only=ascii_only)
        assert max(len(text) for text, _ in lines) <= width
        assert not ascii_only or all(text.isascii() or "·" in text for text, _ in lines)


@pytest.mark.parametrize("width", [-7, 0, 1, 12])
def test_on_hardly_any_cells_the_summary_is_drawn_as_for_a_few(width: int) -> None:
    found = stats([Item("a", sha256="0", words=9)], _steps(0, 70, 140), 1)
    assert summary_lines(found, width) == summary_lines(found, 24)


def test_while_pages_are_unscanned_the_summary_says_of_which_its_figures_are() -> None:
    items = [Item("a", sha256="0", words=9), Item("b"), Item("c")]
    assert "1 of 3 pages scanned so far" in " ".join(sentences(stats(items, [], 3)))
    assert "so far" not in " ".join(sentences(stats(items[:1], [], 1)))


def test_plots_say_their_numbers() -> None:
    assert bars([("one", 30), ("two", 0)], 20)[0].endswith("30")
    assert columns([0, 3], ["a", "b"], (30, 8), title="T")[0].strip() == "T"
    assert binned([1, 2, 3, 4, 5], 2) == ([6, 9], 3)
    assert bars([], 20) == []
    assert bars([("many", 12345), ("few", 12)], 40)[0].endswith(" 12,345")
    assert max(map(len, bars([("many", 12345)], 40))) <= 40


def test_pages_are_counted_by_the_range_that_their_words_fall_in() -> None:
    items = [Item(str(words), sha256="0", words=words) for words in (0, 49, 50, 99, 3200, 99_999)]
    assert dict(zip(WORDS, stats(items, [], 0).words, strict=True)) == {
        0: 2, 50: 2, 100: 0, 200: 0, 400: 0, 800: 0, 1600: 0, 3200: 2,
    }  # fmt: skip
