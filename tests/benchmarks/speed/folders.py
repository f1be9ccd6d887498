"""Folders of made-up pages, of any size, with known shares of each fault.

    python -m tests.benchmarks.speed.folders FOLDER --pages 1000              some 100 KB of markup a page
    python -m tests.benchmarks.speed.folders FOLDER --pages 100000 --kilobytes 4

Of every hundred pages as many are of each fault as `FAULTS` says; the text is our own (see `prose`), the markup has the
elements of saved pages in their numbers (medians of real ones: 430 elements, half the bytes in scripts and styles). The
size of a page is log-normal around `--kilobytes`, whose half is its median. The same call gives the same bytes.
`page(number)` gives one page without a folder, for benchmarks that need no files.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Literal

from tests.benchmarks.build import Record, dresses, error_page, toml
from tests.benchmarks.speed.prose import Language, headline, language, names, paragraph, sentence

Fault = Literal["none", "error", "noise", "boilerplate", "repeat", "near-copy", "dump", "thin"]
FAULTS: dict[Fault, int] = {
    "error": 10, "noise": 8, "boilerplate": 12, "repeat": 5, "near-copy": 8, "dump": 10, "thin": 2, "none": 45,
}  # fmt: skip
"""How many of a hundred pages have the fault. A dump is a text file, an error line above and a repeat in it."""
_ORDER: tuple[Fault, ...] = tuple(fault for fault, count in FAULTS.items() for _ in range(count))
_STEP = 37
"""Coprime to a hundred: neighbours have different faults."""
SITES = 400
_ENGLISH = 0.5
_SPREAD = 0.9
"""Standard deviation of the logarithm of a page's size; that of the saved pages that were looked at is higher."""


@dataclass(frozen=True, slots=True)
class Made:
    """One made-up page."""

    path: str
    fault: Fault
    language: str
    title: str
    author: str
    date: str
    body: tuple[str, ...]
    """Paragraphs; those of the fault are among them."""
    site: str


def _fault_of(number: int) -> Fault:
    return _ORDER[(number * _STEP - 1) % 100]  # the first page has none


def page(number: int) -> Made:
    """The page of that number, from 0; always the same."""
    fault = _fault_of(number)
    rng = random.Random(number)
    site = f"site{rng.randrange(SITES):03}.example"
    code = "en" if rng.random() < _ENGLISH else rng.choice(names())
    suffix = "txt" if fault == "dump" else "html"
    path = f"{site}/{2015 + number % 10}/{number:07}.{suffix}"
    date = f"{2015 + number % 10}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    tongue = language(code)
    if fault == "near-copy":  # of the page before the last that has no fault
        first = page(next(k for k in range(number - 1, -1, -1) if _fault_of(k) == "none"))
        body = [_edited(rng, text) for text in first.body]
        code, tongue = first.language, language(first.language)
    else:
        body = [paragraph(rng, tongue) for _ in range(1 if fault == "thin" else rng.randint(4, 14))]
    title = headline(rng, tongue, body)
    return Made(path, fault, code, title, sentence(rng, tongue)[:14].title().strip(" .,"), date,
                tuple(_with_fault(rng, tongue, fault, body)), site)  # fmt: skip


def _edited(rng: random.Random, text: str) -> str:
    return " ".join(f"{word}x" if rng.random() < 0.03 else word for word in text.split(" "))


def _with_fault(rng: random.Random, tongue: Language, fault: Fault, body: list[str]) -> list[str]:
    lines = tongue.noise or language("en").noise
    if fault == "thin":
        return [" ".join(body[0].split()[:9])]
    if fault in {"noise", "dump"}:
        body = [rng.choice(lines), *body] if rng.random() < 0.5 else [*body, rng.choice(lines)]
    if fault == "boilerplate":
        chrome = tongue.chrome
        body = [*body, chrome["foot"], *rng.sample(lines, min(2, len(lines)))]
    if fault in {"repeat", "dump"}:
        at = rng.randrange(max(1, len(body) - 2))
        body = [*body, *body[at : at + 2]]
    return body


def content(made: Made, number: int, kilobytes: float = 100) -> str:
    """The file of a page: markup of about so many kilobytes, or the lines of a dump."""
    if made.fault == "dump":
        return "\n\n".join((made.title, *made.body)) + "\n"
    rng = random.Random(f"markup {number}")
    size = int(min(8.0, rng.lognormvariate(-0.5, _SPREAD)) * kilobytes * 1000)
    if made.fault == "error":
        plain = error_page(rng.choice(_errors()), _dresses())
        return plain if size < 20_000 else plain.replace("</body>", f"{_script(rng, size // 2)}</body>")
    return _markup(rng, made, size)


_dresses = cache(dresses)


@cache
def _errors() -> list[Record]:
    return [entry for entry in toml("errors")["page"] if entry["shape"] != "text"]


