"""The reply tree of a comment section: parents, roots, depths, reading order, cycles; `place_comments` as columns.

Trees are lists of positions: `parents[i]` is the position of the text that text i replies to, or `TOP` if it replies to
none of them. All functions take linear time without recursion, so threads may be of any depth.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from .._tables import dates_in, decoded, numbers_in, require_columns

if TYPE_CHECKING:
    import pandas as pd

TOP: Final = -1  # the parent of texts that reply to no text of the table


def parent_positions(ids: Iterable[Hashable], replies: Iterable[Hashable]) -> list[int]:
    """Return the position of each text's parent; `TOP` where `replies` has no id of the table.

    If an id occurs more than once, its first text is the parent.
    """
    names = [*ids]
    positions = dict(zip(reversed(names), reversed(range(len(names))), strict=True))
    return [positions.get(name, TOP) for name in replies]


def reading_order(parents: Sequence[int]) -> list[int]:
    """Return all positions, each text followed by its replies; texts in or below a cycle come last, in table order."""
    replies = defaultdict(list)
    for position in range(len(parents) - 1, -1, -1):
        replies[parents[position]].append(position)
    order: list[int] = []
    waiting = replies[TOP]
    while waiting:
        order.append(waiting.pop())
        waiting += replies[order[-1]]
    if len(order) < len(parents):
        order += sorted(set(range(len(parents))).difference(order))
    return order


def depths(parents: Sequence[int]) -> list[int | None]:
    """Return the depth of each text: 1 at the top, 2 for a reply to it, ...; None in or below a cycle."""
    found: list[int | None] = [None] * len(parents)
    for position in reading_order(parents):
        above = 0 if parents[position] == TOP else found[parents[position]]
        found[position] = None if above is None else above + 1
    return found


def cycles(parents: Sequence[int]) -> list[int]:
    """Return the first position of each cycle of replies; giving these the parent `TOP` makes a tree."""
    if all(map(operator.lt, parents, range(len(parents)))):  # each comes after its parent
        return []
    starts, seen = [], [False] * len(parents)
    for position in range(len(parents)):
        path: dict[int, None] = {}
        at = position
        while at != TOP and not seen[at]:
            seen[at] = True
            path[at] = None
            at = parents[at]
        if at in path:
            cycle = list(path)
            starts.append(min(cycle[cycle.index(at) :]))
    return starts


def roots(parents: Sequence[int]) -> list[int]:
    """Return the position of the text at the top of each text's conversation; a cycle's first text is its top."""
    tree = list(parents)
    for position in cycles(parents):
        tree[position] = TOP
    found = list(range(len(tree)))
    for position in reading_order(tree):
        if tree[position] != TOP:
            found[position] = found[tree[position]]
    return found


def nearest_kept(parents: Sequence[int], kept: Sequence[bool]) -> list[int]:
    """Return for each text its nearest ancestor that is kept, or `TOP`, for a tree without cycles."""
    found = list(parents)
    for position, above in enumerate(parents):
        if above == TOP or kept[above]:  # the usual case
            continue
        path = [position]
        while above != TOP and not kept[above]:
            path.append(above)
            above = found[above]
        for each in path:
            found[each] = above
    return found


def place_comments(texts: pd.DataFrame) -> pd.DataFrame:
    """Add each comment's depth, order, timing and liking, for use as ``by=`` of `compare` and `plot_metric`.

    Parameters
    ----------
    texts : DataFrame
        A texts table, or units cut from one, with text_id, thread_id, kind, reply_to, posted and likes.

    Returns
    -------
    DataFrame
        The same rows with four more columns, missing for articles: depth (1 replies to the article, 2 to a comment,
        ...; missing in a cycle of replies), order (1, 2, ... by date within the thread, by the table's order where
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

    needed = ("text_id", "thread_id", "kind", "reply_to", "posted", "likes")
    require_columns(texts, needed, "A table from load_corpus has them.")
    texts = decoded(texts)
    comments = texts[texts["kind"] == "comment"].drop_duplicates("text_id").reset_index(drop=True)
    comments["posted"] = dates_in(comments, "posted")
    dated = comments.sort_values("posted", kind="stable", na_position="last").groupby("thread_id", sort=False)
    order = dated.cumcount() + 1
    late = order > dated["text_id"].transform("size") / 2
    likes = pd.Series(numbers_in(comments, "likes")).astype("Float64")
    above = likes > likes.groupby(comments["thread_id"]).transform("median")
    places = pd.DataFrame(
        {
            "depth": pd.array(depths(parent_positions(comments["text_id"], comments["reply_to"])), dtype="Int64"),
            "order": order.reindex(comments.index).astype("Int64"),
            "timing": late.reindex(comments.index).map({True: "late", False: "early"}).astype("string"),
            "liking": above.map({True: "more liked", False: "less liked"}).astype("string"),
        }
    ).set_index(comments["text_id"])
    columns = {name: texts["text_id"].map(places[name]) for name in places.columns}
    return texts.assign(**{name: column.astype(places[name].dtype) for name, column in columns.items()})
