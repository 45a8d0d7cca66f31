"""Texts that are nothing but paragraphs, as most are: their sentences, found without an outline."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import NamedTuple

from .blocks import starts_of_paragraphs
from .document import Outline, blanked, find_emoji_at, pieces_of
from .marks import has_marks


class Plain(NamedTuple):
    """A text that is nothing but paragraphs: its sentences, how many paragraphs it has, and how many of one sentence.

    `outline` makes the outline of a text that has emoji, or may quote.
    """

    sentences: list[str]
    paragraphs: int
    short: int
    outline: Callable[[], Outline] | None = None


def read_plain(text: str, outline: Callable[[], Outline], *, whole: bool, asks: bool) -> Plain | None:
    """Find the sentences of a normalised text; None where there may be more to see than paragraphs.

    `whole` says that the text was cut from a block and is one; `asks` is what `may_ask` says of the text.
    """
    if asks or has_marks(text) or not text or text.isspace():
        return None
    starts = [0] if whole else starts_of_paragraphs(text)
    if not starts:
        return None
    if not text.isascii() and (emoji := find_emoji_at(text)):
        return _joined(_without_emoji(text, emoji, starts), outline)
    later = outline if '"' in text else None
    if len(starts) == 1:
        sentences = pieces_of(text)
        return Plain(sentences, 1, len(sentences) == 1, later)
    return _joined([pieces_of(text[start:end]) for start, end in itertools.pairwise([*starts, len(text)])], later)


def _without_emoji(text: str, emoji: list[tuple[int, int]], starts: list[int]) -> list[list[str]]:
    """Find the sentences as if the emoji were spaces: the splitter would cut some of them in two."""
    bare = blanked(text, emoji)
    paragraphs = [pieces_of(bare[start:end]) for start, end in itertools.pairwise([*starts, len(text)])]
    spans = itertools.pairwise(itertools.accumulate(map(len, itertools.chain.from_iterable(paragraphs)), initial=0))
    return [[text[slice(*next(spans))] for _ in sentences] for sentences in paragraphs]


def _joined(paragraphs: list[list[str]], outline: Callable[[], Outline] | None) -> Plain:
    short = sum(len(sentences) == 1 for sentences in paragraphs)
    return Plain([*itertools.chain.from_iterable(paragraphs)], len(paragraphs), short, outline)
