"""Check and read arguments: tables, their columns, groups and texts, and options."""

from __future__ import annotations

import contextlib
import difflib
import gc
import math
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Disable the cyclic garbage collector in a block that allocates many acyclic objects."""
    collected = gc.isenabled()
    gc.disable()
    bytes(1 << 23)  # freed at once: from then on glibc reuses freed blocks up to this size
    try:
        yield
    finally:
        if collected:
            gc.enable()


def show_dollars() -> None:
    """Have Jupyter show dollars in tables as dollars: MathJax would typeset "$5 or $6" as mathematics."""
    import pandas as pd

    pd.set_option("display.html.use_mathjax", False)


def require_columns(table: Any, columns: Any, step: str) -> None:
    """Raise an error unless a table has each of the columns exactly once; `step` is the next step, as a sentence.

    Examples
    --------
    >>> import pandas as pd
    >>> require_columns(pd.DataFrame({"body": ["Hello."]}), ["text"], "Rename the column that holds the texts.")
    Traceback (most recent call last):
    ValueError: The table needs the column 'text'; it has ['body']. Rename the column that holds the texts.
    """
    if not (hasattr(table, "columns") and hasattr(table, "iloc")):  # a DataFrame of pandas or Dask
        raise TypeError(f"A table is needed, not {type(table).__name__}. {step}")
    if table.columns.nlevels > 1:
        raise ValueError(f"The table has {table.columns.nlevels} levels of column names; it needs one. {step}")
    names = [columns] if isinstance(columns, str) or not isinstance(columns, Collection) else columns
    if wrong := [name for name in names if not isinstance(name, str)]:
        raise TypeError(f"The name of a column must be a str, not {type(wrong[0]).__name__}. {step}")
    present = [name for name in table.columns if isinstance(name, str)]
    counts = {repr(name): present.count(name) for name in names}
    missing, repeated = ([name for name in counts if counts[name] == 0], [name for name in counts if counts[name] > 1])
    if wrong := missing or repeated:
        needs = f"column{'s' * (len(wrong) > 1)} {listed(wrong)}{' only once' * (not missing)}"
        near = [repr(each) for each in difflib.get_close_matches(wrong[0][1:-1], present, cutoff=0.75) if missing]
        meant = f" (did you mean {listed(near, 'or')}?)" if near else ""
        raise ValueError(f"The table needs the {needs}{meant}; it has {[*map(str, table.columns)]}. {step}")


def decoded(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with Arrow's dictionaries, of which pandas can do little, as columns of objects."""
    return table.astype({name: object for name, kind in table.dtypes.items() if "dictionary<" in str(kind)})


def rows_where(table: pd.DataFrame, column: str, value: str) -> np.ndarray:
    """Return a mask of the rows with a value in a column; none where the cell, or the whole column, is missing."""
    if column not in table.columns:
        return np.zeros(len(table), bool)
    return table[column].eq(value).fillna(False).to_numpy(bool)


