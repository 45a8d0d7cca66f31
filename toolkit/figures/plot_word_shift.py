"""plot_word_shift: the words that make the tone of two groups differ."""

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .._tables import pair_in
from ..comparison.word_counts import PER, Pair
from ..comparison.word_shift import word_shift
from ..text.blocks import VOICES
from . import layout
from .formatting import capitalised, counted, joined, listed, people, plain
from .input_tables import as_measured, source_of
from .layout import Picture, finished, in_our_style, nothing_to_draw, picture
from .style import GREY, INK, NEGATIVE, POSITIVE, WIDTH
from .word_rows import RIGHT, ROW, name_word_rows, signed, word_label

MOST_SHIFTED = 15
_WHAT_A_VALUE_IS = (
    "A word's value is its rating after VADER's rules, about −4 to 4. It sees no irony, no stance and no truth."
)
_BOTH: dict[str, Any] = {"linestyle": "none", "marker": "D", "markersize": 4.5, "color": INK, "mfc": "#ffffff"}


class _Shift(NamedTuple):
    bars: pd.DataFrame  # the last one, without counts, is for all other words, if any
    means: tuple[float, float]  # per 1,000 words
    sizes: tuple[int, int]
    pair: Pair  # labels ready for drawing

    @property
    def difference(self) -> float:
        return self.means[1] - self.means[0]


@in_our_style
def plot_word_shift(
    texts: pd.DataFrame,
    by: str = "kind",
    pair: Pair = ("article", "comment"),
    *,
    voices: Iterable[str] = VOICES,
    source: str | None = None,
) -> Picture:
    """Plot which words make one group of texts more positive or more negative than the other.

    The fifteen words with the largest contributions are shown, and all others as one bar: together they add up to the
    difference between the two means.  Plain bars: the word is used more or less often; hatched bars: VADER's rules
    score it differently (negated, boosted …); the diamond is the sum of both.  Bars to the right make the second
    group more positive.

    Parameters
    ----------
    texts : DataFrame
        Texts, as for `word_shift`, or a table from `word_shift`.
    by, pair, voices
        For texts, as in `word_shift`.
    """
    table = as_measured(texts, "plot_word_shift", takes="texts, such as load_corpus(name), or word_shift(texts).")
    made = "contribution" in table.columns
    line = "" if made and source is None else source_of(table, source)
    if not made and not len(table):
        return nothing_to_draw("Word shift: nothing to draw", "The table has no rows.", line)
    shift = _shift(table if made else word_shift(table, by, pair, voices=voices))
    if not all(shift.sizes) or not len(shift.bars):
        empty = [group for group, size in zip(shift.pair, shift.sizes, strict=True) if not size]
        same = f"No word makes a difference: both means are {signed(shift.means[0])} per 1,000 words."
        reason = f"No words in {listed(empty)}." if empty else same
        return nothing_to_draw("Word shift: nothing to draw", reason, line)
    return _draw(shift, line)


def _shift(words: pd.DataFrame) -> _Shift:
    step = "plot_word_shift takes texts, or a table from word_shift(texts)."
    also = ("per_1000_*", "value_*", "word", "from_use", "from_scoring")
    pair = pair_in(words, "count_*", step, also)
    counts, values = (words[[f"{name}_{group}" for group in pair]].to_numpy(float) for name in ("count", "value"))
    sizes = counts.sum(axis=0).tolist()
    sums = [math.fsum(column) for column in np.nan_to_num(counts * values).T]
    means = [PER * total / size if size else math.nan for total, size in zip(sums, sizes, strict=True)]
    parts = PER * np.nan_to_num(words[["from_use", "from_scoring"]].to_numpy(float))
    order = np.argsort(-np.abs(parts.sum(axis=1)), kind="stable")
    shifting = order[np.abs(parts[order]).sum(axis=1) > 0]
    shown, others = shifting[:MOST_SHIFTED], parts[shifting[MOST_SHIFTED:]]
    bars = pd.DataFrame(values[shown], columns=["first_value", "second_value"])
    bars[["first", "second"]] = pd.DataFrame(counts[shown].astype(int)).astype("Int64")
    bars["word"] = words["word"].astype(str).iloc[shown].tolist()
    bars["label"], bars[["use", "scoring"]] = bars["word"].map(word_label), parts[shown]
    if len(others):
        name, (use, scoring) = f"all other words ({len(others):,})", map(math.fsum, others.T)
        rest = pd.DataFrame({"word": name, "label": name, "use": use, "scoring": scoring}, index=[0])
        bars = pd.concat([bars, rest], ignore_index=True)
    bars["whole"] = bars["use"] + bars["scoring"]
    sides = (plain(pair[0], 24), plain(pair[1], 24))
    return _Shift(bars, (means[0], means[1]), (int(sizes[0]), int(sizes[1])), sides)


