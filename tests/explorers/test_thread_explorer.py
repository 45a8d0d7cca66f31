"""explore_thread: the numbers of the public functions, the words behind them, uses of words, and links."""

import copy
import functools
import re

import numpy as np
import pandas as pd
import pytest
from helpers.pages import Outline

import toolkit
from toolkit.explorers import thread_model
from toolkit.explorers.thread_explorer import ThreadPanel
from toolkit.explorers.thread_model import Bar, Excerpt, ThreadView, _bars


@pytest.fixture(scope="module")
def texts() -> pd.DataFrame:
    return toolkit.load_corpus("library-hours")


@functools.cache
def view_of(name: str, metrics: tuple[toolkit.Metric | str, ...]) -> ThreadView:
    """What each panel of a thread begins with, measured and linked once for all tests."""
    return toolkit.explore_thread(toolkit.load_corpus(name), metrics=metrics).view


def panel_of(name: str = "library-hours", metrics: tuple[toolkit.Metric | str, ...] = ("words",)) -> ThreadPanel:
    return ThreadPanel(copy.deepcopy(view_of(name, metrics)))


@pytest.fixture
def panel() -> ThreadPanel:
    return panel_of(metrics=toolkit.METRICS)


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


def test_bars_hold_every_sentence_with_a_value_once_as_numpy_counts(panel: ThreadPanel, texts: pd.DataFrame) -> None:
    units = toolkit.measure(toolkit.split_sentences(texts), ["sentiment"]).dropna(subset=["sentiment"])
    for side in ("article", "comment"):
        assert sum(panel.view.count(bar, side) for bar in panel.view.bars) == (units["kind"] == side).sum()
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


def test_each_bar_is_a_button_that_says_side_range_count_and_share_and_the_source_is_named(panel: ThreadPanel) -> None:
    buttons = re.findall(r'<button[^>]*data-do="bar"[^>]*aria-label="([^"]*)"', panel.parts["figure"])
    filled = sum(panel.view.count(bar, side) > 0 for bar in panel.view.bars for side in ("article", "comment"))
    assert len(buttons) == filled
    assert all(re.fullmatch(r"(article|comments), .+: \d+ of \d+, (&lt;1|\d+)%", told) for told in buttons)
    values = panel.view.units.groupby("kind")["sentiment"].count()
    shares = {
        "&lt;1% <small" if (share := panel.view.count(bar, side) / values[side]) < 0.005 else f"{share:.0%} <small"
        for bar in panel.view.bars
        for side in ("article", "comment")
        if panel.view.count(bar, side)
    }
    assert "&lt;1% <small" in shares  # one sentence of two hundred is not none
    assert all(share in panel.parts["figure"] for share in shares)
    assert "Source: Below the Line (2025). Leave the Library Light On." in panel.parts["source"]
    assert "Reply level 1 answers the article" in panel.parts["controls"]
    assert '<span class="btl-heard">article: </span>0</span>' in panel.parts["figure"]


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
def test_a_filter_keeps_what_it_names(
    panel: ThreadPanel, texts: pd.DataFrame, choices: dict[str, str], left: object
) -> None:
    for name, value in choices.items():
        act(panel, name, value)
    comments = texts[texts["kind"] == "comment"]
    wanted = comments[left(comments)]  # type: ignore[operator]
    kept = panel.view.kept
    assert set(kept.loc[kept["kind"] == "comment", "text_id"]) == set(wanted["text_id"])
    assert f"{len(wanted)} of 60 comments; {60 - len(wanted)} left out" in panel.parts["status"]
    act(panel, "reset")
    assert "60 of 60 comments." in panel.parts["status"]


def test_a_voice_leaves_its_sentences_on_both_sides(panel: ThreadPanel, texts: pd.DataFrame) -> None:
    act(panel, "voice", "attributed")
    units = toolkit.split_sentences(texts, voices=["attributed"])
    assert sorted(panel.view.shown["text"]) == sorted(units["text"].dropna())


def test_every_metric_can_be_chosen_and_has_a_message(panel: ThreadPanel) -> None:
    verdicts = set()
    for metric in toolkit.METRICS:
        act(panel, "metric", metric.name)
        assert panel.view.metric.name == metric.name
        assert panel.view.verdict.endswith("."), metric.name
        verdicts.add(panel.view.verdict)
    assert len(verdicts) > len(toolkit.METRICS) // 2  # one each, except for missing values


