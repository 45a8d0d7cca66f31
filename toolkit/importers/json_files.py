"""JSON files: parsed within limits, walked without recursion; comments in a list of any structure."""

from __future__ import annotations

import collections
import contextlib
import functools
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from .._limits import FEW_PARTS
from .column_names import as_text, choose_fields, comments_of, id_in, names_in
from .field_names import bare, part_of
from .import_log import ImportLog, RawComment

Object = dict[str, Any]
NESTED: Final = ("children", "replies", "comments")  # where any other list keeps the replies
_TOTALS: Final = ("total_count", "totalCount", "total", "count", "ranks_up", "reaction", "respect")
_IDS: Final = ("comment_id", "reply_to", "person")
_COPIES: Final = frozenset(
    "ancestors body_history context edits history mentions parents quoted quotes revisions versions".split()
)
MOST_BESIDE: Final = 4  # fields of an object of which one is a node
MOST_LEVELS: Final = 6  # of objects within objects in which a list of comments is looked for
_INSIDE: Final = (
    "attributes",
    "public_metrics",
    "comment",
    "tweet",
    "properties",
    "object",
)  # objects with more fields of the comment that has them
_LISTS: Final = ("comments", "items", "data", "results", "replies", "rows", "entries", "posts")
_BOT: Final = ("isBot", "is_bot", "bot")
_MORE: Final = frozenset("hasmore hasnext hasnextpage moreavailable nextpagetoken nexttoken next".split())

MOST_FIRST, FIRST_OF_LIST = 1_000, 20  # objects by which a format is recognised, and of one list


class Loaded:
    """A JSON document, or JSON lines: `value` is what it holds, `rows` the line numbers of JSON lines."""

    def __init__(self, value: Any, rows: list[int] | None = None) -> None:
        self.value, self.rows = value, rows

    @functools.cached_property
    def objects(self) -> list[Object]:
        """The outermost objects: those of a list, or the one object, or none."""
        return list(outermost(self.value))

    @property
    def has_more(self) -> bool:
        """Whether the last page in the document says that the platform has another one."""
        last = self.value[-1] if isinstance(self.value, list) and self.value else self.value
        flags = {bare(key): value for each, _ in Loaded(last).first_objects[::-1] for key, value in each.items()
                 if bare(key) in _MORE}  # fmt: skip
        return any(
            value is True
            or (isinstance(value, str) and (key.endswith("token") or value.startswith("http") or value == "1"))
            for key, value in flags.items()
        )

    @functools.cached_property
    def first_objects(self) -> list[tuple[Object, Any]]:
        """The first objects of each list, the outer ones first, each with the objects around it."""
        found: list[tuple[Object, Any]] = []
        waiting: collections.deque[tuple[Any, Any]] = collections.deque([(self.value, ())])
        while waiting and len(found) < MOST_FIRST:
            value, around = waiting.popleft()
            if isinstance(value, dict):
                found.append((value, around))
                waiting += [(each, (value, around)) for each in value.values() if isinstance(each, dict | list)]
            elif isinstance(value, list):
                waiting += [(each, around) for each in value[:FIRST_OF_LIST]]
        return found


