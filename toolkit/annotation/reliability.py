"""agreement: intercoder reliability of hand coding."""

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .._tables import checked_seed, is_a
from ..comparison.share_higher import FEWEST_CLUSTERS, LEVEL
from .codings import SCHEMES, Level, Scheme, checked_codings

RESAMPLES = 1_000
FEWEST_OTHERS = 8  # besides the most frequent answer; with fewer, intervals covered the true alpha in only 75 to 92%
MOST_LOST = 0.05  # largest share of resamples without a value for which an interval is still given


class _Alpha(NamedTuple):
    alpha: float = math.nan
    low: float = math.nan
    high: float = math.nan
    units: int = 0
    by_two: int = 0
    why: str = ""


def agreement(codings: pd.DataFrame, *, schemes: Sequence[Scheme] = (), seed: int = 0) -> pd.DataFrame:
    """Compute Krippendorff's alpha, a measure of intercoder reliability: overall, per pair of coders and per answer.

    Alpha is 1 for perfect agreement, 0 for agreement at chance level, and negative below that.  Krippendorff advises
    against relying on anything below .667 and asks for .800.  In an ordinal scheme, such as `tone`, two answers differ
    more if more answers fall between them.  A row for a single answer compares it with all others and so shows
    which answers the coders understand in the same way.

    Parameters
    ----------
    codings : DataFrame
        One row per answer, with `unit_id`, `coder`, `question`, `answer` (missing: skipped), as from
        `read_codings`.
    schemes : sequence of Scheme
        Schemes of your own, which give the order and the level of their answers.  A question without a known
        scheme is treated as nominal.
    seed : int
        Seed of the resampling.

    Returns
    -------
    DataFrame
        One row for all coders, for each pair of coders, and for each answer of every question: `question`, `coders`
        ("all", or two names), `answer` ("any", or a single one), `level` of measurement, `alpha`, `low`
        and `high` (95% interval), `units` (coded by anyone), `by_two` (coded by two or more of these coders: the
        basis of alpha), `why` (the reason where alpha or its interval is NaN).

        The interval resamples whole units 1,000 times.  It is a t interval on the scale of log(1 - alpha), so it
        extends further down than up; it treats the coders as fixed and the units as independent.  It is NaN with
        fewer than eight units coded by two, or fewer than eight answers besides the most frequent one, which is too
        little to show how alpha varies; and if no two coders differ, since the data then cannot show how much lower
        alpha might be.

    Raises
    ------
    ValueError
        If a column is missing, or an answer is repeated, lacks its unit, coder or question, or is not in its scheme,
        or if the seed is not a whole number from 0.

    References
    ----------
    Krippendorff, K. (2019). Content Analysis: An Introduction to Its Methodology, 4th edition, chapter 12. Sage.
    doi:10.4135/9781071878781 Hayes, A.F. & Krippendorff, K. (2007). Answering the call for a standard reliability
    measure for coding data. Communication Methods and Measures 1(1), 77-89. doi:10.1080/19312450709336664

    Examples
    --------
    >>> import pandas as pd
    >>> rows = [(unit, coder, "tone", answer) for unit, answers in enumerate(["00", "11", "12"])
    ...         for coder, answer in zip("AB", answers)]
    >>> found = agreement(pd.DataFrame(rows, columns=["unit_id", "coder", "question", "answer"]))
    >>> found[["coders", "why"]].iloc[0].tolist()
    ['all', '3 units coded by two or more people; an interval needs 8']
    """
    seed = checked_seed(seed)
    several: Any = list(schemes) if is_a(schemes, Iterable) else [schemes]
    if wrong := [type(scheme).__name__ for scheme in several if not is_a(scheme, Scheme)]:
        raise TypeError(f"schemes must be a list of Scheme(...), not of {wrong[0]}. Leave it out for the usual ones.")
    given = checked_codings(codings).dropna(subset=["answer"]).astype({"unit_id": object})  # sorted by name
    given = given.assign(answer=given["answer"].astype(str))  # a hand-made table may hold numbers
    known = SCHEMES | {scheme.name: scheme for scheme in several}
    rows = [row for question, part in given.groupby("question", sort=False) for row in _rows(part, known, seed)]
    return pd.DataFrame(rows, columns=["question", "coders", "answer", "level", *_Alpha._fields])


def _rows(codings: pd.DataFrame, known: dict[str, Scheme], seed: int) -> Iterator[tuple[object, ...]]:
    question = str(codings["question"].iloc[0])
    level, answers = _scale(codings, known.get(question))
    table = codings.pivot(index="unit_id", columns="coder", values="answer")
    table = table.apply(lambda column: column.map({answer: at for at, answer in enumerate(answers)})).astype(float)
    given = table.to_numpy()
    domain = [float(answer) for answer in answers] if level == "interval" else list(range(len(answers)))
    yield question, "all", "any", level, *_alpha(_counts(given, len(answers)), domain, level, seed)
    if len(table.columns) > 2:
        for pair in itertools.combinations(range(len(table.columns)), 2):
            names = " and ".join(str(table.columns[at]) for at in pair)
            yield question, names, "any", level, *_alpha(_counts(given[:, pair], len(answers)), domain, level, seed)
    for at, answer in enumerate(answers):
        counts = _counts(given, len(answers))
        one_or_other = np.column_stack([counts[:, at], counts.sum(axis=1) - counts[:, at]])
        yield question, "all", answer, "nominal", *_alpha(one_or_other, [0, 1], "nominal", seed)


