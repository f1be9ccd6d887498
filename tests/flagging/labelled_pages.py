"""Reads the pages of `error_pages.toml` and `good_pages.toml` and builds their markup."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triage.extraction import extract
from triage.flagging.subject import Subject
from triage.model import Page

PARAGRAPHS = (
    """The harbour council voted on Tuesday evening to keep the old ferry line running for another five years, after
    a debate that lasted until shortly before midnight and drew two hundred people to the public gallery.""",
    """Supporters of the line had collected nine thousand signatures since the spring. They argued that the bridge
    planned upstream would not be finished before the end of the decade, and that the school depends on the boats.""",
    """The operator, a family business in its third generation, said it would order two electric vessels this winter
    if the subsidy was confirmed. Until then the diesel boats of 1987 stay in service, with fewer trips on Sundays.""",
    """Opponents pointed to the cost of four million a year. One member called the decision a gift to commuters who
    could just as well take the train; the gallery answered with laughter, and the chair asked for silence twice.""",
)
_MENU = ("politics", "economy", "culture", "sports", "science", "travel", "opinion", "weather", "archive", "shop")
_SIGNED = '<meta name="author" content="Jo Lind"><meta property="article:published_time" content="2024-05-14">'


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page and the cause it should be flagged with; None: it is a good page."""

    name: str
    cause: str | None
    html: str


def labelled_pages(file: str) -> list[LabelledPage]:
    data = tomllib.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    return [LabelledPage(entry["name"], entry.get("cause"), _html(entry)) for entry in data["page"]]


def subject_of(html: str, status: int | None = None, url: str | None = None) -> Subject:
    """What the flagging rules see of a page with this markup."""
    extracted = extract(Page("page.html", "0" * 64, "html", html, url=url, status=status))
    return Subject(extracted.article, extracted.evidence, "html", url, status)


def _html(entry: dict[str, Any]) -> str:
    if "html" in entry:
        return _filled(entry["html"])
    title, head, body = entry.get("title", ""), entry.get("head", ""), entry.get("body", "")
    if "article" in entry:
        title, head = f"{entry['article']} - The Harbour Post", _SIGNED
        main = f"<article><h1>{entry['article']}</h1><p>By Jo Lind</p>{entry['main']}</article>{entry.get('extra', '')}"
        body = _framed(main)
    elif "main" in entry:
        body = _framed(entry["main"])
    return _filled(
        f'<!DOCTYPE html><html lang="{entry.get("lang", "en")}"><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}</head><body>{body}</body></html>"
    )


def _framed(main: str) -> str:
    menu = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in _MENU)
    return (
        f"<header><ul>{menu}</ul></header><main>{main}</main><aside><h3>Most read</h3><ul>"
        '<li><a href="/1">Harbour bridge to close for repairs all summer</a></li>'
        '<li><a href="/2">Library extends opening hours after petition</a></li></ul></aside>'
        "<footer><p>© The Harbour Post. All rights reserved.</p></footer>"
    )


def _filled(text: str) -> str:
    for number, paragraph in enumerate(PARAGRAPHS):
        text = text.replace(f"{{paragraph{number}}}", paragraph)
    prose = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return text.replace("{prose}", prose).replace("{script}", "state = state + 1; " * 80)
