"""Tokenise many strings at once into columns: the distinct tokens and their positions."""

import contextlib
import functools
import gc
import itertools
import os
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

_BITS = 63  # of a whole number above 0
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")
one_at_a_time = threading.RLock()
"""Held by the thread that adds to the word cache, which concurrent threads share."""
if hasattr(os, "register_at_fork"):  # a process forked while a thread holds the lock would wait forever
    os.register_at_fork(
        before=one_at_a_time.acquire,
        after_in_parent=one_at_a_time.release,
        after_in_child=one_at_a_time.release,
    )


@functools.cache
def arrow() -> ModuleType | None:
    """Return pyarrow, which cuts long texts in a third of the time, or None where it is not installed."""
    try:
        import pyarrow
        import pyarrow.compute
    except ImportError:
        return None
    return pyarrow


class Tokens(NamedTuple):
    """The tokens of many strings, in order: those of string i are ``bounds[i]`` to ``bounds[i + 1]``."""

    distinct: Any  # strings, or their numbers
    which: np.ndarray
    """Index of each token in `distinct`."""
    bounds: np.ndarray

    def sums(self, facts: Sequence[np.ndarray]) -> np.ndarray:
        """Return the totals of features per string.

        A feature is a column of non-negative integers, one per distinct token. Several are packed into one 64-bit
        integer and summed together, each in as many bits as its largest total can need.
        """
        starts = self.bounds[:-1]
        filled = self.bounds[1:] > starts
        totals = np.zeros((len(facts), len(starts)), np.int64)
        if not filled.any():
            return totals
        starts, most = starts[filled], int(np.diff(self.bounds).max())
        for group in _fitting([(most * int(fact.max())).bit_length() for fact in facts]):
            packed = np.zeros(len(self.distinct), np.int64)
            for row, (shift, _) in group.items():
                packed |= facts[row].astype(np.int64) << shift
            sums = np.add.reduceat(packed.take(self.which), starts)
            for row, (shift, mask) in group.items():
                totals[row, filled] = sums >> shift & mask
        return totals


def _fitting(sizes: Sequence[int]) -> Iterator[dict[int, tuple[int, int]]]:
    """Pack numbers of given bit widths into as few integers as possible: the shift and mask of each, by place."""
    group: dict[int, tuple[int, int]] = {}
    used = 0
    for place, size in enumerate(sizes):
        if used + size > _BITS:
            yield group
            group, used = {}, 0
        group[place] = used, (1 << size) - 1
        used += size
    yield group


def tokens_of(strings: Sequence[str]) -> Tokens:
    """Cut strings at white space."""
    pieces, known = [*map(str.split, strings)], Numbered()
    which = known.numbers([*itertools.chain.from_iterable(pieces)])
    return Tokens([*known], which, np.cumsum([0, *map(len, pieces)]))


def distinct_pieces(text: str) -> tuple[list[str], np.ndarray]:
    """Cut a normalised text at white space: its distinct pieces, and the place of each piece among them."""
    pa, text = arrow(), text.strip()
    try:
        encoded = text.encode()
    except UnicodeEncodeError:  # half a surrogate pair: nothing is known of it, nor of the sign for what is unknown
        text = _HALF_A_PAIR.sub("\ufffd", text)
        encoded = text.encode()
    if pa is None or not text:
        known = Numbered()
        which = known.numbers(text.split())
        return [*known], which.astype(np.intp)
    bounds = pa.py_buffer(np.array([0, len(encoded)], np.int64))
    column = pa.LargeStringArray.from_buffers(1, bounds, pa.py_buffer(encoded))  # of a list, it would load pandas
    pieces = pa.compute.ascii_split_whitespace(column).values.dictionary_encode()
    return pieces.dictionary.to_pylist(), np.frombuffer(pieces.indices.buffers()[1], np.int32).astype(np.intp)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Disable the cyclic garbage collector in a block that allocates many acyclic objects."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


class Numbered(defaultdict[str, int]):
    """A mapping that numbers strings in order of first use."""

    def __init__(self) -> None:
        super().__init__(itertools.count().__next__)

    def numbers(self, strings: Sequence[str]) -> np.ndarray:
        """Numbers of the strings, in order; new ones get the next numbers."""
        with one_at_a_time:
            return np.fromiter(map(self.__getitem__, strings), np.int32, len(strings))


class Facts:
    """A table with one row per feature and one column per numbered string."""

    def __init__(self, names: Sequence[str]) -> None:
        self._room = np.zeros((len(names), 1024), np.int32)
        self._known = 0

    @uncollected()
    def learn(self, strings: Numbered, find: Callable[[int, list[str]], np.ndarray]) -> np.ndarray:
        """Return the table; `find` computes the features of all new strings, given the number of the first."""
        with one_at_a_time:
            known, size = self._known, len(strings)
            if size > known:
                facts = find(known, [*itertools.islice(reversed(strings), size - known)][::-1])
                if size > self._room.shape[1]:  # it doubles, so that it is seldom copied
                    before, self._room = self._room, np.zeros((len(facts), 2 * size), np.int32)
                    self._room[:, :known] = before[:, :known]
                self._room[:, known:size] = facts
                self._known = size
            return self._room[:, : self._known]
