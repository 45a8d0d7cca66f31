"""plot_*: a table in, a figure out.  Here are metrics and comparisons; `article_figures` draws one article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from .article_figures import plot_structure, plot_tone
from .comparison import compare
from .figure_style import (
    DPI,
    GREY,
    INK,
    LOOKS,
    PALE,
    SMALL,
    WIDTH,
    Look,
    counted,
    listed,
    number,
    plain,
    style,
    width_of,
    wrapped,
)
from .metrics import METRICS, Metric, why_missing
from .pictures import (
    Picture,
    as_measured,
    finished,
    needed,
    nothing_to_draw,
    noun_of,
    picture,
    show,
    source_of,
)
from .resampling import NO_DIFFERENCE

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["plot_comparison", "plot_metric", "plot_structure", "plot_tone", "show"]

MOST_POINTS = 400  # units of a group above which single points are no longer told apart
MOST_GROUPS = 24
MOST_TALL_GROUPS = 8  # above it, each has one line
_LARGEST = 1e100  # what lies beyond cannot be laid out on an axis


# One metric


class _Group(NamedTuple):
    name: str
    values: np.ndarray
    left_out: int
    texts: int | None

    @property
    def median(self) -> float:
        return float(np.median(self.values)) if len(self.values) else float("nan")

    def label(self, noun: str, *, short: bool = False) -> str:
        """Name, n and median, on a line each; on one line where there are many groups."""
        median = f"median {number(self.median)}" if len(self.values) else ""
        if short:
            return ", ".join(filter(None, [f"{self.name}: n = {len(self.values):,}", median]))
        texts = f", {counted(self.texts, 'text')}" if self.texts is not None and noun != "text" else ""
        lacking = f"{self.left_out:,} without a value" if self.left_out else ""
        size = counted(len(self.values), noun) + texts
        return "\n".join(filter(None, [self.name, size, lacking, median]))


def plot_metric(
    measured: pd.DataFrame,
    metric: str | Metric = "sentiment",
    by: str | None = "kind",
    *,
    source: str | None = None,
) -> Picture:
    """Draw how one metric is spread over the units of each group: every unit a point, the median a line.

    A group of more than 400 units is drawn as bars: their height is the share of its units.

    Parameters
    ----------
    measured : DataFrame
        A table from `measure`.
    metric : str or Metric
        A metric's name, or any column of numbers; a `Metric` of your own brings its label and unit.
    by : str, optional
        Column that holds the groups, in order of their first row; None puts all units into one group.
        Of more than 24 groups the largest are drawn.
    source : str, optional
        Source line; by default the corpora that `thread_id` names, else "own texts".

    Returns
    -------
    Figure
        With the alt text and caption that `show` uses.

    Raises
    ------
    TypeError, ValueError
        If `measured` is no table, a column is missing, or the metric's column holds no numbers.
    """
    table = as_measured(measured, "plot_metric")
    name = metric if isinstance(metric, str) else metric.name
    known = _known(metric)
    label = plain(known.label if known else name)
    needed(table, name, "Name a metric of the table, or measure the units first: measure(units).")
    if by is not None:
        needed(
            table,
            by,
            "Name the column that holds the groups with by=, or draw all units as one with by=None.",
        )
    line = source_of(table, source)
    groups, of = _groups(table, name, by)
    if not any(len(group.values) for group in groups):
        return nothing_to_draw(f"{label}: nothing to draw", _why_empty(table, known, label), line)
    with style():
        return _strips(groups, of, label, _axis_label(label, known), _scale(known), noun_of(table), line)


def _known(metric: str | Metric) -> Metric | None:
    if isinstance(metric, Metric):
        return metric
    return next((each for each in METRICS if each.name == metric), None)


def _groups(table: pd.DataFrame, name: str, by: str | None) -> tuple[list[_Group], int]:
    """The groups to draw, in order of their first row, and how many there are."""
    values = _numbers_of(table, name)
    fit = np.abs(values) < _LARGEST  # neither NaN nor infinite
    everything: list[tuple[object, np.ndarray]] = [("all", np.arange(len(table)))]
    members = everything if by is None else _rows_of_groups(table[by])
    texts = table["text_id"].to_numpy(object) if "text_id" in table.columns else None
    out = []
    for key, rows in _largest(members, fit):
        own = rows[fit[rows]]
        count = len(set(texts[own])) if texts is not None else None
        out.append(_Group(plain(key, 28), np.sort(values[own]), len(rows) - len(own), count))
    return out, len(members)


def _numbers_of(table: pd.DataFrame, name: str) -> np.ndarray:
    try:
        return table[name].to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        why = f"Column {name!r} holds no numbers ({str(error)[:80]})."
        raise ValueError(f"{why} Name a metric of the table.") from error


def _rows_of_groups(column: pd.Series[Any]) -> list[tuple[object, np.ndarray]]:
    """Row numbers of each group, in order of first appearance; missing is a group too."""
    import pandas as pd

    codes, keys = pd.factorize(column.astype(object), use_na_sentinel=False)
    if not len(codes):
        return []
    ends = np.cumsum(np.bincount(codes))[:-1]
    return list(zip(keys, np.split(np.argsort(codes, kind="stable"), ends), strict=True))


def _largest(members: list[tuple[object, np.ndarray]], fit: np.ndarray) -> list[tuple[object, np.ndarray]]:
    """Groups with the most values, if there are too many to draw; of equals the earlier ones."""
    sizes = [-int(fit[rows].sum()) for _, rows in members]
    places = sorted(range(len(members)), key=sizes.__getitem__)[:MOST_GROUPS]
    return [members[place] for place in sorted(places)]


def _axis_label(label: str, known: Metric | None) -> str:
    if known is None:
        return f"{label} (further right = a larger value)"
    unit = re.sub(r"(?<!\w)-(?=\d)", "−", plain(known.unit))
    unit = "" if unit.casefold() == label.casefold() else f": {unit}"
    return f"{label}{unit}\nfurther right = {plain(known.higher_means)}"


def _scale(known: Metric | None) -> tuple[float, float] | None:
    """The ends of a metric's scale, where its unit names them: "share of words, 0 to 1"."""
    found = re.search(r"(?<!about) (-?\d+) to (\d+)$", known.unit) if known else None
    return (float(found[1]), float(found[2])) if found else None


