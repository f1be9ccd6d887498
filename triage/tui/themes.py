"""Our themes: dark, light, and one of high contrast."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="triage-dark",
    primary="#7aa2c8",
    secondary="#b294bb",
    accent="#e0b060",
    warning="#d9a441",
    error="#e07a6e",
    success="#8fb573",
    foreground="#d6d8da",
    background="#14171a",
    surface="#191d21",
    panel="#22282e",
    dark=True,
    variables={"footer-background": "#22282e", "block-cursor-text-style": "none", "pane-line": "#40474d"},
)
LIGHT = Theme(
    name="triage-light",
    primary="#2b5f8a",
    secondary="#7a4a8c",
    accent="#9a5b00",
    warning="#8a5a00",
    error="#b3261e",
    success="#2e6b2e",
    foreground="#1e2226",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e6e3db",
    dark=False,
    variables={"block-cursor-text-style": "none", "pane-line": "#aaa598"},
)
CONTRAST = Theme(
    name="triage-contrast",
    primary="#5fd7ff",
    secondary="#ff9cff",
    accent="#ffd700",
    warning="#ffd700",
    error="#ff8a8a",
    success="#6bff6b",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    dark=True,
    text_alpha=1.0,
    variables={"block-cursor-text-style": "none", "pane-line": "#9a9a9a"},
)
PANE_LINE = "#7d858c"
"""Between panes, in themes of others: to be seen on light and dark grounds."""
THEMES = (DARK, LIGHT, CONTRAST)
WITHOUT_COLOUR = "ansi-dark"
"""The theme under NO_COLOR: it asks for no colour of its own, so nothing but bold, dim and reverse is sent."""
