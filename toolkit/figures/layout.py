"""What figures draw alike: points, named rows, words beside the axes, limits; and what their docstrings share."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, cast

import pandas as pd
from matplotlib.axes import Axes

from .._tables import require_columns
from ..metrics.measure import METRICS, Metric
from .base import Picture
from .style import GREY, PALE, SMALL, Look, fitted, plain, style, width_of, without_emoji

Plot = TypeVar("Plot", bound=Callable[..., Picture])

_SHARED = """
source : str, optional
    Source line; by default the corpora that `thread_id` names, else "own texts".  A table that has no texts any more
    (from `compare`, `robustness`, `keyness`, `word_shift`) has no such line without it.

Returns
-------
Figure
    With the alt text and caption that `show` uses.

Raises
------
TypeError, ValueError
    If what is given is no such table: the message names what is missing, and the next step.
"""


def in_our_style(plot: Plot) -> Plot:
    """Let a plot_ function draw in our style, and write into its docstring what is the same for all of them."""

    @functools.wraps(plot)
    def styled(*given: Any, **options: Any) -> Picture:
        with style():
            return plot(*given, **options)

    styled.__doc__ = (inspect.getdoc(plot) or "") + _SHARED
    return cast(Plot, styled)


# Marks and words


def points(axes: Axes, x: Any, y: Any, look: Look, size: float, face: str = "", edge: float = 1, **more: Any) -> None:
    """Draw marks that no line joins, by default in the look's own face."""
    axes.plot(
        x, y, linestyle="none", marker=look.marker, markersize=size, color=look.colour,
        markerfacecolor=face or look.face, markeredgewidth=edge, **more,
    )  # fmt: skip


def named_rows(axes: Axes, labels: Sequence[str], places: Sequence[float] = (), rim: float = 0.5) -> None:
    """Name the rows of a figure, the first one on top; by default they are one apart."""
    places = places or range(len(labels))
    axes.set_ylim(places[-1] + rim, -rim)
    axes.set_yticks(places, labels)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def row_line(axes: Axes, place: float) -> None:
    """A pale line along a row, which leads the eye to its name."""
    axes.axhline(place, color=PALE, linewidth=0.6, zorder=0)


def beside(axes: Axes, place: float, text: str, shift: float = 6, **how: Any) -> None:
    """Write at the right of the axes, at the height of a row."""
    axes.annotate(
        text, (1, place), (shift, 0), xycoords=("axes fraction", "data"), textcoords="offset points", size=SMALL,
        va="center", annotation_clip=False, **how,
    )  # fmt: skip


def column(axes: Axes, inches: float, head: str, rows: Sequence[tuple[float, str]], **how: Any) -> None:
    """Write a column of words, `inches` right of the axes' right end, with its heading above."""
    how = {"ha": "right", "size": SMALL, "annotation_clip": False, **how}
    for place, words in rows:
        axes.annotate(words, (1, place), (72 * inches, 0), xycoords=("axes fraction", "data"),
                      textcoords="offset points", va="center", **how)  # fmt: skip
    axes.annotate(head, (1, 1), (72 * inches, 4), xycoords="axes fraction", textcoords="offset points", va="bottom",
                  **{**how, "color": GREY})  # fmt: skip


def above(axes: Axes, x: float, inches: float, text: str, points: float = 6) -> None:
    """Name a column of words above the axes, `inches` from their left (x = 0) or right end (x = 1)."""
    axes.annotate(
        text, (x, 1), (inches * 72, points), xycoords="axes fraction", textcoords="offset points", size=SMALL,
        color=GREY, annotation_clip=False,
    )  # fmt: skip


def ends_named(axes: Axes, less: str, more: str, colours: tuple[str, str], middle: float | None = None) -> None:
    """Name both ends above the axes, each in its colour; from `middle` outwards where that is given."""
    places = ((0, "left"), (1, "right")) if middle is None else ((middle, "right"), (middle, "left"))
    coords: Any = "axes fraction" if middle is None else ("data", "axes fraction")
    gap = 0 if middle is None else 8
    for (x, side), text, colour, shift in zip(places, (f"← {less}", f"{more} →"), colours, (-gap, gap), strict=True):
        axes.annotate(
            text, (x, 1), (shift, 4), xycoords=coords, textcoords="offset points", ha=side, va="bottom",
            size=SMALL, weight="bold", color=colour, annotation_clip=False,
        )  # fmt: skip


def room_for(labels: Iterable[str], beside: float = 0.3) -> float:
    """Inches that the widest line of some labels needs, and a little space beside it."""
    return beside + max(width_of(line, SMALL) for label in labels for line in label.split("\n"))


def with_counts(label: str, counts: Sequence[int]) -> str:
    """The name of a row, and behind it its n on both sides."""
    return f"{label}  {counts[0]:,} | {counts[1]:,}"


def limits(values: Iterable[float], margin: float, least: float = 0.0) -> tuple[float, float]:
    """Ends of an axis with a margin, as a share of its length; `least` is that of an axis with a single value."""
    found = [float(value) for value in values]
    low, high = min(found), max(found)
    beyond = margin * (high - low) or least * max(1.0, abs(high))
    return low - beyond, high + beyond


def heading_fitted(words: str, inches: float, *, bold: bool = False) -> str:
    """A section's heading without its emoji, cut to a width."""
    return fitted(plain(without_emoji(words), 120), inches, SMALL, bold=bold)


def several(group: str) -> str:
    """What the texts of a group are called: comments have a plural, the article has none."""
    return "comments" if group == "comment" else group


def short(label: str) -> str:
    """A metric's label for a title: what is in brackets is left to the subtitle."""
    return label.partition(" (")[0]


def people(group: str) -> str:
    """Who writes a group, in a title."""
    return "the comments" if group == "comment" else f"the {group}"


def joined(*parts: str) -> str:
    """Sentences one after the other; empty ones are left out."""
    return " ".join(filter(None, parts))


# Metrics and groups


def metric_named(metric: str | Metric, longest: int = 60) -> tuple[str, Metric | None, str]:
    """A metric's column, the metric itself if it is a known one, and its label, fit to be drawn."""
    if isinstance(metric, Metric):
        return metric.name, metric, plain(metric.label, longest)
    known = next((each for each in METRICS if each.name == metric), None)
    return metric, known, plain(known.label if known else metric, longest)


def scale_of(known: Metric | None) -> list[float]:
    """The ends of a metric's scale, where its unit names them ("VADER compound, -1 to 1")."""
    found = re.search(r"(?<!about) (-?\d+) to (\d+)$", known.unit) if known else None
    return [float(found[1]), float(found[2])] if found else []


def pair_in(table: pd.DataFrame, pattern: str, step: str, also: Sequence[str] = ()) -> tuple[str, str]:
    """The two groups that a table compares, by its columns: `pattern` has a star for a group, and so has `also`."""
    front, end = pattern.split("*")
    names = [name for name in map(str, table.columns) if name.startswith(front) and name.endswith(end)]
    groups = [name.removeprefix(front).removesuffix(end) for name in names]
    if len(groups) != 2:
        where = f"end with {end}" if end else f"begin with {front}"
        present = list(map(str, table.columns))
        raise ValueError(f"The table needs the columns of two groups that {where}; it has {present}. {step}")
    for column in also:
        require_columns(table, [column.replace("*", group) for group in groups], step)
    return groups[0], groups[1]
