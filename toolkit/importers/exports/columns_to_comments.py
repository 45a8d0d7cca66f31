"""Turn columns with known parts into comments: texts without markup, ids, parents, dates and flags."""

import contextlib
import itertools
import operator
import re
from collections.abc import Mapping, Sequence
from typing import Final

from ..html_to_text import plain_text
from ..import_log import Comments, ImportLog
from ..left_out import flags_of, says_gone
from .cell_values import OBJECT, names_listed, text_in_json
from .field_names import KEYS

_NO_BYTES = re.compile(r"[\u0200-\u0217\u021c-\u0258\u025a-\u02af\u0700-\u07ff]")  # "É…", "Ê" or "ß…" misread as UTF-8
# All but the first are XLSX escapes; the group is an escaped escape, meant literally.
_BREAK = re.compile(r"\r\n?|_x000d_(?:\n|_x000a_)?|_x000a_|_x0009_|_x005f(_x000[9ad]_)", re.IGNORECASE)
# Guards that keep a spreadsheet from changing digits; each begins with its first character, for speed.
_GUARDED = re.compile(r"""=(?<=^=)"?(?=\d)|'(?<=^')(?=\d)|"(?<=\d")$""")
_LAST_STEP = re.compile(r"[./-][^./-]+$|(?<=\d)_\d+$")
_QUOTED = re.compile(r">>(\d{1,15})\b")  # a reference to the parent post on imageboards
_MENTIONED = re.compile(  # mentions on Slack, VK, XenForo and vBulletin
    r"<@([UW][A-Z0-9]{7,11})>|\[(?:id|club)\d{1,12}\|([^\[\]|\n]{1,60})\]"
    r"|\[(?i:user|mention)(?:=\d{1,12})?\]@?([^\[\]\n]{1,60})\[/(?i:user|mention)\]"
)
_PHPBB = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")  # the XML around phpBB's own marks
_ACCOUNT = re.compile(r"\Aacct:([^@]+)@.*")  # an account on Hypothesis
_LISTED = re.compile(r"[\w:.-]+")
_HOUR = re.compile(r"\d{1,2}[:.h]\d\d")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
FLAGS: Final = ("status", "deleted", "spam", "kind", "pinned", "bot")
BY_DEPTH: Final = (
    "Replies were placed by depth below the comments above them. If the file is in another order than "
    "the page, such as by date, they are below the wrong comments."
)
NO_DEPTH: Final = (
    "All comments were placed at the top level: the depths of the replies do not fit the order of the file. "
    "Sort it as the page shows it."
)
_MODES_OF_ISSO: Final = {"2": "pending", "4": "deleted"}
_TOP: Final = frozenset(KEYS["top"])  # parent values of top-level comments


