"""VADER: vaderSentiment's lexicon and rules for the tone of a text, exact and in linear time.

The rules are defined once, for a single text (`vader`), millions of sentences (`score`) and explanations (`trace`).
The features of single words are in `vader_words`.

Source: Hutto, C.J. & Gilbert, E. (2014). VADER: A Parsimonious Rule-based Model for Sentiment Analysis of
Social Media Text. ICWSM 8(1), 216-225. doi:10.1609/icwsm.v8i1.14550
"""

import functools
import heapq
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from .vader_words import Word, checked, describe_emoji, library, read_token

if TYPE_CHECKING:
    import numpy as np

Rule = Literal[
    "negated", "boosted", "dampened", "capitals", "never so", "least", "special phrase", "kind of",
    "no before a lexicon word", "before but", "after but",
]  # fmt: skip

# Numbers of the rules that vaderSentiment 3.3.2 writes inside its functions, not under a name.
_EXCLAMATION, _MOST_EXCLAMATIONS = 0.292, 4
_QUESTION, _MOST_QUESTIONS, _MANY_QUESTIONS = 0.18, 3, 0.96
_FADING = {1: 1.0, 2: 0.95, 3: 0.9}  # a booster's weight, by its distance from the word it boosts
_NEVER_SO, _BEFORE_BUT, _AFTER_BUT = 1.25, 0.5, 1.5
_FEW = 50  # values; so many are searched faster than put into heaps
_ALPHA = 15  # the larger, the slower a compound score nears 1

Amount = TypeVar("Amount", float, "np.ndarray")  # the arithmetic serves one text and columns of many


class Scores(NamedTuple):
    """Negative, neutral and positive shares (0 to 1); `compound`: -1 to 1, higher is more positive."""

    neg: float
    neu: float
    pos: float
    compound: float


class Step(NamedTuple):
    """One rule that changed a word's valence, and the value after it."""

    rule: Rule
    value: float


class Row(NamedTuple):
    """One scored word: its position, its lexicon valence, the rules that changed it, its final value."""

    place: int
    valence: float
    steps: tuple[Step, ...]
    value: float


class Trace(NamedTuple):
    """How a compound score came about: the rows' values add up to `total`, to which `emphasis` was added."""

    rows: tuple[Row, ...]
    total: float
    emphasis: float
    compound: float


_NOTHING = Scores(0.0, 0.0, 0.0, 0.0)
_NEUTRAL = Scores(0.0, 1.0, 0.0, 0.0)


def vader(text: str) -> dict[str, float]:
    """Score the tone of a text by VADER's word list and rules: the same digits as vaderSentiment 3.3.2, in linear time.

    The compound score of a long text tends to -1 or 1 whatever it says: for more than a sentence or two use the mean
    over sentences.

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
    described = describe_emoji(checked(text))
    words = [read_token(token) for token in described.split()]
    return score(words, described.count("!"), described.count("?"))._asdict()


def score(words: Sequence[Word], exclamations: int, questions: int, hits: Sequence[int] | None = None) -> Scores:
    """Score the words of one sentence or text, in order; the results are rounded as vaderSentiment rounds.

    `exclamations` and `questions` say how many `!` and `?` the text has; `hits` are the places of the words
    with `hit`, if the caller has them already.
    """
    if hits is None:
        hits = _find_hits(words)
    if not hits:
        return _NEUTRAL if words else _NOTHING
    values = _rate(words, hits)
    emphasis = emphasis_of(exclamations, questions) if exclamations or questions else 0.0
    positive, negative = _strengths(values)
    neg, neu, pos = shares(positive, negative, len(words) - len(values) + values.count(0), emphasis)
    total = float(sum(values))
    compound = _compound(total + towards(total, emphasis))
    return Scores(round(neg, 3), round(neu, 3), round(pos, 3), compound)


def trace(words: Sequence[Word], exclamations: int, questions: int) -> Trace:
    """Score the words as `score` does, and record for each hit which rules changed its valence, and to what.

    The rows' values add up to `total` exactly (Python's `sum`, in order). `emphasis` is what punctuation adds
    to it, below 0 in a negative text. `compound` is that of `score`.
    """
    hits = _find_hits(words)
    steps: list[list[Step]] = [[] for _ in hits]
    values = _rate(words, hits, steps)
    rows = tuple(
        Row(at, words[at].valence or 0.0, tuple(taken), value)
        for at, taken, value in zip(hits, steps, values, strict=True)
    )
    total = float(sum(values))
    emphasis = towards(total, emphasis_of(exclamations, questions))
    return Trace(rows, total, emphasis, _compound(total + emphasis))


# The rules


def rate(words: Sequence[Word], at: int, mixed_case: bool) -> float:
    """Value of the hit at this place, `but` aside, from the three words before it and the two after it.

    `mixed_case`: some words of its sentence are in capitals and others are not.
    """
    return _Sentence(words, mixed_case).rate(at, None)


def _find_hits(words: Sequence[Word]) -> list[int]:
    return [at for at, each in enumerate(words) if each.hit]


def _rate(words: Sequence[Word], hits: Sequence[int], steps: list[list[Step]] | None = None) -> list[float]:
    """Apply all rules and return the hits' values; the rules are noted in `steps`, a list for each hit."""
    sentence = _Sentence(words)
    values = []
    for row, at in enumerate(hits):
        if sentence.is_modified(at):
            values.append(sentence.rate(at, None if steps is None else steps[row]))
        else:
            values.append(words[at].valence or 0.0)
    if "but" in sentence.keys:
        weigh_by_but(values, hits, sentence.keys.index("but"), steps)
    return values


