"""Blank out markup without changing offsets: links, BBCode, footnote marks, spoilers, attributes."""

import itertools
import re
import string

import numpy as np

from ..lexicons.characters import Characters, merged, places_of_string, replaced_at
from ..lexicons.code_points import are_in, codes_of, places_of

SUPERSCRIPT = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"  # for a character class
_RAISED = frozenset("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079")
_BBCODE = (
    r"b|i|u|s|url|img|quote|code|size|color|font|list|spoiler|center|left|right|table|tr|td|th|li|ul|ol|email|youtube"
)
_ADDRESS = re.compile(r"https?://|www\.")
# Patterns begin with a plain character where possible, since such a search is fast.
_DEFINITION = re.compile(r"(?m)^[ ]{0,3}\[(?!\^)[^\[\]\n]{1,100}\]:[ ]{1,9}<?([^\s<>]{1,2000})>?[^\n]{0,200}$")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})(\]\(([^()\s]{1,2000})\)|\]\[[^\[\]\n]{0,100}\]|\] \[\d{1,3}\])")
_TAG = re.compile(
    rf"\[(?:/(?:{_BBCODE})\]|(?:\*|(?<!\w\[)(?:{_BBCODE}))(?:(?:(?<=quote)\s\w{{1,20}})?=([^\[\]\n]{{0,500}}))?\])"
    r"(?!\((?:https?:|www\.|mailto:|[/#.]))",  # [left](https://example.org)
    re.IGNORECASE,
)
_QUOTE_TAG = re.compile(r"\[(?:quote(?:(?:\s\w{1,20})?=[^\[\]\n]{0,200})?|(/)quote)\]", re.IGNORECASE)
_SPOILER = re.compile(r">(?<!\S>)!(?=\S)|!(?<=\S!)<(?![\w<])")
_CITATION = re.compile(r"\[\d{1,3}\](?:\[\d{1,3}\])*|\[\^[^\[\]\s]{1,40}\]:?")  # word.[1][2] [^1]
_ATTRIBUTES = re.compile(r"\{[#.][\w.#= \"':-]{1,80}\}")  # Pandoc: {#anchor .class}
_FOOTNOTE_OF_PAGE = re.compile(
    rf"[{SUPERSCRIPT}](?:(?<=[^\W\d_]{{3}}.)|(?<=[.,;:!?\"')\]].))[{SUPERSCRIPT}]{{0,3}}"  # word.\u00b9
    r"|\d(?:(?<=[a-z]{2}[.!?]\d)|(?<=[.!?][\"')]\d)|(?<=[)\"'][.!?]\d))"  # so.1 We
    r"\d{0,2}(?=\s{1,3}[\"'(]?[A-Z]|\s{0,3}$)"
    r"|\d(?<=[a-z]{3},\d)\d?(?= [a-z])",  # war,3 the
    re.MULTILINE,
)


def without_marks(content: str, seen: Characters) -> tuple[str, list[tuple[int, int]]]:
    """Return texts with marks replaced by spaces, and the bounds of addresses in the marks.

    The marks of blocks are blanked out already in the content of the characters as seen.
    """
    links: list[tuple[int, int]] = []

    def blank_tag(match: re.Match[str]) -> str:
        links.extend([match.span(1)] if _ADDRESS.match(match[1] or "") else [])
        return _blank(match)

    def text_of_link(match: re.Match[str]) -> str:
        """Return the text of a link with spaces for the rest; numbers of footnotes, not being words, are blanked."""
        links.extend([match.span(3)] if match[3] else [])
        is_footnote = match[1].isdecimal() and int(match[1]) < 1000
        return _blank(match) if is_footnote else f" {match[1]}{' ' * len(match[2])}"

    if "[" in content:
        content = content.replace("![", " [")
        if "]:" in content:
            links += [match.span(1) for match in _DEFINITION.finditer(content)]
            content = _DEFINITION.sub(_blank, content)
        brackets = [*places_of_string("[", content)]  # blanking moves none
        for pattern, replacement in ((_TAG, blank_tag), (_LINK, text_of_link), (_CITATION, _blank)):
            content = replaced_at(content, brackets, pattern, replacement)
    if ">!" in content and "!<" in content:
        texts = [content[start:end] for start, end in itertools.pairwise(seen.bounds.tolist())]
        content = "".join([_SPOILER.sub(_blank, text) if ">!" in text and "!<" in text else text for text in texts])
    if "{" in content:
        content = _ATTRIBUTES.sub(_blank, content)
    codes = seen.codes if content == seen.text else codes_of(content + "\n")
    return _without_footnotes(content, codes), sorted(links)


def _without_footnotes(text: str, codes: np.ndarray) -> str:
    digits = places_of(codes, string.digits)
    places = digits[are_in(codes[digits - 1], ".!?,\"')")]
    if not text.isascii():
        raised = np.flatnonzero((codes >= ord("\u00b2")) & (codes <= ord("\u2079")))
        places = merged(places, raised[are_in(codes[raised], _RAISED)])
    return replaced_at(text, places.tolist(), _FOOTNOTE_OF_PAGE, _blank)


def quoted_at(seen: Characters) -> list[tuple[int, int]]:
    """Find the outermost quotations in BBCode, with their tags, in many texts."""
    found: list[tuple[int, int]] = []
    opened: list[re.Match[str]] = []
    tags = list(_QUOTE_TAG.finditer(seen.text)) if "[/" in seen.text else []
    owners = seen.owners(np.array([tag.start() for tag in tags], np.intp)).tolist()
    for at, tag in enumerate(tags):
        if at and owners[at] != owners[at - 1]:
            opened = []
        if not tag[1]:
            opened.append(tag)
        elif opened:
            start = opened.pop().start()
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, tag.end()))
    return found


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
