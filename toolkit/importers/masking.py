"""Mask what the texts of commenters say about who they are: names, mentions, addresses and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from .contacts import mask_contacts
from .pseudonyms import (
    PLAIN_WORD,
    SHORTEST_NAME,
    SOMEONE,
    WORD,
    How,
    Pseudonyms,
    Words,
    folded,
    has_other_letters,
)

SHORTEST_JOINED: Final = 4  # letters of an initial and a name in one word, such as "jdoe"
MOST_PARTS: Final = 3  # of a name after @ that nobody here has, such as "@Maria de Souza"

_MENTION = re.compile(r"[@＠](?<![^\W_].)")
_HANDLE = re.compile(r"\w+(?:[.-]\w+)*+")
_GAP = re.compile(r"[^\w\n,;:!?]{0,3}|_{1,3}|[^\w\n,;:!?]{0,3}\n[\s>*_]{0,6}")
_REVERSED_GAP = re.compile(r",?\s?")
_NEXT_PART = re.compile(r"[ \u00a0]([^\W\d_][\w'’-]*)")
_AFTER = re.compile(r"(?:['’]s)?\s{0,2}(?:[:,]|(?:wrote|said|says|writes)\b)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n>*_\"“”'‘(-])\s{0,6}$")
_DOTTED = re.compile(r"([A-Z])(?<!\w.)\.[ ]?([A-Z])\.(?!\s?[A-Z]\.)")
_GREETING = frozenset("hi hello hey dear thanks".split())
_TITLE = frozenset("mr mrs ms miss dr prof professor sir madam".split())
# Words that often begin the sentence after a mention, and so are no second part of a name.
_OPENERS = frozenset(
    """
    great good thank thanks nice agreed agree exactly yes yeah yep nope sorry well please true false wrong right lol ok
    okay sure indeed perhaps maybe actually really hello hi hey oh never always nobody everyone everybody people still
    yet let stop keep read try think wow haha totally absolutely fine hear bravo amen seriously honestly correct
    """.split()
)
# First names that are ordinary words as well: with a capital inside a sentence they are names.
_GIVEN = frozenset(
    """
    mark will rose grace bill jack faith hope joy dawn art bob rob pat sue guy ray gene grant chase hunter pierce drew
    dean earl frank victor miles rich chip cliff glen heath jay lance max norm penny pearl ruby ivy lily daisy holly
    iris violet olive amber crystal melody harmony summer autumn sandy ginger robin jean dale don ben tom dick harry jim
    john mary ann anne james george henry charles fred ned sam dan tim joe kate nancy peter paul robert william
    """.split()
)
_ABBREVIATIONS = frozenset("us uk eu un am pm ps dc la ny id tv pc it eg ie ad bc ba ma md ph vs va jr".split())


def mask(text: str, pseudonyms: Pseudonyms | None) -> str:
    """Replace in a text what names or reaches a commenter.

    Masked are: e-mail addresses, also spelt ("name (at) site dot org") -> "[e-mail]"; telephone numbers with a country
    code, a leading 0 or an area code, or after a word such as "call" -> "[phone]"; IP addresses -> "[address]"; links
    to profiles on social networks -> "[profile link]"; @mentions and u/names -> the pseudonym of a commenter, else
    "someone", with the capitalised words that follow as parts of the name; the names and handles of the commenters in
    any capitals, with or without diacritics, invisible or full-width characters, middle initials, reversed, joined or
    underscored, over a line end; their first and last names where they have a capital and belong to no other name.

    A single ordinary English word ("Rose", "Patriot") that is a name is masked only after @ or a greeting, before
    "said" or "wrote", and before a colon or comma at the start of a line; several such words ("Free Speech") also where
    all have capitals. Names of people who are no commenters stay: they are the subject. Not recognised are nicknames
    that no name field has, misspelled names, and what a text says about a person.

    Without pseudonyms names stay, and the rest is masked. Linear in time.
    """
    return mask_scanned(text, pseudonyms, True, None)


def mask_scanned(text: str, pseudonyms: Pseudonyms | None, contacts: bool, hits: set[str] | None) -> str:
    """Mask a text as `mask` does, with the help of its `Scan`."""
    if contacts and (plain := mask_contacts(text)) != text:
        text, hits = plain, None
    if pseudonyms is None or (hits is not None and not hits):
        return text
    if "." in text and pseudonyms.lengths:
        text = _DOTTED.sub(lambda found: _initials(found, pseudonyms), text)
    return "".join(_without_names(text, pseudonyms, hits))


def _initials(found: re.Match[str], pseudonyms: Pseudonyms) -> str:
    pair = (found[1] + found[2]).lower()
    keys = pseudonyms.initials.get(pair, set())
    if not keys or pair in _ABBREVIATIONS:
        return found[0]
    return pseudonyms.named(next(iter(keys)) if len(keys) == 1 else "")


def _without_names(text: str, pseudonyms: Pseudonyms, hits: Iterable[str] | None) -> Iterator[str]:
    """Yield the pieces of a text, with the pseudonym wherever there was a name."""
    if has_other_letters(text):
        spans = [found.span() for found in WORD.finditer(text)]
        words = tuple(folded(text[start:end]) for start, end in spans)
    else:
        lower = text.lower()
        windows = [(0, len(text))] if hits is None else _windows(lower, hits, pseudonyms.reach)
        spans = [found.span() for start, end in windows for found in PLAIN_WORD.finditer(lower, start, end)]
        words = tuple(lower[start:end] for start, end in spans)
    mentions = {found.end() for found in _MENTION.finditer(text)} if "@" in text or "＠" in text else set()
    names = pseudonyms.lengths
    places = [at for at, word in enumerate(words) if word in names]
    if mentions:
        places = sorted({*places, *(at for at, (start, _) in enumerate(spans) if start in mentions)})
    done = 0
    for at in places:
        start = spans[at][0]
        if start < done:
            continue
        mention = start in mentions
        end, stand_in, how = _name_at(text, at, spans, words, pseudonyms, mention)
        if mention:
            handle = _HANDLE.match(text, start)
            reach = handle.end() if handle else 0
            if how in ("", "first", "last"):  # a whole name may go on: "@Mira Kowal", where only another Mira is known
                reach = _unknown_name(text, start, max(reach, end), pseudonyms)
            if reach > end:  # a name that nobody here has, even if it begins like one
                end, stand_in = (0, "") if words[at][:1].isdecimal() else (reach, SOMEONE)
        if end:
            yield text[done:start] + stand_in
            done = end
    yield text[done:]


def _windows(text: str, hits: Iterable[str], reach: int) -> list[tuple[int, int]]:
    """Return the parts of a text that are within reach of certain words."""
    places = []
    for hit in hits:
        at = text.find(hit)
        while at >= 0:
            places.append(at)
            at = text.find(hit, at + 1)
    windows: list[tuple[int, int]] = []
    for at in sorted(places):
        start, end = max(0, at - reach), min(len(text), at + reach)
        start = max(start, text.find(" ", start, at)) if start else 0  # no word is cut
        end = max(text.rfind(" ", at, end), at + 1) if end < len(text) else end
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    return windows


def _unknown_name(text: str, start: int, end: int, pseudonyms: Pseudonyms) -> int:
    """Return where a name after @ ends: capitalised words that follow belong to it, unless they open a sentence."""
    if not text[start].isupper() or not text[start:end].isalpha():
        return end
    for _ in range(MOST_PARTS - 1):
        found = _NEXT_PART.match(text, end)
        if not found or not found[1][0].isupper() or (found[1].isupper() and len(found[1]) > 1):
            break
        word = folded(re.split("['’]", found[1])[0])
        if word in _OPENERS or word in _common() or pseudonyms.in_subject([word]):
            break
        end = found.end() - (2 if found[1][-2:] in ("'s", "’s") else 0)
    return end


def _common() -> frozenset[str]:
    from ..lexicons.languages import COMMON

    return COMMON


def _name_at(
    text: str, at: int, spans: list[tuple[int, int]], words: Words, pseudonyms: Pseudonyms, mention: bool
) -> tuple[int, str, How | str]:
    """Return where the longest name that begins with a word ends, its pseudonym and its form; 0 where there is none."""
    for many in pseudonyms.lengths.get(words[at], ()):
        phrase, last = words[at : at + many], at + many - 1
        # A middle initial in the text that the name has not: "Zebulon M. Quagmire".
        for skip in (0, 1) if many > 1 and at + many < len(words) and len(words[at + 1]) == 1 else (0,):
            name = (words[at], *words[at + 2 : at + many + 1]) if skip else phrase
            found = pseudonyms.find(name) if len(name) == many else None
            if not found:
                continue
            key, how = found
            gap = _REVERSED_GAP if how == "reversed" else _GAP
            if not all(gap.fullmatch(text, spans[i][1], spans[i + 1][0]) for i in range(at, last + skip)):
                continue
            if skip and how != "whole":
                continue
            if mention or _is_name(text, at, last + skip, spans, words, name, pseudonyms, how):
                end = spans[last + skip][1]
                if how == "initial" and len(name[-1]) == 1 and text[end : end + 1] == ".":
                    end += text[end + 1 : end + 3].strip()[:1].islower()  # the point of "Mira K." inside a sentence
                return end, pseudonyms.named(key), how
    return 0, "", ""


def _is_name(
    text: str, first: int, last: int, spans: list[tuple[int, int]], words: Words, name: Words,
    pseudonyms: Pseudonyms, how: How,
) -> bool:  # fmt: skip
    """Return whether words that could be a name are one, where no @ shows it."""
    start, end = spans[first][0], spans[last][1]
    before = words[first - 1] if first else ""
    letters = sum(map(len, name))
    caseless = text[start].lower() == text[start].upper() and text[start].isalpha()
    if letters < SHORTEST_NAME or all(map(str.isdecimal, name)):
        return False
    capital = caseless or text[start].isupper()
    ordinary = pseudonyms.ordinary(name)
    if letters == SHORTEST_NAME and not caseless:  # "Jo", but not "jo" and "JO"
        capital = text[start:end].istitle()
        ordinary = ordinary or name[0] in _OPENERS or name[0] in _ABBREVIATIONS
        if how in ("whole", "reversed") and not capital:
            return False
    if how == "joined":
        return not ordinary and letters > SHORTEST_JOINED and name[0] not in _spoken()
    if how == "initial":
        long = first if len(words[first]) > 1 else last
        dotted = "." in text[spans[first][1] : end + 1]
        goes_on = len(name[-1]) == 1 and text[end : end + 1] in ("'", "’", "-")
        return (
            capital
            and not goes_on
            and text[spans[last][0]].isupper()
            and (dotted or not pseudonyms.ordinary([words[long]]))
        )
    if how == "last":
        if before in _TITLE:
            return True
        return capital and not ordinary and not _another(text, first - 1, spans, words, pseudonyms, start)
    if how == "first" and not capital:
        return False
    if ordinary:
        return _ordinary_name(text, first, last, spans, before, name, pseudonyms, how)
    return not (how == "first" and last + 1 < len(spans) and _another(text, last + 1, spans, words, pseudonyms, end))


def _another(text: str, at: int, spans: list[tuple[int, int]], words: Words, pseudonyms: Pseudonyms, edge: int) -> bool:
    """Return whether the word beside a first or last name makes it somebody else's: "Joe Biden", "Vladimir Putin"."""
    if at < 0:
        return False
    start, end = spans[at]
    between = text[end:edge] if end <= edge else text[edge:start]
    return text[start].isupper() and between.isspace() and "\n" not in between and not pseudonyms.ordinary([words[at]])


