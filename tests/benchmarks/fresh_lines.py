"""How many lines of sites are struck, and how many innocent ones: pages/lines.toml and the blind sets beside it.

    python -m tests.benchmarks.fresh_lines [NAME ...] [--misses] [--places] [--pages]

A NAME is a file of `pages` without its ending; without one, all are scored. `--places` tries each line at the head,
amid and at the foot of its article; `--pages` puts several into saved web pages and reads those as a scan does. Of the
third sets both halves are told and only the misses of the seen half are listed.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.build import dresses, good_page
from tests.benchmarks.halves import SEEN, UNSEEN, half
from tests.benchmarks.labels import Record
from tests.benchmarks.scanned import scanned
from triage.flagging import Subject, explain
from triage.model import Article, Block, BlockKind, Evidence

PAGES = Path(__file__).with_name("pages")
SETS = ("lines", "blind_lines", "second_lines", "third_lines", "third_blocks")
_PLACES = {"noise": "middle", "head": "head", "middle": "middle", "tail": "tail", "good": "middle"}
_KINDS: dict[str, BlockKind] = {"# ": "heading", "- ": "list-item"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line, whether it is noise, its language and place, whether any flag strikes it there, and its half."""

    text: str
    noise: bool
    language: str
    place: str
    struck: bool
    half: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a set, as its lines, and the article it is put into."""

    language: str
    place: str
    noise: bool
    lines: tuple[str, ...]
    article: Record
    half: str


def lines(name: str, *, places: bool = False) -> Iterator[Line]:
    """All lines of a file, each entry put into its article and flagged; `places`: once at each place."""
    for entry in _entries(name):
        for place in ("head", "middle", "tail") if places else (entry.place,):
            for text, struck in _judged(entry, place):
                yield Line(text, entry.noise, entry.language, place, struck, entry.half)


def _entries(name: str) -> Iterator[_Entry]:
    articles = tomllib.loads((PAGES / "articles.toml").read_text(encoding="utf-8"))
    for language, of_it in tomllib.loads((PAGES / f"{name}.toml").read_text(encoding="utf-8")).items():
        article = of_it if "text" in of_it else articles[of_it["article"]]
        for kind, place in _PLACES.items():
            for entry in of_it.get(kind, ()):
                yield _Entry(language, place, kind != "good", tuple(entry.split("\n")), article, half(entry))


def _judged(entry: _Entry, place: str) -> Iterator[tuple[str, bool]]:
    """The lines of an entry, and whether each is struck where it stands: above, below or amid the article."""
    headline, *paragraphs = entry.article["text"].strip().splitlines()
    own = [Block("heading", headline), *(Block("paragraph", text) for text in paragraphs)]
    first = {"head": 0, "middle": 3, "tail": len(own)}[place]
    blocks = tuple(own[:first] + [_block(text) for text in entry.lines] + own[first:])
    found = explain(
        Subject(Article(blocks=blocks, title=headline, language=entry.article["language"]), Evidence(), media="text")
    )
    spans = [(flag.first, flag.last) for flag in found.flags if flag.kind in {"error-noise", "boilerplate"}]
    for at in range(first, first + len(entry.lines)):
        yield (
            entry.lines[at - first],
            any(start is not None and end is not None and start <= at <= end for start, end in spans),
        )


def _block(text: str) -> Block:
    kind = _KINDS.get(text[:2])
    return Block(kind, text[2:]) if kind else Block("paragraph", text)


def in_pages(name: str) -> Iterator[Line]:
    """The lines of a file, four entries of noise and four good ones a saved web page, as a scan finds them."""
    chrome = dresses()
    entries = list(_entries(name))
    with TemporaryDirectory() as folder:
        for language in dict.fromkeys(entry.language for entry in entries):
            own = [entry for entry in entries if entry.language == language]
            noise, good = ([entry for entry in own if entry.noise is kind] for kind in (True, False))
            for first in range(0, max(len(noise), len(good)), 4):
                some = noise[first : first + 4] + good[first : first + 4]
                yield from _on_a_page(some, chrome, Path(folder))


def _on_a_page(entries: Sequence[_Entry], chrome: Record, folder: Path) -> Iterator[Line]:
    article = entries[0].article
    headline, *paragraphs = article["text"].strip().splitlines()
    at: dict[str, list[str]] = {"head": [], "middle": [], "tail": []}
    for entry in entries:
        at[entry.place] += entry.lines
    middle = at["middle"]
    body = [*at["head"], paragraphs[0]]
    for paragraph, some in zip_longest(paragraphs[1:], _dealt(middle, len(paragraphs) - 1), fillvalue=()):
        body += [*some, str(paragraph)]
    body += at["tail"]
    page = {"language": article["language"], "title": headline, "class": "article", "body": "\n".join(body)}
    (folder / "page.html").write_text(good_page(page, chrome), encoding="utf-8")
    item = scanned(folder, "page.html")
    struck = _struck(item)
    for entry in entries:
        for line in entry.lines:
            text = line[2:] if line[:2] in _KINDS else line
            if text in struck:
                yield Line(line, entry.noise, entry.language, entry.place, struck[text], entry.half)


def _dealt(some: Sequence[str], hands: int) -> list[Sequence[str]]:
    """The lines in order, shared out over so many places."""
    size = max(1, -(-len(some) // max(1, hands)))
    return [some[first : first + size] for first in range(0, len(some), size)]


def _struck(item: Record) -> dict[str, bool]:
    """Every block of a scanned page, and whether a flag strikes it."""
    covered = {
        index
        for flag in item["flags"]
        if flag["kind"] in {"error-noise", "boilerplate"} and flag["first"] is not None
        for index in range(flag["first"], flag["last"] + 1)
    }
    return {block["text"]: index in covered for index, block in enumerate(item["blocks"])}


def _told(name: str, found: Iterable[Line], *, misses: bool) -> str:
    found = list(found)
    by_half = (SEEN, UNSEEN) if name.startswith("third") else ("",)
    told = []
    for part in by_half:
        own = [line for line in found if part in {"", line.half}]
        noise, good = [line for line in own if line.noise], [line for line in own if not line.noise]
        struck = [sum(line.struck for line in some) for some in (noise, good)]
        of_half = f" ({part})" if part else ""
        told.append(
            f"{name}{of_half}: noise struck {struck[0]} of {len(noise)}, good struck {struck[1]} of {len(good)}"
        )
        if misses and part != UNSEEN:
            told += [
                f"  {'missed' if line.noise else 'struck'} {line.language} {line.place} {line.text}"
                for line in own
                if line.noise != line.struck
            ]
    return "\n".join(told) + "\n"


def main() -> None:
    names = [word for word in sys.argv[1:] if not word.startswith("-")] or list(SETS)
    for name in names:
        found = in_pages(name) if "--pages" in sys.argv else lines(name, places="--places" in sys.argv)
        sys.stdout.write(_told(name, found, misses="--misses" in sys.argv))


if __name__ == "__main__":
    main()
