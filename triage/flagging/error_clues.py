"""The clues of one page: what its texts, markup, address and shape say of an error, and what speaks for an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from triage.flagging import message_words, page_wording, phrases
from triage.flagging.message_words import Reading
from triage.flagging.own_words import own_share
from triage.flagging.page_evidence import PageEvidence, is_prose, length_of
from triage.flagging.patterns import form
from triage.flagging.phrases import Hit
from triage.model import ErrorCause
from triage.text import is_unspaced
from triage.wording import counted

# Said in the frame of good pages too (a log-in link, a cookie bar), so in blocks these count only on pages with little
# text of their own.
_ALSO_IN_FRAMES = frozenset({"js-required", "consent", "login", "paywall", "captcha", "other", "parked", "maintenance"})
# ... and as bars and boxes of whole sentences; there such a message must be half of all the page says.
_BARS = frozenset({"js-required", "consent", "login", "paywall"})
# Told by pages that quote their own buttons: "Click “Accept all”", "Tick “I'm not a robot”".
_OF_BUTTONS = frozenset({"js-required", "consent", "paywall", "captcha", "bot-wall"})
_OWN_TEXT_OF_A_WALL = 1500
_MESSAGE = 250
"""Characters up to which a block that holds a message has little else to say."""
_OPENING_MARKS = frozenset("\"'“„«»‘‚「『《")
_OTHER_WORDS, _TOLD_WORDS, _LISTED_WORDS, _MANY_OTHER_WORDS = 20, 30, 40, 50
"""Characters beside all messages, in words that no message uses, from which on a page is less and less likely to be
nothing but one; from the second on where it is a text without a frame, from the third on where it is a list."""
_MOSTLY = 0.6
"""Share of the text in sentences of its own from which on they are what the page is about."""
_NO_TEXT, _MUCH_PROSE = 50, 2500
_FORM, _FIELD = 3, 30
"""Lines of a text page that name a user, a password or a way to log in, from which on they are a form; and
the characters of a text that are granted to each."""
_SENTENCE, _WORDY, _DIRECTIONS = 60, 130, 220
"""Characters of a line from which on it is a sentence, and of such lines from which on a page without a form is less
and less likely to be one to log in with: it tells how to."""
_STEP, _ITEM, _STEPS = re.compile(r"\s*(?:\d{1,2}\s?[.)．、]|[①-⑳])\s*[^\W\d]"), 25, 3
"""A numbered line, characters of an item of a list that may be one, and how many of them are directions."""
_QUOTES = re.compile("“([^“”]{3,60})”|„([^„“”]{3,60})[“”]|«([^«»]{3,60})»|‘([^‘’]{3,60})’|「([^「」]{2,40})」")
"""What a writer quotes; the straight marks of programs are left out, as servers quote their own messages in them."""
_QUOTING, _LABEL_UNSPACED = 40, 5
"""Characters of a line, dense ones counted double, from which on it may quote a message; of what it quotes, in scripts
without spaces, up to which that is a button's label."""
_TELLING = 3
"""Paragraphs of its own from which on a page tells of other things than an error."""
_STORY, _STORY_WORDS = 2, 200
"""Paragraphs of its own, or characters beside all messages in words that none uses, from which on a bare text, which
has no teasers of other pages, is an article."""
_OWN = 0.34
"""Share of words that no message uses from which on a text says more than the message it begins with."""
_STATUS = re.compile(r"(?<!\d)[45]\d\d(?!\d)")
_NUMBER = re.compile(r"\d+")
_STATUSES = 3
"""Different statuses from which on a page is a table of them."""
_OTHERWISE = 0.4
"""... and from which on a message amid it is what it tells of."""
_TOPIC = 0.6
"""Share of a title's words in the text from which on the text is about them."""
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s|(?<=[。！？])")
_QUOTED = 100
"""Characters of a message that a reason quotes."""
_CAUSE_OF_STATUS: dict[int, ErrorCause] = {
    401: "login", 402: "paywall", 404: "not-found", 407: "login", 410: "not-found", 429: "rate-limit", 451: "other",
    503: "http-error",
}  # fmt: skip
_ADDRESSES: tuple[tuple[str, ErrorCause], ...] = (
    (r"404|410|not-?found|page-?not-?found|error-?404|404-?error", "not-found"),
    (r"error|errors|fehler|erreur|error-?page|50[0234]|403", "http-error"),
    (r"log-?in|sign-?in|signon|sso|wp-login", "login"),
    (r"captcha|unblock|blocked|validatecaptcha", "bot-wall"),
    (r"cookie-?consent|cookie-?wall|consent|collectconsent|privacy-?wall", "consent"),
)
"""What a segment of an address's path is called where a site sends readers for an error or a wall."""
_SEGMENTS = tuple((re.compile(rf"/(?:{names})(?:[/.?]|$)", re.IGNORECASE), cause) for names, cause in _ADDRESSES)
_ELSEWHERE = re.compile(r"\s*\d{1,2}(?:\.\d+)?\s*[;,]\s*url\s*=", re.IGNORECASE)
"""A refresh that sends the reader on within the minute, not one that loads the page anew."""
_VERSION = re.compile(r"(?:[^\W\d]+\s){0,4}v?\d{1,2}\.\d{1,3}(?:\.\d{1,3})*(?:[-\s(].{0,12})?", re.IGNORECASE)
"""A version above its changes: "2.4.1", "Release notes 3.2", "v1.8.0 (12 May)"; three digits first are a status."""
_ARTICLE_TYPE = re.compile(r"Article|Posting|Report|Recipe|Review")


