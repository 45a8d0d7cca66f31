"""Read comments in XML: WordPress (WXR) and Disqus, whose files may hold many articles, and any other records."""

import html
import operator
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element, TreeBuilder

from ..._limits import FEW_XML_TAGS, LONGEST_NAMESPACE
from ..._packaging import optional
from ..html_to_text import plain_text
from ..import_log import Comments, ImportLog, RawComment, refuse_more
from ..left_out import flag_of
from ..text_files import RefusedError
from .columns_to_comments import parent_id
from .json_documents import Loaded, Object
from .json_files import any_list, is_text
from .social_media_and_messengers import PLATFORMS

_ABOUT_VALUES: Final = frozenset("type nil null class format lang".split())  # attributes without content
_LAST_NUMBER: Final = re.compile(r"(?<=[-/=])\d+$")  # of tag:blogger.com,1999:blog-1.post-12 or .../?p=9#comment-12
_FEED_NAMES: Final = {"encoded": "content", "pubDate": "published", "inReplyTo": "in-reply-to"}
_SAID: Final = frozenset("comment message post reply msg".split())  # elements that may contain a comment directly
_ANSWERS: Final = re.compile(  # how replies begin in WordPress feeds: 'In reply to <a href="…#comment-12">…</a>.'
    r"""\A\s*(?:<p>)?[^<\n]{2,40}<a href=["'][^"'<>]{0,500}#comment-(\d{1,19})["'][^<>]*>"""
    r"([^<\n]{1,200})</a>\.?(?:</p>|\n|\Z)"
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,80}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def declared_encoding(content: bytes) -> str | None:
    """Return the encoding declared in the first line of an XML file, if any, unless it is UTF-8."""
    found = _DECLARED.match(content[:200].lstrip())
    name = found[1].decode("ascii").lower() if found else ""
    return None if name in ("", "utf-8", "utf8", "utf-16") else name


class _Tree(TreeBuilder):
    def start_ns(self, _: str, address: str) -> None:
        if len(address) > LONGEST_NAMESPACE:
            self.refuse()

    def refuse(self, *_: object) -> None:
        """Refuse default attributes and long namespaces, which a parser repeats in each element."""
        raise RefusedError


