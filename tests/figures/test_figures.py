"""Figures: they show the table's own numbers, describe them in words, and withstand hostile texts."""

import base64
import gzip
import io
import itertools
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest
from helpers.browser import Watched
from helpers.pages import Outline
from helpers.texts import HOSTILE, robustness_of
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from PIL import Image

import toolkit
from toolkit.figures.alt_text_and_description import description
from toolkit.figures.display import _png
from toolkit.figures.formatting import people_do, plain, quoted, width_of, wrapped
from toolkit.figures.style import ARTICLE, BAND, BLOCKS, COMMENTS, GREY, IN_WORDS, LOOKS, NEGATIVE, POSITIVE, SMALL

TEXTS = toolkit.load_corpus("nato-preemptive-strike")
MEASURED = toolkit.measure(toolkit.split_sentences(TEXTS))


def table(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(columns)


def points(figure: Figure) -> list[Any]:
    """The lines of points; the ring around the quoted one is hollow through and through."""
    lines = [line for line in figure.axes[0].lines if line.get_linestyle() == "None"]
    return [line for line in lines if line.get_markerfacecolor() != "none"]


def compared(**changes: Any) -> pd.DataFrame:
    """A comparison of three metrics as `compare` makes it: one with a verdict, one without, one without a value."""
    rows = [
        ("a", "Alpha", 1.0, 2.0, 30, 90, 1, 20, 0, 0.8, "comments score higher in 80% of pairs (against 1 article)"),
        ("b", "Beta", 2.0, 2.0, 30, 90, 1, 5, 0, 0.4, "cannot tell from 5 comments"),
        ("c", "Gamma", np.nan, 3.0, 0, 12, 0, 3, 108, np.nan, "cannot tell: no value in one group"),
    ]
    names = "metric label article_median comment_median article_n comment_n article_texts comment_texts left_out"
    return pd.DataFrame(rows, columns=[*names.split(), "share_higher", "verdict"]).assign(**changes)


# The numbers drawn are the table's


def test_every_sentence_is_a_point_at_its_value_and_points_never_cover_one_another() -> None:
    drawn = [np.asarray(line.get_xdata(), float) for line in points(toolkit.plot_metric(MEASURED))]
    for values, kind in zip(drawn, ("article", "comment"), strict=True):
        assert values.tolist() == sorted(MEASURED.loc[MEASURED["kind"] == kind, "sentiment"])
    line = points(toolkit.plot_metric(table(kind=["a"] * 9, sentiment=[0.5] * 9)))[0]
    assert len(set(np.asarray(line.get_ydata(), float).round(6))) == 9


def test_labels_name_n_texts_what_is_left_out_and_the_median() -> None:
    measured = table(
        kind=["a"] * 7,
        text_id=["t1", "t1", "t1", "t1", "t2", "t3", "t3"],
        unit_id=["t#s1"] * 7,
        words=[1, 2, 2, 2, 9, np.nan, np.inf],
    )
    label = toolkit.plot_metric(measured, "words").axes[0].get_yticklabels()[0].get_text()
    assert label == "a\n5 sentences, 2 texts\n2 more without a value\nmedian 2"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1, 2, 3, 4, 5], "a: 5 units, median 3, the middle half from 2 to 4, all from 1 to 5"),
        ([2] * 5, "a: 5 units, median 2, all 2"),
        ([1, 2, 2, 2, 3], "a: 5 units, median 2, the middle half 2, all from 1 to 3"),
        ([1, 4], "a: 2 units, too few for a median, all from 1 to 4"),
        ([4], "a: 1 unit, too few for a median, value 4"),
    ],
)
def test_the_alt_text_gives_a_range_only_where_values_differ(values: list[float], said: str) -> None:
    assert said in toolkit.plot_metric(table(kind=["a"] * len(values), words=values), "words").alt_text


def test_the_title_and_the_axis_say_the_finding_and_the_direction() -> None:
    figure = toolkit.plot_metric(table(kind=["a"] * 6 + ["b"] * 6, sentiment=[-0.5, -0.25] * 3 + [0.0, 0.5] * 3))
    assert figure.get_suptitle() == "Tone: 0.25 for b, −0.38 for a (medians)"
    assert figure.axes[0].get_xlabel().endswith("VADER compound, −1 to 1\nfurther right = more positive")


@pytest.mark.parametrize(
    ("group", "verb", "said"),
    [
        ("comment", "use", "the comments use"), ("report", "use", "the report uses"),
        ("article", "are", "the article is"), ("readers", "have", "the readers have"),
    ],
)  # fmt: skip
def test_one_author_uses_and_several_use(group: str, verb: str, said: str) -> None:
    assert people_do(group, verb) == said


