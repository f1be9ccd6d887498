"""Random keys and sizes on the screen."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # what the tests share stands there
sys.path.insert(0, str(Path(__file__).parents[1] / "tui"))

from monkey import Monkey, hostile_world

from tests.trust.promise import Outcome, Promise

_A_SIZE = 20
"""Keys for each change of the size."""


def check(place: Path, steps: int, number: int) -> Outcome:
    """As many keys as `steps`."""
    world = hostile_world(place)
    monkey = Monkey(world, number)
    try:
        asyncio.run(monkey.play(steps, steps // _A_SIZE + 1))
    except Exception as fault:  # noqa: BLE001 - whatever comes out is what is looked for
        told = " ".join((f"{type(fault).__name__}: {fault}", *getattr(fault, "__notes__", ())))
        return Outcome(f"after {monkey.pressed:,} keys", [told])
    finally:
        world.close()
    return Outcome(f"{monkey.pressed:,} keys, {monkey.resized:,} sizes, {monkey.starts:,} starts")


PROMISE = Promise("keys", "No key is a fault; the screen says what the store holds", 10_000, 0, check)
