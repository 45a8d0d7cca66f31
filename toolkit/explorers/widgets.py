"""What all explorers share: style sheet, labelled controls, tables, figures, the status line, waiting a little."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import anywidget
import ipywidgets as widgets
import pandas as pd
import traitlets

from .._html import NO_MATHS, attribute, escaped
from ..figures.base import Picture
from ..figures.display import bundle, figure_html

WAIT = 0.15  # seconds of rest in typing or dragging before an explorer answers

Control = TypeVar("Control", bound=widgets.Widget)


class Look(anywidget.AnyWidget):
    """Brings an explorer its style sheet, its name for a screen reader, and its keys; it takes no space."""

    _esm = Path(__file__).with_name("widgets.js").read_text(encoding="utf-8")
    _css = Path(__file__).with_name("widgets.css").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)


class Panel(widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """An explorer: its parts in one column.  `panel["text"]` is the part of that name, whose `value` may be set."""

    def __init__(
        self, name: str, rows: Sequence[widgets.Widget], parts: dict[str, widgets.Widget], summary: str
    ) -> None:
        self.parts, self.summary = parts, f"{name}: {summary}"
        super().__init__([Look(label=self.summary), *rows])
        self.add_class("btl")

    def __getitem__(self, name: str) -> widgets.Widget:
        """The part of that name."""
        if name not in self.parts:
            raise KeyError(f"This explorer has no part {name!r}; it has {', '.join(self.parts)}.")
        return self.parts[name]

    def __repr__(self, *_: object, **__: object) -> str:
        """What a page without a kernel shows: the same on every run."""
        return f"<{self.summary}>"


def labelled(control: Control, words: str) -> Control:
    """Give a control its visible label, which ipywidgets ties to it for screen readers; the label is plain text."""
    control.description, control.description_allow_html = words, False
    control.style.description_width = "initial"
    control.layout.width = control.layout.width or "auto"
    return control


def row(*controls: widgets.Widget) -> widgets.HBox:
    """Controls beside one another, in as many lines as the width of the page asks for."""
    box = widgets.HBox(controls, layout={"flex_flow": "row wrap", "align_items": "center", "width": "100%"})
    box.add_class("btl-row")
    return box


def columns(*widths_and_parts: tuple[str, widgets.Widget]) -> widgets.HBox:
    """Parts beside one another, each with the least width that it needs (as "20em"); on a narrow page one below."""
    boxes = [widgets.Box([part], layout={"flex": f"1 1 {width}", "min_width": "0"}) for width, part in widths_and_parts]
    for box in boxes:
        box.children[0].layout.width = "100%"
    return widgets.HBox(boxes, layout={"flex_flow": "row wrap", "width": "100%", "grid_gap": "0 1em"})


def as_texts(texts: object, explorer: str) -> pd.DataFrame:
    """Return the table as given, if it is one."""
    if not isinstance(texts, pd.DataFrame):
        what = type(texts).__name__
        raise TypeError(
            f"{explorer} takes a table of texts, not {what}. load_corpus(...) or read_thread(...) gives one."
        )
    return texts


def plain_html(*pieces: object, tag: str = "p", kind: str = "") -> str:
    """Make one HTML element of pieces of text, all of them escaped."""
    classes = f"{NO_MATHS} btl-{kind}" if kind else NO_MATHS
    return f'<{tag} class="{classes}">{"".join(escaped(str(piece)) for piece in pieces)}</{tag}>'


def status() -> widgets.HTML:
    """A line that a screen reader reads out when `say` changes it."""
    line = widgets.HTML(layout={"width": "100%"})
    line.add_class("btl-says")
    return line


def say(line: widgets.HTML, *pieces: object) -> None:
    """Change what a status line says."""
    line.value = plain_html(*pieces, kind="status")


def table_html(caption: str, names: Sequence[str], rows: Iterable[Sequence[object]], *, label: str = "") -> str:
    """Make a table with a caption; the first cell of each row is its heading, and all text is escaped.

    A cell may be a pair (text, kind), which gives it the look of that kind.
    """
    head = "".join(f'<th scope="col">{escaped(name)}</th>' for name in names)
    body = "".join(
        f'<tr><th scope="row">{escaped(str(first))}</th>{"".join(map(_cell, rest))}</tr>' for first, *rest in rows
    )
    table = f"<table><caption>{escaped(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    name = attribute(label or caption)
    return f'<div class="btl-table {NO_MATHS}" tabindex="0" role="region" aria-label="{name}">{table}</div>'


def _cell(cell: object) -> str:
    text, kind = cell if isinstance(cell, tuple) else (cell, "")
    return f'<td class="btl-{kind}">{escaped(str(text))}</td>' if kind else f"<td>{escaped(str(text))}</td>"


def drawn_html(drawn: Picture) -> str:
    """Show a figure with its alt text and caption, and its text description folded beneath it."""
    return f'<div class="btl-figure">{figure_html(bundle(drawn))}</div>'


def folded(summary: str, text: str) -> str:
    """Fold a longer text away beneath a line that opens it."""
    inside = f'<pre class="{NO_MATHS}" tabindex="0">{escaped(text)}</pre>'
    return f"<details><summary>{escaped(summary)}</summary>{inside}</details>"


class Later:
    """Call a function after a rest of `WAIT` seconds, once however often it was asked for.

    The kernel's own event loop does the waiting, so that nothing runs beside it.  Without a loop, as in a test or a
    script, the function is called at once.
    """

    def __init__(self, act: Callable[[], None]) -> None:
        self._act = act
        self._waiting: asyncio.TimerHandle | None = None

    def __call__(self, *_: object) -> None:
        """Ask for the call; what `observe` and `on_click` hand over is passed over."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        try:
            self._waiting = asyncio.get_running_loop().call_later(WAIT, self._act)
        except RuntimeError:
            self._act()
