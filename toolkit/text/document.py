"""Many texts read together: offsets of blocks, sentences, quotations, words and emoji as columns."""

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from ..lexicons.characters import Characters, merged, ranges
from ..lexicons.code_points import are_in
from ..lexicons.tokens import distinct_pieces
from ..lexicons.vocabulary import EMOJI, FIRST_EMOJI, vocabulary
from .blocks import KINDS, PARAGRAPH, QUOTED, Blocks, find_all_blocks
from .markup import without_marks
from .normalize import normalise_all
from .quotations import MARKS_BEFORE, quotations_in, with_marks_before
from .sentences import EMOJI_SIGN, find_starts

_QUOTE_MARKS = re.compile(f"(?m)^{QUOTED.pattern}")
SHORTEST_REPORT = 3  # words of reported speech in quotation marks; shorter ones are scare quotes or single terms

Spans = tuple[np.ndarray, np.ndarray]  # starts and ends


class Found(NamedTuple):
    """An emoji without selectors, its offsets in its text, its role there, and the number of the text."""

    emoji: str
    start: int
    end: int
    block: str
    role: str
    text: int


class Batch:
    """Texts read together; a single text is a batch of one.

    Parameters
    ----------
    texts : sequence of str
        As given.
    cut_from : sequence of str, optional
        For units that were cut from blocks: the kind of each one's block.  None or empty strings: whole texts.
    whole_text : array, optional
        For the same units: a number of the text of each.  Units of one text are in one language.
    spoken : array, optional
        Three columns for the same units, NaN where not known: words of the unit between quotation marks, those that
        report somebody else, and whether most do.  The marks may be in other units.
    join_lines : bool
        As in `toolkit.read`.
    """

    def __init__(
        self,
        texts: Sequence[str],
        cut_from: Sequence[str] | None = None,
        whole_text: np.ndarray | None = None,
        spoken: np.ndarray | None = None,
        *,
        join_lines: bool = True,
    ) -> None:
        self.originals, self.join_lines = texts, join_lines
        self.cut_from = [""] * len(texts) if cut_from is None else cut_from
        self.whole_text = np.arange(len(texts)) if whole_text is None else np.unique(whole_text, return_inverse=True)[1]
        self.spoken = np.full((len(texts), 3), np.nan) if spoken is None else spoken
        self.texts = normalise_all(texts)
        self.known = vocabulary()  # gives tokens numbers

    def __len__(self) -> int:
        return len(self.texts)

    def halves(self) -> Iterator[tuple[np.ndarray, "Batch"]]:
        """Yield the rows of the texts that are all ASCII, read together, and of the others.

        One emoji makes all characters of a batch four times larger.  Units of one text stay together.
        """
        others = np.bincount(self.whole_text, [not text.isascii() for text in self.texts])[self.whole_text] > 0
        for rows in map(np.flatnonzero, (~others, others)):
            if len(rows) or not len(self):
                half = Batch([], [], self.whole_text[rows], self.spoken[rows], join_lines=self.join_lines)
                half.originals, half.cut_from, half.texts = (
                    [column[row] for row in rows.tolist()] for column in (self.originals, self.cut_from, self.texts)
                )
                yield rows, half

    @functools.cached_property
    def seen(self) -> Characters:
        """The characters of all texts."""
        return Characters.of(self.texts)

    @functools.cached_property
    def blocks(self) -> Blocks:
        """Blocks of all texts; a unit of a text is one paragraph."""
        if self.texts and not any(self.cut_from):
            return find_all_blocks(self.seen)
        starts, ends, units = self.seen.starts, self.seen.ends, np.arange(len(self))
        kind, no = np.full(len(self), PARAGRAPH), np.zeros(len(self), bool)
        return Blocks(units, kind, starts, ends, starts, self.spoken[:, 2] > 0, no)

    @functools.cached_property
    def content(self) -> Characters:
        """The characters, with marks replaced by spaces."""
        return self._content[0]

    @functools.cached_property
    def links_in_marks(self) -> Spans:
        """The addresses among the marks."""
        return self._content[1]

    @functools.cached_property
    def _content(self) -> tuple[Characters, Spans]:
        text, blocks = self.seen.text, self.blocks
        quotes = blocks.kind == KINDS.index("quote")
        spans = zip(blocks.inner[quotes].tolist(), blocks.end[quotes].tolist(), strict=True)
        found = [(at, match) for at, end in spans for match in _QUOTE_MARKS.finditer(text[at:end])]
        starts, ends = _spans([(at + match.start(), at + match.end()) for at, match in found])
        marks = np.append(blocks.start, starts), np.append(blocks.inner, ends)
        content, links = without_marks(self.seen.masked(marks, " "), self.seen)
        return self.seen if content == text else Characters(content, self.seen.bounds), _spans(links)

    @functools.cached_property
    def emoji(self) -> Spans:
        """Emoji as readers see them; only pieces with characters unusual in prose are searched."""
        seen, (begins, stops) = self.seen, self.seen.pieces
        signs = np.flatnonzero(seen.codes >= ord(FIRST_EMOJI))
        pieces, first = np.unique(np.searchsorted(begins, signs, "right") - 1, return_index=True)
        starts = np.maximum(begins[pieces], signs[first] - 1)  # only a keycap's digit comes before its signs
        found = functools.cache(lambda piece: [match.span() for match in EMOJI.finditer(piece)])
        spans = zip(starts.tolist(), stops[pieces].tolist(), strict=True)
        return _spans([(at + a, at + b) for at, stop in spans for a, b in found(seen.text[at:stop])])

    @functools.cached_property
    def found_emoji(self) -> list[Found]:
        """Every emoji in order.

        Markers are in titles and headings, or open a list item, or open a block where others of its kind do so too.
        """
        blocks, (starts, ends), text = self.blocks, self.emoji, self.seen.text
        block = np.searchsorted(blocks.start, starts, "right") - 1
        first, _ = self.seen.edges(blocks.inner, blocks.end)
        kind = np.array([*map(KINDS.index, self.cut_from)], np.intp) if any(self.cut_from) else blocks.kind
        of_kind = blocks.text * len(KINDS) + blocks.kind
        opening = np.bincount(of_kind[np.isin(first, starts)], minlength=int(of_kind.max(initial=0)) + 1)
        leads = (kind == KINDS.index("list_item")) | (opening[of_kind] > 1)
        marks = (kind[block] <= KINDS.index("heading")) | ((starts <= first[block]) & leads[block])
        rows, roles = blocks.text[block], np.where(marks, "marker", "expression")
        columns = (starts, ends, self.seen.bounds[rows], blocks.kind[block], roles, rows)
        return [
            Found(text[a:b].replace("\ufe0f", ""), a - base, b - base, KINDS[kind], role, row)
            for a, b, base, kind, role, row in zip(*(each.tolist() for each in columns), strict=True)
        ]

    @functools.cached_property
    def _emoji_tokens(self) -> Spans:
        starts, ends = self.emoji
        kept = self.content.codes[starts] == self.seen.codes[starts]
        return starts[kept], ends[kept]

    @functools.cached_property
    def tokens(self) -> Spans:
        """Everything between spaces; each emoji is a separate token."""
        begins, stops = self.content.pieces
        starts, ends = self._emoji_tokens
        if len(starts):
            codes = self.content.codes
            begins = merged(begins, np.append(starts, ends[codes[ends] > ord(" ")]))
            stops = merged(stops, np.append(ends, starts[(codes[starts - 1] > ord(" ")) & (starts > 0)]))
        return begins, stops

    @functools.cached_property
    def rows(self) -> np.ndarray:
        """The number of each token in the vocabulary."""
        text, cuts = self.content.text, np.column_stack(self._emoji_tokens).ravel().tolist()
        apart = [text[start:end] for start, end in itertools.pairwise([0, *cuts, len(text)])]
        distinct, which = distinct_pieces(" ".join(apart))
        return self.known.numbers(distinct).take(which)

    def feature(self, name: str, places: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Return a feature of all tokens, or of those at some positions."""
        return self.known.feature(name, self.rows[places])

    @functools.cached_property
    def are_words(self) -> np.ndarray:
        """Whether each token is a word, not a link or bare punctuation."""
        return self.feature("word") > 0

    def tokens_in(self, spans: Spans) -> tuple[np.ndarray, np.ndarray]:
        """Return the positions of the tokens in some spans, and the number of each token's span."""
        first, last = (np.searchsorted(self.tokens[0], each) for each in spans)
        return ranges(first, last), np.repeat(np.arange(len(first)), last - first)

    def words_within(self, spans: Spans, among: np.ndarray | bool = True) -> np.ndarray:
        """Count the words in each span, optionally only those among some tokens.

        The first word may have marks before the span: `("so` is a word of a quotation.
        """
        before = np.append(0, np.cumsum(self.are_words & among))
        first, last = (before[places] for places in self._places_of(spans))
        return np.maximum(last - first, 0)

    def _places_of(self, spans: Spans) -> Spans:
        """Return the positions of the first token in each span and of the first one after it."""
        starts = spans[0].copy()
        marked = np.flatnonzero(are_in(self.content.codes[starts - 1], MARKS_BEFORE))
        starts[marked] = [with_marks_before(self.content.text, at) for at in starts[marked].tolist()]
        return np.searchsorted(self.tokens[0], starts), np.searchsorted(self.tokens[0], spans[1])

    @functools.cached_property
    def stretches(self) -> Spans:
        """Bounds of running text; a block that runs on is joined to the next one."""
        blocks, running = self.blocks, self.blocks.running
        if self.join_lines:
            joined = np.append(False, (running & blocks.runs_on)[:-1])[: len(running)]
            starts, ends = blocks.inner[running & ~joined], blocks.end[running & ~blocks.runs_on]
        else:
            spans = zip(blocks.inner[running].tolist(), blocks.end[running].tolist(), strict=True)
            lines = [line.span() for span in spans for line in re.compile(r"[^\n]+").finditer(self.content.text, *span)]
            starts, ends = _spans(lines)
        filled = self.content.filled(starts, ends)
        return starts[filled], ends[filled]

    @functools.cached_property
    def sentences(self) -> Spans:
        """Sentences of running text."""
        starts, ends = self.stretches
        # A simple rule would split some emoji.
        text = self.content.masked(self._emoji_tokens, EMOJI_SIGN).replace("\n", " ")
        joined = "\n".join([text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)])
        bases = np.append(0, np.cumsum(ends - starts + 1))
        number, places = find_starts(joined, bases)
        begins = places - bases[number] + starts[number]
        last = np.append(number[1:] != number[:-1], True)[: len(number)]
        return begins, np.where(last, ends[number], np.append(begins[1:], 0)[: len(begins)])

    @functools.cached_property
    def paragraphs(self) -> Spans:
        """Paragraphs with a visible character."""
        blocks = self.blocks
        chosen = (blocks.kind == PARAGRAPH) & (self.seen.filled(blocks.inner, blocks.end))
        return blocks.inner[chosen], blocks.end[chosen]

    @functools.cached_property
    def one_line_paragraphs(self) -> Spans:
        """Paragraphs where at most one sentence begins."""
        (starts, ends), begins = self.paragraphs, self.sentences[0]
        short = np.searchsorted(begins, ends) - np.searchsorted(begins, starts) <= 1
        return starts[short], ends[short]

    @functools.cached_property
    def quotations(self) -> Spans:
        """Stretches between double quotation marks inside one block of running text."""
        running = self.blocks.running
        return _spans(quotations_in(self.content, self.blocks.inner[running], self.blocks.end[running]))

    @functools.cached_property
    def attributed(self) -> Spans:
        """Spans of reported speech: attributed blocks, and quotations of three or more words; none overlap."""
        blocks, (starts, ends) = self.blocks, self.quotations
        reports = blocks.attributed & blocks.running
        long = self.words_within((starts, ends)) >= SHORTEST_REPORT
        starts = np.append(blocks.inner[reports], starts[long])
        ends = np.append(blocks.end[reports], ends[long])
        order = np.lexsort((ends, starts))
        starts, ends = starts[order], np.maximum.accumulate(ends[order]) if len(order) else ends
        new = np.append(True, starts[1:] >= ends[:-1])[: len(starts)]
        return starts[new], ends[np.append(new[1:], True)[: len(new)]]

    def are_covered(self, spans: Spans) -> np.ndarray:
        """Return whether each token is within one of some spans that do not overlap."""
        many = len(self.tokens[0]) + 1
        opened, closed = (np.bincount(places, minlength=many) for places in self._places_of(spans))
        return np.cumsum(opened - closed)[:-1] > 0

    @functools.cached_property
    def reported_tokens(self) -> np.ndarray:
        """Whether each token is reported speech."""
        return self.are_covered(self.attributed)

    def are_reported(self, spans: Spans) -> np.ndarray:
        """Return whether more than half of the words of each span are reported speech."""
        return 2 * self.words_within(spans, self.reported_tokens) > self.words_within(spans)

    def lines_of(self, spans: Spans) -> list[str]:
        """Return the content of spans as single lines, with one space between pieces."""
        places = zip(*(each.tolist() for each in spans), strict=True)
        lines = [self.content.text[start:end].strip() for start, end in places]
        return [" ".join(line.split()) if "  " in line or "\n" in line else line for line in lines]


def _spans(pairs: Sequence[tuple[int, int]]) -> Spans:
    starts, ends = np.array(pairs, np.intp).reshape(-1, 2).T
    return starts, ends
