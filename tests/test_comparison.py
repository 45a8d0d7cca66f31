"""Comparison: share_higher by a plain double loop, both n, and verdicts that say when they cannot tell."""

from __future__ import annotations

import math
import random
import statistics
from typing import Any

import numpy as np
import pandas as pd
import pytest

from toolkit import METRICS, Metric, compare, load_corpus, measure, split_sentences
from toolkit.comparison import holm, share_higher

WORDS = next(metric for metric in METRICS if metric.name == "words")
MISSING = float("nan")


def double_loop(reference: list[float], other: list[float]) -> float:
    """Each value of one side against each of the other; a tie is half a win."""
    won = [1.0 if b > a else 0.5 if b == a else 0.0 for a in reference for b in other]
    return sum(won) / len(won) if won else MISSING


def table(articles: list[float], comments: list[float], **columns: Any) -> pd.DataFrame:
    """A measured table of one value a text, in the column `words`."""
    kinds = ["article"] * len(articles) + ["comment"] * len(comments)
    names = [f"t{number}" for number in range(len(kinds))]
    return pd.DataFrame({"text_id": names, "kind": kinds, "words": [*articles, *comments], **columns})


def row(measured: pd.DataFrame, **options: Any) -> dict[str, Any]:
    return dict(compare(measured, metrics=[WORDS], **options).iloc[0])


# share_higher


@pytest.mark.parametrize("seed", range(20))
def test_share_higher_is_that_of_a_plain_double_loop(seed: int) -> None:
    chance = random.Random(seed)
    sides = [[float(chance.randint(0, 6)) for _ in range(chance.randint(1, 40))] for _ in range(2)]
    expected = double_loop(*sides)
    assert share_higher(*map(np.array, sides)) == pytest.approx(expected, abs=1e-12)
    assert row(table(*sides))["share_higher"] == pytest.approx(expected, abs=1e-12)
    assert share_higher(*map(np.array, sides[::-1])) == pytest.approx(1 - expected, abs=1e-12)


@pytest.mark.parametrize(
    ("articles", "comments", "expected"),
    [([1, 2], [3, 4], 1), ([3, 4], [1, 2], 0), ([2, 2], [2], 0.5), ([1, 2], [2, 3], 0.875)],  # 3 wins and a tie of 4
)
def test_share_higher_of_small_groups_is_that_counted_by_hand(
    articles: list[float], comments: list[float], expected: float
) -> None:
    assert row(table(articles, comments))["share_higher"] == expected


def test_share_higher_of_the_featured_sentences_is_that_of_a_double_loop() -> None:
    measured = measure(split_sentences(load_corpus("nato-preemptive-strike")))
    compared = compare(measured).set_index("metric")
    for name in ("sentiment", "words", "capitals_share"):
        sides = [measured.loc[measured["kind"] == kind, name].dropna().tolist() for kind in ("article", "comment")]
        assert compared.loc[name, "share_higher"] == pytest.approx(double_loop(*sides), abs=1e-12)


# The columns


def test_the_comparison_has_the_columns_and_rows_that_it_promises() -> None:
    compared = compare(measure(load_corpus("nato-preemptive-strike")))
    sides = [
        f"{kind}_{what}" for what in ("median", "mean", "n", "texts", "clusters") for kind in ("article", "comment")
    ]
    numbers = ["left_out", "share_higher", "share_higher_low", "share_higher_high", "p", "p_holm"]
    assert list(compared.columns) == ["metric", "label", *sides, *numbers, "verdict"]
    assert compared["metric"].tolist() == [metric.name for metric in METRICS]
    assert compared["label"].tolist() == [metric.label for metric in METRICS]


def test_medians_n_texts_and_left_out_are_those_counted_by_hand() -> None:
    units = pd.DataFrame(
        {
            "text_id": ["a", "a", "a", "c1", "c1", "c2", "c3"],
            "kind": ["article"] * 3 + ["comment"] * 4,
            "words": [5.0, 1.0, MISSING, 2.0, 4.0, 9.0, MISSING],
        }
    )
    found = row(units)
    assert (found["article_median"], found["comment_median"]) == (3.0, 4.0)
    assert (found["article_n"], found["comment_n"]) == (2, 3)
    assert (found["article_texts"], found["comment_texts"]) == (1, 2)
    assert found["left_out"] == 2
    # 2 > 1, 2 < 5; 4 > 1, 4 < 5; 9 > 1, 9 > 5: four of six
    assert found["share_higher"] == pytest.approx(4 / 6)


def test_medians_and_means_are_those_of_the_statistics_module() -> None:
    chance = random.Random(5)
    sides = [[chance.random() for _ in range(n)] for n in (9, 14)]
    found = row(table(*sides))
    assert [found["article_median"], found["comment_median"]] == pytest.approx([statistics.median(s) for s in sides])
    assert [found["article_mean"], found["comment_mean"]] == pytest.approx([statistics.fmean(s) for s in sides])


def test_metrics_without_a_column_are_passed_over_and_own_ones_compared() -> None:
    own = Metric(len, "Characters", "characters", "longer")
    measured = table([1.0], [2.0], len=[3.0, 4.0])
    assert compare(measured, metrics=[*METRICS, own])["metric"].tolist() == ["words", "len"]


