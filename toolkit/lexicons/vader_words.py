"""VADER's words: the number of each token among the words in its rules, and what the rules need of each word.

The word list, its ratings and the named constants are read from vaderSentiment on first use.
"""

import functools
import itertools
import re
import string
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from .tokens import tokens_of


class Is:
    """Flags of a word.

    THERE: a word without a rating, which may change that of another; RATED: in the lexicon; HIT: scored by its own
    rating; UPPER: in capitals; IDIOM: a special phrase may be here; MODIFIES: it may change a rating, its own or a
    later word's.  The flags from NO on are the words that the rules name.
    """

    THERE, RATED, HIT, BOOSTS, NEGATES, UPPER, IDIOM, MODIFIES = (1 << bit for bit in range(8))
    NO, OR, KIND, OF, NEVER, SO, WITHOUT, DOUBT, LEAST, AT, BUT = (1 << bit for bit in range(8, 19))


_RULE_WORDS = {
    "no": Is.NO, "or": Is.OR, "nor": Is.OR, "kind": Is.KIND, "of": Is.OF, "never": Is.NEVER, "so": Is.SO, "this": Is.SO,
    "without": Is.WITHOUT, "doubt": Is.DOUBT, "least": Is.LEAST, "at": Is.AT, "very": Is.AT, "but": Is.BUT,
}  # fmt: skip
NOTHING, PLAIN, PLAIN_NEGATION = 0, 2, 4
"""Numbers of no word, of a word in no rule, and of such a word with n't; odd numbers are words in capitals."""
_FIRST_LISTED = PLAIN_NEGATION // 2 + 1

_PUNCTUATION = string.punctuation + "…“”‘’„«»‹›–—"
_TAIL = "….,!?;:\"')”’"
_ANSWERS = frozenset("ez fu gg gj gl ha jk kk no np ok qt ty xd yw".split())
"""Words of one or two letters that can end a sentence; others with a full stop are initials and abbreviations."""
_SHORT_FORM = re.compile(r"""[("'\[]{0,20}[a-z]{1,2}\.\W{0,20}""", re.IGNORECASE)


class Library(NamedTuple):
    """vaderSentiment's data, and what is derived from it for the rules' lookups."""

    source: Any  # vaderSentiment's module, for its constants
    lexicon: dict[str, float]
    emoji: dict[int, str]  # names, each after a space, by code point
    boosters: dict[str, float]
    keys: list[str]  # of the words in any rule, in lower case, indexed by half their number
    numbers: dict[str, int]
    flags: np.ndarray  # of `Is`, by number, as in the other columns
    valence: np.ndarray  # rating in the lexicon, -4 to 4, higher is more positive
    booster: np.ndarray  # what it adds to the strength of a following word
    longest_emoticon: int


@functools.cache
def library() -> Library:
    """Load vaderSentiment's data, once."""
    from vaderSentiment import vaderSentiment

    analyzer = vaderSentiment.SentimentIntensityAnalyzer()
    lexicon, boosters, negations = analyzer.lexicon, vaderSentiment.BOOSTER_DICT, vaderSentiment.NEGATE
    parts = [phrase.split() for phrase in (*vaderSentiment.SPECIAL_CASES, *boosters)]
    # Words that signal a phrase of several: its longest, and those in the lexicon.  A phrase begins with a hit, or is
    # within the hit and the three words before it, so common words such as `the` and `of` need not signal one.
    signals = [[max(phrase, key=len), *filter(lexicon.__contains__, phrase)] for phrase in parts if len(phrase) > 1]
    idioms = {*itertools.chain.from_iterable(signals)}
    known = {*_RULE_WORDS, *itertools.chain.from_iterable(parts), *lexicon, *boosters, *negations}
    keys = ["", "", "n't", *sorted(known - {"n't"})]
    flags = [0, 0]
    for key in keys[1:]:
        rated, boosts, negates, idiom = key in lexicon, key in boosters, key in negations or "n't" in key, key in idioms
        named, hit = _RULE_WORDS.get(key, 0), rated and not boosts
        modifies = boosts or negates or idiom or named & (Is.NO | Is.LEAST | Is.NEVER | Is.SO) > 0
        flag = named | (Is.RATED if rated else Is.THERE) | Is.HIT * hit | Is.BOOSTS * boosts
        flag |= Is.NEGATES * negates | Is.IDIOM * idiom | Is.MODIFIES * modifies
        flags += [flag, flag | Is.UPPER | Is.MODIFIES * hit]
    valence, booster = (np.repeat([known.get(key, 0.0) for key in keys], 2) for known in (lexicon, boosters))
    return Library(
        source=vaderSentiment,
        lexicon=lexicon,
        emoji={ord(emoji): f" {name}" for emoji, name in analyzer.emojis.items() if len(emoji) == 1},
        boosters=boosters,
        keys=keys,
        numbers={key: 2 * place for place, key in enumerate(keys) if place >= _FIRST_LISTED},
        flags=np.array(flags, np.int32),
        valence=valence,
        booster=booster,
        longest_emoticon=max(len(key) for key in lexicon if len(key.strip(string.punctuation)) <= 2),
    )


# ---- reading tokens


def describe_emoji(text: str) -> str:
    """Replace each emoji of one code point by its name in vaderSentiment's list, and strip the text.

    As in the library, there is a space before the name and none after it, so `🔥Attention` becomes
    the single word `fireAttention`.
    """
    return (text if text.isascii() else text.translate(library().emoji)).strip()


def number(token: str, forgiving: bool = False) -> int:
    """Return the number of a token, a piece of text between spaces, after `cleaned`."""
    bare = cleaned(token, forgiving)
    key = bare.lower()
    return (library().numbers.get(key) or (PLAIN_NEGATION if "n't" in key else PLAIN)) + bare.isupper()


def numbers_in(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers of the tokens of texts whose emoji have been replaced by names, and the bounds of texts."""
    tokens = tokens_of(texts)
    return np.array([*map(number, tokens.distinct)], np.intp).take(tokens.which), tokens.bounds


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
    known = library()
    shortest = max(len(token.rstrip(_TAIL)), 1)
    for length in range(min(len(token), known.longest_emoticon), shortest - 1, -1):
        if token[:length].lower() in known.lexicon:
            return token[:length]
    return ""
