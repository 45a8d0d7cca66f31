"""VADER: vaderSentiment's lexicon and rules for the tone of a text, exact and in linear time.

Each token has a number among the words in the rules. Every rule is arithmetic over columns of these numbers and is
written once (`_rate`): for millions of sentences, for one text, and for explanations (`rate` with steps). The word
list, its ratings and the named constants are read from vaderSentiment on first use.
"""

import functools
import heapq
import itertools
import re
import string
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from .._tables import as_list
from .characters import ranges
from .tokens import tokens_of

Rule = Literal[
    "negated", "boosted", "dampened", "capitals", "never so", "so", "least", "special phrase", "kind of",
    "no before a lexicon word", "before but", "after but",
]  # fmt: skip

NEUTRAL = 0.05  # the authors' threshold: scores from +0.05 are positive, from -0.05 down negative
# Unnamed constants inside vaderSentiment 3.3.2's functions.
_EXCLAIMED, _ASKED = np.arange(5) * 0.292, np.array([0.0, 0.0, 2 * 0.18, 3 * 0.18, 0.96])
"""What `!` and `?` add to the strength of a text, by their count; more than four add no more."""
_FADING = 0.0, 1.0, 0.95, 0.9  # a booster's weight, by its distance from the word it boosts
_NEVER_SO, _BEFORE_BUT, _AFTER_BUT = 1.25, 0.5, 1.5
_PHRASES = ((2, 4), (1, 4), (1, 3), (0, 3), (0, 2)), ((3, 5), (3, 6)), ((0, 3), (0, 2), (1, 3))
"""Where a special phrase may be, in the library's order: up to the scored word, which is number 3, or from it on; and
where a boosting phrase may be."""
_ALPHA = 15  # the larger, the slower compound scores approach 1


class Is:
    """Flags of a word; those from NO on are the words that the rules name.

    THERE: a word without a rating, which may change that of another; RATED: in the lexicon; HIT: scored by its own
    rating; IDIOM: a special phrase may be here; MODIFIES: it may change a rating, its own or a later word's.
    """

    THERE, RATED, HIT, BOOSTS, NEGATES, UPPER, IDIOM, MODIFIES = (1 << bit for bit in range(8))
    NO, OR, KIND, OF, NEVER, SO, WITHOUT, DOUBT, LEAST, AT, BUT = (1 << bit for bit in range(8, 19))


_RULE_WORDS = {
    "no": Is.NO, "or": Is.OR, "nor": Is.OR, "kind": Is.KIND, "of": Is.OF, "never": Is.NEVER, "so": Is.SO, "this": Is.SO,
    "without": Is.WITHOUT, "doubt": Is.DOUBT, "least": Is.LEAST, "at": Is.AT, "very": Is.AT, "but": Is.BUT,
}  # fmt: skip
NOTHING, PLAIN, PLAIN_NEGATION = 0, 2, 4
"""Numbers of no word, of a word in no rule, and of such a word with n't; odd numbers are words in capitals."""

_PUNCTUATION = string.punctuation + "…“”‘’„«»‹›–—"
_TAIL = "….,!?;:\"')”’"
_ANSWERS = frozenset("ez fu gg gj gl ha jk kk no np ok qt ty xd yw".split())
"""Words of one or two letters that can end a sentence; others with a full stop are initials and abbreviations."""
_LONGEST_EMOTICON = 20  # characters; more than in any of the lexicon
_SHORT_FORM = re.compile(r"""[("'\[]{0,20}[a-z]{1,2}\.\W{0,20}""", re.IGNORECASE)


