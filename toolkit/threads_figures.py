"""Figures of threads: plot_threads draws many, one point each; plot_conversation draws one, comment by comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from .figure_style import GREY, INK, LOOKS, PALE, counted, number, plain, style
from .metrics import METRICS, Metric
from .pictures import Picture, as_measured, finished, needed, nothing_to_draw, noun_of, picture, source_of
from .threads import Correlation, correlation

if TYPE_CHECKING:
    import pandas as pd

_COMMENTS, _ARTICLE = LOOKS[0], LOOKS[1]
_SMALLEST, _LARGEST = 4.0, 17.0  # points: diameter of the least and the largest mark


# Many threads


def plot_threads(per_thread: pd.DataFrame, *, source: str | None = None) -> Picture:
    """Draw many threads, one point each: the article's mean from left to right, its comments' mean from below to above.

    The larger a point, the more comments; on the dashed line comments score as their article does, above it higher.

    Parameters
    ----------
    per_thread : DataFrame
        From `compare_threads`.
    source : str, optional
        Source line; by default the corpora that `thread_id` names, else "own texts".

    Returns
    -------
    Figure
        With the alt text and caption that `show` uses.

    Raises
    ------
    TypeError, ValueError
        If the table does not come from `compare_threads`.
    """
    table = as_measured(per_thread, "plot_threads")
    for column in ("label", "article_mean", "comment_mean", "comment_clusters"):
        needed(table, column, "plot_threads takes a table from compare_threads(measured).")
    line = source_of(table, source)
    drawn = table[table["article_mean"].notna() & table["comment_mean"].notna()]
    if not len(drawn):
        return nothing_to_draw("Threads: nothing to draw", "No thread has a value on both sides.", line)
    with style():
        return _threads(drawn, len(table) - len(drawn), line)


def _threads(rows: pd.DataFrame, left_out: int, source: str) -> Picture:
    label = plain(rows["label"].iloc[0], 40)
    x, y = (rows[f"{kind}_mean"].to_numpy(float) for kind in ("article", "comment"))
    comments = rows["comment_clusters"].to_numpy(float)
    found = correlation(x, y)
    title = _threads_title(label, len(rows), found)
    notes = ["Dashed line: comments score as their article does; above it they score higher."]
    notes += [f"{counted(left_out, 'thread')} without a value on one side."] if left_out else []
    figure, axes = picture(title, 4.4, left=0.95, right=1.75, note=" ".join(notes), source=source)
    low, high = _limits(np.concatenate([x, y]))
    axes.axline((low, low), (high, high), color=GREY, linewidth=1.2, linestyle="--", zorder=1)
    sizes = _diameters(comments, comments.max())
    order = np.argsort(-comments, kind="stable")  # small ones on top
    axes.scatter(
        x[order], y[order], s=sizes[order] ** 2, facecolor=_COMMENTS.colour, alpha=0.35 if len(rows) > 30 else 0.6,
        edgecolor=INK, linewidth=0.6, zorder=2,
    )  # fmt: skip
    axes.set(xlim=(low, high), ylim=(low, high), xlabel=f"article, mean: {_axis(label)}")
    axes.set_ylabel(f"comments, mean: {_axis(label)}")
    _size_legend(axes, comments, "comments")
    caption = "Each point is a thread: an article and the comments under it."
    return finished(figure, _threads_alt(rows, label, title, notes), caption)


def _axis(label: str) -> str:
    return f"{label[:1].lower()}{label[1:]}"


def _threads_title(label: str, threads: int, found: Correlation) -> str:
    what = f"{label}: {counted(threads, 'thread')}"
    if found.correlation != found.correlation:
        return f"{what}, too few for a correlation of article and comments"
    between = ""
    if found.correlation_low == found.correlation_low:
        between = f" (95 % interval {number(found.correlation_low)} to {number(found.correlation_high)})"
    return f"{what}; article and comments correlate with r = {number(found.correlation)}{between}"


def _threads_alt(rows: pd.DataFrame, label: str, title: str, notes: Sequence[str]) -> str:
    above = int((rows["comment_mean"] > rows["article_mean"]).sum())
    means = [number(float(rows[f"{kind}_mean"].mean())) for kind in ("article", "comment")]
    comments = rows["comment_clusters"].astype(int)
    return (
        f"Scatter plot of {counted(len(rows), 'thread')}: mean of the article from left to right, mean of its comments "
        f"from below to above. {title}. In {above:,} the comments score higher than the article. Mean over threads: "
        f"articles {means[0]}, comments {means[1]}. Threads have from {int(comments.min()):,} to "
        f"{counted(int(comments.max()), 'comment')}; the larger a point, the more. {' '.join(notes)}"
    )


# One thread


class _Text(NamedTuple):
    name: object
    parent: object
    value: float
    likes: float


def plot_conversation(
    measured: pd.DataFrame,
    metric: str | Metric = "sentiment",
    *,
    thread: str | None = None,
    source: str | None = None,
) -> Picture:
    """Draw the comments of one thread in the order of time: how each scores, whom it answers, how many likes it has.

    Without dates, or where one is missing, the order is that of the table.  A thin line joins a reply to the comment
    that it answers; the square and the dashed line are the article.

    Parameters
    ----------
    measured : DataFrame
        From `measure`, with text_id, kind and the metric's column; units of one text are drawn as their mean. The
        columns posted, reply_to and likes are used where they are there.
    metric : str or Metric
        What to draw.
    thread : str, optional
        The thread_id to draw; by default the first one with a comment.
    source : str, optional
        Source line; by default the corpus that `thread_id` names, else "own texts".

    Returns
    -------
    Figure
        With the alt text and caption that `show` uses.

    Raises
    ------
    TypeError, ValueError
        If `measured` is no table, a column is missing, or there is no such thread.
    """
    table = as_measured(measured, "plot_conversation")
    name = metric if isinstance(metric, str) else metric.name
    for column in ("text_id", "kind", name):
        needed(table, column, "plot_conversation takes a measured thread: measure(split_sentences(texts)).")
    rows = _thread(table, thread)
    line = source_of(rows, source)
    article, comments, in_time = _texts(rows, name)
    known = metric if isinstance(metric, Metric) else next((each for each in METRICS if each.name == metric), None)
    label = plain(known.label if known else name, 40)
    if all(text.value != text.value for text in comments):
        why = f"None of the {counted(len(comments), 'comment')} has a value." if comments else "There are no comments."
        return nothing_to_draw(f"{label}: nothing to draw", why, line)
    with style():
        return _conversation(article, comments, in_time, label, known, noun_of(rows), line)


def _thread(table: pd.DataFrame, thread: str | None) -> pd.DataFrame:
    if thread is None:
        with_comments = table[table["kind"] == "comment"]
        if "thread_id" not in table.columns or not len(with_comments):
            return table
        thread = with_comments["thread_id"].iloc[0]
    needed(table, "thread_id", "It names the thread of each text.")
    rows: pd.DataFrame = table[table["thread_id"] == thread]
    if not len(rows):
        there = list(map(str, table["thread_id"].dropna().unique()[:10]))
        raise ValueError(f"There is no thread {thread!r}; the table has {', '.join(there)}. Name one with thread=.")
    return rows


def _texts(rows: pd.DataFrame, name: str) -> tuple[float, list[_Text], bool]:
    """The article's mean, the comments in their order, and whether that is the order of time."""
    likes = rows["likes"] if "likes" in rows.columns else None
    parents = rows["reply_to"] if "reply_to" in rows.columns else None
    numbers = rows[["text_id", "kind"]].assign(
        _value=rows[name].to_numpy(dtype=float, na_value=np.nan),
        _likes=np.nan if likes is None else likes.to_numpy(dtype=float, na_value=np.nan),
        _parent=None if parents is None else parents.astype(object),
    )
    article = float(numbers.loc[numbers["kind"] == "article", "_value"].mean())
    comments = numbers[numbers["kind"] == "comment"]
    in_time = False
    if "posted" in rows.columns and len(comments):
        posted = rows.loc[comments.index, "posted"]
        in_time = bool(posted.notna().all())
        comments = comments.loc[posted.sort_values(kind="stable").index] if in_time else comments
    by_text = comments.groupby("text_id", sort=False)
    means, firsts = by_text["_value"].mean(), by_text[["_parent", "_likes"]].first()
    columns = (means.index, firsts["_parent"], means.astype(float), firsts["_likes"].astype(float))
    return article, [_Text(*each) for each in zip(*(column.tolist() for column in columns), strict=True)], in_time


