"""plot_keyness: the words most typical of two groups; and labels of words for figures."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from ..comparison.keyness import keyness
from ..comparison.share_higher import LEVEL
from ..comparison.word_counts import VOICES, Pair
from ..lexicons.features import EMOJI
from ..metrics.emoji import emoji_name
from . import layout
from .emoji_images import HEIGHT, draw_emoji, emoji_image
from .layout import Picture, finished, in_our_style, joined, nothing_to_draw, picture, room_for
from .style import GREY, LOOKS, SMALL, Look
from .tables import as_measured, source_of
from .words import counted, fitted, listed, plain, width_of

MOST_KEY = 12  # words per group
ROW = 0.235  # inches
_COLUMNS = (0.75, 1.45)  # inches right of the axes where the counts end


class _Key(NamedTuple):
    label: str
    counts: tuple[int, int]
    emoji: str
    z: float
    ratio: float
    low: float
    high: float
    p_holm: float

    @property
    def is_significant(self) -> bool:
        return self.p_holm < LEVEL  # False for NaN


class _Keys(NamedTuple):
    """All words by z, the two groups ready for drawing, and the sentence on words that were too rare."""

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
        return [layout.several(group) for group in self.pair]


@in_our_style
def plot_keyness(
    texts: pd.DataFrame,
    by: str = "kind",
    pair: Pair = ("article", "comment"),
    *,
    min_count: int = 3,
    voices: Iterable[str] = VOICES,
    function_words: bool = True,
    source: str | None = None,
) -> Picture:
    """Draw the words that are most typical of two groups: how many times as often one group uses them.

    Twelve words per group, by z; the point is the Log Ratio, the line its 95 % interval.  A filled point differs more
    than chance would explain (Holm-adjusted p below 0.05), an open one does not or has no p.  For texts the caption
    reports how many words were too rare.

    Parameters
    ----------
    texts : DataFrame
        Texts as `keyness` takes them, or its table (then with any options).
    by, pair, min_count, voices, function_words
        For texts, as in `keyness`.
    """
    words = as_measured(texts, "plot_keyness")
    made, rare = "log_ratio" in words.columns, ""
    line = "" if made and source is None else source_of(words, source)
    if not made and not len(words):
        return nothing_to_draw("Keyness: nothing to draw", "The table has no rows.", line)
    if not made:
        words = keyness(words, by, pair, min_count=min_count, voices=voices, function_words=function_words)
        rare = f" {counted(words.attrs['too_rare'], 'word')} used fewer than {min_count} times left out."
        rare += "" if function_words else " Function words left out."
    found = _keys(words, rare)
    if not any(found.sides):
        return nothing_to_draw("Keyness: nothing to draw", _why_nothing(words) + rare, line)
    return _keyness(found, line)


def _keys(words: pd.DataFrame, rare: str) -> _Keys:
    scores = ["z", "log_ratio", "log_ratio_low", "log_ratio_high", "p_holm"]
    step = "plot_keyness takes texts, or a table from keyness(texts)."
    pair = layout.pair_in(words, "count_*", step, also=["per_1000_*", "word", *scores, "why_no_p"])
    rows = zip(words["word"], counts_of(words, pair), words[scores].to_numpy(float).tolist(), strict=True)
    keys = [_Key(word_label(word), counts, emoji_of(word), *numbers) for word, counts, numbers in rows]
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
    labels = [key.label for _, key in drawn]
    gap = 0.6 if all(found.sides) else 0.0
    places = [place + gap * side for place, (side, _) in enumerate(drawn)]
    title, note, left = _title(found), _note(found.words), room_for(labels, 0.5)
    height = ROW * (len(drawn) + gap)
    sides = {"left": left, "right": _COLUMNS[1] + 0.2, "above": 0.36, "below": 0.5}
    figure, axes = picture(title, height, subtitle=_subtitle(found), note=note, source=source, **sides)
    ends = [end for _, key in drawn for end in (key.ratio, key.low, key.high) if math.isfinite(end)]
    low, high = layout.limits([0.0, *ends], 0.04, 1.0)
    axes.set(xlim=(low, high), xlabel="how many times as often")
    steps = [step for step in range(-10, 11) if low <= step <= high]
    steps = steps if len(steps) <= 9 else [step for step in steps if step % 2 == 0]
    axes.set_xticks(steps, [f"{2 ** abs(step):,}×" if step else "equal" for step in steps])
    axes.axvline(0, color=GREY, linewidth=1.2, linestyle="--", zorder=0)
    layout.named_rows(axes, labels, places, rim=0.6)
    for place, (side, key) in zip(places, drawn, strict=True):
        _draw_key(axes, place, key, LOOKS[side])
    draw_label_emoji(axes, [(place, key.label, key.emoji) for place, (_, key) in zip(places, drawn, strict=True)])
    for side, inches in enumerate(_COLUMNS):
        counts = [(place, f"{key.counts[side]:,}") for place, (_, key) in zip(places, drawn, strict=True)]
        layout.column(axes, inches, f"uses in\n{found.several[side]}", counts)
    less, more = (fitted(f"more in {group}", 1.6, SMALL, bold=True) for group in found.several)
    layout.ends_named(axes, less, more, (LOOKS[0].colour, LOOKS[1].colour))
    caption = f"Each point is a word: {found.pair[0]} against {found.pair[1]}.{found.rare}"
    rows = [(key.label, *key.counts, key.ratio, key.low, key.high, key.z, key.p_holm) for _, key in drawn]
    columns = ["word", *(f"uses_{group}" for group in found.pair), "log_ratio", "low", "high", "z", "p_holm"]
    return finished(figure, _alt(found, title, note), caption, pd.DataFrame(rows, columns=columns))


def _draw_key(axes: Axes, place: float, key: _Key, look: Look) -> None:
    layout.row_line(axes, place)
    if math.isfinite(key.low) and math.isfinite(key.high):
        axes.plot([key.low, key.high], [place, place], color=look.colour, linewidth=1.6, solid_capstyle="butt")
    layout.points(axes, [key.ratio], [place], look, 7, look.colour if key.is_significant else "#ffffff", 1.5)


def emoji_of(word: object) -> str:
    """Return the word if it is an emoji, else an empty string."""
    return str(word) if EMOJI.fullmatch(str(word)) else ""


def draw_label_emoji(axes: Axes, rows: Iterable[tuple[float, str, str]]) -> None:
    """Draw the emoji in front of the labels of rows that are emoji, if a font has them."""
    for place, label, emoji in rows:
        if emoji and emoji_image(emoji) is not None:
            shift = -72 * (width_of(label, SMALL) + HEIGHT + 0.09)
            draw_emoji(axes, emoji, label, (0, place), shift, ("axes fraction", "data"))


def word_label(word: object) -> str:
    """Label a word for a figure; an emoji by its name in brackets."""
    text = re.sub(r"^i(?=$|['’])", "I", str(word))
    is_emoji = EMOJI.fullmatch(text) or not (any(map(str.isalnum, text)) or emoji_name(text) == "unnamed emoji")
    return f"[{plain(emoji_name(text), 24)}]" if is_emoji else plain(text, 24)


def signed(value: float) -> str:
    """Format with one decimal and a sign: "+3.0", "−36.0", "0.0"."""
    text = f"{value:+,.1f}"
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text[1:]


def counts_of(table: pd.DataFrame, pair: Pair) -> list[tuple[int, int]]:
    """Count the uses of each word in both groups."""
    return list(zip(*(table[f"count_{group}"].astype(int).tolist() for group in pair), strict=True))


def _title(found: _Keys) -> str:
    significant = [key for key in found.keys if key.is_significant]
    all_words, words = counted(len(found.words), "word"), found.words
    if significant:
        sides = [[key for key in significant if sign * key.z > 0] for sign in (-1, 1)]
        said = [
            f"{layout.people_do(group, 'use')} {listed([f'“{key.label}”' for key in side[:3]])}"
            f"{' …' * (len(side) > 3)} more often"
            for group, side in zip(found.pair, sides, strict=True)
            if side
        ]
        title = listed(said)
        return title[:1].upper() + title[1:]
    if words["p_holm"].notna().any():
        return f"None of {all_words} differs more than chance would explain"
    reasons = set(words["why_no_p"])
    return f"No verdict on any of {all_words}{f': {plain(reasons.pop(), 60)}' if len(reasons) == 1 else ''}"


def _subtitle(found: _Keys) -> str:
    count = sum(key.is_significant for key in found.keys)
    differ = f"{count:,} differ" if count > 1 else f"{count or 'none'} differs"
    chance = f"; {differ} more than chance would explain" if found.words["p_holm"].notna().any() else ""
    return (
        f"The most typical words of each side: how many times as often it uses them. n = "
        f"{counted(len(found.words), 'word')}{chance}"
    )


def _note(words: pd.DataFrame) -> str:
    """Explain the marks, and why some words have no p."""
    counts = words.loc[words["p_holm"].isna(), "why_no_p"].astype(str).value_counts()
    most = sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))
    return joined(
        f"Filled: differs more than chance would explain (Holm-adjusted p below {LEVEL}, permuting whole texts or "
        "blocks). Open: does not."
        if words["p_holm"].notna().any()
        else "",
        "Line: 95 % interval of the one word." if words["log_ratio_low"].notna().any() else "",
        "No use counts as half a use.",
        *(f"{counted(count, 'word')} without p ({plain(reason, 60)})." for reason, count in most[:2]),
    )


def _alt(found: _Keys, title: str, note: str) -> str:
    parts = [f"Dot plot of words by Log Ratio, 0 where both groups use a word equally often. {title}."]
    for group, side in zip(found.several, found.sides, strict=True):
        typical = [
            f"{key.label} {signed(key.ratio)} ({key.counts[0]:,} and {key.counts[1]:,} uses)" for key in side[:6]
        ]
        parts += [f"Most typical of {group}: {'; '.join(typical)}."] if typical else []
    return joined(*parts, note)
