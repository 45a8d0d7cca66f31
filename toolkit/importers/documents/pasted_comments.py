"""The comments of a pasted page: where each begins, by bylines, by "Reply", by blank lines or line by line."""

import re
from collections.abc import Iterator

from ..import_log import RawComment

_Starts = dict[int, tuple[int, str, str]]  # where a comment begins: the last line of its byline, name, date

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
_SAYS = re.compile(r"(.{1,60}?) (?:says|said|wrote|commented):?", re.IGNORECASE)
HEADER = re.compile(
    r"discussion about this post"
    r"|(?:\d[\d,.]{0,6}|no|one) (?:comments?|responses?|repl(?:y|ies)|thoughts?)(?: (?:to|on) .{1,200})?[:.]?"
    r"|(?:reader |readers['’] )?comments?:?(?: ?\(?\d[\d,.]{0,6}\)?)?[:.]?"
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


def is_name(line: str) -> bool:
    """Whether a line may be somebody's name: at most five words, and no end of a sentence."""
    return (
        bool(line) and len(line) <= 40 and len(line.split()) <= 5 and line[-1] not in ".!?…:;," and not line.isdecimal()
    )


def read_comments_of(lines: tuple[str, ...], places: range | list[int]) -> tuple[list[RawComment], str]:
    """Split the comments at these places, and say how: at bylines, "Reply", blank lines, or at each line."""
    starts = {first: (last, name, date) for first, last, name, date in _bylines(lines, places)}
    written = [at for at in places if lines[at].strip()]
    if starts:
        ends, how = set(), "a name and a date begin each comment"
    elif ends := {at for at in written if lines[at].strip().lower() == "reply"}:
        how = "they are split at “Reply”"
    elif written and (ends := {at for at in range(written[0], written[-1]) if not lines[at].strip()}):
        how = "they are split at blank lines"
    else:
        ends, how = {*written}, "they are split at each line"
    return [each for run in _cut(places, starts, ends) if (each := _comment(lines, run, starts))], how


def _cut(places: range | list[int], starts: _Starts, ends: set[int]) -> Iterator[list[int]]:
    """The ranges of successive comments, including all that is between them."""
    run: list[int] = []
    for at in places:
        apart = not starts and bool(run) and run[-1] != at - 1  # separated lines are separate comments
        if apart or at in starts:
            yield run
            run = []
        run.append(at)
        if at in ends:
            yield run
            run = []
    yield run


def _comment(lines: tuple[str, ...], run: list[int], starts: _Starts) -> RawComment | None:
    """One comment: its words without byline and buttons; None if there are none."""
    last, name, date = starts.get(run[0], (-1, "", "")) if run else (-1, "", "")
    words: dict[int, str] = {}
    likes = ""
    for at in run:
        line = lines[at].strip()
        button = _FURNITURE.fullmatch(line)
        likes = (button["likes"] or likes) if button and words else likes
        if at > last and line and not button and not HEADER.fullmatch(line):
            words[at] = line
    if not words:
        return None
    return RawComment(min(words) + 1, "\n".join(words.values()), author=name, posted=date, likes=likes)


def _bylines(lines: tuple[str, ...], places: range | list[int]) -> list[tuple[int, int, str, str]]:
    """Where comments begin with a name and a date: first and last line, name, date."""
    found: list[tuple[int, int, str, str]] = []
    taken, before = -1, -1
    for at in places:
        line = lines[at].strip()
        if not line or (_FURNITURE.fullmatch(line) and not BYLINE.fullmatch(line)):
            continue
        if date := BYLINE.fullmatch(line):
            name, first = (date["name"] or "").strip(), at
            if not name and before > taken:
                above = lines[before].strip()
                says = _SAYS.fullmatch(above)
                if says or is_name(above):
                    name, first = says[1] if says else above, before
            found.append((first, at, name, date["date"]))
            taken = at
        before = at
    return found
