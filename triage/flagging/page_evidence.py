"""What the parts of a page say and what speaks for an article: the clues the error-page score adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from triage.flagging import phrases
from triage.flagging.phrases import Hit
from triage.flagging.subject import Subject
from triage.text import is_unspaced, tokens

_PROSE = 100
_PROSE_UNSPACED = 45
"""Characters from which a block is a paragraph of prose rather than a label or a message."""
_ALMOST_NONE = 50
"""Characters below which a page shows nothing."""
_HEADINGS = 6
_LONG_PAGE, _MESSAGE = 3000, 250
"""Characters of a page of which only blocks of at most so many characters are heard: the rest is no message."""
_LINES = 60
"""Blocks of a page whose words are looked at: a message stands among the first, or on a short page."""


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
        """Characters of text outside links; one of a script without spaces counts for two."""
        chars = max(0, self.shown_chars - self.raw.link_chars)
        return chars * 2 if self.unspaced else chars

    @cached_property
    def unspaced(self) -> bool:
        """Whether most of the text belongs to a script without spaces."""
        return is_unspaced(" ".join(self.lines)[:2000])

    @cached_property
    def title(self) -> tuple[Said, ...]:
        """Hits in the title: whole, and part by part; not in pieces of a part that is the page's headline."""
        parts = phrases.title_parts(self.raw.title)
        headlines = [part for part in parts if ":" in part and part in self.raw.headings]
        pieces = (part for part in parts if not any(part != whole and part in whole for whole in headlines))
        return tuple(_said(dict.fromkeys((self.raw.title, *pieces))))

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
        """Characters of `prose`; one of a script without spaces counts for two."""
        return sum(len(text) * (2 if is_unspaced(text) else 1) for text in self.prose)

    @cached_property
    def talks_about_errors(self) -> str:
        """The words in which the page explains errors rather than reports one; empty where it does not."""
        return next((words for text in self.lines if is_prose(text) and (words := phrases.explains(text))), "")

    @cached_property
    def topic(self) -> float:
        """Share of the title's words that the prose takes up: a headline's are, a message's are not."""
        prose = set(tokens("\n".join(self.prose)[:20_000]))
        shares = []
        for part in phrases.title_parts(self.raw.title):
            words = {word for word in tokens(part) if len(word) > 3 or is_unspaced(word)}
            if len(words) >= 3:
                shares.append(len(words & prose) / len(words))
        return max(shares, default=0.0)


def is_prose(text: str) -> bool:
    """Whether `text` is long enough for a paragraph."""
    return len(text) >= _PROSE or (len(text) >= _PROSE_UNSPACED and is_unspaced(text))


def _said(texts: dict[str, None] | list[str] | tuple[str, ...]) -> Iterator[Said]:
    for text in texts:
        hits = phrases.match(text)
        if hits:
            yield Said(text, hits)