@dataclass(frozen=True, slots=True)
class Clue:
    """One observation: the rule's name, the cause it tells (None for shape and for an article), and what was seen."""

    rule: str
    cause: ErrorCause | None
    detail: str


def telling(page: PageEvidence) -> Iterator[Clue]:
    """Clues that tell a cause, and how many blocks do."""
    yield from _spoken(page)
    yield from _noscript(page)
    yield from _marks(page)
    yield from _address(page)
    yield from _empty(page)
    if _has_form(page) and page.own_text < 2000:
        room = page.form_lines * _FIELD  # a form in markup shows its labels alone, one in a text its fields as well
        alone = page.own_text < 300 + room and page.raw.link_chars < 500 and (room > 0 or not page.prose)
        rule = "login-form-alone" if alone else "login-form"
        asks = (
            "a password field"
            if page.raw.password_fields
            else f"{counted(page.form_lines, 'line')} of a form to log in with"
        )
        yield Clue(rule, "login", f"it has {asks} and few words")
    if _is_withheld(page):
        yield Clue("article-withheld", "paywall", "it has an article's date and author, a paywall and no article")


def _has_form(page: PageEvidence) -> bool:
    """Whether it has a password field or, in a text, the lines of a form to log in with; steps name its labels too."""
    return page.raw.password_fields > 0 or (page.form_lines >= _FORM and not _has_steps(page))


def _has_steps(page: PageEvidence) -> bool:
    """Whether lines are numbered, or a list has sentences for items, as directions do."""
    numbered = sum(_STEP.match(line) is not None for line in page.lines)
    return max(numbered, sum(length_of(item) >= _ITEM for item in page.listed)) >= _STEPS


def shaping(page: PageEvidence) -> Iterator[Clue]:
    """Clues of the page's shape, which make an error likelier or not, whatever its cause."""
    if page.raw.robots and "noindex" in page.raw.robots.lower():
        yield Clue("not-indexed", None, "it asks search engines not to keep it")
    if page.own_text < _NO_TEXT:
        yield Clue("no-text", None, f"{page.own_text} characters of text outside links")


