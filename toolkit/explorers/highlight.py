"""Text with highlighted spans as safe HTML: colour, pattern and sign together, and a note on hover and focus."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from markupsafe import Markup

from .html_panel import drawn

LONGEST_SHOWN = 40_000  # characters; browsers are slow to draw tens of thousands of marks
MOST_AT_ONCE = 6  # overlapping marks drawn at one place, latest first, to limit work and notes

_KIND = re.compile(r"[a-z]+(?:-[a-z]+)*")


class Mark(NamedTuple):
    """A highlighted span ``text[start:end]``.

    `kind` is its CSS class without the prefix ``btl-``: lower-case words joined by hyphens.  `sign` is drawn before
    the span, so that nothing depends on colour alone; `note` is shown on hover and on focus.
    """

    start: int
    end: int
    kind: str
    sign: str = ""
    note: str = ""


def marked_html(text: str, marks: Iterable[Mark] = (), *, label: str = "The text", hint: str = "") -> Markup:
    """Render a text with highlighted spans as HTML, all of it escaped; `label` names it for a screen reader.

    Spans may overlap: where they do, the text has the styles and notes of every mark on it; what is outside the text
    is ignored.  A mark with a note can be focused with the keyboard; the note appears in the line below the text, in
    the place of `hint`.  Run time grows with the length of the text and the number of marks; only the first
    `LONGEST_SHOWN` characters are shown, and a line says so.  ValueError if a kind is not a valid class name.
    """
    shown = text[:LONGEST_SHOWN]
    cut = f"The first {len(shown):,} of {len(text):,} characters are shown. " if len(shown) < len(text) else ""
    inside = []
    for mark in marks:
        if not _KIND.fullmatch(mark.kind):
            raise ValueError(f"{mark.kind[:80]!r} is not a kind of mark: use lower-case words joined by hyphens.")
        start, end = max(0, mark.start), min(len(shown), mark.end)
        inside += [mark._replace(start=start, end=end)] * (start < end)
    return drawn("parts.html.j2", "marked", _pieces(shown, inside), label, cut + hint)


def _pieces(text: str, marks: list[Mark]) -> Iterator[tuple[str, str, str, str, bool]]:
    """Cut the text at mark boundaries: pieces with the styles, signs and notes of all marks on them.

    Outer marks come before inner ones, innermost notes first. Tab stops once at each mark with a note.
    """
    begins, ends = defaultdict(list), defaultdict(list)
    for number, mark in enumerate(sorted(marks, key=lambda mark: (mark.start, -mark.end))):
        begins[mark.start].append((number, mark))
        ends[mark.end].append(number)
    active: dict[int, Mark] = {}
    for start, end in itertools.pairwise(sorted({0, len(text), *begins, *ends})):
        for number in ends.pop(start, ()):
            del active[number]
        active.update(new := dict(begins.pop(start, ())))
        shown = list(itertools.islice(reversed(active.values()), MOST_AT_ONCE))
        looks = " ".join(dict.fromkeys(f"btl-{mark.kind}" for mark in reversed(shown)))
        signs = "".join(dict.fromkeys(mark.sign for mark in new.values()))
        notes = " · ".join(dict.fromkeys(mark.note for mark in shown if mark.note))
        yield text[start:end], looks, signs, notes, any(mark.note for mark in new.values())