def load(text: str, log: ImportLog) -> Loaded:
    """Parse JSON or JSON lines, keeping every number as the text in the file.

    A line that is not JSON is left out and logged. ValueError if nothing can be parsed, or it is nested too deeply.
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
    if (many := text.count("\n")) > FEW_PARTS + len(text) // 20:
        raise ValueError(f"{log.source} has {many:,} lines, nearly all of them empty. Export only the comments.")
    values: list[Object] = []
    rows: list[int] = []
    for row, value in lines:
        found = list(outermost(value))
        values += found
        rows += [row] * len(found)
        if not found:
            log.leave_out(row, "not a JSON object")
    if not values or (len(log.left_out) > len(values)):
        log.left_out.clear()
        raise ValueError(f"{log.source} is neither JSON nor JSON lines ({fault[:80]}). Export it again.")
    log.read += len(log.left_out)
    return Loaded(values, rows)


def _check_size(text: str, source: str) -> None:
    """Refuse JSON that is nearly all brackets or commas: tiny objects take a hundred times their size in memory."""
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


def any_list(loaded: Loaded, columns: Mapping[str, str] | None, log: ImportLog) -> Iterator[RawComment]:
    """Read any list of objects, or JSON lines; answers may be nested in `children`, `replies` or `comments`."""
    listed = loaded.value if isinstance(loaded.value, list) else []
    if all(isinstance(each, str) for each in listed) and any(each.strip("-.0123456789") for each in listed):
        loaded = Loaded([{"text": each} for each in loaded.value])
    tops = (records(loaded.value) if loaded.rows is None else []) or _listed(loaded, *_LISTS)
    wanted = (columns or {}).get("text", "")
    where = ""
    if not any(_has_text(each, wanted) for each, _ in itertools.islice(_walk(tops), 20)):
        where, tops = _deeper(loaded.value, wanted) or _deeper(loaded.value, None) or ("", tops)
        if where:
            log.note(0, f"The comments were taken from the list at {where}.")
    found = list(_walk(tops))
    if not found or (not columns and isinstance(loaded.value, dict) and _is_empty(loaded, found, where)):
        return
    if not any(_has_text(each, wanted) for each, _ in found[:20]):
        found = [(_flat(each), None) for each in tops]
    fields = dict.fromkeys(key for each, _ in found for key, value in each.items() if not _is_answers(key, value))
    chosen = choose_fields(fields, columns, log, sample=found[0][0] if found else {}, kind="JSON")
    numbers = loaded.rows if loaded.rows and len(loaded.rows) == len(found) else range(1, len(found) + 1)
    articles: dict[int, tuple[str, ...]] = {}  # objects without text, under which the comments are
    rows, objects, above = [], [], []
    for (each, parent), row in zip(found, numbers, strict=True):
        if chosen["text"] not in each and any(objects_of(each.get(key)) for key in NESTED):
            about = (as_text(each.get(key)) for key in ("title", "url", "id"))
            articles[id(each)] = tuple(filter(None, about))
        else:
            rows.append(row - len(articles) * (loaded.rows is None))
            objects.append(each)
            above.append(id(parent))
    cells = {
        part: list(map(id_in if part in _IDS else likes_in if part == "likes" else as_text, values))
        for part, name in chosen.items()
        for values in [[each.get(name) for each in objects]]
    }
    others = _name_writers(objects, chosen, cells, loaded.value)
    comments = comments_of(cells, rows, others)
    if "comment_id" not in chosen and not set(above).isdisjoint(map(id, objects)):
        comments = [each._replace(comment_id=f"c{each.row:04d}") for each in comments]
    ids = {id(each): comment.comment_id for each, comment in zip(objects, comments, strict=True)}
    for comment, outer in zip(comments, above, strict=True):
        thread = comment.thread or articles.get(outer, ())
        yield comment._replace(reply_to=comment.reply_to or ids.get(outer, ""), thread=thread)


def _name_writers(
    objects: list[Object], chosen: Mapping[str, str], cells: dict[str, list[str]], document: Any
) -> list[tuple[str, ...]]:
    """Fill in authors and handles from objects about people, in or beside the comments; return others' names."""
    above = chosen.get("reply_to", "")
    fields = [name for part, name in chosen.items() if part.startswith("others")]
    fields += [above] * any(isinstance(each.get(above), dict) for each in objects)  # the comment that is answered
    written = [each.get(chosen.get("author", "")) for each in objects]
    if any(isinstance(each, dict) for each in written):
        cells["bot"] = [as_text(next((each[key] for key in _BOT if key in each), "")) if isinstance(each, dict) else ""
                        for each in written]  # fmt: skip
    if not fields and "person" not in chosen and all(isinstance(each, str) for each in written):
        return []
    named = list(map(names_in, written))
    people: dict[str, list[str]] = {}
    if isinstance(document, dict) and ("person" in chosen or not any(named)):
        people = people_of(document)
        asked = cells.get("person") or [""] * len(objects)
        named = [people.get(own if own in people else names[0] if names else "", names)
                 for own, names in zip(asked, named, strict=True)]  # fmt: skip
    if any(named):
        cells["author"] = [names[0] if names else "" for names in named]
        handles = cells.get("handle") or [""] * len(objects)
        cells["handle"] = [own or "".join(names[1:2]) for own, names in zip(handles, named, strict=True)]
    beside = [name for names in people.values() for name in names]  # also of those who wrote nothing
    return [
        (*names[2:], *itertools.chain.from_iterable(names_in(each.get(field)) for field in fields), *beside * (not at))
        for at, (each, names) in enumerate(zip(objects, named, strict=True))
    ]


