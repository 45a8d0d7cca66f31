"""Parse the bytes of a saved page to a tree, within limits on time, and cut elements out of it."""

import contextlib
import functools
import itertools
import os
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import lxml.etree
from lxml.html import HtmlElement

from ... import _limits as limits
from ..text_files import DATA, read_bytes, read_text

INSTEAD: Final = "Save the page again, or give the article alone as text, with format='plain text'."
# Characters that the parser accepts but lxml refuses to set, as such and as character references.
_UNSETTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSETTABLE_NUMBER = re.compile(
    r"&#(?:0*+(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|(?i:x0*+(?:[1-8bcef]|1[\da-f]|fff[ef]))(?![\da-fA-F]));?"
)
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DATA_BYTES = re.compile(DATA.pattern.encode("ascii"))
_DEEP = f"boolean(/*{'/*' * limits.DEEP}) and count(//*) > {limits.MOST_IN_DEEP}"
DIGITS: Final = "0123456789"
MOST_ID_PARTS: Final = 4
_NAMING: Final = ("id", "data-testid", "data-hook", "data-role", "data-spot-im-class")
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_INLINE = ("a", "b", "i", "em", "strong", "span", "font", "u", "small", "sub", "sup", "abbr", "cite")
_HOLE: Final = "x-hole"  # takes the place of an element
_ONE_BYTE = re.compile(r"(?:windows|cp|iso-?8859|koi8|mac|gb|big5|euc|shift)[\w-]*")
# How the parser cuts a tag into attributes; possessive, so that nothing is tried twice.
_ATTRIBUTE = re.compile(r"[\s/]*+=?+[^\s/>=]*+(?:\s*+=\s*+(?>\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+")
_TAG = re.compile(rf"<(?:(?s:!--.*?(?:-->|\Z))|([A-Za-z][^\s/>]*+)((?:{_ATTRIBUTE.pattern})*+))")
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
_RAW_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}


def refuse_larger(many: int, most: int, what: str, instead: str = INSTEAD) -> None:
    """Raise ValueError for a page that exceeds a limit."""
    if many > most:
        raise ValueError(f"The page has more than {most:,} {what}, the limit. {instead}")


def decode_page(source: str | os.PathLike[str] | bytes, encoding: str | None) -> str:
    """Decode a page by the given encoding, else by byte order mark, as UTF-8, by <meta charset>, as Windows-1252."""
    content = _DATA_BYTES.sub(b"data:", read_bytes(source, limit=limits.LARGEST_PAGE))
    if encoding is None:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            found = _CHARSET.search(content[:4096])
            name = found[1].decode("ascii").lower() if found else ""
            if _ONE_BYTE.fullmatch(name):
                encoding = "cp1252" if name in ("iso-8859-1", "iso8859-1") else name  # as browsers do
    return read_text(content, encoding=encoding)


