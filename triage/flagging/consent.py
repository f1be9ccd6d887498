"""Consent text inside a page: what of it is told by the cookies it names, and what goes on about them.

The phrases are `line_phrases`'s and `boilerplate` finds by them; a dialog that was taken for a part of the article runs
over several lines, though, and not each of them is said on other sites as well.
"""

from __future__ import annotations

from triage.flagging import message_book, message_words
from triage.flagging.layout import Layout
from triage.flagging.patterns import words_of
from triage.text import is_unspaced

_COOKIE = message_book.bits("tool", "cookie")
"""The lists both of which a word for cookies stands in."""
_WORDS = 2
"""Words of consent in a line beside such text that goes on with it; one is enough where it is the cookie itself."""
_LABEL = 4
"""Words with which a line is a sentence; a shorter one may be a label of the menu below a dialog."""
_SHARE, _SHARE_APART = 0.12, 0.04
"""Share of a block that phrases of consent are for it to be such text; of one that says nothing the article does."""


def share_needed(layout: Layout, at: int) -> float:
    """Which share of a block phrases of consent must be, 0..1: less where the article speaks of nothing it does."""
    return _SHARE if layout.shared_words(at) else _SHARE_APART


def names_cookies(text: str, language: str) -> bool:
    """Whether a text in a language speaks of cookies by name."""
    masks = (message_book.lists_of(word).get(language, 0) for word in words_of(text))
    return any(mask & _COOKIE == _COOKIE for mask in masks)


def goes_on(layout: Layout, at: int) -> bool:
    """Whether a block beside consent text goes on about cookies, and of nothing the article speaks of."""
    block, language = layout.blocks[at], layout.language or "en"
    is_label = len(block.text.split()) < _LABEL and not is_unspaced(block.text)
    if is_label or len(block.text) > message_words.LONGEST or block.kind == "code" or layout.shared_words(at):
        return False
    reading = message_words.reading(block.text, language)
    names = names_cookies(block.text, language)
    return names if reading is None else reading.counts["cookie"] >= _WORDS - names
