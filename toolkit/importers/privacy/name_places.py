"""Find the places in a text that name a commenter, or somebody after an @."""

import itertools
import re
from collections.abc import Iterable, Iterator, Set
from typing import Final

from ...lexicons.function_words import COMMON
from .contact_masking import MAILBOXES
from .name_forms import PARTICLES, TITLES, WORDS, How, Words, folded
from .name_or_word import is_common, is_name, is_shortened
from .pseudonyms import BEGINS, Pseudonyms
from .tokens import Tokens, tokens_of

Place = tuple[int, int, str]  # start and end of a name, and its key

_MOST_PARTS: Final = 4  # most parts of an unknown name after @, such as "@Maria de Souza"
_MENTION = re.compile(r"[@＠](?<![^\W_].)")
_HANDLE = re.compile(r"\w+(?:(?:[.-]|['’](?![sS]\b))\w++)*")
_GAP = re.compile(r"(?:[^\w\n\0,;:!?]|[_ʹʻ-ʽˈ]){0,3}(?:\n[\s>*_]{0,6})?")
_REVERSED_GAP = re.compile(r",?\s?|[_.'’-]")
_NEXT_PART = re.compile(
    rf"[ \u00a0](?:(?:{'|'.join(sorted(PARTICLES))})[ \u00a0]){{0,2}}"
    r"((?:بن[ \u00a0]|ال)\w+|[^\W\d_\u0590-\u1dff\u2e80-\uffff][\w'’-]*)"
)
_LONG_NUMBER = re.compile(r"\d{7}")  # part of a telephone number
_TAG = re.compile(r"#\d{1,5}(?!\w)")  # the end of a Discord name
_INSIDE = re.compile(r"[,;:)]|\s{0,2}[^\W\dA-Z]")


def names_of(text: str, pseudonyms: Pseudonyms) -> Iterator[Place]:
    """Yield the places where a text names somebody."""
    tokens, roles = tokens_of(text, pseudonyms), pseudonyms.roles
    after = {found.end() for found in _MENTION.finditer(text)} if "@" in text or "＠" in text else set()
    mentions = {at for at, start in enumerate(tokens.starts) if start in after} if after else set()
    places = [at for at, word in enumerate(tokens.words) if roles.get(word, 0) >= BEGINS or at in mentions]
    return names_in(tokens, places, mentions, pseudonyms)


def names_in(tokens: Tokens, places: Iterable[int], mentions: Set[int], pseudonyms: Pseudonyms) -> Iterator[Place]:
    """Yield the names that begin at some of a text's words; `mentions` are the words after an @."""
    text, done = tokens.text, 0
    pseudonyms.searched += len(text)
    for at in places:
        if (start := tokens.starts[at]) < done:
            continue
        end, key, how = _name_at(tokens, at, pseudonyms, at in mentions)
        if at in mentions:
            reach = handle.end() if (handle := _HANDLE.match(text, start)) else 0
            if how in ("", "first", "last"):  # part of a longer name: "@Mira Kowal", if another Mira is known
                reach = _unknown_name(text, start, max(reach, end), pseudonyms)
            if reach > end:  # an unknown name, even if it begins like a known one
                hour = tokens.words[at][:1].isdecimal() and not _LONG_NUMBER.match(text, start)  # "@ 5pm"
                nobody = hour or tokens.words[at] in MAILBOXES or text[start:reach] in WORDS["after_at"]
                end, key = 0 if nobody else reach, ""
        alone = how != "last" or tokens.starts[at - 1] < done or tokens.between(at - 1) != " "
        before = "" if alone else tokens.before(at)
        if before not in COMMON and is_shortened(before, (tokens.words[at],), pseudonyms):
            start = tokens.starts[at - 1]
        if end:
            end = tag.end() if text[end : end + 1] == "#" and (tag := _TAG.match(text, end)) else end
            yield start, end, key
            done = end


