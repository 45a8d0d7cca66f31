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


def name_word_rows(axes: Axes, rows: pd.DataFrame, pair: Pair, places: Sequence[float] = ()) -> None:
    """Label rows with words or pictures of emoji, and write how often each group uses them.

    The columns are word, label, first and second; the last two are missing in a row that is not one word.
    """
    places = places or range(len(rows))
    layout.named_rows(axes, rows["label"].tolist(), places, rim=0.6)
    for place, word, label in zip(places, rows["word"], rows["label"], strict=True):
        if EMOJI.fullmatch(word) and emoji_image(word) is not None:
            shift = -72 * (width_of(label, SMALL) + HEIGHT + 0.09)
            draw_emoji(axes, word, label, (0, place), shift, layout.LEVEL)
    for side, group, inches in zip(("first", "second"), pair, _COLUMNS, strict=True):
        uses = [(place, f"{many:,}") for place, many in zip(places, rows[side], strict=True) if not pd.isna(many)]
        layout.column(axes, inches, f"uses in\n{several(group)}", uses)


def word_label(word: object) -> str:
    """Label a word for a figure; an emoji by its name in brackets."""
    text = re.sub(r"^i(?=$|['’])", "I", str(word))
    is_emoji = EMOJI.fullmatch(text) or not (any(map(str.isalnum, text)) or emoji_name(text) == "unnamed emoji")
    return f"[{plain(emoji_name(text), 24)}]" if is_emoji else plain(text, 24)


def signed(value: float) -> str:
    """Format a number with one decimal and a sign: "+3.0", "−36.0", "0.0"."""
    text = f"{value:+,.1f}"
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text[1:]
