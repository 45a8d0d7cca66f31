"""Contrasts: contributions add up, scores equal hand arithmetic, whole texts are permuted, figures show it."""

import itertools
import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from helpers.adversarial import BASE, KINDS, hostile
from matplotlib.colors import to_hex

import toolkit
from toolkit import explain_sentiment, keyness, load_corpus, plot_keyness, plot_word_shift, read, word_shift
from toolkit.comparison.holm import holm
from toolkit.comparison.permutation_p_values import _dealt, _tossed
from toolkit.figures.alt_text_and_description import description
from toolkit.figures.layout import Picture
from toolkit.figures.word_rows import word_label

CORPORA = ("library-hours", "nato-preemptive-strike")
LIBRARY, FEATURED = map(load_corpus, CORPORA)
PAIR = ("article", "comment")
NEGATED = -0.74  # VADER's factor
T7 = 2.364624  # 97.5 % quantile of Student's t with 7 degrees of freedom, from a printed table
each_corpus = pytest.mark.parametrize("texts", [LIBRARY, FEATURED], ids=CORPORA)
RUNNING = ("paragraph", "list_item", "quote")


def table(articles: list[Any], comments: list[Any]) -> pd.DataFrame:
    kinds = ["article"] * len(articles) + ["comment"] * len(comments)
    return pd.DataFrame({"kind": kinds, "text": pd.Series([*articles, *comments], dtype=object)})


def shifted(first: str, second: str, **options: Any) -> pd.DataFrame:
    return word_shift(table([first], [second]), **options).set_index("word")


def keyed(articles: list[str], comments: list[Any], **options: Any) -> pd.DataFrame:
    return keyness(table(articles, comments), **({"min_count": 1} | options)).set_index("word")


def row(found: pd.DataFrame, word: str) -> dict[str, Any]:
    return {str(name): value for name, value in found.loc[word].items()}


def sum_explained(texts: pd.DataFrame, group: str) -> float:
    """The final values of all words of a group, as `explain_sentiment` shows them."""
    return math.fsum(
        value for text in texts.loc[texts["kind"] == group, "text"] for value in explain_sentiment(str(text))["value"]
    )


def check_that_it_adds_up(texts: pd.DataFrame) -> None:
    shift = word_shift(texts)
    means = [sum_explained(texts, group) / shift[f"count_{group}"].sum() for group in PAIR]
    assert math.fsum(shift["contribution"]) == pytest.approx(means[1] - means[0], abs=1e-12)
    parts = shift["from_use"] + shift["from_scoring"]
    assert np.allclose(parts, shift["contribution"], rtol=0, atol=1e-12)
    assert math.fsum(shift["share"].fillna(0)) == pytest.approx(1.0 if shift["contribution"].any() else 0.0)


# word_shift


def test_function_words_can_be_left_out_and_still_count_in_the_sizes() -> None:
    texts = pd.DataFrame(
        {"kind": ["article", "comment"], "text": ["The tea, the tea and you.", "Tea? We're of the sea."]}
    )
    every, without = (keyness(texts, min_count=1, function_words=each).set_index("word") for each in (True, False))
    assert sorted(every.index) == ["and", "of", "sea", "tea", "the", "we're", "you"]
    assert sorted(without.index) == ["sea", "tea"]
    assert without["per_1000_article"]["tea"] == every["per_1000_article"]["tea"] == pytest.approx(2000 / 6)
    figure = plot_keyness(texts, min_count=1, function_words=False)
    assert "Function words left out." in figure.caption


def test_a_negated_word_makes_the_difference_that_hand_arithmetic_gives() -> None:
    shift = shifted("A good plan.", "Not a good plan.")
    good = shift.loc["good"]
    scored = 1.9 * NEGATED
    assert (good["value_article"], good["value_comment"]) == pytest.approx((1.9, scored))
    assert good["contribution"] == pytest.approx(scored / 4 - 1.9 / 3)
    assert good["from_use"] == pytest.approx((1 / 4 - 1 / 3) * (1.9 + scored) / 2)
    assert good["from_scoring"] == pytest.approx((scored - 1.9) * (1 / 3 + 1 / 4) / 2)
    assert good["share"] == 1
    assert (good["per_1000_article"], good["per_1000_comment"]) == pytest.approx((1000 / 3, 250))


@each_corpus
def test_the_contributions_add_up_to_the_difference_of_the_means(texts: pd.DataFrame) -> None:
    check_that_it_adds_up(texts)


