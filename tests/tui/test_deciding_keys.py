"""Keys that decide, take back, tag and note: what they do to the decisions, the cursor and the status line."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace

import pytest
from driving import driving
from world import World

from triage.model import Verdict
from triage.scanning import Gone, Results


@pytest.mark.parametrize(
    ("key", "verdict", "told"),
    [
        ("a", "keep", "Kept “Apples”"),
        ("d", "discard", "Discarded “Apples”"),
        ("x", "discard", "Discarded “Apples”"),
        ("s", "later", "Set aside for later “Apples”"),
    ],
)
async def test_one_key_decides_says_so_and_goes_on(world: World, key: str, verdict: Verdict, told: str) -> None:
    async with driving(world.session()) as drive:
        await drive.press(key)
        assert drive.session.rows[0].decision.verdict == verdict
        assert drive.title == "Bread"
        assert told in drive.status
        assert "u undo" in drive.status
    assert world.session().rows[0].decision.verdict == verdict


async def test_zero_makes_an_item_undecided_again(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("a", "k", "0")
        assert drive.session.rows[0].decision.verdict is None


@pytest.mark.parametrize(("undo", "redo"), [("u", "U"), ("backspace", "ctrl+r")])
async def test_undo_goes_back_to_the_item_and_redo_brings_it_again(world: World, undo: str, redo: str) -> None:
    async with driving(world.session()) as drive:
        await drive.press("a", "G", undo)
        assert drive.title == "Apples"
        assert "Undone: kept “Apples”" in drive.status
        assert "U redo" in drive.status
        assert drive.session.rows[0].decision.verdict is None
        await drive.press(redo)
        assert "Redone: kept “Apples”" in drive.status
        assert drive.session.rows[0].decision.verdict == "keep"


async def test_undo_reaches_back_into_an_earlier_session(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("a", "q")
    async with driving(world.session()) as drive:
        await drive.press("u")
        assert "Undone: kept “Apples”" in drive.status
        await drive.press("u")
        assert "Nothing to undo" in drive.status


async def test_ten_keys_at_once_decide_ten_times_in_order(empty: World) -> None:
    empty.add(*(empty.scanned(f"{number:02}.html", f"Page {number}") for number in range(12)))
    async with driving(empty.session()) as drive:
        await drive.press(*"adsadsadsa")
        verdicts = [item.decision.verdict for item in drive.session.rows]
        assert verdicts == ["keep", "discard", "later"] * 3 + ["keep", None, None]


async def test_while_a_decision_is_written_that_is_told_and_keys_wait_in_order(world: World) -> None:
    session = world.session()
    gate = threading.Event()
    commit = session.commit

    def slow(plan):  # noqa: ANN001, ANN202 (a plan in, a step out)
        gate.wait(10)
        return commit(plan)

    session.commit = slow  # type: ignore[method-assign]
    async with driving(session) as drive:
        for key in "ad":
            drive.app.simulate_key(key)
        while "saving…" not in drive.screen:  # noqa: ASYNC110 (the screen has no event to wait for)
            await asyncio.sleep(0.02)  # pilot.pause would wait for the key to be done with
        assert drive.title == "Apples"
        assert session.rows[0].decision.verdict is None
        gate.set()
        while session.counts().discarded == 0:  # noqa: ASYNC110 (as above)
            await asyncio.sleep(0.02)  # pilot.pause would wait for the key to be done with
        await drive.pilot.pause()
        assert [item.decision.verdict for item in session.rows[:3]] == ["keep", "discard", None]
        assert "saving…" not in drive.screen


async def test_advance_is_switched_off_and_on(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("A", "a")
        assert drive.title == "Apples"
        assert "stays" in drive.lines[0]
        await drive.press("A", "a")
        assert drive.title == "Bread"


async def test_a_discard_takes_a_reason_proposed_from_the_flags(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("G", "D")
        assert "error page: captcha  as flagged" in drive.screen
        await drive.press("enter")
        assert drive.session.rows[5].decision.reason == "error page: captcha"
        await drive.press("g", "D", "3")
        assert drive.session.rows[0].decision.reason == "copy of another page"
        await drive.press("G", "D", "3")  # a digit means the same reason whatever a page's flags propose
        assert drive.session.rows[5].decision.reason == "copy of another page"


async def test_a_reason_can_be_ones_own_words_and_leaving_changes_nothing(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("D", "k", "escape")
        assert drive.session.rows[0].decision.verdict is None
        await drive.press("D", *(["j"] * 6), "enter")
        await drive.type("dull")
        await drive.press("enter")
        assert drive.session.rows[0].decision.reason == "dull"


async def test_tags_are_typed_with_commas_and_completed_by_tab(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("t")
        await drive.type("fruit, red")
        await drive.press("enter")
        assert drive.session.rows[0].decision.tags == ("fruit", "red")
        assert "#fruit" in drive.screen
        await drive.press("j", "t")
        await drive.type("fr")
        assert "tab: fruit" in drive.screen
        await drive.press("tab", "enter")
        assert drive.session.rows[1].decision.tags == ("fruit",)


async def test_tab_goes_through_the_tags_that_fit(world: World) -> None:
    session = world.session()
    session.carry_out(session.plan_tags(add=["fruit", "fruitless"]))
    async with driving(session) as drive:
        await drive.press("j", "t")
        await drive.type("red, fr")
        await drive.press("tab", "tab")
        assert "tab: fruit  [fruitless]" in drive.screen
        await drive.press("enter")
        assert drive.session.rows[1].decision.tags == ("red", "fruitless")


async def test_a_tag_deleted_from_the_line_is_taken_off(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("t")
        await drive.type("one,two")
        await drive.press("enter", "t", *(["backspace"] * 6), "enter")
        assert drive.session.rows[0].decision.tags == ("one",)


async def test_a_tag_in_braces_is_a_tag_like_any_other(world: World) -> None:
    session = world.session()
    session.carry_out(session.plan_tags(add=["{foo}", "{leave}"]))
    async with driving(session) as drive:
        await drive.press("j", "t")
        await drive.type("fo")
        assert "tab: {foo}" in drive.screen
        await drive.press("backspace", "backspace")
        assert "{leave}" in drive.screen


async def test_a_digit_adds_its_tag_and_one_without_a_tag_says_so(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("2")
        assert "No tag is on 2 yet" in drive.status
        await drive.press("t")
        await drive.type("fruit")
        await drive.press("enter", "j", "1")
        assert drive.session.rows[1].decision.tags == ("fruit",)
        assert drive.title == "Bread"


async def test_a_note_is_typed_and_shown(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("m")
        await drive.type("ask Tom")
        await drive.press("enter")
        assert drive.session.rows[0].decision.note == "ask Tom"
        assert "note: ask Tom" in drive.screen
        await drive.press("m", "escape")
        assert drive.session.rows[0].decision.note == "ask Tom"


async def test_letters_typed_into_a_line_decide_nothing(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("m", *"adsxuq0", "escape")
        assert drive.session.history() == []
        assert drive.app.is_running


async def test_a_range_is_decided_only_after_its_number_was_seen_and_y(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("v", "j", "j")
        assert "3 selected" in drive.lines[0]
        await drive.press("d")
        assert "Discard 3 items?" in drive.screen
        await drive.press("enter")
        assert "Discard 3 items?" in drive.screen
        await drive.press("n")
        assert "Nothing was changed" in drive.status
        assert drive.session.counts().discarded == 0
        await drive.press("d", "y")
        assert drive.session.counts().discarded == 3
        assert "Discarded 3 items" in drive.status
        await drive.press("u")
        assert drive.session.counts().discarded == 0


async def test_a_range_is_given_up_by_escape(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("v", "j", "escape", "d")
        assert drive.session.counts().discarded == 1


async def test_all_alike_shows_numbers_before_it_selects(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("j", "j", "*")
        assert "Select undecided items" in drive.screen
        await drive.press("enter")
        assert "2 selected" in drive.lines[0]
        await drive.press("d")
        assert "Discard 2 items?" in drive.screen
        await drive.press("y")
        assert [item.title for item in drive.session.rows if item.decision.verdict] == ["Not found", "Gone"]


async def test_alone_in_its_kind_says_so(empty: World) -> None:
    empty.add(empty.scanned("one.html", "One"))
    async with driving(empty.session()) as drive:
        await drive.press("*")
        assert "No other undecided item is like this one" in drive.status


async def test_an_empty_history_offers_no_undo(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("H")
        assert "Nothing was decided yet" in drive.screen
        assert "undoes back" not in drive.screen


async def test_history_tells_who_did_what_and_undoes_back_to_a_step(world: World) -> None:
    async with driving(world.session("bea")) as drive:
        await drive.press("a", "d", "s", "H")
        assert "bea  kept “Apples”" in drive.screen
        await drive.press("j", "enter")
        assert "Undo 2 steps" in drive.screen
        await drive.press("y")
        assert [item.decision.verdict for item in drive.session.rows[:3]] == ["keep", None, None]
        assert drive.title == "Bread"
        await drive.press("H")
        assert "(undone)" in drive.screen


async def test_error_pages_go_by_as_cards_one_key_each(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("X")
        assert "Error pages 3 left" in drive.screen
        assert "says “page not found” in its title" in drive.screen
        assert "Nothing is here." in drive.screen
        await drive.press("d", "a", "u")
        assert "Undone: kept “Gone”" in drive.screen
        assert "2 left" in drive.screen
        await drive.press("escape")
        assert len(drive.session.rows) == 6
        assert drive.session.rows[2].decision.verdict == "discard"


async def test_without_an_error_page_there_are_no_cards(empty: World) -> None:
    empty.add(empty.scanned("one.html", "One"))
    async with driving(empty.session()) as drive:
        await drive.press("X")
        assert "No error page is undecided" in drive.screen
        await drive.press("d")
        assert drive.session.history() == []
        await drive.press("escape", "d")
        assert drive.session.rows[0].decision.verdict == "discard"


async def test_what_is_typed_goes_to_the_page_it_was_asked_about_though_its_row_has_gone(world: World) -> None:
    session = world.session()
    async with driving(session) as drive:
        await drive.press("m")
        await drive.hear(Gone(("a/apples.html",)))
        await drive.type("ripe")
        await drive.press("enter")
        assert "There is no item here" in drive.status
        await drive.press("v", "j", "D")
        await drive.hear(Results((replace(world.library.items()[0], path="a/aaa.html"),)))
        await drive.press("1")
        assert "Discard 2 items" in drive.screen
        await drive.press("y")
    assert [
        (item.path, item.decision.verdict, item.decision.note) for item in session.items if item.decision.verdict
    ] == [("a/bread.html", "discard", ""), ("a/lost.html", "discard", "")]


async def test_a_key_on_a_card_decides_the_page_shown_though_the_scan_took_one_away(world: World) -> None:
    session = world.session()
    async with driving(session) as drive:
        await drive.press("X")
        assert "a/lost.html" in drive.screen
        await drive.hear(Gone(("a/lost.html",)))
        assert "b/gone.html" in drive.screen
        assert "Error pages 2 left" in drive.screen
