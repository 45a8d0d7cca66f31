"""Word lists in `data/`: dictionary, easy words, places, function words, AFINN."""

import csv
import functools
import pathlib
from types import MappingProxyType

from .packed_words import PackedWords
from .tokens import arrow

_DATA = pathlib.Path(__file__).parent / "data"
SYLLABLES = 15
FLAGS = {flag: 16 << place for place, flag in enumerate("dhckfnm")}
"""Bits of a word's number in the dictionary: its syllables, and whether it is difficult (Dale-Chall), hard
(Gunning), common, English, foreign, probably the start of a name if capitalised, or possibly foreign."""


@functools.cache
def dictionary() -> dict[str, int] | PackedWords:
    """The words of the CMU Pronouncing Dictionary, with their `SYLLABLES` and `FLAGS` as one number.

    Syllables are those of the shortest pronunciation; flags are what the rules for other words give. Without Arrow,
    where memory is scarce, they are packed.
    """
    words: dict[str, int] | PackedWords = PackedWords() if arrow() is None else {}
    with (_DATA / "english_words.txt").open(encoding="utf-8") as lines:
        for line in lines:
            facts, *listed = line.split()
            flags = facts.lstrip("0123456789")
            words.update(dict.fromkeys(listed, int(facts.removesuffix(flags)) | sum(FLAGS[flag] for flag in flags)))
    return words


def spoken_syllables(word: str) -> int:
    """Return the syllables of a word in the dictionary, 0 for any other."""
    return dictionary().get(word, 0) & SYLLABLES


@functools.cache
def easy_words() -> frozenset[str]:
    """Load the Dale-Chall list of words that four in five fourth-graders know (Chall & Dale, 1995)."""
    return _words_of("easy_words.txt")


@functools.cache
def function_words() -> frozenset[str]:
    """Load the commonest function words, and some words of chats, of other languages in Latin script."""
    return _words_of("function_words.txt")


@functools.cache
def place_names() -> frozenset[str]:
    """Load the names of countries and their peoples, regions and large cities."""
    return _words_of("place_names.txt")


@functools.cache
def afinn_words() -> MappingProxyType[str, int]:
    """Return the ratings of AFINN-165's single words, -5 (very negative) to 5: a second opinion on tone.

    The list is licensed ODbL 1.0 (https://opendatacommons.org/licenses/odbl/1-0/); its 30 phrases are left out here.
    Nielsen, F.A. (2011). A new ANEW: evaluation of a word list for sentiment analysis in microblogs. Proceedings of the
    ESWC workshop on Making Sense of Microposts, 93-98. arXiv:1103.2903

    Examples
    --------
    >>> afinn_words()["good"], afinn_words()["terrible"]
    (3, -3)
    """
    with (_DATA / "afinn.csv").open(encoding="utf-8") as lines:
        return MappingProxyType({row["word"]: int(row["value"]) for row in csv.DictReader(lines)})


def _words_of(name: str) -> frozenset[str]:
    """Read the words of a file, whose lines may begin with the name of a group."""
    with (_DATA / name).open(encoding="utf-8") as lines:
        return frozenset(word for line in lines for word in line.rpartition(": ")[2].split())
