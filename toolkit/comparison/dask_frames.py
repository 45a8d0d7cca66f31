"""A comparison on a Dask DataFrame: the same rows and verdicts, from columns gathered when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._tables import require_columns
from ..metrics.measure import Metric
from .verdicts import Side, drawn_of, in_threads, row_of, table_of

_Keys = tuple[np.ndarray, np.ndarray, np.ndarray]


def compare_lazily(
    measured: Any,
    by: str,
    pair: tuple[str, str],
    metrics: Sequence[Metric],
    cluster: str,
    min_difference: float,
    seed: int,
) -> Any:
    """Compare two groups of units; a Dask DataFrame of one partition.

    Of each unit, eight bytes say which cluster it belongs to, eight which text, eight which thread, and eight are its
    value: these come together in one place, a metric at a time, and there the comparison is that of a table in memory,
    to the last bit.
    """
    import dask.dataframe as dd
    from dask.delayed import delayed

    _check(measured, by, cluster)
    parts = measured.to_delayed()
    keys = delayed(_gathered)([delayed(_keys)(part, by, pair, cluster) for part in parts], pair, by)
    rows = []
    for metric in metrics:
        columns = [delayed(_column)(part, by, pair, metric.name) for part in parts]
        rows.append(delayed(_row)(metric, columns, keys, seed))
    table = delayed(_table)(list(metrics), rows, keys, pair, cluster, min_difference)
    return dd.from_delayed([table], meta=_meta(metrics, pair, min_difference), verify_meta=False)


def _check(measured: Any, by: str, cluster: str) -> None:
    require_columns(measured, by, "Name the column that holds the groups with by=.")
    require_columns(measured, "text_id", "It names the text that each unit belongs to.")
    if cluster == "thread":
        raise ValueError(
            "cluster='thread' follows replies through the whole table, which a Dask DataFrame does not hold in one "
            "place. Use 'text' or 'author', or compare thread by thread with compare_threads."
        )


def _keys(part: pd.DataFrame, by: str, pair: tuple[str, str], cluster: str) -> list[_Keys]:
    """For both groups, the cluster, text and thread of each unit as numbers of 64 bits (hashes of the names)."""
    return [_hashes(part[part[by] == group], cluster) for group in pair]


def _hashes(rows: pd.DataFrame, cluster: str) -> _Keys:
    names = rows["text_id"].astype(object)
    article = rows["kind"].eq("article").to_numpy(bool) if "kind" in rows.columns else np.zeros(len(rows), bool)
    if cluster == "author" and "author" in rows.columns:
        authors = "author " + rows["author"].astype(object)
        names = names.where(article | rows["author"].isna().to_numpy(), authors)
    blocks = rows["block_id"].where(article, 0) if "block_id" in rows.columns else pd.Series(0, index=rows.index)
    whole = pd.DataFrame({"name": names, "block": blocks.astype(object)})
    hashed = pd.util.hash_pandas_object(whole, index=False).to_numpy()
    threads = rows["thread_id"] if "thread_id" in rows.columns else rows["text_id"]
    of_text, of_thread = (pd.util.hash_array(ids.astype(object).to_numpy()) for ids in (rows["text_id"], threads))
    return hashed, of_text, of_thread


def _column(part: pd.DataFrame, by: str, pair: tuple[str, str], name: str) -> list[np.ndarray]:
    return [part.loc[part[by] == group, name].to_numpy(float) for group in pair]


def _gathered(keys: list[list[_Keys]], pair: tuple[str, str], by: str) -> list[Side]:
    """The sides of the whole table; numbered in the order of first appearance, as in memory."""
    sides, threads = [], []
    for at, group in enumerate(pair):
        clusters, texts, of = (np.concatenate([part[at][which] for part in keys]) for which in (0, 1, 2))
        if not len(clusters):
            raise ValueError(f"Column {by!r} has no {group!r}. Name two groups of it with pair=(..., ...).")
        sides.append(Side(pd.factorize(clusters)[0], pd.factorize(texts)[0]))
        threads.append(of)
    return in_threads(sides, threads)


def _row(metric: Metric, columns: list[list[np.ndarray]], sides: list[Side], seed: int) -> list[object]:
    return row_of(metric, [np.concatenate([part[at] for part in columns]) for at in (0, 1)], sides, seed)


def _table(
    metrics: list[Metric],
    rows: list[list[object]],
    sides: list[Side],
    pair: tuple[str, str],
    cluster: str,
    min_difference: float,
) -> pd.DataFrame:
    return table_of(metrics, rows, pair, drawn_of(sides, pair, cluster), min_difference)


def _meta(metrics: Sequence[Metric], pair: tuple[str, str], min_difference: float) -> pd.DataFrame:
    """An empty table with the columns and types of the answer."""
    nothing = Side(np.arange(1), np.arange(1))
    rows = [row_of(metric, [np.ones(1), np.ones(1)], [nothing, nothing], 0) for metric in metrics[:1]]
    return table_of(metrics[:1], rows, pair, "texts", min_difference).iloc[:0]
