"""Names and times beside the text of a comment, and the lines and elements that show them."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

from ..dates import says_when
from ..documents.markdown_writer import Piece, one_line
from .page_cleaning import PERSON, TALK
from .page_labels import labels

LONGEST_NAME: Final = 60  # characters of a name or a date
ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?Z?")
YEAR = re.compile(r"(?:19|20)\d\d")
SAYS = re.compile(
    r"\s{0,9}\b(?:(?:says|said|writes|wrote|schrieb|sagt|dijo|a dit)(?: (?:on|am|le|el))?)?\s?(?::|\.{3}|…)?$"
)
BY = re.compile(
    r"(?:posted |comment(?:ed)? )?by:? (.{1,60}?)\s?(?:\||\bon\b|\bat\b|,|[»—–-])\s?([^\[]*)", re.IGNORECASE
)
says_day: Final = functools.lru_cache(4_096)(says_when)  # cached: short lines are checked several times


def name_shown(element: HtmlElement | None) -> str:
    """Return the name in an element: a part marked as one, the first text beside a date or lines, or all of it."""
    if element is None:
        return ""
    marked = next((each for each in element.iter() if each.get("itemprop") in ("name", "givenName")), element)
    lettered = [text for text in marked.itertext() if not text.strip() or any(map(str.isalpha, text))]
    pages = (each for each in marked.iter("a") if PERSON.search((each.get("href") or "")[:500]))
    linked = (one_line("".join(each.itertext())) for each in pages if not marked.get("content"))
    if whole := next((text for text in linked if any(map(str.isalpha, text))), ""):
        return whole  # no badges beside it
    words = one_line(marked.get("content") or "".join(lettered)) or words_shown(marked)  # drops points and the like
    inner = () if marked.get("content") else marked.iter("time", "br", "dd", "h3", "h4", "li")
    more = YEAR.search(words) or any(True for _ in inner)
    return one_line(next((each.text for each in names_in(marked) if each.text), "")) if more else words


def names_in(element: HtmlElement, *, linked: bool = False) -> Iterator[HtmlElement]:
    """Yield the elements of possible names: links to profiles, and other short texts unless names must be `linked`."""
    links = (each for each in element.iter("a") if PERSON.search((each.get("href") or "")[:500]))
    for each in itertools.chain(*(link.iter() for link in links), () if linked else element.iter()):
        text = one_line(each.text or "")
        if 0 < len(text) <= LONGEST_NAME and may_be_name(text):
            yield each


@functools.lru_cache(4_096)
def may_be_name(text: str) -> bool:
    """Return whether a short text has letters and is not a date, a page label, "3 comments" or the like."""
    lettered = any(map(str.isalpha, text)) and not TALK.fullmatch(text)
    return lettered and not says_day(text) and not labels([Piece("paragraph", text)])[0]


def moment_of(element: HtmlElement | None) -> str:
    """Return the time of an element: from its attribute, its title if it shows "2 hours ago", or its words."""
    if element is None:
        return ""
    titles = (each.get("title") or "" for each in itertools.islice(element.iter(), 9))
    title = next(filter(YEAR.search, titles), "")
    found = ISO.match(title)
    written = element.get("datetime") or element.get("content") or element.get("data-time")
    return written or (found[0] if found else title) or words_shown(element)


def words_shown(element: HtmlElement | None) -> str:
    """Return the words of an element, or its alternative text, on one line."""
    return "" if element is None else one_line(element.get("content") or "".join(element.itertext()))


def beginning(element: HtmlElement) -> str:
    """Return the first texts in an element, enough to recognise its kind."""
    return "".join(itertools.islice(element.itertext(), 20))


def is_footer(element: HtmlElement) -> bool:
    """Return whether an element has only a date and button labels."""
    lines = [*map(one_line, itertools.islice(element.itertext(), 9))]
    short = sum(map(len, lines)) <= LONGEST_NAME
    return short and any(map(says_day, lines)) and not any(map(may_be_name, lines))
