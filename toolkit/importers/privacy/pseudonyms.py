"""Pseudonyms for commenters, and the names that belong to the same reader."""

import functools
import itertools
import operator
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, get_args

from ..._limits import FEW_DOUBTS, FEW_NAMES, NAMED_LENGTH, TEXT_OF_NAME
from ...lexicons.dictionaries import dictionary
from ...lexicons.function_words import COMMON
from .contact_masking import mask_contacts
from .name_forms import (
    CAMEL,
    ENDINGS,
    LONGEST_WRITTEN,
    NO_NAMES,
    ONLY_NAMES,
    WORD,
    WORDS,
    How,
    Words,
    fold,
    folded,
    forms_of,
    is_capitalised,
    is_only_name,
    is_plain,
    is_unspaced,
    ordinary_words,
    parts_of,
    shorter_names,
    spellings,
    with_syllables_apart,
    words_of,
)
from .possible_names import PossibleNames

ANONYMOUS: Final = frozenset(
    ("", "anonymous", "anon", "guest", "unknown", "user", "nobody", "no name", "n/a", "na", "none", "null", "nan")
) | {"deleted", "removed", "deleted user", "deleted account"}  # fmt: skip
SOMEONE: Final = "someone"
LONGEST_NAME: Final = 12  # words of a name that are searched for
SHORTEST_NAME: Final = 2  # letters; a shorter name is masked after @ only

Form = tuple[str, How]  # the key of the person, "" if two readers share the form, and how it is written
# Roles of a word in names. Any text with a name has an ANYWHERE word, or a CAPITAL word with a capital. A name of one
# word is a FIRST, which counts only with a capital or after a greeting, or a WHOLE; a longer one begins with an OUTER
# and an INNER. The bits from BEGINS on are the lengths, in words, of the names that begin with the word.
ANYWHERE, CAPITAL, WHOLE, FIRST, OUTER, INNER, BEGINS = (1 << n for n in range(7))

_PSEUDONYM = re.compile(r"Reader [0-9]{2,}")
ABBREVIATIONS: Final = frozenset("us uk eu un am pm ps dc la ny id tv pc it eg ie ad bc ba ma md ph vs va jr".split())
STEM: Final = 4  # first letters of a name, which no ending changes
_INFLECTED: Final = {own: endings.split() for own, endings in ENDINGS.items()}
_NAMES_END: Final = {ending: [own for own in _INFLECTED if ending in _INFLECTED[own]]
                     for ending in itertools.chain(*_INFLECTED.values())}  # fmt: skip
_STRETCHED = re.compile(r"(.)\1{2,}")
_FAMILY = re.compile(r"[Tt]he [A-Z][a-z]++(?! [A-Z])")  # "the Millers", but not "the Millers Union"
_NEXT_WORD = re.compile(r" ([^\W\d_]{2,40})(?![\w'’-])")
_REACHES = re.compile(r"[.@:]|\d(?:\D{0,3}\d){6}")  # in any id that contains an address or a telephone number
_NO_DIGITS: Final = bytes({*range(128)} - {*b"0123456789\n"})
_APART_IDS = "\n" * 9  # between joined ids, so that no number spans two, or is read with the one before
_TOGETHER: Final = 100  # ids searched for addresses at once
_DIGITS = re.compile(r"\d+")
# Placeholders for the words of names: runes for ordinary and other words, Khmer digits for numbers; then one sign if
# the word has two letters, two signs if it has more.
_RARE, _ORDINARY, _NUMBERS, _MORE, _MORE_DIGITS = "\u16a0", "\u16c0", "\u17e0", "\u16ea", "\u1810"
_STAND_IN = re.compile("([\u16a0-\u16c9\u17e0-\u17e9])([\u16ea\u1810]*)")
_SPLIT = re.compile(f"({WORD.pattern})")
_RARE_ONE = re.compile("[\u16a0-\u16a9]\u16ea")
_PLACES: Final = range(10)  # words of a name that have placeholders
_ORDINARY_ONES: Final = {chr(ord(_ORDINARY) + at) + _MORE * more for at in _PLACES for more in range(3)}
_HOWS: Final[tuple[How, ...]] = get_args(How)
_KEPT: Final = NO_NAMES | {"the", "of"}  # words that change the forms of a name
_PREFIXES = frozenset("وفبلكובלמשהכ")  # Arabic and Hebrew words written together with the next
_APART = str.maketrans("._-", "   ")


