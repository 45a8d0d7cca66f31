"""Cut strings into tokens, and number the distinct ones."""

import contextlib
import functools
import itertools
from collections import defaultdict
from collections.abc import Sequence
from types import ModuleType

import numpy as np


@functools.cache
def arrow() -> ModuleType | None:
    """Return pyarrow, which cuts long texts in a third of the time, or None where it is not installed."""
    with contextlib.suppress(ImportError):
        import pyarrow
        import pyarrow.compute

        return pyarrow
    return None


def tokens_of(strings: Sequence[str]) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Split strings at white space: return the distinct tokens, each token's number, and the bounds of the strings.

    The tokens of string i are those from ``bounds[i]`` to ``bounds[i + 1]``.
    """
    pieces, known = [*map(str.split, strings)], Numbered()
    which = known.numbers([*itertools.chain.from_iterable(pieces)])
    return [*known], which, np.cumsum([0, *map(len, pieces)])


def distinct_pieces(text: str) -> tuple[list[str], np.ndarray]:
    """Split a normalised text at white space: return its distinct pieces, and each piece's number."""
    pa, text = arrow(), text.strip()
    if pa is None or not text:
        return tokens_of([text])[:2]
    encoded = text.encode()
    bounds = pa.py_buffer(np.array([0, len(encoded)], np.int64))
    column = pa.LargeStringArray.from_buffers(1, bounds, pa.py_buffer(encoded))  # a list would make it load pandas
    pieces = pa.compute.ascii_split_whitespace(column).values.dictionary_encode()
    return pieces.dictionary.to_pylist(), np.frombuffer(pieces.indices.buffers()[1], np.int32).astype(np.intp)


class Numbered(defaultdict[str, int]):
    """A mapping that numbers strings in order of first use; threads may share it, since no string is half numbered."""

    def __init__(self) -> None:
        super().__init__(itertools.count().__next__)

    def numbers(self, strings: Sequence[str]) -> np.ndarray:
        """Numbers of the strings, in order; new ones get the next numbers."""
        return np.fromiter(map(self.__getitem__, strings), np.intp, len(strings))
