"""Exercises for notebook 09: what a whole archive shows, and what one number for all of it hides."""

import functools
import gzip
import json
import tempfile
from pathlib import Path

import pandas as pd

from .. import make_archive, measure, split_sentences
from .exercises import Exercise, Number

THREADS, SEED = 100, 4  # of the second archive in the notebook


@functools.cache
def _archive() -> pd.DataFrame:
    """Return the texts of the second archive, one row per text."""
    with tempfile.TemporaryDirectory() as folder:
        packed = make_archive(Path(folder) / "a.jsonl.gz", threads=THREADS, seed=SEED).read_bytes()
    return pd.DataFrame([json.loads(line) for line in gzip.decompress(packed).splitlines()])


@functools.cache
def _sentences() -> pd.DataFrame:
    return measure(split_sentences(_archive()), ["sentiment"])


def _most(rows: pd.DataFrame) -> int:
    return int(rows["thread_id"].value_counts().max())


def _comments(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["kind"] == "comment"]


EXERCISES: tuple[Exercise, ...] = (
    Number(
        id="09-b",
        reference=lambda: _most(_comments(_archive())),
        hints={
            "That includes the article. Use only the rows of kind comment.": lambda: _most(_archive()),
            "That is the number of sentences. Count each text_id in a thread once.": lambda: _most(
                _comments(_sentences())
            ),
        },
        why="When all comments are pooled, this one thread weighs as much as many small ones.",
        again="Take the comments, group by thread_id, and count the different text_id values in each group.",
    ),
    Number(
        id="09-c",
        reference=lambda: (
            _sentences().groupby(["thread_id", "kind"])["sentiment"].mean().unstack().corr().loc["article", "comment"]
        ),
        tolerance=0.006,
        why="The same correlation was planted here as above. Two archives differ by chance.",
        again="Group by thread_id and kind, take the mean of sentiment, unstack, then corr().",
    ),
)