def _unknown_name(text: str, start: int, end: int, pseudonyms: Pseudonyms) -> int:
    """Return where an unknown name after @ ends: capitalised words belong to it unless they open a sentence."""
    first = text[start:end]
    small = first.lower() == first != first.upper() and first not in PARTICLES
    if small or not all(map(str.isalpha, re.split("['’-]", first))):
        return end
    end += text[end : end + 1] == "." and folded(text[start:end]) in TITLES
    for _ in range(_MOST_PARTS - 1):
        found = _NEXT_PART.match(text, end)
        if not found or found[1][0].islower() or (found[1].isupper() and len(found[1]) > 1):
            break
        word = folded(re.split("['’]", found[1])[0])
        if word in WORDS["openers"] or word in COMMON or pseudonyms.in_subject([word]):
            break
        end = found.end() - (2 if found[1][-2:] in ("'s", "’s") else 0)
    return end


def _name_at(tokens: Tokens, at: int, pseudonyms: Pseudonyms, mention: bool) -> tuple[int, str, How | str]:
    """Return the end, key and form of the longest name that begins at a word; an end of 0 if there is none."""
    text, lengths = tokens.text, pseudonyms.lengths(tokens.words[at])
    ahead = tuple(tokens.words[at : at + lengths[0] + 1]) if lengths else ()
    for many in lengths:
        for skip in itertools.chain((0,), _left_out(tokens, at, ahead, many, pseudonyms)):
            name = ahead[:skip] + ahead[skip + 1 : many + 1] if skip else ahead[:many]
            found = pseudonyms.find(name)
            if not found or len(name) < many:
                continue
            key, how = found
            last = at + many - 1 + bool(skip)
            gap = (_REVERSED_GAP if how == "reversed" else _GAP).fullmatch
            two = how == "reversed" and "," in tokens.between(last - 1) and _begins_name(tokens, last, pseudonyms)
            gaps = tokens.ends[at:last], tokens.starts[at + 1 : last + 1]
            together = all(map(gap, itertools.repeat(text), *gaps))
            if two or not together or (skip and how != "whole"):
                continue
            if mention or is_name(tokens, at, last, name, pseudonyms, how):
                end = tokens.ends[last]
                end += "(" in text[tokens.starts[at] : end] and text[end : end + 1] == ")"  # "Jo (Work)"
                if how == "initial" and len(name[-1]) == 1 and text[end : end + 1] == ".":
                    end += _INSIDE.match(text, end + 1) is not None  # the full stop of "Mira K." in mid-sentence
                return end, key, how
            pseudonyms.doubt()
    return 0, "", ""


def _left_out(tokens: Tokens, at: int, ahead: Words, many: int, pseudonyms: Pseudonyms) -> Iterator[int]:
    """Yield the positions of middle initials, or of a middle name, that the known name may lack."""
    initials = [  # "Zebulon M. Quagmire"; of equal ones in a row, it does not matter which
        n for n, word in enumerate(ahead[1:many], 1) if len(word) == 1 and (n == 1 or word != ahead[n - 1])
    ]
    if many == 2 and not initials and len(ahead) > 2 and tokens.is_capital(at + 1) and tokens.between(at) == " ":
        plain = pseudonyms.ordinary(ahead[1:2]) or all(map(is_common, ahead[:3:2]))  # "New York Times"
        initials = [1] * (not plain)  # "Zebulon Max Quagmire"
    yield from initials


def _begins_name(tokens: Tokens, at: int, pseudonyms: Pseudonyms) -> bool:
    """Return whether a name of several words begins at a word: "Quagmire, Zebulon Quagmire" is two names."""
    ends = (at + many for many in pseudonyms.lengths(tokens.words[at]) if 1 < many <= len(tokens.words) - at)
    return any(
        pseudonyms.find(tuple(tokens.words[at:end]))
        and all(_GAP.fullmatch(tokens.between(each)) for each in range(at, end - 1))
        for end in ends
    )
