"""Comparison: share_higher by a double loop, intervals by a plain bootstrap, verdicts that admit their limits."""

import math
import random
import statistics
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import special, stats

from toolkit import METRICS, Metric, compare, load_corpus, measure, split_sentences
from toolkit.comparison import share_higher as resampling
from toolkit.comparison.holm import holm
from toolkit.comparison.share_higher import FEWEST_CLUSTERS, RESAMPLES, Group, Interval, cluster_interval, ranked
from toolkit.comparison.verdicts import opposite

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


def clustered(articles: Sequence[Sequence[float]], comments: Sequence[Sequence[float]]) -> pd.DataFrame:
    """A measured table from the values of each block of one article, and of each comment."""
    rows = [("article", "article", block, value) for block, values in enumerate(articles) for value in values]
    rows += [(f"c{number}", "comment", 0, value) for number, values in enumerate(comments) for value in values]
    return pd.DataFrame(rows, columns=["text_id", "kind", "block_id", "words"])


def sentences_of(seed: int, texts: int, within: float, shift: float = 0.0) -> list[list[float]]:
    """Four values of each text; `within` is how alike they are, 0 to 1."""
    chance = random.Random(seed)
    middles = [chance.gauss(shift, within**0.5) for _ in range(texts)]
    return [[chance.gauss(middle, (1 - within) ** 0.5) for _ in range(4)] for middle in middles]


def interval(
    reference: np.ndarray, blocks: np.ndarray, other: np.ndarray, comments: np.ndarray, *, together: bool = False
) -> Interval:
    """The interval before it is rounded, from values and clusters."""
    _, first, second = ranked(reference, other)
    return cluster_interval(Group(first, blocks), Group(second, comments), together=together)


def share_higher(reference: np.ndarray, other: np.ndarray) -> float:
    """Of groups that are one cluster each."""
    return interval(reference, np.zeros(len(reference), int), other, np.zeros(len(other), int)).share


def width(measured: pd.DataFrame, **options: Any) -> float:
    found = row(measured, **options)
    return float(found["share_higher_high"] - found["share_higher_low"])


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
def test_share_higher_of_small_groups_by_hand(articles: list[float], comments: list[float], expected: float) -> None:
    assert row(table(articles, comments))["share_higher"] == expected


# The columns


def test_the_comparison_has_the_columns_and_rows_that_it_promises() -> None:
    compared = compare(measure(load_corpus("nato-preemptive-strike")))
    sides = [f"{kind}_{of}" for of in ("median", "mean", "n", "texts", "clusters") for kind in ("article", "comment")]
    numbers = ["left_out", "share_higher", "share_higher_low", "share_higher_high", "p", "p_holm", "family_size"]
    assert list(compared.columns) == ["metric", "label", *sides, *numbers, "why_not_counted", "verdict", "warning"]
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
    assert (found["article_mean"], found["comment_mean"]) == (3.0, 5.0)
    assert (found["article_n"], found["comment_n"]) == (2, 3)
    assert (found["article_texts"], found["comment_texts"]) == (1, 2)
    assert (found["article_clusters"], found["comment_clusters"]) == (1, 2)
    assert found["left_out"] == 2
    # 2 > 1, 2 < 5; 4 > 1, 4 < 5; 9 > 1, 9 > 5: four of six
    assert found["share_higher"] == pytest.approx(4 / 6)


def test_clusters_are_the_blocks_of_each_article_and_whole_comments_that_have_a_value() -> None:
    found = row(clustered([[1, 2], [3], [MISSING], [4, MISSING]], [[1, 2, 3], [MISSING], [4]]))
    assert (found["article_clusters"], found["comment_clusters"]) == (3, 2)
    assert (found["article_texts"], found["comment_texts"]) == (1, 2)
    assert (found["article_n"], found["comment_n"], found["left_out"]) == (4, 4, 3)
    measured = clustered([[1, 2], [3]], [[4]])
    measured = pd.concat([measured, measured.assign(text_id=measured["text_id"] + "-2")])
    assert row(measured)["article_clusters"] == 4


def test_only_metrics_with_a_column_are_compared_own_ones_too_and_the_table_stays_as_it_was() -> None:
    own = Metric(len, "Characters", "characters", "longer")
    measured = table([1.0, MISSING], [2.0], len=[3.0, 4.0, 5.0])
    before = measured.copy(deep=True)
    assert compare(measured, metrics=[*METRICS, own])["metric"].tolist() == ["words", "len"]
    pd.testing.assert_frame_equal(measured, before)


