"""An item as one line of the scan's output: the contract that other programs rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from triage.model import Block, Flag, Scanned
from triage.text import json_line


def scan_line(scanned: Scanned, flags: Sequence[Flag], group: str | None) -> str:
    """One JSON object, without a line end. `flags` are all of the item's, those across pages too."""
    article = scanned.article
    return json_line(
        {
            "path": scanned.path,
            "record": scanned.record,
            "sha256": scanned.sha256,
            "url": scanned.url,
            "status": scanned.status,
            "title": article.title,
            "author": article.author,
            "date": article.date,
            "site": article.site,
            "language": article.language,
            "words": scanned.words,
            "blocks": [_block(block) for block in article.blocks],
            "flags": [flag_fields(flag) for flag in flags],
            "group": group,
        }
    )


def flag_fields(flag: Flag) -> dict[str, Any]:
    """The fields of one flag as the contract names them."""
    return {
        "kind": flag.kind,
        "cause": flag.cause,
        "first": flag.first,
        "last": flag.last,
        "same_as": list(flag.same_as) if flag.same_as else None,
        "confidence": flag.confidence,
        "reason": flag.reason,
        "rule": flag.rule,
    }


def _block(block: Block) -> dict[str, Any]:
    return {"kind": block.kind, "text": block.text, "lines": list(block.lines) if block.lines else None}
