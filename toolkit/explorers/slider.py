"""A slider with named positions: the browser's native one, since that of ipywidgets has no accessible name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import anywidget
import traitlets


class Slider(anywidget.AnyWidget):
    """Choose one of `labels`; `value` is its position, updated during dragging."""

    _esm = Path(__file__).with_name("slider.js").read_text(encoding="utf-8")
    label = traitlets.Unicode().tag(sync=True)
    labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    value = traitlets.Int(0).tag(sync=True)

    def __init__(self, label: str, labels: Sequence[str], value: int) -> None:
        super().__init__(label=label, labels=list(labels), value=value)

    @traitlets.validate("value")
    def _on_the_scale(self, proposal: dict[str, int]) -> int:
        return max(0, min(len(self.labels) - 1, proposal["value"]))
