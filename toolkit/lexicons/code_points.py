"""Strings as arrays of code points: a test is one pass over all of them."""

import functools
import sys
from collections.abc import Callable

import numpy as np

LAST_ASCII = 127
Signs = str | frozenset[str] | Callable[[str], bool]  # characters, or a test such as ``str.isalnum``


def codes_of(text: str) -> np.ndarray:
    """Return the code points of a string."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def distinct(text: str) -> list[str]:
    """Return the distinct characters of a string in Unicode order: many times faster than ``set`` for a long one."""
    seen = np.zeros(sys.maxunicode + 1, bool)
    seen[codes_of(text)] = True
    return [*map(chr, np.flatnonzero(seen).tolist())]


def are_in(codes: np.ndarray, characters: str | frozenset[str]) -> np.ndarray:
    """Return whether each code point is that of one of some characters."""
    return _table_of(characters).take(codes, mode="clip")


def places_of(codes: np.ndarray, characters: str | frozenset[str]) -> np.ndarray:
    """Find some characters, none of them a Latin letter or a space: arithmetic rules out most of a text."""
    signs = np.flatnonzero((codes > ord(" ")) & ((codes | 32) - ord("a") > 25))
    return signs[are_in(codes[signs], characters)]


def places_of_strings(text: bytes, strings: tuple[bytes, ...]) -> np.ndarray:
    """Find where any of some strings of three bytes or more begins: one search for hashes of their first three."""
    codes = np.frombuffer(text, np.uint8).astype(np.uint16)
    hashed = (codes[:-2] * 31 + codes[1:-1]) * 31 + codes[2:]
    near = np.flatnonzero(_table_of_hashes(strings).take(hashed)).tolist()
    return np.array([at for at in near if text.startswith(strings, at)], np.intp)


@functools.cache
def _table_of_hashes(strings: tuple[bytes, ...]) -> np.ndarray:
    table = np.zeros(1 << 16, bool)
    for first, second, third, *_ in strings:
        table[((first * 31 + second) * 31 + third) % len(table)] = True
    return table


def fulfil(codes: np.ndarray, test: Callable[[str], bool]) -> np.ndarray:
    """Return whether the character of each code point passes a test of `str`, such as ``str.isalnum``."""
    found = _ascii_table(test).take(codes, mode="clip")
    for i in np.flatnonzero(codes > LAST_ASCII).tolist():
        found[i] = test(chr(codes[i]))
    return found


@functools.cache
def _table_of(characters: str | frozenset[str]) -> np.ndarray:
    table = np.zeros(max(map(ord, characters)) + 2, bool)
    table[[*map(ord, characters)]] = True
    return table


@functools.cache
def _ascii_table(test: Callable[[str], bool]) -> np.ndarray:
    return np.array([test(chr(code)) for code in range(LAST_ASCII + 1)], bool)
