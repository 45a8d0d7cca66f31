"""compare: two groups of units, metric by metric, with an interval, both n and a verdict in words."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .._tables import check_pair, checked_choice, checked_number, checked_seed, select_groups
from ..metrics.measure import METRICS, Metric, chosen, is_lazy
from .comparison_table import CLUSTERS, WEIGHTS, Design, Strata, length_column, own_words, row_of, sides_of, table_of
from .dask_frames import compare_lazily


def compare(
    measured: pd.DataFrame,
    by: str = "kind",
    pair: tuple[str, str] = ("article", "comment"),
    *,
    metrics: Sequence[Metric | str] = METRICS,
    cluster: str = "text",
    weights: str = "units",
    given: str | None = None,
    min_difference: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare two groups of units, metric by metric, with an interval and a verdict.

    The sentences of one comment are not independent, nor are those of one block of an article. So the interval comes
    from resampling whole comments (or threads of replies, or authors) in one group and whole blocks in the other. If
    both groups come from several articles (two thread_id or more in both), each article is resampled together with
    its comments; how articles differ among themselves is the question of `compare_threads` and `summarise_threads`.

    Quotations in a comment (lines after ">" and other blocks of quotation) are its parent's words, not the
    commenter's own: units with kind `comment` and block `quote` count as left out. Whole comments and passages are
    compared with what they quote; `tone_by_voice` shows the tone of both. ``measured.assign(block="paragraph")``
    counts all units.

    Parameters
    ----------
    measured : DataFrame
        A table from `measure`; compare like with like, sentences with sentences or passages with passages. A Dask
        DataFrame gives a Dask DataFrame, which is computed only on demand.
    by : str
        Column that holds the groups.
    pair : (str, str)
        The two groups: the first is the reference, the second is what the verdict is about.
    metrics : sequence of Metric
        Metrics to compare, or their names; those without a column in `measured` are skipped.
    cluster : {"text", "thread", "author"}
        What is resampled as a whole among the comments: each comment, each comment with all replies under
        it, or all comments of one author (a comment without a known author on its own).
    weights : {"units", "comments"}
        What counts once. "units": each unit, so that a long comment weighs more; the question is about a random
        sentence. "comments": each text, however many units it has; the question is about a random sentence of a
        random comment. Medians, means and share_higher follow.
    given : str, optional
        A column of numbers, such as "words": units are compared only with units of the other group in the same
        decile of it. Use it where the groups differ in length and length drives the metric. Medians and means stay
        those of all units that have a value.
    min_difference : float
        The margin: distance of share_higher from 0.5 up to which a difference is too small to matter; above 0 and
        below 0.5.
    seed : int
        Seed of the resampling. The order of the rows does not matter.

    Returns
    -------
    DataFrame
        One row per metric:

        - `metric`, `label`; for each group (here ``article`` and ``comment``) its median, mean, n (units with a
          value), texts (that these come from) and clusters (that are resampled); `left_out`: units of both groups
          without a value, and quotations in comments.
        - `share_higher`: chance that a random unit of the second group scores above a random unit of the first, ties
          count half; 0 to 1, 0.5 is no difference (Vargha and Delaney's A). If most values are equal, most pairs tie,
          and the share stays near 0.5.
        - `share_higher_low`, `share_higher_high`: its 95% interval, rounded outward to two decimals. Where p_holm is
          0.05 or more the interval is widened as far as 0.5, so that it never claims more than the adjusted p. NaN
          with fewer than eight clusters in a group.
        - `p`: p-value of no difference; `p_holm`: adjusted for `family_size` metrics (Holm); `why_not_counted`: empty,
          or why a metric is not one of them: it has one value in all these units, it ranks them as another metric
          does, or it has no interval.
        - `verdict`: what the interval supports, given the margin m. Excludes 0.5 and reaches beyond 0.5 - m or
          0.5 + m: the second group scores higher or lower ("comments: more positive"). Excludes 0.5, within the
          margin: "difference smaller than 0.10, though not zero". Contains 0.5, within the margin: "no difference
          larger than 0.10". Contains 0.5 and reaches beyond: "cannot tell". More metrics can only weaken a verdict.
        - `warning`: empty; or that length may explain a difference, because most of it goes away among units in the
          same decile of `words`.

    Raises
    ------
    TypeError, ValueError
        If there is no column `by` or `given`, a group is missing, both groups are the same, nothing was measured, or
        an option is out of range.

    References
    ----------
    Vargha, A. & Delaney, H.D. (2000). A critique and improvement of the CL common language effect size statistics
    of McGraw and Wong. Journal of Educational and Behavioral Statistics 25(2), 101-132.
    doi:10.3102/10769986025002101 Holm, S. (1979). A simple sequentially rejective multiple test procedure.
    Scandinavian Journal of Statistics 6(2), 65-70. For the interval, see `comparison.share_higher`.
    """
    cluster, weights = checked_choice(cluster, "cluster", CLUSTERS), checked_choice(weights, "weights", WEIGHTS)
    margin = checked_number(min_difference, "min_difference", 0.5, 0.1)
    design = Design(pair, cluster, margin, weights, given, checked_seed(seed))
    if is_lazy(measured):
        check_pair(measured, by, pair)
        return compare_lazily(measured, by, _shown(measured, metrics), design)
    groups = [np.flatnonzero(rows) for rows in select_groups(measured, by, pair)]
    shown = _shown(measured, metrics)
    sides, values = sides_of(measured, groups, cluster), own_words(measured)

    def columns(name: str) -> list[np.ndarray]:
        column = values(name)
        return [column[rows] for rows in groups]

    strata = Strata.from_columns(columns(name)) if (name := length_column(measured, given)) else None
    rows = [row_of(metric, columns(metric.name), sides, strata, design) for metric in shown]
    return table_of(shown, rows, sides, design)


def _shown(measured: pd.DataFrame, metrics: Sequence[Metric | str]) -> list[Metric]:
    shown = [metric for metric in chosen(metrics) if metric.name in measured.columns]
    if not shown:
        columns = list(map(str, measured.columns))
        raise ValueError(f"The table has no column with a metric; it has {columns}. Call measure(...) first.")
    return shown
