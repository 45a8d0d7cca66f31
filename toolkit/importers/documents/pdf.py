"""PDF files: lines joined to paragraphs, without running heads and without what browsers print in the margins."""

import collections
import dataclasses
import io
import itertools
import math
import os
import re
from collections.abc import Container, Iterator
from typing import Any, Final

import pypdf
from pypdf.errors import LimitReachedError
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from ... import _limits as limits
from ..article import Article
from ..import_log import say_offered
from ..text_files import RefusedError, reading
from .document_files import document_article, document_bytes, silent
from .markdown_writer import one_line, plain_pieces
from .pasted_pages import propose_split
from .pdf_operations import parse_operations
from .running_text import MOMENT, doubts_of

LEAST_TEXT: Final = 20  # characters per page; a PDF with fewer consists of scans
MORE_THAN_TEXT: Final = "draws or holds far more than its text. Print it without pictures, or copy its text."
_LIMITS: Final[dict[str, Any]] = {
    "zlib_maximum_output_length": limits.LARGEST_PDF_STREAM,
    "zlib_maximum_recovery_input_length": limits.LARGEST_PDF_STREAM // 8,
    "lzw_maximum_output_length": limits.LARGEST_PDF_STREAM,
    "run_length_maximum_output_length": limits.LARGEST_PDF_STREAM,
    "stream_decoding_work_maximum_length": 3 * limits.LARGEST_PDF_STREAM // 2,
}
_DRAWN: Final = "• "  # for a list label drawn as a circle
EDGE: Final = 2  # lines at the top and foot that may be running heads
PRINTED_EDGE: Final = 3  # lines at the top and foot that a browser may have printed
_TITLE_LINES: Final = 4  # first lines that may be the title

_TRAILER = re.compile(rb"trailer(.*?)startxref", re.DOTALL)
_OBJECT_END = re.compile(rb">>\s{0,9}stream|endobj")
_FONT_FILES = ("/Type1C", "/CIDFontType0C", "/OpenType")
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f]{1,8})>\s*<([0-9A-Fa-f]{1,8})>\s*(?:<[^>]*>|\[[^]]*\])")
# The map of the invisible font written by text recognition: 65,536 codes that stand for themselves.
_EVERY_CODE = re.compile(rb"1\s+beginbfrange\s+<0000>\s*<[Ff]{4}>\s*<0000>\s+endbfrange")
_AFTER_TITLE = re.compile(r"(?:\s?[-–—|•·:»]\s.{1,80})?")
_NUMBER = re.compile(r"\d+")
_HYPHEN = re.compile(r"([^\W\d_]{1,40})(?<=[a-z])-$")
_BROKEN = re.compile(r"\w{1,40}-\n\w{1,40}")
_WORD = re.compile(r"\w{1,40}(?:-\w{1,40}){0,3}")
_MARK = re.compile(r"(?<=[^\W\d_]{2}[.,;:!?])([\"”’)»]{0,2})(\d{1,3})(?=\s|$)")
_NOTE = re.compile(r"[\[(]?(\d{1,3})[\s.\])]")
_ENDS = re.compile(r"(?<!\b[A-Z])(?<!\bMr|\bMs|\bDr|\bSt)(?<!\bMrs)[.!?:][\"'”’)\]]{0,3}$")  # not "Mr."
_LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # Arabic, Hebrew and the like
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_ADDRESS = re.compile(r"(?:https?|file)://\S{1,2000}|\bwww\.\S{1,2000}")
_COUNTER = re.compile(
    r"(?:^|\s)(?:(?:page|seite|p[aá]gina|sid[ae]|strona|p\.|стр\.) )?"
    r"(\d{1,4}) ?(?:/|of|von|sur|de|di|van|a[fv]|z|из) ?(\d{1,4})$"
    r"|^(?:page )?(\d{1,4}) ?(?:/|of) ?(\d{1,4})\b",
    re.IGNORECASE,
)


