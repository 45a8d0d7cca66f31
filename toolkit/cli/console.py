"""What a command says: results to standard output, progress to standard error, in letters that the terminal has."""

from __future__ import annotations

import contextlib
import sys
from typing import TextIO

MOST = 1_000  # characters of an error


def say(text: str = "") -> None:
    """Write a result, and a line feed."""
    _write(sys.stdout, text)


def tell(text: str) -> None:
    """Write a line of progress; it does not mix with results that are piped elsewhere, and may go unheard."""
    with contextlib.suppress(BrokenPipeError):
        _write(sys.stderr, text)


def one_line(error: BaseException) -> str:
    """An error as one line without control characters: its message may hold what a file held."""
    text = " ".join(str(error).split()) or type(error).__name__
    shown = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[:MOST])
    return shown + ("…" if len(text) > MOST else "")


def _write(stream: TextIO, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()
