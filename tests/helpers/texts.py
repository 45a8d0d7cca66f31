"""Texts and word lists that several test files use."""

import functools
import random
import re
from typing import Any

import numpy as np
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from helpers.word_lists import pronunciations
from toolkit import METRICS, load_corpus, robustness, why_missing
from toolkit.lexicons.dictionaries import easy_words, place_names
from toolkit.lexicons.syllables import ABBREVIATIONS
from toolkit.text.sentences import find_starts

FEATURED = "nato-preemptive-strike"


ADDED_MARK = re.compile(r"(?:#{1,3} |- )?(.*)")


@functools.cache
def vader_library() -> Any:
    """vaderSentiment itself, the reference."""
    return SentimentIntensityAnalyzer()


@functools.cache
def robustness_of(corpus: str, metric: str = "sentiment") -> pd.DataFrame:
    """Hundreds of comparisons take seconds: they are computed once for all that look at them."""
    table: pd.DataFrame = robustness(load_corpus(corpus), metric)
    return table


@functools.cache
def article() -> str:
    """The featured article as its file has it: Markdown, with voices and solicitation marked by hand."""
    return str(load_corpus(FEATURED)["text"].iloc[0])


@functools.cache
def pasted_lines() -> tuple[str, ...]:
    """The 71 lines of article and solicitation as somebody would paste them: without a single mark."""
    kept = [line for line in article().splitlines() if line.strip() and not line.startswith("<!--")]
    return tuple(match[1] for line in kept if (match := ADDED_MARK.fullmatch(line)))


def straight(text: str) -> str:
    for curly, plain in ('“"', '”"', "‘'", "’'"):
        text = text.replace(curly, plain)
    return text.replace("…", "...")


def number_of_words(sentence: str) -> int:
    return sum(any(character.isalnum() for character in token) for token in sentence.split())


FORMULAS = [metric.name for metric in METRICS if metric.family == "readability" and metric.name != "reading_minutes"]


TEN_WORDS = "The people of the city want a good peace now."


def reason(name: str, text: str) -> str:
    """Why this metric has no value for the text; an empty string where it has one."""
    found = why_missing([text], [metric for metric in METRICS if metric.name == name])["reason"].tolist()
    return found[0] if found else ""


@functools.cache
def word_lists() -> tuple[list[str], ...]:
    said = pronunciations()
    known = sorted(word for word in said if word.isalpha() and len(word) > 1 and counted_alike(word, said[word]))
    easy = "the of to and a in is it that was on are with they have not we you people war peace good time".split()
    other = "isn't don't they're we've she'd you'll it's VERY WAR PEACE".split()
    return known, easy, other


def counted_alike(word: str, said: list[list[str]]) -> bool:
    """Whether no departure from textstat touches a word: one pronunciation, no ending, compound or place."""
    syllables = {sum(sound[-1].isdigit() for sound in sounds) for sounds in said}
    if len(syllables) > 1 or 0 in syllables or word.endswith(("s", "ed", "ing", "er", "est", "ly")):
        return False
    if word in ABBREVIATIONS or word in place_names():
        return False
    halves = ((word[:cut], word[cut:]) for cut in range(2, len(word) - 1))
    return max(syllables) < 3 or not (word in easy_words() or any(half in easy_words() for half, _ in halves))


def prose(seed: int, *, most_words: int = 400, fewest_sentences: int = 1) -> str:
    """Plain sentences of 5 to 25 words, one full stop each: what textstat and a reader count alike.

    textstat drops sentences of one or two words, also where its hundred words for Linsear Write end just so:
    the hundredth word is never the first or second one of a sentence here.
    """
    chance = random.Random(seed)
    target, total = chance.randint(120, most_words), 0
    sentences: list[str] = []
    while total < target or len(sentences) < fewest_sentences:
        length = chance.randint(5, 23)
        length += 2 if total + length in (98, 99) else 0
        words = [chance.choice(chance.choices(word_lists(), (4, 5, 1))[0]) for _ in range(length)]
        words[0] = words[0][0].upper() + words[0][1:]
        # A sentence does not end in a capital: "WAR." might not be its end.
        sentences.append(" ".join([*words[:-1], "peace"]) + ".")
        total += length
    return " ".join(sentences)


NOT_ENGLISH = {
    "Russian": "Эта война никому не нужна, и люди во всех странах хотят мира. Лидеры не слышат нас. ",
    "Chinese": "我们都希望和平,不要战争。 领导人没有听到我们的声音。 ",
    "Hindi": "हम सब शांति चाहते हैं और युद्ध नहीं चाहते। नेता हमारी बात नहीं सुनते। ",
    "German": "Dieser Krieg nützt niemandem, und die Menschen aller Länder wünschen sich Frieden. ",
}


@functools.cache
def dictionary() -> frozenset[str]:
    return frozenset(pronunciations())


HOSTILE = [
    "$\\frac{1}{", "a $x$ and $y_{", "\U0001f525", "\x1b[31m", "x" * 10_000, "中文", "word " * 500, "\u202eevil",
    "e" + "\u0301" * 300, "<script>alert(1)</script>", "%s {0}", "_hidden", "", "\ud800", "\n\n", "\U0001f1fa" * 400,
]  # fmt: skip


def sentence_starts(stretches: list[str]) -> list[list[int]]:
    """Where the sentences of each stretch of text begin, found together."""
    bases = np.append(0, np.cumsum([len(stretch) + 1 for stretch in stretches]))
    number, starts = find_starts("\n".join(stretches), bases)
    return [(starts[number == i] - bases[i]).tolist() for i in range(len(stretches))]
