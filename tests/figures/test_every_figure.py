"""What holds for every figure: words, source, data, reasons, margin, bytes, and independence of settings and texts."""

import functools
import math
from collections.abc import Callable
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
import pytest
from helpers.browser import contrast as contrast_ratio
from helpers.synthetic_threads import thread_of
from helpers.texts import HOSTILE, robustness_of
from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.text import Text

import toolkit
from toolkit import keyness, plot_comparison, plot_keyness, plot_metric, plot_structure, plot_tone, plot_word_shift
from toolkit.figures.alt_text_and_description import description
from toolkit.figures.layout import Picture

TEXTS, LIBRARY = toolkit.load_corpus("nato-preemptive-strike"), toolkit.load_corpus("library-hours")
MEASURED = toolkit.measure(toolkit.split_sentences(TEXTS))
COMPARED = toolkit.compare(MEASURED)
PER_THREAD = pd.DataFrame(
    {"thread_id": list("abcdef"), "label": "Mood", "article_mean": [0.0, 0.1, 0.2, 0.3, 0.4, 0.5],
     "comment_mean": [0.1, 0.0, 0.3, 0.2, 0.5, 0.3], "comment_clusters": [1, 5, 9, 2, 7, 3]}
)  # fmt: skip
DRAW: dict[str, Callable[[], Picture]] = {
    "attention": lambda: toolkit.plot_attention(toolkit.link_comments(LIBRARY), LIBRARY),
    "comparison": lambda: plot_comparison(MEASURED),
    "conversation": lambda: toolkit.plot_conversation(toolkit.measure(toolkit.split_sentences(LIBRARY))),
    "dispersion": lambda: toolkit.plot_dispersion(toolkit.concordance(LIBRARY, "evening*")),
    "keyness": lambda: plot_keyness(LIBRARY),
    "keyness of few": lambda: plot_keyness(TEXTS),
    "metric": lambda: plot_metric(MEASURED),
    "metric by block": lambda: plot_metric(toolkit.measure(toolkit.split_blocks(TEXTS)), "words", by="block"),
    "metric of six groups": lambda: plot_metric(
        MEASURED.assign(group=[f"group {at % 6}" for at in range(len(MEASURED))]), by="group"
    ),
    "robustness": lambda: toolkit.plot_robustness(robustness_of("library-hours"), source="A source"),
    "robustness of few": lambda: toolkit.plot_robustness(robustness_of("nato-preemptive-strike"), source="A source"),
    "structure": lambda: plot_structure(TEXTS),
    "threads": lambda: toolkit.plot_threads(PER_THREAD, source="A source"),
    "tone": lambda: plot_tone(MEASURED),
    "word shift": lambda: plot_word_shift(LIBRARY),
    "word shift of few": lambda: plot_word_shift(TEXTS),
}
every_figure = pytest.mark.parametrize("name", DRAW)


@functools.cache
def drawn(name: str) -> Picture:
    return DRAW[name]()


def words_of(figure: Picture) -> str:
    return description(figure).replace("\\n", " ")


def contrast(articles: list[Any], comments: list[Any]) -> pd.DataFrame:
    kinds = ["article"] * len(articles) + ["comment"] * len(comments)
    return pd.DataFrame({"kind": kinds, "text": pd.Series([*articles, *comments], dtype=object)})


def thread(*mood: float) -> pd.DataFrame:
    kinds = ["article", *["comment"] * (len(mood) - 1)]
    return pd.DataFrame({"text_id": range(len(mood)), "thread_id": "t", "kind": kinds, "mood": mood})


TEA_AND_MILK = contrast(["Tea."], ["Milk."])
RARE = COMPARED[COMPARED["metric"].eq("emoji_variety")]
ALIKE = pd.DataFrame({"kind": ["article", "comment"], "text_id": ["a", "b"], "sentences": 1})
SENTENCES = [metric for metric in toolkit.METRICS if metric.name == "sentences"]


