"""How long the second pass over a folder takes, and how it grows, on made-up pages.

    python tests/benchmarks/corpus.py [PAGES ...]        default: 10000 100000

Pages are made of words drawn with the frequencies of a language; each site prints its own lines on all of its pages,
one page in ten holds a paragraph that other pages of its site hold too, and one in twelve is an edited copy of an
earlier page, mostly on another site. Printed: seconds of the processor, the most memory, the exponent of growth, and
how many of the planted copies were found (and how many strangers were joined).
"""

from __future__ import annotations

import math
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping

import numpy as np

from triage.corpus import fingerprint, group
from triage.model import Article, Block, ItemKey

SITES, SITE_LINES, VOCABULARY = 400, 6, 60_000


def pages(count: int) -> Iterator[tuple[ItemKey, str, bytes, int]]:
    """Pages as (key, site, fingerprint, number of the page it was copied from or -1)."""
    rng = np.random.default_rng(20260101)
    words = np.array([f"w{number:x}" for number in range(VOCABULARY)])
    template = [[_paragraph(rng, words, 14) for _ in range(SITE_LINES)] for _ in range(SITES)]
    reused = [[_paragraph(rng, words, 45) for _ in range(5)] for _ in range(SITES)]
    recent: list[list[str]] = []
    for number in range(count):
        site, origin = int(rng.integers(SITES)), -1
        if recent and rng.random() < 1 / 12:
            back = int(rng.integers(1, len(recent) + 1))
            origin, body = number - back, [_edited(rng, text) for text in recent[-back]]
        else:
            body = [_paragraph(rng, words, int(rng.integers(25, 80))) for _ in range(int(rng.integers(5, 11)))]
        recent = [*recent[-199:], body]
        shown = [*body, reused[site][int(rng.integers(5))]] if rng.random() < 0.1 else body
        lines = [*template[site][:3], *shown, *template[site][3:]]
        article = Article(blocks=tuple(Block("paragraph", line) for line in lines))
        yield (f"site{site}.example/{number:06}.html", None), f"site{site}.example", fingerprint(article), origin


def _paragraph(rng: np.random.Generator, words: np.ndarray, length: int) -> str:
    # Zipf's law by inversion: rank r is met with a frequency of about 1 / r.
    ranks = np.exp(rng.random(length) * math.log(VOCABULARY)).astype(np.int64) - 1
    return " ".join(words[ranks])


def _edited(rng: np.random.Generator, text: str) -> str:
    return " ".join(f"edit{rng.integers(1000)}" if rng.random() < 0.04 else word for word in text.split())


def measure(count: int) -> None:
    """Prints `seconds megabytes found planted strangers` for one size; run in a process of its own.

    Fingerprints are read from a file as the pass goes, as they come from the library.
    """
    origins: list[int] = []
    names: list[ItemKey] = []
    with tempfile.TemporaryFile() as kept:

        def stored() -> Iterator[tuple[ItemKey, str, bytes]]:
            kept.seek(0)
            for _ in range(count):
                yield pickle.load(kept)  # noqa: S301  our own file

        for key, site, data, origin in pages(count):
            pickle.dump((key, site, data), kept)
            names.append(key)
            origins.append(origin)
        started = time.process_time()
        found = group(stored())
        seconds = time.process_time() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    planted = [(names[number], names[origin]) for number, origin in enumerate(origins) if origin >= 0]
    joined = sum(found.groups.get(copy, copy[0]) == found.groups.get(first) for copy, first in planted)
    print(round(seconds, 3), most, joined, len(planted), _strangers(names, origins, found.groups))  # noqa: T201


def _strangers(names: list[ItemKey], origins: list[int], groups: Mapping[ItemKey, str]) -> int:
    """How many pages stand in a group with pages that they were not copied from, directly or not."""
    root = list(range(len(names)))
    for number, origin in enumerate(origins):
        if origin >= 0:
            root[number] = root[origin]
    roots: dict[str, set[int]] = {}
    for number, name in enumerate(names):
        if name in groups:
            roots.setdefault(groups[name], set()).add(root[number])
    return sum(len(of_group) - 1 for of_group in roots.values())


def main(sizes: list[int]) -> None:
    """Measures each size in a fresh process and prints a table."""
    print(f"{'pages':>8} {'seconds':>8} {'MB':>6} {'copies found':>16} {'strangers joined':>17}")  # noqa: T201
    times: list[tuple[int, float]] = []
    for size in sizes:
        run = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], check=True, capture_output=True, text=True
        ).stdout.split()
        seconds, most, joined, planted, strangers = float(run[0]), *map(int, run[1:])
        times.append((size, seconds))
        print(f"{size:>8} {seconds:>8.2f} {most:>6} {f'{joined}/{planted}':>16} {strangers:>17}")  # noqa: T201
    if len(times) > 1:
        (small, fast), (large, slow) = times[0], times[-1]
        print(f"exponent of growth {math.log(slow / fast) / math.log(large / small):.2f}")  # noqa: T201


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        main([int(value) for value in sys.argv[1:]] or [10_000, 100_000])
