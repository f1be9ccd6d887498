"""Scores what a scan found against labels: precision and recall a kind of flag, and whether confidence is earned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.benchmarks.labels import LINE_KINDS, Label, Place, Record, Span, line_key

_SAME_CAUSE = {"http-error": "not-found", "rate-limit": "bot-wall"}
"""A plain 404 stands under either name in labels, and so does a wall against fast readers."""


@dataclass(slots=True)
class Counts:
    """How often a kind of flag was right, wrong, and wanting."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, got: int, wanted: int, both: int) -> None:
        self.right += both
        self.false += got - both
        self.missed += wanted - both


@dataclass(slots=True)
class Score:
    """All figures of one run."""

    counts: dict[str, Counts] = field(default_factory=dict)
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Figures of the form "so many of so many"."""
    judged: list[tuple[str, float, bool]] = field(default_factory=list)
    """Kind and confidence of every flag whose page was labelled for its kind, and whether it was right."""
    misses: list[str] = field(default_factory=list)

    def count(self, name: str) -> Counts:
        return self.counts.setdefault(name, Counts())

    def share(self, name: str, part: int, whole: int = 1) -> None:
        before = self.shares.get(name, (0, 0))
        self.shares[name] = (before[0] + part, before[1] + whole)

    def miss(self, what: str, label: Label, detail: str = "") -> None:
        self.misses.append(" | ".join(filter(None, (what, label.path, detail))))


def score(labels: Sequence[Label], items: Mapping[str, Record]) -> Score:
    """Figures of `items`, scan records by path, against `labels`; an item that was not scanned is a KeyError."""
    result = Score()
    for label in labels:
        item = items[label.path]
        if label.page_class:
            _score_page(result, label, item)
        if label.repeated is not None:
            _score_repeated(result, label, item)
        if label.complete:
            _score_spans(result, label, item)
        elif label.spans:
            _score_lines(result, label, item)
    return result


def score_pairs(result: Score, pairs: Iterable[tuple[str, str, bool]], items: Mapping[str, Record]) -> None:
    """Add the near copies: two paths each, and whether they should share a group."""
    for a, b, wanted in pairs:
        group = items[a]["group"]
        joined = group is not None and group == items[b]["group"]
        result.count("near copies").add(joined, wanted, joined and wanted)
        for one, first in ((a, b), (b, a)) if joined else ():
            if group == first:
                flags = flags_of(items[one], "near-duplicate")
                result.judged += [(flag["kind"], flag["confidence"], wanted) for flag in flags]
        if joined != wanted:
            result.misses.append(f"near copies | {a} | {b} | {'missed' if wanted else 'false'}")


def flags_of(item: Record, *kinds: str) -> list[Record]:
    return [flag for flag in item["flags"] if flag["kind"] in kinds]


def units_of(item: Record, first: int | None, last: int | None) -> set[int]:
    """What is counted of blocks `first..last`: source lines where the page has lines, else the blocks themselves."""
    blocks = item["blocks"]
    units: set[int] = set()
    for index in range(len(blocks)) if first is None or last is None else range(first, last + 1):
        lines = blocks[index]["lines"]
        units.update(range(lines[0], lines[1] + 1) if lines else (index,))
    return units


def place_units(item: Record, place: Place) -> set[int]:
    """The units of `place`; none where the extracted text does not hold it."""
    blocks = item["blocks"]
    if place.lines:
        return set(range(place.lines[0], place.lines[1] + 1)) & units_of(item, None, None)
    if place.key:
        return {index for index, block in enumerate(blocks) if line_key(block["text"]) == place.key}
    starts = [index for index, block in enumerate(blocks) if block["text"].startswith(place.first)]
    if len(starts) < place.copy:
        return set()
    first = starts[place.copy - 1]
    ends = [index for index in range(first, len(blocks)) if blocks[index]["text"].startswith(place.last)]
    return units_of(item, first, ends[0]) if ends else set()


def flagged_units(item: Record, *kinds: str) -> set[int]:
    """The units that flags of these kinds cover."""
    return {unit for flag in flags_of(item, *kinds) for unit in units_of(item, flag["first"], flag["last"])}


def _score_page(result: Score, label: Label, item: Record) -> None:
    flags = flags_of(item, "error-page")
    wanted = label.page_class == "error"
    result.count("error-page").add(bool(flags), wanted, bool(flags) and wanted)
    result.judged += [(flag["kind"], flag["confidence"], wanted) for flag in flags]
    if not wanted:
        result.share(f"{label.page_class} pages called errors", bool(flags))
        if flags:
            result.miss("called an error", label, flags[0]["reason"])
        return
    result.share(f"error pages found, {'English' if label.language == 'en' else 'other languages'}", bool(flags))
    if not flags:
        result.miss("error missed", label, f"{'/'.join(label.causes)} {label.language}")
        return
    causes = {_SAME_CAUSE.get(cause, cause) for cause in label.causes}
    right = any(_SAME_CAUSE.get(flag["cause"], flag["cause"]) in causes for flag in flags)
    result.share("cause right", right)
    if not right:
        result.miss("cause", label, f"{flags[0]['cause']} for {'/'.join(label.causes)}")


def _score_repeated(result: Score, label: Label, item: Record) -> None:
    flags = flags_of(item, "repeated-section")
    wanted = bool(label.repeated)
    result.count("pages with a repeat").add(bool(flags), wanted, bool(flags) and wanted)
    result.judged += [(flag["kind"], flag["confidence"], wanted) for flag in flags]
    if bool(flags) != wanted:
        result.miss("repeat missed" if wanted else "repeat false", label)


def _score_spans(result: Score, label: Label, item: Record) -> None:
    """Where the page's noise, repeats and boilerplate stand was told, and all else is good text."""
    placed = [(span, place_units(item, span.place)) for span in label.spans]
    labelled = set().union(*(units for _, units in placed)) if placed else set()
    free = set().union(*(units for span, units in placed if not span.kinds)) if placed else set()
    for kind in LINE_KINDS:
        best = set().union(*(units for span, units in placed if span.kinds[:1] == (kind,)))
        allowed = set().union(*(units for span, units in placed if kind in span.kinds)) | free
        others = {other for span, _ in placed if span.kinds[:1] == (kind,) for other in span.kinds}
        got = flagged_units(item, kind)
        hit = best & (got | flagged_units(item, *others))
        false = got - allowed if kind in label.complete else set()
        result.count(kind).add(len(hit) + len(false), len(best), len(hit))
        if best - hit or false:
            result.miss(kind, label, f"missed {sorted(best - hit)} false {sorted(false)}")
        for flag in flags_of(item, kind) if kind in label.complete else ():
            units = units_of(item, flag["first"], flag["last"])
            result.judged.append((kind, flag["confidence"], 2 * len(units & allowed) >= len(units)))
    _score_named(result, item, placed)
    sizes = _sizes(item)
    good = set(sizes) - labelled
    struck = good & flagged_units(item, *LINE_KINDS)
    result.share("characters of good text struck", sum(sizes[u] for u in struck), sum(sizes[u] for u in good))


