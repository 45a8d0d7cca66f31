"""Exercises that check themselves, and copies of the notebooks for students.

`check` judges an answer; `lesson_NN.py` lists the exercises of a lesson, one row per exercise; `exercises.py` defines
the kinds of exercise. No answer is written down: each is computed from the texts or kept as a salted hash.
"""

from .check import check

__all__ = ["check"]
