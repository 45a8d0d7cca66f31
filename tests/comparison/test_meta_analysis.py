"""Threads: the summary and standard errors are computed by hand, and the figures show the tables' own numbers."""

import functools
import gzip
import html
import json
import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers.texts import vader_library
from scipy import stats

import toolkit
from toolkit import compare, compare_threads, measure, plot_conversation, plot_threads, summarise_threads
from toolkit.comparison.meta_analysis import correlation, random_effects
from toolkit.figures.layout import Picture

BLOG = Path(__file__).parents[3] / "shared" / "data" / "blog_pairs"
TONE = [metric for metric in toolkit.METRICS if metric.name == "sentiment"]
CORPORA = ("library-hours", "nato-preemptive-strike", "nato-wire-report")


@functools.cache
def measured_corpora() -> pd.DataFrame:
    tables = [measure(toolkit.split_sentences(toolkit.load_corpus(name)), TONE) for name in CORPORA]
    together: pd.DataFrame = pd.concat(tables, ignore_index=True)
    return together


def units(thread: str, article: list[list[float]], *comments: list[float]) -> pd.DataFrame:
    """A measured thread: the values of the article's blocks, then those of each comment."""
    rows = [(f"{thread}/a", "article", block, value) for block, values in enumerate(article) for value in values]
    rows += [(f"{thread}/c{n}", "comment", 0, value) for n, values in enumerate(comments) for value in values]
    table = pd.DataFrame(rows, columns=["text_id", "kind", "block_id", "mood"])
    return table.assign(thread_id=thread)


def per_thread(differences: list[float], errors: list[float], **more: Any) -> pd.DataFrame:
    size = len(differences)
    columns: dict[str, Any] = {
        "thread_id": [f"t{n}" for n in range(size)], "metric": "mood", "label": "Mood",
        "article_mean": [0.1 * n for n in range(size)],
        "comment_mean": [0.1 * n + difference for n, difference in enumerate(differences)],
        "article_clusters": 20, "comment_clusters": 30, "difference": differences, "standard_error": errors,
    }  # fmt: skip
    return pd.DataFrame(columns | more)


# ---- one thread


def test_each_thread_has_the_comparison_that_compare_gives() -> None:
    table = compare_threads(measured_corpora()).set_index("thread_id")
    assert list(table.index) == ["library-hours", "nato-preemptive-strike"]  # the wire report has no comments
    for name in table.index:
        rows = measured_corpora()[measured_corpora()["thread_id"] == name]
        reference = compare(rows, metrics=TONE).iloc[0]
        for column in ("article_mean", "comment_mean", "article_n", "comment_n", "share_higher", "share_higher_low"):
            assert table.loc[name, column] == pytest.approx(reference[column], nan_ok=True), (name, column)
    assert math.isnan(table.loc["nato-preemptive-strike", "share_higher_low"])  # type: ignore[arg-type]  # two comments


def test_the_standard_error_takes_whole_comments_and_whole_blocks() -> None:
    table = compare_threads(units("t", [[0.0, 1.0], [2.0]], [3.0, 3.0], [5.0], [6.0, 4.0]), "mood")
    row = table.iloc[0]
    assert row["difference"] == pytest.approx(21 / 5 - 1)
    # Distances from the mean added up within each comment, and within each block.
    comments = 3 / 2 * ((6 - 8.4) ** 2 + (5 - 4.2) ** 2 + (10 - 8.4) ** 2) / 5**2
    article = 2 / 1 * ((1 - 2) ** 2 + (2 - 1) ** 2) / 3**2
    assert row["standard_error"] == pytest.approx(math.sqrt(comments + article))


def test_a_single_comment_or_block_has_no_standard_error_and_units_without_a_value_do_not_count() -> None:
    table = compare_threads(pd.concat([units("a", [[1.0], [2.0]], [1.0]), units("b", [[1.0]], [1.0], [2.0])]), "mood")
    assert table["standard_error"].isna().all()
    assert table["difference"].notna().all()
    with_gap = units("t", [[0.0], [1.0]], [math.nan], [3.0], [5.0])
    without = units("t", [[0.0], [1.0]], [3.0], [5.0])
    columns = ["comment_n", "comment_clusters", "difference", "standard_error"]
    gaps, clean = (compare_threads(table, "mood")[columns] for table in (with_gap, without))
    pd.testing.assert_frame_equal(gaps, clean)


