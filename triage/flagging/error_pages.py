"""Whole-page errors: pages that hold nothing but a message of a server, a wall, a form or a parked domain.

One phrase means little: a song is called Sorry, an article tells of the 404. So clues are added up. What the title,
the headings and the blocks say counts by where it stands and by how much of the text it is; so do marks of vendors
and servers in the raw page, the HTTP status, the address, and the page's shape (little text, an empty shell, a log-in
form with few words, a captcha with few words). Against them stands what an article has: paragraphs of prose, with a
date or an author, a headline that the prose takes up, talk *about* errors.

`WEIGHTS` names every clue with its weight in log odds; the sum plus `BASE` is turned into the confidence by the
logistic function, and a page is flagged from one half on. The weights were fitted by logistic regression on labelled
pages and rounded. Without a clue that tells a cause no page is flagged, however little it says: that is `thin`.
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

BASE = -4.4
FLAGGED = 0.5
NEARLY = 0.15
FIRM = 0.55
"""Least weight of the clues that tell the cause: a page is no log-in page for its link to one."""

WEIGHTS = {
    # what the page says, the best of each place
    "title-is-message": 3.8,
    "title-has-message": 1.9,
    "title-mentions": 0.4,
    "title-hints": 1.1,
    "heading-is-message": 1.8,
    "heading-has-message": 1.8,
    "heading-mentions": 0.2,
    "heading-hints": 0.3,
    "block-is-message": 2.1,
    "block-has-message": 1.6,
    "block-mentions": 0.7,
    "block-hints": 0.1,
    "several-messages": 1.6,
    "noscript-asks": 0.7,
    # what its markup, server and address tell
    "wall-mark": 3.5,
    "server-mark": 2.5,
    "mark-hints": 1.0,
    "status": 2.0,
    "address": 1.0,
    # its shape
    "empty-shell": 2.0,
    "login-form": 0.1,
    "login-form-alone": 1.2,
    "captcha-form": 0.8,
    "article-withheld": 2.8,
    "no-text": 0.7,
    "few-words": 1.3,
    "little-text": 1.8,
    "short-text": 1.6,
    "not-indexed": 1.1,
    "refreshes": 0.8,
    # what speaks for an article
    "some-prose": -0.4,
    "paragraphs": -1.0,
    "mostly-prose": -2.0,
    "prose": -1.2,
    "much-prose": -1.5,
    "headline-is-topic": -1.3,
    "date": -0.7,
    "signed-prose": -1.2,
    "about-errors": -9.0,
}

_PLACES = ("title", "heading", "block")
_AS_ONE_PLACE = {rule: place for rule in WEIGHTS for place in _PLACES if rule.startswith(f"{place}-")}
"""Of clues of one place only the weightiest counts: ten links named Log in are no ten clues."""

_WEAK_FOR_CAUSE = frozenset(
    {
        "server-mark",
        "mark-hints",
        "empty-shell",
        "login-form",
        "login-form-alone",
        "captcha-form",
        "noscript-asks",
        "title-hints",
        "heading-hints",
    }
)
"""Clues that count half for the cause, as something plainer on the page tells it better. Marks of walls count
double: they word their pages as servers do."""

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
    found = (*telling, *error_clues.shaping(page), *error_clues.opposing(page))
    counted = _counted(found)
    confidence = _logistic(BASE + sum(WEIGHTS[clue.rule] for clue in counted))
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
    """The clues that are added up: of each place the weightiest, of each other rule the first."""
    best: dict[str, Clue] = {}
    for clue in found:
        place = _AS_ONE_PLACE.get(clue.rule, clue.rule)
        if place not in best or WEIGHTS[clue.rule] > WEIGHTS[best[place].rule]:
            best[place] = clue
    return tuple(best.values())


def _cause(found: Sequence[Clue]) -> ErrorCause | None:
    """The cause with most weight behind it, of each place the weightiest clue; None where none is firm."""
    weights: dict[ErrorCause, dict[str, float]] = defaultdict(dict)
    for clue in found:
        if clue.cause is not None:
            places = weights[clue.cause]
            place = _AS_ONE_PLACE.get(clue.rule, clue.rule)
            factor = 0.5 if clue.rule in _WEAK_FOR_CAUSE else 2.0 if clue.rule == "wall-mark" else 1.0
            places[place] = max(places.get(place, 0.0), WEIGHTS[clue.rule] * factor)
    if not weights:
        return None
    cause = max(sorted(weights), key=lambda cause: sum(weights[cause].values()))
    if cause == "bot-wall" and _asks(weights["captcha"]):
        return "captcha"
    return cause if sum(weights[cause].values()) >= FIRM else None


def _asks(captcha: Mapping[str, float]) -> bool:
    """Whether a heading or a block asks to solve a captcha: a wall that does is told by it."""
    return max(captcha.get("heading", 0.0), captcha.get("block", 0.0)) >= WEIGHTS["block-has-message"]


def _best(found: Sequence[Clue], cause: ErrorCause) -> list[Clue]:
    """Clues that tell the cause, of each place the weightiest; weightiest first."""
    best = _counted([clue for clue in found if clue.cause == cause])
    return sorted(best, key=lambda clue: -WEIGHTS[clue.rule])


def _reason(cause: ErrorCause, telling: Sequence[Clue], page: PageEvidence) -> str:
    said = "; ".join(clue.detail for clue in telling[:2])
    count = len(page.prose)
    prose = f"{count} {'paragraph' if count == 1 else 'paragraphs'} of prose" if count else "no article"
    return clean_line(f"Looks like {_SENTENCES[cause]}: {said}; {page.own_text} characters of text, {prose}")


def _traces(counted: Sequence[Clue], confidence: float) -> tuple[Trace, ...]:
    verdict: _Outcome = "fired" if confidence >= FLAGGED else "nearly" if confidence >= NEARLY else "against"
    traces = [Trace("error-page", verdict, f"confidence {confidence:.2f}, flagged from {FLAGGED}")]
    for clue in counted:
        weight = WEIGHTS[clue.rule]
        outcome: _Outcome = "against" if weight < 0 else "fired" if verdict == "fired" else "nearly"
        traces.append(Trace(f"error-page/{clue.rule}", outcome, clean_line(f"{weight:+.1f} {clue.detail}")))
    return tuple(traces)


def _logistic(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-log_odds))
