"""Comments in a saved page: elements that are called comments or a forum's posts, schema.org's Comment, JSON-LD."""

from __future__ import annotations

import functools
import itertools
import operator
import re
from collections.abc import Iterator
from typing import Any, Final, TypeVar

import lxml.etree
from lxml.html import HtmlElement

from ..._limits import MOST_PAGE_COMMENTS
from ..dates import says_when
from ..documents.markdown_writer import Piece, one_line
from ..html_to_text import plain_text
from ..import_log import RawComment
from .element_names import NAMES, parts_named
from .hidden_elements import is_hidden
from .linked_data import linked_comments
from .page_cleaning import PERSON, TALK
from .page_labels import labels
from .page_markup import DIGITS, drop, names_given, names_of, refuse_larger, words_in

_Head = TypeVar("_Head")
LONGEST_NAME: Final = 60  # characters of a name; of a day
LONGEST_NUMBER: Final = 6  # digits of a number of likes or replies below a text
MOST_AROUND: Final = 30  # elements around a reply, up to the one with the comment that it answers
MOST_SEEN: Final = 200  # elements of a comment that say whether it is one
_PROPERTIES: Final = {
    "text": "text", "commentText": "text", "author": "author", "creator": "author", "dateCreated": "posted",
    "datePublished": "posted", "commentTime": "posted", "upvoteCount": "likes",
}  # fmt: skip
_OF_OWN_TAGS: Final = {  # attributes of a comment's own element, the first that is there
    "comment_id": "data-comment-id data-fullname thingid data-message-id data-answerid data-post-id data-id".split(),
    "reply_to": "parentid data-parent-id data-parentid data-comment-parent".split(),
    "author": "data-author data-comment-author author".split(),
    "posted": "data-comment-timestamp data-timestamp created".split(),
    "likes": "data-comment-score data-score score".split(),
}
_OF_ANY_TAG: Final = {key: [each for each in some if "-" in each] for key, some in _OF_OWN_TAGS.items()}
_SECTIONS, _OF_FORUMS = (frozenset(NAMES["words"][kind].split()) for kind in ("sections", "of_forums"))
_CONTROLS: Final = frozenset(
    "reply says share report edit flag actions buttons controls toolbar avatar awaiting".split()
)
_NEVER: Final = frozenset("html body main form a h1 h2 h3 button input textarea time".split())
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?Z?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ID = re.compile(
    r"(?i)(?:[a-z][a-z0-9]{0,11}[-_]{1,2}){0,3}(?:(?:el|issue)?comment|post|card|isso|answer|msg|cid|[cpt])[-_]?"
    r"((?=[a-f-]{0,40}\d)[0-9a-f-]{1,40})"
)
_ASKED = re.compile(r"[?&]lc=([\w.-]{1,80})")  # the comment that an address of YouTube asks for
_DEPTH = re.compile(
    r"(?:\A|[\s-])(?:(?:depth|level|indent|twig)-{0,2}(\d{1,2})|(?:-|is-)(?:child|indented|nested|reply))(?:\s|\Z)"
)
SAYS = re.compile(
    r"\s{0,9}\b(?:(?:says|said|writes|wrote|schrieb|sagt|dijo|a dit)(?: (?:on|am|le|el))?)?\s?(?::|\.{3}|…)?$"
)
_SAID = re.compile(r"\A(?:says|said|writes|wrote|schrieb|sagt|dijo|a dit)?\s?[:.…|·-]+\s*", re.IGNORECASE)
_BY = re.compile(
    r"(?:posted |comment(?:ed)? )?by:? (.{1,60}?)\s?(?:\||\bon\b|\bat\b|,|[»—–-])\s?([^\[]*)", re.IGNORECASE
)
_POSTED_AT = re.compile(r"(?:Posted|Verfasst am|Posté le): ([^:]{6,30}:\d\d(?: [ap]m)?)")
_POSTED = re.compile(
    r"(?i)\A(?:(?:posted|commented|says|said|by|on|at|am|le|(?:reply )?#\d+)\b|[\s»«|·•,:/–—-])+|\s»\Z"
)
_ANSWERS = re.compile(r"(?i)\b(?:in.reply|replying|en réponse|als antwort) ?.?(?:to|à|auf)\b|^\W*parent\W*$")
_SINCE = re.compile(r"\b(?:joined|since|registered|edited|mitglied|inscrit|membre)\b", re.IGNORECASE)
_WRITER = re.compile(r"\A(?:posted )?by:? ", re.IGNORECASE)
says_day: Final = functools.lru_cache(4_096)(says_when)  # for lines of up to `LONGEST_NAME`, asked several times


