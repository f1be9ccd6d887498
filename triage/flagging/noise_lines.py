"""What one block is by itself, before its page is judged: a message, part of one, or nothing of the kind.

A *seed* says an error and nothing else; a *likely* line says one among other words; a *companion* is what stands
beside such lines: a way home, a host name, "please try again". Prose, code, tables and quotations are not weighed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from triage.flagging import line_phrases, message_book, message_words, phrases, vocabulary
from triage.flagging.layout import script_of
from triage.flagging.message_words import Reading
from triage.flagging.server_lines import is_template, server_line
from triage.model import Block, BlockKind, ErrorCause
from triage.text import clean_line, is_unspaced

LONGEST = 600
"""Characters of the longest line that is weighed."""
SHORT = 120
_MESSAGE = 300
"""Characters of the longest message amid an article."""
_SAMPLE = 80
"""Characters of a block by which its script is told."""
_EDGE = 8
"""Blocks at head and tail that are weighed whatever their length."""
_ASKED = 5
"""Points with which a line that ends as a question is a message: "Didn't load? Try another browser?"."""
_OURS = 7
"""Words of the longest "something went wrong on our end"."""
_SENTENCE = 8
"""Characters of the shortest sentence that may be a message."""
_NEARLY_ALL = 0.8
"""Share of a line from which on a phrase leaves nothing else to say, where words are not told apart."""
_LABEL = 4
"""Longer words of the longest label that says what is being loaded, without dots."""
_EXCLAIMS = 2
"""Points of the least message that ends as an exclamation or in brackets: "Permission denied!"."""
_EXCLAIMED = ("!", "！", ")", "）")
_REST = 6
"""Spaces from which on a line with a small first letter is the rest of a sentence."""
_FEW = 2
"""Words of another language with which a part of a line says no more than a name."""
_WAITING = 5
"""Longer words of the longest line that ends in dots and says what is being loaded."""
SEED, LIKELY, COMPANION = 3, 2, 1
_PAGE_CAUSES = frozenset({
    "not-found", "http-error", "rate-limit", "bot-wall", "captcha", "js-required", "maintenance", "parked",
})  # fmt: skip
"""Causes for which the phrases of error pages count inside a page; log-in and consent lines are good pages' own."""
_STOPS = (".", "!", "?", "…", "。", "！", "।", "؟", "？")
_FAULT_LABEL = re.compile(r"([^\W\d_]{3,20})\s*[:：]\s")
_WALLS = frozenset({"login", "paywall"})
"""Causes whose phrases count where a line says nothing else, beside which an article may well be left."""
_LOOSE_CAUSES = frozenset({"maintenance", "js-required", "parked"})
"""... of which these are said in articles too, and count where they are nearly all of the line."""

_STATUS = re.compile(r"[45]\d\d\W*")
_NAMED_STATUS = re.compile(r"(?<!\d)[45]\d\d(?!\d)")
_YEAR = re.compile(r"(?<![\w.:/-])(?:1[89]|20)\d\d(?![\w:/-])")
"""A year told of, as in articles; messages have dates and codes."""
_NO_NEED = re.compile(
    r"\b(?:no|kein\w*|aucun\w*|sin|sem|senza|geen|bez)\s(?:[^\s.,;:]+\s){1,5}"
    r"(?:required|needed|necessary|erforderlich|nötig|notwendig|requis\w*|nécessaire|necesari\w*|necessári\w*|nodig)\b",
    re.IGNORECASE,
)
"""Nothing failed where no account is needed."""
_HOST = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[a-z]{2,12}(?:/\S*)?\.?", re.IGNORECASE)
_ADDRESS = re.compile(r"\S+@\S+\.\w+|https?://\S+|www\.\S+")
_FILE = re.compile(r"\w\.[a-z]{2,5}\b")
_COPYRIGHT = re.compile(r"©|\(c\)\s*\d{4}|\bcopyright\b|\ball rights? reserved\b", re.IGNORECASE)
_VALUE = re.compile(r"(?:[\w ]{1,20}[:：])?\s*[\da-fA-F][\da-fA-F.:/ TZ+-]{5,60}h?")
"""An address, a time or an identifier, with its name or without."""
_NO_LETTERS = re.compile(r"[\W_]*(?:\d{1,2})?[\W_]*")
_SENTENCE_ENDS = re.compile(r"[.!?…]\s+|[。！？]\s*|\s[-–—:]\s|:\s")
_OF_A_TEXT = re.compile(r"[;；]\s*$|\A\d{1,2}(?:\.\d{1,2})+\.?\s+[^\W\d]")
"""A line after which another goes on, or a heading with the number of its section."""
_QUOTED = re.compile(r"[\"“„«‘「『].*[\"”“»’」』]")


