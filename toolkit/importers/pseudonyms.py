"""Pseudonyms for commenters: which names belong to one reader, and every form in which a text may use them."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from .contact_masking import INVISIBLE, mask_contacts

ANONYMOUS: Final = frozenset(
    ("", "anonymous", "anon", "guest", "unknown", "user", "nobody", "no name", "n/a", "none", "null", "nan")
) | {"deleted", "removed", "deleted user", "deleted account"}  # fmt: skip
SOMEONE: Final = "someone"
LONGEST_NAME: Final = 12  # words of a name that are looked for in texts
LONGEST_WRITTEN: Final = 500  # characters of a name that are looked for
LONGEST_FOLDED: Final = 200  # characters that are folded at a time
SHORTEST_NAME: Final = 2  # letters; a shorter name is masked after @ only

How = Literal["whole", "reversed", "first", "last", "initial", "joined"]
Words = tuple[str, ...]

_PSEUDONYM = re.compile(r"Reader [0-9]{2,}")
# Scripts that do not part words by spaces: each of their characters is a word of its own.
_UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
# Combining marks and invisible characters belong to the word around them; so do the vowel signs of Indic scripts.
_MARKS = r"\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_MARKS += INVISIBLE
_APOSTROPHES = "\u02b9\u02bb-\u02bd\u02c8"  # letters by their category, but typed for an apostrophe
# A word is cut after 1,000 letters, as the memory of the pattern grows with each.
WORD: Final = re.compile(rf"[{_UNSPACED}][{INVISIBLE}]*|(?:[^\W_{_UNSPACED}{_APOSTROPHES}]|[{_MARKS}]){{1,1000}}")
_UNSPACED_WORD = re.compile(f"[{_UNSPACED}]")
PLAIN_WORD: Final = re.compile(r"[^\W_]+")  # the same words where a text has no letters beyond ASCII
BEYOND_ASCII: Final = re.compile(rf"[^\W\x00-\x7f]|[{_MARKS}\uff01-\uff5e]")
_NO_ASCII = re.compile(r"[^\x00-\x7f]+")
ASCII: Final = bytes(range(128))
_PHRASES = re.compile("[\ufdfa\ufdfb]")  # whole blessings as one letter, of eighteen and of eight
_LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_TITLES = frozenset("mr mrs ms miss dr prof professor sir madam lord lady rev jr sr ii iii iv phd md esq".split())
_PARTICLES = frozenset("van von der den de la le del della di da dos du al el bin ibn abu ter zu zur y".split())
_NO_NAMES = _PARTICLES | _TITLES
_REACHES = re.compile(r"[.@:]|\d(?:\D{0,3}\d){6}")  # in each id that holds an address or a telephone number
_DIGITS = re.compile(r"\d+")
_PREFIXES = frozenset("وفبلكובלמשהכ")  # Arabic and Hebrew write some words together with the next
_APART = str.maketrans("._-", "   ")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Pseudonyms:
    """Names of commenters and their pseudonyms: "Reader 01", "Reader 02", ... in the order in which asked for.

    Spellings of one name (capitals, spaces, diacritics, full-width letters) are the same reader. Anonymous names
    ("Guest", "") have no pseudonym. A name that is "Reader NN" already stays. The article's writer keeps their name.
    `names` are (name, handle) of all commenters, so that `mask` knows them before they have a number. `subject` is the
    article: its words are ordinary ones for `mask`, so that a commenter called "Ukraine" does not blot out the subject.
    `first` is the number of the first reader.
    """

    def __init__(
        self, names: Iterable[tuple[str, str]] = (), *, writer: str = "", subject: str = "", first: int = 1
    ) -> None:
        self.writer = writer.strip()
        words = words_of(subject)
        self._subject, self._subject_text = frozenset(words), f" {' '.join(words)} "
        self._same: dict[str, str] = {}  # every spelling of a name or handle -> the first one's key
        self._given: dict[str, str] = {}
        self._asked: dict[tuple[str, str], str | None] = {}
        self._phrases: dict[Words, tuple[str, How]] = {}
        self.lengths: dict[str, list[int]] = {}  # first word -> lengths of the names that begin with it, longest first
        self.initials: dict[str, set[str]] = {}  # "jd" -> whose names have these initials
        pairs = [pair for pair in dict.fromkeys(names) if any(each.strip() for each in pair)]
        taken = {name.strip() for pair in pairs for name in pair if _PSEUDONYM.fullmatch(name.strip())}
        self._given |= {_key(name): name for name in taken}
        self._free = (each for n in itertools.count(first) if (each := f"Reader {n:02d}") not in taken)
        self._own = frozenset(words_of(self.writer))
        known = [(name, self._know(name, handle)) for name, handle in pairs]
        self._shorten({name: key for name, key in known if key})
        bits: dict[str, int] = {}  # a set for each word would take five times the memory
        for phrase in self._phrases:
            bits[phrase[0]] = bits.get(phrase[0], 0) | 1 << len(phrase)
        lists = {some: [many for many in range(LONGEST_NAME, 0, -1) if some >> many & 1] for some in {*bits.values()}}
        self.lengths |= {word: lists[some] for word, some in bits.items()}

    def __call__(self, name: str, handle: str = "") -> str | None:
        """Return the pseudonym of a name, or of its handle; None for anonymous ones."""
        if (name, handle) not in self._asked:
            self._asked[name, handle] = self._pseudonym(name, handle)
        return self._asked[name, handle]

    def _pseudonym(self, name: str, handle: str) -> str | None:
        key = _key(name)
        key = _key(handle) if key in ANONYMOUS else key
        if key in ANONYMOUS:
            return None
        if self.writer and key == _key(self.writer):
            return self.writer
        key = self._same.get(key, key)
        if key not in self._given:
            self._given[key] = next(self._free)
        return self._given[key]

    def _know(self, name: str, handle: str) -> str:
        """Add the whole forms of a name and its handle; return the key that both share, "" for the writer's."""
        key = _key(name)
        first = _key(handle) if key in ANONYMOUS else key
        if self.writer and first == _key(self.writer):
            return ""
        for each in dict.fromkeys((name, handle)):
            if (key := _key(each)) not in ANONYMOUS and not _PSEUDONYM.fullmatch(each.strip()):
                same = self._same.setdefault(key, first)
                for words, how in _forms(each):
                    self._add(words, same, how)
        return self._same.get(first, "")

    def _shorten(self, names: dict[str, str]) -> None:
        """Let each part of a name refer to it: "Jane", "Doe"; for someone, if two readers share it."""
        short: dict[Words, tuple[How, set[str]]] = {}
        for written, key in ((each, key) for name, key in names.items() for each in _spellings(name)):
            parts = _parts(written)
            if len(parts) > 1 and not _is_unspaced(parts[0][0]):
                self.initials.setdefault(parts[0][0][0] + parts[-1][0][0], set()).add(key)
            for at, part in enumerate(parts if len(parts) > 1 else _halves(parts)):
                how: How = "last" if at and len(parts) > 1 else "first"
                if sum(map(len, part)) >= SHORTEST_NAME and not (
                    "".join(part) in _NO_NAMES or self._own.issuperset(part)
                ):
                    short.setdefault(part, (how, set()))[1].add(key)
        for part, (how, keys) in short.items():
            key = next(iter(keys)) if len(keys) == 1 else ""
            halves = ((word,) for word in part if len(word) > 2 and word not in _NO_NAMES)
            for form in {part, ("".join(part),), *halves}:
                self._add(form, key, how)

    def _add(self, words: Words, key: str, how: How) -> None:
        self._phrases.setdefault(words[:LONGEST_NAME], (key, how))

    @functools.cached_property
    def triggers(self) -> tuple[set[str], ...]:
        """Return sets of words, at least one of which is in any text with a name.

        The first counts in any capitals, the second only with a capital. Then the words with which a name begins: whole
        names in any capitals, whole names with a capital, first words of longer names, and the words after these.
        """
        ordinary = ordinary_words()
        found = anywhere, capital, whole, first, outer, inner = tuple(set[str]() for _ in range(6))
        for words, (_, how) in self._phrases.items():
            if len(words) > 1:
                outer.add(words[0])
                inner.add(words[1])
            else:
                (first if how == "first" else whole).add(words[0])
            if how == "initial":
                capital.add(words[-1] if len(words[-1]) > 1 else words[0])
                continue
            if how in ("first", "last"):
                capital.add(words[0])
                continue
            rare = [word for word in words if len(word) > 1 and word not in ordinary]
            word = rare[0 if how == "reversed" else -1] if rare else max(words, key=len)
            small = len(words) == 1 and (not rare or len(word) == SHORTEST_NAME)
            (capital if small else anywhere).add(word)
        capital -= anywhere
        return found

    @functools.cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(itertools.chain.from_iterable(self._phrases))

    def bare(self, word: str) -> str:
        """Return a word without digits at its end, or a joined "and" or "to" at its front, if it then is a name."""
        if word in self._words or not (word[-1:].isdecimal() or word[:1] in _PREFIXES):
            return word
        if word[1:] in self._words and word[0] in _PREFIXES:
            return word[1:]
        bare = word.rstrip("0123456789")
        return bare if len(bare) > SHORTEST_NAME and bare in self._words else word

    def find(self, words: Words) -> tuple[str, How] | None:
        """Return whose name these words are, and which form of it."""
        return self._phrases.get(words)

    def named(self, key: str) -> str:
        """Return the pseudonym for a key from `find`; "someone" where it could be two readers."""
        return (self(key) or SOMEONE) if key else SOMEONE

    def names_in(self, ids: Sequence[str]) -> set[str]:
        """Return which ids hold a commenter's name, in any form, or an address or telephone number.

        `ids` consist of unaccented letters, digits, points, hyphens and underscores.
        """
        found = {each for each in ids if _REACHES.search(each) and mask_contacts(each) != each}
        written = "\n".join(ids)
        for spelling in dict.fromkeys((written, _CAMEL.sub(" ", written), _DIGITS.sub(" ", written))):
            for own, line in zip(ids, spelling.lower().translate(_APART).split("\n"), strict=False):
                words = tuple(line.split())
                if self.lengths.keys().isdisjoint(words) or len("".join(words)) < SHORTEST_NAME:
                    continue  # nearly always
                for at, many in ((at, many) for at, word in enumerate(words) for many in self.lengths.get(word, ())):
                    part = words[at : at + many]
                    if len("".join(part)) >= SHORTEST_NAME and self.find(part) and not self.ordinary(part):
                        found.add(own)
        return found

    def ordinary(self, words: Iterable[str]) -> bool:
        """Return whether all these words are ordinary English ones, numbers, or words of the article."""
        return all(word in self._subject or word in ordinary_words() or word.isdecimal() for word in words)

    def in_subject(self, words: Iterable[str]) -> bool:
        """Return whether the article has these words side by side."""
        return f" {' '.join(words)} " in self._subject_text