def test_comparing_leaves_the_table_as_it_was() -> None:
    measured = table([1.0, MISSING], [2.0])
    before = measured.copy(deep=True)
    compare(measured)
    pd.testing.assert_frame_equal(measured, before)


def test_any_two_groups_of_any_column_can_be_compared_and_others_are_left_alone() -> None:
    measured = table([1, 2, 3], [4, 5, 100], side=["left", "left", "right", "right", "right", "other"])
    found = row(measured, by="side", pair=("left", "right"))
    assert (found["left_n"], found["right_n"], found["share_higher"]) == (2, 3, 1.0)


# Verdicts


@pytest.mark.parametrize(
    ("comments", "verdict"),
    [
        (1, "cannot tell from 1 comment"),
        (2, "cannot tell from 2 comments"),
        (7, "cannot tell from 7 comments"),
        (8, "comments: longer"),
        (9, "comments: longer"),
    ],
)
def test_below_eight_comments_nothing_can_be_told(comments: int, verdict: str) -> None:
    assert row(table([1.0] * 8, [2.0] * comments))["verdict"] == verdict


@pytest.mark.parametrize(("articles", "verdict"), [(1, "cannot tell"), (7, "cannot tell"), (8, "comments: longer")])
def test_below_eight_texts_or_blocks_on_the_other_side_nothing_can_be_told_either(articles: int, verdict: str) -> None:
    assert row(table([1.0] * articles, [2.0] * 30))["verdict"].startswith(verdict)


def test_many_sentences_of_two_comments_are_still_two_comments() -> None:
    measured = table([1.0] * 40, [2.0] * 60)
    measured["text_id"] = ["a"] * 40 + ["c1"] * 30 + ["c2"] * 30
    assert row(measured)["verdict"] == "cannot tell from 2 comments"
    assert row(measured)["comment_n"] == 60


def test_no_verdict_on_the_featured_corpus_claims_what_two_comments_cannot_carry() -> None:
    compared = compare(measure(split_sentences(load_corpus("nato-preemptive-strike"))))
    assert compared["verdict"].str.startswith("cannot tell").all()
    assert (compared["comment_texts"] <= 2).all()


def test_the_verdict_says_in_words_which_way_the_comments_differ() -> None:
    assert row(table([9.0] * 9, [1.0] * 9))["verdict"] == "comments: shorter"


def test_no_difference_is_claimed_between_two_groups_with_the_same_values() -> None:
    values = [float(number % 9) for number in range(60)]
    found = row(table(values, values))
    assert found["share_higher"] == 0.5
    assert found["share_higher_low"] < 0.5 < found["share_higher_high"]
    assert not found["verdict"].startswith("comments:")


@pytest.mark.parametrize("seed", range(5))
def test_the_interval_lies_around_share_higher_and_is_the_same_for_the_same_seed(seed: int) -> None:
    chance = random.Random(seed)
    measured = table([chance.gauss(0, 1) for _ in range(20)], [chance.gauss(0.4, 1) for _ in range(30)])
    found = row(measured, seed=seed)
    assert 0 <= found["share_higher_low"] <= found["share_higher"] <= found["share_higher_high"] <= 1
    assert row(measured, seed=seed) == found


def test_holms_adjustment_is_that_worked_by_hand() -> None:
    # sorted 0.01 * 3, 0.03 * 2, 0.04 * 1; none below the one before it
    assert holm(np.array([0.01, 0.04, MISSING, 0.03])).tolist() == pytest.approx(
        [0.03, 0.06, MISSING, 0.06], nan_ok=True
    )
    assert holm(np.array([0.9, 0.8])).tolist() == [1.0, 1.0]


@pytest.mark.parametrize(("articles", "comments"), [([MISSING], [1.0] * 9), ([1.0], [MISSING] * 9)])
def test_a_side_without_values_gives_no_number_and_says_so(articles: list[float], comments: list[float]) -> None:
    found = row(table(articles, comments))
    assert math.isnan(found["share_higher"])
    assert found["verdict"].startswith("cannot tell: no value")
    assert found["left_out"] in (1, 9)


# Errors


def test_a_column_that_does_not_exist_is_an_error_that_names_those_that_do() -> None:
    with pytest.raises(ValueError, match=r"'side'.*'text_id', 'kind', 'words'.*by="):
        compare(table([1.0], [2.0]), by="side")


@pytest.mark.parametrize("pair", [("article", "reply"), ("essay", "comment")])
def test_a_group_that_does_not_exist_is_an_error_that_names_those_that_do(pair: tuple[str, str]) -> None:
    missing = next(name for name in pair if name not in ("article", "comment"))
    with pytest.raises(ValueError, match=rf"{missing}.*'article', 'comment'.*pair="):
        compare(table([1.0], [2.0]), pair=pair)


def test_a_table_that_was_not_measured_is_an_error_with_the_next_step() -> None:
    with pytest.raises(ValueError, match="measure"):
        compare(load_corpus("nato-preemptive-strike"))