def read_pdf(source: str | os.PathLike[str] | bytes, *, title: str | None = None, url: str | None = None) -> Article:
    """Read the text of a PDF: lines joined to paragraphs, hyphens at line ends closed, running heads dropped.

    The date, title, address and page number that a browser prints in the margins are dropped, too. A PDF has no
    blocks, only lines in places: headings and lists are recognised as in pasted text. Check the result. Errors as
    `read_article`.
    """
    content, name = document_bytes(source)
    if b"%PDF" not in content[:1024]:
        raise ValueError(f"{name} is not a PDF. Give a .pdf file, or a file whose ending matches its format.")
    heads = sum(len(each) for each in _TRAILER.findall(content))
    if content.count(b" n") > limits.MOST_PDF_OBJECTS or heads > limits.FEW_PDF_BYTES // 2:
        raise ValueError(f"{name} has a table of more than {limits.MOST_PDF_OBJECTS:,} objects. Print it as PDF again.")
    with (
        reading(name, "PDF", "Save it again, or copy its text."),
        silent("pypdf"),  # its log quotes the file
        pypdf.apply_configuration(**_LIMITS),
    ):
        try:
            reader: Any = pypdf.PdfReader(io.BytesIO(content), xref_stream_maximum_entries=limits.MOST_PDF_OBJECTS)
            if reader.is_encrypted and not reader.decrypt(""):
                raise RefusedError("needs a password. Save it without one, or copy its text.")
            work = _Work(reader, content)
            if (count := len(reader.pages)) > limits.MOST_PAGES:
                raise RefusedError(f"has {count:,} pages; the limit is {limits.MOST_PAGES:,}. Split it into parts.")
            pages = list(_texts(reader, work))
            stated, author = (one_line(str(getattr(reader.metadata, key, "") or "")) for key in ("title", "author"))
        except LimitReachedError as error:
            raise RefusedError(MORE_THAN_TEXT) from error
    lines, dropped = _without_running_heads(*_without_margins([page.splitlines() for page in pages], stated))
    if sum(map(len, lines)) < LEAST_TEXT * max(1, count):
        raise ValueError(
            f"{name} has hardly any text; its pages may be scanned images. Run text recognition (OCR) on it first."
        )
    text = "\n".join(_paragraphs(_without_marks(lines)))
    parted = propose_split(text)  # as in a pasted page
    signed = [each for each in parted.comments if each.author and each.posted]
    comments = parted.comments if 2 * len(signed) > len(parted.comments) else ()
    pieces = parted.pieces() if comments else plain_pieces(text)
    found = next((piece.text for piece in pieces if piece.kind == "title"), "")
    note = f"{count} pages; {dropped} repeated lines at the top or foot were dropped; lines were joined to paragraphs."
    body = [piece for piece in pieces if piece.kind != "title"]
    lead = ""
    for at, piece in enumerate(body[:_TITLE_LINES] if stated and not found else []):
        lead = one_line(f"{lead} {piece.text}")
        if stated.startswith(lead) and _AFTER_TITLE.fullmatch(stated, len(lead)):
            found, body = lead, body[at + 1 :]  # browsers save it as "Longer Hours - Town Herald"
            break
    offered = f"{say_offered(len(comments), 'the file')} Compare them with it." if comments else ""
    announced = not comments and any(part.kind == "comments" for part in parted.parts)
    doubt = "Warning: this text may include comments: a line announces them. Read it through." * announced
    turned = (
        "Warning: a PDF keeps text in the order of drawing, so words written from right to left may be out of order."
    )
    turned = f"{turned} Save the page as HTML instead." * (4 * len(_LEFTWARDS.findall(text)) > len(text))
    notes = [note, offered, doubt, turned, *doubts_of(body)]
    article = document_article(body, title or found or stated, url, author, "PDF", notes, name)
    return dataclasses.replace(article, comments=comments)


