"""Decide which field of a record, from a table or from JSON, is the text, the author or the date."""

import difflib
import itertools
import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..._limits import MOST_COLUMNS
from ..._tables import shortened
from ...lexicons.dictionaries import dictionary
from ..dates import RELATIVE, is_past_day
from ..import_log import ImportLog
from ..privacy.name_forms import ordinary_words
from . import field_names
from .columns_to_comments import parent_id, plain_id
from .field_names import DAY_FIRST, FIELD_WORDS, KEYS, TEXT_WORDS, part_of, parts_of, words_of

_NAME_LIKE: Final = re.compile(r"\b[^\W\d_a-z][\w'’-]+(?: [a-z]{1,3}){0,2} [^\W\d_a-z][\w'’-]+")
_MAIL = re.compile(r"\w@\w")
COLUMNS: Final = ("text", "comment_id", "reply_to", "author", "handle", "posted", "likes", "thread")  # in `columns=`
_LATE: Final = frozenset(KEYS["late"])
_SWITCHES: Final = ("0", "1", "true", "false")
_SENTENCE = re.compile(r"[^\W\d_]\s+[^\W\d_]")
_DIGITS = re.compile(r"\d+")
_QUESTION = re.compile(r"[qv]\d{1,3}(?:[_.]\w{1,9})?", re.IGNORECASE)  # a survey's question number
_WHO_OR_WHEN: Final = {"author", "handle", "person", "posted", "comment_id"}  # any survey has one, prose has none
FULL_NAME: Final = re.compile(r"[^\W\d_a-z][\w.'’-]{0,40}(?: [a-z]{1,3}){0,2}(?: [^\W\d_a-z][\w.'’-]{0,40}){1,2}")
_SHORTER: Final = 3  # a column named as the text has this many times fewer words than the answers to a question
_MOST_REPEATED: Final = 4  # mean times that a commenter's name stands in the first rows; of a subject, more often
_MOST_DATED: Final = 200  # first columns, which are examined for dates: each cell takes 20 microseconds
FEWEST_DIGITS: Final = 4  # of ids that are only numbers, which could be counts
FEWEST_ROWS: Final = 3  # from which on a column of different values may be one of ids
FEWEST_ANSWERED: Final = 8  # words in the longest answer to an open question
MOST_SHOWN: Final = 20  # columns named in an error or a note
PLACEHOLDER: Final = "..."  # stands for an unknown column in a suggestion


def choose_fields(
    fields: Iterable[str],
    columns: Mapping[str, str] | None,
    log: ImportLog,
    *,
    cells: Mapping[str, Sequence[str]] | None = None,
    kind: str = "table",
) -> dict[str, str]:
    """Return the field for each part; unused fields are noted in the import log.

    `columns` decides for the parts it names, `parts_of` for the others, then what the first `cells` of each field
    hold; None if the fields may be a row of data, which an error must not show. ValueError if no field is the text,
    or there are too many.
    """
    given = list(fields)
    refuse_columns(len(given), log.source)
    found = list(dict.fromkeys(given))
    sample = None if cells is None else {name: max(each, key=len, default="") for name, each in cells.items()}
    chosen = _parts_seen(found, sample or {})
    if kind == "table" or "reply_to" not in chosen:
        _match_ids(found, chosen, cells or {})
    if columns:
        chosen |= _checked_columns(columns, found, known=bool(chosen))
        for part, other in (("thread", "comment_id"), ("comment_id", "thread")):
            if part in columns and chosen.get(other) == chosen[part]:
                del chosen[other]
    if not {"author", "handle"} & chosen.keys() and (named := _of_people(chosen, cells or {})):
        chosen["author"] = named
        log.note(0, f"The names were taken from {_headings([(named, found.index(named) + 1)])}.")
    if "posted" not in chosen:
        _find_days(chosen, cells or {}, log)
    if "text" not in (columns or {}) and (asked := _answered(found, chosen, sample or {})):
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
        log.note(0, f"Unused columns dropped: {_headings(unused)}")
    return chosen


def refuse_columns(many: int, source: str) -> None:
    """Raise ValueError for more columns than a table or the objects of a list can have."""
    if many > MOST_COLUMNS:
        raise ValueError(
            f"{source} has {many:,} columns; the limit is {MOST_COLUMNS:,}. Save only the comments' columns."
        )


