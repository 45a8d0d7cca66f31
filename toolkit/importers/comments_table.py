"""From comments as a file gives them to the table of texts: left out, mended and masked, each step in the ledger."""

from __future__ import annotations

import itertools
import re
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ..corpora.load import TEXT_COLUMNS
from ..corpora.replies import TOP, cycles, nearest_kept, parent_positions
from .dates import read_dates
from .import_log import Ledger, RawComment
from .masking import mask
from .pseudonyms import Pseudonyms
from .text_files import LONGEST_TEXT

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

FEWEST_WORDS: Final = 10  # of a comment in Latin letters; one with fewer is never called "not English"
LEAST_KNOWN: Final = 0.65  # share of words in CMUdict; English slang and telegraphese stay above, other languages below
FEWEST_FOREIGN: Final = (
    3  # of the words below, and more of them than of English ones, make a comment another language's
)
FOREIGN: Final = frozenset(
    """
    que los las una por para pero esta está como más y el del es se su al muy porque les des est dans pas avec qui nous
    vous sont mais cette une je il ne c'est che di della gli è sono anche ci tutti perché e un não os uma dos é muito
    der das und nicht ist ein eine für auf sich auch wir ich sie het een van niet dat voor zijn ook och inte är att
    """.split()
)  # function words of Spanish, French, Italian, Portuguese, German, Dutch and Swedish that English lacks
_CHUNK: Final = 2_000  # comments judged at a time
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_LIKES = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3}){1,6}|\d{1,19})(?:\.0+)?")
_ROUNDED = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)\s?([KM])", re.IGNORECASE)


def comments_table(
    raw: Sequence[RawComment],
    ledger: Ledger,
    *,
    thread_id: str,
    pseudonyms: Pseudonyms | None = None,
    language: str = "en",
    exact_times: bool = False,
    keep_authors: bool = False,
) -> pd.DataFrame:
    """Make comments into rows of the texts table, in the order of the file, and record in the ledger what was done.

    Parameters
    ----------
    raw
        Comments as `read_comments` gives them.
    ledger
        Their ledger; what is left out or changed here is added.
    thread_id
        The thread's id; each text_id is ``thread_id/`` and the comment's own id, or "c" and its row number where that
        is missing, unfit for a corpus (letters, digits, - and _), or would give away a name.
    pseudonyms
        Names and what stands for them; by default those of the comments' authors.
    language
        What the comments are in. If it is "en", comments that are certainly not English are left out: those mostly
        in other letters than Latin ones, and those of ten or more words of which few are English.
    exact_times
        Whether `posted` has the time of the day; otherwise it is midnight UTC.
    keep_authors
        Whether names stay, in `author` and in texts. E-mail addresses, telephone numbers and profile links are
        masked all the same. A warning says that the table then must not be passed on.

    Returns
    -------
    pandas.DataFrame
        The columns of `corpora.load.TEXT_COLUMNS`. Left out, in this order: deleted, spam, not approved, pingback;
        empty; too long; not English; duplicate ids (the first counts). A reply to a comment that is left out answers
        the next one above it, a reply to an unknown comment stands at the top, and circles of replies are cut at
        their first comment. `posted` and `likes` are missing where they cannot be read.
    """
    import pandas as pd

    named = pseudonyms or Pseudonyms((each.author, each.handle) for each in raw)
    kept = _without_doubles(_english(_with_text(raw, ledger), language, ledger), ledger)
    if keep_authors and kept:
        warnings.warn(
            "keep_authors=True: the table holds the names of commenters. Keep it to yourself; leave keep_authors out "
            "before you pass it on, publish it or draw it.",
            UserWarning,
            stacklevel=2,
        )
    names = [_anonymous(each) if keep_authors else named(each.author, each.handle) for each in kept]
    ids, texts = _ids(kept, named, ledger), [_masked(each, named, ledger, keep_authors) for each in kept]
    parents = _parents(raw, kept, ledger)
    ledger.kept = len(kept)
    columns = {
        "text_id": [f"{thread_id}/{each}" for each in ids],
        "thread_id": thread_id,
        "kind": "comment",
        "reply_to": [None if at == TOP else f"{thread_id}/{ids[at]}" for at in parents],
        "author": names,
        "posted": _posted(kept, ledger, exact_times),
        "likes": pd.array([_likes(each, ledger) for each in kept], dtype="Int64"),  # not by way of float
        "language": language,
        "text": texts,
    }
    return pd.DataFrame(columns, index=range(len(kept))).astype(TEXT_COLUMNS)


def _with_text(raw: Sequence[RawComment], ledger: Ledger) -> list[RawComment]:
    """Leave out what an export marks as gone, and what has no text."""
    kept = []
    for each in raw:
        long = len(each.text) > LONGEST_TEXT
        reason = each.flag or ("empty" if not each.text.strip() else "too long" if long else "")
        if reason:
            ledger.leave_out(each.row, reason, f"{len(each.text):,} characters" * (reason == "too long"))
        else:
            kept.append(each)
    return kept


def _english(comments: list[RawComment], language: str, ledger: Ledger) -> list[RawComment]:
    """Leave out comments that are certainly not English."""
    if language != "en":
        return comments
    doubtful = [at for at, each in enumerate(comments) if not _plainly_english(each.text)]
    foreign: set[int] = set()
    for start in range(0, len(doubtful), _CHUNK):
        some = doubtful[start : start + _CHUNK]
        foreign.update(itertools.compress(some, _foreign([comments[at].text for at in some])))
    for at in sorted(foreign):
        ledger.leave_out(comments[at].row, "not English")
    return [each for at, each in enumerate(comments) if at not in foreign]


