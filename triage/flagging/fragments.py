"""Pieces of which a notice is made when each of its links and fields stands on a line of its own.

"Please return to the", "home page", "and try again" are one sentence, "User:" and "10.0.0.1" one row.
"""

from __future__ import annotations

import re

_LONGEST = 90
"""Characters of the longest rest of a sentence; an article's sentences that a notice parts are longer."""
_FIELD = re.compile(r"[^\W\d_][\w .'-]{1,22}[:：](?:\s*\S.{0,40})?")
"""A name with a colon, and what it says or not."""
_VALUE = 60
"""Characters of the longest value of a field."""
_ENDS = (".", "!", "?", "…", ":", "。", "！", "？", "।", "؟", '"', "”", "»")
_SENTENCE = re.compile(r"(.{6,80}?[.!?…])\s+\S|(.{4,40}?[。！？])\s*\S")
_FIRST = re.compile(r"[.,;:)»\-–]*\s*([^\W\d_])")


def goes_on(above: str, text: str) -> bool:
    """Whether a line is the rest of a sentence: it begins small or with a mark, and the line above has not ended."""
    if len(text) > _LONGEST or above.rstrip().endswith(_ENDS):
        return False
    first = _FIRST.match(text)
    return first is not None and (first[1].islower() or text[0] in ".,;)")


def is_field(text: str) -> bool:
    """Whether a line is a name with a colon, with its value or without: "URL:", "Your IP: 10.0.0.1"."""
    return _FIELD.fullmatch(text.strip()) is not None


def is_value(above: str, text: str) -> bool:
    """Whether a line is what the field above it says."""
    return above.rstrip().endswith((":", "：")) and is_field(above) and len(text) <= _VALUE


def first_sentence(text: str) -> str:
    """The first of several sentences; empty where there is one."""
    found = _SENTENCE.match(text)
    return str(found[1] or found[2]) if found else ""
