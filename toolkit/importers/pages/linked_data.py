"""A page's JSON-LD: its objects, and the comments among them."""

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from ..._limits import MOST_LINKED_DATA
from ..html_to_text import plain_text
from ..import_log import RawComment
from .page_markup import refuse_larger


def linked_data(tree: HtmlElement) -> list[dict[str, Any]]:
    """Return all objects of the page's JSON-LD in order, skipping invalid parts; ValueError if there are too many."""
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
            refuse_larger(walked, MOST_LINKED_DATA, "objects and lists of JSON-LD")
            if isinstance(value, dict):
                found.append(value)
                value = list(value.values())
            waiting += reversed(value) if isinstance(value, list) else ()
    return found


def name_in(value: object) -> str:
    """Return a name from JSON-LD: a text, an object with a name, or a list of these."""
    if isinstance(value, list):
        return ", ".join(filter(None, (name_in(each) for each in value[:20] if not isinstance(each, list))))
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else ""


def linked_comments(linked: list[dict[str, Any]]) -> Iterator[RawComment]:
    """Return the comments in JSON-LD; a nested one replies to the comment that contains it."""
    objects = [each for each in linked if each.get("@type") in ("Comment", ["Comment"])]
    inner = ((each, each.get("comment")) for each in objects)
    parents = {id(reply): each for each, held in inner for reply in (held if isinstance(held, list) else [held])}
    ids = {id(each): _identity(each) or f"c{row:04d}" for row, each in enumerate(objects, 1)}
    for row, each in enumerate(objects, 1):
        parent = each.get("parentItem") or parents.get(id(each))
        posted = each.get("dateCreated") or each.get("datePublished")
        yield RawComment(
            row,
            plain_text(_string(each.get("text"))),
            comment_id=ids[id(each)],
            reply_to=ids.get(id(parent)) or _identity(parent)
            if isinstance(parent, dict) and parent.get("@type") == "Comment"
            else "",
            author=name_in(each.get("author") or each.get("creator")),
            posted=_string(posted),
            likes=str(each.get("upvoteCount", "")) if isinstance(each.get("upvoteCount"), int | str) else "",
        )


def _identity(item: dict[str, Any]) -> str:
    return next((str(item[key]) for key in ("@id", "identifier", "url") if isinstance(item.get(key), str | int)), "")


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""
