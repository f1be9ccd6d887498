"""The version of what finds flags: it changes when the code or data that finds them does."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from importlib.resources.abc import Traversable

_ROOMS = ("reading", "extraction", "flagging", "corpus", "text.py", "model.py")
_LIBRARIES = ("trafilatura", "lxml", "charset-normalizer", "py3langid", "tldextract")


@cache
def detector_version() -> str:
    """A digest of the rooms that turn bytes into flags, and of the libraries they stand on; 16 hex digits.

    What the library (the cache) holds was made by one such version; another one scans again.
    """
    digest = hashlib.blake2b(digest_size=8)
    root = resources.files("triage")
    for room in _ROOMS:
        _add(digest, root / room, room)
    for name in _LIBRARIES:
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
