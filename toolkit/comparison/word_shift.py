"""Which words make the difference between two groups of texts: word_shift for their tone, keyness for their use."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pandas as pd

from .cluster_bootstrap import LEVEL, holm
from .keyness import Given, interval, log_ratio, p_values, units_of, why_no_p
from .word_counts import VOICES, Pair, Uses, uses_of

__all__ = ["LEVEL", "PER", "VOICES", "Pair", "keyness", "keyness_and_rest", "word_shift"]

PER = 1000
"""Words and emoji to which rates refer."""


def word_shift(
    texts: pd.DataFrame, by: str = "kind", pair: Pair = ("article", "comment"), *, voices: Iterable[str] = VOICES
) -> pd.DataFrame:
    """Show how much each word and emoji adds to the difference in mean valence between two groups of texts.

    The mean valence of a group is the sum of its words' values by the number of its words, emoji and scored emoticons,
    over the running text: title, headings and solicitation are left out.  A value is what VADER's rules leave of a
    word's rating, each time it is used: a negated "good" counts as the negated word that it is.  So a word can make a
    difference in two ways: it is used more or less often, or it is scored differently.

    As in word shift graphs (Gallagher et al. 2021) with 0, VADER's neutral point, as the reference; but a value is a
    word's mean over its uses and not one fixed rating, so that "scored differently" shows the work of the rules, and
    words without a rating count in the rates.  The means are not those of `sentiment`, which sees sentences and the
    compound scale.  Texts in other languages pull a mean towards 0: leave them out first.

    Parameters
    ----------
    texts : DataFrame
        Whole texts with a column `text` and the column `by`.  A missing text has no words.
    by : str
        Column that holds the groups.
    pair : (str, str)
        The two groups; the difference is that of the second less the first.
    voices : iterable of str
        Voices to keep, as in `split_sentences`: ``("author",)`` leaves out sentences that mostly report somebody else.

    Returns
    -------
    DataFrame
        One row for each distinct word (in lower case) and emoji, largest contribution first; for the groups
        ``article`` and ``comment``:

        - `word`; `count_article`, `count_comment`: uses; they add up to the size of each group.
        - `per_1000_article`, `per_1000_comment`: uses per 1,000 words and emoji; NaN in a group without words.
        - `value_article`, `value_comment`: mean value after the rules, about -4 to 4, higher is more positive; 0.0
          for a word without a rating, NaN where the group does not use it.
        - `contribution`: value times rate in the second group less that in the first, as valence per word.  Above
          0: makes the second group more positive.  The column adds up to the difference of the two means.
        - `from_use`, `from_scoring`: its two parts.  Rate difference times the mean of both values; value difference
          times the mean of both rates.  A word of one group only is all use.
        - `share`: size of the contribution as a share of the sum of all sizes, 0 to 1; NaN if all are 0.

        Contributions are NaN if a group has no words.

    Raises
    ------
    TypeError, ValueError
        If `texts` is no table, or a text is neither a str nor missing; if there is no column `text` or `by`, a group
        is missing, the texts were split before, or a voice is unknown.

    References
    ----------
    Gallagher, R.J. et al. (2021). Generalized word shift graphs: a method for visualizing and explaining pairwise
    comparisons between texts. EPJ Data Science 10, 4. doi:10.1140/epjds/s13688-021-00260-3
    Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
    Text. ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550

    Examples
    --------
    >>> import pandas as pd
    >>> texts = pd.DataFrame({"kind": ["article", "comment"], "text": ["A good plan.", "Not a good plan."]})
    >>> word_shift(texts)[["word", "value_article", "value_comment", "contribution"]].round(3).values.tolist()[0]
    ['good', 1.9, -1.406, -0.985]
    """
    uses = uses_of(texts, by, pair, voices)
    counts, sums = ([count(side) for side in (0, 1)] for count in (uses.counts, _sums(uses)))
    with np.errstate(invalid="ignore"):
        rates = [count / count.sum() for count in counts]
        means = [total / count for total, count in zip(sums, counts, strict=True)]
        parts = [total / count.sum() for total, count in zip(sums, counts, strict=True)]
    table: dict[str, Any] = {"word": np.array(uses.words, object)}
    for name, columns in (("count", counts), ("per_1000", [PER * rate for rate in rates]), ("value", means)):
        table |= {f"{name}_{group}": column for group, column in zip(pair, columns, strict=True)}
    table |= _contributions(rates, means, parts)
    return _ordered(table, "contribution")


def _ordered(table: dict[str, Any], by: str) -> pd.DataFrame:
    """The table, largest values of a column first; words come in the order of the alphabet, and equals stay in it."""
    order = np.argsort(-np.abs(table[by]), kind="stable")
    made = pd.DataFrame(table).astype({name: str for name in ("word", "why_no_p") if name in table})
    return made.iloc[order].reset_index(drop=True)


def _contributions(rates: list[np.ndarray], means: list[np.ndarray], parts: list[np.ndarray]) -> dict[str, np.ndarray]:
    """What each word adds to the difference, and how."""
    contribution = parts[1] - parts[0] + 0.0  # never -0.0
    # A word that one group does not use is scored there as in the other one.
    first, second = (np.where(np.isnan(own), other, own) for own, other in (means, means[::-1]))
    sizes = np.abs(contribution)
    whole = math.fsum(sizes)
    return {
        "contribution": contribution,
        "from_use": (rates[1] - rates[0]) * (first + second) / 2 + 0.0,
        "from_scoring": (second - first) * (rates[0] + rates[1]) / 2 + 0.0,
        "share": sizes / whole if whole else np.full(len(sizes), np.nan),
    }


def _sums(uses: Uses) -> Callable[[int], np.ndarray]:
    """A function that gives the exact sum of the values of each word on one side."""
    values = uses.values()

    def sums(side: int) -> np.ndarray:
        found: dict[int, list[float]] = {}
        for place in np.flatnonzero((uses.side == side) & (values != 0)).tolist():
            found.setdefault(int(uses.word[place]), []).append(float(values[place]))
        return np.array([math.fsum(found.get(word, ())) for word in range(len(uses.words))])

    return sums


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
) -> pd.DataFrame:
    """Show which words and emoji set two groups of texts apart, by how often they are used.

    Words come in bunches: whoever uses a word uses it again.  So p comes from exchanging whole texts between the
    groups, never single words.  A group of a single text, such as one article, is cut into its blocks: then blocks
    of the article and whole comments are the units that change sides, and p speaks about this article alone.

    Words used fewer than `min_count` times in both groups together are left out; they count in the sizes of the
    groups.  Running text only: title, headings and solicitation are left out.

    Parameters
    ----------
    texts, by, pair, voices
        As in `word_shift`; scores above 0 mean more use in the second group.
    prior : float
        How many words the prior weighs as much as.  Its shares are those of both groups together; the larger, the
        less a rare word stands out.
    min_count : int
        Fewest uses in both groups together.
    permutations, seed : int
        Fewest exchanges, and their seed.  A word with a small p gets up to forty for each word tested, since Holm's
        adjustment multiplies by their number.

    Returns
    -------
    DataFrame
        One row for each word (in lower case) and emoji, largest absolute z first; for the groups ``article`` and
        ``comment``:

        - `word`; `count_article`, `count_comment`: uses; `texts_article`, `texts_comment`: texts that use it;
          `per_1000_article`, `per_1000_comment`: uses per 1,000 words and emoji.
        - `delta`: log-odds ratio with an informative Dirichlet prior, in natural logarithms, 0 for equal use; `z`:
          delta by its standard deviation (Monroe et al. 2008).  For order, not for significance.
        - `log_ratio`: binary logarithm of the ratio of the rates, 0 for equal use, 1 for twice, -1 for half; half
          a use stands for none.  `log_ratio_low`, `log_ratio_high`: its 95 % interval, from the spread between
          units, or from the counts where that gives a wider one.  NaN with fewer than eight units on a side.
        - `p`: share of exchanges with a z as far from 0, the real one included; `p_holm`: adjusted for the number
          of words that have a p.
        - `why_no_p`: empty, or the reason: fewer than eight units on a side, or found in so few units that p could
          not fall below 0.05 even with all of them on one side.

        If a group has no words all scores are NaN.

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
    return keyness_and_rest(texts, by, pair, prior, min_count, permutations, seed, voices)[0]


