"""plot_comparison: one row a metric, how often the second group scores higher, and what the numbers carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .._tables import require_columns
from ..comparison.cluster_bootstrap import NO_DIFFERENCE
from ..comparison.compare import compare
from ..metrics.measure import METRICS, Metric
from . import layout as drawing
from .base import Picture, as_measured, finished, nothing_to_draw, picture, source_of
from .layout import in_our_style, joined, room_for, with_counts
from .style import GREY, LOOKS, SMALL, WIDTH, counted, listed, number, plain, wrapped

_VERDICT_WIDTH = 2.05  # inches
_STEP = "plot_comparison takes a table from compare(measured)."

Pair = tuple[str, str]


class _Row(NamedTuple):
    label: str
    counts: tuple[int, int]
    higher: float
    interval: tuple[float, float]
    verdict: str

    @property
    def tells(self) -> bool:
        return not self.verdict.startswith("cannot tell")

    @property
    def apart(self) -> float:
        return abs(self.higher - NO_DIFFERENCE)


@in_our_style
def plot_comparison(
    comparison: pd.DataFrame,
    by: str = "kind",
    pair: Pair = ("article", "comment"),
    *,
    metrics: Sequence[Metric] = METRICS,
    source: str | None = None,
) -> Picture:
    """Draw a comparison, one row a metric: how often the second group scores higher, and what the numbers carry.

    A filled point has a verdict; an open one cannot tell.  Where the table has share_higher_low and share_higher_high
    their interval is drawn.  Metrics without a value are listed beneath; so are, of a measured table, those with one
    and the same value in every unit, such as the number of sentences of a sentence.

    Parameters
    ----------
    comparison : DataFrame
        A table from `compare`; or one from `measure`, which is then compared.
    by, pair, metrics
        For a measured table, as in `compare`.  A comparison's own columns say what was compared.
    """
    table = as_measured(comparison, "plot_comparison")
    line = "" if "verdict" in table.columns and source is None else source_of(table, source)
    if "verdict" not in table.columns:
        if not len(table):
            return nothing_to_draw("Comparison: nothing to draw", "The table has no rows.", line)
        table = compare(table, by, pair, metrics=metrics)
    table, constant = _varying(table, comparison, by, pair)
    rows, sides = _rows(table)
    drawn = [row for row in rows if row.higher == row.higher]
    lacking = joined(_no_values(rows, sides), constant)
    if not drawn:
        reason = lacking or "The comparison has no rows."
        why = "no metric varies" if constant else "no metric has a value in both groups"
        return nothing_to_draw(f"Comparison: {why}", reason, line)
    return _verdicts(rows, drawn, sides, lacking, line)


def _varying(table: pd.DataFrame, measured: pd.DataFrame, by: str, pair: Pair) -> tuple[pd.DataFrame, str]:
    """The comparison without metrics that have one value in all units, and a sentence that says how many those are.

    A table from `compare` does not hold the units' values: then nothing is left out.
    """
    if table is measured:
        return table, ""
    units = measured[measured[by].isin(pair)]
    constant = table["metric"].map(units.nunique()).eq(1) & table["share_higher"].notna()
    many = int(constant.sum())
    which = listed([plain(label, 32) for label in table["label"][constant]])
    told = f"{counted(many, 'metric')} left out, with one and the same value in every unit: {which}."
    return table[~constant], told if many else ""


def _rows(table: pd.DataFrame) -> tuple[list[_Row], Pair]:
    """The rows of a comparison, and its groups, fit to be drawn."""
    require_columns(table, ("label", "share_higher", "verdict"), _STEP)
    pair = drawing.pair_in(table, "*_median", _STEP, also=["*_n"])
    counts = zip(*(table[f"{group}_n"].astype(int) for group in pair), strict=True)
    shares, lows, highs = (_floats(table, f"share_higher{end}") for end in ("", "_low", "_high"))
    columns = (table["label"], counts, shares, zip(lows, highs, strict=True), table["verdict"])
    rows = [
        _Row(plain(label, 32), n, share, interval, plain(verdict, 90))
        for label, n, share, interval, verdict in zip(*columns, strict=True)
    ]
    return rows, (plain(pair[0], 24), plain(pair[1], 24))


def _floats(table: pd.DataFrame, column: str) -> list[float]:
    if column not in table.columns:
        return [float("nan")] * len(table)
    values: list[float] = table[column].to_numpy(dtype=float, na_value=np.nan).tolist()
    return values


def _no_values(rows: list[_Row], pair: Pair) -> str:
    """Metrics without a value, gathered by the side that has none."""
    lacking: dict[str, list[str]] = {}
    for row in rows:
        if row.higher != row.higher:
            sides = [side for side, n in zip(pair, row.counts, strict=True) if not n]
            lacking.setdefault(f"in {' or '.join(sides)}" if sides else "to compare", []).append(row.label)
    return " ".join(f"No value {where}: {', '.join(labels)}." for where, labels in lacking.items())


def _title(rows: list[_Row]) -> str:
    told = [row for row in rows if row.tells]
    if not told:
        reasons = {row.verdict for row in rows if row.higher == row.higher}
        why = f": {reasons.pop()}" if len(reasons) == 1 else ""
        return f"No verdict on any of {counted(len(rows), 'metric')}{why}"
    widest = max(told, key=lambda row: row.apart)
    shown = plain(widest.verdict.partition(" (against")[0], 80)
    return f"A verdict on {len(told)} of {counted(len(rows), 'metric')}; furthest apart is {widest.label}: {shown}"


def _alt(rows: list[_Row], drawn: list[_Row], pair: Pair, lacking: str) -> str:
    """The finding, and the metrics that lie furthest from no difference; the text twin has every one."""
    furthest = sorted(drawn, key=lambda row: -row.apart)[:6]
    return joined(
        f"Dot plot of {counted(len(drawn), 'metric')}: share of pairs, ties half, in which the {pair[1]} scores higher "
        f"than the {pair[0]}, from 0 to 1; 0.5 is no difference. {_title(rows)}. Furthest from 0.5:",
        *map(_told, furthest),
        lacking,
    )


def _told(row: _Row) -> str:
    low, high = map(number, row.interval)
    between = f" (interval {low} to {high})" if row.interval[0] == row.interval[0] else ""
    return f"{row.label} {number(row.higher)}{between}, n {row.counts[0]:,} and {row.counts[1]:,}: {row.verdict}."


def _verdicts(rows: list[_Row], drawn: list[_Row], pair: Pair, lacking: str, source: str) -> Picture:
    labels, counts = _labels(drawn, pair)
    verdicts = ["\n".join(wrapped(row.verdict, _VERDICT_WIDTH, SMALL, lines=3)) for row in drawn]
    height = (max(text.count("\n") + 1 for text in verdicts) * SMALL * 1.25 / 72 + 0.12) * len(drawn)
    note = joined("Filled point: the numbers carry a verdict. Open point: they cannot tell.", lacking)
    left, right = room_for(labels), _VERDICT_WIDTH + 0.25
    figure, axes = picture(
        _title(rows), height, left=left, right=right, above=0.35, below=0.85, note=note, source=source
    )
    axes.set(xlim=(-0.03, 1.03), xticks=[0, 0.25, 0.5, 0.75, 1])
    axes.set_xlabel(
        f"share of pairs in which the {pair[1]} scores higher\n(ties half; 0.5 = no difference)", labelpad=18
    )
    axes.axvline(NO_DIFFERENCE, color=GREY, linewidth=1.2, linestyle="--", zorder=0)
    drawing.named_rows(axes, labels)
    for place, (row, verdict) in enumerate(zip(drawn, verdicts, strict=True)):
        _draw_row(axes, place, row)
        drawing.beside(axes, place, verdict, 7, linespacing=1.1)
    drawing.ends_named(axes, f"{pair[1]}s ", "lower", "higher", WIDTH - left - right - 0.15)
    drawing.above(axes, 0, 0.14 - left, counts, 7)
    drawing.above(axes, 1, 7 / 72, "verdict", 7)
    return finished(figure, _alt(rows, drawn, pair, lacking), f"Each point is a metric: {pair[0]} against {pair[1]}.")


def _labels(drawn: list[_Row], pair: Pair) -> tuple[list[str], str]:
    """The names of the rows, with their n where that differs; and the heading that says how n is to be read."""
    first, second = drawn[0].counts
    if len({row.counts for row in drawn}) == 1:
        return [row.label for row in drawn], f"n = {first:,} ({pair[0]}), {second:,} ({pair[1]})"
    return [with_counts(row.label, row.counts) for row in drawn], f"n: {pair[0]} | {pair[1]}"


def _draw_row(axes: Axes, place: int, row: _Row) -> None:
    look, ends = LOOKS[0], [place, place]
    drawing.row_line(axes, place)
    if all(end == end for end in row.interval):
        axes.plot(row.interval, ends, color=look.colour, linewidth=2, solid_capstyle="butt", marker="|", markersize=8)
    drawing.points(axes, [row.higher], [place], look, 8, look.colour if row.tells else "#ffffff", 1.6)
