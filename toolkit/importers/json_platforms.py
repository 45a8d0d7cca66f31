"""Comments in the JSON of news sites, forums and social networks: one function per format."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .column_names import as_text, flag_of, parent_id
from .html_to_text import plain_text
from .import_log import ImportLog, RawComment
from .json_exports import Loaded, Object, objects_of, part_of, walk


def new_york_times(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read the New York Times' community interface: ``results.comments``, answers in `replies`."""
    pages = [part_of(page, "results") for page in loaded.objects]
    tops = [each for page in pages for each in objects_of(page.get("comments"))]
    for row, (each, _) in enumerate(walk(tops, ("replies",)), 1):
        get = _getter(each)
        yield _comment(
            row, status=get("status"), text=get("commentBody"), own=get("commentID"), parent=get("parentID"),
            author=get("userDisplayName"), posted=get("createDate"), likes=get("recommendations"),
        )  # fmt: skip


def guardian(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read the Guardian's discussion interface: ``discussion.comments``, answers in `responses`."""
    for page in loaded.objects:
        discussion = part_of(page, "discussion")
        thread = tuple(filter(None, (as_text(discussion.get(key)) for key in ("title", "webUrl", "key"))))
        tops = objects_of(discussion.get("comments"))
        for row, (each, parent) in enumerate(walk(tops, ("responses",)), 1):
            asked = parent or as_text(part_of(each, "responseTo").get("commentId"))
            get = _getter(each)
            yield _comment(
                row, status=get("status"), text=get("body"), own=get("id"), parent=asked,
                author=get("userProfile"), posted=get("isoDateTime"), likes=get("numRecommends"), thread=thread,
            )  # fmt: skip


def discourse(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read a topic of Discourse: ``post_stream.posts``; posts answer one another by their number in the topic."""
    for page in loaded.objects:
        stream = part_of(page, "post_stream")
        posts = objects_of(stream.get("posts"))
        ids = {as_text(each.get("post_number")): as_text(each.get("id")) for each in posts}
        listed = stream.get("stream")
        if isinstance(listed, list) and len(listed) > len(posts):
            log.note(0, f"The topic has {len(listed) - len(posts):,} further posts, which are not in this file.")
        for row, each in enumerate(posts, 1):
            asked = as_text(each.get("reply_to_post_number"))
            likes = [
                as_text(a.get("count")) for a in objects_of(each.get("actions_summary")) if as_text(a.get("id")) == "2"
            ]
            gone = any(each.get(key) for key in ("deleted_at", "user_deleted", "hidden"))
            notice = as_text(each.get("post_type")) in ("2", "3")
            get = _getter(each)
            yield _comment(
                row, text=get("cooked"), own=get("id"), parent=ids.get(asked, ""), author=get("name"),
                handle=get("username"), posted=get("created_at"), likes=next(iter(likes), ""),
                thread=(as_text(page.get("title")),),
                flag="deleted" if gone else "moderators' notice" if notice else "",
            )  # fmt: skip


def mastodon(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read the context of a status on Mastodon: its `descendants`; what answers the status itself is at the top."""
    posts = [each for page in loaded.objects for each in objects_of(page.get("descendants"))]
    ids = {as_text(each.get("id")) for each in posts}
    for row, each in enumerate(posts, 1):
        asked, account = as_text(each.get("in_reply_to_id")), part_of(each, "account")
        get = _getter(each)
        yield _comment(
            row, text=get("content"), own=get("id"), parent=asked if asked in ids else "",
            author=as_text(account.get("display_name")), handle=as_text(account.get("acct")), posted=get("created_at"),
            likes=get("favourites_count"), flag="bot" if account.get("bot") is True else "",
        )  # fmt: skip


def bluesky(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read a thread of Bluesky: the answers below ``thread.post``, which itself is the article's post."""
    row = 0
    for page in loaded.objects:
        for each, parent in walk([part_of(page, "thread")], ("replies",), own=_uri):
            post = part_of(each, "post")
            if not post and not parent:
                continue
            if parent:
                row += 1
                record, author = part_of(post, "record"), part_of(post, "author")
                top = parent == _uri(part_of(page, "thread"))
                get = _getter(record)
                yield _comment(
                    row, text=get("text"), own=_uri(each), parent="" if top else parent,
                    author=as_text(author.get("displayName")), handle=as_text(author.get("handle")),
                    posted=get("createdAt"), likes=as_text(post.get("likeCount")), flag="" if post else "deleted",
                )  # fmt: skip


def _uri(each: Object) -> str:
    """Return the last part of a post's address, which no name is in."""
    return as_text(part_of(each, "post").get("uri") or each.get("uri")).rpartition("/")[2]


def lemmy(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read Lemmy's list of comments: each with its `creator`, `counts` and a `path` of ids."""
    views = [each for page in loaded.objects for each in objects_of(page.get("comments"))]
    for row, each in enumerate(views, 1):
        comment, creator = part_of(each, "comment"), part_of(each, "creator")
        path = as_text(comment.get("path")).split(".")
        gone = comment.get("deleted") is True or comment.get("removed") is True
        get = _getter(comment)
        yield _comment(
            row, text=get("content"), own=get("id"), parent=parent_id(path[-2]) if len(path) > 1 else "",
            author=as_text(creator.get("display_name")), handle=as_text(creator.get("name")), posted=get("published"),
            likes=as_text(part_of(each, "counts").get("score")),
            flag="deleted" if gone else "bot" if creator.get("bot_account") is True else "",
            thread=tuple(filter(None, (as_text(part_of(each, "post").get(key)) for key in ("name", "id")))),
        )  # fmt: skip


def disqus_api(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read the posts of a thread as the Disqus interface gives them, in `response`; its times are UTC."""
    posts = [each for page in loaded.objects for each in objects_of(page.get("response"))]
    for row, each in enumerate(posts, 1):
        posted, author = as_text(each.get("createdAt")), part_of(each, "author")
        flag = flag_of(deleted=as_text(each.get("isDeleted")), spam=as_text(each.get("isSpam")))
        get = _getter(each)
        yield _comment(
            row, text=get("raw_message") or get("message"), own=get("id"), parent=get("parent"),
            author=as_text(author.get("name")), handle=as_text(author.get("username")),
            posted=f"{posted}Z" if posted and not posted.endswith("Z") and "+" not in posted else posted,
            likes=get("likes"), flag=flag or ("not approved" if each.get("isApproved") is False else ""),
            thread=(as_text(each["thread"]),) if each.get("thread") else (),
        )  # fmt: skip


def telegram(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read the history of a Telegram group: `messages`, whose text may be in pieces; service messages are left out."""
    messages = [each for page in loaded.objects for each in objects_of(page.get("messages"))]
    for row, each in enumerate(messages, 1):
        written = each.get("text")
        pieces = written if isinstance(written, list) else [written]
        text = "".join(piece if isinstance(piece, str) else as_text(piece) for piece in pieces)
        counts = [as_text(reaction.get("count")) for reaction in objects_of(each.get("reactions"))]
        get = _getter(each)
        yield _comment(
            row, text=text, own=get("id"), parent=get("reply_to_message_id"), author=get("from"),
            posted=get("date_unixtime") or get("date"), markup=False,
            likes=str(sum(int(n) for n in counts if n.isdecimal() and len(n) < 10)) if counts else "",
            flag="" if each.get("type", "message") == "message" else "service message",
        )  # fmt: skip


def facebook(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read the comments of a Facebook download: `comments_v2`, whose letters beyond ASCII are written byte by byte."""
    entries = [
        each for page in loaded.objects for key in ("comments_v2", "comments") for each in objects_of(page.get(key))
    ]
    comments = [part_of(inner, "comment") for each in entries for inner in objects_of(each.get("data"))]
    for row, each in enumerate(filter(None, comments), 1):
        mended = {key: _from_bytes(as_text(each.get(key))) for key in ("comment", "author", "timestamp")}
        get = _getter(mended)
        yield _comment(row, text=get("comment"), author=get("author"), posted=get("timestamp"), markup=False)


def _from_bytes(text: str) -> str:
    """Join UTF-8 that was written as one character per byte."""
    with contextlib.suppress(UnicodeError):
        return text.encode("latin-1").decode("utf-8")
    return text


def ghost(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read Ghost's comments: `html`, `member` and `replies`."""
    tops = [each for page in loaded.objects for each in objects_of(page.get("comments"))]
    for row, (each, parent) in enumerate(walk(tops, ("replies",)), 1):
        get = _getter(each)
        yield _comment(
            row, status=get("status"), text=get("html"), own=get("id"),
            parent=get("in_reply_to_id") or get("parent_id") or parent, author=get("member"),
            posted=get("created_at"), likes=as_text(part_of(each, "count").get("likes")),
            thread=(as_text(each["post_id"]),) if each.get("post_id") else (),
        )  # fmt: skip


def tiktok(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read the comments of a TikTok download, which are all by the person who asked for it and name nobody."""
    found = [node for page in loaded.objects for node in _nodes(page) if isinstance(node.get("CommentsList"), list)]
    for row, each in enumerate((item for node in found for item in objects_of(node["CommentsList"])), 1):
        key = {name.lower(): name for name in each}
        get = _getter(each)
        yield _comment(row, text=get(key.get("comment", "")), posted=get(key.get("date", "")), markup=False)


def instagram(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read the comments of an Instagram download: ``string_map_data`` with `Comment` and `Time`, all by one person."""
    nodes = [node for page in loaded.objects for node in _nodes(page) if isinstance(node.get("string_map_data"), dict)]
    for row, each in enumerate(nodes, 1):
        data = each["string_map_data"]
        yield RawComment(
            row,
            _from_bytes(as_text(part_of(data, "Comment").get("value"))).strip(),
            posted=as_text(part_of(data, "Time").get("timestamp")),
        )


def _nodes(value: Object) -> Iterator[Object]:
    """Yield the objects in an object, however deep, without recursion."""
    waiting: list[Any] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield each
            waiting += reversed(list(each.values()))
        elif isinstance(each, list):
            waiting += reversed(each)


def hn_firebase(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read items of Hacker News from the Firebase interface: a list, or JSON lines; stories are passed over."""
    stories = {as_text(each.get("id")) for each in loaded.objects if each.get("type") != "comment"}
    comments = (each for each in loaded.objects if each.get("type") == "comment")
    for row, each in enumerate(comments, 1):
        asked = as_text(each.get("parent"))
        get = _getter(each)
        yield _comment(
            row, text=get("text"), own=get("id"), parent="" if asked in stories else asked,
            author=get("by"), posted=get("time"),
            flag="deleted" if each.get("deleted") is True or each.get("dead") is True else "",
        )  # fmt: skip


def _getter(each: Object) -> Callable[[str], str]:
    return lambda key: as_text(each.get(key))


def _comment(
    row: int, *, text: str, own: str = "", parent: str = "", author: str = "", handle: str = "", posted: str = "",
    likes: str = "", flag: str = "", status: str = "", thread: Iterable[str] = (), markup: bool = True,
) -> RawComment:  # fmt: skip
    shown = plain_text(text) if markup else text.strip()
    flag = flag or flag_of(shown, author, status)
    return RawComment(
        row, shown, own, parent_id(parent), author, handle, posted, likes, flag, tuple(filter(None, thread))
    )
