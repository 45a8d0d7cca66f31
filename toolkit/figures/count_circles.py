"""Circles whose area shows a count, and the legend of their sizes."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .style import INK, counted

SMALLEST, LARGEST = 4.0, 17.0  # points: diameter of the smallest and the largest mark


def lower_first(label: str) -> str:
    """Lower the first letter of a label, for use inside a sentence."""
    return f"{label[:1].lower()}{label[1:]}"


def diameters(counts: np.ndarray, most: float) -> np.ndarray:
    """Return diameters of marks in points: their area grows with the count."""
    areas = SMALLEST**2 + (LARGEST**2 - SMALLEST**2) * np.clip(counts, 0, None) / max(float(most), 1.0)
    return np.asarray(np.sqrt(areas))


def circles(axes: Axes, x: np.ndarray, y: np.ndarray, sizes: np.ndarray, face: str, alpha: float) -> None:
    """Draw circles of these diameters, each with a dark edge."""
    axes.scatter(x, y, s=sizes**2, facecolor=face, alpha=alpha, edgecolor=INK, linewidth=0.6, zorder=2)


def size_legend(axes: Axes, counts: np.ndarray, noun: str, face: str, alpha: float) -> None:
    """Add a legend of sizes: the smallest, a middle and the largest count."""
    shown = sorted({int(counts.min()), round(float(counts.min() + counts.max()) / 2), int(counts.max())})
    handles = [
        Line2D([], [], linestyle="none", marker="o", markersize=size, markerfacecolor=face, markeredgecolor=INK,
               markeredgewidth=0.6, alpha=alpha, label=counted(count, noun))
        for count, size in zip(shown, diameters(np.array(shown, float), float(counts.max())).tolist(), strict=True)
    ]  # fmt: skip
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.02, 1), borderaxespad=0, labelspacing=1.2)
