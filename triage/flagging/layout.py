"""How the blocks of an article lie: which are prose, where head and tail begin, which words the prose uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise

from triage.flagging import message_book, message_words
from triage.model import Block
from triage.text import is_unspaced, normal, tokens, without_typeset_marks

_PROSE = 120
_PROSE_UNSPACED = 40
_PROSE_DENSE = {"hangul": 60, "hebrew": 80, "arabic": 90, "indic": 80}
"""Scripts that say as much in fewer letters: a syllable a letter, or no vowels."""
_SENTENCE = re.compile(r"[.!?…](?:[\s\"'”’»)\]]|$)|[。！？।؟]")
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.|\w\.\w)\S*")
_INDIC = re.compile("[\u0900-\u1dff]")
_SENTENCE_WORDS = 10
_SMALL_WORD = 4
_OTHERS, _OTHER_SHARE = 5, 0.15
"""Paragraphs in another script, and the share of all, from which on a page is in two: a message has fewer."""
_MANY_QUESTIONS = 50
_SCRIPTS = (
    (0x0250, "latin"), (0x0370, "other"), (0x0400, "greek"), (0x0530, "cyrillic"), (0x0590, "other"),
    (0x0600, "hebrew"), (0x0780, "arabic"), (0x0900, "other"), (0x1E00, "indic"), (0x2000, "latin"), (0x3040, "other"),
    (0xA000, "cjk"), (0xAC00, "other"), (0xD7B0, "hangul"), (0xF900, "other"), (0xFB00, "cjk"), (0x20000, "other"),
)  # fmt: skip


def is_prose(block: Block) -> bool:
    """Whether a block is a paragraph of sentences, long enough to tell something, and not a list of links."""
    if block.kind in {"code", "table-row"} or block.links >= 0.5 or len(block.text) < _PROSE_UNSPACED:
        return False
    if is_unspaced(block.text):
        opening = block.text[:_PROSE]
        if _INDIC.search(opening) and script_of(opening) == "indic":  # Thai and its like write no full stop
            return len(block.text) >= 2 * _PROSE_UNSPACED
    elif len(block.text) < _PROSE and len(block.text) < _PROSE_DENSE.get(script_of(block.text), _PROSE):
        return False
    return _SENTENCE.search(block.text) is not None


@dataclass(frozen=True, eq=False)
class Layout:
    """The blocks of one article with what is asked of them again and again; each answer is worked out once."""

    blocks: Sequence[Block]
    struck: frozenset[int] = frozenset()
    """Blocks that look like prose and are known to be none of the article's."""
    language: str | None = None

    @cached_property
    def prose(self) -> tuple[int, ...]:
        """Indexes of the prose blocks."""
        return tuple(at for at, block in enumerate(self.blocks) if at not in self.struck and is_prose(block))

    @cached_property
    def before(self) -> tuple[float, ...]:
        """For each block, the share of the article's characters that stand before it."""
        total = sum(len(block.text) for block in self.blocks) or 1
        shares, so_far = [], 0
        for block in self.blocks:
            shares.append(so_far / total)
            so_far += len(block.text)
        return tuple(shares)

    def in_head(self, at: int) -> bool:
        """Whether a block stands above all prose, or with one paragraph above at most."""
        return not self.prose or at < self.prose[0] or at <= 1

    def in_tail(self, at: int) -> bool:
        """Whether a block stands below all prose."""
        return not self.prose or at > self.prose[-1]

    @cached_property
    def vocabulary(self) -> Counter[str]:
        """The words of the prose, and in how many of its blocks each stands."""
        return Counter(chain.from_iterable(frozenset(tokens(self.blocks[at].text)) for at in self.prose))

    def _used_elsewhere(self, word: str, at: int) -> bool:
        """Whether other prose than the block itself uses a word."""
        return self.vocabulary.get(word, 0) > self.has_prose(at)

    @cached_property
    def has_code(self) -> bool:
        """Whether lines of code stand among the blocks."""
        return any(block.kind == "code" for block in self.blocks)

    def has_prose(self, at: int) -> bool:
        """Whether a block is prose; asked of every word of long pages."""
        return at in self._prose_blocks

    @cached_property
    def _prose_blocks(self) -> frozenset[int]:
        return frozenset(self.prose)

    @cached_property
    def prose_text(self) -> str:
        """The prose in normal form, for looking a phrase up."""
        return normal("\n".join(self.blocks[at].text for at in self.prose))

    @cached_property
    def _said(self) -> dict[str, bool]:
        return {}

    def says(self, words: str) -> bool:
        """Whether the prose holds `words`, given in normal form; asked of the same words again and again."""
        if words not in self._said:
            self._said[words] = self._may_say(words) and words in self.prose_text
        return self._said[words]

    def _may_say(self, words: str) -> bool:
        """Whether the words inside `words`, which must stand in the prose as they are, follow each other there.

        After many questions this is asked first: thousands of messages, each looked for in a megabyte, took seconds.
        """
        if len(self._said) < _MANY_QUESTIONS:
            return True
        return all(pair in self._pairs for pair in pairwise(_WORD.findall(words)[1:-1]))

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        """Each two words of the prose that follow each other."""
        return frozenset(pairwise(_WORD.findall(self.prose_text)))

    @cached_property
    def script(self) -> str:
        """The script most of the prose is written in."""
        return script_of(self.prose_text[:2000])

    def unrelated(self, at: int) -> bool:
        """Whether no longer word of a block stands in the prose: a headline shares words with its article."""
        text = self.blocks[at].text
        words = [word for word in tokens(text) if len(word) > 3 or is_unspaced(word)]
        shared = sum(self._used_elsewhere(word, at) for word in words)
        return shared * 4 <= len(words) if is_unspaced(text) else shared == 0

    def stands_alone(self, at: int) -> bool:
        """Whether no longer word of a block, but for those that say nothing, stands in the prose."""
        text, language = self.blocks[at].text, self.language or ""
        if is_unspaced(text):
            return self.unrelated(at)
        used, once = self.vocabulary.get, self.has_prose(at)
        return not any(
            len(word) > 3 and used(word, 0) > once and not message_words.is_small(word, language)
            for word in tokens(text)
        )

    def shares_nothing(self, at: int) -> bool:
        """Whether a block has words, none of which, however short, stands in the prose."""
        words = _WORD.findall(self.blocks[at].text)
        return bool(words) and not any(self._used_elsewhere(normal(word), at) for word in words)

    def shared_words(self, at: int) -> int:
        """How many longer words of a block, but for those that say nothing, other prose uses in more than one place."""
        language = self.language or ""
        used, once = self.vocabulary.get, self.has_prose(at)
        return sum(
            len(word) > 4 and used(word, 0) - once > 1 and not message_words.is_small(word, language)
            for word in frozenset(tokens(self.blocks[at].text))
        )

    @cached_property
    def _in_two_scripts(self) -> bool:
        """Whether so much of the prose is in another script than most of it that the page is in two languages."""
        scripts = Counter(script_of(block.text) for block in self.blocks if is_prose(block))
        others = sum(scripts.values()) - max(scripts.values(), default=0)
        return others >= _OTHERS and others >= _OTHER_SHARE * sum(scripts.values())

    def foreign(self, at: int) -> bool:
        """Whether a block is in another script or, by its small words, another language than the prose."""
        text = self.blocks[at].text
        if not self.prose or not any(map(str.isalpha, text)) or self._in_two_scripts:
            return False
        if script_of(text) != self.script:
            return True
        if len(self.vocabulary) < 100 or self.script not in {"latin", "cyrillic"}:
            return False
        if (reads := reads_as(text, self.language or "")) is not None:
            return not reads
        words = _WORD.findall(_ADDRESS.sub(" ", text))
        if len(words) >= _SENTENCE_WORDS:  # rare words of the same language abound; its small words are used again
            words = [word for word in words if len(word) <= _SMALL_WORD]
        strange = [word for word in words if not self._used_elsewhere(normal(word), at)]
        return len(strange) >= 0.7 * len(words) and sum(len(word) > 1 and word.islower() for word in strange) >= 2

    def reads_as_own(self, at: int) -> bool:
        """Whether a block has a word that the messages of the article's language have."""
        return self.language in message_words.known(self.blocks[at].text)


def reads_as(text: str, language: str) -> bool | None:
    """Whether a text reads as a language rather than as another; None where its words do not tell."""
    counts = message_words.known(text)
    own, best = counts.get(language, 0), max(counts.values(), default=0)
    if own and own >= best:
        return True
    return False if best >= 4 and best >= 2 * own and message_book.knows(language) else None


def script_of(text: str) -> str:
    """The script of most letters of `text`, roughly; empty where it has none."""
    if without_typeset_marks(text).isascii():
        return "latin" if any(map(str.isalpha, text)) else ""
    counts: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        if letter.isalpha():
            counts["latin" if letter < "\u0250" else _script(ord(letter))] += times
    return max(sorted(counts), key=counts.__getitem__) if counts else ""


@lru_cache(maxsize=65_536)
def _script(code: int) -> str:
    for end, script in _SCRIPTS:
        if code < end:
            return script
    return "cjk"
