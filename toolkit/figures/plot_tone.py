"""plot_tone: the tone of an article, its sentences from top to bottom."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from .._tables import numbers_in
from ..lexicons.vader_rules import NEUTRAL
from . import layout
from .formatting import counted, joined, number, plain, quoted, without, wrapped
from .input_tables import as_measured, first_article, noun_of, source_of
from .layout import Picture, finished, in_our_style, nothing_to_draw, picture, write
from .style import BAND, GREY, INK, LINE, NEGATIVE, POSITIVE, SMALL, WIDTH, Look

MOST_SENTENCES = 200  # with more, each bar is the mean of several neighbouring sentences
_LEFT, _RIGHT, _TALLEST = 0.25, 2.75, 6.0  # inches
_ROW, _HEADING, _GAP = 0.15, 0.21, 0.07  # inches: the tallest row of a sentence, a heading, the space above it
_QUOTE = 0.3  # inches between the axes and a quotation


class _Tone(NamedTuple):
    """An article's sentences and bars in order, its sections by their first bar, and the noun for a sentence."""

    sentences: pd.DataFrame  # number, value, voice, text
    bars: pd.DataFrame  # the same columns, for sentences or means of neighbouring ones
    sections: dict[int, str]
    noun: str
    run: int  # sentences per bar

    @property
    def known(self) -> pd.DataFrame:
        return self.sentences.dropna(subset="value")

    @property
    def ends(self) -> list[Any]:
        """The lowest and the highest sentence; only one if all are equal."""
        at = self.known["value"].agg(["idxmin", "idxmax"]).unique()
        return [*self.known.loc[at].itertuples()]

    @property
    def reach(self) -> float:
        """The axis limit on either side, rounded up to a quarter, so that unused range is cut."""
        return max(0.5, math.ceil(4 * float(self.known["value"].abs().max())) / 4)

    @property
    def signs(self) -> tuple[int, int, int]:
        """The number of sentences that are negative, positive and neither."""
        values = self.known["value"]
        negative, positive = int((values <= -NEUTRAL).sum()), int((values >= NEUTRAL).sum())
        return negative, positive, len(values) - negative - positive


@in_our_style
def plot_tone(measured: pd.DataFrame, *, source: str | None = None) -> Picture:
    """Plot the tone of an article sentence by sentence, from -1 (negative words) to 1 (positive words).

    The text runs from top to bottom, with a band per section. Bars to the right are positive, bars to the left
    negative; hollow ones are mostly quoted or reported speech. The lowest and the highest sentence are quoted. If
    there are more than 200 sentences, each bar is the mean of several neighbouring ones.

    Parameters
    ----------
    measured : DataFrame
        ``measure(split_sentences(texts))``; the first article is drawn (the first text if there is no article).
        Needs the columns voice, section, position and sentiment; with a column text, sentences are quoted.
    """
    columns = ("voice", "section", "position", "sentiment")
    table = as_measured(measured, "plot_tone", columns, "measured sentences: measure(split_sentences(texts)).")
    rows = first_article(table).sort_values("position", kind="stable")
    line = source_of(rows, source)
    values = numbers_in(rows, "sentiment")
    noun = found if (found := noun_of(rows)) in ("block", "passage") else "sentence"
    if np.isnan(values).all():
        reason = without(len(rows), noun, "tone score") if len(rows) else "The table has no rows."
        return nothing_to_draw("Tone: nothing to draw", reason, line)
    return _draw(_tone_of(rows, values, noun), line)


