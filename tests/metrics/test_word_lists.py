"""A metric from a word list: values and places counted by hand, files with faults, and use in tables."""

import math
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import toolkit
from toolkit import compare, explain_lexicon, lexicon_metric, load_corpus, measure, read, split_sentences

HEDGES = {"perhaps": 1, "Maybe": 1, "seem*": 0.5, "well-being": 2, "don't": -1}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Maybe it seems so. It is so.", 1.5 / 7),
        ("PERHAPS!", 1.0),
        ("Well-being matters.", 2 / 2),  # one word, as the list has it
        ("A maybe-perhaps thing.", 2 / 3),  # its parts, where the list lacks the whole
        ("They don’t, do they?", -1 / 4),  # a curly apostrophe
        ("Nothing of the kind.", 0.0),
        ("# Maybe\n\nIt is so.", 0.0),  # running text only
        *((wordless, math.nan) for wordless in ("", "👏", "!!!")),
    ],
)
def test_the_value_is_the_sum_of_the_values_per_word(text: str, value: float) -> None:
    assert lexicon_metric(HEDGES).function(text) == pytest.approx(value, nan_ok=True)


def test_the_longest_beginning_wins_and_a_whole_word_before_any() -> None:
    metric = lexicon_metric({"care*": 1, "careless*": -2, "careful": 5})
    table = explain_lexicon("Careful, carelessly, cares.", metric)
    assert table["entry"].tolist() == ["careful", "careless*", "care*"]
    assert table["value"].tolist() == [5, -2, 1]


def test_each_use_is_shown_where_it_is_and_the_values_add_up() -> None:
    text, metric = "Maybe. **Perhaps** it seems so.", lexicon_metric(HEDGES)
    table, reading = explain_lexicon(text, metric), read(text)
    assert table["text"].tolist() == ["Maybe", "Perhaps", "seems"]
    assert [reading.text[start:end] for start, end in zip(table["start"], table["end"], strict=True)] == [
        "Maybe",
        "Perhaps",
        "seems",
    ]
    assert table["sentence"].tolist() == [0, 1, 1]
    assert table["value"].sum() == pytest.approx(metric.function(text) * reading.words)


def test_a_metric_that_is_not_from_a_list_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'sentiment' is not a metric from lexicon_metric"):
        explain_lexicon("A text.", next(metric for metric in toolkit.METRICS if metric.name == "sentiment"))


def test_a_list_is_measured_and_compared_like_any_metric() -> None:
    metric = lexicon_metric(HEDGES, "hedges", label="Hedging", higher_means="more hedging")
    units = measure(split_sentences(load_corpus("library-hours")), [metric])
    assert compare(units, metrics=[metric])[["metric", "label"]].values.tolist() == [["hedges", "Hedging"]]
    assert pickle.loads(pickle.dumps(metric)).function("Maybe.") == 1.0  # for workers= of measure


def test_a_file_gives_the_same_metric_as_a_dict(tmp_path: Path) -> None:
    path = tmp_path / "hedges.csv"
    path.write_text("Value,word,note\n1,perhaps,x\n0.5,seem*,y\n", encoding="utf-8-sig")
    text = "Perhaps it seems so."
    assert lexicon_metric(path).function(text) == lexicon_metric({"perhaps": 1, "seem*": 0.5}).function(text)
    assert lexicon_metric(str(path)).function(text) == pytest.approx(1.5 / 4)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("term,score\ngood,1\n", r"line of list.csv must name the columns word and value.*; it is 'term,score'. Save"),
        ("word;value\ngood;1,5\n", r"with a comma between them; it is 'word;value'. Save the list as CSV"),
        ("word\tvalue\ngood\t1\n", r"it is 'word\\tvalue'"),
        ("good,1\n", r"it is 'good,1'"),
        ("", r"it is ''"),
        ("word,value\ngood,high\n", r"list.csv, line 2: the value of 'good' must be a finite number .* not 'high'"),
        ("word,value\ngood\n", r"list.csv, line 2: the value of 'good' must be a finite number .* not ''"),
        ("word,value\ngood,1\nas well,1\n", r"list.csv, line 3: 'as well' is not a single word"),
        ("word,value\ngood,1\nGood,2\n", r"list.csv, line 3: 'good' has two values, 1 and 2"),
        ('word,value\n"good,1\n', r"list.csv, line 1: not CSV"),
        ("word,value\n", r"list.csv has no words"),
        (b"word,value\nsch\xf6n,1\n", r"list.csv is not text in UTF-8 \(byte 0xf6\). Save the list as CSV \(UTF-8"),
        ("word,value\n".encode("utf-16"), r"list.csv is not text in UTF-8"),
        ("word,value\n" + "good,1\n" * 200_001, r"list.csv, line 200002: a list has at most 200,000 words"),
        ("word,value\n" + "\n" * 10_000_001, r"list.csv is too large: a list has at most 200,000 words"),
    ],
)
def test_a_wrong_file_is_an_error_that_names_the_line(tmp_path: Path, content: str | bytes, message: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(ValueError, match=message):
        lexicon_metric(path)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({}, "The list has no words"),
        ({"": 1}, "'' is not a single word"),
        ({"*": 1}, r"'\*' is not a single word"),
        ({"two words": 1}, "'two words' is not a single word"),
        ({"good": math.nan}, "'good' must be a finite number"),
        ({"good": True}, "'good' must be a finite number such as -1.5, not 'True'"),
        ({3: 1}, "'3' is not a single word"),
    ],
)
def test_a_wrong_dict_is_an_error_that_names_the_entry(words: Mapping[Any, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        lexicon_metric(words)


def test_other_kinds_of_lists_and_names_are_refused() -> None:
    with pytest.raises(TypeError, match=r"a dict such as .* or the path of a CSV file .*, not list"):
        lexicon_metric(["good"])  # type: ignore[arg-type]
    for path in ("no-such-list.csv", Path(), ""):
        with pytest.raises(FileNotFoundError, match=r"There is no file '.*'. Give a dict .* or the path of a CSV file"):
            lexicon_metric(path)
    with pytest.raises(ValueError, match="cannot be the name of a column"):
        lexicon_metric({"good": 1}, "two words")


def test_afinn_is_the_published_list_without_its_phrases() -> None:
    words = toolkit.afinn_words()
    assert len(words) == 3_382 - 30
    assert (min(words.values()), max(words.values())) == (-5, 5)
    assert (words["abandon"], words["superb"], words["outstanding"]) == (-2, 5, 5)  # as in Nielsen's file
    assert not any(" " in word for word in words)
