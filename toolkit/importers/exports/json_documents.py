"""Parse JSON documents within limits, with anything that programs leave around or between their parts."""

import collections
import contextlib
import functools
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from ..._limits import FEW_PARTS
from ..import_log import ImportLog, refuse_more
from .cell_values import as_text
from .field_names import bare

Object = dict[str, Any]
_BETWEEN: Final = re.compile(r"[\s,]*(?:\]\s*\Z)?")
_BEGINNING: Final = 10_000  # characters in which other formats are recognised
_PYTHON: Final = re.compile(r"[{,] ?'\w{1,60}': ")
_MORE: Final = frozenset("hasmore hasnext hasnextpage moreavailable nextpagetoken nexttoken next".split())
_DECODER: Final = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
MOST_FIRST, FIRST_OF_LIST = 1_000, 20  # objects in which a format is recognised, in all and per list


class Loaded:
    """A JSON document, or JSON lines: `value` is its content, `rows` the line numbers of JSON lines."""

    def __init__(self, value: Any, rows: list[int] | None = None) -> None:
        self.value, self.rows = value, rows

    @functools.cached_property
    def objects(self) -> list[Object]:
        """The outermost objects: those of a list, or the one object, or none."""
        return self.value if self.rows else list(outermost(self.value))

    @property
    def has_more(self) -> bool:
        """Whether the last page in the document announces another one."""
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
        """The first objects of each list, outer ones first, each with the objects around it.

        If there are too many, the very first of each list follow, to reach deeper: comments in threads in pages.
        """
        found: list[tuple[Object, Any]] = []
        for most in (FIRST_OF_LIST, 1):
            waiting: collections.deque[tuple[Any, Any]] = collections.deque([(self.value, ())])
            until = len(found) + MOST_FIRST
            while waiting and len(found) < until:
                value, around = waiting.popleft()
                if isinstance(value, dict):
                    found.append((value, around))
                    waiting += [(each, (value, around)) for each in value.values() if isinstance(each, dict | list)]
                elif isinstance(value, list):
                    waiting += [(each, around) for each in value[:most]]
            if not waiting:
                break
        return found


def load(text: str, log: ImportLog) -> Loaded:
    """Parse JSON or JSON lines, keeping numbers as written.

    A line that is not JSON is left out and logged. ValueError if nothing can be parsed, it is nested too deeply, or
    it is nearly all brackets or commas.
    """
    size = len(text)
    brackets = text.count("{") + text.count("[")  # tiny objects take a hundred times their length in memory
    refuse_more(brackets, "objects and lists", size, FEW_PARTS + size // 25, log.source)
    refuse_more(text.count(","), "commas", size, FEW_PARTS + size // 6, log.source)
    try:
        value = _DECODER.decode(text)
        return Loaded(_recorded(value, log) if '"request"' in text[:_BEGINNING] else value)
    except RecursionError:
        raise ValueError(
            f"{log.source} is nested too deeply to be read. Export the comments as a flat list in which each names "
            "its parent (parent_id), or as a table."
        ) from None
    except ValueError as error:
        fault = str(error)
    if "'" in text[:_BEGINNING] and _PYTHON.search(text[:_BEGINNING]):
        raise ValueError(
            f"{log.source} is written as Python prints objects, not as JSON. Write it with json.dump(comments, file)."
        )
    refuse_more(text.count("\n"), "lines", size, FEW_PARTS + size // 25, log.source)
    values: list[Object] = []
    rows: list[int] = []
    for row, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = list(outermost(_DECODER.decode(line)))
        except (ValueError, RecursionError):
            found = []
        values += found
        rows += [row] * len(found)
        if not found:
            log.leave_out(row, "not a JSON object")
    if not values or (len(log.left_out) > len(values)):
        log.left_out.clear()
        if pieces := _pieces(text):
            return Loaded(pieces)
        raise ValueError(f"{log.source} is neither JSON nor JSON lines ({fault[:80]}). Export it again.")
    log.read += len(log.left_out)
    return Loaded(values, rows)


def _recorded(value: Any, log: ImportLog) -> Any:
    """Return the JSON replies in a browser's log of its requests (HAR); any other document unchanged."""
    entries = objects_of(inside(value, "log").get("entries")) if isinstance(value, dict) else []
    answers = []
    for each in entries:
        with contextlib.suppress(ValueError, RecursionError):
            answers.append(_DECODER.decode(as_text(inside(inside(each, "response"), "content").get("text"))))
    if entries:
        log.note(
            0, f"From a browser's record of {len(entries):,} requests, the replies in JSON were read: {len(answers):,}."
        )
    return answers if entries else value


def _pieces(text: str) -> list[Any]:
    """Parse a sequence of objects separated by commas or line breaks; an empty list if anything else occurs."""
    found, at = [], int(text[:1] == "[")  # also a list with a trailing comma, which JSON forbids
    with contextlib.suppress(ValueError, RecursionError):
        while (gap := _BETWEEN.match(text, at)) and (at := gap.end()) < len(text):
            value, at = _DECODER.raw_decode(text, at)
            found.append(value)
        return found
    return []


def outermost(value: Any, wanted: Callable[[Object], bool] = bool) -> Iterator[Object]:
    """Yield the wanted objects in order, at any depth but none inside another, without recursion."""
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, dict) and wanted(each):
            yield each
        elif isinstance(each, dict | list):
            stack += reversed(list(each.values()) if isinstance(each, dict) else each)


def objects_of(value: Any) -> list[Object]:
    """Return the objects of a list; none if it is not a list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def inside(value: Object, key: str) -> Object:
    """Return the object in a field; an empty one if there is none."""
    part = value.get(key)
    return part if isinstance(part, dict) else {}
