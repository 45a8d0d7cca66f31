"""Word lists that come with the toolkit: syllables, easy words, place names, function words; `data/` holds them."""

from __future__ import annotations

import functools
import pathlib

_DATA = pathlib.Path(__file__).parent / "data"


@functools.cache
def spoken() -> dict[str, int]:
    """Syllables of each word's shortest pronunciation in the CMU Pronouncing Dictionary."""
    counts: dict[str, int] = {}
    for line in _lines("english_syllables.txt"):
        count, *words = line.split()
        counts |= dict.fromkeys(words, int(count))
    return counts


@functools.cache
def easy_words() -> frozenset[str]:
    """The Dale-Chall list of words that four of five pupils of grade 4 know (Chall & Dale, 1995)."""
    return frozenset(_lines("easy_words.txt"))


@functools.cache
def function_words() -> frozenset[str]:
    """The commonest function words of other languages in Latin script."""
    return _grouped("function_words.txt")


@functools.cache
def place_names() -> frozenset[str]:
    """Countries and their peoples, regions and large cities."""
    return _grouped("place_names.txt")


def _grouped(name: str) -> frozenset[str]:
    """The words of a file whose lines begin with the name of a group."""
    return frozenset(word for line in _lines(name) for word in line.split(": ", 1)[1].split())


def _lines(name: str) -> list[str]:
    return (_DATA / name).read_text(encoding="utf-8").splitlines()
