"""What reaches beyond the terminal's screen: clipboard, browser, pager."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from triage.errors import TriageError
from triage.export import export
from triage.model import Item
from triage.session import Session
from triage.session.words import these
from triage.tui.screens.prompt import PromptScreen

if TYPE_CHECKING:
    from triage.tui.screens.review import ReviewScreen


def copyable(review: ReviewScreen, item: Item) -> list[tuple[str, str]]:
    """What can be copied of an item, each with its name; what is empty is left out."""
    scanned = review.session.scanned(item)
    found = [
        ("address", (scanned.url or scanned.evidence.canonical or "") if scanned else ""),
        ("title", item.title),
        ("path", str(file_of(review, item))),
        ("text", scanned.article.text if scanned else ""),
    ]
    return [(what, text) for what, text in found if text]


def copy(review: ReviewScreen, what: str, text: str) -> None:
    """Ask the terminal to put a text on the clipboard; whether it did, it does not say."""
    review.app.copy_to_clipboard(text)
    review.tell(f"Sent the {what} to the terminal's clipboard, {len(text):,} characters")


def file_of(review: ReviewScreen, item: Item) -> Path:
    """Where the item's file stands."""
    return review.session.folder.absolute() / item.path


async def browse(review: ReviewScreen) -> None:
    """Open the page in the browser, where this terminal's machine has one."""
    item = review.session.current
    if item is None:
        return
    screenless = not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if os.name == "posix" and os.uname().sysname != "Darwin" and screenless:
        review.tell("There is no browser on this terminal's machine", "copy")
        return
    review.app.open_url(file_of(review, item).as_uri())
    review.tell("Opened in the browser")


async def long_note(review: ReviewScreen) -> None:
    """Give the terminal to $EDITOR with the item's note, and take the note back afterwards."""
    item = review.session.current
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    if item is None or not _there(review, command, "note"):
        return
    with tempfile.TemporaryDirectory(prefix="triage-") as folder:
        file = Path(folder) / "note.txt"
        file.write_text(item.decision.note, "utf-8")
        if _hand_over(review, [*command, str(file)]):
            await review.carry_out(review.session.plan_note(file.read_text("utf-8", "replace")))


async def page(review: ReviewScreen) -> None:
    """Give the terminal to $PAGER with the page's file, and take it back afterwards."""
    item = review.session.current
    if item is None:
        return
    command = shlex.split(os.environ.get("PAGER") or "less")
    if _there(review, command, "mode"):
        _hand_over(review, [*command, str(file_of(review, item))])


async def export_shown(review: ReviewScreen) -> None:
    """Write decisions, flags and clean text of the items that the list shows; the file's name tells the form."""
    session = review.session
    items = list(session.rows)
    if not items:
        review.tell("There is no item here")
        return

    async def named(text: str | None) -> None:
        if text is None or not text.strip():
            return
        file = Path(os.path.expanduser(text.strip()))  # noqa: ASYNC240, PTH111  # looks at no file
        form = _FORMS.get(file.suffix.casefold())
        if form is None:
            review.tell(f"{file.name}: end the name in {', '.join(_FORMS)}", "export")
            return
        if await asyncio.to_thread(file.exists):
            review.tell(f"{file.name} is there already: give another name", "export")
            return
        try:
            count = await asyncio.to_thread(_export, session, items, form, file)
        except TriageError as fault:
            review.tell(str(fault), alarm=True)
            return
        review.tell(f"{count:,} items exported to {file.name}")

    title = f"Export {these(items)} shown to a file, .jsonl, .csv or .md"
    await review.app.push_screen(PromptScreen(title, f"{session.folder.resolve().name}.jsonl"), named)


def _export(session: Session, items: Sequence[Item], form: str, file: Path) -> int:
    return export(((item, session.scanned(item)) for item in items), form, file)


_FORMS = {".jsonl": "jsonl", ".csv": "csv", ".md": "markdown"}


def _there(review: ReviewScreen, command: list[str], instead: str) -> bool:
    if command and shutil.which(command[0]) is not None:
        return True
    review.tell(f"{command[0] if command else 'The program'} was not found", instead)
    return False


def _hand_over(review: ReviewScreen, command: list[str]) -> bool:
    """Give the terminal to a program of the user's until it ends; whether that went well."""
    try:
        with review.app.suspend():
            return subprocess.run(command, check=False).returncode == 0  # noqa: S603 (the user's own choice of program)
    except SuspendNotSupported:
        review.tell("This terminal cannot be handed to another program")
        return False
