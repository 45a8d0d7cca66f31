"""Turn the comments of a file into the table of texts: filtered, repaired and masked, with each step logged."""

from __future__ import annotations

import itertools
import operator
import re
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .._limits import LONGEST_COMMENT
from .._tables import show_dollars
from ..corpora.load import TEXT_COLUMNS
from ..corpora.replies import TOP, cycles, nearest_kept, parent_positions
from .dates import read_dates
from .import_log import ImportLog, RawComment, people_in
from .privacy.masking import mask, mask_names, replaced
from .privacy.pseudonyms import Pseudonyms, fold
from .privacy.word_scan import scan

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

FEWEST_WORDS: Final = 10  # of a comment in Latin letters; one with fewer is never called "not English"
MOST_QUOTED: Final = 5  # levels of quotations in quotations that are shown
_CHUNK: Final = 2_000  # comments judged at a time
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_COUNT = re.compile(  # sign, number, power of ten, space, unit or word
    r"[^\d+-]{0,40}([+-]?)(\d{1,3}(?:[,.’' ]\d{3}){1,6}|\d{1,19}(?:[.,]\d{1,2}|\.0{1,9})?)"
    r"(?:e\+?(\d{1,2}))?(\s?)([^\W\d_]{0,9})\D{0,40}(?:[·|•,;]\s.{0,40})?",
    re.IGNORECASE,
)
_MINUS = re.compile(r"^[\u2212\u2013](?=\s?\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_UNITS: Final = (
    dict.fromkeys("k tsd thousand tys tis mille mila тыс 천".split(), 10**3) | dict.fromkeys("万萬만", 10**4)
    | dict.fromkeys("m mio mln mn million millions millionen млн".split(), 10**6) | dict.fromkeys("亿億억", 10**8)
    | dict.fromkeys("b bn mrd billion".split(), 10**9)
)  # fmt: skip
_MANY_OR_FEW: Final = frozenset(("mil", "mill", "bil"))  # a thousand in one language, a million in another
_NO_NUMBER: Final = frozenset(("nan", "none", "null", "<na>", "like", "likes", "vote"))
_NUMBERED = re.compile(r"(?<=[a-z][-_=])\d{1,20}$")  # the id in comment-12
EXACT_DIGITS: Final = 15  # of a number in a spreadsheet; those after them become 0
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+E\+?|E\+)\d{1,3}", re.IGNORECASE)
_QUOTE_TAG = re.compile(r"\[(/?)quote(?:[=\s][^\[\]\n]{0,200})?\]", re.IGNORECASE)
_PHONE_DIGITS: Final = range(10, 14)
UNKNOWN_NAMES: Final = (
    "No names of commenters were found in this file, so names inside its {n:,} texts cannot be recognised, except "
    "after @. Do not treat the table as anonymous. If a column holds the names, name it: columns={{'author': '...'}}."
)
HANDLES_ONLY: Final = (
    "{format} gives user names only: real names inside the {n:,} texts cannot be known, and were not masked."
)
SHARED_NAMES: Final = (
    "Commenters whose names are also in the article: {n:,}. Inside texts such a name stays, since it may mean the "
    "person in the article; it is masked after @, after a greeting and before a word such as 'wrote'."
)


