"""Items as a Parquet file: the columns of the JSON lines, with types, for pandas, Polars, DuckDB and data sets.

pyarrow is an extra, since it is larger than all the rest; it is imported when a file is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from triage.errors import TriageError
from triage.export.forms import NAMES, Pair, record

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 1_000
"""Items of one row group: so many are held in memory."""


def check_parquet(*, to_file: bool) -> None:
    """Raise TriageError where no Parquet can be written: pyarrow is missing, or it would not go to a file."""
    if find_spec("pyarrow") is None:
        raise TriageError("Parquet needs pyarrow: pip install 'article-triage[parquet]'; or take --format jsonl.")
    if not to_file:
        raise TriageError("Parquet goes to a file: name one with -o.")


def write_parquet(pairs: Iterable[Pair], file: BinaryIO) -> None:
    """Write items to an open file, a row each. What is no UTF-8 in a name is escaped, as in JSON lines."""
    import pyarrow as pa  # noqa: PLC0415 - an extra
    from pyarrow import parquet  # noqa: PLC0415 - the same

    schema = _schema()
    rows = (_utf8(record(item, scanned)) for item, scanned in pairs)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while some := list(islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist(some, schema))


def _schema() -> pa.Schema:
    """The columns of `record`, in its order."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    text, number = pa.string(), pa.int64()
    flag = {"kind": text, "cause": text, "reason": text, "rule": text, "confidence": pa.float64()}
    flag |= {"first": number, "last": number, "same_as": pa.list_(number)}
    others = {"status": number, "words": number, "changed": pa.bool_()}
    others |= {"tags": pa.list_(text), "flags": pa.list_(pa.struct(list(flag.items())))}
    return pa.schema([(name, others.get(name, text)) for name in NAMES])


def _utf8(value: Any) -> Any:
    """A value in which every text can be written as UTF-8."""
    match value:
        case str():
            return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode("utf-8")
        case dict():
            return {name: _utf8(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_utf8(inner) for inner in value]
        case _:
            return value
