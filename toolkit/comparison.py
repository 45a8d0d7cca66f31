"""compare: the article against its comments, metric by metric, with both n and a verdict in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from .metrics import METRICS, Metric

if TYPE_CHECKING:
    import pandas as pd

FEWEST_TEXTS = 8
"""Whole comments below which no verdict is given: with seven or fewer, even all of them on one side is no rare
chance event once several metrics are looked at (2 / 2**8 is below 0.01)."""
NO_DIFFERENCE = 0.5  # of share_higher: a unit of one side is as likely to score higher as a unit of the other


def compare(
    measured: pd.DataFrame,
    by: str = "kind",
    pair: tuple[str, str] = ("article", "comment"),
    *,
    metrics: Sequence[Metric] = METRICS,
) -> pd.DataFrame:
    """Compare two groups of units, metric by metric.

    Parameters
    ----------
    measured : DataFrame
        A table from `measure`; compare like with like, sentences with sentences or passages with passages.
    by : str
        Column that holds the groups.
    pair : (str, str)
        The two groups: the first is the reference, the second is what is said to score higher or lower.
    metrics : sequence of Metric
        Metrics to compare; those without a column in `measured` are passed over.

    Returns
    -------
    DataFrame
        One row a metric: metric, label, then for each group (here ``article`` and ``comment``) its median and n
        (units with a value) and texts (whole texts that these come from), left_out (units of both groups without a
        value), share_higher (chance that a random unit of the second group scores above a random unit of the first,
        ties count half; 0.5 is no difference; Vargha and Delaney's A), verdict in words.  Medians and share_higher
        are NaN where a group has no value.

    Raises
    ------
    ValueError
        If `by` is no column, or holds none of a group.

    References
    ----------
    Vargha, A. & Delaney, H.D. (2000). A critique and improvement of the CL common language effect size statistics
    of McGraw and Wong. Journal of Educational and Behavioral Statistics 25(2), 101-132.
    doi:10.3102/10769986025002101
    """
    import pandas as pd

    groups = _groups(measured, by, pair)
    shown = [metric for metric in metrics if metric.name in measured.columns]
    if not shown:
        raise ValueError(
            f"The table has no column of a metric; it has {list(map(str, measured.columns))}. Call measure(...) first."
        )
    return pd.DataFrame([_row(metric, groups, pair) for metric in shown], columns=_columns(pair))


def share_higher(reference: np.ndarray, other: np.ndarray) -> float:
    """Chance that a random value of `other` is above a random value of `reference`, ties half; NaN if one is empty.

    Examples
    --------
    >>> share_higher(np.array([1.0, 2.0]), np.array([2.0, 3.0]))
    0.875
    """
    if not len(reference) or not len(other):
        return float("nan")
    ordered = np.sort(reference)
    below = np.searchsorted(ordered, other, "left")
    ties = np.searchsorted(ordered, other, "right") - below
    return float((below.sum() + 0.5 * ties.sum()) / (len(reference) * len(other)))


def _columns(pair: tuple[str, str]) -> list[str]:
    sides = [f"{group}_{what}" for what in ("median", "n", "texts") for group in pair]
    return ["metric", "label", *sides, "left_out", "share_higher", "verdict"]


def _groups(measured: pd.DataFrame, by: str, pair: tuple[str, str]) -> list[pd.DataFrame]:
    if list(measured.columns).count(by) != 1:
        raise ValueError(
            f"One column {by!r} is needed; the table has {list(map(str, measured.columns))}. Name one of them with by=."
        )
    groups = [measured[measured[by] == group] for group in pair]
    for group, rows in zip(pair, groups, strict=True):
        if rows.empty:
            found = sorted(map(str, measured[by].dropna().unique()))
            raise ValueError(f"Column {by!r} has no {group!r}; it has {found}. Name two of them with pair=(..., ...).")
    return groups


def _row(metric: Metric, groups: list[pd.DataFrame], pair: tuple[str, str]) -> list[object]:
    present = [rows[rows[metric.name].notna()] for rows in groups]
    values = [rows[metric.name].to_numpy(float) for rows in present]
    medians = [float(np.median(v)) if len(v) else float("nan") for v in values]
    texts = [rows["text_id"].nunique() if "text_id" in rows.columns else len(rows) for rows in present]
    left_out = sum(len(rows) for rows in groups) - sum(map(len, values))
    higher = share_higher(*values)
    verdict = _verdict(metric, pair, higher, texts[1], texts[0])
    return [metric.name, metric.label, *medians, *map(len, values), *texts, left_out, higher, verdict]


def _verdict(metric: Metric, pair: tuple[str, str], higher: float, texts: int, references: int) -> str:
    """What the numbers carry, in words; the number of whole texts decides whether they carry anything."""
    first, second = pair
    if higher != higher:
        return "cannot tell: no value on one side"
    if texts < FEWEST_TEXTS:
        return f"cannot tell from {texts} {second}{'s' if texts != 1 else ''}"
    lean = (
        f"{second}s score {'higher' if higher > NO_DIFFERENCE else 'lower'} in {max(higher, 1 - higher):.0%} of pairs"
    )
    if higher == NO_DIFFERENCE:
        lean = f"{second}s score higher as often as lower"
    return lean + (f" (against {references} {first}{'s' if references != 1 else ''})")
