"""Boilerplate inside one page: what stands around the article on every page of a site and is none of it.

Disclaimers, comment stubs, consent text, share and subscribe lines, lists of related links, author boxes, notices of
copyright, labels for readers' hands. The phrases are `line_phrases`'s; here is decided where they count: a label is
struck wherever it stands alone, a sentence where enough of it is said for no other purpose, what follows a label
(links under "Related articles", the paragraph under "Legal disclaimer:") with the label. Headings over prose, steps of
a how-to and pages that are about such texts are left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from triage.flagging import boilerplate_words, consent, line_phrases, message_words, vocabulary
from triage.flagging.layout import Layout, is_prose, reads_as
from triage.flagging.line_phrases import LineHit
from triage.flagging.long_pages import looked_at
from triage.flagging.patterns import words_of
from triage.flagging.subject import Findings, Subject
from triage.model import Block, Flag, Trace
from triage.text import clean_line, is_unspaced

_MIDDLE = 700
"""Characters of the longest block that is looked at in the middle of an article."""
_EDGE = 12
"""Blocks at head and tail that are looked at whatever their length."""
_LABEL = 100
_LINK_LINE = 250
_LONG_CAUSES = frozenset({"disclaimer", "consent", "copyright"})
"""Causes whose sentences run to paragraphs; those of others are lines."""
_STEPS = frozenset({"login", "navigation", "subscribe", "share"})
"""Causes whose words are steps of a how-to as well."""
_CALLS = frozenset({"login", "navigation", "subscribe", "comments"})
"""Causes whose phrases leave room for a few words more, which are the article's where no phrase knows them."""
_OWN = 2
"""Words of its own with which a line that forbids copying speaks of something else than the page."""
_SHARED = 3
"""Words that an article's first sentence has in common with it; a notice above it has fewer."""
_RULES = frozenset({"copyright", "consent"})
"""Causes whose phrases rule on what a reader may do, as an article's sentences do on other things."""
_NEARLY_ALL = 0.6
"""Share of a block that one phrase of a disclaimer may be for the block to say nothing else."""
_LONG_WORD = 4
_FEW = 3
"""Spaces of the shortest line whose language its words tell; a label may be in any."""
_BOX = 3
"""Paragraphs of the longest author box."""
_RECURS = 3
"""Times a line that begins like a link to another page stands in a text before it is one without its link."""
_HEADED = frozenset({"disclaimer", "comments", "author", "consent"})
"""Causes whose labels stand over prose of their own."""
_LOW_DOWN = frozenset({"comments", "author"})
"""Causes that belong below the article."""
_SIGNED = re.compile(r"[:：»›→>|]|\.\.\.|…")
_PRICE = re.compile(r"[$£€¥₹]\s?\d|\d\s?(?:[$£€¥₹]|zł|kr\b|Kč\b|руб|лв)")
_QUOTED = re.compile(r"[\"“„«‘「『]([^\"“”„«»‘「」『』]{3,120})[\"”“»’」』]")
_SENTENCE_END = re.compile(r"[.!?。！？]\s*$")
NAMES = {
    "disclaimer": "a disclaimer", "comments": "the comment section's own words", "consent": "consent text",
    "share": "share buttons", "subscribe": "a call to subscribe", "related": "links to other pages",
    "author": "an author box", "copyright": "a copyright notice", "navigation": "navigation",
    "login": "a log-in prompt", "placeholder": "a placeholder",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Find:
    """One block that is boilerplate: of what kind, by which words, how sure."""

    cause: str
    words: str
    confidence: float


def find(subject: Subject, taken: frozenset[int]) -> Findings:
    """Boilerplate of a page outside the blocks `taken` by other flags; neighbours of one kind are one flag."""
    page = _Page(subject, taken)
    found, traces = page.finds()
    flags = list(_flags(found))
    traces += [Trace(flag.rule, "fired", flag.reason) for flag in flags]
    return Findings(tuple(flags), tuple(traces))


def _flags(found: dict[int, _Find]) -> Iterator[Flag]:
    run: list[int] = []
    for at in [*sorted(found), -1]:
        if run and at == run[-1] + 1 and found[at].cause == found[run[-1]].cause:
            run.append(at)
            continue
        if run:
            yield _flag(run[0], run[-1], [found[k] for k in run])
        run = [at]


def _flag(first: int, last: int, finds: Sequence[_Find]) -> Flag:
    cause = finds[0].cause
    said = list(dict.fromkeys(find.words for find in finds if find.words))
    reason = f"Reads like {NAMES[cause]}: " + ", ".join(f"“{words[:60]}”" for words in said[:3])
    confidence = round(sum(find.confidence for find in finds) / len(finds), 2)
    return Flag("boilerplate", cause, reason, cause, confidence, first, last)


class _Page:
    """One page under judgement: its blocks, their phrases, how they lie."""

    def __init__(self, subject: Subject, taken: frozenset[int]) -> None:
        self.blocks = subject.article.blocks
        self.taken = taken
        self.media = subject.media
        self.language = subject.article.language
        self.layout = Layout(self.blocks, taken, subject.article.language)
        self.title = subject.article.title or ""
        self.hits = self._hits()

    def _hits(self) -> dict[int, list[LineHit]]:
        """The phrases of every block worth looking at: short ones, and longer ones with a sign of boilerplate."""
        last = len(self.blocks) - _EDGE
        looked = ((at, self.blocks[at]) for at in looked_at(self.blocks))
        blocks = {at: block for at, block in looked if not (at in self.taken or block.kind == "code")}
        long = [
            at
            for at, block in blocks.items()
            if len(block.text) > line_phrases.SHORT and (len(block.text) <= _MIDDLE or at < 3 or at >= last)
        ]
        short = [at for at, block in blocks.items() if len(block.text) <= line_phrases.SHORT]
        counted = {text: self._counted(text) for text in {blocks[at].text for at in (*short, *long)}}
        found = {at: counted[blocks[at].text] for at in sorted(short + long)}
        said = [at for at in long if found[at]]  # signs are looked for last: few longer blocks hold a phrase at all
        signed = line_phrases.with_signs([self.blocks[at].text for at in said])
        without = {at for at, sign in zip(said, signed, strict=True) if not sign}
        return {at: hits for at, hits in found.items() if hits and at not in without and not self._is_answer(at)}

    def _is_answer(self, at: int) -> bool:
        return boilerplate_words.is_answer(self.blocks[at], self.language)

    def _counted(self, text: str) -> list[LineHit]:
        hits = [hit for hit in line_phrases.match(text) if self._counts(hit)]
        if any(hit.language not in {"any", "en", self.language} for hit in hits) and self._is_at_home(text):
            return [hit for hit in hits if hit.language in {"any", "en", self.language}]
        return hits

    def _is_at_home(self, text: str) -> bool:
        """Whether some words read as the page's language or English: what phrases of others find in them is chance."""
        return text.count(" ") >= _FEW and any(reads_as(text, language) for language in {"en", self.language or "en"})

    def _counts(self, hit: LineHit) -> bool:
        """Single words count in the page's language and in English alone: in another they mean something else."""
        if hit.kind != "boilerplate":
            return False
        weak = hit.part in {"hint", "begins"} and " " not in hit.words
        return not weak or hit.language in {"en", self.language}

    def finds(self) -> tuple[dict[int, _Find], list[Trace]]:
        """Every block that is boilerplate, and what nearly was."""
        found: dict[int, _Find] = {}
        traces: list[Trace] = []
        for at in sorted(self.hits):
            if at in found:
                continue
            verdict = self._by_itself(at)
            if isinstance(verdict, _Find):
                found[at] = verdict
                if label := self._label(at):
                    found.update(self._under(at, label, found))
            elif verdict:
                traces.append(Trace("boilerplate", "nearly", verdict))
        known = self.taken | found.keys()
        found |= {
            at: _Find(cause, clean_line(self.blocks[at].text)[:60], 0.8)
            for at, cause in boilerplate_words.find(self.blocks, self.layout, self.language, known)
        }
        self._spread(found)
        for cause in ("consent", "disclaimer"):
            if self._is_the_topic(found, cause):
                found = {at: find for at, find in found.items() if find.cause != cause}
                traces.append(Trace(cause, "against", "most of the page is such text: it is the page's topic"))
        return found, traces

    # one block

    def _by_itself(self, at: int) -> _Find | str | None:
        """What a block is by its own words; a sentence where it nearly is boilerplate."""
        block, hits = self.blocks[at], self.hits[at]
        short = [hit for hit in hits if hit.part in {"whole", "label"}]
        against = ""
        for hit in short:
            against = self._against_line(at, hit)
            if not against:
                return _Find(hit.cause, clean_line(block.text)[:60], 0.92 if hit.part == "whole" else 0.85)
        if find := self._by_beginning(at, hits) or self._by_sentences(at, hits):
            return find
        return f"“{clean_line(block.text)[:60]}”: {against}" if against else None

    def _against_line(self, at: int, hit: LineHit) -> str:
        """What speaks for a short line of the article's own; empty where nothing does."""
        return next(self._objections(at, hit), "")

    def _objections(self, at: int, hit: LineHit) -> Iterator[str]:
        block, cause = self.blocks[at], hit.cause
        apart = block.links >= 0.5 or self.layout.in_tail(at)
        label = hit.part == "label"
        words = len(block.text.split())
        if block.kind == "heading" and cause not in _HEADED and self._prose_follows(at):
            yield "a heading over prose"
        if cause in _LOW_DOWN and not apart and self.layout.before[at] < (0.75 if label else 0.4):
            yield "too far up for it"
        if cause in _STEPS and block.kind == "list-item" and words > 3 and not apart:
            yield "a step in a list"
        if cause in _STEPS and words > 8 and hit.share < 0.9 and _SENTENCE_END.search(block.text):
            yield "a sentence"
        if cause == "share" and _PRICE.search(block.text):
            yield "it names a price"
        if cause == "disclaimer" and label and not self._disclaims_below(at):
            yield "nothing is disclaimed below it"
        if cause in _CALLS and not apart and _own_words(block.text, hit) > 0:
            yield "it goes on about something of its own"
        if cause == "related" and not apart:
            yield from self._objections_to_a_link(at, label=label)

    def _objections_to_a_link(self, at: int, *, label: bool) -> Iterator[str]:
        if self._links_follow(at):
            return
        if self.blocks[at].text.rstrip().endswith(":"):
            yield "it introduces what follows"
        if label:
            yield "no links follow it"

    def _by_beginning(self, at: int, hits: Sequence[LineHit]) -> _Find | None:
        block = self.blocks[at]
        for hit in hits:
            if hit.part != "begins":
                continue
            if hit.cause == "disclaimer":
                if self._weight(hits, "disclaimer") >= 1 or (
                    self.layout.before[at] > 0.9 and _SIGNED.search(block.text[:60])
                ):
                    return _Find("disclaimer", hit.words, 0.92)
            elif len(block.text) <= line_phrases.SHORT and not is_prose(block):
                signed = _SIGNED.search(block.text[: len(hit.words) + 12])
                if block.links >= 0.5 or (signed and (self._stands_low(at) or self._recurs(hit))):
                    return _Find(hit.cause, hit.words, 0.88)
        return None

    def _stands_low(self, at: int) -> bool:
        """Whether a block is below all prose, or beside a line that is surely boilerplate."""
        beside = (hit for k in (at - 1, at + 1) for hit in self.hits.get(k, ()))
        return self.layout.in_tail(at) or any(hit.part in {"whole", "say"} for hit in beside)

    def _recurs(self, hit: LineHit) -> bool:
        """Whether several lines of the page begin in the same words, as links between paragraphs do."""
        return self._beginnings[hit.words] >= _RECURS

    @cached_property
    def _beginnings(self) -> Counter[str]:
        """How many blocks begin in each of the phrases found at beginnings."""
        return Counter(
            words for hits in self.hits.values() for words in {hit.words for hit in hits if hit.part == "begins"}
        )

    def _by_sentences(self, at: int, hits: Sequence[LineHit]) -> _Find | None:
        """A block that says so much of one kind that it says little else."""
        block = self.blocks[at]
        causes = dict.fromkeys(hit.cause for hit in hits if hit.part == "say")
        for cause in causes:
            said = [hit for hit in hits if hit.cause == cause and hit.part == "say"]
            if _quotes(said[0], block.text) or _goes_on(block):
                continue
            length = len(block.text) * (3 if is_unspaced(block.text) else 1)
            if cause not in _LONG_CAUSES and length > 400:
                continue
            weight = self._weight(hits, cause)
            share = min(1.0, sum(hit.share for hit in _apart(said)))
            if (
                cause in _RULES
                and not consent.names_cookies(block.text, said[0].language)
                and self._rules_on_its_own(at, said[0])
            ):
                continue
            if weight >= self._needed(at, cause, length, share):
                return _Find(cause, said[0].words, round(min(0.97, 0.78 + 0.06 * weight + 0.2 * share), 2))
        return None

    def _rules_on_its_own(self, at: int, hit: LineHit) -> bool:
        """Whether a line amid an article forbids something of its own: "Copying of the cellar keys is prohibited"."""
        text = self.blocks[at].text
        if len(text) > line_phrases.SHORT or is_unspaced(text) or self.layout.in_tail(at) or "©" in text:
            return False
        small = " ".join(word for word in text.split() if word[:1].islower())  # names are those of owners
        own, words = _own_words(small, hit), len([word for word in words_of(text) if len(word) >= _LONG_WORD])
        return own >= _OWN and own * 3 >= words

    def _needed(self, at: int, cause: str, length: int, share: float) -> float:
        """How much a block must say of a cause to be struck: the less the nearer to an edge and the shorter."""
        edge = self.layout.in_tail(at) or self.layout.in_head(at) or self.layout.before[at] >= 0.85
        if cause == "disclaimer":
            if length > 1200 and not self.layout.in_tail(at) and self.layout.before[at] < 0.85:
                return 4
            if edge and (self.layout.in_tail(at) or self.layout.shared_words(at) < _SHARED):
                return 1 if share >= 0.1 or length <= 250 else 2
            says_all = share >= _NEARLY_ALL or boilerplate_words.is_legal(self.blocks[at].text, self.language)
            return 1 if says_all and self.layout.stands_alone(at) else 2 if share >= 0.2 else 3
        if cause == "consent":
            return 1 if share >= consent.share_needed(self.layout, at) or (edge and length <= 500) else 2
        if cause == "copyright":
            return 1 if share >= 0.15 or edge else 2
        return 1 if share >= (0.4 if cause == "login" else 0.2) or (edge and cause != "login") else 2

    def _weight(self, hits: Sequence[LineHit], cause: str) -> float:
        """Phrases of one cause that do not overlap, and half of one for hints beside them."""
        own = [hit for hit in hits if hit.cause == cause]
        say = len(_apart([hit for hit in own if hit.part == "say"]))
        begins = any(hit.part == "begins" for hit in own)
        hints = len({hit.words for hit in own if hit.part == "hint"})
        return say + 0.5 * min(2, hints) * (say > 0 or begins)

    # what follows a label

    def _label(self, at: int) -> str | None:
        """What a block is the label of; None where it is none."""
        return next(
            (hit.cause for hit in self.hits[at] if hit.part == "label" and not self._against_line(at, hit)), None
        )

    def _under(self, at: int, label: str, found: dict[int, _Find]) -> dict[int, _Find]:
        """The blocks under a label that belong to it."""
        if label == "disclaimer":
            return {
                k: _Find("disclaimer", self._said(k, "disclaimer"), 0.9) for k in self._disclaimed(at) if k not in found
            }
        if label == "related":
            return {k: _Find("related", "", 0.85) for k in self._links_under(at) if k not in found}
        if label == "author":
            return {k: _Find("author", "", 0.75) for k in self._box_under(at) if k not in found}
        return {}

    def _disclaimed(self, at: int) -> Iterator[int]:
        for k in range(at + 1, min(at + 7, len(self.blocks))):
            hits = self.hits.get(k, [])
            if k in self.taken or any(hit.part in {"label", "whole"} and hit.cause != "disclaimer" for hit in hits):
                return
            if any(hit.cause == "disclaimer" and hit.part in {"say", "begins", "hint"} for hit in hits):
                yield k
            elif not (k == at + 1 and self._ends_the_page(k)):
                return
            else:
                yield k

    def _said(self, at: int, cause: str) -> str:
        return next((hit.words for hit in self.hits.get(at, ()) if hit.cause == cause and hit.part == "say"), "")

    def _disclaims_below(self, at: int) -> bool:
        return next(iter(self._disclaimed(at)), None) is not None

    def _ends_the_page(self, at: int) -> bool:
        """Whether a block is the last of any length, but for lines of boilerplate."""
        below = range(at + 1, len(self.blocks))
        return len(below) <= _EDGE and all(
            any(hit.part != "hint" for hit in self.hits.get(k, ())) or k in self.taken or len(self.blocks[k].text) < 60
            for k in below
        )

    def _links_under(self, at: int) -> Iterator[int]:
        """Lines of links under a label; where links are not known, short lines to the page's end."""
        below = range(at + 1, min(at + 41, len(self.blocks)))
        if self.media == "text" and not (self._has_links and any(self.blocks[k].links for k in below)):
            rest = list(below)
            if (1 if self.layout.in_tail(at) else 2) <= len(rest) <= 15 and all(self._is_teaser(k) for k in rest):
                yield from rest
            return
        for k in below:
            block = self.blocks[k]
            if k in self.taken or block.links < 0.5 or len(block.text) > _LINK_LINE:
                return
            yield k

    @cached_property
    def _has_links(self) -> bool:
        return any(block.links for block in self.blocks)

    def _is_teaser(self, at: int) -> bool:
        text = self.blocks[at].text
        return 15 <= len(text) <= 120 and not text.endswith((".", "。", ":", ";"))

    def _links_follow(self, at: int) -> bool:
        return next(iter(self._links_under(at)), None) is not None or self.layout.in_tail(at)

    def _box_under(self, at: int) -> Iterator[int]:
        """The paragraphs of an author box, which end the page."""
        below = (k for k in range(at + 1, len(self.blocks)) if k not in self.hits)
        rest = list(islice(below, _BOX + 1))
        if len(rest) <= _BOX and sum(len(self.blocks[k].text) for k in rest) <= 900:
            yield from (k for k in rest if k == at + 1 or k - 1 in rest)

    def _prose_follows(self, at: int) -> bool:
        return at + 1 < len(self.blocks) and at + 1 not in self.hits and is_prose(self.blocks[at + 1])

    # the whole

    def _spread(self, found: dict[int, _Find]) -> None:
        """Hints beside what was found, such as "Facebook" under "Share", and rows of them; the rest of a dialog."""
        for order in (sorted(self.hits), sorted(self.hits, reverse=True)):
            for at in order:
                if at in found or len(self.blocks[at].text) > _LABEL:
                    continue
                hints = [hit for hit in self.hits[at] if hit.part == "hint" and hit.share >= 0.8]
                beside = {found[k].cause for k in (at - 1, at + 1) if k in found}
                cause = next((hit.cause for hit in hits_first(hints) if hit.cause in beside), None)
                if cause:
                    found[at] = _Find(cause, clean_line(self.blocks[at].text)[:60], 0.85)
        beside_consent = [at for at, find in found.items() if find.cause == "consent"]
        while beside_consent:
            at = beside_consent.pop()
            for k in (at - 1, at + 1):
                if (
                    0 <= k < len(self.blocks)
                    and k not in found
                    and k not in self.taken
                    and consent.goes_on(self.layout, k)
                ):
                    found[k] = _Find("consent", clean_line(self.blocks[k].text)[:60], 0.75)
                    beside_consent.append(k)

    def _is_the_topic(self, found: dict[int, _Find], cause: str) -> bool:
        """Whether the title or most of a long page speaks of it: a policy, not a notice."""
        struck = sum(len(self.blocks[at].text) for at, find in found.items() if find.cause == cause)
        if not struck:
            return False
        total = sum(len(block.text) for block in self.blocks) or 1
        titled = any(hit.cause == cause for hit in line_phrases.match(self.title))
        if cause == "consent" and not titled and (struck > 0.8 * total or self._is_strange_to_its_title()):
            return False  # a consent dialog that was taken for the article
        return (titled and struck > 200) or (struck > 0.4 * total and total > 3000 and struck > 1500)

    def _is_strange_to_its_title(self) -> bool:
        """Whether the page has a title, no longer word of which stands in its text."""
        words = [word for word in words_of(self.title) if len(word) >= _LONG_WORD]
        text = words_of(" ".join(block.text for block in self.blocks)) if words else ()
        return bool(words) and not set(words) & set(text)


def _goes_on(block: Block) -> bool:
    """Whether a block is an item of a list that another follows in the same sentence: "tools by third parties;"."""
    return block.kind == "list-item" and block.links < 0.5 and block.text.rstrip().endswith((";", "；"))


def _quotes(hit: LineHit, text: str) -> bool:
    """Whether a text has the words between quotation marks: it speaks of them, as advice on licences does."""
    return any(hit.words in " ".join(words_of(quoted)) for quoted in _QUOTED.findall(text))


def _own_words(text: str, hit: LineHit) -> int:
    """How many longer words of a line no phrase of the language uses: "no comments yet from the bishop" has one."""
    words = words_of(text)
    if is_unspaced(text):
        reading = message_words.reading(text, hit.language)
        return 0 if reading and reading.strange * 6 <= reading.words else 1
    books = [vocabulary.words_of(language, ("errors", "noise", "boilerplate")) for language in (hit.language, "en")]
    return sum(
        len(word) >= _LONG_WORD
        and word.isalpha()
        and not any(vocabulary.knows(book, word) for book in books)
        and not message_words.known(word).keys() & {hit.language, "en"}
        for word in words
    )


def hits_first(hits: Sequence[LineHit]) -> Sequence[LineHit]:
    """`hits` with the largest share first."""
    return sorted(hits, key=lambda hit: (-hit.share, hit.cause))


def _apart(hits: Sequence[LineHit]) -> list[LineHit]:
    """Hits that do not say the same words twice."""
    kept: list[LineHit] = []
    for hit in sorted(hits, key=lambda hit: (-len(hit.words), hit.words)):
        words = set(hit.words.split())
        if not any(len(words & set(other.words.split())) * 2 > len(words) for other in kept):
            kept.append(hit)
    return kept
