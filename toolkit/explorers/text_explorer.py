"""explore_text: type or paste a text, see where its numbers come from, rewrite it and watch them change."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import ipywidgets as widgets

from ..context.concordance import uses_in
from ..figures.formatting import counted, number
from ..metrics.measure import METRICS, Metric, chosen, measure
from ..metrics.missing_values import why_missing
from ..text.reading import Reading, read
from .highlight import Mark, marked_html
from .highlight_layers import LAYERS, Drawn, Layer, after_normalising
from .html_panel import table_html
from .rewriting_tasks import TASKS
from .widgets import Panel, columns, labelled, later, row, say, status

SAMPLE = (
    "What a day! The committee isn’t happy. Critics call the plan “a terrible mistake”… 😡 Is it? Nobody knows yet."
)
_KEPT = 4  # cached results of each kind per explorer


def explore_text(text: str = SAMPLE, *, metrics: Sequence[Metric | str] = METRICS) -> Panel:
    """Explore a text: the words and sentences behind each number, and how rewriting changes them.

    The layers are tone (sentence scores, word ratings and the rules that changed them), readability (longest
    sentences, hardest words), emoji, structure, and what normalising changes.  Each mark has a note on hover and
    on focus, and the table updates as you type.  "Rewrite" keeps the text, puts your own version beside
    it, and shows the difference in every metric. "Search" marks each use of a word or phrase.

    Parameters
    ----------
    text : str
        Initial text.
    metrics : sequence of Metric or str
        Metrics in the table: names, or `Metric` objects of your own.

    Returns
    -------
    Panel
        A widget, shown if it is the last line of a cell.  Its parts: text, layer, search, all_metrics, rewrite,
        version, task.

    Raises
    ------
    TypeError, ValueError
        If `text` is not a str or is too long, or a metric is unknown.
    """
    read(text)  # fails unless it is a text
    return _TextExplorer(text, chosen(metrics))


class _TextExplorer(Panel):
    """The parts of one explorer, and how they update each other."""

    def __init__(self, text: str, metrics: Sequence[Metric]) -> None:
        self.metrics = metrics
        # Small caches, so that typing a version does not recompute the original.
        self._read, self._valued = lru_cache(_KEPT)(read), lru_cache(_KEPT)(_values)
        self._marked = lru_cache(_KEPT)(_marked)
        self.layer = labelled(widgets.RadioButtons(options=list(LAYERS), orientation="horizontal"), "Show")
        self.everything = labelled(widgets.Checkbox(False, indent=False), "All metrics")
        self.rewriting = labelled(widgets.Checkbox(False, indent=False), "Rewrite")
        self.task = labelled(widgets.Dropdown(options=list(TASKS)), "Task")
        find = widgets.Text(placeholder="word, phrase or librar*", continuous_update=True, layout={"width": "20em"})
        self.search = labelled(find, "Search")
        self.text, self.version = _box(text, "Text"), _box("", "Your version")
        self.shown, self.version_shown, self.numbers = (widgets.HTML() for _ in range(3))
        self.line = status()
        self.beside = widgets.VBox([self.version, self.version_shown])
        first = widgets.VBox([self.text, self.shown])
        controls = row(self.layer, self.search, self.everything, self.rewriting, self.task)
        body = columns(("24em", first), ("24em", self.beside), ("22em", self.numbers))
        self.places = body.children
        parts = {
            "text": self.text, "layer": self.layer, "search": self.search, "all_metrics": self.everything,
            "rewrite": self.rewriting, "version": self.version, "task": self.task, "marked": self.shown,
            "version_marked": self.version_shown, "numbers": self.numbers, "status": self.line,
        }  # fmt: skip
        super().__init__("explore_text", [controls, self.line, body], parts, "a text, its marks, its metrics")
        self.rewriting.observe(self._copy_text, "value")
        redraw = later(self.draw)
        for control in (self.text, self.version, self.search):
            control.observe(redraw, "value")
        for control in (self.layer, self.everything, self.rewriting, self.task):
            control.observe(lambda _: self.draw(), "value")
        self.draw()

    def _copy_text(self, _: object) -> None:
        if self.rewriting.value and not self.version.value:
            self.version.value = self.text.value

    def draw(self) -> None:
        self.text.description = "Original" if self.rewriting.value else "Text"
        for part in (self.places[1], self.task):
            part.layout.display = None if self.rewriting.value else "none"
        self.places[2].layout.flex = "1 1 100%" if self.rewriting.value else "1 1 22em"  # five columns need the width
        try:
            self._draw()
        except ValueError as error:  # the text is too long, or the search is invalid
            say(self.line, error)

    def _draw(self) -> None:
        first, layer, query = self._read(self.text.value), LAYERS[self.layer.value], self.search.value.strip()
        uses = f" “{query}”: {counted(len(uses_in(first, query)), 'use')}." if query else ""
        self.shown.value = self._marked(first, layer.draw, "The text with its marks", query)
        if self.rewriting.value:
            second = self._read(self.version.value)
            self.version_shown.value = self._marked(second, layer.draw, "Your version with its marks", query)
            self.numbers.value = self._numbers_of(layer, first, second)
            say(self.line, TASKS[self.task.value](first, second), uses)
            return
        if layer is LAYERS["normalising"]:
            self.shown.value += self._marked(first, after_normalising, "The text as it is measured", query)
        self.numbers.value = self._numbers_of(layer, first)
        say(self.line, f"{counted(int(first.words), 'word')}, {counted(int(first.sentences), 'sentence')}.", uses)

    def _numbers_of(self, layer: Layer, *readings: Reading) -> str:
        """Render the metrics of the layer's family, or all: of a text, or of the original and the version.

        Custom metrics are always included; metrics without a value come last, with the reason.
        """
        families = (layer.family, "own")
        metrics = tuple(metric for metric in self.metrics if self.everything.value or metric.family in families)
        if not metrics:
            return ""
        values, reasons = zip(*(self._valued(reading, metrics) for reading in readings), strict=True)
        why = {name: reason for of_one in reasons for name, reason in of_one.items()}
        rows: list[tuple[Any, ...]] = []
        for metric, *own in sorted(zip(metrics, *values, strict=True), key=lambda each: math.isnan(sum(each[1:]))):
            lacks, better = math.isnan(sum(own)), f"; ▲ {metric.higher_means}" * (len(own) > 1)
            unit = (f"no value: {why.get(metric.name, '')}", "soft") if lacks else metric.unit + better
            rows.append((metric.label, *map(_shown, own), *(_moved(other - own[0]) for other in own[1:]), unit))
        if len(readings) == 1:
            return table_html("What is measured", ["Metric", "Value", "Unit"], rows)
        return table_html("Your version against the original", ["Metric", "Original", "Yours", "Change", "Unit"], rows)


def _box(text: str, words: str) -> widgets.Textarea:
    box = labelled(widgets.Textarea(text, continuous_update=True, layout={"height": "9.5em", "width": "100%"}), words)
    box.add_class("btl-box")  # its label is above it
    return box


def _marked(reading: Reading, draw: Callable[[Reading], Drawn], label: str, query: str) -> str:
    drawn, marks = draw(reading), list[Mark]()
    if query and drawn.text == reading.text:
        marks = [Mark(*at, "found", "⌕", f"use of “{query}”") for at in uses_in(reading, query)]
    return marked_html(drawn.text, [*drawn.marks, *marks], label=label, hint=drawn.hint)


# ---- tables


def _values(reading: Reading, metrics: tuple[Metric, ...]) -> tuple[list[float], dict[str, str]]:
    values = measure([reading.original], metrics).iloc[0]
    empty = [metric for metric in metrics if math.isnan(values[metric.name])]
    reasons = why_missing([reading.original] if empty else [], empty)
    why = dict(zip(reasons["metric"], reasons["reason"], strict=True))
    return [float(values[metric.name]) for metric in metrics], why


def _shown(value: float) -> str:
    return "–" if math.isnan(value) else number(value)


def _moved(difference: float) -> tuple[str, str]:
    shown = _shown(abs(difference))
    if math.isnan(difference):
        return shown, "soft"
    if not any(digit in shown for digit in "123456789"):
        return "=", "soft"
    return f"{'▲' if difference > 0 else '▼'} {shown}", "moved"