class _Found:
    """An element that is called a comment, the one that it answers, and the elements that hold its parts."""

    def __init__(
        self, element: HtmlElement, held: dict[str, str], names: tuple[str, ...], kind: str, parent: _Found | None
    ) -> None:
        self.element, self.kind, self.parent = element, kind, parent
        self.inner: list[_Found] = []  # other such elements in it, if not among its replies
        self.instead: _Found | None = None  # a comment that this one is a part of, or that is all that it holds
        self.given = {"comment_id": number if (number := held.get("id", "")).isdecimal() else ""}
        # Elsewhere author= and the like have another meaning
        for key, attributes in (_OF_OWN_TAGS if "-" in str(element.tag) else _OF_ANY_TAG).items():
            if value := next(filter(None, map(held.get, attributes)), ""):
                self.given[key] = value.removeprefix("t1_")
        self.parts: dict[str, HtmlElement] = {}
        self.sure: dict[str, int] = {}
        self.byline: HtmlElement | None = None
        self.note(element, held, names)

    def __contains__(self, part: str) -> bool:
        return part in self.parts or part in self.given

    def note(self, element: HtmlElement, held: dict[str, str], names: tuple[str, ...]) -> None:
        """Record an element by its part; the more certain name wins, and of two equal ones the inner."""
        part, sure = _PROPERTIES.get(held.get("itemprop", ""), ""), 2
        part = "posted" if element.tag == "time" and held.get("datetime") else part
        if (label := held.get("aria-label", "")).startswith("Comment by "):
            part = "author"
            element.set("content", label.removeprefix("Comment by "))
        elif not part:
            known = [each for each in parts_named(names) if each[0] in ("text", "author", "posted", "likes")]
            part, sure = max(known, key=operator.itemgetter(1), default=("", 0))
            part = "" if part == "likes" and "dislikes" in held.get("class", "") else part
        part = "author" if not part and element.tag == "cite" and "text" not in self.parts else part
        if part == "text" and sure == 1 and any("postbody" in (each.get("class") or "") for each in _around(element)):
            sure = 2
        if part == "author" and _YEAR.search(_beginning(element)):
            self.byline = element
        if part and (element is not self.element or label) and _shows(element, part):
            before, known_by = self.parts.get(part), self.sure.get(part, -1)
            inside = before is not None and before in _around(element)
            if inside and part == "posted" and _YEAR.search(_words(before)) and not _YEAR.search(moment_of(element)):
                return  # the hour of the day
            if sure > known_by or (sure == known_by and inside):
                self.parts[part], self.sure[part] = element, sure
        address = held.get("href", "")
        if element.tag == "a" and "#" in address[-500:]:
            above = _ID.fullmatch(address[-500:].rpartition("#")[2])
            if above and _ANSWERS.search(f"{held.get('class', '')} {_words(element)[:40]}"):
                self.given.setdefault("reply_to", above[1])
        if not self.given["comment_id"]:
            named = _ID.fullmatch(held.get("id") or held.get("name", ""))
            named = named or _ASKED.search(address[:500])
            self.given["comment_id"] = named[1] if named else ""

    def close(self, around: _Found | None) -> None:
        """Settle what an element is, now that all of it was seen: a comment, a part of one, or what holds others."""
        only = [each for each in self.inner if each.kind and each.instead is None]
        same = len(only) == 1 and self.given.get("author", "") in ("", _name(only[0].parts.get("author")))
        if "text" not in self.parts and "author" not in self.parts and same:
            self.instead = only[0]
            self.instead.parent = self.parent
            if around is not None and not alike(around.element, self.element):  # else it holds a reply
                around.inner.append(self.instead)
            self.instead.given = self.given | {key: value for key, value in self.instead.given.items() if value}
        elif self.kind == "reply" and not (self._signed() and "text" in self.parts):  # a button
            self.kind = ""
        elif (
            around is not None
            and not ("author" in self or "posted" in self or "text" in around.parts)
            and len({self.given["comment_id"], around.given["comment_id"]} - {""}) < 2
        ):
            whole = {"text": self.element} if _shows(self.element, "text") else {}
            around.parts = whole | self.parts | around.parts
            around.sure |= dict.fromkeys(whole, 2)
            around.given["comment_id"] = around.given["comment_id"] or self.given["comment_id"]
            self.instead = around
        elif not self._is_post() if self.kind == "post" else self.sure.get("text", 0) < 2 and not self._signed():
            self.kind = ""
            if around is not None and "text" not in self.parts:  # a byline that is called a comment
                around.parts, around.sure = self.parts | around.parts, self.sure | around.sure

    def _is_post(self) -> bool:
        """Whether the text is named as only forums name it: a blog calls its article a post, too."""
        text = self.parts.get("text", self.element)
        around = [text, *itertools.islice(text.iterancestors(), 2)]
        names = {"-".join(words_in(name)) for each in around for name in names_of(each)}
        return "text" in self.parts and not _OF_FORUMS.isdisjoint(names)

    def _signed(self) -> bool:
        """Whether a name and a day, or a name and a number, are beside a text that is not surely a comment's."""
        named = "author" in self or _BY.match(moment_of(self.parts.get("posted"))) is not None
        if not (named and ("posted" in self or self.given["comment_id"])):
            return False
        inner = list(itertools.islice(self.element.iter(), MOST_SEEN))
        asked = any(each.tag in ("textarea", "select") for each in inner)
        beside = {self.parts.get("author", self.element), self.parts.get("posted", self.element)} - {self.element}
        apart = {each for part in beside for each in part.iter()}
        links = (each for each in inner if each.tag == "a" and each not in apart and not _is_control(each))
        links = (each for each in links if not PERSON.search((each.get("href") or "")[:500]))
        linked = sum(len(text.strip()) for each in links for text in itertools.islice(each.itertext(), 9))
        whole = sum(len(text.strip()) for text in itertools.islice(self.element.itertext(), 2 * MOST_SEEN))
        whole -= sum(len(text.strip()) for each in apart for text in (each.text or "", each.tail or ""))
        return not asked and 2 * linked < whole

    def comment(self) -> _Found | None:
        """The comment that this one is, is in, or answers if it is none."""
        at: _Found | None = self
        while at is not None and (at.instead is not None or not at.kind):
            at = at.instead or at.parent
        return at


