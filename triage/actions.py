"""The one table of actions: name, keys, label, help, where it holds.

Bindings, key hints, help, palette, settings and the README's key table all come from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from triage.errors import ConfigError
from triage.presets import ABOUT, PRESETS

Where = Literal["review", "compare", "prompt", "confirm", "list"]
"""The screens: reviewing; comparing copies (over the review, whose keys hold there too); a line being typed; a
question to be answered; a list to pick from or read."""

Group = Literal[
    "Move",
    "Decide",
    "Select",
    "Tag and note",
    "Read",
    "Find",
    "Program",
    "Comparing copies",
    "While typing",
    "In lists",
]


@dataclass(frozen=True, slots=True)
class Action:
    """Something the analyst can do: its name in settings, its keys, and how it is told."""

    name: str
    keys: tuple[str, ...]
    label: str
    """One or two words, for the line of key hints."""
    help: str
    """A sentence without its full stop, for help, palette and README."""
    group: Group
    where: Where = "review"


ACTIONS: tuple[Action, ...] = (
    Action("down", ("j", "down"), "down", "Next item; in the text pane, a line down", "Move"),
    Action("up", ("k", "up"), "up", "Previous item; in the text pane, a line up", "Move"),
    Action("next-undecided", ("n",), "next", "Next undecided item; wraps at the end and says so", "Move"),
    Action("previous-undecided", ("p",), "previous", "Previous undecided item", "Move"),
    Action(
        "last-decided",
        ("'",),
        "last decided",
        "Back to the item decided last, as to tag it; again: to where one was",
        "Move",
    ),
    Action("read-on", ("space",), "read on", "Page through the text, at its end the next undecided item", "Move"),
    Action("half-page-down", ("ctrl+d",), "half page down", "Half a page down in the list", "Move"),
    Action("half-page-up", ("ctrl+u",), "half page up", "Half a page up in the list", "Move"),
    Action("first", ("g", "home"), "first", "First item; in the text pane, its beginning", "Move"),
    Action("last", ("G", "end"), "last", "Last item; in the text pane, its end", "Move"),
    Action("other-pane", ("tab",), "other pane", "Go round list, text and evidence", "Move"),
    Action("keep", ("a",), "keep", "Keep, and go on to the next undecided item", "Decide"),
    Action("discard", ("d", "x"), "discard", "Discard (a mark, no file is touched), and go on", "Decide"),
    Action("later", ("s",), "later", "Set aside for later, and go on", "Decide"),
    Action("discard-because", ("D",), "discard because", "Discard with a reason, proposed from the flags", "Decide"),
    Action("clear", ("0",), "undecide", "Make it undecided again", "Decide"),
    Action("undo", ("u", "backspace"), "undo", "Undo the last step and go to its item; also after a restart", "Decide"),
    Action("redo", ("U", "ctrl+r"), "redo", "Redo what was undone", "Decide"),
    Action("advance", ("A",), "advance", "Switch going on after a decision off or on", "Decide"),
    Action("range", ("v",), "range", "Begin or end a range; the next deciding key acts on all of it", "Select"),
    Action("alike", ("*",), "all alike", "Select all items like this one, with their number shown first", "Select"),
    Action(
        "compare",
        ("c",),
        "copies",
        "Compare the copies of this page, or of the next that has some: keep the best, discard the rest",
        "Select",
    ),
    Action(
        "best-copies",
        ("&",),
        "best of all",
        "Keep the best copy of every group shown where it holds nearly all of the others, discard those",
        "Select",
    ),
    Action(
        "shared-error",
        ("E",),
        "same error",
        "Discard all error pages of this site that have the same text, after a look at five of them",
        "Select",
    ),
    Action("tag", ("t",), "tag", "Edit tags, several at once, completed from those in use", "Tag and note"),
    Action("quick-tag", tuple("123456789"), "quick tag", "Add the tag with this digit", "Tag and note"),
    Action("rename-tag", ("T",), "rename tag", "Rename a tag on all items, or merge it into another", "Tag and note"),
    Action("note", ("m",), "note", "Write a note", "Tag and note"),
    Action("long-note", ("M",), "long note", "Write a note of several lines in $EDITOR", "Tag and note"),
    Action("page-down", ("pagedown",), "page down", "A page of text down", "Read"),
    Action("page-up", ("pageup",), "page up", "A page of text up", "Read"),
    Action("line-down", ("J",), "line down", "The text a line down, whichever pane is active", "Read"),
    Action("line-up", ("K",), "line up", "The text a line up, whichever pane is active", "Read"),
    Action("next-flag", ("]",), "next flag", "Next flag in the text", "Read"),
    Action("previous-flag", ("[",), "previous flag", "Previous flag in the text", "Read"),
    Action("first-copy", ("b",), "first copy", "From a repeated section to its first copy", "Read"),
    Action("beside", ("=",), "side by side", "A repeated section beside its first copy, what differs marked", "Read"),
    Action("fold", ("enter",), "open fold", "Open or close the fold under the text cursor", "Read"),
    Action("next-block", ("}",), "next paragraph", "Go to the next paragraph of the text", "Read"),
    Action("previous-block", ("{",), "previous paragraph", "Go to the paragraph before", "Read"),
    Action(
        "noise", ("-",), "is noise", "Mark the paragraph or flag gone to as noise: the clean text leaves it out", "Read"
    ),
    Action(
        "no-noise", ("+",), "no noise", "Mark it as no noise: the clean text keeps it, whatever was flagged", "Read"
    ),
    Action("mode", ("r",), "clean/source", "Switch the text between marked, clean and source", "Read"),
    Action("evidence", ("w",), "why", "Show or hide the evidence: every flag with its reason", "Read"),
    Action("zoom", ("z",), "zoom", "Give the text the whole screen, and back", "Read"),
    Action(
        "panes", ("|",), "panes", "Text below the list, beside it, or one pane at a time; then by the width", "Read"
    ),
    Action("list-wider", (">",), "wider list", "Give the list more of the screen", "Read"),
    Action("list-narrower", ("<",), "narrower list", "Give the text more of the screen", "Read"),
    Action("filter", ("/",), "filter", "Filter the list; an empty filter shows everything", "Find"),
    Action(
        "facets",
        ("f",),
        "counts",
        "Count items by state, flag, cause, site, language and tag, and filter by one",
        "Find",
    ),
    Action("views", ("V",), "views", "Saved filters: show one, save this one, forget one", "Find"),
    Action(
        "quick-view",
        tuple(f"f{number}" for number in range(2, 10)),
        "own view",
        "Show the saved filter of this key",
        "Find",
    ),
    Action(
        "word-lists",
        ("W",),
        "word lists",
        "Words that speak for keeping or discarding: marked wherever they stand",
        "Find",
    ),
    Action("with-errors", ("I",), "error pages", "Show the error pages that a search leaves out, and back", "Find"),
    Action("next-match", (".",), "next match", "Next word of the filter in the text", "Find"),
    Action("previous-match", (",",), "previous match", "Previous word of the filter in the text", "Find"),
    Action("sort", ("S",), "sort", "Choose the order of the list", "Find"),
    Action("group-by", ("B",), "group by", "Group the list by site, by flag, by copies, and no longer", "Find"),
    Action("refresh", ("R",), "refresh", "Apply filter and order again: what no longer matches leaves", "Find"),
    Action("later-queue", ("L",), "later queue", "Go through what was set aside for later, and back", "Find"),
    Action("back", ("escape",), "back", "Step back: from selection, zoom, pane, then filter", "Find"),
    Action("junk", ("X",), "junk cards", "Go through the flagged error pages as cards, one key each", "Find"),
    Action("history", ("H",), "history", "Who decided what and when; undo back to a step", "Program"),
    Action("page-history", ("h",), "its history", "Who decided what on this page, and when", "Program"),
    Action(
        "summary",
        ("i",),
        "summary",
        "How far it is and how fast: by state, flag and site, with the time left",
        "Program",
    ),
    Action("skipped", ("!",), "skipped", "Files that were skipped, each with its reason", "Program"),
    Action("open", ("o",), "browser", "Open the page in the browser", "Program"),
    Action("edit", ("e",), "editor", "Open the page's file in $EDITOR, at the line of the text", "Program"),
    Action("pager", ("P",), "pager", "Open the page's source in $PAGER, at the line of the text", "Program"),
    Action("copy", ("y",), "copy", "Copy address, path, title or clean text to the clipboard", "Program"),
    Action(
        "export", ("O",), "export", "Write the items shown to a file: JSON lines, CSV, Markdown or Parquet", "Program"
    ),
    Action("copy-selection", ("ctrl+c",), "copy selected", "Copy what the mouse selected in the text", "Program"),
    Action("theme", ("C",), "colours", "Choose the colours: dark, light, of high contrast, or others", "Program"),
    Action("palette", (":", "ctrl+p"), "palette", "Find any action by name", "Program"),
    Action("help", ("?", "f1"), "help", "All keys; type to filter", "Program"),
    Action("quit", ("q",), "quit", "Quit; every decision is already saved", "Program"),
    Action(
        "keep-one",
        ("K", "enter"),
        "keep this, discard the rest",
        "Keep the copy under the cursor and discard the others, as one step",
        "Comparing copies",
        "compare",
    ),
    Action(
        "best",
        ("b",),
        "call it best",
        "Compare the others with the copy under the cursor",
        "Comparing copies",
        "compare",
    ),
    Action("accept", ("enter",), "accept", "Accept what was typed", "While typing", "prompt"),
    Action("complete", ("tab",), "complete", "Complete the word", "While typing", "prompt"),
    Action("cancel", ("escape",), "cancel", "Leave without a change", "While typing", "prompt"),
    Action("yes", ("y",), "yes", "Carry out what is asked", "In lists", "confirm"),
    Action("no", ("n", "escape", "q"), "no", "Leave without a change", "In lists", "confirm"),
    Action("pick", ("enter",), "choose", "Choose the line", "In lists", "list"),
    Action("pick-number", tuple("123456789"), "choose", "Choose the line with this digit", "In lists", "list"),
    Action("pick-down", ("j", "down"), "down", "A line down", "In lists", "list"),
    Action("pick-up", ("k", "up"), "up", "A line up", "In lists", "list"),
    Action("leave", ("escape", "q"), "close", "Close", "In lists", "list"),
)

BY_NAME: Mapping[str, Action] = {action.name: action for action in ACTIONS}

Keymap = Mapping[str, tuple[str, ...]]
"""Keys of every action, by its name; an action may have none."""

_SHOWN = {
    "space": "space",
    "escape": "esc",
    "backspace": "⌫",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
}


def default_keymap() -> dict[str, tuple[str, ...]]:
    """The keys of every action as they are when the user changed nothing."""
    return {action.name: action.keys for action in ACTIONS}


def keymap(changes: Mapping[str, str | Sequence[str]], preset: str = "default") -> dict[str, tuple[str, ...]]:
    """The keys of a preset with the user's `changes` (keys by action name; an empty list takes the keys away).

    A key given to one action is taken from the action that has it before. Raises ConfigError for a name that is
    no preset or no action, and for a key that was given to two actions of the same screen.
    """
    if preset not in PRESETS:
        raise ConfigError(f"there are no keys called “{preset}”; there are {', '.join(PRESETS)}")
    return _changed(_changed(default_keymap(), PRESETS[preset]), changes)


def _changed(
    before: Mapping[str, tuple[str, ...]], changes: Mapping[str, str | Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    result = dict(before)
    given: dict[tuple[Where, str], str] = {}
    for name, keys in changes.items():
        action = BY_NAME.get(name)
        if action is None:
            raise ConfigError(f"keys: no action is called “{name}”{_nearest(name)}")
        wanted = (keys,) if isinstance(keys, str) else tuple(keys)
        for key in wanted:
            if not _is_key(key):
                raise ConfigError(f"keys: “{key}” for {name} is no key; write one character, or a name like ctrl+k")
            other = given.setdefault((action.where, key), name)
            if other != name:
                raise ConfigError(f"keys: “{key}” is given to both {other} and {name}; a key does one thing")
        result[name] = wanted
    return {name: keys if name in changes else _left(name, keys, given) for name, keys in result.items()}


def _left(name: str, keys: tuple[str, ...], given: Mapping[tuple[Where, str], str]) -> tuple[str, ...]:
    where = BY_NAME[name].where
    return tuple(key for key in keys if (where, key) not in given)


def _nearest(name: str) -> str:
    near = get_close_matches(name.replace("_", "-"), BY_NAME, n=1)
    return f"; did you mean “{near[0]}”?" if near else ""


_NAMED = frozenset(
    [
        *["space", "enter", "escape", "backspace", "tab", "delete", "insert", "home", "end"],
        *["pageup", "pagedown", "up", "down", "left", "right"],
    ]
    + [f"f{number}" for number in range(1, 25)]
)


def _is_key(key: str) -> bool:
    if len(key) == 1:
        return key.isprintable() and not key.isspace()
    *modifiers, last = key.split("+")
    return set(modifiers) <= {"ctrl", "shift", "alt"} and (last in _NAMED or (bool(modifiers) and len(last) == 1))


def shown(key: str) -> str:
    """A key as it is written on the screen: `ctrl+r` is `^R`, `pagedown` is `PgDn`."""
    if key.startswith("ctrl+") and len(key) == len("ctrl+") + 1:
        return "^" + key[-1].upper()
    return _SHOWN.get(key, key)


def shown_keys(keys: Iterable[str]) -> str:
    """Keys as they are written on the screen, a space apart; a run of digits as `1-9`, of function keys as `f2-f9`."""
    keys = tuple(keys)
    if _is_run(keys):
        return f"{keys[0]}-{keys[-1]}"
    return " ".join(shown(key) for key in keys)


def key_table(keys: Keymap | None = None) -> str:
    """The keys as Markdown tables, one a group, as the README shows them."""
    keys = default_keymap() if keys is None else keys
    lines: list[str] = []
    for group in dict.fromkeys(action.group for action in ACTIONS):
        lines += [f"**{group}**", "", "| key | what it does |", "| --- | --- |"]
        lines += [
            f"| {' '.join(_code(key) for key in _shorter(keys[action.name]))} | {action.help} |"
            for action in ACTIONS
            if action.group == group
        ]
        lines.append("")
    return "\n".join(lines)


def preset_table() -> str:
    """The presets as a Markdown table."""
    return "\n".join(
        ["| preset | what it is for |", "| --- | --- |", *(f"| `{name}` | {ABOUT[name]} |" for name in PRESETS)]
    )


def _shorter(keys: tuple[str, ...]) -> tuple[str, ...]:
    return (shown_keys(keys),) if _is_run(keys) else keys


def _is_run(keys: tuple[str, ...]) -> bool:
    """Digits or function keys, told by the first and the last."""
    return len(keys) > 2 and all(key.removeprefix("f").isdigit() for key in keys)


def _code(key: str) -> str:
    return f"`{key}`".replace("|", "\\|")