def test_every_public_figure_is_among_them() -> None:
    plots = {name.removeprefix("plot_").replace("_", " ") for name in toolkit.__all__ if name.startswith("plot_")}
    assert plots <= set(DRAW)


@every_figure
def test_every_figure_brings_alt_text_title_source_and_data(name: str) -> None:
    figure = drawn(name)
    assert len(figure.alt_text) > 80
    assert len(figure.get_suptitle()) > 20
    cited = ("Below the Line (2025). Leave the Library", "Patrick Lancaster (n.d.). Breaking: NATO", "A source")
    words = words_of(figure)
    assert any(f"Source: {each}" in words for each in cited)
    assert figure.data is not None
    assert len(figure.data) > 2


@every_figure
def test_all_words_are_inside_the_figure_and_large_and_dark_enough(name: str) -> None:
    figure = drawn(name)
    tight = figure.get_tightbbox()
    assert 0 <= tight.x0 < tight.x1 <= figure.get_figwidth()
    assert 0 <= tight.y0 < tight.y1 <= figure.get_figheight()
    words = figure.findobj(Text)
    assert min(float(text.get_fontsize()) for text in words) >= 9
    assert min(contrast_ratio(to_hex(text.get_color()), "#ffffff") for text in words) >= 4.5  # WCAG 2.1, AA


def on_white(colour: Any) -> str:
    red, green, blue, alpha = to_rgba(colour)
    return str(to_hex((1 - alpha * (1 - red), 1 - alpha * (1 - green), 1 - alpha * (1 - blue))))


def colours_of(mark: Any) -> list[Any]:
    """Colours of a line, or of a mark's face and edge."""
    if isinstance(mark, Line2D):
        own = [] if mark.get_linestyle() == "None" else [mark.get_color()]
        return own or [mark.get_markeredgecolor(), mark.get_markerfacecolor()]
    return [*np.atleast_2d(mark.get_facecolor()), *np.atleast_2d(mark.get_edgecolor())]


@every_figure
def test_all_marks_are_visible_on_white(name: str) -> None:
    axes = drawn(name).axes
    drawn_on: list[Any] = [mark for each in axes for mark in (*each.lines, *each.patches, *each.collections)]
    legends: list[Any] = [mark for each in axes if (key := each.get_legend()) for mark in key.legend_handles]
    for mark in [*drawn_on, *legends]:
        if mark.get_zorder() > 0:  # what is behind all others only guides the eye
            contrasts = [contrast_ratio(on_white(colour), "#ffffff") for colour in colours_of(mark)]
            assert max(contrasts) >= 3, mark  # WCAG 2.1, 1.4.11


def per_thread(mean: list[float]) -> pd.DataFrame:
    return PER_THREAD.head(len(mean)).assign(article_mean=mean, comment_mean=mean[::-1])


def of_one_kind(values: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"kind": "comment", "question_share": values})


@pytest.mark.parametrize(
    ("figure", "axes", "ticks"),
    [
        (lambda: plot_metric(of_one_kind([1.0] * 6), "question_share"), "x", "1"),
        (lambda: plot_metric(of_one_kind([0.0, 1.0]), "question_share"), "x", "0 1"),
        (lambda: plot_metric(of_one_kind([0.375] * 6), "question_share"), "x", "0.38"),
        (lambda: plot_metric(of_one_kind([0.0, 0.5, 1.0]), "question_share"), "x", "0.0 0.2 0.4 0.6 0.8 1.0"),
        (lambda: toolkit.plot_threads(per_thread([0.0, 0.16])), "xy", "0.000 0.025 0.050 0.075 0.100 0.125 0.150"),
        (lambda: toolkit.plot_threads(per_thread([1.0, 1.0])), "xy", "1"),
        (lambda: toolkit.plot_conversation(thread(0, 0, 0), "mood"), "y", "0"),
        (lambda: toolkit.plot_attention(toolkit.link_comments(LIBRARY.head(3)), LIBRARY.head(3)), "x", "0 1"),
    ],
)  # fmt: skip
def test_an_axis_names_no_value_beyond_those_drawn(figure: Callable[[], Picture], axes: str, ticks: str) -> None:
    (drawn_on,) = figure().axes
    for axis in axes:
        labels = getattr(drawn_on, f"{axis}axis").get_ticklabels()
        low, high = sorted(getattr(drawn_on, f"get_{axis}lim")())
        shown = [text.get_text() for text in labels if low <= text.get_position()["xy".index(axis)] <= high]
        assert " ".join(shown) == ticks