def test_a_custom_metric_brings_its_label() -> None:
    def mood(text: str) -> float:
        return float(len(text))

    table = compare_threads(units("t", [[1.0]], [2.0]), toolkit.Metric(mood, "My mood", "points", "better"))
    assert table["label"].tolist() == ["My mood"]


# ---- all threads


def test_the_summary_of_equal_errors_is_worked_by_hand() -> None:
    found = random_effects(np.array([0.0, 2.0, 4.0]), np.array([1.0, 1.0, 1.0]))
    beyond_chance = 8 - 2  # Q = 4 + 0 + 4 with weights of 1, less its two degrees of freedom
    tau_squared = beyond_chance / (3 - 3 / 3)
    assert found.tau == pytest.approx(math.sqrt(tau_squared)) == pytest.approx(math.sqrt(3))
    assert found.difference == pytest.approx(2)
    # Hartung and Knapp: weights of 1 / (1 + 3), so the variance is (1/4 * 8) / (2 * 3/4) = 4/3; t with 2 df.
    assert found.high == pytest.approx(2 + 4.302653 * math.sqrt(4 / 3), abs=1e-5)
    assert found.low == pytest.approx(2 - 4.302653 * math.sqrt(4 / 3), abs=1e-5)
    # Another thread: the spread between threads on top of it; t with 1 df.
    assert found.prediction_high == pytest.approx(2 + 12.706205 * math.sqrt(3 + 4 / 3), abs=1e-4)


def test_the_summary_of_unequal_errors_is_worked_by_hand() -> None:
    found = random_effects(np.array([0.0, 1.0, 4.0]), np.sqrt([1.0, 0.5, 0.25]))
    # Weights 1, 2, 4: mean 18/7, Q = 66 - 324/7 = 138/7, less 2; divided by 7 - 21/7 = 4.
    tau_squared = (138 / 7 - 2) / 4
    assert tau_squared == pytest.approx(31 / 7)
    assert found.tau == pytest.approx(math.sqrt(31 / 7))
    # Weights 1 / (1 + 31/7) = 7/38, 1 / (1/2 + 31/7) = 14/69, 1 / (1/4 + 31/7) = 28/131.
    first, second, third = 7 / 38, 14 / 69, 28 / 131
    whole = first + second + third
    mean = (second + 4 * third) / whole
    variance = (first * mean**2 + second * (1 - mean) ** 2 + third * (4 - mean) ** 2) / (2 * whole)
    assert found.difference == pytest.approx(mean)
    assert variance < 1 / whole  # so the errors alone tell more of what is not known
    assert found.high - found.difference == pytest.approx(4.302653 * math.sqrt(1 / whole), abs=1e-5)


def test_agreeing_threads_are_as_uncertain_as_their_errors_and_few_have_no_summary_or_prediction() -> None:
    found = random_effects(np.array([0.2, 0.2]), np.array([0.1, 0.1]))
    assert (found.tau, found.difference) == pytest.approx((0, 0.2))
    # The standard error of a mean of two is 0.1 / sqrt(2); t with 1 df.
    assert found.high - found.difference == pytest.approx(12.706205 * 0.1 / math.sqrt(2), abs=1e-5)
    assert all(map(math.isnan, random_effects(np.array([1.0]), np.array([1.0]))))
    two = random_effects(np.array([0.0, 2.0]), np.array([1.0, 1.0]))
    assert math.isnan(two.prediction_low)
    assert two.low < two.difference < two.high


def test_the_interval_holds_in_about_95_of_100_samples_of_few_threads() -> None:
    rng = np.random.default_rng(1)
    errors = rng.uniform(0.5, 1.5, (400, 8))
    samples = rng.normal(0.3, np.sqrt(1 + errors**2))
    found = [random_effects(*pair) for pair in zip(samples, errors, strict=True)]
    assert 0.92 <= np.mean([each.low <= 0.3 <= each.high for each in found]) <= 0.98


