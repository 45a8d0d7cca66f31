"""measure_files: files larger than memory, batch by batch, into a Parquet dataset; killed at any moment, it goes on."""

from __future__ import annotations

import collections
import csv
import functools
import json
import os
import pathlib
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .._versions import versions
from ..corpora.load import TEXT_COLUMNS
from ..metrics.measure import METRICS, Metric, chosen, measure
from .readers import Batch, Reject, batches, kind_of, texts_of_batch

if TYPE_CHECKING:
    import pandas as pd

UNITS: Final = ("texts", "sentences", "passages", "blocks")
_AHEAD = 2  # batches waiting for each worker: bounds memory, and no worker waits
_LEFT_OUT = ["author", "text"]  # of the columns of a measured table: a dataset of numbers names and quotes nobody


class Job(NamedTuple):
    """What is done with every batch, and where its part is written; small enough to be sent with each."""

    out: str
    metrics: tuple[Metric, ...]
    units: str
    columns: dict[str, str]
    metadata: dict[str, str]


class Part(NamedTuple):
    """What a finished batch gave: rows of the file, texts measured, units written, rows rejected."""

    file: int
    number: int
    rows: int
    texts: int
    units: int
    rejects: int


def measure_files(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    metrics: Sequence[Metric | str] = METRICS,
    units: str = "texts",
    columns: Mapping[str, str] | None = None,
    batch: int = 5_000,
    workers: int | None = None,
    client: Any = None,
    progress: bool = False,
) -> pd.DataFrame:
    """Measure files of any size into a Parquet dataset, in bounded memory; run again, it goes on where it stopped.

    Parameters
    ----------
    paths
        One file or several: JSON lines (.jsonl, .ndjson) or tables (.csv, .tsv), also packed as .gz or .zst, and
        .parquet. A row is a text; the columns are those of a table of texts, only `text` is needed.
    out
        A folder for the results. It receives `data/source=NAME/part-NNNNNN.parquet` (the columns of
        `measure` without `author` and `text`; provenance in the schema's metadata), `rejects.csv` (file, row,
        reason) and `job.json`. ``pandas.read_parquet(out / "data")`` reads it.
    metrics
        As for `measure`.
    units : {"texts", "sentences", "passages", "blocks"}
        What is measured: whole texts, or each split as `split_sentences`, `split_passages` or `split_blocks` does.
    columns
        Which column of the files holds what: ``{"text": "body", "text_id": "id"}``.
    batch
        Rows measured at a time by one process. Memory grows with it.
    workers
        Number of processes; by default one, this one. The results are the same.
    client
        A `dask.distributed` client: its workers measure. They must see `out` under the same path. A worker that is
        lost is made up for by another.
    progress
        Show how much was read, with rate and time left.

    Returns
    -------
    DataFrame
        One row a file: file, rows (read), texts (measured), units (written), rejects; rows = texts + rejects.

    Raises
    ------
    FileNotFoundError
        If a file does not exist.
    ValueError
        If a file is of another kind, two have one name, an option is not known, or `out` holds the results of other
        files or options.
    RuntimeError
        If a worker process died, most often of lack of memory; what was finished is kept.

    Notes
    -----
    The results are those of `measure` on the same rows, to the last bit, whatever the batches, workers or
    interruptions. Ids are not checked for duplicates, since that would need memory that grows with what was seen.
    Dates are kept to the day; authors and texts are not written. A row that is no text is rejected with its reason.
    """
    files = _files(paths)
    job = _job(files, pathlib.Path(out), chosen(metrics), units, dict(columns or {}), batch)
    finished = _finished(pathlib.Path(job.out))
    todo = _todo(files, batch, finished, job, progress)
    for part in _run(todo, job, workers, client):
        finished[part.file, part.number] = part
    _write_rejects(pathlib.Path(job.out))
    return _summary(files, finished.values())


# ---- before the first row


def _files(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[pathlib.Path]:
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    files = [pathlib.Path(path) for path in given]
    if not files:
        raise ValueError("No file was given. measure_files takes one path or several.")
    for file in files:
        if not _is_file(file):
            raise FileNotFoundError(f"There is no file {str(file)[:200]}.")
        kind_of(file)
    names = [file.name for file in files]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"Two files are called {twice[0]}; the results are kept by name. Rename one of them.")
    return files


