"""Texts as one buffer of characters: code points, and bounds of the pieces between spaces."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import AnyStr

import numpy as np

from .code_points import Signs, are_in, codes_of, fulfil


class Characters:
    """Strings joined by line feeds, which no rule looks across, so that all can be searched at once.

    Attributes
    ----------
    text : str
        The buffer, to which all offsets refer.
    bounds : ndarray
        Text i is ``text[bounds[i] : bounds[i + 1] - 1]``.
    """

    def __init__(self, text: str, bounds: np.ndarray) -> None:
        self.text, self.bounds = text, bounds

    @classmethod
    def of(cls, texts: Sequence[str]) -> Characters:
        """Join texts."""
        lengths = np.fromiter(map(len, texts), np.intp, len(texts))
        return cls("\n".join(texts), np.append(0, np.cumsum(lengths + 1)))

    @functools.cached_property
    def codes(self) -> np.ndarray:
        """The code point of each character, and a line feed after the last one."""
        return codes_of(self.text + "\n")

    @property
    def starts(self) -> np.ndarray:
        """Where each text begins."""
        return self.bounds[:-1]

    @property
    def ends(self) -> np.ndarray:
        """Where each text ends."""
        return self.bounds[1:] - 1

    def count(self, signs: Signs | re.Pattern[str]) -> np.ndarray:
        """Count some characters in each text, or matches of a pattern that does not cross line feeds."""
        if isinstance(signs, re.Pattern):
            places = np.array([match.start() for match in signs.finditer(self.text)], np.intp)
            return np.bincount(self.owners(places), minlength=len(self.starts))
        found = fulfil(self.codes, signs) if callable(signs) else are_in(self.codes, signs)
        return np.add.reduceat(found, self.starts, dtype=np.int32)

    def masked(self, spans: tuple[np.ndarray, np.ndarray], sign: str) -> str:
        """Return the text with each character in some spans replaced by a sign, such as a space."""
        if not len(places := ranges(*spans)):
            return self.text
        codes = self.codes[:-1].copy()
        codes[places] = ord(sign)
        return codes.tobytes().decode("latin-1" if codes.itemsize == 1 else "utf-32-le", "surrogatepass")

    @functools.cached_property
    def pieces(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the bounds of the pieces between spaces: normalised texts have no other white space but line feeds."""
        begins, stops = self._edges
        return begins[:-1], stops[1:-1]

    @functools.cached_property
    def _edges(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the starts and ends of pieces, plus an empty piece at the very end, and a 0 before the first end."""
        space = np.append(True, self.codes <= ord(" "))
        edges = np.flatnonzero(space[1:] != space[:-1])
        end = len(self.codes)
        return np.append(edges[::2], end), np.concatenate([[0], edges[1::2], [end]])

    def owners(self, places: np.ndarray) -> np.ndarray:
        """Return the number of the text at each position."""
        return np.searchsorted(self.bounds, places, "right") - 1

    def filled(self, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Return whether each span has a visible character."""
        begins, stops = self._edges
        return np.maximum(begins[np.searchsorted(stops[1:-1], starts, "right")], starts) < ends

    def edges(self, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the first and last visible character of each span; for blank ones, the end and the position before."""
        begins, stops = self._edges
        first, last = starts.copy(), ends - 1
        spaces = np.flatnonzero(self.codes[first] <= ord(" "))
        first[spaces] = begins[np.searchsorted(stops[1:-1], starts[spaces], "right")]
        spaces = np.flatnonzero(self.codes[last] <= ord(" "))
        last[spaces] = stops[np.searchsorted(begins[:-1], ends[spaces])] - 1
        seen = (first < ends) & (last >= starts)
        return np.where(seen, first, ends), np.where(seen, last, starts - 1)


def merged(many: np.ndarray, few: np.ndarray) -> np.ndarray:
    """Merge a few more positions into sorted ones, without duplicates."""
    few = np.unique(few)
    at = np.searchsorted(many, few)
    new = np.append(many, -1)[at] != few
    return np.insert(many, at[new], few[new])


def places_of_string(sign: AnyStr, text: AnyStr) -> Iterator[int]:
    """Find a string in a text: for rare strings many times faster than a pattern."""
    at = text.find(sign)
    while at >= 0:
        yield at
        at = text.find(sign, at + 1)


def replaced_at(
    text: str, places: Iterable[int], pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]
) -> str:
    """Replace the matches of a pattern that begin at given positions: faster than a search if these are few."""
    pieces, end = [], 0
    for at in places:
        if at >= end and (match := pattern.match(text, at)):
            pieces += [text[end:at], replacement(match)]
            end = match.end()
    return "".join([*pieces, text[end:]]) if pieces else text


def ranges(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Return all numbers from each start up to its end (excluded), range by range."""
    many = ends - starts
    return np.repeat(ends - np.cumsum(many), many) + np.arange(many.sum())
