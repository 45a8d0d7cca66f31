"""Features of words: one column per distinct token, looked up once however often it occurs."""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import regex

from . import vader_words
from .dictionaries import spoken
from .familiar_words import is_familiar, is_hard, may_begin_name
from .languages import COMMON, are_english, other_languages
from .links import is_link
from .syllables import count_syllables
from .tokens import Facts, Numbered, as_column, compute, is_true, numbers_in, taken
from .vader_columns import Rules, Seen

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    "word", "syllables", "polysyllables", "letters", "long_words", "difficult_words", "complex_words", "spelled_words",
    "capital_words", "script_letters", "latin_letters", "common_words", "known_words", "foreign_words",
    "capitalized", "opens", "colon", "may_lead_name", "number_sign", "number",
    "characters", "links", "exclamations", "questions", "hit", "emoji", "key",
    "tone_hit", "tone_neighbour", "tone_upper",
)  # fmt: skip
_OF_SPELLING = (
    "word", "letters", "long_words", "spelled_words", "capital_words", "script_letters", "latin_letters", "capitalized",
    "key",
)  # fmt: skip
_OF_KEY = (
    "syllables",
    "difficult_words",
    "complex_words",
    "common_words",
    "known_words",
    "foreign_words",
    "may_lead_name",
)
_OF_TONE = ("hit", "tone_hit", "tone_neighbour", "tone_upper")
"""Features of a token, as integers: 0 or 1 unless the name is a count; `key` ignores case.

The last three are those of `toolkit.lexicons.vader_columns.Seen`."""

_LOOKED_OVER = (*Seen._fields, "exclamations", "questions", "unusual")
"""Features of a token that readings and whole texts share; those of `Seen` are recomputed for unusual tokens."""
WORD = COLUMNS.index("word")
LONGEST_WORD = 60  # letters; a longer token is machine output, not a word
LARGEST = 300_000  # distinct tokens kept; above it the next table begins a new vocabulary

