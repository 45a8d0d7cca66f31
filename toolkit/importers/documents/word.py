"""Word documents: their text in blocks, read in one walk, with tracked changes accepted."""

from __future__ import annotations

import dataclasses
import datetime
import io
import os
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from typing import Any, Final, NamedTuple

import docx
import lxml.etree
from docx.oxml.parser import parse_xml

from ..._limits import (
    FEW_WORD_TAGS,
    LONGEST_TEXT,
    MOST_MEMBERS,
    MOST_UNPACKED,
    MOST_WORD_ATTRIBUTES,
    MOST_WORD_TAGS,
    WORD_TAGS_PER_BYTE,
)
from ..article import Article
from ..import_log import RawComment, say_offered
from ..text_files import LONG_NAMESPACE, RefusedError, reading
from .document_files import document_article, document_bytes
from .markdown_writer import Piece, one_line
from .running_text import BEFORE_FOOTNOTE_MARK, is_prose

MOST_BASES: Final = 9  # length of a chain of styles
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _T, _R, _BR, _TBL, _TR, _TC, _SDT = (_W + name for name in "p t r br tbl tr tc sdt".split())
_P_PR, _R_PR, _INS, _DEL, _MOVE_TO, _MOVE_FROM = (_W + name for name in "pPr rPr ins del moveTo moveFrom".split())
_W15: Final = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PARAGRAPH_ID: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_OUTLINE: Final = _W + "outlineLvl"
_SAYING = re.compile(r"title|heading|list|toc |quote")  # style names that define the kind of a paragraph
_RAISED = re.compile(r"[\d,*†‡ ]{1,9}")
_BULLET = re.compile(r"\s{0,99}[•·▪◦‣●○■][ \t\xa0]+")
_HEX = re.compile(r"[0-9A-Fa-f]{1,5}")
_NUMBER = re.compile(r"\d+")
_NAMES: Final = {
    "w": _W[1:-1], "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}  # fmt: skip
_ON: Final = "[not(@w:val = '0' or @w:val = 'false' or @w:val = 'off')]"  # a property that is not switched off
_CHANGES: Final = "tracked changes"
# Elements that are not running text: properties, field codes and phonetic readings are skipped,
_SKIPPED = frozenset(_W + name for name in "pPr rPr tblPr tblGrid trPr tcPr sdtPr sdtEndPr instrText rt".split())
# the others are counted under a name, if they have one.
_UNREAD: Final[dict[str, Any]] = {
    name: lxml.etree.XPath(path, namespaces=_NAMES)
    for name, path in {
        "": ".//mc:Choice[following-sibling::*]"  # the last alternative is for all programs
        f" | .//w:sdt[w:sdtPr/w:showingPlcHdr{_ON}]"  # "Click here to enter text."
        " | .//w:tc[w:tcPr/w:vMerge[not(@w:val = 'restart')]]",  # continuation of a merged cell
        "drawings and text boxes": ".//w:drawing | .//w:pict | .//w:object",
        "formulas": ".//m:oMath",
        "footnotes": ".//w:footnoteReference | .//w:endnoteReference",
        "inserted files": ".//w:altChunk",
        "lines of contents": ".//w:p[w:pPr/w:pStyle[contains($contents, concat('|', @w:val, '|'))]]",
        "tables of contents": ".//w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery/@w:val = 'Table of Contents']",
        "hidden text": f".//w:tr[w:trPr/w:hidden{_ON}] | .//w:r[w:rPr/w:vanish{_ON}]"
        " | .//w:r[w:rPr[not(w:vanish)]/w:rStyle[contains($hidden, concat('|', @w:val, '|'))]]"
        " | .//w:p[w:pPr/w:pStyle[contains($hidden, concat('|', @w:val, '|'))]]",
        _CHANGES: f".//w:del | .//w:moveFrom | .//w:tr[w:trPr/w:del{_ON}] | .//w:tc[w:tcPr/w:cellDel{_ON}]",
    }.items()
}
_SIGNS = {_W + "tab": "\t", _W + "ptab": "\t", _W + "cr": "\n", _W + "noBreakHyphen": "-"}


def read_word(source: str | os.PathLike[str] | bytes, *, title: str | None = None, url: str | None = None) -> Article:
    """Read a Word document (.docx): its title, headings, lists and quotes by their styles, tables row by row.

    Tracked changes are read as accepted, text in content controls is read. Hidden text, text boxes, formulas, tables
    of contents and footnotes are not; the notes count them. Comments in the margin are offered in `comments`. Errors as
    `read_article`.
    """
    content, name = document_bytes(source)
    _check_archive(content, name)
    with reading(name, "Word document", "Save it again as .docx."):
        document: Any = docx.Document(io.BytesIO(content))
        styles = [*document.styles.element.iter(_W + "style")]
        hidden = {each.get(_W + "styleId") for each in styles if _is_on(each.find(_R_PR), "vanish")}
        names = _style_names(styles)
        found = _Reader(names, hidden).read(document.element.body)
        comments = _comments(document.part, lambda each: _Reader(names, hidden).read(each).pieces)
        stated, author, created = _metadata(document)
    pieces = found.pieces
    if found.characters > LONGEST_TEXT:
        raise ValueError(f"{name} has more than {LONGEST_TEXT:,} characters. Split it into parts.")
    first = next((piece.text for piece in pieces if piece.kind == "title"), "")
    if not first and pieces and pieces[0].kind == "heading":
        first, pieces = pieces[0].text, pieces[1:]
    pieces = [piece for piece in pieces if piece[:2] != ("title", first)]
    body = [piece._replace(kind="heading") if piece.kind == "title" else piece for piece in pieces]
    day = created.date() if isinstance(created, datetime.datetime) else None
    notes = [f"The file was made on {day}; that is not taken for the day of publication."] if day else []
    if changes := found.hidden.pop(_CHANGES, 0):
        notes.append(f"Tracked changes were read as accepted: {changes}.")
    if found.hidden:
        notes.append(f"Left out: {', '.join(f'{name} {many}' for name, many in found.hidden.items())}.")
    if comments:
        notes.append(say_offered(len(comments), "the margin"))
    article = document_article(body, title or first or stated, url, author, "Word document", notes, name)
    return dataclasses.replace(article, comments=tuple(comments))


def _comments(part: Any, pieces_of: Callable[[Any], list[Piece]]) -> list[RawComment]:
    """Read the comments in the margin; a reply names its parent."""
    parts = {each.reltype.rpartition("/")[2]: each.target_part for each in part.rels.values() if not each.is_external}
    roots = {name: parse_xml(parts[name].blob) for name in ("comments", "commentsExtended") if name in parts}
    found = list(roots["comments"].iter(_W + "comment")) if "comments" in roots else []
    ids = {each.get(_PARAGRAPH_ID): comment.get(_W + "id") for comment in found for each in comment.iter(_P)}
    answered = {ids.get(each.get(_W15 + "paraId")): ids.get(each.get(_W15 + "paraIdParent"))
                for each in roots.get("commentsExtended", ())}  # fmt: skip
    comments = []
    for row, each in enumerate(found, 1):
        number, author, posted = (each.get(_W + name) or "" for name in ("id", "author", "date"))
        text = "\n\n".join(piece.text for piece in pieces_of(each)).strip()
        comments.append(RawComment(row, text, number, answered.get(number) or "", author, posted=posted))
    return [each for each in comments if each.text]


def _check_archive(content: bytes, name: str) -> None:
    """Refuse a file that is not a Word document, or would need too much memory."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError(f"{name} is an old (.doc) or encrypted Word document. Save it as .docx without a password.")
    advice = "Give a .docx file, or a file whose ending matches its format."
    with reading(name, "Word document", advice), zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if "word/document.xml" not in {each.filename for each in entries}:
            raise RefusedError("is an archive, but not a Word document. Give a .docx file.")
        texts = [each for each in entries if each.filename.endswith((".xml", ".rels"))]
        sizes = [sum(each.file_size for each in some) for some in (entries, texts)]
        if sizes[0] > MOST_UNPACKED or sizes[1] > MOST_UNPACKED // 4 or len(entries) > MOST_MEMBERS:
            raise RefusedError(f"would unpack to more than {MOST_UNPACKED:,} bytes. Save only the article.")
        tags = fields = 0
        for part in map(archive.read, texts):
            tags, fields = tags + part.count(b"<"), fields + part.count(b"=")
            if LONG_NAMESPACE.search(part.replace(b"\0", b"")):  # may be UTF-16
                raise ValueError
        if tags > MOST_WORD_TAGS or fields > MOST_WORD_ATTRIBUTES:
            most = f"{MOST_WORD_TAGS:,} tags or {MOST_WORD_ATTRIBUTES:,} attributes"
            raise RefusedError(f"has more than {most}. Split it up.")
        if tags > FEW_WORD_TAGS + WORD_TAGS_PER_BYTE * len(content):
            raise RefusedError(f"has {tags:,} tags in {len(content):,} bytes, which repeat. Save only the article.")


def _metadata(document: Any) -> tuple[str, str, Any]:
    """Return title, author and time of creation, if the file states them: otherwise the library invents them."""
    if not any(each.reltype.endswith("/core-properties") for each in document.part.package.rels.values()):
        return "", "", None
    about = document.core_properties
    return one_line(about.title or ""), one_line(about.author or ""), about.created


def _style_names(styles: list[Any]) -> dict[str | None, str]:
    """Map each style's id to the name that defines its kind: its own, or that of the nearest base style."""
    names, based = {}, {}
    for each in styles:
        own, base, outline = each.find(_W + "name"), each.find(_W + "basedOn"), each.find(f"{_P_PR}/{_OUTLINE}")
        name = (own.get(_W + "val") or "").lower() if own is not None else ""
        names[each.get(_W + "styleId")] = name if _SAYING.search(name) else _heading(outline) or name
        based[each.get(_W + "styleId")] = base.get(_W + "val") if base is not None else None
    for each in names:
        at, steps = each, 0
        while at in names and not _SAYING.search(names[at]) and steps < MOST_BASES:
            at, steps = based[at], steps + 1
        names[each] = names.get(at, names[each])
    return names


def _heading(outline: Any) -> str:
    """Return the heading style for an outline level, "" for the last level, which is body text."""
    level = outline.get(_W + "val") or "" if outline is not None else ""
    return f"heading {int(level) + 1}" if level in tuple("01234567") else ""


def _is_on(parent: Any, name: str) -> bool:
    """Return whether a property is set: present, and not switched off."""
    found = parent.find(_W + name) if parent is not None else None
    return found is not None and (found.get(_W + "val") or "true") not in ("0", "false", "off")


class _Paragraph(NamedTuple):
    style: str
    numbered: bool
    joined: bool  # the mark before the next paragraph was deleted


class _Reader:
    """Collects the blocks of a document in one walk without recursion."""

    def __init__(self, styles: dict[str | None, str], hidden_styles: set[str | None]) -> None:
        self.styles = styles
        contents = {each for each, name in styles.items() if name.startswith("toc ")}
        lists = {"hidden": hidden_styles, "contents": contents}  # strings that XPath searches for ids
        self.listed = {name: f"|{'|'.join(filter(None, ids))}|" for name, ids in lists.items()}
        self.pieces: list[Piece] = []
        self.characters = 0
        self.hidden: Counter[str] = Counter()
        self.plain = self.paragraph = self._about(None)
        self.text: list[str] = []
        self.cells: list[list[Piece]] = []  # of the open row
        self.tables = 0
        self.fields: list[bool] = []  # for each open field, whether this is still its code
        self.codes = 0  # fields in whose code this is

    def read(self, body: Any) -> _Reader:
        unread = {each: name for name, find in _UNREAD.items() for each in find(body, **self.listed)}
        walk = lxml.etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                name = "" if tag in _SKIPPED else unread.get(element)
                name = "footnotes" if name is None and tag == _R and self._is_mark(element) else name
                if name is None:
                    self._open(element, tag)
                    continue
                self.hidden.update([name] * bool(name))
                walk.skip_subtree()
            elif tag == _P:
                self._close_paragraph()
            elif tag == _TC:
                self._end_joined()
            elif tag == _TBL:
                self.tables -= 1
            elif self.tables == 1 and tag == _TR:
                self.pieces += _row(self.cells)
                self.cells = []
            if self.characters > LONGEST_TEXT:
                break
        self._end_joined()
        return self

    def _is_mark(self, run: Any) -> bool:
        """Return whether a run is a footnote mark typed by hand: raised, after a word or a sentence."""
        raised = run.find(f"{_R_PR}/{_W}vertAlign")
        if raised is None or raised.get(_W + "val") != "superscript":
            return False
        text = "".join(each.text or "" for each in run.iterchildren(_T))
        return bool(_RAISED.fullmatch(text) and BEFORE_FOOTNOTE_MARK.search("".join(self.text[-2:])))

    def _open(self, element: Any, tag: Any) -> None:
        if tag == _P:
            if not self.paragraph.joined:
                self.text.clear()
            about = element.find(_P_PR) if len(element) else None
            self.paragraph = self.plain if about is None else self._about(about)
            self.fields.clear()
            self.codes = 0
        elif tag == _T:
            self._add(element.text or "")
        elif tag in _SIGNS:
            self._add(_SIGNS[tag])
        elif tag == _BR:
            self._add("\n" if element.get(_W + "type") in (None, "textWrapping") else " ")
        elif tag == _W + "sym":
            code = element.get(_W + "char") or ""
            number = int(code, 16) if _HEX.fullmatch(code) else 0xE000
            if 0x20 <= number < 0xD800:
                self._add(chr(number))
            else:  # a picture font: private characters without a meaning elsewhere
                self.hidden["symbols of picture fonts"] += 1
        elif tag == _W + "fldChar":
            kind = element.get(_W + "fldCharType")
            if kind == "begin":
                self.fields.append(True)
                self.codes += 1
            elif self.fields:
                self.codes -= self.fields.pop()
                self.fields += [False] * (kind == "separate")
        elif tag in (_INS, _MOVE_TO):
            self.hidden[_CHANGES] += 1
        elif tag == _TBL:
            self._end_joined()
            self.tables += 1
        elif self.tables == 1 and tag == _TC:
            self.cells.append([])

    def _end_joined(self) -> None:
        """End a paragraph whose mark was deleted if no other one follows."""
        self.paragraph = self.paragraph._replace(joined=False)
        self._close_paragraph()

    def _about(self, about: Any) -> _Paragraph:
        parts = {each.tag: each for each in about} if about is not None else {}
        style, marks = parts.get(_W + "pStyle"), parts.get(_R_PR)
        name = style.get(_W + "val") if style is not None else None
        joined = _is_on(marks, "del") or _is_on(marks, "moveFrom")
        known = self.styles.get(name, "")
        known = known if _SAYING.search(known) else _heading(parts.get(_OUTLINE)) or known
        return _Paragraph(known, _W + "numPr" in parts, joined)

    def _add(self, text: str) -> None:
        if self.codes:
            return
        self.characters += len(text)
        self.text.append(text)

    def _close_paragraph(self) -> None:
        if not self.paragraph.joined:
            text = "".join(self.text)
            self.text.clear()
            if text.strip() and (self.cells or not self.tables):
                (self.cells[-1] if self.tables else self.pieces).append(_piece(text, self.paragraph))


def _row(cells: list[list[Piece]]) -> list[Piece]:
    """Return a table row as one block; a single cell, or cells of prose, are layout and keep their blocks."""
    if len(cells) == 1 or any(len(cell) > 1 and any(map(is_prose, cell)) for cell in cells):
        return [piece for cell in cells for piece in cell]
    row = " | ".join(" ".join(one_line(piece.text) for piece in cell) for cell in cells)
    return [Piece("paragraph", row)] * bool(row.strip(" |"))


def _piece(text: str, paragraph: _Paragraph) -> Piece:
    style = paragraph.style
    if style == "title":
        return Piece("title", one_line(text))
    if style.startswith("heading"):
        level = _NUMBER.search(style)
        return Piece("heading", one_line(text), int(level[0][:2]) + 1 if level else 2)
    bullet = _BULLET.match(text)
    text = text[bullet.end() :] if bullet else text
    listed = style.startswith("list") or paragraph.numbered or bullet is not None
    return Piece("list_item" if listed else "quote" if "quote" in style else "paragraph", text)
