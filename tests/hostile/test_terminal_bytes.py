"""Nothing of a page, a name, an address, a tag or a note reaches the terminal raw: the real command, byte by byte."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from terminal import Terminal, running

from tests.hostile.make import write
from tests.hostile.payloads import DANGEROUS, GROUPS, MARK, MARKUP, SEQUENCES, names, pages, raw_in
from tests.hostile.sample import Sample

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
        for keys, words in ASKED:
            go(terminal, keys, words)
            terminal.press("\x1b")
            terminal.until(lambda text, words=words: words not in text, f"no {words} after escape")
        terminal.press("w]]b")
        terminal.press("zzq")
        assert terminal.wait() == 0
    sent = bytes(terminal.sent)
    assert raw_in(sent) == []
    assert sent.count(MARK.encode()) > 2000, "the payloads were shown, made safe"


ASKED = (
    ("?", "closes"), ("t", "Tags of"), ("m", "Note on"), ("D", "because"), ("f", "Items by"), ("S", "Sort by"),
    ("H", "History"), ("!", "Skipped"), ("y", "Copy"), (":", "Search"),
    ("i", "Summary"), ("W", "Word lists"), ("V", "Views"), ("O", "Export"), ("h", "History of"),
)  # fmt: skip