def opposing(page: PageEvidence, cause: ErrorCause) -> Iterator[Clue]:
    """Clues that speak for an article, on a page of which others tell that cause."""
    yield from _own_text(page)
    yield from _prose(page)
    if cause == "login" and not _has_form(page):
        yield from _directions(page)
    heads = (page.raw.title, *page.heads[:1])
    if guide := next(filter(None, map(_announced, heads)), ""):
        yield Clue("guide", None, f"it is headed as help, a policy or a list of changes: {_quoted(guide)}")
    if page.somebody:
        yield Clue("tells-of-somebody", None, f"it tells of somebody: {_quoted(page.somebody)}")
    if page.statuses >= _STATUSES:
        yield Clue("several-statuses", None, f"its lines begin with {page.statuses} different statuses")
    if page.work:
        yield Clue("names-a-work", None, f"its headline is the name of a work: {_quoted(page.work)}")
    if page.topic >= _TOPIC:
        yield Clue("headline-is-topic", None, "the prose takes up the words of the title")
    if cause not in _OF_BUTTONS and (
        quoted := next((said for line in page.lines if (said := _quotes(line, cause))), "")
    ):
        yield Clue("quotes-message", None, f"a sentence quotes a message: {_quoted(quoted)}")
    if page.talks_about_errors and not any(": " in mark for mark in page.raw.marks):  # servers explain theirs too
        yield Clue("about-errors", None, f"it explains errors: {_quoted(page.talks_about_errors)}")


def _directions(page: PageEvidence) -> Iterator[Clue]:
    """Clues of a page without a form that tells how to log in: help for who forgot a password."""
    if _has_steps(page):
        yield Clue("steps", None, "it has the steps of a how-to, and no password field")
    told = sum(length for length in map(length_of, page.lines) if length >= _SENTENCE)
    if page.raw.forms or told < _WORDY:
        return
    yield Clue("no-form", None, f"it has no form to log in with, and {told} characters in sentences")
    if told >= _DIRECTIONS:
        yield Clue("directions", None, "... so many that they tell how to")


def _quotes(line: str, cause: ErrorCause) -> str:
    """The message of that cause that a sentence gives between quotation marks, as who tells of one does; else empty."""
    if length_of(line) < _QUOTING:
        return ""
    for found in _QUOTES.finditer(line[: phrases.LONGEST]):
        words = found[found.lastindex or 0]
        is_label = len(words) < _LABEL_UNSPACED if is_unspaced(words) else " " not in words.strip()
        hits = () if is_label or len(words) * 2 >= len(line) else phrases.match_page(words)
        if any(hit.sure and hit.whole and hit.cause == cause for hit in hits):
            return words
    return ""


def _announced(head: str) -> str:
    """The words in which a title or heading announces a text of that kind; empty where it does not."""
    return phrases.guides(head) or (head if _VERSION.fullmatch(head) else "")


def _own_text(page: PageEvidence) -> Iterator[Clue]:
    said = f"{page.beside_words} characters beside its messages are in words that no message uses"
    for limit, rule in ((_OTHER_WORDS, "other-words"), (_MANY_OTHER_WORDS, "many-other-words")):
        if page.beside_words >= limit:
            yield Clue(rule, None, said)
    if page.listed and page.beside_words >= _LISTED_WORDS:
        yield Clue("list-of-things", None, f"it is a list or a table, and {said}")
    if page.own_paragraphs >= _TELLING:
        yield Clue("own-paragraphs", None, f"{page.own_paragraphs} paragraphs tell of other things")
    is_text = page.subject.media == "text"
    if is_text and page.beside_words >= _TOLD_WORDS and not page.frame:
        yield Clue("text-tells", None, f"a text page has no frame, and {said}")
    if (is_text or page.is_fragment) and (page.own_paragraphs >= _STORY or page.beside_words >= _STORY_WORDS):
        bare = "a text page" if is_text else "a page without title, headings and links"
        yield Clue("text-alone", None, f"{bare} has no frame: its paragraphs are the article")


def _prose(page: PageEvidence) -> Iterator[Clue]:
    chars, count = page.prose_chars, len(page.prose)
    if chars >= _MUCH_PROSE:
        yield Clue("much-prose", None, f"{counted(count, 'paragraph')} of prose, {chars} characters")
    if chars >= 800 and count >= 3 and (page.article.date or page.raw.has_byline):
        yield Clue("signed-prose", None, "its prose has a date or an author")


