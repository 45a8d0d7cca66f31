"""plot_metric: the distribution of a metric over the units of each group."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .._tables import numbers_in, require_columns
from ..metrics.measure import Metric
from ..metrics.missing_values import why_missing
from . import layout
from .formatting import counted, joined, listed, number, people, plain, quoted, several, short, without
from .input_tables import as_measured, noun_of, source_of
from .layout import Picture, finished, in_our_style, nothing_to_draw, picture
from .style import DPI, INK, LOOKS, PALE, SMALL, Look, block_name, look_of

KINDS = ("article", "comment")
MOST_POINTS = 400  # units per group; with more, points would merge
MOST_GROUPS = 24
FEWEST = 5  # units per group; with fewer, the title gives no median
MOST_TALL_GROUPS = 8  # with more, each label has one line
_LARGEST = 1e100  # values beyond this do not fit on an axis


class _Group(NamedTuple):
    name: str
    values: np.ndarray
    rows: np.ndarray  # of the table, in the order of the values
    left_out: int
    texts: int | None

    @property
    def median(self) -> float:
        return float(np.median(self.values)) if len(self.values) else float("nan")

    @property
    def dense(self) -> bool:
        return len(self.values) > MOST_POINTS

    @property
    def has_median(self) -> bool:
        """Whether there are enough values to draw and name a median."""
        return len(self.values) >= FEWEST

    def label(self, noun: str, *, short: bool = False) -> str:
        """Name, n and median, one per line, or on one line if there are many groups."""
        median = f"median {number(self.median)}" if self.has_median else ""
        if short:
            return ", ".join(filter(None, [f"{self.name}: n = {len(self.values):,}", median]))
        texts = f", {counted(self.texts, 'text')}" if self.texts is not None and noun != "text" else ""
        lacking = f"{self.left_out:,} more without a value" if self.left_out else ""
        few = "too few for a median" if len(self.values) and not self.has_median else ""
        return "\n".join(filter(None, [self.name, counted(len(self.values), noun) + texts, lacking, median, few]))


@in_our_style
def plot_metric(
    measured: pd.DataFrame, metric: str | Metric = "sentiment", by: str | None = "kind", *, source: str | None = None
) -> Picture:
    """Plot the distribution of one metric by group: one point per unit, a line at the median.

    A group of more than 400 units is drawn as a histogram: bar height is the share of its units. The unit furthest
    from its group's median is ringed and quoted if the table has a column `text`.

    Parameters
    ----------
    measured : DataFrame
        A table from `measure`.
    metric : str or Metric
        A metric's name, or any numeric column; a `Metric` of your own also gives the label and unit.
    by : str, optional
        Column with the groups, drawn in order of first appearance; None puts all units in one group.
        Only the 24 largest groups are drawn.
    """
    table = as_measured(measured, "plot_metric")
    name, known, label = layout.metric_named(metric)
    require_columns(table, name, "Name a metric of the table, or measure the units first: measure(units).")
    if by is not None:
        require_columns(table, (by,), "Name the column of the groups with by=, or draw all units as one with by=None.")
    line = source_of(table, source)
    groups, of = _groups(table, name, by)
    if not any(len(group.values) for group in groups):
        return nothing_to_draw(f"{label}: nothing to draw", _why_empty(table, known, label), line)
    return _draw(groups, of, label, known, table, line)


def _groups(table: pd.DataFrame, name: str, by: str | None) -> tuple[list[_Group], int]:
    """Return the groups to draw, in order of first appearance, and the total number of groups.

    Missing names form a group too. If there are too many groups, those with the most values are drawn, of ties the
    earlier.
    """
    values = numbers_in(table, name, "Name a metric of the table.")
    fit = np.abs(values) < _LARGEST  # neither NaN nor infinite
    names = pd.Series("all", table.index) if by is None else table[by].astype(object)
    codes, keys = pd.factorize(names, use_na_sentinel=False)
    members = np.split(np.argsort(codes, kind="stable"), np.cumsum(np.bincount(codes))[:-1])
    sizes = [int(fit[rows].sum()) for rows in members]
    largest = sorted(range(len(keys)), key=lambda place: -sizes[place])[:MOST_GROUPS]
    texts = table["text_id"].to_numpy(object) if "text_id" in table.columns else None
    out = []
    for place in sorted(largest):
        own = members[place][fit[members[place]]]
        count = len(set(texts[own])) if texts is not None else None
        own = own[np.argsort(values[own], kind="stable")]
        label = block_name(keys[place]) if by == "block" else keys[place]
        out.append(_Group(plain(label, 28), values[own], own, len(members[place]) - len(own), count))
    return out, len(keys)


def _furthest(groups: list[_Group], table: pd.DataFrame) -> tuple[int, float, str] | None:
    """Return the unit furthest from its group's median (group, value, text), if it has a text and the group varies."""
    if "text" not in table.columns:
        return None
    ends = [
        (abs(group.values[end] - group.median), -place, place, end)
        for place, group in enumerate(groups)
        if group.has_median
        for end in (0, -1)
    ]
    apart, _, place, end = max(ends, default=(0, 0, 0, 0))
    text = table["text"].iloc[groups[place].rows[end]] if apart else None
    return (place, float(groups[place].values[end]), text) if isinstance(text, str) and text.strip() else None


