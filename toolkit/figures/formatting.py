"""Prepare words and numbers for figures: make them safe to draw, format and measure them."""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from .._tables import listed as listed
from .._tables import shortened as shortened
from ..lexicons.vocabulary import EMOJI
from ..metrics.emoji import emoji_name
from .style import FONTS

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

_HINTING = 1.04  # aligning glyphs to whole pixels makes lines a little wider


def plain(value: object, longest: int = 60, *, drawn: bool = True) -> str:
    r"""Turn any value into a label: one line, emoji by name, never too long; if `drawn`, missing glyphs by code point.

    Examples
    --------
    >>> plain("\U0001f525 hot\x1b\n news")
    '[fire] hot news'
    """
    if value is None or str(value) == "<NA>" or value != value:
        return "(none)"
    text = unicodedata.normalize("NFC", str(value)[: 4 * longest + 40])
    text = EMOJI.sub(lambda found: f" [{emoji_name(found[0].replace(chr(0xFE0F), ''))}] ", text)
    letters = (_shown(letter, drawn) for letter in text)
    return shortened(" ".join("".join(letters).split()), longest) or "(blank)"


def quoted(text: object, longest: int) -> str:
    """Quote a text, shortened: its own quotation marks become single, and one pair around all of it is dropped.

    Examples
    --------
    >>> quoted('"No," she said.', 60), quoted("“No. Never.”", 60), quoted("“We must go.", 60)
    ('“‘No,’ she said.”', '“No. Never.”', '“We must go.”')
    """
    words = re.sub(r'(?<![^\s(\[—–/-])"', "“", plain(text, longest)).replace('"', "”")
    if not re.search("[“”]", words[1:-1]):
        words = words.strip("“”")
    return f"“{words.translate({ord('“'): '‘', ord('”'): '’'})}”"


def without_emoji(text: str) -> str:
    """Return a heading without its emoji, or unchanged if it has no words."""
    words = EMOJI.sub(" ", text[:400])
    return words if any(map(str.isalnum, words)) else text[:400]


def fitted(text: str, inches: float, size: float, *, bold: bool = False) -> str:
    """Shorten a line until it is no wider than `inches`."""
    width = width_of(text, size, bold=bold)
    return text if width <= inches else shortened(text, max(2, int(len(text) * inches / width)))


def _shown(letter: str, drawn: bool) -> str:
    if letter.isspace():
        return " "
    if not letter.isprintable() and not "\ud800" <= letter <= "\udfff":
        return ""
    if unicodedata.combining(letter):  # marks that NFC cannot compose would pile up over the letter
        return ""
    return letter if not drawn or ord(letter) in _glyphs() else f" U+{ord(letter):04X} "


def number(value: float) -> str:
    """Format a number with as many digits as a reader needs and a true minus sign; zero has no sign.

    Numbers of one size have equally many digits, except whole ones, which have none.

    Examples
    --------
    >>> number(-0.3456), number(5.08), number(5.1), number(12.3456), number(35.98), number(1234567.0)
    ('−0.35', '5.08', '5.10', '12.3', '36.0', '1,234,567')
    >>> number(0.0), number(0.001), number(1.0)
    ('0', '0.00', '1')
    """
    size = abs(value)
    whole = size % 1 == 0
    digits = 0 if whole or size >= 100 else 1 if size >= 10 else 2
    text = f"{value:,.{digits}f}" if size < 1e9 else f"{value:.2e}"
    is_zero = not any(digit in text for digit in "123456789")
    return text.removeprefix("-") if is_zero else text.replace("-", "−")


def percent(share: float) -> str:
    """Format a share as a percentage; only nothing is shown as 0%, and only everything as 100%.

    Examples
    --------
    >>> percent(0.5), percent(0.003), percent(0.998), percent(0)
    ('50%', '<1%', '>99%', '0%')
    """
    return "<1%" if 0 < share < 0.005 else ">99%" if 0.995 <= share < 1 else f"{share:.0%}"


def counted(count: int, noun: str) -> str:
    """Format a count with its noun: "1 sentence" or "1,234 sentences"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def without(count: int, noun: str, what: str) -> str:
    """Say that no unit has a value or a score, such as "None of the 3 comments has a value"."""
    return f"The one {noun} has no {what}." if count == 1 else f"None of the {counted(count, noun)} has a {what}."


def lower_first(label: str) -> str:
    """Lower the first letter of a label, for use inside a sentence."""
    return f"{label[:1].lower()}{label[1:]}"


def several(group: str) -> str:
    """Name the texts of a group: plural for comments, singular for the article."""
    return "comments" if group == "comment" else group


def short(label: str) -> str:
    """Shorten a metric's label for a title by dropping what is in brackets."""
    return label.partition(" (")[0]


def people(group: str) -> str:
    """Name the authors of a group, for a title."""
    return "the comments" if group == "comment" else f"the {group}"


def people_do(group: str, verb: str) -> str:
    """Return a group with a verb, for a title: "the comments use", "the report uses"."""
    who = people(group)
    return f"{who} {verb if who.endswith('s') else {'are': 'is', 'have': 'has'}.get(verb, f'{verb}s')}"


def capitalised(sentence: str) -> str:
    """Begin a sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def joined(*parts: str) -> str:
    """Join the non-empty sentences with spaces."""
    return " ".join(filter(None, parts))


def wrapped(text: str, inches: float, size: float, *, bold: bool = False, lines: int = 4) -> list[str]:
    """Break a text into lines no wider than `inches`; the last one is cut to fit."""
    out, fitting = [""], max(1, int(72 * inches / size))  # letters that certainly fit, being as wide as tall
    for word in re.findall(r"n = \S+|\S+", text):
        step = len(word) if width_of(word, size, bold=bold) <= inches else fitting
        for part in (word[at : at + step] for at in range(0, len(word), step)):
            longer = f"{out[-1]} {part}".strip()
            if width_of(longer, size, bold=bold) <= inches:
                out[-1] = longer
            else:
                out.append(part)
    if len(out) > lines:
        out = [*out[: lines - 1], shortened(out[lines - 1] + " " + out[lines], len(out[lines - 1]))]
    return out


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line in inches, from the advance widths of the fonts."""
    return _HINTING * math.fsum(_advance(letter, bold) for letter in text) * size / 72


@functools.lru_cache(maxsize=4096)
def _advance(letter: str, bold: bool) -> float:
    size = 64
    font = next((font for font in _fonts(bold) if ord(letter) in font.get_charmap()), _fonts(bold)[-1])
    font.set_size(size, 72)
    return font.load_char(ord(letter)).linearHoriAdvance / 65536 / size


@functools.cache
def _fonts(bold: bool) -> tuple[FT2Font, FT2Font]:
    """Load the shipped font, and matplotlib's for the glyphs that it lacks."""
    from matplotlib import ft2font, get_data_path

    theirs = Path(get_data_path(), "fonts", "ttf", f"DejaVuSans{'-Bold' * bold}.ttf")
    return ft2font.FT2Font(str(FONTS[bold])), ft2font.FT2Font(str(theirs))


@functools.cache
def _glyphs() -> frozenset[int]:
    regular, bold = ({*ours.get_charmap(), *theirs.get_charmap()} for ours, theirs in map(_fonts, (False, True)))
    return frozenset(regular & bold)
