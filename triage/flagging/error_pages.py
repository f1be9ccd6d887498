"""Whole-page errors: pages that hold nothing but a message of a server, a wall, a form or a parked domain.

One phrase means little: a song is called Sorry, an article tells of the 404. So clues are added up. What the title,
the headings and the blocks say counts by where it stands and by how much of the text it is; so do marks of vendors
and servers in the raw page, the HTTP status, the address, and the page's shape (little text, an empty shell, a log-in
form with few words, a captcha with few words). Against them stands what a message has not, however short the page:
words that no message uses (`own_words`), in a text, in a list, or below a headline that alone sounds like an error;
prose with a date or an author, a headline that the prose takes up, talk *about* errors, a table of them.

`WEIGHTS` names every clue with its weight in log odds; the sum plus `BASE` is turned into the confidence by the
logistic function, and a page is flagged from one half on. The weights were fitted by logistic regression on labelled
pages, none with a sign against its meaning, and rounded; those of clues that hardly any of these pages has (a status,
several of them, the name of a work, talk about errors, a message quoted, signed prose, directions to log in) were set
by hand. Without a clue that tells a cause no page is flagged, however little it says: that is `thin`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from triage.flagging import error_clues
from triage.flagging.error_clues import Clue
from triage.flagging.page_evidence import PageEvidence
from triage.flagging.subject import Findings, Subject
from triage.model import ErrorCause, Flag, Trace
from triage.text import clean_line

_Outcome = Literal["fired", "nearly", "against"]

BASE = 1.5
FLAGGED = 0.5
NEARLY = 0.15
FIRM = 0.55
"""How plainly a cause must be told at the least: a page is no log-in page for its link to one."""

WEIGHTS = {
    # what the page says, the best of each place
    "outright": 3.7,
    "title-is-message": 0.2,
    "heading-has-message": 1.4,
    "block-is-message": 2.0,
    "block-has-message": 1.2,
    "block-mentions": 0.8,
    "several-messages": 2.3,
    "noscript-asks": 2.1,
    # what its markup, server and address tell
    "wall-mark": 2.4,
    "server-mark": 1.0,
    "mark-hints": 4.3,
    "status": 2.0,
    "address": 0.5,
    # its shape
    "empty-shell": 0.3,
    "login-form": 1.5,
    "login-form-alone": 2.6,
    "no-form": -2.5,
    "directions": -3.0,
    "steps": -9.0,
    "captcha-form": 0.5,
    "article-withheld": 2.0,
    "no-text": 2.0,
    "not-indexed": 4.0,
    "refreshes": 3.4,
    # what speaks for an article, a list or a work
    "only-mentioned": -2.7,
    "other-words": -2.4,
    "many-other-words": -1.4,
    "list-of-things": -1.6,
    "text-tells": -3.0,
    "text-alone": -4.0,
    "own-paragraphs": -2.0,
    "tells-of-somebody": -1.5,
    "bare-message": -0.5,
    "bare-headline": -1.1,
    "headline-alone": -2.7,
    "other-headline": -2.5,
    "story-of-its-headline": -2.9,
    "own-headline": -3.5,
    "names-a-work": -6.0,
    "guide": -9.0,
    "several-statuses": -11.0,
    "about-errors": -9.6,
    "headline-is-topic": -1.5,
    "much-prose": -0.4,
    "signed-prose": -5.0,
    "quotes-message": -6.0,
}

_PLAINLY = 1.8
"""How plainly one place tells that a page is missing, where it is told as that and not as a log-in."""
_PLACES = ("title", "heading", "block")
TELLS = {
    "title-is-message": 3.8,
    "title-has-message": 1.9,
    "title-mentions": 0.4,
    "title-hints": 0.55,
    "heading-is-message": 1.8,
    "heading-has-message": 1.8,
    "heading-worded": 0.9,
    "heading-mentions": 0.2,
    "heading-hints": 0.15,
    "block-is-message": 2.1,
    "block-has-message": 1.6,
    "block-worded": 0.75,
    "block-mentions": 0.7,
    "block-hints": 0.1,
    "noscript-asks": 0.35,
    "wall-mark": 7.0,
    "server-mark": 1.25,
    "mark-hints": 0.5,
    "status": 2.0,
    "address": 1.0,
    "empty-shell": 1.0,
    "login-form": 0.05,
    "login-form-alone": 0.6,
    "captcha-form": 0.4,
    "article-withheld": 2.8,
    "refreshes": 0.8,
}
"""How plainly a clue tells which cause it is. Marks of walls do before all others, since walls word their pages as
servers do; a form or a server's mark little, as something plainer on the page tells it better."""

_AS_ONE_PLACE = {rule: place for rule in TELLS for place in _PLACES if rule.startswith(f"{place}-")}
"""Of clues of one place only the plainest counts: ten links named Log in are no ten clues."""

_FOR_ITS_CAUSE = frozenset({"mark-hints", "captcha-form", "login-form", "login-form-alone"})
"""Clues that good pages have too, and that count only where the page is what they tell of: a consent platform makes
no page likelier to be a missing one."""

