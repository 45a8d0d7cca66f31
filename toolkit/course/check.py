"""`check`: an answer to an exercise is right, or something is to be looked at again; nothing is given away."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .exercises import Exercise, Verdict

if TYPE_CHECKING:
    import pandas as pd

UNFILLED = "Put your answer where the dots are."
WIDTH = 100  # characters in a line of what is printed


def check(exercise: str, answer: Any = ..., corpus: str | pd.DataFrame | None = None) -> None:
    """Print whether an answer is right, or what to look at again; the answer itself is never shown.

    Parameters
    ----------
    exercise : str
        The id that stands in the notebook, such as ``"02-b"``: the notebook's number and a letter.
    answer : object
        What the exercise asks for: a number (a last decimal more or less is forgiven), one of the named options, a
        table, column or list (order and types are forgiven), a text that does something, or a reason in a sentence.
        While it is ``...`` or None, `check` only asks for it.
    corpus : str or pandas.DataFrame, optional
        The corpus on which the notebook runs, by name or as a table of texts. Where the right answer depends on the
        texts, and this is missing, `check` says so.

    Notes
    -----
    Nothing raises: a wrong id, a wrong type and an unknown corpus each get a sentence. For a reason a checklist is
    printed, and the learner judges. The right answers are computed from the texts, or kept as salted hashes.

    Examples
    --------
    >>> check("00-a", ...)
    Put your answer where the dots are.
    """
    words = judge(exercise, answer, corpus).words
    lines = (
        textwrap.fill(line, WIDTH, subsequent_indent="      " * line.startswith("  [")) for line in words.split("\n")
    )
    print(*lines, sep="\n")  # noqa: T201 - what it says belongs into the notebook


def judge(exercise: object, answer: Any, corpus: str | pd.DataFrame | None = None) -> Verdict:
    """Say whether an answer is right (True, False, or None where the learner judges), and the words for it."""
    row = exercises().get(exercise) if isinstance(exercise, str) else None
    if row is None:
        return Verdict(False, f"There is no exercise {exercise!r}. {_those_near(exercise)}")
    if is_unfilled(answer):
        return Verdict(False, UNFILLED)
    if row.needs_corpus and corpus is None:
        return Verdict(False, f'Say on which texts you worked: check("{row.id}", ..., corpus=CORPUS).')
    try:
        texts = _texts(corpus)
    except (ValueError, FileNotFoundError) as error:
        return Verdict(False, str(error))
    return row.weigh(answer, texts)


def is_unfilled(answer: Any) -> bool:
    """Whether the dots still stand there: ``...``, None, or a list or dict that holds one of them."""
    if isinstance(answer, Mapping):
        answer = list(answer.values())
    if isinstance(answer, list | tuple | set):
        return any(item is ... or item is None for item in answer)
    return answer is ... or answer is None


@functools.cache
def exercises() -> dict[str, Exercise]:
    """Every exercise of the course by its id: the rows `EXERCISES` of each room `lesson_NN` of this package."""
    package = importlib.import_module(__package__)
    rooms = sorted(room.name for room in pkgutil.iter_modules(package.__path__) if room.name.startswith("lesson_"))
    rows = [row for room in rooms for row in importlib.import_module(f".{room}", __package__).EXERCISES]
    return {row.id: row for row in rows}


def _those_near(exercise: Any) -> str:
    same = [known for known in exercises() if known[:2] == str(exercise)[:2]]
    return f"There {'are' if len(same or exercises()) > 1 else 'is'} {', '.join(same or exercises())}."


def _texts(corpus: str | pd.DataFrame | None) -> pd.DataFrame:
    from ..corpora.load import load_corpus

    if corpus is None or isinstance(corpus, str):
        return load_corpus(corpus or "library-hours")
    return corpus
