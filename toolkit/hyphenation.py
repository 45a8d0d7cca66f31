"""Where words can be hyphenated by pyphen's patterns, for many words at once."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_ROOT = 1  # node 0 is where no pattern goes on
_BEYOND = 0xFFFF  # no pattern has a letter from here on


class _Tree(NamedTuple):
    """The patterns as a tree of letters, and the levels that the pattern which ends at a node gives to places."""

    numbers: np.ndarray  # of each code point the number of the letter, 0 for what is in no pattern
    following: np.ndarray  # of each node and letter the next node
    first: np.ndarray  # of each node where its levels stand in the two columns below
    many: np.ndarray  # and how many they are
    place: np.ndarray  # counted from the first letter of the pattern
    level: np.ndarray


def hyphens(words: Sequence[str]) -> np.ndarray:
    """Places where pyphen would hyphenate each word: those of odd level, two letters and more from its ends."""
    pointed = [f".{word.lower()}." for word in words]
    sizes = np.fromiter(map(len, pointed), np.int64, len(pointed))
    text = np.frombuffer("".join(pointed).encode("utf-32-le", "surrogatepass"), np.uint32)
    owner, ends = np.repeat(np.arange(len(sizes)), sizes), np.cumsum(sizes)
    inside = np.arange(len(text)) - (ends - sizes)[owner]
    last = np.fromiter(map(len, words), np.int64, len(words))[owner]
    odd = _levels(text, ends[owner]) % 2 * ((inside >= 3) & (inside < last))
    return np.bincount(owner, odd, len(sizes)).astype(np.int32)


def _levels(text: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Highest level that any pattern gives to the place before each letter; all starts go down the tree together."""
    tree = _tree()
    letters, levels = tree.numbers[np.minimum(text, _BEYOND)], np.zeros(len(text), np.int8)
    start, node, depth = np.arange(len(text)), np.full(len(text), _ROOT, np.int32), 0
    while len(start):
        node = tree.following[node, letters[start + depth]]
        depth += 1
        many = tree.many[node]
        each = np.repeat(tree.first[node] - np.cumsum(many) + many, many) + np.arange(many.sum())
        np.maximum.at(levels, np.repeat(start, many) + tree.place[each], tree.level[each])
        on = np.flatnonzero((node > 0) & (start + depth < ends[start]))
        start, node = start[on], node[on]
    return levels


@functools.cache
def _tree() -> _Tree:
    import pyphen

    patterns: dict[str, tuple[int, tuple[int, ...]]] = pyphen.Pyphen(lang="en_US").hd.patterns
    number = {letter: i for i, letter in enumerate(sorted(set("".join(patterns))), start=1)}
    numbers = np.zeros(_BEYOND + 1, np.int8)
    numbers[[*map(ord, number)]] = [*number.values()]
    beginnings = {letters[:end] for letters in patterns for end in range(1, len(letters) + 1)}
    nodes = {"": _ROOT} | {letters: node for node, letters in enumerate(beginnings, start=_ROOT + 1)}
    following = np.zeros((len(nodes) + 1, len(number) + 1), np.int32)
    parents, last = [nodes[letters[:-1]] for letters in beginnings], [number[letters[-1]] for letters in beginnings]
    following[parents, last] = range(_ROOT + 1, len(nodes) + 1)
    given = {
        nodes[letters]: [(place, level) for place, level in enumerate(levels, start=first) if level]
        for letters, (first, levels) in patterns.items()
    }
    many = np.zeros(len(nodes) + 1, np.int32)
    many[[*given]] = [*map(len, given.values())]
    first = np.zeros_like(many)
    first[[*given]] = np.cumsum(many[[*given]]) - many[[*given]]
    place, level = np.array([pair for pairs in given.values() for pair in pairs], np.int8).T
    return _Tree(numbers, following, first, many, place, level)
