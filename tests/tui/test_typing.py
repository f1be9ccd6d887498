"""What is typed faster than it can be worked off, as over a slow connection, ends as if typed slowly."""

from __future__ import annotations

import pytest
from driving import driving
from textual.events import Key
from world import World

from triage.tui.screens.prompt import PromptScreen


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (["ctrl+u", *"words"], "words"),
        (["ctrl+u", *"wrod", "backspace", "backspace", *"ord"], "wrord"),
        (["home", *"very ", "end", *" old"], "very typed before old"),
        (["ctrl+w", *"now"], "typed now"),
    ],
)
async def test_a_correction_comes_before_what_is_typed_after_it(world: World, keys: list[str], line: str) -> None:
    async with driving(world.session()) as drive:
        prompt = PromptScreen("A line", "typed before")
        await drive.app.push_screen(prompt)
        await drive.pilot.pause()
        for key in keys:  # all at once: nothing is worked off between them
            drive.app.post_message(Key("space" if key == " " else key, key if len(key) == 1 else None))
        await drive.pilot.pause()
        assert prompt.line.value == line
