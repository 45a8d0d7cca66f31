"""From texts to units: split_blocks, split_sentences and split_passages return one row per unit."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from .._tables import check_flags, checked_choices, checked_count
from .blocks import KINDS, PARAGRAPH, VOICES
from .document import Batch, Spans

if TYPE_CHECKING:
    import pandas as pd

NEW_COLUMNS = ("unit_id", "block", "voice", "section", "position", "block_id", "quoted_words", "attributed_words")
_FOUND = ("block", "voice", "section", "block_id", "quoted_words", "attributed_words")
_NUMBERS = NEW_COLUMNS[-4:]
_BATCH = 5_000  # texts read together


class _Pieces(NamedTuple):
    """Units of a batch as columns, with the offsets and numbers of the batch."""

    owner: np.ndarray  # number of the text
    texts: np.ndarray
    kind: np.ndarray  # place in KINDS
    reported: np.ndarray
    block: np.ndarray  # number of the block where it begins
    quoted: np.ndarray  # words in quotation marks
    others: np.ndarray  # words of reported speech
    words: np.ndarray  # all words

    def where(self, kept: np.ndarray) -> _Pieces:
        return _Pieces(*(each[kept] for each in self))

    def of_voices(self, kept: frozenset[str]) -> _Pieces:
        return self if len(kept) == len(VOICES) else self.where(self.reported == (VOICES[1] in kept))


def split_blocks(texts: pd.DataFrame | Sequence[str | None], *, voices: Iterable[str] = VOICES) -> pd.DataFrame:
    """Split texts into blocks: title, headings, paragraphs, list items, quotes and solicitation.

    Parameters
    ----------
    texts : DataFrame
        A table with a column `text`; other columns are repeated for each unit.  A list of strings will do.
    voices : iterable of str
        Voices to keep: ``("author",)`` leaves out blocks that mostly report someone else.

    Returns
    -------
    DataFrame
        The columns of `texts` with `text` cut to the unit, and unit_id, block (`title`, `heading`, `paragraph`,
        `list_item`, `quote`, `promo`), voice (`author`, or `attributed` where most words report someone else), section
        (the heading above, empty before the first), position (0, 1, ... within its text), block_id (number of the
        block in which it begins), quoted_words and attributed_words (its words between quotation marks, and those
        that report someone else; a quotation may span several units, so `measure` takes the numbers from here, unless
        `voice` was changed).  A text without any unit keeps one row with a missing text, so that it is counted and not
        lost.

    Raises
    ------
    TypeError, ValueError
        If `texts` is neither a table nor a list of texts, or a voice is not known.
    """
    kept = kept_voices(voices)
    return _split(texts, lambda batch: _block_pieces(batch).of_voices(kept), "b")


def split_sentences(
    texts: pd.DataFrame | Sequence[str | None],
    *,
    join_lines: bool = True,
    voices: Iterable[str] = VOICES,
) -> pd.DataFrame:
    """Split the running text of texts into sentences; title, headings and solicitation are left out.

    Parameters
    ----------
    texts : DataFrame
        A table with a column `text`, or a list of strings.
    join_lines : bool
        True: a lead-in and its list are one sentence if the items have no full stops.  False: every line ends a
        sentence.
    voices : iterable of str
        Voices to keep: ``("author",)`` leaves out sentences that mostly report someone else.

    Returns
    -------
    DataFrame
        As `split_blocks`; `block` is the kind of block in which the sentence begins.

    Raises
    ------
    TypeError, ValueError
        If `texts` is neither a table nor a list of texts, or a voice is not known.

    Examples
    --------
    >>> split_sentences(["Yes. No. Maybe."]).text.tolist()
    ['Yes.', 'No.', 'Maybe.']
    """
    check_flags(join_lines=join_lines)
    kept = kept_voices(voices)
    return _split(texts, lambda batch: _sentence_pieces(batch).of_voices(kept), "s", join_lines)


def split_passages(
    texts: pd.DataFrame | Sequence[str | None], *, length: int = 100, voices: Iterable[str] = VOICES
) -> pd.DataFrame:
    """Split texts into passages of whole sentences, each of at least `length` words, as readability formulas need them.

    The remainder of a text joins the passage before it; a text shorter than `length` is one passage.

    Parameters
    ----------
    texts : DataFrame
        A table with a column `text`, or a list of strings.
    length : int
        Fewest words of a passage.
    voices : iterable of str
        Voices to keep: ``("author",)`` leaves out sentences that mostly report someone else before the others are
        joined.

    Returns
    -------
    DataFrame
        As `split_blocks`; `block` is always `paragraph`.

    Raises
    ------
    TypeError, ValueError
        If `texts` is neither a table nor a list of texts, `length` is not a whole number from 1, or a voice is not
        known.
    """
    length, kept = checked_count(length, "length", 1, 100), kept_voices(voices)
    return _split(texts, lambda batch: _passage_pieces(batch, length, kept), "p")


def kept_voices(voices: Iterable[str]) -> frozenset[str]:
    """Return the voices to keep; ValueError unless they are one or both of VOICES."""
    return frozenset(checked_choices(voices, "voices", VOICES))


def _split(
    texts: pd.DataFrame | Sequence[str | None], cut: Callable[[Batch], _Pieces], letter: str, join_lines: bool = True
) -> pd.DataFrame:
    import pandas as pd

    from .._tables import as_table, texts_of

    table = as_table(texts)
    names, strings = _names(table), [text or "" for text in texts_of(table)]
    parts = []
    for start in range(0, max(len(strings), 1), _BATCH):
        batch = Batch(strings[start : start + _BATCH], join_lines=join_lines)
        parts += [_columns(half, cut(half), start + rows) for rows, half in batch.halves()]
    columns = dict(zip(("owner", "text", *_FOUND), map(np.concatenate, zip(*parts, strict=True)), strict=True))
    found = columns.pop("owner")
    without = np.setdiff1d(np.arange(len(table)), found)
    owners = np.append(found, without)
    order = np.argsort(owners, kind="stable")
    owners = owners[order]
    for name, column in columns.items():
        nothing = {"section": ""}.get(name, 0 if name in _NUMBERS else None)
        columns[name] = np.append(column, np.full(len(without), nothing))[order]
    columns["position"] = np.arange(len(owners)) - np.searchsorted(owners, owners)
    places = zip(owners.tolist(), columns["position"].tolist(), strict=True)
    columns["unit_id"] = _strings([f"{names[owner]}#{letter}{place + 1}" for owner, place in places])
    units = table.assign(text=None).iloc[owners].reset_index(drop=True)  # avoids a copy of a long text per unit
    for name in ("text", *NEW_COLUMNS):
        units[name] = pd.Series(columns[name], dtype="int64" if name in _NUMBERS else object)
    return units


def _columns(batch: Batch, found: _Pieces, rows: np.ndarray) -> tuple[np.ndarray, ...]:
    """Return the columns of a batch's units, for texts with these numbers: owner, text and `_FOUND`."""
    voice, section = _VOICES[found.reported.astype(int)], _sections(batch)[found.block]
    block_id = found.block - np.searchsorted(batch.blocks.text, batch.blocks.text)[found.block]
    return rows[found.owner], found.texts, _KINDS[found.kind], voice, section, block_id, found.quoted, found.others


