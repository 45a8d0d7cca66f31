"""Features of words: one column per distinct token, looked up only once however often it occurs."""

from __future__ import annotations

import functools
import itertools
import re
import string
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import regex

from .address_patterns import is_link
from .dictionaries import FLAGS, SYLLABLES, dictionary
from .familiar_words import is_familiar, is_hard, may_begin_name
from .function_words import COMMON, ambiguous_words, is_english, other_languages
from .syllables import count_syllables
from .tokens import Facts, Numbered, as_column, compute, is_true, numbers_in, taken
from .vader_words import PLAIN, are_hits, describe_emoji, numbers_in_text, numbers_of

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = (
    "word", "syllables", "polysyllables", "letters", "long_words", "difficult_words", "complex_words", "spelled_words",
    "capital_words", "script_letters", "latin_letters", "common_words", "known_words", "foreign_words",
    "maybe_foreign_words", "capitalized", "opens", "colon", "may_lead_name", "number_sign", "number",
    "characters", "links", "exclamations", "questions", "hit", "emoji", "key", "tone",
)  # fmt: skip
"""Features of a token, as integers: 0 or 1 unless the name is a count.

`key` is the same for words that differ only in case; `tone` is the word's number in VADER's rules."""
_OF_SPELLING = (
    "word", "letters", "long_words", "spelled_words", "capital_words", "script_letters", "latin_letters", "capitalized",
    "key",
)  # fmt: skip
_OF_KEY = (
    "syllables", "difficult_words", "complex_words", "common_words", "known_words", "foreign_words", "may_lead_name",
    "maybe_foreign_words",
)  # fmt: skip
LONGEST_WORD = 60  # letters; a longer token is machine output, not a word
LARGEST = 300_000  # distinct tokens kept; above this, the next table starts a new vocabulary

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
"""One emoji as a reader sees it: a flag, a keycap, a family of joined figures and a hand with its skin tone count once.

Some characters are drawn as text or as a picture. Pictures of things (sun, hand, scissors, heart) always count;
marks (arrows, check marks, card suits, shapes, letters such as the copyright sign) only with the emoji selector."""
EMOTICON = r"(?:[:;=]'?[-o^]?[()\[\]DPp/\\|*]{1,9}|[:;]'?-?[Oo3X]|</?3{1,9}|\^_{1,3}\^)"
_EMOTICON_TOKEN = f"^{EMOTICON}[.,!?]{{0,9}}$"
FIRST_EMOJI = "\u203c"  # no emoji has all its code points below this one


class Scored(NamedTuple):
    """Word numbers for VADER's rules, the start of each sentence among them, and the position of each word's token."""

    numbers: np.ndarray
    starts: np.ndarray
    places: np.ndarray


