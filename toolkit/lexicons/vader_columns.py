"""VADER's rules over columns of words: each is applied once per distinct neighbourhood of words."""

from __future__ import annotations

import functools
import itertools
import string
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from . import vader_rules as vader
from . import vader_words
from .tokens import Facts, Numbered, as_column, compute, is_true, numbers_in, one_at_a_time, taken
from .vader_words import PLAIN, Word

if TYPE_CHECKING:
    import pyarrow as pa

_LARGEST = 300_000  # cached neighbourhoods; above it the cache is cleared
_BITS = 10  # of the number of a word; the rules distinguish a few hundred
_SUMS_IN_ORDER = sum([0.1] * 10) != 1
"""Whether Python's own sum adds in order, as numpy's bincount does; from 3.12 on it corrects itself."""
_AROUND = (-3, -2, -1, 1, 2)  # where the rules look, from a hit


class Scores(NamedTuple):
    """VADER's scores of many texts; `compound` alone needs no shares."""

    neg: np.ndarray
    neu: np.ndarray
    pos: np.ndarray
    compound: np.ndarray


class Seen(NamedTuple):
    """The features of each token of a stream that the rules use, as numbers."""

    hit: np.ndarray  # number of the rated word, 0 for a word without a valence to score
    neighbour: np.ndarray  # number of the word as a neighbour of a hit, from 1
    upper: np.ndarray  # in capitals


class _Flags(NamedTuple):
    """Per-word flags that decide whether any context rule can apply to a hit."""

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
        self._facts: _Flags | None = None

    def number(self, word: Word, bare: int | None = None) -> int:
        """Number of a word; `bare` is its number where no phrase is possible."""
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
            self._bare.append(number if bare is None else bare)
            self._facts = None
        return number

    def facts(self) -> _Flags:
        """The flags as columns, by number."""
        with one_at_a_time:
            if self._facts is None:
                self._facts = self._flags()
            return self._facts

    def _flags(self) -> _Flags:
        valence = np.array([word.valence or 0.0 for word in self.words])
        rows = [(word.modifies, word.idiom, word.upper, word.key != "", word.key == "but") for word in self.words]
        modifies, idiom, upper, asked_for, but = np.array(rows, bool).T
        return _Flags(valence, modifies, idiom, upper, asked_for, but, np.array(self._bare))


class Rules:
    """VADER's rules over columns: words that no rule distinguishes share a number."""

    def __init__(self) -> None:
        self._hits, self._neighbours = _Numbers(), _Numbers()
        self._spellings = Numbered()
        self._known = Facts(Seen._fields)
        self._values: dict[int, float] = {}

    def numbers(self, cleaned: Sequence[str]) -> np.ndarray:
        """The features in `Seen` of each cleaned token, one row per field."""
        places = self._spellings.numbers(cleaned)
        return self._known.learn(self._spellings, self._find).take(places, axis=1)

    def _find(self, _: int, cleaned: list[str]) -> np.ndarray:
        words = map(vader_words.looked_up, cleaned)
        return np.array([self._numbers_of(word) for word in words], np.int32).reshape(-1, len(Seen._fields)).T

    def _numbers_of(self, word: Word) -> tuple[int, int, bool]:
        hit = self._hits.number(vader_words.as_hit(word)) if word.hit else 0
        neighbour, bare = vader_words.as_neighbour(word), vader_words.as_neighbour(word, in_phrases=False)
        of_bare = self._neighbours.number(bare)
        return hit, of_bare if bare == neighbour else self._neighbours.number(neighbour, of_bare), word.upper

    def numbers_of_column(self, tokens: pa.LargeStringArray) -> tuple[np.ndarray, np.ndarray]:
        """The features in `Seen` of each token, and which tokens are unusual, for `numbers_of_unusual`.

        A token is unusual if it must be examined on its own: not ASCII, an emoticon, or at most two letters long.
        Most others do not occur in any rule, so only their capitals matter.
        """
        upper, known, words, unusual = _looked_over(tokens)
        return self._numbers_of_few(upper, known, words), unusual

    def numbers_of_unusual(self, tokens: Iterable[str], *, forgiving: bool = False) -> np.ndarray:
        """The features in `Seen` of unusual tokens, cleaned as `vader_words.word` does."""
        cleaned = [vader_words.cleaned(token, forgiving) for token in tokens]
        known = np.array([*map(vader_words.is_known, cleaned)], bool)
        words = [*itertools.compress(cleaned, known.tolist())]
        return self._numbers_of_few(np.array([*map(str.isupper, cleaned)], bool), known, words)

    def _numbers_of_few(self, upper: np.ndarray, known: np.ndarray, words: Sequence[str]) -> np.ndarray:
        numbers = np.repeat(self.numbers([""]), len(upper), axis=1)
        numbers[-1] = upper
        numbers[:, known] = self.numbers(words)
        return numbers

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
        """One number for the neighbourhood of a hit: equal numbers, equal values."""
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
        """Value of the hit of a window (cached)."""
        value = self._values.get(window)
        if value is None:
            if len(self._values) >= _LARGEST:
                self._values.clear()
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
        """Apply the first `but` of each part to the values, in place."""
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
        neg, neu, pos = (_rounded(np.nan_to_num(each)) for each in shares)
        return Scores(neg, neu, pos, _compounds(parts, values, emphasis))


