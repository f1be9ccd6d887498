"""The small language in which phrases are written, and its compiler to regular expressions.

A pattern is words, each of which stands for itself, and:

- `(a|b c|d)`  one of these
- `[a|b]`      one of these or nothing
- `{page}`     a slot of the language's file: one of its alternatives
- `*`          a gap of up to six words (fourteen characters in scripts without spaces)
- `stran~`     a word that begins so; one of fewer letters than `KEY` leads to no phrase, its other words do

Words are brought to the same form as the text they are looked for in (`form`), so case, accents and punctuation of
a pattern do not matter: `can't` is found in `CAN’T`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Generic, Protocol, TypeVar

from triage.text import tokens, without_typeset_marks, words_in

KEY, KEY_UNSPACED = 4, 2
"""Letters of a word's beginning, and characters of a run without spaces, by which their phrases are looked up."""

_ACCENTS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+")
"""Accents, and what nobody sees in a word: between a number and a letter it would hide that they touch."""
_STROKED = re.compile("[łøđıŁØĐİ]")
_WITHOUT_STROKE = str.maketrans("łøđıŁØĐİ", "lodiLODI")
_UNSPACED = "\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af"
_NUMBER_EDGE = re.compile(f"(?<=[0-9])(?=[{_UNSPACED}])|(?<=[{_UNSPACED}])(?=[0-9])")
# Words typed with both alphabets, as a Latin C that begins a Cyrillic word; the letters that look alike, folded.
_MIXED_WORD = re.compile("\\b(?:[a-z]+[\u0430-\u045f]|[\u0430-\u045f]+[a-z])\\w*")
_CYRILLIC = re.compile("[\u0430-\u045f]")
_LOOKALIKES = str.maketrans("aceopxykmthbi", "асеорхукмтнві")
PIECE = re.compile(r"[()\[\]|*]|\{\w+\}|[^\s()\[\]|*{}]+")
"""One piece of a pattern: a mark, a slot or a word."""

Keys = frozenset[str]
Words = tuple[str, ...]
LONGEST_KEPT = 3000
"""Characters of the longest text whose words are kept for who asks next."""

