"""plot_robustness: a comparison under all combinations of analysis choices, as a specification curve."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ..comparison.analysis_choices import CHOICES
from ..comparison.multiverse import pair_of, robustness_sentence
from ..comparison.share_higher import NO_DIFFERENCE
from ..comparison.verdicts import is_decided
from . import layout
from .formatting import counted, joined, lower_first, number, people_do, plain, several, short
from .input_tables import as_measured, source_of
from .layout import Picture, finished, in_our_style, nothing_to_draw, picture
from .style import GREY, INK, LOOKS, PALE, Look

MOST_RINGS = 80  # combinations; with more, undecided ones become a line
_CURVE, _ROW, _GAP = 2.5, 0.25, 0.5  # inches: height of the curve, of a choice, and of the gap between them
_RIGHT = 1.5  # inches for the two means of each choice


@in_our_style
def plot_robustness(table: pd.DataFrame, *, source: str | None = None) -> Picture:
    """Plot a specification curve: a comparison under every combination of analysis choices.

    Above, each point, or with more than 80 combinations each place on the line, is a combination: the share of pairs
    in which the second group scores higher, with its 95% interval if there is one; filled points support a verdict,
    the cross is the toolkit's own combination. Below, a mark shows that a choice differs from the toolkit's own; the
    numbers at the right are the mean shares without and with that choice, over pairs of combinations that differ in
    it alone.

    Parameters
    ----------
    table : DataFrame
        All or some rows of a table from `robustness`.
    """
    columns = ("label", "share_higher", "share_higher_low", "share_higher_high")
    rows = as_measured(table, "plot_robustness", columns, "a table from robustness(texts).")
    second = plain(pair_of(rows)[1], 24)
    line = "" if source is None else source_of(rows, source)
    usual = {choice.name: choice.usual for choice in CHOICES if choice.name in rows.columns}
    own = (rows[list(usual)].to_numpy(object) == list(usual.values())).all(axis=1) & bool(usual)  # a subset may lack it
    drawn = rows.assign(_own=own)[rows["share_higher"].notna().to_numpy()]
    if not len(drawn):
        return nothing_to_draw("Robustness: nothing to draw", "No combination has a value in both groups.", line)
    drawn = drawn.sort_values("share_higher", kind="stable")
    return _draw(drawn, _title(drawn, len(rows)), robustness_sentence(rows), len(rows) - len(drawn), second, line)


def _lines(rows: pd.DataFrame) -> pd.DataFrame:
    """Return where each choice in the grid differs from the toolkit's own, and the mean shares without and with it.

    The means are over pairs of combinations that differ only in this choice.
    """
    asked = [choice for choice in CHOICES if choice.name in rows.columns]
    made = []
    for choice in asked:
        others = [other.name for other in asked if other != choice]
        shares = rows.assign(all=0).pivot_table("share_higher", [*others, "all"], choice.name, aggfunc="last")
        means = shares.reindex(columns=[choice.usual, choice.other]).dropna().mean()
        made.append((choice.described, rows[choice.name].eq(choice.other).to_numpy(), *map(_share, means)))
    return pd.DataFrame(made, columns=["label", "on", "without", "with_it"])


def _share(value: float) -> str:
    return "–" if value != value else number(value)  # a subset may have no such pair


def _draw(rows: pd.DataFrame, title: str, sentence: str, left_out: int, second: str, source: str) -> Picture:
    lines, has_interval = _lines(rows), rows["share_higher_low"].notna().any()
    is_line = len(rows) > MOST_RINGS
    each, rest = ("place on the line", "The rest of the line") if is_line else ("point", "Open")
    note = joined(
        f"Filled points: the numbers support a verdict. {rest}: they do not."
        if rows["verdict"].map(is_decided).any()
        else "",
        "Upright line: 95% interval." if has_interval else "No interval: too few comments or blocks.",
        f"{counted(left_out, 'combination')} without a value." if left_out else "",
    )
    left, grid = max(0.3 + 1.3, layout.room_for(lines["label"])), _ROW * len(lines)
    height, sides = _CURVE + _GAP + grid, {"left": left, "right": _RIGHT, "above": 0.3, "below": 0.35}
    subtitle = (
        f"The same comparison, {counted(len(rows), 'time')}: each {each} is one way to make every analysis choice. "
        f"Height: share of pairs in which the {second} scores higher"
    )
    figure, curve = picture(title, height, subtitle=subtitle, note=note, source=source, **sides)
    box, height = curve.get_position(), figure.get_figheight()
    curve.set_position((box.x0, box.y1 - _CURVE / height, box.width, _CURVE / height))
    choices = figure.add_axes((box.x0, box.y0, box.width, grid / height))
    _draw_curve(curve, rows)
    _name_heights(curve, second, rows)
    _draw_grid(choices, lines)
    for axes in (curve, choices):
        axes.set_xlim(-0.02 * len(rows) - 0.6, 1.02 * len(rows) - 0.4)
    caption = f"Each {each}, with the marks below it, is one combination of choices."
    return finished(figure, _alt_text(rows, lines, sentence, second), caption, rows.drop(columns="_own"))


def _draw_curve(axes: Axes, rows: pd.DataFrame) -> None:
    places = np.arange(len(rows))
    shares, low, high = (rows[f"share_higher{end}"].to_numpy(float) for end in ("", "_low", "_high"))
    has = ~np.isnan(low)
    if has.any():
        width = max(0.6, min(2.0, 200 / len(rows)))
        ends = np.column_stack([low[has], high[has], np.full(has.sum(), np.nan)]).ravel()
        axes.plot(np.repeat(places[has], 3), ends, color=PALE, linewidth=width, solid_capstyle="butt", zorder=0)
        axes.plot(places, low, "_", places, high, "_", color=GREY, markersize=3, markeredgewidth=0.8, zorder=1)
    axes.axhline(NO_DIFFERENCE, color=GREY, linewidth=1.2, linestyle="--", zorder=0.5)
    is_certain = rows["verdict"].map(is_decided).to_numpy(bool)
    dense, above = len(rows) > MOST_RINGS, shares > NO_DIFFERENCE
    size = 5.0 if dense else 5.5
    for side in (False, True):
        look, at = LOOKS[side]._replace(marker="o"), above == side
        if dense:  # otherwise rings would merge and look filled
            axes.plot(places[at], shares[at], color=look.colour, linewidth=1.2)
        else:
            layout.points(axes, places[at & ~is_certain], shares[at & ~is_certain], look, size, "#ffffff", 0.8)
        layout.points(axes, places[at & is_certain], shares[at & is_certain], look, size, look.colour, 0.8)
    own = rows["_own"].to_numpy(bool)
    layout.points(axes, places[own], shares[own], Look(INK, "X", True, ""), 10, markeredgecolor="#ffffff")
    if own.any():
        place, share = int(places[own][0]), float(shares[own][0])
        shift, ha = ((8, -18), "left") if place < len(rows) / 2 else ((-2, 9), "right")  # the curve rises
        behind = {"facecolor": "#ffffff", "edgecolor": "none", "pad": 0.5, "alpha": 0.8}
        words = f"toolkit's own choices: {number(share)}"
        layout.write(axes, words, (place, share), shift, ha=ha, weight="bold", zorder=6, bbox=behind)


def _name_heights(axes: Axes, second: str, rows: pd.DataFrame) -> None:
    """Show shares on the axis, cut unused range, and label both directions in the colours of the groups."""
    ends = rows[["share_higher", "share_higher_low", "share_higher_high"]].to_numpy(float)
    low, high = min(0.38, float(np.nanmin(ends))), max(0.62, float(np.nanmax(ends)))
    ticks = [tick / 4 for tick in range(5) if low <= tick / 4 <= high]
    ticks = ticks if len(ticks) > 1 else [0.4, 0.5, 0.6]
    axes.set(ylim=(low - 0.03, high + 0.03), xticks=[])
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    axes.spines["bottom"].set_visible(False)
    layout.beside(axes, high, f"↑ {several(second)} higher", weight="bold", color=LOOKS[1].colour)
    layout.beside(axes, low, f"↓ {several(second)} lower", weight="bold", color=LOOKS[0].colour)
    layout.beside(axes, NO_DIFFERENCE, "0.5 = no\ndifference", color=GREY)


def _draw_grid(axes: Axes, lines: pd.DataFrame) -> None:
    for place, on in enumerate(lines["on"]):
        axes.axhline(place, **layout.ROW_LINE)
        runs = np.flatnonzero(np.diff([0, *on, 0])).reshape(-1, 2) - 0.5  # start and end of each run
        ends = np.column_stack([runs, np.full(len(runs), np.nan)]).ravel()
        axes.plot(ends, np.full(len(ends), place), color=INK, linewidth=72 * 0.68 * _ROW, solid_capstyle="butt")
    if lines["without"].ne(_share(np.nan)).any():
        layout.column(axes, 0.62, "mean\nwithout", [*enumerate(lines["without"])])
        layout.column(axes, 1.25, "mean\nwith it", [*enumerate(lines["with_it"])])
    axes.set(
        xticks=[], xlabel="all combinations, from the lowest share to the highest; marks show which choices were made"
    )
    axes.spines["bottom"].set_visible(False)
    layout.named_rows(axes, lines["label"].tolist())


def _title(drawn: pd.DataFrame, of: int) -> str:
    """State on which side of 0.5 most combinations are drawn, and how many support a verdict."""
    shares, second = drawn["share_higher"], plain(pair_of(drawn)[1], 24)
    above, below = int((shares > NO_DIFFERENCE).sum()), int((shares < NO_DIFFERENCE).sum())
    verdicts = int(drawn["verdict"].map(is_decided).sum())
    carried = f"{verdicts:,} support{'s' * (verdicts == 1)} a verdict" if verdicts else "none supports a verdict"
    label = short(plain(drawn["label"].iloc[0], 40))
    if not above and not below:
        return f"{label}: no difference in any of {of:,} combinations; {carried}"
    ways = ["higher", "lower"] if above >= below else ["lower", "higher"]
    what = f"{people_do(second, 'score')} {' more often than '.join(ways)}"
    return f"{label}: {what} in {max(above, below):,} of {of:,} combinations; {carried}"


def _alt_text(rows: pd.DataFrame, lines: pd.DataFrame, sentence: str, second: str) -> str:
    shares, own = rows["share_higher"].tolist(), rows.loc[rows["_own"], "share_higher"].tolist()
    choices = lines["label"] + " " + lines["without"] + " and " + lines["with_it"]
    ends = rows[["share_higher_low", "share_higher_high"]].dropna().to_numpy(float)
    apart = int(((ends[:, 0] > NO_DIFFERENCE) | (ends[:, 1] < NO_DIFFERENCE)).sum())
    intervals = f"{len(ends):,} have an interval; {apart:,} of these exclude 0.5."
    return joined(
        f"Curve of {counted(len(rows), 'combination')} of choices: share of pairs, ties counted as half, in which the "
        f"{second} scores higher, in order from {number(shares[0])} to {number(shares[-1])}; "
        f"{number(NO_DIFFERENCE)} is no difference. {sum(share > NO_DIFFERENCE for share in shares):,} are above it, "
        f"{sum(share < NO_DIFFERENCE for share in shares):,} below.",
        f"Compared by mean or median, {lower_first(sentence)} {intervals if len(ends) else 'None has an interval.'}",
        f"With the toolkit's own choices it is {number(own[0])}." if own else "",
        f"Mean share without and with each choice: {'; '.join(choices)}.",
    )
