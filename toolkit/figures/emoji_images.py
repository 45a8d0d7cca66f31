"""Draw emoji as pictures from an installed colour font, or by name if there is none."""

import contextlib
import functools
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.offsetbox import AnnotationBbox, OffsetImage, TextArea
from PIL import Image, ImageDraw, ImageFont

from .formatting import plain, width_of
from .style import SMALL

# Colour fonts, each with the pixel size of its bitmaps (outline fonts have any size); Pillow knows their folders.
_FONTS: Final = {"NotoColorEmoji.ttf": 109, "Apple Color Emoji.ttc": 160, "seguiemj.ttf": 109}
HEIGHT: Final = 0.155  # inches


@functools.cache
def _font() -> object | None:
    for name, size in _FONTS.items():
        with contextlib.suppress(OSError):  # missing or unreadable
            return ImageFont.truetype(name, size)
    return None


@functools.lru_cache(maxsize=256)
def emoji_image(emoji: str) -> np.ndarray | None:
    """Return an emoji as pixels with transparency; None if no colour font has it."""
    font = _font()
    if not isinstance(font, ImageFont.FreeTypeFont):
        return None
    canvas = Image.new("RGBA", (480, 240))
    ImageDraw.Draw(canvas).text((40, 20), emoji, font=font, embedded_color=True)
    box = canvas.getbbox()
    if box is None or box[2] - box[0] > 1.6 * (box[3] - box[1]):  # no glyph, or several
        return None
    scale = 72 / max(box[2] - box[0], box[3] - box[1])
    return np.asarray(canvas.crop(box).resize([round(scale * (box[end + 2] - box[end])) for end in (0, 1)]))


def draw_emoji(axes: Axes, emoji: str, name: str, xy: tuple[float, float], shift: float, coords: Any = "data") -> float:
    """Draw an emoji, or its name in brackets, `shift` points right of a place; return where it ends, in points."""
    image, words = emoji_image(emoji), f"[{plain(name, 30)}]"
    inside = TextArea(words, textprops={"size": SMALL}) if image is None else OffsetImage(image, zoom=HEIGHT)
    box = AnnotationBbox(
        inside, xy, (shift, 0), xycoords=coords, boxcoords="offset points", frameon=False, pad=0,
        box_alignment=(0, 0.5), annotation_clip=False,
    )  # fmt: skip
    box.set_label(f"emoji {plain(name, 30)}")
    axes.add_artist(box)
    return shift + (72 * HEIGHT if image is not None else 72 * width_of(words, SMALL)) + 3
