"""Web pages that a browser saved as one archive: MHTML (Chrome, Edge, Internet Explorer) and Safari's web archives."""

from __future__ import annotations

import codecs
import email
import email.message
import io
import os
import plistlib
from pathlib import Path
from typing import Final

from .text_files import read_bytes

LARGEST_ARCHIVE: Final = 200_000_000  # bytes, the page's pictures included
MOST_PARTS: Final = 10_000
MOST_DEEP: Final = 20  # multipart in multipart; browsers write one or two

_INSTEAD: Final = "Open the page in a browser and save it as HTML only."


def open_mhtml(source: str | os.PathLike[str] | bytes) -> tuple[bytes, str | None, str]:
    """Take the page out of an MHTML file (.mhtml, .mht).

    Returns
    -------
    tuple
        The page's HTML as bytes, its encoding as the archive declares it (None if it does not or the declaration is
        wrong), and the address it was saved from.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is not MHTML, has no page in it, has more than 10,000 parts, or is larger than 200 MB.
    """
    content, name = read_bytes(source, limit=LARGEST_ARCHIVE), _name_of(source)
    if content.lower().count(b"\nmime-version:") + content.lower().count(b"\ncontent-type:") > MOST_PARTS:
        raise ValueError(f"{name} has more than {MOST_PARTS:,} parts. {_INSTEAD}")
    if content.lower().count(b"multipart/") > MOST_DEEP:
        raise ValueError(f"{name} has archives nested more than {MOST_DEEP} deep. {_INSTEAD}")
    try:
        message = email.message_from_bytes(content.lstrip())
        pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        page = next((part for part in pages if part.get("Content-ID") == message.get_param("start")), None)
        page = page or next(iter(pages), None)
        payload = page.get_payload(decode=True) if page is not None else None
        charset = page.get_content_charset() if page is not None else None
        address = str(message.get("Snapshot-Content-Location") or (page or message).get("Content-Location") or "")
    except Exception as error:  # the library documents no error for damaged archives
        raise ValueError(f"{name} is a damaged MHTML file ({type(error).__name__}). {_INSTEAD}") from error
    if not isinstance(payload, bytes) or not payload.strip():
        raise ValueError(f"{name} has no web page in it. {_INSTEAD}")
    return payload, _usable(charset, payload), address if address.startswith("http") else ""


def open_webarchive(source: str | os.PathLike[str] | bytes) -> tuple[bytes, str | None, str]:
    """Take the page out of a web archive of Safari (.webarchive): its HTML, its encoding, and its address.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is not a web archive, has no page in it, or is larger than 200 MB.
    """
    content, name = read_bytes(source, limit=LARGEST_ARCHIVE), _name_of(source)
    try:
        resource = plistlib.load(io.BytesIO(content))["WebMainResource"]
        page, kind = resource["WebResourceData"], str(resource.get("WebResourceMIMEType", "text/html"))
        address, charset = str(resource.get("WebResourceURL", "")), resource.get("WebResourceTextEncodingName")
    except Exception as error:  # the library documents no error that covers all damaged files
        raise ValueError(f"{name} is a damaged web archive ({type(error).__name__}). {_INSTEAD}") from error
    if not isinstance(page, bytes) or not page.strip() or "html" not in kind:
        raise ValueError(f"{name} has no web page in it. {_INSTEAD}")
    return page, _usable(charset, page), address if address.startswith("http") else ""


def _name_of(source: str | os.PathLike[str] | bytes) -> str:
    return "The archive" if isinstance(source, bytes) else Path(source).name


def _usable(charset: object, content: bytes) -> str | None:
    """The declared encoding, if there is one by that name and the page is in it."""
    try:
        name = codecs.lookup(str(charset)).name
        content.decode(name)
    except (LookupError, ValueError, UnicodeError):
        return None
    return name
