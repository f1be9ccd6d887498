"""What flags need of the raw page and the article no longer shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from triage.extraction.marks import find_marks
from triage.extraction.visible import VisibleBlock
from triage.model import Block, Evidence
from triage.text import clean_line

_MESSAGES = 8000
_NOSCRIPT = 2000
_HEADINGS = 20
_PROSE = 100
_LD_TYPE = re.compile(r'"@type"\s*:\s*(?:"([A-Za-z]{2,40})"|\[\s*"([A-Za-z]{2,40})")')
_BYLINE = (
    'boolean(//meta[@name="author" or @property="article:author" or @name="byl"]/@content[string-length() > 2]'
    ' | //*[@rel="author" or @itemprop="author" or contains(@class, "byline")])'
)


def evidence_of(html: str, tree: HtmlElement | None, blocks: Sequence[VisibleBlock], cut: str | None) -> Evidence:
    """The evidence of one page from its markup, tree and visible blocks; `cut` is what the parser dropped."""
    marks = find_marks(html)
    if tree is None:
        return Evidence(html_chars=len(html), marks=marks, cut=cut)
    seen = [block for block in blocks if not block.hidden]
    metas = _metas(tree)
    return Evidence(
        title=clean_line(" ".join(tree.xpath("string((//title[not(ancestor::svg)])[1])").split()))[:500],
        headings=tuple(b.text[:300] for b in blocks if b.tag in {"h1", "h2"} and not b.hidden)[:_HEADINGS],
        messages=_messages(seen),
        visible_chars=sum(len(block.text) for block in seen),
        link_chars=sum(min(block.link_chars, len(block.text)) for block in seen),
        prose_blocks=sum(1 for b in seen if len(b.text) >= _PROSE and b.links < 0.5),
        noscript=_noscript(tree),
        hidden=tuple(block.text[:300] for block in blocks if block.hidden)[:50],
        html_chars=len(html),
        script_chars=sum(len(script.text or script.get("src", "")) for script in tree.iter("script")),
        forms=sum(1 for _ in tree.iter("form")),
        password_fields=len(tree.xpath('//input[translate(@type, "PASWORD", "pasword") = "password"]')),
        marks=marks,
        json_ld_types=_json_ld_types(tree),
        og_type=metas.get("og:type"),
        canonical=_address(tree.xpath('string(//link[@rel="canonical"][1]/@href)')),
        og_url=_address(metas.get("og:url")),
        html_lang=tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        robots=metas.get("robots"),
        meta_refresh=metas.get("refresh"),
        has_byline=bool(tree.xpath(_BYLINE)),
        cut=cut,
    )


def text_evidence(blocks: Sequence[Block]) -> Evidence:
    """The evidence of a text page, whose blocks are all that can be seen of it."""
    return Evidence(
        headings=tuple(block.text[:300] for block in blocks if block.kind == "heading")[:_HEADINGS],
        messages=_messages(blocks),
        visible_chars=sum(len(block.text) for block in blocks),
        prose_blocks=sum(1 for block in blocks if block.kind == "paragraph" and len(block.text) >= _PROSE),
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


def _metas(tree: HtmlElement) -> dict[str, str]:
    """First content of each <meta>, by its name, property or http-equiv in lower case."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv")
        content = meta.get("content")
        if name and content:
            metas.setdefault(name.strip().lower(), clean_line(content)[:500])
    return metas


def _noscript(tree: HtmlElement) -> str:
    texts = (" ".join(element.itertext()) for element in tree.iter("noscript"))
    return clean_line(" ".join(re.sub(r"<[^>]{0,500}>", " ", text) for text in texts))[:_NOSCRIPT]


def _json_ld_types(tree: HtmlElement) -> tuple[str, ...]:
    types: set[str] = set()
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        types.update(a or b for a, b in _LD_TYPE.findall((script.text or "")[:200_000]))
    return tuple(sorted(types))


def _address(value: str | None) -> str | None:
    value = clean_line(value or "")
    return value if value.startswith(("http://", "https://", "//")) else None
