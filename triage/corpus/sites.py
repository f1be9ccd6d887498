"""Which site a page belongs to."""

from __future__ import annotations

import re
from functools import lru_cache

import tldextract

# The list of public suffixes that ships with the library; it is never fetched.
_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)

_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,61}[^\W_])?", re.IGNORECASE)
_FILE_ENDINGS = (".zip", ".mov")
"""Suffixes that name a packed folder more often than a host."""


def site_of(path: str, host: str | None = None) -> str | None:
    """The registrable domain of a page: of its `host` (from url, canonical or og:url), else of the nearest parent
    folder of `path` that is named like a host, else None.

    `host` may carry a port and may be an address; an address is its own site.
    """
    if host:
        site = _site(host.strip().casefold().rstrip("."))
        if site:
            return site
    folder_host = host_of(path)
    return _registrable(folder_host) if folder_host else None


def host_of(path: str) -> str | None:
    """The nearest parent folder of `path` that is named like a host, in lower case; None where none is."""
    for folder in reversed(path.split("/")[:-1]):
        name = folder.casefold()
        if _HOST.fullmatch(name) and not name.endswith(_FILE_ENDINGS) and _registrable(name):
            return name
    return None


@lru_cache(maxsize=65_536)
def _site(host: str) -> str | None:
    return _registrable(host) or (_extract(host).ipv4 or _extract(host).ipv6 or None)


@lru_cache(maxsize=65_536)
def _registrable(host: str) -> str | None:
    return _extract(host).top_domain_under_public_suffix or None