@pytest.mark.parametrize("kind", KINDS)
def test_the_contributions_of_hostile_texts_add_up_and_their_keyness_is_finite(kind: str) -> None:
    texts = table([BASE], hostile(kind))
    check_that_it_adds_up(texts)
    assert np.isfinite(keyness(texts, permutations=19)[["delta", "z", "log_ratio"]].to_numpy(float)).all()


@each_corpus
def test_the_counts_add_up_to_the_words_and_emoji_of_the_running_text(texts: pd.DataFrame) -> None:
    shift = word_shift(texts)
    for group in PAIR:
        own = [str(text) for text in texts.loc[texts["kind"] == group, "text"]]
        emoji = sum(int(toolkit.emoji_table(text)["block"].isin(RUNNING).sum()) for text in own)
        assert shift[f"count_{group}"].sum() == sum(read(text).words for text in own) + emoji


@each_corpus
def test_a_word_of_one_group_is_all_use_and_one_scored_alike_is_not_scored_differently(texts: pd.DataFrame) -> None:
    shift = word_shift(texts)
    alone = shift[(shift["count_article"] == 0) | (shift["count_comment"] == 0)]
    assert (alone["from_scoring"] == 0).all()
    alike = shift[shift["value_article"] == shift["value_comment"]]
    assert len(alike) > 20
    assert (alike["from_scoring"] == 0).all()


def test_order_is_by_size_then_alphabet_and_the_same_texts_make_no_difference() -> None:
    shift = word_shift(LIBRARY)
    rows = zip(-shift["contribution"].abs(), shift["word"], strict=True)
    assert list(rows) == sorted(zip(-shift["contribution"].abs(), shift["word"], strict=True))
    for one, other in (([BASE], [BASE]), (["It is good. It is good."], ["It is good."] * 6)):
        same = word_shift(table(one, other))
        assert (same[["contribution", "from_use", "from_scoring"]] == 0).all(axis=None)
        assert same["share"].isna().all()


def test_words_are_lower_case_bare_emoji_are_themselves_and_pseudonyms_are_not_words() -> None:
    first = "The U.S. plan—“War”, (war) isn’t well-known. Vitamin D :D ❤️ ❤ 🔥 https://war.org -- 3.14"
    counts = shifted(first, "x")["count_article"]
    assert {word: count for word, count in counts.items() if count} == Counter(
        "the u.s. plan war war isn't well-known vitamin d :d ❤ ❤ 🔥 3.14".split()
    )
    first = "Reader 02 is wrong, @Reader 03’s bridge. A Reader since 2012; Readers 12 said: (Reader 100)"
    counts = shifted(first, "x")["count_article"]
    expected = Counter("is wrong bridge a reader since 2012 readers 12 said".split())
    assert {word: count for word, count in counts.items() if count} == expected


@pytest.mark.parametrize(
    ("text", "word", "value"),
    [
        ("A 🔥 here.", "🔥", -1.4),  # its name is "fire", which is in the word list
        ("The song went to No. 1.", "no", 0),  # short for "number"
        ("No. That is all.", "no", -1.2),
    ],
)
def test_a_use_has_its_value_after_vaders_rules(text: str, word: str, value: float) -> None:
    assert shifted(text, "x").loc[word, "value_article"] == pytest.approx(value)


def test_titles_headings_and_solicitation_are_left_out_and_reported_voices_if_asked() -> None:
    text = "# A terrible title\n\nGood day.\n\n## An awful heading\n\n<!-- promo -->\nPlease love us and donate."
    assert sorted(shifted(text, "x").query("count_article > 0").index) == ["day", "good"]
    text = 'I like tea. He said: "This is a terrible, awful, evil drink."'
    assert shifted(text, "x")["count_article"].sum() == 12
    kept = shifted(text, "x", voices=("author",))
    assert sorted(kept.query("count_article > 0").index) == ["i", "like", "tea"]


def test_missing_texts_other_groups_and_the_order_of_rows_change_nothing() -> None:
    more = pd.concat(
        [LIBRARY, pd.DataFrame({"kind": ["comment", "reply", None], "text": [pd.NA, "awful", "evil"]})],
        ignore_index=True,
    )
    for function in (word_shift, keyness):
        expected = function(LIBRARY)
        pd.testing.assert_frame_equal(function(more.sample(frac=1, random_state=1)), expected)


def test_a_group_without_words_has_no_mean() -> None:
    shift = word_shift(table(["A good plan."], ["...", None]))
    assert shift["word"].tolist() == ["a", "good", "plan"]
    assert shift[["contribution", "from_use", "share", "per_1000_comment"]].isna().all(axis=None)
    assert word_shift(table([None], [""])).empty
    assert keyed(["- -"], ["", None]).empty


