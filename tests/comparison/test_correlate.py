"""correlate: Spearman's rho within threads, an interval over people, early comments against late ones."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from toolkit import correlate, load_corpus, measure, split_sentences

TEN = {"likes": [0, 0, 1, 2, 2, 2, 5, 8, 13, 40], "sentiment": [0.1, -0.3, 0.0, 0.0, 0.4, -0.1, 0.6, 0.2, -0.5, 0.7]}


def comments(**columns: Any) -> pd.DataFrame:
    given = TEN | columns
    return pd.DataFrame({"kind": "comment", "text_id": [f"c{n}" for n in range(len(given["likes"]))], **given})  # type: ignore[arg-type]


def the_row(table: pd.DataFrame, against: str = "likes", **options: Any) -> pd.Series[Any]:
    return correlate(table, [against], **options).iloc[0]


def test_rho_is_spearmans_with_ties_shared() -> None:
    assert the_row(comments())["rho"] == pytest.approx(stats.spearmanr(TEN["likes"], TEN["sentiment"]).statistic)  # type: ignore[call-overload]


def test_the_interval_leaves_out_one_person_after_another_on_fishers_scale() -> None:
    table = comments(author=list("abcdefgggh"))  # eight people
    left_out = [table[table["author"] != person] for person in "abcdefgh"]
    z = np.arctanh([stats.spearmanr(each["likes"], each["sentiment"]).statistic for each in left_out])
    reach = stats.t.ppf(0.975, 7) * math.sqrt(7 / 8 * ((z - z.mean()) ** 2).sum())
    rho = stats.spearmanr(table["likes"], table["sentiment"]).statistic
    low, high = np.tanh(np.arctanh(rho) - reach), np.tanh(np.arctanh(rho) + reach)
    row = the_row(table)
    assert (row["rho_low"], row["rho_high"]) == (math.floor(100 * low) / 100, math.ceil(100 * high) / 100)
    assert row["people"] == 8
    assert row["verdict"] == f"cannot tell: from −{-row['rho_low']:.2f} to {row['rho_high']:.2f}"


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    random, held = np.random.default_rng(5), 0
    for _ in range(40):
        people = random.integers(0, 12, 30)
        x, y = (random.normal(size=12)[people] + random.normal(size=30) for _ in "xy")
        row = the_row(comments(likes=x, sentiment=y, author=people.astype(str)))
        held += row["rho_low"] <= 0 <= row["rho_high"]
    assert held >= 35  # 38 expected of 40; below 35 has a chance of 3 in 100


def test_people_are_left_out_and_not_comments_so_one_loud_person_makes_the_interval_wide() -> None:
    likes, tone = list(range(40)), [n / 40 + (0.3 if n % 2 else 0) for n in range(40)]
    alone = the_row(comments(likes=likes, sentiment=tone))
    loud = the_row(comments(likes=likes, sentiment=tone, author=[str(min(n, 9)) for n in range(40)]))
    assert alone["verdict"] == "more liked comments: more positive"
    assert loud["rho"] == alone["rho"]
    assert loud["rho_high"] - loud["rho_low"] > alone["rho_high"] - alone["rho_low"]


def test_threads_are_ranked_apart() -> None:
    likes, tone = [1, 2, 3, 4, 101, 102, 103, 104], [0.5, 0.6, 0.7, 0.8, -0.8, -0.7, -0.6, -0.5]
    table = comments(likes=likes, sentiment=tone, thread_id=list("aaaabbbb"))
    assert stats.spearmanr(likes, tone).statistic < 0
    assert the_row(table)["rho"] == pytest.approx(1)
    mixed = table.assign(sentiment=-table["sentiment"]).sample(frac=1, random_state=0)
    assert the_row(mixed)["rho"] == pytest.approx(-1)


def test_a_perfect_correlation_of_many_is_not_reported_as_too_few() -> None:
    row = the_row(comments(likes=range(10), sentiment=[each / 10 for each in range(10)]))
    assert row["verdict"] == "cannot tell: a correlation of 1 has no interval"


def test_comments_without_a_thread_are_ranked_together() -> None:
    nowhere = comments(thread_id=[None] * 10)
    assert the_row(nowhere)["rho"] == the_row(comments())["rho"]


def test_early_and_late_halves_are_compared_and_the_median_is_in_neither() -> None:
    days = pd.to_datetime([f"2026-01-0{day}" for day in (5, 1, 2, 3, 4)], utc=True)
    row = the_row(comments(posted=days, likes=[0] * 5, sentiment=[0.9, 0.1, 0.3, -1.0, 0.2]), "posted")
    assert row["lower_mean"] == pytest.approx(0.2)  # 1 and 2 January
    assert row["upper_mean"] == pytest.approx(0.55)  # 4 and 5 January
    assert row["share_higher"] == 0.75  # .2 and .9 against .1 and .3: three of four pairs
    assert row["verdict"] == "cannot tell from 5 people"


def test_sentences_count_as_the_mean_of_their_comment_and_the_article_does_not_count() -> None:
    texts = load_corpus("library-hours")
    sentences = measure(split_sentences(texts))
    mean = sentences[sentences["kind"] == "comment"].groupby("text_id")["sentiment"].mean()
    likes = texts.set_index("text_id")["likes"].loc[mean.index].astype(float)
    found = correlate(sentences).set_index("against")
    assert found["rho"]["likes"] == pytest.approx(stats.spearmanr(likes, mean, nan_policy="omit").statistic)
    assert found["comments"]["likes"] == mean.notna().sum()
    assert found.index.tolist() == ["likes", "posted"]


@pytest.mark.parametrize(
    ("columns", "verdict"),
    [
        ({"likes": [None] * 10}, "no comment has both values (likes, sentiment)"),
        ({"likes": [3] * 10}, "cannot tell: likes has only one value per thread"),
        ({"sentiment": [0.1] * 10}, "cannot tell: sentiment has only one value per thread"),
        ({"thread_id": list("abcdefghij")}, "cannot tell: likes and sentiment have only one value per thread"),
        ({"author": ["Reader 01"] * 10, "likes": [3] * 10}, "cannot tell from 1 person"),
    ],
)
def test_without_numbers_the_verdict_says_why(columns: dict[str, Any], verdict: str) -> None:
    row = the_row(comments(**columns))
    assert verdict in row["verdict"]
    assert math.isnan(row["rho"])
    assert math.isnan(row["rho_low"])


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"against": ["loudness"]}, "against must be 'likes' or 'posted', not 'loudness'"),
        ({"metrics": ["lix"]}, "needs the column 'lix'"),
        ({"against": ["posted"]}, "needs the column 'posted'"),
        ({"min_correlation": 1}, "between 0 and 1"),
    ],
)
def test_what_cannot_be_correlated_is_an_error_with_the_next_step(options: dict[str, Any], error: str) -> None:
    with pytest.raises(ValueError, match=error):
        correlate(comments(), **({"against": ["likes"]} | options))


def test_unknown_likes_may_be_of_any_kind_of_missing_value() -> None:
    likes = pd.Series([0, 0, 1, 2, 2, 2, 5, 8, 13, None], dtype="Int64")
    pd.testing.assert_series_equal(the_row(comments(likes=likes.astype(object))), the_row(comments(likes=likes)))