class _Sentence:
    """The words of one text, and the rules by which the words before a hit change its valence."""

    def __init__(self, words: Sequence[Word], mixed_case: bool | None = None) -> None:
        self.words = words
        if mixed_case is not None:
            self.mixed_case = mixed_case
        self.keys = [each.key for each in words]
        self.library = library()

    def is_modified(self, at: int) -> bool:
        """Whether any rule could apply; for most hits none can."""
        return True in [each.modifies for each in self.words[at - 3 if at > 3 else 0 : at + 1]]

    def rate(self, at: int, steps: list[Step] | None) -> float:
        """Apply the rules to the hit at this place, in the library's order; `but` comes later."""
        if self.keys[at : at + 2] == ["kind", "of"]:
            return _note(steps, "kind of", 0.0)
        value = self._capitals(at, self._no(at, steps), steps)
        for distance in range(1, min(at, 3) + 1):
            other = self.words[at - distance]
            if other.valence is not None:
                continue
            if other.booster is not None:
                value = self._boost(value, other, distance, steps)
            if other.negates or distance == 3:
                value = self._negate(value, at, distance, steps)
            if distance == 3 and any(each.idiom for each in self.words[at - 3 : at + 1]):
                value = self._phrases(value, at, steps)
        return self._least(value, at, steps)

    @functools.cached_property
    def mixed_case(self) -> bool:
        """Whether some words are in capitals and others not: only then do capitals stress."""
        return 0 < sum(each.upper for each in self.words) < len(self.words)

    def _no(self, at: int, steps: list[Step] | None) -> float:
        """`no` counts for nothing before a lexicon word, and negates the next two (`no x or y`: three)."""
        value = valence = self.words[at].valence or 0.0
        before = self.keys[at - 3 if at > 3 else 0 : at]
        if self.keys[at] == "no" and at + 1 < len(self.words) and self.words[at + 1].valence is not None:
            value = _note(steps, "no before a lexicon word", 0.0)
        if "no" in before[-2:] or (before[:-2] == ["no"] and before[-1] in ("or", "nor")):
            value = _note(steps, "negated", valence * self.library.source.N_SCALAR)
        return value

    def _capitals(self, at: int, value: float, steps: list[Step] | None) -> float:
        if not (self.words[at].upper and self.mixed_case):
            return value
        return _note(steps, "capitals", value + _away_from_zero(value, self.library.source.C_INCR))

    def _boost(self, value: float, other: Word, distance: int, steps: list[Step] | None) -> float:
        amount = other.booster or 0.0
        if value < 0:
            amount = -amount
        if other.upper and self.mixed_case:
            amount += _away_from_zero(value, self.library.source.C_INCR)
        return _note_boost(steps, value, amount * _FADING[distance])

    def _negate(self, value: float, at: int, distance: int, steps: list[Step] | None) -> float:
        other, between = self.words[at - distance], self.keys[at - distance + 1 : at]
        stressed = [key in ("so", "this") for key in between]
        # Three words back the library asks for `never so` or for any `so` right before the hit.
        if any(stressed[1:]) or (other.key == "never" and any(stressed[:1])):
            return _note(steps, "never so", value * _NEVER_SO)
        if other.negates and not (other.key == "without" and "doubt" in between):
            return _note(steps, "negated", value * self.library.source.N_SCALAR)
        return value

    def _phrases(self, value: float, at: int, steps: list[Step] | None) -> float:
        """Phrases with a valence of their own; then dampeners of two words, added whatever the sign."""
        third, second, first, this, *after = self.keys[at - 3 : at + 3]
        two_one, three_two = f"{second} {first}", f"{third} {second}"
        three_two_one = f"{three_two} {first}"
        behind = (f"{first} {this}", f"{two_one} {this}", two_one, three_two_one, three_two)
        ahead = [" ".join([this, *after[:count]]) for count in range(1, len(after) + 1)]
        special = self.library.source.SPECIAL_CASES
        for phrase in [phrase for phrase in behind if phrase in special][:1] + ahead:
            if phrase in special:
                value = _note(steps, "special phrase", special[phrase])
        for phrase in (three_two_one, three_two, two_one):
            if phrase in self.library.boosters:
                value = _note_boost(steps, value, self.library.boosters[phrase])
        return value

    def _least(self, value: float, at: int, steps: list[Step] | None) -> float:
        """`least` negates what follows; `at least` and `very least` do not."""
        if at == 0 or self.keys[at - 1] != "least" or (at > 1 and self.keys[at - 2] in ("at", "very")):
            return value
        return _note(steps, "least", value * self.library.source.N_SCALAR)


