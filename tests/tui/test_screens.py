"""How the app looks and behaves in different terminals: sizes, no colour, the mouse, and faults of our own."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from driving import driving
from rich.color_triplet import ColorTriplet
from textual.theme import Theme
from world import NOT_FOUND, World

from triage.actions import ACTIONS
from triage.config import Settings
from triage.errors import ConfigError, TriageError
from triage.faults import log_fault
from triage.model import Flag, Item
from triage.scanning import Finished, Limits, Results, SkippedThing
from triage.session import Session
from triage.tui import remembered
from triage.tui.app import Start, TriageApp, run
from triage.tui.screens.review import ELSEWHERE, ReviewScreen
from triage.tui.themes import THEMES
from triage.tui.widgets.worklist import WorkList

HOSTILE = ("[/]", "[red]x", "[@click=app.quit]x[/]", "\x1b]0;owned\x07", "a\u202eb", "\x9b31m")


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (40, 12), (80, 24), (100, 20), (140, 40), (200, 60), (500, 200)])
async def test_any_size_can_be_worked_in(world: World, size: tuple[int, int]) -> None:
    async with driving(world.session(), size=size) as drive:
        await drive.press("a", "w", "space", "?", "escape", "d")
        assert drive.session.counts().kept == 1
        assert drive.session.counts().discarded == 1


async def test_a_small_terminal_shows_list_text_state_and_keys_at_once(world: World) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        await drive.press("j", "j")
        screen = drive.screen
        assert screen.count("Not found") >= 2
        for wanted in ("a.example", "its title", "Nothing is here.", "·6", "a keep", "? help", "3 of 6"):
            assert wanted in screen


async def test_the_panes_stand_side_by_side_from_100_columns_on(world: World) -> None:
    async with driving(world.session(), size=(99, 30)) as drive:
        left = drive.app.screen.query_one("#list").region
        assert left.width == 99
        await drive.pilot.resize_terminal(100, 30)
        await drive.pilot.pause()
        left, right = drive.app.screen.query_one("#list").region, drive.app.screen.query_one("#reader").region
        assert left.y == right.y
        assert left.width + right.width == 100


async def test_list_text_and_evidence_stand_side_by_side_from_170_columns_on(world: World) -> None:
    async with driving(world.session(), size=(200, 50)) as drive:
        panes = [drive.app.screen.query_one(f"#{name}").region for name in ("list", "reader", "evidence")]
        assert [pane.y for pane in panes] == [1, 1, 1]
        assert sum(pane.width for pane in panes) == 200


@pytest.mark.parametrize(
    ("size", "hold", "to"), [((120, 30), (55, 5), (80, 9)), ((80, 24), (20, 8), (30, 14))], ids=str
)
async def test_the_line_between_list_and_text_is_moved_with_the_mouse(
    world: World, size: tuple[int, int], hold: tuple[int, int], to: tuple[int, int]
) -> None:
    async with driving(world.session(), size=size) as drive:
        right = drive.app.screen.query_one("#reader")
        beside = size[0] >= 100
        assert (right.region.x if beside else right.region.y) == (hold[0] if beside else hold[1])
        await drive.pilot.mouse_down(offset=hold)
        await drive.pilot.hover(offset=to)
        await drive.pilot.mouse_up(offset=to)
        await drive.pilot.pause()
        assert (right.region.x if beside else right.region.y) == (to[0] if beside else to[1])
        await drive.pilot.hover(offset=hold)
        await drive.pilot.pause()
        assert (right.region.x if beside else right.region.y) == (to[0] if beside else to[1])
        assert drive.app.screen.get_selected_text() in (None, "")


async def test_a_folder_without_pages_says_so_once_it_was_looked_through(empty: World) -> None:
    async with driving(empty.session(), size=(80, 24)) as drive:
        assert "Looking for pages…" in drive.screen
        await drive.hear(SkippedThing("a.bin", "no page"))
        await drive.hear(Finished(found=0, done=0, skipped=1, cancelled=False))
        assert "There are no pages in this folder." in drive.screen
        assert "1 file was skipped; ! tells why" in drive.screen
        assert "a keep" not in drive.lines[-1]
        await drive.press("a", "d", "c", "X", "escape", "&", "E", "*", "v", "t", "m", "r", "w", "G", "space")
        assert drive.session.history() == []


async def test_a_terminal_that_changes_its_size_keeps_the_cursor_in_view(empty: World) -> None:
    empty.add(*(empty.scanned(f"{number:02}.html", f"Page {number}") for number in range(60)))
    async with driving(empty.session(), size=(100, 50)) as drive:
        await drive.press(*(["ctrl+d"] * 2))
        title = drive.title
        await drive.pilot.resize_terminal(80, 24)
        await drive.pilot.pause()
        assert any(line.startswith("▌") and title in line for line in drive.lines)


async def test_without_colour_nothing_but_bold_dim_and_reverse_is_sent(world: World) -> None:
    async with driving(world.session(), environment={"NO_COLOR": "1", "TERM": "xterm"}) as drive:
        await drive.press("a", "?")
        for strip in drive.app.screen._compositor.render_strips():
            for segment in strip.apply_filter(drive.app.get_line_filters()[0], drive.app.screen.background_colors[1]):
                if segment.style is not None:
                    assert segment.style.color is None or segment.style.color.is_default
                    assert segment.style.bgcolor is None or segment.style.bgcolor.is_default


async def test_every_state_is_told_by_a_sign_as_well(world: World) -> None:
    async with driving(world.session()) as drive:
        await drive.press("a", "d", "s")
        signs = [line[1] for line in drive.lines[1:5]]
        assert signs == ["✓", "✗", "…", "·"]


async def test_plain_ascii_is_used_where_the_settings_ask_for_it(world: World) -> None:
    async with driving(world.session(), settings=Settings(ascii=True)) as drive:
        await drive.press("a", "d", "s")
        assert [line[1] for line in drive.lines[1:5]] == ["K", "X", "L", "."]
        assert drive.sent.isascii()


async def test_plain_ascii_has_a_scroll_bar_of_signs_and_says_which_pane_has_the_keys(empty: World) -> None:
    empty.add(*(empty.scanned(f"{number:02}.html", f"Page {number}") for number in range(40)))
    async with driving(empty.session(), size=(60, 20), settings=Settings(ascii=True)) as drive:
        await drive.press("j", "a", "tab")
        assert drive.sent.isascii()
        assert 'Kept "Page 1"' in drive.sent
        assert "in text" in drive.lines[0]
        assert drive.lines[1].endswith("|")


async def test_without_colour_the_pane_that_has_the_keys_has_a_heavy_line(world: World) -> None:
    async with driving(world.session(), size=(80, 24), environment={"NO_COLOR": "1", "TERM": "xterm"}) as drive:
        assert "━━━" not in drive.screen
        await drive.press("tab")
        assert "━━━" in drive.screen


@pytest.mark.parametrize("action", [action.name for action in ACTIONS if action.where == "review"])
def test_each_action_of_the_table_is_carried_out_by_something(action: str) -> None:
    module, _, function = ELSEWHERE.get(action, "").partition(".")
    there = getattr(import_module(f"triage.tui.{module}"), function, None) if module else None
    assert callable(there or getattr(ReviewScreen, "do_" + action.replace("-", "_"), None))


async def test_a_theme_is_chosen_on_the_screen_and_shown_while_one_chooses(world: World) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        await drive.press("C")
        assert "triage-dark" in drive.screen
        await drive.press("j")
        assert drive.app.theme == "triage-light"
        await drive.press("escape")
        assert drive.app.theme == "triage-dark"
        await drive.press("C", "j", "enter")
        assert drive.app.theme == "triage-light"
        assert "triage-light from now on" in drive.status
    assert remembered.theme(None) == "triage-light"
    assert remembered.theme("triage-contrast") == "triage-contrast"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
async def test_every_text_can_be_read_on_its_ground_in_our_themes(world: World, theme: Theme) -> None:
    """WCAG 2.2: 4.5 to 1 for text; dim text, which is never the only bearer of what it says, 3 to 1."""
    least, least_dim = (7.0, 4.5) if theme.name == "triage-contrast" else (4.5, 3.0)
    async with driving(world.session(), size=(140, 40), settings=Settings(theme=theme.name)) as drive:
        await drive.press("a", "d", "s", "]")
        too_faint = []
        for strip in drive.app.screen._compositor.render_strips():
            for text, style, _ in strip:
                if text.strip("▁▂▃▄▅▆▇█│─┃━┌▌ ") and style and style.color and style.bgcolor:
                    ratio = contrast(style.color.get_truecolor(), style.bgcolor.get_truecolor())
                    if ratio < (least if style.dim is None else least_dim):  # dim is worked into the colour already
                        too_faint.append((round(ratio, 1), text))
        assert too_faint == []


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: ColorTriplet) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


async def test_keys_and_tags_come_from_the_settings(world: World) -> None:
    settings = Settings(keys={"keep": ("ф",)}, advance=True)
    session = world.session()
    session.pin_tags(["pinned"])
    async with driving(session, settings=settings) as drive:
        assert "ф keep" in drive.lines[-1]
        await drive.press("a")
        assert drive.session.counts().kept == 0
        await drive.press("ф", "1")
        assert drive.session.counts().kept == 1
        assert drive.session.rows[1].decision.tags == ("pinned",)


def test_a_theme_that_is_none_is_refused_with_the_nearest(world: World) -> None:
    with pytest.raises(ConfigError, match="did you mean “triage-light”"):
        TriageApp(world.session(), settings=Settings(theme="triage-lihgt"))


async def test_a_click_puts_the_cursor_on_the_row_and_a_flag_is_gone_to(empty: World) -> None:
    flag = Flag("error-noise", "http-error", "the last line", "noise", 0.9, 40, 40)
    text = [*(f"Line {number}." for number in range(40)), "500 error"]
    empty.add(empty.scanned("a.html", "First"), empty.scanned("b.html", "Second", text, [flag]))
    async with driving(empty.session(), size=(140, 40)) as drive:
        await drive.pilot.click(WorkList, offset=(20, 1))
        assert drive.title == "Second"
        assert "500 error" not in drive.screen
        await drive.pilot.click("#evidence", offset=(8, 1))
        await drive.pilot.pause()
        assert "500 error" in drive.screen


async def test_a_click_on_a_hint_does_what_its_key_does(world: World) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        for hint, kept in (("a keep", 1), ("u undo", 0)):
            await drive.pilot.click("#hints", offset=(drive.lines[-1].index(hint) + 3, 0))
            await drive.pilot.pause()
            assert drive.session.counts().kept == kept
        await drive.pilot.click("#hints", offset=(drive.lines[-1].index("? help"), 0))
        await drive.pilot.pause()
        assert "type to find a key" in drive.screen


async def test_panes_are_one_two_or_three_by_key_and_share_the_screen_by_key(world: World) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        await drive.press("|")
        assert "One pane at a time" in drive.status
        assert sum("a.example" in line for line in drive.lines) == 3
        await drive.press("tab")
        assert "The apples are ripe." in drive.screen
        assert "Bread" not in drive.screen
        await drive.press("escape", "|")
        assert any("Bread" in line and "The apples" not in line and "│" in line for line in drive.lines)
        border = drive.lines[1].index("│")
        await drive.press("<")
        assert drive.lines[1].index("│") < border
        await drive.press("|")
        assert "Panes by the width of the screen" in drive.status
        assert "│" not in drive.lines[1]


async def test_a_click_chooses_in_a_list_of_choices(world: World) -> None:
    async with driving(world.session(), size=(80, 24)) as drive:
        await drive.press("D")
        await drive.pilot.click("Menu", offset=(6, 1))
        await drive.pilot.pause()
        assert drive.session.rows[0].decision.reason == "not an article"


@pytest.mark.parametrize("payload", HOSTILE)
async def test_what_a_page_says_never_acts(empty: World, payload: str) -> None:
    flag = Flag("error-page", "not-found", payload, payload, 0.9)
    page = empty.scanned("p.html", payload, [payload], [flag, NOT_FOUND], site=payload, author=payload)
    empty.add(page, empty.scanned("q.html", payload))
    session = empty.session()
    async with driving(session, size=(140, 40)) as drive:
        session.carry_out(session.plan_tags(add=[payload]))
        session.carry_out(session.plan_note(payload))
        for keys in ("a", "u", "r", "r", "w", "D escape", "t escape", "m escape", "* escape", "H escape", "f escape"):
            await drive.press(*keys.split())
            assert not set(drive.screen) & set("\x1b\x9b\x07\u202e")
        await drive.press("X", "escape", "v", "j", "d", "n", "y", "escape")
        assert not set(drive.screen) & set("\x1b\x9b\x07\u202e")
        assert drive.app.is_running


def test_a_fault_of_ours_is_one_clean_line_and_its_log_holds_nothing_that_acts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    told = log_fault(ValueError("of a page: \x1b[2J"))
    assert "\n" not in told
    assert "page" not in told
    logs = list(tmp_path.rglob("fault.log"))
    assert len(logs) == 1
    assert "\x1b" not in logs[0].read_text("utf-8")
    assert "ValueError" in logs[0].read_text("utf-8")


async def test_a_fault_of_ours_ends_the_app_and_saved_decisions_stay(world: World) -> None:
    session = world.session()
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 (what is raised in the app comes out at its end)
        async with driving(session) as drive:
            await drive.press("a")
            session.look_up = lambda _, **__: 1 / 0  # type: ignore[method-assign]
            await drive.press("/", "x", "enter")
    assert drive.app.fault is not None
    assert world.session().counts().kept == 1


@pytest.mark.parametrize("term", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_show_a_screen_is_refused_with_a_hint(
    world: World, monkeypatch: pytest.MonkeyPatch, term: str
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(TriageError, match="triage list"):
        run(world.session(), world.library, Limits(), Settings(), Start())


def test_no_terminal_at_all_is_refused_with_a_hint(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    with pytest.raises(TriageError, match="needs a terminal"):
        run(world.session(), world.library, Limits(), Settings(), Start())


async def test_a_hundred_thousand_items_are_worked_in_like_six(empty: World) -> None:
    session: Session = empty.session()
    items = tuple(Item(f"{number:06}.html", sha256=str(number), title=f"Page {number}") for number in range(100_000))
    session.apply(Results(items))
    async with driving(session, size=(80, 24)) as drive:
        await drive.press("a", "G", "d", "g", "v", "ctrl+d", "escape")
        assert drive.session.counts().undecided == 99_998
        assert drive.title == "Page 3"


async def test_the_palette_holds_in_a_terminal_too_small_to_show_it(world: World) -> None:
    async with driving(world.session(), size=(2, 2)) as drive:
        await drive.press("colon", "down", "pageup", "pagedown", "j", "pagedown", "ctrl+end", "escape", "escape")
        await drive.pilot.resize_terminal(100, 34)
        await drive.press("a")
        assert drive.session.counts().kept == 1


async def test_a_range_in_an_empty_list_is_none(empty: World) -> None:
    async with driving(empty.session()) as drive:
        await drive.press("v", "a", "d", "t", "escape", "u")
        assert drive.app.is_running


@pytest.mark.parametrize("payload", [*HOSTILE, "[/nosuch]", "[type=x, v={'a[0]'}]", "[link=file:///etc/passwd]x[/]"])
async def test_the_palette_shows_tags_and_views_as_they_are_written(world: World, payload: str) -> None:
    session = world.session()
    session.carry_out(session.plan_tags(add=[payload]))
    session.views[payload] = f"tag:{payload}"
    async with driving(session, size=(140, 60)) as drive:
        await drive.press("colon")
        for _ in range(2):
            await drive.pilot.pause(0.3)
            await drive.press("t", "a", "g", "space")
            await drive.pilot.pause(0.3)
        assert drive.app.is_running, drive.app.fault
        await drive.press("escape", "escape", "a")
        assert drive.session.counts().kept == 1
