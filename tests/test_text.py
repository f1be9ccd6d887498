import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.text import (
    PART,
    clean,
    clean_line,
    is_unspaced,
    json_line,
    normal,
    parted_tokens,
    tokens,
    word_count,
    words_in,
)

ANY_TEXT = st.text(alphabet=st.characters(), max_size=200)
DANGEROUS = {chr(code) for code in (*range(9), *range(11, 32), *range(0x7F, 0xA0))} | set(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\ufeff\u200b"
)


@given(ANY_TEXT)
def test_no_clean_text_holds_what_a_terminal_acts_on(text: str) -> None:
    assert not set(clean(text)) & DANGEROUS
    assert not any(unicodedata.category(character) == "Cs" for character in clean(text))


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ANY_TEXT)
def test_a_clean_line_is_one_line(text: str) -> None:
    line = clean_line(text)
    assert "\n" not in line
    assert line == line.strip()


@pytest.mark.parametrize(
    "text", ["Plain words.", "Zażółć gęślą jaźń", "日本語のテキスト", "مرحبا بالعالم", "नमस्ते दुनिया", "👩‍🚀 took off"]
)
def test_ordinary_text_of_any_language_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_an_escape_sequence_is_made_visible() -> None:
    assert clean("a\x1b[31mb") == "a␛[31mb"
    assert clean("a\x9b31mb") == "a\ufffd31mb"


def test_a_tower_of_marks_is_cut() -> None:
    assert clean("e" + "\u0301" * 20_000) == "e" + "\u0301" * 4


def test_a_joiner_that_joins_nothing_is_dropped() -> None:
    assert clean("\u200dword a\u200d b \u200d\u200d c\u200d\n\u200dd\u200d") == "word a b  c\nd"
    assert clean("👩\u200d\u200d🚀 क्\u200dष") == "👩\u200d🚀 क्\u200dष"


def test_tokens_leave_out_marks_quotes_and_case_and_keep_accents_and_digits() -> None:
    assert tokens("“Don’t” — Café, 3.5\u00a0kg") == ("don", "t", "café", "3", "5", "kg")
    assert tokens("Café") == tokens("Cafe\u0301")
    assert tokens("co\u00adoperate") == ("cooperate",)


def test_where_words_are_not_spaced_each_character_is_a_token() -> None:
    assert tokens("港の船 sails") == ("港", "の", "船", "sails")
    assert tokens("第3回sailing、航海 log2") == ("第", "3", "回", "sailing", "航", "海", "log2")
    assert tokens("ไทย 한국어") == (*"ไทย", "한국어")
    assert is_unspaced("港の船が出る")
    assert not is_unspaced("한국어 문장은 띄어 쓴다")


@given(ANY_TEXT)
def test_tokens_do_not_depend_on_case_or_marks_around(text: str) -> None:
    assert tokens(f"  “{text}”  ") == tokens(text)
    assert tokens(normal(text)) == tokens(text)


def test_words_in_normal_form() -> None:
    assert words_in("Oops!  Page NOT found (404)") == ("oops", "page", "not", "found", "404")


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ab 1_-’“”—…„é\u0301\u00a0™ж")), max_size=60))
def test_words_are_the_runs_of_letters_and_digits_however_a_text_is_split(text: str) -> None:
    assert list(words_in(text)) == re.findall(r"[^\W_]+", normal(text))


def test_words_are_counted_in_every_script() -> None:
    assert word_count("Two words") == 2
    assert word_count("") == 0
    assert word_count("港の船が出る") == 3


@given(st.text(alphabet=st.characters(codec=None).filter(lambda one: not "\ud800" <= one <= "\udbff")))
def test_a_line_of_json_is_lossless_can_be_printed_and_holds_nothing_that_acts(text: str) -> None:
    line = json_line({"path": text})
    assert json.loads(line.encode()) == {"path": text}
    assert not set(line) & DANGEROUS
    assert len(line.splitlines()) == 1


def test_a_byte_of_a_name_that_is_no_text_comes_through_json() -> None:
    assert json_line("caf\udce9 \U000e0041") == '"caf\\udce9 \\udb40\\udc41"'


@given(
    st.lists(st.sampled_from(["", "|", "Äh, ß!", "¡", "Two words_3", "港の船", "A"]) | st.text(max_size=8).map(clean))
)
def test_the_tokens_of_several_texts_are_those_of_each_with_a_part_between(texts: list[str]) -> None:
    expected = [token for text in texts for token in (PART, *tokens(text))][1:]
    assert parted_tokens(texts) == expected
