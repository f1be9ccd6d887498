"""How values of ours stand in SQLite's columns, and the checksum that each row of decisions carries."""

from __future__ import annotations

import json
import zlib
from functools import lru_cache

from triage.model import Decision, ItemKey

_ASCII = json.JSONEncoder(separators=(",", ":"))  # made once: making it costs more than using it

DECISION_COLUMNS = "verdict, reason, tags, note, reviewer, decided_at, marks"


def name_out(name: str) -> str | bytes:
    """A file's name as a column value: text where it is UTF-8, else the bytes that the surrogate escapes stand for."""
    if name.isascii():
        return name
    try:
        name.encode()
    except UnicodeEncodeError:
        pass
    else:
        return name
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # no file's name; a record of a container may be called anything
        return text_out(name)


def name_in(value: str | bytes) -> str:
    """What `name_out` put down."""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value


def key_out(key: ItemKey) -> tuple[str | bytes, str | bytes | None]:
    """Path and record as column values."""
    path, record = key
    return name_out(path), None if record is None else name_out(record)


def key_in(path: str | bytes, record: str | bytes | None) -> ItemKey:
    """What `key_out` put down."""
    return name_in(path), None if record is None else name_in(record)


def text_out(text: str) -> str:
    """`text` without the lone surrogates that SQLite refuses; U+FFFD stands for each."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def checksum(*values: str | int | None) -> int:
    """CRC-32 of the values as a JSON array in ASCII: SQLite itself does not notice a bit that flips in a row."""
    return zlib.crc32(_ASCII.encode(values).encode())


def storable(decision: Decision) -> Decision:
    """`decision` as it can be written and read back: lone surrogates in its texts are replaced."""
    return Decision(
        decision.verdict,
        None if decision.reason is None else text_out(decision.reason),
        tuple(map(text_out, decision.tags)),
        text_out(decision.note),
        None if decision.reviewer is None else text_out(decision.reviewer),
        decision.decided_at,
        tuple((text_out(key), noise) for key, noise in decision.marks),
    )


def decision_out(decision: Decision) -> tuple[str | None, ...]:
    """A decision as values of DECISION_COLUMNS."""
    return (
        decision.verdict,
        decision.reason,
        json.dumps(decision.tags, ensure_ascii=False) if decision.tags else "[]",
        decision.note,
        decision.reviewer,
        decision.decided_at,
        json.dumps(decision.marks, ensure_ascii=False) if decision.marks else "[]",
    )


def decision_in(values: tuple[str | None, ...]) -> Decision:
    """What `decision_out` put down."""
    verdict, reason, tags, note, reviewer, decided_at, marks = values
    return Decision(
        verdict,  # type: ignore[arg-type]  # the table checks the verdict
        reason,
        _tags(tags or "[]"),
        note or "",
        reviewer,
        decided_at,
        () if marks == "[]" else tuple((key, noise) for key, noise in json.loads(marks or "[]")),
    )


@lru_cache(maxsize=4096)  # a bulk step gives thousands of items the same tags
def _tags(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
