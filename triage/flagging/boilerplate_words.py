"""Boilerplate told by its words alone: lines nobody listed that say one thing sites say, and nothing else.

A call to subscribe is put together from the words of letters and addresses, a comment stub from those of comments and
of nobody yet (`message_words`). Such a line stands below all prose, or is a paragraph that says nothing of what the
article speaks of. On a page without prose nobody can tell either, and none is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from triage.flagging import message_book, message_words
from triage.flagging.layout import Layout
from triage.flagging.long_pages import looked_at
from triage.flagging.message_words import Reading
from triage.model import Block

_POINTER = 30
"""Characters of the longest "read also" before the name of another page."""
_LINKED = 0.5
_LOW = 0.5
"""Share of the article above a line from which on it need not speak to the reader."""
_CALL = 10
"""Words of the longest call to follow somebody, whose name it holds."""
_LEGAL = 3
"""Words of disclaimers in a line that is one."""
_SHORT = 7
"""Words of the longest label."""


def find(
    blocks: Sequence[Block], layout: Layout, language: str | None, known: Collection[int]
) -> Iterator[tuple[int, str]]:
    """Blocks outside `known`, each with its kind of boilerplate, of an article in `language`."""
    if not layout.prose:
        return
    own = {language or "en", "en"}
    for at in looked_at(blocks):
        block = blocks[at]
        if at in known or block.kind in {"code", "table-row", "quote"} or len(block.text) > message_words.LONGEST:
            continue
        if block.kind == "list-item" and block.links < _LINKED:
            continue  # a point of the article's own
        tail = layout.in_tail(at)
        found = [reading for reading in message_words.readings(block.text) if reading.language in own]
        if not (found or tail):
            continue
        if not (tail or block.links >= _LINKED or _stands_apart(at, block, layout)) or is_answer(block, language):
            continue
        low = tail or layout.before[at] >= _LOW
        cause = next(
            (
                cause
                for reading in found
                if (low or reading.has("you")) and (cause := _cause(reading, block.text, tail=tail))
            ),
            None,
        )
        if cause or (tail and _points_elsewhere(block.text, own)):
            yield at, cause or "related"


def is_answer(block: Block, language: str | None) -> bool:
    """Whether a block answers with yes or no or gives a step of a how-to, as articles do, and is no link."""
    tongues = {language or "en", "en"}
    return block.links < _LINKED and any(
        message_words.answers(block.text, tongue) or message_words.instructs(block.text, tongue) for tongue in tongues
    )


def is_legal(text: str, language: str | None) -> bool:
    """Whether a short text is mostly in the words of disclaimers."""
    reading = message_words.reading(text, language or "en")
    return reading is not None and reading.counts["legal"] >= _LEGAL and reading.strange * 3 <= reading.words


def _stands_apart(at: int, block: Block, layout: Layout) -> bool:
    return block.kind == "paragraph" and layout.stands_alone(at)


def _cause(reading: Reading, text: str, *, tail: bool) -> str | None:
    """The kind of boilerplate a line is, by what words it has; None where it says anything else."""
    has, counts = reading.has, reading.counts
    pure = not reading.strange
    label = pure and tail and len(text.split()) <= _SHORT
    syllables = 2 if message_book.is_syllabic(reading.language) else 1  # two of them make most words
    kinds = {
        "disclaimer": tail and counts["legal"] >= _LEGAL * syllables and reading.strange * 3 <= reading.words,
        "consent": (
            (pure and counts["cookie"] >= 2 and (has("tool") or counts["cookie"] >= 3)) and (has("you") or has("act"))
        )
        or (reading.clean and counts["cookie"] >= 4)
        or (reading.strange * 4 <= reading.words and counts["cookie"] >= 3 and has("tool", "thing", "you")),
        "comments": (pure and has("talk", "first") and reading.words >= 2)
        or (label and has("talk", "thing", "act"))
        or (label and (counts["field"] >= 2 or (has("talk") and text[:1].isdigit()))),
        "subscribe": (pure or (tail and reading.clean and counts["news"] >= 2))
        and has("news")
        and (has("you") or has("act") or counts["news"] >= 2)
        and counts["news"] >= syllables,
        "login": pure and has("login") and reading.words >= 2 and (has("you") or counts["login"] >= 2),
        "share": (label and (counts["share"] >= 2 or has("share", "thing")))
        or (tail and reading.strange <= 1 and len(text.split()) <= _CALL and counts["share"] >= 3),
        "related": label and counts["also"] >= 2,
    }
    return next((cause for cause, holds in kinds.items() if holds), None)


def _points_elsewhere(text: str, own: Collection[str]) -> bool:
    """Whether a line names another page after words such as "read also"."""
    head, sign, _ = text.partition(":")
    return (
        bool(sign)
        and len(head) <= _POINTER
        and any(
            reading.counts["also"] >= 2 and not reading.strange and reading.language in own
            for reading in message_words.readings(head)
        )
    )
