"""explore_thread: an article beside its comments, the texts behind each bar, words in context, linked passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from ..figures.formatting import counted
from ..figures.input_tables import OWN, TEXTS, as_measured, source_of
from ..metrics.measure import METRICS, Metric, chosen
from . import thread_html
from .html_panel import Action, LivePanel, paragraph
from .thread_model import SIDES, ThreadView


def explore_thread(texts: pd.DataFrame, *, metrics: Sequence[Metric | str] = METRICS) -> ThreadPanel:
    """Explore an article and its comments side by side: choose a metric, press a bar, read the texts behind it.

    Press an underlined sentence of the article to see which comments respond to it, or a comment to see what it
    responds to (`link_comments`). The search box shows each use of a word on both sides (`concordance`).

    Nothing new is computed: values come from `measure`, reply levels from `place_comments`, the verdict from
    `compare`, and the marks in an opened text from `explain_sentiment` and similar functions.  Comparing a
    selection is exploration, not a test: among enough selections, some will always differ.

    Parameters
    ----------
    texts : DataFrame
        A table of texts from one thread or many, as from `load_corpus` or `read_thread`.
    metrics : sequence of Metric or str
        Metrics to choose from: names, or `Metric` objects of your own.

    Returns
    -------
    ThreadPanel
        A panel for JupyterLab or Voila; `panel.view.shown` is the table of units in the figure.

    Raises
    ------
    TypeError, ValueError
        If `texts` is not a table, lacks a column or has no rows, or a metric is unknown.
    """
    return ThreadPanel(ThreadView(as_measured(texts, "explore_thread", ["text"], TEXTS), chosen(metrics)))


class ThreadPanel(LivePanel):
    """Panel of `explore_thread`: draws a `ThreadView` and passes choices to it."""

    def __init__(self, view: ThreadView) -> None:
        self.view, self._drawn = view, 0
        counts = [(int(view.all_texts["kind"].eq(side).sum()), side) for side in SIDES]
        summary = " and ".join(counted(count, side) for count, side in counts)
        super().__init__("explore_thread", "A thread: the article beside its comments", summary)
        self._draw(controls=True)

    def act(self, action: Action) -> None:
        """Carry out an action; errors appear in the status line."""
        done, value, view = str(action.get("do")), str(action.get("value", "")), self.view
        closed = view.state["open"] if done == "open" and not value else ""
        steps: dict[str, Callable[[], None]] = {
            **{focus: partial(view.press, focus, value) for focus in ("bar", "passage", "comment")},
            "open": partial(view.open, value), "search": partial(view.search, value), "links": view.find_links,
            "more": view.show_more, "all": partial(view.narrow, "", ""), "reset": view.reset,
        }  # fmt: skip
        try:
            steps.get(done, partial(view.set, done, value))()
        except ValueError as error:
            self.show(status=paragraph(str(error), "btl-status"))
            return
        redrawn = done in ("reset", "thread", "metric", "links", "all", "bar", "passage", "comment")
        self._draw(controls=redrawn, closed=closed, more=value if done == "more" else "")

    def _draw(self, *, controls: bool = False, closed: str = "", more: str = "") -> None:
        """Draw all parts, but the controls only on request, since a date may be half typed."""
        self._drawn += controls
        source = source_of(self.view.texts, None)
        view, first = self.view, {"controls": thread_html.controls(self.view, self._drawn)} if controls else {}
        self.show(
            **first, status=thread_html.status(view), figure=thread_html.figure(view), opened=thread_html.opened(view),
            sides=thread_html.sides(view, closed, more), source="" if source == OWN else paragraph(f"Source: {source}"),
        )  # fmt: skip
