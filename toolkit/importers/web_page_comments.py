"""Comments in a saved page: lists of WordPress and Substack, schema.org's Comment, JSON-LD."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from typing import Any, Final

import lxml.etree
from lxml.html import HtmlElement

from .._limits import MOST_LINKED_DATA
from .html_to_text import plain_text
from .import_log import RawComment
from .markdown_writer import one_line
from .page_markup import drop

_SECTIONS: Final = frozenset(
    "comments comments-area comments-page comment-list commentlist comment-respond respond".split()
)
_CLASSES: Final = {
    part: frozenset(names.split())
    for part, names in {
        "text": "comment-body comment-content comment-text comment__body comment__text usertext-body commtext "
        "wp-block-comment-content",
        "author": "fn user commenter-name comment-author comment__author comment-user author hnuser "
        "wp-block-comment-author-name",
        "posted": "comment-date comment-timestamp comment-time comment-metadata datetime age",
        "likes": "like-count comment-likes comment-like-count vote-count",
    }.items()
}
_PROPERTIES: Final = {
    "text": "text", "commentText": "text", "author": "author", "creator": "author", "dateCreated": "posted",
    "datePublished": "posted", "upvoteCount": "likes",
}  # fmt: skip
_FLAT: Final = "comtr"  # a row of a table of comments, in which an answer is a row that is indented further
_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?")
_ID = re.compile(r"(?:(?:li-)?comment-|c)([0-9]{1,20})")
_SAYS = re.compile(r"\s{0,9}\b(?:says|said|writes|wrote)?:?$")


class _Found:
    """A comment's element, the comment that it answers, and the elements that hold its parts."""

    def __init__(self, element: HtmlElement, parent: _Found | None) -> None:
        self.element, self.parent = element, parent
        self.comment_id = element.get("data-comment-id") or (element.get("data-fullname") or "").removeprefix("t1_")
        if _FLAT in (element.get("class") or "").split():
            self.comment_id = element.get("id") or ""
        self.parts: dict[str, HtmlElement] = {}

    def note(self, element: HtmlElement) -> None:
        """Remember an element by its part; of two, the one inside the other says it more exactly."""
        classes = frozenset((element.get("class") or "").split())
        part = _PROPERTIES.get(element.get("itemprop") or "", "")
        part = part or next((key for key, known in _CLASSES.items() if known & classes), "")
        if element.tag == "time" and element.get("datetime"):
            part = "posted"
        if (label := element.get("aria-label") or "").startswith("Comment by "):
            part = "author"
            element.set("content", label.removeprefix("Comment by "))
        before = self.parts.get(part)
        if part and (before is None or any(each is before for each in itertools.islice(element.iterancestors(), 8))):
            self.parts[part] = element
        if not self.comment_id and (named := _ID.fullmatch(element.get("id") or "")):
            self.comment_id = named[1]


def take_comments(tree: HtmlElement, linked: list[dict[str, Any]]) -> list[RawComment]:
    """Find the comments of a page and cut them, and the form for a new one, out of the tree.

    `row` counts the comments from 1, in the order of the page. A reply names the comment that it is nested in.
    `linked`, the objects of the page's JSON-LD, is asked where the page itself shows none.
    """
    found = list(enumerate(_comment_elements(tree), 1))
    comments: list[RawComment] = []

    def read() -> Iterator[HtmlElement]:
        for row, each in reversed(found):  # from the last: each is cut out when read
            comments.append(_read(row, each))
            yield each.element

    drop(tree, read())
    kept = [each for each in reversed(comments) if each.text]
    if kept:
        drop(tree, [each for each in tree.iter() if _is_section(each)])
    return kept or [each for each in _linked_comments(linked) if each.text]


def linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """All objects of the page's JSON-LD, in order; what cannot be read is skipped; too many raise ValueError."""
    found: list[dict[str, Any]] = []
    walked = 0
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            waiting = [json.loads(script.text or "null")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            walked += isinstance(value, dict | list)
            if walked > MOST_LINKED_DATA:
                raise ValueError(
                    f"The page has more than {MOST_LINKED_DATA:,} objects and lists of JSON-LD, which is the limit. "
                    "Save the page again, or give the article alone as text, with format='plain text'."
                )
            if isinstance(value, dict):
                found.append(value)
            inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
            waiting += reversed(inner)
    return found


def name_in(value: object) -> str:
    """The name in JSON-LD: text, an object with a name, or a list of them."""
    if isinstance(value, list):
        return ", ".join(filter(None, (name_in(each) for each in value[:20] if not isinstance(each, list))))
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def _is_comment(element: HtmlElement) -> bool:
    classes = (element.get("class") or "").split()
    kind = element.get("itemtype") or ""
    return (
        "comment" in classes
        or _FLAT in classes
        or (element.get("aria-label") or "").startswith("Comment by ")
        or kind.rstrip("/").endswith(("schema.org/Comment", "schema.org/UserComments"))
    )


def _indent(element: HtmlElement) -> int:
    """How far a comment is indented in a flat table; -1 where comments are nested."""
    if _FLAT not in (element.get("class") or "").split():
        return -1
    written = next((each.get("indent") or "" for each in element.iter("td") if each.get("indent")), "")
    return int(written) if written.isdecimal() and written.isascii() and len(written) < 4 else 0


def _is_section(element: HtmlElement) -> bool:
    if element.tag in ("html", "body", "article", "main") or not isinstance(element.tag, str):
        return False
    return not _SECTIONS.isdisjoint([*(element.get("class") or "").split(), element.get("id") or ""])


def _comment_elements(tree: HtmlElement) -> list[_Found]:
    found: list[_Found] = []
    inside: list[_Found] = []
    indented: list[tuple[int, _Found]] = []
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            if inside and inside[-1].element is element:
                inside.pop()
            continue
        if inside and _FLAT in (inside[-1].element.get("class") or "").split():
            inside[-1].note(element)
        elif _is_comment(element):
            depth = _indent(element)
            while indented and (depth < 0 or indented[-1][0] >= depth):
                indented.pop()
            inside.append(_Found(element, inside[-1] if inside else indented[-1][1] if indented else None))
            found.append(inside[-1])
            indented += [(depth, inside[-1])] * (depth >= 0)
            inside[-1].note(element)
        elif inside:
            inside[-1].note(element)
    return [each for each in found if "text" in each.parts]


def _read(row: int, found: _Found) -> RawComment:
    parts = found.parts
    text = plain_text(lxml.etree.tostring(parts["text"], method="html", encoding="unicode", with_tail=False))
    posted = parts.get("posted")
    return RawComment(
        row,
        text,
        comment_id=found.comment_id,
        reply_to=found.parent.comment_id if found.parent else "",
        author=_SAYS.sub("", _words(parts.get("author"))),
        posted=_moment(posted),
        likes="".join(re.findall(r"[0-9]+", _words(parts.get("likes")))),
    )


def _moment(element: HtmlElement | None) -> str:
    """The time of an element: its attribute, the moment in the title of one that shows "2 hours ago", or its words."""
    if element is None:
        return ""
    found = _ISO.match(element.get("title") or "")
    return element.get("datetime") or element.get("content") or (found[0] if found else "") or _words(element)


def _words(element: HtmlElement | None) -> str:
    return "" if element is None else one_line(element.get("content") or "".join(element.itertext()))


def _linked_comments(linked: list[dict[str, Any]]) -> Iterator[RawComment]:
    """Comments in JSON-LD, with the comment that holds them as the one they answer."""
    objects = [each for each in linked if each.get("@type") in ("Comment", ["Comment"])]
    inner = ((each, each.get("comment")) for each in objects)
    parents = {id(reply): each for each, held in inner for reply in (held if isinstance(held, list) else [held])}
    for row, each in enumerate(objects, 1):
        parent = each.get("parentItem") or parents.get(id(each))
        posted = each.get("dateCreated") or each.get("datePublished")
        yield RawComment(
            row,
            plain_text(_string(each.get("text"))),
            comment_id=_identity(each),
            reply_to=_identity(parent) if isinstance(parent, dict) and parent.get("@type") == "Comment" else "",
            author=name_in(each.get("author") or each.get("creator")),
            posted=_string(posted),
            likes=str(each.get("upvoteCount", "")) if isinstance(each.get("upvoteCount"), int | str) else "",
        )


def _identity(item: dict[str, Any]) -> str:
    return next((str(item[key]) for key in ("@id", "identifier", "url") if isinstance(item.get(key), str | int)), "")


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
