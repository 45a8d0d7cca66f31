"""Emoji use: how many emoji, how varied, and whether they mark sections or express something in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..text.counts import Counts
from ..text.reading import Reading, read
from .formula import formula

if TYPE_CHECKING:
    import pandas as pd


@formula()
def emoji_density(r: Counts) -> np.ndarray:
    """Compute emoji per hundred words and emoji, headings included: 0 to 100, higher is more emoji."""
    return 100 * r.emoji / (r.all_words + r.emoji)


@formula()
def emoji_variety(r: Counts) -> np.ndarray:
    """Compute the share of distinct emoji among all emoji: 0 to 1, higher is more varied; NaN without emoji."""
    return r.distinct_emoji / r.emoji


@formula()
def marker_emoji_share(r: Counts) -> np.ndarray:
    """Compute the share of emoji that mark a heading, list item or run of paragraphs: 0 to 1; NaN without emoji."""
    return r.marker_emoji / r.emoji


def emoji_table(text: str | Reading) -> pd.DataFrame:
    """List every emoji of a text.

    Returns
    -------
    DataFrame
        One row per emoji, in order: emoji, name (Unicode's short name), start and end (offsets in the normalised text),
        block (the kind of block that contains it), role (`marker`: opens a heading, a list item or a run of paragraphs;
        `expression`: everywhere else).

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str, or is too long.

    Examples
    --------
    >>> emoji_table("What a day \U0001f602")[["name", "role"]].values.tolist()
    [['face with tears of joy', 'expression']]
    """
    import pandas as pd

    reading = text if isinstance(text, Reading) else read(text)
    rows = [(found.emoji, emoji_name(found.emoji), *found[1:-1]) for found in reading.batch.found_emoji]
    return pd.DataFrame(rows, columns=["emoji", "name", "start", "end", "block", "role"])


def emoji_name(emoji: str) -> str:
    """Return Unicode's short name of an emoji in words, or the names of its parts if the whole has none.

    Examples
    --------
    >>> emoji_name("\U0001f525")
    'fire'
    """
    from emoji import EMOJI_DATA

    for spelling in (emoji, emoji + "\ufe0f", emoji.replace("\u20e3", "\ufe0f\u20e3")):
        if spelling in EMOJI_DATA:
            return str(EMOJI_DATA[spelling]["en"]).strip(":").replace("_", " ")
    parts = [EMOJI_DATA[part]["en"].strip(":").replace("_", " ") for part in emoji if part in EMOJI_DATA]
    return " + ".join(parts) or "unnamed emoji"
