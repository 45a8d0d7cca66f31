"""Agreement of coders, and of the lexicon with them: published and hand-counted values, and reasons for NaN."""

import math
from collections.abc import Callable
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from toolkit.annotation.codings import CODING_COLUMNS, Level, Scheme, load_codings, read_codings
from toolkit.annotation.reliability import agreement, alphas
from toolkit.annotation.validity import validity
from toolkit.corpora.load import load_corpus
from toolkit.metrics.measure import measure
from toolkit.text.units import split_sentences

# Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability, section E: four observers, twelve units.
PUBLISHED = {"A": "123321412...", "B": "1233224125.3", "C": ".3332342251.", "D": "12332441251."}
FIVE = {"1": "one", "2": "two", "3": "three", "4": "four", "5": "five"}


def codings(question: str = "tone", **answers: str) -> pd.DataFrame:
    """One letter per unit; a dot is a skipped unit; in tone, `n` stands for -1 and `N` for -2."""
    values = {".": None, "n": "-1", "N": "-2"}
    rows = [
        (f"u{number:02d}", coder, question, values.get(answer, answer))
        for coder, given in answers.items()
        for number, answer in enumerate(given)
    ]
    return pd.DataFrame(rows, columns=list(CODING_COLUMNS))


def measured(values: list[float], texts: list[str] | None = None) -> pd.DataFrame:
    names = texts or [f"c{number}" for number in range(len(values))]
    rows = [(f"u{at:02d}", name, "comment", 0, f"Sentence {at}.") for at, name in enumerate(names)]
    return pd.DataFrame(rows, columns="unit_id text_id kind block_id text".split()).assign(sentiment=values)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_of_krippendorffs_own_example_is_the_published_one(level: Level, alpha: float) -> None:
    table = agreement(codings("example", **PUBLISHED), schemes=[Scheme("example", "?", FIVE, level)])
    everybody = table.iloc[0]
    assert everybody[["question", "coders", "answer", "level"]].tolist() == ["example", "all", "any", level]
    assert round(everybody["alpha"], 3) == alpha
    assert everybody[["units", "by_two"]].tolist() == [12, 11]
    assert everybody["low"] < alpha < everybody["high"] < 1


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
def test_alpha_is_that_of_the_package_krippendorff_weighted_or_not(level: Level) -> None:
    rng = np.random.default_rng(0)
    for _ in range(60):
        answers, units, coders = rng.integers(2, 7), rng.integers(2, 60), rng.integers(2, 5)
        domain = np.sort(rng.choice(np.arange(-9, 10), answers, replace=False)).astype(float)
        counts = rng.multinomial(coders, rng.dirichlet(np.ones(answers)), size=units)
        often = rng.integers(0, 3, units)
        often[0] = 1
        found = alphas(counts, domain, level, np.stack([np.ones(units), often]))
        for alpha, given in zip(found, (counts, np.repeat(counts, often, axis=0)), strict=True):
            if (given.sum(axis=0) > 0).sum() < 2:
                assert math.isnan(alpha)
            else:
                expected = krippendorff.alpha(value_counts=given, value_domain=domain, level_of_measurement=level)
                assert alpha == pytest.approx(expected, abs=1e-12)


def test_there_is_a_row_for_all_for_each_pair_and_for_each_answer() -> None:
    table = agreement(codings("mine", Ada="xyxy", Ben="xyyy", Cleo="xyxx"))
    assert list(zip(table["coders"], table["answer"], strict=True)) == [
        ("all", "any"), ("Ada and Ben", "any"), ("Ada and Cleo", "any"), ("Ben and Cleo", "any"), ("all", "x"),
        ("all", "y"),
    ]  # fmt: skip
    assert agreement(codings("mine", Ada="xyxy", Ben="xyyy"))["coders"].tolist() == ["all"] * 3  # no row for the pair


def test_alpha_of_two_coders_and_two_answers_is_the_one_counted_by_hand() -> None:
    # Ten units, one disagreement. Coincidences: o_xx = 8, o_yy = 10, o_xy = o_yx = 1; n_x = 9, n_y = 11, n = 20.
    # alpha = 1 - (n - 1) * o_xy / (n_x * n_y) = 1 - 19 * 1 / 99
    found = agreement(codings("mine", Ada="xxxxxyyyyy", Ben="xxxxyyyyyy"))
    assert found["alpha"].tolist() == pytest.approx([1 - 19 / 99] * 3)


def test_the_interval_is_the_same_on_every_run_longer_downwards_and_every_nan_has_its_reason() -> None:
    table = codings("example", **PUBLISHED)
    first, again = (agreement(table).iloc[0] for _ in range(2))
    assert first["low"] == again["low"]
    assert first["alpha"] - first["low"] > first["high"] - first["alpha"]
    sample = agreement(load_codings("library-hours"))
    assert (sample[["alpha", "low", "high"]].isna().any(axis=1) == (sample["why"] != "")).all()


