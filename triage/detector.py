"""The versions of what finds articles and flags: each changes when the code or data that finds them does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from importlib.resources.abc import Traversable

_COMMON = ("text.py", "model.py", "corpus/sites.py")


@cache
def detector_version() -> str:
    """A digest of the rooms that turn bytes into articles, and of the libraries that are there for it; 16 hex digits.

    What the library (the cache) holds was made by one such version; another one scans again.
    """
    return _version(
        ("reading", "extraction", *_COMMON),
        ("trafilatura", "lxml", "charset-normalizer", "py3langid", "tldextract", "brotli", "brotlicffi"),
    )


@cache
def rules_version() -> str:
    """A digest of the rooms that find flags in articles; another version finds them again, in the stored articles."""
    return _version(("flagging", "corpus", *_COMMON), ("numpy", "rapidfuzz", "xxhash"))


def _version(rooms: Iterable[str], libraries: Iterable[str]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    root = resources.files("triage")
    for room in rooms:
        _add(digest, root.joinpath(*room.split("/")), room)
    for name in libraries:
        try:
            digest.update(f"{name}={version(name)};".encode())
        except PackageNotFoundError:
            continue
    return digest.hexdigest()


def _add(digest: hashlib.blake2b, entry: Traversable, name: str) -> None:
    if entry.is_dir():
        for inner in sorted(entry.iterdir(), key=lambda e: e.name):
            if inner.name != "__pycache__":
                _add(digest, inner, f"{name}/{inner.name}")
    elif entry.is_file():
        digest.update(f"{name}:".encode())
        digest.update(entry.read_bytes())
