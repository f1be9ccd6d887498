"""Messages told by their words alone: whoever speaks of failing, of the thing that failed and of nothing else.

A site words "the video could not be played" in a hundred ways, and no list has them all; but all of them are put
together from a few hundred words of the language. `words_data/LANGUAGE.toml` names those words by what they say:

- `fault`   that something went wrong ("error", "expired", "unavailable")
- `no`      a negation
- `thing`   what a page is made of ("video", "comments", "server")
- `tool`    what the reader's side is made of ("browser", "cookies", "ad blocker")
- `browser` those tools that articles speak of as well
- `act`     what is done with either ("load", "submit", "reload")
- `you`     the reader spoken to, or the site that speaks ("please", "your", "we")
- `sorry`   an apology or exclamation
- `wait`    that something is still going on
- `talk`, `first`   the comment section, and that nobody or not everybody may speak in it
- `share`, `news`, `also`   handing a page on, letters to subscribe to, other pages to read
- `cookie`, `legal`   consent, and what disclaimers and notices of copyright are made of
- `field`   what a form asks for ("e-mail address", "required")
- `login`   what a reader logs in to and with, and who may
- `answer`  yes and no: who begins with one answers a question
- `step`    what a how-to has its reader do, and no site asks for: to open, to choose, the settings
- `person`  he and she, of whom an article tells and no message does, and who says so ("according to")
- `small`   words that say nothing of their own

A word may stand in several lists; `~` ends the beginning of a word. `unspaced` tells scripts without spaces, `marked`
those whose vowels are marks, which are kept (elsewhere marks are accents, and fall away), `prefixes` what a language
writes at the front of a word, `least` how many letters a word has that says something (4), `syllables` a language
written syllable by syllable, each of which stands in many words. `how` names the words that begin a tale behind a
headline's colon ("how", "why"); they count for nothing else.

The words of the language's listed phrases (`vocabulary`) are known as well, as `small` ones.

A line is *read* in a language: how many words of each list it has, and how many of no list (strangers). A sentence of
an article has strangers: "Something went wrong, and nobody on the quay could say what".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from struct import Struct

from triage.flagging.message_book import (
    LEAST,
    LISTS,
    LONGEST_WORD,
    MARKED,
    NO_LISTS,
    Book,
    bare_of_dots,
    bits,
    files,
    is_syllabic,
    lists_of,
    word_book,
)
from triage.flagging.patterns import form, words_of
from triage.text import is_unspaced

_FIELDS = Struct(f"<{len(LISTS)}H")
_SAYS_NOTHING = bits("no", "you", "answer", "small")
_YES_OR_NO, _NO, _STEP, _ACT, _YOU = bits("answer"), bits("no"), bits("step"), bits("act"), bits("you")
LONGEST = 260
"""Characters of the longest line that is read: a message is short."""
_SHARE = 0.35
"""Most strangers among a line's words with which it is a reading at all."""
_TO_A_STRANGER = 12
"""Words among which a report may have one that is none of a message: a name, or one that nobody listed."""
_FIRST_UNSPACED = "\u0900"
_OWN = 0.3
"""Least share of a line's longer words that are the language's own: the others are strangers or English."""


