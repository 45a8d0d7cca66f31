"""Pseudonyms for commenters: which names belong to one reader, and every form in which a text may use them."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

from ...lexicons.dictionaries import dictionary
from .contact_masking import INVISIBLE, mask_contacts

ANONYMOUS: Final = frozenset(
    ("", "anonymous", "anon", "guest", "unknown", "user", "nobody", "no name", "n/a", "none", "null", "nan")
) | {"deleted", "removed", "deleted user", "deleted account"}  # fmt: skip
SOMEONE: Final = "someone"
LONGEST_NAME: Final = 12  # words of a name that are looked for in texts
MOST_JOINED: Final = 6  # parts of a name of which two may be written as one
LONGEST_WRITTEN: Final = 200  # characters of a name that are looked for
LONGEST_FOLDED: Final = 200  # characters that are folded at a time, and cached
SHORTEST_NAME: Final = 2  # letters; a shorter name is masked after @ only

How = Literal["whole", "reversed", "first", "last", "initial", "joined"]
Words = tuple[str, ...]
Form = tuple[str, How]  # the key of the one whose name it is, "" if it could be two readers', and how it is written
# Easy words that are nothing but names: a commenter called sam is named in small letters, too.
ONLY_NAMES: Final = frozenset(
    "ann anne ben charles dan fred george henry james jim joe john kate mary ned paul peter robert sam tim tom "
    "william".split()
)
# What a word is in names. Every text with a name has a word that is ANYWHERE, or CAPITAL and has a capital. A name of
# one word is a FIRST, which counts only with a capital, or a WHOLE; a longer one begins with an OUTER and an INNER.
# The bits above, from BEGINS on, are the numbers of words of the names that begin with it.
ANYWHERE, CAPITAL, WHOLE, FIRST, OUTER, INNER, BEGINS = (1 << n for n in range(7))

_PSEUDONYM = re.compile(r"Reader [0-9]{2,}")
# Scripts that do not part words by spaces: each of their characters is a word of its own.
_UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
# Combining marks and invisible characters belong to the word around them; so do the vowel signs of Indic scripts.
_MARKS = r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
_MARKS += rf"\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff{INVISIBLE}"
_APOSTROPHES = "\u02b9\u02bb-\u02bd\u02c8"  # letters by their category, but typed for an apostrophe
_LETTER = rf"[^\W_{_UNSPACED}{_APOSTROPHES}]"
# A word is cut after 1,000 letters, as the memory of the pattern grows with each.
WORD: Final = re.compile(rf"[{_UNSPACED}][{INVISIBLE}]*|{_LETTER}(?:{_LETTER}|[{_MARKS}]){{0,999}}")
_UNSPACED_WORD = re.compile(f"[{_UNSPACED}]")
PLAIN_WORD: Final = re.compile(r"[^\W_]+")  # the same words where a text has no letters beyond ASCII
BEYOND_ASCII: Final = re.compile(rf"[^\W\x00-\x7f]|[{_MARKS}\uff01-\uff5e]")
_EMOJI = rf"[^\w\s\x00-\x7f{INVISIBLE}]"
# A joiner of emoji belongs to no word.
_JOINED_EMOJI = re.compile(f"{_EMOJI}\u200d(?={_EMOJI})")
_NO_ASCII = re.compile(r"[^\x00-\x7f]+")
ASCII: Final = bytes(range(128))
_PHRASES = re.compile("[\ufdfa\ufdfb]")  # whole blessings as one letter, of eighteen and of eight
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ة": "ه", "ى": "ي",
    "ی": "ي", "ک": "ك",
}) | str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz")  # fmt: skip
# Cyrillic and Greek letters that look like Latin ones: read as these where the rest of the word is Latin.
_LOOKALIKES = str.maketrans("аеорсухіјѕһԁԛԝкмтвнαονικρτυχ", "aeopcyxijshdqwkmtbhaovikptux")
_LATIN = re.compile("[a-z]")
_VAN_DER = re.compile(r"\bvan de[rn]? ", re.IGNORECASE)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
TITLES: Final = frozenset(
    "mr mrs ms miss dr prof professor sir madam lord lady rev lt col capt sgt colonel captain herr frau señor senor "
    "señora senora mme madame monsieur signor signora pan pani".split()
)
PARTICLES: Final = frozenset(
    "van von vd v der den de la le los las del della di da dos du al el bin ibn abu ter zu zur y mac mc ni nic".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv phd md esq com org net bsky social".split())
_NO_NAMES = PARTICLES | TITLES | _SUFFIXES
STEM: Final = 4  # letters of a name that no ending changes
# Endings of plurals and of inflected names in Germanic, Slavic, Hungarian and Greek, as `fold` writes them, by what
# the name itself ends in.
_ENDINGS: Final = (
    ("", "s es em om ovi owi ego emu ie a u m nak nek val vel ban ben ar а у ом ым ем е ի"), ("a", "y i e o u ou"),
    ("y", "eho emu ym"), ("ia", "ii ie"), ("а", "ы и у е ои"), ("я", "и ю е еи"), ("ии", "его ого ому ия ию ием"),
    ("еи", "ея ею еем"), ("о", "а у ом"), ("ησ", "η"), ("οσ", "ο ου ε"), ("ασ", "α"),
)  # fmt: skip
_NAMES_END: Final = {
    ending: [own for own, endings in _ENDINGS if ending in endings.split()]
    for ending in " ".join(endings for _, endings in _ENDINGS).split()
}
_REACHES = re.compile(r"[.@:]|\d(?:\D{0,3}\d){6}")  # in each id that holds an address or a telephone number
_NO_DIGITS: Final = bytes({*range(256)} - {*b"0123456789\n"})
FEWEST_DIGITS: Final = 7  # of a telephone number
_APART_IDS = "\n" * 4  # between ids that are joined: no number goes over it
_DIGITS = re.compile(r"\d+")
_PREFIXES = frozenset("وفبلكובלמשהכ")  # Arabic and Hebrew write some words together with the next
_APART = str.maketrans("._-", "   ")
_BETWEEN_PARTS, _BETWEEN_JOINED = re.compile(r"[\s_]+"), re.compile(r"[\s_.]+|-(?=\d+$)")
CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Pseudonyms:
    """Names of commenters and their pseudonyms: "Reader 01", "Reader 02", ... in the order in which they are asked for.

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
        self._names: dict[str, Form] = {}  # the words of a form of a name -> whose it is
        self.roles: defaultdict[str, int] = defaultdict(int)  # word -> what it is in any of these, see ANYWHERE
        self.initials: dict[str, str] = {}  # "jd" -> whose name has these initials, "" if several have
        pairs = [pair for pair in dict.fromkeys(names) if pair[0].strip() or pair[1].strip()]
        taken = {name.strip() for pair in pairs for name in pair if _is_given(name)}
        self._given |= {_key(name): name for name in taken}
        self._free = (each for n in itertools.count(first) if (each := f"Reader {n:02d}") not in taken)
        self._own, self._own_key = frozenset(words_of(self.writer)), _key(self.writer)
        known = [(name, self._know(name, handle)) for name, handle in pairs]
        self._shorten({name: key for name, key in known if key})
        self.stems: Final = {word[:STEM] for word in self.roles if len(word) >= STEM}

    def __call__(self, name: str, handle: str = "") -> str | None:
        """Return the pseudonym of a name, or of its handle; None for anonymous ones."""
        key = _key(name)
        key = _key(handle) if key in ANONYMOUS else key
        if key in ANONYMOUS:
            return None
        if key == self._own_key:
            return self.writer
        key = self._same.get(key, key)
        if key not in self._given:
            self._given[key] = next(self._free)
        return self._given[key]

    def _know(self, name: str, handle: str) -> str:
        """Add the whole forms of a name and its handle; return the key that both share, "" for the writer's."""
        key = _key(name)
        first = _key(handle) if key in ANONYMOUS else key
        if first == self._own_key:
            return ""
        for each in (name, handle) if handle and handle != name else (name,):
            if (key := _key(each)) not in ANONYMOUS and not _is_given(each):
                same = self._same.setdefault(key, first)
                for written in _spellings(each):
                    parts = _parts(written)
                    if len(parts) == 2 and _is_name_part(parts[1]) and parts == [(word,) for word in words_of(written)]:
                        self._add_two(parts[0][0], parts[1][0], same)  # nearly always
                    else:
                        for how, forms in _forms(written, parts):
                            self._add(forms, (same, how))
        return self._same.get(first, "")

    def _shorten(self, names: dict[str, str]) -> None:
        """Let each part of a name refer to it: "Jane", "Doe"; for someone, if two readers share it."""
        short: dict[Words, Form] = {}
        for parts, key in ((_parts(each), key) for name, key in names.items() for each in _spellings(name)):
            several = len(parts) > 1
            if several and not _is_unspaced(parts[0][0]):
                pair = parts[0][0][0] + parts[-1][0][0]
                self.initials[pair] = key if self.initials.get(pair, key) == key else ""
            for at, part in enumerate(parts if several else _halves(parts)):
                joined = "".join(part)
                is_name = joined not in _NO_NAMES or (several and not at and joined in ("al", "mac", "van"))
                if len(joined) >= SHORTEST_NAME and is_name and not self._own.issuperset(part):
                    other, how = short.get(part, (key, "last" if at and several else "first"))
                    short[part] = (key if other == key else "", how)
        for part, form in short.items():
            halves = ((word,) for word in part if len(word) > 2 and word not in _NO_NAMES)
            self._add([part] if len(part) == 1 else [part, ("".join(part),), *halves], form)

    def _add_two(self, first: str, last: str, key: str) -> None:
        """Add the forms of a name of two words, in one go: "Jane Doe", "JaneDoe", "Doe, Jane", "J. Doe", "JDoe"."""
        roles, add, pair = self.roles, self._names.setdefault, OUTER | INNER | BEGINS << 2
        whole: Form = (key, "whole")
        alone = [(first + last, whole), (last + first, whole)]
        add(f"{first} {last}", whole)
        add(f"{last} {first}", (key, "reversed"))
        if not _is_unspaced(first):
            a, b = first[0], last[0]
            initial: Form = (key, "initial")
            alone += [(each, (key, "joined")) for each in (a + last, first + b, last + a)]
            for written in (f"{a} {last}", f"{last} {a}", f"{first} {b}"):
                add(written, initial)
            roles[a] |= pair
            roles[b] |= INNER
        for word, form in alone:
            add(word, form)
            roles[word] |= WHOLE | ANYWHERE | BEGINS << 1
        for word in (first, last):
            roles[word] |= pair | (CAPITAL if word in ordinary_words() else ANYWHERE)
        if last in ordinary_words():  # otherwise it is the sign of both
            for word, _ in (_sign((first, last), "whole"), _sign((last, first), "reversed")):
                roles[word] |= ANYWHERE

    def _add(self, forms: Iterable[Words], form: Form) -> None:
        """Add forms of a name that are not known yet, and what their words are in them."""
        names, roles = self._names, self.roles
        for words in (each[:LONGEST_NAME] for each in forms):
            if (written := " ".join(words)) in names:
                continue
            names[written] = form
            if len(words) == 1:
                roles[written] |= (FIRST if form[1] == "first" else WHOLE) | BEGINS << 1
            else:
                roles[words[0]] |= OUTER | BEGINS << len(words)
                roles[words[1]] |= INNER
                for word in words[2:]:
                    roles[word] |= 0
            sign, role = _sign(words, form[1])
            roles[sign] |= role

    def lengths(self, word: str) -> list[int]:
        """Return of how many words the names are that begin with a word, the longest first."""
        return _lengths(self.roles.get(word, 0) // BEGINS)

    def bare(self, word: str) -> str:
        """Return a word without digits around it, or a joined "and" or "to" at its front, if it then is a name."""
        if word in self.roles:
            return word
        if word[1:] in self.roles and word[0] in _PREFIXES:
            return word[1:]
        bare = word.strip("0123456789")
        return bare if len(bare) > SHORTEST_NAME and bare in self.roles else word

    def nominative(self, word: str) -> str:
        """Return the name of which a word is the plural or an inflected or stretched form: for words with a capital."""
        if word in self.roles:
            return word
        if word[-1] == word[-2] == word[-3]:  # "Zenobiaaa"
            return word.rstrip(word[-1]) + word[-1]
        names = (word[:-many] + own for many in range(1, min(4, len(word))) for own in _NAMES_END.get(word[-many:], ()))
        name = next((name for name in names if len(name) >= STEM and name in self.roles), word)
        return word if word in dictionary() else name

    def find(self, words: Words) -> Form | None:
        """Return whose name these words are, and which form of it."""
        return self._names.get(" ".join(words))

    def named(self, key: str) -> str:
        """Return the pseudonym for a key from `find`; "someone" where it could be two readers."""
        return (self._given.get(key) or self(key) or SOMEONE) if key else SOMEONE

    def names_in(self, ids: Sequence[str]) -> set[str]:
        """Return which ids hold a commenter's name, in any form, or an address or telephone number.

        `ids` consist of unaccented letters, digits, points, hyphens and underscores.
        """
        written = _APART_IDS.join(ids)
        digits = written.encode("utf-8", "replace").translate(None, _NO_DIGITS).split()
        few_digits = written.isascii() and max(map(len, digits), default=0) < FEWEST_DIGITS
        may_reach = not few_digits or any(sign in written for sign in ".@:")
        reaching = filter(_REACHES.search, ids if may_reach else ())
        found = {each for each in reaching if mask_contacts(each) != each}
        for spelling in dict.fromkeys((written, CAMEL.sub(" ", written), _DIGITS.sub(" ", written))):
            plain = spelling.lower().translate(_APART)
            if all(self.roles[word] < BEGINS for word in self.roles.keys() & {*plain.split()}):
                continue  # nearly always
            for own, line in zip(ids, plain.split(_APART_IDS), strict=False):
                words = tuple(line.split())
                for at, many in ((at, many) for at, word in enumerate(words) for many in self.lengths(word)):
                    part = words[at : at + many]
                    if len("".join(part)) >= SHORTEST_NAME and self.find(part) and not self.ordinary(part):
                        found.add(own)
        return found

    def file_name(self, name: str) -> str:
        """Return the name of a file, or what stands for it if it holds a commenter's."""
        path = Path(name)
        return f"a file with a commenter's name{path.suffix}" if self.names_in([fold(path.stem)]) else name

    def ordinary(self, words: Iterable[str]) -> bool:
        """Return whether all these words are ordinary English ones, numbers, or words of the article."""
        return all(word in self._subject or word in ordinary_words() or word.isdecimal() for word in words)

    def in_subject(self, words: Iterable[str]) -> bool:
        """Return whether the article has these words side by side."""
        return f" {' '.join(words)} " in self._subject_text


def has_other_letters(text: str) -> bool:
    """Return whether a text has letters or marks beyond ASCII, so that its words must be folded one by one."""
    return not text.isascii() and _has_other(text) and _has_other(_JOINED_EMOJI.sub("", text))


def _has_other(text: str) -> bool:
    beyond = text.encode("utf-8", "replace").translate(None, ASCII).decode()
    return BEYOND_ASCII.search(beyond) is not None


def words_of(text: str) -> Words:
    """Return the words of a text as names are compared: see `fold`."""
    if text.isascii():
        return tuple(PLAIN_WORD.findall(text.lower()))
    return tuple(word for each in WORD.findall(text) if (word := folded(each)))


def is_pseudonym(name: str) -> bool:
    """Return whether a name is a pseudonym, and so not a person's."""
    return name == SOMEONE or _is_given(name)


class _Folded(dict[str, str]):
    def __missing__(self, word: str) -> str:
        if word.isascii():
            return word.lower()
        if len(word) > LONGEST_FOLDED:  # time grows with the square of the marks on a letter
            word = _PHRASES.sub("", word)
            return "".join(fold(word[at : at + LONGEST_FOLDED]) for at in range(0, len(word), LONGEST_FOLDED))
        kept = fold(word)
        if (latin := kept.translate(_LOOKALIKES)).isascii() and not kept.isascii() and _LATIN.search(kept):
            kept = latin
        if len(self) < 1_000_000:
            self[word] = kept
        return kept


folded = _Folded().__getitem__
"""Fold a word as `fold` does, and cache it."""


def fold(text: str) -> str:
    """Fold text: compatible forms as one (NFKC), no capitals, no diacritics, no invisible characters."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    signs = {*plain}
    if not _LETTERS.keys().isdisjoint(map(ord, signs)):
        plain = plain.translate(_LETTERS)
    hidden = [each for each in signs if unicodedata.combining(each) or unicodedata.category(each) == "Cf"]
    return unicodedata.normalize("NFC", plain.translate(dict.fromkeys(map(ord, hidden))) if hidden else plain)


def fold_letters(text: str) -> str:
    """Fold the letters and marks beyond ASCII in a text as `fold` does, but keep capitals, and all the others."""
    return _NO_ASCII.sub(_fold_run, text)


def _fold_run(found: re.Match[str]) -> str:
    if not BEYOND_ASCII.search(found[0]):
        return found[0]
    plain, first = folded(found[0]), found[0][0]
    return plain if first.lower() == first != first.upper() else plain[:1].upper() + plain[1:]


@functools.cache
def ordinary_words() -> frozenset[str]:
    """Return common English words, which are masked only where something else shows that they are a name."""
    from ...lexicons.dictionaries import easy_words
    from ...lexicons.function_words import COMMON

    return easy_words() | frozenset(COMMON)


def _sign(words: Words, how: How) -> tuple[str, int]:
    """Return a word that every text with a form of a name has, and whether it counts in any capitals."""
    if how == "initial":
        word = words[-1] if len(words[-1]) > 1 else words[0]
        return word, CAPITAL if word in ordinary_words() else ANYWHERE
    if how in ("first", "last"):
        return words[0], CAPITAL
    ordinary = ordinary_words()
    rare = [word for word in words if len(word) > 1 and (word not in ordinary or word in ONLY_NAMES)]
    word = rare[0 if how == "reversed" else -1] if rare else max(words, key=len)
    return word, CAPITAL if len(words) == 1 and len(word) == SHORTEST_NAME else ANYWHERE


@functools.cache
def _lengths(bits: int) -> list[int]:
    return [many for many in range(LONGEST_NAME, 0, -1) if bits >> many & 1]


def _forms(written: str, parts: list[Words]) -> Iterator[tuple[How, list[Words]]]:
    """Yield the forms of a whole name: with and without middle initials, reversed, joined, with initials."""
    if _is_plain(written):
        yield "whole", parts
    elif parts:
        every = words_of(written)
        full = [part for at, part in enumerate(parts) if at == 0 or _is_name_part(part)]
        yield "whole", [every, words_of("".join(written.split())), ("".join(every),)]
        yield "last" if len(full) == 1 and every[0] in TITLES else "whole", [*_shorter(parts, full)]
        if len(full) > 1:
            first, last, rest = "".join(full[0]), "".join(full[-1]), tuple(itertools.chain.from_iterable(full[1:]))
            yield "reversed", [(last, first)] + [(*rest, *full[0])] * (len(rest) > 1)
            yield "whole", [(first + last,), (last + first,), (first + "".join(rest),)]
            if not _is_unspaced(first):
                yield "initial", [(first[0], last), (last, first[0]), (first, last[0]), (first[0], *rest)]
                yield "initial", [(first[0], *full[-1]), (*full[0], last[0])]
                letters = tuple(word[0] for part in parts[:-1] for word in part)  # "HP Weber", "J-L Garnier"
                if len(letters) > 1:
                    yield "whole", [("".join(letters), *full[-1]), (*letters, *full[-1])]
                    letters = letters[: len(full[0])]
                    yield "whole", [("".join(letters), *full[-1])] * (len(letters) > 1)
                yield "whole", [(first + full[-1][0], *full[-1][1:])]
                yield "joined", [(first[0] + last,), (first + last[0],), (last + first[0],)]


def _shorter(parts: list[Words], full: list[Words]) -> Iterator[Words]:
    """Yield all parts of a name, except initials, its ends, and pairs; each part as its words or as one."""
    pairs = [pair for pair in itertools.pairwise(full) if any("".join(part) not in _NO_NAMES for part in pair)]
    ends = [(full[0], full[-1])] * (len(full) > 1)
    tail = [tuple(full[1:])] * (len(full) > 2 and "".join(full[1]) in _NO_NAMES)  # "van der Berg"
    tail += [(("".join(itertools.chain.from_iterable(some)),),) for some in tail]
    joined = range(len(full) - 1 if 2 < len(full) <= MOST_JOINED else 0)
    together = [(*full[:at], full[at] + full[at + 1], *full[at + 2 :]) for at in joined]
    skipped = [(full[0], *full[2:])] * (len(full) > 3)
    skipped += [(full[0], (half,)) for half in full[-1] if len(full) == 2 and len(full[-1]) == 2 and len(half) > 2]
    bare = tuple(kept for part in full if (kept := tuple(word for word in part if word not in PARTICLES)))
    for some in dict.fromkeys((tuple(parts), tuple(full), *ends, *pairs, *tail, *together, *skipped, bare)):
        if some:
            yield (words := tuple(itertools.chain.from_iterable(some)))
            if len(words) > len(some):
                yield tuple(map("".join, some))
    if len(full) > 2 and not ordinary_words().issuperset(given := [*itertools.chain(*full[:2])]):
        yield ("".join(given),)  # "AnneMarie"


def _spellings(name: str) -> Iterator[str]:
    """Yield a name as written, with ue for ü where it has umlauts, and with spaces where it is written as OneWord."""
    name = name[:LONGEST_WRITTEN].partition(" via ")[0]  # "Jane Doe via Facebook"
    yield name
    if not name.isascii():
        yield name.casefold().translate(_UMLAUTS)
    if _VAN_DER.search(name):
        yield _VAN_DER.sub("vd ", name)
    if CAMEL.search(name):
        yield CAMEL.sub(" ", name.rstrip("0123456789"))


def _parts(name: str) -> list[Words]:
    """Return the parts of a name between spaces, each as words; "Last, First" put in order, titles left out."""
    if name.isascii() and name.replace(" ", "").isalnum():
        parts: list[Words] = [(word,) for word in name.lower().split()]
    else:
        name = name.strip().strip("[]").removeprefix("@").removeprefix("u/").partition("@")[0]
        name = name.partition(" (")[0] if name.endswith(")") else name
        last, comma, first = name.partition(",")
        if comma and first.strip():
            name = f"{first} {last}"
        between = _BETWEEN_PARTS if " " in name else _BETWEEN_JOINED
        parts = [words for each in between.split(name) if (words := words_of(each))]
    return parts if len(parts) == 1 else [part for part in parts if part[0] not in TITLES and part[0] not in _SUFFIXES]


def _is_name_part(part: Words) -> bool:
    """Return whether a part of a name is no initial, no number and no end of an address."""
    return len(joined := "".join(part)) > 1 and not joined.isdecimal() and joined not in _SUFFIXES


def _is_given(name: str) -> bool:
    return "Reader" in name and _PSEUDONYM.fullmatch(name.strip()) is not None


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
    name = name[:LONGEST_WRITTEN]
    key = " ".join(name.lower().split() if name.isascii() else map(folded, name.split()))
    return key.strip("[] ").removeprefix("@").removeprefix("u/")
