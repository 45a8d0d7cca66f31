"""The pieces of a report page: headings, tables, figures, quotations; every word from outside is escaped here."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ..figures.base import Picture
from ..figures.style import number, shortened

LONGEST_QUOTE, LONGEST_CELL, LONGEST_TWIN, MOST_ROWS = 600, 240, 40_000, 200
_STYLES = ("notebook.css", "report.css")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'"
# What no page may hold: control characters, halves of pairs, non-characters; and what turns the order of letters round.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_LANGUAGE = re.compile(r"[a-z]{2,3}")


class Section(NamedTuple):
    """One section of the page: its anchor, its heading, and its body, which is HTML already."""

    anchor: str
    title: str
    body: str


def words(text: object, longest: int = LONGEST_CELL) -> str:
    """Make HTML of somebody's words: one piece of text and nothing else, and not longer than `longest`."""
    return html.escape(_UNFIT.sub("\N{REPLACEMENT CHARACTER}", shortened(str(text), longest)))


def paragraph(text: str) -> str:
    """A paragraph of plain words."""
    return f"<p>{words(text, 2_000)}</p>\n" if text else ""


def bullets(items: Iterable[str]) -> str:
    """A list of plain words; nothing where there are none."""
    rows = "".join(f"<li>{words(item, 1_000)}</li>\n" for item in items)
    return f"<ul>\n{rows}</ul>\n" if rows else ""


def quotation(text: str, language: object = "en") -> str:
    """Words of somebody else's, cut where they are long, with the direction and the language that they have."""
    known = isinstance(language, str) and _LANGUAGE.fullmatch(language) and language != "en"
    spoken = f' lang="{language}"' if known else ""
    return f'<blockquote dir="auto"{spoken}>{words(text, LONGEST_QUOTE)}</blockquote>\n'


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with a caption; the first cell of a row is its heading, and numbers stand to the right.

    Of more than `MOST_ROWS` rows the first are shown, and the others counted.
    """
    given = [list(row) for row in rows]
    columns = "".join(f'<th scope="col">{words(name)}</th>' for name in head)
    body = "".join(
        f'<tr><th scope="row" dir="auto">{_cell(row[0])}</th>{"".join(map(_data, row[1:]))}</tr>\n'
        for row in given[:MOST_ROWS]
    )
    more = f"<p>{len(given) - MOST_ROWS:,} more rows are not shown.</p>\n" if len(given) > MOST_ROWS else ""
    return (
        f'<div class="scroll" role="region" aria-label="{words(caption)}" tabindex="0"><table>\n'
        f"<caption>{words(caption)}</caption>\n<thead><tr>{columns}</tr></thead>\n<tbody>\n{body}</tbody></table></div>\n{more}"
    )


def _data(value: object) -> str:
    right = ' class="number"' if isinstance(value, (int, float)) else ""
    return f"<td{right}>{_cell(value)}</td>"


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return words(number(value) if value == value else "none")
    return words("" if value is None else value)


def figure(picture: Picture) -> str:
    """A figure as a picture with its alt text and caption, and its text twin to unfold."""
    bundle = picture._repr_mimebundle_()
    twin = bundle["text/plain"]
    if len(twin) > LONGEST_TWIN:
        twin = (
            f"{twin[:LONGEST_TWIN]}\n… and {len(twin) - LONGEST_TWIN:,} more characters: this figure draws very much."
        )
    return (
        f'{bundle["text/html"]}\n<details class="twin"><summary>This figure in words and numbers</summary>'
        f'<pre dir="auto">{words(twin, 2 * LONGEST_TWIN)}</pre></details>\n'
    )


def section_html(section: Section) -> str:
    """A section with its heading, which names it to a screen reader."""
    return (
        f'<section aria-labelledby="{section.anchor}">\n<h2 id="{section.anchor}">{words(section.title)}</h2>\n'
        f"{section.body}</section>\n"
    )


def whole_report(title: str, opening: str, sections: Sequence[Section], foot: str) -> str:
    """The page: it loads nothing, runs nothing and sends nothing, and says so to the browser."""
    styles = "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in _STYLES)
    contents = "".join(f'<li><a href="#{each.anchor}">{words(each.title)}</a></li>\n' for each in sections)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{words(title, 120)}: a report</title>\n"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="referrer" content="no-referrer">\n<style>\n{styles}</style></head>\n'
        '<body class="mathjax_ignore tex2jax_ignore"><header>\n'
        f'<h1 dir="auto">{words(title, 300)}</h1>\n{opening}</header>\n'
        f'<nav aria-label="Contents"><ol>\n{contents}</ol></nav>\n'
        f"<main>\n{''.join(map(section_html, sections))}</main>\n<footer>\n{foot}</footer></body></html>\n"
    )
