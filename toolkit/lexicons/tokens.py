"""Tokenise many strings at once into columns: the distinct tokens, and their places."""

from __future__ import annotations

import contextlib
import gc
import itertools
import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

_BITS = 63  # of a whole number above 0
one_at_a_time = threading.RLock()
"""Held by the thread that adds to the cache of words: threads that read concurrently share it."""
if hasattr(os, "register_at_fork"):  # a process forked while a thread holds the lock would wait forever
    os.register_at_fork(
        before=one_at_a_time.acquire,
        after_in_parent=one_at_a_time.release,
        after_in_child=one_at_a_time.release,
    )


class Tokens(NamedTuple):
    """The tokens of many strings, in order: string i has those from ``bounds[i]`` to ``bounds[i + 1]``."""

    distinct: Any  # strings, or their numbers
    which: np.ndarray
    """Index of each token in `distinct`."""
    bounds: np.ndarray

    def sums(self, facts: Sequence[np.ndarray]) -> np.ndarray:
        """Totals of features per string.

        A feature is a column of non-negative integers, one per distinct token. Several are summed as one 64-bit number,
        each in as many bits as its largest total can need.
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
    which = known.numbers(itertools.chain.from_iterable(pieces))
    return Tokens([*known], which, np.cumsum([0, *map(len, pieces)]))


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
    """Strings, numbered in order of first use."""

    def __init__(self) -> None:
        super().__init__(itertools.count().__next__)

    def numbers(self, strings: Iterable[str]) -> np.ndarray:
        """Numbers of the strings, in order; new ones get the next numbers."""
        with one_at_a_time:
            return np.fromiter(map(self.__getitem__, strings), np.int32)


class Facts:
    """A table with a row for each of some names, and a column for each numbered string, by its number."""

    def __init__(self, names: Sequence[str]) -> None:
        self._room = np.zeros((len(names), 1024), np.int32)
        self._known = 0

    @uncollected()
    def learn(self, strings: Numbered, find: Callable[[int, list[str]], np.ndarray]) -> np.ndarray:
        """The table; `find` computes the features of all new strings, given the number of the first."""
        with one_at_a_time:
            known, size = self._known, len(strings)
            if size > known:
                facts = find(known, [*itertools.islice(reversed(strings), size - known)][::-1])
                if size > self._room.shape[1]:  # it doubles, so that it is seldom copied
                    self._room = np.concatenate([self._room, np.zeros((len(facts), 2 * size), np.int32)], axis=1)
                self._room[:, known:size] = facts
                self._known = size
            return self._room[:, : self._known]
