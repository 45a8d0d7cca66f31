"""A mapping from words to numbers in a seventh of a dict's memory, for class kernels and browsers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping


class PackedWords:
    """Words with numbers, looked up and added as in a dict."""

    def __init__(self) -> None:
        self._alike = defaultdict[str, str](lambda: "\n")  # words that begin alike, each before its number

    def update(self, numbers: Mapping[str, int]) -> None:
        """Add words."""
        for word, number in numbers.items():
            self._alike[word[:3]] += f"{word} {number}\n"

    def get(self, word: str, default: int) -> int:
        """Return the number of a word, or the default."""
        _, found, after = self._alike.get(word[:3], "").partition(f"\n{word} ")
        return int(after.partition("\n")[0]) if found else default

    def __contains__(self, word: str) -> bool:
        return self.get(word, -1) >= 0
