"""What a command takes of the clock and of the processor, whatever it starts and whoever waits for that."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_ADOPT = 36
"""`PR_SET_CHILD_SUBREAPER` of Linux."""


def measured(command: Sequence[str], environment: dict[str, str] | None = None) -> tuple[float, float]:
    """Seconds of the clock, and of the processor in the command and all that it started. Its output is dropped.

    What a process used is known to who waits for its end. Workers are forked from a server that nobody waits for; on
    Linux it is handed to us when its parent ends.
    """
    with suppress(AttributeError, OSError):  # another system
        ctypes.CDLL(None).prctl(_ADOPT, 1, 0, 0, 0)
    others, before, start = _children(), child_seconds(), time.monotonic()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall = time.monotonic() - start
    while left := _children() - others:
        for process in left:
            os.waitpid(process, 0)
    return wall, child_seconds() - before


def child_seconds() -> float:
    """Seconds of the processor that children of this process have used, and theirs, as far as they have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _children() -> set[int]:
    lists = Path("/proc/self/task").glob("*/children") if Path("/proc/self/task").exists() else ()
    return {int(number) for one in lists for number in one.read_text("ascii").split()}
