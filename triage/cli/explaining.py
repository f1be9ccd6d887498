"""`triage explain`: one page through the real functions, with what every rule made of it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from triage.errors import FolderError
from triage.flagging import Findings
from triage.flagging import explain as explain_rules
from triage.model import Article, Page
from triage.reading import read_page
from triage.reading.containers import all_pages, record_name
from triage.reading.formats import is_container
from triage.scanning.record import subject_of


@dataclass(frozen=True, slots=True)
class Explanation:
    """One page, what extraction got out of it, and its findings."""

    page: Page
    article: Article
    findings: Findings


def explain_file(file: Path, record: str | None = None) -> Explanation:
    """The page of `file`, or of a record of it (also `FILE#RECORD`), with what each rule made of it.

    Raises `FolderError` where there is no such file, or no such record, or where one must be named.
    """
    if record is None and not os.path.lexists(file):
        holder, _, number = str(file).rpartition("#")
        if is_container(holder):  # as the list and the other commands call it
            file, record = Path(holder), number
    if os.path.isdir(file):  # noqa: PTH112 - Path's own raises for a name that the system refuses
        raise FolderError(f"{file}: this is a folder; give one page, such as {file / 'story.html'}")
    if not os.path.isfile(file):  # noqa: PTH113 - the same
        raise FolderError(f"{file}: no such file; give one page, such as pages/story.html")
    if record is None and is_container(file.name):
        pages = tuple(islice(all_pages(file.parent, file.name), 2))
        if len(pages) != 1:
            known = f"several pages; name one, such as --record {pages[0].record}" if pages else "no page"
            raise FolderError(f"{file}: this file holds {known}")
        page: Page | None = pages[0]
    else:
        named = record_name(int(record)) if record and record.isdecimal() and len(record) < 10 else record
        page = read_page(file.parent, file.name, named)
    if page is None:
        raise FolderError(f"{file}: no page is in a record {record} of it; triage list names the records")
    return _explained(replace(page, path=file.as_posix()))


def _explained(page: Page) -> Explanation:
    subject = subject_of(page)
    return Explanation(page, subject.article, explain_rules(subject))
