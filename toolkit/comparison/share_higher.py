"""Probability of superiority with a cluster-bootstrap confidence interval."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

FEWEST_CLUSTERS = 8
"""Comments, or blocks of an article, below which there is no interval: with seven all on one side, chance alone
(2 / 2**7) is not yet rare once several metrics are tested, and resampling so few knows too little of their spread."""
RESAMPLES = 2_000
NO_DIFFERENCE = 0.5  # of share_higher: a unit of either group is as likely to score higher as one of the other
LEVEL = 0.05
_END = 0.5  # of a unit, added to each group at either end of the scale
_MOST_RESAMPLED = 200  # clusters; for more, the limit of resampling is computed outright
_LEAST_FREEDOM = 3.0


class Group(NamedTuple):
    """The units of one group that have a value; all but the weights are whole numbers from 0."""

    ranks: np.ndarray  # of the values on the scale of both groups: see `ranked`
    clusters: np.ndarray  # units of one cluster are resampled together
    weights: np.ndarray  # how much each unit counts
    strata: np.ndarray  # units are compared within a stratum only

    @classmethod
    def of(
        cls,
        ranks: np.ndarray,
        clusters: np.ndarray,
        weights: np.ndarray | None = None,
        strata: np.ndarray | None = None,
    ) -> Group:
        """Make a group; by default all units weigh the same and are in one stratum."""
        many = len(ranks)
        weights, strata = (
            np.ones(many) if weights is None else weights,
            np.zeros(many, int) if strata is None else strata,
        )
        return cls(ranks, clusters, weights, strata)

    def with_ends(self, highest: int, shares: np.ndarray, clusters: int) -> Group:
        """Add half a unit at either end of the scale, spread over the strata: two more clusters."""
        strata = np.arange(len(shares))
        return Group(
            np.concatenate([self.ranks, 0 * strata, 0 * strata + highest]),
            np.concatenate([self.clusters, 0 * strata + clusters, 0 * strata + clusters + 1]),
            np.concatenate([self.weights, _END * shares, _END * shares]),
            np.concatenate([self.strata, strata, strata]),
        )


class Interval(NamedTuple):
    """share_higher with its 95 % interval and the p-value of no difference; NaN with too few clusters."""

    share: float
    low: float = float("nan")
    high: float = float("nan")
    p: float = float("nan")


NO_INTERVAL = Interval(float("nan"))


def ranked(reference: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the distinct values of two groups in order, and for each group the ranks of its values among them."""
    scale = np.unique(np.concatenate([reference, other]))
    return scale, np.searchsorted(scale, reference), np.searchsorted(scale, other)


def share_higher(reference: np.ndarray, other: np.ndarray) -> float:
    """Compute the probability of superiority of `other` over `reference`, ties counted half; NaN if one is empty.

    Examples
    --------
    >>> share_higher(np.array([1.0, 2.0]), np.array([2.0, 3.0]))
    0.875
    """
    if not len(reference) or not len(other):
        return float("nan")
    ordered = np.sort(reference)
    wins = 0.5 * (np.searchsorted(ordered, other, "left") + np.searchsorted(ordered, other, "right"))
    return float(wins.sum() / (len(reference) * len(other)))


