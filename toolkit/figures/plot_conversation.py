"""plot_conversation: the comments of one thread, one by one."""

import math
from collections import Counter
from numbers import Real
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from .._tables import checked_choice, is_a, numbers_in, require_columns
from ..corpora.replies import TOP, parent_positions, roots
from ..metrics.measure import Metric
from . import layout
from .formatting import counted, joined, lower_first, number, plain, quoted, short, without
from .input_tables import as_measured, noun_of, source_of
from .layout import AXES, Picture, finished, in_our_style, nothing_to_draw, picture
from .style import EDGES, GREY, LOOKS, PALE

MOST_LINES = 80  # replies; with more, lines would hide the points
_ARTICLE = LOOKS[0].colour
# Colours of the largest reply threads; none has a meaning elsewhere.
_BRANCHES = ("#D55E00", "#7A5195", "#E69F00", "#2A7F62", "#56B4E9", "#8C564B")


class _Thread(NamedTuple):
    """A thread to draw: the article's mean, the comments and their order, the noun for a unit, and the replies.

    `branch` is the reply thread of each comment: 1, 2 … for the largest, 0 for comments in any other or none.
    """

    article: float
    comments: pd.DataFrame
    order: str
    noun: str
    replies: list[list[int]]  # pairs of positions, comment and reply, if both have a value

    @property
    def values(self) -> np.ndarray:
        return self.comments["value"].to_numpy(float)

    @property
    def likes(self) -> np.ndarray:
        return self.comments["likes"].to_numpy(float)

    @property
    def has_article(self) -> bool:
        return not math.isnan(self.article)

    @property
    def most_liked(self) -> int | None:
        """The position of the comment with the most likes, if any has one."""
        likes = np.where(np.isnan(self.values), 0, np.nan_to_num(self.likes))
        return int(likes.argmax()) if likes.any() else None


@in_our_style
def plot_conversation(
    measured: pd.DataFrame, metric: str | Metric = "sentiment", *, thread: str | None = None, source: str | None = None
) -> Picture:
    """Plot one thread's comments in chronological order: how each scores, what it replies to and how many likes it has.

    If any date is missing, comments keep the order of the table.  A thin line joins each reply to its parent, and each
    of the largest reply threads has its own colour; the dashed line is the article.  The most liked comment is quoted.

    Parameters
    ----------
    measured : DataFrame
        From `measure`, with text_id, kind and the metric's column; the units of a text are averaged. The
        columns posted, reply_to and likes are used if present.
    metric : str or Metric
        Metric to draw.
    thread : str, optional
        The thread_id to draw; by default the first thread with a comment.
    """
    name, known, label = layout.metric_named(metric, 40)
    takes = "a measured thread: measure(split_sentences(texts))."
    table = as_measured(measured, "plot_conversation", ("text_id", "kind", name), takes)
    rows = _rows_of(table, thread)
    line, drawn = source_of(rows, source), _thread(rows, name)
    if np.isnan(drawn.values).all():
        many = len(drawn.comments)
        why = without(many, "comment", "value") if many else "There are no comments."
        return nothing_to_draw(f"{label}: nothing to draw", why, line)
    return _draw(drawn, label, known, line)


def _rows_of(table: pd.DataFrame, thread: str | None) -> pd.DataFrame:
    if thread is None:
        if "thread_id" not in table.columns:
            return table
        named = table.loc[table["kind"] == "comment", "thread_id"].dropna()
        if named.empty:
            return table
        thread = str(named.iloc[0])
    require_columns(table, "thread_id", "It names the thread of each text.")
    threads = table["thread_id"].dropna().astype(object).unique()
    given = [thread] if is_a(thread, str, Real) else []
    same = [each for each in threads if each in given or str(each) in given]  # 3 matches 3.0, as beside empty cells
    if not same:
        checked_choice(thread, "thread", map(str, threads))
    return table[table["thread_id"].isin(same)]


