"""word_shift: how much each word contributes to the difference in mean valence between two groups of texts."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from ..text.blocks import VOICES
from ..text.counts import Counts
from ..text.language import OTHER, judge_language
from .word_counts import PER, Pair, Uses, in_order_of, uses_of


def word_shift(
    texts: pd.DataFrame, by: str = "kind", pair: Pair = ("article", "comment"), *, voices: Iterable[str] = VOICES
) -> pd.DataFrame:
    """Compute a word shift: each word's contribution to the difference in mean valence between two groups of texts.

    The mean valence of a group is the sum of its words' values divided by the number of its words, emoji and scored
    emoticons, over the running text: title, headings and solicitation are left out.  A value is what VADER's rules
    leave of a word's rating, each time it is used: a negated "good" counts as negated.  So a word can make a
    difference in two ways: it is used more or less often, or it is scored differently.

    This follows word shift graphs (Gallagher et al. 2021) with 0, VADER's neutral point, as the reference; but a value
    is a word's mean over its uses and not one fixed rating, so that "scored differently" shows the effect of the rules,
    and words without a rating count in the rates. The means are not those of `sentiment`, which sees sentences and the
    compound scale. Texts in other languages pull a mean towards 0: leave them out first.

    Parameters
    ----------
    texts : DataFrame
        Whole texts with a column `text` and the column `by`.  A missing text has no words.
    by : str
        Column that holds the groups.
    pair : (str, str)
        The two groups; the difference is the second minus the first.
    voices : iterable of str
        Voices to keep, as in `split_sentences`: ``("author",)`` leaves out sentences that mostly report someone else.

    Returns
    -------
    DataFrame
        One row for each distinct word (in lower case) and emoji, largest contribution first; for the groups
        ``article`` and ``comment``:

        - `word`; `count_article`, `count_comment`: uses; they add up to the size of each group.
        - `per_1000_article`, `per_1000_comment`: uses per 1,000 words and emoji; NaN in a group without words.
        - `value_article`, `value_comment`: mean value after the rules, about -4 to 4, higher is more positive; 0.0
          for a word without a rating, NaN where the group does not use it.
        - `contribution`: value times rate in the second group minus that in the first, as valence per word.  Above
          0: makes the second group more positive.  The column adds up to the difference of the two means.
        - `from_use`, `from_scoring`: its two parts.  Rate difference times the mean of both values; value difference
          times the mean of both rates.  For a word that only one group uses, all of it is `from_use`.
        - `share`: size of the contribution as a share of the sum of all sizes, 0 to 1; NaN if all are 0.

        Contributions are NaN if a group has no words.

    Raises
    ------
    TypeError, ValueError
        If `texts` is not a table, or a text is neither a str nor missing; if there is no column `text` or `by`, a group
        is missing or not in English, the texts were split before, or a voice is unknown.

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
    foreign = (judge_language(Counts(uses.batch)) == OTHER)[uses.text]
    for side, group in enumerate(pair):
        if (own := foreign[uses.side == side]).size and own.all():
            raise ValueError(
                f"No text of the group {group!r} is in English, and word_shift rates words by VADER's English list. "
                "keyness compares the words of any language."
            )
    counts, sums = [uses.counts(side) for side in (0, 1)], _sums(uses)
    with np.errstate(invalid="ignore"):
        rates = [count / count.sum() for count in counts]
        means = [total / count for total, count in zip(sums, counts, strict=True)]
        parts = [total / count.sum() for total, count in zip(sums, counts, strict=True)]
    table: dict[str, Any] = {"word": np.array(uses.words, object)}
    for name, columns in (("count", counts), ("per_1000", [PER * rate for rate in rates]), ("value", means)):
        table |= {f"{name}_{group}": column for group, column in zip(pair, columns, strict=True)}
    table |= _contributions(rates, means, parts)
    return in_order_of(table, "contribution")


def _contributions(rates: list[np.ndarray], means: list[np.ndarray], parts: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Return each word's contributions to the difference, by use and by scoring."""
    contribution = _without_noise(parts[1] - parts[0])
    # A word missing in one group takes its score from the other.
    first, second = (np.where(np.isnan(own), other, own) for own, other in (means, means[::-1]))
    sizes = np.abs(contribution)
    whole = math.fsum(sizes)
    return {
        "contribution": contribution,
        "from_use": _without_noise((rates[1] - rates[0]) * (first + second) / 2),
        "from_scoring": _without_noise((second - first) * (rates[0] + rates[1]) / 2),
        "share": sizes / whole if whole else np.full(len(sizes), np.nan),
    }


def _without_noise(values: np.ndarray) -> np.ndarray:
    """Return 0, never -0.0, for floating-point residue."""
    return np.where(np.abs(values) < 1e-12, 0.0, values)


def _sums(uses: Uses) -> list[np.ndarray]:
    """Return the exact sum of each word's values in both groups."""
    found: list[list[list[float]]] = [[[] for _ in uses.words] for _ in (0, 1)]
    values = uses.values()
    for place in np.flatnonzero(values).tolist():
        found[uses.side[place]][uses.word[place]].append(values[place])
    return [np.array([math.fsum(each) for each in group]) for group in found]
