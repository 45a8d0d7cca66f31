"""What readers of a figure get: the outlier quoted, one colour per meaning, its data, and true colours as PNG."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers.texts import robustness_of
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

import toolkit
from toolkit import load_corpus, measure, plot_metric, plot_structure, split_sentences
from toolkit.figures.display import _png
from toolkit.figures.style import ARTICLE, BAND, BLOCKS, COMMENTS

LIBRARY = load_corpus("library-hours")
SENTENCES = measure(split_sentences(LIBRARY))
DRAWN: dict[str, Callable[[], Any]] = {
    "plot_comparison": lambda: toolkit.plot_comparison(SENTENCES),
    "plot_keyness": lambda: toolkit.plot_keyness(toolkit.keyness(LIBRARY, permutations=19)),
    "plot_tone": lambda: toolkit.plot_tone(SENTENCES),
}


def words_of(figure: Figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.axes[0].texts)


def test_the_sentence_furthest_from_its_median_is_ringed_and_quoted() -> None:
    table = pd.DataFrame(
        {
            "kind": ["article"] * 5 + ["comment"] * 6,
            "sentiment": [0.0, 0.1, 0.0, 0.1, 0.0, -0.1, 0.0, 0.0, 0.1, -0.9, np.nan],
            "text": [f"Number {number}" for number in range(9)] + ["It is $5 of <b>awful</b>.", "None."],
        }
    )
    figure = plot_metric(table)
    (ring,) = [line for line in figure.axes[0].lines if line.get_markerfacecolor() == "none"]
    assert ([*ring.get_xdata()], [*ring.get_ydata()]) == ([-0.9], [1])  # type: ignore[misc]
    assert "furthest from its median: −0.90 (comment)" in words_of(figure)
    assert "“It is $5 of <b>awful</b>.”" in words_of(figure)
    assert "Furthest from its median is −0.90 (comment): “It is $5" in figure.alt_text


@pytest.mark.parametrize(
    "change",
    [lambda table: table.drop(columns="text"), lambda table: table.assign(text=None),
     lambda table: table.assign(sentiment=0.0), lambda table: table.head(4)],
    ids=["no text", "missing text", "no spread", "too few"],
)  # fmt: skip
def test_without_a_text_a_spread_or_a_median_nothing_is_quoted(change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    values = [0.0, 0.1, 0.2, 0.3, 0.4, 0.9]
    figure = plot_metric(change(pd.DataFrame({"kind": "article", "sentiment": values, "text": "Words."})))
    assert "ringed" not in words_of(figure)
    assert [line for line in figure.axes[0].lines if line.get_markerfacecolor() == "none"] == []


def test_a_kind_of_block_has_one_name_and_one_colour_in_all_figures() -> None:
    metric = plot_metric(measure(toolkit.split_blocks(LIBRARY)), "words", by="block")
    named = [label.get_text().partition("\n")[0] for label in metric.axes[0].get_yticklabels()]
    marks = [line for line in metric.axes[0].lines if line.get_linestyle() == "None"]
    colours = dict(zip(named, (line.get_color() for line in marks), strict=False))
    samples = plot_structure(LIBRARY).axes[0].get_legend().legend_handles  # type: ignore[union-attr]
    bars = {patch.get_label().partition(" (")[0]: patch.get_edgecolor()[:3] for patch in samples}  # type: ignore[union-attr]
    assert set(bars) <= set(colours) <= set(BLOCKS)
    assert {name: to_rgb(colours[name]) for name in bars} == bars


@pytest.mark.parametrize(
    ("name", "colour"),
    [("plot_keyness", ARTICLE), ("plot_keyness", COMMENTS), ("plot_keyness", "#ffffff"), ("plot_tone", BAND),
     ("plot_tone", "#ffffff"), ("plot_comparison", COMMENTS)],
)  # fmt: skip
def test_a_colour_is_kept_in_a_png_however_little_there_is_of_it(
    name: str, colour: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("toolkit.figures.display.PIXEL_RATIO", 1.6)  # as readers get it
    drawn = Image.open(io.BytesIO(_png(DRAWN[name]()))).convert("RGB")
    assert tuple(round(255 * part) for part in to_rgb(colour)) in {rgb for _, rgb in drawn.getcolors(10_000)}  # type: ignore[union-attr]


def test_among_hundreds_of_combinations_only_those_with_a_verdict_are_points() -> None:
    table = robustness_of("library-hours")
    figure = toolkit.plot_robustness(table)
    verdicts = int((~table["verdict"].str.startswith("cannot tell")).sum())
    circles = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert sum(len(line.get_xdata()) for line in circles) == verdicts > 0  # type: ignore[arg-type, misc]
    assert f"{verdicts} carry a verdict" in " ".join(figure.get_suptitle().split())


@pytest.mark.parametrize(
    ("tone", "article", "title"),
    [
        ([0.2], 0.1, "The one comment scores above the article in tone"),
        ([0.1], 0.1, "The one comment scores like the article in tone"),
        ([0.0, -0.2], 0.1, "Neither of 2 comments scores above the article in tone"),
        ([0.2, -0.2, 0.3], 0.1, "2 of 3 comments score above the article in tone"),
        ([0.2], np.nan, "Tone of the one comment: 0.20"),
        ([0.2, 0.2], np.nan, "Tone of 2 comments: 0.20"),
    ],
)
def test_the_title_of_a_conversation_is_a_sentence(tone: list[float], article: float, title: str) -> None:
    rows = {
        "text_id": range(1 + len(tone)),
        "kind": ["article", *["comment"] * len(tone)],
        "sentiment": [article, *tone],
    }
    assert toolkit.plot_conversation(pd.DataFrame(rows)).get_suptitle() == title


def test_the_largest_point_is_the_most_liked_comment_that_is_drawn() -> None:
    rows = {"text_id": list("abc"), "kind": "comment", "sentiment": [0.1, 0.2, np.nan], "likes": [0, 4, 10_000_000]}
    drawn = toolkit.plot_conversation(pd.DataFrame(rows)).axes[0].collections
    assert max(size for each in drawn for size in each.get_sizes()) == pytest.approx(17**2)  # type: ignore[attr-defined]


@pytest.mark.parametrize("many", [60, 61, 900])
def test_a_block_that_many_answer_is_as_long_as_their_number_and_all_is_inside(many: int) -> None:
    rows = {"thread_id": "t", "text_id": range(many), "answers": "the article", "kind": "shared_words", "block_id": 1,
            "passage": "A lamp.", "sentence": (["Good!", "Bad!", "A lamp."] * many)[:many]}  # fmt: skip
    figure = toolkit.plot_attention(pd.DataFrame(rows))
    (axes,) = figure.axes
    bars = sum(bar.get_width() for bar in axes.patches)  # type: ignore[attr-defined]
    assert bars + sum(len(line.get_xdata()) for line in axes.lines) == many  # type: ignore[arg-type, misc]
    assert figure.get_tightbbox().x1 <= figure.get_figwidth()


def test_tone_quotes_no_neutral_sentence_beside_one_with_a_tone() -> None:
    rows = {"voice": "author", "section": "", "position": range(4), "sentiment": [0.0, 0.0, 0.6, 0.0], "text": "Words."}
    written = words_of(toolkit.plot_tone(pd.DataFrame(rows)))
    assert "highest: 0.60" in written
    assert "lowest" not in written
