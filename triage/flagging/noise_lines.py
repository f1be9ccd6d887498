"""What one block is by itself, before its page is judged: a message, part of one, or nothing of the kind.

A *seed* says an error and nothing else; a *likely* line says one among other words; a *companion* is what stands
beside such lines: a way home, a host name, "please try again". Prose, code, tables and quotations are not weighed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from triage.flagging import line_phrases, message_words, phrases
from triage.flagging.layout import script_of
from triage.flagging.long_pages import looked_at
from triage.flagging.noise_phrases import by_phrases
from triage.flagging.noise_weight import COMPANION, FAULT_LABEL, LIKELY, NAMED_STATUS, SEED, SHORT, Weight
from triage.flagging.noise_worded import by_words
from triage.flagging.server_lines import is_template, server_line
from triage.model import Block, BlockKind, ErrorCause
from triage.text import clean_line, is_unspaced

LONGEST = 600
"""Characters of the longest line that is weighed."""
_MESSAGE = 300
"""Characters of the longest message amid an article."""
_SAMPLE = 80
"""Characters of a block by which its script is told."""
_FENCE = "```"
_EDGE = 8
"""Blocks at head and tail that are weighed whatever their length."""
_STATUS = re.compile(r"[45]\d\d\W*")
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,12}(?:/\S*)?\.?", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+")
_COPYRIGHT = re.compile(r"©|\(c\)\s*\d{4}|\bcopyright\b|\ball rights? reserved\b", re.IGNORECASE)
_VALUE = re.compile(r"(?:[\w ]{1,20}[:：])?\s*[\da-fA-F][\da-fA-F.:/ TZ+-]{5,60}h?")
"""An address, a time or an identifier, with its name or without."""
_NO_LETTERS = re.compile(r"[\W_]*(?:\d{1,2})?[\W_]*")
_OF_A_TEXT = re.compile(r"[;；]\s*$|\A\d{1,2}(?:\.\d{1,2})+\.?\s+[^\W\d]")
"""A line after which another goes on, or a heading with the number of its section."""
_QUOTED = re.compile(r"[\"“„«‘「『].*[\"”“»’」』]")


def weights_of(blocks: Sequence[Block], language: str | None) -> dict[int, Weight]:
    """The weights of short blocks, of those at the edges, of such as talk of pages, and of others beside an error.

    The inner items of a list are not weighed: what stands there is the article's. Of a very long page only the blocks
    at its head and tail are.
    """
    count = len(blocks)
    near_edges = looked_at(blocks)
    looked = {
        at
        for at in near_edges
        if at < _EDGE or at >= count - _EDGE or (len(blocks[at].text) <= SHORT and not _is_inner_item(blocks, at))
    }
    longer = [
        at
        for at in near_edges
        if at not in looked and SHORT < len(blocks[at].text) <= _MESSAGE and blocks[at].kind == "paragraph"
    ]
    signs = line_phrases.with_signs([blocks[at].text for at in longer])
    script = script_of(" ".join(block.text[:_SAMPLE] for block in blocks if len(block.text) > SHORT))
    looked |= {
        at
        for at, sign in zip(longer, signs, strict=True)
        if sign or _speaks_of_pages(blocks[at].text) or _opens_strangely(blocks[at].text, script)
    }
    fenced = _fenced(blocks)
    looked -= fenced
    weights = {at: weight for at in sorted(looked) if (weight := weigh(blocks[at], language))}
    near = {at + step for at, weight in weights.items() if weight.level >= LIKELY for step in (-2, -1, 1, 2)}
    for at in sorted(near - looked - fenced):
        if 0 <= at < count and (weight := weigh(blocks[at], language)):
            weights[at] = weight
    return weights


def _is_inner_item(blocks: Sequence[Block], at: int) -> bool:
    """Whether a block is an item of a list, between two others."""
    return blocks[at].kind == blocks[at - 1].kind == blocks[at + 1].kind == "list-item"


def _fenced(blocks: Sequence[Block]) -> set[int]:
    """The blocks between a line that opens code as Markdown does and one that closes it, these with them."""
    signs = [at for at, block in enumerate(blocks) if block.text.count(_FENCE) % 2]
    pairs = zip(signs[::2], signs[1::2], strict=False)
    return {at for first, last in pairs for at in range(first, last + 1)}


def _opens_strangely(text: str, script: str) -> bool:
    """Whether a text begins with a status or a label, or is in another script than most of the page."""
    return bool(FAULT_LABEL.match(text) or NAMED_STATUS.match(text)) or script_of(text[:_SAMPLE]) != script


def _speaks_of_pages(text: str) -> bool:
    """Whether a quarter of a text's words are those in which error pages talk."""
    found, words = line_phrases.web_words(text)
    return found >= max(3, words / 4)


