"""Random keys, each seed the same ones every time; ten thousand of them by `python -m tests.trust keys`."""

from __future__ import annotations

from pathlib import Path

import pytest
from monkey import Monkey, hostile_world


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_key_is_a_fault_and_the_screen_says_what_is_stored(tmp_path: Path, seed: int) -> None:
    world = hostile_world(tmp_path)
    monkey = Monkey(world, seed)
    await monkey.play(keys=60, sizes=5)
    world.close()
    assert (monkey.pressed, monkey.resized) >= (60, 4)