def has_other_letters(text: str) -> bool:
    """Return whether a text has letters or marks beyond ASCII, so that its words must be folded one by one."""
    if text.isascii():
        return False
    return BEYOND_ASCII.search(text.encode("utf-8", "replace").translate(None, ASCII).decode()) is not None


def words_of(text: str) -> Words:
    """Return the words of a text as names are compared: see `fold`."""
    if text.isascii():
        return tuple(PLAIN_WORD.findall(text.lower()))
    return tuple(word for each in WORD.findall(text) if (word := folded(each)))


def is_pseudonym(name: str) -> bool:
    """Return whether a name is one that `Pseudonyms` gives, and so nobody's."""
    return name == SOMEONE or _PSEUDONYM.fullmatch(name.strip()) is not None


class _Folded(dict[str, str]):
    def __missing__(self, word: str) -> str:
        if word.isascii():
            return word.lower()
        if len(word) > LONGEST_FOLDED:  # time grows with the square of the marks on a letter
            word = _PHRASES.sub("", word)
            return "".join(fold(word[at : at + LONGEST_FOLDED]) for at in range(0, len(word), LONGEST_FOLDED))
        kept = fold(word)
        if len(self) < 1_000_000:
            self[word] = kept
        return kept


folded = _Folded().__getitem__
"""Fold a word as `fold` does, remembering it."""


