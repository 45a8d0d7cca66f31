"""A whole page pasted as plain text: a proposal where article, solicitation and comments are, to see and correct."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from .article_text import Article, Piece, count_promo, is_promo, lines_of, plain_pieces, tell_blocks, write_markdown
from .ledger import RawComment
from .sources import LONGEST_TEXT

PARTS: Final = ("article", "solicitation", "comments", "left out")
MOST_LINES: Final = 200_000  # what can be parted in a few seconds
SHOWN: Final = 60  # characters of a line in `Split.show`

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
_DATE = (
    rf"(?:{_MONTH}\.? \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}}\.? {_MONTH}\.?(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d"
    r"|\d{1,2}/\d{1,2}/\d{2,4}|(?:\d{1,3}|an?|one) ?(?:[smhdwy]|mo|min|hr|minute|hour|day|week|month|year)s?(?: ago)?"
    r"|yesterday|just now)(?:,? (?:at )?\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?)?"
)
_BYLINE = re.compile(
    rf"(?:(?P<name>[^.!?:·•|,∙]{{1,60}}) ?(?:[·•|,∙]|on) )?(?P<date>{_DATE})"
    r"(?: ?[·•] ?.{1,30})?(?: (?:says|said))?:?",
    re.IGNORECASE,
)
_SAYS = re.compile(r"(.{1,60}?) (?:says|said|wrote|commented):?", re.IGNORECASE)
_HEADER = re.compile(
    r"discussion about this post"
    r"|(?:\d{1,6}|no|one) (?:comments?|responses?|replies|thoughts?)(?: (?:to|on) .{1,200})?:?"
    r"|(?:reader )?comments?:?(?: ?\(\d{1,6}\)| \d{1,6})?",
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
_TOP = 12  # lines in which bare numbers are the page's counts of likes, and a date is the article's


class Part(NamedTuple):
    """A run of lines, counted from 1, what they are, and why."""

    kind: str
    first: int
    last: int
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class Split:
    """A pasted page and where its parts are: a proposal, or what the user said.

    `parts` cover all lines in order. `comments` are those that were found in the lines of that part.
    """

    lines: tuple[str, ...] = dataclasses.field(repr=False)
    parts: tuple[Part, ...]
    comments: tuple[RawComment, ...] = dataclasses.field(default=(), repr=False)
    author: str = ""
    published: datetime.date | None = None

    def show(self) -> str:
        """Print-ready lines: each part with its range and reason, the lines at its borders, and how to correct it.

        Names and dates above comments are not shown.
        """
        told = [f"Split of the pasted text, {len(self.lines)} lines:"]
        for part in self.parts:
            told.append(f"{_range(part):>12}  {part.kind}: {part.reason}")
            told += self._borders(part)
        if self.comments:
            told.append(f"Comments found: {len(self.comments)}.")
        ranges = {kind: self.ranges(kind) for kind in PARTS[:3] if self.ranges(kind)}
        return "\n".join([*told, f"To correct it, give the lines yourself: split={ranges}"])

    def ranges(self, kind: str) -> str:
        """The lines of one kind of part, such as "1-20, 24-65"; "" if there are none."""
        return ", ".join(_range(part).split()[1] for part in self.parts if part.kind == kind)

    def apply(self, ranges: Mapping[str, str | tuple[int, int]]) -> Split:
        """Part the lines as told, such as ``{"article": "1-65", "comments": (72, 73)}``; the others are left out.

        Raises
        ------
        ValueError
            If a part, a range or a line is not one that can be, or if a line would be in two parts.
        """
        kinds = ["left out"] * len(self.lines)
        for kind, given in ranges.items():
            if kind not in PARTS:
                raise ValueError(f"split= knows no part {str(kind)[:40]!r}; it names lines of {', '.join(PARTS[:3])}.")
            for line in _numbers(given, len(self.lines)):
                if kinds[line - 1] not in ("left out", kind):
                    raise ValueError(f"split= gives line {line} to {kinds[line - 1]} and to {kind}. Give it to one.")
                kinds[line - 1] = kind
        if "article" not in kinds:
            raise ValueError('split= gives no line to the article. Say which they are, such as {"article": "1-65"}.')
        reasons = ["as told" if kind != "left out" else "in no part that was told" for kind in kinds]
        comments, _ = _read_comments(self.lines, [i for i, kind in enumerate(kinds) if kind == "comments"])
        return dataclasses.replace(self, parts=_runs(kinds, reasons), comments=tuple(comments))

    def pieces(self) -> list[Piece]:
        """The blocks of the article, solicitation set apart."""
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


def propose_split(text: str) -> Split:
    """Propose which lines of a pasted page are the article, the solicitation and the comments, and say why.

    Comments begin after the last line that announces them ("2 Comments", "Discussion about this post"); without one,
    after two or more lines of solicitation in the second half of the text. Where neither is found, no comments can be
    told apart and all of it is the article. Numbers of likes, "Share", "Reply" and the like are left out.

    Raises
    ------
    ValueError
        If the text is empty, or longer than 10 million characters or 200,000 lines.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"The text has {len(text):,} characters; {LONGEST_TEXT:,} are the most. Give it in parts.")
    lines = tuple(line.rstrip() for line in lines_of(text.rstrip()))
    if len(lines) > MOST_LINES:
        raise ValueError(f"The text has {len(lines):,} lines; {MOST_LINES:,} are the most. Give it in parts.")
    if not any(lines):
        raise ValueError("The text is empty. Paste the article.")
    kinds, reasons = _article_lines(lines)
    start, why = _start_of_comments(lines, kinds)
    author, published = _byline(lines[:start], kinds, reasons)
    comments, how = _read_comments(lines, range(start, len(lines)))
    used = range(start, len(lines)) if comments else range(0)
    for at in used:
        kinds[at], reasons[at] = "comments", f"{why}; {how}"
    if not comments and why:
        reasons = [each or why for each in reasons]
    reasons = [each or ("above the comments" if comments else _UNTOLD) for each in reasons]
    return Split(lines, _runs(kinds, reasons), tuple(comments), author, published)


