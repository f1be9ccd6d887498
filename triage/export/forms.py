"""What is written of an item, and how a text file holds it: CSV, JSON lines, Markdown; addresses to fetch again.

The clean text of an article is what the clean view shows: without error noise, later copies and boilerplate, and
with the analyst's own marks laid over. JSON lines lose nothing; CSV is made safe to open in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from triage.clean_view import clean_blocks
from triage.model import Block, Item, Scanned
from triage.text import clean_line, json_line
from triage.wording import by_severity, kind_and_cause

Pair = tuple[Item, Scanned | None]
"""An item, and what its scan gave; None where it is not scanned."""

# What spreadsheets take for the start of a formula, also in full width, behind spaces or after a control.
_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<&|~])")
_MARKDOWN_START = re.compile(r"^(\s*)([#>+\-=]|[0-9]+(?=[.)]))")


def clean_text(item: Item, scanned: Scanned) -> str:
    """The text that the clean view shows, a block a line."""
    return "\n".join(block.text for block in _clean(item, scanned))


def record(item: Item, scanned: Scanned | None) -> dict[str, Any]:
    """All that is exported of an item, under the names that the files use."""
    decision = item.decision
    return {
        "path": item.path,
        "record": item.record,
        "sha256": item.sha256,
        "url": scanned.url if scanned else None,
        "status": scanned.status if scanned else None,
        "captured": scanned.captured if scanned else None,
        "title": item.title,
        "author": item.author,
        "date": item.date,
        "site": item.site,
        "language": item.language,
        "words": item.words,
        "verdict": decision.verdict,
        "reason": decision.reason,
        "tags": list(decision.tags),
        "note": decision.note,
        "reviewer": decision.reviewer,
        "decided_at": decision.decided_at,
        "changed": item.changed,
        "group": item.group,
        "flags": [asdict(flag) for flag in item.flags],
        "text": clean_text(item, scanned) if scanned else None,
    }


NAMES = tuple(record(Item(""), None))
"""The names of what is exported of an item, in their order."""


def _clean(item: Item, scanned: Scanned) -> tuple[Block, ...]:
    return clean_blocks(scanned.article.blocks, item.flags, item.decision.marks)


def _jsonl(pairs: Iterable[Pair]) -> Iterator[str]:
    for item, scanned in pairs:
        yield json_line(record(item, scanned)) + "\n"


def _csv(pairs: Iterable[Pair]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, NAMES, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writeheader()
    for item, scanned in pairs:
        row = record(item, scanned)
        row["tags"] = ", ".join(item.decision.tags)
        row["flags"] = ", ".join(f"{flag.kind}:{flag.cause}" if flag.cause else flag.kind for flag in item.flags)
        row["changed"] = "yes" if item.changed else ""
        writer.writerow({name: defused(value) if isinstance(value, str) else value for name, value in row.items()})
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def defused(cell: str) -> str:
    """`cell` with a `'` before it where a spreadsheet would run it as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _markdown(pairs: Iterable[Pair]) -> Iterator[str]:
    for item, scanned in pairs:
        decision = item.decision
        about = {
            "Path": item.path if item.record is None else f"{item.path} ({item.record})",
            "Address": scanned.url if scanned else None,
            "Author": item.author,
            "Date": item.date,
            "Decision": " ".join(filter(None, (decision.verdict, decision.reason and f"({decision.reason})"))),
            "Tags": ", ".join(decision.tags),
            "Note": decision.note,
        }
        yield f"# {_escaped(_one_line(item.title or item.path))}\n\n"
        yield "".join(f"- {name}: {_escaped(_one_line(value))}\n" for name, value in about.items() if value)
        for block in _clean(item, scanned) if scanned else ():
            yield f"\n{_block(block)}\n"
        yield "\n"


def _block(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"## {_escaped(block.text)}"
        case "list-item":
            return f"- {_escaped(block.text)}"
        case "quote":
            return f"> {_escaped(block.text)}"
        case "code":
            return "\n".join(f"    {line}" for line in block.text.splitlines())
        case _:
            return _escaped(block.text)


def _recapture(pairs: Iterable[Pair]) -> Iterator[str]:
    """The error pages' addresses, a line each, else their paths, below a line with # for each cause; others not."""
    found: dict[str, list[str]] = {}
    for item, scanned in pairs:
        flag = next((flag for flag in by_severity(item.flags) if flag.kind == "error-page"), None)
        if flag is not None:
            url = (scanned.url or scanned.evidence.canonical) if scanned else None
            found.setdefault(kind_and_cause(flag), []).append(clean_line(url or item.path))
    for why, addresses in sorted(found.items()):
        yield f"# {why}: {len(addresses):,}\n"
        yield from (f"{address}\n" for address in addresses)


def _escaped(text: str) -> str:
    """`text` without what Markdown, or HTML within it, would act on."""
    return _MARKDOWN_START.sub(r"\1\\\2", _MARKDOWN.sub(r"\\\1", text))


def _one_line(text: str) -> str:
    return " ".join(text.split())


LINES: dict[str, Callable[[Iterable[Pair]], Iterator[str]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "markdown": _markdown,
    "recapture": _recapture,
}
"""The forms that are text, each as what makes its lines, or parts, of items."""
