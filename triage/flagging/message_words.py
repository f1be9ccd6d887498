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
- `person`  he and she, of whom an article tells and no message does
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
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from struct import Struct
from typing import Any
from unicodedata import normalize

from triage.flagging import vocabulary
from triage.flagging.patterns import form, words_of
from triage.text import is_unspaced

LISTS = (
    "fault", "no", "thing", "tool", "browser", "act", "you", "sorry", "wait", "talk", "first", "share", "news", "also",
    "cookie", "legal", "field", "login", "answer", "step", "person", "small",
)  # fmt: skip
_FIELDS = Struct(f"<{len(LISTS)}H")
_BITS = {name: 1 << place for place, name in enumerate(LISTS)}


def bits(*lists: str) -> int:
    """The bits by which `lists_of` tells that a word stands in one of these lists. Raises KeyError for another name."""
    return sum(_BITS[name] for name in lists)


_SAYS_NOTHING = bits("no", "you", "answer", "small")
_YES_OR_NO, _NO, _STEP, _ACT, _YOU = bits("answer"), bits("no"), bits("step"), bits("act"), bits("you")
LONGEST = 260
"""Characters of the longest line that is read: a message is short."""
_LEAST = 4
_LONGEST_WORD = 14
_OPENING = 2
"""Letters of a word by which it is told how long its beginnings may be."""
_NO_LISTS: Mapping[str, int] = {}
"""Of a word that stands in none."""
_SHARE = 0.35
"""Most strangers among a line's words with which it is a reading at all."""
_TO_A_STRANGER = 12
"""Words among which a report may have one that is none of a message: a name, or one that nobody listed."""
_FIRST_UNSPACED = "\u0900"
_OWN = 0.3
"""Least share of a line's longer words that are the language's own: the others are strangers or English."""

Masks = Mapping[str, Mapping[str, int]]
"""By word or beginning of a word, then by language: the lists it stands in, as bits."""

_ANSWER = re.compile(r"(\S{1,12}?)\s?[.。、，।]")
"""A comma parts a yes from what a box beside a form says: "Yes, send me your letter"."""
_REFUSAL = re.compile(r"(\S{1,12}?)\s?,(?:\s+\S+){4}")
_TALE = 3
"""Words of the shortest tale behind a headline's colon."""
_STEPS = 2
"""Words of how-tos that a step of one has, such as "open" and "settings" ..."""
_STEP_WORDS = 4
"""... and longer words of any kind, which "Choose your settings" on a button has not."""
_MYSELF = 2
"""Times "I" stands in a text in which somebody speaks; "I agree" and "I'm not a robot" have one."""
_SPOKEN = re.compile(r"[\"“„«»‘「『'].{2,}?(?:[,，.!?…][\"”“»«’」』']|[\"”“»«’」』']\s?[,–—-])\s?[–—-]?\s?\w")
_CANNOT = re.compile(r"\bcan t\b")
_MARKED = re.compile("[\u0900-\u0963\u0970-\u09fe]+")
"""Words of the scripts whose vowels are marks: without them "of" and "good" are one letter each."""
_DOT_BELOW = "\u093c\u09bc"
"""The marks that these scripts write or leave out, as their writers please."""


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


def readings(text: str) -> tuple[Reading, ...]:
    """The languages in which a short line has hardly any stranger, best first; none for what is too long or empty."""
    return _readings(text) if len(text) <= LONGEST else ()


@lru_cache(maxsize=32_768)  # as many short lines as a megabyte has
def _readings(text: str) -> tuple[Reading, ...]:
    words = _words_of(text)
    if "can" in words:  # of "can't" the apostrophe leaves a word of no meaning
        words = tuple(_CANNOT.sub("cant", " ".join(words)).split())
    book = _book()
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
        silent = found.has("talk", "first") and not found.counts["fault"]
        if (
            found.words > 1
            and found.strange * _TO_A_STRANGER <= found.words
            and found.is_fault
            and asked
            and not silent
        ):
            return found
    return None


def _words_of(text: str) -> tuple[str, ...]:
    """The words of a text in the form in which lists hold them."""
    words = words_of(text)
    if text.isascii() or not _MARKED.search(text):
        return words
    return (*map(_bare_of_dots, _MARKED.findall(text)), *(word for word in words if word[0] < _FIRST_UNSPACED))


def _bare_of_dots(word: str) -> str:
    return "".join(letter for letter in normalize("NFD", word) if letter not in _DOT_BELOW)


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
        words, line = _book().unspaced[language], form(text).replace(" ", "")
        return any(words.get(line[:length], 0) & _STEP for length in range(1, _LONGEST_WORD))
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
    unspaced = _book().unspaced.get(language)
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


def is_syllabic(language: str) -> bool:
    """Whether a language is written syllable by syllable, so that texts of any kind share most of what stands apart."""
    return language in _book().syllabic


def knows(language: str) -> bool:
    """Whether there are words of a language."""
    return language in _book().least


@dataclass(frozen=True, slots=True)
class _Book:
    """The words of all languages, looked up together."""

    whole: Masks
    stems: Masks
    stem_lengths: Mapping[str, Collection[int]]
    """By its first letters, or its only one, how long they may be."""
    unspaced: Mapping[str, Mapping[str, int]]
    """By language, then by word."""
    letters: Mapping[str, frozenset[str]]
    """Those of a language whose words stand without spaces."""
    lengths: Mapping[str, Mapping[str, tuple[int, ...]]]
    """By language, then by first letter: how long those words are, longest first."""
    least: Mapping[str, int]
    otherwise: frozenset[str]
    """The languages in which words say something from another length on than in most."""
    prefixes: Mapping[str, tuple[str, ...]]
    syllabic: frozenset[str]
    fronts: frozenset[str]
    """The letters that these begin with."""


