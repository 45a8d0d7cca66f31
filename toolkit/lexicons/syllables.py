"""Where words can be hyphenated by pyphen's patterns, for many words at once."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .dictionaries import file_of

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
    """Read pyphen's patterns: letters, and before each of them and after the last one the level of that place."""
    lines = file_of("pyphen", "dictionaries", "hyph_en_US.dic").read_text(encoding="utf-8").split()
    first = next(number for number, line in enumerate(lines) if line.startswith("."))  # what is above it are settings
    signs = np.frombuffer("\n".join([*lines[first:], ""]).encode("utf-32-le"), np.uint32)
    is_end, is_digit = signs == ord("\n"), (signs >= ord("0")) & (signs <= ord("9"))
    is_letter, is_level = ~(is_end | is_digit), is_digit & (signs > ord("0"))
    pattern, before = np.cumsum(is_end), np.cumsum(is_letter)
    place = before - np.append(0, before[is_end])[pattern]  # letters before it in its own pattern, and itself
    letters, number = np.unique(signs[is_letter], return_inverse=True)
    numbers = np.zeros(_BEYOND + 1, np.int8)
    numbers[letters] = np.arange(1, len(letters) + 1)
    owner, at = pattern[is_letter], place[is_letter]
    spelled = np.zeros((pattern[-1], at.max()), np.int64)
    spelled[owner, at - 1] = number + 1
    following, node = _grown(spelled, len(letters) + 1)
    levels = np.flatnonzero(is_level)
    ends = node[pattern[levels]]
    many = np.bincount(ends, minlength=len(following)).astype(np.int32)
    order = np.argsort(ends, kind="stable")
    columns = (place[levels][order].astype(np.int8), (signs[levels] - ord("0"))[order].astype(np.int8))
    return _Tree(numbers, following, (np.cumsum(many) - many).astype(np.int32), many, *columns)


def _grown(spelled: np.ndarray, letters: int) -> tuple[np.ndarray, np.ndarray]:
    """A tree of words, a row of numbered letters each: of each node and letter the next node; the end of each word."""
    end = np.full(len(spelled), _ROOT)
    steps = []
    known = _ROOT + 1
    for column in spelled.T:
        there = np.flatnonzero(column)
        step, which = np.unique(end[there] * letters + column[there], return_inverse=True)
        end[there] = known + which
        steps.append(step)
        known += len(step)
    following = np.zeros((known, letters), np.int32)
    following.ravel()[np.concatenate(steps)] = np.arange(_ROOT + 1, known)
    return following, end
