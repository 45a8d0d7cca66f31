"""Comments in JSON, one function an export: Substack, WordPress REST, Reddit, Hacker News, YouTube, any other list."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from .column_names import GONE, NAMES, as_text, choose_fields, comments_of, flag_of
from .html_to_text import plain_text
from .import_log import ImportLog, RawComment

Object = dict[str, Any]
NESTED: Final = ("children", "replies", "comments")  # where a list of any other make keeps the answers
MOST_LEVELS: Final = 6  # of objects within objects in which a list of comments is looked for
_TEXTS: Final = frozenset(NAMES["text"])
_LISTS: Final = ("comments", "items", "data", "results", "replies", "rows", "entries")

FEW_PARTS: Final = 200_000  # objects or values that any file may have, however short they are


class Loaded:
    """A JSON document, or JSON lines: `value` is what it holds, `rows` the numbers of the lines if it is lines."""

    def __init__(self, value: Any, rows: list[int] | None = None) -> None:
        self.value, self.rows = value, rows

    @functools.cached_property
    def objects(self) -> list[Object]:
        """The objects of a list, or the one object, or none."""
        found = self.value if isinstance(self.value, list) else [self.value]
        return [each for each in found if isinstance(each, dict)]


def load(text: str, log: ImportLog) -> Loaded:
    """Parse JSON or JSON lines, with every number kept as the text it is written as.

    A line that is no JSON is left out, and said so. ValueError where nothing can be parsed, or it is nested too deep.
    """
    _check_size(text, log.source)
    try:
        return Loaded(_parse(text))
    except RecursionError:
        raise ValueError(
            f"{log.source} is nested too deeply to be read. Export the comments as a flat list in which each names "
            "its parent (parent_id), or as a table."
        ) from None
    except ValueError as error:
        lines, fault = _lines(text), str(error)
    values, rows = [], []
    for row, value in lines:
        if isinstance(value, dict):
            values.append(value)
            rows.append(row)
        else:
            log.leave_out(row, "not a JSON object")
    if not values or (len(log.left_out) > len(values)):
        log.left_out.clear()
        raise ValueError(f"{log.source} is neither JSON nor JSON lines ({fault[:80]}). Export it again.")
    log.read += len(log.left_out)
    return Loaded(values, rows)


def _check_size(text: str, source: str) -> None:
    """Refuse JSON that is nearly all brackets or commas: tiny objects take a hundred times their size."""
    brackets = text.count("{") + text.count("[")
    if brackets > FEW_PARTS + len(text) // 20 or text.count(",") > FEW_PARTS + len(text) // 6:
        raise ValueError(
            f"{source} has {brackets:,} objects and lists in {len(text):,} characters: nearly all of them are empty. "
            "Export only the comments."
        )


def _parse(text: str) -> Any:
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    for row, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield row, _parse(line)
            except (ValueError, RecursionError):
                yield row, None


# ---- one function an export: what is in the file -> its comments


def substack(loaded: Loaded, log: ImportLog) -> Iterator[RawComment]:
    """Read Substack's answer: comments with `body`, `children` and `ancestor_path`."""
    for row, (each, parent) in enumerate(walk(_listed(loaded, "comments"), ("children",)), 1):
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


