"""What elements are by their names: comments, parts of comments, or furniture beside the text."""

import functools
from typing import Final

from ..._packaging import data_beside, word_sets
from .page_markup import words_in

# The names of an element are its classes, ids and custom tags, cut into words.
NAMES: Final = data_beside(__file__, "element_names.toml")
_NAMED, _LAST = (
    {name: part for part, names in NAMES[kind].items() for name in names.split()} for kind in ("named", "last")
)
_WORDS: Final = word_sets(NAMES["words"])


@functools.lru_cache(4_096)
def _part(name: str) -> tuple[str, int]:
    """Return the part that a name stands for, and how certain that is: 2 if it mentions comments, 0 if it is vague."""
    words = [word for word in words_in(name) if not word.isdecimal()]
    if not words or (known := _NAMED.get("-".join(words), "")):
        return known if words else "", 2
    if not _WORDS["replies"].isdisjoint(words) and _WORDS["other"].isdisjoint(words):
        return "replies", 0
    sure = 0 if words[-1] in _WORDS["loose"] else 1 + (not _WORDS["about"].isdisjoint(words))
    counts, other = words[-1] == "count", not _WORDS["other"].isdisjoint(words)
    while len(words) > 1 and words[-1] in _WORDS["trailing"]:
        words.pop()
    part = "reply" if words[-1] == "reply" else _LAST.get(words[-1], "")
    part = "author" if words[-2:] == ["name", "text"] else part
    is_other = (other and part in ("comment", "likes")) or (counts and part == "comment")
    is_other |= part == "text" and not _WORDS["beside_text"].isdisjoint(words)
    return ("", 0) if is_other else (part, sure)


@functools.lru_cache(4_096)
def parts_named(names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """Return for each name the part of a comment that it stands for ("text"), and how certain that is, 0 to 2."""
    return tuple(map(_part, names))
