"""Articles from any kind of file or text: `read_article` and the one list of formats."""

import dataclasses
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from .._limits import LARGEST_PAGE, LONGEST_TEXT
from .._packaging import data_beside, optional
from .._tables import checked_choice
from .article import Article
from .text_files import DATA, first_bytes, read_text, well_formed

__all__ = ["ARTICLE_FORMATS", "Article", "ArticleFormat", "read_article"]

Source = str | os.PathLike[str] | bytes


class ArticleFormat(NamedTuple):
    """A format of articles: its name, its file endings, and its first bytes (lower case)."""

    name: str
    endings: tuple[str, ...]
    begins: tuple[bytes, ...] = ()


ARTICLE_FORMATS: Final = (
    ArticleFormat(
        "web page", (".html", ".htm", ".xhtml"), (b"<!doctype html", b"<html", b"<head", b"<body", b"<article")
    ),
    ArticleFormat("MHTML", (".mhtml", ".mht", ".eml"), (b"from: <saved by", b'from: "saved by', b"mime-version:")),
    ArticleFormat("web archive", (".webarchive",), (b"bplist00",)),
    ArticleFormat("Markdown", (".md", ".markdown")),
    ArticleFormat("plain text", ()),
    ArticleFormat("pasted page", (".txt", ".text")),
    ArticleFormat("Word document", (".docx",), (b"pk\x03\x04",)),
    ArticleFormat("PDF", (".pdf",), (b"%pdf",)),
)
"""Every format that `read_article` reads, in the order of detection."""


_REFUSED: Final = [  # format, file endings, first bytes in lower case, what to do
    (each["what"], tuple(each["endings"].split()), tuple(each.get("begins", "").encode().split()), each["advice"])
    for each in data_beside(__file__, "refused.toml")["articles"]
]
_ZIP_KINDS = {b"application/epub+zip": "an e-book", b"application/vnd.oasis.opendocument": "an OpenDocument text"}
# Headers of a message, one of which announces HTML or several parts.
_HEADERS = re.compile(
    rb"(?:[a-z-]{1,40}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{1,998}\r?\n){0,9}){0,20}?"
    rb"content-type:\s{0,9}(?:multipart/|text/html)"
)
_BEGINNING = 2_000  # bytes in which a file's format is recognised


