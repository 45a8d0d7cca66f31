"""Style of all figures: settings, sizes, colours, marks and fonts."""

import functools
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

WIDTH, DPI = 7.6, 100  # inches and dots per inch: 760 pixels, the width of a notebook column
BASE, TITLE, SUBTITLE = 10.5, 16.0, 11.0  # points; nothing is smaller than SMALL
SMALL = 10.0
LINE = 1.24 / 72  # inches per line of text and point of font size

INK, GREY, PALE, BAND = "#222222", "#595959", "#d4d4d4", "#f4f4f2"
# Okabe & Ito's palette, distinguishable with any kind of colour vision. One meaning per colour in all
# figures: ARTICLE and COMMENTS for the two groups, POSITIVE and NEGATIVE for tone, the others for further groups.
BLUE, ORANGE, GREEN, VERMILION, SKY, PURPLE = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7"
ARTICLE, COMMENTS, POSITIVE, NEGATIVE = BLUE, VERMILION, GREEN, "#9A2F7C"
EDGES = {ORANGE: "#946300", SKY: "#1F6FA3"}  # edges and lines that differ from white enough to be seen, 3:1 and more
IN_WORDS = {GREEN: "#00664A", VERMILION: "#A33F00"}  # shades that can be read on white, as in the explorers


class Look(NamedTuple):
    """Style of one group: neighbouring groups differ in colour, shape and fill."""

    colour: str
    marker: str
    filled: bool
    hatch: str

    @property
    def face(self) -> str:
        """Fill colour of the mark: white if it is hollow."""
        return self.colour if self.filled else "#ffffff"

    @property
    def edge(self) -> str:
        """Colour of the edge of the mark, and of its hatches."""
        return EDGES.get(self.colour, self.colour)


LOOKS = (
    Look(BLUE, "o", True, ""),
    Look(VERMILION, "s", False, "////"),
    Look(INK, "^", True, "...."),
    Look(ORANGE, "D", False, "xxxx"),
    Look(SKY, "v", True, "----"),
    Look(GREY, "P", False, "++++"),
)

BLOCKS = {  # kinds of blocks, by their names in figures
    "title": Look(INK, "^", True, ""),
    "heading": Look("#8a8a86", "v", True, ""),
    "paragraph": Look(SKY, "o", True, ""),
    "list item": Look(BLUE, "s", False, "////"),
    "quote": Look(GREY, "P", False, "...."),
    "solicitation": Look(ORANGE, "D", True, ""),
}

_SETTINGS = {
    "svg.hashsalt": "below-the-line",  # fixed, so that ids are the same in every file
    "font.family": ["Source Sans Pro", "DejaVu Sans"],  # shipped here and with matplotlib: the same glyphs everywhere
    "font.size": BASE,
    "text.parse_math": False,  # a `$` in a text is a dollar sign
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "hatch.linewidth": 0.8,
    "figure.dpi": DPI,
    "savefig.dpi": DPI,
}


FONTS = [Path(__file__).parent / "fonts" / f"SourceSansPro-{weight}.otf" for weight in ("Regular", "Bold")]


def style() -> AbstractContextManager[None]:
    """Apply matplotlib's defaults and our settings within a block, then restore the user's settings."""
    import matplotlib.style  # here, as explorers use this module without drawing

    _add_fonts()
    return matplotlib.style.context(["default", _SETTINGS])


@functools.cache
def _add_fonts() -> None:
    from matplotlib import font_manager

    for font in FONTS:
        font_manager.fontManager.addfont(font)


def block_name(kind: object) -> str:
    """Return the name of a kind of block in figures."""
    return {"list_item": "list item", "promo": "solicitation"}.get(str(kind), str(kind))


def look_of(group: str, place: int) -> Look:
    """Return the style of a group: article, comments and kinds of blocks have their own, others follow in order."""
    if group in BLOCKS:
        return BLOCKS[group]
    return LOOKS[{"article": 0, "comment": 1, "comments": 1}.get(group, 2 + place % (len(LOOKS) - 2))]
