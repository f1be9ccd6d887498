"""A figure of a benchmark beside its goal or its peer, and the table of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table."""

    what: str
    value: float
    unit: str
    goal: float | None = None
    """At most so much of `unit`."""
    peer: str = ""
    """What a user would take instead, measured in the same run."""
    peer_value: float | None = None
    least: bool = False
    """The goal is a least value, not a largest."""

    @property
    def held(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.least else self.value <= self.goal


def table(figures: Sequence[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| what | figure | goal | beside |", "| --- | --- | --- | --- |"]
    for one in figures:
        goal = "" if one.goal is None else f"{'≥' if one.least else '≤'} {number(one.goal)} {one.unit}"
        mark = {True: "", False: " (missed)", None: ""}[one.held]
        beside = "" if one.peer_value is None else f"{one.peer}: {number(one.peer_value)} {one.unit}"
        lines.append(f"| {one.what} | {number(one.value)} {one.unit}{mark} | {goal} | {beside or one.peer} |")
    return "\n".join(lines)


def number(value: float) -> str:
    """`value` with as many digits as tell something."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
