"""Comment exports: the one list of formats, and `read_comments`, which finds the right one for a file."""

import collections
import contextlib
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from .._limits import FEW_MARKS, LARGEST_FILE, LONGEST_HEADER, MARK_LENGTH
from .._packaging import data_beside
from .._tables import checked_choice
from .exports import csv_and_xlsx as tables
from .exports import text_chats_and_mail, xml_exports
from .exports.json_documents import load
from .exports.json_files import any_list
from .exports.social_media_and_messengers import PLATFORMS, is_reddit, reddit
from .import_log import Comments, ImportLog, RawComment, refuse_dense, refuse_more
from .privacy.masking import mask
from .privacy.pseudonyms import Pseudonyms
from .text_files import read_bytes, read_text, well_formed


class Format(NamedTuple):
    """A format of exports: its name and description, its container, and how to detect and read it.

    A container is "table", "sheet", "json" or "xml"; `recognises` and `read` get its content. `free` formats have
    fields of any name, and so accept ``columns=``. `handles`: the platform shows user names, never real names.
    """

    name: str
    what: str
    container: str
    recognises: Callable[[Any], bool]
    read: Callable[..., Iterable[RawComment]]
    free: bool = False
    handles: bool = False


_MANY: Final = 1_000  # comments checked at a time

FORMATS: Final = (
    Format("reddit", "Reddit, the .json of a post", "json", is_reddit, reddit, handles=True),
    *(Format(each.name, each.what, "json", each.recognises, each.read, handles=each.handles) for each in PLATFORMS),
    Format("json", "objects in JSON or JSON lines", "json", lambda _: True, any_list, free=True),
    Format("wordpress", "WordPress export (WXR)", "xml", xml_exports.is_wordpress, xml_exports.wordpress),
    Format("disqus", "Disqus export", "xml", lambda root: str(root.tag).endswith("disqus"), xml_exports.disqus),
    Format(
        "xml", "records in XML (Atom, RSS)", "xml", lambda e: bool([*e, *e.attrib]), xml_exports.any_records, free=True
    ),
    Format("xlsx", "spreadsheet (XLSX)", "sheet", lambda _: True, tables.sheet_comments, free=True),
    Format(
        "chat", "chat as text (WhatsApp, LINE, IRC, Twitch, Discord)", "chat", lambda _: True, text_chats_and_mail.chat
    ),
    Format("mail", "mailbox or message (mbox, eml)", "mail", lambda _: True, text_chats_and_mail.mail),
    Format("csv", "table", "table", lambda _: True, tables.delimited_comments, free=True),
)
"""Supported formats, most specific first (the first match wins)."""


def read_comments(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - the natural name for users
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    article: str | None = None,
) -> tuple[Comments, ImportLog]:
    """Read the comments of an export unchanged: nothing is cleaned or masked yet.

    Parameters
    ----------
    path
        A file, also gzipped: one of `FORMATS`, which is detected from the content, not the name.
    format
        The name of a format, to override the one detected.
    columns
        For tables and lists of objects: the column of each part, such as ``{"text": "Kommentar", "posted": "Datum"}``.
        Parts not named are found by common names. Parts: text, comment_id, reply_to, author, handle, posted, likes,
        thread.
    encoding
        Encoding of the file, if it is neither UTF-8 nor Windows-1252 and has no byte order mark.
    article
        Title, address or id of the article, if the file has comments on several; those on the others are left out.

    Returns
    -------
    tuple
        The comments in the order of the file, with real names, and the import log.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is in none of the formats, is damaged, or has no comments or no known columns; or if it exceeds a
        limit (`toolkit._limits`), as files do that consist mostly of empty rows, objects or tags.
    """
    place = Path(path)
    chosen, content, log = _opened(place, format, encoding)
    kept_out = len(log.left_out)  # lines that are not JSON are already logged
    if columns and not chosen.free:
        log.note(0, f"columns={{}} was not needed: the fields of {chosen.what} are known.")
    if not chosen.free:
        log.note(0, "Only id, parent, author, date, likes and text were taken: no e-mail or IP address, no picture.")
    found = chosen.read(content, columns, log) if chosen.free else chosen.read(content, log)
    plain = chosen.container == "table" and "\\" not in content  # so no cell has a JSON escape
    comments = Comments.of(found) if plain else _mended(Comments.of(found))
    if chosen.container == "json" and content.has_more:
        log.note(0, "The file is one page of several: the platform has more comments than are in it.")
    if chosen.container not in ("table", "sheet"):
        log.read = len(comments) + kept_out
    if not log.read:
        raise ValueError(f"{place.name} ({log.format}) has no comments. Give the file that has them.")
    refuse_dense(comments, log.source)
    return under_article(comments, article, log), log


