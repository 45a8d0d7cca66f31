"""Read large files in batches of bounded size: JSON lines, CSV and Parquet; `rows_as_texts` makes texts of the rows."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import itertools
import pathlib
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from .. import _limits as limits
from .._packaging import optional
from ..corpora.load import TEXT_COLUMNS
from ..importers.exports.columns_to_comments import FLAGS
from ..importers.exports.field_names import parts_of
from ..importers.text_files import gunzipped, unzstandard
from .parquet_pieces import pieces_of

if TYPE_CHECKING:
    import pyarrow as pa

_KINDS = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
_COMPRESSIONS = (".gz", ".zst")
_DICTIONARY = re.compile(rb"\x15\x04\x15([\x80-\xff]{0,4}[\0-\x7f])")  # a dictionary page's start and unpacked size
_TOO_LONG = f"line of more than {limits.LONGEST_LINE:,} bytes"
_TOO_LARGE = f"cell of more than {limits.LONGEST_TEXT:,} characters, or a quotation mark that is never closed"

Row = Mapping[str, Any] | str
"""A row as its cells by column, or the reason why it cannot be read."""


class Batch(NamedTuple):
    """Consecutive rows of a file, not yet parsed.

    `first` is the row number of the first, `position` the number of bytes read from the file, `size` the unpacked bytes
    of the rows.
    """

    number: int
    first: int
    rows: list[bytes | Row] | pa.RecordBatch
    position: int
    size: int = 0


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


class _TooLargeError(ValueError):
    """A part of a file, perhaps an intact one, exceeds a limit."""


def batches(path: pathlib.Path, rows: int, columns: Mapping[str, str]) -> Iterator[Batch]:
    """Cut a file into batches of at most `rows` rows; the cuts depend on the file, `rows` and `columns` alone.

    Of a table, only the needed columns are read: those of TEXT_COLUMNS, under their names in `columns`. Raises
    ValueError if the file is damaged, unpacks to far more or far less than its size, or is nearly all line ends.
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
        if isinstance(error, _TooLargeError) or (isinstance(error, OSError) and error.errno):  # the disk failed
            raise
        raise ValueError(
            f"{path.name} is damaged somewhere after row {row:,}: {str(error).rstrip('.')}. What was read before is "
            "kept; repair the file or give a new copy."
        ) from error
    if wrong:
        raise ValueError(f"{path.name} {wrong}.")


def _damages(kind: str) -> tuple[type[Exception], ...]:
    """Return the errors that readers raise for truncated or mislabelled files."""
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
    """Gather rows, each with its size in bytes, into batches; a file without rows yields an empty one."""
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
    """Return the next line; None for one that is too long, of which at most limits.LONGEST_LINE bytes are kept.

    The rest of an endless line in few packed bytes is not skipped, so it soon exceeds the limit on unpacking.
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
            if self.of_row > 1:
                raise csv.Error(f"a quotation mark that is never closed; the last {self.of_row - 1:,} lines are lost")
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
        self._ready = io.StringIO(text, newline="")  # old files end lines with a carriage return only
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
        if len(header) > limits.MOST_COLUMNS:
            raise _TooLargeError(f"{path.name} has {len(header):,} columns; the limit is {limits.MOST_COLUMNS:,}.")
        names = _needed(columns, header)
        needed = {name: at for at, name in enumerate(header) if name in names}
        yield from _gathered(_csv_cells(reader, lines, needed, len(header)), rows, position)


def _csv_cells(
    reader: Iterator[list[str]], lines: _CsvLines, needed: Mapping[str, int], width: int
) -> Iterator[tuple[Row, int]]:
    """Yield the needed cells of each row by name, or why it cannot be read, and its size in bytes."""
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
                f"{len(cells)} cells under a header of {width}" + f", in {lines.of_row:,} lines" * (lines.of_row > 1)
            )  # fmt: skip
        yield row, lines.read - before


def _needed(columns: Mapping[str, str], names: Iterable[str]) -> set[str]:
    """Map the columns to read to their names in the file; the author's serves only to recognise bots."""
    marks = marks_in(tuple(names), columns.get("author", ""))
    return {columns.get(name, name) for name in TEXT_COLUMNS if name != "author"} | {name for _, name in marks}


def marks_in(names: tuple[str, ...], author: str) -> list[tuple[str, str]]:
    """Return the fields that can show why to leave a text out, each with its role."""
    found = parts_of(names) | ({"author": author} if author in names else {})
    marks = [(part.partition(" ")[0], name) for part, name in found.items()]
    return [mark for mark in marks if mark[0] in ("author", *FLAGS)]


