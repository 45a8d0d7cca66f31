"""Probability of superiority with a cluster-bootstrap confidence interval."""

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np

FEWEST_CLUSTERS = 8
"""Comments, or blocks of an article, below which there is no interval: with seven all on one side, chance alone
(2 / 2**7) is not yet rare once several metrics are tested, and so few clusters show too little of their spread."""
RESAMPLES = 2_000
NO_DIFFERENCE = 0.5  # share_higher if neither group tends to score higher
LEVEL = 0.05
_END = 0.5  # units added to each group at either end of the scale
_MOST_RESAMPLED = 200  # clusters; with more, the large-sample limit is used instead
_LEAST_FREEDOM = 3.0


class Group(NamedTuple):
    """The units of one group that have a value; all but the weights are whole numbers from 0."""

    ranks: np.ndarray  # of values among those of both groups: see `ranked`
    clusters: np.ndarray  # units of one cluster are resampled together
    weights: np.ndarray | None = None  # above 0; by default all units count the same
    strata: np.ndarray | None = None  # units are compared only within strata; by default there is one


class Interval(NamedTuple):
    """share_higher with its 95% interval and the p-value of no difference; NaN with too few clusters."""

    share: float
    low: float = float("nan")
    high: float = float("nan")
    p: float = float("nan")


NO_INTERVAL = Interval(float("nan"))


