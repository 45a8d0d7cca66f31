"""Figures of the words that set two groups apart: plot_word_shift draws their tone, plot_keyness their use."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from .contrasts import LEVEL, PER, VOICES, Pair, keyness_and_rest, word_shift
from .emoji_use import emoji_name
from .figure_style import (
    BLUE,
    GREY,
    INK,
    LOOKS,
    ORANGE,
    PALE,
    SMALL,
    WIDTH,
    Look,
    counted,
    fitted,
    listed,
    number,
    plain,
    style,
    width_of,
)
from .pictures import Picture, as_measured, finished, needed, nothing_to_draw, picture, source_of
from .vocabulary import EMOJI

if TYPE_CHECKING:
    import pandas as pd

MOST_SHIFTED = 15
MOST_KEY = 12  # words of each side
_ROW = 0.235  # inches
_SEVERAL = {"comment": "comments"}  # as a group is called in a sentence


# ---- what both figures share


def _pair_of(table: pd.DataFrame, function: str, also: tuple[str, ...]) -> Pair:
    """The two groups, from the names of the table's columns."""
    groups = [str(name).removeprefix("count_") for name in table.columns if str(name).startswith("count_")]
    step = f"plot_{function} takes texts, or a table from {function}(texts)."
    if len(groups) != 2:
        raise ValueError(f"The table needs two columns that begin with count_; it has {len(groups)}. {step}")
    for group in groups:
        needed(table, f"per_1000_{group}", step)
    for column in ("word", *(name.format(group) for group in groups for name in also)):
        needed(table, column, step)
    return groups[0], groups[1]


def _line_of(table: pd.DataFrame, source: str | None, made: bool) -> str:
    """The source line; a table of words does not know its texts."""
    return "" if made and source is None else source_of(table, source)


def word_label(word: object) -> str:
    """A word as it is drawn; an emoji by its name in brackets."""
    text = str(word)
    is_emoji = EMOJI.fullmatch(text) or not (any(map(str.isalnum, text)) or emoji_name(text) == "unnamed emoji")
    return f"[{plain(emoji_name(text), 24)}]" if is_emoji else plain(text, 24)


def _quoted(words: Iterable[str]) -> str:
    return listed([f"“{word}”" for word in words])


def _counts_of(table: pd.DataFrame, pair: Pair) -> list[tuple[int, int]]:
    columns = [table[f"count_{group}"].astype(int).tolist() for group in pair]
    return list(zip(*columns, strict=True))


def _ends(axes: Axes, group: str, left: str, right: str, room: float) -> None:
    """Name both ends beneath the axis; whose they are only where there is room for it."""
    named = max(width_of(f"{group}{text} →", SMALL, bold=True) for text in (left, right))
    who = group if named <= room / 2 - 0.1 else ""
    for x, side, text in ((0, "left", f"← {who}{left}"), (1, "right", f"{who}{right} →")):
        axes.annotate(
            text, (x, 0), (0, -20), xycoords="axes fraction", textcoords="offset points", ha=side, va="top",
            size=SMALL, weight="bold",
        )  # fmt: skip


def _heading(axes: Axes, x: float, shift: float, text: str) -> None:
    """Name a column of words above it; `shift` in inches."""
    axes.annotate(
        text, (x, 1), (shift * 72, 6), xycoords="axes fraction", textcoords="offset points", size=SMALL, color=GREY
    )


# ---- word shift


class _Bar(NamedTuple):
    label: str
    counts: tuple[int, int] | None
    values: tuple[float, float] | None
    use: float  # per 1,000 words
    scoring: float

    @property
    def whole(self) -> float:
        return self.use + self.scoring