@pytest.mark.parametrize(
    ("sizes", "title"),
    [
        ({"a": 4}, "Words: too few values for a median (4 in a)"),
        ({"a": 4, "b": 1}, "Words: too few values for a median (4 in a and 1 in b)"),
        ({"a": 5, "b": 4}, "Words: median 3 (a); too few in b"),
        ({"a": 5, "b": 5, "c": 4}, "Words: the same median, 3, in both groups; too few in c"),
        (dict.fromkeys("abcd", 4), "Words: too few values for a median (below 5 in each group)"),
        ({"a": 5} | dict.fromkeys("bcd", 1), "Words: median 3 (a); too few in 3 groups"),
    ],
)
def test_the_title_announces_no_median_of_fewer_than_five_values(sizes: dict[str, int], title: str) -> None:
    measured = table(kind=[kind for kind, many in sizes.items() for _ in range(many)], words=3)
    figure = toolkit.plot_metric(measured, "words")
    assert figure.get_suptitle().replace("\n", " ") == title
    medians = [line for line in figure.axes[0].lines if line.get_linewidth() == 2.5]
    assert len(medians) == sum(many >= 5 for many in sizes.values())  # none is drawn that the title does not know


def test_an_article_and_its_comments_have_their_colours_in_every_figure() -> None:
    for draw in (toolkit.plot_metric(MEASURED), toolkit.plot_metric(MEASURED[MEASURED["kind"] == "comment"])):
        colours = [line.get_color() for line in points(draw)]
        assert colours == [ARTICLE, COMMENTS][-len(colours) :]
    other = toolkit.plot_metric(table(kind=["a", "b"], sentiment=[0.1, 0.2]))
    assert not {line.get_color() for line in points(other)} & {ARTICLE, COMMENTS}


@pytest.mark.parametrize("metric", toolkit.METRICS, ids=lambda metric: str(metric.name))
def test_every_metric_can_be_drawn(metric: toolkit.Metric) -> None:
    figure = toolkit.plot_metric(MEASURED, metric.name)
    assert metric.label in figure.alt_text


def test_a_custom_metric_is_named_by_its_column_or_its_label() -> None:
    own = table(kind=["a", "b"], shouting=[1.0, 2.0])
    assert toolkit.plot_metric(own, "shouting").axes[0].get_xlabel() == "shouting (further right = a larger value)"

    def shouting(text: str) -> float:
        return float(text.count("!"))

    named = toolkit.plot_metric(own, toolkit.Metric(shouting, "Shouting", "exclamation marks", "louder"))
    assert named.axes[0].get_xlabel() == "Shouting: exclamation marks\nfurther right = louder"


def test_a_large_group_becomes_bars_and_says_so() -> None:
    figure = toolkit.plot_metric(table(kind=["a"] * 2000 + ["b"], words=[*range(2000), 7]), "words")
    heights = [patch.get_height() for patch in figure.axes[0].patches]  # type: ignore[attr-defined]
    assert len(heights) == 40  # 50 values each
    assert np.allclose(heights, -0.8)
    assert len(points(figure)) == 1
    assert "bars instead of points" in figure.alt_text


def test_the_largest_of_many_groups_are_drawn_and_the_rest_is_counted() -> None:
    groups = [name for place in range(30) for name in [f"g{place:02d}"] * (place + 1)]
    figure = toolkit.plot_metric(table(author=groups, words=1.0), "words", by="author")
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels[0] == "g06: n = 7, median 1"
    assert len(labels) == 24
    assert "The 24 largest of 30 groups are drawn." in description(figure)


def test_groups_whose_labels_look_alike_stay_apart_and_missing_is_a_group() -> None:
    long = "the same beginning of a name, "
    figure = toolkit.plot_metric(table(kind=[long + "a", long + "b", None], words=[1.0, 2.0, 3.0]), "words")
    assert [len(line.get_xdata()) for line in points(figure)] == [1, 1, 1]
    assert figure.axes[0].get_yticklabels()[2].get_text().startswith("(none)\n")


def test_a_comparison_shows_each_share_filled_only_where_there_is_a_verdict() -> None:
    line = points(toolkit.plot_comparison(compared()))
    assert [each.get_xdata()[0] for each in line] == [0.8, 0.4]
    assert [each.get_markerfacecolor() == "#ffffff" for each in line] == [False, True]


def test_a_comparison_names_n_directions_verdicts_and_what_has_no_value() -> None:
    words = description(toolkit.plot_comparison(compared(comment_n=[90, 80, 12])))
    for phrase in (
        "n = 30 article and 80 to 90 comment units",
        "← article higher",
        "comments higher →",
        "comments score higher in",
        "No value in article: Gamma.",
    ):
        assert phrase in words.replace("\\n", " ")


