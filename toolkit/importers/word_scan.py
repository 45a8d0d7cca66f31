"""Words and signs of many texts at once, to find the few that must be read closely."""

from __future__ import annotations

import bisect
import functools
import itertools
import operator
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from ..lexicons.languages import COMMON, other_languages
from .contacts import HINT_WORDS, SPELT, mask_contacts, may_reach
from .masking import TITLES, Place, Tokens, names_in
from .pseudonyms import BEYOND_ASCII, Pseudonyms, fold_letters

SAMPLE: Final = 40  # words by which a text is taken for plainly English
FEWEST: Final = 5  # words; a text with fewer is never called "not English"
_CHUNK: Final = 500  # texts scanned at a time
_END: Final = "\0\n"  # after each text: no name goes over it, and what follows begins a line

_LOWER: Final = bytes(ord(c.lower()) if (c := chr(byte)).isascii() and c.isalnum() else 32 for byte in range(256))
_SHAPE: Final = bytes(ord("A") if chr(byte).isupper() and byte < 128 else byte for byte in range(256))
_NO_SIGNS: Final = bytes(byte for byte in range(256) if byte not in b"0123456789@:&/\0")
_ASCII: Final = bytes(range(1, 128))
# Kinds of words. Those of _CAPITAL are only looked for with a capital; at a _START some name begins.
_COMMON, _FOREIGN, _NAME, _CAPITAL, _START, _HINT, _MENTION = 1, 2, 4, 8, 16, 32, 64
_NAMED = _NAME | _CAPITAL | _MENTION


class Scan(NamedTuple):
    """What the words and signs of a text say about it.

    `text`: with addresses and numbers masked. `doubtful`: it may not be English. `alone`: names in it must be looked
    for by itself, since it has initials or letters beyond ASCII, or was changed. `names`: where it has other names.
    """

    text: str
    doubtful: bool
    alone: bool
    names: Sequence[Place]


def scan(texts: Sequence[str], pseudonyms: Pseudonyms) -> Iterator[Scan]:
    """Scan many texts as one buffer: split it into words once, and look each up once."""
    anywhere, capital = pseudonyms.triggers
    kinds: dict[str, int] = {}
    for some, kind in (
        (COMMON, _COMMON),
        (other_languages(), _FOREIGN),
        (anywhere | TITLES, _NAME),
        (capital, _CAPITAL),
        (pseudonyms.lengths, _START),
        (HINT_WORDS, _HINT),
    ):
        kinds |= {word: kinds.get(word, 0) | kind for word in some}
    for start in range(0, len(texts), _CHUNK):
        yield from _scan(texts[start : start + _CHUNK], pseudonyms, kinds)


def _scan(texts: Sequence[str], pseudonyms: Pseudonyms, kinds: Mapping[str, int]) -> Iterator[Scan]:
    joined = _END.join([*texts, ""])
    plain = joined.encode("ascii", "replace")  # one byte per character, so that places are the same
    flat = plain.translate(_LOWER)
    split = flat.decode().split()
    written, inside = np.frombuffer(b"  " + plain, np.uint8), np.frombuffer(b"  " + flat, np.uint8) != 32
    starts, ends = np.flatnonzero(inside[1:-1] < inside[2:]), np.flatnonzero(inside[1:-1] > inside[2:])
    for place in np.flatnonzero((written[starts + 2] > ord("9")) & (written[ends + 1] <= ord("9"))):
        split[place] = pseudonyms.bare(split[place])
    words = tuple(split)
    offsets = np.cumsum([0, *(len(text) + len(_END) for text in texts)])
    first = np.searchsorted(starts, offsets)  # word of each text
    kind = np.fromiter(map(kinds.get, words, itertools.repeat(0)), np.uint8, len(words))
    kind[written[starts + 2] > ord("Z")] &= 255 - _CAPITAL
    kind[(written[starts + 1] == ord("@")) & ~inside[starts]] |= _MENTION
    some = np.bitwise_or.reduceat(np.append(kind, np.uint8(0)), first[:-1])
    some[first[:-1] == first[1:]] = 0  # a text without words
    sample = np.minimum(np.diff(first), SAMPLE)
    common = np.append(0, np.cumsum(kind & _COMMON))
    common = common[first[:-1] + sample] - common[first[:-1]]
    strange = ((4 * common < sample) & (sample >= FEWEST)).tolist()

    signs, shapes = plain.translate(None, _NO_SIGNS).split(b"\0"), plain.translate(_SHAPE).split(b"\0")
    beyond = joined.encode("utf-8", "replace").translate(None, _ASCII).decode().split("\0")
    spelt = SPELT.search(plain.lower()) is not None
    seen: list[int] = some.tolist()
    alone = [b"A.A." in shape or b"A. A." in shape for shape in shapes[:-1]]
    masked = list(texts)
    for at, (text, sign, others) in enumerate(zip(texts, signs, beyond, strict=False)):
        folded, other, letters = text, False, bool(others) and BEYOND_ASCII.search(others) is not None
        own: Sequence[str] = ()
        if letters:
            folded = fold_letters(text)
            other = BEYOND_ASCII.search(folded) is not None
            coded = folded.encode("ascii", "replace")
            own = [*map(pseudonyms.bare, coded.translate(_LOWER).decode().split())]
            sign = coded.translate(None, _NO_SIGNS)
            seen[at] = functools.reduce(operator.or_, map(kinds.get, own, itertools.repeat(0)), 0)
            strange[at] = strange[at] or other or sample[at] < FEWEST or 10 * len(others) >= len(text)
            alone[at] = alone[at] or other or b"@" in sign or seen[at] & _NAMED > 0
        elif seen[at] & _HINT:
            own = words[first[at] : first[at + 1]]
        elif not (sign or spelt):
            continue
        if other or may_reach(folded, HINT_WORDS.intersection(own), sign, spelt or letters):
            masked[at] = mask_contacts(text)
            alone[at] = alone[at] or masked[at] != text

    names: defaultdict[int, list[Place]] = defaultdict(list)
    begun = np.flatnonzero(kind & (_START | _MENTION))
    open_to = np.array([which & _NAMED > 0 and not by_itself for which, by_itself in zip(seen, alone, strict=True)])
    begun = begun[open_to[np.searchsorted(first, begun, "right") - 1]]
    mentions = set(begun[kind[begun] & _MENTION > 0].tolist())
    wide = (array("q", each.astype(np.int64).tobytes()) for each in (starts, ends))  # 32 bits each in a browser
    tokens = Tokens(joined, words, *wide)
    for start, end, key in names_in(tokens, begun.tolist(), mentions, pseudonyms):
        where = bisect.bisect_right(offsets, start) - 1
        names[where].append((start - int(offsets[where]), end - int(offsets[where]), key))
    for at, text in enumerate(masked):
        yield Scan(text, strange[at] or seen[at] & _FOREIGN > 0, alone[at], names.get(at, []))
