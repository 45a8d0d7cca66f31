"""What the readers of documents share: limits on bytes, silenced logs, building an article from blocks."""

import contextlib
import logging
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..._limits import LARGEST_DOCUMENT
from ..article import Article
from ..text_files import read_bytes
from .markdown_writer import Piece, count_promo, one_line, report_blocks, write_markdown
from .running_text import FIRST_LINES, WITHOUT_WRITER, writer_of


@contextlib.contextmanager
def silent(name: str) -> Iterator[None]:
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


def document_bytes(
    source: str | os.PathLike[str] | bytes, *, limit: int = LARGEST_DOCUMENT, called: str = "The document"
) -> tuple[bytes, str]:
    """Return a document's bytes, within a limit, and its name for messages."""
    return read_bytes(source, limit=limit), called if isinstance(source, bytes) else Path(source).name


def document_article(
    pieces: list[Piece], title: str, url: str | None, saved_by: str, made_from: str, notes: Iterable[str], name: str
) -> Article:
    """Build an article from a document's blocks; ValueError if they have no text.

    `saved_by`, the name in the document's properties, is not used: it is usually that of the person who saved it.
    """
    top = [(at, one_line(piece.text)) for at, piece in enumerate(pieces[:FIRST_LINES]) if piece.kind != "heading"]
    signed, writer = next(((at, name) for at, line in top if (name := writer_of(line))), (-1, ""))
    pieces = [piece for at, piece in enumerate(pieces) if at != signed]
    if not any(piece.text.strip() for piece in pieces):
        raise ValueError(f"{name} has no text besides its title. Give a document with the article in it.")
    markdown = write_markdown(pieces, title)
    properties = "The author in the file's properties was not taken: it may be the person who saved the file."
    notes = [*filter(None, notes), *[WITHOUT_WRITER] * bool(writer), *[properties] * bool(saved_by)]
    notes.append(report_blocks(pieces, count_promo(markdown)))
    return Article(markdown, title=title, url=url or "", author=writer, format=made_from, notes=tuple(notes))