def read_article(
    path_or_text: Source,
    *,
    format: str | None = None,  # noqa: A002 - the natural name for users
    title: str | None = None,
    url: str | None = None,
    encoding: str | None = None,
    split: Mapping[str, str | tuple[int, int]] | None = None,
) -> Article:
    r"""Read one article from a file, from pasted text or from the bytes of a file.

    Parameters
    ----------
    path_or_text
        A path; or the text itself, if it has more than one line or begins with "<"; or the bytes of a file. A single
        line is always read as a path.
    format
        The name of a row of `ARTICLE_FORMATS`. By default it is detected from the first bytes, then from the file's
        ending, then from marks in the text. "plain text" is all article; a "pasted page" is split as `proposal` shows.
    title, url
        Title and address, if they are not to be taken from the page.
    encoding
        The file's encoding, if it is not UTF-8, Windows-1252, or declared by a byte order mark or the page.
    split
        For a pasted page: the lines of each part, such as ``{"article": "1-65", "comments": "72-73"}``, instead of the
        proposal.

    Returns
    -------
    Article
        The article as Markdown, the page's metadata, the comments found in it, and notes on what was done.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the content does not match its format, is damaged, encrypted or only pictures of text, has no article in
        it, or exceeds a limit. Any text: 10 million characters (embedded pictures aside) or
        100,000 lines. A page: 300,000 tags, nested 2,000 deep, with 500 attributes, 50,000 elements beside its
        comments, 100,000 objects and lists of JSON-LD. An archive of a page: 200 MB, 10,000 parts, 20,000 bytes of
        headers in one of them or 4,000,000 in all. A document: 50 MB, 50 MB of XML unpacked, 500,000 tags, 2,000
        pages, or much more to draw than text.
    ImportError
        If a package that reads web pages, Word documents or PDF files is missing.

    Examples
    --------
    >>> read_article("Longer Library Hours\n\nThe council has voted.\n\nDoors stay open until ten.").title
    'Longer Library Hours'
    """
    source = _source(path_or_text)
    name = _format(source, format)
    content = str(source).encode("utf-8") if _is_text(source) else source
    if split is not None and name not in ("", "plain text", "pasted page"):
        raise ValueError(f"split= divides pasted text by line, but this was read as {name!r}. Leave out split=.")
    if name == "web page":
        with optional("documents", "Saved web pages"):
            from .pages.web_pages import read_page

        return read_page(source, title=title, url=url, encoding=encoding)
    if name in ("MHTML", "web archive"):
        with optional("documents", "Saved web pages"):
            from .pages.page_archives import open_mhtml, open_webarchive
            from .pages.web_pages import read_page

        opened = open_mhtml if name == "MHTML" else open_webarchive
        page, charset, address = opened(content)
        article = read_page(page, title=title, url=url or address or None, encoding=encoding or charset)
        return dataclasses.replace(article, format=name)
    if name in ("Word document", "PDF"):
        with optional("documents", "Word documents and PDF files"):
            if name == "PDF":
                from .documents.pdf import read_pdf as read_document
            else:
                from .documents.word import read_word as read_document

        return read_document(content, title=title, url=url)
    from .documents.markdown import looks_like_markdown, read_markdown
    from .documents.markdown_writer import lines_of

    text = str(source) if _is_text(source) else read_text(source, encoding=encoding, limit=LARGEST_PAGE // 4)
    text = DATA.sub("data:", text) if len(text) > LONGEST_TEXT else text
    if len(text) > LONGEST_TEXT:
        called = Path(source).name if not _is_text(source) and not isinstance(source, bytes) else "The text"
        raise ValueError(f"{called} has {len(text):,} characters; the limit is {LONGEST_TEXT:,}. Split it into parts.")
    if name == "Markdown" or (not name and split is None and looks_like_markdown(text)):
        return read_markdown(text, title=title, url=url)
    if name == "plain text" and split is None:
        split = {"article": (1, len(lines_of(text.rstrip())))}
    found = _pasted_page(text, split, title, url)
    if not found.markdown.strip():  # only control characters
        raise ValueError("There is no article in this text: it has no letters, digits or signs. Give one with words.")
    return found


def _pasted_page(
    text: str, split: Mapping[str, str | tuple[int, int]] | None, title: str | None, url: str | None
) -> Article:
    """Read a pasted page by the user's split, with errors as `Split.apply`, or by the proposed one."""
    from .documents.markdown_writer import count_promo, report_blocks, write_markdown
    from .documents.pasted_pages import propose_split, range_of
    from .documents.running_text import doubts_of

    parted = propose_split(text)
    parted = parted.apply(split) if split is not None else parted
    pieces = parted.pieces()
    found = title or next((piece.text for piece in pieces if piece.kind == "title"), "")
    pieces = [piece for piece in pieces if piece.kind != "title"]
    markdown = write_markdown(pieces, found)
    notes = [f"{range_of(part).capitalize()} {part.kind}: {part.reason}." for part in parted.parts]
    notes += doubts_of(pieces, pasted=True) if split is None else []
    counted = f"{len(parted.comments)} comments were found in the text; they are not part of the article."
    return Article(
        markdown,
        title=found,
        url=url or "",
        author=parted.author,
        published=parted.published,
        comments=parted.comments,
        format="pasted page" if len(parted.parts) > 1 else "plain text",
        notes=(*notes, report_blocks(pieces, count_promo(markdown)), counted),
        proposal=parted,
    )


def _is_text(source: Source) -> bool:
    return isinstance(source, str) and ("\n" in source or "\r" in source or source.lstrip().startswith("<"))


def _source(given: Source) -> Source:
    if not isinstance(given, str | bytes | os.PathLike):
        raise ValueError(f"An article must be a path, a string or bytes, not {type(given).__name__}.")
    if isinstance(given, str):
        given = well_formed(given)
        if not given.strip():
            raise ValueError("The text is empty. Give an article, or the path to a file.")
        if not _is_text(given) and ("\0" in given or len(given) > 1_000):
            raise ValueError(
                f"A single line of {len(given):,} characters is not a path. To pass a text of one line, end it with "
                "a line break."
            )
    return given


def _format(source: Source, given: str | None) -> str:
    """Return the format given, else by first bytes or file ending; "" for text, which is examined later."""
    names = [each.name for each in ARTICLE_FORMATS]
    if given is not None:
        return checked_choice(given, "article_format", names)
    if _is_text(source):
        begin = str(source)[:_BEGINNING].lstrip("\ufeff \t\r\n").encode("utf-8").lower()
    else:
        begin = source[:_BEGINNING] if isinstance(source, bytes) else first_bytes(source, _BEGINNING)
        begin = begin.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    _check_known(source, begin)
    if found := next((each.name for each in ARTICLE_FORMATS if each.begins and begin.startswith(each.begins)), ""):
        return found
    if _HEADERS.match(begin):
        return "MHTML"
    if _is_text(source):
        return "web page" if begin.startswith(b"<") and not begin.startswith(b"<!-- ") else ""
    ending = "" if isinstance(source, bytes) else Path(source).name.removesuffix(".gz").lower()
    found = next((each.name for each in ARTICLE_FORMATS if each.endings and ending.endswith(each.endings)), "")
    return "" if found == "pasted page" else found


def _check_known(source: Source, begin: bytes) -> None:
    """Refuse formats that would otherwise be misread, and name them."""
    name = "" if isinstance(source, bytes) or _is_text(source) else Path(source).name
    ending = name.removesuffix(".gz").lower()
    packed = next((kind for mime, kind in _ZIP_KINDS.items() if mime in begin[:120]), "")
    for kind, endings, begins, advice in _REFUSED:
        if (
            kind == (packed if begin.startswith(b"pk") else "")
            or (begins and begin.startswith(begins))
            or ending.endswith(endings)
        ):
            raise ValueError(f"{name or 'The content'} is {kind}, which cannot be read. {advice}, then give that file.")
