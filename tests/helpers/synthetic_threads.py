"""A small table of texts for a test: an article, and comments on it."""

from typing import Any

import pandas as pd

from toolkit.corpora.load import TEXT_COLUMNS


def thread_of(
    *comments: object, article: object = "# A title\n\nA good line. A bad line.\n", **columns: Any
) -> pd.DataFrame:
    """An article and comments on it, as `load_corpus` gives them for a corpus `own`."""
    many = len(comments)
    made = {
        "text_id": ["own/article", *(f"own/c{number}" for number in range(many))],
        "thread_id": "own",
        "kind": ["article"] + ["comment"] * many,
        "reply_to": None,
        "author": ["Somebody", *(f"Reader {1 + number % 7:02d}" for number in range(many))],
        "posted": pd.Series([None] * (many + 1), dtype="datetime64[us, UTC]"),
        "likes": pd.array([None] * (many + 1), dtype="Int64"),
        "language": "en",
        "text": [article, *comments],
    }
    given = pd.DataFrame({name: columns.get(name, usual) for name, usual in made.items()})
    return given.astype(TEXT_COLUMNS)
