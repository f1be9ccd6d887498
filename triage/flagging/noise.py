"""Error noise inside a good page: lines that a server, a template or a widget left at its head, tail or in between.

Blocks are weighed by themselves first (`noise_lines`); here seeds gather what lies around them into one flag. A line of
the article is not struck: prose, quotations and code are not looked at, and where the article itself speaks of such
errors only a cluster at an edge of the page counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.flagging import fragments, line_phrases, message_words, phrases, vocabulary
from triage.flagging.layout import Layout, is_prose, reads_as, script_of
from triage.flagging.noise_lines import LONGEST, weigh, weights_of
from triage.flagging.noise_weight import COMPANION, LIKELY, SEED, SHORT, Weight, is_status
from triage.flagging.subject import Findings, Subject
from triage.model import Block, ErrorCause, Flag, Trace
from triage.text import clean_line, normal

_KINDS = 3
"""Causes of errors in one list from which on it tells of errors, as release notes do, wherever it stands."""
SURE_BY_PLACE = {"noise-at-head": 0.9, "noise-at-tail": 0.88, "noise-inside": 0.82}
"""The rules by place, each with the confidence that one plain message there has."""
_LAST = 3
"""Blocks at the end of a page that count as its edge even if one of them reads like prose."""
_NAME = 40
"""Characters of the longest label of a menu, and name of a site, beside its message."""
_FOOT = frozenset({"copyright", "navigation"})
"""Kinds of boilerplate that stand below a message as well."""
_COMMON_STATUS = frozenset({"400", "401", "403", "404", "405", "410", "429", "500", "502", "503", "504"})
_WORDS = {
    "not-found": "of a page that was not found", "http-error": "of a server error", "rate-limit": "of a rate limit",
    "bot-wall": "of a bot wall", "captcha": "of a captcha", "js-required": "of a script that did not run",
    "consent": "of a consent dialog", "login": "of a refused log-in", "maintenance": "of maintenance",
    "paywall": "of a paywall", "parked": "of a parked domain",
    "other": "of something that failed",
}  # fmt: skip


def find(subject: Subject) -> Findings:
    """Error noise of a page whose article is good; nothing for a page on which no article would be left."""
    blocks = subject.article.blocks
    weights = weights_of(blocks, subject.article.language)
    own = {"any", "en", subject.article.language or "en"}
    if not any(
        weight.level >= LIKELY or is_status(weight) or weight.language not in own or weight.rule == "error-message"
        for weight in weights.values()
    ):
        return Findings()
    script = script_of(" ".join(block.text[:200] for block in blocks if is_prose(block)))
    foreign = {at for at, block in enumerate(blocks) if is_prose(block) and script_of(block.text) != script}
    tongue = subject.article.language or ""
    errors = {
        at
        for at, weight in weights.items()
        if weight.level >= LIKELY or (weight.language not in own and not _in_a_sister(blocks[at], weight, tongue))
    }
    hidden = frozenset(map(normal, subject.evidence.hidden))
    messages = frozenset(
        normal(weight.words) for weight in weights.values() if weight.level == SEED and weight.rule == "error-message"
    )
    layout = Layout(blocks, frozenset(errors | foreign), subject.article.language)
    strange = {at for at in (*layout.prose[:2], *layout.prose[-2:]) if layout.foreign(at)}
    if strange and len(strange) < len(layout.prose):
        layout = Layout(blocks, frozenset(errors | foreign | strange), subject.article.language)
    weights = {at: weight for at, weight in weights.items() if _fits(at, weights, layout, own)}
    page = _Page(blocks, layout, weights, hidden, subject.article.title or "", messages)
    spans = list(page.spans())
    flags: list[Flag] = []
    traces: list[Trace] = []
    if not page.has_article_besides(spans):
        traces.append(Trace("error-noise", "against", "no article would be left without these lines"))
        spans = [span for span in spans if page.is_widget(*span)]
    for first, last in spans:
        verdict = page.judge(first, last)
        if isinstance(verdict, Flag):
            flags.append(verdict)
        traces.append(_trace(verdict))
    return Findings(tuple(flags), tuple(traces))


def _fits(at: int, weights: Mapping[int, Weight], layout: Layout, own: set[str]) -> bool:
    """Whether a line told by its words alone is none of the article's: of a sentence nobody listed, more is asked.

    It stands at an edge or as a paragraph of its own, in the article's language or one that is strange there, and the
    article speaks of nothing that it does. Amid lines of code only an edge counts: the article is about programs. Of a
    page without prose besides, nobody can tell edges or subject.
    """
    weight = weights[at]
    if weight.rule not in {"message-words", "companion-words"}:
        return True
    if all(other == at for other in layout.prose):
        return False
    if weight.level == COMPANION:
        beside = {near.language for k in (at - 2, at - 1, at + 1, at + 2) if (near := weights.get(k))}
        return layout.unrelated(at) and weight.language in own | beside
    foreign = layout.foreign(at)
    if foreign or weight.language not in own:
        return foreign
    block = layout.blocks[at]
    paragraph = block.kind == "paragraph" or (
        block.kind == "heading" and block.lines is not None
    )  # there it is a guess
    edge = block.kind != "list-item" and (layout.in_head(at) or layout.in_tail(at))
    if weight.level == SEED:
        apart = paragraph and not (weight.strange or layout.has_code)
        return layout.shared_words(at) <= edge and (edge or apart)
    neighbours = [near for k in (at - 1, at + 1) if (near := weights.get(k))]
    announced = any(near.level == SEED and near.rule == "error-message" for near in neighbours)
    return (edge or announced) and paragraph and layout.stands_alone(at)


def _in_a_sister(block: Block, weight: Weight, tongue: str) -> bool:
    """Whether a passing phrase of another language stands in prose that may well be in the article's own.

    What is "moved to" in Norwegian is so in Danish and Swedish.
    """
    return weight.level == COMPANION and is_prose(block) and reads_as(block.text, tongue) is not False


def _trace(verdict: Flag | str) -> Trace:
    if isinstance(verdict, Flag):
        return Trace(verdict.rule, "fired", verdict.reason)
    return Trace("error-noise", "nearly", verdict)


@dataclass(frozen=True, slots=True)
class _Page:
    """One page under judgement: its blocks, how they lie, what each is by itself, and all different messages."""

    blocks: Sequence[Block]
    layout: Layout
    weights: dict[int, Weight]
    hidden: frozenset[str]
    title: str
    messages: frozenset[str]

    def spans(self) -> Iterator[tuple[int, int]]:
        """Runs of blocks around seeds that belong together, in page order and apart."""
        after = 0
        for at in sorted(self.weights):
            if at < after or not self._starts(at):
                continue
            first, last = self._grown(at, after)
            yield first, last
            after = last + 1

    def _starts(self, at: int) -> bool:
        weight = self.weights[at]
        if weight.level == SEED or self._is_hidden(at):
            return True
        outside = self.layout.in_head(at) or self.layout.in_tail(at)
        edge = outside or (at >= len(self.blocks) - _LAST and weight.rule != "mention")
        if weight.level == LIKELY:
            return edge or self._level(at + 1) == SEED or self._is_message(at) or self._opens_with_a_message(at)
        if is_status(weight) and weight.words[:3] in _COMMON_STATUS:
            return at == 0 or self._level(at + 1) >= LIKELY or self._speaks_strangely(at + 1)
        if weight.level != COMPANION or not self.layout.foreign(at):
            return False
        return (edge and weight.language not in {"any", "en"}) or weight.rule == "mention" or self._among_strangers(at)

    def _speaks_strangely(self, at: int) -> bool:
        """Whether a block speaks of pages in a strange language."""
        return at < len(self.blocks) and self.layout.foreign(at) and line_phrases.web_words(self.blocks[at].text)[0] > 0

    def _among_strangers(self, at: int) -> bool:
        """Whether an apology or the like stands beside another line in a strange language that talks of pages."""
        if self.weights[at].rule not in {"error-message", "mention"}:
            return False
        beside = (k for k in (at - 1, at + 1) if 0 <= k < len(self.blocks) and self.layout.foreign(k))
        return any(line_phrases.web_words(self.blocks[k].text)[0] >= 2 for k in beside)

    def _is_message(self, at: int) -> bool:
        """Whether a block that says an error among other words says nothing of the article's."""
        if self.layout.foreign(at):
            return True
        found, words = line_phrases.web_words(self.blocks[at].text)
        return found >= max(3, 0.3 * words) and self.layout.shared_words(at) <= 1

    def _opens_with_a_message(self, at: int) -> bool:
        """Whether a block's first sentence is a message, and the rest is none of the article's."""
        text = self.blocks[at].text
        first = fragments.first_sentence(text)
        opening = weigh(Block("paragraph", first), self.layout.language) if first else None
        said = opening is not None and opening.level == SEED and opening.rule != "message-words"
        return said and self.layout.shared_words(at) == 0 and line_phrases.web_words(text)[0] > 1

    def _grown(self, at: int, after: int) -> tuple[int, int]:
        """The span around a seed: companions beside it, further seeds, and lines caught between two of them."""
        first, last = at, at
        while first > after and self._belongs(first - 1, talk=False):
            first -= 1
        if first > after and self._all_strange(after, first):
            first = after if after == 0 else first
        while last + 1 < len(self.blocks):
            if self._belongs(last + 1):
                last += 1
            elif bridge := self._bridge(last):
                last = bridge
            else:
                break
        if self._leftover_to_end(last):
            last = len(self.blocks) - 1
        return self._with_strangers(first, last, after)

    def _with_strangers(self, first: int, last: int, after: int) -> tuple[int, int]:
        """A cluster in another language at an edge, with the lines beside it that share no word with the prose."""
        if not any(self.layout.foreign(at) for at in range(first, last + 1)):
            return first, last
        if not self.layout.in_head(first) and not self.layout.in_tail(last):
            last = self._past_labels(last)
            if first > after and self._names_the_site(first - 1):
                first -= 1
        if last == first:
            return first, last
        if first == 0 and self.layout.in_head(last):
            while self.layout.in_head(last + 1) and self._is_stranger(last + 1):
                last += 1
        if self.layout.in_tail(first) and self.layout.prose:
            above = range(max(self.layout.prose[-1] + 1, after), first)
            if len(above) <= _LAST and all(map(self._is_stranger, above)):
                first -= len(above)
        return first, last

    def _past_labels(self, last: int) -> int:
        """The end of a run of several short strange lines amid an article: a menu; subheadings stand singly."""
        end = last
        while end + 1 < len(self.blocks) and self._is_a_label(end + 1):
            end += 1
        return end if end - last != 1 or self.layout.foreign(end) else last

    def _names_the_site(self, at: int) -> bool:
        """Whether a short line above a cluster in another language is none of the article's, as a site's name is."""
        return self._is_a_label(at) and not (self.blocks[at].kind == "heading" and self.blocks[at].lines is None)

    def _is_a_label(self, at: int) -> bool:
        """Whether a short line has no word of the article's and none of the messages in its language."""
        return len(self.blocks[at].text) <= _NAME and self._is_stranger(at) and not self.layout.reads_as_own(at)

    def _is_stranger(self, at: int) -> bool:
        """Whether a block is a short line not one word of which the article uses."""
        return at < len(self.blocks) and self._strange(at) and self.layout.shares_nothing(at)

    def _belongs(self, at: int, *, talk: bool = True) -> bool:
        """Whether a block beside noise is noise: by its own words, its language, or what it goes on about."""
        if self._level(at):
            return self._level(at) >= LIKELY or len(self.blocks[at].text) <= 160
        if talk and self._goes_on(at):
            return True
        return len(self.blocks[at].text) <= LONGEST and (self.layout.foreign(at) or (talk and self._talks_on(at)))

    def _goes_on(self, at: int) -> bool:
        """Whether a block is the rest of the sentence above it, a field or its value, or of a page's foot."""
        above, text = self.blocks[at - 1].text, self.blocks[at].text
        below = self.blocks[at + 1].text if at + 1 < len(self.blocks) else ""
        parts = (
            fragments.goes_on(above, text),
            fragments.is_field(text) and (text[-1] not in ":：" or fragments.is_value(text, below)),
            fragments.is_value(above, text),
        )
        if any(parts) and not is_prose(self.blocks[at]) and self.layout.stands_alone(at):
            return True
        return len(text) <= SHORT and any(
            hit.kind == "boilerplate" and hit.part == "whole" and hit.cause in _FOOT for hit in line_phrases.match(text)
        )

    def _talks_on(self, at: int) -> bool:
        """Whether a block beside noise goes on about pages, addresses and servers, and of nothing of the article's."""
        text = self.blocks[at].text
        found, words = line_phrases.web_words(text)
        if len(text) <= SHORT and ((found and self._says_nothing_else(at)) or self._goes_with_the_message(at)):
            return True
        if found < 2 and not (found == 1 and words <= 4):
            return False
        own = self.layout.shared_words(at)
        return found >= 0.2 * words and own <= (found // 2 if found > 2 else 0)

    def _goes_with_the_message(self, at: int) -> bool:
        """Whether a line beside a message at an edge is mostly in the words of messages, and in none of the prose."""
        if not (self.layout.in_head(at) or self.layout.in_tail(at)) or not self.layout.stands_alone(at):
            return False
        beside = {weight.language for k in (at - 1, at + 1) if (weight := self.weights.get(k))} - {"any"}
        return any(
            reading.strange * 4 <= reading.words and any(map(reading.has, ("fault", "you", "sorry", "tool")))
            for reading in message_words.readings(self.blocks[at].text)
            if reading.language in beside
        )

    def _says_nothing_else(self, at: int) -> bool:
        """Whether all longer words of a block are those of messages in the language of a message beside it."""
        beside = {weight.language for k in (at - 1, at - 2, at + 1) if (weight := self.weights.get(k))} - {"any"}
        counts = [vocabulary.strangers(self.blocks[at].text, language) for language in sorted(beside)]
        return any(words >= 2 and not strange for strange, words in counts) and self.layout.shared_words(at) <= 1

    def _bridge(self, last: int) -> int | None:
        """The noise after one or two short strange lines, which it and the noise before take between them."""
        for at in range(last + 2, min(last + 4, len(self.blocks))):
            between = range(last + 1, at)
            edge = self.layout.in_head(at) or self.layout.in_tail(last) or self.layout.foreign(at)
            if (self._level(at) >= LIKELY or (edge and self._belongs(at))) and all(map(self._strange, between)):
                return at
        return None

    def _strange(self, at: int) -> bool:
        block = self.blocks[at]
        sentence = len(block.text.split()) >= 10 and block.text.rstrip().endswith((".", "!", "?"))
        return len(block.text) <= SHORT and not sentence and not is_prose(block) and self.layout.unrelated(at)

    def _all_strange(self, start: int, end: int) -> bool:
        """Whether the few lines above the noise at the very head have nothing to do with the article."""
        return start == 0 and end <= 4 and bool(self.layout.prose) and all(self._strange(at) for at in range(end))

    def _leftover_to_end(self, last: int) -> bool:
        rest = range(last + 1, len(self.blocks))
        return (
            0 < len(rest) <= 2
            and self.layout.in_tail(last)
            and all(self._strange(at) and not line_phrases.match(self.blocks[at].text) for at in rest)
        )

    def _level(self, at: int) -> int:
        weight = self.weights.get(at)
        return weight.level if weight else 0

    def _is_hidden(self, at: int) -> bool:
        weight = self.weights.get(at)
        told = weight is not None and (weight.level >= LIKELY or weight.rule == "companion-words")
        return bool(self.hidden) and told and normal(self.blocks[at].text) in self.hidden

    def has_article_besides(self, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether prose, or many other lines, are left when the spans are gone."""
        struck = {at for first, last in spans for at in range(first, last + 1)}
        if any(at not in struck for at in self.layout.prose):
            return True
        left = [len(block.text) for at, block in enumerate(self.blocks) if at not in struck]
        return sum(left) >= 400 or (len(left) >= 5 and sum(left) >= 120)

    def is_widget(self, first: int, last: int) -> bool:
        """Whether a span is a fault inside a page, which no page as a whole consists of."""
        seeds = [weight for weight in self._inside(first, last) if weight.level >= LIKELY]
        return all(weight.rule in {"widget-message", "server-message"} for weight in seeds)

    def judge(self, first: int, last: int) -> Flag | str:
        """The flag of a span, or in words why there is none."""
        inside = self._inside(first, last)
        seeds = [weight for weight in inside if weight.level >= LIKELY]
        words = _told(seeds or inside)
        if against := self._against(first, last, seeds):
            return f"{words}: {against}"
        cause = _cause(inside)
        place, rule = self._place(first, last)
        count = "A line" if first == last else f"{last - first + 1} lines"
        reason = f"{count} {_WORDS[cause]} {place}: {words}"
        return Flag("error-noise", cause, reason, rule, self._confidence(first, last, seeds), first, last)

    def _against(self, first: int, last: int, seeds: Sequence[Weight]) -> str:
        """What speaks for lines of the article's own; empty where nothing does."""
        outside = self.layout.in_head(first) or self.layout.in_tail(last)
        edge = outside or last >= len(self.blocks) - _LAST
        strong = any(weight.level == SEED for weight in seeds)
        hidden = any(self._is_hidden(at) for at in range(first, last + 1))
        lone = first == last
        causes = {weight.cause for weight in seeds}
        announced = lone and first and not edge and self.blocks[first - 1].text.rstrip().endswith((":", "："))
        announced = announced and not self.layout.foreign(first)
        announced = announced and line_phrases.web_words(self.blocks[first - 1].text)[0] > 0
        objections = {
            "a line in another language that hardly speaks of an error": (
                lone and not seeds and self.weights[first].rule not in {"mention", "status-code"}
            ),
            "the article itself speaks of this": (
                not (edge and (len(seeds) >= 2 or hidden)) and self._on_topic(first, last, seeds)
            ),
            "the line before announces it": announced and not hidden,
            "it stands in a list": (
                not hidden and self._in_list(first, last, seeds) and (not outside or len(causes) >= _KINDS)
            ),
            "it is no message by itself, and stands amid the article": (
                not edge and not strong and not hidden and not self._is_message(first)
            ),
            "a heading over prose": lone and not outside and not hidden and self._heads_prose(first),
            "it shares words with the article": lone and not strong and self.layout.shared_words(first) >= 3,
        }
        return next((objection for objection, holds in objections.items() if holds), "")

    def _heads_prose(self, at: int) -> bool:
        """Whether a block is a heading in the article's language, with prose below it; in a text dump one guesses."""
        marked = self.blocks[at].kind == "heading" and self.blocks[at].lines is None
        return marked and self.layout.has_prose(at + 1) and not self.layout.foreign(at)

    def _inside(self, first: int, last: int) -> list[Weight]:
        return [self.weights[at] for at in range(first, last + 1) if at in self.weights]

    def _in_list(self, first: int, last: int, seeds: Sequence[Weight]) -> bool:
        """Whether a span is items of a list: one item among others, or several different messages."""
        span = range(first, last + 1)
        if any(self.blocks[at].kind != "list-item" for at in span):
            return False
        around = [self.blocks[at].kind for at in (first - 1, last + 1) if 0 <= at < len(self.blocks)]
        several = len({weight.words for weight in seeds if weight.rule in {"error-message", "widget-message"}}) >= 2
        return several or (first == last and "list-item" in around)

    def _on_topic(self, first: int, last: int, seeds: Sequence[Weight]) -> bool:
        """Whether headline or prose use the words of the seeds, or several such lines stand apart in the page."""
        statuses = [weight.words[:3] for weight in self._inside(first, last) if is_status(weight)]
        if not seeds and any(map(self.layout.says, statuses)):
            return True
        if phrases.explains(self.title):
            return True
        if seeds and all(weight.cause == "consent" for weight in seeds):
            return any(hit.cause == "consent" for hit in line_phrases.match(self.title))
        said = {normal(weight.words) for weight in seeds if weight.rule != "server-message"}
        title = normal(self.title) if first else ""
        if any(len(words) >= 6 and (words in title or self.layout.says(words)) for words in said):
            return True
        several = len(self.messages) - len(said & self.messages) >= 2
        return several and not any(weight.rule == "widget-message" for weight in seeds)

    def _place(self, first: int, last: int) -> tuple[str, str]:
        if self.layout.in_head(last) and first <= 1:
            return "above the article", "noise-at-head"
        if self.layout.in_tail(first):
            return "below the article", "noise-at-tail"
        return "inside the article", "noise-inside"

    def _confidence(self, first: int, last: int, seeds: Sequence[Weight]) -> float:
        strong = sum(weight.level == SEED for weight in seeds)
        _, rule = self._place(first, last)
        base = SURE_BY_PLACE[rule]
        if not seeds:
            return 0.6
        if not strong:
            base -= 0.15
        return round(min(0.98, base + 0.04 * (len(seeds) - 1)), 2)


def _told(weights: Sequence[Weight]) -> str:
    """The words that gave noise away, at most three of them."""
    said = list(dict.fromkeys(clean_line(weight.words) for weight in weights))
    return ", ".join(f"“{words[:80]}”" for words in said[:3])


def _cause(weights: Sequence[Weight]) -> ErrorCause:
    """The cause most of the lines speak of, the surer ones counting more; companions decide only among themselves."""
    votes: Counter[ErrorCause] = Counter()
    for weight in weights:
        votes[weight.cause] += {SEED: 8, LIKELY: 5, COMPANION: 1}[weight.level] * (weight.cause != "other")
    votes["other"] += sum(weight.cause == "other" and weight.level == SEED for weight in weights)
    best = max(votes.values())
    return next(weight.cause for weight in weights if votes[weight.cause] == best) if best else "other"
