"""Signs, clipping, matches: what a line says before it has colours."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from triage.model import Flag, FlagKind
from triage.text import clean_line
from triage.tui.render import (
    ASCII,
    UNICODE,
    Signs,
    clip,
    flag_sign,
    matcher,
    signs_for_terminal,
    split_matches,
    state_sign,
    to_strip,
)

KINDS: tuple[FlagKind, ...] = (
    "error-page", "error-noise", "repeated-section", "boilerplate", "near-duplicate", "thin", "unreadable",
)  # fmt: skip


def found(text: str, *words: str) -> list[str]:
    return [piece for piece, role in split_matches(text, "", matcher(words)) if role == "match"]


@pytest.mark.parametrize("signs", [UNICODE, ASCII])
def test_each_kind_and_each_state_has_a_sign_of_its_own(signs: Signs) -> None:
    kinds = {flag_sign(Flag(kind, None, "", "", 1.0), signs) for kind in KINDS}
    states = {state_sign(verdict, signs) for verdict in ("keep", "discard", "later", None)}
    assert len(kinds) == len(KINDS)
    assert len(states) == 4


@pytest.mark.parametrize("field", [field.name for field in fields(Signs)])
def test_every_sign_takes_one_cell_and_has_an_ascii_form(field: str) -> None:
    assert cell_len(getattr(UNICODE, field)) == 1
    assert len(getattr(ASCII, field)) == 1
    assert getattr(ASCII, field).isascii()


@pytest.mark.parametrize(
    ("environment", "encoding", "signs"),
    [
        ({"TERM": "xterm-256color"}, "utf-8", UNICODE),
        ({"TERM": "linux"}, "utf-8", ASCII),
        ({"TERM": "xterm"}, "iso-8859-1", ASCII),
        ({"TERM": "xterm", "LC_ALL": "C"}, "utf-8", ASCII),
        ({"TERM": "xterm", "LC_ALL": "", "LANG": "de_DE.ISO-8859-1"}, "utf-8", ASCII),
        ({"TERM": "xterm", "LC_CTYPE": "C.UTF-8", "LANG": "C"}, "utf-8", UNICODE),
    ],
)
def test_ascii_signs_where_the_terminal_lacks_others(environment: dict[str, str], encoding: str, signs: Signs) -> None:
    assert signs_for_terminal(environment, encoding) == signs


@given(st.text(), st.integers(0, 40))
def test_a_clipped_text_fills_its_cells_exactly(text: str, cells: int) -> None:
    assert cell_len(clip(clean_line(text), cells)) == cells


def test_what_is_cut_off_is_told_by_a_sign() -> None:
    assert clip("harbour master", 8) == "harbour…"
    assert clip("港の連絡船", 6) == "港の …"


def test_words_are_found_whole_and_whatever_their_case() -> None:
    assert found("Storm, storms and a brainstorm: STORM", "storm") == ["Storm", "STORM"]


def test_a_star_stands_for_any_letters() -> None:
    assert found("Storm, storms and a brainstorm", "storm*") == ["Storm", "storms"]
    assert found("Storm, storms and a brainstorm", "*storm") == ["Storm", "brainstorm"]


def test_a_star_ends_on_a_page_of_nothing_but_letters() -> None:
    assert found("x" * 300_000, "*storm", "*a*b*", "x*y") == []


def test_the_longer_word_is_found_before_one_it_contains() -> None:
    assert found("harbour master", "harbour", "harbour master") == ["harbour master"]


def test_unspaced_scripts_are_found_inside_running_text() -> None:
    assert found("港の連絡船は失われた", "連絡船") == ["連絡船"]


def test_a_word_is_no_pattern() -> None:
    assert found("a.c abc (x", "a.c", "(x") == ["a.c", "(x"]


def test_a_word_of_many_stars_is_sought_in_no_more_time() -> None:
    """Tried in every way that there is, it would take longer than anybody lives."""
    assert found("a" * 400 + " abacus", "a*" * 12 + "!") == []
    assert found("abracadabra, a cadaver", "a*b*a", "ca*r") == ["abracadabra", "cadaver"]
    assert found("form, reform, performed", "*form", "per*med") == ["form", "reform", "performed"]


def test_no_words_match_nothing() -> None:
    assert matcher([]) is None
    assert matcher(["", "*", "**", " "]) is None


@given(st.text(), st.lists(st.text(max_size=4), max_size=3))
def test_marking_matches_loses_no_character(text: str, words: list[str]) -> None:
    assert "".join(piece for piece, _ in split_matches(text, "", matcher(words))) == text


def drawn(*line: tuple[str, str]) -> list[tuple[str, bool]]:
    strip = to_strip(line, 6, Style.null(), {"strong": Style(bold=True), "plain": Style.null()}.__getitem__)
    assert strip.cell_length == 6
    return [(segment.text, bool(segment.style and segment.style.bold)) for segment in strip]


def test_a_line_is_drawn_as_wide_as_asked_and_each_role_in_its_style() -> None:
    assert drawn(("ab", "strong"), ("cd", "")) == [("ab", True), ("cd", False), ("  ", False)]
    assert drawn(("abcdefgh", "strong")) == [("abcdef", True)]


def test_neighbours_that_look_alike_are_drawn_as_one() -> None:
    assert drawn(("ab", ""), (" ", "strong"), ("cde", "plain")) == [("ab cde", False)]
