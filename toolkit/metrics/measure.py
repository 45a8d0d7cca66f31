"""METRICS, the list of all metrics, and measure(units): the same rows with a column per metric."""

from __future__ import annotations

import contextlib
import difflib
import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeGuard

import numpy as np
import pandas as pd

from .._tables import as_given, as_table, check_flags, checked_workers, is_a, suggestion, texts_of
from ..lexicons.tokens import Numbered
from ..text.blocks import KINDS
from ..text.counts import Counts
from ..text.document import Batch
from . import emoji as emoji_use
from . import readability, structure
from . import sentiment as tone
from .formula import Needs, lacking

_CHUNK_TEXTS, _CHUNK_CHARACTERS = 10_000, 4_000_000  # per reading: small enough for memory, large enough to be fast
_FAMILIES = {
    readability.__name__: "readability",
    tone.__name__: "sentiment",
    emoji_use.__name__: "emoji use",
    structure.__name__: "structure",
}


@dataclass(frozen=True)
class Metric:
    """A metric: a function ``str -> float`` with the label, unit and direction that people need to read its value.

    Axis labels, menus, the glossary and the tests of all metrics are made from these fields.
    """

    function: Callable[[str], float]
    label: str
    unit: str
    higher_means: str
    min_words: int = 0
    reference: str = ""

    @property
    def name(self) -> str:
        """The function's name: the metric's column."""
        return self.function.__name__

    @property
    def family(self) -> str:
        """readability, sentiment, emoji use or structure; `own` for a function of your own."""
        return _FAMILIES.get(self.function.__module__, "own")

    @property
    def needs(self) -> Needs:
        """The requirements that a text must meet to have a value."""
        return getattr(self.function, "needs", Needs(words=self.min_words))

    def values(self, counts: Counts, texts: Sequence[str]) -> np.ndarray:
        """Compute one value per text; NaN if the text does not meet the requirements."""
        if hasattr(self.function, "values"):
            column: np.ndarray = self.function.values(counts)
            return column
        missing = lacking(counts, self.needs)
        return np.array(
            [np.nan if gone else float(self.function(text)) for text, gone in zip(texts, missing, strict=True)], float
        )


def _row(function: Callable[[str], float], label: str, unit: str, higher_means: str, reference: str) -> Metric:
    return Metric(function, label, unit, higher_means, function.needs.words, reference)  # type: ignore[attr-defined]


_VADER = "Hutto & Gilbert 2014, doi:10.1609/icwsm.v8i1.14550"
_OWN = "counted by rule"


