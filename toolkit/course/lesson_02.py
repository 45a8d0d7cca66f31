"""The exercises of notebook 02: working out a grade, moving it, and saying how far it can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..corpora.load import load_corpus
from ..metrics.explanations import explain_readability
from ..metrics.measure import measure
from ..metrics.readability import flesch_kincaid_grade
from ..text.reading import read
from ..text.units import split_passages
from .exercises import Exercise, Number, Reason, Table

if TYPE_CHECKING:
    import pandas as pd

CAT = "The cat sat on the mat. " * 20
PLAIN = "The council must decide what to pay for:\n- a new library\n- a safer crossing\n- repairs to the pool"


def _fall_of_the_list(texts: pd.DataFrame) -> float:
    joined, by_line = read(PLAIN), read(PLAIN, join_lines=False)
    return float(0.39 * joined.words / joined.sentences - 0.39 * by_line.words / by_line.sentences)


def _without_the_heaviest(texts: pd.DataFrame) -> float:
    why = explain_readability(texts["text"].iloc[0])
    return float(why.loc[why["part"] == "sentence", "value"].iloc[0])


def _without_the_heaviest_word(texts: pd.DataFrame) -> float:
    why = explain_readability(texts["text"].iloc[0])
    return float(why.loc[why["part"] == "word", "value"].iloc[0])


def _passages(texts: pd.DataFrame) -> pd.DataFrame:
    """The passages of the thread and of the report beside it, with their grade."""
    import pandas as pd

    of_the_library = texts["thread_id"].iloc[0] == "library-hours"
    report = load_corpus("library-notice" if of_the_library else "nato-wire-report")
    pages = pd.concat([texts[["kind", "text"]], report[["text"]].assign(kind="report")])
    return measure(split_passages(pages), ["flesch_kincaid_grade"])


EXERCISES: tuple[Exercise, ...] = (
    Number(
        id="02-a",
        reference=lambda texts: flesch_kincaid_grade(CAT),
        tolerance=0.051,
        slips=(
            (lambda texts: flesch_kincaid_grade(CAT) + 15.59, "You are nearly there: what is taken away at the end?"),
            (lambda texts: 0.39 * 120 + 11.8 - 15.59, "Take the words of one sentence, and not of all of them."),
            (lambda texts: 0.39 * 6 + 11.8 * 6 - 15.59, "Take the syllables of one word, and not of a sentence."),
        ),
        why="A grade below kindergarten: the formula is arithmetic and knows no lowest school year.",
        again="Put six and one into the formula, and take away at the end.",
        wrong=6.0,
        needs_corpus=False,
    ),
    Number(
        id="02-b",
        reference=lambda texts: (12 + 15.59 - 11.8 * 1.5) / 0.39,
        tolerance=0.513,
        slips=((lambda texts: 12.0, "That is the grade. How many words does it need?"),),
        why="Nobody wrote a harder word: longer sentences alone have made it a text for the last year of school.",
        again="Work out the grade for your number with the formula: is it too high or too low?",
        wrong=10,
        needs_corpus=False,
    ),
    Number(
        id="02-c",
        reference=_fall_of_the_list,
        tolerance=0.051,
        slips=(
            (
                lambda texts: read(PLAIN, join_lines=False).sentences - read(PLAIN).sentences,
                "That is the gain in sentences.",
            ),
            (
                lambda texts: _fall_of_the_list(texts) / 0.39,
                "That is the fall in words a sentence. How much is a word worth?",
            ),
        ),
        why="So many years lie between two ways of counting, and no reader would notice.",
        again="Work out the grade twice and subtract. Only the words a sentence change.",
        wrong=1.0,
        needs_corpus=False,
    ),
    Number(
        id="02-d",
        reference=_without_the_heaviest,
        tolerance=0.051,
        slips=(
            (lambda texts: flesch_kincaid_grade(texts["text"].iloc[0]), "That is the grade with the sentence."),
            (_without_the_heaviest_word, "That is the grade without the weightiest word. Look at the sentences."),
            (
                lambda texts: flesch_kincaid_grade(texts["text"].iloc[0]) - _without_the_heaviest(texts),
                "That is by how much it falls. What is left?",
            ),
        ),
        why="One sentence moves the grade of a whole article: with so few sentences an average is not firm.",
        again='Keep the rows of explain_readability(article) whose part is "sentence"; the column is value.',
        wrong=25.0,
    ),
    Table(
        id="02-e",
        reference=lambda texts: _passages(texts).groupby("kind")["flesch_kincaid_grade"].count(),
        tolerance=0,
        slips=(
            (
                lambda texts: _passages(texts).groupby("kind")["flesch_kincaid_grade"].size(),
                "That counts every passage. How many have a grade? count() leaves out what is missing.",
            ),
        ),
        why="So many points carry each side of the picture; a comparison is as firm as the smaller side.",
        again='Group passages by "kind", take the column, and use count().',
        wrong={"article": 1, "comment": 1, "report": 1},
    ),
    Reason(
        id="02-f",
        checklist=(
            "It gives a range, and not one figure.",
            "It says what the range comes from: which formulas, or which way of counting.",
            "It does not say that somebody of that age will understand the text.",
        ),
        why="If your text had too few words: the honest sentence is that it has no grade, and why.",
        again="From which grade to which, and why?",
        wrong="grade nine",
        needs_corpus=False,
    ),
)
