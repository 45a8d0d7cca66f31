"""Words and signs of many texts at once, to find the few that must be read closely."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from .contacts import FEW_SIGNS, HINT_WORDS, SPELT, may_reach
from .pseudonyms import BEYOND_ASCII, Pseudonyms, fold, has_other_letters

SAMPLE: Final = 40  # words by which a text is taken for plainly English
FEWEST: Final = 5  # words; a text with fewer is never called "not English"
_CHUNK: Final = 500  # texts scanned at a time

_SIGNS: Final = b"0123456789@:&/"
_LOWER: Final = bytes(
    ord(c.lower()) if (c := chr(byte)).isascii() and c.isalnum() else 32 * (byte > 0) for byte in range(256)
)
_SHAPE: Final = bytes(ord("A") if chr(byte).isupper() and byte < 128 else byte for byte in range(256))
_NO_SIGNS: Final = bytes(byte for byte in range(1, 256) if byte not in _SIGNS)
_ASCII: Final = bytes(range(1, 128))
_TITLES: Final = frozenset(b"mr mrs ms miss dr prof professor sir madam".split())


class Scan(NamedTuple):
    """What a look at its words and signs says of one text.

    `doubtful`: it may not be English. `contacts`: it may have an address or a number in it. `names`: words near which
    there may be a name, in lower case; None where the whole text must be read, empty where it has none.
    """

    doubtful: bool
    contacts: bool
    names: set[str] | None


CLEAN: Final = Scan(doubtful=False, contacts=False, names=set())


def scan(texts: Sequence[str], pseudonyms: Pseudonyms) -> Iterator[Scan]:
    """Scan texts by translating many of them at once, byte by byte, and looking their words up in sets."""
    anywhere, capital = pseudonyms.triggers
    common, foreign = _word_lists()
    watched = anywhere | capital | foreign | HINT_WORDS
    for start in range(0, len(texts), _CHUNK):
        chunk = texts[start : start + _CHUNK]
        joined = "\0".join(chunk).encode("utf-8", "replace")
        words, signs = joined.translate(_LOWER).split(b"\0"), joined.translate(None, _NO_SIGNS).split(b"\0")
        shapes, beyond = joined.translate(_SHAPE).split(b"\0"), joined.translate(None, _ASCII).decode().split("\0")
        spelt = SPELT.search(joined.lower()) is not None
        for text, lower, sign, shape, others in zip(chunk, words, signs, shapes, beyond, strict=True):
            own = lower.split()
            sample = own[:SAMPLE]
            english = 4 * sum(map(common.__contains__, sample)) >= len(sample) or len(sample) < FEWEST
            dotted = b"A.A." in shape or b"A. A." in shape
            letters = others and BEYOND_ASCII.search(others)
            plain = not sign or (len(sign) < 5 and FEW_SIGNS.issuperset(sign)) or sign == b":"
            if english and plain and not (letters or dotted or spelt) and watched.isdisjoint(own):
                yield CLEAN
                continue
            seen, other = text, False
            if letters:
                seen = fold(text)
                other = BEYOND_ASCII.search(seen) is not None
                coded = seen.encode("utf-8", "replace")
                sign, own = coded.translate(None, _NO_SIGNS), coded.translate(_LOWER).split()
                english = english and len(sample) >= FEWEST and 10 * len(others) < len(text)
            yield Scan(
                not english or other or not foreign.isdisjoint(own),
                other or may_reach(seen, own, sign),
                None if other else _names(text, own, anywhere, capital, dotted),
            )


def _names(
    text: str, words: list[bytes], anywhere: frozenset[bytes], capital: frozenset[bytes], dotted: bool
) -> set[str]:
    """Return the words of a text that show where it may name somebody."""
    hits = set(map(bytes.decode, anywhere.intersection(words)))
    if some := capital.intersection(words):
        sure = not _TITLES.isdisjoint(words) or has_other_letters(text)
        hits.update(hit for each in some if _has_capital(text, hit := each.decode()) or sure)
    if dotted or "@" in text or "u/" in text or "U/" in text:
        hits.add("@")
    return hits


def _has_capital(text: str, word: str) -> bool:
    """Return whether a word is in a text with a capital at its beginning."""
    if word.capitalize() in text or word.upper() in text:
        return True
    lower, at = text.lower(), -1
    while (at := lower.find(word, at + 1)) >= 0:
        if text[at].isupper():
            return True
    return False


@functools.cache
def _word_lists() -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Return the frequent words of English, and function words of other languages."""
    from ..lexicons.languages import COMMON, other_languages

    return frozenset(map(str.encode, COMMON)), frozenset(map(str.encode, other_languages()))
