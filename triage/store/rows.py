"""How values of ours stand in SQLite's columns, and the checksum that each row of decisions carries."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import Any, get_args

from triage.model import Decision, ItemKey, Verdict

_VERDICTS = (None, *get_args(Verdict))
_OURS = (1970, 9998)
"""Years that no arithmetic of time zones leaves."""

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
    """What `name_out` put down. Raises TypeError for what it never does."""
    if not isinstance(value, str | bytes):
        raise TypeError("a name is text or bytes")
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
    """CRC-32 of the values as a JSON array in ASCII: SQLite itself does not notice a bit that flips in a row.

    Raises TypeError for values of other types.
    """
    # By hand: an encoder of the standard library takes twice as long to begin as to encode so few values.
    parts = [
        encode_basestring_ascii(value) if type(value) is str else str(value) if type(value) is int else _null(value)
        for value in values
    ]
    return zlib.crc32(f"[{','.join(parts)}]".encode())


def _null(value: Any) -> str:
    if value is None:
        return "null"
    raise TypeError("no row of ours holds such a value")


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


@lru_cache(maxsize=4096)  # a bulk step gives thousands of items the same decision
def decision_in(values: tuple[Any, ...]) -> Decision:
    """What `decision_out` put down. Raises ValueError for what it never does: a stranger wrote the file."""
    verdict, reason, tags, note, reviewer, decided_at, marks = values
    texts = (reason, reviewer, decided_at)
    if verdict not in _VERDICTS or not all(one is None or isinstance(one, str) for one in texts):
        raise ValueError("no decision")
    if not isinstance(note, str) or not (decided_at is None or is_moment(decided_at)):
        raise ValueError("no decision")
    return Decision(verdict, reason, tags_in(tags), note, reviewer, decided_at, _marks(marks))


def is_moment(at: Any) -> bool:
    """Whether this is a time as the journal writes it: ISO 8601, with the distance from UTC, in our time."""
    try:
        moment = datetime.fromisoformat(at)
    except (ValueError, TypeError):
        return False
    return moment.tzinfo is not None and _OURS[0] <= moment.year <= _OURS[1]


def is_step(values: Sequence[Any]) -> bool:
    """Whether these are the columns of a step, without their checksum, that a journal may have."""
    number, at, reviewer, kind, *others = values
    target, label, *following = others
    return (
        is_moment(at)
        and isinstance(reviewer, str)
        and isinstance(label, str)
        and kind in ("decide", "undo", "redo")
        and all(one is None or is_number(one, number) for one in (target, *following))
    )


def is_change(values: Sequence[Any]) -> bool:
    """Whether these are the columns of a change, without their checksum, that a journal may have."""
    number, step, item, previous, sha256, *decision = values
    numbers = [step, item] if previous is None else [step, item, previous]
    try:
        decision_in(tuple(decision))
    except ValueError:
        return False
    return is_number(number) and all(map(is_number, numbers)) and (sha256 is None or isinstance(sha256, str))


def is_number(value: Any, most: int = 2**62) -> bool:
    """Whether this numbers a row; there is room for more above it."""
    return isinstance(value, int) and 0 < value <= most


@lru_cache(maxsize=4096)  # a bulk step gives thousands of items the same tags
def tags_in(text: str) -> tuple[str, ...]:
    """Tags as `decision_out` put them down. Raises ValueError for anything else."""
    tags = _list(text)
    if not all(isinstance(tag, str) for tag in tags):
        raise ValueError("a tag is a text")
    return tuple(tags)


def _marks(text: str) -> tuple[tuple[str, bool], ...]:
    if text == "[]":
        return ()
    marks = _list(text)
    if not all(isinstance(one, list) and [type(part) for part in one] == [str, bool] for one in marks):
        raise ValueError("a mark is a text and a truth")
    return tuple((key, noise) for key, noise in marks)


def _list(text: Any) -> list[Any]:
    try:
        found = json.loads(text)
    except (TypeError, RecursionError):
        found = None
    if not isinstance(found, list):
        raise ValueError("no list")  # noqa: TRY004  # of a file's content, not of a call
    return found