def _score_named(result: Score, item: Record, placed: Sequence[tuple[Span, set[int]]]) -> None:
    for span, units in placed:
        if span.same_as is None:
            continue
        earlier = place_units(item, span.same_as)
        for flag in flags_of(item, "repeated-section"):
            if units_of(item, flag["first"], flag["last"]) & units:
                named = units_of(item, *flag["same_as"]) if flag["same_as"] else set()
                result.share("earlier copy named right", bool(named & earlier))
                break


def _sizes(item: Record) -> Counter[int]:
    """Characters of each unit; a block of several lines gives each the same share."""
    sizes: Counter[int] = Counter()
    for index, block in enumerate(item["blocks"]):
        units = units_of(item, index, index)
        for unit in units:
            sizes[unit] += len(block["text"]) // len(units)
    return sizes


def _score_lines(result: Score, label: Label, item: Record) -> None:
    """Only some lines of the page were read by hand; the rest is taken for good."""
    sizes = _sizes(item)
    other = set(sizes).difference(*(place_units(item, span.place) for span in label.spans))
    struck = other & flagged_units(item, "error-noise", "boilerplate")
    result.share(
        "characters of hand-read pages' other text struck", sum(sizes[u] for u in struck), sum(sizes[u] for u in other)
    )
    for span in label.spans:
        units = place_units(item, span.place)
        result.share("hand-read lines not in the extract", not units)
        if not units:
            continue
        if span.trap:
            fell = bool(units & flagged_units(item, "error-noise"))
            result.share("traps fallen into", fell)
            if fell:
                result.miss("trap", label, item["blocks"][min(units)]["text"][:80])
        else:
            hit = bool(units & flagged_units(item, *span.kinds))
            result.share("hand-read noise lines found", hit)
            if not hit:
                result.miss("line missed", label, item["blocks"][min(units)]["text"][:80])
