"""A pasted page and where its parts are: Split shows the ranges of lines, and takes other ones."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ..import_log import RawComment
from .markdown_writer import Piece, plain_pieces
from .pasted_comments import read_comments_of

PARTS: Final = ("article", "solicitation", "comments", "left out")
SHOWN: Final = 60  # characters of a line in `Split.show`


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
        shown = [f"Split of the pasted text, {len(self.lines)} lines:"]
        for part in self.parts:
            shown.append(f"{range_of(part):>12}  {part.kind}: {part.reason}")
            shown += self._borders(part)
        if self.comments:
            shown.append(f"Comments found: {len(self.comments)}.")
        ranges = {kind: self.ranges(kind) for kind in PARTS[:3] if self.ranges(kind)}
        return "\n".join([*shown, f"To correct it, give the lines yourself: split={ranges}"])

    def ranges(self, kind: str) -> str:
        """The lines of one kind of part, such as "1-20, 24-65"; "" if there are none."""
        return ", ".join(range_of(part).split()[1] for part in self.parts if part.kind == kind)

    def apply(self, ranges: Mapping[str, str | tuple[int, int]]) -> Split:
        """Split the lines as given, such as ``{"article": "1-65", "comments": (72, 73)}``; the others are left out.

        Raises
        ------
        ValueError
            If a part, a range or a line is not one that can be, or if a line would be in two parts.
        """
        kinds = ["left out"] * len(self.lines)
        for kind, given in ranges.items():
            if kind not in PARTS:
                raise ValueError(f"split= has no part {str(kind)[:40]!r}; the parts are {', '.join(PARTS[:3])}.")
            for line in _numbers(given, len(self.lines)):
                if kinds[line - 1] not in ("left out", kind):
                    raise ValueError(f"split= assigns line {line} to {kinds[line - 1]} and to {kind}. Choose one.")
                kinds[line - 1] = kind
        if "article" not in kinds:
            raise ValueError('split= assigns no line to the article. Give its lines, such as {"article": "1-65"}.')
        reasons = ["as you said" if kind != "left out" else "in none of the parts you named" for kind in kinds]
        comments, _ = read_comments_of(self.lines, [i for i, kind in enumerate(kinds) if kind == "comments"])
        return dataclasses.replace(self, parts=runs_of(kinds, reasons), comments=tuple(comments))

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


def runs_of(kinds: list[str], reasons: list[str]) -> tuple[Part, ...]:
    """Join neighbouring lines of one kind and reason."""
    parts, at = [], 1
    for (kind, reason), run in itertools.groupby(zip(kinds, reasons, strict=True)):
        length = len(list(run))
        parts.append(Part(kind, at, at + length - 1, reason))
        at += length
    return tuple(parts)


def range_of(part: Part) -> str:
    """The lines of a part in words."""
    return f"line {part.first}" if part.first == part.last else f"lines {part.first}-{part.last}"


def _numbers(given: str | tuple[int, int], last: int) -> Iterator[int]:
    """The line numbers of "1-20, 24" or of a pair."""
    ranges = given.split(",") if isinstance(given, str) else ["-".join(map(str, given))]
    for each in ranges:
        found = re.fullmatch(r"\s{0,9}([0-9]{1,8})(?:\s{0,9}[-–]\s{0,9}([0-9]{1,8}))?\s{0,9}", each)
        first, end = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= end <= last:
            raise ValueError(
                f"split= has {each.strip()[:40]!r}; the text has lines 1 to {last}. Write a range such as '1-{last}'."
            )
        yield from range(first, end + 1)
