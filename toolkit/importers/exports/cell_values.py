"""Read cells and fields that hold JSON, pieces of a text, or objects about people, as text, ids and names."""

import contextlib
import functools
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..._limits import MOST_NESTED_NAMES
from .field_names import KEYS, bare, part_of

NAMING: Final = frozenset(KEYS["person"] + KEYS["halves"])
_REPLIED: Final = frozenset(("quoted", "retweeted"))
_REVERSED = re.compile(r"\A[^\s,\[]+,\s[^,]*")  # "Doe, Jane"
_BETWEEN_NAMES, _BETWEEN_REVERSED = re.compile(r"[;|\n,]"), re.compile(r"[;|\n]|,(?!\s)")
_PYTHON = re.compile(  # strings, even unclosed ones, and values that JSON spells differently
    r"""'(?:[^'\\]|\\.?)*+'?|"(?:[^"\\]|\\.?)*+"?|\b(?:None|True|False)\b|\(|,?\)""", re.DOTALL
)
_BLOCKS: Final = frozenset(("content", "children", "inlineStyleRanges"))  # in blocks of an editor, which end a line
_ESCAPE = re.compile(r"\\(?:x([\da-f]{2})|U00(0[\da-f]{5}|10[\da-f]{4})|(.))", re.DOTALL)
_JSON_NAMES: Final = {"None": "null", "True": "true", "False": "false", "(": "["}
OBJECT: Final = ("[{", '{"', "{'")


def _as_json(found: re.Match[str]) -> str:
    """Convert a string, name or bracket of a Python literal to JSON."""
    piece = found[0]
    if piece[0] not in "'\"":
        return _JSON_NAMES.get(piece, "]")
    return '"' + _ESCAPE.sub(_unescaped, piece[1:-1]).replace('"', '\\"') + '"'


def _unescaped(found: re.Match[str]) -> str:
    if code := found[1] or found[2]:
        return json.dumps(chr(int(code, 16)))[1:-1]
    return found[3] if found[3] in "'\"" else found[0]


def parsed(cell: str) -> Any:
    """Parse a cell that holds JSON or a Python literal ('single quotes'); return any other cell unchanged."""
    start = cell[:80].lstrip()
    if not start.startswith(("{", "[{")) or not cell.rstrip().endswith(("}", "]")):
        return cell
    python = functools.partial(_PYTHON.sub, _as_json)  # ten times as fast as `ast`
    for written in (python,) if start.lstrip("[{ ").startswith("'") else (str, python):
        with contextlib.suppress(ValueError, RecursionError):
            pieces = json.loads(f"[{written(cell)}]")
            return pieces if len(pieces) != 1 else pieces[0]
    return cell


def text_in_json(cell: str) -> str:
    """Return the text or name that a cell holds as JSON, perhaps in pieces as on YouTube; else the cell itself."""
    if "{" not in cell or (value := parsed(cell)) is cell:
        return cell
    return _in_pieces(value) or cell


def _in_pieces(value: Any) -> str:
    """Join the pieces in which an editor stores a text."""
    pieces, out = [value], []
    while pieces:
        piece = pieces.pop()
        inner = piece if isinstance(piece, list) else []
        if isinstance(piece, dict):
            said = next((each for key in ("text", "insert") if isinstance(each := piece.get(key), str)), "")
            out.append(said or as_text(piece))
            held = (piece[key] for key in KEYS["pieces"] if isinstance(piece.get(key), list))
            inner = next(held, []) + [{"text": "\n"}] * bool(_BLOCKS & piece.keys())
        pieces += reversed(inner)
    return "".join(out)


def whole_text(value: Any) -> str:
    """Return a text from JSON as `as_text` does, or join the pieces in which editors store it (Jira, Notion)."""
    return as_text(value) or (_in_pieces(value).strip() if isinstance(value, dict) else "")


def as_text(value: Any, keys: Sequence[str] = KEYS["value"]) -> str:
    """Return a value from JSON or a sheet as text: "" for None, the name or text in an object, or what `keys` name."""
    if isinstance(value, str):  # the usual case, and cheap to check
        return value
    if isinstance(value, Mapping):
        inner = next((value[key] for key in keys if key in value and isinstance(value[key], str | Mapping)), "")
        return inner if isinstance(inner, str) else next((each for each in inner.values() if isinstance(each, str)), "")
    return "" if value is None or isinstance(value, list) else str(value)


def id_in(value: Any) -> str:
    """Return an id from JSON as text, also from within an object; of several ids, the last one replied to."""
    if isinstance(value, list):
        value = next(
            (each for each in value[::-1] if as_text(each, KEYS["ids"]) and as_text(each, ("type",)) not in _REPLIED),
            "",
        )
    return as_text(value, KEYS["ids"])


def names_in(value: Any, levels: int = MOST_NESTED_NAMES) -> list[str]:
    """Return the names in an object about a person or a list of such objects, real names first; a string is a name."""
    if isinstance(value, list):
        return [name for each in value for name in names_in(each, levels - 1)] if levels else []
    if not isinstance(value, Mapping):
        return [name] if (name := as_text(value)) else []
    if NAMING.isdisjoint(value) and not any(isinstance(each, Mapping) for each in value.values()):
        named = [key for key in value if (what := bare(key)).endswith("name") and what[:-4] not in KEYS["things"]]
        named = named or [key for key in value if part_of(key) in ("author", "handle")]
        return [name for key in named if isinstance(name := value[key], str) and name]
    found = [name for key in KEYS["person"] if key in value and (name := as_text(value[key], ("label",)).strip())]
    halves = [value[key] for key in KEYS["halves"] if isinstance(value.get(key), str)]
    within = [] if found or not levels else [each for each in value.values() if isinstance(each, Mapping)]
    inner = [name for each in within for name in names_in(each, levels - 1)]
    return list(dict.fromkeys([" ".join(halves)] * bool(halves) + found + halves + inner))


def names_listed(cell: str) -> list[str]:
    """Return the names in a cell: from JSON, or separated by semicolons, or by commas unlike that of "Doe, Jane"."""
    if (value := parsed(cell)) is not cell:
        return names_in(value)
    between = _BETWEEN_REVERSED if _REVERSED.fullmatch(cell.strip()) else _BETWEEN_NAMES
    return [name for each in between.split(cell.strip("[]")) if (name := each.strip(" '\""))]
