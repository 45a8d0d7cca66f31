"""Packages whose versions affect numbers: with the same versions, the same texts give the same numbers."""

import importlib.metadata
import platform
from typing import Final

DECIDING: Final = ("below-the-line", "emoji", "ftfy", "numpy", "pandas", "regex", "scipy", "vaderSentiment")


def versions(*more: str) -> dict[str, str]:
    """Return the versions of Python, of the packages that decide a number and of `more`, as far as installed."""
    found = {"python": platform.python_version()}
    for name in (*DECIDING, *more):
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
