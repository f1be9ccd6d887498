"""Saved views, marks made by hand, tags over all items, history of a page, long notes, and the first start."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest
from driving import driving
from world import World

from triage.model import Flag
from triage.tui import remembered

NOISE = Flag("error-noise", "http-error", "the first two lines", "noise", 0.95, 0, 1)


@pytest.fixture
def noisy(empty: World) -> World:
    """A page whose first two paragraphs are flagged, and a page without flags."""
    text = ["403", "Sorry!!", "The apples are ripe.", "They are red."]
    empty.add(empty.scanned("a.html", "Apples", text, [NOISE]), empty.scanned("b.html", "Bread", ["One.", "Two."]))
    return empty


async def test_a_first_start_shows_the_keys_that_matter_until_a_key_and_never_again(world: World) -> None:
    async with driving(world.session(), size=(80, 24), first_start=True) as drive:
        assert "Five keys are enough to begin" in drive.screen
        await drive.press("a")
        assert "Five keys" not in drive.screen
        assert drive.session.counts().kept == 1
        await drive.press("q")
    async with driving(world.session(), first_start=True) as drive:
        assert "Five keys" not in drive.screen


async def test_a_saved_filter_that_is_none_is_told_and_the_list_stays(world: World) -> None:
    session = world.session()
    session.views["old"] = "is:nonsense"
    async with driving(session) as drive:
        await drive.press("f2")
        assert "There is no state “nonsense”" in drive.status
        assert len(drive.session.rows) == 6


async def test_a_view_is_shown_saved_used_and_forgotten(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("V", "3")
        assert drive.session.query.text == "is:undecided flag:error-page"
        await drive.press("/", *(["backspace"] * 40))
        await drive.type("ripe")
        await drive.press("enter", "V", *(["j"] * 7))
        assert "save ripe as…" in drive.screen
        await drive.press("enter")
        await drive.type("my fruit")
        await drive.press("enter")
        assert "Which key shows my fruit?" in drive.screen
        await drive.press("3")
        assert "Saved this filter as my fruit, on f4" in drive.status
        await drive.press("escape")
        assert drive.session.query.text == ""
        await drive.press("f4")
        assert drive.session.query.text == "ripe"
        await drive.press("escape")
        assert drive.session.query.text == ""
        await drive.press("V", "8")
        assert drive.session.query.text == "ripe"
    async with driving(world.session()) as drive:
        await drive.press("f4")
        assert drive.session.query.text == "ripe"
        await drive.press("V", *(["j"] * 8), "enter", "enter")
        assert drive.session.views == {}


async def test_a_flag_gone_to_is_marked_as_no_noise_whole(noisy: World) -> None:
    async with driving(noisy.session(), size=(80, 30)) as drive:
        await drive.press("]", "+")
        assert [noise for _, noise in drive.session.rows[0].decision.marks] == [False, False]
        assert "Marked 2 paragraphs of “Apples” as no noise" in drive.status
        await drive.press("r")
        assert "Sorry!!" in drive.screen
        await drive.press("u", "r", "r")
        assert drive.session.rows[0].decision.marks == ()


async def test_a_paragraph_gone_to_is_marked_as_noise_and_leaves_the_clean_view(noisy: World) -> None:
    async with driving(noisy.session(), size=(80, 30)) as drive:
        await drive.press("j", "-")
        assert "First go to a paragraph" in drive.status
        await drive.press("}", "}", "{", "}", "-")
        assert len(drive.session.rows[1].decision.marks) == 1
        await drive.press("r")
        assert "Two." not in drive.screen
        assert "One." in drive.screen
        await drive.press("r", "r", "}", "}", "}")
        assert "This is the last paragraph" in drive.status


async def test_a_tag_is_renamed_on_all_items_after_their_number_was_seen(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("T")
        assert "No item has a tag" in drive.status
        await drive.press("v", "j", "t")
        await drive.type("old")
        await drive.press("enter", "y", "T", "1", *(["backspace"] * 3))
        await drive.type("new")
        await drive.press("enter")
        assert "Rename tag old to new on 2 items?" in drive.screen
        await drive.press("y")
        assert [item.decision.tags for item in drive.session.rows[:2]] == [("new",), ("new",)]


async def test_a_page_shows_its_own_history(world: World) -> None:
    async with driving(world.session("bea")) as drive:
        await drive.press("h")
        assert "Nothing was decided yet" in drive.screen
        await drive.press("escape", "a", "d", "k", "h")
        assert "bea  discarded “Bread”" in drive.screen
        assert "kept “Apples”" not in drive.screen.split("History of", 1)[1]


async def test_a_long_note_is_written_in_the_editor(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "one\\ntwo\\n" > "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.delenv("VISUAL", raising=False)
    async with driving(world.session()) as drive:
        drive.app.suspend = nullcontext  # type: ignore[method-assign]
        await drive.press("M")
        assert drive.session.rows[0].decision.note == "one\ntwo"


async def test_an_editor_that_fails_leaves_the_note_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "false")
    async with driving(world.session()) as drive:
        drive.app.suspend = nullcontext  # type: ignore[method-assign]
        await drive.press("M")
        assert drive.session.history() == []


async def test_error_pages_that_a_search_leaves_out_are_shown_by_a_key(world: World) -> None:
    session = world.session()
    session.errors_left_out = True
    async with driving(session) as drive:
        await drive.press("/")
        await drive.type("here or ripe")
        await drive.press("enter")
        assert "2 error pages left out  I error pages" in drive.status
        await drive.press("I")
        assert len(drive.session.rows) == 3
        await drive.press("I")
        assert len(drive.session.rows) == 1


async def test_the_summary_tells_how_far_it_is_and_how_many_keys_it_took(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("a", "d", "i")
        assert "2 of 6 pages decided (33%): 1 kept, 1 discarded, 0 for later; 4 left" in drive.screen
        assert "1.50 keys a decision" in drive.screen
        assert "undecided █" in drive.screen
        await drive.press(*("j" for _ in range(40)))
        assert "Pages by words" in drive.screen
        await drive.press("escape")
        assert "Summary" not in drive.screen


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_summary_fits_and_shows_its_way_out_at_any_size(world: World, size: tuple[int, int]) -> None:
    async with driving(world.session(), size=size, environment={"NO_COLOR": "1", "TERM": "xterm"}) as drive:
        await drive.press("a", "i")
        assert "esc closes" in drive.screen
        assert "1 of 6 pages decided" in drive.screen


async def test_keys_a_decision_are_counted_over_all_sessions(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("a", "d", "q")
    async with driving(world.session()) as drive:
        await drive.press("a", "i")
        assert f"{5 / 3:.2f} keys a decision" in drive.screen


async def test_words_for_keeping_and_discarding_are_marked_counted_gone_to_and_kept(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("W", "1")
        await drive.type("apple*, ripe")
        await drive.press("enter", "W", "2")
        await drive.type("red")
        await drive.press("enter")
        assert "+3 -1 words" in drive.lines[0]
        reader = drive.app.screen.query_one("Reader")
        styles = [segment.style for y in range(12) for segment in reader.render_line(y) if segment.text == "ripe"]
        assert styles
        assert styles[0].underline
        await drive.press(".")
        assert "No match" not in drive.status
    session = world.session()
    assert (session.keep_words, session.discard_words) == (("apple*", "ripe"), ("red",))
    async with driving(session) as drive:
        assert "+3 -1 words" in drive.lines[0]


async def test_the_words_of_a_filter_are_marked_again_after_a_restart(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("/")
        await drive.type("ripe")
        await drive.press("enter", "q")
    async with driving(world.session()) as drive:
        await drive.press(".")
        assert "No match" not in drive.status


async def test_what_was_set_aside_is_gone_through_by_one_key_each(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("L")
        assert "Nothing is set aside for later" in drive.status
        await drive.press("s", "a", "s", "G", "L")
        assert "2 set aside for later, from the first" in drive.status
        assert drive.title == "Apples"
        await drive.press("a")
        assert drive.title == "Not found"
        await drive.press("s")
        assert "This is the last item set aside" in drive.status
        await drive.press("L")
        assert (drive.session.query.text, len(drive.session.rows)) == ("", 6)


def test_who_was_greeted_once_is_not_greeted_in_another_folder() -> None:
    assert not remembered.greeted()
    remembered.note_greeting()
    assert remembered.greeted()
