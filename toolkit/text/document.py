"""The outline of a text: its normalised form, its blocks, and where its sentences, words and emoji are."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..lexicons.features import EMOJI, FIRST_EMOJI, WORD, vocabulary
from ..lexicons.tokens import compute, is_true, numbers_in, taken
from .blocks import QUOTE, RUNNING, Block, find_blocks
from .markup import quoted_at, without_marks
from .normalize import Change, changes, normalise
from .quotations import quotations_in
from .sentences import sentence_starts

if TYPE_CHECKING:
    import pyarrow as pa

_QUOTE_MARKS = re.compile(f"(?m)^{QUOTE.pattern}")
_TOKEN = re.compile(r"\S+")
_BEYOND_MARKS = re.compile(f"[{FIRST_EMOJI}-\U0010ffff]")
EMOJI_APART = r" \g<0> "  # what replaces an emoji so that it is a token by itself
_CLOSING, _TAIL = "\"')]}*_ \n", 60  # what may follow the mark that ends a sentence, and how many characters at most
SHORTEST_REPORT = 3
"""Words that a quotation needs to be somebody's speech; shorter ones are the writer's scare quotes or single terms."""


class Span(NamedTuple):
    """A span ``text[start:end]`` of the normalised text and its kind."""

    kind: str
    start: int
    end: int
    text: str


class Outline:
    """One text, read.

    Attributes
    ----------
    text : str
        The normalised text; all offsets count in it.  Its blocks join to it again.
    blocks : list of Block
        Title, headings, paragraphs, list items, quotes and solicitation, in order, without gaps.
    sentences_at : list of (start, end)
        Sentences of the running text (paragraphs, list items, quotes).
    emoji_at : list of (start, end)
        Emoji as a reader sees them; those of the solicitation are among them.

    cut_from : str
        Kind of the block that a unit was cut from, as given by `one_block`; empty for a whole text.

    `seen` is the normalised text and what `may_ask` says of it, for a caller that has scanned many texts at once.
    """

    words_of_sentences: Sequence[int]  # if already counted

    def __init__(
        self,
        text: str,
        *,
        one_block: str = "",
        voice: str = "author",
        join_lines: bool = True,
        seen: tuple[str, bool] | None = None,
    ) -> None:
        self.original, self.cut_from = text, one_block
        self.text, asks = seen or (normalise(text), None)
        self.emoji_at = [] if self.text.isascii() else find_emoji_at(self.text)
        if one_block:
            self.blocks = [Block("paragraph", 0, len(self.text), 0, voice)]
        else:
            self.blocks = find_blocks(self.text, asks=asks)
        self.content, self.links_in_marks = _content_of(self.text, self.blocks)
        self.join_lines = join_lines
        self.plain = len(self.blocks) == 1 and self.blocks[0].kind == "paragraph"
        self.may_quote = '"' in self.content or "[/" in self.text
        if not self.may_quote and (voice != "author" or not self.plain):
            self.may_quote = any(block.voice != "author" for block in self.blocks)
        self._run = (0, 0)

    def __repr__(self) -> str:
        start = self.text[:40] + ("..." if len(self.text) > 40 else "")
        return f"{type(self).__name__}({start!r}, {len(self.blocks)} blocks, {len(self.sentences_at)} sentences)"

    @functools.cached_property
    def sentences_at(self) -> list[tuple[int, int]]:
        """Sentences of the running text (paragraphs, list items, quotes)."""
        cut_sentences([self])
        spans: list[tuple[int, int]] = self.__dict__["sentences_at"]
        return spans

    @functools.cached_property
    def changes(self) -> list[Change]:
        """Changes made by normalisation: rule, before, after, how often."""
        return changes(self.original)

    @functools.cached_property
    def paragraphs_at(self) -> list[tuple[int, int]]:
        """Paragraphs with at least one visible character."""
        return [
            (block.inner, block.end)
            for block in self.blocks
            if block.kind == "paragraph"
            and not self.text[block.inner : block.end].isspace()
            and block.inner < block.end
        ]

    @functools.cached_property
    def one_line_paragraphs_at(self) -> list[tuple[int, int]]:
        """Paragraphs in which at most one sentence begins."""
        if len(self.blocks) == 1 and len(self.sentences_at) <= 1:
            return self.paragraphs_at
        begins = [start for start, _ in self.sentences_at]
        counts = [
            bisect.bisect_left(begins, end) - bisect.bisect_left(begins, start) for start, end in self.paragraphs_at
        ]
        return [span for span, count in zip(self.paragraphs_at, counts, strict=True) if count <= 1]

    @functools.cached_property
    def quotations_at(self) -> list[tuple[int, int]]:
        """Stretches between double quotation marks inside one block of running text."""
        if '"' not in self.content:
            return []
        running = [(block.inner, block.end) for block in self.blocks if block.kind in RUNNING]
        return quotations_in(self.content, running)

    @functools.cached_property
    def attributed_at(self) -> list[tuple[int, int]]:
        """Spans of reported speech: attributed blocks, and quotations of three or more words."""
        if not self.may_quote:
            return []
        spans = [(b.inner, b.end) for b in self.blocks if b.voice == "attributed" and b.kind in RUNNING]
        spans += quoted_at(self.text)
        spans += [at for at in self.quotations_at if len(self.content[slice(*at)].split()) >= SHORTEST_REPORT]
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if joined and start < joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    @functools.cached_property
    def tokens_at(self) -> list[tuple[int, int]]:
        """Everything between spaces in running text, headings and solicitation; emoji are left out."""
        return [match.span() for match in _TOKEN.finditer(self.bare)]

    @functools.cached_property
    def bare(self) -> str:
        """The content with emoji blanked out: the splitter would cut some of them in two."""
        return blanked(self.content, self.emoji_at) if self.emoji_at else self.content

    @functools.cached_property
    def words_at(self) -> list[tuple[int, int]]:
        """The words among the tokens: no links, no bare punctuation."""
        known = vocabulary()
        rows = known.rows([self.content[start:end] for start, end in self.tokens_at])
        return [span for span, word in zip(self.tokens_at, known.table[WORD].take(rows).tolist(), strict=True) if word]

    def tokens_in(self, start: int, end: int) -> list[str]:
        """Tokens that begin between two offsets, each to its end; emoji are left out."""
        text = self.bare
        if start and not text[start - 1].isspace():
            start = self._end_of_token(start)
        if start < end < len(text) and not text[end - 1].isspace():
            end = self._end_of_token(end)
        return text[start:end].split()

    def _end_of_token(self, at: int) -> int:
        """End of the token that continues here; the last one is cached, since many spans may be inside it."""
        first, last = self._run
        if not first <= at < last:
            run = _TOKEN.match(self.bare, at)
            self._run = (at, run.end() if run else at)
        return self._run[1]

    def words_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Words that begin between two offsets."""
        return self.words_at[bisect.bisect_left(self.words_at, (start,)) : bisect.bisect_left(self.words_at, (end,))]

    def voice_of(self, start: int, end: int) -> str:
        """`attributed` if more than half of the words between two offsets are reported speech, otherwise `author`."""
        spans = self._attributed_between(start, end) if self.may_quote else []
        if not spans:
            return "author"
        reported = sum(len(self.words_in(max(start, first), min(end, last))) for first, last in spans)
        return "attributed" if 2 * reported > len(self.words_in(start, end)) else "author"

    def _attributed_between(self, start: int, end: int) -> list[tuple[int, int]]:
        from_here = bisect.bisect_right(self.attributed_at, start, key=lambda span: span[1])
        return self.attributed_at[from_here : bisect.bisect_left(self.attributed_at, (end,))]

    def sentence_texts(self) -> list[str]:
        """The sentences as single lines, in order."""
        return [" ".join(self.content[start:end].split()) for start, end in self.sentences_at]


