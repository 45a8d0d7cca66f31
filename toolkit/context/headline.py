"""headline: the title of an article beside its body."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from .._tables import as_table, keys_of, texts_of
from ..lexicons.dictionaries import easy_words
from ..lexicons.function_words import COMMON
from ..metrics.sentiment import sentiment
from ..text.reading import read
from .bm25_features import stem, words_of

COLUMNS = (
    "text_id", "headline", "words", "sentiment", "body_sentiment", "words_per_sentence", "difficult_share",
    "body_difficult_share", "not_in_body",
)  # fmt: skip


def headline(texts: pd.DataFrame | Sequence[str | None]) -> pd.DataFrame:
    r"""Compare the title of each article with its body: tone, difficulty, and words that only the title uses.

    Parameters
    ----------
    texts : DataFrame or list of str
        Whole texts in a column `text`; with a column `kind`, only articles are read.

    Returns
    -------
    DataFrame
        One row per article with a title: `text_id`; the `headline` and its number of `words`; `sentiment` of the
        title and `body_sentiment`, -1 to 1, positive is friendly in tone (see `sentiment`); `words_per_sentence` of
        the body; `difficult_share` and `body_difficult_share`, 0 to 1, words that are not on the Dale-Chall list
        in any regular form; `not_in_body`, the words of the title, in its order, that the body never uses in any
        regular form, function words left out. A value is NaN where the title or the body has no words.

    Raises
    ------
    TypeError, ValueError
        If `texts` is neither a table with a column `text` nor a list of texts, or a text is neither a str nor missing.

    Examples
    --------
    >>> headline(["# Fury over library\n\nThe library will close at five. Readers are sad."]).not_in_body.tolist()
    [['fury']]
    """
    table = as_table(texts)
    common, easy = {stem(word) for word in COMMON}, {stem(word) for word in easy_words()}
    rows: list[tuple[Any, ...]] = []
    (names,) = keys_of(table, "text_id")
    is_article = table["kind"].eq("article").fillna(False).tolist() if "kind" in table.columns else [True] * len(table)
    for text, name, wanted in zip(texts_of(table), names, is_article, strict=True):
        if not text or not wanted:
            continue
        reading = read(text)
        blocks = (reading.content[block.inner : block.end] for block in reading.blocks if block.kind == "title")
        if not (title := " ".join(next(blocks, "").split())):
            continue
        body = " ".join(reading.content[start:end] for start, end in reading.sentences_at)
        said = {stem(word) for word in words_of(body)}
        words = list(dict.fromkeys(words_of(title)))
        missing = [word for word in words if stem(word) not in said | common]
        rows.append((
            name, title, len(words_of(title)), sentiment(title), sentiment(body),
            len(words_of(body)) / len(reading.sentences_at) if reading.sentences_at else np.nan,
            _share(words_of(title), easy), _share(words_of(body), easy), missing,
        ))  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _share(words: list[str], easy: set[str]) -> float:
    return float(np.mean([stem(word) not in easy for word in words])) if words else float("nan")
