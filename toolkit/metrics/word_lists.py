"""lexicon_metric: a metric from your own word list, and where its words occur in a text."""

import csv
import math
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from .._files import reading
from .._limits import MOST_WORDS
from .._tables import check_strings, is_a
from ..text.reading import Reading, read
from .measure import Metric

_TOKEN: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_PART: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # part of a hyphenated word
_MOST_BYTES: Final = 50 * MOST_WORDS
_ACCEPTED: Final = "a dict such as {'perhaps': 1}, or the path of a CSV file with the columns word and value"
_SAVE_AS: Final = "Save the list as CSV (UTF-8, separated by commas)."


class Hit(NamedTuple):
    """A use of a word of the list: its place in the normalised text, the entry it matches, and that entry's value."""

    start: int
    end: int
    text: str
    entry: str
    value: float
    sentence: int


def lexicon_metric(
    words: Mapping[str, float] | str | Path,
    name: str = "lexicon_score",
    *,
    label: str = "",
    higher_means: str = "more",
    reference: str = "",
) -> Metric:
    """Make a lexicon metric from a list of words with values.

    The metric is the sum of the values of all listed words in a text, divided by its number of words. With values of
    1 it is the share of words on the list, 0 to 1; with ratings such as AFINN's -5 to 5 it is the mean rating per
    word, where a word without a rating counts as 0. It is NaN for a text without words. Negation and degree are
    ignored; `explain_lexicon` shows each use.

    Parameters
    ----------
    words : dict, str or Path
        Word -> value; or a CSV file (UTF-8) with a header and the columns `word` and `value`. Case does not matter.
        A word ending in ``*`` matches all words that begin with it. An entry is a single word; apostrophes and
        hyphens may be inside it.
    name : str
        Column name in the table from `measure`: letters, digits and underscores.
    label, higher_means, reference : str
        Name in figures and tables, what a higher value means ("more moral words"), and source.

    Returns
    -------
    Metric
        For `measure(units, [*METRICS, metric])`, `compare` and the figures.

    Raises
    ------
    TypeError, ValueError
        If the list is empty, or an entry is not a single word, occurs twice with different values, or has a value
        that is not a finite number. For a file, the error names the line.
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> hedges = lexicon_metric({"perhaps": 1, "maybe": 1, "seem*": 1}, "hedges", higher_means="more hedging")
    >>> hedges.function("Maybe it seems so. It is so.")
    0.2857142857142857
    """
    check_strings(label=label, higher_means=higher_means, reference=reference)
    if not is_a(name, str) or not re.fullmatch(r"[^\W\d]\w{0,59}", name):
        raise ValueError(f"{name!r:.60} cannot be the name of a column: letters, digits and underscores, up to 60.")
    if not isinstance(words, (str, Path, Mapping)):
        raise TypeError(f"words must be {_ACCEPTED}, not {type(words).__name__}.")
    entries: dict[str, float] = {}
    rows = _of_file(Path(words)) if not isinstance(words, Mapping) else (
        (word, value, f"entry {word!r}") for word, value in words.items()
    )  # fmt: skip
    for row, (word, value, where) in enumerate(rows, 1):
        if row > MOST_WORDS:
            raise ValueError(f"{where}: a list has at most {MOST_WORDS:,} words.")
        _add(entries, word, value, where)
    if not entries:
        where = "The list" if isinstance(words, Mapping) else Path(words).name
        raise ValueError(f"{where} has no words. Give {_ACCEPTED}.")
    score = _Score(name, entries)
    return Metric(score, label or name.replace("_", " "), "value per word", higher_means, reference=reference)


def explain_lexicon(text: str | Reading, metric: Metric) -> pd.DataFrame:
    """List each use of a lexicon metric's words in a text.

    Parameters
    ----------
    text : str or Reading
        A text.
    metric : Metric
        From `lexicon_metric`.

    Returns
    -------
    DataFrame
        One row per use, in order: `sentence` (from 0), `text` (as written), `entry` (on the list), `value`, `start`
        and `end` (in ``read(text).text``). The values add up to the metric's value times the number of words.

    Raises
    ------
    ValueError
        If the metric is not from `lexicon_metric`.

    Examples
    --------
    >>> hedges = lexicon_metric({"maybe": 1, "seem*": 1}, "hedges")
    >>> explain_lexicon("Maybe it seems so.", hedges)[["text", "entry", "start"]].values.tolist()
    [['Maybe', 'maybe', 0], ['seems', 'seem*', 9]]
    """
    score = getattr(metric, "function", None)
    if not isinstance(score, _Score):
        raise ValueError(f"{getattr(metric, 'name', metric)!r} is not a metric from lexicon_metric(...).")
    reading = text if isinstance(text, Reading) else read(text)
    rows = pd.DataFrame(list(score.hits(reading)), columns=list(Hit._fields))
    return rows[["sentence", "text", "entry", "value", "start", "end"]]


