"""How sure a difference in the use of a word is: log-odds, log ratio with its interval, p by exchanging whole units."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from scipy import stats
from scipy.sparse import csr_array

from .cluster_bootstrap import FEWEST_CLUSTERS, LEVEL
from .word_counts import Pair, Uses

_FEW_FURTHER, _FOR_EACH_WORD = 10, 40  # exchanges with a z as far out, and exchanges for each word tested
_HALF = 0.5  # uses that stand for none in a ratio
_CHUNK = 2_000_000  # numbers of one draw of permutations: bounds memory


class Given(NamedTuple):
    """What is counted: uses of each word and all words of both groups; the words of the prior, each and all."""

    counts: np.ndarray
    sizes: np.ndarray
    share: np.ndarray
    prior: float

    def log_odds(self) -> tuple[np.ndarray, np.ndarray]:
        """Log-odds ratio and z of every word."""
        first, second = self.counts
        return log_odds(first, second, self.sizes[0], self.sizes[1], self.share, self.prior)


def log_odds(
    first: np.ndarray, second: np.ndarray, first_size: Any, second_size: Any, share: np.ndarray, prior: float
) -> tuple[np.ndarray, np.ndarray]:
    """Monroe, Colaresi and Quinn's log-odds ratio of the second group to the first, and its z.

    `first` and `second` are uses of each word, the sizes all words of each group; `share` is how many words of the
    prior fall on each word, `prior` how many it has.
    """
    with np.errstate(invalid="ignore", divide="ignore"):  # a single word is all there is: its odds have no bounds
        odds = [
            np.log(uses + share) - np.log(size + prior - uses - share)
            for uses, size in ((first, first_size), (second, second_size))
        ]
        delta = odds[1] - odds[0]
    return delta + 0.0, delta / np.sqrt(1 / (first + share) + 1 / (second + share)) + 0.0


def log_ratio(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Hardie's Log Ratio: how often the rate of the first group doubles to give that of the second."""
    rates = np.maximum(counts, _HALF) / sizes[:, None]
    return np.log2(rates[1] / rates[0]) + 0.0


class Units(NamedTuple):
    """What changes sides as a whole: texts, or the blocks of a group's only text."""

    uses: csr_array[Any]  # a row a word, a column a unit
    sizes: np.ndarray  # words of each unit
    second: np.ndarray  # whether a unit is of the second group
    in_blocks: tuple[bool, bool]

    @property
    def many(self) -> tuple[int, int]:
        """Units on each side."""
        return int((~self.second).sum()), int(self.second.sum())


def units_of(uses: Uses, shown: np.ndarray) -> Units:
    """The units, with their uses of some of the words."""
    single = [len(np.unique(uses.text[uses.side == side])) == 1 for side in (0, 1)]
    block = np.where(np.array(single)[uses.side], uses.block, 0)
    _, firsts, unit = np.unique(uses.text * (int(uses.block.max()) + 1) + block, return_index=True, return_inverse=True)
    row = np.full(len(uses.words), -1)
    row[shown] = np.arange(len(shown))
    kept = row[uses.word] >= 0
    places = (row[uses.word[kept]], unit[kept])
    matrix = csr_array((np.ones(int(kept.sum())), places), shape=(len(shown), len(firsts)))
    return Units(matrix, np.bincount(unit).astype(float), uses.side[firsts] == 1, (single[0], single[1]))


def why_no_p(units: Units, pair: Pair) -> np.ndarray:
    """For each word why it can have no p; where nothing speaks against it an empty string.

    It depends on the units alone and not on what the groups say, so that Holm's adjustment may leave such words out.
    """
    found, both = np.diff(units.uses.indptr), sum(units.many)
    for many, group, in_blocks in zip(units.many, pair, units.in_blocks, strict=True):
        if many < FEWEST_CLUSTERS:
            several = "s" if many != 1 else ""
            noun = f"block{several} of the {group}" if in_blocks else f"{group}{several}"
            return np.full(len(found), f"{many} {noun}; {FEWEST_CLUSTERS} needed", object)
    # The chance that all units which use a word fall on one side.
    chances = {
        n: min(math.comb(side, n) / math.comb(both, n) if n <= side else 0.0 for side in units.many)
        for n in set(found.tolist())
    }
    told = f"of {both:,} units: too few for p < {LEVEL}"
    return np.array([f"in {n} {told}" if chances[n] >= LEVEL else "" for n in found.tolist()], object)


