"""Scan the words and signs of many texts at once, to find the few texts that need a closer look."""

from __future__ import annotations

import bisect
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ..lexicons.languages import COMMON, other_languages
from .contact_masking import MAIL_WORDS, SPELT, mask_contacts, may_reach
from .masking import TITLES, Place, Tokens, names_in
from .pseudonyms import BEYOND_ASCII, SHORTEST_NAME, Pseudonyms, fold_letters

if TYPE_CHECKING:
    import numpy.typing as npt

SAMPLE: Final = 40  # words by which a text is taken for plainly English
FEWEST: Final = 5  # words; a text with fewer is never called "not English"
_CHUNK: Final = 1_000  # texts scanned at a time, as long as they have
_LETTERS: Final = 1_000_000  # characters in all: each takes about 40 bytes while it is scanned
_END: Final = "\0\n"  # after each text: no name goes over it, and what follows begins a line

_LOWER: Final = bytes(ord(c.lower()) if (c := chr(byte)).isascii() and c.isalnum() else 32 for byte in range(256))
_SHAPE: Final = bytes(ord("A") if chr(byte).isupper() and byte < 128 else byte for byte in range(256))
_BRACKETS: Final = bytes(ord("(" if c in "[{<" else ")" if c in "]}>" else c) for c in map(chr, range(256)))
_NO_SIGNS: Final = bytes(byte for byte in range(256) if byte not in b"@:&/\0")
_ASCII: Final = bytes(range(1, 128))
_INITIALS: Final = re.compile(rb"A\. ?A\.")
_BASE: Final = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
# Kinds of words. Those of _CAPITAL and _FIRST are only looked for with a capital. A name begins with a _START, with a
# _FIRST, or with an _OUTER that has an _INNER after it.
_COMMON, _FOREIGN, _NAME, _CAPITAL, _MENTION, _START, _FIRST, _OUTER, _INNER = (1 << n for n in range(9))
_COM, _AT, _MAIL = (1 << n for n in range(9, 12))  # such words are in spelt addresses, and in some links
_NAMED = _NAME | _CAPITAL | _MENTION


class Scan(NamedTuple):
    """What a scan shows about each text, as columns.

    `text`: with addresses and numbers masked. `doubtful`: it may not be English. `alone`: names in it must be looked
    for by itself, since it has initials or letters beyond ASCII, or was changed. `names`: where it has other names.
    """

    text: list[str]
    doubtful: list[bool]
    alone: list[bool]
    names: list[Sequence[Place]]


class _Words(Sequence[str]):
    """The words of a buffer in lower case, cut out when they are asked for; `bare`: those without their last digits."""

    def __init__(self, flat: str, starts: Sequence[int], ends: Sequence[int], bare: Mapping[int, str]) -> None:
        self._flat, self._starts, self._ends, self._bare = flat, starts, ends, bare

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        return self._bare.get(at) or self._flat[self._starts[at] : self._ends[at]]


