"""The rows of a comparison: the numbers of one metric on both sides, and what they carry, in words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ..metrics.measure import Metric
from .cluster_bootstrap import FEWEST_CLUSTERS, LEVEL, NO_DIFFERENCE, NO_INTERVAL, cluster_interval, holm, share_higher

if TYPE_CHECKING:
    import pandas as pd

CLUSTERS: Final = {"text": "texts", "thread": "threads", "author": "authors"}
"""What may be drawn as a whole on the side of the comments, and what the verdict calls these."""
_ARTICLES = "articles"  # each with its comments, where there are several
_OPPOSITES = {
    "more positive": "more negative",
    "harder to read": "easier to read",
    "easier to read": "harder to read",
    "longer": "shorter",
    "longer sentences": "shorter sentences",
    "more mixed": "less mixed",
    "more varied words": "less varied words",
    "more quoting": "less quoting",
    "more reported speech": "less reported speech",
    "more asking for money": "less asking for money",
}


class Side(NamedTuple):
    """Which units of one group belong together: a row's cluster and its text, as numbers; a text below 0 is unknown."""

    clusters: np.ndarray
    texts: np.ndarray
    together: bool = False  # one number is one cluster on both sides: an article with its comments


def in_threads(sides: list[Side], threads: list[np.ndarray]) -> list[Side]:
    """Sides whose clusters are whole threads, if the groups share two threads or more; otherwise as they are.

    The comments of one article hang together, and with the article, so that many threads in one table are as many
    things that were drawn, not as many as there are comments.
    """
    import pandas as pd

    codes = pd.factorize(np.concatenate(threads), use_na_sentinel=False)[0]
    first, second = codes[: len(threads[0])], codes[len(threads[0]) :]
    if len(np.intersect1d(first, second)) < 2:
        return sides
    return [Side(ids, side.texts, True) for ids, side in zip((first, second), sides, strict=True)]


def drawn_of(sides: list[Side], pair: tuple[str, str], cluster: str) -> str:
    """What is drawn as a whole, in the words of a verdict."""
    if sides[0].together:
        return _ARTICLES
    return "comments" if cluster == "text" and pair[1] == "comment" else CLUSTERS[cluster]


def row_of(metric: Metric, columns: list[np.ndarray], sides: list[Side], seed: int) -> list[object]:
    """One row of a comparison, from the metric's column on both sides; NaN are the units without a value."""
    known = [~np.isnan(column) for column in columns]
    values = [column[has] for column, has in zip(columns, known, strict=True)]
    drawn = [side.clusters[has] for side, has in zip(sides, known, strict=True)]
    texts = [len(np.unique(side.texts[has & (side.texts >= 0)])) for side, has in zip(sides, known, strict=True)]
    left_out = sum(map(len, columns)) - sum(map(len, values))
    middles = [float(middle(v)) if len(v) else float("nan") for middle in (np.median, np.mean) for v in values]
    interval = NO_INTERVAL
    if all(map(len, values)):
        interval = cluster_interval(values[0], drawn[0], values[1], drawn[1], seed, together=sides[0].together)
    counts = [*map(len, values), *texts, *(len(np.unique(ids)) for ids in drawn), left_out]
    return [metric.name, metric.label, *middles, *counts, share_higher(*values), *interval]


def table_of(
    metrics: Sequence[Metric], rows: list[list[object]], pair: tuple[str, str], drawn: str, min_difference: float
) -> pd.DataFrame:
    """The rows of all metrics as a table, with p adjusted for their number and the verdicts."""
    import pandas as pd

    table = pd.DataFrame(rows, columns=_columns(pair))
    table["p_holm"] = holm(table["p"].to_numpy(float))
    records = table.to_dict("records")
    table["verdict"] = [_verdict(m, row, pair, drawn, min_difference) for m, row in zip(metrics, records, strict=True)]
    return table


def _columns(pair: tuple[str, str]) -> list[str]:
    sides = [f"{group}_{what}" for what in ("median", "mean", "n", "texts", "clusters") for group in pair]
    return ["metric", "label", *sides, "left_out", "share_higher", "share_higher_low", "share_higher_high", "p"]


# ---- words


def _verdict(metric: Metric, row: dict[Hashable, Any], pair: tuple[str, str], drawn: str, min_difference: float) -> str:
    """What the interval carries, in words."""
    first, second = pair
    low, high = row["share_higher_low"], row["share_higher_high"]
    if row["share_higher"] != row["share_higher"]:
        return "cannot tell: no value on one side"
    if row[f"{second}_clusters"] < FEWEST_CLUSTERS:
        return f"cannot tell from {_number(row[f'{second}_clusters'], drawn)}"
    if row[f"{first}_clusters"] < FEWEST_CLUSTERS:
        what = {"article": "blocks", "comment": "comments"}.get(first, "texts")
        what = drawn if drawn == _ARTICLES else what
        return f"cannot tell from {_number(row[f'{first}_clusters'], what)} on the side of the {first}"
    if row["p_holm"] < LEVEL and not low <= NO_DIFFERENCE <= high:
        means = metric.higher_means
        who = f"{second}s" if second in ("article", "comment") else second
        return f"{who}: {means if low > NO_DIFFERENCE else opposite(means)}"
    if max(high - NO_DIFFERENCE, NO_DIFFERENCE - low) <= min_difference:
        return f"no difference larger than {min_difference:.2f}"
    return f"cannot tell: from {low:.2f} to {high:.2f}" + (
        "" if low <= NO_DIFFERENCE <= high else ", among many metrics"
    )


def _number(count: int, things: str) -> str:
    return f"{count} {things[:-1] if count == 1 else things}"


def opposite(higher_means: str) -> str:
    """What a lower value means, from what a higher one means.

    Examples
    --------
    >>> opposite("more questions")
    'fewer questions'
    """
    if higher_means in _OPPOSITES:
        return _OPPOSITES[higher_means]
    return "fewer" + higher_means.removeprefix("more") if higher_means.startswith("more ") else f"not {higher_means}"