class _All(tuple[Metric, ...]):
    """All metrics: a tuple shown by name in signatures."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "METRICS"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.pretty(tuple(self))  # notebooks list them


METRICS: tuple[Metric, ...] = _All((
    _row(readability.flesch_reading_ease, "Flesch reading ease", "points, about 0 to 100", "easier to read", "Flesch 1948, doi:10.1037/h0057532"),
    _row(readability.flesch_kincaid_grade, "Flesch-Kincaid grade", "US school grade", "harder to read", "Kincaid et al. 1975, doi:10.21236/ADA006655"),
    _row(readability.gunning_fog, "Gunning fog index", "US school grade", "harder to read", "Gunning 1952"),
    _row(readability.smog_index, "SMOG grade", "US school grade", "harder to read", "McLaughlin 1969"),
    _row(readability.automated_readability_index, "Automated readability index", "US school grade", "harder to read", "Smith & Senter 1967"),
    _row(readability.coleman_liau_index, "Coleman-Liau index", "US school grade", "harder to read", "Coleman & Liau 1975, doi:10.1037/h0076540"),
    _row(readability.dale_chall, "Dale-Chall score", "points; 9 is college level", "harder to read", "Dale & Chall 1948; word list Chall & Dale 1995"),
    _row(readability.linsear_write, "Linsear Write", "US school grade", "harder to read", "O'Hayre 1966"),
    _row(readability.lix, "LIX", "points; 50 is official text", "harder to read", "Björnsson 1968"),
    _row(readability.rix, "RIX", "long words per sentence", "harder to read", "Anderson 1983"),
    _row(readability.reading_minutes, "Reading time", "minutes", "longer", "Brysbaert 2019, doi:10.1016/j.jml.2019.104047"),
    _row(tone.sentiment, "Tone (mean sentence score)", "VADER compound, −1 to 1", "more positive", _VADER),
    _row(tone.sentiment_spread, "Tone spread", "standard deviation of sentence scores", "more mixed", _VADER),
    _row(tone.positive_share, "Positive sentences", "share of sentences, 0 to 1", "more positive sentences", _VADER),
    _row(tone.negative_share, "Negative sentences", "share of sentences, 0 to 1", "more negative sentences", _VADER),
    _row(tone.sentiment_without_emoji, "Tone without emoji", "VADER compound, −1 to 1", "more positive", _VADER),
    _row(emoji_use.emoji_density, "Emoji density", "per 100 words and emoji", "more emoji", _OWN),
    _row(emoji_use.emoji_variety, "Emoji variety", "share of emoji, 0 to 1", "more different emoji", _OWN),
    _row(emoji_use.marker_emoji_share, "Marker emoji", "share of emoji, 0 to 1", "more emoji as section marks", _OWN),
    _row(structure.words, "Words", "words", "longer", _OWN),
    _row(structure.sentences, "Sentences", "sentences", "longer", _OWN),
    _row(structure.words_per_sentence, "Sentence length", "words per sentence", "longer sentences", _OWN),
    _row(structure.one_line_paragraph_share, "One-sentence paragraphs", "share of paragraphs, 0 to 1", "more one-sentence paragraphs", _OWN),
    _row(structure.heading_share, "Headings", "share of blocks, 0 to 1", "more headings", _OWN),
    _row(structure.list_share, "List items", "share of blocks, 0 to 1", "more list items", _OWN),
    _row(structure.question_share, "Questions", "share of sentences, 0 to 1", "more questions", _OWN),
    _row(structure.exclamation_share, "Exclamations", "share of sentences, 0 to 1", "more exclamations", _OWN),
    _row(structure.capitals_share, "Words in capitals", "share of words, 0 to 1", "more capitals", _OWN),
    _row(structure.quoted_share, "Words in quotation marks", "share of words, 0 to 1", "more quoting", _OWN),
    _row(structure.attributed_share, "Reported speech", "share of words, 0 to 1", "more reported speech", _OWN),
    _row(structure.promo_share, "Solicitation", "share of words, 0 to 1", "more asking for money", _OWN),
    _row(structure.links, "Links", "addresses", "more links", _OWN),
    _row(structure.lexical_variety, "Lexical variety (MATTR 50)", "share of words, 0 to 1", "more varied words", "Covington & McFall 2010, doi:10.1080/09296171003643098"),
))  # fmt: skip


def measure(
    units: pd.DataFrame | pd.Series | Sequence[str | None],
    metrics: Sequence[Metric | str] = METRICS,
    *,
    progress: bool = False,
    workers: int | None = None,
) -> pd.DataFrame:
    """Measure every unit of a table: one row per unit, one column per metric.

    Parameters
    ----------
    units : DataFrame
        Any table with a column `text`: texts, or units from `split_blocks`, `split_sentences`, `split_passages` (if
        there is a column `block`, rows are treated as units and read as running text).  Also a list of
        strings, or a Dask DataFrame, for which the result is lazy and has the same partitions.
    metrics : sequence of Metric
        Metrics, or their names; ``[*METRICS, Metric(my_function, ...)]`` adds one of your own.
    progress : bool
        Show a progress bar.
    workers : int, optional
        Number of processes; the results are the same.  Worthwhile from about fifty thousand texts.

    Returns
    -------
    DataFrame
        The same rows and index, with a column of floats per metric.  NaN where a number would mislead:
        `why_missing` gives the reason.  `units` is not changed.

    Raises
    ------
    TypeError, ValueError
        If there is no column `text`, a text is neither a str nor missing or has more than ten million characters, a
        metric is not known, two metrics have the same name, or an option is out of range.

    Examples
    --------
    >>> from toolkit import METRICS, measure
    >>> measure(["This is bad. This is good!"])[["sentences", "sentiment"]].round(2).values.tolist()
    [[2.0, -0.02]]
    """
    metrics, workers = chosen(metrics), checked_workers(workers)
    check_flags(progress=progress)
    if is_lazy(units):
        work = functools.partial(measure, metrics=tuple(metrics))
        return units.map_partitions(work, meta=work(units._meta))
    table = as_table(units)
    chunks = _measured_chunks(metrics, [*chunks_of(table)], progress, workers)
    columns = np.concatenate([np.zeros((len(metrics), 0)), *chunks], axis=1)
    scores = pd.DataFrame(columns.T, index=table.index, columns=[metric.name for metric in metrics])
    measured = pd.concat([table.drop(columns=[name for name in scores if name in table.columns]), scores], axis=1)
    measured.attrs = table.attrs  # these describe the article that was read
    return measured


def chosen(metrics: Sequence[Metric | str]) -> list[Metric]:
    """Look up metrics by name, each once; an unknown name raises an error that suggests similar ones."""
    if isinstance(metrics, str):
        raise TypeError(f"metrics must be a list; put the name in brackets: metrics=[{metrics!r}].")
    asked: Any = [*metrics] if is_a(metrics, Iterable) else [None]
    if not all(is_a(metric, str, Metric) for metric in asked):
        accepted = "a list of names, such as ['sentiment'], of METRICS, or of lexicon_metric(your_words, 'name')"
        raise TypeError(f"metrics must be {accepted}, not {as_given(metrics)}.")
    named = {metric.name: metric for metric in METRICS}
    wrong = [metric for metric in asked if isinstance(metric, str) and metric not in named]
    if wrong:
        labelled = [name for name, metric in named.items() if wrong[0].lower() in metric.label.lower()]
        near = labelled[:3] or difflib.get_close_matches(wrong[0], named, cutoff=0.4)
        raise ValueError(f"{wrong[0]!r} is not a metric. {suggestion(wrong[0], named, near)}")
    found: dict[str, Metric] = {}
    for metric in [named[metric] if isinstance(metric, str) else metric for metric in asked]:
        if found.setdefault(metric.name, metric) != metric:
            raise ValueError(f"Two metrics are called {metric.name!r}. Give each function a name of its own.")
    return [*found.values()]


def column_of(metric: str | Metric) -> tuple[str, Metric | None]:
    """Return the name of a metric's column, and the metric itself if it is known; TypeError for anything else."""
    if not is_a(metric, str, Metric):
        raise TypeError(f"metric must be the name of a column, such as 'sentiment', not {as_given(metric)}.")
    if isinstance(metric, str):
        return metric, next((each for each in METRICS if each.name == metric), None)
    return metric.name, metric


