"""Comments in XML: the exports of WordPress (WXR) and Disqus, whose files may hold those of many articles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from .._limits import FEW_XML_TAGS
from .._packaging import optional
from .column_names import parent_id
from .html_to_text import plain_text
from .import_log import ImportLog, RawComment
from .left_out import flag_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,80}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def declared_encoding(content: bytes) -> str | None:
    """Say which encoding an XML file declares in its first line, if it does and it is not UTF-8."""
    found = _DECLARED.match(content[:200].lstrip())
    name = found[1].decode("ascii").lower() if found else ""
    return None if name in ("", "utf-8", "utf8", "utf-16") else name


def load(text: str, log: ImportLog) -> Element:
    """Parse XML without fetching or expanding anything; control characters that XML forbids are dropped.

    ValueError if it is not XML, or declares entities.
    """
    with optional("documents", "XML exports"):
        import defusedxml
        import defusedxml.ElementTree

    marks = max(text.count("<"), text.count('="') + text.count("='"))
    if marks > FEW_XML_TAGS + len(text) // 16:
        raise ValueError(f"{log.source} is nearly all tags or attributes: {marks:,}. Export only the comments.")
    try:
        root: Element = defusedxml.ElementTree.fromstring(_ILLEGAL.sub("", text))
    except defusedxml.DefusedXmlException:
        raise ValueError(
            f"{log.source} declares entities of its own, which a comment export does not need, so it was not read. "
            "Export it again from its source."
        ) from None
    except (SyntaxError, ValueError) as error:
        place = getattr(error, "position", (0, 0))
        raise ValueError(f"{log.source} is damaged XML at line {place[0]}. Export it again.") from None
    return root


def wordpress(root: Element, log: ImportLog) -> Iterator[RawComment]:
    """Read the comments of a WordPress export (WXR, any version); pingbacks and trackbacks are flagged."""
    row = 0
    for item in (each for each in root.iter() if _local(each) == "item"):
        about = _texts(item)
        thread = tuple(about[key] for key in ("title", "link", "post_id") if about.get(key))
        for comment in (each for each in item if _local(each) == "comment"):
            row, cells = row + 1, defaultdict(str, _texts(comment))
            text, author = plain_text(cells["comment_content"]), cells["comment_author"]
            gmt = cells["comment_date_gmt"]
            yield RawComment(
                row,
                text,
                cells["comment_id"],
                parent_id(cells["comment_parent"]),
                author,
                posted=f"{gmt}Z" if gmt else cells["comment_date"],
                flag=flag_of(text, author, cells["comment_approved"], kind=cells["comment_type"]),
                thread=thread,
            )


def disqus(root: Element, log: ImportLog) -> Iterator[RawComment]:
    """Read the posts of a Disqus export; each thread is identified by title, address and number."""
    threads = {}
    for each in (each for each in root if _local(each) == "thread"):
        about, number = _texts(each), _number(each)
        threads[number] = (*(about[key] for key in ("title", "link", "id") if about.get(key)), number)
    for row, post in enumerate((each for each in root if _local(each) == "post"), 1):
        cells, parts = defaultdict(str, _texts(post)), {_local(part): part for part in post}
        author = defaultdict(str, _texts(parts["author"]) if "author" in parts else {})
        thread = _number(parts["thread"]) if "thread" in parts else ""
        text = plain_text(cells["message"])
        yield RawComment(
            row,
            text,
            _number(post),
            _number(parts["parent"]) if "parent" in parts else "",
            author["name"],
            author["username"],
            cells["createdAt"],
            flag=flag_of(text, author["name"], deleted=cells["isDeleted"], spam=cells["isSpam"]),
            thread=threads.get(thread, (thread,) if thread else ()),
        )


def _local(element: Element) -> str:
    tag: object = element.tag  # a function for comments and processing instructions
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def _texts(element: Element) -> dict[str, str]:
    """Return the texts of an element's children by name, the first of each name."""
    return {_local(child): (child.text or "").strip() for child in reversed(element)}


def _number(element: Element) -> str:
    """Return Disqus's own number for an element, an attribute in its own namespace."""
    return next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
