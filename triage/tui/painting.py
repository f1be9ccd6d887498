"""What the three lines round the panes say, as runs of text and role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.reading.formats import FORMATS, PACKED
from triage.session import Session
from triage.text import clean_line
from triage.tui.keys import Keys
from triage.tui.render import Line, Run
from triage.wording import counted

_DECIDING = (
    "keep", "discard", "later", "undo", "next-undecided", "tag", "filter", "mode", "read-on", "evidence", "note",
    "alike", "sort", "history", "help",
)  # fmt: skip
_READING = (
    "keep", "discard", "undo", "next-flag", "first-copy", "fold", "mode", "noise", "no-noise", "next-match", "zoom",
    "other-pane", "help",
)  # fmt: skip
_SELECTING = ("keep", "discard", "later", "discard-because", "tag", "note", "back", "help")

_NOTHING_FOUND = ("back", "filter", "views", "undo", "later-queue", "help")
_NO_PAGES = ("skipped", "undo", "history", "quit", "help")


@dataclass(frozen=True, slots=True)
class Shown:
    """What of the screen's own state the lines tell."""

    mode: str
    pane: str
    """Which pane has the keys, in a word: `list`, `text` or `why`."""
    in_range: bool
    selected: int
    filtered: bool = False
    """The list shows what a filter matches: what is alike there is decided together."""
    words: tuple[int, int] | None = None
    """How often the words for keeping and for discarding stand in the text; None without such words."""
    empty: bool = False
    """The list has no row: there is nothing to decide."""


def title_runs(session: Session, shown: Shown) -> tuple[Line, Line]:
    """Left the folder, the filter and the order; right how the text is shown and which row this is."""
    left: list[Run] = [("triage ", "strong"), (clean_line(session.folder.name or str(session.folder)), "")]
    if session.query.text:
        left += [("  filter ", "dim"), (clean_line(session.query.text), "key")]
    if str(session.order) != "path ↑":
        left += [("  by ", "dim"), (str(session.order), "key")]
    right: list[Run] = []
    if shown.selected or shown.in_range:
        right += [(f" {shown.selected:,} selected ", "mode"), ("  ", "")]
    if not session.advance:
        right += [("stays", "key"), ("  ", "")]
    if shown.pane != "list":
        right += [(f"in {shown.pane}", "key"), ("  ", "")]
    if shown.mode != "marked":
        right += [(f"{shown.mode}", "key"), ("  ", "")]
    if shown.words is not None:
        right += [(f"+{shown.words[0]}", "keep"), (f" -{shown.words[1]}", "discard"), (" words  ", "dim")]
    total = len(session.rows)
    right += [(f"{session.cursor + 1 if total else 0:,}", ""), (f" of {total:,}", "dim")]
    return tuple(left), tuple(right)


def status_runs(told: Sequence[Run], *, saving: bool) -> Line:
    """What was done last, or that it is still being written."""
    return (("saving…", "mode"),) if saving else tuple(told)


def hints(shown: Shown) -> Sequence[str]:
    """The actions that matter now, the most needed first, help last."""
    if shown.empty:
        return _NOTHING_FOUND if shown.filtered else _NO_PAGES
    if shown.selected or shown.in_range:
        return _SELECTING
    if shown.pane == "text":
        return _READING
    return tuple(dict.fromkeys((*_DECIDING[:4], "alike", *_DECIDING[4:]))) if shown.filtered else _DECIDING


def greeting(keys: Keys) -> str:
    """What a first start tells: the five keys that matter, and the one promise."""
    matter = (
        ("keep", "keep the page"),
        ("discard", "discard it (a mark; no file is touched)"),
        ("undo", "undo, as far back as you like"),
        ("read-on", "read on, then to the next undecided page"),
        ("help", "all keys"),
    )
    lines = [f"  {keys.shown(name):>6}  {what}" for name, what in matter]
    return "\n".join(["Five keys are enough to begin:", *lines, "Every decision is saved the moment it is made."])


def why_empty(session: Session, keys: Keys) -> str:
    """Why the list is empty, and what to do."""
    if session.query.text:
        told, done = f"No item matches the filter {clean_line(session.query.text)}", session.progress
        if done is not None and session.finished is None:
            told += f" so far\n\n{done.done:,} of {done.found:,} pages are scanned; what matches comes in by itself"
        if session.query.words:
            told += "\n\nWords are looked for in title and text; path:word looks in the path, site:host at the site"
        return f"{told}\n\n{keys.shown('back')} shows everything, {keys.shown('filter')} changes the filter"
    if session.finished is None:
        return "Looking for pages…"
    lines = ["There are no pages in this folder.", "", f"Read are {' '.join(FORMATS)}, and the same with {PACKED}"]
    if session.skipped:
        files = counted(len(session.skipped), "file was skipped", "files were skipped")
        lines.append(f"{files}; {keys.shown('skipped')} tells why")
    return "\n".join(lines)