def _why_empty(table: pd.DataFrame, known: Metric | None, label: str) -> str:
    if not len(table):
        return "The table has no rows."
    why = f"None of the {counted(len(table), noun_of(table))} has a value for {label}."
    if known is None or "text" not in table.columns:
        return why
    reasons = why_missing(table.head(200), [known])["reason"]
    return why + (f" For example: {plain(reasons.mode().iloc[0])}." if len(reasons) else "")


def _strips(
    groups: list[_Group],
    of: int,
    label: str,
    axis_label: str,
    scale: tuple[float, float] | None,
    noun: str,
    source: str,
) -> Picture:
    labels = [group.label(noun, short=len(groups) > MOST_TALL_GROUPS) for group in groups]
    left = 0.35 + max(width_of(line, SMALL) for text in labels for line in text.split("\n"))
    row = 0.22 + max(text.count("\n") + 1 for text in labels) * SMALL * 1.3 / 72
    dense = [group.name for group in groups if len(group.values) > MOST_POINTS]
    notes = [f"The {len(groups)} largest of {of:,} groups are drawn."] if of > len(groups) else []
    if dense:
        which = "" if len(dense) == len(groups) else f" ({plain(listed(dense))})"
        notes.append(f"Over {MOST_POINTS} {noun}s{which}: bars instead of points; the higher, the more {noun}s.")
    figure, axes = picture(
        _metric_title(groups, label), row * len(groups), left=left, note=" ".join(notes), source=source
    )
    low, high = _limits(groups, scale)
    axes.set(xlim=(low, high), ylim=(len(groups) - 0.5, -0.5), xlabel=axis_label)
    axes.set_yticks(range(len(groups)), labels)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    if low < 0 < high:
        axes.axvline(0, color=PALE, linewidth=1, zorder=0)
    for place, group in enumerate(groups):
        (_bars if len(group.values) > MOST_POINTS else _points)(axes, place, group, LOOKS[place % len(LOOKS)])
        if len(group.values):
            axes.plot(
                [group.median] * 2,
                [place - 0.42, place + 0.42],
                color=INK,
                linewidth=2.5,
                zorder=3 if len(group.values) > MOST_POINTS else 1.5,
            )
    caption = f"Each point is a {noun}; the upright line is the group's median."
    return finished(figure, _metric_alt(groups, label, axis_label, noun, notes), caption)


