"""Markup to a tree, with the limits of the parser lifted and told.

lxml drops the rest of a page at 255 nested elements or a text of 10 MB without a word, and one bad numeric
reference makes trafilatura give nothing; so pages are mended and parsed here, once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HTMLParser, document_fromstring

_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CONTROLS_AS_SPACES = bytes(ord(" ") if _CONTROLS.match(chr(code)) else code for code in range(128)) + bytes(
    range(128, 256)
)
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
# Without a class of its own for forms and fields: lxml.html asks Python for the class of each element it hands out.
_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)
_OF_HEAD = {"title", "meta", "link", "script", "style", "base", "noscript", "template"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tree of a page, None where it holds no element, and what the parser dropped, None for nothing."""

    tree: HtmlElement | None
    cut: str | None = None


def parse(html: str) -> Parsed:
    """The tree of `html`. Never raises on any text; entities are not resolved and nothing is fetched."""
    markup = _encoded(_without_open_comment(_with_good_references(html)))
    if b"<" not in markup and not markup.decode().strip():
        return Parsed(None)
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8", no_network=True)
    parser.set_element_class_lookup(_CLASSES)
    try:
        tree = document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Parsed(None)
    _give_body(tree)
    return Parsed(tree, _cut(parser))


def _give_body(tree: HtmlElement) -> None:
    """Take what is shown out of the head: libxml2 lets <main>, <article> and their kin of HTML5 begin no body."""
    head = tree.find("head")
    if head is None:
        return
    at = next((number for number, child in enumerate(head) if child.tag not in _OF_HEAD), None)
    if at is None:
        return
    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        tree.append(body)
    for number, child in enumerate(head[at:]):
        body.insert(number, child)


def _without_open_comment(html: str) -> str:
    """`html` without the sign that begins a comment which nothing ends, where it would swallow most of the page."""
    at = html.rfind("<!--")
    if at < 0 or at > len(html) - at or "-->" in html[at:]:
        return html
    return f"{html[:at]} {html[at + 4 :]}"


def _with_good_references(html: str) -> str:
    if "&#" not in html or all(map(_allowed, set(_REFERENCE.findall(html)))):
        return html
    return _REFERENCE.sub(_mend, html)


def _encoded(html: str) -> bytes:
    """`html` in UTF-8, with a space for each character that markup may not hold."""
    try:
        data = html.encode()
    except UnicodeEncodeError:  # half a character pair
        return _CONTROLS.sub(" ", html).encode()
    data = data.translate(_CONTROLS_AS_SPACES)
    return _CONTROLS.sub(" ", html).encode() if any(one in data for one in _NO_CHARACTERS) else data


def _allowed(reference: tuple[str, str]) -> bool:
    """Whether markup may hold the character that a reference stands for: by its hexadecimal or its decimal digits."""
    code = int(reference[0], 16) if reference[0] else int(reference[1])
    return code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000


def _mend(reference: re.Match[str]) -> str:
    """A reference to a character that markup may not hold becomes a space; others stay as they are."""
    return reference[0] if _allowed((reference[1], reference[2])) else " "


def _cut(parser: HTMLParser) -> str | None:
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            return "cut by the parser: elements are nested too deep or one text is too long"
    return None
