"""The scan behind a screen: a process of its own that tells the same as a scan within."""

from __future__ import annotations

import os
import queue
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from triage.scanning import Event, Finished, Known, Limits, Listed, Results, Scan
from triage.scanning.behind import ScanBehind
from triage.store.library import Library

LIMITS = Limits(workers=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "pages"
    place.mkdir()
    for number in range(3):
        text = f"The harbour council met on day {number} and decided about the old crane. " * 5
        (place / f"{number}.txt").write_text(text, encoding="utf-8")
    return place


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(folder, tmp_path / "cache", "1", "1")
    yield opened
    opened.close()


def told(folder: Path, library: Library, heard: Callable[[Event, ScanBehind], None] = lambda *_: None) -> list[Event]:
    """All that a scan tells, to its end."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    scan = ScanBehind(folder, library, events.put, LIMITS)
    scan.start()
    found: list[Event] = []
    while not found or not isinstance(found[-1], Finished):
        found.append(events.get(timeout=60))
        heard(found[-1], scan)
    assert scan.join(30)
    return found


def test_it_tells_what_a_scan_within_tells(folder: Path, library: Library, tmp_path: Path) -> None:
    events = told(folder, library)
    assert [file.path for event in events if isinstance(event, Listed) for file in event.files] == [
        "0.txt", "1.txt", "2.txt",
    ]  # fmt: skip
    items = {item for event in events if isinstance(event, Results) for item in event.items}
    within: list[Event] = []
    other = Library.open(folder, tmp_path / "other", "1", "1")
    scan = Scan(folder, other, within.append, LIMITS)
    scan.run()
    other.close()
    assert items == {item for event in within if isinstance(event, Results) for item in event.items}
    assert len(items) == 3
    assert events[-1] == within[-1]


def test_what_is_known_is_told_first_and_neither_listed_nor_scanned_again(folder: Path, library: Library) -> None:
    told(folder, library)
    events = told(folder, library)
    assert [len(event.items) for event in events if isinstance(event, Known)] == [3, 0]
    assert isinstance(events[0], Known)
    assert not [event for event in events if isinstance(event, (Listed, Results))]
    assert events[-1] == Finished(3, 3, 0, cancelled=False)


def test_a_scan_whose_process_dies_says_so(folder: Path, library: Library) -> None:
    def kill(event: Event, scan: ScanBehind) -> None:
        if isinstance(event, Listed):
            process = scan._process
            assert process is not None
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)

    end = told(folder, library, kill)[-1]
    assert isinstance(end, Finished)
    assert "ended before its time" in (end.fault or "")


def test_it_can_be_cancelled_before_it_has_begun(folder: Path, library: Library) -> None:
    def cancel(event: Event, scan: ScanBehind) -> None:
        if isinstance(event, Known):
            scan.cancel()

    end = told(folder, library, cancel)[-1]
    assert isinstance(end, Finished)
    assert end.cancelled
