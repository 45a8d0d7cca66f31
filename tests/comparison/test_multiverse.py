"""Robustness: every combination equals the result of the toolkit's other functions, and the figure shows the table."""

import itertools
from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers.texts import robustness_of, vader_library

import toolkit
from toolkit import compare, load_corpus, plot_robustness, robustness, robustness_sentence, sentiment, split_sentences
from toolkit.comparison.analysis_choices import CHOICES, DOMAIN_WORDS
from toolkit.figures.layout import Picture
from toolkit.figures.style import ARTICLE, COMMENTS

CORPORA = ("library-hours", "nato-preemptive-strike")
USUAL = {choice.name: choice.usual for choice in CHOICES}
each_corpus = pytest.mark.parametrize("corpus", CORPORA)


def row_of(table: pd.DataFrame, **other: str) -> Any:
    """The one row with the toolkit's own choices but for those named."""
    wanted = {name: value for name, value in (USUAL | other).items() if name in table.columns}
    found = table[(table[list(wanted)] == pd.Series(wanted)).all(axis=1)]
    assert len(found) == 1
    return found.iloc[0]


def compared(units: pd.DataFrame, metric: str = "sentiment") -> Any:
    known = [each for each in toolkit.METRICS if each.name == metric]
    return compare(toolkit.measure(units, known), metrics=known).iloc[0]


def thread(article: str, *comments: str) -> pd.DataFrame:
    names = ["article", *(f"c{number}" for number in range(len(comments)))]
    kinds = ["article", *["comment"] * len(comments)]
    return pd.DataFrame({"text_id": names, "thread_id": "t", "kind": kinds, "text": [article, *comments]})


def assert_same_comparison(row: Any, reference: Any) -> None:
    for column in ("article_n", "comment_n", "article_clusters", "comment_clusters", "verdict"):
        assert row[column] == reference[column], column
    for column in ("article_mean", "comment_mean", "article_median", "comment_median"):
        assert row[column] == pytest.approx(reference[column], abs=1e-9), column
    for column in ("share_higher", "share_higher_low", "share_higher_high", "p"):
        assert row[column] == pytest.approx(reference[column], abs=1e-9, nan_ok=True), column


# ---- the combinations


@each_corpus
def test_tone_is_compared_under_all_combinations_that_make_sense(corpus: str) -> None:
    table = robustness_of(corpus)
    scoring, reported, page, lists_and_unit, statistic = 2**4, 2, 3, 3, 2
    assert len(table) == scoring * reported * page * lists_and_unit * statistic == 576
    names = [choice.name for choice in CHOICES]
    assert not table.duplicated(names).any()
    assert table.loc[0, names].to_dict() == USUAL
    assert not ((table["solicitation"] == "in") & (table["headings"] == "out")).any()
    assert not ((table["unit"] == "passages") & (table["lists"] == "split")).any()


@each_corpus
@pytest.mark.parametrize(
    ("choice", "units"),
    [({}, {}), ({"reported_speech": "out"}, {"voices": ("author",)}), ({"lists": "split"}, {"join_lines": False})],
)
def test_each_choice_gives_what_compare_gives(corpus: str, choice: dict[str, str], units: dict[str, Any]) -> None:
    sentences = split_sentences(load_corpus(corpus), **units)
    assert_same_comparison(row_of(robustness_of(corpus), **choice), compared(sentences))


@each_corpus
def test_without_emoji_and_by_passages_the_comparison_is_that_of_those_metrics_and_units(corpus: str) -> None:
    units = split_sentences(load_corpus(corpus))
    row, reference = row_of(robustness_of(corpus), emoji="out"), compared(units, "sentiment_without_emoji")
    assert row["comment_mean"] == pytest.approx(reference["comment_mean"], abs=1e-9)
    assert row["share_higher"] == pytest.approx(reference["share_higher"], abs=1e-9)
    row = row_of(robustness_of(corpus), unit="passages")
    reference = compared(toolkit.split_passages(load_corpus(corpus)))
    assert (row["article_n"], row["comment_n"]) == (reference["article_n"], reference["comment_n"])
    assert row["article_mean"] == pytest.approx(reference["article_mean"], abs=0.02)


