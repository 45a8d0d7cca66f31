"""Exercises for notebook 06: what survives other analysis choices."""

import functools

import pandas as pd

from .. import load_corpus, robustness
from .exercises import Choice, Exercise, Number
from .lesson_05 import SIXTY, with_two_longest


@functools.cache
def _sixty(metric: str = "sentiment") -> pd.DataFrame:
    return robustness(load_corpus(SIXTY), metric)


def _median_share(lexicon: str) -> float:
    table = _sixty()
    return float(table.loc[table["lexicon"] == lexicon, "share_higher"].median())


def _choices_by_effect() -> list[str]:
    """Return the choices, starting with the one that moves the mean share most."""
    table = _sixty()
    columns = list(table.columns[2 : list(table.columns).index("article_n")])
    means = {name: table.groupby(name)["share_higher"].mean() for name in columns}
    return sorted(columns, key=lambda name: means[name].min() - means[name].max())


EXERCISES: tuple[Exercise, ...] = (
    Choice(
        id="06-a",
        options=("tone", "length"),
        reference=lambda: "tone" if {"higher", "lower"} <= {*_sixty("exclamation_share")["sign"]} else "length",
        why="Some combinations find no difference, but none reverses it.",
        again="Run it, and check whether the sentence mentions two opposite directions.",
    ),
    Number(
        id="06-b",
        reference=lambda texts: int((robustness(with_two_longest(texts))["share_higher"] < 0.5).sum()),
        hints={
            "Those are the other rows. Below one half means that the comments score lower.": lambda texts: int(
                (robustness(with_two_longest(texts))["share_higher"] >= 0.5).sum()
            )
        },
        why="When you report it, say how many rows there are, and that they all rest on two people.",
        again="Where is the column share_higher below 0.5? Add up the answers: True counts as 1.",
    ),
    Number(
        id="06-c",
        reference=lambda: _median_share("AFINN"),
        hints={
            "That is the median of the first list. Use the other rows.": lambda: _median_share("VADER"),
            "That is the median of all rows. Filter first.": lambda: float(_sixty()["share_higher"].median()),
        },
        why="Close to one half, as before: a second list alone does not decide it.",
        again='Filter: sixty[sixty.lexicon == "AFINN"], then take share_higher and its median.',
    ),
    Choice(
        id="06-d",
        options=(
            *("quotes", "emoji", "domain_words", "reported_speech", "headings", "solicitation"),
            *("lists", "unit", "statistic", "lexicon"),
        ),
        reference=lambda: _choices_by_effect()[1],
        hints={"That one moves it most. Which comes second?": "lexicon"},
        why="This choice would have been easy to forget. Which one did you expect?",
        again="Group by each column in turn, and subtract the lowest mean from the highest.",
    ),
)
