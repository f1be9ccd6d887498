"""`triage explain`: one page through the real functions, with what every rule made of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from triage.errors import FolderError
from triage.flagging import Findings
from triage.flagging import explain as explain_rules
from triage.model import Article, Page
from triage.reading import read_pages
from triage.scanning.record import subject_of


@dataclass(frozen=True, slots=True)
class Explanation:
    """One page, what extraction got out of it, and its findings."""

    page: Page
    article: Article
    findings: Findings


def explain_file(file: Path) -> list[Explanation]:
    """Every page of `file` with what each rule made of it. Raises `FolderError` where there is no such file."""
    if not os.path.isfile(file):  # noqa: PTH113 - Path's own raises for a name that the system refuses
        raise FolderError(f"{file}: no such file; give one page, such as pages/story.html")
    return [_explained(replace(page, path=file.as_posix())) for page in read_pages(file.parent, file.name)]


def _explained(page: Page) -> Explanation:
    subject = subject_of(page)
    return Explanation(page, subject.article, explain_rules(subject))
