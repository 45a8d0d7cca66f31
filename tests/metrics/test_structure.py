"""Structure: small texts counted by hand, the featured article counted by hand, and the spans behind each count."""

import math
import random
import statistics
from typing import Any

import pytest
from helpers.texts import article, pasted_lines

import toolkit
from toolkit import lexical_variety, read, spans


def value(name: str, text: Any) -> float:
    return float(getattr(toolkit, name)(text))


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("words", "# A title\n\nThree words here.\n\n- two items", 5),
        ("sentences", "# A title\n\nOne. Two! Three?", 3),
        ("words_per_sentence", "Four words are here. Two more.", 3),
        ("one_line_paragraph_share", "One here.\n\nTwo here. And three.\n\nFour.\n\n- an item", 2 / 3),
        ("one_line_paragraph_share", "\n\nOne.\nTwo.\nThree.\n\n", 1),  # blank lines around a text separate nothing
        ("heading_share", "# T\n\n## H\n\nA line.\n\n- i\n- j", 2 / 5),
        ("list_share", "# T\n\n## H\n\nA line.\n\n- i\n- j", 2 / 5),
        ("question_share", "Is it? It is. “Was it?” Never.", 2 / 4),
        ("question_share", "## Is it?\n\nIt is.", 0),
        ("question_share", "Really?? Who knows? Nobody.", 2 / 3),
        ("question_share", "Is this true? 😂", 1),
        ("exclamation_share", "Stop! It is war. “No!” Yes.", 2 / 4),
        ("exclamation_share", "Stop it now! 🔥🔥", 1),
        ("exclamation_share", "Stop it now!!!", 1),
        ("exclamation_share", f"[Stop!](https://example.org/{'a' * 60}) Go.", 1 / 2),
        ("exclamation_share", "What?! Really!? Yes... Go! ^_^", 3 / 4),
        ("question_share", "What?! Really!? So?.. Is it? :-( Is it \u2049 No. Who? <3", 6 / 7),
        ("capitals_share", "NATO and the EU say: I am NOT in.", 3 / 9),
        ("capitals_share", "2014 and 2022 WAR", 1 / 2),
        ("quoted_share", "He said “no war” to us.", 2 / 6),
        ("quoted_share", "It's the leaders' war.", 0),
        ("quoted_share", "He said **“no more war”** (“so it is”), _“we hope”_.", 8 / 10),
        ("attributed_share", "He said “no war now” and “peace”.", 3 / 7),  # a single quoted word is the writer's
        ("attributed_share", "> They said so.\n\nWe did not say so.", 3 / 8),
        ("attributed_share", "She called it:\n- reckless,\n- dangerous.", 2 / 5),
        ("attributed_share", "The report concluded:\n- taxes rise,\n- roads crumble.", 4 / 7),
        ("attributed_share", "I asked:\n- why now,\n- why here?", 0),
        ("promo_share", "A line of words.\n\n<!-- promo -->\nBuy my book", 3 / 7),
        ("promo_share", "A line of words.", 0),
        ("links", "See https://example.org/a and [this](https://example.org/b) or bit.ly/c", 3),
        ("links", "See the U.S. report.", 0),
    ],
)
def test_a_small_text_has_the_value_counted_by_hand(name: str, text: str, expected: float) -> None:
    assert value(name, text) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("words", 469),
        ("sentences", 37),
        ("words_per_sentence", 469 / 37),
        # 34 paragraphs, two of them (lines 2-3 and 38) with two sentences
        ("one_line_paragraph_share", 32 / 34),
        # 68 blocks without the 6 of solicitation are 62: a title and 9 headings, 18 list items
        ("heading_share", 10 / 62),
        ("list_share", 18 / 62),
        ("question_share", 0),  # the two questions are title and heading
        ("exclamation_share", 0),  # the two exclamation marks are in the solicitation
        # “defensive action” 2, deterrence 1, “defensive action” 2, “even more pressure” 3, “do more” 2, “defensive” 1,
        # “We warned ...” 6, “We are prepared ...” 6 + 7, “defense” 1
        ("quoted_share", 31 / 469),
        # Zakharova 14, “even more pressure” 3, the two imagined speakers 6 and 13
        ("attributed_share", 36 / 469),
        # solicitation 14 + 9 + 3 + 2 + 6 + 22 words, links left out; title and headings 67
        ("promo_share", 56 / (469 + 67 + 56)),
        # subscribe, two short links, a payment address, a coffee
        ("links", 5),
        ("reading_minutes", (469 + 67) / 238),
    ],
)
def test_the_article_has_the_value_counted_by_hand(name: str, expected: float) -> None:
    assert value(name, article()) == pytest.approx(expected, abs=1e-12)


