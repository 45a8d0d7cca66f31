"""A class's answers as they arrive: who has answered, how well they agree, and where they differ."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ..annotation.codings import Scheme, read_codings
from ..annotation.reliability import agreement
from .html_panel import drawn

if TYPE_CHECKING:
    from markupsafe import Markup

MOST = 6  # sentences shown


def class_html(files: Iterable[Path], units: pd.DataFrame, scheme: Scheme) -> Markup:
    """Render the number of coders, their agreement, and the units on which they agree least."""
    codings = read_codings(*files)
    codings = codings[codings["question"].eq(scheme.name) & codings["unit_id"].isin(units["unit_id"])]
    given = codings.dropna(subset=["answer"])
    overall = agreement(codings, schemes=[scheme])[:1]  # no row if nobody has answered
    said = [f"{given['coder'].nunique()} people, {len(given)} answers."]
    for alpha, low, high, why in overall[["alpha", "low", "high", "why"]].itertuples(index=False, name=None):
        interval = f" ({why})" if math.isnan(low) else f", from {low:.2f} to {high:.2f}"
        alpha_said = f"Agreement (Krippendorff's alpha): {alpha:.2f}{interval}. 1 is perfect, 0 is chance."
        said.append(f"No agreement yet: {why}." if math.isnan(alpha) else alpha_said)
    counts = given.groupby(["unit_id", "answer"]).size().unstack(fill_value=0).reindex(columns=list(scheme.answers))
    others = (1 - counts.max(axis=1) / counts.sum(axis=1)).loc[lambda share: share > 0]
    texts = units.drop_duplicates("unit_id").set_index("unit_id")["text"]
    disputed = [
        (
            texts[unit],
            " · ".join(
                f"{scheme.answers[answer]}: {many:.0f}" for answer, many in counts.loc[unit].items() if many > 0
            ),
        )
        for unit in others.sort_values(ascending=False, kind="stable").index[:MOST]
    ]
    return drawn("coding.html.j2", "class_so_far", " ".join(said), disputed)
