"""explore_sample_size: sample the comments and see how the interval's width depends on their number."""

import functools
import math
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from .._tables import checked_choice, checked_count, select_groups
from ..comparison.compare import compare
from ..comparison.share_higher import NO_DIFFERENCE
from ..comparison.verdicts import UNDECIDED, is_decided
from ..figures.formatting import counted, joined, number, plain, width_of
from ..figures.input_tables import TEXTS, as_measured, source_of
from ..figures.layout import Picture, beside, finished, picture, points
from ..figures.style import ARTICLE, COMMENTS, DPI, GREY, INK, SMALL, Look, style
from ..metrics.measure import METRICS, measure
from ..text.units import split_sentences
from .html_panel import folded
from .metrics_explorer import labels_of
from .widgets import Panel, Slider, drawn_html, labelled, later, row, say, status

PAIR = ("article", "comment")
MOST_SIZES = 24  # sample sizes on the slider
MOST_DRAWS = 99
_LISTED = 40  # comments per sample whose text is shown
_LONGEST = 400  # characters per comment


def explore_sample_size(texts: pd.DataFrame, metric: str = "sentiment", *, seed: int = 1) -> Panel:
    """Explore how the confidence interval of the comparison narrows as comments are added.

    Each draw shuffles the comments, and the slider takes the first ones.  A draw has a number; the same
    number always gives the same order.  Sentences are compared, as in `compare`.

    Parameters
    ----------
    texts : DataFrame
        An article and its comments, as from `load_corpus`.
    metric : str
        Metric to show first; it must be defined for single sentences.
    seed : int
        Number of the first draw, 1 to 99.

    Returns
    -------
    Panel
        A widget, shown if it is the last line of a cell.  Its parts: metric, comments (the slider), draw, again,
        status, figure, words.

    Raises
    ------
    TypeError, ValueError
        If `texts` is not a table of texts, or has no article or no comments; if the metric is not defined for single
        sentences; if the seed is out of range.
    """
    seed = checked_count(seed, "seed", 1, 1, MOST_DRAWS)
    measured = measure(split_sentences(as_measured(texts, "explore_sample_size", ["text_id", "text"], TEXTS)))
    select_groups(measured, "kind", PAIR)  # raises if a group is missing
    has_values = measured.groupby("kind")[[each.name for each in METRICS]].count().loc[list(PAIR)].gt(0).all()
    known, source = has_values.index[has_values].tolist(), source_of(texts, None)
    checked_choice(metric, "metric", known, "The others have no value for single sentences.")
    rows = texts[texts["kind"] == PAIR[1]]
    comments = dict(zip(rows["text_id"], rows["text"], strict=True))
    sizes = list(range(1, len(comments) + 1))
    if len(comments) > MOST_SIZES:  # in increasing steps
        sizes = np.unique(np.geomspace(2, len(comments), MOST_SIZES).round().astype(int)).tolist()
    menu = labelled(widgets.Dropdown(options=labels_of(known), value=metric), "Metric")
    number_of_draw = widgets.BoundedIntText(seed, min=1, max=MOST_DRAWS, layout={"width": "11em"})
    draws, again = labelled(number_of_draw, "Draw number"), widgets.Button(description="Draw again")
    labels = [f"{size} of {counted(len(comments), 'comment')}" for size in sizes]
    slider = Slider(label="Comments", labels=labels, value=len(labels) // 2)
    line, figure, words = status(), *(widgets.HTML(layout={"width": "100%"}) for _ in range(2))

    def in_order(draw: int) -> list[str]:
        names = list(comments)
        return [names[place] for place in np.random.default_rng(draw).permutation(len(names))]

    @functools.lru_cache(maxsize=16)
    def compared(name: str, draw: int) -> pd.DataFrame:
        place = {text_id: at for at, text_id in enumerate(in_order(draw))}
        is_article = (measured["kind"] == PAIR[0]).to_numpy(bool)  # always included
        at = np.where(is_article, -1, measured["text_id"].map(place).to_numpy(float, na_value=np.nan))
        return pd.DataFrame([_compared(measured[at < size], size, name) for size in sizes])

    def redraw() -> None:
        found = compared(menu.value, draws.value)
        chosen, label = found.iloc[slider.value], labels_of([menu.value])[0][0]
        figure.value = drawn_html(_figure(found, chosen, label, draws.value, source))
        drawn = [str(comments[name]) for name in in_order(draws.value)[: chosen.comments]]
        shown = [text[:_LONGEST] + ("…" if len(text) > _LONGEST else "") for text in drawn[:_LISTED]]
        more = [f"and {len(drawn) - _LISTED} more"] if len(drawn) > _LISTED else []
        words.value = folded("The comments of this draw", "\n\n".join([*shown, *more]))
        say(line, f"Draw {draws.value}, {counted(chosen.comments, 'comment')}: ", _described(chosen))

    again.on_click(lambda _: setattr(draws, "value", draws.value % MOST_DRAWS + 1))
    soon = later(redraw)
    for control in (menu, draws, slider):
        control.observe(soon, "value")
    redraw()
    parts = {
        "metric": menu, "comments": slider, "draw": draws, "again": again, "status": line, "figure": figure,
        "words": words,
    }  # fmt: skip
    summary = f"{counted(len(comments), 'comment')} to draw from"
    return Panel("explore_sample_size", [row(menu, draws, again), row(slider), line, figure, words], parts, summary)


def _compared(rows: pd.DataFrame, comments: int, metric: str) -> dict[str, Any]:
    """Compare these rows; if no comment has a sentence, there is nothing to compare."""
    found = {"comments": comments, "share": math.nan, "low": math.nan, "high": math.nan}
    if not (rows["kind"] == PAIR[1]).any():
        return found | {"verdict": f"{UNDECIDED}: these comments have no sentence"}
    row = compare(rows, metrics=[metric]).iloc[0]
    shares = {name: row[f"share_higher{end}"] for name, end in (("share", ""), ("low", "_low"), ("high", "_high"))}
    return found | shares | {"verdict": row["verdict"]}


def _described(size: Any) -> str:
    share = f"the comments score higher in {number(size.share)} of pairs, ties counted as half"
    between = "no interval" if math.isnan(size.low) else f"interval {number(size.low)} to {number(size.high)}"
    return f"{'no share' if math.isnan(size.share) else share}, {between}. Verdict: “{size.verdict}”."


def _figure(sizes: pd.DataFrame, chosen: Any, label: str, draw: int, source: str) -> Picture:
    """Draw share and interval by number of comments for one sample; the chosen number differs in shape and colour."""
    many = f"With {counted(chosen.comments, 'comment')}"
    title = f"{many}: {plain(chosen.verdict, 100)}"
    if chosen.verdict.startswith(f"{UNDECIDED}: from"):
        title = f"{many} we {UNDECIDED}: {number(chosen.low)} to {number(chosen.high)} of pairs"
    none = sizes["comments"][sizes["low"].isna()]
    note = joined(
        "Diamond: the number chosen. Filled: the numbers support a verdict. Upright line: 95% interval.",
        f"No interval with up to {counted(none.max(), 'comment')}." if len(none) else "",
    )
    subtitle = f"{plain(label)}: share of pairs of sentences in which the comment scores higher. Draw {draw}"
    with style():
        figure, axes = picture(title, 2.6, subtitle=subtitle, below=0.55, right=1.1, note=note, source=source)
        axes.axhline(NO_DIFFERENCE, color=GREY, linewidth=1.2, linestyle="--", zorder=0)
        rows: list[Any] = [*sizes.itertuples(index=False)]
        for place, size in enumerate(rows):
            is_chosen = size.comments == chosen.comments
            mark, large, width = ("D", 9, 5) if is_chosen else ("o", 6, 2)
            look = Look(INK if is_chosen else "#8a8a86", mark, is_decided(size.verdict), "")
            if not math.isnan(size.low):
                ends = [size.low, size.high]
                axes.plot([place, place], ends, color=look.colour, linewidth=width, solid_capstyle="butt")
            points(axes, [place], [size.share], look, large)
        axes.set(xlim=(-0.6, len(sizes) - 0.4), ylim=(-0.03, 1.03))
        numbers = [f"{size:,}" for size in sizes["comments"]]
        step = math.ceil(len(sizes) * (width_of(numbers[-1], SMALL) + 0.06) * DPI / axes.bbox.width)
        axes.set_xticks(range(len(sizes)), [word * (at % step == 0) for at, word in enumerate(numbers, 1 - len(sizes))])
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1])
        axes.set_xlabel("number of comments")
        for height, words, colour in ((0.97, "↑ comments\nhigher", COMMENTS), (0.03, "↓ article\nhigher", ARTICLE)):
            beside(axes, height, words, weight="bold", color=colour)
        beside(axes, NO_DIFFERENCE, "0.5 = no\ndifference", color=GREY)
        return finished(figure, _alt_text(sizes, chosen, label, draw), "Comments are added from left to right.", sizes)


def _alt_text(sizes: pd.DataFrame, chosen: Any, label: str, draw: int) -> str:
    widths: list[Any] = [*sizes.dropna(subset="low").itertuples()]
    between = [
        f"With {counted(size.comments, 'comment')} the interval is {number(size.low)} to {number(size.high)}."
        for size in ((widths[0], widths[-1]) if widths else ())
    ]
    return joined(
        f"{plain(label)}, draw {draw}: share of pairs in which the comment scores higher, ties counted as half, by "
        "number of comments.",
        f"With {counted(chosen.comments, 'comment')}: {_described(chosen)}",
        *between,
    )