def _is_file(path: pathlib.Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name too long for this system
        return False


def _job(
    files: list[pathlib.Path], out: pathlib.Path, metrics: list[Metric], units: str, columns: dict[str, str], batch: int
) -> Job:
    """Check the options, and that the folder is new or was begun with the same files and options."""
    if units not in UNITS:
        raise ValueError(f"units={units!r} is not known; it may be {', '.join(map(repr, UNITS))}.")
    if strangers := sorted(set(columns) - set(TEXT_COLUMNS)):
        raise ValueError(f"columns names {strangers[0]!r}; it may name {', '.join(TEXT_COLUMNS)}.")
    if batch < 1:
        raise ValueError(f"batch={batch} is no number of rows; 5,000 is usual.")
    made_by = versions("pyarrow")
    options = {"metrics": [m.name for m in metrics], "units": units, "columns": columns, "batch": batch}
    sizes = {file.name: file.stat().st_size for file in files}
    text = json.dumps({"made_by": made_by, "options": options, "files": sizes}, indent=1, sort_keys=True)
    _claim(out, text)
    metadata = {"made_by": json.dumps(made_by), "options": json.dumps(options)}
    return Job(str(out.resolve()), tuple(metrics), units, columns, metadata)


def _claim(out: pathlib.Path, text: str) -> None:
    note = out / "job.json"
    if note.exists() and note.read_text(encoding="utf-8") != text:
        raise ValueError(
            f"{out} holds the results of other files, options or versions (see job.json there). "
            "Give another folder, or remove that one."
        )
    if out.exists() and not note.exists() and any(out.iterdir()):
        raise ValueError(f"{out} is not empty. Give a new folder.")
    for folder in ("data", "rejects"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    _write(note, lambda path: path.write_text(text, encoding="utf-8"))
    for leftover in out.rglob("*.unfinished"):
        leftover.unlink()


def _write(path: pathlib.Path, write: Callable[[pathlib.Path], object]) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{uuid.uuid4().hex}.unfinished")
    write(scratch)
    scratch.replace(path)


# ---- batch by batch


def _todo(
    files: list[pathlib.Path], rows: int, finished: Mapping[tuple[int, int], Part], job: Job, progress: bool
) -> Iterator[tuple[int, str, Batch]]:
    """The batches that have no part yet, with the number and name of their file."""
    from tqdm.auto import tqdm

    total = sum(file.stat().st_size for file in files)
    with tqdm(total=total, unit="B", unit_scale=True, disable=not progress) as bar:
        before = 0
        for number, file in enumerate(files):
            for batch in batches(file, rows):
                if (number, batch.number) not in finished:
                    yield number, file.name, batch
                bar.update(before + batch.position - bar.n)
            before += file.stat().st_size
            bar.update(before - bar.n)


def _run(todo: Iterator[tuple[int, str, Batch]], job: Job, workers: int | None, client: Any) -> Iterator[Part]:
    if client is not None:
        submit = functools.partial(client.submit, measure_batch, job, pure=False, retries=2)
        threads = sum(client.nthreads().values()) or 1
        yield from _ahead(todo, submit, threads)
    elif workers is None or workers <= 1:
        yield from (measure_batch(job, *each) for each in todo)
    else:
        with ProcessPoolExecutor(workers) as pool:
            try:
                yield from _ahead(todo, lambda *each: pool.submit(measure_batch, job, *each), workers)
            except BrokenProcessPool as error:
                raise RuntimeError(
                    "A worker process died, most often because memory ran out. What was finished is kept: call "
                    "measure_files again, with fewer workers or a smaller batch, and it goes on."
                ) from error


def _ahead(todo: Iterator[tuple[int, str, Batch]], submit: Callable[..., Future[Part]], workers: int) -> Iterator[Part]:
    """Keep a few batches with the workers, and no more than that in memory."""
    waiting: collections.deque[Future[Part]] = collections.deque()
    for each in todo:
        waiting.append(submit(*each))
        if len(waiting) >= workers * (1 + _AHEAD):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def measure_batch(job: Job, file: int, source: str, batch: Batch) -> Part:
    """Measure one batch and write its part; what a worker does. Doing it twice gives the same part again."""
    from ..text import units

    texts, rejects = texts_of_batch(batch, job.columns, source)
    split = {
        "sentences": units.split_sentences,
        "passages": units.split_passages,
        "blocks": units.split_blocks,
    }.get(job.units, lambda table: table)
    measured = measure(split(texts), job.metrics).drop(columns=_LEFT_OUT)
    part = Part(file, batch.number, len(texts) + len(rejects), len(texts), len(measured), len(rejects))
    if rejects:
        _write(_place(job, "rejects", part, source, ".csv"), functools.partial(_write_csv, source=source, rows=rejects))
    _write(_place(job, "data", part, source, ".parquet"), functools.partial(_write_part, measured, part, job.metadata))
    return part


def _place(job: Job, kind: str, part: Part, source: str, ending: str) -> pathlib.Path:
    return pathlib.Path(job.out, kind, f"source={source}", f"part-{part.number:06d}{ending}")


def _write_part(measured: pd.DataFrame, part: Part, metadata: dict[str, str], path: pathlib.Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(measured, preserve_index=False)
    told = {**metadata, "part": json.dumps(part._asdict())}
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **told}), path, compression="zstd")


def _write_csv(path: pathlib.Path, *, source: str, rows: list[Reject]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows((source, *row) for row in rows)


# ---- what is there already, and the end


def _finished(out: pathlib.Path) -> dict[tuple[int, int], Part]:
    """The parts that stand in the folder, as each tells in its metadata."""
    import pyarrow.parquet as pq

    parts = {}
    for path in sorted((out / "data").rglob("part-*.parquet")):
        part = Part(**json.loads(pq.read_schema(path).metadata[b"part"]))
        parts[part.file, part.number] = part
    return parts


def _write_rejects(out: pathlib.Path) -> None:
    def gather(path: pathlib.Path) -> None:
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerow(("file", "row", "reason"))
            for part in sorted((out / "rejects").rglob("part-*.csv")):
                stream.write(part.read_text(encoding="utf-8"))

    _write(out / "rejects.csv", gather)


def _summary(files: list[pathlib.Path], parts: Iterable[Part]) -> pd.DataFrame:
    import pandas as pd

    names = ["rows", "texts", "units", "rejects"]
    table = pd.DataFrame(parts, columns=Part._fields).groupby("file")[names].sum()
    table = table.reindex(range(len(files)), fill_value=0)
    table.insert(0, "file", [file.name for file in files])
    return table.reset_index(drop=True)
