"""JSON files: parsed within bounds, walked through without recursion, and comments in a list of any make."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from .column_names import NAMES, as_text, choose_fields, comments_of
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


# ---- comments in a list of any make


def any_list(loaded: Loaded, columns: Mapping[str, str] | None, log: ImportLog) -> Iterator[RawComment]:
    """Read any list of objects, or JSON lines; answers may be nested in `children`, `replies` or `comments`."""
    tops = objects_under(loaded, *_LISTS)
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


def objects_under(loaded: Loaded, *keys: str) -> list[Object]:
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
