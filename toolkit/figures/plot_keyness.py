"""plot_keyness: the words most typical of two groups."""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from .._tables import pair_in
from ..comparison.keyness import keyness
from ..comparison.share_higher import LEVEL
from ..comparison.word_counts import Pair
from ..text.blocks import VOICES
from . import layout
from .formatting import capitalised, counted, fitted, joined, listed, people_do, plain, several
from .input_tables import as_measured, source_of
from .layout import Picture, finished, in_our_style, nothing_to_draw, picture
from .style import GREY, LOOKS, SMALL
from .word_rows import RIGHT, ROW, name_word_rows, signed, word_label

MOST_KEY = 12  # words per group


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
    """Plot the words most typical of two groups: how many times as often one group uses them.

    Twelve words per group, by z; the point is the Log Ratio, the line its 95% interval.  A filled point differs more
    than chance would explain (Holm-adjusted p below 0.05), an open one does not or has no p.  If texts are given, the
    caption reports how many words were too rare.

    Parameters
    ----------
    texts : DataFrame
        Texts, as for `keyness`, or a table from `keyness`.
    by, pair, min_count, voices, function_words
        For texts, as in `keyness`.
    """
    words = as_measured(texts, "plot_keyness", takes="texts, such as load_corpus(name), or keyness(texts).")
    made, rare = "log_ratio" in words.columns, ""
    line = "" if made and source is None else source_of(words, source)
    if not made and not len(words):
        return nothing_to_draw("Keyness: nothing to draw", "The table has no rows.", line)
    if not made:
        words = keyness(words, by, pair, min_count=min_count, voices=voices, function_words=function_words)
        many = words.attrs["too_rare"]
        rare = f" Left out: {counted(many, 'word')} used fewer than {min_count} times." if many else ""
        rare += "" if function_words else " Function words left out."
    keys, pair = _keys(words)
    if not (keys["z"] * keys["log_ratio"]).gt(0).any():
        return nothing_to_draw("Keyness: nothing to draw", _why_nothing(words) + rare, line)
    return _draw(words, keys, pair, rare, line)


def _keys(table: pd.DataFrame) -> tuple[pd.DataFrame, Pair]:
    """Return the words by z, those without z last, and the names of the groups, ready to draw."""
    scores = {"z": "z", "log_ratio": "log_ratio", "log_ratio_low": "low", "log_ratio_high": "high", "p_holm": "p_holm"}
    step = "plot_keyness takes texts, or a table from keyness(texts)."
    pair = pair_in(table, "count_*", step, also=["per_1000_*", "word", *scores, "why_no_p"])
    keys = table.sort_values("z", key=lambda z: -z.abs().fillna(0), kind="stable", ignore_index=True)
    numbers = keys[[*scores]].fillna({"z": 0}).astype(float).rename(columns=scores)
    first, second = (keys[f"count_{group}"].astype(int) for group in pair)
    words = keys["word"].astype(str)
    numbers = numbers.assign(word=words, label=words.map(word_label), first=first, second=second)
    return numbers.assign(is_significant=numbers["p_holm"] < LEVEL), (plain(pair[0], 24), plain(pair[1], 24))


def _why_nothing(words: pd.DataFrame) -> str:
    if not len(words):
        return "No word is used often enough."
    reasons = words.loc[words["z"].isna(), "why_no_p"].tolist()
    if not reasons:
        return "Every word is used about as often in both groups."
    return f"{plain(reasons[0], 80) if reasons[0] else 'There is only one word'}.".capitalize()