def _opened(place: Path, name: str | None, encoding: str | None) -> tuple[Format, Any, ImportLog]:
    """Open a file and detect its format from its content."""
    if name is not None:
        checked_choice(name, "format", [each.name for each in FORMATS])
    wanted = [each for each in FORMATS if name in (None, each.name)]
    log, content = ImportLog(place.name), read_bytes(place)
    container, opened = _contained(content, place.name, encoding, log)
    found = next((each for each in wanted if each.container == container and (name or each.recognises(opened))), None)
    if found is None:
        raise ValueError(
            f"{place.name} is {_CONTAINERS[container]}, but "
            f"{f'cannot be read as {wanted[0].what}' if name else 'not a known comment export'}. "
            f"The known formats are: {'; '.join(each.what for each in FORMATS)}."
        )
    log.format, log.free, log.handles_only = found.what, found.free, found.what.split(",")[0] * found.handles
    return found, opened, log


_SCRIPT = re.compile(
    r"""\A\s{0,9}(?://[^\n]{0,200}\n|/\*.{0,200}?\*/)?\s{0,9}"""
    r"""(?:export default |[\w.$ ]{1,60}=\s?|[\w.$]{1,60}\(|\]?\)\]?\}',?\s?"""
    r"""|\]?\)?\}?(?:while\(1\)|for\(;;\));(?:</x>)?)?"""
    r"""(?:JSON\.parse\()?(?=[\[{]|"\s?[\[{])""",
    re.DOTALL,
)
_SAVED_PAGE = re.compile(rb"(?i)from: .?saved by|bplist00")  # MHTML, web archive
IS_PAGE: Final = "is a saved page. Give it as the article, and 'page' as the comments: those in it."
_CONTAINERS = {
    "table": "a table or text", "sheet": "a spreadsheet", "json": "JSON", "xml": "XML", "mail": "mail",
    "chat": "a chat",
}  # fmt: skip
_FILES: Final = data_beside(__file__, "refused.toml")
_REFUSED: Final = [(re.compile(each["begins"]), each["what"], each["advice"]) for each in _FILES["files"]]
_OF_TABLES: Final = (".xls", ".xlsx", ".csv")
_PACKED: Final = [(each["mark"].encode(), each["what"], each["advice"]) for each in _FILES["packed"]]