# Lexical variety


def moving_window(words: list[str]) -> float:
    """The mean share of different words over all windows of fifty, counted window by window."""
    windows = [words[start : start + 50] for start in range(len(words) - 49)]
    return statistics.fmean(len(set(window)) / 50 for window in windows)


@pytest.mark.parametrize("seed", range(8))
def test_lexical_variety_is_that_of_a_window_moved_word_by_word(seed: int) -> None:
    chance = random.Random(seed)
    words = [f"w{chance.randint(0, 20 * (seed + 1))}" for _ in range(chance.randint(50, 400))]
    text = " ".join(word.upper() if chance.random() < 0.3 else word for word in words) + "."
    assert lexical_variety(text) == pytest.approx(moving_window(words), abs=1e-12)


def test_lexical_variety_needs_fifty_words_and_does_not_fall_with_length() -> None:
    words = [f"w{number}" for number in range(51)]
    assert [math.isnan(lexical_variety(" ".join(words[:n]))) for n in (49, 50, 51)] == [True, False, False]
    assert lexical_variety(" ".join(words)) == 1
    assert lexical_variety("war " * 60) == 1 / 50
    once = " ".join(f"w{number}" for number in range(50)) + " "
    assert lexical_variety(once) == lexical_variety(once * 10) == 1


# Spans


def shown(text: str, kind: str) -> list[str]:
    table = spans(text)
    return table.loc[table["kind"] == kind, "text"].tolist()


def test_the_spans_show_what_each_count_rests_on_and_an_empty_text_has_none() -> None:
    text = "## A heading\n\nIs it “no war now”? See https://a.org/b NOW! 🔥\n\n- an item"
    assert shown(text, "heading") == ["A heading"]
    assert shown(text, "question") == ['Is it "no war now"?']
    assert shown(text, "quotation") == shown(text, "attributed") == ['"no war now"']
    assert shown(text, "link") == ["https://a.org/b"]
    assert shown(text, "capitals") == ["NOW!"]
    assert shown(text, "emoji") == ["🔥"]
    assert shown(text, "list item") == ["an item"]
    assert spans("").empty
    assert list(spans("").columns) == ["kind", "start", "end", "text"]


@pytest.mark.parametrize("page", [article(), "\n".join(pasted_lines())], ids=["markdown", "pasted"])
def test_each_span_is_the_stretch_of_text_between_its_offsets(page: str) -> None:
    text = read(page).text
    for span in spans(page).itertuples():
        assert text[span.start : span.end] == span.text  # type: ignore[index]


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("sentence", "sentences"), ("question", "questions"), ("exclamation", "exclamations"), ("heading", "headings"),
        ("list item", "list_items"), ("one-line paragraph", "one_line_paragraphs"), ("link", "links"),
    ],
)  # fmt: skip
def test_there_are_as_many_spans_of_a_kind_as_are_counted(kind: str, count: str) -> None:
    extra = "\n\nIs it so? 😂 Stop! “Who knows?” she said. [A link](https://a.org/b) and bit.ly/c."
    for page in (article(), article() + extra, extra.strip()):
        assert len(shown(page, kind)) == getattr(read(page), count)
