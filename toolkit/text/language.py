"""Language identification: whether whole texts are English, by their words; unknown if there are too few."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .counts import Counts
from .document import Batch

ENGLISH, UNCLEAR, OTHER = 0, 1, 2
ENOUGH = 10  # words; fewer unknown ones may be names, slang or typing errors
LEAST_COMMON = 0.15  # share of very frequent English words: English prose has about half
LEAST_KNOWN = 0.65  # share of words known to be English; slang and telegraphese stay above, other languages below
LEAST_KNOWN_OF_FEW = 0.5
FEWEST_FOREIGN = 2  # function words of other languages
FEWEST_MIXED = 3  # the same, with those that are English words, too


def count_words(texts: Sequence[str]) -> Counts:
    """Count only what identifies the language: without sentences, which are slow."""
    batch = Batch(texts)
    batch.sentences = batch.stretches
    return Counts(batch)


def judge_language(counts: Counts) -> np.ndarray:
    """Classify the language of each text: ENGLISH, OTHER, or UNCLEAR if it has too few words.

    A text is another language's if half of its letters are not Latin, if function words of other languages outnumber
    the very frequent English ones, or if ten or more words hold few frequent and few known English words.  Words that
    both have (`no`, `la`, `de`) count as foreign beside one that English does not have.  With fewer than ten words it
    is unclear if most of them are unknown.  Rows that were cut from one text are judged together.
    """
    words, common, known, foreign = counts.judged_words, counts.common_words, counts.known_words, counts.foreign_words
    with np.errstate(invalid="ignore"):
        other_script = counts.latin_share < 0.5
        unlike_english = (common < LEAST_COMMON * words) & (known < LEAST_KNOWN * words)
        unknown = known < LEAST_KNOWN_OF_FEW * words
    mixed = foreign + counts.maybe_foreign_words
    outnumbered = (foreign > common) & (foreign >= FEWEST_FOREIGN)
    outnumbered |= (foreign > 0) & (mixed > common) & (mixed >= FEWEST_MIXED)
    other = other_script | outnumbered | (unlike_english & (words >= ENOUGH))
    unclear = (words < ENOUGH) & (unknown | ((foreign > common) & (common == 0)))
    return np.select([other, unclear], [OTHER, UNCLEAR], ENGLISH)
