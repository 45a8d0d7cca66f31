"""plot_tone: the tone of an article, its sentences in a row."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from .._tables import require_columns
from .base import (
    Picture,
    as_measured,
    finished,
    first_article,
    nothing_to_draw,
    noun_of,
    picture,
    source_of,
)
from .layout import heading_fitted, in_our_style, joined, points
from .style import GREY, INK, LOOKS, PALE, SMALL, WIDTH, Look, counted, number, plain, width_of

MOST_SENTENCES = 120  # above which bars become points and a running mean
_LEFT, _RIGHT, _HEIGHT = 0.95, 0.7, 2.9  # inches
_SLANT = 65  # degrees: steep enough for headings one sentence apart


class _Voice(NamedTuple):
    name: str
    places: np.ndarray
    values: np.ndarray

    @property
    def label(self) -> str:
        return f"{self.name}: n = {len(self.values):,}, mean {number(float(np.mean(self.values)))}"


class _Tone(NamedTuple):
    """What is drawn of an article: scores in order, voices, and (number of its first sentence, heading) of sections."""

    values: np.ndarray
    voices: list[_Voice]
    sections: list[tuple[int, str]]
    noun: str

    @property
    def run(self) -> int:
        """Neighbours in a running mean; 0 where there are few enough sentences to draw bars."""
        return -(-len(self.values) // 60) if len(self.values) > MOST_SENTENCES else 0

    @property
    def run_label(self) -> str:
        return f"mean of {self.run} neighbouring {self.noun}s"

    @property
    def labelled(self) -> list[tuple[int, str]]:
        """Sections whose slanted headings do not run into the one before."""
        inches = (WIDTH - _LEFT - _RIGHT) / (len(self.values) + 0.6)
        kept: list[tuple[int, str]] = []
        for start, text in self.sections:
            if not kept or (start - kept[-1][0]) * inches >= 0.15:
                kept.append((start, text))
        return kept


@in_our_style
def plot_tone(measured: pd.DataFrame, *, source: str | None = None) -> Picture:
    """Draw the tone of an article sentence by sentence, from -1 (negative words) to 1 (positive words).

    Round marks are the author's sentences, square ones and hatched bars those that mostly report somebody else; lines
    divide the sections.  Of more than 120 sentences points are drawn, with the mean of neighbouring ones as a line.

    Parameters
    ----------
    measured : DataFrame
        ``measure(split_sentences(texts))``; the first article is drawn (the first text if there is no article).
        Needs the columns voice, section, position and sentiment.
    """
    table = as_measured(measured, "plot_tone")
    columns = ("voice", "section", "position", "sentiment")
    require_columns(table, columns, "plot_tone takes measured sentences: measure(split_sentences(texts)).")
    rows = first_article(table).sort_values("position", kind="stable")
    line = source_of(rows, source)
    values = rows["sentiment"].to_numpy(dtype=float, na_value=np.nan)
    noun = found if (found := noun_of(rows)) in ("block", "passage") else "sentence"
    if np.isnan(values).all():
        reason = f"None of the {counted(len(rows), noun)} has a tone score." if len(rows) else "The table has no rows."
        return nothing_to_draw("Tone: nothing to draw", reason, line)
    return _tone(_Tone(values, _voices(rows["voice"], values), _sections(rows["section"]), noun), line)


def _voices(column: pd.Series[str], values: np.ndarray) -> list[_Voice]:
    """Voices in a fixed order, so that the author has always the same look; units without a value are left out."""
    names = np.array([plain(voice, 24) for voice in column], object)
    order = {"author": 0, "attributed": 1}
    voices = []
    for name in sorted(set(names[~np.isnan(values)]), key=lambda name: (order.get(name, 2), name)):
        places = np.flatnonzero((names == name) & ~np.isnan(values))
        voices.append(_Voice(name, places + 1, values[places]))
    return voices


def _sections(column: pd.Series[str]) -> list[tuple[int, str]]:
    """Sentence number with which each section begins, and its heading; before the first one there is none."""
    names = ["" if missing else str(heading) for heading, missing in zip(column, column.isna(), strict=True)]
    begins = [place for place, name in enumerate(names) if name.strip() and (place == 0 or name != names[place - 1])]
    return [(place + 1, heading_fitted(names[place], 2.0)) for place in begins]


def _tone(tone: _Tone, source: str) -> Picture:
    entries = [voice.label for voice in tone.voices] + [tone.run_label] * bool(tone.run)
    columns = 2 if max(width_of(entry, SMALL) for entry in entries) < 2.6 else 1
    steep = math.sin(math.radians(_SLANT))
    above = 0.15 + max([steep * width_of(text, SMALL) + 0.1 for _, text in tone.labelled], default=0)
    below, note = 0.72 + 0.2 * -(-len(entries) // columns), _note(tone)
    title, sides = _title(tone), {"left": _LEFT, "right": _RIGHT, "above": above, "below": below}
    figure, axes = picture(title, _HEIGHT, **sides, note=note, source=source)
    _axes(axes, tone)
    for place, voice in enumerate(tone.voices):
        _draw_voice(axes, voice, LOOKS[place % len(LOOKS)], bool(tone.run))
    if tone.run:
        _draw_runs(axes, tone)
    axes.legend(loc="upper left", bbox_to_anchor=(-0.03, -0.55 / _HEIGHT), ncols=columns, borderaxespad=0)
    caption = f"Each {'point' if tone.run else 'bar'} is a {tone.noun}; upright lines divide the sections."
    return finished(figure, _alt(tone, title, note), caption)


def _axes(axes: Axes, tone: _Tone) -> None:
    axes.set(xlim=(0.2, len(tone.values) + 0.8), ylim=(-1.05, 1.05), xlabel=f"{tone.noun}s in the order of the text")
    axes.set_ylabel("tone (VADER compound, −1 to 1)\nhigher = more positive words")
    axes.axhline(0, color=INK, linewidth=1)
    axes.xaxis.set_major_locator(MaxNLocator(9, integer=True))
    for start, _ in tone.sections:
        axes.axvline(start - 0.5, color=PALE, linewidth=1, zorder=0)
    for start, text in tone.labelled:
        axes.annotate(
            text, (start - 0.5, 1.05), (3, 3), textcoords="offset points", rotation=_SLANT, rotation_mode="anchor",
            size=SMALL, color=GREY,
        )  # fmt: skip


def _draw_voice(axes: Axes, voice: _Voice, look: Look, many: bool) -> None:
    """Bars from zero with a mark at the end; where there are many, the marks alone."""
    if not many:
        axes.bar(
            voice.places, voice.values, width=0.55, facecolor=PALE if look.filled else "#ffffff",
            edgecolor=look.colour, hatch=look.hatch, linewidth=0.8,
        )  # fmt: skip
    points(axes, voice.places, voice.values, look, 3 if many else 6, label=voice.label)


def _draw_runs(axes: Axes, tone: _Tone) -> None:
    runs = [tone.values[start : start + tone.run] for start in range(0, len(tone.values), tone.run)]
    means = [float(np.mean(run[~np.isnan(run)])) if not np.isnan(run).all() else float("nan") for run in runs]
    middles = [place * tone.run + (len(run) + 1) / 2 for place, run in enumerate(runs)]
    axes.plot(middles, means, color=INK, linewidth=2.2, label=tone.run_label)


def _title(tone: _Tone) -> str:
    """How many score negative, positive and neither; the bounds of 0.05 are VADER's."""
    values = tone.values[~np.isnan(tone.values)]
    negative, positive = int((values <= -0.05).sum()), int((values >= 0.05).sum())
    counts = f"{negative:,} score negative, {positive:,} positive and {len(values) - negative - positive:,} neither"
    return f"Of {counted(len(values), tone.noun)}, {counts}"


def _note(tone: _Tone) -> str:
    lacking, labelled = int(np.isnan(tone.values).sum()), len(tone.labelled)
    return joined(
        "A score sees words, not irony, stance or truth. Negative: −0.05 and below; positive: 0.05 and above.",
        f"{counted(lacking, tone.noun)} without a value." if lacking else "",
        f"{labelled} of {len(tone.sections)} section headings are written out." * (labelled < len(tone.sections)),
    )


def _alt(tone: _Tone, title: str, note: str) -> str:
    lowest, highest = int(np.nanargmin(tone.values)), int(np.nanargmax(tone.values))
    sections = "; ".join(f"{text} from number {start}" for start, text in tone.sections[:20])
    return joined(
        f"Tone of each {tone.noun} in the order of the text, from −1 to 1. {title}.",
        *(f"{voice.label}." for voice in tone.voices),
        f"Lowest is number {lowest + 1} ({number(tone.values[lowest])}), "
        f"highest number {highest + 1} ({number(tone.values[highest])}).",
        f"Sections: {sections}." if sections else "",
        note,
    )
