"""plot_keyness: the words that are most typical of each of two groups; and how a word is written in a figure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from .._tables import require_columns
from ..comparison.cluster_bootstrap import LEVEL
from ..comparison.keyness import keyness_and_rest
from ..comparison.word_counts import VOICES, Pair
from ..lexicons.features import EMOJI
from ..metrics.emoji import emoji_name
from . import layout as drawing
from .base import Picture, as_measured, finished, nothing_to_draw, picture, source_of
from .layout import in_our_style, joined, room_for, with_counts
from .style import GREY, LOOKS, SMALL, WIDTH, Look, counted, fitted, listed, plain

MOST_KEY = 12  # words of each side
ROW = 0.235  # inches
SEVERAL = {"comment": "comments"}  # as a group is called in a sentence


class _Key(NamedTuple):
    label: str
    counts: tuple[int, int]
    z: float
    ratio: float
    low: float
    high: float
    p_holm: float

    @property
    def told_apart(self) -> bool:
        return self.p_holm < LEVEL  # not so where it is NaN


class _Keys(NamedTuple):
    """All words by z, the groups fit to be drawn, and the sentence on words that were too rare."""

    words: pd.DataFrame
    keys: list[_Key]
    pair: Pair
    rare: str

    @property
    def sides(self) -> list[list[_Key]]:
        """The words most typical of the first group, and of the second."""
        return [[key for key in self.keys if sign * key.z > 0][:MOST_KEY] for sign in (-1, 1)]

    @property
    def several(self) -> list[str]:
        return [SEVERAL.get(group, group) for group in self.pair]


@in_our_style
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
    apart from chance (Holm-adjusted p below 0.05), an open one is not or has no p.  For texts the caption tells how
    many words were too rare.

    Parameters
    ----------
    texts : DataFrame
        Texts as `keyness` takes them, or its table (then with any options).
    by, pair, min_count, voices
        For texts, as in `keyness`.
    """
    words = as_measured(texts, "plot_keyness")
    made, rare = "log_ratio" in words.columns, ""
    line = "" if made and source is None else source_of(words, source)
    if not made and not len(words):
        return nothing_to_draw("Keyness: nothing to draw", "The table has no rows.", line)
    if not made:
        words, left_out = keyness_and_rest(words, by, pair, min_count=min_count, voices=voices)
        rare = f" {counted(left_out, 'word')} used fewer than {min_count} times left out."
    found = _keys(words, rare)
    if not any(found.sides):
        return nothing_to_draw("Keyness: nothing to draw", _why_nothing(words) + rare, line)
    return _keyness(found, line)


def _keys(words: pd.DataFrame, rare: str) -> _Keys:
    scores = ["z", "log_ratio", "log_ratio_low", "log_ratio_high", "p_holm"]
    step = "plot_keyness takes texts, or a table from keyness(texts)."
    pair = drawing.pair_in(words, "count_*", step, also=["per_1000_*"])
    require_columns(words, ("word", *scores, "why_no_p"), step)
    rows = zip(map(word_label, words["word"]), counts_of(words, pair), words[scores].to_numpy(float), strict=True)
    keys = [_Key(label, counts, *numbers.tolist()) for label, counts, numbers in rows]
    keys.sort(key=lambda key: -abs(key.z) if key.z == key.z else 0.0)
    return _Keys(words, keys, (plain(pair[0], 24), plain(pair[1], 24)), rare)


def _why_nothing(words: pd.DataFrame) -> str:
    if not len(words):
        return "No word is used often enough."
    reasons = words.loc[words["z"].isna(), "why_no_p"].tolist()
    if not reasons:
        return "Every word is used equally often in both groups."
    return f"{plain(reasons[0], 80) if reasons[0] else 'One word is all there is'}.".capitalize()


