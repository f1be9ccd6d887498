"""Nothing of a page, a name, an address, a tag or a note reaches the terminal raw: the real command, byte by byte."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from terminal import PATIENCE, Terminal, running
from textual.screen import Screen

from tests.hostile.make import write
from tests.hostile.payloads import DANGEROUS, GROUPS, MARK, MARKUP, SEQUENCES, names, pages, raw_in
from tests.hostile.sample import Sample
from triage import tui
from triage.reading import OWN_FILE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="this system has no pseudo-terminals")

WORDS = " ".join((GROUPS["controls"], GROUPS["order"], *SEQUENCES.values(), *MARKUP)).replace(",", " ")
HERE = "path:payloads/controls.html"


def chosen() -> list[Sample]:
    """Every payload once as text and once as markup, the odd ones, and every name."""
    return [sample for sample in (*pages(), *names()) if not sample.path.endswith("-references.html")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / f"{MARK} {SEQUENCES['window-title']}".replace("/", "")
    write(place, chosen())
    (place / os.fsdecode(f"\x1b{MARK}-link\u202e{MARK}\x9b{MARK}.html".encode())).symlink_to("payloads")
    Path(os.fsdecode(os.fsencode(place) + b"/\xff\x9b" + MARK.encode() + b".txt")).write_text("A name that is no text.")
    return place


def shown(*words: str | Path) -> bytes:
    """All that a command sends to its terminal."""
    with running(*words, columns=160, rows=50) as terminal:
        terminal.wait()
        return bytes(terminal.sent)


def test_the_count_has_teeth() -> None:
    for one in DANGEROUS:
        assert raw_in(f"before {one}{MARK}".encode()), hex(ord(one))
    for text in SEQUENCES.values():
        assert raw_in(text.encode()), text
    assert raw_in(b"\x9b" + MARK.encode()), "one byte that is no UTF-8"
    assert not raw_in(f"\x1b[0m \x1b[38;5;1m{MARK} ␛{MARK}".encode())


def test_no_command_prints_a_payload_raw(folder: Path) -> None:
    keep = ("set", "keep", folder, HERE, "--yes", "--tag", WORDS, "--note", WORDS, "--reviewer", WORDS)
    discard = ("set", "discard", folder, "path:payloads/order.html", "--yes", "--reason", WORDS)
    sent = b"".join(
        shown(*words)
        for words in (
            keep, discard, ("scan", folder), ("scan", folder, "--format", "jsonl"), ("list", folder),
            ("list", folder, "--format", "paths"), ("list", folder, f"tag:{WORDS}"),
            ("list", folder, f"nosuch:{WORDS}"),
            ("export", folder, HERE), ("export", folder, HERE, "--format", "csv"),
            ("export", folder, "--format", "markdown"), ("explain", folder / "payloads" / "controls.html"),
            ("explain", folder / "payloads" / "c1.txt"), ("scan", folder / f"\x1b{MARK}-nowhere"),
            ("show", folder), ("show", folder, "--as", "source"), ("show", folder, HERE, "--as", "json"),
            ("history", folder), ("history", folder, "--json"), ("counts", folder), ("stats", folder),
            ("stats", folder, "--json"), ("groups", folder), ("groups", folder, "--json"), ("shared-errors", folder),
            ("report", folder), ("report", folder, "--format", "csv"), ("tag", folder), ("undo", folder),
            ("views", folder, "--save", WORDS, "is:kept"), ("views", folder), ("words", folder, "--keep", WORDS),
        )
    )  # fmt: skip
    assert raw_in(sent) == []
    assert sent.count(MARK.encode()) > 500, "the payloads were shown, made safe"


def go(terminal: Terminal, keys: str, words: str) -> str:
    """Press `keys` and wait for `words` on the screen."""
    terminal.press(keys)
    return terminal.until(lambda text: words in text, f"{words!r} after {keys!r}")


def test_no_screen_paints_a_payload_raw(folder: Path) -> None:
    shown("set", "keep", folder, HERE, "--yes", "--tag", WORDS, "--note", WORDS, "--reviewer", WORDS)
    shown("set", "discard", folder, "path:payloads/order.html", "--yes", "--reason", WORDS, "--reviewer", WORDS)
    with running(folder, columns=140, rows=44) as terminal:
        first = terminal.until(lambda text: " of " in text and "keep" in text, "the list")
        total = int(first.split(" of ", 1)[1].split()[0].replace(",", ""))
        go(terminal, "g", f"1 of {total}\n")
        for row in range(2, total + 1):
            go(terminal, "j", f"{row} of {total}\n")
        go(terminal, f"/{HERE}\r", "1 of 1\n")
        for mode in ("clean", "source"):
            go(terminal, "r", mode)
            terminal.press("JJJ" + "\x1b[6~" * 3)
        terminal.press("r")
        for opened in OPENED:
            for keys, words in opened.steps:
                go(terminal, keys, words)
            leave(terminal, opened.steps[-1][1])
        terminal.press("w]]b")
        (folder / OWN_FILE).unlink()
        go(terminal, "a", "Not saved. The file")
        leave(terminal, "Not saved. The file")
        terminal.press("q")
        assert terminal.wait() == 0
    sent = bytes(terminal.sent)
    assert raw_in(sent) == []
    assert LINK not in sent
    assert sent.count(MARK.encode()) > 2000, "the payloads were shown, made safe"


def leave(terminal: Terminal, words: str) -> None:
    """Press escape until `words` have gone and the list is there again."""
    end = time.monotonic() + PATIENCE
    while words in terminal.text or not terminal.text.startswith(" triage"):
        assert time.monotonic() < end, f"{words!r} stays:\n{terminal.text}"
        terminal.press("\x1b")
        terminal.look(0.2)


LINK = b"\x1b]8;"
"""How a link that can be clicked begins."""


@dataclass(frozen=True)
class Opened:
    """A screen, and the keys that open it from the list, each with what then stands there."""

    screen: str
    steps: tuple[tuple[str, str], ...]


def filtered(query: str, shown: str = "1 of ") -> tuple[str, str]:
    return f"/\x15{query}\r", shown


OPENED = (
    Opened("HelpScreen", (("?", "closes"),)),
    Opened("TagPrompt", (("t", "Tags of"),)),
    Opened("PromptScreen", (("m", "Note on"),)),
    Opened("PickScreen", (("D", "because"),)),
    Opened("PickScreen", (("f", "enter shows these items"),)),
    Opened("PickScreen", (("S", "Sort by"),)),
    Opened("_Themes", (("C", "Colours"),)),
    Opened("PickScreen", (("!", "Skipped"),)),
    Opened("PickScreen", (("y", "Copy"),)),
    Opened("PickScreen", (("h", "History of"),)),
    Opened("PickScreen", (("T", "Rename which tag"),)),
    Opened("PromptScreen", (("T", "Rename which tag"), ("1", "New name of the tag"))),
    Opened("PickScreen", (("V", "Views"),)),
    Opened("PickScreen", (("W", "Word lists"),)),
    Opened("PromptScreen", (("W", "Word lists"), ("1", "Words for keep"))),
    Opened("PromptScreen", (("O", ".md or .parquet"),)),
    Opened("SummaryScreen", (("i", "Summary"),)),
    Opened("HistoryScreen", (("H", "History"),)),
    Opened("ConfirmScreen", (("H", "History"), ("\r", "back to before this one"))),
    Opened("Palette", ((":", "Search"),)),
    Opened("FilterPrompt", (("/", "Filter"), ("nosuch:[/]", "↑"))),
    Opened("CompareScreen", (filtered("path:payloads/copy*", " of 3"), ("c", "Copies of"))),
    Opened("ConfirmScreen", (filtered("path:payloads/copy*", " of 3"), ("c", "Copies of"), ("K", "and discard"))),
    Opened("PickScreen", (filtered("path:payloads/copy*", " of 3"), ("*", "Select undecided"))),
    Opened(
        "ConfirmScreen", (filtered("path:payloads/copy*", " of 3"), ("gvG", "3 selected"), ("s", "Set 3 items aside"))
    ),
    Opened("TwinsScreen", (filtered("path:payloads/repeat.html", "1 of 1"), ("=", "only in the repeat"))),
    Opened("ConfirmScreen", (filtered("path:payloads/lost*", " of 4"), ("E", "share this error text"))),
    Opened("JunkScreen", (filtered("path:payloads/lost*", " of 4"), ("X", "Error pages"))),
    Opened(
        "ConfirmScreen",
        (filtered("path:payloads/lost*", " of 4"), ("X", "Error pages"), ("E", "share this error text")),
    ),
)


def test_every_screen_there_is_was_opened() -> None:
    for module in pkgutil.walk_packages(tui.__path__, "triage.tui."):
        importlib.import_module(module.name)
    ours = {one.__name__ for one in subclasses(Screen) if one.__module__.startswith("triage.")}
    assert {opened.screen for opened in OPENED} == ours - {"Panes", "Acts", "ReviewScreen"}


def subclasses(one: type) -> set[type]:
    return {below for child in one.__subclasses__() for below in (child, *subclasses(child))}
