"""What a fingerprint keeps of a page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.corpus import compare, fingerprint
from triage.corpus.fingerprints import parse
from triage.model import Article, Block, Flag


def article(*texts: str) -> Article:
    return Article(blocks=tuple(Block("paragraph", text) for text in texts))


def words(first: int, last: int) -> str:
    return " ".join(f"word{number}" for number in range(first, last))


NOISE = Flag("error-noise", "other", "a line of noise", "test", 0.9, first=0, last=0)


def test_the_same_text_gives_the_same_bytes_whatever_its_dress() -> None:
    assert fingerprint(article("The Boat – “late” again.")) == fingerprint(article('the boat "late", again'))


def test_another_number_or_accent_is_another_text() -> None:
    assert fingerprint(article("It rained on 12 days.")) != fingerprint(article("It rained on 13 days."))
    assert fingerprint(article("la cote est belle")) != fingerprint(article("la côte est belle"))


def test_compare_tells_the_share_of_each_in_the_other() -> None:
    short, long = fingerprint(article(words(0, 100))), fingerprint(article(words(0, 100), words(200, 300)))
    here, there = compare(short, long)
    assert here == 1.0
    assert there == pytest.approx(0.49, abs=0.02)


def test_shares_of_long_pages_are_estimated_from_a_sample_without_bias() -> None:
    one, half = fingerprint(article(words(0, 8000))), fingerprint(article(words(0, 4000)))
    here, there = compare(one, half)
    assert here == pytest.approx(0.5, abs=0.04)
    assert there == 1.0


def test_a_short_page_is_compared_with_a_long_one_by_what_both_keep() -> None:
    here, there = compare(fingerprint(article(words(1000, 1150))), fingerprint(article(words(0, 4000))))
    assert here == 1.0
    assert there == pytest.approx(150 / 4000, abs=0.03)


def test_pages_that_share_nothing_share_nothing() -> None:
    assert compare(fingerprint(article(words(0, 50))), fingerprint(article(words(50, 100)))) == (0.0, 0.0)


def test_text_under_a_flag_is_left_out() -> None:
    noisy = article("Sorry, an error came up while we loaded this page.", words(0, 60))
    assert compare(fingerprint(noisy, [NOISE]), fingerprint(article(words(0, 60)))) == (1.0, 1.0)
    assert compare(fingerprint(noisy), fingerprint(article(words(0, 60)))) != (1.0, 1.0)


def test_menus_and_headlines_around_the_prose_count_for_nothing() -> None:
    menu = ["Harbour Town Council", "Opening hours and fees", "Ferry sets out an hour later from Monday on"]
    framed = fingerprint(article(*menu, words(0, 60), "Read more about it"))
    assert compare(framed, fingerprint(article(words(0, 60)))) == (1.0, 1.0)
    said = fingerprint(article(*(f"{line}." for line in menu[2:]), words(0, 60)))
    assert compare(said, fingerprint(article(words(0, 60)))) != (1.0, 1.0)


def test_a_page_of_short_lines_is_compared_by_them() -> None:
    rows = [words(start, start + 8) for start in range(0, 400, 8)]
    assert compare(fingerprint(article(*rows)), fingerprint(article(*rows[:25], words(900, 930)))) != (0.0, 0.0)
    assert compare(fingerprint(article(*rows)), fingerprint(article(*rows))) == (1.0, 1.0)


def test_a_page_of_many_words_takes_few_bytes() -> None:
    assert len(fingerprint(article(*(words(start, start + 50) for start in range(0, 1000, 50))))) < 1000 * 4


@given(st.lists(st.text(max_size=200), max_size=20))
def test_any_page_has_a_fingerprint_that_reads_back(texts: list[str]) -> None:
    read = parse(fingerprint(article(*texts)))
    assert read is not None
    assert len(read.block_marks) == len(texts) == len(read.block_keys) // 8


@given(st.binary(max_size=200))
def test_bytes_that_are_no_fingerprint_are_told(data: bytes) -> None:
    read = parse(data)
    assert read is None or len(read.block_marks) * 8 == len(read.block_keys)
    assert compare(b"", data) == (0.0, 0.0)
    assert parse(fingerprint(article("a text"))[:-1]) is None
    assert parse(b"\xff" + fingerprint(article("a text"))[1:]) is None
