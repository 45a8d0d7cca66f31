"""correlate: rank correlations, with clustered intervals, between a metric of comments and likes or time."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._tables import checked_choices, checked_number, dates_in, decoded, numbers_in, require_columns
from ..metrics.measure import Metric, chosen
from .compare import compare
from .share_higher import FEWEST_CLUSTERS, LEVEL
from .verdicts import UNDECIDED, claim_of, opposite, shown_interval, wording_of

AGAINST = {"likes": "more liked comments", "posted": "later comments"}
"""The columns that a metric may be correlated with, and the comments with a higher value in them."""
_HALVES = ("lower", "upper")
_MOST_LEFT_OUT = 200  # most groups of clusters left out in turn


def correlate(
    measured: pd.DataFrame,
    against: Sequence[str] = tuple(AGAINST),
    *,
    metrics: Sequence[Metric | str] = ("sentiment",),
    min_correlation: float = 0.1,
) -> pd.DataFrame:
    """Compute rank correlations of a metric of comments with likes and with time; compare early and late comments.

    Comments are ranked within their thread, so that a thread with many likes does not dominate. Those of one
    person are not independent: the interval comes from leaving out people in turn, not comments.

    Parameters
    ----------
    measured : DataFrame
        A table from `measure` with `kind`, `text_id` and the columns of `against`; `author` and `thread_id` are used
        where there are any. Units of one comment count as their mean.
    against : sequence of {"likes", "posted"}
        What to correlate with.
    metrics : sequence of Metric or str
        The metrics, each with a column in `measured`.
    min_correlation : float
        The margin: a correlation up to this size is too small to matter; 0 to 1.

    Returns
    -------
    DataFrame
        One row per metric and column of `against`:

        - `metric`, `label`, `against`; `comments` with both values; `people` who wrote them (a comment without a known
          author counts as one person's).
        - `rho`: Spearman's rank correlation within threads, -1 to 1; above 0, more liked or later comments score higher
          on the metric. NaN if either has one value only. `rho_low`, `rho_high`: its 95% interval, rounded outward to
          two decimals; NaN with fewer than eight people or a correlation of -1 or 1.
        - `lower_mean`, `upper_mean`: mean of the metric in the less and the more liked half, or in the early and the
          late half, of each thread (comments at the median are in neither); `share_higher` with its interval: chance
          that a comment of the upper half scores higher than one of the lower, as in `compare` with
          ``cluster="author"``.
        - `verdict`: what the interval of `rho` supports, given the margin: "more liked comments: more negative", "no
          correlation larger than 0.10", "cannot tell: from −0.20 to 0.31", or why there is no number.

    Raises
    ------
    TypeError, ValueError
        If a column is missing, `against` names another column, or the margin is out of range.

    Notes
    -----
    The interval is a t interval on Fisher's z scale with the delete-a-group jackknife variance. It holds for each row
    alone: of twenty rows, one may exclude 0 by chance. Likes accumulate over time, so a comment posted early may have
    more of them whatever its tone.

    References
    ----------
    Kott, P.S. (2001). The delete-a-group jackknife. Journal of Official Statistics 17(4), 521-526. Spearman, C. (1904).
    The proof and measurement of association between two things. American Journal of Psychology 15(1), 72-101.
    doi:10.2307/1412159

    Examples
    --------
    >>> import pandas as pd
    >>> comments = pd.DataFrame({"kind": "comment", "text_id": list("abcd"), "likes": [1, 2, 3, 9],
    ...                          "sentiment": [0.1, 0.3, 0.2, 0.4]})
    >>> correlate(comments, ["likes"])[["comments", "rho", "verdict"]].values.tolist()
    [[4, 0.8, 'cannot tell from 4 people']]
    """
    asked, shown = checked_choices(against, "against", AGAINST), chosen(metrics)
    margin = checked_number(min_correlation, "min_correlation", 1, 0.1)
    needed = ("kind", "text_id", *asked, *(metric.name for metric in shown))
    require_columns(measured, needed, "correlate takes measured comments: measure(texts).")
    measured = decoded(measured)
    for metric in shown:
        numbers_in(measured, metric.name)  # raises an error if it is not a metric
    units = measured[measured["kind"].eq("comment")]
    rows = [_row(_comments(units, metric, name), metric, name, margin) for metric in shown for name in asked]
    return pd.DataFrame(rows)


def _comments(units: pd.DataFrame, metric: Metric, against: str) -> pd.DataFrame:
    """Return one row per comment with both values: x, the metric's column, person, thread, and half of the thread."""
    first = units.drop_duplicates("text_id").set_index("text_id")
    x = pd.Series(numbers_in(first, against), first.index) if against == "likes" else dates_in(first, against)
    if against == "posted":
        x = (x - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(seconds=1)
    person, thread = (first[name] if name in first.columns else None for name in ("author", "thread_id"))
    comments = pd.DataFrame({
        "x": x,
        metric.name: units.groupby("text_id")[metric.name].mean(),
        "person": first.index.to_series() if person is None else person.astype(object).fillna(first.index.to_series()),
        "thread": "" if thread is None else thread,
    })  # fmt: skip
    comments = comments.dropna(subset=["x", metric.name])
    ranks = _centred_ranks(comments["x"].to_numpy(), pd.factorize(comments["thread"], use_na_sentinel=False)[0])
    return comments.assign(half=np.select([ranks < 0, ranks > 0], _HALVES, ""))


def _row(comments: pd.DataFrame, metric: Metric, against: str, margin: float) -> dict[str, Any]:
    many, people = len(comments), comments["person"].nunique()
    rho, low, high = _interval(comments, metric.name)
    low, high = shown_interval(low, high, holds_no_difference=False)
    row: dict[str, Any] = {"metric": metric.name, "label": metric.label, "against": against, "comments": many}
    row |= {"people": people, "rho": rho, "rho_low": low, "rho_high": high}
    means = comments[comments["half"] != ""].groupby("half")[metric.name].mean().to_dict()
    row |= {f"{half}_mean": means.get(half, math.nan) for half in _HALVES}
    halves = comments.rename(columns={"person": "author", "thread": "thread_id"}).reset_index()
    shares = ["share_higher", "share_higher_low", "share_higher_high"]
    row |= dict.fromkeys(shares, math.nan)
    if len(means) == 2:
        compared = compare(halves, "half", _HALVES, metrics=[metric], cluster="author")
        row |= {name: compared[name].iloc[0] for name in shares}
    if low == low:
        claim = claim_of((1 + low) / 2, (1 + high) / 2, margin / 2)  # rescales -1 to 1 to shares, 0 to 1
        if claim not in ("higher", "lower"):
            return row | {"verdict": wording_of(claim, "correlation", margin, low, high)}
        so = metric.higher_means if claim == "higher" else opposite(metric.higher_means)
        return row | {"verdict": f"{AGAINST[against]}: {so}"}
    if not many:
        return row | {"verdict": f"{UNDECIDED}: no comment has both values ({against}, {metric.name})"}
    threads = comments.groupby("thread", dropna=False)
    same = [name for name, column in ((against, "x"), (metric.name,) * 2) if threads[column].nunique().max() < 2]
    why = f" from {people} {'person' if people == 1 else 'people'}"
    if people >= FEWEST_CLUSTERS:
        have = f": {' and '.join(same)} {'have' if len(same) > 1 else 'has'} only one value per thread"
        why = have if same else f": a correlation of {rho:.0f} has no interval"
    return row | {"verdict": UNDECIDED + why}


def mean_ranks(values: np.ndarray) -> np.ndarray:
    """Return the ranks of values, from 1; equal values get their mean rank."""
    _, at, counts = np.unique(values, return_inverse=True, return_counts=True)
    return (np.cumsum(counts) - (counts - 1) / 2)[at]


def _centred_ranks(values: np.ndarray, thread: np.ndarray) -> np.ndarray:
    """Return ranks within each thread as shares of its comments, centred on 0; ties get mean ranks."""
    sizes = np.bincount(thread)
    before = np.cumsum(sizes) - sizes
    ranks = mean_ranks(thread * len(values) + np.unique(values, return_inverse=True)[1]) - before[thread]
    return (ranks - (sizes[thread] + 1) / 2) / sizes[thread]


def _rho(x: np.ndarray, y: np.ndarray, thread: np.ndarray) -> float:
    x, y = _centred_ranks(x, thread), _centred_ranks(y, thread)
    spread = math.sqrt(float(x @ x) * float(y @ y))
    return float(x @ y) / spread if spread else math.nan


def _interval(comments: pd.DataFrame, metric: str) -> tuple[float, float, float]:
    """Return Spearman's rho with a jackknife interval that leaves out people, or groups of people if there are many."""
    from scipy.special import stdtrit

    columns = (
        comments["x"].to_numpy(),
        comments[metric].to_numpy(float),
        pd.factorize(comments["thread"], use_na_sentinel=False)[0],
    )
    rho = _rho(*columns)
    people = np.unique(comments["person"].astype(str), return_inverse=True)[1]
    groups = min(int(people.max(initial=-1)) + 1, _MOST_LEFT_OUT)
    if groups < FEWEST_CLUSTERS or not abs(rho) < 1:
        return rho, math.nan, math.nan
    # shuffled, so that no group has neighbours in the alphabet
    group = np.random.default_rng(0).permutation(int(people.max()) + 1)[people] % groups
    others = (group != each for each in range(groups))
    left = np.arctanh(np.clip([_rho(*(each[kept] for each in columns)) for kept in others], -1 + 1e-9, 1 - 1e-9))
    error = math.sqrt((groups - 1) / groups * float(((left - left.mean()) ** 2).sum()))
    reach = error * float(stdtrit(groups - 1, 1 - LEVEL / 2))
    return rho, math.tanh(math.atanh(rho) - reach), math.tanh(math.atanh(rho) + reach)