def test_word_shift_and_keyness_have_the_columns_that_they_promise() -> None:
    for function, counted, scores in (
        (word_shift, "count per_1000 value", "contribution from_use from_scoring share"),
        (keyness, "count texts per_1000", "delta z log_ratio log_ratio_low log_ratio_high p p_holm why_no_p"),
    ):
        sides = [f"{what}_{group}" for what in counted.split() for group in PAIR]
        assert list(function(FEATURED).columns) == ["word", *sides, *scores.split()]


@pytest.mark.parametrize(
    ("article", "comment", "finding"),
    [
        ("A good plan.", "A good, good plan.", "more positive"), ("A bad plan.", "A plan.", "less negative"),
        ("A good, good plan.", "A good plan.", "less positive"), ("A bad, bad plan.", "A bad plan.", "less negative"),
        ("A good plan.", "A plan.", "less positive"), ("A bad plan.", "A bad, bad plan.", "more negative"),
        ("A bad plan.", "A good plan.", "more positive"), ("A good plan.", "A bad plan.", "more negative"),
        ("A bad plan.", "A bad plan, a bad one, it is so.", "less negative"),
        ("A good, weak plan.", "A good, weak, long plan.", "on balance neither positive nor negative"),
    ],
)  # fmt: skip
def test_the_title_calls_words_positive_only_if_a_mean_is(article: str, comment: str, finding: str) -> None:
    title = plot_word_shift(table([article], [comment])).get_suptitle().replace("\n", " ")
    than = f"The words of the comments are {finding} than those of the article"
    assert (f"of the article are {finding}" if "neither" in finding else than) in title


@pytest.mark.parametrize("function", [word_shift, keyness, plot_word_shift, plot_keyness])
@pytest.mark.parametrize(
    ("texts", "options", "says"),
    [
        (FEATURED.drop(columns="text"), {}, "column 'text'; it has"),
        (FEATURED, {"by": "side"}, r"needs the column 'side'; it has \['text_id'.*by="),
        (FEATURED, {"pair": ("article", "reply")}, r"has no 'reply'; it has \['article', 'comment'\].*pair="),
        (FEATURED, {"pair": ("article", "article")}, "two different groups"),
        (FEATURED.assign(block="paragraph"), {}, "split before.*load_corpus"),
        (FEATURED, {"voices": ("autor",)}, "voices must be 'author' or 'attributed', not 'autor'"),
        (FEATURED, {"voices": ()}, "attributed"),
    ],
)
def test_tables_groups_and_voices_without_contrast_are_refused(
    function: Callable[..., Any], texts: pd.DataFrame, options: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        function(texts, **options)


@pytest.mark.parametrize("kind", ["article", "comment"])
def test_groups_in_other_languages_have_no_word_shift_but_keyness(kind: str) -> None:
    german = "Das ist doch in jeder Stadt dasselbe, die Leute sind hier, und niemand will verantwortlich sein."
    texts = FEATURED.assign(text=FEATURED["text"].where(FEATURED["kind"] != kind, german))
    with pytest.raises(ValueError, match=rf"group '{kind}' is in English.*keyness"):
        word_shift(texts)
    assert "niemand" in set(keyness(texts, min_count=1)["word"])


@pytest.mark.parametrize("options", [{"prior": 0}, {"prior": math.nan}, {"min_count": 0}, {"permutations": 0}])
def test_options_out_of_range_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="usual"):
        keyness(FEATURED, **options)


# keyness: scores


def test_delta_and_z_are_those_of_hand_arithmetic() -> None:
    keys = keyed(["Tea tea tea milk."], ["Tea milk milk milk."], prior=8)
    # The prior's eight words: four for each word.  Odds of tea: (3 + 4) to (4 + 8 - 7), and (1 + 4) to (4 + 8 - 5).
    delta = math.log(5 / 7) - math.log(7 / 5)
    variance = 1 / (3 + 4) + 1 / (1 + 4)
    assert keys.loc["tea", "delta"] == pytest.approx(delta)
    assert keys.loc["tea", "z"] == pytest.approx(delta / math.sqrt(variance))
    assert keys.loc["milk", "z"] == pytest.approx(-delta / math.sqrt(variance))