def _spoken(page: PageEvidence) -> Iterator[Clue]:
    places: set[str] = set()
    messages: set[str] = set()
    mentioned = names = False
    for place, texts in (("title", page.title), ("heading", page.headings), ("block", page.said)):
        for said in texts:
            for hit in said.hits:
                aside = _may_be_frame(hit, said.text, place, page) or _is_figure(said.text, place, page)
                strength = "hints" if aside else _strength(hit, said.text, place)
                yield Clue(f"{place}-{strength}", hit.cause, f"{place} says {_quoted(hit.words)}")
                mentioned |= strength == "mentions" and place == "block"
                if strength in {"is-message", "has-message"}:
                    places.add(place)
                    messages.update({said.text} if place != "title" else ())
                    names |= _names_its_thing(hit, said.text)
    for place, worded in (("heading", page.worded_headings), ("block", page.worded_lines)):
        for text, reading in worded:
            hits = phrases.match_page(text)
            if text not in messages and not any(_may_be_frame(hit, text, place, page) for hit in hits):
                yield Clue(f"{place}-worded", _cause_of(hits, reading), f"{place} is worded so: {_quoted(text)}")
                places.add(place)
                messages.add(text)
                names |= reading.has("thing")
    if mentioned and not places:
        yield Clue("only-mentioned", None, "no message is plain: a line in words of its own mentions one")
    if len(messages) > 1:
        yield Clue("several-messages", None, f"{len(messages)} headings and blocks say so")
    yield from _where_said(places, page, names=names)


def _is_figure(text: str, place: str, page: PageEvidence) -> bool:
    """Whether a text is numbers, of a table or a chart: as an error's number one would stand alone on its page."""
    return place == "block" and not any(map(str.isalpha, text)) and (len(_NUMBER.findall(text)) > 1 or not page.is_bare)


def _names_its_thing(hit: Hit, text: str) -> bool:
    """Whether a message tells what failed, a page or the like, or a status: "Gone" and "Forbidden" may be anything."""
    readings = (reading for reading in message_words.readings(hit.words) if reading.language in {hit.language, "en"})
    return bool(_STATUS.search(text if hit.whole else hit.words)) or any(reading.has("thing") for reading in readings)


def _cause_of(hits: Sequence[Hit], reading: Reading) -> ErrorCause:
    """What a message that no list has is about: what it hints at, or what it speaks of."""
    if hits:
        return hits[0].cause
    if cause := page_wording.wanted(reading):
        return cause
    return "not-found" if reading.has("thing") else "http-error"


def _where_said(places: set[str], page: PageEvidence, *, names: bool) -> Iterator[Clue]:
    """Clues of where plain messages stand: an article has one in its headline or in a line, seldom in both."""
    if not places:
        return
    yield Clue("outright", None, "a title, heading or block is a plain message")
    if page.beside_words < _MANY_OTHER_WORDS:
        return
    if not names:
        yield Clue("bare-message", None, "its messages do not tell what failed, and its text goes on in other words")
        if "block" not in places:
            yield Clue("bare-headline", None, "... and they stand in its headline alone")
    if "block" not in places and page.told_share >= _MOSTLY:
        yield Clue("headline-alone", None, "only its headline says so, and most of the text is about something else")
    elif places == {"block"} and page.raw.title:
        yield Clue("other-headline", None, "its title tells of something else")
        if page.tale:
            yield Clue("own-headline", None, f"all but a line tells of other things below {_quoted(page.tale)}")
        if page.told_of_title >= _TOPIC:
            yield Clue("story-of-its-headline", None, "the text is about what its title says")


def _quoted(words: str) -> str:
    return f"“{words if len(words) <= _QUOTED else words[: _QUOTED - 1] + '…'}”"


def _strength(hit: Hit, text: str, place: str) -> str:
    if not hit.sure or (not hit.whole and _is_quoted(hit.words, text)):
        return "hints"
    if hit.whole:
        more = place != "block" and own_share(text, (hit.language,)) >= _OWN
        return "has-message" if more else "is-message"
    plain = 1 - own_share(hit.words, (hit.language,))  # the gap of a phrase may hold words of the text's own
    share = hit.share * plain
    if share >= 0.5:
        return "has-message"
    if place == "block" and own_share(text, (hit.language,)) >= _OTHERWISE:  # a sentence of its own that names one
        return "hints" if is_prose(text) else "mentions"
    if (place == "block" and share >= 0.25 and len(text) <= _MESSAGE) or _opens_with(hit.words, text, plain):
        return "has-message"
    return "hints" if place == "block" and is_prose(text) else "mentions"


