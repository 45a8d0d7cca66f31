"""Attribution: tone by voice, and agreement between the attribution rule and hand marks."""

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._tables import as_table, texts_of
from ..text.blocks import RUNNING, VOICES
from ..text.reading import Reading, read
from .explanations import explain_sentiment
from .sentiment import sentiment

_TONE = ("valence", "share", "negative", "share_of_negative")
_COUNTS = ("words", "marked", "by_hand", "by_rule", "hits")
_NOTHING = 1e-12
"""A net valence this small comes from values that cancel out: no share of it means anything."""
_VOICE_MARK = re.compile(r"\s{0,3}<!--\s{0,9}voice:\s{0,9}[^<>\n]{1,80}?\s{0,9}-->\s*")


def tone_by_voice(text: str | Reading) -> pd.DataFrame:
    """Split the tone of a text between its writer and the people quoted or reported.

    A word is someone else's if it begins in a marked or quoted block, in a list after a reporting verb and a colon,
    or between double quotation marks around at least three words (`spans` shows them as `attributed`).  Indirect
    speech ("she said that …") and text in single quotation marks count as the writer's: the rule does not detect them.

    Parameters
    ----------
    text : str
        Any English text; headings and solicitation have no tone and are left out.

    Returns
    -------
    DataFrame
        Two rows, `author` and `attributed`.

        - `voice`; `words`: number of words in the running text; `scored`: number of words, emoji and emoticons in
          VADER's lexicon.
        - `valence`: the sum of their values after VADER's rules (`value` of `explain_sentiment`), higher is
          more positive.  The rules look across quotation marks: the writer's "not" negates the first quoted word.
        - `share`: share of the text's net valence.  The shares add up to 1; if the voices pull in opposite directions,
          one is above 1 and the other below 0.  NaN if the net valence is 0.
        - `negative`: the sum of the negative values, 0 or below; `share_of_negative`: its share of the text's sum,
          0 to 1, NaN if no value is negative.

        These four columns are NaN if `sentiment` has no value (`why_missing` gives the reason).  The sums do not add up
        to `sentiment`, which is a mean over sentences: a sum grows with the length of a text.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str, or is too long.

    See Also
    --------
    explain_sentiment : the values word by word, and their source.

    Examples
    --------
    >>> table = tone_by_voice('She wrote, "This is a terrible war." I call it a good book.')
    >>> table[["voice", "words", "valence"]].round(3).values.tolist()
    [['author', 8, 1.9], ['attributed', 5, -5.0]]
    """
    reading = text if isinstance(text, Reading) else read(text)
    tokens = explain_sentiment(reading)
    reported = reading.batch.reported_tokens[np.searchsorted(reading.batch.tokens[0], tokens["start"])]
    words = int(reading.attributed_words)
    rows: dict[str, Any] = {"voice": VOICES, "words": (int(reading.words) - words, words)}
    rated = tokens["valence"].notna().to_numpy()
    rows["scored"] = (int((rated & ~reported).sum()), int((rated & reported).sum()))
    values = tokens["value"].to_numpy(float)
    if math.isnan(sentiment(reading)):
        return pd.DataFrame(rows | dict.fromkeys(_TONE, math.nan))
    parts = (*_parted(values, reported), *_parted(np.minimum(values, 0.0), reported))
    return pd.DataFrame(rows | dict(zip(_TONE, parts, strict=True)))


def voice_agreement(texts: pd.DataFrame | Sequence[str | None]) -> pd.DataFrame:
    r"""Compute precision and recall of the attribution rule against hand marks.

    By hand: the words of the blocks under ``<!-- voice: NAME -->``.  By rule: the text is read again without the
    marks, so that only quotation marks, quoted blocks and lists after a reporting verb and a colon remain.
    Quotations of at least three words inside the writer's own blocks count on both sides, as they do
    wherever this toolkit distinguishes voices; such words always agree, and `marked` leaves them out.

    Parameters
    ----------
    texts : DataFrame
        A table with a column `text`, or a list of strings.  Texts without hand marks are left out.

    Returns
    -------
    DataFrame
        One row per text with marks, all counts in words.

        - `text_id`: as in `texts`, else the row's label; `words`: of the running text; `marked`: under the marks.
        - `by_hand`, `by_rule`: attributed to someone else; `hits`: by both; `misses`: by hand only; `false_alarms`: by
          rule only.
        - `precision`: hits / by_rule; `recall`: hits / by_hand; 0 to 1, higher is better, NaN if the divisor is 0.

    Raises
    ------
    TypeError, ValueError
        If `texts` is not a table or list of texts, or a text is neither a str nor missing.

    Examples
    --------
    >>> marked = "She read out the list:\n<!-- voice: She -->\n- more war,\n- less peace.\n\nWe heard it."
    >>> voice_agreement([marked, "No marks here."])[["by_hand", "by_rule", "hits", "recall"]].values.tolist()
    [[4.0, 0.0, 0.0, 0.0]]
    """
    table = as_table(texts)
    names = table["text_id"] if "text_id" in table.columns else table.index
    texts_with_names = zip(names, texts_of(table), strict=True)
    readings = [(name, read(text)) for name, text in texts_with_names if text and "voice:" in text]
    compared = [(name, *_agreement(reading)) for name, reading in readings if any(map(_is_mark, _lines(reading)))]
    found = pd.DataFrame(compared, columns=["text_id", *_COUNTS])
    found = found.astype({"text_id": object} | dict.fromkeys(_COUNTS, "int64"))
    found = found.assign(misses=found["by_hand"] - found["hits"], false_alarms=found["by_rule"] - found["hits"])
    return found.assign(precision=found["hits"] / found["by_rule"], recall=found["hits"] / found["by_hand"])


def _agreement(marked: Reading) -> tuple[int, ...]:
    """Count by words how often the marks and the rule agree: the numbers in `_COUNTS`."""
    plain = read("".join(line for line in _lines(marked) if not _is_mark(line)))
    # Marks contain no words, so they do not shift the numbers of the words.
    both = ((each.batch.reported_tokens, each.batch.feature("word")) for each in (marked, plain))
    hand, rule = (set(np.flatnonzero(reported[word > 0]).tolist()) for reported, word in both)
    under_marks = [block for block in marked.blocks if block.voice == "attributed" and block.kind in RUNNING]
    words_marked = sum(len(marked.words_in(block.inner, block.end)) for block in under_marks)
    return int(marked.words), words_marked, len(hand), len(rule), len(hand & rule)


def _lines(reading: Reading) -> list[str]:
    return reading.text.splitlines(keepends=True)


def _is_mark(line: str) -> bool:
    return _VOICE_MARK.fullmatch(line) is not None


def _parted(values: np.ndarray, reported: np.ndarray) -> tuple[list[float], list[float]]:
    """Return the sums of the values for the writer and for others, and their shares of the whole."""
    sums = [math.fsum(values[chosen]) for chosen in (~reported, reported)]
    whole = math.fsum(values)
    return sums, [part / whole + 0.0 if abs(whole) > _NOTHING else math.nan for part in sums]
