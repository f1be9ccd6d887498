"""Two programs that scan one folder at the same time, with one cache: each prints what it would have printed alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import sys
from pathlib import Path
from triage.detector import detector_version, rules_version
from triage.scanning import Finished, Limits, Progress, Results, Scan, scan_line
from triage.store.library import Library

told = set()

def stop_at(place):
    if place not in told:
        told.add(place)
        print(place, flush=True)
        sys.stdin.readline()

def follow(event):
    if isinstance(event, Progress) and not event.walking:
        stop_at("listed")
    elif isinstance(event, Results):
        stop_at("first results")

folder, cache = map(Path, sys.argv[1:])
library = Library.open(folder, cache, detector_version(), rules_version())
scan = Scan(folder, library, follow, Limits(workers=1))
scan.start()
scan.join()
stop_at("the end")
for item in library.items():
    print(scan_line(library.scanned(item.key), item.flags, item.group))
library.close()
"""
STORY = "The ferry to the islands was late all week, and the harbour master blamed a tide that nobody else had seen. "
BRIEF = (
    "A bakery on the square will open its doors again in spring, its owner says, with the same oven, another flour and "
    "one more baker than it had before the flood took the cellar."
)


class Running:
    """A scan that stops where it is told to."""

    def __init__(self, version: Path, folder: Path, cache: Path) -> None:
        environment = {**os.environ, "PYTHONPATH": str(version)}
        self._process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(folder), str(cache)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=version, encoding="utf-8",
        )  # fmt: skip

    def reaches(self, place: str) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == f"{place}\n"

    def goes_on(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def output(self) -> str:
        return self._process.communicate("\n", timeout=120)[0]

    def end(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def running(version: Path, folder: Path, cache: Path) -> Iterator[Running]:
    program = Running(version, folder, cache)
    try:
        yield program
    finally:
        program.end()


def alone(version: Path, folder: Path, cache: Path) -> str:
    with running(version, folder, cache) as program:
        for place in ("listed", "first results"):
            program.reaches(place)
            program.goes_on()
        program.reaches("the end")
        return program.output()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("a", "b"):
        (pages / f"{name}.html").write_text(f"<html><title>Late</title><body><article><p>{STORY * 6}</p></article>")
    (pages / "c.html").write_text(f"<html><title>Brief</title><body><p>{BRIEF}</p>")
    return pages


@pytest.fixture
def other_version(tmp_path: Path) -> Path:
    """The same program with two numbers changed: of a rule, and of the rooms that extract."""
    place = tmp_path / "other"
    shutil.copytree(ROOT / "triage", place / "triage", ignore=shutil.ignore_patterns("__pycache__"))
    for path, old, new in (
        ("flagging/thin.py", "FEWEST_WORDS = 25", "FEWEST_WORDS = 40"),
        ("extraction/evidence.py", "_HEADINGS = 20", "_HEADINGS = 2"),
    ):
        file = place / "triage" / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))
    return place


@pytest.mark.skipif(sys.platform == "win32", reason="files are not locked there")
@pytest.mark.parametrize("same", [True, False], ids=["two of one version", "two versions"])
def test_two_scans_at_once_with_one_cache_do_not_mix(
    tmp_path: Path, folder: Path, other_version: Path, same: bool
) -> None:
    second_version = ROOT if same else other_version
    expected = alone(ROOT, folder, tmp_path / "first alone")
    assert expected.count('"group": "a.html"') == 2
    cache = tmp_path / "cache"
    with running(ROOT, folder, cache) as first, running(second_version, folder, cache) as second:
        first.reaches("listed")
        second.reaches("listed")
        first.goes_on()
        first.reaches("first results")
        first.goes_on()
        first.reaches("the end")
        second.goes_on()
        second.reaches("first results")
        assert first.output() == expected
        second.goes_on()
        second.reaches("the end")
        output = second.output()
    assert ('"kind": "thin"' in output) is not same
    assert output == (expected if same else alone(other_version, folder, tmp_path / "second alone"))
