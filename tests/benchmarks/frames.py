"""The page around a text as systems of several kinds and years print it: a table layout of 2008, a blog, an app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tests.benchmarks.labels import Record


@dataclass(frozen=True, slots=True)
class Parts:
    """What a page is made of; `title` as text, `inner` as HTML that follows the heading."""

    language: str
    title: str
    heading: str
    inner: str
    chrome: Record
    extra: str = ""
    """Whole paragraphs of other stories, as HTML."""


def framed(name: str, parts: Parts) -> str:
    """The page in the frame of that name."""
    return FRAMES[name](parts)


def _page(parts: Parts, body: str, head: str = "", title: str | None = None) -> str:
    direction = ' dir="rtl"' if parts.language in {"ar", "fa", "he"} else ""
    shown = escape(parts.title if title is None else title, quote=False)
    return (
        f'<!DOCTYPE html>\n<html lang="{parts.language}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        f"<title>{shown}</title>\n{head}</head>\n{body}\n</html>\n"
    )


def _links(names: list[str], prefix: str, tag: str = "li") -> str:
    return "".join(f'<{tag}><a href="/{prefix}{i}">{escape(name)}</a></{tag}>' for i, name in enumerate(names))


def _heading(parts: Parts, tag: str = "h1", attributes: str = "") -> str:
    return f"<{tag}{attributes}>{escape(parts.heading, quote=False)}</{tag}>\n"


def _wordpress(parts: Parts) -> str:
    chrome, site = parts.chrome, parts.chrome["site"]
    body = (
        f'<body class="single"><header id="masthead" class="site-header"><p class="site-title"><a href="/">{site}</a>'
        f'</p><nav id="site-navigation"><ul class="menu">{_links(chrome["menu"], "m")}</ul></nav></header>\n'
        f'<div id="content" class="site-content"><main id="main" class="site-main">\n<div class="entry">'
        f'{_heading(parts, attributes=" class=entry-title")}<div class="entry-content">{parts.inner}</div></div>\n'
        f'{parts.extra}</main>\n<aside id="secondary" class="widget-area"><section class="widget_recent_entries"><ul>'
        f"{_links(chrome['stories'], 's')}</ul></section></aside></div>\n"
        f'<footer id="colophon"><div class="site-info">{chrome["foot"]}</div></footer></body>'
    )
    return _page(parts, body, '<meta name="generator" content="WordPress 5.4">\n', f"{parts.title} – {site}")


def _portal(parts: Parts) -> str:
    """A news portal with a mega menu and a foot of link columns."""
    chrome, site = parts.chrome, parts.chrome["site"]
    mega = "".join(
        f'<li class="has-sub"><a href="/m{i}">{name}</a><ul>{_links(chrome["stories"], f"m{i}-")}</ul></li>'
        for i, name in enumerate(chrome["menu"])
    )
    columns = "".join(f'<div class="col"><ul>{_links(chrome["menu"], f"f{i}-")}</ul></div>' for i in range(4))
    body = (
        f'<body><div id="wrap"><div class="topbar"><a class="logo" href="/">{site}</a><ul class="mega">{mega}</ul>'
        f'</div>\n<div class="row"><div class="col-8"><div class="content-box">{_heading(parts)}{parts.inner}</div>\n'
        f'<div class="more">{parts.extra}</div></div>\n<div class="col-4 sidebar"><ol>'
        f'{_links(chrome["stories"], "s")}</ol></div></div>\n<div class="footer">{columns}<p>{chrome["foot"]}</p></div>'
        "</div></body>"
    )
    return _page(parts, body, title=f"{parts.title} | {site}")


def _docs(parts: Parts) -> str:
    chrome = parts.chrome
    body = (
        f'<body><div class="md-container"><nav class="md-nav"><ul>{_links(chrome["menu"], "m")}</ul></nav>\n'
        f'<main class="md-main"><article class="md-content">{_heading(parts)}{parts.inner}</article></main>\n'
        '<footer class="md-footer"><a href="/prev">‹</a> <a href="/next">›</a></footer></div></body>'
    )
    return _page(parts, body)


def _forum(parts: Parts) -> str:
    chrome, site = parts.chrome, parts.chrome["site"]
    body = (
        f'<body id="phpbb"><div id="page-header"><h1><a href="/">{site}</a></h1><ul class="linklist">'
        f'{_links(chrome["menu"][-4:], "m")}</ul></div>\n<div id="page-body"><div class="panel" id="message"><div '
        f'class="inner">{_heading(parts, "h2", " class=message-title")}{parts.inner}</div></div></div>\n'
        f'<div id="page-footer"><div class="navbar">{chrome["foot"]}</div></div></body>'
    )
    return _page(parts, body, title=f"{site} - {parts.title}")


def _table(parts: Parts) -> str:
    """Nested tables and fonts, as before 2010."""
    chrome, site = parts.chrome, parts.chrome["site"]
    body = (
        f'<body bgcolor="#ffffff"><table width="760"><tr><td colspan="3"><font size="5">{site}</font></td></tr>\n'
        f'<tr><td width="140" valign="top"><table>{_rows(chrome["menu"])}</table></td>\n'
        f'<td valign="top"><font face="Verdana" size="2"><b>{escape(parts.heading, quote=False)}</b><br><br>\n'
        f"{parts.inner}\n{parts.extra}</font></td>\n"
        f'<td width="160" valign="top"><table>{_rows(chrome["stories"])}</table></td></tr>\n'
        f'<tr><td colspan="3" align="center"><font size="1">{chrome["foot"]}</font></td></tr></table></body>'
    )
    return _page(parts, body)


def _rows(names: list[str]) -> str:
    return "".join(f'<tr><td><a href="/r{i}.htm">{name}</a></td></tr>' for i, name in enumerate(names))


def _wiki(parts: Parts) -> str:
    chrome, site = parts.chrome, parts.chrome["site"]
    body = (
        f'<body class="mediawiki"><div id="content" class="mw-body">'
        f'{_heading(parts, attributes=" id=firstHeading class=firstHeading")}<div id="bodyContent"><div '
        f'id="mw-content-text" class="mw-body-content">{parts.inner}</div></div></div>\n<div id="mw-navigation"><div '
        f'id="mw-panel"><ul>{_links(chrome["menu"], "m")}</ul></div></div>\n<div id="footer"><ul><li>{chrome["foot"]}'
        "</li></ul></div></body>"
    )
    return _page(parts, body, '<meta name="generator" content="MediaWiki 1.31">\n', f"{parts.title} - {site}")


def _shop(parts: Parts) -> str:
    chrome, site = parts.chrome, parts.chrome["site"]
    tiles = "".join(
        f'<div class="tile"><a href="/p{i}">{name}</a><span class="price">{12 + 7 * i}.00</span></div>'
        for i, name in enumerate(chrome["stories"])
    )
    body = (
        f'<body class="template-product"><div class="announcement">{chrome["menu"][-1]}</div><header><a href="/">{site}'
        f'</a><nav><ul>{_links(chrome["menu"], "m")}</ul></nav></header>\n<section class="product"><div '
        f'class="product__info">{_heading(parts)}{parts.inner}</div></section>\n<section class="more">{tiles}'
        f"{parts.extra}</section>\n<footer>{chrome['foot']}</footer></body>"
    )
    return _page(parts, body, title=f"{parts.title} – {site}")


def _video(parts: Parts) -> str:
    chrome = parts.chrome
    body = (
        f'<body><div id="app"><div class="guide"><ul>{_links(chrome["menu"], "m")}</ul></div>\n<div class="watch"><div '
        f'class="player" data-src="/v.mp4"></div>{_heading(parts)}<div class="description">{parts.inner}</div></div>\n'
        f'<div class="up-next"><ul>{_links(chrome["stories"], "w")}</ul></div></div></body>'
    )
    return _page(parts, body)


def _lyrics(parts: Parts) -> str:
    chrome = parts.chrome
    lines = parts.inner.replace("</p>\n<p>", "<br>\n").replace("<p>", "").replace("</p>", "")
    body = (
        f'<body><div class="nav">{_links(chrome["menu"][:5], "m", "span")}</div>\n<div class="lyrics">{_heading(parts)}'
        f'<div class="text">{lines}</div></div>\n<div class="foot">{chrome["foot"]}</div></body>'
    )
    return _page(parts, body)


def _app(parts: Parts) -> str:
    """What a script has put into the page's one element."""
    chrome, script = parts.chrome, '<script src="/static/js/main.js"></script>'
    body = (
        f'<body><div id="root"><div class="css-1a2b"><div class="css-9x"><span>{chrome["site"]}</span></div><div '
        f'class="css-7q"><div>{_heading(parts, "h2")}{parts.inner}</div></div><div class="css-3f">'
        f"{_links(chrome['menu'][-3:], 'm', 'div')}</div></div></div>\n{script}</body>"
    )
    return _page(parts, body)


FRAMES: dict[str, Callable[[Parts], str]] = {
    "wordpress": _wordpress,
    "portal": _portal,
    "docs": _docs,
    "forum": _forum,
    "table": _table,
    "wiki": _wiki,
    "shop": _shop,
    "video": _video,
    "lyrics": _lyrics,
    "app": _app,
}
