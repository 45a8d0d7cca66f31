"""Records with named fields, from a table or from JSON: which field is the text, the author, the date."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from .html_to_text import plain_text
from .import_log import Ledger, RawComment

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "text": ("text", "comment", "comment_text", "comment_content", "comment_body", "body", "content", "message",
             "text_original", "text_display", "body_text", "selftext", "answer", "response"),
    "comment_id": ("comment_id", "id", "cid", "object_id", "reply_id", "nr", "number"),
    "reply_to": ("reply_to", "parent_id", "parent", "comment_parent", "parent_comment_id", "in_reply_to",
                 "in_reply_to_id", "reply_to_id"),
    "author": ("author", "name", "user", "username", "user_name", "author_name", "display_name", "author_display_name",
               "comment_author", "commenter", "screen_name", "by"),
    "handle": ("handle", "username", "user_name", "screen_name", "author_handle", "nickname"),
    "posted": ("posted", "date_gmt", "comment_date_gmt", "date", "comment_date", "created_at", "created",
               "created_utc", "published_at", "published", "time_parsed", "timestamp", "datetime", "date_time",
               "posted_at", "posted_on", "date_posted", "created_on", "submitted", "time"),
    "likes": ("likes", "like_count", "score", "votes", "points", "upvotes", "ups", "reaction_count", "thumbs_up"),
    "thread": ("thread", "thread_id", "thread_title", "article", "article_id", "article_title", "article_url", "post",
               "post_title", "slug", "story_id", "link_id", "video_id"),
    "deleted": ("deleted", "is_deleted", "removed", "is_removed"),
    "spam": ("spam", "is_spam"),
    "status": ("status", "approved", "comment_approved", "comment_status"),
}  # fmt: skip
"""What each column may be called, the first found counting; capitals, spaces and signs do not matter."""

COLUMNS: Final = ("text", "comment_id", "reply_to", "author", "handle", "posted", "likes", "thread")  # for columns=
GONE: Final = frozenset({"[deleted]", "[removed]", "[ removed by reddit ]", "[deleted by user]", "[comment removed]"})
_YES: Final = frozenset({"true", "yes", "1", "y", "t", "x"})
_STATUS: Final = {
    "spam": "spam",
    "trash": "deleted",
    "post-trashed": "deleted",
    "deleted": "deleted",
    "removed": "deleted",
}
_HELD: Final = frozenset({"0", "false", "hold", "held", "pending", "unapproved", "rejected"})
_INNER: Final = ("name", "username", "displayName", "display_name", "rendered", "text", "value", "simpleText")


def choose_fields(fields: Iterable[str], columns: Mapping[str, str] | None, ledger: Ledger) -> dict[str, str]:
    """Say which field plays which part; what is not used is named in the ledger.

    `columns` says it for the parts it names, the common names of `NAMES` for the others. Without a text there is a
    ValueError. It names the fields that were found only if one of them is known: else they may be a row of data.
    """
    found = list(dict.fromkeys(fields))
    plain = {_bare(name): name for name in reversed(found)}
    chosen = {part: name for part, names in NAMES.items() if (name := _first(plain, names))}
    if columns:
        chosen |= _told(columns, found, known=bool(chosen))
    used = set(chosen.values())
    if chosen.get("handle") == chosen.get("author"):
        chosen.pop("handle", None)
    if "text" not in chosen:
        seen = f" Found: {', '.join(name[:40] for name in found[:30])}." if chosen else ""
        raise ValueError(
            f"{ledger.source} has no column for the comments' text among its {len(found)}.{seen} The first row "
            "of a table must name the columns. Say which is which with columns={'text': '...', 'author': '...'}."
        )
    if unused := [name[:40] for name in found if name not in used and name.strip()]:
        shown = ", ".join(unused[:20]) + (f" and {len(unused) - 20} more" if unused[20:] else "")
        ledger.note(0, f"Columns not used and dropped: {shown}")
    return chosen


def comment_of(record: Mapping[str, Any], chosen: Mapping[str, str], row: int) -> RawComment:
    """Make a record into a comment; a field that holds an object gives the name or text in it."""
    cells = {part: as_text(record.get(name)) for part, name in chosen.items()}
    parent = cells.get("reply_to", "").strip()
    top = parent.startswith("t3_") or parent == "0"  # Reddit's mark of a post; WordPress' of no parent
    return RawComment(
        row,
        plain_text(cells["text"]),
        comment_id=cells.get("comment_id", "").strip(),
        reply_to="" if top else parent.removeprefix("t1_"),
        author=cells.get("author", ""),
        handle=cells.get("handle", ""),
        posted=cells.get("posted", ""),
        likes=cells.get("likes", ""),
        flag=flag_of(cells),
        thread=(cells["thread"],) if cells.get("thread") else (),
    )


def flag_of(cells: Mapping[str, str]) -> str:
    """Tell from its fields "deleted", "spam" and "status", and from its text, why a comment is to be left out."""
    if _said(cells, "deleted") in _YES or _said(cells, "text") in GONE:
        return "deleted"
    if _said(cells, "spam") in _YES:
        return "spam"
    status = _said(cells, "status")
    return _STATUS.get(status, "not approved" if status in _HELD else "")


def _said(cells: Mapping[str, str], part: str) -> str:
    cell = cells.get(part, "")
    return cell.strip().lower() if cell else ""


def as_text(value: Any) -> str:
    """Give a value from JSON or a sheet as text; None is "", an object the name or text in it."""
    if isinstance(value, str):  # nearly always, and quickly told
        return value
    if isinstance(value, Mapping):
        return next((value[key] for key in _INNER if isinstance(value.get(key), str)), "")
    return "" if value is None or isinstance(value, list) else str(value)


def _bare(name: str) -> str:
    """Make "Created At", "created_at" and "createdAt" one."""
    return re.sub(r"[\W_]+", "", name).lower()


def _first(plain: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((plain[_bare(each)] for each in names if _bare(each) in plain), "")


def _told(columns: Mapping[str, str], found: list[str], *, known: bool) -> dict[str, str]:
    for part, name in columns.items():
        if part not in COLUMNS:
            raise ValueError(f"columns= knows no {str(part)[:40]!r}; it names one of {', '.join(COLUMNS)}.")
        if name not in found:
            near = difflib.get_close_matches(str(name), found, n=3, cutoff=0.6)
            seen = f" Found: {', '.join(each[:40] for each in found[:30])}." if known or near else ""
            raise ValueError(
                f"There is no column {str(name)[:40]!r} for {part}.{seen} Give the name as the file has it."
            )
    return dict(columns)
