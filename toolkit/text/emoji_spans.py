"""Every emoji of an outline, the block that holds it, and its role there."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ..lexicons.features import EMOJI
from .document import Outline, first_visible


class Found(NamedTuple):
    """One emoji of a text, where it is and what it does there."""

    emoji: str
    start: int
    end: int
    block: str
    role: str


def find_emoji(reading: Outline) -> list[Found]:
    """Every emoji of a reading with its block and its role; without selectors, so that equal looks are equal."""
    firsts = [first_visible(reading.text, block.inner, block.end) for block in reading.blocks]
    openers = Counter(
        block.kind for block, first in zip(reading.blocks, firsts, strict=True) if EMOJI.match(reading.text, first)
    )
    found, place = [], 0
    for start, end in reading.emoji_at:
        while reading.blocks[place].end <= start:
            place += 1
        block = reading.blocks[place]
        opens = start <= firsts[place]
        kind = reading.cut_from or block.kind
        marks = kind in ("title", "heading") or (opens and (kind == "list_item" or openers[block.kind] > 1))
        found.append(
            Found(
                reading.text[start:end].replace("\ufe0f", ""),
                start,
                end,
                block.kind,
                "marker" if marks else "expression",
            )
        )
    return found