def _rounded(numbers: np.ndarray) -> np.ndarray:
    """Round to three decimals as Python does: numpy errs for numbers about halfway between two."""
    thousands = numbers * 1000
    rounded = np.rint(thousands) / 1000
    middle = np.flatnonzero(np.abs(np.abs(thousands - np.floor(thousands)) - 0.5) < 1e-6)
    rounded[middle] = [round(number, 3) for number in numbers[middle].tolist()]
    return rounded


def _looked_over(column: pa.LargeStringArray) -> tuple[np.ndarray, np.ndarray, list[str], np.ndarray]:
    """Which tokens are in capitals; which the rules know, and their words; which are unusual."""
    pc = compute()
    bare = pc.ascii_trim(column, string.punctuation)
    key, (words, lexicon) = pc.ascii_lower(bare), _known_words()
    emoticon = is_true(pc.and_(pc.is_in(pc.ascii_lower(column), value_set=lexicon), pc.not_equal(column, bare)))
    unusual = emoticon | ~is_true(pc.string_is_ascii(column)) | (numbers_in(pc.binary_length(bare)) <= 2)
    known = is_true(pc.or_(pc.is_in(key, value_set=words), pc.match_substring(key, "n't"))) & ~unusual
    return is_true(pc.ascii_is_upper(bare)), known, taken(bare, np.flatnonzero(known)), unusual


@functools.cache
def _known_words() -> tuple[pa.LargeStringArray, pa.LargeStringArray]:
    """All words that any rule knows, and those of the lexicon."""
    return as_column(sorted(vader_words.known_words())), as_column(sorted(vader_words.known_words(rated=True)))


def emphasis_of(exclamations: np.ndarray, questions: np.ndarray) -> np.ndarray:
    """Emphasis of each part from its `!` and `?`."""
    most = 4  # marks; more add nothing
    table = np.array([[vader.emphasis_of(one, other) for other in range(most + 1)] for one in range(most + 1)])
    return table[np.minimum(exclamations, most), np.minimum(questions, most)]


def _compounds(parts: np.ndarray, values: np.ndarray, emphasis: np.ndarray) -> np.ndarray:
    totals = np.bincount(parts, values, len(emphasis))
    if not _SUMS_IN_ORDER:
        bounds = np.searchsorted(parts, np.arange(len(emphasis) + 1)).tolist()
        as_list = values.tolist()
        totals = np.array([sum(as_list[begin:end]) for begin, end in itertools.pairwise(bounds)], float)
    distinct, which = np.unique(totals + vader.towards(totals, emphasis), return_inverse=True)
    return np.array(vader.compounds(distinct.tolist()), float)[which]