class Library:
    """vaderSentiment's data, and what is derived from it for the rules' lookups."""

    def __init__(self) -> None:
        from vaderSentiment import vaderSentiment

        analyzer = vaderSentiment.SentimentIntensityAnalyzer()
        self.source: Any = vaderSentiment  # for its constants
        self.lexicon: dict[str, float] = analyzer.lexicon
        self.boosters: dict[str, float] = vaderSentiment.BOOSTER_DICT
        # Names of emoji, each after a space, by code point.
        self.emoji = {ord(emoji): f" {name}" for emoji, name in analyzer.emojis.items() if len(emoji) == 1}
        parts = [phrase.split() for phrase in (*vaderSentiment.SPECIAL_CASES, *self.boosters)]
        known = {*_RULE_WORDS, *itertools.chain(*parts), *self.lexicon, *self.boosters, *vaderSentiment.NEGATE}
        # The words of all rules, in lower case, by half their number.
        self.keys = ["", "", "n't", *sorted(known - {"n't"})]
        self.numbers = {key: 2 * place for place, key in enumerate(self.keys) if 2 * place > PLAIN_NEGATION}
        # Words that signal a phrase: its longest word, and any in the lexicon. A phrase begins with a hit, or lies
        # within the hit and the three words before it, so common words such as `the` and `of` need not signal one.
        phrases = [phrase for phrase in parts if len(phrase) > 1]
        idioms = {word for each in phrases for word in each if word in self.lexicon or word == max(each, key=len)}
        flags = [self._flags_of(key, key in idioms, upper) for key in self.keys for upper in (False, True)]
        # Columns by number: flags; lexicon rating, -4 to 4, higher is more positive; boost for a following word.
        self.flags = np.array([0, 0, *flags[PLAIN:]], np.int32)
        self.valence, self.booster = (
            np.repeat([known.get(key, 0.0) for key in self.keys], 2) for known in (self.lexicon, self.boosters)
        )

    def _flags_of(self, key: str, idiom: bool, upper: bool) -> int:
        named, boosts = _RULE_WORDS.get(key, 0), key in self.boosters
        negates, rated = key in self.source.NEGATE or "n't" in key, key in self.lexicon
        hit = rated and not boosts
        modifies = boosts or negates or idiom or named & (Is.NO | Is.LEAST | Is.NEVER | Is.SO) > 0 or (upper and hit)
        flag = named | (Is.RATED if rated else Is.THERE) | Is.HIT * hit | Is.BOOSTS * boosts | Is.UPPER * upper
        return flag | Is.NEGATES * negates | Is.IDIOM * idiom | Is.MODIFIES * modifies


library = functools.cache(Library)


def describe_emoji(text: str) -> str:
    """Replace each emoji of one code point by its name in vaderSentiment's list, and strip the text.

    As in the library, there is a space before the name and none after it, so `🔥Attention` becomes
    the single word `fireAttention`.
    """
    return (text if text.isascii() else text.translate(library().emoji)).strip()


def number(token: str, forgiving: bool = False) -> int:
    """Return the number of a token, a piece of text between spaces, after `cleaned`."""
    bare = cleaned(token, forgiving)
    return numbers_of_keys([bare.lower()])[0] + bare.isupper()


def numbers_of_keys(keys: Sequence[str]) -> list[int]:
    """Return the numbers of words in lower case."""
    known = library().numbers
    return [known.get(key) or (PLAIN_NEGATION if "n't" in key else PLAIN) for key in keys]