def people_of(document: Any) -> dict[str, list[str]]:
    """Return the names of people in tables beside the comments, by their ids: lists of users, or users by id."""
    people: dict[str, list[str]] = {}
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        key, each = waiting.pop()
        if isinstance(each, list):
            waiting += [("", inner) for inner in each if isinstance(inner, dict | list)]
            continue
        inner = {name: value for name, value in each.items() if isinstance(value, dict | list)}
        flat = {name: value for name, value in each.items() if name not in inner}
        if (names := names_in(flat)) and not _has_text(flat):
            ids = (as_text(value) for name, value in flat.items() if part_of(name) in ("comment_id", "person"))
            people |= dict.fromkeys(filter(None, (key, *ids)), names)
        waiting += inner.items()
    return people


def outermost(value: Any, wanted: Callable[[Object], bool] = bool) -> Iterator[Object]:
    """Yield the wanted objects at any depth, but none inside another; in order, without recursion."""
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, dict) and wanted(each):
            yield each
        elif isinstance(each, dict | list):
            stack += reversed(list(each.values()) if isinstance(each, dict) else each)


def _walk(tops: Iterable[Object]) -> Iterator[tuple[Object, Object | None]]:
    """Yield nested comments in reading order, each with the object that it is in; without recursion."""
    stack: list[tuple[Object, Object | None]] = [(each, None) for each in reversed(list(tops))]
    while stack:
        each, parent = stack.pop()
        yield each, parent
        stack += [(child, each) for child in reversed(list(_answers(each)))]


def _answers(each: Object) -> Iterator[Object]:
    """Yield the items of a comment's lists of replies, known by the list's name or by having the same fields."""
    for key, value in each.items():
        if not isinstance(value, dict | list):
            continue
        if isinstance(value, dict):
            value = next((inner for inner in value.values() if objects_of(inner)), None)
        inner = records(value)
        alike = inner and key not in _COPIES and 2 * len(each.keys() & inner[0].keys()) > max(2, len(inner[0]))
        if key in NESTED or (alike and any(map(is_text, each.keys() & inner[0].keys()))):
            yield from inner


