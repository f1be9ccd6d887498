"""Marks that vendors, servers and templates leave in the raw page, matched against the data of `marks.toml`.

A mark's name tells what it speaks for: `bot-wall: Cloudflare challenge` stands on such pages alone, `captcha? hCaptcha`
stands on good pages too and only supports other evidence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[A-Za-z0-9_]{3,}")
_APART = bytes(code if chr(code).isalnum() or chr(code) == "_" else 32 for code in range(128)) + b" " * 128
"""What is no letter or digit of a word, as a space: quicker than to find words by a pattern."""
_HEAD, _TAIL = 24_000, 4_000
"""Characters of a page's start and end that are searched: pages of vendors and servers are short."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One string, or several that must all stand in a page, which tell of a kind of page; and the name they go by."""

    name: str
    parts: tuple[str, ...]
    words: frozenset[str] = frozenset()
    """Words that a page with the mark has: those that begin and end within a part."""

    def stands_in(self, html: str) -> bool:
        """Whether `html` holds all parts."""
        return all(part in html for part in self.parts)


def find_marks(html: str) -> tuple[str, ...]:
    """Names of the marks in the start and end of `html`, sorted."""
    if len(html) > _HEAD + _TAIL:
        html = f"{html[:_HEAD]}\n{html[-_TAIL:]}"
    by_word = marks_by_word()
    words = set(_apart(html).split())
    marks = (mark for word in by_word.keys() & words for mark in by_word[word] if mark.words <= words)
    return tuple(sorted({mark.name for mark in marks if mark.stands_in(html)}))


def _apart(text: str) -> str:
    """`text` with a space for all that is no letter or digit of ASCII."""
    return text.encode("ascii", "replace").translate(_APART).decode("ascii")


def _words_within(part: str) -> list[str]:
    """Words of `part` that are whole wherever it stands: at its ends they may be parts of others."""
    return f"x{_apart(part)}x".split()[1:-1]


@cache
def marks_by_word() -> dict[str, list[Mark]]:
    """All marks, by the longest word of their first part: a page without that word needs no search.

    Read once a process. Raises ValueError for a mark without such a word.
    """
    by_word: dict[str, list[Mark]] = {}
    for mark in _marks():
        words = _WORD.findall(mark.parts[0])
        if not words:
            raise ValueError(f"marks.toml: {mark.parts[0]!r} of {mark.name!r} has no word to look it up by")
        by_word.setdefault(max(words, key=len), []).append(mark)
    return by_word


def _marks() -> Iterator[Mark]:
    data = tomllib.loads(Path(__file__).with_name("marks.toml").read_text(encoding="utf-8"))
    for entry in data["mark"]:
        name = f"{entry['cause']}{':' if entry.get('decisive', True) else '?'} {entry['name']}"
        for part in entry.get("any", ()):
            yield _mark(name, part)
        if "all" in entry:
            yield _mark(name, *entry["all"])


def _mark(name: str, *parts: str) -> Mark:
    return Mark(name, parts, frozenset(word for part in parts for word in _words_within(part)))
