"""Turn a formula over counts into a metric that can say why a text has no value."""

import functools
import inspect
from collections.abc import Callable
from typing import NamedTuple, Protocol, cast

import numpy as np

from ..text.counts import Counts
from ..text.language import OTHER, UNCLEAR, judge_language
from ..text.reading import Reading, read

_SHARED = """

Parameters
----------
text : str or Reading
    The text, or the result of `read`.

Returns
-------
float
    NaN where the text does not allow the computation; `why_missing` gives the reason.
"""
LONGEST_SENTENCES = 80  # words on average; prose is far below, so with more, full stops must be missing


class Needs(NamedTuple):
    """Requirements that a text must meet for a formula to apply."""

    words: int = 0
    sentences: int = 0
    english: bool = False
    structured: bool = False


class Formula(Protocol):
    """A metric: a function from a text to a float, with its requirements in `needs`."""

    __name__: str
    needs: Needs

    def __call__(self, text: str | Reading) -> float:
        """Compute the metric for a text; NaN if it has no value."""

    def values(self, counts: Counts) -> np.ndarray:
        """Compute a column of values for many readings."""


def formula(
    *, words: int = 0, sentences: int = 0, english: bool = False, structured: bool = False
) -> Callable[[Callable[[Counts], np.ndarray]], Formula]:
    """Turn a formula over counts into a metric ``str -> float``, NaN if the text does not meet its requirements."""
    needs = Needs(words, sentences, english, structured)

    def decorate(arithmetic: Callable[[Counts], np.ndarray]) -> Formula:
        def values(counts: Counts) -> np.ndarray:
            with np.errstate(all="ignore"):
                column = np.asarray(arithmetic(counts), float)
            return np.where(~lacking(counts, needs) & np.isfinite(column), column, np.nan)

        @functools.wraps(arithmetic)
        def metric(text: str | Reading) -> float:
            reading = text if isinstance(text, Reading) else read(text)
            return float(values(reading.counts)[reading.row])

        metric.__annotations__ = {"text": str, "return": float}
        metric.__signature__ = inspect.signature(metric, follow_wrapped=False)  # type: ignore[attr-defined]
        metric.__doc__ = (inspect.getdoc(arithmetic) or "") + _SHARED
        metric.values, metric.needs = values, needs  # type: ignore[attr-defined]
        return cast(Formula, metric)

    return decorate


def reasons(counts: Counts, needs: Needs) -> np.ndarray:
    """Return the reason why each text has no value for a formula with these needs; empty if it has one."""
    nothing = np.full(len(counts), "", object)
    for unmet, why in _conditions(counts, needs):
        new = unmet & (nothing == "")
        nothing[new] = why(new)
    return nothing


def lacking(counts: Counts, needs: Needs) -> np.ndarray:
    """Return a mask of texts that do not meet a metric's requirements (cached)."""
    if needs not in counts.known:
        counts.known[needs] = np.logical_or.reduce([unmet for unmet, _ in _conditions(counts, needs)])
    return counts.known[needs]


Why = Callable[[np.ndarray], "str | list[str]"]


def _conditions(counts: Counts, needs: Needs) -> list[tuple[np.ndarray, Why]]:
    """Return the unmet requirements, in reporting order."""
    words, sentences = counts.words, counts.sentences
    found: list[tuple[np.ndarray, Why]] = [(~counts.visible, lambda _: "empty text")]
    if needs.words or needs.sentences:
        found.append(((words == 0) & (counts.emoji > 0), lambda _: "emoji only"))
        found.append(((words == 0) & (counts.promo_words > 0), lambda _: "solicitation only"))
        found.append((words == 0, lambda _: "no words"))
    if needs.english:
        verdicts = judge_language(counts)
        found.append((verdicts == OTHER, lambda _: "not English"))
        found.append((verdicts == UNCLEAR, lambda _: "too few words to tell the language"))
    if needs.structured:
        found.append((words > LONGEST_SENTENCES * np.maximum(sentences, 1), lambda _: "no sentence structure"))
    found.append((words < needs.words, _too_few(words, needs.words, "words")))
    found.append((sentences < needs.sentences, _too_few(sentences, needs.sentences, "sentences")))
    return found


def _too_few(have: np.ndarray, need: int, what: str) -> Why:
    return lambda rows: [f"too short: {n:.0f} {what if n != 1 else what[:-1]}, needs {need}" for n in have[rows]]
