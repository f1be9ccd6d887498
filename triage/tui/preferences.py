"""What the user can choose about the screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from triage.actions import Keymap, default_keymap
from triage.session.deciding import REASONS


@dataclass(frozen=True, slots=True)
class Preferences:
    """The screen as it is when the user chose nothing."""

    theme: str = "triage-dark"
    """Name of a theme: ours are triage-dark, triage-light and triage-contrast; Textual's are there too."""
    keys: Keymap = field(default_factory=default_keymap)
    reasons: tuple[str, ...] = REASONS
    """Reasons offered for a discard, after those proposed from the flags."""
