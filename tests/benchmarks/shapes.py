"""Texts in which something stands twice, and texts that only resemble themselves: `pages/*shapes.toml` as dumps, and
`pages/saved.toml` as web pages.

python -m tests.benchmarks.shapes        the figures of repeated sections on them, and each fault
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.build import html, numbers, paragraphs, toml
from tests.benchmarks.halves import SEEN, UNSEEN, half
from tests.benchmarks.labels import LINE_KINDS, Label, Place, Record, Span
from tests.benchmarks.scanned import scanned
from tests.benchmarks.scoring import score

_TEXT = re.compile(r"@(merge )?([\w-]+) (\d+(?:-\d+)?)")
_LATER = re.compile(r"(.*)<- (\d+(?:-\d+)?)")


SETS = {"shapes": "articles", "third_shapes": "third_articles", "saved": "third_articles"}
"""The sets of pages, and where the texts come from that are not their own."""


def build_shapes(folder: Path, name: str = "shapes") -> list[Label]:
    """Write the texts of a set below `folder`; answers their labels."""
    texts = {name: entry["text"].strip().split("\n") for name, entry in toml(SETS[name]).items()}
    build = _build_saved if name == "saved" else _build
    return [build(folder, page, texts) for page in toml(name)["page"]]


def _build_saved(folder: Path, page: Record, texts: Mapping[str, Sequence[str]]) -> Label:
    body: list[str] = []
    for line in page["body"].strip().split("\n"):
        found = _TEXT.fullmatch(line)
        own = [texts[found[2]][number] for number in numbers(found[3])] if found else []
        body += paragraphs([" ".join(own)] if found and found[1] else own) if own else [line]
    file = folder / f"saved/{page['name']}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html(page["language"], page["title"], "\n".join(body)), encoding="utf-8", newline="\n")
    return Label(f"saved/{file.name}", language=page["language"], repeated=page["repeated"])


def _build(folder: Path, page: Record, texts: Mapping[str, Sequence[str]]) -> Label:
    lines: list[str] = []
    spans: list[Span] = []
    for step in page["body"].strip().split("\n"):
        later = _LATER.fullmatch(step)
        if step.startswith("@"):
            name, which = step[1:].split()
            lines += [texts[name][number] for number in numbers(which)]
        elif step.startswith("= "):
            spans += [_again(len(lines) + nth, number, number) for nth, number in enumerate(numbers(step[2:]), 1)]
            lines += [lines[number - 1] for number in numbers(step[2:])]
        elif later:
            lines.append(later[1].rstrip())
            spans.append(_again(len(lines), numbers(later[2])[0], numbers(later[2])[-1]))
        else:
            lines.append(step)
    spans += [_again(line, first, last) for line, first, last in page.get("again", ())]
    spans += [Span((), Place(lines=(line, line))) for line in page.get("uncounted", ())]
    file = folder / f"shapes/{page['name']}.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return Label(f"shapes/{file.name}", "article", (), page["language"], spans=tuple(spans), complete=LINE_KINDS[:2])


def _again(line: int, first: int, last: int) -> Span:
    return Span(("repeated-section",), Place(lines=(line, line)), Place(lines=(first, last)))


def main() -> None:
    """Print the figures."""
    for name in SETS:
        with TemporaryDirectory() as folder:
            labels = build_shapes(Path(folder), name)
            items = {label.path: scanned(Path(folder), label.path) for label in labels}
        for part in ("",) if name == "shapes" else (SEEN, UNSEEN):
            of_it = [label for label in labels if part in {"", half(label.path)}]
            result = score(of_it, items)
            counts = result.count("pages with a repeat" if name == "saved" else "repeated-section")
            sys.stdout.write(
                f"{name} {part}, {len(of_it)} texts: precision {counts.precision:.3f} recall {counts.recall:.3f}"
                f" F1 {counts.f1:.3f}\n" + "".join(f"  {miss}\n" for miss in result.misses if part != UNSEEN)
            )


if __name__ == "__main__":
    main()
