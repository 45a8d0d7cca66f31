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

from .emoji_spans import find_emoji
from .emoji_use import emoji_name
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
    Look,
    counted,
    fitted,
    listed,
    number,
    plain,
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
            heading = (
                fitted(plain(without_emoji(words), 120), 4.4, SMALL, bold=True)
                if block.kind in ("title", "heading")
                else ""
            )
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
    left, height, legend = 0.45, max(0.5, 0.155 * len(shown)), 0.2 * -(-len(kinds) // 3)
    figure, axes = picture(title, height, left=left, above=0.15 + legend, below=0.55, note=note, source=source)
    label = "words in the block (from the first block at the top to the last)"
    axes.set(xlim=(0, _most_words(shown, WIDTH - left - 0.25)), ylim=(len(shown) - 0.4, -0.6), xlabel=label)
    axes.set_yticks(range(len(shown)), [bar.kind.code for bar in shown])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    for place, bar in enumerate(shown):
        _draw_block(axes, place, bar)
    handles = [_sample(kind, kinds[kind]) for kind in _KINDS.values() if kinds[kind]]
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(-0.05, 1), ncols=3, handleheight=1, borderaxespad=0.2
    )
    return finished(figure, _structure_alt(bars, title, note), _STRUCTURE_CAPTION)


_STRUCTURE_CAPTION = (
    "Each bar is a block. A thick rim and the word quotes: mostly somebody else's words. "
    "In brackets: emoji that mark the block."
)


def _most_words(bars: list[_Bar], inches: float) -> float:
    """Right end of the axis in words, so that every bar and what is written beside it have room."""
    ends = [1.01 * max(1, *(bar.words for bar in bars), 1)]
    for bar in bars:
        if bar.remark:
            room = max(0.3, inches - 0.15 - width_of(bar.remark, SMALL, bold=bool(bar.heading)))
            ends.append(bar.words * inches / room)
    return max(ends)


def _sample(kind: _Kind, count: int) -> Patch:
    label = f"{kind.code}  {kind.name}, n = {count:,}"
    return Patch(facecolor=kind.face, edgecolor=kind.edge, hatch=kind.hatch, label=label)


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
        f"By kind: {_kinds_said(bars)}.",
        f"The longest block is a {longest.kind.name} of {counted(longest.words, 'word')}.",
        f"{counted(quoted, 'block')} mostly {'quotes' if quoted == 1 else 'quote'} somebody else."
        if quoted
        else "Nobody else is quoted for most of a block.",
        f"Emoji that mark blocks: {plain(listed(emoji), 200)}." if emoji else "No emoji marks a block.",
    ]
    return " ".join(filter(None, [*parts, note]))


# Tone

_NOUN = {"block": "block", "passage": "passage"}
_SLANT = 65  # degrees: steep enough for headings one sentence apart
_STEEP = math.sin(math.radians(_SLANT))


class _Voice(NamedTuple):
    name: str
    places: np.ndarray
    values: np.ndarray

    @property
    def mean(self) -> float:
        return float(np.mean(self.values))

    @property
    def label(self) -> str:
        return f"{self.name}: n = {len(self.values):,}, mean {number(self.mean)}"


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
    noun = _NOUN.get(noun_of(rows), "sentence")
    if np.isnan(values).all():
        reason = f"None of the {counted(len(rows), noun)} has a tone score." if len(rows) else "The table has no rows."
        return nothing_to_draw("Tone: nothing to draw", reason, line)
    voices = _voices(rows["voice"].map(lambda voice: plain(voice, 24)).to_numpy(object), values)
    headings = zip(rows["section"].tolist(), rows["section"].isna(), strict=True)
    sections = _sections(["" if missing else str(heading) for heading, missing in headings])
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
        (place + 1, fitted(plain(without_emoji(names[place]), 120), 2.0, SMALL))
        for place in begins
        if names[place].strip()
    ]


