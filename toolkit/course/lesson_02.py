"""Exercises for notebook 02: working out a grade, moving it, and saying how far to trust it."""

import pandas as pd

from .. import explain_readability, flesch_kincaid_grade, load_corpus, measure, read, split_passages
from .exercises import Exercise, Number, Table

CAT = "The cat sat on the mat. " * 20
PLAIN = "The council must decide what to pay for:\n- a new library\n- a safer crossing\n- repairs to the pool"


def _fall_for_the_list() -> float:
    joined, by_line = read(PLAIN), read(PLAIN, join_lines=False)
    return float(0.39 * joined.words / joined.sentences - 0.39 * by_line.words / by_line.sentences)


def _without_the_heaviest(texts: pd.DataFrame, part: str = "sentence") -> float:
    why = explain_readability(texts["text"].iloc[0])
    return float(why.loc[why["part"] == part, "value"].iloc[0])


def _passages(texts: pd.DataFrame) -> pd.DataFrame:
    """Return the passages of the thread and of the report on the same event, with their grades."""
    is_library = texts["thread_id"].iloc[0] == "library-hours"
    report = load_corpus("library-notice" if is_library else "nato-wire-report")
    pages = pd.concat([texts[["kind", "text"]], report[["text"]].assign(kind="report")])
    return measure(split_passages(pages), ["flesch_kincaid_grade"])


EXERCISES: tuple[Exercise, ...] = (
    Number(
        id="02-a",
        reference=lambda: flesch_kincaid_grade(CAT),
        tolerance=0.051,
        hints={
            "Nearly there: what do you subtract at the end?": lambda: flesch_kincaid_grade(CAT) + 15.59,
            "Use the words of one sentence, not of all of them.": 0.39 * 120 + 11.8 - 15.59,
            "Use the syllables of one word, not of a sentence.": 0.39 * 6 + 11.8 * 6 - 15.59,
        },
        why="A grade below kindergarten: the formula is arithmetic, and does not know where school starts.",
        again="Put six and one into the formula, and remember to subtract at the end.",
    ),
    Number(
        id="02-b",
        reference=(12 + 15.59 - 11.8 * 1.5) / 0.39,
        tolerance=0.513,
        hints={"That is the grade. How many words does it need?": 12},
        why="Not one word is harder: longer sentences alone made it a text for the final year of school.",
        again="Put your number into the formula: is the grade too high or too low?",
    ),
    Number(
        id="02-c",
        reference=_fall_for_the_list,
        tolerance=0.051,
        hints={
            "That is how many sentences are gained.": lambda: (
                read(PLAIN, join_lines=False).sentences - read(PLAIN).sentences
            ),
            "That is the fall in words per sentence. How much is each of them worth?": lambda: (
                _fall_for_the_list() / 0.39
            ),
        },
        why="That many years separate two ways of counting, and no reader would notice.",
        again="Work out the grade twice and subtract. Only the words per sentence change.",
    ),
    Number(
        id="02-d",
        reference=_without_the_heaviest,
        tolerance=0.051,
        hints={
            "That is the grade with the sentence.": lambda texts: flesch_kincaid_grade(texts["text"].iloc[0]),
            "That is the grade without one word. Look at the sentences.": lambda texts: _without_the_heaviest(
                texts, "word"
            ),
            "That is how far it falls. What remains?": lambda texts: (
                flesch_kincaid_grade(texts["text"].iloc[0]) - _without_the_heaviest(texts)
            ),
        },
        why="One sentence moves the grade of a whole article: with so few sentences, the average is not stable.",
        again='Keep the rows of explain_readability(article) where part is "sentence", and read the column value.',
    ),
    Table(
        id="02-e",
        reference=lambda texts: _passages(texts).groupby("kind")["flesch_kincaid_grade"].count(),
        hints={
            "That counts every passage. How many have a grade? count() skips missing values.": lambda texts: (
                _passages(texts).groupby("kind")["flesch_kincaid_grade"].size()
            )
        },
        why="That is how many values each group has; a comparison is only as firm as its smaller group.",
        again='Group passages by "kind", select the column, and use count().',
    ),
)
