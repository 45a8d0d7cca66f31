"""Codings: each coder's answers per unit, as a table and as a file that survives a crash."""

import csv
import io
import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import pandas as pd

from .._files import as_path, freed, guarded, make_folder, reading, write_atomic
from .._limits import MOST_CODINGS
from .._packaging import data_beside
from .._tables import checked_choice, checked_dict, require_columns

CODING_COLUMNS = ("unit_id", "coder", "question", "answer")
MOST_ANSWERS = 9  # one key each, 1 to 9
Level = Literal["nominal", "ordinal", "interval"]

_NAME = re.compile(r"[^\W_][\w .'’-]{0,39}")


def checked_name(name: str, what: str = "coder") -> str:
    """Return a name without surrounding spaces; ValueError if it is unsafe in a table or a file name."""
    name = " ".join(str(name).split())
    if not _NAME.fullmatch(name):
        raise ValueError(
            f"{name[:60]!r} cannot be the name of a {what}: begin with a letter or digit, then use up to 39 letters, "
            "digits, spaces, hyphens, dots or apostrophes."
        )
    return name


@dataclass(frozen=True)
class Scheme:
    """Define a coding scheme: a question about every unit and the answers to choose from.

    `answers` maps stored values to displayed labels, in the order of the keys 1, 2, 3 ...; `level` is the level of
    measurement: "nominal" (they only differ), "ordinal" (they have an order) or "interval".
    """

    name: str
    question: str
    answers: Mapping[str, str]
    level: Level = "nominal"

    def __post_init__(self) -> None:
        checked_name(self.name, "scheme")
        checked_choice(self.level, "level", get_args(Level))
        checked_dict(self.answers, "answers", {"1": "positive", "0": "neutral"})
        if not 2 <= len(self.answers) <= MOST_ANSWERS:
            raise ValueError(f"A scheme has 2 to {MOST_ANSWERS} answers, one per key, not {len(self.answers)}.")
        for answer in self.answers:
            if not (re.fullmatch(r"[-+]?[0-9]{1,9}", answer) or _NAME.fullmatch(answer)):
                raise ValueError(f"{answer!r} cannot be an answer: use a whole number, or up to 40 letters and digits.")
        words = [answer for answer in self.answers if not re.fullmatch(r"[-+]?[0-9]{1,9}", answer)]
        if self.level == "interval" and words:
            raise ValueError(
                f"{words[0]!r} is not a number, and an interval scale needs numbers. Use level='ordinal' for words."
            )


SCHEMES = {name: Scheme(name, **row) for name, row in data_beside(__file__, "schemes.toml").items()}


def as_scheme(scheme: str | Scheme | Mapping[str, str]) -> Scheme:
    """Look up a scheme by name, or make one from a dict (answer -> label)."""
    if isinstance(scheme, Scheme):
        return scheme
    if isinstance(scheme, str):
        step = 'To define your own: Scheme("name", "question?", {"answer": "label", ...}).'
        return SCHEMES[checked_choice(scheme, "scheme", SCHEMES, step)]
    if isinstance(scheme, Mapping):
        return Scheme("own", "Which of these fits the sentence?", dict(scheme))
    raise TypeError(f"A scheme is a name, a Scheme or a dict of answers, not {type(scheme).__name__}.")


# ---- the table and its files


def read_codings(*paths: str | Path) -> pd.DataFrame:
    """Read files of codings as one table.

    Parameters
    ----------
    *paths : str or Path
        CSV files as written by `code_units`, one per coder.

    Returns
    -------
    DataFrame
        One row per answer, all columns text: `unit_id` (as from the `split_…` functions), `coder`, `question`
        (name of the scheme), `answer` (missing if the coder skipped the unit).

    Raises
    ------
    ValueError
        If a file is not a table of codings, has more than 200,000 answers, or a coder answers a question about the
        same unit twice.
    """
    rows = [row for path in paths for row in read_rows(as_path(path))]
    table = pd.DataFrame(rows, columns=list(CODING_COLUMNS), dtype="string")
    return checked_codings(table.assign(answer=table["answer"].replace("", pd.NA)))


def load_codings(name: str, *, folder: str | Path | None = None) -> pd.DataFrame:
    """Load the codings that come with a corpus.

    Parameters
    ----------
    name : str
        A corpus, as for `load_corpus`; `library-hours` has codings (invented, like its texts).
    folder : path, optional
        The folder that holds the corpora.

    Returns
    -------
    DataFrame
        As from `read_codings`.

    Raises
    ------
    ValueError
        If there is no such corpus, or its codings are faulty.
    FileNotFoundError
        If the corpus has no codings.
    """
    from ..corpora.load import corpora_folder, provenance

    provenance(name, folder=folder)  # rejects an invalid corpus name before it becomes part of a path
    path = Path(corpora_folder() if folder is None else folder) / name / "codings.csv"
    if not path.is_file():
        raise FileNotFoundError(f"The corpus {name!r} has no codings.csv. Code its units yourself: code_units(units).")
    return read_codings(path)


def checked_codings(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the table if it holds valid codings; otherwise raise a ValueError that names the fault."""
    require_columns(codings, CODING_COLUMNS, "read_codings(path) gives a table of codings.")
    nameless = codings[["unit_id", "coder", "question"]].isna()
    if nameless.to_numpy().any():
        column = nameless.any().idxmax()
        rows = "1 row has" if (many := int(nameless[column].sum())) == 1 else f"{many:,} rows have"
        raise ValueError(f"{rows} no {column}. Fill it in, or leave those rows out.")
    twice = codings.duplicated(["unit_id", "coder", "question"])
    if twice.any():
        first = codings[twice].iloc[0]
        raise ValueError(
            f"Answers that repeat others: {int(twice.sum()):,}, first from {first['coder']!r} on {first['unit_id']!r}. "
            "Each coder answers a question about a unit once. Was a file read twice, or do two people share a name?"
        )
    return codings


class Coding(NamedTuple):
    """One row of the file."""

    unit_id: str
    coder: str
    question: str
    answer: str


def read_rows(path: Path) -> list[Coding]:
    """Read a file and remove the guard against spreadsheet formulas from its unit ids."""
    with reading(path), path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            header, *rows = list(itertools.islice(reader, MOST_CODINGS + 2)) or [[]]
        except (csv.Error, UnicodeDecodeError) as error:
            raise ValueError(f"{path.name} is not a table of codings: {error}.") from error
    if tuple(header) != CODING_COLUMNS:
        raise ValueError(f"{path.name} needs the header {','.join(CODING_COLUMNS)}; found {','.join(header)[:80]!r}.")
    if len(rows) > MOST_CODINGS:
        raise ValueError(f"{path.name} has more than {MOST_CODINGS:,} answers. Split it up.")
    wrong = [str(number) for number, row in enumerate(rows, 2) if len(row) != len(CODING_COLUMNS)]
    if wrong:
        raise ValueError(f"{path.name} has rows that do not have {len(CODING_COLUMNS)} cells: {', '.join(wrong[:10])}.")
    return [Coding(freed(row[0]), *row[1:]) for row in rows]


def csv_of(rows: Sequence[Coding]) -> bytes:
    """Return codings as the bytes of a CSV file."""
    out = io.StringIO(newline="")
    table = [CODING_COLUMNS, *((guarded(row.unit_id), *row[1:]) for row in rows)]
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue().encode("utf-8")


def write_rows(path: Path, rows: Sequence[Coding]) -> None:
    """Replace the file atomically: anyone reading it sees either the old rows or the new ones, never a mixture."""
    make_folder(path.parent)
    write_atomic(path, csv_of(rows))