def _parts_seen(found: list[str], seen: Mapping[str, str]) -> dict[str, str]:
    """Choose the field for each part by its name and by its value in a sample record, which may be empty."""
    blank = {name for name in found if part_of(name) in ("text", "likes") and not seen.get(name, "?").strip()}
    blank |= {name for name in found if part_of(name) == "posted" and RELATIVE.fullmatch(seen.get(name, ""))}
    chosen = parts_of(found) | parts_of(name for name in found if name not in blank)
    if seen.get("published", "").lower() in _SWITCHES:  # a yes or no, not a date
        dated = {part: name for part, name in chosen.items() if name != "published"}
        chosen = {"status": "published"} | dated
    if seen.get("name", "").startswith("t1_"):  # Reddit's name for a comment
        chosen = {part: name for part, name in chosen.items() if name != "name"} | {"comment_id": "name"}
    late = [  # "Comments" or "Post" may hold texts, but also counts or titles; so may a question
        name for name in found
        if part_of(name) in ("", "thread") and _SENTENCE.search(seen.get(name, ""))
        and ((not _LATE.isdisjoint(words := words_of(name)) and words <= _LATE | FIELD_WORDS)
             or (name.count(" ") > 3 and not TEXT_WORDS.isdisjoint(words)))
    ]  # fmt: skip
    if "text" not in chosen and len(late) == 1:
        chosen = {part: name for part, name in chosen.items() if name != late[0]} | {"text": late[0]}
    return chosen


def _answered(found: list[str], chosen: Mapping[str, str], seen: Mapping[str, str]) -> str:
    """Return the field whose longest cell has twice as many words as any other of unknown fields, if that is a text.

    It is one if it answers a question, or if the author and the day are known; a field that is called a text must be
    empty, or a much shorter answer to another question.
    """
    words = {name: len(seen.get(name, "").split()) for name in found}
    free = sorted((many, name) for name, many in words.items() if not part_of(name))
    (most, name), before = (free or [(0, "")])[-1], free[:-1]
    asked, text = _is_question(name), chosen.get("text", "")
    called = words.get(text, 0)
    if called and not (asked and _is_question(text) and _SHORTER * called <= most):
        return ""
    known = not _WHO_OR_WHEN.isdisjoint(chosen) if asked or "text" in chosen else {"author", "posted"} <= chosen.keys()
    return name if known and most >= FEWEST_ANSWERED and all(most >= 2 * many for many, _ in before[-1:]) else ""


def _is_question(name: str) -> bool:
    return name.count(" ") > 2 or _QUESTION.fullmatch(name) is not None


def _match_ids(found: list[str], chosen: dict[str, str], cells: Mapping[str, Sequence[str]]) -> None:
    """Choose the fields of ids and parents by their cells: parents are ids of other comments."""
    taken = {name for part, name in chosen.items() if part not in ("comment_id", "reply_to", "thread", "number")}
    filled = {name: [*map(plain_id, filter(None, each))] for name, each in cells.items() if name not in taken}
    rows = max(map(len, cells.values()), default=0)
    owned = {name: {*each} for name, each in filled.items() if len({*each}) == len(each) == rows}
    others = itertools.islice((name for name in found if part_of(name) == "reply_to"), MOST_SHOWN)
    for parent in (chosen.get("reply_to", ""), *others):
        asked = {*map(parent_id, filled.get(parent, ()))} - {""}
        likely = [name for name in (chosen.get("comment_id", ""), *owned) if name in owned and name != parent]
        own = [name for name in likely if asked and 2 * len(asked & owned[name]) >= len(asked)]
        if own:
            chosen |= {"comment_id": own[0], "reply_to": parent}
            return
    own = [chosen["comment_id"]] if chosen.get("comment_id") in owned else [*owned][:MOST_SHOWN]
    for parent in () if "reply_to" in chosen else (name for name in filled if field_names.may_mean(name, "reply_to")):
        asked = {*(ups := [*map(parent_id, cells[parent])])} - {""}
        for name in own if len(asked) > 1 else ():  # of which no row is its own parent
            if asked <= owned[name] and _are_ids(owned[name]) and not any(map(operator.eq, ups, filled[name])):
                chosen |= {"comment_id": name, "reply_to": parent}
                return
    if "comment_id" not in chosen and chosen.get("reply_to", 0) in owned and rows >= FEWEST_ROWS:  # of an answer
        chosen["comment_id"] = chosen.pop("reply_to")


