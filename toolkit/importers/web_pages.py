"""Saved web pages: the main text in blocks, and what the page says about itself."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

import lxml.etree
from lxml.html import HtmlElement, HTMLParser

from .._packaging import optional
from .article import Article
from .markdown_writer import Piece, count_promo, day_of, is_promo, one_line, tell_blocks, write_markdown
from .text_files import LONGEST_TEXT, read_bytes, read_text
from .web_page_comments import linked_data, name_in, take_comments

MOST_ATTRIBUTES: Final = 500  # of one tag; the parser's time grows with their square
MOST_ELEMENTS: Final = 10_000  # of a page without its comments, and
MOST_INLINE: Final = 500  # elements in one paragraph; trafilatura's time grows with their square
LEAST_SHARE: Final = 0.6  # of the text of the page's own <article>: below it trafilatura has lost too much

_INSTEAD = "Save the page again, or give the article alone as text, with format='plain text'."
_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_ONE_BYTE = re.compile(r"(?:windows|cp|iso-?8859|koi8|mac|gb|big5|euc|shift)[\w-]*")
# The rules by which the parser cuts a tag into attributes; possessive, so that nothing is tried twice.
_ATTRIBUTE = re.compile(r"[\s/]*+=?+[^\s/>=]*+(?:\s*+=\s*+(?>\"[^\"]*+\"|'[^']*+'|[^\s>\"'][^\s>]*+)?+)?+")
_TAG = re.compile(rf"(?s:<!--.*?(?:-->|\Z))|<([A-Za-z][^\s/>]*+)((?:{_ATTRIBUTE.pattern})*+)")
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
_RAW_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW}
_SPACES = re.compile(r"[ \t\r\n\f]+")

# Tags of HTML and of the tree that trafilatura gives: what they open.
_LEVELS = {"head": 2, "h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_KINDS = dict.fromkeys(_LEVELS, "heading") | dict.fromkeys(("li", "item", "dd", "dt"), "list_item")
_KINDS |= dict.fromkeys(("quote", "blockquote"), "quote")
_PARTS = frozenset(
    "p div section article main body center dl ul ol list table row tr tbody thead pre code hr header figure".split()
)
_LEFT_OUT = frozenset("script style noscript template svg iframe nav aside footer button select textarea title".split())
_LEFT_OUT |= frozenset("figcaption object video audio math".split())
_BUTTONS = frozenset(("button", "button-wrapper", "btn", "screen-reader-text", "sharedaddy"))


def read_page(
    source: str | os.PathLike[str] | bytes,
    *,
    title: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
) -> Article:
    """Read a saved web page: a path, the bytes of a file, or the HTML itself as text.

    trafilatura finds the main text; where it finds much less than the page's own <article> or <main> holds, that
    element is read plainly, and the notes say so. Nothing is fetched. Title, author, day and language are what the
    page's metadata say. Comments in the page (lists as WordPress and Substack write them, schema.org's Comment as
    attributes or as JSON-LD) are taken out of the article and offered in `comments`.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no text or longer than 10 million characters; if its tags are nested more than 2,000 deep or one of
        them has more than 500 attributes; or if there is no article in it.
    """
    given = isinstance(source, str) and ("<" in source or "\n" in source)
    tree = _tree(str(source) if given else _decoded(source, encoding))
    about = _metadata(tree) | {key: value for key, value in (("title", title), ("url", url)) if value}
    comments = take_comments(tree)
    _prepare(tree)
    pieces, how = _main_text(tree)
    pieces = [each for each in pieces if each.kind != "heading" or one_line(each.text) != about["title"]]
    markdown = write_markdown(pieces, about["title"])
    if not pieces or not markdown.strip():
        raise ValueError(f"There is no article in this page: no paragraph of text. {_INSTEAD}")
    offered = f"{len(comments)} comments were found in the page; they are not part of the article."
    return Article(
        markdown,
        title=about["title"],
        url=about["url"],
        author=about["author"],
        published=day_of(about["published"]),
        language=about["language"],
        comments=tuple(comments),
        format="web page",
        notes=(how, tell_blocks(pieces, count_promo(markdown)), offered if comments else "No comments in the page."),
    )


def _decoded(source: str | os.PathLike[str] | bytes, encoding: str | None) -> str:
    """Decode a page: as told, by its byte order mark, as UTF-8, as its <meta charset> says, as Windows-1252."""
    content = read_bytes(source, limit=4 * LONGEST_TEXT + 4)
    if encoding is None:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            found = _CHARSET.search(content[:4096])
            name = found[1].decode("ascii").lower() if found else ""
            if _ONE_BYTE.fullmatch(name):
                encoding = "cp1252" if name in ("iso-8859-1", "iso8859-1") else name  # as every browser reads it
    return read_text(content, encoding=encoding)


def _tree(markup: str) -> HtmlElement:
    """Parse a page, and refuse what would take the parser's time or lose text in silence."""
    if len(markup) > LONGEST_TEXT:
        raise ValueError(f"The page has {len(markup):,} characters; {LONGEST_TEXT:,} are the most. {_INSTEAD}")
    _check_tags(markup)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    tree = None
    with contextlib.suppress(lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        tree = lxml.etree.fromstring(markup.replace("\0", "").encode("utf-8", "replace"), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ValueError(f"The tags of this page are nested more than 2,000 deep. {_INSTEAD}")
    if tree is None:
        raise ValueError(f"There is no HTML in this page. {_INSTEAD}")
    return tree


def _check_tags(markup: str) -> None:
    at = 0
    while found := _TAG.search(markup, at):
        at = found.end()
        attributes, name = found[2] or "", (found[1] or "").lower()
        if len(attributes) > 2 * MOST_ATTRIBUTES and _count(attributes) > MOST_ATTRIBUTES:
            raise ValueError(f"A tag of this page has more than {MOST_ATTRIBUTES} attributes. {_INSTEAD}")
        if name in _RAW:
            end = _RAW_ENDS[name].search(markup, at)
            at = end.end() if end else len(markup)


def _count(attributes: str) -> int:
    return sum(1 for each in _ATTRIBUTE.finditer(attributes) if each[0])


def _metadata(tree: HtmlElement) -> dict[str, str]:
    """Title, author, day of publication, language and address, each from the first place that tells it."""
    meta: dict[str, str] = {}
    for each in tree.iter("meta"):
        name = each.get("property") or each.get("name") or each.get("itemprop") or ""
        meta.setdefault(name.lower(), (each.get("content") or "").strip())
    told = next((each for each in linked_data(tree) if isinstance(each.get("headline"), str)), {})
    link = [each.get("href") or "" for each in tree.iter("link") if each.get("rel") == "canonical"]
    times = [each.get("datetime") or "" for each in tree.iter("time")]
    h1, names = ([one_line("".join(each.itertext())) for each in tree.iter(tag)] for tag in ("h1", "title"))
    author = [meta.get(key, "") for key in ("author", "article:author", "dc.creator", "parsely-author")]
    published = [meta.get(key, "") for key in ("article:published_time", "datepublished", "date", "dc.date")]
    title = [*(h1 if len(h1) == 1 else []), str(told.get("headline", "")), meta.get("og:title", ""), *h1, *names]
    return {
        "title": one_line(_first(title)),
        "author": one_line(_first([name_in(told.get("author")), *(each for each in author if "://" not in each)])),
        "published": _first([str(told.get("datePublished", "")), *published, *times]),
        "language": (tree.get("lang") or "")[:2].lower(),
        "url": _first([each for each in (*link, meta.get("og:url", "")) if each.startswith("http")]),
    }


def _first(values: list[str]) -> str:
    return next((each.strip() for each in values if each.strip()), "")


def _prepare(tree: HtmlElement) -> None:
    """Make pictures of emoji the emoji that they stand for."""
    for picture in list(tree.iter("img")):
        alt = picture.get("alt") or ""
        if 0 < len(alt) <= 12 and not any(each.isalnum() and each.isascii() for each in alt):
            picture.tag, picture.text = "span", alt


def _main_text(tree: HtmlElement) -> tuple[list[Piece], str]:
    """Read the blocks of the main text, and say where they were found."""
    own = max((_pieces(each) for each in _elements(tree)), key=_length, default=[])
    found, why = _by_trafilatura(tree)
    if found and _length(found) >= LEAST_SHARE * _length(own):
        share = f" It has {_length(found) / _length(own):.0%} of the page's <article>." if own else ""
        kept = _with_solicitation(found, own)
        return kept, f"trafilatura found the main text; navigation, forms and scripts were left out.{share}"
    if own:
        return own, f"The page's <article> or <main> element was read plainly: {why or 'trafilatura found much less'}."
    return _pieces(tree), f"The whole page was read plainly: {why or 'trafilatura found no main text in it'}."


def _with_solicitation(found: list[Piece], own: list[Piece]) -> list[Piece]:
    """Put back, where it stood, the solicitation that trafilatura takes for no part of an article."""
    places = {one_line(piece.text): at for at, piece in enumerate(found)}
    asking: dict[int, list[Piece]] = defaultdict(list)
    last = -1
    for piece in own:
        text = one_line(piece.text)
        if text not in places and is_promo(text):
            asking[last].append(Piece("promo", text))
        last = places.get(text, last)
    return asking[-1] + [each for at, piece in enumerate(found) for each in (piece, *asking[at])]


def _elements(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The outermost <article> and <main> elements, so that no text is read twice."""
    for each in tree.iter("article", "main"):
        around = ("article",) if each.tag == "article" else ("article", "main")
        outermost = next(each.iterancestors(*around), None) is None
        if outermost and (each.tag == "article" or next(each.iter("article"), None) is None):
            yield each


def _length(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _by_trafilatura(tree: HtmlElement) -> tuple[list[Piece], str]:
    """The blocks that trafilatura takes for the main text; none, and why, where it would take too long or fails."""
    with optional("documents", "Saved web pages"):
        import trafilatura

    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        return [], f"it has more than {MOST_ELEMENTS:,} elements"
    if any(sum(1 for _ in each.iter()) > MOST_INLINE for each in tree.iter("p")):
        return [], f"a paragraph holds more than {MOST_INLINE} elements"
    with _silent("trafilatura"):
        try:
            document = trafilatura.bare_extraction(
                tree, fast=True, favor_recall=True, include_comments=False, include_tables=True, deduplicate=False
            )
        except Exception as error:  # it documents none, and a RecursionError was seen: the page can still be read
            return [], f"trafilatura failed ({type(error).__name__})"
    body = getattr(document, "body", None)
    return (_pieces(body), "") if body is not None else ([], "")


@contextlib.contextmanager
def _silent(name: str) -> Iterator[None]:
    """Keep a library's log, which may quote the page, from the screen."""
    logger = logging.getLogger(name)
    handler, passed_on = logging.NullHandler(), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = passed_on
        logger.removeHandler(handler)


def _pieces(root: lxml.etree._Element) -> list[Piece]:
    """Read a tree into blocks, without recursion; buttons, scripts and the like are passed over."""
    blocks = _Blocks()
    walk = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        unread = tag in _LEFT_OUT or not _BUTTONS.isdisjoint((element.get("class") or "").lower().split())
        if event == "start":
            if unread:
                walk.skip_subtree()
            else:
                blocks.open(tag)
                blocks.add(element.text)
            continue
        if not unread:
            blocks.close(tag)
        if element is not root:
            blocks.add(element.tail)
    blocks.flush()
    return blocks.pieces


class _Blocks:
    """The blocks read so far, and what is open."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.text: list[str] = []
        self.kinds: Counter[str] = Counter()
        self.level = 2
        self.in_item = False  # the first paragraph of a list item is the item

    def open(self, tag: str) -> None:
        if tag in ("br", "lb"):
            self.text.append("\n")
        elif tag in ("td", "th", "cell"):
            self.text.append(" | " if "".join(self.text[-2:]).strip() else "")
        elif tag in _KINDS or tag in _PARTS:
            self.flush()
            self.kinds[_KINDS.get(tag, "")] += 1
            self.level = _LEVELS.get(tag, self.level)
            self.in_item = self.in_item or _KINDS.get(tag) == "list_item"

    def close(self, tag: str) -> None:
        if tag in _KINDS or tag in _PARTS:
            self.flush()
            self.kinds[_KINDS.get(tag, "")] -= 1
            self.in_item = self.in_item and _KINDS.get(tag) != "list_item"

    def add(self, text: str | None) -> None:
        if text:
            self.text.append(_SPACES.sub(" ", text))

    def flush(self) -> None:
        paragraphs = re.split(r"\n(?:[ \xa0]{0,9}\n){1,99}", "".join(self.text))  # two line breaks part paragraphs
        self.text.clear()
        for text in filter(None, map(str.strip, paragraphs)):
            kind = next((each for each in ("quote", "heading") if self.kinds[each]), "")
            kind = kind or ("list_item" if self.in_item else "paragraph")
            self.in_item = self.in_item and kind != "list_item"
            self.pieces.append(Piece(kind, text, self.level))
