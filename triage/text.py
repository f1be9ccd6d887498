"""Normal forms of text, tokens, and the one cleaner that makes any text safe to show."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

# Scripts written without spaces: one character stands for a word (kana, CJK, Thai, Lao, Khmer, Myanmar).
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
_WORD = re.compile(r"[^\W_]+")
_APART = {code: " " for code in range(128) if not chr(code).isalnum()}
"""What is no letter or digit of ASCII, as a space."""
_PLAIN = {code: " " if code in _APART else chr(code).lower() for code in range(128)}
"""The same with small letters for all others."""
_APART_BYTES = bytes(ord(" ") if code in _APART else code for code in range(256))
_TYPESET = "’“”—–…„‘"
"""Marks that most texts have outside ASCII, none of which is a part of a word in any normal form."""
_INVISIBLE_IN_WORDS = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
_SPACES = re.compile(r"\s+")
_SEPARATOR = "\x1f"
"""The unit separator, which no clean text holds."""
_KEPT_LENGTH, _LONGEST_KEPT = 1000, 10_000
"""Characters of the longest text whose tokens are kept, of many texts and of few."""

# What a terminal or a reader would act on or be misled by, never shown as it is: C0 and C1 controls, bidi
# controls, line separators, zero-width and filler characters, tags, surrogates, private interlinear marks.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2065-\u206f\u3164\ufeff\ufff9-\ufffb\ud800-\udfff]")
_ZERO_WIDTH = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff\U000e0000-\U000e0fff]")
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# More than four combining marks on one letter draw over the neighbouring lines.
_TOWER = re.compile(f"([{_MARKS}]{{4}})[{_MARKS}]+")
# Whatever may be changed in a text: most have none of it.
_ODD = re.compile(f"{_UNSAFE.pattern[:-1]}{_ZERO_WIDTH.pattern[1:-1]}{_MARKS}\u200d]")
# What JSON's escapes stand for in a line of it: half a character pair, or a byte of a file's name that is not UTF-8,
# cannot be printed; some programs end a line at U+0085 or U+2028; a terminal acts on the rest, or hides it.
_ESCAPED = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)
# A joiner with nothing to join would join what the screen sets beside it, and shift the line by a cell.
_LOOSE_JOINER = re.compile(r"\u200d+(?=\s|\Z)|(?<!\S)\u200d+|(?<=\u200d)\u200d+")
_JOINED = re.compile("((?:\u200d[^\u200d]){6})(?:\u200d[^\u200d])+")


@cache
def _run() -> re.Pattern[str]:  # this and the next are compiled when they are needed: the two take 3 ms of a start
    return re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(rf"[{_UNSPACED}]+")


def clean(text: str) -> str:
    """`text` made safe to show in a terminal: what would act is made visible, what would hide is dropped.

    Controls become their pictures (ESC is ␛), bidi controls and lone surrogates U+FFFD, zero-width and tag
    characters vanish, tabs become four spaces; line ends stay. A clean text comes back as the same object.
    """
    if "\t" in text:
        text = text.replace("\t", "    ")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (text.isascii() and text.isprintable()) or not _ODD.search(text):
        return text
    if _ZERO_WIDTH.search(text):
        text = _ZERO_WIDTH.sub("", text)
    if _UNSAFE.search(text):
        text = _UNSAFE.sub(_picture, text)
    if _TOWER.search(text):
        text = _TOWER.sub(r"\1", text)
    if "\u200d" in text:
        text = _JOINED.sub(r"\1", _LOOSE_JOINER.sub("", text))
    return text


def clean_line(text: str) -> str:
    """`text` safe to show on one line: cleaned, line ends and runs of white space folded to one space."""
    return " ".join(clean(text).split())


def from_the_right(text: str) -> bool:
    """Whether a paragraph is written from right to left: its first letter is (rule P2 of Unicode's annex 9)."""
    first = _LETTER.search(text)
    return first is not None and unicodedata.bidirectional(first[0]) in {"R", "AL"}


def json_line(value: Any) -> str:
    """`value` as JSON on one line, lossless, that can be encoded and is safe to print; without a line end."""
    return _ESCAPED.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(value, ensure_ascii=False))


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def normal(text: str) -> str:
    """The form in which texts are compared: NFKC, case folded, soft hyphens and zero-width marks gone.

    Accents and digits stay: pages that differ in them tell of different facts.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE_IN_WORDS.sub("", text))
    return text.casefold()


def tokens(text: str) -> tuple[str, ...]:
    """Words of `text` in normal form, without marks and spaces; a character each where words are not spaced."""
    if len(text) <= _KEPT_LENGTH:
        return _kept_tokens(text)
    return _kept_long_tokens(text) if len(text) <= _LONGEST_KEPT else _tokens(text)


def _tokens(text: str) -> tuple[str, ...]:
    text = without_typeset_marks(text)
    if text.isascii():
        return tuple(text.translate(_PLAIN).split())
    text = normal(text)
    return tuple(_words_and_characters(text) if _unspaced().search(text) else _words(text))


def _words_and_characters(text: str) -> list[str]:
    """Words of `text`, and each character of its runs without spaces; runs are found quicker than characters."""
    found: list[str] = []
    is_unspaced_run = _unspaced().match
    for run in _run().findall(text):
        if is_unspaced_run(run):
            found += run
        else:
            found.append(run)
    return found


def without_typeset_marks(text: str) -> str:
    """`text` with spaces for typographic marks, which leaves plain ASCII of most English: that is split at once."""
    if not text.isascii():
        for mark in _TYPESET:
            text = text.replace(mark, " ")
    return text


def _words(text: str) -> list[str]:
    """Runs of letters and digits; in a fifth of the time where only ASCII stands between them."""
    if text.isascii():
        return text.translate(_APART).split()
    pieces = text.encode("utf-8", "surrogatepass").translate(_APART_BYTES).decode("utf-8", "surrogatepass").split()
    return pieces if all(map(str.isalnum, pieces)) else _WORD.findall(text)


_kept_tokens = lru_cache(maxsize=2048)(_tokens)
"""The tokens of the last blocks that were asked for: each rule asks for those of the same page."""
_kept_long_tokens = lru_cache(maxsize=64)(_tokens)


PART = "A"
"""What parts the texts of `parted_tokens`: no token has a capital."""


def parted_tokens(texts: Iterable[str]) -> list[str]:
    """The tokens of several clean texts in one list, with `PART` between each two; quicker than one after the other."""
    found: list[str] = []
    for number, (_, alike) in enumerate(groupby(texts, str.isascii)):  # those of plain ASCII are quicker by themselves
        whole = normal(_SEPARATOR.join(alike)).replace(_SEPARATOR, f" {PART} ")
        if number:
            found.append(PART)
        found += _words_and_characters(whole) if not whole.isascii() and _unspaced().search(whole) else _words(whole)
    return found


def words_in(text: str) -> tuple[str, ...]:
    """Runs of letters and digits of `text` in normal form, whatever its script: what phrases are matched on."""
    bare = without_typeset_marks(text)
    return tokens(text) if bare.isascii() else tuple(_words(normal(bare)))


def _unspaced_in(text: str) -> int:
    """Characters of scripts without spaces."""
    return sum(map(len, _unspaced().findall(text)))


def fold_spaces(text: str) -> str:
    """Runs of white space as one space, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def word_count(text: str) -> int:
    """Words of `text`; in scripts without spaces two characters count as a word."""
    text = without_typeset_marks(text)
    unspaced = 0 if text.isascii() else _unspaced_in(text)
    spaced = len(_words(_unspaced().sub(" ", text) if unspaced else text))
    return spaced + (unspaced + 1) // 2


def is_unspaced(text: str) -> bool:
    """Whether most letters of `text` belong to a script that puts no spaces between words."""
    return not text.isascii() and (_is_unspaced(text) if len(text) <= _KEPT_LENGTH else _mostly_unspaced(text))


def _mostly_unspaced(text: str) -> bool:
    unspaced = _unspaced_in(text)
    return unspaced * 2 > len(text) or (unspaced > 0 and unspaced * 2 > sum(map(str.isalpha, text)))


_is_unspaced = lru_cache(maxsize=2048)(_mostly_unspaced)
"""Of the last short texts that were asked for."""
