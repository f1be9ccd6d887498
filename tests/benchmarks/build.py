"""Builds the pages of `pages/*.toml` as files, with the label of each."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from tests.benchmarks.frames import Parts, framed
from tests.benchmarks.labels import Label, Record, own_label

DATA = Path(__file__).parent / "pages"
ERRORS = ("errors", "errors_walls", "errors_unseen")
GOOD = ("good", "good_hard", "good_unseen", "good_short")
"""Sets of pages; what each one is stands at the head of its file. Of all but the first, whole pages are labelled, not
their lines."""
BLIND = ("errors_blind", "good_blind")
"""Sets of which a half is never looked at: see `blind_pages`."""
_MARKS = {
    "!": ("error-noise",),
    "~": ("boilerplate", "error-noise"),
    "?": ("error-noise", "boilerplate"),
    "%": (),
}


def build(folder: Path) -> list[Label]:
    """Write every page of the data files below `folder`; answers their labels."""
    chrome = dresses()
    articles = {
        name: (entry["language"], entry["text"].strip().split("\n")) for name, entry in toml("articles").items()
    }
    records = [_write_error(folder, page, chrome) for name in ERRORS for page in toml(name)["page"]]
    for name in GOOD:
        for page in toml(name)["page"]:
            records.append(_write_good(folder, page, chrome))
            records[-1] |= {"spans": _marked_spans(page["body"])} if name == "good" else {"lines": False}
    for page in toml("dumps")["page"]:
        language, paragraphs = articles[page["article"]]
        lines, spans = _dump(page, paragraphs)
        page["language"] = language
        records.append(_write(folder, f"dumps/{page['name']}.txt", "\n".join(lines) + "\n", page, "article"))
        records[-1] |= {"spans": spans, "group": page["article"]}
    return [own_label(record) for record in records]


def build_blind(folder: Path) -> list[Label]:
    """Write the pages of the sets in `BLIND` below `folder`; answers their labels."""
    chrome = dresses()
    records = [_write_error(folder, page, chrome) for page in toml("errors_blind")["page"]]
    records += [_write_good(folder, page, chrome) | {"lines": False} for page in toml("good_blind")["page"]]
    return [own_label(record) for record in records]


def dresses() -> Record:
    """What stands around a page of each language: menu, stories, foot, and whole paragraphs as teasers."""
    chrome = toml("chrome")
    for entry in toml("articles").values():
        if entry["language"] in chrome:
            chrome[entry["language"]].setdefault("teasers", []).extend(entry["text"].strip().split("\n")[:3])
    return chrome


def toml(name: str) -> Record:
    """The data of `pages/NAME.toml`."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _write_error(folder: Path, page: Record, chrome: Record) -> Record:
    suffix = "txt" if page.get("shape") == "text" else "html"
    return _write(folder, f"errors/{page['name']}.{suffix}", error_page(page, chrome), page, "error")


def _write_good(folder: Path, page: Record, chrome: Record) -> Record:
    suffix = "txt" if page.get("frame") == "text" else "html"
    return _write(folder, f"good/{page['name']}.{suffix}", good_page(page, chrome), page, page["class"])


def _write(folder: Path, path: str, text: str, page: Record, page_class: str) -> Record:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    return {"path": path, "class": page_class, "cause": page.get("cause", ()), "language": page["language"]}


def html(language: str, title: str, body: str, head: str = "") -> str:
    direction = ' dir="rtl"' if language in {"ar", "fa", "he"} else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title, quote=False)}</title>\n{head}</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Each line as a paragraph of HTML."""
    return [f"<p>{escape(line, quote=False)}</p>" for line in lines]


def _paragraphs(lines: Sequence[str]) -> str:
    return "\n".join(paragraphs(lines))


def error_page(page: Record, chrome: Record) -> str:
    """The page in the dress its `shape` names."""
    language = page["language"]
    if "frame" in page:
        return framed(page["frame"], _parts(page, page["heading"], _paragraphs(page["lines"]), chrome))
    shape = page["shape"]
    if shape == "raw":
        return str(page["html"])
    if shape == "text":
        return "\n".join(page["lines"]) + "\n"
    heading = f"<h1>{escape(page['heading'], quote=False)}</h1>"
    message = f"{heading}\n{_paragraphs(page['lines'])}\n{page.get('extra', '')}"
    if shape == "bare":
        return html(language, page["title"], f"{message}\n<hr>\n<address>{page.get('foot', '')}</address>")
    if shape == "card":
        return html(language, page["title"], f'<div class="card"><div class="inner">\n{message}\n</div></div>')
    body = _dressed(f'<div id="content">\n{message}\n</div>', chrome[language], crowded=shape == "crowded")
    return html(language, page["title"], body)


def _parts(page: Record, heading: str, inner: str, chrome: Record) -> Parts:
    """A page for its frame; crowded: with whole paragraphs of the site's other stories."""
    dress = chrome.get(page["language"], chrome["en"])
    extra = _paragraphs(dress.get("teasers", ())) if page.get("crowded") else ""
    return Parts(page["language"], page["title"], heading, inner, dress, extra)