class _Shift(NamedTuple):
    bars: list[_Bar]
    rest: _Bar | None
    means: tuple[float, float]  # per 1,000 words
    sizes: tuple[int, int]
    pair: Pair  # fit to be drawn

    @property
    def difference(self) -> float:
        return self.means[1] - self.means[0]


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
    source : str, optional
        Source line; by default the corpora that `thread_id` names, else "own texts".  A table of words does not know
        its texts: without `source` it has no such line.

    Returns
    -------
    Figure
        With the alt text and caption that `show` uses.

    Raises
    ------
    TypeError, ValueError
        If the table holds neither texts nor words from `word_shift`; as `word_shift`.
    """
    table = as_measured(texts, "plot_word_shift")
    made = "contribution" in table.columns
    line = _line_of(table, source, made)
    if not made and not len(table):
        return nothing_to_draw("Word shift: nothing to draw", "The table has no rows.", line)
    words = table if made else word_shift(table, by, pair, voices=voices)
    pair = _pair_of(words, "word_shift", ("value_{}",))
    for column in ("from_use", "from_scoring"):
        needed(words, column, "plot_word_shift takes texts, or a table from word_shift(texts).")
    shift = _shift(words, pair)
    if reason := _why_no_shift(shift):
        return nothing_to_draw("Word shift: nothing to draw", reason, line)
    with style():
        return _word_shift(shift, line)


def _shift(words: pd.DataFrame, pair: Pair) -> _Shift:
    counts, values = ([words[f"{name}_{group}"].to_numpy(float) for group in pair] for name in ("count", "value"))
    sizes = [count.sum() for count in counts]
    means = [
        PER * math.fsum(np.nan_to_num(count * value)) / size if size else math.nan
        for count, value, size in zip(counts, values, sizes, strict=True)
    ]
    parts = PER * np.nan_to_num(words[["from_use", "from_scoring"]].to_numpy(float))
    order = np.argsort(-np.abs(parts.sum(axis=1)), kind="stable")
    told = order[np.abs(parts[order]).sum(axis=1) > 0]
    names, pairs = words["word"].tolist(), _counts_of(words, pair)
    bars = [
        _Bar(word_label(names[at]), pairs[at], (values[0][at], values[1][at]), *parts[at].tolist())
        for at in told[:MOST_SHIFTED].tolist()
    ]
    others = told[MOST_SHIFTED:]
    sums = [math.fsum(column) for column in parts[others].T]
    rest = _Bar(f"all other words ({len(others):,})", None, None, sums[0], sums[1]) if len(others) else None
    sides = (plain(pair[0], 24), plain(pair[1], 24))
    return _Shift(bars, rest, (means[0], means[1]), (int(sizes[0]), int(sizes[1])), sides)


def _why_no_shift(shift: _Shift) -> str:
    empty = [group for group, size in zip(shift.pair, shift.sizes, strict=True) if not size]
    if empty:
        return f"No words in {listed(empty)}."
    if shift.bars:
        return ""
    return f"No word makes a difference: both means are {_signed(shift.means[0])} per 1,000 words."


_VALUES = 1.15  # inches, right of the bars


def _word_shift(shift: _Shift, source: str) -> Picture:
    bars = [*shift.bars, *filter(None, [shift.rest])]
    labels = [bar.label + (f"  {bar.counts[0]:,} | {bar.counts[1]:,}" if bar.counts else "") for bar in bars]
    left = 0.3 + max(width_of(label, SMALL) for label in labels)
    figure, axes = picture(
        _shift_title(shift), _ROW * len(bars), left=left, right=_VALUES, above=0.72, below=0.72,
        note=_shift_note(shift), source=source,
    )  # fmt: skip
    axes.set(ylim=(len(bars) - 0.4, -0.6), xlim=_shift_limits(bars))
    axes.set_xlabel("valence points per 1,000 words", labelpad=18)
    axes.set_yticks(range(len(bars)), labels)
    axes.tick_params(axis="y", length=0)
    axes.axvline(0, color=INK, linewidth=1, zorder=3)
    axes.spines["left"].set_visible(False)
    for place, bar in enumerate(bars):
        _shift_row(axes, place, bar)
    second = _SEVERAL.get(shift.pair[1], shift.pair[1])
    _ends(axes, f"{second} ", "more negative", "more positive", WIDTH - left - _VALUES)
    _heading(axes, 0, 0.14 - left, fitted(f"uses: {shift.pair[0]} | {shift.pair[1]}", WIDTH / 2, SMALL))
    _heading(axes, 1, 0.08, "mean value")
    axes.legend(
        handles=_shift_samples(), loc="lower left", bbox_to_anchor=(-left / (WIDTH - left - _VALUES), 1), ncols=3,
        borderaxespad=1.7, handleheight=1, columnspacing=1.2,
    )  # fmt: skip
    return finished(figure, _shift_alt(shift), _shift_caption(shift))


def _shift_limits(bars: list[_Bar]) -> tuple[float, float]:
    ends = [end for bar in bars for end in (bar.use, bar.scoring, bar.whole, 0.0)]
    margin = 0.04 * (max(ends) - min(ends))
    return min(ends) - margin, max(ends) + margin


def _shift_row(axes: Axes, place: int, bar: _Bar) -> None:
    """Parts of one sign stand one behind the other, parts of opposite signs on both sides of 0."""
    if bar.use:
        axes.barh([place], [bar.use], height=0.72, facecolor=BLUE, edgecolor=INK, linewidth=0.6)
    if bar.scoring:
        behind = bar.use if bar.use * bar.scoring > 0 else 0.0
        axes.barh(
            [place], [bar.scoring], height=0.72, left=behind, facecolor="#ffffff", edgecolor=ORANGE, hatch="/////",
            linewidth=1,
        )  # fmt: skip
        axes.plot([bar.whole], [place], linestyle="none", **_DIAMOND)
    if bar.values:
        text = " | ".join("–" if value != value else number(value) for value in bar.values)
        axes.annotate(
            text, (1, place), (6, 0), xycoords=("axes fraction", "data"), textcoords="offset points", size=SMALL,
            va="center", annotation_clip=False,
        )  # fmt: skip


_DIAMOND: dict[str, Any] = {"marker": "D", "markersize": 5, "color": INK, "markerfacecolor": "#ffffff", "zorder": 4}


def _shift_samples() -> list[Any]:
    return [
        Patch(facecolor=BLUE, edgecolor=INK, label="used more or less often"),
        Patch(facecolor="#ffffff", edgecolor=ORANGE, hatch="/////", label="scored differently"),
        Line2D([], [], linestyle="none", label="both together", **_DIAMOND),
    ]


def _signed(value: float) -> str:
    """One decimal, with its sign: "+3.0", "−36.0", "0.0"."""
    text = f"{value:+.1f}"
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text[1:]


def _shift_title(shift: _Shift) -> str:
    means = ", ".join(f"{group} {_signed(mean)}" for group, mean in zip(shift.pair, shift.means, strict=True))
    most = shift.bars[0]
    return (
        f"Valence per 1,000 words: {means}, difference {_signed(shift.difference)}; "
        f"most from “{most.label}” ({_signed(most.whole)})"
    )


def _shift_note(shift: _Shift) -> str:
    sizes = listed([f"{counted(size, 'word')} ({group})" for group, size in zip(shift.pair, shift.sizes, strict=True)])
    return (
        f"All bars together are the difference, {_signed(shift.difference)}. Mean value: a word's rating after VADER's "
        f"rules, about −4 to 4. A value sees words, not irony, stance or truth. n = {sizes}, emoji among them."
    )


def _shift_caption(shift: _Shift) -> str:
    return f"Each bar is a word and what it adds to the difference between {shift.pair[0]} and {shift.pair[1]}."


def _shift_alt(shift: _Shift) -> str:
    told = "; ".join(f"{bar.label} {_signed(bar.whole)} ({_how(bar, shift.pair)})" for bar in shift.bars[:6])
    parts = [f"Bar chart of words. {_shift_title(shift)}. Largest: {told}."]
    if shift.rest:
        parts.append(f"{shift.rest.label[:1].upper()}{shift.rest.label[1:]}: {_signed(shift.rest.whole)}.")
    return " ".join([*parts, _shift_note(shift)])


def _how(bar: _Bar, pair: Pair) -> str:
    uses = bar.counts or (0, 0)
    told = f"{counted(uses[0], 'use')} in {pair[0]}, {uses[1]:,} in {pair[1]}"
    return told + (", scored differently" if abs(bar.scoring) > abs(bar.use) else "")


# ---- keyness


class _Key(NamedTuple):
    label: str
    counts: tuple[int, int]
    z: float
    ratio: float
    interval: tuple[float, float]
    p_holm: float

    @property
    def told_apart(self) -> bool:
        return self.p_holm < LEVEL  # not so where it is NaN


def plot_keyness(
    texts: pd.DataFrame,
    by: str = "kind",
    pair: Pair = ("article", "comment"),
    *,
    min_count: int = 3,
    voices: Iterable[str] = VOICES,
    source: str | None = None,
) -> Picture:
    """Draw the words that are most typical of each of two groups: how many times as often one uses them.

    Twelve words of each side, by z; the point is the Log Ratio, the line its 95 % interval.  A filled point is told
    apart from chance (Holm-adjusted p below 0.05), an open one is not or has no p.

    Parameters
    ----------
    texts : DataFrame
        Texts as `keyness` takes them, or its table (then with any options).
    by, pair, min_count, voices
        For texts, as in `keyness`.
    source : str, optional
        Source line; by default the corpora that `thread_id` names, else "own texts".  A table of words does not know
        its texts: without `source` it has no such line.

    Returns
    -------
    Figure
        With the alt text and caption that `show` uses; for texts the caption tells how many words were too rare.

    Raises
    ------
    TypeError, ValueError
        If the table holds neither texts nor words from `keyness`; as `keyness`.
    """
    table = as_measured(texts, "plot_keyness")
    made = "log_ratio" in table.columns
    line, rare = _line_of(table, source, made), ""
    if not made and not len(table):
        return nothing_to_draw("Keyness: nothing to draw", "The table has no rows.", line)
    words = table
    if not made:
        words, left_out = keyness_and_rest(table, by, pair, min_count=min_count, voices=voices)
        rare = f" {counted(left_out, 'word')} used fewer than {min_count} times left out."
    pair = _pair_of(words, "keyness", ())
    for column in ("z", "log_ratio_low", "log_ratio_high", "p_holm", "why_no_p"):
        needed(words, column, "plot_keyness takes texts, or a table from keyness(texts).")
    keys, sides = _keys(words, pair), (plain(pair[0], 24), plain(pair[1], 24))
    if not any(keys):
        return nothing_to_draw("Keyness: nothing to draw", _why_no_keys(words) + rare, line)
    with style():
        return _keyness(keys, words, sides, rare, line)


def _keys(words: pd.DataFrame, pair: Pair) -> tuple[list[_Key], list[_Key]]:
    """The words most typical of the first group, and of the second."""
    columns = [words[name].to_numpy(float) for name in ("z", "log_ratio", "log_ratio_low", "log_ratio_high", "p_holm")]
    keys = [
        _Key(word_label(word), counts, z, ratio, (low, high), p)
        for word, counts, z, ratio, low, high, p in zip(
            words["word"], _counts_of(words, pair), *(column.tolist() for column in columns), strict=True
        )
    ]
    ranked = sorted(keys, key=lambda key: -abs(key.z) if key.z == key.z else 0.0)
    return [key for key in ranked if key.z < 0][:MOST_KEY], [key for key in ranked if key.z > 0][:MOST_KEY]


def _why_no_keys(words: pd.DataFrame) -> str:
    if not len(words):
        return "No word is used often enough."
    reasons = words.loc[words["z"].isna(), "why_no_p"].tolist()
    if not reasons:
        return "Every word is used equally often in both groups."
    return f"{plain(reasons[0], 80) if reasons[0] else 'One word is all there is'}.".capitalize()


def _keyness(keys: tuple[list[_Key], list[_Key]], words: pd.DataFrame, pair: Pair, rare: str, source: str) -> Picture:
    drawn = [(side, key) for side in (0, 1) for key in keys[side]]
    labels = [f"{key.label}  {key.counts[0]:,} | {key.counts[1]:,}" for _, key in drawn]
    left, right = 0.3 + max(width_of(label, SMALL) for label in labels), 0.3
    gap = 0.6 if all(keys) else 0.0
    places = [place + gap * side for place, (side, _) in enumerate(drawn)]
    title = _key_title(words, pair)
    figure, axes = picture(
        title, _ROW * (len(drawn) + gap), left=left, right=right, above=0.35, below=0.85, note=_key_note(words),
        source=source,
    )  # fmt: skip
    axes.set(ylim=(places[-1] + 0.6, -0.6), xlim=_key_limits([key for _, key in drawn]))
    axes.set_xlabel("Log Ratio: each step is twice as often (0 = equally often)", labelpad=18)
    axes.set_yticks(places, labels)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.axvline(0, color=GREY, linewidth=1.2, linestyle="--", zorder=0)
    for place, (side, key) in zip(places, drawn, strict=True):
        _key_row(axes, place, key, LOOKS[side])
    sides = [_SEVERAL.get(group, group) for group in pair]
    room = (WIDTH - left - right) / 2 - 0.3
    less, more = (fitted(f"more often in {group}", room, SMALL, bold=True) for group in sides)
    _ends(axes, "", less, more, WIDTH)
    _heading(axes, 0, 0.14 - left, fitted(f"uses: {pair[0]} | {pair[1]}", WIDTH / 2, SMALL))
    return finished(
        figure, _key_alt(keys, title, pair, words), f"Each point is a word: {pair[0]} against {pair[1]}.{rare}"
    )


def _key_limits(keys: list[_Key]) -> tuple[float, float]:
    ends = [end for key in keys for end in (key.ratio, *key.interval, 0.0) if math.isfinite(end)]
    margin = 0.04 * (max(ends) - min(ends)) or 1.0
    return min(ends) - margin, max(ends) + margin


def _key_row(axes: Axes, place: float, key: _Key, look: Look) -> None:
    axes.axhline(place, color=PALE, linewidth=0.6, zorder=0)
    if all(map(math.isfinite, key.interval)):
        axes.plot(key.interval, [place, place], color=look.colour, linewidth=1.6, solid_capstyle="butt")
    axes.plot(
        [key.ratio], [place], linestyle="none", marker=look.marker, markersize=7, color=look.colour,
        markerfacecolor=look.colour if key.told_apart else "#ffffff", markeredgewidth=1.5,
    )  # fmt: skip


def _told_apart(words: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Words that are told apart from chance: those of the first group, and those of the second."""
    told = words[words["p_holm"].to_numpy(float) < LEVEL]
    z = told["z"].to_numpy(float)
    labels = [word_label(word) for word in told["word"]]
    return (
        [label for label, value in zip(labels, z, strict=True) if value < 0],
        [label for label, value in zip(labels, z, strict=True) if value > 0],
    )


