"""How many fresh lines of walls and errors are struck, and how many innocent ones: see pages/lines.toml.

python -m tests.benchmarks.fresh_lines [--misses]
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from triage.flagging import Subject, explain
from triage.model import Article, Block, Evidence

PAGES = Path(__file__).with_name("pages")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, whether it is noise, its language, and whether any flag strikes it amid its article."""

    text: str
    noise: bool
    language: str
    struck: bool


def lines() -> Iterator[Line]:
    """All lines of the file, each put between the second and third paragraph of its article and flagged."""
    articles = tomllib.loads((PAGES / "articles.toml").read_text(encoding="utf-8"))
    for language, of_it in tomllib.loads((PAGES / "lines.toml").read_text(encoding="utf-8")).items():
        article = articles[of_it["article"]]
        for kind in ("noise", "good"):
            for text in of_it.get(kind, ()):
                yield Line(text, kind == "noise", language, _is_struck(text, article["text"], article["language"]))


def _is_struck(line: str, article: str, language: str) -> bool:
    headline, *paragraphs = article.strip().splitlines()
    texts = [headline, *paragraphs[:2], line, *paragraphs[2:]]
    blocks = tuple(Block("heading" if not at else "paragraph", text) for at, text in enumerate(texts))
    flags = explain(Subject(Article(blocks=blocks, title=headline, language=language), Evidence(), media="text")).flags
    spans = [(flag.first, flag.last) for flag in flags if flag.kind in {"error-noise", "boilerplate"}]
    return any(first is not None and last is not None and first <= 3 <= last for first, last in spans)


def main() -> None:
    found = list(lines())
    noise, good = [line for line in found if line.noise], [line for line in found if not line.noise]
    told = [
        f"noise struck: {sum(line.struck for line in noise)} of {len(noise)}",
        f"good struck:  {sum(line.struck for line in good)} of {len(good)}",
    ]
    wrong = [line for line in found if line.noise != line.struck] if "--misses" in sys.argv else []
    told += [f"{'missed' if line.noise else 'struck'} {line.language} {line.text}" for line in wrong]
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