def _opens_with(words: str, text: str, plain: float) -> bool:
    """Whether the words, of which that share is plain, are most of the first sentence: what follows explains it."""
    sentence, message = (form(part).replace(" ", "") for part in (_SENTENCE_END.split(text, maxsplit=1)[0], words))
    return len(message) * plain * 2 >= len(sentence) and message in sentence


def _is_quoted(words: str, text: str) -> bool:
    """Whether `text` gives the words between quotation marks: it tells of a message, and is none."""
    before, found, _ = text.partition(words)
    return bool(found and before) and before.rstrip()[-1:] in _OPENING_MARKS


def _may_be_frame(hit: Hit, text: str, place: str, page: PageEvidence) -> bool:
    """Whether a text may belong to the frame or a form of a good page: a label, a bar, not a wall's own message."""
    if hit.cause not in _ALSO_IN_FRAMES or place == "title":
        return False
    if place == "heading":
        return text != page.heads[0]
    if length_of(text) * 2 >= page.own_text:  # half of all the page says
        return False
    label = len(hit.words) < 8 if is_unspaced(hit.words) else hit.words.count(" ") < 3
    if page.is_bare:  # no page is left that it could frame; the labels of a form are none the less
        return label and hit.cause == "login" and page.form_lines >= _FORM
    if label or page.own_text >= _OWN_TEXT_OF_A_WALL:
        return True
    return hit.cause in _BARS or (hit.cause == "captcha" and page.raw.password_fields > 0)


def _noscript(page: PageEvidence) -> Iterator[Clue]:
    if page.own_text < 300:
        for said in page.noscript:
            for hit in said.hits[:1]:
                yield Clue("noscript-asks", hit.cause, f"without JavaScript it says {_quoted(hit.words)}")


def _marks(page: PageEvidence) -> Iterator[Clue]:
    causes = get_args(ErrorCause)
    for mark in page.raw.marks:
        cause, decisive, name = mark.partition(": ")
        if not decisive:
            cause, _, name = mark.partition("? ")
        if cause not in causes:
            continue
        if decisive:
            rule = "server-mark" if cause in {"http-error", "not-found"} else "wall-mark"
            yield Clue(rule, cast("ErrorCause", cause), f"the page carries the mark of {name}")
        elif cause not in _ALSO_IN_FRAMES or page.own_text < _OWN_TEXT_OF_A_WALL:
            rule = "captcha-form" if cause == "captcha" and page.own_text < 800 else "mark-hints"
            yield Clue(rule, cast("ErrorCause", cause), f"the page carries the mark of {name}")


def _address(page: PageEvidence) -> Iterator[Clue]:
    status = page.subject.status
    if status is not None and status >= 400:
        cause = _CAUSE_OF_STATUS.get(status, "http-error")
        yield Clue("status", cause, f"the server answered with status {status}")
    addresses = (page.subject.url, page.raw.canonical, page.raw.og_url)
    for address in dict.fromkeys(filter(None, addresses)):
        for pattern, cause in _SEGMENTS:
            if pattern.search(address):
                yield Clue("address", cause, f"its address is {address[:100]}")
                return


def _empty(page: PageEvidence) -> Iterator[Clue]:
    raw = page.raw
    shows_nothing = page.subject.media == "html" and page.shown_chars < 50 and not raw.cut
    if shows_nothing and raw.script_chars and raw.script_chars + raw.html_chars > 1000:
        yield Clue("empty-shell", "js-required", "the page shows nothing before scripts have run")
    if raw.meta_refresh and _ELSEWHERE.match(raw.meta_refresh):
        yield Clue("refreshes", "other", "it sends the reader on by itself")


def _is_withheld(page: PageEvidence) -> bool:
    return page.subject.media == "html" and _is_paywalled(page) and _has_headline(page) and page.prose_chars < 250


def _is_paywalled(page: PageEvidence) -> bool:
    return any(mark.startswith("paywall") for mark in page.raw.marks) or any(
        hit.cause == "paywall" and hit.sure for said in page.said for hit in said.hits
    )


def _has_headline(page: PageEvidence) -> bool:
    typed = any(map(_ARTICLE_TYPE.search, page.raw.json_ld_types))
    return bool(page.article.date) and (typed or page.raw.has_byline or bool(page.article.author))
