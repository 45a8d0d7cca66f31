"""Word documents and PDF files: their text in blocks, within bounds; the libraries are loaded only when used."""

from __future__ import annotations

import collections
import datetime
import io
import os
import re
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from .._packaging import optional
from .article import Article
from .markdown_writer import Piece, count_promo, one_line, plain_pieces, tell_blocks, write_markdown
from .text_files import LONGEST_TEXT, read_bytes

LARGEST_DOCUMENT: Final = 50_000_000  # bytes
MOST_UNPACKED: Final = 200_000_000  # bytes of all that a Word document holds, and a twentieth of it for its text
MOST_PAGES: Final = 2_000
LEAST_TEXT: Final = 20  # characters a page; a PDF with fewer is pictures of pages

_NUMBER = re.compile(r"\d+")
_HYPHEN = re.compile(r"(?<=[a-z])-$")
_ENDS = re.compile(r"[.!?:][\"'”’)\]]{0,3}$")


def read_word(source: str | os.PathLike[str] | bytes, *, title: str | None = None, url: str | None = None) -> Article:
    """Read a Word document (.docx): its title, headings, lists and quotes by their styles, tables row by row.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no Word document, encrypted, damaged, without text, or larger than 50 MB (200 MB unpacked).
    ImportError
        If python-docx is not installed.
    """
    docx = _library("docx", "Word documents")
    content, name = _content(source)
    _check_archive(content, name)
    try:
        document = docx.Document(io.BytesIO(content))
        pieces = [piece for each in document.iter_inner_content() for piece in _word_pieces(each)]
        about = document.core_properties
        told, author, created = one_line(about.title or ""), one_line(about.author or ""), about.created
    except Exception as error:  # the library documents none: whatever it stumbles over is a damaged file
        raise ValueError(
            f"{name} is a damaged Word document ({type(error).__name__}). Save it again as .docx."
        ) from error
    if sum(len(piece.text) for piece in pieces) > LONGEST_TEXT:
        raise ValueError(f"{name} has more than {LONGEST_TEXT:,} characters. Give it in parts.")
    first = next((piece.text for piece in pieces if piece.kind == "title"), "")
    if not first and pieces and pieces[0].kind == "heading":
        first = pieces[0].text
        pieces = pieces[1:]
    pieces = [
        piece._replace(kind="heading") if piece.kind == "title" and piece.text != first else piece for piece in pieces
    ]
    day = created.date() if isinstance(created, datetime.datetime) else None
    note = f"The file was made on {day}; that is not taken for the day of publication." if day else ""
    return _article(
        [p for p in pieces if p.kind != "title"], title or first or told, url, author, "Word document", note, name
    )


def read_pdf(source: str | os.PathLike[str] | bytes, *, title: str | None = None, url: str | None = None) -> Article:
    """Read the text of a PDF: lines joined to paragraphs, hyphens at line ends closed, running heads dropped.

    A PDF has no blocks, only lines in places: headings and lists are told as in pasted text. Look at the result.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no PDF, needs a password, is damaged, holds pictures of pages instead of text, or is larger than
        50 MB, 2,000 pages or 10 million characters.
    ImportError
        If pypdf is not installed.
    """
    pypdf = _library("pypdf", "PDF files")
    content, name = _content(source)
    if b"%PDF" not in content[:1024]:
        raise ValueError(f"{name} is no PDF. Give a .pdf file, or another format by its own ending.")
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
        pages = (
            [page.extract_text() for page in reader.pages[:MOST_PAGES]] if count <= MOST_PAGES and not locked else []
        )
        told, author = _pdf_metadata(reader) if not locked else ("", "")
    except Exception as error:  # the library documents none that covers all damaged files
        raise ValueError(
            f"{name} is a damaged PDF ({type(error).__name__}). Save it again, or copy its text."
        ) from error
    if locked:
        raise ValueError(f"{name} needs a password. Save it without one, or copy its text.")
    _check_pages(pages, count, name)
    lines, dropped = _without_running_heads([page.splitlines() for page in pages])
    pieces = plain_pieces("\n".join(_paragraphs(lines)))
    found = next((piece.text for piece in pieces if piece.kind == "title"), "")
    note = f"{count} pages; {dropped} repeated lines at the top or foot were dropped; lines were joined to paragraphs."
    return _article([p for p in pieces if p.kind != "title"], title or found or told, url, author, "PDF", note, name)


def _library(module: str, what: str) -> Any:
    import importlib

    with optional("documents", what):
        found: ModuleType = importlib.import_module(module)
    return found