def _limits(groups: list[_Group], scale: tuple[float, float] | None) -> tuple[float, float]:
    values = np.concatenate([group.values for group in groups])
    low, high = float(values.min()), float(values.max())
    if scale:
        low, high = min(low, scale[0]), max(high, scale[1])
    margin = 0.03 * (high - low) or 0.5 * max(1.0, abs(high))
    return low - margin, high + margin


def _points(axes: Axes, place: int, group: _Group, look: Look) -> None:
    """A point for each unit; one that would cover its neighbour moves up or down from the middle of the row."""
    low, high = axes.get_xlim()
    levels = np.array(_levels(group.values, (high - low) / 85))
    rows = abs(axes.get_ylim()[1] - axes.get_ylim()[0])
    beside = 0.075 * DPI * rows / axes.bbox.height  # just clear of one another
    step = min(beside, 0.38 / max(1.0, float(np.abs(levels).max(initial=0))))
    axes.plot(
        group.values, place + levels * step, linestyle="none", marker=look.marker, color=look.colour,
        markersize=5 if len(group.values) <= 150 else 3.5, markerfacecolor=look.face, markeredgewidth=1,
    )  # fmt: skip


def _levels(values: np.ndarray, apart: float) -> list[int]:
    """For values in order, the level nearest to the middle (0, -1, 1, -2, ...) where each one has room."""
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
        facecolor=look.face if look.filled else "#ffffff", edgecolor=look.colour, hatch=look.hatch, linewidth=0.8,
    )  # fmt: skip


def _metric_title(groups: list[_Group], label: str) -> str:
    ranked = sorted((group for group in groups if len(group.values)), key=lambda group: group.median)
    low, high = ranked[0], ranked[-1]
    if len(ranked) == 1 and len(low.values) < 4:
        return f"{label}: median {number(low.median)}, n = {len(low.values)}"
    if len(ranked) == 1:
        quarters = [number(value) for value in np.quantile(low.values, (0.25, 0.75))]
        return f"{label}: median {number(low.median)}, the middle half from {quarters[0]} to {quarters[1]}"
    if number(low.median) == number(high.median):
        return f"{label}: the same median, {number(low.median)}, in {'both' if len(ranked) == 2 else 'all'} groups"
    return f"{label}: medians from {number(low.median)} ({low.name}) to {number(high.median)} ({high.name})"


def _metric_alt(groups: list[_Group], label: str, axis_label: str, noun: str, notes: list[str]) -> str:
    means = axis_label.partition("\n")[2]
    parts = [f"Strip plot of {label}{', ' + means if means else ''}, one row a group."]
    for group in groups[:MOST_TALL_GROUPS]:
        spread = ""
        if len(group.values):
            cuts = [number(value) for value in np.quantile(group.values, (0, 0.25, 0.75, 1))]
            spread = f", the middle half from {cuts[1]} to {cuts[2]}, all from {cuts[0]} to {cuts[3]}"
        parts.append(group.label(noun).replace("\n", ": ", 1).replace("\n", ", ") + spread + ".")
    more = len(groups) - MOST_TALL_GROUPS
    parts += [f"{_metric_title(groups, label)}; {counted(more, 'more group')}."] if more > 0 else []
    return " ".join(parts + notes)


# A comparison


def plot_comparison(
    comparison: pd.DataFrame,
    by: str = "kind",
    pair: tuple[str, str] = ("article", "comment"),
    *,
    metrics: Sequence[Metric] = METRICS,
    source: str | None = None,
) -> Picture:
    """Draw a comparison, one row a metric: how often the second group scores higher, and what the numbers carry.

    A filled point has a verdict; an open one cannot tell.  Where the table has share_higher_low and share_higher_high
    their interval is drawn.  Metrics without a value are listed beneath.

    Parameters
    ----------
    comparison : DataFrame
        A table from `compare`; or one from `measure`, which is then compared.
    by, pair, metrics
        For a measured table, as in `compare`.  A comparison's own columns say what was compared.
    source : str, optional
        Source line; by default the corpora that `thread_id` names, else "own texts".  A comparison does not know
        its texts: without `source` it has no such line.

    Returns
    -------
    Figure
        With the alt text and caption that `show` uses.

    Raises
    ------
    TypeError, ValueError
        If the table comes neither from `compare` nor from `measure`; as `compare`.
    """
    table = as_measured(comparison, "plot_comparison")
    line = "" if "verdict" in table.columns and source is None else source_of(table, source)
    if "verdict" not in table.columns:
        if not len(table):
            return nothing_to_draw("Comparison: nothing to draw", "The table has no rows.", line)
        table = compare(table, by, pair, metrics=metrics)
    rows, pair = _comparison_rows(table)
    drawn = [row for row in rows if row.higher == row.higher]
    if not drawn:
        reason = _no_values(rows, pair) or "The comparison has no rows."
        return nothing_to_draw("Comparison: no metric has a value in both groups", reason, line)
    with style():
        return _verdicts(rows, drawn, (plain(pair[0], 24), plain(pair[1], 24)), line)


