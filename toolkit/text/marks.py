"""Markup that is no text: links, BBCode, footnote marks, spoilers, attributes, blanked so that every offset stays."""

from __future__ import annotations

import re

_SUPERSCRIPT = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"
_BBCODE = (
    r"b|i|u|s|url|img|quote|code|size|color|font|list|spoiler|center|left|right|table|tr|td|th|li|ul|ol|email|youtube"
)
_SIGN = re.compile(rf"[\[{_SUPERSCRIPT}]|\{{[#.]|>!|[a-z)][.!?][\"')]?\d|[.!?][\"')]\d")
"""One of these is in every text with marks of the kinds below."""
_DEFINITION = re.compile(r"(?m)^[ ]{0,3}\[(?!\^)[^\[\]\n]{1,100}\]:[ ]{1,9}<?([^\s<>]{1,2000})>?[^\n]{0,200}$")
_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,500})(\]\(([^()\s]{1,2000})\)|\]\[[^\[\]\n]{0,100}\])")
_TAG = re.compile(rf"(?<!\w)\[(?:{_BBCODE}|\*)(?:=([^\[\]\n]{{0,500}}))?\]|\[/(?:{_BBCODE})\]", re.IGNORECASE)
_QUOTED = re.compile(r"\[quote(?:=[^\[\]\n]{0,200})?\](.{0,20000}?)\[/quote\]", re.IGNORECASE | re.DOTALL)
_SPOILER = re.compile(r"(?<!\S)>!(?=\S[^\n]{0,5000}!<)|(?<=\S)!<(?![\w<])")
_CITATION = re.compile(r"(?<=[\w.,;:!?\"')])(?:\[\d{1,3}\])+")  # word.[1][2]
_OTHERS = re.compile(
    r"\[\^[^\[\]\s]{1,40}\]:?"  # footnote: [^1]
    r"|\{[#.][\w.#= \"':-]{1,80}\}"  # Pandoc's attributes: {#anchor .class}
    rf"|(?:(?<=[^\W\d_]{{3}})|(?<=[.,;:!?\"')\]]))[{_SUPERSCRIPT}]{{1,4}}"  # footnote of a page: word.\u00b9
    r"|(?:(?<=[a-z]{2}[.!?])|(?<=[.!?][\"')])|(?<=\)[.!?]))\d{1,3}(?=\s{1,3}[\"'(]?[A-Z]|\s{0,3}$)",  # word.1 Next
    re.MULTILINE,
)


def has_marks(text: str) -> bool:
    """Whether a text may have marks to blank out."""
    return _SIGN.search(text) is not None


def without_marks(content: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text with marks blanked out, and where the addresses among the marks are."""
    if not has_marks(content):
        return content, []
    links: list[tuple[int, int]] = []
    if "[" in content:
        content = _CITATION.sub(_blank, content)
        for pattern, group in ((_DEFINITION, 1), (_TAG, 1), (_LINK, 4)):
            found = [match.span(group) for match in pattern.finditer(content) if match[group]]
            links += [span for span in found if pattern is not _TAG or _is_address(content[slice(*span)])]
            content = pattern.sub(_kept_text if pattern is _LINK else _blank, content)
    if ">!" in content:
        content = _SPOILER.sub(_blank, content)
    return _OTHERS.sub(_blank, content), sorted(links)


def quoted_at(text: str) -> list[tuple[int, int]]:
    """Find what stands between the tags of a quotation in BBCode."""
    return [match.span(1) for match in _QUOTED.finditer(text)] if "[/" in text else []


def _is_address(value: str) -> bool:
    return "://" in value or value.startswith("www.")


def _kept_text(match: re.Match[str]) -> str:
    return " " * len(match[1]) + match[2] + " " * len(match[3])


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
