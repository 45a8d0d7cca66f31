"""Pseudonyms for commenters, and masks for what their texts say about who they are."""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

ANONYMOUS: Final = frozenset(
    (
        "",
        "anonymous",
        "anon",
        "guest",
        "unknown",
        "user",
        "nobody",
        "no name",
        "n/a",
        "none",
        "null",
        "deleted",
        "removed",
    )
)
SOMEONE: Final = "someone"
LONGEST_NAME: Final = 8  # words of a name that are looked for in texts
SHORTEST_NAME: Final = 3  # letters; a shorter name is masked after @ only
SMALLEST_IP: Final = 32  # an IPv4 address has some number as large as this; versions such as 2.0.0.1 have not

_PSEUDONYM = re.compile(r"Reader [0-9]{2,}")
_WORD = re.compile(r"\w+")
_SITES = (
    r"(?:(?:facebook\.com|fb\.(?:com|me)|twitter\.com|x\.com|instagram\.com|linkedin\.com/in|reddit\.com/u(?:ser)?|t\.me"
    r"|bsky\.app/profile|vk\.com|telegram\.me|wa\.me|gravatar\.com|disqus\.com/by|substack\.com/profile"
    r"|youtube\.com/(?:channel|user|c))/|(?:youtube|tiktok|threads|medium|substack)\.(?:com|net)/@"
    r"|github\.com/[\w-]++/?(?![^\s.,;:!?)]))"
)
# One pass over a text. No part can begin where another ran on in vain, so the time is linear.
_CONTACT = re.compile(
    rf"(?P<profile>(?<![\w.-])(?:https?://)?(?:[a-z]{{1,10}}\.)?{_SITES}[^\s<>()\[\]\"']*+)"
    r"|(?P<mail>(?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)++)"
    r"|(?P<ip>(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]\w))"
    r"|(?P<phone>(?<![\w.,/-])(?:\+|\(\+?)?\d(?:[ ()./\u2010-\u2013-]{0,2}\d){6,14}(?!\w))"
    r"|(?P<redditor>(?<![\w/.])/?u/(?=[\w-]{3}))",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[@/\d]")  # one of these is in all of them
_DATE = re.compile(
    r"(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2}.*|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d.*|(?:19|20)\d\d\D.*"
)
_CALL = re.compile(
    r"\b(?:tel|phone|call|text|whatsapp|mobile|cell|fax|number|ring)\w{0,5}[^\w\n]{0,3}(?:\w{1,4}[^\w\n]{1,2}){0,3}$",
    re.IGNORECASE,
)
_AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}")
_HANDLE = re.compile(r"\w+(?:[.-]\w+)*+")
_AFTER = re.compile(r"(?:['’]s)?\s{0,2}(?:[:,]|(?:wrote|said|says|writes)\b)")
_GREETING = frozenset("hi hello hey dear thanks".split())
_TITLE = frozenset("mr mrs ms miss dr prof professor sir madam".split())


