"""What a person said of each page of a labelled set: its class, its cause, and what stands where in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LINE_KINDS = ("error-noise", "repeated-section", "boilerplate")
"""Flags that cover a part of a page."""

Record = dict[str, Any]
"""One line of `triage scan --format jsonl`, or one line of a truth file."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: source lines of a text, or how its first and last block begin."""

    lines: tuple[int, int] | None = None
    first: str = ""
    last: str = ""
    copy: int = 1
    """Which of the blocks that begin with `first`, from 1."""
    key: str = ""
    """`line_key` of one block, where a set names its lines by that alone."""


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a page and the kinds of flag that are right about it, the best one first; none: not counted."""

    kinds: tuple[str, ...]
    place: Place
    same_as: Place | None = None
    trap: bool = False
    """Looks like noise and is none."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of one page."""

    path: str
    page_class: str = ""
    """error, article or other; empty where nobody judged the page as a whole."""
    causes: tuple[str, ...] = ()
    language: str | None = None
    shows: str = ""
    flags: tuple[str, ...] = ()
    """Whole-page flags it must carry besides `error-page`: thin, unreadable."""
    spans: tuple[Span, ...] = ()
    complete: tuple[str, ...] = ()
    """Kinds of which every place in the page is told, so that such a flag elsewhere is false."""
    repeated: bool | None = None
    """Whether a section stands twice, where only that was judged."""
    title: str | None = None
    holds: str = ""
    """Words the extracted text must hold."""
    group: str | None = None
    """Pages with the same name are near copies, and of no others."""


def line_key(text: str) -> str:
    """A line known again whatever its spaces, marks and case: a hash of its first 60 letters and digits."""
    return hashlib.sha1("".join(c for c in text.lower() if c.isalnum())[:60].encode()).hexdigest()[:12]  # noqa: S324


def read_jsonl(path: Path) -> Iterator[Record]:
    """The records of a JSONL file; none where there is no such file."""
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def own_label(record: Record) -> Label:
    """A label from a record in this project's form, as in `tests/samples/truth.jsonl`."""
    cause = record.get("cause", ())
    return Label(
        path=record["path"],
        page_class=record["class"],
        causes=(cause,) if isinstance(cause, str) else tuple(cause),
        language=record["language"],
        shows=record.get("shows", ""),
        flags=tuple(record.get("flags", ())),
        spans=tuple(_own_span(span) for span in record.get("spans", ())),
        complete=() if record["class"] == "error" or not record.get("lines", True) else LINE_KINDS,
        title=record.get("title"),
        holds=record.get("holds", ""),
        group=record.get("group"),
    )


def _own_span(span: Record) -> Span:
    same_as = span.get("same_as")
    return Span(tuple(span["kinds"]), _own_place(span), _own_place(same_as) if same_as else None)


def _own_place(place: Record) -> Place:
    if "lines" in place:
        return Place(lines=(place["lines"][0], place["lines"][1]))
    first: str = place["from"]
    return Place(first=first, last=place.get("to", first), copy=place.get("copy", 1))


def labels_of(folder: Path) -> list[Label]:
    """The labels of a set with the folders `truth/` and, as they come, `pages/`, `dumps/`, `within/`, `natural/`."""
    truth = folder / "truth"
    labels = [
        Label(t["path"], t["class"], (t["cause"],) if t["cause"] else (), t["language"])
        for t in read_jsonl(truth / "pages.jsonl")
    ]
    labels += [_dump_label(t) for t in read_jsonl(truth / "lines.jsonl")]
    for name in ("within.jsonl", "natural_repeats.jsonl"):
        labels += [
            Label(t["path"], repeated=t["label"].startswith("repeated"))
            for t in read_jsonl(truth / name)
            if t["label"] != "neutral"
        ]
    return labels + _natural_labels(truth / "natural_lines.jsonl")


def pairs_of(folder: Path) -> list[tuple[str, str, bool]]:
    """Two paths each, and whether they are near copies."""
    found = read_jsonl(folder / "truth/pairs.jsonl")
    return [(t["a"], t["b"], t["label"] == "near-duplicate") for t in found if t["label"] != "partial"]


def _dump_label(t: Record) -> Label:
    spans = [Span(("error-noise",), Place(lines=(first, last))) for first, last, _ in t["noise"]]
    spans += [Span(("boilerplate", "error-noise"), Place(lines=(a, b))) for a, b, _ in t["boilerplate"]]
    spans += [
        Span(("repeated-section",), Place(lines=(first, last)), Place(lines=(of_first, of_last)))
        for first, last, of_first, of_last in t["repeats"]
    ]
    spans += [Span((), Place(lines=(number, number))) for number in t.get("ignore", [])]
    # Real texts hold disclaimers and share lines of their own, which nobody labelled.
    return Label(t["path"], "article", language=t["language"], spans=tuple(spans), complete=LINE_KINDS[:2])


def _natural_labels(path: Path) -> list[Label]:
    spans: dict[str, list[Span]] = {}
    for t in read_jsonl(path):
        trap = t["scope"] != "inside"
        kinds = ("boilerplate",) if trap else ("error-noise", "boilerplate")
        place = Place(key=t.get("key") or line_key(t["line"]))
        spans.setdefault(t["path"], []).append(Span(kinds, place, trap=trap))
    return [Label(name, "article", spans=tuple(found)) for name, found in spans.items()]