def load(text: str, log: ImportLog) -> Element:
    """Parse XML without fetching or expanding anything; control characters that XML forbids are dropped.

    ValueError if it is not XML, or declares entities.
    """
    with optional("documents", "XML exports"):
        import defusedxml
        import defusedxml.ElementTree

    marks = max(text.count("<"), text.count('="') + text.count("='"))
    refuse_more(marks, "tags or attributes", len(text), FEW_XML_TAGS + len(text) // 16, log.source)
    try:
        parser = defusedxml.ElementTree.XMLParser(target=(tree := _Tree()))
        parser.parser.AttlistDeclHandler = tree.refuse
        parser.feed(_ILLEGAL.sub("", text))
        root: Element = parser.close()
    except (defusedxml.DefusedXmlException, RefusedError):
        raise ValueError(
            f"{log.source} declares entities, attributes or long namespaces of its own, which a comment export does "
            "not need, so it was not read. Export it again from its source."
        ) from None
    except (SyntaxError, ValueError) as error:
        place = getattr(error, "position", (0, 0))
        raise ValueError(f"{log.source} is damaged XML at line {place[0]}. Export it again.") from None
    for each in root.iter():
        each.tag = each.tag.rpartition("}")[2]
    return root


def is_wordpress(root: Element) -> bool:
    """Return whether this is a WordPress export: a feed with comments inside its articles, or without texts."""
    marked = any(each.tag in ("comment", "wxr_version") for each in root.iter())
    return root.tag == "rss" and (
        marked or not (_articles(root) or any(is_text(name) for each in root.iter() for name in _fields(each)))
    )


def wordpress(root: Element, log: ImportLog) -> Iterator[RawComment]:
    """Read the comments of a WordPress export (WXR, any version); pingbacks and trackbacks are flagged."""
    row = 0
    for item in (each for each in root.iter() if each.tag == "item"):
        about = _texts(item)
        thread = tuple(about[key] for key in ("title", "link", "post_id") if about.get(key))
        for comment in (each for each in item if each.tag == "comment"):
            row, cells = row + 1, defaultdict(str, _texts(comment))
            text, author = plain_text(cells["comment_content"]), cells["comment_author"]
            posted = f"{gmt}Z" if (gmt := cells["comment_date_gmt"]).strip("0-: ") else cells["comment_date"]
            flag = flag_of(text, author, cells["comment_approved"], kind=cells["comment_type"])
            own, above = cells["comment_id"], parent_id(cells["comment_parent"])
            yield RawComment(row, text, own, above, author, "", posted, "", flag, thread)


def disqus(root: Element, log: ImportLog) -> Comments:
    """Read the posts of a Disqus export like those of its API; each thread is named by title, address and number."""
    threads = {_number(each): _with_author(each) for each in root if each.tag == "thread"}
    posts = []
    for post in (each for each in root if each.tag == "post"):
        parts = {part.tag: part for part in post}
        thread, above = (_number(parts[name]) if name in parts else "" for name in ("thread", "parent"))
        about = {"thread": threads.get(thread, {"number": thread}), "parent": above, "id": _number(post)}
        posts.append(dict.fromkeys(("message", "createdAt", "isDeleted"), "") | _with_author(post) | about)
    return next(each for each in PLATFORMS if each.name == "disqus-api").read(Loaded(posts), log)


def _with_author(element: Element) -> Object:
    author = next((_texts(part) for part in element if part.tag == "author"), {})
    return {**_texts(element), "number": _number(element), "author": author}


def any_records(root: Element, columns: Mapping[str, str] | None, log: ImportLog) -> Comments:
    """Read the most frequent elements, such as entries of Atom (Blogger) and RSS or rows of Stack Exchange."""
    if where := _articles(root):
        raise ValueError(
            f"{log.source} is a feed of articles, not of the comments on one. Save the comments' own feed, in "
            f"WordPress the article's address with /feed/ at the end{where.rstrip()}, and give that file."
        )
    return any_list(Loaded(records(root, (columns or {}).get("text", "").partition(".")[0])), columns, log)


def _articles(root: Element) -> str:
    """Return the address of the comments feed if this one lists articles: with categories, no names in titles."""
    items = [each for each in root.iter() if each.tag in ("item", "entry")]
    marks = {part.tag: (part.text or "").strip() for each in items for part in each}
    if marks.keys() & {"in-reply-to", "comment_id"} or not marks.keys() & {"category", "comments", "commentRss"}:
        return ""
    for each in items:
        names = {(part.text or "").strip() for part in each.iter() if part.tag in ("creator", "author", "name")}
        if any(name in (_texts(each).get("title") or "") for name in names - {""}):
            return ""
    return f" ({marks['commentRss']})" if marks.get("commentRss") else " "


def records(root: Element, wanted: str) -> list[Object]:
    """Return the most frequent elements with a text as objects; those inside them become their replies.

    A field named `wanted` counts as the text. If no element has a text, any fields are enough.
    """

    def has_text(fields: Object) -> bool:
        return any(is_text(name) or name == wanted for name in fields)

    all_fields = {each: fields for each in root.iter() if (fields := _fields(each))}
    complete = {each for each, fields in all_fields.items() if has_text(fields)} or all_fields.keys()
    counts = Counter(map(operator.attrgetter("tag"), filter(complete.__contains__, root.iter())))
    name = max(counts, key=counts.__getitem__, default="")
    most: list[Object] = []
    stack: list[tuple[Element, list[Object]]] = [(root, most)]
    while stack:
        each, under = stack.pop()
        if each.tag == name and each in complete:
            under.append(fields := all_fields[each])
            under = fields["replies"] = []
        stack += [(child, under) for child in reversed(each)]
    for fields in all_fields.values():
        if fields.get("replies") == []:
            del fields["replies"]  # flat objects are read faster
    most = [
        each for each in most
        if "in-reply-to" in each or each.get("type") == "COMMENT" or str(each.get("id")).startswith("t1_")
    ] or most  # fmt: skip
    ids = {each.get("id") or each.get("guid"): each for each in most}
    for fields in most:
        answer = _ANSWERS.match(str(fields.get("content", "")))
        if answer and html.unescape(answer[2]).strip() in ids.get(answer[1], {}).values():
            fields |= {"in-reply-to": answer[1], "content": fields["content"][answer.end() :]}
    return [each if each.get("in-reply-to") in ids else {**each, "in-reply-to": ""} for each in most]


def _fields(element: Element) -> Object:
    """Return attributes and children by name: each child as its text, its children's texts, or its link."""
    fields: Object = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    if cells := {child.get("name", ""): child.text or "" for child in element if child.tag in ("column", "field")}:
        return cells  # a dump of a database
    for child in element:
        name = _FEED_NAMES.get(child.tag, child.tag)
        refers = child.get("ref") or child.get("href") or ""
        said = {key: value for key, value in child.attrib.items() if key not in _ABOUT_VALUES and "{" not in key}
        fields[name] = _texts(child) if len(child) else (child.text or "").strip() or refers or said or ""
    if fields and not len(element) and (element.text or "").strip() and element.tag.lower() in _SAID:
        fields["text"] = element.text
    if (who := fields.get("creator")) and str(who) in str(fields.get("title")) and "description" in fields:
        fields.setdefault("content", fields["description"])  # the title of a comment in a feed is "By: Jo"
    if related := [each.get("href", "") for each in element if each.get("rel") == "related"]:
        fields["in-reply-to"] = related[0]  # Blogger's parent comment; in-reply-to is the article
    if fields.get("type") == "COMMENT":  # Blogger, in Google Takeout
        fields.pop("parent", None)  # the article
    ids = {name: fields[name] for name in ("id", "guid", "in-reply-to") if isinstance(fields.get(name), str)}
    return fields | {name: each[0] for name, written in ids.items() if (each := _LAST_NUMBER.findall(written))}


def _texts(element: Element) -> dict[str, str]:
    """Return the text of the first child of each name."""
    return {child.tag: (child.text or "").strip() for child in reversed(element)}


def _number(element: Element) -> str:
    """Return the id that Disqus gives an element, an attribute in its own namespace."""
    return next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