_SMALL_WORD, _SHORT_WORD = 2000, 300
"""What it costs to look a phrase up by a word of up to three letters or a common one, and by one of four."""
_COMMON = frozenset({
    "about", "been", "from", "have", "into", "more", "other", "some", "that", "there", "they", "this", "time", "what",
    "when", "which", "will", "with", "your",
})  # fmt: skip
_BEGINNING = itemgetter(slice(KEY))
_REST_OF_WORD = r"\w* "
_Parsed = tuple[str, list[Keys], list[str]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One parsed phrase: its regular expression, and the word beginnings of which each set must hold one in a text."""

    expression: str
    required: tuple[Keys, ...]
    run: str
    """The longest run of several plain words in it, spelt as the expression expects it; empty where there is none."""


def form(text: str) -> str:
    """`text` as phrases are matched on it: words in normal form with single spaces between, letters without accents.

    Numbers stand apart from unspaced text.
    """
    return " ".join(_words_of(text))


def words_of(text: str) -> Words:
    """The words of `text` in the form in which phrases are matched; those of the last texts are kept."""
    return worded(text).words if len(text) <= LONGEST_KEPT else _words_of(text)


def _words_of(text: str) -> Words:
    bare = without_typeset_marks(text)
    if bare.isascii():
        return tokens(text)
    text = bare
    if _STROKED.search(text):
        text = text.translate(_WITHOUT_STROKE)
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    words = words_in(_NUMBER_EDGE.sub(" ", unicodedata.normalize("NFC", bare)))
    line = " ".join(words)
    return tuple(_MIXED_WORD.sub(_as_cyrillic, line).split()) if _CYRILLIC.search(line) else words


def _as_cyrillic(word: re.Match[str]) -> str:
    return word.group().translate(_LOOKALIKES)


def parse(source: str, slots: Mapping[str, str], *, unspaced: bool) -> Pattern:
    """`source` as an expression for texts in `form`, a space before and behind each word, or none where `unspaced`.

    Raises ValueError with the pattern where a bracket or a slot is wrong.
    """
    parser = _Parser(source, slots, unspaced)
    expression, required, runs = parser.alternatives(end="")
    longest = max((run for run in runs if run.strip().count(" ") or unspaced), key=len, default="")
    return Pattern(f"{'' if unspaced else ' '}(?:{expression})", tuple(required), longest)


class _Parser:
    """Recursive descent over the pieces of one pattern; each step gives an expression, and the keys and runs of plain
    words that it requires.
    """

    def __init__(self, source: str, slots: Mapping[str, str], unspaced: bool) -> None:
        self.source = source
        self.slots = slots
        self.unspaced = unspaced
        self.pieces = PIECE.findall(source)
        self.at = 0

    def alternatives(self, end: str) -> _Parsed:
        """Alternatives up to the closing `end`; required of a choice is what all its branches have, joined."""
        branches = [self.sequence()]
        while self.peek() == "|":
            self.at += 1
            branches.append(self.sequence())
        if self.peek() != end:
            raise ValueError(f"pattern {self.source!r}: expected {end or 'the end'!r} at piece {self.at + 1}")
        self.at += bool(end)
        if len(branches) == 1:
            return branches[0]
        rarest = [max(required, key=_rarity) for _, required, _ in branches if required]
        joined = [frozenset[str]().union(*rarest)] if len(rarest) == len(branches) else []
        return "|".join(expression for expression, *_ in branches), joined, []

    def sequence(self) -> _Parsed:
        expressions: list[str] = []
        required: list[Keys] = []
        runs = [""]
        while (piece := self.peek()) not in ("", "|", ")", "]"):
            self.at += 1
            expression, keys, inner = self.element(piece)
            expressions.append(expression)
            required += keys
            if piece[0] in "*([{":
                runs += [*inner, ""]
                continue
            runs[-1] += expression.removesuffix(_REST_OF_WORD)
            if piece.endswith("~"):
                runs.append("")
        space = "" if self.unspaced else " "
        return "".join(expressions), required, [space + run.removeprefix(space) for run in runs if run]

    def element(self, piece: str) -> _Parsed:
        if piece == "*":
            return (".{0,14}?" if self.unspaced else r"(?:\S+ ){0,6}?"), [], []
        if piece == "(":
            expression, required, runs = self.alternatives(")")
            return f"(?:{expression})", required, runs
        if piece == "[":
            expression, *_ = self.alternatives("]")
            return f"(?:{expression})?", [], []
        if piece.startswith("{"):
            if piece[1:-1] not in self.slots:
                raise ValueError(f"pattern {self.source!r}: no slot {piece}")
            slot = _Parser(self.slots[piece[1:-1]], self.slots, self.unspaced)
            expression, required, runs = slot.alternatives(end="")
            return f"(?:{expression})", required, runs
        return *self.words(piece), []

    def words(self, piece: str) -> tuple[str, list[Keys]]:
        words = words_of(piece)
        if self.unspaced:
            return "".join(words), [frozenset({"".join(words)[:KEY_UNSPACED]})] if words else []
        if piece.endswith("~") and words:
            *whole, last = words
            keys = [*map(_key, whole)] + [_key(last[:KEY])] * (len(last) >= KEY)
            return "".join(f"{word} " for word in whole) + last + _REST_OF_WORD, keys
        return "".join(f"{word} " for word in words), [_key(word) for word in words]

    def peek(self) -> str:
        return self.pieces[self.at] if self.at < len(self.pieces) else ""


class Phrased(Protocol):
    """What has a pattern."""

    @property
    def pattern(self) -> Pattern:
        """The parsed pattern."""


_Of = TypeVar("_Of", bound=Phrased)


class Index(Generic[_Of]):
    """Phrases by the keys that lead to the fewest of them, so that a text asks few."""

    def __init__(self, phrases: Collection[_Of]) -> None:
        shared = Counter(key for phrase in phrases for keys in phrase.pattern.required for key in keys)
        found: dict[str, list[tuple[_Of, Keys, str, tuple[Keys, ...]]]] = {}
        for phrase in phrases:
            required = phrase.pattern.required
            leading = narrowest(required, shared)
            rest = [keys for keys in required if keys is not leading]
            words = frozenset(key for keys in rest if len(keys) == 1 for key in keys)
            choices = tuple(keys for keys in rest if len(keys) > 1)
            for key in leading:
                found.setdefault(key, []).append((phrase, words, phrase.pattern.run, choices))
        self._by_key = {key: tuple(led) for key, led in found.items()}
        self._keys = frozenset(found)

    def __len__(self) -> int:
        return len(self._by_key)

    def held_by(self, text: Worded | Unspaced) -> set[_Of]:
        """The phrases of which a text may hold one."""
        keys, line = text.keys, text.line
        return {
            phrase
            for key in keys & self._keys
            for phrase, words, run, choices in self._by_key[key]
            if run in line and words <= keys and not (choices and any(map(keys.isdisjoint, choices)))
        }


def narrowest(required: Iterable[Keys], shared: Mapping[str, int]) -> Keys:
    """Of the keys a phrase requires those that lead to it with the fewest others, `shared` being how many have each.

    Small words count as shared by many: they stand in every text, and would be looked up there in vain.
    """

    def cost(key: str) -> int:
        if (len(key) < KEY and key.isascii()) or key in _COMMON:
            return shared[key] + _SMALL_WORD
        return shared[key] + (_SHORT_WORD if len(key) == KEY and key.isascii() else 0)

    return min(required, key=lambda keys: (sum(map(cost, keys)), sorted(keys)))


class Worded:
    """A text's words in the form in which phrases are matched, and what leads to the phrases that it may hold."""

    __slots__ = ("_keys", "_line", "_unspaced", "words")

    def __init__(self, words: Words) -> None:
        self.words = words
        self._keys: Keys | None = None
        self._line = ""
        self._unspaced: Unspaced | None = None

    @property
    def keys(self) -> Keys:
        """The keys under which phrases of the text stand: its words and how they begin."""
        if self._keys is None:
            self._keys = frozenset((*self.words, *map(_BEGINNING, self.words)))
        return self._keys

    @property
    def unspaced(self) -> Unspaced:
        """The text without spaces."""
        if self._unspaced is None:
            self._unspaced = Unspaced("".join(self.words))
        return self._unspaced

    @property
    def line(self) -> str:
        """The text as the expressions of spaced scripts expect it."""
        self._line = self._line or spelt(self.words)
        return self._line


class Unspaced:
    """The same of a text without spaces."""

    __slots__ = ("keys", "line")

    def __init__(self, line: str) -> None:
        self.line = line
        self.keys = frozenset((*line, *map(str.__add__, line, line[1:])))
        """The keys under which phrases of the text stand: its characters, and each two in a row."""


def may_hold(text: Worded | Unspaced, pattern: Pattern) -> bool:
    """Whether a text has all words that a pattern requires."""
    return pattern.run in text.line and not any(map(text.keys.isdisjoint, pattern.required))


@lru_cache(maxsize=4096)
def worded(text: str) -> Worded:
    """The words of `text`; every rule asks for those of the same block, so the last ones are kept."""
    return Worded(_words_of(text))


def spelt(words: Sequence[str]) -> str:
    """`words` as the expressions of spaced scripts expect them: a space before and behind each."""
    return f" {' '.join(words)} " if words else " "


def _key(word: str) -> Keys:
    return frozenset({word})


def _rarity(keys: Keys) -> int:
    """How well a set of keys narrows the search: by its shortest key, then by how few there are."""
    return min(map(len, keys)) * 100 - len(keys)