def _axis_label(label: str, known: Metric | None) -> str:
    if known is None:
        return f"{label} (further right = a larger value)"
    unit = re.sub(r"(?<!\w)-(?=\d)", "−", plain(known.unit))
    unit = "" if unit.casefold() == label.casefold() else f": {unit}"
    return f"{label}{unit}\nfurther right = {plain(known.higher_means)}"


def _why_empty(table: pd.DataFrame, known: Metric | None, label: str) -> str:
    if not len(table):
        return "The table has no rows."
    why = without(len(table), noun_of(table), f"value for {label}")
    if known is None or "text" not in table.columns:
        return why
    reasons = why_missing(table.head(200), [known])["reason"]
    return why + (f" For example: {plain(reasons.mode().iloc[0])}." if len(reasons) else "")


def _note(groups: list[_Group], of: int, noun: str) -> str:
    largest = f"The {len(groups)} largest of {of:,} groups are drawn." if of > len(groups) else ""
    dense = [group.name for group in groups if group.dense]
    if not dense:
        return largest
    which = "" if len(dense) == len(groups) else f" ({plain(listed(dense))})"
    bars = f"Over {MOST_POINTS} {noun}s{which}: bars instead of points; the higher, the more {noun}s."
    return joined(largest, bars)


def _title(groups: list[_Group], label: str) -> str:
    """State the finding from the medians of groups with enough values."""
    known = [group for group in groups if len(group.values)]
    ranked = sorted((group for group in known if group.has_median), key=lambda group: group.median)
    few = [several(group.name) for group in known if not group.has_median]
    if not ranked:
        sizes = listed([f"{len(group.values)} in {group.name}" for group in known])
        sizes = sizes if len(known) <= 3 else f"below {FEWEST} in each group"
        return f"{short(label)}: too few values for a median ({sizes})"
    lacking = f"; too few in {plain(listed(few)) if len(few) <= 2 else f'{len(few)} groups'}" if few else ""
    return f"{short(label)}: {_medians(ranked, alone=len(known) == 1)}{lacking}"


def _medians(ranked: list[_Group], alone: bool) -> str:
    low, high = ranked[0], ranked[-1]
    if len(ranked) == 1:
        return f"median {number(low.median)}{'' if alone else f' ({several(low.name)})'}"
    if number(low.median) == number(high.median):
        return f"the same median, {number(low.median)}, in {'both' if len(ranked) == 2 else 'all'} groups"
    if len(ranked) == 2:
        names = [people(group.name) if group.name in KINDS else group.name for group in (high, low)]
        return f"{number(high.median)} for {names[0]}, {number(low.median)} for {names[1]} (medians)"
    return f"medians from {number(low.median)} ({low.name}) to {number(high.median)} ({high.name})"


def _alt_text(groups: list[_Group], label: str, axis_label: str, noun: str, title: str) -> str:
    means = axis_label.partition("\n")[2]
    parts = [f"Strip plot of {label}{', ' + means if means else ''}, one row per group."]
    for group in groups[:MOST_TALL_GROUPS]:
        spread = ""
        if len(group.values):
            cuts = [number(value) for value in np.quantile(group.values, (0, 0.25, 0.75, 1))]
            middle = f", the middle half {_range(cuts[1], cuts[2])}" if group.has_median else ""
            spread = f"{middle}, all {_range(cuts[0], cuts[3])}" if cuts[0] != cuts[3] else f", all {cuts[0]}"
            spread = spread if len(group.values) > 1 else f", value {cuts[0]}"
        parts.append(group.label(noun).replace("\n", ": ", 1).replace("\n", ", ") + spread + ".")
    more = len(groups) - MOST_TALL_GROUPS
    return joined(*parts, f"{title}; {counted(more, 'more group')}." if more > 0 else "")