def _conversation(
    article: float, comments: list[_Text], in_time: bool, label: str, known: Metric | None, noun: str, source: str
) -> Picture:
    values = np.array([text.value for text in comments])
    likes = np.array([text.likes for text in comments])
    lines = _reply_lines(comments)
    title, note = _conversation_title(values, article, label), _conversation_note(values, likes, noun)
    figure, axes = picture(title, 3.6, left=0.95, right=1.75, below=0.6, note=note, source=source)
    for (x0, x1), (y0, y1) in lines:
        axes.plot([x0, x1], [y0, y1], color=GREY, linewidth=0.8, zorder=1)
    sizes = _diameters(np.nan_to_num(likes), np.nanmax(likes)) if np.isfinite(likes).any() else np.full(len(likes), 7.0)
    for has, face in ((np.isfinite(likes), _COMMENTS.colour), (~np.isfinite(likes), "#ffffff")):
        chosen = has & np.isfinite(values)
        axes.scatter(
            np.flatnonzero(chosen) + 1, values[chosen], s=sizes[chosen] ** 2, facecolor=face, alpha=0.75, zorder=2,
            edgecolor=INK, linewidth=0.7,
        )  # fmt: skip
    if article == article:
        axes.axhline(article, color=_ARTICLE.colour, linewidth=1.2, linestyle="--", zorder=0.8)
        axes.plot(
            [0], [article], linestyle="none", marker=_ARTICLE.marker, markersize=9, color=_ARTICLE.colour,
            markerfacecolor=_ARTICLE.face, markeredgewidth=1.8,
        )  # fmt: skip
    _conversation_axes(axes, np.append(values, article), in_time, label, known)
    _conversation_legend(axes, likes, article, bool(lines))
    caption = f"Each point is a comment{', the mean of its ' + noun + 's' if noun != 'text' else ''}; 0 is the article."
    return finished(figure, _conversation_alt(comments, article, len(lines), in_time, title, note), caption)