def test_headings_and_solicitation_add_units_and_the_statistic_changes_the_difference_alone() -> None:
    table = robustness_of("nato-preemptive-strike")
    usual = row_of(table)["article_n"]
    assert row_of(table, headings="in")["article_n"] == usual + 10  # the title, six headings, three numbered ones
    # Five lines and the notice of two sentences; one line is followed by an address, which begins a sentence.
    assert row_of(table, headings="in", solicitation="in")["article_n"] == usual + 10 + 8
    mean, median = row_of(table), row_of(table, statistic="median")
    assert mean["difference"] == pytest.approx(mean["comment_mean"] - mean["article_mean"])
    assert median["difference"] == pytest.approx(mean["comment_median"] - mean["article_median"])
    assert mean["share_higher"] == median["share_higher"]


def test_as_pasted_a_sentence_has_vadersentiments_own_score() -> None:
    polarity = vader_library().polarity_scores
    sentences = ["They isn’t good!", "It was “terrible.”", "A bad… idea 🔥 – war—lies."]
    texts = thread("## A head\n\nFine.\n- Good\n", " ".join(sentences), "No 💔 love ’ere!")
    row = row_of(robustness(texts), quotes="as pasted")
    raw = [*sentences, "No 💔 love ’ere!"]
    assert row["comment_n"] == 4
    assert row["comment_mean"] == pytest.approx(np.mean([polarity(each)["compound"] for each in raw]), abs=1e-9)
    assert row["comment_mean"] != row_of(robustness(texts))["comment_mean"]


def test_a_neutral_domain_word_scores_nothing_and_has_a_rating_to_be_taken_away() -> None:
    texts = thread("The strike was legal.", "The offensive began.", "A lovely strike!")
    row = row_of(robustness(texts), domain_words="neutral")
    assert row["article_mean"] == 0
    assert row["comment_mean"] == pytest.approx(sentiment("A lovely thing!") / 2)
    assert all(sentiment(f"He saw the {word}.") != 0 for word in DOMAIN_WORDS)


def test_a_choice_that_changes_nothing_is_left_out() -> None:
    table = robustness(thread("The house is old. It was built of stone.", "We live there.", "A long day."))
    assert [choice.name for choice in CHOICES if choice.name in table.columns] == ["unit", "statistic"]
    assert len(table) == 4


def test_afinn_is_a_second_opinion_whose_ratings_are_added_up_without_rules() -> None:
    table = robustness(thread("It was good, not barbaric.", "Not good, and terrible.", "The strike went on."))
    row = row_of(table, lexicon="AFINN")
    # AFINN: good 3, terrible -3, strike -1; barbaric -2, which VADER does not know.
    assert row["article_mean"] == pytest.approx(1 / np.sqrt(1 + 15))
    assert row["comment_mean"] == pytest.approx((0 - 1 / np.sqrt(1 + 15)) / 2)
    assert row_of(table, lexicon="AFINN", domain_words="neutral")["comment_mean"] == 0
    assert row_of(table)["comment_mean"] != row["comment_mean"]
    row = row_of(robustness(thread("We were afraid.", "We were, “afraid”!", "A table.")), lexicon="AFINN")
    assert row["article_mean"] == pytest.approx(-2 / np.sqrt(2**2 + 15))  # AFINN: afraid -2
    assert row["comment_mean"] == pytest.approx(row["article_mean"] / 2)
    table = robustness(thread("The song went to No. 1 in June.", "No good came of it.", "A lovely song."))
    assert row_of(table)["article_mean"] == 0
    assert row_of(table, lexicon="AFINN")["article_mean"] == 0


def test_articles_with_their_comments_are_resampled_as_compare_does() -> None:
    parts = [load_corpus(name).assign(thread_id=name) for name in CORPORA]
    texts = pd.concat([each.assign(text_id=each["thread_id"] + each["text_id"]) for each in parts], ignore_index=True)
    row, reference = row_of(robustness(texts)), compared(split_sentences(texts))
    assert_same_comparison(row, reference)
    assert row["verdict"] == "cannot tell from 2 articles"


def test_what_is_asked_of_tone_only_is_not_asked_of_other_metrics() -> None:
    table = robustness_of("nato-preemptive-strike", "words_per_sentence")
    assert {"quotes", "emoji", "domain_words", "lexicon"}.isdisjoint(table.columns)
    assert len(table) == 2 * 3 * 3 * 2


