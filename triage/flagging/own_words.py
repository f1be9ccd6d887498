"""The words of a page that no message uses: what only an article, a list or a poem says, however an error is put."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from triage.flagging import message_words, phrases, vocabulary
from triage.flagging.patterns import form

_OF_TALES = message_words.bits("answer", "step", "person")
"""The lists of words by which articles are told from messages."""
_RUN = re.compile("[\u0900-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def own_share(text: str, languages: Iterable[str]) -> float:
    """Which share of `text` no message of these languages or English is worded with, 0..1.

    It is counted in longer words; in the scripts of South and East Asia, whose words are not spaced or take endings,
    in runs of few characters. A text without either has none.
    """
    words = form(vocabulary.ADDRESS.sub(" ", text)).split()
    squeezed = "".join(words)
    runs = () if squeezed.isascii() else _RUN.findall(squeezed)
    if sum(map(len, runs)) * 2 > len(squeezed):
        grams = [gram for run in runs for gram in _grams(run)]
        known = [_grams_of(language) for language in languages]
        return sum(not any(gram in book for book in known) for gram in grams) / max(1, len(grams))
    longer = [word for word in words if len(word) >= vocabulary.LONG and not word.isdigit()]
    among = tuple(dict.fromkeys((*languages, "en", "any")))
    return sum(not any(_is_known(word, language) for language in among) for word in longer) / max(1, len(longer))


@lru_cache(maxsize=50_000)
def _is_known(word: str, language: str) -> bool:
    """Whether messages of a language, or what stands around them, use a word."""
    if message_words.lists_of(word).get(language, 0) & ~_OF_TALES:
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
        for source in (*vocabulary.sources_of(data, vocabulary.SECTIONS), *data.get("around", ()))
    ]
    runs = (run for source in sources for run in _RUN.findall("".join(form(vocabulary.SLOT.sub(" ", source)).split())))
    return frozenset(gram for run in runs for gram in _grams(run))


@cache
def _with_surroundings(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """The vocabulary with the beginnings of words that stand around messages: of the web, its users and its owners."""
    words, stems = vocabulary.words_of(language)
    around = (form(stem) for data in phrases.data_of(language) for stem in data.get("around", ()))
    return words, stems.union(stem for stem in around if len(stem) > 1)
