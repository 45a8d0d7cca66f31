"""From lines to blocks: title, headings, paragraphs, list items, quotes, solicitation, and whose voice speaks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..lexicons.tokens import as_column, compute, is_true
from .solicitation import STEMS, is_solicitation

KINDS = ("title", "heading", "paragraph", "list_item", "quote", "promo")


class Block(NamedTuple):
    """One block: ``text[start:end]`` with its marks and its line end, ``text[inner:end]`` without the marks."""

    kind: str
    start: int
    end: int
    inner: int
    voice: str = "author"
    runs_on: bool = False
    """Its last sentence continues in the next block: a lead-in, or a list item without a closing full stop."""


class _Line(NamedTuple):
    start: int
    end: int
    inner: int
    kind: str
    text: str
    marked: str


_MARK_CHARACTERS = frozenset("#>*+-_\u2022\u2023\u25e6\u2013<(0123456789")
_MARK = re.compile(r"\s{0,3}<!--\s{0,9}(promo|voice:\s{0,9}([^<>\n]{1,80}?))\s{0,9}-->\s*$")
_RULE_LINE = re.compile(r"^\s{0,3}([-*_])(?:[ ]{0,3}\1){2,200}\s*$")
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ ]{1,9}(?=\S)")
_NO_QUOTE = r"(?!!|[:;=]['-]?[()\[\]DPp/\\|*]|[_.-][<>]|:\s?$)"  # a spoiler >!, an emoticon >:( >_< >.>
QUOTE = re.compile(rf"\s{{0,3}}(?:>{_NO_QUOTE}[ ]?)+")
_ITEM = re.compile(r"\s{0,12}(?:[-*+\u2022\u2023\u25e6\u2013][ ]{1,9}|\(?\d{1,3}[.)][ ]{1,9})(?=\S)")
_KEYCAP = re.compile(r"\s{0,3}[0-9]\ufe0f?\u20e3")
_CLOSED = re.compile(r"[.!?][\"')\]*_]{0,4}\s*$")
_OPEN_ENDS = (",", ";", ":", "(", "\u2014", "\u2013", "-")
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_SMALL_WORDS = frozenset(
    """
    a an and as at but by for from in into is of on or over the to vs with after against its it's
    """.split()
)
_ADDRESS = re.compile(
    r"https?://|www\.|\b\w[\w-]{1,40}\.(?:com|org|net|me|ly|co|io)/\w|\b(?:[13][a-km-zA-HJ-NP-Z1-9]{25,34}|bc1[02-9ac-hj-np-z]{25,60})\b"
)
_REPORTS = re.compile(
    r"(?<!\bI )(?<!\bwe )"  # the writer's own words are not reported speech
    r"\b(?:said|says?|told|tells?|call(?:ed|s)|claim(?:ed|s)?|declar(?:ed|es)|describ(?:ed|es)|warn(?:ed|s)"
    r"|argu(?:ed|es)|stat(?:ed|es)|wr(?:ote|ites)|signal(?:l?ing|s|l?ed)|announc(?:ed|es)|insist(?:ed|s)"
    r"|respond(?:ed|s)|repl(?:ied|ies)|accus(?:ed|es)|according to)\b[^:\n]{0,200}:\s*$",
    re.IGNORECASE,
)


def find_blocks(text: str, *, asks: bool | None = None) -> list[Block]:
    """Split a normalised text into consecutive blocks without gaps: joined, they give the text again.

    Markdown marks are understood (``#`` headings, list marks, ``>``, and the lines ``<!-- voice: NAME -->`` and
    ``<!-- promo -->``, which hold until the next blank line).  In pasted plain text short title-case lines are
    headings and the comma-ended lines after a colon are list items.

    `asks` is the result of `may_ask` for the text, if the caller has it already.
    """
    asks = any(map(text.lower().__contains__, STEMS)) if asks is None else asks
    if not asks and (starts := starts_of_paragraphs(text)):
        return [Block("paragraph", start, end, start) for start, end in itertools.pairwise([*starts, len(text)])]
    if not text:
        return []
    lines = _kinds_in_pasted_text(_marked_lines(text), asks)
    return _with_run_ons(text, _blocks(lines, len(text)))


def may_ask(texts: Sequence[str]) -> list[bool]:
    """Flag the normalised texts that may hold a solicitation, in one pass over all of them."""
    pc = compute()
    signs = "|".join(map(re.escape, (*STEMS, "\u0130")))  # a capital that is two letters in lower case
    found: list[bool] = is_true(pc.match_substring_regex(as_column(texts), signs, ignore_case=True)).tolist()
    return found


def starts_of_paragraphs(text: str) -> list[int]:
    """Starts of the paragraphs of a text that consists of nothing else; an empty list if it may hold other blocks."""
    if not text:
        return []
    if "\n" not in text:
        return [] if text[0] in _MARK_CHARACTERS or text[0].isspace() else [0]
    starts: list[int] = []
    filled: list[str] = []
    at, before, spaced = 0, "", "\n\n" in text
    for line in text.splitlines(keepends=True):
        content = line.rstrip()
        if not content:
            if line != "\n" or not filled:
                return []
            before = ""
        elif line[0] in _MARK_CHARACTERS or line[0].isspace() or content[-1] == ":":
            return []  # a mark, or a lead-in to a list
        else:
            if not (before and _goes_on(before, content, spaced)):
                if filled and filled[-1][-1] in _OPEN_ENDS:
                    return []  # its last sentence may continue in the next paragraph
                starts.append(at)
            filled.append(content)
            before = content
        at += len(line)
    if len(filled) >= 3 and any(_looks_like_heading(line, first=not i) for i, line in enumerate(filled[:-1])):
        return []
    return starts


def _marked_lines(text: str) -> list[_Line]:
    """Lines with the kind given by their Markdown marks; `marked` is the voice or promo mark in force."""
    lines, marked, at = [], "", 0
    for raw in text.splitlines(keepends=True):
        end, mark = at + len(raw), _MARK.match(raw) if "<!--" in raw else None
        kind, length = _kind_by_marks(raw)
        if mark:
            marked = "promo" if mark[1] == "promo" else mark[2]
            kind, length = "mark", len(raw)
        elif kind == "blank":
            marked = ""
        lines.append(_Line(at, end, at + length, kind, raw[length:].strip(), marked))
        at = end
    return lines


def _kind_by_marks(line: str) -> tuple[str, int]:
    """Kind of one line by its marks, and how many characters the marks take."""
    content = line.lstrip()
    if not content:
        return "blank", len(line)
    if content[0] not in _MARK_CHARACTERS:
        return "plain", len(line) - len(content)
    if _RULE_LINE.match(line):
        return "rule", len(line)
    if heading := _HEADING.match(line):
        return ("title" if heading[1] == "#" else "heading"), heading.end()
    if quote := QUOTE.match(line):
        return "quote", quote.end()
    if item := _ITEM.match(line):
        return "list_item", item.end()
    return "plain", len(line) - len(content)


def _kinds_in_pasted_text(lines: list[_Line], asks: bool) -> list[_Line]:
    """Give plain lines their kind: solicitation, and headings and lists where no Markdown headings are."""
    content = [i for i, line in enumerate(lines) if line.kind not in ("blank", "mark", "rule")]
    pasted = len(content) >= 3 and not any(line.kind in ("title", "heading") for line in lines)
    listed = _pasted_items(lines, content) if pasted else set()
    out = list(lines)
    for place, i in enumerate(content):
        kind = lines[i].kind
        if lines[i].marked == "promo" or (asks and kind in ("plain", "list_item") and is_solicitation(lines[i].text)):
            kind = "promo"
        elif kind == "plain" and i in listed:
            kind = "list_item"
        elif (
            kind == "plain"
            and pasted
            and place + 1 < len(content)
            and _looks_like_heading(lines[i].text, first=place == 0)
        ):
            kind = "title" if place == 0 else "heading"
        if kind != lines[i].kind:
            out[i] = lines[i]._replace(kind=kind)
    return out


def _pasted_items(lines: list[_Line], content: list[int]) -> set[int]:
    """Lines of lists that lost their marks: two or more comma-ended lines after a colon, and the one after them."""
    items: set[int] = set()
    for place, i in enumerate(content):
        if not lines[i].text.endswith(":"):
            continue
        run = place + 1
        while (
            run < len(content) and lines[content[run]].kind == "plain" and lines[content[run]].text.endswith((",", ";"))
        ):
            run += 1
        if run - place > 2 and run < len(content):
            items.update(content[place + 1 : run + 1])
    return items


def _looks_like_heading(line: str, first: bool) -> bool:
    """A short line in title case or opening with a keycap number, without a closing full stop or comma."""
    numbered = line[0].isdigit() and _KEYCAP.match(line)
    if len(line) > 200 or (line[-1] in ".,;!" and not numbered):
        return False
    words = _WORD.findall(line)
    if not 1 <= len(words) <= (20 if first else 14):
        return False
    if numbered:
        return not _CLOSED.search(line)
    if re.search(r"[.,;:!\u2014][\"')]{0,2}$", line) or _ADDRESS.search(line) or line.isupper():
        return False
    weighty = [word for word in words if word.lower() not in _SMALL_WORDS]
    capitals = sum(word[0].isupper() for word in weighty)
    return words[0][0].isupper() and len(weighty) >= 2 and capitals >= 0.7 * len(weighty)


def _blocks(lines: list[_Line], length: int) -> list[Block]:
    """Join the lines of a paragraph; marks and blank lines go to a neighbour, so that nothing is lost."""
    spaced = any(
        line.kind == "blank" or (line.kind in ("title", "heading") and line.inner > line.start) for line in lines
    )
    by_hand = any(line.kind == "mark" and line.marked != "promo" for line in lines)
    blocks: list[Block] = []
    start, before = 0, None
    reported = False
    for line in lines:
        if line.kind in ("blank", "mark", "rule"):
            before = None
            if blocks and line.kind == "blank" and start == blocks[-1].end:
                blocks[-1] = blocks[-1]._replace(end=line.end)
                start = line.end
            continue
        if before is not None and _same_paragraph(before, line, spaced):
            blocks[-1] = blocks[-1]._replace(end=line.end)
        else:
            kind = "paragraph" if line.kind == "plain" else line.kind
            reported = reported and kind == "list_item"
            voice = _voice(line, kind, by_hand, reported)
            blocks.append(Block(kind, start, line.end, line.inner, voice))
        start, before = line.end, line
        if line.kind in ("plain", "list_item") and line.text.endswith(":"):
            reported = bool(_REPORTS.search(line.text[-300:])) and not by_hand
    if blocks:
        blocks[-1] = blocks[-1]._replace(end=length)
    return blocks or [Block("paragraph", 0, length, length)]


def _voice(line: _Line, kind: str, by_hand: bool, reported: bool) -> str:
    """Hand marks decide where a text has them; else a quote block, or a list after a reporting verb and a colon."""
    if line.marked and line.marked != "promo":
        return "attributed"
    return "attributed" if not by_hand and (kind == "quote" or reported) else "author"


def _same_paragraph(before: _Line, line: _Line, spaced: bool) -> bool:
    """Whether a line continues the paragraph of the line directly above it."""
    if before.kind != line.kind or line.kind not in ("plain", "quote") or before.marked != line.marked:
        return before.kind == "list_item" and line.kind == "plain" and line.inner > line.start
    return line.kind == "quote" or _goes_on(before.text, line.text, spaced)


def _goes_on(before: str, line: str, spaced: bool) -> bool:
    """Whether a line continues the previous line's paragraph, judged by the end of one and the start of the other."""
    if before[-1] in ".!?" or _CLOSED.search(before[-12:]):
        return spaced
    return len(before) >= 60 or before.endswith(_OPEN_ENDS) or line[:1].islower()


def _with_run_ons(text: str, blocks: list[Block]) -> list[Block]:
    """Mark blocks whose last sentence continues: an open end, or an item without full stop in a list with a lead-in."""
    out: list[Block] = []
    led_in = False
    for i, block in enumerate(blocks):
        ending = text[max(block.inner, block.end - 400) : block.end].rstrip()
        follows = blocks[i + 1].kind if i + 1 < len(blocks) else ""
        if block.kind != "list_item":
            led_in = ending.endswith(":")
        runs_on = ending.endswith(_OPEN_ENDS) or (
            block.kind == "list_item" and follows == "list_item" and led_in and not _CLOSED.search(ending[-8:])
        )
        out.append(block._replace(runs_on=runs_on and block.kind in RUNNING and follows in RUNNING))
    return out


RUNNING = ("paragraph", "list_item", "quote")
"""Kinds of block whose words are running text: they make sentences; a title, a heading or a solicitation does not."""