@pytest.mark.parametrize(
    ("verdicts", "title"),
    [
        (["comments: more questions", "cannot tell"], "The comments have more questions than the article"),
        (["comments: more positive", "cannot tell"], "The comments are more positive than the article"),
        (
            ["comments: more questions", "comments: shorter"],
            "The comments have more questions than the article, and 1 more difference",
        ),
        *(
            (
                [small, "cannot tell"],
                "On 1 of 2 metrics we cannot tell; on the other the difference is small at most",
            )
            for small in ("no difference larger than 0.10", "difference smaller than 0.10, though not zero")
        ),
        (
            ["no difference larger than 0.10"] * 2,
            "No metric shows more than a small difference between the article and the comments",
        ),
        (["cannot tell from 2 comments"] * 2, "No verdict on any of 2 metrics: cannot tell from 2 comments"),
    ],
)
def test_the_finding_of_a_comparison_is_its_widest_verdict(verdicts: list[str], title: str) -> None:
    figure = toolkit.plot_comparison(compared(verdict=[*verdicts, "cannot tell: no value in one group"]))
    assert figure.get_suptitle().replace("\n", " ") == title


def test_a_comparison_draws_intervals_where_there_are_ends_and_claims_in_colour() -> None:
    rows = compared(
        share_higher=[0.55, 0.2, np.nan], verdict=["no difference larger than 0.10", "comments: shorter", ""]
    )
    figure = toolkit.plot_comparison(rows)
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["Beta", "Alpha"]
    assert [line.get_color() for line in points(figure)] == [ARTICLE, GREY]
    with_ends = compared(share_higher_low=[0.7, np.nan, np.nan], share_higher_high=[0.9, np.nan, np.nan])
    assert "line x [0.7 0.9]" in description(toolkit.plot_comparison(with_ends))
    assert "line x [0.7 0.9]" not in description(toolkit.plot_comparison(compared()))


def test_a_measured_table_is_compared_first() -> None:
    metrics = [metric for metric in toolkit.METRICS if MEASURED[metric.name].nunique() != 1]
    by_hand = toolkit.compare(MEASURED, metrics=metrics)
    assert description(toolkit.plot_comparison(MEASURED, metrics=metrics, source="x")) == description(
        toolkit.plot_comparison(by_hand, source="x")
    )


def test_metrics_with_one_value_in_every_unit_are_left_out_counted_and_named() -> None:
    kinds = ["article"] * 3 + ["comment"] * 3
    measured = table(kind=kinds, text_id=kinds, words=[1, 2, 3, 4, 5, 6], sentences=1, links=[0, 0, 0, 1, 1, 1])
    figure = toolkit.plot_comparison(
        measured, metrics=[each for each in toolkit.METRICS if each.name in ("words", "sentences", "links")]
    )
    assert {label.get_text() for label in figure.axes[0].get_yticklabels()} == {"Words", "Links"}
    assert "1 metric left out, with the same value in every unit: Sentences." in description(figure).replace("\\n", " ")
    assert "any of 2 metrics" in figure.get_suptitle().replace("\n", " ")


def test_a_comparison_of_other_groups_takes_their_names_from_its_columns() -> None:
    by_voice = toolkit.compare(MEASURED, by="voice", pair=("author", "attributed"))
    assert "author (" not in description(toolkit.plot_comparison(compared()))
    assert "the attributed scores higher than the author" in toolkit.plot_comparison(by_voice).alt_text


def test_structure_draws_every_block_with_its_words_and_names_its_kinds() -> None:
    figure = toolkit.plot_structure(
        "# A title here\n\nOne two three.\n\n## Head\n\n- item one\n- item two\n\n> She said so.\n"
    )
    axes = figure.axes[0]
    assert [bar.get_width() for bar in axes.patches] == [3, 3, 1, 2, 2, 3]  # type: ignore[attr-defined]
    assert [text.get_text() for text in axes.texts] == ["A title here", "Head", "quoted"]
    legend = [text.get_text() for text in axes.get_legend().get_texts()]  # type: ignore[union-attr]
    assert legend == ["title (1)", "heading (1)", "paragraph (1)", "list item (2)", "quote (1)"]


