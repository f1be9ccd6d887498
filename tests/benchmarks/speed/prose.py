"""Text for made-up pages: words of our own labelled pages and invented ones, drawn with the frequencies of a language.

No two paragraphs are alike, so that nothing repeats but what is meant to, and a language detector tells the language.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tests.benchmarks.build import Record, toml
from triage.text import is_unspaced

_INVENTED = 0.3
"""Share of invented words: the labelled pages alone have too few for 100,000 different texts."""
_STEMS = [
    f"{first}{last}"
    for first in (
        "bar",
        "cor",
        "del",
        "fen",
        "gal",
        "hur",
        "kel",
        "lom",
        "mar",
        "nor",
        "pel",
        "ros",
        "sel",
        "tar",
        "vin",
    )
    for last in (
        "ad",
        "am",
        "ba",
        "cro",
        "do",
        "ek",
        "gan",
        "il",
        "ki",
        "len",
        "mo",
        "nat",
        "or",
        "pa",
        "rim",
        "sen",
        "ul",
    )
]
_ENDS = {
    "en": ("", "s", "ing", "ed", "er", "ly", "ness"), "de": ("", "en", "er", "ung", "te", "lich"),
    "fr": ("e", "es", "er", "ment", "ique", "ais"), "es": ("o", "a", "os", "ar", "mente", "ado"),
    "it": ("o", "a", "i", "are", "mente", "ato"), "pt": ("o", "a", "os", "ar", "mente", "ado"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Language:
    """What pages of one language are made of."""

    code: str
    words: tuple[str, ...]
    """In the numbers in which our own texts hold them; pieces of two characters where words are not spaced."""
    invented: tuple[str, ...]
    unspaced: bool
    chrome: Record
    """Menu, headlines of other stories and foot of a site."""
    noise: tuple[str, ...]
    """Lines that are error noise or boilerplate wherever they stand."""


@cache
def language(code: str) -> Language:
    """The language of the two-letter `code`, one of `names()`."""
    texts = [entry["text"] for entry in toml("articles").values() if entry["language"] == code]
    letters = "".join(texts)
    unspaced = is_unspaced(letters)
    if unspaced:
        plain = [one for one in letters if one.isalpha()]
        words = tuple(a + b for a, b in pairwise(plain))
    else:
        words = tuple(word.strip(".,;:!?«»“”\"'’()") for word in letters.split())
    return Language(
        code,
        tuple(word for word in words if word),
        tuple(stem + end for stem in _STEMS for end in _ENDS.get(code, ())),
        unspaced,
        toml("chrome")[code],
        tuple(toml("lines").get(code, {}).get("noise", ())),
    )


@cache
def names() -> tuple[str, ...]:
    """Codes of all languages that pages are made in."""
    return tuple(sorted({entry["language"] for entry in toml("articles").values()} & toml("chrome").keys()))


def sentence(rng: random.Random, tongue: Language) -> str:
    """One sentence of 8 to 26 words."""
    count = rng.randint(8, 26)
    words = rng.choices(tongue.words, k=count)
    if tongue.invented:
        for at in range(count):
            if rng.random() < _INVENTED:
                words[at] = rng.choice(tongue.invented)
    if tongue.unspaced:
        return "".join(words) + "。"
    if count > 12:
        words[count // 2] += ","
    return " ".join(words).capitalize() + "."


def paragraph(rng: random.Random, tongue: Language) -> str:
    """A paragraph of two to six sentences."""
    return " ".join(sentence(rng, tongue) for _ in range(rng.randint(2, 6)))


def headline(rng: random.Random, tongue: Language, body: Sequence[str]) -> str:
    """Some words of the body, as a headline has them."""
    first = body[0].rstrip(".。")
    return first[:24] if tongue.unspaced else " ".join(first.split()[: rng.randint(5, 9)]).rstrip(",")
