"""place_comments: where each comment stands in its conversation, as columns to compare and to draw by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def place_comments(texts: pd.DataFrame) -> pd.DataFrame:
    """Add where each comment stands in its conversation; the columns serve as ``by=`` of `compare` and `plot_metric`.

    Parameters
    ----------
    texts : DataFrame
        A texts table, or units cut from one, with text_id, thread_id, kind, reply_to, posted and likes.

    Returns
    -------
    DataFrame
        The same rows with four columns more, missing for articles: depth (1 answers the article, 2 a comment, ...;
        missing where replies go in a circle), order (1, 2, ... by date within the thread, by the table's order where
        dates are equal or missing), timing (`early` or `late`: first or second half of the thread), liking (`less
        liked` or `more liked` than the thread's median; missing without likes).

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> from toolkit import load_corpus, place_comments
    >>> int(place_comments(load_corpus("library-hours")).depth.max())
    5
    """
    import pandas as pd

    needed = ["text_id", "thread_id", "kind", "reply_to", "posted", "likes"]
    missing = [name for name in needed if name not in texts.columns]
    if missing:
        raise ValueError(f"The table lacks {missing}; it needs {needed}. A table from load_corpus has them.")
    comments = texts[texts["kind"] == "comment"].drop_duplicates("text_id")
    dated = comments.sort_values("posted", kind="stable", na_position="last").groupby("thread_id", sort=False)
    order = dated.cumcount() + 1
    late = order > dated["text_id"].transform("size") / 2
    likes = comments["likes"].astype("Float64")
    above = likes > likes.groupby(comments["thread_id"]).transform("median")
    places = pd.DataFrame(
        {
            "depth": _depths(comments),
            "order": order.reindex(comments.index).astype("Int64"),
            "timing": late.reindex(comments.index).map({True: "late", False: "early"}).astype("string"),
            "liking": above.map({True: "more liked", False: "less liked"}).astype("string"),
        }
    ).set_index(comments["text_id"])
    columns = {name: texts["text_id"].map(places[name]) for name in places.columns}
    return texts.assign(**{name: column.astype(places[name].dtype) for name, column in columns.items()})


def _depths(comments: pd.DataFrame) -> pd.api.extensions.ExtensionArray:
    """Steps from the article; walked without recursion, each comment once."""
    import pandas as pd

    parents = dict(zip(comments["text_id"], comments["reply_to"], strict=True))
    depths: dict[object, float] = {}
    for name in parents:
        path: dict[object, None] = {}
        at = name
        while at in parents and at not in depths and at not in path:
            path[at] = None
            at = parents[at]
        below = np.nan if at in path else depths.get(at, 0)  # a circle of replies leads to no article
        for steps, step in enumerate(reversed(path), 1):
            depths[step] = below + steps
    return pd.array([depths[name] for name in comments["text_id"]], dtype="Int64")
