"""Tokenise many strings at once into columns: the distinct tokens and their positions."""

from __future__ import annotations

import contextlib
import functools
import gc
import itertools
import os
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from . import string_columns

if TYPE_CHECKING:  # loaded when the first text is read
    import pyarrow as pa

_BITS = 63  # of a whole number above 0
_SHORT = 20  # characters per string; the mean of words and the like is below it
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
def compute() -> Any:
    """Return Arrow's functions over columns of strings, or their stand-in where Arrow is not installed."""
    try:
        import pyarrow.compute as functions
    except ImportError:
        return string_columns
    return functions


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
    pc = compute()
    trimmed = text.strip()
    if not trimmed:
        return [], np.zeros(0, np.intp)
    encoded = pc.ascii_split_whitespace(as_column([trimmed])).values.dictionary_encode()
    return encoded.dictionary.to_pylist(), numbers_in(encoded.indices).astype(np.intp)


def as_column(strings: Sequence[str]) -> pa.LargeStringArray:
    """Put strings into an Arrow column (from buffers: Arrow would load pandas to inspect a list)."""
    if compute() is string_columns:
        return string_columns.Strings([_HALF_A_PAIR.sub("\ufffd", string) for string in strings])
    import pyarrow as pa

    try:
        offsets, encoded = _short_as_bytes(strings) or _as_bytes(strings)
    except UnicodeEncodeError:  # half a surrogate pair: nothing is known of it, nor of the sign for what is unknown
        offsets, encoded = _as_bytes([_HALF_A_PAIR.sub("\ufffd", string) for string in strings])
    return pa.LargeStringArray.from_buffers(len(strings), pa.py_buffer(offsets), pa.py_buffer(encoded))


def _as_bytes(strings: Sequence[str]) -> tuple[np.ndarray, bytes]:
    """Where strings begin and end in UTF-8, and the whole buffer."""
    encoded = [*map(str.encode, strings)]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=offsets[1:])
    return offsets, b"".join(encoded)


def _short_as_bytes(strings: Sequence[str]) -> tuple[np.ndarray, bytes] | None:
    """The same for words and the like, quicker: encoded as one string; None for longer ones, or if one holds a NUL."""
    if sum(map(len, strings)) >= _SHORT * len(strings):
        return None
    joined = ("\0".join(strings) + "\0").encode()
    ends = np.flatnonzero(np.frombuffer(joined, np.uint8) == 0)
    if len(ends) != len(strings):
        return None
    return np.append(0, ends - np.arange(len(ends))), joined.translate(None, b"\0")


def numbers_in(column: Any) -> np.ndarray:
    """Numbers, or 0 and 1 for false and true, of an Arrow column (its own way to numpy loads pandas)."""
    if isinstance(column, np.ndarray):
        return column
    import pyarrow as pa

    if pa.types.is_boolean(column.type):
        column = column.cast(pa.uint8())
    kind = np.dtype(str(column.type))
    if not len(column):
        return np.zeros(0, kind)
    return np.frombuffer(column.buffers()[1], kind)[column.offset : column.offset + len(column)]


def taken(column: pa.LargeStringArray, places: np.ndarray) -> list[str]:
    """The strings of an Arrow column at some places."""
    if isinstance(column, string_columns.Strings):
        return [column.strings[place] for place in places.tolist()]
    import pyarrow as pa

    strings: list[str] = column.take(
        pa.Array.from_buffers(pa.int64(), len(places), [None, pa.py_buffer(places.astype(np.int64))])
    ).to_pylist()
    return strings


def is_true(column: Any) -> np.ndarray:
    """Truth values of an Arrow column."""
    return numbers_in(column).astype(bool)


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
                    self._room = np.concatenate([self._room, np.zeros((len(facts), 2 * size), np.int32)], axis=1)
                self._room[:, known:size] = facts
                self._known = size
            return self._room[:, : self._known]
