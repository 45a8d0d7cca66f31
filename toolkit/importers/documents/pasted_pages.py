"""A whole page pasted as plain text: a proposal where article, solicitation and comments are, to see and correct."""

import datetime
import re
from collections.abc import Mapping

from ..._limits import LONGEST_TEXT
from ..article import Article
from ..dates import read_dates
from .markdown_writer import count_promo, lines_of, promo_lines, report_blocks, write_markdown
from .pasted_comments import BYLINE, HEADER, is_name, read_comments_of
from .pasted_page_parts import Split, range_of, runs_of

_IN_ARTICLE = re.compile(r"share(?: this post)?|subscribe(?: now)?|sign in|leave a comment|©.{0,100}", re.IGNORECASE)
_TOP = 12  # lines in which bare numbers are the page's counts of likes, and a date is the article's


def propose_split(text: str) -> Split:
    """Propose which lines of a pasted page are the article, the solicitation and the comments, and say why.

    Comments begin after the last line that announces them ("2 Comments", "Discussion about this post"); without one,
    after two or more lines of solicitation in the second half of the text. If neither is found, comments cannot be
    separated and all of the text is the article. Numbers of likes, "Share", "Reply" and the like are left out.

    Raises
    ------
    ValueError
        If the text is empty, or longer than 10 million characters or 100,000 lines.
    """
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"The text has {len(text):,} characters; the limit is {LONGEST_TEXT:,}. Split it into parts.")
    lines = tuple(line.rstrip() for line in lines_of(text.rstrip()))
    if not any(lines):
        raise ValueError("The text is empty. Paste the article.")
    kinds, reasons = _article_lines(lines)
    start, why = _start_of_comments(lines, kinds)
    author, published = _byline(lines[:start], kinds, reasons)
    comments, how = read_comments_of(lines, range(start, len(lines)))
    used = range(start, len(lines)) if comments else range(0)
    for at in used:
        kinds[at], reasons[at] = "comments", f"{why}; {how}"
    if not comments and why:
        reasons = [each or why for each in reasons]
    reasons = [each or ("above the comments" if comments else _NO_COMMENTS) for each in reasons]
    return Split(lines, runs_of(kinds, reasons), tuple(comments), author, published)


_NO_COMMENTS = "no line announces comments, so none were separated"


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
    notes = [f"{range_of(part).capitalize()} {part.kind}: {part.reason}." for part in parted.parts]
    counted = f"{len(parted.comments)} comments were found in the text; they are not part of the article."
    return Article(
        markdown,
        title=title or found,
        url=url or "",
        author=parted.author,
        published=parted.published,
        comments=parted.comments,
        format="pasted page" if len(parted.parts) > 1 else "plain text",
        notes=(*notes, report_blocks(pieces, count_promo(markdown)), counted),
        proposal=parted,
    )


def _article_lines(lines: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Separate solicitation and page furniture from the article, line by line."""
    kinds, reasons = ["article"] * len(lines), [""] * len(lines)
    promo = promo_lines(map(str.strip, lines))
    for at, line in enumerate(map(str.strip, lines)):
        if HEADER.fullmatch(line) or _IN_ARTICLE.fullmatch(line) or (at < _TOP and line.isdecimal()):
            kinds[at], reasons[at] = "left out", "buttons, counts and headings of the page"
        elif line in promo:
            kinds[at], reasons[at] = "solicitation", "asks for money or a subscription"
    return kinds, reasons


def _start_of_comments(lines: tuple[str, ...], kinds: list[str]) -> tuple[int, str]:
    """The place of the first line of comments, and why; the length of the text if there are none."""
    last = max((at for at, line in enumerate(lines) if line.strip()), default=-1)
    headers = [at for at, line in enumerate(lines) if at > 1 and HEADER.fullmatch(line.strip()) and at < last]
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
    """Take the writer's name and the day from the lines under the title, if each has a line of its own."""
    for at, line in enumerate(lines[1:_TOP], 1):
        found = BYLINE.fullmatch(line.strip())
        if not found:
            continue
        before = lines[at - 1].strip().removeprefix("By ").removeprefix("by ")
        named = at > 1 and not found["name"] and is_name(before)
        for place in (at - 1, at) if named else (at,):
            kinds[place], reasons[place] = "left out", "the writer's name and the date"
        return before if named else (found["name"] or "").strip().removeprefix("By "), read_dates(
            [found["date"]]
        ).read.astype("M8[D]").item()
    return "", None
