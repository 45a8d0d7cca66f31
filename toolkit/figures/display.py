"""Show and save figures: HTML with alt text in Jupyter, a text description elsewhere, and files."""

import base64
import gzip
import io
import re
import sys
from collections.abc import Mapping

import numpy as np
import pandas as pd
from markupsafe import Markup
from matplotlib.figure import Figure
from PIL import Image

from .._files import csv_bytes
from .._html import templates
from .._tables import check_strings
from .._terminal import write_line
from .alt_text_and_description import alt_text, description
from .style import DPI, style

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_COLOURS = 256  # of a PNG; with fewer, a small emoji turns grey
PIXEL_RATIO = 1.6  # PNG pixels per pixel of page width
_LONG = re.compile(rb"(?<![\w.#])-?\d+\.\d{3,}(?![\w.%])")  # numbers in an SVG; five digits are enough
# A page holds each picture once: the PNG link saves the picture shown, the SVG link unzips the SVG.
SAVE_SHOWN = "this.href = this.closest('figure').querySelector('img').src"
SAVE_UNZIPPED = (
    "event.preventDefault(); "
    "fetch(this.href).then(zipped => new Response(zipped.body.pipeThrough(new DecompressionStream('gzip'))).blob())"
    ".then(svg => { const link = document.createElement('a'); link.download = this.download.slice(0, -1); "
    "link.href = window.URL.createObjectURL(new Blob([svg], {type: 'image/svg+xml'})); link.click(); })"
)
LONGEST_DESCRIPTION = 40_000  # characters of a text description that a page shows


def show(figure: Figure, alt: str | None = None, caption: str | None = None, name: str | None = None) -> None:
    """Display a figure with its alt text and its text description, and close it.

    In Jupyter the output is an HTML figure with links that save it as SVG, PNG and CSV; its plain-text form is the alt
    text and the description (see `toolkit.figures.alt_text_and_description`), so that notebook tests compare content
    rather than pixels.  Elsewhere the plain text is printed.

    Parameters
    ----------
    figure : Figure
        From a `plot_…` function, or any matplotlib figure.
    alt : str, optional
        What the figure shows, for readers who cannot see it; by default the text that the `plot_…` function wrote.
    caption : str, optional
        The line below the figure; by default the `plot_…` function's.  Empty for none.
    name : str, optional
        Name of the figure on its page: lower-case letters, digits and hyphens.

    Raises
    ------
    TypeError, ValueError
        If `figure` is not a figure, there is no alt text, or the name contains other characters.
    """
    if not isinstance(figure, Figure):
        raise TypeError(f"show takes a matplotlib Figure, not {type(figure).__name__}. plot_tone(measured) gives one.")
    check_strings(alt=alt, caption=caption, name=name)
    if name is not None and not _NAME.fullmatch(name):
        raise ValueError(f"{name[:80]!r} cannot name a figure: use 1 to 64 lower-case letters, digits and hyphens.")
    shown = bundle(figure, alt, caption, name)
    jupyter = sys.modules.get("IPython")
    if jupyter is not None and jupyter.get_ipython() is not None:
        jupyter.display.publish_display_data(shown)
    else:
        write_line(sys.stdout, shown["text/plain"])
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)


def bundle(
    figure: Figure, alt: str | None = None, caption: str | None = None, name: str | None = None, *, save: bool = True
) -> dict[str, str]:
    """Build the Jupyter output: HTML with the picture, and plain text with alt text, caption and description.

    With `save`, links below the picture save it as SVG and PNG and its data as CSV.
    """
    said = alt_text(figure, alt)
    words = (getattr(figure, "caption", "") if caption is None else caption).strip()
    svg = _base64(gzip.compress(_svg(figure, said), mtime=0)) if save else ""
    data = getattr(figure, "data", None)
    csv_file = _base64(csv_bytes(data)) if save and data is not None else ""
    shown = templates("toolkit.figures").get_template("figure.html.j2")
    html = shown.render(
        alt=said, caption=words, name=name, png=_base64(_png(figure)), svg=svg, csv=csv_file,
        width=round(figure.get_figwidth() * DPI), save_shown=SAVE_SHOWN, save_unzipped=SAVE_UNZIPPED,
    )  # fmt: skip
    lines = [f"[{name}]"] * bool(name) + [said] + [words] * bool(words) + [description(figure)]
    return {"text/html": html.strip(), "text/plain": "\n".join(lines)}


def figure_html(shown: Mapping[str, str]) -> Markup:
    """Add the folded text description below a figure from `bundle` or from a stored notebook."""
    text = shown["text/plain"]
    if (more := len(text) - LONGEST_DESCRIPTION) > 0:
        text = f"{text[:LONGEST_DESCRIPTION]}\n… and {more:,} more characters: this figure has a great many marks."
    described = templates("toolkit.figures").get_template("described.html.j2")
    return Markup(described.render(figure=Markup(shown["text/html"]), description=text))


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _png(figure: Figure) -> bytes:
    """Render as a PNG that is wider than on the page, so sharp on any screen, and has few colours, so small.

    The most frequent colours are exact; all others, from the edges of letters, become the nearest of these. Pillow's
    median cut would turn a figure's few orange pixels brown.
    """
    drawn, small = io.BytesIO(), io.BytesIO()
    with style():
        figure.savefig(drawn, format="rgba", dpi=PIXEL_RATIO * DPI)
    pixels = np.frombuffer(drawn.getvalue(), np.uint32)
    starts = np.append(0, np.flatnonzero(pixels[1:] != pixels[:-1]) + 1)  # starts of runs of one colour
    runs = np.diff(starts, append=len(pixels))
    of, colours = pd.factorize(pixels[starts], sort=True)
    parts = colours.view(np.uint8).reshape(-1, 4)[:, :3].astype(int)
    kept = parts[np.argsort(-np.bincount(of, runs), kind="stable")[:_COLOURS]]
    nearest = np.square(parts[:, None] - kept).sum(axis=2).argmin(axis=1).astype(np.uint8)
    width = int(figure.get_figwidth() * PIXEL_RATIO * DPI)
    few = Image.fromarray(np.repeat(nearest[of], runs).reshape(-1, width))
    few.putpalette(kept.astype(np.uint8).tobytes())
    few.save(small, "PNG", compress_level=7)  # 9 takes five times as long for a few percent less
    return small.getvalue()


def _svg(figure: Figure, words: str) -> bytes:
    """Render as SVG without a date and with a fixed salt, so that equal figures give equal bytes."""
    buffer = io.BytesIO()
    with style():
        metadata = {"Date": None, "Creator": None, "Description": words}
        figure.savefig(buffer, format="svg", metadata=metadata)
    return _LONG.sub(lambda found: f"{float(found[0]):.5g}".encode(), buffer.getvalue())
