"""The course's own rooms: exercises that check themselves, and copies of the notebooks for students.

`check` judges an answer; a lesson's exercises stand in `lesson_NN.py`, one row an exercise; `kinds.py` says what an
exercise can ask for. No answer is written down here: it is computed from the texts, or kept as a salted hash.
"""

from .check import check

__all__ = ["check"]