def _beginning(element: HtmlElement) -> str:
    return "".join(itertools.islice(element.itertext(), 20))


def _is_control(element: HtmlElement) -> bool:
    return not _CONTROLS.isdisjoint(words_in(" ".join(names_of(element))))


def _around(element: HtmlElement) -> Iterator[HtmlElement]:
    return itertools.islice(element.iterancestors(), 8)


def _shows(element: HtmlElement, part: str) -> bool:
    """Whether an element can be a part: a name has text, a text more than a day and buttons, others have a digit."""
    written = element.get("datetime") or element.get("content") or ""
    shown = written + _beginning(element)
    if part in ("posted", "likes"):
        return any(map(str.isdigit, shown + (element.get("title") or "")))
    asks = any(each.tag == "textarea" for each in itertools.islice(element.iter(), 30))
    return bool(shown.strip()) and not asks and not (part == "text" and _is_footer(element))


def _is_footer(element: HtmlElement) -> bool:
    """Whether an element has a day and the labels of buttons, and no more."""
    lines = [*map(one_line, itertools.islice(element.itertext(), 9))]
    short = sum(map(len, lines)) <= LONGEST_NAME
    return short and any(map(says_day, lines)) and not any(map(_may_be_name, lines))


def take_comments(tree: HtmlElement, linked: list[dict[str, Any]], *, framed: bool = False) -> list[RawComment]:
    """Find the comments of a page and cut them, and the form for a new one, out of the tree.

    `row` counts the comments from 1, in the order of the page. A reply names the comment that it is nested in. The
    first post in a thread of a forum stays, as the article, if the page is not `framed` within that of the article.
    `linked`, the objects of the page's JSON-LD, is asked where the page itself shows none.
    """
    for group in list(tree.iter("dl")):
        _wrap(group)
    seen: set[HtmlElement] = set()
    for body in [each for each in tree.iter("span") if each.get("class") == "postbody"]:
        _name_row(body, seen)
    found = [each for each in _elements(tree) if each.kind and each.instead is None]
    posts = (each for each in found if each.kind == "post")
    posts = (each for each in posts if "post-message" not in (each.parts["text"].get("class") or ""))
    head = next((each for each in tree.iter("article") if next(each.iter("h1"), None) is not None), None)
    known = {each.element for each in found}
    framed |= head is not None and known.isdisjoint((*head.iter(), *head.iterancestors()))  # the article is above
    if first := None if framed else next(posts, None):
        text = first.parts["text"]
        first.element.clear()
        first.element.tag = "main"  # no part of a section of comments, though it may be in one
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
        for row, each in reversed(list(enumerate(found, 1))):  # from the last: each is cut out when read
            comments.append(_read(row, each, ids))
            yield each.element

    drop(tree, read())
    kept = [each for each in reversed(comments) if each.text]
    if kept:
        around = set(first.element.iterancestors()) if first else set()
        drop(tree, [each for at in (first.element, *around) for each in at.itersiblings()] if first else ())
        boxes = (each for each in tree.iter("div", "section", "aside", "ol", "ul", "form") if each not in around)
        drop(tree, [each for each in boxes if not _SECTIONS.isdisjoint(names_of(each))])
    signed = any(each.author or each.posted for each in kept)  # else it is a notice to those who comment
    return kept if signed else [each for each in linked_comments(linked) if each.text]


