"""What takes long goes on behind the screen: after a moment keys are read again, and what is going on is told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

from textual.screen import Screen

_MOMENT = 0.2
"""Seconds that keys wait for what was begun: most of it is done by then, and the next key finds it done."""
_LONG = 0.5
"""Seconds after which it is told that something is going on."""

Answer = TypeVar("Answer")


class Behind:
    """Two kinds of acts: those that find something, of which the latest counts, and those that decide, in turn."""

    def __init__(self, screen: Screen[Any], tell: Callable[[str], None]) -> None:
        self._screen = screen
        self._tell = tell
        self._turn = 0
        self._stop: Callable[[], None] | None = None
        self._deciding: asyncio.Event | None = None

    async def find(
        self,
        find: Callable[[], Answer],
        show: Callable[[Answer], None],
        telling: str,
        stop: Callable[[], None],
        *,
        whole: bool = False,
    ) -> None:
        """Find something in a thread, then show it; the answer is dropped where something else was asked for since.

        `telling` is said where it takes long; `stop` ends it in its thread. `whole`: keys wait to its end.
        """
        self.give_up()
        turn, self._stop = self._turn, stop

        async def run() -> None:
            try:
                found = await asyncio.to_thread(find)
            finally:
                if turn == self._turn:
                    self._stop = None
            if turn == self._turn:
                show(found)

        await self._begin(run, telling, whole=whole)

    async def work_out(self, act: Callable[[], Answer], telling: str) -> Answer:
        """What `act` works out in a thread; keys wait for it, as they are meant for what it leads to."""
        long = asyncio.get_running_loop().call_later(_LONG, self._tell, telling)
        try:
            return await asyncio.to_thread(act)
        finally:
            long.cancel()

    def give_up(self) -> bool:
        """End what is being found; whether something was."""
        stop, self._stop = self._stop, None
        self._turn += 1
        if stop is not None:
            stop()
        return stop is not None

    async def decide(self, act: Callable[[], Awaitable[None]], telling: str) -> None:
        """Carry out what decides, after what was begun before it."""
        await self.decided()
        done = self._deciding = asyncio.Event()

        async def run() -> None:
            try:
                await act()
            finally:
                self._deciding = None
                done.set()

        await self._begin(run, telling)

    async def decided(self) -> None:
        """What decides, and what is shown by it, waits for what was begun before."""
        if self._deciding is not None:
            await self._deciding.wait()

    async def _begin(self, act: Callable[[], Awaitable[None]], telling: str, *, whole: bool = False) -> None:
        done = asyncio.Event()

        async def run() -> None:
            long = asyncio.get_running_loop().call_later(_LONG, self._tell, telling)
            try:
                await act()
            finally:
                long.cancel()
                done.set()

        self._screen.run_worker(run())
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), None if whole else _MOMENT)
