"""Verdicts follow from the rounded interval and the margin; more metrics, other orders and groups do not flip them."""

import functools
import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import Metric, compare, compare_threads, load_corpus, measure, plot_comparison, robustness, split_sentences
from toolkit.comparison.verdicts import claim_of, is_decided, shown_interval, verdict_of, wording_of

LIBRARY = measure(split_sentences(load_corpus("library-hours")))
KEYS = ["text_id", "kind", "reply_to", "author", "thread_id", "block", "block_id"]
hundredths = st.integers(0, 100).map(lambda n: n / 100)
margins = st.integers(1, 49).map(lambda n: n / 100)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.55, 0.71, "comments: more positive"), (0.51, 0.61, "comments: more positive"),
        (0.20, 0.49, "comments: more negative"), (0.51, 0.53, "difference smaller than 0.10, though not zero"),
        (0.40, 0.49, "difference smaller than 0.10, though not zero"),
        (0.50, 0.60, "no difference larger than 0.10"), (0.40, 0.60, "no difference larger than 0.10"),
        (0.39, 0.60, "cannot tell: from 0.39 to 0.60"), (0.50, 0.61, "cannot tell: from 0.50 to 0.61"),
    ],
)  # fmt: skip
def test_the_five_claims_are_those_of_the_interval_and_the_margin(low: float, high: float, verdict: str) -> None:
    assert verdict_of(low, high, 0.1, "comment", "more positive") == verdict
    assert is_decided(verdict) != verdict.startswith("cannot tell")


@pytest.mark.parametrize("verdict", ["", " ", None, pd.NA, math.nan, "cannot tell", "cannot tell from 2 comments"])
def test_a_verdict_that_is_empty_or_cannot_tell_draws_an_open_point(verdict: object) -> None:
    numbers = {"article_n": 9, "comment_n": 9, "article_median": 0.0, "comment_median": 1.0, "share_higher": 0.9}
    figure = plot_comparison(pd.DataFrame([{"label": "Words", **numbers, "verdict": verdict}]))
    faces = {line.get_markerfacecolor() for line in figure.axes[0].lines if line.get_marker() not in ("None", "")}
    assert "No verdict on any of 1 metric" in figure.get_suptitle()
    assert faces == {"#ffffff"}


@pytest.mark.parametrize(("margin", "named"), [(0.125, "0.125"), (0.3, "0.30"), (0.1 + 0.2, "0.30"), (1e-6, "1e-06")])
def test_a_margin_is_named_with_two_digits_or_in_full(margin: float, named: str) -> None:
    assert verdict_of(0.5, 0.5, margin, "comment", "longer") == f"no difference larger than {named}"
    assert wording_of("negligible", "correlation", margin, 0, 0) == f"correlation smaller than {named}, though not zero"


SIZED = re.compile(r"\b(no )?(?:difference|correlation) ([a-z]+ than) 0\.\d+(,? ?[a-z]* ?[a-z]* ?[a-z]*)")