def test_a_custom_metric_can_be_chosen() -> None:
    def letters(text: str) -> float:
        return float(len(text))

    own = toolkit.Metric(letters, "Letters", "letters", "longer")
    view = toolkit.explore_thread(small(("b", None, "Four."), ("c", None, "Fiver.")), metrics=[own]).view
    assert view.shown["letters"].tolist() == [20.0, 5.0, 6.0]


def test_replies_follow_their_parents_and_cycles_come_last() -> None:
    table = small(("e", "e2", "E."), ("e2", "e", "E2."), ("b", "a", "B."), ("c", None, "C."), ("d", "b", "D."))
    assert toolkit.explore_thread(table).view.texts["text_id"].tolist() == ["a", "b", "d", "c", "e", "e2"]


def test_a_thread_ten_thousand_deep_is_shown_in_part_and_says_how_many() -> None:
    names = [f"c{number}" for number in range(10_000)]
    table = small(*((name, up, "A fine day.") for name, up in zip(names, [None, *names[:-1]], strict=True)))
    panel = toolkit.explore_thread(table, metrics=["words"])
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


def test_another_metric_is_announced_and_a_text_without_a_value_has_a_reason(panel: ThreadPanel) -> None:
    before = panel.parts["status"]
    act(panel, "metric", "words_per_sentence")
    assert panel.parts["status"] != before
    assert "Sentence length. The chance that" in panel.parts["status"]
    act(panel, "metric", "smog_index")
    act(panel, "open", "library-hours/c02")
    assert "SMOG grade has no value: emoji only" in panel.parts["opened"]


@pytest.mark.parametrize(
    ("do", "value", "said"),
    [
        ("metric", "sentimnet", "metric must be "), ("likes_from", "many", "not a valid value for likes from"),
        ("date_to", "<script>", "not a valid value for date to"), ("bar", "comment 99", "no such bar"),
        ("open", "nobody", "no text"), ("state", "x", "A filter must be"),
    ],
)  # fmt: skip
def test_impossible_requests_are_reported_and_change_nothing(
    panel: ThreadPanel, do: str, value: str, said: str
) -> None:
    before = dict(panel.view.state)
    act(panel, do, value)
    assert said in panel.parts["status"]
    assert "<script" not in panel.parts["status"]
    assert panel.view.state == before


def test_hostile_words_are_shown_as_words_in_every_part() -> None:
    evil = '<img src=x onerror="alert(1)"><script>alert(2)</script> $x$'
    table = small(("b", None, f"{evil} What a day!"), ('"><u>', "b", "A bad day."))
    table["author"] = table["thread_id"] = evil
    panel = toolkit.explore_thread(table)
    act(panel, "open", "b")
    act(panel, "bar", f"comment {[panel.view.count(bar, 'comment') > 0 for bar in panel.view.bars].index(True)}")
    act(panel, "open", "b")
    everything = "".join(panel.parts.values())
    assert "&lt;script&gt;" in everything
    assert not re.search(r"<(img|script|u)\b|onerror=\"", everything)


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


@pytest.mark.parametrize("known", ["likes", "posted", "neither"])
def test_only_what_differs_between_comments_can_be_filtered_and_sorted(known: str) -> None:
    table = small(("b", "a", "Good."), ("c", "a", "Bad."))
    table.loc[0, "likes"], table.loc[0, "posted"] = 7, pd.Timestamp("2024-05-01", tz="UTC")  # the article's own
    if known == "likes":
        table["likes"] = [7, 1, 2]
    if known == "posted":
        table.loc[1:, "posted"] = pd.to_datetime(["2024-05-02", "2024-05-03"], utc=True)
    shown = toolkit.explore_thread(table).parts["controls"]
    wanted = {"likes": ["likes_from", "likes"], "posted": ["date_from", "new"], "neither": []}[known]
    fields = [f'data-do="{name}_from"' for name in ("depth", "likes", "date")]
    found = [each for each in (*fields, '<option value="likes"', '<option value="new"') if each in shown]
    assert [each.split('"')[1] for each in found] == wanted


def test_the_source_is_the_article_that_was_read_and_is_left_out_if_not_known(texts: pd.DataFrame) -> None:
    read = toolkit.read_thread("# Lamps\n\nA good day.", url="https://example.org/lamps", quiet=True)
    assert "Source: Lamps. https://example.org/lamps<" in toolkit.explore_thread(read).parts["source"]
    assert toolkit.explore_thread(small(("b", "a", "Bad."))).parts["source"] == ""
    assert "Source: Below the Line (2025). Leave the Library Light On." in toolkit.explore_thread(texts).parts["source"]


