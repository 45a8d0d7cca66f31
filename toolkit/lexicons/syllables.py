"""Syllables of words: the shortest pronunciation in the dictionary, or vowel groups for an unlisted word."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np

from .dictionaries import spoken_syllables

ABBREVIATIONS = {
    "ai": 2, "approx": 4, "capt": 2, "dept": 3, "dr": 2, "etc": 4, "gov": 3, "jr": 2, "lt": 3, "mr": 2, "mrs": 2,
    "prof": 3, "sen": 3, "sgt": 2, "sr": 2, "vs": 2,
}  # fmt: skip
"""Syllables of abbreviations that are read out as the words they are short for, such as `Dr.` as "doctor"."""
_LONGEST_INITIALISM = 5  # letters; a longer string without a vowel is not spelled out but unpronounceable

_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_VOWELS = re.compile("[aeiouy]+")
_SILENT = (
    re.compile(
        r"(?<=[aeiouy])(?:[^aeiouy]*[^aeiouylr]|l|r|rr|ll|(?<=[aeiouy]r)l)e"
        r"(?=$|ly$|ments?$|ful|less|ness|some|work|stone|wood|man$)"
    ),
    re.compile(r"[aeiouy][^aeiouy]*(?:[^aeiouydt]ed|(?:[aeiouy]l|[^aeiouychglsxz]|[^cs]h)es)$"),
)
_HIATUS = re.compile(
    r"[aeiou]ing|[^cgstx]i(?:an|on|um|us)|[^cgst]ious|iat|ia$|[^q]ua[lt]|[^gq]ui(?:t[^e]|ty)|eo(?![nu])|yi"
    r"|io(?![nu])|ism$|[^aeiou]iet|eum|[^aeiou]ier$|^mc|^re[aeiou](?!d)|^coo[pr]|ea(?:n$|$|t[eio])"
)
"""Two vowels in a row that are two syllables, and endings whose syllable has no vowel letter."""


def count_syllables(words: Iterable[str]) -> np.ndarray:
    """Count the syllables of words in lower case; each has at least one.

    Parts of hyphenated words are counted separately, initials with full stops (`u.s.`) letter by letter.  If the
    CMU Pronouncing Dictionary has several pronunciations, the shortest counts, as in Flesch (1948).
    """
    return np.array([_syllables(word) for word in words], np.int32)


def _syllables(word: str) -> int:
    if spoken := spoken_syllables(word):
        return spoken
    if "-" in word:
        return sum(map(_syllables, filter(None, word.split("-")))) or 1
    if "." in word and _INITIALS.fullmatch(word):
        return sum(3 if letter == "w" else 1 for letter in word if letter != ".")
    plain = unaccented(word)
    vowels = len(_VOWELS.findall(plain))
    if word.endswith(("\u00e9", "\u00e9s")):  # it is never silent: r\u00e9sum\u00e9
        return max(spoken_syllables(plain), vowels)
    return ABBREVIATIONS.get(word) or (plain != word and spoken_syllables(plain)) or _by_spelling(plain, vowels)


def unaccented(word: str) -> str:
    """Remove accents, so that `café` is found as `cafe`."""
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def _by_spelling(word: str, vowels: int) -> int:
    """Count groups of vowels, minus silent ones; right for nine in ten words of the dictionary."""
    if not vowels:
        letters = sum(map(str.isalpha, word))
        return letters if 0 < letters <= _LONGEST_INITIALISM else 1
    silent = sum(len(pattern.findall(word)) for pattern in _SILENT) if "e" in word else 0
    return max(vowels - silent + len(_HIATUS.findall(word)), 1)
