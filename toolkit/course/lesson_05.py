"""Exercises for notebook 05: what a comparison of an article with its comments can support."""

from collections.abc import Sequence

import pandas as pd

from .. import compare, load_corpus, measure, split_sentences
from ..text.blocks import VOICES
from .exercises import Choice, Exercise, Number

SIXTY = "library-hours"
FIVE = ("sentiment", "negative_share", "words_per_sentence", "question_share", "exclamation_share")


def with_two_longest(texts: pd.DataFrame) -> pd.DataFrame:
    """Return the article and its two longest comments, with which the notebooks begin."""
    length = texts["text"].map(lambda text: len(text.split())).where(texts["kind"] == "comment")
    return texts[(texts["kind"] == "article") | texts.index.isin(length.nlargest(2).index)]


def _tone_share(texts: pd.DataFrame, voices: Sequence[str] = VOICES) -> float:
    measured = measure(split_sentences(texts, voices=voices), ["sentiment"])
    return float(compare(measured, metrics=["sentiment"])["share_higher"].iloc[0])


def _width(cluster: str) -> float:
    sixty = measure(split_sentences(load_corpus(SIXTY)), FIVE)
    compared = compare(sixty, metrics=FIVE, cluster=cluster)
    row = compared[compared["metric"] == "sentiment"]
    return float((row["share_higher_high"] - row["share_higher_low"]).iloc[0])


def _fewest_with_interval() -> int:
    library = load_corpus(SIXTY)
    sixty = measure(split_sentences(library), ["words_per_sentence"])
    order = library.loc[library["kind"] == "comment", "text_id"].tolist()
    for count in range(1, len(order) + 1):
        kept = sixty[(sixty["kind"] == "article") | sixty["text_id"].isin(order[:count])]
        if compare(kept, metrics=["words_per_sentence"])["share_higher_low"].notna().all():
            return count
    raise ValueError("No number of comments gives an interval. Check compare() on this corpus.")


EXERCISES: tuple[Exercise, ...] = (
    Choice(
        id="05-a",
        options=("article", "comment"),
        reference=lambda texts: (
            measure(split_sentences(with_two_longest(texts)), ["sentiment"]).nsmallest(1, "sentiment")["kind"].item()
        ),
        why="Now read it aloud. The lowest score is a reason to read again, not proof of harshness.",
        again='Sort: measured.nsmallest(1, "sentiment") shows the sentence, and the column `kind` where it comes from.',
    ),
    Number(
        id="05-b",
        reference=lambda texts: _tone_share(texts, ("author",)),
        hints={
            "That is the share for all voices. Leave out the reported sentences before you measure.": _tone_share,
            "That is the share for two comments. Use all of `texts`.": lambda texts: _tone_share(
                with_two_longest(texts), ("author",)
            ),
        },
        why="Compare it with the share for all voices: the difference is what the reported sentences did.",
        again='Split with voices=("author",), measure, compare, and read the row `sentiment`.',
    ),
    Number(
        id="05-c",
        reference=lambda: _width("author"),
        tolerance=0.0011,
        hints={'That is the width for whole comments. Resample people: cluster="author".': lambda: _width("text")},
        why="It hardly differs from the width for comments: a second comment by one person adds nearly as much as a "
        "stranger's. In a section dominated by a few people, it would not.",
        again="In the row `sentiment`, subtract share_higher_low from share_higher_high.",
    ),
    Number(
        id="05-d",
        reference=_fewest_with_interval,
        hints={
            "Nearly. One of the first comments has no sentence, so it does not count. Which one?": lambda: (
                _fewest_with_interval() - 1
            )
        },
        why="A comment made only of emoji has no sentence, so it does not count here.",
        again="Try the numbers from 5 upwards, one by one, until the words `no interval` disappear.",
    ),
)
