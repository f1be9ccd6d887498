"""What `triage doctor` looks at, and what it mends."""

from __future__ import annotations

import locale
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Literal

from triage.cli.options import load_settings
from triage.errors import TriageError
from triage.store import backups, health
from triage.store.library_file import library_path, remove_library
from triage.store.mending import saved
from triage.store.places import warning

_REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)[^<>=;]*([^;]*)")
_BOUND = re.compile(r"(>=|<)\s*([0-9.]+)")
_SMALLEST = (80, 24)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: Literal["good", "note", "bad", "mended"]
    told: str
    do: str = ""
    """What the user can do about it."""


def checked(
    folder: Path, path: Path, config: Path | None, environment: Mapping[str, str], *, mend: bool
) -> list[Check]:
    """All checks; with `mend`, what can be mended safely is."""
    return [
        *_decisions(path, mend=mend),
        *_backups(path, mend=mend),
        _library(folder, mend=mend),
        _settings(config),
        *_terminal(environment),
        *_parts(metadata.requires("article-triage") or ()),
    ]


def _decisions(path: Path, *, mend: bool) -> Iterator[Check]:
    found = health.examine(path)
    for note in (*found.notes, *filter(None, [warning(path)])):
        yield Check("decisions", "note", note)
    if found.fault is None:
        yield Check("decisions", "good", _held(path, found.told))
    elif not found.mendable:
        yield Check("decisions", "bad", found.fault)
    elif mend:
        yield Check("decisions", "mended", str(saved(path)))
    else:
        yield Check("decisions", "bad", found.fault)


def _held(path: Path, told: backups.Told | None) -> str:
    if told is None and path.exists():
        return f"{path} waits to be completed"
    if told is None:
        return f"none yet; the first makes {path}"
    return f"{told.decisions:,} in {path}, {told.steps:,} steps to undo; every page and row is as it was written"


def _backups(path: Path, *, mend: bool) -> Iterator[Check]:
    made = None
    if mend:
        try:
            made = backups.back_up(path)
        except TriageError as fault:
            yield Check("backups", "bad", str(fault))
    copies = backups.listed(path)
    unreadable = [copy.path for copy in copies if copy.told is None]
    for copy in unreadable:
        yield Check("backups", "note", f"{copy} cannot be read", "it may be deleted")
    good = [copy for copy in copies if copy.told is not None]
    if made is not None:
        yield Check("backups", "mended", f"made one more: {made}")
    elif good:
        hours = (datetime.now(UTC) - good[0].at).total_seconds() / 3600
        yield Check("backups", "good", f"{len(good)}, the newest {hours:,.0f} hours old; `triage restore` lists them")
    elif path.exists():
        yield Check("backups", "note", "none yet", "the next start makes one, or --mend does")


def _library(folder: Path, *, mend: bool) -> Check:
    path = library_path(folder)
    fault = health.library_fault(path)
    if fault is None:
        size = f"{path.stat().st_size / 1_000_000:,.1f} MB in {path}" if path.exists() else "none yet"
        return Check("cache", "good", size)
    if mend:
        remove_library(path)
        return Check("cache", "mended", f"{path} was damaged and is deleted; the next start reads the pages again")
    return Check("cache", "bad", f"{path} is damaged ({fault})", "--mend deletes it; it holds no decisions")


def _settings(config: Path | None) -> Check:
    from triage.config import config_path

    path = config or config_path()
    try:
        load_settings(config)
    except TriageError as fault:
        return Check("settings", "bad", str(fault), "mend that line, or write a new file: `triage config --write`")
    return Check("settings", "good", str(path) if path.exists() else "all at their defaults; there is no file")


def _terminal(environment: Mapping[str, str]) -> Iterator[Check]:
    name = environment.get("TERM", "")
    if name in ("", "dumb", "unknown"):
        yield Check("terminal", "note", f"TERM is {name or 'not set'}: no screen can be shown here", "set TERM")
    else:
        deep = environment.get("COLORTERM", "") in ("truecolor", "24bit")
        colours = "16 million" if deep else "256" if "256" in name else "few"
        colours = "none (NO_COLOR)" if environment.get("NO_COLOR") else colours
        size = shutil.get_terminal_size()
        state: Literal["good", "note"] = "good" if size >= _SMALLEST else "note"
        small = "" if size >= _SMALLEST else "; from 80 by 24 on everything has its place"
        yield Check("terminal", state, f"{name}, {size.columns} by {size.lines}, colours: {colours}{small}")
    encoding = locale.getpreferredencoding(do_setlocale=False)
    if encoding.lower().replace("-", "") != "utf8":
        yield Check("terminal", "note", f"the encoding is {encoding}", "set LANG to a UTF-8 locale, or ascii = true")
    if environment.get("TMUX"):
        yield _tmux()


def _tmux() -> Check:
    try:
        asked = subprocess.run(
            ["tmux", "show-options", "-sv", "set-clipboard"],  # noqa: S607  # the user's own
            capture_output=True, text=True, timeout=2, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return Check("terminal", "note", "tmux did not say whether it passes the clipboard on")
    if asked.stdout.strip() == "on":
        return Check("terminal", "good", "tmux passes the clipboard on")
    told = f"tmux keeps what is copied to itself (set-clipboard is {asked.stdout.strip() or 'unknown'})"
    return Check("terminal", "note", told, "tmux set -s set-clipboard on")


def _parts(requirements: Sequence[str]) -> Iterator[Check]:
    """What the program needs of others, against what is installed."""
    wrong = [fault for one in requirements if "extra ==" not in one and (fault := _part_fault(one))]
    for told in wrong:
        yield Check("parts", "bad", told, "install triage again: pip install --upgrade article-triage")
    if not wrong:
        versions = f"Python {platform.python_version()}, SQLite {health.sqlite_version()}"
        yield Check("parts", "good", f"{versions}, and all of the rest is there; {sys.executable}")


def _part_fault(requirement: str) -> str:
    name, bounds = _REQUIREMENT.match(requirement).groups()  # type: ignore[union-attr]
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return f"{name} is not installed"
    have = _numbers(version)
    for sign, bound in _BOUND.findall(bounds):
        if (have < _numbers(bound)) if sign == ">=" else (have >= _numbers(bound)):
            return f"{name} is {version}; {sign}{bound} is needed"
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(number) for number in re.findall(r"\d+", version)]
    return tuple(found + [0] * (4 - len(found)))[:4]
