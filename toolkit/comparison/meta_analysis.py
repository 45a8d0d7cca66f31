"""Many threads: compare_threads compares each article with its own comments, summarise_threads pools the results."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import special

from .._tables import checked_count, checked_seed, require_columns, rows_where
from ..metrics.measure import Metric, column_of
from .comparison_table import clusters_of, own_words
from .share_higher import FEWEST_CLUSTERS, LEVEL, Group, cluster_interval, ranked
from .verdicts import shown_interval


def compare_threads(measured: pd.DataFrame, metric: str | Metric = "sentiment", *, seed: int = 0) -> pd.DataFrame:
    """Compare each article with the comments under it, thread by thread, without what comments quote (see `compare`).

    Parameters
    ----------
    measured : DataFrame
        A table from `measure` with the columns thread_id, kind, text_id and the metric's; one thread or many.
    metric : str or Metric
        What to compare: the name of a column, or a `Metric` of your own.
    seed : int
        Seed of the resampling behind the interval.

    Returns
    -------
    DataFrame
        One row per thread, in order of first appearance: thread_id, metric, label, then for article and comment mean, n
        (units with a value) and clusters (blocks of the article, whole comments); share_higher (chance that a unit of
        the comments scores above one of the article, 0.5 is no difference) with its 95% interval
        share_higher_low and share_higher_high, NaN below eight comments or blocks; difference (mean of the comments
        minus mean of the article, in the metric's unit, above 0 where the comments score higher) and its
        standard_error, from the spread between whole comments and whole blocks of the article, since the units of
        one of them are not independent. NaN with fewer than two of either.

    Raises
    ------
    TypeError, ValueError
        If a column is missing, no thread has both an article and a comment, or the seed is not a whole number from 0.
    """
    seed = checked_seed(seed)
    name, known = column_of(metric)
    step = "Measure the units of texts that have these columns."
    require_columns(measured, ("thread_id", "kind", "text_id", name), step)
    label = known.label if known else name
    rows = [
        {"thread_id": thread, "metric": name, "label": label} | _row(sides, seed)
        for thread, sides in _threads(measured, name)
    ]
    if not rows:
        raise ValueError("No thread_id has both a text of kind 'article' and one of kind 'comment'.")
    return pd.DataFrame(rows)


def summarise_threads(per_thread: pd.DataFrame, *, fewest: int = FEWEST_CLUSTERS) -> pd.Series[Any]:
    """Summarise the differences of many threads, and how they differ among themselves (random effects).

    Threads are weighted by the standard error of their difference and the spread between them (DerSimonian and Laird);
    the interval of the mean is that of Hartung and Knapp, never narrower than what the standard errors alone would give
    (Roever, Knapp and Friede 2015). With ten threads or fewer, of very unequal size, both intervals contain the truth
    somewhat less often than 95 times in 100, and so does the prediction interval with up to about thirty.

    Parameters
    ----------
    per_thread : DataFrame
        From `compare_threads`.
    fewest : int
        Fewest comments, and blocks of the article, per thread: with fewer its standard error is too uncertain.

    Returns
    -------
    Series
        difference (mean over threads, comments minus article, in the metric's unit), low and high (95% interval), tau
        (standard deviation of the true differences between threads, 0 and above), prediction_low and prediction_high
        (range of the true difference of another such thread, 95%; NaN below three threads), threads (used),
        left_out, why_left_out (reasons in words); correlation of article mean and comment mean over all threads with
        both (-1 to 1, higher: comments follow their article; means of few comments are noisy and draw it
        towards 0: leave such rows out first where that matters), correlation_low and correlation_high (95%,
        Fisher's z; NaN below four threads) and correlation_threads. NaN where fewer than two threads are left.

    Raises
    ------
    ValueError
        If columns of `compare_threads` are missing, or `fewest` is below 2.

    References
    ----------
    DerSimonian, R. & Laird, N. (1986). Meta-analysis in clinical trials. Controlled Clinical Trials 7(3), 177-188.
    doi:10.1016/0197-2456(86)90046-2 Hartung, J. & Knapp, G. (2001). On tests of the overall treatment effect in
    meta-analysis with normally distributed responses. Statistics in Medicine 20(12), 1771-1782. doi:10.1002/sim.791
    Higgins, J.P.T., Thompson, S.G. & Spiegelhalter, D.J. (2009). A re-evaluation of random-effects meta-analysis.
    Journal of the Royal Statistical Society A 172(1), 137-159. doi:10.1111/j.1467-985X.2008.00552.x Roever, C.,
    Knapp, G. & Friede, T. (2015). Hartung-Knapp-Sidik-Jonkman approach and its modification for random-effects
    meta-analysis with few studies. BMC Medical Research Methodology 15, 99. doi:10.1186/s12874-015-0091-1
    """
    fewest = checked_count(fewest, "fewest", 2, FEWEST_CLUSTERS)
    sides = [f"{kind}_{what}" for what in ("mean", "clusters") for kind in ("article", "comment")]
    needed = ("thread_id", *sides, "difference", "standard_error")
    require_columns(per_thread, needed, "summarise_threads takes a table from compare_threads(measured).")
    why = _why_left_out(per_thread, fewest)
    used = per_thread[why == ""]
    effect = random_effects(used["difference"].to_numpy(float), used["standard_error"].to_numpy(float))
    counts = pd.Series(why[why != ""], dtype=object).value_counts()
    reasons = "; ".join(f"{count:,}: {reason}" for reason, count in counts.items())
    counted = {"threads": len(used), "left_out": int((why != "").sum()), "why_left_out": reasons}
    means = per_thread[["article_mean", "comment_mean"]].dropna().to_numpy(float)
    return pd.Series({**effect._asdict(), **counted, **correlation(means[:, 0], means[:, 1])._asdict()}, dtype=object)


_Side = tuple[np.ndarray, np.ndarray]
"""The units of one kind in one thread that have a value: their values, and their clusters as whole numbers from 0."""


def _threads(measured: pd.DataFrame, name: str) -> Iterator[tuple[object, list[_Side]]]:
    """Yield name, article and comments of each thread that has both, as slices of columns that are read once."""
    thread, names = pd.factorize(measured["thread_id"])
    order = np.argsort(thread, kind="stable")
    order = order[np.searchsorted(thread[order], 0) :]  # rows without a thread
    article, comment = (rows_where(measured, "kind", kind) for kind in ("article", "comment"))
    clusters, values = clusters_of(measured), own_words(measured)(name)
    known = ~np.isnan(values)
    starts = np.searchsorted(thread[order], np.arange(len(names) + 1))
    for each, start, end in zip(names, starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        rows = order[start:end]
        sides = rows[article[rows]], rows[comment[rows]]
        if all(map(len, sides)):
            with_value = [side[known[side]] for side in sides]
            yield each, [(values[rows], np.unique(clusters[rows], return_inverse=True)[1]) for rows in with_value]


def _row(sides: list[_Side], seed: int) -> dict[str, object]:
    (article, article_clusters), (comments, comment_clusters) = sides
    _, *ranks = ranked(article, comments)
    found = cluster_interval(Group(ranks[0], article_clusters), Group(ranks[1], comment_clusters), seed)
    low, high = shown_interval(found.low, found.high, holds_no_difference=found.p >= LEVEL)
    means = [float(values.mean()) if len(values) else math.nan for values, _ in sides]
    row: dict[str, object] = {"article_mean": means[0], "comment_mean": means[1]}
    row |= {"article_n": len(article), "comment_n": len(comments)}
    row |= {"article_clusters": len(np.unique(article_clusters)), "comment_clusters": len(np.unique(comment_clusters))}
    row |= {"share_higher": found.share, "share_higher_low": low, "share_higher_high": high}
    error = math.sqrt(sum(_variance_of_mean(*side) for side in sides))
    return row | {"difference": means[1] - means[0], "standard_error": error}


def _variance_of_mean(values: np.ndarray, clusters: np.ndarray) -> float:
    """Return the variance of the mean over units if whole clusters are sampled; NaN for fewer than two."""
    sums = np.bincount(clusters, weights=values - values.mean()) if len(values) else values
    many = len(sums)
    return float(many / (many - 1) * (sums**2).sum() / len(values) ** 2) if many > 1 else math.nan


def _why_left_out(per_thread: pd.DataFrame, fewest: int) -> np.ndarray:
    """Return why each thread is left out of the summary; an empty string if it is included."""
    why = np.full(len(per_thread), "", object)
    error = per_thread["standard_error"].to_numpy(float)
    conditions = (
        (per_thread["difference"].isna().to_numpy(), "no value in one group"),
        (per_thread["comment_clusters"].to_numpy() < fewest, f"fewer than {fewest} comments"),
        (per_thread["article_clusters"].to_numpy() < fewest, f"article of fewer than {fewest} blocks"),
        (~(error > 0), "no spread within the thread"),
    )
    for unmet, reason in conditions:
        why[unmet & (why == "")] = reason
    return why


class Effect(NamedTuple):
    """Random-effects summary of many differences: mean with interval, heterogeneity, prediction interval."""

    difference: float
    low: float
    high: float
    tau: float
    prediction_low: float
    prediction_high: float


def random_effects(differences: np.ndarray, errors: np.ndarray) -> Effect:
    """Compute the mean of differences with known standard errors, and Hartung and Knapp's interval; NaN below two.

    Examples
    --------
    >>> effect = random_effects(np.array([0.0, 2.0]), np.array([1.0, 1.0]))
    >>> float(effect.difference), effect.tau
    (1.0, 1.0)
    """
    many = len(differences)
    if many < 2:
        return Effect(*[float("nan")] * 6)
    weights = 1 / errors**2
    beyond = (weights * (differences - (weights * differences).sum() / weights.sum()) ** 2).sum() - (many - 1)
    # The standard deviation between the true differences: the spread in excess of chance (DerSimonian, Laird).
    tau = math.sqrt(max(0.0, float(beyond / (weights.sum() - (weights**2).sum() / weights.sum()))))
    weights = 1 / (errors**2 + tau**2)
    mean = float((weights * differences).sum() / weights.sum())
    spread = (weights * (differences - mean) ** 2).sum() / (many - 1)
    error = math.sqrt(max(1.0, spread) / weights.sum())  # chance agreement must not narrow the interval
    half = float(special.stdtrit(many - 1, 1 - LEVEL / 2)) * error
    further = float(special.stdtrit(many - 2, 1 - LEVEL / 2)) * math.hypot(tau, error) if many > 2 else float("nan")
    return Effect(mean, mean - half, mean + half, tau, mean - further, mean + further)


class Correlation(NamedTuple):
    """Pearson's correlation over threads with its 95% interval."""

    correlation: float
    correlation_low: float
    correlation_high: float
    correlation_threads: int


def correlation(first: np.ndarray, second: np.ndarray) -> Correlation:
    """Compute Pearson's r with Fisher's z interval; NaN below four pairs for the interval, below three for r."""
    many = len(first)
    if many < 3 or not first.std() or not second.std():
        return Correlation(float("nan"), float("nan"), float("nan"), many)
    r = min(1.0, max(-1.0, float(np.corrcoef(first, second)[0, 1])))
    if many < 4 or abs(r) == 1:
        return Correlation(r, float("nan"), float("nan"), many)
    half = float(special.ndtri(1 - LEVEL / 2)) / math.sqrt(many - 3)
    return Correlation(r, math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half), many)
