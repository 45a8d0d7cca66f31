"""An HTML panel: Python writes its parts, and the browser reports clicks, choices and typing."""

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from .._html import macro

Action = Mapping[str, Any]
"""A message from the browser: `do`, `value`, and `about` (what the part showed when it was used)."""

_ARE_YOU_THERE = {"do": "are you there"}


class Summarised:
    """A widget whose text on a page without a kernel is its `summary`: the same on every run."""

    summary = ""

    def __repr__(self, *_: object, **__: object) -> str:
        return f"<{self.summary}>"


class LivePanel(Summarised, anywidget.AnyWidget):
    """Show `parts` (name -> HTML made of escaped pieces, in order) and pass the user's actions to `act`.

    An element with `data-do` reports its click, a form control with `data-do` its new value, and a button with
    `data-key` is also pressed by that key while the focus is inside the panel (not in a field).  Only parts that have
    changed are redrawn, and the focus is kept.  Controls are native, so that keyboard and screen reader work as
    anywhere on the web.  A `watched` panel checks every few seconds whether Python responds; while it does not, the
    panel shows a message and accepts no keys.
    """

    _esm = Path(__file__).with_name("html_panel.js").read_text(encoding="utf-8")
    _css = "\n".join(
        Path(__file__).with_name(name).read_text(encoding="utf-8") for name in ("widgets.css", "html_panel.css")
    )
    parts = traitlets.Dict().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    watched = traitlets.Bool().tag(sync=True)

    def __init__(self, name: str, label: str, summary: str, *, watched: bool = False) -> None:
        self.summary = f"{name}: {summary}"
        super().__init__(label=label, watched=watched)
        self.on_msg(lambda _, content, __: self._hear(content))

    def _hear(self, content: Action) -> None:
        if content == _ARE_YOU_THERE:
            self.send({"here": True})
            self.look_again()
        else:
            self.act(content)

    def act(self, action: Action) -> None:
        """Carry out what the user asks for; each panel has its own."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Check for changes, every few seconds in a `watched` panel; by default nothing."""

    def show(self, **parts: str) -> None:
        """Redraw these parts and leave the others as they are."""
        self.parts = {**self.parts, **parts}


drawn = functools.partial(macro, "toolkit.explorers")
button, folded, heard, paragraph, table_html = (
    functools.partial(drawn, "parts.html.j2", part) for part in ("button", "folded", "heard", "paragraph", "table")
)
