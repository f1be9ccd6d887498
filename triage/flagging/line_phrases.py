"""Phrases of lines inside good pages: faults of widgets and servers, comment stubs, consent, share lines, disclaimers.

The data: `lines_data/LANGUAGE.toml`, written in the language of `patterns`. A table `[noise.CAUSE]` is of the causes
of an error, `[boilerplate.CAUSE]` of the words `boilerplate` knows; each holds some of these lists:

- `whole`   all of a short line, but for numbers at its ends
- `label`   the same, and it opens a section: what stands under it may belong to it
- `begins`  how a line begins
- `say`     found anywhere in a block, and hardly said for another purpose
- `hint`    all of a line, or anywhere in a block, that counts beside other evidence alone

`signs` lists beginnings of words one of which stands in every longer text worth looking at (`with_signs`).
`web` lists beginnings of the words in which error pages talk on ("page", "server", "back"; see `web_words`).
`[slots]` names word lists, `unspaced` tells scripts without spaces. Phrases of whole error pages are `phrases`'s.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from triage.flagging import patterns
from triage.flagging.patterns import (
    PIECE,
    Index,
    Pattern,
    Unspaced,
    Worded,
    Words,
    form,
    spelt,
    worded,
    words_of,
)
from triage.text import is_unspaced

Kind = Literal["noise", "boilerplate"]
Part = Literal["whole", "label", "begins", "say", "hint"]

SHORT = 200
"""Characters of the longest line that `whole` and `label` are looked for in."""
LONGEST = 3000
"""Characters of a block that are looked at."""
_AT_START = frozenset({"whole", "label", "begins"})
_ORDER: tuple[Part, ...] = ("whole", "label", "say", "begins", "hint")
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_NUMBER = re.compile(r"\d+(?:k|st|th)?")


@dataclass(frozen=True, slots=True)
class LineHit:
    """A phrase found in a line: its table, which list it stands in, the words, and how much of the line they are."""

    kind: Kind
    cause: str
    part: Part
    words: str
    share: float
    language: str


@dataclass(frozen=True, eq=False)
class LinePhrase:
    """One pattern; its expression is compiled when a line first holds its key words."""

    source: str
    kind: Kind
    cause: str
    part: Part
    language: str
    slots: Mapping[str, str]
    unspaced: bool

    @cached_property
    def pattern(self) -> Pattern:
        """The parsed source, with the word beginnings it needs."""
        return patterns.parse(self.source, self.slots, unspaced=self.unspaced)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The compiled expression, for texts in `patterns.form`."""
        return re.compile(self.pattern.expression)

    @property
    def at_start(self) -> bool:
        """Whether the phrase stands at the start of a line, and so is looked up by its first word."""
        return self.part in _AT_START

    def found_in(self, line: str, core: str) -> re.Match[str] | None:
        """Where the phrase stands in a line; `core` is the line without numbers at its ends."""
        if self.part in {"whole", "label"}:
            return self.expression.fullmatch(core) or self.expression.fullmatch(line)
        if self.part == "begins":
            return self.expression.match(core)
        return (self.part == "hint" and self.expression.fullmatch(line)) or self.expression.search(line)


@dataclass(frozen=True, slots=True)
class _Book:
    """The phrases of spaced or of unspaced scripts, by how they are looked up."""

    by_start: Mapping[str, tuple[LinePhrase, ...]]
    """By the first word of the line, or its first character."""
    by_key: Index[LinePhrase]
    spaced: bool


def match(text: str) -> tuple[LineHit, ...]:
    """Phrases that a block holds, surest first; lines of one site recur, so the answers are kept.

    Those of short lines as many as a megabyte has: every room asks for each line of a page in turn.
    """
    return _of_short(text) if len(text) <= SHORT else _of_long(text)


def is_boilerplate(text: str) -> bool:
    """Whether a block says what stands around articles, such as a comment stub or a call to share."""
    return any(hit.kind == "boilerplate" and hit.part in {"whole", "label", "say"} for hit in match(text))