def test_small_differences_are_worded_as_in_verdicts_everywhere() -> None:
    root = Path(__file__).resolve().parents[2]
    pages = [*root.glob("*.md"), *root.glob("notebooks/teaching/*.md"), *root.glob("toolkit/**/*.py")]
    pages += root.glob("toolkit/**/*.j2")
    texts = {path.name: path.read_text("utf-8") for path in pages}
    for path in (root / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        texts[path.name] = "\n".join("".join(cell["source"]) for cell in cells)
    said = [(name, *match.groups()) for name, text in texts.items() for match in SIZED.finditer(" ".join(text.split()))]
    assert {"compare.py", "correlate.py", "notes.html.j2", "glossary.md"} <= {name for name, *_ in said}
    for name, no, words, after in said:
        assert words == ("larger than" if no else "smaller than"), name
        assert no or after.startswith(", though not zero"), name


@given(hundredths, hundredths, margins)
def test_exactly_one_claim_holds_and_it_says_what_the_interval_shows(a: float, b: float, margin: float) -> None:
    low, high = sorted((a, b))
    claim = claim_of(low, high, margin)
    points = [n / 100 for n in range(round(low * 100), round(high * 100) + 1)]  # all shares that the interval holds
    assert (claim in ("higher", "lower", "negligible")) == (0.5 not in points)
    small = all(abs(round(point - 0.5, 2)) <= margin for point in points)
    assert (claim in ("negligible", "none")) == small
    assert claim != "higher" or min(points) > 0.5
    assert claim != "lower" or max(points) < 0.5
    mirrored = claim_of(round(1 - high, 2), round(1 - low, 2), margin)
    assert mirrored == {"higher": "lower", "lower": "higher"}.get(claim, claim)


@given(st.floats(0, 1), st.floats(0, 1), margins, st.booleans())
def test_rounding_and_adjusting_only_ever_weaken_a_claim(a: float, b: float, margin: float, adjusted: bool) -> None:
    low, high = sorted((a, b))
    shown = shown_interval(low, high, holds_no_difference=adjusted)
    assert shown[0] <= low + 1e-8
    assert shown[1] >= high - 1e-8
    assert all(round(end, 2) == end for end in shown)
    weaker = {
        "higher": {"higher", "unknown"},
        "lower": {"lower", "unknown"},
        "negligible": {"negligible", "none", "unknown", "higher" if low > 0.5 else "lower"},  # wider, the same side
        "none": {"none", "unknown"},
        "unknown": {"unknown"},
    }
    assert claim_of(*shown, margin) in weaker[claim_of(low, high, margin)]


def named(name: str) -> Metric:
    function = functools.partial(float, 0)
    function.__name__ = name  # type: ignore[attr-defined]
    return Metric(function, name.upper(), "", "longer")


VALUES: dict[str, Callable[[np.random.Generator, int], np.ndarray]] = {
    "even": lambda rng, size: rng.normal(size=size),
    "ties": lambda rng, size: rng.integers(0, 2, size) * 1.0,
    "one value": lambda rng, size: np.zeros(size),
    "missing": lambda rng, size: np.where(rng.random(size) < 0.7, np.nan, rng.normal(size=size)),
    "infinite": lambda rng, size: rng.choice([-np.inf, 0.0, 1.0, np.inf], size),
}
frames = st.tuples(st.integers(0, 9_999), st.integers(1, 40), st.integers(1, 60), st.floats(0, 1.5),
                   st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=8))  # fmt: skip
options = st.fixed_dictionaries({
    "weights": st.sampled_from(["units", "comments"]), "given": st.sampled_from([None, "size"]),
    "min_difference": st.sampled_from([1e-6, 0.05, 0.1, 0.125, 0.3, 0.499]),
})  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(frames, options)
def test_a_longer_list_of_metrics_never_turns_a_verdict_into_another_claim(
    frame: tuple[int, int, int, float, list[str]], chosen: dict[str, Any]
) -> None:
    seed, blocks, comments, shift, kinds = frame
    rng = np.random.default_rng(seed)
    kind = np.repeat(["article", "comment"], [blocks, comments])
    table = pd.DataFrame({"kind": kind, "text_id": np.where(kind == "article", -1, rng.integers(0, 40, len(kind)))})
    table["block_id"], table["size"] = np.arange(len(kind)), rng.integers(1, 30, len(kind))
    for number, values in enumerate(kinds):
        table[f"m{number}"] = VALUES[values](rng, len(kind)) + shift * (kind == "comment") * (number % 2 == 0)
    metrics = [named(f"m{number}") for number in range(len(kinds))]
    among, margin = compare(table, metrics=metrics, **chosen), chosen["min_difference"]
    for metric, row in zip(metrics, among.to_dict("records"), strict=True):
        alone = compare(table, metrics=[metric], **chosen).iloc[0]
        low, high = row["share_higher_low"], row["share_higher_high"]
        if low != low:
            assert row["verdict"] == alone["verdict"]
            assert row["verdict"].startswith("cannot tell")
            continue
        assert row["verdict"] == verdict_of(low, high, margin, "comment", "longer")
        assert low <= alone["share_higher_low"] <= row["share_higher"] <= alone["share_higher_high"] <= high
        before = claim_of(alone["share_higher_low"], alone["share_higher_high"], margin)
        allowed = {"negligible": {"negligible", "none"}, "higher": {"higher", "unknown"}, "lower": {"lower", "unknown"}}
        assert claim_of(low, high, margin) in allowed.get(before, {before})


FORMS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "as they are": lambda units: units,
    "one label for all": lambda units: units.set_axis([0] * len(units)),
    "categories": lambda units: units.astype(dict.fromkeys(("kind", "text_id", "block", "author"), "category")),
    "objects": lambda units: units.astype(dict.fromkeys(("kind", "text_id", "author"), object)),
    "nullable": lambda units: units.convert_dtypes(),
    "float32": lambda units: units.astype(dict.fromkeys(("words", "question_share"), "float32")),
}