def test_structure_of_the_featured_article_agrees_with_its_blocks_and_its_reading() -> None:
    blocks = toolkit.split_blocks(TEXTS[TEXTS["kind"] == "article"])
    reading = toolkit.read(TEXTS["text"].iloc[0])
    figure = toolkit.plot_structure(TEXTS)
    assert len(figure.axes[0].patches) == len(blocks)
    short, all_of_them = len(reading.one_line_paragraphs_at), (blocks["block"] == "paragraph").sum()
    assert figure.get_suptitle() == f"{short} of {all_of_them} paragraphs have only one sentence"
    assert f"n = {len(blocks)} blocks" in description(figure)
    written = [text.get_text() for text in figure.axes[0].texts]
    assert sum(text.startswith("quoted") for text in written) == (blocks["voice"] == "attributed").sum()
    assert "What NATO Actually Said" in written
    assert "emoji firecracker at [4 4]" in description(figure)


def test_structure_of_a_long_text_counts_what_it_does_not_draw() -> None:
    figure = toolkit.plot_structure("\n\n".join(["One. Two."] * 200))
    assert len(figure.axes[0].patches) == 80
    assert "The first 80 blocks are drawn; 120 paragraphs follow." in description(figure)
    assert figure.get_suptitle() == "None of the 200 paragraphs has only one sentence"


def bars(figure: Figure) -> list[Any]:
    """The bars of sentences: bands of sections have no rim."""
    return [patch for patch in figure.axes[0].patches if patch.get_edgecolor()[3] > 0]  # type: ignore[misc, operator]


def test_tone_draws_every_sentence_of_the_article_in_the_order_of_the_text() -> None:
    article = MEASURED[MEASURED["kind"] == "article"].reset_index(drop=True)
    figure = toolkit.plot_tone(MEASURED.sample(frac=1, random_state=1))
    toned = article[article["sentiment"].abs() >= 0.005]
    assert [bar.get_width() for bar in bars(figure)] == toned["sentiment"].tolist()
    assert len(points(figure)) == len(article) - len(toned)  # a dot for each zero
    places = [bar.get_y() for bar in bars(figure)]
    assert places == sorted(places)
    hollow = [to_hex(bar.get_facecolor()) == "#ffffff" for bar in bars(figure)]
    assert hollow == (toned["voice"] == "attributed").tolist()


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("“It is good,” she said.", "“‘It is good,’ she said.”"),
        ('They (and "we") said "good".', "“They (and ‘we’) said ‘good’.”"),
        ("“It is good.”", "“It is good.”"),
        ("“It is good.", "“It is good.”"),  # a sentence of a longer quotation
        ("It is good.”", "“It is good.”"),
        ("It isn’t good.", "“It isn’t good.”"),
        ('"', "“”"),
    ],
)
def test_a_quoted_sentence_has_one_pair_of_double_marks(text: str, drawn: str) -> None:
    assert quoted(text, 60) == drawn
    figure = toolkit.plot_tone(table(voice="author", section="", position=[1], sentiment=[0.5], text=text))
    assert drawn in " ".join(words_of(figure).split())
    assert drawn in figure.alt_text


def test_tone_has_one_colour_per_sign_and_of_a_long_text_draws_means_of_neighbours() -> None:
    figure = toolkit.plot_tone(table(voice="author", section="", position=range(3), sentiment=[-0.5, 0.02, 0.5]))
    assert [to_hex(bar.get_facecolor()) for bar in bars(figure)] == [NEGATIVE.lower(), GREY, POSITIVE.lower()]
    assert [np.sign(bar.get_width()) for bar in bars(figure)] == [-1, 1, 1]
    rows = table(voice="author", section="", position=range(1200), sentiment=[-0.5] * 600 + [0.5] * 600)
    figure = toolkit.plot_tone(rows)
    assert [bar.get_width() for bar in bars(figure)] == [-0.5] * 100 + [0.5] * 100
    assert "Each bar is the mean of 6 neighbouring sentences." in description(figure).replace("\\n", " ")


def test_tone_quotes_the_lowest_and_the_highest_sentence_and_whose_they_are_above_the_note() -> None:
    rows = table(
        voice=["author", "attributed", "author"], section="", position=range(3), sentiment=[0.4, -0.6, 0.1],
        text=["A fine day.", "It is a disgrace.", "We went home."],
    )  # fmt: skip
    figure = toolkit.plot_tone(rows)
    written = [text.get_text() for text in figure.axes[0].texts]
    assert "highest: 0.40" in written
    assert "“A fine day.”" in written
    assert "lowest: −0.60, quoted" in written
    assert "“It is a disgrace.”" in written
    (note,) = [text for text in figure.texts if "no truth" in text.get_text()]
    assert min(text.get_window_extent().y0 for text in figure.axes[0].texts) > note.get_window_extent().y1


