"""Parts of every figure: title, axes, note and source line, and the marks, rows and words that figures share."""

import functools
import inspect
import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, ParamSpec

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ..metrics.measure import Metric, column_of
from .formatting import fitted, number, plain, quoted, width_of, without_emoji, wrapped
from .style import BASE, DPI, GREY, IN_WORDS, INK, LINE, PALE, SMALL, SUBTITLE, TITLE, WIDTH, Look, style

AXES = "axes fraction"
LEVEL = (AXES, "data")  # coordinates beside the axes, level with a row
_EDGE = 0.14  # inches between text and edge
_SMALLEST, _LARGEST = 4.0, 17.0  # points: diameter of the smallest and the largest circle


class Picture(Figure):
    """A matplotlib Figure with an `alt_text` and a `caption`; on the last line of a cell it displays as `show` does."""

    alt_text: str = ""
    caption: str = ""
    data: pd.DataFrame | None = None  # the plotted data, as a table to save

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from .display import bundle

        return bundle(self)


Options = ParamSpec("Options")
_SHARED = """
source : str, optional
    Source line; by default the article that was read or the corpora in `thread_id`, else "own texts".  For a table
    without texts (from `compare`, `robustness`, `keyness`, `word_shift`) there is a source line only if you give one.

Returns
-------
Figure
    Figure with the alt text and caption that `show` uses.

Raises
------
TypeError, ValueError
    If the input is not such a table; the message names what is missing and what to do next.
"""


def in_our_style(plot: Callable[Options, Picture]) -> Callable[Options, Picture]:
    """Decorate a plot_ function: apply our style and append the docstring sections that all of them share."""

    @functools.wraps(plot)
    def styled(*given: Options.args, **options: Options.kwargs) -> Picture:
        with style():
            return plot(*given, **options)

    styled.__doc__ = (inspect.getdoc(plot) or "") + _SHARED
    return styled


def picture(
    title: str,
    height: float,
    *,
    subtitle: str = "",
    left: float = 0.8,
    right: float = 0.25,
    above: float = 0.1,
    below: float = 0.7,
    note: str = "",
    source: str = "",
) -> tuple[Picture, Axes]:
    """Lay out a figure: title, subtitle, axes of `height` inches, note and source line.

    Call it, and draw on its axes, inside `style()`.
    """
    inches = WIDTH - 2 * _EDGE
    lines = wrapped(title, inches, TITLE, bold=True, lines=3)
    under = wrapped(subtitle, inches, SUBTITLE, lines=3) if subtitle else []
    notes = wrapped(note, inches, SMALL, lines=12) if note else []
    sources = wrapped(f"Source: {plain(source, 1_000)}", inches, SMALL, lines=3) if source else []
    foot = len(notes + sources) * SMALL * LINE + 0.08 * bool(notes and sources)
    heading = _EDGE + 0.06 + len(lines) * TITLE * LINE
    head = heading + len(under) * SUBTITLE * LINE + 0.06
    total = math.ceil((head + above + height + below + foot + _EDGE) * DPI) / DPI  # whole pixels
    figure = Picture(figsize=(WIDTH, total), dpi=DPI)
    edge = _EDGE / WIDTH
    figure.add_artist(Line2D([edge, edge + 0.45 / WIDTH], [1 - 0.07 / total] * 2, color=INK, linewidth=4))
    top = 1 - (_EDGE + 0.03) / total
    figure.suptitle("\n".join(lines), x=edge, y=top, ha="left", va="top", size=TITLE, weight="bold")
    if under:
        figure.text(edge, 1 - heading / total, "\n".join(under), size=SUBTITLE, color=GREY, va="top")
    if sources:
        figure.text(edge, _EDGE / total, "\n".join(sources), size=SMALL, color=GREY, va="bottom")
    if notes:
        figure.text(edge, (_EDGE + foot) / total, "\n".join(notes), size=SMALL, color=GREY, va="top")
    bottom = (_EDGE + foot + below) / total
    return figure, figure.add_axes((left / WIDTH, bottom, (WIDTH - left - right) / WIDTH, height / total))


def finished(figure: Picture, alt: str, caption: str = "", data: pd.DataFrame | None = None) -> Picture:
    """Attach alt text, caption and data, and create the tick labels while our settings apply."""
    alt = re.sub("(?<=[.!?…][”’])\\.", "", alt)  # a quoted sentence has its own full stop
    figure.alt_text, figure.caption, figure.data = alt, caption, data
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            axis.get_ticklabels(which="both")
    return figure


def nothing_to_draw(title: str, reason: str, source: str) -> Picture:
    """Make a figure that explains in words why there is nothing to plot."""
    figure, axes = picture(title, 0.7, left=_EDGE, below=0.1, source=source)
    axes.set_axis_off()
    lines = wrapped(reason, WIDTH - 4 * _EDGE, BASE)
    axes.text(0.5, 0.5, "\n".join(lines), ha="center", va="center", transform=axes.transAxes)
    return finished(figure, f"An empty figure: {title}. {reason}")


# Marks and text


def points(axes: Axes, x: Any, y: Any, look: Look, size: float, face: str = "", edge: float = 1, **more: Any) -> None:
    """Draw marks without a line between them, by default in the look's own colours."""
    axes.plot(
        x, y, linestyle="none", marker=look.marker, markersize=size, color=look.edge,
        markerfacecolor=face or look.face, markeredgewidth=edge, **more,
    )  # fmt: skip