def _plainly_english(text: str) -> bool:
    """Whether so many words are among the most frequent English ones that a text need not be read to judge it."""
    from ..lexicons.features import COMMON

    words = text.lower().split()
    return text.isascii() and 4 * sum(map(COMMON.__contains__, words)) >= len(words) > 2 * _strange(words)


def _strange(words: list[str]) -> int:
    return sum(map(FOREIGN.__contains__, words))


def _foreign(texts: list[str]) -> np.ndarray:
    """Whether each text is in other letters, or of many words that are not English: the formulas' test, stricter."""
    import numpy as np

    from ..metrics.base import english
    from ..text.reading import read_many

    counts = read_many(texts)
    strange = np.array([_strange(each.lower().split()) for each in texts])
    unknown = ~english(counts) & (counts.known_share < LEAST_KNOWN)
    unknown |= strange > np.maximum(counts.common_share * counts.all_words, FEWEST_FOREIGN - 1)
    return (counts.latin_share < 0.5) | (unknown & (counts.all_words >= FEWEST_WORDS))


def _without_doubles(comments: list[RawComment], ledger: Ledger) -> list[RawComment]:
    first: dict[str, RawComment] = {}
    kept = []
    for each in comments:
        before = first.setdefault(each.comment_id, each) if each.comment_id else each
        if before is each:
            kept.append(each)
            continue
        same = (before.text, before.author, before.posted) == (each.text, each.author, each.posted)
        how = "the same comment" if same else "another comment"
        ledger.leave_out(each.row, f"duplicate id, {how}", f"id of row {before.row}")
    return kept


def _ids(comments: list[RawComment], named: Pseudonyms, ledger: Ledger) -> list[str]:
    """Keep ids that fit a corpus and give no name away; give the others one by their row."""
    fit = [_fit(each.comment_id, named) for each in comments]
    taken, ids = set(filter(None, fit)), []
    for each, own in zip(comments, fit, strict=True):
        new = f"c{each.row:04d}"
        while not own and new in taken:
            new += "x"
        ids.append(own or new)
        taken.add(ids[-1])
        if each.comment_id and not own:
            ledger.note(each.row, "id replaced by the row's")
    return ids


def _fit(own: str, named: Pseudonyms) -> str:
    own = own.replace(".", "-")  # YouTube's answers are called parent.answer
    fits = _ID.fullmatch(own) and own != "article" and (own.isdecimal() or not named.names_in(own))
    return own if fits else ""


def _masked(comment: RawComment, named: Pseudonyms, ledger: Ledger, keep_authors: bool) -> str:
    text = mask(comment.text, None if keep_authors else named)
    if text != comment.text:
        ledger.note(comment.row, "names, addresses or numbers masked")
    return text


def _anonymous(comment: RawComment) -> str | None:
    return comment.author.strip() or comment.handle.strip() or None


def _parents(raw: Sequence[RawComment], kept: list[RawComment], ledger: Ledger) -> list[int]:
    """Return the position among `kept` of the comment that each replies to, `TOP` at the top of the thread."""
    every: dict[str | int, RawComment] = {}
    for each in [*kept, *raw]:  # where an id occurs twice, the comment that is kept counts
        every.setdefault(each.comment_id or each.row, each)
    comments = sorted(every.values(), key=lambda each: each.row)
    parents = parent_positions((each.comment_id or None for each in comments), (each.reply_to for each in comments))
    for cut in cycles(parents):
        parents[cut] = TOP
        ledger.note(comments[cut].row, "replies in a circle, cut here")
    places = {id(each): place for place, each in enumerate(kept)}
    above = nearest_kept(parents, [id(each) in places for each in comments])
    found = [TOP] * len(kept)
    for comment, parent, moved in zip(comments, parents, above, strict=True):
        if id(comment) not in places:
            continue
        if moved != TOP:
            found[places[id(comment)]] = places[id(comments[moved])]
        asked = comment.reply_to
        if parent == TOP and asked and asked not in every and asked not in comment.thread:
            ledger.note(comment.row, "answers a comment that is not in the file; stands at the top")
        elif moved != parent:
            ledger.note(comment.row, "answers a comment that was left out; moved to the one above it")
    return found


def _posted(comments: list[RawComment], ledger: Ledger, exact: bool) -> pd.Series[pd.Timestamp]:
    import pandas as pd

    dates = read_dates(each.posted for each in comments)
    for note in dates.notes:
        ledger.note(0, note)
    for each, read in zip(comments, dates.read, strict=True):
        if read is None and each.posted.strip():
            ledger.note(each.row, "date could not be read")
    moments = pd.Series(dates.read, dtype="datetime64[us, UTC]")
    return moments if exact else moments.dt.floor("D")


def _likes(comment: RawComment, ledger: Ledger) -> int | None:
    written = comment.likes.strip()
    if found := _LIKES.fullmatch(written):
        number = int(found[1] + found[2].replace(",", ""))
        if abs(number) < 2**63:
            return number
    elif found := _ROUNDED.fullmatch(written):
        return round(float(found[1]) * (1_000 if found[2] in "Kk" else 1_000_000))
    if written:
        ledger.note(comment.row, "likes could not be read")
    return None
