"""What the parts of a page say and what speaks for an article: the clues the error-page score adds up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from triage.flagging import phrases, vocabulary
from triage.flagging.phrases import Hit
from triage.flagging.subject import Subject
from triage.text import tokens

_PROSE = 100
"""Characters from which a block is a paragraph of prose rather than a label or a message, dense ones counted double."""
_SENTENCE = 40
"""Characters from which a block may be a sentence, dense ones counted double."""
_OWN_PARAGRAPH, _OWN = 80, 0.45
"""Characters from which a sentence is a paragraph, and the share of words of its own from which it is no message."""
_HEADLINE = 3
"""Words a part of a title has at the least where it may be the headline of an article."""
_QUOTES = {"「": "」", "『": "』", "«": "»", "“": "”", "„": "“", "‘": "’", '"': '"'}
_ALMOST_NONE = 50
"""Characters below which a page shows nothing."""
_HEADINGS = 6
_LONG_PAGE, _MESSAGE = 3000, 250
"""Characters of a page of which only blocks of at most so many characters are heard: the rest is no message."""
_LINES = 60
"""Blocks of a page whose words are looked at: a message stands among the first, or on a short page."""
_DENSE_RUN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Said:
    """A text of the page in which phrases were found."""

    text: str
    hits: tuple[Hit, ...]


class PageEvidence:
    """One page's texts by place, matched once, and its measures; every property is computed when first asked for."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.article = subject.article
        self.raw = subject.evidence

    @cached_property
    def shown_chars(self) -> int:
        """Characters a reader gets to see; where all is hidden until scripts run, those the extractor found."""
        if self.subject.media == "html" and self.raw.visible_chars >= _ALMOST_NONE:
            return self.raw.visible_chars
        return sum(len(block.text) for block in self.article.blocks)

    @cached_property
    def own_text(self) -> int:
        """Characters of text outside links, dense ones counted double."""
        return round(max(0, self.shown_chars - self.raw.link_chars) * self.density)

    @cached_property
    def density(self) -> float:
        """How many letters a character of the text is worth, 1 to 2."""
        sample = " ".join(self.lines)[:2000]
        return length_of(sample) / len(sample) if sample else 1.0

    @cached_property
    def title(self) -> tuple[Said, ...]:
        """Hits in the title: whole, and part by part; not in what it quotes, nor in pieces of the page's headline."""
        title = self.raw.title
        parts = phrases.title_parts(title)
        headlines = [part for part in parts if ":" in part and part in self.raw.headings]
        pieces = (part for part in parts if not any(part != whole and part in whole for whole in headlines))
        return tuple(_said(dict.fromkeys((title, *(part for part in pieces if not _is_quoted(part, title))))))

    @cached_property
    def headings(self) -> tuple[Said, ...]:
        """Hits in the first headings."""
        return tuple(_said(dict.fromkeys(self.raw.headings[:_HEADINGS])))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Blocks of the page, chrome included, then the article's first; without what a browser hides."""
        hidden = frozenset(self.raw.hidden) if self.raw.visible_chars >= _ALMOST_NONE else frozenset()
        extracted = (block.text for block in self.article.blocks[:8] if block.text not in hidden)
        return tuple(dict.fromkeys((*self.raw.messages[:_LINES], *extracted)))

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Hits in the blocks of the page that are no headings."""
        headings = frozenset(self.raw.headings[:_HEADINGS])
        lines = (line for line in self.lines if line not in headings)
        if self.own_text > _LONG_PAGE:
            lines = (line for line in lines if len(line) <= _MESSAGE)
        return tuple(_said(list(lines)))

    @cached_property
    def noscript(self) -> tuple[Said, ...]:
        """Hits in what the page shows without JavaScript."""
        return tuple(_said([self.raw.noscript]))

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """The article's paragraphs in which no error message stands."""
        messages = [said.text for said in self.said if any(hit.sure and hit.share >= 0.2 for hit in said.hits)]
        return tuple(
            block.text
            for block in self.article.blocks
            if block.kind in {"paragraph", "quote", "list-item"}
            and block.links < 0.5
            and is_prose(block.text)
            and not any(message in block.text for message in messages)
        )

    @cached_property
    def prose_chars(self) -> int:
        """Characters of `prose`, dense ones counted double."""
        return sum(map(length_of, self.prose))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages the page may be in: its text's, its markup's, and those of its messages."""
        marked = (self.raw.html_lang or "")[:2].lower()
        found = [hit.language for said in (*self.title, *self.headings, *self.said) for hit in said.hits]
        return tuple(dict.fromkeys(filter(None, (self.article.language, marked, *found))))

    @cached_property
    def own_words(self) -> int:
        """Characters of text in words that no message uses, dense ones counted double: what only an article says.

        Labels are not looked at: whatever their words, they tell little.
        """
        return round(sum(length_of(text) * share for text, share in self._own))

    @cached_property
    def own_paragraphs(self) -> int:
        """Paragraphs of which hardly less than half is in words that no message uses."""
        return sum(share >= _OWN and length_of(text) >= _OWN_PARAGRAPH for text, share in self._own)

    @cached_property
    def _own(self) -> tuple[tuple[str, float], ...]:
        """Each text that may be a sentence, and the share of it in words that no message uses."""
        texts = (text for text in self.lines if length_of(text) >= _SENTENCE)
        return tuple((text, vocabulary.own_share(text, self.languages)) for text in texts)

    @cached_property
    def talks_about_errors(self) -> str:
        """The words in which the page explains errors rather than reports one; empty where it does not."""
        return next((words for text in self.lines if is_prose(text) and (words := phrases.explains(text))), "")

    @cached_property
    def topic(self) -> float:
        """Share of the title's words that the prose takes up: a headline's are, a message's are not."""
        return self._taken_up("\n".join(self.prose))

    @cached_property
    def told_of_title(self) -> float:
        """The same of all sentences in words of their own: a brief has hardly a paragraph."""
        return self._taken_up("\n".join(text for text, share in self._own if share >= _OWN))

    def _taken_up(self, prose: str) -> float:
        terms = _terms(prose[:20_000])
        parts = (_terms(part) for part in phrases.title_parts(self.raw.title))
        return max((len(part & terms) / len(part) for part in parts if len(part) >= _HEADLINE), default=0.0)


def _is_quoted(part: str, title: str) -> bool:
    """Whether `title` has `part` in quotation marks and goes on: it tells of a message, and is none."""
    before, _, after = title.partition(part)
    closing = _QUOTES.get(before[-1:])
    return closing is not None and after.startswith(closing) and len(title) > len(part) + 2


def _terms(text: str) -> set[str]:
    """The longer words of `text`, and each two characters in a row of one in Chinese, Japanese or Korean."""
    words = {word for word in tokens(text) if len(word) > 3 and not _DENSE.match(word)}
    runs = _DENSE_RUN.findall(text)
    return words | {run[at : at + 2] for run in runs for at in range(len(run) - 1)}


def length_of(text: str) -> int:
    """Characters of `text`; one of Chinese, Japanese and Korean, which says as much as two letters, counts for two."""
    return len(text) if text.isascii() else len(text) + len(_DENSE.findall(text))


def is_prose(text: str) -> bool:
    """Whether `text` is long enough for a paragraph."""
    return len(text) >= _PROSE or length_of(text) >= _PROSE


def _said(texts: dict[str, None] | list[str] | tuple[str, ...]) -> Iterator[Said]:
    for text in texts:
        hits = phrases.match(text)
        if hits:
            yield Said(text, hits)
