"""The outline of a text: its normalised form, its blocks, and where its sentences, words and emoji stand."""

from __future__ import annotations

import bisect
import contextlib
import functools
import gc
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .blocks import RUNNING, Block, find_blocks
from .normalising import Change, changes, normalise
from .splitting import segments
from .vocabulary import EMOJI, FIRST_EMOJI, WORD, vocabulary

_QUOTE_MARKS = re.compile(r"(?m)^\s{0,3}(?:>[ ]?)+")
_MARKDOWN_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,500})(\]\([^()\s]{1,2000}\))")
_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S*[^\s.,!?;:)\"']"
)  # a word in capitals to the splitter: a sentence may begin there
_ASIDE = re.compile(r"\([^()]*[.!?][\"']?\)\s+(?=[\"'A-Z(])")
_QUOTATION = re.compile(r'"[^"]*"')
SHORTEST_REPORT = 3
"""Words that a quotation needs to be somebody's speech; shorter ones are the writer's scare quotes or single terms."""


class Span(NamedTuple):
    """A stretch ``text[start:end]`` of the normalised text and what it is."""

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
        Kind of the block that a unit was cut from, as `one_block` told; empty for a whole text.

    """

    def __init__(self, text: str, *, one_block: str = "", voice: str = "author", join_lines: bool = True) -> None:
        self.original, self.cut_from = text, one_block
        self.text = normalise(text)
        plain = Block("paragraph", 0, len(self.text), 0, voice)
        self.blocks = [plain] if one_block else find_blocks(self.text)
        self.content, self.links_in_marks = _without_marks(self.text, self.blocks)
        spans = _sentences(self._without_emoji, self.blocks, join_lines)
        self.sentences_at = [(a, b) for a, b in spans if a < b and not self.content[a:b].isspace()]

    def __repr__(self) -> str:
        start = self.text[:40] + ("..." if len(self.text) > 40 else "")
        return f"{type(self).__name__}({start!r}, {len(self.blocks)} blocks, {len(self.sentences_at)} sentences)"

    @functools.cached_property
    def changes(self) -> list[Change]:
        """What normalising changed: rule, before, after, how often."""
        return changes(self.original)

    @functools.cached_property
    def emoji_at(self) -> list[tuple[int, int]]:
        """Emoji as a reader sees them, in the whole text."""
        if self.text.isascii() or max(self.text) < FIRST_EMOJI:
            return []
        return [match.span() for match in EMOJI.finditer(self.text)]

    @functools.cached_property
    def paragraphs_at(self) -> list[tuple[int, int]]:
        """Paragraphs with at least one visible character."""
        return [
            (block.inner, block.end)
            for block in self.blocks
            if block.kind == "paragraph" and self.text[block.inner : block.end].strip()
        ]

    @functools.cached_property
    def one_line_paragraphs_at(self) -> list[tuple[int, int]]:
        """Paragraphs in which at most one sentence begins."""
        begins = [first_visible(self.content, start, end) for start, end in self.sentences_at]
        counts = [
            bisect.bisect_left(begins, end) - bisect.bisect_left(begins, start) for start, end in self.paragraphs_at
        ]
        return [span for span, count in zip(self.paragraphs_at, counts, strict=True) if count <= 1]

    @functools.cached_property
    def quotations_at(self) -> list[tuple[int, int]]:
        """Stretches between double quotation marks inside one block of running text."""
        if '"' not in self.content:
            return []
        running = (block for block in self.blocks if block.kind in RUNNING)
        return [
            match.span() for block in running for match in _QUOTATION.finditer(self.content, block.inner, block.end)
        ]

    @functools.cached_property
    def attributed_at(self) -> list[tuple[int, int]]:
        """Stretches that report somebody else: attributed blocks, and quotations of three words and more."""
        voiced = (block for block in self.blocks if block.voice == "attributed" and block.kind in RUNNING)
        blocks = [(block.inner, block.end) for block in voiced]
        starts = [start for start, _ in blocks]
        speech = []
        for start, end in self.quotations_at:
            inside = bisect.bisect_right(starts, start) - 1
            reported = inside >= 0 and start < blocks[inside][1]
            if not reported and len(self.content[start:end].split()) >= SHORTEST_REPORT:
                speech.append((start, end))
        return sorted(blocks + speech)

    @functools.cached_property
    def tokens_at(self) -> list[tuple[int, int]]:
        """Everything between spaces in running text, headings and solicitation; emoji are left out."""
        return [match.span() for match in _TOKEN.finditer(self._without_emoji)]

    @functools.cached_property
    def _without_emoji(self) -> str:
        """The content with emoji blanked out: the splitter would cut some of them in two."""
        return EMOJI.sub(lambda match: " " * len(match[0]), self.content) if self.emoji_at else self.content

    @functools.cached_property
    def words_at(self) -> list[tuple[int, int]]:
        """The words among the tokens: no links, no bare punctuation."""
        known = vocabulary()
        rows = known.rows([self.content[start:end] for start, end in self.tokens_at])
        return [span for span, word in zip(self.tokens_at, known.table[WORD].take(rows).tolist(), strict=True) if word]

    @property
    def is_plain(self) -> bool:
        """Whether the text is one paragraph in the author's voice from its first character on."""
        return (
            len(self.blocks) == 1 and self.blocks[0][3:] == (0, "author", False) and self.blocks[0].kind == "paragraph"
        )

    def tokens_in(self, start: int, end: int) -> list[str]:
        """Tokens that begin between two offsets, each to its end; emoji are left out."""
        text = self._without_emoji
        if start and not text[start - 1].isspace() and (rest := _TOKEN.match(text, start)):
            start = rest.end()
        if start < end < len(text) and not text[end - 1].isspace() and (rest := _TOKEN.match(text, end)):
            end = rest.end()
        return text[start:end].split()

    def words_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Words that begin between two offsets."""
        return self.words_at[bisect.bisect_left(self.words_at, (start,)) : bisect.bisect_left(self.words_at, (end,))]

    def voice_of(self, start: int, end: int) -> str:
        """`attributed` if more than half of the words between two offsets report somebody else, otherwise `author`."""
        spans = self._attributed_between(start, end)
        reported = sum(len(self.words_in(max(start, first), min(end, last))) for first, last in spans)
        return "attributed" if 2 * reported > len(self.words_in(start, end)) else "author"

    def _attributed_between(self, start: int, end: int) -> list[tuple[int, int]]:
        from_here = bisect.bisect_right(self.attributed_at, start, key=lambda span: span[1])
        return self.attributed_at[from_here : bisect.bisect_left(self.attributed_at, (end,))]

    def sentence_texts(self) -> list[str]:
        """The sentences as single lines, in order."""
        return [" ".join(self.content[start:end].split()) for start, end in self.sentences_at]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Let the garbage collector rest while thousands of readings are made: they hold no circles for it to find."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def ends_in(sentence: str, mark: str) -> bool:
    """Whether a sentence ends in a mark, closing quotes, brackets and emoji aside."""
    tail = sentence[-60:]
    return (tail if tail.isascii() else EMOJI.sub("", tail)).rstrip("\"')]}*_ \n").endswith(mark)


def first_visible(content: str, start: int, end: int) -> int:
    """Offset of the first character between two offsets that is no space, `end` if there is none."""
    stretch = content[start:end]
    return start + len(stretch) - len(stretch.lstrip())


def _without_marks(text: str, blocks: list[Block]) -> tuple[str, list[tuple[int, int]]]:
    """The text with Markdown marks blanked out, offset by offset, and where the addresses among the marks stand."""
    content = text
    if len(blocks) > 1 or (blocks and (blocks[0].inner or blocks[0].kind == "quote")):
        content = "".join(map(functools.partial(_block_content, text), blocks))
    if "](" not in content:
        return content, []
    links = [(match.start(3) + 2, match.end(3) - 1) for match in _MARKDOWN_LINK.finditer(content)]
    return _MARKDOWN_LINK.sub(lambda m: " " * len(m[1]) + m[2] + " " * len(m[3]), content), links


def _block_content(text: str, block: Block) -> str:
    inner = text[block.inner : block.end]
    if block.kind == "quote":
        inner = _QUOTE_MARKS.sub(lambda match: " " * len(match[0]), inner)
    return " " * (block.inner - block.start) + inner


def _sentences(content: str, blocks: list[Block], join_lines: bool) -> list[tuple[int, int]]:
    """Spans of the sentences: sentencex inside blocks; a block that runs on takes the next one with it."""
    start: int | None = None
    spans: list[tuple[int, int]] = []
    for block in blocks:
        if block.kind not in RUNNING:
            continue
        start = block.inner if start is None else start
        if not join_lines:
            for line in re.finditer(r"[^\n]+", content[start : block.end]):
                spans += _pieces(content, start + line.start(), start + line.end())
            start = None
        elif not block.runs_on:
            spans += _pieces(content, start, block.end)
            start = None
    return spans


def _pieces(content: str, start: int, end: int) -> list[tuple[int, int]]:
    """Sentences of one stretch; what holds no word (an emoji, a bracket) belongs to the sentence before it."""
    stretch = content[start:end].replace("\n", " ")
    if "://" in stretch or "www." in stretch:
        stretch = _ADDRESS.sub(lambda match: "X" * len(match[0]), stretch)
    pieces = segments(stretch)
    if (
        pieces and "(" not in stretch and all(map(str.isalnum, [piece[:1] for piece in pieces]))
    ):  # each holds a word: most often
        ends = [*itertools.accumulate(map(len, pieces), initial=start)]
        return [*zip(ends[:-1], [*ends[1:-1], end], strict=True)]
    spans = []
    first = last = start
    empty = True
    for piece in _parted(pieces) if "(" in stretch else pieces:
        wordless = not (piece[:1].isalnum() or any(map(str.isalnum, piece)))
        if not empty and not wordless:
            spans.append((first, last))
            first = last
        empty = empty and wordless
        last += len(piece)
    spans.append((first, end))
    return spans


def _parted(pieces: Iterable[str]) -> Iterator[str]:
    """Part a whole sentence in brackets from the sentence after it, which sentencex keeps together."""
    for piece in pieces:
        aside = _ASIDE.match(piece) if piece.startswith("(") else None
        if aside:
            yield aside[0]
            yield piece[aside.end() :]
        else:
            yield piece
