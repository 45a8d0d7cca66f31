"""Turn the comments of a file into a table of texts: filtered, repaired and masked, with each step logged."""

from __future__ import annotations

import functools
import itertools
import operator
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from .._limits import FEW_WORDS, LONGEST_COMMENT, WORD_LENGTH
from .._tables import show_dollars
from ..corpora.load import TEXT_COLUMNS
from ..corpora.replies import TOP, cycles, nearest_kept
from .dates import read_dates
from .import_log import Comments, ImportLog, RawComment
from .privacy.masking import mask
from .privacy.pseudonyms import ANONYMOUS, Pseudonyms
from .privacy.word_scan import scan

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

FEWEST_WORDS: Final = 10  # in a comment in Latin letters; a shorter one is never called "not English"
_MANY_WORDS = re.compile(rf"\A[\W_]*+(?:[^\W_]++[\W_]++){{{FEWEST_WORDS - 1}}}[^\W_]")
_AROUND_WORDS: Final = "\"'()[]{}*_.,;:!?-"
MOST_QUOTED: Final = 5  # levels of nested quotations that are kept
_CHUNK: Final = 2_000  # comments judged at a time
_BEGINNING: Final = 5_000  # characters of a comment: enough to know its language
_NOT_LATIN = re.compile(r"[^\W\d_\x00-\x7f\u00c0-\u024f\u1e00-\u1eff]")
_FACE = re.compile(r"\A(?!.*[^\W\d_]{2})(?=.*[()]).{3,20}\Z")  # kaomoji such as "(´･ω･`)": no two letters in a row
_OTHER_LETTERS: Final = "а-яёА-ЯЁא-תء-غف-يぁ-ゖァ-ヺ一-鿿가-힣"
_ALL_OTHER = re.compile(rf"\A[\W\d_]*[{_OTHER_LETTERS}]{{2}}[\W\d_{_OTHER_LETTERS}]*")  # a single letter may be a face
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_COUNT = re.compile(  # sign, number, power of ten, space, unit or word
    r"[^\d+-]{0,40}([+-]?)(\d{1,3}(?:[,.’' ]\d{3}){1,6}|\d{1,2}(?:,\d\d){1,6},\d{3}|\d{1,19}(?:[.,]\d{1,2}|\.0{1,9})?)"
    r"(?:e\+?(\d{1,2}))?(\s?)([^\W\d_]{0,9})\D{0,40}(?:[·|•,;]\s.{0,40})?",
    re.IGNORECASE,
)
_MINUS = re.compile(r"^[\u2212\u2013](?=\s?\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_UNITS: Final = (
    dict.fromkeys("k tsd thousand tys tis mille mila тыс 천 千".split(), 10**3) | dict.fromkeys("万萬만", 10**4)
    | dict.fromkeys("m mio mln mn million millions millionen млн".split(), 10**6) | dict.fromkeys("亿億억", 10**8)
    | dict.fromkeys("b bn mrd billion".split(), 10**9)
)  # fmt: skip
_MANY_OR_FEW: Final = frozenset(("mil", "mill", "bil"))  # thousand or million, by language
_NO_NUMBER: Final = frozenset(("nan", "none", "null", "<na>", "like", "likes", "vote"))
_NUMBERED = re.compile(r"(?<=[a-z][-_=])\d{1,20}$")  # the id in comment-12
_PARTING: Final = str.maketrans(".#?&=", "/////")
_MOST_STEPS: Final = 5  # last parts of a reference that may be an id: ...&comment=12&sort=new&page=1
_BEFORE_ID = re.compile(r"(?:t1_|(?:comment|post|reply|id|c)[-_=]?(?=\d))?(?:0+(?=\w))?")
EXACT_DIGITS: Final = 15  # of a number in a spreadsheet; any further digits become 0
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+E\+?|E\+)\d{1,3}", re.IGNORECASE)
_QUOTE_TAG = re.compile(r"\[(/?)quote(?:[=\s][^\[\]\n]{0,200})?\]", re.IGNORECASE)
_PHONE_DIGITS: Final = frozenset(range(10, 14))
_NO_NAME = re.compile(r"[\W\d_]*|[\da-fA-F-]{16,}|UC[\w-]{22}|.*\*\*.*", re.DOTALL)  # numbers, hashes, "jo****"
UNKNOWN_NAMES: Final = (
    "{which} names of commenters were found in this file, so names inside its texts ({n:,}) cannot be recognised, "
    "except after @. Do not treat the table as anonymous. If a column holds the names, name it: "
    "columns={{'author': '...'}}."
)
HANDLES_ONLY: Final = (
    "{format} gives user names only: real names inside the texts ({n:,}) cannot be recognised, and were not masked."
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
    """Turn comments into rows of the texts table, in the order of the file, and record each step in the log.

    Parameters
    ----------
    raw
        Comments from `read_comments`.
    log
        Their import log, to which omissions and changes are added.
    thread_id
        The thread's id; each text_id is ``thread_id/`` and the comment's own id, or "c" and its row number if that is
        missing, invalid in a corpus (letters, digits, - and _), or reveals a name.
    pseudonyms
        Names and their pseudonyms; by default those of the comments' authors.
    language
        Language of the comments. If it is "en", comments that are certainly not English are left out: those mostly
        in a script other than Latin, and those of ten or more words of which few are English.
    exact_times
        Whether `posted` keeps the time of day; otherwise it is midnight UTC.
    keep_authors
        Whether names stay, in `author` and in texts. E-mail addresses, telephone numbers and profile links are masked
        even then, and a warning says not to pass the table on.

    Returns
    -------
    pandas.DataFrame
        The columns of `corpora.load.TEXT_COLUMNS`. Left out, in this order: deleted, spam, not approved, pingback;
        empty; longer than a million characters; not English; duplicate ids (the first counts). A reply to a comment
        that is left out moves to the next one above it, a reply to an unknown comment to the top level, and cycles of
        replies are cut at their first comment. `posted` and `likes` are missing if they cannot be read.
    """
    import pandas as pd

    show_dollars()

    given = Comments.of(raw)
    given = given.replaced(text=[_with_quoted_lines(text) if "[" in text else text for text in given.text])
    given = _with_own_ids(given, log)
    named = pseudonyms or Pseudonyms(given.people())
    written = _with_text(given, log)
    texts = [*map(given.text.__getitem__, written)]
    other = _all_other(texts) if language == "en" else set()
    texts = ["" if at in other else text for at, text in enumerate(texts)] if other else texts  # nothing to clean
    scanned = scan(texts, named, (log.source, *log.notes, *given.comment_id))
    foreign = other | _foreign(texts, scanned.doubtful) if language == "en" else set()
    for at in sorted(foreign):
        log.leave_out(given.row[written[at]], "not English")
    english = [at for at in range(len(written)) if at not in foreign]
    first = _without_doubles(given.at([written[at] for at in english]), log)
    places = [english[at] for at in first]
    kept_at = [written[at] for at in places]
    kept = given.at(kept_at)
    if keep_authors and kept_at:
        warnings.warn(
            "keep_authors=True: the table holds the names of commenters. Keep it to yourself; leave keep_authors out "
            "before you pass it on, publish it or draw it.",
            UserWarning,
            stacklevel=2,
        )
    writers, keys = kept.writers()
    shown = {
        key: (name.strip() or handle.strip() or None) if keep_authors else named(name, handle)
        for key, (name, handle) in writers.items()
    }
    ids = _ids(kept, named, log)
    masked: dict[str, str] = {}  # duplicate texts are masked once
    for at in sorted((scanned.alone | scanned.names.keys()).intersection(places)) if not keep_authors else ():
        if texts[at] not in masked:
            masked[texts[at]] = scanned.masked(at, named)
        scanned.text[at] = masked[texts[at]]
    texts = [*map(scanned.text.__getitem__, places)]
    for row in itertools.compress(kept.row, map(operator.ne, texts, kept.text)):
        log.note(row, "names, addresses or numbers masked")
    parents = _parents(given, kept_at, log)
    log.kept = many = len(kept_at)
    if log.read and not many and {why for _, why, _ in log.left_out} != {"deleted"}:
        log.warn(
            "no comment was kept. See what was left out and why, and check that this is the file of comments and which "
            "column holds their text."
        )
    nameless = {key for key, names in writers.items() if log.ids_only or all(map(_is_nameless, names))}
    unnamed = sum(map(nameless.__contains__, keys))
    if 4 * unnamed > 3 * many:
        log.warn(UNKNOWN_NAMES.format(which="Few" if unnamed < many else "No", n=many))
    elif log.handles_only and not any(" " in name.strip() for name, _ in writers.values()):
        log.note(0, HANDLES_ONLY.format(format=log.handles_only, n=many))
    if shared := sum(" " in name and named.in_subject(name.lower().split()) for name, _ in writers.values()):
        log.note(0, SHARED_NAMES.format(n=shared))
    text_ids = pd.array([f"{thread_id}/{own}" for own in ids], dtype="string")
    columns: dict[str, Any] = {
        "text_id": text_ids,
        "thread_id": pd.array([thread_id], dtype="string").repeat(many),
        "kind": pd.array(["comment"], dtype="string").repeat(many),
        "reply_to": text_ids.take(parents, allow_fill=True),  # missing for `TOP`
        "author": [*map(shown.__getitem__, keys)],
        "posted": _posted(kept, given, log, exact_times),
        "likes": _likes(kept, log),  # never through float
        "language": pd.array([language], dtype="string").repeat(many),
        "text": texts,
    }
    if not keep_authors:
        log.mask(lambda note: mask(note, named))
        log.source = named.file_name(log.source)
    return pd.DataFrame({name: pd.array(columns[name], dtype=dtype) for name, dtype in TEXT_COLUMNS.items()})


def _is_nameless(name: str) -> bool:
    """Return whether a name cannot be recognised in texts: empty, "Anonymous", an id, a hash or "jo****"."""
    return name.strip().lower() in ANONYMOUS or _NO_NAME.fullmatch(name) is not None


def _with_own_ids(given: Comments, log: ImportLog) -> Comments:
    """Repair ids that a spreadsheet rounded, that restart under each article, or that parents write differently."""
    known, answered, several = given.first.keys(), {*given.reply_to} - {""}, len({*given.thread}) > 1
    longer = map(operator.gt, map(len, given.comment_id), itertools.repeat(EXACT_DIGITS))
    long = [*filter(str.isdecimal, itertools.compress(given.comment_id, longer))]
    cut = len(long) > 1 and not any(each[EXACT_DIGITS:].strip("0") for each in long)
    written = "".join(given.comment_id) + "".join(given.reply_to)
    marked = any(sign in written for sign in ".,+")
    if not (several or cut or marked) and answered <= known:
        return given  # the usual case
    ids = [*zip(given.comment_id, given.thread, strict=True)]
    first = dict(reversed(ids))  # id -> its first article
    clashes = {each for each in ids if first[each[0]] != each[1] and each[0]} if several else set()
    if not (clashes or cut or marked) and answered <= known:
        return given
    numbers = {thread: n for n, thread in enumerate(dict.fromkeys(given.thread), 1)}
    if clashes:
        log.note(0, "Ids start again under each article; where they clash, the article's number was put before them.")

    def own(written: str, thread: tuple[str, ...]) -> str:
        if (cut and len(written) > EXACT_DIGITS) or ("E" in written.upper() and _SCIENTIFIC.fullmatch(written)):
            return ""
        return f"{numbers[thread]}-{written}" if (written, thread) in clashes else written

    loose: dict[str, str] = {}  # ids by their form without prefixes, case and brackets
    for own_id in first if answered - known else ():
        key = _loosely(own_id)
        loose[key] = "" if key in loose else own_id

    @functools.cache  # addresses share most of their parts
    def named(part: str) -> str:
        return part if part in first else loose.get(_loosely(part), "")

    def parent(asked: str, mine: str, thread: tuple[str, ...]) -> str:
        if not asked or asked in first or _SCIENTIFIC.fullmatch(asked):
            return asked
        if asked.isdecimal() and len(asked) < 16 and asked not in thread:
            own_of = np.base_repr(int(asked), 36).lower().lstrip("0")  # Reddit's base 36, "" for 0
            if f"t3_{own_of}" in thread or not own_of:
                return ""
            if (len(own_of) > 4 and own_of in first) or any(part.startswith("t3_") for part in thread):
                return own_of
        return next((part for part in map(named, _steps(asked)) if part and part != mine), asked)

    before = given.replaced(reply_to=[*map(parent, given.reply_to, given.comment_id, given.thread)])
    parents = map(own, before.reply_to, given.thread)
    mended = before.replaced(comment_id=[*itertools.starmap(own, ids)], reply_to=[*parents])
    columns = (before.comment_id, mended.comment_id, before.reply_to, mended.reply_to)
    for row, own_id, kept_id, asked, kept_parent in zip(given.row, *columns, strict=True):
        if (own_id and not kept_id) or (asked and not kept_parent):
            log.note(row, "id rounded by a spreadsheet; take the ids from the original file")
    return mended


def _steps(reference: str) -> Iterator[str]:
    """Yield the possible ids in a reference to a comment, last first: x#comment-12 may be comment-12 or 12."""
    parts = [part for part in reference.translate(_PARTING).split("/") if part]
    for part in parts[: -_MOST_STEPS - 1 : -1]:
        yield part
        yield from _NUMBERED.findall(part)


def _loosely(written: str) -> str:
    """Reduce #12, comment-12, t1_12, {12}, 0012 and https://x.example/a#comment-12 to one form."""
    last = written.rstrip("/")
    last = last[max(map(last.rfind, "/#?")) + 1 :].strip("{}[]<>@ ").lower()
    if last.isdecimal():
        return last.lstrip("0") or "0"
    before = _BEFORE_ID.match(last)
    return last[before.end() :] if before else last


def _with_text(given: Comments, log: ImportLog) -> list[int]:
    """Leave out comments that are flagged, empty or too long; return the positions of the others."""
    held = len(given.flag) > 1 and {*given.flag} - {"deleted"} == {"not approved"}
    if held:
        log.note(0, "All comments are marked as not approved, so none was left out for that.")
    kept = []
    for at, (flag, text) in enumerate(zip(given.flag, given.text, strict=True)):
        flag = "" if held and flag == "not approved" else flag
        if not flag and text and not text.isspace() and len(text) <= LONGEST_COMMENT:
            kept.append(at)
        else:
            reason = flag or ("too long" if text.strip() else "empty")
            log.leave_out(given.row[at], reason, f"{len(text):,} characters" * (reason == "too long"))
    return kept


def _with_quoted_lines(text: str) -> str:
    """Rewrite BBCode quotations ([quote=Name]...[/quote]) as lines that begin with ">"."""
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


def _all_other(texts: list[str]) -> set[int]:
    """Return the positions of comments wholly in other scripts, which need no search for names or words."""
    return {at for at, text in enumerate(texts) if not text.isascii() and _ALL_OTHER.fullmatch(text, 0, _BEGINNING)}


def _foreign(texts: list[str], may_be: list[bool]) -> set[int]:
    """Return the positions of comments that are certainly not English; only doubtful ones are checked."""
    from ..text.language import OTHER, count_words, judge_language

    doubtful = [
        text for text in dict.fromkeys(itertools.compress(texts, may_be))
        if _MANY_WORDS.match(text) or (_NOT_LATIN.search(text) and not _FACE.match(text))
    ]  # fmt: skip
    foreign, seen, size = set[str](), set[str](), 0
    for start in range(0, len(doubtful), _CHUNK):
        some = doubtful[start : start + _CHUNK]
        size += sum(map(len, some))
        words = (word.strip(_AROUND_WORDS) for text in some for word in text[:_BEGINNING].split())
        seen.update(word for word in words if word.isascii() and word.isalnum())
        if len(seen) > FEW_WORDS + size // WORD_LENGTH:
            many = f"{len(seen):,} different words in {size:,} characters"
            raise ValueError(
                f"The comments have {many}, so they seem not to be in any language. Save only the comments with text."
            )
        counts = count_words([text[:_BEGINNING] for text in some])
        other = (judge_language(counts) == OTHER) & (counts.all_words >= FEWEST_WORDS)
        foreign.update(itertools.compress(some, (counts.latin_share < 0.5) | other))
    return {at for at, text in enumerate(texts) if text in foreign} if foreign else set()


def _without_doubles(comments: Comments, log: ImportLog) -> list[int]:
    """Return the positions of comments without an id, and of the first with each id."""
    if len(comments.first) == len(comments) and "" not in comments.first:
        return [*range(len(comments))]  # the usual case
    first: dict[str, int] = {}
    kept = []
    same = [*zip(comments.text, comments.author, comments.posted, strict=True)]
    for at, own in enumerate(comments.comment_id):
        before = first.setdefault(own, at) if own else at
        if before == at:
            kept.append(at)
            continue
        how = "the same comment" if same[before] == same[at] else "another comment"
        log.leave_out(comments.row[at], f"duplicate id, {how}", f"id of row {comments.row[before]}")
    return kept


def _ids(comments: Comments, named: Pseudonyms, log: ImportLog) -> list[str]:
    """Keep ids that are valid in a corpus and reveal no name; number the others by row."""
    given, rows = comments.comment_id, comments.row
    if all(given) and "".join(given).isdecimal() and _PHONE_DIGITS.isdisjoint(map(len, given)):
        return [*given]  # the usual case
    ids = [_fit(each, log) for each in given]
    telling = named.names_in([each for each, own in zip(given, ids, strict=True) if own and not own.isdecimal()])
    if telling:
        ids = ["" if each in telling else own for each, own in zip(given, ids, strict=True)]
    taken = {*ids}
    for at in [at for at, own in enumerate(ids) if not own]:
        own = f"c{rows[at]:04d}"
        while own in taken:
            own += "x"
        taken.add(own)
        ids[at] = own
        if given[at]:
            log.note(rows[at], "id replaced by the row number")
    return ids


def _fit(own: str, log: ImportLog) -> str:
    if own.isdecimal():
        return "" if log.free and len(own) in _PHONE_DIGITS else own
    plain = own.replace(".", "-")  # YouTube's replies have ids parent.reply
    return plain if _ID.fullmatch(plain) and plain != "article" else ""


def _parents(given: Comments, kept: list[int], log: ImportLog) -> npt.NDArray[np.intp]:
    """Return the position among `kept` of each comment's parent, `TOP` at the top of the thread."""
    order = [*range(len(given))]
    if len(given.first) < len(given):  # of duplicate ids, the kept comment counts, else the first
        names = [own or row for own, row in zip(given.comment_id, given.row, strict=True)]
        order = [*{names[at]: at for at in (*order[::-1], *kept[::-1])}.values()][::-1]
    order.sort(key=given.row.__getitem__)
    comments = given.at(order)
    parents = [comments.first.get(asked, TOP) if asked else TOP for asked in comments.reply_to]
    for cut in cycles(parents):
        parents[cut] = TOP
        log.note(comments.row[cut], "replies in a circle, cut here")
    place_of = np.full(len(given), TOP)
    place_of[kept] = np.arange(len(kept))
    places = np.append(place_of[order], TOP)  # the last is for `TOP` itself
    shown = places[:-1] != TOP
    direct = np.array(parents, np.intp)
    above = direct if shown.all() else np.array(nearest_kept(parents, shown.tolist()), np.intp)
    for at in np.flatnonzero(shown & ((above != direct) | (above == TOP))).tolist():
        if not (asked := comments.reply_to[at]):
            continue  # the usual case
        if above[at] != direct[at]:
            log.note(comments.row[at], "replies to a comment that was left out; moved to the one above it")
        elif asked not in given.first and asked not in comments.thread[at]:
            log.note(comments.row[at], "replies to a comment that is not in the file; placed at the top level")
    found = np.full(len(kept), TOP)
    found[places[:-1][shown]] = places[above[shown]]
    return found


def _posted(comments: Comments, given: Comments, log: ImportLog, exact: bool) -> npt.NDArray[np.datetime64]:
    dates = read_dates(comments.posted, given.posted, day_first=log.day_first)
    for note in dates.notes:
        log.note(0, note)
    for at in np.flatnonzero(np.isnat(dates.read)).tolist():
        if comments.posted[at].strip():
            log.note(comments.row[at], "date could not be read")
    days = dates.read.astype("M8[D]")
    if not exact and (dates.read - days >= np.timedelta64(1, "m")).any():
        cut = "Times of day were removed, since they could identify people."
        log.note(0, f"{cut} In Python, exact_times=True keeps them.")
    return dates.read if exact else days.astype("M8[us]")


def _likes(comments: Comments, log: ImportLog) -> list[int | None]:
    """Read a column of likes: 12, 1,234, 1.2K, "3 points"; 1.000 is a thousand if all cells with a point allow it."""
    cells = dict.fromkeys(comments.likes)
    read: dict[str, int | None] = {cell: int(cell) for cell in cells if cell.isdecimal() and len(cell) < 20}
    others = {cell: re.sub(r"\s|(?<=,\d{3})\.0+$", " ", _MINUS.sub("-", cell.strip()).replace("One person", "1 person"))
              for cell in cells if cell not in read and cell.strip()}  # fmt: skip
    counts = {cell: _COUNT.fullmatch(written[:100]) for cell, written in others.items()}
    pointed = [
        found[2] for found in counts.values() if found and "." in found[2] and _UNITS.get(found[5].lower()) is None
    ]
    thousands = bool(pointed) and all(map(_THOUSANDS.fullmatch, pointed))
    if thousands:
        log.note(0, "Likes such as 1.000 were read as thousands.")
    mil = [found for found in counts.values() if found and found[5].lower() == "mil"]
    of_thousands = any(not found[2].isdecimal() for found in mil) and all(found[0][-1] != "." for found in mil)
    if of_thousands:
        log.note(0, "Likes such as 2,3 mil were read as thousands, as in Spanish and Portuguese.")
    read |= {cell: _counted(found, thousands, of_thousands) if found else None for cell, found in counts.items()}
    unread = {
        cell for cell, written in others.items()
        if read[cell] is None and any(map(str.isalnum, written)) and written.lower() not in _NO_NUMBER
    }  # fmt: skip
    for row, cell in zip(comments.row, comments.likes, strict=True) if unread else ():
        if cell in unread:
            log.note(row, "likes could not be read")
    fits = {cell: number for cell, number in read.items() if number is not None and abs(number) < 2**63}
    return [*map(fits.get, comments.likes)]


def _counted(found: re.Match[str], thousands: bool, mil: bool) -> int | None:
    sign, number, power, space, unit = found.groups()
    scale = _UNITS.get(unit.lower()) or (10 ** int(power) if power else 0)
    scale = 1000 if mil and unit.lower() == "mil" else scale
    if (unit and not scale and not space) or (not scale and unit.lower() in _MANY_OR_FEW):
        return None
    if scale:
        grouped = number.count(",") + number.count(".") > 1
        number = "" if grouped else str(round(float(number.replace(",", ".")) * scale))
    elif ("." in number and not thousands) or re.fullmatch(r"\d{1,19},\d{1,2}", number):
        whole, _, rest = number.replace(",", ".").partition(".")
        number = whole if not rest.strip("0") else ""
    return int(sign + re.sub(r"\D", "", number)) if number else None