class Pseudonyms:
    """Names of commenters and what stands for them: "Reader 01", "Reader 02", ... in the order in which asked for.

    The same name is the same reader, whatever its capitals and spaces. Anonymous names ("Guest", "") are nobody, and
    have none. Whoever is called "Reader NN" already keeps that. The article's writer keeps their name. `names` are
    (name, handle) of all commenters, so that `mask` knows them before they have a number. `subject` is the article: its
    words are ordinary ones for `mask`, so that a commenter called "Ukraine" does not blot out what is talked about.
    """

    def __init__(self, names: Iterable[tuple[str, str]] = (), *, writer: str = "", subject: str = "") -> None:
        self.writer = writer.strip()
        self._subject = frozenset(_words(subject))
        self._same: dict[str, str] = {}  # every spelling of a name or handle -> the first one's key
        self._given: dict[str, str] = {}
        self._phrases: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
        pairs = [pair for pair in dict.fromkeys(names) if any(each.strip() for each in pair)]
        taken = {name.strip() for pair in pairs for name in pair if _PSEUDONYM.fullmatch(name.strip())}
        self._given |= {_key(name): name for name in taken}
        self._free = (each for n in itertools.count(1) if (each := f"Reader {n:02d}") not in taken)
        for name, handle in pairs:
            self._know(name, handle)
        self._shorten([name for name, _ in pairs])

    def __call__(self, name: str, handle: str = "") -> str | None:
        """Give the pseudonym of a name, or of its handle; None for nobody."""
        key = _first_key(name, handle)
        if key in ANONYMOUS:
            return None
        if self.writer and key == _key(self.writer):
            return self.writer
        key = self._same.get(key, key)
        if key not in self._given:
            self._given[key] = next(self._free)
        return self._given[key]

    def _know(self, name: str, handle: str) -> None:
        first = _first_key(name, handle)
        if self.writer and first == _key(self.writer):
            return
        for each in (name, handle):
            if (key := _key(each)) not in ANONYMOUS and not _PSEUDONYM.fullmatch(each.strip()):
                self._same.setdefault(key, first)
                self._phrase(_words(each), self._same[key], "whole")

    def _shorten(self, names: Iterable[str]) -> None:
        """Let the first and the last word of a name stand for it: "Jane", "Mr. Doe"; if two share it, for someone."""
        own = set(_words(self.writer))
        short: dict[tuple[str, str], set[str]] = {}
        for name in names:
            words = _words(name)
            if len(words) > 1 and _key(name) in self._same:
                for word, how in ((words[0], "first"), (words[-1], "last")):
                    if len(word) >= SHORTEST_NAME and word.isalpha() and word not in own:
                        short.setdefault((word, how), set()).add(self._same[_key(name)])
        for (word, how), whose in short.items():
            self._phrase((word,), next(iter(whose)) if len(whose) == 1 else "", how)

    def _phrase(self, words: tuple[str, ...], key: str, how: str) -> None:
        if words:
            self._phrases.setdefault(words[0], {}).setdefault(words[:LONGEST_NAME], (key, how))

    def known(self, word: str) -> dict[tuple[str, ...], tuple[str, str]]:
        """Give the names that begin with a word in lower case: their words -> (whose, whole or which part)."""
        return self._phrases.get(word, {})

    def named(self, key: str) -> str:
        """Give the pseudonym for a key from `known`; "someone" where it could be two readers."""
        return (self(key) or SOMEONE) if key else SOMEONE

    def names_in(self, text: str) -> bool:
        """Whether a commenter's name, or a word of it that is no ordinary one, stands anywhere in this."""
        parts = [*_words(text.replace("_", " ")), "".join(_words(text))]
        return any(self.known(part) and not (self.ordinary([part]) or part.isdecimal()) for part in parts)

    def ordinary(self, words: Iterable[str]) -> bool:
        """Whether all these words are ordinary English ones, numbers, or words of the article."""
        return all(word in self._subject or word in _ordinary() or word.isdecimal() for word in words)


def mask(text: str, pseudonyms: Pseudonyms | None) -> str:
    """Replace in a text what names or reaches a commenter.

    Caught are: e-mail addresses -> "[e-mail]"; telephone numbers with a country code, a leading 0, the American
    pattern, or after a word such as "call" -> "[phone]"; IPv4 addresses -> "[address]"; links to profiles on social
    networks -> "[profile link]"; @handles and u/names -> the pseudonym of a commenter, else "someone"; the full names
    and handles of the commenters, in any capitals; their first names where they begin with a capital and no other
    capitalised name follows; their last names after Mr., Dr. and the like.

    A name that consists of ordinary English words ("Free Speech", "Rose") is masked only after @ or a greeting, before
    "said" or "wrote", and before a colon or comma at the start of a line. Names of people who are no commenters stay:
    they are the subject. Not caught are nicknames that no name field has, misspelled names, and what a text tells about
    a person.
    Without pseudonyms names stay, and the rest is masked. Linear in time.
    """
    marked = _CONTACT.sub(_contact, text) if _SIGN.search(text) else text
    return marked if pseudonyms is None else "".join(_without_names(marked, pseudonyms))


def _contact(found: re.Match[str]) -> str:
    whole = found[0]
    if found["profile"]:
        return "[profile link]"
    if found["mail"]:
        return "[e-mail]"
    if found["ip"]:
        largest = max(int(part) for part in whole.split("."))
        return "[address]" if SMALLEST_IP <= largest < 256 else whole
    if found["phone"]:
        return "[phone]" if _is_phone(found) else whole
    return "@"  # a redditor's u/ is a mention like others