def _reply_lines(comments: list[_Text]) -> list[tuple[tuple[int, int], tuple[float, float]]]:
    """From each reply to the comment that it answers, where both have a value."""
    places = {text.name: place for place, text in enumerate(comments, start=1)}
    lines = []
    for place, text in enumerate(comments, start=1):
        at = places.get(text.parent)
        if at and text.value == text.value and comments[at - 1].value == comments[at - 1].value:
            lines.append(((at, place), (comments[at - 1].value, text.value)))
    return lines


def _conversation_axes(axes: Axes, values: np.ndarray, in_time: bool, label: str, known: Metric | None) -> None:
    low, high = _limits(np.append(values[np.isfinite(values)], _scale(known)))
    axes.axhline(0, color=PALE, linewidth=1, zorder=0)
    axes.set(xlim=(-0.8, len(values) - 0.2), ylim=(low, high))
    axes.set_xlabel(f"comments in the order of {'time' if in_time else 'the table'}")
    means = f"\nhigher = {plain(known.higher_means, 30)}" if known and known.higher_means else ""
    axes.set_ylabel(f"{_axis(label)}{means}")
    axes.xaxis.set_major_locator(MaxNLocator(9, integer=True))


def _scale(known: Metric | None) -> list[float]:
    """The ends of a metric's scale, where its unit names them ("VADER compound, -1 to 1"): all threads look alike."""
    found = re.search(r"(?<!about) (-?\d+) to (\d+)$", known.unit) if known else None
    return [float(found[1]), float(found[2])] if found else []