def _key_title(words: pd.DataFrame, pair: Pair) -> str:
    told, number_of = _told_apart(words), counted(len(words), "word")
    if any(told):
        sides = [
            f"{_SEVERAL.get(group, group)}: {_quoted(side[:3])}{' …' * (len(side) > 3)}"
            for group, side in zip(pair, told, strict=True)
            if side
        ]
        return f"{sum(map(len, told)):,} of {number_of} told apart from chance; more often in {'; in '.join(sides)}"
    if words["p_holm"].notna().any():
        return f"None of {number_of} is told apart from chance"
    reasons = set(words["why_no_p"])
    why = f": {plain(reasons.pop(), 60)}" if len(reasons) == 1 else ""
    return f"No verdict on any of {number_of}{why}"


def _key_note(words: pd.DataFrame) -> str:
    """What the marks mean, and why some words have no p."""
    lacking = words.loc[words["p_holm"].isna(), "why_no_p"]
    why = [f"{counted(count, 'word')} without p ({plain(reason, 60)})." for reason, count in _most(lacking)]
    has_interval = bool(words["log_ratio_low"].notna().any())
    return " ".join(
        [
            f"Filled point: told apart from chance (Holm-adjusted p below {LEVEL}, by exchanging whole texts or "
            "blocks). Open point: not told apart.",
            *["Line: 95 % interval of the one word."] * has_interval,
            "Half a use stands for none. Most typical words (by z) on top.",
            *why[:2],
        ]
    )


def _most(reasons: pd.Series[Any]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for reason in reasons.tolist():
        counts[str(reason)] = counts.get(str(reason), 0) + 1
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _key_alt(keys: tuple[list[_Key], list[_Key]], title: str, pair: Pair, words: pd.DataFrame) -> str:
    parts = [f"Dot plot of words by Log Ratio, 0 where both groups use a word equally often. {title}."]
    for group, side in zip(pair, keys, strict=True):
        told = "; ".join(
            f"{key.label} {_signed(key.ratio)} ({key.counts[0]:,} and {key.counts[1]:,} uses)" for key in side[:6]
        )
        parts += [f"Most typical of {_SEVERAL.get(group, group)}: {told}."] if side else []
    return " ".join([*parts, _key_note(words)])
