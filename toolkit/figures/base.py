"""The frame of every figure: title, axes, note and source line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from .style import BASE, DPI, GREY, INK, LINE, SMALL, SUBTITLE, TITLE, WIDTH, plain, style, wrapped

if TYPE_CHECKING:
    import pandas as pd

_EDGE = 0.14  # inches between text and edge


class Picture(Figure):
    """A matplotlib Figure with an `alt_text` and a `caption`; on the last line of a cell it displays as `show` does."""

    alt_text: str = ""
    caption: str = ""
    data: pd.DataFrame | None = None  # the plotted data, as a table to save

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        from .display import bundle

        return bundle(self)


# Layout: text above and below, axes in between, all in inches


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

    Call it, and draw, inside `style()`.
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
    """Attach alt text, caption and data, and make the tick labels while our settings apply."""
    figure.alt_text, figure.caption, figure.data = alt, caption, data
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            axis.get_ticklabels(which="both")
    return figure


def nothing_to_draw(title: str, reason: str, source: str) -> Picture:
    """Make a figure that explains in words why there is nothing to plot."""
    with style():
        figure, axes = picture(title, 0.7, left=_EDGE, below=0.1, source=source)
        axes.set_axis_off()
        lines = wrapped(reason, WIDTH - 4 * _EDGE, BASE)
        axes.text(0.5, 0.5, "\n".join(lines), ha="center", va="center", transform=axes.transAxes)
        return finished(figure, f"An empty figure: {title}. {reason}")
