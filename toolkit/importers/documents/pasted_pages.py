"""A page pasted as plain text: a proposed split into article, solicitation and comments, to check and correct."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ..._limits import LONGEST_TEXT
from ..._tables import checked_choice, checked_dict, is_a
from ..dates import read_dates
from ..import_log import RawComment
from .markdown_writer import Piece, lines_of, plain_pieces, promo_lines
from .running_text import FIRST_LINES, writer_of

PARTS: Final = ("article", "solicitation", "comments", "left out")
SHOWN: Final = 60  # characters of a line in `Split.show`
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:{_MONTH}\.? \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}}\.? {_MONTH}\.?(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|(?:\d{1,3}|an?|one) ?(?:[smhdwy]|mo|min|hr|minute|hour|day|week|month|year)s?(?: ago)?"
    r"|yesterday|just now)(?:,? (?:at )?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?)?"
)
BYLINE = re.compile(
    rf"(?:(?P<name>(?=\S)[^.!?:·•|,∙]{{1,60}}) ?(?:[·•|,∙]|on) )?(?P<date>{_DATE})"
    r"(?: ?[·•] ?.{1,30})?(?: (?:says|said))?:?",
    re.IGNORECASE,
)
_SAYS = re.compile(r"(\S.{0,59}?) (?:says|said|wrote|commented):?", re.IGNORECASE)
HEADER = re.compile(
    r"discussion about this post"
    r"|(?:\d[\d,.]{0,6}|no|one) (?:comments?|responses?|repl(?:y|ies)|thoughts?)(?: (?:to|on) .{1,200})?[:.]?"
    r"|(?:(?:reader|readers['’]|your|all|user|public) )?comments?:?(?: ?\(?\d[\d,.]{0,6}\)?)?[:.]?"
    r"|(?:\d{1,6} )?(?:kommentare|commentaires|comentarios|comentários|commenti|reacties|komentarze|kommentarer"
    r"|yorumlar|комментари[ийевя]{1,2}|التعليقات|コメント|评论|評論|댓글)(?: ?\(?\d{1,6}\)?)?:?"
    r"|1 (?:kommentar|commentaire|comentario|comentário|commento|reactie|komentarz)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"reply|like(?: ?\((?P<likes>\d{1,9})\))?|liked by .{1,60}|share(?: this post)?|report|permalink|log in to reply"
    r"|expand full comment|(?:user|.{1,40})['’]s avatar|top|newest(?: first)?|oldest(?: first)?|restacks|author"
    r"|(?:write|leave|add|post) a? ?(?:comment|reply)\.{0,3}|\d{1,5} (?:more )?repl(?:y|ies)(?: by .{1,60})?"
    r"|subscribe(?: now)?|sign in|ready for more\?|©.{0,100}|load more.{0,30}|\d{1,5}",
    re.IGNORECASE,
)
_IN_ARTICLE = re.compile(r"share(?: this post)?|subscribe(?: now)?|sign in|leave a comment|©.{0,100}", re.IGNORECASE)
_TOP = 12  # first lines, where bare numbers are counts of likes and a date is the article's
_NO_COMMENTS = "no line announces comments, so none were separated"


class Part(NamedTuple):
    """A run of lines, counted from 1, with its kind and the reason."""

    kind: str
    first: int
    last: int
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class Split:
    """A pasted page and its division into parts, proposed or given by the user.

    `parts` cover all lines in order. `comments` are those found in the lines of that part.
    """

    lines: tuple[str, ...] = dataclasses.field(repr=False)
    parts: tuple[Part, ...]
    comments: tuple[RawComment, ...] = dataclasses.field(default=(), repr=False)
    author: str = ""
    published: datetime.date | None = None

    def show(self) -> str:
        """Return the proposal as text: each part with its range, reason and border lines, and how to correct it.

        Names and dates above comments are not shown.
        """
        shown = [f"Split of the pasted text, {len(self.lines)} lines:"]
        for part in self.parts:
            shown.append(f"{range_of(part):>12}  {part.kind}: {part.reason}")
            shown += self._borders(part)
        if self.comments:
            shown.append(f"Comments found: {len(self.comments)}.")
        ranges = {kind: self.ranges(kind) for kind in PARTS[:3] if self.ranges(kind)}
        return "\n".join([*shown, f"To correct it, give the lines yourself: split={ranges}"])

    def ranges(self, kind: str) -> str:
        """Return the line ranges of one kind of part, such as "1-20, 24-65"; "" if there are none."""
        return ", ".join(range_of(part).split()[1] for part in self.parts if part.kind == kind)

    def apply(self, ranges: Mapping[str, str | tuple[int, int]]) -> Split:
        """Split the lines as given, such as ``{"article": "1-65", "comments": (72, 73)}``; the others are left out.

        Raises
        ------
        ValueError
            If a part, a range or a line is invalid, or a line would be in two parts.
        """
        kinds = ["left out"] * len(self.lines)
        for kind, given in checked_dict(ranges, "split", {"article": "1-65"}).items():
            checked_choice(kind, "A key of split", PARTS)
            for line in _numbers(given, len(self.lines)):
                if kinds[line - 1] not in ("left out", kind):
                    raise ValueError(f"split= assigns line {line} to {kinds[line - 1]} and to {kind}. Choose one.")
                kinds[line - 1] = kind
        if "article" not in kinds:
            raise ValueError('split= assigns no line to the article. Give its lines, such as {"article": "1-65"}.')
        reasons = ["as you specified" if kind != "left out" else "in none of the parts you named" for kind in kinds]
        comments, _ = read_comments_of(self.lines, [i for i, kind in enumerate(kinds) if kind == "comments"])
        return dataclasses.replace(self, parts=runs_of(kinds, reasons), comments=tuple(comments))

    def pieces(self) -> list[Piece]:
        """Return the blocks of the article, with solicitation marked."""
        pieces: list[Piece] = []
        waiting: list[str] = []
        for part in self.parts:
            lines = [line for line in self.lines[part.first - 1 : part.last] if line.strip()]
            if part.kind == "article":
                waiting += ["", *self.lines[part.first - 1 : part.last]] if waiting else lines
            elif part.kind == "solicitation":
                pieces += plain_pieces("\n".join(waiting))
                pieces += [Piece("promo", line) for line in lines]
                waiting = []
        return pieces + plain_pieces("\n".join(waiting))

    def _borders(self, part: Part) -> Iterator[str]:
        known = {each.row: each.text.partition("\n")[0] for each in self.comments}
        numbers = [each for each in range(part.first, part.last + 1) if self.lines[each - 1].strip()]
        if part.kind == "comments":
            numbers = [each for each in numbers if each in known]
        for number in [*numbers[:2], *numbers[max(2, len(numbers) - 2) :]]:
            line = known[number] if part.kind == "comments" else self.lines[number - 1].strip()
            yield f"{number:>14}| {line[:SHOWN]}{'…' * (len(line) > SHOWN)}"


def runs_of(kinds: list[str], reasons: list[str]) -> tuple[Part, ...]:
    """Join neighbouring lines of one kind and reason."""
    parts, at = [], 1
    for (kind, reason), run in itertools.groupby(zip(kinds, reasons, strict=True)):
        length = len(list(run))
        parts.append(Part(kind, at, at + length - 1, reason))
        at += length
    return tuple(parts)


def range_of(part: Part) -> str:
    """Return the line numbers of a part in words."""
    return f"line {part.first}" if part.first == part.last else f"lines {part.first}-{part.last}"


def _numbers(given: str | tuple[int, int], last: int) -> Iterator[int]:
    """Yield the line numbers in "1-20, 24" or in a pair."""
    ranges = ["-".join(map(str, given))] if is_a(given, tuple, list) else str(given).split(",")
    for each in ranges:
        found = re.fullmatch(r"\s{0,9}([0-9]{1,8})(?:\s{0,9}[-–]\s{0,9}([0-9]{1,8}))?\s{0,9}", each)
        first, end = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= end <= last:
            raise ValueError(
                f"split= has {each.strip()[:40]!r}; the text has lines 1 to {last}. Write a range such as '1-{last}'."
            )
        yield from range(first, end + 1)


def propose_split(text: str) -> Split:
    """Propose which lines of a pasted page are article, solicitation and comments, with reasons.

    Comments begin after the last line that announces them ("2 Comments", "Discussion about this post"); without one,
    after two or more lines of solicitation in the second half of the text. If neither is found, comments cannot be
    separated and all of the text is the article. Numbers of likes, "Share", "Reply" and the like are left out. Errors
    as `read_article`.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"The text has {len(text):,} characters; the limit is {LONGEST_TEXT:,}. Split it into parts.")
    lines = tuple(line.rstrip() for line in lines_of(text.rstrip()))
    if not any(lines):
        raise ValueError("The text is empty. Paste the article.")
    kinds, reasons = ["article"] * len(lines), [""] * len(lines)
    promo = promo_lines(map(str.strip, lines))
    for at, line in enumerate(map(str.strip, lines)):
        if HEADER.fullmatch(line) or _IN_ARTICLE.fullmatch(line) or (at < _TOP and line.isdecimal()):
            kinds[at], reasons[at] = "left out", "buttons, counts and headings of the page"
        elif line in promo:
            kinds[at], reasons[at] = "solicitation", "asks for money or a subscription"
    start, why = _start_of_comments(lines, kinds)
    author, published = _byline(lines[:start], kinds, reasons)
    comments, how = read_comments_of(lines, range(start, len(lines)))
    for at in range(start, len(lines)) if comments else ():
        kinds[at], reasons[at] = "comments", f"{why}; {how}"
    if not comments and why:
        reasons = [each or why for each in reasons]
    reasons = [each or ("above the comments" if comments else _NO_COMMENTS) for each in reasons]
    return Split(lines, runs_of(kinds, reasons), tuple(comments), author, published)