def _thread(rows: pd.DataFrame, name: str) -> _Thread:
    values = numbers_in(rows, name)
    units = rows.reindex(columns=["text_id", "reply_to", "likes", "author", "posted", "text"]).assign(value=values)
    units.attrs = {}  # pandas copies an import log for every comment
    units["likes"] = numbers_in(units, "likes")
    units["author"] = units["author"].astype(object).where(units["author"].notna(), "")
    kinds = rows["kind"].to_numpy(dtype=object, na_value="")
    article, comments = values[kinds == "article"], units[kinds == "comment"]
    order = "in the order of the table"
    if len(comments) and comments["posted"].notna().all():
        order = "in chronological order"
        comments = comments.sort_values("posted", kind="stable")
    by_text = comments.groupby("text_id", sort=False)
    texts = by_text[["reply_to", "likes", "author"]].first().assign(
        value=by_text["value"].mean(),
        words=by_text["text"].agg(lambda parts: " ".join(map(str, parts.dropna()))[:1_000]),
    ).reset_index()  # fmt: skip
    parents, known = parent_positions(texts["text_id"], texts["reply_to"]), texts["value"].notna().tolist()
    of = roots(parents)
    largest = [root for root, size in Counter(of).most_common(len(_BRANCHES)) if size > 1]
    texts["branch"] = [largest.index(root) + 1 if root in largest else 0 for root in of]
    replies = [[up, at] for at, up in enumerate(parents) if up != TOP and known[up] and known[at]]
    return _Thread(float(pd.Series(article).mean()), texts, order, noun_of(rows), replies)


def _draw(thread: _Thread, label: str, known: Metric | None, source: str) -> Picture:
    title, note, many = _title(thread, label), _note(thread), len(thread.comments)
    mean = f" A point is the mean of its {thread.noun}s." if thread.noun != "text" else ""
    unit = plain(known.unit, 40) if known and known.unit.casefold() != label.casefold() else ""
    named = f"{short(label)} ({unit})" if unit else label
    has_value = int(np.isfinite(thread.values).sum())
    subtitle = f"{named} of each comment, {thread.order}. n = {counted(has_value, 'comment')}.{mean}"
    figure, axes = picture(
        title, 3.6, subtitle=subtitle, left=0.75, right=2.1, above=0.3, below=0.55, note=note, source=source
    )
    branches, values = thread.comments["branch"].to_numpy(), thread.values
    for pair in thread.replies if len(thread.replies) <= MOST_LINES else ():
        colour = _BRANCHES[branches[pair[1]] - 1] if branches[pair[1]] else GREY
        axes.plot(np.add(pair, 1), values[pair], color=EDGES.get(colour, colour), linewidth=0.8, zorder=1)
    _draw_comments(axes, thread, branches)
    drawn = [value for value in (*values, thread.article) if np.isfinite(value)]
    axes.set(xlim=(0.2, many + 0.8), ylim=layout.limits(drawn, 0.1, 0.1), xlabel=f"comments {thread.order}")
    layout.ticks_among(axes.yaxis, drawn)
    axes.xaxis.set_major_locator(MaxNLocator(9, integer=True, min_n_ticks=1))
    axes.axhline(0, color=PALE, linewidth=1, zorder=0)
    if thread.has_article:
        axes.axhline(thread.article, color=_ARTICLE, linewidth=1.2, linestyle="--", zorder=0.8)
        layout.beside(axes, thread.article, f"article {number(thread.article)}", weight="bold", color=_ARTICLE)
    if known and known.higher_means:
        layout.write(axes, f"↑ {plain(known.higher_means, 30)}", (0, 1), (-30, 6), AXES, weight="bold")
    _quote_most_liked(axes, thread)
    data = thread.comments[["author", "value", "likes", "branch"]]
    alt, caption = _alt_text(thread, title, note), f"Each point is a comment.{mean}"
    return finished(figure, alt, caption, data.rename(columns={"value": label, "branch": "reply thread"}))