@pytest.mark.parametrize(
    ("answers", "alpha", "why"),
    [
        ({"Ada": "xyx"}, math.nan, "no unit was coded by two"),
        ({"Ada": "xyx...", "Ben": "...xyx"}, math.nan, "no unit was coded by two"),
        ({"Ada": "xxxxxxxxx", "Ben": "xxxxxxxxx"}, math.nan, "all answers are the same"),
        ({"Ada": "xyxyxyx", "Ben": "xyxyxyx"}, 1.0, "7 units coded by two or more people; an interval needs 8"),
        ({"Ada": "xyxyxyxyxy", "Ben": "xyxyxyxyxy"}, 1.0, "no two answers differ"),
    ],
)
def test_where_alpha_or_its_interval_is_nan_there_is_a_reason(answers: dict[str, str], alpha: float, why: str) -> None:
    row = agreement(codings("mine", **answers)).iloc[0]
    assert row["alpha"] == pytest.approx(alpha, nan_ok=True)
    assert math.isnan(row["low"])
    assert why in row["why"]


def test_a_rare_answer_has_an_alpha_but_no_interval() -> None:
    # Thirty units. Ben says y twice; Ada agrees with both, and says y three, or four, times more.
    ben = "yy" + "x" * 28
    few = agreement(codings("mine", Ada="yyyyy" + "x" * 25, Ben=ben)).iloc[0]
    assert not math.isnan(few["alpha"])
    assert math.isnan(few["low"])
    assert few["why"] == "7 answers besides the most frequent one; an interval needs 8"
    enough = agreement(codings("mine", Ada="yyyyyy" + "x" * 24, Ben=ben)).iloc[0]
    assert enough["low"] < enough["alpha"] < enough["high"]


def test_answers_that_are_numbers_are_the_same_as_answers_that_are_written_out() -> None:
    written = codings("tone", Ada="1n020n1nN0", Ben="1n010n1n00")
    for question in ("tone", "mine"):
        asked = written.assign(question=question)
        numbers = asked.assign(answer=asked["answer"].astype(int))
        pd.testing.assert_frame_equal(agreement(numbers), agreement(asked))


ONE, TWO = codings("tone", Ada="11"), codings("tone", Ada="11", Ben="11")


@pytest.mark.parametrize(
    ("work", "error"),
    [
        *(
            (
                lambda column=column: agreement(TWO.assign(**{column: pd.Series([None, "a", "b", "c"])})),
                f"1 row has no {column}",
            )
            for column in ("unit_id", "coder", "question")
        ),
        (lambda: agreement(TWO.assign(answer="3")), r"\['3'\] are not answers of the scheme 'tone', which has \['-2'"),
        (lambda: agreement(pd.concat([ONE, ONE])), "Answers that repeat others: 2, first from 'Ada' on 'u00'"),
        (lambda: agreement(ONE.drop(columns="coder")), r"needs the column 'coder'; it has"),
        (lambda: validity(ONE, measured([1, 2]), question="mood"), "question must be 'tone', not 'mood'"),
        (lambda: validity(codings("act", Ada="xy"), measured([1, 2]), question="act"), "not numbers"),
        (lambda: validity(ONE, measured([1, 2]), "smog_index"), r"needs the column 'smog_index'; it has"),
        (
            lambda: Scheme("mine", "?", {"1": "one", "good": "good"}, "interval"),
            "'good' is not a number, and an interval scale needs numbers",
        ),
    ],
)
def test_what_cannot_be_compared_is_an_error_that_names_the_fault(work: Callable[[], object], error: str) -> None:
    with pytest.raises(ValueError, match=error):
        work()


def test_the_neighbouring_tone_is_a_smaller_difference_than_the_opposite_one() -> None:
    near, far = (agreement(codings("tone", Ada="NN2200nn11", Ben=ben)).iloc[0] for ben in ("Nn2200nn11", "N22200nn11"))
    assert near["level"] == "ordinal"
    assert near["alpha"] > far["alpha"]


# ---- the lexicon against the people


def test_rho_is_spearmans_as_scipy_has_it() -> None:
    values = [0.3, -0.5, 0.0, 0.7, 0.1, -0.2, 0.4, 0.0, -0.9, 0.2]
    found = validity(codings("tone", Ada="1n020n1nN0"), measured(values)).summary.iloc[0]
    people = [1, -1, 0, 2, 0, -1, 1, -1, -2, 0]
    assert found["rho"] == pytest.approx(stats.spearmanr(people, values).statistic)
    assert found["low"] < found["rho"] < found["high"] < 1