_SENTENCES: dict[ErrorCause, str] = {
    "not-found": "a page that was not found",
    "http-error": "a server's error",
    "rate-limit": "a limit on requests",
    "bot-wall": "a wall against robots",
    "captcha": "a captcha",
    "js-required": "a page that needs JavaScript",
    "consent": "a consent wall",
    "login": "a log-in page",
    "paywall": "a paywall without the article",
    "parked": "a parked domain",
    "maintenance": "a maintenance notice",
    "other": "a notice in place of the page",
}


def find(subject: Subject) -> Findings:
    """At most one `error-page` flag for the whole page, and what fired, nearly fired or spoke against it."""
    page = PageEvidence(subject)
    telling = tuple(error_clues.telling(page))
    cause = _cause(telling)
    if cause is None:
        return Findings((), (Trace("error-page", "against", "nothing on the page tells firmly of an error"),))
    agreeing = (clue for clue in telling if clue.cause == cause or clue.rule not in _FOR_ITS_CAUSE)
    counted = _counted((*agreeing, *error_clues.shaping(page), *error_clues.opposing(page, cause)))
    confidence = _logistic(BASE + sum(WEIGHTS.get(clue.rule, 0.0) for clue in counted))
    traces = _traces(counted, confidence)
    if confidence < FLAGGED:
        return Findings((), traces)
    best = _best(telling, cause)
    flag = Flag(
        kind="error-page",
        cause=cause,
        reason=_reason(cause, best, page),
        rule=f"error-page/{best[0].rule}",
        confidence=round(min(confidence, 0.99), 2),
    )
    return Findings((flag,), traces)


def _counted(found: Sequence[Clue]) -> tuple[Clue, ...]:
    """The clues that are added up: of each place the plainest, of each other rule the first."""
    best: dict[str, Clue] = {}
    for clue in found:
        place = _AS_ONE_PLACE.get(clue.rule, clue.rule)
        if place not in best or TELLS.get(clue.rule, 0) > TELLS.get(best[place].rule, 0):
            best[place] = clue
    return tuple(best.values())


def _cause(found: Sequence[Clue]) -> ErrorCause | None:
    """The cause with most weight behind it, of each place the weightiest clue; None where none is firm."""
    weights: dict[ErrorCause, dict[str, float]] = defaultdict(dict)
    for clue in found:
        if clue.cause is not None:
            places = weights[clue.cause]
            place = _AS_ONE_PLACE.get(clue.rule, clue.rule)
            places[place] = max(places.get(place, 0.0), TELLS[clue.rule])
    if not weights:
        return None
    cause = max(sorted(weights), key=lambda cause: sum(weights[cause].values()))
    if cause == "login" and max(weights["not-found"].values(), default=0.0) >= _PLAINLY:
        return "not-found"  # it asks to log in as well, which may lead to what is missing
    if cause == "js-required" and _asks(weights["bot-wall"]) and not {"title", "heading"} & weights[cause].keys():
        cause = "bot-wall"  # walls need scripts, and say so below
    if cause == "bot-wall" and _asks(weights["captcha"]):
        return "captcha"
    return cause if sum(weights[cause].values()) >= FIRM else None


def _asks(wall: Mapping[str, float]) -> bool:
    """Whether a heading or a block says so plainly: a wall that asks to solve a captcha is told by that."""
    return max(wall.get("heading", 0.0), wall.get("block", 0.0)) >= TELLS["block-has-message"]


def _best(found: Sequence[Clue], cause: ErrorCause) -> list[Clue]:
    """Clues that tell the cause, of each place the weightiest; weightiest first."""
    best = _counted([clue for clue in found if clue.cause == cause])
    return sorted(best, key=lambda clue: -TELLS[clue.rule])


def _reason(cause: ErrorCause, telling: Sequence[Clue], page: PageEvidence) -> str:
    said = "; ".join(clue.detail for clue in telling[:2])
    count = len(page.prose)
    prose = f"{count} {'paragraph' if count == 1 else 'paragraphs'} of prose" if count else "no article"
    return clean_line(f"Looks like {_SENTENCES[cause]}: {said}; {page.own_text} characters of text, {prose}")


def _traces(counted: Sequence[Clue], confidence: float) -> tuple[Trace, ...]:
    verdict: _Outcome = "fired" if confidence >= FLAGGED else "nearly" if confidence >= NEARLY else "against"
    sure = f"{min(confidence, 0.99):.0%} sure, flagged from {FLAGGED:.0%} on"
    traces = [Trace("error-page", verdict, f"{sure}: {BASE:+.1f} to begin with, and what each clue adds or takes")]
    for clue in counted:
        weight = WEIGHTS.get(clue.rule, 0.0)
        if weight:
            outcome: _Outcome = "against" if weight < 0 else "fired" if verdict == "fired" else "nearly"
            traces.append(Trace(f"error-page/{clue.rule}", outcome, clean_line(f"{weight:+.1f} {clue.detail}")))
    return tuple(traces)


def _logistic(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))
