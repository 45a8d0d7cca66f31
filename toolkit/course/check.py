"""Check answers to the exercises without giving the right ones away."""

import functools
import importlib
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from .._packaging import data_beside
from .exercises import Choice, Exercise, Reason, Verdict

UNFILLED = "Put your answer where the dots are."
WIDTH = 100  # characters per printed line


def check(exercise: str, answer: Any = ..., corpus: str | pd.DataFrame | None = None) -> None:
    """Print whether an answer is right, or a hint on where to look again.

    Parameters
    ----------
    exercise : str
        The id shown in the notebook, such as ``"02-b"``: the notebook's number and a letter.
    answer : object
        What the exercise asks for: a number (small rounding differences are accepted), one of the named options, a
        table, column or list (in any order and of any type), a text that does something, or a reason in a sentence.
        For ``...`` or None, `check` only asks for an answer.
    corpus : str or pandas.DataFrame, optional
        The corpus that the notebook uses, by name or as a table of texts. If the right answer depends on the texts
        and this is missing, `check` says so.

    Notes
    -----
    No answer raises an error: a wrong id, a wrong type and an unknown corpus each get a message. For a reason,
    `check` prints a checklist and the learner judges. The right answers are never shown: they are computed from the
    texts or kept as salted hashes. A choice of two or three options can still be found by trying each of them.

    Examples
    --------
    >>> check("00-a", ...)
    Put your answer where the dots are.
    """
    words = judge(exercise, answer, corpus).words
    lines = (
        textwrap.fill(line, WIDTH, subsequent_indent="      " * line.startswith("  ["), break_on_hyphens=False)
        for line in words.split("\n")
    )
    print(*lines, sep="\n")  # noqa: T201 - the result belongs in the notebook


def judge(exercise: object, answer: Any, corpus: str | pd.DataFrame | None = None) -> Verdict:
    """Return whether an answer is right (None if the learner judges) and the message to print."""
    row = exercises().get(exercise) if isinstance(exercise, str) else None
    if row is None:
        same = [known for known in exercises() if known[:2] == str(exercise)[:2]]
        return Verdict(False, f"There is no exercise {exercise!r}. Choose one of {', '.join(same or exercises())}.")
    if is_unfilled(answer):
        return Verdict(False, UNFILLED)
    if row.needs_corpus and corpus is None:
        return Verdict(False, f'Say which texts you worked on: check("{row.id}", ..., corpus=CORPUS).')
    if corpus is None or isinstance(corpus, str):
        from ..corpora.load import load_corpus

        try:
            corpus = load_corpus(corpus or "library-hours")
        except (ValueError, FileNotFoundError) as error:
            return Verdict(False, str(error))
    return row.weigh(answer, corpus)


def is_unfilled(answer: Any) -> bool:
    """Return whether an answer is still ``...`` or None, or a list or dict that contains one of them."""
    if isinstance(answer, Mapping):
        answer = list(answer.values())
    if isinstance(answer, list | tuple | set):
        return any(item is ... or item is None for item in answer)
    return answer is ... or answer is None


@functools.cache
def exercises() -> dict[str, Exercise]:
    """Return every exercise of the course by its id, in order."""
    lessons = [
        importlib.import_module(f".{path.stem}", __package__) for path in Path(__file__).parent.glob("lesson_*.py")
    ]
    rows: list[Exercise] = [row for lesson in lessons for row in lesson.EXERCISES]
    for name, row in data_beside(__file__, "sealed_choices_and_checklists.toml").items():
        rows.append((Reason if "checklist" in row else Choice)(id=name, **row))
    return {row.id: row for row in sorted(rows, key=lambda row: row.id)}
