"""The words of a page that no message uses: what only an article, a list or a poem says, however an error is put."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from triage.flagging import message_book, phrases, vocabulary
from triage.flagging.patterns import form, words_of

_TALES = ("answer", "step", "person")
"""The lists of words by which articles are told from messages."""
_OF_TALES = message_book.bits(*_TALES)
_SAID = frozenset(message_book.LISTS) - {*_TALES}
_MOST_KEPT = 20_000
"""Words kept for each few languages that a page may be in."""
_MARKS = re.compile(r"[()\[\]|*{}]+")
_RUN = re.compile("[\u0900-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def own_share(text: str, languages: Iterable[str]) -> float:
    """Which share of `text` no message of these languages or English is worded with, 0..1.

    It is counted in longer words; in the scripts of South and East Asia, whose words are not spaced or take endings,
    in runs of few characters; where words are written syllable by syllable, in pairs of them as well. A text without
    any of these has none.
    """
    words = words_of(vocabulary.without_addresses(text))
    squeezed = "".join(words)
    runs = () if squeezed.isascii() else _RUN.findall(squeezed)
    if sum(map(len, runs)) * 2 > len(squeezed):
        grams = [gram for run in runs for gram in _grams(run)]
        known = [_grams_of(language) for language in languages]
        return sum(not any(gram in book for book in known) for gram in grams) / max(1, len(grams))
    longer = [word for word in words if len(word) >= vocabulary.LONG and not word.isdigit()]
    among = tuple(dict.fromkeys((*languages, "en", "any")))
    own = sum(map(_strangers(among).__getitem__, longer)) / max(1, len(longer))
    return (own + _own_pairs(words, among)) / 2 if any(map(message_book.is_syllabic, among)) else own


def unheard(text: str, language: str) -> float:
    """Which share of the neighbours in `text` stand together in no message of a language, 0..1.

    Where words are written syllable by syllable each syllable stands in many a message; two in a row tell more.
    """
    return _own_pairs(words_of(text), (language,))


def _own_pairs(words: Sequence[str], languages: Iterable[str]) -> float:
    """Which share of the words that follow each other do so in no message, 0..1."""
    pairs = list(pairwise(word for word in words if not word.isdigit()))
    known = [_pairs_of(language) for language in languages if message_book.is_syllabic(language)]
    return sum(not any(pair in book for book in known) for pair in pairs) / max(1, len(pairs))


@cache
def _pairs_of(language: str) -> frozenset[tuple[str, str]]:
    """The words that follow each other in the language's phrases and in its lists of words."""
    sources = [
        part
        for data in vocabulary.data_of(language)
        for source in (*vocabulary.sources_of(data, vocabulary.OF_PAGES), *data.get("around", ()))
        for part in _MARKS.split(vocabulary.SLOT.sub("|", source))
    ]
    lists = (words for name, words in dict(message_book.files()).get(language, {}).items() if name in _SAID)
    return frozenset(pair for source in (*sources, *lists) for pair in pairwise(form(source).split()))


class _Strangers(dict[str, bool]):
    """Whether each word that was met is none that messages of some languages use."""

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__()
        self.languages = languages

    def __missing__(self, word: str) -> bool:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[word] = not any(_is_known(word, language) for language in self.languages)
        return found


_strangers = lru_cache(maxsize=32)(_Strangers)
"""By languages."""


@lru_cache(maxsize=50_000)
def _is_known(word: str, language: str) -> bool:
    """Whether messages of a language, or what stands around them, use a word."""
    if message_book.lists_of(word).get(language, 0) & ~_OF_TALES:
        return True
    return vocabulary.knows(_with_surroundings(language), word)


def _grams(run: str) -> Iterator[str]:
    """Runs of two characters; of three in the scripts of South Asia, whose characters are letters."""
    length = 3 if run[0] < "\u3040" else 2
    return (run[at : at + length] for at in range(len(run) - length + 1))


@cache
def _grams_of(language: str) -> frozenset[str]:
    """The runs of few characters that stand in the language's phrases."""
    sources = [
        source
        for data in vocabulary.data_of(language)
        for source in (*vocabulary.sources_of(data, vocabulary.OF_PAGES), *data.get("around", ()))
    ]
    runs = (run for source in sources for run in _RUN.findall("".join(form(vocabulary.SLOT.sub(" ", source)).split())))
    return frozenset(gram for run in runs for gram in _grams(run))


@cache
def _with_surroundings(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The vocabulary with the beginnings of words that stand around messages: of the web, its users and its owners."""
    words, stems = vocabulary.words_of(language, vocabulary.OF_PAGES)
    around = (form(stem) for data in phrases.data_of(language) for stem in data.get("around", ()))
    return words, stems.union(stem for stem in around if len(stem) > 1)