def test_any_two_groups_of_any_column_can_be_compared_and_others_are_left_alone() -> None:
    measured = table([1, 2, 3], [4, 5, 100], side=["left", "left", "right", "right", "right", "other"])
    found = row(measured, by="side", pair=("left", "right"))
    assert (found["left_n"], found["right_n"], found["share_higher"]) == (2, 3, 1.0)


# Verdicts


def test_an_interval_inside_min_difference_is_no_difference_larger_than_that() -> None:
    values = [float(number % 50) for number in range(400)]
    found = row(table(values, values))
    assert found["verdict"] == "no difference larger than 0.10"
    ends = f"from {found['share_higher_low']:.2f} to {found['share_higher_high']:.2f}"
    assert row(table(values, values), min_difference=0.01)["verdict"] == f"cannot tell: {ends}"
    assert row(table(values, values), min_difference=0.2)["verdict"] == "no difference larger than 0.20"


def test_a_difference_that_many_metrics_would_show_by_chance_has_an_interval_that_holds_one_half() -> None:
    own = [Metric(lambda text: 0.0, str(n), "", "longer") for n in range(8)]
    names = [f"own{n}" for n in range(8)]
    for metric, name in zip(own, names, strict=True):
        metric.function.__name__ = name
    chance = random.Random(0)
    sides = [[chance.gauss(0, 1) for _ in range(20)], [chance.gauss(0.8, 1) for _ in range(20)]]
    noise = {name: [chance.gauss(0, 1) for _ in range(40)] for name in names}
    alone = row(table(*sides))
    among = compare(table(*sides, **noise), metrics=[WORDS, *own]).iloc[0]
    assert alone["verdict"] == "comments: longer"
    assert among["p"] == alone["p"]
    assert among["p_holm"] == pytest.approx(9 * alone["p"])
    assert among["verdict"] == f"cannot tell: from 0.50 to {alone['share_higher_high']:.2f}"
    assert (among["family_size"], alone["family_size"]) == (9, 1)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_every_metric_has_words_for_either_direction(metric: Metric) -> None:
    lower = opposite(metric.higher_means)
    assert lower.split()[0] in ("more", "less", "fewer", "easier", "harder", "longer", "shorter")
    assert lower != metric.higher_means
    low_high = [table([2.0] * 9, [value] * 9).rename(columns={"words": metric.name}) for value in (1.0, 3.0)]
    verdicts = [compare(measured, metrics=[metric])["verdict"].item() for measured in low_high]
    assert verdicts == [f"comments: {lower}", f"comments: {metric.higher_means}"]


# The interval


@pytest.mark.parametrize("few", [1, 2, FEWEST_CLUSTERS - 1])
def test_below_the_fewest_clusters_of_either_side_there_is_no_interval_and_the_verdict_says_how_many(few: int) -> None:
    small, large = sentences_of(1, few, 0.2), sentences_of(2, 20, 0.2)
    comments, blocks = row(clustered(large, small)), row(clustered(small, large))
    for found in (comments, blocks):
        assert all(math.isnan(found[name]) for name in ("share_higher_low", "share_higher_high", "p", "p_holm"))
        assert found["share_higher"] == found["share_higher"]
    plural = "" if few == 1 else "s"
    assert comments["verdict"] == f"cannot tell from {few} comment{plural}"
    assert blocks["verdict"] == f"cannot tell from {few} block{plural} in the article"


