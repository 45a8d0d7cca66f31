"""Tokens: the sums of their features per string, and the distinct pieces of a text."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.lexicons import tokens
from toolkit.lexicons.tokens import Facts, Numbered, Tokens, arrow, distinct_pieces, tokens_of

SPACED = st.text(st.sampled_from("ab.\u00e9\U0001f525 \n\t\u00a0\u2003\x1c\x85\0"), max_size=12)


def spread(found: Tokens) -> list[list[str]]:
    """The tokens of each string."""
    words = [found.distinct[place] for place in found.which.tolist()]
    return [words[start:end] for start, end in itertools.pairwise(found.bounds.tolist())]


@given(st.lists(SPACED))
def test_strings_are_cut_as_python_cuts_them(strings: list[str]) -> None:
    assert spread(tokens_of(strings)) == [string.split() for string in strings]


@given(st.lists(st.text(st.sampled_from("abc "), max_size=9)), st.lists(st.integers(0, 2**40), min_size=1, max_size=9))
def test_facts_of_each_token_are_added_up_string_by_string_however_large_they_are(
    strings: list[str], largest: list[int]
) -> None:
    found = tokens_of(strings)
    facts = [np.array([number // (1 + len(token)) for token in found.distinct], np.int64) for number in largest]
    of_token = [dict(zip(found.distinct, row, strict=True)) for row in map(np.ndarray.tolist, facts)]
    expected = [[sum(map(row.__getitem__, string.split())) for string in strings] for row in of_token]
    assert found.sums(facts).tolist() == expected


def test_facts_that_do_not_fit_into_one_number_are_added_up_in_several() -> None:
    found = tokens_of(["one two", "", "  ", "two two one"])
    twos, large = np.array([[token == "two", 2**40] for token in found.distinct], np.int64).T
    assert found.sums([twos, large, large, large]).tolist() == [[1, 0, 0, 2], *[[2**41, 0, 0, 3 * 2**40]] * 3]


@given(st.text(st.sampled_from("ab\u00e9\U0001f525 \n\ud83d"), max_size=60))
def test_distinct_pieces_put_together_again_are_the_text_with_or_without_arrow(text: str) -> None:
    for there in (arrow(), None):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(tokens, "arrow", lambda there=there: there)
            distinct, which = distinct_pieces(text)
        assert len({*distinct}) == len(distinct)
        assert [distinct[place] for place in which] == text.replace("\ud83d", "\ufffd").split()


def test_facts_are_found_once_for_each_string_and_kept_in_order() -> None:
    asked: list[tuple[int, int]] = []

    def lengths(first: int, strings: list[str]) -> np.ndarray:
        asked.append((first, len(strings)))
        return np.array([[len(string) for string in strings]])

    known = Numbered()
    facts = Facts(["length"])
    for strings in (["one", "three", "one"], ["three", "seven!"], [f"{number}" for number in range(3_000)]):
        numbers = known.numbers(strings)
        assert facts.learn(known, lengths)[0][numbers].tolist() == [len(string) for string in strings]
    assert asked == [(0, 2), (2, 1), (3, 3_000)]
