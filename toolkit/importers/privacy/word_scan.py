"""Scan many texts at once for the few that may name somebody, contain contacts, or not be English.

Checking each word of 100,000 comments in Python takes minutes. So the texts are joined into one buffer with a byte per
character, in which numpy finds all words and their features in a few steps:

    texts     "Hi @Jo!"           "We are here."
    joined    H i _ @ J o ! 0 /   W e _ a r e _ h e r e . 0 /     _ is a space, 0 / the two signs of `_END`
    letters   h i _ _ j o _ _ _   w e _ a r e _ h e r e _ _ _     lower case; anything but letters and digits is a space
    starts    0       4           9     12      16                where each word starts
    ends          2       6           11      15      20          and where it ends
    kinds     0       N           C     C       0                 N: WHOLE | ANYWHERE | MENTION, C: COMMON

Words start where letters follow spaces and end where spaces follow letters. Each word becomes a number (`_packed`), and
a table maps the numbers of all relevant words to their kinds: bits for common English words, words of other languages,
and roles in the names of commenters. The first text has a mention and a word that is a name, so only there are names
searched for word by word (`names_in`). The second is English because half of its words are common ones.
"""

from __future__ import annotations

import bisect
import functools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from ... import _limits as limits
from ...lexicons.function_words import COMMON, other_languages
from .contact_masking import (
    AT_WORDS,
    BLOG_WORDS,
    MAIL_WORDS,
    MAILBOXES,
    MESSENGERS,
    SITE_WORDS,
    WRITTEN_LETTER,
    mask_contacts,
)
from .masking import HASHTAG, mask_names, replaced
from .name_forms import ASCII, BEYOND_ASCII, TITLES, fold_letters, has_other_letters
from .name_or_word import GREETING, is_common
from .name_places import Place, names_in
from .pseudonyms import ANYWHERE, BEGINS, CAPITAL, FIRST, INNER, OUTER, SHORTEST_NAME, STEM, WHOLE, Pseudonyms
from .tokens import Tokens

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.uint64]
    Places = npt.NDArray[np.intp]
    Kinds = npt.NDArray[np.uint16]

_OF_EMOJI: Final = frozenset("\u200d\ufe0f")  # signs that occur in emoji, but also hide in words
SAMPLE: Final = 40  # words at the start by which a text is judged
FEWEST: Final = 5  # words; a text with fewer is never called "not English"
_CHUNK: Final = 2_000  # most texts scanned at a time, and
_LETTERS: Final = 1_000_000  # most characters: each takes about 20 bytes during the scan
_END: Final = "\0\n"  # after each text: no name spans it, and the next text begins a line
# Kinds of words besides roles in names: common in English or in another language, after an @, in spelt addresses,
# before the name of someone addressed.
_COMMON, _FOREIGN, _MENTION, _PROVIDER, _AT, _MAIL, _GREETING, _SITE = (BEGINS << n for n in range(8))

_LOWER: Final = bytes(ord(c.lower()) if (c := chr(byte)).isascii() and c.isalnum() else 32 for byte in range(256))
_SPECIAL: Final = bytes(chr(byte) in "@:&#%(-/~." for byte in range(256))
_LENGTH: Final = 8  # letters packed into one number
_MASKS: Final = np.array([(1 << 8 * length) - 1 for length in range(_LENGTH + 1)], np.uint64)
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)


def _table(signs: str) -> npt.NDArray[np.bool_]:
    """Return a mask of the bytes for these signs; "?" also stands for any sign beyond ASCII."""
    return np.isin(np.arange(256), [*signs.encode()])


