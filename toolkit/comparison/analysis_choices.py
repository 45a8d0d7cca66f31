"""Alternative analysis choices: the choices, the parts of texts, and their scores under each."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from .._tables import texts_of
from ..lexicons.afinn import afinn_words
from ..lexicons.features import EMOJI, vocabulary
from ..lexicons.vader_rules import compounds, emphasis_of, rate
from ..lexicons.vader_words import PLAIN, cleaned, describe_emoji, library, numbers_in_text
from ..metrics.measure import Metric, measure
from ..text.outline import Outline, ends_in
from ..text.reading import Reading, read_each

DOMAIN_WORDS = frozenset(
    """
    strike strikes offensive defense defence defensive legal legally top like united party security intelligence
    """.split()
)
"""Words with a rating that name things more often than they praise or blame: acts of war and work (a strike, an
offensive, defence), law (legal), rank (top general), comparison (like the UK) and parts of names (United Nations,
Labour Party, Security Council, intelligence service).  Where the choice is "neutral" the word list lacks them."""

_MAY_BE_DOMAIN = re.compile("|".join(sorted(DOMAIN_WORDS)))
PASSAGE = 100  # words, as in split_passages
_SHORT = 20  # words; a metric that needs more has no value for most single sentences


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


class _Part(NamedTuple):
    """A sentence, a heading or a sentence of the solicitation; `pasted` is the original before normalisation."""

    text: str
    pasted: str
    role: str
    voice: str
    owner: int
    block: int
    words: int
    emoji: bool  # it may have an emoji
    domain: bool  # it may have a domain word


class Parts:
    """All parts of all texts, and their scores under each way of scoring."""

    def __init__(self, table: pd.DataFrame, metric: Metric, lists: str) -> None:
        self.table, self.metric, self.lists = table, metric, lists
        given = [(owner, text) for owner, text in enumerate(texts_of(table)) if text]
        readings = read_each([text for _, text in given], join_lines=lists == "joined")
        is_comment = table["kind"].eq("comment").tolist() if "kind" in table.columns else [False] * len(table)
        self.parts = [
            part
            for (owner, _), reading in zip(given, readings, strict=True)
            for part in _parts_of(reading, owner)
            if not (is_comment[owner] and part.role == "sentence" and reading.blocks[part.block].kind == "quote")
        ]
        self._cut: dict[tuple[str, ...], Cut] = {}
        self._scores: dict[tuple[str, ...], np.ndarray] = {}
        self._of_part: dict[tuple[int, ...], float] = {}

    def scores(self, combination: dict[str, str]) -> np.ndarray:
        """The score of every part under one way of scoring, -1 to 1; NaN for a part without words."""
        key = tuple(combination[choice.name] for choice in SCORING)
        if key not in self._scores:
            self._scores[key] = self._scored(*key)
        return self._scores[key]

    def _scored(self, quotes: str, emoji: str, domain_words: str, lexicon: str) -> np.ndarray:
        """The score of every part; computed once for choices that cannot differ in it."""
        pasted, by_afinn = quotes == "as pasted", lexicon == "AFINN"
        keys = [
            (i, pasted, emoji == "in" or not part.emoji, domain_words == "neutral" and part.domain, by_afinn)
            for i, part in enumerate(self.parts)
        ]
        new = [key for key in keys if key not in self._of_part and self.parts[key[0]].words]
        scores = (_by_afinn if by_afinn else _by_vader)([_read(self.parts[i], *how) for i, *how, _ in new])
        self._of_part |= zip(new, scores, strict=True)
        return np.array([self._of_part.get(key, np.nan) for key in keys])

    def cut(self, combination: dict[str, str]) -> Cut:
        """The units under one segmentation, measured as usual, and the parts of each."""
        key = tuple(combination[choice.name] for choice in CUTTING)
        if key not in self._cut:
            chosen = [i for i, part in enumerate(self.parts) if _is_in(part, combination)]
            members = _members(self.parts, chosen, combination["unit"], len(self.table))
            sizes = np.array([len(each) for _, each in members])
            flat = np.array([i for _, each in members for i in each], int)
            self._cut[key] = Cut(measure(self._units(members), [self.metric]), flat, sizes)
        return self._cut[key]

    def _units(self, members: list[tuple[int, list[int]]]) -> pd.DataFrame:
        units = self.table.iloc[[owner for owner, _ in members]].reset_index(drop=True)
        units["text"] = pd.Series([self._text(each) for _, each in members], dtype=object)
        units["block"] = "paragraph"
        units["block_id"] = [self.parts[each[0]].block if each else 0 for _, each in members]
        return units

    def _text(self, members: list[int]) -> str | None:
        """The words of a unit, with full stops where its lists were split: they are cut there when it is measured."""
        texts = [self.parts[i].text for i in members]
        return " ".join(map(_closed, texts) if self.lists == "split" and len(texts) > 1 else texts) or None


class Cut(NamedTuple):
    """Units, measured; the parts of all units one after the other, and how many each unit has."""

    measured: pd.DataFrame
    parts: np.ndarray
    sizes: np.ndarray


def _parts_of(reading: Outline, owner: int) -> list[_Part]:
    """The parts of one text in its order."""
    pasted = _as_pasted(reading)
    found = [(*span, "sentence") for span in reading.sentences_at]
    for block in reading.blocks:
        if block.kind in ("title", "heading"):
            found.append((block.inner, block.end, "heading"))
        elif block.kind == "promo":
            inside = Reading(reading.text[block.inner : block.end], one_block="promo").sentences_at
            found += [(block.inner + start, block.inner + end, "promo") for start, end in inside]
    ends = [block.end for block in reading.blocks]
    parts = []
    for start, end, role in sorted(found):
        content = reading.content[start:end]
        if line := " ".join(content.split()):
            voice = reading.voice_of(start, end) if role == "sentence" else "author"
            place = bisect.bisect_right(ends, start + len(content) - len(content.lstrip()))
            words = len(reading.words_in(start, end))
            shown = pasted(start, end)
            emoji = not (line.isascii() and shown.isascii()) and bool(EMOJI.search(line) or EMOJI.search(shown))
            domain = emoji or bool(_MAY_BE_DOMAIN.search(f"{line} {shown}".lower()))
            parts.append(_Part(line, shown, role, voice, owner, place, words, emoji, domain))
    return parts


def _as_pasted(reading: Outline) -> Callable[[int, int], str]:
    """A function that maps a span of the reading to the original text, line by line.

    Normalising changes quotes, dashes and spaces, hardly ever letters: so the n-th letter or digit of the one is the
    n-th of the other.  Where their numbers differ (an entity, a ligature) the normalised stretch is given.
    """
    original, text = reading.original, reading.text
    here = [i for i, letter in enumerate(text) if letter.isalnum()]
    there = [i for i, letter in enumerate(original) if letter.isalnum()]
    if original == text or len(here) != len(there):
        return lambda start, end: " ".join(reading.content[start:end].split())

    def pasted(start: int, end: int) -> str:
        lines = []
        for line in re.finditer(r"\S[^\n]*", reading.content[start:end]):
            first = bisect.bisect_left(here, start + line.start())
            last = bisect.bisect_left(here, start + line.end()) - 1
            if first <= last:
                begin = _beginning(original, there[first])
                after = _beginning(original, there[last + 1]) if last + 1 < len(there) else len(original)
                gap = original[there[last] + 1 : after].splitlines()
                lines.append(original[begin : there[last] + 1] + (gap[0] if gap else ""))
        return " ".join(" ".join(lines).split())

    return pasted


def _beginning(text: str, at: int) -> int:
    """Where what is attached to the letter at an offset begins: marks without a space, or all marks of its line."""
    line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    begin = at
    while begin > line and not text[begin - 1].isalnum() and not text[begin - 1].isspace():
        begin -= 1
    if not any(map(str.isalnum, text[line:at])):  # the first of its line: emoji before it belong to it, marks do not
        begin = line + len(text[line:at]) - len(text[line:at].lstrip(" \t#>*-•"))
    return begin


def _closed(text: str) -> str:
    """The text with a full stop added if it has words and no closing mark."""
    closed = any(ends_in(text, mark) for mark in ".!?") or not any(map(str.isalnum, text))
    return text if closed else f"{text}."


def _is_in(part: _Part, combination: dict[str, str]) -> bool:
    if part.role == "heading":
        return combination["headings"] == "in"
    if part.role == "promo":
        return combination["solicitation"] == "in"
    return part.voice == "author" or combination["reported_speech"] == "in"


def _members(parts: Sequence[_Part], chosen: Iterable[int], unit: str, texts: int) -> list[tuple[int, list[int]]]:
    """Owner and parts of every unit; a text without any part keeps one empty unit, so that it is not lost."""
    of_text: list[list[int]] = [[] for _ in range(texts)]
    for i in chosen:
        of_text[parts[i].owner].append(i)
    units: list[tuple[int, list[int]]] = []
    for owner, own in enumerate(of_text):
        pieces = [[i] for i in own] if unit == "sentences" else _passages(own, [parts[i].words for i in own])
        units += [(owner, piece) for piece in pieces or [[]]]
    return units


def _passages(parts: list[int], words: list[int]) -> list[list[int]]:
    """Parts in passages of at least `PASSAGE` words; what remains at the end joins the passage before it."""
    passages: list[list[int]] = []
    size = 0
    for part, many in zip(parts, words, strict=True):
        if not passages or size >= PASSAGE:
            passages.append([])
            size = 0
        passages[-1].append(part)
        size += many
    if len(passages) > 1 and size < PASSAGE:
        passages[-2:] = [passages[-2] + passages[-1]]
    return passages


class _Words(NamedTuple):
    """The words of one part as the lexicons know them, their numbers in VADER's rules, and its `!` and `?`."""

    keys: list[str]
    numbers: list[int]
    exclamations: int
    questions: int


