"""Copies side by side on the screen, and a site's shared error text: what is shown, asked, written and undone."""

from __future__ import annotations

import pytest
from copied import GAZETTE, MIRROR, TEASER, add_errors, copied
from driving import Driver, driving
from world import World

from triage.comparing import Passage, differences
from triage.model import Decision, Verdict
from triage.tui.render import ASCII
from triage.tui.screens.compare import CompareScreen
from triage.tui.widgets.difference import SAME_WORDS, difference_lines

__all__ = ["copied"]


def texts(paragraphs: tuple[tuple[Passage, ...], ...], width: int = 70) -> list[str]:
    return ["".join(text for text, _ in line) for line in difference_lines(paragraphs, width)]


def verdicts(drive: Driver) -> dict[str, Verdict | None]:
    return {item.path: item.decision.verdict for item in drive.session.items}


def decision(drive: Driver, path: str) -> Decision:
    item = drive.session.item((path, None))
    assert item is not None
    return item.decision


# The differences.


def test_what_changed_stands_in_brackets_with_a_sign_in_the_margin() -> None:
    one = ["The ferry runs again after all these weeks.", "It is louder.", "Dogs travel free."]
    other = ["The ferry sails again after all these weeks.", "Dogs travel free.", "Cats do not."]
    assert texts(differences(one, other)) == [
        "±  The ferry [-runs-] {+sails+} again after all these weeks.",
        "",
        "-  [-It is louder.-]",
        "",
        "   Dogs travel free.",
        "",
        "+  {+Cats do not.+}",
    ]


def test_lines_are_wrapped_with_the_roles_of_their_words() -> None:
    sign = ("±  ", "sign")
    assert difference_lines(differences(["one two three"], ["one two five six"]), 20) == [
        (sign, ("one two", "")),
        (
            *(sign, ("[-", "gone-mark"), ("three", "gone"), ("-]", "gone-mark")),
            *((" ", ""), ("{+", "new-mark"), ("five", "new")),
        ),
        (sign, ("six", "new"), ("+}", "new-mark")),
    ]


def test_folded_words_are_counted() -> None:
    long = " ".join(f"w{number}" for number in range(60))
    assert texts(differences([f"{long} end"], [f"{long} finish"]), 120) == [
        "±  (48 words the same) w48 w49 w50 w51 w52 w53 w54 w55 w56 w57 w58 w59 [-end-] {+finish+}"
    ]


def test_texts_of_the_same_words_are_said_to_be_so() -> None:
    assert texts(differences(["The ferry runs."], ["THE FERRY RUNS"]), 120)[0] == f"   {SAME_WORDS}"


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    lines = difference_lines(differences(["a b c d"], ["a b c e"]), 60, ASCII)
    assert "".join(text for line in lines for text, _ in line).isascii()


# The group.


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_copies_stand_side_by_side_with_the_best_one_and_its_reason(
    copied: World, size: tuple[int, int]
) -> None:
    async with driving(copied.session(), size) as drive:
        await drive.press("c")
        rows = drive.lines[2:5]
        assert rows[0].split()[:5] == ["▌", "·", "gazette.example", "2024-03-02", "79"]
        assert rows[1].split()[:5] == ["·", "mirror.example", "82", "90", "%"]
        assert rows[2].split()[:6] == ["·", "teaser.example", "2024-03-01", "39", "100", "%"]
        assert "CAP" in rows[1]
        assert "1 of 3 copies" in drive.lines[0]
        assert "he best: not shortened, its own site, fewest flags" in drive.screen
        assert "K keep this, discard 2" in drive.lines[-1]


