"""Sets of keys to choose from in the settings. Each names what differs from the default keys of the table of actions.

A key that a preset gives to an action is taken from the action that has it by default.
"""

from __future__ import annotations

from collections.abc import Mapping

Changes = Mapping[str, tuple[str, ...]]

_VIM: Changes = {
    "next-match": ("n",),
    "previous-match": ("N",),
    "next-undecided": (")",),
    "previous-undecided": ("(",),
    "page-down": ("ctrl+f", "pagedown"),
    "page-up": ("ctrl+b", "pageup"),
    "line-down": ("ctrl+e", "J"),
    "line-up": ("ctrl+y", "K"),
    "redo": ("ctrl+r", "U"),
    "other-pane": ("ctrl+w", "tab"),
}
_MNEMONIC: Changes = {
    "keep": ("k",),
    "discard": ("d",),
    "later": ("l",),
    "down": ("down",),
    "up": ("up",),
}
_LEFT_HAND: Changes = {
    "down": ("f", "down"),
    "up": ("r", "up"),
    "next-undecided": ("g",),
    "previous-undecided": ("T",),
    "first": ("home",),
    "last": ("end",),
    "keep": ("e",),
    "discard": ("d",),
    "later": ("s",),
    "undo": ("t", "backspace"),
    "redo": ("Z", "ctrl+r"),
    "advance": ("ctrl+a",),
    "range": ("A",),
    "compare": ("G",),
    "shared-error": ("ctrl+g",),
    "tag": ("w",),
    "rename-tag": ("ctrl+t",),
    "note": ("W",),
    "word-lists": ("ctrl+w",),
    "page-down": ("v", "pagedown"),
    "page-up": ("b", "pageup"),
    "next-flag": ("x",),
    "previous-flag": ("X",),
    "first-copy": ("ctrl+v",),
    "fold": ("ctrl+f", "enter"),
    "mode": ("q",),
    "evidence": ("E",),
    "filter": ("a", "/"),
    "facets": ("F",),
    "next-match": ("c",),
    "previous-match": ("C",),
    "junk": ("ctrl+x",),
    "edit": ("ctrl+e",),
    "quit": ("Q",),
    "theme": ("`",),
    "best-copies": ("%",),
    "last-decided": ("~",),
}
_RIGHT_HAND: Changes = {
    "keep": ("l",),
    "discard": (";",),
    "later": ("'",),
    "discard-because": (":",),
    "palette": ("ctrl+p",),
    "range": (",",),
    "compare": (".",),
    "other-pane": ("\\", "tab"),
    "tag": ("o",),
    "open": ("C",),
    "evidence": ("h",),
    "page-history": ("H",),
    "history": ("N",),
    "mode": ("i",),
    "summary": ("I",),
    "with-errors": ("=",),
    "zoom": ("y",),
    "copy": ("Y",),
    "next-match": (">",),
    "previous-match": ("<",),
    "junk": ("P",),
    "pager": ("_",),
    "list-wider": (")",),
    "list-narrower": ("(",),
    "beside": ("&",),
    "theme": ('"',),
    "best-copies": ("ctrl+l",),
    "last-decided": ("ctrl+o",),
}

PRESETS: Mapping[str, Changes] = {
    "default": {},
    "vim": _VIM,
    "mnemonic": _MNEMONIC,
    "left-hand": _LEFT_HAND,
    "right-hand": _RIGHT_HAND,
}

ABOUT: Mapping[str, str] = {
    "default": "the left hand decides, the right hand moves",
    "vim": "`n` and `N` go through matches, `(` and `)` through undecided pages",
    "mnemonic": "`k` keeps, `d` discards, `l` is for later; the arrows move",
    "left-hand": "the left hand does it all: `e` keeps, `d` discards, `f` and `r` move",
    "right-hand": "the right hand does it all: `l` keeps, `;` discards, `j` and `k` move",
}
"""What a preset is for, in Markdown."""
