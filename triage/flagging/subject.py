"""What a flagging rule looks at, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from triage.model import Article, Block, Evidence, Flag, Media, Trace


@dataclass(frozen=True, slots=True)
class Subject:
    """One page as the flagging rules see it."""

    article: Article
    evidence: Evidence
    media: Media = "html"
    url: str | None = None
    status: int | None = None
    trouble: str | None = None
    """Why the page could not be read whole, None where it could."""
    visible: tuple[Block, ...] = ()
    """All text of an html page, chrome and hidden parts included, where prose of the article may stand in it more
    than once; else empty."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Flags of one rule module, and what its rules made of the page for `triage explain`."""

    flags: tuple[Flag, ...] = ()
    traces: tuple[Trace, ...] = ()
