"""plot_comparison: one row per metric, how often the second group scores higher, and the verdict."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .._tables import pair_in
from ..comparison.compare import compare
from ..comparison.share_higher import NO_DIFFERENCE
from ..comparison.verdicts import ADJECTIVES, is_decided
from ..comparison.word_counts import Pair
from ..metrics.measure import METRICS, Metric
from . import layout
from .formatting import capitalised, counted, joined, listed, number, people, people_do, plain, several, wrapped
from .input_tables import as_measured, source_of
from .layout import Picture, finished, in_our_style, nothing_to_draw, picture, room_for
from .style import GREY, INK, LINE, LOOKS, SMALL, Look

_VERDICT_WIDTH = 2.05  # inches
_SHARES = ["share_higher", "share_higher_low", "share_higher_high"]


class _Row(NamedTuple):
    label: str
    counts: tuple[int, int]
    verdict: str
    is_certain: bool
    higher: float
    low: float
    high: float

    @property
    def claim(self) -> str:
        """What the second group has more of, from the verdict ("comments: longer sentences"); empty if nothing."""
        _, colon, what = self.verdict.partition(": ")
        return what.partition(" (")[0] if colon and self.is_certain else ""

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
    """Plot a comparison, one row per metric: how often the second group scores higher, and the verdict.

    The largest effect is on top. A filled point has a verdict; an open one means "cannot tell".  The interval is drawn
    if the table has share_higher_low and share_higher_high.  Metrics without a value are listed below; for a measured
    table, so are metrics with the same value in every unit, such as the number of sentences per sentence.

    Parameters
    ----------
    comparison : DataFrame
        A table from `compare`, or one from `measure`, to which `compare` is applied.
    by, pair, metrics
        For a measured table, as in `compare`.  A comparison already has them in its columns.
    """
    table, constant = as_measured(comparison, "plot_comparison"), ""
    line = "" if "verdict" in table.columns and source is None else source_of(table, source)
    if "verdict" not in table.columns:
        if not len(table):
            return nothing_to_draw("Comparison: nothing to draw", "The table has no rows.", line)
        measured, table = table, compare(table, by, pair, metrics=metrics)
        values = measured[measured[by].isin(pair)].nunique()
        same = table["metric"].map(values).eq(1) & table["share_higher"].notna()
        if same.any():
            which = listed([plain(label, 32) for label in table["label"][same]])
            many = counted(int(same.sum()), "metric")
            table, constant = table[~same], f"{many} left out, with the same value in every unit: {which}."
    rows, sides = _rows(table)
    lacking = joined(_no_values(rows, sides), constant)
    if all(math.isnan(row.higher) for row in rows):
        why = "no metric varies" if constant else "no metric has a value in both groups"
        return nothing_to_draw(f"Comparison: {why}", lacking or "The comparison has no rows.", line)
    return _draw(rows, sides, lacking, line)


def _rows(table: pd.DataFrame) -> tuple[list[_Row], Pair]:
    """Return the rows of a comparison and its two groups, with labels ready to draw."""
    step = "plot_comparison takes a table from compare(measured)."
    pair = pair_in(table, "*_median", step, also=["*_n", "label", "share_higher", "verdict"])
    counts = zip(*(table[f"{group}_n"].astype(int) for group in pair), strict=True)
    shares = table.reindex(columns=_SHARES).to_numpy(float, na_value=np.nan).T.tolist()  # intervals may be missing
    columns = zip(table["label"], counts, table["verdict"], *shares, strict=True)
    rows = [
        _Row(plain(label, 32), n, plain(verdict, 90), is_decided(verdict), *share)
        for label, n, verdict, *share in columns
    ]
    return rows, (plain(pair[0], 24), plain(pair[1], 24))


def _no_values(rows: list[_Row], pair: Pair) -> str:
    """List metrics without a value by the group that lacks one."""
    lacking: dict[str, list[str]] = {}
    for row in rows:
        if math.isnan(row.higher):
            sides = [side for side, n in zip(pair, row.counts, strict=True) if not n]
            lacking.setdefault(f"in {' or '.join(sides)}" if sides else "to compare", []).append(row.label)
    return " ".join(f"No value {where}: {', '.join(labels)}." for where, labels in lacking.items())


def _title(drawn: list[_Row], pair: Pair) -> str:
    """Name the largest difference that the numbers support, or report that there is none."""
    found = [row for row in drawn if row.claim]
    if found:
        more = f", and {counted(len(found) - 1, 'more difference')}" if len(found) > 1 else ""
        first = max(found, key=lambda row: (round(row.apart, 2), row.claim not in ADJECTIVES))
        who = people_do(pair[1], "are" if first.claim in ADJECTIVES else "show")
        return capitalised(f"{who} {first.claim} than the {pair[0]}{more}")
    certain = sum(row.is_certain for row in drawn)
    if 0 < certain < len(drawn):
        unknown = f"On {len(drawn) - certain:,} of {counted(len(drawn), 'metric')} we cannot tell"
        return f"{unknown}; on the {'other' if certain == 1 else 'others'} the difference is small at most"
    if certain:
        return f"No metric shows more than a small difference between the {pair[0]} and {people(pair[1])}"
    reasons = {row.verdict for row in drawn}
    why = f": {reasons.pop()}" if len(reasons) == 1 else ""
    return f"No verdict on any of {counted(len(drawn), 'metric')}{why}"


def _alt_text(drawn: list[_Row], title: str, pair: Pair, lacking: str) -> str:
    """Describe the finding and the largest effects; the text description covers every metric."""
    largest = []
    for row in drawn[:6]:
        between = "" if math.isnan(row.low) else f" (interval {number(row.low)} to {number(row.high)})"
        sizes = f"n {row.counts[0]:,} and {row.counts[1]:,}"
        largest.append(f"{row.label} {number(row.higher)}{between}, {sizes}: {row.verdict}.")
    return joined(
        f"Dot plot of {counted(len(drawn), 'metric')}: share of pairs, ties counted as half, in which the {pair[1]} "
        f"scores higher than the {pair[0]}, from 0 to 1; 0.5 is no difference. {title}. Furthest from 0.5:",
        *largest,
        lacking,
    )


def _draw(rows: list[_Row], pair: Pair, lacking: str, source: str) -> Picture:
    shown = [row for row in rows if not math.isnan(row.higher)]
    title, drawn = _title(shown, pair), sorted(shown, key=lambda row: -row.apart)
    labels = [row.label for row in drawn]
    sizes = [sorted({row.counts[side] for row in drawn}) for side in (0, 1)]
    spans = [f"{size[0]:,}" if len(size) == 1 else f"{size[0]:,} to {size[-1]:,}" for size in sizes]
    subtitle = (
        f"In how many pairs, one from each group, does the {pair[1]} score higher than the {pair[0]}? "
        f"n = {spans[0]} unit{'s' * (spans[0] != '1')} ({several(pair[0])}) and {spans[1]} ({several(pair[1])})"
    )
    verdicts = ["\n".join(wrapped(row.verdict, _VERDICT_WIDTH, SMALL, lines=3)) for row in drawn]
    height = (max(text.count("\n") + 1 for text in verdicts) * SMALL * LINE + 0.1) * len(drawn)
    ends = [end for row in drawn for end in (row.low, row.high) if not math.isnan(end)]
    note = joined(
        "Filled: the numbers support a verdict. Open: they cannot tell. A tie counts half.",
        "Line: 95% interval." if ends else "No interval: too few texts.",
        lacking,
    )
    figure, axes = picture(
        title, height, subtitle=subtitle, left=room_for(labels),
        right=_VERDICT_WIDTH + 0.25, above=0.3, below=0.55, note=note, source=source,
    )  # fmt: skip
    ends += [0.3, 0.7, *(row.higher for row in drawn)]
    low, high = min(ends) - 0.03, max(ends) + 0.03
    ticks = [tick / 4 for tick in range(5) if low <= tick / 4 <= high]
    axes.set(xlim=(low, high), xlabel="share of pairs (50% = no difference)")
    axes.set_xticks(ticks, [f"{tick:.0%}" for tick in ticks])
    axes.axvline(NO_DIFFERENCE, color=GREY, linewidth=1.2, linestyle="--", zorder=0)
    layout.named_rows(axes, labels)
    for place, (row, verdict) in enumerate(zip(drawn, verdicts, strict=True)):
        _draw_row(axes, place, row)
        layout.beside(axes, place, verdict, 9, color=INK if row.is_certain else GREY)
    less, more = (f"{several(group)} higher" for group in pair)
    layout.ends_named(axes, less, more, (LOOKS[0].colour, LOOKS[1].colour), NO_DIFFERENCE)
    caption = f"Each point is a metric: {pair[0]} against {pair[1]}."
    table = pd.DataFrame(
        [(row.label, *row.counts, *row[4:], row.verdict) for row in drawn],
        columns=["metric", f"{pair[0]}_n", f"{pair[1]}_n", "share_higher", "low", "high", "verdict"],
    )
    return finished(figure, _alt_text(drawn, title, pair, lacking), caption, table)


def _draw_row(axes: Axes, place: int, row: _Row) -> None:
    """Draw a row in the colour of the group that scores higher, grey without a verdict."""
    colour = LOOKS[row.higher > NO_DIFFERENCE].colour if row.claim else GREY
    look = Look(colour, "o", row.is_certain, "")
    axes.axhline(place, **layout.ROW_LINE)
    if not math.isnan(row.low):
        axes.plot([row.low, row.high], [place, place], color=colour, linewidth=2.2, solid_capstyle="butt")
    layout.points(axes, [row.higher], [place], look, 8, edge=1.6)