def numbers_in(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers of the tokens of texts whose emoji have been replaced by names, and the bounds of texts."""
    distinct, which, bounds = tokens_of(texts)
    return np.array([*map(number, distinct)], np.intp).take(which), bounds


def cleaned(token: str, forgiving: bool = False) -> str:
    """Strip the punctuation from a token.

    vaderSentiment keeps it on words of one or two letters, which may be emoticons, and so does not recognise `No.` or
    `<3!`; with `forgiving` they are read as `No` and `<3`. Emoticons stay whole either way.
    """
    stripped = token.strip(_PUNCTUATION if forgiving else string.punctuation)
    if forgiving and token.lower() in library().lexicon:
        return token
    if len(stripped) > 2 or not forgiving:
        return stripped if len(stripped) > 2 else token
    if _SHORT_FORM.fullmatch(token) and stripped.lower() in library().lexicon and stripped.lower() not in _ANSWERS:
        return token  # Samuel L. Jackson, Dallas, Tx., pp. 12 ff.
    return _emoticon(token) or stripped or token


def _emoticon(token: str) -> str:
    """Return the longest lexicon entry followed only by closing punctuation (`:)` in `:)!!`), or an empty string."""
    if token.startswith(("(", "[")):
        return ""  # `(8)` is a number in brackets, not the emoticon `(8`
    lexicon, shortest = library().lexicon, max(len(token.rstrip(_TAIL)), 1)
    beginnings = (token[:length] for length in range(min(len(token), _LONGEST_EMOTICON), shortest - 1, -1))
    return next((each for each in beginnings if each.lower() in lexicon), "")


class Scores(NamedTuple):
    """Negative, neutral and positive shares (0 to 1); `compound`: -1 to 1, higher is more positive."""

    neg: np.ndarray
    neu: np.ndarray
    pos: np.ndarray
    compound: np.ndarray


class Step(NamedTuple):
    """One rule that changed a word's valence, and the value after it."""

    rule: Rule
    value: float


class Hits(NamedTuple):
    """The scored words of a stream of words, in order."""

    place: np.ndarray  # in the stream
    part: np.ndarray  # number of the sentence or text
    value: np.ndarray  # rating after the rules
    steps: list[list[Step]]  # the rules that changed it, if requested


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
    scores = vader_many([text])
    return {name: column.item() for name, column in zip(Scores._fields, scores, strict=True)}


def _rate(around: np.ndarray, mixed: np.ndarray, steps: list[list[Step]]) -> np.ndarray:
    """Apply the rules to scored words in the library's order, `but` aside.

    `around`: numbers of the three words before, the scored word, and the two after, one row each; `NOTHING` outside the
    text. `mixed`: whether only some words of the text are in capitals, as only then do capitals emphasise. `steps`: one
    list per scored word, to which the rules that change it are added; empty to skip this.
    """
    known, source = library(), library().source
    third, second, first, this, following = known.flags.take(around[:5])
    valence = value = known.valence.take(around[3])

    def apply(rule: Rule, where: np.ndarray, new: np.ndarray | float) -> None:
        nonlocal value
        value = np.where(where, new, value)
        for row in np.flatnonzero(where).tolist() if steps else ():
            if rule == "kind of":
                steps[row].clear()
            steps[row].append(Step(rule, float(value[row])))

    def louder() -> np.ndarray:
        return np.where(value > 0, source.C_INCR, -source.C_INCR)

    apply("no before a lexicon word", ((this & Is.NO) > 0) & ((following & Is.RATED) > 0), 0.0)
    no = (((first | second) & Is.NO) > 0) | (((third & Is.NO) > 0) & ((first & Is.OR) > 0))
    apply("negated", no, valence * source.N_SCALAR)
    apply("capitals", mixed & ((this & Is.UPPER) > 0), value + louder())
    between = nearer = np.zeros_like(this)
    for distance, other in enumerate((first, second, third), 1):
        here = (other & Is.THERE) > 0
        boosts = here & ((other & Is.BOOSTS) > 0)
        if boosts.any():
            booster = known.booster.take(around[3 - distance])
            amount = np.where(value < 0, -booster, booster) + np.where(mixed & ((other & Is.UPPER) > 0), louder(), 0.0)
            new, stronger = value + amount * _FADING[distance], amount * np.where(value == 0, 1.0, value) > 0
            apply("boosted", boosts & stronger, new)
            apply("dampened", boosts > stronger, new)  # unless capitals outweigh it
        negates = here & ((other & Is.NEGATES) > 0)
        if distance == 3 or negates.any():
            never_so = ((other & Is.NEVER) > 0) & ((nearer & Is.SO) > 0)
            so = ((first & Is.SO) > 0) & (distance == 3)  # here the library does not require `never`
            doubtless = ((other & Is.WITHOUT) > 0) & ((between & Is.DOUBT) > 0)
            apply("never so", here & never_so, value * _NEVER_SO)
            apply("so", here & (so > never_so), value * _NEVER_SO)
            apply("negated", negates > (never_so | so | doubtless), value * source.N_SCALAR)
        nearer, between = other, between | other
    idiom = ((third & Is.THERE) > 0) & (((third | second | first | this) & Is.IDIOM) > 0)
    for row in np.flatnonzero(idiom).tolist():
        phrases = _phrases(around[:, row].tolist(), float(value[row]))
        value[row] = phrases[-1].value if phrases else value[row]
        if steps:
            steps[row] += phrases
    apply("least", ((first & Is.LEAST) > 0) > ((second & Is.AT) > 0), value * source.N_SCALAR)
    apply("kind of", ((this & Is.KIND) > 0) & ((following & Is.OF) > 0), 0.0)
    return value


def _phrases(around: Sequence[int], value: float) -> list[Step]:
    """Return the steps of phrases: those with a valence, then those that boost, whatever the sign."""
    words = [library().keys[number >> 1] for number in around]
    behind, ahead, boosting = ([" ".join(words[slice(*at)]) for at in places] for places in _PHRASES)
    special, boosters = library().source.SPECIAL_CASES, library().boosters
    phrases = [phrase for phrase in behind if phrase in special][:1] + ahead
    steps = [Step("special phrase", float(special[phrase])) for phrase in phrases if phrase in special]
    for phrase in boosting:
        if amount := boosters.get(phrase, 0.0):
            value = steps[-1].value if steps else value
            steps.append(Step("boosted" if amount * (value or 1) > 0 else "dampened", value + amount))
    return steps


def rate(numbers: np.ndarray, starts: np.ndarray, *, explain: bool = False) -> Hits:
    """Rate the scored words of a stream that is cut at `starts` into sentences or texts; `explain` gives the steps."""
    flags = library().flags.take(numbers)

    def parts_of(places: np.ndarray) -> np.ndarray:
        return np.searchsorted(starts, places, "right") - 1

    places = np.flatnonzero(flags & Is.HIT)
    part, valence = parts_of(places), library().valence.take(numbers[places])
    hits = Hits(places, part, valence, [[] for _ in places] if explain else [])
    near = np.bitwise_or.reduce([flags.take(places - back, mode="clip") for back in range(4)])
    modified = np.flatnonzero(near & Is.MODIFIES)
    at, of, ends = places[modified] + np.arange(-3, 3)[:, None], part[modified], np.append(starts[1:], len(numbers))
    around = np.where((at >= starts[of]) & (at < ends[of]), numbers.take(at, mode="clip"), NOTHING)
    capitals = np.bincount(parts_of(np.flatnonzero(flags & Is.UPPER)), minlength=len(starts))
    mixed = ((capitals > 0) & (capitals < ends - starts))[of]
    hits.value[modified] = _rate(around, mixed, [hits.steps[row] for row in modified.tolist()] if explain else [])
    buts = np.flatnonzero(flags & Is.BUT)
    owners, nth = np.unique(parts_of(buts), return_index=True)
    _weigh_by_but(hits, buts[nth], *(np.searchsorted(part, each) for each in (owners, owners + 1)))
    return hits


def _weigh_by_but(hits: Hits, buts: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> None:
    """Halve the values before the first `but` of a part and increase those after it by half.

    The library finds each value again with `list.index` and so changes the first word of *equal* value: some words are
    changed twice, others never. A heap of positions per value avoids searching long texts.
    """
    rows, of = ranges(starts, ends), np.repeat(np.arange(len(buts)), ends - starts)
    before = (hits.place[rows] < buts[of]).tolist()
    values, seen = hits.value[rows].tolist(), defaultdict[tuple[int, float], list[int]](list)
    for turn, part in enumerate(of.tolist()):
        row = heapq.heappushpop(seen[part, values[turn]], turn)
        values[row] *= _BEFORE_BUT if before[row] else _AFTER_BUT
        heapq.heappush(seen[part, values[row]], row)
        if hits.steps and values[row]:
            hits.steps[rows[row]].append(Step("before but" if before[row] else "after but", values[row]))
    hits.value[rows] = values


def emphasis_of(exclamations: np.ndarray, questions: np.ndarray) -> np.ndarray:
    """Compute the emphasis of each text from its `!` and `?`."""
    return _EXCLAIMED.take(exclamations, mode="clip") + _ASKED.take(questions, mode="clip")


def compounds(hits: Hits, emphasis: np.ndarray) -> np.ndarray:
    """Compute the compound score of every part of a stream."""
    sums = totals(hits.part, hits.value, len(emphasis))
    sums = sums + np.sign(sums) * emphasis  # 0 stays 0
    return _rounded(sums / np.sqrt(sums * sums + _ALPHA), 4)


def totals(part: np.ndarray, values: np.ndarray, parts: int) -> np.ndarray:
    """Sum the values of every part, in order, as Python's own sum does."""
    if sum([0.1] * 10) != 1:  # Python 3.12 and later compensate for rounding errors
        return np.bincount(part, values, parts).astype(float, copy=False)
    bounds, listed = np.searchsorted(part, np.arange(parts + 1)).tolist(), values.tolist()
    return np.array([sum(listed[begin:end]) for begin, end in itertools.pairwise(bounds)], float)


def vader_many(texts: Sequence[str]) -> Scores:
    """Compute VADER's tone scores for many texts at once: the same digits as `vader`, which names the source.

    Returns
    -------
    Scores
        Columns `neg`, `neu`, `pos` (shares, 0 to 1) and `compound` (-1 to 1, higher is more positive), one row
        per text.

    Raises
    ------
    TypeError
        When a text is not a string.

    Examples
    --------
    >>> vader_many(["The book was good.", "No."]).compound.tolist()
    [0.4404, 0.0]
    """
    given = as_list(texts)
    if wrong := [each for each in given if not isinstance(each, str)]:
        raise TypeError(
            f"vader() was given {wrong[0]!r:.60} ({type(wrong[0]).__name__}); it accepts one text as a str. "
            "Leave missing texts out, and give the texts of a list or column one at a time."
        )
    described = [*map(describe_emoji, given)]
    numbers, bounds = numbers_in(described)
    hits = rate(numbers, bounds[:-1])
    emphasis = emphasis_of(*(np.array([text.count(mark) for text in described], np.intp) for mark in "!?"))
    positive, negative = (
        np.bincount(hits.part, np.where(signed > 0, signed + 1, 0), len(given)) for signed in (hits.value, -hits.value)
    )
    neutral = np.diff(bounds) - np.bincount(hits.part[hits.value != 0], minlength=len(given))  # each counts as 1
    stronger = np.sign(positive - negative)
    positive, negative = positive + emphasis * (stronger > 0), negative + emphasis * (stronger < 0)
    with np.errstate(invalid="ignore"):
        shares = np.array([negative, neutral, positive]) / (positive + negative + neutral)
    neg, neu, pos = (_rounded(each, 3) for each in np.nan_to_num(shares))
    return Scores(neg, neu, pos, compounds(hits, emphasis))


def _rounded(numbers: np.ndarray, digits: int) -> np.ndarray:
    """Round to a number of decimals like Python: numpy is wrong for numbers almost halfway between two."""
    shifted = numbers * 10**digits
    rounded = np.rint(shifted) / 10**digits
    middle = np.flatnonzero(np.abs(shifted - np.floor(shifted) - 0.5) < 1e-6)
    rounded[middle] = [round(number, digits) for number in numbers[middle].tolist()]
    return rounded
