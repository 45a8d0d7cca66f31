"""Pieces: the blocks of a document as read, and how they are written as the package's Markdown."""

import bisect
import datetime
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..._limits import MOST_LINES
from ...lexicons.characters import Characters
from ...text.blocks import KINDS, find_all_blocks, find_blocks, opens_with_mark
from ...text.normalize import normalise, normalise_all
from ...text.solicitation import stems_at

PROMO_MARK = "<!-- promo -->"
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_COUNTED = ("heading", "paragraph", "list_item", "quote")
_WITH_LINES = ("paragraph", "list_item")
_SHORTEST_ASKING = 10  # characters: two words that ask, or one and an address
_SPACES = re.compile(r"[\t\xa0][ \t\xa0]*| [ \t\xa0]+")  # anything but single spaces
_LETTER = re.compile("(?=[^\\W\\d_])[A-Za-z\u0370-\u1159]")  # never removed by normalising: most alphabets


class Piece(NamedTuple):
    """One block of a document: its kind (as in `toolkit.text.blocks.KINDS`), its text, and the level of a heading."""

    kind: str
    text: str
    level: int = 2
    linked: float = 0.0  # share of its characters in links


def lines_of(text: str) -> list[str]:
    """Split a text into lines at any kind of line end; ValueError for over 100,000."""
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    if len(lines) > MOST_LINES:
        raise ValueError(f"The text has {len(lines):,} lines; the limit is {MOST_LINES:,}. Split it into parts.")
    return lines


def one_line(text: str) -> str:
    """Return a text on one line with single spaces."""
    return " ".join(text.split())


def day_of(written: str) -> datetime.date | None:
    """Read the day at the start of an ISO 8601 date; None for anything else."""
    try:
        return datetime.date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None


def write_markdown(pieces: Iterable[Piece], title: str = "") -> str:
    """Write blocks as Markdown, so that `toolkit.read` finds the same blocks in it.

    Text that could be mistaken for a mark ("# ", "- ", "1. ", "<!-- promo -->" at the start of a line) is escaped with
    a backslash, as in Markdown. Text that asks for money or a subscription, by the package's own rule, is marked.
    """
    out, before = [f"# {one_line(title)}"] if title.strip() else [], ""
    for piece in _with_promo(pieces):
        written = _written(piece)
        if written and piece.kind == before == "list_item":
            out += ["\n", written]
        elif written:
            out += ["\n\n", written]
        before = piece.kind if written else before
    return "".join(out).lstrip("\n") + "\n" if out else ""


def plain_pieces(text: str) -> list[Piece]:
    """Split plain text into blocks as `toolkit.read` does, keeping its characters unchanged."""
    lines = lines_of(text)
    even = normalise_all(lines)
    if any("\n" in line for line in even):  # an entity or the like became a line break
        even = lines = "\n".join(even).split("\n")
    known, starts, at = "\n".join(even), [], 0
    for line in even:
        starts.append(at)
        at += len(line) + 1
    pieces = []
    for block in find_blocks(known):  # restore the original characters of its lines
        first, last = bisect.bisect_right(starts, block.inner) - 1, bisect.bisect_left(starts, block.end)
        mark = block.inner - starts[first]
        same = lines[first][:mark] == even[first][:mark]
        head = (lines if same else even)[first][mark:]
        kept = [head, *(line for line in lines[first + 1 : last] if not line.lstrip().startswith("<!--"))]
        if block.kind == "quote":
            kept = [line.lstrip("> ") for line in kept]
        level = max(2, known[starts[first] : block.inner].count("#"))
        pieces.append(Piece(block.kind, "\n".join(filter(None, map(str.strip, kept))), level))
    return pieces


def count_promo(markdown: str) -> int:
    """Count the solicitation marks of an article."""
    return markdown.splitlines().count(PROMO_MARK)


def _with_promo(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Split off the lines of paragraphs and list items that the package classifies as solicitation."""
    pieces = list(pieces)
    bodies = [each.text.split("\n") for each in pieces if each.kind in _WITH_LINES]
    promo = promo_lines(itertools.chain.from_iterable(bodies))
    for piece in pieces:
        if piece.kind not in _WITH_LINES:
            yield piece
            continue
        kept: list[str] = []
        for line in piece.text.split("\n"):
            if line not in promo:
                kept.append(line)
                continue
            if kept:
                yield piece._replace(text="\n".join(kept))
            kept = []
            yield Piece("promo", line)
        if kept:
            yield piece._replace(text="\n".join(kept))


def promo_lines(lines: Iterable[str]) -> set[str]:
    """Return the lines that by themselves ask for money or a subscription, by the rule of `toolkit.text.blocks`."""
    long = [line for line in dict.fromkeys(lines) if len(line) >= _SHORTEST_ASKING]
    seen = Characters.of(normal := normalise_all([*map(one_line, long)]))
    asking = {*seen.owners(stems_at(seen.text)).tolist()}
    plain = {long[at]: text for at, text in enumerate(normal) if at in asking or "<!--" in text}
    if not plain:
        return set()
    texts = list(plain.values())
    found = find_all_blocks(Characters.of(texts))
    firsts = dict(zip(reversed(found.text.tolist()), reversed(found.kind.tolist()), strict=True))
    return {line for at, line in enumerate(plain) if KINDS[firsts.get(at, 0)] == "promo"}


def _written(piece: Piece) -> str:
    """Return a block with its marks; "" if it has no visible text."""
    lines = [line for each in lines_of(piece.text) if (line := _SPACES.sub(" ", _whole(each)).strip())]
    if not lines:
        return ""
    if piece.kind in ("title", "heading"):
        return "#" * (1 if piece.kind == "title" else min(max(piece.level, 2), 6)) + " " + " ".join(lines)
    if piece.kind == "list_item":
        return "- " + " ".join(lines)
    if piece.kind == "quote":
        return "\n".join(f"> {line}" for line in lines)
    return "\n".join([PROMO_MARK] * (piece.kind == "promo") + [escaped(line) for line in lines])


def _whole(line: str) -> str:
    """Return a line that stays one line when read, unlike ``&#10;``; "" if nothing in it is visible."""
    if _begins_plainly(line) or ("&" not in line and _LETTER.search(line)):
        return line
    plain = normalise(line)
    return one_line(plain) if "\n" in plain else line if plain.strip() else ""


def _begins_plainly(line: str) -> bool:
    """Return whether normalising leaves a line unchanged, at least up to its first dash."""
    return line.isascii() and line.isprintable() and "&" not in line


def escaped(line: str) -> str:
    """Escape a line that would be read as a heading, list item, quote or mark, and brackets that look like a link."""
    line = line.replace("](", "]\\(")
    if _LETTER.match(line):
        return line
    plain = (line if _begins_plainly(line) else normalise(line)).strip()
    return f"\\{line}" if plain.startswith("<!--") or opens_with_mark(plain.partition("\n")[0]) else line


def report_blocks(pieces: Iterable[Piece], promo: int) -> str:
    """Report in one sentence how many blocks of each kind an article has, and how many of them are solicitation."""
    counts = Counter(piece.kind for piece in pieces)
    counted = [f"{kind.replace('_', ' ')}s {counts[kind]}" for kind in _COUNTED if counts[kind]]
    return f"Blocks: {', '.join(counted) or 'none'}; set apart as solicitation: {promo}."