def ends_in(sentence: str, mark: str) -> bool:
    """Whether a sentence ends in a mark, closing quotes, brackets and emoji aside."""
    tail = sentence[-_TAIL:]
    return (tail if tail.isascii() else EMOJI.sub("", tail)).rstrip(_CLOSING).endswith(mark)


def all_ending_in(column: pa.LargeStringArray, marks: str) -> dict[str, np.ndarray]:
    """Return for each mark the sentences of a column that end in it, as `ends_in` decides one by one."""
    pc = compute()
    bare = pc.ascii_rtrim(column, _CLOSING)
    near = numbers_in(pc.binary_length(column)) - numbers_in(pc.binary_length(bare)) < _TAIL  # what closes is ASCII
    last = pc.utf8_slice_codeunits(bare, -1)
    found = {mark: is_true(pc.equal(last, mark)) & near for mark in marks}
    unusual = np.flatnonzero(~is_true(pc.string_is_ascii(last)))  # it may be an emoji
    for place, sentence in zip(unusual.tolist(), taken(column, unusual), strict=True):
        asked = [mark for mark in marks if mark in sentence]
        apart = EMOJI.sub(EMOJI_APART, sentence) if asked else ""
        for mark in asked:
            found[mark][place] = ends_in(apart, mark)
    return found