def weigh_by_but(values: list[float], hits: Sequence[int], but: int, steps: list[list[Step]] | None) -> None:
    """Halve the values before the first `but` and raise those after it by half, in place.

    The library looks each value up again by `list.index` and so changes the first word of *equal* value: some
    words are changed twice, others never. A heap of places a value finds the same word without searching, which
    takes longer in a long text only.
    """
    if steps is None and len(values) <= _FEW:
        for value in values:  # its current value: the list changes during iteration
            row = values.index(value)
            values[row] = value * (_BEFORE_BUT if hits[row] < but else _AFTER_BUT)
        return
    places: dict[float, list[int]] = {}
    for row, value in enumerate(values):
        places.setdefault(value, []).append(row)
    for turn in range(len(values)):
        row = heapq.heappop(places[values[turn]])
        before = hits[row] < but
        values[row] *= _BEFORE_BUT if before else _AFTER_BUT
        heapq.heappush(places.setdefault(values[row], []), row)
        if steps and values[row]:
            _note(steps[row], "before but" if before else "after but", values[row])


def _note(steps: list[Step] | None, rule: Rule, value: float) -> float:
    if steps is not None:
        steps.append(Step(rule, value))
    return value


def _note_boost(steps: list[Step] | None, value: float, amount: float) -> float:
    """Add the amount, and name the step by its effect: capitals can outweigh a dampener."""
    return _note(steps, "boosted" if amount * (value or 1) > 0 else "dampened", value + amount)


def _away_from_zero(value: float, amount: float) -> float:
    return amount if value > 0 else -amount


# From values to scores


def emphasis_of(exclamations: int, questions: int) -> float:
    """Emphasis: what `!` (up to four) and `?` (from two) add to the strength of a text."""
    added = min(exclamations, _MOST_EXCLAMATIONS) * _EXCLAMATION
    if questions > _MOST_QUESTIONS:
        return added + _MANY_QUESTIONS
    return added + questions * _QUESTION if questions > 1 else added


def towards(total: Amount, emphasis: Amount) -> Amount:
    """Emphasis makes a positive text more positive, a negative one more negative, a neutral one nothing."""
    return emphasis * (total > 0) - emphasis * (total < 0)


def compounds(totals: Sequence[float]) -> list[float]:
    """Bring sums of values, emphasis included, between -1 and 1, to four decimals."""
    return [_compound(total) for total in totals]


def _compound(total: float) -> float:
    return round(total / math.sqrt(total * total + _ALPHA), 4)


def _strengths(values: Sequence[float]) -> tuple[float, float]:
    """Weight of the positive and of the negative words: their strength plus one."""
    positive = negative = 0.0
    for value in values:
        if value > 0:
            positive += value + 1
        elif value < 0:
            negative += 1 - value
    return positive, negative


def shares(positive: Amount, negative: Amount, neutral: Amount, emphasis: Amount) -> tuple[Amount, Amount, Amount]:
    """Negative, neutral and positive shares; a word that is not scored weighs one."""
    positive, negative = (
        positive + emphasis * (positive > negative),
        negative + emphasis * (positive < negative),
    )
    whole = positive + negative + neutral
    return negative / whole, neutral / whole, positive / whole
