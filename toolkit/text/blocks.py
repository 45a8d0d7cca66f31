"""From lines to blocks: title, headings, paragraphs, list items, quotes, solicitation, and whose voice speaks."""

import re
from typing import NamedTuple

import numpy as np

from ..lexicons.characters import Characters
from ..lexicons.code_points import are_in, fulfil
from ..lexicons.vocabulary import EMOTICON
from .markup import quoted_at
from .solicitation import has_address, is_solicitation, stems_at

KINDS = ("title", "heading", "paragraph", "list_item", "quote", "promo")
TITLE, HEADING, PARAGRAPH, ITEM, QUOTE, PROMO, BLANK, MARK, RULE = range(9)
"""Kinds of blocks by their number, and of lines that are not blocks."""
RUNNING = ("paragraph", "list_item", "quote")
"""Kinds of block whose words are running text: they make sentences; a title, a heading or a solicitation does not."""


class Block(NamedTuple):
    """One block: ``text[start:end]`` with its marks and its line end, ``text[inner:end]`` without the marks."""

    kind: str
    start: int
    end: int
    inner: int
    voice: str = "author"
    runs_on: bool = False
    """Its last sentence continues in the next block: a lead-in, or a list item without a closing full stop."""


_MARK_CHARACTERS = frozenset("#>*+-_\u2022\u2023\u25e6\u2013<(0123456789")
_MARK = re.compile(r"\s{0,3}<!--\s{0,9}(promo|voice:\s{0,9}([^<>\n]{1,80}?))\s{0,9}-->\s*$")
_RULE_LINE = re.compile(r"^\s{0,3}([-*_])(?:[ ]{0,3}\1){2,200}\s*$")
_CUE = re.compile(r"(?:\d{1,6}[ ]?\n)?(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3} --> (?:\d{1,3}:)?\d\d:\d\d[.,]\d{3}(?!\S)")
"""The number and times of a subtitle, or its times."""
_HEADING = re.compile(r"\s{0,3}(#{1,6})[ ]{1,9}(?=\S)")
_NO_QUOTE = (
    r"(?!!|[:;=]['^-]?[()\[\]DPpOo/\\|*3]|8['-]?[(\[]|[xX]?D+(?!\w)|[_.-][<>]|\w<(?!\S)|:\s?$"
    r"|/{1,9}<|=|\d{1,9}(?:[.,]\d{1,9})?\s?%)"
)
"""Not a quotation: a spoiler >!, an emoticon >:( >8( >xD >_< >.> >//<, a measure >= 5 >50%"""
QUOTED = re.compile(rf"\s{{0,3}}(?:>{_NO_QUOTE}[ ]?)+")
_ITEM = re.compile(r"\s{0,12}(?:[-*+\u2022\u2023\u25e6\u2013][ ]{1,9}|\(?\d{1,3}[.)][ ]{1,9})(?=\S)")
_KEYCAP = re.compile(r"\s{0,3}[0-9]\ufe0f?\u20e3")
_CLOSERS, _MOST_CLOSERS = frozenset("\"')]*_"), 4  # marks after the full stop at a line's end
_OPEN_ENDS = frozenset(",;:(\u2014\u2013-")
_FACE = re.compile(
    rf">?{EMOTICON}|\(-?[:;=]|\)'?-?:|-_{{1,3}}-|;[_-]{{1,3}};"
)  # emoticons that look like an open end: :( (: -_-
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_ENDS_LINE = re.compile(r"[.,;:!\u2014][\"')]{0,2}$")  # checks three characters
_SMALL_WORDS = frozenset(
    """
    a an and as at but by for from in into is of on or over the to vs with after against its it's
    """.split()
)
_LEADS_IN = re.compile(  # a line that introduces a quotation: "On 3 May, Mira wrote:"
    r"\s{0,9}(?:on [^\n]{4,60}[,:\dm] )?(?!(?:he|she|they|it|we|i|who)\b)(?-i:(?:[^\sa-z]\S{0,40} ){1,5}|\S{1,40} )"
    r"(?:wrote|said|writes)\s?:\s{0,9}|\s{0,9}(?:in reply to|quoting|originally posted by)(?: \S{1,40}){1,5}\s{0,9}",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?<!\bi )(?<!\bwe )"  # the writer's own words are not reported
    r"(?:said|says?|told|tells?|call(?:ed|s)|claim(?:ed|s)?|declar(?:ed|es)|describ(?:ed|es)|warn(?:ed|s)"
    r"|argu(?:ed|es)|stat(?:ed|es)|wr(?:ote|ites)|signal(?:l?ing|s|l?ed)|announc(?:ed|es)|insist(?:ed|s)"
    r"|respond(?:ed|s)|repl(?:ied|ies)|accus(?:ed|es)|noted|explain(?:ed|s)|ask(?:ed|s)|add(?:ed|s)|conclud(?:ed|es)"
    r"|suggested|recommend(?:ed|s)|alleg(?:ed|es)|assert(?:ed|s)|admit(?:ted|s)|demand(?:ed|s)|promised|pledged|vowed"
    r"|urg(?:ed|es)|threaten(?:ed|s)|tweeted|testified|complain(?:ed|s)|according to)\b[^:\n]{0,200}:\s*$",
)

