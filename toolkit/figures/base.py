"""A picture is a figure that carries its words: title, source, alt text, caption and text twin; show displays it."""

from __future__ import annotations

import base64
import html
import io
import math
import pathlib
import re
import sys
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .describe import twin
from .style import BASE, DPI, GREY, LINE, SMALL, TITLE, WIDTH, plain, style, wrapped

_EDGE = 0.14  # inches between the words and the rim
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_KEPT_IN: list[pathlib.Path] = []  # where keep_figures has said; empty: nowhere
_NOT_MATHEMATICS = "mathjax_ignore tex2jax_ignore"  # the classes that MathJax 3 and 2 pass over


class Picture(Figure):
    """A matplotlib Figure with an `alt_text` and a `caption`; as the last line of a cell it displays as `show` does."""

    alt_text: str = ""
    caption: str = ""

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return _bundle(self, _alt(self, None), self.caption, None)


def show(figure: Figure, alt: str | None = None, caption: str | None = None, name: str | None = None) -> None:
    """Display a figure with its alt text and its text twin, and close it.

    In Jupyter the output is an HTML figure with the picture as PNG, and as plain text the alt text and the twin (see
    `toolkit.figures.describe`), so that a test of the notebook compares what is drawn and not its pixels.  Elsewhere
    the plain text is printed.

    Parameters
    ----------
    figure : Figure
        From a plot_ function, or any matplotlib figure.
    alt : str, optional
        What a sighted reader sees, for those who do not; by default what the plot_ function wrote from its data.
    caption : str, optional
        The line beneath; by default the plot_ function's.  An empty one leaves it out.
    name : str, optional
        Name of the figure in its page: lower-case letters, digits and hyphens.

    Raises
    ------
    TypeError, ValueError
        If `figure` is no figure; if there is no alt text; if the name has other characters.
    """
    if not isinstance(figure, Figure):
        raise TypeError(
            f"show takes a matplotlib Figure, not {type(figure).__name__}. plot_metric(measured) gives one."
        )
    if name is not None and not _NAME.fullmatch(name):
        raise ValueError(f"{name[:80]!r} cannot name a figure: use 1 to 64 lower-case letters, digits and hyphens.")
    words = getattr(figure, "caption", "") if caption is None else caption
    bundle = _bundle(figure, _alt(figure, alt), words, name)
    if name is not None and _KEPT_IN:
        _keep(figure, bundle, _KEPT_IN[-1] / name)
    _display(bundle)
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)


def keep_figures(folder: str | pathlib.Path | None) -> None:
    """From now on `show` also writes each figure with a name to `folder`, as SVG, PNG and text twin; None ends that."""
    _KEPT_IN.clear()
    if folder is not None:
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        _KEPT_IN.append(pathlib.Path(folder))


def _keep(figure: Figure, bundle: dict[str, str], stem: pathlib.Path) -> None:
    with style():  # no date and a fixed salt: the same figure gives the same bytes
        said = {"Date": None, "Creator": None, "Description": bundle["text/plain"].partition("\nfigure ")[0]}
        figure.savefig(stem.with_name(f"{stem.name}.svg"), format="svg", metadata=said)
    stem.with_name(f"{stem.name}.png").write_bytes(_png(figure))
    stem.with_name(f"{stem.name}.txt").write_text(bundle["text/plain"] + "\n", encoding="utf-8", newline="\n")


def _alt(figure: Figure, alt: str | None) -> str:
    text = getattr(figure, "alt_text", "") if alt is None else alt
    if not text.strip():
        raise ValueError(
            "The figure has no alt text. Say in a sentence or two what a sighted reader sees: "
            'show(figure, alt="Bar chart: ..."). Figures from the plot_ functions bring their own.'
        )
    return " ".join(text.split())


def _bundle(figure: Figure, alt: str, caption: str, name: str | None) -> dict[str, str]:
    picture = base64.b64encode(_png(figure)).decode("ascii")
    identity = f' id="{name}"' if name else ""
    beneath = f'<figcaption class="{_NOT_MATHEMATICS}">{_escaped(caption)}</figcaption>' if caption.strip() else ""
    image = f'<img alt="{html.escape(alt)}" src="data:image/png;base64,{picture}">'
    plain_text = [f"[{name}]"] * bool(name) + [alt] + [caption] * bool(caption.strip()) + [twin(figure)]
    return {
        "text/html": f'<figure class="{_NOT_MATHEMATICS}"{identity}>{image}{beneath}</figure>',
        "text/plain": "\n".join(plain_text),
    }


def _escaped(text: str) -> str:
    """HTML that neither the browser nor MathJax takes for anything but words."""
    return html.escape(text).replace("$", "<span>$</span>")


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    with style():
        figure.savefig(buffer, format="png", dpi=DPI, metadata={"Software": None})
    return buffer.getvalue()


