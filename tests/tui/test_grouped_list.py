"""The list with heads over runs of rows, and further ways to find."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import driving
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from world import World

from triage.config import Settings
from triage.scanning import Finished
from triage.session import Head
from triage.tui.render import ASCII, UNICODE
from triage.tui.rows import HeadedLines, head_line


async def test_the_list_is_grouped_by_one_key_and_no_longer_at_last(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("B")
        assert "Grouped by site: 2 groups" in drive.status
        assert drive.lines[1].startswith("── a.example 3 ─")
        assert "Apples" in drive.lines[2]
        assert drive.lines[5].startswith("── b.example 3 ─")
        await drive.press("B")
        assert "── error page: captcha 1" in drive.screen
        await drive.press("B", "B")
        assert "No longer grouped" in drive.status
        assert "Apples" in drive.lines[1]


async def test_the_cursor_passes_over_heads_and_a_click_finds_its_row(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("B", "j", "j", "j")
        assert drive.title == "Cats"
        assert drive.lines[6].startswith("▌")
        await drive.pilot.click("WorkList", offset=(5, 1))
        assert drive.title == "Apples"
        await drive.pilot.click("WorkList", offset=(5, 4))
        assert drive.title == "Apples"
        await drive.press("a")
        assert drive.session.rows[0].decision.verdict == "keep"
        assert drive.lines[3].startswith("▌")


async def test_a_grouped_list_scrolls_with_its_cursor(empty: World) -> None:
    page = empty.scanned
    empty.add(*(page(f"{number:02}.html", f"Page {number}", site=f"s{number // 2:02}.example") for number in range(40)))
    async with driving(empty.session(), size=(80, 24)) as drive:
        await drive.press("B", "G")
        assert any(line.startswith("▌") and "Page 39" in line for line in drive.lines)
        await drive.press("g")
        assert any(line.startswith("▌") and "Page 0" in line for line in drive.lines)
        for _ in range(39):
            await drive.press("j")
            assert any(line.startswith("▌") for line in drive.lines[:12]), drive.screen


@pytest.mark.parametrize("row", [0, 2])
async def test_the_head_above_the_cursor_comes_into_view_when_the_list_is_grouped(empty: World, row: int) -> None:
    page = empty.scanned
    sites = [*["z.example"] * 3, *["a.example"] * 30, *["z.example"] * 30]
    empty.add(*(page(f"{number:02}.html", f"Page {number}", site=site) for number, site in enumerate(sites)))
    async with driving(empty.session(), size=(80, 24)) as drive:
        await drive.press(*["j"] * row, "B")
        assert drive.title == f"Page {row}"
        assert drive.lines[1].startswith("── z.example 33 ─")
        assert drive.lines[2 + row].startswith("▌")


@given(st.sets(st.integers(0, 60), max_size=20), st.integers(1, 80))
def test_every_line_is_a_head_or_a_row_and_every_row_has_a_line(begins: set[int], count: int) -> None:
    starts = sorted(row for row in begins if row < count)
    lines = HeadedLines(starts)
    shown = [lines.head_at(line) for line in range(count + len(starts))]
    assert [head for head in shown if head is not None] == list(range(len(starts)))
    rows = [lines.row_from(line) for line, head in enumerate(shown) if head is None]
    assert rows == list(range(count))
    assert [lines.line_of(row) for row in rows] == [line for line, head in enumerate(shown) if head is None]


@pytest.mark.parametrize("width", [8, 20, 60])
@pytest.mark.parametrize("signs", [UNICODE, ASCII])
def test_a_head_fills_its_line(width: int, signs: object) -> None:
    line = head_line(Head(0, "a very long name of a site.example", 12_345), width, signs)  # type: ignore[arg-type]
    assert len("".join(text for text, _ in line)) <= max(width, 14)


async def test_words_of_the_lists_are_counted_in_the_rows(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("W", "1")
        await drive.type("ripe, apple*")
        await drive.press("enter", "W", "2")
        await drive.type("nothing")
        await drive.press("enter")
        assert "+2" in drive.lines[1]
        assert "-1" in drive.lines[3]


async def test_counts_narrow_the_filter_in_use(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("/")
        await drive.type("lang:fr or lang:en")
        await drive.press("enter", "f")
        assert "The 6 items shown, by" in drive.screen
        await drive.press("escape", "/", *["backspace"] * 30)
        await drive.type("lang:fr")
        await drive.press("enter", "f")
        assert "The 2 items shown, by" in drive.screen
        await drive.press("j", "enter")
        assert drive.session.query.text == "lang:fr flag:error-page"
        assert len(drive.session.rows) == 1


async def test_what_the_list_shows_is_exported_by_a_key(world: World, tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    async with driving(world.session()) as drive:
        await drive.press("a", "V", "1", "O")
        drive.app.screen.query_one("Input").value = str(file)  # type: ignore[attr-defined]
        await drive.press("enter")
        await drive.pilot.pause(0.2)
        assert "5 items exported to" in drive.status
        assert len(file.read_text("utf-8").splitlines()) == 5
        await drive.press("O")
        drive.app.screen.query_one("Input").value = str(file)  # type: ignore[attr-defined]
        await drive.press("enter")
        await drive.pilot.pause(0.2)
        assert "out.jsonl is there already: give another name  O export" in drive.status
        await drive.press("O")
        drive.app.screen.query_one("Input").value = "out.xls"  # type: ignore[attr-defined]
        await drive.press("enter")
        assert "end the name in .jsonl, .csv, .md" in drive.status


async def test_the_palette_shows_markup_of_pages_and_tags_as_it_stands(empty: World) -> None:
    empty.add(empty.scanned("a.html", "One", site="[/b].example", language="en"))
    session = empty.session()
    session.carry_out(session.plan_tags(add=["[@click=app.quit]go[/]"]))
    session.views["[/x]"] = '"[/]"'
    async with driving(session, size=(100, 60)) as drive:
        await drive.press("ctrl+p")
        await drive.pilot.pause(0.3)
        for typed, shown in (
            ("go", "tag [@click=app.quit]go[/]"),
            ("view x", "view [/x]"),
            ("/b", "show site:[/b].ex"),
        ):
            drive.app.screen.query_one("CommandInput").value = typed  # type: ignore[attr-defined]
            await drive.pilot.pause(0.5)
            assert shown in drive.screen
        links = [style for line in drive.app.screen._compositor.render_strips() for _, style, _ in line if style]
        assert not any("@click" in style.meta for style in links)
        assert drive.app.is_running


async def test_hints_follow_the_keys_in_use(world: World) -> None:
    settings = Settings(
        preset="mnemonic", keys={"leave": ("Q",), "yes": ("J",), "accept": ("f4",), "complete": ("f3",)}
    )
    async with driving(world.session(), size=(80, 24), settings=settings) as drive:
        assert drive.lines[-1].strip().startswith("k keep  d discard  l later")
        await drive.press("k")
        assert drive.session.rows[0].decision.verdict == "keep"
        await drive.press("V")
        assert "Q leaves" in drive.screen
        await drive.press("1", "v", "G", "d")
        assert "J yes   n no" in drive.screen
        await drive.press("J", "t")
        assert "f3 completes · f4 accepts" in drive.screen


async def test_a_fault_is_pointed_at_where_it_stands_on_the_screen(world: World) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        await drive.press("/")
        drive.app.screen.query_one("Input").value = "雨雨 colour:red"  # type: ignore[attr-defined]
        await drive.press("enter")
        line = next(line for line in drive.lines if "↑" in line)
        assert cell_len(line[: line.index("↑")]) == cell_len("│ 雨雨 ")
        drive.app.screen.query_one("Input").value = "rain " * 30 + "colour:red"  # type: ignore[attr-defined]
        await drive.press("end", "enter")
        at = next(number for number, line in enumerate(drive.lines) if "↑" in line)
        assert drive.lines[at - 1].index("colour") == drive.lines[at].index("↑")


async def test_typing_replaces_the_filter_that_was_there(world: World) -> None:
    async with driving(world.session()) as drive:
        for text in ("lang:fr", "lang:en"):
            await drive.press("/")
            await drive.type(text)
            await drive.press("enter")
        assert drive.session.query.text == "lang:en"
        await drive.press("/", "end")
        await drive.type(" ripe")
        await drive.press("enter")
        assert drive.session.query.text == "lang:en ripe"


async def test_a_filtered_list_tells_the_key_that_decides_it_whole(world: World) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        assert "all alike" not in drive.lines[-1]
        await drive.press("V", "3")
        assert "* all alike" in drive.lines[-1]
        await drive.press("*", "1", "d")
        assert "Not found  a/lost.html" in drive.screen


async def test_a_saved_filter_has_a_name_and_a_key(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("f2")
        assert "No filter of yours is on f2 yet" in drive.status
        await drive.press("/")
        await drive.type("site:b.example")
        await drive.press("enter", "V", "G", "k", "k")
        await drive.press("escape", "V", *["j"] * 7, "enter")
        await drive.type("bees")
        await drive.press("enter", "enter")
        assert "Saved this filter as bees, on f2" in drive.status
        await drive.press("escape", "f2")
        assert len(drive.session.rows) == 3
        await drive.press("V")
        assert "bees  f2  site:b.example" in drive.screen


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("show cause:captcha", "cause:captcha"),
        ("view changed", "is:changed"),
        ("show tag:old", "tag:old"),
        ("group by site", ""),
    ],
)
async def test_the_palette_knows_views_causes_tags_and_groups(world: World, typed: str, query: str) -> None:
    session = world.session()
    session.carry_out(session.plan_tags(add=["old"]))
    async with driving(session) as drive:
        await drive.press("ctrl+p")
        await drive.pilot.pause(0.3)
        await drive.type(typed)
        await drive.pilot.pause(0.5)
        await drive.press("enter")
        await drive.pilot.pause(0.2)
        assert drive.session.query.text == query
        assert drive.session.grouping == ("site" if typed == "group by site" else None)


async def test_a_range_stays_marked_as_a_scan_ends_and_is_no_longer_after_another_order(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("B", "v", "j")
        assert drive.screen.count("┃") == 2
        await drive.hear(Finished(found=6, done=6, skipped=0, cancelled=False))
        assert drive.screen.count("┃") == 2
        await drive.press("B")
        assert not drive.session.selected
        assert "┃" not in drive.screen