def test_a_metric_that_needs_more_than_a_sentence_is_compared_on_passages_alone() -> None:
    table = robustness_of("nato-preemptive-strike", "flesch_kincaid_grade")
    assert "unit" not in table.columns
    assert len(table) == 2 * 3 * 2 * 2  # reported speech, parts of the page, lists, statistic
    reference = compared(toolkit.split_passages(load_corpus("nato-preemptive-strike")), "flesch_kincaid_grade")
    assert_same_comparison(row_of(table), reference)
    # Every line a sentence of its own makes sentences shorter, and so the grade lower.
    assert row_of(table, lists="split")["article_mean"] < row_of(table)["article_mean"] - 1


@pytest.mark.parametrize("metric", ["negative_share", "sentiment_without_emoji", "question_share"])
def test_other_metrics_agree_with_compare_under_the_toolkits_own_choices(metric: str) -> None:
    units = split_sentences(load_corpus("nato-preemptive-strike"))
    assert_same_comparison(row_of(robustness_of("nato-preemptive-strike", metric)), compared(units, metric))


def test_a_custom_metric_is_accepted() -> None:
    def letters(text: str) -> float:
        return float(len(text))

    table = robustness(thread("Four. Words are here.", "No."), toolkit.Metric(letters, "Letters", "letters", "longer"))
    assert set(table["label"]) == {"Letters"}
    assert row_of(table)["comment_mean"] == 3


def test_other_groups_than_article_and_comment_can_be_compared() -> None:
    texts = load_corpus("library-hours").assign(liked=lambda rows: np.where(rows["likes"].fillna(0) > 10, "yes", "no"))
    table = robustness(texts[texts["kind"] == "comment"], by="liked", pair=("no", "yes"))
    assert {"no_mean", "yes_mean"} <= set(table.columns)
    assert "yess" in robustness_sentence(table)


def test_texts_without_a_word_or_without_a_text_are_kept_and_have_no_value() -> None:
    texts = thread("A good day.", "👏👏", "Bad.", "")
    texts.loc[len(texts)] = ["c9", "t", "comment", None]
    before = texts.copy()
    row = row_of(robustness(texts))
    assert (row["article_n"], row["comment_n"]) == (1, 1)
    pd.testing.assert_frame_equal(texts, before)


