"""plot_conversation: the comments of one thread, one by one."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from .._tables import require_columns
from ..corpora.replies import parent_positions, roots
from ..metrics.measure import Metric
from .layout import (
    AXES,
    Picture,
    beside,
    circles,
    diameters,
    finished,
    in_our_style,
    joined,
    limits,
    metric_named,
    nothing_to_draw,
    picture,
    quoted_beside,
    short,
    write,
)
from .style import GREY, LOOKS, PALE
from .tables import as_measured, noun_of, source_of
from .words import counted, lower_first, number, plain

MOST_LINES = 80  # with more replies than this, no connecting lines: they would hide the points
_ARTICLE = LOOKS[0]
# Colours of the largest reply threads; none of them has a meaning elsewhere.
_BRANCHES = ("#D55E00", "#7A5195", "#E69F00", "#2A7F62", "#56B4E9", "#8C564B")


class _Text(NamedTuple):
    name: object
    parent: object
    value: float
    likes: float
    words: str
    author: str


class _Thread(NamedTuple):
    """A thread to draw: the article's mean, the comments in order, whether by time, and the unit's name."""

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
        """Pairs of a reply and the comment it answers, where both have a value."""
        known = {text.name: (place, text) for place, text in self.numbered() if text.value == text.value}
        pairs = [(known[text.parent], place, text) for place, text in known.values() if text.parent in known]
        return [((at, place), (parent.value, text.value)) for (at, parent), place, text in pairs]

    @property
    def branches(self) -> list[int]:
        """The reply thread of each comment: 1, 2 ... for the largest, 0 for all others and for comments in none."""
        names, parents = ([getattr(text, part) for text in self.comments] for part in ("name", "parent"))
        of = roots(parent_positions(names, parents))
        largest = [root for root, size in Counter(of).most_common(len(_BRANCHES)) if size > 1]
        return [largest.index(root) + 1 if root in largest else 0 for root in of]

    @property
    def most_liked(self) -> _Text | None:
        """The comment with the most likes, if any is known to have one."""
        liked = [text for text in self.comments if text.likes > 0 and text.value == text.value]
        return max(liked, key=lambda text: text.likes) if liked else None

    def numbered(self) -> list[tuple[int, _Text]]:
        return list(enumerate(self.comments, start=1))


@in_our_style
def plot_conversation(
    measured: pd.DataFrame, metric: str | Metric = "sentiment", *, thread: str | None = None, source: str | None = None
) -> Picture:
    """Draw the comments of one thread in the order of time: how each scores, whom it answers, how many likes it has.

    If any date is missing, comments keep the order of the table.  A thin line joins a reply to the comment that it
    answers, and each of the largest reply threads has a colour; the dashed line is the article. The comment with
    the most likes is quoted.

    Parameters
    ----------
    measured : DataFrame
        From `measure`, with text_id, kind and the metric's column; units of one text are drawn as their mean. The
        columns posted, reply_to and likes are used if present.
    metric : str or Metric
        What to draw.
    thread : str, optional
        The thread_id to draw; by default the first one with a comment.
    """
    name, known, label = metric_named(metric, 40)
    takes = "a measured thread: measure(split_sentences(texts))."
    table = as_measured(measured, "plot_conversation", ("text_id", "kind", name), takes)
    rows = _rows_of(table, thread)
    line, drawn = source_of(rows, source), _thread(rows, name)
    if np.isnan(drawn.values).all():
        many = len(drawn.comments)
        why = f"None of the {counted(many, 'comment')} has a value." if many else "There are no comments."
        return nothing_to_draw(f"{label}: nothing to draw", why, line)
    return _conversation(drawn, label, known, line)


def _rows_of(table: pd.DataFrame, thread: str | None) -> pd.DataFrame:
    if thread is None:
        if "thread_id" not in table.columns:
            return table
        named = table.loc[table["kind"] == "comment", "thread_id"].dropna()
        if named.empty:
            return table
        thread = str(named.iloc[0])
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
        words=rows["text"].fillna("").astype(str) if "text" in rows.columns else "",
        author=rows["author"].astype(object) if "author" in rows.columns else "",
    )
    article = float(numbers.loc[numbers["kind"] == "article", "value"].mean())
    comments = numbers[numbers["kind"] == "comment"]
    posted = rows.loc[comments.index, "posted"] if "posted" in rows.columns else None
    in_time = posted is not None and bool(len(comments) and posted.notna().all())
    if posted is not None and in_time:
        comments = comments.loc[posted.sort_values(kind="stable").index]
    by_text = comments.groupby("text_id", sort=False)
    texts = by_text[["parent", "likes", "author"]].first().assign(value=by_text["value"].mean())
    words = by_text["words"].agg(lambda parts: " ".join(parts)[:1_000])
    columns = (texts.index, texts["parent"], texts["value"].astype(float), texts["likes"].astype(float), words,
               texts["author"].fillna(""))  # fmt: skip
    return _Thread(article, [_Text(*each) for each in zip(*map(list, columns), strict=True)], in_time, noun_of(rows))


def _conversation(thread: _Thread, label: str, known: Metric | None, source: str) -> Picture:
    title, note = _title(thread, label), _note(thread)
    mean = f" A point is the mean of its {thread.noun}s." if thread.noun != "text" else ""
    unit = plain(known.unit, 40).replace("-", "−") if known and known.unit.casefold() != label.casefold() else ""
    named = f"{short(label)} ({unit})" if unit else label
    subtitle = f"{named} of each comment, {thread.order}. n = {counted(len(thread.comments), 'comment')}.{mean}"
    figure, axes = picture(
        title, 3.6, subtitle=subtitle, left=0.75, right=2.1, above=0.3, below=0.55, note=note, source=source
    )
    branches = thread.branches
    for x, y in thread.replies if len(thread.replies) <= MOST_LINES else ():
        branch = branches[x[1] - 1]
        axes.plot(x, y, color=_BRANCHES[branch - 1] if branch else GREY, linewidth=0.8, zorder=1)
    _draw_comments(axes, thread, branches)
    values = [value for value in (*thread.values, thread.article) if np.isfinite(value)]
    axes.set(xlim=(0.2, len(thread.comments) + 0.8), ylim=limits(values, 0.1, 0.1), xlabel=f"comments {thread.order}")
    axes.xaxis.set_major_locator(MaxNLocator(9, integer=True, min_n_ticks=1))
    axes.axhline(0, color=PALE, linewidth=1, zorder=0)
    if thread.has_article:
        axes.axhline(thread.article, color=_ARTICLE.colour, linewidth=1.2, linestyle="--", zorder=0.8)
        beside(axes, thread.article, f"article {number(thread.article)}", weight="bold", color=_ARTICLE.colour)
    if known and known.higher_means:
        write(axes, f"↑ {plain(known.higher_means, 30)}", (0, 1), (-30, 6), AXES, weight="bold")
    _quote_most_liked(axes, thread)
    rows = [
        (text.author, text.value, text.likes, branch) for text, branch in zip(thread.comments, branches, strict=True)
    ]
    data = pd.DataFrame(rows, columns=["author", label, "likes", "reply thread"])
    return finished(figure, _alt(thread, title, note), f"Each point is a comment.{mean}", data)


def _draw_comments(axes: Axes, thread: _Thread, branches: list[int]) -> None:
    values, likes, of = thread.values, thread.likes, np.array(branches)
    known, drawn = np.isfinite(likes), np.isfinite(values)
    sizes = (
        diameters(np.nan_to_num(likes), max(likes[known & drawn], default=0))
        if known.any()
        else np.full(len(likes), 7.0)
    )
    sizes = sizes * min(1, math.sqrt(300 / len(values)))  # many comments would cover one another
    for branch in sorted(set(branches)):
        colour = _BRANCHES[branch - 1] if branch else "#9a9a96"
        for has, face in ((known | ~known.any(), colour), (~known & known.any(), "#ffffff")):
            chosen = has & drawn & (of == branch)
            if chosen.any():
                circles(axes, np.flatnonzero(chosen) + 1, values[chosen], sizes[chosen], face, 0.8)


def _quote_most_liked(axes: Axes, thread: _Thread) -> None:
    """Quote the comment with the most likes, at the right."""
    if (most := thread.most_liked) is None:
        return
    who = f", {plain(most.author, 20)}" if most.author else ""
    head = f"ringed, most liked: {counted(int(most.likes), 'like')}{who}"
    place = thread.comments.index(most) + 1
    low = thread.has_article and thread.article > np.mean(axes.get_ylim())  # keep clear of the article's name
    size = diameters(np.array([most.likes]), most.likes)[0] + 5
    quoted_beside(axes, 0.42 if low else 1.0, head, most.words, (place, most.value), size)


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
    both = len(known) == 2
    which = {0: "Neither" if both else "None", len(known): "Both" if both else "All"}.get(above, f"{above:,}")
    verb = "score" if above > 1 else "scores"
    return f"{which} of {counted(len(known), 'comment')} {verb} above the article in {lower_first(short(label))}"


def _note(thread: _Thread) -> str:
    lacking = int(np.isnan(thread.values).sum())
    return joined(
        "The larger a point, the more likes." if np.isfinite(thread.likes).any() else "",
        "Open points: likes not known." if 0 < np.isfinite(thread.likes).sum() < len(thread.likes) else "",
        "The largest reply threads have a colour each." if thread.replies else "",
        "Lines join replies." if 0 < len(thread.replies) <= MOST_LINES else "",
        f"{counted(lacking, 'comment')} without a value." if lacking else "",
        "How many likes there were is not known." if np.isnan(thread.likes).all() else "",
    )


def _alt(thread: _Thread, title: str, note: str) -> str:
    known = [text for text in thread.comments if text.value == text.value]
    lowest, highest = (choose(known, key=lambda text: text.value) for choose in (min, max))
    most = thread.most_liked
    join = "joins a reply to what it answers" if len(thread.replies) == 1 else "join replies to what they answer"
    return joined(
        f"Points from left to right {thread.order}, one per comment. {title}.",
        f"Lowest is {plain(lowest.name)} ({number(lowest.value)}), highest {plain(highest.name)} "
        f"({number(highest.value)}).",
        f"{counted(len(thread.replies), 'line')} {join}." if len(thread.replies) <= MOST_LINES else "",
        f"A dashed line shows the article's mean, {number(thread.article)}." if thread.has_article else "",
        f"The larger a point, the more likes; most has {plain(most.name)} ({number(most.likes)}), "
        f"which scores {number(most.value)}{f': “{plain(most.words, 170)}”' if most.words else ''}."
        if most
        else "",
        note,
    )
