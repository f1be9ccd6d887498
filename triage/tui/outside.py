"""What reaches beyond the terminal's screen: clipboard, browser, pager, editor."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path
from textual.app import SuspendNotSupported

from triage.errors import TriageError
from triage.export import export
from triage.model import Item
from triage.reading.formats import PACKED, as_it_stands
from triage.session import Session
from triage.session.words import these
from triage.text import clean, clean_line
from triage.tui.screens.prompt import PromptScreen
from triage.wording import counted

if TYPE_CHECKING:
    from triage.tui.screens.review import ReviewScreen


def copyable(review: ReviewScreen, item: Item) -> list[tuple[str, str]]:
    """What can be copied of an item, each with its name; what is empty is left out."""
    scanned = review.session.scanned(item)
    found = [
        ("the address", (scanned.url or scanned.evidence.canonical or "") if scanned else ""),
        ("the title", item.title),
        ("the path", str(file_of(review, item))),
        ("the text", scanned.article.text if scanned else ""),
    ]
    return [(what, text) for what, text in found if text]


def copy(review: ReviewScreen, what: str, text: str) -> None:
    """Ask the terminal to put a text on the clipboard; whether it did, it does not say, so it is kept in a file too.

    A clipboard holds letters: where a file's name has bytes that are none, it takes a ? for each, which is told; the
    file takes the bytes.
    """
    letters = text.encode("utf-8", "replace").decode()
    review.app.copy_to_clipboard(letters)
    kept = ""
    with suppress(OSError):
        file = copied()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_bytes(_bytes_of(text))
        kept = f", and to {short(file)}"
    lost = "" if letters == text else ", with ? for what is no UTF-8,"
    review.tell(f"Sent {what}{lost} to the clipboard{kept}: {len(text):,} characters")


def _bytes_of(text: str) -> bytes:
    """UTF-8, with the bytes of a file's name as they are."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a half of a pair, which no name has
        return text.encode("utf-8", "replace")


def copied() -> Path:
    """The file with what was copied last, for terminals that do not take it."""
    return user_cache_path("article-triage") / "copied.txt"


def clipboard_hint(environment: Mapping[str, str] = os.environ) -> str:
    """Where what is copied goes, and what hinders it."""
    if environment.get("TMUX") and _tmux_says() != "on":
        return f"in tmux: tmux set -s set-clipboard on · also kept in {short(copied())}"
    return f"also kept in {short(copied())}"


def _tmux_says() -> str:
    """Whether this tmux lets a program set the clipboard."""
    try:
        command = ["tmux", "show-options", "-sv", "set-clipboard"]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=1).stdout.strip()  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""


def short(file: Path) -> str:
    """A path with `~` for the user's home, safe to show."""
    home = str(Path.home())
    return clean_line(str(file).replace(home, "~", 1) if str(file).startswith(home + os.sep) else str(file))


def file_of(review: ReviewScreen, item: Item) -> Path:
    """Where the item's file stands."""
    return review.session.folder.absolute() / item.path


async def browse(review: ReviewScreen) -> None:
    """Open the page in the browser, where this terminal's machine has one.

    Of a page inside another file, or a packed one, the browser gets a copy that only the user may read and that is
    gone at the end; nothing is fetched for it by us.
    """
    item = review.session.current
    if item is None:
        return
    screenless = not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    if os.name == "posix" and os.uname().sysname != "Darwin" and screenless:
        review.tell("There is no browser on this terminal's machine", "copy")
        return
    file = file_of(review, item)
    if item.record is not None or item.path.lower().endswith(PACKED):
        found = _source(review)
        if found is None:
            return
        file = _kept_copy(found[1], "page.txt" if _is_text(review, item) else "page.html")
    review.app.open_url(file.as_uri())
    review.tell("Opened in the browser")


async def long_note(review: ReviewScreen) -> None:
    """Give the terminal to $EDITOR with the item's note, and take the note back afterwards."""
    item = review.session.current
    if item is None or not _there(review, _editor(), "note"):
        return
    with _copy_of(item.decision.note, "note.txt") as file:
        if _hand_over(review, [*_editor(), str(file)]):
            await review.carry_out(review.session.plan_note(file.read_text("utf-8", "replace")))


async def page(review: ReviewScreen) -> None:
    """Give the terminal to $PAGER with the page's source, made safe to show, at the line of the text in view."""
    command = _words(os.environ.get("PAGER") or "less")
    found = _source(review)
    if found is None or not _there(review, command, "mode"):
        return
    _, source = found
    with _copy_of(clean(source), "page.txt") as file:
        _hand_over(review, at_line(command, file, review.reader.line_in(source)))