_ANSWER = re.compile(r"(\S{1,12}?)\s?[.。、，।]")
"""A comma parts a yes from what a box beside a form says: "Yes, send me your letter"."""
_REFUSAL = re.compile(r"(\S{1,12}?)\s?,(?:\s+\S+){4}")
_TALE = 3
"""Words of the shortest tale behind a headline's colon."""
_STEPS = 2
"""Words of how-tos that a step of one has, such as "open" and "settings" ..."""
_STEP_WORDS = 4
"""... and longer words of any kind, which "Choose your settings" on a button has not."""
_FORM = 3
"""Fields that one line names where it is a form run together: "Name* E-mail address* Phone No*"."""
_MYSELF = 2
"""Times "I" stands in a text in which somebody speaks; "I agree" and "I'm not a robot" have one."""
_SPOKEN = re.compile(r"[\"“„«»‘「『'].{2,}?(?:[,，.!?…][\"”“»«’」』']|[\"”“»«’」』']\s?[,–—-])\s?[–—-]?\s?\w")
_CANNOT = re.compile(r"\bcan t\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """A line read in one language: its longer words, those of no list, and how many different ones of each list."""

    language: str
    words: int
    strange: int
    counts: Mapping[str, int]

    def has(self, *lists: str) -> bool:
        """Whether the line has a word of each of `lists`."""
        return all(self.counts[name] for name in lists)

    @property
    def clean(self) -> bool:
        """Whether the line says nothing else: no stranger, or one among many words (more where words are syllables)."""
        return self.strange * (_TO_A_STRANGER if is_syllabic(self.language) else 6) <= self.words

    @property
    def is_fault(self) -> bool:
        """Whether it says that something failed: in one word, by a negated act or thing, or with an apology."""
        return bool(self.counts["fault"]) or (self.has("no") and (self.has("act") or self.has("thing")))

    @property
    def is_silent(self) -> bool:
        """Whether what it negates did not fail: nobody has written a comment yet, or it names the fields of a form."""
        return not self.counts["fault"] and (self.has("talk", "first") or self.counts["field"] >= _FORM)


def readings(text: str) -> tuple[Reading, ...]:
    """The languages in which a short line has hardly any stranger, best first; none for what is too long or empty."""
    return _readings(text) if len(text) <= LONGEST else ()


@lru_cache(maxsize=32_768)  # as many short lines as a megabyte has
def _readings(text: str) -> tuple[Reading, ...]:
    words = _words_of(text)
    if "can" in words:  # of "can't" the apostrophe leaves a word of no meaning
        words = tuple(_CANNOT.sub("cant", " ".join(words)).split())
    book = word_book()
    found = list(_spaced(words, book))
    if not text.isascii():
        line = "".join(words)
        letters = frozenset(letter for letter in line if letter >= _FIRST_UNSPACED)
        found += _unspaced(line, letters, book) if letters else ()
    found.sort(key=lambda reading: (reading.strange, -sum(reading.counts.values()), reading.language))
    return tuple(found)


def reading(text: str, language: str) -> Reading | None:
    """How a line reads in one language; None where it does not."""
    return next((found for found in readings(text) if found.language == language), None)


def reports(text: str, languages: Collection[str]) -> Reading | None:
    """The reading in which a text reports that a page, or something else the reader asked for, failed; else None.

    It is looked for in these languages and English. That nobody has written a comment yet is no failure.
    """
    for found in readings(text):
        if found.language not in languages and found.language != "en":
            continue
        asked = found.has("thing") or found.has("act", "you")
        if (
            found.words > 1
            and found.strange * _TO_A_STRANGER <= found.words
            and found.is_fault
            and asked
            and not found.is_silent
        ):
            return found
    return None


def _words_of(text: str) -> tuple[str, ...]:
    """The words of a text in the form in which lists hold them."""
    words = words_of(text)
    if text.isascii() or not MARKED.search(text):
        return words
    return (*map(bare_of_dots, MARKED.findall(text)), *(word for word in words if word[0] < _FIRST_UNSPACED))


@lru_cache(maxsize=4096)
def known(text: str) -> Mapping[str, int]:
    """How many words of a text each language knows, of those with spaces between their words."""
    return Counter(chain.from_iterable(map(lists_of, _words_of(text))))


@lru_cache(maxsize=20_000)
def is_small(word: str, language: str) -> bool:
    """Whether a word says nothing of its own in a language: it is a small one, negates, or speaks to the reader."""
    lists = lists_of(form(word)).get(language, 0)
    return bool(lists) and not lists & ~_SAYS_NOTHING


def answers(text: str, language: str) -> bool:
    """Whether a text begins with a yes or a no and a stop, as the answers in a list of questions do.

    A no may have a comma, before more than a "No, thanks".
    """
    if first := _ANSWER.match(text):
        return bool(_lists_of_opening(first[1], language) & _YES_OR_NO)
    first = _REFUSAL.match(text)
    lists = _lists_of_opening(first[1], language) if first else 0
    return bool(lists & _YES_OR_NO and lists & _NO)


def instructs(text: str, language: str) -> bool:
    """Whether a text begins as a step of a how-to does, and speaks of settings: "Open the settings and ..."."""
    found = reading(text, language)
    if found is None or found.counts["step"] < _STEPS or found.words < _STEP_WORDS:
        return False
    if is_unspaced(text):
        words, line = word_book().unspaced[language], form(text).replace(" ", "")
        return any(words.get(line[:length], 0) & _STEP for length in range(1, LONGEST_WORD))
    return bool(_lists_of_opening(text.split(maxsplit=1)[0], language) & _STEP)


def heads_a_tale(text: str, language: str) -> bool:
    """Whether a text names something and then how or why it came about: "Page not found: how a town lost its map".

    What speaks to the reader or asks is none: "Access denied: what you can do", "Error: what happened?".
    """
    _, sign, tale = text.partition(": ")
    words = words_of(tale)
    if not sign or len(words) < _TALE or "?" in tale or words[0] not in _asking():
        return False
    return not any(lists_of(word).get(language, 0) & _YOU for word in words)


@cache
def _asking() -> frozenset[str]:
    """The words of all languages that ask how, why or what."""
    return frozenset(form(word).strip() for _, data in files() for word in data.get("how", "").split())


def asks_outright(text: str, language: str) -> bool:
    """Whether the first or the last word of a text is one for what is done with pages: "Use a newer browser"."""
    words = words_of(text)
    return any(lists_of(word).get(language, 0) & _ACT for word in (*words[:1], *words[-1:]))


def _lists_of_opening(word: str, language: str) -> int:
    """The lists of a word that stands by itself."""
    unspaced = word_book().unspaced.get(language)
    if unspaced:
        return unspaced.get(form(word).replace(" ", ""), 0)
    return lists_of(" ".join(_words_of(word))).get(language, 0)


def tells_of_somebody(text: str, language: str) -> bool:
    """Whether a text speaks of him or her, or of what somebody said: "“Page not found”, said the clerk"."""
    if _SPOKEN.match(text):
        return True
    words = words_of(text)
    if _persons(language).isdisjoint(words) and not (language == "en" and words.count("i") >= _MYSELF):
        return False
    counts = known(text)  # of another language's words one may look the same
    return counts[language] >= max(counts.values())


@cache
def _persons(language: str) -> frozenset[str]:
    """The words of a language for him and her."""
    return frozenset(form(word) for word in dict(files()).get(language, {}).get("person", "").split())


def _spaced(words: Sequence[str], book: Book) -> Iterator[Reading]:
    told = [*map(lists_of, words)]
    longer = {LEAST: _longer(words, told, LEAST)}
    nobodys = longer[LEAST].count(NO_LISTS)
    hopeless = nobodys > _SHARE * len(longer[LEAST])  # they are strangers to every language
    least_known = len(longer[LEAST]) * _OWN
    if hopeless and [*map(book.otherwise.isdisjoint, told)].count(False) < least_known:
        return
    known = Counter(chain.from_iterable(told))
    for language in sorted(language for language, count in known.items() if count >= least_known):
        least = book.least[language]
        if hopeless and least == LEAST:
            continue
        if least not in longer:
            longer[least] = _longer(words, told, least)
        lacking = [masks for masks in longer[least] if language not in masks]
        borrowed = 0 if language == "en" else sum("en" in masks for masks in lacking)
        count, strange = len(longer[least]), len(lacking) - borrowed
        if not count and known[language] == len(told):
            count = len(told)
        if count and strange <= _SHARE * count and borrowed * 3 <= count:
            masks = (lists_of(word).get(language, 0) for word in set(words))
            yield Reading(language, count, strange, _counts(masks))


def _longer(words: Sequence[str], told: Sequence[Mapping[str, int]], least: int) -> list[Mapping[str, int]]:
    """The lists of those words that are of letters alone, and of at least so many."""
    return [
        masks
        for word, masks in zip(words, told, strict=True)
        if len(word) >= least and (word.isalpha() or word[0] >= _FIRST_UNSPACED)
    ]


def _unspaced(line: str, letters: frozenset[str], book: Book) -> Iterator[Reading]:
    """Readings of a line without spaces: from the left, the longest word of the language that stands there."""
    for language, words in book.unspaced.items():
        if len(letters & book.letters[language]) < _SHARE * len(letters):
            continue
        lengths = book.lengths[language]
        seen: dict[str, int] = {}
        at = unknown = 0
        most = _SHARE * len(line)
        while at < len(line) and unknown <= most:
            for length in lengths.get(line[at], ()):
                word = line[at : at + length]
                if mask := words.get(word):
                    seen[word] = mask
                    at += len(word)
                    break
            else:
                unknown += 1
                at += 1
        if seen and unknown <= most:
            yield Reading(language, max(1, len(line) // 2), (unknown + 1) // 2, _counts(seen.values()))


def _counts(masks: Iterable[int]) -> Mapping[str, int]:
    """How many of some words, given as bits, stand in each list: the bits are spread to fields, which are added."""
    return dict(zip(LISTS, _FIELDS.unpack(sum(map(_spread, masks)).to_bytes(_FIELDS.size, "little")), strict=True))


@cache
def _spread(mask: int) -> int:
    return sum(1 << 16 * bit for bit in range(len(LISTS)) if mask >> bit & 1)
