"""Records with named fields, from a table or from JSON: which field is the text, the author, the date."""

import contextlib
import difflib
import functools
import itertools
import json
import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from ..._limits import MOST_COLUMNS, MOST_NESTED_NAMES
from ..._tables import shortened
from ..dates import RELATIVE
from ..html_to_text import plain_text
from ..import_log import Comments, ImportLog
from ..left_out import flags_of, says_gone
from ..privacy.name_forms import ordinary_words
from .field_names import DAY_FIRST, FIELD_WORDS, KEYS, TEXT_WORDS, part_of, parts_of, words_of

_NAME_LIKE: Final = re.compile(r"\b[^\W\d_a-z][\w'’-]+(?: [a-z]{1,3}){0,2} [^\W\d_a-z][\w'’-]+")
_MAIL = re.compile(r"\w@\w")
NAMING: Final = frozenset(KEYS["person"] + KEYS["halves"])
_REPLIED: Final = frozenset(("quoted", "retweeted"))
COLUMNS: Final = ("text", "comment_id", "reply_to", "author", "handle", "posted", "likes", "thread")  # for columns=
_LATE: Final = frozenset(KEYS["late"])
_SWITCHES: Final = ("0", "1", "true", "false")
_NO_BYTES = re.compile(r"[\u0200-\u0217\u021c-\u0258\u025a-\u02af\u0700-\u07ff]")  # "É…", "Ê" or "ß…", taken for UTF-8
_SENTENCE = re.compile(r"[^\W\d_]\s+[^\W\d_]")
# All but the first as XLSX writes them; the group is meant literally.
_BREAK = re.compile(r"\r\n?|_x000d_(?:\n|_x000a_)?|_x000a_|_x0009_|_x005f(_x000[9ad]_)", re.IGNORECASE)
_GUARDED = re.compile(r"""^(?:="?|')(?=\d)|(?<=\d)"$""")  # so that a spreadsheet leaves digits alone
_LAST_STEP = re.compile(r"[./-][^./-]+$|(?<=\d)_\d+$")
_REVERSED = re.compile(r"\A[^\s,\[]+,\s[^,]*")  # "Doe, Jane"
_BETWEEN_NAMES, _BETWEEN_REVERSED = re.compile(r"[;|\n,]"), re.compile(r"[;|\n]|,(?!\s)")
_PYTHON = re.compile(  # a string, even without its end, and what JSON writes otherwise
    r"""'(?:[^'\\]|\\.?)*+'?|"(?:[^"\\]|\\.?)*+"?|\b(?:None|True|False)\b|\(|,?\)""", re.DOTALL
)
_BLOCKS: Final = frozenset(("content", "children", "inlineStyleRanges"))  # of an editor, which end a line
_ESCAPE = re.compile(r"\\(?:x([\da-f]{2})|U00(0[\da-f]{5}|10[\da-f]{4})|(.))", re.DOTALL)
_JSON_NAMES: Final = {"None": "null", "True": "true", "False": "false", "(": "["}
OBJECT: Final = ("[{", '{"', "{'")
_QUOTED = re.compile(r">>(\d{1,15})\b")  # how imageboards name the post that is answered
_MENTIONED = re.compile(  # of Slack, VK, XenForo and vBulletin
    r"<@([UW][A-Z0-9]{7,11})>|\[(?:id|club)\d{1,12}\|([^\[\]|\n]{1,60})\]"
    r"|\[(?i:user|mention)(?:=\d{1,12})?\]@?([^\[\]\n]{1,60})\[/(?i:user|mention)\]"
)
_PHPBB = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")  # in XML, with its own marks inside
_ACCOUNT = re.compile(r"\Aacct:([^@]+)@.*")  # of Hypothesis
_HOUR = re.compile(r"\d{1,2}[:.h]\d\d")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_QUESTION = re.compile(r"[qv]\d{1,3}(?:[_.]\w{1,9})?", re.IGNORECASE)  # as surveys number them
_WHO_OR_WHEN: Final = {"author", "handle", "person", "posted", "comment_id"}  # one is in any survey, and none in prose
FEWEST_ANSWERED: Final = 8  # words of the longest answer to a question that asks for a text
MOST_SHOWN: Final = 20  # columns that an error or a note names
PLACEHOLDER: Final = "..."  # of a column that an error proposes without knowing it
FLAGS: Final = ("status", "deleted", "spam", "kind", "pinned", "bot")
_TOP: Final = frozenset(KEYS["top"])  # parents of top comments