ROW_LINE: Any = {"color": PALE, "linewidth": 0.6, "zorder": 0}  # guides the eye from a row to its label


def named_rows(axes: Axes, labels: Sequence[str], places: Sequence[float] = (), rim: float = 0.5) -> None:
    """Label the rows of a figure, first row on top; by default one unit apart."""
    places = places or range(len(labels))
    axes.set_ylim(places[-1] + rim, -rim)
    axes.set_yticks(places, labels)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def write(
    axes: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], where: Any = "data", **how: Any
) -> None:
    """Write at a position inside or outside the axes, shifted by `shift` points to the right and up."""
    how = {"size": SMALL, "annotation_clip": False, "color": INK, **how}
    how["color"] = IN_WORDS.get(how["color"], how["color"])
    axes.annotate(text, at, shift, xycoords=where, textcoords="offset points", **how)


def beside(axes: Axes, place: float, text: str, shift: float = 6, **how: Any) -> None:
    """Write to the right of the axes, level with a row."""
    write(axes, text, (1, place), (shift, 0), LEVEL, **{"va": "center", **how})


def quoted_beside(axes: Axes, top: float, head: str, words: str, at: tuple[float, float], size: float) -> None:
    """Ring a point and quote its text to the right of the axes, from the height `top` (0 to 1) downwards."""
    heads = wrapped(head, 1.8, SMALL, bold=True, lines=3)
    lines = wrapped(quoted(words, 170), 1.8, SMALL, lines=7) if words else []
    for part, above, weight in ((heads, 0, "bold"), (lines, len(heads), "normal")):
        write(axes, "\n".join(part), (1, top), (14, -72 * SMALL * LINE * above), AXES, va="top", weight=weight)
    points(axes, [at[0]], [at[1]], Look(INK, "o", False, ""), size, "none", clip_on=False)


def column(axes: Axes, inches: float, head: str, rows: Sequence[tuple[float, str]]) -> None:
    """Write a column of text, `inches` to the right of the axes, with its heading above."""
    for place, words in rows:
        beside(axes, place, words, 72 * inches, ha="right")
    write(axes, head, (1, 1), (72 * inches, 4), AXES, ha="right", va="bottom", color=GREY)


def ends_named(axes: Axes, less: str, more: str, colours: tuple[str, str], middle: float = 0.0) -> None:
    """Label both directions above the axes, each in its own colour, on either side of `middle` if there is space."""
    low, high = axes.get_xlim()
    x = min(max(middle, low + 0.36 * (high - low)), low + 0.64 * (high - low))
    for text, side, colour, shift in ((f"← {less}", "right", colours[0], -8), (f"{more} →", "left", colours[1], 8)):
        write(axes, text, (x, 1), (shift, 4), ("data", AXES), ha=side, va="bottom", weight="bold", color=colour)


def room_for(labels: Iterable[str], beside: float = 0.3) -> float:
    """Return the width in inches of the widest line of some labels, plus a little space."""
    return beside + max(width_of(line, SMALL) for label in labels for line in label.split("\n"))


def limits(values: Iterable[float], margin: float, least: float = 0.0) -> tuple[float, float]:
    """Return axis limits with a margin as a share of their range; `least` is the margin around a single value."""
    found = [float(value) for value in values]
    low, high = min(found), max(found)
    beyond = margin * (high - low) or least * max(1.0, abs(high))
    return low - beyond, high + beyond


def ticks_among(axis: Axis, values: Iterable[float]) -> None:
    """Set ticks between the lowest and the highest value, so that none is impossible; at whole numbers if all are."""
    found = sorted(values)
    low, high = found[0], found[-1]
    locator: Any = axis.get_major_locator()
    locator.set_params(integer=all(float(value).is_integer() for value in found))
    near = 1e-9 * (high - low)
    ticks = [tick for tick in locator() if low - near <= tick <= high + near]
    ends = sorted({low, high})
    axis.set_ticks(*((ticks,) if len(ticks) > 1 else (ends, [number(end) for end in ends])))


def heading_fitted(words: str, inches: float) -> str:
    """Return a section heading without its emoji, cut to a width in bold type."""
    return fitted(plain(without_emoji(words), 120), inches, SMALL, bold=True)


def diameters(counts: np.ndarray, most: float) -> np.ndarray:
    """Return diameters of marks in points: their area grows with the count."""
    areas = _SMALLEST**2 + (_LARGEST**2 - _SMALLEST**2) * np.clip(counts, 0, None) / max(float(most), 1.0)
    return np.asarray(np.sqrt(areas))


def circles(axes: Axes, x: np.ndarray, y: np.ndarray, sizes: np.ndarray, face: str, alpha: float) -> None:
    """Draw circles with these diameters and dark edges."""
    axes.scatter(x, y, s=sizes**2, facecolor=face, alpha=alpha, edgecolor=INK, linewidth=0.6, zorder=2)


# Metrics and groups


def metric_named(metric: str | Metric, longest: int = 60) -> tuple[str, Metric | None, str]:
    """Return a metric's column name, the metric itself if it is known, and its label for drawing."""
    name, known = column_of(metric)
    return name, known, plain(known.label if known else name, longest)
