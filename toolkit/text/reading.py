"""read(text) -> Reading: the outline of a text, and the counts of its words, sentences and emoji."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

import numpy as np

from ..lexicons.features import vocabulary
from ..lexicons.tokens import uncollected
from .blocks import may_ask
from .counts import Counts
from .document import Outline, cut_sentences
from .normalize import normalise


class Reading(Outline):
    """One text, read: an `Outline` with its counts.

    The counts are attributes (`words`, `sentences`, `syllables`, ...): `toolkit.text.counts.Counts` lists them.
    """

    def __getattr__(self, name: str) -> float:
        if name.startswith("_"):
            raise AttributeError(name)
        if not hasattr(Counts, name):
            raise AttributeError(f"A Reading has no {name!r}; its counts are {', '.join(Counts.names())}.")
        return float(getattr(self.counts, name)[0])

    @functools.cached_property
    def counts(self) -> Counts:
        """The counts of this one text, as columns of one row."""
        return Counts([self])


def read(text: str, *, join_lines: bool = True) -> Reading:
    """Read one text: normalise it, find its blocks, sentences, words and emoji.

    Parameters
    ----------
    text : str
        Markdown or plain text of up to ten million characters.
    join_lines : bool
        True: a lead-in and its list are one sentence where the items have no full stops.  False: every line ends a
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


def cache_words(readings: Iterable[Outline]) -> None:
    """Look up the words of many readings together, to avoid an Arrow call for a handful of words each."""
    known = vocabulary()
    known.rows([token for reading in readings for token in reading.bare.split()])
    known.table  # noqa: B018 - finds the features of all new words


def read_many(texts: Sequence[str], *, one_block: str = "") -> Counts:
    """Read many texts at once: the counts of `Reading` as numpy columns, one row per text.

    `one_block`, a kind of block, takes each text as one piece of running text that was cut from such a block.
    """
    return read_units(texts, [(one_block, "author")] * len(texts))


@uncollected()
def read_units(texts: Sequence[str], cuts: Sequence[tuple[str, str]], cut_from: np.ndarray | None = None) -> Counts:
    """Read texts, or units cut from blocks of a kind and in a voice: an empty kind means a whole text.

    `cut_from` numbers the text of each unit: units of one text are in one language.
    """
    return Counts(read_batch(texts, cuts), cut_from)


def read_batch(texts: Sequence[str], cuts: Sequence[tuple[str, str]], *, join_lines: bool = True) -> list[Reading]:
    """Read texts, or units cut from blocks of a kind and in a voice, with the sentences of all of them."""
    normalised = [*map(normalise, texts)]
    readings = [
        Reading(text, one_block=kind, voice=voice, join_lines=join_lines, seen=seen)
        for text, (kind, voice), seen in zip(
            texts, cuts, zip(normalised, may_ask(normalised), strict=True), strict=True
        )
    ]
    cut_sentences(readings)
    return readings