def cluster_interval(reference: Group, other: Group, seed: int = 0, *, together: bool = False) -> Interval:
    """Compute share_higher with an interval from resampling whole clusters, one group at a time.

    The variances of both groups make a t interval of the log odds of share_higher; p is that of the same t, so that
    p < .05 where the interval leaves out 0.5. Two corrections keep the interval honest for what is rare. Forty
    sentences without an emoji do not show that a forty-first has none, and no resampling of them would: each group
    gets half a unit more at either end of the scale, half of what Agresti and Caffo add. And where a few clusters
    hold most of the spread, the variance itself is uncertain: each group's degrees of freedom are those of its
    clusters' kurtosis (O'Neill), both together those of Welch and Satterthwaite.

    With strata, only units of the same stratum are compared, and strata are weighted as by van Elteren.
    The order of the units changes nothing.

    Parameters
    ----------
    reference, other : Group
        Both groups.
    seed : int
        Seed of the resampling.
    together : bool
        A cluster number names one cluster with units in both groups, such as an article with its comments: these are
        resampled together.

    References
    ----------
    Agresti, A. & Caffo, B. (2000). Simple and effective confidence intervals for proportions and differences of
    proportions result from adding two successes and two failures. The American Statistician 54(4), 280-288.
    doi:10.1080/00031305.2000.10474560 O'Neill, B. (2014). Some useful moment results in sampling problems. The
    American Statistician 68(4), 282-296. doi:10.1080/00031305.2014.966589 van Elteren, P. (1960). On the combination
    of independent two-sample tests of Wilcoxon. Bulletin of the International Statistical Institute 37, 351-361.
    """
    from scipy import special

    if not len(reference.ranks) or not len(other.ranks):
        return NO_INTERVAL
    size = np.bincount(np.concatenate([reference.strata, other.strata]))
    levels = max(2, 1 + int(max(reference.ranks.max(), other.ranks.max())))
    won, pairs = _sums(other, reference, len(size), levels)
    if not pairs.any():  # no stratum has units of both groups
        return NO_INTERVAL
    share = float(won.sum() / pairs.sum())
    blocks = _sums(reference, other, len(size), levels)[1]
    if min(np.count_nonzero(blocks), np.count_nonzero(pairs)) < FEWEST_CLUSTERS:
        return Interval(share)
    clusters = [max(len(blocks), len(pairs))] * 2 if together else [len(blocks), len(pairs)]
    shares = size / size.sum()
    first = reference.with_ends(levels - 1, shares, clusters[0])
    second = other.with_ends(levels - 1, shares, clusters[1] + 2 * together)
    (lost, left), (won, right) = _sums(first, second, len(size), levels), _sums(second, first, len(size), levels)
    middle = float(won.sum() / right.sum())
    beyond = [left - lost - middle * left, won - middle * right]
    if together:
        both = np.bincount(np.concatenate([np.arange(len(each)) for each in beyond]), np.concatenate(beyond))
        variances, freedoms = [_linear_variance(both, right.sum())], [_freedom(both, ends=4)]
    else:
        sums = ((left - lost, left), (won, right))
        kept = [pairs > 0 for _, pairs in sums]
        variances = [_variance(wins[has], pairs[has], seed) for (wins, pairs), has in zip(sums, kept, strict=True)]
        freedoms = [_freedom(each[has], ends=2) for each, has in zip(beyond, kept, strict=True)]
    variance = sum(variances)
    freedom = variance**2 / sum(each**2 / own for each, own in zip(variances, freedoms, strict=True))
    centre, error = special.logit(middle), np.sqrt(variance) / (middle * (1 - middle))
    reach = error * special.stdtrit(freedom, 1 - LEVEL / 2)
    low, high = float(special.expit(centre - reach)), float(special.expit(centre + reach))
    p = 2 * float(special.stdtr(freedom, -abs(centre) / error))
    return Interval(share, min(low, share), max(high, share), p)  # with the ends, all on one side may be beyond reach


def _sums(group: Group, against: Group, strata: int, levels: int) -> tuple[np.ndarray, np.ndarray]:
    """For each cluster of a group, the pairs that it wins against the other group, ties half, and all its pairs."""
    weights = np.bincount(against.strata * levels + against.ranks, against.weights, strata * levels)
    heaped = weights.reshape(strata, levels).cumsum(axis=1)
    above, whole = heaped - 0.5 * weights.reshape(strata, levels), heaped[:, -1]
    if strata > 1:
        sizes = np.maximum(whole + np.bincount(group.strata, group.weights, strata), _END / strata)  # never 0
        above, whole = above / sizes[:, None], whole / sizes
    won = group.weights * above.ravel()[group.strata * levels + group.ranks]
    return np.bincount(group.clusters, won), np.bincount(group.clusters, group.weights * whole[group.strata])


def _variance(wins: np.ndarray, pairs: np.ndarray, seed: int) -> float:
    """Variance of the share of wins from resampling clusters, as of one cluster fewer (Bessel)."""
    clusters = len(wins)
    if clusters > _MOST_RESAMPLED:
        return _linear_variance(wins - wins.sum() / pairs.sum() * pairs, pairs.sum())
    wins = pairs - wins if 2 * wins.sum() < pairs.sum() else wins  # the same draws whichever group is the reference,
    order = np.lexsort((wins, pairs))  # and for any order of the units
    won, drawn = (_draws(clusters, seed).astype(float) @ np.column_stack([wins, pairs])[order]).T
    return float((won / drawn).var(ddof=1)) * clusters / (clusters - 1)


def _linear_variance(beyond: np.ndarray, pairs: float) -> float:
    """Variance of a ratio of sums over clusters, linearised (Cochran 1977, Sampling Techniques, chapter 6)."""
    return float((beyond**2).sum()) / float(pairs) ** 2 * len(beyond) / (len(beyond) - 1)


def _freedom(beyond: np.ndarray, ends: int) -> float:
    """Degrees of freedom of a variance, by the kurtosis of what it is computed from; the ends of the scale add none."""
    many = len(beyond)
    squares = beyond * beyond
    kurtosis = many * float(squares @ squares) / float(squares.sum()) ** 2
    freedom = 2 * many / (kurtosis - (many - 3) / (many - 1))
    return min(many - ends - 1.0, max(_LEAST_FREEDOM, freedom))


@lru_cache(maxsize=_MOST_RESAMPLED)
def _draws(clusters: int, seed: int) -> np.ndarray:
    """Number of times each cluster is drawn in each resample; the same for every metric."""
    drawn = np.random.default_rng(seed).integers(0, clusters, (RESAMPLES, clusters)).astype(np.intp)
    counts = np.bincount((drawn + clusters * np.arange(RESAMPLES)[:, None]).ravel(), minlength=RESAMPLES * clusters)
    return counts.reshape(RESAMPLES, clusters).astype(np.uint8)
