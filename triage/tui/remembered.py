"""What is remembered of this user, whatever the folder: that they were greeted, and the theme they chose."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from platformdirs import user_state_path


def greeted() -> bool:
    """Whether this user has seen the keys that matter: once is enough."""
    with suppress(OSError):
        return _file("greeted").exists()
    return False


def note_greeting() -> None:
    """Note that the user was greeted; where nothing can be written, the greeting comes again."""
    _write("greeted", "")


def theme(settings: str | None) -> str | None:
    """The theme to begin with: the one chosen on the screen, unless the settings name another since."""
    with suppress(OSError, UnicodeDecodeError):
        chosen, _, then = _file("theme").read_text(encoding="utf-8").partition("\n")
        if chosen and then == (settings or ""):
            return chosen
    return settings


def note_theme(chosen: str, settings: str | None) -> None:
    """Note the theme chosen on the screen, and what the settings said then; the settings are not written to."""
    _write("theme", f"{chosen}\n{settings or ''}")


def _file(name: str) -> Path:
    return user_state_path("article-triage") / name


def _write(name: str, text: str) -> None:
    with suppress(OSError):
        _file(name).parent.mkdir(parents=True, exist_ok=True)
        _file(name).write_text(text, encoding="utf-8")
