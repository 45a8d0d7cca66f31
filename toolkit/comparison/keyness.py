"""keyness: words that two groups use at different rates; log-odds, and log ratio with its interval."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from .._tables import check_flags, checked_count, checked_number, checked_seed
from ..lexicons.function_words import FUNCTION_WORDS
from ..text.blocks import VOICES
from .holm import holm
from .permutation_p_values import Units, permutation_p_values, units_of, why_no_p
from .share_higher import FEWEST_CLUSTERS, LEVEL
from .word_counts import PER, Pair, in_order_of, uses_of

_HALF = 0.5  # uses, instead of zero in a ratio


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
    """Compute keyness: the words and emoji that two groups of texts use at different rates.

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
        Weight of the prior, in words. Its shares are those of both groups together; the larger the weight, the less a
        rare word stands out.
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
        - `log_ratio`: binary logarithm of the ratio of the rates, 0 for equal use, 1 for twice, -1 for half; a
          count of 0 is taken as one half.  `log_ratio_low`, `log_ratio_high`: its 95% interval, from the spread between
          units, or from the counts where that gives a wider one.  NaN with fewer than eight units in a group.
        - `p`: share of permutations, the observed one included, with a z at least as far from 0; `p_holm`: adjusted
          for the number of words that have a p.
        - `why_no_p`: empty, or the reason: fewer than eight units in a group, or found in so few units that p could
          not fall below 0.05 even with all of them in one group.

        If a group has no words all scores are NaN.  ``attrs["too_rare"]`` is the number of words used too few times.

    Raises
    ------
    TypeError, ValueError
        As in `word_shift`, or if an option is out of range.

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
    check_flags(function_words=function_words)
    prior = checked_number(prior, "prior", math.inf, 500)
    min_count = checked_count(min_count, "min_count", 1, 3)
    permutations = checked_count(permutations, "permutations", 1, 999)
    seed, uses = checked_seed(seed), uses_of(texts, by, pair, voices)
    counts = np.array([uses.counts(side) for side in (0, 1)])
    is_word = np.array([function_words or word not in FUNCTION_WORDS for word in uses.words], bool)
    shown = np.flatnonzero((counts.sum(axis=0) >= min_count) & is_word)
    counts, sizes = counts[:, shown], counts.sum(axis=1)
    table: dict[str, Any] = {"word": np.array(uses.words, object)[shown]}
    table |= {f"count_{group}": count for group, count in zip(pair, counts, strict=True)}
    table |= {f"texts_{group}": uses.texts(side)[shown] for side, group in enumerate(pair)}
    with np.errstate(invalid="ignore", divide="ignore"):
        table |= {f"per_1000_{group}": PER * n / size for group, n, size in zip(pair, counts, sizes, strict=True)}
    totals = counts.sum(axis=0)
    share = prior * totals / max(1, sizes.sum())
    table |= dict.fromkeys(
        ("delta", "z", "log_ratio", "log_ratio_low", "log_ratio_high", "p", "p_holm"), np.full(len(shown), np.nan)
    )
    if sizes.all():
        units = units_of(uses, shown)
        why, p = why_no_p(units, pair), np.full(len(shown), np.nan)
        delta, z = log_odds(counts, sizes, share, prior)
        tested = np.flatnonzero(why == "")

        def z_of(second: np.ndarray, words: np.ndarray, rows: np.ndarray) -> np.ndarray:
            sides = (totals[rows] - second, second), (sizes.sum() - words, words)
            return log_odds(*sides, share[rows], prior)[1]

        p[tested] = permutation_p_values(units, tested, z[tested], z_of, permutations, seed)
        low, high = interval(units, counts, sizes)
        table |= {"delta": delta, "z": z, "log_ratio": log_ratio(counts, sizes), "log_ratio_low": low}
        table |= {"log_ratio_high": high, "p": p, "p_holm": holm(p), "why_no_p": why}
    else:
        table |= {"why_no_p": np.full(len(shown), f"no words in {pair[0] if not sizes[0] else pair[1]}", object)}
    found = in_order_of(table, "z")
    found.attrs["too_rare"] = int(is_word.sum()) - len(shown)
    return found


# ---- statistics


def log_odds(counts: Any, sizes: Any, share: np.ndarray, prior: float) -> tuple[np.ndarray, np.ndarray]:
    """Compute Monroe, Colaresi and Quinn's log-odds ratio of the second group to the first, and its z.

    `counts` are the uses of each word in both groups, `sizes` their total words; `share` is the number of words of the
    prior per word, `prior` its total.
    """
    with np.errstate(invalid="ignore", divide="ignore"):  # if there is only one word, its odds are infinite
        odds = [(uses + share) / (size + prior - uses - share) for uses, size in zip(counts, sizes, strict=True)]
        delta = np.log(odds[1] / odds[0])
    return delta + 0.0, delta / np.sqrt(1 / (counts[0] + share) + 1 / (counts[1] + share)) + 0.0


def log_ratio(counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Compute Hardie's Log Ratio: how often the rate of the first group must double to reach that of the second."""
    rates = np.maximum(counts, _HALF) / sizes[:, None]
    return np.log2(rates[1] / rates[0]) + 0.0


def interval(units: Units, counts: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Compute the 95% interval of the log ratio; NaN with too few units in a group."""
    fewest, middle = min(units.many), log_ratio(counts, sizes)
    if fewest < FEWEST_CLUSTERS:
        return np.full(len(middle), np.nan), np.full(len(middle), np.nan)
    variance = sum(_variance(units, side, counts[side], sizes[side]) for side in (0, 1))
    half = special.stdtrit(fewest - 1, 1 - LEVEL / 2) * np.sqrt(variance) / math.log(2)
    return middle - half, middle + half


def _variance(units: Units, side: int, count: np.ndarray, size: int) -> np.ndarray:
    """Return the variance of the logarithm of a word's rate, the larger of two estimates.

    One comes from the counts, as if words were sampled one by one; the other from the spread between units (linearised
    ratio of two sums), which shows whether a word is one commenter's habit.
    """
    own = np.flatnonzero(units.second == side)
    uses, sizes = units.uses[:, own], units.sizes[own]
    rate = count / size
    squares = uses.multiply(uses).sum(axis=1) - 2 * rate * (uses @ sizes) + rate**2 * (sizes @ sizes)
    between = len(own) / (len(own) - 1) * squares / np.maximum(count, 1) ** 2
    drawn = 1 / np.maximum(count, _HALF) - 1 / size
    return np.maximum(np.where(count > 0, between, 0), drawn)
