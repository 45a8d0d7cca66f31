"""VADER's compound score of the sentences of many texts, with their emoji and without them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ..lexicons import vader_words
from ..lexicons.features import COLUMNS, Vocabulary
from ..lexicons.tokens import Tokens
from ..lexicons.vader_columns import Seen, emphasis_of
from .characters import ranges


def tones_of(
    known: Vocabulary, rows: np.ndarray, tokens: Tokens, totals: Mapping[str, np.ndarray], are_sentences: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Score parts of texts, with emoji and without them; NaN for a part without words.

    Parameters
    ----------
    known, rows, tokens
        The vocabulary, the row in it of each distinct token, and the tokens of the parts.
    totals
        Of each part: word, emoji, hit, exclamations, questions.
    are_sentences
        Whether each part is a sentence; in others emoji are not read.
    """
    plain = int(known.rows(["table"])[0])  # a word without tone
    signs = _number_signs(known, rows, tokens)
    facts = _tone_facts(known, rows)
    seen = Seen(*facts.take(tokens.which, axis=1))
    for fact, of_plain in zip(seen, _tone_facts(known, np.array([plain])).ravel(), strict=True):
        fact[signs] = of_plain
    emphasis = emphasis_of(totals["exclamations"], totals["questions"])
    compounds = known.rules.compounds(seen, tokens.bounds[:-1], emphasis)
    with_emoji = np.where(totals["word"] > 0, compounds, np.nan)
    without = with_emoji.copy()
    chosen = (totals["emoji"] > 0) & (totals["hit"] > 0) & (totals["word"] > 0) & are_sentences
    if len(parts := np.flatnonzero(chosen)):
        starts, ends = tokens.bounds[:-1][parts], tokens.bounds[1:][parts]
        places = ranges(starts, ends)
        distinct, which = np.unique(tokens.which[places], return_inverse=True)
        which[np.isin(places, signs)] = len(distinct)
        bounds = np.append(0, np.cumsum(ends - starts))
        read = _by_emoji(known, np.append(rows[distinct], plain), which, bounds, emphasis[parts])
        with_emoji[parts], without[parts] = read
    return with_emoji, without


def _tone_facts(known: Vocabulary, rows: np.ndarray) -> np.ndarray:
    return known.table[[COLUMNS.index(f"tone_{name}") for name in Seen._fields]][:, rows]


def _number_signs(known: Vocabulary, rows: np.ndarray, tokens: Tokens) -> np.ndarray:
    """Places among the tokens of `No.` before a number: it is short for "number" there and has no tone."""
    sign, number = (
        known.table[COLUMNS.index(name)].take(rows).take(tokens.which) for name in ("number_sign", "number")
    )
    signs = np.flatnonzero(sign[:-1] & number[1:])
    part, next_part = (np.searchsorted(tokens.bounds[:-1], places, "right") for places in (signs, signs + 1))
    return signs[part == next_part]


def _by_emoji(
    known: Vocabulary, rows: np.ndarray, which: np.ndarray, bounds: np.ndarray, emphasis: np.ndarray
) -> list[np.ndarray]:
    """Compound scores of parts with each emoji read as the words of its name, and with all emoji taken out."""
    tokens, facts = Tokens([""] * len(rows), which, bounds), _tone_facts(known, rows)
    names = {i: known.name_of(rows[i]) for i in np.flatnonzero(known.table[COLUMNS.index("emoji")][rows]).tolist()}
    scores = []
    nothing: list[str] = []
    for replacements in (names, dict.fromkeys(names, nothing)):
        read = tokens.replaced(replacements)
        of_names = known.rules.numbers([vader_words.cleaned(word) for words in replacements.values() for word in words])
        seen = Seen(*np.concatenate([facts, of_names], axis=1)[:, read.which])
        scores.append(known.rules.compounds(seen, read.bounds[:-1], emphasis))
    return scores
