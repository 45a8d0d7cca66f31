"""Comparisons of Dask DataFrames: the same rows and verdicts, from columns gathered on demand."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._tables import require_columns, rows_where, select_groups
from ..metrics.measure import Metric
from .comparison_table import Design, Side, Strata, length_column, own_words, row_of, sides_of, table_of


def compare_lazily(measured: Any, by: str, metrics: Sequence[Metric], design: Design) -> Any:
    """Compare two groups of units; a Dask DataFrame of one partition.

    Each unit takes eight bytes per cluster column and eight for its value; these are gathered one metric at a time,
    with the same results as for a table in memory, to the last bit.
    """
    import dask.dataframe as dd
    from dask.delayed import delayed

    require_columns(measured, "text_id", "It names the text that each unit belongs to.")
    if design.cluster == "thread":
        raise ValueError(
            "cluster='thread' follows replies through the whole table, which a Dask DataFrame does not hold in one "
            "place. Use 'text' or 'author', or compare thread by thread with compare_threads."
        )

    parts, pair = measured.to_delayed(), design.pair
    sides = delayed(_sides)([delayed(_keys)(part, by) for part in parts], by, design)

    def columns(name: str) -> Any:
        return delayed(_together)([delayed(_column)(part, by, pair, name) for part in parts])

    name = length_column(measured, design.given)
    strata = delayed(Strata.from_columns)(columns(name)) if name else None
    rows = [delayed(row_of)(metric, columns(metric.name), sides, strata, design) for metric in metrics]
    table = delayed(table_of)(list(metrics), rows, sides, design)
    one = [Side(np.zeros(1, int), np.zeros(1, int))] * 2
    row = row_of(metrics[0], [np.ones(1), np.ones(1)], one, None, design)
    meta = table_of(metrics[:1], [row], one, design).iloc[:0]  # the columns and types of the result
    return dd.from_delayed([table], meta=meta, verify_meta=False)


def _keys(part: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the groups and the cluster columns, with names replaced by 64-bit hashes."""
    hashed = {
        name: pd.util.hash_array(part[name].astype(object).to_numpy())
        for name in ("text_id", "author", "block_id", "thread_id")
        if name in part.columns
    }
    if "author" in hashed:  # comments by unknown authors are clusters of their own
        hashed["author"] = np.where(part["author"].isna(), hashed["text_id"], hashed["author"])
    return pd.DataFrame(hashed | {name: part[name].to_numpy() for name in {by, "kind"} & {*part.columns}})


def _sides(keys: list[pd.DataFrame], by: str, design: Design) -> list[Side]:
    whole = pd.concat(keys, ignore_index=True)
    groups = [np.flatnonzero(rows) for rows in select_groups(whole, by, design.pair)]
    return sides_of(whole, groups, design.cluster)


def _column(part: pd.DataFrame, by: str, pair: tuple[str, str], name: str) -> list[np.ndarray]:
    values = own_words(part)(name)
    return [values[rows_where(part, by, group)] for group in pair]


def _together(parts: list[list[np.ndarray]]) -> list[np.ndarray]:
    return [np.concatenate([part[at] for part in parts]) for at in (0, 1)]
