"""The peers: other tools on the same comments, where they are installed."""

# ruff: noqa: T201 - a command: it prints

import importlib
import importlib.util
import math
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.timing import print_title, seconds_of, words_in

NAMES = ("spacy", "textdescriptives", "textacy", "nltk")
PEER_TEXTS = 500


def print_peers(texts: Sequence[str]) -> None:
    """Time other tools on the same comments: each does what it does, so the columns differ."""
    from toolkit import measure, vader

    piece = texts[:PEER_TEXTS]
    print_title(f"Peers: the first {len(piece)} comments, each tool's own columns")
    print(f"{'':58}{'columns':>8}{'us/word':>9}{'texts/s':>9}")
    _print_peer("toolkit: measure", lambda: lambda: measure(piece).drop(columns="text"), piece)
    _print_peer("toolkit: vader", lambda: lambda: [vader(text) for text in piece], piece)
    for name, prepare in _PEERS.items():
        try:
            _print_peer(name, lambda prepare=prepare: prepare(piece), piece)  # type: ignore[misc]
        except ImportError as problem:
            print(f"{name:58}skipped: {problem.name or 'a module'} is not installed")


def _print_peer(name: str, prepare: Callable[[], Callable[[], object]], piece: Sequence[str]) -> None:
    work = prepare()
    result: Any = work()
    fastest = min(seconds_of(work) for _ in range(3))
    columns = result.shape[1] if hasattr(result, "shape") else len(result[0])
    cost = 1e6 * fastest / max(words_in(piece), 1)
    print(f"{name:58}{columns:8}{cost:9.2f}{len(piece) / fastest:9,.0f}", flush=True)


def _text_descriptives(piece: Sequence[str]) -> Callable[[], object]:
    """Lengths and readability over a blank English pipeline with a sentence splitter by rule: no model."""
    descriptives, spacy = importlib.import_module("textdescriptives"), importlib.import_module("spacy")
    pipeline = spacy.blank("en")
    for name in ("sentencizer", "textdescriptives/descriptive_stats", "textdescriptives/readability"):
        pipeline.add_pipe(name)
    return lambda: descriptives.extract_df(list(pipeline.pipe(piece)), include_text=False)


_TEXTACY = (
    "automated_readability_index", "coleman_liau_index", "flesch_kincaid_grade_level", "flesch_reading_ease",
    "gunning_fog_index", "lix", "smog_index",
)  # fmt: skip


def _textacy(piece: Sequence[str]) -> Callable[[], object]:
    """Seven readability formulas over the same blank pipeline."""
    readability = importlib.import_module("textacy.text_stats.readability")
    pipeline = importlib.import_module("spacy").blank("en")
    pipeline.add_pipe("sentencizer")
    formulas = [getattr(readability, name) for name in _TEXTACY]
    return lambda: [[_or_nan(formula, doc) for formula in formulas] for doc in pipeline.pipe(piece)]


def _or_nan(formula: Callable[[Any], float], document: Any) -> float:
    """The value, or NaN for a text in which the formula divides by nothing."""
    try:
        return formula(document)
    except ZeroDivisionError:
        return math.nan


def _nltk_vader(piece: Sequence[str]) -> Callable[[], object]:
    """NLTK's copy of VADER, with the word list that vaderSentiment brings (NLTK would download its own)."""
    data: Any = importlib.import_module("nltk.data")
    vader = importlib.import_module("nltk.sentiment.vader")
    source = importlib.util.find_spec("vaderSentiment")
    data.path += source.submodule_search_locations or [] if source else []
    try:
        analyser = vader.SentimentIntensityAnalyzer("vader_lexicon.txt")
    except (LookupError, OSError, ValueError) as problem:
        raise ImportError("NLTK does not read the word list", name="a word list that NLTK reads") from problem
    return lambda: [analyser.polarity_scores(text) for text in piece]


_PEERS: dict[str, Callable[[Sequence[str]], Callable[[], object]]] = {
    "TextDescriptives: lengths and readability, blank pipeline": _text_descriptives,
    "textacy: readability, blank pipeline": _textacy,
    "NLTK VADER": _nltk_vader,
}