def _ordinary_name(
    text: str, first: int, last: int, spans: list[tuple[int, int]], before: str, name: Words,
    pseudonyms: Pseudonyms, how: How,
) -> bool:  # fmt: skip
    """Return whether ordinary words such as "Rose" or "Free Speech" are a name where they are."""
    start, end = spans[first][0], spans[last][1]
    if "_" in text[start:end]:
        return True
    line = text.rfind("\n", max(0, start - 4), start)  # a line may begin with a mark or two
    opens = (line >= 0 or start < 4) and not text[line + 1 : start].strip(' >*_"“')
    mark = after[0][-1] if (after := _AFTER.match(text, end)) else ""
    addressed = before in _GREETING or (opens and (mark == ":" or (mark == "," and how == "whole")))
    if text[start].isupper() and (addressed or mark.isalpha()):
        return True
    capitals = all(text[spans[at][0]].isupper() for at in range(first, last + 1))
    if first < last:
        return capitals and not pseudonyms.in_subject(name)
    inside = not _SENTENCE_START.search(text[max(0, start - 6) : start]) and not text[start:end].isupper()
    return capitals and inside and how == "first" and name[0] in _GIVEN and not pseudonyms.in_subject(name)


def _spoken() -> dict[str, int]:
    from ..lexicons.dictionaries import dictionary

    return dictionary()
