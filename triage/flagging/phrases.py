"""Phrases of error pages in the languages of the web: which cause a title part, a heading or a short block speaks of.

    >>> hit, *_ = match("Sorry, the page you were looking for doesn't exist.")
    >>> hit.cause, hit.sure, hit.words
    ('not-found', True, "the page you were looking for doesn't exist")

`match(text)` tries every language, since the language of so little text is a guess and many sites mix English in.
It answers at most one sure hit and one hint a cause, best first. A hit tells

- `cause`: an ErrorCause;
- `sure`: the words hardly mean anything else in a title, a heading or a block that says little more. False for a
  hint ("log in", "error", "enable JavaScript"), which counts only beside other evidence;
- `whole`: the text says nothing else, but for decoration such as a status code, "Error" or "Oops!";
- `share`: how much of the text's words (characters, where words are not spaced) the phrase is, 0..1. An article's
  headline that quotes a message has a low share; a message has a high one;
- `words`: the words as they stand in the text; `language`: of the phrase, "any" for status lines and vendor words.

A sentence of a long paragraph counts little: pass titles whole or in parts (`title_parts`), headings, and blocks.
Text beyond `LONGEST` characters is not looked at.

The data: `phrases_data/LANGUAGE.toml`. `[slots]` names word lists; `[errors.CAUSE]` holds four lists of patterns (see
`patterns`): `say` and `hint` are found anywhere in a text, sure and not; `whole` and `whole_hint` must be all of it.
`[pages.CAUSE]` holds the same for what an article may say in a line of its own as well, and only a page of nothing else
is told by (`match_page`). `[explains.CAUSE]` holds patterns of texts that explain such errors (documentation, reports),
for `explains(text)`, `[guides.CAUSE]` those of titles that announce help, a reference or changes, for `guides(title)`,
`[works.CAUSE]` names of kinds of books, songs and films, for `names_work(text)`.
`decoration` lists words that say nothing at either end of a text; `around` beginnings of words that often stand
around messages (see `vocabulary`); `unspaced` tells scripts without spaces (Korean,
whose spacing varies, is one of them here).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import count
from pathlib import Path
from typing import Any, cast, get_args

from triage.flagging import patterns
from triage.flagging.patterns import Index, Pattern, Worded, Words, form, spelt, worded
from triage.model import ErrorCause
from triage.text import word_count

LONGEST = 600
"""Characters of a text that are matched: messages are short, and what follows them is not needed."""

_APART = 10_000
"""More than the phrases of a section of a language: by their order those of two sections are told apart."""
_WHOLE_WORDS = 14
_UNSPACED_OR_HANGUL = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_WORD = re.compile(r"[^\W_]+")
_SHORT_NUMBER = re.compile(r"[1-9]\d{0,2}")
_STATUS = re.compile(r"[45]\d\d")
_PART_OF_A_NUMBER = re.compile(r"\d[.,'\u00a0 ]\d{3}(?!\d)|[+$€£¥]\s?\d|\d\s?[%$€£¥]|[-–]\d")
"""What no status code is written with: a thousands separator, a sign, a currency, a share."""
_TITLE_SEPARATOR = re.compile(r"\s+[-–—|·•:»«›/~]+\s+|\s*[|»«›·•【】「」『』]\s*|[｜—–]")
_SEPARATES = re.compile("[-–—|·•:：»«›/~【】「」『』｜]")
"""What stands in every title of several parts."""
_COLON = re.compile(r":\s+|：")
_SITE_NAME_WORDS = 4
_LISTS = {"say": (True, False), "hint": (False, False), "whole": (True, True), "whole_hint": (False, True)}


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a text; see the module."""

    cause: ErrorCause
    sure: bool
    whole: bool
    share: float
    words: str
    language: str


@dataclass(frozen=True, eq=False)
class Phrase:
    """One pattern of a language's file; its expression is compiled when a text first holds its key words."""

    source: str
    cause: ErrorCause
    sure: bool
    whole: bool
    language: str
    slots: Mapping[str, str]
    unspaced: bool
    order: tuple[str, int]

    @property
    def of_page(self) -> bool:
        """Whether an article may say it in a line of its own, so that only a page of nothing else is told by it."""
        return self.order[1] >= _APART

    @cached_property
    def pattern(self) -> Pattern:
        """The parsed source."""
        return patterns.parse(self.source, self.slots, unspaced=self.unspaced)

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The compiled expression, for texts in `patterns.spelt`."""
        return re.compile(self.pattern.expression)

    def is_all_of(self, line: str) -> bool:
        """Whether `line` says nothing but this phrase."""
        return self.expression.fullmatch(line) is not None


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a phrase was found: units (words, or characters) from `first` to `last`, exclusive."""

    phrase: Phrase
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """Phrases of one section of all languages by their keys, those of scripts with and without spaces apart."""

    spaced: Index[Phrase]
    unspaced: Index[Phrase]
    decoration: frozenset[str]


def match(text: str) -> tuple[Hit, ...]:
    """Phrases that `text` holds, at most one sure hit and one hint a cause, best first; none for most texts.

    "Error 404" is sure in every language; a text that is nothing but an apology ("Oops!") hints at an error.
    """
    return _match(text[:LONGEST])[0]


