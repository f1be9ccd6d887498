"""Texts that make a careless pattern run for minutes: in the page's head, in JSON-LD, in plain text and Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from tests.hostile.sample import ARTICLE, CLOSING, MIDDLE, PARAGRAPHS, TITLE, Sample, html, sample

_SIZES = (20_000, 400_000)


def markup() -> Iterator[Sample]:
    """Patterns that read the raw page."""
    for size in _SIZES:
        k = f"{size // 1000}k"
        yield sample(f"regexes/doctype-slash-{k}.html", html(start="<!DOCTYPE " + "/" * size + "><html>"))
        yield sample(f"regexes/doctype-open-{k}.html", "<!DOCTYPE" + " html/" * (size // 6) + html(start="<html>"))
        author = '"author":' * (size // 9)
        yield sample(f"regexes/author-{k}.html", html(head=f'<script type="application/ld+json">{{{author}</script>'))
        people = '"author": {"@type": "Person", "name": ' * (size // 38)
        yield sample(f"regexes/people-{k}.html", html(head=f'<script type="application/ld+json">{{{people}</script>'))
        deep = "[" * size
        yield sample(f"regexes/json-deep-{k}.html", html(head=f'<script type="application/ld+json">{deep}</script>'))
        deep = '{"a":' * (size // 5)
        yield sample(f"regexes/json-objects-{k}.html", html(head=f'<script type="application/ld+json">{deep}</script>'))
        types = '"@type": [' * (size // 10)
        yield sample(f"regexes/json-types-{k}.html", html(head=f'<script type="application/ld+json">{types}</script>'))
        yield sample(f"regexes/meta-{k}.html", "<meta" + " " * size + html(start="<html>"))
        yield sample(f"regexes/saved-from-{k}.html", "<!-- saved from url=(1)" + " " * size + html())
        yield sample(
            f"regexes/singlefile-{k}.html", "<!-- Page saved with SingleFile" + "\nurl:" * (size // 5) + html()
        )
        dates = "2020-01-" * (size // 8)
        yield sample(
            f"regexes/dates-{k}.html", html(f"{PARAGRAPHS}<p>{dates}</p>", f"<meta name=date content={dates}>")
        )
        digits = "1234567890" * (size // 10)
        yield sample(f"regexes/digits-{k}.html", html(f"{PARAGRAPHS}<time datetime={digits}>{digits}</time>"))
        yield sample(f"regexes/address-{k}.html", html(head=f"<link rel=canonical href='http://{'a.' * (size // 2)}'>"))
        by = "By " * (size // 3)
        yield sample(f"regexes/byline-{k}.html", html(f"<p class=byline>{by}</p>{PARAGRAPHS}"))
        yield sample(f"regexes/noscript-{k}.html", html(f"<noscript>{'<' * size}</noscript>{PARAGRAPHS}"))
    endless = '{"@context": "https://schema.org", "@type": "Article", "articleBody": "' + "la " * 500_000
    yield sample("regexes/json-never-ends.html", html(head=f'<script type="application/ld+json">{endless}'))
    inside = f'<script type="application/ld+json">{endless}</script>'
    yield sample("regexes/json-string-never-ends.html", html(head=inside))


def never_closed() -> Iterator[Sample]:
    """Elements whose text swallows the rest of the page."""
    for tag in ("title", "script", "style", "textarea", "select", "noscript", "xmp", "plaintext", "template", "svg",
                "math", "iframe", "object", "noframes", "button", "option", "map"):  # fmt: skip
        yield sample(f"never-closed/{tag}.html", f"<html><body><h1>{TITLE}</h1><{tag}>{PARAGRAPHS}")
    yield sample("never-closed/comment.html", f"<html><body><h1>{TITLE}</h1><!-- {PARAGRAPHS}")
    # The section's start ends at the first >; the first paragraph is then loose text, which belongs to none.
    loose = f"<html><body><h1>{TITLE}</h1><![CDATA[{PARAGRAPHS}"
    yield Sample("never-closed/section.html", loose.encode(), (MIDDLE, CLOSING))
    yield sample("never-closed/frames.html", f"<html><frameset><frame src=x>{PARAGRAPHS}")
    yield sample("never-closed/hidden.html", html(f"<div hidden>{PARAGRAPHS}</div>"))
    yield sample("never-closed/tag.html", html("<p") + PARAGRAPHS)


def texts() -> Iterator[Sample]:
    """Plain text and Markdown with what Markdown's patterns look for, by the hundred thousand."""
    article = "\n\n".join(ARTICLE)
    for name, piece in {
        "brackets": "[", "links": "[a](", "pictures": "![", "pipes": "|", "hashes": "#", "quotes": "> ",
        "backticks": "`", "fences": "```\n", "rules": "---\n", "stars": "* ", "underlines": "a\n=\n", "spaces": " ",
        "tabs": "\t", "dots": ".", "letters": "w", "underscores": "_", "addresses": "http://a.b/ ", "at": "a@",
        "lines": "x\n", "returns": "\r", "numbers": "1. ", "indents": "    - a\n", "errors": "404 Not Found\n",
        "capitals": "NOT FOUND ", "quotation": '"', "dashes": "- - ", "table": "| a | b |\n", "slashes": "/",
        "same-words": "the the ", "front-matter": "---\na: b\n", "code": "x = f(1);\n", "han": "港",
    }.items():  # fmt: skip
        for size in _SIZES:
            ending = "txt" if size == _SIZES[0] else "md"
            text = f"{article}\n\n{piece * (size // len(piece))}\n"
            yield sample(f"texts/{name}-{size // 1000}k.{ending}", text, heavy=size > _SIZES[0])
    yield sample("texts/one-line.txt", " ".join(ARTICLE) + " " + "word " * 600_000)
    yield sample("texts/errors-in-page.html", html(PARAGRAPHS + "<p>404 Not Found. Access denied.</p>" * 5000))
    yield sample("texts/words-in-page.html", html(PARAGRAPHS + f"<p>{'enable javascript to ' * 40_000}</p>"))
    yield sample("texts/share-in-page.html", html(PARAGRAPHS + "<p>Share this on</p><p>Read more</p>" * 8000))
