"""Scans one file in this process: what the command prints of it, near copies left out."""

from __future__ import annotations

import json
from pathlib import Path

from tests.benchmarks.labels import Record
from triage.reading import MAX_BYTES
from triage.scanning.lines import scan_line
from triage.scanning.record import scan_file


def scanned(folder: Path, path: str) -> Record:
    """The one item of the file at `path`, relative to `folder`."""
    (item,) = scan_file(folder, path, MAX_BYTES)
    record: Record = json.loads(scan_line(item, item.flags, None))
    return record
