"""Forms of names: how the words of texts and names are compared, and every form that a name may take in a text."""

import functools
import html
import itertools
import re
import unicodedata
from collections.abc import Iterator, Set
from typing import Final, Literal

from ..._packaging import data_beside, word_sets
from ...lexicons.dictionaries import afinn_words, dictionary, easy_words, place_names
from ...lexicons.function_words import COMMON
from .contact_masking import INVISIBLE

MOST_JOINED: Final = 6  # most parts of a name in which any two may be joined
LONGEST_WRITTEN: Final = 200  # characters of a name that are used
LONGEST_FOLDED: Final = 200  # characters folded at a time and cached
_SHORTEST_PART, _LONGEST_HANDLE = 3, 40  # letters of a name inside a handle, and of the handle

How = Literal["whole", "reversed", "first", "last", "initial", "joined"]
Words = tuple[str, ...]

# Scripts without spaces between words: each of their characters is a word.
_UNSPACED = (
    r"\u0e00-\u0e7f\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_THAI_MARKS = r"\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
# Combining marks, invisible characters and the vowel signs of Indic scripts belong to the word around them.
_MARKS = r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
_MARKS += rf"\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff{INVISIBLE}"
_APOSTROPHES = "\u02b9\u02bb-\u02bd\u02c8"  # letters in Unicode, but typed as apostrophes
_LETTER = rf"[^\W_{_UNSPACED}{_APOSTROPHES}]"
# Words are cut after 1,000 letters: the pattern's memory grows with each.
WORD: Final = re.compile(rf"[{_UNSPACED}][{INVISIBLE}{_THAI_MARKS}]*|{_LETTER}(?:{_LETTER}|[{_MARKS}]){{0,999}}")
_UNSPACED_WORD = re.compile(f"[{_UNSPACED}]")
PLAIN_WORD: Final = re.compile(r"[^\W_]+")  # equivalent in texts without letters beyond ASCII
BEYOND_ASCII: Final = re.compile(rf"[^\W\x00-\x7f]|[{_MARKS}\uff01-\uff5e\u249c-\u24e9\U0001f130-\U0001f189]")
_EMOJI = rf"(?:[^\w\s\x00-\x7f{INVISIBLE}]|\ufe0f)"
# A joiner between emoji and a sign for their look are not part of a word.
_JOINED_EMOJI = re.compile(f"(?:\ufe0f|\u200d(?={_EMOJI}))(?<={_EMOJI}.)")
_NO_ASCII = re.compile(r"[^\x00-\x7f]+")
ASCII: Final = bytes(range(128))
_PHRASES = re.compile("[\ufdfa\ufdfb]")  # Arabic phrases of 18 and 8 letters in one character
_LETTERS = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th", "ة": "ه", "ى": "ي",
    "ی": "ي", "ک": "ك",
}) | {0x30A1 + n: 0x3041 + n for n in range(86)} | dict.fromkeys((0x115F, 0x1160, *range(0xFE00, 0xFE10)))  # fmt: skip
# Capitals for small capitals and for letters in brackets, circles and squares.
_DRAWN: Final = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFGHIJKLMNOPRSTUVWYZ") | {
    ord(first) + at: letter for first in "⒜Ⓐⓐ🄰🅐🅰" for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}