def comments_table(
    raw: Sequence[RawComment],
    log: ImportLog,
    *,
    thread_id: str,
    pseudonyms: Pseudonyms | None = None,
    language: str = "en",
    exact_times: bool = False,
    keep_authors: bool = False,
) -> pd.DataFrame:
    """Make comments into rows of the texts table, in the order of the file, and record in the log what was done.

    Parameters
    ----------
    raw
        Comments as `read_comments` gives them.
    log
        Their log; what is left out or changed here is added.
    thread_id
        The thread's id; each text_id is ``thread_id/`` and the comment's own id, or "c" and its row number where that
        is missing, unfit for a corpus (letters, digits, - and _), or would give away a name.
    pseudonyms
        Names and their pseudonyms; by default those of the comments' authors.
    language
        Language of the comments. If it is "en", comments that are certainly not English are left out: those mostly
        in a script other than Latin, and those of ten or more words of which few are English.
    exact_times
        Whether `posted` has the time of day; otherwise it is midnight UTC.
    keep_authors
        Whether names stay, in `author` and in texts. E-mail addresses, telephone numbers and profile links are
        masked all the same. A warning says that the table then must not be passed on.

    Returns
    -------
    pandas.DataFrame
        The columns of `corpora.load.TEXT_COLUMNS`. Left out, in this order: deleted, spam, not approved, pingback;
        empty; longer than a million characters; not English; duplicate ids (the first counts). A reply to a comment
        that is left out answers the next one above it, a reply to an unknown comment is placed at the top level, and
        cycles of replies are cut at their first comment. `posted` and `likes` are missing where they cannot be read.
    """
    import pandas as pd

    show_dollars()

    raw = [
        each._replace(text=_with_quoted_lines(each.text)) if "[" in each.text else each for each in _own_ids(raw, log)
    ]
    named = pseudonyms or Pseudonyms(people_in(raw))
    written = _with_text(raw, log)
    scanned = scan([each.text for each in written], named)
    foreign = _foreign(written, scanned.doubtful) if language == "en" else set()
    for at in sorted(foreign):
        log.leave_out(written[at].row, "not English")
    places = _without_doubles(written, [at for at in range(len(written)) if at not in foreign], log)
    kept = [written[at] for at in places]
    if keep_authors and kept:
        warnings.warn(
            "keep_authors=True: the table holds the names of commenters. Keep it to yourself; leave keep_authors out "
            "before you pass it on, publish it or draw it.",
            UserWarning,
            stacklevel=2,
        )
    pairs = [(each.author, each.handle) for each in kept]
    shown = {
        (name, handle): (name.strip() or handle.strip() or None) if keep_authors else named(name, handle)
        for name, handle in dict.fromkeys(pairs)
    }
    ids = _ids(kept, named, log)
    texts = []
    for at in places:
        text = scanned.text[at]
        if not keep_authors and (scanned.alone[at] or scanned.names[at]):
            text = mask_names(text, named) if scanned.alone[at] else replaced(text, scanned.names[at], named)
        if text != written[at].text:
            log.note(written[at].row, "names, addresses or numbers masked")
        texts.append(text)
    parents = _parents(raw, kept, log)
    log.kept = len(kept)
    if kept and (log.ids_only or not any(each.author.strip() or each.handle.strip() for each in raw)):
        log.warn(UNKNOWN_NAMES.format(n=len(kept)))
    elif log.handles_only and not any(" " in name.strip() for name, _ in shown):
        log.note(0, HANDLES_ONLY.format(format=log.handles_only, n=len(kept)))
    if shared := sum(" " in name and named.in_subject(name.lower().split()) for name, _ in shown):
        log.note(0, SHARED_NAMES.format(n=shared))
    columns: dict[str, Any] = {
        "text_id": [f"{thread_id}/{each}" for each in ids],
        "thread_id": [thread_id] * len(kept),
        "kind": ["comment"] * len(kept),
        "reply_to": [None if at == TOP else f"{thread_id}/{ids[at]}" for at in parents],
        "author": [*map(shown.__getitem__, pairs)],
        "posted": _posted(kept, log, exact_times),
        "likes": _likes(kept, log),  # without going through float
        "language": [language] * len(kept),
        "text": texts,
    }
    if not keep_authors:
        log.mask(lambda note: mask(note, named))
        path = Path(log.source)
        if named.names_in([fold(path.stem)]):  # in small letters
            log.source = f"a file with a commenter's name{path.suffix}"
    return pd.DataFrame({name: pd.array(columns[name], dtype=dtype) for name, dtype in TEXT_COLUMNS.items()})


