"""Metrics: promises that each row of METRICS keeps, one table in and out, and a reason for each empty cell."""

import inspect
import math
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers.checks import check_values, values_of
from helpers.texts import article, pasted_lines, straight

import toolkit
from toolkit import METRICS, Metric, glossary, load_corpus, measure, sentiment, split_sentences, why_missing
from toolkit.corpora.load import corpora_folder

CORPORA = sorted(each.name for each in corpora_folder().iterdir() if (each / "about.toml").exists())
NAMES = [metric.name for metric in METRICS]
EACH_METRIC = pytest.mark.parametrize("metric", METRICS, ids=NAMES)
ODD = [
    "", " \n", "🔥🔥", "!!!", "https://example.org/a", "Эта война никому не нужна.", "我们都希望和平。", "No",
    "Subscribe and donate at bit.ly/abc", '"https://a.org/b https://a.org/c" war',
    "> https://a.org/b https://a.org/c\n\nwar", 'He said "no war and never more.', '"A" and "b', '"😂 😂 🔥"',
    '> He said "no war now" and "never more again".', "STOP THE WAR NOW!!!", "# One\n\n## Two", "- one\n- two",
    "Subscribe and donate at https://example.org/give", "# \n\n> \n\n- ",
]  # fmt: skip
TEXTS = [article(), *load_corpus("nato-preemptive-strike")["text"][1:], *ODD]


def letters_e(text: str) -> float:
    """Letters e."""
    return float(text.count("e"))


OWN = Metric(letters_e, "Letters e", "letters", "more of them", min_words=3)


# Promises of every metric


@EACH_METRIC
def test_a_metric_states_everything_needed_to_read_its_value(metric: Metric) -> None:
    assert re.fullmatch(r"[A-Z].{2,40}", metric.label)
    assert min(len(metric.unit), len(metric.higher_means)) >= 5
    assert metric.family in ("readability", "sentiment", "emoji use", "structure")
    assert isinstance(metric.min_words, int)
    year = re.search(r"\b(1[89]|20)\d\d\b", metric.reference)
    assert (year is None) == metric.reference.startswith("counted by rule")
    assert re.fullmatch(r"[A-Z].{15,}\.", (metric.function.__doc__ or "").split("\n")[0])
    assert len(inspect.signature(metric.function).parameters) == 1
    assert metric.function.__annotations__ == {"text": str, "return": float}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text[:30]))
def test_each_metric_of_any_text_is_a_float_on_its_scale_or_missing_for_a_reason(text: str) -> None:
    check_values(text)


def test_every_metric_has_a_value_for_a_long_text_and_none_for_an_empty_one() -> None:
    assert all(map(math.isfinite, values_of(article()).values()))
    for nothing in ("", "  \n\t\u200b"):
        assert all(map(math.isnan, values_of(nothing).values()))


def test_every_metric_is_the_same_for_curly_and_straight_spelling() -> None:
    inches = "He said, “It is late. We must go.” The 5″ pipe’s fine. “It isn’t,” she said. " * 12
    for curly in (article(), inches):
        plain = straight(curly).replace("″", '"')
        assert values_of(plain) == pytest.approx(values_of(curly), nan_ok=True, rel=0, abs=0)


UNSEEN = {  # name of the change: pattern, replacement
    "line ends of Windows": (r"\n", "\r\n"), "spaces that do not break": (r"(?<=the) (?=\w)", "\u00a0"),
    "soft hyphens": (r"(?<=\b[a-z]{3})(?=[a-z]{3})(?!\S*[/@])", "\u00ad"), "thin spaces": (r" (?=of )", "\u2009"),
    "full width": (r" of ", " \uff4f\uff46 "), "spaces at ends of lines": (r"(?<=\S)(?=\n)", " "),
    "bold": (r"(?<= )(the|in|and)(?= )", r"**\1**"), "italic": (r"(?<= )(the|in|and)(?= )", r"_\1_"),
    "blank lines": (r"\n\n", "\n\n\n\n"), "a mark of byte order": (r"\A", "\ufeff"),
    "invisible spaces": (r"(?<=a)(?=nd )", "\u200b"), "signs of direction": (r"(?<=[.,])(?= )", "\u200f"),
}  # fmt: skip


@pytest.mark.parametrize("change", UNSEEN)
def test_an_invisible_change_changes_no_metric(change: str) -> None:
    texts = [text for corpus in CORPORA for text in load_corpus(corpus)["text"][:9].tolist()]
    changed = [re.sub(*UNSEEN[change], text) for text in texts]
    assert changed != texts
    pd.testing.assert_frame_equal(measure(changed)[NAMES], measure(texts)[NAMES])


