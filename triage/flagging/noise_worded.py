"""A block weighed by its words alone: a message that no list has, put together from the words of messages.

See `message_words`, which reads it; here it is told what such a reading weighs.
"""

from __future__ import annotations

import re

from triage.flagging import line_phrases, message_book, message_words, own_words
from triage.flagging.message_words import Reading
from triage.flagging.noise_weight import COMPANION, FAULT_LABEL, LIKELY, SEED, Weight
from triage.model import ErrorCause
from triage.text import clean_line

_ASKED = 5
"""Points with which a line that ends as a question is a message: "Didn't load? Try another browser?"."""
_OURS = 7
"""Words of the longest "something went wrong on our end"."""
_LABEL = 4
"""Longer words of the longest label that says what is being loaded, without dots."""
_UNHEARD = 0.75
"""Share of neighbouring syllables from which on a line is none of the messages', measured on some 70 messages and 30
sentences of manuals in Vietnamese."""
_SENTENCE = 3
"""Small words with which a fault of a thing is a sentence, though it ends without a stop: "the", "is", "now"."""
_EXCLAIMS = 2
"""Points of the least message that ends as an exclamation or in brackets: "Permission denied!"."""
_EXCLAIMED = ("!", "！", ")", "）")
_REST = 6
"""Spaces from which on a line with a small first letter is the rest of a sentence."""
_WAITING = 5
"""Longer words of the longest line that ends in dots and says what is being loaded."""
_STOPS = (".", "!", "?", "…", "。", "！", "।", "؟", "？")
_SAID_FIRST = re.compile(r"[.!…。！]\s*[^.!?…。！？؟]{2,40}.\Z")
"""A short question after a sentence: "There was a problem. Try again?"."""
_YEAR = re.compile(r"(?<![\w.:/-])(?:1[89]|20)\d\d(?![\w:/-])")
"""A year told of, as in articles; messages have dates and codes."""
_NO_NEED = re.compile(
    r"\b(?:no|kein\w*|aucun\w*|sin|sem|senza|geen|bez)\s(?:[^\s.,;:]+\s){1,5}"
    r"(?:required|needed|necessary|erforderlich|nötig|notwendig|requis\w*|nécessaire|necesari\w*|necessári\w*|nodig)\b",
    re.IGNORECASE,
)
"""Nothing failed where no account is needed."""


def by_words(text: str, language: str | None) -> Weight | None:
    """A line that nobody listed, put together from the words of messages alone; see `message_words`."""
    found = message_words.readings(text)
    rest = text[:1].islower() and text.count(" ") >= _REST
    if not found or rest or line_phrases.is_boilerplate(text) or _YEAR.search(text):
        return None
    own = {language or "en", "en"}
    clean = [reading for reading in found if reading.clean or FAULT_LABEL.match(text)]
    for reading in sorted(clean, key=lambda reading: reading.language not in own):
        if message_book.is_syllabic(reading.language) and own_words.unheard(text, reading.language) >= _UNHEARD:
            continue
        weight = _of_reading(reading, text)
        if weight and not _answers_or_instructs(text, reading.language):
            return weight
    return None


def _answers_or_instructs(text: str, language: str) -> bool:
    return message_words.answers(text, language) or message_words.instructs(text, language)


def _of_reading(reading: Reading, text: str) -> Weight | None:
    counts, has = reading.counts, reading.has
    if counts["talk"] and counts["first"] and not (counts["fault"] or counts["act"]):
        return None  # the comment section's own words are boilerplate
    waits = not reading.strange and _waits(reading, text)
    if reading.words < 2 and not (waits or has("fault", "thing")):
        return None
    points = _points(reading)
    needless = _NO_NEED.search(text) is not None
    fault = (reading.is_fault or has("sorry")) and points >= 2 and not needless
    announces = text.rstrip().endswith((":", "："))
    asks = has("tool") and (has("you") or has("act")) and not has("step") and not announces
    asks = asks and (has("you") or reading.is_fault or not _names_only_a_browser(reading, text))
    fills = counts["field"] + has("no") >= 2 and has("field", "act") and not (reading.strange or announces or needless)
    labelled = fault and _is_labelled(reading, text)
    told = any(map(has, ("no", "act", "you", "sorry", "wait", "tool"))) or text.endswith(_STOPS)
    told = told or (has("fault", "thing") and counts["small"] >= _SENTENCE)
    plain = not reading.strange or any(map(has, ("fault", "sorry", "tool")))
    needed = (4 if reading.strange else 3) + message_book.is_syllabic(reading.language)
    sure = points >= needed and told and plain and (fault or asks)
    asked = text.endswith(("?", "？", "؟")) and not _SAID_FIRST.search(text)
    exclaims = not reading.strange and has("fault") and points >= _EXCLAIMS and text.endswith(_EXCLAIMED)
    if waits or ((fills or labelled or sure or exclaims) and not (asked and points < _ASKED)):
        level = SEED
    elif (plain and (fault or asks) and not _tells_of_us(reading, text)) or _begins_to_wait(reading, text):
        level = LIKELY
    elif not reading.strange and any(map(has, ("act", "thing", "tool", "you"))):
        return Weight(COMPANION, "other", clean_line(text)[:80], "companion-words", reading.language)
    else:
        return None
    strange = 0 if labelled or (has("you") and points >= 5) else reading.strange
    cause = _cause_of_words(reading, waits=waits)
    return Weight(level, cause, clean_line(text)[:80], "message-words", reading.language, strange)


def _names_only_a_browser(reading: Reading, text: str) -> bool:
    """Whether the browser is all a line names of the reader's side, and it does not ask to do anything with it."""
    return reading.counts["tool"] == reading.counts["browser"] and not message_words.asks_outright(
        text, reading.language
    )


def _tells_of_us(reading: Reading, text: str) -> bool:
    """Whether a line says of us or you that something was wrong, and of no page or player: somebody speaks in it."""
    told = any(map(reading.has, ("thing", "act", "tool", "sorry", "wait", "no")))
    return not told and len(text.split()) > _OURS


def _points(reading: Reading) -> int:
    """How many things a message is made of the line has; two faults, things or tools count twice."""
    counts = reading.counts
    points = sum(min(2, counts[name]) for name in ("fault", "thing", "tool"))
    return points + sum(bool(counts[name]) for name in ("no", "act", "you", "sorry", "wait"))


def _waits(reading: Reading, text: str) -> bool:
    """Whether a line says that something goes on: with dots, or asking the reader to wait."""
    has = reading.has
    if text.endswith(("…", "...")) and reading.words <= _WAITING:
        return has("wait") or (has("act", "thing") and not reading.is_fault and not has("you"))
    return has("wait", "you", "act") and reading.words <= 8 and not reading.is_fault


def _begins_to_wait(reading: Reading, text: str) -> bool:
    """Whether a short line begins with a word for what goes on: "Loading search suggestions"."""
    if reading.strange or reading.words > _LABEL or not reading.has("wait", "thing") or text.endswith(_STOPS):
        return False
    first = message_words.reading(text.split(maxsplit=1)[0], reading.language)
    return first is not None and first.has("wait")


def _is_labelled(reading: Reading, text: str) -> bool:
    """Whether a line begins with a word for a fault and a colon: "Error: no feed found"."""
    label = FAULT_LABEL.match(text)
    first = message_words.reading(label.group(1), reading.language) if label else None
    return first is not None and first.has("fault")


def _cause_of_words(reading: Reading, *, waits: bool) -> ErrorCause:
    if reading.has("tool", "cookie"):
        return "consent"
    return "js-required" if waits or reading.has("tool") else "other"
