"""Flags in words."""

from __future__ import annotations

from typing import get_args

import pytest

from triage.model import ErrorCause, Flag, FlagKind
from triage.wording import KIND_WORDS, SEVERITY, by_severity, confidence, counted, kind_and_cause, short, where


def flag(kind: FlagKind = "error-noise", cause: str | None = None, first: int | None = None, **more: float) -> Flag:
    last = None if first is None else first + 2
    return Flag(kind, cause, "", "", more.get("confidence", 1.0), first, last)


def test_every_kind_has_words_and_a_place_in_the_order_of_severity() -> None:
    assert set(KIND_WORDS) == set(SEVERITY) == set(get_args(FlagKind))


@pytest.mark.parametrize("cause", get_args(ErrorCause))
def test_every_cause_of_an_error_is_told_in_words_and_in_at_most_four_letters(cause: str) -> None:
    assert kind_and_cause(flag(cause=cause)).startswith("error noise: ")
    assert "-" not in kind_and_cause(flag(cause=cause)).removesuffix("log-in wall")
    assert 2 <= len(short(flag(cause=cause))) <= 4


def test_a_cause_of_a_rules_own_is_told_as_it_is() -> None:
    assert kind_and_cause(flag("boilerplate", "comment-stub")) == "boilerplate: comment stub"
    assert kind_and_cause(flag("boilerplate", "a\x1b[2Jb")) == "boilerplate: a␛[2Jb"


def test_places_are_counted_from_one() -> None:
    assert where(flag(first=0)) == "paragraphs 1-3"
    assert where(Flag("thin", None, "", "", 1.0, 4, 4)) == "paragraph 5"
    assert where(flag()) == "whole page"


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.97, "nearly certain, 97%"), (0.8, "likely, 80%"), (0.6, "perhaps, 60%"), (0.1, "doubtful, 10%")],
)
def test_confidence_is_a_word_and_a_percentage(value: float, words: str) -> None:
    assert confidence(flag(confidence=value)) == words


def test_the_gravest_flag_comes_first_then_the_order_of_the_page() -> None:
    boilerplate, late, early, page = flag("boilerplate", first=0), flag(first=9), flag(first=1), flag("error-page")
    assert by_severity([boilerplate, late, early, page]) == [page, early, late, boilerplate]


def test_one_is_told_as_one_and_thousands_are_parted() -> None:
    assert [counted(number, "page") for number in (0, 1, 2, 12_345)] == ["0 pages", "1 page", "2 pages", "12,345 pages"]
    assert [counted(number, "is a copy", "are copies") for number in (1, 2)] == ["1 is a copy", "2 are copies"]
