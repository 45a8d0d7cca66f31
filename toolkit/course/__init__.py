"""Exercises that check themselves, and copies of the notebooks for students.

`check` judges an answer; `exercises.py` defines the kinds of exercise. No answer is written down: those in
`lesson_NN.py` are computed from the texts, and those in `sealed_choices_and_checklists.toml` are salted hashes, or
sentences that learners judge themselves.
"""
