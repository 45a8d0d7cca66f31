"""The log of an import: what was read, kept, left out and changed, and one comment as the file has it."""

from __future__ import annotations

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from string import digits
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import _limits as limits

_WORD, _PARTS = re.compile(r"[^\W_]+"), re.compile(r"[A-Z]*[^\WA-Z]+|[A-Z]+")
WARNING = "WARNING: "  # start of a note that must not be overlooked
MAC_SPELLINGS = 4  # other spellings of a name that begins with Mc or Mac
ROWS_SHOWN = 8  # row numbers per printed line; the log has all of them


class RawComment(NamedTuple):
    """A comment as exported, before anything is cleaned or masked: it still has real names.

    `row` counts as in the file: a table's header is row 1; JSON and XML count their comments from 1; JSON lines count
    lines. Everything else is text, and "" if missing: `posted` and `likes` as written, `reply_to` the parent's
    comment_id, `handle` a second name of the same author. `text` is plain text or Markdown. `flag` is "" or the reason
    to leave the comment out ("deleted", "spam", ...). `thread` identifies the article in every way that the file does:
    title, address, id. `others` are names of other people in its fields, such as the person it replies to: they are
    kept only to be masked in texts.
    """

    row: int
    text: str
    comment_id: str = ""
    reply_to: str = ""
    author: str = ""
    handle: str = ""
    posted: str = ""
    likes: str = ""
    flag: str = ""
    thread: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Comments(Sequence[RawComment]):
    """Comments as columns, named like the fields of `RawComment`; indexing builds a single comment."""

    def __init__(self, columns: Iterable[Sequence[Any]]) -> None:
        self.columns = [*columns] or [()] * len(RawComment._fields)
        if len({*map(len, self.columns)}) > 1:
            raise ValueError(f"Columns of comments must have one length, not {[*map(len, self.columns)]}.")
        self.__dict__.update(zip(RawComment._fields, self.columns, strict=True))

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    @classmethod
    def of(cls, comments: Iterable[RawComment]) -> Comments:
        """Convert comments from rows to columns."""
        return comments if isinstance(comments, Comments) else cls(zip(*comments, strict=True))

    def __len__(self) -> int:
        return len(self.row)

    def __getitem__(self, at: Any) -> Any:
        make = Comments if isinstance(at, slice) else RawComment._make
        return make(column[at] for column in self.columns)

    def replaced(self, **columns: Sequence[Any]) -> Comments:
        """Return the comments with some columns replaced."""
        return Comments(map(columns.get, RawComment._fields, self.columns))

    def at(self, places: Sequence[int]) -> Comments:
        """Return the comments at these positions."""
        if places == [*range(len(self))]:
            return self  # the usual case
        return Comments([*map(column.__getitem__, places)] for column in self.columns)

    @functools.cached_property
    def first(self) -> dict[str, int]:
        """The position of the first comment with each id, the empty one included."""
        return dict(zip(reversed(self.comment_id), reversed(range(len(self))), strict=True))

    def people(self) -> list[tuple[str, str]]:
        """Return name and handle of every commenter once, then the names of other people in the file."""
        others = dict.fromkeys(itertools.chain.from_iterable(self.others))
        return [*self.writers()[0].values(), *((name, "") for name in others)]

    def writers(self) -> tuple[dict[Any, tuple[str, str]], Sequence[Any]]:
        """Return name and handle of every commenter by key, and each comment's key: its name if nobody has a handle."""
        if not any(self.handle):
            return {name: (name, "") for name in dict.fromkeys(self.author)}, self.author
        pairs = [*zip(self.author, self.handle, strict=True)]
        return dict(zip(pairs, pairs, strict=True)), pairs