def records(value: Any) -> list[Object]:
    """Return the objects of a list, unwrapped, or of a table that pandas wrote."""
    if not isinstance(value, dict):
        return [_bare(each) for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    rows, columns = value.get("data"), value.get("columns")
    if isinstance(rows, list) and isinstance(columns, list) and rows and all(isinstance(row, list) for row in rows):
        return [dict(zip(map(str, columns), row, strict=False)) for row in rows]
    columns = list(value.values())
    if not any(map(is_text, value)) or len({type(each) for each in columns}) > 1:
        return []
    if isinstance(columns[0], dict) and all(each.keys() == columns[0].keys() for each in columns):
        if any(
            isinstance(each, dict | list) for name, value in value.items() if is_text(name) for each in value.values()
        ):
            return []
        return [{name: column[row] for name, column in value.items()} for row in columns[0]]
    if isinstance(columns[0], list) and len(set(map(len, columns))) == 1 and not any(map(objects_of, columns)):
        return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    return []


def _bare(each: Object) -> Object:
    """Take a comment out of a GraphQL node, or of an object that keeps its replies beside it."""
    if isinstance(each.get("node"), dict) and len(each) < MOST_BESIDE:
        return dict(each["node"])
    for name in _INSIDE:
        if isinstance(inner := each.get(name), dict):
            each = {**{key: each[key] for key in each if key != name}, **inner}
    return each


def _flat(each: Object, above: str = "") -> Object:
    """Return the fields of inner objects and one-item lists under dotted names: "media.title"."""
    fields: Object = {}
    for key, value in each.items():
        inner = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(inner, dict) and above.count(".") < MOST_LEVELS:
            fields |= _flat(inner, f"{above}{key}.")
        else:
            fields[above + key] = value
    return fields


def _is_empty(loaded: Loaded, found: list[tuple[Object, Object | None]], where: str) -> bool:
    """Return whether a list of comments is there and empty, and what was found instead has no text or is elsewhere."""
    empty = [each for each, _ in loaded.first_objects if _lists_nothing(each)]
    own = {id(each) for each, _ in found}
    if where and any("comment" in key.lower() for each in empty if id(each) not in own for key in each):
        return True
    texts = (value for each, _ in found for name, value in each.items() if is_text(name))
    return bool(empty) and not any(as_text(value).strip() for value in texts)


def _lists_nothing(each: Object) -> bool:
    """Return whether an object holds an empty list of comments."""
    names = [name for name, value in each.items() if value in (None, [])]
    return any("comment" in name.lower() or name in (*_LISTS, "descendants") for name in names)


def _listed(loaded: Loaded, *keys: str) -> list[Object]:
    """The objects themselves, or those that one object keeps under one of `keys`, page after page."""
    for key in keys:
        if loaded.objects and loaded.rows is None and all(isinstance(each.get(key), list) for each in loaded.objects):
            if isinstance(loaded.value, list) and key in NESTED and len(loaded.objects) > 1:
                break  # a list of comments with answers, not a list of pages
            if key in NESTED and any(_is_answered(each, key) for each in loaded.objects):
                break
            return [each for page in loaded.objects for each in records(page[key])]
    return loaded.objects


def _has_text(each: Object, wanted: str = "") -> bool:
    texts = (value for name, value in each.items() if name == wanted or is_text(name))
    return any(as_text(value) != "" if isinstance(value, dict) else not objects_of(value) for value in texts)


def is_text(name: str) -> bool:
    """Return whether a field of this name is the text of a comment."""
    return part_of(name) == "text"


def _is_answers(key: str, value: Any) -> bool:
    """Whether a field is a list of answers, and not the text of a comment."""
    return isinstance(value, list) and (key in NESTED or (is_text(key) and objects_of(value) != []))


def _deeper(value: Any, wanted: str | None) -> tuple[str, list[Object]] | None:
    """Find the place with most objects in lists, with a text if one is `wanted`; without recursion."""
    lists: dict[str, list[Object]] = {}
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        where, each = waiting.pop()
        objects = records(each)
        by_id = wanted is not None and not objects and isinstance(each, dict) and re.search(r"\d", "".join(each))
        if by_id and all(isinstance(inner, dict) and _has_text(inner, wanted or "") for inner in each.values()):
            objects = [{"id": key, **inner} for key, inner in each.items()]
        if objects and (where if wanted is None else _has_text(objects[0], wanted)):
            lists.setdefault(where, []).extend(objects)
        elif isinstance(each, dict):
            waiting += [(f"{where}.{key}" if where else str(key)[:40], inner) for key, inner in reversed(each.items())]
        elif where.count(".") < MOST_LEVELS:
            waiting += [(where, inner) for inner in reversed(objects)]
    return max(lists.items(), key=lambda found: len(found[1]), default=None)


def _is_answered(each: Object, key: str) -> bool:
    """Whether this is a comment with answers under `key` (possibly none), and not an article with its comments."""
    said = "title" not in each and any(map(is_text, each))
    return said and (key != "comments" or not objects_of(each[key]))


def objects_of(value: Any) -> list[Object]:
    """Return the objects of a list; none if it is not a list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def by_label(each: Object) -> Object:
    """Convert Meta's lists of labels and values (2025) to the earlier form; what is nested in them is people."""
    own = objects_of(each["label_values"])
    nested = [inner for part in own for inner in objects_of(part.get("dict"))]
    for part in nested:
        nested += objects_of(part.get("dict"))
    fields = {as_text(part.get("label")): part for part in own if "value" in part and "href" not in part}
    known = {"Comment": {"value": ""}, **fields, "Time": {"timestamp": each.get("timestamp")}}
    return {"string_map_data": known, "people": dict(enumerate(nested))}


def inside(value: Object, key: str) -> Object:
    """Return the object in a field; an empty one if there is none."""
    part = value.get(key)
    return part if isinstance(part, dict) else {}


def likes_in(value: Any) -> str:
    """Return the number of likes; a total in an object, or else counts by kind, which are added up."""
    if not isinstance(value, dict | list):
        return as_text(value)
    if isinstance(value, dict) and (total := next((value[key] for key in _TOTALS if key in value), None)) is not None:
        return likes_in(total)
    counts = list(value.values()) if isinstance(value, dict) else [part.get("count") for part in objects_of(value)]
    return str(sum(map(size_of, counts))) if counts else ""


def size_of(value: Any) -> int:
    """Return a count, which may be given as the list of what is counted."""
    written = str(len(value)) if isinstance(value, list) else as_text(value)
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def joined(value: Any) -> str:
    """Return a value as text; the pieces of a list are joined."""
    return "".join(map(as_text, value)) if isinstance(value, list) else as_text(value)


def from_bytes(text: str) -> str:
    """Join UTF-8 that was written as one character per byte."""
    with contextlib.suppress(UnicodeError):
        return text.encode("latin-1").decode("utf-8")
    return text
