"""Exercises that check themselves, and copies of the notebooks for students.

`check` assesses an answer; `exercises.py` defines the kinds of exercise. No answer is written down: those in
`lesson_NN.py` are computed from the texts, and `sealed_choices_and_checklists.toml` holds salted hashes, or checklists
for learners to assess themselves.
"""