def choose_fields(
    fields: Iterable[str],
    columns: Mapping[str, str] | None,
    log: ImportLog,
    *,
    sample: Mapping[str, str] | None = None,
    kind: str = "table",
) -> dict[str, str]:
    """Return which field plays which part; fields that are not used are noted in the import log.

    `columns` decides for the parts it names, `parts_of` for the others. `sample` is a record, from
    which an error proposes the longest text; None where the fields may be a row of data, which an error must not show.
    ValueError if no field is the text, or there are too many.
    """
    given = list(fields)
    refuse_columns(len(given), log.source)
    found = list(dict.fromkeys(given))
    chosen = _parts_seen(found, sample or {})
    if columns:
        chosen |= _checked_columns(columns, found, known=bool(chosen))
        for part, other in (("thread", "comment_id"), ("comment_id", "thread")):
            if part in columns and chosen.get(other) == chosen[part]:
                del chosen[other]
    if "text" not in chosen and not _WHO_OR_WHEN.isdisjoint(chosen) and (asked := _answered(found, sample or {})):
        chosen["text"] = asked
        log.note(0, f"The texts are the answers in {_headings([(asked, found.index(asked) + 1)])}, by far the longest.")
    used = {name for part, name in chosen.items() if not part.startswith("others")}
    if chosen.get("handle") == chosen.get("author"):
        chosen.pop("handle", None)
    if not {"subreddit", "link_id"}.isdisjoint(found):
        log.handles_only = "Reddit"
    if "person" in chosen and kind == "table" and not {"author", "handle"} & chosen.keys():
        chosen["author"], log.ids_only = chosen.pop("person"), True
    if "text" not in chosen:
        raise ValueError(_no_text(found, chosen, log.source, sample, kind))
    log.day_first = any(not DAY_FIRST.isdisjoint(words_of(name)) for name in chosen.values())
    if unused := [(name, at) for at, name in enumerate(found, 1) if name not in used and name.strip()]:
        log.note(0, f"Columns not used and dropped: {_headings(unused)}")
    return chosen


def refuse_columns(many: int, source: str) -> None:
    """Raise ValueError for more columns than a table or the objects of a list can have."""
    if many > MOST_COLUMNS:
        raise ValueError(
            f"{source} has {many:,} columns; the limit is {MOST_COLUMNS:,}. Save only the comments' columns."
        )


def _parts_seen(found: list[str], seen: Mapping[str, str]) -> dict[str, str]:
    """Return the field for each part by its name and by what a record has in it, which may be nothing."""
    blank = {name for name in found if part_of(name) in ("text", "likes") and not seen.get(name, "?").strip()}
    blank |= {name for name in found if part_of(name) == "posted" and RELATIVE.fullmatch(seen.get(name, ""))}
    chosen = parts_of(found) | parts_of(name for name in found if name not in blank)
    if seen.get("published", "").lower() in _SWITCHES:  # whether, not when
        dated = {part: name for part, name in chosen.items() if name != "published"}
        chosen = {"status": "published"} | dated
    if seen.get("name", "").startswith("t1_"):  # of Reddit, which names comments
        chosen = {part: name for part, name in chosen.items() if name != "name"} | {"comment_id": "name"}
    late = [  # "Comments" or "Post" may be the texts, or else counts of them or titles; so may a question
        name for name in found
        if part_of(name) in ("", "thread") and _SENTENCE.search(seen.get(name, ""))
        and ((not _LATE.isdisjoint(words := words_of(name)) and words <= _LATE | FIELD_WORDS)
             or (name.count(" ") > 3 and not TEXT_WORDS.isdisjoint(words)))
    ]  # fmt: skip
    if "text" not in chosen and len(late) == 1:
        chosen = {part: name for part, name in chosen.items() if name != late[0]} | {"text": late[0]}
    return chosen


