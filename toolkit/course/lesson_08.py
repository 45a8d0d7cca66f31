"""Exercises for notebook 08: two accounts of one event, and what each leaves out."""

import math
import re

import pandas as pd

from .. import load_corpus, sentiment, split_sentences, words, words_per_sentence
from ..lexicons.vader_rules import NEUTRAL
from .exercises import Exercise, Finding, Number, Table

REPORTS = {"nato-preemptive-strike": "nato-wire-report", "library-hours": "library-notice"}
NAMES = re.compile(r"(?<=[a-z,’'] )[A-Z][a-z]+(?: [A-Z][a-z]+)*|\b\d+\b")
FEWEST_WORDS = 6


def _article(texts: pd.DataFrame) -> pd.DataFrame:
    return texts[texts["kind"] == "article"].head(1)


def _report(texts: pd.DataFrame) -> pd.DataFrame:
    """Return the second account of the same event."""
    return load_corpus(REPORTS[str(texts["thread_id"].iloc[0])])


def _names(texts: pd.DataFrame) -> set[str]:
    return set(NAMES.findall(" ".join(split_sentences(texts)["text"])))


def _longer_by(texts: pd.DataFrame) -> float:
    article, report = (words_per_sentence(of(texts)["text"].iloc[0]) for of in (_article, _report))
    return report - article


def _calm(answer: str) -> str:
    """Return a hint, or nothing if the score takes the sentence for neutral; no machine can see whether it is false."""
    if words(answer) < FEWEST_WORDS:
        return f"Write a sentence of at least {FEWEST_WORDS} words."
    score = sentiment(answer)
    if abs(score) < NEUTRAL:
        return ""
    if math.isnan(score):
        return "It has no score: the list has English words only."
    heard = "a pleasant" if score > 0 else "an unpleasant"
    return f"The score found {heard} word. Which one? Say it more drily."


EXERCISES: tuple[Exercise, ...] = (
    Number(
        id="08-a",
        reference=_longer_by,
        tolerance=0.06,
        hints={"The size is right; subtract the article's mean from the report's.": lambda texts: -_longer_by(texts)},
        why="Long sentences are not a sign of care, nor short ones of haste: each kind of text has its conventions.",
        again="In the row words_per_sentence: the report's number minus the article's.",
    ),
    Table(
        id="08-b",
        reference=lambda texts: _names(_article(texts)) & _names(_report(texts)),
        hints={
            "Those are all of them. You need the ones that are in both.": lambda texts: (
                _names(_article(texts)) | _names(_report(texts))
            )
        },
        why="Few names have the same form in both. Which others fail to match because of a plural or a first name?",
        again="Put & between the two sets.",
    ),
    Finding(
        id="08-c",
        accepts=_calm,
        why="It is calm: a score can see that much. Only you know that it is false.",
        again="Avoid every word that praises or blames.",
    ),
)