def plain_interval(
    articles: Sequence[Sequence[float]], comments: Sequence[Sequence[float]]
) -> tuple[float, float, float]:
    """The interval and p as one writes them down: whole clusters drawn and put together again, then a double loop."""
    values = [value for side in (articles, comments) for cluster in side for value in cluster]
    ends = [[(min(values), 0.5)], [(max(values), 0.5)]]  # half a value at either end of the scale
    sides = [[*([(value, 1.0) for value in cluster] for cluster in side), *ends] for side in (articles, comments)]

    def won_and_pairs(reference: list[Any], other: list[Any]) -> tuple[float, float]:
        pairs = [
            (v * w, 1.0 if b > a else 0.5 if b == a else 0.0)
            for block in reference for a, v in block for comment in other for b, w in comment
        ]  # fmt: skip
        return sum(weight * won for weight, won in pairs), sum(weight for weight, _ in pairs)

    def of(side: int, clusters: list[Any]) -> tuple[float, float]:
        return won_and_pairs(clusters, sides[1]) if side == 0 else won_and_pairs(sides[0], clusters)

    def variance_and_freedom(side: int) -> tuple[float, float]:
        clusters = sides[side]
        won, all_pairs = of(side, clusters)
        low = won / all_pairs < 0.5  # the clusters in order of their pairs, then of what the higher group wins
        clusters = sorted(clusters, key=lambda c: (of(side, [c])[1], (of(side, [c])[0] * (-1 if low else 1))))
        n = len(clusters)
        shares = []
        for draw in np.random.default_rng(0).integers(0, n, (RESAMPLES, n)):
            found = of(side, [clusters[each] for each in draw])
            shares.append(found[0] / found[1])
        beyond = [w - won / all_pairs * n_pairs for w, n_pairs in (of(side, [cluster]) for cluster in clusters)]
        kurtosis = n * sum(b**4 for b in beyond) / sum(b**2 for b in beyond) ** 2
        freedom = 2 * n / (kurtosis - (n - 3) / (n - 1))
        return statistics.variance(shares) * n / (n - 1), min(max(freedom, 3), n - 3)

    (first, first_freedom), (second, second_freedom) = variance_and_freedom(1), variance_and_freedom(0)
    freedom = (first + second) ** 2 / (first**2 / first_freedom + second**2 / second_freedom)
    won, all_pairs = won_and_pairs(sides[0], sides[1])
    whole = won / all_pairs
    centre, error = math.log(whole / (1 - whole)), math.sqrt(first + second) / (whole * (1 - whole))
    reach = error * stats.t.ppf(0.975, freedom)
    low, high = (1 / (1 + math.exp(-end)) for end in (centre - reach, centre + reach))
    return low, high, 2 * float(stats.t.sf(abs(centre) / error, freedom))


@pytest.mark.parametrize("seed", [4, 5])
def test_the_interval_is_that_of_a_plain_bootstrap_with_the_same_draws(seed: int) -> None:
    chance = random.Random(seed)
    articles, comments = (
        [[float(chance.randint(low, low + 5)) for _ in range(chance.randint(1, 2))] for _ in range(number)]
        for low, number in ((0, 8), (1, 9))
    )
    low, high, p = plain_interval(articles, comments)
    found = row(clustered(articles, comments))
    assert found["p"] == pytest.approx(p)
    ends = math.floor(low * 100) / 100, math.ceil(high * 100) / 100
    assert (found["share_higher_low"], found["share_higher_high"]) == pytest.approx(
        ends if p < 0.05 else (min(ends[0], 0.5), max(ends[1], 0.5))
    )


def test_with_many_texts_of_one_sentence_the_interval_is_close_to_delongs() -> None:
    chance = np.random.default_rng(1)
    reference, other = chance.normal(0, 1, 600), chance.normal(0.3, 1, 800)
    above = (other[:, None] > reference).mean(axis=1), (other[:, None] > reference).mean(axis=0)
    error = math.sqrt(above[0].var(ddof=1) / 800 + above[1].var(ddof=1) / 600)  # DeLong, DeLong & Clarke-Pearson 1988
    _, low, high, _ = interval(reference, np.arange(600), other, np.arange(800))
    share = share_higher(reference, other)
    assert [low, high] == pytest.approx([share - 1.96 * error, share + 1.96 * error], abs=0.004)


def test_resampling_draws_whole_comments_and_whole_blocks_and_not_sentences() -> None:
    articles, comments = sentences_of(1, 80, 0.0), [[value] * 4 for value in range(-10, 11)]
    whole = clustered(articles, [[value / 8 for value in values] for values in comments])
    single = whole.assign(text_id=[f"{own}-{n}" if own != "article" else own for n, own in enumerate(whole["text_id"])])
    assert row(whole)["share_higher"] == row(single)["share_higher"]
    assert width(whole) > 1.5 * width(single)  # four equal sentences count as one
    blocks = clustered([[value / 8] * 4 for value in range(-10, 11)], sentences_of(1, 40, 0.0))
    assert width(blocks) > 1.5 * width(blocks.assign(block_id=range(len(blocks))))


def test_all_above_gives_an_interval_up_to_one_whose_other_end_shrinks_with_the_number_of_texts() -> None:
    few, many = (row(table([1.0] * n, [2.0] * n)) for n in (8, 40))
    assert few["share_higher"] == few["share_higher_high"] == many["share_higher_high"] == 1.0
    assert 0.5 < few["share_higher_low"] < many["share_higher_low"] < 1
    assert many["p"] < few["p"] < 0.05


