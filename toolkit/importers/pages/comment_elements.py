"""Elements of a page named as comments or forum posts: how they nest, and the parts that they hold."""

from __future__ import annotations

import itertools
import operator
import re
from collections.abc import Iterator
from typing import Final, TypeVar

import lxml.etree
from lxml.html import HtmlElement

from ..._limits import MOST_PAGE_COMMENTS
from ..documents.markdown_writer import one_line
from .bylines import BY, YEAR, beginning, is_footer, moment_of, name_shown, words_shown
from .element_names import NAMES, parts_named
from .page_cleaning import PERSON
from .page_markup import DIGITS, names_given, names_of, refuse_larger, words_in

_Head = TypeVar("_Head")
MOST_AROUND: Final = 30  # levels above a reply in which its parent is searched for
MOST_SEEN: Final = 200  # elements examined to decide whether something is a comment
_PROPERTIES: Final = {
    "text": "text", "commentText": "text", "author": "author", "creator": "author", "dateCreated": "posted",
    "datePublished": "posted", "commentTime": "posted", "upvoteCount": "likes",
}  # fmt: skip
_OF_OWN_TAGS: Final = {  # attributes of a comment's element, in order of preference
    "comment_id": "data-comment-id data-fullname thingid data-message-id data-answerid data-postingid data-post-id "
    "data-pid data-id".split(),
    "reply_to": "parentid data-parent-id data-parentid data-comment-parent data-parentpostingid".split(),
    "author": "data-author data-comment-author data-username data-communityname author".split(),
    "posted": "data-comment-timestamp data-timestamp created".split(),
    "likes": "data-comment-score data-score score".split(),
}
_OF_ANY_TAG: Final = {key: [each for each in some if "-" in each] for key, some in _OF_OWN_TAGS.items()}
_OF_FORUMS: Final = frozenset(NAMES["words"]["of_forums"].split())
_CONTROLS: Final = frozenset(
    "reply says share report edit flag actions buttons controls toolbar avatar awaiting".split()
)
_NEVER: Final = frozenset("html body main form a h1 h2 h3 button input textarea time".split())
_ID = re.compile(
    r"(?i)(?:[a-z][a-z0-9]{0,11}[-_]{1,2}){0,3}(?:(?:el|issue)?comment(?:o|ario|aire)?|kommentar|post|card|isso|answer|msg|cid|[cpt])[-_]?"
    r"((?=[a-f-]{0,40}\d)[0-9a-f-]{1,40})"
)
_ASKED = re.compile(r"[?&]lc=([\w.-]{1,80})")  # the comment that a YouTube link points to
_DEPTH = re.compile(
    r"(?:\A|[\s-])(?:(?:depth|level|indent|twig)-{0,2}(\d{1,2})|(?:-|is-)(?:child|indented|nested|reply))(?:\s|\Z)"
)
_MARGIN = re.compile(r"(?<![\w-])margin-left\s?:\s?(\d{2,4}(?=px)|\d{1,2}(?=(?:\.\d{1,3})?(?:r?em|%)))")  # from 10px
_ANSWERS = re.compile(
    r"(?i)\b(?:in.reply|replying|réponse|antwort|respuesta|resposta|risposta) ?.?(?:to|à|auf|al?)\b|^\W*parent\W*$"
)
_LIKED = re.compile(  # a button and its count
    r"(?i)(?=\D{0,20}(\d[\d.,]{0,9}k?))(?:\+?[\d.,]{1,9}k? )?(?:likes?|upvotes?|favou?rites?|recommend(?:ed)?|agree"
    r"|empfehlen|gefällt mir|recomendar|me gusta|j[’']aime|mi piace|curtir)(?: ?[(:+]? ?[\d.,]{1,9}k?\)?)?"
)


