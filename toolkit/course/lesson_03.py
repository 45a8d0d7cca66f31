"""Exercises for notebook 03: what moves a sentiment score, how far it looks, and what it misreads."""

from __future__ import annotations

import re

import pandas as pd

from .. import measure, split_sentences, vader
from .exercises import Choice, Exercise, Finding, Number

FOUR = ("I hate war", "We want peace", "Never again", "Peace through strength")
LINE = "This is not the language of a friend."


def _praises_the_mess(answer: str) -> str:
    if len(answer.split()) > 1:
        return "Use just one word for the gap."
    score = vader(f"What a {answer} mess.")["compound"]
    if score < 0:
        return "It scores below zero."
    return "" if score > 0.3 else "It scores above zero, but not high enough. What does the list rate highest?"


def _reverses_the_sign(answer: str) -> str:
    words, left = re.findall(r"\w+", answer), iter(re.findall(r"\w+", LINE))
    if not all(word in left for word in words):
        return "Only remove words: do not add any, and keep the order."
    if "not" not in words or "friend" not in words:
        return "Keep the words “not” and “friend”."
    return "" if vader(answer)["compound"] < 0 else "Still positive: move “not” closer to “friend”."


def _reach_of_not() -> int:
    """Return how many words may come between "not" and a rated word, found by trying."""
    between = ["words", "of", "some", "old", "sort"]
    return max(n for n in range(6) if vader(" ".join(["not", *between[:n], "good"]))["compound"] < 0)


def _zeros(texts: pd.DataFrame, kind: str = "article") -> pd.Series[bool]:
    return measure(split_sentences(texts[texts["kind"] == kind]), ["sentiment"])["sentiment"] == 0


EXERCISES: tuple[Exercise, ...] = (
    Choice(
        id="03-a",
        options=FOUR,
        reference=lambda: next(sentence for sentence in FOUR if vader(sentence)["compound"] == 0),
        why="The firmest stance of the four contains no rated word at all.",
        again="Which of the four contains no word that is pleasant or unpleasant in itself?",
    ),
    Finding(
        id="03-b",
        accepts=_praises_the_mess,
        why="One word of praise outweighs the mess: the machine takes irony literally.",
        again="What does the list rate highest?",
    ),
    Finding(
        id="03-c",
        accepts=_reverses_the_sign,
        why="It is the same denial, but the machine sees it only close up.",
        again="Move “not” closer to “friend”.",
    ),
    Number(
        id="03-d",
        reference=_reach_of_not,
        hints={
            "That is how far it looks back, counting the not itself. How many words are in between?": lambda: (
                _reach_of_not() + 1
            )
        },
        why="In long sentences the denial is often further away, and the machine misses it.",
        again='Try it: "not good", "not a good", and so on, adding one word each time.',
    ),
    Number(
        id="03-e",
        reference=lambda texts: _zeros(texts).mean(),
        hints={
            "That is how many there are. Divide by the number of sentences.": lambda texts: _zeros(texts).sum(),
            "That is the share of all the others.": lambda texts: 1 - _zeros(texts).mean(),
            "That is the share in the comments.": lambda texts: _zeros(texts, "comment").mean(),
        },
        why="Zero has two causes: no rated word at all, or ratings that cancel out. The mean treats both as calm.",
        again="(measured.sentiment == 0) is True or False for each sentence; its mean is a share.",
    ),
)