def test_comments_can_be_sorted_by_value_likes_and_date_and_unknown_ones_come_last(texts: pd.DataFrame) -> None:
    panel = toolkit.explore_thread(
        small(("b", "a", "Good."), ("c", "b", "Bad."), ("d", "a", "Great!"), ("e", "a", "🙂"))
    )
    assert shown_names(panel) == ["b", "c", "d", "e"]
    orders = {}
    for order in ("low", "high"):
        act(panel, "sort", order)
        orders[order] = [name for name in shown_names(panel) if name != "e"]
    assert orders == {"low": ["c", "b", "d"], "high": ["d", "b", "c"]}
    assert "margin-left" not in panel.parts["sides"]  # no tree, no indent
    panel = toolkit.explore_thread(
        small(("b", "a", "Good."), ("c", "a", "Bad."), ("d", "a", "Fine.")).assign(likes=[None, 2, None, 7])  # type: ignore[list-item]
    )
    act(panel, "sort", "likes")
    assert shown_names(panel) == ["d", "b", "c"]
    act(panel, "sort", "loudness")
    assert "sort must be " in panel.parts["status"]
    panel = toolkit.explore_thread(texts)
    act(panel, "sort", "new")
    dates = texts.set_index("text_id").loc[shown_names(panel), "posted"]
    assert dates.is_monotonic_decreasing


def test_a_time_is_shown_only_where_it_is_known() -> None:
    posted = pd.to_datetime([None, "2026-01-02T00:00", "2026-01-02T08:30"], utc=True)  # type: ignore[arg-type]
    sides = toolkit.explore_thread(small(("b", "a", "Good."), ("c", "a", "Bad.")).assign(posted=posted)).parts["sides"]
    assert "<span>2026-01-02</span>" in sides
    assert "<span>2026-01-02 08:30</span>" in sides


# ---- uses of words, and what answers what

CORPORA = ("library-hours", "nato-preemptive-strike")


def found(panel: ThreadPanel, side: str) -> list[Excerpt]:
    shown = panel.view.excerpts(side)
    assert shown is not None
    return shown


@pytest.fixture(scope="module")
def links(texts: pd.DataFrame) -> pd.DataFrame:
    return toolkit.link_comments(texts).dropna(subset=["kind"])


def comments_listed(panel: ThreadPanel) -> list[str]:
    return re.findall(r'data-do="open" data-value="([^"]*/c[^"]*)"', panel.parts["sides"])


@pytest.mark.parametrize("name", CORPORA)
@pytest.mark.parametrize("query", ["the", "librar*", "war*", "of the", "it's", "NOTHING LIKE THIS"])
def test_a_search_shows_every_use_that_the_concordance_lists(name: str, query: str) -> None:
    panel, uses = panel_of(name), toolkit.concordance(toolkit.load_corpus(name), query)
    act(panel, "search", query)
    for side in ("article", "comment"):
        own = uses[uses["kind"] == side]
        assert sorted(each.mark for each in found(panel, side)) == sorted(own["keyword"])
        assert {each.text_id for each in found(panel, side)} == set(own["text_id"])
    in_article, in_comments = (int((uses["kind"] == side).sum()) for side in ("article", "comment"))
    assert f"{in_article} use{'s' * (in_article != 1)} in the article, {in_comments} in" in panel.parts["status"]
    if in_article + in_comments == 0:
        assert panel.parts["sides"].count("Nothing here with these choices.") == 2


def test_a_use_is_shown_in_context_and_respects_the_filters_and_the_voice() -> None:
    panel = panel_of()
    act(panel, "search", "library")
    marks = re.findall(r'(\w*) ?<span class="btl-behind">(library|Library)</span> ?(\w*)', panel.parts["sides"])
    assert ("the", "library", "has") in marks
    act(panel, "likes_from", "40")
    few = toolkit.load_corpus("library-hours").query("kind == 'comment' and likes >= 40")
    assert len(found(panel, "comment")) == len(toolkit.concordance(few, "library"))
    act(panel, "reset")
    act(panel, "search", "library")
    act(panel, "voice", "attributed")
    uses = toolkit.concordance(toolkit.load_corpus("library-hours"), "library").query("voice == 'attributed'")
    assert len(found(panel, "article")) + len(found(panel, "comment")) == len(uses)