def test_a_word_of_equal_rate_scores_nothing_on_any_scale() -> None:
    keys = keyed(["Tea milk sugar. " * 2] * 8, ["Tea milk honey. " * 3] * 9, permutations=99)
    tea = keys.loc["tea"]
    assert (tea["delta"], tea["z"], tea["log_ratio"]) == pytest.approx((0, 0, 0), abs=1e-12)
    assert (tea["p"], tea["p_holm"]) == (1, 1)
    assert tea["log_ratio_low"] < 0 < tea["log_ratio_high"]


def test_the_log_ratio_counts_doublings_and_a_word_that_is_all_there_is_has_no_odds() -> None:
    keys = keyed(["tea " * 4 + "milk " * 12], ["tea " * 8 + "honey " * 8])
    assert keys.loc["tea", "log_ratio"] == 1
    assert keys.loc["honey", "log_ratio"] == math.log2(8 / 0.5)
    assert keys.loc["milk", "log_ratio"] == -math.log2(12 / 0.5)
    alone = keyed(["tea"] * 9, ["tea tea"] * 9)
    assert alone["z"].isna().all()
    assert alone["log_ratio"].tolist() == [0]


def test_the_order_of_the_pair_turns_every_sign() -> None:
    one, other = (keyness(LIBRARY, pair=pair, permutations=1).set_index("word") for pair in (PAIR, PAIR[::-1]))
    for name in ("delta", "z", "log_ratio"):
        assert np.allclose(one[name], -other[name].loc[one.index], rtol=0, atol=1e-12)
    assert np.allclose(one["log_ratio_low"], -other["log_ratio_high"].loc[one.index])


def test_the_interval_of_texts_that_are_all_alike_is_that_of_single_draws() -> None:
    keys = keyed(["tea milk milk milk."] * 8, ["tea tea milk milk."] * 8)
    variance = (1 / 8 - 1 / 32) + (1 / 16 - 1 / 32)
    half = T7 * math.sqrt(variance) / math.log(2)
    tea = keys.loc["tea"]
    assert (tea["log_ratio_low"], tea["log_ratio_high"]) == pytest.approx((1 - half, 1 + half), abs=1e-5)


def test_the_interval_of_a_word_that_one_text_repeats_is_wider() -> None:
    even = keyed(["tea milk milk milk."] * 8, ["tea tea milk milk."] * 8).loc["tea"]
    bunched = keyed(["tea milk milk milk."] * 8, ["milk milk milk milk."] * 4 + ["tea tea tea tea."] * 4).loc["tea"]
    assert bunched["count_comment"] == even["count_comment"]
    # Rate 1/2; each of the eight texts is two words off: 8/7 * (8 * 2 ** 2) / 16 ** 2.
    variance = (1 / 8 - 1 / 32) + 8 / 7 * 32 / 256
    assert bunched["log_ratio_high"] == pytest.approx(1 + T7 * math.sqrt(variance) / math.log(2), abs=1e-5)
    assert bunched["log_ratio_high"] > even["log_ratio_high"]


def test_counts_texts_and_rates_are_those_counted_by_hand_and_rare_words_count_in_the_sizes() -> None:
    tea = keyed(["Tea, tea!", "Milk."], ["Tea."] * 3 + ["Milk honey."]).loc["tea"]
    assert (tea["count_article"], tea["count_comment"], tea["texts_article"], tea["texts_comment"]) == (2, 3, 1, 3)
    assert (tea["per_1000_article"], tea["per_1000_comment"]) == pytest.approx((2000 / 3, 600))
    keys = keyness(table(["tea tea tea milk"], ["tea honey"]))
    assert keys["word"].tolist() == ["tea"]
    assert keys["per_1000_article"].tolist() == [750]


# keyness: chance


def plain_z(first: Counter[str], second: Counter[str], word: str, prior: float) -> float:
    """Monroe and others' z in plain Python."""
    sizes = [first.total(), second.total()]
    share = prior * (first[word] + second[word]) / sum(sizes)
    odds = [
        (uses[word] + share) / (size + prior - uses[word] - share)
        for uses, size in zip((first, second), sizes, strict=True)
    ]
    return math.log(odds[1] / odds[0]) / math.sqrt(1 / (first[word] + share) + 1 / (second[word] + share))


