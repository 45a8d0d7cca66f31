"""compare: the article against its comments, metric by metric, with an interval, both n and a verdict in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .._tables import check_pair, select_groups
from ..corpora.replies import parent_positions, roots
from ..metrics.measure import METRICS, Metric, chosen, is_lazy
from .dask_frames import compare_lazily
from .verdicts import CLUSTERS, Side, drawn_of, in_threads, row_of, table_of

if TYPE_CHECKING:
    import pandas as pd


def compare(
    measured: pd.DataFrame,
    by: str = "kind",
    pair: tuple[str, str] = ("article", "comment"),
    *,
    metrics: Sequence[Metric | str] = METRICS,
    cluster: str = "text",
    min_difference: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare two groups of units, metric by metric.

    Sentences of one comment hang together, and so do those of one block of an article. So the interval comes from
    resampling whole comments (or whole threads of replies) on one side and whole blocks on the other, never single
    sentences. It is a t interval of the log odds, and wide enough for what so few texts cannot have shown: each side
    is counted with half a value more at either end of the scale (after Agresti and Caffo 2000). Where the groups come
    from several articles (two thread_id or more in both), each article is drawn together with its comments; what
    differs from article to article, `compare_threads` and `summarise_threads` show better.

    Parameters
    ----------
    measured : DataFrame
        A table from `measure`; compare like with like, sentences with sentences or passages with passages. A Dask
        DataFrame is taken, too: then so is what is given back, and nothing is done until it is computed.
    by : str
        Column that holds the groups.
    pair : (str, str)
        The two groups: the first is the reference, the second is what is said to score higher or lower.
    metrics : sequence of Metric
        Metrics to compare, or their names; those without a column in `measured` are passed over.
    cluster : {"text", "thread", "author"}
        What is drawn as a whole on the side of the comments: each comment, each comment with all replies under it, or
        all comments of one author (one whose author is not known stands for itself).
    min_difference : float
        Distance of share_higher from 0.5 up to which a difference counts as none, 0 to 0.5: with an interval inside
        it the verdict is "no difference larger than ...".
    seed : int
        Seed of the resampling.

    Returns
    -------
    DataFrame
        One row a metric: metric, label, then for each group (here ``article`` and ``comment``) its median, mean, n
        (units with a value) and texts (whole texts that these come from), left_out (units of both groups without a
        value), share_higher (chance that a random unit of the second group scores above a random unit of the first,
        ties count half; 0.5 is no difference; Vargha and Delaney's A), share_higher_low and share_higher_high (95 %
        interval), p (of no difference), p_holm (adjusted for the number of metrics shown), verdict in words. NaN
        where a group has no value; interval and p are NaN where there are fewer than eight comments or blocks, and
        the verdict says so. It names a side where p_holm is below 0.05; "no difference larger than ..." goes by the
        interval alone, which may leave 0.5 out by a little. Where many values are equal, as of a share that is mostly
        0, share_higher is not the share of pairs in which the second is the higher one: most pairs are ties.

    Raises
    ------
    ValueError
        If `by` is no column or lacks a group, if both groups are the same, if nothing was measured, or an option is
        out of range.

    References
    ----------
    Vargha, A. & Delaney, H.D. (2000). A critique and improvement of the CL common language effect size statistics
    of McGraw and Wong. Journal of Educational and Behavioral Statistics 25(2), 101-132.
    doi:10.3102/10769986025002101 Agresti, A. & Caffo, B. (2000). Simple and effective confidence intervals for
    proportions and differences of proportions result from adding two successes and two failures. The American
    Statistician 54(4), 280-288. doi:10.1080/00031305.2000.10474560 Holm, S. (1979). A simple sequentially
    rejective multiple test procedure. Scandinavian Journal of Statistics 6(2), 65-70.
    """
    _check_options(by, pair, cluster, min_difference)
    if is_lazy(measured):
        return compare_lazily(measured, by, pair, _shown(measured, metrics), cluster, min_difference, seed)
    groups = [measured[rows] for rows in select_groups(measured, by, pair)]
    shown = _shown(measured, metrics)
    sides = [Side(_clusters(rows, cluster), _texts(rows)) for rows in groups]
    if "thread_id" in measured.columns:
        sides = in_threads(sides, [rows["thread_id"].to_numpy(object) for rows in groups])
    rows = [row_of(metric, [rows[metric.name].to_numpy(float) for rows in groups], sides, seed) for metric in shown]
    return table_of(shown, rows, pair, drawn_of(sides, pair, cluster), min_difference)


# ---- rows of the table


def _check_options(by: str, pair: tuple[str, str], cluster: str, min_difference: float) -> None:
    check_pair(by, pair)
    if cluster not in CLUSTERS:
        raise ValueError(
            f"cluster={cluster!r} is not known; it may be 'text' (each comment), 'thread' (each with its replies) or "
            "'author' (all comments of one)."
        )
    if not 0 < min_difference < 0.5:
        raise ValueError(f"min_difference must lie between 0 and 0.5, not {min_difference}; 0.1 is usual.")


def _shown(measured: pd.DataFrame, metrics: Sequence[Metric | str]) -> list[Metric]:
    shown = [metric for metric in chosen(metrics) if metric.name in measured.columns]
    if not shown:
        columns = list(map(str, measured.columns))
        raise ValueError(f"The table has no column of a metric; it has {columns}. Call measure(...) first.")
    return shown


def _clusters(rows: pd.DataFrame, cluster: str) -> np.ndarray:
    """The cluster of each row: the blocks of articles; comments or threads of comments; rows where nothing is told."""
    import pandas as pd

    if "text_id" not in rows.columns:
        return np.arange(len(rows))
    names = rows["text_id"].astype(object)
    is_article = rows["kind"].eq("article").to_numpy(bool) if "kind" in rows.columns else np.zeros(len(rows), bool)
    if cluster == "thread" and "reply_to" in rows.columns:
        comments = rows.drop_duplicates("text_id")
        ids = comments["text_id"].tolist()
        tops = roots(parent_positions(ids, comments["reply_to"]))
        names = names.map({name: ids[top] for name, top in zip(ids, tops, strict=True)})
    if cluster == "author" and "author" in rows.columns:
        names = names.where(is_article | rows["author"].isna().to_numpy(), rows["author"].astype(object))
    codes = pd.factorize(names, use_na_sentinel=False)[0]
    if "block_id" in rows.columns:
        blocks = pd.factorize(rows["block_id"].where(is_article, 0).astype(object), use_na_sentinel=False)[0]
        codes = pd.factorize(codes * (int(blocks.max(initial=0)) + 1) + blocks)[0]
    return codes


def _texts(rows: pd.DataFrame) -> np.ndarray:
    import pandas as pd

    if "text_id" not in rows.columns:
        return np.arange(len(rows))
    return pd.factorize(rows["text_id"])[0]