@dataclass(frozen=True, slots=True)
class Weight:
    """What one block is by itself."""

    level: int
    cause: ErrorCause
    words: str
    rule: str
    language: str = "any"
    strange: int = 0
    """Words of its own, where it was told by words alone."""


def weights_of(blocks: Sequence[Block], language: str | None) -> dict[int, Weight]:
    """The weights of short blocks, of those at the edges, of such as talk of pages, and of others beside an error.

    The inner items of a list are not weighed: what stands there is the article's.
    """
    count = len(blocks)
    looked = {
        at
        for at, block in enumerate(blocks)
        if at < _EDGE
        or at >= count - _EDGE
        or (len(block.text) <= SHORT and not block.kind == blocks[at - 1].kind == blocks[at + 1].kind == "list-item")
    }
    longer = [
        at
        for at, block in enumerate(blocks)
        if at not in looked and SHORT < len(block.text) <= _MESSAGE and block.kind == "paragraph"
    ]
    signs = line_phrases.with_signs([blocks[at].text for at in longer])
    script = script_of(" ".join(block.text[:_SAMPLE] for block in blocks if len(block.text) > SHORT))
    looked |= {
        at
        for at, sign in zip(longer, signs, strict=True)
        if sign or _speaks_of_pages(blocks[at].text) or _opens_strangely(blocks[at].text, script)
    }
    weights = {at: weight for at in sorted(looked) if (weight := weigh(blocks[at], language))}
    near = {at + step for at, weight in weights.items() if weight.level >= LIKELY for step in (-2, -1, 1, 2)}
    for at in sorted(near - looked):
        if 0 <= at < count and (weight := weigh(blocks[at], language)):
            weights[at] = weight
    return weights


def _opens_strangely(text: str, script: str) -> bool:
    """Whether a text begins with a status or a label, or is in another script than most of the page."""
    return bool(_FAULT_LABEL.match(text) or _NAMED_STATUS.match(text)) or script_of(text[:_SAMPLE]) != script


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
    weight = _by_phrases(text, kind, language)
    if weight is None or weight.level < SEED:
        worded = _by_words(text, language)
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


def _by_phrases(text: str, kind: BlockKind, language: str | None) -> Weight | None:
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


def _by_words(text: str, language: str | None) -> Weight | None:
    """A line that nobody listed, put together from the words of messages alone; see `message_words`."""
    found = message_words.readings(text)
    rest = text[:1].islower() and text.count(" ") >= _REST
    if not found or rest or _is_boilerplate(text) or _YEAR.search(text):
        return None
    own = {language or "en", "en"}
    clean = [reading for reading in found if reading.clean or _FAULT_LABEL.match(text)]
    for reading in sorted(clean, key=lambda reading: reading.language not in own):
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
    plain = not reading.strange or any(map(has, ("fault", "sorry", "tool")))
    needed = (4 if reading.strange else 3) + message_book.is_syllabic(reading.language)
    sure = points >= needed and told and plain and (fault or asks)
    asked = text.endswith(("?", "？", "؟"))
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
    label = _FAULT_LABEL.match(text)
    first = message_words.reading(label.group(1), reading.language) if label else None
    return first is not None and first.has("fault")


def _cause_of_words(reading: Reading, *, waits: bool) -> ErrorCause:
    if reading.has("tool", "cookie"):
        return "consent"
    return "js-required" if waits or reading.has("tool") else "other"


def _goes_on(text: str, hit: line_phrases.LineHit) -> bool:
    """Whether a short line says the phrase and then something of its own in the same sentence, as articles do."""
    loose = hit.cause not in _WALLS and not (hit.share >= _NEARLY_ALL and is_unspaced(text))
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
    if _is_boilerplate(text):
        return None
    for hit in phrases.match(text):
        strange, words = vocabulary.strangers(text, hit.language)
        alone = hit.share >= 0.5 if is_unspaced(text) else hit.share >= 0.35 and strange <= 0.2 * words
        if hit.cause in _WALLS and hit.sure and alone and (words >= 3 or is_unspaced(text)):
            return Weight(SEED, hit.cause, hit.words, "widget-message", hit.language)
    return None


def _is_boilerplate(text: str) -> bool:
    return any(hit.kind == "boilerplate" and hit.part in {"whole", "label", "say"} for hit in line_phrases.match(text))


def _cause_of(hit: phrases.Hit) -> ErrorCause:
    """The cause of a hit; a mere apology tells none."""
    return "other" if hit.language == "any" and not hit.sure and not _NAMED_STATUS.search(hit.words) else hit.cause


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
    named = len(text) <= 60 and strange <= 2 and _NAMED_STATUS.search(hit.words)
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


def is_status(weight: Weight) -> bool:
    """Whether a weight is that of a bare status code, which says little by itself."""
    return weight.rule == "status-code"
