"""`triage explain`: one page through the real functions, with what every rule made of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from triage.errors import FolderError
from triage.extraction import extract
from triage.flagging import Findings, Subject
from triage.flagging import explain as explain_rules
from triage.model import Article, Evidence, Page
from triage.reading import read_pages


@dataclass(frozen=True, slots=True)
class Explanation:
    """One page, what extraction got out of it, and its findings."""

    page: Page
    article: Article
    evidence: Evidence
    findings: Findings


def explain_file(file: Path) -> list[Explanation]:
    """Every page of `file` with what each rule made of it. Raises `FolderError` where there is no such file."""
    if not file.is_file():
        raise FolderError(f"{file}: no such file; give one page, such as pages/story.html")
    explanations = []
    for page in read_pages(file.parent, file.name):
        extracted = extract(page)
        article = replace(extracted.article, site=extracted.article.site)
        subject = Subject(
            article, extracted.evidence, page.media, page.url, page.status, page.trouble, extracted.visible
        )
        explanations.append(Explanation(page, article, extracted.evidence, explain_rules(subject)))
    return explanations
