"""Comments in the JSON of news sites, forums and social networks: one function per format."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from .column_names import GONE, as_text, flag_of, parent_id
from .html_to_text import plain_text
from .import_log import ImportLog, RawComment
from .json_files import Loaded, Object, objects_of, objects_under, part_of, walk


def substack(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read Substack's answer: comments with `body`, `children` and `ancestor_path`."""
    for row, (each, parent) in enumerate(walk(objects_under(loaded, "comments"), ("children",)), 1):
        path = str(each.get("ancestor_path") or "").replace("/", ".").rsplit(".", 1)[-1]
        reactions = each.get("reactions") if isinstance(each.get("reactions"), dict) else {}
        likes = [int(n) for n in (reactions or {}).values() if str(n).isdecimal() and len(str(n)) < 19]
        text, gone = as_text(each.get("body")), each.get("body") is None
        yield RawComment(
            row,
            plain_text(text),
            as_text(each.get("id")),
            parent or path,
            as_text(each.get("name")),
            as_text(each.get("handle")),
            as_text(each.get("date")),
            as_text(each.get("reaction_count")) or (str(sum(likes)) if likes else ""),
            flag_of(text, status=as_text(each.get("status")), deleted="true" if gone else as_text(each.get("deleted"))),
            (as_text(each.get("post_id")),) if each.get("post_id") else (),
        )


def wordpress_rest(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read the answer of WordPress' REST interface, ``/wp-json/wp/v2/comments``."""
    for row, each in enumerate(loaded.objects, 1):
        kind, parent = as_text(each.get("type")) or "comment", as_text(each.get("parent"))
        yield RawComment(
            row,
            plain_text(as_text(each.get("content"))),
            as_text(each.get("id")),
            "" if parent == "0" else parent,
            as_text(each.get("author_name")),
            posted=f"{gmt}Z" if (gmt := as_text(each.get("date_gmt"))) else as_text(each.get("date")),
            flag=flag_of(status=as_text(each.get("status"))) or (kind if kind != "comment" else ""),
            thread=(as_text(each["post"]),) if each.get("post") else (),
        )


def reddit(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read Reddit's pair of listings, post and comments; what it cut off ("more") is counted in the import log."""
    more, stubs, row = 0, 0, 0
    stack = [each for page in loaded.objects for each in (objects_of(page.get("data")) or [page])][::-1]
    while stack:
        thing = stack.pop()
        data = thing.get("data")
        if not isinstance(data, dict):
            continue
        if thing.get("kind") == "more":
            count = int(n) if (n := as_text(data.get("count"))).isdecimal() and len(n) < 19 else 0
            more, stubs = more + count, stubs + (not count)
        inner = data.get("children") if thing.get("kind") == "Listing" else [data.get("replies")]
        stack += [each for each in reversed(inner if isinstance(inner, list) else []) if isinstance(each, dict)]
        if thing.get("kind") == "t1":
            row += 1
            yield _reddit_comment(data, row)
    if more:
        log.note(0, f"The export was cut off by Reddit: {more:,} further comments are not in it.")
    if stubs:
        log.note(
            0,
            f'{stubs:,} conversations go on below what the export shows ("continue this thread"); how many comments '
            "are missing there is not known.",
        )


def _reddit_comment(data: Object, row: int) -> RawComment:
    body, parent = as_text(data.get("body")), as_text(data.get("parent_id"))
    author = as_text(data.get("author"))
    notice = data.get("distinguished") in ("moderator", "admin") and data.get("stickied") is True
    return RawComment(
        row,
        plain_text(body),
        as_text(data.get("id")),
        parent.removeprefix("t1_") if not parent.startswith("t3_") else "",
        "" if author.lower().strip("[]") in GONE else author,
        posted=as_text(data.get("created_utc")),
        likes="" if data.get("score_hidden") is True else as_text(data.get("score")),
        flag="moderators' notice" if notice else flag_of(body, author),
        thread=(as_text(data["link_id"]),) if data.get("link_id") else (),
    )


def hacker_news(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read Hacker News from the Algolia interface: the tree of an item, or the hits of a search."""
    found: Iterable[tuple[Object, str]] = walk(loaded.objects, ("children",))
    if "hits" in loaded.objects[0]:
        found = ((hit, "") for page in loaded.objects for hit in page.get("hits") or [] if isinstance(hit, dict))
    comments = (each for each, _ in found if each.get("type", "comment") == "comment" and not each.get("title"))
    for row, each in enumerate(comments, 1):
        body = each.get("comment_text", each.get("text"))
        parent, story = as_text(each.get("parent_id")), as_text(each.get("story_id"))
        yield RawComment(
            row,
            plain_text(as_text(body)),
            as_text(each.get("objectID", each.get("id"))),
            "" if parent == story else parent,
            as_text(each.get("author")),
            posted=as_text(each.get("created_at")) or as_text(each.get("created_at_i")),
            likes=as_text(each.get("points")),
            flag="" if body is not None else "deleted",
            thread=tuple(as_text(each[key]) for key in ("story_id", "story_title", "story_url") if each.get(key)),
        )


def youtube(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read comment threads, or replies, as the YouTube Data API answers; also several pages in a list."""
    row = missing = 0
    for each in (item for page in loaded.objects for item in page.get("items") or [page] if isinstance(item, dict)):
        snippet, replies = part_of(each, "snippet"), part_of(each, "replies").get("comments") or []
        top = part_of(snippet, "topLevelComment") or each
        said = as_text(snippet.get("totalReplyCount"))
        missing += max(0, int(said) - len(replies)) if said.isdecimal() and len(said) < 10 else 0
        for comment, parent in [(top, ""), *((reply, as_text(top.get("id"))) for reply in replies)]:
            if isinstance(comment, dict):
                row += 1
                yield _youtube_comment(comment, parent, row)
    if missing:
        log.note(0, f"The export lacks {missing:,} replies that YouTube counts.")


def _youtube_comment(comment: Object, parent: str, row: int) -> RawComment:
    snippet = part_of(comment, "snippet")
    original = as_text(snippet.get("textOriginal"))
    held = as_text(snippet.get("moderationStatus"))
    return RawComment(
        row,
        original.strip() or plain_text(as_text(snippet.get("textDisplay"))),
        as_text(comment.get("id")),
        parent or as_text(snippet.get("parentId")),
        as_text(snippet.get("authorDisplayName")),
        posted=as_text(snippet.get("publishedAt")),
        likes=as_text(snippet.get("likeCount")),
        flag={"likelySpam": "spam", "heldForReview": "not approved", "rejected": "not approved"}.get(held, ""),
        thread=(as_text(snippet["videoId"]),) if snippet.get("videoId") else (),
    )


def youtube_downloader(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read the lines of youtube-comment-downloader: an answer's `cid` is its parent's, a point and its own."""
    for row, each in zip(loaded.rows or itertools.count(1), loaded.objects, strict=False):
        cid = as_text(each.get("cid"))
        yield RawComment(
            row,
            as_text(each.get("text")).strip(),
            cid,
            cid.split(".")[0] if "." in cid else "",
            as_text(each.get("author")),
            posted=as_text(each.get("time_parsed")) or as_text(each.get("time")),
            likes=as_text(each.get("votes")),
        )


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