class _Kinds:
    """The kinds of known words, found for all words of a buffer at once by a number each: a polynomial of its bytes.

    An unknown word could have the number of a known one (one in 2**64); its text would be read closely for nothing.
    """

    def __init__(self, kinds: Mapping[str, int]) -> None:
        import pandas as pd

        self.of = kinds
        self._powers = self._inverses = np.empty(0, np.uint64)
        words = [word for word in kinds if word.isascii() and word.isalnum()]
        some = [
            words[at : at + _CHUNK] for at in range(0, len(words), _CHUNK)
        ]  # powers of all would take 32 bytes each
        buffers = (np.frombuffer(" ".join(each).encode(), np.uint8) for each in some)
        every = [self._numbers(letters, *_bounds(letters)) for letters in buffers]
        numbers, places = np.unique(np.concatenate(every), return_inverse=True)
        self._known: Any = pd.Index(numbers)
        self._kinds = np.zeros(len(numbers) + 1, np.uint16)  # the last for other words
        np.bitwise_or.at(self._kinds, places, np.fromiter(map(kinds.__getitem__, words), np.uint16, len(words)))

    def _numbers(
        self, letters: npt.NDArray[np.uint8], starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]
    ) -> npt.NDArray[np.uint64]:
        if len(self._powers) < len(letters):
            self._powers, self._inverses = (
                np.full(2 * len(letters), each, np.uint64).cumprod() for each in (_BASE, pow(_BASE, -1, 2**64))
            )
        sums = np.cumsum((letters - np.uint8(32)) * self._powers[: len(letters)])
        before = np.where(starts > 0, sums[starts - 1], np.uint64(0))
        return (sums[ends - 1] - before) * self._inverses[starts]

    def in_buffer(
        self, letters: npt.NDArray[np.uint8], starts: npt.NDArray[np.intp], ends: npt.NDArray[np.intp]
    ) -> npt.NDArray[np.uint16]:
        """Return the kind of each word of a buffer, 0 for those that are not known."""
        return self._kinds[self._known.get_indexer(self._numbers(letters, starts, ends))]


