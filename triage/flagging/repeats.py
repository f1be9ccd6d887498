"""Repeated sections: prose that stands twice in a page, word for word or edited.

A repeat is a run of at least two paragraphs of prose, or one of at least 20 words (40 characters where words are not
spaced), that stands again further down. The later copy is flagged and names the earlier one. Matching is by words, so
that a copy cut into other paragraphs, with a line put between or some words changed, is still seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from triage.flagging.repeat_matches import runs_of_words
from triage.flagging.repeat_meant import (
    ALIKE_ROWS,
    SENTENCE_END,
    SHORT_LINES,
    ends_sentence,
    meant_to_recur,
)
from triage.flagging.repeat_passages import standfirst, twice_in_one
from triage.flagging.repeat_sections import LEAST_WORDS, Copy, PageText, page_text, sections, swapped_numbers
from triage.flagging.subject import Findings, Subject
from triage.model import Flag, Trace
from triage.text import clean_line, word_count
from triage.wording import counted

RULE_EXACT, RULE_EDITED, RULE_ON_PAGE = "repeat-exact", "repeat-edited", "repeat-on-page"
RULE_INSIDE, RULE_STANDFIRST = "repeat-inside", "repeat-standfirst"

_EXACT = 0.99
"""Share of equal words from which a copy is called exact."""
_IN_ARTICLE = 0.5
"""Share of a text that the page has twice which must stand in the article to matter there."""
_LEAST_ON_PAGE = 30
"""Words that the page has twice and the article once, so that it is more than a caption or a pull-quote set again."""
_LONG_ROW = 60
"""Words of a row of a list from which on it is a paragraph."""
_TEMPLATE = "a template"
_LEAST_EDITED, _MOST_EDITED = 30, 0.75
"""Words of a copy in which single words were changed here and there, and the share of it, and of its original, that
is equal."""


def find(subject: Subject, taken: frozenset[int] = frozenset()) -> Findings:
    """Repeated sections of a page; blocks in `taken` (flagged already) neither start a repeat nor count for one.

    Flags without blocks tell of what no block can be struck for: words that one paragraph holds twice, a standfirst
    that a longer paragraph holds whole, and, where the article holds each text once, what the page as saved has more
    of (for a narrow and a wide screen, as a teaser and again in full), of which extraction kept one.
    """
    text = page_text(subject.article.blocks, taken)
    repeats, traces = _repeats(text)
    flags = [_flag(text, part, section) for section in repeats for part in _parts(section)]
    if subject.media == "html":  # of a text page a flag without blocks would tell each of its lines
        flags += _passages(text, repeats)
    if not flags and subject.visible:
        flags = _on_page(text, page_text(subject.visible, frozenset()))
    traces += [Trace(flag.rule, "fired", flag.reason) for flag in flags]
    return Findings(tuple(flags), tuple(traces))


def _repeats(text: PageText) -> tuple[list[list[Copy]], list[Trace]]:
    """The sections that stand again, and what spoke against others."""
    found = [(section, _objection(text, section)) for section in sections(text)]
    rows = _rows(text, [section for section, against in found if against is None or against.startswith(_TEMPLATE)])
    repeats: list[list[Copy]] = []
    traces: list[Trace] = []
    for section, objection in found:
        against = objection or ("one of several rows that resemble each other" if section[0].block in rows else None)
        if against is None:
            repeats.append(section)
        elif any(text.prose(copy.block) for copy in section):
            traces.append(Trace("repeat", "against", f"{_paragraphs(section)}: {against}"))
    return repeats, traces


def _paragraphs(section: Sequence[Copy]) -> str:
    """Where a section stands, counted from 1 as on the screen."""
    first, last = section[0].block + 1, section[-1].block + 1
    return f"paragraph {first}" if first == last else f"paragraphs {first}-{last}"


def _rows(text: PageText, found: Iterable[Sequence[Copy]]) -> set[int]:
    """Single blocks of which several, each a little different, resemble the same earlier one."""
    alike: dict[int, dict[tuple[str, ...], list[int]]] = {}
    for section in found:
        block = section[0].block
        if len(section) == 1 and section[0].matched < text.length(block):
            of_origin = alike.setdefault(text.owner[section[0].first], {})
            of_origin.setdefault(tuple(text.words_of(block)), []).append(block)
    return {
        block
        for versions in alike.values()
        if len(versions) >= ALIKE_ROWS
        for blocks in versions.values()
        for block in blocks
    }


def _passages(text: PageText, repeats: Sequence[Sequence[Copy]]) -> list[Flag]:
    """Flags on the longest text that one paragraph holds twice, and on the longest standfirst cut from another."""
    told = {block for section in repeats for copy in section for block in (copy.block, *_origin(text, copy))}
    flags = []
    if inside := twice_in_one(text):
        reason = f"paragraph {inside.block + 1} holds the same {inside.words} words twice: {_start(inside.start)}"
        flags.append(_of_page(RULE_INSIDE, reason))
    if cut := standfirst(text, told):
        reason = (
            f"paragraph {cut.origin + 1} ({cut.words} words) stands again inside paragraph {cut.block + 1}, "
            f"which has more: {_start(cut.start)}"
        )
        flags.append(_of_page(RULE_STANDFIRST, reason))
    return flags


def _origin(text: PageText, copy: Copy) -> range:
    return range(text.owner[copy.first], text.owner[copy.last] + 1)


def _of_page(rule: str, reason: str) -> Flag:
    """A flag without blocks: none of them is a copy as it stands."""
    return Flag(kind="repeated-section", cause="exact", reason=reason, rule=rule, confidence=0.7)


def _on_page(article: PageText, page: PageText) -> list[Flag]:
    """A flag on the longest text of the article that the page has more than once, chrome and hidden parts included."""
    found = sorted(_repeats(page)[0], key=_matched, reverse=True)
    held = frozenset(runs_of_words(article.words)) if found else frozenset()
    longest: list[Copy] = []
    for section in found:
        runs = [run for copy in section for run in runs_of_words(page.words_of(copy.block))]
        if sum(map(held.__contains__, runs)) >= _IN_ARTICLE * len(runs) > 0:
            longest = section
            break
    if not longest:
        return []
    words = sum(word_count(page.blocks[copy.block].text) for copy in longest)
    if words < _LEAST_ON_PAGE or not (page.unspaced or any(map(ends_sentence, _prose(page, longest)))):
        return []
    start = _start(next(iter(_prose(page, longest))))
    reason = f"the page has {words} words of this text more than once, the text below holds them once: {start}"
    return [_of_page(RULE_ON_PAGE, reason)]


def _matched(section: Sequence[Copy]) -> int:
    return sum(copy.matched for copy in section)


def _prose(text: PageText, section: Sequence[Copy]) -> list[str]:
    return [text.blocks[copy.block].text.rstrip() for copy in section if text.prose(copy.block)]


def _objection(text: PageText, run: Sequence[Copy]) -> str | None:
    """Why a run of copies is no repeated section, None where it is one."""
    prose = [copy for copy in run if text.prose(copy.block)]
    if not prose:
        return "no prose"
    length = sum(text.length(copy.block) for copy in prose)
    words = sum(text.prose(copy.block) for copy in prose)
    whole = sum(text.length(copy.block) for copy in run)
    if whole > 2 * length:
        return "mostly code, tables or labels"
    if words < LEAST_WORDS and not _are_sentences(text, prose):
        return f"{counted(words, 'word')} {'is' if words == 1 else 'are'} too few"
    # A song printed twice is a repeat, a part of it that returns is not.
    if whole * 5 < len(text.words) * 2 and sum(copy.block in text.verse for copy in prose) * 5 >= len(prose) * 4:
        return "a refrain"
    if any(copy.matched < text.length(copy.block) for copy in run) and _is_next_row(text, run, words):
        return "rows of a list, each like the one before"
    numbers = sum(swapped_numbers(text, copy) for copy in run)
    return _unlike(text, run, words, numbers) or meant_to_recur(text, run, words)


def _is_next_row(text: PageText, run: Sequence[Copy], words: int) -> bool:
    """Whether copies that differ from their originals reach into them, or one short one, no sentence, follows on it."""
    last = text.owner[run[-1].last]
    if last >= run[0].block:
        return True
    follows = len(run) == 1 and last == run[0].block - 1 and words < _LONG_ROW
    return follows and not SENTENCE_END.search(text.blocks[run[0].block].text)


def _are_sentences(text: PageText, prose: Sequence[Copy]) -> bool:
    """Whether these are at least two paragraphs that are whole sentences, word for word the earlier ones."""
    return len(prose) > 1 and all(
        copy.matched == text.length(copy.block) and ends_sentence(text.blocks[copy.block].text) for copy in prose
    )


def _unlike(text: PageText, run: Sequence[Copy], words: int, numbers: int) -> str | None:
    """Whether too many words differ for a copy, as in rows of a list or schedule that resemble each other."""
    prose = [copy for copy in run if text.prose(copy.block)]
    unit = 2 if text.unspaced else 1
    matched = sum(copy.matched for copy in prose)
    share = matched / sum(text.length(copy.block) for copy in prose)
    longest = max(copy.longest for copy in prose)
    if share >= _EXACT and not numbers:
        return None
    if numbers * (30 if longest >= 25 * unit else 60) > words:
        return f"{_TEMPLATE}: {numbers} other numbers in {words} words"
    if len(prose) > 1 and words < SHORT_LINES * len(prose):
        return f"short lines of a list, of which {1 - share:.0%} differ"
    if share >= 0.85 and (matched >= 25 * unit or longest >= 15 * unit):
        return None
    if (share >= 0.65 and (matched >= 60 * unit or longest >= 18 * unit)) or _is_edited(text, run, words, numbers):
        return None
    return f"only {share:.0%} of {words} words are equal, {longest // unit} in a row"


def _is_edited(text: PageText, run: Sequence[Copy], words: int, numbers: int) -> bool:
    """Whether these are whole sentences with single words changed, which nothing else on the page resembles.

    Rows of a list, entries of a manual and formulas of a law share their words with more than one other, or stand each
    under a label of its own.
    """
    prose = [copy for copy in run if text.prose(copy.block)]
    matched = sum(copy.matched for copy in prose)
    origin = {block for copy in prose for block in range(text.owner[copy.first], text.owner[copy.last] + 1)}
    return (
        not numbers
        and words >= _LEAST_EDITED
        and matched >= _MOST_EDITED * sum(text.length(copy.block) for copy in prose)
        and matched >= _MOST_EDITED * sum(map(text.length, origin))
        and all(ends_sentence(text.blocks[copy.block].text) for copy in prose)
        and not _are_entries(text, run)
        and not _is_filled_in(text, prose, origin)
        and _only_there(text, prose, origin)
    )


def _are_entries(text: PageText, run: Sequence[Copy]) -> bool:
    """Whether copy and original stand under a label each, not the same one."""
    if any(copy.matched < text.length(copy.block) and _is_label(text, copy.block) for copy in run):
        return True
    first = next(copy for copy in run if text.prose(copy.block))
    above = [block - 1 for block in (first.block, text.owner[first.first])]
    return all(block >= 0 and _is_label(text, block) for block in above) and (
        text.words_of(above[0]) != text.words_of(above[1])
    )


def _is_label(text: PageText, block: int) -> bool:
    return 0 < text.length(block) <= SHORT_LINES and not ends_sentence(text.blocks[block].text)


def _is_filled_in(text: PageText, prose: Sequence[Copy], origin: Iterable[int]) -> bool:
    """Whether one word stands in several places where the original has another, as in a form filled in twice."""
    here = Counter(word for copy in prose for word in text.words_of(copy.block))
    there = Counter(word for block in origin for word in text.words_of(block))
    new = {times for word, times in here.items() if word not in there}
    return any(times > 1 and times in new for word, times in there.items() if word not in here)


def _only_there(text: PageText, prose: Sequence[Copy], origin: Collection[int]) -> bool:
    """Whether the runs of words that copies and originals have in common stand nowhere else."""
    theirs = {copy.block for copy in prose}.union(origin)
    shared = {
        run
        for copy in prose
        for run in set(runs_of_words(text.words_of(copy.block))).intersection(
            runs_of_words(text.words[copy.first : copy.last + 1])
        )
    }
    elsewhere = sum(not theirs.issuperset(text.holders[run]) for run in shared)
    return 10 * elsewhere <= len(shared)


def _parts(run: Sequence[Copy]) -> list[list[Copy]]:
    """The run cut where another line stands between its blocks."""
    parts = [[run[0]]]
    for before, after in pairwise(run):
        if after.block == before.block + 1:
            parts[-1].append(after)
        else:
            parts.append([after])
    return parts


def _flag(text: PageText, part: Sequence[Copy], run: Sequence[Copy]) -> Flag:
    first, last = part[0].block, part[-1].block
    origin = min(text.owner[copy.first] for copy in part)
    length = sum(text.length(copy.block) for copy in run)
    share = sum(copy.matched for copy in run) / length
    exact = share >= _EXACT
    return Flag(
        kind="repeated-section",
        cause="exact" if exact else "edited",
        reason=_reason(text, part, origin),
        rule=RULE_EXACT if exact else RULE_EDITED,
        confidence=_confidence(share, sum(text.prose(copy.block) for copy in run)),
        first=first,
        last=last,
        same_as=(origin, max(text.owner[copy.last] for copy in part)),
    )


def _reason(text: PageText, part: Sequence[Copy], origin: int) -> str:
    words = sum(word_count(text.blocks[copy.block].text) for copy in part)
    changed = sum(text.length(copy.block) - copy.matched for copy in part)
    how = f"with {counted(changed, 'word')} changed" if changed else "word for word"
    what = counted(len(part), "paragraph")
    stand = "stands" if len(part) == 1 else "stand"
    start = _start(text.blocks[origin].text)
    return f"{what} ({counted(words, 'word')}) {stand} again {how}; first at paragraph {origin + 1}: {start}"


def _start(text: str) -> str:
    """How a paragraph begins, between quotation marks, cut between words where there are spaces."""
    line = clean_line(text)
    return f"“{line}”" if len(line) <= 60 else f"“{line[:61].rpartition(' ')[0] or line[:60]}…”"


def _confidence(share: float, words: int) -> float:
    if share >= _EXACT:
        return 0.98 if words >= 50 else 0.93
    if share >= 0.85:
        return 0.95 if words >= 50 else 0.85
    return 0.85 if words >= 50 else 0.75
