"""Files damaged at random, in bytes and with what is known to break readers: each must give items and no fault."""

from __future__ import annotations

import gzip
import json
import random
import re
import traceback
from collections.abc import Sequence
from pathlib import Path

from tests.archives import archive, crawl, response, story
from tests.reading.test_mhtml import message, part
from tests.trust.promise import Outcome, Promise
from triage.reading import read_pages
from triage.reading.formats import is_container
from triage.scanning.record import scan_page

_SAMPLES = Path(__file__).parents[2] / "sample_articles"
_LIMIT = 1_000_000
_MOST_DAMAGES = 8
_HEAD = 800
"""Bytes in which most of what a reader goes by stands: half of the damage is done there."""
_TOLD = 10
"""Faults of a run that are told at most."""
_BYTES = (
    b"\0", b"\r\n", b"\n\n", b"--", b'"', b";", b"\xff\xfe", b"\x1f\x8b", b"%00", b"-1", b"99999999999",
    b"*=a\0b'x'y", b"; charset*=a\0b'x'y", b"boundary*0*=", b"; charset*=utf-9''%ff", b"=?utf-8?q?=00?=",
    b"charset=utf-7", b"gzip, gzip",
    b"Transfer-Encoding: chunked\r\n", b"WARC/1.0\r\n", b"Content-Length: 0\r\n", b"1e999", b"NaN", b"Infinity",
    b"\\u0000", b"\\ud800", b"[[[[[[[[", b'{"text":', b"\xed\xa0\x80", b"\xe2\x80\xae",
)  # fmt: skip
_MARKUP = tuple(
    words.encode()
    for words in (
        "<!--", "]]>", "<![CDATA[", "<plaintext>", "<template>", "<frameset>", "<noscript>", "<base href='http://['>",
        "<title>" * 20, "<p>" * 300, "<li>" * 300, "<br>" * 400, "<table><tr><td>" * 50, "<h1></h1>" * 30,
        "<svg><title>a</title></svg>", "<math><mi//></math>", "<a href='http://[x'>y</a>", "<html lang='x-x-x'>",
        "<link rel=canonical href='http://[::1'>", "<meta property='og:url' content='http://[bad]/x'>",
        "<meta property='article:published_time' content='0001-01-01T00:00:00+14:00'>",
        "<time datetime='9999-12-31T23:59:59-12:00'>x</time>", "<!-- saved from url=(0012)http://[ -->",
        "<!--\n Page saved with SingleFile \n saved date: Mon Jan 01 0001 00:00:00 GMT+1400 (X)\n-->",
        '<script type="application/ld+json">{"@type":["A",null,3],"author":[null,1],"datePublished":{}}</script>',
        '<script type="application/ld+json">' + "[" * 5000 + "</script>",
        "&#0;", "&#xD800;", "&#x110000;", "&#99999999999999999;", "&a;", "<!DOCTYPE [<!ENTITY a 'b'>]>",
        "404 " * 50, "[1] " * 200, "\u200b" * 100, "\u202e", "\x85\u2028\u2029", "\x1b[31m", "<pre>" + "\n" * 500,
    )
)  # fmt: skip


def check(place: Path, steps: int, seed: int) -> Outcome:
    """Damages one good file after the other; each step is one file, read and scanned."""
    draw = random.Random(seed)
    good = (_archives(), _pages())
    items, faults = 0, []
    for step in range(steps):
        name, data = draw.choice(draw.choice(good))
        hurt = _damaged(data, draw)
        (place / name).write_bytes(hurt)
        try:
            pages = read_pages(place, name, _LIMIT)
            for page in pages:
                scan_page(page)
        except Exception:  # noqa: BLE001 - any fault breaks the promise
            kept = place / f"fault-{step}-{name}"
            kept.write_bytes(hurt)
            faults.append(f"seed {seed}, step {step}, {name}: {traceback.format_exc(limit=-1).strip()}")
        else:
            items += len(pages)
            if not pages and not is_container(name):  # of archives, lines and records that are no pages are counted
                faults.append(f"seed {seed}, step {step}, {name}: {len(hurt)} bytes gave neither page nor reason")
    return Outcome(f"{items:,} items of {steps:,} damaged files, {len(faults)} faults", faults[:_TOLD])


def _archives() -> list[tuple[str, bytes]]:
    """One good file of each format of archives."""
    url = "https://lock.example.org/more"
    packed = response(url, gzip.compress(story(5).encode()), http="Content-Encoding: gzip\r\n")
    chunked = response(url, b"5\r\nhello\r\n0\r\n\r\n", http="Transfer-Encoding: chunked\r\n")
    lines = (
        {"url": url, "text": story(number), "date": "2024-01-02T03:04:05Z", "status": 200, "metadata": {"title": "x"}}
        for number in range(4)
    )
    return [
        ("a.mhtml", message(part("text/html", story(1).encode()), part("image/png", bytes(range(200)), "base64"))),
        ("a.warc", archive([*crawl(3), packed, chunked], packed=False)),
        ("a.warc.gz", archive(crawl(3))),
        ("a.jsonl", b"".join(json.dumps(line).encode() + b"\n" for line in lines)),
    ]


def _pages() -> list[tuple[str, bytes]]:
    """The sample pages that are no archives."""
    found = sorted(path for path in _SAMPLES.rglob("*") if path.suffix in {".html", ".txt", ".md"})
    return [(f"a{path.suffix}", path.read_bytes()) for path in found]


def _damaged(data: bytes, draw: random.Random) -> bytes:
    """`data` with some of it replaced, left out, said twice, cut off, or with what breaks readers put in."""
    for _ in range(draw.randint(1, _MOST_DAMAGES)):
        at = draw.randint(0, min(len(data), draw.choice((_HEAD, len(data)))))
        data = draw.choice((_inserted, _inserted, _replaced, _left_out, _doubled, _cut))(data, at, draw)
    return data


def _inserted(data: bytes, at: int, draw: random.Random) -> bytes:
    line_end = re.compile(rb"\r?$", re.MULTILINE).search(data, at)
    if line_end and draw.random() < 0.5:  # where headers and lines of data go on
        at = line_end.start()
    return data[:at] + draw.choice(_of(draw)) + data[at:]


def _of(draw: random.Random) -> Sequence[bytes]:
    return draw.choice((_BYTES, _MARKUP))


def _replaced(data: bytes, at: int, draw: random.Random) -> bytes:
    return data[:at] + draw.randbytes(1) + data[at + 1 :]


def _left_out(data: bytes, at: int, draw: random.Random) -> bytes:
    return data[:at] + data[at + draw.randint(1, 300) :]


def _doubled(data: bytes, at: int, draw: random.Random) -> bytes:
    begin = draw.randint(0, len(data))
    return data[:at] + data[begin : begin + draw.randint(1, 2000)] + data[at:]


def _cut(data: bytes, at: int, draw: random.Random) -> bytes:
    return data[:at] if draw.random() < 0.3 else data  # or little would be left of most files


PROMISE = Promise(
    "damage", "However a file is damaged, it gives its pages or a reason, and no fault", 20_000, 60, check
)
