"""A row of the work list: what it says at which width, and that it fills its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from triage.model import Decision, Flag, Item
from triage.tui.render import ASCII, UNICODE, Signs, matcher
from triage.tui.rows import Columns, RowContext, row, row_role

NOISE = Flag("error-noise", "not-found", "", "", 1.0, 0, 1)
REPEAT = Flag("repeated-section", "exact", "", "", 1.0, 5, 6, (1, 2))
BOILERPLATE = Flag("boilerplate", "disclaimer", "", "", 1.0, 8, 8)
WALL = Flag("error-page", "bot-wall", "", "", 1.0)
FERRY = Item(
    "a/ferry.html", sha256="0", title="Ferry lost in the storm", site="news.example.com", date="2024-03-12", words=1412
)


def shown(item: Item, width: int = 100, signs: Signs = UNICODE, **more: object) -> str:
    context = RowContext(Columns.for_width(width), signs, {"a/ferry.html": 3}, matcher(["storm"]))
    return "".join(text for text, _ in row(item, context, **more))  # type: ignore[arg-type]


def with_flags(*flags: Flag) -> Item:
    return Item("x", sha256="0", title="T", flags=flags)


def decided(verdict: str) -> Item:
    return Item("x", sha256="0", title="T", decision=Decision(verdict))  # type: ignore[arg-type]


def test_a_wide_row_tells_title_site_date_and_words() -> None:
    assert shown(FERRY).split() == [
        "·", "Ferry", "lost", "in", "the", "storm", "news.example.com", "2024-03-12", "1,412w",
    ]  # fmt: skip


def test_a_narrow_row_tells_flags_and_title_alone() -> None:
    text = shown(FERRY, 40)
    assert "Ferry lost" in text
    assert "example" not in text
    assert "2024" not in text


@pytest.mark.parametrize(
    ("verdict", "sign", "ascii_sign"), [("keep", "✓", "K"), ("discard", "✗", "X"), ("later", "…", "L")]
)
def test_a_decided_row_has_its_sign_and_is_dimmed(verdict: str, sign: str, ascii_sign: str) -> None:
    assert shown(decided(verdict))[1] == sign
    assert shown(decided(verdict), signs=ASCII)[1] == ascii_sign
    assert row_role(decided(verdict)) == "decided"


def test_an_unscanned_row_is_named_by_its_path_and_waits() -> None:
    waiting = Item("a/ferry.html")
    assert shown(waiting).split() == ["·", "…", "a/ferry.html"]
    assert row_role(waiting) == "unscanned"


def test_of_a_long_path_the_end_is_shown() -> None:
    assert "…" in shown(Item("a/" * 60 + "ferry.html"), 50)
    assert shown(Item("a/" * 60 + "ferry.html"), 50).endswith("a/ferry.html")


def test_the_cursor_and_a_selection_are_told_without_colour() -> None:
    assert shown(FERRY, cursor=True)[0] == "▌"
    assert shown(FERRY, selected=True)[0] == "┃"
    assert shown(FERRY, cursor=True, selected=True)[:3] == "▌·┃"


def test_flags_stand_as_words_with_their_sign_the_gravest_first() -> None:
    assert "■BOT" in shown(with_flags(WALL))
    assert "!404 =REP ~BOI" in shown(with_flags(BOILERPLATE, REPEAT, NOISE))


def test_a_flag_that_stands_twice_is_told_once() -> None:
    assert shown(with_flags(NOISE, NOISE)).count("404") == 1


def test_flags_without_room_for_their_word_keep_their_sign() -> None:
    text = shown(with_flags(NOISE, REPEAT, BOILERPLATE), 40)
    assert "!404 =~ " in text
    assert "REP" not in text


def test_copies_of_a_group_are_counted_and_a_change_since_the_decision_is_told() -> None:
    copy = Item("b", sha256="0", title="T", group="a/ferry.html", changed=True)
    assert "ΔCHG ≈DUP3" in shown(copy)


def test_tags_and_a_note_stand_behind_the_title() -> None:
    tagged = Item("x", sha256="0", title="T", decision=Decision(tags=("storm", "sea"), note="look again"))
    assert "T #storm #sea ¶" in shown(tagged)


def test_matches_in_the_title_are_marked() -> None:
    context = RowContext(Columns.for_width(100), matches=matcher(["storm"]))
    assert ("storm", "match") in row(FERRY, context)


def test_hostile_titles_and_tags_are_shown_not_obeyed() -> None:
    hostile = Item(
        "p\udcff\x1b", sha256="0", title="[/] [@click=app.quit]x[/]\x1b]0;t\x07\u202e", site="\x9b2J", date="\x00",
        decision=Decision(tags=("\x1b[2J",)),
    )  # fmt: skip
    text = shown(hostile)
    assert "[/] [@click=app.quit]x[/]␛]0;t␇" in text
    assert not set("\x1b\x07\x9b\x00\u202e") & set(text)


TITLES = st.text(max_size=60) | st.text(alphabet=st.sampled_from("港の連絡船e\u0301👩\u200d❤\ufe0f[]/ "), max_size=60)


@given(TITLES, TITLES, st.integers(24, 200), st.lists(st.sampled_from([NOISE, REPEAT, BOILERPLATE, WALL]), max_size=4))
def test_every_row_fills_its_line_exactly(title: str, site: str, width: int, flags: list[Flag]) -> None:
    item = Item("p", sha256="0", title=title, site=site, words=123456, flags=tuple(flags))
    assert cell_len(shown(item, width)) == width