def test_an_empty_search_shows_all_and_another_metric_keeps_the_search() -> None:
    panel = toolkit.explore_thread(toolkit.load_corpus("library-hours"), metrics=["words", "sentiment"])
    act(panel, "search", "evening*")
    act(panel, "metric", "words")
    assert 'value="evening*"' in panel.parts["controls"]
    assert found(panel, "comment")
    act(panel, "search", "   ")
    assert panel.view.excerpts("comment") is None


def test_a_pressed_sentence_shows_the_comments_linked_to_it_and_a_pressed_comment_its_passages(
    links: pd.DataFrame,
) -> None:
    panel = panel_of()
    passage = links["passage_id"].value_counts().index[0]
    own = links[links["passage_id"] == passage]
    act(panel, "passage", passage)
    assert set(comments_listed(panel)) == set(own["text_id"])
    assert [each.mark for each in found(panel, "comment")] == own["sentence"].tolist()
    notes = [each.note.replace(",", "") for each in found(panel, "comment")]
    assert all(note.endswith(f": {words}.") for words, note in zip(own["evidence"], notes, strict=True))
    assert f"{own['text_id'].nunique()} comments linked to this passage" in panel.parts["status"]
    assert re.search(rf'data-value="{re.escape(passage)}"[^>]*aria-pressed="true"', panel.parts["sides"])
    act(panel, "passage", passage)
    assert len(comments_listed(panel)) == 40
    panel = panel_of()
    name = links["text_id"].value_counts().index[0]
    own = links[links["text_id"] == name]
    act(panel, "comment", name)
    assert [each.mark for each in found(panel, "article")] == own["passage"].tolist()
    assert f"Article: {own['block_id'].nunique()} block" in panel.parts["sides"]
    assert f"Answers {own['passage_id'].nunique()} passage" in panel.parts["sides"]
    act(panel, "all")
    assert "Article: 25 blocks" in panel.parts["sides"]


def test_every_linked_passage_can_be_pressed_and_says_how_many_answer_it(links: pd.DataFrame) -> None:
    panel = panel_of()
    many_answers = links.groupby("passage_id")["text_id"].nunique()
    pressable = re.findall(r'data-do="passage" data-value="([^"]*)".*?<small>(\d+)</small>', panel.parts["sides"])
    assert {name: int(many) for name, many in pressable} == many_answers.to_dict()
    words = Outline(panel.parts["sides"]).text
    assert "Who sits in the reading room at half past six?" in re.sub(r"\s*\d+(?=\s)", "", words)


def test_a_long_thread_is_linked_on_request_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_model, "MOST_LINKED", 10)
    panel = toolkit.explore_thread(toolkit.load_corpus("library-hours"), metrics=["words"])
    assert "Find what the comments answer" in panel.parts["controls"]
    assert 'data-do="passage"' not in panel.parts["sides"]
    act(panel, "links")
    assert "Find what the comments answer" not in panel.parts["controls"]
    assert 'data-do="passage"' in panel.parts["sides"]


def test_texts_without_comments_or_without_an_article_have_no_links_and_can_be_searched() -> None:
    texts = toolkit.load_corpus("library-hours")
    for side, other in (("article", "comment"), ("comment", "article")):
        panel = toolkit.explore_thread(texts[texts["kind"] == side], metrics=["words"])
        assert f"No value for: {other}" in panel.parts["figure"]
        act(panel, "search", "library")
        assert found(panel, side)
        assert "underlined" not in panel.parts["sides"]


@pytest.mark.parametrize("do", ["passage", "comment"])
def test_what_nobody_answers_cannot_be_pressed(do: str) -> None:
    panel = panel_of()
    act(panel, do, "nobody")
    assert f"There is no such {do}: &#39;nobody&#39;." in panel.parts["status"]
    assert panel.view.state["focus"] == ""


def test_hostile_words_in_searches_and_links_stay_words() -> None:
    evil = '<img src=x onerror="alert(1)"> five words that both have said'
    kinds = ["article", "comment"]
    table = toolkit.load_corpus("library-hours").head(2).assign(text=[evil, f"You write: {evil}"], kind=kinds)
    panel = toolkit.explore_thread(table, metrics=["words"])
    act(panel, "search", '"><img src=x> five')
    everything = "".join(panel.parts.values())
    act(panel, "passage", toolkit.link_comments(table)["passage_id"].iloc[0])
    everything += "".join(panel.parts.values())
    assert not {"img", "script"} & Outline(everything).names
    assert not [name for each in Outline(everything).attributes for name in each if name.startswith("on")]
