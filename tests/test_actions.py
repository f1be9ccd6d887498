from __future__ import annotations

import re
from collections import Counter

import pytest

from triage.actions import ACTIONS, BY_NAME, default_keymap, key_table, keymap, shown, shown_keys
from triage.errors import ConfigError
from triage.presets import PRESETS

DESIGN = {
    "down": "j", "up": "k", "next-undecided": "n", "previous-undecided": "p", "read-on": "space",
    "keep": "a", "discard": "d x", "later": "s", "undo": "u backspace", "redo": "U ctrl+r",
    "discard-because": "D", "tag": "t", "note": "m", "range": "v", "alike": "*",
    "next-flag": "]", "previous-flag": "[", "evidence": "w", "mode": "r", "fold": "enter",
    "filter": "/", "next-match": ".", "previous-match": ",", "facets": "f", "sort": "S", "history": "H",
    "open": "o", "edit": "e", "copy": "y", "zoom": "z", "first": "g", "last": "G", "other-pane": "tab",
    "help": "?", "quit": "q", "quick-tag": "1 2 3 4 5 6 7 8 9",
}  # fmt: skip


def test_the_default_keys_are_the_designed_ones_and_do_not_move_by_accident() -> None:
    keys = default_keymap()
    missing = {name: wanted for name, wanted in DESIGN.items() if not set(wanted.split()) <= set(keys[name])}
    assert missing == {}


def test_no_key_does_two_things_on_one_screen() -> None:
    uses = Counter((action.where, key) for action in ACTIONS for key in action.keys)
    assert [use for use, times in uses.items() if times > 1] == []


def test_names_are_unique_and_every_action_tells_what_it_does() -> None:
    assert len(BY_NAME) == len(ACTIONS)
    assert all(action.label and action.help and not action.help.endswith(".") for action in ACTIONS)


def test_a_user_changes_the_keys_of_one_action_and_the_rest_stays() -> None:
    keys = keymap({"keep": "ф", "later": ["l", "ctrl+l"]})
    assert keys["keep"] == ("ф",)
    assert keys["later"] == ("l", "ctrl+l")
    assert keys["discard"] == ("d", "x")


def test_a_key_given_anew_leaves_the_action_that_had_it() -> None:
    keys = keymap({"keep": "d"})
    assert keys["keep"] == ("d",)
    assert keys["discard"] == ("x",)


def test_a_key_of_another_screen_is_not_taken() -> None:
    assert keymap({"keep": "enter"})["accept"] == ("enter",)


def test_an_action_can_be_left_without_a_key() -> None:
    assert keymap({"quit": []})["quit"] == ()


def test_an_unknown_name_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(ConfigError, match=r"“discrad”; did you mean “discard”\?"):
        keymap({"discrad": "q"})


def test_a_name_far_from_all_is_refused_without_a_guess() -> None:
    with pytest.raises(ConfigError, match=r"“zzzzzz”$"):
        keymap({"zzzzzz": "q"})


def test_one_key_for_two_actions_is_refused_with_both_names() -> None:
    with pytest.raises(ConfigError, match="“h” is given to both keep and discard"):
        keymap({"keep": "h", "discard": "h"})


LEFT = {*"qwertasdfgzxcvb12345", "space", "tab", "escape", *(f"ctrl+{key}" for key in "qwertasdfgzxcvb")}
RIGHT = {*"yuiophjklnm;:',.<>/?[]\\\\67890-=*", "space", "enter", "backspace", "up", "down", "pageup", "pagedown"}
CORE = (
    "down", "up", "next-undecided", "previous-undecided", "read-on", "keep", "discard", "later", "discard-because",
    "undo", "redo", "range", "compare", "tag", "note", "next-flag", "previous-flag", "mode", "evidence", "filter",
    "other-pane",
)  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS)
def test_in_every_preset_every_action_has_a_key_of_its_own(preset: str) -> None:
    keys = keymap({}, preset)
    assert [name for name, given in keys.items() if not given] == []
    uses = Counter((BY_NAME[name].where, key) for name, given in keys.items() for key in given)
    assert [use for use, times in uses.items() if times > 1] == []


@pytest.mark.parametrize(("preset", "hand"), [("left-hand", LEFT), ("right-hand", RIGHT)])
def test_one_hand_reaches_all_that_is_needed(preset: str, hand: set[str]) -> None:
    keys = keymap({}, preset)
    assert [name for name in CORE if not {key.lower() for key in keys[name]} & hand] == []


def test_the_presets_are_what_they_are_called() -> None:
    assert keymap({}, "mnemonic")["keep"] == ("k",)
    assert keymap({}, "vim")["next-match"] == ("n",)
    assert keymap({}, "default") == default_keymap()


def test_a_users_keys_change_those_of_the_preset() -> None:
    keys = keymap({"up": "k"}, "mnemonic")
    assert (keys["up"], keys["keep"]) == (("k",), ())
    with pytest.raises(ConfigError, match="vim, mnemonic"):
        keymap({}, "emacs")


@pytest.mark.parametrize("key", ["", "esc", "hyper+a", "ctrl+", " ", "aa"])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(ConfigError, match="is no key"):
        keymap({"keep": key})


def test_keys_are_shown_as_one_writes_them() -> None:
    assert [shown(key) for key in ("a", "ctrl+r", "escape", "pagedown", "space")] == ["a", "^R", "esc", "PgDn", "space"]
    assert shown_keys("123456789") == "1-9"
    assert shown_keys(("j", "down")) == "j ↓"


def test_the_readme_table_holds_every_action_and_every_key() -> None:
    table = key_table()
    assert all(action.help in table for action in ACTIONS)
    rows = [line for line in table.splitlines() if re.match(r"\| .*`", line)]
    assert len(rows) == len(ACTIONS)
    assert "| `1-9` | " in table
