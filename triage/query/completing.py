"""What the word at the cursor of a filter could become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from triage.query.conditions import NAMES
from triage.query.tree import quoted
from triage.text import normal

_ESCAPED = re.compile(r"\\(.)")
_NEEDS_QUOTES = re.compile(r'[\s()"]')


def completions(text: str, at: int, values: Mapping[str, Sequence[str]]) -> list[str]:
    """What could stand for the word that ends at offset `at`, without its leading minus; the likeliest first.

    `values`: what is in use for a name, such as tags and sites, best first; they come before what else the language
    knows for it.
    """
    name, colon, begun = text[last_word_at(text[:at]) : at].partition(":")
    if not colon:
        return [f"{known}:" for known in _fitting(name, NAMES)]
    name = name.lower()
    if name not in NAMES:
        return []
    known = NAMES[name].values
    offered = dict.fromkeys((*(value for value in values.get(name, ()) if not known or value in known), *known))
    return [f"{name}:{_written(value)}" for value in _fitting(_unquoted(begun), offered)]


def last_word_at(text: str) -> int:
    """Where the word begins that `text` ends with: behind the last space or bracket outside quotes, and a minus."""
    start, in_quotes, escaped = 0, False, False
    for at, character in enumerate(text):
        if escaped or (in_quotes and character == "\\"):
            escaped = not escaped
        elif character == '"':
            in_quotes = not in_quotes
        elif not in_quotes and (character.isspace() or character in "()"):
            start = at + 1
    return len(text) - len(text[start:].lstrip("-"))


def _fitting(begun: str, offered: Iterable[str]) -> list[str]:
    """Those that begin so, then those that hold it elsewhere; what is complete already is not offered."""
    start = normal(begun)
    fits = [value for value in offered if start in normal(value) and normal(value) != start]
    return sorted(fits, key=lambda value: not normal(value).startswith(start))


def _unquoted(begun: str) -> str:
    return _ESCAPED.sub(r"\1", begun.strip('"')).removesuffix("\\") if begun.startswith('"') else begun


def _written(value: str) -> str:
    return quoted(value) if _NEEDS_QUOTES.search(value) else value
