"""Article of a web page: trafilatura's choice of text, checked against the page itself."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Sequence
from copy import copy

from lxml import etree
from lxml.html import HtmlElement
from trafilatura import bare_extraction, core
from trafilatura.htmlprocessing import convert_tags, tree_cleaning
from trafilatura.settings import Document, Extractor

from triage.extraction import searches
from triage.extraction.page_order import true_to_page
from triage.extraction.page_text import letters_of
from triage.extraction.visible import VisibleBlock
from triage.model import Block, BlockKind
from triage.text import clean, clean_line

# trafilatura tells of each page without an article; here that is an ordinary finding.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

searches.quicken()


def _prepared(tree: HtmlElement, options: Extractor, url: str | None) -> tuple[HtmlElement, HtmlElement]:
    """Trafilatura's own preparation, without the copy that only its second opinions and comments read."""
    cleaned = tree_cleaning(copy(tree), options)
    kept = cleaned if options.fast and not options.comments else copy(cleaned)
    return convert_tags(cleaned, options, url), kept


core._prepare_tree = _prepared  # noqa: SLF001 - no way to ask for it

_TRIPPED = (
    ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, OverflowError, etree.LxmlError,
)  # fmt: skip
# Any format but its default, which also writes the text that is taken from the tree here.
_FAST, _WITH_SECOND_OPINIONS = (Extractor(output_format="xml", comments=False, fast=fast) for fast in (True, False))
_GENEROUS = Extractor(output_format="xml", comments=False, fast=True, recall=True)
_PROSE_KINDS = {"paragraph", "quote", "list-item"}
_SHARE = 0.5
"""Share of the page's prose below which the fast extraction, 1.3 times as fast, gets a second opinion, and below which
the most generous of all is asked: the paragraphs of some pages are no paragraphs of markup."""
_NONE = 0.1
"""Share of the page's prose below which what was extracted is anything but its article, if it is too little by itself:
below some stories stand the comments of hundreds."""
_BEGINNING = 60
"""Letters by which a paragraph is known again in what was extracted."""
_TOO_LITTLE = 200
_MUCH = 1000
_LONGEST_BROKEN_JSON = 20_000
"""Characters of JSON-LD that cannot be parsed up to which trafilatura's patterns may search it: they take a time that
grows with the square of the length, 180,000 characters over 20 seconds."""
_LEAD_KINDS: dict[str, BlockKind] = {"head": "heading", "quote": "quote", "code": "code", "row": "table-row"}


def extracted_blocks(tree: HtmlElement, page: Sequence[VisibleBlock]) -> list[Block]:
    """Blocks of the article in the page's order; empty where trafilatura finds none.

    What trafilatura prints more often than the page holds it is dropped, and a paragraph that stands twice in a
    row in the page, of which it keeps one, is put back: repeats are the page's, never the extractor's. Long JSON-LD
    that is broken leaves `tree`.
    """
    _drop_broken_json(tree)
    prose = _prose(page)
    blocks = _extracted(tree, _FAST)
    if _told(blocks) < _SHARE * prose:
        blocks = max(blocks, _extracted(tree, _WITH_SECOND_OPINIONS), key=_length)
        if _told(blocks) < _SHARE * prose:
            generous = _extracted(tree, _GENEROUS)
            blocks = generous if _told(generous) > _told(blocks) and _length(generous) > _length(blocks) else blocks
    if not blocks or (prose > _MUCH and (_length(blocks) < _TOO_LITTLE or _is_beside(blocks, page, prose))):
        return []
    return true_to_page(blocks, page)


def _extracted(tree: HtmlElement, options: Extractor) -> list[Block]:
    """What trafilatura takes for the article; empty where it finds none."""
    try:
        document = bare_extraction(tree, options=options)
    except _TRIPPED:
        return []  # odd markup trips it now and then; the visible text stands in
    if not isinstance(document, Document) or document.body is None:
        return []
    return [block for block in _blocks(document.body) if block.text]


def _drop_broken_json(tree: HtmlElement) -> None:
    for script in tree.xpath('//script[contains(@type, "json")]'):
        if len(script.text or "") > _LONGEST_BROKEN_JSON and not _is_json(script.text):
            script.text = None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _is_beside(blocks: Sequence[Block], page: Sequence[VisibleBlock], prose: int) -> bool:
    """Whether hardly any of the page's `prose` was extracted, and less than it is: what was is none of its article."""
    if _told(blocks) >= _SHARE * prose or _length(blocks) >= prose:
        return False
    letters = letters_of("".join(block.text for block in blocks))
    held = (b for b in page if _is_prose(b) and letters_of(b.text)[:_BEGINNING] in letters)
    return sum(len(b.text) for b in held) < min(_NONE * prose, _TOO_LITTLE)


def _told(blocks: Sequence[Block]) -> int:
    """Characters of what was extracted but for headings, tables and code."""
    return _length([block for block in blocks if block.kind in _PROSE_KINDS])


def _prose(page: Sequence[VisibleBlock]) -> int:
    """Characters of the page's prose."""
    return sum(len(block.text) for block in page if _is_prose(block))


def _is_prose(block: VisibleBlock) -> bool:
    """Whether a block has over 80 characters that are seen and not mostly links, and is no row and no code."""
    return block.kind in _PROSE_KINDS and len(block.text) > 80 and block.links < 0.3 and not block.hidden


def _blocks(body: etree._Element) -> Iterator[Block]:
    """The blocks of trafilatura's own tree (p, head, list, quote, table, code, with `lb` for line breaks)."""
    for element in body:
        tag = element.tag
        if tag == "list":
            yield from _items(element)
        elif tag == "table":
            for row in element.iter("row"):
                cells = (clean_line(" ".join(_text(cell))) for cell in row.iter("cell"))
                yield Block("table-row", " | ".join(cell for cell in cells if cell))
        elif tag == "code":
            yield Block("code", clean("".join(_text(element))).strip("\n"))
        elif tag in {"head", "quote"} or not _has_blocks(element):
            yield from _parts(element, _LEAD_KINDS.get(str(tag), "paragraph"))
        else:
            yield Block("paragraph", clean_line(element.text or ""))
            yield from _blocks(element)
        if element.tail and element.tail.strip():
            yield Block("paragraph", clean_line(element.tail))


def _items(element: etree._Element) -> Iterator[Block]:
    for item in element:
        if item.tag == "list":
            yield from _items(item)
        elif (nested := item.find("list")) is not None:
            yield Block("list-item", clean_line(item.text or ""))
            yield from _items(nested)
        else:
            yield from _parts(item, "list-item")


def _has_blocks(element: etree._Element) -> bool:
    return any(child.tag in {"p", "head", "list", "table", "quote", "div"} for child in element)


def _parts(element: etree._Element, kind: BlockKind) -> Iterator[Block]:
    """The text of one element; two line breaks in a row part it."""
    for part in re.split(r"\n\s*\n", "".join(_text(element))):
        yield Block(kind, clean_line(part))


def _text(element: etree._Element) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if child.tag == "lb":
            yield "\n"
        elif child.tag in {"p", "row", "item"}:
            yield "\n\n"
            yield from _text(child)
            yield "\n\n"
        elif child.tag != "graphic":
            yield from _text(child)
        if child.tail:
            yield child.tail