def test_the_summary_reports_which_threads_it_leaves_out_and_why() -> None:
    table = per_thread(
        [0.0, 2.0, 4.0, 9.0, 9.0, 9.0, math.nan], [1.0, 1.0, 1.0, 1.0, 1.0, 0.0, math.nan],
        comment_clusters=[30, 8, 30, 7, 30, 30, 0], article_clusters=[20, 20, 8, 20, 7, 20, 20],
    )  # fmt: skip
    found = summarise_threads(table)
    assert (found["threads"], found["left_out"]) == (3, 4)
    assert found["difference"] == pytest.approx(2)
    for reason in ("1: fewer than 8 comments", "1: article of fewer than 8 blocks", "1: no spread", "1: no value"):
        assert reason in found["why_left_out"]
    assert summarise_threads(table, fewest=7)["threads"] == 5


def test_the_correlation_has_the_interval_of_fishers_z() -> None:
    first, second = np.random.default_rng(2).normal(size=(2, 28))
    second += first
    found, reference = correlation(first, second), stats.pearsonr(first, second)
    between = reference.confidence_interval()
    assert found.correlation == pytest.approx(reference.statistic)
    assert (found.correlation_low, found.correlation_high) == pytest.approx((between.low, between.high))


@pytest.mark.parametrize("values", [[0.1], [0.1, 0.2], [0.5, 0.5, 0.5, 0.5]])
def test_too_few_or_equal_threads_have_no_correlation(values: list[float]) -> None:
    found = correlation(np.array(values), np.array(values))
    assert math.isnan(found.correlation)
    assert found.correlation_threads == len(values)


