"""Phrases of lines inside good pages: faults of widgets and servers, comment stubs, consent, share lines, disclaimers.

The data: `lines_data/LANGUAGE.toml`, written in the language of `patterns`. A table `[noise.CAUSE]` is of the causes
of an error, `[boilerplate.CAUSE]` of the words `boilerplate` knows; each holds some of these lists:

- `whole`   all of a short line, but for numbers at its ends
- `label`   the same, and it opens a section: what stands under it may belong to it
- `begins`  how a line begins
- `say`     found anywhere in a block, and hardly said for another purpose
- `hint`    all of a line, or anywhere in a block, that counts beside other evidence alone

`[slots]` names word lists, `unspaced` tells scripts without spaces. Phrases of whole error pages are `phrases`'s.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any, Literal, cast, get_args

from triage.flagging import patterns
from triage.flagging.patterns import KEY, Pattern, form

Kind = Literal["noise", "boilerplate"]
Part = Literal["whole", "label", "begins", "say", "hint"]

SHORT = 200
"""Characters of the longest line that `whole` and `label` are looked for in."""
LONGEST = 3000
"""Characters of a block that are looked at."""
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

    def found_in(self, line: str, core: str) -> re.Match[str] | None:
        """Where the phrase stands in a line; `core` is the line without numbers at its ends."""
        if self.part in {"whole", "label"}:
            return self.expression.fullmatch(core) or self.expression.fullmatch(line)
        if self.part == "begins":
            return self.expression.match(core)
        return (self.part == "hint" and self.expression.fullmatch(line)) or self.expression.search(line)


@dataclass(frozen=True, slots=True)
class _Book:
    by_key: Mapping[str, tuple[LinePhrase, ...]]
    unspaced: tuple[LinePhrase, ...]


@lru_cache(maxsize=4096)
def match(text: str) -> tuple[LineHit, ...]:
    """Phrases that a block holds, surest first; lines of one site recur, so the answers are kept."""
    words = form(text[:LONGEST]).split()
    if not words:
        return ()
    short = len(text) <= SHORT
    hits = list(_spaced(words, short=short))
    if _UNSPACED.search(text):
        hits += _unspaced(words, short=short)
    hits.sort(key=lambda hit: (_ORDER.index(hit.part), -hit.share, hit.kind, hit.cause, hit.language, hit.words))
    return tuple(hits)


def _spaced(words: list[str], *, short: bool) -> Iterator[LineHit]:
    book = line_book()
    keys = {word[:KEY] for word in words}
    found = {phrase: None for key in sorted(keys & book.by_key.keys()) for phrase in book.by_key[key]}
    if not found:
        return
    core = _core(words)
    line, core_line = (" ".join(part) + " " for part in (words, core))
    for phrase in found:
        if not (short or phrase.part in {"say", "hint", "begins"}) or not all(
            keys & need for need in phrase.pattern.required
        ):
            continue
        if place := phrase.found_in(line, core_line):
            said = place.group().strip()
            share = min(1.0, (said.count(" ") + 1) / len(core))
            yield LineHit(phrase.kind, phrase.cause, phrase.part, said, round(share, 3), phrase.language)


def _unspaced(words: list[str], *, short: bool) -> Iterator[LineHit]:
    line, core = "".join(words), "".join(_core(words))
    for phrase in line_book().unspaced:
        if not (short or phrase.part in {"say", "hint", "begins"}):
            continue
        if not all(any(key in line for key in need) for need in phrase.pattern.required):
            continue
        if place := phrase.found_in(line, core):
            share = min(1.0, len(place.group()) / max(1, len(core)))
            yield LineHit(phrase.kind, phrase.cause, phrase.part, place.group(), round(share, 3), phrase.language)


def _core(words: list[str]) -> list[str]:
    """`words` without numbers at the ends, such as a count of comments; all of them where nothing else is there."""
    first, last = 0, len(words)
    while first < last and _NUMBER.fullmatch(words[first]):
        first += 1
    while last > first and _NUMBER.fullmatch(words[last - 1]):
        last -= 1
    return words[first:last] or words


@cache
def line_book() -> _Book:
    """The phrases of all languages, read once a process. Raises ValueError for a list or pattern it cannot use."""
    by_key: dict[str, list[LinePhrase]] = {}
    unspaced: list[LinePhrase] = []
    folder = resources.files("triage.flagging") / "lines_data"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".toml"):
            continue
        language = entry.name.removesuffix(".toml")
        for phrase in _phrases(language, tomllib.loads(entry.read_text(encoding="utf-8"))):
            if phrase.unspaced:
                unspaced.append(phrase)
                continue
            keys = patterns.rarest(phrase.pattern.required)
            if not keys:
                raise ValueError(f"{language}.toml: {phrase.source!r} has no word to look it up by")
            for key in keys:
                by_key.setdefault(key, []).append(phrase)
    return _Book({key: tuple(found) for key, found in by_key.items()}, tuple(unspaced))


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
