"""The real, installed command in a pseudo-terminal: keys in, screen out."""

import contextlib
import errno
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyte

COMMAND = Path(sys.executable).with_name("triage")
PATIENCE = 60.0
"""Seconds after which a screen that was waited for counts as not coming."""


class Terminal:
    """One running program with its screen."""

    def __init__(self, pid: int, master: int, columns: int, rows: int) -> None:
        self.pid = pid
        self.sent = bytearray()
        """All bytes that the program sent to the terminal."""
        self._master = master
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def text(self) -> str:
        # Not pyte's own `display`, which trips over a wide character that was written over by half.
        cells = self._screen.buffer
        rows = (
            "".join(cells[row][column].data for column in range(self._screen.columns))
            for row in range(self._screen.lines)
        )
        return "\n".join(row.rstrip() for row in rows)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size, which the program is told of."""
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def until(self, holds: Callable[[str], bool], what: str) -> str:
        """Read until the screen's text fulfils `holds`."""
        end = time.monotonic() + PATIENCE
        while not holds(self.text):
            left = end - time.monotonic()
            assert left > 0, f"waited in vain for {what}; the screen shows:\n{self.text}"
            if not self._read(left):
                assert holds(self.text), f"the program ended without {what}; the screen shows:\n{self.text}"
        return self.text

    def look(self, seconds: float) -> None:
        """Read what comes within so many seconds."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and self._read(left):
            pass

    def shows(self, sign: str) -> bool:
        """Whether `sign` comes onto the screen before the program ends."""
        end = time.monotonic() + PATIENCE
        while sign not in self.text and (left := end - time.monotonic()) > 0 and self._read(left):
            pass
        return sign in self.text

    def wait(self) -> int:
        """The exit code, once the program has ended; minus the signal where one ended it."""
        end = time.monotonic() + PATIENCE
        while self._read(max(0.0, left := end - time.monotonic())):
            assert left > 0, f"waited in vain for the end of the program; the screen shows:\n{self.text}"
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._master, 65536)
        except OSError as fault:
            if fault.errno != errno.EIO:  # what Linux says when the program has closed its side
                raise
            return False
        self.sent += data
        # pyte does not know the keyboard protocol's private sequences, which a terminal would swallow.
        with contextlib.suppress(TypeError, KeyError):
            self._stream.feed(data)
        return bool(data)


@contextlib.contextmanager
def running(
    *words: str | Path,
    columns: int = 80,
    rows: int = 24,
    environment: Mapping[str, str] | None = None,
    command: Path = COMMAND,
) -> Iterator[Terminal]:
    """`triage WORDS` in a terminal of its own; it is killed at the end if it still runs."""
    pid, master = pty.fork()
    if pid == 0:
        os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(environment or {})})
        os.execv(command, [str(command), *map(str, words)])  # noqa: S606
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    terminal = Terminal(pid, master, columns, rows)
    try:
        yield terminal
    finally:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        os.close(master)
