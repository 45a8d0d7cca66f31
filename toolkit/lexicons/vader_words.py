"""VADER's words: the number of each token among the words in its rules, and what the rules need of each word.

The word list, its ratings and the named constants are read from vaderSentiment on first use.
"""

import functools
import itertools
import re
import string
from collections.abc import Sequence
from typing import Any

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
        # The words in any rule, in lower case, by half their number.
        self.keys = ["", "", "n't", *sorted(known - {"n't"})]
        self.numbers = {key: 2 * place for place, key in enumerate(self.keys) if place >= _FIRST_LISTED}
        # Words that signal a phrase of several: its longest, and those in the lexicon.  A phrase begins with a hit, or
        # is within the hit and the three words before it, so common words such as `the` and `of` need not signal one.
        phrases = [phrase for phrase in parts if len(phrase) > 1]
        idioms = {word for each in phrases for word in each if word in self.lexicon or word == max(each, key=len)}
        plain = [0, *(self._flags_of(key, key in idioms) for key in self.keys[1:])]
        capitals = [flag and flag | Is.UPPER | Is.MODIFIES * (flag & Is.HIT > 0) for flag in plain]
        # Columns by number: flags; rating in the lexicon, -4 to 4, higher is more positive; what a word adds to the
        # strength of a following one.
        self.flags = np.column_stack([plain, capitals]).astype(np.int32).ravel()
        self.valence, self.booster = (
            np.repeat([known.get(key, 0.0) for key in self.keys], 2) for known in (self.lexicon, self.boosters)
        )
        self.longest_emoticon = max(len(key) for key in self.lexicon if len(key.strip(string.punctuation)) <= 2)

    def _flags_of(self, key: str, idiom: bool) -> int:
        named, boosts = _RULE_WORDS.get(key, 0), key in self.boosters
        negates, rated = key in self.source.NEGATE or "n't" in key, key in self.lexicon
        modifies = boosts or negates or idiom or named & (Is.NO | Is.LEAST | Is.NEVER | Is.SO) > 0
        flag = named | (Is.RATED if rated else Is.THERE) | Is.HIT * (rated and not boosts) | Is.BOOSTS * boosts
        return flag | Is.NEGATES * negates | Is.IDIOM * idiom | Is.MODIFIES * modifies


library = functools.cache(Library)


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