def test_the_interval_of_values_that_are_all_equal_is_that_worked_by_hand() -> None:
    n = 12
    rate = 0.5 / (n + 1)  # on either side: half a value of 13 is at the upper end
    squares = n * rate**2 + (0.5 * rate) ** 2 + (0.5 * (1 - rate)) ** 2
    variance = squares / (n + 1) ** 2 * (n + 2) / (n + 1)  # of the rate; share_higher is half a difference of two
    beyond = [rate] * n + [0.5 * rate] + [0.5 * (1 - rate)]
    kurtosis = (n + 2) * sum(b**4 for b in beyond) / squares**2
    freedom = 2 * max(3, 2 * (n + 2) / (kurtosis - (n - 1) / (n + 1)))  # of two groups with the same variance
    error = math.sqrt(2 * variance) / 2 / 0.25  # on the scale of log odds, at 0.5
    half = special.expit(stats.t.ppf(0.975, freedom) * error) - 0.5
    same = np.full(n, 3.0)
    found = interval(same, np.arange(n), same, np.arange(n))
    assert found.share == 0.5
    assert found.high - 0.5 == pytest.approx(half, rel=0.08)  # resampled, to first order
    assert 0.5 - found.low == pytest.approx(found.high - 0.5, rel=0.03)
    assert found.p == pytest.approx(1.0)
    compared = row(table(same.tolist(), same.tolist()))
    assert math.isnan(compared["p"])  # there is nothing to test
    assert compared["why_not_counted"] == "the same value in every unit"


def test_what_forty_sentences_do_not_show_is_not_ruled_out_by_them() -> None:
    """None of 40 and 6 of 200 do not differ: the hypergeometric chance of none or fewer is about one in three."""
    comments = [[1.0 if n < 6 and k == 0 else 0.0 for k in range(4)] for n in range(50)]
    found = row(clustered([[0.0]] * 40, comments))
    assert stats.hypergeom.cdf(0, 240, 6, 40) > 0.3
    assert found["p"] > 0.05
    assert found["share_higher_low"] < 0.5 < found["share_higher_high"]


@pytest.mark.parametrize("seed", range(20))
def test_p_is_below_one_in_twenty_where_the_interval_leaves_out_one_half(seed: int) -> None:
    measured = clustered(sentences_of(seed, 12, 0.3), sentences_of(seed + 100, 15, 0.3, shift=0.5))
    found = row(measured)
    leaves_out = not found["share_higher_low"] <= 0.5 <= found["share_higher_high"]
    nearly = 0.5 in (found["share_higher_low"], found["share_higher_high"])  # rounding outward may take it in again
    assert leaves_out == (found["p"] < 0.05 and not nearly)


def test_one_seed_gives_one_table_and_another_nearly_the_same() -> None:
    measured = measure(split_sentences(load_corpus("library-hours")))
    first, again, other = (compare(measured, seed=seed) for seed in (0, 0, 1))
    pd.testing.assert_frame_equal(first, again)
    ends = ["share_higher_low", "share_higher_high"]
    assert not first["p"].equals(other["p"])
    assert first[ends].to_numpy() == pytest.approx(other[ends].to_numpy(), abs=0.02, nan_ok=True)
    same = [name for name in first.columns if name not in (*ends, "p", "p_holm", "verdict")]
    pd.testing.assert_frame_equal(first[same], other[same])


@pytest.mark.parametrize("sides", [(9, 30), (30, 9)])
def test_the_pair_the_other_way_round_gives_the_mirror_image(sides: tuple[int, int]) -> None:
    measured = clustered(sentences_of(1, sides[0], 0.3), sentences_of(2, sides[1], 0.3, shift=0.4))
    there, back = row(measured), row(measured, pair=("comment", "article"))
    assert back["share_higher"] == pytest.approx(1 - there["share_higher"])
    assert back["share_higher_low"] == pytest.approx(1 - there["share_higher_high"])
    assert back["share_higher_high"] == pytest.approx(1 - there["share_higher_low"])
    assert back["p"] == pytest.approx(there["p"])


