"""VADER's words: the features of one token in its lexicon and rules, looked up as vaderSentiment reads it.

The word list, its ratings and the named constants are read from vaderSentiment at the first use.
"""

import functools
import re
import string
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

_RULE_WORDS = frozenset("no or nor kind of never so this without doubt least at very but".split())
_MATTERS_NEARBY = frozenset({"no", "least", "never", "so", "this"})
_PUNCTUATION = string.punctuation + "…“”‘’„«»‹›–—"
_MAYBE_EMOJI = re.compile("[^\x00-\x7f\u2013\u2014\u2018\u2019\u201c\u201d\u2026]")  # the rest of usual prose
_TAIL = "….,!?;:\"')”’"
_ANSWERS = frozenset("ez fu gg gj gl ha jk kk no np ok qt ty xd yw".split())
"""Words of one or two letters that end sentences; others with a full stop are initials and abbreviations."""
_SHORT_FORM = re.compile(r"""[("'\[]{0,20}[a-z]{1,2}\.\W{0,20}""", re.IGNORECASE)
_NUMBER = re.compile("#*[0-9]")  # digits of other scripts and raised ones are no such number
_NUMBER_SIGN = re.compile(r"\W{0,20}no\.", re.IGNORECASE)
_LONGEST_CACHED = 40  # longer tokens are links and noise, not worth caching


class Word(NamedTuple):
    """The features of one token that the rules need."""

    key: str  # in lower case
    valence: float | None  # its rating in the lexicon, -4 to 4, higher is more positive
    booster: float | None  # what it adds to the strength of a word that follows
    upper: bool  # in capitals
    negates: bool
    idiom: bool  # a special phrase may be here: see _telling_words
    hit: bool  # it has a valence of its own to score
    modifies: bool  # it may change a valence, its own or a later word's


class Library(NamedTuple):
    """vaderSentiment's data, and sets derived from it for the rules' lookups."""

    source: Any  # vaderSentiment's module, for its constants
    lexicon: dict[str, float]
    emoji: dict[str, str]
    boosters: dict[str, float]
    negations: frozenset[str]
    telling_words: frozenset[str]
    asked_for: frozenset[str]
    known: frozenset[str]
    longest_emoticon: int


PLAIN = Word("", None, None, False, False, False, False, False)
PLAIN_UPPER = PLAIN._replace(upper=True)


def checked(text: str) -> str:
    """Raise a TypeError for anything that is not a text."""
    if not isinstance(text, str):
        raise TypeError(
            f"vader() was given {text!r:.60} ({type(text).__name__}); it accepts one text as a str. "
            "Leave missing texts out, and give the texts of a list or column one at a time."
        )
    return text


def describe_emoji(text: str) -> str:
    """Replace each emoji of one code point by its name in vaderSentiment's list, and strip the text.

    As the library does it: a space is put before the name and none after it, so that `🔥Attention` becomes
    the one word `fireAttention`.
    """
    if text.isascii() or not _MAYBE_EMOJI.search(text):
        return text.strip()
    names = library().emoji
    if names.keys().isdisjoint(text):
        return text.strip()
    pieces = []
    for before, character in zip(" " + text, text, strict=False):  # the first character has a space before it
        name = names.get(character)
        gap = "" if name is None or before == " " else " "
        pieces.append(gap + (name or character))
    return "".join(pieces).strip()


def known_words(*, rated: bool = False) -> Collection[str]:
    """All words, in lower case, that any rule knows; `rated`: those of the lexicon alone."""
    return library().lexicon if rated else library().known


def word(token: str, forgiving: bool = False) -> Word:
    """Look up one token, a piece of text between spaces, in the lexicon and the rules' word lists.

    vaderSentiment keeps the punctuation on words of one or two letters and so does not know `No.` or `<3!`;
    with `forgiving` they are read as `No` and `<3`. Emoticons stay whole either way.
    """
    return looked_up(cleaned(token, forgiving))


def abbreviates_number(token: str, following: str) -> bool:
    """Whether `No.` is short for number, because a number follows; such a token has no tone."""
    return _NUMBER.match(following) is not None and _NUMBER_SIGN.fullmatch(token) is not None


def cleaned(token: str, forgiving: bool = False) -> str:
    """Strip the punctuation from a token as `word` does."""
    return _clean_forgivingly(token) if forgiving else _clean(token)


def is_known(cleaned: str) -> bool:
    """Whether any rule uses a token once its punctuation is stripped."""
    key = cleaned.lower()
    return key in library().known or "n't" in key