def _own_ids(raw: Sequence[RawComment], log: ImportLog) -> Sequence[RawComment]:
    """Repair ids that a spreadsheet rounded, that restart under each article, or that parents give in another form."""
    first = {each.comment_id: each.thread for each in reversed(raw)}  # id -> the article that has it first
    clashes = {(each.comment_id, each.thread) for each in raw
               if first[each.comment_id] != each.thread and each.comment_id}  # fmt: skip
    asked = {each.reply_to for each in raw}
    written = "".join([*first, *asked])
    long = [each for each in (some.comment_id for some in raw) if len(each) > EXACT_DIGITS and each.isdecimal()]
    cut = len(long) > 1 and not any(each[EXACT_DIGITS:].strip("0") for each in long)
    if not (clashes or cut or any(sign in written for sign in ".,+")) and asked <= first.keys() | {""}:
        return raw  # nearly always
    numbers = {thread: n for n, thread in enumerate(dict.fromkeys(each.thread for each in raw), 1)}
    if clashes:
        log.note(0, "Ids start again under each article; where they clash, the article's number was put before them.")

    def own(written: str, thread: tuple[str, ...]) -> str:
        if (cut and len(written) > EXACT_DIGITS) or ("E" in written.upper() and _SCIENTIFIC.fullmatch(written)):
            return ""
        return f"{numbers[thread]}-{written}" if (written, thread) in clashes else written

    loose: dict[str, str] = {}  # ids by what is left of them without prefixes, capitals and brackets
    for known in first if any(each.reply_to and each.reply_to not in first for each in raw) else ():
        key = _loosely(known)
        loose[key] = "" if key in loose else known

    def parent(each: RawComment) -> str:
        asked = each.reply_to
        if not asked or asked in first:
            return asked
        if asked.isdecimal() and len(asked) < 16 and any(part.startswith("t3_") for part in each.thread):
            own_of = np.base_repr(int(asked), 36).lower().lstrip("0")  # as Reddit writes ids, "" for 0
            return "" if f"t3_{own_of}" in each.thread else own_of
        named = (part if part in first else loose.get(_loosely(part), "") for part in _steps(asked))
        return next((part for part in named if part and part != each.comment_id), asked)

    mended = []
    for each in raw:
        ids = own(each.comment_id, each.thread), own(parent(each), each.thread)
        if each.comment_id and not ids[0]:
            log.note(each.row, "id rounded by a spreadsheet; take the ids from the original file")
        same = ids == (each.comment_id, each.reply_to)
        mended.append(each if same else each._replace(comment_id=ids[0], reply_to=ids[1]))
    return mended


def _steps(reference: str) -> Iterator[str]:
    """Yield the possible ids in a reference to a comment, the last first: x#comment-12 may be comment-12 or 12."""
    parts = [part for part in re.split(r"[./#]", reference) if part]
    yield from (each for part in parts[::-1] for each in (part, *_NUMBERED.findall(part)))


def _loosely(written: str) -> str:
    """Reduce #12, comment-12, t1_12, {12}, 0012 and https://x.example/a#comment-12 to one form."""
    last = re.split(r"[/#?]", written.rstrip("/"))[-1].strip("{}<>@ ").lower()
    return re.sub(r"^(?:t1_|(?:comment|post|reply|id|c)[-_=]?(?=\d))?(?:0+(?=\w))?", "", last)


def _with_text(raw: Sequence[RawComment], log: ImportLog) -> list[RawComment]:
    """Leave out what an export marks as gone, and what has no text."""
    all_held = len(raw) > 1 and all(each.flag == "not approved" for each in raw)
    if all_held:
        log.note(0, "All comments are marked as not approved, so none was left out for that.")
    kept = []
    for each in raw:
        long = len(each.text) > LONGEST_COMMENT
        reason = "" if all_held else each.flag
        reason = reason or ("empty" if not each.text.strip() else "too long" if long else "")
        if reason:
            log.leave_out(each.row, reason, f"{len(each.text):,} characters" * (reason == "too long"))
        else:
            kept.append(each)
    return kept