_LONGEST_HEADING = 200  # characters
_LONG_LINE = 60  # characters; a shorter one was broken on purpose


class Blocks(NamedTuple):
    """Columns of many blocks in order; offsets count in the buffer of all texts."""

    text: np.ndarray  # number of the text
    kind: np.ndarray  # place in KINDS
    start: np.ndarray
    end: np.ndarray
    inner: np.ndarray
    attributed: np.ndarray
    runs_on: np.ndarray

    @property
    def running(self) -> np.ndarray:
        """Whether a block is running text."""
        return _ARE_RUNNING[self.kind]

    def part(self, first: int, last: int, base: int) -> list[Block]:
        """Some consecutive blocks as rows; offsets count from `base`."""
        columns = (each[first:last].tolist() for each in self[1:])
        return [
            Block(KINDS[kind], start - base, end - base, inner - base, VOICES[attributed], runs_on)
            for kind, start, end, inner, attributed, runs_on in zip(*columns, strict=True)
        ]


_ARE_RUNNING = np.array([kind in RUNNING for kind in KINDS])
VOICES = ("author", "attributed")


class _Lines(NamedTuple):
    """Columns of the lines of many texts; a blank line has no visible character."""

    text: np.ndarray
    start: np.ndarray
    end: np.ndarray
    inner: np.ndarray  # end of its marks
    last: np.ndarray  # its last visible character
    kind: np.ndarray
    marked: np.ndarray  # number of the current voice mark, -1 for solicitation, 0 for none


def find_blocks(text: str) -> list[Block]:
    """Split a normalised text into consecutive blocks without gaps: joined, they give the text again.

    Markdown marks are understood (``#`` headings, list marks, ``>``, and the lines ``<!-- voice: NAME -->`` and
    ``<!-- promo -->``, which hold until the next blank line).  In pasted plain text short title-case lines are
    headings and the comma-ended lines after a colon are list items.
    """
    found = find_all_blocks(Characters.of([text]))
    return found.part(0, len(found.text), 0)


def find_all_blocks(seen: Characters) -> Blocks:
    """Split many texts at once."""
    return _blocks(seen, _with_pasted_kinds(seen, _marked_lines(seen)))


