"""VADER's compound score of the sentences of many texts, with their emoji and without them."""

from collections.abc import Mapping

import numpy as np

from ..lexicons.tokens import Tokens
from ..lexicons.vader_rules import compounds, emphasis_of, rate
from ..lexicons.vocabulary import Scored, Vocabulary
from .characters import ranges


def tones_of(
    known: Vocabulary, rows: np.ndarray, tokens: Tokens, totals: Mapping[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Score parts of texts, with emoji and without them; NaN for a part without words.

    Parameters
    ----------
    known, rows, tokens
        The vocabulary, the row in it of each distinct token, and the tokens of the parts.
    totals
        Of each part: word, emoji, hit, exclamations, questions.
    """
    emphasis, worded = emphasis_of(totals["exclamations"], totals["questions"]), totals["word"] > 0
    rows, bounds = rows.take(tokens.which), tokens.bounds
    with_emoji = np.where(worded, _compounds(known.scored(rows, bounds[:-1]), emphasis), np.nan)
    without = with_emoji.copy()
    parts = np.flatnonzero((totals["emoji"] > 0) & (totals["hit"] > 0) & worded)
    if len(parts):
        first, last = bounds[parts], bounds[parts + 1]
        starts = np.append(0, np.cumsum(last - first))[:-1]
        stream = known.scored(rows[ranges(first, last)], starts, emoji=False)
        without[parts] = _compounds(stream, emphasis[parts])
    return with_emoji, without


def _compounds(stream: Scored, emphasis: np.ndarray) -> np.ndarray:
    return compounds(rate(stream.numbers, stream.starts), emphasis)
