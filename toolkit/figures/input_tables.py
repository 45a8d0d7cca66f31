"""How plot_ functions and explorers read tables: the kind of rows, and the source of texts."""

import re
from collections.abc import Collection
from typing import Any

import pandas as pd

from .._tables import check_strings, decoded, is_a, require_columns
from .formatting import plain

MEASURED = "measured units: measure(split_sentences(texts))."
TEXTS = "texts: load_corpus(name) or read_thread(article, comments)."
OWN = "own texts"  # the source of texts without a corpus or a known article


def source_of(table: pd.DataFrame, source: str | None) -> str:
    """Return the source line: as given, else the article that was read, else the corpora in `thread_id`."""
    check_strings(source=source)
    about = table.attrs.get("report", {}).get("article") or {}
    if source is None:
        source = ". ".join(str(about[key]) for key in ("author", "title", "published", "url") if about.get(key)) or None
    if source is not None:
        return plain(source, 400, drawn=False)
    names = table["thread_id"].dropna().unique()[:200].tolist() if "thread_id" in table.columns else []
    cited = list(dict.fromkeys(_citation(name) for name in names)) or [OWN]
    more = [f"and {len(cited) - 3} more"] if len(cited) > 3 else []
    return "; ".join([plain(each, 240 if len(cited) == 1 else 110, drawn=False) for each in cited[:3]] + more)


def _citation(name: object) -> str:
    from ..corpora.load import provenance

    try:
        cited = provenance(str(name))
    except (ValueError, FileNotFoundError):
        return OWN
    return cited.partition(" SHA-256:")[0]


def as_measured(table: Any, function: str, columns: Collection[str] = (), takes: str = MEASURED) -> pd.DataFrame:
    """Return the table; raise an error if it is not a DataFrame or lacks a column that `function` needs."""
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"{function} takes a table, not {type(table).__name__}. Give it {takes}")
    named = columns or [name for name in table.columns if is_a(name, str)]  # each only once
    require_columns(table, named, f"{function} takes {takes}")
    return decoded(table)


def first_article(table: pd.DataFrame) -> pd.DataFrame:
    """Select the rows of the first article, or of the first text if there is no article."""
    rows = table[table["kind"].eq("article").fillna(False).astype(bool)] if "kind" in table.columns else table
    rows = rows if len(rows) else table
    if "text_id" not in rows.columns or not len(rows):
        return rows
    first = rows["text_id"].iloc[0]
    if pd.isna(first):
        return rows.head(1)
    return rows[rows["text_id"].eq(first).fillna(False).astype(bool)]


def noun_of(table: pd.DataFrame) -> str:
    """Return the noun for a row: sentence, block or passage by its unit_id, else text, else unit."""
    if "unit_id" in table.columns and len(table):
        found = re.search(r"#([sbp])\d+$", str(table["unit_id"].iloc[0]))
        return {"s": "sentence", "b": "block", "p": "passage"}[found[1]] if found else "unit"
    return "text" if "text_id" in table.columns else "unit"