def _contained(content: bytes, name: str, encoding: str | None, log: ImportLog) -> tuple[str, Any]:
    """Open the container: a table as text, a sheet as bytes, JSON and XML parsed."""
    log.source = name
    if content.startswith(b"PK\x03\x04") and b"xl/" not in content:
        kind, advice = next(((kind, advice) for mark, kind, advice in _PACKED if mark in content),
                            ("a ZIP archive", "Unpack it and give the file of comments inside"))  # fmt: skip
        raise ValueError(f"{name} is {kind}, not an XLSX workbook. {advice}.")
    if content.startswith(b"PK\x03\x04"):
        return "sheet", content
    begin = content[:LONGEST_HEADER].removeprefix(b"\xef\xbb\xbf")
    if _SAVED_PAGE.match(begin) or name.lower().endswith((".mht", ".mhtml", ".webarchive")):
        raise ValueError(f"{name} {IS_PAGE}")
    begun = begin.decode("latin-1")
    for begins, kind, advice in _REFUSED:
        if begins.match(begun) and ("page" not in kind or name.lower().endswith(_OF_TABLES)):
            raise ValueError(f"{name} is {kind}, which cannot be read. {advice}, and give that file.")
    if text_chats_and_mail.is_mail(begin):
        return "mail", content
    encoding = encoding or xml_exports.declared_encoding(content)
    try:
        text = read_text(content, encoding=encoding, limit=LARGEST_FILE)
    except ValueError as error:
        raise ValueError(str(error).replace("The text", name, 1)) from None
    is_xml = text[:2000].lstrip().startswith("<")
    marks = text.count("&") + (0 if is_xml else text.count("<"))
    if r"\u00" in text:  # rare
        marks += sum(map(text.count, (r"\u0026", *(r"\u003c", r"\u003C") * (not is_xml))))
    refuse_more(marks, "tags and entities of HTML", len(text), FEW_MARKS + len(text) // MARK_LENGTH, name)
    if text_chats_and_mail.is_chat(text):
        return "chat", text
    if records := text_chats_and_mail.labelled(text):
        return "json", load(json.dumps(records), log)
    if (wrapped := _SCRIPT.match(text)) and wrapped[0].strip():
        text = text[wrapped.end() :].rstrip("); \n")
    start = text[:2000].lstrip()
    if start[:1] == '"' and start[1:2] in "[{":
        with contextlib.suppress(ValueError, RecursionError):
            text = json.loads(text)
            start = text[:2000].lstrip()
    if re.match(r"<(?:!doctype\s+html|html)\b", start, re.IGNORECASE):
        if messages := text_chats_and_mail.telegram_page(text):
            return "json", load(json.dumps({"messages": messages}), log)
        if b"chat_page" in content or b"_a6-g" in content:
            raise ValueError(
                f"{name} is an archive of Telegram or Meta in HTML, which cannot be read. Export it again as JSON."
            )
        raise ValueError(f"{name} {IS_PAGE}")
    if start.startswith("<"):
        return "xml", xml_exports.load(text.lstrip(), log)
    return ("json", load(text, log)) if start[:1] in ("{", "[") else ("table", text)


def _mended(comments: Comments) -> Comments:
    """Replace halves of surrogate pairs, which JSON can express and nothing else can store."""
    mended = {}
    for name, column in zip(RawComment._fields[1:8], comments.columns[1:8], strict=True):
        many = ("".join(column[at : at + _MANY]) for at in range(0, len(column), _MANY))
        if not all(well_formed(some) is some for some in many):  # rare
            mended[name] = [*map(well_formed, column)]
    return comments.replaced(**mended)


def under_article(comments: Comments, article: str | None, log: ImportLog) -> Comments:
    """Keep the comments on one article; if none is named, report how many articles the file has."""
    threads = collections.Counter(comments.thread)
    if article is not None and not any(threads):
        why = f"{log.source} does not name the articles of its comments"
        raise ValueError(f"{why}, so only={article[:80]!r} would do nothing. Leave it out.")
    if article is None:
        threads.pop((), None)
        if len(threads) > 1:
            shown = "; ".join(f"{thread[0][:60]} ({n})" for thread, n in threads.most_common(5))
            log.note(0, f"The file has comments on {len(threads)} articles, and all were read: {shown}.")
        return comments
    here = {thread for thread in threads if _plain(article) in {_plain(each) for each in thread}}
    if not here:
        titles = "; ".join(thread[0][:60] for thread, _ in threads.most_common(10) if thread)
        known = mask(titles, Pseudonyms(comments.people()))
        raise ValueError(f"{log.source} has no comments on {article[:80]!r}. It has comments on: {known}.")
    for row, thread in zip(comments.row, comments.thread, strict=True):
        if thread not in here:
            log.leave_out(row, "under another article")
    return comments.at([at for at, thread in enumerate(comments.thread) if thread in here])


def _plain(label: str) -> str:
    """Normalise an address (scheme, www, query, last slash) or a title (case) for comparison."""
    return re.sub(r"^https?://(?:www\.)?", "", label.strip().casefold()).partition("?")[0].rstrip("/")