def _with_quoted_lines(text: str) -> str:
    """Rewrite what a comment quotes as lines that begin with ">": [quote=Name]...[/quote]."""
    pieces, depth, done = [], 0, 0
    for tag in _QUOTE_TAG.finditer(text):
        pieces.append((depth, text[done : tag.start()].strip()))
        depth, done = depth + (-1 if tag[1] else 1), tag.end()
        if depth < 0:
            return text
    if pieces and not depth:
        pieces.append((0, text[done:].strip()))
        marks = [(min(depth, MOST_QUOTED) * "> ", piece) for depth, piece in pieces if piece]
        text = "\n\n".join(re.sub("^", mark, piece, flags=re.MULTILINE) for mark, piece in marks)
    return text


def _foreign(comments: list[RawComment], may_be: list[bool]) -> set[int]:
    """Return the positions of comments that are certainly not English; only the doubtful ones are judged."""
    from ..text.language import OTHER, judge_language
    from ..text.reading import read_many

    doubtful = [*itertools.compress(range(len(comments)), may_be)]
    foreign: set[int] = set()
    for start in range(0, len(doubtful), _CHUNK):
        some = doubtful[start : start + _CHUNK]
        counts = read_many([comments[at].text for at in some])
        other = (judge_language(counts) == OTHER) & (counts.all_words >= FEWEST_WORDS)
        foreign.update(itertools.compress(some, (counts.latin_share < 0.5) | other))
    return foreign


def _without_doubles(comments: list[RawComment], places: list[int], log: ImportLog) -> list[int]:
    """Return the places of comments that have no id or are the first with theirs."""
    ids = [own for at in places if (own := comments[at].comment_id)]
    if len({*ids}) == len(ids):
        return places  # nearly always
    first: dict[str, RawComment] = {}
    kept = []
    for at in places:
        each = comments[at]
        before = first.setdefault(each.comment_id, each) if each.comment_id else each
        if before is each:
            kept.append(at)
            continue
        same = (before.text, before.author, before.posted) == (each.text, each.author, each.posted)
        how = "the same comment" if same else "another comment"
        log.leave_out(each.row, f"duplicate id, {how}", f"id of row {before.row}")
    return kept


def _ids(comments: list[RawComment], named: Pseudonyms, log: ImportLog) -> list[str]:
    """Keep ids that are valid in a corpus and reveal no name; number the others by row."""
    ids = [_fit(each.comment_id, log) for each in comments]
    asked = [each.comment_id for each, own in zip(comments, ids, strict=True) if own and not own.isdecimal()]
    if telling := named.names_in(asked):
        ids = ["" if each.comment_id in telling else own for each, own in zip(comments, ids, strict=True)]
    taken = {*ids}
    for at in [at for at, own in enumerate(ids) if not own]:
        own = f"c{comments[at].row:04d}"
        while own in taken:
            own += "x"
        taken.add(own)
        ids[at] = own
        if comments[at].comment_id:
            log.note(comments[at].row, "id replaced by the row number")
    return ids


def _fit(own: str, log: ImportLog) -> str:
    if own.isdecimal():
        return "" if log.free and len(own) in _PHONE_DIGITS else own
    plain = own.replace(".", "-")  # YouTube's answers are called parent.answer
    return plain if _ID.fullmatch(plain) and plain != "article" else ""


