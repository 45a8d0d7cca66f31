"""Rows of large files, a batch at a time: JSON lines, CSV and Parquet, packed or not; bad rows get a reason."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import pathlib
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

from .._packaging import optional
from ..corpora.load import TEXT_COLUMNS
from ..importers.text_files import well_formed

if TYPE_CHECKING:
    import pandas as pd

LONGEST_TEXT: Final = 10_000_000  # characters, as for `measure`
LONGEST_LINE: Final = 64_000_000  # bytes of a line of JSON or a row of CSV
BATCH_BYTES: Final = 16_000_000  # a batch ends after as many bytes, even if it has fewer rows than asked for
LONGEST_NUMBER: Final = 40  # characters of a number or a date
_KINDS = (".jsonl", ".ndjson", ".csv", ".tsv", ".parquet")
_PACKINGS = (".gz", ".zst")


class Batch(NamedTuple):
    """Consecutive rows of a file, not yet parsed; `first` is the number of the first, `position` tells bytes read."""

    number: int
    first: int
    kind: str
    header: tuple[str, ...]
    payload: Any
    position: int


class Reject(NamedTuple):
    """A row that cannot be measured: its number in the file, and why."""

    row: int
    reason: str


def kind_of(path: pathlib.Path) -> str:
    """How a file is read, told by its name; ValueError for any other."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] and suffixes[-1] in _PACKINGS
    kind = suffixes[-2] if packed and len(suffixes) > 1 else suffixes[-1] if suffixes else ""
    if kind not in _KINDS or (packed and kind == ".parquet"):
        raise ValueError(
            f"{path.name}: measure_files reads .jsonl, .ndjson, .csv and .tsv, each also packed as .gz or .zst, and "
            ".parquet. Rename the file after what it holds, or use read_thread for one article with its comments."
        )
    return kind


def batches(path: pathlib.Path, rows: int) -> Iterator[Batch]:
    """Cut a file into batches of at most `rows` rows; where they are cut depends on the file and on `rows` alone.

    Raises ValueError where the file is damaged.
    """
    cut = {".parquet": _parquet_batches, ".csv": _rows_of_csv, ".tsv": _rows_of_csv}.get(kind_of(path), _lines_of_json)
    number = 0
    try:
        for batch in cut(path, rows):
            yield batch
            number += 1
    except _damages() as error:
        raise ValueError(
            f"{path.name} is damaged somewhere after row {number * rows:,}: {error}. What was read before is kept; "
            "mend the file or give a new copy."
        ) from error


def _damages() -> tuple[type[Exception], ...]:
    """What the readers raise on a file that is cut off or is not what its name says."""
    import pyarrow as pa

    packed = sys.modules.get("zstandard")
    return (csv.Error, EOFError, gzip.BadGzipFile, zlib.error, pa.ArrowInvalid, *([packed.ZstdError] if packed else []))


@contextlib.contextmanager
def _opened(path: pathlib.Path) -> Iterator[tuple[IO[bytes], Callable[[], int]]]:
    """The bytes of a file, unpacked, and how far it has been read on the disk."""
    with path.open("rb") as raw, contextlib.ExitStack() as stack:
        stream: Any = raw
        if path.suffix.lower() == ".gz":
            stream = stack.enter_context(gzip.GzipFile(fileobj=raw))
        elif path.suffix.lower() == ".zst":
            stream = stack.enter_context(io.BufferedReader(_Zstandard(path, raw), 1 << 20))
        yield stream, raw.tell


class _Zstandard(io.RawIOBase):
    """Unpacks frame after frame, also those of large windows (archives of Reddit), and tells where a file is cut off.

    Few bytes are fed at a time, since a few can unpack to very many.
    """

    _FED, _WINDOW = 4_096, 2**31

    def __init__(self, path: pathlib.Path, raw: IO[bytes]) -> None:
        with optional("scale", "Files compressed with Zstandard (.zst)"):
            import zstandard
        self._new = zstandard.ZstdDecompressor(max_window_size=self._WINDOW).decompressobj
        self._raw, self._packed, self._ready = raw, b"", b""
        self._frame: Any = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and (self._packed or self._feed()):
            self._frame = self._frame or self._new()
            self._ready = self._frame.decompress(self._packed)
            self._packed = self._frame.unused_data if self._frame.eof else b""
            self._frame = None if self._frame.eof else self._frame
        taken = self._ready[: len(buffer)]
        buffer[: len(taken)], self._ready = taken, self._ready[len(taken) :]
        return len(taken)

    def _feed(self) -> bool:
        self._packed = self._raw.read(self._FED)
        if not self._packed and self._frame is not None:
            raise EOFError("the compressed file ended before its end-of-stream mark")
        return bool(self._packed)


def _lines_of_json(path: pathlib.Path, rows: int) -> Iterator[Batch]:
    with _opened(path) as (stream, position):
        lines: list[bytes] = []
        number = size = 0
        first = 1
        while line := stream.readline(LONGEST_LINE):
            while len(line) == LONGEST_LINE and not line.endswith(b"\n"):  # skip the rest, keep one byte too many
                more = stream.readline(LONGEST_LINE)
                if len(more) < LONGEST_LINE or more.endswith(b"\n"):
                    break
            lines.append(line)
            size += len(line)
            if len(lines) == rows or size >= BATCH_BYTES:
                yield Batch(number, first, ".jsonl", (), lines, position())
                number, first, lines, size = number + 1, first + len(lines), [], 0
        if lines:
            yield Batch(number, first, ".jsonl", (), lines, position())


