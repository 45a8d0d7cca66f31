"""Compare a learner's table leniently: order, types and extra columns do not matter."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, TypeAlias

Plain: TypeAlias = "dict[str, Any] | list[Any]"


def plain(answer: Any) -> Plain | None:
    """Return a table as {row: {column: value}}, a column as {row: value}, another sequence as a sorted list.

    None for anything else. A table without row names, as after ``reset_index``, uses its first column.
    """
    if hasattr(answer, "iterrows"):
        if _is_unnamed(answer) and answer.shape[1] > 1:
            answer = answer.set_index(answer.columns[0])
        if answer.shape[1] != 1:
            rows = answer.iterrows()
            return {_label(key): {_label(name): _value(row[name]) for name in answer.columns} for key, row in rows}
        answer = answer.iloc[:, 0]
    if hasattr(answer, "items"):
        if not isinstance(answer, Mapping) and _is_unnamed(answer):
            return _in_order(answer.values)
        return {_label(key): _value(value) for key, value in answer.items()}
    if isinstance(answer, str) or not hasattr(answer, "__iter__"):
        return None
    return _in_order(answer)


def difference(answer: Any, wanted: Any, tolerance: float) -> str:
    """Describe the first difference without giving the right value; empty if the answers agree."""
    given, target = plain(answer), plain(wanted)
    if isinstance(target, dict):
        return _mapping_difference(given, target, tolerance)
    entries, target = list(given.values() if isinstance(given, dict) else given or []), target or []
    if len(entries) != len(target):
        return f"There are too {'many' if len(entries) > len(target) else 'few'} entries."
    pairs = zip(_in_order(entries), target, strict=True)
    return "" if all(_same(one, other, tolerance) for one, other in pairs) else "The entries differ."


def _mapping_difference(given: Plain | None, target: dict[str, Any], tolerance: float) -> str:
    if not isinstance(given, dict):
        return "Keep the names of the rows (the index)."
    if not any(isinstance(row, dict) for row in target.values()):
        last = [list(row.values())[-1] if isinstance(row, dict) and row else row for row in given.values()]
        given = dict(zip(given, last, strict=True))  # a table instead of a column
    if strangers := set(given) - set(target):
        return f"A row does not belong here: {min(strangers)}."
    if set(target) - set(given):
        return "A row is missing."
    for key, wanted in target.items():
        if not isinstance(wanted, dict):
            if not _same(given[key], wanted, tolerance):
                return f"Look at the row {key}."
            continue
        row = given[key] if isinstance(given[key], dict) else {}
        if missing := [name for name in wanted if name not in row]:
            return f"A column is missing: {missing[0]}."
        if wrong := [name for name in wanted if not _same(row[name], wanted[name], tolerance)]:
            return f"Look at the row {key}, column {wrong[0]}."
    return ""


def _is_unnamed(table: Any) -> bool:
    return type(table.index).__name__ == "RangeIndex" and table.index.name is None


def near(value: float, target: float, tolerance: float) -> bool:
    """Return whether two numbers agree within the tolerance; NaN agrees with NaN."""
    return (math.isnan(value) and math.isnan(target)) or abs(value - target) <= tolerance


def _same(one: Any, other: Any, tolerance: float) -> bool:
    both = isinstance(one, float) and isinstance(other, float)
    return near(one, other, tolerance) if both else bool(one == other)


def _in_order(values: Any) -> list[Any]:
    return sorted(map(_value, values), key=lambda value: (isinstance(value, str), value))


def _value(value: Any) -> float | str:
    try:
        return float(value)
    except (TypeError, ValueError):
        return "nan" if value is None else re.sub(r"\s+", " ", str(value)).strip()


def _label(key: Any) -> str:
    return ", ".join(map(str, key)) if isinstance(key, tuple) else str(key).strip()
