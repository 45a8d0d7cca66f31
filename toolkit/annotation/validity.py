"""validity: agreement between a metric and human coders on the same sentences, and where they disagree most."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from .._tables import checked_choice, checked_seed, require_columns
from ..comparison.comparison_table import clusters_of
from ..comparison.correlate import mean_ranks
from ..comparison.share_higher import FEWEST_CLUSTERS
from .codings import checked_codings
from .reliability import MOST_LOST, RESAMPLES, reach_of

_LEANS = 0.5  # beyond this, the coders' mean answer is positive or negative
_POLAR = 0.05  # from here on, a compound score is positive or negative, as in positive_share
_SIGNS = ("negative", "neutral", "positive")


class Validity(NamedTuple):
    """Three plain tables: the correlation, the signs, the sentences."""

    summary: pd.DataFrame
    signs: pd.DataFrame
    sentences: pd.DataFrame


def validity(
    codings: pd.DataFrame, measured: pd.DataFrame, metric: str = "sentiment", *, question: str = "tone", seed: int = 0
) -> Validity:
    """Compute the criterion validity of a metric against human codings, and list the largest disagreements.

    Each unit's human value is the mean of its coders' answers; `agreement` measures how reliable they are.

    Parameters
    ----------
    codings : DataFrame
        As for `agreement`; the answers to `question` must be numbers.
    measured : DataFrame
        A table from `measure` over the same units, with `unit_id`, `text` and the metric.
    metric : str
        A column of `measured`.
    question : str
        The question that was coded.
    seed : int
        Seed of the resampling.

    Returns
    -------
    summary, signs, sentences : DataFrame
        - `summary`, one row: `metric`, `question`, `n` (units with both values), `texts` (the whole comments and
          article blocks that they come from), `left_out` (coded units without a value of the metric, or not in
          `measured`), `rho` (Spearman's rank correlation, -1 to 1; 1: the metric ranks the units as people do,
          0: the two rankings are unrelated), `low` and `high` (95% interval that resamples whole comments and blocks:
          sentences of one comment are not independent; on Fisher's z scale), `same_sign` (share of units with the same
          sign), `why` (the reason if a value is NaN).
        - `signs`: number of units per sign, coders against metric.  Coders: negative below -0.5, positive above 0.5,
          otherwise neutral.  Metric: negative at -0.05 and below, positive at 0.05 and above, VADER's thresholds.
          Signs and `same_sign` mean something only if 0 is the middle of both scales, as for `tone` and `sentiment`.
        - `sentences`: one row per unit, largest disagreement first: `unit_id`, `text`, `people`, the metric,
          `coders` (their number), `rank_gap` (share of units ranked lower by the metric, minus the share ranked lower
          by the coders; 1: the unit that coders rank lowest has the metric's highest value; 0: the same rank).

    Raises
    ------
    ValueError
        If a column or the question is missing, an answer is not a number, a unit occurs twice in `measured`, or the
        seed is not a whole number from 0.

    References
    ----------
    Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social Media
    Text. ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550 Grimmer, J. & Stewart, B.M. (2013). Text as Data. Political
    Analysis 21(3), 267-297. doi:10.1093/pan/mps028
    """
    seed, coded = checked_seed(seed), _human_values(codings, question)
    step = "measure(split_sentences(texts)) has unit_id, text and the metrics."
    require_columns(measured, ("unit_id", "text", metric), step)
    if (twice := measured["unit_id"].duplicated()).any():
        raise ValueError(f"The unit {measured['unit_id'][twice].iloc[0]!r} occurs twice in the measured table.")
    both = coded.merge(measured, on="unit_id", how="inner").dropna(subset=[metric]).reset_index(drop=True)
    people, lexicon = both["people"].to_numpy(float), both[metric].to_numpy(float)
    gap = (both[metric].rank() - both["people"].rank()) / max(len(both) - 1, 1)
    shown = both.assign(rank_gap=gap)[["unit_id", "text", "people", metric, "coders", "rank_gap"]]
    sentences = shown.sort_values("rank_gap", key=abs, ascending=False, kind="stable", ignore_index=True)
    sides = _signs(people, _LEANS), _signs(lexicon, np.nextafter(_POLAR, 0))
    clusters = clusters_of(both) if "text_id" in both.columns else np.arange(len(both))
    rho, low, high, why = _correlation(people, lexicon, clusters, seed)
    row = {"metric": metric, "question": question, "n": len(both), "texts": len(np.unique(clusters))}
    row |= {"left_out": len(coded) - len(both), "rho": rho, "low": low, "high": high}
    row |= {"same_sign": float((sides[0] == sides[1]).mean()) if len(both) else math.nan, "why": why}
    counts = {sign: [int(((sides[0] == own) & (sides[1] == sign)).sum()) for own in _SIGNS] for sign in _SIGNS}
    signs = pd.DataFrame({"people": _SIGNS} | {f"metric {sign}": counts[sign] for sign in _SIGNS})
    return Validity(pd.DataFrame([row]), signs, sentences)


def _human_values(codings: pd.DataFrame, question: str) -> pd.DataFrame:
    """Return the mean answer and the number of coders for each unit."""
    given = checked_codings(codings).dropna(subset=["answer"])
    answered = sorted(given["question"].unique())
    asked = given[given["question"] == checked_choice(question, "question", answered, "Only these have answers.")]
    try:
        values = pd.to_numeric(asked["answer"].astype(object)).astype(float)
    except ValueError as error:
        raise ValueError(f"The answers to {question!r} are not numbers, so they have no mean: {error}.") from error
    means = values.groupby(asked["unit_id"], sort=False).agg(people="mean", coders="size")
    return means.reset_index()


def _correlation(
    people: np.ndarray, lexicon: np.ndarray, clusters: np.ndarray, seed: int
) -> tuple[float, float, float, str]:
    """Return Spearman's rho with its interval, or the reason why there is none."""
    rho = _spearman(people, lexicon)
    if math.isnan(rho):
        few = "fewer than three units have both values"
        return rho, rho, rho, few if len(people) < 3 else "the metric or the coders give every unit the same value"
    _, at = np.unique(clusters, return_inverse=True)
    members = [np.flatnonzero(at == number) for number in range(at.max() + 1)]
    if len(members) < FEWEST_CLUSTERS:
        why = f"{len(members)} comments or blocks; an interval needs {FEWEST_CLUSTERS}"
        return rho, math.nan, math.nan, why
    if abs(rho) == 1.0:
        return rho, math.nan, math.nan, "both rankings are the same, so the data cannot show how far they might differ"
    rng = np.random.default_rng(seed)
    drawn = [
        np.concatenate([members[one] for one in draw])
        for draw in rng.integers(0, len(members), (RESAMPLES, len(members)))
    ]
    values = np.array([_spearman(people[rows], lexicon[rows]) for rows in drawn])
    if np.isnan(values).mean() > MOST_LOST:
        return rho, math.nan, math.nan, "too few different values for an interval"
    reach, centre = reach_of(values, len(members)) / (1 - rho**2), math.atanh(rho)
    return rho, math.tanh(centre - reach), math.tanh(centre + reach), ""


def _spearman(one: np.ndarray, other: np.ndarray) -> float:
    """Return Pearson's correlation of ranks, with mean ranks for ties; NaN if a variable has a single value."""
    if len(one) < 3 or not (np.ptp(one) and np.ptp(other)):
        return math.nan
    return float(np.clip(np.round(np.corrcoef(mean_ranks(one), mean_ranks(other))[0, 1], 12), -1, 1))


def _signs(values: np.ndarray, neutral: float) -> np.ndarray:
    return np.where(values > neutral, "positive", np.where(values < -neutral, "negative", "neutral"))
