"""The reader on a screen: paging, flags, folds, copies, matches, and the place kept through all of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from textual.app import App, ComposeResult
from textual.filter import LineFilter

from triage.model import Article, Block, Decision, Evidence, Flag, Item, Scanned
from triage.tui.guard import Guard
from triage.tui.widgets.reader import Mode, Reader

WORDS = "the ferry went out at six and came back at nine with nobody on board but the harbour cat"


def article(count: int = 60) -> tuple[Block, ...]:
    return tuple(Block("paragraph", f"Paragraph {number} says that {WORDS}.") for number in range(1, count + 1))


BLOCKS = article()
NOISE = Flag("error-noise", "not-found", "words of an error page", "r", 0.9, 0, 2)
REPEAT = Flag("repeated-section", "exact", "stands above", "r", 0.9, 30, 31, (10, 11))
BOILERPLATE = Flag("boilerplate", "disclaimer", "a disclaimer", "r", 0.9, 55, 55)
FLAGS = (NOISE, REPEAT, BOILERPLATE)
FERRY = Item("ferry.html", sha256="0", title="Ferry lost", flags=FLAGS)
SOURCE = "<html>\n" + "\n".join(f"<p>{block.text}</p>\n" for block in BLOCKS)


def scanned(blocks: tuple[Block, ...] = BLOCKS, path: str = "ferry.html") -> Scanned:
    return Scanned(path, None, "0", Article(blocks=blocks, extractor="trafilatura"), Evidence(), FLAGS)


class Screen(App[None]):
    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), Guard()]

    def compose(self) -> ComposeResult:
        yield Reader()

    @property
    def reader(self) -> Reader:
        return self.query_one(Reader)

    def lines(self) -> list[str]:
        strips = self.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip).rstrip("▁▂▃▄▅▆▇█ ") for strip in strips]

    def text(self) -> str:
        return "\n".join(self.lines())

    def numbers(self) -> list[int]:
        """Which paragraphs begin on the screen."""
        return [int(number) for number in re.findall(r"Paragraph (\d+)", self.text())]


@pytest.fixture
def app() -> Screen:
    return Screen()


async def test_an_article_begins_with_its_head_and_goes_on_with_its_text(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "marked", None)
        await pilot.pause()
        assert app.lines()[0].strip() == "Ferry lost"
        assert "!  Paragraph 1 says" in app.text()


@pytest.mark.parametrize("mode", ["marked", "clean"])
async def test_a_text_that_begins_with_its_title_shows_it_once(app: Screen, mode: Mode) -> None:
    blocks = (Block("heading", "Ferry  LOST"), *article(3))
    async with app.run_test(size=(60, 20)) as pilot:
        app.reader.show(replace(FERRY, flags=()), replace(scanned(blocks), flags=()), mode, None)
        await pilot.pause()
        assert app.text().casefold().count("ferry lost") == 1
        app.reader.show(FERRY, scanned(blocks), "marked", None)  # where it is flagged it is seen to be
        await pilot.pause()
        assert app.text().casefold().count("ferry  lost") == 1
        app.reader.show(replace(FERRY, flags=()), replace(scanned(blocks[:1]), flags=()), mode, None)
        await pilot.pause()
        assert app.text().casefold().count("ferry  lost") == 1


async def test_paging_goes_through_every_line_and_says_when_the_end_is_reached(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "marked", None)
        await pilot.pause()
        seen = set(app.numbers())
        pages = 1
        while app.reader.page_down():
            await pilot.pause()
            seen |= set(app.numbers())
            pages += 1
        assert seen == set(range(1, 61))
        assert 5 < pages < 20
        assert not app.reader.page_down()
        app.reader.top()
        assert not app.reader.page_up()


async def test_a_page_that_fits_has_no_further_page(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(Item("x", sha256="0", title="Short"), scanned(article(3)), "marked", None)
        await pilot.pause()
        assert not app.reader.page_down()


async def test_going_from_flag_to_flag_brings_each_label_into_view_and_back(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "marked", None)
        await pilot.pause()
        labels = ["error noise", "repeat of paragraphs 11-12", "boilerplate: disclaimer · a"]
        for label in labels:
            assert app.reader.next_flag()
            await pilot.pause()
            assert f"── {label}" in app.text()
        assert not app.reader.next_flag()
        for label in reversed(labels[:-1]):
            assert app.reader.previous_flag()
            await pilot.pause()
            assert f"── {label}" in app.text()
        assert not app.reader.previous_flag()


async def test_a_repeat_leads_to_its_first_copy_and_from_there_back(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "marked", None)
        await pilot.pause()
        app.reader.jump_to_block(30)
        assert app.reader.jump_to_first_copy()
        await pilot.pause()
        assert "=1 Paragraph 11" in app.text()
        assert app.reader.jump_to_first_copy()
        await pilot.pause()
        assert "=2 Paragraph 31" in app.text()


async def test_without_a_repeat_there_is_no_first_copy(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(Item("x", sha256="0", title="T", flags=(NOISE,)), scanned(), "marked", None)
        await pilot.pause()
        assert not app.reader.jump_to_first_copy()


async def test_a_fold_opens_closes_and_stays_as_it_was_left(app: Screen) -> None:
    other = Item("other.html", sha256="1", title="Other", flags=FLAGS)
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "clean", None)
        await pilot.pause()
        assert "▸  3 paragraphs hidden: 404 error" in app.text()
        assert app.numbers()[0] == 4
        assert app.reader.toggle_fold()
        await pilot.pause()
        assert app.numbers()[:2] == [1, 2]
        app.reader.show(other, scanned(path="other.html"), "clean", None)
        await pilot.pause()
        assert app.numbers()[0] == 4
        app.reader.show(FERRY, scanned(), "clean", None)
        await pilot.pause()
        assert app.numbers()[:2] == [1, 2]
        assert app.reader.toggle_fold()
        await pilot.pause()
        assert app.numbers()[0] == 4


async def test_the_fold_gone_to_is_the_one_that_opens(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "clean", None)
        await pilot.pause()
        app.reader.next_flag()
        app.reader.next_flag()
        await pilot.pause()
        assert "hidden: repeat of paragraph 11  enter opens" in app.text()
        app.reader.toggle_fold()
        await pilot.pause()
        assert {31, 32} <= set(app.numbers())
        assert "repeat of paragraph 11  enter closes" in app.text()
        app.reader.next_flag()
        await pilot.pause()
        assert "1 paragraph hidden: disclaimer  enter opens" in app.text()
        app.reader.top()
        await pilot.pause()
        assert 1 not in app.numbers()


async def test_a_fold_is_opened_by_a_click(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "clean", None)
        await pilot.pause()
        line = next(y for y, text in enumerate(app.lines()) if "hidden" in text)
        await pilot.click(Reader, offset=(10, line))
        await pilot.pause()
        assert 1 in app.numbers()


async def test_where_nothing_is_folded_nothing_opens(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "marked", None)
        await pilot.pause()
        assert not app.reader.toggle_fold()


@pytest.mark.parametrize("mode", ["clean", "source"])
async def test_the_place_is_kept_from_marked_to_another_view_and_back(app: Screen, mode: Mode) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "marked", SOURCE)
        await pilot.pause()
        app.reader.jump_to_block(40)
        await pilot.pause()
        before = app.numbers()[0]
        app.reader.set_mode(mode)
        await pilot.pause()
        assert abs(app.numbers()[0] - before) <= 1
        app.reader.set_mode("marked")
        await pilot.pause()
        assert abs(app.numbers()[0] - before) <= 1


async def test_the_place_is_kept_when_the_width_changes(app: Screen) -> None:
    async with app.run_test(size=(120, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "marked", None)
        await pilot.pause()
        app.reader.jump_to_block(40)
        await pilot.pause()
        before = app.numbers()[0]
        for width in (40, 200, 120):
            await pilot.resize_terminal(width, 24)
            await pilot.pause()
            assert abs(app.numbers()[0] - before) <= 1


async def test_the_place_is_kept_when_the_item_gets_a_decision_and_left_with_the_item(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "marked", None)
        await pilot.pause()
        app.reader.jump_to_block(40)
        await pilot.pause()
        before = app.numbers()
        kept = Item("ferry.html", sha256="0", title="Ferry lost", flags=FLAGS, decision=Decision("keep"))
        app.reader.show(kept, scanned(), "marked", None)
        await pilot.pause()
        assert app.numbers() == before
        app.reader.show(Item("b", sha256="1", title="B"), scanned(path="b"), "marked", None)
        await pilot.pause()
        assert app.lines()[0].strip() == "B"


async def test_matches_are_gone_to_one_by_one_in_both_directions(app: Screen) -> None:
    blocks = list(BLOCKS)
    for number in (5, 25, 45):
        blocks[number] = Block("paragraph", f"Here {number} stands a lighthouse. And a lighthouse.")
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(Item("x", sha256="0", title="T"), scanned(tuple(blocks)), "marked", None)
        app.reader.set_matches(["lighthouse"])
        await pilot.pause()
        seen = []
        while app.reader.next_match():
            await pilot.pause()
            seen.append(next(number for number in (45, 25, 5) if f"Here {number} " in app.text()))
        assert seen == [5, 5, 25, 25, 45, 45]
        for number in (45, 25, 25, 5, 5):
            assert app.reader.previous_match()
            await pilot.pause()
            assert f"Here {number} " in app.text()
        assert not app.reader.previous_match()


async def test_a_decision_on_the_item_does_not_lose_the_match_gone_to(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(FERRY, scanned(), "marked", None)
        app.reader.set_matches(["Paragraph"])
        await pilot.pause()
        for _ in range(20):
            app.reader.next_match()
        kept = Item("ferry.html", sha256="0", title="Ferry lost", flags=FLAGS, decision=Decision("keep", note="good"))
        app.reader.show(kept, scanned(), "marked", None)
        app.reader.next_match()
        await pilot.pause()
        assert 21 in app.numbers()
        for _ in range(20):
            assert app.reader.previous_match()
        assert not app.reader.previous_match()


async def test_the_words_of_the_head_are_no_matches_but_for_the_title(app: Screen) -> None:
    item = Item("x", sha256="0", title="A lighthouse", site="lighthouse.example")
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(item, scanned(), "marked", None)
        app.reader.set_matches(["lighthouse"])
        await pilot.pause()
        assert app.reader.next_match()
        assert not app.reader.next_match()


async def test_what_cannot_be_shown_is_said(app: Screen) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for item, found, mode, said in (
            (Item("new.html"), None, "marked", "This page is being read."),
            (FERRY, None, "marked", "The text of this page is not at hand."),
            (FERRY, scanned(), "source", "The source of this page is not at hand."),
            (FERRY, scanned(()), "clean", "There is no text on this page."),
        ):
            app.reader.show(item, found, mode, None)  # type: ignore[arg-type]
            await pilot.pause()
            assert said in app.text()
        app.reader.show(None, None, "marked", None)
        await pilot.pause()
        assert app.text().strip() == ""
        assert not app.reader.next_flag()
        assert not app.reader.jump_to_block(3)
        assert not app.reader.page_down()


async def test_text_selected_with_the_mouse_is_copied_without_margins(app: Screen) -> None:
    async with app.run_test(size=(60, 24)) as pilot:
        app.reader.show(Item("x", sha256="0", title="T"), scanned(), "marked", None)
        await pilot.pause()
        line = next(y for y, text in enumerate(app.lines()) if "Paragraph 1 " in text)
        await pilot.mouse_down(Reader, offset=(3, line))
        await pilot.hover(Reader, offset=(9, line + 1))
        await pilot.mouse_up(Reader, offset=(9, line + 1))
        await pilot.pause()
        copied = app.screen.get_selected_text() or ""
        assert copied.startswith("Paragraph 1 says that the ferry went out at six and ")
        assert "\n" not in copied.strip()
        assert copied.strip() in BLOCKS[0].text


HOSTILE = [
    "[/]",
    "[@click=app.quit]x[/]",
    "\x1b]0;title\x07\x1b[2J",
    "\u202edesrever\u202c \x9b2J \ud800",
    "a" + "\u0301" * 20_000,
    "👩" + "\u200d👩" * 3_000,
    "x" * 2_000_000,
    "أعلنت سلطات الميناء أن العبّارة غرقت",
]


@pytest.mark.parametrize("mode", ["marked", "clean", "source"])
async def test_hostile_texts_neither_crash_nor_act(app: Screen, mode: Mode) -> None:
    blocks = tuple(Block("paragraph", text) for text in HOSTILE)
    flags = (Flag("error-noise", "[/]", "\x1b[2J[/]", "r", 0.9, 0, 1),)
    item = Item("\udcff[/]", sha256="0", title="[@click=app.quit]t[/]\x1b", author="\x9b", flags=flags)
    async with app.run_test(size=(80, 24)) as pilot:
        app.reader.show(item, scanned(blocks), mode, "\n".join(HOSTILE))
        app.reader.set_matches(["x", "[/]"])
        pages = 0
        while True:
            await pilot.pause()
            text = app.text()
            assert not set("\x1b\x07\x9b\u202e\ud800") & set(text)
            assert "\u0301" * 5 not in text
            if pages == 3 or not app.reader.page_down():
                break
            pages += 1
        app.reader.bottom()
        await pilot.pause()
        assert "أعلنت" in app.text()
        app.reader.next_match()
        app.reader.previous_match()
        await pilot.click(Reader, offset=(5, 1))
        assert app.is_running