def _range(low: str, high: str) -> str:
    return low if low == high else f"from {low} to {high}"


def _draw(groups: list[_Group], of: int, label: str, known: Metric | None, table: pd.DataFrame, source: str) -> Picture:
    noun, outlier = noun_of(table), _furthest(groups, table)
    labels = [group.label(noun, short=len(groups) > MOST_TALL_GROUPS) for group in groups]
    row = 0.22 + max(text.count("\n") + 1 for text in labels) * SMALL * 1.3 / 72
    title, note, axis_label = _title(groups, label), _note(groups, of, noun), _axis_label(label, known)
    median = "; the upright line is the median of its group." if any(group.has_median for group in groups) else "."
    dense = any(group.dense for group in groups)
    subtitle = (f"Points are {noun}s, bars count them" if dense else f"Each point is a {noun}") + median
    height, right = max(row * len(groups), 1.6 * (outlier is not None)), 2.1 if outlier else 0.25
    left = layout.room_for(labels, 0.35)
    figure, axes = picture(title, height, subtitle=subtitle, left=left, right=right, note=note, source=source)
    drawn = np.concatenate([group.values for group in groups])
    low, high = layout.limits(drawn, 0.03, 0.5)
    axes.set(xlim=(low, high), xlabel=axis_label)
    layout.ticks_among(axes.xaxis, drawn)
    layout.named_rows(axes, labels)
    if low < 0 < high:
        axes.axvline(0, color=PALE, linewidth=1, zorder=0)
    for place, group in enumerate(groups):
        look = look_of(group.name, place if len(groups) <= len(LOOKS) else 0)  # otherwise one look for all
        (_bars if group.dense else _points)(axes, place, group, look)
        if group.has_median:  # behind points, in front of bars
            ends, order = [place - 0.42, place + 0.42], 3 if group.dense else 1.5
            axes.plot([group.median] * 2, ends, color=INK, linewidth=2.5, zorder=order)
    said = ""
    if outlier:
        place, value, text = outlier
        group, shown = groups[place], number(value)
        head = f"ringed, furthest from its median: {shown} ({group.name})"
        layout.quoted_beside(axes, 1.0, head, text, (value, place + 0.36 * group.dense), 9)
        said = f"Furthest from its median is {shown} ({group.name}): {quoted(text, 170)}"
    caption = f"Each point is a {noun}{median}"
    data = pd.DataFrame([(g.name, value) for g in groups for value in g.values.tolist()], columns=["group", label])
    return finished(figure, joined(_alt_text(groups, label, axis_label, noun, title), note, said), caption, data)


def _points(axes: Axes, place: int, group: _Group, look: Look) -> None:
    """Draw a point per unit; overlapping points are moved up or down from the middle of the row."""
    low, high = axes.get_xlim()
    levels = np.array(_levels(group.values, (high - low) / 85))
    rows = abs(axes.get_ylim()[1] - axes.get_ylim()[0])
    beside = 0.075 * DPI * rows / axes.bbox.height  # just enough not to overlap
    step = min(beside, 0.38 / max(1.0, float(np.abs(levels).max(initial=0))))
    layout.points(axes, group.values, place + levels * step, look, 5 if len(group.values) <= 150 else 3.5)


def _levels(values: np.ndarray, apart: float) -> list[int]:
    """Return for each of the sorted values the level nearest the middle (0, -1, 1, -2, …) where it fits."""
    last: list[float] = []
    levels = []
    for value in values.tolist():
        free = next((level for level, taken in enumerate(last) if value - taken >= apart), len(last))
        last[free : free + 1] = [value]
        levels.append((free + 1) // 2 * (-1 if free % 2 else 1))
    return levels


def _bars(axes: Axes, place: int, group: _Group, look: Look) -> None:
    counts, edges = np.histogram(group.values, bins=40, range=(group.values[0], group.values[-1]))
    heights = 0.8 * counts / counts.max()
    filled = counts > 0
    axes.bar(
        edges[:-1][filled], -heights[filled], np.diff(edges)[filled], place + 0.42, align="edge",
        facecolor=look.face, edgecolor=look.edge, hatch=look.hatch, linewidth=0.8,
    )  # fmt: skip
