"""A block weighed by listed phrases: those of faults inside pages, of whole error pages, and of walls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

from triage.flagging import line_phrases, message_book, message_words, phrases, vocabulary
from triage.flagging.noise_weight import COMPANION, LIKELY, NAMED_STATUS, SEED, SHORT, Weight
from triage.model import BlockKind, ErrorCause
from triage.text import is_unspaced

_SENTENCE = 8
"""Characters of the shortest sentence that may be a message."""
_NEARLY_ALL = 0.8
"""Share of a line from which on a phrase leaves nothing else to say, where words are not told apart."""
_A_THIRD = 0.3
"""Share of a line that asks to log in or to subscribe, below which it may go on about something else."""
_FEW = 2
"""Words of another language with which a part of a line says no more than a name."""
_PAGE_CAUSES = frozenset({
    "not-found", "http-error", "rate-limit", "bot-wall", "captcha", "js-required", "maintenance", "parked",
})  # fmt: skip
"""Causes for which the phrases of error pages count inside a page; log-in and consent lines are good pages' own."""
_WALLS = frozenset({"login", "paywall"})
"""Causes whose phrases count where a line says nothing else, beside which an article may well be left."""
_LOOSE_CAUSES = frozenset({"maintenance", "js-required", "parked"})
"""... of which these are said in articles too, and count where they are nearly all of the line."""
_FILE = re.compile(r"\w\.[a-z]{2,5}\b")
_SENTENCE_ENDS = re.compile(r"[.!?…]\s+|[。！？]\s*|\s[-–—:]\s|:\s")


def by_phrases(text: str, kind: BlockKind, language: str | None) -> Weight | None:
    """The weight of a block of an article in `language` by the phrases it holds; None where it holds none."""
    lines = [hit for hit in line_phrases.match(text) if hit.kind == "noise"]
    said = _by_line_phrases(lines, text)
    if said and said.cause != "other":
        return said
    error = _by_error_phrases(text, language) if kind != "quote" else None
    if error and (said is None or (error.level >= said.level and error.cause != "http-error")):
        return error
    if said:
        return said
    if wall := _by_wall(text, kind):
        return wall
    hints = [hit for hit in lines if hit.part == "hint"]
    if hints and sum(hit.share for hit in hints) >= 0.5:
        return Weight(COMPANION, cast("ErrorCause", hints[0].cause), hints[0].words, "companion", hints[0].language)
    return None


def _by_line_phrases(hits: Sequence[line_phrases.LineHit], text: str) -> Weight | None:
    """The phrases of faults inside pages."""
    for hit in hits:
        strange, words = vocabulary.strangers(text, hit.language)
        if hit.part == "whole" and strange >= 2 and strange >= 0.4 * words and not is_unspaced(text):
            continue
        short = len(text) <= (SHORT if message_book.is_syllabic(hit.language) else 200)
        if hit.part == "whole" or (hit.part == "say" and (hit.share >= 0.25 or short)):
            if _goes_on(text, hit):
                level = COMPANION if _tells_its_own(text, hit.language, words) else LIKELY
                return Weight(level, cast("ErrorCause", hit.cause), hit.words, "mention", hit.language)
            return Weight(SEED, cast("ErrorCause", hit.cause), hit.words, "widget-message", hit.language)
    return None


def _goes_on(text: str, hit: line_phrases.LineHit) -> bool:
    """Whether a short line says the phrase and then something of its own in the same sentence, as articles do."""
    loose = hit.cause not in _WALLS or hit.share < _A_THIRD
    loose = loose and not (hit.share >= _NEARLY_ALL and is_unspaced(text))
    return loose and _strays(text, hit.language) and not _is_a_sentence(hit, text)


def _tells_its_own(text: str, language: str, words: int) -> bool:
    """Whether a third of a line's longer words are its own, but for names: "between the harbour and the hill"."""
    plain = " ".join(word for word in text.split() if word[:1].islower())
    return not is_unspaced(text) and vocabulary.strangers(plain, language)[0] * 3 >= words


def _is_a_sentence(hit: line_phrases.LineHit, text: str) -> bool:
    """Whether one of a text's first sentences says little besides the phrase."""
    sentences = [sentence for sentence in _SENTENCE_ENDS.split(text) if len(sentence) >= _SENTENCE][:3]
    return len(sentences) > 1 and any(
        other.cause == hit.cause
        and other.part == hit.part
        and other.share >= 0.6
        and not _strays(sentence, hit.language)
        for sentence in sentences
        for other in line_phrases.match(sentence)
    )


