"""Measure files larger than memory, batch by batch, into a Parquet dataset; an interrupted run resumes."""

import collections
import csv
import functools
import io
import json
import os
import pathlib
import shutil
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import IO, Any, Final, NamedTuple

import pandas as pd

from .._files import as_path, guarded, make_folder, write_atomic
from .._processes import process_pool
from .._tables import check_flags, checked_choice, checked_count, checked_dict, checked_workers
from ..corpora.load import TEXT_COLUMNS
from ..metrics.measure import METRICS, Metric, chosen, measure
from ..text.units import SPLIT
from .job_record import REJECTS, Job, check_files, claimed, source_of
from .readers import Batch, batches
from .rows_as_texts import texts_of_batch

_AHEAD: Final = 2  # batches queued per worker: limits memory and keeps workers busy
_LEFT_OUT: Final = ["author", "text"]  # the dataset neither names nor quotes anyone


class Part(NamedTuple):
    """Counts of a finished batch: rows of the file, texts measured, units written, rows rejected."""

    source: str
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
    """Measure files of any size into a Parquet dataset in bounded memory; calling it again resumes.

    Parameters
    ----------
    paths
        One or more files, in any order: JSON lines (.jsonl, .ndjson) or tables (.csv, .tsv), also compressed as .gz
        or .zst, and .parquet. One row per text; the columns are those of a table of texts, only `text` is needed.
    out
        A folder for the results. It receives `data/source=NAME/part-NNNNNN.parquet` (the columns of
        `measure` without `author` and `text`; provenance in the schema's metadata), `rejects.csv` (file, row,
        reason) and `job.json`. ``pandas.read_parquet(out / "data")`` reads it.
    metrics
        As for `measure`.
    units : {"texts", "sentences", "passages", "blocks"}
        The units to measure: whole texts, or those of `split_sentences`, `split_passages` or `split_blocks`.
    columns
        Mapping from this toolkit's columns to the files': ``{"text": "body", "text_id": "id"}``.
    batch
        Most rows that one process measures at a time; memory grows with it up to about 16 MB of text.
    workers
        Number of processes; by default only this one. The results are the same.
    client
        A `dask.distributed` client whose workers do the measuring. They must see `out` under the same path. A worker
        that is lost is replaced by another.
    progress
        Show how much has been read, the rate and the time left.

    Returns
    -------
    DataFrame
        One row per file, in the order given: file (NAME), rows (read), texts (measured), units (written), rejects;
        rows = texts + rejects.

    Raises
    ------
    FileNotFoundError, PermissionError
        If a file does not exist or may not be read, or `out` may not be written.
    TypeError, ValueError
        If a file is of another kind, is damaged, has mostly empty rows or unpacks to over 100 times its size; if two
        have the same name, an option is not known or out of range, another run is active in `out`, or `out` holds the
        results of other files (by name and content), options, versions or code of metrics.
    RuntimeError
        If a worker process died, most often for lack of memory; what was finished is kept.

    Notes
    -----
    The results are those of `measure` on the same rows, to the last bit, whatever the batches, workers or
    interruptions. Ids are not checked for duplicates, since that would need memory that grows with the archive.
    Dates are kept to the day; authors and texts are not written. The name of a file or column is written as a number
    ("file-1a2b3c4d") if it seems to contain a person's name with capitals; a name in small letters cannot be
    recognised, so rename such a file. Error messages give a file's name unchanged. A row that is not a text, or is too
    large (10 million characters, 100,000 lines, a line of 64 MB), is rejected with its reason, and so is what
    `read_thread` leaves out: deleted or held comments, spam, pingbacks, bots' and moderators' notices. Any other cell
    that cannot be read is missing.
    """
    files, folder, batch = check_files(paths), as_path(out), checked_count(batch, "batch", 1, 5000)
    columns = checked_dict(columns, "columns", {"text": "body"})
    for key in columns:
        checked_choice(key, "A key of columns", TEXT_COLUMNS)
    checked_choice(units, "units", SPLIT)
    check_flags(progress=progress)
    if client is not None and not hasattr(client, "nthreads"):
        raise TypeError(f"client must be a dask.distributed.Client, not {type(client).__name__}.")
    workers = checked_workers(workers)
    with claimed(folder, files, chosen(metrics), units, columns, batch) as job:
        finished = {(part.source, part.number): part for part in _finished(folder)}
        for part in _run(_todo(files, batch, set(finished), job, progress), job, workers, client):
            finished[part.source, part.number] = part
        write_atomic(folder / REJECTS, functools.partial(_gather_rejects, folder))
    counts = pd.DataFrame(finished.values(), columns=Part._fields).groupby("source")[list(Part._fields[2:])].sum()
    return counts.reindex([*map(source_of, files)], fill_value=0).rename_axis("file").reset_index()


