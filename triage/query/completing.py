"""What the word at the cursor of a filter could become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from triage.query.conditions import NAMES
from triage.query.tree import quoted
from triage.text import normal

_NEEDS_QUOTES = re.compile(r'[\s()"]')


def completions(text: str, at: int, values: Mapping[str, Sequence[str]]) -> list[str]:
    """What could stand for the word that ends at offset `at`, without its leading minus; the likeliest first.

    `values`: what is in use for a name, such as tags and sites, best first.
    """
    name, colon, begun = text[last_word_at(text[:at]) : at].partition(":")
    if not colon:
        return [f"{known}:" for known in _fitting(name, NAMES)]
    name = name.lower()
    if name not in NAMES:
        return []
    offered = dict.fromkeys((*NAMES[name].values, *values.get(name, ())))
    return [f"{name}:{_written(value)}" for value in _fitting(begun.strip('"'), offered)]


def last_word_at(text: str) -> int:
    """Where the word begins that `text` ends with: behind the last space or bracket outside quotes, and a minus."""
    start, in_quotes = 0, False
    for at, character in enumerate(text):
        if character == '"':
            in_quotes = not in_quotes
        elif not in_quotes and (character.isspace() or character in "()"):
            start = at + 1
    return len(text) - len(text[start:].lstrip("-"))


def _fitting(begun: str, offered: Iterable[str]) -> list[str]:
    """Those that begin so, then those that hold it elsewhere; what is complete already is not offered."""
    start = normal(begun)
    fits = [value for value in offered if start in normal(value) and normal(value) != start]
    return sorted(fits, key=lambda value: not normal(value).startswith(start))


def _written(value: str) -> str:
    return quoted(value) if _NEEDS_QUOTES.search(value) else value
