"""Folders of made-up pages that are kept with their library, so that a later run finds them scanned."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.speed.folders import make
from tests.benchmarks.speed.usage import measured
from triage.detector import detector_version, rules_version
from triage.scanning import Limits
from triage.store.library import Library
from triage.store.library_file import library_path

TRIAGE = str(Path(sys.executable).with_name("triage"))
_CACHE = "article-triage"


@dataclass(frozen=True, slots=True)
class Kept:
    """A folder whose pages this version has scanned."""

    folder: Path
    pages: int
    cache: Path
    """What XDG_CACHE_HOME is for the programs that are measured on it."""
    scan_seconds: float
    """Of the processor, in all processes, that its first scan by this version took."""

    def library(self) -> Library:
        """Its library, as the program itself opens it."""
        return Library.open(self.folder, self.cache / _CACHE, *versions())


def versions() -> tuple[str, str]:
    """Of detector and rules, as the program itself names them."""
    return f"{detector_version()}-{Limits().max_bytes}", rules_version()


def filled(place: Path, pages: int, kilobytes: float) -> Kept:
    """The folder of so many pages below `place`, made and scanned where it is not there or another version did it."""
    folder, cache, note = place / f"{pages}", place / f"{pages}-cache", place / f"{pages}.json"
    told = json.loads(note.read_text("utf-8")) if note.exists() else {}
    made = [pages, kilobytes]
    if told.get("made") != made:
        shutil.rmtree(folder, ignore_errors=True)
        make(folder, pages, kilobytes)
    if told.get("made") != made or told.get("versions") != list(versions()):
        shutil.rmtree(cache, ignore_errors=True)
        told = {"made": made, "versions": list(versions()), "seconds": _scanned(folder, cache)}
        note.write_text(json.dumps(told), encoding="utf-8")
    else:
        _scanned(folder, cache)  # what an earlier run left changed
    return Kept(folder, pages, cache, told["seconds"])


def touch(kept: Kept, every: int) -> int:
    """Let each so many-th page seem changed; how many that are."""
    now, files = time.time(), sorted(path for path in kept.folder.rglob("*") if path.is_file())[::every]
    for file in files:
        os.utime(file, (now, now))
    return len(files)


def _scanned(folder: Path, cache: Path) -> float:
    command = [TRIAGE, "scan", str(folder), "--workers", "2"]
    return measured(command, {**os.environ, "XDG_CACHE_HOME": str(cache)})[1]


def library_file(kept: Kept) -> Path:
    """The file of its library."""
    return library_path(kept.folder, kept.cache / _CACHE)
