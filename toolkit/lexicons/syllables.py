"""Syllables of words: the shortest pronunciation in the dictionary, or vowel groups for an unlisted word."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np

from .code_points import Joined
from .dictionaries import spoken_syllables

ABBREVIATIONS = {
    "ai": 2, "approx": 4, "capt": 2, "dept": 3, "dr": 2, "etc": 4, "gov": 3, "jr": 2, "lt": 3, "mr": 2, "mrs": 2,
    "prof": 3, "sen": 3, "sgt": 2, "sr": 2, "vs": 2,
}  # fmt: skip
"""Syllables of abbreviations that are read out as the words they are short for, such as `Dr.` as "doctor"."""
_LONGEST_INITIALISM = 5  # letters; a longer string without a vowel is not spelled out but unpronounceable

_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
# Each looks through many words at once, one a line.
_VOWELS = re.compile("[aeiouy]+")
_SILENT = (
    re.compile(
        r"(?m)(?<=[aeiouy])(?:[^aeiouy\n]*[^aeiouylr\n]|l|r|rr|ll|(?<=[aeiouy]r)l)e"
        r"(?=$|ly$|ments?$|ful|less|ness|some|work|stone|wood|man$)"
    ),
    re.compile(r"(?m)[aeiouy][^aeiouy\n]*[^aeiouydt\n]ed$"),
    re.compile(r"(?m)[aeiouy][^aeiouy\n]*(?:[aeiouy]l|[^aeiouychglsxz\n]|[^cs\n]h)es$"),
)
_HIATUS = re.compile(
    r"(?m)[aeiou]ing|[^cgstx\n]i(?:an|on|um|us)|[^cgst\n]ious|iat|ia$|[^q\n]ua[lt]|[^gq\n]ui(?:t[^e\n]|ty)|eo(?![nu])|yi"
    r"|io(?![nu])|ism$|[^aeiou\n]iet|eum|[^aeiou\n]ier$|^mc|^re[aeiou](?!d)|^coo[pr]|ea(?:n$|$|t[eio])"
)
"""Two vowels in a row that are two syllables, and endings whose syllable has no vowel letter."""


def count_syllables(words: Iterable[str]) -> np.ndarray:
    """Count the syllables of words in lower case; each has at least one.

    Parts of hyphenated words are counted separately, initials with full stops (`u.s.`) letter by letter.  If the
    CMU Pronouncing Dictionary has several pronunciations, the shortest counts, as in Flesch (1948).
    """
    parts = [[word] if spoken_syllables(word) else [*filter(None, word.split("-"))] for word in words]
    flat = [*itertools.chain.from_iterable(parts)]
    counts = np.array([*map(_listed, flat)], np.int32)
    unlisted = np.flatnonzero(counts == 0)
    counts[unlisted] = _by_spelling([unaccented(flat[i]).replace("\n", " ") for i in unlisted.tolist()])
    before = np.append(0, np.cumsum(counts))[np.cumsum([0, *map(len, parts)])]
    return np.maximum(np.diff(before), 1)


def _listed(word: str) -> int:
    """Syllables of a word without hyphens by the dictionary, its initials or its accents; 0 if only spelling helps."""
    if spoken := spoken_syllables(word):
        return spoken
    if "." in word and _INITIALS.fullmatch(word):
        return sum(3 if letter == "w" else 1 for letter in word if letter != ".")
    plain = unaccented(word)
    if word.endswith(("\u00e9", "\u00e9s")):  # it is never silent: r\u00e9sum\u00e9
        return max(spoken_syllables(plain), len(_VOWELS.findall(plain)))
    return ABBREVIATIONS.get(word) or (0 if plain is word else spoken_syllables(plain))


def unaccented(word: str) -> str:
    """Remove accents, so that `café` is found as `cafe`."""
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def _by_spelling(words: Sequence[str]) -> np.ndarray:
    """Count groups of vowels, minus silent ones; right for nine in ten words of the dictionary."""
    joined = Joined(words)

    def many(pattern: re.Pattern[str]) -> np.ndarray:
        found = np.array([match.start() for match in pattern.finditer(joined.text)], np.intp)
        return np.bincount(np.searchsorted(joined.ends, found), minlength=len(words))

    groups = many(_VOWELS)
    counts = np.maximum(groups - sum(map(many, _SILENT)) + many(_HIATUS), 1)
    for i in np.flatnonzero(groups == 0).tolist():
        letters = sum(map(str.isalpha, words[i]))
        counts[i] = max(letters, 1) if letters <= _LONGEST_INITIALISM else 1
    return counts
