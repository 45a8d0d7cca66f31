"""VADER: vaderSentiment's lexicon and rules for the tone of a text, exact and in linear time.

Every rule is arithmetic over word numbers (`vader_words`) and is written once, for one text
(`vader`), columns of millions of sentences (`rate`) and explanations (`rate` with steps).

Source: Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
Social Media Text. ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550
"""

import heapq
import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from .tokens import uncollected
from .vader_words import (
    AT,
    BOOSTS,
    BUT,
    DOUBT,
    HIT,
    IDIOM,
    KIND,
    LEAST,
    MODIFIES,
    NEGATES,
    NEVER,
    NO,
    NOTHING,
    OF,
    OR,
    RATED,
    SO,
    THERE,
    UPPER,
    WITHOUT,
    Words,
    describe_emoji,
    library,
    numbers_in_text,
)  # fmt: skip

Rule = Literal[
    "negated", "boosted", "dampened", "capitals", "never so", "least", "special phrase", "kind of",
    "no before a lexicon word", "before but", "after but",
]  # fmt: skip

NEUTRAL = 0.05  # from +0.05 a score is positive, from -0.05 down negative: the authors' thresholds
# Constants that vaderSentiment 3.3.2 has inside its functions, without a name.
_EMPHASIS = [[marks * 0.292 + asked for asked in (0.0, 0.0, 2 * 0.18, 3 * 0.18, 0.96)] for marks in range(5)]
"""What `!` and `?` add to the strength of a text, by their count; more than four add no more."""
_MOST_MARKS = 4
_FADING = 0.0, 1.0, 0.95, 0.9  # a booster's weight, by its distance from the word it boosts
_NEVER_SO, _BEFORE_BUT, _AFTER_BUT = 1.25, 0.5, 1.5
_FEW = 50  # values; up to here a search is faster than heaps
_ALPHA = 15  # the larger, the slower a compound score nears 1
_SUMS_IN_ORDER = sum([0.1] * 10) != 1
"""Whether Python's sum adds in order, as numpy's bincount does; from 3.12 on it compensates rounding errors."""

Column = Any  # a number or a truth value of one word or text, or an array of them


class Scores(NamedTuple):
    """Negative, neutral and positive shares (0 to 1); `compound`: -1 to 1, higher is more positive."""

    neg: Column
    neu: Column
    pos: Column
    compound: Column


class Step(NamedTuple):
    """One rule that changed a word's valence, and the value after it."""

    rule: Rule
    value: float


class Hits(NamedTuple):
    """The scored words of a stream of words, in order.

    `place`: position in the stream; `part`: number of the sentence or text; `valence`: rating; `value`: rating after
    the rules; `steps`: the rules that changed it, if requested.
    """

    place: np.ndarray
    part: np.ndarray
    valence: np.ndarray
    value: np.ndarray
    steps: list[list[Step]]


def vader(text: str) -> dict[str, float]:
    """Compute VADER's tone scores for a text: the same digits as vaderSentiment 3.3.2, in linear time.

    The compound score of a long text tends to -1 or 1 whatever it says: for more than a sentence or two, use
    `sentiment`, the mean over sentences.

    Parameters
    ----------
    text : str
        Any text. It is scored as given: nothing is normalised.

    Returns
    -------
    dict of str to float
        `neg`, `neu`, `pos`: shares of the text, 0 to 1, to three decimals; `compound`: from -1 (most
        negative) to 1 (most positive), to four decimals. A text without words has 0.0 throughout.

    Raises
    ------
    TypeError
        When `text` is not a string.

    References
    ----------
    Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of Social
    Media Text. ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550

    Examples
    --------
    >>> vader("The book was good.")
    {'neg': 0.0, 'neu': 0.508, 'pos': 0.492, 'compound': 0.4404}
    """
    described = describe_emoji(_checked(text))
    numbers = numbers_in_text(described)
    if not numbers:
        return {"neg": 0.0, "neu": 0.0, "pos": 0.0, "compound": 0.0}
    values = _values(numbers)
    positive = negative = 0.0
    for value in values:
        if value > 0:
            positive += value + 1
        elif value < 0:
            negative += 1 - value
    neutral = len(numbers) - len(values) + values.count(0)
    emphasis = _EMPHASIS[min(described.count("!"), _MOST_MARKS)][min(described.count("?"), _MOST_MARKS)]
    neg, neu, pos = _shares(positive, negative, neutral, emphasis)
    total = float(sum(values))
    compound = _compound(total + towards(total, emphasis))
    return {"neg": round(neg, 3), "neu": round(neu, 3), "pos": round(pos, 3), "compound": compound}


