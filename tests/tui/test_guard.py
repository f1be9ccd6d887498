"""The guard: whatever a segment holds, nothing that acts on the terminal comes out, and no line moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.widgets import Static

from triage.tui.guard import Guard, guarded, plain

HOSTILE = [
    "\x1b]52;c;aGk=\x07",  # sets the clipboard
    "\x1b[2J",  # clears the screen
    "\x9b2J",  # the same by one C1 character
    "\x00\x08\r\x0e\x7f",
    "\u202egpj.exe",  # turns the line about
    "\u2066\u2069\u200b\u2028\ufeff",
    "\ud800",  # a lone surrogate
    "\U000e0041\U000e0042",  # tags that no one sees
]
ACTING = frozenset(
    chr(code)
    for codes in (range(0x20), range(0x7F, 0xA0), range(0x200E, 0x2010), range(0x2028, 0x202F), range(0x2066, 0x206A))
    for code in codes
) | {"\u200b", "\ufeff"}


def test_what_acts_does_not_come_through() -> None:
    for text in HOSTILE:
        assert not ACTING & set(guarded(f"before{text}after"))
        assert guarded(f"before{text}after").startswith("before")


def test_a_safe_text_is_the_same_object() -> None:
    for text in ("plain", "naïve café", "港の連絡船", "👩\u200d👩\u200d👧", "می\u200cخواهم", "éa\u0301"):
        assert guarded(text) is text


@given(st.text())
def test_the_width_of_a_line_stays(text: str) -> None:
    assert cell_len(guarded(text)) == cell_len(text)


@given(st.text(alphabet=st.characters(codec=None)))
def test_nothing_that_acts_is_left_of_any_text(text: str) -> None:
    assert not ACTING & set(guarded(text))


def test_a_segment_keeps_its_style() -> None:
    style = Style(bold=True)
    safe, mended = Guard().apply([Segment("safe", style), Segment("a\x1bb", style)], Color(0, 0, 0))
    assert (safe.text, mended.text) == ("safe", "ab")
    assert safe.style is style
    assert mended.style is style


class Careless(App[None]):
    """Shows a page's text that nobody cleaned."""

    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), Guard()]

    def compose(self) -> ComposeResult:
        yield Static(Content("".join(HOSTILE)))


async def test_an_app_with_the_guard_paints_no_such_character_though_a_widget_forgot_to_clean() -> None:
    app = Careless()
    async with app.run_test() as pilot:
        await pilot.pause()
        painted = "".join(segment.text for strip in app.screen._compositor.render_strips() for segment in strip)
    assert not ACTING & set(painted)
    assert "gpj.exe" in painted


def test_a_terminal_of_plain_letters_gets_letters_as_wide_as_the_signs() -> None:
    told = "“Tide” – 3 … ✓ │ ╭─█░ 灯台 é"
    assert plain(told, "ascii") == '"Tide" - 3 . ? | +-#. ???? ?'
    assert plain(told, "latin-1").endswith("???? é")
    assert plain(told, "utf-8") == '"Tide" - 3 . ✓ | +-#. 灯台 é'
    assert all(cell_len(plain(told, encoding)) == cell_len(told) for encoding in ("ascii", "latin-1", "utf-8"))