def parse_page(markup: str) -> HtmlElement:
    """Parse a page; refuse one that would take too long or silently lose text."""
    markup = _UNSETTABLE_NUMBER.sub(" ", _UNSETTABLE.sub(" ", DATA.sub("data:", markup.replace("\0", ""))))
    refuse_larger(len(markup), limits.LONGEST_TEXT, "characters")
    _check_tags(markup)
    parser = lxml.etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(lxml.etree.ElementDefaultClassLookup(element=HtmlElement))  # faster than by tag
    tree = None
    with contextlib.suppress(lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        tree = lxml.etree.fromstring(markup.encode("utf-8"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ValueError(f"The tags of this page are nested more than 2,000 deep. {INSTEAD}")
    if tree is None:
        raise ValueError(f"There is no HTML in this page. {INSTEAD}")
    if tree.xpath(_DEEP):
        deep = f"nested more than {limits.DEEP} deep"
        raise ValueError(f"This page has over {limits.MOST_IN_DEEP:,} tags, {deep}. {INSTEAD}")
    classes: Any = tree.xpath("//@class", smart_strings=False)
    names = {*itertools.chain.from_iterable(map(str.split, {*classes}))}
    refuse_larger(len(names), limits.MOST_NAMES, "different classes")
    for each in tree.iter("template"):
        if {"shadowrootmode", "shadowroot"}.intersection(each.attrib):
            each.tag = "div"  # visible, unlike other templates
    return tree


def _check_tags(markup: str) -> None:
    at = tags = many = 0
    most = max(limits.MOST_TAGS, len(markup) // limits.TAG_LENGTH)
    while found := _TAG.search(markup, at):
        at = found.end()
        tags += found[1] is not None
        refuse_larger(tags, most, "tags")
        attributes, name = found[2] or "", (found[1] or "").lower()
        if len(attributes) > 2 * limits.FEW_ATTRIBUTES:
            own = sum(map(bool, map(re.Match.group, _ATTRIBUTE.finditer(attributes))))
            many += max(0, own - limits.FEW_ATTRIBUTES)
            refuse_larger(own, limits.MOST_ATTRIBUTES, "attributes in a tag")
            refuse_larger(many, limits.MOST_BEYOND, f"attributes beyond {limits.FEW_ATTRIBUTES} per tag")
        if name in _RAW:
            end = _RAW_ENDS[name].search(markup, at)
            at = end.end() if end else len(markup)


def names_of(element: HtmlElement) -> tuple[str, ...]:
    """Return the names of an element: its classes, id, names for tests and scripts, and tag if custom."""
    return names_given(element.tag, dict(element.items()))


def names_given(tag: object, held: dict[str, str]) -> tuple[str, ...]:
    """Return the `names_of` an element, given its tag and its attributes as a dict, which is faster."""
    own = tag if isinstance(tag, str) and "-" in tag else ""
    if not held and not own:
        return ()
    return _split(held.get("class", ""), own, *[held.get(key, "").rstrip(DIGITS) for key in _NAMING])


@functools.lru_cache(4_096)
def _split(classes: str, *given: str) -> tuple[str, ...]:
    # Names with more parts are generated ids.
    named = [name for name in given if name and name.count("_") < MOST_ID_PARTS]
    return tuple([name[:80] for name in (*classes.split()[:20], *named)])


@functools.lru_cache(4_096)
def words_in(name: str) -> tuple[str, ...]:
    """Split the name of an element into words and numbers: "commentList-2" gives comment, list, 2."""
    return tuple(word.lower() for word in _WORDS.findall(name))


def strip_inline(paragraph: HtmlElement) -> None:
    """Strip a paragraph's inline tags; texts are joined first, since lxml joins many pieces in quadratic time."""
    texts: list[tuple[HtmlElement, str, list[str]]] = []
    for event, element in lxml.etree.iterwalk(paragraph, events=("start", "end")):
        if element is paragraph and event == "end":
            break
        place = "text" if event == "start" else "tail"
        if element.tag not in _INLINE:
            texts.append((element, place, []))
        texts[-1][2].append(getattr(element, place) or "")
    lxml.etree.strip_tags(paragraph, *_INLINE)
    for element, place, parts in texts:
        setattr(element, place, "".join(parts))


def outermost(tree: HtmlElement, *tags: str) -> Iterator[HtmlElement]:
    """Yield the outermost elements with these tags, so that no text is read twice."""
    walk = lxml.etree.iterwalk(tree, events=("start",), tag=tags)
    for _, element in walk:
        yield element
        walk.skip_subtree()


def drop(tree: HtmlElement, elements: Iterable[HtmlElement]) -> int:
    """Cut elements out of a tree and keep the text after each; linear, unlike `drop_tree` on many siblings."""
    holes: set[HtmlElement] = set()
    for element in elements:
        if (parent := element.getparent()) is not None and element.tag not in ("html", "body"):
            hole = element.makeelement(_HOLE)
            hole.tail = element.tail
            parent.replace(element, hole)
            holes.add(hole)
    outer = [each for each in tree.iter(_HOLE) if each in holes] if holes else []
    for first in outer:
        parent, before = first.getparent(), first.getprevious()
        hole, tails = first, []
        while parent is not None and hole in holes:
            tails.append(hole.tail or "")
            following = hole.getnext()
            parent.remove(hole)
            hole = following
        if before is not None:
            before.tail = (before.tail or "") + "".join(tails)
        elif parent is not None:
            parent.text = (parent.text or "") + "".join(tails)
    return len(outer)
