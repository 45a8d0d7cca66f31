"""Data folders and optional packages of this copy of the toolkit, and deprecated names."""

import contextlib
import functools
import tomllib
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

PACKAGE = Path(__file__).resolve().parent

_P = ParamSpec("_P")
_R = TypeVar("_R")


def data_folder(name: str) -> Path:
    """Return the folder "corpora" or "notebooks": inside an installed package, or beside the package in a checkout."""
    inside = PACKAGE / "_shipped" / name  # only in wheels: see `sources` in pyproject.toml
    folder = inside if inside.is_dir() else PACKAGE.parent / name
    if not folder.is_dir():
        raise FileNotFoundError(
            f"This copy of the toolkit has no folder {name!r}: neither {inside} nor {folder} exists. Install "
            "below-the-line again, or work inside a checkout of the project."
        )
    return folder


def data_beside(module: str, name: str) -> dict[str, Any]:
    """Read a TOML file that is beside a module, which gives its ``__file__``."""
    return tomllib.loads(Path(module).with_name(name).read_text(encoding="utf-8"))


def word_sets(lists: Mapping[str, str], **known: frozenset[str]) -> dict[str, frozenset[str]]:
    """Return lists of words as sets, in which "@name" means the words of `known` sets or of earlier lists."""
    sets = dict(known)
    for name, written in lists.items():
        sets[name] = words_in(written, sets)
    return sets


def words_in(written: str, sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the words of a text as a set, in which "@name" means the words of one of the `sets`."""
    return frozenset[str]().union(*(sets[each[1:]] if each[0] == "@" else {each} for each in written.split()))


def is_checkout() -> bool:
    """Return whether the package is used from a checkout of the project, and not from an installed wheel."""
    return not (PACKAGE / "_shipped").is_dir()


@contextlib.contextmanager
def optional(extra: str, what: str) -> Iterator[None]:
    """Import optional packages in a block; if one is missing, ImportError names the extra that installs it.

    `extra` is one of pyproject.toml, `what` the plural noun that needs it, such as "Explorers": the error begins so.
    """
    try:
        yield
    except ImportError as error:
        package = (error.name or str(error)).partition(".")[0]
        raise ImportError(
            f'{what} need the package {package}, which is not installed: pip install "below-the-line[{extra}]" '
            f'(in a checkout: python3 run.py setup, or pip install -e ".[{extra}]").',
            name=error.name,
        ) from error


def deprecated(instead: str, *, until: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Mark a public function as deprecated: it works and warns until version `until`; `instead` is what to call now.

    Examples
    --------
    >>> @deprecated("new_name()", until="1.0")
    ... def old_name(): return 1
    >>> with warnings.catch_warnings(record=True) as caught:
    ...     warnings.simplefilter("always")
    ...     value = old_name()
    >>> print(value, caught[0].message)
    1 old_name() is deprecated and will be removed in below-the-line 1.0. Use new_name() instead.
    """

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        message = (
            f"{function.__name__}() is deprecated and will be removed in below-the-line {until}. Use {instead} instead."
        )

        @functools.wraps(function)
        def warn_and_call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            warnings.warn(message, DeprecationWarning, stacklevel=2)
            return function(*args, **kwargs)

        return warn_and_call

    return decorate
