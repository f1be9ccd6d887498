"""What must hold of every sample that was scanned."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.hostile.sample import SECRET, Sample

_TELLING = {"unreadable", "thin", "error-page"}
"""Kinds of flags by which the analyst knows that a page does not show its article."""

Line = Mapping[str, Any]
"""One line of the scan's output."""


def scan(
    command: Path, folder: Path, home: Path, page_seconds: float | None = None
) -> tuple[int, dict[str, Line], str]:
    """The real `triage scan FOLDER --format jsonl`: its exit code, its lines by path, and what it narrated."""
    home.mkdir(parents=True, exist_ok=True)
    words = [command, "scan", folder, "--format", "jsonl"]
    if page_seconds is not None:
        (home / "settings.toml").write_text(f"page_seconds = {page_seconds}\n")
        words += ["--config", home / "settings.toml"]
    places = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(home))
    done = subprocess.run(words, check=False, capture_output=True, env={**os.environ, **places})
    lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
    return done.returncode, {line["path"]: line for line in lines}, done.stderr.decode()


def is_told(line: Line) -> bool:
    """Whether a flag on the whole page tells the analyst that it does not show an article."""
    return any(flag["kind"] in _TELLING and flag["first"] is None for flag in line["flags"])


def silently_lost(sample: Sample, line: Line) -> list[str]:
    """Parts of the sample's article that stand in no block, where no flag tells of it."""
    text = "\n".join(block["text"] for block in line["blocks"])
    return [] if is_told(line) else [part for part in sample.holds if part not in text]


def leaked(lines: Iterable[Line]) -> list[str]:
    """Paths of pages in whose result something of a file outside the folder stands."""
    return [line["path"] for line in lines if SECRET in str(line) or "root:x:" in str(line)]


def cause(line: Line) -> str:
    """The verdict in a word: `fine`, or the kind and cause of the first flag on the whole page."""
    for flag in line["flags"]:
        if flag["kind"] in _TELLING and flag["first"] is None:
            return f"{flag['kind']}: {flag['cause']}"
    return "fine"
