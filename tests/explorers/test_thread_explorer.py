"""What explore_thread shows: the same numbers as the public functions give, and always the words behind them."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from toolkit.corpora.load import load_corpus
from toolkit.explorers.thread_explorer import ThreadPanel, explore_thread
from toolkit.explorers.thread_model import Bar, _bars
from toolkit.metrics.measure import METRICS, Metric, measure
from toolkit.text.units import split_sentences


@pytest.fixture(scope="module")
def texts() -> pd.DataFrame:
    return load_corpus("library-hours")


@pytest.fixture
def panel(texts: pd.DataFrame) -> ThreadPanel:
    return explore_thread(texts)


def act(panel: ThreadPanel, do: str, value: str = "") -> None:
    panel.act({"do": do, "value": value})


def shown_names(panel: ThreadPanel) -> list[str]:
    """The comments in the list, by their buttons."""
    return re.findall(r'data-value="([^"]*)" data-id="open [^"]*"[^>]*>Open Reader', panel.parts["sides"])


def small(*comments: tuple[str, str | None, str]) -> pd.DataFrame:
    """An article `a` and comments (name, what it answers, text)."""
    rows = [("a", "article", None, "# Title\n\nA good day."), *((n, "comment", up, text) for n, up, text in comments)]
    table = pd.DataFrame(rows, columns=["text_id", "kind", "reply_to", "text"])
    return table.assign(
        thread_id="t",
        author=[f"Reader {number:02d}" for number in range(len(table))],
        posted=pd.Series(pd.NaT, index=table.index, dtype="datetime64[us, UTC]"),
        likes=pd.array([None] * len(table), dtype="Int64"),
        language="en",
    )


def test_the_bars_hold_every_sentence_with_a_value_once(panel: ThreadPanel, texts: pd.DataFrame) -> None:
    units = measure(split_sentences(texts), ["sentiment"]).dropna(subset=["sentiment"])
    for side in ("article", "comment"):
        assert sum(panel.view.count(bar, side) for bar in panel.view.bars) == (units["kind"] == side).sum()


def test_a_bar_counts_what_numpy_counts_between_its_ends(panel: ThreadPanel, texts: pd.DataFrame) -> None:
    units = measure(split_sentences(texts), ["sentiment"])
    values = units.loc[units["kind"] == "comment", "sentiment"].to_numpy()
    bars = panel.view.bars
    assert Bar(0.0, 0.0) in bars
    assert panel.view.count(Bar(0.0, 0.0), "comment") == (values == 0).sum()
    lowest = bars[0]
    assert panel.view.count(lowest, "comment") == ((values >= lowest.low) & (values < lowest.high)).sum()


def test_a_pressed_bar_leaves_the_sentences_behind_it_with_their_values(panel: ThreadPanel) -> None:
    at = next(n for n, bar in enumerate(panel.view.bars) if panel.view.count(bar, "comment") > 2)
    bar = panel.view.bars[at]
    act(panel, "bar", f"comment {at}")
    behind = panel.view.behind
    assert behind is not None
    assert behind["sentiment"].between(bar.low, bar.high).all()
    assert set(shown_names(panel)) == set(behind["text_id"])
    assert panel.parts["sides"].count("btl-behind") == len(behind) == panel.view.count(bar, "comment")
    assert 'aria-pressed="true"' in panel.parts["figure"]
    act(panel, "bar", f"comment {at}")
    assert panel.view.behind is None


def test_each_bar_is_a_button_that_says_side_range_count_and_share(panel: ThreadPanel) -> None:
    buttons = re.findall(r'<button[^>]*data-do="bar"[^>]*aria-label="([^"]*)"', panel.parts["figure"])
    filled = sum(panel.view.count(bar, side) > 0 for bar in panel.view.bars for side in ("article", "comment"))
    assert len(buttons) == filled
    assert all(re.fullmatch(r"(article|comments), .+: \d+ of \d+, \d+%", told) for told in buttons)


@pytest.mark.parametrize(
    ("choices", "left"),
    [
        ({"depth_to": "1"}, lambda t: t["reply_to"].isna()),
        ({"likes_from": "40"}, lambda t: t["likes"] >= 40),
        ({"likes_from": "5", "likes_to": "9"}, lambda t: t["likes"].between(5, 9)),
        ({"date_from": "2025-10-14", "date_to": "2025-10-15"}, lambda t: t["posted"].dt.day.isin([14, 15])),
        ({"likes_from": "9", "likes_to": "5"}, lambda t: t["likes"] < 0),
    ],
)
def test_a_filter_leaves_just_the_comments_that_it_names(
    panel: ThreadPanel, texts: pd.DataFrame, choices: dict[str, str], left: object
) -> None:
    for name, value in choices.items():
        act(panel, name, value)
    comments = texts[texts["kind"] == "comment"]
    wanted = comments[left(comments)]  # type: ignore[operator]
    kept = panel.view.kept
    assert set(kept.loc[kept["kind"] == "comment", "text_id"]) == set(wanted["text_id"])
    assert (
        f"{len(wanted)} comment{'s' * (len(wanted) != 1)} of 60; {60 - len(wanted)} left out" in panel.parts["status"]
    )
    act(panel, "reset")
    assert "60 comments of 60." in panel.parts["status"]


def test_a_voice_leaves_its_sentences_on_both_sides(panel: ThreadPanel, texts: pd.DataFrame) -> None:
    act(panel, "voice", "attributed")
    units = split_sentences(texts, voices=["attributed"])
    assert sorted(panel.view.shown["text"]) == sorted(units["text"].dropna())


def test_every_metric_can_be_chosen_and_says_something(panel: ThreadPanel) -> None:
    for metric in METRICS:
        act(panel, "metric", metric.name)
        assert panel.view.metric.name == metric.name
        assert panel.view.verdict.endswith("."), metric.name


def test_a_metric_of_ones_own_can_be_chosen() -> None:
    def letters(text: str) -> float:
        return float(len(text))

    own = Metric(letters, "Letters", "letters", "longer")
    view = explore_thread(small(("b", None, "Four."), ("c", None, "Fiver.")), metrics=[own]).view
    assert view.shown["letters"].tolist() == [20.0, 5.0, 6.0]


def test_answers_stand_under_what_they_answer_and_circles_last() -> None:
    table = small(("e", "e2", "E."), ("e2", "e", "E2."), ("b", "a", "B."), ("c", None, "C."), ("d", "b", "D."))
    assert explore_thread(table).view.texts["text_id"].tolist() == ["a", "b", "d", "c", "e", "e2"]


def test_a_thread_ten_thousand_deep_is_shown_in_part_and_says_how_many() -> None:
    names = [f"c{number}" for number in range(10_000)]
    table = small(*((name, up, "A fine day.") for name, up in zip(names, [None, *names[:-1]], strict=True)))
    panel = explore_thread(table, metrics=["words"])
    assert "first 40 of 10,000 comments" in panel.parts["sides"]
    act(panel, "more", "comment")
    assert len(shown_names(panel)) == 80
    assert "level 80" in panel.parts["sides"]


def test_an_opened_text_shows_the_words_that_make_its_number_and_closes_to_its_button(panel: ThreadPanel) -> None:
    act(panel, "open", "library-hours/c10")
    assert "Reader 06, word by word" in panel.parts["opened"]
    assert "level 4 · answers Reader 01 · 2025-10-13 09:05 · 14 likes" in panel.parts["opened"]
    assert re.search(r'data-sign="[^"]*\+"[^>]*>Fair</span>', panel.parts["opened"])
    act(panel, "open", "")
    assert panel.parts["opened"] == ""
    assert 'data-id="open library-hours/c10" data-take-focus' in re.sub(r"\s+", " ", panel.parts["sides"])


def test_show_more_gives_the_focus_to_the_first_that_is_new_since_the_button_may_be_gone(panel: ThreadPanel) -> None:
    assert 'data-do="more"' in panel.parts["sides"]
    act(panel, "more", "comment")
    assert 'data-do="more"' not in panel.parts["sides"]
    items = re.findall(r"<li [^>]*>", panel.parts["sides"].partition("Comments: ")[2])
    assert [at for at, item in enumerate(items) if "data-take-focus" in item] == [40]
    assert 'tabindex="-1"' in items[40]
    act(panel, "metric", "words")
    assert "data-take-focus" not in panel.parts["sides"].replace('<li class="btl-item', "")


def test_another_metric_is_told_to_those_who_hear_the_page(panel: ThreadPanel) -> None:
    before = panel.parts["status"]
    act(panel, "metric", "words_per_sentence")
    assert panel.parts["status"] != before
    assert "Sentence length. The chance that" in panel.parts["status"]


def test_a_bar_of_nothing_says_of_which_side(panel: ThreadPanel) -> None:
    assert '<span class="btl-heard">article: </span>0</span>' in panel.parts["figure"]


def test_a_text_without_a_value_says_why(panel: ThreadPanel) -> None:
    act(panel, "metric", "smog_index")
    act(panel, "open", "library-hours/c02")
    assert "SMOG grade has no value: emoji only" in panel.parts["opened"]


@pytest.mark.parametrize(
    ("do", "value", "said"),
    [
        ("metric", "sentimnet", "metric may be"), ("likes_from", "many", "not a valid value for likes from"),
        ("date_to", "<script>", "not a valid value for date to"), ("bar", "comment 99", "no such bar"),
        ("open", "nobody", "no text"), ("state", "x", "cannot be set"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_changes_nothing(panel: ThreadPanel, do: str, value: str, said: str) -> None:
    before = dict(panel.view.state)
    act(panel, do, value)
    assert said in panel.parts["status"]
    assert "<script" not in panel.parts["status"]
    assert panel.view.state == before


def test_hostile_words_are_shown_as_words_in_every_part() -> None:
    evil = '<img src=x onerror="alert(1)"><script>alert(2)</script> $x$'
    table = small(("b", None, f"{evil} What a day!"), ('"><u>', "b", "A bad day."))
    table["author"] = table["thread_id"] = evil
    panel = explore_thread(table)
    act(panel, "open", "b")
    act(panel, "bar", f"comment {[panel.view.count(bar, 'comment') > 0 for bar in panel.view.bars].index(True)}")
    act(panel, "open", "b")
    everything = "".join(panel.parts.values())
    assert "&lt;script&gt;" in everything
    assert not re.search(r"<(img|script|u)\b|onerror=\"", everything)


def test_an_article_without_comments_and_comments_without_an_article_are_shown(texts: pd.DataFrame) -> None:
    for side, said in (
        ("article", "No value for: comment"),
        ("comment", "No value for: article"),
    ):
        assert said in explore_thread(texts[texts["kind"] == side]).parts["figure"]


def test_a_table_without_texts_is_an_error(texts: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="nothing to show"):
        explore_thread(texts.head(0))
    with pytest.raises(ValueError, match=r"needs the column 'likes'; it has"):
        explore_thread(texts.drop(columns="likes"))


def test_a_page_without_a_kernel_shows_the_same_line_on_every_run(panel: ThreadPanel) -> None:
    assert repr(panel) == "<explore_thread: 1 article and 60 comments>"


def test_no_value_is_lost_at_the_ends_of_the_bars() -> None:
    values = np.array([0.0, 0.1, 0.5, 1.0])
    bars = [Bar(0.0, 0.5), Bar(0.5, 1.0, last=True)]
    assert [bar.holds(values).tolist() for bar in bars] == [[True, True, False, False], [False, False, True, True]]


@pytest.mark.parametrize(
    ("least", "most"), [(0.3, 1.003), (0.02, 0.14), (-0.87, 0.91), (3.0, 7.0), (-40.0, 171.5), (0.1 + 0.2, 0.87)]
)
def test_the_ranges_of_bars_have_the_limits_of_matplotlib(least: float, most: float) -> None:
    from matplotlib.ticker import MaxNLocator

    limits = MaxNLocator(8, steps=[1, 2, 2.5, 5, 10]).tick_values(least, most)
    bars = _bars(np.array([least, most]))
    assert [bar.low for bar in bars] + [bars[-1].high] == pytest.approx(limits.tolist(), abs=1e-9)  # type: ignore[attr-defined]
    assert bars[0].holds(np.array([least, most])).tolist() == [True, False]
    assert bars[-1].holds(np.array([least, most])).tolist() == [False, True]


def test_values_of_any_size_and_nearness_have_their_bars() -> None:
    for values in ([-1e290, 5.0, 1e290], [1e-300, 2e-300], [5.0, 5.0 + 1e-15], [2.0**60, 2.0**60 + 4096]):
        assert sum(bar.holds(np.array(values)).sum() for bar in _bars(np.array(values))) == len(values)


def test_comments_can_be_sorted_by_value_likes_and_date_and_unknown_ones_come_last(texts: pd.DataFrame) -> None:
    panel = explore_thread(small(("b", "a", "Good."), ("c", "b", "Bad."), ("d", "a", "Great!"), ("e", "a", "🙂")))
    assert shown_names(panel) == ["b", "c", "d", "e"]
    orders = {}
    for order in ("low", "high"):
        act(panel, "sort", order)
        orders[order] = [name for name in shown_names(panel) if name != "e"]
    assert orders == {"low": ["c", "b", "d"], "high": ["d", "b", "c"]}
    assert "margin-left" not in panel.parts["sides"]  # no tree, no indent
    panel = explore_thread(
        small(("b", "a", "Good."), ("c", "a", "Bad."), ("d", "a", "Fine.")).assign(likes=[None, 2, None, 7])  # type: ignore[list-item]
    )
    act(panel, "sort", "likes")
    assert shown_names(panel) == ["d", "b", "c"]
    act(panel, "sort", "loudness")
    assert "sort may be" in panel.parts["status"]
    panel = explore_thread(texts)
    act(panel, "sort", "new")
    dates = texts.set_index("text_id").loc[shown_names(panel), "posted"]
    assert dates.is_monotonic_decreasing


def test_a_time_is_shown_only_where_it_is_known() -> None:
    posted = pd.to_datetime([None, "2026-01-02T00:00", "2026-01-02T08:30"], utc=True)  # type: ignore[arg-type]
    sides = explore_thread(small(("b", "a", "Good."), ("c", "a", "Bad.")).assign(posted=posted)).parts["sides"]
    assert "<span>2026-01-02</span>" in sides
    assert "<span>2026-01-02 08:30</span>" in sides


def test_a_bar_is_labelled_by_the_share_that_its_length_shows_and_the_source_is_named(panel: ThreadPanel) -> None:
    values = panel.view.units.groupby("kind")["sentiment"].count()
    shares = {
        f"{panel.view.count(bar, side) / values[side]:.0%} <small"
        for bar in panel.view.bars
        for side in ("article", "comment")
        if panel.view.count(bar, side)
    }
    assert all(share in panel.parts["figure"] for share in shares)
    assert "Source: Below the Line (2025). Leave the Library Light On." in panel.parts["source"]
    assert "Reply level 1 answers the article" in panel.parts["controls"]


@pytest.mark.parametrize("given", ["hello", None, ["a"]])
def test_what_is_no_table_is_refused_with_the_next_step(given: object) -> None:
    with pytest.raises(TypeError, match=f"takes a table of texts, not {type(given).__name__}. load_corpus"):
        explore_thread(given)  # type: ignore[arg-type]
