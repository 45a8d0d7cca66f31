"""Exercises for notebook 00: how many people a number comes from, and what a score mistakes for nasty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .exercises import Choice, Exercise, Finding, Number, Reason

if TYPE_CHECKING:
    import pandas as pd


def _comments(texts: pd.DataFrame) -> pd.DataFrame:
    """Return the measured sentences of the comments."""
    from .. import measure, split_sentences

    measured = measure(split_sentences(texts))
    return measured[measured.kind == "comment"]


def _with_tone(texts: pd.DataFrame) -> int:
    comments = _comments(texts)
    return int(comments[comments.sentiment.notna()].text_id.nunique())


def _compared(texts: pd.DataFrame, metric: str, column: str = "share_higher") -> float:
    from .. import compare, measure, split_sentences

    comparison = compare(measure(split_sentences(texts)))
    return float(comparison.set_index("metric")[column][metric])


def _scores_as_nasty(answer: str, texts: pd.DataFrame) -> str:
    from .. import sentiment

    score = sentiment(answer)
    if score < -0.3:
        return ""
    if score == 0:
        return "None of its words is on the list. Which rough words do friends use in fun?"
    side = "just below zero" if score < 0 else "above zero"
    return f"It scores {side}. Which rough words do friends use in fun?"


EXERCISES: tuple[Exercise, ...] = (
    Choice(
        id="00-a",
        options=("longer comments", "more comments"),
        sealed="03b04eb04272a2d76c487cc26684ecea",
        why="A verdict is about people, and each comment, however long, adds only one.",
        again="Does a longer comment add another person?",
        wrong="longer comments",
        needs_corpus=False,
    ),
    Number(
        id="00-b",
        reference=_with_tone,
        tolerance=0,
        slips=(
            (
                lambda texts: len(_comments(texts)),
                "That is the number of sentences. All sentences in one comment are one voice.",
            ),
            (lambda texts: (texts.kind == "comment").sum(), "That counts every comment. Do they all have a tone?"),
            (len, "That counts every row of the table, including the article."),
        ),
        why="That is how many comments the number comes from, and no more.",
        again="Look at the column comment_texts, in the row for tone.",
        wrong=37,
    ),
    Number(
        id="00-c",
        reference=lambda texts: _compared(texts, "capitals_share"),
        slips=(
            (lambda texts: _compared(texts, "sentiment"), "That is the row for tone."),
            (lambda texts: _compared(texts, "words_per_sentence"), "That is the row for sentence length."),
            (lambda texts: _compared(texts, "question_share"), "That is the row for questions."),
            (lambda texts: _compared(texts, "capitals_share", "comment_mean"), "That is the mean over the comments."),
        ),
        why="In that share of all pairs, the comment has more words in capitals; a tie counts half.",
        again='Add "capitals_share" to the list inside isin, and read the column share_higher.',
        wrong=0.9,
    ),
    Finding(
        id="00-d",
        accepts=_scores_as_nasty,
        why="Words have ratings; sentences have meanings.",
        again="Which rough words do friends use in fun?",
        wrong="What a lovely day, thank you.",
        needs_corpus=False,
    ),
    Reason(
        id="00-e",
        checklist=(
            "It says who is counted: people who wrote, not people who only read.",
            "It says how many people, or how many threads, the number comes from.",
            "It says what makes a score low, and that this is not the same as being furious.",
        ),
        why="Two out of three is good; a careful reporter would do all three.",
        again="Who is counted, how many of them are there, and what does a score see?",
        wrong="no",
        needs_corpus=False,
    ),
)
