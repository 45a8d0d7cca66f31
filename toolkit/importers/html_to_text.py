"""Convert the HTML of a comment to plain text: paragraphs, quotations and lists stay, other markup is dropped."""

import html
import re
from typing import Final

from .._limits import LONGEST_COMMENT

_TAGS: Final = (
    "a|abbr|acronym|address|article|aside|b|bdi|bdo|big|blockquote|br|caption|center|cite|code|col|colgroup|data|dd|del"
    "|details|dfn|div|dl|dt|em|figcaption|figure|font|footer|h[1-6]|header|hr|i|iframe|img|ins|kbd|label|li|main|mark"
    "|nav|nobr|noscript|ol|p|picture|pre|q|rp|rt|ruby|s|samp|script|section|small|source|span|strike|strong|style|sub"
    "|summary|sup|svg|table|tbody|td|tfoot|th|thead|time|tr|tt|u|ul|var|video|wbr"
    "|[a-z][a-z0-9]{0,20}[:-][a-z][a-z0-9:-]{0,40}"  # Office tags (o:p) and custom ones
)
# Tags are recognised by name, so that "a < b" and "<3" are kept.
_TAG = re.compile(rf"<(/?)(?=[a-z])({_TAGS})(?:[\s/][^<>]*)?>|<!--|<![A-Za-z][^<>]*>", re.IGNORECASE)
_HIDDEN = frozenset({"script", "style", "iframe", "svg", "video", "noscript"})
_QUOTE = re.compile(r"""\bclass\s{0,3}=\s{0,3}["']?(?:[\w-]{1,30} ){0,3}quote\b""", re.IGNORECASE)
_BLOCKQUOTE = re.compile(r"<blockquote\b|</aside\b", re.IGNORECASE)
_END_TAGS = {name: re.compile(f"</{name}[^<>]*>", re.IGNORECASE) for name in _HIDDEN}
_BLOCKS = frozenset(
    "p div ul ol pre table figure dl hr aside section article header footer address details main nav".split()
) | frozenset(f"h{n}" for n in range(1, 7))
_LINES = frozenset("br li tr dd dt summary caption figcaption".split())
_ESCAPED_TAGS = re.compile(  # all text is in tags, or a tag ends a line; "Use <br> here" is about a tag
    r"\A\s*<(?:p|div|blockquote)(?: [^<>]*)?>(?! ).*(?<! )</(?:p|div|blockquote)>\s*\Z"
    r"|\A\s*<blockquote(?: [^<>]*)?>.{1,10000}?</blockquote>"
    r"|(?<=[^\s(\[{`\"'“‘«/])<br\s?/?>(?![`\"'”’»)\]},.;:!?])",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPED_ENTITY = re.compile("&(?:amp|lt|gt|quot|nbsp|#0?39|#x27);", re.IGNORECASE)
_WRAPPED = re.compile(r"<(?:p|br|div)[\s/>]", re.IGNORECASE)
_ATTRIBUTE = r"""\b{}\s{{0,5}}=\s{{0,5}}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_HREF = re.compile(_ATTRIBUTE.format("href"), re.IGNORECASE)
_ALT = re.compile(_ATTRIBUTE.format("alt"), re.IGNORECASE)
_SPACES = re.compile(r"[\t\r\n\f][ \t\r\n\f]*| [ \t\r\n\f]+")  # anything but single spaces
_ADDRESS = re.compile(r"(?:https?:/|www\.)\S+", re.IGNORECASE)
_NO_LETTER = re.compile(r"&#\d{40,};?")  # Python parses at most 4,300 digits
_LONGEST_PICTURE_WORD = 12  # characters of a picture's alt text that may be an emoji


def plain_text(markup: str, longest: int = 3 * LONGEST_COMMENT) -> str:
    """Convert a comment's HTML to plain text; in text without HTML only entities are replaced.

    Paragraphs are separated by blank lines, list items begin with "- ", lines of quotations with "> ". A link is its
    visible text, or its full address if the visible text is that address, possibly shortened. Scripts, styles and
    pictures are left out; a picture of an emoji becomes the emoji. Line breaks in the source count only if it has no
    tags for paragraphs or lines. Takes linear time; browsers never run anything in the result. Markup longer than
    `longest` is returned unchanged: no comment is that long, so it is left out later.
    """
    if len(markup) > longest:
        return markup
    if "&#" in markup:
        markup = _NO_LETTER.sub("\ufffd", markup)
    for _ in range(3):
        if "&" not in markup or ("<" in markup and _TAG.search(markup)):
            break
        markup = html.unescape(markup)
        if not (_ESCAPED_TAGS if "<" in markup and _TAG.search(markup) else _ESCAPED_ENTITY).search(markup):
            return markup.strip()
    if "<" not in markup or not _TAG.search(markup):
        return markup.strip()
    return _Writer(keeps_lines=not _WRAPPED.search(markup)).write(markup)


class _Writer:
    """Writes the text between tags, line by line."""

    def __init__(self, *, keeps_lines: bool) -> None:
        self.keeps_lines = keeps_lines
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes = self.preformatted = 0
        self.may_quote = True  # until the markup has no more quotations
        self.link: tuple[str, int] | None = None  # address, and start of its text in the line

    def write(self, markup: str) -> str:
        at = 0
        while found := _TAG.search(markup, at):
            if at < found.start():
                self._text(markup[at : found.start()])
            at = self._tag(found, markup)
        self._text(markup[at:])
        self._end_line(paragraph=True)
        return "\n".join(self.lines).strip()

    def _tag(self, found: re.Match[str], markup: str) -> int:
        """Process a tag, and return where the text continues."""
        name, closing = (found[2] or "").lower(), bool(found[1])
        if not name:
            end = markup.find("-->", found.end()) if found[0] == "<!--" else found.end() - 3
            return len(markup) if end < 0 else end + 3
        if name in _HIDDEN and not closing:
            end_tag = _END_TAGS[name].search(markup, found.end())
            return end_tag.end() if end_tag else len(markup)
        if name == "aside" and not closing and _QUOTE.search(found[0]):
            quoted = _BLOCKQUOTE.search(markup, found.end()) if self.may_quote else None
            self.may_quote = quoted is not None  # a forum names the quoted person above it
            self._block(name, closing)
            return quoted.start() if quoted else found.end()
        if name == "a":
            self._anchor(found[0], closing)
        elif name == "img":
            alt = _attribute(_ALT, found[0])
            if len(alt) <= _LONGEST_PICTURE_WORD and not any(each.isalnum() and each.isascii() for each in alt):
                self.line.append(alt)
        elif name in _BLOCKS or name == "blockquote":
            self._block(name, closing)
        elif name in _LINES and not (closing and name == "br"):
            self._end_line(paragraph=name == "br" and not "".join(self.line).strip())  # two in a row end the paragraph
            self.line += ["- "] * (name == "li" and not closing)
        elif name == "cite" and closing and self.quotes and markup[found.end() : found.end() + 1].isalnum():
            self._end_line(paragraph=True)  # shown as a line: the name of the person quoted
        elif name in ("td", "th") and not closing:
            self.line.append(" ")
        return found.end()

    def _block(self, name: str, closing: bool) -> None:
        self._end_line(paragraph=True)
        step = -1 if closing else 1
        if name == "blockquote":
            self.quotes = max(0, self.quotes + step)
        elif name == "pre":
            self.preformatted = max(0, self.preformatted + step)

    def _anchor(self, tag: str, closing: bool) -> None:
        if not closing:
            self.link = (_attribute(_HREF, tag), len(self.line))
        elif self.link:
            (address, start), self.link = self.link, None
            shown = "".join(self.line[start:]).strip()
            if _ADDRESS.fullmatch(shown) and address.startswith(shown.rstrip(".…")):
                self.line[start:] = [address]

    def _text(self, raw: str) -> None:
        text = html.unescape(raw) if "&" in raw else raw
        if not (self.keeps_lines or self.preformatted):
            self.line.append(_SPACES.sub(" ", text))
            return
        first, *others = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        self.line.append(first)
        for other in others:
            self._end_line(paragraph=False, blank=True)
            self.line.append(other)

    def _end_line(self, *, paragraph: bool, blank: bool = False) -> None:
        line = "".join(self.line).strip()
        self.line.clear()
        self.link = None
        last = self.lines[-1] if self.lines else ""
        if line and line != "-":
            self.lines.append(f"> {line}" if self.quotes else line)
        if (paragraph and (line or last)) or (blank and not line and last):
            self.lines += [""] * bool(self.lines and self.lines[-1])


def _attribute(pattern: re.Pattern[str], tag: str) -> str:
    found = pattern.search(tag)
    return html.unescape(next((each for each in found.groups() if each), "")).strip() if found else ""
