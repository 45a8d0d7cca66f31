"""The words, emoji and emoticons of two groups of texts: every use, its position, and its value in its sentence."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .._tables import select_groups, texts_of, whole_texts
from ..lexicons.vader_rules import library, rate
from ..lexicons.vocabulary import LONGEST_WORD, Vocabulary
from ..text.blocks import VOICES
from ..text.document import Batch
from ..text.units import kept_voices

PER = 1000  # rates are per 1,000 words and emoji
_BARE = re.compile(r"[^\W_](?:.*[^\W_])?", re.DOTALL)
_READER, _NUMBER = re.compile(r"\W{0,9}Reader"), re.compile(r"\d{2,9}(?:['’]s)?\W{0,9}")  # "Reader 07", a pseudonym
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")

Pair = tuple[str, str]


class Uses(NamedTuple):
    """Every use of a word, an emoji or a scored emoticon in the running text of two groups, in order."""

    words: list[str]  # distinct, in alphabetical order
    word: np.ndarray  # number of the word
    side: np.ndarray  # 0 or 1: first or second group
    text: np.ndarray  # number of the text
    block: np.ndarray  # number of the block in which the sentence begins
    place: np.ndarray  # position of the token among all tokens
    rows: np.ndarray  # row of every token in the vocabulary
    starts: np.ndarray  # start of each sentence among the tokens
    batch: Batch  # the texts of the first group, then of the second

    def counts(self, side: int) -> np.ndarray:
        """Uses of each word in one group."""
        return np.bincount(self.word[self.side == side], minlength=len(self.words))

    def texts(self, side: int) -> np.ndarray:
        """Texts of one group that use each word."""
        own, words = self.side == side, len(self.words)
        return np.bincount(np.unique(self.text[own] * words + self.word[own]) % words, minlength=words)

    def values(self) -> np.ndarray:
        """The value of each use after VADER's rules."""
        seen = self.batch.known.scored(self.rows, self.starts)
        hits = rate(seen.numbers, seen.starts)
        return np.bincount(seen.places[hits.place], hits.value, len(self.rows))[self.place]


def uses_of(texts: pd.DataFrame, by: str, pair: Pair, voices: Iterable[str]) -> Uses:
    """Collect every use in the texts of both groups; `voices` as in `split_sentences`."""
    table, kept = whole_texts(texts), kept_voices(voices)
    strings, groups = texts_of(table), select_groups(table, by, pair)
    # Sort each group, so that the order of rows does not matter.
    ordered = [sorted(strings[row] or "" for row in np.flatnonzero(rows).tolist()) for rows in groups]
    batch = Batch([*ordered[0], *ordered[1]])
    starts, ends = batch.sentences
    if len(kept) < len(VOICES):
        chosen = batch.are_reported((starts, ends)) == (VOICES[1] in kept)
        starts, ends = starts[chosen], ends[chosen]
    places, sentence = batch.tokens_in((starts, ends))
    rows, begins = batch.rows[places], np.searchsorted(sentence, np.arange(len(starts)))
    words, word = _words(rows, batch.known)
    place = np.flatnonzero(word >= 0)
    sentence = sentence[place]
    text = batch.seen.owners(starts)[sentence]
    block = np.searchsorted(batch.blocks.start, batch.content.edges(starts, ends)[0], "right")[sentence]
    side = (text >= len(ordered[0])).astype(np.intp)
    return Uses(words, word[place], side, text, block, place, rows, begins, batch)


def _words(rows: np.ndarray, known: Vocabulary) -> tuple[list[str], np.ndarray]:
    """Return the distinct words, and the number of each token's word; -1 for a link, a pseudonym or a dash."""
    rows, of = np.unique(rows, return_inverse=True)
    features = [known.feature(name, rows).tolist() for name in ("word", "hit", "emoji", "tone")]
    names = [
        known.tokens[row].replace("\ufe0f", "")  # the selector affects only how an emoji is drawn
        if emoji
        else library().keys[number >> 1]
        if hit
        else _name(known.tokens[row], word)
        for row, word, hit, emoji, number in zip(rows.tolist(), *features, strict=True)
    ]
    words = sorted(set(names) - {""})
    numbers = {name: number for number, name in enumerate(words)} | {"": -1}
    word = np.array([numbers[name] for name in names], np.intp)[of]
    reader, number = (
        np.array([pattern.fullmatch(known.tokens[row]) is not None for row in rows.tolist()], bool)[of]
        for pattern in (_READER, _NUMBER)
    )
    pseudonyms = np.flatnonzero(reader[:-1] & number[1:])
    word[pseudonyms] = word[pseudonyms + 1] = -1
    return words, word


def _name(token: str, is_word: int) -> str:
    """Return the lower-case word that a token outside emoji and word list counts as, or an empty string."""
    bare = _BARE.search(token) if is_word else None
    if bare is None:
        return ""
    name = bare[0] if len(bare[0]) <= LONGEST_WORD else "".join(filter(str.isalnum, bare[0]))
    stop = "." if _INITIALS.fullmatch(name) and token[bare.end() : bare.end() + 1] == "." else ""
    return (name + stop).lower()


def in_order_of(table: dict[str, Any], by: str) -> pd.DataFrame:
    """Return a table of words, largest absolute values of a column first, ties in alphabetical order."""
    order = np.argsort(-np.abs(table[by]), kind="stable")
    made = pd.DataFrame(table).astype({name: str for name in ("word", "why_no_p") if name in table})
    return made.iloc[order].reset_index(drop=True)