def _parquet_rows(path: pathlib.Path, rows: int, columns: Mapping[str, str]) -> Iterator[Batch]:
    """Read the needed columns of a Parquet file; texts stored once for many rows are copied batch by batch."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    size, text = path.stat().st_size, columns.get("text", "text")
    with path.open("rb") as raw:
        raw.seek(max(0, size - 8))  # the footer ends with its length and four letters
        if limits.LARGEST_FOOTER < (footer := int.from_bytes(raw.read(4), "little")) < size:
            raise _TooLargeError(
                f"{path.name} has {footer:,} bytes of metadata; the limit is {limits.LARGEST_FOOTER:,}. Write it "
                "without metadata of your own, or as .jsonl."
            )
    metadata = pq.read_metadata(path)
    schema = metadata.schema.to_arrow_schema()
    needed = _needed(columns, schema.names)
    types = {field.name: field.type for field in schema if field.name in needed}
    _check_chunks(path, metadata)
    flat = [name for name, kind in types.items() if not pa.types.is_nested(kind) and "binary" not in str(kind)]
    strings = [name for name in flat if pa.types.is_string(types[name]) or pa.types.is_large_string(types[name])]
    deltas = _delta_columns(metadata, strings)  # pyarrow cannot read these as dictionaries
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
        if unpacked > limits.FEW_STREAMED + limits.MOST_STREAMED * size:  # dictionaries are read whole, used or not
            yield Batch(0, 1, [], size, unpacked)  # exceeds the limit
        with path.open("rb") as raw:
            largest = max(
                (sum(_dictionary(raw, chunk) for chunk in group) for group in _row_groups(metadata, flat)), default=0
            )
        if largest > limits.LARGEST_DICTIONARIES:
            raise _TooLargeError(
                f"{path.name} has a row group with dictionaries of {largest:,} bytes; the limit is "
                f"{limits.LARGEST_DICTIONARIES:,}. Write it with smaller row groups, or as .jsonl."
            )
        groups = file.iter_batches(batch_size=at_once, columns=flat, use_threads=False)
        for piece in pieces_of(groups, rows, limits.BATCH_BYTES):
            yield Batch(number, done + 1, piece, int(size * (done + len(piece)) / total), piece.nbytes)
            number, done = number + 1, done + len(piece)
        if not number:
            yield Batch(0, 1, [], size)


class _UntouchedError(Exception):
    """The metadata of a file's parts are valid, so reading would begin now."""


class _Untouched(io.FileIO):
    """A file that refuses to be read."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise _UntouchedError


def _check_chunks(path: pathlib.Path, metadata: Any) -> None:
    """Raise OSError if the metadata of row groups are damaged: asked for such a group, pyarrow crashes Python."""
    import pyarrow.parquet as pq

    with (
        contextlib.suppress(_UntouchedError),
        _Untouched(path) as raw,
        pq.ParquetFile(raw, metadata=metadata, pre_buffer=True) as file,
    ):
        next(file.iter_batches(use_threads=False), None)


def _delta_columns(metadata: Any, names: list[str]) -> dict[str, int]:
    """Return the columns stored as differences from the value before, with the length of their longest value.

    A few bytes can repeat a long value, so this limits how many rows are read at once.
    """
    found: dict[str, int] = {}
    for chunk in itertools.chain.from_iterable(_row_groups(metadata, names)):
        if any(each.startswith("DELTA") for each in chunk.encodings):
            found[chunk.path_in_schema] = max(found.get(chunk.path_in_schema, 1), chunk.total_uncompressed_size)
    return found


def _row_groups(metadata: Any, names: list[str]) -> Iterator[list[Any]]:
    """Yield the metadata of some columns, row group by row group."""
    places = [at for at in range(metadata.num_columns) if metadata.schema.column(at).path in names]
    for group in map(metadata.row_group, range(metadata.num_row_groups)):
        yield [group.column(at) for at in places]


def _dictionary(raw: IO[bytes], chunk: Any) -> int:
    """Return the unpacked size of a column chunk's dictionary; 0 if it begins with another page."""
    raw.seek(max(0, chunk.dictionary_page_offset or chunk.data_page_offset))
    found = _DICTIONARY.match(raw.read(8))
    return sum((byte & 127) << (7 * at) for at, byte in enumerate(found[1])) // 2 if found else 0
