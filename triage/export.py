"""Decisions, flags and clean text out of triage: CSV for spreadsheets, JSON lines for programs, Markdown to read.

And what to fetch again: the addresses of the error pages, by what went wrong with them.

The clean text of an article is what the clean view shows: without error noise, later copies and boilerplate, and
with the analyst's own marks laid over. JSON lines lose nothing; CSV is made safe to open in a spreadsheet.
"""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Literal

from triage.clean_view import clean_blocks
from triage.errors import TriageError
from triage.model import Block, Item, Scanned
from triage.text import clean, clean_line, json_line
from triage.wording import by_severity, kind_and_cause

Form = Literal["csv", "jsonl", "markdown", "recapture"]
Pair = tuple[Item, Scanned | None]

# What spreadsheets take for the start of a formula, also in full width, behind spaces or after a control.
_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<&|~])")
_MARKDOWN_START = re.compile(r"^(\s*)([#>+\-=]|[0-9]+(?=[.)]))")


def export(pairs: Iterable[Pair], form: str, output: Path | None, force: bool = False) -> int:
    """Write `pairs` (item, and what its scan gave, None where it is not scanned) to a file; how many there were.

    `form`: csv, jsonl, markdown or recapture. `output` None or `-` is standard output. A file is written under another
    name and then renamed, so that it is there whole or not at all. Raises TriageError where the file is there already
    and `force` is not given, and where it cannot be written.
    """
    lines = _FORMS[form]
    at_terminal = _to_stdout(output) and sys.stdout.isatty()
    count = 0

    def counted() -> Iterator[Pair]:
        nonlocal count
        for pair in pairs:
            count += 1
            yield pair

    with _opened(output, force) as file:
        for line in lines(counted()):
            file.write((clean(line) if at_terminal else line).encode("utf-8", "backslashreplace"))
    return count


def write_text(text: str, output: Path | None, force: bool = False) -> None:
    """Write a whole text as `export` does: to standard output, or to a file that is there whole or not at all."""
    shown = clean(text) if _to_stdout(output) and sys.stdout.isatty() else text
    with _opened(output, force) as file:
        file.write(shown.encode("utf-8", "backslashreplace"))


def check_output(output: Path | None, force: bool = False) -> None:
    """Raise TriageError where `export` could not write to `output`; worth asking before long work."""
    if output is None or str(output) == "-":
        return
    target = Path(os.path.realpath(output))
    try:
        if target.is_dir():
            raise TriageError(f"{output} is a folder; name a file.")
        if target.exists() and not force:
            raise TriageError(f"{output} is there already; --force replaces it.")
        if not target.parent.is_dir():
            raise TriageError(f"Cannot write {output}: there is no folder {output.parent}.")
    except OSError as error:
        raise TriageError(f"Cannot write {output}: {error.strerror}.") from error


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


def _clean(item: Item, scanned: Scanned) -> tuple[Block, ...]:
    return clean_blocks(scanned.article.blocks, item.flags, item.decision.marks)


def _jsonl(pairs: Iterable[Pair]) -> Iterator[str]:
    for item, scanned in pairs:
        yield json_line(record(item, scanned)) + "\n"


def _csv(pairs: Iterable[Pair]) -> Iterator[str]:
    buffer = io.StringIO()
    header = list(record(Item(""), None))
    writer = csv.DictWriter(buffer, header, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
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


_FORMS: dict[str, Callable[[Iterable[Pair]], Iterator[str]]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "markdown": _markdown,
    "recapture": _recapture,
}


def _to_stdout(output: Path | None) -> bool:
    return output is None or str(output) == "-"


@contextmanager
def _opened(output: Path | None, force: bool) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its name once all of it is written."""
    if output is None or _to_stdout(output):
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    check_output(output, force)
    target = Path(os.path.realpath(output))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        check_output(output, force)
        part.replace(target)
    except OSError as error:
        raise TriageError(f"Cannot write {output}: {error.strerror}.") from error
    finally:
        with suppress(OSError):  # what went wrong before is told; this would hide it
            part.unlink(missing_ok=True)