def comments_of(
    cells: Mapping[str, Sequence[str]], rows: Sequence[int], log: ImportLog, others: Sequence[tuple[str, ...]] = ()
) -> Comments:
    """Make comments from columns, given by the part that each plays; `rows` are the row numbers in the file."""
    none = [""] * len(rows)
    texts = [
        _plain(each)
        if "<" in each or "&" in each or "{" in each or "_" in each or "|" in each or "\r" in each or "[/" in each
        else each.strip()
        for each in cells["text"]
    ]
    people = cells.get("author", none)
    names = {each: text_in_json(each) for each in {*people}}
    beyond = [*itertools.filterfalse(str.isascii, itertools.chain(texts, names.values()))]
    if beyond and all((joined := from_bytes(each)) != each and not _NO_BYTES.search(joined) for each in beyond):
        texts, names = [*map(from_bytes, texts)], {each: from_bytes(name) for each, name in names.items()}
    names = {each: _ACCOUNT.sub(r"\1", name) for each, name in names.items()}
    authors = [*map(names.__getitem__, people)]
    if "person" in cells:  # the id stands in for a missing name
        known_by = zip(authors, cells.get("handle", none), cells["person"], strict=True)
        authors = [name or (own if not handle else "") for name, handle, own in known_by]
    if "last" in cells:
        authors = [f"{first} {last}".strip() for first, last in zip(authors, cells["last"], strict=True)]
    answered = cells.get("reply_to", none)
    if "parent kind" in cells:
        kinds = map(str.lower, cells["parent kind"])
        answered = [up if kind.endswith("comment") else "" for up, kind in zip(answered, kinds, strict=True)]
    every_parent = "".join(answered)
    if "thread" in cells and cells["thread"] == cells.get("comment_id"):  # post_id is the comment's if its texts differ
        owned = len({*zip(cells["thread"], texts, strict=True)}) == len({*cells["thread"]})
        cells = {part: each for part, each in cells.items() if part != ("thread" if owned else "comment_id")}
    known = {*cells.get("comment_id", ("",))} if cells.keys().isdisjoint(("thread", "reply_to")) else {""}
    is_whole = all(known) and "+" not in "".join(known)  # not rounded by a spreadsheet: 7.05E+18
    if is_whole and 3 * len(known) <= len({*texts}):  # ids of the products reviewed
        cells = {("thread" if part == "comment_id" else part): each for part, each in cells.items()}
    if "number" in cells and len({*cells["number"]}) == len(rows):  # else joined tables, each counted from 0
        cells = {**cells, "comment_id": cells["number"]}
    if not others:
        named = [cells[part] for part in cells if part.startswith("others")]
        if "{" in every_parent:  # objects about the people answered, as in Twint's exports
            named.append([each if each.startswith(OBJECT) else "" for each in answered])
        others = [
            tuple(name for each in row if each for name in names_listed(each)) for row in zip(*named, strict=True)
        ]
    ids = [*cells.get("comment_id", none)]
    if not "".join(ids).isalnum():
        ids = [each if each.isalnum() else plain_id(each).removeprefix("t1_") for each in ids]
    parents = [*answered]
    if not every_parent.isdecimal() or "0" in parents:
        counted = "0" in ids and "" in parents  # 0 is a comment, as the article's replies have an empty cell
        parents = [each if counted and each == "0" else parent_id(each) if each else "" for each in parents]
    if not any(parents) and (paths := _paths(cells, ids)):
        ids = list(map(operator.itemgetter(0), paths))
        parents = [parent_id(up) for _, up in paths]
    elif not any(parents) and (depths := cells.get("depth") or _levels(cells.get("kind", ()))):
        ids = [own or f"c{row:04d}" for own, row in zip(ids, rows, strict=True)]
        parents = _parents_by_depth(depths, ids)
        if len({*depths}) > 1:
            log.note(0, BY_DEPTH if any(parents) else NO_DEPTH)
    marked = itertools.compress(enumerate(texts), map(str.startswith, texts, itertools.repeat(">>")))
    quoted = {at: found[1] for at, each in marked if (found := _QUOTED.match(each))}
    if quoted and not {*quoted.values()}.isdisjoint(ids):
        own = set(ids)
        parents = [quoted[at] if quoted.get(at) in own else each for at, each in enumerate(parents)]
    posted = cells.get("posted", cells.get("clock", none))
    if "clock" in cells:
        posted = [f"{day} {hour}" if ":" not in day and _HOUR.match(hour) else day
                  for day, hour in zip(posted, cells["clock"], strict=True)]  # fmt: skip
    if any(map(operator.eq, parents, ids)):  # Slack's first message in a thread is its own parent
        parents = ["" if up == own else up for up, own in zip(parents, ids, strict=True)]
    nothing: list[tuple[str, ...]] = [()] * len(rows)
    threads = [(each,) if each else () for each in cells["thread"]] if "thread" in cells else nothing
    said = {part: cells.get(part, none) for part in FLAGS}
    if "mode of Isso" in cells:
        said["status"] = [_MODES_OF_ISSO.get(each, "") for each in cells["mode of Isso"]]
    if gone := [cells[part] for part in cells if part.startswith("deleted ")]:
        said["deleted"] = [next(filter(says_gone, row), "") for row in zip(said["deleted"], *gone, strict=True)]
    flags = flags_of(texts, authors, *said.values())
    handles, likes = (cells.get(part, none) for part in ("handle", "likes"))
    return Comments((rows, texts, ids, parents, authors, handles, posted, likes, flags, threads, others or nothing))


def _plain(text: str) -> str:
    """Return a text without markup or phpBB's XML, with each platform's mentions written as "@name"."""
    text = _PHPBB.sub("", text) if text.startswith(("<r>", "<t>")) else text
    text = _MENTIONED.sub(r"@\1\2\3", text) if "<@" in text or "|" in text or "[/" in text else text
    if not any(sign in text for sign in "<&{_\r"):
        return text.strip()
    text = _BREAK.sub(lambda found: found[1] or (" " if found[0] == "_x0009_" else "\n"), text)
    return plain_text(text_in_json(text))


def from_bytes(text: str) -> str:
    """Repair UTF-8 that was decoded as one character per byte, in Latin-1 or Windows-1252."""
    for codec in ("latin-1", "cp1252"):
        with contextlib.suppress(UnicodeError):
            return text.encode(codec).decode("utf-8")
    return text


def _paths(cells: Mapping[str, Sequence[str]], ids: Sequence[str]) -> list[tuple[str, str]]:
    """Return ids and parents from paths (a/b/c, 1.2, 3-1) that end in the comment's own id or serve as one."""
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
    """Return "1" for each kind "reply" and "0" for "comment"; an empty list if any other kind occurs."""
    called = [each.lower() for each in kinds]
    return ["01"[each == "reply"] for each in called] if {*called} == {"comment", "reply"} else []


def indents(parts: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the indentation of each text, in steps, in a table without parents.

    Empty if few texts are indented, or not by whole steps: then the spaces are stray.
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
    """Return parents from depths in reading order; all empty if the depths cannot come from a reply tree."""
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
    if (
        written[0] == "[" and not written.startswith(OBJECT) and (listed := _LISTED.findall(written))
    ):  # of all above it, from the first
        written = listed[-1]
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