def _marked_lines(seen: Characters) -> _Lines:
    """Return lines with the kind given by Markdown marks; BBCode quotations get separate lines."""
    breaks = np.flatnonzero(seen.codes == ord("\n")) + 1
    opened, closed = np.array(quoted_at(seen), np.intp).reshape(-1, 2).T
    if len(opened):
        breaks = np.unique(np.concatenate([breaks, opened, closed]))
    start = np.append(0, breaks[:-1])
    text = seen.owners(start)
    end = np.minimum(breaks, seen.ends[text])
    filled = start < end
    text, start, end = text[filled], start[filled], end[filled]
    inner, last = seen.edges(start, end)
    kind = np.where(inner < end, PARAGRAPH, BLANK)
    marked = np.zeros(len(start), np.intp)
    names: dict[str, int] = {"promo": -1}
    for i in np.flatnonzero((kind == PARAGRAPH) & are_in(seen.codes[inner], _MARK_CHARACTERS)).tolist():
        line = seen.text[start[i] : end[i]]
        if "<!--" in line and (mark := _MARK.match(line)):
            kind[i], inner[i], marked[i] = MARK, end[i], names.setdefault(mark[2] or mark[1], len(names))
        elif line[0].isdigit() and _CUE.match(seen.text, start[i], seen.bounds[text[i] + 1] - 1):
            kind[i], inner[i] = RULE, end[i]
        else:
            kind[i], length = _kind_by_marks(line)
            inner[i] = start[i] + length
    quoted = np.searchsorted(opened, start, "right") > np.searchsorted(closed, start, "right")
    kind[quoted & (kind < BLANK)] = QUOTE
    ends_mark = (kind == BLANK) | (kind == MARK) | np.append(True, text[1:] != text[:-1])[: len(text)]
    stops = np.append(np.flatnonzero(ends_mark), len(kind))
    for i in np.flatnonzero(kind == MARK).tolist():
        marked[i : stops[np.searchsorted(stops, i, "right")]] = marked[i]
    has_content = np.bincount(text[kind < BLANK], minlength=len(seen.bounds)) > 0
    lone = ~has_content[text] & np.append(text[1:] != text[:-1], True)[: len(text)]
    kind[lone], marked[lone] = PARAGRAPH, 0  # a text of only spaces and marks is one empty paragraph
    return _Lines(text, start, end, inner, last, kind, marked)


def _kind_by_marks(line: str) -> tuple[int, int]:
    """Return the kind of a line by its marks, and the length of the marks."""
    if _RULE_LINE.match(line):
        return RULE, len(line)
    if heading := _HEADING.match(line):
        return (TITLE if heading[1] == "#" else HEADING), heading.end()
    if quote := QUOTED.match(line):
        return QUOTE, quote.end()
    if item := _ITEM.match(line):
        return ITEM, item.end()
    return PARAGRAPH, len(line) - len(line.lstrip())


def opens_with_mark(line: str) -> bool:
    """Return whether a normalised line, without spaces around it, would be read as more than a plain line."""
    return line[:1] in _MARK_CHARACTERS and _kind_by_marks(line) != (PARAGRAPH, 0)


def _with_pasted_kinds(seen: Characters, lines: _Lines) -> _Lines:
    """Set the kind of plain lines: solicitation and, unless there are Markdown headings, headings and lists."""
    texts, kind = len(seen.starts), lines.kind.copy()
    content = np.flatnonzero(kind < BLANK)
    many = np.bincount(lines.text[content], minlength=texts)
    pasted = (many >= 3) & (np.bincount(lines.text[kind <= HEADING], minlength=texts) == 0)
    of, plain = lines.text[content], kind[content] == PARAGRAPH
    first, final = (np.append(*each)[: len(of)] for each in ((True, of[1:] != of[:-1]), (of[1:] != of[:-1], True)))
    ending = seen.codes[lines.last[content]]
    in_list = _pasted_items(of, plain, ending, pasted)
    kind[content[in_list & plain]] = ITEM

    def line(i: int) -> str:
        return seen.text[lines.inner[i] : lines.last[i] + 1]

    opens = seen.codes[lines.inner[content]]
    short = lines.last[content] - lines.inner[content] < _LONGEST_HEADING
    may_head = plain & ~in_list & ~final & pasted[of] & short & (seen.codes[lines.end[content] - 1] == ord("\n"))
    may_head &= ~are_in(ending, ".,;!") | ((opens >= ord("0")) & (opens <= ord("9")))
    for place in np.flatnonzero(may_head).tolist():
        if _looks_like_heading(line(content[place]), bool(first[place])):
            kind[content[place]] = TITLE if first[place] else HEADING
    begun = np.unique(np.searchsorted(lines.start, stems_at(seen.text), "right") - 1)
    may_be_promo = begun[(lines.kind[begun] == PARAGRAPH) | (lines.kind[begun] == ITEM)]
    kind[[i for i in may_be_promo.tolist() if is_solicitation(line(i))]] = PROMO
    kind[content[lines.marked[content] < 0]] = PROMO
    return lines._replace(kind=kind)