def test_p_is_that_of_all_permutations_of_whole_texts() -> None:
    articles = ["tea tea milk"] * 4 + ["tea honey milk sugar"] * 2 + ["milk honey"] * 2
    comments = ["milk honey sugar"] * 5 + ["tea milk milk"] * 2 + ["honey honey"]
    units = [Counter(text.split()) for text in articles + comments]
    whole = sum(units, Counter())
    scores = []
    for chosen in itertools.combinations(range(16), 8):
        first: Counter[str] = Counter()
        for unit in chosen:
            first.update(units[unit])
        scores.append(abs(plain_z(first, whole - first, "tea", 500)))
    expected = sum(score >= scores[0] - 1e-9 for score in scores) / len(scores)
    assert 0.01 < expected < 0.2
    assert keyed(articles, comments, permutations=4_999).loc["tea", "p"] == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(("units", "size"), [(9, 4), (40, 20), (41, 15), (60, 3), (300, 100), (16, 8)])
def test_each_draw_is_a_random_subset_of_the_size_and_takes_every_unit_and_pair_alike(units: int, size: int) -> None:
    rng = np.random.default_rng(0)
    draw: Any = (lambda *given: _dealt(*given).toarray()) if 3 * size <= units else _tossed
    draws = np.concatenate([draw(units, size, 100, rng) for _ in range(80)]).T
    assert draws.shape[1] > 7_500
    assert set(draws.sum(axis=0).tolist()) == {size}
    single, pair = size / units, size * (size - 1) / (units * (units - 1))
    together = draws.astype(float) @ draws.T / draws.shape[1]
    for expected, found in ((single, np.diag(together)), (pair, together[~np.eye(units, dtype=bool)])):
        error = math.sqrt(expected * (1 - expected) / draws.shape[1])
        assert np.abs(found - expected).max() < 6 * error
        assert found.std() < 1.5 * error


def test_one_commenters_habit_is_not_a_difference_but_a_habit_of_many_is() -> None:
    articles = ["milk and honey and sugar"] * 20
    habit = row(keyed(articles, ["tea " * 20 + "milk"] + ["milk and honey and sugar"] * 19), "tea")
    many = row(keyed(articles, ["tea milk honey and sugar"] * 20), "tea")
    assert habit["count_comment"] == many["count_comment"] == 20
    assert habit["why_no_p"] == "in 1 of 40 units: too few for p < 0.05"
    assert math.isnan(habit["p"])
    assert many["p_holm"] < 0.05


def test_a_single_article_is_cut_into_its_blocks() -> None:
    texts = [f"Milk and honey number {name}.\n" for name in "one two three four five six seven eight nine".split()]
    comments = [f"Tea and honey number {name}." for name in "one two three four five six seven eight nine ten".split()]
    keys = keyed(["\n".join(texts)], comments)
    assert keys.loc["milk", "texts_article"] == 1
    assert row(keys, "milk")["p_holm"] < 0.05
    assert keys.loc["honey", "p"] == 1


@pytest.mark.parametrize(
    ("articles", "comments", "why"),
    [
        (["One.\n\nTwo."], ["Three."] * 9, "2 blocks of the article; 8 needed"),
        (["One."], ["Three."] * 9, "1 block of the article; 8 needed"),
        (["One.", "Two."], ["Three."] * 9, "2 articles; 8 needed"),
        (["One."] * 8, ["Three."] * 7, "7 comments; 8 needed"),
        (["One."], ["...", None], "no words in comment"),
    ],
)
def test_too_few_units_have_no_p_no_interval_and_say_why(articles: list[Any], comments: list[Any], why: str) -> None:
    keys = keyed(articles, comments)
    assert set(keys["why_no_p"]) == {why}
    assert keys[["p", "p_holm", "log_ratio_low", "log_ratio_high"]].isna().all(axis=None)


def test_the_adjustment_is_holms_over_the_words_that_have_a_p() -> None:
    keys = keyness(LIBRARY)
    assert np.array_equal(keys["p_holm"], holm(keys["p"].to_numpy(float)), equal_nan=True)
    assert (keys["p"].isna() == (keys["why_no_p"] != "")).all()
    assert keys["p"].isna().any()


def test_few_permutations_do_not_keep_a_clear_difference_from_being_found() -> None:
    """Holm multiplies by the number of words: promising ones get more exchanges than were asked for."""
    others = " ".join(f"word{number}" for number in range(60))
    keys = keyed([f"tea {others}"] * 12, [f"milk {others}"] * 12, permutations=99)
    assert row(keys, "tea")["p_holm"] < 0.05
    assert row(keys, "tea")["p"] == pytest.approx(1 / (40 * 62 + 1))  # 40 for each word; the real one counts, too


