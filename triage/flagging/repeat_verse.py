"""Whether lines read as verse, whose refrain is meant to stand again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from triage.model import Block

_KINDS = ("paragraph", "quote")
_MOSTLY = 0.6
"""Share of a page's words that stand in verse where it is a song or poem; a page of lists has paragraphs too."""
_MOST_WORDS = 14
_SENTENCE_END = (".", "!", "?", "…", "。", "।", ":")
_PAUSES = (",", ";", "–", "—", "،", "、", "，")
# A capital after a word that ended no sentence: in a stanza printed as one block, where a line began.
_CAPITAL_INSIDE = re.compile(r"(?<=[^\W\d_])[,;–—-]?\s+([^\W\d_]+)")
_FULL_STOP = re.compile(r"[.!?…](?:\s|$)")
_WORD = re.compile(r"[^\W\d_]+")


def verse(page: Sequence[Block]) -> frozenset[int]:
    """Indexes of the lines and stanzas of verse, on a page that is mostly such; none on others.

    Lines are short; either each has a capital at its head and mostly no full stop at its end, or one sentence goes on
    from line to line, over commas. In stanzas, capitals of line
    heads stand inside the block, on words that the page also writes small (so that names, and German nouns, do not
    count).
    """
    texts = [index for index, block in enumerate(page) if block.kind in _KINDS]
    words = {index: len(page[index].text.split()) for index in texts}
    least = _MOSTLY * sum(words.values())
    lines = {index for index in texts if _is_line(page[index]) or _goes_on(page, index)}
    heads = {index: _heads(page[index].text) for index in texts if index not in lines}
    stanzas = {index for index in heads if len(heads[index]) >= max(2, words[index] / 20)}
    if sum(words[index] for index in lines | stanzas) < least:
        return frozenset()
    small = {word for block in page for word in _WORD.findall(block.text) if word.islower()}
    stanzas = {index for index in stanzas if sum(word in small for word in heads[index]) >= max(2, words[index] / 20)}
    found = lines | stanzas
    return frozenset(found if sum(words[index] for index in found) >= least else ())


def _is_line(block: Block) -> bool:
    text = block.text.strip()
    words = text.split()
    return (
        2 <= len(words) <= _MOST_WORDS
        and text.lstrip("\"'“‘«(¡¿").lstrip()[:1].isupper()
        and not text.endswith(_SENTENCE_END)
    )


def _goes_on(page: Sequence[Block], index: int) -> bool:
    """Whether a short line ends in the middle of a sentence, at a comma, or is what such a line goes on with."""
    if not 2 <= len(page[index].text.split()) <= _MOST_WORDS:
        return False
    before = page[index - 1].text.rstrip() if index else ""
    begins_inside = before.endswith(_PAUSES) and len(before.split()) <= _MOST_WORDS
    return begins_inside or page[index].text.rstrip().endswith(_PAUSES)


def _heads(text: str) -> list[str]:
    """The words inside a block with a capital, in small letters; none of a block of several sentences."""
    if len(_FULL_STOP.findall(text)) > 1:
        return []
    return [word.lower() for word in _CAPITAL_INSIDE.findall(text) if word[0].isupper()]