def _rows_of_csv(path: pathlib.Path, rows: int) -> Iterator[Batch]:
    csv.field_size_limit(LONGEST_LINE)
    with _opened(path) as (stream, position):
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
        reader = csv.reader(text, delimiter="\t" if kind_of(path) == ".tsv" else ",")
        header = tuple(next(reader, ()))
        kept: list[list[str]] = []
        number = size = 0
        first = 1
        for cells in reader:
            kept.append(cells)
            size += sum(map(len, cells))
            if len(kept) == rows or size >= BATCH_BYTES:
                yield Batch(number, first, ".csv", header, kept, position())
                number, first, kept, size = number + 1, first + len(kept), [], 0
        if kept or number == 0:
            yield Batch(number, first, ".csv", header, kept, position())


def _parquet_batches(path: pathlib.Path, rows: int) -> Iterator[Batch]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        total, size, first = max(file.metadata.num_rows, 1), path.stat().st_size, 1
        for number, batch in enumerate(file.iter_batches(batch_size=rows, use_threads=False)):
            done = (first - 1 + batch.num_rows) / total
            yield Batch(number, first, ".parquet", tuple(batch.schema.names), batch, int(size * done))
            first += batch.num_rows


def texts_of_batch(batch: Batch, columns: Mapping[str, str], source: str) -> tuple[pd.DataFrame, list[Reject]]:
    """Make a batch into a table of texts (TEXT_COLUMNS, without authors) and the rows that cannot be measured.

    `columns` says which column of the file holds which of TEXT_COLUMNS; those that it does not name are looked up
    under their own name. A row without `text_id` is called after its file and row, one without `kind` is a comment.
    """
    records, rejects = [], []
    for row, record in enumerate(_records(batch), batch.first):
        if isinstance(record, str):
            rejects.append(Reject(row, record))
        elif wrong := _wrong_with(record.get(columns.get("text", "text"))):
            rejects.append(Reject(row, wrong))
        else:
            records.append({**_chosen(record, columns), "row": row})
    return _table(records, source), rejects


def _records(batch: Batch) -> Iterator[dict[str, Any] | str]:
    """Each row as a record, or what is wrong with it."""
    if batch.kind == ".parquet":
        yield from batch.payload.to_pylist()
    elif batch.kind == ".csv":
        for cells in batch.payload:
            yield _csv_record(batch.header, cells)
    else:
        yield from map(_json_record, batch.payload)


def _csv_record(header: tuple[str, ...], cells: list[str]) -> dict[str, Any] | str:
    if len(cells) != len(header):
        return f"{len(cells)} cells under a header of {len(header)}"
    if any("\udc80" <= letter <= "\udcff" for cell in cells if not cell.isascii() for letter in cell):
        return "not UTF-8"
    return dict(zip(header, cells, strict=True))


def _json_record(line: bytes) -> dict[str, Any] | str:
    if len(line) >= LONGEST_LINE:
        return f"line of more than {LONGEST_LINE:,} bytes"
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "not UTF-8"
    except (ValueError, RecursionError):
        return "not JSON" if line.strip() else "empty line"
    return record if isinstance(record, dict) else "JSON, but no object"


def _wrong_with(text: object) -> str:
    if text is None:
        return "no text"
    if not isinstance(text, str):
        return f"text is {type(text).__name__}, not a string"
    return f"text of more than {LONGEST_TEXT:,} characters" if len(text) > LONGEST_TEXT else ""


def _chosen(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    return {name: record.get(columns.get(name, name)) for name in TEXT_COLUMNS if name != "author"}


def _table(records: list[dict[str, Any]], source: str) -> pd.DataFrame:
    """Records as texts: ids as strings, dates to the day, likes as whole numbers; what cannot be read is missing."""
    import pandas as pd

    table = pd.DataFrame(records, columns=[*TEXT_COLUMNS, "row"], dtype=object)
    names = pd.Series([f"{source}:{row}" for row in table["row"]], index=table.index, dtype=object)
    table["text_id"] = table["text_id"].map(_as_name).where(table["text_id"].notna(), names)
    table["kind"] = table["kind"].where(table["kind"].isin(["article", "comment"]), "comment")
    for name in ("thread_id", "reply_to", "language"):
        table[name] = table[name].map(_as_name, na_action="ignore")
    table["text"] = [well_formed(text) for text in table["text"]]
    table["posted"] = _dates(table["posted"]).dt.floor("D")
    table["likes"] = _counts(table["likes"])
    return table[list(TEXT_COLUMNS)].astype(TEXT_COLUMNS)


def _as_name(value: object) -> str | None:
    return None if value is None or value == "" else well_formed(str(value))


def _counts(values: pd.Series[Any]) -> pd.Series[Any]:
    """Whole numbers; what is none, or has more than 64 bits, is missing."""
    import pandas as pd

    numbers = pd.to_numeric(values.map(_scalar), errors="coerce").astype("float64").round()
    return numbers.where(numbers.abs() < 2.0**63).astype("Int64")


def _scalar(value: object) -> object:
    """A number or a text of a sensible length; anything else is none."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST_NUMBER else None
    return float(value) if isinstance(value, (bool, int, float)) and abs(value) < 2**63 else None


def _dates(values: pd.Series[Any]) -> pd.Series[Any]:
    """ISO dates, and seconds since 1970 (as numbers or digits), in UTC; what is neither is missing."""
    import pandas as pd

    seconds = pd.to_numeric(values.map(_scalar), errors="coerce")
    seconds = seconds.where(seconds.abs().between(1e8, 1e11))
    counted = pd.to_datetime(seconds.astype("float64"), unit="s", errors="coerce", utc=True)
    texts = values.where(seconds.isna() & values.map(lambda value: not isinstance(value, (bool, int, float))))
    written = pd.to_datetime(texts, format="ISO8601", errors="coerce", utc=True)
    return written.astype("datetime64[us, UTC]").fillna(counted.astype("datetime64[us, UTC]"))