class _Work:
    """Counts the bytes and operations processed so far, and refuses a PDF with too little text for them."""

    def __init__(self, reader: Any, content: bytes) -> None:
        self._reader, self._content = reader, content
        self._resolve, reader.get_object = reader.get_object, self.resolve
        self.kept = self.operations = self.moves = 0
        self.bytes = 0.0

    def spend(self, size: float = 0, operations: int = 0) -> None:
        self.bytes += size
        self.operations += operations
        if (
            self.bytes > limits.FEW_PDF_BYTES + limits.PDF_BYTES_PER_CHARACTER * self.kept
            or self.operations > limits.FEW_PDF_OPERATIONS + limits.PDF_OPERATIONS_PER_CHARACTER * self.kept
            or self.operations + self.moves > limits.FEW_DRAWN + limits.DRAWN_PER_BYTE * len(self._content)
            or self.kept > limits.FEW_PDF_CHARACTERS + limits.DRAWN_PER_BYTE * len(self._content)
        ):
            raise RefusedError(MORE_THAN_TEXT)

    def resolve(self, reference: Any) -> Any:
        """Resolve an object like the library, but count it before parsing, and return pictures without data."""
        number, generation = getattr(reference, "idnum", reference), getattr(reference, "generation", 0)
        start = self._reader.xref.get(generation, {}).get(number)
        if start is not None and (generation, number) not in self._reader.resolved_objects:
            end = _OBJECT_END.search(self._content, start, start + limits.FEW_PDF_BYTES)
            self.spend(end.start() - start if end else math.inf)
        found = self._resolve(reference)
        is_dictionary = isinstance(found, DictionaryObject)
        self.spend(2, limits.OPERATIONS_PER_FONT * (is_dictionary and found.get("/Type") == "/Font"))
        if not isinstance(found, StreamObject):
            return found
        kind = found.get("/Subtype", "")
        is_font = "/Length1" in found or kind in _FONT_FILES
        data = b""
        try:
            data = b"" if kind == "/Image" else found.get_data()
        except LimitReachedError:
            self.spend(0 if is_font else math.inf)
        if not data:
            return DictionaryObject({NameObject("/Subtype"): NameObject(kind)})
        if _EVERY_CODE.search(data):
            return NameObject("/Identity-H")
        self.spend((len(data) + 20 * data.count(b"BI ")) / (10 if is_font else 3 if b"begincmap" in data else 1))
        for some in _RANGES.findall(data):
            codes = (int(last, 16) - int(first, 16) for first, last in _RANGE.findall(some))
            self.spend(3 * sum(min(each, 100_000) for each in codes if each > 0))
        return found


def _texts(reader: Any, work: _Work) -> Iterator[str]:
    """Extract the text page by page, up to the limits on length and work.

    Pages that share their content are read once.
    """
    read: dict[object, str] = {}
    characters = 0
    for page in reader.pages:
        key = _identity(page)
        if key not in read:
            read[key] = _shown(page, work).translate(_LIGATURES)
            work.kept += len(read[key])
            work.spend()  # errors inside a form are only logged by the library
        characters += len(read[key])
        if characters > limits.LONGEST_TEXT:
            raise RefusedError(f"has more than {limits.LONGEST_TEXT:,} characters. Split it into parts.")
        yield read[key]


def _shown(page: Any, work: _Work) -> str:
    """Extract the text of a page, adding bullets that browsers draw instead of writing."""
    parts: list[str] = []
    label = ""  # "begun" or "drawn"

    def draw(operator: bytes, operands: list[Any], *_: object) -> None:
        nonlocal label
        count = limits.OPERATIONS_PER_FORM if operator == b"Do" else 1
        if operator == b"TJ" and operands:
            count = sum(isinstance(each, str | bytes) for each in operands[0])
        elif operator == b"Td" and operands[1:] == [0]:
            count = 0  # moves along the line, as between spaced letters
            work.moves += 1
        work.spend(operations=count)
        label = "begun" if operands[:1] == ["/Lbl"] else "drawn" if label and operator == b"EMC" else label

    def show(text: str, *_: object) -> None:
        nonlocal label
        parts.append(_DRAWN * (label == "drawn" and bool(text.strip())) + text)
        label = "" if text.strip() else label

    parse_operations(page)
    page.extract_text(visitor_operand_before=draw, visitor_text=show)
    return "".join(parts)


def _identity(page: Any) -> object:
    """Return a key of what a page draws: the objects it refers to, or the page itself if it refers to none."""
    contents, resources = (page.raw_get(key) if key in page else None for key in ("/Contents", "/Resources"))
    return (repr(contents), repr(resources)[:2_000]) if "IndirectObject" in repr(contents) else id(page)