def _draw_comments(axes: Axes, thread: _Thread, branches: np.ndarray) -> None:
    values, likes = thread.values, thread.likes
    known, drawn = np.isfinite(likes), np.isfinite(values)
    sizes = np.full(len(likes), 7.0)
    if known.any():
        sizes = layout.diameters(np.nan_to_num(likes), max(likes[known & drawn], default=0))
    sizes = sizes * min(1, math.sqrt(300 / len(values)))  # so that many comments do not cover each other
    for branch in np.unique(branches):
        colour = _BRANCHES[branch - 1] if branch else "#9a9a96"
        for has, face in ((known | ~known.any(), colour), (~known & known.any(), "#ffffff")):
            chosen = has & drawn & (branches == branch)
            if chosen.any():
                layout.circles(axes, np.flatnonzero(chosen) + 1, values[chosen], sizes[chosen], face, 0.8)


def _quote_most_liked(axes: Axes, thread: _Thread) -> None:
    if (at := thread.most_liked) is None:
        return
    text: Any = thread.comments.iloc[at]
    who = f", {plain(text['author'], 20)}" if text["author"] else ""
    head = f"ringed, most liked: {counted(int(text['likes']), 'like')}{who}"
    low = thread.has_article and thread.article > np.mean(axes.get_ylim())  # away from the article's name
    size = layout.diameters(np.array([text["likes"]]), text["likes"])[0] + 5
    layout.quoted_beside(axes, 0.42 if low else 1.0, head, text["words"], (at + 1, text["value"]), size)


def _title(thread: _Thread, label: str) -> str:
    known = thread.values[np.isfinite(thread.values)]
    if not thread.has_article:
        low, high = number(known.min()), number(known.max())
        who, span = counted(len(known), "comment"), low if low == high else f"from {low} to {high}"
        return f"{short(label)} of {'the one comment' if len(known) == 1 else who}: {span}"
    above = int((known > thread.article).sum())
    if len(known) == 1:
        place = "above" if above else "below" if known[0] < thread.article else "like"
        return f"The one comment scores {place} the article in {lower_first(short(label))}"
    many, none = ("Both comments", "Neither") if len(known) == 2 else (f"All {len(known):,} comments", "None")
    who = many if above == len(known) else f"{f'{above:,}' if above else none} of {counted(len(known), 'comment')}"
    how = f"{'score' if above > 1 else 'scores'} above"
    if np.isclose(known, thread.article).all():
        who, how = many, "score like"
    return f"{who} {how} the article in {lower_first(short(label))}"


def _note(thread: _Thread) -> str:
    lacking = int(np.isnan(thread.values).sum())
    return joined(
        "The larger a point, the more likes." if np.isfinite(thread.likes).any() else "",
        "Open points: likes not known." if 0 < np.isfinite(thread.likes).sum() < len(thread.likes) else "",
        "Each of the largest reply threads has its own colour." if thread.replies else "",
        "Lines join replies." if 0 < len(thread.replies) <= MOST_LINES else "",
        f"{counted(lacking, 'comment')} without a value." if lacking else "",
        "The number of likes is not known." if np.isnan(thread.likes).all() else "",
    )


def _alt_text(thread: _Thread, title: str, note: str) -> str:
    texts: list[dict[Any, Any]] = thread.comments.to_dict("records")
    lowest, highest = texts[np.nanargmin(thread.values)], texts[np.nanargmax(thread.values)]
    ends = f"Lowest is {plain(lowest['text_id'])} ({number(lowest['value'])}), "
    ends += f"highest {plain(highest['text_id'])} ({number(highest['value'])})."
    ends = ends if lowest["value"] < highest["value"] else f"Lowest and highest: {number(lowest['value'])}."
    join = "joins a reply to what it answers" if len(thread.replies) == 1 else "join replies to what they answer"
    liked = ""
    if thread.most_liked is not None:
        most = texts[thread.most_liked]
        words = f": {quoted(most['words'], 170)}" if most["words"] else ""
        liked = f"{plain(most['text_id'])} has the most likes ({number(most['likes'])}) "
        liked += f"and scores {number(most['value'])}{words}."
    return joined(
        f"Points from left to right {thread.order}, one per comment. {title}.",
        ends,
        f"{counted(len(thread.replies), 'line')} {join}." if len(thread.replies) <= MOST_LINES else "",
        f"A dashed line shows the article's mean, {number(thread.article)}." if thread.has_article else "",
        liked,
        note,
    )