def match_page(text: str) -> tuple[Hit, ...]:
    """The same with what a page may be told by, yet no line inside an article: "Your account is locked"."""
    return _match(text[:LONGEST])[1]


@lru_cache(maxsize=4096)  # the rules of one page ask for the same blocks, and lines of one site recur
def _match(text: str) -> tuple[tuple[Hit, ...], tuple[Hit, ...]]:
    """What `match` and `match_page` answer."""
    said = worded(text)
    if not said.words:
        return (), ()
    book = phrase_book()
    spaced = _spaced_spans(said, book)
    unspaced = _unspaced_spans(said, book) if not text.isascii() and _UNSPACED_OR_HANGUL.search(text) else []
    of_page = _hits(text, said, spaced, unspaced)
    if not any(span.phrase.of_page for span in (*spaced, *unspaced)):
        return of_page, of_page
    spaced, unspaced = ([span for span in spans if not span.phrase.of_page] for spans in (spaced, unspaced))
    return _hits(text, said, spaced, unspaced), of_page


def _hits(text: str, said: Worded, spaced: Sequence[_Span], unspaced: Sequence[_Span]) -> tuple[Hit, ...]:
    """What phrases tell that were found at these places, in words and in characters, best first."""
    words, decoration = said.words, phrase_book().decoration
    hits: list[Hit] = []
    if spaced or unspaced:
        core, line = _without_decoration(words, decoration), said.unspaced.line
        hits += (
            _hit(spans, len(core), lambda first, last: _as_it_stands(text, words, first, last))
            for spans in _by_cause(spaced)
        )
        length = sum(map(len, core))
        hits += (_hit(spans, length, lambda first, last: line[first:last]) for spans in _by_cause(unspaced))
    if _says_nothing(words[0], decoration) and _is_bare(words, hits, decoration):
        hits.append(_bare(text.strip(), words))
    hits.sort(key=lambda hit: (not hit.sure, not hit.whole, -hit.share, hit.cause))
    return tuple(hits)


def explains(text: str) -> str:
    """The words in which `text` explains errors rather than reports one ("the status code means"); else empty."""
    return _first(text[:LONGEST], explaining_book())


def guides(title: str) -> str:
    """The words in which a title announces help, a reference or changes ("how to", "release notes"); else empty."""
    return _first(title[:LONGEST], guiding_book())


def names_work(text: str) -> str:
    """The words in which a piece of a headline names a book, a song, a film or the like; else empty."""
    return _first(text[:LONGEST], book_of_works())


def _first(text: str, book: PhraseBook) -> str:
    said = worded(text)
    words = said.words
    for span in _spaced_spans(said, book):
        return _as_it_stands(text, words, span.first, span.last)
    if not text.isascii() and _UNSPACED_OR_HANGUL.search(text):
        for span in _unspaced_spans(said, book):
            return said.unspaced.line[span.first : span.last]
    return ""


def title_parts(title: str) -> tuple[str, ...]:
    """A title split at its separators (` - `, `|`, `»` ...), each part without spaces at its ends.

    At a colon only what stands beside few words is a part: "Harbour Post: Page not found", yet not the 404 of a
    headline that goes on about it.
    """
    if not _SEPARATES.search(title):
        return (part,) if (part := title.strip()) else ()
    parts = [part for piece in _TITLE_SEPARATOR.split(title) if (part := piece.strip())]
    return tuple(piece for part in parts for piece in (part, *_beside_colon(part)))


def _beside_colon(part: str) -> Iterator[str]:
    if ":" not in part and "：" not in part:
        return
    pieces = [piece.strip() for piece in _COLON.split(part)]
    lengths = [word_count(piece) for piece in pieces]
    for piece, length in zip(pieces, lengths, strict=True):
        if len(pieces) > 1 and piece and sum(lengths) - length <= _SITE_NAME_WORDS:
            yield piece


def _hit(spans: Sequence[_Span], length: int, words: Callable[[int, int], str]) -> Hit:
    """One hit out of all places where phrases of one cause and strength were found in a text of `length` units."""
    phrase = spans[0].phrase
    covered = {unit for span in spans for unit in range(span.first, span.last)}
    whole = any(span.phrase.whole for span in spans) or len(covered) >= length
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    share = 1.0 if whole else len(covered) / max(1, length)
    return Hit(phrase.cause, phrase.sure, whole, share, words(first, last), phrase.language)


def _by_cause(spans: Sequence[_Span]) -> Collection[Sequence[_Span]]:
    """The places of each cause and strength."""
    found: dict[tuple[str, bool], list[_Span]] = {}
    for span in spans:
        found.setdefault((span.phrase.cause, span.phrase.sure), []).append(span)
    return found.values()