def _link(found: list[_Found]) -> None:
    """Find what is answered by the place in the page if nothing else says it, and number what has no id."""
    if not any(each.parent for each in found):
        heads: dict[HtmlElement, tuple[HtmlElement, _Found]] = {}
        for each in found:
            each.parent = answered(each.element, heads)
            heads.setdefault(each.element.getparent(), (each.element, each))
    answers = {id(each.parent.comment()) for each in found if each.parent}
    for row, each in enumerate(found, 1):
        if id(each) in answers and not each.given["comment_id"]:
            each.given["comment_id"] = f"#{row}"


def _wrap(group: HtmlElement) -> None:
    """Put each comment in a definition list, a <dt> and the <dd> that follow it, into an element of its own."""
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
    """Call the row of a table with a post of phpBB 2 a post, with its number and the day, which has no element."""
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


def _kind(tag: str, held: dict[str, str], names: tuple[str, ...], *, alone: bool) -> str:
    """Whether an element is called a "comment", a "post" of a forum, or "replies", which holds them; else ""."""
    if tag in _NEVER:
        return ""
    schema = held.get("itemtype", "").rstrip("/").endswith(("schema.org/Comment", "schema.org/UserComments"))
    if schema or held.get("data-message-id") or held.get("aria-label", "").startswith("Comment by "):
        return "comment"
    if ("comments" in names or held.get("data-author")) and _ID.fullmatch(held.get("id") or ""):
        return "comment" if "comments" in names else "post"
    parts = parts_named(names)
    named = next((each for each in ("post", "comment", "replies", "reply") if each in dict(parts)), "")
    return named or "comment" * (alone and ("text", 2) in parts and any("comment" in each for each in names))


