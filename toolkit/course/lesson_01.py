"""Exercises for notebook 01: the blocks of a page, its sentences, and what a simple counter makes of them."""

import re

import pandas as pd

from .. import exclamation_share, measure, question_share, read, split_blocks
from .exercises import Exercise, Finding, Number, Table

RAIN = "# Rain\n\nWhat to pack:\n- boots\n- a coat\n- patience\n\nThat is all."


def article_blocks(texts: pd.DataFrame) -> pd.DataFrame:
    """Return the blocks of the article."""
    return split_blocks(texts[texts["kind"] == "article"])


def _marks(texts: pd.DataFrame) -> float:
    """Return the common wrong answer, which counts every exclamation mark on the page."""
    return str(texts["text"].iloc[0]).count("!") / read(texts["text"].iloc[0]).sentences


def _misleads_the_simple_rule(answer: str) -> str:
    simple, careful = len(re.split(r"(?<=[.!?])\s+", answer.strip())), int(read(answer).sentences)
    if careful == 0:
        return "It contains no words."
    if careful > 1:
        return "This toolkit sees more than one sentence, too. Where can a full stop come in mid-sentence?"
    return "" if simple > 1 else "The simple rule leaves it whole. It needs a full stop followed by a space."


EXERCISES: tuple[Exercise, ...] = (
    Table(
        id="01-a",
        reference=lambda: split_blocks([RAIN])["block"].value_counts(),
        hints={
            "Does the title count as a paragraph too?": {"title": 1, "paragraph": 3, "list_item": 3},
            "Is the list one block, or is each item one?": {"title": 1, "paragraph": 2, "list_item": 1},
        },
        why="Every line with its own job is a block, however short.",
        again="Go line by line: which mark does it start with?",
    ),
    Number(
        id="01-b",
        reference=lambda: read(RAIN).sentences,
        hints={
            "That counts every line. Do the items end in full stops?": lambda: read(RAIN, join_lines=False).sentences,
            "That is the number of blocks.": lambda: len(split_blocks([RAIN])),
            "That counts full stops. A lead-in with its list is a sentence too.": 1,
        },
        why="The lead-in and its items make one sentence, because no item ends in a full stop.",
        again="Where does a thought end? Use the convention above: a list is joined to its lead-in.",
    ),
    Table(
        id="01-c",
        reference=lambda texts: measure(article_blocks(texts), ["words"]).groupby("block")["words"].sum(),
        hints={
            "Those are the numbers of blocks. How many words do they contain?": lambda texts: article_blocks(texts)[
                "block"
            ].value_counts()
        },
        why="All those small blocks hold fewer words than their number suggests.",
        again='Group measure(blocks) by "block", select words, and add up with sum().',
    ),
    Number(
        id="01-d",
        reference=lambda texts: exclamation_share(texts["text"].iloc[0]),
        tolerance=0.0021,
        hints={
            "That counts every mark, including those in the appeal and in the hidden marks of our copy.": _marks,
            "That is the share of questions.": lambda texts: question_share(texts["text"].iloc[0]),
        },
        why="The share covers running text only: an exclamation mark in an appeal would not count.",
        again="Call exclamation_share with the article, and keep three decimals.",
    ),
    Finding(
        id="01-e",
        accepts=_misleads_the_simple_rule,
        why="A full stop has two jobs, and a rule that knows only one of them miscounts.",
        again="Where can a full stop come in mid-sentence?",
    ),
)