def _keyness(found: _Keys, source: str) -> Picture:
    drawn = [(side, key) for side, keys in enumerate(found.sides) for key in keys]
    labels = [with_counts(key.label, key.counts) for _, key in drawn]
    gap = 0.6 if all(found.sides) else 0.0
    places = [place + gap * side for place, (side, _) in enumerate(drawn)]
    title, note, left, right = _title(found), _note(found.words), room_for(labels), 0.3
    height, pair = ROW * (len(drawn) + gap), found.pair
    figure, axes = picture(title, height, left=left, right=right, above=0.35, below=0.85, note=note, source=source)
    ends = [end for _, key in drawn for end in (key.ratio, key.low, key.high) if math.isfinite(end)]
    axes.set_xlim(drawing.limits([0.0, *ends], 0.04, 1.0))
    axes.set_xlabel("Log Ratio: each step is twice as often (0 = equally often)", labelpad=18)
    axes.axvline(0, color=GREY, linewidth=1.2, linestyle="--", zorder=0)
    drawing.named_rows(axes, labels, places, rim=0.6)
    for place, (side, key) in zip(places, drawn, strict=True):
        _draw_key(axes, place, key, LOOKS[side])
    room = (WIDTH - left - right) / 2 - 0.3
    less, more = (fitted(f"more often in {group}", room, SMALL, bold=True) for group in found.several)
    drawing.ends_named(axes, "", less, more, WIDTH)
    drawing.above(axes, 0, 0.14 - left, fitted(f"uses: {pair[0]} | {pair[1]}", WIDTH / 2, SMALL))
    caption = f"Each point is a word: {pair[0]} against {pair[1]}.{found.rare}"
    return finished(figure, _alt(found, title, note), caption)


def _draw_key(axes: Axes, place: float, key: _Key, look: Look) -> None:
    drawing.row_line(axes, place)
    if math.isfinite(key.low) and math.isfinite(key.high):
        axes.plot([key.low, key.high], [place, place], color=look.colour, linewidth=1.6, solid_capstyle="butt")
    drawing.points(axes, [key.ratio], [place], look, 7, look.colour if key.told_apart else "#ffffff", 1.5)


def word_label(word: object) -> str:
    """A word as it is drawn; an emoji by its name in brackets."""
    text = str(word)
    is_emoji = EMOJI.fullmatch(text) or not (any(map(str.isalnum, text)) or emoji_name(text) == "unnamed emoji")
    return f"[{plain(emoji_name(text), 24)}]" if is_emoji else plain(text, 24)


def signed(value: float) -> str:
    """One decimal, with its sign: "+3.0", "−36.0", "0.0"."""
    text = f"{value:+.1f}"
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text[1:]


def counts_of(table: pd.DataFrame, pair: Pair) -> list[tuple[int, int]]:
    """Uses of each word in both groups."""
    return list(zip(*(table[f"count_{group}"].astype(int).tolist() for group in pair), strict=True))


def _title(found: _Keys) -> str:
    told = [key for key in found.keys if key.told_apart]
    all_words, words = counted(len(found.words), "word"), found.words
    if told:
        sides = zip(found.several, ([key for key in told if sign * key.z > 0] for sign in (-1, 1)), strict=True)
        said = [f"{group}: {_quoted(side[:3])}{' …' * (len(side) > 3)}" for group, side in sides if side]
        return f"{len(told):,} of {all_words} told apart from chance; more often in {'; in '.join(said)}"
    if words["p_holm"].notna().any():
        return f"None of {all_words} is told apart from chance"
    reasons = set(words["why_no_p"])
    return f"No verdict on any of {all_words}{f': {plain(reasons.pop(), 60)}' if len(reasons) == 1 else ''}"


def _quoted(keys: Iterable[_Key]) -> str:
    return listed([f"“{key.label}”" for key in keys])


def _note(words: pd.DataFrame) -> str:
    """What the marks mean, and why some words have no p."""
    counts = words.loc[words["p_holm"].isna(), "why_no_p"].astype(str).value_counts()
    most = sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))
    return joined(
        f"Filled point: told apart from chance (Holm-adjusted p below {LEVEL}, by exchanging whole texts or "
        "blocks). Open point: not told apart.",
        "Line: 95 % interval of the one word." if words["log_ratio_low"].notna().any() else "",
        "Half a use stands for none. Most typical words (by z) on top.",
        *(f"{counted(count, 'word')} without p ({plain(reason, 60)})." for reason, count in most[:2]),
    )


def _alt(found: _Keys, title: str, note: str) -> str:
    parts = [f"Dot plot of words by Log Ratio, 0 where both groups use a word equally often. {title}."]
    for group, side in zip(found.several, found.sides, strict=True):
        told = [f"{key.label} {signed(key.ratio)} ({key.counts[0]:,} and {key.counts[1]:,} uses)" for key in side[:6]]
        parts += [f"Most typical of {group}: {'; '.join(told)}."] if told else []
    return joined(*parts, note)
