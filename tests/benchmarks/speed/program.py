"""A program in a pseudo-terminal, with the clock beside it: when does the screen say what."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

_ESCAPES = re.compile(rb"\x1b\[[0-9;?<>=]*[a-zA-Z~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b[=>78]")
_PATIENCE = 120.0


class Program:
    """One running program; what it paints is read as text without its escape sequences."""

    def __init__(
        self, words: Sequence[str], columns: int = 120, rows: int = 40, environment: Mapping[str, str] | None = None
    ) -> None:
        self._began = time.perf_counter()
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", **(environment or {}))
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.execv(words[0], list(words))  # noqa: S606
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._painted = b""

    def until(self, pattern: bytes) -> float:
        """Seconds from the last key, or from the start, until what was painted since holds `pattern`."""
        wanted = re.compile(pattern)
        while not wanted.search(_ESCAPES.sub(b"", self._painted)):
            if not self._read(_PATIENCE):
                raise TimeoutError(f"{pattern!r} was not painted: {_ESCAPES.sub(b'', self._painted)[-500:]!r}")
        return time.perf_counter() - self._began

    def press(self, key: str) -> None:
        """Send a key; what was painted before counts no longer."""
        while self._read(0):
            pass
        self._painted, self._began = b"", time.perf_counter()
        os.write(self._terminal, key.encode())

    def send(self, keys: str) -> None:
        """Send keys without forgetting what was painted."""
        os.write(self._terminal, keys.encode())

    def rest(self, seconds: float) -> None:
        """Read what comes for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)

    def processor(self) -> float:
        """Seconds of the processor that the program's own process has used, its children left out."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9

    def memory(self) -> float:
        """Megabytes that the program's own process had in memory at most."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], seconds)
        if not ready:
            return False
        self._painted += os.read(self._terminal, 1 << 16)
        return True

    def end(self) -> None:
        """Kill it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._terminal)


@contextmanager
def running(*words: str, environment: Mapping[str, str] | None = None) -> Iterator[Program]:
    """The program `words`, killed at the end."""
    program = Program(words, environment=environment)
    try:
        yield program
    finally:
        program.end()