def _parents(raw: Sequence[RawComment], kept: list[RawComment], log: ImportLog) -> list[int]:
    """Return the position among `kept` of the comment that each replies to, `TOP` at the top of the thread."""
    comments, known = raw, {each.comment_id or each.row for each in raw}
    if len(known) < len(raw):  # where an id occurs twice, the comment that is kept counts, else the first
        comments = [*{each.comment_id or each.row: each for each in (*raw[::-1], *kept[::-1])}.values()][::-1]
    comments = sorted(comments, key=operator.attrgetter("row"))
    parents = parent_positions([each.comment_id or None for each in comments], [each.reply_to for each in comments])
    for cut in cycles(parents):
        parents[cut] = TOP
        log.note(comments[cut].row, "replies in a circle, cut here")
    place_of = dict(zip(map(id, kept), itertools.count()))
    places = [place_of.get(own, TOP) for own in map(id, comments)]
    above = nearest_kept(parents, [place != TOP for place in places])
    for comment, place, parent, moved in zip(comments, places, parents, above, strict=True):
        if place == TOP:
            continue
        if moved != parent:
            log.note(comment.row, "answers a comment that was left out; moved to the one above it")
        elif parent == TOP and (asked := comment.reply_to) and asked not in known and asked not in comment.thread:
            log.note(comment.row, "answers a comment that is not in the file; placed at the top level")
    places.append(TOP)  # which is -1: the parent of what has none
    found = dict(zip(places, [places[moved] for moved in above], strict=False))
    return [found[place] for place in range(len(kept))]


def _posted(comments: list[RawComment], log: ImportLog, exact: bool) -> npt.NDArray[np.datetime64]:
    dates = read_dates(each.posted for each in comments)
    for note in dates.notes:
        log.note(0, note)
    for at in np.flatnonzero(np.isnat(dates.read)).tolist():
        if comments[at].posted.strip():
            log.note(comments[at].row, "date could not be read")
    days = dates.read.astype("M8[D]")
    if not exact and (dates.read - days >= np.timedelta64(1, "m")).any():
        cut = "Times of day were removed, since they could identify people."
        log.note(0, f"{cut} In Python, exact_times=True keeps them.")
    return dates.read if exact else days.astype("M8[us]")


def _likes(comments: list[RawComment], log: ImportLog) -> list[int | None]:
    """Read a column of likes: 12, 1,234, 1.2K, "3 points"; 1.000 is a thousand if every cell with a point could be."""
    read: list[int | None] = [
        int(each.likes) if each.likes.isdecimal() and len(each.likes) < 20 else None for each in comments
    ]
    others = {
        at: re.sub(r"\s", " ", _MINUS.sub("-", each.likes.strip()))
        for at, each in enumerate(comments) if read[at] is None and each.likes.strip()
    }  # fmt: skip
    counts = {at: _COUNT.fullmatch(cell[:100]) for at, cell in others.items()}
    pointed = [
        found[2] for found in counts.values() if found and "." in found[2] and _UNITS.get(found[5].lower()) is None
    ]
    thousands = bool(pointed) and all(map(_THOUSANDS.fullmatch, pointed))
    if thousands:
        log.note(0, "Likes such as 1.000 were read as thousands.")
    for at, found in counts.items():
        read[at] = _counted(found, thousands) if found else None
        if read[at] is None and any(map(str.isalnum, others[at])) and others[at].lower() not in _NO_NUMBER:
            log.note(comments[at].row, "likes could not be read")
    return [number if number is not None and abs(number) < 2**63 else None for number in read]


def _counted(found: re.Match[str], thousands: bool) -> int | None:
    sign, number, power, space, unit = found.groups()
    scale = _UNITS.get(unit.lower()) or (10 ** int(power) if power else 0)
    if (unit and not scale and not space) or unit.lower() in _MANY_OR_FEW:
        return None
    if scale:
        grouped = number.count(",") + number.count(".") > 1
        number = "" if grouped else str(round(float(number.replace(",", ".")) * scale))
    elif ("." in number and not thousands) or re.fullmatch(r"\d{1,19},\d{1,2}", number):
        whole, _, rest = number.replace(",", ".").partition(".")
        number = whole if not rest.strip("0") else ""
    return int(sign + re.sub(r"\D", "", number)) if number else None
