"""plot_comparison: one row per metric, how often the second group scores higher, and the verdict."""

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd

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
_SHARES = {"share_higher": "share_higher", "share_higher_low": "low", "share_higher_high": "high"}


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
    if rows["share_higher"].isna().all():
        why = "no metric varies" if constant else "no metric has a value in both groups"
        return nothing_to_draw(f"Comparison: {why}", lacking or "The comparison has no rows.", line)
    return _draw(rows, sides, lacking, line)


def _rows(table: pd.DataFrame) -> tuple[pd.DataFrame, Pair]:
    """Return the rows of a comparison and its two groups, with labels ready to draw.

    `claim` is what the second group has more of, from the verdict ("comments: longer sentences"); empty if nothing.
    """
    step = "plot_comparison takes a table from compare(measured)."
    pair = pair_in(table, "*_median", step, also=["*_n", "label", "share_higher", "verdict"])
    rows = table.reindex(columns=list(_SHARES)).astype(float).rename(columns=_SHARES)  # intervals may be missing
    first, second = (table[f"{group}_n"].astype(int) for group in pair)
    verdicts = [plain(verdict, 90) for verdict in table["verdict"]]
    claims = [verdict.partition(": ")[2].partition(" (")[0] for verdict in verdicts]
    rows = rows.assign(label=[plain(label, 32) for label in table["label"]], first=first, second=second)
    rows = rows.assign(verdict=verdicts, is_certain=table["verdict"].map(is_decided).astype(bool))
    rows = rows.assign(claim=claims, apart=(rows["share_higher"] - NO_DIFFERENCE).abs())
    rows["claim"] = rows["claim"].where(rows["is_certain"], "")
    return rows, (plain(pair[0], 24), plain(pair[1], 24))


def _no_values(rows: pd.DataFrame, pair: Pair) -> str:
    """List metrics without a value by the group that lacks one."""
    lacking: dict[str, list[str]] = {}
    for row in rows[rows["share_higher"].isna()].to_dict("records"):
        sides = [side for side, n in zip(pair, (row["first"], row["second"]), strict=True) if not n]
        lacking.setdefault(f"in {' or '.join(sides)}" if sides else "to compare", []).append(row["label"])
    return " ".join(f"No value {where}: {', '.join(labels)}." for where, labels in lacking.items())


def _title(drawn: pd.DataFrame, pair: Pair) -> str:
    """Name the largest difference that the numbers support, or report that there is none."""
    found: list[Any] = [*drawn[drawn["claim"].ne("")].itertuples()]
    if found:
        more = f", and {counted(len(found) - 1, 'more difference')}" if len(found) > 1 else ""
        first = max(found, key=lambda row: (round(row.apart, 2), row.claim not in ADJECTIVES))
        who = people_do(pair[1], "are" if first.claim in ADJECTIVES else "have")
        return capitalised(f"{who} {first.claim} than the {pair[0]}{more}")
    certain = int(drawn["is_certain"].sum())
    if 0 < certain < len(drawn):
        unknown = f"On {len(drawn) - certain:,} of {counted(len(drawn), 'metric')} we cannot tell"
        return f"{unknown}; on the {'other' if certain == 1 else 'others'} the difference is small at most"
    if certain:
        return f"No metric shows more than a small difference between the {pair[0]} and {people(pair[1])}"
    reasons = set(drawn["verdict"])
    why = f": {reasons.pop()}" if len(reasons) == 1 else ""
    return f"No verdict on any of {counted(len(drawn), 'metric')}{why}"


def _alt_text(drawn: list[Any], title: str, pair: Pair, lacking: str) -> str:
    """Describe the finding and the largest effects; the text description covers every metric."""
    largest = []
    for row in drawn[:6]:
        between = "" if math.isnan(row.low) else f" (interval {number(row.low)} to {number(row.high)})"
        sizes = f"n {row.first:,} and {row.second:,}"
        largest.append(f"{row.label} {number(row.share_higher)}{between}, {sizes}: {row.verdict}.")
    return joined(
        f"Dot plot of {counted(len(drawn), 'metric')}: share of pairs, ties counted as half, in which the {pair[1]} "
        f"scores higher than the {pair[0]}, from 0 to 1; 0.5 is no difference. {title}. Furthest from 0.5:",
        *largest,
        lacking,
    )


def _draw(rows: pd.DataFrame, pair: Pair, lacking: str, source: str) -> Picture:
    shown = rows.dropna(subset="share_higher")
    title, table = _title(shown, pair), shown.sort_values("apart", ascending=False, kind="stable")
    drawn: list[Any] = [*table.itertuples()]
    sizes = [(table[side].min(), table[side].max()) for side in ("first", "second")]
    spans = [f"{low:,}" if low == high else f"{low:,} to {high:,}" for low, high in sizes]
    subtitle = (
        f"In what share of pairs, one unit from each group, does the {pair[1]} score higher than the {pair[0]}? "
        f"n = {spans[0]} {pair[0]} and {spans[1]} {pair[1]} units"
    )
    verdicts = ["\n".join(wrapped(row.verdict, _VERDICT_WIDTH, SMALL, lines=3)) for row in drawn]
    height = (max(text.count("\n") + 1 for text in verdicts) * SMALL * LINE + 0.1) * len(drawn)
    shares = table[[*_SHARES.values()]]
    note = joined(
        "Filled: the numbers support a verdict. Open: they do not. A tie counts half.",
        "Line: 95% interval." if shares["low"].notna().any() else "No interval: too few texts.",
        lacking,
    )
    figure, axes = picture(
        title, height, subtitle=subtitle, left=room_for(table["label"]),
        right=_VERDICT_WIDTH + 0.25, above=0.3, below=0.55, note=note, source=source,
    )  # fmt: skip
    ends = [0.3, 0.7, *shares.stack()]
    low, high = min(ends) - 0.03, max(ends) + 0.03
    ticks = [tick / 4 for tick in range(5) if low <= tick / 4 <= high]
    axes.set(xlim=(low, high), xlabel="share of pairs (0.5 = no difference)")
    axes.set_xticks(ticks)
    axes.axvline(NO_DIFFERENCE, color=GREY, linewidth=1.2, linestyle="--", zorder=0)
    layout.named_rows(axes, table["label"].tolist())
    for place, (row, verdict) in enumerate(zip(drawn, verdicts, strict=True)):  # drawn grey without a verdict
        colour = LOOKS[row.share_higher > NO_DIFFERENCE].colour if row.claim else GREY
        axes.axhline(place, **layout.ROW_LINE)
        if not math.isnan(row.low):
            axes.plot([row.low, row.high], [place, place], color=colour, linewidth=2.2, solid_capstyle="butt")
        layout.points(axes, [row.share_higher], [place], Look(colour, "o", row.is_certain, ""), 8, edge=1.6)
        layout.beside(axes, place, verdict, 9, color=INK if row.is_certain else GREY)
    less, more = (f"{several(group)} higher" for group in pair)
    layout.ends_named(axes, less, more, (LOOKS[0].colour, LOOKS[1].colour), NO_DIFFERENCE)
    caption = f"Each point is a metric: {pair[0]} against {pair[1]}."
    names = {"label": "metric", "first": f"{pair[0]}_n", "second": f"{pair[1]}_n"}
    data = table[[*names, *shares, "verdict"]].rename(columns=names).reset_index(drop=True)
    return finished(figure, _alt_text(drawn, title, pair, lacking), caption, data)