async def test_likeness_is_told_in_words_for_the_copy_under_the_cursor(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("c", "j", "j")
        assert "100 % of this page stands in the best one, which is 2.0 times longer" in drive.screen
        assert TEASER in drive.screen


async def test_what_differs_is_shown_for_the_copy_under_the_cursor(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("c", "j")
        assert "{+only in mirror.example+}" in drive.screen
        assert "{+From our correspondent.+}" in drive.screen
        assert "[-runs-] {+sails+}" in drive.screen
        await drive.press("j")
        assert "{+only in teaser.example+}" in drive.screen
        assert "[-The harbour board" in drive.screen


async def test_on_the_best_one_the_copy_one_came_from_is_compared(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("G", "c")
        assert "1 of 3 copies" in drive.lines[0]
        assert "{+only in teaser.example+}" in drive.screen


@pytest.mark.parametrize("height", [10, 12])
async def test_the_keys_are_in_view_on_a_screen_of_few_lines(copied: World, height: int) -> None:
    async with driving(copied.session(), (40, height)) as drive:
        await drive.press("c")
        assert drive.lines[-1].startswith(" K keep this")
        await drive.press("escape", "question_mark")
        assert any("closes" in line for line in drive.lines)
        await drive.press("escape", "V")
        assert any("esc leaves" in line for line in drive.lines)
        await drive.press("escape", "asterisk", "1", "d")
        assert any("y yes   n no" in line for line in drive.lines)


@pytest.mark.parametrize("key", ["K", "enter"])
async def test_keep_this_discard_the_rest_says_how_many_and_is_done_by_y(copied: World, key: str) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("c")
        assert "K keep this, discard 2" in drive.lines[-1]
        await drive.press(key)
        assert "gazette.example and discard the other 2 copies?" in drive.screen
        assert "✗ discard mirror.example" in drive.screen
        await drive.press("enter")
        assert set(verdicts(drive).values()) == {None}
        await drive.press("y")
        assert verdicts(drive) == {GAZETTE: "keep", MIRROR: "discard", TEASER: "discard"}
        assert not isinstance(drive.app.screen, CompareScreen)
        assert "Kept gazette.example, discarded the other 2 copies" in drive.status
        assert drive.session.made == 3
        await drive.press("u")
        assert set(verdicts(drive).values()) == {None}


async def test_what_was_decided_otherwise_is_decided_anew_after_y(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("j", "a", "g", "c", "k", "K", "y")
        assert verdicts(drive) == {GAZETTE: "keep", MIRROR: "discard", TEASER: "discard"}


def two_groups(copied: World) -> World:
    """The ferry, a page that stands alone, and bread twice."""
    page = copied.scanned
    bread = ["The loaves come out of the oven at four, and nobody in the street sleeps after that."]
    copied.add(
        page("u/alone.html", "Alone", ["One."]), page("v/a.html", "Bread", bread), page("v/b.html", "Bread", bread)
    )
    groups = {(path, None): GAZETTE for path in (GAZETTE, MIRROR, TEASER)}
    copied.library.set_groups(groups | {(f"v/{name}.html", None): "v/a.html" for name in "ab"}, {})
    return copied


async def test_after_a_group_the_next_one_is_shown_until_none_is_left(copied: World) -> None:
    async with driving(two_groups(copied).session(), (80, 24)) as drive:
        await drive.press("c")
        assert "1 of 3 copies · 1 more group" in drive.lines[0]
        await drive.press("K", "y")
        assert "Copies of “Bread”" in drive.lines[0]
        assert "Kept gazette.example" in drive.screen
        await drive.press("K", "y")
        assert not isinstance(drive.app.screen, CompareScreen)
        assert drive.title == "Alone"
        await drive.press("c")
        assert "nor has any undecided one shown" in drive.status


async def test_undo_among_copies_shows_the_group_concerned(copied: World) -> None:
    async with driving(two_groups(copied).session(), (80, 24)) as drive:
        await drive.press("c", "K", "y", "u")
        assert "Copies of “The ferry is back”" in drive.lines[0]
        assert set(verdicts(drive).values()) == {None}
        await drive.press("K", "y", "K", "y")
        assert drive.session.counts().undecided == 1


async def test_the_next_group_can_be_looked_at_without_deciding(copied: World) -> None:
    async with driving(two_groups(copied).session(), (80, 24)) as drive:
        await drive.press("c", "n")
        assert "Copies of “Bread”" in drive.lines[0]
        await drive.press("p")
        assert "Copies of “The ferry is back”" in drive.lines[0]
        assert drive.session.history() == []


async def test_where_a_decision_does_not_go_on_the_group_stays(copied: World) -> None:
    async with driving(two_groups(copied).session(), (80, 24)) as drive:
        await drive.press("A", "c", "K", "y")
        assert "Copies of “The ferry is back”" in drive.lines[0]


# All groups in which it is clear.


@pytest.mark.parametrize("before", [(), ("c",)], ids=["list", "among-copies"])
async def test_the_clear_groups_are_resolved_together_after_their_number_was_seen(
    copied: World, before: tuple[str, ...]
) -> None:
    async with driving(two_groups(copied).session(), (80, 24)) as drive:
        await drive.press(*before, "ampersand")
        assert "Keep the best of 1 group and discard 1 copy?" in drive.screen
        assert "✓ Bread  ✗ 1 copy, 100 % in it" in drive.screen
        assert "1 group is left" in drive.screen
        await drive.press("enter")
        assert set(verdicts(drive).values()) == {None}
        await drive.press("y")
        assert verdicts(drive)["v/a.html"] == "keep"
        assert verdicts(drive)["v/b.html"] == "discard"
        assert verdicts(drive)[GAZETTE] is None
        assert drive.session.made == 2
        await drive.press("u")
        assert set(verdicts(drive).values()) == {None}


async def test_groups_that_all_need_a_look_are_left_and_it_is_said(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("ampersand")
        assert "Which copy is best needs a look in the one group" in drive.status
        assert drive.session.history() == []


async def test_where_nothing_has_copies_it_is_said(world: World) -> None:
    async with driving(world.session(), (80, 24)) as drive:
        await drive.press("ampersand")
        assert "No page shown that waits to be decided has copies" in drive.status


async def test_the_one_to_keep_is_changed_by_the_cursor(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("c", "j", "K", "y")
        assert verdicts(drive) == {GAZETTE: "discard", MIRROR: "keep", TEASER: "discard"}


async def test_no_leaves_everything_and_says_so(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("j", "a", "g", "c", "k", "K", "n")
        assert isinstance(drive.app.screen, CompareScreen)
        assert "Nothing was changed" in drive.screen
        assert len(drive.session.history()) == 1


async def test_single_keys_decide_the_copy_under_the_cursor_and_go_on(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("c", "j", "d")
        assert verdicts(drive) == {GAZETTE: None, MIRROR: "discard", TEASER: None}
        assert "3 of 3 copies" in drive.lines[0]
        assert drive.lines[3].split()[0] == "✗"
        await drive.press("u")
        assert verdicts(drive)[MIRROR] is None
        assert drive.lines[3].split()[0] == "·"
        await drive.press("U")
        assert verdicts(drive)[MIRROR] == "discard"


async def test_the_last_copy_left_is_not_discarded_here(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("c", "d", "d", "d")
        assert list(verdicts(drive).values()).count("discard") == 2
        assert "This is the last copy left" in drive.screen


async def test_another_copy_can_be_called_the_best(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("c", "j", "b", "k")
        assert "The best, as you chose" not in drive.screen
        assert drive.lines[3].split()[3] == "best"
        assert "{+only in gazette.example+}" in drive.screen
        await drive.press("j")
        assert "The best, as you chose" in drive.screen


async def test_tags_and_notes_of_discarded_copies_are_reached_from_the_one_kept(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("G", "t")
        await drive.type("harbour")
        await drive.press("enter", "m")
        await drive.type("ask her")
        await drive.press("enter", "c", "g", "K", "y", "g", "c")
        assert decision(drive, GAZETTE).verdict == "keep"
        assert "Of the discarded teaser.example: #harbour ¶ ask her" in drive.screen


@pytest.mark.parametrize("key", ["escape", "q", "c"])
async def test_it_is_closed_without_a_change(copied: World, key: str) -> None:
    async with driving(copied.session()) as drive:
        await drive.press("c", "j", key)
        assert not isinstance(drive.app.screen, CompareScreen)
        assert drive.session.history() == []
        assert drive.app.is_running


async def test_keys_that_mean_nothing_among_copies_do_nothing(copied: World) -> None:
    async with driving(copied.session()) as drive:
        await drive.press("c", "v", "S", "H", "1", "X", "*")
        assert isinstance(drive.app.screen, CompareScreen)
        assert drive.session.history() == []


async def test_a_page_that_stands_alone_has_no_copies_to_compare(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("c")
        assert "This page has no copies" in drive.status


async def test_a_click_puts_the_cursor_on_a_copy(copied: World) -> None:
    async with driving(copied.session(), (80, 24)) as drive:
        await drive.press("c")
        await drive.pilot.click("#copies", offset=(10, 2))
        await drive.pilot.pause()
        assert "3 of 3 copies" in drive.lines[0]


async def test_space_pages_through_the_differences_and_on_to_the_next_copy(copied: World) -> None:
    async with driving(copied.session(), (80, 16)) as drive:
        await drive.press("c", "j")
        before = drive.screen
        await drive.press("space")
        assert drive.screen != before
        for _ in range(10):
            await drive.press("space")
        assert "3 of 3 copies" in drive.lines[0]


async def test_hostile_pages_are_shown_not_obeyed(empty: World) -> None:
    hostile = "[/] [@click=app.quit]x[/] \x1b]0;t\x07 \u202e"
    words = "The same long line of harmless words stands in both of these pages, as near copies do."
    page = empty.scanned
    empty.add(page("a.html", hostile, [words, hostile]), page("b.html", hostile, [words, f"{hostile} more"]))
    empty.library.set_groups({("a.html", None): "a.html", ("b.html", None): "a.html"}, {})
    async with driving(empty.session(), (80, 24)) as drive:
        await drive.press("c", "j", "K")
        assert "[@click=app.quit]x[/]" in drive.screen
        assert not set("\x1b\x07\u202e") & set(drive.screen)


async def test_discarding_a_whole_group_by_selection_leaves_its_best_copy_and_says_so(copied: World) -> None:
    session = copied.session()
    async with driving(session, (80, 24)) as drive:
        await drive.press("v", "G", "d")
        assert "Discard 2 items, and leave 1 last copy?" in drive.screen
        assert "left: The ferry is back, the last copy of its article" in drive.screen
        await drive.press("y")
        assert "Discarded 2 items, left 1 last copy" in drive.screen
        assert [item.decision.verdict for item in session.items].count("discard") == 2
        await drive.press("u")
        assert {item.decision.verdict for item in session.items} == {None}


async def test_tags_and_notes_of_the_discarded_stand_on_the_page_that_was_kept(copied: World) -> None:
    session = copied.session()
    session.go_to((TEASER, None))
    session.carry_out(session.plan_tags(add=["harbour"]))
    session.carry_out(session.plan_note("ask the baker"))
    session.go_to((GAZETTE, None))
    async with driving(session, (140, 40)) as drive:
        assert "Of the discarded copy" not in drive.screen
        await drive.press("c", "K", "y", "g")
        assert f"Of the discarded copy {TEASER}: #harbour" in drive.screen
        assert "ask the baker" in drive.screen


async def test_the_page_a_group_is_named_after_tells_that_it_has_copies(copied: World) -> None:
    async with driving(copied.session(), (140, 40)) as drive:
        assert "2 other pages are near copies of this one" in drive.screen


async def test_the_last_copy_alone_can_be_discarded(copied: World) -> None:
    session = copied.session()
    async with driving(session, (80, 24)) as drive:
        await drive.press("d", "d", "d")
        assert {item.decision.verdict for item in session.items} == {"discard"}


# A shared error text.


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_a_shared_error_text_is_asked_once_with_five_pages_and_discarded_as_one_step(
    empty: World, size: tuple[int, int]
) -> None:
    add_errors(empty, 7)
    async with driving(empty.session(), size) as drive:
        await drive.press("j", "E")
        assert "7 pages share this error text on archive.example: discard all?" in drive.screen
        assert "“This shelf of the archive is empty.”" in drive.screen
        assert all(f"archive.example/{number}.html" in drive.screen for number in range(5))
        assert "… and 2 more" in drive.screen
        await drive.press("enter")
        assert set(verdicts(drive).values()) == {None}
        await drive.press("y")
        assert set(verdicts(drive).values()) == {"discard"}
        assert "Discarded 7 pages of archive.example" in drive.screen
        await drive.press("u")
        assert set(verdicts(drive).values()) == {None}


async def test_a_shared_error_text_is_discarded_from_its_card_too(empty: World) -> None:
    add_errors(empty, 3)
    add_errors(empty, 1, ["The lights of this wing are out tonight."], site="wing.example")
    async with driving(empty.session(), (100, 30)) as drive:
        await drive.press("X")
        assert "4 left" in drive.lines[1]
        assert "E same error" in drive.screen
        await drive.press("E", "y")
        assert "1 left" in drive.lines[1]
        assert "The lights of this wing" in drive.screen


async def test_a_shared_error_text_refused_changes_nothing(empty: World) -> None:
    add_errors(empty, 7)
    async with driving(empty.session()) as drive:
        await drive.press("E", "n")
        assert "Nothing was changed" in drive.status
        assert drive.session.history() == []


async def test_a_page_that_is_no_error_page_shares_no_error_text(copied: World) -> None:
    async with driving(copied.session()) as drive:
        await drive.press("E")
        assert "not flagged as an error page" in drive.status


async def test_a_single_error_page_of_its_kind_says_so(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("j", "j", "E")
        assert "No other error page of a.example has this text" in drive.status