class CommentElement:
    """An element named as a comment, its parent comment, and the elements that hold its parts."""

    def __init__(
        self,
        element: HtmlElement,
        held: dict[str, str],
        names: tuple[str, ...],
        kind: str,
        parent: CommentElement | None,
    ) -> None:
        self.element, self.kind, self.parent = element, kind, parent
        self.inner: list[CommentElement] = []  # other such elements in it, replies aside
        self.instead: CommentElement | None = None  # the comment that this is a part of, or its only content
        self.given = {"comment_id": number if (number := held.get("id", "")).isdecimal() else ""}
        # On other tags, author= and the like mean something else.
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
        """Record an element by its part; the more certain name wins, and of equal ones the inner element."""
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
        if part == "text" and sure == 1 and any("postbody" in (each.get("class") or "") for each in ancestors(element)):
            sure = 2
        if part == "author" and YEAR.search(beginning(element)):
            self.byline = element
        if part and (element is not self.element or label) and _shows(element, part):
            before, known_by = self.parts.get(part), self.sure.get(part, -1)
            inside = before is not None and before in ancestors(element)
            if inside and part == "posted" and YEAR.search(words_shown(before)) and not YEAR.search(moment_of(element)):
                return  # only the time of day
            if sure > known_by or (sure == known_by and inside):
                self.parts[part], self.sure[part] = element, sure
        address = held.get("href", "")
        source = held.get("data-source", "").replace(": ", "-") or address[-500:] * ("#" in address)
        if source and (above := _ID.fullmatch(source.rpartition("#")[2])):
            around = itertools.takewhile(lambda each: each is not self.element, (element, *ancestors(element)))
            boxes = (f"{each.tag} {each.get('class')}" for each in around if each.tag in ("blockquote", "div", "aside"))
            quoted = above[1] != self.given["comment_id"] and any("quote" in each for each in boxes)
            if quoted or _ANSWERS.search(f"{held.get('class', '')} {words_shown(element)[:40]}"):
                self.given.setdefault("reply_to", above[1])
        if element.tag in ("a", "button"):
            shown = beginning(element)[:60]
            labelled = f"{label.partition(' ')[0]} {shown.strip() or beginning(element.getparent())[:20]}"
            if liked := _LIKED.fullmatch(one_line(shown)) or _LIKED.fullmatch(one_line(labelled)):
                self.given.setdefault("likes", liked[1])
        if not self.given["comment_id"]:
            named = _ID.fullmatch(held.get("id") or held.get("name", ""))
            named = named or _ASKED.search(address[:500])
            self.given["comment_id"] = named[1] if named else ""

    def close(self, around: CommentElement | None) -> None:
        """Decide at its end what an element is: a comment, a part of one, or a wrapper."""
        only = [each for each in self.inner if each.kind and each.instead is None]
        same = len(only) == 1 and self.given.get("author", "") in ("", name_shown(only[0].parts.get("author")))
        if "text" not in self.parts and "author" not in self.parts and same:
            self.instead = only[0]
            self.instead.parent = self.parent
            if around is not None and not alike(around.element, self.element):  # otherwise it holds a reply
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
            if around is not None and "text" not in self.parts:  # a byline named as a comment
                around.parts, around.sure = self.parts | around.parts, self.sure | around.sure

    def _is_post(self) -> bool:
        """Return whether the text has a name that only forums use: blogs call their articles posts too."""
        text = self.parts.get("text", self.element)
        around = [text, *itertools.islice(text.iterancestors(), 2)]
        names = {"-".join(words_in(name)) for each in around for name in names_of(each)}
        return "text" in self.parts and ("data-pid" in self.element.attrib or not _OF_FORUMS.isdisjoint(names))

    def _signed(self) -> bool:
        """Return whether a possible comment has a name, and a date or an id, and is not mostly links."""
        named = "author" in self or BY.match(moment_of(self.parts.get("posted"))) is not None
        if not (named and ("posted" in self or self.given["comment_id"])):
            return False
        inner = list(itertools.islice(self.element.iter(), MOST_SEEN))
        asked = any(each.tag in ("textarea", "select") for each in inner)
        beside = {self.parts.get("author", self.element), self.parts.get("posted", self.element)} - {self.element}
        apart = {each for part in beside for each in part.iter()}
        links = (each for each in inner if each.tag == "a" and each not in apart and not is_control(each))
        links = (each for each in links if not PERSON.search((each.get("href") or "")[:500]))
        linked = sum(len(text.strip()) for each in links for text in itertools.islice(each.itertext(), 9))
        whole = sum(len(text.strip()) for text in itertools.islice(self.element.itertext(), 2 * MOST_SEEN))
        whole -= sum(len(text.strip()) for each in apart for text in (each.text or "", each.tail or ""))
        return not asked and 2 * linked < whole

    def comment(self) -> CommentElement | None:
        """Return the comment that this is or is part of, else its parent."""
        at: CommentElement | None = self
        while at is not None and (at.instead is not None or not at.kind):
            at = at.instead or at.parent
        return at


