"""Write files whole or not at all, one writer at a time, and CSV cells that no spreadsheet mistakes for formulas."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

UNFINISHED = ".unfinished"  # ending of a file being written, if it needs a name
_LOCK = ".below-the-line.lock"
_NO_NAME = re.compile(r"[\0\ud800-\udc7f\udd00-\udfff]")  # surrogates, except those that stand for undecodable bytes

# ---- CSV cells

MARK = "'"
# A cell that begins with one of these signs is read as a formula; Japanese and Chinese spreadsheets convert full-width
# and small forms, and invisible characters before them may get lost. A spreadsheet that separates at semicolons or tabs
# also splits cells there and at line breaks, in spite of quotation marks, so a sign after a separator counts as well.
_SIGNS, _SEPARATORS = r"=+\-@＝＋－＠﹦﹢﹣﹫", r";\t\r\n"
_INVISIBLE = r"\0\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_AT_START = rf"(?:\A|(?<=[{_SEPARATORS}]))"
_SIGN_FOLLOWS = rf"(?:[^\S{_SEPARATORS}]|[\"{_INVISIBLE}])*+[{_SIGNS}]"
# Before marks and a sign one more mark is set; otherwise a text that had a mark would look like a guarded one.
_FORMULA = re.compile(rf"{_AT_START}(?={MARK}*+{_SIGN_FOLLOWS})|\A(?={MARK}*+[\t\r])")
_GUARDED = re.compile(rf"{_AT_START}{MARK}(?={MARK}*+{_SIGN_FOLLOWS})|\A{MARK}(?={MARK}*+[\t\r])")


def guarded(cell: str) -> str:
    """Put an apostrophe before whatever a spreadsheet would take for a formula; `freed` removes it.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'tis"), guarded("1+1"), guarded("war; =1+1")
    ("'=1+1", "''=1+1", "'tis", '1+1', "war;' =1+1")
    """
    return _FORMULA.sub(MARK, cell)


def freed(cell: str) -> str:
    """Remove the apostrophes that `guarded` has put into a cell, and no others.

    Examples
    --------
    >>> freed("'=1+1"), freed("''=1+1"), freed("'tis"), freed("=1+1"), freed("war;' =1+1")
    ('=1+1', "'=1+1", "'tis", '=1+1', 'war; =1+1')
    """
    return _GUARDED.sub("", cell)


def guarded_table(table: pd.DataFrame) -> pd.DataFrame:
    """Guard the texts of a table and the names of its columns, so that it may be written to CSV."""

    def of_column(column: pd.Series[Any]) -> pd.Series[Any]:
        if column.dtype.kind not in "biufcmM":  # numbers and dates
            column = column.astype(object)
            column[:] = [guarded(cell) if isinstance(cell, str) else cell for cell in column]
        return column

    return table.apply(of_column).rename(columns=lambda name: guarded(str(name)))


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as the bytes of a guarded CSV file, without its index."""
    return guarded_table(table).to_csv(index=False, lineterminator="\n").encode("utf-8", "replace")


# ---- files


def as_path(path: str | os.PathLike[str]) -> Path:
    """Return a path; TypeError for anything else, ValueError for what cannot be the name of a file."""
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"A path such as 'page.html' is needed, not {type(path).__name__}.")
    if not os.fspath(path) or _NO_NAME.search(str(path)):
        raise ValueError(f"A path such as 'page.html' is needed, not {os.fspath(path)!r}.")
    return Path(path)


def check_output(
    path: str | os.PathLike[str], inputs: Iterable[str | os.PathLike[str]] = (), endings: Collection[str] = ()
) -> Path:
    """Return the path of a file to write; an error if it is not writable, one of `inputs`, or without its `endings`."""
    place = as_path(path)
    with writing(place):
        with contextlib.suppress(FileNotFoundError):
            place.stat()
        if not place.parent.is_dir():
            raise FileNotFoundError(f"There is no folder {place.parent} to write {place.name} into. Make it first.")
        if place.is_dir():
            example = place / f"page{next(iter(endings), '.html')}"
            raise ValueError(f"{place} is a folder. Name a file in it, such as {example}.")
        special = place.exists() and not place.is_file()
        if not special and not os.access(place.resolve().parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "")
        _check_permission(place)
    there = [given for given in inputs if os.path.exists(place) and os.path.exists(given)]  # noqa: PTH110 - an invalid path is not an error here
    if any(place.samefile(given) for given in there):  # follows links
        raise ValueError(f"{place.name} is one of the files to be read. Give the output another name.")
    if endings and not special and place.suffix.lower() not in endings:
        raise ValueError(f"This output ends in {' or '.join(endings)}, not {place.name!r}. Change the extension.")
    return place


_NEXT_STEP = {
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), "Choose a folder that you may write to."),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "Make space there, or choose a folder on another drive."),
    errno.ENOTDIR: "Part of this path is a file; choose a folder.",
    errno.EEXIST: "Name a folder, or a new one.",
    errno.ELOOP: "This link leads back to itself; name a file.",
    errno.ENAMETOOLONG: "Give it a shorter name.",
}


