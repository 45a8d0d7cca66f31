"""Every emoji of a text, the block that holds it, and its role there."""

from typing import NamedTuple

import numpy as np

from .blocks import KINDS
from .document import Batch

_NUMBERS = {kind: number for number, kind in enumerate(KINDS)} | {"": -1}


class Found(NamedTuple):
    """One emoji of a text, where it is and what it does there."""

    emoji: str
    start: int
    end: int
    block: str
    role: str


def find_emoji(batch: Batch) -> list[Found]:
    """Every emoji of some texts in order, with its offsets in its own text, its block and its role."""
    block, marks = emoji_roles(batch)
    bases = batch.seen.bounds[batch.blocks.text[block]]
    columns = (*batch.emoji, bases, batch.blocks.kind[block], marks)
    return [
        Found(spelling(batch.seen.text[a:b]), a - base, b - base, KINDS[kind], "marker" if mark else "expression")
        for a, b, base, kind, mark in zip(*(each.tolist() for each in columns), strict=True)
    ]


def emoji_roles(batch: Batch) -> tuple[np.ndarray, np.ndarray]:
    """The block of each emoji of a batch, and whether the emoji marks something rather than expresses it.

    Markers are in titles and headings, or open a list item, or open a block where others of its kind do so too.
    """
    blocks, starts = batch.blocks, batch.emoji[0]
    block = np.searchsorted(blocks.start, starts, "right") - 1
    first, _ = batch.seen.edges(blocks.inner, blocks.end)
    kind = np.array([*map(_NUMBERS.__getitem__, batch.cut_from)], np.intp)[blocks.text]
    kind = np.where(kind < 0, blocks.kind, kind)
    of_kind = blocks.text * len(KINDS) + blocks.kind
    opening = np.bincount(of_kind[np.isin(first, starts)], minlength=int(of_kind.max(initial=0)) + 1)
    leads = (kind == KINDS.index("list_item")) | (opening[of_kind] > 1)
    return block, (kind[block] <= KINDS.index("heading")) | ((starts <= first[block]) & leads[block])


def spelling(emoji: str) -> str:
    """An emoji without selectors, so that emoji that look the same are equal."""
    return emoji.replace("\ufe0f", "")
