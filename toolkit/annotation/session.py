"""A coding session without a user interface: the next unit, and each answer saved before it is shown."""

import contextlib
import math
import time
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from .._files import as_path, locked, make_folder
from .._tables import checked_choice, checked_count, require_columns
from .codings import Coding, Scheme, checked_name, read_rows, write_rows

_PATIENCE = 5  # seconds to wait for another program's lock on the folder; saving takes about 0.01


class CodingSession:
    """One coder's session with one scheme; every step is saved before the next unit is shown.

    The file is locked and read again before each step, so that no answer is ever overwritten, even if another
    program is writing to it.  Parameters as for `code_units`; units without text are left out.
    """

    def __init__(
        self, units: pd.DataFrame, scheme: Scheme, coder: str, path: str | Path, shuffle: int | None = None
    ) -> None:
        self.scheme, self.coder, self.path = scheme, checked_name(coder), as_path(path)
        require_columns(units, ("unit_id", "text"), "split_sentences(texts) gives units with both.")
        self.units = units[units["text"].notna()].reset_index(drop=True)
        if self.units.empty:
            raise ValueError("There is nothing to code: no unit has a text.")
        if (twice := self.units["unit_id"].duplicated()).any():
            raise ValueError(f"unit_id {self.units['unit_id'][twice].iloc[0]!r} occurs twice.")
        self._order = [*map(str, self.units["unit_id"])]
        self._place = {unit_id: at for at, unit_id in enumerate(self._order)}
        if shuffle is not None:
            chance = np.random.default_rng(checked_count(shuffle, "shuffle", 0, 0))
            self._order = chance.permutation(self._order).tolist()
        self.answers = self._mine(self._rows())

    @property
    def current(self) -> str | None:
        """The unit_id to code next: the first without an answer; None when all are done."""
        return next((unit_id for unit_id in self._order if unit_id not in self.answers), None)

    @property
    def unit(self) -> dict[Hashable, object] | None:
        """The row of the current unit."""
        return None if self.current is None else dict(self.units.iloc[self._place[self.current]])

    @property
    def done(self) -> int:
        """Number of units answered or skipped."""
        return len(self.answers)

    @property
    def total(self) -> int:
        """Number of units to code."""
        return len(self._order)

    @property
    def skipped(self) -> int:
        """Number of units skipped without an answer."""
        return sum(not answer for answer in self.answers.values())

    def answer(self, answer: str) -> None:
        """Store an answer to the current unit; ValueError if it is not in the scheme, OSError if writing fails."""
        self._store(checked_choice(answer, f"The answer to {self.scheme.name!r}", self.scheme.answers))

    def skip(self) -> None:
        """Skip the current unit; it counts as done, without an answer."""
        self._store("")

    def undo(self) -> str | None:
        """Undo the last answer, even from an earlier session, and ask again; return its unit_id, or None."""
        if not self.answers:
            return None
        with self._own_rows() as rows:
            last = max(at for at, row in enumerate(rows) if self._is_mine(row))
            write_rows(self.path, rows[:last] + rows[last + 1 :])
        taken = rows[last].unit_id
        self.answers.pop(taken)
        self._order.insert(0, self._order.pop(self._order.index(taken)))  # comes next, whatever the order
        return taken

    def seconds_since_an_answer(self) -> float:
        """Return the seconds since the last write to this coder's file; infinity if it does not exist."""
        return time.time() - self.path.stat().st_mtime if self.answers else math.inf

    def _store(self, answer: str) -> None:
        if (unit_id := self.current) is None:
            return
        with self._own_rows() as rows:
            write_rows(self.path, [*rows, Coding(unit_id, self.coder, self.scheme.name, answer)])
        self.answers[unit_id] = answer

    @contextlib.contextmanager
    def _own_rows(self) -> Iterator[list[Coding]]:
        """Lock the file against other writers and yield its rows.

        Raises ValueError if someone else has saved answers under this name, so that theirs are not overwritten, or
        if the file is gone; BlockingIOError if another program keeps the folder locked.
        """
        if self.answers and not self.path.exists():
            raise ValueError(
                f"{self.path.name} is gone, and your answers with it: the file was moved, renamed or "
                "deleted. Put it back, or load this page again to start over."
            )
        make_folder(self.path.parent)
        with locked(self.path.parent, wait=_PATIENCE):
            rows = self._rows()
            if self._mine(rows) != self.answers:
                raise ValueError(
                    f"Another page has saved answers as {self.coder!r}, and those are kept. Load this page again to "
                    "continue from them, or choose a name that nobody else uses."
                )
            yield rows

    def _rows(self) -> list[Coding]:
        with contextlib.suppress(FileNotFoundError):
            return read_rows(self.path)
        return []

    def _is_mine(self, row: Coding) -> bool:
        return row.coder == self.coder and row.question == self.scheme.name and row.unit_id in self._place

    def _mine(self, rows: Sequence[Coding]) -> dict[str, str]:
        return {row.unit_id: row.answer for row in rows if self._is_mine(row)}
