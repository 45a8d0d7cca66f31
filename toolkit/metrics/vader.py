"""VADER over many whole texts at once, as vaderSentiment reads them: the scores of `vader`, as columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..lexicons import vader_words
from ..lexicons.features import vocabulary
from ..lexicons.tokens import as_column, tokens_of, uncollected
from ..lexicons.vader_columns import Scores, Seen, emphasis_of


@uncollected()
def vader_many(texts: Sequence[str]) -> Scores:
    """Score many texts at once: for each what `vader` gives, to the last digit.

    Returns
    -------
    Scores
        Columns `neg`, `neu`, `pos` (shares, 0 to 1) and `compound` (-1 to 1, higher is more positive), one row
        per text.

    Raises
    ------
    TypeError
        When a text is not a string.

    References
    ----------
    Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
    Media Text. ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550

    Examples
    --------
    >>> vader_many(["The book was good.", "No."]).compound.tolist()
    [0.4404, 0.0]
    """
    texts = [vader_words.checked(text) for text in texts]
    known, tokens = vocabulary(), tokens_of(as_column(texts), _described)
    rows = known.rows(tokens.distinct).astype(np.intp)
    facts = [fact.take(rows) for fact in known.table_of_whole_texts]
    seen = Seen(*(fact.take(tokens.which) for fact in facts[: len(Seen._fields)]))
    marks = tokens.sums(facts[len(Seen._fields) :])
    return known.rules.scores(seen, tokens.bounds[:-1], emphasis_of(*marks))


def _described(token: str) -> list[str]:
    """The words of its names in the place of each emoji in a token."""
    return vader_words.describe_emoji(token).split()