def _tone_of(rows: pd.DataFrame, values: np.ndarray, noun: str) -> _Tone:
    voices = [plain(voice, 24) for voice in rows["voice"]]
    texts = rows["text"].tolist() if "text" in rows.columns else [None] * len(rows)
    words = [plain(text, 150) if isinstance(text, str) and text.strip() else "" for text in texts]
    sentences = pd.DataFrame({"number": range(1, len(rows) + 1), "value": values, "voice": voices, "text": words})
    run, bars = -(-len(rows) // MOST_SENTENCES), sentences
    if run > 1:
        means = sentences["value"].groupby(sentences.index // run).mean()
        bars = sentences[::run].assign(value=means.tolist(), voice="")
    return _Tone(sentences, bars, _sections(rows["section"], run), noun, run)


def _sections(column: pd.Series[str], run: int) -> dict[int, str]:
    """Return headings by the first bar of their section; bars above the first heading have none."""
    names = ["" if missing else str(heading) for heading, missing in zip(column, column.isna(), strict=True)]
    begins = [place for place, name in enumerate(names) if name.strip() and (place == 0 or name != names[place - 1])]
    return {place // run: layout.heading_fitted(names[place], WIDTH - _LEFT - _RIGHT - 0.2) for place in begins}


def _draw(tone: _Tone, source: str) -> Picture:
    row = min(_ROW, max(0.02, (_TALLEST - (_HEADING + _GAP) * len(tone.sections)) / len(tone.bars)))
    places, tops, bottom = _places(tone, row)
    height = max(bottom, 0.6, math.fsum(high for *_, high in _quotations(tone)))
    lacking = len(tone.sentences) - len(tone.known)
    note = joined(
        "A score counts words. It sees no irony, no stance and no truth. Grey: between −0.05 and 0.05.",
        f"{counted(lacking, tone.noun)} without a value." if lacking else "",
    )
    title, subtitle = _title(tone), _subtitle(tone)
    figure, axes = picture(
        title, height, subtitle=subtitle, left=_LEFT, right=_RIGHT, above=0.33, below=0.12, note=note,
        source=source,
    )  # fmt: skip
    reach, rim = tone.reach, 1.04 * tone.reach
    ticks = [-1, -0.5, 0, 0.5, 1] if reach == 1 else [-0.5, 0, 0.5]
    axes.set(xlim=(-rim, rim), ylim=(height, 0), yticks=[])
    axes.set_xticks(ticks, [f"{tick:g}".replace("-", "−") for tick in ticks])
    axes.xaxis.tick_top()
    axes.tick_params(axis="x", length=0, labelcolor=GREY, pad=1)
    for side in ("bottom", "left", "top"):
        axes.spines[side].set_visible(False)
    for count, (top, end) in enumerate(zip(tops, [*tops.values(), bottom][1:], strict=True)):
        band = BAND if count % 2 == 0 else "#ffffff"
        if count % 2 == 0:
            axes.axhspan(tops[top], end, facecolor=BAND, edgecolor="none", zorder=0)
        text = tone.sections[top]
        behind = {"facecolor": band, "edgecolor": "none", "pad": 0.5}
        write(axes, text, (-rim, tops[top]), (4, -3), va="top", weight="bold", zorder=5, bbox=behind)
    _draw_bars(axes, tone, places, row)
    _draw_quotations(axes, tone, places, height)
    data = tone.sentences.rename(columns={"value": "tone"})
    caption = f"Each bar is {'a ' + tone.noun if tone.run == 1 else f'the mean of {tone.run} {tone.noun}s'}."
    return finished(figure, _alt_text(tone, title, note), caption, data)


def _places(tone: _Tone, row: float) -> tuple[list[float], dict[int, float], float]:
    """Return each bar's distance from the top in inches, the start of each section, and the end."""
    at, places, tops = 0.05, [], {}
    for count in range(len(tone.bars)):
        if count in tone.sections:
            at += _GAP
            tops[count] = at
            at += _HEADING
        places.append(at + row / 2)
        at += row
    return places, tops, at + 0.05


def _draw_bars(axes: Axes, tone: _Tone, places: list[float], row: float) -> None:
    """Draw bars from zero in the colour of their sign, hollow for speech; a dot for exactly zero."""
    height, others = min(0.62 * row, 0.1), {*tone.bars["voice"]} - {"author", ""}
    axes.plot([0, 0], [0.02, places[-1] + row / 2], color=INK, linewidth=0.8, zorder=3)
    bars: list[Any] = [*tone.bars.itertuples()]
    for bar, place in zip(bars, places, strict=True):
        is_hollow = bar.voice in others
        look = Look(_colour(bar.value), "o", not is_hollow, "//////" * (is_hollow and row > 0.08))
        if abs(bar.value) < 0.005:
            layout.points(axes, [0], [place], look, 3.5 if row > 0.08 else 2, zorder=4)
        elif not math.isnan(bar.value):
            axes.barh([place], [bar.value], height, facecolor=look.face, edgecolor=look.colour, linewidth=1, zorder=2,
                      hatch=look.hatch)  # fmt: skip
    low, high = axes.get_xlim()
    write(axes, "← negative words", (low, 0), (0, 15), ha="left", weight="bold", color=NEGATIVE)
    write(axes, "positive words →", (high, 0), (0, 15), ha="right", weight="bold", color=POSITIVE)


def _quotations(tone: _Tone) -> list[tuple[Any, list[str], float]]:
    """Return the lowest and the highest sentence with their lines and height, except one of many neutral ones."""
    toned = [each for each in tone.ends if abs(each.value) >= NEUTRAL] or tone.ends[:1]
    out = []
    for each in sorted(toned):
        said = quoted(each.text, 150) if each.text else f"{tone.noun} {each.number}"
        lines = wrapped(said, _RIGHT - _QUOTE - 0.2, SMALL, lines=6)
        out.append((each, lines, (len(lines) + 1) * SMALL * LINE + 0.1))
    return out


def _draw_quotations(axes: Axes, tone: _Tone, places: list[float], bottom: float) -> None:
    """Quote sentences beside their bars, one below the other."""
    end, rim, quotations = 0.0, 1.04 * tone.reach, _quotations(tone)
    inside = (WIDTH - _LEFT - _RIGHT) / (2 * rim)  # inches per unit of tone
    x = rim + _QUOTE / inside
    for count, (each, lines, high) in enumerate(quotations):
        at = (each.number - 1) // tone.run
        voice = {"author": "", "attributed": ", quoted"}.get(each.voice, f", {each.voice}")
        which = "highest" if each == tone.ends[-1] else "lowest"
        top = min(max(places[at] - SMALL * LINE / 2, end), bottom - math.fsum(left for *_, left in quotations[count:]))
        end = top + high
        axes.plot([max(tone.bars["value"].iloc[at], 0.03), rim + (_QUOTE - 0.06) / inside], [places[at], top + 0.08],
                  color=GREY, linewidth=0.7, clip_on=False, zorder=1)  # fmt: skip
        head = f"{which}: " * (len(tone.ends) > 1) + number(each.value) + voice
        write(axes, head, (x, top), (0, 0), va="top", color=_colour(each.value), weight="bold")
        write(axes, "\n".join(lines), (x, top + SMALL * LINE), (0, 0), va="top")


def _colour(value: float) -> str:
    return POSITIVE if value >= NEUTRAL else NEGATIVE if value <= -NEUTRAL else GREY


def _title(tone: _Tone) -> str:
    negative, positive, neither = tone.signs
    of = negative + positive + neither
    if of == 1:
        return f"The one {tone.noun} scores {number(tone.known['value'].iloc[0])}"
    if 2 * neither > of:
        return f"Most {tone.noun}s sound neither positive nor negative: {neither:,} of {of:,}"
    if neither > max(negative, positive):
        return f"Of {of:,} {tone.noun}s, {negative:,} sound negative, {positive:,} positive and {neither:,} neither"
    if negative == positive:
        return f"As many {tone.noun}s sound negative as positive: {negative:,} of {of:,} each"
    more, less = ("negative", "positive") if negative > positive else ("positive", "negative")
    high, low = max(negative, positive), min(negative, positive)
    return f"More {tone.noun}s sound {more} than {less}: {high:,} against {low:,}"


def _subtitle(tone: _Tone) -> str:
    known = tone.known["voice"].tolist()
    voices = dict.fromkeys(["author", *sorted(set(known))])
    parts = [
        f"{known.count(voice):,} {'by the author' if voice == 'author' else 'quoted or reported (hollow)'}"
        if voice in ("author", "attributed")
        else f"{known.count(voice):,} {voice}"
        for voice in voices
        if voice in known
    ]
    which = f"Each bar is the mean of {tone.run} neighbouring {tone.noun}s." if tone.run > 1 else ""
    return joined(f"Tone of each {tone.noun}, from −1 to 1 (VADER). n = {len(known):,}: {', '.join(parts)}.", which)


def _alt_text(tone: _Tone, title: str, note: str) -> str:
    negative, positive, neither = tone.signs
    lowest, highest, verb = tone.ends[0], tone.ends[-1], "is" if negative == 1 else "are"
    numbers = tone.bars["number"].tolist()
    sections = "; ".join(f"{text} from number {numbers[at]}" for at, text in list(tone.sections.items())[:20])
    words = [f" ({quoted(bar.text, 150)})" if bar.text else "" for bar in (lowest, highest)]
    return joined(
        f"Bars from top to bottom, {'one per ' + tone.noun if tone.run == 1 else 'one per run of ' + tone.noun + 's'}, "
        f"from −1 to 1. {title}. {negative:,} {verb} negative, {positive:,} positive, {neither:,} neither.",
        _subtitle(tone),
        f"Lowest is number {lowest.number}, {number(lowest.value)}{words[0]}; "
        f"highest is number {highest.number}, {number(highest.value)}{words[1]}."
        if lowest != highest
        else f"Lowest and highest: {number(lowest.value)}{words[0]}.",
        f"Sections: {sections}." if sections else "",
        note,
    )
