"""Syllables of words: the shortest pronunciation in the dictionary, or vowel groups for an unlisted word."""

from __future__ import annotations

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
_SILENT_E = re.compile(
    r"(?<=[aeiouy])(?:[^aeiouy]*[^aeiouylr]|l|r|rr|ll|(?<=[aeiouy]r)l)e(?=$|ly$|ments?$|ful|less|ness|some|work|stone|wood|man$)"
)
_SILENT_ED = re.compile("[aeiouy][^aeiouy]*[^aeiouydt]ed$")
_SILENT_ES = re.compile("[aeiouy][^aeiouy]*(?:[aeiouy]l|[^aeiouychglsxz]|[^cs]h)es$")
_HIATUS = re.compile(
    "[aeiou]ing|[^cgstx]i(?:an|on|um|us)|[^cgst]ious|iat|ia$|[^q]ua[lt]|[^gq]ui(?:t[^e]|ty)|eo(?![nu])|yi|io(?![nu])|ism$"
    "|[^aeiou]iet|eum|[^aeiou]ier$|^mc|^re[aeiou](?!d)|^coo[pr]|ea(?:n$|$|t[eio])"
)
"""Two vowels in a row that are two syllables, and endings whose syllable has no vowel letter."""


def count_syllables(words: Iterable[str]) -> np.ndarray:
    """Count the syllables of words in lower case; each has at least one.

    Parts of hyphenated words are counted separately, initials with full stops (`u.s.`) letter by letter.  If the
    CMU Pronouncing Dictionary has several pronunciations, the shortest counts, as in Flesch (1948).
    """
    return np.array([*map(_syllables, words)], np.int32)


def _syllables(word: str) -> int:
    if spoken := spoken_syllables(word):
        return spoken
    if "-" in word:
        return sum(map(_syllables, filter(None, word.split("-")))) or 1
    if _INITIALS.fullmatch(word):
        return sum(3 if letter == "w" else 1 for letter in word if letter != ".")
    plain = unaccented(word)
    if word.endswith(("\u00e9", "\u00e9s")):  # it is never silent: r\u00e9sum\u00e9
        return max(spoken_syllables(plain), len(_VOWELS.findall(plain)))
    return ABBREVIATIONS.get(word) or spoken_syllables(plain) or _by_spelling(plain)


def unaccented(word: str) -> str:
    """Remove accents, so that `café` is found as `cafe`."""
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def _by_spelling(word: str) -> int:
    """Count groups of vowels, minus silent ones; right for nine in ten words of the dictionary."""
    groups = len(_VOWELS.findall(word))
    if not groups:
        letters = sum(map(str.isalpha, word))
        return max(letters, 1) if letters <= _LONGEST_INITIALISM else 1
    silent = sum(len(pattern.findall(word)) for pattern in (_SILENT_E, _SILENT_ED, _SILENT_ES) if "e" in word)
    return max(groups - silent + len(_HIATUS.findall(word)), 1)
