"""The record of a `measure_files` job in its results folder: the same job resumes, a different one is refused."""

import contextlib
import functools
import hashlib
import json
import os
import pathlib
import re
import types
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from .._files import UNFINISHED, as_path, locked, make_folder, reading, write_atomic, writing
from .._versions import versions
from ..importers.exports.column_names import names_somebody
from ..importers.text_files import check_file
from ..metrics.measure import Metric
from .readers import kind_of

REJECTS = "rejects.csv"  # in the results folder: the rows of all files that could not be measured
_JOINED = re.compile("(?<=[a-z]{2})(?=[A-Z][a-z]{2})")  # between joined words, but rarely in ids
_PATIENCE = 10  # seconds to wait for another run in the folder, such as one being killed


class Job(NamedTuple):
    """How to process each batch and where to write its part; small enough to send with every batch."""

    out: str
    metrics: tuple[Metric, ...]
    units: str
    columns: dict[str, str]
    metadata: dict[str, str]


def check_files(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[pathlib.Path]:
    """Return the files to measure; errors as in `measure_files`."""
    given = list(paths) if isinstance(paths, Iterable) and not isinstance(paths, str) else [paths]
    files = [as_path(path) for path in given]
    if not files:
        raise ValueError("No file was given. measure_files takes one path or several.")
    for file in files:
        check_file(file)
        kind_of(file)
    names = [unicodedata.normalize("NFC", source_of(file)).casefold() for file in files]
    if twice := [file.name for file, name in zip(files, names, strict=True) if names.count(name) > 1]:
        raise ValueError(
            f"Two files are called {twice[0]}; results are stored by file name. Rename one, or give it only once."
        )
    return files


def source_of(file: pathlib.Path) -> str:
    """Return the name of a file as used in the results."""
    return _nameless(file.name, "file")


def _nameless(name: str, what: str) -> str:
    """Return the name of a file or column, or a number in its place if it seems to name a person."""
    words = re.sub(r"[\W\d_]+", " ", _JOINED.sub(" ", name))
    named = names_somebody(name) or names_somebody(words)
    return f"{what}-{zlib.crc32(name.encode('utf-8', 'surrogatepass')):08x}" if named else name


@contextlib.contextmanager
def claimed(
    out: pathlib.Path, files: list[pathlib.Path], metrics: list[Metric], units: str, columns: dict[str, str], batch: int
) -> Iterator[Job]:
    """Lock the results folder for one run: a new folder, or one begun with the same files, options and versions."""
    made_by = versions("pyarrow")
    shown = {part: _nameless(name, "column") for part, name in columns.items()}
    options = {"metrics": [metric.name for metric in metrics], "units": units, "columns": shown, "batch": batch}
    code = {metric.name: code_digest(metric.function) for metric in metrics}
    content = {source_of(file): {"bytes": file.stat().st_size, "sha256": _digest(file)} for file in files}
    note = {"versions": made_by, "options": options, "metrics": code, "files": content}
    if os.path.lexists(out) and not out.is_dir():  # or a broken link
        raise ValueError(f"{out} is not a folder. Name a folder for the results, or a new name.")
    if (out / REJECTS).is_dir():
        raise ValueError(f"{out / REJECTS} is a folder, and a file of this name is written there. Name a new folder.")
    make_folder(out)
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(locked(out, wait=_PATIENCE))
        except BlockingIOError as error:
            raise ValueError(
                f"Another measure_files is running in {out}. Wait until it ends, or name another folder."
            ) from error
        with writing(out):
            _check_note(out, note)
            for leftover in out.rglob(f".*{UNFINISHED}"):
                leftover.unlink()
        write_atomic(out / "job.json", json.dumps(note, indent=1, sort_keys=True).encode("utf-8"))
        metadata = {"made_by": json.dumps(made_by), "options": json.dumps(options)}
        yield Job(str(out.resolve()), tuple(metrics), units, columns, metadata)


def _check_note(out: pathlib.Path, note: dict[str, Any]) -> None:
    """Refuse a folder that holds anything other than the results of this job."""
    path = out / "job.json"
    if not path.exists():
        if any(not each.name.startswith(".") for each in out.rglob("*") if not each.is_dir()):
            raise ValueError(f"{out} is not empty. Name a new folder.")
        return
    try:
        found = json.loads(path.read_bytes() if path.is_file() else b"")
        before = {what: dict(found[what]) for what in note}
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ValueError(
            f"{path} is damaged, or is not the record of a measurement. Name another folder, or remove {out}."
        ) from None
    differing = [what for what in note if before[what] != note[what]]
    if differing:
        old, new = before[differing[0]], note[differing[0]]
        names = sorted(name for name in {*old, *new} if old.get(name) != new.get(name))
        raise ValueError(
            f"{out} holds the results of other {' and '.join(differing)}: {', '.join(names)[:200]} "
            "(see job.json there). Name another folder, or remove that one."
        )


def _digest(file: pathlib.Path) -> str:
    with reading(file), file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def code_digest(function: Callable[..., Any]) -> str:
    """Return a digest of a function's code and of the functions, constants and defaults that it uses."""
    digest = hashlib.sha256()
    for piece in _code_of(function, set()):
        digest.update(piece.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:16]


def _code_of(value: Any, seen: set[int]) -> Iterator[str]:
    parts: Iterable[Any] = ()
    if isinstance(value, types.FunctionType | types.CodeType):
        if id(value) in seen:
            return
        seen.add(id(value))
    if isinstance(value, types.FunctionType):
        used = [value.__globals__.get(name) for name in value.__code__.co_names]
        own = [each for each in used if not str(getattr(each, "__module__", "")).startswith("toolkit.")]  # by version
        cells = [cell.cell_contents for cell in value.__closure__ or () if cell != types.CellType()]
        parts = (value.__code__, value.__defaults__, value.__kwdefaults__, *cells, *own)
    elif isinstance(value, types.CodeType):
        yield value.co_code.hex()
        parts = (value.co_names, value.co_consts)
    elif isinstance(value, functools.partial):
        parts = (value.func, value.args, value.keywords)
    elif isinstance(value, tuple | list):
        parts = value
    elif isinstance(value, dict):
        parts = [each for pair in value.items() for each in pair]
    elif isinstance(value, set | frozenset):
        parts = sorted(map(repr, value))
    else:
        plain = isinstance(value, str | bytes | int | float | complex | re.Pattern | types.NoneType)
        yield repr(value) if plain else f"{type(value).__qualname__} {getattr(value, '__qualname__', '')}"
    for part in parts:
        yield from _code_of(part, seen)