_DRAWN_WORD = re.compile(f"[{''.join(map(chr, _DRAWN))}]{{3,}}")
# Cyrillic and Greek look-alikes, read as Latin letters where the rest of the word is Latin.
LOOKALIKES: Final = str.maketrans("аеорсухіјѕһԁԛԝкмтвнαονικρτυχ", "aeopcyxijshdqwkmtbhaovikptux")
_LATIN = re.compile("[a-z]")
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w+-)")
_VAN_DER = re.compile(r"\bvan de[rn]? ", re.IGNORECASE)
_VANDER = re.compile(r"\b[Vv]an(de[rn])(?=[a-z]{3})")
_MAC = re.compile(r"\bMa?c ?(?=[A-Z])")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "đ": "dj"})
_WRITTEN_UMLAUT = re.compile(r"(?i:a(?=a))|(?<=[aouAOU])e(?=[dfgh]|re|[^\Waeiouy]{2})")
_IY, _YE = re.compile(r"[iy][iyj]?\b"), re.compile(r"\be")
_LONG = [each.split("-") for each in "oo-oo-uu oo-ou-uu oh-oh-u oh-o-u".split()]  # for an initial ō, any other ō, and ū
_ABD = re.compile(r"\bAbd[ -]?[aeu][lr][ -]?(?=[a-z]{4})", re.IGNORECASE)
_FILE: Final = data_beside(__file__, "name_words.toml")
ENDINGS: Final[dict[str, str]] = _FILE.pop("endings")
_ALPHABETS: Final[dict[str, str]] = _FILE.pop("latin")
_LATIN_LETTERS: Final = [  # each way of writing Cyrillic and Greek ones
    {ord(letter): [*latin.split(","), *[latin.partition(",")[0]] * 3][way]
     for letter, latin in (each.split("=") for each in _ALPHABETS["letters"].split())} for way in range(4)
]  # fmt: skip
_GREEK_PAIRS: Final = dict(each.split("=") for each in _ALPHABETS["pairs"].split())
_GREEK_PAIR, _GREEK, _FOREIGN_LETTER = map(re.compile, ("|".join(_GREEK_PAIRS), "[α-ω]", "[α-ωа-џ]"))
WORDS: Final = word_sets(_FILE)
TITLES, PARTICLES, ONLY_NAMES, _SUFFIXES, _OF_SLOGANS = map(
    WORDS.__getitem__, "titles particles only_names ends slogans".split()
)
NO_NAMES = PARTICLES | TITLES | _SUFFIXES
_BETWEEN_PARTS, _BETWEEN_JOINED = re.compile(r"[\s_]+"), re.compile(r"[\s_.]+|-(?=\d+$)")
CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=\b[A-Z])(?=[A-Z][a-z])")
_ENDS_WORD = re.compile(
    "(?:s|ed|ing|ly|[st]ion|ment|ness|[ai]ble|is[mt]|ous|ive|ity|ful|less|ical|ship|hood|[ae]nce|wise)$"
)
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "ness")
_HAS_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"\A([^\W\d_]{2,}[._-][^\W\d_]{2,}|.+(?=#))#?\d+")  # "jane.doe84", and Discord's "jane#0001"
_NICKNAME = re.compile(r"\A.+ \(([^\W\d_a-z][^\W\d_]{2,})\)")
_MAIDEN = re.compile(r"\A(\S+) .+ \((?:née|nee|geb\.|born) ([^\W\d_a-z][^\W\d_]+)\)")
_ABOUT = re.compile(r"\A(\S+ (?![-–—|•·] ).+?) [-–—|•·] .*")  # a place or role: "Jane Doe - Leeds", "Jane Doe | Staff"
# The first of two syllables in a romanised Chinese or Korean given name: "Xiaoming", "Seoyeon".
_SYLLABLE = "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])(?:[ie]?[aeou]|[aeou]?[iou]|ia[ou])(?:ng|n)?"
_SYLLABLES = re.compile(rf"\b{_SYLLABLE}(?={_SYLLABLE}\b)", re.IGNORECASE)
_FAR_EASTERN = re.compile("ng|x|q|zh|iao|ian|eo|uo")


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


class _Folded(dict[str, str]):
    def __missing__(self, word: str) -> str:
        if word.isascii():
            return word.lower()
        if len(word) > LONGEST_FOLDED:  # time is quadratic in the marks on a letter
            word = _PHRASES.sub("", word)
            return "".join(fold(word[at : at + LONGEST_FOLDED]) for at in range(0, len(word), LONGEST_FOLDED))
        kept = fold(word)
        if (latin := kept.translate(LOOKALIKES)).isascii() and not kept.isascii() and _LATIN.search(kept):
            kept = latin
        if len(self) < 1_000_000:
            self[word] = kept
        return kept


folded = _Folded().__getitem__
"""Fold a word as `fold` does, cached."""


