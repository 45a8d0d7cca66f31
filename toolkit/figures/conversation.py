"""plot_conversation: the comments of one thread, one by one."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from .._tables import require_columns
from ..metrics.measure import Metric
from .base import Picture, as_measured, finished, nothing_to_draw, noun_of, picture, source_of
from .layout import in_our_style, joined, limits, metric_named, points, scale_of
from .marks import COMMENTS, circles, diameters, lower_first, sample, size_legend
from .style import GREY, LOOKS, PALE, counted, number, plain

_ARTICLE = LOOKS[1]


class _Text(NamedTuple):
    name: object
    parent: object
    value: float
    likes: float


class _Thread(NamedTuple):
    """What is drawn: the article's mean, the comments in order, whether that is the order of time, what a unit is."""

    article: float
    comments: list[_Text]
    in_time: bool
    noun: str

    @property
    def values(self) -> np.ndarray:
        return np.array([text.value for text in self.comments])

    @property
    def likes(self) -> np.ndarray:
        return np.array([text.likes for text in self.comments])

    @property
    def has_article(self) -> bool:
        return self.article == self.article

    @property
    def order(self) -> str:
        return f"in the order of {'time' if self.in_time else 'the table'}"

    @property
    def replies(self) -> list[tuple[tuple[int, int], tuple[float, float]]]:
        """Lines from each reply to the comment that it answers, where both have a value."""
        known = {text.name: (place, text) for place, text in self.numbered() if text.value == text.value}
        pairs = [(known[text.parent], place, text) for place, text in known.values() if text.parent in known]
        return [((at, place), (parent.value, text.value)) for (at, parent), place, text in pairs]

    def numbered(self) -> list[tuple[int, _Text]]:
        return list(enumerate(self.comments, start=1))


