"""The evidence panel: every flag with its reason, gone to one after another."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.filter import LineFilter

from triage.model import Flag, Item
from triage.tui.guard import Guard
from triage.tui.widgets.evidence import EvidencePanel

NOISE = Flag("error-noise", "not-found", "“HTTP Error 404” stands before the article", "noise/phrases", 0.97, 0, 2)
REPEAT = Flag("repeated-section", "exact", "2 paragraphs stand again", "repeats/exact", 0.81, 17, 18, (5, 6))
FERRY = Item("ferry.html", sha256="0", title="Ferry lost")


class Screen(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[Flag] = []

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), Guard()]

    def compose(self) -> ComposeResult:
        yield EvidencePanel()

    def on_evidence_panel_chosen(self, message: EvidencePanel.Chosen) -> None:
        self.chosen.append(message.flag)

    @property
    def panel(self) -> EvidencePanel:
        return self.query_one(EvidencePanel)

    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]


async def test_each_flag_tells_kind_cause_place_confidence_reason_and_rule() -> None:
    app = Screen()
    async with app.run_test(size=(70, 20)) as pilot:
        app.panel.show(FERRY, (NOISE, REPEAT))
        await pilot.pause()
        assert app.lines()[:9] == [
            "!  error noise: page not found (404)",
            "   paragraphs 1-3 · nearly certain, 97%",
            "   “HTTP Error 404” stands before the article",
            "   rule noise/phrases",
            "",
            "=  repeated section: word for word",
            "   paragraphs 18-19 · likely, 81% · first copy: paragraphs 6-7",
            "   2 paragraphs stand again",
            "   rule repeats/exact",
        ]


async def test_a_page_without_flags_is_said_to_be_clear_and_one_not_read_is_not() -> None:
    app = Screen()
    async with app.run_test(size=(70, 20)) as pilot:
        app.panel.show(FERRY, ())
        await pilot.pause()
        assert app.lines()[0].strip() == "No flags: nothing speaks against this page."
        app.panel.show(Item("new.html"), ())
        await pilot.pause()
        assert app.lines()[0].strip() == "Not read yet: what speaks against this page is not known."


async def test_going_through_the_flags_tells_each_and_begins_anew_after_the_last() -> None:
    app = Screen()
    async with app.run_test(size=(70, 20)) as pilot:
        app.panel.show(FERRY, (NOISE, REPEAT))
        for _ in range(3):
            app.panel.select_next()
        app.panel.select_previous()
        await pilot.pause()
        assert app.chosen == [NOISE, REPEAT, NOISE, REPEAT]
        assert app.lines()[5].startswith("=▌")


async def test_the_flag_gone_to_comes_into_view() -> None:
    app = Screen()
    flags = tuple(Flag("boilerplate", f"cause-{n}", "because", "r", 0.9, n, n) for n in range(20))
    async with app.run_test(size=(70, 10)) as pilot:
        app.panel.show(FERRY, flags)
        app.panel.select_previous()
        await pilot.pause()
        assert any("cause 19" in line for line in app.lines())


async def test_a_click_goes_to_the_flag_under_the_mouse() -> None:
    app = Screen()
    async with app.run_test(size=(70, 20)) as pilot:
        app.panel.show(FERRY, (NOISE, REPEAT))
        await pilot.pause()
        await pilot.click(EvidencePanel, offset=(8, 7))
        await pilot.pause()
        assert app.chosen == [REPEAT]


async def test_what_was_selected_stays_for_the_same_item_and_goes_with_another() -> None:
    app = Screen()
    async with app.run_test(size=(70, 20)) as pilot:
        app.panel.show(FERRY, (NOISE, REPEAT))
        app.panel.select_next()
        app.panel.show(FERRY, (NOISE, REPEAT))
        assert app.panel.selected is NOISE
        app.panel.show(Item("other.html", sha256="1"), (NOISE, REPEAT))
        assert app.panel.selected is None
        app.panel.show(None, ())
        app.panel.select_next()
        await pilot.pause()
        assert app.panel.selected is None


async def test_hostile_reasons_and_rules_are_shown_not_obeyed() -> None:
    app = Screen()
    hostile = Flag("thin", "\x1b[2J", "[/] [@click=app.quit]x[/]\x1b]0;t\x07", "\u202erule\x9b", 0.5)
    async with app.run_test(size=(70, 20)) as pilot:
        app.panel.show(FERRY, (hostile,))
        await pilot.pause()
        text = "".join(app.lines())
        assert "[/] [@click=app.quit]x[/]␛]0;t␇" in text
        assert not set("\x1b\x07\x9b\u202e") & set(text)