class _Row(NamedTuple):
    label: str
    counts: tuple[int, int]
    higher: float
    interval: tuple[float, float]
    verdict: str

    @property
    def tells(self) -> bool:
        return not self.verdict.startswith("cannot tell")


def _comparison_rows(table: pd.DataFrame) -> tuple[list[_Row], tuple[str, str]]:
    for column in ("label", "share_higher", "verdict"):
        needed(table, column, "plot_comparison takes a table from compare(measured).")
    names = [str(name).removesuffix("_median") for name in table.columns if str(name).endswith("_median")]
    if len(names) != 2:
        raise ValueError(
            f"A comparison has two columns that end with _median; this table has {len(names)}. "
            "compare(measured) gives one."
        )
    for name in names:
        needed(table, f"{name}_n", "plot_comparison takes a table from compare(measured).")
    counts = [table[f"{name}_n"].astype(int).tolist() for name in names]
    ends = [_floats(table, f"share_higher_{end}") for end in ("low", "high")]
    columns = (
        table["label"],
        zip(*counts, strict=True),
        _floats(table, "share_higher"),
        zip(*ends, strict=True),
        table["verdict"],
    )
    rows = [
        _Row(plain(label, 32), n, higher, interval, plain(verdict, 90))
        for label, n, higher, interval, verdict in zip(*columns, strict=True)
    ]
    return rows, (names[0], names[1])


def _floats(table: pd.DataFrame, column: str) -> list[float]:
    if column not in table.columns:
        return [float("nan")] * len(table)
    values: list[float] = table[column].to_numpy(dtype=float, na_value=np.nan).tolist()
    return values


def _no_values(rows: list[_Row], pair: tuple[str, str]) -> str:
    """Metrics without a value, gathered by the side that has none."""
    lacking: dict[str, list[str]] = {}
    for row in rows:
        if row.higher != row.higher:
            sides = [plain(side, 24) for side, n in zip(pair, row.counts, strict=True) if not n]
            where = f"in {' or '.join(sides)}" if sides else "to compare"
            lacking.setdefault(where, []).append(row.label)
    return " ".join(f"No value {where}: {', '.join(labels)}." for where, labels in lacking.items())


_VERDICT_WIDTH = 2.05  # inches


def _verdicts(rows: list[_Row], drawn: list[_Row], pair: tuple[str, str], source: str) -> Picture:
    same = len({row.counts for row in drawn}) == 1
    labels = [row.label if same else f"{row.label}  {row.counts[0]:,} | {row.counts[1]:,}" for row in drawn]
    verdicts = [wrapped(row.verdict, _VERDICT_WIDTH, SMALL, lines=3) for row in drawn]
    heights = max(map(len, verdicts)) * SMALL * 1.25 / 72 + 0.12
    left = 0.3 + max(width_of(label, SMALL) for label in labels)
    counts = (
        f"n = {drawn[0].counts[0]:,} ({pair[0]}), {drawn[0].counts[1]:,} ({pair[1]})"
        if same
        else f"n: {pair[0]} | {pair[1]}"
    )
    note = " ".join(
        filter(
            None,
            [
                "Filled point: the numbers carry a verdict. Open point: they cannot tell.",
                _no_values(rows, pair),
            ],
        )
    )
    figure, axes = picture(
        _comparison_title(rows, pair),
        heights * len(drawn),
        left=left,
        right=_VERDICT_WIDTH + 0.25,
        above=0.35,
        below=0.85,
        note=note,
        source=source,
    )
    axes.set(xlim=(-0.03, 1.03), ylim=(len(drawn) - 0.5, -0.5))
    axes.set_xlabel(f"share of pairs in which the {pair[1]} scores higher\n(0.5 = no difference)", labelpad=18)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
    axes.set_yticks(range(len(drawn)), labels)
    axes.tick_params(axis="y", length=0)
    axes.axvline(NO_DIFFERENCE, color=GREY, linewidth=1.2, linestyle="--", zorder=0)
    for place, row in enumerate(drawn):
        _verdict_row(axes, place, row, "\n".join(verdicts[place]))
    _directions(axes, pair, counts, left)
    return finished(figure, _comparison_alt(rows, drawn, pair), f"Each point is a metric: {pair[0]} against {pair[1]}.")