def _spaced_spans(said: Worded, book: PhraseBook) -> list[_Span]:
    """Where phrases of spaced scripts stand, in words."""
    phrases = _candidates(book.spaced.held_by(said))
    if not phrases:
        return []
    words, core = said.words, _without_decoration(said.words, book.decoration)
    spans: list[_Span] = []
    line, core_line = said.line, spelt(core)
    for phrase in phrases:
        if phrase.whole:
            if len(core) <= _WHOLE_WORDS and (phrase.is_all_of(core_line) or phrase.is_all_of(line)):
                spans.append(_Span(phrase, 0, len(words)))
        elif found := phrase.expression.search(line):
            first = line.count(" ", 0, found.start())
            spans.append(_Span(phrase, first, first + found.group().count(" ") - 1))
    return spans


def _unspaced_spans(said: Worded, book: PhraseBook) -> list[_Span]:
    """Where phrases of scripts without spaces stand, in characters."""
    line, core_line = said.unspaced.line, "".join(_without_decoration(said.words, book.decoration))
    spans: list[_Span] = []
    for phrase in _candidates(book.unspaced.held_by(said.unspaced)):
        if phrase.whole:
            if phrase.is_all_of(core_line) or phrase.is_all_of(line):
                spans.append(_Span(phrase, 0, len(line)))
        elif found := phrase.expression.search(line):
            spans.append(_Span(phrase, *found.span()))
    return spans


def _candidates(held: Collection[Phrase]) -> list[Phrase]:
    """Phrases in the order of the files."""
    return sorted(held, key=lambda phrase: phrase.order)


def _is_bare(words: Words, hits: Sequence[Hit], decoration: frozenset[str]) -> bool:
    """Whether a text is nothing but status code and apology, which no phrase has told surely."""
    return all(_says_nothing(word, decoration) for word in words) and not any(hit.sure for hit in hits)


def _bare(text: str, words: Words) -> Hit:
    """The hit of a text that is nothing but status code and apology; sure where both are there."""
    statuses = [word for word in words if _STATUS.fullmatch(word)]
    cause: ErrorCause = "not-found" if {"404", "410"} & set(statuses) else "http-error"
    sure = 0 < len(statuses) < len(words) and not _PART_OF_A_NUMBER.search(text)
    return Hit(cause, sure, True, 1.0, text, "any")


def _without_decoration(words: Words, decoration: frozenset[str]) -> Words:
    """`words` without status codes and words that say nothing at either end; all of them if nothing else is there."""
    first, last = 0, len(words)
    while first < last and _says_nothing(words[first], decoration):
        first += 1
    while last > first and _says_nothing(words[last - 1], decoration):
        last -= 1
    return words[first:last] or words


def _says_nothing(word: str, decoration: frozenset[str]) -> bool:
    return word in decoration or _SHORT_NUMBER.fullmatch(word) is not None


def _as_it_stands(text: str, words: Words, first: int, last: int) -> str:
    """The words `first` to `last` (exclusive) as `text` spells them; in matched form where the two do not pair."""
    spans = [found.span() for found in _WORD.finditer(text)]
    if len(spans) != len(words):
        return " ".join(words[first:last])
    return text[spans[first][0] : spans[last - 1][1]]


@cache
def phrase_book() -> PhraseBook:
    """The phrases that report errors, those that only pages are told by among them, read once a process.

    Raises ValueError for a wrong cause, list or pattern.
    """
    return _book("errors", "pages")


@cache
def explaining_book() -> PhraseBook:
    """The phrases that explain errors, read once a process."""
    return _book("explains")


@cache
def guiding_book() -> PhraseBook:
    """The phrases that announce help, read once a process."""
    return _book("guides")


@cache
def book_of_works() -> PhraseBook:
    """The names of kinds of works, read once a process."""
    return _book("works")


def _book(*sections: str) -> PhraseBook:
    found = [phrase for section in sections for name, data in _files() for phrase in _phrases(name, data, section)]
    decoration = (form(source) for _, data in _files() for source in data.get("decoration", ()))
    for phrase in found:
        if not phrase.pattern.required:
            raise ValueError(f"{phrase.language}.toml: {phrase.source!r} has no word to look it up by")
    return PhraseBook(
        Index([phrase for phrase in found if not phrase.unspaced]),
        Index([phrase for phrase in found if phrase.unspaced]),
        frozenset(word for words in decoration for word in words.split()),
    )


def _phrases(language: str, data: Mapping[str, Any], section: str) -> Iterator[Phrase]:
    slots, unspaced = data.get("slots", {}), data.get("unspaced", False)
    order = count(_APART if section == "pages" else 0)
    for cause, lists in data.get(section, {}).items():
        if cause not in get_args(ErrorCause):
            raise ValueError(f"{language}.toml: {cause!r} is no cause of an error")
        for name, sources in lists.items():
            if name not in _LISTS:
                raise ValueError(f"{language}.toml: {cause}.{name} is none of {', '.join(_LISTS)}")
            sure, whole = _LISTS[name]
            for source in sources:
                named = cast("ErrorCause", cause)
                yield Phrase(source, named, sure, whole, language, slots, unspaced, (language, next(order)))


def data_of(language: str) -> tuple[Mapping[str, Any], ...]:
    """The file of a language, as it stands."""
    return tuple(data for name, data in _files() if name == language)


@cache
def _files() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    folder = Path(__file__).with_name("phrases_data")
    return tuple((path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.toml")))
