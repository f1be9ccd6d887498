"""Pages that cost much: nesting, attributes, entities, archives, tables, and things by the hundred thousand."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

from tests.hostile.sample import ARTICLE, PARAGRAPHS, TITLE, Sample, html, sample

_NESTED = {
    "div": ("<div>", "</div>"),
    "span": ("<span>", "</span>"),
    "b": ("<b>", "</b>"),
    "font": ("<font size=2>", "</font>"),
    "section": ("<section>", "</section>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
    "ul": ("<ul><li>", "</li></ul>"),
    "dl": ("<dl><dd>", "</dd></dl>"),
    "table": ("<table><tr><td>", "</td></tr></table>"),
    "form": ("<div><form>", "</form></div>"),
    "center": ("<center>", "</center>"),
    "unknown": ("<x-y>", "</x-y>"),
}


def nesting() -> Iterator[Sample]:
    """The article inside many elements, and behind them."""
    for name, (opened, closed) in _NESTED.items():
        for depth in (200, 600, 1500, 5000):
            yield sample(
                f"nesting/{name}-{depth}.html", html(opened * depth + PARAGRAPHS + closed * depth), heavy=depth == 1500
            )
    for name in ("div", "b", "table"):
        opened, closed = _NESTED[name]
        yield sample(f"nesting/behind-{name}-3000.html", html(opened * 3000 + "x" + closed * 3000 + PARAGRAPHS))
    yield sample("nesting/never-closed-b.html", html("<b>" * 700 + PARAGRAPHS))
    yield sample("nesting/never-closed-a.html", html("<a href=/x>" * 700 + PARAGRAPHS))
    yield sample("nesting/never-opened.html", html("</div>" * 100_000 + PARAGRAPHS))
    yield sample("nesting/div-1000000.html", html("<div>" * 1_000_000 + PARAGRAPHS))
    yield sample("nesting/misnested.html", html("<b><i><u><s>x</b></i></u></s>" * 3000 + PARAGRAPHS))


def attributes() -> Iterator[Sample]:
    """Many attributes, and long ones."""
    for count in (500, 20_000, 100_000):
        many = " ".join(f"a{number}=1" for number in range(count))
        yield sample(f"attributes/many-{count}.html", html(f"<div {many}>{PARAGRAPHS}</div>"), heavy=count > 500)
    yield sample("attributes/the-same.html", html(f"<div {'class=x ' * 30_000}>{PARAGRAPHS}</div>"))
    yield sample("attributes/long-value.html", html(f'<div data-x="{"v" * 7_000_000}">{PARAGRAPHS}</div>'))
    yield sample("attributes/long-name.html", html(f"<div {'n' * 1_000_000}=1>{PARAGRAPHS}</div>"))
    yield sample("attributes/quote-never-ends.html", html(f'<div data-x="{PARAGRAPHS}'))
    yield sample(
        "attributes/classes.html", html(f'<div class="{"article comment share " * 20_000}">{PARAGRAPHS}</div>')
    )
    yield sample("attributes/style.html", html(f'<div style="{"display:block;" * 30_000}">{PARAGRAPHS}</div>'))
    yield sample("attributes/style-spaces.html", html(f'<div style="display{" " * 400_000}x">{PARAGRAPHS}</div>'))
    yield sample(
        "attributes/data-image.html", html(f'<img src="data:image/png;base64,{"QUJD" * 900_000}">{PARAGRAPHS}')
    )
    yield sample("attributes/ids.html", html("<i id=x></i>" * 20_000 + PARAGRAPHS))
    yield sample("attributes/colspan.html", html(f"<table><tr><td colspan=999999999>x</table>{PARAGRAPHS}"))


def entities() -> Iterator[Sample]:
    """What an XML reader would expand or fetch."""
    laughs = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield sample("entities/laughs.html", html(f"{PARAGRAPHS}<p>&a11;", start=f"<!DOCTYPE html [{laughs}]><html>"))
    big = f'<!ENTITY big "{"x" * 50_000}">'
    yield sample("entities/square.html", html(f"{PARAGRAPHS}<p>{'&big;' * 5000}", start=f"<!DOCTYPE h [{big}]><html>"))
    for name, target in (
        ("file", "file:///etc/passwd"),
        ("beside", "../../outside/secret.html"),
        ("web", "http://192.0.2.1/x.dtd"),
    ):
        entity = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{target}"><!ENTITY % p SYSTEM "{target}"> %p;]>'
        yield sample(f"entities/outside-{name}.html", html(f"{PARAGRAPHS}<p>&x;</p>", start=f"{entity}<html>"))
        yield sample(
            f"entities/outside-{name}.xhtml",
            f'<?xml version="1.0"?>{html(f"{PARAGRAPHS}<p>&x;</p>", start=f"{entity}<html>")}',
        )
    yield sample(
        "entities/include.xhtml",
        html(
            f'<xi:include href="../../outside/secret.html" parse="text"/>{PARAGRAPHS}',
            start='<html xmlns:xi="http://www.w3.org/2001/XInclude">',
        ),
    )
    yield sample(
        "entities/style-sheet.xhtml",
        '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="http://192.0.2.1/x.xsl"?>' + html(),
    )
    yield sample(
        "entities/pictures.html",
        html(
            '<base href="file:///etc/"><svg><image href="passwd"/><use href="http://192.0.2.1/#a"/></svg>'
            f'<iframe src="passwd"></iframe><object data="passwd"></object>{PARAGRAPHS}'
        ),
    )
    yield sample("entities/unknown.html", html("&nosuch;" * 40_000 + PARAGRAPHS))
    yield sample("entities/ampersands.html", html("&" * 500_000 + PARAGRAPHS))
    yield sample("entities/amps.html", html(f"<p>{'&amp;' * 300_000}</p>{PARAGRAPHS}"))


def archives() -> Iterator[Sample]:
    """Packed pages that are bombs, broken, or packed twice."""
    page = html().encode()
    packed = gzip.compress(page, mtime=0)
    yield sample("archives/good.html.gz", packed)
    yield sample("archives/bomb.html.gz", gzip.compress(bytes(300_000_000), mtime=0), article=False)
    yield sample("archives/bomb-behind.html.gz", packed + gzip.compress(bytes(100_000_000), mtime=0))
    yield sample("archives/members.html.gz", packed + gzip.compress(b"", mtime=0) * 20_000)
    yield sample("archives/cut.html.gz", packed[:-40])
    yield sample("archives/wrong-sum.html.gz", packed[:-8] + b"\0\0\0\0" + packed[-4:])
    yield sample("archives/wrong-size.html.gz", packed[:-4] + b"\xff\xff\xff\x7f")
    yield sample("archives/junk-behind.html.gz", packed + b"junk" * 100)
    yield sample("archives/twice.html.gz", gzip.compress(packed, mtime=0))
    yield sample("archives/flipped.html.gz", packed[:200] + bytes([packed[200] ^ 0x55]) + packed[201:])
    yield sample("archives/not-packed.html.gz", page)
    yield sample("archives/nothing.html.gz", b"", article=False)
    yield sample("archives/head-alone.html.gz", packed[:10], article=False)
    yield sample("archives/name.txt.gz", b"\x1f\x8b\x08\x08\0\0\0\0\0\x03\x1b]0;x\x07" + zlib.compress(b"x")[2:-4])
    yield sample("archives/hidden-in-html.html", packed)
    yield sample("archives/near-the-limit.html.gz", gzip.compress(page + b" " * 7_900_000, mtime=0), heavy=True)


def crowds() -> Iterator[Sample]:
    """The article among very many small things."""
    crowd = {
        "cells": "<table>" + "<tr>" + "<td>1</td>" * 100 + "</tr>",
        "rows": "<tr><td>a</td><td>b</td></tr>",
        "short-paragraphs": "<p>x</p>",
        "paragraphs": "<p>" + "The tide table of the day was pinned to the door of the shed. " * 3 + "</p>",
        "empty-paragraphs": "<p></p>",
        "spans": "<span>a </span>",
        "breaks": "<br>",
        "lines": "a line of text<br>",
        "links": "<a href=/page>link</a> ",
        "headings": "<h2>Heading</h2>",
        "items": "<li>item",
        "inputs": "<input name=a>",
        "options": "<option>a",
        "rules": "<hr>",
        "comments": "<!-- x -->",
        "scripts": "<script>x()</script>",
        "metas": '<meta name=author content="A. Nother">',
        "titles": "<title>x</title>",
        "images": "<img src=x alt=y>",
        "brackets": "<",
        "half-tags": "<p ",
        "comment-starts": "<!--",
        "instructions": "<?x ?>",
        "sections": "<![CDATA[x]]>",
        "times": '<time datetime="2020-01-01">1</time>',
        "iframes": "<iframe></iframe>",
    }
    for name, thing in crowd.items():
        for size in (40_000, 1_500_000):
            text = thing * max(3, size // len(thing))
            yield sample(f"crowds/{name}-{size // 1000}k.html", html(PARAGRAPHS + text), heavy=size > 40_000)
    yield sample("crowds/equal-paragraphs.html", html(PARAGRAPHS * 1500))
    yield sample("crowds/before.html", html("<p>x</p>" * 100_000 + PARAGRAPHS))


def limits() -> Iterator[Sample]:
    """Just under, and over, the largest page that is read."""
    yield sample("limits/over.html.gz", gzip.compress((html() + " " * 8_000_001).encode(), mtime=0))
    yield sample("limits/over.txt.gz", gzip.compress(" ".join(ARTICLE).encode() * 20_000, mtime=0))
    yield sample("limits/one-text.html", html(f"<p>{'word ' * 1_500_000}</p>{PARAGRAPHS}"))
    yield sample("limits/one-word.html", html(f"<p>{'w' * 4_000_000}</p>{PARAGRAPHS}"))
    yield sample("limits/one-script.html", html(f"<script>{'x=1;' * 1_900_000}</script>{PARAGRAPHS}"))
    yield sample("limits/title.html", f"<html><head><title>{TITLE} {'t' * 2_000_000}</title></head>{PARAGRAPHS}")