def keyness_and_rest(
    texts: pd.DataFrame,
    by: str,
    pair: Pair,
    prior: float = 500,
    min_count: int = 3,
    permutations: int = 999,
    seed: int = 0,
    voices: Iterable[str] = VOICES,
) -> tuple[pd.DataFrame, int]:
    """The table of `keyness`, and the number of distinct words that are too rare to be in it."""
    _check_options(prior, min_count, permutations)
    uses = uses_of(texts, by, pair, voices)
    counts = np.array([uses.counts(side) for side in (0, 1)])
    shown = np.flatnonzero(counts.sum(axis=0) >= min_count)
    counts, sizes = counts[:, shown], counts.sum(axis=1)
    table: dict[str, Any] = {"word": np.array(uses.words, object)[shown]}
    table |= {f"count_{group}": count for group, count in zip(pair, counts, strict=True)}
    table |= {f"texts_{group}": uses.texts(side)[shown] for side, group in enumerate(pair)}
    with np.errstate(invalid="ignore", divide="ignore"):
        table |= {f"per_1000_{group}": PER * n / size for group, n, size in zip(pair, counts, sizes, strict=True)}
    given = Given(counts, sizes, prior * counts.sum(axis=0) / max(1, sizes.sum()), prior)
    table |= _scores(uses, pair, shown, given, permutations, seed)
    return _ordered(table, "z"), len(uses.words) - len(shown)


def _check_options(prior: float, min_count: int, permutations: int) -> None:
    if not 0 < prior < math.inf:
        raise ValueError(f"prior must be above 0, not {prior}; 500 words are usual, more hold rare words down more.")
    if min_count < 1 or permutations < 1:
        given = f"{min_count} and {permutations}"
        raise ValueError(f"min_count and permutations must be at least 1, not {given}; 3 and 999 are usual.")


_SCORES = ("delta", "z", "log_ratio", "log_ratio_low", "log_ratio_high", "p", "p_holm", "why_no_p")


def _scores(
    uses: Uses, pair: Pair, shown: np.ndarray, given: Given, permutations: int, seed: int
) -> dict[str, np.ndarray]:
    """Everything that is more than a count."""
    p = np.full(len(shown), np.nan)
    if not given.sizes.all():
        group = pair[0] if not given.sizes[0] else pair[1]
        return dict.fromkeys(_SCORES, p) | {"why_no_p": np.full(len(shown), f"no words in {group}", object)}
    delta, z = given.log_odds()
    units = units_of(uses, shown)
    why = why_no_p(units, pair)
    if len(tested := np.flatnonzero(why == "")):
        p[tested] = p_values(units, tested, given, z, permutations, seed)
    columns = (delta, z, log_ratio(given.counts, given.sizes), *interval(units, given), p, holm(p), why)
    return dict(zip(_SCORES, columns, strict=True))