def _checked(text: str) -> str:
    """Raise a TypeError for anything that is not a text."""
    if not isinstance(text, str):
        raise TypeError(
            f"vader() was given {text!r:.60} ({type(text).__name__}); it accepts one text as a str. "
            "Leave missing texts out, and give the texts of a list or column one at a time."
        )
    return text


# ---- the rules


class _Mode(NamedTuple):
    """The operations that differ between one word and a column of words."""

    words: Words
    pick: Callable[[Column, Column, Column], Column]
    """Choose between two values by a condition."""
    some: Callable[[Column], bool]
    """Whether a condition is ever met."""


Note = Callable[[Rule, list[int], Column], None]


def _rate(mode: _Mode, around: Sequence[Column], mixed: Column, note: Note | None = None) -> Column:
    """Apply the rules, `but` aside, to a scored word or to a column of them, in the library's order.

    Parameters
    ----------
    around
        Numbers of the three words before, the scored word, and the two after; `NOTHING` outside the text.
    mixed
        Whether some words of the text are in capitals and others are not: only then do capitals emphasise.
    note
        Called with each rule, the rows in which it applies, and the values after it.
    """
    (flags, valences, boosters), pick, some = mode
    source, value = library().source, valences[around[3]]
    third, second, first, this, following = [flags[number] for number in around[:5]]
    valence = value

    def apply(rule: Rule, where: Column, new: Column) -> None:
        nonlocal value
        value = pick(where, new, value)
        if note:
            note(rule, np.flatnonzero(where).tolist(), value)

    def louder() -> Column:
        return pick(value > 0, source.C_INCR, -source.C_INCR)

    apply("no before a lexicon word", ((this & NO) > 0) & ((following & RATED) > 0), 0.0)
    no = (((first | second) & NO) > 0) | (((third & NO) > 0) & ((first & OR) > 0))
    apply("negated", no, valence * source.N_SCALAR)
    apply("capitals", mixed & ((this & UPPER) > 0), value + louder())
    between = nearer = 0
    for distance, other in enumerate((first, second, third), 1):
        here = (other & THERE) > 0
        if some(boosts := here & ((other & BOOSTS) > 0)):
            booster = boosters[around[3 - distance]]
            amount = pick(value < 0, -booster, booster) + pick(mixed & ((other & UPPER) > 0), louder(), 0.0)
            new, stronger = value + amount * _FADING[distance], amount * pick(value == 0, 1.0, value) > 0
            apply("boosted", boosts & stronger, new)
            apply("dampened", boosts > stronger, new)  # unless its capitals outweigh it
        negates = here & ((other & NEGATES) > 0)
        if distance == 3 or some(negates):
            # Three words back, the library requires `never so`, or any `so` right before the scored word.
            so = ((other & NEVER) > 0) & ((nearer & SO) > 0) | ((first & SO) > 0) & (distance == 3)
            doubtless = ((other & WITHOUT) > 0) & ((between & DOUBT) > 0)
            new = value * source.N_SCALAR
            apply("never so", here & so, value * _NEVER_SO)
            apply("negated", negates > (so | doubtless), new)
        nearer, between = other, between | other
    idiom = ((third & THERE) > 0) & (((third | second | first | this) & IDIOM) > 0)
    if some(idiom):
        value = _apply_phrases(around, idiom, value, note)
    apply("least", ((first & LEAST) > 0) > ((second & AT) > 0), value * source.N_SCALAR)
    apply("kind of", ((this & KIND) > 0) & ((following & OF) > 0), 0.0)
    return value


def _apply_phrases(around: Sequence[Column], where: Column, values: Column, note: Note | None) -> Column:
    """Apply the phrase rules to each value that may be in a phrase."""
    if not isinstance(values, np.ndarray):
        return _phrases(around, values)[-1].value
    values = values.copy()
    for row in np.flatnonzero(where).tolist():
        for rule, value in _phrases([each[row] for each in around], values[row])[1:]:
            values[row] = value
            if note:
                note(rule, [row], values)
    return values