def select_groups(table: pd.DataFrame, by: str, pair: tuple[str, str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of two groups as two masks; ValueError unless these are two groups of the column `by`."""
    check_pair(table, by, pair)
    first, second = (rows_where(table, by, group) for group in pair)
    for group, rows in zip(pair, (first, second), strict=True):
        if not rows.any():
            present = sorted(str(name)[:40] for name in table[by].dropna().unique())[:20]
            raise ValueError(
                f"Column {by!r} has no {group!r}; it has {present}. Name two of them with pair=(..., ...)."
            )
    return first, second


def check_pair(table: Any, by: str, pair: Sequence[str]) -> None:
    """Raise an error unless `by` is a column of the table and a pair is two different groups."""
    if not is_a(by, str):
        raise TypeError(f"by must be the name of the column that holds the groups, not {type(by).__name__}.")
    ordered = hasattr(pair, "__getitem__") and hasattr(pair, "__len__")
    if isinstance(pair, str | Mapping) or not ordered or len(pair) != 2 or pair[0] == pair[1]:
        raise ValueError(f"pair must name two different groups of column {by!r}, not {as_given(pair)}.")
    require_columns(table, by, "Name the column that holds the groups with by=.")


def pair_in(table: pd.DataFrame, pattern: str, step: str, also: Sequence[str] = ()) -> tuple[str, str]:
    """Find the two groups that a table compares from its column names, where a star in `pattern` is the group."""
    require_columns(table, (), step)
    front, end = pattern.split("*")
    names = [name for name in map(str, table.columns) if name.startswith(front) and name.endswith(end)]
    groups = [name.removeprefix(front).removesuffix(end) for name in names]
    if len(groups) != 2:
        where = f"end with {end}" if end else f"begin with {front}"
        present = list(map(str, table.columns))
        raise ValueError(f"The table needs the columns of two groups that {where}; it has {present}. {step}")
    require_columns(table, [column.replace("*", group) for column in also for group in groups], step)
    return groups[0], groups[1]


def as_table(units: pd.DataFrame | pd.Series | Sequence[str | None]) -> pd.DataFrame:
    """Return a table with a column `text` as it is, or make one from a list of texts."""
    import pandas as pd

    if not isinstance(units, pd.DataFrame | pd.Series):
        units = as_list(units)
    table = units if isinstance(units, pd.DataFrame) else pd.DataFrame({"text": pd.Series(units, dtype=object)})
    require_columns(table, "text", "Rename the column that holds the texts.")
    return table


def as_list(texts: Any) -> list[Any]:
    """Return texts as a list; TypeError unless they are a list, a column or another series of texts in order."""
    unordered = isinstance(texts, Mapping | set | frozenset)
    if unordered or isinstance(texts, str | bytes) or hasattr(texts, "columns") or not isinstance(texts, Iterable):
        raise TypeError(
            f"A table or a list of texts is needed, not {type(texts).__name__}; load_corpus(...) gives a table. Put a "
            "single text in brackets, [text], or call the metric itself, for example sentiment(text)."
        )
    return list(texts.to_pylist() if hasattr(texts, "to_pylist") else texts)  # Arrow has `to_pylist`


def is_a(value: object, *kinds: type) -> bool:
    """Return isinstance(value, kinds) for a parameter that callers may give otherwise than its type says."""
    return isinstance(value, kinds)


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as in a sentence: "a, b and c"."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def shortened(text: str, longest: int) -> str:
    """Cut a text at a space near `longest` characters, with an ellipsis."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > longest // 2 else cut).rstrip(" ,;:.") + "…"


def suggestion(name: str, names: Iterable[str], near: Sequence[str] = ()) -> str:
    """Return the next step after a name that does not exist, as a sentence: the nearest ones, or else all."""
    known = [*names]
    if near := near or difflib.get_close_matches(name, known):
        return f"Did you mean {listed(near, 'or')}?"
    return f"There are: {', '.join(known)}." if known else "There are none here."


def as_given(value: object) -> str:
    """Return a value as errors show it: on one line of at most 80 characters."""
    return " ".join(repr(value).split())[:80]


# ---- options

_MOST_LISTED = 40


def checked_seed(seed: int) -> int:
    """Return a seed; ValueError unless it is a whole number from 0."""
    return checked_count(seed, "seed", 0, 0)


def checked_count(value: int, name: str, least: int, usual: int, most: float = math.inf) -> int:
    """Return a whole number; ValueError unless it is one, not True or False, and in this range."""
    if is_a(value, bool) or not is_a(value, Integral) or not least <= value <= most:
        to = f" to {most:,}" if most < math.inf else ""
        raise ValueError(f"{name} must be a whole number from {least}{to}, not {as_given(value)}; {usual} is usual.")
    return int(value)


def checked_workers(workers: int | None) -> int:
    """Return a number of processes, 1 for None; ValueError unless a system can wait for as many."""
    return checked_count(1 if workers is None else workers, "workers", 1, 1, 61 if sys.platform == "win32" else 1_000)


def checked_number(value: float, name: str, below: float, usual: float) -> float:
    """Return a number; ValueError unless it is one above 0 and below the bound."""
    if is_a(value, bool) or not is_a(value, Real) or not 0 < value < below:
        accepted = "above 0" if below == math.inf else f"between 0 and {below}"
        raise ValueError(f"{name} must be {accepted}, not {as_given(value)}; {usual} is usual.")
    return float(value)


def checked_choice(value: str, name: str, choices: Iterable[str], step: str = "") -> str:
    """Return the name of a choice; ValueError, which lists them all, unless it is one of them."""
    known = [*choices]
    if not is_a(value, str) or value not in known:
        more = [f"another of {len(known):,}"] * (len(known) > _MOST_LISTED)
        accepted = listed([*map(repr, known[:_MOST_LISTED]), *more], "or") or "one that exists"
        raise ValueError(f"{name} must be {accepted}, not {as_given(value)}. {step}".rstrip())
    return value


def checked_choices(values: str | Iterable[str], name: str, choices: Collection[str]) -> list[str]:
    """Return one or several names of choices as a list; ValueError unless there is one and all are known."""
    given: Any = [*values] if is_a(values, Iterable) and not is_a(values, str) else [values]
    return [checked_choice(value, name, choices) for value in given or [given]]


def checked_dict(value: Any, name: str, example: Mapping[str, Any]) -> dict[Any, Any]:
    """Return a mapping as a dict, an empty one for None; TypeError for anything else."""
    if value is not None and not isinstance(value, Mapping):
        raise TypeError(f"{name} must be a dict such as {example}, not {as_given(value)}.")
    return dict(value or {})


def check_flags(**given: bool) -> None:
    """Raise an error unless these options are True or False: "no" would count as True."""
    for name, value in given.items():
        if not is_a(value, bool, np.bool_):
            raise TypeError(f"{name} must be True or False, not {as_given(value)}.")


def check_strings(**given: str | None) -> None:
    """Raise an error unless each of these options is a str or None."""
    for name, value in given.items():
        if value is not None and not is_a(value, str):
            raise TypeError(f"{name} must be a str, not {type(value).__name__}.")


# ---- columns


def numbers_in(table: pd.DataFrame, column: str, step: str = "Convert it first.") -> np.ndarray:
    """Return a column as numbers, NaN where one is missing; ValueError if it holds anything else."""
    try:
        if table[column].dtype.kind in "cmM":  # complex numbers, durations and dates
            raise TypeError(table[column].dtype)
        return table[column].to_numpy(dtype=float, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise ValueError(f"Column {column!r} holds no numbers ({str(error)[:80]}). {step}") from None


def dates_in(table: pd.DataFrame, column: str) -> pd.Series[Any]:
    """Return a column as dates in UTC, NaT where one is missing; ValueError if it holds other texts than ISO 8601."""
    import pandas as pd

    try:
        return pd.to_datetime(table[column], utc=True, format="ISO8601")
    except (TypeError, ValueError) as error:
        why = str(error).partition("\n")[0][:80].rstrip(".")
        step = "Write them as 2024-05-31, or convert the column with pandas.to_datetime."
        raise ValueError(f"Column {column!r} holds no dates ({why}). {step}") from None


def whole_texts(texts: pd.DataFrame) -> pd.DataFrame:
    """Return the table as given; ValueError unless it has a column `text` and was not split before."""
    table = as_table(texts)
    if split := {"block", "unit_id"} & set(table.columns):
        was = f"The table was split before (it has a column {min(split)!r})."
        raise ValueError(f"{was} Give whole texts, from read_thread or load_corpus.")
    return table


def keys_of(table: pd.DataFrame, *names: str) -> list[list[Any]]:
    """Return columns that a table of texts may have as lists: for a missing `text_id` the row numbers, else None."""
    usual = {"text_id": range(len(table))}
    return [
        table[name].tolist() if name in table.columns else [*usual.get(name, [None] * len(table))] for name in names
    ]


def texts_of(table: pd.DataFrame) -> list[str | None]:
    """Return the texts of a table, None where one is missing; TypeError with the row for anything but a str."""
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
