"""A measured figure beside its peer and its goal, and the table of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    name: str
    value: float
    unit: str
    goal: float
    """What `value` (or its ratio to `peer`, where there is one) may be at most; at least, where `more` is better."""
    peer: float | None = None
    peer_name: str = ""
    more: bool = False

    @property
    def judged(self) -> float:
        """What the goal is of: the ratio to the peer, or the value."""
        return self.value / self.peer if self.peer else self.value

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.judged >= self.goal if self.more else self.judged <= self.goal


def table(title: str, figures: Sequence[Figure]) -> Table:
    """The figures, a row each."""
    result = Table("figure", "here", "peer", "ratio", "goal", "", title=title)
    for one in figures:
        peer = f"{one.peer:,.4g} {one.unit} ({one.peer_name})" if one.peer else ""
        ratio = f"{one.judged:.2f}" if one.peer else ""
        sign = "≥" if one.more else "≤"
        goal = f"{sign} {one.goal:,.4g}" + ("" if one.peer else f" {one.unit}")
        result.add_row(one.name, f"{one.value:,.4g} {one.unit}", peer, ratio, goal, "met" if one.met else "missed")
    return result


def exponent(costs: Sequence[tuple[int, float]]) -> float:
    """How cost grows with size between the smallest and the largest: 1 where twice the pages take twice as long."""
    (small, fast), (large, slow) = min(costs), max(costs)
    return math.log(slow / fast) / math.log(large / small)