@pytest.mark.parametrize(
    ("answers", "values", "rows"),
    [
        ("1n01n", [0.3, 0.5, 0.04, -0.06, -0.5], [[1, 0, 1], [0, 1, 0], [1, 0, 1]]),
        ("1n0", [0.05, -0.05, 0.0499], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),  # at the thresholds, as in positive_share
    ],
)
def test_signs_are_crossed_as_counted_by_hand(answers: str, values: list[float], rows: list[list[int]]) -> None:
    found = validity(codings("tone", Ada=answers), measured(values))
    assert found.signs["people"].tolist() == ["negative", "neutral", "positive"]
    assert found.signs.drop(columns="people").to_numpy().tolist() == rows
    assert found.summary["same_sign"].tolist() == [sum(rows[at][at] for at in range(3)) / len(values)]


def test_the_human_value_is_the_mean_of_the_coders_and_units_that_were_not_measured_are_counted() -> None:
    found = validity(codings("tone", Ada="112", Ben="n01"), measured([0.3, 0.2, 0.1]))
    people = found.sentences.set_index("unit_id")["people"]
    assert people.sort_index().tolist() == [0.0, 0.5, 1.5]
    assert found.signs.set_index("people")["metric positive"].tolist() == [0, 2, 1]
    partly = validity(codings("tone", Ada="1n01n"), measured([0.1, math.nan, 0.2])).summary.iloc[0]
    assert (partly["n"], partly["left_out"]) == (2, 3)


def test_the_sentence_where_the_two_part_most_comes_first_with_its_text() -> None:
    found = validity(codings("tone", Ada="N012"), measured([0.9, 0.0, 0.1, 0.2])).sentences
    assert found[["text", "people"]].iloc[0].tolist() == ["Sentence 0.", -2.0]
    assert found.loc[0, "rank_gap"] == 1.0  # the people's most negative is the lexicon's most positive
    assert found["rank_gap"].abs().is_monotonic_decreasing


def test_the_interval_is_longer_where_the_sentences_of_a_comment_share_its_luck() -> None:
    # In four comments the lexicon is right, in four it is upside down.
    table = codings("tone", Ada="Nn012" * 4 + "210nN" * 4)
    values = [-0.4, -0.2, 0.0, 0.2, 0.4] * 8
    alone = validity(table, measured(values)).summary.iloc[0]
    together = validity(table, measured(values, [f"c{number // 5}" for number in range(40)])).summary.iloc[0]
    assert (alone["texts"], together["texts"]) == (40, 8)
    assert alone["rho"] == together["rho"] == 0
    assert together["high"] > alone["high"] + 0.2


@pytest.mark.parametrize(
    ("answers", "values", "why"),
    [
        ("11", [0.1, 0.2], "fewer than three"),
        ("1111", [0.1, 0.2, 0.3, 0.4], "the same value"),
        ("1n0", [math.nan] * 3, "fewer than three"),
        ("1n01", [0.2, 0.1, 0.4, 0.3], "an interval needs 8"),
        ("N" * 4 + "0" * 4 + "2" * 4, [-0.5] * 4 + [0.0] * 4 + [0.5] * 4, "both rankings are the same"),
    ],
)
def test_what_has_no_value_has_a_reason(answers: str, values: list[float], why: str) -> None:
    found = validity(codings("tone", Ada=answers), measured(values)).summary.iloc[0]
    assert math.isnan(found["low"])
    assert why in found["why"]


# ---- the codings that come with a corpus


def test_the_sample_codings_fit_their_corpus_and_the_lexicon_is_tricked_by_their_irony() -> None:
    table = load_codings("library-hours")
    units = measure(split_sentences(load_corpus("library-hours")), ["sentiment"])
    assert set(table["unit_id"]) <= set(units["unit_id"])
    assert table.groupby("question")["coder"].nunique().to_dict() == {"speech act": 2, "tone": 3}
    assert table["answer"].isna().sum() == 2  # passed over by one coder
    found = validity(table, units)
    assert found.sentences.loc[0, "text"] == "Counting readers in August, what a great idea!"
    assert found.summary[["n", "texts", "left_out"]].iloc[0].tolist() == [110, 30, 1]  # three clapping hands: no words


def test_a_corpus_without_codings_says_how_to_make_some() -> None:
    with pytest.raises(FileNotFoundError, match=r"'nato-wire-report' has no codings.csv. Code its units yourself"):
        load_codings("nato-wire-report")
    with pytest.raises(ValueError, match="cannot be the name of a corpus"):
        load_codings("../library-hours")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("unit_id;coder;question;answer\n", "needs the header"),
        ("", "needs the header"),
        ("unit_id,coder,question,answer\na,b\n", "rows that do not have 4 cells: 2"),
        ('unit_id,coder,question,answer\n"a,b,c,d\n', "is not a table of codings"),
        ("unit_id,coder,question,answer\n" + "a,b,c,d\n" * 200_001, "more than 200,000 answers. Split it up"),
    ],
)
def test_a_faulty_file_is_an_error_that_says_what_is_wrong(content: str, error: str, tmp_path: Path) -> None:
    path = tmp_path / "codings-Ada.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=error):
        read_codings(path)
