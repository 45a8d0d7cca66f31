"""Pair double quotation marks by the direction that the surrounding text implies."""

import re

import numpy as np

from ..lexicons.characters import Characters
from ..lexicons.code_points import are_in, fulfil

_BEFORE_OPENING = frozenset("([{<-\u2013\u2014*_/'\"=:")
MARKS_BEFORE = frozenset("([{*_'")
"""What belongs to the first word of a quotation, though it is before the quotation mark."""
_OPENS_A_BLOCK = re.compile(r"\s{0,99}+[*_'(]{0,9}+\"(?=\S)")
_OPEN, _CLOSE, _EITHER, _NEITHER = range(4)


def quotations_in(content: Characters, starts: np.ndarray, ends: np.ndarray) -> list[tuple[int, int]]:
    """Find the quotations in blocks of running text: bounds that include the marks.

    Curly marks are already straight, so both spellings give the same result: an opening mark has a space before it, a
    closing one has none.  An inch mark follows a digit and pairs with nothing, as do marks without a partner in their
    block; but if a block leaves a quotation open and the next one begins with a mark, the speaker continues.
    """
    found: list[tuple[int, int]] = []
    at = np.flatnonzero(content.codes == ord('"'))
    block = np.searchsorted(starts, at, "right") - 1
    inside = (block >= 0) & (at < np.append(ends, 0)[block])
    at, block = at[inside], block[inside]
    owner = content.owners(starts)
    goes_on = np.append(owner[1:] == owner[:-1], False)  # the next block belongs to the same text
    opened: list[int] = []  # in this block, outermost first
    marks = zip(at.tolist(), block.tolist(), _directions(content, at, starts[block], ends[block], block), strict=True)
    last = np.append(block[1:] != block[:-1], True)[: len(block)].tolist()
    for (place, number, kind), is_last in zip(marks, last, strict=True):
        if kind == _OPEN or (kind == _EITHER and not opened):
            opened.append(place)
        elif opened and kind != _NEITHER:
            _add(found, opened.pop(), place + 1)
        if is_last and opened:
            span = (int(starts[number + 1]), int(ends[number + 1])) if goes_on[number] else (0, 0)
            if _OPENS_A_BLOCK.match(content.text, *span):
                _add(found, opened[-1], opened[-1] + len(content.text[opened[-1] : ends[number]].rstrip()))
            opened = []
    return found


def _add(found: list[tuple[int, int]], start: int, end: int) -> None:
    """Add a quotation, replacing those inside it."""
    while found and found[-1][0] > start:
        found.pop()
    found.append((start, end))


def with_marks_before(text: str, start: int) -> int:
    """Move the start of a quotation before brackets and signs of emphasis attached to it."""
    while start and text[start - 1] in MARKS_BEFORE:
        start -= 1
    return start


def _directions(
    content: Characters, at: np.ndarray, starts: np.ndarray, ends: np.ndarray, block: np.ndarray
) -> list[int]:
    """Return what each mark of a block can do: open, close, or both; a mark that can do neither is an inch mark."""
    before = np.where(at > starts, content.codes[at - 1], ord(" "))
    after = np.where(at + 1 < ends, content.codes[np.minimum(at + 1, len(content.codes) - 1)], ord(" "))
    space_before, digit_before = before <= ord(" "), fulfil(before, str.isdigit)
    opens = (space_before | are_in(before, _BEFORE_OPENING)) & (after > ord(" "))
    closes = ~space_before & ~fulfil(after, str.isalnum)
    kinds = np.where(opens == closes, _EITHER, np.where(opens, _OPEN, _CLOSE))
    # Whether the next mark closes the quotation that this one would close: then this one is an inch mark.
    closes_later = np.append((closes & ~digit_before)[1:] & (block[1:] == block[:-1]), False)[: len(at)]
    found: list[int] = kinds.tolist()
    if not digit_before.any():
        return found
    is_inside, number = False, -1
    rows = zip(found, block.tolist(), digit_before.tolist(), (closes & ~closes_later).tolist(), strict=True)
    for i, (kind, this, digit, may_close) in enumerate([*rows]):
        is_inside &= this == number
        number = this
        if digit and not (is_inside and may_close):
            found[i] = _NEITHER
        else:
            is_inside = kind == _OPEN or (kind == _EITHER and not is_inside)
    return found
