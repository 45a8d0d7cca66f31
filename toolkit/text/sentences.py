"""Where sentences end inside one stretch of text: sentencex, window by window, in linear time."""

from __future__ import annotations

from collections.abc import Iterator

import sentencex

WINDOW = 8_000
"""Characters that sentencex sees at a time: where marks such as ![ or ' crowd it takes quadratic time."""


def segments(stretch: str) -> list[str]:
    """Cut a stretch into sentences that join to it again.

    A stretch longer than a window is cut at spaces; the sentence that a cut would break is read again with what
    follows it, and goes on growing without being read again once it is longer than a window.
    """
    if len(stretch) <= WINDOW:
        whole: list[str] = sentencex.segment("en", stretch)
        return whole
    return list(_grown(stretch))


def _grown(stretch: str) -> Iterator[str]:
    grown: list[str] = []  # an unfinished sentence too long to be read again
    carried = ""  # an unfinished sentence
    for chunk in _chunks(stretch):
        *whole, carried = sentencex.segment("en", carried + chunk) or [""]
        for piece in whole:
            yield "".join([*grown, piece])
            grown = []
        if len(carried) > WINDOW:
            grown, carried = [*grown, carried], ""
    if grown or carried:
        yield "".join([*grown, carried])


def _chunks(stretch: str) -> Iterator[str]:
    at = 0
    while at < len(stretch):
        space = stretch.rfind(" ", at, at + WINDOW)
        end = space + 1 if space > at and at + WINDOW < len(stretch) else at + WINDOW
        yield stretch[at:end]
        at = end
