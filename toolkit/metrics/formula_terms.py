"""The terms of a readability formula, found by evaluating it, so that each formula is written only once."""

import math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from ..text.counts import Counts

Arithmetic = Callable[[Any], Any]


def counts_used(arithmetic: Arithmetic, counts: Counts) -> dict[str, float]:
    """Return the counts that a formula uses, in the order in which it uses them."""
    used: dict[str, float] = {}

    class Asked:
        def __getattr__(self, name: str) -> np.ndarray:
            column: np.ndarray = getattr(counts, name)
            used[name] = float(column[0])
            return column

    with np.errstate(all="ignore"):
        arithmetic(Asked())
    return used


def feature_of(used: dict[str, float]) -> str:
    """Return what a formula counts besides words and sentences: syllables, difficult words, and so on."""
    return next(name for name in used if name != "words" and "sentences" not in name)


def terms_of(arithmetic: Arithmetic, used: dict[str, float]) -> list[tuple[str, float, str]]:
    """Return name, value and note of each term; the values add up to the score."""
    feature, sentences = feature_of(used), next(name for name in used if "sentences" in name)

    def tried(**changed: float) -> float:
        counts = {name: np.float64(count) for name, count in (used | changed).items()}
        with np.errstate(all="ignore"):
            return float(arithmetic(SimpleNamespace(**counts)))

    # Infinitely many sentences, or none, whichever removes the sentence term.
    gone = next(count for count in (math.inf, 0.0) if math.isfinite(tried(**{feature: 0, sentences: count})))
    constant, flat = tried(**{feature: 0, sentences: gone}), tried(**{feature: 0})

    def weight(times: float) -> float:
        return tried(**{feature: times * used[feature]}) - flat

    terms = []
    per = sentences
    if "words" in used:  # sentences have their own term
        per = "words"
        top, bottom = ("words", sentences) if gone else (sentences, "words")
        terms.append(_proportional(top, bottom, used, flat - constant))
    terms += _feature_terms(feature, per, used, weight)
    return [*terms, ("constant", constant, "")] if constant else terms


def _feature_terms(
    feature: str, per: str, used: dict[str, float], weight: Callable[[float], float]
) -> list[tuple[str, float, str]]:
    """Return the term of the feature, split in two if the formula adds a fixed amount above a limit."""
    once, twice, thrice = map(weight, (1, 2, 3))
    if _close(2 * weight(0.5), once):
        return [_proportional(feature, per, used, once)]
    name, _, ratio = _proportional(feature, per, used, math.nan)
    if not _close(thrice - twice, twice - once):
        return [(name, once, f"{ratio}; the term is not proportional to it")]
    step = 2 * once - twice
    above = f"added at once above the formula's limit of {name}"
    return [_proportional(feature, per, used, once - step), ("step", step, above)]


def _proportional(top: str, bottom: str, used: dict[str, float], value: float) -> tuple[str, float, str]:
    """Return a term that is a ratio of two counts times a factor; without a value, only the ratio."""
    name = f"{top.replace('_', ' ')} per {_SINGULAR[bottom]}"
    ratio = used[top] / used[bottom]
    factor = f" x {value / ratio:.6g}" if ratio and not math.isnan(value) else ""
    return name, value, f"{ratio:.6g}{factor}"


_SINGULAR = {"words": "word", "sentences": "sentence", "linsear_sentences": "sentence"}


def _close(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
