"""plot_structure: the structure of an article, its blocks from top to bottom."""

import bisect
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from .._tables import whole_texts
from ..metrics.emoji import emoji_name
from ..text.reading import Reading, read
from .emoji_images import draw_emoji
from .formatting import counted, joined, listed, plain, width_of
from .input_tables import OWN, as_measured, first_article, source_of
from .layout import Picture, finished, heading_fitted, in_our_style, named_rows, nothing_to_draw, picture, write
from .style import BLOCKS, GREY, INK, SMALL, WIDTH, block_name

MOST_BLOCKS = 80  # more would not fit on a few screens


@in_our_style
def plot_structure(texts: pd.DataFrame | str, *, source: str | None = None) -> Picture:
    """Plot how an article is built: its blocks from top to bottom, with their length in words.

    Colours and hatches distinguish titles, headings, paragraphs, list items, quotes and solicitation. "quoted" marks a
    block that is mostly quotation; emoji that mark a block are drawn beside it, or named if no font has them. Only
    the first 80 blocks are drawn; the others are counted.

    Parameters
    ----------
    texts : DataFrame or str
        One text, or a table of texts, from which the first article is drawn (the first text if there is no article).
    """
    if isinstance(texts, str):
        text, line = texts, plain(source, 400) if source is not None else OWN
    else:
        takes = "a table of texts, as load_corpus gives it, or one text."
        first = first_article(whole_texts(as_measured(texts, "plot_structure", ["text"], takes)))
        text, line = "".join(each for each in first["text"].head(1) if isinstance(each, str)), source_of(first, source)
    reading = read(text)
    bars = _bars(reading)
    if not len(bars):
        return nothing_to_draw("Structure: nothing to draw", "The text is empty.", line)
    return _draw(bars, _title(reading, len(bars)), line)


def _bars(reading: Reading) -> pd.DataFrame:
    """Return a bar per block with visible text; `emoji` are the first three that mark it, with their names."""
    starts = [block.start for block in reading.blocks]
    emoji: list[list[tuple[str, str]]] = [[] for _ in starts]
    for found in reading.batch.found_emoji:
        if found.role == "marker":
            at = bisect.bisect_right(starts, found.start) - 1
            emoji[at].append((found.emoji, plain(emoji_name(found.emoji), 30)))
    bars = []
    for block, names in zip(reading.blocks, emoji, strict=True):
        words = reading.content[block.inner : block.end]
        if words.strip():
            speaks = block.voice if block.voice == "attributed" else reading.voice_of(block.inner, block.end)
            heading = heading_fitted(words, 4.4) if block.kind in ("title", "heading") else ""
            many = len(reading.words_in(block.inner, block.end))
            bars.append((block_name(block.kind), many, speaks == "attributed", names[:3], heading))
    return pd.DataFrame(bars, columns=["kind", "words", "quoted", "emoji", "heading"])


def _title(reading: Reading, blocks: int) -> str:
    paragraphs, short = len(reading.paragraphs_at), len(reading.one_line_paragraphs_at)
    if not paragraphs:
        return f"{counted(blocks, 'block')}, none of them a paragraph"
    if paragraphs == 1:
        return f"{counted(blocks, 'block')}: one paragraph, of {'one sentence' if short else 'several sentences'}"
    some = f"{short:,} of" if short else "None of the"
    return f"{some} {paragraphs:,} paragraphs {'has' if short < 2 else 'have'} only one sentence"


def _draw(bars: pd.DataFrame, title: str, source: str) -> Picture:
    shown, rest = bars[:MOST_BLOCKS], bars[MOST_BLOCKS:]
    note = f"The first {len(shown)} blocks are drawn; {_kinds_said(rest)} follow." if len(rest) else ""
    kinds = bars["kind"].value_counts().to_dict()
    left, height, legend = 0.25, max(0.5, 0.165 * len(shown)), 0.2
    subtitle = f"Words in each block of the text, from its first block to its last. n = {counted(len(bars), 'block')}"
    figure, axes = picture(
        title, height, subtitle=subtitle, left=left, above=0.15 + legend, below=0.5, note=note, source=source
    )
    axes.set(xlim=(0, _most_words(shown, WIDTH - left - 0.25)))
    axes.set_xlabel("words")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    named_rows(axes, [""] * len(shown), rim=0.6)
    for place, bar in enumerate(shown.itertuples()):
        _draw_block(axes, place, bar)
    samples = [
        Patch(facecolor=look.face, edgecolor=look.edge, hatch=look.hatch, label=f"{kind} ({kinds[kind]:,})")
        for kind, look in BLOCKS.items()
        if kind in kinds
    ]
    axes.legend(
        handles=samples, loc="lower left", bbox_to_anchor=(-0.01, 1), ncols=6, handleheight=1, borderaxespad=0.2,
        columnspacing=1.3, handlelength=1.3, handletextpad=0.5,
    )  # fmt: skip
    data = bars.assign(emoji=[", ".join(name for _, name in emoji) for emoji in bars["emoji"]])
    caption = (
        "Each bar is a block of the text. Quoted: mostly somebody else's words. Emoji beside a bar mark its block."
    )
    return finished(figure, _alt_text(bars, title, note), caption, data)


def _most_words(bars: pd.DataFrame, inches: float) -> float:
    """Return the right end of the axis, in words, at which every bar fits with the text beside it."""
    ends = [1.01 * max(1, bars["words"].max())]
    for bar in bars.to_dict("records"):
        if remark := joined("quoted" * bar["quoted"], *(f"[{name}]" for _, name in bar["emoji"]), bar["heading"]):
            free = max(0.3, inches - 0.15 - width_of(remark, SMALL, bold=bool(bar["heading"])))
            ends.append(bar["words"] * inches / free)
    return max(ends)


def _draw_block(axes: Axes, place: int, bar: Any) -> None:
    """Draw a bar, and beside it the voice, the emoji, and the text of a heading."""
    look = BLOCKS[bar.kind]
    axes.barh([place], [bar.words], 0.78, facecolor=look.face, edgecolor=look.edge, hatch=look.hatch, linewidth=0.8)
    at, shift = (bar.words, place), 5.0
    for emoji, name in bar.emoji:
        shift = draw_emoji(axes, emoji, name, at, shift)
    if words := joined("quoted" * bar.quoted, bar.heading):
        weight = "bold" if bar.heading else "normal"
        write(axes, words, at, (shift, 0), va="center", weight=weight, color=INK if bar.heading else GREY)


def _kinds_said(bars: pd.DataFrame) -> str:
    return listed([counted(count, str(name)) for name, count in bars["kind"].value_counts(sort=False).items()])


def _alt_text(bars: pd.DataFrame, title: str, note: str) -> str:
    longest, quoted = bars.iloc[int(bars["words"].argmax())], int(bars["quoted"].sum())
    emoji = list(dict.fromkeys(name for each in bars["emoji"] for _, name in each))[:12]
    return joined(
        f"Bars from top to bottom, one for each block of the text. {title}. By kind: {_kinds_said(bars)}.",
        f"The longest block is a {longest['kind']} of {counted(longest['words'], 'word')}.",
        f"{counted(quoted, 'block')} mostly {'quotes' if quoted == 1 else 'quote'} somebody else."
        if quoted
        else "No block mostly quotes somebody else.",
        f"Emoji that mark blocks: {plain(listed(emoji), 200)}." if emoji else "No emoji marks a block.",
        note,
    )