def _pasted_items(text: np.ndarray, plain: np.ndarray, ending: np.ndarray, pasted: np.ndarray) -> np.ndarray:
    """Find lines of lists that lost their marks: at least two ending in commas after a colon, and the next one."""
    items = np.zeros(len(text), bool)
    goes_on = plain & are_in(ending, ",;")
    for place in np.flatnonzero((ending == ord(":")) & pasted[text]).tolist():
        run = place + 1
        while run < len(text) and text[run] == text[place] and goes_on[run]:
            run += 1
        if run - place > 2 and run < len(text) and text[run] == text[place]:
            items[place + 1 : run + 1] = True
    return items


def _looks_like_heading(line: str, first: bool) -> bool:
    """Return whether a line is short, in title case or after a keycap number, without a closing full stop or comma."""
    numbered = line[0].isdigit() and _KEYCAP.match(line)
    words = _WORD.findall(line)
    if not 1 <= len(words) <= (20 if first else 14):
        return False
    if numbered:
        return not re.search(r"[.!?][\"')\]*_]{0,4}\s*$", line)
    if _ENDS_LINE.search(line[-3:]) or has_address(line) or line.isupper():
        return False
    weighty = [word for word in words if word.lower() not in _SMALL_WORDS]
    capitals = sum(word[0].isupper() for word in weighty)
    return words[0][0].isupper() and len(weighty) >= 2 and capitals >= 0.7 * len(weighty)