def _match(text: str) -> tuple[LineHit, ...]:
    said = worded(text[:LONGEST])
    words = said.words
    if not words:
        return ()
    short = len(text) <= SHORT
    spaced, unspaced = line_book()
    core = _core(words)
    hits = _found(spaced, said, words, core, short=short)
    if not text.isascii() and _UNSPACED.search(text):
        hits += _found(unspaced, said.unspaced, words, core, short=short)
    if len(hits) > 1:
        hits.sort(key=lambda hit: (_ORDER.index(hit.part), -hit.share, hit.kind, hit.cause, hit.language, hit.words))
    return tuple(hits)


_of_short = lru_cache(maxsize=32_768)(_match)
_of_long = lru_cache(maxsize=1024)(_match)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in the form phrases are matched on."""

    whole: str
    core: str
    spaced: bool

    def share(self, said: str) -> float:
        """How much of the line `said` is, in words or, without spaces, in characters."""
        part, whole = (said.count(" ") - 1, self.core.count(" ") - 1) if self.spaced else (len(said), len(self.core))
        return round(min(1.0, part / max(1, whole)), 3)


def _found(book: _Book, text: Worded | Unspaced, words: Words, core: Words, *, short: bool) -> list[LineHit]:
    """Hits in a line of these words, of which `core` say something.

    Hints are looked for where it is short or says something else already.
    """
    held = book.by_key.held_by(text)
    phrases = {phrase for phrase in held if phrase.part != "hint"}
    for start in {words[0], core[0]} if book.spaced else {words[0][:1], core[0][:1]}:
        for phrase in book.by_start.get(start, ()):
            if (short or phrase.part == "begins") and patterns.may_hold(text, phrase.pattern):
                phrases.add(phrase)
    hints = held - phrases if short or phrases else ()
    if not phrases and not hints:
        return []
    own = text.line if core is words else spelt(core) if book.spaced else "".join(core)
    line = _Line(text.line, own, book.spaced)
    hits = list(_matched(phrases, line))
    return [*hits, *_matched(hints, line)] if short or hits else hits


def _matched(phrases: Iterable[LinePhrase], line: _Line) -> Iterator[LineHit]:
    for phrase in phrases:
        if place := phrase.found_in(line.whole, line.core):
            said = place.group()
            yield LineHit(phrase.kind, phrase.cause, phrase.part, said.strip(), line.share(said), phrase.language)


def _core(words: Words) -> Words:
    """`words` without numbers at the ends, such as a count of comments; all of them where nothing else is there."""
    first, last = 0, len(words)
    while first < last and _NUMBER.fullmatch(words[first]):
        first += 1
    while last > first and _NUMBER.fullmatch(words[last - 1]):
        last -= 1
    return words[first:last] or words


@cache
def all_phrases() -> tuple[LinePhrase, ...]:
    """Every phrase of every language, in the order of the files."""
    return tuple(phrase for language, data in _files() for phrase in _phrases(language, data))


@cache
def line_book() -> tuple[_Book, _Book]:
    """The phrases of spaced and of unspaced scripts, read once a process.

    Raises ValueError for a list or pattern it cannot use.
    """
    spaced, unspaced = (
        _book([phrase for phrase in all_phrases() if phrase.unspaced != spaced], spaced=spaced)
        for spaced in (True, False)
    )
    return spaced, unspaced


def _book(phrases: Sequence[LinePhrase], *, spaced: bool) -> _Book:
    by_start: dict[str, list[LinePhrase]] = {}
    others: list[LinePhrase] = []
    for phrase in phrases:
        starts = first_words(phrase.source, phrase.slots) if phrase.at_start else None
        if not starts and not phrase.pattern.required:
            raise ValueError(f"{phrase.language}.toml: {phrase.source!r} has no word to look it up by")
        if not starts:
            others.append(phrase)
        for start in {word[:1] if phrase.unspaced else word for word in starts or ()}:
            by_start.setdefault(start, []).append(phrase)
    return _Book(
        {start: tuple(found) for start, found in by_start.items()},
        Index(others),
        spaced=spaced,
    )


def first_words(source: str, slots: Mapping[str, str]) -> frozenset[str] | None:
    """The words, in matched form, with which a text of this pattern can begin; None where it can begin with any."""
    starts, may_be_empty = _first_of_choice(PIECE.findall(source), slots)
    return None if may_be_empty or starts is None else starts


def _first_of_choice(pieces: list[str], slots: Mapping[str, str]) -> tuple[frozenset[str] | None, bool]:
    """First words of alternatives up to their closing bracket, which is taken, and whether they may be empty."""
    starts: frozenset[str] | None = frozenset()
    may_be_empty = False
    branch_open = True
    while pieces and (piece := pieces.pop(0)) not in {")", "]"}:
        if piece == "|":
            may_be_empty |= branch_open
            branch_open = True
            continue
        found, empty = _first_of_piece(piece, pieces, slots)
        if branch_open:
            starts = None if starts is None or found is None else starts | found
            branch_open = empty
    return starts, may_be_empty or branch_open


def _first_of_piece(piece: str, pieces: list[str], slots: Mapping[str, str]) -> tuple[frozenset[str] | None, bool]:
    if piece == "*":
        return None, True
    if piece in {"(", "["}:
        starts, may_be_empty = _first_of_choice(pieces, slots)
        return starts, may_be_empty or piece == "["
    if piece.startswith("{"):
        return _first_of_choice(PIECE.findall(slots[piece[1:-1]]), slots)
    words = words_of(piece)
    if piece.endswith("~"):
        return None, False
    return frozenset(words[:1]), not words


def with_signs(texts: Sequence[str]) -> list[bool]:
    """Which of some longer texts may hold a phrase at all; much quicker than to match them."""
    folded = [text.casefold() for text in texts]
    together = "\n".join(folded)
    letters = frozenset(together)
    present = [sign for sign, own in _signs() if own <= letters and sign in together]
    return [any(sign in text for sign in present) for text in folded]


def web_words(text: str) -> tuple[int, int]:
    """How many words of a text are of those in which error pages talk, and how many it has (a third of characters)."""
    if is_unspaced(text):
        line = form(text).replace(" ", "")
        return len(_web()[1].findall(line)), max(1, len(line) // 3)
    words = words_of(text)
    return sum(map(_is_web_word, words)), max(1, len(words))


@lru_cache(maxsize=20_000)
def _is_web_word(word: str) -> bool:
    stems = _web()[0]
    return any(word[:length] in stems for length in range(2, len(word) + 1))


@cache
def _web() -> tuple[frozenset[str], re.Pattern[str]]:
    """Stems of spaced scripts, and those of unspaced ones."""
    stems: tuple[set[str], set[str]] = (set(), set())
    for _, data in _files():
        unspaced = data.get("unspaced", False)
        stems[unspaced].update(form(stem).replace(" ", "") if unspaced else form(stem) for stem in data.get("web", ()))
    return frozenset(stems[False]), re.compile("|".join(map(re.escape, sorted(stems[True]))))


@cache
def _signs() -> tuple[tuple[str, frozenset[str]], ...]:
    """The signs with their letters: those of other scripts can be in no text without them."""
    signs = sorted({sign for _, data in _files() for sign in data.get("signs", ())})
    shortest = (sign for sign in signs if not any(other in sign for other in signs if other != sign))
    return tuple((sign, frozenset(sign)) for sign in shortest)


def data_of(language: str) -> tuple[Mapping[str, Any], ...]:
    """The file of a language, as it stands."""
    return tuple(data for name, data in _files() if name == language)


@cache
def _files() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    folder = Path(__file__).with_name("lines_data")
    return tuple((path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.toml")))


def _phrases(language: str, data: Mapping[str, Any]) -> Iterator[LinePhrase]:
    slots = data.get("slots", {})
    for kind in get_args(Kind):
        for cause, lists in data.get(kind, {}).items():
            for part, sources in lists.items():
                if part not in get_args(Part):
                    raise ValueError(f"{language}.toml: {kind}.{cause}.{part} is none of {', '.join(get_args(Part))}")
                for source in sources:
                    yield LinePhrase(
                        source, kind, cause, cast("Part", part), language, slots, data.get("unspaced", False)
                    )
