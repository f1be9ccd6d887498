"""The words of all languages' messages as tables: which lists of `words_data` a word stands in, in which languages.

What the lists are and how they are used is told in `message_words`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from triage.flagging import vocabulary
from triage.flagging.patterns import form

LISTS = (
    "fault", "no", "thing", "tool", "browser", "act", "you", "sorry", "wait", "talk", "first", "share", "news", "also",
    "cookie", "legal", "field", "login", "answer", "step", "person", "small",
)  # fmt: skip
_BITS = {name: 1 << place for place, name in enumerate(LISTS)}
LEAST = 4
"""Letters of a word that says something, in most languages."""
LONGEST_WORD = 14
"""Letters of the longest word, or beginning of one, that is looked up."""
_OPENING = 2
"""Letters of a word by which it is told how long its beginnings may be."""
NO_LISTS: Mapping[str, int] = {}
"""Of a word that stands in none."""
MARKED = re.compile("[\u0900-\u0963\u0970-\u09fe]+")
"""Words of the scripts whose vowels are marks: without them "of" and "good" are one letter each."""
_DOT_BELOW = "\u093c\u09bc"
"""The marks that these scripts write or leave out, as their writers please."""
Masks = Mapping[str, Mapping[str, int]]
"""By word or beginning of a word, then by language: the lists it stands in, as bits."""


def bits(*lists: str) -> int:
    """The bits by which `lists_of` tells that a word stands in one of these lists. Raises KeyError for another name."""
    return sum(_BITS[name] for name in lists)


@dataclass(frozen=True, slots=True)
class Book:
    """The words of all languages, looked up together."""

    whole: Masks
    stems: Masks
    stem_lengths: Mapping[str, Collection[int]]
    """By its first letters, or its only one, how long they may be."""
    unspaced: Mapping[str, Mapping[str, int]]
    """By language, then by word."""
    letters: Mapping[str, frozenset[str]]
    """Those of a language whose words stand without spaces."""
    lengths: Mapping[str, Mapping[str, tuple[int, ...]]]
    """By language, then by first letter: how long those words are, longest first."""
    least: Mapping[str, int]
    otherwise: frozenset[str]
    """The languages in which words say something from another length on than in most."""
    prefixes: Mapping[str, tuple[str, ...]]
    syllabic: frozenset[str]
    fronts: frozenset[str]
    """The letters that these begin with."""


def is_syllabic(language: str) -> bool:
    """Whether a language is written syllable by syllable, so that texts of any kind share most of what stands apart."""
    return language in word_book().syllabic


def knows(language: str) -> bool:
    """Whether there are words of a language."""
    return language in word_book().least


@lru_cache(maxsize=20_000)
def lists_of(word: str) -> Mapping[str, int]:
    """The lists a word in matched form stands in, as bits, by language."""
    book = word_book()
    found = dict(book.whole.get(word, {}))
    for opening in {word[:1], word[:_OPENING]}:
        for length in book.stem_lengths.get(opening, ()):
            for language, mask in book.stems.get(word[:length], {}).items():
                found[language] = found.get(language, 0) | mask
    if word[:1] not in book.fronts:
        return found or NO_LISTS
    for language, prefixes in book.prefixes.items():
        for prefix in prefixes:
            rest = word.removeprefix(prefix)
            if rest != word and (mask := _bare(book, rest, language)):
                found[language] = found.get(language, 0) | mask
                break
    return found


def _bare(book: Book, word: str, language: str) -> int:
    mask = book.whole.get(word, {}).get(language, 0)
    for length in range(1, len(word) + 1):
        mask |= book.stems.get(word[:length], {}).get(language, 0)
    return mask


def bare_of_dots(word: str) -> str:
    """A word without the dots that some write below its letters and others leave out."""
    return "".join(letter for letter in normalize("NFD", word) if letter not in _DOT_BELOW)


@cache
def word_book() -> Book:
    """The words of all files, read once a process. Raises ValueError for a list of another name."""
    whole: dict[str, dict[str, int]] = {}
    stems: dict[str, dict[str, int]] = {}
    unspaced: dict[str, dict[str, int]] = {}
    least: dict[str, int] = {}
    prefixes: dict[str, tuple[str, ...]] = {}
    small = bits("small")
    for language, data in files():
        listed_words, listed_stems = vocabulary.words_of(language)
        for words, own in ((listed_words, whole), (listed_stems, stems)):
            for word in words if not (data.get("unspaced") or data.get("marked")) else ():
                if len(word) >= LEAST or own is whole:
                    own.setdefault(word, {}).setdefault(language, small)
        least[language] = data.get("least", LEAST)
        if "prefixes" in data:
            prefixes[language] = tuple(sorted(data["prefixes"].split(), key=len, reverse=True))
        for listed, bit in _BITS.items():
            for word in data.get(listed, "").split():
                key = _key(word, data)
                if not key or " " in key:
                    raise ValueError(f"{language}.toml: {word!r} is not one word")
                own = stems if word.endswith("~") else whole
                into = unspaced.setdefault(language, {}) if data.get("unspaced") else own.setdefault(key, {})
                name = key if data.get("unspaced") else language
                into[name] = into.get(name, 0) | bit
    letters_of = {language: frozenset("".join(own)) for language, own in unspaced.items()}
    syllabic = frozenset(language for language, data in files() if data.get("syllables"))
    lengths = {language: _lengths(own) for language, own in unspaced.items()}
    fronts = frozenset(prefix[:1] for of_language in prefixes.values() for prefix in of_language)
    otherwise = frozenset(language for language, letters in least.items() if letters != LEAST)
    return Book(
        whole, stems, _stem_lengths(stems), unspaced, letters_of, lengths, least, otherwise, prefixes, syllabic, fronts
    )


def _key(word: str, data: Mapping[str, Any]) -> str:
    """A listed word in the form in which it is looked up."""
    if data.get("marked") and MARKED.match(word):
        return bare_of_dots(word.removesuffix("~"))
    return form(word).replace(" ", "") if data.get("unspaced") else form(word)


def _stem_lengths(stems: Iterable[str]) -> Mapping[str, Collection[int]]:
    """By their first letters, or their only one, how long beginnings of words may be."""
    found: dict[str, set[int]] = {}
    for stem in stems:
        if len(stem) <= LONGEST_WORD:
            found.setdefault(stem[:_OPENING], set()).add(len(stem))
    return found


def _lengths(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """By first letter, the lengths of words that may be looked for, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        if len(word) <= LONGEST_WORD:
            found.setdefault(word[0], set()).add(len(word))
    return {letter: tuple(sorted(lengths, reverse=True)) for letter, lengths in found.items()}


@cache
def files() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Every language's file by its name. Raises ValueError where one holds a list of another name."""
    folder = Path(__file__).with_name("words_data")
    found = []
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if unknown := set(data) - {*LISTS, "how", "unspaced", "marked", "prefixes", "least", "syllables"}:
            raise ValueError(f"{path.name}: {min(unknown)} is none of {', '.join(LISTS)}")
        found.append((path.stem, data))
    return tuple(found)