class Pseudonyms:
    """Names of commenters and their pseudonyms: "Reader 01", "Reader 02", ... in order of first use.

    Spellings of one name (case, spaces, diacritics, full-width letters) are the same reader. Anonymous names ("Guest",
    "") have no pseudonym. "Reader NN" stays. The article's writer keeps their name. `names` are (name, handle) of all
    commenters, so that `mask` knows them before they have a number. `subject` is the article: `mask` treats its words
    as ordinary ones, so that a commenter called "Ukraine" does not blot out the subject. `first` is the number of the
    first reader.
    """

    def __init__(
        self, names: Iterable[tuple[str, str]] = (), *, writer: str = "", subject: str = "", first: int = 1
    ) -> None:
        self.writer = writer.strip()
        words = words_of(subject)
        self._subject, self._subject_text = frozenset(words), f" {' '.join(words)} "
        self._same: dict[str, str] = {}  # every spelling of a name or handle -> the first one's key
        self._given: dict[str, str] = {}
        pairs = [pair for pair in dict.fromkeys(names) if pair[0].strip() or pair[1].strip()]
        taken = {name.strip() for pair in pairs for name in pair if _is_given(name)}
        self._given |= {_key(name): name for name in taken}
        self._free = (each for n in itertools.count(first) if (each := f"Reader {n:02d}") not in taken)
        self._own, self._own_key = frozenset(words_of(self.writer)), _key(self.writer)
        self._whole: dict[str, str] = {}  # names and handles -> their keys
        self._as_written: dict[str, str] = {}  # those whose words as written are a form
        self._in_parts: dict[str, str] = {}  # those whose single parts are forms
        self.searched = self._doubts = 0  # characters of the texts, and places in them that were taken for no name
        for pair in pairs:
            self._know(*pair)
        self._absent = {*self._possible.words} if len(self._whole) > FEW_NAMES else set()
        self.searched = self._doubts = 0
        self._seek()

    def look_for(self, texts: Sequence[str]) -> None:
        """Start searching for the names that these texts may contain, if there are too many to search for all."""
        self.searched = self._doubts = 0
        if self._absent:
            many = sum(map(len, texts)) >= TEXT_OF_NAME * len(self._whole)
            found = self._absent if many else self._absent & self._possible.in_texts(texts)
            if found:
                self._absent -= found
                self._seek()

    @functools.cached_property
    def _possible(self) -> PossibleNames:
        return PossibleNames(self._spelt)

    @functools.cached_property
    def _spelt(self) -> dict[str, list[str]]:
        return {name: [*spellings(name)] for name in self._whole}

    def _seek(self) -> None:
        """Build all forms of the names, except of those with a word absent from all texts."""
        spelt: dict[str, list[tuple[str, list[Words]]]] = {}
        self._names: dict[str, Form] = {}  # the words of a form -> its owner
        self.rare: set[str] = set()  # parts of names that also count in small letters
        self.roles: defaultdict[str, int] = defaultdict(int)  # word -> its roles, see ANYWHERE
        some = self._possible.with_other_words(self._absent) if self._absent else self._whole
        for name in filter(self._as_written.__contains__, some):
            self._add([words_of(self._spelt[name][0])], (self._as_written[name], "whole"))
        for name in some:  # after those: a reader called jdoe is not Jane Doe
            spelt[name] = self._add_forms(name, self._whole[name])
        self._shorten(spelt)
        self._pairs = {" ".join(name.split(" ", 2)[:2]) for name in self._names if name.count(" ") > 1}
        self.stems = {word[:STEM] for word in self.roles if len(word) >= STEM} | {
            stem  # an ending may change the fourth letter of a short name
            for word in self.roles if STEM <= len(word) <= STEM + 1
            for many in range(1, STEM) for ending in _INFLECTED.get(word[-many:], ())
            if len(stem := f"{word[:-many]}{ending}"[:STEM]) == STEM
        }  # fmt: skip

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

    def _know(self, name: str, handle: str) -> None:
        """Register a name and its handle under one key, unless they are the article's writer's."""
        key = _key(name)
        first = _key(handle) if key in ANONYMOUS else key
        if first == self._own_key:
            return
        some = (name, handle) if handle and handle != name else (name,)
        for each in some:
            own = key if each == name else _key(each)
            if own not in ANONYMOUS and not _is_given(each):
                self._whole[each] = self._same.setdefault(own, first)
                # not doe.jane, which may have a comma: "Doe, Jane"
                if each == name or not name or len(words_of(next(spellings(each)))) == 1:
                    self._as_written[each] = self._whole[each]
        if key := self._same.get(first, ""):
            self._in_parts |= {each: key for each in some if each in self._whole and (each == name or " " in each)}

    def _add_forms(self, name: str, key: str) -> list[tuple[str, list[Words]]]:
        """Add the forms of a name or handle in each of its spellings; return the spellings with their parts."""
        spelt = [(each, parts_of(each)) for each in self._spelt[name]]
        apart = with_syllables_apart(spelt[0][0])
        for written, parts in spelt if apart == spelt[0][0] else [*spelt, (apart, parts_of(apart))]:
            if shape := _shape(written, parts):
                self._add_shaped(*shape, key)
            else:
                for how, forms in forms_of(written, parts, ordinary_words()):
                    self._add(forms, (key, how))
        return spelt

    @functools.cached_property
    def initials(self) -> dict[str, str]:
        """Map initials, such as "JD", to the key of the name that has them, or to "" if several have."""
        initials: dict[str, str] = {}
        every = ((parts_of(each), key) for name, key in self._in_parts.items() for each in self._spelt[name])
        for parts, key in every:
            if len(parts) > 1 and not is_unspaced(parts[0][0]):
                pair = (parts[0][0][0] + parts[-1][0][0]).upper()
                if pair.lower() not in ABBREVIATIONS:
                    initials[pair] = key if initials.get(pair, key) == key else ""
        return initials

    def _shorten(self, spelt: Mapping[str, list[tuple[str, list[Words]]]]) -> None:
        """Let each part of a name refer to it ("Jane", "Doe"), or to "someone" if two readers share the part."""
        short: dict[Words, Form] = {}
        ordinary, english = ordinary_words(), dictionary()
        every = ((*each, key) for name, key in self._in_parts.items() for each in spelt.get(name, ()))
        for written, parts, key in every:
            several = len(parts) > 1
            for at, part in enumerate(parts if several else shorter_names(parts)):
                joined = "".join(part)
                is_name = joined not in NO_NAMES or (several and not at and joined in ("al", "mac", "van"))
                is_name = is_name and not (self._absent.issuperset(part) or self._own.issuperset(part))
                if len(joined) >= SHORTEST_NAME and is_name:
                    other, how = short.get(part, (key, "last" if at and several else "first"))
                    short[part] = (key if other == key else "", how)
            words = {*itertools.chain(*parts), *map("".join, parts)} if several else set[str]()
            self.rare |= words & WORDS["names_alone"]
            if ordinary.isdisjoint(words):
                self.rare.update([word for word in words if len(word) >= STEM + word.isalpha() and word not in english])
            if several and is_capitalised(written):
                names = {word for word in words if len(word) > 1} - NO_NAMES
                alone = {*filter(is_only_name, names)}
                if names - alone <= WORDS["parts_too"]:
                    self.rare |= {word for word in alone if len(word) >= STEM}
        self.rare -= self._absent
        plurals = {plural for word in self.rare if (plural := f"{word}s") not in english}
        self.rare |= plurals
        for word in self.rare:
            self.roles[word] |= WHOLE | ANYWHERE
        for part, form in short.items():
            joined = "".join(part)
            apart = with_syllables_apart(joined)
            some = [part]
            if part != (apart,):  # rare
                halves = ((word,) for word in part if len(word) > 2 and word not in NO_NAMES)
                some += [(joined,)] * self._absent.isdisjoint(part) + [tuple(apart.split()), *halves]
            some += [(*each[:-1], plural) for each in some if (plural := f"{each[-1]}s") in plurals]
            self._add(some, form)

    def _add_shaped(self, shape: str, parts: tuple[Words, ...], words: list[str], key: str) -> None:
        """Add the forms of a name from the template of its shape."""
        absent = tuple(map(self._absent.__contains__, words))
        template, hows, longer, bits, common = _forms_of_shape(shape, parts, absent)
        if not hows:
            return
        roles, ordinary = self.roles, ordinary_words()
        forms: dict[How, Form] = {how: (key, how) for how in _HOWS}
        written = template.format(*[each for word in words for each in (word, word[0])]).split("\n")
        for _ in map(self._names.setdefault, written, map(forms.__getitem__, hows)):
            pass
        for word, role in zip(written[longer:], bits, strict=True):
            roles[word] |= role
        for word in itertools.compress(words, map(operator.not_, absent)):
            roles[word] |= CAPITAL if word in ordinary else ANYWHERE
        for at in common:
            sign, role = _sign(tuple(written[at].split(" ")), hows[at])
            roles[sign] |= role

    def _add(self, forms: Iterable[Words], form: Form) -> None:
        """Add the new forms of a name, and the roles of their words."""
        names, roles = self._names, self.roles
        for each in forms:
            words = each[:LONGEST_NAME]
            if not words or not self._absent.isdisjoint(words) or (written := " ".join(words)) in names:
                continue
            names[written] = form
            if len(words) == 1:
                roles[written] |= (FIRST if form[1] in ("first", "last") else WHOLE) | BEGINS << 1
            else:
                roles[words[0]] |= OUTER | BEGINS << len(words)
                roles[words[1]] |= INNER
                for word in words[2:]:
                    roles[word] |= 0
            sign, role = _sign(words, form[1])
            roles[sign] |= role

    def lengths(self, word: str) -> list[int]:
        """Return the lengths in words of the names that begin with a word, longest first."""
        return _lengths(self.roles.get(word, 0) // BEGINS)

    def begins(self, words: Words) -> bool:
        """Return whether a name of several words may begin with these; the second may be an added middle name."""
        pairs = [f"{words[0]} {word}" for word in words[1:]]
        return not (self._names.keys().isdisjoint(pairs) and self._pairs.isdisjoint(pairs))

    def bare(self, word: str) -> str:
        """Strip digits around a word, or a joined "and" or "to" before it, if the rest is a name."""
        if word in self.roles:
            return word
        for many in (1, 2) if word[0] in _PREFIXES else ():
            if word[many:] in self.roles and _PREFIXES.issuperset(word[:many]):
                return word[many:]
        bare = word.strip("0123456789")
        return bare if len(bare) > SHORTEST_NAME and bare in self.roles else word

    def nominative(self, word: str, text: str, end: int) -> str:
        """Return the name that a capitalised word, ending at `end`, is an inflected or stretched form of."""
        if word in self.roles:
            return word
        for stretched in ("\\1", "\\1\\1") if _STRETCHED.search(word) else ():  # "Zenobiaaa", "Geoffffrey"
            if (name := _STRETCHED.sub(stretched, word)) in self.roles:
                return name
        names = (word[:-many] + own for many in range(1, min(7, len(word))) for own in _NAMES_END.get(word[-many:], ()))
        name = next((name for name in names if len(name) >= STEM and name in self.roles), word)
        english, genitive = word in dictionary(), word == f"{name}s" or word == f"{name}n"
        is_name = (name in WORDS["names_alone"] or name not in dictionary()) and word not in WORDS["surnames"]
        before_noun = is_name and _precedes_noun(text, end)
        if genitive and not (english and word[-1] == "n") and (before_noun or precedes_foreign(text, end)):
            return name
        others = name in ONLY_NAMES or word in WORDS["no_families"] or self.ordinary([name])  # "the Roberts court"
        if english and genitive and not others and _FAMILY.match(text, end - len("the ") - len(word)):
            form = self.find((name,))
            return name if form and form[1] == "last" else word
        return word if english or word == f"{name}n" else name

    def doubt(self) -> None:
        """Count a place that has the words of a name and is none; ValueError where texts are nearly nothing else."""
        self._doubts += 1
        if self._doubts > FEW_DOUBTS + self.searched // NAMED_LENGTH:
            many = f"{self._doubts:,} words that may be names of commenters in {self.searched:,} characters"
            raise ValueError(f"The comments have {many}. Save only the comments with text.")

    def find(self, words: Words) -> Form | None:
        """Return the owner of the name that these words are, and its form."""
        return self._names.get(" ".join(words))

    def named(self, key: str) -> str:
        """Return the pseudonym for a key from `find`; "someone" if it could be two readers."""
        return (self._given.get(key) or self(key) or SOMEONE) if key else SOMEONE

    def names_in(self, ids: Sequence[str]) -> set[str]:
        """Return the ids that contain a commenter's name, in any form, or an address or telephone number.

        `ids` consist of unaccented letters, digits, points, hyphens and underscores.
        """
        self.look_for(ids)
        written = _APART_IDS.join(ids)
        rest = written.encode("utf-8", "replace").translate(None, _NO_DIGITS).split(_APART_IDS.encode())
        may_reach = max(map(len, rest)) > 6 or any(sign in written for sign in ".@:")  # rare
        reach = [*filter(_REACHES.search, ids if may_reach else ())]
        parts = (reach[at : at + _TOGETHER] for at in range(0, len(reach), _TOGETHER))
        parts = (each for each in parts if mask_contacts(joined := _APART_IDS.join(each)) != joined)  # rare
        found = {each for each in itertools.chain.from_iterable(parts) if mask_contacts(each) != each}
        apart = written if written.islower() else CAMEL.sub(" ", written)
        for spelling in dict.fromkeys((written, apart, _DIGITS.sub(" ", written))):
            plain = spelling.lower().translate(_APART)
            if not any(self.roles[word] >= BEGINS for word in self.roles.keys() & plain.split()):
                continue  # the usual case
            for own, line in zip(ids, plain.split(_APART_IDS), strict=False):
                words = tuple(line.split())
                for at, many in ((at, many) for at, word in enumerate(words) for many in self.lengths(word)):
                    part = words[at : at + many]
                    if len("".join(part)) >= SHORTEST_NAME and self.find(part) and not self.ordinary(part):
                        found.add(own)
        return found

    def file_name(self, name: str) -> str:
        """Return a file's name, or a substitute if it contains a commenter's."""
        path = Path(name)
        return f"a file with a commenter's name{path.suffix}" if self.names_in([fold(path.stem)]) else name

    def ordinary(self, words: Iterable[str]) -> bool:
        """Return whether all these words are ordinary English ones, numbers, or words of the article."""
        return all(map(str.isdecimal, {*words} - ordinary_words() - self._subject))

    def in_subject(self, words: Sequence[str]) -> bool:
        """Return whether the article contains these words in sequence."""
        return self._subject.issuperset(words) and f" {' '.join(words)} " in self._subject_text


def precedes_foreign(text: str, end: int) -> bool:
    """Return whether a non-English word follows: "Meinung" after "Annas"."""
    following = _NEXT_WORD.match(text, end)
    return following is not None and folded(following[1]) not in dictionary()


def _precedes_noun(text: str, end: int) -> bool:
    """Return whether a word in small letters follows that is probably not a verb: "plan" after "Pieters"."""
    following = _NEXT_WORD.match(text, end)
    noun = following[1] if following and following[1] not in COMMON else ""
    return noun.islower() and not noun.endswith(("s", "ed"))


def _sign(words: Words, how: How) -> tuple[str, int]:
    """Return a word found in every text with this form of a name, and whether its case does not matter."""
    if how == "initial":
        word = words[-1] if len(words[-1]) > 1 else words[0]
        return word, CAPITAL if word in ordinary_words() else ANYWHERE
    if how in ("first", "last"):
        return words[0], CAPITAL
    ordinary = ordinary_words()
    rare = [word for word in words if len(word) > 1 and (word not in ordinary or word in ONLY_NAMES)]
    word = rare[0 if how == "reversed" else -1] if rare else max(words, key=len)
    return word, CAPITAL if len(words) == 1 and len(word) == SHORTEST_NAME else ANYWHERE


def _shape(written: str, parts: list[Words]) -> tuple[str, tuple[Words, ...], list[str]] | None:
    """Return a name and its parts with placeholders for words, and the words; None if its forms depend on the words.

    All names of one shape have the same forms. A placeholder shows whether a word is ordinary, is a number, and has
    one letter, two, or more.
    """
    if is_plain(written) or not parts:
        return None
    gap = "_" if "_" in written else " "
    if written.isascii() and written.replace(gap, "").isalpha():  # the usual case
        words = written.lower().split(gap)
        simple = min(map(len, words)) > 2 and len({*words}) == len(words) <= len(_PLACES) and _KEPT.isdisjoint(words)
        if simple and words == [*map(" ".join, parts)]:
            return *_shape_of_letters(gap, tuple(map(ordinary_words().__contains__, words))), words
    pieces = _SPLIT.split(written)
    every = [*map(folded, pieces[1::2])]
    words, ordinary = [*dict.fromkeys(every)], ordinary_words()
    if len(words) > len(_PLACES) or any(len(part) > 1 and "".join(part) in NO_NAMES for part in parts):
        return None
    letters = "".join(words)
    if not letters.isascii() and ("" in words or any(map(str.isascii, words)) or any(map(is_unspaced, words))):
        return None
    stand_ins = {word: word for word in words}
    for at, word in enumerate(words):
        if word.isdecimal():
            stand_ins[word] = chr(ord(_NUMBERS) + at) + _MORE_DIGITS * (len(word) > 1)
        elif word not in _KEPT:
            stand_ins[word] = chr(ord(_ORDINARY if word in ordinary else _RARE) + at) + _MORE * min(len(word) - 1, 2)
    apart = ["-" * bool(gap.strip()) + " " * (gap.strip() != gap) for gap in pieces[2:-1:2]]
    shape = "".join(itertools.chain(*zip(map(stand_ins.__getitem__, every), [*apart, ""], strict=True)))
    return shape, tuple(tuple(map(stand_ins.__getitem__, part)) for part in parts), words


@functools.cache
def _shape_of_letters(gap: str, common: tuple[bool, ...]) -> tuple[str, tuple[Words, ...]]:
    """Return the shape of a name whose words all have at least three letters, and its parts."""
    words = [chr(ord(_ORDINARY if each else _RARE) + at) + _MORE * 2 for at, each in enumerate(common)]
    return ("-" if gap == "_" else gap).join(words), tuple((word,) for word in words)


@functools.lru_cache(1 << 12)
def _forms_of_shape(
    shape: str, parts: tuple[Words, ...], absent: tuple[bool, ...]
) -> tuple[str, list[How], int, list[int], list[int]]:
    """Return a template of the forms of all names of a shape, without forms that have absent words.

    It has the forms of several words, their number, the forms of one word, and other words in forms; also how each
    form is written, the role of each word, and the positions of forms made only of ordinary words.
    """
    some, common = Pseudonyms(), []
    gone = {at for at, each in enumerate(absent) if each}
    for how, forms in forms_of(shape, [*parts], ordinary_words() | _ORDINARY_ONES):
        some._add([form for form in forms if gone.isdisjoint(_places("".join(form)))], ("", how))
    longer, alone = ([name for name in some._names if (" " in name) is several] for several in (True, False))
    inside = [word for word in some.roles if word not in some._names]
    for word in inside:
        some.roles[word] &= ~ANYWHERE
    for at, name in enumerate(longer):
        joined = [word for word in name.split(" ") if _STAND_IN.search(word) and not _STAND_IN.fullmatch(word)]
        if joined:
            some.roles[joined[0]] |= ANYWHERE
        elif not _RARE_ONE.search(name):
            common.append(at)
    template = _STAND_IN.sub(
        lambda found: f"{{{2 * (ord(found[1]) & 31) + (not found[2])}}}", "\n".join(longer + alone + inside)
    )
    bits = [some.roles[word] for word in alone + inside]
    return template, [some._names[name][1] for name in longer + alone], len(longer), bits, common


def _places(stand_ins: str) -> list[int]:
    """Return the positions of the words that placeholders stand for, initials aside."""
    return [ord(found[1]) & 31 for found in _STAND_IN.finditer(stand_ins) if found[2]]


@functools.cache
def _lengths(bits: int) -> list[int]:
    return [many for many in range(LONGEST_NAME, 0, -1) if bits >> many & 1]


def _is_given(name: str) -> bool:
    return "Reader" in name and _PSEUDONYM.fullmatch(name.strip()) is not None


def _key(name: str) -> str:
    """Return one key for all spellings of a name: case, spaces, diacritics and a leading @ or u/ do not matter."""
    if is_plain(name):
        return name.lower()
    name = name[:LONGEST_WRITTEN]
    key = " ".join(name.lower().split() if name.isascii() else map(folded, name.split()))
    return key.strip("[] ").removeprefix("@").removeprefix("u/")