def _answered(found: list[str], seen: Mapping[str, str]) -> str:
    """Return the question of a survey whose longest answer has twice as many words as any cell of unknown columns."""
    words = sorted((len(seen.get(name, "").split()), name) for name in found if not part_of(name))
    (most, name), before = (words or [(0, "")])[-1], (words or [(0, "")])[:-1]
    asked = name.count(" ") > 2 or _QUESTION.fullmatch(name)
    return name if asked and most >= FEWEST_ANSWERED and all(most >= 2 * many for many, _ in before[-1:]) else ""


def _headings(columns: Sequence[tuple[str, int]]) -> str:
    """List the names of columns, the first of many, each by its number if it looks like a person's name."""
    shown = [f"column {at}" if names_somebody(name) else shortened(name, 40) for name, at in columns[:MOST_SHOWN]]
    return ", ".join(shown) + f" and {len(columns) - MOST_SHOWN:,} more" * (len(columns) > MOST_SHOWN)


def names_somebody(title: str) -> bool:
    """Return whether the name of a column or a file seems to contain a person's name or e-mail address."""
    if _MAIL.search(title):
        return True
    words, ordinary = " ".join(_NAME_LIKE.findall(title)).lower().split(), ordinary_words()
    is_question = title.endswith("?") and title.count(" ") > 3
    return not is_question and not all(word in FIELD_WORDS or word in ordinary for word in words)


def _no_text(
    found: list[str], chosen: Mapping[str, str], source: str, sample: Mapping[str, str] | None, kind: str
) -> str:
    """Report what was found, and suggest a ``columns=`` in which the field with the longest text is the text."""
    texts = sample or {}
    free = [name for name in texts if texts[name] and name not in chosen.values()] or [*texts]
    guess = max(free, key=lambda name: (texts[name].count(" "), len(texts[name])), default=PLACEHOLDER)
    guess = PLACEHOLDER if names_somebody(guess) else guess
    seen = f" Found: {_headings([(name, at) for at, name in enumerate(found, 1)])}." if sample is not None else ""
    author = chosen.get("author") or chosen.get("handle") or PLACEHOLDER
    line = f"columns={{'text': {guess[:200]!r}, 'author': {author[:200]!r}}}"
    if kind != "table":
        return (
            f"{source} is {kind} in an unknown format, and no field of its objects has a usual name for the text."
            f"{seen} Name the fields: {line}"
        )
    lines = " It has one cell: if the names of the columns are further down, delete the rows above them."
    return (
        f"{source} has no column for the comments' text among its {len(found)}.{seen} The first row of a table must "
        f"name the columns.{lines if len(found) == 1 else ''} Say which is which with {line}"
    )