def _draw(shift: _Shift, source: str) -> Picture:
    bars, title = shift.bars, _title(shift)
    means = ", ".join(f"{group} {signed(mean)}" for group, mean in zip(shift.pair, shift.means, strict=True))
    subtitle = (
        f"Valence points per 1,000 words: {means}. The bars add up to the difference, {signed(shift.difference)}. "
        f"n = {shift.sizes[0]:,} and {shift.sizes[1]:,} words and emoji"
    )
    left, is_scored = layout.room_for(bars["label"], 0.5), bars["scoring"].any()
    figure, axes = picture(
        title, ROW * len(bars), subtitle=subtitle, left=left, right=RIGHT, above=0.62 if is_scored else 0.36,
        below=0.5, note=_WHAT_A_VALUE_IS, source=source,
    )  # fmt: skip
    axes.set_xlim(layout.limits([0.0, *bars[["use", "scoring", "whole"]].stack()], 0.04))
    axes.set_xlabel("contribution in valence points per 1,000 words")
    axes.axvline(0, color=INK, linewidth=1, zorder=3)
    for place, bar in enumerate(bars.itertuples()):
        _draw_bar(axes, place, bar)
    name_word_rows(axes, bars, shift.pair)
    layout.ends_named(axes, "more negative", "more positive", (NEGATIVE, POSITIVE))
    if is_scored:
        _legend(axes, -left / (WIDTH - left - RIGHT))
    data = bars[["label", "first", "second", "first_value", "second_value", "use", "scoring", "whole"]]
    columns = [f"{what}_{group}" for what in ("uses", "value") for group in shift.pair]
    data = data.set_axis(["word", *columns, "from_use", "from_scoring", "contribution"], axis="columns")
    caption = f"Each bar is a word and what it adds to the difference between {shift.pair[0]} and {shift.pair[1]}."
    return finished(figure, _alt_text(shift, title, subtitle), caption, data)


def _draw_bar(axes: Axes, place: int, bar: Any) -> None:
    """Stack parts of the same sign; put parts of opposite signs on either side of 0; colour shows direction."""
    if bar.use:
        colour = POSITIVE if bar.use > 0 else NEGATIVE
        axes.barh([place], [bar.use], height=0.68, facecolor=colour, edgecolor=colour, linewidth=0.6)
    if bar.scoring:
        colour = POSITIVE if bar.scoring > 0 else NEGATIVE
        behind = bar.use if bar.use * bar.scoring > 0 else 0.0
        axes.barh([place], [bar.scoring], height=0.68, left=behind, facecolor="#ffffff", edgecolor=colour,
                  hatch="/////", linewidth=1)  # fmt: skip
        if bar.use:
            axes.plot([bar.whole], [place], zorder=4, **_BOTH)


def _legend(axes: Axes, x: float) -> None:
    samples: list[Any] = [
        Patch(label="used more or less often", facecolor=GREY, edgecolor=GREY),
        Patch(label="scored differently (negated, emphasised …)", facecolor="#ffffff", edgecolor=GREY, hatch="/////"),
        Line2D([], [], label="both together", **_BOTH),
    ]
    axes.legend(
        handles=samples, loc="lower left", bbox_to_anchor=(x, 1), ncols=3, borderaxespad=2.6, handleheight=1,
        columnspacing=1.2,
    )  # fmt: skip


def _title(shift: _Shift) -> str:
    who, first = shift.pair[1], shift.bars.iloc[0]
    lower, higher = sorted(shift.means)
    tone = "negative" if lower < 0 and (higher <= 0 or shift.difference < 0) else "positive"
    if signed(shift.means[0]) == signed(shift.means[1]):
        alike = "on balance neither positive nor negative" if signed(higher) == signed(0) else f"equally {tone}"
        return f"The words of {people(who)} and of the {shift.pair[0]} are {alike}"
    more = f"{'more' if (tone == 'positive') == (shift.difference > 0) else 'less'} {tone}"
    if first.whole * shift.difference <= 0:
        why = f"though “{first.label}” pulls the other way"
    elif abs(first.whole) > 0.5 * abs(shift.difference):
        why = f"mostly because of “{first.label}”"
    else:
        why = f"led by “{first.label}”"
    return f"The words of {people(who)} are {more} than those of the {shift.pair[0]}, {why}"


def _alt_text(shift: _Shift, title: str, subtitle: str) -> str:
    largest = []
    bars: list[Any] = [*shift.bars.itertuples()]
    for bar in bars[:6]:
        used = f"{counted(bar.first, 'use')} in {shift.pair[0]}, {bar.second:,} in {shift.pair[1]}"
        scored = ", scored differently" if abs(bar.scoring) > abs(bar.use) else ""
        largest.append(f"{bar.label} {signed(bar.whole)} ({used}{scored})")
    rest = [f"{capitalised(bar.label)}: {signed(bar.whole)}." for bar in bars[MOST_SHIFTED:]]
    said = f"Bar chart of words. {title}. {subtitle}. Largest: {'; '.join(largest)}."
    return joined(said, *rest, _WHAT_A_VALUE_IS)