def is_control(element: HtmlElement) -> bool:
    """Return whether an element is named as a button, a toolbar, an avatar or the like."""
    return not _CONTROLS.isdisjoint(words_in(" ".join(names_of(element))))


def ancestors(element: HtmlElement) -> Iterator[HtmlElement]:
    """Return the nearest ancestors, innermost first."""
    return itertools.islice(element.iterancestors(), 8)


def _shows(element: HtmlElement, part: str) -> bool:
    """Return whether an element can be a part: names have text, texts more than a day and buttons, others a digit."""
    written = element.get("datetime") or element.get("content") or ""
    shown = written + beginning(element)
    if part in ("posted", "likes"):
        return any(map(str.isdigit, shown + (element.get("title") or "")))
    asks = any(each.tag == "textarea" for each in itertools.islice(element.iter(), 30))
    return bool(shown.strip()) and not asks and not (part == "text" and is_footer(element))


def comment_elements(tree: HtmlElement) -> list[CommentElement]:
    """Find the elements named as comments, in page order, and what each of them holds."""
    found: list[CommentElement] = []
    opened: list[tuple[HtmlElement, CommentElement | None]] = []  # open comments and lists of replies
    indented: list[tuple[int, CommentElement]] = []
    closed: CommentElement | None = None
    many = 0  # comments read so far
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
        if not isinstance(tag, str) or not (held or "-" in tag or tag in ("cite", "button")):
            continue  # has no name
        around = opened[-1][1] if opened else None
        inside = around is not None and around.element is opened[-1][0]
        names = names_given(tag, held)
        if (kind := _kind(tag, held, names, alone=not opened)) == "replies":
            begun = around is not None and inside and ("author" in around or "text" in around.parts)
            opened.append((element, around if begun else closed))
        elif kind:
            own = CommentElement(element, held, names, kind, around)
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


def _kind(tag: str, held: dict[str, str], names: tuple[str, ...], *, alone: bool) -> str:
    """Return "comment", "post" (in a forum), "reply" or "replies" (a list of them) for an element so named, else ""."""
    if tag in _NEVER:
        return ""
    schema = held.get("itemtype", "").rstrip("/").endswith(("schema.org/Comment", "schema.org/UserComments"))
    if schema or held.get("data-message-id") or held.get("aria-label", "").startswith("Comment by "):
        return "comment"
    if ("comments" in names or held.get("data-author")) and _ID.fullmatch(held.get("id") or ""):
        return "comment" if "comments" in names else "post"
    if held.get("data-pid") and held.get("data-username"):  # of NodeBB
        return "post"
    parts = parts_named(names)
    named = next((each for each in ("post", "comment", "replies", "reply") if each in dict(parts)), "")
    return named or "comment" * (alone and ("text", 2) in parts and any("comment" in each for each in names))


def _indent(element: HtmlElement) -> int:
    """Return the indentation given by a comment's class, its parent's class, its style or its cell; -1 if none."""
    around = element.getparent()
    classes = f"{element.get('class') or ''} {'' if around is None else around.get('class') or ''}"
    if found := _DEPTH.search(classes[:500]):
        return int(found[1] or 1)
    if found := _MARGIN.search((element.get("style") or "")[:500]):
        return int(found[1])
    if element.tag != "tr":
        return -1
    written = next((each.get("indent") or each.get("width") or "" for each in element.iter("td", "img")
                    if each.get("indent") or each.tag == "img"), "")  # fmt: skip
    return int(written) if written.isdecimal() and written.isascii() and len(written) < 4 else 0


def answered(element: HtmlElement, heads: dict[HtmlElement, tuple[HtmlElement, _Head]]) -> _Head | None:
    """Return the first comment of an enclosing element (see `heads`), unless this element is its sibling."""
    branch = element
    for around in itertools.islice(element.iterancestors(), MOST_AROUND):
        if around in heads and not alike(heads[around][0], branch):
            return heads[around][1]
        branch = around
    return None


def alike(first: HtmlElement, second: HtmlElement) -> bool:
    """Return whether two elements have the same tag and share a class, numbers aside."""
    classes, others = ([each.rstrip(DIGITS) for each in (each.get("class") or "").split()] for each in (first, second))
    same = classes == others or not set(classes).isdisjoint(others) or first.tag in ("li", "article", "tr")
    return first.tag == second.tag and same
