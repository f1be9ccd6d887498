"""Wrapping: every character stands on some line, no line is wider than asked, words stay whole where they can."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from triage.text import clean
from triage.tui.wrapping import height, wrap

TEXTS = st.text(alphabet=st.sampled_from("ab  -.,(“日本。「」」가é\u0301\u200d👩❤\ufe0f🇩ไ่ךש"), max_size=80)


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


def test_words_break_at_spaces() -> None:
    assert lines("the tide came in over the pier", 12) == ["the tide", "came in over", "the pier"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert lines("see https://example.com/a now", 10) == ["see", "https://ex", "ample.com/", "a now"]


def test_wide_characters_take_two_cells_and_break_anywhere() -> None:
    assert lines("港の連絡船は失われた", 8) == ["港の連絡", "船は失わ", "れた"]


def test_punctuation_that_closes_does_not_begin_a_line_nor_one_that_opens_end_it() -> None:
    assert lines("港の連絡。船「は」失", 8) == ["港の連", "絡。船", "「は」失"]


def test_a_combining_mark_stays_with_its_letter() -> None:
    assert lines("e\u0301" * 6, 4) == ["e\u0301" * 4, "e\u0301" * 2]


def test_line_ends_and_indents_of_code_are_kept() -> None:
    assert lines("def f():\n    return 1\n\nf()", 20) == ["def f():", "    return 1", "", "f()"]


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_an_empty_line_is_a_line(text: str) -> None:
    assert lines(text, 10) == text.split("\n")


@given(TEXTS, st.integers(4, 30))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in lines(clean(text), width))


@given(st.text(max_size=200), st.integers(4, 30))
def test_nothing_but_spaces_and_line_ends_is_lost(text: str, width: int) -> None:
    text = clean(text)
    assert "".join(lines(text, width)).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(st.text(max_size=200) | TEXTS, st.integers(1, 30))
def test_the_height_is_the_number_of_lines(text: str, width: int) -> None:
    assert height(clean(text), width) == len(wrap(clean(text), width))


def test_a_line_of_two_million_characters_is_wrapped() -> None:
    assert len(wrap("x" * 2_000_000, 100)) == 20_000
