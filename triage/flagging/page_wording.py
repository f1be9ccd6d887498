"""What a page says that says nothing else, told by its words alone.

A page without content speaks of failing, or asks for consent, a log-in or another browser, in words of `message_words`
that no list of phrases has in that order. Inside an article such a sentence means little; so this is asked only of a
bare page (`PageEvidence.is_bare`).
"""

from __future__ import annotations

from collections.abc import Collection

from triage.flagging import message_words
from triage.flagging.message_words import Reading
from triage.model import ErrorCause

_WORDS_TO_A_STRANGER = 4
"""Words among which one may be none of a message."""
_CONSENT, _LOGIN = 3, 2
"""Different words of consent, and of logging in, from which on a text is about it."""


def speaks_for_a_page(text: str, languages: Collection[str]) -> Reading | None:
    """The reading in which a text says what pages without content say, and little else; else None.

    That something failed or is not allowed, that consent or a log-in is wanted, or another browser. It asks less than
    `reports` does: enough on a page that says nothing else.
    """
    for found in message_words.readings(text):
        if found.language in languages or found.language == "en":
            plain = (
                found.words > 1
                and found.strange * _WORDS_TO_A_STRANGER <= found.words
                and not found.has("talk", "first")
            )
            failed = found.counts["fault"] or (found.has("no", "act") and not found.is_silent)
            if plain and (failed or wanted(found)):
                return found
    return None


def wanted(found: Reading) -> ErrorCause | None:
    """What a text asks its reader for, by its words: another browser, consent, or to log in."""
    if found.counts["browser"] and (found.counts["fault"] or found.has("act", "you")):
        return "js-required"
    if found.counts["cookie"] >= _CONSENT:
        return "consent"
    return "login" if found.counts["login"] >= _LOGIN else None
