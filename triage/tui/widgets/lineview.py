"""What the line-drawn widgets share: the style of a role, the lines in view, scrolling without animation."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.events import Click
from textual.scroll_view import ScrollView

from triage.tui.render import UNICODE, Signs


class LineView(ScrollView, inherit_bindings=False):
    """A scrolled widget that draws line by line; its component classes are named `ROLES_OF` and the role.

    It has no keys of its own: all keys stand in the one table of actions.
    """

    ROLES_OF: ClassVar[str] = ""

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

    def scroll_to_line(self, y: int) -> None:
        """Put line `y` at the top of the view, as far as the text reaches."""
        # Forced: the scroll bar of a text just shown is laid out later, and without it Textual would not scroll.
        self.scroll_to(y=max(0, min(y, self.max_scroll_y)), animate=False, force=True)

    def line_clicked(self, event: Click) -> int:
        """Which line of the text the mouse is on."""
        return self.scroll_offset.y + event.get_content_offset_capture(self).y