def _is_phone(found: re.Match[str]) -> bool:
    """Tell a telephone number from a date, a range of years or any other number."""
    number = found[0]
    digits = sum(map(str.isdecimal, number))
    if _DATE.fullmatch(number):
        return False
    if "+" in number[:2] or _AMERICAN.search(number) or (number.startswith("0") and digits >= 9):
        return True
    return _CALL.search(found.string[max(0, found.start() - 30) : found.start()]) is not None


def _without_names(text: str, pseudonyms: Pseudonyms) -> Iterator[str]:
    """Give the pieces of a text, with what stands for a name where there was one; one look at each word."""
    spans = [found.span() for found in _WORD.finditer(text)]
    words = [text[start:end].casefold() for start, end in spans]
    done = 0
    for at, (start, _) in enumerate(spans):
        if start < done:
            continue
        mention = text[start - 1 : start] == "@" and not text[max(0, start - 2) : start - 1].isalnum()
        if not mention and not pseudonyms.known(words[at]):
            continue
        end, stand_in = _name_at(text, at, spans, words, pseudonyms, mention)
        handle = _HANDLE.match(text, start) if mention else None
        if handle and handle.end() > end:  # a handle of nobody here, even if it begins like a name
            end, stand_in = (0, "") if words[at][0].isdecimal() else (handle.end(), SOMEONE)
        if end:
            yield text[done:start] + stand_in
            done = end
    yield text[done:]


def _name_at(
    text: str, at: int, spans: list[tuple[int, int]], words: list[str], pseudonyms: Pseudonyms, mention: bool
) -> tuple[int, str]:
    """Find the longest name that begins with a word: where it ends and what stands for it; (0, "") for none."""
    names = pseudonyms.known(words[at])
    for many in range(min(LONGEST_NAME, len(words) - at), 0, -1) if names else ():
        key, how = names.get(tuple(words[at : at + many]), ("", ""))
        if not how:
            continue
        joined = text[spans[at][0] : spans[at + many - 1][1]]
        close = len(joined) <= sum(map(len, words[at : at + many])) + 3 * many and "\n" not in joined
        if close and (mention or _stands_for(text, at, many, spans, words, pseudonyms, how)):
            return spans[at + many - 1][1], pseudonyms.named(key)
    return 0, ""


def _stands_for(
    text: str, at: int, many: int, spans: list[tuple[int, int]], words: list[str], pseudonyms: Pseudonyms, how: str
) -> bool:
    """Whether words that could be a name are one, where no @ says so."""
    start, end, name = spans[at][0], spans[at + many - 1][1], words[at : at + many]
    before = words[at - 1] if at else ""
    if how == "last":
        return before in _TITLE
    if sum(map(len, name)) < SHORTEST_NAME or all(map(str.isdecimal, name)):
        return False
    if how == "first" and not text[start].isupper():
        return False
    if pseudonyms.ordinary(name):
        line = text.rfind("\n", max(0, start - 4), start)  # a line may begin with a mark or two
        opens = (line >= 0 or start < 4) and not text[line + 1 : start].strip(' >*_"“')
        mark = after[0][-1] if (after := _AFTER.match(text, end)) else ""
        addressed = before in _GREETING or (opens and (mark == ":" or (mark == "," and how == "whole")))
        return text[start].isupper() and (addressed or mark.isalpha())
    following = text[slice(*spans[at + many])] if at + many < len(spans) else ""
    another = how == "first" and following[:1].isupper() and text[end : spans[at + many][0]].isspace()
    return not (another and not pseudonyms.ordinary([following.casefold()]))


@functools.cache
def _ordinary() -> frozenset[str]:
    from ..lexicons.dictionaries import easy_words
    from ..lexicons.features import COMMON

    return easy_words() | frozenset(COMMON)


def _first_key(name: str, handle: str) -> str:
    key = _key(name)
    return _key(handle) if key in ANONYMOUS else key


def _key(name: str) -> str:
    """Make spellings of one name one: capitals, spaces, a leading @ or u/ do not matter."""
    if not name:
        return ""
    return (
        " ".join(unicodedata.normalize("NFKC", name).casefold().split())
        .strip("[]")
        .removeprefix("@")
        .removeprefix("u/")
    )


def _words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORD.findall(name))
