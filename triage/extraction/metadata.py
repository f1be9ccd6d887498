"""Title, author and date that a page tells of itself, by trafilatura's own functions for these three.

Its `extract_metadata` also looks for licence, categories, tags and the site's name, in a third of its time, and it
searches every page for an author by expressions that no element of most pages can match; neither is needed here.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from typing import cast

from htmldate import find_date
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.metadata import examine_meta, extract_author, extract_meta_json, extract_title, extract_url
from trafilatura.utils import line_processing

_LATEST = "2099-12-31"
"""A fixed latest date, not today's: the same bytes give the same article on any day."""
_TRIPPED = (
    ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, OverflowError, etree.LxmlError,
)  # fmt: skip
_LONGEST = 10_000
_NAMING = etree.XPath(
    "//@class | //@id | //@itemprop | //@rel | //@data-testid | //@data-component", smart_strings=False
)
# All that trafilatura's AUTHOR_XPATHS look for; a test holds the two together.
_OF_AN_AUTHOR = (
    "author", "byl", "username", "bbl", "channel-name", "zuozhe", "bianji", "xiaobian", "submitted-by", "posted-by",
    "journalist-name", "screenname", "writer",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page tells of itself; None where it tells nothing."""

    title: str | None = None
    author: str | None = None
    date: str | None = None
    """ISO 8601 date."""


def names_in(tree: HtmlElement) -> str:
    """All classes, ids and their like of a page, a line each: what is not among them need not be searched for."""
    return "\n".join(cast("list[str]", _NAMING(tree)))


def metadata_of(tree: HtmlElement, names: str, url: str | None) -> Metadata:
    """Title, author and date of the page at `url`, which has these names; nothing where its markup trips the search."""
    try:
        told = examine_meta(tree)
        if told.author and " " not in told.author:
            told.author = None
        with suppress(*_TRIPPED):
            told = extract_meta_json(tree, told)
        return Metadata(
            _tidy(told.title or extract_title(tree)),
            _tidy(told.author or (extract_author(tree) if _may_name_an_author(tree, names) else None)),
            find_date(
                tree,
                extensive_search=False,
                original_date=True,
                url=told.url or extract_url(tree, url),
                max_date=_LATEST,
            ),
        )
    except _TRIPPED:
        return Metadata()


def _may_name_an_author(tree: HtmlElement, names: str) -> bool:
    """Whether an element can be found by trafilatura's search for an author, which takes ten times as long."""
    names = names.lower()
    return any(name in names for name in _OF_AN_AUTHOR) or tree.find(".//author") is not None


def _tidy(text: str | None) -> str | None:
    return line_processing(unescape(text[:_LONGEST])) if text else None
