"""Alternative analysis choices, the parts of texts, and the scores of these under each choice."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from .._tables import rows_where, select_groups, texts_of
from ..lexicons.code_points import codes_of, fulfil
from ..lexicons.dictionaries import afinn_words
from ..lexicons.tokens import tokens_of
from ..lexicons.vader_rules import PLAIN, cleaned, compounds, describe_emoji, emphasis_of, library, number, rate
from ..lexicons.vocabulary import EMOJI, vocabulary
from ..metrics.measure import Metric, measure
from ..text.blocks import KINDS
from ..text.document import Batch, Spans
from ..text.reading import Reading
from ..text.sentences import ends_in
from ..text.units import passage_starts
from .comparison_table import Side, sides_of

DOMAIN_WORDS = frozenset(
    """
    strike strikes offensive defense defence defensive legal legally top like united party security intelligence
    """.split()
)
"""Words with a rating that name things more often than they praise or blame: acts of war and work (a strike, an
offensive, defence), law (legal), rank (top general), comparison (like the UK) and parts of names (United Nations,
Labour Party, Security Council, intelligence service).  Where the choice is "neutral" the word list lacks them."""

PASSAGE = 100  # words, as in split_passages


class Choice(NamedTuple):
    """A choice with two reasonable values: `usual` is the toolkit's own, `described` names the other one."""

    name: str
    usual: str
    other: str
    described: str


SCORING = (
    Choice("quotes", "normalised", "as pasted", "curly quotes and dashes as pasted"),
    Choice("emoji", "in", "out", "emoji left out"),
    Choice("domain_words", "as rated", "neutral", "domain words neutral"),
    Choice("lexicon", "VADER", "AFINN", "AFINN, not VADER"),
)
"""Choices of how one stretch of text is scored, for metrics of tone only."""
CUTTING = (
    Choice("reported_speech", "in", "out", "reported speech left out"),
    Choice("headings", "out", "in", "headings counted"),
    Choice("solicitation", "out", "in", "solicitation counted"),
    Choice("lists", "joined", "split", "every line a sentence"),
    Choice("unit", "sentences", "passages", "passages of 100 words"),
)
"""Choices of what is scored: which parts of the texts, cut into which units."""
STATISTIC = Choice("statistic", "mean", "median", "median, not mean")
CHOICES = (*SCORING, *CUTTING, STATISTIC)


SENTENCE, HEADING, PROMO = range(3)
"""Roles of parts: sentences of the running text, headings, and sentences of the solicitation."""