def _strays(text: str, language: str) -> bool:
    """Whether one in five of a short line's words is no word of messages."""
    if len(text) > message_words.LONGEST or not message_book.knows(language):
        return False
    reading = message_words.reading(text, language)
    return reading is None or reading.strange * 5 > reading.words


def _by_error_phrases(text: str, language: str | None) -> Weight | None:
    """The phrases of whole error pages, in the line and in its parts as of a title.

    A word or two of another language than the article's say nothing in a part: "The Moment" of a song and its singer.
    """
    best: Weight | None = None
    parts = phrases.title_parts(text) if len(text) <= SHORT else ()
    for part in dict.fromkeys((text, *(part for part in parts if len(part) >= 0.4 * len(text)))):
        if not any(map(str.isalpha, part)):
            continue
        for hit in phrases.match(part):
            strange = hit.language not in {"any", "en", language or "en"}
            if hit.cause not in _PAGE_CAUSES or (part is not text and strange and hit.words.count(" ") < _FEW):
                continue
            level = _level(hit, part, text)
            passing = level == COMPANION or (level == LIKELY and _strays(text, hit.language))
            rule = "mention" if hit.sure and passing else "error-message"
            weight = Weight(level, _cause_of(hit), hit.words, rule, hit.language)
            if weight.level and (best is None or weight.level > best.level):
                best = weight
    return best


def _by_wall(text: str, kind: BlockKind) -> Weight | None:
    """A sentence that asks to log in or to subscribe, and says nothing else; labels of comments are boilerplate's."""
    if kind in {"list-item", "heading", "quote"} or len(text) > 2 * SHORT or text.rstrip().endswith(":"):
        return None
    if line_phrases.is_boilerplate(text):
        return None
    for hit in phrases.match(text):
        strange, words = vocabulary.strangers(text, hit.language)
        alone = hit.share >= 0.5 if is_unspaced(text) else hit.share >= 0.35 and strange <= 0.2 * words
        if hit.cause in _WALLS and hit.sure and alone and (words >= 3 or is_unspaced(text)):
            return Weight(SEED, hit.cause, hit.words, "widget-message", hit.language)
    return None


def _cause_of(hit: phrases.Hit) -> ErrorCause:
    """The cause of a hit; a mere apology tells none."""
    return "other" if hit.language == "any" and not hit.sure and not NAMED_STATUS.search(hit.words) else hit.cause


def _level(hit: phrases.Hit, part: str, text: str) -> int:
    """How much a phrase of error pages weighs in a line, of which `part` is one as of a title, or the whole."""
    if not hit.sure:
        return _level_of_hint(hit, text)
    strange, words = vocabulary.strangers(part, hit.language)
    if strange >= 2 and strange >= 0.3 * words and not is_unspaced(part):  # "Not found: what became of our archives"
        return COMPANION
    nothing_else = hit.share >= 0.25 and strange <= 0.15 * words and words >= 2
    loose = hit.cause in _LOOSE_CAUSES and hit.share < 0.6 and not nothing_else
    if loose or (hit.cause == "parked" and strange):  # houses are for sale as well
        return 0
    if part is text and not hit.whole and _strays(text, hit.language):
        return LIKELY if hit.share >= 0.2 else COMPANION
    if hit.whole or (part is text and (hit.share >= 0.6 or (nothing_else and len(text) <= SHORT))):
        return SEED if len(text) - len(part) <= 40 else LIKELY  # as in "Page not found - example.org"
    message = hit.share >= 0.2 and len(part.split()) <= 60
    return LIKELY if message or (part is text and _has_message_sentence(text)) else COMPANION


def _level_of_hint(hit: phrases.Hit, text: str) -> int:
    """How much an unsure phrase weighs: more where a status stands in it, most where a file's name is all there is."""
    if not (hit.whole or hit.share >= 0.5):
        return 0
    strange, _ = vocabulary.strangers(text, hit.language)
    named = len(text) <= 60 and strange <= 2 and NAMED_STATUS.search(hit.words)
    if named and not strange and _FILE.search(text):  # "Erreur 404 : page.html"
        return SEED
    return LIKELY if named else COMPANION


def _has_message_sentence(text: str) -> bool:
    """Whether one of a text's first sentences says an error and little else."""
    sentences = [sentence for sentence in _SENTENCE_ENDS.split(text) if len(sentence) >= _SENTENCE][:3]
    return len(sentences) > 1 and any(
        hit.sure and hit.share >= 0.5 and hit.cause in _PAGE_CAUSES - _LOOSE_CAUSES
        for sentence in sentences
        for hit in phrases.match(sentence)
    )
