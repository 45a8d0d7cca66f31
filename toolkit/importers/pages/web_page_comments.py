"""Comments in a saved page: elements named as comments or forum posts, schema.org's Comment, JSON-LD."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, Final

import lxml.etree
from lxml.html import HtmlElement

from ..dates import says_when
from ..documents.markdown_writer import one_line
from ..html_to_text import plain_text
from ..import_log import RawComment
from .bylines import BY, ISO, LONGEST_NAME, SAYS, beginning, is_footer, moment_of, name_shown, names_in, words_shown
from .comment_elements import MOST_SEEN, CommentElement, ancestors, answered, comment_elements, is_control
from .element_names import NAMES, parts_named
from .hidden_elements import is_hidden
from .linked_data import linked_comments
from .page_markup import drop, names_of

SHORTEST_QUOTE: Final = 20  # characters of a line that identifies the comment it is quoted from
LONGEST_NUMBER: Final = 6  # digits of a count of likes or replies below a text
_SECTIONS: Final = frozenset(NAMES["words"]["sections"].split())
_SAID = re.compile(r"\A(?:says|said|writes|wrote|schrieb|sagt|dijo|a dit)?\s?[:.…|·-]+\s*", re.IGNORECASE)
_POSTED_AT = re.compile(r"(?:Posted|Verfasst am|Posté le): ([^:]{6,30}:\d\d(?: [ap]m)?)")
_POSTED = re.compile(
    r"(?i)\A(?:(?:permalink|posted|submitted|commented|says|said|by|on|at|am|le|(?:reply )?#\d+)\b"
    r"|[\s»«|·•,:/–—-])+|\s»\Z"
)
_SINCE = re.compile(r"\b(?:joined|since|registered|edited|mitglied|inscrit|membre)\b", re.IGNORECASE)
_WRITER = re.compile(r"\A(?:posted )?by:? ", re.IGNORECASE)


def take_comments(tree: HtmlElement, linked: list[dict[str, Any]], *, framed: bool = False) -> list[RawComment]:
    """Find the comments of a page and cut them, and the form for a new one, out of the tree.

    `row` counts the comments from 1 in page order. A reply names the comment around it. The first post in a forum
    thread stays as the article, unless the page is a frame in the article's page (`framed`). `linked`, the objects of
    the page's JSON-LD, is used if the page itself shows no comments.
    """
    for group in list(tree.iter("dl")):
        _wrap(group)
    seen: set[HtmlElement] = set()
    for body in [each for each in tree.iter("span") if each.get("class") == "postbody"]:
        _name_row(body, seen)
    found = [each for each in comment_elements(tree) if each.kind and each.instead is None]
    posts = (each for each in found if each.kind == "post")
    posts = (each for each in posts if "post-message" not in (each.parts["text"].get("class") or ""))
    head = next((each for each in tree.iter("article") if next(each.iter("h1"), None) is not None), None)
    known = {each.element for each in found}
    framed |= head is not None and known.isdisjoint((*head.iter(), *head.iterancestors()))  # the article is elsewhere
    others: tuple[str, ...] = ()
    if first := None if framed else next(posts, None):
        text = first.parts["text"]
        others = (_read(0, first, set()).author,)  # the thread's starter is a commenter too
        first.element.clear()
        first.element.tag = "main"  # not part of the comment section that it may be in
        article = first.element.makeelement("article")
        first.element.append(article)
        article.append(text)
        text.tag = "div"  # not a list item or a quotation
        found.remove(first)
        first.kind = ""
    _link(found)
    ids = {each.given["comment_id"] for each in found} - {""}
    comments: list[RawComment] = []

    def read() -> Iterator[HtmlElement]:
        for row, each in reversed(list(enumerate(found, 1))):  # backwards, since reading cuts each out
            comments.append(_read(row, each, ids)._replace(others=others))
            yield each.element

    drop(tree, read())
    kept = [each for each in reversed(comments) if each.text]
    if kept:
        around = set(first.element.iterancestors()) if first else set()
        drop(tree, [each for at in (first.element, *around) for each in at.itersiblings()] if first else ())
        boxes = (each for each in tree.iter("div", "section", "aside", "ol", "ul", "form") if each not in around)
        drop(tree, [each for each in boxes if not _SECTIONS.isdisjoint(names_of(each))])
    kept = kept if any(each.reply_to for each in kept) else _answers_by_quotes(kept)
    signed = any(each.author or each.posted for each in kept)  # otherwise a notice to commenters
    return kept if signed else [each for each in linked_comments(linked) if each.text]


def _link(found: list[CommentElement]) -> None:
    """Find parents by position in the page if nothing else gives them, and number comments without an id."""
    if not any(each.parent for each in found):
        heads: dict[HtmlElement, tuple[HtmlElement, CommentElement]] = {}
        for each in found:
            each.parent = answered(each.element, heads)
            heads.setdefault(each.element.getparent(), (each.element, each))
    answers = {id(each.parent.comment()) for each in found if each.parent}
    for row, each in enumerate(found, 1):
        if id(each) in answers and not each.given["comment_id"]:
            each.given["comment_id"] = f"#{row}"


def _answers_by_quotes(flat: list[RawComment]) -> list[RawComment]:
    """Let a comment that quotes a whole line of one before it answer that one."""
    said: dict[str, str] = {}
    linked = []
    for each in flat:
        each = each._replace(comment_id=each.comment_id or f"#{each.row}")
        lines = each.text.split("\n")
        parent = next((said[line[2:]] for line in lines if line[:2] == "> " and line[2:] in said), "")
        linked.append(each._replace(reply_to=parent))
        own = (line for line in lines if len(line) >= SHORTEST_QUOTE and line[0] != ">")
        said |= dict.fromkeys(own, each.comment_id)
    return linked if any(each.reply_to for each in linked) else flat


def _wrap(group: HtmlElement) -> None:
    """Wrap each comment of a definition list, a <dt> and its <dd> elements, in an element of its own."""
    parts = [parts_named(names_of(each)) for each in group[:9]]
    named = any(("author", 2) in each for each in parts) or all(("comment", 2) in each for each in parts)
    if not named and _SECTIONS.isdisjoint(names_of(group)):
        return
    inside = None
    for each in list(group):
        if each.tag == "dt":
            inside = each.makeelement("div", {"class": "comment", "id": each.get("id") or ""})
            each.addprevious(inside)
        if inside is not None:
            inside.append(each)


def _name_row(body: HtmlElement, seen: set[HtmlElement]) -> None:
    """Name the table row of a phpBB 2 post as a post, with its number and the date, which has no element."""
    for row in itertools.islice(body.iterancestors("tr"), 3):
        if row in seen:
            return
        seen.add(row)
        inner = list(itertools.islice(row.iter("span", "a"), MOST_SEEN))
        if any(each.get("class") == "name" for each in inner):
            written = " ".join("".join(itertools.islice(row.itertext(), MOST_SEEN)).split())
            row.set("class", "post")
            row.set("data-post-id", next((each.get("name") or "" for each in inner if each.get("name")), ""))
            row.set("data-timestamp", found[1] if (found := _POSTED_AT.search(written)) else "")
            return


def _read(row: int, found: CommentElement, ids: set[str]) -> RawComment:
    parts, given = found.parts, found.given
    author = given.get("author") or _WRITER.sub("", SAYS.sub("", name_shown(parts.get("author"))))
    posted = given.get("posted") or moment_of(parts.get("posted", found.byline))
    if not author and (by := BY.match(posted)):
        author, posted = by.groups()
    if not ISO.match(posted):
        posted = _POSTED.sub("", posted.replace(author, "", 1) if author else posted)
    parent = found.parent.comment() if found.parent else None
    named = given.get("reply_to", "")
    likes = given.get("likes") or words_shown(parts.get("likes"))
    text = parts.get("text", found.element)
    inside = {text, *text.iter()}
    if not posted:
        other = inside.union(*(each.iter() for each in found.element.iter("blockquote")))
        days = (each for each in found.element.iter() if each not in other)
        days = (each for each in days if not _SINCE.search(each.getparent().text or ""))
        lines = ((each, _POSTED.sub("", one_line(each.text or "")).rstrip(" (|·")) for each in days)
        lines = ((each, line) for each, line in lines if 0 < len(line) <= LONGEST_NAME and says_when(line))
        posted = next((line if len(each) else moment_of(each) for each, line in lines), "")
    if not author:
        inside = inside.union(*(each.iter() for each in found.element.iter() if is_control(each)))  # such as avatars
        beside = (each for each in names_in(found.element, linked=not posted) if each not in inside)
        author = next((one_line(each.text or "") for each in beside), "")
    extra = [*parts.values()]
    hidden = [each for each in text.iter() if is_hidden(each) and any(map(str.isalnum, beginning(each)))]
    written = "".join(text.itertext()).strip() if hidden else ""
    extra += (each for each in hidden if "".join(each.itertext()).strip() != written)  # the whole comment may be folded
    extra += (each for each in text.iter("div") if "expandLink" in (each.get("class") or ""))  # of a long quotation
    whole = text is found.element or parts.get("author") in inside  # holds more than the text
    if whole:
        extra += filter(is_control, text.iter())
        extra += list(text.iter("button", "form"))
        extra += filter(is_footer, text.iter("p", "div"))
    drop(text, (each for each in extra if each is not text and text in ancestors(each)))
    text.tag = "div"  # not a list item or a quotation
    said = unquoted(plain_text(lxml.etree.tostring(text, method="html", encoding="unicode", with_tail=False)))
    if whole:
        blocks = _SAID.sub("", said).split("\n\n")
        while len(blocks) > 1 and len(blocks[-1]) <= LONGEST_NUMBER and blocks[-1].strip().isdecimal():
            blocks.pop()  # counts of likes and replies
        said = "\n\n".join(blocks)
    return RawComment(
        row,
        said,
        comment_id=given["comment_id"],
        reply_to=named if named in ids else parent.given["comment_id"] if parent else "",
        author=author,
        posted=posted,
        likes=likes,
        flag="pingback" if "pingback" in (*names_of(found.element), *names_of(found.element.getparent())) else "",
    )


def unquoted(said: str) -> str:
    """Remove the ">" marks from a comment that consists of quoted lines only."""
    lines = said.split("\n")
    return "\n".join(line[2:] for line in lines) if all(line[:2] in ("> ", ">", "") for line in lines) else said
