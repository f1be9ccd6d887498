"""Our own walk of the tree: every block of text of the page in its order, chrome included.

It stands in where the extractor finds nothing, shows what the extractor dropped or doubled, and is the ground
of the evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from triage.model import BlockKind
from triage.text import clean, clean_line

_UNSEEN = {
    "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "head", "title", "canvas", "audio",
    "video", "datalist", "option", "map", "frameset", "noframes", "textarea",
}  # fmt: skip
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "input", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "button", "select", "meta", "link", "picture", "source",
}  # fmt: skip
_KINDS: dict[str, BlockKind] = {
    "h1": "heading", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "li": "list-item", "dt": "list-item", "dd": "list-item", "blockquote": "quote", "tr": "table-row", "pre": "code",
}  # fmt: skip
_CARRIED = {"quote", "list-item", "table-row", "code"}
"""Kinds that a paragraph inside keeps."""
_CELLS = {"td", "th"}
_RUNNING = _INLINE | _CELLS | _UNSEEN | {"br"}
"""Elements behind which a block goes on."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class VisibleBlock(NamedTuple):
    """A block of the page's text: what kind, how much of it is links, whether a browser would hide it."""

    kind: BlockKind
    text: str
    link_chars: int
    hidden: bool
    tag: str

    @property
    def links(self) -> float:
        """Share of the text inside links, 0..1."""
        return min(1.0, self.link_chars / len(self.text)) if self.text else 0.0


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside an element: the kind of its blocks, whether it is hidden or part of a link."""

    kind: BlockKind = "paragraph"
    tag: str = "body"
    hidden: bool = False
    link: bool = False


_state = lru_cache(maxsize=4096)(_State)


class _Gatherer:
    """Gathers the text of one block after the other."""

    def __init__(self) -> None:
        self.blocks: list[VisibleBlock] = []
        self._state = _State()
        self._pieces: list[str] = []
        self._link_chars = 0
        self._breaks = 0
        self._begun = False
        """Whether there is more than white space so far."""

    def add(self, text: str, state: _State) -> None:
        if text.isspace():
            self._pieces.append(text if state.kind == "code" else " ")
            return
        if not self._begun:
            self._state, self._begun = state, True
        self._pieces.append(text)
        self._breaks = 0
        if state.link:
            self._link_chars += len(text.strip())

    def line_break(self, state: _State) -> None:
        """Two breaks in a row end a paragraph, one does not."""
        self._breaks += 1
        if self._breaks >= 2:
            self.close()
        else:
            self._pieces.append("\n" if state.kind == "code" else " ")

    def cell(self) -> None:
        if self._pieces:
            self._pieces.append(" | ")
            self._begun = True

    def close(self) -> None:
        whole = "".join(self._pieces)
        if self._begun or whole.strip(" \t\r\n"):  # most are the white space between two elements
            self._take(whole)
        self._pieces, self._link_chars, self._breaks, self._begun = [], 0, 0, False

    def _take(self, whole: str) -> None:
        state = self._state
        text = clean(whole).strip("\n").rstrip() if state.kind == "code" else clean_line(whole).strip(" |")
        if text:
            self.blocks.append(VisibleBlock(state.kind, text, self._link_chars, state.hidden, state.tag))


def visible_blocks(tree: HtmlElement) -> list[VisibleBlock]:
    """All blocks of the page's text in its order; blocks a browser hides are among them, marked as hidden."""
    gatherer = _Gatherer()
    add, close = gatherer.add, gatherer.close
    state, outer = _State(), list[_State]()
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            outer.append(state)
            if tag in _UNSEEN:
                walker.skip_subtree()
                continue
            state = _inner(element, tag, state)
            if tag == "br":
                gatherer.line_break(state)
            elif tag in _CELLS:
                gatherer.cell()
            elif tag not in _INLINE:
                close()
            if text := element.text:
                add(text, state)
        else:
            state = outer.pop()
            if tag not in _RUNNING:
                close()
            if text := element.tail:
                add(text, state)
    close()
    return gatherer.blocks


def _inner(element: HtmlElement, tag: str, outer: _State) -> _State:
    hidden = outer.hidden or _is_hidden(element)
    link = outer.link or tag == "a"
    if tag in _INLINE or tag in _CELLS:
        unchanged = hidden == outer.hidden and link == outer.link
        return outer if unchanged else _state(outer.kind, outer.tag, hidden, link)
    kind = _KINDS.get(tag)
    if kind is None:
        kind = outer.kind if outer.kind in _CARRIED else "paragraph"
    return _state(kind, tag, hidden, link)


def _is_hidden(element: HtmlElement) -> bool:
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))