NAMES = ["sentiment", "negative_share", "words_per_sentence", "exclamation_share", "words"]
UNITS = LIBRARY[[*KEYS, *NAMES, "question_share"]]


@functools.cache
def in_their_order(cluster: str, **options: str) -> pd.DataFrame:
    return compare(UNITS, metrics=NAMES, cluster=cluster, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("cluster", ["text", "thread", "author"])
@pytest.mark.parametrize("options", [{}, {"weights": "comments"}, {"given": "words"}, {"given": "sentiment"}], ids=str)
def test_the_order_and_type_of_rows_change_no_interval_and_no_verdict(
    form: Callable[[pd.DataFrame], pd.DataFrame], cluster: str, options: dict[str, Any]
) -> None:
    first = in_their_order(cluster, **options)
    for seed in range(2):
        shuffled = compare(form(UNITS.sample(frac=1, random_state=seed)), metrics=NAMES, cluster=cluster, **options)
        columns = ["share_higher_low", "share_higher_high", "verdict", "family_size", "warning"]
        pd.testing.assert_frame_equal(first[columns], shuffled[columns])
        assert shuffled["p_holm"].to_numpy() == pytest.approx(first["p_holm"].to_numpy(), nan_ok=True)


# ---- Holm's family


def test_holms_family_counts_metrics_that_are_distinct_and_vary() -> None:
    metrics = [named(f"m{number}") for number in range(5)]
    rng, kind = np.random.default_rng(3), np.repeat(["article", "comment"], 20)
    table = pd.DataFrame({"text_id": range(40), "kind": kind, **{f"m{n}": rng.normal(size=40) for n in range(2)}})
    table["m2"] = table["m0"] * 2 + 1  # ranks the units as m0 does
    table["m3"] = -table["m1"]  # the reverse order: the same test
    table["m4"] = 7.0
    rows = compare(table, metrics=metrics)
    assert set(rows["family_size"]) == {2}
    assert rows["why_not_counted"].tolist() == [
        "", "", "ranks these units as M0 does", "ranks these units as M1 does", "the same value in every unit",
    ]  # fmt: skip
    assert rows["p_holm"].iloc[0] == rows["p_holm"].iloc[2]
    pd.testing.assert_series_equal(rows["p_holm"].iloc[:2], compare(table, metrics=metrics[:2])["p_holm"])


# ---- what counts once, and units of similar length


def test_with_weights_each_comment_counts_once_however_long() -> None:
    # One comment of six sentences above the article, two of one sentence below it: 6 of 8 sentences, 1 of 3 comments.
    values = [5.0] * 4 + [9.0] * 6 + [1.0, 1.0]
    names = ["a"] * 4 + ["c1"] * 6 + ["c2", "c3"]
    kinds = ["article"] * 4 + ["comment"] * 8
    table = pd.DataFrame({"text_id": names, "kind": kinds, "block_id": range(12), "words": values})
    by_units, by_comments = (compare(table, metrics=["words"], weights=each).iloc[0] for each in ("units", "comments"))
    assert by_units["share_higher"] == pytest.approx(6 / 8)
    assert by_comments["share_higher"] == pytest.approx(1 / 3)
    assert (by_units["comment_mean"], by_units["comment_median"]) == pytest.approx((56 / 8, 9))
    assert (by_comments["comment_mean"], by_comments["comment_median"]) == pytest.approx((11 / 3, 1))
    with pytest.raises(ValueError, match=r"weights must be 'units' or 'comments', not 'texts'"):
        compare(table, metrics=["words"], weights="texts")


def of_length() -> pd.DataFrame:
    """Texts whose score depends on their length alone, and comments that are longer."""
    rng = np.random.default_rng(0)
    kinds = np.repeat(["article", "comment"], 300)
    words = np.where(kinds == "article", rng.integers(5, 60, 600), rng.integers(25, 90, 600))
    score = words + rng.normal(0, 25, 600)
    names = [f"t{n}" for n in range(600)]
    return pd.DataFrame({"text_id": names, "kind": kinds, "words": words * 1.0, "negative_share": score})


def test_a_difference_that_length_explains_is_warned_of_and_gone_within_strata_of_length() -> None:
    table = of_length()
    plain = compare(table, metrics=["negative_share"]).iloc[0]
    within = compare(table, metrics=["negative_share"], given="words").iloc[0]
    assert plain["share_higher"] > 0.65
    assert plain["warning"].startswith("length may explain this difference: among units of similar length")
    assert abs(within["share_higher"] - 0.5) < 0.08
    assert within["warning"] == ""
    assert f"{within['share_higher']:.2f}" in plain["warning"]


def test_a_difference_at_each_length_stays_and_is_not_warned_of() -> None:
    table = of_length()
    table["negative_share"] += np.where(table["kind"] == "comment", 60, 0)
    assert compare(table, metrics=["negative_share"]).iloc[0]["warning"] == ""
    within = compare(table, metrics=["negative_share"], given="words").iloc[0]
    assert within["verdict"].startswith("comments: ")


def test_the_share_within_strata_is_that_counted_by_hand() -> None:
    # Two lengths. Short: article 1, 2, comment 2 -> 1.5 of 2 pairs. Long: article 5, comments 4, 6, 6 -> 2 of 3 pairs.
    # Van Elteren: each stratum's pairs by its units: (1.5 / 3 + 2 / 4) / (2 / 3 + 3 / 4)
    rows = [("article", 10, 1), ("article", 10, 2), ("comment", 10, 2), ("article", 50, 5)]
    rows += [("comment", 50, 4), ("comment", 50, 6), ("comment", 50, 6)]
    table = pd.DataFrame(rows, columns=["kind", "length", "words"]).astype({"words": float})
    found = compare(table, metrics=["words"], given="length").iloc[0]
    assert found["share_higher"] == pytest.approx((1.5 / 3 + 2 / 4) / (2 / 3 + 3 / 4))


def test_the_column_of_given_is_checked() -> None:
    table = of_length()
    with pytest.raises(ValueError, match=r"needs the column 'size'; it has .*given="):
        compare(table, metrics=["words"], given="size")
    with pytest.raises(ValueError, match=r"given='text_id' must be a column of numbers"):
        compare(table, metrics=["words"], given="text_id")
    apart = table.assign(words=np.where(table["kind"] == "article", 1.0, 99.0))
    verdict = compare(apart, metrics=["negative_share"], given="words").iloc[0]["verdict"]
    assert verdict == "cannot tell: too few units of similar words in both groups"


# ---- what comments quote


QUOTING = {
    "lines": "> It is a terrible, awful plan. I hate it.\n\n{own}",
    "two levels": ">> It is a terrible, awful plan.\n> I hate it.\n\n{own}",
    "at the end": "{own}\n\n> It is a terrible, awful plan.\n> I hate it.",
}


@pytest.mark.parametrize("quoting", QUOTING.values(), ids=QUOTING.keys())
@pytest.mark.parametrize("lazy", [False, True])
def test_a_comment_is_compared_without_what_it_quotes(quoting: str, lazy: bool) -> None:
    article = "\n\n".join(f"The library opens at {hour}." for hour in range(9))
    own = [f"I like plan {number}. It is a good plan." for number in range(9)]
    texts = pd.DataFrame({"thread_id": "t", "kind": ["article"] + ["comment"] * 9})
    texts["text_id"] = [f"t{number}" for number in range(10)]
    plain, quoted = (
        measure(split_sentences(texts.assign(text=[article, *map(form, own)])), ["sentiment"])
        for form in (str, lambda each: quoting.format(own=each))
    )
    assert len(quoted) > len(plain)
    given: list[Any] = [plain, quoted]
    if lazy:
        given = [pytest.importorskip("dask.dataframe").from_pandas(each, npartitions=2) for each in given]
    found: list[Any] = [compare(each) for each in given]
    first, second = ((each.compute() if lazy else each).iloc[0] for each in found)
    assert second["left_out"] == len(quoted) - len(plain)
    pd.testing.assert_series_equal(first.drop("left_out"), second.drop("left_out"))
    pd.testing.assert_frame_equal(compare_threads(plain), compare_threads(quoted))


def test_an_article_is_compared_with_what_it_quotes() -> None:
    texts = pd.DataFrame({"kind": ["article", "comment"], "text": ["> Bad.\n\nFine.", "> Bad.\n\nFine."]})
    found = compare(measure(split_sentences(texts), ["sentiment"])).iloc[0]
    assert (found["article_n"], found["comment_n"], found["left_out"]) == (2, 1, 1)


def test_robustness_leaves_out_what_comments_quote_as_compare_does() -> None:
    texts = pd.DataFrame({"kind": ["article", "comment"], "text": ["# Title\n\nFine.", "> Bad. Awful.\n\nFine. Good."]})
    assert set(robustness(texts).query("unit == 'sentences'")["comment_n"]) == {2}
