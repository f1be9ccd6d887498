"""Styles of parts of a widget, each worked out when a line first needs it.

Textual works out all component classes of a widget whenever its styles may have changed, several times before the
first picture: of the hundred and more of our panes that took longer than to draw them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from rich.style import Style
from textual.dom import DOMNode

if TYPE_CHECKING:
    from textual.widget import Widget
else:
    Widget = object  # the widget that this is mixed into brings it


class Roles(Widget):
    """A widget with parts in roles; in CSS the part is a child of class `ROLES_OF--role`, as component classes are."""

    ROLES_OF: ClassVar[str] = ""
    ROLES: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._role_styles: dict[str, Style] = {}

    def style_of(self, role: str) -> Style:
        """The style of a role, or of several with a space between, the later over the earlier. Raises KeyError."""
        style = self._role_styles.get(role)
        if style is None:
            style = Style.null()
            for name in role.split():
                style += self._worked_out(name)
            self._role_styles[role] = style
        return style

    def notify_style_update(self) -> None:
        """Styles may be others now: another theme, or the keys come here or go."""
        super().notify_style_update()
        before, self._role_styles = self._role_styles, {}
        if any(self.style_of(role) != style for role, style in before.items()):
            self.refresh()

    def _worked_out(self, name: str) -> Style:
        if name not in self.ROLES:
            raise KeyError(name)
        part = DOMNode(classes=f"{self.ROLES_OF}--{name}")
        part._attach(self)  # noqa: SLF001 (as Textual does for component classes)
        self.app.stylesheet.apply(part)
        return part.styles.partial_rich_style