def is_lazy(table: object) -> TypeGuard[Any]:
    """Return whether a table is a Dask DataFrame, found out without importing Dask."""
    dask = sys.modules.get("dask.dataframe")
    return dask is not None and isinstance(table, dask.DataFrame)


def glossary(metrics: Sequence[Metric | str] = METRICS) -> pd.DataFrame:
    """Describe every metric in a glossary.

    Returns
    -------
    DataFrame
        One row per metric: name, label, family, unit, higher_means (what a higher value means), min_words (fewest words),
        definition, reference.

    Raises
    ------
    TypeError, ValueError
        If `metrics` is not a list, or one of its names is not a metric.
    """
    rows = [
        (m.name, m.label, m.family, m.unit, m.higher_means, m.min_words, _definition(m), m.reference)
        for m in chosen(metrics)
    ]
    columns = ["name", "label", "family", "unit", "higher_means", "min_words", "definition", "reference"]
    return pd.DataFrame(rows, columns=columns)


def _definition(metric: Metric) -> str:
    """Return the first line of a metric's docstring without its verb."""
    line = re.sub("^(Compute|Count|Estimate) ", "", (metric.function.__doc__ or "").strip().partition("\n")[0])
    return f"{line[:1].upper()}{line[1:]}"


class _Units(NamedTuple):
    """Rows of a table: their texts, and features of the whole text that each comes from.

    The kind of a whole text is an empty string.
    """

    texts: list[str | None]
    kinds: list[str]  # kind of block
    whole_text: np.ndarray  # number of the whole text
    spoken: np.ndarray  # as in `Batch`

    def between(self, start: int, end: int) -> _Units:
        return _Units(*(column[start:end] for column in self))  # type: ignore[arg-type]


