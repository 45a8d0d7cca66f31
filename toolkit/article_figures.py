"""Figures of one article: plot_structure draws its blocks from top to bottom, plot_tone its sentences in a row."""

from __future__ import annotations

import bisect
import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from .emoji_use import emoji_name, find_emoji
from .figure_style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LOOKS,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    SMALL,
    VERMILION,
    WIDTH,
    counted,
    listed,
    number,
    plain,
    shortened,
    style,
    width_of,
    without_emoji,
)
from .pictures import Picture, as_measured, finished, needed, nothing_to_draw, noun_of, picture, source_of
from .reading import Reading, read

if TYPE_CHECKING:
    import pandas as pd

MOST_BLOCKS = 80  # that are drawn one by one: more would make a picture of many screens
MOST_SENTENCES = 120  # above which bars become points and a running mean


# Structure


class _Kind(NamedTuple):
    code: str
    name: str
    face: str
    edge: str
    hatch: str


_KINDS = {
    "title": _Kind("T", "title", INK, INK, ""),
    "heading": _Kind("H", "heading", ORANGE, INK, ""),
    "paragraph": _Kind("P", "paragraph", SKY, BLUE, ""),
    "list_item": _Kind("L", "list item", "#ffffff", GREEN, "////"),
    "quote": _Kind("Q", "quote", "#ffffff", PURPLE, "...."),
    "promo": _Kind("S", "solicitation", "#ffffff", VERMILION, "xxxx"),
}


class _Bar(NamedTuple):
    kind: _Kind
    words: int
    quoted: bool
    emoji: tuple[str, ...]
    heading: str

    @property
    def remark(self) -> str:
        """What is written beside the bar: a heading's words, whose voice it is, and its emoji by name."""
        marks = f"[{', '.join(self.emoji)}]" if self.emoji else ""
        return " ".join(filter(None, ["quotes" * self.quoted, marks, self.heading]))


def plot_structure(texts: pd.DataFrame | str, *, source: str | None = None) -> Picture:
    """Draw how an article is built: its blocks from top to bottom, each as long as it has words.

    Letters, hatches and colours tell titles, headings, paragraphs, list items, quotes and solicitation; "quotes"
    marks a block in which mostly somebody else speaks, and names in brackets are emoji that mark a block.  Of more
    than 80 blocks the first 80 are drawn and the others counted.

    Parameters
    ----------
    texts : DataFrame or str
        A table of texts, of which the first article is drawn (the first text if there is no article); or one text.
    source : str, optional
        Source line; by default the corpus that `thread_id` names, else "own texts".

    Returns
    -------
    Figure
        With the alt text and caption that `show` uses.

    Raises
    ------
    TypeError, ValueError
        If `texts` is neither table nor str, has no column `text`, or was split before.
    """
    if isinstance(texts, str):
        text, line = texts, plain(source, 400) if source is not None else "own texts"
    else:
        table = as_measured(texts, "plot_structure")
        needed(table, "text", "plot_structure takes a table of texts, as load_corpus gives it, or one text.")
        if "block" in table.columns:
            raise ValueError(
                "The table was split before (it has a column 'block'). "
                "plot_structure takes whole texts: load_corpus(name)."
            )
        first = _first_article(table)
        text, line = _text_of(first), source_of(first, source)
    reading = read(text)
    bars = _bars(reading)
    if not bars:
        return nothing_to_draw("Structure: nothing to draw", "The text is empty.", line)
    with style():
        return _structure(bars, _structure_title(reading, len(bars)), line)


