"""What the line-drawn widgets share: the style of a role, the lines in view, scrolling without animation."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.events import Click
from textual.geometry import Size
from textual.scroll_view import ScrollView

from triage.tui.render import UNICODE, Signs


class LineView(ScrollView, inherit_bindings=False):
    """A scrolled widget that draws line by line; its component classes are named `ROLES_OF` and the role.

    It has no keys of its own: all keys stand in the one table of actions.
    """

    ROLES_OF: ClassVar[str] = ""

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

    @property
    def view_width(self) -> int:
        """Cells of a line beside the scroll bar."""
        return self.scrollable_content_region.width

    @property
    def view_height(self) -> int:
        """Lines in view."""
        return self.scrollable_content_region.height

    def style_of(self, role: str) -> Style:
        """The style of a role, or of several with a space between, the later over the earlier."""
        style = Style.null()
        for name in role.split():
            style += self.get_component_rich_style(f"{self.ROLES_OF}--{name}", partial=True)
        return style

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