def _start_of_comments(lines: tuple[str, ...], kinds: list[str]) -> tuple[int, str]:
    """Return the index of the first line of comments, and the reason; the number of lines if there are none."""
    last = max((at for at, line in enumerate(lines) if line.strip()), default=-1)
    headers = [at for at, line in enumerate(lines) if at > 1 and HEADER.fullmatch(line.strip()) and at < last]
    if headers and "article" in kinds[: headers[-1]]:
        return headers[-1] + 1, f"below line {headers[-1] + 1}, which announces comments"
    asking = [at for at, kind in enumerate(kinds) if kind == "solicitation"]
    run: list[int] = []
    for at in range(asking[-1] if asking else -1, -1, -1):  # upwards, to the end of the article
        if kinds[at] == "article" and lines[at]:
            break
        run += [at] * (kinds[at] == "solicitation")
    run.reverse()
    if len(run) >= 2 and 2 * run[0] > len(lines) and any(lines[run[-1] + 1 :]):
        return run[-1] + 1, f"below the solicitation of lines {run[0] + 1}-{run[-1] + 1}, which ends the article"
    return len(lines), ""


def _byline(lines: tuple[str, ...], kinds: list[str], reasons: list[str]) -> tuple[str, datetime.date | None]:
    """Return the writer's name and the date from the lines below the title, if these hold nothing else."""
    for at, line in enumerate(lines[1:_TOP], 1):
        found = BYLINE.fullmatch(line.strip())
        if not found:
            continue
        before = lines[at - 1].strip().removeprefix("By ").removeprefix("by ")
        named = at > 1 and not found["name"] and is_name(before)
        for place in (at - 1, at) if named else (at,):
            kinds[place], reasons[place] = "left out", "the writer's name and the date"
        day = read_dates([found["date"]]).read.astype("M8[D]").item()
        return before if named else (found["name"] or "").strip().removeprefix("By "), day
    for at, line in enumerate(lines[:FIRST_LINES]):
        if writer := writer_of(line.strip()):
            kinds[at], reasons[at] = "left out", "the writer's name"
            return writer, None
    return "", None


