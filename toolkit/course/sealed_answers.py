"""Sealed answers: the right choice of an exercise as a salted hash, which hides it but does not keep it secret.

A choice has few options, and anyone can try all of them, here or in `check`.
"""

import hashlib
import re


def seal(exercise: str, answer: str) -> str:
    """Return the salted hash of an answer: 32 hexadecimal digits.

    To write an exercise, run it once at a prompt: ``print(seal("02-b", "longer sentences"))``.
    """
    return hashlib.sha256(f"below the line {exercise} {normalised(answer)}".encode()).hexdigest()[:32]


def normalised(answer: str) -> str:
    """Return an answer in lower case, without outer punctuation and repeated spaces."""
    return re.sub(r"\s+", " ", answer).strip(" .,;:!?\"'“”‘’`*").casefold()
