"""read(text) -> Reading: the outline of a text, and the counts of its words, sentences and emoji."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Sequence

import numpy as np

from .._tables import as_list, check_flags, checked_choice
from .blocks import KINDS, VOICES, Block
from .counts import Counts
from .document import Batch, Spans
from .normalize import Change, changes


def _spans(name: str) -> functools.cached_property[list[tuple[int, int]]]:
    """The batch's spans of that name, as pairs of offsets in the text."""

    def pairs(self: Reading) -> list[tuple[int, int]]:
        return self._of(getattr(self.batch, name))

    pairs.__doc__ = getattr(Batch, name).__doc__
    return functools.cached_property(pairs)


class Reading:
    """One text with its outline and its counts: a view of one row of a `Batch`.

    The counts are attributes (`words`, `sentences`, `syllables`, ...): `toolkit.text.counts.Counts` lists them.

    Attributes
    ----------
    text : str
        The normalised text, to which all offsets refer.  Its blocks, joined, restore it.
    cut_from : str
        Kind of the block that a unit was cut from; empty for a whole text.
    """

    sentences_at, quotations_at, attributed_at = map(_spans, ("sentences", "quotations", "attributed"))
    paragraphs_at, one_line_paragraphs_at = map(_spans, ("paragraphs", "one_line_paragraphs"))
    emoji_at, links_in_marks = map(_spans, ("emoji", "links_in_marks"))

    def __init__(self, batch: Batch, row: int = 0) -> None:
        self.batch, self.row = batch, row
        self.original, self.text, self.cut_from = batch.originals[row], batch.texts[row], batch.cut_from[row]
        self._bounds = batch.seen.bounds[row : row + 2].tolist()

    def __getattr__(self, name: str) -> float:
        if name.startswith("_"):
            raise AttributeError(name)
        if not hasattr(Counts, name):
            raise AttributeError(f"A Reading has no {name!r}; its counts are {', '.join(Counts.names())}.")
        return float(getattr(self.counts, name)[self.row])

    @functools.cached_property
    def counts(self) -> Counts:
        """The counts of the batch, one row per text."""
        return Counts(self.batch)

    def __repr__(self) -> str:
        start = self.text[:40] + ("..." if len(self.text) > 40 else "")
        return f"{type(self).__name__}({start!r}, {len(self.blocks)} blocks, {len(self.sentences_at)} sentences)"

    def _of(self, spans: Spans) -> list[tuple[int, int]]:
        """Return the spans within this text, as pairs of offsets in it."""
        starts, ends = spans
        first, last = np.searchsorted(starts, self._bounds)
        base = self._bounds[0]
        return [*zip((starts[first:last] - base).tolist(), (ends[first:last] - base).tolist(), strict=True)]

    @functools.cached_property
    def blocks(self) -> list[Block]:
        """Title, headings, paragraphs, list items, quotes and solicitation, in order, without gaps."""
        first, last = np.searchsorted(self.batch.blocks.text, (self.row, self.row + 1)).tolist()
        return self.batch.blocks.part(first, last, self._bounds[0])

    @functools.cached_property
    def content(self) -> str:
        """`text` with spaces for marks."""
        first, last = self._bounds
        return self.batch.content.text[first : last - 1]

    @functools.cached_property
    def changes(self) -> list[Change]:
        """Changes made by normalisation: rule, before, after, how often."""
        return changes(self.original)

    @functools.cached_property
    def words_at(self) -> list[tuple[int, int]]:
        """The words among the tokens."""
        starts, ends = self.batch.tokens
        return self._of((starts[self.batch.are_words], ends[self.batch.are_words]))

    def words_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Words that begin between two offsets."""
        return self.words_at[bisect.bisect_left(self.words_at, (start,)) : bisect.bisect_left(self.words_at, (end,))]

    def voice_of(self, start: int, end: int) -> str:
        """`attributed` if more than half of the words between two offsets are reported speech, otherwise `author`."""
        base = self._bounds[0]
        return VOICES[int(self.batch.are_reported((np.array([base + start]), np.array([base + end])))[0])]

    def sentence_texts(self) -> list[str]:
        """The sentences as single lines, in order."""
        return [" ".join(self.content[start:end].split()) for start, end in self.sentences_at]


def read(text: str, *, join_lines: bool = True) -> Reading:
    """Read one text: normalise it, find its blocks, sentences, words and emoji.

    Parameters
    ----------
    text : str
        Markdown or plain text of up to ten million characters.
    join_lines : bool
        True: a lead-in and its list are one sentence if the items have no full stops.  False: every line ends a
        sentence. The choice moves grades by a year or two; report both where it matters.

    Returns
    -------
    Reading
        Counts as numbers (`words`, `sentences`, `syllables`, …), and places as offsets in its `text` (`words_at`, …).

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
    check_flags(join_lines=join_lines)
    return Reading(Batch([text], join_lines=join_lines))


def read_many(texts: Sequence[str], *, one_block: str = "") -> Counts:
    """Read many texts at once: the counts of `Reading` as numpy columns, one row per text.

    `one_block`, a kind of block, treats each text as one piece of running text that was cut from such a block.

    Raises
    ------
    TypeError, ValueError
        If `texts` is not a list, or one of them is not a str or is too long.
    """
    listed = as_list(texts)
    checked_choice(one_block, "one_block", ("", *KINDS))
    return Counts(Batch(listed, [one_block] * len(listed)))
