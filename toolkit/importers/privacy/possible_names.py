"""Find out which words of very many names may occur in some texts: making all forms of a name takes 50 microseconds.

A form of a name contains its words, unless reduced to an initial, up to the letters that an ending may change: "Annas",
"JAnna", "#ThankYouAnna", "A n n a". So texts are reduced to folded letters and digits, with repeated ones merged, and
each run of up to six of these is marked in a table. If no marked run matches the beginning of a word, no text contains
a form with that word.
"""

import functools
import itertools
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from .contact_masking import with_letters
from .name_forms import ASCII, ENDINGS, LOOKALIKES, fold_letters, with_syllables_apart, words_of

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.uint32]

_LONGEST: Final = 6  # letters of a run
_BITS: Final = 22  # of the hash of a run
_CHUNK: Final = 1_000_000  # characters processed at a time
_MARKS: Final = "someone reader profile link e-mail phone account address"  # written by masking
_ELIDED = re.compile(r"(?<!\w)[^\W\d_]['’](?=\w)")  # the "O" of "O'Brien", never a form by itself
_NUMBER = re.compile(r"^\d+(?=[^\d\n])|(?<=[^\d\n])\d+$", re.MULTILINE)


def _changed() -> str:
    """Return a pattern for final letters of a name that an ending may change."""
    changed = set()
    for own, endings in ENDINGS.items():
        for ending in endings.split():
            same = next((at for at, sign in enumerate(own) if not ending.startswith(sign, at)), len(own))
            changed.add((own[:same], own[same:]))
    return "|".join(f"(?<={same}){rest}" for same, rest in sorted(changed, key=lambda each: -len(each[1])) if rest)


_CHANGED = re.compile(rf"(?=\w{{1,3}}$)(?:{_changed()})$", re.MULTILINE)  # the look-ahead fails fast


class PossibleNames:
    """The words of names in all spellings; `in_texts` returns the words that some texts may contain."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._in_names = {name: [*_words(spelt)] for name, spelt in names.items()}
        self.words = [*dict.fromkeys(itertools.chain.from_iterable(self._in_names.values()))]
        begin = _NUMBER.sub("", "\n".join([*self.words, ""]))
        letters = _letters(_CHANGED.sub("", begin))
        ends = np.flatnonzero(letters == ord("\n"))
        starts = np.append(0, ends[:-1] + 1)
        lengths = np.minimum(ends - starts, _LONGEST)
        self._always = np.flatnonzero(lengths == 0)
        self._begin = []
        for length, runs in enumerate(_runs(letters), 1):
            which = np.flatnonzero(lengths == length)
            self._begin.append((which, runs[starts[which]]))

    def in_texts(self, texts: Iterable[str]) -> set[str]:
        """Return the words that may occur in any of the texts."""
        marked = np.zeros((_LONGEST, 1 << _BITS), np.bool_)
        for some in _chunks(texts):
            for table, runs in zip(marked, _runs(_letters(some.replace("\n", ""))), strict=True):
                table[runs] = True
        found = [which[table[runs]] for table, (which, runs) in zip(marked, self._begin, strict=True)]
        return {*map(self.words.__getitem__, np.concatenate([self._always, *found]).tolist())}

    def with_other_words(self, words: set[str]) -> list[str]:
        """Return the names that have a word beyond these."""
        return [name for name, own in self._in_names.items() if not words.issuperset(own)]


def _words(spelt: Sequence[str]) -> Iterator[str]:
    """Yield the words of a name, in all its spellings."""
    apart = with_syllables_apart(spelt[0])
    ways = [*spelt, apart] if apart != spelt[0] else spelt
    return itertools.chain(*(words_of(_ELIDED.sub("", way) if "'" in way or "’" in way else way) for way in ways))


def _chunks(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts joined in chunks: each as written, and again with its entities decoded."""
    some, size = [_MARKS], 0
    for text in texts:
        plain, before = text, ""
        while plain != before:
            some.append(plain)
            size += len(plain)
            plain, before = with_letters(plain), plain
        if size > _CHUNK:
            yield "".join(some)
            some, size = [], 0
    yield "".join(some)


def _letters(text: str) -> "Numbers":
    """Return the code points of folded letters, digits and line ends, with repeated letters merged."""
    points = _plain()[np.frombuffer(fold_letters(text).lower().encode("utf-32-le", "surrogatepass"), "<u4")]
    points = points[points > 0]
    return points[(points != np.append(0, points[:-1])) | (points == ord("\n"))]


@functools.cache
def _plain() -> "Numbers":
    """Return a code point for each character; 0 drops it."""
    plain = np.arange(sys.maxunicode + 1, dtype=np.uint32)
    plain[[*LOOKALIKES]] = [*LOOKALIKES.values()]
    plain[[sign for sign in ASCII if not chr(sign).isalnum() and chr(sign) != "\n"]] = 0
    return plain


def _runs(letters: "Numbers") -> "Iterator[Numbers]":
    """Yield hashes of the runs that start at each letter: runs of one letter, of two, ..."""
    runs = np.zeros(len(letters) + 1, np.uint32)
    for length in range(_LONGEST):
        runs = runs[: max(0, len(letters) - length)] * np.uint32(0x9E3779B1) + letters[length:]
        yield runs * np.uint32(0x85EBCA6B) >> np.uint32(32 - _BITS)