def test_one_more_emoji_changes_only_emoji_metrics_and_a_doubled_text_has_doubled_counts() -> None:
    texts = [text.rstrip() for corpus in CORPORA for text in load_corpus(corpus)["text"][:9].tolist()]
    before, after = measure(texts)[NAMES], measure([f"{text} \U0001f6b2" for text in texts])[NAMES]
    others = [name for name in NAMES if "emoji_" not in name]
    pd.testing.assert_frame_equal(after[others], before[others])
    twice, counts = measure([f"{text}\n\n{text}" for text in texts]), ["words", "sentences"]
    pd.testing.assert_frame_equal(twice[counts], 2 * before[counts])


@EACH_METRIC
def test_a_metric_of_one_text_is_the_metric_in_the_table(metric: Metric) -> None:
    apart = [values_of(text)[metric.name] for text in TEXTS]
    np.testing.assert_array_equal(measure(TEXTS, [metric])[metric.name].to_numpy(), apart)


def test_the_solicitation_changes_nothing_but_its_own_share_and_the_links() -> None:
    lines = pasted_lines()
    for page, rest in (("\n".join(lines), "\n".join(lines[:65])), (article(), article().split("<!-- promo -->")[0])):
        differing = {name for name, value in values_of(page).items() if value != values_of(rest)[name]}
        assert differing == {"promo_share", "links"}


def test_the_names_and_labels_of_metrics_are_unique() -> None:
    assert len(set(NAMES)) == len({metric.label for metric in METRICS}) == len(METRICS)


# measure


@pytest.mark.parametrize("corpus", CORPORA)
def test_measuring_keeps_rows_index_and_columns_and_adds_a_float_for_each_metric(corpus: str) -> None:
    texts = load_corpus(corpus)
    texts.index = pd.Index([f"row {number}" for number in range(len(texts))])
    texts.attrs["report"] = {"article": {"title": "Lights"}}  # which article was read, for the source of a figure
    measured = measure(texts)
    assert measured.attrs == texts.attrs
    assert list(measured.columns) == [*texts.columns, *NAMES]
    assert set(measured[NAMES].dtypes) == {np.dtype(float)}
    pd.testing.assert_frame_equal(measured[texts.columns], texts)


def test_measuring_again_replaces_the_columns() -> None:
    once = measure(["One here. Two!"])
    pd.testing.assert_frame_equal(measure(once), once)


def test_a_custom_function_is_measured_row_by_row_from_its_minimum_of_words() -> None:
    measured = measure(["The peace here.", "Bee", None, ""], [*METRICS, OWN])
    assert measured.columns[-1] == "letters_e"
    assert measured["letters_e"].tolist() == pytest.approx(
        [5, *[float("nan")] * 3], nan_ok=True
    )  # th-e p-e-ac-e h-e-r-e
    assert OWN.family == "own"


def test_a_custom_function_needs_only_a_label_a_unit_and_a_direction() -> None:
    assert measure(["eee"], [Metric(letters_e, "Letters e", "letters", "more of them")])["letters_e"].tolist() == [3]


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, np.nan])
def test_a_missing_text_is_missing_in_every_column(nothing: Any) -> None:
    measured = measure(pd.DataFrame({"text": ["One here.", nothing]}))
    assert measured.loc[1, NAMES].isna().all()
    assert measured.loc[0, "words"] == 2


def test_a_list_a_series_and_a_table_give_the_same_numbers_also_where_an_index_repeats() -> None:
    texts = ["One here. Two!", "Three?"]
    table = pd.DataFrame({"text": texts})
    first, *others = [measure(given)[NAMES] for given in (texts, pd.Series(texts), table, tuple(texts))]
    assert first["words"].tolist() == [3, 1]
    for other in (*others, measure(table.set_axis([7, 7])).reset_index(drop=True)[NAMES]):
        pd.testing.assert_frame_equal(other, first)


def test_the_bar_shows_the_number_of_texts_and_changes_no_number(capfd: pytest.CaptureFixture[str]) -> None:
    quiet = measure(["One.", "Two."])
    assert capfd.readouterr().err == ""
    pd.testing.assert_frame_equal(measure(["One.", "Two."], progress=True), quiet)
    assert "2/2" in capfd.readouterr().err


def test_two_workers_give_identical_numbers_in_order() -> None:
    texts = [f"We have {number} good reasons. " * (number % 3 + 1) for number in range(5_200)]  # two chunks
    chosen = [metric for metric in METRICS if metric.name in ("sentiment", "words", "lix", "emoji_density")] + [OWN]
    alone, together = measure(texts, chosen), measure(texts, chosen, workers=2)
    pd.testing.assert_frame_equal(together, alone, check_exact=True)
    assert alone["words"].tolist() == [5.0 * (number % 3 + 1) for number in range(5_200)]


def test_a_text_has_the_same_numbers_whatever_other_texts_are_measured() -> None:
    texts = [article(), "", "No war. 🔥", "Эта война.", None]
    backwards = measure(texts[::-1])[NAMES][::-1].reset_index(drop=True)
    pd.testing.assert_frame_equal(measure(texts)[NAMES], backwards, check_exact=True)