def _tone(values: np.ndarray, voices: list[_Voice], sections: list[tuple[int, str]], noun: str, source: str) -> Picture:
    many = len(values) > MOST_SENTENCES
    run = -(-len(values) // 60) if many else 0
    left, right, height = 0.95, 0.7, 2.9
    labelled = _with_room(sections, len(values), WIDTH - left - right)
    above = 0.15 + max([_STEEP * width_of(text, SMALL) + 0.1 for _, text in labelled], default=0)
    entries = [voice.label for voice in voices] + [_run_label(run, noun)] * many
    columns = 2 if max(width_of(entry, SMALL) for entry in entries) < 2.6 else 1
    below = 0.72 + 0.2 * -(-len(entries) // columns)
    note = _tone_note(values, len(sections), len(labelled), noun)
    figure, axes = picture(
        _tone_title(values, noun), height, left=left, right=right, above=above, below=below, note=note, source=source
    )
    axes.set(xlim=(0.2, len(values) + 0.8), ylim=(-1.05, 1.05), xlabel=f"{noun}s in the order of the text")
    axes.set_ylabel("tone (VADER compound, −1 to 1)\nhigher = more positive words")
    axes.axhline(0, color=INK, linewidth=1)
    axes.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    _draw_sections(axes, sections, labelled)
    for place, voice in enumerate(voices):
        _draw_voice(axes, voice, LOOKS[place % len(LOOKS)], many)
    if many:
        _draw_runs(axes, values, run, noun)
    axes.legend(loc="upper left", bbox_to_anchor=(-0.03, -0.55 / height), ncols=columns, borderaxespad=0)
    return finished(figure, _tone_alt(values, voices, sections, noun, note), _tone_caption(many, noun))


def _draw_sections(axes: Axes, sections: list[tuple[int, str]], labelled: list[tuple[int, str]]) -> None:
    for start, _ in sections:
        axes.axvline(start - 0.5, color=PALE, linewidth=1, zorder=0)
    for start, text in labelled:
        axes.annotate(
            text, (start - 0.5, 1.05), (3, 3), textcoords="offset points", rotation=_SLANT, rotation_mode="anchor",
            size=SMALL, color=GREY,
        )  # fmt: skip


def _with_room(sections: list[tuple[int, str]], count: int, inches: float) -> list[tuple[int, str]]:
    """Sections whose slanted headings do not run into the one before."""
    kept: list[tuple[int, str]] = []
    for start, text in sections:
        if not kept or (start - kept[-1][0]) * inches / (count + 0.6) >= 0.15:
            kept.append((start, text))
    return kept


def _draw_voice(axes: Axes, voice: _Voice, look: Look, many: bool) -> None:
    """Bars from zero with a mark at the end; where there are many, the marks alone."""
    if not many:
        axes.bar(
            voice.places, voice.values, width=0.55, facecolor=PALE if look.filled else "#ffffff",
            edgecolor=look.colour, hatch=look.hatch, linewidth=0.8,
        )  # fmt: skip
    axes.plot(
        voice.places, voice.values, linestyle="none", marker=look.marker, markersize=3 if many else 6,
        color=look.colour, markerfacecolor=look.face, label=voice.label,
    )  # fmt: skip


def _draw_runs(axes: Axes, values: np.ndarray, run: int, noun: str) -> None:
    starts = range(0, len(values), run)
    means = [_mean(values[start : start + run]) for start in starts]
    middles = [start + (min(run, len(values) - start) + 1) / 2 for start in starts]
    axes.plot(middles, means, color=INK, linewidth=2.2, label=_run_label(run, noun))


def _run_label(run: int, noun: str) -> str:
    return f"mean of {run} neighbouring {noun}s"


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


def _tone_note(values: np.ndarray, sections: int, labelled: int, noun: str) -> str:
    parts = ["A score sees words, not irony, stance or truth. Negative: −0.05 and below; positive: 0.05 and above."]
    lacking = int(np.isnan(values).sum())
    parts += [f"{counted(lacking, noun)} without a value."] if lacking else []
    parts += [f"{labelled} of {sections} section headings are written out."] if labelled < sections else []
    return " ".join(parts)


def _tone_caption(many: bool, noun: str) -> str:
    what = f"Each point is a {noun}" if many else f"Each bar is a {noun}"
    return f"{what}; upright lines divide the sections."


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
