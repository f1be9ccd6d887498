"""Very long pages: messages are found at their edges and where they recur, and not in the midst of a book or a log."""

from __future__ import annotations

import random

import pytest

from triage.flagging import flag
from triage.flagging.long_pages import looked_at
from triage.flagging.subject import Subject
from triage.model import Article, Block, Evidence

_ENGLISH = ("mill", "river", "stone", "boat", "market", "winter", "letter", "garden", "bridge", "lantern", "valley")
_MESSAGE = "Sorry, this video could not be loaded. Please try again later."
_LINES = 4000


def _prose(seed: int) -> list[str]:
    """Lines of made-up prose, no two alike."""
    draw = random.Random(seed)
    return [f"{' '.join(draw.choices(_ENGLISH, k=24)).capitalize()} {at}." for at in range(_LINES)]


def _subject(lines: list[str], language: str = "en") -> Subject:
    article = Article(language=language, blocks=tuple(Block("paragraph", line) for line in lines))
    return Subject(article, Evidence(), "text")


def _noise(lines: list[str]) -> set[int]:
    """The blocks that flags call error noise."""
    flags = flag(_subject(lines))
    return {
        at
        for one in flags
        if one.kind == "error-noise" and one.first is not None
        for at in range(one.first, 1 + (one.last or 0))
    }


@pytest.mark.parametrize("at", [0, 3, _LINES - 1])
def test_a_message_at_head_or_tail_of_a_very_long_page_is_noise(at: int) -> None:
    lines = _prose(1)
    lines[at] = _MESSAGE
    assert _noise(lines) == {at}


def test_a_line_in_the_midst_of_a_very_long_page_is_the_text_s_own() -> None:
    lines = _prose(2)
    lines[_LINES // 2] = _MESSAGE
    assert _noise(lines) == set()
    assert _noise(lines[_LINES // 2 - 500 : _LINES // 2 + 500]) == {500}  # of a page of ordinary length it is noise


def test_a_line_of_the_edges_is_looked_at_wherever_it_stands() -> None:
    blocks = [Block("paragraph", f"Line {at}") for at in range(_LINES)]
    blocks[5] = blocks[_LINES // 2] = Block("paragraph", "Read more")
    looked = looked_at(blocks)
    assert _LINES // 2 in looked
    assert _LINES // 2 + 1 not in looked
    assert list(looked_at(blocks[:1500])) == list(range(1500))