def _dressed(inner: str, chrome: Record, *, crowded: bool = False) -> str:
    """`inner` between a site's menu and its other stories and foot; crowded: with whole paragraphs of the stories."""
    menu = "".join(f'<li><a href="/m{i}">{name}</a></li>' for i, name in enumerate(chrome["menu"]))
    stories = "".join(f'<li><a href="/s{i}">{name}</a></li>' for i, name in enumerate(chrome["stories"]))
    if crowded:
        inner += f'\n<div class="teasers">\n{_paragraphs(chrome["teasers"])}\n</div>'
    return (
        f'<header><a href="/">{chrome["site"]}</a><nav><ul>{menu}</ul></nav></header>\n<main>\n{inner}\n</main>\n'
        f"<aside><ul>{stories}</ul></aside>\n<footer><p>{chrome['foot']}</p></footer>"
    )


def good_page(page: Record, chrome: Record) -> str:
    if "html" in page:
        return str(page["html"])
    if page.get("frame") == "text":
        return str(page["body"]) + "\n"
    text = _blocks(page["body"])
    if "frame" in page:
        return framed(page["frame"], _parts(page, page["title"], text, chrome))
    heading = f"<h1>{escape(page['title'], quote=False)}</h1>\n" if page["class"] == "article" else ""
    if page.get("plain"):
        return html(page["language"], page["title"], heading + re.sub("</?p>", "", text).replace("\n", "<br>\n<br>\n"))
    site = chrome.get(page["language"], chrome["en"])
    head, byline = _credits(page) if "author" in page else ("", "")
    body = _dressed(f"<article>{heading}{byline}{text}\n</article>", site, crowded=page.get("crowded", False))
    return html(page["language"], f"{page['title']} | {site['site']}", body, head)


def _blocks(body: str) -> str:
    """The lines of a page's body as HTML, each in the element that its mark stands for."""
    tags = {"#": "h2", "-": "li", "$": "pre", "|": "tr"}
    lists = {"li": "ul", "tr": "table"}
    blocks = []
    for mark, text, _ in _body(body):
        tag = tags.get(mark, "p")
        inner = escape(text, quote=False)
        if tag == "tr":
            inner = "".join(f"<td>{cell}</td>" for cell in inner.split(" | "))
        block = f"<{tag}>{inner}</{tag}>"
        blocks.append(f"<{lists[tag]}>{block}</{lists[tag]}>" if tag in lists else block)
    return "\n".join(blocks).replace("</ul>\n<ul>", "\n").replace("</table>\n<table>", "\n")


def _credits(page: Record) -> tuple[str, str]:
    """What a page of a named author has: metadata for its head, and a byline."""
    author, date = page["author"], "2024-05-14"
    article = {"@type": "NewsArticle", "headline": page["title"], "datePublished": date, "author": author}
    metadata = json.dumps({"@context": "https://schema.org"} | article, ensure_ascii=False)
    head = f'<meta property="og:type" content="article">\n<script type="application/ld+json">{metadata}</script>\n'
    return head, f'<p class="byline">{author} <time datetime="{date}">{date}</time></p>\n'


def _split(line: str) -> tuple[str, str]:
    """The mark at the start of a line of data and the text after it; no mark where it is plain text."""
    return (line[0], line[2:]) if re.match(r"[-#$!~?%+=|] ", line) else ("", line)


def _body(body: str) -> list[tuple[str, str, bool]]:
    """The lines of a page's body: mark, text, and whether the line is the later copy of another."""
    lines = [_split(line) for line in body.strip().split("\n")]
    found: list[tuple[str, str, bool]] = []
    for mark, text in lines:
        if mark == "=":
            found += [("", lines[n - 1][1], True) for n in numbers(text)]
        else:
            found.append((mark, text, False))
    return found


def _marked_spans(body: str) -> list[Record]:
    spans: list[Record] = []
    for mark, text, again in _body(body):
        if again:
            spans.append({"kinds": ["repeated-section"], "from": text, "copy": 2, "same_as": {"from": text}})
        elif mark in _MARKS:
            spans.append({"kinds": _MARKS[mark], "from": text})
    return spans


def _dump(page: Record, paragraphs: Sequence[str]) -> tuple[list[str], list[Record]]:
    """The lines of a dump that follows its plan, and what is wrong with which of them."""
    lines: list[str] = []
    spans: list[Record] = []
    stands: dict[int, int] = {}
    for step in page["plan"]:
        mark, text = _split(step)
        if mark in {*_MARKS, "+"} or not text:
            lines.append(text)
            if mark in _MARKS:
                spans.append({"kinds": _MARKS[mark], "lines": [len(lines), len(lines)]})
            continue
        verb, _, which = step.rpartition(" ")
        wanted = numbers(which)
        first = len(lines) + 1
        lines += again(verb, [paragraphs[n] for n in wanted], page.get("words", {}))
        if verb:
            earlier = [stands[wanted[0]], stands[wanted[-1]]]
            spans.append({"kinds": ["repeated-section"], "lines": [first, len(lines)], "same_as": {"lines": earlier}})
        else:
            stands |= {n: first + i for i, n in enumerate(wanted)}
    return lines, spans


def numbers(text: str) -> range:
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def again(verb: str, paragraphs: list[str], words: dict[str, str]) -> list[str]:
    """The paragraphs as the later copy gives them."""
    if verb == "merge":
        return [" ".join(paragraphs)]
    if verb == "sentences":
        return [sentence for paragraph in paragraphs for sentence in _sentences(paragraph)]
    if verb == "edit":
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, words)) + r")\b")
        return [pattern.sub(lambda found: words[found[1]], paragraph) for paragraph in paragraphs]
    return paragraphs


def _sentences(paragraph: str) -> Iterator[str]:
    yield from re.split(r"(?<=[.!?])\s+", paragraph)
