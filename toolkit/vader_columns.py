"""VADER over many texts at once: numpy columns, each rule asked once for all places where the same words meet."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from . import vader_rules as vader
from .vader_rules import PLAIN, Word

_LARGEST = 300_000  # distinct tokens remembered; above it a new memory begins
_BITS = 10  # of the number of a word; there are a few hundred that the rules tell apart
_AROUND = (-3, -2, -1, 1, 2)  # where the rules look, from a hit


class Scores(NamedTuple):
    """VADER's scores of many texts; `compound` alone needs no shares."""

    neg: np.ndarray
    neu: np.ndarray
    pos: np.ndarray
    compound: np.ndarray


class Seen(NamedTuple):
    """What the rules see of each token of a stream, as numbers."""

    hit: np.ndarray  # number of the rated word, 0 for a word without a valence to score
    neighbour: np.ndarray  # number of the word as a neighbour of a hit, from 1
    upper: np.ndarray  # in capitals


class _Facts(NamedTuple):
    """What tells by the number of a word whether, and where, its neighbourhood has to be looked at."""

    valence: np.ndarray
    modifies: np.ndarray
    idiom: np.ndarray
    upper: np.ndarray
    asked_for: np.ndarray
    but: np.ndarray
    bare: np.ndarray


class _Numbers:
    """Numbers of words from 1, equal for equal words; 0 is no word at all."""

    def __init__(self) -> None:
        self.words: list[Word] = [PLAIN]
        self._bare = [0]
        self._numbers: dict[Word, int] = {}
        self._facts: _Facts | None = None

    def number(self, word: Word, bare: int | None = None) -> int:
        """Number of a word; `bare` is that of the word as it is where no phrase can be."""
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
            self._bare.append(number if bare is None else bare)
            self._facts = None
        return number

    def facts(self) -> _Facts:
        """Columns of facts, by number."""
        if self._facts is None:
            valence = np.array([word.valence or 0.0 for word in self.words])
            rows = [(word.modifies, word.idiom, word.upper, word.key != "", word.key == "but") for word in self.words]
            modifies, idiom, upper, asked_for, but = np.array(rows, bool).T
            self._facts = _Facts(valence, modifies, idiom, upper, asked_for, but, np.array(self._bare))
        return self._facts


