"""Cells of CSV files: guarded when written, so that no spreadsheet takes a text for a formula, and freed when read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

MARK = "'"
# A spreadsheet takes what begins so for a formula. A text that begins with marks and then so gets one mark more:
# otherwise it could not be told, on reading, from a text that was guarded.
_FORMULA = re.compile(rf"\A{MARK}*+[=+@\-\t\r]")
_GUARDED = re.compile(rf"\A{MARK}++[=+@\-\t\r]")


def guarded(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; `freed` takes it away.

    Examples
    --------
    >>> guarded("=1+1"), guarded("'=1+1"), guarded("'tis"), guarded("1+1")
    ("'=1+1", "''=1+1", "'tis", '1+1')
    """
    return MARK + cell if _FORMULA.match(cell) else cell


def freed(cell: str) -> str:
    """Take away the apostrophe that `guarded` has put there, and no other.

    Examples
    --------
    >>> freed("'=1+1"), freed("''=1+1"), freed("'tis"), freed("=1+1")
    ('=1+1', "'=1+1", "'tis", '=1+1')
    """
    return cell.removeprefix(MARK) if _GUARDED.match(cell) else cell


def guarded_table(table: pd.DataFrame) -> pd.DataFrame:
    """A table as it may be written to CSV: its texts guarded, and the names of its columns."""
    guarded_columns = {name: table[name].map(_guarded_text) for name in table.columns if _may_hold_text(table[name])}
    return table.assign(**guarded_columns).rename(columns=lambda name: guarded(str(name)))


def _guarded_text(cell: object) -> object:
    return guarded(cell) if isinstance(cell, str) else cell


def _may_hold_text(column: pd.Series) -> bool:
    return column.dtype.kind not in "biufcmM"
