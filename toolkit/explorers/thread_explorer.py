"""explore_thread: the article beside its comments, a figure of any metric, and the texts behind each bar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .._html import NO_MATHS, attribute, escaped
from ..figures.style import counted
from ..figures.tables import source_of
from ..metrics.measure import METRICS, Metric, chosen
from .html_panel import Action, LivePanel, button, paragraph
from .thread_html import opened, sides
from .thread_model import ORDERS, SIDES, UNITS, ThreadView
from .widgets import as_texts

if TYPE_CHECKING:
    import pandas as pd

_WIDEST = 62  # percent of its column for the longest bar, which leaves space for its share


def explore_thread(texts: pd.DataFrame, *, metrics: Sequence[Metric | str] = METRICS) -> ThreadPanel:
    """Explore an article and its comments side by side: choose a metric, press a bar, read the texts behind it.

    Nothing is computed here: the values come from `measure`, places from `place_comments`, the sentence below the
    figure from `compare`, the marks in an opened text from `explain_sentiment` and similar functions.  Comparing a
    selected part is exploration, not a test: with enough selections, some part always differs.

    Parameters
    ----------
    texts : DataFrame
        A texts table, as from `load_corpus` or `read_thread`, of one thread or many.
    metrics : sequence of Metric or str
        What can be chosen: names, or your own `Metric` objects.

    Returns
    -------
    ThreadPanel
        A panel for JupyterLab or Voila; `panel.view.shown` is the table of the units behind the figure.

    Raises
    ------
    TypeError, ValueError
        If `texts` is not a table, a column is missing, there is no text, or a metric is unknown.
    """
    return ThreadPanel(ThreadView(as_texts(texts, "explore_thread"), chosen(metrics)))


class ThreadPanel(LivePanel):
    """The panel of `explore_thread`: it draws a `ThreadView` and passes choices to it."""

    def __init__(self, view: ThreadView) -> None:
        self.view, self._drawn = view, 0
        counts = [(int(view.all_texts["kind"].eq(side).sum()), side) for side in SIDES]
        summary = " and ".join(counted(count, side) for count, side in counts)
        super().__init__("explore_thread", "A thread: the article beside its comments", summary, self.act)
        self._draw(controls=True)

    def act(self, action: Action) -> None:
        """Carry out an action; errors appear in the status line."""
        done, value, view = str(action.get("do")), str(action.get("value", "")), self.view
        closed = view.state["open"] if done == "open" and not value else ""
        more = value if done == "more" else ""
        try:
            if done == "bar":
                view.choose_bar(*value.partition(" ")[::2])
            elif done == "open":
                view.open(value)
            elif done == "more":
                view.state["more"] = str(int(view.state["more"]) + 1)
            elif done == "reset":
                view.reset()
            else:
                view.set(done, value)
        except ValueError as error:
            self.show(status=paragraph(str(error), "btl-status"))
            return
        self._draw(controls=done in ("reset", "thread", "metric"), closed=closed, more=more)

    def _draw(self, *, controls: bool = False, closed: str = "", more: str = "") -> None:
        """Draw all parts; the controls only if something else changed them, not while a date is being typed."""
        self._drawn += controls
        first = {"controls": _controls(self.view, self._drawn)} if controls else {}
        status, figure = paragraph(_status(self.view), "btl-status") + _heard(self.view), _figure(self.view)
        lists = sides(self.view, closed, more)
        source = paragraph(f"Source: {source_of(self.view.texts, None)}")
        self.show(**first, status=status, figure=figure, opened=opened(self.view), sides=lists, source=source)


# ---- parts as HTML; all text is escaped


def _controls(view: ThreadView, drawn: int) -> str:
    state, texts = view.state, view.texts
    units = [(key, f"each {words}", "") for key, words in UNITS.items()]
    voices = [("", "all voices", ""), ("author", "the writers' own words", ""), ("attributed", "words of others", "")]
    parts = [_menu("Thread", "thread", [(str(t), str(t), "") for t in view.threads], state)] if view.threads[1:] else []
    parts.append(_menu("Metric", "metric", [(m.name, m.label, m.family) for m in view.metrics.values()], state))
    parts += [_menu("Measured on", "unit", units, state), _menu("Voice", "voice", voices, state)]
    orders = [(name, words, "") for name, words in ORDERS.items()]
    parts.append(_menu("Sort comments by", "sort", orders, state))
    for words, name, kind in (
        ("Reply level", "depth", "number"),
        ("Likes", "likes", "number"),
        ("Posted", "date", "date"),
    ):
        if texts[{"date": "posted"}.get(name, name)].notna().any():
            ends = (_field(f"{words} {end}", f"{name}_{end}", kind, state) for end in ("from", "to"))
            parts.append(f'<span class="btl-range">{"".join(ends)}</span>')
    level = "Reply level 1 answers the article, level 2 answers a comment of level 1, and so on."
    explained = paragraph(level) if texts["depth"].notna().any() else ""
    boxes = "".join(parts) + button("Show all", "reset")
    return f'<div class="btl-controls" data-drawn="{drawn}">{boxes}</div>{explained}'


def _menu(label: str, name: str, options: Iterable[tuple[str, str, str]], state: dict[str, str]) -> str:
    """Render a labelled menu; an option is (value, label, group)."""
    groups: dict[str, str] = defaultdict(str)
    for value, words, group in options:
        mark = " selected" if value == state[name] else ""
        groups[group] += f'<option value="{attribute(value)}"{mark}>{attribute(words)}</option>'
    ungrouped = groups.pop("", "")
    inside = ungrouped + "".join(
        f'<optgroup label="{attribute(one)}">{each}</optgroup>' for one, each in groups.items()
    )
    return f'<label>{escaped(label)}<select data-do="{name}" data-id="{name}">{inside}</select></label>'


def _field(label: str, name: str, kind: str, state: dict[str, str]) -> str:
    value = attribute(state[name])
    return f'<label>{label}<input type="{kind}" data-do="{name}" data-id="{name}" value="{value}"></label>'


def _status(view: ThreadView) -> str:
    """Report how many comments are left, and what is behind the chosen bar."""
    comments, kept = (int(table["kind"].eq("comment").sum()) for table in (view.texts, view.kept))
    said = f"{counted(kept, 'comment')} of {comments}" + (f"; {comments - kept} left out." if kept < comments else ".")
    if (behind := view.behind) is not None:
        bar, side = view.bars[int(view.state["bar"])], view.state["side"]
        whose = "comments" if side == "comment" else "article"
        said += f" Shown: {counted(len(behind), view.state['unit'])} of the {whose}, {view.metric.label} {bar.label}."
    return said


def _heard(view: ThreadView) -> str:
    """Describe the figure in a sentence for screen readers, since a choice may change nothing else."""
    return f'<span class="btl-heard {NO_MATHS}">{escaped(f"{view.metric.label}. {view.verdict}")}</span>'


def _figure(view: ThreadView) -> str:
    """Render two columns of bars; each bar is a button labelled with its content."""
    metric, unit, values = view.metric, view.state["unit"], view.shown.groupby("kind")[view.metric.name]
    totals = {side: int(values.count().get(side, 0)) for side in SIDES}
    counts = {side: [view.count(bar, side) for bar in view.bars] for side in SIDES}
    longest = max((n / totals[side] for side in SIDES for n in counts[side] if n), default=1.0)
    heads = f"<b>Article: share of {counted(totals['article'], unit)}</b>"
    heads += f'<b class="btl-of-comments">Comments: share of {counted(totals["comment"], unit)}</b>'
    rows = [
        f'<span class="btl-bin">{escaped(bar.label)}</span>'
        + "".join(_bar(view, at, side, counts[side][at], totals[side], longest) for side in SIDES)
        for at, bar in enumerate(view.bars)
    ]
    missing = len(view.shown) - sum(totals.values())
    without = f" Without a value: {counted(missing, unit)}." if missing else ""
    said = (
        f"{metric.unit[0].upper()}{metric.unit[1:]}. Higher means {metric.higher_means}. Press a bar to read.{without}"
    )
    grid = f'<div class="btl-bars"><span></span>{heads}{"".join(rows)}</div>' if rows else ""
    return f"<h3>{escaped(metric.label)}</h3>{paragraph(said)}{grid}{paragraph(view.verdict, '')}"


def _bar(view: ThreadView, at: int, side: str, count: int, total: int, longest: float) -> str:
    who = "comments" if side == "comment" else "article"
    if not count:
        return f'<span class="btl-bar btl-soft btl-of-{who}"><span class="btl-heard">{who}: </span>0</span>'
    pressed = str((view.state["side"], view.state["bar"]) == (side, str(at))).lower()
    said = attribute(f"{who}, {view.bars[at].label}: {count} of {total}, {count / total:.0%}")
    width = f'<i style="flex: 0 0 {_WIDEST * count / total / longest:.1f}%"></i>'
    also = f'class="btl-bar btl-of-{who}" aria-pressed="{pressed}" aria-label="{said}"'
    drawn = button(str(count), "bar", f"{side} {at}", also=also)
    shown = f'<span>{count / total:.0%} <small class="btl-soft">({count:,})</small></span>'
    return drawn.replace(f">{count}</button>", f">{width}{shown}</button>")
