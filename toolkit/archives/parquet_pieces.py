"""Record batches of a Parquet file, cut and joined into pieces of bounded size."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def pieces_of(batches: Iterator[pa.RecordBatch], rows: int, most: int) -> Iterator[pa.RecordBatch]:
    """Cut batches to at most `most` bytes of text, and join small ones to at most `rows` rows, without dictionaries."""
    import pyarrow as pa

    for batch in _joined(batches, rows, most):
        for start, stop in _cuts(batch, most):
            columns = [each[start:stop] for each in batch.columns]
            dense = [each.dictionary_decode() if pa.types.is_dictionary(each.type) else each for each in columns]
            yield pa.RecordBatch.from_arrays(dense, batch.schema.names)


def _joined(batches: Iterator[pa.RecordBatch], rows: int, most: int) -> Iterator[pa.RecordBatch]:
    """Join small batches up to `rows` rows and `most` bytes, dictionaries aside."""
    import pyarrow as pa

    some: list[pa.RecordBatch] = []
    many = dense = 0
    for batch in itertools.chain(batches, [None]):
        if some and (batch is None or many + len(batch) > rows or dense > most):
            yield from pa.Table.from_batches(some).unify_dictionaries().combine_chunks().to_batches()
            some, many, dense = [], 0, 0
        if batch is not None:
            some.append(batch)
            many += len(batch)
            dense += sum(each.nbytes for each in batch.columns if not pa.types.is_dictionary(each.type))


def _cuts(batch: pa.RecordBatch, most: int) -> Iterator[tuple[int, int]]:
    """Yield where to cut a batch so that each piece has at most `most` bytes of text, or is a single row."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    sizes = np.ones(len(batch), np.int64)
    for column in batch.columns:
        if pa.types.is_dictionary(column.type):
            lengths = pc.binary_length(column.dictionary).take(column.indices)
        elif pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            lengths = pc.binary_length(column)
        else:
            continue
        sizes += pc.fill_null(lengths, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    ends, start = np.cumsum(sizes), 0
    while start < len(batch):
        before = int(ends[start - 1]) if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + most, "right")))
        yield start, stop
        start = stop
