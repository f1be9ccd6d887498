"""The words in which a language's error messages are worded: who says nothing else says a message, however it is put.

Whoever writes "Страница не найдена: как исчезают архивы" begins with a message and goes on with an article. The words
that stand in no phrase of the language tell the two apart, which no list of sentences can.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

from triage.flagging import line_phrases, patterns, phrases
from triage.flagging.patterns import form

SECTIONS = ("errors", "noise")
OF_PAGES = (*SECTIONS, "pages")
"""The sections by which lines, and whole pages, are told."""
LONG = 4
"""Letters from which on a word says something; shorter ones join others in every text."""
_WORD = re.compile(r"[^\s()\[\]|*{}]+")
SLOT = re.compile(r"\{\w+\}")
_DOT_INSIDE = re.compile(r"\.(?<=\w\.)\w")


def without_addresses(text: str) -> str:
    """`text` without what stands in it as an address; the same object where it has none."""
    if not _holds_address(text):
        return text
    return " ".join(word for word in text.split() if not _holds_address(word))


def _holds_address(text: str) -> bool:
    return "@" in text or "://" in text or ("." in text and ("www." in text or _DOT_INSIDE.search(text) is not None))


def strangers(text: str, language: str) -> tuple[int, int]:
    """How many longer words of `text` no message in `language` uses, and how many longer words it has.

    English words count as known in all languages; addresses and numbers are not counted.
    """
    found = [word for word in patterns.words_of(without_addresses(text)) if len(word) >= LONG and not word.isdigit()]
    return sum(not (_is_known(word, language) or _is_known(word, "en")) for word in found), len(found)


@lru_cache(maxsize=20_000)
def _is_known(word: str, language: str) -> bool:
    return knows(words_of(language), word)


def knows(book: tuple[frozenset[str], frozenset[str]], word: str) -> bool:
    """Whether a word, in the form phrases are matched on, is one of a book's or begins as one of its beginnings."""
    words, stems = book
    return word in words or not stems.isdisjoint(accumulate(word))


@cache
def words_of(language: str, sections: tuple[str, ...] = SECTIONS) -> tuple[frozenset[str], frozenset[str]]:
    """All words of the language's phrases in some sections of its files, and the beginnings of words among them.

    A single letter begins too many words to be one.
    """
    words: set[str] = set()
    stems: set[str] = set()
    pieces: set[str] = set()  # the same few words make thousands of phrases
    for data in data_of(language):
        stems.update(form(stem) for stem in data.get("web", ()))
        for source in sources_of(data, sections):
            pieces.update(_WORD.findall(SLOT.sub(" ", source)))
    for piece in pieces:
        (stems if piece.endswith("~") else words).update(form(piece).split())
    return frozenset(words), frozenset(stem for stem in stems if len(stem) > 1)


def data_of(language: str) -> Iterator[Mapping[str, Any]]:
    """A language's files of phrases, of pages and of lines."""
    yield from phrases.data_of(language)
    yield from line_phrases.data_of(language)


def sources_of(data: Mapping[str, Any], sections: Iterable[str]) -> Iterator[str]:
    """The patterns of messages, with the words of slots and of decoration."""
    yield from data.get("decoration", ())
    yield from data.get("talk", ())
    yield from data.get("slots", {}).values()
    for section in sections:
        for lists in data.get(section, {}).values():
            for sources in lists.values():
                yield from sources