async def edit(review: ReviewScreen) -> None:
    """Give the terminal to $EDITOR with the page's file, at the line of the text in view.

    Of a page inside another file, or a packed one, it gets a copy that is thrown away.
    """
    found = _source(review)
    if found is None or not _there(review, _editor(), "pager"):
        return
    item, source = found
    line = review.reader.line_in(source)
    if item.record is None and as_it_stands(item.path):
        _hand_over(review, at_line(_editor(), file_of(review, item), line))
        return
    with _copy_of(source, "page.html") as file:
        _hand_over(review, at_line(_editor(), file, line))


def _source(review: ReviewScreen) -> tuple[Item, str] | None:
    item = review.session.current
    source = None if item is None else review.session.source(item)
    if item is None or source is None:
        review.tell("The source of this page is not at hand")
        return None
    return item, source


def _is_text(review: ReviewScreen, item: Item) -> bool:
    """Whether an item's page is plain text."""
    scanned = review.session.scanned(item)
    return scanned is not None and scanned.media == "text"


_COPIES: list[tempfile.TemporaryDirectory[str]] = []
"""Copies that a browser was given; they are deleted when the program ends."""


def _kept_copy(text: str, name: str) -> Path:
    """A file with the text; its mark of UTF-8 goes before what the page says of its encoding."""
    _COPIES.append(tempfile.TemporaryDirectory(prefix="triage-"))
    file = Path(_COPIES[-1].name) / name
    file.write_text(text, "utf-8-sig", "replace")
    return file


@contextmanager
def _copy_of(text: str, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="triage-") as folder:
        file = Path(folder) / name
        file.write_text(text, "utf-8", "replace")
        yield file


def _editor() -> list[str]:
    return _words(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")


def _words(command: str) -> list[str]:
    """The command as the shell would take it; as one word where a quote of it is not closed."""
    try:
        return shlex.split(command)
    except ValueError:
        return [command]


_GO_TO = {
    **dict.fromkeys(("vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "kak", "micro", "joe"), "+"),
    **dict.fromkeys(("less", "more", "most", "mg", "ne"), "+"),
    **dict.fromkeys(("hx", "helix", "subl", "zed"), ":"),
    **dict.fromkeys(("code", "codium", "cursor"), "--goto"),
}
"""How editors and pagers are told a line: `+7 FILE`, `FILE:7`, `--goto FILE:7`."""


def at_line(command: list[str], file: Path, line: int) -> list[str]:
    """The command that opens `file` at a line, counted from 1; at its beginning where the program is not known."""
    way = _GO_TO.get(Path(command[0]).name)
    if way == "+":
        return [*command, f"+{line}", str(file)]
    if way is None:
        return [*command, str(file)]
    return [*command, *([way] if way != ":" else []), f"{file}:{line}"]


async def copy_selection(review: ReviewScreen) -> None:
    """Copy what the mouse selected in the text."""
    text = review.get_selected_text()
    if text:
        copy(review, "the selection", text)
    else:
        review.tell("Select text with the mouse first, or copy", "copy")


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
        review.tell(f"{counted(count, 'item')} exported to {_from_home(file)}")

    title = f"Export {these(items)} shown to a file, .jsonl, .csv, .md or .parquet"
    await review.app.push_screen(PromptScreen(title, _free(f"{session.folder.resolve().name}.jsonl")), named)


def _free(name: str) -> str:
    """A file's name that is not taken here yet."""
    stem, suffix = Path(name).stem, Path(name).suffix
    names = (name, *(f"{stem}-{number}{suffix}" for number in range(2, 100)))
    return next((one for one in names if not Path(one).exists()), name)


def _from_home(file: Path) -> str:
    """Where a file is, as shells write it."""
    whole = file.absolute()
    return f"~/{whole.relative_to(Path.home())}" if whole.is_relative_to(Path.home()) else str(whole)


def _export(session: Session, items: Sequence[Item], form: str, file: Path) -> int:
    return export(((item, session.scanned(item)) for item in items), form, file)


_FORMS = {".jsonl": "jsonl", ".csv": "csv", ".md": "markdown", ".parquet": "parquet"}


def _there(review: ReviewScreen, command: list[str], instead: str) -> bool:
    if command and shutil.which(command[0]) is not None:
        return True
    review.tell(f"{command[0] if command else 'The program'} was not found", instead)
    return False


def _hand_over(review: ReviewScreen, command: list[str]) -> bool:
    """Give the terminal to a program of the user's until it ends; whether that went well."""
    try:
        with review.app.suspend(), review.app.stopping.left_to_the_system():
            return subprocess.run(command, check=False).returncode == 0  # noqa: S603 (the user's own choice of program)
    except SuspendNotSupported:
        review.tell("This terminal cannot be handed to another program")
        return False
