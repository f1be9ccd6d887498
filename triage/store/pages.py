"""Rows of ours straight out of the pages of a damaged file, where SQLite itself gives up.

Follows the file format (https://www.sqlite.org/fileformat2.html): every leaf page is looked at on its own, so that a
lost page costs its own rows alone. What is a row of ours is told by the checksum that each carries, not by where it
stands.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from triage.store.rows import checksum, is_change, is_number, is_step, key_in

_PAGE = 4096
"""Bytes of a page where the head of the file is lost: SQLite's default, which ours keep."""
_TABLE, _INDEX = 0x0D, 0x0A
_FIRST = 4_000_000
"""Bytes that are looked at to tell whether a file is ours."""
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Row = tuple[Any, ...]


@dataclass(slots=True)
class Rows:
    """What could be read, each row whole and as it was written; keyed by its number."""

    steps: dict[int, Row] = field(default_factory=dict)
    changes: dict[int, Row] = field(default_factory=dict)
    items: dict[int, Row] = field(default_factory=dict)
    """Where several rows tell of an item, the one with the newest change."""
    names: dict[int, tuple[Any, Any]] = field(default_factory=dict)
    """Path and record of each item as the index has them; without a checksum."""
    place: dict[str, str | bytes] = field(default_factory=dict)
    """Where the analyst was; without a checksum, so perhaps not as it was written."""


def read_rows(content: bytes) -> Rows:
    """Every row of ours that the bytes of a file still hold."""
    found = Rows()
    for number, values in _leaf_rows(content):
        if number is None:
            if len(values) == 2 and isinstance(values[0], str) and isinstance(values[1], str | bytes):
                found.place.setdefault(values[0], values[1])
            elif len(values) == 3 and isinstance(values[0], str | bytes) and isinstance(values[2], int):
                found.names[values[2]] = (values[0], values[1] or None)
        elif (row := _whole(number, values)) is None:
            continue
        elif len(row) == 9:
            found.steps[number] = row
        elif len(row) == 13:
            found.changes[number] = row
        elif number not in found.items or found.items[number][3] < row[3]:
            found.items[number] = row
    return found


def holds_ours(path: Path) -> bool:
    """Whether the first part of a file holds a row of ours, whatever its head says."""
    try:
        with path.open("rb") as file:
            content = file.read(_FIRST)
    except OSError:
        return False
    return any(
        number is not None and len(values) in (9, 13) and _whole(number, values)
        for number, values in _leaf_rows(content)
    )


def _whole(number: int, values: list[Any]) -> Row | None:
    """A row of steps, changes or items that is as it was written; None for any other."""
    if len(values) not in (5, 9, 13):
        return None
    row = (number, *values[1:])
    try:
        told = (number, *key_in(row[1], row[2]), row[3]) if len(row) == 5 else row[:-1]
        if checksum(*told) != row[-1]:
            return None
    except TypeError:
        return None
    sound = is_number(row[3]) if len(row) == 5 else is_step(told) if len(row) == 9 else is_change(told)
    return row if sound and is_number(number) else None


def _leaf_rows(content: bytes) -> Iterator[tuple[int | None, list[Any]]]:
    """Number (None in an index) and values of each row on each leaf page."""
    size = _page_size(content)
    for begin in range(0, len(content), size):
        page = content[begin : begin + size]
        head = 100 if begin == 0 else 0
        if len(page) < size or page[head] not in (_TABLE, _INDEX):
            continue
        table = page[head] == _TABLE
        (count,) = struct.unpack_from(">H", page, head + 3)
        for cell in range(min(count, size // 4)):
            # Whatever stands here: it is damaged, and is then no row.
            with suppress(struct.error, IndexError, ValueError, TypeError):
                (at,) = struct.unpack_from(">H", page, head + 8 + 2 * cell)
                yield _row(content, size, page, at, table=table)


def _page_size(content: bytes) -> int:
    told = int.from_bytes(content[16:18], "big")
    return told if told in (512, 1024, 2048, 4096, 8192, 16384, 32768) else 65536 if told == 1 else _PAGE


def _row(content: bytes, size: int, page: bytes, at: int, *, table: bool) -> tuple[int | None, list[Any]]:
    length, at = _varint(page, at)
    number: int | None = None
    if table:
        number, at = _varint(page, at)
    return number, _values(_payload(content, size, page[at:], length, table=table))


def _payload(content: bytes, size: int, rest: bytes, length: int, *, table: bool) -> bytes:
    """The bytes of a row, those on overflow pages included."""
    most = size - 35 if table else (size - 12) * 64 // 255 - 23
    if length <= most:
        return rest[:length]
    if length > len(content):
        raise ValueError("the row is longer than the file")
    least = (size - 12) * 32 // 255 - 23
    here = least + (length - least) % (size - 4)
    here = here if here <= most else least
    found, (following,) = rest[:here], struct.unpack_from(">I", rest, here)
    while len(found) < length:
        begin = (following - 1) * size
        if following == 0 or begin + size > len(content):
            raise ValueError("the row goes on where there is no page")
        (following,) = struct.unpack_from(">I", content, begin)
        found += content[begin + 4 : begin + min(size, 4 + length - len(found))]
    return found


def _values(payload: bytes) -> list[Any]:
    length, at = _varint(payload, 0)
    kinds = []
    while at < length:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Any] = []
    for kind in kinds:
        width = _INTEGERS.get(kind, (kind - 12) // 2 if kind >= 12 else 8 if kind == 7 else 0)
        raw, at = payload[at : at + width], at + width
        if len(raw) < width:
            raise ValueError("the row is cut short")
        values.append(_value(kind, raw))
    return values


def _value(kind: int, raw: bytes) -> Any:
    if kind == 0:
        return None
    if kind in (8, 9):
        return kind - 8
    if kind >= 12:
        return raw.decode() if kind % 2 else raw
    return struct.unpack(">d", raw)[0] if kind == 7 else int.from_bytes(raw, "big", signed=True)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for index in range(8):
        byte = data[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | data[at + 8], at + 9
