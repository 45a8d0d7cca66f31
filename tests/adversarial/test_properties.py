"""What must hold for every possible text: Hypothesis searches for one that breaks it."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from helpers.checks import bounds, check_looks, check_values, same, values_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit import METRICS, compare, measure, read, read_many, split_blocks, why_missing
from toolkit.text.blocks import RUNNING
from toolkit.text.counts import Counts
from toolkit.text.document import Batch
from toolkit.text.normalize import normalise
from toolkit.text.reading import Reading

WORDS = (
    "war", "isn't", "The", "NATO", "good", "very", "bad", "not", "but", "He", "said", "Mr.", "U.S.", "3.14",
    "a", "I", "No.", "they've", "caf\u00e9", "na\u00efve", "\u043c\u0438\u0440", "b\u0430d", "\u4e16\u754c",
    "\u0130", "straße", "x" * 70, "_", "7",
)  # fmt: skip
MARKS = (
    ".", "!", "?", "...", "\u2026", ",", ";", ":", "-", "\u2013", "\u2014", "--", "(", ")", "[", "]", "*",
    "_", "&", "&amp;", "&#39;", "&quot;", "'", '"', "\u2019", "\u201c", "\u201d", "$", "`", "|", "\\", "<",
    ">", "/", "#", "@", "%", "\u00b4",
)  # fmt: skip
LINE_STARTS = (
    "# ", "## ", "- ", "* ", "1. ", "(2) ", "> ", ">> ", "\u2022 ", "---\n", "<!-- promo -->\n",
    "<!-- voice: Ann -->\n", "Donate at https://ko-fi.com/x now", "They said:", "one thing,",
    "The Old Bridge", "    ", "1\ufe0f\u20e3 ", "| a |",
)  # fmt: skip
EMOJI = (
    "\U0001f525", "\u2764", "\u2764\ufe0f", "\U0001f44d\U0001f3fd",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1fa\U0001f1f8", "1\ufe0f\u20e3", "\u00a9",
    "\u2122\ufe0f", "\U0001f3fd", "\U0001f1fa", "\u200d", "\ufe0f", "\ufe0e", "\u20e3", "\U0001fae9",
)  # fmt: skip
LINKS = (
    "https://a.com/b?c=d", "www.a.org", "a@b.org", "[text](https://a.org)", "![](x.png)", "[a](b", "bit.ly/x",
    "1BoatSLRHtKNngkdXEeobR76b53LETtpyT", "<b>", "</a>",
)  # fmt: skip
HIDDEN = (
    "\u200b", "\u00ad", "\u202e", "\u2066", "\ufeff", "\0", "\x1b[31m", "\x1c", "\x85", "\u2028", "\u00a0",
    "\u3000", "\u0301", "e\u0301", "\u0315\u0300", "\ud83d", "\udd25", "\udc80", "\U000e0067", "\U0001d400",
    "\uff21", "\ufb01", "\u00c3\u00a9", "\u00e2\u20ac\u2122", "\u00c2", "\ufffd", "\ue000",
)  # fmt: skip
GAPS = ("", " ", " ", "\n", "\n\n", "\r\n", "\t", "  ")

PASTED = (
    "War is bad", "Is it good?", "No!", "Go", "The Old Bridge", "they said:", "and so on,", "(An aside.) Yes.", "U.S.",
    "\u201cNobody asked us at all,\u201d she said.", "\U0001f525", "good\U0001f44d\U0001f3fd", "1\ufe0f\u20e3",
    "Really?\U0001f602", "[a](https://a.org)", "www.a.org", "Donate at https://ko-fi.com/x now", "- a", "# T", "> q",
    "SUBSCR\u0130BE now, donate", "caf\u00e9", "it\u2014was", "...", ")", "don't", "x" * 70, "<!-- promo -->",
    "a line that is long enough to go on in the line that follows it",
)  # fmt: skip
PASTED_GAPS = (" ", " ", " ", ". ", "\n", "\n\n", ".\n", ".\n\n", " \n", "")


def joined(parts: Sequence[tuple[str, str]]) -> str:
    return "".join(part + gap for part, gap in parts)


def made_of(*kinds: Sequence[str]) -> st.SearchStrategy[str]:
    """Texts put together from parts of some kinds, with gaps between them."""
    part = st.one_of([st.sampled_from(kind) for kind in kinds])
    return st.lists(st.tuples(part, st.sampled_from(GAPS)), max_size=40).map(joined)


anything = st.text(st.characters(), max_size=200)  # surrogates too
nasty = made_of(WORDS, WORDS, MARKS, LINE_STARTS, EMOJI, LINKS, HIDDEN)
lines = made_of(WORDS, LINE_STARTS, (". ", "!\n", "?\n", ":\n", ",\n"))
pasted = st.lists(st.tuples(st.sampled_from(PASTED), st.sampled_from(PASTED_GAPS)), max_size=14).map(joined)
texts = st.one_of(anything, nasty, nasty, lines)
many = settings(max_examples=150)
some = settings(max_examples=60)


@given(texts)
@example("0!\r!")
@example('> https://a.com/b https://c.com/d\n\nHe said "https://a.com/b https://c.com/d www.a.com".')
@many
def test_every_metric_is_a_number_in_its_range_or_nan_with_a_reason(text: str) -> None:
    check_values(text)


@given(texts)
@some
def test_every_text_can_be_inspected_and_split_without_losing_a_word(text: str) -> None:
    check_looks(text)


@given(texts)
@example("\ud800\u200d")
@example("a\u2060\u200d")
@settings(max_examples=400)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(texts)
@many
def test_blocks_join_to_the_text_again(text: str) -> None:
    reading = read(text)
    assert "".join(reading.text[block.start : block.end] for block in reading.blocks) == reading.text
    assert all(block.start <= block.inner <= block.end for block in reading.blocks)
    assert len(reading.content) == len(reading.text)


@given(texts, st.booleans())
@many
def test_every_letter_of_running_text_is_in_one_sentence_and_no_other_letter_is(text: str, join_lines: bool) -> None:
    reading = read(text, join_lines=join_lines)
    running = np.zeros(len(reading.text) + 1, bool)
    for block in reading.blocks:
        running[block.inner : block.end] = block.kind in RUNNING
    letters = np.array([character.isalnum() for character in reading.content] + [False], bool)
    times = np.zeros(len(reading.text) + 1, int)
    for start, end in reading.sentences_at:
        times[start:end] += 1
    assert (times[letters & running] == 1).all()
    assert (times[letters & ~running] == 0).all()
    assert reading.sentences_at == sorted(reading.sentences_at)
    assert times.max(initial=0) <= 1


@given(texts)
@many
def test_no_sentence_ends_inside_a_word(text: str) -> None:
    reading = read(text)
    for _, end in reading.sentences_at[:-1]:
        assert not reading.content[end - 1 : end + 1].isalnum() or not reading.content[end - 1].isascii()


@given(made_of(WORDS, WORDS, MARKS, LINE_STARTS, EMOJI, LINKS), st.sampled_from("\u2018\u2019"))
@example('They call it "AMANH\u00c3" there.', "\u2019")
@many
def test_curly_quotes_measure_as_straight_ones(text: str, single: str) -> None:
    curly = text.replace("'", single).replace(' "', " \u201c").replace('"', "\u201d")
    one, other = values_of(curly), values_of(text)
    assert [(name, one[name], other[name]) for name in one if not same(one[name], other[name])] == []


@given(st.lists(texts | pasted | pasted, max_size=6), st.sampled_from(["", "list_item"]))
@many
def test_reading_many_counts_what_reading_one_by_one_counts(several: list[str], one_block: str) -> None:
    together = read_many(several, one_block=one_block)
    alone = [Reading(Batch([text], [one_block])) for text in several]
    for name in Counts.names():
        np.testing.assert_array_equal(getattr(together, name), [float(getattr(one, name)) for one in alone], name)


@given(st.lists(st.none() | texts, max_size=8))
@some
def test_measuring_a_table_gives_what_the_metrics_give_one_by_one(several: list[str | None]) -> None:
    measured = measure(several)
    why = why_missing(several)
    empty = set(zip(why["unit"], why["metric"], strict=True))
    assert len(empty) == len(why)
    for row, text in enumerate(several):
        values = values_of(text) if text is not None else dict.fromkeys((metric.name for metric in METRICS), math.nan)
        assert [name for name in values if not same(values[name], measured[name].iloc[row])] == []
        assert {metric for unit, metric in empty if unit == row} == {n for n, it in values.items() if math.isnan(it)}


row = st.fixed_dictionaries(
    {
        "text_id": st.sampled_from(["a", "b", "c"]) | st.none() | st.integers(),
        "kind": st.sampled_from(["article", "comment", "comment", "note"]) | st.none(),
        "likes": st.integers() | st.none() | st.floats(),
        "text": st.none() | texts,
    }
)


@given(st.lists(row, max_size=12), st.booleans())
@some
def test_any_table_with_the_right_columns_is_measured_and_compared(rows: list[dict[str, object]], cut: bool) -> None:
    table = pd.DataFrame(rows, columns=["text_id", "kind", "likes", "text"], dtype=object)
    before = table.copy(deep=True)
    measured = measure(split_blocks(table) if cut else table)
    pd.testing.assert_frame_equal(table, before)
    for metric in METRICS:
        lowest, highest = bounds(metric)
        assert measured[metric.name].dropna().between(lowest, highest).all(), metric.name
    if {"article", "comment"} <= set(table["kind"]):
        comparison = compare(measured)
        assert comparison["share_higher"].dropna().between(0, 1).all()
        assert comparison["verdict"].str.len().gt(0).all()
    else:
        with pytest.raises(ValueError, match="kind"):
            compare(measured)