def any_list(loaded: Loaded, columns: Mapping[str, str] | None, log: ImportLog) -> Iterator[RawComment]:
    """Read any list of objects, or JSON lines; answers may be nested in `children`, `replies` or `comments`."""
    tops = _listed(loaded, *_LISTS)
    wanted = _TEXTS if columns is None or "text" not in columns else {*_TEXTS, columns["text"]}
    if loaded.rows is None and not any(_has_text(each, wanted) for each, _ in itertools.islice(walk(tops, NESTED), 20)):
        where, tops = _deeper(loaded.value, wanted) or _deeper(loaded.value, None) or ("", tops)
        if where:
            log.note(0, f"The comments were taken from the list at {where}.")
    found = list(walk(tops, NESTED))
    lists = [{key for key in NESTED if isinstance(each.get(key), list)} for each, _ in found]
    fields = dict.fromkeys(
        key for (each, _), nested in zip(found, lists, strict=True) for key in each if key not in nested
    )
    chosen = choose_fields(fields, columns, log, sample=found[0][0] if found else {}, kind="JSON")
    numbers = loaded.rows if loaded.rows and len(loaded.rows) == len(found) else range(1, len(found) + 1)
    articles: dict[str, tuple[str, ...]] = {}  # objects without text, under which the comments stand
    rows, objects, parents = [], [], []
    for (each, parent), row in zip(found, numbers, strict=True):
        if chosen["text"] not in each and any(objects_of(each.get(key)) for key in NESTED):
            about = (as_text(each.get(key)) for key in ("title", "url", "id"))
            articles[_own_id(each)] = tuple(filter(None, about))
        else:
            rows.append(row - len(articles) * (loaded.rows is None))
            objects.append(each)
            parents.append(parent)
    cells = {part: [as_text(each.get(name)) for each in objects] for part, name in chosen.items()}
    for comment, parent in zip(comments_of(cells, rows), parents, strict=True):
        if parent in articles:
            yield comment._replace(thread=comment.thread or articles[parent])
        else:
            yield comment._replace(reply_to=parent) if parent and not comment.reply_to else comment


# ---- ways through what is in a file


def walk(
    tops: Iterable[Object], keys: tuple[str, ...], own: Callable[[Object], str] | None = None
) -> Iterator[tuple[Object, str]]:
    """Yield nested comments in reading order, each with its parent's id, which `own` gives; without recursion."""
    own = own or _own_id
    stack = [(each, "") for each in reversed(list(tops))]
    while stack:
        each, parent = stack.pop()
        yield each, parent
        above = own(each)
        inner = [child for key in keys for child in objects_of(each.get(key))]
        stack += [(child, above) for child in reversed(inner)]


def _own_id(each: Object) -> str:
    return next((as_text(each[key]) for key in ("id", "comment_id", "cid", "commentID") if each.get(key)), "")


def _listed(loaded: Loaded, *keys: str) -> list[Object]:
    """The objects themselves, or those that one object keeps under one of `keys`, page after page."""
    for key in keys:
        if loaded.objects and loaded.rows is None and all(isinstance(each.get(key), list) for each in loaded.objects):
            if isinstance(loaded.value, list) and key in NESTED and len(loaded.objects) > 1:
                break  # a list of comments with answers, not a list of pages
            if any(_is_answered(each, key) for each in loaded.objects):
                break
            return [each for page in loaded.objects for each in objects_of(page[key])]
    return loaded.objects


def _has_text(each: Object, wanted: Iterable[str]) -> bool:
    return not {name.lower().replace("_", "") for name in each}.isdisjoint(
        each.lower().replace("_", "") for each in wanted
    )


def _deeper(value: Any, wanted: Iterable[str] | None) -> tuple[str, list[Object]] | None:
    """Find the longest list of objects, with a text if one is `wanted`, and where it is; without recursion."""
    lists: list[tuple[str, list[Object]]] = []
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        where, each = waiting.pop()
        if isinstance(each, dict):
            waiting += [(f"{where}.{key}" if where else str(key)[:40], inner) for key, inner in each.items()]
        elif isinstance(each, list):
            objects = objects_of(each)
            if objects and (_has_text(objects[0], wanted) if wanted else where):
                lists.append((where, objects))
            elif where.count(".") < MOST_LEVELS:
                waiting += [(where, inner) for inner in objects[:100]]
    return max(lists, key=lambda found: len(found[1]), default=None)


def _is_answered(each: Object, key: str) -> bool:
    """Whether this is a comment with answers under `key` (possibly none), and not an article with its comments."""
    said = "title" not in each and not _TEXTS.isdisjoint(each)
    return key in NESTED and said and (key != "comments" or not objects_of(each[key]))


def objects_of(value: Any) -> list[Object]:
    """Return the objects of a list; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def part_of(value: Object, key: str) -> Object:
    """Return the object in a field; an empty one where there is none."""
    part = value.get(key)
    return part if isinstance(part, dict) else {}
