"""How far the work is and how fast it goes, in figures: the summary screen and `triage stats` tell the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from triage.model import Item
from triage.session.likeness import Facet, facets
from triage.session.moving import Counts
from triage.session.pace import Pace, pace
from triage.session.words import state
from triage.store.journal import Step

WORDS: tuple[int, ...] = (0, 50, 100, 200, 400, 800, 1600, 3200)
"""Lower ends of the ranges in which words of a page are counted."""


@dataclass(frozen=True, slots=True)
class Stats:
    """What the summary tells of."""

    counts: Counts
    pace: Pace
    facets: Sequence[Facet]
    words: tuple[int, ...]
    """Pages in each range of `WORDS`; those not scanned yet are not among them."""
    keys: int = 0
    """Keys pressed in all sessions on the screen."""
    made: int = 0
    """Verdicts given there."""

    @property
    def keys_a_decision(self) -> float | None:
        """Keys pressed for each verdict; None before the first."""
        return self.keys / self.made if self.made else None

    @property
    def minutes_left(self) -> float | None:
        """How long the undecided pages take at this pace; None where nothing is left, or there is no pace yet."""
        return self.pace.minutes_left(self.counts.undecided) if self.counts.undecided else None


def stats(
    items: Sequence[Item], steps: Sequence[Step], shown: int, keys: tuple[int, int] = (0, 0), values: int = 12
) -> Stats:
    """The figures of `items` and of the journal's `steps`.

    `keys`: pressed on the screen, and verdicts given there. `values`: at most so many of each facet.
    """
    by = Counter(state(item.decision) for item in items)
    counts = Counts(by["undecided"], by["kept"], by["discarded"], by["later"], shown)
    return Stats(counts, pace(steps), facets(items, values), _ranges(items), *keys)


def record(found: Stats) -> dict[str, Any]:
    """The figures as JSON tells them; minutes and seconds rounded to a tenth, null where not measured."""
    counts, speed = found.counts, found.pace
    by_name: dict[str, dict[str, int]] = {}
    for facet in found.facets:
        name, _, value = facet.filter.partition(":")
        by_name.setdefault(name, {})[value.strip('"')] = facet.count
    states = {name: value for name, value in asdict(counts).items() if name != "shown"}
    return {
        "pages": counts.total,
        "by_state": states,
        "by_flag": by_name.get("flag", {}),
        "by_cause": by_name.get("cause", {}),
        "by_site": by_name.get("site", {}),
        "by_language": by_name.get("lang", {}),
        "by_tag": by_name.get("tag", {}),
        "by_words": {str(least): count for least, count in zip(WORDS, found.words, strict=True)},
        "decisions": speed.items,
        "steps": speed.steps,
        "undone_steps": speed.undone,
        "minutes_at_work": _tenth(speed.minutes),
        "decisions_a_minute": _tenth(speed.a_minute),
        "median_seconds_an_item": _tenth(speed.seconds_an_item),
        "keys_a_decision": None if found.keys_a_decision is None else round(found.keys_a_decision, 2),
        "minutes_left": _tenth(found.minutes_left),
    }


def sentences(found: Stats) -> list[str]:
    """The pace in sentences; what cannot be measured yet is left out."""
    counts, speed = found.counts, found.pace
    done = counts.total - counts.undecided
    share = f" ({done / counts.total:.0%})" if counts.total else ""
    told = (
        f"{done:,} of {counts.total:,} pages decided{share}: {counts.kept:,} kept, {counts.discarded:,} discarded, "
        f"{counts.later:,} for later; {counts.undecided:,} left"
    )
    lines = [told]
    scanned = sum(found.words)
    if scanned < counts.total:
        lines.append(f"{scanned:,} of {counts.total:,} pages scanned so far: flags, sites and words are of those alone")
    if speed.a_minute:
        single = f" · median {_seconds(speed.seconds_an_item)} an item" if speed.seconds_an_item is not None else ""
        lines.append(
            f"{speed.items:,} decisions in {duration(speed.minutes)} at work · {speed.a_minute:.1f} a minute{single}"
        )
    more = [f"{speed.undone:,} of {speed.undone + speed.steps:,} steps undone"] if speed.undone else []
    if found.keys_a_decision is not None:
        more.insert(0, f"{found.keys_a_decision:.2f} keys a decision")
    if found.minutes_left:
        more.insert(0, f"{duration(found.minutes_left)} left at this pace")
    return [*lines, *([" · ".join(more)] if more else [])]


def duration(minutes: float) -> str:
    """A time in words: `40 s`, `12 min`, `3 h 20 min`."""
    if minutes < 1:
        return f"{minutes * 60:.0f} s"
    hours, rest = divmod(round(minutes), 60)
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"


def _ranges(items: Iterable[Item]) -> tuple[int, ...]:
    counts = [0] * len(WORDS)
    for item in items:
        if item.scanned:
            counts[max(at for at, least in enumerate(WORDS) if item.words >= least)] += 1
    return tuple(counts)


def _tenth(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
