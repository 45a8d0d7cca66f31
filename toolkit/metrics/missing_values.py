"""why_missing: the reason for each empty cell of a measured table."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .._tables import as_table
from ..text.counts import Counts
from .formula import reasons
from .measure import METRICS, Metric, batch_of, chosen, chunks_of


def why_missing(
    units: pd.DataFrame | pd.Series | Sequence[str | None], metrics: Sequence[Metric | str] = METRICS
) -> pd.DataFrame:
    """List why cells of a measured table are empty.

    Returns
    -------
    DataFrame
        One row per empty cell: unit (its `unit_id`, else `text_id`, else the row's index), metric, reason in words.

    Raises
    ------
    TypeError, ValueError
        If `units` is neither a table with a column `text` nor texts, or there is no such metric.

    Examples
    --------
    >>> why_missing(["Too short a text."], [m for m in METRICS if m.name == "smog_index"]).reason.tolist()
    ['too short: 1 sentence, needs 30']
    """
    metrics = chosen(metrics)
    table = as_table(units)
    key = next((key for key in ("unit_id", "text_id") if key in table.columns), None)
    names = (table.index if key is None else table[key]).tolist()
    found: list[tuple[object, str, str]] = []
    at = 0
    for chunk in chunks_of(table):
        batch = batch_of(chunk)
        counts = Counts(batch)
        absent = np.array([text is None for text in chunk.texts], bool)
        for metric in metrics:
            why = reasons(counts, metric.needs)
            why[absent] = "no text"
            why[np.isnan(metric.values(counts, batch.originals)) & (why == "")] = "nothing of the kind in the text"
            found += [(names[at + i], metric.name, why[i]) for i in np.flatnonzero(why != "").tolist()]
        at += len(batch)
    return pd.DataFrame(found, columns=["unit", "metric", "reason"], dtype=object)
