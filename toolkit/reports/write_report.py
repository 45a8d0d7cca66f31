"""write_report: a self-contained page about one article and its comments, for any table of texts."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pandas as pd

from .._files import check_output, write_atomic
from .._tables import require_columns, whole_texts
from ..corpora.load import TEXT_COLUMNS

ENDINGS: Final = (".html", ".htm")


def write_report(
    texts: pd.DataFrame, path: str | Path, *, title: str | None = None, progress: Callable[[str], None] | None = None
) -> Path:
    """Write a report on an article and its comments: one self-contained HTML file of under 2 MB.

    It shows the findings and what limits them, how the comments differ from the article, how the article is built, its
    tone, emoji, the words that make the difference, sentences word by word, what cannot be said, what was read,
    and what each number means. Nothing in it is loaded from elsewhere; its only links lead to its own sections and save
    its tables. People appear under the names in the table: pseudonyms, from `load_corpus` and `read_thread`.

    Parameters
    ----------
    texts : DataFrame
        From `read_thread` or `load_corpus`: the columns of `TEXT_COLUMNS`, one article and any number of comments.
    path : path
        The file to write, which ends in .html or .htm; an existing file is replaced only once the new one is complete.
    title : str, optional
        Heading of the page; by default the article's title.
    progress : callable, optional
        Called with a line of text before each step.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    TypeError, ValueError
        If `texts` is not such a table or holds more than one article, or if `path` ends otherwise.
    FileNotFoundError
        If the folder of `path` is missing.
    """
    place = check_output(path, endings=ENDINGS)
    if not isinstance(texts, pd.DataFrame):
        raise TypeError(f"A report takes a table of texts, not {type(texts).__name__}. read_thread(...) gives one.")
    require_columns(texts, TEXT_COLUMNS, "read_thread(...) and load_corpus(...) give a table with all of them.")
    whole_texts(texts)
    if (articles := int(texts["kind"].eq("article").sum())) != 1:
        raise ValueError(
            f"A report is about one article; this table has {articles}. "
            "Choose one thread: texts[texts.thread_id == '...']."
        )
    from .report_page import report_html  # matplotlib takes a while

    write_atomic(place, report_html(texts, title=title, progress=progress).encode("utf-8", "replace"))
    return place
