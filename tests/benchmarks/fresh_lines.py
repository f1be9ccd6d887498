"""How many lines of sites are struck, and how many innocent ones: pages/lines.toml and the two blind sets beside it.

    python -m tests.benchmarks.fresh_lines [NAME ...] [--misses]

A NAME is a file of `pages` without its ending; without one, all three are scored.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from triage.flagging import Subject, explain
from triage.model import Article, Block, BlockKind, Evidence

PAGES = Path(__file__).with_name("pages")
SETS = ("lines", "blind_lines", "second_lines")
_PLACES = {"noise": "middle", "head": "head", "middle": "middle", "tail": "tail", "good": "middle"}
_KINDS: dict[str, BlockKind] = {"# ": "heading", "- ": "list-item"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line, whether it is noise, its language and place, and whether any flag strikes it there."""

    text: str
    noise: bool
    language: str
    place: str
    struck: bool


def lines(name: str) -> Iterator[Line]:
    """All lines of a file, each entry put into its article and flagged."""
    articles = tomllib.loads((PAGES / "articles.toml").read_text(encoding="utf-8"))
    for language, of_it in tomllib.loads((PAGES / f"{name}.toml").read_text(encoding="utf-8")).items():
        article = articles[of_it["article"]]
        for kind, place in _PLACES.items():
            for entry in of_it.get(kind, ()):
                for text, struck in _judged(entry.split("\n"), article, place):
                    yield Line(text, kind != "good", language, place, struck)


def _judged(entry: Sequence[str], article: dict[str, str], place: str) -> Iterator[tuple[str, bool]]:
    """The lines of an entry, and whether each is struck where it stands: above, below or amid the article."""
    headline, *paragraphs = article["text"].strip().splitlines()
    own = [Block("heading", headline), *(Block("paragraph", text) for text in paragraphs)]
    first = {"head": 0, "middle": 3, "tail": len(own)}[place]
    blocks = tuple(own[:first] + [_block(text) for text in entry] + own[first:])
    found = explain(
        Subject(Article(blocks=blocks, title=headline, language=article["language"]), Evidence(), media="text")
    )
    spans = [(flag.first, flag.last) for flag in found.flags if flag.kind in {"error-noise", "boilerplate"}]
    for at in range(first, first + len(entry)):
        yield (
            entry[at - first],
            any(start is not None and end is not None and start <= at <= end for start, end in spans),
        )


def _block(text: str) -> Block:
    kind = _KINDS.get(text[:2])
    return Block(kind, text[2:]) if kind else Block("paragraph", text)


def main() -> None:
    names = [word for word in sys.argv[1:] if not word.startswith("-")] or [
        name for name in SETS if (PAGES / f"{name}.toml").exists()
    ]
    for name in names:
        found = list(lines(name))
        noise, good = [line for line in found if line.noise], [line for line in found if not line.noise]
        struck = [sum(line.struck for line in some) for some in (noise, good)]
        told = [f"{name}: noise struck {struck[0]} of {len(noise)}, good struck {struck[1]} of {len(good)}"]
        wrong = [line for line in found if line.noise != line.struck] if "--misses" in sys.argv else []
        told += [f"{'missed' if line.noise else 'struck'} {line.language} {line.place} {line.text}" for line in wrong]
        sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