def _scale(codings: pd.DataFrame, scheme: Scheme | None) -> tuple[Level, list[str]]:
    """Return the level of measurement and the answers in order."""
    found = codings["answer"].unique().tolist()
    if scheme is None:
        return "nominal", sorted(found)
    strange = [answer for answer in found if answer not in scheme.answers]
    if strange:
        raise ValueError(
            f"{strange[:5]} are not answers of the scheme {scheme.name!r}, which has {list(scheme.answers)}. "
            f"Pass your own, schemes=[Scheme({scheme.name!r}, 'question?', {{answer: label}})], or rename the question."
        )
    return scheme.level, list(scheme.answers)


def _counts(given: np.ndarray, answers: int) -> np.ndarray:
    return np.stack([(given == at).sum(axis=1) for at in range(answers)], axis=1)


def _alpha(counts: np.ndarray, domain: Sequence[float], level: Level, seed: int) -> _Alpha:
    """Return alpha with its interval, or the reason for a missing one."""
    coded = int((counts.sum(axis=1) > 0).sum())
    shared = counts[counts.sum(axis=1) > 1]
    empty = _Alpha(units=coded, by_two=len(shared))
    if not len(shared):
        return empty._replace(why="no unit was coded by two of these coders")
    alpha = float(alphas(shared, np.array(domain), level, np.ones((1, len(shared))))[0])
    if math.isnan(alpha):
        return empty._replace(why="all answers are the same: there is nothing to agree or disagree about")
    if why := _why_no_interval(shared, alpha):
        return empty._replace(alpha=alpha, why=why)
    rng = np.random.default_rng(seed)
    draws = rng.integers(0, len(shared), (RESAMPLES, len(shared))).astype(np.intp)
    often = np.stack([np.bincount(draw, minlength=len(shared)) for draw in draws])
    values = alphas(shared, np.array(domain), level, often)
    if np.isnan(values).mean() > MOST_LOST:
        return empty._replace(alpha=alpha, why="too few different answers for an interval")
    reach = reach_of(values, len(shared)) / (1 - alpha)
    ends = (1 - (1 - alpha) * math.exp(reach), 1 - (1 - alpha) * math.exp(-reach))
    return _Alpha(alpha, *ends, coded, len(shared))


def _why_no_interval(shared: np.ndarray, alpha: float) -> str:
    """Return the reason why these units give no interval for alpha; empty if they do."""
    units, answers = len(shared), shared.sum(axis=0)
    others = int(answers.sum() - answers.max())
    if units < FEWEST_CLUSTERS:
        return f"{units} unit{'s' * (units != 1)} coded by two or more people; an interval needs {FEWEST_CLUSTERS}"
    if alpha == 1.0:
        return "no two answers differ, so the data cannot show how much lower alpha might be"
    if others < FEWEST_OTHERS:
        few = f"{others} answer{'s' * (others != 1)} besides the most frequent one"
        return f"{few}; an interval needs {FEWEST_OTHERS}"
    return ""


def alphas(counts: np.ndarray, domain: np.ndarray, level: Level, weights: np.ndarray) -> np.ndarray:
    """Compute Krippendorff's alpha under several weightings of the units at once; NaN where only one answer occurs.

    `counts` (units x answers) is how often each unit was given each answer, at least two per unit; `domain` the answers
    as numbers, in order, used only for an interval scale; `weights` (weightings x units) how often each unit counts.
    """
    pairs = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(counts.shape[1])
    pairs = pairs / (counts.sum(axis=1) - 1)[:, None, None]
    observed = np.tensordot(weights, pairs, 1)  # coincidence matrices
    totals = observed.sum(axis=2)
    scale = domain if level == "interval" else np.cumsum(totals, axis=1) - totals / 2  # ordinal: mean ranks
    distances = (scale[..., :, None] - scale[..., None, :]) ** 2 if level != "nominal" else 1 - np.eye(len(domain))
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = (totals[:, :, None] * totals[:, None, :] * distances).sum(axis=(1, 2))
        return 1 - (totals.sum(axis=1) - 1) * (observed * distances).sum(axis=(1, 2)) / expected


def reach_of(values: np.ndarray, clusters: int) -> float:
    """Return half the length of a 95% t interval from resampled values, with Bessel's correction."""
    from scipy import special

    error = np.nanstd(values, ddof=1) * math.sqrt(clusters / (clusters - 1))
    return float(error * special.stdtrit(clusters - 1, 1 - LEVEL / 2))
