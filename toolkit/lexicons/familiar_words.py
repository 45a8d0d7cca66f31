"""Word difficulty in readability formulas: Dale and Chall's rules for familiar words, Gunning's for hard ones.

Both work on words in lower case.  Whether a capital marks a name depends on the sentence
(`toolkit.text.names`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from .dictionaries import easy_words, place_names, spoken
from .syllables import count_syllables, unaccented

ABBREVIATIONS = frozenset(
    """
    a.m am aug dec dr feb fri jan mon mr mrs ms nov oct p.m pm sat sep sept st sun thu thurs tue tues u.k u.s u.s.a
    uk us usa wed
    """.split()
)
"""Abbreviations of words on the list, and of places."""
_OPENERS = frozenset(
    """
    according albeit although amid amidst contrary current despite due former furthermore given hence historically
    however instead later latter likewise meanwhile modern moreover neither nevertheless nonetheless numerous once
    opposition otherwise per previous prior recent regarding several similar since subsequent such therefore though
    throughout thus today tonight unless unlike until various versus via when whenever whereas whether while
    yesterday yet
    """.split()
)
"""Words off the list that often open a sentence before a name."""
_CONTRACTED = re.compile("(?:'(?:s|ll|ve|re|d|m)|(?<=s)'|n't)$")
_NOT_GRADED = frozenset({"digest", "divest", "earner", "earnest"})
_SUFFIXES = frozenset("able age ages ant ants ate dies fully hood less list ship some ties".split())
_SHORT_COMPOUNDS = frozenset({"another", "nobody"})
_HARD = 3  # syllables that make a word hard to Gunning
_SHORTEST_PART = 3  # letters of the parts of a compound


def is_familiar(word: str) -> bool:
    """Whether a word is on the Dale-Chall list, or a form of such a word that the instructions of 1948 accept.

    Familiar are regular plurals, possessives and contractions, regular verb forms in -s, -ed and -ing, comparatives
    and superlatives, adverbs in plain -ly, hyphenated words whose parts are all familiar, single letters, anything
    with a digit, and countries, peoples and large cities. Nouns in -er or -or, adjectives in -y, verbs in -en and
    words with two endings are not, unless they are on the list.
    """
    if word in _familiar() or any(map(str.isdigit, word)):
        return True
    if "-" in word:
        return all(map(is_familiar, filter(None, word.split("-"))))
    bare = _CONTRACTED.sub("", unaccented(word))
    if len(bare) < 2 or bare in _familiar():
        return True
    return any(stem in _listed() for stem in _stems(bare))


def is_hard(word: str, syllables: int) -> bool:
    """Whether Gunning's fog index counts a word as hard: three syllables and more, with his exceptions.

    Not hard are names of places, combinations of short easy words (`bookkeeper`, `everything`), verb forms that have
    their third syllable from -es, -ed or -ing (`created`), and hyphenated words none of whose parts is hard.
    """
    if syllables < _HARD:
        return False
    if "-" in word:
        parts = [part for part in word.split("-") if part]
        return any(map(is_hard, parts, count_syllables(parts).tolist()))
    bare = _CONTRACTED.sub("", word)
    return not (bare in place_names() or _is_compound(bare) or _is_short_verb(bare))


def may_begin_name(word: str) -> bool:
    """Whether an unfamiliar word with a capital, before another such word, is more likely a name than an opener."""
    return word not in _OPENERS and not word.endswith(("ed", "ing", "ly"))


@functools.cache
def _listed() -> frozenset[str]:
    """The list as keys of words: `mr.` has lost its full stop there."""
    return easy_words() | {"mr", "mrs"}


@functools.cache
def _familiar() -> frozenset[str]:
    return _listed() | place_names() | ABBREVIATIONS


def _stems(word: str) -> Iterator[str]:
    """Words of which a word may be a regular form."""
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"
    if word.endswith("ves"):
        yield from (word[:-3] + "f", word[:-3] + "fe")
    if word.endswith("s") and not word.endswith("ss"):
        yield word[:-1]
    if re.search("(?:[sxz]|[cs]h|o)es$", word):
        yield word[:-2]
    for ending in ("ing", "ed"):
        if word.endswith(ending):
            yield from _without(word, ending)
    if word.endswith(("er", "est")) and _is_graded(word):
        yield from _without(word, "er" if word.endswith("er") else "est")
    if word.endswith("ly"):
        yield word[:-2]


def _without(word: str, ending: str) -> Iterator[str]:
    """A word before an ending that begins with a vowel was put to it: `planned` is `plan`, `making` is `make`."""
    stem = word[: -len(ending)]
    yield from (stem, stem + "e")
    if len(stem) > 2 and stem[-1] == stem[-2]:
        yield stem[:-1]
    if ending != "ing" and stem.endswith("i"):
        yield stem[:-1] + "y"


def _is_graded(word: str) -> bool:
    """Whether comparative and superlative are both known: `longer` has `longest`, the noun `burner` has nothing."""
    stem = word.removesuffix("er").removesuffix("est")
    return word not in _NOT_GRADED and stem + "er" in spoken() and stem + "est" in spoken()


def _is_compound(word: str) -> bool:
    """Whether a word is two easy words in one; `age` and `less` at its end are suffixes, not words."""
    cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    return word in _SHORT_COMPOUNDS or any(word[:cut] in _listed() and _is_last_part(word[cut:]) for cut in cuts)


def _is_last_part(part: str) -> bool:
    if part in _SUFFIXES:
        return False
    one = part.removesuffix("s")
    stems = (part, one, one.removesuffix("er"), one.removesuffix("r"))  # storekeeper, schoolteachers, lawmaker
    return any(len(stem) >= _SHORTEST_PART and stem in _listed() for stem in stems)


def _is_short_verb(word: str) -> bool:
    """Whether a word is a form in -es, -ed or -ing of a word of two syllables that the dictionary knows."""
    for ending in ("es", "ed", "ing"):
        if word.endswith(ending):
            return any(spoken().get(stem, _HARD) < _HARD for stem in _without(word, ending))
    return False
