"""explore_robustness: the same comparison under other analysis choices."""

import ipywidgets as widgets
import pandas as pd

from ..comparison.analysis_choices import CHOICES
from ..comparison.multiverse import robustness, robustness_sentence
from ..figures.formatting import counted, lower_first
from ..figures.input_tables import TEXTS, as_measured, source_of
from ..figures.plot_robustness import plot_robustness
from ..metrics.measure import METRICS, Metric, chosen
from .metrics_explorer import labels_of
from .widgets import Panel, drawn_html, labelled, row, say, status

_EITHER = "either"


def explore_robustness(texts: pd.DataFrame, metric: str | Metric = "sentiment") -> Panel:
    """Explore how the comparison of article and comments depends on the analysis choices.

    All combinations are computed once per metric; each menu then keeps one option of a choice, or both.

    Parameters
    ----------
    texts : DataFrame
        Whole texts, an article and its comments, as from `load_corpus`.
    metric : str or Metric
        Metric to show first.

    Returns
    -------
    Panel
        A widget, shown if it is the last line of a cell.  Its parts: metric, one per choice under its name
        (quotes, emoji, …; see `robustness`), status, figure.

    Raises
    ------
    TypeError, ValueError
        As in `robustness`.
    """
    (first,), texts = chosen([metric]), as_measured(texts, "explore_robustness", ["text"], TEXTS)
    tables = {first.name: robustness(texts, metric)}  # one per metric, so only a few
    names = dict.fromkeys(each.name for each in (*METRICS, first))
    menu = labelled(widgets.Dropdown(options=labels_of([*names]), value=first.name), "Metric")
    choices = {
        choice.name: labelled(
            widgets.Dropdown(options=[_EITHER, choice.usual, choice.other]), choice.name.replace("_", " ").capitalize()
        )
        for choice in CHOICES
    }
    line, figure = status(), widgets.HTML(layout={"width": "100%"})

    def draw(_: object = None) -> None:
        if menu.value not in tables:
            say(line, "Computing every combination …")
            tables[menu.value] = robustness(texts, menu.value)
        table = kept = tables[menu.value]
        for name, choice in choices.items():
            choice.disabled = name not in table.columns
            if not choice.disabled and choice.value != _EITHER:
                kept = kept[kept[name] == choice.value]
        if kept.empty:
            say(line, "No combination has all of these choices. Set one of them to “either”.")
            figure.value = ""
            return
        has_own = kept.index[0] == 0
        added = "" if has_own else " The figure and its title include the toolkit's own combination (the cross)."
        counted_by = (
            f"Compared by mean or median, {lower_first(robustness_sentence(kept))} The title below compares pairs."
        )
        # plot_robustness takes the first row as the toolkit's own combination.
        shown = kept if has_own else table.loc[[0, *kept.index]]
        figure.value = drawn_html(plot_robustness(shown, source=source_of(texts, None)))
        say(line, counted_by, added)

    for control in (menu, *choices.values()):
        control.observe(draw, "value")
    draw()
    parts = {"metric": menu, **choices, "status": line, "figure": figure}
    summary = f"{counted(len(tables[first.name]), 'combination')} of choices over {counted(len(texts), 'text')}"
    return Panel("explore_robustness", [row(menu), row(*choices.values()), line, figure], parts, summary)