def first_visible(content: str, start: int, end: int) -> int:
    """Offset of the first character between two offsets that is no space, `end` if there is none."""
    stretch = content[start:end]
    return start + len(stretch) - len(stretch.lstrip())


def find_emoji_at(text: str) -> list[tuple[int, int]]:
    """Emoji as a reader sees them, in the whole text."""
    if text.isascii():
        return []
    found: list[tuple[int, int]] = []
    end = 0
    while sign := _BEYOND_MARKS.search(text, end):  # skips most of the text: an emoji has no space inside
        start, end = text.rfind(" ", end, sign.start()) + 1 or end, text.find(" ", sign.end())
        end = len(text) if end < 0 else end
        found += [match.span() for match in EMOJI.finditer(text, start, end)]
    return found


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spaces where the spans are."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _content_of(text: str, blocks: list[Block]) -> tuple[str, list[tuple[int, int]]]:
    """The text with marks blanked out, offset by offset, and where the addresses among the marks are."""
    content = text
    if len(blocks) > 1 or (blocks and (blocks[0].inner or blocks[0].kind == "quote")):
        content = "".join(map(functools.partial(_block_content, text), blocks))
    return without_marks(content)


def _block_content(text: str, block: Block) -> str:
    inner = text[block.inner : block.end]
    if block.kind == "quote":
        inner = _QUOTE_MARKS.sub(lambda match: " " * len(match[0]), inner)
    return " " * (block.inner - block.start) + inner


def _stretches(content: str, blocks: list[Block], join_lines: bool) -> list[tuple[int, int]]:
    """Where the running text is; a block that runs on is joined with the next one."""
    if len(blocks) == 1 and join_lines and blocks[0].kind in RUNNING:
        return [(blocks[0].inner, blocks[0].end)]
    start: int | None = None
    spans: list[tuple[int, int]] = []
    for block in blocks:
        if block.kind not in RUNNING:
            continue
        start = block.inner if start is None else start
        if not join_lines:
            lines = re.finditer(r"[^\n]+", content[start : block.end])
            spans += [(start + line.start(), start + line.end()) for line in lines]
            start = None
        elif not block.runs_on:
            spans.append((start, block.end))
            start = None
    return spans


def cut_sentences(outlines: Iterable[Outline]) -> None:
    """Find the sentences of many texts at once."""
    cut: list[tuple[list[tuple[int, int]], int, int]] = []
    stretches: list[str] = []
    for outline in outlines:
        found: list[tuple[int, int]] = []
        bare = outline.bare if outline.emoji_at else outline.content
        for start, end in _stretches(outline.content, outline.blocks, outline.join_lines):
            if (stretch := bare[start:end]) and not outline.content[start:end].isspace():
                cut.append((found, start, end))
                stretches.append(stretch.replace("\n", " "))
        outline.__dict__["sentences_at"] = found
    for (found, start, end), starts in zip(cut, sentence_starts(stretches), strict=True):
        if len(starts) == 1:
            found.append((start, end))
        else:
            found += itertools.pairwise([*(start + at for at in starts), end])
