"""Where the lines of a text break at a width in terminal cells; a megabyte takes a few milliseconds.

The breaking is done by one regular expression over the text, or over its shadow where characters are not all
one cell wide: there a filler stands behind each wide character and a placeholder for each of no width, so that
again one unit is one cell. Words break at spaces; wide scripts between any two characters, but for punctuation
that must not begin or end a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rich.cells import get_character_cell_size

MIN_WIDTH = 4
"""Narrower than this nothing is wrapped: a wide character and its neighbour need the room."""

Span = tuple[int, int]

_FILLER, _ZERO = "\x00", "\x01"
_NOT_FIRST = "、。，．：；！？」』）】》〉〕…‥ー々・,.:;!?)%\\]}"
_NOT_LAST = "「『（【《〈〔(\\[{"
# A character is widened once, however many selectors follow it.
_WIDENED_AGAIN = re.compile(rf"(?<={_FILLER}){_ZERO}+(?:{_FILLER}{_ZERO}+)+")
_SINGLE = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2015\u2018-\u2027\u2030-\u205e]*")


class _Shadow(dict[int, str]):
    """What each character stands for in a shadow; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        cells = get_character_cell_size(character)
        if character == "\ufe0f":  # makes the character before it wide
            stands_for = _FILLER + _ZERO
        elif cells == 0:
            stands_for = _ZERO
        else:
            stands_for = character + _FILLER * (cells - 1)
        self[code] = stands_for
        return stands_for


_SHADOW = _Shadow()


def wrap(text: str, width: int) -> list[Span]:
    """First and past-the-end offset of each line of `text` at `width` cells; spaces at a break belong to no line.

    Line ends of the text are kept. An empty text is one empty line.
    """
    width = max(width, MIN_WIDTH)
    if "\n" not in text:
        return list(_spans(text, width, 0))
    spans: list[Span] = []
    start = 0
    for line in text.split("\n"):
        spans.extend(_spans(line, width, start))
        start += len(line) + 1
    return spans


def height(text: str, width: int) -> int:
    """How many lines `wrap` gives, without making them."""
    width = max(width, MIN_WIDTH)
    if "\n" in text:
        return sum(height(line, width) for line in text.split("\n"))
    if len(text) <= width and text.isascii():
        return 1
    shadow = _shadow(text)
    return len(_pattern(shadow, width).findall(shadow)) or 1


def _spans(line: str, width: int, start: int) -> Iterator[Span]:
    if len(line) <= width and line.isascii():
        yield start, start + len(line)
        return
    shadow = _shadow(line)
    empty = True
    for match in _pattern(shadow, width).finditer(shadow):
        unit = match.group()
        shown = unit.rstrip(" ")
        yield start, start + len(shown) - shown.count(_FILLER)
        start += len(unit) - unit.count(_FILLER)
        empty = False
    if empty:
        yield start, start


def _shadow(text: str) -> str:
    if _SINGLE.fullmatch(text):
        return text
    shadow = text.translate(_SHADOW)
    if "\ufe0f" in text:
        shadow = _WIDENED_AGAIN.sub(lambda match: match.group().replace(_FILLER, ""), shadow)
    return shadow


def _pattern(shadow: str, width: int) -> re.Pattern[str]:
    if _FILLER not in shadow and _ZERO not in shadow:
        return _narrow(width)
    return _wide(width, marks=_ZERO in shadow)


@lru_cache(64)
def _narrow(width: int) -> re.Pattern[str]:
    return re.compile(rf".{{1,{width}}}(?: +|$)|.{{{width}}}")


@lru_cache(64)
def _wide(width: int, *, marks: bool) -> re.Pattern[str]:
    cells = rf"(?:.{_ZERO}*+){{1,{width}}}" if marks else rf".{{1,{width}}}"
    between = (
        rf"(?<![{_NOT_LAST}]{_FILLER})(?<![{_NOT_LAST}])(?:(?<={_FILLER})|(?=[^ ]{_FILLER}))"
        rf"(?![{_FILLER}{_ZERO}{_NOT_FIRST}])"
    )
    return re.compile(rf"{cells}(?: +|$|{between})|{cells}(?!{_FILLER})")
