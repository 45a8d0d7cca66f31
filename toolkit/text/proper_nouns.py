"""Which capitalized words are names: any inside a sentence; at its start, judged by other words."""

import string
from collections.abc import Sequence

import numpy as np


def are_names(*, first: np.ndarray, before_capital: np.ndarray, text: np.ndarray, word: np.ndarray) -> np.ndarray:
    """Detect which capitalized words are names of persons or places.

    Inside a sentence, every capitalized word counts as a name.  The first word of a sentence or quotation is a name if
    the text uses it as a name elsewhere, or if another capitalized word follows (`Vladimir Putin said`).

    Parameters
    ----------
    first, before_capital : ndarray of bool
        Per word: whether it owes its capital to the start of a sentence, and whether it can begin a longer name.
    text, word : ndarray of int
        Per word: the number of its text, and its own number, see `number_names`.
    """
    same = text.astype(np.int64) * (int(word.max(initial=0)) + 1) + word
    return ~first | before_capital | np.isin(same, same[~first])


def number_names(tokens: Sequence[str]) -> np.ndarray:
    """Number tokens so that a name and its possessive have the same number, whatever marks are around them."""
    names = [token.strip(string.punctuation).removesuffix("'s") for token in tokens]
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], np.intp)