def fold(text: str) -> str:
    """Fold text: compatible forms as one (NFKC), no capitals, no diacritics, no invisible characters."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text.translate(_DRAWN)).casefold())
    signs = {*plain}
    if not _LETTERS.keys().isdisjoint(map(ord, signs)):
        plain = plain.translate(_LETTERS)
    hidden = [each for each in signs if unicodedata.combining(each) or unicodedata.category(each) == "Cf"]
    return unicodedata.normalize("NFC", plain.translate(dict.fromkeys(map(ord, hidden))) if hidden else plain)


def with_plain_letters(text: str) -> str:
    """Replace letters drawn in circles or squares, and small capitals, by plain capitals in words of these."""
    return text if text.isascii() else _DRAWN_WORD.sub(lambda found: found[0].translate(_DRAWN), text)


def fold_letters(text: str) -> str:
    """Fold only the letters and marks beyond ASCII, as `fold` does, but keep capitals."""
    fold_run = functools.cache(_fold_run)
    return _NO_ASCII.sub(lambda found: fold_run(found[0]), text)


def _fold_run(run: str) -> str:
    if not BEYOND_ASCII.search(run):
        return run
    plain, first = folded(run), run[0]
    return plain if first.lower() == first != first.upper() else plain[:1].upper() + plain[1:]


@functools.cache
def ordinary_words() -> frozenset[str]:
    """Return common English words, which are masked only where the context shows that they are a name."""
    return easy_words() | frozenset(COMMON)


@functools.lru_cache(1 << 16)
def is_only_name(word: str) -> bool:
    """Return whether a word is probably a name only: the dictionary lacks it, or has no inflected form of it."""
    english = dictionary()
    if word not in english or word in WORDS["names_alone"]:
        return True
    common = (
        _ENDS_WORD.search(word)
        or f"{word[:-1]}ies" in english
        or any(
            word in some
            for some in (ordinary_words(), place_names(), WORDS["words_too"], WORDS["of_handles"], afinn_words())
        )
    )
    return not common and not any(map(english.__contains__, map(word.__add__, _ENDINGS)))


def is_capitalised(name: str) -> bool:
    """Return whether a name has several words, all capitalised except particles: "Jan van Eyck"."""
    words = name.split()
    return len(words) > 1 and all(word[0].isupper() or word in PARTICLES for word in words)


@functools.cache
def phrase_words() -> frozenset[str]:
    """Return the words that phrases used as user names consist of: common words and places."""
    return (ordinary_words() - ONLY_NAMES) | place_names() | {"anti", "pro", "popular", "demand"}


def forms_of(written: str, parts: list[Words], ordinary: Set[str]) -> Iterator[tuple[How, list[Words]]]:
    """Yield the forms of a whole name: with and without middle initials, reversed, joined, with initials."""
    if is_plain(written):
        yield "whole", parts
    elif parts:
        every = words_of(written)
        full = [part for at, part in enumerate(parts) if at == 0 or is_name_part(part)]
        yield "whole", [every, words_of("".join(written.split())), ("".join(every),)]
        yield "last" if len(full) == 1 and every[0] in TITLES else "whole", [*_shorter(parts, full, every, ordinary)]
        if len(full) > 1:
            first, last, rest = "".join(full[0]), "".join(full[-1]), tuple(itertools.chain.from_iterable(full[1:]))
            given = tuple(itertools.chain.from_iterable(full[:-1]))
            yield "reversed", [(last, *given), (last, first)] + [(*rest, *full[0]), (last, *full[-2])] * (len(rest) > 1)
            yield "whole", [(first + last,), (last + first,), (first + "".join(rest),)]
            if not is_unspaced(first):
                yield "initial", [(first[0], last), (last, first[0]), (first, last[0]), (first[0], *rest)]
                yield "initial", [(first[0], *full[-1]), (*full[0], last[0])]
                letters = tuple(word[0] for part in parts[:-1] for word in part)  # "HP Weber", "J-L Garnier"
                if len(letters) > 1:
                    yield "whole", [("".join(letters), *full[-1]), (*letters, *full[-1])]
                    letters = letters[: len(full[0])]
                    yield "whole", [("".join(letters), *full[-1])] * (len(letters) > 1)
                yield "whole", [(first + full[-1][0], *full[-1][1:])]
                yield "joined", [(first[0] + last,), (first + last[0],), (last + first[0],)]


def _shorter(parts: list[Words], full: list[Words], every: Words, ordinary: Set[str]) -> Iterator[Words]:
    """Yield a name in full, without initials, by its ends, by pairs and so on, each also with compound parts joined."""
    if (full[0][0], full[-1][0]) == every:  # the usual case
        yield every
        return
    pairs = [pair for pair in itertools.pairwise(full) if any("".join(part) not in NO_NAMES for part in pair)
             and not {("the",), ("of",)}.intersection(pair)]  # fmt: skip
    ends = [(full[0], full[-1])] * (len(full) > 1)
    bound = [part for part in parts if part in full or part[0] in PARTICLES]
    particles = [at for at in range(1, len(bound) - 1) if "".join(bound[at]) in NO_NAMES]
    tail = [tuple(bound[at:]) for at in particles[:1]]  # "van der Berg"
    heads = [tuple(full[:many]) for many in range(3, min(len(full), MOST_JOINED))]
    tail += [(("".join(itertools.chain.from_iterable(some)),),) for some in tail]
    joined = range(len(full) - 1 if 2 < len(full) <= MOST_JOINED else 0)
    together = [(*full[:at], full[at] + full[at + 1], *full[at + 2 :]) for at in joined]
    skipped = [(full[0], *full[2:])] * (len(full) > 3)
    skipped += [(full[0], (half,)) for half in full[-1] if len(full) == 2 and len(full[-1]) == 2 and len(half) > 2]
    bare = tuple(kept for part in full if (kept := tuple(word for word in part if word not in PARTICLES)))
    for some in dict.fromkeys((tuple(parts), tuple(full), *ends, *pairs, *heads, *tail, *together, *skipped, bare)):
        if some:
            yield (words := tuple(itertools.chain.from_iterable(some)))
            if len(words) > len(some):
                yield tuple(map("".join, some))
                if len(some) == 2:  # "Jean Luc OConnor" of Jean-Luc O'Connor
                    yield from ((*some[0], "".join(some[1])), ("".join(some[0]), *some[1]))
    if len(full) > 2 and not ordinary >= {*(given := [*itertools.chain(*full[:2])])}:
        yield ("".join(given),)  # "AnneMarie"


def spellings(name: str) -> Iterator[str]:
    """Yield a name as written and respelt: with ue for ü, Mac for Mc, and spaces in OneWord."""
    name = html.unescape(name[:LONGEST_WRITTEN]).partition(" via ")[0]  # "Jane O&#39;Doe via Facebook"
    yield name
    if not name.isascii():
        plain = name.casefold()
        long = [  # "Kouichi Oonishi" and "Koichi Ohnishi" for Kōichi Ōnishi
            re.sub(r"\bō", first, plain).replace("ō", o).replace("ū", u)
            for first, o, u in (_LONG if "ō" in plain or "ū" in plain else ())
        ]
        ways = [each.translate(table) for each in (plain, plain.replace("å", "aa")) for table in ({}, _UMLAUTS)]
        yield from [*dict.fromkeys((*ways, *long))][1:]  # "Soeren Kjaergaard"; the first differs only in case
        yield from dict.fromkeys(_in_latin(name)) if _FOREIGN_LETTER.search(plain) else ()
        if (own := _UNSPACED_RUN.findall(name)) and len(other := _UNSPACED_RUN.sub(" ", name).strip(" ()")) > 2:
            yield from (other, *filter(lambda each: len(each) > 1, own))  # "渡辺美咲 (Misaki Watanabe)"
    if (bare := _WRITTEN_UMLAUT.sub("", name)) != name:
        yield bare  # "Jurgen Asgard" for Juergen Aasgaard
    if _APOSTROPHE.search(name):
        yield _APOSTROPHE.sub("", name)
    van = "van" in name.lower()
    if van and _VAN_DER.search(name):
        yield _VAN_DER.sub("vd ", name)
    if van and _VANDER.search(name):
        yield _VANDER.sub(r"Van \1 ", name)
    for servant in ("Abd al-", "Abdel ", "Abdul ") if _ABD.search(name) else ():
        yield _ABD.sub(servant, name)
    for prefix in ("Mac", "Mac ", "Mc", "Mc ") if "M" in name and _MAC.search(name) else ():
        yield _MAC.sub(prefix, name)
    if CAMEL.search(name) and not _HAS_DIGIT.search(bare := name.rstrip("0123456789")):  # no id in letters and digits
        yield CAMEL.sub(" ", bare)
    yield from _parted(name)
    if found := _NUMBERED.fullmatch(name):
        yield found[1]
    if "(" in name and (found := _MAIDEN.fullmatch(name)):
        yield f"{found[1]} {found[2]}"
    found = _NICKNAME.fullmatch(name)
    if found and f" {found[1][:2]}" in f" {name}" and found[1].lower() not in phrase_words():  # not "Jane (Labour)"
        yield found[1]


def _parted(name: str) -> Iterator[str]:
    """Yield the names that a handle is made of: "Rosalind Thackeray" for rosalindthackeray42, "R Thackeray"."""
    bare, english = name.removeprefix("@").rstrip("0123456789").lower(), dictionary()
    if not (bare.isascii() and bare.isalpha()) or bare in english or len(bare) > _LONGEST_HANDLE:
        return
    if len(last := bare[1:]) > _SHORTEST_PART and last in english and is_only_name(last):
        yield f"{bare[0]} {last}".title()
    for at in range(_SHORTEST_PART, len(bare) - _SHORTEST_PART + 1):
        one, two = bare[:at], bare[at:]
        if one in english and two in english and (_are_names(one, two) or _are_names(two, one)):
            yield f"{one} {two}".title()


def _are_names(given: str, last: str) -> bool:
    """Return whether one word may be a given name, and the other is no common word or place."""
    may_be_given = given in WORDS["given"] or is_only_name(given)
    return may_be_given and last not in phrase_words() and WORDS["of_handles"].isdisjoint((given, last))


def _in_latin(name: str) -> Iterator[str]:
    """Yield a Cyrillic or Greek name in Latin letters: "Yuriy", "Yury", "Yuri", "Iurii", "Jurij"."""
    greek = _GREEK.search(name) is not None
    plain = fold(name) if greek else unicodedata.normalize("NFC", name.casefold())
    for latin in dict.fromkeys(plain.translate(way) for way in _LATIN_LETTERS):
        other = _GREEK_PAIR.sub(lambda found: _GREEK_PAIRS[found[0]], latin) if greek else latin.replace("ks", "x")
        begun = [latin, other, *[_YE.sub("ye", latin)] * (not greek)]
        for each in itertools.chain(begun, (some.replace("iya", "ia") for some in begun)):
            short = _IY.sub("y", each)
            yield from (each, short, _IY.sub("i", each), _IY.sub("i", short, count=1)) if short != each else (each,)


def with_syllables_apart(name: str) -> str:
    """Return a name with a space between the two syllables of its Chinese or Korean parts: "Xiao ming Dong"."""
    if not _FAR_EASTERN.search(name.lower()):  # the usual case
        return name
    return " ".join(
        _SYLLABLES.sub(r"\g<0> ", word) if _FAR_EASTERN.search(word.lower()) else word for word in name.split(" ")
    )


def parts_of(name: str) -> list[Words]:
    """Split a name at spaces into parts, each a tuple of words; "Last, First" is put in order, titles are dropped."""
    name = name.partition(" from ")[0].strip()  # "Jane from Leeds"
    spaced = name.replace("_", " ")
    if name.isascii() and spaced.replace(" ", "").isalnum():  # the usual case
        parts: list[Words] = [(word,) for word in spaced.lower().split()]
    else:
        name = name.strip("[]").removeprefix("@").removeprefix("u/").partition("@")[0]
        name = name.partition(" (")[0] if name.endswith(")") else _ABOUT.sub(r"\1", name)
        last, comma, first = name.partition(",")
        if comma and first.strip():
            name = f"{first} {last}"
        between = _BETWEEN_PARTS if " " in name else _BETWEEN_JOINED
        parts = [words for each in between.split(name) if (words := words_of(each))]
        if len(parts) == 1 and "-" in name and " " not in name and phrase_words().isdisjoint(parts[0]):
            parts = [(word,) for word in parts[0]]  # "zelda-quagmire", but not "ukraine-first"
    if not _OF_SLOGANS.isdisjoint(every := tuple(itertools.chain(*parts))):
        slogan = phrase_words().issuperset(every) and (" " not in name or WORDS["given"].isdisjoint(every))
        parts = [every] if slogan else parts  # "free_palestine" and "Ukraine First", but not "jordan_rose"
    return parts if len(parts) == 1 else [part for part in parts if part[0] not in TITLES and part[0] not in _SUFFIXES]


def is_name_part(part: Words) -> bool:
    """Return whether a part of a name is more than an initial, a number or a suffix."""
    return len(joined := "".join(part)) > 1 and not joined.isdecimal() and joined not in _SUFFIXES


def is_plain(name: str) -> bool:
    """Return whether a name is one word of ASCII letters and digits, which has no other form."""
    return name.isascii() and name.isalnum()


def shorter_names(parts: list[Words]) -> list[Words]:
    """Return shorter names for a single part: 小明 for 王小明, 田中 or 太郎 for 田中太郎, Mira for mira1987."""
    words = parts[0] if parts else ()
    if len(words) == 1 and (bare := words[0].strip("0123456789")) != words[0]:
        return [(bare,)]
    if not words or not all(map(is_unspaced, words)):
        return []
    han = "\u3000" < words[0] < "\uac00"  # Chinese or Japanese
    if len(words) == 3:
        return [words[1:], *[words[:2]] * han]
    return [words[:2], words[2:], words[:3], words[3:]] if len(words) in (4, 4 + han) else []


def is_unspaced(word: str) -> bool:
    """Return whether a word is in a script without spaces between words."""
    return _UNSPACED_WORD.match(word) is not None