@pytest.mark.parametrize(
    ("scores", "title"),
    [
        ([-0.05, 0.05, 0.04, np.nan, -0.9], "More sentences sound negative than positive: 2 against 1"),
        ([0.05, 0.5, -0.05, 0.04], "More sentences sound positive than negative: 2 against 1"),
        ([0.05, -0.05], "As many sentences sound negative as positive: 1 of 2 each"),
        ([0.0, 0.04, 0.5], "Most sentences sound neither positive nor negative: 2 of 3"),
        ([0.0, 0.0, 0.0, 0.5, 0.5, -0.5, -0.5], "Of 7 sentences, 2 sound negative, 2 positive and 3 neither"),
        ([0.3], "The one sentence scores 0.30"),
    ],
)
def test_the_title_of_tone_counts_signs_at_vaders_bounds(scores: list[float], title: str) -> None:
    figure = toolkit.plot_tone(table(voice="author", section="", position=range(len(scores)), sentiment=scores))
    assert figure.get_suptitle() == title
    assert ("1 sentence without a value." in figure.alt_text) == any(score != score for score in scores)


# Words and settings


@pytest.mark.parametrize("words", HOSTILE)
def test_a_label_is_one_short_line_of_letters_that_the_font_has(words: str) -> None:
    label = plain(words, 30)
    assert 0 < len(label) <= 30
    assert label.isprintable()
    assert all(width_of(letter, SMALL) > 0 for letter in label)


@pytest.mark.parametrize("value", [0.0, 1e-300, -1e99, 1e99, 1e308])
def test_extreme_values_are_drawn_or_left_out_without_a_warning(value: float) -> None:
    figure = toolkit.plot_metric(table(kind=["a", "a"], words=[0.0, value]), "words")
    figure.savefig("/dev/null", format="png")
    assert ("1 more without a value" in figure.alt_text) == (value == 1e308)


def test_a_wrapped_text_keeps_its_words_and_its_width() -> None:
    lines = wrapped("one two three four five six", 0.6, SMALL, lines=9)
    assert " ".join(lines) == "one two three four five six"
    assert len(lines) > 2
    assert all(width_of(line, SMALL) <= 0.6 for line in lines)
    assert wrapped("one two three four five six", 0.6, SMALL, lines=2)[-1].endswith("…")


def test_neighbouring_groups_differ_in_colour_shape_and_fill() -> None:
    for one, other in itertools.pairwise(LOOKS):
        assert one.colour != other.colour
        assert one.marker != other.marker
        assert one.filled != other.filled


# The text description


def chart() -> Figure:
    figure = Figure(figsize=(4, 3))
    axes = figure.add_subplot()
    axes.bar([0, 1], [2.0, 3.0], color="#0072B2", hatch="//", label="bars")
    axes.plot([0, 1], [1.0, 2.0], marker="o", color="#D55E00", label="line")
    axes.scatter([0.5], [2.5], color="#009E73")
    axes.vlines([0.2], 0, 1)
    axes.imshow([[1.0, 2.0]])
    axes.annotate("here", (1, 1), (5, 5), textcoords="offset points")
    axes.set(title="A title", xlabel="x", ylabel="y", xlim=(-1, 2), ylim=(0, 4))
    axes.set_xticks([0, 1], ["left", "right"])
    axes.legend()
    return figure


