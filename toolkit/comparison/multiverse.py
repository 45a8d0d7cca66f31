"""Multiverse analysis: one comparison under every combination of reasonable analysis choices."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._tables import pair_in, select_groups, whole_texts
from ..metrics.measure import Metric, chosen
from .analysis_choices import CHOICES, HEADING, PROMO, SCORING, STATISTIC, Choice, Parts
from .comparison_table import Design, records_of, row_of
from .verdicts import is_decided
from .word_counts import Pair

_USUAL = {choice.name: choice.usual for choice in CHOICES}
_SHORT = 20  # words; metrics that need more have no value for most sentences


def robustness(
    texts: pd.DataFrame, metric: str | Metric = "sentiment", by: str = "kind", pair: Pair = ("article", "comment")
) -> pd.DataFrame:
    """Run a multiverse analysis: one comparison under every combination of reasonable choices.

    The choices, the toolkit's own first:

    - quotes (tone only): normalised; or as pasted: units are cut as usual, but each is scored as it was pasted, with
      the rules of vaderSentiment and nothing normalised, so that words with a curly quote, an ellipsis or a dash
      attached are not recognised.  A text in which normalising changed the number of letters (an entity, a ligature)
      keeps its normal form.
    - emoji (tone only): in, scored by the words of their names; or out.
    - domain_words (tone only): as rated; or neutral, as if the word list lacked `DOMAIN_WORDS`.
    - lexicon (tone only): VADER; or AFINN, whose ratings are added up without VADER's rules and put on VADER's scale,
      s / sqrt(s**2 + 15).
    - reported_speech: in; or out, without sentences that mostly report someone else.
    - headings: out; or in, each as a unit of its own.
    - solicitation: out; or in, only together with the headings, as when a whole page is pasted.
    - lists: joined to their lead-in; or split, every line a sentence.  Varied for sentences only, since the mean of
      passages hardly changes; and for passages where they are the only unit.
    - unit: sentences; or passages of 100 words (the only unit of a metric that needs more than a sentence).
    - statistic: mean or median, for the difference and its sign; share_higher is the same for both.

    A choice that changes nothing in these texts is left out, so that no combination is counted twice because of it.
    `weights` of `compare` is not among them, since it asks another question: about comments instead of sentences.

    Parameters
    ----------
    texts : DataFrame
        Whole texts with a column `text` (from `load_corpus`), not units.
    metric : str or Metric
        What to compare.
    by, pair : str, (str, str)
        Column that holds the groups, and two of them: the verdict is about the second.

    Returns
    -------
    DataFrame
        One row per combination, the first with the toolkit's own choices: metric, label, a column for each choice, then
        for both groups n (units with a value), clusters (comments, or blocks of an article), median and mean;
        difference (second minus first, in the metric's unit), share_higher with its interval share_higher_low and
        share_higher_high and p, and verdict, all as in `compare`; sign of the difference (`higher`, `lower`, `same`,
        or `none` where a group has no value).

    Raises
    ------
    TypeError, ValueError
        If `texts` is not a table of whole texts, or there is no such metric, column `by` or group.
    """
    (known,), table = chosen([metric]), whole_texts(texts)
    select_groups(table, by, pair)  # raises an error before the work begins
    parts = {lists: Parts(table, known, by, pair, lists) for lists in ("joined", "split")}
    choices = _choices_that_matter(parts, known)
    rows = []
    for combination in _combinations([choice for choice in choices if choice != STATISTIC], known):
        compared = _compared(parts[combination["lists"]], combination)
        for statistic in (STATISTIC.usual, STATISTIC.other):
            made = combination | {"statistic": statistic}
            shown = {"metric": known.name, "label": known.label} | {
                choice.name: made[choice.name] for choice in choices
            }
            rows.append(shown | compared | _difference(compared, pair, statistic))
    sides = [f"{group}_{what}" for what in ("n", "clusters", "median", "mean") for group in pair]
    return pd.DataFrame(rows)[["metric", "label", *(choice.name for choice in choices), *sides, *_LAST_COLUMNS]]


def robustness_sentence(table: pd.DataFrame) -> str:
    """Summarise a multiverse table in one sentence: the sign of the difference, and how many verdicts it supports.

    Raises
    ------
    TypeError, ValueError
        If `table` is not a table from `robustness`.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"article_median": 0.0, "comment_median": 0.1, "sign": ["lower", "lower", "higher"],
    ...                       "verdict": "cannot tell from 2 comments"})
    >>> robustness_sentence(table)
    'In 2 of 3 combinations the comments score lower, in 1 higher; none supports a verdict.'
    """
    _, second = pair_of(table)
    counts = table["sign"].value_counts().to_dict()
    signs = sorted((sign for sign in ("lower", "higher") if sign in counts), key=lambda sign: -counts[sign])
    said = [f"the {second}s score {signs[0]}"] if signs else [f"the {second}s score neither higher nor lower"]
    said += [f"in {counts[sign]:,} {sign}" for sign in signs[1:]]
    said += [f"in {counts['same']:,} the same"] if signs and counts.get("same") else []
    said += [f"in {counts['none']:,} there is no value"] if counts.get("none") else []
    if counts.get("none", 0) == len(table):
        return (
            f"In {len(table):,} of {len(table):,} combinations there is no value in one group; none supports a verdict."
        )
    leading = counts[signs[0]] if signs else counts.get("same", 0)
    carried, verdicts = [verdict for verdict in table["verdict"] if is_decided(verdict)], "none supports a verdict"
    if carried:
        many = {verdict: carried.count(verdict) for verdict in dict.fromkeys(carried)}
        which = [f'"{verdict}"' + (f" in {count:,}" if len(many) > 1 else "") for verdict, count in many.items()]
        verdicts = f"{len(carried):,} support{'s' * (len(carried) == 1)} a verdict: {', '.join(which)}"
    return f"In {leading:,} of {len(table):,} combinations {', '.join(said)}; {verdicts}."


def pair_of(table: pd.DataFrame) -> Pair:
    """Return the two groups that a table from `robustness` compares, by its columns."""
    return pair_in(table, "*_median", "robustness(texts) gives such a table.", also=["sign", "verdict"])


def _needs_passages(metric: Metric) -> bool:
    return metric.needs.words > _SHORT or metric.needs.sentences > 1


def _choices_that_matter(parts: dict[str, Parts], metric: Metric) -> list[Choice]:
    """Return the choices that make a difference for this metric in these texts."""
    joined, split = parts["joined"], parts["split"]
    changes = {
        "reported_speech": joined.is_reported.any(),
        "headings": HEADING in joined.role,
        "solicitation": PROMO in joined.role,
        "lists": joined.texts != split.texts,
        "unit": not _needs_passages(metric),
        "statistic": True,
    }
    base = joined.scores(_USUAL)
    for choice in SCORING if metric.name in _OF_SCORES else ():
        changes[choice.name] = not np.array_equal(base, joined.scores(_USUAL | {choice.name: choice.other}))
    changes["emoji"] = changes.get("emoji", False) and metric.name != "sentiment_without_emoji"
    return [choice for choice in CHOICES if changes.get(choice.name)]


def _combinations(choices: Sequence[Choice], metric: Metric) -> Iterator[dict[str, str]]:
    """Return all valid combinations; choices that do not vary keep their usual value."""
    usual = _USUAL | ({"unit": "passages"} if _needs_passages(metric) else {})
    names = [choice.name for choice in choices]
    for values in itertools.product(*((choice.usual, choice.other) for choice in choices)):
        combination = usual | dict(zip(names, values, strict=True))
        page = combination["solicitation"] == "out" or combination["headings"] == "in" or "headings" not in names
        if page and not ("unit" in names and combination["unit"] == "passages" and combination["lists"] == "split"):
            yield combination


_OF_SCORES = ("sentiment", "sentiment_without_emoji", "sentiment_spread", "positive_share", "negative_share")
"""The metrics of tone, which come from the scores of a unit's sentences."""


