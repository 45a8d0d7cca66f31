"""The figure of robustness: plot_robustness draws a comparison under all combinations of choices, and the choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes

from .choices import CHOICES, pair_of, robustness_sentence
from .figure_style import GREY, INK, LOOKS, PALE, SMALL, VERMILION, counted, number, plain, style, width_of
from .pictures import Picture, as_measured, finished, needed, nothing_to_draw, picture, source_of
from .resampling import NO_DIFFERENCE

if TYPE_CHECKING:
    import pandas as pd

_CURVE, _ROW, _GAP = 2.5, 0.25, 0.5  # inches: height of the curve, of a choice, and between the two
_RIGHT = 1.15  # inches, for the two means of each choice
_OWN = "the toolkit's own choices"


def plot_robustness(table: pd.DataFrame, *, source: str | None = None) -> Picture:
    """Draw a comparison under every combination of choices: shares in order, and beneath them what was chosen.

    Above, each point is a combination: the share of pairs in which the second group scores higher, with its 95 %
    interval where there is one; filled points carry a verdict, the cross is the toolkit's own combination. Below, a
    mark stands where a choice differs from the toolkit's own; the numbers at the right are the mean shares of the
    combinations that differ in this choice alone, without and with it.

    Parameters
    ----------
    table : DataFrame
        From `robustness`.
    source : str, optional
        Source line; the table does not know its texts, so without `source` there is none.

    Returns
    -------
    Figure
        With the alt text and caption that `show` uses.

    Raises
    ------
    TypeError, ValueError
        If the table does not come from `robustness`.
    """
    rows = as_measured(table, "plot_robustness")
    for column in ("label", "share_higher", "share_higher_low", "share_higher_high"):
        needed(rows, column, "plot_robustness takes a table from robustness(texts).")
    second = plain(pair_of(rows)[1], 24)
    line = "" if source is None else source_of(rows, source)
    drawn = rows.assign(_own=np.arange(len(rows)) == 0)[rows["share_higher"].notna().to_numpy()]
    if not len(drawn):
        return nothing_to_draw("Robustness: nothing to draw", "No combination has a value in both groups.", line)
    drawn = drawn.sort_values("share_higher", kind="stable")
    with style():
        return _curve_and_grid(drawn, _title(rows), len(rows) - len(drawn), second, line)


class _Line(NamedTuple):
    """One choice in the grid: where it differs from the toolkit's own, and the mean shares without and with.

    The means are over the pairs of combinations that differ in this choice alone.
    """

    label: str
    on: np.ndarray
    without: float
    with_it: float


def _lines(rows: pd.DataFrame) -> list[_Line]:
    asked = [choice for choice in CHOICES if choice.name in rows.columns]
    keys = list(rows[[choice.name for choice in asked]].itertuples(index=False, name=None))
    shares = dict(zip(keys, rows["share_higher"].to_numpy(float).tolist(), strict=True))
    made = []
    for place, choice in enumerate(asked):
        on = np.array([key[place] == choice.other for key in keys])
        twins = [(key, (*key[:place], choice.usual, *key[place + 1 :])) for key in keys if key[place] == choice.other]
        pairs = np.array([(shares[twin], shares[key]) for key, twin in twins if twin in shares]).reshape(-1, 2)
        made.append(_Line(choice.told, on, _mean(pairs[:, 0]), _mean(pairs[:, 1])))
    return made


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else float("nan")


def _curve_and_grid(rows: pd.DataFrame, title: str, left_out: int, second: str, source: str) -> Picture:
    lines, note = _lines(rows), _note(rows, left_out)
    left = 0.3 + max(1.3, *(width_of(line.label, SMALL) for line in lines))
    grid = _ROW * len(lines)
    figure, curve = picture(
        title, _CURVE + _GAP + grid, left=left, right=_RIGHT, above=0.3, below=0.5, note=note, source=source
    )
    height = figure.get_figheight()
    box = curve.get_position()
    curve.set_position((box.x0, box.y1 - _CURVE / height, box.width, _CURVE / height))
    choices = figure.add_axes((box.x0, box.y0, box.width, grid / height))
    _draw_curve(curve, rows, second)
    _draw_grid(choices, lines)
    for axes in (curve, choices):
        axes.set_xlim(-0.02 * len(rows) - 0.6, 1.02 * len(rows) - 0.4)
    caption = "Each point, and the marks beneath it, is one combination of choices."
    return finished(figure, _alt(rows, lines, title, second), caption)


def _title(rows: pd.DataFrame) -> str:
    sentence = robustness_sentence(rows).removesuffix(".")
    label = plain(rows["label"].iloc[0], 40)
    return f"{label}: {sentence[0].lower()}{sentence[1:]}"


def _note(rows: pd.DataFrame, left_out: int) -> str:
    parts = ["Filled point: the numbers carry a verdict. Open point: they cannot tell."]
    parts.append("Higher and lower in the title go by mean or median, the curve by the share.")
    parts += [f"Cross: {_OWN}."] if rows["_own"].any() else []
    parts += ["Upright line: 95 % interval."] if rows["share_higher_low"].notna().any() else []
    parts += ["No interval: too few comments or blocks."] if rows["share_higher_low"].isna().all() else []
    parts += [f"{counted(left_out, 'combination')} without a value."] if left_out else []
    return " ".join(parts)


def _draw_curve(axes: Axes, rows: pd.DataFrame, second: str) -> None:
    look, places = LOOKS[0], np.arange(len(rows))
    shares = rows["share_higher"].to_numpy(float)
    low, high = (rows[f"share_higher_{end}"].to_numpy(float) for end in ("low", "high"))
    has = ~np.isnan(low)
    if has.any():
        width = max(0.6, min(2.0, 200 / len(rows)))
        axes.vlines(places[has], low[has], high[has], color=PALE, linewidth=width, zorder=1)
    axes.axhline(NO_DIFFERENCE, color=GREY, linewidth=1.2, linestyle="--", zorder=0.5)
    tells = ~rows["verdict"].str.startswith("cannot tell").to_numpy(bool)
    size = 5.5 if len(rows) <= 80 else 3.5
    for chosen, face in ((~tells, "#ffffff"), (tells, look.colour)):
        axes.plot(
            places[chosen], shares[chosen], linestyle="none", marker="o", markersize=size, color=look.colour,
            markerfacecolor=face, markeredgewidth=0.8,
        )  # fmt: skip
    own = np.flatnonzero(rows["_own"].to_numpy(bool))
    axes.plot(
        places[own],
        shares[own],
        linestyle="none",
        marker="X",
        markersize=10,
        color=VERMILION,
        markeredgecolor="#ffffff",
    )
    axes.set(ylim=(-0.03, 1.03), yticks=[0, 0.25, 0.5, 0.75, 1], xticks=[])
    axes.set_ylabel(f"share of pairs in which\nthe {second} scores higher")
    axes.spines["bottom"].set_visible(False)
    for y, text in ((0.98, "↑ higher"), (0.02, "↓ lower")):
        axes.annotate(
            text, (1, y), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points", size=SMALL,
            weight="bold", va="center", annotation_clip=False,
        )  # fmt: skip
    axes.annotate(
        "0.5 = no\ndifference", (1, NO_DIFFERENCE), (6, 0), xycoords=("axes fraction", "data"),
        textcoords="offset points", size=SMALL, color=GREY, va="center",
    )  # fmt: skip


def _draw_grid(axes: Axes, lines: list[_Line]) -> None:
    for place, line in enumerate(lines):
        axes.axhline(place, color=PALE, linewidth=0.6, zorder=0)
        on = np.flatnonzero(line.on)
        axes.vlines(on, place - 0.34, place + 0.34, color=INK, linewidth=max(1.0, min(5.0, 300 / len(line.on))))
        shares = f"{number(line.without)} | {number(line.with_it)}"
        axes.annotate(
            shares, (1, place), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points", size=SMALL,
            va="center", annotation_clip=False,
        )  # fmt: skip
    axes.annotate(
        "mean share\nwithout | with", (1, 1), (6, 2), xycoords="axes fraction", textcoords="offset points", size=SMALL,
        color=GREY, va="bottom", annotation_clip=False,
    )  # fmt: skip
    axes.set(ylim=(len(lines) - 0.5, -0.5), xticks=[], xlabel="combinations, in the order of their share")
    axes.set_yticks(range(len(lines)), [line.label for line in lines])
    axes.tick_params(axis="y", length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _alt(rows: pd.DataFrame, lines: list[_Line], title: str, second: str) -> str:
    shares = rows["share_higher"].to_numpy(float)
    intervals = rows[rows["share_higher_low"].notna()]
    parts = [
        f"Curve of {counted(len(rows), 'combination')} of choices: share of pairs in which the {second} scores higher, "
        f"in order from {number(shares[0])} to {number(shares[-1])}; {number(NO_DIFFERENCE)} is no difference. "
        f"{title}.",
    ]
    if len(intervals):
        without = int(((intervals["share_higher_low"] > 0.5) | (intervals["share_higher_high"] < 0.5)).sum())
        parts.append(f"{len(intervals):,} have an interval; {without:,} of these leave 0.5 out.")
    else:
        parts.append("None has an interval.")
    own: Any = rows.loc[rows["_own"], "share_higher"]
    parts += [f"With {_OWN} it is {number(float(own.iloc[0]))}."] if len(own) else []
    parts.append("Mean share without and with each choice:")
    told = [f"{line.label} {number(line.without)} and {number(line.with_it)}" for line in lines]
    return " ".join([*parts, "; ".join(told) + "."])
