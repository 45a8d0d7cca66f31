"""keyness: words that two groups use at different rates; log-odds, log ratio with interval, permutation p-values."""

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import special
from scipy.sparse import csr_array

from ..lexicons.function_words import FUNCTION_WORDS
from .holm import holm
from .share_higher import FEWEST_CLUSTERS, LEVEL
from .word_counts import PER, VOICES, Pair, Uses, in_order_of, uses_of

_FOR_EACH_WORD = 40  # permutations, at most
_HALF = 0.5  # uses, in place of zero in a ratio
_CHUNK = 2**17  # numbers computed at once, so that they fit in a cache
_DENSE = 0.1  # share of cells from which a product is faster with all cells
_SIDES = 2**16  # of a coin that may be biased
_EXACT = 2**24  # up to here all whole numbers are exact in 32 bits


def keyness(
    texts: pd.DataFrame,
    by: str = "kind",
    pair: Pair = ("article", "comment"),
    *,
    prior: float = 500,
    min_count: int = 3,
    permutations: int = 999,
    seed: int = 0,
    voices: Iterable[str] = VOICES,
    function_words: bool = True,
) -> pd.DataFrame:
    """Compute keyness: which words and emoji two groups of texts use at different rates.

    Words come in bursts: someone who uses a word uses it again.  So p comes from permuting whole texts between the
    groups, never single words.  A group of a single text, such as one article, is cut into its blocks: then blocks
    of the article and whole comments are the units that are permuted, and p is about this article alone.

    Words used fewer than `min_count` times in both groups together are left out; they count in the sizes of the
    groups.  Running text only: title, headings and solicitation are left out, and so are pseudonyms ("Reader 07").

    Parameters
    ----------
    texts, by, pair, voices
        As in `word_shift`; scores above 0 mean more use in the second group.
    prior : float
        Weight of the prior, in words.  Its shares are those of both groups together; the larger, the less a rare
        word stands out.
    min_count : int
        Fewest uses, in both groups together.
    permutations, seed : int
        Fewest permutations, and their seed.  A word that may still be significant after Holm's adjustment, which
        multiplies by the number of words, gets up to forty per word tested.
    function_words : bool
        False leaves out English articles, pronouns, prepositions and the like ("the", "you", "of"), which show how
        people write rather than what they write about; they still count in the sizes of the groups.

    Returns
    -------
    DataFrame
        One row for each word (in lower case) and emoji, largest absolute z first; for the groups ``article`` and
        ``comment``:

        - `word`; `count_article`, `count_comment`: uses; `texts_article`, `texts_comment`: texts that use it;
          `per_1000_article`, `per_1000_comment`: uses per 1,000 words and emoji.
        - `delta`: log-odds ratio with an informative Dirichlet prior, in natural logarithms, 0 for equal use; `z`:
          delta divided by its standard deviation (Monroe et al. 2008).  For ranking, not for significance.
        - `log_ratio`: binary logarithm of the ratio of the rates, 0 for equal use, 1 for twice, -1 for half; no
          use counts as half a use.  `log_ratio_low`, `log_ratio_high`: its 95% interval, from the spread between
          units, or from the counts where that gives a wider one.  NaN with fewer than eight units in a group.
        - `p`: share of permutations with a z as far from 0, the real one included; `p_holm`: adjusted for the number
          of words that have a p.
        - `why_no_p`: empty, or the reason: fewer than eight units in a group, or found in so few units that p could
          not fall below 0.05 even with all of them in one group.

        If a group has no words all scores are NaN.  ``attrs["too_rare"]`` is the number of words used too few times.

    Raises
    ------
    TypeError, ValueError
        As `word_shift`; if an option is out of range.

    References
    ----------
    Monroe, B.L., Colaresi, M.P. & Quinn, K.M. (2008). Fightin' Words: Lexical feature selection and evaluation for
    identifying the content of political conflict. Political Analysis 16(4), 372-403. doi:10.1093/pan/mpn018
    Hardie, A. (2014). Log Ratio: an informal introduction. ESRC Centre for Corpus Approaches to Social Science.
    Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics
    6(2), 65-70.

    Examples
    --------
    >>> import pandas as pd
    >>> texts = pd.DataFrame({"kind": ["article", "comment"], "text": ["Tea, tea or milk?", "Milk, milk or tea?"]})
    >>> keyness(texts)[["word", "count_article", "count_comment", "log_ratio"]].values.tolist()
    [['milk', 1, 2, 1.0], ['tea', 2, 1, -1.0]]
    """
    if not 0 < prior < math.inf:
        raise ValueError(f"prior must be above 0, not {prior}; 500 words is usual, and more ranks rare words lower.")
    if min_count < 1 or permutations < 1:
        asked = f"{min_count} and {permutations}"
        raise ValueError(f"min_count and permutations must be at least 1, not {asked}; 3 and 999 are usual.")
    uses = uses_of(texts, by, pair, voices)
    counts = np.array([uses.counts(side) for side in (0, 1)])
    is_word = np.array([function_words or word not in FUNCTION_WORDS for word in uses.words], bool)
    shown = np.flatnonzero((counts.sum(axis=0) >= min_count) & is_word)
    counts, sizes = counts[:, shown], counts.sum(axis=1)
    table: dict[str, Any] = {"word": np.array(uses.words, object)[shown]}
    table |= {f"count_{group}": count for group, count in zip(pair, counts, strict=True)}
    table |= {f"texts_{group}": uses.texts(side)[shown] for side, group in enumerate(pair)}
    with np.errstate(invalid="ignore", divide="ignore"):
        table |= {f"per_1000_{group}": PER * n / size for group, n, size in zip(pair, counts, sizes, strict=True)}
    given = Given(counts, sizes, prior * counts.sum(axis=0) / max(1, sizes.sum()), prior)
    table |= dict.fromkeys(
        ("delta", "z", "log_ratio", "log_ratio_low", "log_ratio_high", "p", "p_holm"), np.full(len(shown), np.nan)
    )
    if sizes.all():
        units = units_of(uses, shown)
        why, p = why_no_p(units, pair), np.full(len(shown), np.nan)
        delta, z = log_odds(counts, sizes, given.share, prior)
        if len(tested := np.flatnonzero(why == "")):
            p[tested] = p_values(units, tested, given, z, permutations, seed)
        low, high = interval(units, given)
        table |= {"delta": delta, "z": z, "log_ratio": log_ratio(counts, sizes), "log_ratio_low": low}
        table |= {"log_ratio_high": high, "p": p, "p_holm": holm(p), "why_no_p": why}
    else:
        table |= {"why_no_p": np.full(len(shown), f"no words in {pair[0] if not sizes[0] else pair[1]}", object)}
    found = in_order_of(table, "z")
    found.attrs["too_rare"] = int(is_word.sum()) - len(shown)
    return found


