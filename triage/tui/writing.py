"""Decisions are written off the screen's loop, one after another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_PATIENCE = 0.1
"""Seconds after which the analyst is told that a decision is still being written."""

Answer = TypeVar("Answer")


class Writer:
    """One thread that writes; `slow` is told True when a write takes long, and False when it has ended."""

    def __init__(self, slow: Callable[[bool], None]) -> None:
        self._slow = slow
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="journal")

    async def write(self, act: Callable[[], Answer]) -> Answer:
        """What `act` answers, or raises, once it is done."""
        loop = asyncio.get_running_loop()
        patience = loop.call_later(_PATIENCE, self._slow, True)
        try:
            return await loop.run_in_executor(self._thread, act)
        finally:
            patience.cancel()
            self._slow(False)

    def close(self) -> None:
        """Wait for what is being written."""
        self._thread.shutdown(wait=True)
