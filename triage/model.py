"""The vocabulary of triage as types: page, evidence, article, block, flag, item, decision.

Frozen, slotted and picklable; this module imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Media = Literal["html", "text"]
BlockKind = Literal["paragraph", "heading", "list-item", "quote", "table-row", "code"]
Extractor = Literal["trafilatura", "visible-text", "text-dump", "none"]
FlagKind = Literal[
    "error-page", "error-noise", "repeated-section", "boilerplate", "near-duplicate", "thin", "unreadable"
]
ErrorCause = Literal[
    "not-found", "http-error", "rate-limit", "bot-wall", "captcha", "js-required", "consent",
    "login", "paywall", "parked", "maintenance", "other",
]  # fmt: skip
Verdict = Literal["keep", "discard", "later"]

ItemKey = tuple[str, str | None]
"""What tells items of one folder apart: the path, and the record inside a container."""


def name_of(key: ItemKey) -> str:
    """Path and record as one word."""
    path, record = key
    return path if record is None else f"{path}#{record}"


@dataclass(frozen=True, slots=True)
class Page:
    """One scraped document as found: its decoded text, where it stands, and what is known of it."""

    path: str
    """Relative to the folder under review, with `/`."""
    sha256: str
    """Of the page's bytes, unpacked where the file is compressed; hex."""
    media: Media
    text: str
    """The whole page, decoded: markup for html, lines for text."""
    encoding: str = "utf-8"
    record: str | None = None
    """Which record of a container (WARC, JSONL); None for a file that is one page."""
    url: str | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    captured: str | None = None
    """When the page was saved, as far as it tells; ISO 8601."""
    title: str | None = None
    """What stands beside the page as its title, where it may not tell one itself."""
    trouble: str | None = None
    """Why the page could not be read whole (undecodable, too large, binary ...), in plain words."""
    unopened: bool = False
    """The trouble is with the file and not with its bytes: without a change of them it may be gone at the next look."""
    spot: tuple[int, int] | None = None
    """Where the record begins in its file, so that it is found again at once."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item, quote, table row or code run; the unit that flags point at."""

    kind: BlockKind
    text: str
    """One line: inner white space is folded, except in code."""
    lines: tuple[int, int] | None = None
    """First and last source line, from 1, of a text page; None for html."""
    links: float = 0.0
    """Share of the text that stands inside links, 0..1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What extraction noticed of the raw page that flags need and the article no longer shows."""

    title: str = ""
    """Text of <title> whole; for a text dump, empty."""
    headings: tuple[str, ...] = ()
    """Texts of h1 and h2 in page order, at most 20."""
    messages: tuple[str, ...] = ()
    """Visible blocks that are not mostly links, chrome included, in page order; at most 8,000 characters."""
    visible_chars: int = 0
    """Characters of all visible text."""
    link_chars: int = 0
    """... of which inside links."""
    noscript: str = ""
    """Text of <noscript>, at most 2,000 characters."""
    hidden: tuple[str, ...] = ()
    """Texts of blocks of the page that a browser hides (display:none, hidden, aria-hidden, <template>)."""
    html_chars: int = 0
    script_chars: int = 0
    """Characters of scripts; of one that stands elsewhere, those of its address."""
    forms: int = 0
    password_fields: int = 0
    marks: tuple[str, ...] = ()
    """Names of vendor and template marks found in the raw page, as in the marks' data file, sorted."""
    json_ld_types: tuple[str, ...] = ()
    canonical: str | None = None
    og_url: str | None = None
    html_lang: str | None = None
    robots: str | None = None
    meta_refresh: str | None = None
    has_byline: bool = False
    cut: str | None = None
    """What the parser dropped and why, None where it read the page whole."""


@dataclass(frozen=True, slots=True)
class Article:
    """What extraction got out of a page."""

    title: str | None = None
    author: str | None = None
    date: str | None = None
    """Of publication, ISO 8601 date."""
    site: str | None = None
    """Host the page tells of itself; None where only its folder could tell."""
    language: str | None = None
    """ISO 639-1, two letters."""
    blocks: tuple[Block, ...] = ()
    extractor: Extractor = "none"

    @property
    def text(self) -> str:
        """The blocks, a line each."""
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Flag:
    """One finding: what it is, which blocks it covers, how sure it is and why."""

    kind: FlagKind
    cause: str | None
    """An ErrorCause for error-page and error-noise; a word of the rule's kind for others."""
    reason: str
    """A sentence for the analyst, with the words that gave it away."""
    rule: str
    confidence: float
    """0..1: of the flags that say 0.9, nine in ten are right."""
    first: int | None = None
    """First and last block covered, inclusive, from 0; None for the whole page."""
    last: int | None = None
    same_as: tuple[int, int] | None = None
    """The earlier copy of a repeated section: its first and last block."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What one rule made of a page, for `triage explain`: it fired, nearly fired, or spoke against."""

    rule: str
    outcome: Literal["fired", "nearly", "against"]
    detail: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """All that scanning one page gave: what the library stores and the screen reads from."""

    path: str
    record: str | None
    sha256: str
    article: Article
    evidence: Evidence
    flags: tuple[Flag, ...]
    url: str | None = None
    status: int | None = None
    captured: str | None = None
    words: int = 0
    fingerprint: bytes = b""
    """What the corpus step needs of the page; opaque outside `corpus`."""
    media: Media = "html"
    captured_url: str | None = None
    """The address the page was saved from, where that is known; `url` may be the page's own word."""
    trouble: str | None = None
    """Why the page could not be read whole."""
    visible: tuple[Block, ...] = ()
    """The page's whole text, for flags alone, where prose of the article may stand in it more than once."""
    spot: tuple[int, int] | None = None
    """Where the record begins in its file."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the analyst decided about one item, with tags and a note; the default is: nothing yet."""

    verdict: Verdict | None = None
    reason: str | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    reviewer: str | None = None
    decided_at: str | None = None
    """UTC, ISO 8601."""
    marks: tuple[tuple[str, bool], ...] = ()
    """Blocks the analyst marked by hand: (key of the block's text, is noise)."""


UNDECIDED = Decision()


@dataclass(frozen=True, slots=True)
class Item:
    """A page as the analyst sees it in the list: light, without its text."""

    path: str
    record: str | None = None
    sha256: str | None = None
    """None until the page has been scanned."""
    title: str = ""
    author: str | None = None
    site: str | None = None
    date: str | None = None
    language: str | None = None
    words: int = 0
    flags: tuple[Flag, ...] = ()
    group: str | None = None
    """Path of the first member of the near-copy group; None for a page that stands alone."""
    decision: Decision = field(default=UNDECIDED)
    changed: bool = False
    """The page's bytes changed since the decision."""

    @property
    def key(self) -> ItemKey:
        """Path and record."""
        return (self.path, self.record)

    @property
    def name(self) -> str:
        """What it is called where it has no title: its path, and the record where a file holds several pages."""
        return name_of(self.key)

    @property
    def scanned(self) -> bool:
        """Whether the page has been scanned."""
        return self.sha256 is not None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the folder as the walk found it; enough to tell on a second start that nothing changed."""

    path: str
    """Relative to the folder, with `/`; bytes that are not UTF-8 stand as surrogate escapes."""
    size: int
    mtime_ns: int
    inode: int
