"""Page to article and evidence. The only room that knows lxml and trafilatura; runs in child processes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from triage.extraction.article import extracted_blocks
from triage.extraction.evidence import evidence_of, text_evidence
from triage.extraction.language import language_of
from triage.extraction.metadata import metadata_of, names_in
from triage.extraction.parsing import parse
from triage.extraction.recurring import recurs
from triage.extraction.text_dump import article_of
from triage.extraction.visible import VisibleBlock, visible_blocks
from triage.model import Article, Block, Evidence, Page
from triage.text import clean_line


@dataclass(frozen=True, slots=True)
class Extracted:
    """What extraction got out of one page."""

    article: Article
    evidence: Evidence
    visible: tuple[Block, ...] = ()
    """All text of an html page, chrome and hidden parts included, in its order, where prose of the article may stand
    in it more than once; else empty, since nothing else asks for it."""


def extract(page: Page) -> Extracted:
    """Article and evidence of `page`, from its text alone; a page without any text gives an empty article."""
    if page.media == "text":
        article = article_of(page)
        return Extracted(replace(article, language=language_of(article.text)), text_evidence(article.blocks))
    return _extract_html(page)


def _extract_html(page: Page) -> Extracted:
    parsed = parse(page.text)
    if parsed.tree is None:
        return Extracted(Article(), evidence_of(page.text, None, "", (), parsed.cut))
    visible = visible_blocks(parsed.tree)
    names = names_in(parsed.tree)
    evidence = evidence_of(page.text, parsed.tree, names, visible, parsed.cut)
    blocks = extracted_blocks(parsed.tree, visible)
    found = bool(blocks)
    if not found:
        blocks = _stand_in(visible)
    metadata = metadata_of(parsed.tree, names, page.url)
    text = "\n".join(block.text for block in blocks)
    article = Article(
        title=clean_line(metadata.title or evidence.title)[:500] or None,
        author=clean_line(metadata.author or "")[:200] or None,
        date=clean_line(metadata.date or "")[:10] or None,
        site=_host(page.url) or _host(evidence.canonical) or _host(evidence.og_url),
        language=language_of(text, evidence.html_lang),
        blocks=tuple(blocks),
        extractor="trafilatura" if found else "visible-text",
    )
    return Extracted(article, evidence, tuple(map(_shown, visible)) if recurs(article.blocks, visible) else ())


def _stand_in(visible: list[VisibleBlock]) -> list[Block]:
    """The visible text as blocks; where all is hidden, the hidden, so that the page is never blank."""
    seen = [block for block in visible if not block.hidden] or visible
    return [_shown(block) for block in seen]


def _shown(block: VisibleBlock) -> Block:
    return Block(block.kind, block.text, None, round(block.links, 2))


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return clean_line(host).removeprefix("www.") if host else None
