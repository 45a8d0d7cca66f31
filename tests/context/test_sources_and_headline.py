"""sources and headline."""

import math

import pandas as pd
import pytest

from toolkit import headline, load_corpus, read, sources


@pytest.mark.parametrize(
    ("text", "source", "rule"),
    [
        ('"We will close the library," said Mayor Jane Poole.', "Mayor Jane Poole", "verb and name"),
        ('Mayor Jane Poole said: "We will close the library."', "Mayor Jane Poole", "name and verb"),
        ('"We will close it soon," Poole told reporters.', "Poole", "name and verb"),
        ('According to the Harbour Board, "forty children cross the strait".', "Harbour Board", "according to"),
        ('"We will close it soon," she said.', "unknown", "no rule"),
        ('"Nobody asked us about it." The room was cold.', "unknown", "no rule"),
        ('He warned that "this may not end well".', "unknown", "no rule"),
        ("> A line that somebody else wrote.", "unknown", "quoted block"),
    ],
)
def test_who_speaks_a_quotation(text: str, source: str, rule: str) -> None:
    found = sources([text])
    assert found[["source", "rule"]].values.tolist() == [[source, rule]]


def test_reported_speech_names_its_source_and_scare_quotes_do_not() -> None:
    assert sources(["Anna Berg warned that the ferry would stop."])["source"].tolist() == ["Anna Berg"]
    assert len(sources(['Their "plan" is a joke.'])) == 0


def test_the_words_of_a_quotation_are_counted_and_its_offsets_hold() -> None:
    text = 'It rained. "We will close the library," said Jane Poole.'
    row = sources([text]).iloc[0]
    assert row["words"] == 5
    assert read(text).text[row["start"] : row["end"]] == '"We will close the library,"'


def test_a_voice_marked_by_hand_keeps_its_name() -> None:
    found = sources(load_corpus("nato-preemptive-strike"))
    assert "Maria Zakharova" in found[found["rule"].eq("marked by hand")]["source"].tolist()


def test_links_are_registered_domains() -> None:
    found = sources(["See https://news.bbc.co.uk/a/b?c=1 and www.example.org/x, please."])
    assert found["source"].tolist() == ["bbc.co.uk", "example.org"]
    assert found["words"].tolist() == [0, 0]


def test_the_title_is_set_against_the_body() -> None:
    text = "# Horrible fury over the ferries\n\nThe ferry will stop. Readers are happy about the ferry."
    row = headline([text]).iloc[0]
    assert row["not_in_body"] == ["horrible", "fury"]
    assert row["sentiment"] < row["body_sentiment"]
    assert row["words_per_sentence"] == 5.0  # 4 and 6 words


def test_texts_without_a_title_and_comments_have_no_row() -> None:
    assert len(headline(["No title here."])) == 0
    assert headline(load_corpus("library-hours"))["text_id"].tolist() == ["library-hours/article"]


def test_a_title_without_a_body_has_no_number_for_the_body() -> None:
    row = headline(pd.DataFrame({"text": ["# Only a title"]})).iloc[0]
    assert math.isnan(row["words_per_sentence"])
    assert math.isnan(row["body_difficult_share"])
