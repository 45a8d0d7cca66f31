"""From texts to units: split_blocks, split_sentences and split_passages give one row per unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..lexicons.tokens import uncollected
from .blocks import RUNNING, Block
from .counts import count_words_of_sentences
from .reading import Reading, cache_words, read_batch

if TYPE_CHECKING:
    import pandas as pd

NEW_COLUMNS = ("unit_id", "block", "voice", "section", "position", "block_id")
VOICES = ("author", "attributed")
_BATCH = 5_000  # texts whose words are looked up together


class _Piece(NamedTuple):
    text: str | None
    block: str | None
    voice: str | None
    section: str
    block_id: int


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
        block in which it begins).  A text without any unit keeps one row with a missing text, so that it is counted
        and not lost.

    Raises
    ------
    ValueError
        If a voice is not known.
    """
    kept = _kept(voices)
    return _split(texts, lambda reading: _of_voices(_block_pieces(reading), kept), "b")


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
        True: a lead-in and its list are one sentence where the items have no full stops.  False: every line ends a
        sentence.
    voices : iterable of str
        Voices to keep: ``("author",)`` leaves out sentences that mostly report someone else.

    Returns
    -------
    DataFrame
        As `split_blocks`; `block` is the kind of block in which the sentence begins.

    Raises
    ------
    ValueError
        If a voice is not known.

    Examples
    --------
    >>> split_sentences(["Yes. No. Maybe."]).text.tolist()
    ['Yes.', 'No.', 'Maybe.']
    """
    kept = _kept(voices)
    return _split(texts, lambda reading: _of_voices(_sentence_pieces(reading), kept), "s", join_lines)


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
    ValueError
        If `length` is below 1, or a voice is not known.
    """
    if length < 1:
        raise ValueError(f"A passage needs a length of at least 1 word, not {length}; 100 is usual.")
    kept = _kept(voices)

    def cut(reading: Reading) -> Iterator[_Piece]:
        pieces = zip(_sentence_pieces(reading), reading.words_of_sentences, strict=True)
        return _passage_pieces((each for each in pieces if each[0].voice in kept), length)

    return _split(texts, cut, "p")


def _kept(voices: Iterable[str]) -> frozenset[str]:
    kept = frozenset([voices] if isinstance(voices, str) else voices)
    if not kept or kept - set(VOICES):
        named = ", ".join(sorted(map(repr, kept))) or "none"
        raise ValueError(f'voices may be "author" and "attributed", or one of them, not {named}.')
    return kept


def _of_voices(pieces: Iterable[_Piece], kept: frozenset[str]) -> Iterator[_Piece]:
    return (piece for piece in pieces if piece.voice in kept)


@uncollected()
def _split(
    texts: pd.DataFrame | Sequence[str | None],
    cut: Callable[[Reading], Iterable[_Piece]],
    letter: str,
    join_lines: bool = True,
) -> pd.DataFrame:
    import pandas as pd

    from .._tables import as_table, texts_of

    table = as_table(texts)
    names = _names(table)
    owners: list[int] = []
    rows: list[tuple[object, ...]] = []
    for owner, reading in enumerate(_read_in_batches(texts_of(table), join_lines, counted=letter == "p")):
        pieces = list(cut(reading)) if reading is not None else []
        for position, piece in enumerate(pieces or [_Piece(None, None, None, "", 0)]):
            owners.append(owner)
            unit_id = f"{names[owner]}#{letter}{position + 1}"
            rows.append((piece.text, unit_id, piece.block, piece.voice, piece.section, position, piece.block_id))
    units = table.iloc[owners].reset_index(drop=True)
    for name, column in zip(("text", *NEW_COLUMNS), zip(*rows, strict=True) if rows else [()] * 7, strict=True):
        units[name] = pd.Series(column, dtype="int64" if name in ("position", "block_id") else object)
    return units


def _read_in_batches(texts: Sequence[str | None], join_lines: bool, counted: bool) -> Iterator[Reading | None]:
    """Read texts in order; the words of a batch are looked up together."""
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        given = [text for text in batch if text is not None]
        readings = read_batch(given, [("", "author")] * len(given), join_lines=join_lines)
        cache_words(reading for reading in readings if reading.attributed_at)
        if counted:
            count_words_of_sentences(readings)
        following = iter(readings)
        yield from (None if text is None else next(following) for text in batch)


def _names(table: pd.DataFrame) -> list[object]:
    """Prefix of the unit ids of each row: text_id, else the row's label, else its number."""
    if "text_id" in table.columns:
        return table["text_id"].tolist()
    return table.index.tolist() if table.index.is_unique else list(range(len(table)))


def _block_pieces(reading: Reading) -> Iterator[_Piece]:
    for place, (block, section) in enumerate(zip(reading.blocks, _sections(reading), strict=True)):
        text = " ".join(reading.content[block.inner : block.end].split())
        if text:
            yield _Piece(text, block.kind, _voice_of_block(reading, block), section, place)


def _voice_of_block(reading: Reading, block: Block) -> str:
    return "attributed" if block.voice == "attributed" else reading.voice_of(block.inner, block.end)


def _sentence_pieces(reading: Reading) -> Iterator[_Piece]:
    sections, place = _sections(reading), 0
    for start, end in reading.sentences_at:
        sentence = reading.content[start:end]
        first = end - len(sentence.lstrip())
        while reading.blocks[place].end <= first:
            place += 1
        text = " ".join(sentence.split())
        yield _Piece(text, reading.blocks[place].kind, reading.voice_of(start, end), sections[place], place)


def _passage_pieces(sentences: Iterable[tuple[_Piece, int]], length: int) -> Iterator[_Piece]:
    passages: list[list[_Piece]] = []
    size = 0
    for piece, words in sentences:
        if not passages or size >= length:
            passages.append([])
            size = 0
        passages[-1].append(piece)
        size += words
    if len(passages) > 1 and size < length:
        last = passages.pop()
        passages[-1] += last
    for pieces in passages:
        text = " ".join(piece.text or "" for piece in pieces)
        yield _Piece(text, "paragraph", _main_voice(pieces), pieces[0].section, pieces[0].block_id)


def _main_voice(pieces: list[_Piece]) -> str:
    reported = sum(len((piece.text or "").split()) for piece in pieces if piece.voice == "attributed")
    return "attributed" if 2 * reported > sum(len((piece.text or "").split()) for piece in pieces) else "author"


def _sections(reading: Reading) -> list[str]:
    """The heading above each block; solicitation belongs to no section."""
    sections, heading = [], ""
    for block in reading.blocks:
        if block.kind == "heading":
            heading = " ".join(reading.content[block.inner : block.end].split())
        sections.append("" if block.kind not in (*RUNNING, "heading") else heading)
    return sections
