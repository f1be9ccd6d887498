"""What a key costs in questions to the library, however many pages there are; its time is a benchmark's."""

from __future__ import annotations

import pytest
from driving import driving
from world import World

from triage.model import SourceFile


def fill(world: World, number: int) -> None:
    files = [SourceFile(f"{at:05}.html", 1, 1, at) for at in range(number)]
    world.library.put([(file, [world.scanned(file.path, title=file.path)]) for file in files])


@pytest.mark.parametrize("number", [20, 2000])
async def test_moving_and_deciding_read_the_next_page_alone(empty: World, number: int) -> None:
    fill(empty, number)
    asked: list[str] = []
    async with driving(empty.session()) as drive:
        empty.library._reader.set_trace_callback(asked.append)
        await drive.press("j", "j", "a", "d")
        empty.library._reader.set_trace_callback(None)
    assert len([sql for sql in asked if "bodies" in sql]) == 4
    assert len(asked) == 4