class Parts:
    """The parts of all texts in order, as columns, and their scores under each way of scoring."""

    def __init__(self, table: pd.DataFrame, metric: Metric, by: str, pair: tuple[str, str], lists: str) -> None:
        self.table, self.metric, self.by, self.pair, self.lists = table, metric, by, pair, lists
        given = {owner: text for owner, text in enumerate(texts_of(table)) if text}
        batch = Batch([*given.values()], join_lines=lists == "joined")
        blocks = batch.blocks
        headings = np.flatnonzero(blocks.kind <= KINDS.index("heading"))
        found = [batch.sentences, (blocks.inner[headings], blocks.end[headings]), _solicitation(batch)]
        starts, ends = (np.concatenate([spans[edge] for spans in found]) for edge in (0, 1))
        role = np.repeat([SENTENCE, HEADING, PROMO], [len(spans[0]) for spans in found])
        block = np.searchsorted(blocks.start, batch.content.edges(starts, ends)[0], "right") - 1
        owner = np.array([*given], np.intp)[blocks.text[block]]
        kept = batch.content.filled(starts, ends)
        is_comment = rows_where(table, "kind", "comment")
        kept &= ~((role == SENTENCE) & is_comment[owner] & (blocks.kind[block] == KINDS.index("quote")))
        order = np.argsort(starts, kind="stable")
        order = order[kept[order]]
        spans = starts[order], ends[order]
        self.role, self.owner, self.texts = role[order], owner[order], batch.lines_of(spans)
        self.block = (block - np.searchsorted(blocks.text, blocks.text)[block])[order]
        self.words = batch.words_within(spans)
        self.is_reported = (self.role == SENTENCE) & batch.are_reported(spans)
        self._pasted = _as_pasted(batch, spans, self.texts)
        self._cut: dict[tuple[str, ...], Cut] = {}
        self._streams: dict[tuple[str, str], _Stream] = {}
        self._scores: dict[tuple[str, ...], np.ndarray] = {}

    def scores(self, combination: dict[str, str]) -> np.ndarray:
        """Return the score of every part under one way of scoring, -1 to 1; NaN for a part without words."""
        quotes, emoji, domain_words, lexicon = key = tuple(combination[choice.name] for choice in SCORING)
        if key not in self._scores:
            if (quotes, emoji) not in self._streams:
                make = _normal if quotes == "normalised" else _described
                texts = self.texts if quotes == "normalised" else self._pasted
                self._streams[quotes, emoji] = make(texts, emoji == "in")
            stream = self._streams[quotes, emoji]
            self._scores[key] = np.where(self.words > 0, stream.scores(lexicon, domain_words), np.nan)
        return self._scores[key]

    def cut(self, combination: dict[str, str]) -> Cut:
        """Return the units under one segmentation, measured as usual, and the parts of each."""
        key = tuple(combination[choice.name] for choice in CUTTING)
        if key not in self._cut:
            left_out = self.is_reported & (combination["reported_speech"] == "out")
            left_out |= (self.role == HEADING) & (combination["headings"] == "out")
            left_out |= (self.role == PROMO) & (combination["solicitation"] == "out")
            parts = np.flatnonzero(~left_out)
            begins = [*range(len(parts))]
            if combination["unit"] == "passages":
                begins = passage_starts(self.owner[parts].tolist(), self.words[parts].tolist(), PASSAGE)
            units = measure(self._units(parts, begins), [self.metric])
            groups = [np.flatnonzero(rows) for rows in select_groups(units, self.by, self.pair)]
            values = units[self.metric.name].to_numpy(float, na_value=np.nan)
            unit = np.searchsorted(begins, np.arange(len(parts)), "right") - 1
            self._cut[key] = Cut(values, groups, sides_of(units, groups, "text"), parts, unit)
        return self._cut[key]

    def _units(self, parts: np.ndarray, begins: Sequence[int]) -> pd.DataFrame:
        """Return a table of units; a text without parts keeps one empty unit at the end, so that it is not lost."""
        first = parts[[*begins]]
        without = np.setdiff1d(np.arange(len(self.table)), self.owner[first])
        units = self.table.iloc[np.append(self.owner[first], without)].reset_index(drop=True)
        # Full stops are added where lists were split: measuring cuts the unit there.
        end_of_line = _closed if self.lists == "split" else str
        words = [[self.texts[i] for i in parts[begin:end].tolist()] for begin, end in pairwise([*begins, len(parts)])]
        texts = [" ".join(map(end_of_line, each) if len(each) > 1 else each) for each in words]
        units["text"] = pd.Series(texts + [None] * len(without), dtype=object)
        units["block"] = "paragraph"
        units["block_id"] = np.append(self.block[first], np.zeros_like(without))
        return units


class Cut(NamedTuple):
    """The units under one segmentation: their values as usual, the rows and sides of both groups, and their parts."""

    values: np.ndarray
    groups: list[np.ndarray]
    sides: list[Side]
    parts: np.ndarray
    unit: np.ndarray  # number of the unit of each part


def _solicitation(batch: Batch) -> Spans:
    blocks = batch.blocks
    asking = np.flatnonzero(blocks.kind == KINDS.index("promo"))
    edges = zip(blocks.inner[asking].tolist(), blocks.end[asking].tolist(), strict=True)
    inside = Batch([batch.seen.text[start:end] for start, end in edges], ["promo"] * len(asking))
    starts, ends = inside.sentences
    owner = inside.seen.owners(starts)
    beyond = blocks.inner[asking][owner] - inside.seen.bounds[owner]
    return starts + beyond, ends + beyond


def _as_pasted(batch: Batch, spans: Spans, texts: Sequence[str]) -> list[str]:
    """Return the original of each part, line by line; if it cannot be found, the normalised text.

    Normalising changes quotes, dashes and spaces but rarely letters, so the n-th letter or digit of one is the n-th of
    the other. If their numbers differ (an entity, a ligature), the normalised text is returned.
    """
    pasted, owners = list(texts), batch.seen.owners(spans[0])
    for row in np.unique(owners).tolist():
        if batch.originals[row] != batch.texts[row] and (original := _original_of(Reading(batch, row))):
            base = int(batch.seen.bounds[row])
            for i in np.flatnonzero(owners == row).tolist():
                pasted[i] = original(int(spans[0][i]) - base, int(spans[1][i]) - base)
    return pasted


