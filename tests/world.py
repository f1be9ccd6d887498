"""A small folder under review, made by hand: a real journal and a real library, and no page has to be scanned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from triage.model import Article, Block, Evidence, Flag, Item, Scanned, SourceFile
from triage.scanning import item_of
from triage.session import Session
from triage.store.journal import Journal
from triage.store.library import Library

NOT_FOUND = Flag("error-page", "not-found", "says “page not found” in its title", "phrase", 0.97)
CAPTCHA = Flag("error-page", "captcha", "asks to prove that one is human", "phrase", 0.9)
THIN = Flag("thin", None, "only 12 words", "length", 0.6)


class World:
    """Puts pages into the library as a scan would; `session` opens what a start of the program would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "pages"
        self.folder.mkdir()
        self.database = folder / "triage.sqlite"
        self.library = Library.open(self.folder, folder / "cache")
        self._journals: list[Journal] = []

    def scanned(
        self, path: str, title: str = "", text: Sequence[str] = ("A line.",), flags: Sequence[Flag] = (), **facts: str
    ) -> Scanned:
        """A page as scanning gives it; its content is told by its text."""
        blocks = tuple(Block("paragraph", line) for line in text)
        article = Article(title=title, blocks=blocks, extractor="trafilatura", **facts)
        content = sha256("\n".join((title, *text)).encode()).hexdigest()
        words = sum(len(line.split()) for line in text)
        return Scanned(path, None, content, article, Evidence(), tuple(flags), words=words)

    def add(self, *pages: Scanned) -> list[Item]:
        """Pages that an earlier scan left in the library."""
        for number, page in enumerate(pages):
            file = self.folder / page.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"<h1>{page.article.title}</h1>", "utf-8")
            self.library.put([(SourceFile(page.path, 1, 1, number), [page])])
        return [item_of(page) for page in pages]

    def session(self, reviewer: str = "anna", *, whole: bool = True) -> Session:
        """The program started anew."""
        journal = Journal.open(self.database, reviewer)
        self._journals.append(journal)
        return Session(self.folder, journal, self.library, whole=whole)

    def close(self) -> None:
        """Let go of the files."""
        for journal in self._journals:
            journal.close()
        self.library.close()


def titles(session: Session) -> list[str]:
    """What the list shows."""
    return [item.title or item.path for item in session.rows]


def current(session: Session) -> str | None:
    """What the cursor is on."""
    return None if session.current is None else session.current.title or session.current.path


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[World]:
    """A folder without a page."""
    made = World(tmp_path)
    yield made
    made.close()


@pytest.fixture
def world(empty: World) -> World:
    """Six pages of two sites: three articles, and three error pages."""
    page = empty.scanned
    empty.add(
        page("a/apples.html", "Apples", ["The apples are ripe.", "They are red."], site="a.example", language="en"),
        page("a/bread.html", "Bread", ["Bread wants time."], site="a.example", date="2024-03-01", language="en"),
        page("a/lost.html", "Not found", ["Nothing is here."], [NOT_FOUND], site="a.example", language="en"),
        page("b/cats.html", "Cats", ["Les chats dorment."], site="b.example", date="2023-01-09", language="fr"),
        page("b/gone.html", "Gone", ["Nothing is here either."], [NOT_FOUND], site="b.example", language="fr"),
        page("b/robot.html", "Robot?", ["Are you one?"], [CAPTCHA, THIN], site="b.example", language="en"),
    )
    return empty
