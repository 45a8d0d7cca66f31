"""Web pages saved as one archive: MHTML (Chrome, Edge, Internet Explorer) and Safari's web archives."""

import email.message
import email.parser
import html
import io
import itertools
import os
import plistlib
import re
from typing import Final, NamedTuple

from ..._limits import (
    LARGEST_PAGE,
    LONGEST_HEADER,
    LONGEST_HEADERS,
    LONGEST_TEXT,
    MOST_NESTED_PARTS,
    MOST_PARTS,
    VALUES_PER_PART,
)
from ..documents.document_files import document_bytes
from ..text_files import RefusedError, codec_of, reading
from .page_markup import decode_page

_BLANK = re.compile(rb"\n\r?\n")
_TALK: Final = re.compile(rb"(?i)comment|discuss")
MOST_FRAMES: Final = 10  # frames searched for comments
LONGEST_FRAME: Final = LONGEST_TEXT // 20  # characters
_INSTEAD: Final = "Open the page in a browser and save it as HTML only."


def open_mhtml(source: str | os.PathLike[str] | bytes) -> tuple[bytes, str | None, str]:
    """Extract the page from an MHTML file (.mhtml, .mht).

    Returns
    -------
    tuple
        The page's HTML as bytes, its encoding as declared by the archive (None if missing or wrong), and the address it
        was saved from. Errors as `read_article`.
    """
    content, name = document_bytes(source, limit=LARGEST_PAGE, called="The archive")
    content = content.lstrip()
    with reading(name, "MHTML file", _INSTEAD):
        message, pages = _find_pages(content)
        start = message.get_param("start")
        first = next((part for part in pages if start and part.head.get("Content-ID") == start), None)
        page = first or next(iter(pages), None)
        held = page.head if page else message
        payload, charset = _decoded(content, page), held.get_content_charset()
        framed = ((_decoded(content, part), part.head.get_content_charset()) for part in pages if part is not page)
        talking = (_as_frame(*each) for each in framed if _TALK.search(each[0]))
        frames = b"".join(itertools.islice(talking, MOST_FRAMES))
        before, end, after = payload.rpartition(b"</body")
        payload = before + frames + end + after if end else payload
        address = str(message.get("Snapshot-Content-Location") or held.get("Content-Location") or "")
    return _page(name, payload, charset, address)


class _Part(NamedTuple):
    """A part of an archive: its headers, and the start and end of its content."""

    head: email.message.Message
    start: int
    end: int


def _find_pages(content: bytes) -> tuple[email.message.Message, list[_Part]]:
    """Find the archive's headers and its HTML parts; only headers are parsed and copied."""
    waiting, seen, headers = [(0, len(content), 0)], 0, 0
    top, pages = email.message.Message(), []
    while waiting:
        start, end, depth = waiting.pop()
        blank = _BLANK.search(content, max(0, start - 1), end)
        body = blank.end() if blank else end
        headers += body - start
        if body - start > LONGEST_HEADER or headers > LONGEST_HEADERS:
            most = f"{LONGEST_HEADER:,} bytes of headers in a part, or {LONGEST_HEADERS:,} in all"
            raise RefusedError(f"has more than {most}. {_INSTEAD}")
        head = email.parser.BytesHeaderParser().parsebytes(content[start:body])
        top = top if seen else head
        seen += 1
        boundary, inner = head.get_boundary(), []
        if head.get_content_maintype() == "multipart" and boundary:
            named = boundary.encode("ascii", "surrogateescape")
            mark = re.compile(b"^--" + re.escape(named) + rb"(--)?[ \t]*\r?$\n?", re.MULTILINE)
            places = list(itertools.islice(mark.finditer(content, body - 1, end), MOST_PARTS + 2))
            ends = [*(each.start() for each in places[1:]), end]
            inner = [(a.end(), b, depth + 1) for a, b in zip(places, ends, strict=True) if not a[1]] if places else []
        elif head.get_content_maintype() == "message":
            inner = [(body, end, depth + 1)]
        elif head.get_content_type() in ("text/html", "application/xhtml+xml"):
            pages.append(_Part(head, body, end))
        waiting += reversed(inner)
        if seen + len(waiting) > MOST_PARTS:
            raise RefusedError(f"has more than {MOST_PARTS:,} parts. {_INSTEAD}")
        if inner and depth >= MOST_NESTED_PARTS:
            raise RefusedError(f"has archives nested more than {MOST_NESTED_PARTS} deep. {_INSTEAD}")
    return top, pages


def _decoded(content: bytes, part: _Part | None) -> bytes:
    if part is None:
        return b""
    part.head.set_payload(content[part.start : part.end].decode("ascii", "surrogateescape"))
    payload = part.head.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _as_frame(page: bytes, charset: str | None) -> bytes:
    """Return a page as a frame to embed, since it may be a comment service's; empty if it is too long."""
    try:
        text = decode_page(page, _page("", page, charset, "")[1])
    except ValueError:
        text = page.decode("utf-8", "replace")
    written = html.escape(text).encode("ascii", "xmlcharrefreplace")
    return b'<iframe srcdoc="' + written + b'"></iframe>' if len(written) <= LONGEST_FRAME else b""


def open_webarchive(source: str | os.PathLike[str] | bytes) -> tuple[bytes, str | None, str]:
    """Extract the page from Safari's web archive (.webarchive), like `open_mhtml`."""
    content, name = document_bytes(source, limit=LARGEST_PAGE, called="The archive")
    with reading(name, "web archive", _INSTEAD):
        binary = content.startswith(b"bplist")  # ends with its number of values
        values = int.from_bytes(content[-24:-16], "big") if binary else content.count(b"<") // 2
        if values > MOST_PARTS * VALUES_PER_PART:
            raise RefusedError(f"has {values:,} values; the limit is {MOST_PARTS * VALUES_PER_PART:,}. {_INSTEAD}")
        resource = plistlib.load(io.BytesIO(content))["WebMainResource"]
        page = resource["WebResourceData"]
        # Only strings: lists of lists with shared parts would take forever to convert.
        about = {key: value for key, value in resource.items() if isinstance(value, str)}
        kind, address = about.get("WebResourceMIMEType", "text/html"), about.get("WebResourceURL", "")
        charset = about.get("WebResourceTextEncodingName")
    return _page(name, page if "html" in kind else b"", charset, address)


def _page(name: str, content: object, charset: object, address: str) -> tuple[bytes, str | None, str]:
    """Return the page, its declared encoding if that exists and decodes the page, and its address."""
    if not isinstance(content, bytes) or not content.strip():
        raise ValueError(f"{name} has no web page in it. {_INSTEAD}")
    encoding = codec_of(str(charset)) or None
    try:
        content.decode(encoding or "utf-8")
    except UnicodeError:
        encoding = None
    return content, encoding, address if address.startswith("http") else ""