def looked_up(cleaned: str) -> Word:
    """Look up a token whose punctuation is stripped."""
    known = library()
    key, upper = cleaned.lower(), cleaned.isupper()
    valence, booster = known.lexicon.get(key), known.boosters.get(key)
    hit = valence is not None and booster is None
    negates = key in known.negations or "n't" in key
    idiom = key in known.telling_words
    modifies = booster is not None or negates or idiom or key in _MATTERS_NEARBY or (hit and upper)
    return Word(key, valence, booster, upper, negates, idiom, hit, modifies)


def shared(token: str, forgiving: bool = False) -> Word:
    """Look up a token as `word` does; all words that no rule uses share one plain word, to save memory."""
    bare = cleaned(token, forgiving)
    if is_known(bare):
        return _remembered_lookup(bare)
    return PLAIN_UPPER if bare.isupper() else PLAIN


def as_hit(word: Word) -> Word:
    """Reduce a word to the features that the rules use when it is the rated word."""
    return Word(word.key if word.key in library().asked_for else "", *word[1:])


def as_neighbour(word: Word, *, in_phrases: bool = True) -> Word:
    """Reduce a word to the features that the rules use when a neighbour is rated."""
    key = word.key if word.key in (library().asked_for if in_phrases else _RULE_WORDS) else ""
    valence = None if word.valence is None else 0.0  # rated words modify nothing, whatever their rating
    return Word(
        key,
        valence,
        word.booster,
        word.upper and word.booster is not None,
        word.negates,
        word.idiom,
        word.hit,
        word.modifies,
    )


# Reading tokens


@functools.cache
def library() -> Library:
    """Load vaderSentiment's data, once."""
    from vaderSentiment import vaderSentiment

    analyzer = vaderSentiment.SentimentIntensityAnalyzer()
    lexicon, boosters = analyzer.lexicon, vaderSentiment.BOOSTER_DICT
    negations = frozenset(vaderSentiment.NEGATE)
    phrases = [*vaderSentiment.SPECIAL_CASES, *boosters]
    asked_for = _RULE_WORDS.union(" ".join(phrases).split())
    return Library(
        source=vaderSentiment,
        lexicon=lexicon,
        emoji=analyzer.emojis,
        boosters=boosters,
        negations=negations,
        asked_for=asked_for,
        known=asked_for.union(lexicon, boosters, negations),
        telling_words=_telling_words(phrases, lexicon),
        longest_emoticon=max(len(key) for key in lexicon if len(key.strip(string.punctuation)) <= 2),
    )


def _telling_words(phrases: Sequence[str], lexicon: dict[str, float]) -> frozenset[str]:
    """Pick the words that signal a multiword phrase: its longest, and those in the lexicon.

    A phrase begins with a hit, which is in the lexicon, or is within the hit and the three words
    before it. So `the` and `of` need not make every sentence look as if it held a phrase.
    """
    parts = [phrase.split() for phrase in phrases if " " in phrase]
    rated = {part for phrase in parts for part in phrase if part in lexicon}
    return frozenset(rated.union(max(phrase, key=len) for phrase in parts))


_remembered_lookup = functools.lru_cache(maxsize=65_536)(looked_up)
_remembered_word = functools.lru_cache(maxsize=65_536)(word)


def read_token(token: str) -> Word:
    """Look up a token as `word` does, with a cache for frequent tokens."""
    return _remembered_word(token) if len(token) <= _LONGEST_CACHED else word(token)


def _clean(token: str) -> str:
    """Clean as vaderSentiment does: two characters or fewer may be what is left of an emoticon."""
    stripped = token.strip(string.punctuation)
    return stripped if len(stripped) > 2 else token


def _clean_forgivingly(token: str) -> str:
    if token.lower() in library().lexicon:
        return token
    stripped = token.strip(_PUNCTUATION)
    if len(stripped) > 2:
        return stripped
    if _SHORT_FORM.fullmatch(token) and stripped.lower() in library().lexicon and stripped.lower() not in _ANSWERS:
        return token  # Samuel L. Jackson, Dallas, Tx., pp. 12 ff.
    return _emoticon(token) or stripped or token


def _emoticon(token: str) -> str:
    """Find the longest lexicon entry that only closing punctuation follows (`:)` of `:)!!`), else nothing."""
    if token.startswith(("(", "[")):
        return ""  # `(8)` is a number in brackets, not the emoticon `(8`
    known = library()
    shortest = max(len(token.rstrip(_TAIL)), 1)
    for length in range(min(len(token), known.longest_emoticon), shortest - 1, -1):
        if token[:length].lower() in known.lexicon:
            return token[:length]
    return ""
