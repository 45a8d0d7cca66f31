"""The tokens between spaces of many strings at once, as columns: what occurs where, each distinct token told once."""

from __future__ import annotations

import contextlib
import gc
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:  # loaded when the first text is read
    import pyarrow as pa

_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


class Tokens(NamedTuple):
    """The tokens of many strings, in order: string i has those from ``bounds[i]`` to ``bounds[i + 1]``."""

    distinct: list[str]
    which: np.ndarray
    """Of each token its place in `distinct`."""
    bounds: np.ndarray
    beyond_ascii: list[int]
    """Places in `distinct` of the tokens that are more than ASCII."""

    def sums(self, numbers: np.ndarray) -> np.ndarray:
        """Total of a number of each token for every string."""
        sums, starts = np.zeros(len(self.bounds) - 1), self.bounds[:-1]
        filled = self.bounds[1:] > starts
        if filled.any():
            sums[filled] = np.add.reduceat(numbers, starts[filled])
        return sums

    def replaced(self, told: Mapping[int, Sequence[str]]) -> Tokens:
        """The same with several tokens in the place of one: `told` has them, by its place in `distinct`."""
        if not told:
            return self
        first, many = np.arange(len(self.distinct)), np.ones(len(self.distinct), np.int64)
        many[[*told]] = new = np.fromiter(map(len, told.values()), np.int64, len(told))
        first[[*told]] = len(first) + np.cumsum(new) - new
        is_told = np.zeros(len(self.distinct), bool)
        is_told[[*told]] = True
        places = np.flatnonzero(is_told[self.which])
        tokens, sizes = self.which[places], many[self.which[places]]
        longer = np.append(0, np.cumsum(sizes - 1))  # by how much the stream has grown before each of these places
        which = np.repeat(self.which, many[self.which]) if longer.any() else self.which.copy()
        ends = np.cumsum(sizes)
        within = np.arange(sizes.sum()) - np.repeat(ends - sizes, sizes)
        which[np.repeat(places + longer[:-1], sizes) + within] = np.repeat(first[tokens], sizes) + within
        distinct = [*self.distinct, *itertools.chain.from_iterable(told.values())]
        bounds = self.bounds + longer[np.searchsorted(places, self.bounds)]
        return self._replace(distinct=distinct, which=which, bounds=bounds)


def tokens_of(strings: pa.LargeStringArray) -> Tokens:
    """Cut the strings of a column at white space, as ``str.split`` does."""
    import pyarrow.compute as pc

    pieces = pc.utf8_split_whitespace(pc.utf8_trim_whitespace(strings))
    encoded = pieces.values.dictionary_encode()
    distinct, which, bounds = encoded.dictionary.to_pylist(), numbers_in(encoded.indices), numbers_in(pieces.offsets)
    if "" in distinct:  # all that Arrow finds in an empty string
        kept = which != distinct.index("")
        which, bounds = which[kept], np.append(0, np.cumsum(kept))[bounds]
    return Tokens(distinct, which, bounds, np.flatnonzero(~is_true(pc.string_is_ascii(encoded.dictionary))).tolist())


def as_column(strings: Sequence[str]) -> pa.LargeStringArray:
    """Put strings into an Arrow column (from its parts: Arrow would load pandas to look at a list)."""
    import pyarrow as pa

    try:
        encoded = [*map(str.encode, strings)]
    except UnicodeEncodeError:  # half a surrogate pair: nothing is known of it, nor of the sign for what is unknown
        encoded = [_HALF_A_PAIR.sub("\ufffd", string).encode() for string in strings]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=offsets[1:])
    return pa.LargeStringArray.from_buffers(len(encoded), pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded)))


def numbers_in(column: Any) -> np.ndarray:
    """Numbers, or 0 and 1 for false and true, of an Arrow column (its own way to numpy loads pandas)."""
    import pyarrow as pa

    if pa.types.is_boolean(column.type):
        column = column.cast(pa.uint8())
    kind = np.dtype(str(column.type))
    if not len(column):
        return np.zeros(0, kind)
    return np.frombuffer(column.buffers()[1], kind)[column.offset : column.offset + len(column)]


def is_true(column: Any) -> np.ndarray:
    """Truth values of an Arrow column."""
    return numbers_in(column).astype(bool)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Let the garbage collector rest while thousands of texts are read: they hold no circles for it to find."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


class Numbered(defaultdict[str, int]):
    """Strings, numbered as they are first asked for, and a table with a row of facts for each name."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(itertools.count().__next__)
        self._room = np.zeros((len(names), 1024), np.int32)
        self._known = 0

    def numbers(self, strings: Sequence[str]) -> np.ndarray:
        """Numbers of the strings, in order; new ones get the next numbers."""
        return np.fromiter(map(self.__getitem__, strings), np.int32, len(strings))

    @uncollected()
    def learn(self, find: Callable[[list[str]], np.ndarray]) -> np.ndarray:
        """The table, after `find` has found the facts of all strings that are new in it."""
        if len(self) > self._known:
            new = [*itertools.islice(reversed(self), len(self) - self._known)][::-1]
            facts = find(new)
            if len(self) > self._room.shape[1]:  # it doubles, so that it is seldom copied
                self._room = np.concatenate([self._room, np.zeros((len(facts), 2 * len(self)), np.int32)], axis=1)
            self._room[:, self._known : len(self)] = facts
            self._known = len(self)
        return self._room[:, : self._known]
