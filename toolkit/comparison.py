"""compare: the article against its comments, metric by metric, with an interval, both n and a verdict in words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .metrics import METRICS, Metric

if TYPE_CHECKING:
    import pandas as pd

FEWEST_CLUSTERS = 8
"""Whole comments, or blocks of an article, below which no interval is given: with seven all on one side, chance
alone (2 / 2**7) is not yet rare once several metrics are looked at, and a resampling of so few knows too little."""
RESAMPLES = 2_000
NO_DIFFERENCE = 0.5  # of share_higher: a unit of one side is as likely to score higher as a unit of the other
_LEVEL = 0.05
_END = 0.5  # of a value, added at either end of the scale
_KEPT = 2_000  # clusters up to which resamples are drawn, and kept for the next metric: 4 MB
_CLUSTERS = {"text": "texts", "thread": "threads", "author": "authors"}
_OPPOSITES = {
    "more positive": "more negative",
    "harder to read": "easier to read",
    "easier to read": "harder to read",
    "longer": "shorter",
    "longer sentences": "shorter sentences",
    "more mixed": "less mixed",
    "more varied words": "less varied words",
    "more quoting": "less quoting",
    "more reported speech": "less reported speech",
    "more asking for money": "less asking for money",
}


def compare(
    measured: pd.DataFrame,
    by: str = "kind",
    pair: tuple[str, str] = ("article", "comment"),
    *,
    metrics: Sequence[Metric] = METRICS,
    cluster: str = "text",
    min_difference: float = 0.1,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare two groups of units, metric by metric.

    Sentences of one comment hang together, and so do those of one block of an article. So the interval comes from
    resampling whole comments (or whole threads of replies) on one side and whole blocks on the other, never single
    sentences. It is a t interval of the log odds, and wide enough for what so few texts cannot have shown: each side
    is counted with half a value more at either end of the scale (after Agresti and Caffo 2000).

    Parameters
    ----------
    measured : DataFrame
        A table from `measure`; compare like with like, sentences with sentences or passages with passages.
    by : str
        Column that holds the groups.
    pair : (str, str)
        The two groups: the first is the reference, the second is what is said to score higher or lower.
    metrics : sequence of Metric
        Metrics to compare; those without a column in `measured` are passed over.
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
        the verdict says so.

    Raises
    ------
    ValueError
        If `by` is no column or lacks a group, if nothing was measured, or an option is out of range.

    References
    ----------
    Vargha, A. & Delaney, H.D. (2000). A critique and improvement of the CL common language effect size statistics
    of McGraw and Wong. Journal of Educational and Behavioral Statistics 25(2), 101-132.
    doi:10.3102/10769986025002101 Agresti, A. & Caffo, B. (2000). Simple and effective confidence intervals for
    proportions and differences of proportions result from adding two successes and two failures. The American
    Statistician 54(4), 280-288. doi:10.1080/00031305.2000.10474560 Holm, S. (1979). A simple sequentially
    rejective multiple test procedure. Scandinavian Journal of Statistics 6(2), 65-70.
    """
    _check_options(cluster, min_difference)
    groups = _groups(measured, by, pair)
    shown = [metric for metric in metrics if metric.name in measured.columns]
    if not shown:
        columns = list(map(str, measured.columns))
        raise ValueError(f"The table has no column of a metric; it has {columns}. Call measure(...) first.")
    sides = [Side(_clusters(rows, cluster), _texts(rows)) for rows in groups]
    rows = [row_of(metric, [rows[metric.name].to_numpy(float) for rows in groups], sides, seed) for metric in shown]
    return table_of(shown, rows, pair, cluster, min_difference)


def share_higher(reference: np.ndarray, other: np.ndarray) -> float:
    """Chance that a random value of `other` is above a random value of `reference`, ties half; NaN if one is empty.

    Examples
    --------
    >>> share_higher(np.array([1.0, 2.0]), np.array([2.0, 3.0]))
    0.875
    """
    if not len(reference) or not len(other):
        return float("nan")
    return float(_wins(np.sort(reference), other).sum() / (len(reference) * len(other)))


