"""The words in which a language's error messages are worded: who says nothing else says a message, however it is put.

Whoever writes "Страница не найдена: как исчезают архивы" begins with a message and goes on with an article. The words
that stand in no phrase of the language tell the two apart, which no list of sentences can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from triage.flagging import line_phrases, phrases
from triage.flagging.patterns import form

_SECTIONS = ("errors", "noise")
_LONG = 4
"""Letters from which on a word says something; shorter ones join others in every text."""
_WORD = re.compile(r"[^\s()\[\]|*{}]+")
_SLOT = re.compile(r"\{\w+\}")
_RUN = re.compile("[\u0900-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.|\w\.\w)\S*")


def strangers(text: str, language: str) -> tuple[int, int]:
    """How many longer words of `text` no message in `language` uses, and how many longer words it has.

    English words count as known in all languages; addresses and numbers are not counted.
    """
    found = [word for word in form(_ADDRESS.sub(" ", text)).split() if len(word) >= _LONG and not word.isdigit()]
    books = [words_of(language), words_of("en")]
    return sum(not any(knows(book, word) for book in books) for word in found), len(found)


def own_share(text: str, languages: Iterable[str]) -> float:
    """Which share of `text` no message of these languages or English is worded with, 0..1.

    It is counted in longer words; in the scripts of South and East Asia, whose words are not spaced or take endings,
    in runs of few characters. A text without either has none.
    """
    squeezed = "".join(form(_ADDRESS.sub(" ", text)).split())
    runs = _RUN.findall(squeezed)
    if sum(map(len, runs)) * 2 > len(squeezed):
        grams = [gram for run in runs for gram in _grams(run)]
        known = [_grams_of(language) for language in languages]
        return sum(not any(gram in book for book in known) for gram in grams) / max(1, len(grams))
    words = [word for word in form(_ADDRESS.sub(" ", text)).split() if len(word) >= _LONG and not word.isdigit()]
    books = [_vocabulary_and_around(language) for language in dict.fromkeys((*languages, "en", "any"))]
    return sum(not any(knows(book, word) for book in books) for word in words) / max(1, len(words))


def _grams(run: str) -> Iterator[str]:
    """Runs of two characters; of three in the scripts of South Asia, whose characters are letters."""
    length = 3 if run[0] < "\u3040" else 2
    return (run[at : at + length] for at in range(len(run) - length + 1))


@cache
def _grams_of(language: str) -> frozenset[str]:
    """The runs of few characters that stand in the language's phrases."""
    sources = [
        source for data in _data_of(language) for source in (*_sources(data, _SECTIONS), *data.get("around", ()))
    ]
    runs = (run for source in sources for run in _RUN.findall("".join(form(_SLOT.sub(" ", source)).split())))
    return frozenset(gram for run in runs for gram in _grams(run))


def knows(book: tuple[frozenset[str], frozenset[str]], word: str) -> bool:
    """Whether a word, in the form phrases are matched on, is one of a book's or begins as one of its beginnings."""
    words, stems = book
    return word in words or any(word[:length] in stems for length in range(2, len(word) + 1))


@cache
def words_of(language: str, sections: tuple[str, ...] = _SECTIONS) -> tuple[frozenset[str], frozenset[str]]:
    """All words of the language's phrases in some sections of its files, and the beginnings of words among them."""
    words: set[str] = set()
    stems: set[str] = set()
    for data in _data_of(language):
        stems.update(form(stem) for stem in data.get("web", ()))
        for source in _sources(data, sections):
            for word in _WORD.findall(_SLOT.sub(" ", source)):
                (stems if word.endswith("~") else words).update(form(word).split())
    return frozenset(words), frozenset(stems)


@cache
def _vocabulary_and_around(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The vocabulary with the beginnings of words that stand around messages: of the web, its users and its owners."""
    words, stems = words_of(language)
    around = (form(stem) for data in phrases.data_of(language) for stem in data.get("around", ()))
    return words, stems.union(stem for stem in around if len(stem) > 1)


def _data_of(language: str) -> Iterator[Mapping[str, Any]]:
    yield from phrases.data_of(language)
    yield from line_phrases.data_of(language)


def _sources(data: Mapping[str, Any], sections: Iterable[str]) -> Iterator[str]:
    """The patterns of messages, with the words of slots and of decoration."""
    yield from data.get("decoration", ())
    yield from data.get("talk", ())
    yield from data.get("slots", {}).values()
    for section in sections:
        for lists in data.get(section, {}).values():
            for sources in lists.values():
                yield from sources
