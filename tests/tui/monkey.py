"""Random keys, pastes, clicks and sizes on the screen; after each, what it says is what the store holds."""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from copied import add_copies, add_errors
from driving import Driver, driving
from textual.events import MouseScrollDown, MouseScrollUp, Paste
from world import NOT_FOUND, THIN, World

from tests.hostile.payloads import GROUPS, MARKUP, SEQUENCES
from triage.actions import ACTIONS
from triage.model import Flag, SourceFile
from triage.scanning import Finished, Gone, Listed, Progress, Results, SkippedThing, item_of
from triage.tui.render import UNICODE, state_sign

SIZES = ((1, 1), (2, 2), (1, 50), (200, 1), (10, 3), (40, 12), (80, 24), (100, 34), (140, 40), (200, 60), (500, 200))
READABLE = (60, 14)
"""From this size on the counts and the list are not cut."""
HEADING = "──"
"""How a line over a group begins in the list."""
PAYLOADS = (*MARKUP, *SEQUENCES.values(), *GROUPS.values())
TEXTS = ("tag, other", "is:undecided", "flag:error-page or site:a.example", "words:>2 -tag:x", "(", "“", *PAYLOADS)
HARMLESS = {"PAGER": "true", "EDITOR": "true", "VISUAL": "true", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
"""Keeps the monkey from starting other programs."""
OTHER_KEYS = (
    "left", "right", "shift+tab", "delete", "ctrl+a", "ctrl+e", "ctrl+w", "ctrl+k", "ctrl+c", "ctrl+l", "f5", "insert",
    "é", "港", "ф", "😀", "\u0301", "shift+left", "ctrl+right", "alt+x", "ctrl+underscore", "x", "i", "s", "colon", "z",
)  # fmt: skip


def hostile_world(folder: Path) -> World:
    """Some sixty pages: plain, flagged, copies, equal error pages, long ones, and payloads wherever they can stand."""
    world = World(folder)
    page = world.scanned
    noise = Flag("error-noise", "http-error", "[/] \x1b]0;x\x07", "[/nosuch]", 0.9, 0, 0)
    repeat = Flag("repeated-section", None, "stands twice", "repeat", 0.9, 2, 3, (0, 1))
    for number, payload in enumerate(PAYLOADS):
        flags = [noise] if number % 3 else [NOT_FOUND, THIN]
        text = [payload, "A line.", payload, f"The end of page {number}."]
        about = {"site": payload, "author": payload, "date": "2024-01-02", "language": "en"}
        world.add(page(f"p/{number:02}.html", f"{number} {payload}", text, flags, **about))
    world.add(
        page("long/lines.html", "Many lines", ["x"] * 3000, [repeat]),
        page("long/line.html", "One line", ["word " * 20_000]),
        page("none.html", ""),
    )
    add_copies(world)
    add_errors(world)
    return world


@dataclass
class Monkey:
    """Plays until it has pressed so many keys and changed the size so often; a fault names its seed and its keys."""

    world: World
    seed: int
    pressed: int = 0
    resized: int = 0
    starts: int = 0
    played: list[str] = field(default_factory=list)

    async def play(self, keys: int, sizes: int) -> None:
        chance = random.Random(self.seed)
        every = max(1, keys // max(1, sizes))
        try:
            with patch.dict(os.environ, HARMLESS):
                while self.pressed < keys:
                    self.starts += 1
                    async with driving(self.world.session(), size=(100, 34)) as drive:
                        while self.pressed < keys and drive.app.is_running:
                            await self._act(drive, chance, every)
                            await self._check(drive)
        except BaseException as fault:
            fault.add_note(f"seed {self.seed}, key {self.pressed}; the last ones: {' '.join(self.played[-40:])}")
            raise

    async def _act(self, drive: Driver, chance: random.Random, every: int) -> None:
        if self.pressed >= (self.resized + 1) * every:
            size = chance.choice(SIZES)
            self._note(f"size={size}")
            self.resized += 1
            await drive.pilot.resize_terminal(*size)
        dice = chance.random()
        if dice < 0.03:
            await self._paste(drive, chance)
        elif dice < 0.06:
            await self._mouse(drive, chance)
        elif dice < 0.09:
            await self._scan(drive, chance)
        else:
            await self._press(drive, chance.choice(KEYS))

    def _note(self, done: str) -> None:
        self.played.append(done)

    async def _press(self, drive: Driver, key: str) -> None:
        self._note(key)
        self.pressed += 1
        await drive.pilot.press(key)

    async def _paste(self, drive: Driver, chance: random.Random) -> None:
        text = chance.choice(TEXTS)
        self._note(f"paste={text!r}")
        drive.app.post_message(Paste(text))

    async def _mouse(self, drive: Driver, chance: random.Random) -> None:
        width, height = drive.app.size
        at = chance.randrange(width), chance.randrange(height)
        self._note(f"mouse={at}")
        if chance.random() < 0.5:
            await drive.pilot.click(offset=at)
        else:
            kind = chance.choice([MouseScrollDown, MouseScrollUp])
            await drive.pilot._post_mouse_events([kind], None, at, 0)

    async def _scan(self, drive: Driver, chance: random.Random) -> None:
        name = f"new/{chance.randrange(6)}.html"
        self._note(f"scan={name}")
        page = self.world.scanned(name, chance.choice(PAYLOADS), [f"Line {chance.randrange(3)}."])
        match chance.randrange(5):
            case 0:
                event = Listed((SourceFile(name, 1, 1, 1),))
            case 1:
                event = Gone((name,))
            case 2:
                event = SkippedThing(chance.choice(PAYLOADS), "a link; links are not followed")
            case 3:
                event = Finished(3, 3, 1, False, chance.choice([None, PAYLOADS[0]]))
            case _:
                self.world.add(page)
                await drive.hear(Progress(10, 5, False))
                event = Results((item_of(page),))
        await drive.hear(event)

    async def _check(self, drive: Driver) -> None:
        await drive.pilot._wait_for_screen()
        app, session = drive.app, drive.session
        if not app.is_running:
            return
        stored = self._stored()
        held = {item.path: item.decision.verdict for item in session.items if item.decision.verdict}
        assert held == {path: verdict for path, verdict in stored.items() if session.item((path, None))}
        assert 0 <= session.cursor < max(1, len(session.rows))
        review = app.get_default_screen()
        if app.screen is not review or app.size.width < READABLE[0] or app.size.height < READABLE[1]:
            return
        app.screen._on_timer_update()
        self._check_screen(drive, stored)

    def _check_screen(self, drive: Driver, stored: dict[str, str]) -> None:
        session, lines = drive.session, drive.lines
        there = Counter(stored[item.path] for item in session.items if item.path in stored)
        total = len(session.items)
        counts = (total - there.total(), there["keep"], there["discard"], there["later"])
        wanted = [f"{sign}{count}" for sign, count in zip("·✓✗…", counts, strict=True)]
        said = lines[-2].split()
        assert [word for word in said if word in wanted][-4:] == wanted, (lines[-2], wanted)
        place = f"{session.cursor + 1 if session.rows else 0:,} of {len(session.rows):,}"
        assert lines[0].endswith(place), (lines[0], place)
        work = drive.app.get_default_screen().list
        if not (work.display and work.region.area and session.rows):
            return
        assert session.cursor in work.visible_rows or any("mouse" in done for done in self.played)
        drawn = (line[work.region.x :] for line in lines[work.region.y : work.region.bottom])
        rows = [line for line in drawn if not line.startswith(HEADING)]
        assert len(rows) >= len(work.visible_rows)
        for row, line in zip(work.visible_rows, rows, strict=False):  # below a short list nothing is drawn
            item = session.rows[row]
            assert line[0] == ("▌" if row == session.cursor else "┃" if row in session.selected else " "), line
            assert line[1] == state_sign(stored.get(item.path), UNICODE), (line, stored.get(item.path))

    def _stored(self) -> dict[str, str]:
        with closing(sqlite3.connect(f"file:{self.world.database}?mode=ro", uri=True)) as reader:
            return dict(reader.execute("SELECT path, verdict FROM decisions WHERE verdict IS NOT NULL"))


KEYS = [
    *(key for action in ACTIONS for key in action.keys if key not in {"q", "ctrl+p"}),
    *("adsjknpu" * 6), "q", "ctrl+q", "ctrl+p", *(["escape"] * 12), *(["enter", "y"] * 4), *OTHER_KEYS,
]  # fmt: skip