def _draw(words: pd.DataFrame, keys: pd.DataFrame, pair: Pair, rare: str, source: str) -> Picture:
    tables = [keys[(sign * keys[["z", "log_ratio"]] > 0).all(axis=1)].head(MOST_KEY) for sign in (-1, 1)]
    table, gap = pd.concat(tables), 0.6 if all(map(len, tables)) else 0.0
    drawn: list[Any] = [*table.itertuples()]
    places = [place + gap * (key.z > 0) for place, key in enumerate(drawn)]
    title, note = _title(words, keys, pair), _note(words)
    subtitle = (
        f"The most typical words of each group: how many times as often it uses them. n = {counted(len(words), 'word')}"
    )
    if count := int(keys["is_significant"].sum()):  # the title reports none
        subtitle += f"; {count:,} {'differ' if count > 1 else 'differs'} more than chance would explain"
    left, height = layout.room_for(table["label"], 0.5), ROW * (len(drawn) + gap)
    figure, axes = picture(
        title, height, subtitle=subtitle, left=left, right=RIGHT, above=0.36, below=0.5, note=note, source=source
    )
    ends = table[["log_ratio", "low", "high"]].to_numpy()
    low, high = layout.limits([0.0, *ends[np.isfinite(ends)]], 0.04, 1.0)
    axes.set(xlim=(low, high), xlabel="how many times as often")
    steps = [step for step in range(-10, 11) if low <= step <= high]
    steps = steps if len(steps) <= 9 else [step for step in steps if step % 2 == 0]
    axes.set_xticks(steps, [f"{2 ** abs(step):,}×" if step else "equal" for step in steps])
    axes.axvline(0, color=GREY, linewidth=1.2, linestyle="--", zorder=0)
    for place, key in zip(places, drawn, strict=True):
        look = LOOKS[key.z > 0]
        axes.axhline(place, **layout.ROW_LINE)
        if math.isfinite(key.low) and math.isfinite(key.high):
            axes.plot([key.low, key.high], [place, place], color=look.colour, linewidth=1.6, solid_capstyle="butt")
        layout.points(axes, [key.log_ratio], [place], look, 7, look.colour if key.is_significant else "#ffffff", 1.5)
    name_word_rows(axes, table, pair, places)
    less, more = (fitted(f"more in {several(group)}", 1.6, SMALL, bold=True) for group in pair)
    layout.ends_named(axes, less, more, (LOOKS[0].colour, LOOKS[1].colour))
    names = {"label": "word", "first": f"uses_{pair[0]}", "second": f"uses_{pair[1]}"}
    columns = [*names, "log_ratio", "low", "high", "z", "p_holm"]
    data = table[columns].rename(columns=names).reset_index(drop=True)
    caption = f"Each point is a word: {pair[0]} against {pair[1]}.{rare}"
    return finished(figure, _alt_text(tables, title, note, pair), caption, data)


def _title(words: pd.DataFrame, keys: pd.DataFrame, pair: Pair) -> str:
    said = []
    for group, sign in zip(pair, (-1, 1), strict=True):
        typical = [f"“{label}”" for label in keys["label"][keys["is_significant"] & (sign * keys["z"] > 0)]]
        more = " …" * (len(typical) > 3)
        said += [f"{people_do(group, 'use')} {listed(typical[:3])}{more} more often"] if typical else []
    if said:
        return capitalised(listed(said))
    all_words = counted(len(words), "word")
    if words["p_holm"].notna().any():
        return f"None of {all_words} differs more than chance would explain"
    reasons = set(words["why_no_p"])
    return f"No verdict on any of {all_words}{f': {plain(reasons.pop(), 60)}' if len(reasons) == 1 else ''}"


def _note(words: pd.DataFrame) -> str:
    """Explain the marks, and why some words have no p."""
    counts = words.loc[words["p_holm"].isna(), "why_no_p"].astype(str).value_counts()
    most = sorted(counts.items(), key=lambda each: (-each[1], str(each[0])))
    return joined(
        f"Filled: differs more than chance would explain (Holm-adjusted p below {LEVEL}, permuting whole texts or "
        "blocks). Open: does not."
        if words["p_holm"].notna().any()
        else "",
        "Line: 95% interval of each word by itself." if words["log_ratio_low"].notna().any() else "",
        "A count of 0 is taken as one half.",
        *(f"{counted(count, 'word')} without p ({plain(reason, 60)})." for reason, count in most[:2]),
    )


def _alt_text(sides: list[pd.DataFrame], title: str, note: str, pair: Pair) -> str:
    parts = [f"Dot plot of words by Log Ratio, 0 where both groups use a word equally often. {title}."]
    for group, side in zip(pair, sides, strict=True):
        rows: list[Any] = [*side.head(6).itertuples()]
        typical = [f"{key.label} {signed(key.log_ratio)} ({key.first:,} and {key.second:,} uses)" for key in rows]
        parts += [f"Most typical of {several(group)}: {'; '.join(typical)}."] if typical else []
    return joined(*parts, note)
