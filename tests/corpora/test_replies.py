import pandas as pd
import pytest

from toolkit import compare, load_corpus, measure, place_comments, split_sentences
from toolkit.corpora.replies import TOP, cycles, depths, nearest_kept, parent_positions, reading_order, roots


def thread(*rows: tuple[str, str | None, str | None, int | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["text_id", "reply_to", "posted", "likes"])
    table["posted"] = pd.to_datetime(table["posted"], utc=True)
    table["likes"] = table["likes"].astype("Int64")
    return table.assign(thread_id="t", kind="comment", text="Fine.")


def test_depth_counts_the_steps_to_the_article_and_a_circle_of_replies_has_none() -> None:
    table = thread(("c", "b", None, None), ("b", "a", None, None), ("a", None, None, None), ("d", "gone", None, None))
    assert place_comments(table).depth.tolist() == [3, 2, 1, 1]
    table = thread(("a", "b", None, None), ("b", "a", None, None), ("c", "c", None, None), ("d", "a", None, None))
    assert place_comments(table).depth.isna().tolist() == [True, True, True, True]


def test_a_chain_of_ten_thousand_replies_is_walked_without_recursion() -> None:
    rows = [(str(i), str(i - 1) if i else None, None, None) for i in range(10_000)]
    assert place_comments(thread(*rows)).depth.tolist() == list(range(1, 10_001))


def test_order_goes_by_date_then_by_the_table_and_liking_by_the_median_of_the_thread() -> None:
    days = ["2025-01-03", "2025-01-01", None, "2025-01-01"]
    placed = place_comments(thread(*((name, None, day, None) for name, day in zip("abcd", days, strict=True))))
    assert placed.order.tolist() == [3, 1, 4, 2]
    assert placed.timing.tolist() == ["late", "early", "late", "early"]
    placed = place_comments(
        thread(("a", None, None, 0), ("b", None, None, 5), ("c", None, None, 9), ("d", None, None, None))
    )
    assert placed.liking.fillna("none").tolist() == ["less liked", "less liked", "more liked", "none"]


def test_articles_have_no_position_and_the_input_is_not_changed() -> None:
    texts = load_corpus("library-hours")
    before = texts.copy(deep=True)
    placed = place_comments(texts)
    assert placed[placed.kind == "article"][["depth", "order", "timing", "liking"]].isna().all(axis=None)
    assert placed.depth.value_counts().sort_index().tolist() == [25, 19, 9, 4, 3]  # as the corpus was composed
    pd.testing.assert_frame_equal(texts, before)


def test_units_keep_the_place_of_their_text_and_can_be_compared_by_it() -> None:
    measured = measure(split_sentences(place_comments(load_corpus("library-hours"))))
    table = compare(measured, by="timing", pair=("early", "late")).set_index("metric")
    assert table.loc["sentiment", ["early_texts", "late_texts"]].sum() == 59  # one comment is emoji only
    assert not table.verdict.str.contains("earlys|lates").any()


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match=r"needs the column 'likes'; it has"):
        place_comments(load_corpus("library-hours").drop(columns="likes"))


# 0 and 4 are at the top; 1 and 3 reply to 0, 2 to 1; 5 and 6 reply to each other, 7 to 6.
PARENTS = [TOP, 0, 1, 0, TOP, 6, 5, 6]


def test_a_tree_is_read_parents_first_and_cycles_last() -> None:
    assert parent_positions("abc", ["b", None, "gone"]) == [1, TOP, TOP]
    assert reading_order(PARENTS) == [0, 1, 2, 3, 4, 5, 6, 7]
    assert reading_order([1, TOP, 1]) == [1, 0, 2]
    assert depths(PARENTS) == [1, 2, 3, 2, 1, None, None, None]


def test_the_first_text_of_a_cycle_stands_for_its_conversation() -> None:
    assert cycles(PARENTS) == [5]
    assert roots(PARENTS) == [0, 0, 0, 0, 4, 5, 5, 5]
    assert cycles([0]) == [0]
    assert cycles([2, 0, 1, 0]) == [0]


def test_a_reply_moves_up_to_the_nearest_text_that_is_kept() -> None:
    assert nearest_kept([TOP, 0, 1, 2], [True, False, False, True]) == [TOP, 0, 0, 0]
    assert nearest_kept([TOP, 0, 1], [False, False, True]) == [TOP, TOP, TOP]