@pytest.mark.parametrize("shift", [0.0, 0.7])
def test_beyond_200_comments_the_interval_is_the_resampled_one(shift: float, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(0)
    comments = np.repeat(np.arange(250), chance.integers(1, 6, 250))
    values = chance.normal(size=250)[comments] + chance.normal(size=len(comments)) + shift
    arguments = (chance.normal(size=300), np.arange(300) // 3, values, comments)
    computed = interval(*arguments)
    monkeypatch.setattr(resampling, "_MOST_RESAMPLED", 10_000)
    resampled = interval(*arguments)
    assert computed[:3] == pytest.approx(resampled[:3], abs=0.004)


# Threads


@pytest.mark.parametrize(
    ("replies", "clusters"),
    [
        ({"c1": None, "c2": "c1", "c3": "c2", "c4": "c3", "c5": None}, 2),  # four deep, and one alone
        ({"c4": "c3", "c3": "c2", "c2": "c1", "c1": None}, 1),  # children before their parents
        ({"c1": "a", "c2": "a", "c3": "c2"}, 2),  # replies to the article are roots
        ({"c1": "gone", "c2": "c1", "c3": "gone"}, 2),  # what they reply to is not in the table
        ({"c1": "c1", "c2": "c1"}, 1),  # a reply to itself
        ({"c1": "c2", "c2": "c1", "c3": "c1", "c4": None}, 2),  # a circle of two, and a tail
        ({"c0": "c1", "c1": "c2", "c2": "c3", "c3": "c1"}, 1),  # a circle of three, entered from its tail
        ({"c1": None, "c2": "c1", "c3": "c1", "c4": "c2", "c5": "c3"}, 1),  # two branches
        *(  # deeper than any recursion, from either end
            ({f"c{n}": f"c{n - 1}" if n else None for n in order}, 1) for order in (range(10_000), range(9_999, -1, -1))
        ),
    ],
)
def test_a_thread_is_a_comment_with_all_replies_under_it(replies: dict[str, str | None], clusters: int) -> None:
    names = [name for name in replies for _ in range(2)]  # two sentences each
    articles = pd.DataFrame({"text_id": ["a"] * 2, "kind": "article", "reply_to": None, "block_id": [0, 1]})
    comments = pd.DataFrame({"text_id": names, "kind": "comment", "reply_to": [replies[name] for name in names]})
    measured = pd.concat([articles, comments], ignore_index=True).assign(words=1.0)
    assert row(measured, cluster="thread")["comment_clusters"] == clusters


def test_an_author_is_all_comments_under_one_name_and_a_nameless_comment_is_on_its_own() -> None:
    names = ["c1", "c1", "c2", "c3", "c4", "c5"]
    authors = ["Reader 01", "Reader 01", "Reader 02", "Reader 01", None, None]
    articles = pd.DataFrame({"text_id": ["a", "a", "b"], "kind": "article", "author": "Ada", "block_id": [0, 1, 1]})
    comments = pd.DataFrame({"text_id": names, "kind": "comment", "author": authors, "block_id": range(6)})
    measured = pd.concat([articles, comments], ignore_index=True).assign(words=1.0)
    compared = row(measured, cluster="author")
    assert (compared["comment_clusters"], compared["article_clusters"]) == (4, 3)
    assert compared["verdict"] == "cannot tell from 4 authors"


def test_threads_are_drawn_as_a_whole_and_the_verdict_counts_them() -> None:
    measured = clustered(sentences_of(1, 80, 0.0), [[value / 8] * 2 for value in range(-10, 11) for _ in range(3)])
    starts = [None if name == "article" else f"c{int(name[1:]) // 3 * 3}" for name in measured["text_id"]]
    measured["reply_to"] = [None if a == b else a for a, b in zip(starts, measured["text_id"], strict=True)]
    assert row(measured)["comment_clusters"] == 63
    assert row(measured, cluster="thread")["comment_clusters"] == 21
    assert width(measured, cluster="thread") > 1.4 * width(measured)
    few = measured[measured["kind"].eq("article") | measured["text_id"].isin([f"c{n}" for n in range(9)])]
    assert row(few)["verdict"].startswith("comments:")
    assert row(few, cluster="thread")["verdict"] == "cannot tell from 3 threads"


def test_a_row_of_unknown_kind_is_an_ordinary_text() -> None:
    kinds = pd.array([*["article"] * 9, *["comment"] * 9, None], dtype="string")
    measured = table([1.0] * 9, [2.0] * 10).assign(kind=kinds, half=["a"] * 10 + ["b"] * 9)
    assert row(measured, by="half", pair=("a", "b"))["b_clusters"] == 9


# Many articles in one table


def archive(threads: int, chance: np.random.Generator, difference: float = 0.0) -> pd.DataFrame:
    """Threads where each article and each comment section has its own tone; `difference` holds on average."""
    tones = {"article": chance.normal(size=threads), "comment": chance.normal(size=threads) + difference}
    return pd.concat([side(kind, tones[kind], many, chance) for kind, many in (("article", 12), ("comment", 20))])


def side(kind: str, tones: np.ndarray, many: int, chance: np.random.Generator) -> pd.DataFrame:
    threads = np.repeat(np.arange(len(tones)), many)
    names = [f"t{thread}/{kind}" + (f"{number}" if kind == "comment" else "") for number, thread in enumerate(threads)]
    columns = {"thread_id": [f"t{thread}" for thread in threads], "text_id": names, "block_id": range(len(threads))}
    return pd.DataFrame(columns).assign(kind=kind, words=tones[threads] + chance.normal(size=len(threads)))


def test_many_articles_are_drawn_each_with_its_comments_so_that_chance_seldom_passes_for_a_difference() -> None:
    chance = np.random.default_rng(0)
    archives = [archive(30, chance) for _ in range(200)]
    in_threads = [row(each)["p"] < 0.05 for each in archives]
    in_one_pot = [row(each.drop(columns="thread_id"))["p"] < 0.05 for each in archives[:60]]
    assert 0.01 < np.mean(in_threads) < 0.09  # 5 in 100 is what was asked for
    assert np.mean(in_one_pot) > 0.3  # as if all comments were of their own mind


def test_a_difference_that_all_articles_share_is_found() -> None:
    found = row(archive(40, np.random.default_rng(1), difference=1.5))
    assert found["verdict"] == "comments: longer"
    assert (found["article_clusters"], found["comment_clusters"]) == (40, 40)
    assert row(archive(5, np.random.default_rng(3)))["verdict"] == "cannot tell from 5 articles"


def test_the_interval_over_articles_is_that_of_drawing_whole_threads() -> None:
    chance = np.random.default_rng(2)
    measured = archive(60, chance)
    sides = [measured[measured["kind"] == kind] for kind in ("article", "comment")]
    values, codes = ([each[name].to_numpy() for each in sides] for name in ("words", "thread_id"))
    parts = [[value[ids == f"t{at}"] for at in range(60)] for value, ids in zip(values, codes, strict=True)]
    shares = []
    for _ in range(400):
        drawn = chance.integers(60, size=60)
        shares.append(share_higher(*(np.concatenate([part[at] for at in drawn]) for part in parts)))
    numbers = [pd.factorize(ids)[0] for ids in codes]
    _, low, high, _ = interval(values[0], numbers[0], values[1], numbers[1], together=True)
    assert high - low == pytest.approx(2 * stats.t.ppf(0.975, 59) * np.std(shares, ddof=1), rel=0.12)


def test_holms_adjustment_is_that_worked_by_hand() -> None:
    # sorted 0.01 * 3, 0.03 * 2, 0.04 * 1; none below the one before it
    assert holm(np.array([0.01, 0.04, MISSING, 0.03])) == pytest.approx([0.03, 0.06, MISSING, 0.06], nan_ok=True)
    assert holm(np.array([0.9, 0.8])).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("weights", ["units", "comments"])
@pytest.mark.parametrize(("articles", "comments"), [([MISSING], [1.0] * 9), ([1.0], [MISSING] * 9)])
def test_a_side_without_values_says_so(articles: list[float], comments: list[float], weights: str) -> None:
    found = row(table(articles, comments), weights=weights)
    assert math.isnan(found["share_higher"])
    assert found["verdict"].startswith("cannot tell: no value")
    assert found["left_out"] in (1, 9)


# Errors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"by": "side"}, r"'side'.*'text_id', 'kind', 'words'.*by="),
        ({"pair": ("article", "reply")}, r"reply.*'article', 'comment'.*pair="),
        ({"pair": ("essay", "comment")}, r"essay.*'article', 'comment'.*pair="),
        ({"pair": ("comment", "comment")}, r"two different groups of column 'kind', not \('comment', 'comment'\)"),
        *(
            ({"cluster": name}, rf"cluster must be 'text', 'thread' or 'author', not {name!r}")
            for name in ("block", "", None)
        ),
        *(
            ({"min_difference": distance}, rf"min_difference must be between 0 and 0\.5, not {distance}")
            for distance in (0, -0.1, 0.5, 1, MISSING)
        ),
        *(({"seed": seed}, f"seed must be a whole number from 0, not {seed}") for seed in (-1, 1.5, None)),
        ({"metrics": ["sentiment"]}, r"has no column with a metric; it has .* Call measure"),
    ],
)
def test_an_option_that_does_not_fit_is_an_error_that_names_what_does(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        compare(table([1.0] * 8, [2.0] * 8), **options)
