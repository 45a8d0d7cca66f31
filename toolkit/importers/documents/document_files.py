"""Shared by the readers of documents: optional libraries, limits on bytes, the article made of blocks."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from ..._limits import LARGEST_DOCUMENT
from ..._packaging import optional
from ..article import Article
from ..text_files import read_bytes
from .markdown_writer import Piece, count_promo, report_blocks, write_markdown

LONGEST_LABEL: Final = 80  # characters of a line without a closing mark that may be a part of the page around
MOST_DOUBTFUL: Final = 0.25  # of the words taken: more of them missing or short lines call for a warning
FEWEST_MOMENTS: Final = 3  # lines such as "Ann wrote on May 1, 2024 at 10:00"
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_SPACED = re.compile(rf"[{_UNSPACED}]{{1,2}}|[^\s{_UNSPACED}]+")
_ENDS = re.compile(r"[.!?…:;,。！？：；，、][\"'”’»)\]」』]{0,3}\s{0,3}\Z")
_DAY = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日|[^\W\d_]{3,9}\.? \d{1,2}, \d{4}"
    r"|\d{1,2}\.? (?:de )?[^\W\d_]{3,9}\.?(?: de)? \d{4})"
)
MOMENT: Final = re.compile(
    rf"{_DAY},?(?: (?:at|um|à|a las|alle|às))? {{0,3}}\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?: ?[AaPp]\.?[Mm]\.?)?"
)


def library(module: str, what: str) -> Any:
    """Import a library that reads documents, or say how to install it."""
    with optional("documents", what):
        return importlib.import_module(module)


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


def document_bytes(source: str | os.PathLike[str] | bytes) -> tuple[bytes, str]:
    """Read a document of at most 50 MB: its bytes, and its name for messages."""
    name = "The document" if isinstance(source, bytes) else Path(source).name
    return read_bytes(source, limit=LARGEST_DOCUMENT), name


def document_article(
    pieces: list[Piece], title: str, url: str | None, saved_by: str, made_from: str, notes: Iterable[str], name: str
) -> Article:
    """Make an article from a document's blocks; ValueError if there is no text in them.

    `saved_by` is the name in the document's properties: usually that of the person who saved it, so it is not used.
    """
    if not any(piece.text.strip() for piece in pieces):
        raise ValueError(f"{name} has no text besides its title. Give a document with the article in it.")
    markdown = write_markdown(pieces, title)
    properties = "The file's properties name an author, which was not taken: it may be who saved the file."
    notes = (*filter(None, notes), *([properties] if saved_by else []), report_blocks(pieces, count_promo(markdown)))
    return Article(markdown, title=title, url=url or "", format=made_from, notes=notes)


def words_of(text: str) -> list[str]:
    """Cut a text at its spaces, and two signs at a time where it is written without any, as Chinese and Thai are."""
    return _SPACED.findall(text)


def ends(text: str) -> bool:
    """Whether a text ends as a sentence or a part of one does."""
    return bool(_ENDS.search(text))


def doubts_of(pieces: list[Piece]) -> list[str]:
    """Warn where much of what was taken is not running text, and of lines such as those above comments."""
    short = [piece for piece in pieces if len(piece.text) < LONGEST_LABEL and not ends(piece.text)]
    heads = sum(piece.kind == "heading" for piece in short)
    foreign, words = (sum(len(words_of(piece.text)) for piece in some) for some in (short, pieces))
    dated = [piece for piece in pieces if piece.kind != "heading" and len(piece.text) < LONGEST_LABEL]
    moments = sum(bool(MOMENT.search(piece.text)) for piece in dated)
    doubts = []
    if moments >= FEWEST_MOMENTS:
        doubts.append(
            f"Warning: perhaps comments are among this text: {moments} lines have a day and a time, as those above "
            "comments do. Compare it with the page."
        )
    if foreign > MOST_DOUBTFUL * words:
        doubts.append(
            f"Warning: perhaps not all of this is the article: {len(short) - heads:,} short lines and {heads:,} "
            "headings look like parts of the page. Read the text through."
        )
    return doubts
