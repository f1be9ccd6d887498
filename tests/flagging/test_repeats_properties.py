"""What holds of repeats on any page."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.flagging.repeats import find
from triage.flagging.subject import Subject
from triage.model import Article, Block, Evidence, Flag

HEADS = ("ba", "ko", "ri", "mu", "te", "sha", "vo", "ling", "pra", "des")
MIDDLES = ("lan", "rit", "mos", "ve", "tu", "gar", "nel", "pho")
TAILS = ("der", "s", "ny", "to", "mak", "um", "ile")
WORDS = [head + middle + tail for head in HEADS for middle in MIDDLES for tail in TAILS]


def paragraph(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def flags_of(*texts: str) -> tuple[Flag, ...]:
    return find(Subject(Article(blocks=tuple(Block("paragraph", text) for text in texts)), Evidence())).flags


pages = st.builds(
    lambda seed, sizes: [paragraph(random.Random(seed * 1000 + nth), size) for nth, size in enumerate(sizes)],
    st.integers(0, 10**6),
    st.lists(st.integers(12, 70), min_size=4, max_size=14),
)


@given(pages)
@settings(deadline=None)
def test_a_page_whose_paragraphs_are_all_different_is_never_flagged(page: list[str]) -> None:
    assert flags_of(*page) == ()


@given(pages, st.data())
@settings(deadline=None)
def test_a_planted_copy_of_two_or_more_paragraphs_is_found_whole_and_nothing_else(
    page: list[str], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(page) - 2))
    last = data.draw(st.integers(first + 1, len(page) - 1))
    at = data.draw(st.integers(last + 1, len(page)))
    flags = flags_of(*page[:at], *page[first : last + 1], *page[at:])
    assert [(flag.first, flag.last, flag.same_as, flag.cause) for flag in flags] == [
        (at, at + last - first, (first, last), "exact")
    ]


@given(pages, st.data())
@settings(deadline=None)
def test_a_copy_with_one_word_in_ten_changed_is_found_whole(page: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(page) - 3))
    rng = random.Random(data.draw(st.integers(0, 10**6)))
    copy = []
    for text in page[first : first + 3]:
        words = text.split()
        for at in rng.sample(range(len(words)), len(words) // 10):
            words[at] = "quite"
        copy.append(" ".join(words))
    flags = flags_of(*page, *copy)
    assert {i for flag in flags for i in range(flag.first or 0, (flag.last or 0) + 1)} == {
        len(page), len(page) + 1, len(page) + 2
    }  # fmt: skip
    assert all(flag.same_as is not None and first <= flag.same_as[0] <= flag.same_as[1] <= first + 2 for flag in flags)


@given(st.lists(st.text("ab .|?", max_size=60) | st.sampled_from(WORDS[:3]), max_size=40))
@settings(deadline=None)
def test_flags_lie_in_the_page_and_apart_and_after_what_they_name(page: list[str]) -> None:
    struck: set[int] = set()
    for flag in flags_of(*page):
        assert flag.first is not None
        assert flag.last is not None
        assert flag.same_as is not None
        assert 0 <= flag.same_as[0] <= flag.same_as[1] < flag.first <= flag.last < len(page)
        span = set(range(flag.first, flag.last + 1))
        assert not span & struck
        struck |= span
        assert 0 < flag.confidence <= 1


@given(pages, st.data())
@settings(max_examples=30, deadline=None)
def test_blocks_taken_by_another_rule_are_never_flagged(page: list[str], data: st.DataObject) -> None:
    texts = [*page, *page]
    taken = frozenset(data.draw(st.sets(st.integers(0, len(texts) - 1))))
    blocks = tuple(Block("paragraph", text) for text in texts)
    for flag in find(Subject(Article(blocks=blocks), Evidence()), taken).flags:
        assert not taken & set(range(flag.first or 0, (flag.last or 0) + 1))


PROGRAM = """
import random
from test_repeats_properties import flags_of, paragraph
rng = random.Random(7)
page = [paragraph(rng, 30) for _ in range(12)]
print(flags_of(*page[:9], *page[2:6], *page[9:], *page))
"""


@pytest.mark.parametrize("seed", ["1", "2", "77"])
def test_the_hash_seed_of_python_changes_nothing(seed: str) -> None:
    def run(hash_seed: str) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        return subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=Path(__file__).parent,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    assert run(seed) == run("0") != "()\n"
