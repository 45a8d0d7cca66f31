"""Comparisons of Dask DataFrames: the same rows and verdicts, from columns gathered on demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._tables import require_columns
from ..metrics.measure import Metric
from .comparison_table import Design, Row, Side, Strata, length_column, own_words, row_of, table_of, whole_threads

_Keys = tuple[np.ndarray, np.ndarray, np.ndarray]


def compare_lazily(measured: Any, by: str, metrics: Sequence[Metric], design: Design) -> Any:
    """Compare two groups of units; a Dask DataFrame of one partition.

    Each unit gives eight bytes for its cluster, eight for its text, eight for its thread and eight for its value: these
    are gathered one metric at a time, and compared as a table in memory is, to the last bit.
    """
    import dask.dataframe as dd
    from dask.delayed import delayed

    _check(measured, by, design.cluster)
    parts, pair = measured.to_delayed(), design.pair
    keys = delayed(_gathered)([delayed(_keys)(part, by, design) for part in parts], by, pair)

    def columns(name: str) -> Any:
        return delayed(_together)([delayed(_column)(part, by, pair, name) for part in parts])

    name = length_column(measured, design.given)
    strata = delayed(Strata.from_columns)(columns(name)) if name else None
    rows = [delayed(row_of)(metric, columns(metric.name), keys, strata, design) for metric in metrics]
    table = delayed(table_of)(list(metrics), rows, keys, design)
    return dd.from_delayed([table], meta=_meta(metrics, design), verify_meta=False)


def _check(measured: Any, by: str, cluster: str) -> None:
    require_columns(measured, by, "Name the column that holds the groups with by=.")
    require_columns(measured, "text_id", "It names the text that each unit belongs to.")
    if cluster == "thread":
        raise ValueError(
            "cluster='thread' follows replies through the whole table, which a Dask DataFrame does not hold in one "
            "place. Use 'text' or 'author', or compare thread by thread with compare_threads."
        )


def _keys(part: pd.DataFrame, by: str, design: Design) -> list[_Keys]:
    """For both groups, the cluster, text and thread of each unit as numbers of 64 bits (hashes of the names)."""
    return [_hashes(part[part[by] == group], design.cluster) for group in design.pair]


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
    return [own_words(part[part[by] == group])(name) for group in pair]


def _together(parts: list[list[np.ndarray]]) -> list[np.ndarray]:
    return [np.concatenate([part[at] for part in parts]) for at in (0, 1)]


def _gathered(keys: list[list[_Keys]], by: str, pair: tuple[str, str]) -> list[Side]:
    """The groups of the whole table, numbered in the order of first appearance, as in memory."""
    sides, threads = [], []
    for at, group in enumerate(pair):
        clusters, texts, of = (np.concatenate([part[at][which] for part in keys]) for which in (0, 1, 2))
        if not len(clusters):
            raise ValueError(f"Column {by!r} has no {group!r}. Name two groups of it with pair=(..., ...).")
        sides.append(Side(pd.factorize(clusters)[0], pd.factorize(texts)[0]))
        threads.append(of)
    return whole_threads(sides, threads)


def _meta(metrics: Sequence[Metric], design: Design) -> pd.DataFrame:
    """An empty table with the columns and types of the answer."""
    one = [Side(np.zeros(1, int), np.zeros(1, int))] * 2
    row: Row = row_of(metrics[0], [np.ones(1), np.ones(1)], one, None, design)
    return table_of(metrics[:1], [row], one, design).iloc[:0]
