"""How good the flags are: precision and recall a kind, a reliability table a kind, and a plot of it.

    python -m tests.benchmarks.quality                  our own pages: sample_articles and tests/benchmarks/pages
    python -m tests.benchmarks.quality FOLDER           a folder with truth/*.jsonl beside its pages
    python -m tests.benchmarks.quality FOLDER --scan F  the same from what `triage scan FOLDER --format jsonl` gave

With `--misses N` the first N faults are listed, with `--json` the figures come as one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import combinations, pairwise
from pathlib import Path

from tests.benchmarks.build import build
from tests.benchmarks.labels import Label, Record, labels_of, own_label, pairs_of, read_jsonl
from tests.benchmarks.scoring import Score, score, score_pairs

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "sample_articles"
SAMPLES_TRUTH = ROOT / "tests/samples/truth.jsonl"
_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0001)
_MARKERS = {
    "boilerplate": "b",
    "error-noise": "n",
    "error-page": "e",
    "near-duplicate": "d",
    "repeated-section": "r",
}


def scan(folder: Path, cache: Path | None = None) -> list[Record]:
    """The records of the real command, run on `folder`; `cache` is where it may keep its library instead."""
    command = [sys.executable, "-c", "from triage.cli import main; main()", "scan", str(folder), "--format", "jsonl"]
    place = {"XDG_CACHE_HOME": str(cache)} if cache else {}
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, encoding="utf-8", env=os.environ | place)
    return [json.loads(line) for line in done.stdout.splitlines()]


def sample_labels() -> list[Label]:
    """What a person said of each page of `sample_articles/`."""
    return [own_label(record) for record in read_jsonl(SAMPLES_TRUTH)]


def own_score() -> Score:
    """The figures on the project's own pages, written for this."""
    samples = sample_labels()
    with tempfile.TemporaryDirectory() as name:
        pages, cache = Path(name, "pages"), Path(name, "cache")
        labels = build(pages)
        items = {item["path"]: item for item in (*scan(pages, cache), *scan(SAMPLES, cache))}
    result = score([*labels, *samples], items)
    score_pairs(result, [*_pairs(labels), *_pairs(samples)], items)
    return result


def _pairs(labels: Sequence[Label]) -> list[tuple[str, str, bool]]:
    """All pairs of good pages, near copies where they share a group."""
    good = [label for label in labels if label.page_class != "error"]
    return [(a.path, b.path, a.group is not None and a.group == b.group) for a, b in combinations(good, 2)]


def folder_score(folder: Path, scanned: Path | None) -> Score:
    """The figures on a labelled folder, from a scan made before or one made now."""
    items = {item["path"]: item for item in (read_jsonl(scanned) if scanned else scan(folder))}
    result = score(labels_of(folder), items)
    score_pairs(result, pairs_of(folder), items)
    return result


@dataclass(frozen=True, slots=True)
class Bin:
    """The flags of one kind whose confidence lies between two bounds."""

    kind: str
    low: float
    high: float
    flags: int
    says: float
    """Their mean confidence."""
    right: float
    """The share of them that is right."""


def reliability(judged: Sequence[tuple[str, float, bool]]) -> list[Bin]:
    """For each kind, and for `all` of them, the bins of confidence that have flags."""
    rows = []
    for kind in (*sorted({kind for kind, _, _ in judged}), "all"):
        for low, high in pairwise(_BINS):
            inside = [(c, right) for found, c, right in judged if kind in {found, "all"} and low <= c < high]
            if inside:
                says = sum(confidence for confidence, _ in inside) / len(inside)
                right = sum(right for _, right in inside) / len(inside)
                rows.append(Bin(kind, low, min(high, 1.0), len(inside), says, right))
    return rows


def reliability_plot(rows: Sequence[Bin], size: tuple[int, int] = (72, 22)) -> str:
    """What flags say and how many of them are right, with the line on which both are the same."""
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.limit_size(False, False)
    plotext.plot_size(*size)
    plotext.plot([0.0, 1.0], [0.0, 1.0], marker="·")
    for kind in dict.fromkeys(row.kind for row in rows if row.kind != "all"):
        own = [row for row in rows if row.kind == kind]
        plotext.scatter([row.says for row in own], [row.right for row in own], marker=_MARKERS[kind])
    plotext.xlim(0, 1)
    plotext.ylim(0, 1)
    plotext.xlabel("confidence")
    plotext.ylabel("share right")
    legend = ", ".join(f"{mark} {kind}" for kind, mark in _MARKERS.items())
    return f"{plotext.uncolorize(plotext.build())}\n{legend}"


def report(result: Score) -> str:
    """The figures as text for a terminal."""
    lines = [f"{'kind':22}{'precision':>10}{'recall':>8}{'F1':>8}{'right':>7}{'false':>7}{'missed':>8}"]
    for name, counts in sorted(result.counts.items()):
        lines.append(
            f"{name:22}{counts.precision:10.3f}{counts.recall:8.3f}{counts.f1:8.3f}"
            f"{counts.right:7}{counts.false:7}{counts.missed:8}"
        )
    lines.append("")
    for name, (part, whole) in sorted(result.shares.items()):
        lines.append(f"{name:50}{part:7} of {whole:<7}{part / max(1, whole):8.4f}")
    rows = reliability(result.judged)
    lines += ["", f"{'kind':22}{'confidence':>14}{'flags':>7}{'says':>7}{'right':>7}"]
    lines += [
        f"{row.kind:22}{f'{row.low:.2f} to {row.high:.2f}':>14}{row.flags:7}{row.says:7.2f}{row.right:7.2f}"
        for row in rows
    ]
    return "\n".join([*lines, "", reliability_plot(rows)])


def as_json(result: Score) -> str:
    """The figures as one JSON object."""
    counts = {
        name: {
            "precision": c.precision,
            "recall": c.recall,
            "f1": c.f1,
            "right": c.right,
            "false": c.false,
            "missed": c.missed,
        }
        for name, c in sorted(result.counts.items())
    }
    rows = [asdict(row) for row in reliability(result.judged)]
    return json.dumps({"kinds": counts, "shares": result.shares, "reliability": rows}, indent=1)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--scan", type=Path, help="a scan of the folder made before, one JSON object a line")
    parser.add_argument("--misses", type=int, default=0, help="list so many faults")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if arguments.scan and not arguments.folder:
        parser.error("--scan needs the FOLDER it was made of")
    result = folder_score(arguments.folder, arguments.scan) if arguments.folder else own_score()
    print(as_json(result) if arguments.json else report(result))  # noqa: T201
    for miss in result.misses[: arguments.misses]:
        print(miss, file=sys.stderr)  # noqa: T201


if __name__ == "__main__":
    main()