def _phrases(around: Sequence[int], value: float) -> list[Step]:
    """Return a value and the steps of phrases: those with a valence, then those that boost, whatever the sign."""
    third, second, first, this, *after = [library().keys[number >> 1] for number in around]
    two_one, three_two = f"{second} {first}", f"{third} {second}"
    three_two_one = f"{three_two} {first}"
    special, boosters = library().source.SPECIAL_CASES, library().boosters
    behind = (f"{first} {this}", f"{two_one} {this}", two_one, three_two_one, three_two)
    ahead = [" ".join([this, *after[:count]]) for count in range(1, len(after) + 1)]
    steps = [Step("special phrase", value)]
    for phrase in [phrase for phrase in behind if phrase in special][:1] + ahead:
        if phrase in special:
            steps.append(Step("special phrase", special[phrase]))
    for phrase in (three_two_one, three_two, two_one):
        if amount := boosters.get(phrase, 0.0):
            value = steps[-1].value
            steps.append(Step("boosted" if amount * (value or 1) > 0 else "dampened", value + amount))
    return steps


def _values(numbers: list[int]) -> list[float]:
    """Return the values of the scored words of one text, in order."""
    mode = _Mode(library().words, lambda condition, one, other: one if condition else other, bool)
    flags = [mode.words.flags[number] for number in numbers]
    places = [place for place, flag in enumerate(flags) if flag & HIT]
    if not places:
        return []
    capitals = sum([flag & UPPER for flag in flags]) // UPPER
    mixed = 0 < capitals < len(flags)
    padded, near = [NOTHING] * 3 + numbers + [NOTHING] * 2, [0] * 3 + flags
    values = []
    for place in places:
        if (near[place] | near[place + 1] | near[place + 2] | near[place + 3]) & MODIFIES:
            values.append(_rate(mode, padded[place : place + 6], mixed))
        else:
            values.append(mode.words.valence[numbers[place]])
    but = next((place for place, flag in enumerate(flags) if flag & BUT), None)
    if but is not None:
        _weigh_by_but(values, places, but)
    return values


def rate(numbers: np.ndarray, starts: np.ndarray, *, explain: bool = False) -> Hits:
    """Rate the scored words of a stream that is cut at `starts` into sentences or texts; `explain` gives the steps."""
    mode = _Mode(library().columns, np.where, np.any)
    flags = mode.words.flags.take(numbers)

    def parts_of(places: np.ndarray) -> np.ndarray:
        return np.searchsorted(starts, places, "right") - 1

    places = np.flatnonzero(flags & HIT)
    part, valence = parts_of(places), mode.words.valence.take(numbers[places])
    hits = Hits(places, part, valence, valence.copy(), [[] for _ in places] if explain else [])
    near = np.bitwise_or.reduce([flags.take(places - back, mode="clip") for back in range(4)])
    modified = np.flatnonzero(near & MODIFIES)
    at, of = places[modified], part[modified]
    ends = np.append(starts[1:], len(numbers))
    around = [
        np.where((place >= starts[of]) & (place < ends[of]), numbers.take(place, mode="clip"), NOTHING)
        for place in (at + distance for distance in range(-3, 3))
    ]
    capitals = np.bincount(parts_of(np.flatnonzero(flags & UPPER)), minlength=len(starts))
    mixed = ((capitals > 0) & (capitals < ends - starts))[of]

    def note(rule: Rule, rows: list[int], values: np.ndarray) -> None:
        for row in rows:
            steps = hits.steps[modified[row]]
            if rule == "kind of":
                steps.clear()
            steps.append(Step(rule, float(values[row])))

    hits.value[modified] = _rate(mode, around, mixed, note if explain else None)
    buts = np.flatnonzero(flags & BUT)
    owners, nth = np.unique(parts_of(buts), return_index=True)
    spans = (np.searchsorted(part, each).tolist() for each in (owners, owners + 1))
    for but, begin, stop in zip(buts[nth].tolist(), *spans, strict=True):
        if begin < stop:
            values = hits.value[begin:stop].tolist()
            _weigh_by_but(values, places[begin:stop].tolist(), but, hits.steps[begin:stop])
            hits.value[begin:stop] = values
    return hits