_UNTOLD = "no line announces comments, so none were told apart"


def read_pasted_page(
    text: str,
    *,
    split: Mapping[str, str | tuple[int, int]] | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Article:
    """Read a pasted page by the proposed split, or by the one that the user gives; `proposal` shows it.

    Errors as `propose_split` and `Split.apply`.
    """
    parted = propose_split(text)
    parted = parted.apply(split) if split is not None else parted
    pieces = parted.pieces()
    found = next((piece.text for piece in pieces if piece.kind == "title"), "")
    pieces = [piece for piece in pieces if piece.kind != "title"]
    markdown = write_markdown(pieces, title or found)
    notes = [f"{_range(part).capitalize()} {part.kind}: {part.reason}." for part in parted.parts]
    counted = f"{len(parted.comments)} comments were found in the text; they are not part of the article."
    return Article(
        markdown,
        title=title or found,
        url=url or "",
        author=parted.author,
        published=parted.published,
        comments=parted.comments,
        format="pasted page" if len(parted.parts) > 1 else "plain text",
        notes=(*notes, tell_blocks(pieces, count_promo(markdown)), counted),
        proposal=parted,
    )


def _article_lines(lines: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Tell solicitation and the page's furniture from the article, line by line."""
    kinds, reasons = ["article"] * len(lines), [""] * len(lines)
    for at, line in enumerate(map(str.strip, lines)):
        if _HEADER.fullmatch(line) or _IN_ARTICLE.fullmatch(line) or (at < _TOP and line.isdecimal()):
            kinds[at], reasons[at] = "left out", "buttons, counts and headings of the page"
        elif line and is_promo(line):
            kinds[at], reasons[at] = "solicitation", "asks for money or a subscription"
    return kinds, reasons


def _start_of_comments(lines: tuple[str, ...], kinds: list[str]) -> tuple[int, str]:
    """The place of the first line of comments, and why; the length of the text where none are to be seen."""
    last = max((at for at, line in enumerate(lines) if line.strip()), default=-1)
    headers = [at for at, line in enumerate(lines) if at > 1 and _HEADER.fullmatch(line.strip()) and at < last]
    if headers and "article" in kinds[: headers[-1]]:
        return headers[-1] + 1, f"below line {headers[-1] + 1}, which announces comments"
    asking = [at for at, kind in enumerate(kinds) if kind == "solicitation"]
    run: list[int] = []
    for at in range(asking[-1] if asking else -1, -1, -1):  # upwards, until the article begins
        if kinds[at] == "article" and lines[at]:
            break
        run += [at] * (kinds[at] == "solicitation")
    run.reverse()
    if len(run) >= 2 and 2 * run[0] > len(lines) and any(lines[run[-1] + 1 :]):
        return run[-1] + 1, f"below the solicitation of lines {run[0] + 1}-{run[-1] + 1}, which ends the article"
    return len(lines), ""


def _byline(lines: tuple[str, ...], kinds: list[str], reasons: list[str]) -> tuple[str, datetime.date | None]:
    """Take the writer's name and the day from the lines under the title, where both stand on lines of their own."""
    for at, line in enumerate(lines[1:_TOP], 1):
        found = _BYLINE.fullmatch(line.strip())
        if not found:
            continue
        before = lines[at - 1].strip().removeprefix("By ").removeprefix("by ")
        named = at > 1 and not found["name"] and _is_name(before)
        for place in (at - 1, at) if named else (at,):
            kinds[place], reasons[place] = "left out", "the writer's name and the date"
        return before if named else (found["name"] or "").strip().removeprefix("By "), _day(found["date"])
    return "", None


def _day(written: str) -> datetime.date | None:
    for form in ("%Y-%m-%d", "%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y"):
        try:
            return datetime.datetime.strptime(written.split(" at ")[0].strip(), form).date()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return None


def _is_name(line: str) -> bool:
    return (
        bool(line) and len(line) <= 40 and len(line.split()) <= 5 and line[-1] not in ".!?…:;," and not line.isdecimal()
    )


def _read_comments(lines: tuple[str, ...], places: range | list[int]) -> tuple[list[RawComment], str]:
    """Cut the comments apart: at bylines, else at "Reply", else at blank lines, else at each line."""
    bylines = _bylines(lines, places)
    if bylines:
        how = "a name and a date begin each comment"
        starts = {first: (last, name, date) for first, last, name, date in bylines}
    else:
        kept = [at for at in places if lines[at].strip()]
        replies = any(lines[at].strip().lower() == "reply" for at in kept)
        spaced = any(not lines[at].strip() for at in range(kept[0], kept[-1])) if kept else False
        how = f"they are parted at {'“Reply”' if replies else 'blank lines' if spaced else 'each line'}"
        starts = {}
    comments: list[RawComment] = []
    about, row, likes = ("", ""), 0, ""
    text: list[str] = []

    def finish() -> None:
        nonlocal about, text, row, likes
        if text:
            comments.append(RawComment(row, "\n".join(text), author=about[0], posted=about[1], likes=likes))
        about, text, row, likes = ("", ""), [], 0, ""

    skip_to, within = -1, frozenset(places)
    for at in places:
        line = lines[at].strip()
        if at - 1 not in within and not bylines:  # lines that were told apart are comments apart
            finish()
        if at in starts:
            finish()
            skip_to, about = starts[at][0], starts[at][1:]
        furniture = _FURNITURE.fullmatch(line) or _HEADER.fullmatch(line)
        if furniture and furniture.re is _FURNITURE and furniture["likes"] and text:
            likes = furniture["likes"]
        if not bylines and (("“" in how and line.lower() == "reply") or ("blank" in how and not line)):
            finish()
        if at <= skip_to or not line or furniture:
            continue
        row = row or at + 1
        text.append(line)
        if "each line" in how:
            finish()
    finish()
    return comments, how


def _bylines(lines: tuple[str, ...], places: range | list[int]) -> list[tuple[int, int, str, str]]:
    """Where comments begin with a name and a date: first and last line, name, date."""
    found: list[tuple[int, int, str, str]] = []
    taken, before = -1, -1
    for at in places:
        line = lines[at].strip()
        if not line or (_FURNITURE.fullmatch(line) and not _BYLINE.fullmatch(line)):
            continue
        if date := _BYLINE.fullmatch(line):
            name, first = (date["name"] or "").strip(), at
            if not name and before > taken:
                above = lines[before].strip()
                says = _SAYS.fullmatch(above)
                if says or _is_name(above):
                    name, first = says[1] if says else above, before
            found.append((first, at, name, date["date"]))
            taken = at
        before = at
    return found


def _runs(kinds: list[str], reasons: list[str]) -> tuple[Part, ...]:
    """Join neighbouring lines of one kind and reason."""
    parts, at = [], 1
    for (kind, reason), run in itertools.groupby(zip(kinds, reasons, strict=True)):
        length = len(list(run))
        parts.append(Part(kind, at, at + length - 1, reason))
        at += length
    return tuple(parts)


def _range(part: Part) -> str:
    return f"line {part.first}" if part.first == part.last else f"lines {part.first}-{part.last}"


def _numbers(given: str | tuple[int, int], last: int) -> Iterator[int]:
    """The line numbers of "1-20, 24" or of a pair."""
    ranges = given.split(",") if isinstance(given, str) else ["-".join(map(str, given))]
    for each in ranges:
        found = re.fullmatch(r"\s{0,9}([0-9]{1,8})(?:\s{0,9}[-–]\s{0,9}([0-9]{1,8}))?\s{0,9}", each)
        first, end = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= end <= last:
            raise ValueError(
                f"split= gives lines {each.strip()[:40]!r}; the text has lines 1 to {last}. Write '1-{last}'."
            )
        yield from range(first, end + 1)