CHANGES: dict[str, Callable[[Any], Any]] = {
    "bar's height": lambda axes: axes.patches[0].set_height(2.01),
    "bar's colour": lambda axes: axes.patches[0].set_facecolor("#0072B3"),
    "bar's hatch": lambda axes: axes.patches[0].set_hatch("xx"),
    "bar gone": lambda axes: axes.patches[0].remove(),
    "bar hidden": lambda axes: axes.patches[0].set_visible(False),
    "point's value": lambda axes: axes.lines[0].set_ydata([1.0, 2.001]),
    "line's colour": lambda axes: axes.lines[0].set_color("#D55E01"),
    "line's style": lambda axes: axes.lines[0].set_linestyle(":"),
    "marker": lambda axes: axes.lines[0].set_marker("s"),
    "marker's fill": lambda axes: axes.lines[0].set_markerfacecolor("white"),
    "transparency": lambda axes: axes.lines[0].set_alpha(0.5),
    "scattered point": lambda axes: axes.collections[0].set_offsets([[0.5, 2.6]]),
    "scattered colour": lambda axes: axes.collections[0].set_facecolor("red"),
    "upright line": lambda axes: axes.collections[1].set_segments([[(0.2, 0), (0.2, 1.1)]]),
    "image": lambda axes: axes.images[0].set_data([[1.0, 2.5]]),
    "text": lambda axes: axes.texts[0].set_text("there"),
    "text's place": lambda axes: setattr(axes.texts[0], "xy", (1, 1.5)),
    "title": lambda axes: axes.set_title("Another title"),
    "axis label": lambda axes: axes.set_xlabel("z"),
    "limits": lambda axes: axes.set_xlim(-1, 2.01),
    "scale": lambda axes: axes.set_yscale("symlog"),
    "tick label": lambda axes: axes.set_xticks([0, 1], ["left", "wrong"]),
    "legend entry": lambda axes: axes.get_legend().get_texts()[0].set_text("other"),
    "size": lambda axes: axes.figure.set_size_inches(4, 3.5),
    "figure's text": lambda axes: axes.figure.text(0, 0, "note"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_description_changes_with_the_drawing(change: Callable[[Any], Any]) -> None:
    figure = chart()
    before = description(figure)
    change(figure.axes[0])
    assert description(figure) != before


def test_the_description_of_a_simple_chart_reads_as_written_by_hand() -> None:
    figure = Figure(figsize=(4, 3))
    axes = figure.add_subplot()
    axes.bar([1], [-0.0], width=0.5, color="#0072b2")
    axes.set(xlabel="group", ylabel="words", xlim=(0, 2), ylim=(0, 1.23456))
    axes.set_xticks([1], ["a $b$"])
    assert description(figure).split("\n") == [
        "figure 4 x 3 inches",
        "axes 1",
        "  x 'group' from 0 to 2",
        "  x ticks [1] ['a $b$']",
        "  y 'words' from 0 to 1.235",
        "  bar x 0.75 y 0 width 0.5 height 0 face #0072b2 edge none edge width 1",
    ]


# show


@pytest.fixture
def displayed(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Stand in for Jupyter: what is published is kept."""
    import IPython
    import IPython.display

    kept: list[dict[str, str]] = []
    monkeypatch.setattr(IPython, "get_ipython", object)
    monkeypatch.setattr(IPython.display, "publish_display_data", kept.append)
    return kept


def test_show_displays_once_with_alt_text_and_the_description_as_plain_text(displayed: list[dict[str, str]]) -> None:
    figure = toolkit.plot_metric(MEASURED)
    assert toolkit.show(figure) is None  # type: ignore[func-returns-value]
    (bundle,) = displayed
    page = Outline(bundle["text/html"])
    assert [tag for tag, _ in page.tags] == ["figure", "img", "figcaption", "p", "a", "a", "a"]
    assert page.tags[1][1]["alt"] == figure.alt_text
    assert str(page.tags[1][1]["src"]).startswith("data:image/png;base64,iVBOR")
    assert bundle["text/plain"] == f"{figure.alt_text}\n{figure.caption}\n{description(figure)}"


def test_show_takes_words_as_words(displayed: list[dict[str, str]]) -> None:
    words = '"><script>alert(1)</script> costs $5 and $10 \\(x\\) & more'
    toolkit.show(chart(), alt=words, caption=words, name="my-chart")
    page = Outline(displayed[0]["text/html"])
    assert [tag for tag, _ in page.tags] == ["figure", "img", "figcaption", "span", "span", "p", "a", "a"]
    assert page.tags[0][1] == {"class": "mathjax_ignore tex2jax_ignore", "id": "my-chart"}
    assert page.tags[1][1]["alt"] == words
    assert page.text.startswith(words)
    assert displayed[0]["text/plain"].startswith("[my-chart]\n")


def test_a_figure_is_saved_as_svg_png_and_its_data_as_csv_with_one_click(displayed: list[dict[str, str]]) -> None:
    toolkit.show(toolkit.plot_structure("# A title\n\n=1+1 is two.\n"), name="my-figure")
    links = [attributes for tag, attributes in Outline(displayed[0]["text/html"]).tags if tag == "a"]
    assert [link["download"] for link in links] == ["my-figure.svgz", "my-figure.png", "my-figure.csv"]
    svg, _, data = (base64.b64decode(str(link["href"]).partition(";base64,")[2]) for link in links)
    assert ElementTree.fromstring(gzip.decompress(svg)).tag == "{http://www.w3.org/2000/svg}svg"
    rows = data.decode("utf-8").splitlines()
    assert rows == ["kind,words,quoted,emoji,heading", "title,2,False,,A title", "paragraph,3,False,,"]


def test_one_click_in_a_browser_saves_the_picture_shown_and_the_drawing_unzipped(page: Watched) -> None:
    page.page.set_content(toolkit.plot_structure("# A title\n\nOne.\n")._repr_mimebundle_()["text/html"])
    saved = {}
    for kind in ("SVG", "PNG"):
        with page.page.expect_download() as download:
            page.page.get_by_role("link", name=kind).click()
        saved[download.value.suggested_filename] = download.value.path().read_bytes()[:5]
    assert saved == {"figure.svg": b"<?xml", "figure.png": b"\x89PNG\r"}


def answers() -> pd.DataFrame:
    return toolkit.link_comments(toolkit.load_corpus("library-hours"))


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda: toolkit.show(chart()), ValueError, r"no alt text.*show\(figure, alt="),
        (lambda: toolkit.show(toolkit.plot_metric(MEASURED), alt=" "), ValueError, "no alt text"),
        (lambda: toolkit.show(chart(), alt=3), TypeError, "alt must be a str, not int"),  # type: ignore[arg-type]
        (lambda: toolkit.show(chart(), name=3), TypeError, "name must be a str, not int"),  # type: ignore[arg-type]
        (lambda: toolkit.plot_attention(answers(), "x"), TypeError, "takes a table, not str"),  # type: ignore[arg-type]
        (lambda: toolkit.show("figure"), TypeError, "takes a matplotlib Figure, not str"),  # type: ignore[arg-type]
        (lambda: toolkit.show(chart(), alt="A chart.", name='x" onload="alert(1)'), ValueError, "cannot name a figure"),
    ],
)
def test_show_reports_what_it_needs(ask: Callable[[], object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        ask()


def test_outside_jupyter_show_prints_the_description_and_closes_the_figure(capsys: pytest.CaptureFixture[str]) -> None:
    figure = toolkit.plot_tone(MEASURED)
    toolkit.show(figure)
    assert capsys.readouterr().out == f"{figure.alt_text}\n{figure.caption}\n{description(figure)}\n"
    pyplot = pytest.importorskip("matplotlib.pyplot")
    figure = pyplot.figure()
    toolkit.show(figure, alt="An empty figure.")
    assert not pyplot.fignum_exists(figure.number)


# Quotations, titles, and colours on the screen

LIBRARY = toolkit.load_corpus("library-hours")
SENTENCES = toolkit.measure(toolkit.split_sentences(LIBRARY))


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
    figure = toolkit.plot_metric(table)
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
    figure = toolkit.plot_metric(change(pd.DataFrame({"kind": "article", "sentiment": values, "text": "Words."})))
    assert "ringed" not in words_of(figure)
    assert [line for line in figure.axes[0].lines if line.get_markerfacecolor() == "none"] == []


def test_a_kind_of_block_has_one_name_and_one_colour_in_all_figures() -> None:
    metric = toolkit.plot_metric(toolkit.measure(toolkit.split_blocks(LIBRARY)), "words", by="block")
    named = [label.get_text().partition("\n")[0] for label in metric.axes[0].get_yticklabels()]
    marks = [line for line in metric.axes[0].lines if line.get_linestyle() == "None"]
    colours = dict(zip(named, (line.get_color() for line in marks), strict=False))
    samples = toolkit.plot_structure(LIBRARY).axes[0].get_legend().legend_handles  # type: ignore[union-attr]
    bars = {patch.get_label().partition(" (")[0]: patch.get_edgecolor()[:3] for patch in samples}  # type: ignore[union-attr]
    assert set(bars) <= set(colours) <= set(BLOCKS)
    assert {name: to_rgb(colours[name]) for name in bars} == bars


@pytest.mark.parametrize(
    ("draw", "colours"),
    [
        (lambda: toolkit.plot_comparison(SENTENCES), {IN_WORDS[COMMENTS]}),
        (lambda: toolkit.plot_keyness(toolkit.keyness(LIBRARY, permutations=19)), {ARTICLE, COMMENTS, "#ffffff"}),
        (lambda: toolkit.plot_tone(SENTENCES), {BAND, "#ffffff"}),
        (lambda: toolkit.plot_word_shift(LIBRARY), {"#fde030"}),  # a laughing face
    ],
)
def test_a_png_keeps_a_rare_colour(draw: Callable[[], Any], colours: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.figures.display.PIXEL_RATIO", 1.6)  # as readers get it
    found = Image.open(io.BytesIO(_png(draw()))).convert("RGB").getcolors(10_000)
    assert {tuple(round(255 * part) for part in to_rgb(colour)) for colour in colours} <= {rgb for _, rgb in found}  # type: ignore[union-attr]


def test_among_hundreds_of_combinations_only_those_with_a_verdict_are_points() -> None:
    table = robustness_of("library-hours")
    figure = toolkit.plot_robustness(table)
    verdicts = int((~table["verdict"].str.startswith("cannot tell")).sum())
    circles = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert sum(len(line.get_xdata()) for line in circles) == verdicts > 0  # type: ignore[arg-type, misc]
    title = " ".join(figure.get_suptitle().split())
    assert f"{verdicts} support a verdict" in title
    above, below = int((table["share_higher"] > 0.5).sum()), int((table["share_higher"] < 0.5).sum())
    assert f"in {max(above, below)} of {len(table)}" in title
    assert f"{above} are above it, {below} below." in figure.alt_text


@pytest.mark.parametrize(
    ("rows", "each", "other"), [(80, "point", "place on"), (81, "place on the line", "each point")]
)
def test_the_words_of_robustness_name_points_or_places_on_the_line_as_drawn(rows: int, each: str, other: str) -> None:
    figure = toolkit.plot_robustness(robustness_of("library-hours").head(rows))
    said = " ".join(f"{description(figure)} {figure.caption}".split())
    assert f"each {each} is one way to make every analysis choice" in said
    assert f"Each {each}, with the marks below it, is one combination of choices." in said
    assert other not in said


@pytest.mark.parametrize(
    ("tone", "article", "title"),
    [
        ([0.2], 0.1, "The one comment scores above the article in tone"),
        ([0.1], 0.1, "The one comment scores like the article in tone"),
        ([0.0, -0.2], 0.1, "Neither of 2 comments scores above the article in tone"),
        ([0.1, 0.1], 0.1, "Both comments score like the article in tone"),
        ([0.2, 0.4, 0.2], 0.1, "All 3 comments score above the article in tone"),
        ([0.2, -0.2, 0.3], 0.1, "2 of 3 comments score above the article in tone"),
        ([0.2], np.nan, "Tone of the one comment: 0.20"),
        ([0.2, 0.2], np.nan, "Tone of 2 comments: 0.20"),
    ],
)
def test_the_title_of_a_conversation_is_a_sentence(tone: list[float], article: float, title: str) -> None:
    kinds = ["article", *["comment"] * len(tone)]
    figure = toolkit.plot_conversation(table(text_id=range(len(kinds)), kind=kinds, sentiment=[article, *tone]))
    assert figure.get_suptitle() == title


@pytest.mark.parametrize("asked", [3, 3.0, "3.0"])
def test_a_thread_with_a_number_is_found_also_where_other_texts_have_none(asked: Any) -> None:
    rows = [(3, "article", 0.1), (3, "comment", 0.3), (None, "comment", 0.5), (4, "comment", 0.7)]
    table = pd.DataFrame(rows, columns=["thread_id", "kind", "sentiment"]).assign(text_id=[*"abcd"])
    alone = toolkit.plot_conversation(table[:2].drop(columns="thread_id"))
    assert toolkit.plot_conversation(table, thread=asked).alt_text == alone.alt_text


def test_n_of_a_conversation_counts_comments_with_a_value_and_a_quotation_has_one_full_stop() -> None:
    rows = {"text_id": list("abc"), "kind": "comment", "sentiment": [0.1, 0.2, np.nan], "likes": [0, 4, 0]}
    figure = toolkit.plot_conversation(pd.DataFrame(rows).assign(text="We must go."))
    assert any("n = 2 comments." in text.get_text() for text in figure.texts)
    assert "b has the most likes (4) and scores 0.20: “We must go.” The larger" in figure.alt_text


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


def test_a_comment_has_the_mean_tone_of_its_sentences_that_answer_a_block() -> None:
    # VADER: good 0.4404, bad -0.5423, so that the two together are just negative
    rows = {"thread_id": "t", "text_id": list("aabc"), "answers": "the article", "kind": "shared_words", "block_id": 1,
            "passage": "A lamp.", "sentence": ["It is good.", "It is bad.", "A lamp.", "It is good."]}  # fmt: skip
    figure = toolkit.plot_attention(pd.DataFrame(rows))
    assert figure.data is not None
    assert figure.data.values.tolist() == [["A lamp.", 1, 1, 1]]  # negative, neutral, positive


def test_tone_quotes_no_neutral_sentence_beside_one_with_a_tone() -> None:
    rows = {"voice": "author", "section": "", "position": range(4), "sentiment": [0.0, 0.0, 0.6, 0.0], "text": "Words."}
    written = words_of(toolkit.plot_tone(pd.DataFrame(rows)))
    assert "highest: 0.60" in written
    assert "lowest" not in written
    alike = toolkit.plot_tone(pd.DataFrame({**rows, "sentiment": 0.6}))
    assert "positive words → 0.60 “Words.”" in words_of(alike)
    assert "Lowest and highest: 0.60 (“Words.”)." in alike.alt_text