def comments_of(
    cells: Mapping[str, Sequence[str]], rows: Sequence[int], others: Sequence[tuple[str, ...]] = ()
) -> Comments:
    """Make comments of the columns of a table, by the parts that they play; `rows` are the numbers of its rows."""
    none = [""] * len(rows)
    texts = [
        _plain(each)
        if "<" in each or "&" in each or "{" in each or "_" in each or "|" in each or "\r" in each or "[/" in each
        else each.strip()
        for each in cells["text"]
    ]
    people = cells.get("author", none)
    names = {each: text_in_json(each) for each in {*people}}  # each once
    beyond = [*itertools.filterfalse(str.isascii, itertools.chain(texts, names.values()))]
    if beyond and all((joined := from_bytes(each)) != each and not _NO_BYTES.search(joined) for each in beyond):
        texts, names = [*map(from_bytes, texts)], {each: from_bytes(name) for each, name in names.items()}
    names = {each: _ACCOUNT.sub(r"\1", name) for each, name in names.items()}
    authors = [*map(names.__getitem__, people)]
    if "last" in cells:
        authors = [f"{first} {last}".strip() for first, last in zip(authors, cells["last"], strict=True)]
    answered = cells.get("reply_to", none)
    every_parent = "".join(answered)
    if "thread" in cells and cells["thread"] == cells.get("comment_id"):  # post_id: a comment's, if each has one text
        owned = len({*zip(cells["thread"], texts, strict=True)}) == len({*cells["thread"]})
        cells = {part: each for part, each in cells.items() if part != ("thread" if owned else "comment_id")}
    known = {*cells.get("comment_id", ("",))}
    is_whole = all(known) and "+" not in "".join(known)  # not 7.05E+18, as spreadsheets round them
    if is_whole and cells.keys().isdisjoint(("thread", "reply_to")) and 3 * len(known) <= len({*texts}):  # of a product
        cells = {("thread" if part == "comment_id" else part): each for part, each in cells.items()}
    if "number" in cells and len({*cells["number"]}) == len(rows):  # else tables were joined, each counted from 0
        cells = {**cells, "comment_id": cells["number"]}
    if not others:
        named = [cells[part] for part in cells if part.startswith("others")]
        if "{" in every_parent:  # people who are answered, as of Twint
            named.append([each if each.startswith(OBJECT) else "" for each in answered])
        others = [
            tuple(name for each in row if each for name in _names_listed(each)) for row in zip(*named, strict=True)
        ]
    ids = [*cells.get("comment_id", none)]
    if not "".join(ids).isalnum():
        ids = [each if each.isalnum() else plain_id(each).removeprefix("t1_") for each in ids]
    parents = [*answered]
    if not every_parent.isdecimal() or "0" in parents:
        parents = [parent_id(each) if each else "" for each in parents]
    if not any(parents) and (paths := _paths(cells, ids)):
        ids = list(map(operator.itemgetter(0), paths))
        parents = [parent_id(up) for _, up in paths]
    elif not any(parents) and (depths := cells.get("depth") or _levels(cells.get("kind", ()))):
        ids = [own or f"c{row:04d}" for own, row in zip(ids, rows, strict=True)]
        parents = _parents_by_depth(depths, ids)
    marked = itertools.compress(enumerate(texts), map(str.startswith, texts, itertools.repeat(">>")))
    quoted = {at: found[1] for at, each in marked if (found := _QUOTED.match(each))}
    if quoted and not {*quoted.values()}.isdisjoint(ids):
        own = set(ids)
        parents = [quoted[at] if quoted.get(at) in own else each for at, each in enumerate(parents)]
    posted = cells.get("posted", cells.get("clock", none))
    if "clock" in cells:
        posted = [f"{day} {hour}" if ":" not in day and _HOUR.match(hour) else day
                  for day, hour in zip(posted, cells["clock"], strict=True)]  # fmt: skip
    if any(map(operator.eq, parents, ids)):  # the first in a thread of Slack
        parents = ["" if up == own else up for up, own in zip(parents, ids, strict=True)]
    nothing: list[tuple[str, ...]] = [()] * len(rows)
    threads = [(each,) if each else () for each in cells["thread"]] if "thread" in cells else nothing
    said = {part: cells.get(part, none) for part in FLAGS}
    if gone := [cells[part] for part in cells if part.startswith("deleted ")]:
        said["deleted"] = [next(filter(says_gone, row), "") for row in zip(said["deleted"], *gone, strict=True)]
    flags = flags_of(texts, authors, *said.values())
    handles, likes = (cells.get(part, none) for part in ("handle", "likes"))
    return Comments((rows, texts, ids, parents, authors, handles, posted, likes, flags, threads, others or nothing))


def _plain(text: str) -> str:
    """Return a text without markup, with mentions of platforms as "@name", without the XML around marks of phpBB."""
    text = _PHPBB.sub("", text) if text.startswith(("<r>", "<t>")) else text
    text = _MENTIONED.sub(r"@\1\2\3", text) if "<@" in text or "|" in text or "[/" in text else text
    if not any(sign in text for sign in "<&{_\r"):
        return text.strip()
    text = _BREAK.sub(lambda found: found[1] or (" " if found[0] == "_x0009_" else "\n"), text)
    return plain_text(text_in_json(text))