def _bounds(letters: npt.NDArray[np.uint8]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return where the words of a buffer start and end."""
    edges = np.flatnonzero(np.diff(letters != 32, prepend=False, append=False))
    return edges[::2], edges[1::2]


def scan(texts: Sequence[str], pseudonyms: Pseudonyms) -> Scan:
    """Scan many texts as one buffer: split it into words once, and look each up once."""
    kinds: defaultdict[str, int] = defaultdict(int)
    bits = (_NAME, _CAPITAL, _START, _FIRST, _OUTER, _INNER, _COMMON, _FOREIGN, _NAME, _COM, _AT, _MAIL)
    lists = (*pseudonyms.triggers, COMMON, other_languages(), TITLES, ("com",), ("at",), MAIL_WORDS)
    for some, kind in zip(lists, bits, strict=True):
        for word in some:
            kinds[word] |= kind
    known = _Kinds(kinds)
    scanned: tuple[list[Any], ...] = ([], [], [], [])
    for some in _chunks(texts):
        parts: tuple[list[Any], ...] = _scan(some, pseudonyms, known)
        for column, part in zip(scanned, parts, strict=True):
            column += part
    return Scan(*scanned)


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    start = size = 0
    for at, text in enumerate(texts):
        if at - start == _CHUNK or (size + len(text) > _LETTERS and size):
            yield texts[start:at]
            start = at
            size = 0
        size += len(text)
    if start < len(texts):
        yield texts[start:]


def _scan(texts: Sequence[str], pseudonyms: Pseudonyms, known: _Kinds) -> Scan:
    beyond = "\0".join(texts).encode("utf-8", "replace").translate(None, _ASCII).decode().split("\0")
    beside = [at for at, others in enumerate(beyond) if others and BEYOND_ASCII.search(others)]
    folded = list(texts)  # without letters beyond ASCII, as far as they can be folded
    for at in beside:
        folded[at] = fold_letters(texts[at])
    joined = _END.join([*folded, ""])
    plain = joined.encode("ascii", "replace")  # one byte per character, so that places are the same
    lower = plain.translate(_LOWER)
    flat, letters, written = lower.decode(), np.frombuffer(lower, np.uint8), np.frombuffer(plain, np.uint8)
    offsets = np.cumsum([0, *(len(text) + len(_END) for text in folded)])

    def with_some(places: Iterable[int]) -> set[int]:
        """Return which texts have some of these places in the buffer."""
        return set((np.searchsorted(offsets, [*places], "right") - 1).tolist())

    starts, ends = _bounds(letters)
    initial, kind = written[starts], known.in_buffer(letters, starts, ends)
    bare: dict[int, str] = {}
    mixed = (letters[ends - 1] <= ord("9")) & ((initial > ord("9")) | (ends - starts > SHORTEST_NAME + 1))
    for place in np.flatnonzero(mixed).tolist():
        bare[place] = pseudonyms.bare(flat[starts[place] : ends[place]])
        kind[place] = known.of.get(bare[place], 0)
    first = np.searchsorted(starts, offsets)  # word of each text
    words = np.diff(first)
    kind[initial > ord("Z")] &= ~np.uint16(_CAPITAL | _FIRST)
    kind[(written[starts - 1] == ord("@")) & (letters[starts - 2] == ord(" "))] |= _MENTION
    seen = np.where(words, np.bitwise_or.reduceat(np.append(kind, np.uint16(0)), first[:-1]), 0)
    sample = np.minimum(words, SAMPLE)
    common, foreign = (np.append(0, np.cumsum(kind & each > 0)) for each in (_COMMON, _FOREIGN))
    begin_english = 4 * (common[first[:-1] + sample] - common[first[:-1]]) >= sample
    common, foreign = np.diff(common[first]), np.diff(foreign[first])
    outnumbered = (foreign > 0) & ((5 * common < words) | ((foreign > 1) & (2 * foreign > common)))
    doubtful = outnumbered | (~begin_english & (words >= FEWEST))

    inner = np.append(kind & _INNER > 0, [False, False])
    short = np.append(ends - starts == 1, False)  # a middle initial that a name may have in a text
    followed = inner[1:-1] | (short[1:] & inner[2:])
    begun = np.flatnonzero((kind & (_START | _FIRST | _MENTION) > 0) | ((kind & _OUTER > 0) & followed))
    text_of_begun = np.searchsorted(first, begun, "right") - 1
    named = (seen & _NAMED > 0) & (np.bincount(text_of_begun, minlength=len(texts)) > 0)

    digits = np.flatnonzero(written - np.uint8(ord("0")) < 10)
    near = np.convolve(np.diff(digits) <= 4, np.ones(4, int), "valid") == 4 if len(digits) > 4 else []
    numbered = with_some(digits[:-4][near])
    spelt = with_some(found.start() for found in SPELT.finditer(plain.lower().translate(_BRACKETS)))
    alone = with_some(found.start() for found in _INITIALS.finditer(plain.translate(_SHAPE)))
    spelt |= set(np.flatnonzero((seen & _AT > 0) & (seen & _MAIL > 0)).tolist())
    linked = set(np.flatnonzero(seen & _COM).tolist())
    signs = plain.translate(None, _NO_SIGNS).split(b"\0")
    other = set()
    for at in beside:
        if BEYOND_ASCII.search(folded[at]):
            other.add(at)
        if at in other or named[at]:
            alone.add(at)
        if at in other or foreign[at] or words[at] < FEWEST or 10 * len(beyond[at]) >= len(texts[at]):
            doubtful[at] = True
    masked = list(texts)
    for at in sorted({at for at, sign in enumerate(signs) if sign} | numbered | spelt | linked | other):
        reached = at in other or at in numbered
        links = b"/" in signs[at] or at in linked
        if reached or may_reach(folded[at], signs[at], linked=links, spelt=at in spelt):
            masked[at] = mask_contacts(texts[at])
            if masked[at] != texts[at]:
                alone.add(at)

    named[[*alone]] = False
    begun = begun[named[text_of_begun]]
    mentions = set(begun[kind[begun] & _MENTION > 0].tolist())
    begins, stops = (array("q", each.astype(np.int64).tobytes()) for each in (starts, ends))  # 32 bits in a browser
    tokens = Tokens(joined, _Words(flat, begins, stops, bare), begins, stops)
    names: defaultdict[int, list[Place]] = defaultdict(list)
    for start, end, key in names_in(tokens, begun.tolist(), mentions, pseudonyms):
        where = bisect.bisect_right(offsets, start) - 1
        names[where].append((start - int(offsets[where]), end - int(offsets[where]), key))
    every = range(len(texts))
    return Scan(masked, doubtful.tolist(), [at in alone for at in every], [names.get(at, ()) for at in every])
