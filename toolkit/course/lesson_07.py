"""Exercises for notebook 07, on reading your own article, and the invented files that it uses."""

import functools
import shutil
from pathlib import Path
from typing import Any, Final

import pandas as pd

from .. import read_thread
from .._packaging import data_folder
from .exercises import Exercise, Number

NINE_O_CLOCK: Final = "2024-09-12 09:00+00:00"


def samples_folder() -> Path:
    """Return the folder of the composed pages and exports that notebook 07 reads."""
    return data_folder("notebooks") / "samples"


def copy_samples(folder: str | Path) -> list[str]:
    """Copy the invented pages and exports of notebook 07 into a folder and return their names, sorted."""
    files = sorted(samples_folder().iterdir())
    for file in files:
        shutil.copy(file, folder)
    return [file.name for file in files]


def _read(article: str, comments: str | None = None, **how: Any) -> pd.DataFrame:
    samples = samples_folder()
    return read_thread(samples / article, comments and samples / comments, quiet=True, **how)


@functools.cache
def _forum() -> pd.DataFrame:
    return _read("bus-shelter.md", "bus-shelter-forum.json")


@functools.cache
def _early(*, exact: bool) -> int:
    """Return how many comments are dated before nine o'clock on the first day."""
    texts = _read("bus-shelter.md", "bus-shelter-comments.csv", exact_times=exact)
    return int((texts[texts["kind"] == "comment"]["posted"] < NINE_O_CLOCK).sum())


def _offered() -> int:
    return int(_read("pond-path.html").attrs["report"]["offered"])


EXERCISES: tuple[Exercise, ...] = (
    Number(
        id="07-a",
        reference=lambda: len(_read("pond-path.html")),
        hints={
            "That is how many comments the page has. Did anyone ask for them?": _offered,
            "That is the article with the comments on the page. Did anyone ask for the comments?": lambda: (
                _offered() + 1
            ),
        },
        why="Only the article. Comments are offered, and read only when you ask for them.",
        again="Each row is a text. Which texts are read if you ask for nothing more?",
    ),
    Number(
        id="07-b",
        reference=lambda: len(_forum()) - 1,
        hints={
            "That counts every row of the table, including the article.": lambda: len(_forum()),
            "That is how many were read. Not all of them were kept.": lambda: _forum().attrs["report"]["comments"][
                "read"
            ],
        },
        why="And the summary says that the forum has more comments than the export.",
        again="Read the article with this file, and find the line that says how many were kept.",
    ),
    Number(
        id="07-c",
        reference=lambda: _early(exact=True),
        hints={
            "Without exact times, all comments seem to be from midnight. Did you set exact_times=True?": lambda: _early(
                exact=False
            )
        },
        why="The hours at which people write show when they sleep and work. Read them only if you need them.",
        again='Compare the column posted with "2024-09-12 09:00+00:00", and add up: True counts as one.',
    ),
    Number(
        id="07-e",
        reference=lambda texts: texts[texts["kind"] == "comment"]["author"].nunique(),
        hints={
            "That is the number of comments. Some readers write more than one.": lambda texts: (
                texts["kind"] == "comment"
            ).sum(),
            "That includes the writer of the article. Use only the comments.": lambda texts: texts["author"].nunique(),
        },
        why="That many people wrote the comments, plus any who left no name.",
        again="In the rows of kind comment, count the different names in the column author: nunique().",
    ),
)
