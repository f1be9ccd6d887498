"""A promise of the program, how it is tried, and what a trial gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What trying a promise gave."""

    figure: str
    """What was counted or measured, in words."""
    faults: Sequence[str] = ()
    """What broke the promise, each a sentence with what is needed to see it again; none where it holds."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise, and the function that tries to break it."""

    name: str
    """By which `python -m tests.trust NAME` runs it alone."""
    told: str
    """The promise in words."""
    steps: int
    """How often the whole run tries."""
    short: int
    """How often the test suite tries; 0 where it has tests of its own for this."""
    check: Callable[[Path, int, int], Outcome]
    """Takes an empty folder, the number of steps and a seed; the same seed tries the same again."""