def _indent(element: HtmlElement) -> int:
    """How far a comment is indented, as its class, the one around or its cell says; -1 if nothing does."""
    around = element.getparent()
    classes = f"{element.get('class') or ''} {'' if around is None else around.get('class') or ''}"
    if found := _DEPTH.search(classes[:500]):
        return int(found[1] or 1)
    if element.tag != "tr":
        return -1
    written = next((each.get("indent") or each.get("width") or "" for each in element.iter("td", "img")
                    if each.get("indent") or each.tag == "img"), "")  # fmt: skip
    return int(written) if written.isdecimal() and written.isascii() and len(written) < 4 else 0


def _elements(tree: HtmlElement) -> list[_Found]:
    """Find the elements that are called comments, in the order of the page, and what each of them holds."""
    found: list[_Found] = []
    opened: list[tuple[HtmlElement, _Found | None]] = []  # such elements, and lists of replies to one
    indented: list[tuple[int, _Found]] = []
    closed: _Found | None = None
    many = 0  # comments that have ended
    for event, element in lxml.etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            if opened and opened[-1][0] is element:
                own = opened.pop()[1]
                if own is not None and own.element is element:
                    around = opened[-1][1] if opened else None
                    own.close(around if around is not None and around.element is opened[-1][0] else None)
                    closed = own.comment() or closed
                    many += bool(own.kind) and own.instead is None
                    refuse_larger(many, MOST_PAGE_COMMENTS, "comments", "Save it in parts.")
            continue
        tag, held = element.tag, dict(element.items())
        if not isinstance(tag, str) or not (held or "-" in tag or tag == "cite"):
            continue  # nothing says what it is
        around = opened[-1][1] if opened else None
        inside = around is not None and around.element is opened[-1][0]
        names = names_given(tag, held)
        if (kind := _kind(tag, held, names, alone=not opened)) == "replies":
            begun = around is not None and inside and ("author" in around or "text" in around.parts)
            opened.append((element, around if begun else closed))
        elif kind:
            own = _Found(element, held, names, kind, around)
            if around is None:
                depth = _indent(element)
                while indented and indented[-1][0] >= depth:
                    indented.pop()
                own.parent = indented[-1][1] if indented and depth > 0 else None
                indented.append((depth, own))
            opened.append((element, own))
            found.append(own)
            if around is not None and inside:
                around.inner.append(own)
        elif around is not None and inside:
            around.note(element, held, names)
    return found


def _read(row: int, found: _Found, ids: set[str]) -> RawComment:
    parts, given = found.parts, found.given
    author = given.get("author") or _WRITER.sub("", SAYS.sub("", _name(parts.get("author"))))
    posted = given.get("posted") or moment_of(parts.get("posted", found.byline))
    if not author and (by := _BY.match(posted)):
        author, posted = by.groups()
    if not _ISO.match(posted):
        posted = _POSTED.sub("", posted.replace(author, "", 1) if author else posted)
    parent = found.parent.comment() if found.parent else None
    named = given.get("reply_to", "")
    likes = given.get("likes") or _words(parts.get("likes"))
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
        inside = inside.union(*(each.iter() for each in found.element.iter() if _is_control(each)))  # as are avatars
        beside = (each for each in names_in(found.element, linked=not posted) if each not in inside)
        author = next((one_line(each.text or "") for each in beside), "")
    extra = [*parts.values()]
    hidden = [each for each in text.iter() if is_hidden(each) and any(map(str.isalnum, _beginning(each)))]
    written = "".join(text.itertext()).strip() if hidden else ""
    extra += (each for each in hidden if "".join(each.itertext()).strip() != written)  # else the comment is folded
    whole = text is found.element or parts.get("author") in inside  # it holds more than the text
    if whole:
        extra += filter(_is_control, text.iter())
        extra += list(text.iter("button", "form"))
        extra += filter(_is_footer, text.iter("p", "div"))
    drop(text, (each for each in extra if each is not text and text in _around(each)))
    text.tag = "div"  # not a list item or a quotation
    said = unquoted(plain_text(lxml.etree.tostring(text, method="html", encoding="unicode", with_tail=False)))
    if whole:
        blocks = _SAID.sub("", said).split("\n\n")
        while len(blocks) > 1 and len(blocks[-1]) <= LONGEST_NUMBER and blocks[-1].strip().isdecimal():
            blocks.pop()  # numbers of likes and replies
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