class Rules:
    """The rules of VADER over columns: words that no rule tells apart have one number."""

    def __init__(self) -> None:
        self._hits, self._neighbours = _Numbers(), _Numbers()
        self._known: dict[int, int] = {}  # by identity, which is quick: a word is one object, mostly
        self._kept: list[Word] = []
        self._numbers: list[tuple[int, int, bool]] = []
        self._values: dict[int, float] = {}

    def numbers(self, words: Sequence[Word]) -> np.ndarray:
        """What `Seen` has of each word, a row for each of its columns."""
        identities = [*map(id, words)]
        for identity, word in zip(identities, words, strict=True):
            if identity not in self._known:
                self._known[identity] = len(self._kept)
                self._kept.append(word)
                self._numbers.append(self._numbers_of(word))
        places = np.fromiter(map(self._known.__getitem__, identities), np.int32, len(identities))
        return np.array(self._numbers, np.int32).reshape(-1, 3).T.take(places, axis=1)

    def _numbers_of(self, word: Word) -> tuple[int, int, bool]:
        hit = self._hits.number(vader.as_hit(word)) if word.hit else 0
        bare = self._neighbours.number(vader.as_neighbour(word, in_phrases=False))
        return hit, self._neighbours.number(vader.as_neighbour(word), bare), word.upper

    # ---- from words to values

    def rate(self, seen: Seen, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Hits of a stream that is cut at `starts`: the part that each is in, and its value by the rules."""
        places = np.flatnonzero(seen.hit)
        parts = np.searchsorted(starts, places, side="right") - 1
        ends = np.append(starts[1:], len(seen.hit))
        hit, hits, neighbours = seen.hit[places], self._hits.facts(), self._neighbours.facts()
        near = [self._near(seen.neighbour, places + distance, starts[parts], ends[parts]) for distance in _AROUND]
        modified = np.flatnonzero(
            np.logical_or.reduce([hits.modifies[hit], *(neighbours.modifies[each] for each in near[:3])])
        )
        values = hits.valence[hit]
        windows = self._windows(
            hit[modified], [each[modified] for each in near], self._mixed(seen, starts, ends)[parts[modified]]
        )
        distinct, which = np.unique(windows, return_inverse=True)
        values[modified] = np.array([self._value(window) for window in distinct.tolist()], float)[which]
        self._weigh_by_but(seen, starts, parts, places, values)
        return parts, values

    @staticmethod
    def _near(numbers: np.ndarray, places: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Numbers of the words at these places; 0 where that is outside the part."""
        return np.where((places >= starts) & (places < ends), numbers.take(places, mode="clip"), 0)

    @staticmethod
    def _mixed(seen: Seen, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
        """Whether some words of each part are in capitals and others not."""
        before = np.append(0, np.cumsum(seen.upper))
        capitals = before[ends] - before[starts]
        return (capitals > 0) & (capitals < ends - starts)

    def _windows(self, hit: np.ndarray, near: list[np.ndarray], mixed: np.ndarray) -> np.ndarray:
        """One number for all that the rules look at around a hit: equal numbers, equal values."""
        hits, neighbours = self._hits.facts(), self._neighbours.facts()
        phrase = np.logical_or.reduce([hits.idiom[hit], *(neighbours.idiom[each] for each in near[:3])])
        near = [np.where(phrase, each, neighbours.bare[each]) for each in near]
        near[3:] = [np.where(hits.asked_for[hit], each, 0) for each in near[3:]]
        stressed = np.logical_or.reduce([hits.upper[hit], *(neighbours.upper[each] for each in near[:3])])
        window = (mixed & stressed).astype(np.int64)
        for each in (*near, hit):
            window = window << _BITS | each
        return window

    def _value(self, window: int) -> float:
        """Value of the hit of a window, remembered."""
        value = self._values.get(window)
        if value is None:
            value = self._values[window] = self._rated(window)
        return value

    def _rated(self, window: int) -> float:
        *near, hit = (window >> _BITS * place & (1 << _BITS) - 1 for place in range(len(_AROUND), -1, -1))
        before, after = ([self._neighbours.words[number] for number in side if number] for side in (near[:3], near[3:]))
        mixed = bool(window >> _BITS * (len(_AROUND) + 1))
        return vader.rate([*before, self._hits.words[hit], *after], len(before), mixed)

    def _weigh_by_but(
        self, seen: Seen, starts: np.ndarray, parts: np.ndarray, hits: np.ndarray, values: np.ndarray
    ) -> None:
        """Let the first `but` of each part change the values, in place."""
        buts = np.flatnonzero(self._neighbours.facts().but[seen.neighbour])
        owners, first = np.unique(np.searchsorted(starts, buts, side="right") - 1, return_index=True)
        begins, ends = np.searchsorted(parts, owners), np.searchsorted(parts, owners + 1)
        for but, begin, end in zip(buts[first].tolist(), begins.tolist(), ends.tolist(), strict=True):
            if begin < end:
                weighed = values[begin:end].tolist()
                vader.weigh_by_but(weighed, hits[begin:end].tolist(), but, None)
                values[begin:end] = weighed

    # ---- from values to scores

    def compounds(self, seen: Seen, starts: np.ndarray, emphasis: np.ndarray) -> np.ndarray:
        """Compound score of every part of a stream that is cut at `starts`."""
        parts, values = self.rate(seen, starts)
        return _compounds(parts, values, emphasis)

    def scores(self, seen: Seen, starts: np.ndarray, emphasis: np.ndarray) -> Scores:
        """All scores of every part of a stream that is cut at `starts`."""
        parts, values = self.rate(seen, starts)
        words = np.append(starts[1:], len(seen.hit)) - starts
        positive, negative = (
            np.bincount(parts, np.where(signed > 0, signed + 1, 0), len(starts)) for signed in (values, -values)
        )
        neutral = words - np.bincount(parts[values != 0], minlength=len(starts))
        with np.errstate(invalid="ignore"):
            shares = vader.shares(positive, negative, neutral, emphasis)
        neg, neu, pos = (
            np.array([round(share, 3) for share in np.nan_to_num(each).tolist()], float) for each in shares
        )
        return Scores(neg, neu, pos, _compounds(parts, values, emphasis))


def emphasis_of(exclamations: np.ndarray, questions: np.ndarray) -> np.ndarray:
    """Tell what the marks of each part add to its strength."""
    most = 4  # marks; more add nothing
    table = np.array([[vader.emphasis_of(one, other) for other in range(most + 1)] for one in range(most + 1)])
    return table[np.minimum(exclamations, most).astype(int), np.minimum(questions, most).astype(int)]


def _compounds(parts: np.ndarray, values: np.ndarray, emphasis: np.ndarray) -> np.ndarray:
    bounds = np.searchsorted(parts, np.arange(len(emphasis) + 1)).tolist()
    as_list = values.tolist()  # Python's own sum: from 3.12 on it rounds otherwise than numpy's
    totals = np.array([sum(as_list[begin:end]) for begin, end in itertools.pairwise(bounds)], float)
    distinct, which = np.unique(totals + vader.towards(totals, emphasis), return_inverse=True)
    return np.array(vader.compounds(distinct.tolist()), float)[which]


# ---- whole texts, as vaderSentiment reads them


class _Tokens(defaultdict[str, int]):
    """Row of each distinct token, by order of appearance, and what the rules see of it."""

    def __init__(self) -> None:
        super().__init__(itertools.count().__next__)
        self.rules = Rules()
        self._table = np.zeros((3, 0), np.int32)

    def seen(self, tokens: Sequence[str]) -> tuple[np.ndarray, Seen]:
        """Rows of the tokens, and what the rules see of them."""
        rows = np.fromiter(map(self.__getitem__, tokens), np.int32, len(tokens))
        new = [*itertools.islice(reversed(self), len(self) - self._table.shape[1])][::-1]
        if new:
            words = [vader.shared(token) for token in new]
            self._table = np.concatenate([self._table, self.rules.numbers(words)], axis=1)
        return rows, Seen(*self._table.take(rows, axis=1))


_current: list[_Tokens] = []


def _tokens() -> _Tokens:
    if not _current or len(_current[0]) > _LARGEST:
        _current[:] = [_Tokens()]
    return _current[0]


def vader_many(texts: Sequence[str]) -> Scores:
    """Score many texts at once: for each what `vader` gives, to the last digit.

    Returns
    -------
    Scores
        Columns `neg`, `neu`, `pos` (shares, 0 to 1) and `compound` (-1 to 1, higher is more positive), one row a text.

    Raises
    ------
    TypeError
        When a text is not a string.

    References
    ----------
    Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
    Media Text. ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550

    Examples
    --------
    >>> vader_many(["The book was good.", "No."]).compound.tolist()
    [0.4404, 0.0]
    """
    described = [vader.describe_emoji(vader.checked(text)) for text in texts]
    pieces = [text.split() for text in described]
    known = _tokens()
    _, seen = known.seen([*itertools.chain.from_iterable(pieces)])
    lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
    exclamations, questions = (
        np.fromiter((text.count(mark) for text in described), np.int64, len(described)) for mark in "!?"
    )
    return known.rules.scores(seen, np.cumsum(lengths) - lengths, emphasis_of(exclamations, questions))
