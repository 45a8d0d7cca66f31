"""Rows of words: their labels and emoji, and how often two groups use them."""

import re
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from ..comparison.word_counts import Pair
from ..lexicons.vocabulary import EMOJI
from ..metrics.emoji import emoji_name
from . import layout
from .emoji_images import HEIGHT, draw_emoji, emoji_image
from .formatting import plain, several, width_of
from .style import SMALL

ROW = 0.235  # inches
_COLUMNS = (0.75, 1.45)  # inches right of the axes where the counts end
RIGHT = _COLUMNS[1] + 0.2  # inches


def name_word_rows(
    axes: Axes, words: Sequence[str], counts: Sequence[tuple[int, ...]], pair: Pair, places: Sequence[float] = ()
) -> None:
    """Label rows with words or pictures of emoji, and write how often each group uses them.

    A row without counts is of another kind and keeps its label unchanged.
    """
    places = places or range(len(words))
    labels = [word_label(word) if count else word for word, count in zip(words, counts, strict=True)]
    layout.named_rows(axes, labels, places, rim=0.6)
    for place, word, label in zip(places, words, labels, strict=True):
        if EMOJI.fullmatch(word) and emoji_image(word) is not None:
            shift = -72 * (width_of(label, SMALL) + HEIGHT + 0.09)
            draw_emoji(axes, word, label, (0, place), shift, layout.LEVEL)
    for side, inches in enumerate(_COLUMNS):
        rows = [(place, f"{count[side]:,}") for place, count in zip(places, counts, strict=True) if count]
        layout.column(axes, inches, f"uses in\n{several(pair[side])}", rows)


def word_label(word: object) -> str:
    """Label a word for a figure; an emoji by its name in brackets."""
    text = re.sub(r"^i(?=$|['’])", "I", str(word))
    is_emoji = EMOJI.fullmatch(text) or not (any(map(str.isalnum, text)) or emoji_name(text) == "unnamed emoji")
    return f"[{plain(emoji_name(text), 24)}]" if is_emoji else plain(text, 24)


def counts_of(table: pd.DataFrame, pair: Pair) -> list[tuple[int, int]]:
    """Count the uses of each word in both groups."""
    return list(zip(*(table[f"count_{group}"].astype(int).tolist() for group in pair), strict=True))


def signed(value: float) -> str:
    """Format a number with one decimal and a sign: "+3.0", "−36.0", "0.0"."""
    text = f"{value:+,.1f}"
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text[1:]