def _of_units(name: str, scores: np.ndarray, unit: np.ndarray, units: int) -> np.ndarray:
    """Compute a tone metric per unit from the scores of its parts."""
    unit, scores = unit[~np.isnan(scores)], scores[~np.isnan(scores)]
    many = np.bincount(unit, minlength=units)
    with np.errstate(invalid="ignore", divide="ignore"):
        if name == "sentiment_spread":
            mean = np.bincount(unit, scores, units) / many
            squares = np.bincount(unit, (scores - mean[unit]) ** 2, units)
            return np.where(many > 1, np.sqrt(squares / (many - 1)), np.nan)
        each = {"positive_share": (scores >= 0.05) * 1.0, "negative_share": (scores <= -0.05) * 1.0}.get(name, scores)
        return np.where(many > 0, np.bincount(unit, each, units) / many, np.nan)


def _compared(parts: Parts, combination: dict[str, str]) -> dict[str, Any]:
    metric, cut = parts.metric, parts.cut(combination)
    values = cut.values
    if metric.name in _OF_SCORES:  # NaN where the metric has no value for the unit as a whole
        scoring = combination | ({"emoji": "out"} if metric.name == "sentiment_without_emoji" else {})
        scores = _of_units(metric.name, parts.scores(scoring)[cut.parts], cut.unit, len(values))
        values = np.where(np.isnan(values), np.nan, scores)
    design = Design(parts.pair, "text", 0.1, "units", None, 0)
    row = row_of(metric, [values[rows] for rows in cut.groups], cut.sides, None, design)
    return records_of([metric], [row], cut.sides, design)[0]


def _difference(row: dict[str, Any], pair: Pair, statistic: str) -> dict[str, Any]:
    difference = float(row[f"{pair[1]}_{statistic}"] - row[f"{pair[0]}_{statistic}"])
    difference = round(difference, 12)  # floating-point residue is not a difference
    signs = {1.0: "higher", 0.0: "same", -1.0: "lower"}
    return {"difference": difference, "sign": signs.get(float(np.sign(difference)), "none")}


_LAST_COLUMNS = ("difference", "share_higher", "share_higher_low", "share_higher_high", "p", "verdict", "sign")
