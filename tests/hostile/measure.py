"""One page through the worker's own function in a process of its own: what it took, and what it reached for."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.hostile.sample import ARTICLE, html
from triage.model import Page
from triage.reading import MAX_BYTES
from triage.scanning.record import scan_page
from triage.scanning.worker import prepare, work

_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request")
_WALL_SECONDS = 900.0
"""Only for a child that waits: on a busy machine ten seconds of processor time may last minutes."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What scanning one file took."""

    path: str
    ended_by: int
    """The signal that ended the process, 0 for none; its own processor time limit is no crash."""
    seconds: float
    """Of processor time."""
    megabytes: float
    """The most memory it held."""
    network: list[str] = field(default_factory=list)
    """What it tried to reach."""
    fault: str = ""
    """An exception that came out of the worker's function."""

    @property
    def crashed(self) -> bool:
        """Whether the process ended otherwise than by a limit or with a result."""
        return self.ended_by not in {0, signal.SIGPROF} or bool(self.fault)


def measured_apart(folder: Path, paths: list[str], cpu_seconds: float) -> list[Measured]:
    """Each file at `paths` measured, from a fresh process that has no threads and has loaded what scanning needs."""
    words = [sys.executable, "-m", "tests.hostile.measure", str(folder), str(cpu_seconds)]
    root = Path(__file__).parents[2]
    done = subprocess.run(words, input="\0".join(paths).encode(), check=True, capture_output=True, cwd=root)
    return [Measured(**json.loads(line)) for line in done.stdout.splitlines()]


def measured(folder: Path, path: str, cpu_seconds: float) -> Measured:
    """Scan the file at `path` as a worker would. On systems with `fork` alone."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _report(writing, str(folder), path, cpu_seconds)
    os.close(writing)
    answer = _all_of(reading, child)
    _, status, used = os.wait4(child, 0)
    network, fault = json.loads(answer) if answer else ([], "")
    ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    memory = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Measured(path, ended_by, used.ru_utime + used.ru_stime, memory, network, fault)


def _report(writing: int, folder: str, path: str, cpu_seconds: float) -> None:
    """In the child: scan, write the answer, go."""
    reached: list[str] = []

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _NETWORK:
            reached.append(f"{event} {arguments[-1]}")

    sys.addaudithook(note)
    prepare()
    fault = ""
    try:
        work(folder, path, MAX_BYTES, cpu_seconds)
    except BaseException as error:  # noqa: BLE001 - whatever comes out is what is looked for
        fault = f"{type(error).__name__}: {error}"
    os.write(writing, json.dumps((reached[:5], fault[:500])).encode())
    os._exit(0)


def _all_of(reading: int, child: int) -> bytes:
    data = b""
    with os.fdopen(reading, "rb", buffering=0) as file:
        while True:
            if not select.select([file], [], [], _WALL_SECONDS)[0]:
                os.kill(child, signal.SIGKILL)
            piece = file.read(1 << 16)
            if not piece:
                return data
            data += piece


if __name__ == "__main__":
    _folder, _seconds = sys.argv[1:]
    scan_page(Page("a.html", "", "html", html()))
    scan_page(Page("a.txt", "", "text", " ".join(ARTICLE)))
    for _path in sys.stdin.buffer.read().split(b"\0"):
        print(json.dumps(asdict(measured(Path(_folder), os.fsdecode(_path), float(_seconds)))), flush=True)  # noqa: T201
