"""What leaves the screen: copies for the clipboard, the page in a pager, its file in an editor."""

from __future__ import annotations

import codecs
import gzip
import os
import subprocess
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from archives import response
from driving import Driver, driving
from textual.geometry import Offset
from textual.selection import Selection
from world import World

from triage.tui import outside
from triage.tui.widgets.reader import Reader

PAGE = "<html>\n<h1>The dredger</h1>\n\n<p>It dug in the wrong harbour for a week.</p>\n<p>\x1b[2JNobody saw.</p>\n"
SAID = ["It dug in the wrong harbour for a week.", "Nobody saw."]


@pytest.fixture
def page(empty: World) -> World:
    """One page whose second paragraph stands on the fifth line of its source."""
    empty.add(empty.scanned("dredger.html", "The dredger", SAID))
    (empty.folder / "dredger.html").write_text(PAGE, "utf-8")
    return empty


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A program that notes its arguments, and the text of the file among them."""
    file = tmp_path / "less"
    file.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$0.got"\ncat "$2" > "$0.text"\n')
    file.chmod(0o755)
    return file


def given(program: Path) -> list[str]:
    return program.with_suffix(".got").read_text().splitlines()


async def hand_over(drive: Driver, *keys: str) -> None:
    drive.app.suspend = nullcontext  # type: ignore[method-assign]
    await drive.press(*keys)


async def test_what_is_copied_is_what_was_chosen_and_kept_in_a_file_too(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("y")
        assert "also kept in ~" in drive.screen or f"also kept in {outside.copied()}" in drive.screen
        await drive.press("1")
        assert drive.app.clipboard == outside.copied().read_text() == "Apples"
        assert "clipboard" in drive.status
    assert outside.copied().stat().st_mode & 0o077 == 0


async def test_a_name_that_is_not_utf8_is_copied_as_far_as_letters_go_and_kept_as_it_is(empty: World) -> None:
    empty.add(empty.scanned(os.fsdecode(b"\xff.html"), "Page"))
    async with driving(empty.session()) as drive:
        await drive.press("y", "2")
        assert drive.app.clipboard == str(empty.folder / "?.html")
        assert outside.copied().read_bytes() == os.fsencode(empty.folder) + b"/\xff.html"
        assert "no UTF-8" in drive.status


async def test_half_a_pair_of_surrogates_is_copied_without_a_fault(world: World) -> None:
    async with driving(world.session()) as drive:
        outside.copy(drive.app.get_default_screen(), "the title", "a\udcffb\ud83d")
        assert drive.app.clipboard == outside.copied().read_text() == "a?b?"


def test_a_tmux_that_keeps_the_clipboard_to_itself_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    said = subprocess.CompletedProcess([], 0, stdout="external\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: said)
    assert "tmux set -s set-clipboard on" in outside.clipboard_hint({"TMUX": "socket,1,0"})
    said.stdout = "on\n"
    assert "tmux" not in outside.clipboard_hint({"TMUX": "socket,1,0"})
    assert "tmux" not in outside.clipboard_hint({})


async def test_what_the_mouse_selected_is_copied_by_its_key(page: World) -> None:
    async with driving(page.session()) as drive:
        await drive.press("ctrl+c")
        assert "Select text with the mouse first" in drive.status
        reader = drive.app.screen.query_one(Reader)
        y = next(y for y in range(12) if reader._view.layout.text_at(y) == SAID[0])
        drive.app.screen.selections = {reader: Selection(Offset(3, y), Offset(10, y))}
        await drive.press("ctrl+c")
        assert drive.app.clipboard == "dug in "


async def test_the_pager_gets_the_source_made_safe_at_the_line_of_the_text(
    page: World, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", str(program))
    async with driving(page.session()) as drive:
        await hand_over(drive, "}", "}", "P")
    assert given(program)[0] == "+5"
    text = program.with_suffix(".text").read_text()
    assert "Nobody saw." in text
    assert "\x1b" not in text


async def test_the_editor_gets_the_file_itself_at_the_line_of_the_text(
    page: World, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", str(program))
    async with driving(page.session()) as drive:
        await hand_over(drive, "}", "e")
    assert given(program) == ["+4", str(page.folder / "dredger.html")]


async def test_of_a_page_wrapped_in_a_file_the_editor_gets_a_copy_that_is_thrown_away(
    empty: World, program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", str(program))
    empty.add(empty.scanned("dredger.mhtml", "The dredger", SAID))
    (empty.folder / "dredger.mhtml").write_text(f"Content-Type: text/html\n\n{PAGE}", "utf-8")
    async with driving(empty.session()) as drive:
        await hand_over(drive, "}", "e")
    line, file = given(program)
    assert line == "+4"
    assert program.with_suffix(".text").read_text() == PAGE
    assert not os.path.exists(file)  # noqa: ASYNC240, PTH110  # all is over


@pytest.mark.parametrize(
    ("name", "opened"), [("dredger.html", "dredger.html"), ("dredger.html.gz", "page.html"), ("x.warc", "page.html")]
)
async def test_the_browser_gets_the_file_or_a_private_copy_of_what_stands_inside_another(
    empty: World, monkeypatch: pytest.MonkeyPatch, name: str, opened: str
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    record = "000001" if name == "x.warc" else None
    page = '<meta charset="iso-8859-1"><p>The d\u0119bow quay</p>'
    data = {"dredger.html.gz": gzip.compress(page.encode()), "x.warc": response("https://a.example/", page.encode())}
    empty.add(replace(empty.scanned(name, "The dredger", SAID), record=record))
    (empty.folder / name).write_bytes(data.get(name, page.encode()))
    asked: list[str] = []
    async with driving(empty.session()) as drive:
        monkeypatch.setattr(drive.app, "open_url", asked.append)
        await drive.press("o")
        assert "Opened in the browser" in drive.status
    file = Path(url2pathname(urlsplit(asked[0]).path))
    assert file.name == opened
    if file.parent != empty.folder:
        assert_private(file, page)


def assert_private(file: Path, page: str) -> None:
    assert file.read_text("utf-8-sig") == page
    assert file.read_bytes().startswith(codecs.BOM_UTF8), "which goes before what the page says"
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("command", "whole"),
    [
        ("vim -R", "vim -R +7 p.html"), ("/usr/bin/nano", "/usr/bin/nano +7 p.html"), ("hx", "hx p.html:7"),
        ("code --wait", "code --wait --goto p.html:7"), ("strange", "strange p.html"),
    ],
)  # fmt: skip
def test_a_program_is_told_the_line_as_it_understands_it(command: str, whole: str) -> None:
    assert outside.at_line(command.split(), Path("p.html"), 7) == whole.split()


@pytest.mark.parametrize(("key", "variable"), [("P", "PAGER"), ("e", "VISUAL")])
async def test_a_program_that_is_not_there_is_told(
    world: World, key: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "no-such-program --flag")
    async with driving(world.session()) as drive:
        await drive.press(key)
        assert "no-such-program was not found" in drive.status


@pytest.mark.parametrize(("key", "variable"), [("P", "PAGER"), ("e", "VISUAL"), ("M", "VISUAL")])
async def test_a_command_with_an_open_quote_is_told(
    world: World, key: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "less 'x")
    async with driving(world.session()) as drive:
        await drive.press(key)
        assert "less 'x was not found" in drive.status


async def test_a_terminal_that_cannot_be_handed_on_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "true")
    ran: list[object] = []
    monkeypatch.setattr(subprocess, "run", lambda *args, **_: ran.append(args))
    async with driving(world.session()) as drive:
        await drive.press("P")
        assert "cannot be handed to another program" in drive.status
    assert ran == []
