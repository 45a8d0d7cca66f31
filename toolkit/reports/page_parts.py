"""HTML of pages and their parts, from the Jinja2 templates in this folder, which escape all input."""

import base64
import functools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd
from markupsafe import Markup

from .._files import csv_bytes
from .._html import macro
from ..figures.display import bundle, figure_html
from ..figures.formatting import number, shortened
from ..figures.layout import Picture

LONGEST_QUOTE, LONGEST_CELL, MOST_ROWS = 600, 240, 200
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Section(NamedTuple):
    """One section of a report: its anchor, its heading, and its body."""

    anchor: str
    title: str
    body: Markup


part, note = (functools.partial(macro, "toolkit.reports", f"{name}.html.j2") for name in ("parts", "notes"))


def paragraph(text: str) -> Markup:
    """Render a paragraph of plain text; empty for an empty text."""
    return part("paragraph", shortened(text, 2_000))


def bullets(items: Iterable[str]) -> Markup:
    """Render a bullet list of plain texts; empty if there are none."""
    return part("bullets", [shortened(item, 1_000) for item in items])


def subheading(text: str) -> Markup:
    """Render a heading inside a section."""
    return Markup("<h3>{}</h3>\n").format(text)


def sentence(text: str, language: object, whose: str, counted: str) -> Markup:
    """Render a quotation, shortened if long, in its own direction and language, with the words that counted in it."""
    foreign = language if isinstance(language, str) and _LANGUAGE.fullmatch(language) and language != "en" else ""
    return part("sentence", shortened(text, LONGEST_QUOTE), foreign, whose, shortened(counted, 800))


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]], most: int = MOST_ROWS) -> Markup:
    """Render a table that can be saved as CSV; the first cell of each row is its heading.

    At most `most` rows are shown; the file holds them all.
    """
    given = [list(row) for row in rows]
    cells = [[_cell(value) for value in row] for row in given[:most]]
    data = base64.b64encode(csv_bytes(pd.DataFrame(given, columns=list(head), dtype=object))).decode("ascii")
    file = re.sub(r"[^a-z0-9]+", "-", caption.lower()).strip("-")[:60]
    more = f"{len(given) - most:,}" if len(given) > most else ""
    return part("table", caption, head, cells, more, file, data)


def _cell(value: object) -> tuple[str, bool]:
    """Return the text of a cell, and whether it is a number, to be right-aligned."""
    if isinstance(value, int):
        return f"{value:,}", True
    if isinstance(value, float):
        return number(value) if value == value else "–", True
    return "" if value is None else shortened(str(value), LONGEST_CELL), False


def figure(picture: Picture) -> Markup:
    """Render a figure, which scrolls on a narrow screen, with its folded text description."""
    return part("figure", figure_html(bundle(picture, save=False)))
