"""Syllables of words: the shortest pronunciation in the dictionary, or vowel groups for unlisted words."""

import itertools
import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from .characters import Characters
from .dictionaries import spoken_syllables

ABBREVIATIONS = {
    "ai": 2, "approx": 4, "capt": 2, "dept": 3, "dr": 2, "etc": 4, "gov": 3, "jr": 2, "lt": 3, "mr": 2, "mrs": 2,
    "prof": 3, "sen": 3, "sgt": 2, "sr": 2, "vs": 2,
}  # fmt: skip
"""Syllables of abbreviations that are read out as the words they are short for, such as `Dr.` as "doctor"."""
_LONGEST_INITIALISM = 5  # letters; longer strings without a vowel are not spelled out

_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_VOWELS = re.compile("[aeiouy]+")  # these patterns search many words at once, one per line
_SILENT = re.compile(
    r"(?<=[aeiouy])(?:[^aeiouy\n]*[^aeiouylr\n]|l|r|rr|ll|(?<=[aeiouy]r)l)e"
    r"(?=$|ly$|ments?$|ful|less|ness|some|work|stone|wood|man$)",
    re.MULTILINE,
)
_MUTE_ENDING = re.compile(
    r"[aeiouy][^aeiouy\n]*(?:[^aeiouydt\n]ed|(?:[aeiouy]l|[^aeiouychglsxz\n]|[^cs\n]h)es)$", re.MULTILINE
)
_HIATUS = re.compile(
    r"[aeiou]ing|[^cgstx\n]i(?:an|on|um|us)|[^cgst\n]ious|iat|ia$|[^q\n]ua[lt]|[^gq\n]ui(?:t[^e\n]|ty)|eo(?![nu])|yi"
    r"|io(?![nu])|ism$|[^aeiou\n]iet|eum|[^aeiou\n]ier$|^mc|^re[aeiou](?!d)|^coo[pr]|ea(?:n$|$|t[eio])",
    re.MULTILINE,
)
"""Two vowels in a row that are two syllables, and endings whose syllable has no vowel letter."""


def count_syllables(words: Sequence[str]) -> np.ndarray:
    """Count the syllables of words in lower case; each has at least one.

    Parts of hyphenated words are counted separately, initials with full stops (`u.s.`) letter by letter.  If the
    CMU Pronouncing Dictionary has several pronunciations, the shortest counts, as in Flesch (1948).
    """
    parts = [word.split("-") if "-" in word and not spoken_syllables(word) else [word] for word in words]
    counts = {part: _known_syllables(part) for part in itertools.chain.from_iterable(parts)}
    unknown = [part for part, count in counts.items() if part and not count]
    counts |= zip(unknown, _by_spelling([*map(unaccented, unknown)]).tolist(), strict=True)
    return np.array([max(sum(map(counts.__getitem__, each)), 1) for each in parts], np.int32)


def _known_syllables(word: str) -> int:
    """Return syllables from the dictionary or of initials; 0 for any other word."""
    if spoken := spoken_syllables(word) or ABBREVIATIONS.get(word, 0):
        return spoken
    if "." in word and _INITIALS.fullmatch(word):
        return sum(3 if letter == "w" else 1 for letter in word if letter != ".")
    plain = unaccented(word)
    final = len(_VOWELS.findall(plain)) if word.endswith(("\u00e9", "\u00e9s")) else 0  # never silent: r\u00e9sum\u00e9
    return max(spoken_syllables(plain), final) if plain != word else 0


def unaccented(word: str) -> str:
    """Remove accents, so that `café` is found as `cafe`."""
    if word.isascii():
        return word
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def _by_spelling(words: Sequence[str]) -> np.ndarray:
    """Count groups of vowels, minus silent ones; correct for 90% of the dictionary."""
    lines = Characters.of(words)
    vowels, letters = lines.count(_VOWELS), lines.count(str.isalpha)
    spoken = np.maximum(vowels - lines.count(_SILENT) - lines.count(_MUTE_ENDING) + lines.count(_HIATUS), 1)
    spelled_out = np.where((letters > 0) & (letters <= _LONGEST_INITIALISM), letters, 1)
    return np.where(vowels > 0, spoken, spelled_out)