class Vocabulary(Numbered):
    """Number the distinct tokens: ``table[:, row]`` has a token's features, in the order of `COLUMNS`.

    Looking up a token only numbers it.  Features are computed on demand for all new tokens at once: once per spelling
    if they do not depend on punctuation, once per word if they do not depend on case.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tokens: list[str] = []  # by row, those whose features are known
        self._keys = Numbered()
        self._of_keys, self._of_tokens = Facts(_OF_KEY), Facts(COLUMNS)

    @property
    def table(self) -> np.ndarray:
        """Features: one row per name in `COLUMNS`, one column per token."""
        return self._of_tokens.learn(self, self._facts)

    def feature(self, name: str, rows: np.ndarray) -> np.ndarray:
        """Return one feature of the tokens in some rows."""
        return self.table[COLUMNS.index(name)].take(rows)

    def scored(self, rows: np.ndarray, starts: np.ndarray, *, emoji: bool = True) -> Scored:
        """Return what VADER's rules see in a stream of tokens, cut into sentences at `starts`.

        An emoji is read as the words of its name, or left out.  `No.` before a number means "number" and has no tone.
        """
        numbers, are_emoji = self.feature("tone", rows), self.feature("emoji", rows) > 0
        signs = self.feature("number_sign", rows)[:-1] & self.feature("number", rows)[1:]
        signs[starts[(starts > 0) & (starts < len(rows))] - 1] = 0
        numbers[:-1][signs > 0] = PLAIN
        places = np.arange(len(rows))
        if are_emoji.any():
            many = np.ones(len(rows), np.intp)
            names = [_name_of(self.tokens[row]) * emoji for row in rows[are_emoji].tolist()]
            many[are_emoji] = [*map(len, names)]
            places = np.repeat(places, many)
            numbers, starts = numbers.take(places), np.searchsorted(places, starts)
            numbers[are_emoji.take(places)] = [*itertools.chain.from_iterable(names)]
        return Scored(numbers, starts, places)

    def _facts(self, _: int, tokens: list[str]) -> np.ndarray:
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
        for name, mark in (("exclamations", "!"), ("questions", "?")):
            facts[name] = spelled * numbers_in(pc.count_substring(column, mark))
        facts["tone"] = np.where(emoji, PLAIN, numbers_of(column, forgiving=True))
        facts["hit"] = are_hits(facts["tone"])
        for i in np.flatnonzero(emoji).tolist():
            facts["hit"][i] = are_hits(np.array(_name_of(tokens[i]), np.intp)).any()
        self.tokens += tokens
        return np.array([facts[name] for name in COLUMNS], np.int32)

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
    """Return the current vocabulary, or a new one if it has grown past `LARGEST`."""
    if not _current or len(_current[0]) > LARGEST:
        _current[:] = [Vocabulary()]
    return _current[0]


def _spellings(tokens: list[str], column: pa.LargeStringArray) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The spelling of each token (none for emoji and links), and which tokens are emoji and links."""
    pc = compute()
    bare = pc.ascii_trim(column, _EDGES)
    usual = is_true(pc.ascii_is_alnum(bare)) & (numbers_in(pc.utf8_length(column)) <= _LONGEST_PLAIN)
    usual &= ~is_true(pc.match_substring(column, ":/"))
    faces = is_true(pc.match_substring_regex(column, _EMOTICON_TOKEN))
    spellings: list[str] = bare.to_pylist()
    emoji, links = np.zeros((2, len(tokens)), bool)
    for i in np.flatnonzero(~usual | faces).tolist():
        token = tokens[i]
        emoji[i] = not token.isascii() and EMOJI.fullmatch(token) is not None
        links[i] = is_link(token)
        spellings[i] = "" if emoji[i] or links[i] or faces[i] else _cleaned(token)
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
    """Return the features of lower-case words in the order of `_OF_KEY`, most of them from the dictionary."""
    numbers = np.fromiter(map(dictionary().get, keys, itertools.repeat(0)), np.int32, len(keys))
    facts = np.array([numbers & SYLLABLES, *(numbers & flag > 0 for flag in FLAGS.values())])
    others = np.flatnonzero(numbers == 0)
    facts[:, others] = facts_by_rule([keys[place] for place in others.tolist()])
    return facts


def facts_by_rule(keys: list[str]) -> np.ndarray:
    """Compute the features of lower-case words in the order of `_OF_KEY`, without the dictionary's flags."""
    syllables = count_syllables(keys)
    difficult = [not is_familiar(key) for key in keys]
    hard = [*map(is_hard, keys, syllables.tolist())]
    common, known = [key in COMMON for key in keys], [*map(is_english, keys)]
    foreign, maybe = ([*map(words.__contains__, keys)] for words in (other_languages(), ambiguous_words()))
    leads = [*map(may_begin_name, keys)]
    return np.array([syllables, difficult, hard, common, known, foreign, leads, maybe], np.int32)


def _cleaned(token: str) -> str:
    """Return the word in a token: inner hyphens, apostrophes and the full stops of initials stay, other marks go."""
    bare = token.strip(_EDGES)
    if bare.isalnum():
        return bare
    if token.startswith("'") and bare.lower() not in dictionary():  # 'twas and 'em are words
        bare = bare.lstrip("'")
    return bare if _INITIALS.fullmatch(bare) else _MARKS.sub("", bare).strip("'-")


def _is_latin(letter: str) -> bool:
    return letter.isascii() or "\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff"


@functools.lru_cache(maxsize=4096)
def _name_of(emoji: str) -> list[int]:
    """Numbers of the words of an emoji's name in VADER's rules."""
    return numbers_in_text(describe_emoji(emoji.replace("\ufe0f", "")))