def holm(p: np.ndarray) -> np.ndarray:
    """Holm's adjusted p values, in the order given; NaN stays NaN and is not counted.

    Examples
    --------
    >>> holm(np.array([0.01, np.nan, 0.04])).tolist()
    [0.02, nan, 0.04]
    """
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    adjusted = np.full(len(p), np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return adjusted


# ---- resampling


class Interval(NamedTuple):
    """A 95 % interval of share_higher and the p of no difference; NaN where there are too few clusters."""

    low: float
    high: float
    p: float


_NO_INTERVAL = Interval(float("nan"), float("nan"), float("nan"))


def cluster_interval(
    reference: np.ndarray, reference_clusters: np.ndarray, other: np.ndarray, other_clusters: np.ndarray, seed: int = 0
) -> Interval:
    """Interval of share_higher from resampling whole clusters, one side at a time.

    The spreads of both sides make a t interval of the log odds of share_higher, on Welch and Satterthwaite's degrees
    of freedom; p is that of the same t, so that p < .05 where 0.5 lies outside. Each side gets half a value more at
    either end of the scale: forty sentences without an emoji do not show that a forty-first has none, and no
    resampling of them would say so. Half of what Agresti and Caffo add; benchmarks/coverage.py tells why.

    Parameters
    ----------
    reference, other : array of float
        Values without NaN.
    reference_clusters, other_clusters : array of int
        The cluster of each value; any whole numbers.
    """
    from scipy import special, stats

    blocks, many = len(np.unique(reference_clusters)), len(np.unique(other_clusters))
    if min(many, blocks) < FEWEST_CLUSTERS:
        return _NO_INTERVAL
    sides = _with_ends(reference, reference_clusters, other, other_clusters)
    (lost, left), (won, right) = _sums(sides[0], sides[1]), _sums(sides[1], sides[0])
    share = float(won.sum() / right.sum())
    first, second = _variance(right, won, seed), _variance(left, left - lost, seed)
    freedom = _freedom(first, many - 1, second, blocks - 1)
    centre, error = special.logit(share), np.sqrt(first + second) / (share * (1 - share))
    reach = error * stats.t.ppf(1 - _LEVEL / 2, freedom)
    ends = special.expit([centre - reach, centre + reach])
    observed = share_higher(reference, other)  # without the ends; all of one side above the other may lie beyond
    p = 2 * float(stats.t.sf(abs(centre) / error, freedom))
    return Interval(min(float(ends[0]), observed), max(float(ends[1]), observed), p)


class _Side(NamedTuple):
    """The values of one side with their weights, and the cluster of each, counted from 0."""

    values: np.ndarray
    weights: np.ndarray
    clusters: np.ndarray


def _with_ends(
    reference: np.ndarray, reference_clusters: np.ndarray, other: np.ndarray, other_clusters: np.ndarray
) -> list[_Side]:
    """Both sides, with half a value at either end of the scale as two more clusters of each."""
    low, high = min(reference.min(), other.min()), max(reference.max(), other.max())
    ends = [low, high if high > low else np.nextafter(low, np.inf)]
    sides = []
    for values, ids in ((reference, reference_clusters), (other, other_clusters)):
        names, codes = np.unique(ids, return_inverse=True)
        weights = np.append(np.ones(len(values)), [_END, _END])
        sides.append(_Side(np.append(values, ends), weights, np.append(codes, [len(names), len(names) + 1])))
    return sides


def _sums(side: _Side, against: _Side) -> tuple[np.ndarray, np.ndarray]:
    """For each cluster of a side, the pairs that it wins against all values of the other, ties half, and its pairs."""
    order = np.argsort(against.values, kind="stable")
    ordered, heaped = against.values[order], np.append(0.0, np.cumsum(against.weights[order]))
    below = heaped[np.searchsorted(ordered, side.values, "left")]
    wins = 0.5 * side.weights * (below + heaped[np.searchsorted(ordered, side.values, "right")])
    return np.bincount(side.clusters, wins), np.bincount(side.clusters, side.weights * heaped[-1])


def _variance(sizes: np.ndarray, wins: np.ndarray, seed: int) -> float:
    """Variance of share_higher from resampling the clusters of one side, as of one cluster fewer (Bessel).

    Of more than two thousand clusters the limit that resampling tends to is reckoned outright: the variance of a
    ratio of sums, linearised (Cochran 1977, Sampling Techniques, chapter 6).
    """
    clusters = len(wins)
    if clusters > _KEPT:
        variance = float(((wins - wins.sum() / sizes.sum() * sizes) ** 2).sum()) / float(sizes.sum()) ** 2
    else:
        won, pairs = _drawn(np.column_stack([wins, sizes]), seed).T
        variance = float((won / pairs).var(ddof=1))
    return variance * clusters / (clusters - 1)


def _drawn(sums: np.ndarray, seed: int) -> np.ndarray:
    """Sums over resamples of whole clusters; a row a resample."""
    return _draws(len(sums), seed).astype(float) @ sums


@lru_cache(maxsize=8)
def _draws(clusters: int, seed: int) -> np.ndarray:
    """How often each cluster is drawn in each resample; the same for every metric."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(clusters, np.full(clusters, 1 / clusters), size=RESAMPLES).astype(np.uint8)


def _freedom(first: float, first_freedom: int, second: float, second_freedom: int) -> float:
    """Degrees of freedom of a sum of two variances (Welch and Satterthwaite)."""
    return float((first + second) ** 2 / (first**2 / first_freedom + second**2 / second_freedom))


def _wins(ordered: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How many values of `ordered` lie below each value of `other`, ties half."""
    below = np.searchsorted(ordered, other, "left")
    return 0.5 * (below + np.searchsorted(ordered, other, "right"))


# ---- rows of the table


def _check_options(cluster: str, min_difference: float) -> None:
    if cluster not in _CLUSTERS:
        raise ValueError(
            f"cluster={cluster!r} is not known; it may be 'text' (each comment), 'thread' (each with its replies) or "
            "'author' (all comments of one)."
        )
    if not 0 < min_difference < 0.5:
        raise ValueError(f"min_difference must lie between 0 and 0.5, not {min_difference}; 0.1 is usual.")


def _columns(pair: tuple[str, str]) -> list[str]:
    sides = [f"{group}_{what}" for what in ("median", "mean", "n", "texts", "clusters") for group in pair]
    return ["metric", "label", *sides, "left_out", "share_higher", "share_higher_low", "share_higher_high", "p"]


def _groups(measured: pd.DataFrame, by: str, pair: tuple[str, str]) -> list[pd.DataFrame]:
    if list(measured.columns).count(by) != 1:
        columns = list(map(str, measured.columns))
        raise ValueError(f"One column {by!r} is needed; the table has {columns}. Name one of them with by=.")
    groups = [measured[measured[by] == group] for group in pair]
    for group, rows in zip(pair, groups, strict=True):
        if rows.empty:
            found = sorted(map(str, measured[by].dropna().unique()))
            raise ValueError(f"Column {by!r} has no {group!r}; it has {found}. Name two of them with pair=(..., ...).")
    return groups


def _clusters(rows: pd.DataFrame, cluster: str) -> np.ndarray:
    """The cluster of each row: the blocks of articles; comments or threads of comments; rows where nothing is told."""
    import pandas as pd

    if "text_id" not in rows.columns:
        return np.arange(len(rows))
    names = rows["text_id"].astype(object)
    is_article = rows["kind"].eq("article").to_numpy(bool) if "kind" in rows.columns else np.zeros(len(rows), bool)
    if cluster == "thread" and "reply_to" in rows.columns:
        names = names.map(_roots(rows))
    if cluster == "author" and "author" in rows.columns:
        names = names.where(is_article | rows["author"].isna().to_numpy(), rows["author"].astype(object))
    codes = pd.factorize(names, use_na_sentinel=False)[0]
    if "block_id" in rows.columns:
        blocks = pd.factorize(rows["block_id"].where(is_article, 0).astype(object), use_na_sentinel=False)[0]
        codes = pd.factorize(codes * (int(blocks.max(initial=0)) + 1) + blocks)[0]
    return codes


def _roots(rows: pd.DataFrame) -> dict[object, object]:
    """The comment at the top of each comment's thread; where replies go in a circle, one of it stands for all."""
    parents = dict(zip(rows["text_id"], rows["reply_to"], strict=True))
    roots: dict[object, object] = {}
    for name in parents:
        path: dict[object, None] = {}
        at = name
        while at not in roots and at not in path:
            path[at] = None
            if parents[at] not in parents:
                break
            at = parents[at]
        roots.update(dict.fromkeys(path, roots.get(at, at)))
    return roots


class Side(NamedTuple):
    """Which units of one group belong together: a row's cluster and its text, as numbers; a text below 0 is unknown."""

    clusters: np.ndarray
    texts: np.ndarray


def row_of(metric: Metric, columns: list[np.ndarray], sides: list[Side], seed: int) -> list[object]:
    """One row of a comparison, from the metric's column on both sides; NaN are the units without a value."""
    known = [~np.isnan(column) for column in columns]
    values = [column[has] for column, has in zip(columns, known, strict=True)]
    drawn = [side.clusters[has] for side, has in zip(sides, known, strict=True)]
    texts = [len(np.unique(side.texts[has & (side.texts >= 0)])) for side, has in zip(sides, known, strict=True)]
    left_out = sum(map(len, columns)) - sum(map(len, values))
    middles = [float(middle(v)) if len(v) else float("nan") for middle in (np.median, np.mean) for v in values]
    interval = _NO_INTERVAL
    if all(map(len, values)):
        interval = cluster_interval(values[0], drawn[0], values[1], drawn[1], seed)
    counts = [*map(len, values), *texts, *(len(np.unique(ids)) for ids in drawn), left_out]
    return [metric.name, metric.label, *middles, *counts, share_higher(*values), *interval]


def table_of(
    metrics: Sequence[Metric], rows: list[list[object]], pair: tuple[str, str], cluster: str, min_difference: float
) -> pd.DataFrame:
    """The rows of all metrics as a table, with p adjusted for their number and the verdicts."""
    import pandas as pd

    table = pd.DataFrame(rows, columns=_columns(pair))
    table["p_holm"] = holm(table["p"].to_numpy(float))
    many = "comments" if cluster == "text" and pair[1] == "comment" else _CLUSTERS[cluster]
    records = table.to_dict("records")
    table["verdict"] = [_verdict(m, row, pair, many, min_difference) for m, row in zip(metrics, records, strict=True)]
    return table


def _texts(rows: pd.DataFrame) -> np.ndarray:
    import pandas as pd

    if "text_id" not in rows.columns:
        return np.arange(len(rows))
    return pd.factorize(rows["text_id"])[0]


# ---- words


def _verdict(metric: Metric, row: dict[Hashable, Any], pair: tuple[str, str], drawn: str, min_difference: float) -> str:
    """What the interval carries, in words."""
    first, second = pair
    low, high = row["share_higher_low"], row["share_higher_high"]
    if row["share_higher"] != row["share_higher"]:
        return "cannot tell: no value on one side"
    if row[f"{second}_clusters"] < FEWEST_CLUSTERS:
        return f"cannot tell from {_number(row[f'{second}_clusters'], drawn)}"
    if row[f"{first}_clusters"] < FEWEST_CLUSTERS:
        what = "blocks" if first == "article" else "comments" if first == "comment" else "texts"
        return f"cannot tell from {_number(row[f'{first}_clusters'], what)} on the side of the {first}"
    if row["p_holm"] < _LEVEL and not low <= NO_DIFFERENCE <= high:
        means = metric.higher_means
        who = f"{second}s" if second in ("article", "comment") else second
        return f"{who}: {means if low > NO_DIFFERENCE else opposite(means)}"
    if max(high - NO_DIFFERENCE, NO_DIFFERENCE - low) <= min_difference:
        return f"no difference larger than {min_difference:.2f}"
    return f"cannot tell: from {low:.2f} to {high:.2f}" + (
        "" if low <= NO_DIFFERENCE <= high else ", among many metrics"
    )


def _number(count: int, things: str) -> str:
    return f"{count} {things[:-1] if count == 1 else things}"


def opposite(higher_means: str) -> str:
    """What a lower value means, from what a higher one means.

    Examples
    --------
    >>> opposite("more questions")
    'fewer questions'
    """
    if higher_means in _OPPOSITES:
        return _OPPOSITES[higher_means]
    return "fewer" + higher_means.removeprefix("more") if higher_means.startswith("more ") else f"not {higher_means}"
