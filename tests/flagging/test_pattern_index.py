"""Phrases are led to by words: none is missed, and ordinary lines try few, counted so that no clock is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unittest.mock import patch

import pytest

from tests.benchmarks.build import toml
from triage.flagging import Subject, line_phrases, phrases, repeat_matches
from triage.flagging import flag as flags_of
from triage.flagging.patterns import PIECE, Index, Unspaced, Worded, parse, worded
from triage.model import Article, Block, Evidence

Phrase = phrases.Phrase | line_phrases.LinePhrase


def prose() -> list[str]:
    """Paragraphs of ordinary articles in several languages."""
    return [line for entry in toml("articles").values() for line in entry["text"].strip().split("\n")]


def indexes() -> Iterator[Index[phrases.Phrase] | Index[line_phrases.LinePhrase]]:
    yield phrases.phrase_book().spaced
    yield phrases.explaining_book().spaced
    for book in line_phrases.line_book():
        if book.spaced:
            yield book.by_key


def every(index: Index[phrases.Phrase] | Index[line_phrases.LinePhrase]) -> set[Phrase]:
    return {phrase for led in index._by_key.values() for phrase, *_ in led}


MESSAGES = (
    "Sorry, the page you were looking for does not exist or has been moved.",
    "Please enable JavaScript and cookies to continue", "You need to log in to read the rest of this article",
    "Something went wrong while loading the comments. Try again later!", "We care about your privacy",
    "The views expressed are those of the author and do not reflect those of the paper. All rights reserved.",
    "Seite nicht gefunden", "La página que busca no existe", "Страница не найдена или была удалена",
    "Error 404: the requested URL was not found on this server", "Read more: related articles", "There is no such page",
)  # fmt: skip


def test_whatever_phrase_stands_in_a_line_is_led_to() -> None:
    lines = [worded(text) for text in (*MESSAGES, *prose()[::12])]
    found = 0
    for index in indexes():
        tried = [(text, index.held_by(text)) for text in lines]
        for phrase in every(index):
            for text, held in tried:
                if phrase.expression.search(text.line):
                    assert phrase in held, (phrase.source, text.line)
                    found += 1
    assert found > 40


def sample(source: str, slots: Mapping[str, str]) -> str:
    """A text of a pattern: its first alternatives, gaps left empty, and beginnings of words with an ending."""
    pieces = PIECE.findall(source)

    def choice() -> list[str]:
        branches: list[list[str]] = [[]]
        while pieces and (piece := pieces.pop(0)) not in {")", "]"}:
            if piece == "|":
                branches.append([])
            elif piece in {"(", "["}:
                inner = choice()
                branches[-1] += inner if piece == "(" else []
            elif piece.startswith("{"):
                branches[-1].append(sample(slots[piece[1:-1]], slots))
            elif piece != "*":
                branches[-1].append(f"{piece[:-1]}zzzz" if piece.endswith("~") else piece)
        short = (branch for branch in branches if any(word.endswith("zzzz") for word in branch))
        return next(short, branches[0])

    return " ".join(choice())


def test_every_phrase_is_led_to_by_a_text_of_it_however_short_the_beginnings_of_its_words_are() -> None:
    tried = 0
    for index in indexes():
        for phrase in every(index):
            text = worded(sample(phrase.source, phrase.slots))
            if phrase.expression.search(text.line):
                assert phrase in index.held_by(text), (phrase.language, phrase.source, text.line)
                tried += 1
    assert tried > 3000


def test_a_beginning_too_short_to_be_looked_up_by_narrows_nothing() -> None:
    assert parse("copyright 20~", {}, unspaced=False).required == (frozenset({"copyright"}),)
    assert parse("(webb~|web~) site", {}, unspaced=False).required == (frozenset({"site"}),)
    assert parse("webb~ site", {}, unspaced=False).required == (frozenset({"webb"}), frozenset({"site"}))


def test_an_ordinary_paragraph_tries_hardly_a_phrase() -> None:
    texts = [worded(line[: phrases.LONGEST]) for line in prose()]
    tried = sum(len(index.held_by(text)) for text in texts for index in indexes())
    assert tried <= 1.5 * len(texts)


@pytest.mark.parametrize(
    ("source", "run"),
    [
        ("the page you * for", " the page you "),
        ("page [not] found", ""),
        ("(could not be loaded)", " could not be loaded "),
        ("no longer exist~", " no longer exist"),
        ("(a b|c d) was here", " was here "),
        ("sorry", ""),
    ],
)
def test_plain_words_in_a_row_must_stand_so_in_a_line(source: str, run: str) -> None:
    assert parse(source, {}, unspaced=False).run == run


def test_text_without_spaces_is_led_to_phrases_by_its_characters() -> None:
    assert {"页", "页面"} <= Unspaced("页面不存在").keys
    assert {"page", "missing", "miss"} <= Worded(("page", "missing")).keys


def page(lines: list[str]) -> Subject:
    return Subject(Article(language="en", blocks=tuple(Block("paragraph", line) for line in lines)), Evidence())


def test_each_line_of_a_long_page_is_matched_once_however_many_rules_ask() -> None:
    lines = [f"Comments of the harbour no {number} close soon" for number in range(6000)]
    line_phrases._of_short.cache_clear()
    flags_of(page(lines))
    assert line_phrases._of_short.cache_info().misses <= len(lines) + 1


def test_turns_of_phrase_that_recur_in_long_paragraphs_are_not_aligned() -> None:
    own = [" ".join(f"word{number}x{at}" for at in range(70)) for number in range(40)]
    lines = [f"{text} on the other side of {text[:7]} by the end of {text[::-1]}." for text in own]
    with patch.object(repeat_matches, "align", side_effect=AssertionError("aligned")):
        assert not flags_of(page(lines))