@every_figure
def test_drawing_changes_no_setting_no_setting_changes_the_drawing_and_two_draws_have_the_same_bytes(name: str) -> None:
    with matplotlib.rc_context({"axes.grid": True, "font.size": 30, "lines.linewidth": 9, "text.color": "red"}):
        before = dict(matplotlib.rcParams)
        figure = DRAW[name]()
        assert dict(matplotlib.rcParams) == before
    assert description(figure) == description(drawn(name))
    if list(DRAW).index(name) % 2:
        assert figure._repr_mimebundle_() == drawn(name)._repr_mimebundle_()


@pytest.mark.parametrize("draw", [plot_comparison, plot_metric, plot_structure, plot_tone])
def test_the_order_of_rows_within_a_group_does_not_matter(draw: Callable[[pd.DataFrame], Picture]) -> None:
    table = TEXTS if draw is plot_structure else MEASURED
    shuffled = pd.concat([rows.sample(frac=1, random_state=3) for _, rows in table.groupby("kind")])
    assert description(draw(shuffled)) == description(draw(table))


def test_the_source_line_distinguishes_composed_own_and_given_texts() -> None:
    assert "Composed for teaching" in description(plot_structure(toolkit.load_corpus("nato-wire-report")))
    assert "Source: own texts" in description(plot_structure("One."))
    assert "Source: own texts" in description(plot_metric(MEASURED.assign(thread_id="../../etc/passwd")))
    for draw, table in (
        (plot_comparison, COMPARED),
        (plot_word_shift, toolkit.word_shift(TEXTS)),
        (plot_keyness, keyness(TEXTS)),
    ):
        assert "Source" not in description(draw(table))
        assert "Source: my class" in description(draw(table, source="my class"))


