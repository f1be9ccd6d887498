"""How fast the work goes, from the journal alone: decisions a minute, seconds an item, time left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import mean, median

from triage.store.journal import Step

_BREAK = 300.0
"""Seconds without a decision after which the analyst is taken to have been away."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Of the steps that stand and gave a verdict."""

    items: int
    """Verdicts given, each item of a bulk step counted."""
    steps: int
    minutes: float
    """Time at work: breaks of over five minutes are left out."""
    seconds_an_item: float | None
    """Median over the single decisions; None where there are none to measure."""
    by_minute: tuple[int, ...]
    """Items decided in each minute at work, for drawing."""
    single_seconds: float | None = None
    """Mean over the single decisions, the long ones too; None where there are none to measure."""
    undone: int = 0
    """Steps that were taken back."""

    @property
    def a_minute(self) -> float | None:
        """Items decided a minute at work; None before the first minute is measured."""
        return self.items / self.minutes if self.minutes >= 1 else None

    def minutes_left(self, undecided: int) -> float | None:
        """How long `undecided` items take: what bulk steps leave is decided one by one, so by the mean of such.

        Before the first single decision is measured, at the pace of all; None where there is none.
        """
        if self.single_seconds is not None:
            return undecided * self.single_seconds / 60
        return undecided / self.a_minute if self.a_minute else None


def pace(steps: Sequence[Step]) -> Pace:
    """The pace of `steps`, whatever their order."""
    made = sorted(
        (datetime.fromisoformat(step.at).timestamp(), count)
        for step in steps
        if not step.undone and (count := _verdicts(step))
    )
    clock = 0.0
    singles: list[float] = []
    minutes: list[int] = []
    for index, (at, count) in enumerate(made):
        gap = at - made[index - 1][0] if index else _BREAK
        if gap < _BREAK:
            clock += gap
            singles += [gap] if count == 1 else []
        minute = int(clock // 60)
        minutes += [0] * (minute + 1 - len(minutes))
        minutes[minute] += count
    items = sum(count for _, count in made)
    undone = sum(step.undone for step in steps)
    return Pace(
        items,
        len(made),
        clock / 60,
        median(singles) if singles else None,
        tuple(minutes),
        mean(singles) if singles else None,
        undone,
    )


def _verdicts(step: Step) -> int:
    return sum(change.after.verdict not in (None, change.before.verdict) for change in step.changes)
