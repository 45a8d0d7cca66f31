"""Which double quotation marks belong together, by the direction that their surroundings give them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

_MARK = re.compile('"')
_BEFORE_OPENING = frozenset("([{<-\u2013\u2014*_/'\"=:")
_OPENS_A_BLOCK = re.compile(r"\s{0,99}+[*_'(]{0,9}+\"(?=\S)")


def quotations_in(content: str, blocks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the quotations of blocks of running text: where each begins and ends, its marks included.

    Curly marks are straight by now, so that both spellings give the same: an opening mark has a space before it, a
    closing one has none.  An inch mark follows a digit and pairs with nothing, as do marks without a partner in their
    block; but where a block leaves a quotation open and the next one begins with a mark, the speaker goes on.
    """
    found: list[tuple[int, int]] = []
    for (start, end), following in itertools.zip_longest(blocks, blocks[1:]):
        unclosed = -1
        for at, kind in _directions(content, start, end):
            if kind == "open" or (kind == "either" and unclosed < 0):
                unclosed = at
            elif unclosed >= 0:
                found.append((unclosed, at + 1))
                unclosed = -1
        if unclosed >= 0 and following and _OPENS_A_BLOCK.match(content, *following):
            found.append((unclosed, unclosed + len(content[unclosed:end].rstrip())))
    return found


def _directions(content: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Each mark of a block with what it can do: open, close, or either; inch marks are left out."""
    marks = [match.start() for match in _MARK.finditer(content, start, end)]
    inside = False
    for at, following in itertools.zip_longest(marks, marks[1:]):
        before = content[at - 1] if at > start else " "
        after = content[at + 1] if at + 1 < end else " "
        opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
        closes = not before.isspace() and not after.isalnum()
        if before.isdigit() and not (inside and closes and not _closes_later(content, following, end)):
            continue
        kind = "either" if opens == closes else "open" if opens else "close"
        inside = kind == "open" or (kind == "either" and not inside)
        yield at, kind


def _closes_later(content: str, at: int | None, end: int) -> bool:
    """Whether the next mark closes a quotation that this one would close, so that this one is an inch mark."""
    if at is None:
        return False
    after = content[at + 1] if at + 1 < end else " "
    return not content[at - 1].isspace() and not content[at - 1].isdigit() and not after.isalnum()