@pytest.mark.parametrize(("table", "name"), [(keyness, "keyness"), (toolkit.word_shift, "word shift")])
def test_a_table_is_drawn_as_its_texts_are(table: Callable[[pd.DataFrame], pd.DataFrame], name: str) -> None:
    draw = {"keyness": plot_keyness, "word shift": plot_word_shift}[name]
    assert draw(table(LIBRARY)).alt_text == drawn(name).alt_text


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        (lambda: plot_metric(MEASURED.head(0)), "The table has no rows."),
        (lambda: plot_metric(MEASURED, "smog_index"), "None of the 47 sentences has a value for SMOG grade."),
        (lambda: plot_metric(MEASURED, "smog_index"), "too short: 1 sentence, needs 30"),
        (lambda: plot_metric(pd.DataFrame({"kind": ["a"], "sentiment": [None]})), "The one unit has no value for"),
        (lambda: plot_comparison(MEASURED.head(0)), "The table has no rows."),
        (lambda: plot_comparison(RARE), "No value in article or comment: Emoji variety"),
        (lambda: plot_comparison(COMPARED.head(0)), "The comparison has no rows."),
        (
            lambda: plot_comparison(ALIKE, metrics=SENTENCES),
            "1 metric left out, with the same value in every unit: Sentences.",
        ),
        (lambda: plot_structure(""), "The text is empty."),
        (lambda: plot_structure(TEXTS.head(0)), "The text is empty."),
        (lambda: plot_structure(TEXTS.head(1).assign(text=pd.NA)), "The text is empty."),  # type: ignore[arg-type]
        (lambda: plot_tone(MEASURED.head(0)), "The table has no rows."),
        (lambda: plot_tone(MEASURED.assign(sentiment=np.nan)), "None of the 37 sentences has a tone score."),
        (lambda: plot_word_shift(TEXTS.head(0)), "The table has no rows."),
        (lambda: plot_word_shift(contrast(["Good."], [None])), "No words in comment."),
        (lambda: plot_word_shift(contrast([""], [""])), "No words in article and comment."),
        (lambda: plot_word_shift(TEA_AND_MILK), "No word makes a difference: both means are 0.0"),
        (lambda: plot_keyness(TEXTS.head(0)), "The table has no rows."),
        (lambda: plot_keyness(contrast(["Good good good."], [""])), "No words in comment."),
        (lambda: plot_keyness(TEA_AND_MILK), "No word is used often enough. Left out: 2 words used fewer than 3"),
        (lambda: plot_keyness(contrast(["Tea milk."] * 9, ["Tea milk."] * 9)), "about as often in both groups"),
        (lambda: plot_keyness(contrast(["Tea."] * 9, ["Tea."] * 9)), "There is only one word."),
        (lambda: plot_keyness(keyness(TEA_AND_MILK)), "No word is used often enough."),
        (lambda: toolkit.plot_threads(PER_THREAD.head(0)), "No thread has a value in both groups."),
        (lambda: toolkit.plot_threads(PER_THREAD.assign(article_mean=np.nan)), "No thread has a value in both groups."),
        (lambda: toolkit.plot_conversation(thread(0.1), "mood"), "There are no comments."),
        (lambda: toolkit.plot_conversation(thread(0.1, np.nan, np.nan), "mood"), "None of the 2 comments has a value."),
        (lambda: toolkit.plot_conversation(thread(0.1, math.nan), "mood"), "The one comment has no value."),
        *(
            (
                lambda many=many: toolkit.plot_attention(toolkit.link_comments(thread_of(*["Hello you."] * many))),
                f"{who} could{no} be linked to a passage of the article.",
            )
            for many, who, no in ((1, "The one comment", " not"), (2, "None of 2 comments", ""))
        ),
        (
            lambda: toolkit.plot_robustness(robustness_of("library-hours").assign(share_higher=math.nan)),
            "No combination has a value in both groups.",
        ),
    ],
)
def test_an_empty_figure_says_why(figure: Callable[[], Picture], reason: str) -> None:
    empty = figure()
    assert reason in words_of(empty)
    assert reason in empty.alt_text


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: plot_metric(TEXTS), r"'sentiment'; it has \['text_id'.*measure\(units\)"),
        (lambda: plot_metric(toolkit.measure(["Good."])), r"'kind'; it has \['text'.*by="),
        (lambda: plot_metric(MEASURED, "author"), "'author' holds no numbers.*Name a metric"),
        (lambda: plot_comparison(COMPARED.drop(columns="label")), r"'label'; it has .*compare\(measured\)"),
        (lambda: plot_comparison(COMPARED.drop(columns="comment_median")), "two groups that end with _median"),
        (lambda: plot_comparison(COMPARED.drop(columns="comment_n")), "'comment_n'"),
        (lambda: plot_structure(TEXTS.drop(columns="text")), "'text'; it has .*load_corpus"),
        (lambda: plot_structure(toolkit.split_blocks(TEXTS)), "split before.*load_corpus"),
        (lambda: plot_tone(MEASURED.drop(columns="voice")), "'voice'; it has .*split_sentences"),
        (lambda: plot_word_shift(toolkit.word_shift(TEXTS).drop(columns="from_use")), "'from_use'.*word_shift"),
        (
            lambda: plot_word_shift(toolkit.word_shift(TEXTS).drop(columns="count_comment")),
            "count_; it has \\[.*word_shift",
        ),
        (lambda: plot_keyness(keyness(TEXTS).drop(columns="p_holm")), "'p_holm'.*keyness"),
        (lambda: plot_keyness(keyness(TEXTS).drop(columns="count_comment")), "count_; it has \\[.*keyness"),
        (lambda: toolkit.plot_conversation(thread(0.1, 0.2), "mood", thread="x"), "thread must be 't', not 'x'"),
    ],
)
def test_a_missing_column_is_named_with_those_present_and_the_next_step(call: Callable[[], Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        call()


@pytest.mark.parametrize("plot", [name for name in toolkit.__all__ if name.startswith("plot_")])
def test_anything_but_a_table_is_refused_by_name(plot: str) -> None:
    with pytest.raises(TypeError, match=f"{plot} takes a table, not list"):
        getattr(toolkit, plot)(["One."])


# Anybody's words


def hostile_column(length: int) -> pd.Series:
    return pd.Series([HOSTILE[row % len(HOSTILE)] for row in range(length)], dtype=object)


def hostile_comparison() -> Picture:
    many = pd.concat([COMPARED.head(3)] * 5, ignore_index=True).assign(share_higher=0.8, article_n=9, comment_n=9)
    names = {name: name.replace("article", "$\\frac{").replace("comment", "\U0001f525" * 40) for name in many.columns}
    return plot_comparison(many.assign(label=hostile_column(15), verdict=hostile_column(15)).rename(columns=names))


def hostile_contrast(plot: Callable[..., Picture]) -> Picture:
    groups = ("$\\frac{1}{" * 9, "\U0001f525\x1b[31m" * 40)
    words = ["good $x$ $y_{ " * 9, "love ❤️ 🔥 " * 9, "evil " * 200, *HOSTILE]
    rows = {"$g$": [group for group in groups for _ in words], "text": pd.Series(words * 2, dtype=object)}
    return plot(pd.DataFrame(rows).drop(index=[0]), by="$g$", pair=groups, source="$5 and $10 \\frac{")


HOSTILE_FIGURES: dict[str, Callable[[], Picture]] = {
    "comparison": hostile_comparison,
    "conversation": lambda: toolkit.plot_conversation(
        thread(0.1, 0.2, 0.3).assign(text_id=["a", "$\\frac{1}{", "\x1b[31m"]), "mood", source="$a_{b"
    ),
    "keyness": lambda: hostile_contrast(plot_keyness),
    "metric": lambda: plot_metric(
        pd.DataFrame({"g": hostile_column(64), "text": "x", "$m^{$": np.linspace(-1, 1, 64)}), "$m^{$", by="g",
        source="$5 and $10 \\frac{ \U0001f525 \x1b",
    ),
    "robustness": lambda: toolkit.plot_robustness(
        robustness_of("nato-preemptive-strike").assign(label="$\\frac{1}{ \U0001f525", verdict="cannot tell $x_{"),
        source="$a_{b <script>",
    ),
    "structure": lambda: plot_structure("\n\n".join(f"# {words}\n\n{words}\n\n> {words}" for words in HOSTILE)),
    "tone": lambda: plot_tone(
        pd.DataFrame({"voice": hostile_column(40), "section": hostile_column(40), "position": range(40),
                      "sentiment": np.linspace(-1, 1, 40)})
    ),
    "word shift": lambda: hostile_contrast(plot_word_shift),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_FIGURES)
def test_hostile_words_groups_and_sources_are_drawn_as_plain_words(name: str) -> None:
    figure = HOSTILE_FIGURES[name]()
    figure.savefig("/dev/null", format="png")  # outside our settings too: two dollar signs do not start mathematics
    assert figure.get_tightbbox().x1 <= figure.get_figwidth()
    assert "\x1b" not in figure.alt_text + description(figure)
    if name == "metric":
        assert "[fire]: n = 4" in description(figure)
        assert "Source: $5 and $10 \\\\frac{ [fire]" in description(figure)
