"""How far one side lies above the other, and how sure that is: whole comments and whole blocks are resampled."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

FEWEST_CLUSTERS = 8
"""Whole comments, or blocks of an article, below which no interval is given: with seven all on one side, chance
alone (2 / 2**7) is not yet rare once several metrics are looked at, and a resampling of so few knows too little."""
RESAMPLES = 2_000
NO_DIFFERENCE = 0.5  # of share_higher: a unit of one side is as likely to score higher as a unit of the other
LEVEL = 0.05
_END = 0.5  # of a value, added at either end of the scale
_KEPT = 2_000  # clusters up to which resamples are drawn, and kept for the next metric: 4 MB


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


class Interval(NamedTuple):
    """A 95 % interval of share_higher and the p of no difference; NaN where there are too few clusters."""

    low: float
    high: float
    p: float


NO_INTERVAL = Interval(float("nan"), float("nan"), float("nan"))


def cluster_interval(
    reference: np.ndarray,
    reference_clusters: np.ndarray,
    other: np.ndarray,
    other_clusters: np.ndarray,
    seed: int = 0,
    *,
    together: bool = False,
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
    together : bool
        One number means one cluster with values on both sides, such as an article with its comments: these are drawn
        together, and the degrees of freedom are their number less one.
    """
    from scipy import special, stats

    blocks, many = len(np.unique(reference_clusters)), len(np.unique(other_clusters))
    if min(many, blocks) < FEWEST_CLUSTERS:
        return NO_INTERVAL
    sides = _with_ends(reference, reference_clusters, other, other_clusters)
    (lost, left), (won, right) = _sums(sides[0], sides[1]), _sums(sides[1], sides[0])
    share = float(won.sum() / right.sum())
    if together:
        pairs = np.unique(np.concatenate([reference_clusters, other_clusters]), return_inverse=True)[1]
        parted = pairs[: len(reference)], pairs[len(reference) :]
        variance, freedom = _variance_together(sides, parted, share), float(pairs.max())
    else:
        first, second = _variance(right, won, seed), _variance(left, left - lost, seed)
        variance, freedom = first + second, _freedom(first, many - 1, second, blocks - 1)
    centre, error = special.logit(share), np.sqrt(variance) / (share * (1 - share))
    reach = error * stats.t.ppf(1 - LEVEL / 2, freedom)
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


def _variance_together(sides: list[_Side], clusters: tuple[np.ndarray, np.ndarray], share: float) -> float:
    """Variance of share_higher if clusters with values on both sides are drawn, linearised; the ends are four more."""
    last = int(max(ids.max() for ids in clusters)) + 1
    ends = ([last, last + 1], [last + 2, last + 3])
    whole = [side._replace(clusters=np.append(ids, end)) for side, ids, end in zip(sides, clusters, ends, strict=True)]
    (lost, left), (won, right) = _sums(whole[0], whole[1]), _sums(whole[1], whole[0])
    beyond = np.zeros(last + 4)
    beyond[: len(right)] += won - share * right
    beyond[: len(left)] += left - lost - share * left
    return float((beyond**2).sum()) / float(right.sum()) ** 2 * len(beyond) / (len(beyond) - 1)


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