def _verdict_row(axes: Axes, place: int, row: _Row, verdict: str) -> None:
    look = LOOKS[0]
    axes.axhline(place, color=PALE, linewidth=0.6, zorder=0)
    if all(end == end for end in row.interval):
        axes.plot(
            row.interval,
            [place, place],
            color=look.colour,
            linewidth=2,
            solid_capstyle="butt",
            marker="|",
            markersize=8,
        )
    face = look.colour if row.tells else "#ffffff"
    axes.plot(
        [row.higher],
        [place],
        linestyle="none",
        marker="o",
        markersize=8,
        color=look.colour,
        markerfacecolor=face,
        markeredgewidth=1.6,
    )
    axes.annotate(
        verdict, (1, place), (7, 0), xycoords=("axes fraction", "data"), textcoords="offset points",
        size=SMALL, va="center", linespacing=1.1, annotation_clip=False,
    )  # fmt: skip


def _directions(axes: Axes, pair: tuple[str, str], counts: str, left: float) -> None:
    """Name both ends beneath the axis, and the columns above it."""
    room = WIDTH - left - _VERDICT_WIDTH - 0.4
    who = f"{pair[1]}s " if 2 * width_of(f"{pair[1]}s higher →", SMALL, bold=True) < room else ""
    for x, side, text in ((0, "left", f"← {who}lower"), (1, "right", f"{who}higher →")):
        axes.annotate(
            text,
            (x, 0),
            (0, -20),
            xycoords="axes fraction",
            textcoords="offset points",
            ha=side,
            va="top",
            size=SMALL,
            weight="bold",
        )
    for x, shift, text in ((0, 0.14 - left, counts), (1, 7 / 72, "verdict")):
        axes.annotate(
            text,
            (x, 1),
            (shift * 72, 7),
            xycoords="axes fraction",
            textcoords="offset points",
            size=SMALL,
            color=GREY,
        )


def _comparison_title(rows: list[_Row], pair: tuple[str, str]) -> str:
    told = [row for row in rows if row.tells]
    if not told:
        reasons = {row.verdict for row in rows if row.higher == row.higher}
        why = f": {reasons.pop()}" if len(reasons) == 1 else ""
        return f"No verdict on any of {counted(len(rows), 'metric')}{why}"
    widest = max(told, key=lambda row: abs(row.higher - NO_DIFFERENCE))
    shown = plain(widest.verdict.partition(" (against")[0], 80)
    return f"A verdict on {len(told)} of {counted(len(rows), 'metric')}; furthest apart is {widest.label}: {shown}"


def _comparison_alt(rows: list[_Row], drawn: list[_Row], pair: tuple[str, str]) -> str:
    """The finding, and the metrics that lie furthest from no difference; the text twin has every one."""
    furthest = sorted(drawn, key=lambda row: -abs(row.higher - NO_DIFFERENCE))[:6]
    parts = [
        f"Dot plot of {counted(len(drawn), 'metric')}: share of pairs in which the {pair[1]} scores higher than the "
        f"{pair[0]}, from 0 to 1; 0.5 is no difference. {_comparison_title(rows, pair)}. Furthest from 0.5:"
    ]
    for row in furthest:
        low, high = (number(end) for end in row.interval)
        between = f" (interval {low} to {high})" if row.interval[0] == row.interval[0] else ""
        parts.append(
            f"{row.label} {number(row.higher)}{between}, n {row.counts[0]:,} and {row.counts[1]:,}: {row.verdict}."
        )
    return " ".join(filter(None, [*parts, _no_values(rows, pair)]))