# ---- batch by batch


def _todo(
    files: list[pathlib.Path], rows: int, finished: set[tuple[str, int]], job: Job, progress: bool
) -> Iterator[tuple[str, Batch]]:
    """Yield the batches still to be measured, with the name of their file."""
    from tqdm.auto import tqdm

    total = sum(file.stat().st_size for file in files)
    with tqdm(total=total, unit="B", unit_scale=True, disable=not progress) as bar:
        before = 0
        for file in files:
            source = source_of(file)
            for batch in batches(file, rows, job.columns):
                if (source, batch.number) not in finished:
                    yield source, batch
                bar.update(before + batch.position - bar.n)
            before += file.stat().st_size
            bar.update(before - bar.n)


def _run(todo: Iterator[tuple[str, Batch]], job: Job, workers: int, client: Any) -> Iterator[Part]:
    if client is not None:
        submit = functools.partial(client.submit, measure_batch, job, pure=False, retries=2)
        threads = sum(client.nthreads().values()) or 1
        yield from _ahead(todo, submit, threads)
    elif workers == 1:
        yield from (measure_batch(job, *each) for each in todo)
    else:
        with process_pool(workers) as pool:
            try:
                yield from _ahead(todo, lambda *each: pool.submit(measure_batch, job, *each), workers)
            except BrokenProcessPool as error:
                raise RuntimeError(
                    "A worker process died, most often because memory ran out. What was finished is kept: call "
                    "measure_files again, with fewer workers or a smaller batch, and it resumes."
                ) from error


def _ahead(todo: Iterator[tuple[str, Batch]], submit: Callable[..., Future[Part]], workers: int) -> Iterator[Part]:
    """Submit only a few batches ahead to the workers, to limit memory."""
    waiting: collections.deque[Future[Part]] = collections.deque()
    for each in todo:
        waiting.append(submit(*each))
        if len(waiting) >= workers * (1 + _AHEAD):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def measure_batch(job: Job, source: str, batch: Batch) -> Part:
    """Measure one batch and write its part, as a worker does. Repeating it gives the same part."""
    texts, rejects = texts_of_batch(batch, job.columns, source)
    measured = measure(SPLIT[job.units](texts), job.metrics).drop(columns=_LEFT_OUT)
    part = Part(source, batch.number, len(texts) + len(rejects), len(texts), len(measured), len(rejects))
    if rejects:
        out = io.StringIO(newline="")
        csv.writer(out).writerows((guarded(source), row, guarded(reason)) for row, reason in rejects)
        _write(job, "rejects", part, ".csv", out.getvalue().encode("utf-8", "replace"))
    _write(job, "data", part, ".parquet", functools.partial(_write_part, measured, part, job.metadata))
    return part


def _write(job: Job, kind: str, part: Part, ending: str, content: bytes | Callable[[IO[bytes]], object]) -> None:
    name = urllib.parse.quote(part.source, safe=" ()[]+,;@!'&$=~")  # pandas and pyarrow decode it
    folder = pathlib.Path(job.out, kind, f"source={name}")
    make_folder(folder)
    write_atomic(folder / f"part-{part.number:06d}{ending}", content)


def _write_part(measured: pd.DataFrame, part: Part, metadata: dict[str, str], file: IO[bytes]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pandas(measured, preserve_index=False)
    provenance = {**metadata, "part": json.dumps(part._asdict())}
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), **provenance})
    pq.write_table(table, file, compression="zstd")


# ---- finished parts


def _finished(out: pathlib.Path) -> Iterator[Part]:
    """Yield the complete parts; incomplete ones are measured again."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    for path in sorted((out / "data").rglob("part-*.parquet")):
        try:
            part = Part(**json.loads(pq.read_schema(path).metadata[b"part"]))
        except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, RecursionError):
            continue
        if [*map(type, part)] != [str, *[int] * 5] or part.rows != part.texts + part.rejects:
            continue
        rejects = out / "rejects" / path.relative_to(out / "data").with_suffix(".csv")
        if not part.rejects or (rejects.is_file() and rejects.read_bytes().count(b"\n") == part.rejects):
            yield part


def _gather_rejects(out: pathlib.Path, file: IO[bytes]) -> None:
    file.write(b"file,row,reason\r\n")
    for path in sorted((out / "rejects").rglob("part-*.csv")):
        with path.open("rb") as part:
            shutil.copyfileobj(part, file)
