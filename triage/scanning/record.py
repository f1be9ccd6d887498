"""One file to what the library keeps of it: the pure function that worker processes run."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from triage.model import Article, Evidence, Flag, Page, Scanned
from triage.reading import read_pages
from triage.text import word_count

if TYPE_CHECKING:
    from triage.flagging import Subject

SCAN_LIMIT = "scan-limit"
UNOPENED = "unopened"
"""Cause of the flag on a file that could not be opened."""


def scan_file(folder: Path, path: str, max_bytes: int) -> tuple[Scanned, ...]:
    """All that scanning the file at `path` gives, an item a page; from its bytes and its path alone."""
    return tuple(unopened(page) if page.unopened else scan_page(page) for page in read_pages(folder, path, max_bytes))


def subject_of(page: Page) -> Subject:
    """What the flagging rules look at: the page's article, with its site from the path where it tells of none."""
    return _subject(_extracted(page))


def scan_page(page: Page) -> Scanned:
    """Article, evidence, flags and fingerprint of one page."""
    return flagged(_extracted(page))


def flagged(scanned: Scanned) -> Scanned:
    """A page with the flags and the fingerprint that the rules as they are now find, from what was extracted of it.

    A page whose scan was ended was not extracted; what is said of it stays.
    """
    # The screen's process imports this module and must not load lxml or trafilatura (threads beside them crash).
    from triage.corpus import fingerprint  # noqa: PLC0415
    from triage.flagging import flag  # noqa: PLC0415

    if any(found.rule == SCAN_LIMIT for found in scanned.flags):
        return scanned
    flags = flag(_subject(scanned))
    return replace(scanned, flags=flags, fingerprint=fingerprint(scanned.article, flags))


def _extracted(page: Page) -> Scanned:
    """A page as extraction gives it, before its flags."""
    from triage.corpus.sites import host_of  # noqa: PLC0415 - as above
    from triage.extraction import extract  # noqa: PLC0415

    extracted = extract(page)
    article, evidence = extracted.article, extracted.evidence
    return Scanned(
        path=page.path,
        record=page.record,
        sha256=page.sha256,
        article=replace(article, title=article.title or page.title, site=article.site or host_of(page.path)),
        evidence=evidence,
        flags=(),
        url=page.url or evidence.canonical or evidence.og_url,
        status=page.status,
        captured=page.captured,
        words=sum(word_count(block.text) for block in article.blocks),
        media=page.media,
        captured_url=page.url,
        trouble=page.trouble,
        visible=extracted.visible,
        spot=page.spot,
    )


def _subject(scanned: Scanned) -> Subject:
    from triage.flagging import Subject  # noqa: PLC0415 - as above

    return Subject(
        scanned.article,
        scanned.evidence,
        scanned.media,
        scanned.captured_url,
        scanned.status,
        scanned.trouble,
        scanned.visible,
    )


def given_up(folder: Path, path: str, max_bytes: int, cause: str, reason: str) -> tuple[Scanned, ...]:
    """The items of a file whose scan was ended: flagged `unreadable`, with the reason for the analyst.

    Never raises: it may be the reading itself that fails, and this runs where a fault would end the whole scan.
    """
    try:
        pages = read_pages(folder, path, max_bytes)
    except Exception:  # noqa: BLE001 - as above; `reason` tells it
        pages = (Page(path, hashlib.sha256(b"").hexdigest(), "html", ""),)
    return tuple(given_up_page(page, cause, reason) for page in pages)


def is_unopened(results: Sequence[Scanned]) -> bool:
    """Whether a file gave nothing because it could not be opened, so that the next look may find it otherwise."""
    return any(flag.cause == UNOPENED for scanned in results for flag in scanned.flags)


def unopened(page: Page) -> Scanned:
    """The item of a file that could not be opened."""
    return given_up_page(page, UNOPENED, f"Could not be read: {page.trouble}")


def given_up_page(page: Page, cause: str, reason: str) -> Scanned:
    """The item of a page whose scan was ended."""
    found = Flag("unreadable", cause, reason, SCAN_LIMIT, 1.0)
    return Scanned(
        page.path,
        page.record,
        page.sha256,
        Article(title=page.title),
        Evidence(),
        (found,),
        page.url,
        page.status,
        spot=page.spot,
    )