def _name(element: HtmlElement | None) -> str:
    """The name in an element: what is marked as one in it, the first text of it beside a day or lines, or all."""
    if element is None:
        return ""
    marked = next((each for each in element.iter() if each.get("itemprop") in ("name", "givenName")), element)
    lettered = [text for text in marked.itertext() if not text.strip() or any(map(str.isalpha, text))]
    pages = (each for each in marked.iter("a") if PERSON.search((each.get("href") or "")[:500]))
    linked = (one_line("".join(each.itertext())) for each in pages if not marked.get("content"))
    if whole := next((text for text in linked if any(map(str.isalpha, text))), ""):
        return whole  # without badges beside it
    words = one_line(marked.get("content") or "".join(lettered)) or _words(marked)  # without points and the like
    inner = () if marked.get("content") else marked.iter("time", "br", "dd", "h3", "h4", "li")
    more = _YEAR.search(words) or any(True for _ in inner)
    return one_line(next((each.text for each in names_in(marked) if each.text), "")) if more else words


def names_in(element: HtmlElement, *, linked: bool = False) -> Iterator[HtmlElement]:
    """What may be somebody's name: the texts of links to pages of people; then others, if it need not be linked."""
    links = (each for each in element.iter("a") if PERSON.search((each.get("href") or "")[:500]))
    for each in itertools.chain(*(link.iter() for link in links), () if linked else element.iter()):
        text = one_line(each.text or "")
        if 0 < len(text) <= LONGEST_NAME and _may_be_name(text):
            yield each


@functools.lru_cache(4_096)
def _may_be_name(text: str) -> bool:
    lettered = any(map(str.isalpha, text)) and not TALK.fullmatch(text)
    return lettered and not says_day(text) and not labels([Piece("paragraph", text)])[0]


def unquoted(said: str) -> str:
    """The text of a comment, which is not a quotation where all of it is one."""
    lines = said.split("\n")
    return "\n".join(line[2:] for line in lines) if all(line[:2] in ("> ", ">", "") for line in lines) else said


def answered(element: HtmlElement, heads: dict[HtmlElement, tuple[HtmlElement, _Head]]) -> _Head | None:
    """The first comment in an element around, as `heads` has it, if this one is not in a list with it."""
    branch = element
    for around in itertools.islice(element.iterancestors(), MOST_AROUND):
        if around in heads and not alike(heads[around][0], branch):
            return heads[around][1]
        branch = around
    return None


def alike(first: HtmlElement, second: HtmlElement) -> bool:
    """Whether two elements are of one kind: the same tag, and a class that both have, its number aside."""
    classes, others = ([each.rstrip(DIGITS) for each in (each.get("class") or "").split()] for each in (first, second))
    same = classes == others or not set(classes).isdisjoint(others) or first.tag in ("li", "article", "tr")
    return first.tag == second.tag and same


def moment_of(element: HtmlElement | None) -> str:
    """The time of an element: its attribute, the moment in the title of one that shows "2 hours ago", or its words."""
    if element is None:
        return ""
    titles = (each.get("title") or "" for each in itertools.islice(element.iter(), 9))
    title = next(filter(_YEAR.search, titles), "")
    found = _ISO.match(title)
    written = element.get("datetime") or element.get("content") or element.get("data-time")
    return written or (found[0] if found else title) or _words(element)


def _words(element: HtmlElement | None) -> str:
    return "" if element is None else one_line(element.get("content") or "".join(element.itertext()))