def ranked(reference: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the distinct values of two groups in order, and for each group the ranks of its values among them."""
    scale = np.unique(np.concatenate([reference, other]))
    return scale, np.searchsorted(scale, reference), np.searchsorted(scale, other)


def cluster_interval(reference: Group, other: Group, seed: int = 0, *, together: bool = False) -> Interval:
    """Compute share_higher with an interval from resampling whole clusters, one group at a time.

    The variances of both groups give a t interval for the log odds of share_higher; p comes from the same t, so p < .05
    exactly if the interval excludes 0.5. Two corrections keep the interval honest for rare features. Forty sentences
    without an emoji do not show that a forty-first has none, and no resampling of them would: so half a unit is added
    to each group at either end of the scale, half of what Agresti and Caffo add. And if a few clusters have most of the
    spread, the variance itself is uncertain: each group's degrees of freedom follow from the kurtosis of its clusters
    (O'Neill), and are combined as by Welch and Satterthwaite.

    With strata, only units of the same stratum are compared, and strata are weighted as by van Elteren. With
    `together`, a cluster number means the same cluster in both groups, such as an article with its comments, and these
    are resampled together. The order of the units does not matter.

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
    levels = max(2, 1 + int(max(reference.ranks.max(), other.ranks.max())))
    strata = 1 + max((int(each.strata.max()) for each in (reference, other) if each.strata is not None), default=0)
    groups, places = zip(*(_in_order(each, levels) for each in (reference, other)), strict=True)
    tables = [
        np.bincount(place, group.weights, strata * levels).reshape(strata, levels).astype(float)
        for place, group in zip(places, groups, strict=True)
    ]
    above, pairs = _against(tables[0], tables[1])
    whole = float((tables[1].sum(axis=1) * pairs).sum())
    if not whole:  # no stratum with units of both groups
        return NO_INTERVAL
    share = min(1.0, float((tables[1] * above).sum()) / whole)  # sums of weights may differ in the last digit
    if min(map(_clusters_compared, groups, tables[::-1])) < FEWEST_CLUSTERS:
        return Interval(share)
    units = np.bincount(np.concatenate(places), minlength=strata * levels).reshape(strata, levels).sum(axis=1)
    ends = _END * units / units.sum()  # half a unit at either end of the scale, spread over the strata
    for table in tables:
        table[:, 0] += ends
        table[:, -1] += ends
    many = 1 + int(max(group.clusters.max() for group in groups))
    (lost, left), (won, right) = (
        _sums(groups[at], places[at], *_against(tables[1 - at], tables[at]), ends, many) for at in (0, 1)
    )
    middle = float(won.sum() / right.sum())
    beyond = [left - lost - middle * left, won - middle * right]
    if together:
        both = np.concatenate([beyond[0][:-2] + beyond[1][:-2], beyond[0][-2:], beyond[1][-2:]])
        variances, freedoms = [_linear_variance(both, right.sum())], [_freedom(both, ends=4)]
    else:
        kept = left > 0, right > 0
        sums = zip((left - lost, won), (left, right), kept, strict=True)
        variances = [_variance(wins[has], pairs[has], seed) for wins, pairs, has in sums]
        freedoms = [_freedom(each[has], ends=2) for each, has in zip(beyond, kept, strict=True)]
    variance = sum(variances)
    freedom = variance**2 / sum(each**2 / own for each, own in zip(variances, freedoms, strict=True))
    centre, error = special.logit(middle), np.sqrt(variance) / (middle * (1 - middle))
    reach = error * special.stdtrit(freedom, 1 - LEVEL / 2)
    low, high = float(special.expit(centre - reach)), float(special.expit(centre + reach))
    p = 2 * float(special.stdtr(freedom, -abs(centre) / error))
    return Interval(share, min(low, share), max(high, share), p)  # the added ends may leave it outside


def _in_order(group: Group, levels: int) -> tuple[Group, np.ndarray]:
    """Return a group and its positions in a table of strata by ranks, sorted if the order would affect sums.

    Sums of whole and half pairs are exact. Others depend on the order in their last digit, which would change the order
    of clusters and so the resamples, if there are few enough clusters to resample.
    """
    places = group.ranks if group.strata is None else group.strata * levels + group.ranks
    if group.weights is not None:
        order = np.lexsort((group.weights, places))
    elif group.strata is not None and np.count_nonzero(np.bincount(group.clusters)) <= _MOST_RESAMPLED:
        order = np.argsort(places)
    else:
        return group, places
    weights, strata = (each if each is None else each[order] for each in (group.weights, group.strata))
    return Group(group.ranks[order], group.clusters[order], weights, strata), places[order]


def _against(table: np.ndarray, own: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Count, for a unit of each stratum and rank, the units of the other group below it, and all of these.

    Ties count as half. Both groups are tables of strata by ranks. With several strata, counts are shares of the
    stratum's units.
    """
    heaped = table.cumsum(axis=1)
    above, whole = heaped - 0.5 * table, heaped[:, -1]
    if len(table) > 1:
        sizes = np.maximum(whole + own.sum(axis=1), _END / len(table))  # never 0
        above, whole = above / sizes[:, None], whole / sizes
    return above, whole


def _clusters_compared(group: Group, against: np.ndarray) -> int:
    """Return the number of clusters with units in a stratum that the other group shares."""
    clusters = group.clusters
    if group.strata is not None:
        clusters = clusters[(against.sum(axis=1) > 0)[group.strata]]
    return int(np.count_nonzero(np.bincount(clusters)))


def _sums(
    group: Group, places: np.ndarray, above: np.ndarray, whole: np.ndarray, ends: np.ndarray, clusters: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return for each cluster, and for both ends of the scale, the pairs won (ties count half) and all pairs."""
    won, pairs = above.ravel()[places], whole[group.strata] if group.strata is not None else None
    if group.weights is not None:
        won, pairs = won * group.weights, group.weights * (whole[0] if pairs is None else pairs)
    of_pairs = np.bincount(group.clusters, pairs, clusters) * (whole[0] if pairs is None else 1.0)
    at_ends = [ends @ above[:, 0], ends @ above[:, -1]]
    return np.append(np.bincount(group.clusters, won, clusters), at_ends), np.append(of_pairs, [ends @ whole] * 2)


def _variance(wins: np.ndarray, pairs: np.ndarray, seed: int) -> float:
    """Return the variance of the share of wins over resampled clusters, with Bessel's correction."""
    clusters = len(wins)
    if clusters > _MOST_RESAMPLED:
        return _linear_variance(wins - wins.sum() / pairs.sum() * pairs, pairs.sum())
    if 2 * math.fsum(wins) < math.fsum(pairs):  # the same draws for either reference group
        wins = pairs - wins
    order = np.lexsort((wins, pairs))  # and any order of units
    won, drawn = (_draws(clusters, seed).astype(float) @ np.column_stack([wins, pairs])[order]).T
    return float((won / drawn).var(ddof=1)) * clusters / (clusters - 1)


def _linear_variance(beyond: np.ndarray, pairs: float) -> float:
    """Return the linearised variance of a ratio of cluster sums (Cochran 1977, Sampling Techniques, chapter 6)."""
    return float((beyond**2).sum()) / float(pairs) ** 2 * len(beyond) / (len(beyond) - 1)


def _freedom(beyond: np.ndarray, ends: int) -> float:
    """Return the degrees of freedom of a variance from the kurtosis of its terms; the added ends add none."""
    many = len(beyond)
    squares = beyond * beyond
    kurtosis = many * float(squares @ squares) / float(squares.sum()) ** 2
    freedom = 2 * many / (kurtosis - (many - 3) / (many - 1))
    return min(many - ends - 1.0, max(_LEAST_FREEDOM, freedom))


@lru_cache(maxsize=_MOST_RESAMPLED)
def _draws(clusters: int, seed: int) -> np.ndarray:
    """Return how often each cluster is drawn in each resample; the same for every metric."""
    drawn = np.random.default_rng(seed).integers(0, clusters, (RESAMPLES, clusters)).astype(np.intp)
    counts = np.bincount((drawn + clusters * np.arange(RESAMPLES)[:, None]).ravel(), minlength=RESAMPLES * clusters)
    return counts.reshape(RESAMPLES, clusters).astype(np.uint8)