def test_the_rows_of_a_split_table_are_read_as_running_text() -> None:
    units = toolkit.split_blocks(["# Why War\n\n- one item"])
    assert measure(units)["words"].tolist() == [2, 2]
    assert measure(units)["sentences"].tolist() == [1, 1]
    own = units.assign(block=pd.Series(["chapter 1", None]))  # kinds of the reader's own
    pd.testing.assert_frame_equal(measure(own)[NAMES], measure(units.assign(block="paragraph"))[NAMES])


# why_missing


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("split", [None, split_sentences, toolkit.split_blocks])
def test_there_is_one_reason_for_each_empty_cell_and_no_other(corpus: str, split: Any) -> None:
    table = load_corpus(corpus) if split is None else split(load_corpus(corpus))
    measured, why = measure(table), why_missing(table)
    key = "text_id" if split is None else "unit_id"
    empty = {(row[key], name) for _, row in measured.iterrows() for name in NAMES if math.isnan(row[name])}
    assert len(why) == len(empty)
    assert set(zip(why["unit"], why["metric"], strict=True)) == empty
    assert why["reason"].str.len().gt(0).all()


def test_odd_texts_have_a_reason_for_each_empty_cell_too() -> None:
    texts = [*ODD, None, article()]
    cells, why = measure(texts, [*METRICS, OWN]).drop(columns="text").isna(), why_missing(texts, [*METRICS, OWN])
    assert sorted(zip(why["unit"], why["metric"], strict=True)) == sorted(
        (row, name) for name in cells.columns for row in cells.index[cells[name]]
    )


def test_a_measured_table_can_be_asked_for_its_reasons() -> None:
    assert why_missing(measure(["No"]))["reason"].tolist() == why_missing(["No"])["reason"].tolist()


@pytest.mark.parametrize(
    ("text", "metric", "reason"),
    [
        (None, "words", "no text"),
        ("", "words", "empty text"),
        ("🔥", "sentiment", "emoji only"),
        ("!!!", "sentiment", "no words"),
        ("Эта война никому не нужна.", "sentiment", "not English"),
        ("One word more.", "flesch_reading_ease", "too short: 3 words, needs 100"),
        ("Good.", "sentiment_spread", "too short: 1 sentence, needs 2"),
        ("Good.", "lexical_variety", "too short: 1 word, needs 50"),
        ("Good.", "emoji_variety", "nothing of the kind in the text"),
        ("we want peace " * 40, "lix", "no sentence structure"),
    ],
)
def test_the_reason_says_in_words_what_is_missing(text: str | None, metric: str, reason: str) -> None:
    why = why_missing([text])
    assert why.loc[why["metric"] == metric, "reason"].tolist() == [reason]


def test_where_nothing_is_missing_there_is_no_reason() -> None:
    assert why_missing([article()]).empty
    assert list(why_missing([article()]).columns) == ["unit", "metric", "reason"]


# glossary


def test_the_glossary_has_one_row_a_metric_and_no_empty_cell() -> None:
    table = glossary()
    assert table["name"].tolist() == NAMES
    assert table.notna().all(axis=None)
    assert table.drop(columns="min_words").map(len).gt(2).all(axis=None)
    said = "\n".join(table["unit"] + "\n" + table["definition"])
    assert not re.search(r"(?<!\w)-\d|^(?:Compute|Count|Estimate) ", said, re.MULTILINE)  # a true minus and no verb


def test_the_glossary_explains_a_custom_function_by_its_docstring() -> None:
    row = glossary([OWN]).iloc[0]
    assert (row["name"], row["family"], row["definition"], row["min_words"]) == ("letters_e", "own", "Letters e.", 3)


def test_the_table_holds_what_the_metric_says_of_each_sentence() -> None:
    measured = measure(split_sentences(["This is bad. This is good!"]))
    assert measured["sentiment"].tolist() == [sentiment("This is bad."), sentiment("This is good!")]


def test_names_may_stand_for_metrics_and_a_wrong_one_is_answered_with_the_nearest() -> None:
    by_name = measure(["A good day."], ["sentiment"])
    pd.testing.assert_frame_equal(by_name, measure(["A good day."], [m for m in METRICS if m.name == "sentiment"]))
    with pytest.raises(ValueError, match=r"'sentimnt' is not a metric\. Did you mean sentiment"):
        measure(["A good day."], ["sentimnt"])
    with pytest.raises(ValueError, match="Did you mean sentiment, sentiment_spread or "):
        measure(["A good day."], ["tone"])  # the word of its label
    with pytest.raises(TypeError, match="put the name in brackets"):
        measure(["A good day."], "sentiment")
    with pytest.raises(TypeError, match=r"or of lexicon_metric\(your_words, 'name'\), not \["):
        measure(["A good day."], [len])  # type: ignore[list-item]
