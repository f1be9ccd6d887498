"""What tests of scans share: the library of their folder, a scan of it to its end, and a page that takes too long."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from triage.scanning import Event, Limits, Scan
from triage.store.library import Library

SLOW = "<html><body><p " + " ".join(f"a{number}=1" for number in range(60_000)) + ">Never read</p></body></html>"


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    """The library of the test module's own `folder`."""
    opened = Library.open(folder, tmp_path / "cache", detector="1")
    yield opened
    opened.close()


def events_of(folder: Path, library: Library, limits: Limits | None = None) -> list[Event]:
    """What a scan of the folder tells, to its end."""
    events: list[Event] = []
    one = Scan(folder, library, events.append, limits or Limits(workers=2))
    one.start()
    assert one.join(120)
    return events
