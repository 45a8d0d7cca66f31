"""Exercises for notebook 00: how many people a number comes from, and what a score mistakes for nasty."""

import pandas as pd

from .. import compare, measure, sentiment, split_sentences
from .exercises import Exercise, Finding, Number


def _comments(texts: pd.DataFrame) -> pd.DataFrame:
    measured = measure(split_sentences(texts))
    return measured[measured.kind == "comment"]


def _compared(texts: pd.DataFrame, metric: str, column: str = "share_higher") -> float:
    comparison = compare(measure(split_sentences(texts)))
    return float(comparison.set_index("metric")[column][metric])


def _scores_as_nasty(answer: str) -> str:
    score = sentiment(answer)
    if score < -0.3:
        return ""
    if score == 0:
        found = "None of its words is on the list."
    else:
        found = f"It scores {'just below zero' if score < 0 else 'above zero'}."
    return f"{found} Which rough words do friends use in fun?"


EXERCISES: tuple[Exercise, ...] = (
    Number(
        id="00-b",
        reference=lambda texts: _comments(texts).dropna(subset="sentiment").text_id.nunique(),
        hints={
            "That is the number of sentences. All sentences in one comment are one voice.": lambda texts: len(
                _comments(texts)
            ),
            "That counts every comment. Do they all have a tone?": lambda texts: (texts.kind == "comment").sum(),
            "That counts every row of the table, including the article.": len,
        },
        why="That is how many comments the number comes from, and no more.",
        again="Look at the column comment_texts, in the row for tone.",
    ),
    Number(
        id="00-c",
        reference=lambda texts: _compared(texts, "capitals_share"),
        hints={
            "That is the row for tone.": lambda texts: _compared(texts, "sentiment"),
            "That is the row for sentence length.": lambda texts: _compared(texts, "words_per_sentence"),
            "That is the row for questions.": lambda texts: _compared(texts, "question_share"),
            "That is the mean over the comments.": lambda texts: _compared(texts, "capitals_share", "comment_mean"),
        },
        why="In that share of all pairs, the comment has more words in capitals; a tie counts half.",
        again='Add "capitals_share" to the list inside isin, and read the column share_higher.',
    ),
    Finding(
        id="00-d",
        accepts=_scores_as_nasty,
        why="Words have ratings; sentences have meanings.",
        again="Which rough words do friends use in fun?",
    ),
)
