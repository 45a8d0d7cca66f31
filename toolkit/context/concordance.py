"""concordance: a word, a phrase or a pattern in its contexts (key word in context)."""

import functools
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import regex

from .._tables import as_table, check_flags, checked_count, is_a, keys_of, texts_of
from ..text.document import Batch
from ..text.reading import Reading, read

WIDTH = 50
_AT_ONCE = 50  # texts read at a time
SECONDS = 5.0  # a pattern that takes longer on one text is refused
COLUMNS = ("left", "keyword", "right", "thread_id", "text_id", "kind", "voice", "block", "start", "position")


def concordance(
    texts: pd.DataFrame | Sequence[str | None],
    query: str,
    *,
    pattern: bool = False,
    match_case: bool = False,
    width: int = WIDTH,
) -> pd.DataFrame:
    """List every use of a word or phrase with the words around it (a KWIC table).

    Parameters
    ----------
    texts : DataFrame or list of str
        Whole texts in a column `text`; `text_id` and `kind` are used if present.
    query : str
        A word or several words. Whole words are found, in any case and with any kind of apostrophe, quotation mark or
        dash; `*` at the end of a word stands for any ending, even "n't" ("librar*").
    pattern : bool
        Read `query` as a regular expression.
    match_case : bool
        Distinguish capitals from small letters.
    width : int
        Most characters of context on each side; only a word that is longer is cut.

    Returns
    -------
    DataFrame
        One row per use, in the order of the texts: `left`, `keyword`, `right`; `thread_id`, `text_id` and `kind` of the
        text; `voice` of the sentence around it ("author" or "attributed"); `block` (its kind, as in `split_blocks`);
        `start`, offset in ``read(text).text``; `position`, 0 at the beginning of the text to 1 at its end.

    Raises
    ------
    TypeError, ValueError
        If the query has no visible character, is not a valid regular expression, or takes more than 5 s on one text.

    Examples
    --------
    >>> concordance(["A lamp. The old Lamp is lit."], "lamp")[["left", "keyword", "right"]].values.tolist()
    [['A', 'lamp', '. The old Lamp is lit.'], ['A lamp. The old', 'Lamp', 'is lit.']]
    """
    table = as_table(texts)
    width = checked_count(width, "width", 1, 50)
    check_flags(pattern=pattern, match_case=match_case)
    uses_in(read(""), query, pattern, match_case)  # fails before any text is read
    rows: list[tuple[Any, ...]] = []
    for reading, *of in zip(readings_of(table), *keys_of(table, "thread_id", "text_id", "kind"), strict=True):
        rows += [
            (*_around(reading.content, start, end, width), *of, *_place(reading, start))
            for start, end in uses_in(reading, query, pattern, match_case)
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def readings_of(table: pd.DataFrame) -> Iterator[Reading]:
    """Read the texts of a table, many together; a missing one has no words."""
    texts = [text or "" for text in texts_of(table)]
    for start in range(0, len(texts), _AT_ONCE):
        batch = Batch(texts[start : start + _AT_ONCE])
        yield from (Reading(batch, row) for row in range(len(batch)))


@functools.lru_cache(8)
def _compiled(query: str, pattern: bool, match_case: bool) -> regex.Pattern[str]:
    flags = regex.V1 | (0 if match_case else regex.IGNORECASE | regex.FULLCASE)
    if not pattern:
        ending = r"\w*(?:(?<=n)'t)?"  # for a word with a star
        words = [(word.removesuffix("*"), ending * word.endswith("*")) for word in read(query).content.split()]
        parts = [regex.escape(word) + rest for word, rest in words]
        query = r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"
    try:
        return regex.compile(query, flags)
    except regex.error as error:
        raise ValueError(f"{query!r} is not a regular expression: {error}. Leave out pattern=True for words.") from None


def uses_in(reading: Reading, query: str, pattern: bool = False, match_case: bool = False) -> list[tuple[int, int]]:
    """Return where a text uses a word, phrase or pattern; parameters and errors as in `concordance`."""
    if not is_a(query, str) or not query.strip():
        raise ValueError('The query is empty. Give a word ("library"), several ("late evening") or a pattern.')
    found = _compiled(query, pattern, match_case).finditer(reading.content, timeout=SECONDS)
    try:
        return [match.span() for match in found if match.end() > match.start()]
    except TimeoutError:
        raise ValueError(
            f"The pattern {query!r} takes more than {SECONDS:g} s on one text. Use a simpler one."
        ) from None


def _around(content: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    parts = content[max(0, start - 2 * width) : start], content[start:end], content[end : end + 2 * width]
    left, keyword, right = (" ".join(part.split()) for part in parts)
    if len(left) > width:
        left = left[-width - 1 :].partition(" ")[2] or left[-width:]
    if len(right) > width:
        right = right[: width + 1].rpartition(" ")[0] or right[:width]
    return left, keyword, right


def _place(reading: Reading, start: int) -> tuple[str, str, int, float]:
    first, last = next(((a, b) for a, b in reading.sentences_at if a <= start < b), (start, start + 1))
    block = next((block.kind for block in reading.blocks if block.start <= start < block.end), "paragraph")
    return reading.voice_of(first, last), block, start, round(start / max(len(reading.content), 1), 4)
