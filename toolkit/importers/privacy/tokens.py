"""A text and its words, for the search for names."""

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from .name_forms import PLAIN_WORD, WORD, WORDS, folded, has_other_letters
from .pseudonyms import STEM, Pseudonyms

_SPLIT = re.compile(f"({WORD.pattern})")
_PLAIN_SPLIT = re.compile(f"({PLAIN_WORD.pattern})")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n>*_/\"“”'‘(–—-]\)?)\s{0,6}$")


class Tokens(NamedTuple):
    """A text, its words as `fold` writes them, and where each starts and ends."""

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def between(self, at: int) -> str:
        """Return the text between a word and the next one."""
        return self.text[self.ends[at] : self.starts[at + 1]]

    def before(self, at: int) -> str:
        """Return the word before another one of the same text."""
        return self.words[at - 1] if at and "\0" not in self.between(at - 1) else ""

    def is_capital(self, at: int) -> bool:
        """Return whether a word begins with a capital."""
        return self.text[self.starts[at]].isupper()

    def is_determined(self, at: int) -> bool:
        """Return whether a determiner such as "the" or "my" precedes a word, as in "the will", not in "No, Will."."""
        return self.before(at) in WORDS["determiners"] and self.between(at - 1).isspace()

    def begins_sentence(self, at: int) -> bool:
        """Return whether a word begins a sentence."""
        start = self.starts[at]
        return _SENTENCE_START.search(self.text[max(0, start - 6) : start]) is not None

    def line_of(self, at: int) -> tuple[int, bool]:
        """Return the position of a line end just before a word, else -1, and whether the word begins the line."""
        start = self.starts[at]
        line = self.text.rfind("\n", max(0, start - 4), start)  # lines may begin with a few marks
        return line, (line >= 0 or start < 4) and not self.text[line + 1 : start].strip(' >*_"“-–—~')


def tokens_of(text: str, pseudonyms: Pseudonyms) -> Tokens:
    """Return a text and its words, with inflected names in the nominative."""
    other = has_other_letters(text)
    pieces = _SPLIT.split(text) if other else _PLAIN_SPLIT.split(text.lower())
    bounds = [*itertools.accumulate(map(len, pieces))]
    words = [*map(folded, pieces[1::2])] if other else pieces[1::2]
    words = [pseudonyms.bare(word) if word[-1:] < "a" or not "a" <= word[:1] <= "z" else word for word in words]
    starts, ends, stems = bounds[:-1:2], bounds[1::2], pseudonyms.stems
    words = [
        pseudonyms.nominative(word, text, end) if word[:STEM] in stems and text[at] == text[at].title() else word
        for word, at, end in zip(words, starts, ends, strict=False)
    ]
    return Tokens(text, words, starts, ends)
