"""Read large files in batches of bounded size: JSON lines, CSV and Parquet; bad rows are rejected with a reason."""

from __future__ import annotations

import contextlib
import csv
import datetime
import functools
import gzip
import io
import itertools
import json
import pathlib
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from .. import _limits as limits
from .._packaging import optional
from ..corpora.load import TEXT_COLUMNS
from ..importers.exports.column_names import FLAGS, as_text, names_somebody
from ..importers.exports.field_names import parts_of
from ..importers.left_out import flag_of, says_gone
from ..importers.text_files import gunzipped, unzstandard, well_formed
from .parquet_pieces import pieces_of

if TYPE_CHECKING:
    import pyarrow as pa

_KINDS = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
_COMPRESSIONS = (".gz", ".zst")
_JSON_PIECE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[\[{,]++', re.DOTALL)  # a string, or what makes values
_DICTIONARY = re.compile(rb"\x15\x04\x15([\x80-\xff]{0,4}[\0-\x7f])")  # how such a page begins: with its unpacked size
_TOO_LONG = f"line of more than {limits.LONGEST_LINE:,} bytes"
_TOO_LARGE = f"cell of more than {limits.LONGEST_TEXT:,} characters, or a quotation mark that is never closed"

Row = Mapping[str, Any] | str
"""A row as its cells by column, or the reason why it cannot be read."""


class Batch(NamedTuple):
    """Consecutive rows of a file, not yet parsed.

    `first` is the row number of the first, `position` how many bytes of the file have been read, `size` how many bytes
    the rows have unpacked.
    """

    number: int
    first: int
    rows: list[bytes | Row] | pa.RecordBatch
    position: int
    size: int = 0


class Reject(NamedTuple):
    """A row that cannot be measured: its number in the file, and the reason."""

    row: int
    reason: str


def kind_of(path: pathlib.Path) -> str:
    """Return the reader for a file name; ValueError for an unknown ending."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    compressed = suffixes[-1:] and suffixes[-1] in _COMPRESSIONS
    kind = suffixes[-2] if compressed and len(suffixes) > 1 else suffixes[-1] if suffixes else ""
    if kind not in _KINDS or (compressed and kind == ".parquet"):
        raise ValueError(
            f"{path.name}: measure_files reads .jsonl, .ndjson, .csv and .tsv, each also compressed as .gz or .zst, "
            "and .parquet. Rename the file to match its content, or use read_thread for one article with its comments."
        )
    return kind


def batches(path: pathlib.Path, rows: int, columns: Mapping[str, str]) -> Iterator[Batch]:
    """Cut a file into batches of at most `rows` rows; the cuts depend on the file, `rows` and `columns` alone.

    Only the columns of a table that are needed are read: those of TEXT_COLUMNS, under the names that `columns` gives
    them. Raises ValueError if the file is damaged, unpacks to far more or far less than its size, or is nearly all line
    ends.
    """
    kind = kind_of(path)
    read = {".parquet": _parquet_rows, ".csv": _csv_rows, ".tsv": _csv_rows}.get(kind, _json_rows)
    wrong, row, size, shortest = "", 0, 0, limits.STREAMED_ROW_LENGTH * (2 if kind in (".jsonl", ".ndjson") else 1)
    try:
        for batch in read(path, rows, columns):
            last, size = batch.first + len(batch.rows) - 1, size + batch.size
            packed = kind == ".parquet" or size > batch.position
            if packed and size + limits.ROW_BYTES * last > limits.FEW_STREAMED + limits.MOST_STREAMED * batch.position:
                wrong = (
                    f"unpacks to more than {limits.MOST_STREAMED} times its size after row {row:,}, so it is probably "
                    "not text. What was read before is kept; if the file is intact, save it as .jsonl"
                )
            elif last > limits.FEW_STREAMED_ROWS + size // shortest and kind != ".parquet":
                wrong = (
                    f"has more than {row:,} rows, and they have fewer than {shortest} characters on average, so most "
                    "are nearly empty. What was read before is kept; delete the empty rows, or split the file up"
                )
            if wrong:
                break
            yield batch
            row = last
    except _damages(kind) as error:
        if isinstance(error, OSError) and error.errno:  # the disk's fault
            raise
        raise ValueError(
            f"{path.name} is damaged somewhere after row {row:,}: {error}. What was read before is kept; "
            "repair the file or give a new copy."
        ) from error
    if wrong:
        raise ValueError(f"{path.name} {wrong}.")


def _damages(kind: str) -> tuple[type[Exception], ...]:
    """Errors that the readers raise for truncated or mislabelled files."""
    if kind == ".parquet":
        import pyarrow as pa

        return (pa.ArrowException, OSError, ValueError, KeyError, IndexError, OverflowError)
    return (EOFError, gzip.BadGzipFile, zlib.error)


@contextlib.contextmanager
def _opened(path: pathlib.Path) -> Iterator[tuple[IO[bytes], Callable[[], int]]]:
    """Open a file's decompressed bytes, with a function for the position in the compressed file."""
    with path.open("rb") as raw:
        stream: IO[bytes] = raw
        if path.suffix.lower() == ".gz":
            stream = gunzipped(raw, path.name)
        elif path.suffix.lower() == ".zst":
            with optional("scale", "Files compressed with Zstandard (.zst)"):
                stream = unzstandard(raw, path.name)
        yield stream, raw.tell


def _gathered(sized: Iterable[tuple[bytes | Row, int]], rows: int, position: Callable[[], int]) -> Iterator[Batch]:
    """Gather rows, each with its size in bytes, into batches; a file without rows has an empty one."""
    number, first, size = 0, 1, 0
    some: list[bytes | Row] = []
    for row, own in sized:
        some.append(row)
        size += own
        if len(some) == rows or size >= limits.BATCH_BYTES:
            yield Batch(number, first, some, position(), size)
            number, first, size, some = number + 1, first + len(some), 0, []
    if some or not number:
        yield Batch(number, first, some, position(), size)


def _next_line(stream: IO[bytes], position: Callable[[], int]) -> bytes | None:
    """The next line; None for one that is too long, of which no more than limits.LONGEST_LINE bytes are ever kept.

    The rest of an endless line in few packed bytes is not skipped, so that it soon exceeds the limit on unpacking.
    """
    line = stream.readline(limits.LONGEST_LINE)
    if len(line) < limits.LONGEST_LINE or line.endswith(b"\n"):
        return line
    left = limits.MOST_STREAMED * position()
    while left > 0 and (more := stream.readline(1_000_000)) and not more.endswith(b"\n"):
        left -= len(more)
    return None


def _json_rows(path: pathlib.Path, rows: int, _: Mapping[str, str]) -> Iterator[Batch]:
    with _opened(path) as (stream, position):
        lines = iter(lambda: _next_line(stream, position), b"")
        sized = ((_TOO_LONG, limits.LONGEST_LINE) if line is None else (line, len(line)) for line in lines)
        yield from _gathered(sized, rows, position)


class _CsvLines:
    """The lines of a CSV file as text, for `csv.reader`; a bad line raises csv.Error, and the next one can be read."""

    def __init__(self, stream: IO[bytes], position: Callable[[], int], delimiter: str) -> None:
        self._stream, self._position, self._delimiter = stream, position, delimiter.encode()
        self._ready: Iterator[str] = iter(())
        self.read = 0  # bytes
        self.of_row = 0  # lines

    def __iter__(self) -> _CsvLines:
        return self

    def __next__(self) -> str:
        self.of_row += 1
        if self.of_row > limits.MOST_LINES:
            raise csv.Error(f"row of more than {limits.MOST_LINES:,} lines, or a quotation mark that is never closed")
        if (ready := next(self._ready, None)) is not None:
            return ready
        line = _next_line(self._stream, self._position)
        if line == b"":
            raise StopIteration
        if line is None:
            self.read += limits.LONGEST_LINE
            raise csv.Error(_TOO_LONG)
        if line.count(self._delimiter) > limits.MOST_VALUES:
            raise csv.Error(f"more than {limits.MOST_VALUES:,} cells")
        text = line.decode("utf-8" if self.read else "utf-8-sig", "surrogateescape")
        self.read += len(line)
        if "\r" not in text[:-2]:
            return text
        self._ready = io.StringIO(text, newline="")  # old files end their lines with a carriage return alone
        return next(self._ready)


def _csv_rows(path: pathlib.Path, rows: int, columns: Mapping[str, str]) -> Iterator[Batch]:
    csv.field_size_limit(limits.LONGEST_TEXT)
    delimiter = "\t" if kind_of(path) == ".tsv" else ","
    with _opened(path) as (stream, position):
        lines = _CsvLines(stream, position, delimiter)
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            header = next(reader, [])
        except csv.Error as error:
            raise ValueError(f"{path.name} has no header that can be read: {error}.") from error
        names = _needed(columns, header)
        needed = {name: at for at, name in enumerate(header) if name in names}
        yield from _gathered(_csv_cells(reader, lines, needed, len(header)), rows, position)


def _csv_cells(
    reader: Iterator[list[str]], lines: _CsvLines, needed: Mapping[str, int], width: int
) -> Iterator[tuple[Row, int]]:
    """Yield the needed cells of each row by name, or why it cannot be read, and how many bytes it took."""
    while True:
        before, lines.of_row = lines.read, 0
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row: Row = _TOO_LARGE if "field limit" in str(error) else str(error)
        else:
            row = {name: cells[at] for name, at in needed.items()} if len(cells) == width else (
                f"{len(cells)} cells under a header of {width}"
            )  # fmt: skip
        yield row, lines.read - before


def _needed(columns: Mapping[str, str], names: Iterable[str]) -> set[str]:
    """The file's names for the columns to read; the author's serves only to recognise bots."""
    marks = _marks(tuple(names), columns.get("author", ""))
    return {columns.get(name, name) for name in TEXT_COLUMNS if name != "author"} | {name for _, name in marks}


@functools.lru_cache(100)
def _marks(names: tuple[str, ...], author: str) -> list[tuple[str, str]]:
    """The fields that can give a reason to leave a text out, with the role of each."""
    found = parts_of(names) | ({"author": author} if author in names else {})
    marks = [(part.partition(" ")[0], name) for part, name in found.items()]
    return [mark for mark in marks if mark[0] in ("author", *FLAGS)]


def _parquet_rows(path: pathlib.Path, rows: int, columns: Mapping[str, str]) -> Iterator[Batch]:
    """Read the needed columns of a Parquet file; a text that is stored once for many rows is copied batch by batch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    size, text = path.stat().st_size, columns.get("text", "text")
    schema, metadata = pq.read_schema(path), pq.read_metadata(path)
    needed = _needed(columns, schema.names)
    types = {field.name: field.type for field in schema if field.name in needed}
    flat = [name for name, kind in types.items() if not pa.types.is_nested(kind) and "binary" not in str(kind)]
    strings = [name for name in flat if pa.types.is_string(types[name]) or pa.types.is_large_string(types[name])]
    deltas = _delta_columns(metadata, strings)  # of which pyarrow makes no dictionaries
    at_once = max(1, min(rows, limits.BATCH_BYTES // max(deltas.values(), default=1)))
    as_dictionaries = [name for name in strings if name not in deltas]
    with pq.ParquetFile(path, metadata=metadata, read_dictionary=as_dictionaries) as file:
        total, number, done = metadata.num_rows, 0, 0
        reason = f"text is {str(types[text])[:40]}, not a string" if text in types else "no text"
        without_text = [reason] * min(rows, total) if text not in flat else []
        while without_text and done < total:
            yield Batch(number, done + 1, without_text[: total - done], size)
            number, done = number + 1, min(total, done + rows)
        if without_text:
            return
        unpacked = sum(chunk.total_uncompressed_size for group in _row_groups(metadata, flat) for chunk in group)
        if unpacked > limits.FEW_STREAMED + limits.MOST_STREAMED * size:  # a dictionary is read whole, used or not
            yield Batch(0, 1, [], size, unpacked)  # which is too much
        with path.open("rb") as raw:
            largest = max(
                (sum(_dictionary(raw, chunk) for chunk in group) for group in _row_groups(metadata, flat)), default=0
            )
        if largest > limits.LARGEST_DICTIONARIES:
            raise ValueError(f"a row group has dictionaries of {largest:,} bytes")
        groups = file.iter_batches(batch_size=at_once, columns=flat, use_threads=False)
        for piece in pieces_of(groups, rows, limits.BATCH_BYTES):
            yield Batch(number, done + 1, piece, int(size * (done + len(piece)) / total), piece.nbytes)
            number, done = number + 1, done + len(piece)
        if not number:
            yield Batch(0, 1, [], size)


def _delta_columns(metadata: Any, names: list[str]) -> dict[str, int]:
    """Those of the columns that store only what differs from the value before, with the most bytes of one value.

    A long value can repeat the one before for a few bytes, so this bounds how many rows are read at once.
    """
    found: dict[str, int] = {}
    for chunk in itertools.chain.from_iterable(_row_groups(metadata, names)):
        if any(each.startswith("DELTA") for each in chunk.encodings):
            found[chunk.path_in_schema] = max(found.get(chunk.path_in_schema, 1), chunk.total_uncompressed_size)
    return found


def _row_groups(metadata: Any, names: list[str]) -> Iterator[list[Any]]:
    """Yield what the metadata say of the parts of some columns, row group by row group."""
    places = [at for at in range(metadata.num_columns) if metadata.schema.column(at).path in names]
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        yield [group.column(at) for at in places]


def _dictionary(raw: IO[bytes], chunk: Any) -> int:
    """Return how many bytes the dictionary of a part of a column unpacks to; 0 if it begins with another page."""
    raw.seek(max(0, chunk.dictionary_page_offset or chunk.data_page_offset))
    found = _DICTIONARY.match(raw.read(8))
    return sum((byte & 127) << (7 * at) for at, byte in enumerate(found[1])) // 2 if found else 0


# ---- rows as texts


def texts_of_batch(batch: Batch, columns: Mapping[str, str], source: str) -> tuple[pd.DataFrame, list[Reject]]:
    """Turn a batch into a table of texts (TEXT_COLUMNS, without authors) and the rows that cannot be measured.

    `columns` names the column of the file for each of TEXT_COLUMNS; those that it leaves out are looked up under their
    own name. A row without `text_id` is named after its file, or a number if that may name a person, and row; one
    without `kind` is a comment. Rows that `flag_of` flags are rejected. Any other cell that cannot be read is missing.
    """
    stem = re.sub(r"[\W_]+", " ", source)
    label = f"file-{zlib.crc32(source.encode()):08x}" if names_somebody(stem) else source
    records, rejects = [], []
    for row, record in enumerate(_records(batch.rows), batch.first):
        if isinstance(record, str):
            rejects.append(Reject(row, record))
            continue
        cells = {name: record.get(columns.get(name, name)) for name in TEXT_COLUMNS if name != "author"}
        if wrong := _wrong_with(cells["text"], record, columns.get("author", "")):
            rejects.append(Reject(row, wrong))
        else:
            records.append({**cells, "text_id": _as_name(cells["text_id"]) or f"{label}:{row}"})
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


_HALF = re.compile("[\udc80-\udcff]")  # bytes that were not UTF-8, as the error handler surrogateescape keeps them


def _values(column: pa.Array) -> list[Any]:
    """The cells of a column; one that Python cannot hold, such as a date in the year 300,000, is missing."""
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
    """Count the values of a line before they are made: each takes a string, a comma or a bracket outside strings."""
    if line.count(b"[") + line.count(b"{") + line.count(b",") <= limits.MOST_VALUES:
        return False
    count = 0
    for piece in _JSON_PIECE.finditer(line):
        start, stop = piece.span()
        count += 1 if line[start] == 34 else stop - start  # 34: a quotation mark
        if count > limits.MOST_VALUES:
            return True
    return False


def _wrong_with(text: object, record: Mapping[str, Any], author: str) -> str:
    if text is None:
        return "no text"
    if not isinstance(text, str):
        return f"text is {type(text).__name__}, not a string"
    if len(text) > limits.LONGEST_TEXT:
        return f"text of more than {limits.LONGEST_TEXT:,} characters"
    if text.count("\n") + text.count("\r") > limits.MOST_LINES:
        return f"text of more than {limits.MOST_LINES:,} lines"
    names = tuple(name for name in itertools.islice(record, limits.MOST_MARKED) if len(name) < limits.LONGEST_NUMBER)
    said = {part: as_text(record[name]) for part, name in _marks(names, author)}
    gone = (as_text(record[name]) for part, name in _marks(names, author) if part == "deleted")
    return flag_of(text, **said | {"deleted": next(filter(says_gone, gone), "")})


def _table(records: list[dict[str, Any]]) -> pd.DataFrame:
    """Records as texts: ids as strings, dates to the day, likes as whole numbers; what cannot be read is missing."""
    table = pd.DataFrame(records, columns=list(TEXT_COLUMNS), dtype=object)
    table["kind"] = [each if each in ("article", "comment") else "comment" for each in table["kind"]]
    for name in ("thread_id", "reply_to", "language"):
        table[name] = table[name].map(_as_name)
    table["text"] = table["text"].map(well_formed)
    table["posted"] = _dates(table["posted"]).dt.floor("D")
    likes = pd.to_numeric(table["likes"].map(_scalar), errors="coerce").astype("float64").round()
    table["likes"] = likes.where(likes.abs() < 2.0**63).astype("Int64")
    return table.astype(TEXT_COLUMNS)


def _as_name(value: object) -> str | None:
    """Return an id as a string; None if it is not valid."""
    if not isinstance(value, (str, int, float)) or value == "" or value != value:  # NaN is not equal to itself
        return None
    name = well_formed(str(value))
    return name if len(name) <= limits.LONGEST_ID else None


def _scalar(value: object) -> object:
    """A number, or a text of ASCII letters and of a sensible length; None for anything else."""
    if isinstance(value, str):
        return value if len(value) <= limits.LONGEST_NUMBER and value.isascii() else None
    return float(value) if isinstance(value, (bool, int, float)) and abs(value) < 2**63 else None


def _dates(values: pd.Series[Any]) -> pd.Series[Any]:
    """ISO dates, and seconds since 1970 (as numbers or digits), in UTC; anything else is missing."""
    seconds = pd.to_numeric(values.map(_scalar), errors="coerce")
    seconds = seconds.where(seconds.abs().between(1e8, 1e11))
    counted = pd.to_datetime(seconds.astype("float64"), unit="s", errors="coerce", utc=True)
    written = pd.to_datetime(values.map(_iso_date), format="ISO8601", errors="coerce", utc=True)
    return written.where(seconds.isna()).astype("datetime64[us, UTC]").fillna(counted.astype("datetime64[us, UTC]"))


def _iso_date(value: object) -> str | None:
    """Return a date as text, or None: pandas would accept words such as "now" as dates."""
    if isinstance(value, datetime.date):
        value = value.isoformat()
    return value if isinstance(value, str) and len(value) <= limits.LONGEST_NUMBER and value[:1].isdecimal() else None