def _find_days(chosen: dict[str, str], cells: Mapping[str, Sequence[str]], log: ImportLog) -> None:
    """Choose the only field of past days in nearly all rows, most of them different, whose name may mean that."""
    rows = max((sum(map(bool, each)) for each in cells.values()), default=0)
    timed = {name for name in cells if not field_names.TIME_WORDS.isdisjoint(words_of(name))}
    dated = [(name, at) for at, (name, each) in enumerate(itertools.islice(cells.items(), _MOST_DATED), 1)
             if 0 < rows <= 1.1 * sum(map(is_past_day, each)) and name not in chosen.values()
             and (name in timed or not any(map(str.isdecimal, each)))]  # fmt: skip
    likely = [
        each for each in dated if 1 < rows < 2 * len({*cells[each[0]]}) and field_names.may_mean(each[0], "posted")
    ]
    likely = alone if len(alone := [each for each in likely if each[0] in timed]) == 1 else likely
    if len(likely) == 1:
        chosen["posted"] = likely[0][0]
        log.note(0, f"The dates were taken from {_headings(likely)}, the only column that may hold them.")
    elif dated:
        log.note(0, f"No column is known to hold the comments' dates, but dates are in: {_headings(dated)}. "
                    f"If one holds them, name it: columns={{'posted': '{PLACEHOLDER}'}}.")  # fmt: skip


def _are_ids(cells: set[str]) -> bool:
    """Return whether cells look like ids, not like counts or names: with digits, and in one form or of one length."""
    forms, sizes = {_DIGITS.sub("", each) for each in cells}, {*map(len, cells)}
    same = 1 in (len(forms), len(sizes)) and all(map(_DIGITS.search, cells))
    return same and (forms != {""} or min(sizes) >= FEWEST_DIGITS)


def _of_people(chosen: Mapping[str, str], cells: Mapping[str, Sequence[str]]) -> str:
    """Return the unknown field in which half of the different cells are first and last names, if these vary enough.

    English words that are no field's ("candidate", "film") are known, and not those of commenters.
    """
    for name, some in cells.items():
        words = words_of(name)
        if part_of(name) or name in chosen.values() or not words.isdisjoint(KEYS["things"]):
            continue
        if any(word in dictionary() and word not in FIELD_WORDS for word in words):
            continue
        filled = [*filter(None, some)]
        distinct = {*filled}
        full = [cell for cell in distinct if FULL_NAME.fullmatch(cell) and names_somebody(cell)]
        if len(full) > 1 and 2 * len(full) >= len(distinct) and _MOST_REPEATED * len(distinct) >= len(filled):
            return name
    return ""


def _headings(columns: Sequence[tuple[str, int]]) -> str:
    """List the first columns by name, or by number where the name looks like a person's."""
    shown = [f"column {at}" if names_somebody(name) else shortened(name, 40) for name, at in columns[:MOST_SHOWN]]
    return ", ".join(shown) + f" and {len(columns) - MOST_SHOWN:,} more" * (len(columns) > MOST_SHOWN)


def names_somebody(title: str) -> bool:
    """Return whether a column or file name seems to contain a person's name or e-mail address."""
    if _MAIL.search(title):
        return True
    words, ordinary = " ".join(_NAME_LIKE.findall(title)).lower().split(), ordinary_words()
    is_question = title.endswith("?") and title.count(" ") > 3
    return not is_question and not all(word in FIELD_WORDS or word in ordinary for word in words)


def _no_text(
    found: list[str], chosen: Mapping[str, str], source: str, sample: Mapping[str, str] | None, kind: str
) -> str:
    """Report the fields found, and suggest a ``columns=`` that takes the field with the longest text as the text."""
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
        f"{source} has no column for the comments' text.{seen} The first row of a table must "
        f"name the columns.{lines if len(found) == 1 else ''} Say which is which with {line}"
    )


def _checked_columns(columns: Mapping[str, str], found: list[str], *, known: bool) -> dict[str, str]:
    columns = {part: name for part, name in columns.items() if name in found or str(name).strip(".")}
    for part, name in columns.items():
        if part not in COLUMNS:
            keys = f"Use {', '.join(COLUMNS)}, as in columns={{'text': 'Message'}}."
            raise ValueError(f"columns= has the unknown key {str(part)[:40]!r}. {keys}")
        if name not in found:
            near = difflib.get_close_matches(str(name)[:40], [each[:40] for each in found[:300]], n=3, cutoff=0.6)
            seen = f" Found: {_headings([(name, at) for at, name in enumerate(found, 1)])}." if known or near else ""
            raise ValueError(
                f"There is no column {str(name)[:40]!r} for {part}.{seen} Give the name exactly as in the file."
            )
    return dict(columns)