def interval(units: Units, given: Given) -> tuple[np.ndarray, np.ndarray]:
    """95 % interval of the log ratio; NaN with too few units on a side."""
    fewest, middle = min(units.many), log_ratio(given.counts, given.sizes)
    if fewest < FEWEST_CLUSTERS:
        return np.full(len(middle), np.nan), np.full(len(middle), np.nan)
    variance = sum(_variance(units, side, given.counts[side], given.sizes[side]) for side in (0, 1))
    half = stats.t.ppf(1 - LEVEL / 2, fewest - 1) * np.sqrt(variance) / math.log(2)
    return middle - half, middle + half


def _variance(units: Units, side: int, count: np.ndarray, size: int) -> np.ndarray:
    """Variance of the logarithm of a word's rate, the larger of two.

    From the counts, as if words were drawn one by one; and from the spread between units (linearised ratio of two
    sums), which sees that a word is one commenter's habit.
    """
    own = np.flatnonzero(units.second == side)
    uses, sizes = units.uses[:, own], units.sizes[own]
    rate = count / size
    squares = uses.multiply(uses).sum(axis=1) - 2 * rate * (uses @ sizes) + rate**2 * (sizes @ sizes)
    between = len(own) / (len(own) - 1) * squares / np.maximum(count, 1) ** 2
    drawn = 1 / np.maximum(count, _HALF) - 1 / size
    return np.maximum(np.where(count > 0, between, 0), drawn)


def p_values(units: Units, tested: np.ndarray, given: Given, z: np.ndarray, permutations: int, seed: int) -> np.ndarray:
    """Share of exchanges of whole units in which z lies as far from 0, the real one counted among them.

    Holm's adjustment multiplies the least p by the number of words: words that few exchanges reach get more of them.
    """
    rng, further, p = np.random.default_rng(seed), np.zeros(len(tested)), np.ones(len(tested))
    goal, drawn, aim, open_ = _FOR_EACH_WORD * len(tested), 0, permutations, np.arange(len(tested))
    while len(open_) and drawn < aim:
        further[open_] += _further(units, tested[open_], given, z, aim - drawn, rng)
        p[open_] = (further[open_] + 1) / (aim + 1)
        open_ = open_[further[open_] < _FEW_FURTHER]
        drawn, aim = aim, max(aim, min(4 * aim, goal))
    return p


def _further(
    units: Units, tested: np.ndarray, given: Given, z: np.ndarray, permutations: int, rng: np.random.Generator
) -> np.ndarray:
    """In how many exchanges the z of each word lies as far from 0 as the real one."""
    uses, share = units.uses[tested], given.share[tested, None]
    totals, bound = given.counts[:, tested].sum(axis=0)[:, None], np.abs(z[tested])[:, None] - 1e-9
    fewer = min(units.many)  # which side is called the second makes no difference to |z|
    further = np.zeros(len(tested))
    batch = max(1, _CHUNK // max(len(tested), len(units.sizes)))
    for start in range(0, permutations, batch):
        side = _drawn(len(units.sizes), fewer, min(batch, permutations - start), rng)
        moved, size = uses @ side, units.sizes @ side
        far = np.abs(log_odds(totals - moved, moved, given.sizes.sum() - size, size, share, given.prior)[1])
        further += (far >= bound).sum(axis=1)
    return further


def _drawn(units: int, chosen: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    """A column a draw: 1 for the units that were chosen, without replacement."""
    side = np.zeros((units, draws))
    for draw in range(draws):
        side[rng.choice(units, chosen, replace=False), draw] = 1
    return side
