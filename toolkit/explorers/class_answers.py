"""The answers of a class, as they come: who has answered, how far they agree, and where they do not."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from ..annotation.codings import Scheme, read_codings
from ..annotation.reliability import agreement
from .html_panel import drawn

if TYPE_CHECKING:
    import pandas as pd
    from markupsafe import Markup

MOST = 6  # sentences that are shown


def class_files(folder: Path) -> dict[Path, float]:
    """Return the files of all coders in a folder, each with the time of its last answer."""
    return {path: path.stat().st_mtime for path in sorted(folder.glob("codings-*.csv"))}


def class_html(files: dict[Path, float], units: pd.DataFrame, scheme: Scheme) -> Markup:
    """Render the coders, their agreement, and the units on which most of them differ from the most frequent answer."""
    codings = read_codings(*files)
    codings = codings[codings["question"].eq(scheme.name) & codings["unit_id"].isin(units["unit_id"])]
    given = codings.dropna(subset=["answer"])
    overall = agreement(codings, schemes=[scheme])[:1]  # no row where nobody has answered
    said = [f"{given['coder'].nunique()} people, {len(given)} answers."]
    said += [_agreement(*row) for row in overall[["alpha", "low", "high", "why"]].itertuples(index=False, name=None)]
    disputed = [
        (
            text,
            " · ".join(f"{label}: {counts[answer]}" for answer, label in scheme.answers.items() if counts.get(answer)),
        )
        for text, counts in _most_disputed(given, units)
    ]
    return drawn("coding.html.j2", "class_so_far", " ".join(said), disputed)


def _agreement(alpha: float, low: float, high: float, why: str) -> str:
    if math.isnan(alpha):
        return f"No agreement yet: {why}."
    interval = f" ({why})" if math.isnan(low) else f", from {low:.2f} to {high:.2f}"
    return f"Agreement (Krippendorff's alpha): {alpha:.2f}{interval}. 1 is perfect, 0 is chance."


def _most_disputed(given: pd.DataFrame, units: pd.DataFrame) -> list[tuple[str, dict[str, int]]]:
    """Return units with at least two different answers, most disputed first: text, and number of people per answer."""
    counts = given.groupby(["unit_id", "answer"]).size().unstack(fill_value=0)
    others = (1 - counts.max(axis=1) / counts.sum(axis=1)).loc[lambda share: share > 0]
    texts = units.drop_duplicates("unit_id").set_index("unit_id")["text"]
    order = others.sort_values(ascending=False, kind="stable").index[:MOST]
    return [(str(texts[unit]), counts.loc[unit].to_dict()) for unit in order]