# ---- statistics


class Given(NamedTuple):
    """What is counted: uses of each word and all words of both groups; the words of the prior, each and all."""

    counts: np.ndarray
    sizes: np.ndarray
    share: np.ndarray
    prior: float


def log_odds(counts: Any, sizes: Any, share: np.ndarray, prior: float) -> tuple[np.ndarray, np.ndarray]:
    """Monroe, Colaresi and Quinn's log-odds ratio of the second group to the first, and its z.

    `counts` are the uses of each word in both groups, `sizes` all their words; `share` is how many words of the prior
    fall on each word, `prior` how many it has.
    """
    with np.errstate(invalid="ignore", divide="ignore"):  # a single word is all there is: its odds have no bounds
        odds = [(uses + share) / (size + prior - uses - share) for uses, size in zip(counts, sizes, strict=True)]
        delta = np.log(odds[1] / odds[0])
    return delta + 0.0, delta / np.sqrt(1 / (counts[0] + share) + 1 / (counts[1] + share)) + 0.0


def log_ratio(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Hardie's Log Ratio: how often the rate of the first group doubles to give that of the second."""
    rates = np.maximum(counts, _HALF) / sizes[:, None]
    return np.log2(rates[1] / rates[0]) + 0.0


class Units(NamedTuple):
    """The units that are permuted as a whole: texts, or the blocks of a group's only text."""

    uses: csr_array[Any]  # words x units
    sizes: np.ndarray  # words of each unit
    second: np.ndarray  # whether a unit is of the second group
    in_blocks: tuple[bool, bool]

    @property
    def many(self) -> tuple[int, int]:
        """Number of units in each group."""
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
    """For each word, why it has no p; an empty string if it can have one.

    It depends on the units alone and not on what the groups say, so that Holm's adjustment may leave such words out.
    """
    found, both = np.diff(units.uses.indptr), sum(units.many)
    for many, group, in_blocks in zip(units.many, pair, units.in_blocks, strict=True):
        if many < FEWEST_CLUSTERS:
            several = "s" if many != 1 else ""
            noun = f"block{several} of the {group}" if in_blocks else f"{group}{several}"
            return np.full(len(found), f"{many} {noun}; {FEWEST_CLUSTERS} needed", object)
    # The chance that all units that use a word fall in one group.
    chances = {
        n: min(math.comb(side, n) / math.comb(both, n) if n <= side else 0.0 for side in units.many)
        for n in set(found.tolist())
    }
    too_few = f"of {both:,} units: too few for p < {LEVEL}"
    return np.array([f"in {n} {too_few}" if chances[n] >= LEVEL else "" for n in found.tolist()], object)


def interval(units: Units, given: Given) -> tuple[np.ndarray, np.ndarray]:
    """95% interval of the log ratio; NaN with too few units in a group."""
    fewest, middle = min(units.many), log_ratio(given.counts, given.sizes)
    if fewest < FEWEST_CLUSTERS:
        return np.full(len(middle), np.nan), np.full(len(middle), np.nan)
    variance = sum(_variance(units, side, given.counts[side], given.sizes[side]) for side in (0, 1))
    half = special.stdtrit(fewest - 1, 1 - LEVEL / 2) * np.sqrt(variance) / math.log(2)
    return middle - half, middle + half


def _variance(units: Units, side: int, count: np.ndarray, size: int) -> np.ndarray:
    """Variance of the logarithm of a word's rate, the larger of two.

    From the counts, as if words were sampled one by one; and from the spread between units (linearised ratio of two
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
    """Share of permutations of whole units in which z is as far from 0 as the real one, which counts as one of them.

    Holm's adjustment multiplies the smallest p by the number of words, so words that it may leave significant get
    more permutations.
    """
    rng, further, p = np.random.default_rng(seed), np.zeros(len(tested)), np.ones(len(tested))
    drawn, aim, goal = 0, permutations, max(permutations, _FOR_EACH_WORD * len(tested))
    open_ = np.arange(len(tested))
    while len(open_) and drawn < aim:
        further[open_] += _further(units, tested[open_], given, z, aim - drawn, rng)
        p[open_] = (further[open_] + 1) / (aim + 1)
        open_ = np.flatnonzero(holm((further + 1) / (goal + 1)) < LEVEL)  # those that may still be significant
        drawn, aim = aim, min(4 * aim, goal)
    return p


def _further(
    units: Units, tested: np.ndarray, given: Given, z: np.ndarray, permutations: int, rng: np.random.Generator
) -> np.ndarray:
    """Count the permutations in which the z of each word is as far from 0 as the real one."""
    exact = np.float32 if given.sizes.sum() < _EXACT else np.float64
    uses: Any = units.uses[tested].T.tocsr().astype(exact)
    share, sizes = given.share[tested], units.sizes.astype(exact)
    if uses.nnz > _DENSE * math.prod(uses.shape):
        uses = uses.toarray()
    totals, bound = given.counts[:, tested].sum(axis=0), np.abs(z[tested]) - 1e-9
    many, fewer = len(sizes), min(units.many)  # |z| is the same whichever group is called the second
    draw, batch = _dealt if 3 * fewer <= many else _tossed, max(16, min(128, _CHUNK // len(tested)))
    further, drawn = np.zeros(len(tested)), 0
    while drawn < permutations:
        second: Any = draw(many, fewer, min(batch, permutations - drawn), rng).astype(exact)
        if isinstance(second, csr_array) and fewer > _DENSE * many:
            second = second.toarray()
        moved, words = second @ uses, (second @ sizes).astype(float)[:, None]
        moved = (moved.toarray() if isinstance(moved, csr_array) else moved).astype(float)
        sides = (totals - moved, moved), (given.sizes.sum() - words, words)
        far = np.abs(log_odds(*sides, share, given.prior)[1])
        further += (far >= bound).sum(axis=0)
        drawn += len(words)
    return further


def _dealt(units: int, size: int, draws: int, rng: np.random.Generator) -> csr_array[Any]:
    """Random subsets, one per row: each shuffle is dealt out to several, and leaves at least as many over."""
    hands = units // size - 1
    dealt = np.concatenate([rng.permutation(units)[: hands * size] for _ in range(-(-draws // hands))])
    ends = np.arange(0, draws * size + 1, size)
    return csr_array((np.ones(draws * size, np.float32), dealt[: draws * size], ends), shape=(draws, units))


def _tossed(units: int, size: int, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Random subsets, one per row: a coin is tossed for every unit, and coins are turned until the size is right.

    They are turned in one random order of the units, from another place for each subset. One that does not reach the
    right size is left out.
    """
    chosen = rng.integers(0, _SIDES, (units, draws), np.uint16) < round(size / units * _SIDES)
    surplus = chosen.sum(axis=0, dtype=np.int32) - size
    enough = min(units, 20 + int(8 * math.sqrt(units)))  # in which to turn coins: five standard deviations
    at = rng.permutation(units)[(rng.integers(0, units, draws) + np.arange(enough)[:, None]) % units]
    columns = np.arange(draws)
    may_turn = chosen[at, columns] == (surplus > 0)
    turns = may_turn.cumsum(axis=0, dtype=np.int32)
    chosen[at, columns] ^= may_turn & (turns <= np.abs(surplus))
    return chosen.compress(turns[-1] >= np.abs(surplus), axis=1).T
