"""explore_metrics: any metric by any grouping, and the units with the most extreme values."""

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import pandas as pd

from .._tables import checked_choice, is_a
from ..figures.formatting import counted, number, shortened
from ..figures.input_tables import as_measured, noun_of
from ..figures.plot_metric import plot_metric
from ..metrics.measure import METRICS
from .html_panel import table_html
from .widgets import Panel, drawn_html, labelled, row, say, status

MOST_GROUPS = 24  # as many as plot_metric draws
_TOGETHER = "(all together)"
_ENDS = 3  # units shown at each end of the scale
_SHOWN = 240  # characters per unit
_PLACES = {metric.name: place for place, metric in enumerate(METRICS)}
_NO_METRICS = frozenset("block_id position quoted_words attributed_words likes".split())
_NO_GROUPS = _NO_METRICS.union("text text_id unit_id reply_to posted".split())


def explore_metrics(measured: pd.DataFrame, metric: str = "sentiment", by: str | None = "kind") -> Panel:
    """Explore a metric by group: its distribution, n per group, and the units with the most extreme values.

    Parameters
    ----------
    measured : DataFrame
        A table from `measure`.  Numeric columns of your own can be chosen too, and any column with 2 to 24 distinct
        values can define the groups.
    metric, by : str
        Initial selection; ``by=None`` puts all units in one group, as does a table without `kind`.

    Returns
    -------
    Panel
        A widget, shown if it is the last line of a cell.  Its parts: metric, by, status, figure, ends.

    Raises
    ------
    TypeError, ValueError
        If `measured` is not a table, or has no such metric or grouping.
    """
    table = as_measured(measured, "explore_metrics").reset_index(drop=True).rename(columns=str)
    numeric = [str(name) for name in table.select_dtypes("number").columns if name not in _NO_METRICS]
    metrics = sorted(numeric, key=lambda name: _PLACES.get(name, len(METRICS)))  # own columns last
    names = [str(name) for name in table.columns if name not in _NO_GROUPS and table[name].dtype.kind != "f"]
    groupings = [name for name in names if name == "kind" or 2 <= table[name].nunique(dropna=False) <= MOST_GROUPS]
    groupings = [_TOGETHER, *groupings]
    checked_choice(metric, "metric", metrics, "Call measure(units) for more.")
    chosen = labelled(widgets.Dropdown(options=labels_of(metrics), value=metric), "Metric")
    start = _TOGETHER if by is None or (is_a(by, str) and by == "kind" not in table.columns) else by
    grouping = labelled(widgets.Dropdown(options=groupings, value=checked_choice(start, "by", groupings)), "Groups")
    line, *shown = status(), *(widgets.HTML(layout={"width": "100%"}) for _ in range(2))
    figure, ends = shown

    def draw(_: object = None) -> None:
        group = None if grouping.value == _TOGETHER else grouping.value
        figure.value = drawn_html(plot_metric(table, chosen.value, group))
        ends.value = _ends_html(table, chosen.value, group)
        groups = f" by {group}" if group else ""
        known = f"{int(table[chosen.value].notna().sum()):,} of {counted(len(table), noun_of(table))}"
        say(line, f"{chosen.label}{groups}: {known} with a value.")  # announces the new figure to screen readers

    for control in (chosen, grouping):
        control.observe(draw, "value")
    draw()
    parts = {"metric": chosen, "by": grouping, "status": line, "figure": figure, "ends": ends}
    summary = f"{counted(len(table), noun_of(table))}, {counted(len(metrics), 'metric')}"
    return Panel("explore_metrics", [row(chosen, grouping), line, figure, ends], parts, summary)


def labels_of(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return menu labels: a metric's label, else the name of the column."""
    known = {metric.name: metric.label for metric in METRICS}
    return [(known.get(name, name), name) for name in names]


def _ends_html(table: pd.DataFrame, metric: str, by: str | None) -> str:
    ordered = table.dropna(subset=[metric]).sort_values(metric, kind="stable")
    if "text" not in table.columns or ordered.empty:
        return ""
    low, high = ordered.head(_ENDS), ordered.iloc[max(_ENDS, len(ordered) - _ENDS) :]
    rows: list[tuple[Any, ...]] = []
    for which, part in (("lowest", low), ("highest", high.iloc[::-1])):
        for record in part.to_dict("records"):
            group = [str(record[by])] if by else []
            rows.append((which, number(float(record[metric])), *group, shortened(str(record["text"]), _SHOWN)))
    names = ["End", labels_of([metric])[0][0], *([by] if by else []), "The words"]
    return table_html(f"Read the extremes: the {noun_of(table)}s with the lowest and the highest values", names, rows)