@contextlib.contextmanager
def writing(place: str | os.PathLike[str]) -> Iterator[None]:
    """Turn an error of the disk into one of the same kind that names the place, the reason and the next step."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NEXT_STEP:
            raise
        why, step = os.strerror(error.errno), _NEXT_STEP[error.errno]
        named = type(error)(f"{os.fspath(place)} cannot be written: {why}. {step}")
        named.errno = error.errno
        raise named from error


@contextlib.contextmanager
def reading(place: str | os.PathLike[str]) -> Iterator[None]:
    """Turn an error of the disk into one of the same kind that names the file, the reason and the next step."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        why = os.strerror(error.errno)
        raise type(error)(
            f"{os.fspath(place)} cannot be read: {why}. Give the path of a file that you may read."
        ) from error


def _check_permission(place: Path) -> None:
    if place.exists() and not os.access(place, os.W_OK):
        raise PermissionError(f"{place} is write-protected. Make it writable, or name another file.")


def make_folder(path: str | os.PathLike[str]) -> None:
    """Make a folder, and those above it, where there is none."""
    with writing(path):
        Path(path).mkdir(parents=True, exist_ok=True)


def write_atomic(path: str | os.PathLike[str], content: bytes | Callable[[IO[bytes]], object]) -> None:
    """Write a file whole or not at all: a reader finds all of the earlier content or all of the new.

    A link stays a link, and the file it leads to is written. A device or a pipe is written to and never replaced.
    The file keeps its permissions. A process that is killed while it writes leaves nothing behind on Linux; elsewhere
    perhaps a hidden file whose name ends with `UNFINISHED`. `content` is the bytes of the file, or a function that
    writes them to the binary file it is given.
    """
    write = content if callable(content) else lambda file: file.write(content)
    place = Path(path)
    with writing(path):
        try:
            mode = place.stat().st_mode
        except FileNotFoundError:
            mode = None
        if mode is not None and not stat.S_ISREG(mode):
            _write_through(place, mode, write)
            return
        place = place.resolve()
        _check_permission(place)
        scratch = place.with_name(f".{place.name[:40]}.{secrets.token_hex(8)}{UNFINISHED}")
        try:
            with _opened(scratch) as (file, name_it):
                write(file)
                file.flush()
                os.fsync(file.fileno())
                if mode is not None and os.name != "nt":
                    os.fchmod(file.fileno(), stat.S_IMODE(mode))
                name_it()
            scratch.replace(place)
        finally:
            scratch.unlink(missing_ok=True)


@contextlib.contextmanager
def _opened(scratch: Path) -> Iterator[tuple[IO[bytes], Callable[[], object]]]:
    """Yield a new file and a function that names it; until then it has no name if the system allows it (O_TMPFILE)."""
    folder = None
    try:
        nameless = os.open(scratch.parent, os.O_TMPFILE | os.O_RDWR, 0o666)
        folder = os.open(scratch.parent, os.O_RDONLY)
    except (AttributeError, OSError):
        with open(scratch, "xb") as file:  # noqa: PTH123 - like `os.open` below
            yield file, lambda: None
        return
    try:
        with os.fdopen(nameless, "wb") as file:
            own = f"/proc/self/fd/{file.fileno()}"  # linkat follows it if given a folder
            yield file, lambda: os.link(own, scratch.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)


def _write_through(place: Path, mode: int, write: Callable[[IO[bytes]], object]) -> None:
    """Write into a pipe or a character device such as /dev/stdout, without waiting for a missing reader."""
    if not (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        raise ValueError(f"{place} is neither a file nor a pipe. Name a file.")
    try:
        handle = os.open(place, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise ValueError(
                f"{place} is a pipe that nothing is reading. Start its reader first, or name a file."
            ) from error
        raise
    os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as file:
        write(file)


@contextlib.contextmanager
def locked(folder: str | os.PathLike[str], *, wait: float = float("inf")) -> Iterator[None]:
    """Hold the lock of a folder, one process at a time; the system releases it when a process ends, however it ends.

    Nothing is written, so a killed process leaves nothing behind. Where folders cannot be locked, as on Windows and on
    some network drives, a hidden file holds the lock and is removed afterwards. BlockingIOError if another process
    still holds the lock after `wait` seconds.
    """
    place, end = Path(folder), time.monotonic() + wait
    with writing(place):
        while (handle := _try_lock(place)) is None:
            if time.monotonic() >= end:
                raise BlockingIOError(
                    errno.EAGAIN, "Another program has locked this folder. Try again in a moment", str(place)
                )
            time.sleep(0.02)
    try:
        yield
    finally:
        if os.name == "nt":  # Windows cannot remove open files
            os.close(handle)
        with contextlib.suppress(OSError):
            (place / _LOCK).unlink()
        if os.name != "nt":
            os.close(handle)


def _try_lock(folder: Path) -> int | None:
    """Return a handle that holds the lock, or None if another process holds it or has just removed its file."""
    for place, flags in [(folder, os.O_RDONLY)] * (os.name != "nt") + [(folder / _LOCK, os.O_RDWR | os.O_CREAT)]:
        handle = os.open(place, flags, 0o666)
        try:
            _lock(handle)
            if os.path.samestat(os.fstat(handle), place.stat()):
                return handle
        except (BlockingIOError, PermissionError, FileNotFoundError):
            pass
        except OSError:  # this drive cannot lock folders
            os.close(handle)
            continue
        os.close(handle)
        return None
    raise OSError(errno.ENOLCK, "This drive does not support locks; choose a folder on another", str(folder))


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        with contextlib.suppress(ImportError, AttributeError):  # a browser has no locks, and no other processes
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