@in_our_style
def plot_conversation(
    measured: pd.DataFrame, metric: str | Metric = "sentiment", *, thread: str | None = None, source: str | None = None
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
    """
    table = as_measured(measured, "plot_conversation")
    name, known, label = metric_named(metric, 40)
    require_columns(
        table, ("text_id", "kind", name), "plot_conversation takes a measured thread: measure(split_sentences(texts))."
    )
    rows = _rows_of(table, thread)
    line, drawn = source_of(rows, source), _thread(rows, name)
    if np.isnan(drawn.values).all():
        many = len(drawn.comments)
        why = f"None of the {counted(many, 'comment')} has a value." if many else "There are no comments."
        return nothing_to_draw(f"{label}: nothing to draw", why, line)
    return _conversation(drawn, label, known, line)


def _rows_of(table: pd.DataFrame, thread: str | None) -> pd.DataFrame:
    if thread is None:
        with_comments = table[table["kind"] == "comment"]
        if "thread_id" not in table.columns or not len(with_comments):
            return table
        thread = with_comments["thread_id"].iloc[0]
    require_columns(table, "thread_id", "It names the thread of each text.")
    rows: pd.DataFrame = table[table["thread_id"] == thread]
    if not len(rows):
        there = list(map(str, table["thread_id"].dropna().unique()[:10]))
        raise ValueError(f"There is no thread {thread!r}; the table has {', '.join(there)}. Name one with thread=.")
    return rows


def _thread(rows: pd.DataFrame, name: str) -> _Thread:
    numbers = rows[["text_id", "kind"]].assign(
        value=rows[name].to_numpy(dtype=float, na_value=np.nan),
        likes=rows["likes"].to_numpy(dtype=float, na_value=np.nan) if "likes" in rows.columns else np.nan,
        parent=rows["reply_to"].astype(object) if "reply_to" in rows.columns else None,
    )
    article = float(numbers.loc[numbers["kind"] == "article", "value"].mean())
    comments = numbers[numbers["kind"] == "comment"]
    posted = rows.loc[comments.index, "posted"] if "posted" in rows.columns else None
    in_time = posted is not None and bool(len(comments) and posted.notna().all())
    if posted is not None and in_time:
        comments = comments.loc[posted.sort_values(kind="stable").index]
    by_text = comments.groupby("text_id", sort=False)
    texts = by_text[["parent", "likes"]].first().assign(value=by_text["value"].mean())
    columns = (texts.index, texts["parent"], texts["value"].astype(float), texts["likes"].astype(float))
    return _Thread(article, [_Text(*each) for each in zip(*map(list, columns), strict=True)], in_time, noun_of(rows))


def _conversation(thread: _Thread, label: str, known: Metric | None, source: str) -> Picture:
    title, note = _title(thread, label), _note(thread)
    figure, axes = picture(title, 3.6, left=0.95, right=1.75, below=0.6, note=note, source=source)
    for x, y in thread.replies:
        axes.plot(x, y, color=GREY, linewidth=0.8, zorder=1)
    _draw_comments(axes, thread)
    if thread.has_article:
        axes.axhline(thread.article, color=_ARTICLE.colour, linewidth=1.2, linestyle="--", zorder=0.8)
        points(axes, [0], [thread.article], _ARTICLE, 9, edge=1.8)
    axes.axhline(0, color=PALE, linewidth=1, zorder=0)
    values = [value for value in (*thread.values, thread.article, *scale_of(known)) if np.isfinite(value)]
    axes.set(xlim=(-0.8, len(thread.comments) + 0.8), ylim=limits(values, 0.08, 0.1), xlabel=f"comments {thread.order}")
    means = f"\nhigher = {plain(known.higher_means, 30)}" if known and known.higher_means else ""
    axes.set_ylabel(f"{lower_first(label)}{means}")
    axes.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    _legend(axes, thread)
    mean = f", the mean of its {thread.noun}s" if thread.noun != "text" else ""
    return finished(figure, _alt(thread, title, note), f"Each point is a comment{mean}; 0 is the article.")


def _draw_comments(axes: Axes, thread: _Thread) -> None:
    values, likes = thread.values, thread.likes
    known = np.isfinite(likes)
    sizes = diameters(np.nan_to_num(likes), np.nanmax(likes)) if known.any() else np.full(len(likes), 7.0)
    for has, face in ((known, COMMENTS.colour), (~known, "#ffffff")):
        chosen = has & np.isfinite(values)
        circles(axes, np.flatnonzero(chosen) + 1, values[chosen], sizes[chosen], face, 0.75)


def _legend(axes: Axes, thread: _Thread) -> None:
    others = []
    if thread.has_article:
        look: Any = {"marker": _ARTICLE.marker, "markersize": 8, "markerfacecolor": _ARTICLE.face, "linestyle": "--"}
        others.append(Line2D([], [], color=_ARTICLE.colour, label=f"article, {number(thread.article)}", **look))
    others += [Line2D([], [], color=GREY, linewidth=0.8, label="reply")] if thread.replies else []
    known = thread.likes[np.isfinite(thread.likes)]
    if 0 < len(known) < len(thread.likes):
        others.append(sample(7, "likes not known", "#ffffff"))
    size_legend(axes, known, "likes", others)


def _title(thread: _Thread, label: str) -> str:
    known = thread.values[np.isfinite(thread.values)]
    what = f"{label}: {counted(len(known), 'comment')} from {number(known.min())} to {number(known.max())}"
    if len(known) == 1:
        what = f"{label}: one comment, {number(known[0])}"
    higher = f"; {int((known > thread.article).sum()):,} above the article's {number(thread.article)}"
    return what + (higher if thread.has_article else "")


def _note(thread: _Thread) -> str:
    lacking = int(np.isnan(thread.values).sum())
    return joined(
        f"A point is the mean over the {thread.noun}s of a comment." if thread.noun != "text" else "",
        f"{counted(lacking, 'comment')} without a value." if lacking else "",
        "How many likes there were is not known." if np.isnan(thread.likes).all() else "",
    )


def _alt(thread: _Thread, title: str, note: str) -> str:
    known = [text for text in thread.comments if text.value == text.value]
    lowest, highest = (choose(known, key=lambda text: text.value) for choose in (min, max))
    liked = [text for text in known if text.likes == text.likes]
    most = max(liked, key=lambda text: text.likes) if liked else None
    join = "joins a reply to what it answers" if len(thread.replies) == 1 else "join replies to what they answer"
    return joined(
        f"Points from left to right {thread.order}, one a comment. {title}.",
        f"Lowest is {plain(lowest.name)} ({number(lowest.value)}), highest {plain(highest.name)} "
        f"({number(highest.value)}).",
        f"{counted(len(thread.replies), 'line')} {join}.",
        "A square and a dashed line show the article's mean." if thread.has_article else "",
        f"The larger a point, the more likes; most has {plain(most.name)} ({number(most.likes)}), "
        f"which scores {number(most.value)}."
        if most
        else "",
        note,
    )