def _read(part: _Part, pasted: bool, emoji: bool, neutral: bool) -> _Words:
    """Read one part as vaderSentiment does, nothing normalised, or as `measure` does."""
    if pasted:
        text = describe_emoji(part.pasted if emoji else EMOJI.sub(" ", part.pasted))
        tokens, numbers = text.split(), numbers_in_text(text)
        exclamations, questions = text.count("!"), text.count("?")
    else:
        known = vocabulary()
        tokens = (EMOJI.sub(r" \g<0> ", part.text) if part.emoji else part.text).split()
        rows = known.rows(tokens)
        seen = known.scored(rows, np.zeros(1, np.intp), emoji=emoji)
        tokens, numbers = [tokens[place] for place in seen.places.tolist()], seen.numbers.tolist()
        exclamations, questions = (int(known.feature(name, rows).sum()) for name in ("exclamations", "questions"))
    keys = [
        library().keys[number >> 1] or cleaned(token, forgiving=not pasted).lower()
        for token, number in zip(tokens, numbers, strict=True)
    ]
    if neutral:
        numbers = [PLAIN if key in DOMAIN_WORDS else number for key, number in zip(keys, numbers, strict=True)]
        keys = ["" if key in DOMAIN_WORDS else key for key in keys]
    return _Words(keys, numbers, exclamations, questions)


def _by_vader(parts: Sequence[_Words]) -> list[float]:
    """VADER's compound score of each part."""
    starts = np.cumsum([0, *(len(part.numbers) for part in parts)])[:-1]
    hits = rate(np.array([number for part in parts for number in part.numbers], np.intp), starts)
    marks = (np.array([part[place] for part in parts], int) for place in (2, 3))
    scores: list[float] = compounds(hits, emphasis_of(*marks)).tolist()
    return scores


def _by_afinn(parts: Sequence[_Words]) -> list[float]:
    """The sum of AFINN's ratings of each part, on VADER's scale of -1 to 1."""
    ratings = afinn_words()
    sums = [sum(ratings.get(key, 0) for key in part.keys) for part in parts]
    return [total / math.sqrt(total**2 + _ALPHA) for total in sums]


_ALPHA = 15  # of VADER's compound score: sum / sqrt(sum ** 2 + 15)