_BRACKET: Final = _table("([{<")
_OPENING, _CLOSING = _table("([{<|#*~?=/"), _table(")]}>|#*~?_-=/")
_IN_ADDRESS: Final = _table("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+%'\"-?\\")
_IN_ENTITY: Final = _table("#acplACPL")
_IN_ESCAPE: Final = _table("cdefCDEF")
_JOINING: Final = _table(".-_,")
_CAPITALS: Final = _table("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class Scan(NamedTuple):
    """The results of a scan.

    `text`: texts with addresses and numbers masked. `doubtful`: whether each may not be English. `alone`: positions of
    texts to be searched for names separately, since they have initials or letters beyond ASCII, or were changed.
    `names`: places of names in other texts. `counts`: numbers of texts, characters, signs before names and lines,
    masked contacts, and words at which a name may begin.
    """

    text: list[str]
    doubtful: list[bool]
    alone: set[int]
    names: dict[int, list[Place]]
    counts: Counter[str]

    def masked(self, at: int, pseudonyms: Pseudonyms) -> str:
        """Return a text with its names masked as well."""
        text = self.text[at]
        if at in self.alone:
            return mask_names(text, pseudonyms)
        return replaced(text, self.names[at], pseudonyms) if at in self.names else text


def scan(texts: Sequence[str], pseudonyms: Pseudonyms, beside: Sequence[str] = ()) -> Scan:
    """Scan texts for names, addresses and numbers of people, and for languages other than English.

    `beside` are other texts that may have names, to be searched at the same time. ValueError if the texts consist
    mostly of addresses and numbers, or of words that may be names.
    """
    pseudonyms.look_for([*texts, *beside])
    known = _KnownWords(pseudonyms)
    scanned = Scan([], [], set(), {}, Counter())
    for some in _chunks(texts):
        _scan(some, pseudonyms, known, scanned)
    return scanned


def _chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    start, sizes = 0, np.cumsum([0, *map(len, texts)])
    while start < len(texts):
        full = int(np.searchsorted(sizes, sizes[start] + _LETTERS, "right")) - 1
        end = min(start + _CHUNK, max(full, start + 1))
        yield texts[start:end]
        start = end


def _scan(texts: Sequence[str], pseudonyms: Pseudonyms, known: _KnownWords, scanned: Scan) -> None:
    beyond = _with_other_letters({at: text for at, text in enumerate(texts) if not text.isascii()})
    folded = dict(zip(beyond, fold_letters("\0".join(map(texts.__getitem__, beyond))).split("\0"), strict=False))
    other = {*_with_other_letters(folded)}  # texts that folding does not make ASCII
    buffer = _Buffer([folded.get(at, text) for at, text in enumerate(texts)])
    signs = buffer.joined.count("\n") + sum(len(buffer.places(sign)) for sign in "@#-&")  # these are checked one by one
    signs += "".join(beyond.values()).count("\u200b")
    scanned.counts.update(texts=len(texts), characters=sum(map(len, texts)), signs=signs)
    _refuse_dense(scanned.counts)
    kinds, bare = known.kinds_in(buffer, pseudonyms)
    seen = np.where(buffer.many, np.bitwise_or.reduceat(np.append(kinds, np.uint16(0)), buffer.first[:-1]), 0)

    doubtful, foreign = _doubtful(buffer, kinds)
    for at in folded:
        mixed = at in other or foreign[at] or 10 * len(beyond[at]) >= len(texts[at])
        doubtful[at] |= mixed or buffer.many[at] < FEWEST

    masked, alone = list(texts), _with_initials(buffer) | other | known.parted(buffer)
    for at in sorted(_may_reach(buffer, kinds, seen) | other):
        masked[at] = mask_contacts(texts[at])
        if masked[at] != texts[at]:
            alone.add(at)
            scanned.counts["contacts"] += masked[at].count("[") - texts[at].count("[")

    begun, words = _begun(buffer, kinds), _Words(buffer.lower, buffer.starts.data, buffer.ends.data, bare)
    begun = begun[seen[np.searchsorted(buffer.first, begun, "right") - 1] & (ANYWHERE | CAPITAL | _MENTION) > 0]
    several = np.flatnonzero(kinds[begun] & (WHOLE | FIRST | _MENTION) == 0)
    apart = [not pseudonyms.begins(words[at : at + 3]) for at in begun[several].tolist()]
    begun = np.delete(begun, several[np.array(apart, np.bool_)])
    text_of_begun = np.searchsorted(buffer.first, begun, "right") - 1
    named = np.bincount(text_of_begun, minlength=len(texts)) > 0
    scanned.counts["names"] += int(np.count_nonzero(kinds[begun] & _MENTION == 0))
    _refuse_dense(scanned.counts)
    alone |= {at for at, text in folded.items() if named[at] or "@" in text}  # folding shifts the positions
    named[[*alone]] = False
    start, names = len(scanned.text), _names(buffer, kinds, words, begun[named[text_of_begun]], pseudonyms)
    scanned.text.extend(masked)
    scanned.doubtful.extend(doubtful.tolist())
    scanned.alone.update(start + at for at in alone)
    scanned.names.update((start + at, places) for at, places in names.items())


def _refuse_dense(counts: Counter[str]) -> None:
    """Raise ValueError if the texts so far consist mostly of items that take long to process."""
    size, signs = counts["characters"], limits.FEW_SIGNS + limits.SIGNS_OF_EACH * counts["texts"]
    for kind, few, length, what in (
        ("signs", signs, limits.SIGN_LENGTH, "mentions, tags, hyphens and lines"),
        ("contacts", limits.FEW_CONTACTS, limits.CONTACT_LENGTH, "addresses and telephone numbers"),
        ("names", limits.FEW_NAMED, limits.NAMED_LENGTH, "words that may be names of commenters"),
    ):
        if counts[kind] > few + size // length:
            many = f"{counts[kind]:,} {what} in {size:,} characters"
            raise ValueError(f"The comments have {many}. Save only the comments with text.")


def _with_other_letters(texts: Mapping[int, str]) -> dict[int, str]:
    """Return the signs beyond ASCII of each text for which `has_other_letters` is true, by position."""
    joined = "\0".join(texts.values()).encode("utf-8", "replace")
    signs = joined.translate(None, ASCII[1:]).decode().split("\0")
    other = {*filter(BEYOND_ASCII.search, {*signs})}
    return {
        at: some
        for (at, text), some in zip(texts.items(), signs, strict=False)  # without texts, signs is [""]
        if some in other and (_OF_EMOJI.isdisjoint(some) or has_other_letters(text))
    }


class _Buffer:
    """Texts joined into one, and the positions of their words: see the example in the module's docstring."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.joined = _END.join([*texts, ""])
        plain = self.joined.encode("ascii", "replace")  # one byte per character keeps positions
        lower = plain.translate(_LOWER)
        self.signs, self.letters = (np.frombuffer(each, np.uint8) for each in (plain, lower))
        self.lower = lower.decode()
        special = np.flatnonzero(np.frombuffer(plain.translate(_SPECIAL), np.bool_))
        self._special, self._sign = special, self.signs[special]
        self.starts, self.ends = _bounds(self.letters)
        self.offsets = np.cumsum([0, *map(len, texts)]) + len(_END) * np.arange(len(texts) + 1)  # start of each text
        self.first = np.searchsorted(self.starts, self.offsets)  # the number of each text's first word
        self.many = np.diff(self.first)  # words of each text

    def places(self, sign: str) -> Places:
        """Return the positions of one of the signs in `_SPECIAL`."""
        return self._special[self._sign == ord(sign)]

    def texts_at(self, places: Places) -> set[int]:
        """Return the texts that contain any of these positions."""
        return set(np.unique(np.searchsorted(self.offsets, places, "right") - 1).tolist())


def _bounds(letters: npt.NDArray[np.uint8]) -> tuple[Places, Places]:
    """Return where words start and end."""
    edges = np.flatnonzero(np.diff(letters != 32, prepend=False, append=False))
    return edges[::2], edges[1::2]


def _packed(letters: npt.NDArray[np.uint8], starts: Places, ends: Places) -> Numbers:
    """Return a number for each word: its first eight letters, mixed with its last eight and length if it is longer.

    Numbers may collide, mostly those of words of 17 letters or more, so an unknown word may be taken for a known one.
    Its text is then checked word by word, and nothing is found.
    """
    padded = np.append(letters, np.zeros(_LENGTH, np.uint8))
    eights = np.ndarray(len(letters) + 1, "<u8", padded, strides=(1,))  # the eight letters at each position as a number
    lengths = ends - starts
    numbers = eights[starts] & _MASKS[np.minimum(lengths, _LENGTH)]
    long = np.flatnonzero(lengths > _LENGTH)
    numbers[long] = (numbers[long] * _MULTIPLIER ^ eights[ends[long] - _LENGTH]) * _MULTIPLIER + lengths[long].astype(
        np.uint64
    )
    return numbers


def _numbered(words: list[str]) -> Numbers:
    letters = np.frombuffer(" ".join(words).encode(), np.uint8)
    return _packed(letters, *_bounds(letters))


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalnum()


@functools.cache
def _words_in_no_name() -> tuple[Mapping[str, int], Numbers, Kinds]:
    """Return the kinds of words that do not depend on names, by word, and by number for plain ones."""
    found: defaultdict[str, int] = defaultdict(int)
    at_words = fold_letters(" ".join(AT_WORDS)).replace("-a", "").split()  # "snabel-a" is two words
    providers = (*MAILBOXES, *at_words, *BLOG_WORDS, *MESSENGERS)
    for some, kind in (
        (COMMON, _COMMON), (other_languages(), _FOREIGN), (TITLES, ANYWHERE), (GREETING, ANYWHERE | _GREETING),
        (("you",), _GREETING), (providers, _PROVIDER), (("at", "bei"), _AT), (MAIL_WORDS, _MAIL), (SITE_WORDS, _SITE),
    ):  # fmt: skip
        for word in some:
            found[word] |= kind
    words = [*filter(_is_plain, found)]
    return found, _numbered(words), np.array([found[word] for word in words], np.uint16)


class _KnownWords:
    """The relevant words by their numbers, and their kinds."""

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        import pandas as pd

        self._roles, self._find = pseudonyms.roles, pseudonyms.find
        self._others, others, other_kinds = _words_in_no_name()
        stems = np.frombuffer("".join(filter(str.isascii, pseudonyms.stems)).encode(), np.uint8)
        self._stems: Any = pd.Index(np.unique(_packed(stems, at := np.arange(0, len(stems), STEM), at + STEM)))
        words = [*filter(_is_plain, self._roles)]
        numbers, places = np.unique(np.append(others, _numbered(words)), return_inverse=True)
        self._known: Any = pd.Index(numbers)
        self._kinds = np.zeros(len(numbers) + 1, np.uint16)  # the last one is for unknown words
        kinds = np.fromiter(map(self._kind, words), np.uint16, len(words))
        np.bitwise_or.at(self._kinds, places, np.append(other_kinds, kinds))

    def _kind(self, word: str) -> int:
        role = self._roles.get(word, 0) % BEGINS
        if role & WHOLE and (form := self._find((word,))) and form[1] == "whole" and is_common(word):
            role = role & ~WHOLE | FIRST
        return role | self._others.get(word, 0)

    def kinds_in(self, buffer: _Buffer, pseudonyms: Pseudonyms) -> tuple[Kinds, dict[int, str]]:
        """Return the kind of each word, and by position the words that are names without their final digits."""
        starts, ends = buffer.starts, buffer.ends
        kinds = self._kinds[self._known.get_indexer(_packed(buffer.letters, starts, ends))]
        initial = buffer.signs[starts]
        bare: dict[int, str] = {}
        last_sign = buffer.letters[ends - 1]
        marked = (initial <= ord("Z")) | (last_sign <= ord("9"))  # a capital, or a digit at an end
        unknown = np.flatnonzero((kinds == 0) & marked & (ends - starts > SHORTEST_NAME + 1))
        capital = _CAPITALS[initial[unknown]]
        stems = _packed(buffer.letters, starts[unknown], starts[unknown] + STEM)
        may_be_name = ~capital | (last_sign[unknown] <= ord("9")) | (self._stems.get_indexer(stems) >= 0)
        for place in unknown[may_be_name].tolist():
            if (word := buffer.lower[starts[place] : ends[place]]).isdecimal():
                continue  # ends in digits without being a name
            word = pseudonyms.bare(word)
            if _CAPITALS[initial[place]]:
                word = pseudonyms.nominative(word, buffer.joined, int(ends[place]))
            bare[place], kinds[place] = word, self._kind(word)
        small = np.flatnonzero((kinds & (CAPITAL | FIRST) > 0) & (initial > ord("Z")))
        greeted = kinds[small - 1] & _GREETING > 0
        kinds[small] &= ~np.uint16(CAPITAL)
        kinds[small[~greeted]] &= ~np.uint16(FIRST)
        kinds[small[greeted]] |= ANYWHERE
        kinds[(buffer.signs[starts - 1] == ord("@")) & (buffer.letters[starts - 2] == ord(" "))] |= _MENTION
        return kinds, bare

    def parted(self, buffer: _Buffer) -> set[int]:
        """Return the texts that may have a divided name: at a line end, "Xiao-Ming", "Z e b u l o n", "Zo&euml;"."""
        starts, ends, lower = buffer.starts, buffer.ends, buffer.lower
        hyphens = buffer.places("-")
        after = buffer.signs[hyphens + 1]
        inside = (buffer.letters[hyphens - 1] > ord("9")) & (
            (buffer.letters[hyphens + 1] > ord("9")) | (after == ord("\n")) | (after == ord(" "))
        )
        last = np.searchsorted(ends, hyphens[inside])  # the words before them
        last = last[_CAPITALS[buffer.signs[starts[last]]]]
        whole = (f"{lower[starts[at] : ends[at]]}{lower[starts[at + 1] : ends[at + 1]]}" for at in last.tolist())
        joined = [at for at, word in zip(last.tolist(), whole, strict=True) if word in self._roles]
        single = np.flatnonzero(ends - starts == 1)
        spelt = single[:-3][single[3:] - single[:-3] == 3]
        entities, percents, hashes = map(buffer.places, "&%#")
        escapes = percents[_IN_ESCAPE[buffer.signs[percents + 1]]]
        marked = [
            at
            for pattern, places in ((WRITTEN_LETTER, entities), (WRITTEN_LETTER, escapes), (HASHTAG, hashes))
            for at in places.tolist()
            if pattern.match(buffer.joined, at)
        ]
        return buffer.texts_at(np.concatenate([starts[joined], starts[spelt], np.array(marked, np.intp)]))


def _doubtful(buffer: _Buffer, kinds: Kinds) -> tuple[npt.NDArray[np.bool_], Places]:
    """Return which texts may not be English, and the number of words of other languages in each.

    A text is English if a quarter of its first words are common, unless words of other languages outnumber these.
    """
    first, many = buffer.first, buffer.many
    until = [np.append(0, np.cumsum(kinds & each > 0)) for each in (_COMMON, _FOREIGN)]
    sample = np.minimum(many, SAMPLE)
    begins_english = 4 * (until[0][first[:-1] + sample] - until[0][first[:-1]]) >= sample
    common, foreign = (np.diff(each[first]) for each in until)
    outnumbered = (foreign > 0) & ((5 * common < many) | ((foreign > 1) & (2 * foreign > common)))
    return outnumbered | (~begins_english & (many >= FEWEST)), foreign


def _begun(buffer: _Buffer, kinds: Kinds) -> Places:
    """Return the positions of words at which a name may begin."""
    inner = np.append(kinds & INNER > 0, [False, False])
    # A text may add a middle initial or name.
    middle = np.append((buffer.ends - buffer.starts == 1) | _CAPITALS[buffer.signs[buffer.starts]], False)
    followed = inner[1:-1] | (middle[1:] & inner[2:])
    return np.flatnonzero((kinds & (WHOLE | FIRST | _MENTION) > 0) | ((kinds & OUTER > 0) & followed))


def _with_initials(buffer: _Buffer) -> set[int]:
    """Return the texts that have initials, such as J.D. or J. D."""
    points = buffer.places(".")
    points = points[_CAPITALS[buffer.signs[points - 1]]]
    return buffer.texts_at(points[1:][np.diff(points) <= len("D. ")])


def _may_reach(buffer: _Buffer, kinds: Kinds, seen: Kinds) -> set[int]:
    """Return the texts in ASCII that `mask_contacts` could change."""
    signs, digits = buffer.signs, np.flatnonzero(buffer.signs - np.uint8(ord("0")) < 10)
    at, colons, entities, hashes, percents, brackets, hyphens = map(buffer.places, "@:&#%(-")
    said = np.flatnonzero(kinds & _AT > 0)
    follow = np.append(kinds, np.zeros(3, np.uint16))
    soon = follow[said + 1] | follow[said + 2] | follow[said + 3]  # name at site dot org
    spelt = np.append(at, buffer.starts[said])  # name (at) site
    spelt = spelt[_OPENING[signs[spelt - 1]] | _BRACKET[signs[spelt - 2]]]
    after_at = np.minimum(spelt[:, None] + range(1, 4), len(signs) - 1)
    after = np.append(buffer.ends, 0)[np.minimum(said + 1, len(buffer.ends))]  # name at site.org
    beyond = signs[at + 1 + (signs[at + 1] == ord("t"))]
    slashes, points = buffer.places("/"), buffer.places(".")
    last = np.searchsorted(buffer.ends, slashes)  # the words before them
    beside = follow[last - 2] | follow[last - 1] | follow[last + 1]
    steps, dots = np.diff(digits), buffer.starts[kinds & _MAIL > 0]
    gaps, wide = (np.cumsum(np.append(0, steps > step)) for step in (1, 4))  # before each digit; wide: three signs
    places = (
        digits[6:][wide[6:] == wide[:-6]],  # a telephone number
        digits[4:][(wide[4:] == wide[:-4]) & (gaps[4:] - gaps[:-4] > 1)],  # 1.1.1.10
        digits[3:][digits[3:] - digits[:-3] == len("1.1.1.")],
        digits[(signs[digits - 1] == ord(" ")) & (signs[digits] == ord("0")) & (signs[digits + 1] == ord("x"))],
        dots[np.isin(signs[dots[:, None] - (1, 2, 3)], [*b"0123456789"]).any(axis=1)],  # 1 dot 1
        at[_IN_ADDRESS[signs[at - 1]] | (signs[at - 1] == ord("<"))],
        buffer.starts[said[soon & _MAIL > 0]],
        at[(beyond <= ord(" ")) | (beyond == ord("?"))],  # name @ site
        after[_JOINING[signs[after]] & (buffer.letters[after + 1] > ord(" "))],
        after[signs[after + 1] == ord(".")],  # name at site . org
        percents[(signs[percents + 1] == ord("4")) & (signs[percents + 2] == ord("0"))],
        brackets[(buffer.letters[brackets + 1] == ord("a")) & (signs[brackets + 2] == ord(")"))],
        spelt[_CLOSING[signs[after_at]].any(axis=1)],
        colons[1:][np.diff(colons) <= len(":0000")],
        hyphens[1:][np.diff(hyphens) == len("-00")],
        points[1:][np.diff(points) == len(".0000")],
        points[signs[points + 1] == ord("*")],
        entities[_IN_ENTITY[signs[entities + 1]]],
        hashes[signs[hashes + 1] - np.uint8(ord("0")) < 10],
        slashes[(beside & _SITE > 0) | (signs[slashes + 1] == ord("@")) | (buffer.letters[slashes - 1] == ord("u"))],
        buffer.places("~"),
    )
    return buffer.texts_at(np.concatenate(places)) | {*np.flatnonzero(seen & _PROVIDER > 0).tolist()}


def _names(
    buffer: _Buffer, kinds: Kinds, words: _Words, begun: Places, pseudonyms: Pseudonyms
) -> dict[int, list[Place]]:
    """Return the names that begin at some words, by text, with their positions in it."""
    starts, ends = buffer.starts.data, buffer.ends.data
    tokens = Tokens(buffer.joined, words, starts, ends)
    mentions = set(begun[kinds[begun] & _MENTION > 0].tolist())
    offsets = buffer.offsets.tolist()
    names: defaultdict[int, list[Place]] = defaultdict(list)
    for start, end, key in names_in(tokens, begun.tolist(), mentions, pseudonyms):
        at = bisect.bisect_right(offsets, start) - 1
        names[at].append((start - offsets[at], end - offsets[at], key))
    return names


class _Words(Sequence[str]):
    """The words of a buffer in lower case, sliced on demand; `bare` has those that lose their final digits."""

    def __init__(self, lower: str, starts: Sequence[int], ends: Sequence[int], bare: Mapping[int, str]) -> None:
        self._lower, self._starts, self._ends, self._bare = lower, starts, ends, bare

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            lower, starts, ends, bare = self._lower, self._starts, self._ends, self._bare
            places = range(at.start, min(at.stop, len(starts)))
            return tuple([bare.get(place) or lower[starts[place] : ends[place]] for place in places])
        return self._bare.get(at) or self._lower[self._starts[at] : self._ends[at]]
