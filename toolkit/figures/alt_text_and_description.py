"""Alt text of a figure, and a text description that changes whenever the drawing does.

Each plot_ module writes the alt text of its figures in `_alt_text`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryFormatter
from matplotlib.collections import Collection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnnotationBbox
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter

_NOTHING = ("None", "none", "", " ", None)  # matplotlib's values for no line and no marker


def alt_text(figure: Figure, alt: str | None = None) -> str:
    """Return the alt text as one line: as given, else as a plot_ function wrote it; ValueError if there is none."""
    said = " ".join((getattr(figure, "alt_text", "") if alt is None else alt).split())
    if not said:
        raise ValueError(
            "The figure has no alt text. Describe in a sentence or two what a sighted reader sees: "
            'show(figure, alt="Bar chart: ..."). Figures from plot_ functions have alt text already.'
        )
    return said


def description(figure: Figure) -> str:
    """Describe a figure in words and numbers.

    The description lists size, texts, axes with limits and named ticks, bars, lines and points, areas, images and
    legends, with colours, hatches and markers.  It leaves out what differs between versions of matplotlib: pixels,
    the positions of numbered ticks, font sizes.  Limits have four significant digits, plotted values six.
    """
    out = [f"figure {_number(figure.get_figwidth(), 4)} x {_number(figure.get_figheight(), 4)} inches"]
    title = figure.get_suptitle()
    out += [f"title {title!r}"] if title else []
    out += [_text(text) for text in _shown(figure.texts) if text.get_text() != title]
    for count, axes in enumerate(_shown(figure.axes), start=1):
        out += [f"axes {count}", *(f"  {line}" for line in _axes(axes))]
    for legend in _shown(figure.legends):
        out += _legend(legend)
    return "\n".join(out)


def _axes(axes: Axes) -> Iterator[str]:
    for where in ("left", "center", "right"):
        if title := axes.get_title(where):
            yield f"title {title!r}"
    if axes.axison:
        yield from _axis("x", axes.xaxis, axes.get_xlim())
        yield from _axis("y", axes.yaxis, axes.get_ylim())
    describe: dict[str, Callable[[Any], str]] = {
        "patches": _patch, "lines": _line, "collections": _collection, "images": _image, "texts": _text,
    }  # fmt: skip
    for kind, words in describe.items():
        yield from map(words, _shown(getattr(axes, kind)))
    for box in _shown(axes.artists):
        if isinstance(box, AnnotationBbox):  # an emoji: the same description whether drawn or named
            yield f"{box.get_label()} at {_numbers(box.xy)}"
    if (legend := axes.get_legend()) is not None and legend.get_visible():
        yield from _legend(legend)


def _axis(name: str, axis: Axis, limits: tuple[float, float]) -> Iterator[str]:
    scale = "" if axis.get_scale() == "linear" else f" {axis.get_scale()}"
    yield f"{name} {axis.get_label().get_text()!r} from {_number(limits[0], 4)} to {_number(limits[1], 4)}{scale}"
    # Tick labels that were set by the caller rather than chosen by matplotlib.
    placed = isinstance(axis.get_major_locator(), FixedLocator)
    kinds = (FixedFormatter, StrCategoryFormatter, *[FuncFormatter] * placed)
    if axis.get_visible() and isinstance(axis.get_major_formatter(), kinds):
        labels = [text.get_text() for text in axis.get_ticklabels()]
        if any(labels):
            yield f"{name} ticks {_numbers(axis.get_majorticklocs())} {labels}"


def _patch(patch: Patch) -> str:
    colours = f"face {_colour(patch.get_facecolor())} edge {_colour(patch.get_edgecolor())}"
    if isinstance(patch, Rectangle):
        sides = (patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height())
        what = "bar x {} y {} width {} height {}".format(*map(_number, sides))
    else:  # position: six numbers that move and scale the shape
        places = patch.get_patch_transform().get_matrix()[:2]
        what = f"{type(patch).__name__.lower()} {_numbers(patch.get_path().vertices)} at {_numbers(places)}"
    return f"{what} {colours} edge width {_number(patch.get_linewidth())}{_hatch(patch)}{_common(patch)}"


def _hatch(artist: Patch | Collection) -> str:
    return f" hatch '{artist.get_hatch()}'" if artist.get_hatch() else ""


def _line(line: Line2D) -> str:
    parts = [f"x {_numbers(line.get_xdata(orig=False))} y {_numbers(line.get_ydata(orig=False))}"]
    joined = line.get_linestyle() not in _NOTHING
    if joined:
        parts.append(f"{_colour(line.get_color())} style {line.get_linestyle()} width {_number(line.get_linewidth())}")
    if line.get_marker() not in _NOTHING:
        face, edge = _colour(line.get_markerfacecolor()), _colour(line.get_markeredgecolor())
        parts.append(f"marker {line.get_marker()} size {_number(line.get_markersize())} face {face} edge {edge}")
    return f"{'line' if joined else 'points'} {' '.join(parts)}{_common(line)}"


def _collection(collection: Collection) -> str:
    parts = [type(collection).__name__, f"at {_numbers(np.ma.getdata(collection.get_offsets()))}"]
    parts += [f"path {_numbers(path.vertices)}" for path in collection.get_paths()]
    if (values := collection.get_array()) is not None:
        parts.append(f"values {_numbers(values)}")
    parts.append(f"face {_colours(collection.get_facecolor())} edge {_colours(collection.get_edgecolor())}")
    sizes: Any = getattr(collection, "get_sizes", list)()
    parts += [f"sizes {_numbers(sizes)}"] if len(sizes) else []
    return " ".join(parts) + _hatch(collection) + _common(collection)


def _image(image: Any) -> str:
    low, high = image.get_clim()
    shade = f"{image.get_cmap().name} from {_number(low)} to {_number(high)}"
    return f"image {np.shape(image.get_array())} {_numbers(image.get_array())} {shade}{_common(image)}"


def _text(text: Text) -> str:
    place = text.xy if isinstance(text, Annotation) else text.get_position()
    return f"text {text.get_text()!r} at {_numbers(place)} {_colour(text.get_color())}{_common(text)}"


def _legend(legend: Legend) -> Iterator[str]:
    title = legend.get_title().get_text()
    yield "legend" + (f" {title!r}" if title else "")
    for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
        yield f"  entry {text.get_text()!r} {_mark(handle)}"


def _mark(handle: Artist | None) -> str:
    """Describe the sample of a legend entry, without size and position, which matplotlib chooses."""
    if isinstance(handle, Patch):
        return f"area face {_colour(handle.get_facecolor())} edge {_colour(handle.get_edgecolor())}{_hatch(handle)}"
    if isinstance(handle, Line2D):
        face = _colour(handle.get_markerfacecolor())
        return f"{_colour(handle.get_color())} style {handle.get_linestyle()} marker {handle.get_marker()} face {face}"
    return type(handle).__name__


def _common(artist: Artist) -> str:
    """Describe the properties of any artist: label and transparency."""
    label = str(artist.get_label() or "")
    named = f" label {label!r}" if label and not label.startswith("_") else ""
    alpha = artist.get_alpha()
    return named + (f" alpha {_numbers(alpha)}" if alpha is not None else "")


def _shown(artists: Iterable[Any]) -> list[Any]:
    return [artist for artist in artists if artist.get_visible()]


def _colour(colour: Any) -> str:
    text = to_hex(colour, keep_alpha=True) if not isinstance(colour, str) or colour != "none" else "none"
    return "none" if text.endswith("00") and len(text) == 9 else text.removesuffix("ff") if len(text) == 9 else text


def _colours(colours: Any) -> list[str]:
    """List the colours of a collection, runs of one colour once."""
    names = [_colour(colour) for colour in np.atleast_2d(colours)] if len(colours) else []
    return names[:1] if len(set(names)) == 1 else names


def _number(value: Any, digits: int = 6) -> str:
    number = float(value)
    return f"{number:.{digits}g}" if number else "0"  # -0.0 is 0


def _numbers(values: Any) -> str:
    return "[" + " ".join(_number(value) for value in np.ravel(np.asarray(values, float))) + "]"
