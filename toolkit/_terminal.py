"""Make text from files safe for a terminal, in characters that it supports."""

import re
from typing import TextIO

# Control characters can set a terminal's title, fill its clipboard or clear it; the others reverse or break lines.
_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def harmless(text: str) -> str:
    """Replace control characters by U+FFFD; line feeds and tabs stay."""
    return _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", text)


def write_line(stream: TextIO, text: str) -> None:
    """Write harmless text and a line feed."""
    encoding = stream.encoding or "utf-8"
    stream.write(harmless(text).encode(encoding, "replace").decode(encoding) + "\n")
    stream.flush()