def _content(source: str | os.PathLike[str] | bytes) -> tuple[bytes, str]:
    name = "The document" if isinstance(source, bytes) else Path(source).name
    return read_bytes(source, limit=LARGEST_DOCUMENT), name


def _check_archive(content: bytes, name: str) -> None:
    """Refuse what is no Word document, or would unpack to more than the memory should hold."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValueError(f"{name} is an old (.doc) or encrypted Word document. Save it as .docx without a password.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            text = sum(each.file_size for each in entries if each.filename.endswith((".xml", ".rels")))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ValueError(
            f"{name} is no Word document. Give a .docx file, or another format by its own ending."
        ) from error
    if "word/document.xml" not in {each.filename for each in entries}:
        raise ValueError(f"{name} is an archive, but no Word document. Give a .docx file.")
    if sum(each.file_size for each in entries) > MOST_UNPACKED or text > MOST_UNPACKED // 4 or len(entries) > 10_000:
        raise ValueError(f"{name} would unpack to more than {MOST_UNPACKED:,} bytes. Save the article alone.")


def _word_pieces(each: Any) -> list[Piece]:
    if hasattr(each, "rows"):
        rows = (" | ".join(dict.fromkeys(one_line(cell.text) for cell in row.cells)) for row in each.rows)
        return [Piece("paragraph", row) for row in rows if row.strip(" |")]
    if not each.text.strip():
        return []
    style = (each.style.name if each.style is not None else "").lower()
    numbered = each._p.pPr is not None and each._p.pPr.numPr is not None
    if style == "title":
        return [Piece("title", one_line(each.text))]
    if style.startswith("heading"):
        level = _NUMBER.search(style)
        return [Piece("heading", one_line(each.text), int(level[0][:2]) + 1 if level else 2)]
    kind = "list_item" if style.startswith("list") or numbered else "quote" if "quote" in style else "paragraph"
    return [Piece(kind, each.text)]


def _pdf_metadata(reader: Any) -> tuple[str, str]:
    about = reader.metadata
    return ("", "") if about is None else (one_line(str(about.title or "")), one_line(str(about.author or "")))


def _check_pages(pages: list[str], count: int, name: str) -> None:
    if count > MOST_PAGES:
        raise ValueError(f"{name} has {count:,} pages; {MOST_PAGES:,} are the most. Give it in parts.")
    length = sum(len(page.strip()) for page in pages)
    if length > LONGEST_TEXT:
        raise ValueError(f"{name} has more than {LONGEST_TEXT:,} characters. Give it in parts.")
    if length < LEAST_TEXT * max(1, count):
        raise ValueError(
            f"{name} has hardly any text: pictures of pages, perhaps. Run text recognition (OCR) on it first."
        )


def _without_running_heads(pages: list[list[str]]) -> tuple[list[str], int]:
    """Drop lines that stand at the top or foot of most pages, their numbers aside; pages are parted by nothing."""
    pages = [[line.strip() for line in page if line.strip()] for page in pages]
    edges = [{_NUMBER.sub("#", line) for line in (*page[:2], *page[-2:])} for page in pages]
    times = collections.Counter(line for edge in edges for line in edge)
    running = {line for line, often in times.items() if often >= 3 and 2 * often > len(pages)}
    kept, dropped = [], 0
    for page in pages:
        for at, line in enumerate(page):
            if (at < 2 or at >= len(page) - 2) and _NUMBER.sub("#", line) in running:
                dropped += 1
            else:
                kept.append(line)
    return kept, dropped


def _paragraphs(lines: list[str]) -> list[str]:
    """Join the lines of paragraphs: a line goes on where it is nearly as long as the others and does not end."""
    lengths = sorted(len(line) for line in lines)
    full = 0.75 * lengths[9 * len(lengths) // 10] if lengths else 0  # nine in ten lines are no longer
    out: list[list[str]] = []
    goes_on = False
    for line in lines:
        if not goes_on:
            out.append([])
        broken = bool(_HYPHEN.search(line))
        out[-1] += [line[:-1]] if broken else [line, " "]
        goes_on = broken or (len(line) >= full and not (_ENDS.search(line) and len(line) < full / 0.75 * 0.9))
    return ["".join(parts).strip() for parts in out]


def _article(
    pieces: list[Piece], title: str, url: str | None, author: str, made_from: str, note: str, name: str
) -> Article:
    if not any(piece.text.strip() for piece in pieces):
        raise ValueError(f"{name} has no text besides its title. Give a document with the article in it.")
    markdown = write_markdown(pieces, title)
    notes = tuple(filter(None, (note, tell_blocks(pieces, count_promo(markdown)))))
    return Article(markdown, title=title, url=url or "", author=author, format=made_from, notes=notes)
