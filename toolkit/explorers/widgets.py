"""What explorers share: style sheet, labelled controls, slider, figures, status line, debouncing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import anywidget
import ipywidgets as widgets
import traitlets
from markupsafe import Markup

from .html_panel import Summarised, paragraph

if TYPE_CHECKING:
    from ..figures.layout import Picture

WAIT = 0.15  # seconds without typing or dragging before an explorer updates

Control = TypeVar("Control", bound=widgets.Widget)


class Look(anywidget.AnyWidget):
    """Add an explorer's style sheet, accessible name and keys; takes no space."""

    _esm = Path(__file__).with_name("widgets.js").read_text(encoding="utf-8")
    _css = Path(__file__).with_name("widgets.css").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)


class Slider(anywidget.AnyWidget):
    """Choose one of `labels`; `value` is its position, updated during dragging.

    It is the browser's native slider, since the one in ipywidgets has no accessible name.
    """

    _esm = Path(__file__).with_name("slider.js").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)
    labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    value = traitlets.Int(0).tag(sync=True)

    @traitlets.validate("value")
    def _on_the_scale(self, proposal: dict[str, int]) -> int:
        return max(0, min(len(self.labels) - 1, proposal["value"]))


class Panel(Summarised, widgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """An explorer with its parts in one column.  `panel["text"]` is the part named "text"; its `value` can be set."""

    def __init__(
        self, name: str, rows: Sequence[widgets.Widget], parts: dict[str, widgets.Widget], summary: str
    ) -> None:
        self.parts, self.summary = parts, f"{name}: {summary}"
        super().__init__([Look(label=self.summary), *rows])
        self.add_class("btl")

    def __getitem__(self, name: str) -> widgets.Widget:
        if name not in self.parts:
            raise KeyError(f"This explorer has no part {name!r}; it has {', '.join(self.parts)}.")
        return self.parts[name]


def labelled(control: Control, words: str) -> Control:
    """Give a control a visible plain-text label, which ipywidgets ties to it for screen readers."""
    control.description, control.description_allow_html = words, False
    control.style.description_width = "initial"
    control.layout.width = control.layout.width or "auto"
    return control


def row(*controls: widgets.Widget) -> widgets.HBox:
    """Lay out controls side by side, wrapped to the width of the page."""
    box = widgets.HBox(controls, layout={"flex_flow": "row wrap", "align_items": "center", "width": "100%"})
    box.add_class("btl-row")
    return box


def columns(*widths_and_parts: tuple[str, widgets.Widget]) -> widgets.HBox:
    """Lay out parts side by side, each with a minimum width (such as "20em"), stacked on a narrow page."""
    boxes = [widgets.Box([part], layout={"flex": f"1 1 {width}", "min_width": "0"}) for width, part in widths_and_parts]
    for box in boxes:
        box.children[0].layout.width = "100%"
    return widgets.HBox(boxes, layout={"flex_flow": "row wrap", "width": "100%", "grid_gap": "0 1em"})


def status() -> widgets.HTML:
    """Make a status line, read out by screen readers when `say` changes it."""
    line = widgets.HTML(layout={"width": "100%"})
    line.add_class("btl-says")
    return line


def say(line: widgets.HTML, *pieces: object) -> None:
    """Change the text of a status line."""
    line.value = paragraph("".join(map(str, pieces)), "btl-status")


def drawn_html(drawn: Picture) -> str:
    """Render a figure with its alt text and caption, and its text description folded below it."""
    from ..figures.display import bundle, figure_html

    return Markup('<div class="btl-figure">{}</div>').format(figure_html(bundle(drawn)))


def later(act: Callable[[], None]) -> Callable[[object], None]:
    """Debounce a function: run it once, `WAIT` seconds after the last request.

    The wait runs on the kernel's event loop, not in another thread.  Without a loop, as in a test or a script, the
    function runs immediately.
    """
    waiting: list[asyncio.TimerHandle] = []

    def request(_: object = None) -> None:  # the change, passed by `observe`
        while waiting:
            waiting.pop().cancel()
        try:
            waiting.append(asyncio.get_running_loop().call_later(WAIT, act))
        except RuntimeError:
            act()

    return request
