"""Permutation p-values of words: whole texts are permuted between two groups, never single words."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_array

from .holm import holm
from .share_higher import FEWEST_CLUSTERS, LEVEL
from .word_counts import Pair, Uses

_FOR_EACH_WORD = 40  # permutations, at most
_CHUNK = 2**17  # numbers computed at once, to fit into the processor's cache
_DENSE = 0.1  # share of non-zero cells from which dense products are faster
_SIDES = 2**16  # of a coin, which may be biased
_EXACT = 2**24  # up to here integers are exact as 32-bit floats


class Units(NamedTuple):
    """The units to permute: whole texts, or the blocks of a group's only text."""

    uses: csr_array[Any]  # words x units
    sizes: np.ndarray  # words of each unit
    second: np.ndarray  # whether a unit is in the second group
    in_blocks: tuple[bool, bool]

    @property
    def many(self) -> tuple[int, int]:
        """Number of units in each group."""
        return int((~self.second).sum()), int(self.second.sum())


def units_of(uses: Uses, shown: np.ndarray) -> Units:
    """Return the units, with their uses of some words."""
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
    """Return for each word why it has no p; an empty string if it can have one.

    This depends only on the units and not on the groups' texts, so Holm's adjustment may exclude such words.
    """
    found, both = np.diff(units.uses.indptr), sum(units.many)
    for many, group, in_blocks in zip(units.many, pair, units.in_blocks, strict=True):
        if many < FEWEST_CLUSTERS:
            several = "s" if many != 1 else ""
            noun = f"block{several} of the {group}" if in_blocks else f"{group}{several}"
            return np.full(len(found), f"{many} {noun}; {FEWEST_CLUSTERS} needed", object)
    # The chance that all units with a word fall into one group.
    chances = {
        n: min(math.comb(side, n) / math.comb(both, n) if n <= side else 0.0 for side in units.many)
        for n in set(found.tolist())
    }
    too_few = f"of {both:,} units: too few for p < {LEVEL}"
    return np.array([f"in {n} {too_few}" if chances[n] >= LEVEL else "" for n in found.tolist()], object)


Statistic = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def permutation_p_values(
    units: Units, tested: np.ndarray, real: np.ndarray, statistic: Statistic, permutations: int, seed: int
) -> np.ndarray:
    """Compute permutation p-values: the share of permutations, the observed one included, at least as far from 0.

    `statistic` takes the uses of some words in the second group, that group's total words and the numbers of these
    words, and returns one number per permutation and word, of the same size for either group. Holm's adjustment
    multiplies the smallest p by the number of words, so words that may remain significant get more permutations.
    """
    rng, further, p = np.random.default_rng(seed), np.zeros(len(tested)), np.ones(len(tested))
    exact = np.float32 if units.sizes.sum() < _EXACT else np.float64
    sizes, many, fewer = units.sizes.astype(exact), len(units.sizes), min(units.many)
    draw = _dealt if 3 * fewer <= many else _tossed  # the statistic is symmetric in the groups

    def draw_further(words: np.ndarray, draws: int) -> None:
        """Count the permutations in which the statistic of each word is at least as far from 0 as the observed one."""
        uses: Any = units.uses[tested[words]].T.tocsr().astype(exact)
        if uses.nnz > _DENSE * math.prod(uses.shape):
            uses = uses.toarray()
        batch = max(16, min(128, _CHUNK // len(words)))
        while draws > 0:
            second: Any = draw(many, fewer, min(batch, draws), rng).astype(exact)
            if isinstance(second, csr_array) and fewer > _DENSE * many:
                second = second.toarray()
            moved, own = second @ uses, (second @ sizes).astype(float)[:, None]
            moved = (moved.toarray() if isinstance(moved, csr_array) else moved).astype(float)
            beyond = np.abs(statistic(moved, own, tested[words])) >= np.abs(real[words]) - 1e-9
            further[words] += beyond.sum(axis=0)
            draws -= len(own)

    drawn, aim, goal = 0, permutations, max(permutations, _FOR_EACH_WORD * len(tested))
    open_ = np.arange(len(tested))
    while len(open_) and drawn < aim:
        draw_further(open_, aim - drawn)
        p[open_] = (further[open_] + 1) / (aim + 1)
        open_ = np.flatnonzero(holm((further + 1) / (goal + 1)) < LEVEL)  # those that may still be significant
        drawn, aim = aim, min(4 * aim, goal)
    return p


def _dealt(units: int, size: int, draws: int, rng: np.random.Generator) -> csr_array[Any]:
    """Draw random subsets, one per row: each shuffle gives several, with at least one subset's length left over."""
    hands = units // size - 1
    dealt = np.concatenate([rng.permutation(units)[: hands * size] for _ in range(-(-draws // hands))])
    ends = np.arange(0, draws * size + 1, size)
    return csr_array((np.ones(draws * size, np.float32), dealt[: draws * size], ends), shape=(draws, units))


def _tossed(units: int, size: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Draw random subsets, one per row: a coin is tossed for every unit, then coins are turned until the size is right.

    All subsets share one random order of units, each from its own starting point. Subsets that do not reach the right
    size are dropped.
    """
    chosen = rng.integers(0, _SIDES, (units, draws), np.uint16) < round(size / units * _SIDES)
    surplus = chosen.sum(axis=0, dtype=np.int32) - size
    enough = min(units, 20 + int(8 * math.sqrt(units)))  # coins that may be turned: five standard deviations
    at = rng.permutation(units)[(rng.integers(0, units, draws) + np.arange(enough)[:, None]) % units]
    columns = np.arange(draws)
    may_turn = chosen[at, columns] == (surplus > 0)
    turns = may_turn.cumsum(axis=0, dtype=np.int32)
    chosen[at, columns] ^= may_turn & (turns <= np.abs(surplus))
    return chosen.compress(turns[-1] >= np.abs(surplus), axis=1).T