def _original_of(reading: Reading) -> Callable[[int, int], str] | None:
    """Return a function that maps a span of a reading to the original text; None if letters were added or lost."""
    original = reading.original
    here, there = (np.flatnonzero(fulfil(codes_of(text), str.isalnum)) for text in (reading.text, original))
    if len(here) != len(there):
        return None

    def pasted(start: int, end: int) -> str:
        lines = []
        for line in re.finditer(r"\S[^\n]*", reading.content[start:end]):
            first = np.searchsorted(here, start + line.start())
            last = np.searchsorted(here, start + line.end()) - 1
            if first <= last:
                begin = _beginning(original, there[first])
                after = _beginning(original, there[last + 1]) if last + 1 < len(there) else len(original)
                gap = original[there[last] + 1 : after].splitlines()
                lines.append(original[begin : there[last] + 1] + (gap[0] if gap else ""))
        return " ".join(" ".join(lines).split())

    return pasted


def _beginning(text: str, at: int) -> int:
    """Return where the marks attached to the letter at an offset begin: those without a space, or all in its line."""
    line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    begin = at
    while begin > line and not text[begin - 1].isalnum() and not text[begin - 1].isspace():
        begin -= 1
    if not any(map(str.isalnum, text[line:at])):  # a line's first letter takes emoji before it, not marks
        begin = line + len(text[line:at]) - len(text[line:at].lstrip(" \t#>*-•"))
    return begin


def _closed(text: str) -> str:
    """Add a full stop to a text that has words and no closing mark."""
    closed = any(ends_in(text, mark) for mark in ".!?") or not any(map(str.isalnum, text))
    return text if closed else f"{text}."


class _Stream(NamedTuple):
    """The words of all parts, one after another."""

    numbers: np.ndarray  # of the words in VADER's rules
    ratings: np.ndarray  # AFINN's
    starts: np.ndarray  # of the parts
    emphasis: np.ndarray  # of the parts, by exclamation and question marks

    def scores(self, lexicon: str, domain_words: str) -> np.ndarray:
        """Return VADER's compound score of each part, or AFINN's sum of ratings scaled to -1 to 1 in the same way."""
        is_domain = np.array([key in DOMAIN_WORDS for key in library().keys])[self.numbers >> 1]
        left_out = is_domain & (domain_words == "neutral")
        if lexicon == "VADER":
            numbers = np.where(left_out, PLAIN | self.numbers & 1, self.numbers)
            return compounds(rate(numbers, self.starts), self.emphasis)
        part = np.searchsorted(self.starts, np.arange(len(self.numbers)), "right") - 1
        sums = np.bincount(part, np.where(left_out, 0, self.ratings), len(self.starts))
        return sums / np.sqrt(sums**2 + _ALPHA)


_ALPHA = 15  # of VADER's compound score: sum / sqrt(sum ** 2 + 15)


def _ratings(tokens: Sequence[str], numbers: np.ndarray, which: np.ndarray, *, forgiving: bool) -> np.ndarray:
    """Return AFINN's rating of each word of a stream, by its key in VADER's rules, else by its token's letters."""
    known = afinn_words()
    by_number = np.array([known.get(key, 0) for key in library().keys])[numbers >> 1]
    by_token = np.array([known.get(cleaned(token, forgiving).lower(), 0) for token in tokens], int)[which]
    is_listed = np.array([key != "" for key in library().keys])[numbers >> 1]
    return np.where(is_listed, by_number, by_token)


def _normal(texts: Sequence[str], emoji: bool) -> _Stream:
    """Return words and marks as `measure` scores them."""
    known = vocabulary()
    apart = [text if text.isascii() else EMOJI.sub(r" \g<0> ", text) for text in texts]
    tokens, which, bounds = tokens_of(apart)
    rows = known.numbers(tokens)
    stream, totals = rows.take(which), known.totals(rows.take(which), bounds)
    seen = known.scored(stream, bounds[:-1], emoji=emoji)
    which = which[seen.places]
    ratings = _ratings(tokens, seen.numbers, which, forgiving=True)
    ratings[(seen.numbers == PLAIN) & (known.feature("tone", rows)[which] != PLAIN)] = 0  # `No.`, short for "number"
    return _Stream(seen.numbers, ratings, seen.starts, emphasis_of(totals["exclamations"], totals["questions"]))


def _described(texts: Sequence[str], emoji: bool) -> _Stream:
    """Return words and marks as vaderSentiment reads them, without normalising."""
    described = [describe_emoji(text if emoji else EMOJI.sub(" ", text)) for text in texts]
    tokens, which, bounds = tokens_of(described)
    numbers = np.array([*map(number, tokens)], np.intp).take(which)
    ratings = _ratings(tokens, numbers, which, forgiving=False)
    marks = (np.array([text.count(mark) for text in described], int) for mark in "!?")
    return _Stream(numbers, ratings, bounds[:-1], emphasis_of(*marks))
