"""Sentiment: VADER's word list and rules, sentence by sentence, because a whole text's score reflects its length.

A tone score is a prompt to read more closely. It does not see irony, stance or truth: "Stop the war" scores negative.

Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text.
ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550
"""

import numpy as np

from ..text.counts import Counts
from .formula import formula


@formula(words=1, english=True, structured=True)
def sentiment(r: Counts) -> np.ndarray:
    """Compute the mean of VADER's compound score over sentences: −1 to 1, higher is more positive.

    Initials, abbreviations and `No.` before a number have no tone. The mean over sentences agrees with human ratings
    better than a single score for a long text, but worse for a tweet: `vader` gives the single score.
    """
    return r.tone


@formula(words=1, sentences=2, english=True, structured=True)
def sentiment_spread(r: Counts) -> np.ndarray:
    """Compute the standard deviation of sentence scores: 0 to about 1, higher is more mixed; needs two sentences."""
    return r.tone_spread


@formula(words=1, english=True, structured=True)
def positive_share(r: Counts) -> np.ndarray:
    """Compute the share of sentences with a compound score of at least 0.05 (VADER's threshold): 0 to 1."""
    return r.positive_sentences / r.sentences


@formula(words=1, english=True, structured=True)
def negative_share(r: Counts) -> np.ndarray:
    """Compute the share of sentences with a compound score of at most −0.05 (VADER's threshold): 0 to 1."""
    return r.negative_sentences / r.sentences


@formula(words=1, english=True, structured=True)
def sentiment_without_emoji(r: Counts) -> np.ndarray:
    """Compute the mean sentence score without emoji, whose names VADER scores: −1 to 1, higher is more positive."""
    return r.tone_without_emoji