def refuse_dense(comments: Comments, source: str) -> None:
    """Raise ValueError for comments that are mostly rows or names, which take long to process."""
    names = {*comments.author, *comments.handle, *itertools.chain.from_iterable(comments.others)}
    words = _words_of(" ".join(name[: limits.LONGEST_ID] for name in names))
    several = (len(words) + 2 * len(set(words))) // 3 + MAC_SPELLINGS * (words.count("Mc") + words.count("Mac"))
    size = sum(map(len, comments.text))
    for many, few, length, what in (
        (len(comments), limits.FEW_ROWS, limits.ROW_LENGTH, "comments"),
        (several, limits.FEW_NAME_WORDS, limits.NAME_WORD_LENGTH, "words of names"),
    ):
        if many > few + size // length:  # rare
            whole = sum(map(len, itertools.chain(*comments.columns[1:8])))
            refuse_more(many, what, whole, few + whole // length, source)


def _words_of(names: str) -> list[str]:
    """Return the words of names, also of JaneDoe and jane_doe; empty if there cannot be too many."""
    if len(names) < 2 * limits.FEW_NAME_WORDS:
        return []  # the usual case
    words = (_PARTS.findall(each) if each.rstrip(digits).isalpha() else (each,) for each in _WORD.findall(names))
    return [*itertools.chain.from_iterable(words)]


def refuse_more(many: int, what: str, size: int, most: int, source: str) -> None:
    """Raise ValueError if there are more items than the size of the comments can explain."""
    if many > most:
        raise ValueError(
            f"{source} has {many:,} {what} in {size:,} characters, so it contains little else. Save only the "
            "comments with text, or measure the file with measure_files."
        )


class ImportLog:
    """What happened to each row of one file: row numbers and reasons, never names or texts of commenters.

    `source` is the file's name, `format` the format it was read as, `read` and `kept` count comments; `free`: a table
    may have ids of any kind; `handles_only` names a platform that shows no real names; `ids_only`: commenters are known
    only by ids; `day_first`: the headings are in a language that writes the day first.
    """

    def __init__(self, source: str = "", format: str = "") -> None:  # noqa: A002 - what a reader calls it
        self.source, self.format = source, format
        self.read = self.kept = 0
        self.free, self.handles_only, self.ids_only, self.day_first = False, "", False, False
        self.left_out: list[tuple[int, str, str]] = []
        self.changed: list[tuple[int, str]] = []
        self.notes: list[str] = []

    def leave_out(self, row: int, reason: str, detail: str = "") -> None:
        """Record that a row is not in the table, and why; `detail` must not quote the row."""
        self.left_out.append((row, reason, detail))

    def note(self, row: int, what: str) -> None:
        """Record that a row was kept, but changed; row 0 means the whole file."""
        if row:
            self.changed.append((row, what))
        elif what not in self.notes:
            self.notes.append(what)

    def warn(self, what: str) -> None:
        """Put a note on the whole file before the others."""
        self.notes.insert(0, f"{WARNING}{what}")

    def mask(self, masked: Callable[[str], str]) -> None:
        """Replace names in the name of the file and in the notes, which may quote columns, titles and addresses."""
        self.source = masked(self.source)
        self.notes = [masked(note) for note in self.notes]

    def as_dict(self) -> dict[str, Any]:
        """Return the log as plain values for ``texts.attrs["report"]``, rows grouped by what happened to them."""
        left_out = [(row, f"{why} ({detail})" if detail else why) for row, why, detail in sorted(self.left_out)]
        about = {key: getattr(self, key) for key in ("source", "format", "read", "kept")}
        return about | {
            "left_out": _grouped(left_out),
            "changed": _grouped(sorted(self.changed)),
            "notes": [*self.notes],
        }

    def summary(self) -> str:
        """Summarise the import log in a few lines: counts by reason, each with the first row numbers."""
        lines = [f"{self.source} ({self.format}): {self.read} read, {self.kept} kept, {len(self.left_out)} left out."]
        left_out = _grouped([(row, why) for row, why, _ in self.left_out])
        return "\n".join(lines + group_lines(left_out, _grouped(self.changed), self.notes))


def _grouped(entries: list[tuple[int, str]]) -> list[dict[str, Any]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, what in entries:
        rows[what].append(row)
    return [{"what": what, "rows": found} for what, found in rows.items()]


def group_lines(left_out: list[dict[str, Any]], changed: list[dict[str, Any]], notes: list[str]) -> list[str]:
    """List omissions and changes, with the first row numbers, and notes, one per line."""
    said = [("Left out", each) for each in left_out] + [("Kept, but changed", each) for each in changed]
    lines = [f"  {done}: {each['what']}: {len(each['rows'])} ({row_list(each['rows'])})" for done, each in said]
    return lines + [f"  Note: {note}" for note in notes]


def say_offered(many: int, where: str) -> str:
    """Report that comments were found beside an article, and where."""
    found, are = ("1 comment was", "it is") if many == 1 else (f"{many} comments were", "they are")
    return f"{found} found in {where}; {are} not part of the article."


def row_list(rows: list[int]) -> str:
    """Name row numbers: "row 3", or "rows 3, 9, 12 and 37 more"."""
    shown = ", ".join(str(row) for row in sorted(rows)[:ROWS_SHOWN])
    more = f" and {len(rows) - ROWS_SHOWN} more" if len(rows) > ROWS_SHOWN else ""
    return f"row{'s' if len(rows) > 1 else ''} {shown}{more}"
