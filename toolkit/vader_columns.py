"""VADER over many texts at once: numpy columns, each rule asked once for all places where the same words meet."""

from __future__ import annotations

import functools
import itertools
import string
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from . import vader_rules as vader
from . import vader_words
from .tokens import Numbered, as_column, is_true, numbers_in, tokens_of, uncollected
from .vader_words import PLAIN, Word

if TYPE_CHECKING:
    import pyarrow as pa

_LARGEST = 300_000  # distinct tokens, or neighbourhoods, remembered; above it a new memory begins
_BITS = 10  # of the number of a word; there are a few hundred that the rules tell apart
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
        self._spellings = Numbered(Seen._fields)
        self._values: dict[int, float] = {}

    @property
    def spellings(self) -> int:
        """How many spellings of words they remember."""
        return len(self._spellings)

    def numbers(self, cleaned: Sequence[str]) -> np.ndarray:
        """What `Seen` has of each cleaned token, a row for each of its columns."""
        places = self._spellings.numbers(cleaned)
        return self._spellings.learn(self._find).take(places, axis=1)

    def _find(self, cleaned: list[str]) -> np.ndarray:
        words = map(vader_words.looked_up, cleaned)
        return np.array([self._numbers_of(word) for word in words], np.int32).reshape(-1, len(Seen._fields)).T

    def _numbers_of(self, word: Word) -> tuple[int, int, bool]:
        hit = self._hits.number(vader_words.as_hit(word)) if word.hit else 0
        bare = self._neighbours.number(vader_words.as_neighbour(word, in_phrases=False))
        return hit, self._neighbours.number(vader_words.as_neighbour(word), bare), word.upper

    def numbers_of_tokens(
        self, tokens: Sequence[str], column: pa.LargeStringArray, *, forgiving: bool = False
    ) -> np.ndarray:
        """What `Seen` has of each token; most are no words of the rules, and tell no more than their capitals."""
        upper, known, bare, unusual = _looked_over(column)
        cleaned = {place: vader_words.cleaned(tokens[place], forgiving) for place in unusual.tolist()}
        upper[[*cleaned]] = [each.isupper() for each in cleaned.values()]
        told = {place: each for place, each in cleaned.items() if vader_words.is_known(each)}
        numbers = np.repeat(self.numbers([""]), len(tokens), axis=1)
        numbers[-1] = upper
        numbers[:, [*known, *told]] = self.numbers([*bare, *told.values()])
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
        neg, neu, pos = (_rounded(np.nan_to_num(each)) for each in shares)
        return Scores(neg, neu, pos, _compounds(parts, values, emphasis))


_shared: list[Rules] = []


def shared_rules() -> Rules:
    """The rules in use, for all who begin a new memory of tokens; new ones when these remember too many spellings."""
    if not _shared or _shared[0].spellings > _LARGEST:
        _shared[:] = [Rules()]
    return _shared[0]


def _rounded(numbers: np.ndarray) -> np.ndarray:
    """Round to three decimals as Python does: numpy errs where a number lies about in the middle of two."""
    thousands = numbers * 1000
    rounded = np.rint(thousands) / 1000
    middle = np.flatnonzero(np.abs(np.abs(thousands - np.floor(thousands)) - 0.5) < 1e-6)
    rounded[middle] = [round(number, 3) for number in numbers[middle].tolist()]
    return rounded


def _looked_over(column: pa.LargeStringArray) -> tuple[np.ndarray, np.ndarray, list[str], np.ndarray]:
    """Which tokens are in capitals; places of those that the rules know, and their words; places of unusual ones.

    A token is unusual if it has to be looked at by itself: beyond ASCII, an emoticon, or two letters and shorter.
    """
    import pyarrow.compute as pc

    bare = pc.ascii_trim(column, string.punctuation)
    key, (words, lexicon) = pc.ascii_lower(bare), _known_words()
    emoticon = is_true(pc.and_(pc.is_in(pc.ascii_lower(column), value_set=lexicon), pc.not_equal(column, bare)))
    unusual = emoticon | ~is_true(pc.string_is_ascii(column)) | (numbers_in(pc.utf8_length(bare)) <= 2)
    known = is_true(pc.or_(pc.is_in(key, value_set=words), pc.match_substring(key, "n't"))) & ~unusual
    spellings = [*itertools.compress(bare.to_pylist(), known.tolist())]
    return is_true(pc.ascii_is_upper(bare)), np.flatnonzero(known), spellings, np.flatnonzero(unusual)


@functools.cache
def _known_words() -> tuple[pa.LargeStringArray, pa.LargeStringArray]:
    """All words that any rule knows, and those of the lexicon."""
    return as_column(sorted(vader_words.known_words())), as_column(sorted(vader_words.known_words(rated=True)))


def emphasis_of(exclamations: np.ndarray, questions: np.ndarray) -> np.ndarray:
    """Tell what the marks of each part add to its strength."""
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


# ---- whole texts, as vaderSentiment reads them


class _Tokens(Numbered):
    """Row of each distinct token, and what the rules and the emphasis need of it."""

    def __init__(self) -> None:
        super().__init__((*Seen._fields, "exclamations", "questions"))
        self.rules = shared_rules()

    def table(self) -> np.ndarray:
        """Facts: a row for each name, a column for each token."""
        return self.learn(self._facts)

    def _facts(self, tokens: list[str]) -> np.ndarray:
        import pyarrow.compute as pc

        column = as_column(tokens)
        marks = [numbers_in(pc.count_substring(column, mark)) for mark in "!?"]
        return np.concatenate([self.rules.numbers_of_tokens(tokens, column), marks])


_current: list[_Tokens] = []


def _tokens() -> _Tokens:
    if not _current or len(_current[0]) > _LARGEST:
        _current[:] = [_Tokens()]
    return _current[0]


def _described(token: str) -> list[str]:
    """The words of its names in the place of each emoji in a token."""
    return vader_words.describe_emoji(token).split()


@uncollected()
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
    known, tokens = _tokens(), tokens_of(as_column([vader_words.checked(text) for text in texts]), _described)
    rows = known.numbers(tokens.distinct)
    facts = known.table()[:, rows]
    seen = Seen(*(fact.take(tokens.which) for fact in facts[: len(Seen._fields)]))
    marks = tokens.sums(facts[len(Seen._fields) :])
    return known.rules.scores(seen, tokens.bounds[:-1], emphasis_of(*marks))
