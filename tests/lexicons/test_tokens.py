"""Tokens: the pieces of strings, and the distinct pieces of a text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.lexicons import tokens
from toolkit.lexicons.tokens import arrow, distinct_pieces, tokens_of

SPACED = st.text(st.sampled_from("ab.\u00e9\U0001f525 \n\t\u00a0\u2003\x1c\x85\0"), max_size=12)


@given(st.lists(SPACED))
def test_strings_are_cut_as_python_cuts_them(strings: list[str]) -> None:
    distinct, which, bounds = tokens_of(strings)
    words = [distinct[place] for place in which.tolist()]
    found = [words[start:end] for start, end in itertools.pairwise(bounds.tolist())]
    assert found == [string.split() for string in strings]


@given(st.text(st.sampled_from("ab\u00e9\U0001f525 \n"), max_size=60))
def test_distinct_pieces_put_together_again_are_the_text_with_or_without_arrow(text: str) -> None:
    for there in (arrow(), None):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(tokens, "arrow", lambda there=there: there)
            distinct, which = distinct_pieces(text)
        assert len({*distinct}) == len(distinct)
        assert [distinct[place] for place in which] == text.split()
