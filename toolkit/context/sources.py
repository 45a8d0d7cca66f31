"""sources: who is quoted or named as a source, by rule, and the sites that a text links to."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd
from tld import get_fld

from .._tables import as_table, keys_of
from ..text.reading import Reading
from .concordance import readings_of

UNKNOWN = "unknown"
COLUMNS = ("text_id", "kind", "source", "rule", "words", "text", "start", "end")
SHORTEST_QUOTATION = 3  # words; shorter ones are single terms and scare quotes
_VERBS = (
    "said says say told tells tell asked asks wrote writes added adds argued argues claimed claims stated states "
    "explained explains insisted insists announced announces warned warns replied replies admitted admits called calls "
    "noted notes reported reports declared declares confirmed confirms denied denies suggested suggests testified"
).split()
_NAME = r"(?:[A-Z][\w'-]*\.?)(?:\s+(?:(?:of|the|de|van|von|for|and)\s+)?[A-Z][\w'-]*\.?){0,6}"
_VERB = rf"(?:{'|'.join(_VERBS)})"
_RULES = {
    "name and verb": re.compile(rf"\b(?P<name>{_NAME})(?:,[^,\"]{{1,80}},)?\s+(?:has\s+|had\s+|also\s+)?{_VERB}\b"),
    "verb and name": re.compile(
        rf"\b{_VERB}\s+(?:the\s+)?(?P<name>{_NAME})(?=\s*(?:[.,;:!?]|$|(?:who|in|on|at|of|from)\b))"
    ),
    "according to": re.compile(rf"(?i:\baccording to)\s+(?:the\s+)?(?P<name>{_NAME})"),
}
_NOT_NAMES = frozenset(
    "I He She It They We You This That These Those There The A An In On At And But Or If When While Who What Nobody "
    "Everybody Somebody Yes No So Then Now Well Easier".split()
)
_MARK = re.compile(r"<!--\s*voice:\s*([^\n]{1,200}?)\s*-->")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]\"]{3,2000}")


class _Found(NamedTuple):
    source: str
    rule: str
    words: int
    start: int
    end: int


def sources(texts: pd.DataFrame | Sequence[str | None]) -> pd.DataFrame:
    """List who is quoted or named as a source, and the sites that are linked to.

    The rules rely on English word order and capital letters, not on lists of names. A quotation whose speaker is a
    pronoun, is named in another sentence or is not named at all has the source "unknown": look it up in the text.

    Parameters
    ----------
    texts : DataFrame or list of str
        Whole texts in a column `text`; `text_id` and `kind` are used if present.

    Returns
    -------
    DataFrame
        One row per quotation of three words or more, per block that quotes someone or was marked by hand as doing so,
        per sentence that names a source without quoting, and per link: `text_id`, `kind`; `source`, as the text writes
        it, "unknown", or the registered domain of a link; `rule`: "marked by hand", "name and verb" (the minister
        said), "verb and name" (said the minister), "according to", "quoted block" and "no rule" (source unknown), or
        "link"; `words` given to the source (0 for a link); the `text` of the quotation, sentence or address; its
        offsets `start` and `end` in ``read(text).text``.

    Raises
    ------
    TypeError, ValueError
        If `texts` is neither a table with a column `text` nor a list of texts, or a text is neither a str nor missing.

    Examples
    --------
    >>> table = sources(['"We will close the library," said Mayor Jane Poole. "Nobody asked us about it at all."'])
    >>> table[["source", "rule", "words"]].values.tolist()
    [['Mayor Jane Poole', 'verb and name', 5], ['unknown', 'no rule', 7]]
    """
    table = as_table(texts)
    rows: list[tuple[Any, ...]] = []
    for reading, name, kind in zip(readings_of(table), *keys_of(table, "text_id", "kind"), strict=True):
        rows += [
            (name, kind, *found[:3], reading.text[found.start : found.end].strip(), found.start, found.end)
            for found in sorted(_found(reading), key=lambda found: found.start)
        ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _found(reading: Reading) -> Iterator[_Found]:
    marked = list(_marked(reading))
    yield from marked
    quoted: list[tuple[int, int]] = []
    for start, end in reading.quotations_at:
        words = len(reading.words_in(start, end))
        if words >= SHORTEST_QUOTATION and not any(mark.start <= start < mark.end for mark in marked):
            quoted.append((start, end))
            source, rule = _speaker(reading, start, end)
            yield _Found(source, rule, words, start, end)
    for start, end in reading.sentences_at:
        if not any(first < end and start < last for first, last in quoted):
            source, rule = _named(reading.content[start:end])
            if source != UNKNOWN and not any(mark.start <= start < mark.end for mark in marked):
                yield _Found(source, rule, len(reading.words_in(start, end)), start, end)
    for match in _ADDRESS.finditer(reading.text):
        domain = get_fld(match[0], fail_silently=True, fix_protocol=True)
        yield _Found(domain or UNKNOWN, "link", 0, match.start(), match.end())


def _marked(reading: Reading) -> Iterator[_Found]:
    """Return the blocks marked by hand with the name of a voice."""
    names = [(match.start(), match[1]) for match in _MARK.finditer(reading.text)]
    for block in reading.blocks:
        before = [name for start, name in names if start < block.end]
        if block.voice == "attributed":
            start = block.inner
            source, rule = (before[-1], "marked by hand") if before else (UNKNOWN, "quoted block")
            yield _Found(source, rule, len(reading.words_in(start, block.end)), start, block.end)


def _speaker(reading: Reading, start: int, end: int) -> tuple[str, str]:
    """Return the speaker of a quotation, named outside the quotation marks in the sentences that it touches."""
    touching = [span for span in reading.sentences_at if span[0] < end and start < span[1]]
    first = min([span[0] for span in touching] or [start])
    last = max([span[1] for span in touching] or [end])
    after = _named(_outside_quotes(reading.content[end:last]))
    return after if after[0] != UNKNOWN else _named(_outside_quotes(reading.content[first:start]))


def _outside_quotes(text: str) -> str:
    return re.sub(r'"[^"]*"?', " ", text)


def _named(text: str) -> tuple[str, str]:
    for rule, pattern in _RULES.items():
        for match in pattern.finditer(text):
            name = match["name"].rstrip(".,")
            if name.split()[0] not in _NOT_NAMES:
                return name, rule
    return UNKNOWN, "no rule"
