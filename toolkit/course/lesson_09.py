"""The exercises of notebook 09: what a whole archive shows, and what one number for all of it hides."""

from __future__ import annotations

import functools
import gzip
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ..archives.synthetic import make_archive
from .exercises import Choice, Exercise, Number, Reason

if TYPE_CHECKING:
    import pandas as pd

THREADS, SEED = 100, 4  # of the second archive in the notebook


@functools.cache
def _archive() -> pd.DataFrame:
    """The texts of the second archive, one row a text."""
    import pandas as pd

    with tempfile.TemporaryDirectory() as folder:
        packed = make_archive(Path(folder) / "a.jsonl.gz", threads=THREADS, seed=SEED).read_bytes()
    return pd.DataFrame([json.loads(line) for line in gzip.decompress(packed).splitlines()])


@functools.cache
def _sentences() -> pd.DataFrame:
    from .. import measure, split_sentences

    return measure(split_sentences(_archive()), ["sentiment"])


def _most(rows: pd.DataFrame) -> int:
    """How many rows the thread with the most of them has."""
    return int(rows["thread_id"].value_counts().max())


def _comments(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["kind"] == "comment"]


def _correlation(rows: pd.DataFrame) -> float:
    """Of the mean tone of article and comments over threads."""
    means = rows.groupby(["thread_id", "kind"])["sentiment"].mean().unstack()
    return float(means["article"].corr(means["comment"]))


EXERCISES: tuple[Exercise, ...] = (
    Choice(
        id="09-a",
        options=("nearer to 0.5", "narrower"),
        sealed="a2c0cc8b3e04cfab71b99aeffa34f628",
        why="More threads make us surer of the same number. The noise within each thread stays.",
        again="What makes r too small: few threads, or what is known about each of them?",
        wrong="nearer to 0.5",
        needs_corpus=False,
    ),
    Number(
        id="09-b",
        reference=lambda texts: _most(_comments(_archive())),
        tolerance=0,
        slips=(
            (lambda texts: _most(_archive()), "That counts the article, too. Take the rows of kind comment alone."),
            (
                lambda texts: _most(_comments(_sentences())),
                "That is the number of sentences. Count each text_id of a thread once.",
            ),
        ),
        why="In one pot this thread alone speaks as loudly as many small ones together.",
        again="Take the comments, group by thread_id, and count the different text_id in each group.",
        wrong=-1,
        needs_corpus=False,
    ),
    Number(
        id="09-c",
        reference=lambda texts: _correlation(_sentences()),
        tolerance=0.006,
        why="The same truth was planted here as above. Two archives differ by what came about by chance.",
        again="Group by thread_id and kind, take the mean of sentiment, unstack, then corr().",
        wrong=0.9,
        needs_corpus=False,
    ),
    Choice(
        id="09-d",
        options=("a smaller p", "more comments", "the spread between threads"),
        sealed="7f89db7c307be055737e4d2d0b148eb7",
        slips={
            "a smaller p": "It would come from the same pot. What does that p take for independent?",
            "more comments": "More of the same threads would make the pot surer, not more right.",
        },
        why="It tells whether the number holds for threads, or only for the pot that they were thrown into.",
        again="What does one number for all threads hide?",
        wrong="a smaller p",
        needs_corpus=False,
    ),
    Reason(
        id="09-e",
        checklist=(
            "It separates numbers over many threads from texts, names and single people.",
            "It thinks of people who can be recognised without a name: a rare story, a small thread, a verbatim line.",
            "It says what readers need to judge the numbers: which threads, what was left out, how it was measured.",
            "It does not rest on 'it was public anyway'.",
        ),
        why="That one may read something does not mean that one may pass it on.",
        again="Begin with: I publish ...",
        wrong=7,
        needs_corpus=False,
    ),
)