def _weigh_by_but(values: list[float], places: Sequence[int], but: int, steps: Sequence[list[Step]] = ()) -> None:
    """Halve the values before the first `but` and increase those after it by half, in place.

    The library finds each value again with `list.index` and so changes the first word of *equal* value: some
    words are changed twice, others never. A heap of positions per value finds the same word without a search, which
    is slow only in a long text.
    """
    if not steps and len(values) <= _FEW:
        for value in values:  # its current value: the list changes during iteration
            row = values.index(value)
            values[row] = value * (_BEFORE_BUT if places[row] < but else _AFTER_BUT)
        return
    rows: dict[float, list[int]] = {}
    for row, value in enumerate(values):
        rows.setdefault(value, []).append(row)
    for turn in range(len(values)):
        row = heapq.heappop(rows[values[turn]])
        before = places[row] < but
        values[row] *= _BEFORE_BUT if before else _AFTER_BUT
        heapq.heappush(rows.setdefault(values[row], []), row)
        if steps and values[row]:
            steps[row].append(Step("before but" if before else "after but", values[row]))


# ---- from values to scores


def emphasis_of(exclamations: np.ndarray, questions: np.ndarray) -> np.ndarray:
    """Compute the emphasis of each text from its `!` and `?`."""
    return np.array(_EMPHASIS)[np.minimum(exclamations, _MOST_MARKS), np.minimum(questions, _MOST_MARKS)]


def towards(total: Column, emphasis: Column) -> Column:
    """Add emphasis in the direction of the total; a total of 0 stays 0."""
    return emphasis * (total > 0) - emphasis * (total < 0)


def _shares(positive: Column, negative: Column, neutral: Column, emphasis: Column) -> tuple[Column, Column, Column]:
    """Compute the negative, neutral and positive shares; an unscored word counts as one."""
    positive, negative = (
        positive + emphasis * (positive > negative),
        negative + emphasis * (positive < negative),
    )
    whole = positive + negative + neutral
    return negative / whole, neutral / whole, positive / whole


def _compound(total: float) -> float:
    """Map a sum of values, emphasis included, to between -1 and 1, to four decimals."""
    return round(total / math.sqrt(total * total + _ALPHA), 4)


def compounds(hits: Hits, emphasis: np.ndarray) -> np.ndarray:
    """Compute the compound score of every part of a stream."""
    sums = totals(hits.part, hits.value, len(emphasis))
    sums = sums + towards(sums, emphasis)
    return _rounded(sums / np.sqrt(sums * sums + _ALPHA), 4)


def totals(part: np.ndarray, values: np.ndarray, parts: int) -> np.ndarray:
    """Sum the values of every part, in order, as Python's own sum does."""
    if _SUMS_IN_ORDER:
        return np.bincount(part, values, parts).astype(float, copy=False)
    bounds, listed = np.searchsorted(part, np.arange(parts + 1)).tolist(), values.tolist()
    return np.array([sum(listed[begin:end]) for begin, end in itertools.pairwise(bounds)], float)


@uncollected()
def vader_many(texts: Sequence[str]) -> Scores:
    """Compute VADER's tone scores for many texts at once: the same digits as `vader`.

    Returns
    -------
    Scores
        Columns `neg`, `neu`, `pos` (shares, 0 to 1) and `compound` (-1 to 1, higher is more positive), one row
        per text.

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
    described = [describe_emoji(_checked(text)) for text in texts]
    numbers = [*map(numbers_in_text, described)]
    bounds = np.cumsum([0, *map(len, numbers)])
    hits = rate(np.fromiter(itertools.chain.from_iterable(numbers), np.intp, bounds[-1]), bounds[:-1])
    emphasis = emphasis_of(*(np.array([text.count(mark) for text in described], np.intp) for mark in "!?"))
    positive, negative = (
        np.bincount(hits.part, np.where(signed > 0, signed + 1, 0), len(texts)) for signed in (hits.value, -hits.value)
    )
    neutral = np.diff(bounds) - np.bincount(hits.part[hits.value != 0], minlength=len(texts))
    with np.errstate(invalid="ignore"):
        shares = _shares(positive, negative, neutral, emphasis)
    neg, neu, pos = (_rounded(np.nan_to_num(each), 3) for each in shares)
    return Scores(neg, neu, pos, compounds(hits, emphasis))


def _rounded(numbers: np.ndarray, digits: int) -> np.ndarray:
    """Round to a number of decimals as Python does: numpy is wrong for numbers about halfway between two."""
    shifted = numbers * 10**digits
    rounded = np.rint(shifted) / 10**digits
    middle = np.flatnonzero(np.abs(shifted - np.floor(shifted) - 0.5) < 1e-6)
    rounded[middle] = [round(number, digits) for number in numbers[middle].tolist()]
    return rounded
