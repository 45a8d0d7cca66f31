"""Batches: many texts read as one buffer give the same results as each alone."""

import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from helpers.texts import sentence_starts
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit import measure, normalise, read, split_blocks, split_passages, split_sentences, words
from toolkit.text import sentences
from toolkit.text.document import Batch
from toolkit.text.reading import Reading

PIECES = (
    "War is bad", "Is it good?", "No!", "The Old Bridge", "they said:", "and so on,", "(An aside.) Yes.", "U.S.",
    "\u201cNobody asked us at all,\u201d she said.", '"Open quotation', '5"', "\U0001f525", "good\U0001f44d\U0001f3fd",
    "1\ufe0f\u20e3 First", "[a](https://a.org)", "www.a.org", "- a", "- said:", "1. one", "# T", "## H", "> q", "---",
    "[quote]They said it[/quote]", ">!spoiler!<", ">!", "caf\u00e9", "it\u2014was", "...", ")", "<!-- promo -->",
    "<!-- voice: Ann -->", "Donate at https://ko-fi.com/x now", "a line that is long enough to go on in the next line",
    "r\u00e9sum\u00e9", "\u0430pple", "A&amp;B", "\u200b", "\ufe0f", "so.1", "the,end", "\ufdd0",
    "etc.", "Mr.", "it ends", "(see", "2) We met", "PS - We met", "04/26/01 07:17 ", "Dear Ann,", "Regards, Ann",
    "=====", 'end."We', "\u201cwe",
)  # fmt: skip
GAPS = (" ", " ", ". ", "\n", "\n\n", ".\n\n", " \n", "\r\n", "\r", "", "\u2026 ", "\u2028")
made = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(GAPS)), max_size=12).map(
    lambda pairs: "".join(itertools.chain.from_iterable(pairs))
)
batches = st.lists(made, max_size=6)


@settings(max_examples=150, deadline=None)
@given(batches, st.booleans())
def test_the_outline_of_a_text_is_the_same_alone_and_among_others(texts: list[str], join_lines: bool) -> None:
    batch = Batch(texts, join_lines=join_lines)
    for row, text in enumerate(texts):
        among, alone = Reading(batch, row), read(text, join_lines=join_lines)
        for name in (
            "text", "content", "blocks", "sentences_at", "emoji_at", "quotations_at", "attributed_at", "words_at",
            "paragraphs_at", "one_line_paragraphs_at", "links_in_marks",
        ):  # fmt: skip
            assert getattr(among, name) == getattr(alone, name), name
        assert among._of(batch.tokens) == alone._of(alone.batch.tokens)
        assert (among.words, str(words(among))) == (alone.words, str(words(alone)))


def test_texts_in_ascii_are_read_apart_unless_another_unit_of_the_same_text_is_not() -> None:
    batch = Batch(["Yes.", "No.", "Caf\u00e9.", "It\u2019s so."], whole_text=np.array([7, 8, 7, 9]))
    halves = [(rows.tolist(), half.texts) for rows, half in batch.halves()]
    assert halves == [([1, 3], ["No.", "It's so."]), ([0, 2], ["Yes.", "Caf\u00e9."])]


@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("split", [split_blocks, split_sentences, split_passages])
@given(texts=batches)
def test_units_of_many_texts_are_the_units_of_each(split: Callable[..., pd.DataFrame], texts: list[str]) -> None:
    alone = [split([text]) for text in texts]
    together = split(texts).drop(columns="unit_id")
    if alone:
        pd.testing.assert_frame_equal(together, pd.concat(alone, ignore_index=True).drop(columns="unit_id"))
    assert len(together) == sum(map(len, alone))


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from([*PIECES, *"word Word Worded GREAT \u00c9toile yds 10 we So approx dept a He".split()]),
        max_size=30,
    ),
    st.data(),
)
def test_where_a_sentence_surely_ends_the_rules_for_the_others_agree(words: list[str], data: st.DataObject) -> None:
    marks = st.sampled_from(["", "", "", ".", ". ", "!", "?", "...", ".)", '."'])
    text = normalise(" ".join(word + data.draw(marks) for word in words)).replace("\n", " ")
    found = sentence_starts([text])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sentences, "_sure_ends", lambda codes, marks, _: (np.zeros(len(marks), bool), marks[:0]))
        assert sentence_starts([text]) == found


def test_measuring_a_table_that_was_edited_after_splitting_measures_what_it_says() -> None:
    units = split_sentences(["It was a good day. It was a bad day."])
    units.loc[0, "text"] = "Three words here. And three more."
    assert measure(units).words.tolist() == [6, 5]


@pytest.mark.parametrize("text", ["---", "<!-- promo -->", "_____\n"])
def test_a_page_of_only_a_rule_or_a_mark_has_no_paragraph(text: str) -> None:
    assert read(text).paragraphs == len(read(text).paragraphs_at) == 0