def test_where_a_group_has_no_value_the_row_says_so() -> None:
    table = robustness(thread("A good day.", "👏👏"))
    assert set(table["sign"]) == {"none"}
    assert table["verdict"].str.startswith("cannot tell").all()
    every = f"{len(table):,} of {len(table):,} combinations"
    assert robustness_sentence(table) == f"In {every} there is no value in one group; none supports a verdict."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"metric": "sentimental"}, r"'sentimental' is not a metric. Did you mean sentiment"),
        ({"by": "colour"}, r"'colour'.*kind"),
        ({"pair": ("article", "letter")}, r"no 'letter'.*comment"),
        ({"texts": split_sentences(thread("A good day.", "Bad."))}, "whole texts"),
    ],
)
def test_what_cannot_be_compared_is_an_error_that_names_what_can(change: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        robustness(**{"texts": thread("A good day.", "Bad."), **change})
    with pytest.raises(ValueError, match=r"needs the columns .*; it has \['a'\]. robustness\(texts\) gives"):
        robustness_sentence(pd.DataFrame({"a": [1]}))


# ---- the sentence


def made(signs: str, verdicts: list[str], **more: Any) -> pd.DataFrame:
    """A table of robustness with one row a letter: l(ower), h(igher), s(ame), n(one)."""
    words = {"l": "lower", "h": "higher", "s": "same", "n": "none"}
    size = len(signs)
    shares = {"l": 0.3, "h": 0.7, "s": 0.5, "n": np.nan}
    columns = {
        "metric": "m", "label": "Mood", "headings": ["out", "in"] * (size // 2) + ["out"] * (size % 2),
        "article_median": 0.0, "comment_median": 0.1, "share_higher": [shares[sign] for sign in signs],
        "share_higher_low": np.nan, "share_higher_high": np.nan, "verdict": verdicts,
        "sign": [words[sign] for sign in signs],
    }  # fmt: skip
    return pd.DataFrame(columns | more)


def test_the_sentence_counts_signs_and_verdicts() -> None:
    table = made("llhs", ["cannot tell from 2 comments"] * 3 + ["comments: more positive"])
    assert robustness_sentence(table) == (
        "In 2 of 4 combinations the comments score lower, in 1 higher, in 1 the same; "
        '1 supports a verdict: "comments: more positive".'
    )


# ---- the figure


def lines_of(figure: Picture, marker: str) -> list[Any]:
    return [line for line in figure.axes[0].lines if line.get_marker() == marker]


@each_corpus
def test_the_curve_has_every_share_in_order_and_the_toolkits_own_marked(corpus: str) -> None:
    table = robustness_of(corpus)
    figure = plot_robustness(table)
    curves: list[Any] = [line for line in figure.axes[0].lines if line.get_color() in (ARTICLE, COMMENTS)]
    points = sorted(
        itertools.chain.from_iterable(
            zip(line.get_xdata(), line.get_ydata(), strict=True) for line in curves if line.get_marker() == "None"
        )
    )
    assert [y for _, y in points] == pytest.approx(np.sort(table["share_higher"]).tolist())
    (own,) = lines_of(figure, "X")
    assert own.get_ydata().tolist() == [table["share_higher"].iloc[0]]


def test_the_cross_is_found_in_a_part_of_the_table_wherever_it_stands_and_missing_where_it_is_not_there() -> None:
    table = robustness_of("library-hours")
    (own,) = lines_of(plot_robustness(table.iloc[::-1].tail(40)), "X")
    assert own.get_ydata().tolist() == [row_of(table)["share_higher"]]
    part = plot_robustness(table.iloc[1:40])
    assert lines_of(part, "X")[0].get_ydata().tolist() == []
    assert "own choices" not in part.alt_text
    assert "nan" not in part.alt_text


@each_corpus
def test_the_title_says_in_how_many_combinations_and_the_words_are_there(corpus: str) -> None:
    table = robustness_of(corpus)
    figure = plot_robustness(table)
    sign, other = ("lower", "higher") if corpus.startswith("nato") else ("higher", "lower")
    shares = table["share_higher"] if sign == "higher" else 1 - table["share_higher"]
    most = f"{(shares > 0.5).sum()} of {len(table)} combinations"
    title = f"the comments score {sign} more often than {other} in {most}; "
    assert title in " ".join(figure.get_suptitle().split())
    assert f"Compared by mean or median, i{robustness_sentence(table)[1:]}" in figure.alt_text
    even = " ".join(plot_robustness(table.assign(share_higher=0.5)).get_suptitle().split())
    assert f"no difference in any of {len(table)} combinations; " in even


@each_corpus
def test_the_note_explains_filled_points_only_if_there_are_any(corpus: str) -> None:
    table = robustness_of(corpus)
    notes = " ".join(text.get_text() for text in plot_robustness(table).texts)
    assert ("Filled points" in notes) is (not table["verdict"].str.startswith("cannot tell").all())


def test_filled_points_are_those_with_a_verdict() -> None:
    table = made(
        "lh", ["cannot tell", "comments: more positive"], share_higher_low=[0.1, 0.6], share_higher_high=[0.6, 0.9]
    )
    lines = lines_of(plot_robustness(table), "o")
    points = [(line.get_markerfacecolor(), each) for line in lines for each in line.get_ydata()]
    open_, filled = ([share for face, share in points if (face == "#ffffff") == empty] for empty in (True, False))
    assert (open_, filled) == ([0.3], [0.7])


def test_the_means_beside_a_choice_are_over_pairs_that_differ_in_it_alone() -> None:
    table = made("lh", ["cannot tell"] * 2)
    texts = [text.get_text() for text in plot_robustness(table).axes[1].texts]
    assert {"0.30", "0.70"} <= set(texts)


def test_combinations_without_a_value_are_counted_and_having_none_at_all_is_reported() -> None:
    figure = plot_robustness(made("lhn", ["cannot tell"] * 3))
    assert "1 combination without a value" in " ".join(" ".join(text.get_text() for text in figure.texts).split())
    assert "in 1 of 3 combinations" in " ".join(figure.get_suptitle().split())
