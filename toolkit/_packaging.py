"""What this copy of the toolkit has: its data folders, optional packages, and names on their way out."""

import contextlib
import functools
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar

PACKAGE = Path(__file__).resolve().parent

_P = ParamSpec("_P")
_R = TypeVar("_R")


def data_folder(name: str) -> Path:
    """Return the folder "corpora" or "notebooks": inside an installed package, or beside the package in a checkout."""
    inside = PACKAGE / "_shipped" / name  # in wheels only: see `sources` in pyproject.toml
    folder = inside if inside.is_dir() else PACKAGE.parent / name
    if not folder.is_dir():
        raise FileNotFoundError(
            f"This copy of the toolkit has no folder {name!r}: neither {inside} nor {folder} exists. Install "
            "below-the-line again, or work inside a checkout of the project."
        )
    return folder


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