@pytest.mark.parametrize(
    ("work", "says"),
    [
        *((lambda name=name: compare_threads(units("t", [[1.0]], [2.0]).drop(columns=name), "mood"), name)
          for name in ("thread_id", "kind", "text_id", "mood")),
        (lambda: compare_threads(units("t", [[1.0]]), "mood"), "both a text of kind 'article' and one"),
        (lambda: summarise_threads(pd.DataFrame({"a": [1]})), "compare_threads"),
        (lambda: summarise_threads(per_thread([1.0], [1.0]), fewest=1), "fewest must be a whole number from 2, not 1"),
    ],
)  # fmt: skip
def test_tables_that_are_not_threads_are_refused_with_what_they_lack(work: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        work()


# ---- the figure of many threads


def offsets(figure: Picture) -> np.ndarray:
    return np.concatenate([np.asarray(each.get_offsets()) for each in figure.axes[0].collections])


def inside(figure: Picture) -> bool:
    figure.draw_without_rendering()
    box, tight = figure.bbox_inches, figure.get_tightbbox()
    return bool(tight.x0 >= -0.01 and tight.y0 >= -0.01 and tight.x1 <= box.x1 + 0.01)


def test_each_thread_is_a_point_and_the_title_has_the_correlation() -> None:
    table = per_thread([0.0, 0.1, -0.1, 0.2, math.nan], [1.0] * 5, comment_clusters=[1, 5, 9, 2, 0])
    figure = plot_threads(table, source="A blog")
    expected = table[["article_mean", "comment_mean"]].dropna().to_numpy()
    assert np.sort(offsets(figure), axis=0) == pytest.approx(np.sort(expected, axis=0))
    r = stats.pearsonr(expected[:, 0], expected[:, 1]).statistic
    assert f"r = {r:.2f}" in figure.get_suptitle()
    assert "4 threads" in figure.alt_text
    assert "1 thread without a value" in figure.alt_text
    assert inside(figure)


@pytest.mark.parametrize(
    ("slope", "said"),
    [
        (0.0, "where articles score higher, so do their comments"),
        (-0.2, "articles score higher, their comments score lower"),
    ],
)
def test_the_title_says_which_way_the_comments_follow(slope: float, said: str) -> None:
    wobble = [0.01, -0.01, 0.02, -0.02, 0.0, 0.01]
    table = per_thread([slope * n + each for n, each in enumerate(wobble)], [1.0] * 6)
    assert f"{said} (r = " in " ".join(plot_threads(table).get_suptitle().split())


def test_a_thread_with_more_comments_has_a_larger_point() -> None:
    figure = plot_threads(per_thread([0.0, 0.5], [1.0, 1.0], comment_clusters=[1, 50]), source="")
    (points,) = figure.axes[0].collections
    sizes = dict(zip(np.asarray(points.get_offsets())[:, 0].tolist(), points.get_sizes().tolist(), strict=True))  # type: ignore[attr-defined]
    assert sizes[0.0] < sizes[0.1]
    legend = figure.axes[0].get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["1 comment", "26 comments", "50 comments"]
    assert "Threads have from 1 to 50 comments; larger points have more." in figure.alt_text
    alike = plot_threads(per_thread([0.0, 0.5], [1.0, 1.0], comment_clusters=[9, 9]), source="").alt_text
    assert "Each thread has 9 comments." in alike
    assert "larger points" not in alike


# ---- the figure of one thread


def conversation(**columns: Any) -> pd.DataFrame:
    made: dict[str, Any] = {
        "text_id": ["a", "c1", "c2", "c3"], "thread_id": "t", "kind": ["article", *["comment"] * 3],
        "reply_to": [None, None, "c1", "c2"], "mood": [0.1, 0.2, 0.3, -0.4],
    }  # fmt: skip
    return pd.DataFrame(made | columns)


def replies(figure: Picture) -> list[tuple[list[float], list[float]]]:
    """Thin lines with two ends: the article's line spans the axes and is dashed."""
    drawn = [line for line in figure.axes[0].lines if line.get_linewidth() == 0.8]
    return [(list(map(float, line.get_xdata())), list(map(float, line.get_ydata()))) for line in drawn]  # type: ignore[arg-type]


def test_replies_are_joined_to_their_parents_and_odd_ones_do_no_harm() -> None:
    figure = plot_conversation(conversation(), "mood")
    assert replies(figure) == [([1, 2], [0.2, 0.3]), ([2, 3], [0.3, -0.4])]
    assert "2 lines join replies" in figure.alt_text
    assert "2 of 3 comments score above the article in mood" in figure.get_suptitle()
    gap = conversation(mood=[0.1, 0.2, math.nan, -0.4])
    assert replies(plot_conversation(gap, "mood")) == []
    circle = conversation(reply_to=[None, "c1", "c3", "c2"])
    assert len(replies(plot_conversation(circle, "mood"))) == 3


def test_comments_stand_in_the_order_of_time_where_all_dates_are_known() -> None:
    days = pd.to_datetime(["2025-01-01", "2025-01-04", "2025-01-02", "2025-01-03"], utc=True)
    known = plot_conversation(conversation(posted=days), "mood")
    assert [y for _, y in sorted(offsets(known).tolist())] == [0.3, -0.4, 0.2]
    unknown = plot_conversation(conversation(posted=days.where(days != days[2])), "mood")
    assert [y for _, y in sorted(offsets(unknown).tolist())] == [0.2, 0.3, -0.4]
    assert "order of the table" in unknown.axes[0].get_xlabel()


def test_sentences_of_one_comment_are_drawn_as_their_mean() -> None:
    twice = conversation().iloc[[0, 1, 1, 2, 3]].reset_index(drop=True)
    twice.loc[1, "mood"] = 0.6
    assert offsets(plot_conversation(twice, "mood"))[0].tolist() == pytest.approx([1, 0.4])


def test_more_likes_make_a_larger_point_and_without_likes_all_have_one_size() -> None:
    likes = pd.array([None, 0, 90, None], dtype="Int64")
    figure = plot_conversation(conversation(likes=likes), "mood")
    known = figure.axes[0].collections[0]
    assert known.get_sizes()[0] < known.get_sizes()[1]  # type: ignore[attr-defined]
    written = " ".join(text.get_text() for text in figure.axes[0].texts).replace("\n", " ")
    assert "ringed, most liked: 90 likes" in written
    assert "The larger a point, the more likes. Open points: likes not known." in figure.alt_text
    assert "c2 has the most likes (90)" in figure.alt_text
    figure = plot_conversation(conversation(likes=pd.array([None] * 4, dtype="Int64")), "mood")
    assert "not known" in figure.alt_text
    assert {float(size) for each in figure.axes[0].collections for size in each.get_sizes()} == {49.0}  # type: ignore[attr-defined]


@pytest.mark.parametrize("corpus", CORPORA[:2])
def test_the_conversation_of_a_corpus_fits_and_shows_each_comment_with_a_value(corpus: str) -> None:
    figure = plot_conversation(measured_corpora(), thread=corpus)
    rows = measured_corpora()[(measured_corpora()["thread_id"] == corpus) & (measured_corpora()["kind"] == "comment")]
    means = rows.groupby("text_id")["sentiment"].mean().dropna()
    assert sorted(offsets(figure)[:, 1]) == pytest.approx(sorted(means))
    assert inside(figure)


# ---- a blog's threads


def lines_of(file: Path) -> list[Any]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def words_of(markup: str) -> str:
    broken = re.sub(r"<(?:p|br|/p|li|div|blockquote)\b[^>]*>", "\n", markup)
    return html.unescape(re.sub(r"<[^>]+>", " ", broken))


@pytest.mark.full
@pytest.mark.skipif(not BLOG.is_dir(), reason=f"the blog's posts and comments are not there ({BLOG.name})")
def test_across_a_blogs_threads_comments_correlate_a_little_with_their_article() -> None:
    posts = [{"slug": post["slug"], "text": words_of(post["body"])} for post in lines_of(BLOG / "posts.jsonl.gz")]
    slugs = {post["slug"] for post in posts}
    comments = [each for each in lines_of(BLOG / "comments.jsonl.gz") if each["post"] in slugs]
    rows = [(f"{post['slug']}/a", post["slug"], "article", post["text"]) for post in posts]
    rows += [(each["id"], each["post"], "comment", words_of(each["message"])) for each in comments]
    texts = pd.DataFrame(rows, columns=["text_id", "thread_id", "kind", "text"])
    many = texts[texts["kind"] == "comment"].groupby("thread_id").size()
    long = {post["slug"] for post in posts if len(post["text"].split()) >= 300 and many.get(post["slug"], 0) >= 8}

    texts["score"] = [vader_library().polarity_scores(text)["compound"] for text in texts["text"]]
    # The score of a whole article measures its length: among all posts fewer are at the ends than among long ones.
    at_the_ends = texts[texts["kind"] == "article"].set_index("thread_id")["score"].abs() > 0.9
    assert at_the_ends.mean() + 0.2 < at_the_ends[list(long)].mean()

    measured = measure(toolkit.split_sentences(texts), TONE)
    table = compare_threads(measured)
    assert len(table) == 857
    # The correlation depends on which threads count: means over few sentences or few comments are mostly noise.
    comments_mean = texts[texts["kind"] == "comment"].groupby("thread_id")["score"].mean()
    article_mean = measured[measured["kind"] == "article"].groupby("thread_id")["sentiment"].mean()
    table = table.assign(comment_mean=table["thread_id"].map(comments_mean))
    found = [summarise_threads(rows)["correlation"] for rows in (table, table[table["thread_id"].isin(long)])]
    both = pd.concat([article_mean, comments_mean], axis=1, keys=["article", "comments"]).dropna()
    expected = [np.corrcoef(rows.T)[0, 1] for rows in (both, both[both.index.isin(long)])]
    assert found == pytest.approx(expected, abs=1e-9)
    assert 0.1 < found[0] < found[1] - 0.2

    summary = summarise_threads(table)
    assert summary["threads"] + summary["left_out"] == 857
    assert summary["prediction_low"] < summary["low"] < summary["difference"] < summary["high"]
    assert inside(plot_threads(table, source="A blog"))