def weigh(block: Block, language: str | None) -> Weight | None:
    """What a block of an article in `language` is by itself; None for what can be no noise."""
    weighed = _weigh if len(block.text) <= SHORT else _weighed
    return weighed(block.text, block.kind, language)


def _weighed(text: str, kind: BlockKind, language: str | None) -> Weight | None:
    if kind in {"code", "table-row"} or _QUOTED.match(text):
        return None
    if server := server_line(text):
        return Weight(SEED, "http-error", server, "server-message")
    if is_template(text):
        return Weight(SEED, "other", clean_line(text)[:80], "template-code")
    too_long = len(text) > (LONGEST // 2 if is_unspaced(text) else LONGEST)
    if too_long or _OF_A_TEXT.search(text):
        return None
    weight = _of_a_line(text, kind, language)
    if weight and message_words.tells_of_somebody(text, language or "en"):  # asked last: few lines have a weight
        return None
    return None if weight and weight.level >= LIKELY and _teaches(text, weight.language) else weight


def _of_a_line(text: str, kind: BlockKind, language: str | None) -> Weight | None:
    """What a line is by its phrases, its words or its shape."""
    if not any(map(str.isalpha, text)):
        status = _STATUS.fullmatch(text)
        return Weight(COMPANION, _status_cause(status.group()[:3]), text, "status-code") if status else _by_shape(text)
    weight = by_phrases(text, kind, language)
    if weight is None or weight.level < SEED:
        worded = by_words(text, language)
        weight = worded if worded and (weight is None or worded.level > weight.level) else weight
    return weight or _by_shape(text)


def _teaches(text: str, language: str) -> bool:
    """Whether a line explains an error, is a step of a how-to or heads a tale, as articles' own lines are."""
    return (
        bool(phrases.explains(text))
        or message_words.instructs(text, language)
        or message_words.heads_a_tale(text, language)
    )


_weigh = lru_cache(maxsize=4096)(_weighed)
"""Short lines of one site recur, and so do those of a long list."""


def _by_shape(text: str) -> Weight | None:
    """Lines without words of their own: marks, a host name, an address, a line of copyright."""
    if _NO_LETTERS.fullmatch(text) or _HOST.fullmatch(text) or (len(text) <= 60 and _has_address(text)):
        return Weight(COMPANION, "other", text, "companion")
    if len(text) <= 160 and (_reserves_rights(text) or _VALUE.fullmatch(text)):
        return Weight(COMPANION, "other", text, "companion")
    return None


def _has_address(text: str) -> bool:
    return ("@" in text or "://" in text or "www." in text) and _ADDRESS.search(text) is not None


def _reserves_rights(text: str) -> bool:
    lowered = text.lower()
    return ("ght" in lowered or "(c)" in lowered or "©" in lowered) and _COPYRIGHT.search(text) is not None


def _status_cause(code: str) -> ErrorCause:
    if code in {"404", "410"}:
        return "not-found"
    return "rate-limit" if code == "429" else "http-error"
