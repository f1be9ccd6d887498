"""What the parts of a page say and what speaks for an article: the clues the error-page score adds up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from triage.flagging import message_words, page_wording, phrases, site_frame
from triage.flagging.message_words import Reading
from triage.flagging.own_words import own_share
from triage.flagging.phrases import Hit
from triage.flagging.subject import Subject
from triage.text import tokens

_PROSE = 100
"""Characters from which a block is a paragraph of prose rather than a label or a message, dense ones counted double."""
_SENTENCE = 40
"""Characters from which a block may be a sentence, dense ones counted double."""
_OWN_PARAGRAPH, _OWN = 80, 0.45
"""Characters from which a sentence is a paragraph, and the share of words of its own from which it is no message."""
_TALE, _TELLING = 60, 0.4
"""... and the same of a sentence that tells of something, where only a headline holds a message."""
_TEXT, _TALKING, _NEARLY_ALL = 200, 0.2, 0.75
"""Characters of such sentences, their share in words of their own, and their share of all, from which on they are a
text that has a message in it as no more than a line."""
_HEADLINE = 3
"""Words a part of a title has at the least where it may be the headline of an article."""
_QUOTES = {"「": "」", "『": "』", "《": "》", "«": "»", "“": "”", "„": "“", "‘": "’", '"': '"'}
_ALMOST_NONE = 50
"""Characters below which a page shows nothing."""
_HEADINGS = 6
_FIRST_LINE = 100
"""Characters up to which the first line of a text without headings is its headline."""
_SHORT_PAGE = 1500
"""Characters of a page below which its lines are read word by word: on a longer one other messages stand too."""
_TOLD = 0.2
"""Share of a line that a message is at the least where the line is about it."""
_LABEL = 12
"""Characters from which a line is more than a label."""
_LONG_PAGE, _MESSAGE = 3000, 250
"""Characters of a page of which only blocks of at most so many characters are heard: the rest is no message."""
_LINES = 60
"""Blocks of a page whose words are looked at: a message stands among the first, or on a short page."""
_STATUS = re.compile(r"\W*(?:[A-Z]{1,3}[- ]?)?([45]\d\d(?:\d\d)?)(?!\d)")
"""An HTTP status at the start of a line, or a code made of one: 404, E404, 40401."""
_LIST, _LINKED = 3, 0.5
_FIELD, _ABOUT = 40, 0.25
"""Characters of the longest label of a form, and the share of it that must be about logging in."""
_BARE, _FEW_LINKS, _FEW_OWN = 700, 400, 30
"""Characters of a page that is nothing but a message: outside links, in links, and in words that no message uses."""
_QUESTION = frozenset("?？؟")
_PIECES = re.compile(r"\s+[-–—|·]+\s+|:\s|[：()（）\[\]【】《》「」“”„«»]")
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
        return sum(len(block.text) for block in self.article.blocks) - sum(map(len, self.frame))

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
    def heads(self) -> tuple[str, ...]:
        """The first headings, and what repeats the title in other markup; of a text, the first line before others."""
        found = self.raw.headings[:_HEADINGS]
        if self.subject.media == "text":
            first = self.lines[:1] if not found and len(self.lines) > 1 else ()
            return (*found, *(line for line in first if len(line) <= _FIRST_LINE))
        parts = frozenset(phrases.title_parts(self.raw.title)).difference(self.raw.headings)
        return (*found, *(line for line in self.lines if line in parts))

    @cached_property
    def headings(self) -> tuple[Said, ...]:
        """Hits in the first headings."""
        return tuple(_said(dict.fromkeys(self.heads)))

    @cached_property
    def is_fragment(self) -> bool:
        """Whether its markup holds a text and nothing else of a page, as feeds and interfaces of sites give one."""
        raw = self.raw
        rest = raw.title or raw.headings or raw.noscript or raw.meta_refresh
        return self.subject.media == "html" and not (rest or raw.link_chars or raw.forms or raw.script_chars)

    @cached_property
    def frame(self) -> frozenset[str]:
        """The lines of a text page that are its site's menu and foot."""
        messages = self.raw.messages if self.subject.media == "text" else ()
        return frozenset(messages[at] for at in site_frame.frame_of(messages))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Blocks of the page, then the article's first; without what a browser hides and the frame of a text page."""
        hidden = self.frame.union(self.raw.hidden if self.raw.visible_chars >= _ALMOST_NONE else ())
        extracted = (block.text for block in self.article.blocks[:8] if block.text not in hidden)
        seen = [text for text in self.raw.messages if text not in self.frame][:_LINES]
        return tuple(dict.fromkeys((*seen, *(text for text in extracted if not _joins(text, seen)))))

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Hits in the blocks of the page that are no headings."""
        headings = frozenset(self.heads)
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
        messages = [said.text for said in self.said if any(hit.sure and hit.share >= _TOLD for hit in said.hits)]
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
    def own_paragraphs(self) -> int:
        """Paragraphs of which hardly less than half is in words that no message uses."""
        return sum(share >= _OWN and length_of(text) >= _OWN_PARAGRAPH for text, share in self._own)

    @cached_property
    def _own(self) -> tuple[tuple[str, float], ...]:
        """Each text that may be a sentence, and the share of it in words that no message uses."""
        return tuple((text, share) for text, share in self._shares if length_of(text) >= _SENTENCE)

    @cached_property
    def _shares(self) -> tuple[tuple[str, float], ...]:
        """Each line, and the share of it in words that no message uses."""
        return tuple((text, own_share(text, self.languages)) for text in self.lines)

    @cached_property
    def _beside(self) -> tuple[tuple[str, float], ...]:
        """The lines that hold no message, headings included, each with its share of such words; no rights reserved."""
        said = (*self.headings, *self.said)
        told = {one.text for one in said if any(hit.sure and hit.share >= _TOLD for hit in one.hits)}
        told.update(text for text, _ in (*self.worded_headings, *self.worded_lines))
        return tuple(
            (text, share) for text, share in self._shares if text not in told and not site_frame.RIGHTS.search(text)
        )

    @cached_property
    def beside_words(self) -> int:
        """Characters in words that no message uses, in lines of any length that hold no message."""
        return round(sum(length_of(text) * share for text, share in self._beside))

    @cached_property
    def is_bare(self) -> bool:
        """Whether nothing is left of it beside messages: few words, none of its own, no list of links to go on by."""
        if self.own_text >= _BARE or self.raw.link_chars >= _FEW_LINKS:
            return False
        return sum(length_of(text) * share for text, share in self._shares) < _FEW_OWN

    @cached_property
    def told_share(self) -> float:
        """The share of all text that stands in sentences of the page's own, 0..1."""
        told = sum(length_of(text) for text, share in self._beside if length_of(text) >= _TALE and share >= _TELLING)
        return told / max(1, sum(map(length_of, self.lines)))

    @cached_property
    def tale(self) -> str:
        """The first heading, where it is no message and all but a line below it is sentences of a text; else empty."""
        first = next(iter(self.heads), "")
        sentences = [(length_of(text), share) for text, share in self._beside if length_of(text) >= _TALE]
        chars = sum(length for length, _ in sentences)
        own = sum(length * share for length, share in sentences)
        if chars < _TEXT or own < _TALKING * chars or chars < _NEARLY_ALL * sum(map(length_of, self.lines)):
            return ""
        says = any(hit.sure for said in self.headings if said.text == first for hit in said.hits)
        return "" if says else first

    @cached_property
    def somebody(self) -> str:
        """The first line beside its messages that tells of him, of her or of what somebody said; else empty."""
        language = next(iter(self.languages), "")
        lines = (text for text, _ in self._beside)
        return next((text for text in lines if message_words.tells_of_somebody(text, language)), "")

    @cached_property
    def work(self) -> str:
        """The words in which its headline says, beside a message, that this is the name of a work; else empty."""
        for head in self.heads[:1]:
            pieces = [piece for piece in _PIECES.split(head) if piece.strip()]
            other = [piece for piece in pieces if not any(hit.sure for hit in phrases.match_page(piece))]
            if len(other) < len(pieces):
                return next(filter(None, map(phrases.names_work, other)), "")
        return ""

    @cached_property
    def listed(self) -> frozenset[str]:
        """The items and rows of a list or a table of several; where no article was found, a list of links is a menu."""
        most = 1.0 if self.article.extractor != "visible-text" else _LINKED
        items = [
            block.text
            for block in self.article.blocks
            if block.kind in {"list-item", "table-row"} and block.links <= most
        ]
        return frozenset(items) if len(items) >= _LIST else frozenset()

    @cached_property
    def form_lines(self) -> int:
        """How many short lines of a text page speak of nothing but logging in: its form, if it has one."""
        if self.subject.media != "text":
            return 0
        said = (*self.headings, *self.said)
        short = [one for one in said if len(one.text) <= _FIELD]
        return sum(any(hit.cause == "login" and hit.share >= _ABOUT for hit in one.hits) for one in short)

    @cached_property
    def statuses(self) -> int:
        """How many different HTTP statuses its lines begin with."""
        found = (_STATUS.match(line) for line in self.lines)
        return len({status.group(1) for status in found if status})

    @cached_property
    def worded_headings(self) -> tuple[tuple[str, Reading], ...]:
        """Headings that no list has and that are worded as a message."""
        return tuple(self._worded(self.heads))

    @cached_property
    def worded_lines(self) -> tuple[tuple[str, Reading], ...]:
        """Other lines of a short page that are; no items of a list, no code."""
        if self.own_text >= _SHORT_PAGE:
            return ()
        code = (block.text for block in self.article.blocks if block.kind == "code")
        taken = self.listed.union(self.heads, code)
        return tuple(self._worded([line for line in self.lines if line not in taken]))

    def _worded(self, texts: Iterable[str]) -> Iterator[tuple[str, Reading]]:
        for text in texts:
            found = message_words.reports(text, self.languages)
            if found is None and self.is_bare:
                found = page_wording.speaks_for_a_page(text, self.languages)
            if found and text.rstrip()[-1:] not in _QUESTION:
                yield text, found

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


def _joins(text: str, lines: Sequence[str]) -> bool:
    """Whether a text is several lines of the page in one, as extraction gives a page in which it found no article."""
    return sum(len(line) >= _LABEL and line in text for line in lines) > 1


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
        hits = phrases.match_page(text)
        if hits:
            yield Said(text, tuple(hit for hit in hits if not _is_within_longer(hit, hits)))


def _is_within_longer(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a hit is a part of another: "not available" of "not available in your country"."""
    return any(other.sure and len(other.words) > len(hit.words) and hit.words in other.words for other in hits)
