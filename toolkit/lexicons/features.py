"""What is known about a word: one row of facts a distinct token, looked up once however often it occurs."""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import regex

from . import vader_words
from .dictionaries import easy_words, spoken
from .syllables import hyphens
from .tokens import Facts, Numbered, as_column, is_true, numbers_in, taken
from .vader_columns import Rules, Seen

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    "word", "syllables", "polysyllables", "letters", "long_words", "difficult_words", "complex_words", "spelled_words",
    "capital_words", "script_letters", "latin_letters", "common_words", "known_words",
    "characters", "links", "exclamations", "questions", "hit", "emoji", "key",
    "tone_hit", "tone_neighbour", "tone_upper",
)  # fmt: skip
_OF_SPELLING = (
    "word", "letters", "long_words", "spelled_words", "capital_words", "script_letters", "latin_letters", "key",
)  # fmt: skip
_OF_KEY = ("syllables", "difficult_words", "common_words", "known_words")
_OF_TONE = ("hit", "tone_hit", "tone_neighbour", "tone_upper")
"""Facts of a token, as integers: 0 or 1 unless the name is a count; `key` is the same whatever the case.

The last three are what `toolkit.lexicons.vader_columns.Seen` has of it."""

_LOOKED_OVER = (*Seen._fields, "exclamations", "questions", "unusual")
"""Facts of a token that readings and whole texts share; those of `Seen` are to be told anew of an unusual one."""
WORD = COLUMNS.index("word")
LONGEST_WORD = 60  # letters; a longer token is a machine's, not a word
LARGEST = 300_000  # distinct tokens kept; above it the next table begins a new vocabulary

