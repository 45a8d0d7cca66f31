"""Word lists and patterns that installed packages bring, read as files where importing the package takes far longer."""

from __future__ import annotations

import importlib.util
import pathlib


def file_of(package: str, *names: str) -> pathlib.Path:
    """The path of a file in the folder of an installed package.

    Raises
    ------
    ModuleNotFoundError
        If the package is not installed.
    """
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is not installed; run `python3 run.py setup`.")
    return pathlib.Path(found.submodule_search_locations[0], *names)
