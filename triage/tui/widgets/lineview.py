"""What the line-drawn widgets share: the style of a role, the lines in view, scrolling without animation."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment, Segments
from rich.style import Style
from textual.color import Color
from textual.events import Click
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender

from triage.tui.render import ASCII, UNICODE, Signs
from triage.tui.widgets.roles import Roles

_ANY_COLOUR = Color(0, 0, 0)


class SignScrollBar(ScrollBarRender):
    """A scroll bar of signs, for screens without colour or with plain letters alone; the usual one is of colours."""

    THUMB: ClassVar[str] = "┃"

    @classmethod
    def render_bar(  # type: ignore[override]  # noqa: PLR0913, PLR0917 (Textual's signature, narrowed to one colour)
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = _ANY_COLOUR,
        bar_color: Color = _ANY_COLOUR,
    ) -> Segments:
        """The bar, its thumb at least a cell long."""
        del thickness, vertical, back_color, bar_color
        if not size or virtual_size <= window_size:
            return Segments([Segment(" ")] * int(size), new_lines=True)
        length = max(1, round(size * window_size / virtual_size))
        start = round((size - length) * min(1.0, position / (virtual_size - window_size)))
        grab, up, down = ({"@mouse.down": what} for what in ("grab", "scroll_up", "scroll_down"))
        above = [Segment(" ", Style(meta=up))] * start
        thumb = [Segment(cls.THUMB, Style(meta=grab))] * length
        below = [Segment(" ", Style(meta=down))] * (int(size) - start - length)
        return Segments([*above, *thumb, *below], new_lines=True)


class AsciiScrollBar(SignScrollBar):
    """The same where the font has no lines."""

    THUMB = "|"


class LineView(Roles, ScrollView, inherit_bindings=False):
    """A scrolled widget that draws line by line. It has no keys of its own: all stand in the one table of actions."""

    DEFAULT_CSS = """
    LineView {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
    }
    """

    can_focus = True

    def __init__(self, *, signs: Signs = UNICODE, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id, classes=classes)
        self.signs = signs
        self._base: Style | None = None

    def on_mount(self) -> None:
        """A scroll bar that can be seen."""
        if self.signs == ASCII or self.app.native_ansi_color:
            self.vertical_scrollbar.renderer = AsciiScrollBar if self.signs == ASCII else SignScrollBar  # type: ignore[misc]

    @property
    def view_width(self) -> int:
        """Cells of a line beside the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def view_height(self) -> int:
        """Lines in view."""
        return self.scrollable_content_region.height

    @property
    def base_style(self) -> Style:
        """The style of the widget itself; found by Textual for each line anew, it would be a sixth of all drawing."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def notify_style_update(self) -> None:
        """Styles may be others now."""
        self._base = None
        super().notify_style_update()

    def set_height(self, lines: int) -> None:
        """How many lines there are, without a layout of the whole screen.

        Setting `virtual_size` as usual lays everything out and draws every scroll bar anew: on each key 10 ms and
        2 kB to the terminal. The scroll bar is always there, so nothing else depends on the height.
        """
        height = max(lines, self.view_height)
        self.set_reactive(LineView.virtual_size, Size(0, height))
        self.vertical_scrollbar.window_virtual_size = height
        self.scroll_to_line(self.scroll_offset.y)

    def scroll_to_line(self, y: int) -> None:
        """Put line `y` at the top of the view, as far as the text reaches."""
        self.scroll_to(y=max(0, min(y, self.max_scroll_y)), animate=False, force=True)

    def line_clicked(self, event: Click) -> int:
        """Which line of the text the mouse is on."""
        return self.scroll_offset.y + event.get_content_offset_capture(self).y
