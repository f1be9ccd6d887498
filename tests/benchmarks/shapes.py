"""Texts in which something stands twice, and texts that only resemble themselves: `pages/shapes.toml` as dumps.

python -m tests.benchmarks.shapes        the figures of repeated sections on them, and each fault
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.build import numbers, toml
from tests.benchmarks.labels import LINE_KINDS, Label, Place, Record, Span
from tests.benchmarks.scanned import scanned
from tests.benchmarks.scoring import score

_LATER = re.compile(r"(.*)<- (\d+(?:-\d+)?)")


def build_shapes(folder: Path) -> list[Label]:
    """Write the texts below `folder`; answers their labels."""
    texts = {name: entry["text"].strip().split("\n") for name, entry in toml("articles").items()}
    return [_build(folder, page, texts) for page in toml("shapes")["page"]]


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
    with TemporaryDirectory() as name:
        labels = build_shapes(Path(name))
        result = score(labels, {label.path: scanned(Path(name), label.path) for label in labels})
    counts = result.count("repeated-section")
    sys.stdout.write(
        f"{len(labels)} texts: precision {counts.precision:.3f} recall {counts.recall:.3f} F1 {counts.f1:.3f}\n"
        + "".join(f"  {miss}\n" for miss in result.misses)
    )


if __name__ == "__main__":
    main()