def _are_closed(seen: Characters, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Return whether spans end in a full stop, closing quotes and brackets aside."""
    closed, pending = np.zeros((2, len(last)), bool)
    pending[:] = True
    for back in range(_MOST_CLOSERS + 1):
        here = np.maximum(last - back, 0)
        pending &= last - back >= first
        closed |= pending & are_in(seen.codes[here], ".!?")
        pending &= are_in(seen.codes[here], _CLOSERS)
    return closed


def _are_open(seen: Characters, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Return whether spans end in a comma, colon, dash or opening bracket that is not part of an emoticon.

    A `):` closes a bracket if there is one: `( a list ):`.
    """
    is_open = are_in(seen.codes[last], _OPEN_ENDS) & (last >= first)
    for i in np.flatnonzero(is_open).tolist():
        final = seen.text[max(first[i], last[i] - 19) : last[i] + 1].split()[-1]  # longer than any emoticon
        line = seen.text[first[i] : last[i]] if final == "):" else ""
        is_open[i] = not _FACE.fullmatch(final) or 0 < line.count(")") <= line.count("(")
    return is_open


def _blocks(seen: Characters, lines: _Lines) -> Blocks:
    """Join lines to blocks; marks and blank lines go to a neighbour, so that nothing is lost."""
    texts, text_starts, text_ends = len(seen.starts), seen.starts, seen.ends
    content = np.flatnonzero(lines.kind < BLANK)
    many = np.bincount(lines.text[content], minlength=texts)
    above = np.cumsum(lines.kind < BLANK) - (np.cumsum(many) - many)[lines.text]  # lines of the same text
    spaced = (lines.kind == BLANK) & (above > 0) & (above < many[lines.text])
    spaced |= (lines.kind <= HEADING) & (lines.inner > lines.start)
    goes_on = _continue(seen, lines, np.bincount(lines.text[spaced], minlength=texts) > 0)
    begins = content[~goes_on[content]]
    text, kind = lines.text[begins], lines.kind[begins]
    new = np.append(True, text[1:] != text[:-1])[: len(text)]  # the first block of its text
    before = np.maximum.accumulate(np.append(-1, np.where(lines.kind <= BLANK, np.arange(len(lines.kind)), -1)))
    start = np.where(new, text_starts[text], lines.end[before[begins]])
    end = np.where(np.append(new[1:], True)[: len(text)], text_ends[text], np.append(start[1:], 0)[: len(text)])
    by_hand = np.bincount(lines.text[(lines.kind == MARK) & (lines.marked > 0)], minlength=texts) > 0
    attributed = (lines.marked[begins] > 0) | ((kind == QUOTE) & ~by_hand[text])
    blocks = Blocks(text, kind, start, end, lines.inner[begins], attributed, np.zeros(len(text), bool))
    _, last = seen.edges(blocks.inner, blocks.end)
    _attribute_reports(seen, blocks, last, by_hand)
    return _with_run_ons(seen, blocks, last)


def _continue(seen: Characters, lines: _Lines, spaced: np.ndarray) -> np.ndarray:
    """Return whether each line continues the paragraph of the line directly above it.

    After a full stop it does so if blank lines separate paragraphs; otherwise if the line above is long or has an open
    end, or this one begins with a small letter.
    """
    goes_on = np.zeros(len(lines.kind), bool)
    two = np.flatnonzero((lines.kind[1:] < BLANK) & (lines.kind[:-1] < BLANK) & (lines.text[1:] == lines.text[:-1])) + 1
    above, kind = two - 1, lines.kind[two]
    alike = (kind == lines.kind[above]) & (lines.marked[two] == lines.marked[above])
    first, last = lines.inner[above], lines.last[above]
    long_or_open = (last - first + 1 >= _LONG_LINE) | _are_open(seen, first, last)
    begins_small = fulfil(seen.codes[lines.inner[two]], str.islower)
    prose = np.where(_are_closed(seen, first, last), spaced[lines.text[two]], long_or_open | begins_small)
    alike_goes_on = (kind == QUOTE) | ((kind == PARAGRAPH) & prose)
    in_item = (lines.kind[above] == ITEM) & (kind == PARAGRAPH) & (lines.inner[two] > lines.start[two])
    usual = alike & ((kind == PARAGRAPH) | (kind == QUOTE))
    goes_on[two] = np.where(usual, alike_goes_on, in_item)
    return goes_on


def _attribute_reports(seen: Characters, blocks: Blocks, last: np.ndarray, by_hand: np.ndarray) -> None:
    """Attribute the list after a reporting verb and a colon, up to the next colon, and the lead-in of a quote.

    In a text with marks set by hand, only these count for lists.
    """
    text, kind, attributed = blocks.text, blocks.kind, blocks.attributed
    colons = (last >= blocks.inner) & (seen.codes[last] == ord(":")) & ((kind == PARAGRAPH) | (kind == ITEM))
    for at in np.flatnonzero(colons & ~by_hand[text]).tolist():
        if _REPORTS.search(seen.text[max(blocks.inner[at], last[at] - 299) : last[at] + 1].lower()):
            item = at + 1
            while item < len(kind) and text[item] == text[at] and kind[item] == ITEM and not attributed[item]:
                attributed[item] = True
                item += not colons[item]
    leads_in = (kind[:-1] == PARAGRAPH) & (kind[1:] == QUOTE) & attributed[1:] & (text[1:] == text[:-1])
    for at in np.flatnonzero(leads_in).tolist():
        attributed[at] |= _LEADS_IN.fullmatch(seen.text, blocks.start[at], blocks.end[at]) is not None


def _with_run_ons(seen: Characters, blocks: Blocks, last: np.ndarray) -> Blocks:
    """Mark blocks whose last sentence continues: open ends, and items without a full stop in a list with a lead-in."""
    text, kind, running = blocks.text, blocks.kind, blocks.running
    is_open = _are_open(seen, blocks.inner, last)
    same = np.append(text[1:] == text[:-1], False)[: len(text)]
    next_running, next_item = (np.append(each[1:], False)[: len(text)] & same for each in (running, kind == ITEM))
    leads = (kind != ITEM) & is_open & (seen.codes[last] == ord(":"))
    at = np.arange(len(text))
    leader = np.maximum.accumulate(np.where(kind != ITEM, at, -1)) if len(at) else at
    led_in = (leader >= 0) & leads[leader] & (text[leader] == text)
    open_item = (kind == ITEM) & next_item & led_in & ~_are_closed(seen, blocks.inner, last)
    runs_on = (is_open | open_item) & running & next_running
    return blocks._replace(runs_on=runs_on)
