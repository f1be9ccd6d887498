"""Keys that move in the list and in the text."""

from __future__ import annotations

import pytest
from driving import driving
from world import World

from triage.model import Flag, SourceFile
from triage.scanning import Listed, Results, item_of

HEAD = Flag("error-noise", "http-error", "the first line says “403”", "noise.head", 0.95, 0, 0)
TAIL = Flag("boilerplate", "comment-stub", "“Leave a comment”", "stub", 0.9, 41, 41)
AGAIN = Flag("repeated-section", None, "a paragraph stands twice", "repeat", 0.99, 40, 40, (1, 1))


@pytest.fixture
def long(empty: World) -> World:
    """A long page with error noise on top, a repeat and a comment stub at its end; a short page after it."""
    prose = [f"Paragraph {number} of the long page tells of apples and pears." for number in range(1, 40)]
    text = ["403", *prose, prose[0], "Leave a comment."]
    empty.add(
        empty.scanned("long.html", "Long", text, [HEAD, AGAIN, TAIL], language="en"),
        empty.scanned("short.html", "Short", ["A short page."]),
    )
    return empty


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        ("j", "Bread"),
        ("j down", "Not found"),
        ("j j k", "Bread"),
        ("j j up", "Bread"),
        ("G", "Robot?"),
        ("end home", "Apples"),
        ("G g", "Apples"),
        ("ctrl+d", "Cats"),
        ("ctrl+d ctrl+u", "Apples"),
        ("a j j p", "Not found"),
        ("j a g n", "Not found"),
    ],
)
async def test_keys_move_the_cursor(world: World, keys: str, title: str) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        await drive.press(*keys.split())
        assert drive.title == title


async def test_what_was_decided_last_can_be_gone_back_to_and_left_again(world: World) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        await drive.press("apostrophe")
        assert "Nothing was decided since the start" in drive.status
        await drive.press("a", "j", "apostrophe")
        assert drive.title == "Apples"
        await drive.press("apostrophe")
        assert drive.title == "Not found"


async def test_space_pages_through_the_text_and_then_goes_on(long: World) -> None:
    async with driving(long.session(), size=(80, 24)) as drive:
        await drive.press("space")
        assert drive.title == "Long"
        assert "403" not in drive.screen
        for _ in range(20):
            if drive.title == "Short":
                break
            await drive.press("space")
        assert drive.title == "Short"


async def test_pages_and_lines_of_text_move_whichever_pane_is_active(long: World) -> None:
    async with driving(long.session(), size=(80, 24)) as drive:
        reader = drive.app.screen.query_one("Reader")
        await drive.press("J", "J", "K")
        assert reader.scroll_offset.y == 1
        await drive.press("pagedown")
        assert reader.scroll_offset.y > 5
        await drive.press("pageup")
        assert reader.scroll_offset.y <= 1
        assert drive.title == "Long"


async def test_tab_goes_to_the_text_where_j_and_g_move_its_lines(long: World) -> None:
    async with driving(long.session(), size=(80, 24)) as drive:
        reader = drive.app.screen.query_one("Reader")
        await drive.press("tab", "j", "down")
        assert reader.scroll_offset.y == 2
        await drive.press("G")
        assert "Leave a comment." in drive.screen
        await drive.press("g")
        assert reader.scroll_offset.y == 0
        await drive.press("escape", "j")
        assert drive.title == "Short"


async def test_flags_of_the_text_are_gone_to_one_after_another(long: World) -> None:
    async with driving(long.session(), size=(80, 24)) as drive:
        await drive.press("]", "]", "]")
        assert "Leave a comment." in drive.screen
        await drive.press("]")
        assert "No flag further down" in drive.status
        await drive.press("[", "[")
        assert "403" in drive.screen


async def test_a_repeat_leads_to_its_first_copy(long: World) -> None:
    async with driving(long.session(), size=(80, 24)) as drive:
        await drive.press("]", "]", "b")
        assert "Paragraph 1 of the long page" in drive.screen
        assert "Paragraph 39 of" not in drive.screen


async def test_the_clean_view_folds_what_is_flagged_and_enter_opens_it(long: World) -> None:
    async with driving(long.session(), size=(80, 24)) as drive:
        await drive.press("r")
        assert "clean" in drive.lines[0]
        assert "1 line hidden" in drive.screen
        await drive.press("enter")
        assert "403" in drive.screen


async def test_the_source_view_shows_the_file(world: World) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        await drive.press("r", "r")
        assert "<h1>Apples</h1>" in drive.screen
        await drive.press("j")
        assert "<h1>Bread</h1>" in drive.screen
        await drive.press("r")
        assert "Bread wants time." in drive.screen


async def test_the_evidence_names_every_flag_with_its_reason_and_leads_to_it(long: World) -> None:
    async with driving(long.session(), size=(80, 24)) as drive:
        assert "the rule" not in drive.screen
        await drive.press("w")
        assert "rule noise.head" in drive.screen
        await drive.press("tab", "tab", "j", "j", "j")
        assert "Leave a comment." in drive.screen
        await drive.press("w")
        assert "rule noise.head" not in drive.screen


async def test_the_evidence_is_open_from_the_start_where_there_is_room(long: World) -> None:
    async with driving(long.session(), size=(140, 40)) as drive:
        assert "rule noise.head" in drive.screen


async def test_zoom_gives_the_text_the_whole_screen_and_back(world: World) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        await drive.press("z")
        assert "Bread" not in drive.screen
        assert "The apples are ripe." in drive.screen
        await drive.press("a")
        assert "Bread wants time." in drive.screen
        await drive.press("escape")
        assert "Apples" in drive.screen


async def test_a_page_that_is_not_scanned_yet_says_so_and_is_asked_for_first(empty: World) -> None:
    async with driving(empty.session(), size=(80, 24)) as drive:
        assert "Looking for pages" in drive.screen
        await drive.hear(Listed((SourceFile("a.html", 1, 1, 1), SourceFile("b.html", 1, 1, 2))))
        assert "This page is being read." in drive.screen
        await drive.press("j")
        assert "prefer b.html" in drive.app.scan.asked
        page = empty.scanned("b.html", "Bees", ["They hum."])
        empty.add(page)
        await drive.hear(Results((item_of(page),)))
        assert "They hum." in drive.screen
