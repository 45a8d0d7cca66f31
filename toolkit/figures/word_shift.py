"""plot_word_shift: which words make the tone of two groups differ."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .._tables import require_columns
from ..comparison.word_counts import PER, VOICES, Pair
from ..comparison.word_shift import word_shift
from . import layout as drawing
from .base import Picture, as_measured, finished, nothing_to_draw, picture, source_of
from .keyness import ROW, SEVERAL, counts_of, signed, word_label
from .layout import in_our_style, joined, room_for, with_counts
from .style import BLUE, INK, ORANGE, SMALL, WIDTH, counted, fitted, listed, number, plain

MOST_SHIFTED = 15
_VALUES = 1.15  # inches, right of the bars
_USE: dict[str, Any] = {"facecolor": BLUE, "edgecolor": INK, "linewidth": 0.6}
_SCORING: dict[str, Any] = {"facecolor": "#ffffff", "edgecolor": ORANGE, "hatch": "/////", "linewidth": 1}
_BOTH: dict[str, Any] = {"linestyle": "none", "marker": "D", "markersize": 5, "color": INK, "mfc": "#ffffff"}


class _Bar(NamedTuple):
    label: str
    counts: tuple[int, int] | None
    values: tuple[float, float] | None
    use: float  # per 1,000 words
    scoring: float

    @property
    def whole(self) -> float:
        return self.use + self.scoring

    def how(self, pair: Pair) -> str:
        first, second = self.counts or (0, 0)
        scored = ", scored differently" if abs(self.scoring) > abs(self.use) else ""
        return f"{counted(first, 'use')} in {pair[0]}, {second:,} in {pair[1]}{scored}"


class _Shift(NamedTuple):
    bars: list[_Bar]
    rest: _Bar | None
    means: tuple[float, float]  # per 1,000 words
    sizes: tuple[int, int]
    pair: Pair  # fit to be drawn

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
    """Draw which words make one group of texts more positive or more negative than the other.

    The fifteen words of largest contribution, and all others as one bar: together they are the difference of the
    two means.  Plain bars: the word is used more or less often; hatched bars: VADER's rules score it differently
    (negated, boosted ...); the diamond is both together.

    Parameters
    ----------
    texts : DataFrame
        Texts as `word_shift` takes them, or its table.
    by, pair, voices
        For texts, as in `word_shift`.
    """
    table = as_measured(texts, "plot_word_shift")
    made = "contribution" in table.columns
    line = "" if made and source is None else source_of(table, source)
    if not made and not len(table):
        return nothing_to_draw("Word shift: nothing to draw", "The table has no rows.", line)
    shift = _shift(table if made else word_shift(table, by, pair, voices=voices))
    if reason := _why_nothing(shift):
        return nothing_to_draw("Word shift: nothing to draw", reason, line)
    return _word_shift(shift, line)


def _shift(words: pd.DataFrame) -> _Shift:
    step = "plot_word_shift takes texts, or a table from word_shift(texts)."
    pair = drawing.pair_in(words, "count_*", step, also=["per_1000_*", "value_*"])
    require_columns(words, ("word", "from_use", "from_scoring"), step)
    counts, values = (words[[f"{name}_{group}" for group in pair]].to_numpy(float) for name in ("count", "value"))
    sizes = counts.sum(axis=0).tolist()
    sums = [math.fsum(column) for column in np.nan_to_num(counts * values).T]
    means = [PER * total / size if size else math.nan for total, size in zip(sums, sizes, strict=True)]
    parts = PER * np.nan_to_num(words[["from_use", "from_scoring"]].to_numpy(float))
    order = np.argsort(-np.abs(parts.sum(axis=1)), kind="stable")
    told = order[np.abs(parts[order]).sum(axis=1) > 0]
    names, pairs = words["word"].tolist(), counts_of(words, pair)
    bars = [
        _Bar(word_label(names[at]), pairs[at], tuple(values[at].tolist()), *parts[at].tolist())
        for at in told[:MOST_SHIFTED].tolist()
    ]
    sides = (plain(pair[0], 24), plain(pair[1], 24))
    return _Shift(bars, _rest(parts[told[MOST_SHIFTED:]]), (means[0], means[1]), (int(sizes[0]), int(sizes[1])), sides)


def _rest(parts: np.ndarray) -> _Bar | None:
    """One bar for all words that have none of their own."""
    use, scoring = (math.fsum(column) for column in parts.T)
    return _Bar(f"all other words ({len(parts):,})", None, None, use, scoring) if len(parts) else None


def _why_nothing(shift: _Shift) -> str:
    empty = [group for group, size in zip(shift.pair, shift.sizes, strict=True) if not size]
    if empty:
        return f"No words in {listed(empty)}."
    mean = signed(shift.means[0])
    return "" if shift.bars else f"No word makes a difference: both means are {mean} per 1,000 words."


def _word_shift(shift: _Shift, source: str) -> Picture:
    bars = [*shift.bars, *filter(None, [shift.rest])]
    labels = [with_counts(bar.label, bar.counts) if bar.counts else bar.label for bar in bars]
    left, note = room_for(labels), _note(shift)
    width, sides = WIDTH - left - _VALUES, {"left": left, "right": _VALUES, "above": 0.72, "below": 0.72}
    figure, axes = picture(_title(shift), ROW * len(bars), **sides, note=note, source=source)
    axes.set_xlim(drawing.limits([0.0, *(end for bar in bars for end in (bar.use, bar.scoring, bar.whole))], 0.04))
    axes.set_xlabel("valence points per 1,000 words", labelpad=18)
    axes.axvline(0, color=INK, linewidth=1, zorder=3)
    drawing.named_rows(axes, labels, rim=0.6)
    for place, bar in enumerate(bars):
        _draw_bar(axes, place, bar)
    second = SEVERAL.get(shift.pair[1], shift.pair[1])
    drawing.ends_named(axes, f"{second} ", "more negative", "more positive", width - 0.2)
    drawing.above(axes, 0, 0.14 - left, fitted(f"uses: {shift.pair[0]} | {shift.pair[1]}", WIDTH / 2, SMALL))
    drawing.above(axes, 1, 0.08, "mean value")
    _legend(axes, -left / width)
    caption = f"Each bar is a word and what it adds to the difference between {shift.pair[0]} and {shift.pair[1]}."
    return finished(figure, _alt(shift, note), caption)


def _draw_bar(axes: Axes, place: int, bar: _Bar) -> None:
    """Parts of one sign stand one behind the other, parts of opposite signs on both sides of 0."""
    if bar.use:
        axes.barh([place], [bar.use], height=0.72, **_USE)
    if bar.scoring:
        behind = bar.use if bar.use * bar.scoring > 0 else 0.0
        axes.barh([place], [bar.scoring], height=0.72, left=behind, **_SCORING)
        axes.plot([bar.whole], [place], zorder=4, **_BOTH)
    if bar.values:
        drawing.beside(axes, place, " | ".join("–" if value != value else number(value) for value in bar.values))


def _legend(axes: Axes, x: float) -> None:
    samples: list[Any] = [
        Patch(label="used more or less often", **_USE),
        Patch(label="scored differently", **_SCORING),
        Line2D([], [], label="both together", **_BOTH),
    ]
    axes.legend(
        handles=samples, loc="lower left", bbox_to_anchor=(x, 1), ncols=3, borderaxespad=1.7, handleheight=1,
        columnspacing=1.2,
    )  # fmt: skip


def _title(shift: _Shift) -> str:
    means = ", ".join(f"{group} {signed(mean)}" for group, mean in zip(shift.pair, shift.means, strict=True))
    most = f"largest single part: “{shift.bars[0].label}” ({signed(shift.bars[0].whole)})"
    return f"Valence per 1,000 words: {means}, difference {signed(shift.difference)}; {most}"


def _note(shift: _Shift) -> str:
    sizes = listed([f"{counted(size, 'word')} ({group})" for group, size in zip(shift.pair, shift.sizes, strict=True)])
    return (
        f"All bars together are the difference, {signed(shift.difference)}. Mean value: a word's rating after VADER's "
        f"rules, about −4 to 4. A value sees words, not irony, stance or truth. n = {sizes}, emoji among them."
    )


def _alt(shift: _Shift, note: str) -> str:
    told = "; ".join(f"{bar.label} {signed(bar.whole)} ({bar.how(shift.pair)})" for bar in shift.bars[:6])
    rest = f"A{shift.rest.label[1:]}: {signed(shift.rest.whole)}." if shift.rest else ""
    return joined(f"Bar chart of words. {_title(shift)}. Largest: {told}.", rest, note)
