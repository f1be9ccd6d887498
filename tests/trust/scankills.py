"""`kill -9` of a scan and its workers at random moments; the scan that ends must give what an unbroken one gives."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tests.archives import archive, response
from tests.terminal import COMMAND
from tests.trust.memory import in_memory
from tests.trust.promise import Outcome, Promise

_PAGES = 80
_A_ROUND = 2
"""Kills before a scan is let run to its end; then some pages change, and the next round begins. Of two kills in all
one comes while nothing is known yet, and one after the pages have changed.
"""
_LONGEST = 0.3
"""Seconds from the write that a kill is aimed at to the kill, at most; mostly far less."""
_LOOK = 0.002
"""Seconds between two looks at what the scan does."""
_SITE = "valley.org"
_RULES = ("near-duplicate", "recurring-block", "recurring-error-text")
"""What is found across pages, and so from the library alone where a scan was killed after their pages were kept."""
_SUBJECTS = (
    "ferry",
    "island",
    "captain",
    "harbour",
    "road",
    "bridge",
    "market",
    "school",
    "river",
    "council",
    "library",
)
_VERBS = ("crosses", "reaches", "leaves", "repairs", "paints", "closes", "opens", "measures", "remembers", "follows")
_SHARED = "The valley's paper has told of the valley since the year of the flood and is sent to each of its houses. "
_ERROR = "Nothing lies at this spot of the valley any more, and nobody could say where it was taken to. "


def check(place: Path, kills: int, seed: int) -> Outcome:
    """Rounds until `kills` are done: pages change, the scan is killed twice over them, and then runs to its end."""
    chance = random.Random(seed)
    faults: list[str] = []
    inside = done = 0
    with in_memory(place) as memory:
        folder, cache = memory / "pages", memory / "cache"
        (folder / _SITE).mkdir(parents=True)
        for number in range(_PAGES):
            _write(folder, number, chance)
        _write_archive(folder, chance)
        while done < kills:
            began = time.monotonic()
            expected = _finished(folder, memory / f"unbroken-{done}")
            seconds = time.monotonic() - began
            for _ in range(min(_A_ROUND if kills > _A_ROUND else 1, kills - done)):
                inside += _killed_once(folder, cache, seconds, chance, aimed=done % 2 == 0)
                done += 1
            if _finished(folder, cache) != expected:
                faults.append(f"seed {seed}, after kill {done}: the output is not that of an unbroken scan")
            missed = [rule for rule in _RULES if f'"rule": "{rule}"'.encode() not in expected]
            faults += (f"seed {seed}, round {done}: no page has the flag {rule}: little is shown" for rule in missed)
            for number in chance.sample(range(_PAGES), _PAGES // 2):
                _write(folder, number, chance)
            _write_archive(folder, chance)
    return Outcome(f"{kills:,} kills, {inside:,} of them amid its writes: {len(faults)} outputs that differ", faults)


def _killed_once(folder: Path, cache: Path, seconds: float, chance: random.Random, *, aimed: bool) -> bool:
    """Starts a scan and kills it; whether that was between its first write to the library and its end.

    It comes at any time of the `seconds` that a scan takes; `aimed`, just after one of its first writes.
    """
    wanted, delay = chance.randint(1, 4), chance.random()
    with subprocess.Popen(
        _command(folder),
        env=_environment(cache),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a group of its own, so that the kill ends its workers too
    ) as scan:
        writes = _Writes(cache)
        end = time.monotonic() + delay * seconds
        while scan.poll() is None and (writes.seen() < wanted if aimed else time.monotonic() < end):
            time.sleep(_LOOK)
        if aimed:
            time.sleep(delay**3 * _LONGEST)
        inside = writes.seen() > 0 and scan.poll() is None
        writes.close()
        with suppress(ProcessLookupError):
            os.killpg(scan.pid, signal.SIGKILL)
    return inside


class _Writes:
    """Looks on as another process writes the library in `cache`."""

    def __init__(self, cache: Path) -> None:
        self._cache = cache
        self._connection: sqlite3.Connection | None = None
        self._version = self._count = 0

    def seen(self) -> int:
        """How many writes were seen up to now, two of them as one where they came close on each other."""
        try:
            if self._connection is None:
                path = next(self._cache.rglob("*.sqlite"), None)
                if path is None:
                    return 0
                self._connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
            version = self._connection.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.OperationalError:  # it is being made
            self.close()
            return self._count
        if self._version and version != self._version:
            self._count += 1
        self._version = version
        return self._count

    def close(self) -> None:
        """Let go of the file."""
        if self._connection:
            self._connection.close()
        self._connection, self._version = None, 0


def _finished(folder: Path, cache: Path) -> bytes:
    """What a scan prints that is left alone."""
    return subprocess.run(_command(folder), env=_environment(cache), capture_output=True, check=True).stdout


def _command(folder: Path) -> list[str]:
    return [str(COMMAND), "scan", str(folder), "--format", "jsonl", "--workers", "1"]


def _environment(cache: Path) -> dict[str, str]:
    return {**os.environ, "XDG_CACHE_HOME": str(cache)}


def _write_archive(folder: Path, chance: random.Random) -> None:
    """A file with as many pages in it as stand beside it."""
    pages = (
        response(f"https://{_SITE}/{number}", _text(chance).encode(), media="text/plain") for number in range(_PAGES)
    )
    (folder / _SITE / "crawl.warc.gz").write_bytes(archive(pages))


def _write(folder: Path, number: int, chance: random.Random) -> None:
    (folder / _SITE / f"{number:02}.txt").write_text(_text(chance), "utf-8")


def _text(chance: random.Random) -> str:
    """A page with paragraphs of its own and one that all share; some are near copies of another, some errors."""
    if chance.random() < 0.2:
        return _ERROR
    own = chance.randrange(3) if chance.random() < 0.2 else chance.randrange(2**31)
    telling = random.Random(own)
    paragraphs = (" ".join(_sentence(telling) for _ in range(5)) for _ in range(5))
    return "\n\n".join((*paragraphs, _SHARED, _sentence(chance)))


def _sentence(chance: random.Random) -> str:
    subject, thing, place = chance.sample(_SUBJECTS, 3)
    return f"The {subject} {chance.choice(_VERBS)} the {thing} near the {place} in {chance.randint(1800, 2020)}."


PROMISES = (
    Promise("scan-kill", "A scan that was killed and run again gives what an unbroken one gives", 30, 2, check),
)
