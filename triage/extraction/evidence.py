"""What flags need of the raw page and the article no longer shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from triage.extraction.marks import find_marks
from triage.extraction.searches import Search
from triage.extraction.visible import VisibleBlock
from triage.model import Block, Evidence
from triage.text import clean_line

_MESSAGES = 8000
_NOSCRIPT = 2000
_HEADINGS = 20
_LD_TYPE = re.compile(r'"@type"\s*:\s*(?:"([A-Za-z]{2,40})"|\[\s*"([A-Za-z]{2,40})")')
_ASKED = ("form", "input", "link", "meta", "noscript", "script", "title")
_AUTHOR_METAS = ({"author", "byl"}, {"article:author"})
"""Names and properties of <meta> that tell an author."""
_BYLINE = Search("(//*[@rel='author' or @itemprop='author' or contains(@class, 'byline')])[1]")
_PASSWORD = str.maketrans("PASWORD", "pasword")


def evidence_of(
    html: str, tree: HtmlElement | None, names: str, blocks: Sequence[VisibleBlock], cut: str | None
) -> Evidence:
    """The evidence of one page from its markup, tree, the names in it and its visible blocks.

    `cut` is what the parser dropped.
    """
    marks = find_marks(html)
    if tree is None:
        return Evidence(html_chars=len(html), marks=marks, cut=cut)
    seen = [block for block in blocks if not block.hidden]
    found = _elements(tree)
    metas = _metas(found["meta"])
    return Evidence(
        title=_title(found["title"]),
        headings=tuple(b.text[:300] for b in blocks if b.tag in {"h1", "h2"} and not b.hidden)[:_HEADINGS],
        messages=_messages(seen),
        visible_chars=sum(len(block.text) for block in seen),
        link_chars=sum(min(block.link_chars, len(block.text)) for block in seen),
        noscript=_noscript(found["noscript"]),
        hidden=tuple(block.text[:300] for block in blocks if block.hidden)[:50],
        html_chars=len(html),
        script_chars=sum(len(script.text or script.get("src", "")) for script in found["script"]),
        forms=len(found["form"]),
        password_fields=sum(field.get("type", "").translate(_PASSWORD) == "password" for field in found["input"]),
        marks=marks,
        json_ld_types=_json_ld_types(found["script"]),
        canonical=_address(_canonical(found["link"])),
        og_url=_address(metas.get("og:url")),
        html_lang=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        robots=metas.get("robots"),
        meta_refresh=metas.get("refresh"),
        has_byline=any(map(_tells_author, found["meta"])) or _tells_byline(tree, names),
        cut=cut,
    )


def text_evidence(blocks: Sequence[Block]) -> Evidence:
    """The evidence of a text page, whose blocks are all that can be seen of it."""
    return Evidence(
        headings=tuple(block.text[:300] for block in blocks if block.kind == "heading")[:_HEADINGS],
        messages=_messages(blocks),
        visible_chars=sum(len(block.text) for block in blocks),
    )


def _messages(seen: Sequence[VisibleBlock | Block]) -> tuple[str, ...]:
    messages, room = [], _MESSAGES
    for block in seen:
        if block.links < 0.5:
            text = block.text[:1000]
            if len(text) > room:
                break
            messages.append(text)
            room -= len(text)
    return tuple(messages)


def _elements(tree: HtmlElement) -> dict[str, list[HtmlElement]]:
    """The elements that are asked for, by tag, in one walk of the page."""
    found: dict[str, list[HtmlElement]] = {tag: [] for tag in _ASKED}
    for element in tree.iter(*_ASKED):
        found[element.tag].append(element)
    return found


def _title(titles: Sequence[HtmlElement]) -> str:
    """The text of the page's title; a picture in SVG has one too."""
    title = next((one for one in titles if next(one.iterancestors("svg"), None) is None), None)
    return "" if title is None else clean_line(" ".join("".join(title.itertext()).split()))[:500]


def _metas(elements: Sequence[HtmlElement]) -> dict[str, str]:
    """First content of each <meta>, by its name, property or http-equiv in lower case."""
    metas: dict[str, str] = {}
    for meta in elements:
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content:
            metas.setdefault(name.strip().lower(), clean_line(content)[:500])
    return metas


def _tells_author(meta: HtmlElement) -> bool:
    names, properties = _AUTHOR_METAS
    return (meta.get("name") in names or meta.get("property") in properties) and len(meta.get("content", "")) > 2


def _tells_byline(tree: HtmlElement, names: str) -> bool:
    return ("byline" in names or "author" in names) and bool(_BYLINE(tree))


def _canonical(links: Sequence[HtmlElement]) -> str | None:
    """The address of the first canonical link that has one; of several in one place the first counts."""
    parents: set[HtmlElement | None] = set()
    for link in links:
        if link.get("rel") == "canonical" and (parent := link.getparent()) not in parents:
            parents.add(parent)
            if (address := link.get("href")) is not None:
                return str(address)
    return None


def _noscript(elements: Sequence[HtmlElement]) -> str:
    texts = (" ".join(element.itertext()) for element in elements)
    return clean_line(" ".join(re.sub(r"<[^>]{0,500}>", " ", text) for text in texts))[:_NOSCRIPT]


def _json_ld_types(scripts: Sequence[HtmlElement]) -> tuple[str, ...]:
    types: set[str] = set()
    for script in scripts:
        if script.get("type") == "application/ld+json":
            types.update(a or b for a, b in _LD_TYPE.findall((script.text or "")[:200_000]))
    return tuple(sorted(types))


def _address(value: str | None) -> str | None:
    value = clean_line(value or "")
    return value if value.startswith(("http://", "https://", "//")) else None
