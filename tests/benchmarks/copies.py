"""Near copies of our own making: the pages of `pages/*copies.toml` as text dumps, and pairs that are copies or not.

    python -m tests.benchmarks.copies        figures, and each pair that came out wrong

Each pair is judged twice: in the folder of all pages, where a site's frame is known by its recurring, and in a folder
of its own, where nothing recurs.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.build import again, numbers, toml
from tests.benchmarks.halves import SEEN, UNSEEN, half
from tests.benchmarks.labels import Record
from tests.benchmarks.scoring import Score, score_pairs
from triage.corpus import CorpusFindings, group
from triage.reading import MAX_BYTES
from triage.scanning.lines import flag_fields
from triage.scanning.record import scan_file

Pair = tuple[str, str, bool]
"""Two paths, and whether they are near copies."""
_STEP = re.compile(r"(?:(merge|sentences|edit) )?([\w-]+) (\d+(?:-\d+)?)")


SETS = {"copies": "articles", "third_copies": "third_articles"}
"""The sets of pages, and where the texts come from that are not their own."""


def build_copies(folder: Path, name: str = "copies") -> list[Pair]:
    """Write the pages of a set below `folder`; answers the pairs."""
    data = toml(name)
    texts = {name: lines(entry["text"]) for name, entry in (toml(SETS[name]) | data["texts"]).items()}
    for page in data["page"]:
        file = folder / f"{page['path']}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(_page(page, texts, data["frames"])) + "\n", encoding="utf-8", newline="\n")
    pairs = data["pairs"]
    return [(f"{a}.txt", f"{b}.txt", kind == "copies") for kind in ("copies", "different") for a, b in pairs[kind]]


def lines(text: str) -> list[str]:
    return text.strip().split("\n")


def _page(page: Record, texts: Mapping[str, Sequence[str]], frames: Mapping[str, Record]) -> Iterable[str]:
    frame = frames.get(page.get("frame", page["path"].split("/")[0]), {"head": "", "tail": ""})
    body: list[str] = []
    for step in page["plan"]:
        if step.startswith("+ "):
            body.append(step[2:])
            continue
        found = _STEP.fullmatch(step)
        if not found:
            raise ValueError(f"{page['path']}: what is meant by {step!r}?")
        verb, name, which = found.groups()
        body += again(verb or "", [texts[name][number] for number in numbers(which)], page.get("words", {}))
    return filter(None, [*lines(frame["head"]), *body, *lines(frame["tail"])])


def site(path: str) -> str | None:
    """The site of a page: its folder; the one without a dot is no site's."""
    folder = path.split("/", maxsplit=1)[0]
    return folder if "." in folder else None


def judged(folder: Path, pairs: Sequence[Pair], *, alone: bool, among: Sequence[Pair] = ()) -> Score:
    """The pairs as the pass over the folder finds them, among the pages of others; `alone`: a folder for each pair."""
    rows = {}
    for path in sorted({path for a, b, _ in (*pairs, *among) for path in (a, b)}):
        (item,) = scan_file(folder, path, MAX_BYTES)
        rows[path] = ((path, None), site(path), item.fingerprint)
    result = Score()
    for pair in pairs if alone else ():
        score_pairs(result, [pair], _items(group(rows[path] for path in pair[:2]), rows))
    if not alone:
        score_pairs(result, pairs, _items(group(rows.values()), rows))
    return result


def _items(found: CorpusFindings, paths: Iterable[str]) -> dict[str, Record]:
    return {
        path: {
            "group": found.groups.get((path, None)),
            "flags": [flag_fields(flag) for flag in found.flags.get((path, None), ())],
        }
        for path in paths
    }


def main() -> None:
    """Print the figures."""
    for name in SETS:
        with TemporaryDirectory() as folder:
            pairs = build_copies(Path(folder), name)
            for alone in (False, True):
                where = "each pair in a folder of its own" if alone else "all pages in one folder"
                for part in (SEEN, UNSEEN) if name == "third_copies" else ("",):
                    of_it = [pair for pair in pairs if part in {"", half(" ".join(pair[:2]))}]
                    result = judged(Path(folder), of_it, alone=alone, among=pairs)
                    counts = result.count("near copies")
                    sys.stdout.write(
                        f"{name} {part}, {where}: precision {counts.precision:.3f} recall {counts.recall:.3f}"
                        f" F1 {counts.f1:.3f} of {len(of_it)} pairs\n"
                        + "".join(f"  {miss}\n" for miss in result.misses if part != UNSEEN)
                    )


if __name__ == "__main__":
    main()