def _conversation_legend(axes: Axes, likes: np.ndarray, article: float, replies: bool) -> None:
    others = []
    if article == article:
        look = {"marker": _ARTICLE.marker, "markersize": 8.0, "markerfacecolor": _ARTICLE.face, "linestyle": "--"}
        others.append(Line2D([], [], color=_ARTICLE.colour, label=f"article, {number(article)}", **look))  # type: ignore[arg-type]
    others += [Line2D([], [], color=GREY, linewidth=0.8, label="reply")] if replies else []
    known = likes[np.isfinite(likes)]
    if len(known) and len(known) < len(likes):
        others.append(_sample(7, "likes not known", "#ffffff"))
    _size_legend(axes, known, "likes", others)


def _conversation_title(values: np.ndarray, article: float, label: str) -> str:
    known = values[np.isfinite(values)]
    what = f"{label}: {counted(len(known), 'comment')} from {number(known.min())} to {number(known.max())}"
    if len(known) == 1:
        what = f"{label}: one comment, {number(known[0])}"
    if article != article:
        return what
    return f"{what}; {int((known > article).sum()):,} above the article's {number(article)}"


def _conversation_note(values: np.ndarray, likes: np.ndarray, noun: str) -> str:
    lacking, unknown = int(np.isnan(values).sum()), int(np.isnan(likes).sum())
    parts = [f"A point is the mean over the {noun}s of a comment."] if noun != "text" else []
    parts += [f"{counted(lacking, 'comment')} without a value."] if lacking else []
    parts += ["How many likes there were is not known."] if unknown == len(likes) else []
    return " ".join(parts)


def _conversation_alt(comments: list[_Text], article: float, replies: int, in_time: bool, title: str, note: str) -> str:
    known = [text for text in comments if text.value == text.value]
    lowest, highest = (choose(known, key=lambda text: text.value) for choose in (min, max))
    parts = [
        f"Points from left to right in the order of {'time' if in_time else 'the table'}, one a comment. {title}.",
        f"Lowest is {plain(lowest.name)} ({number(lowest.value)}), highest {plain(highest.name)} "
        f"({number(highest.value)}).",
        f"{counted(replies, 'line')} {'joins a reply' if replies == 1 else 'join replies'} to what "
        f"{'it answers' if replies == 1 else 'they answer'}.",
    ]
    parts += ["A square and a dashed line show the article's mean."] if article == article else []
    liked = [text for text in known if text.likes == text.likes]
    if liked:
        most = max(liked, key=lambda text: text.likes)
        parts.append(
            f"The larger a point, the more likes; most has {plain(most.name)} ({number(most.likes)}), "
            f"which scores {number(most.value)}."
        )
    return " ".join(filter(None, [*parts, note]))


# Sizes


def _diameters(counts: np.ndarray, most: float) -> np.ndarray:
    """Diameters of marks, in points: their area grows with the count."""
    areas = _SMALLEST**2 + (_LARGEST**2 - _SMALLEST**2) * np.clip(counts, 0, None) / max(float(most), 1.0)
    return np.asarray(np.sqrt(areas))


def _sample(size: float, label: str, face: str = _COMMENTS.colour) -> Line2D:
    return Line2D(
        [], [], linestyle="none", marker=_COMMENTS.marker, markersize=size, markerfacecolor=face, markeredgecolor=INK,
        markeredgewidth=0.6, label=label,
    )  # fmt: skip


def _size_legend(axes: Axes, counts: np.ndarray, noun: str, others: Sequence[Line2D] = ()) -> None:
    """What the sizes mean: the least, a middle and the largest count."""
    handles = list(others)
    if len(counts):
        shown = sorted({int(counts.min()), round(float(counts.min() + counts.max()) / 2), int(counts.max())})
        sizes = _diameters(np.array(shown, float), float(counts.max()))
        handles += [_sample(size, counted(count, noun[:-1])) for count, size in zip(shown, sizes.tolist(), strict=True)]
    if handles:
        axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.02, 1), borderaxespad=0, labelspacing=1.2)


def _limits(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = 0.08 * (high - low) or 0.1 * max(1.0, abs(high))
    return low - margin, high + margin
