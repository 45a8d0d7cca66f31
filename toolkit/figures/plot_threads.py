"""plot_threads: many threads, one point per thread."""

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D

from ..comparison.meta_analysis import Correlation, correlation
from . import layout
from .formatting import counted, joined, lower_first, number, plain, short
from .input_tables import as_measured, source_of
from .layout import AXES, Picture, finished, in_our_style, nothing_to_draw, picture, write
from .style import BASE, COMMENTS, GREY, INK, LOOKS


@in_our_style
def plot_threads(per_thread: pd.DataFrame, *, source: str | None = None) -> Picture:
    """Plot many threads, one point per thread: the article's mean on the x axis, its comments' mean on the y axis.

    Larger points have more comments. On the dashed line, comments score the same as their article; above it, higher.

    Parameters
    ----------
    per_thread : DataFrame
        From `compare_threads`.
    """
    columns = ("label", "article_mean", "comment_mean", "comment_clusters")
    table = as_measured(per_thread, "plot_threads", columns, "a table from compare_threads(measured).")
    line = source_of(table, source)
    drawn = table[table["article_mean"].notna() & table["comment_mean"].notna()]
    if not len(drawn):
        return nothing_to_draw("Threads: nothing to draw", "No thread has a value in both groups.", line)
    return _draw(drawn, len(table) - len(drawn), line)


def _draw(rows: pd.DataFrame, left_out: int, source: str) -> Picture:
    label = plain(rows["label"].iloc[0], 40)
    x, y, comments = (rows[name].to_numpy(float) for name in ("article_mean", "comment_mean", "comment_clusters"))
    title = _title(label, len(rows), correlation(x, y))
    note = joined(
        "Dashed line: comments score the same as their article; above it, they score higher.",
        f"{counted(left_out, 'thread')} without a value in one group." if left_out else "",
    )
    subtitle = f"{label}: mean of the article and mean of its comments. n = {counted(len(rows), 'thread')}"
    figure, axes = picture(
        title, 4.4, subtitle=subtitle, left=0.65, right=1.75, above=0.32, below=0.55, note=note, source=source
    )
    low, high = layout.limits([*x, *y], 0.16, 0.1)
    axes.axline((low, low), (high, high), color=GREY, linewidth=1.2, linestyle="--", zorder=1)
    order = np.argsort(-comments, kind="stable")  # small points on top
    sizes, alpha = layout.diameters(comments, comments.max())[order], 0.35 if len(rows) > 30 else 0.6
    layout.circles(axes, x[order], y[order], sizes, COMMENTS, alpha)
    axes.set(xlim=(low, high), ylim=(low, high), xlabel=f"article: {lower_first(label)} →")
    for axis in (axes.xaxis, axes.yaxis):
        layout.ticks_among(axis, [*x, *y])
    write(axes, f"↑ comments: {lower_first(label)}", (0, 1), (-36, 6), AXES, size=BASE)
    write(axes, "comments higher", (0, 1), (4, -4), AXES, va="top", weight="bold", color=LOOKS[1].colour)
    write(axes, "article higher", (1, 0), (-4, 4), AXES, ha="right", va="bottom", weight="bold", color=LOOKS[0].colour)
    few, most = int(comments.min()), int(comments.max())
    shown = sorted({few, round((few + most) / 2), most})
    handles = [
        Line2D([], [], linestyle="none", marker="o", markersize=size, markerfacecolor=COMMENTS, markeredgecolor=INK,
               markeredgewidth=0.6, alpha=alpha, label=counted(count, "comment"))
        for count, size in zip(shown, layout.diameters(np.array(shown, float), most).tolist(), strict=True)
    ]  # fmt: skip
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.02, 1), borderaxespad=0, labelspacing=1.2)
    caption = "Each point is a thread: an article and the comments under it."
    data = rows.filter(["thread_id", "article_mean", "comment_mean", "comment_clusters"])
    return finished(figure, _alt_text(rows, title, note), caption, data)


def _title(label: str, threads: int, found: Correlation) -> str:
    """State whether articles and their comments correlate, worded by the interval."""
    r, low, high = (number(value) for value in found[:3])
    if found.correlation != found.correlation:
        return f"{short(label)}: {counted(threads, 'thread')}, too few for a correlation of article and comments"
    if found.correlation_low != found.correlation_low:
        return f"{short(label)}: article and comments correlate with r = {r}"
    between = f"r = {r}, 95% interval {low} to {high}"
    if found.correlation_low <= 0 <= found.correlation_high:
        return f"{short(label)}: cannot tell whether comments follow their article ({between})"
    comments = "so do their comments" if found.correlation > 0 else "their comments score lower"
    return f"{short(label)}: where articles score higher, {comments} ({between})"


def _alt_text(rows: pd.DataFrame, title: str, note: str) -> str:
    above = int((rows["comment_mean"] > rows["article_mean"]).sum())
    means = [number(float(rows[f"{kind}_mean"].mean())) for kind in ("article", "comment")]
    fewest, most = (int(rows["comment_clusters"].agg(end)) for end in ("min", "max"))
    many = counted(most, "comment")
    sizes = f"Threads have from {fewest:,} to {many}; larger points have more."
    return (
        f"Scatter plot of {counted(len(rows), 'thread')}: mean of the article from left to right, mean of its comments "
        f"from bottom to top. {title}. In {above:,} the comments score higher than the article. Mean over threads: "
        f"articles {means[0]}, comments {means[1]}. "
        f"{sizes if fewest < most else f'Each thread has {many}.'} {note}"
    )
