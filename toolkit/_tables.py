"""Check and read the plain tables that the toolkit works on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


def as_table(units: pd.DataFrame | pd.Series | Sequence[str]) -> pd.DataFrame:
    """Take a table with a column `text` as it is, and make one of a list of texts."""
    import pandas as pd

    if units is None or isinstance(units, (str, bytes)):
        raise TypeError(
            f"A table or a list of texts is needed, not {type(units).__name__}; load_corpus(...) gives a table. Put a "
            "single text in brackets, [text], or call the metric itself, for example sentiment(text)."
        )
    table = units if isinstance(units, pd.DataFrame) else pd.DataFrame({"text": pd.Series(units, dtype=object)})
    if list(table.columns).count("text") != 1:
        raise ValueError(
            f"The table needs one column `text`; it has {list(map(str, table.columns))}. "
            "Rename the column that holds the words."
        )
    return table


def texts_of(table: pd.DataFrame) -> list[str | None]:
    """The texts; missing ones are None, anything else that is not a str is an error with its row."""
    import pandas as pd

    texts = table["text"].tolist()
    for row, text in enumerate(texts):
        if not isinstance(text, str):
            if not (text is None or text is pd.NA or (isinstance(text, float) and np.isnan(text))):
                raise TypeError(
                    f"Row {row}: text must be a str or missing, not {type(text).__name__}. Convert the column first."
                )
            texts[row] = None
    return texts