_NOT_CONTRACTION = re.compile(r"'(?![tsd]|ve|ll|re)", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^\w\s']|_")
_EDGES = string.punctuation.replace("'", "")
_LINK = re.compile(
    r"https?:/|www\.\w|[\w.+-]{1,64}@[\w-]{1,63}\.\w|[a-z]{1,20}\.(?:co|be|gl|gd)/"
    r"|(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|org|net|info|io|ly|ru|uk|de|eu|me|tv|gov|edu)(?:[/?:#]|\W?$)"
    r"|(?:[13][a-km-zA-HJ-NP-Z1-9]{25,34}|bc1[02-9ac-hj-np-z]{25,60})\W?$"
)
"""Web and mail addresses, bare domains of common endings, payment addresses."""
_SHORTER_THAN_LINKS = 24  # characters; a longer token may be a payment address, one of letters alone is no other link
_PICTURES = (
    "\u2328\u23f1\u23f2\u2600-\u260e\u2614-\u263a\u265f\u2668\u2692-\u2694\u2696-\u26a1\u26aa-\u26fd"
    "\u2702-\u270f\u2712\u271d\u2721\u2744\u2763\u2764"
)
EMOJI = regex.compile(
    r"[0-9#*]\ufe0f?\u20e3|\p{RI}\p{RI}|\U0001f3f4[\U000e0020-\U000e007e]{1,12}\U000e007f"
    r"|(?:(?!\p{RI})\p{Emoji_Presentation}|(?=\p{Extended_Pictographic})[\U0001f000-\U0001faff]"
    rf"|(?=\p{{Emoji}})[{_PICTURES}]"
    r"|(?![0-9#*])\p{Emoji}(?=\ufe0f|\p{EMod}|\u200d[\p{Extended_Pictographic}\u2640\u2642\u2695]))"
    r"(?!\ufe0e)\ufe0f?\p{EMod}?(?:\u200d[\p{Extended_Pictographic}\u2640\u2642\u2695]\ufe0f?\p{EMod}?)*+"
)
"""One emoji as a reader sees it: a flag, a keycap, a family of joined figures, a hand with its skin tone count once.

Some characters are drawn as text or as a picture. Pictures of things (sun, hand, scissors, heart) always count;
marks (arrows, check marks, card suits, shapes, letters such as the copyright sign) only with the emoji selector."""
FIRST_EMOJI = "\u203c"  # no emoji has all its code points below this one

COMMON = frozenset(
    """
    the of to and a in is it that for was on are as with be they at this have from or had by but what not
    all were we when your can said there use an each which she do how their if will up other about out many
    then them these so some her would make like him into time has look more go see no way could than been
    who its now did get come may i you he me my our us am don't i'm isn't it's can't that's there's what's
    they're we're you're doesn't didn't won't just only over very also after because any most should here
    where why too much even does being nor those off down such
    """.split()
)


class _Words(dict[int, "vader_words.Word | None"]):
    """What VADER's rules need of each token, by its row; None for an emoji."""

    def __init__(self, tokens: list[str]) -> None:
        super().__init__()
        self._tokens = tokens

    def __missing__(self, row: int) -> vader_words.Word | None:
        found = self[row] = vader_words.shared(self._tokens[row], True)
        return found


class Vocabulary(Numbered):
    """Row of each distinct token: ``table[:, row]`` has its facts, ``words[row]`` what VADER's rules need of it.

    For an emoji ``words[row]`` is None and ``names[row]`` has the words of its name instead.

    Asking for a token only numbers it.  Its facts are found when a fact is asked for, for all new tokens at once:
    what does not depend on punctuation once a spelling among them, what does not depend on capitals once a word.
    Readings and whole texts ask for other facts of the same tokens, and each finds its own of all of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rules = Rules()
        self._tokens: list[str] = []
        self._words = _Words(self._tokens)
        self._names: dict[int, tuple[vader_words.Word, ...]] = {}
        self._keys = Numbered()
        self._of_keys = Facts(_OF_KEY)
        self._of_tokens, self._of_whole_texts = Facts(COLUMNS), Facts(_LOOKED_OVER)
        self._looked_over = Facts(_LOOKED_OVER)

    def rows(self, tokens: Sequence[str]) -> np.ndarray:
        """Row numbers of `tokens`, in order; new tokens are kept."""
        return self.numbers(tokens)

    def seen(self, row: int) -> tuple[vader_words.Word, ...]:
        """What VADER's rules see of a token: its word, or the words of an emoji's name."""
        word = self.words[row]
        return self.names[row] if word is None else (word,)

    def name_of(self, row: int) -> list[str]:
        """The words of the name of an emoji."""
        return _name_of(self._tokens[row])

    @property
    def words(self) -> dict[int, vader_words.Word | None]:
        """What VADER's rules need of each token, by its row; None for an emoji."""
        self._of_tokens.learn(self, self._facts)
        return self._words

    @property
    def names(self) -> dict[int, tuple[vader_words.Word, ...]]:
        """The words of the name of each emoji, by its row."""
        self._of_tokens.learn(self, self._facts)
        return self._names

    @property
    def table(self) -> np.ndarray:
        """Facts: a row for each name in `COLUMNS`, a column for each token."""
        return self._of_tokens.learn(self, self._facts)

    @property
    def table_of_whole_texts(self) -> np.ndarray:
        """What VADER needs of each token as vaderSentiment reads it: a row for each of `Seen`, then marks ! and ?."""
        return self._of_whole_texts.learn(self, self._facts_of_whole_texts)[:-1]

    def _facts(self, first: int, tokens: list[str]) -> np.ndarray:
        """Facts of tokens in the order of `COLUMNS`."""
        import pyarrow.compute as pc

        column = as_column(tokens)
        spellings, emoji, links = _spellings(tokens, column)
        spelled = as_column(spellings).dictionary_encode()
        of_spelling = self._spelling_facts(spelled.dictionary).take(numbers_in(spelled.indices), axis=1)
        word, key = of_spelling[_OF_SPELLING.index("word")], of_spelling[-1]
        facts = dict(zip(_OF_SPELLING, of_spelling, strict=True))
        facts |= zip(_OF_KEY, self._of_keys.learn(self._keys, _key_facts).take(key, axis=1) * word, strict=True)
        facts["polysyllables"] = facts["syllables"] >= 3
        facts["complex_words"] = facts["difficult_words"] * facts["polysyllables"]
        facts["emoji"], facts["links"], told = emoji, links, ~(emoji | links)
        facts["characters"] = told * numbers_in(pc.utf8_length(column))
        looked = self._looked_over.learn(self, self._look_over)[:, first:]
        facts["exclamations"], facts["questions"] = told * looked[-3:-1]
        facts |= zip(_OF_TONE, self._tone_facts(first, tokens, looked, emoji), strict=True)
        return np.array([facts[name] for name in COLUMNS], np.int32)

    def _tone_facts(self, first: int, tokens: list[str], looked: np.ndarray, emoji: np.ndarray) -> np.ndarray:
        self._tokens += tokens
        numbers = self._numbers(tokens, looked, forgiving=True)
        hit = numbers[:1] > 0
        for i in np.flatnonzero(emoji).tolist():
            self._words[first + i] = None
            self._names[first + i] = tuple(map(vader_words.word, _name_of(tokens[i])))
            numbers[:, i] = self.rules.numbers([""])[:, 0]
            hit[0, i] = any(word.hit for word in self._names[first + i])
        return np.concatenate([hit, numbers])

    def _facts_of_whole_texts(self, first: int, tokens: list[str]) -> np.ndarray:
        """What VADER needs of tokens as vaderSentiment reads them, in the order of `_LOOKED_OVER`."""
        facts = self._looked_over.learn(self, self._look_over)[:, first:].copy()
        facts[: len(Seen._fields)] = self._numbers(tokens, facts)
        return facts

    def _numbers(self, tokens: list[str], looked: np.ndarray, *, forgiving: bool = False) -> np.ndarray:
        """What `Seen` has of each token, the unusual ones cleaned as `vader_words.word` does."""
        numbers, unusual = looked[: len(Seen._fields)].copy(), looked[-1] > 0
        some = itertools.compress(tokens, unusual.tolist())
        numbers[:, unusual] = self.rules.numbers_of_unusual(some, forgiving=forgiving)
        return numbers

    def _look_over(self, _: int, tokens: list[str]) -> np.ndarray:
        """Facts of tokens in the order of `_LOOKED_OVER`."""
        import pyarrow.compute as pc

        column = as_column(tokens)
        numbers, unusual = self.rules.numbers_of_column(column)
        marks = [numbers_in(pc.count_substring(column, mark)) for mark in "!?"]
        return np.concatenate([numbers, marks, [unusual]])

    def _spelling_facts(self, column: pa.LargeStringArray) -> np.ndarray:
        """Facts of spellings in the order of `_OF_SPELLING`; all 0 for what is no word."""
        import pyarrow.compute as pc

        letters = numbers_in(pc.utf8_length(column))
        usual = is_true(pc.ascii_is_alpha(column)) & (letters <= LONGEST_WORD)
        capitals = is_true(pc.ascii_is_upper(column)) & (letters > 1)
        facts = usual * np.array([usual, letters, letters > 6, usual, capitals, letters, letters, letters])
        keys = pc.ascii_lower(column).to_pylist()
        others = np.flatnonzero(~usual)
        for i, spelling in zip(others.tolist(), taken(column, others), strict=True):
            *facts[:-1, i], keys[i] = _spelling_row(spelling)
        facts[-1] = self._keys.numbers(keys)
        return facts


_current: list[Vocabulary] = []


def vocabulary() -> Vocabulary:
    """The vocabulary in use; a new one when the old one has grown past its bound."""
    if not _current or len(_current[0]) > LARGEST:
        _current[:] = [Vocabulary()]
    return _current[0]


def _is_link(token: str) -> bool:
    """Whether a token is an address; most tokens lack what every address has."""
    if not 4 < len(token) < 2100:
        return False
    dotted = "." in token and "." in token.rstrip(_EDGES)  # every address goes on after a full stop
    return (dotted or ":/" in token or len(token) > _SHORTER_THAN_LINKS) and _LINK.search(token) is not None


def _spellings(tokens: list[str], column: pa.LargeStringArray) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The spelling of each token, and which tokens are emoji and which links; these have none."""
    import pyarrow.compute as pc

    bare = pc.ascii_trim(column, _EDGES)
    usual = is_true(pc.ascii_is_alnum(bare)) & (numbers_in(pc.utf8_length(column)) <= _SHORTER_THAN_LINKS)
    usual &= ~is_true(pc.match_substring(column, ":/"))
    spellings: list[str] = bare.to_pylist()
    emoji, links = np.zeros((2, len(tokens)), bool)
    for i in np.flatnonzero(~usual).tolist():
        token = tokens[i]
        emoji[i] = not token.isascii() and EMOJI.fullmatch(token) is not None
        links[i] = _is_link(token)
        spellings[i] = "" if emoji[i] or links[i] else _cleaned(token)
    return spellings, emoji, links


def _spelling_row(spelling: str) -> tuple[int | str, ...]:
    """Facts of one spelling in the order of `_OF_SPELLING`, its key in letters."""
    if len(spelling) > LONGEST_WORD or not any(map(str.isalnum, spelling)):
        return *(0,) * (len(_OF_SPELLING) - 1), ""
    letters = len(spelling) - spelling.count("'")
    spelled = "".join(filter(str.isalpha, spelling))
    capitals = spelled.isupper() and len(spelled) > 1
    latin = sum(map(_is_latin, spelled))
    return 1, letters, letters > 6, spelled != "", capitals, len(spelled), latin, spelling.lower()


def _key_facts(_: int, keys: list[str]) -> np.ndarray:
    """Facts of words in lower case in the order of `_OF_KEY`."""
    easy, said = easy_words(), [*map(spoken().get, keys)]
    hard, common = [key not in easy for key in keys], [key in COMMON for key in keys]
    found = [often or many is not None for many, often in zip(said, common, strict=True)]
    return np.array([_syllables(keys, said), hard, common, found], np.int32)


def _cleaned(token: str) -> str:
    """The token as textstat counts it: without punctuation, apostrophes kept in contractions.

    Unlike textstat it takes an opening single quote away before any letter, so that 'the is the.
    """
    bare = token.strip(_EDGES)
    if bare.isalnum():
        return bare
    bare = _PUNCTUATION.sub("", token)
    if bare.startswith("'") and bare.lower() not in spoken():  # 'twas and 'em are words
        bare = bare.lstrip("'")
    return _NOT_CONTRACTION.sub("", bare)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or "\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff"


def _name_of(emoji: str) -> list[str]:
    """The words of an emoji's name, as VADER's rules see them."""
    return vader_words.describe_emoji(emoji.replace("\ufe0f", "")).split()


def _syllables(words: Sequence[str], said: Sequence[int | None]) -> np.ndarray:
    """Syllables of words in lower case, of which some are known."""
    counts = np.array([0 if many is None else many for many in said], np.int32)
    unknown = [i for i, many in enumerate(said) if many is None]
    if unknown:
        counts[unknown] = hyphens([words[i] for i in unknown]) + 1
    return counts
