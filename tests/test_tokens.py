"""Tokens: cut as Python cuts at white space, whatever the strings hold, and without loading pandas."""

from __future__ import annotations

import itertools
import sys

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from toolkit.tokens import Numbered, Tokens, as_column, numbers_in, tokens_of

ALL = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
SPACED = st.text(st.sampled_from("ab.\u00e9\U0001f525 \n\t\u00a0\u2003\x1c\x85\0"), max_size=12)


def spread(tokens: Tokens) -> list[list[str]]:
    """The tokens of each string."""
    words = [tokens.distinct[place] for place in tokens.which.tolist()]
    return [words[start:end] for start, end in itertools.pairwise(tokens.bounds.tolist())]


def test_every_character_that_python_calls_white_space_parts_tokens_and_no_other() -> None:
    strings = [f"a{character}b" for character in ALL]
    bounds = tokens_of(as_column(strings)).bounds
    parted = [character for character, many in zip(ALL, np.diff(bounds).tolist(), strict=True) if many > 1]
    assert parted == [character for character in ALL if character.isspace()]


@given(st.lists(SPACED))
def test_strings_are_cut_as_python_cuts_them(strings: list[str]) -> None:
    assert spread(tokens_of(as_column(strings))) == [string.split() for string in strings]


@given(st.lists(st.text(st.sampled_from("abc "), max_size=9)), st.integers(0, 3))
def test_several_tokens_or_none_stand_in_the_place_of_one(strings: list[str], many: int) -> None:
    tokens = tokens_of(as_column(strings))
    told = {place: ["x"] * many for place, token in enumerate(tokens.distinct) if "a" in token}
    expected = [
        [piece for word in string.split() for piece in (["x"] * many if "a" in word else [word])] for string in strings
    ]
    assert spread(tokens.replaced(told)) == expected


def test_a_number_of_each_token_is_added_up_string_by_string() -> None:
    tokens = tokens_of(as_column(["one two", "", "  ", "two two one"]))
    ones = np.array([token == "two" for token in tokens.distinct])[tokens.which]
    assert tokens.sums(ones.astype(int)).tolist() == [1, 0, 0, 2]


def test_half_a_surrogate_pair_is_a_character_like_any_unknown_one() -> None:
    assert as_column(["a\ud83d b"]).to_pylist() == ["a\ufffd b"]


def test_an_empty_column_has_no_numbers() -> None:
    assert numbers_in(as_column([]).cast("large_binary").is_null()).tolist() == []


def test_facts_are_found_once_for_each_string_and_kept_in_order() -> None:
    asked: list[list[str]] = []

    def lengths(strings: list[str]) -> np.ndarray:
        asked.append(strings)
        return np.array([[len(string) for string in strings]])

    known = Numbered(["length"])
    for strings in (["one", "three", "one"], ["three", "seven!"], [f"{number}" for number in range(3_000)]):
        numbers = known.numbers(strings)
        assert known.learn(lengths)[0][numbers].tolist() == [len(string) for string in strings]
    assert [len(new) for new in asked] == [2, 1, 3_000]