def _markup(rng: random.Random, made: Made, size: int) -> str:
    """A saved page: metadata, styles and scripts, menu, article, teasers, foot."""
    tongue = language(made.language)
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": made.title,
        "datePublished": f"{made.date}T08:00:00+00:00",
        "author": {"@type": "Person", "name": made.author},
    }
    metadata = f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'
    address = f"https://{made.path.removesuffix('.html')}"
    shown = escape(made.title)
    head = (
        f'<meta charset="utf-8"><title>{shown} | {tongue.chrome["site"]}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="canonical" href="{address}">'
        f'<meta property="og:title" content="{shown}"><meta property="og:url" content="{address}">'
        f'<meta property="og:type" content="article">{metadata if rng.random() < 0.7 else ""}'
        f"{_style(rng, size // 6)}{_script(rng, size // 3)}"
    )
    credit = f'<p class="byline">{escape(made.author)} <time datetime="{made.date}">{made.date}</time></p>'
    text = "\n".join(f"<p>{_linked(rng, text)}</p>" for text in made.body)
    figure = '<figure class="media"><img src="/i/lead.jpg" alt="" width="960" height="540"></figure>'
    room = max(0, size // 2 - len(text))
    body = (
        f'<div class="page-wrapper"><header class="site-header"><a class="logo" href="/">{tongue.chrome["site"]}</a>'
        f'{_menu(rng, tongue, room // 4)}</header><main class="layout"><article class="story" itemscope>'
        f'<h1 class="story__title">{shown}</h1>{credit}{figure}<div class="story__body">\n{text}\n</div></article>'
        f'<aside class="rail">{_teasers(rng, tongue, room * 5 // 8)}</aside></main>'
        f'<footer class="site-footer">{_menu(rng, tongue, room // 8)}<p>{tongue.chrome["foot"]}</p></footer></div>'
        f"{_script(rng, size // 6)}"
    )
    return f'<!DOCTYPE html>\n<html lang="{made.language}">\n<head>{head}</head>\n<body>{body}</body>\n</html>\n'


def _linked(rng: random.Random, text: str) -> str:
    """A paragraph, now and then with a link or a word in bold letters."""
    safe = escape(text, quote=False)
    words = safe.split(" ")
    if len(words) > 12 and rng.random() < 0.3:
        at = rng.randrange(len(words) - 4)
        words[at] = f'<a href="/t/{at}" class="inline-link">{words[at]}'
        words[at + 2] += "</a>"
    if len(words) > 20 and rng.random() < 0.15:
        words[-1] = f"<strong>{words[-1]}</strong>"
    return " ".join(words)


def _menu(rng: random.Random, tongue: Language, size: int) -> str:
    names = tongue.chrome["menu"]
    entries, length = [], 0
    while length < size or len(entries) < len(names):
        at = len(entries)
        name = names[at] if at < len(names) else escape(" ".join(rng.choices(tongue.words, k=2)))
        entries.append(
            f'<li class="menu__item"><a href="/section/{at}" class="menu__link"><span>{name}</span></a></li>'
        )
        length += len(entries[-1])
    return f'<nav class="menu" aria-label="menu"><ul class="menu__list">{"".join(entries)}</ul></nav>'


def _teasers(rng: random.Random, tongue: Language, size: int) -> str:
    cards: list[str] = []
    length = 0
    while length < size:
        at = rng.randrange(10**6)
        name = escape(sentence(rng, tongue)[:70])
        cards.append(
            f'<div class="card card--teaser" data-id="{at}"><a class="card__link" href="/story/{at}">'
            f'<div class="card__media">'
            f'<img loading="lazy" src="/i/{at}.jpg" srcset="/i/{at}-320.jpg 320w, /i/{at}-640.jpg 640w" alt=""></div>'
            f'<h3 class="card__title">{name}</h3></a>'
            f'<span class="card__meta">{tongue.chrome["menu"][at % 5]}</span></div>'
        )
        length += len(cards[-1])
    return "".join(cards)


def _script(rng: random.Random, size: int) -> str:
    lines = (
        f'window.q=window.q||[];q.push({{"k{rng.randrange(9999)}":{rng.randrange(10**9)},"on":true}});'
        for _ in range(20)
    )
    block = "\n".join(lines)
    return f"<script>{(block * (size // len(block) + 1))[:size]}</script>"


def _style(rng: random.Random, size: int) -> str:
    rules = (
        f".c{rng.randrange(9999)}__e{{margin:0 auto;color:#{rng.randrange(16**6):06x};display:flex}}" for _ in range(20)
    )
    block = "\n".join(rules)
    return f"<style>{(block * (size // len(block) + 1))[:size]}</style>"


def make(folder: Path, pages: int, kilobytes: float = 100, *, processes: int = 2) -> None:
    """Write pages 0 to `pages` - 1 below `folder`."""
    steps = [(folder, range(at, min(at + 500, pages)), kilobytes) for at in range(0, pages, 500)]
    if len(steps) < 3:
        for step in steps:
            _write(step)
        return
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        for _ in pool.imap_unordered(_write, steps):
            pass


def change(folder: Path, pages: int, every: int = 10) -> Iterator[str]:
    """Give every tenth of the pages other words in its file; the paths of those changed."""
    for number in range(0, pages, every):
        made = page(number)
        file = folder / made.path
        text = file.read_text(encoding="utf-8")
        last = made.body[-1]
        file.write_text(text.replace(last[:20], f"{last[:20]} {number}", 1) + "\n", encoding="utf-8")
        yield made.path


def _write(step: tuple[Path, range, float]) -> None:
    folder, numbers, kilobytes = step
    for number in numbers:
        made = page(number)
        file = folder / made.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content(made, number, kilobytes), encoding="utf-8", newline="\n")


def main() -> None:
    """Make a folder."""
    parser = argparse.ArgumentParser(description="Make a folder of pages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--kilobytes", type=float, default=100)
    chosen = parser.parse_args()
    make(chosen.folder, chosen.pages, chosen.kilobytes)


if __name__ == "__main__":
    main()