def is_name(line: str) -> bool:
    """Return whether a line may be a name: at most five words, without closing punctuation."""
    return (
        bool(line) and len(line) <= 40 and len(line.split()) <= 5 and line[-1] not in ".!?…:;," and not line.isdecimal()
    )


def read_comments_of(lines: tuple[str, ...], places: range | list[int]) -> tuple[list[RawComment], str]:
    """Split lines into comments at bylines, "Reply", blank lines or line ends, and return them with the method used."""
    starts = _bylines(lines, places)
    written = [at for at in places if lines[at].strip()]
    ends = set[int]()
    if starts:
        how = "each comment begins with a name and a date"
    elif ends := {at for at in written if lines[at].strip().lower() == "reply"}:
        how = "they are split at “Reply”"
    elif ends := {at for at in range(written[0], written[-1]) if not lines[at].strip()} if written else set():
        how = "they are split at blank lines"
    else:
        ends, how = {*written}, "they are split at each line"
    runs: list[list[int]] = [[]]
    for at in places:
        apart = not starts and bool(runs[-1]) and runs[-1][-1] != at - 1  # a gap separates comments
        if apart or at in starts:
            runs.append([])
        runs[-1].append(at)
        if at in ends:
            runs.append([])
    return [each for run in runs if (each := _comment(lines, run, starts))], how


def _comment(lines: tuple[str, ...], run: list[int], starts: dict[int, tuple[int, str, str]]) -> RawComment | None:
    """Return a comment without byline and buttons; None if no words are left."""
    last, name, date = starts.get(run[0], (-1, "", "")) if run else (-1, "", "")
    words: dict[int, str] = {}
    likes = ""
    for at in run:
        line = lines[at].strip()
        button = _FURNITURE.fullmatch(line)
        likes = (button["likes"] or likes) if button and words else likes
        if at > last and line and not button and not HEADER.fullmatch(line):
            words[at] = line
    return (
        RawComment(min(words) + 1, "\n".join(words.values()), author=name, posted=date, likes=likes) if words else None
    )


def _bylines(lines: tuple[str, ...], places: range | list[int]) -> dict[int, tuple[int, str, str]]:
    """Map the first line of each comment to the last line of its byline, the name, and the date."""
    found: dict[int, tuple[int, str, str]] = {}
    taken, before, button, below_button = -1, -1, True, False
    for at in places:
        line = lines[at].strip()
        if date := BYLINE.fullmatch(line):
            name, first = (date["name"] or "").strip(), at
            above = lines[before].strip()
            if not name and before > taken and ((says := _SAYS.fullmatch(above)) or is_name(above) or below_button):
                name, first = says[1] if says else above, before
            found[first] = (at, name, date["date"])
            taken = at
        if date or (line and not _FURNITURE.fullmatch(line)):
            before, below_button, button = at, button and len(line) <= SHOWN, False
        elif line:
            button = True
    return found
