"""Language of a text: told by its letters where it is long enough, else by what the page says of itself."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence

import numpy as np
import py3langid
from py3langid import langid

_ENOUGH = 60
"""Letters below which a guess from the text is worth less than the page's own word."""
_READ = 1500
"""Characters that are looked at: on 1,855 pages as many more told the same language, in twice the time."""
_CODE_LETTERS = 2
"""Letters of a code of ISO 639-1; the model also tells languages that have none there."""
_CODE = re.compile(r"^([a-zA-Z]{2,3})(?:[-_]|$)")


def declared(html_lang: str | None) -> str | None:
    """The two-letter code of `<html lang>`, None where it names none."""
    match = _CODE.match(html_lang.strip()) if html_lang else None
    return match[1].lower() if match and len(match[1]) == 2 else None


def language_of(text: str, html_lang: str | None = None) -> str | None:
    """ISO 639-1 code of the language of `text`; `html_lang` decides where the text is too short to tell."""
    stated = declared(html_lang)
    sample = text[:_READ]
    if sum(map(str.isalpha, sample)) < _ENOUGH:
        return stated
    code, _ = py3langid.classify(sample)
    if len(code) != _CODE_LETTERS:  # labels in English are told for Nigerian Pidgin, Chinese for Cantonese
        code = next((code for code, _ in py3langid.rank(sample) if len(code) == _CODE_LETTERS), code)
    return str(code)


class _Walk:
    """py3langid's automaton over bytes, walked at all places of a text at once.

    It is one of Aho and Corasick: its state tells the longest end of what was read that begins one of its strings, so
    that it is the same wherever the walk began, as soon as that was more bytes ago than its longest string has.
    """

    def __init__(self, moves: array[int], rows: Sequence[int], features: Sequence[int]) -> None:
        self._moves, self._rows, self._features = np.asarray(moves), np.asarray(rows, np.intp), np.asarray(features)
        self._longest = self._longest_string()

    def _longest_string(self) -> int:
        """Bytes of the longest string: as many rounds reach a state that no shorter way leads to."""
        table, rows = self._moves.reshape(-1, 256), self._rows >> 8
        known, done = np.zeros(len(rows), np.bool_), np.zeros(len(table), np.bool_)
        known[0] = True
        newest, rounds = np.flatnonzero(known), -1
        while len(newest):
            before = known.copy()
            left = np.unique(rows[newest])
            left = left[~done[left]]
            done[left] = True
            known[table[left]] = True
            newest = np.flatnonzero(known & ~before)
            rounds += 1
        return rounds

    def counts(self, text: bytes) -> Counter[int] | None:
        """How often each feature stands in `text`, in the order in which they are first met; None for none at all."""
        states = np.zeros(len(text), np.intp)
        letters = np.frombuffer(text, np.uint8)
        for back in range(min(self._longest, len(text)) - 1, -1, -1):
            states[back:] = self._moves[self._rows[states[back:]] + letters[: len(text) - back]]
        found = self._features[states]
        return Counter(found[found >= 0].tolist()) or None


_WALKS: dict[int, _Walk] = {}
"""One for each model; it holds the model's moves, so that no other can have the same number."""


def _counts(moves: array[int], rows: Sequence[int], features: Sequence[int], text: bytes) -> Counter[int] | None:
    """What py3langid's own `visit_counts` tells."""
    walk = _WALKS.get(id(moves))
    if walk is None:
        walk = _WALKS[id(moves)] = _Walk(moves, rows, features)
    return walk.counts(text)


langid.visit_counts = _counts
