"""The work list on a screen: cursor, scrolling by half pages, clicks; 100,000 rows of which few are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from textual.app import App, ComposeResult
from textual.filter import LineFilter

from triage.model import Decision, Item
from triage.tui.guard import Guard
from triage.tui.widgets.worklist import WorkList


class Lazy(Sequence[Item]):
    """As many items as wanted, made when asked for; remembers which were."""

    def __init__(self, count: int) -> None:
        self.size = count
        self.asked: set[int] = set()
        self.decided: set[int] = set()

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        assert isinstance(index, int)
        self.asked.add(index)
        decision = Decision("keep") if index in self.decided else Decision()
        return Item(f"{index}.html", sha256="0", title=f"page {index}", decision=decision)

    def __iter__(self) -> Iterator[Item]:
        raise AssertionError("the list goes through all items")


class Screen(App[None]):
    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__()
        self.items = items
        self.clicked: list[int] = []

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), Guard()]

    def compose(self) -> ComposeResult:
        yield WorkList()

    def on_mount(self) -> None:
        self.rows.show(self.items, 0, {})

    def on_work_list_clicked(self, message: WorkList.Clicked) -> None:
        self.clicked.append(message.index)

    @property
    def rows(self) -> WorkList:
        return self.query_one(WorkList)

    def lines(self) -> list[str]:
        return ["".join(segment.text for segment in strip) for strip in self.screen._compositor.render_strips()]


async def test_a_hundred_thousand_rows_stand_at_once_and_only_those_in_view_are_asked_for() -> None:
    items = Lazy(100_000)
    app = Screen(items)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.rows.visible_rows == range(24)
        assert items.asked == set(range(24))
        app.rows.move(70_000)
        await pilot.pause()
        assert any("page 70000" in line for line in app.lines())
        assert len(items.asked) == 48


async def test_the_cursor_row_carries_the_mark_and_the_row_left_loses_it() -> None:
    app = Screen(Lazy(100))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.move(5)
        await pilot.pause()
        assert [index for index, line in enumerate(app.lines()) if line.startswith("▌")] == [5]


async def test_the_view_turns_by_half_a_page_when_the_cursor_leaves_it() -> None:
    app = Screen(Lazy(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.rows.move(23)
        assert app.rows.visible_rows == range(24)
        app.rows.move(24)
        assert app.rows.visible_rows == range(12, 36)
        app.rows.move(12)
        app.rows.move(11)
        assert app.rows.visible_rows == range(24)
        app.rows.move(99)
        assert app.rows.visible_rows == range(76, 100)


async def test_a_row_drawn_again_shows_the_item_as_it_is_now() -> None:
    items = Lazy(10)
    app = Screen(items)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        items.decided = {3, 4}
        app.rows.refresh_row(3)
        await pilot.pause()
        assert app.lines()[3].startswith(" ✓")
        assert app.lines()[4].startswith(" ·")


async def test_the_list_has_no_keys_of_its_own() -> None:
    app = Screen(Lazy(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.focus()
        await pilot.press("down", "pagedown", "end")
        assert app.rows.visible_rows == range(24)
        assert app.rows.cursor == 0


async def test_selected_rows_are_marked() -> None:
    app = Screen(Lazy(10))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.rows.selected = {2, 3}
        await pilot.pause()
        assert [index for index, line in enumerate(app.lines()) if line.startswith("┃")] == [2, 3]


async def test_a_click_tells_the_row_of_the_list_not_of_the_screen() -> None:
    app = Screen(Lazy(100))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.rows.move(50)
        await pilot.pause()
        top = app.rows.visible_rows.start
        await pilot.click(WorkList, offset=(10, 4))
        await pilot.pause()
        assert app.clicked == [top + 4]


async def test_a_click_below_the_last_row_means_none() -> None:
    app = Screen(Lazy(3))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.click(WorkList, offset=(10, 9))
        await pilot.pause()
        assert app.clicked == []


async def test_a_list_that_shrinks_shows_its_rows_and_an_empty_one_none() -> None:
    app = Screen(Lazy(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.move(900)
        await pilot.pause()
        app.rows.show(Lazy(5), 4, {})
        await pilot.pause()
        assert app.lines()[4].startswith("▌")
        app.rows.show((), 0, {})
        await pilot.pause()
        assert "".join(app.lines()).strip() == ""
        assert app.rows.visible_rows == range(0)


async def test_rows_that_come_in_above_leave_the_cursor_on_its_line_of_the_screen() -> None:
    app = Screen(Lazy(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.move(500)
        await pilot.pause()
        line = 500 - app.rows.visible_rows.start
        app.rows.show(Lazy(1040), 540, {})
        await pilot.pause()
        assert app.lines()[line].startswith("▌")
        assert "page 540" in app.lines()[line]


async def test_a_view_scrolled_away_by_hand_stays_when_the_list_is_drawn_anew() -> None:
    app = Screen(Lazy(1000))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.scroll_to(y=300, animate=False)
        await pilot.pause()
        app.rows.show(Lazy(1000), 0, {})
        await pilot.pause()
        assert app.rows.visible_rows == range(300, 324)


async def test_the_cursor_stays_in_view_when_the_screen_shrinks() -> None:
    app = Screen(Lazy(100))
    async with app.run_test(size=(80, 24)) as pilot:
        app.rows.move(20)
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        assert 20 in app.rows.visible_rows
        assert any(line.startswith("▌") for line in app.lines())


async def test_hostile_titles_neither_crash_nor_act() -> None:
    titles = ["[/]", "[@click=app.quit]x[/]", "\x1b[2J\x9b", "\u202egpj", "a" + "\u0301" * 20_000, "x" * 2_000_000]
    app = Screen([Item(f"{n}", sha256="0", title=title) for n, title in enumerate(titles)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        lines = app.lines()
        assert "[@click=app.quit]x[/]" in lines[1]
        assert not set("\x1b\x9b\u202e") & set("".join(lines))
        assert max(line.count("\u0301") for line in lines) <= 4
        await pilot.click(WorkList, offset=(20, 1))
        assert app.is_running