def _first_article(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of the first article, or of the first text where there is none."""
    rows = table[table["kind"].eq("article").fillna(False).astype(bool)] if "kind" in table.columns else table
    rows = rows if len(rows) else table
    if "text_id" not in rows.columns or not len(rows):
        return rows
    first = rows["text_id"].iloc[0]
    return (
        rows[rows["text_id"].eq(first).fillna(False).astype(bool)]
        if first == first and first is not None
        else rows.head(1)
    )


def _text_of(rows: pd.DataFrame) -> str:
    text = rows["text"].iloc[0] if len(rows) else ""
    return text if isinstance(text, str) else ""


def _bars(reading: Reading) -> list[_Bar]:
    """A bar for each block with something visible in it."""
    starts = [block.start for block in reading.blocks]
    emoji: dict[int, list[str]] = {}
    for found in find_emoji(reading):
        if found.role == "marker":
            emoji.setdefault(bisect.bisect_right(starts, found.start) - 1, []).append(emoji_name(found.emoji))
    bars = []
    for place, block in enumerate(reading.blocks):
        words = reading.content[block.inner : block.end]
        if words.strip():
            speaks = block.voice if block.voice == "attributed" else reading.voice_of(block.inner, block.end)
            heading = shortened(plain(without_emoji(words), 120), 60) if block.kind in ("title", "heading") else ""
            count = len(reading.words_in(block.inner, block.end))
            bars.append(
                _Bar(
                    _KINDS[block.kind],
                    count,
                    speaks == "attributed",
                    tuple(plain(name, 30) for name in emoji.get(place, [])[:3]),
                    heading,
                )
            )
    return bars


def _structure_title(reading: Reading, blocks: int) -> str:
    paragraphs, short = len(reading.paragraphs_at), len(reading.one_line_paragraphs_at)
    if not paragraphs:
        return f"{counted(blocks, 'block')}, none of them a paragraph"
    if paragraphs == 1:
        return f"{counted(blocks, 'block')}: one paragraph, of {'one sentence' if short else 'several sentences'}"
    return f"{counted(blocks, 'block')}: {short:,} of {paragraphs:,} paragraphs hold no more than one sentence"


def _structure(bars: list[_Bar], title: str, source: str) -> Picture:
    shown, rest = bars[:MOST_BLOCKS], bars[MOST_BLOCKS:]
    note = f"The first {len(shown)} blocks are drawn; {_kinds_said(rest)} follow." if rest else ""
    kinds = Counter(bar.kind for bar in bars)
    legend_rows = (len(kinds) + 2) // 3
    figure, axes = picture(
        title,
        max(0.5, 0.155 * len(shown)),
        left=0.45,
        above=0.15 + 0.2 * legend_rows,
        below=0.55,
        note=note,
        source=source,
    )
    most = max(1, *(bar.words for bar in shown))
    room = (WIDTH - 0.7) / most  # inches a word if nothing is written beside the bars
    room = min(
        [room]
        + [
            max(0.3, WIDTH - 0.85 - width_of(bar.remark, SMALL, bold=True)) / bar.words
            for bar in shown
            if bar.words and bar.remark
        ]
    )
    axes.set(
        xlim=(0, (WIDTH - 0.7) / room),
        ylim=(len(shown) - 0.4, -0.6),
        xlabel="words in the block (from the first block at the top to the last)",
    )
    axes.set_yticks(range(len(shown)), [bar.kind.code for bar in shown])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    for place, bar in enumerate(shown):
        _draw_block(axes, place, bar)
    handles = [
        Patch(
            facecolor=kind.face,
            edgecolor=kind.edge,
            hatch=kind.hatch,
            label=f"{kind.code}  {kind.name}, n = {kinds[kind]:,}",
        )
        for kind in _KINDS.values()
        if kinds[kind]
    ]
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(-0.05, 1),
        ncols=3,
        handleheight=1,
        borderaxespad=0.2,
    )
    caption = " ".join(
        filter(
            None,
            ['Each bar is a block. "quotes": mostly somebody else\'s words; in brackets: emoji that mark the block.'],
        )
    )
    return finished(figure, _structure_alt(bars, title, note), caption)


def _draw_block(axes: Axes, place: int, bar: _Bar) -> None:
    kind = bar.kind
    axes.barh(
        [place],
        [bar.words],
        height=0.78,
        facecolor=kind.face,
        edgecolor=INK if bar.quoted else kind.edge,
        hatch=kind.hatch,
        linewidth=2 if bar.quoted else 0.8,
    )
    if bar.remark:
        bold = "bold" if bar.heading else "normal"
        axes.annotate(
            bar.remark,
            (bar.words, place),
            (5, 0),
            textcoords="offset points",
            va="center",
            size=SMALL,
            weight=bold,
        )


def _kinds_said(bars: list[_Bar]) -> str:
    counts = Counter(bar.kind.name for bar in bars)
    return listed([counted(count, name) for name, count in counts.items()])


def _structure_alt(bars: list[_Bar], title: str, note: str) -> str:
    longest = max(bars, key=lambda bar: bar.words)
    quoted = sum(bar.quoted for bar in bars)
    emoji = list(dict.fromkeys(name for bar in bars for name in bar.emoji))[:12]
    parts = [
        f"Bars from top to bottom, one for each block of the text. {title}.",
        f"There are {_kinds_said(bars)}.",
        f"The longest block is a {longest.kind.name} of {counted(longest.words, 'word')}.",
        f"{counted(quoted, 'block')} mostly {'quotes' if quoted == 1 else 'quote'} somebody else."
        if quoted
        else "Nobody else is quoted for most of a block.",
        f"Emoji that mark blocks: {plain(listed(emoji), 200)}." if emoji else "No emoji marks a block.",
    ]
    return " ".join(filter(None, [*parts, note]))


# Tone

_SLANT = 58  # degrees: steep enough for headings one sentence apart
_STEEP = (math.cos(math.radians(_SLANT)), math.sin(math.radians(_SLANT)))


class _Voice(NamedTuple):
    name: str
    places: np.ndarray
    values: np.ndarray

    @property
    def mean(self) -> float:
        return float(np.mean(self.values))


def plot_tone(measured: pd.DataFrame, *, source: str | None = None) -> Picture:
    """Draw the tone of an article sentence by sentence, from -1 (negative words) to 1 (positive words).

    Round marks are the author's sentences, square ones and hatched bars those that mostly report somebody else; lines
    divide the sections.  Of more than 120 sentences points are drawn, with the mean of neighbouring ones as a line.

    Parameters
    ----------
    measured : DataFrame
        ``measure(split_sentences(texts))``; the first article is drawn (the first text if there is no article).
        Needs the columns voice, section, position and sentiment.
    source : str, optional
        Source line; by default the corpus that `thread_id` names, else "own texts".

    Returns
    -------
    Figure
        With the alt text and caption that `show` uses.

    Raises
    ------
    TypeError, ValueError
        If `measured` is no table, or a column is missing.
    """
    table = as_measured(measured, "plot_tone")
    for column in ("voice", "section", "position", "sentiment"):
        needed(table, column, "plot_tone takes measured sentences: measure(split_sentences(texts)).")
    rows = _first_article(table).sort_values("position", kind="stable")
    line = source_of(rows, source)
    values = rows["sentiment"].to_numpy(dtype=float, na_value=np.nan)
    noun = noun_of(rows)
    if np.isnan(values).all():
        reason = f"None of the {counted(len(rows), noun)} has a tone score." if len(rows) else "The table has no rows."
        return nothing_to_draw("Tone: nothing to draw", reason, line)
    voices = _voices(rows["voice"].map(lambda voice: plain(voice, 24)).to_numpy(object), values)
    sections = _sections(rows["section"].fillna("").astype(str).tolist())
    with style():
        return _tone(values, voices, sections, noun, line)


def _voices(names: np.ndarray, values: np.ndarray) -> list[_Voice]:
    """Voices in a fixed order, so that the author has always the same look; units without a value are left out."""
    order = {"author": 0, "attributed": 1}
    there = sorted(set(names[~np.isnan(values)]), key=lambda name: (order.get(name, 2), name))
    voices = []
    for name in there:
        places = np.flatnonzero((names == name) & ~np.isnan(values))
        voices.append(_Voice(name, places + 1, values[places]))
    return voices


def _sections(names: list[str]) -> list[tuple[int, str]]:
    """Sentence number with which each section begins, and its heading; before the first one there is none."""
    begins = [place for place, name in enumerate(names) if place == 0 or name != names[place - 1]]
    return [
        (place + 1, shortened(plain(without_emoji(names[place]), 120), 26)) for place in begins if names[place].strip()
    ]


def _tone(values: np.ndarray, voices: list[_Voice], sections: list[tuple[int, str]], noun: str, source: str) -> Picture:
    many = len(values) > MOST_SENTENCES
    left, right = 0.95, 0.9
    labelled = _with_room(sections, len(values), WIDTH - left - right)
    above = 0.15 + max([_STEEP[1] * width_of(text, SMALL) + 0.1 for _, text in labelled], default=0)
    run = -(-len(values) // 60)
    note = _tone_note(values, len(sections), len(labelled), run if many else 0, noun)
    figure, axes = picture(
        _tone_title(values, noun),
        2.9,
        left=left,
        right=right,
        above=above,
        below=0.95,
        note=note,
        source=source,
    )
    axes.set(xlim=(0.2, len(values) + 0.8), ylim=(-1.05, 1.05))
    axes.set_xlabel(f"{noun}s in the order of the text")
    axes.set_ylabel("tone (VADER compound, −1 to 1)\nhigher = more positive words")
    axes.axhline(0, color=INK, linewidth=1)
    axes.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    for start, _ in sections:
        axes.axvline(start - 0.5, color=PALE, linewidth=1, zorder=0)
    for start, text in labelled:
        axes.annotate(
            text,
            (start - 0.5, 1.05),
            (3, 3),
            textcoords="offset points",
            rotation=_SLANT,
            rotation_mode="anchor",
            size=SMALL,
            color=GREY,
        )
    for place, voice in enumerate(voices):
        _draw_voice(axes, voice, place, many)
    if many:
        _draw_runs(axes, values, run, noun)
    axes.legend(loc="upper left", bbox_to_anchor=(-0.03, -0.19), ncols=2, borderaxespad=0)
    return finished(figure, _tone_alt(values, voices, sections, noun, note))


def _with_room(sections: list[tuple[int, str]], count: int, inches: float) -> list[tuple[int, str]]:
    """Sections whose slanted headings do not run into the one before."""
    kept: list[tuple[int, str]] = []
    for start, text in sections:
        if not kept or (start - kept[-1][0]) * inches / (count + 0.6) >= 0.15:
            kept.append((start, text))
    return kept


def _draw_voice(axes: Axes, voice: _Voice, place: int, many: bool) -> None:
    look = LOOKS[place % len(LOOKS)]
    label = f"{voice.name}: n = {len(voice.values):,}, mean {number(voice.mean)}"
    if not many:
        axes.bar(
            voice.places,
            voice.values,
            width=0.55,
            facecolor=PALE if look.filled else "#ffffff",
            edgecolor=look.colour,
            hatch=look.hatch,
            linewidth=0.8,
        )
    size = 3 if many else 6
    axes.plot(
        voice.places,
        voice.values,
        linestyle="none",
        marker=look.marker,
        markersize=size,
        color=look.colour,
        markerfacecolor=look.face,
        label=label,
    )


def _draw_runs(axes: Axes, values: np.ndarray, run: int, noun: str) -> None:
    starts = range(0, len(values), run)
    means = [_mean(values[start : start + run]) for start in starts]
    middles = [start + (min(run, len(values) - start) + 1) / 2 for start in starts]
    axes.plot(middles, means, color=INK, linewidth=2.2, label=f"mean of {run} neighbouring {noun}s")


def _mean(values: np.ndarray) -> float:
    present = values[~np.isnan(values)]
    return float(present.mean()) if len(present) else float("nan")


def _signs(values: np.ndarray) -> tuple[int, int, int]:
    """How many score negative, positive and neither; the bounds of 0.05 are VADER's."""
    present = values[~np.isnan(values)]
    negative, positive = int((present <= -0.05).sum()), int((present >= 0.05).sum())
    return negative, positive, len(present) - negative - positive


def _tone_title(values: np.ndarray, noun: str) -> str:
    negative, positive, neither = _signs(values)
    counts = f"{negative:,} score negative, {positive:,} positive and {neither:,} neither"
    return f"Of {counted(negative + positive + neither, noun)}, {counts}"


def _tone_note(values: np.ndarray, sections: int, labelled: int, run: int, noun: str) -> str:
    parts = ["A score sees words, not irony, stance or truth. Negative: −0.05 and below; positive: 0.05 and above."]
    lacking = int(np.isnan(values).sum())
    parts += [f"{counted(lacking, noun)} without a value."] if lacking else []
    parts += [f"{labelled} of {sections} section headings are written out."] if labelled < sections else []
    parts += [f"Each point is a {noun}; the line is the mean of {run} neighbouring ones."] if run else []
    return " ".join(parts)


def _tone_alt(values: np.ndarray, voices: list[_Voice], sections: list[tuple[int, str]], noun: str, note: str) -> str:
    lowest, highest = int(np.nanargmin(values)), int(np.nanargmax(values))
    parts = [f"Tone of each {noun} in the order of the text, from −1 to 1. {_tone_title(values, noun)}."]
    parts += [f"{voice.name}: n = {len(voice.values):,}, mean {number(voice.mean)}." for voice in voices]
    parts.append(
        f"Lowest is number {lowest + 1} ({number(values[lowest])}), "
        f"highest number {highest + 1} ({number(values[highest])})."
    )
    if sections:
        parts.append("Sections: " + "; ".join(f"{text} from number {start}" for start, text in sections[:20]) + ".")
    return " ".join([*parts, note])
