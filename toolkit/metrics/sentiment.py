"""Sentiment: VADER's word list and rules, sentence by sentence, because over a whole text the score measures length.

A tone score is a prompt to read closer. It does not see irony, stance or truth: "Stop the war" scores negative.

Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text.
ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550
"""

from __future__ import annotations

import numpy as np

from ..text.counts import Counts
from .base import formula


@formula(words=1, english=True, structured=True)
def sentiment(r: Counts) -> np.ndarray:
    """Mean of VADER's compound score over sentences, -1 to 1, higher is more positive."""
    return r.tone


@formula(words=1, sentences=2, english=True, structured=True)
def sentiment_spread(r: Counts) -> np.ndarray:
    """Standard deviation of the compound score over sentences, 0 to about 1, higher is more mixed; needs two."""
    return r.tone_spread


@formula(words=1, english=True, structured=True)
def positive_share(r: Counts) -> np.ndarray:
    """Share of sentences with a compound score of 0.05 and above, 0 to 1 (the threshold is VADER's)."""
    return r.positive_sentences / r.sentences


@formula(words=1, english=True, structured=True)
def negative_share(r: Counts) -> np.ndarray:
    """Share of sentences with a compound score of -0.05 and below, 0 to 1 (the threshold is VADER's)."""
    return r.negative_sentences / r.sentences


@formula(words=1, english=True, structured=True)
def sentiment_without_emoji(r: Counts) -> np.ndarray:
    """The same mean without emoji, -1 to 1, higher is more positive: VADER scores the words of an emoji's name."""
    return r.tone_without_emoji
