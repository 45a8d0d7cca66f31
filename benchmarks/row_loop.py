"""The loop that people write with the libraries themselves: text by text, function by function."""

import re
import sys
from collections.abc import Callable, Iterable

import emoji
import pandas as pd
import textstat
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

FORMULAS = (
    "flesch_reading_ease", "flesch_kincaid_grade", "gunning_fog", "smog_index", "automated_readability_index",
    "coleman_liau_index", "dale_chall_readability_score", "linsear_write_formula", "lix", "rix",
)  # fmt: skip
COUNTS = (
    "lexicon_count", "sentence_count", "syllable_count", "polysyllabcount", "difficult_words", "letter_count",
    "char_count",
)  # fmt: skip
TONE = ("neg", "neu", "pos", "compound")

_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_DICTIONARIES = ("get_cmudict", "get_pyphen", "get_lang_easy_words")
_analyser = SentimentIntensityAnalyzer()
_FUNCTIONS: dict[str, Callable[[str], float]] = {name: getattr(textstat, name) for name in (*FORMULAS, *COUNTS)}


def row(text: str) -> dict[str, float]:
    """All columns of one text."""
    return {**readability(text), **tone(text), "emoji_count": emoji.emoji_count(text), **marks(text), **lines(text)}


def readability(text: str) -> dict[str, float]:
    """Ten formulas and seven counts of textstat."""
    return {name: function(text) for name, function in _FUNCTIONS.items()}


def tone(text: str) -> dict[str, float]:
    """The four scores of VADER."""
    scores: dict[str, float] = _analyser.polarity_scores(text)
    return scores


def marks(text: str) -> dict[str, float]:
    """Words in capitals, questions, exclamations and links."""
    return {
        "capital_words": sum(word.isupper() and len(word) > 1 for word in text.split()),
        "questions": text.count("?"),
        "exclamations": text.count("!"),
        "links": len(_ADDRESS.findall(text)),
    }


def lines(text: str) -> dict[str, float]:
    """Lines, the longest of them, and characters in upper case."""
    pieces = text.splitlines()
    return {
        "lines": len(pieces),
        "longest_line": max(map(len, pieces), default=0),
        "upper_characters": sum(map(str.isupper, text)),
    }


def by_row(texts: Iterable[str]) -> pd.DataFrame:
    """Make the table: one row per text, one column per number."""
    return pd.DataFrame([row(text) for text in texts])


def forget_texts() -> None:
    """Empty textstat's caches of texts; the dictionaries stay loaded."""
    for name, module in list(sys.modules.items()):
        if name.startswith("textstat"):
            for function in vars(module).values():
                if hasattr(function, "cache_clear") and function.__name__ not in _DICTIONARIES:
                    function.cache_clear()