def _without_margins(pages: list[list[str]], title: str) -> tuple[list[list[str]], int]:
    """Drop date, title, address and number ("1/2"), which browsers print at the edges of pages."""
    out, dropped = [], 0
    for number, page in enumerate(pages, 1):
        lines = [line for each in page if (line := one_line(each))]
        edges = {at for at in range(len(lines)) if at < PRINTED_EDGE or at >= len(lines) - PRINTED_EDGE}
        printed = {at for at in edges if _is_counter(lines[at], number, len(pages))}
        if printed and any(MOMENT.search(lines[at]) or _ADDRESS.search(lines[at]) for at in edges):
            printed |= {at for at in edges if _is_margin(lines[at], title, first=number == 1 and at == 0)}
        else:
            printed = {at for at in printed if not _COUNTER.sub("", lines[at])}
        dropped += len(printed)
        out.append([line for at, line in enumerate(lines) if at not in printed])
    return out, dropped


def _is_counter(line: str, number: int, count: int) -> bool:
    """Return whether a line is this page's number out of the total, beside an address or a date at most."""
    found = _COUNTER.search(line)
    if not found or [int(each) for each in found.groups() if each] != [number, count]:
        return False
    rest = _ADDRESS.sub("", MOMENT.sub("", _COUNTER.sub("", line)))
    return len(rest) < len(line) / 2 or not rest.strip()


def _is_margin(line: str, title: str, *, first: bool) -> bool:
    ends = [*(found.span() for found in MOMENT.finditer(line)), *((-1, each.end()) for each in _ADDRESS.finditer(line))]
    return any(start == 0 or end == len(line) for start, end in ends) or (line == title != "" and not first)


def _without_running_heads(pages: list[list[str]], dropped: int) -> tuple[list[str], int]:
    """Drop lines that recur at the top or foot of most pages, numbers aside, and join the pages."""
    edges = [{_NUMBER.sub("#", line) for line in (*page[:EDGE], *page[-EDGE:])} for page in pages]
    times = collections.Counter(line for edge in edges for line in edge)
    running = {line for line, often in times.items() if often >= 3 and 2 * often > len(pages)}
    kept = []
    for page in pages:
        for at, line in enumerate(page):
            if (at < EDGE or at >= len(page) - EDGE) and _NUMBER.sub("#", line) in running:
                dropped += 1
            else:
                kept.append(line)
    return kept, dropped


def _without_marks(lines: list[str]) -> list[str]:
    """Drop footnote marks: numbers from 1 after the ends of clauses, if some line begins with each of them."""
    found = [each[2] for line in lines for each in _MARK.finditer(line)]
    notes = {each[1] for line in lines if (each := _NOTE.match(line))}
    if found != [str(number) for number in range(1, len(found) + 1)] or not notes.issuperset(found):
        return lines
    return [_MARK.sub(r"\1", line) for line in lines]


def _paragraphs(lines: list[str]) -> list[str]:
    """Join the lines of paragraphs: a line continues if it is nearly full and does not end a sentence."""
    lengths = sorted(len(line) for line in lines)
    full = 0.75 * lengths[9 * len(lengths) // 10] if lengths else 0  # near the length of a full line
    known = frozenset(_WORD.findall(_BROKEN.sub(" ", "\n".join(lines).lower())))
    out: list[list[str]] = []
    goes_on = False
    for line, following in itertools.zip_longest(lines, lines[1:], fillvalue=""):
        if not goes_on or line.startswith(_DRAWN):
            out.append([])
        broken = _HYPHEN.search(line)
        closed = broken and not _is_compound(broken[1].lower(), following, known)
        out[-1] += [line[: -1 if closed else None]] if broken else [line, " "]
        goes_on = bool(broken) or (len(line) >= full and not (_ENDS.search(line) and len(line) < full / 0.75 * 0.9))
    return ["".join(parts).strip() for parts in out]


def _is_compound(first: str, following: str, known: Container[str]) -> bool:
    """Return whether a hyphen at a line end is the word's own: the text has it hyphenated elsewhere, or its halves."""
    begin = _WORD.match(following.lower())
    last = begin[0] if begin else ""
    return f"{first}-{last}" in known or (first in known and last in known and first + last not in known)