def _display(bundle: dict[str, str]) -> None:
    jupyter = sys.modules.get("IPython")
    if jupyter is not None and jupyter.get_ipython() is not None:
        jupyter.display.publish_display_data(bundle)
        return
    encoding = sys.stdout.encoding or "utf-8"  # a terminal may lack some letters
    sys.stdout.write(bundle["text/plain"].encode(encoding, "replace").decode(encoding) + "\n")


# Making one: the words above and beneath, and the axes between them, all in inches


def picture(
    title: str,
    height: float,
    *,
    left: float = 0.8,
    right: float = 0.25,
    above: float = 0.1,
    below: float = 0.7,
    note: str = "",
    source: str = "",
) -> tuple[Picture, Axes]:
    """Lay out a figure: title, axes of `height` inches, note and source line.  Call it, and draw, inside `style()`."""
    lines = wrapped(title, WIDTH - 2 * _EDGE, TITLE, bold=True, lines=3)
    notes = wrapped(note, WIDTH - 2 * _EDGE, SMALL, lines=12) if note else []
    sources = wrapped(f"Source: {source}", WIDTH - 2 * _EDGE, SMALL, lines=3) if source else []
    foot = len(notes + sources) * SMALL * LINE + 0.08 * bool(notes and sources)
    head = _EDGE + len(lines) * TITLE * LINE
    total = math.ceil((head + above + height + below + foot + _EDGE) * DPI) / DPI  # whole pixels
    figure = Picture(figsize=(WIDTH, total), dpi=DPI)
    edge = _EDGE / WIDTH
    figure.suptitle("\n".join(lines), x=edge, y=1 - _EDGE / total, ha="left", va="top", size=TITLE, weight="bold")
    if sources:
        figure.text(edge, _EDGE / total, "\n".join(sources), size=SMALL, color=GREY, va="bottom")
    if notes:
        figure.text(edge, (_EDGE + foot) / total, "\n".join(notes), size=SMALL, va="top")
    bottom = (_EDGE + foot + below) / total
    return figure, figure.add_axes((left / WIDTH, bottom, (WIDTH - left - right) / WIDTH, height / total))


def finished(figure: Picture, alt: str, caption: str = "") -> Picture:
    """Attach the words, and let matplotlib make every label while the settings hold."""
    figure.alt_text, figure.caption = alt, caption
    figure.draw_without_rendering()
    return figure


def nothing_to_draw(title: str, reason: str, source: str) -> Picture:
    """A figure that says in words why there is nothing to see."""
    with style():
        figure, axes = picture(title, 0.7, left=_EDGE, below=0.1, source=source)
        axes.set_axis_off()
        lines = wrapped(reason, WIDTH - 4 * _EDGE, BASE)
        axes.text(0.5, 0.5, "\n".join(lines), ha="center", va="center", transform=axes.transAxes)
        return finished(figure, f"An empty figure: {title}. {reason}")


# Tables


def source_of(table: pd.DataFrame, source: str | None) -> str:
    """The source line: the one given, else the citations of the corpora that `thread_id` names, else "own texts"."""
    if source is not None:
        return plain(source, 400)
    names = table["thread_id"].dropna().unique()[:200].tolist() if "thread_id" in table.columns else []
    cited = list(dict.fromkeys(_citation(name) for name in names)) or ["own texts"]
    more = [f"and {len(cited) - 3} more"] if len(cited) > 3 else []
    return "; ".join([plain(each, 240 if len(cited) == 1 else 110) for each in cited[:3]] + more)


def _citation(name: object) -> str:
    from ..corpora.load import provenance

    try:
        cited = provenance(str(name))
    except (ValueError, FileNotFoundError):
        return "own texts"
    return cited.partition(" SHA-256:")[0]


def as_measured(table: Any, function: str) -> pd.DataFrame:
    """The table as given, if it is one."""
    if not isinstance(table, pd.DataFrame):
        what = type(table).__name__
        raise TypeError(f"{function} takes a table, not {what}. measure(split_sentences(texts)) gives one.")
    return table


def first_article(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of the first article, or of the first text where there is none."""
    rows = table[table["kind"].eq("article").fillna(False).astype(bool)] if "kind" in table.columns else table
    rows = rows if len(rows) else table
    if "text_id" not in rows.columns or not len(rows):
        return rows
    first = rows["text_id"].iloc[0]
    if pd.isna(first):
        return rows.head(1)
    return rows[rows["text_id"].eq(first).fillna(False).astype(bool)]


_NOUNS = {"s": "sentence", "b": "block", "p": "passage"}


def noun_of(table: pd.DataFrame) -> str:
    """What a row is: sentence, block or passage by its unit_id, else text, else unit."""
    if "unit_id" in table.columns and len(table):
        found = re.search(r"#([sbp])\d+$", str(table["unit_id"].iloc[0]))
        return _NOUNS[found[1]] if found else "unit"
    return "text" if "text_id" in table.columns else "unit"
