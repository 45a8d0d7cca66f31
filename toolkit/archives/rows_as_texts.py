"""Turn the rows of a large file into texts; rows that cannot be read are rejected with a reason."""

from __future__ import annotations

import datetime
import itertools
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import _limits as limits
from ..corpora.load import TEXT_COLUMNS
from ..importers.exports.cell_values import as_text
from ..importers.exports.column_names import names_somebody
from ..importers.left_out import flag_of, says_gone
from ..importers.text_files import well_formed
from .readers import Batch, Row, marks_in

if TYPE_CHECKING:
    import pyarrow as pa

_JSON_PIECE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{,]++', re.DOTALL)  # a string, or signs that begin values


def texts_of_batch(batch: Batch, columns: Mapping[str, str], source: str) -> tuple[pd.DataFrame, list[tuple[int, str]]]:
    """Turn a batch into a table of texts (TEXT_COLUMNS, without authors) and the rows rejected, each with the reason.

    `columns` maps TEXT_COLUMNS to columns of the file; others keep their own names. A row without `text_id` is named
    after `source` and its number; one without `kind` is a comment. Rows that `flag_of` flags are rejected. Any other
    unreadable cell is missing.
    """
    records, rejects = [], []
    author, left = columns.get("author", ""), limits.MOST_FIELD_NAMES
    marks: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    known: set[str] = set()
    for row, record in enumerate(_records(batch.rows), batch.first):
        if isinstance(record, str):
            rejects.append((row, record))
            continue
        some = itertools.islice(record, limits.MOST_MARKED)
        names = tuple(name for name in some if len(name) < limits.LONGEST_NUMBER)
        if names not in marks:
            new = len({*names} - known)
            if (left := left - new - (len(names) - new) // limits.KNOWN_NAMES) < 0:
                rejects.append((row, f"other fields than before, which had {limits.MOST_FIELD_NAMES:,} names in all"))
                continue
            known.update(names)
            marks[names] = marks_in(names, author)
        cells = {name: record.get(columns.get(name, name)) for name in TEXT_COLUMNS if name != "author"}
        if wrong := _wrong_with(cells["text"], record, marks[names]):
            rejects.append((row, wrong))
        else:
            records.append({**cells, "text_id": _as_id(cells["text_id"]) or f"{source}:{row}"})
    return _table(records), rejects


def _records(rows: list[bytes | Row] | pa.RecordBatch) -> Iterator[Row]:
    """Yield each row as a record, or the reason why it cannot be read."""
    if not isinstance(rows, list):
        for cells in zip(*map(_values, rows.columns), strict=True):
            yield dict(zip(rows.schema.names, cells, strict=True))
        return
    for row in rows:
        if isinstance(row, bytes):
            yield _json_record(row)
        elif isinstance(row, str):
            yield row
        else:
            yield "not UTF-8" if any(not cell.isascii() and _HALF.search(cell) for cell in row.values()) else row


_HALF = re.compile("[\udc80-\udcff]")  # bytes that were not UTF-8 (surrogateescape)


def _values(column: pa.Array) -> list[Any]:
    """Return the cells of a column; values that Python cannot represent, such as the year 300,000, are missing."""
    try:
        values: list[Any] = column.to_pylist()
        return values
    except (ValueError, OverflowError):
        half = len(column) // 2
        return [*_values(column[:half]), *_values(column[half:])] if half else [None]


def _json_record(line: bytes) -> Row:
    if len(line) > limits.MOST_VALUES and _has_too_many_values(line):
        return f"more than {limits.MOST_VALUES:,} values"
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "not UTF-8"
    except (ValueError, RecursionError):
        return "not JSON" if line.strip() else "empty line"
    return record if isinstance(record, dict) else "JSON, but not an object"


def _has_too_many_values(line: bytes) -> bool:
    """Check the number of values in a line before parsing: each needs a string, a comma or an opening bracket."""
    if line.count(b"[") + line.count(b"{") + line.count(b",") <= limits.MOST_VALUES:
        return False
    count = 0
    for piece in _JSON_PIECE.finditer(line):
        start, stop = piece.span()
        count += 1 if line[start] == 34 else stop - start  # 34: a quotation mark
        if count > limits.MOST_VALUES:
            return True
    return False


def _wrong_with(text: object, record: Mapping[str, Any], marks: list[tuple[str, str]]) -> str:
    if text is None:
        return "no text"
    if not isinstance(text, str):
        return f"text is {type(text).__name__}, not a string"
    if len(text) > limits.LONGEST_TEXT:
        return f"text of more than {limits.LONGEST_TEXT:,} characters"
    if text.count("\n") + text.count("\r") > limits.MOST_LINES:
        return f"text of more than {limits.MOST_LINES:,} lines"
    said = {part: as_text(record[name]) for part, name in marks}
    gone = (as_text(record[name]) for part, name in marks if part == "deleted")
    return flag_of(text, **said | {"deleted": next(filter(says_gone, gone), "")})


def _table(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Return records as texts: ids as strings, dates by day, likes as integers; unreadable values are missing."""
    table = pd.DataFrame(records, columns=list(TEXT_COLUMNS), dtype=object)
    table["kind"] = [each if each in ("article", "comment") else "comment" for each in table["kind"]]
    for name in ("thread_id", "reply_to", "language"):
        table[name] = table[name].map(_as_id if name == "reply_to" else _as_name)
    table["text"] = table["text"].map(well_formed)
    table["posted"] = _dates(table["posted"]).dt.floor("D")
    likes = pd.to_numeric(table["likes"].map(_scalar), errors="coerce").astype("float64").round()
    table["likes"] = likes.where(likes.abs() < 2.0**63).astype("Int64")
    return table.astype(TEXT_COLUMNS)


def _as_name(value: object) -> str | None:
    """Return an id as a string; None if it is not valid."""
    if not isinstance(value, (str, int, float)) or value == "" or value != value:  # the last is true of NaN
        return None
    name = well_formed(str(value))
    return name if len(name) <= limits.LONGEST_ID else None


def _as_id(value: object) -> str | None:
    """Return the id of a text, or a hash if it looks like somebody's name."""
    name = _as_name(value)
    return f"id-{zlib.crc32(name.encode()):08x}" if name and " " in name and names_somebody(name) else name


def _scalar(value: object) -> object:
    """Return a number, or a text of ASCII letters of reasonable length; None for anything else."""
    if isinstance(value, str):
        return value if len(value) <= limits.LONGEST_NUMBER and value.isascii() else None
    return float(value) if isinstance(value, (bool, int, float)) and abs(value) < 2**63 else None


def _dates(values: pd.Series[Any]) -> pd.Series[Any]:
    """Read ISO dates and Unix timestamps (numbers or digits) as UTC; anything else is missing."""
    seconds = pd.to_numeric(values.map(_scalar), errors="coerce")
    seconds = seconds.where(seconds.abs().between(1e8, 1e11))
    counted = pd.to_datetime(seconds.astype("float64"), unit="s", errors="coerce", utc=True)
    written = pd.to_datetime(values.map(_iso_date), format="ISO8601", errors="coerce", utc=True)
    return written.where(seconds.isna()).astype("datetime64[us, UTC]").fillna(counted.astype("datetime64[us, UTC]"))


def _iso_date(value: object) -> str | None:
    """Return an ISO date as text, else None: pandas would accept words such as "now"."""
    if isinstance(value, datetime.date):
        value = value.isoformat()
    return value if isinstance(value, str) and len(value) <= limits.LONGEST_NUMBER and value[:1].isdecimal() else None