def test_the_same_seed_gives_the_same_table_and_chance_alone_finds_nothing() -> None:
    comments = LIBRARY[LIBRARY["kind"] == "comment"].reset_index(drop=True)
    halves = comments.assign(half=[("a", "b")[place % 2] for place in range(len(comments))])
    one, other = (keyness(halves, by="half", pair=("a", "b"), seed=3) for _ in range(2))
    pd.testing.assert_frame_equal(one, other)
    assert not (one["p_holm"] < 0.05).any()


# Figures


def points(figure: Picture) -> list[Any]:
    return [line for line in figure.axes[0].lines if line.get_linestyle() == "None"]


def labels(figure: Picture) -> list[str]:
    return [label.get_text() for label in figure.axes[0].get_yticklabels()]


@each_corpus
def test_all_bars_together_are_the_difference_of_the_means(texts: pd.DataFrame) -> None:
    figure = plot_word_shift(texts)
    widths = [patch.get_width() for patch in figure.axes[0].patches]  # type: ignore[attr-defined]
    assert math.fsum(widths) == pytest.approx(1000 * math.fsum(word_shift(texts)["contribution"]), abs=1e-9)
    assert len(labels(figure)) == 16
    assert labels(figure)[-1].startswith("all other words (")


def test_bars_differ_in_colour_and_hatch_and_the_figure_says_means_directions_and_values() -> None:
    figure = plot_word_shift(table(["A good plan."], ["Not a good plan."]))
    use, scoring = figure.axes[0].patches
    good = shifted("A good plan.", "Not a good plan.").loc["good"]
    assert (use.get_width(), scoring.get_width()) == pytest.approx(  # type: ignore[attr-defined]
        (1000 * good["from_use"], 1000 * good["from_scoring"])
    )
    assert (use.get_hatch(), scoring.get_hatch()) == (None, "/////")  # type: ignore[comparison-overlap]
    assert to_hex(use.get_facecolor()) != to_hex(scoring.get_facecolor())
    assert points(figure)[0].get_xdata() == pytest.approx([1000 * good["contribution"]])
    figure = plot_word_shift(table(["A good plan."], ["Not a good plan."]))
    words = description(figure).replace("\\n", " ")
    # 1000 * 1.9 / 3 and 1000 * -1.406 / 4
    assert "article +633.3, comment −351.5." in words
    assert "mostly because of “good”" in words
    for phrase in ("difference, −984.8", "uses in article", "uses in comments", "← more negative", "more positive →"):
        assert phrase in words
    assert "n = 3 and 4 words and emoji" in words


def test_each_side_of_keyness_shows_words_at_their_log_ratio_with_interval_and_counts() -> None:
    keys = keyness(LIBRARY)
    typical = pd.concat([keys[keys["z"] < 0].head(12), keys[keys["z"] > 0].head(12)])
    figure = plot_keyness(LIBRARY)
    assert [line.get_xdata()[0] for line in points(figure)] == typical["log_ratio"].tolist()
    filled = [line.get_markerfacecolor() != "#ffffff" for line in points(figure)]
    assert filled == (typical["p_holm"] < 0.05).tolist()
    assert any(filled)
    assert labels(figure) == [{"i": "I", "i'm": "I'm"}.get(word, word) for word in typical["word"]]
    written = [text.get_text() for text in figure.axes[0].texts]
    for group in ("article", "comment"):
        assert set(typical[f"count_{group}"].map("{:,}".format)) <= set(written)
    figure = plot_keyness(LIBRARY)
    by_word = keys.set_index("word")
    ends = [list(line.get_xdata()) for line in figure.axes[0].lines if line.get_linewidth() == 1.6]  # type: ignore[arg-type]
    assert by_word.loc["are", ["log_ratio_low", "log_ratio_high"]].tolist() in ends  # type: ignore[operator]
    assert len(ends) == 24
    rare = len(word_shift(LIBRARY)) - len(keys)
    assert f"Left out: {rare} words used fewer than 3 times." in figure.caption


def test_without_a_p_every_point_is_open_and_the_title_says_why() -> None:
    figure = plot_keyness(FEATURED)
    assert {line.get_markerfacecolor() for line in points(figure)} == {"#ffffff"}
    assert figure.get_suptitle() == "No verdict on any of 48 words: 2 comments; 8 needed"


def test_words_and_emoji_have_distinguishable_labels() -> None:
    assert [word_label(word) for word in ("fire", "🔥", "❤", "1⃣", ":)", "x" * 99)] == [
        "fire", "[fire]", "[red heart]", "[keycap 1]", ":)", "x" * 23 + "…"
    ]  # fmt: skip