class _Score:
    """The function of a lexicon metric, with entries that are whole words and entries that are prefixes."""

    def __init__(self, name: str, entries: dict[str, float]) -> None:
        self.__name__ = self.__qualname__ = name
        self.__doc__ = f"Sum of the values of a list of {len(entries):,} words, per word of the text."
        self.words = {word: value for word, value in entries.items() if not word.endswith("*")}
        self.beginnings = {word[:-1]: value for word, value in entries.items() if word.endswith("*")}
        self._lengths = sorted({len(each) for each in self.beginnings}, reverse=True)

    def __call__(self, text: str | Reading) -> float:
        reading = text if isinstance(text, Reading) else read(text)
        total = math.fsum(hit.value for hit in self.hits(reading))
        return total / reading.words if reading.words else math.nan

    def find(self, word: str) -> tuple[str, float] | None:
        """Return the entry that a lower-case word matches: the whole word, else the longest prefix."""
        if word in self.words:
            return word, self.words[word]
        found = next((word[:n] for n in self._lengths if word[:n] in self.beginnings), None)
        return None if found is None else (f"{found}*", self.beginnings[found])

    def hits(self, reading: Reading) -> Iterator[Hit]:
        for number, (start, end) in enumerate(reading.sentences_at):
            for token in _TOKEN.finditer(reading.content, start, end):
                whole = self.find(_key(token[0]))
                for part in [token] if whole else _PART.finditer(reading.content, *token.span()):
                    if found := whole or self.find(_key(part[0])):
                        yield Hit(part.start(), part.end(), part[0], *found, number)


def _key(word: str) -> str:
    return word.replace("’", "'").casefold()


def _of_file(path: Path) -> Iterator[tuple[object, object, str]]:
    """Yield each word, its value, and its place in the file."""
    if not os.path.isfile(path):  # noqa: PTH113 - the folder may be unreadable
        raise FileNotFoundError(f"There is no file {str(path)!r}. Give {_ACCEPTED}.")
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError(f"{path.name} is too large: a list has at most {MOST_WORDS:,} words.")
    with reading(path), path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        try:
            header = [name.strip().lower() for name in rows.fieldnames or []]
            if header.count("word") != 1 or header.count("value") != 1:
                found = ",".join(rows.fieldnames or [])[:80]
                raise ValueError(
                    f"The first line of {path.name} must name the columns word and value, with a comma between them; "
                    f"it is {found!r}. {_SAVE_AS}"
                )
            rows.fieldnames = header
            yield from ((row["word"], row["value"], f"{path.name}, line {rows.line_num}") for row in rows)
        except UnicodeDecodeError as error:
            byte = error.object[error.start]
            raise ValueError(f"{path.name} is not text in UTF-8 (byte {byte:#x}). {_SAVE_AS}") from error
        except csv.Error as error:
            raise ValueError(f"{path.name}, line {rows.line_num}: not CSV ({error}). {_SAVE_AS}") from error


def _add(entries: dict[str, float], word: object, value: object, where: str) -> None:
    """Add an entry; ValueError with place and reason if it is invalid."""
    name = _key(word.strip()) if isinstance(word, str) else ""
    if not _TOKEN.fullmatch(name.removesuffix("*")):
        raise ValueError(
            f"{where}: {str(word)[:60]!r} is not a single word, with or without a * at its end. Change or drop it."
        )
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number) or isinstance(value, bool):
        raise ValueError(
            f"{where}: the value of {name!r} must be a finite number such as -1.5, not {str(value or '')[:60]!r}."
        )
    if entries.get(name, number) != number:
        raise ValueError(f"{where}: {name!r} has two values, {entries[name]:g} and {number:g}. Keep one of them.")
    entries[name] = number
