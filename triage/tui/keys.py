"""Keys to actions: the app looks a key up here before any widget sees it.

Keys are looked up and carried out one after another in the app's own queue, so that the next key is not read before
an action has ended: none is lost, and none reaches a prompt or the list too early or too late.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from textual.events import Key

from triage.actions import ACTIONS, BY_NAME, Keymap, Where, default_keymap, shown

_OVER: Mapping[Where, tuple[Where, ...]] = {"compare": ("review",)}
"""Screens on which keys that are not their own mean what they mean on the screen below."""


_BRACES = re.compile(r"\{([a-z-]+)\}")
_WITH_KEY = ("quick-tag", "quick-view", "pick-number")


class Keys:
    """The keys in use."""

    def __init__(self, keymap: Keymap) -> None:
        self._keys = keymap
        self._names: dict[tuple[Where, str], str] = {
            (action.where, key): action.name for action in ACTIONS for key in keymap[action.name]
        }

    def action(self, where: Where, event: Key) -> tuple[str, str] | None:
        """The name of the action that a key means on a screen, and the key as settings write it; None for none."""
        for place in (where, *_OVER.get(where, ())):
            for key in (event.key, event.character):
                named = self._names.get((place, key)) if key is not None else None
                if key is not None and named is not None:
                    return named, key
        return None

    def all(self, name: str) -> Sequence[str]:
        """The keys of an action."""
        return self._keys[name]

    def place_of(self, name: str, key: str) -> int:
        """Which of an action's keys this is, from 0."""
        keys = self._keys[name]
        return keys.index(key) if key in keys else 0

    def shown(self, name: str) -> str:
        """The first key of an action as it is written on the screen; empty where it has none."""
        keys = self._keys[name]
        return shown(keys[0]) if keys else ""

    def fill(self, text: str) -> str:
        """`text` with the first key of each action whose name stands in braces: `{leave} closes`."""
        return _BRACES.sub(lambda found: self.shown(found[1]), text)

    def hint(self, name: str) -> tuple[str, str]:
        """Key and label of an action; the key is empty where it has none."""
        return self.shown(name), BY_NAME[name].label


def fill(screen: Any, text: str) -> str:
    """A hint with the keys in use on the screen's app; those of the table where that has none of its own."""
    keys: Keys = getattr(screen.app, "keys", None) or Keys(default_keymap())
    return keys.fill(text)


class Keyed(Protocol):
    """A screen whose keys come from the table of actions."""

    where: ClassVar[Where]

    async def act(self, name: str, key: str) -> None:
        """Carry out an action; `key` is what was pressed, for actions with several."""


async def carry_out(screen: Any, name: str, key: str) -> None:
    """Call the screen's method for an action: `do_next_flag` for `next-flag`, with the key where it asks for it."""
    method = getattr(screen, "do_" + name.replace("-", "_"))
    await (method(key) if name in _WITH_KEY else method())
