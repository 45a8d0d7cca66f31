"""read(text) -> Reading: the outline of a text, and the counts of its words, sentences and emoji."""

import functools
from collections.abc import Sequence

import numpy as np

from ..lexicons.tokens import uncollected
from .blocks import VOICES
from .counts import Counts
from .document import Batch
from .outline import Outline


class Reading(Outline):
    """One text, read: an `Outline` with its counts.

    The counts are attributes (`words`, `sentences`, `syllables`, ...): `toolkit.text.counts.Counts` lists them.
    """

    def __init__(self, text: str, *, one_block: str = "", voice: str = "author", join_lines: bool = True) -> None:
        super().__init__(Batch([text], [one_block], np.array([voice == VOICES[1]]), join_lines=join_lines))

    def __getattr__(self, name: str) -> float:
        if name.startswith("_"):
            raise AttributeError(name)
        if not hasattr(Counts, name):
            raise AttributeError(f"A Reading has no {name!r}; its counts are {', '.join(Counts.names())}.")
        return float(getattr(self.counts, name)[0])

    @functools.cached_property
    def counts(self) -> Counts:
        """The counts of this one text, as columns of one row."""
        return Counts(self.batch)


def read(text: str, *, join_lines: bool = True) -> Reading:
    """Read one text: normalise it, find its blocks, sentences, words and emoji.

    Parameters
    ----------
    text : str
        Markdown or plain text of up to ten million characters.
    join_lines : bool
        True: a lead-in and its list are one sentence if the items have no full stops.  False: every line ends a
        sentence. The choice moves grades by a year or two; report both where it matters.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str, or too long.

    Examples
    --------
    >>> reading = read("He lives in the U.S. now. He pays 3.14 dollars!")
    >>> reading.sentence_texts()
    ['He lives in the U.S. now.', 'He pays 3.14 dollars!']
    >>> reading.words, reading.syllables
    (10.0, 12.0)
    """
    return Reading(text, join_lines=join_lines)


def read_many(texts: Sequence[str], *, one_block: str = "") -> Counts:
    """Read many texts at once: the counts of `Reading` as numpy columns, one row per text.

    `one_block`, a kind of block, takes each text as one piece of running text that was cut from such a block.
    """
    return read_units(texts, [one_block] * len(texts))


@uncollected()
def read_units(
    texts: Sequence[str],
    cut_from: Sequence[str],
    reported: np.ndarray | None = None,
    text: np.ndarray | None = None,
    spoken: np.ndarray | None = None,
) -> Counts:
    """Read texts, or units cut from blocks of a kind, some of which report others: an empty kind means a whole text.

    `text` numbers the text of each unit: units of one text are in one language.  `spoken` has three columns, NaN where
    not known: its words between quotation marks, those that report somebody else, and whether most do.  The marks may
    be in other units.
    """
    return Counts(Batch(texts, cut_from, reported), text, spoken)
