"""What a stranger may write to reach the terminal or the app: escape sequences, bidi, invisible letters, markup.

Each dangerous character is followed by MARK, which no escape sequence of a terminal program is: wherever the two
stand together in what was sent to a terminal, a page, a name, a tag or a note has reached it raw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from tests.hostile.sample import ARTICLE, CLOSING, MIDDLE, OPENING, PARAGRAPHS, TITLE, Sample, html, sample

MARK = "qz"
_CONTROLS = [*range(1, 9), 11, 12, *range(14, 32), *range(0x7F, 0xA0)]
_ORDER = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_UNSEEN = [0xAD, 0x180E, 0x200B, 0x2028, 0x2029, *range(0x2060, 0x2065), 0x3164, 0xFEFF, 0xFFF9, 0xE0001, 0xE0041]
DANGEROUS = [chr(code) for code in (*_CONTROLS, *_ORDER, *_UNSEEN)]
_RAW = re.compile(f"(?:[{''.join(map(re.escape, DANGEROUS))}\0\ud800-\udfff]){MARK}")

GROUPS = {
    "controls": "".join(f"{chr(code)}{MARK}{code:x}." for code in _CONTROLS),
    "order": "".join(f"{chr(code)}{MARK}{code:x}." for code in _ORDER),
    "unseen": "".join(f"{chr(code)}{MARK}{code:x}." for code in _UNSEEN),
}
_SEQUENCES = {
    "clipboard": "\x1b]52;c;cXpxeg==\x07",
    "window-title": "\x1b]0;qz-title\x07",
    "icon": "\x1b]1;qz-icon\x1b\\",
    "link": "\x1b]8;;http://qz.example/\x1b\\qz-link\x1b]8;;\x1b\\",
    "clear": "\x1b[2J\x1b[Hqz-clear",
    "reset": "\x1bcqz-reset",
    "answer": "\x1b[c\x1b[6n\x1bP$q qz\x1b\\",
    "alternate": "\x1b[?1049lqz-back",
    "picture": "\x1bPq#0;2;0;0;0#0~~qz\x1b\\",
    "program": "\x1b_Gqz\x1b\\\x1b^qz\x1b\\\x1bXqz\x1b\\",
    "c1": "\x9b2J\x9d0;qz-c1\x9c",
    "colours": "\x1b]4;1;rgb:ff/00/00\x07\x1b]11;#ff0000\x07qz-colour",
}
SEQUENCES = {name: f"{text}\x1b{MARK}" for name, text in _SEQUENCES.items()}
SENT_SEQUENCES = (
    b"\x1b]52;c;cXpx",
    b"\x1b]0;qz",
    b"\x1b]1;qz",
    b"\x1b]8;;http://qz",
    b"\x1bcqz",
    b"\x1b_Gqz",
    b"\x1bPq#0",
)
"""How some of them would look among the bytes that reached a terminal."""
MARKUP = (
    "[/]", "[/nosuch]", "[bold", "[bold]x", "[@click=app.quit]quit[/]", "[@click=screen.dismiss]x[/]",
    "[link=file:///etc/passwd]x[/link]", "[link='http://qz.example/']x[/]", "[type=x, v={'a[0]'}]", "[#zz]", "[red on]",
    "[$nosuch]x", "[on $primary 50%]x", "[[x]]", "\\[x]", "[]", "[=]", "[/=]", "[a='", "{x!r:>1000000000}", "%s%n",
    "[@click=app.bell('x')]", "[@mount=quit]", ":skull:", "<b>&lt;", "[rgb(999,0,0)]x[/]", "[bold][/italic]", "]][[",
)  # fmt: skip


def raw_in(sent: bytes) -> list[str]:
    """What of the payloads stands raw among the bytes sent to a terminal."""
    text = sent.decode("utf-8", "surrogateescape")
    return _RAW.findall(text) + [repr(found) for found in SENT_SEQUENCES if found in sent]


def pages() -> Iterator[Sample]:
    """Every payload in every place of a page that is shown."""
    for name, text in {**GROUPS, **SEQUENCES, "markup": " ".join(MARKUP)}.items():
        yield sample(
            f"payloads/{name}.txt", "\n\n".join((f"{TITLE} {text}", *ARTICLE, f"The end of it {text} is here."))
        )
        yield sample(f"payloads/{name}.html", _everywhere(text))
        yield sample(f"payloads/{name}-references.html", _everywhere("".join(f"&#{ord(one)};" for one in text)))
    yield sample("payloads/markup-each.md", "\n\n".join((*ARTICLE, *MARKUP, *(f"- {one}" for one in MARKUP))))
    yield from _copies()
    yield from _equal_errors()
    error = f"<title>404 Not Found {SEQUENCES['window-title']}</title><h1>404 [/] \x1bqz</h1>"
    yield sample("payloads/error.html", error, article=False)
    noise = f"<p>Error 404: the page {GROUPS['controls']} [/] was not found.</p>"
    yield sample("payloads/noise.html", html(noise + PARAGRAPHS))
    yield sample("payloads/repeat.html", html(PARAGRAPHS + f"<p>[/nosuch] {GROUPS['order']}</p>" + PARAGRAPHS))
    yield sample("payloads/tower.html", html(f"<p>{'e' + chr(0x301) * 20_000}</p>{PARAGRAPHS}"))
    yield sample("payloads/towers.txt", "\n\n".join((*ARTICLE, ("o" + chr(0x20DD) * 60) * 300)))
    yield sample("payloads/joined.html", html(f"<p>{chr(0x200D).join(['👩'] * 3000)}</p>{PARAGRAPHS}"))
    yield sample(
        "payloads/joiners.txt", "\n\n".join((*ARTICLE, "\u200d👧 \u200dx \u200d\u200d\u200d y\u200d", "\u200c" * 500))
    )
    yield sample("payloads/wide.txt", "\n\n".join((*ARTICLE, "㍿" * 5000, "ﷺ𒐫" * 500, "\ufe0f\u20e3" * 300)))
    yield sample(
        "payloads/selectors.txt", "\n\n".join((*ARTICLE, "x" + "\U000e0100\U000e01ef" * 500, "☃\ufe0f\ufe0e" * 300))
    )
    yield sample("payloads/flags.txt", "\n\n".join((*ARTICLE, "🇦" * 999, "🏴\U000e0067\U000e0062\U000e007f")))


def _copies() -> Iterator[Sample]:
    """Near copies on three sites, with payloads in what they share and in what differs."""
    shared = f"<p>{GROUPS['controls']} {GROUPS['unseen']} [/]</p>" + PARAGRAPHS
    for number, text in enumerate((SEQUENCES["window-title"], GROUPS["order"], MARKUP[3])):
        head = f'<link rel="canonical" href="https://copy{number}.example/{text}"><meta name="author" content="{text}">'
        yield sample(f"payloads/copy-{number}.html", html(f"{shared}<p>Told by {text} at the quay.</p>", head))


def _equal_errors() -> Iterator[Sample]:
    """Error pages of one site with the same text."""
    told = f"<h1>404 Not Found</h1><p>{SEQUENCES['clear']} {GROUPS['order']} [@click=app.quit]x[/] is not here.</p>"
    for number in range(4):
        head = f'<title>404 Not Found [/] {number}</title><link rel="canonical" href="https://lost.example/{number}">'
        yield sample(f"payloads/lost-{number}.html", f"<html><head>{head}</head><body>{told}", article=False)


def names() -> Iterator[Sample]:
    """The same in the names of files and folders; a system that refuses such a name goes without."""
    page = html().encode()
    held = (OPENING, MIDDLE, CLOSING)
    for name, text in {**GROUPS, **SEQUENCES}.items():
        yield Sample(f"names/{text.replace('/', '∕')[:50]}{name}.html", page, held)
    for number, text in enumerate(MARKUP):
        yield Sample(f"names/{number:02} {text.replace('/', '∕')}.html", page, held)
    yield Sample(
        f"names/{GROUPS['order'][:40]}/[@click=app.quit]/\x1b]0;qz-title\x07.txt", " ".join(ARTICLE).encode(), held
    )


def _everywhere(text: str) -> str:
    """The article with `text` in its title, author, date, site, address, language, links and paragraphs."""
    url = f"https://qz.example/{text}"
    head = (
        f'<meta name="author" content="A. Nother {text}"><meta property="og:site_name" content="{text}">'
        f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'
        f'<meta name="robots" content="{text}">'
        f'<meta property="article:published_time" content="2024-05-06 {text}"><meta name="keywords" content="{text}">'
        f'<script type="application/ld+json">{{"@type": "Article", "headline": "{text}", "author": "{text}"}}</script>'
    )
    saved = f"<!-- saved from url=(0099)https://qz.example/{quote(text[:9])}{text[:60].replace(' ', '')} -->\n"
    body = f"<p><a href='{url}'>{text}</a></p>{PARAGRAPHS}<blockquote>{text}</blockquote><pre>{text}\n{text}</pre>"
    page = html(body + f"<ul><li>{text}</ul><table><tr><td>{text}<td>{text}</table>", head, f'<html lang="{text}">')
    return saved + page.replace(f"<title>{TITLE}", f"<title>{TITLE} {text}").replace(
        f"<h1>{TITLE}", f"<h1>{TITLE} {text}"
    )