def _names(table: pd.DataFrame) -> list[object]:
    """Return the prefix of each row's unit ids: text_id, else the row's label, else its number."""
    if "text_id" in table.columns:
        return table["text_id"].tolist()
    return table.index.tolist() if table.index.is_unique else list(range(len(table)))


def _block_pieces(batch: Batch) -> _Pieces:
    blocks = batch.blocks
    spans = blocks.inner, blocks.end
    found = _pieces(batch, spans, np.arange(len(blocks.text)))
    found = found._replace(reported=found.reported | blocks.attributed)
    return found.where(batch.content.filled(*spans))


def _sentence_pieces(batch: Batch) -> _Pieces:
    first, _ = batch.content.edges(*batch.sentences)
    return _pieces(batch, batch.sentences, np.searchsorted(batch.blocks.start, first, "right") - 1)


def _pieces(batch: Batch, spans: Spans, block: np.ndarray) -> _Pieces:
    among = batch.are_covered(batch.quotations), batch.reported_tokens
    quoted, others = (batch.words_within(spans, some) for some in among)
    texts, words = _strings(batch.lines_of(spans)), batch.words_within(spans)
    kind, reported = batch.blocks.kind[block], 2 * others > words
    return _Pieces(batch.blocks.text[block], texts, kind, reported, block, quoted, others, words)


def _passage_pieces(batch: Batch, length: int, kept: frozenset[str]) -> _Pieces:
    """Join the sentences of each text into passages."""
    sentences = _sentence_pieces(batch).of_voices(kept)
    begins = passage_starts(sentences.owner.tolist(), sentences.words.tolist(), length)
    bounds = [*begins, len(sentences.words)]
    texts = _strings([" ".join(sentences.texts[start:end]) for start, end in itertools.pairwise(bounds)])
    if not begins:
        return sentences
    quoted, others, words = (np.add.reduceat(each, begins) for each in sentences[-3:])
    owner, kind, block = sentences.owner[begins], np.full(len(begins), PARAGRAPH), sentences.block[begins]
    return _Pieces(owner, texts, kind, 2 * others > words, block, quoted, others, words)


def passage_starts(owners: Sequence[int], words: Sequence[int], length: int) -> list[int]:
    """Return the first sentence of each passage; the remainder of a text joins the last passage."""
    starts: list[int] = []
    of, size = -1, 0
    for place, (owner, many) in enumerate([*zip(owners, words, strict=True), (None, 0)]):
        if owner != of and size < length and len(starts) > 1 and owners[starts[-2]] == of:
            starts.pop()
        if owner is not None and (owner != of or size >= length):
            starts.append(place)
            of, size = owner, 0
        size += many
    return starts


def _sections(batch: Batch) -> np.ndarray:
    """Return the heading above each block; solicitation and titles belong to no section."""
    blocks, heading = batch.blocks, KINDS.index("heading")
    headings = np.flatnonzero(blocks.kind == heading)
    names = _strings([*batch.lines_of((blocks.inner[headings], blocks.end[headings])), ""])
    above = np.searchsorted(headings, np.arange(len(blocks.text)), "right") - 1
    has_one = (above >= 0) & (blocks.running | (blocks.kind == heading))
    has_one[has_one] = blocks.text[headings[above[has_one]]] == blocks.text[has_one]
    return np.asarray(names[np.where(has_one, above, -1)])


def _strings(strings: Sequence[object]) -> np.ndarray:
    return np.array(strings, object)


_KINDS, _VOICES = _strings(KINDS), _strings(VOICES)

SPLIT: Final[dict[str, Callable[[pd.DataFrame], pd.DataFrame]]] = {
    "texts": lambda texts: texts,
    "sentences": split_sentences,
    "passages": split_passages,
    "blocks": split_blocks,
}
"""The units that texts are split into, by the names that options have."""
