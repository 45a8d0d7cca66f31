"""explore_thread: the uses of a word on both sides, who answers a sentence, and what a comment answers."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from helpers.pages import Outline

from toolkit import concordance, explore_thread, link_comments, load_corpus
from toolkit.explorers import thread_model
from toolkit.explorers.thread_excerpts import Excerpt, excerpts
from toolkit.explorers.thread_explorer import ThreadPanel

CORPORA = ("library-hours", "nato-preemptive-strike")


def panel_of(name: str = "library-hours") -> ThreadPanel:
    return explore_thread(load_corpus(name), metrics=["words"])


def act(panel: ThreadPanel, do: str, value: str = "") -> None:
    panel.act({"do": do, "value": value})


def found(panel: ThreadPanel, side: str) -> list[Excerpt]:
    shown = excerpts(panel.view, side)
    assert shown is not None
    return shown


def links_of(panel: ThreadPanel) -> pd.DataFrame:
    return link_comments(load_corpus("library-hours")).dropna(subset=["kind"])


def comments_listed(panel: ThreadPanel) -> list[str]:
    return re.findall(r'data-do="open" data-value="([^"]*/c[^"]*)"', panel.parts["sides"])


@pytest.mark.parametrize("name", CORPORA)
@pytest.mark.parametrize("query", ["the", "librar*", "war*", "of the", "it's", "NOTHING LIKE THIS"])
def test_a_search_shows_every_use_that_the_concordance_lists(name: str, query: str) -> None:
    panel, uses = panel_of(name), concordance(load_corpus(name), query)
    act(panel, "search", query)
    for side in ("article", "comment"):
        own = uses[uses["kind"] == side]
        assert sorted(each.mark for each in found(panel, side)) == sorted(own["keyword"])
        assert {each.text_id for each in found(panel, side)} == set(own["text_id"])
    in_article, in_comments = (int((uses["kind"] == side).sum()) for side in ("article", "comment"))
    assert f"{in_article} use{'s' * (in_article != 1)} in the article, {in_comments} in" in panel.parts["status"]
    if in_article + in_comments == 0:
        assert panel.parts["sides"].count("Nothing here with these choices.") == 2


def test_a_use_stands_in_its_context_and_keeps_to_the_filters_and_the_voice() -> None:
    panel = panel_of()
    act(panel, "search", "library")
    marks = re.findall(r'(\w*) ?<span class="btl-behind">(library|Library)</span> ?(\w*)', panel.parts["sides"])
    assert ("the", "library", "has") in marks
    act(panel, "likes_from", "40")
    few = load_corpus("library-hours").query("kind == 'comment' and likes >= 40")
    assert len(found(panel, "comment")) == len(concordance(few, "library"))
    act(panel, "reset")
    act(panel, "search", "library")
    act(panel, "voice", "attributed")
    uses = concordance(load_corpus("library-hours"), "library").query("voice == 'attributed'")
    assert len(found(panel, "article")) + len(found(panel, "comment")) == len(uses)


def test_an_empty_search_shows_all_and_another_metric_keeps_the_search() -> None:
    panel = explore_thread(load_corpus("library-hours"), metrics=["words", "sentiment"])
    act(panel, "search", "evening*")
    act(panel, "metric", "words")
    assert 'value="evening*"' in panel.parts["controls"]
    assert found(panel, "comment")
    act(panel, "search", "   ")
    assert excerpts(panel.view, "comment") is None


def test_a_pressed_sentence_shows_the_comments_linked_to_it_with_the_evidence() -> None:
    panel = panel_of()
    links = links_of(panel)
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


def test_every_linked_passage_can_be_pressed_and_says_how_many_answer_it() -> None:
    panel = panel_of()
    links = links_of(panel).groupby("passage_id")["text_id"].nunique()
    pressable = re.findall(r'data-do="passage" data-value="([^"]*)".*?<small>(\d+)</small>', panel.parts["sides"])
    assert {name: int(many) for name, many in pressable} == links.to_dict()
    words = Outline(panel.parts["sides"]).text
    assert "Who sits in the reading room at half past six?" in re.sub(r"\s*\d+(?=\s)", "", words)


def test_a_pressed_comment_shows_the_passages_that_it_answers() -> None:
    panel = panel_of()
    links = links_of(panel)
    name = links["text_id"].value_counts().index[0]
    own = links[links["text_id"] == name]
    act(panel, "comment", name)
    assert [each.mark for each in found(panel, "article")] == own["passage"].tolist()
    assert f"Article: {own['block_id'].nunique()} block" in panel.parts["sides"]
    assert f"Answers {own['passage_id'].nunique()} passage" in panel.parts["sides"]
    act(panel, "all")
    assert "Article: 25 blocks" in panel.parts["sides"]


def test_a_long_thread_is_linked_on_request_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_model, "MOST_LINKED", 10)
    panel = panel_of()
    assert "Find what the comments answer" in panel.parts["controls"]
    assert 'data-do="passage"' not in panel.parts["sides"]
    act(panel, "links")
    assert "Find what the comments answer" not in panel.parts["controls"]
    assert 'data-do="passage"' in panel.parts["sides"]


def test_texts_without_comments_or_without_an_article_have_no_links_and_can_be_searched() -> None:
    texts = load_corpus("library-hours")
    for side in ("article", "comment"):
        panel = explore_thread(texts[texts["kind"] == side], metrics=["words"])
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
    table = load_corpus("library-hours").head(2).assign(text=[evil, f"You write: {evil}"], kind=kinds)
    panel = explore_thread(table, metrics=["words"])
    act(panel, "search", '"><img src=x> five')
    everything = "".join(panel.parts.values())
    act(panel, "passage", link_comments(table)["passage_id"].iloc[0])
    everything += "".join(panel.parts.values())
    assert not {"img", "script"} & Outline(everything).names
    assert not [name for each in Outline(everything).attributes for name in each if name.startswith("on")]
