"""Comment exports: the one list of formats, and `read_comments`, which finds the right one for a file."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from . import csv_and_xlsx as tables
from . import json_files, xml_exports
from . import json_platforms as platforms
from .import_log import ImportLog, RawComment
from .json_files import Loaded
from .text_files import LARGEST_FILE, read_bytes, read_text, well_formed

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class Format(NamedTuple):
    """One kind of export: its name and description, its container, and how to detect and read it.

    A container is "table", "sheet", "json" or "xml"; `recognises` and `read` get what the container holds.
    `free` formats have fields of any name, and so take ``columns=``. `handles`: the platform gives user names, never
    real names.
    """

    name: str
    what: str
    container: str
    recognises: Callable[[Any], bool]
    read: Callable[..., Iterable[RawComment]]
    free: bool = False
    handles: bool = False


def _first(loaded: Loaded) -> json_files.Object:
    return loaded.objects[0] if loaded.objects else {}


def _has(part: object, *keys: str) -> bool:
    """Whether this is an object with these fields, or a list that begins with one."""
    first = part[0] if isinstance(part, list) and part else part
    return isinstance(first, dict) and set(keys) <= first.keys()


def _is_youtube(loaded: Loaded) -> bool:
    return str(_first(loaded).get("kind", "")).startswith("youtube#")


def _is_downloaded(loaded: Loaded) -> bool:
    return _has(loaded.objects, "cid", "text", "votes")


def _is_reddit(loaded: Loaded) -> bool:
    return _first(loaded).get("kind") == "Listing" or _has(_under(loaded, "data"), "kind", "data")


def _is_substack(loaded: Loaded) -> bool:
    return _has(_first(loaded).get("comments", loaded.objects), "body", "id", "ancestor_path")


def _is_hacker_news(loaded: Loaded) -> bool:
    first = _first(loaded)
    return _has(first.get("hits"), "objectID", "story_id") or _has(first, "children", "created_at_i", "type")


def _is_rest(loaded: Loaded) -> bool:
    return _has(loaded.objects, "author_name", "content") and isinstance(_first(loaded)["content"], dict)


def _under(loaded: Loaded, *path: str) -> object:
    """Return what the first object of a document holds under these keys, one inside the other."""
    value: object = _first(loaded)
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _is_nyt(loaded: Loaded) -> bool:
    return _has(_under(loaded, "results", "comments"), "commentBody")


def _is_guardian(loaded: Loaded) -> bool:
    return _has(_under(loaded, "discussion", "comments"), "body", "userProfile")


def _is_discourse(loaded: Loaded) -> bool:
    return _has(_under(loaded, "post_stream", "posts"), "cooked", "post_number")


def _is_mastodon(loaded: Loaded) -> bool:
    return _has(_under(loaded, "descendants"), "account", "content")


def _is_bluesky(loaded: Loaded) -> bool:
    return _has(_under(loaded, "thread"), "post")


def _is_lemmy(loaded: Loaded) -> bool:
    return _has(_under(loaded, "comments"), "comment", "creator")


def _is_disqus_api(loaded: Loaded) -> bool:
    return _has(_under(loaded, "response"), "message", "author", "createdAt")


def _is_telegram(loaded: Loaded) -> bool:
    return _has(_under(loaded, "messages"), "id", "type", "date")


def _is_facebook(loaded: Loaded) -> bool:
    return _has(_under(loaded, "comments_v2") or _under(loaded, "comments"), "timestamp", "data")


def _is_ghost(loaded: Loaded) -> bool:
    return _has(_under(loaded, "comments"), "html", "member")


def _is_tiktok(loaded: Loaded) -> bool:
    paths = (("Comment", "Comments"), ("Activity", "Comments"), ("Your Activity", "Comments"), ("Comments",))
    return any(_has(_under(loaded, *path), "CommentsList") for path in (*paths, ("Comment", "Comments", "Comments")))


def _is_instagram(loaded: Loaded) -> bool:
    return _has(_under(loaded, "comments_media_comments") or loaded.objects, "string_map_data") or _has(
        _under(loaded, "comments_reels_comments"), "string_map_data"
    )


def _is_firebase(loaded: Loaded) -> bool:
    return _has(loaded.objects, "id", "type", "time") and any(_has(each, "by", "parent") for each in loaded.objects)


def _has_objects(loaded: Loaded) -> bool:
    return bool(loaded.objects)


def _is_wxr(root: Element) -> bool:
    return root.tag == "rss"


def _is_disqus(root: Element) -> bool:
    return str(root.tag).endswith("disqus")


def _is_anything(content: object) -> bool:
    return True


FORMATS: Final = (
    Format("youtube", "YouTube Data API, comment threads", "json", _is_youtube, platforms.youtube, handles=True),
    Format(
        "youtube-downloader",
        "youtube-comment-downloader",
        "json",
        _is_downloaded,
        platforms.youtube_downloader,
        handles=True,
    ),
    Format("reddit", "Reddit, the .json of a post", "json", _is_reddit, platforms.reddit, handles=True),
    Format("hacker-news", "Hacker News, item or search", "json", _is_hacker_news, platforms.hacker_news, handles=True),
    Format("wordpress-rest", "WordPress REST comments", "json", _is_rest, platforms.wordpress_rest),
    Format("substack", "Substack, the comments of a post", "json", _is_substack, platforms.substack),
    Format("nyt", "New York Times, comments of an article", "json", _is_nyt, platforms.new_york_times),
    Format("guardian", "The Guardian, discussion of an article", "json", _is_guardian, platforms.guardian),
    Format("discourse", "Discourse, the .json of a topic", "json", _is_discourse, platforms.discourse),
    Format("mastodon", "Mastodon, context of a status", "json", _is_mastodon, platforms.mastodon),
    Format("bluesky", "Bluesky, thread of a post", "json", _is_bluesky, platforms.bluesky),
    Format("lemmy", "Lemmy, list of comments", "json", _is_lemmy, platforms.lemmy, handles=True),
    Format("disqus-api", "Disqus API, posts of a thread", "json", _is_disqus_api, platforms.disqus_api),
    Format("telegram", "Telegram, history of a chat", "json", _is_telegram, platforms.telegram),
    Format("facebook", "Facebook, own comments", "json", _is_facebook, platforms.facebook),
    Format("ghost", "Ghost, comments of a post", "json", _is_ghost, platforms.ghost),
    Format("tiktok", "TikTok, own comments", "json", _is_tiktok, platforms.tiktok),
    Format("instagram", "Instagram, own comments", "json", _is_instagram, platforms.instagram),
    Format("hn-firebase", "Hacker News, Firebase items", "json", _is_firebase, platforms.hn_firebase, handles=True),
    Format("json", "objects in JSON or JSON lines", "json", _has_objects, json_files.any_list, free=True),
    Format("wordpress", "WordPress export (WXR)", "xml", _is_wxr, xml_exports.wordpress),
    Format("disqus", "Disqus export", "xml", _is_disqus, xml_exports.disqus),
    Format("xlsx", "spreadsheet (XLSX)", "sheet", _is_anything, tables.sheet_comments, free=True),
    Format("csv", "table", "table", _is_anything, tables.delimited_comments, free=True),
)
"""Supported formats, most specific first (the first match wins)."""


def read_comments(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002 - what a reader calls it
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    article: str | None = None,
) -> tuple[list[RawComment], ImportLog]:
    """Read the comments of an export as they are in the file; nothing is cleaned or masked yet.

    Parameters
    ----------
    path
        A file, also gzipped: one of `FORMATS`, which is detected from the content, not the name.
    format
        The name of a format, where another one than it looks like is meant.
    columns
        For tables and lists of objects: which column is which, such as ``{"text": "Kommentar", "posted": "Datum"}``.
        Parts not named are found by common names. Parts: text, comment_id, reply_to, author, handle, posted, likes,
        thread.
    encoding
        How the file is written, where it is neither UTF-8 nor Windows-1252 and no mark says so.
    article
        Title, address or id of the article, where the file holds the comments of several; the others' are left out.

    Returns
    -------
    tuple
        The comments in the order of the file, and the log of the reading. The comments hold real names.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is none of the formats, damaged, too large, has no comments, or its columns are not known.
    """
    place = Path(path)
    chosen, content, log = _opened(place, format, encoding)
    kept_out = len(log.left_out)  # lines that are no JSON were counted when they were found
    if columns and not chosen.free:
        log.note(0, f"columns= was not needed: the fields of {chosen.what} are known.")
    if not chosen.free:
        log.note(0, "Only id, parent, author, date, likes and text were taken: no e-mail or IP address, no picture.")
    found = chosen.read(content, columns, log) if chosen.free else chosen.read(content, log)
    comments = [_mended(each) for each in found]
    if chosen.container not in ("table", "sheet"):
        log.read = len(comments) + kept_out
    if not log.read:
        raise ValueError(f"{place.name} was read as {log.format} but has no comments. Give the file that has them.")
    return _under_article(comments, article, log), log


def _opened(place: Path, name: str | None, encoding: str | None) -> tuple[Format, Any, ImportLog]:
    """Open a file and find its format by what is in it."""
    wanted = [each for each in FORMATS if name in (None, each.name)]
    if not wanted:
        raise ValueError(
            f"There is no format {str(name)[:40]!r}. Choose one of: {', '.join(each.name for each in FORMATS)}."
        )
    log, content = ImportLog(place.name), read_bytes(place)
    container, opened = _contained(content, place.name, encoding, log)
    found = next((each for each in wanted if each.container == container and (name or each.recognises(opened))), None)
    if found is None:
        raise ValueError(
            f"{place.name} is {_CONTAINERS[container]}, but "
            f"{f'cannot be read as {wanted[0].what}' if name else 'not a known comment export'}. "
            f"The known formats are: {'; '.join(each.what for each in FORMATS)}."
        )
    log.format, log.free, log.handles_only = found.what, found.free, found.handles
    return found, opened, log


_CONTAINERS = {"table": "a table or text", "sheet": "a spreadsheet", "json": "JSON", "xml": "XML"}


def _contained(content: bytes, name: str, encoding: str | None, log: ImportLog) -> tuple[str, Any]:
    """Open the container: a table as text, a sheet as bytes, JSON and XML as what they hold."""
    log.source = name
    if content.startswith(b"PK\x03\x04"):
        return "sheet", content
    encoding = encoding or xml_exports.declared_encoding(content)
    text = _named(name, content, encoding)
    start = text[:2000].lstrip()
    if re.match(r"<(?:!doctype\s+html|html)\b", start, re.IGNORECASE):
        raise ValueError(f"{name} is a saved page. Give it as the article; any comments in it are found there.")
    if start.startswith("<"):
        return "xml", xml_exports.load(text.lstrip(), log)
    return ("json", json_files.load(text, log)) if start[:1] in ("{", "[") else ("table", text)


def _named(name: str, content: bytes, encoding: str | None) -> str:
    try:
        return read_text(content, encoding=encoding, limit=LARGEST_FILE)
    except ValueError as error:
        raise ValueError(str(error).replace("The text", name, 1)) from None


def _mended(comment: RawComment) -> RawComment:
    """Mend halves of surrogate pairs, which JSON can write and nothing else can hold."""
    together = "".join(comment[1:8])  # one check instead of seven: nearly all are well formed
    if well_formed(together) == together:
        return comment
    mended: dict[str, Any] = dict(zip(comment._fields[1:8], map(well_formed, comment[1:8]), strict=True))
    return comment._replace(**mended)


def _under_article(comments: list[RawComment], article: str | None, log: ImportLog) -> list[RawComment]:
    """Keep the comments under one article; where none is named, say how many articles the file has."""
    threads = Counter(comment.thread for comment in comments)
    if article is None or not any(threads):
        if len(threads) > 1:
            shown = "; ".join(f"{thread[0][:60]} ({n})" for thread, n in threads.most_common(5) if thread)
            log.note(0, f"The file has comments on {len(threads)} articles, and all were read: {shown}.")
        return comments
    here = {thread for thread in threads if _plain(article) in {_plain(each) for each in thread}}
    if not here:
        known = "; ".join(thread[0][:60] for thread, _ in threads.most_common(10) if thread)
        raise ValueError(f"{log.source} has no comments on {article[:80]!r}. It has comments on: {known}.")
    for comment in comments:
        if comment.thread not in here:
            log.leave_out(comment.row, "under another article")
    return [comment for comment in comments if comment.thread in here]


def _plain(label: str) -> str:
    """Make addresses with and without scheme, www, query and last slash one; titles whatever their capitals."""
    return re.sub(r"^https?://(?:www\.)?", "", label.strip().casefold()).partition("?")[0].rstrip("/")
