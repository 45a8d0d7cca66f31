"""Word difficulty in readability formulas: Dale and Chall's rules for familiar words, Gunning's for hard ones.

Both work on words in lower case: whether a capital marks a name depends on the sentence (`toolkit.text.counts`).
"""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence

import numpy as np

from .dictionaries import dictionary, easy_words, place_names, spoken_syllables
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
    """Return whether a word is on the Dale-Chall list, or is a form of a listed word that the 1948 instructions accept.

    Accepted are regular plurals, possessives and contractions, regular verb forms in -s, -ed and -ing, comparatives
    and superlatives, adverbs in plain -ly, hyphenated words whose parts are all familiar, single letters, anything
    with a digit, and countries, peoples and large cities. Nouns in -er or -or, adjectives in -y, verbs in -en and
    words with two endings are unfamiliar unless listed.
    """
    if word in _familiar():
        return True
    if word.isascii() and word.isalpha():
        return len(word) < 2
    if any(map(str.isdigit, word)):
        return True
    if "-" in word:
        return all(map(is_familiar, filter(None, word.split("-"))))
    bare = _CONTRACTED.sub("", unaccented(word))
    return len(bare) < 2 or bare in _familiar()


def are_hard(words: Sequence[str], syllables: np.ndarray) -> np.ndarray:
    """Return whether Gunning's fog index counts words as hard: at least three syllables, with his exceptions.

    The exceptions are place names, combinations of short easy words (`bookkeeper`, `everything`), verb forms whose
    third syllable comes from -es or -ed (`created`), and hyphenated words with no hard part.
    """
    hard, parts, owners = np.zeros(len(words), bool), [], []
    for i in np.flatnonzero(syllables >= _HARD).tolist():
        if "-" in words[i]:
            parts += (of_word := [*filter(None, words[i].split("-"))])
            owners += [i] * len(of_word)
        else:
            bare = _CONTRACTED.sub("", words[i]) if "'" in words[i] else words[i]
            hard[i] = not (bare in _places_and_peoples() or _is_compound(bare) or _is_short_verb(bare))
    if parts:
        hard[np.array(owners)[are_hard(parts, count_syllables(parts))]] = True
    return hard


def may_begin_name(word: str) -> bool:
    """Return whether an unfamiliar capitalised word before another is more likely a name than a sentence opener."""
    return word not in _OPENERS and not word.endswith(("ed", "ing", "ly"))


@functools.cache
def _listed() -> frozenset[str]:
    """Return the list as word keys, with `mr.` as `mr`."""
    return easy_words() | {"mr", "mrs"}


@functools.cache
def _familiar() -> frozenset[str]:
    forms = itertools.chain.from_iterable(map(_regular_forms, _listed()))
    return _listed() | _places_and_peoples() | ABBREVIATIONS | frozenset(forms)


@functools.cache
def _places_and_peoples() -> frozenset[str]:
    return place_names() | {f"{name}s" for name in place_names()}  # Italians


def _regular_forms(word: str) -> Iterator[str]:
    if "-" in word:
        return  # its parts are checked
    yield word + "ly"
    if not word.endswith("s"):
        yield word + "s"
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield word + "es"
    if word.endswith("y"):
        yield from (word[:-1] + "ies", word[:-1] + "ied")
    if word.endswith(("f", "fe")):
        yield word.removesuffix("e")[:-1] + "ves"
    for ending in ("ing", "ed", "er", "est"):
        for form in _with(word, ending):
            if ending in ("ing", "ed") or _is_graded(form):
                yield form


def _with(word: str, ending: str) -> Iterator[str]:
    """Yield a word's forms with an ending that begins with a vowel: `plan` gives `planned`, `make` gives `making`."""
    yield word + ending
    if word.endswith("e"):
        yield word[:-1] + ending
    if len(word) > 1:
        yield word + word[-1] + ending
    if ending != "ing" and word.endswith("y"):
        yield word[:-1] + "i" + ending


def _stems(word: str) -> Iterator[str]:
    """Yield the words to which -es or -ed may have been added: `planned` gives `plan`, `carried` gives `carry`."""
    stem = word[:-2]
    yield from (stem, stem + "e")
    if len(stem) > 2 and stem[-1] == stem[-2]:
        yield stem[:-1]
    if stem.endswith("i"):
        yield stem[:-1] + "y"


def _is_graded(word: str) -> bool:
    """Return whether comparative and superlative are both known: `longer` has `longest`, `burner` has neither."""
    stem = word.removesuffix("er").removesuffix("est")
    return word not in _NOT_GRADED and stem + "er" in dictionary() and stem + "est" in dictionary()


def _is_compound(word: str) -> bool:
    """Return whether a word is a compound of two easy words; a final `age` or `less` is a suffix, not a word."""
    cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    return word in _SHORT_COMPOUNDS or any(word[:cut] in _listed() and _is_last_part(word[cut:]) for cut in cuts)


def _is_last_part(part: str) -> bool:
    one = part.removesuffix("s")
    stems = {part, one, one.removesuffix("er"), one.removesuffix("r")}  # storekeeper, schoolteachers, lawmaker
    listed = {stem for stem in stems if len(stem) >= _SHORTEST_PART} & _listed()
    return part not in _SUFFIXES and not listed <= _SUFFIXES


def _is_short_verb(word: str) -> bool:
    """Return whether a word is the -es or -ed form of a two-syllable word in the dictionary."""
    return word.endswith(("es", "ed")) and any(0 < spoken_syllables(stem) < _HARD for stem in _stems(word))