def _units_of(table: pd.DataFrame) -> _Units:
    texts = texts_of(table)
    spoken = np.full((len(texts), 3), np.nan)
    if "block" not in table.columns:
        return _Units(texts, [""] * len(texts), np.arange(len(texts)), spoken)
    kinds = [kind if isinstance(kind, str) and kind in KINDS else "paragraph" for kind in table["block"].tolist()]
    if "voice" in table.columns:
        spoken[:, 2] = table["voice"].isin(["attributed"])
    for column, name in enumerate(("quoted_words", "attributed_words")):
        if name in table.columns:
            spoken[:, column] = pd.to_numeric(table[name], errors="coerce")
    names = [*map(str, table["text_id"].tolist())] if "text_id" in table.columns else []
    if not names and "unit_id" in table.columns:  # it begins with the text's id
        names = [str(name).rpartition("#")[0] for name in table["unit_id"].tolist()]
    numbers = Numbered().numbers(names) if names else np.arange(len(table))
    return _Units(texts, kinds, numbers, spoken)


def chunks_of(table: pd.DataFrame) -> Iterator[_Units]:
    """Yield units in chunks that bound memory; consecutive units of one text stay together."""
    units = _units_of(table)
    start = size = 0
    for end, text in enumerate(units.texts):
        full = end - start >= _CHUNK_TEXTS or size >= _CHUNK_CHARACTERS
        if end > start and full and units.whole_text[end] != units.whole_text[end - 1]:
            yield units.between(start, end)
            start, size = end, 0
        size += len(text or "")
    if start < len(units.texts):
        yield units.between(start, len(units.texts))


def batch_of(units: _Units) -> Batch:
    """Return a chunk of units as a batch."""
    return Batch([text or "" for text in units.texts], *units[1:])


def _measured_chunk(metrics: Sequence[Metric], units: _Units) -> np.ndarray:
    columns = np.empty((len(metrics), len(units.texts)))
    for rows, half in batch_of(units).halves():
        counts = Counts(half)
        for column, metric in zip(columns, metrics, strict=True):
            column[rows] = metric.values(counts, half.originals)
    return columns


def _measured_chunks(
    metrics: Sequence[Metric], chunks: Sequence[_Units], progress: bool, workers: int
) -> Iterator[np.ndarray]:
    """Measure chunks, optionally with a progress bar that counts texts."""
    measured = functools.partial(_measured_chunk, metrics)
    with contextlib.ExitStack() as stack:
        results: Iterator[np.ndarray] = map(measured, chunks)
        if workers > 1 and len(chunks) > 1:
            from .._processes import process_pool  # rarely needed

            results = stack.enter_context(process_pool(min(workers, len(chunks)))).map(measured, chunks)
        if not progress:
            yield from results
            return
        from tqdm import tqdm

        with tqdm(total=sum(len(chunk.texts) for chunk in chunks), unit=" texts") as bar:
            for result in results:
                yield result
                bar.update(result.shape[1])
