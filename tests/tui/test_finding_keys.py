"""Keys that filter, count, sort and find; and those of the program itself."""

from __future__ import annotations

import pytest
from driving import driving
from world import World

from triage.scanning import Finished, Progress, SkippedThing
from triage.session import SORTS


async def test_a_filter_is_counted_while_it_is_typed_and_applied_by_enter(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("/")
        await drive.type("flag:error-page")
        await drive.pilot.pause(0.2)
        assert "3 of 6 items" in drive.screen
        assert len(drive.session.rows) == 6
        await drive.press("enter")
        assert len(drive.session.rows) == 3
        assert "flag:error-page" in drive.lines[0]


async def test_a_fault_in_a_filter_is_pointed_at_and_the_line_stays(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("/")
        await drive.type("ripe colour:red")
        await drive.press("enter")
        assert "     ↑ There is no condition “colour:”" in drive.screen
        await drive.press("escape")
        assert len(drive.session.rows) == 6


async def test_tab_completes_names_and_values_of_a_filter(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("/")
        await drive.type("-si")
        await drive.press("tab")
        await drive.type("b")
        await drive.press("tab", "enter")
        assert drive.session.query.text == "-site:b.example"
        assert len(drive.session.rows) == 3


async def test_tab_goes_through_what_fits_the_most_frequent_first(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("/")
        await drive.type("is:undecided site:")
        await drive.pilot.pause(0.2)
        assert "tab: site:a.example  site:b.example" in drive.screen
        assert "needs a value" not in drive.screen
        await drive.press("tab")
        await drive.pilot.pause(0.2)
        assert "is:undecided site:a.example" in drive.screen
        assert "tab: [site:a.example]  site:b.example" in drive.screen
        await drive.press("tab", "enter")
        assert drive.session.query.text == "is:undecided site:b.example"
        await drive.press("/")
        await drive.type("site:")
        await drive.press("tab", "tab", "tab", "enter")
        assert drive.session.query.text == "site:a.example"


async def test_what_is_proposed_fits_the_rest_of_the_filter(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("/")
        await drive.type("site:a.example flag:")
        await drive.press("tab", "enter")
        assert drive.session.query.text == "site:a.example flag:error-page"


async def test_escape_takes_the_filter_away_and_an_empty_one_does_so_too(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("/")
        await drive.type("ripe")
        await drive.press("enter", "escape")
        assert drive.session.query.text == ""
        assert "All 6 items" in drive.status


async def test_a_filter_that_matches_nothing_says_what_to_do(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("/")
        await drive.type("zebra")
        await drive.press("enter")
        assert "No item matches the filter zebra" in drive.screen
        assert "path:word looks in the path" in drive.screen
        assert "esc shows everything" in drive.screen
        await drive.press("a", "d", "u", "j", "space", "r", "r", "r")
        assert drive.session.history() == []


async def test_a_filter_that_matches_nothing_while_the_scan_runs_says_how_far_that_is(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.hear(Progress(found=4_000, done=1_200, walking=False))
        await drive.press("/")
        await drive.type("zebra")
        await drive.press("enter")
        assert "No item matches the filter zebra so far" in drive.screen
        assert "1,200 of 4,000 pages are scanned" in drive.screen


async def test_words_of_the_filter_are_gone_to_in_the_text(empty: World) -> None:
    text = ["First line.", *(f"Filler {number}." for number in range(40)), "Here is a zebra.", "And a zebra again."]
    empty.add(empty.scanned("a.html", "Animals", text))
    async with driving(empty.session(), size=(80, 24)) as drive:
        await drive.press("/")
        await drive.type("zebra")
        await drive.press("enter", ".")
        assert "Here is a zebra." in drive.screen
        await drive.press(".", ".")
        assert "No match further down" in drive.status
        await drive.press(",", ",")
        assert "No match further up" in drive.status


async def test_counts_by_what_items_have_in_common_lead_to_them(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("f")
        assert "3  b.example" in drive.screen
        await drive.press("j", "enter")
        assert drive.session.query.text == "flag:error-page"
        assert len(drive.session.rows) == 3


async def test_the_order_is_chosen_and_chosen_again_runs_backwards(world: World) -> None:
    async with driving(world.session()) as drive:
        title = str(SORTS.index("title") + 1)
        await drive.press("S", title)
        assert [item.title for item in drive.session.rows][:2] == ["Apples", "Bread"]
        assert "by title" in drive.lines[0]
        await drive.press("S", title)
        assert drive.session.rows[0].title == "Robot?"


async def test_refresh_lets_decided_items_leave(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("/")
        await drive.type("is:undecided")
        await drive.press("enter", "a", "a")
        assert len(drive.session.rows) == 6
        await drive.press("R")
        assert len(drive.session.rows) == 4


async def test_help_lists_the_real_keys_finds_by_typing_and_carries_out(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("?")
        assert "Keep, and go on to the next undecided item" in drive.screen
        await drive.type("aside for")
        assert "Keep, and go on" not in drive.screen
        await drive.press("enter")
        assert drive.session.rows[0].decision.verdict == "later"
        await drive.press("f1", "escape")
        assert "type to find a key" not in drive.screen


async def test_the_palette_finds_an_action_by_name_and_carries_it_out(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("ctrl+p")
        await drive.pilot.pause(0.3)
        await drive.type("discard")
        await drive.pilot.pause(0.5)
        await drive.press("enter")
        await drive.pilot.pause(0.2)
        assert drive.session.rows[0].decision.verdict == "discard"


async def test_skipped_files_are_listed_with_their_reason(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.hear(SkippedThing("pipe", "a named pipe"))
        await drive.hear(Finished(found=6, done=6, skipped=1, cancelled=False))
        assert "1 file was skipped  ! skipped" in drive.status
        await drive.press("!")
        assert "pipe  a named pipe" in drive.screen
        await drive.press("q")
        assert drive.app.is_running


async def test_a_browser_is_opened_only_where_there_can_be_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    async with driving(world.session()) as drive:
        drive.app.open_url = opened.append  # type: ignore[method-assign,assignment]
        monkeypatch.delenv("DISPLAY", raising=False)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        await drive.press("o")
        assert "no browser" in drive.status
        monkeypatch.setenv("DISPLAY", ":0")
        await drive.press("o")
    assert opened == [(world.folder / "a/apples.html").as_uri()]


async def test_quit_notes_the_place_and_the_next_start_goes_on_there(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("j", "j", "q")
        assert drive.app.return_value == 0
        assert "cancel" in drive.app.scan.asked
    async with driving(world.session()) as drive:
        assert drive.title == "Not found"


async def test_the_scan_shows_how_far_it_is_until_it_has_ended(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.hear(Progress(found=7, done=0, walking=True))
        assert "listing… 7" in drive.status
        await drive.hear(Progress(found=8, done=2, walking=False))
        assert "25%" in drive.status
        await drive.hear(Finished(found=8, done=8, skipped=0, cancelled=False))
        assert "%" not in drive.status


async def test_a_scan_that_could_not_go_on_says_why(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.hear(Finished(found=8, done=3, skipped=0, cancelled=False, fault="The folder is gone."))
        assert "The scan stopped: The folder is gone." in drive.status