def _spaced(words: Sequence[str], book: _Book) -> Iterator[Reading]:
    told = [*map(lists_of, words)]
    longer = {_LEAST: _longer(words, told, _LEAST)}
    nobodys = longer[_LEAST].count(_NO_LISTS)
    hopeless = nobodys > _SHARE * len(longer[_LEAST])  # they are strangers to every language
    least_known = len(longer[_LEAST]) * _OWN
    if hopeless and [*map(book.otherwise.isdisjoint, told)].count(False) < least_known:
        return
    known = Counter(chain.from_iterable(told))
    for language in sorted(language for language, count in known.items() if count >= least_known):
        least = book.least[language]
        if hopeless and least == _LEAST:
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


@lru_cache(maxsize=20_000)
def lists_of(word: str) -> Mapping[str, int]:
    """The lists a word in matched form stands in, as bits, by language."""
    book = _book()
    found = dict(book.whole.get(word, {}))
    for opening in {word[:1], word[:_OPENING]}:
        for length in book.stem_lengths.get(opening, ()):
            for language, mask in book.stems.get(word[:length], {}).items():
                found[language] = found.get(language, 0) | mask
    if word[:1] not in book.fronts:
        return found or _NO_LISTS
    for language, prefixes in book.prefixes.items():
        for prefix in prefixes:
            rest = word.removeprefix(prefix)
            if rest != word and (mask := _bare(book, rest, language)):
                found[language] = found.get(language, 0) | mask
                break
    return found


def _bare(book: _Book, word: str, language: str) -> int:
    mask = book.whole.get(word, {}).get(language, 0)
    for length in range(1, len(word) + 1):
        mask |= book.stems.get(word[:length], {}).get(language, 0)
    return mask


def _unspaced(line: str, letters: frozenset[str], book: _Book) -> Iterator[Reading]:
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


@cache
def _book() -> _Book:
    """The words of all files, read once a process. Raises ValueError for a list of another name."""
    whole: dict[str, dict[str, int]] = {}
    stems: dict[str, dict[str, int]] = {}
    unspaced: dict[str, dict[str, int]] = {}
    least: dict[str, int] = {}
    prefixes: dict[str, tuple[str, ...]] = {}
    small = bits("small")
    for language, data in files():
        listed_words, listed_stems = vocabulary.words_of(language)
        for words, own in ((listed_words, whole), (listed_stems, stems)):
            for word in words if not (data.get("unspaced") or data.get("marked")) else ():
                if len(word) >= _LEAST or own is whole:
                    own.setdefault(word, {}).setdefault(language, small)
        least[language] = data.get("least", _LEAST)
        if "prefixes" in data:
            prefixes[language] = tuple(sorted(data["prefixes"].split(), key=len, reverse=True))
        for listed, bit in _BITS.items():
            for word in data.get(listed, "").split():
                key = _key(word, data)
                if not key or " " in key:
                    raise ValueError(f"{language}.toml: {word!r} is not one word")
                own = stems if word.endswith("~") else whole
                into = unspaced.setdefault(language, {}) if data.get("unspaced") else own.setdefault(key, {})
                name = key if data.get("unspaced") else language
                into[name] = into.get(name, 0) | bit
    letters_of = {language: frozenset("".join(own)) for language, own in unspaced.items()}
    syllabic = frozenset(language for language, data in files() if data.get("syllables"))
    lengths = {language: _lengths(own) for language, own in unspaced.items()}
    fronts = frozenset(prefix[:1] for of_language in prefixes.values() for prefix in of_language)
    otherwise = frozenset(language for language, letters in least.items() if letters != _LEAST)
    return _Book(
        whole, stems, _stem_lengths(stems), unspaced, letters_of, lengths, least, otherwise, prefixes, syllabic, fronts
    )


def _key(word: str, data: Mapping[str, Any]) -> str:
    """A listed word in the form in which it is looked up."""
    if data.get("marked") and _MARKED.match(word):
        return _bare_of_dots(word.removesuffix("~"))
    return form(word).replace(" ", "") if data.get("unspaced") else form(word)


def _stem_lengths(stems: Iterable[str]) -> Mapping[str, Collection[int]]:
    """By their first letters, or their only one, how long beginnings of words may be."""
    found: dict[str, set[int]] = {}
    for stem in stems:
        if len(stem) <= _LONGEST_WORD:
            found.setdefault(stem[:_OPENING], set()).add(len(stem))
    return found


def _lengths(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    """By first letter, the lengths of words that may be looked for, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        if len(word) <= _LONGEST_WORD:
            found.setdefault(word[0], set()).add(len(word))
    return {letter: tuple(sorted(lengths, reverse=True)) for letter, lengths in found.items()}


@cache
def files() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """Every language's file by its name. Raises ValueError where one holds a list of another name."""
    folder = Path(__file__).with_name("words_data")
    found = []
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if unknown := set(data) - {*LISTS, "how", "unspaced", "marked", "prefixes", "least", "syllables"}:
            raise ValueError(f"{path.name}: {min(unknown)} is none of {', '.join(LISTS)}")
        found.append((path.stem, data))
    return tuple(found)