def fold(text: str) -> str:
    """Fold text: compatible forms as one (NFKC), no capitals, no diacritics, no invisible characters."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()).translate(_LETTERS)
    hidden = [each for each in set(plain) if unicodedata.combining(each) or unicodedata.category(each) == "Cf"]
    return unicodedata.normalize("NFC", plain.translate(dict.fromkeys(map(ord, hidden))) if hidden else plain)


def fold_letters(text: str) -> str:
    """Fold the letters and marks beyond ASCII in a text as `fold` does, but keep capitals, and all the others."""
    return _NO_ASCII.sub(_fold_run, text)


def _fold_run(found: re.Match[str]) -> str:
    if not BEYOND_ASCII.search(found[0]):
        return found[0]
    plain = folded(found[0])
    return plain if found[0][0].lower() == found[0][0] else plain[:1].upper() + plain[1:]


@functools.cache
def ordinary_words() -> frozenset[str]:
    """Return common English words, which are masked only where something else shows that they are a name."""
    from ..lexicons.dictionaries import easy_words
    from ..lexicons.languages import COMMON

    return easy_words() | frozenset(COMMON)


def _forms(name: str) -> Iterator[tuple[Words, How]]:
    """Yield the forms of a whole name: with and without middle initials, reversed, joined, with initials."""
    for written in _spellings(name):
        parts = _parts(written)
        if not parts:
            continue
        if _is_plain(written):
            yield parts[0], "whole"
            continue
        every = words_of(written)
        if every:
            yield every, "whole"
            yield words_of("".join(written.split())), "whole"
        full = [part for at, part in enumerate(parts) if at == 0 or len("".join(part)) > 1]
        pairs = [pair for pair in itertools.pairwise(full) if any("".join(part) not in _NO_NAMES for part in pair)]
        ends = [(full[0], full[-1])] * (len(full) > 1)
        tail = [tuple(full[1:])] * (len(full) > 2 and "".join(full[1]) in _NO_NAMES)  # "van der Berg"
        for some in dict.fromkeys((tuple(parts), tuple(full), *ends, *pairs, *tail)):
            yield tuple(itertools.chain.from_iterable(some)), "whole"
            yield tuple("".join(part) for part in some), "whole"
        if len(full) > 1:
            first, last = "".join(full[0]), "".join(full[-1])
            yield from (((last, first), "reversed"), ((first + last,), "whole"), ((last + first,), "whole"))
            yield ("".join(itertools.chain.from_iterable(full)),), "whole"
            if not _is_unspaced(first):
                yield from (((first[0], last), "initial"), ((last, first[0]), "initial"), ((first, last[0]), "initial"))
                yield from (((first[0], *full[-1]), "initial"), ((*full[0], last[0]), "initial"))
                if len(full[0]) > 1:  # "HP Weber"
                    yield ("".join(word[0] for word in full[0]), last), "whole"
                yield (first + full[-1][0], *full[-1][1:]), "whole"
                yield from (((first[0] + last,), "joined"), ((first + last[0],), "joined"))


def _spellings(name: str) -> Iterator[str]:
    """Yield a name as written, with ue for ü where it has umlauts, and with spaces where it is written as OneWord."""
    name = name[:LONGEST_WRITTEN]
    yield name
    if not name.isascii():
        yield name.casefold().translate(_UMLAUTS)
    if _CAMEL.search(name):
        yield _CAMEL.sub(" ", name)


def _parts(name: str) -> list[Words]:
    """Return the parts of a name between spaces, each as words; "Last, First" put in order, titles left out."""
    if _is_plain(name):
        return [(name.lower(),)]
    name = name.strip().strip("[]").removeprefix("@").removeprefix("u/").partition("@")[0]
    last, comma, first = name.partition(",")
    if comma and first.strip():
        name = f"{first} {last}"
    parts = [words for each in re.split(r"[\s_]+", name) if (words := words_of(each))]
    return [part for part in parts if not (len(parts) > 1 and part[0] in _TITLES)]


def _is_plain(name: str) -> bool:
    """Return whether a name is one word of ASCII letters and digits, which has no other form."""
    return name.isascii() and name.isalnum()


def _halves(parts: list[Words]) -> list[Words]:
    """Return shorter names that one part may go by: 王小明 is 小明, 田中太郎 is 田中 or 太郎, mira1987 is Mira."""
    words = parts[0] if parts else ()
    if len(words) == 1 and (bare := words[0].rstrip("0123456789")) != words[0]:
        return [(bare,)]
    if not words or not all(map(_is_unspaced, words)):
        return []
    return [words[1:]] if len(words) == 3 else [words[:2], words[2:]] if len(words) == 4 else []


def _is_unspaced(word: str) -> bool:
    return _UNSPACED_WORD.match(word) is not None


def _key(name: str) -> str:
    """Return one key for all spellings of a name, whatever its capitals, spaces, diacritics, leading @ or u/."""
    if _is_plain(name):
        return name.lower()
    key = " ".join(name.lower().split() if name.isascii() else map(folded, name.split()))
    return key.strip("[] ").removeprefix("@").removeprefix("u/")
