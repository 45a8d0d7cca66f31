"""read(text) -> Reading: the normalised text, its blocks, sentences, words and emoji, and their counts."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import sentencex

from .blocks import RUNNING, Block, find_blocks
from .normalising import Change, changes, normalise
from .vocabulary import EMOJI, FIRST_EMOJI

if TYPE_CHECKING:
    from .counts import Counts

_QUOTE_MARKS = re.compile(r"(?m)^\s{0,3}(?:>[ ]?)+")
_MARKDOWN_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,500})(\]\([^()\s]{1,2000}\))")
_TOKEN = re.compile(r"\S+")
_QUOTATION = re.compile(r'"[^"]*"')
SHORTEST_REPORT = 3
"""Words that a quotation needs to be somebody's speech; shorter ones are the writer's scare quotes or single terms."""


class Span(NamedTuple):
    """A stretch ``text[start:end]`` of the normalised text and what it is."""

    kind: str
    start: int
    end: int
    text: str


class Reading:
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

    Counts are attributes too (`words`, `sentences`, `syllables`, ...): `toolkit.counts.Counts` lists them.
    """

    def __init__(self, text: str, *, one_block: bool = False, join_lines: bool = True) -> None:
        self.original = text
        self.text = normalise(text)
        plain = Block("paragraph", 0, len(self.text), 0)
        self.blocks = [plain] if one_block else find_blocks(self.text)
        self.content, self.links_in_marks = _without_marks(self.text, self.blocks)
        self.sentences_at = list(_sentences(self.content, self.blocks, join_lines))

    def __repr__(self) -> str:
        start = self.text[:40] + ("..." if len(self.text) > 40 else "")
        return f"Reading({start!r}, {len(self.blocks)} blocks, {len(self.sentences_at)} sentences)"

    def __getattr__(self, name: str) -> float:
        if name.startswith("_"):
            raise AttributeError(name)
        from .counts import Counts

        if not hasattr(Counts, name):
            raise AttributeError(f"A Reading has no {name!r}; its counts are {', '.join(Counts.names())}.")
        return float(getattr(self._counts, name)[0])

    @functools.cached_property
    def _counts(self) -> Counts:
        from .counts import Counts

        return Counts([self])

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
        blocks = [
            (block.inner, block.end) for block in self.blocks if block.voice == "attributed" and block.kind in RUNNING
        ]
        speech = [
            (start, end) for start, end in self.quotations_at if len(self.content[start:end].split()) >= SHORTEST_REPORT
        ]
        return blocks + [span for span in speech if not any(start <= span[0] < end for start, end in blocks)]

    def words_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """Tokens of running text or headings between two offsets that hold a letter or digit; emoji stand apart."""
        tokens = _TOKEN.finditer(self._without_emoji, start, end)
        return [match.span() for match in tokens if any(map(str.isalnum, match[0]))]

    @functools.cached_property
    def tokens_at(self) -> list[tuple[int, int]]:
        """Everything between spaces in running text, headings and solicitation; emoji are left out."""
        return [match.span() for match in _TOKEN.finditer(self._without_emoji)]

    @functools.cached_property
    def _without_emoji(self) -> str:
        return EMOJI.sub(lambda match: " " * len(match[0]), self.content) if self.emoji_at else self.content

    def voice_of(self, start: int, end: int) -> str:
        """`attributed` if more than half of the words between two offsets report somebody else, otherwise `author`."""
        if not any(first < end and start < last for first, last in self.attributed_at):
            return "author"
        words = self.words_in(start, end)
        reported = sum(any(first <= word < last for first, last in self.attributed_at) for word, _ in words)
        return "attributed" if 2 * reported > len(words) else "author"

    def sentence_texts(self) -> list[str]:
        """The sentences as single lines, in order."""
        return [" ".join(self.content[start:end].split()) for start, end in self.sentences_at]


def read(text: str, *, join_lines: bool = True) -> Reading:
    """Read one text: normalise it, find its blocks, sentences, words and emoji.

    Parameters
    ----------
    text : str
        Markdown or plain text of up to ten million characters.
    join_lines : bool
        True: a lead-in and its list are one sentence where the items have no full stops.  False: every line ends a
        sentence. The choice moves grades by a year or two; report both where it matters.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str, or too long.

    Examples
    --------
    >>> reading = read("He lives in the U.S. now. He pays 3.14 dollars!")
    >>> reading.sentence_texts()
    ['He lives in the U.S. now.', 'He pays 3.14 dollars!']
    >>> reading.words, reading.syllables
    (9.0, 11.0)
    """
    return Reading(text, join_lines=join_lines)


def read_many(texts: Sequence[str], *, one_block: bool = False) -> Counts:
    """Read many texts at once: the counts of `Reading` as numpy columns, one row a text.

    `one_block` takes each text as one piece of running text, as units are that were split before.
    """
    from .counts import Counts

    return Counts([Reading(text, one_block=one_block) for text in texts])


def ends_in(sentence: str, mark: str) -> bool:
    """Whether a sentence ends in a mark, closing quotes, brackets and emoji aside."""
    tail = sentence[-60:]
    return (tail if tail.isascii() else EMOJI.sub("", tail)).rstrip("\"')]}*_ \n").endswith(mark)


def first_visible(content: str, start: int, end: int) -> int:
    """Offset of the first character between two offsets that is no space, `end` if there is none."""
    stretch = content[start:end]
    return start + len(stretch) - len(stretch.lstrip())


def _without_marks(text: str, blocks: list[Block]) -> tuple[str, int]:
    """The text with Markdown marks blanked out, offset by offset, and the number of links among the marks."""
    content = text
    if len(blocks) > 1 or (blocks and (blocks[0].inner or blocks[0].kind == "quote")):
        content = "".join(map(functools.partial(_block_content, text), blocks))
    if "](" not in content:
        return content, 0
    return _MARKDOWN_LINK.subn(lambda m: " " * len(m[1]) + m[2] + " " * len(m[3]), content)


def _block_content(text: str, block: Block) -> str:
    inner = text[block.inner : block.end]
    if block.kind == "quote":
        inner = _QUOTE_MARKS.sub(lambda match: " " * len(match[0]), inner)
    return " " * (block.inner - block.start) + inner


def _sentences(content: str, blocks: list[Block], join_lines: bool) -> Iterator[tuple[int, int]]:
    """Spans of the sentences: sentencex inside blocks; a block that runs on takes the next one with it."""
    start: int | None = None
    for block in blocks:
        if block.kind not in RUNNING:
            continue
        start = block.inner if start is None else start
        if not join_lines:
            for line in re.finditer(r"[^\n]+", content[start : block.end]):
                yield from _pieces(content, start + line.start(), start + line.end())
            start = None
        elif not block.runs_on:
            yield from _pieces(content, start, block.end)
            start = None


def _pieces(content: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences of one stretch; a piece without a word (an emoji, a bracket) belongs to the sentence before it."""
    stretch = content[start:end].replace("\n", " ")
    if not stretch.strip():
        return
    first = last = start
    empty = True
    for piece in sentencex.segment("en", stretch):
        wordless = not any(map(str.isalnum, piece))
        if not empty and not wordless:
            yield first, last
            first = last
        empty = empty and wordless
        last += len(piece)
    yield first, end