def from_bytes(text: str) -> str:
    """Join UTF-8 that was written as one character per byte, in Latin-1 or as Windows does."""
    for codec in ("latin-1", "cp1252"):
        with contextlib.suppress(UnicodeError):
            return text.encode(codec).decode("utf-8")
    return text


def _names_listed(cell: str) -> list[str]:
    """Return the names in a cell: in JSON, between semicolons, or between commas that cannot be that of "Doe, Jane"."""
    if (value := parsed(cell)) is not cell:
        return names_in(value)
    between = _BETWEEN_REVERSED if _REVERSED.fullmatch(cell.strip()) else _BETWEEN_NAMES
    return [name for each in between.split(cell.strip("[]")) if (name := each.strip(" '\""))]


def _paths(cells: Mapping[str, Sequence[str]], ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return ids and parents from paths of ids that end in the comment's own id or serve as it: a/b/c, 1.2, 3-1."""
    if "path" in cells and "comment_id" in cells:
        paths = [path.rstrip("/.") for path in cells["path"]]
        return [(own, above(path, own) if path.endswith(own) else "") for path, own in zip(paths, ids, strict=True)]
    paths = [path.strip("/") for path in cells.get("path", ids)]
    known = set(filter(None, paths))
    ups = [_LAST_STEP.sub("", path) for path in paths]
    if known.isdisjoint(up for up, path in zip(ups, paths, strict=True) if up != path):
        return []
    return [(path, up if up != path and up in known else "") for path, up in zip(paths, ups, strict=True)]


def _levels(kinds: Sequence[str]) -> list[str]:
    """Return 1 for what is called a reply, 0 for a comment; nothing if some are called otherwise."""
    called = [each.lower() for each in kinds]
    return ["01"[each == "reply"] for each in called] if {*called} == {"comment", "reply"} else []


def indents(parts: Mapping[str, Sequence[str]]) -> list[str]:
    """Return how far the texts of a table without parents are indented, in steps.

    Nothing if few texts are indented, or not by whole steps, as by stray spaces.
    """
    if not {"reply_to", "depth"}.isdisjoint(parts):
        return []
    widths = [len(each) - len(each.lstrip(" \t")) for each in parts["text"]]
    indented = [each for each in widths if each]
    step = min(indented, default=1)
    if len(indented) < 2 or 5 * len(indented) < len(widths) or any(each % step for each in indented):
        return []
    tabs = any(each.startswith("\t") for each in parts["text"])
    return [str(each // step) for each in widths] if step > 1 or tabs else []


def _parents_by_depth(depths: Sequence[str], ids: Sequence[str]) -> list[str]:
    """Return parents from the depths of comments in reading order; none if the depths cannot be such an order."""
    parents: list[str] = []
    open_ids: list[str] = []
    for written, own in zip(map(plain_id, depths), ids, strict=True):
        depth = int(written) - int(plain_id(depths[0])) if written.isdecimal() and len(written) < 5 else -1
        if not 0 <= depth <= len(open_ids):
            return [""] * len(ids)
        open_ids[depth:] = [own]
        parents.append(open_ids[depth - 1] if depth else "")
    return parents


def plain_id(written: str) -> str:
    """Return an id as before pandas or a spreadsheet touched it: "59848.0", "59848,0", "59,848", ="59848", '59848."""
    if written.isalnum() or not written:
        return written
    written = _GUARDED.sub("", written.strip())
    written = written.replace(",", "") if _GROUPED.fullmatch(written) else written
    whole, point, rest = written.replace(",", ".").partition(".")
    return whole if point and not rest.strip("0") and whole.isdecimal() else written


def parent_id(written: str) -> str:
    """Return the id of the parent comment; "" if the platform marks the article as the parent."""
    if not written or (written.isdecimal() and written != "0"):
        return written
    parent = plain_id(written)
    if parent.startswith("t3_") or written.startswith(OBJECT) or parent.lower() in _TOP:
        return ""
    return parent.removeprefix("t1_").lstrip("#@>")


def above(path: str, own: str) -> str:
    """Return the id before the comment's own in a path of ids: "0.1.2", "/1/2", or YouTube's "parent.own"."""
    ids = [each for each in re.split(r"[./]", path) if each]
    if path == own or ids[-1:] == [own]:
        ids = ids[:-1]
    return ids[-1] if ids else ""


def _as_json(found: re.Match[str]) -> str:
    """Return a string, a name or a bracket of a Python object as JSON writes it."""
    piece = found[0]
    if piece[0] not in "'\"":
        return _JSON_NAMES.get(piece, "]")
    return '"' + _ESCAPE.sub(_unescaped, piece[1:-1]).replace('"', '\\"') + '"'


def _unescaped(found: re.Match[str]) -> str:
    if code := found[1] or found[2]:
        return json.dumps(chr(int(code, 16)))[1:-1]
    return found[3] if found[3] in "'\"" else found[0]


def parsed(cell: str) -> Any:
    """Return what a cell holds as JSON, or as Python writes objects ('single quotes'); else the cell."""
    start = cell[:80].lstrip()
    if not start.startswith(("{", "[{")) or not cell.rstrip().endswith(("}", "]")):
        return cell
    python = functools.partial(_PYTHON.sub, _as_json)  # `ast` takes ten times as long
    for written in (python,) if start.lstrip("[{ ").startswith("'") else (str, python):
        with contextlib.suppress(ValueError, RecursionError):
            pieces = json.loads(f"[{written(cell)}]")
            return pieces if len(pieces) != 1 else pieces[0]
    return cell


def text_in_json(cell: str) -> str:
    """Return the text or name of a cell that holds it as JSON, perhaps in pieces, as of YouTube; else the cell."""
    if "{" not in cell or (value := parsed(cell)) is cell:
        return cell
    return _in_pieces(value) or cell


def _in_pieces(value: Any) -> str:
    """Join the pieces of a text from an editor."""
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
    """Return a text from JSON as `as_text` does, or as an editor keeps it, in pieces (Jira, Notion)."""
    return as_text(value) or (_in_pieces(value).strip() if isinstance(value, dict) else "")


def as_text(value: Any, keys: Sequence[str] = KEYS["value"]) -> str:
    """Return a value from JSON or a sheet as text: "" for None, the name or text in an object, or what `keys` name."""
    if isinstance(value, str):  # nearly always, and quick to check
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
        return []  # nearly always
    found = [name for key in KEYS["person"] if key in value and (name := as_text(value[key], ("label",)).strip())]
    halves = [value[key] for key in KEYS["halves"] if isinstance(value.get(key), str)]
    within = [] if found or not levels else [each for each in value.values() if isinstance(each, Mapping)]
    inner = [name for each in within for name in names_in(each, levels - 1)]
    return list(dict.fromkeys([" ".join(halves)] * bool(halves) + found + halves + inner))


def _checked_columns(columns: Mapping[str, str], found: list[str], *, known: bool) -> dict[str, str]:
    columns = {part: name for part, name in columns.items() if name in found or str(name).strip(".")}
    for part, name in columns.items():
        if part not in COLUMNS:
            parts = f"the parts are {', '.join(COLUMNS)}, as in columns={{'text': 'Message'}}"
            raise ValueError(f"columns={{}} has no part {str(part)[:40]!r}; {parts}.")
        if name not in found:
            near = difflib.get_close_matches(str(name)[:40], [each[:40] for each in found[:300]], n=3, cutoff=0.6)
            seen = f" Found: {_headings([(name, at) for at, name in enumerate(found, 1)])}." if known or near else ""
            raise ValueError(
                f"There is no column {str(name)[:40]!r} for {part}.{seen} Give the name exactly as in the file."
            )
    return dict(columns)
