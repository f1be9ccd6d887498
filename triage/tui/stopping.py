"""Stopping and going on: SIGTSTP and SIGCONT, each heard on the app's loop once the one before was carried out.

Textual's own handlers run wherever the program is, amid one another too: a stop that came while the terminal was
being taken again left it half taken, and was not always heard.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from textual.app import App


class Stopping:
    """Gives the terminal back for a stop, and takes it again afterwards. On systems without such signals, nothing."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._went_on = False
        """The SIGCONT that ended a stop of ours is yet to be heard."""

    def listen(self) -> None:
        """From now on; to be called on the app's loop, in the main thread."""
        with suppress(NotImplementedError, RuntimeError, ValueError, AttributeError):
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(signal.SIGTSTP, self.stop)
            loop.add_signal_handler(signal.SIGCONT, self._go_on)

    @contextmanager
    def left_to_the_system(self) -> Iterator[None]:
        """While another program has the terminal: the loop waits for it, so a stop must not wait for the loop."""
        with suppress(ValueError, AttributeError):
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        try:
            yield
        finally:
            self.listen()

    def stop(self) -> None:
        """Stand still, the terminal given back, until the shell lets the program go on before its user."""
        with self._app.suspend():
            while True:
                signal.raise_signal(signal.SIGSTOP)
                if _in_the_foreground():  # else `bg`: without the terminal there is nothing to do
                    break
        self._went_on = True

    def _go_on(self) -> None:
        """After a SIGSTOP, of which a program is not told, the terminal is as others left it: take it anew."""
        if not self._went_on and _in_the_foreground():
            with self._app.suspend():
                pass
        self._went_on = False


def _in_the_foreground() -> bool:
    """Whether the terminal is this program's to use; also where there is none to ask."""
    try:
        return os.tcgetpgrp(sys.__stdin__.fileno()) == os.getpgrp()  # type: ignore[union-attr]
    except (OSError, ValueError, AttributeError):
        return True