_MARKS = re.compile(r"[^\w'-]|_|(?<!\w)['-]|['-](?!\w)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_EDGES = string.punctuation.replace("'", "")
_LONGEST_PLAIN = 24  # characters; a longer token of letters and digits may be a payment address
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


class _Words(dict[int, "vader_words.Word | None"]):
    """What VADER's rules need of each token, by its row; None for an emoji."""

    def __init__(self, tokens: list[str]) -> None:
        super().__init__()
        self.tokens = tokens

    def __missing__(self, row: int) -> vader_words.Word | None:
        found = self[row] = vader_words.shared(self.tokens[row], True)
        return found


class Vocabulary(Numbered):
    """Row of each distinct token: ``table[:, row]`` has its features, ``words[row]`` those that VADER's rules need.

    For an emoji ``words[row]`` is None and ``names[row]`` has the words of its name instead.

    Looking up a token only numbers it.  Features are computed on demand, for all new tokens at once: those that do not
    depend on punctuation once per spelling, those that do not depend on case once per word.  Readings and whole texts
    need different features of the same tokens, and each computes its own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rules = Rules()
        self.tokens: list[str] = []  # by row, as far as they were looked up
        self._words = _Words(self.tokens)
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
        return _name_of(self.tokens[row])

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
        """Features: one row per name in `COLUMNS`, one column per token."""
        return self._of_tokens.learn(self, self._facts)

    @property
    def table_of_whole_texts(self) -> np.ndarray:
        """VADER's features of each token as vaderSentiment reads it: one row per field of `Seen`, then ! and ?."""
        return self._of_whole_texts.learn(self, self._facts_of_whole_texts)[:-1]

    def _facts(self, first: int, tokens: list[str]) -> np.ndarray:
        """Features of tokens in the order of `COLUMNS`."""
        pc = compute()
        column = as_column(tokens)
        spellings, emoji, links = _spellings(tokens, column)
        spelled = as_column(spellings).dictionary_encode()
        of_spelling = self._spelling_facts(spelled.dictionary).take(numbers_in(spelled.indices), axis=1)
        word, key = of_spelling[_OF_SPELLING.index("word")], of_spelling[-1]
        facts = dict(zip(_OF_SPELLING, of_spelling, strict=True))
        facts |= zip(_OF_KEY, self._of_keys.learn(self._keys, _key_facts).take(key, axis=1) * word, strict=True)
        facts["polysyllables"] = facts["syllables"] >= 3
        facts["opens"] = ~is_true(pc.utf8_is_alnum(pc.utf8_slice_codeunits(column, 0, 1)))
        facts["colon"] = is_true(pc.ends_with(column, ":"))
        facts["number_sign"] = is_true(pc.match_substring_regex(column, r"(?i)^\W*no\.$"))
        facts["number"] = is_true(pc.match_substring_regex(column, "^#*[0-9]"))
        facts["may_lead_name"] *= is_true(pc.utf8_is_alnum(pc.utf8_slice_codeunits(column, -1)))
        tags = is_true(pc.or_(pc.starts_with(column, "#"), pc.starts_with(column, "@")))
        facts["known_words"] |= tags * word  # tags and handles say nothing about the language
        facts["emoji"], facts["links"], spelled = emoji, links, ~(emoji | links)
        facts["characters"] = spelled * numbers_in(pc.utf8_length(column))
        looked = self._looked_over.learn(self, self._look_over)[:, first:]
        facts["exclamations"], facts["questions"] = spelled * looked[-3:-1]
        facts |= zip(_OF_TONE, self._tone_facts(first, tokens, looked, emoji), strict=True)
        return np.array([facts[name] for name in COLUMNS], np.int32)

    def _tone_facts(self, first: int, tokens: list[str], looked: np.ndarray, emoji: np.ndarray) -> np.ndarray:
        self.tokens += tokens
        numbers = self._numbers(tokens, looked, forgiving=True)
        hit = numbers[:1] > 0
        for i in np.flatnonzero(emoji).tolist():
            self._words[first + i] = None
            self._names[first + i] = tuple(map(vader_words.word, _name_of(tokens[i])))
            numbers[:, i] = self.rules.numbers([""])[:, 0]
            hit[0, i] = any(word.hit for word in self._names[first + i])
        return np.concatenate([hit, numbers])

    def _facts_of_whole_texts(self, first: int, tokens: list[str]) -> np.ndarray:
        """VADER's features of tokens as vaderSentiment reads them, in the order of `_LOOKED_OVER`."""
        facts = self._looked_over.learn(self, self._look_over)[:, first:].copy()
        facts[: len(Seen._fields)] = self._numbers(tokens, facts)
        return facts

    def _numbers(self, tokens: list[str], looked: np.ndarray, *, forgiving: bool = False) -> np.ndarray:
        """The features in `Seen` per token, unusual ones cleaned as `vader_words.word` does."""
        numbers, unusual = looked[: len(Seen._fields)].copy(), looked[-1] > 0
        some = itertools.compress(tokens, unusual.tolist())
        numbers[:, unusual] = self.rules.numbers_of_unusual(some, forgiving=forgiving)
        return numbers

    def _look_over(self, _: int, tokens: list[str]) -> np.ndarray:
        """Features of tokens in the order of `_LOOKED_OVER`."""
        pc = compute()
        column = as_column(tokens)
        numbers, unusual = self.rules.numbers_of_column(column)
        marks = [numbers_in(pc.count_substring(column, mark)) for mark in "!?"]
        return np.concatenate([numbers, marks, [unusual]])

    def _spelling_facts(self, column: pa.LargeStringArray) -> np.ndarray:
        """Features of spellings in the order of `_OF_SPELLING`; all 0 for a token that is not a word."""
        pc = compute()
        letters = numbers_in(pc.utf8_length(column))
        usual = is_true(pc.ascii_is_alpha(column)) & (letters <= LONGEST_WORD)
        capitals = is_true(pc.ascii_is_upper(column)) & (letters > 1)
        first_upper = is_true(pc.ascii_is_upper(pc.utf8_slice_codeunits(column, 0, 1)))
        initial = is_true(pc.match_substring_regex(column, "^[B-HJ-NP-Z]$"))  # of a name, as in `Samuel L. Jackson`
        capitalized = (first_upper & ~is_true(pc.ascii_is_upper(column))) | initial
        facts = usual * np.array([usual, letters, letters > 6, usual, capitals, letters, letters, capitalized, letters])
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


def _spellings(tokens: list[str], column: pa.LargeStringArray) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The spelling of each token (none for emoji and links), and which tokens are emoji and links."""
    pc = compute()
    bare = pc.ascii_trim(column, _EDGES)
    usual = is_true(pc.ascii_is_alnum(bare)) & (numbers_in(pc.utf8_length(column)) <= _LONGEST_PLAIN)
    usual &= ~is_true(pc.match_substring(column, ":/"))
    spellings: list[str] = bare.to_pylist()
    emoji, links = np.zeros((2, len(tokens)), bool)
    for i in np.flatnonzero(~usual).tolist():
        token = tokens[i]
        emoji[i] = not token.isascii() and EMOJI.fullmatch(token) is not None
        links[i] = is_link(token)
        spellings[i] = "" if emoji[i] or links[i] else _cleaned(token)
    return spellings, emoji, links


def _spelling_row(spelling: str) -> tuple[int | str, ...]:
    """Features of one spelling in the order of `_OF_SPELLING`, its key in letters."""
    if len(spelling) > LONGEST_WORD or not any(map(str.isalnum, spelling)):
        return *(0,) * (len(_OF_SPELLING) - 1), ""
    letters = sum(map(str.isalnum, spelling))
    spelled = "".join(filter(str.isalpha, spelling))
    capitals = spelled.isupper() and len(spelled) > 1
    latin = sum(map(_is_latin, spelled))
    capitalized = spelled[:1].isupper() and not spelled.isupper()  # in capitals only, it is emphasis or an acronym
    return 1, letters, letters > 6, spelled != "", capitals, len(spelled), latin, capitalized, spelling.lower()


def _key_facts(_: int, keys: list[str]) -> np.ndarray:
    """Features of words in lower case in the order of `_OF_KEY`."""
    syllables = count_syllables(keys)
    difficult = [not is_familiar(key) for key in keys]
    hard = [*map(is_hard, keys, syllables.tolist())]
    common, known = [key in COMMON for key in keys], are_english(keys)
    foreign = [*map(other_languages().__contains__, keys)]
    leads = [*map(may_begin_name, keys)]
    return np.array([syllables, difficult, hard, common, known, foreign, leads], np.int32)


def _cleaned(token: str) -> str:
    """The word in a token: hyphens, apostrophes and the full stops of initials stay inside it, other marks go."""
    bare = token.strip(_EDGES)
    if bare.isalnum():
        return bare
    if token.startswith("'") and bare.lower() not in spoken():  # 'twas and 'em are words
        bare = bare.lstrip("'")
    return bare if _INITIALS.fullmatch(bare) else _MARKS.sub("", bare).strip("'-")


def _is_latin(letter: str) -> bool:
    return letter.isascii() or "\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff"


def _name_of(emoji: str) -> list[str]:
    """The words of an emoji's name, as VADER's rules see them."""
    return vader_words.describe_emoji(emoji.replace("\ufe0f", "")).split()
