"""Whether the analyst has seen the keys that matter: once is enough, whatever the folder."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from platformdirs import user_state_path


def _mark() -> Path:
    return user_state_path("article-triage") / "greeted"


def seen() -> bool:
    """Whether this user was greeted before."""
    with suppress(OSError):
        return _mark().exists()
    return False


def note() -> None:
    """Note that the user was greeted; where nothing can be written, the greeting comes again."""
    with suppress(OSError):
        _mark().parent.mkdir(parents=True, exist_ok=True)
        _mark().touch()
