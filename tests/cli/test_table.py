"""The table of items that commands print."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from triage.cli.table import table
from triage.model import Decision, Flag, Item

GONE = Flag("error-page", "not-found", "says so", "message", 0.9)
ITEMS = (
    Item(
        "news.example.com/2024/the-very-long-name-of-a-file-about-the-harbour-and-its-boats.html",
        site="news.example.com",
        title="The very long title of a story about the harbour, its boats and their crews",
        words=12_345,
        flags=(GONE,),
        decision=Decision("discard"),
    ),
    Item("灯台.html", title="灯台のない町の喫茶店「灯台」について町の人が長く語ったことのすべて", words=7),
)


def shown(width: int | None) -> list[str]:
    return [line.plain for line in table(ITEMS, width)]


@pytest.mark.parametrize("width", [40, 80, 100, 140, 300])
def test_state_flags_and_words_stand_whole_at_any_width(width: int) -> None:
    names, first, second = shown(width)
    assert names.split()[:3] == ["state", "flags", "words"]
    assert first.startswith("discarded  404    12,345  ")
    assert second.split()[0] == "7"
    assert all(cell_len(line) <= max(width, 26) for line in (names, first, second))


def test_of_a_long_path_the_end_is_left() -> None:
    _, first, second = shown(80)
    assert first.endswith("boats.html")
    assert second.endswith("灯台.html")
    assert "…" in first
    assert "site" not in shown(80)[0]
    assert "news.example.com" in shown(140)[1]


def test_on_a_pipe_no_path_is_cut_and_no_line_ends_in_blanks() -> None:
    _, first, _ = shown(None)
    assert first.endswith(ITEMS[0].path)
    assert [line for line in shown(None) if line != line.rstrip()] == []


def test_an_empty_list_has_its_names_alone() -> None:
    assert [line.plain.split() for line in table((), 80)] == [["state", "flags", "words", "site", "title", "path"]]
